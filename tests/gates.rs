//! The gates: what reads like the law that is asked for and must not count
//! (the general false positives of the catalogue, GFP-01 to GFP-18).
//!
//! `tests/gates/<language>.toml` holds one pair of fictional laws for each:
//!
//! - `stopped`: articles that a careless reader would take for the law asked for;
//! - `stopped-below`: the verdict they must stay below; without it they must not count at all;
//! - `passes`: the near twin that is the law asked for, and is found in full.
//!
//! GFP-15 (a text that did not arrive whole) is shown in `trust.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use concord::annotate::Annotator;
use concord::assess::Verdict;
use concord::law::Jurisdiction;
use concord::mappings::Mappings;
use concord::report::Run;
use serde::Deserialize;

/// One file of `tests/gates`.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct File {
    /// The language of the laws.
    language: String,
    /// The line over an article, with `{n}` for its number.
    article: String,
    /// How the first numbers are written; digits where it is left out.
    #[serde(default)]
    numbers: Vec<String>,
    gate: Vec<Gate>,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Gate {
    gfp: String,
    what: String,
    /// The requirement.
    asks: String,
    stopped: Vec<String>,
    stopped_below: Option<String>,
    passes: Vec<String>,
}

impl File {
    fn law(&self, articles: &[String]) -> String {
        let mut text = format!("---\ntitle: Act\nlanguage: {}\n---\n\n", self.language);
        for (index, article) in articles.iter().enumerate() {
            let digits = (index + 1).to_string();
            let number = self.numbers.get(index).unwrap_or(&digits);
            let heading = self.article.replace("{n}", number);
            text.push_str(&format!("{heading}\n\n{article}\n\n"));
        }
        text
    }
}

#[test]
fn what_only_reads_like_the_law_asked_for_is_stopped() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gates");
    let mut files: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let corpus = tempfile::tempdir().unwrap();
    // Every law is a jurisdiction of its own, so that one run reads all for a requirement.
    let mut cases: BTreeMap<String, (String, bool, Gate)> = BTreeMap::new();
    let mut seen: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for path in &files {
        let file: File = toml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let name = file.language.clone();
        let laws: Vec<[String; 2]> = file
            .gate
            .iter()
            .map(|gate| [file.law(&gate.stopped), file.law(&gate.passes)])
            .collect();
        for (gate, laws) in file.gate.into_iter().zip(laws) {
            seen.entry(gate.gfp.clone())
                .or_default()
                .insert(name.clone());
            for (law, passes) in laws.iter().zip([false, true]) {
                let code = format!("xx-{}", cases.len());
                let law_folder = corpus.path().join(&code);
                fs::create_dir(&law_folder).unwrap();
                fs::write(law_folder.join("act.md"), law).unwrap();
                cases.insert(code, (name.clone(), passes, gate.clone()));
            }
        }
    }
    for number in (1..=18).filter(|number| *number != 15) {
        let languages = seen.get(&format!("GFP-{number:02}")).map_or(0, |l| l.len());
        assert!(
            languages >= 5,
            "GFP-{number:02} is shown in {languages} languages"
        );
    }
    let mappings = Mappings::embedded().unwrap();
    let annotator = Annotator::new(&mappings).unwrap();
    let asked: BTreeSet<String> = cases.values().map(|case| case.2.asks.clone()).collect();
    let mut wrong = Vec::new();
    for requirement in &asked {
        let codes: Vec<Jurisdiction> = cases
            .iter()
            .filter(|(_, case)| case.2.asks == *requirement)
            .map(|(code, _)| Jurisdiction::new(code))
            .collect();
        let run = Run::new(
            corpus.path(),
            &codes,
            requirement,
            &mappings,
            &annotator,
            &|_| {},
        )
        .unwrap();
        assert_eq!(run.jurisdictions.len(), codes.len());
        for assessed in &run.jurisdictions {
            let code = assessed.law.jurisdiction.as_str();
            let (language, passes, gate) = &cases[code];
            let verdict = assessed.findings[0].verdict;
            let right = match (passes, gate.stopped_below.as_deref()) {
                (true, _) => verdict == Verdict::Full,
                (false, Some(_)) => verdict != Verdict::Full,
                (false, None) => matches!(verdict, Verdict::NotFound | Verdict::Undetermined),
            };
            if !right {
                let side = if *passes {
                    "the law itself"
                } else {
                    &gate.what
                };
                wrong.push(format!(
                    "{} {language} {requirement}: {side}: {verdict:?}",
                    gate.gfp
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
