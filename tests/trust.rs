//! What a reader must be able to trust: texts that did not arrive whole are
//! named and support no negative, wordings count on the days they apply, and
//! language versions are held against each other.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use assert_cmd::Command;
use concord::annotate::Annotator;
use concord::assess::{Finding, Verdict, disagreements};
use concord::corpus::{Cache, SearchRequest, search};
use concord::ingest::{self, IngestError, Metadata, SourceFile};
use concord::law::{Act, Date, Jurisdiction, ProblemKind};
use concord::mappings::Mappings;
use concord::report::Run;

static RULES: LazyLock<(Mappings, Annotator)> = LazyLock::new(|| {
    let mappings = Mappings::embedded().expect("the built-in rule data is valid");
    let annotator = Annotator::new(&mappings).expect("the built-in rule data compiles");
    (mappings, annotator)
});

fn read(path: &Path) -> Result<Act, IngestError> {
    let bytes = fs::read(path).expect("the file is there");
    ingest::read(&SourceFile {
        jurisdiction: Jurisdiction::new("xx"),
        file: path.display().to_string(),
        bytes: &bytes,
        declared: Metadata::default(),
    })
}

/// What is expected of one real file.
#[derive(Debug, Clone, Copy)]
enum Expect {
    /// Read, with nothing that hides law.
    Whole,
    /// Read, with this problem named.
    Named(ProblemKind),
    /// No act at all.
    Refused,
}

