//! One run over the real corpora beside the repository: the figures of
//! `tests/accuracy/figures.csv` may only improve, and every quotation stands in
//! its text. Skips, with the reason, where the corpora, the labels or Python are
//! not there.

use std::path::Path;
use std::process::Command;

use concord::annotate::Annotator;
use concord::law::sha256_hex;
use concord::mappings::Mappings;
use concord::report::{Run, tables};

mod evidence;

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

#[test]
fn figures_only_improve_and_every_quotation_stands_in_its_text() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    if !shared.join("corpora").is_dir() {
        println!("skipped: the corpora are not beside the repository");
        return;
    }
    let mappings = Mappings::embedded().expect("the program's own mappings are valid");
    let annotator = Annotator::new(&mappings).expect("the program's own packs compile");
    let run = Run::new(
        &shared.join("corpora"),
        &[],
        "core",
        &mappings,
        &annotator,
        &|_| {},
    )
    .expect("the corpora load");
    check_quotations(&run);
    check_figures(&run, &shared);
}

fn check_quotations(run: &Run<'_>) {
    let mut texts = evidence::Texts::new();
    for annotated in run.jurisdictions.iter().flat_map(|j| &j.law.acts) {
        let act = &annotated.act;
        let text = act.text.as_str().to_owned();
        let hash = sha256_hex(text.as_bytes());
        texts.insert(
            (act.jurisdiction.to_string(), act.source.file.clone()),
            (text, hash),
        );
    }
    let mut table = Vec::new();
    tables::evidence(run, &mut table).expect("memory can be written");
    let rows = evidence::check(&table, &texts);
    assert!(rows > 3000, "only {rows} quotations from real statutes");
}

fn check_figures(run: &Run<'_>, shared: &Path) {
    let labelled = ["score.py", "gold/dev.csv"];
    if !labelled.iter().all(|name| shared.join(name).exists()) {
        println!("skipped: the labels are not beside the repository");
        return;
    }
    if Command::new("python3").arg("--version").output().is_err() {
        println!("skipped: python3, which runs the scoring script, is not installed");
        return;
    }
    let bars: Vec<Bar> = csv::Reader::from_path(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/accuracy/figures.csv"),
    )
    .expect("figures.csv is there")
    .deserialize()
    .collect::<Result<_, _>>()
    .expect("figures.csv is well formed");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let findings = folder.path().join("findings.csv");
    let file = std::fs::File::create(&findings).expect("a file in it");
    tables::findings(run, file).expect("the table is written");

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
