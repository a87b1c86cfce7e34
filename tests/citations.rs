//! The hand-checked list of citations in real statutes: how many name the
//! provision that a reader found them to name, and that none names another.

use std::collections::BTreeMap;
use std::path::Path;

use concord::annotate::{CitationReader, Resolution, Resolver};
use concord::ingest::{Metadata, SourceFile, read};
use concord::law::Jurisdiction;
use concord::mappings::Mappings;

#[derive(serde::Deserialize)]
struct Row {
    file: String,
    start: usize,
    words: String,
    /// The provision that the words name, as a reader found it.
    locator: String,
    judgement: Judgement,
}

/// What the reader found; README.md beside the list explains it.
#[derive(serde::Deserialize, PartialEq, Eq, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum Judgement {
    /// It names the provision.
    Right,
    /// It names the article of it, whose divisions the text does not tell.
    Article,
    /// It names nothing, though the provision is in the act.
    Missed,
    /// It names nothing, rightly: the provision is not in the act.
    Elsewhere,
}

/// Texts are read better over time: a citation is looked for near its place.
const REACH: usize = 4_000;

#[test]
fn checked_citations_name_their_provision_and_no_other() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let corpora = root.join("../shared/corpora");
    if !corpora.is_dir() {
        eprintln!("skipped: no texts at {}", corpora.display());
        return;
    }
    let mut table = csv::Reader::from_path(root.join("tests/accuracy/citations.csv")).unwrap();
    let mut by_file: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for row in table.deserialize() {
        let row: Row = row.unwrap();
        by_file.entry(row.file.clone()).or_default().push(row);
    }
    let mappings = Mappings::embedded().unwrap();
    let outcomes: Vec<(Judgement, String, Option<String>)> = by_file
        .iter()
        .flat_map(|(file, rows)| check(&corpora, file, rows, &mappings))
        .collect();
    let inside = |found: &&(Judgement, String, Option<String>)| found.0 != Judgement::Elsewhere;
    let internal = outcomes.iter().filter(inside).count();
    let right = outcomes
        .iter()
        .filter(|(judgement, _, wrong)| *judgement == Judgement::Right && wrong.is_none())
        .count();
    let wrong: Vec<&str> = outcomes
        .iter()
        .filter(|(_, _, wrong)| wrong.as_ref().is_some_and(|named| !named.is_empty()))
        .map(|(_, row, _)| row.as_str())
        .collect();
    for (judgement, row, wrong) in &outcomes {
        if *judgement == Judgement::Right && wrong.is_some() {
            println!("no longer right: {row}");
        }
    }
    println!("{right} of {internal} internal citations name their provision");
    assert!(wrong.is_empty(), "named wrongly:\n{}", wrong.join("\n"));
    assert!(right * 100 >= internal * 95, "{right} of {internal}");
}

/// For each row what it names instead of what it should: nothing if it names
/// that, an empty text if it names no provision.
fn check(
    corpora: &Path,
    file: &str,
    rows: &[Row],
    mappings: &Mappings,
) -> Vec<(Judgement, String, Option<String>)> {
    let bytes = std::fs::read(corpora.join(file)).unwrap();
    let (folder, _) = file.split_once('/').unwrap();
    let source = SourceFile {
        jurisdiction: Jurisdiction::new(folder),
        file: file.to_owned(),
        bytes: &bytes,
        declared: Metadata::default(),
    };
    let acts = [read(&source).unwrap()];
    let [act] = &acts;
    let pack = mappings.pack_reading(act.language.as_str()).unwrap();
    let found = CitationReader::new(&pack.citations).unwrap().read(act);
    let resolver = Resolver::new(&acts, mappings);
    rows.iter()
        .map(|row| {
            let nearest = found
                .iter()
                .filter(|citation| {
                    let words = act.quote(citation.span).split_whitespace();
                    words.eq(row.words.split_whitespace())
                })
                .min_by_key(|citation| citation.span.start.abs_diff(row.start))
                .filter(|citation| citation.span.start.abs_diff(row.start) < REACH);
            let named = match nearest.map(|citation| resolver.resolve(0, citation)) {
                Some(Resolution::Found(target)) => {
                    let first = act.locator(target.unit).to_string();
                    match target.through {
                        Some(last) => format!("{first}..{}", act.locator(last)),
                        None => first,
                    }
                }
                _ => String::new(),
            };
            let wrong = (named != row.locator).then(|| named.clone());
            let line = format!("{file} {} {}: {named}", row.start, row.words);
            (row.judgement, line, wrong)
        })
        .collect()
}
