//! The pages of a small fictional run, with law text that tries to be markup.

use std::collections::BTreeMap;
use std::path::Path;

use pulldown_cmark::{Event, Options, Parser};
use scraper::{Html, Selector};

use super::*;
use crate::annotate::{AnnotatedAct, Annotator};
use crate::assess::{
    ElementResult, Evidence, Finding, JurisdictionLaw, MediumClass, NearMiss, PairResult, Polarity,
    ProvisionRef, ReservationNote, SearchTrace, Verdict,
};
use crate::corpus::{Unread, Warning};
use crate::ingest::{ActBuilder, Unit};
use crate::law::{Act, ActSource, ProblemKind, ProvisionId, Span, Standing, UnitKind};
use crate::mappings::{Mappings, Role};

const SCRIPT: &str = "<script>alert(\"goat\")</script> goat";
const STABLE: &str = "| --- | **stable** _with_ [a door](javascript:x) & `roof`";

/// A tiny rule folder about goats.
fn mappings() -> Mappings {
    let folder = tempfile::tempdir().unwrap();
    let files = BTreeMap::from([
        (
            "concepts.toml",
            "[goat]\nmeaning = \"a goat\"\n[keep]\nmeaning = \"to keep\"\n",
        ),
        (
            "languages/en.toml",
            "tag = \"en\"\nname = \"English\"\n[concepts.goat]\nphrases = [\"goat\"]\nmatch = [\"a goat\"]\n",
        ),
        (
            "coverage.toml",
            "[goats]\ntitle = \"goats\"\nusual_place = \"an act on goats\"\n\
             held = [{ all = [\"goat\"] }]\narticles = 1\n",
        ),
        (
            "equivalence.toml",
            "[P01]\noffline = \"a goat in a shed\"\nonline = \"a goat in a game\"\n\
             requirements = [\"keep-goat\"]\nremote = true\n",
        ),
        (
            "instruments.toml",
            "[GOAT]\ntitle = \"Convention on Goats\"\nnature = \"treaty\"\nbinding = true\n\
             ratifications = \"goats\"\n[GUIDE]\ntitle = \"Guidelines <on> Goats\"\n\
             nature = \"guidance\"\nbinding = false\n",
        ),
        (
            "catalogue.csv",
            "id,theme,title,sources,priority\n\
             keep-goat,A Keeping,Keeping a goat without care is an offence,GOAT 1(a); GUIDE 2,1\n\
             sell-goat,A Keeping,Selling a goat is an offence,GUIDE 3,1\n\
             name-goat,B Naming,Naming a goat is free,GOAT 4,1\n\
             all-goats,B Naming,Every offence reaches goats online,GUIDE 5,1\n\
             old-goat,B Naming,Old goats are spared,GOAT 6,2\n",
        ),
        (
            "jurisdictions.csv",
            "code,name,region,legal_family\nva,Valoria,,\n",
        ),
        (
            "profiles.csv",
            "profile,title,members\ngoats,Goats,keep-goat sell-goat name-goat all-goats old-goat\n",
        ),
        (
            "ratifications.csv",
            "jurisdiction,country,instrument,status,since,as_of,source\n\
             va,Valoria,goats,party,2001,2020-01,list\n",
        ),
        (
            "reservations.csv",
            "jurisdiction,instrument,article,date,requirements,content\n\
             va,goats,4,2001,name-goat,names of goats are left out\n",
        ),
        (
            "requirements/keep-goat.toml",
            "id = \"keep-goat\"\ntopic = \"goats\"\nnotes = [\"Look for sheep, too.\"]\n",
        ),
        (
            "requirements/sell-goat.toml",
            "id = \"sell-goat\"\ntopic = \"goats\"\n",
        ),
        (
            "requirements/name-goat.toml",
            "id = \"name-goat\"\ntopic = \"goats\"\n",
        ),
        (
            "requirements/all-goats.toml",
            "id = \"all-goats\"\ntopic = \"goats\"\nmethod = \"equivalence\"\n",
        ),
    ]);
    for (file, text) in files {
        let path = folder.path().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    Mappings::load(folder.path()).unwrap()
}

fn act(code: &str, file: &str, title: &str, language: &str, articles: &[(&str, &str)]) -> Act {
    let mut builder = ActBuilder::new();
    title.clone_into(&mut builder.metadata().title);
    language.clone_into(&mut builder.metadata().language);
    "2020-05-01".clone_into(&mut builder.metadata().date);
    for (number, text) in articles {
        builder.open(
            UnitKind::Article,
            Unit {
                number,
                heading: "",
                standing: Standing::InForce,
            },
        );
        builder.paragraph(text);
        builder.close();
    }
    builder.finish(
        Jurisdiction::new(code),
        ActSource {
            file: file.to_owned(),
            sha256: "f".repeat(64),
            format: "markdown".into(),
            ..ActSource::default()
        },
    )
}

/// Finds words in an act of the list.
struct Finder<'a> {
    acts: &'a [AnnotatedAct],
}

