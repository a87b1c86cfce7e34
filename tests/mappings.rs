//! Rule data: everything validates, every sample comes out as promised, and
//! mistakes are shown where they are.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin;
use concord::annotate::{Annotator, check_samples};
use concord::assess::Verdict;
use concord::mappings::Mappings;
use concord::report::Run;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;

#[test]
fn every_sample_of_every_pack_comes_out_as_promised() {
    let mappings = Mappings::embedded().expect("the program's own mappings are valid");
    let annotator = Annotator::new(&mappings).expect("the program's own packs compile");
    let report = check_samples(&mappings, &annotator, None);
    let failures: Vec<String> = report.failures.iter().map(ToString::to_string).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(report.samples > 1000 && report.phrases > 1000);
}

/// Copies the program's own mappings and edits one file.
fn edited(file: &str, edit: impl Fn(String) -> String) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("mappings"),
        folder.path(),
    );
    let path = folder.path().join(file);
    fs::write(&path, edit(fs::read_to_string(&path).unwrap())).unwrap();
    folder
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir(&target).unwrap();
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn a_mistake_in_rule_data_is_shown_with_file_line_and_caret() {
    let cases: [(&str, &str, &str, &str); 4] = [
        (
            "requirements/csam-possess.toml",
            "\"possess\"",
            "\"posess\"",
            "did you mean `possess`?",
        ),
        (
            "requirements/csam-possess.toml",
            "topic =",
            "topik =",
            "unknown field",
        ),
        (
            "languages/en.toml",
            "\"(imprisonment|imprisoned)\"",
            "\"(imprisonment|imprisoned\"",
            "the bracket is not closed",
        ),
        (
            "profiles.csv",
            "csam-possess",
            "csam-posess",
            "did you mean",
        ),
    ];
    for (file, from, to, message) in cases {
        let folder = edited(file, |text| {
            assert!(text.contains(from), "{file} no longer holds {from}");
            text.replacen(from, to, 1)
        });
        Command::new(cargo_bin!("concord"))
            .args(["mappings", "check", "--mappings"])
            .arg(folder.path())
            .assert()
            .code(2)
            .stderr(contains(file))
            .stderr(contains(message))
            .stderr(contains("^"));
    }
}

#[test]
fn a_mistake_in_the_vocabulary_is_told_once() {
    let folder = edited("concepts.toml", |text| {
        text.replacen("meaning =", "meening =", 1)
    });
    Command::new(cargo_bin!("concord"))
        .args(["mappings", "check", "--mappings"])
        .arg(folder.path())
        .assert()
        .code(2)
        .stderr(contains("concepts.toml"))
        .stderr(contains("unknown concept").not());
}

#[test]
fn unknown_names_are_answered_with_the_nearest() {
    Command::new(cargo_bin!("concord"))
        .args(["mappings", "show", "csam-posses"])
        .assert()
        .code(2)
        .stderr(contains("did you mean `csam-possess`?"));
}

#[test]
fn a_pack_without_words_for_a_requirement_leaves_it_undetermined() {
    let without = |section: &str| {
        edited("languages/en.toml", |text| {
            let start = text.find(section).unwrap();
            let rest = &text[start + 1..];
            let end = rest.find("\n[").map_or(text.len(), |end| start + 1 + end);
            format!("{}{}", &text[..start], &text[end..])
        })
    };
    let law = tempfile::tempdir().unwrap();
    fs::create_dir(law.path().join("va")).unwrap();
    fs::write(
        law.path().join("va/code.md"),
        "# Penal Code\n\n## Section 1\n\nAny person who commits blackmail is guilty of an \
         offence and is liable on conviction to imprisonment. A person shall be guilty of an \
         offence under this section if he or she does any act with the intention of obtaining \
         the property of another person, and the court may in such a case order that the \
         property be given back to the person from whom it was taken. Nothing in this section \
         shall affect the right of any person to bring an action in a court of law for the \
         recovery of the property or for damages.\n",
    )
    .unwrap();
    let finding = |mappings: &Path| {
        let mappings = Mappings::load(mappings).unwrap();
        let annotator = Annotator::new(&mappings).unwrap();
        let asked = "stalk-online";
        let run = Run::new(law.path(), &[], asked, &mappings, &annotator, &|_| {}).unwrap();
        run.jurisdictions[0].findings[0].clone()
    };
    let whole = edited("languages/en.toml", |text| text);
    assert_eq!(finding(whole.path()).verdict, Verdict::NotFound);
    let lacking = without("[concepts.stalk-term]");
    let found = finding(lacking.path());
    assert_eq!(found.verdict, Verdict::Undetermined);
    assert_eq!(
        found.reason,
        "the language pack `en` has no words for stalk-term"
    );
    // A pack may lack these words, so that its samples still pass.
    let mappings = Mappings::load(lacking.path()).unwrap();
    let annotator = Annotator::new(&mappings).unwrap();
    let report = check_samples(&mappings, &annotator, Some("en"));
    assert!(report.failures.is_empty());
    assert_eq!(report.without_words.get("en"), Some(&1));
}
