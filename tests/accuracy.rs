//! The ratchet: on the labelled corpora beside the repository, the figures of
//! `tests/accuracy/figures.csv` may only improve. Skips, with the reason, where
//! the labels or Python are not there.

use std::path::{Path, PathBuf};
use std::process::Command;

use concord::annotate::Annotator;
use concord::law::Jurisdiction;
use concord::mappings::Mappings;
use concord::report::{Run, tables};

/// One line of `figures.csv`: a group of jurisdictions with its bars.
#[derive(Debug, serde::Deserialize)]
struct Bar {
    group: String,
    jurisdictions: String,
    kappa: f64,
    false_full: f64,
    missed: f64,
    evidence_recall: f64,
    accuracy: f64,
}

/// Labels rounded to three places may differ by one in the last.
const ROUNDING: f64 = 0.0011;

fn shared() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let wanted = ["score.py", "gold/dev.csv", "corpora"];
    if wanted.iter().all(|name| folder.join(name).exists()) {
        return Some(folder);
    }
    println!("skipped: the labelled corpora are not beside the repository");
    None
}

#[test]
fn figures_only_improve() {
    let Some(shared) = shared() else {
        return;
    };
    if Command::new("python3").arg("--version").output().is_err() {
        println!("skipped: python3, which runs the scoring script, is not installed");
        return;
    }
    let mappings = Mappings::embedded().expect("the program's own mappings are valid");
    let annotator = Annotator::new(&mappings).expect("the program's own packs compile");
    let bars: Vec<Bar> = csv::Reader::from_path(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/accuracy/figures.csv"),
    )
    .expect("figures.csv is there")
    .deserialize()
    .collect::<Result<_, _>>()
    .expect("figures.csv is well formed");
    let asked: Vec<Jurisdiction> = bars
        .iter()
        .flat_map(|bar| bar.jurisdictions.split_whitespace())
        .map(Jurisdiction::new)
        .collect();
    let run = Run::new(
        &shared.join("corpora"),
        &asked,
        "core",
        &mappings,
        &annotator,
        &|_| {},
    )
    .expect("the corpora load");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let findings = folder.path().join("findings.csv");
    let file = std::fs::File::create(&findings).expect("a file in it");
    tables::findings(&run, file).expect("the table is written");

    let mut failures = Vec::new();
    for bar in &bars {
        let output = Command::new("python3")
            .arg(shared.join("score.py"))
            .arg(shared.join("gold/dev.csv"))
            .arg(&findings)
            .args(["--only", &bar.jurisdictions.replace(' ', ",")])
            .output()
            .expect("the scoring script runs");
        let line = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        println!("{:<12} {line}", bar.group);
        for (name, bar_value, more_is_better) in [
            ("kappa", bar.kappa, true),
            ("acc", bar.accuracy, true),
            ("ev-recall", bar.evidence_recall, true),
            ("false-full", bar.false_full, false),
            ("missed", bar.missed, false),
        ] {
            let value = figure(&line, name);
            let worse = if more_is_better {
                value + ROUNDING < bar_value
            } else {
                value > bar_value + ROUNDING
            };
            if worse {
                failures.push(format!("{}: {name} is {value}, was {bar_value}", bar.group));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// The number after a name in the script's line; not a number fails every bar.
fn figure(line: &str, name: &str) -> f64 {
    line.split_whitespace()
        .skip_while(|word| *word != name)
        .nth(1)
        .and_then(|word| word.parse().ok())
        .unwrap_or(f64::NAN)
}