impl Finder<'_> {
    fn place(&self, act: usize, words: &str) -> (ProvisionRef, Span) {
        let text = &self.acts[act].act;
        let start = text.text.as_str().find(words).unwrap();
        let provision: ProvisionId = text.innermost_at(start);
        let place = ProvisionRef {
            act,
            provision,
            file: text.source.file.clone(),
            locator: text.locator(provision).to_string(),
        };
        (place, Span::new(start, start + words.len()))
    }

    fn evidence(&self, act: usize, element: &str, polarity: Polarity, words: &str) -> Evidence {
        let (place, span) = self.place(act, words);
        let text = &self.acts[act].act;
        Evidence {
            element: element.into(),
            role: Role::Core,
            polarity,
            place,
            span,
            quote: text.quote(span).to_owned(),
            sha256: text.text.sha256().to_owned(),
            language: text.language.to_string(),
        }
    }
}

fn finding(code: &str, requirement: &str, verdict: Verdict) -> Finding {
    Finding {
        jurisdiction: Jurisdiction::new(code),
        requirement: requirement.into(),
        verdict,
        provisions: Vec::new(),
        missing: Vec::new(),
        coverage: "held".into(),
        reason: String::new(),
        elements: Vec::new(),
        evidence: Vec::new(),
        trace: None,
        reservations: Vec::new(),
        pairs: Vec::new(),
    }
}

fn element(name: &str, role: Role, met: Option<bool>) -> ElementResult {
    ElementResult {
        name: name.into(),
        role,
        text: format!("What {name} asks"),
        met,
    }
}

fn valoria(annotator: &Annotator) -> Assessed {
    let keeping = format!(
        "No person shall keep a {SCRIPT} in a {STABLE}. Whoever keeps a goat for sale pays a fine."
    );
    let mut goats = act(
        "va",
        "goats.md",
        "=HYPERLINK(\"x\") Goat Act <b>",
        "en",
        &[
            ("1", keeping.as_str()),
            ("1A", "A goat may be named. The name of a goat is short."),
        ],
    );
    goats.problems.push(crate::law::Problem::new(
        ProblemKind::Truncated,
        "+the text stops at 1A",
    ));
    let acts = vec![annotator.annotate(goats)];
    let finder = Finder { acts: &acts };
    let mut partial = finding("va", "keep-goat", Verdict::Partial);
    partial.evidence = vec![
        finder.evidence(
            0,
            "keep",
            Polarity::Supports,
            &format!("keep a {SCRIPT} in a {STABLE}"),
        ),
        finder.evidence(0, "object", Polarity::Supports, SCRIPT),
        finder.evidence(0, "prohibition", Polarity::Supports, SCRIPT),
        finder.evidence(0, "without-sale", Polarity::Violates, "goat for sale"),
    ];
    partial.provisions = vec![partial.evidence[0].place.clone()];
    partial.missing = vec!["without-sale".into()];
    partial.coverage = "held, incomplete: goats.md (truncated)".into();
    partial.elements = vec![
        element("keep", Role::Core, Some(true)),
        element("without-sale", Role::MustBeAbsent, Some(false)),
        element("care", Role::Supplementary, None),
    ];
    let mut none = finding("va", "sell-goat", Verdict::NotFound);
    let (place, span) = finder.place(0, "goat for sale pays");
    none.trace = Some(SearchTrace {
        acts: vec![("goats.md".into(), 2)],
        concepts: vec!["goat".into(), "sell".into()],
        near_misses: vec![NearMiss {
            place,
            has: vec!["goat".into()],
            lacks: vec!["sell".into()],
            span,
            quote: "goat for sale pays".into(),
        }],
    });
    let mut conflict = finding("va", "name-goat", Verdict::Conflict);
    conflict.missing = vec!["bound-16".into()];
    conflict.evidence = vec![finder.evidence(0, "name", Polarity::Violates, "may be named")];
    conflict.reservations = vec![ReservationNote {
        instrument: "goats 4".into(),
        content: "names of goats are left out".into(),
    }];
    let mut pairs = finding("va", "all-goats", Verdict::Partial);
    let (place, _) = finder.place(0, "in a");
    pairs.pairs = vec![PairResult {
        pair: "P01".into(),
        class: MediumClass::ADoubtful,
        provision: Some(place),
        words: "in a".into(),
    }];
    Assessed {
        findings: vec![partial, none, conflict, pairs],
        reviews: Vec::new(),
        law: JurisdictionLaw {
            jurisdiction: Jurisdiction::new("va"),
            country: "Valoria".into(),
            acts,
            unread: vec![Unread {
                jurisdiction: Jurisdiction::new("va"),
                file: "old.pdf".into(),
                reason: "the file is empty".into(),
            }],
            twins: Vec::new(),
        },
    }
}