#[test]
fn the_hazards_of_real_files_are_named() {
    use Expect::{Named, Refused, Whole};
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/formats");
    if !folder.exists() {
        println!("skipped: the real files are not beside the repository");
        return;
    }
    let table = [
        ("005G0104.akn.xml", Whole),
        ("1940.19.156b.xml", Whole),
        ("asp-2025-11.akn.xml", Whole),
        ("asp-2025-11.clml.xml", Whole),
        ("asp-2025-11.html", Whole),
        ("format-sample-405AC0000000088.xml", Whole),
        ("ley_21459_delitos_informaticos.xml", Whole),
        ("kuhp_new.pdf", Whole),
        ("cpf_extracted.txt", Whole),
        (
            "cc-54-757_781_799.stgb.2012-10-01.md",
            Named(ProblemKind::LetterSpaced),
        ),
        ("cc-54-757_781_799.stgb.md", Named(ProblemKind::Truncated)),
        ("UY-ley-20327.md", Named(ProblemKind::Stub)),
        ("UY-ley-20327.md", Named(ProblemKind::NoArticles)),
        ("UY-ley-9155.md", Named(ProblemKind::Truncated)),
        ("BG.StGB.012.md", Named(ProblemKind::NumberingGap)),
        ("criminal-code_maccuaa.md", Named(ProblemKind::BrokenMarkup)),
        ("law186-2023-child.txt", Named(ProblemKind::FontMapped)),
        ("ma-adala-criminal-89.txt", Named(ProblemKind::FontMapped)),
        (
            "pdf-node-31487_law175-2018.pdf",
            Named(ProblemKind::ScanWithoutText),
        ),
        (
            "format-sample-egov-api-v2-utf16.xml",
            Named(ProblemKind::BrokenMarkup),
        ),
        ("detail-node_31487.html", Refused),
        (
            "Criminal_Code_Act_Compilation_Act_1913_extract_v1_TOML.toml",
            Refused,
        ),
    ];
    let mut failures = Vec::new();
    for (file, expected) in table {
        let act = read(&folder.join(file));
        let right = match (&act, expected) {
            (Ok(act), Whole) => !act.problems.iter().any(|p| p.kind.hides_law()),
            (Ok(act), Named(kind)) => act.problems.iter().any(|p| p.kind == kind),
            (Err(_), Refused) => true,
            _ => false,
        };
        if !right {
            let found = match act {
                Ok(act) => act.problems.iter().map(ToString::to_string).collect(),
                Err(error) => vec![error.to_string()],
            };
            failures.push(format!("{file}: expected {expected:?}, found {found:?}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

struct Folder(tempfile::TempDir);

impl Folder {
    fn with(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (file, text) in files {
            let path = folder.path().join("corpus").join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self(folder)
    }

    fn corpus(&self) -> PathBuf {
        self.0.path().join("corpus")
    }

    fn run(&self, requirement: &str, day: Option<&str>) -> Run<'static> {
        let (mappings, annotator) = &*RULES;
        let day = day.map(|day| day.parse::<Date>().unwrap());
        Run::as_of(
            &self.corpus(),
            &[],
            requirement,
            mappings,
            annotator,
            day,
            &|_| {},
        )
        .unwrap()
    }

    fn finding(&self, requirement: &str, day: Option<&str>) -> Finding {
        let run = self.run(requirement, day);
        run.jurisdictions[0].findings[0].clone()
    }
}

/// A code of a hundred penal articles: the law on every penal topic is held.
fn code(last: &str) -> String {
    let mut text = "# Penal Code\n\n".to_owned();
    for number in 1..=120 {
        text.push_str(&format!(
            "## Section {number}\n\nWhoever steals goat number {number} from a stable commits an offence and is \
             liable to imprisonment for one year.\n\n"
        ));
    }
    text.push_str(last);
    text
}

const POSSESSION: &str = "## Section 121\n\nWhoever possesses child pornography depicting a person under the age of 18 \
     years commits an offence and is liable to imprisonment for two years.\n\n";

#[test]
fn a_text_that_did_not_arrive_whole_supports_no_negative() {
    let whole = Folder::with(&[("va/code.md", &code(""))]);
    assert_eq!(
        whole.finding("csam-possess", None).verdict,
        Verdict::NotFound
    );
    // Cut off in mid-sentence.
    let cut = code(
        "## Section 121\n\nWhoever takes from the common pasture, without the leave of the warden, any goat that bears the",
    );
    let cut = Folder::with(&[("va/code.md", &cut)]);
    let finding = cut.finding("csam-possess", None);
    assert_eq!(finding.verdict, Verdict::Undetermined);
    assert!(finding.reason.contains("code.md"), "{}", finding.reason);
    assert!(finding.trace.is_some(), "what was searched is still said");
    // A file that is no text hides what it holds.
    let unread = Folder::with(&[("va/code.md", &code("")), ("va/second-volume.md", " ")]);
    let finding = unread.finding("csam-possess", None);
    assert_eq!(finding.verdict, Verdict::Undetermined);
    assert!(finding.reason.contains("second-volume.md"));
    // What is there is found all the same.
    let found = Folder::with(&[
        ("va/code.md", &code(POSSESSION)),
        ("va/second-volume.md", " "),
    ]);
    assert_ne!(
        found.finding("csam-possess", None).verdict,
        Verdict::Undetermined
    );
    // Both are listed where the report says what could not be read.
    Command::cargo_bin("concord")
        .unwrap()
        .args(["report", "-q", "--format", "md", "-o"])
        .arg(cut.0.path().join("out"))
        .arg(cut.corpus())
        .assert()
        .success();
    let page = fs::read_to_string(cut.0.path().join("out/va.md")).unwrap();
    let part = page.split("What could not be read").nth(1).unwrap();
    assert!(
        part.contains("| code.md | truncated: the text stops in mid-sentence |"),
        "{part}"
    );
}

#[test]
fn the_wording_in_force_on_the_day_decides() {
    let dated = POSSESSION.replace(
        "## Section 121\n\n",
        "## Section 121\n\n(In force from 1 March 2027)\n\n",
    );
    let old = "## Section 121\n\n(In force until 28 February 2027)\n\nWhoever sells a goat at night commits an offence \
         and is liable to imprisonment for two years.\n\n";
    let text = format!(
        "---\ntitle: Penal Code\nlast_updated: 2026-06-01\n---\n\n{}",
        code(&format!("{old}{dated}"))
    );
    let folder = Folder::with(&[("va/code.md", &text)]);
    for (day, verdict) in [
        (None, Verdict::NotFound),
        (Some("2027-02-28"), Verdict::NotFound),
        (Some("2027-03-01"), Verdict::Full),
    ] {
        let finding = folder.finding("csam-possess", day);
        assert_eq!(finding.verdict, verdict, "{day:?}: {:?}", finding.missing);
    }
    // The text is later than this day: the run says so.
    let run = folder.run("csam-possess", Some("2020-01-01"));
    assert!(
        run.warnings
            .iter()
            .any(|w| w.message.contains("2026-06-01"))
    );
    // Every wording stays searchable, with its standing on the day.
    for (day, in_force) in [("2027-01-01", [true, false]), ("2028-01-01", [false, true])] {
        let hit = |query: &str| {
            let request = SearchRequest {
                as_of: Some(day.parse().unwrap()),
                ..SearchRequest::new(query)
            };
            let found = search(&folder.corpus(), &Cache::Memory, None, &request, &|_| {}).unwrap();
            found.0.hits[0].in_force
        };
        assert_eq!([hit("night"), hit("pornography")], in_force, "{day}");
    }
    // The same through the program.
    let output = Command::cargo_bin("concord")
        .unwrap()
        .args([
            "explain",
            "va",
            "csam-possess",
            "--date",
            "2027-03-01",
            "--corpus",
        ])
        .arg(folder.corpus())
        .assert()
        .success();
    let printed = String::from_utf8(output.get_output().stdout.clone()).unwrap();
    assert!(printed.starts_with("va / csam-possess: full"), "{printed}");
    Command::cargo_bin("concord")
        .unwrap()
        .args(["explain", "va", "csam-possess", "--date", "tomorrow"])
        .assert()
        .failure()
        .stderr(predicates::str::contains("YYYY-MM-DD"));
}

#[test]
fn language_versions_are_one_act_and_their_differences_are_listed() {
    let mut english =
        "---\ntitle: Penal Code\nidentifier: VA 12\n---\n\n# Penal Code\n\n".to_owned();
    let mut french =
        "---\ntitle: Code pénal\nidentifier: VA 12\n---\n\n# Code pénal\n\n".to_owned();
    for number in 1..=120 {
        let more = " and of its pasture".repeat(number % 7);
        let encore = " et de son pâturage".repeat(number % 7);
        english.push_str(&format!(
            "## Section {number}\n\nWhoever steals a goat{more} commits an offence and is liable to imprisonment.\n\n"
        ));
        french.push_str(&format!(
            "## Article {number}\n\nLe fait de voler une chèvre{encore} est puni d'un an d'emprisonnement.\n\n"
        ));
    }
    english.push_str(POSSESSION);
    french.push_str("## Article 121\n\nLe fait de détenir des chèvres, la nuit, dans une maison d'habitation, est puni de deux ans d'emprisonnement.\n");
    let folder = Folder::with(&[("va/en.md", &english), ("va/fr.md", &french)]);
    let run = folder.run("csam-possess", None);
    let assessed = &run.jurisdictions[0];
    assert_eq!(assessed.law.twins, [(0, 1)]);
    let (mappings, _) = &*RULES;
    let found = disagreements(
        &assessed.law,
        mappings,
        &run.requirements,
        &assessed.findings,
    );
    let seen: Vec<(Verdict, &str, Verdict)> = found
        .iter()
        .map(|d| (d.verdict, d.language.as_str(), d.other_verdict))
        .collect();
    assert_eq!(seen, [(Verdict::Full, "fr", Verdict::NotFound)]);
    let pages = concord::report::Pages::english().unwrap();
    let page = pages.report_markdown(&run, assessed).unwrap();
    assert!(page.contains("Language versions that disagree"));
    // Evidence comes from one version only.
    let places = &assessed.findings[0].provisions;
    assert!(places.iter().all(|place| place.file == "en.md"));
}
