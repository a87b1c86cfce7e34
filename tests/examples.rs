//! The example corpora: fictional jurisdictions whose every finding is known.
//!
//! `corpora/<code>/expected.csv` says what a careful reader finds in the texts
//! of each, written before the program had seen them. The program must agree
//! on every line. Where it does not, the failing test prints both sides.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use assert_cmd::Command;
use concord::annotate::Annotator;
use concord::assess::{Finding, ProvisionRef, Verdict};
use concord::corpus::Corpus;
use concord::ingest::{self, Metadata, SourceFile};
use concord::law::{Jurisdiction, Number, sha256_hex};
use concord::mappings::Mappings;
use concord::report::{Assessed, Run, tables};

mod evidence;

/// Lines of expected.csv that the program does not reach yet, with the reason.
/// A line that has come right must leave this list.
const OPEN: &[(&str, &str, &str)] = &[];

static RULES: LazyLock<(Mappings, Annotator)> = LazyLock::new(|| {
    let mappings = Mappings::embedded().expect("the built-in rule data is valid");
    let annotator = Annotator::new(&mappings).expect("the built-in rule data compiles");
    (mappings, annotator)
});

fn corpora() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora")
}

fn run(root: &Path, codes: &[&str]) -> Run<'static> {
    let codes: Vec<Jurisdiction> = codes.iter().map(|code| Jurisdiction::new(code)).collect();
    let (mappings, annotator) = &*RULES;
    Run::new(root, &codes, "core", mappings, annotator, &|_| {}).expect("the corpus can be used")
}

/// The three tables of a run, by file name.
fn tables_of(run: &Run<'_>) -> BTreeMap<&'static str, Vec<u8>> {
    let mut all = BTreeMap::new();
    let mut table = |name, write: fn(&Run<'_>, &mut Vec<u8>) -> csv::Result<()>| {
        let mut bytes = Vec::new();
        write(run, &mut bytes).expect("memory can be written");
        all.insert(name, bytes);
    };
    table("findings.csv", |run, out| tables::findings(run, out));
    table("evidence.csv", |run, out| tables::evidence(run, out));
    table("acts.csv", |run, out| tables::acts(run, out));
    all
}

/// One line of expected.csv.
#[derive(Debug, serde::Deserialize)]
struct Expected {
    requirement: String,
    verdict: String,
    provisions: String,
    missing: String,
    note: String,
}

impl Expected {
    fn of(jurisdiction: &str) -> Vec<Self> {
        let path = corpora().join(jurisdiction).join("expected.csv");
        csv::Reader::from_path(&path)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
            .deserialize()
            .map(|line| line.unwrap_or_else(|error| panic!("{}: {error}", path.display())))
            .collect()
    }

    /// The most decisive article: file and number.
    fn first(&self) -> Option<(&str, Number)> {
        let (file, number) = self.provisions.split(';').next()?.split_once('#')?;
        Some((file, Number::new(number)))
    }

    fn agrees(&self, assessed: &Assessed, finding: &Finding) -> bool {
        let article_known = self.first().is_none_or(|first| {
            finding
                .provisions
                .iter()
                .any(|place| article(assessed, place).is_some_and(|ours| ours == first))
        });
        let wanted = names(self.missing.split(';'));
        // The class of a pair is only asked for where rules for it exist.
        let ours = names(finding.missing.iter().map(String::as_str))
            .into_iter()
            .filter(|name| !name.ends_with("not assessed"))
            .collect::<Vec<_>>();
        let missing_known = match finding.verdict {
            Verdict::Partial => wanted == ours,
            // A contradiction is named; what else is wanting may follow.
            _ => wanted.iter().all(|name| ours.contains(name)),
        };
        self.verdict == finding.verdict.name() && article_known && missing_known
    }
}

fn names<'a>(list: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut names: Vec<&str> = list.filter(|name| !name.is_empty()).collect();
    names.sort_unstable();
    names
}