fn qamar(annotator: &Annotator) -> Assessed {
    let text = "لا يجوز لأي شخص أن يحتفظ بماعز في الحظيرة.";
    let acts = vec![annotator.annotate(act(
        "index",
        "maiz.md",
        "قانون الماعز",
        "ar",
        &[("1", text)],
    ))];
    let finder = Finder { acts: &acts };
    let mut full = finding("index", "keep-goat", Verdict::Full);
    full.evidence = vec![finder.evidence(0, "keep", Polarity::Supports, "يحتفظ بماعز")];
    full.provisions = vec![full.evidence[0].place.clone()];
    full.elements = vec![element("keep", Role::Core, Some(true))];
    let mut unknown = finding("index", "sell-goat", Verdict::Undetermined);
    unknown.reason = "no act on goats is held".into();
    unknown.coverage = "not held".into();
    let pairs = finding("index", "all-goats", Verdict::Undetermined);
    Assessed {
        reviews: Vec::new(),
        findings: vec![
            full,
            unknown,
            finding("index", "name-goat", Verdict::NotApplicable),
            pairs,
        ],
        law: JurisdictionLaw {
            jurisdiction: Jurisdiction::new("index"),
            country: "Qamar".into(),
            acts,
            unread: Vec::new(),
            twins: Vec::new(),
        },
    }
}

fn run(mappings: &Mappings) -> Run<'_> {
    let annotator = Annotator::new(mappings).unwrap();
    let (profile, requirements, without_rules) = select(mappings, "goats").unwrap();
    Run {
        mappings,
        profile,
        requirements,
        without_rules,
        jurisdictions: vec![qamar(&annotator), valoria(&annotator)],
        warnings: vec![Warning::new("manifest.csv:3", "names a missing file <b>")],
        skipped: vec!["README.md".into()],
        group: GroupBy::Nothing,
        stamp: Stamp {
            program: "0.0.0".into(),
            mappings: "a".repeat(64),
            corpus: "c".repeat(64),
        },
    }
}

/// Every page of a run by name.
fn pages(run: &Run<'_>) -> Vec<(String, String)> {
    let pages = Pages::english().unwrap();
    let mut all = vec![
        ("index.html".to_owned(), pages.index_html(run).unwrap()),
        ("index.md".to_owned(), pages.index_markdown(run).unwrap()),
        (
            "compare.html".to_owned(),
            pages.comparison_html(run).unwrap(),
        ),
        (
            "compare.md".to_owned(),
            pages.comparison_markdown(run).unwrap(),
        ),
        (
            "compare.json".to_owned(),
            Document::new(run, &run.jurisdictions).to_json().unwrap(),
        ),
    ];
    for assessed in &run.jurisdictions {
        let stem = file_stem(&assessed.law.jurisdiction);
        all.push((
            format!("{stem}.html"),
            pages.report_html(run, assessed).unwrap(),
        ));
        all.push((
            format!("{stem}.md"),
            pages.report_markdown(run, assessed).unwrap(),
        ));
    }
    let mut table = |name: &str, write: &dyn Fn(&mut Vec<u8>) -> csv::Result<()>| {
        let mut bytes = Vec::new();
        write(&mut bytes).unwrap();
        all.push((name.to_owned(), String::from_utf8(bytes).unwrap()));
    };
    table("findings.csv", &|out| tables::findings(run, out));
    table("evidence.csv", &|out| tables::evidence(run, out));
    table("acts.csv", &|out| tables::acts(run, out));
    table("matrix.csv", &|out| tables::matrix(run, out));
    all
}

