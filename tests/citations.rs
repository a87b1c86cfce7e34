//! The hand-checked list of citations in real statutes: each still names the
//! provision that a reader found it to name, and none names another.

use std::path::Path;

use concord::annotate::{CitationReader, Resolution, Resolver};
use concord::corpus::Corpus;
use concord::law::Jurisdiction;
use concord::mappings::Mappings;

#[derive(serde::Deserialize)]
struct Row {
    file: String,
    start: usize,
    words: String,
    locator: String,
    judgement: String,
}

/// Texts are read better over time: a citation is looked for near its place.
const REACH: usize = 4_000;

#[test]
#[ignore = "reads 23 jurisdictions; run with --ignored after changes to citations or ingest"]
fn checked_citations_name_the_provision_they_named() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let corpora = root.join("../shared/corpora");
    if !corpora.is_dir() {
        eprintln!("skipped: no texts at {}", corpora.display());
        return;
    }
    let mut table = csv::Reader::from_path(root.join("tests/accuracy/citations.csv")).unwrap();
    let rows: Vec<Row> = table.deserialize().map(Result::unwrap).collect();
    let mut codes: Vec<&str> = rows
        .iter()
        .filter_map(|row| Some(row.file.split_once('/')?.0))
        .collect();
    codes.sort_unstable();
    codes.dedup();
    let mappings = Mappings::embedded().unwrap();
    let (mut same, mut checked, mut wrong) = (0, 0, Vec::new());
    for code in codes {
        let corpus = Corpus::load(&corpora, &[Jurisdiction::new(code)], &|_| {}).unwrap();
        for texts in &corpus.jurisdictions {
            let resolver = Resolver::new(&texts.acts, &mappings);
            for (place, act) in texts.acts.iter().enumerate() {
                let name = format!("{code}/{}", act.source.file);
                let rows = rows.iter().filter(|row| row.file == name);
                let Some(reader) = mappings
                    .pack(act.language.as_str())
                    .and_then(|pack| CitationReader::new(&pack.citations))
                else {
                    continue;
                };
                let found = reader.read(act);
                for row in rows.filter(|row| matches!(&*row.judgement, "right" | "article")) {
                    checked += 1;
                    let nearest = found
                        .iter()
                        .filter(|citation| {
                            let words = act.quote(citation.span).split_whitespace();
                            words.eq(row.words.split_whitespace())
                        })
                        .min_by_key(|citation| citation.span.start.abs_diff(row.start))
                        .filter(|citation| citation.span.start.abs_diff(row.start) < REACH);
                    let Some(citation) = nearest else { continue };
                    let Resolution::Found(target) = resolver.resolve(place, citation) else {
                        continue;
                    };
                    let cited = &texts.acts[target.act];
                    let mut locator = cited.locator(target.unit).to_string();
                    if let Some(last) = target.through {
                        locator = format!("{locator}..{}", cited.locator(last));
                    }
                    if locator == row.locator {
                        same += 1;
                    } else if row.judgement == "right" {
                        wrong.push(format!("{name} {}: {locator}", row.words));
                    }
                }
            }
        }
    }
    assert!(
        wrong.len() * 50 <= checked,
        "changed:\n{}",
        wrong.join("\n")
    );
    assert!(
        same * 10 >= checked * 9,
        "{same} of {checked} are as checked"
    );
}