/// File and number of the article that a provision belongs to.
fn article<'a>(assessed: &'a Assessed, place: &'a ProvisionRef) -> Option<(&'a str, Number)> {
    let act = &assessed.law.acts.get(place.act)?.act;
    let article = act.provision(act.article_of(place.provision)?);
    Some((&place.file, article.number.clone()?))
}

fn printed(finding: &Finding) -> String {
    let places: Vec<String> = finding
        .provisions
        .iter()
        .map(|place| format!("{}#{}", place.file, place.locator))
        .collect();
    places.join(";")
}

#[test]
fn every_finding_is_the_one_a_careful_reader_expects() {
    let run = run(&corpora(), &[]);
    let mut lines = 0;
    let mut report = String::new();
    for assessed in &run.jurisdictions {
        let code = assessed.law.jurisdiction.as_str();
        let expected = Expected::of(code);
        let asked: Vec<&str> = expected.iter().map(|e| e.requirement.as_str()).collect();
        let assessed_ids: Vec<&str> = assessed
            .findings
            .iter()
            .map(|f| f.requirement.as_str())
            .collect();
        assert_eq!(
            asked, assessed_ids,
            "{code}/expected.csv names the profile's requirements"
        );
        for (want, got) in expected.iter().zip(&assessed.findings) {
            lines += 1;
            let open = OPEN
                .iter()
                .find(|(c, r, _)| *c == code && *r == want.requirement);
            match (want.agrees(assessed, got), open) {
                (true, None) | (false, Some(_)) => {}
                (true, Some(_)) => {
                    let _ = writeln!(
                        report,
                        "{code} {}: has come right, take it off the list",
                        want.requirement
                    );
                }
                (false, None) => {
                    let _ = writeln!(
                        report,
                        "{code} {}\n  want {:12} {} [{}] {}\n  got  {:12} {} [{}] {}\n  words `{}`\n",
                        want.requirement,
                        want.verdict,
                        want.provisions,
                        want.missing,
                        want.note,
                        got.verdict.name(),
                        printed(got),
                        got.missing.join(";"),
                        got.reason,
                        got.quote(),
                    );
                }
            }
        }
    }
    assert_eq!(
        run.jurisdictions.len(),
        5,
        "all example jurisdictions are read"
    );
    assert_eq!(lines, 150);
    assert!(report.is_empty(), "\n\n{report}");
}

/// Reads evidence.csv as another program would, and cuts every quotation again
/// from texts read anew.
#[test]
fn every_quotation_equals_its_bytes_of_the_canonical_text() {
    let run = run(&corpora(), &[]);
    let corpus = Corpus::load(&corpora(), &[], &|_| {}).expect("the corpus can be used");
    let mut texts = evidence::Texts::new();
    for act in corpus.jurisdictions.iter().flat_map(|texts| &texts.acts) {
        let text = act.text.as_str().to_owned();
        let hash = sha256_hex(text.as_bytes());
        texts.insert(
            (act.jurisdiction.to_string(), act.source.file.clone()),
            (text, hash),
        );
    }
    let tables = tables_of(&run);
    let rows = evidence::check(&tables["evidence.csv"], &texts);
    assert!(rows > 300, "only {rows} quotations");
}

#[test]
fn offsets_count_bytes_of_what_inspect_writes() {
    let root = corpora();
    let run = run(&root, &[]);
    let mut checked = 0;
    for assessed in &run.jurisdictions {
        for annotated in &assessed.law.acts {
            let act = &annotated.act;
            let path = root.join(act.jurisdiction.as_str()).join(&act.source.file);
            let output = concord()
                .args(["inspect", "--text"])
                .arg(&path)
                .output()
                .unwrap();
            assert!(output.status.success(), "{}", path.display());
            assert!(
                output.stdout == act.text.as_str().as_bytes(),
                "{}: inspect --text writes another text than the one quoted",
                path.display()
            );
            checked += 1;
        }
    }
    assert_eq!(checked, 15);
}