fn page<'a>(pages: &'a [(String, String)], name: &str) -> &'a str {
    &pages.iter().find(|(known, _)| known == name).unwrap().1
}

#[test]
fn two_runs_give_identical_bytes() {
    let first = pages(&run(&mappings()));
    let second = pages(&run(&mappings()));
    assert_eq!(first, second);
}

#[test]
fn the_pages_read_as_they_should() {
    let pages = pages(&run(&mappings()));
    insta::with_settings!({filters => vec![(r"(?s)<style>.*?</style>", "<style></style>")]}, {
        insta::assert_snapshot!("report.html", page(&pages, "va.html"));
        insta::assert_snapshot!("report.md", page(&pages, "va.md"));
        insta::assert_snapshot!("compare.html", page(&pages, "compare.html"));
        insta::assert_snapshot!("matrix.csv", page(&pages, "matrix.csv"));
    });
}

#[test]
fn law_text_never_becomes_markup() {
    let pages = pages(&run(&mappings()));
    for (name, text) in pages.iter().filter(|(name, _)| name.ends_with(".html")) {
        let html = Html::parse_document(text);
        for forbidden in [
            "script", "img", "link", "iframe", "object", "b > b", "h1 b", "[src]",
        ] {
            let found = html.select(&Selector::parse(forbidden).unwrap()).count();
            assert_eq!(found, 0, "{forbidden} in {name}");
        }
        for link in html.select(&Selector::parse("a[href]").unwrap()) {
            let href = link.value().attr("href").unwrap();
            let own =
                href.starts_with('#') || ["index.html", "index-.html", "va.html"].contains(&href);
            assert!(own, "{href} in {name}");
        }
    }
    for (name, text) in pages.iter().filter(|(name, _)| name.ends_with(".md")) {
        for event in Parser::new_ext(text, Options::all()) {
            if let Event::Html(html) | Event::InlineHtml(html) = &event {
                assert!(
                    ["<br>", "<b>", "</b>"].contains(&&**html),
                    "{html} in {name}"
                );
            }
            if let Event::Start(pulldown_cmark::Tag::Link { dest_url, .. }) = &event {
                let own = dest_url.starts_with('#') || dest_url.ends_with(".md");
                assert!(own, "{dest_url} in {name}");
            }
        }
    }
    assert!(page(&pages, "acts.csv").contains(",\"'=HYPERLINK("));
}

#[test]
fn law_text_never_becomes_a_formula_or_a_field() {
    use calamine::{Reader as _, Xlsx};
    let mappings = mappings();
    let run = run(&mappings);
    let valoria = &run.jurisdictions[1];
    let pages = Pages::english().unwrap();
    for workbook in [
        pages.report_xlsx(&run, valoria).unwrap(),
        pages.comparison_xlsx(&run).unwrap(),
    ] {
        let mut book = Xlsx::new(std::io::Cursor::new(workbook)).unwrap();
        let mut cells = Vec::new();
        for name in book.sheet_names() {
            assert!(book.worksheet_formula(&name).unwrap().is_empty(), "{name}");
            let range = book.worksheet_range(&name).unwrap();
            cells.extend(range.used_cells().map(|(_, _, cell)| cell.to_string()));
        }
        let title = &valoria.law.acts[0].act.title;
        assert!(title.starts_with('=') && cells.contains(title), "{cells:?}");
    }
    let document = pages.report_docx(&run, valoria).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(document)).unwrap();
    let mut body = String::new();
    let mut part = archive.by_name("word/document.xml").unwrap();
    std::io::Read::read_to_string(&mut part, &mut body).unwrap();
    assert!(body.contains("&lt;script&gt;") && !body.contains("<script"));
    assert!(!body.contains("instrText"), "law text makes no field");
}

