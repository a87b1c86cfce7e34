//! The hand-checked list of penalties in real statutes: those that were read
//! right still are.

use std::fs;
use std::path::Path;

use concord::annotate::Annotator;
use concord::corpus::Corpus;
use concord::law::Jurisdiction;
use concord::mappings::Mappings;

/// Texts are read better over time: a penalty is looked for near its place.
const REACH: usize = 400;

#[derive(serde::Deserialize)]
struct Row {
    file: String,
    /// The article, for readers of the list.
    locator: String,
    /// Where the penalty was found, in bytes of the canonical text.
    start: usize,
    /// What the statute threatens, as a reader put it down.
    statute: String,
    /// `right`, `part` (nothing wrong, not all) or `wrong`, when it was checked.
    judgement: String,
}

#[test]
fn checked_penalties_are_still_read_right() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let corpora = root.join("../shared/corpora");
    if !corpora.is_dir() {
        eprintln!("skipped: no texts at {}", corpora.display());
        return;
    }
    let mut table = csv::Reader::from_path(root.join("tests/accuracy/penalties.csv")).unwrap();
    let rows: Vec<Row> = table.deserialize().map(Result::unwrap).collect();
    let mut codes: Vec<&str> = rows
        .iter()
        .filter_map(|row| Some(row.file.split_once('/')?.0))
        .collect();
    codes.dedup();
    // Only the acts of the list: the others of a jurisdiction take minutes.
    let copies = tempfile::tempdir().unwrap();
    for row in &rows {
        let copy = copies.path().join(&row.file);
        fs::create_dir_all(copy.parent().unwrap()).unwrap();
        fs::copy(corpora.join(&row.file), copy).unwrap();
    }
    let mappings = Mappings::embedded().unwrap();
    let annotator = Annotator::new(&mappings).unwrap();
    let (mut checked, mut lost) = (0, Vec::new());
    for code in codes {
        let corpus = Corpus::load(copies.path(), &[Jurisdiction::new(code)], &|_| {}).unwrap();
        for act in corpus
            .jurisdictions
            .into_iter()
            .flat_map(|texts| texts.acts)
        {
            let name = format!("{code}/{}", act.source.file);
            let own: Vec<&Row> = rows.iter().filter(|row| row.file == name).collect();
            if own.is_empty() {
                continue;
            }
            let annotated = annotator.annotate(act);
            for row in own.into_iter().filter(|row| row.judgement == "right") {
                checked += 1;
                let found = annotated.penalties.iter().any(|penalty| {
                    let near = penalty.span.start < row.start + REACH
                        && row.start < penalty.span.end + REACH;
                    near && penalty.to_string() == row.statute
                });
                if !found {
                    lost.push(format!("{name} {}: {}", row.locator, row.statute));
                }
            }
        }
    }
    println!("{checked} checked penalties, {} lost", lost.len());
    assert!(checked >= 40, "the texts checked are not among the corpora");
    assert!(lost.is_empty(), "no longer read:\n{}", lost.join("\n"));
}