#[test]
fn two_runs_write_the_same_bytes() {
    let first = tables_of(&run(&corpora(), &[]));
    let second = tables_of(&run(&corpora(), &[]));
    for (name, bytes) in &first {
        assert!(bytes == &second[name], "{name} differs between two runs");
    }
    // A selection changes nothing for the jurisdictions selected.
    let alone = tables_of(&run(&corpora(), &["xc"]));
    let lines = |bytes: &[u8]| -> Vec<String> {
        String::from_utf8_lossy(bytes)
            .lines()
            .filter(|line| line.starts_with("xc,"))
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(lines(&first["findings.csv"]), lines(&alone["findings.csv"]));
}

#[test]
fn damage_and_superseded_wordings_are_reported() {
    let run = run(&corpora(), &[]);
    let acts = String::from_utf8(tables_of(&run)["acts.csv"].clone()).unwrap();
    let line = |file: &str| {
        acts.lines()
            .find(|line| line.contains(file))
            .unwrap_or_else(|| panic!("{file} is not in acts.csv"))
    };
    assert!(line("criminal-code.txt").contains(",no,"), "{acts}");
    assert!(line("criminal-code.txt").contains("truncated"), "{acts}");
    assert!(
        line("convention-protection-of-children.md").contains("treaty-text"),
        "{acts}"
    );
    for whole in [
        "sexual-offences-act-2014.md",
        "code-penal.html",
        "codigo-penal.md",
        "stgb.xml",
    ] {
        assert!(line(whole).contains(",yes,"), "{acts}");
    }
    // The old wordings are in the text, and none of them is quoted.
    let old = ["image réaliste d'un mineur qui n'existe pas", "aun para sí"];
    for words in old {
        let held = run.jurisdictions.iter().any(|assessed| {
            let mut acts = assessed.law.acts.iter();
            acts.any(|annotated| annotated.act.text.as_str().contains(words))
        });
        assert!(held, "the examples lost the repealed words `{words}`");
        for finding in run.jurisdictions.iter().flat_map(|a| &a.findings) {
            for evidence in &finding.evidence {
                assert!(!evidence.quote.contains(words), "{evidence:?}");
            }
        }
    }
    // Nor is the treaty.
    for finding in run.jurisdictions.iter().flat_map(|a| &a.findings) {
        for evidence in &finding.evidence {
            assert!(
                !evidence.place.file.starts_with("convention"),
                "{evidence:?}"
            );
        }
    }
}

#[test]
fn unreadable_files_are_listed_and_do_not_stop_the_run() {
    let folder = tempfile::tempdir().unwrap();
    let law = folder.path().join("xa");
    fs::create_dir(&law).unwrap();
    let act = "sexual-offences-act-2014.md";
    fs::copy(corpora().join("xa").join(act), law.join(act)).unwrap();
    fs::write(law.join("empty.md"), "").unwrap();
    fs::write(
        law.join("picture.png"),
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01",
    )
    .unwrap();
    fs::write(law.join("broken.pdf"), b"%PDF-1.7\nthis is no PDF").unwrap();
    fs::write(law.join("broken.docx"), b"PK\x03\x04 cut off").unwrap();
    fs::write(
        law.join("broken.xml"),
        "<dokumente><norm><metadaten><enbez>",
    )
    .unwrap();
    fs::write(
        law.join("latin.txt"),
        b"Section 1. The caf\xe9 is closed.\n",
    )
    .unwrap();
    fs::write(
        folder.path().join("manifest.csv"),
        "jurisdiction,country,file\nxa,Aldermere,xa/gone.md\n",
    )
    .unwrap();
    let run = run(folder.path(), &[]);
    let assessed = &run.jurisdictions[0];
    let unread: Vec<&str> = assessed
        .law
        .unread
        .iter()
        .map(|u| u.file.as_str())
        .collect();
    for file in ["broken.docx", "broken.pdf", "empty.md", "picture.png"] {
        assert!(
            unread.contains(&file),
            "{file} is not listed as unread: {unread:?}"
        );
    }
    let tables = tables_of(&run);
    let acts = String::from_utf8(tables["acts.csv"].clone()).unwrap();
    for file in ["broken.xml", "latin.txt"].iter().chain(&unread) {
        assert!(
            acts.contains(&format!("xa,{file},")),
            "{file} is not in acts.csv:\n{acts}"
        );
    }
    let gone = run
        .warnings
        .iter()
        .any(|warning| warning.place == "manifest.csv:2" && warning.message.contains("xa/gone.md"));
    assert!(gone, "{:?}", run.warnings);
    let full = |id: &str| {
        let finding = assessed
            .findings
            .iter()
            .find(|f| f.requirement == id)
            .unwrap();
        (finding.verdict, finding.coverage.clone())
    };
    let (verdict, coverage) = full("csam-produce");
    assert_eq!(verdict, Verdict::Full);
    assert!(
        coverage.contains("picture.png"),
        "unread files are part of the coverage: {coverage}"
    );
}

fn concord() -> Command {
    Command::cargo_bin("concord").expect("the program is built")
}

#[test]
fn a_run_that_cannot_start_names_the_thing_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let empty = folder.path().join("empty");
    fs::create_dir(&empty).unwrap();
    let missing = folder.path().join("no such folder");
    let file = corpora().join("manifest.csv");
    let root = corpora();
    let cases: &[(&Path, &[&str], &[&str])] = &[
        (
            &missing,
            &[],
            &["no such folder", "one folder per jurisdiction"],
        ),
        (&empty, &[], &["empty", "holds no law text"]),
        (&file, &[], &["manifest.csv", "this is a file"]),
        (
            &root,
            &["-c", "xq"],
            &["`xq`", "did you mean", "xa, xb, xc, xd, xe"],
        ),
        (
            &root,
            &["-c", "aldermere"],
            &["`aldermere`", "did you mean xa?"],
        ),
        (
            &root,
            &["-p", "lanzarotte"],
            &["`lanzarotte`", "did you mean `lanzarote`?"],
        ),
        (
            &root,
            &["-p", "csam-posess"],
            &["`csam-posess`", "did you mean `csam-possess`?"],
        ),
        (
            &root,
            &["--mappings", "no-such-mappings"],
            &["no-such-mappings"],
        ),
        (&root, &["--format", "xls"], &["xls", "csv"]),
    ];
    // `report` starts the same way; one error of each kind shows it.
    for (command, cases) in [("compare", cases), ("report", &cases[..4])] {
        for (corpus, arguments, words) in cases {
            let output = concord()
                .arg(command)
                .arg(corpus)
                .args(*arguments)
                .arg("-o")
                .arg(&out)
                .output()
                .unwrap();
            let errors = String::from_utf8_lossy(&output.stderr);
            assert_eq!(
                output.status.code(),
                Some(2),
                "{command} {arguments:?}: {errors}"
            );
            for word in *words {
                assert!(
                    errors.contains(word),
                    "{command} {arguments:?} without `{word}`:\n{errors}"
                );
            }
            assert!(
                !out.exists(),
                "{command} {arguments:?} wrote results in spite of the error"
            );
        }
    }
}

#[test]
fn the_first_run_writes_every_table() {
    let out = tempfile::tempdir().unwrap();
    concord()
        .arg("compare")
        .arg(corpora())
        .arg("-o")
        .arg(out.path())
        .args(["--format", "csv"])
        .assert()
        .success();
    let library = tables_of(&run(&corpora(), &[]));
    for (name, bytes) in &library {
        let written = fs::read(out.path().join(name)).unwrap();
        assert!(
            &written == bytes,
            "{name}: the program and the library differ"
        );
    }
}

#[test]
fn the_bill_is_read_clause_by_clause() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("corpora/xa/bills/sexual-offences-amendment-bill-2025.md");
    let bytes = fs::read(&path).unwrap();
    let act = ingest::read(&SourceFile {
        jurisdiction: Jurisdiction::new("xa"),
        file: "bill-xa.md".into(),
        bytes: &bytes,
        declared: Metadata::default(),
    })
    .unwrap();
    let clauses: Vec<String> = act
        .articles()
        .filter_map(|id| act.provision(id).number.as_ref())
        .map(|number| number.as_str().to_owned())
        .collect();
    let expected: Vec<String> = (1..=11).map(|n| n.to_string()).collect();
    assert_eq!(clauses, expected);
}