#[test]
fn every_quotation_equals_its_bytes() {
    let mappings = mappings();
    let run = run(&mappings);
    let mut marks = 0;
    for assessed in &run.jurisdictions {
        let acts = &assessed.law.acts;
        for finding in &assessed.findings {
            for quotation in quotations(acts, &finding.evidence) {
                let act = &acts[quotation.act].act;
                let shown: String = quotation.pieces.iter().map(|p| p.text.as_str()).collect();
                assert_eq!(shown, act.quote(quotation.window));
                for mark in &quotation.marks {
                    let inside = quotation
                        .pieces
                        .iter()
                        .filter(|p| mark.span.contains(p.span));
                    let words: String = inside.map(|p| p.text.as_str()).collect();
                    assert_eq!(words, act.quote(mark.span));
                    for index in &mark.evidence {
                        assert_eq!(words, finding.evidence[*index].quote);
                    }
                    marks += 1;
                }
            }
        }
    }
    assert_eq!(
        marks, 5,
        "one mark for the two elements with the same words"
    );

    // What the browser shows between the quotation marks is canonical text, too.
    let html = Pages::english()
        .unwrap()
        .report_html(&run, &run.jurisdictions[1])
        .unwrap();
    let html = Html::parse_document(&html);
    let canonical = run.jurisdictions[1].law.acts[0].act.text.as_str();
    let quotes: Vec<String> = html
        .select(&Selector::parse("blockquote").unwrap())
        .map(|quote| quote.text().collect())
        .collect();
    assert_eq!(quotes.len(), 4);
    for quote in quotes {
        assert!(canonical.contains(&quote), "{quote:?}");
    }
}

#[test]
fn evidence_tables_keep_the_words_as_they_are() {
    let mappings = mappings();
    let run = run(&mappings);
    let pages = pages(&run);
    let mut rows = csv::Reader::from_reader(page(&pages, "evidence.csv").as_bytes());
    let quotes: Vec<String> = rows.records().map(|r| r.unwrap()[9].to_owned()).collect();
    let expected: Vec<String> = run
        .jurisdictions
        .iter()
        .flat_map(|a| &a.findings)
        .flat_map(|f| f.evidence.iter().map(|e| e.quote.clone()))
        .collect();
    assert_eq!(quotes, expected);
}

#[test]
fn right_to_left_quotations_say_so() {
    let pages = pages(&run(&mappings()));
    let html = Html::parse_document(page(&pages, "index-.html"));
    let quote = html
        .select(&Selector::parse("blockquote").unwrap())
        .next()
        .unwrap();
    assert_eq!(quote.value().attr("lang"), Some("ar"));
    assert_eq!(quote.value().attr("dir"), Some("rtl"));
}

#[test]
fn context_is_the_sentence_and_never_too_long() {
    let mappings = mappings();
    let annotator = Annotator::new(&mappings).unwrap();
    let words = "aye ".repeat(300);
    let text = format!("Before it. So {words}the goat {words}ends; yes. After it.");
    let act = act(
        "va",
        "long.md",
        "Long Act",
        "en",
        &[("1", text.as_str()), ("2", "A goat.")],
    );
    let acts = vec![annotator.annotate(act)];
    let finder = Finder { acts: &acts };
    let long = finder.evidence(0, "goat", Polarity::Supports, "the goat");
    let short = finder.evidence(0, "goat", Polarity::Supports, "A goat");
    let found = quotations(&acts, &[long.clone(), short]);
    let shown = acts[0].act.quote(found[0].window);
    assert!(shown.starts_with("aye") && shown.ends_with("aye"));
    assert!(found[0].cut_before && found[0].cut_after);
    let before = &shown[..shown.find("the goat").unwrap()];
    assert!((390..=400).contains(&before.chars().count()));
    assert_eq!(acts[0].act.quote(found[1].window), "A goat.");
    assert!(!found[1].cut_before && !found[1].cut_after);
}

#[test]
fn a_run_on_the_built_in_rules_renders() {
    let mappings = Mappings::embedded().unwrap();
    let annotator = Annotator::new(&mappings).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let write = |file: &str, text: &str| {
        let path = folder.path().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write(
        "va/code.md",
        "# Penal Code\n\n## Section 1\n\nWhoever possesses child pornography commits an offence and is liable to imprisonment.\n",
    );
    write("wy/empty.md", "");
    let run = Run::new(
        Path::new(folder.path()),
        &[],
        "core",
        &mappings,
        &annotator,
        &|_| {},
    )
    .unwrap();
    let pages = pages(&run);
    assert!(page(&pages, "va.html").contains("csam-possess"));
    assert!(page(&pages, "wy.html").contains("empty.md"));
}
