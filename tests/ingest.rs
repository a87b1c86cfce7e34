//! What reading must reach over whole files: every article that an independent
//! count finds, the same words from every publication of one act, and bounded
//! memory and time on hostile input. Skips, with the reason, where the real
//! texts are not beside the repository.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use rayon::prelude::*;

use concord::ingest::{IngestError, Metadata, SourceFile, read};
use concord::law::{Act, Jurisdiction, Standing};

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn shared(file: &str) -> Option<Vec<u8>> {
    let path = here("../shared").join(file);
    let bytes = std::fs::read(&path).ok();
    if bytes.is_none() {
        println!("skipped: {file} is not beside the repository");
    }
    bytes
}

fn read_bytes(file: &str, bytes: &[u8]) -> Result<Act, IngestError> {
    read(&SourceFile {
        jurisdiction: Jurisdiction::new("va"),
        file: file.to_owned(),
        bytes,
        declared: Metadata::default(),
    })
}

/// One line of `ingest.csv`.
#[derive(Debug, serde::Deserialize)]
struct Count {
    file: String,
    independent: usize,
    share: f64,
}

fn counts(table: &[u8]) -> Vec<Count> {
    csv::Reader::from_reader(table)
        .deserialize()
        .collect::<Result<_, _>>()
        .expect("the table is well formed")
}

/// Format and article locators of every file below a folder that can be read.
fn articles_found(corpora: &Path) -> serde_json::Value {
    let files: Vec<PathBuf> = ignore::Walk::new(corpora)
        .filter_map(|entry| entry.ok())
        .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()))
        .map(ignore::DirEntry::into_path)
        .collect();
    let acts: BTreeMap<String, serde_json::Value> = files
        .par_iter()
        .filter_map(|path| {
            let file = path.strip_prefix(corpora).ok()?.to_str()?;
            let act = read_bytes(file, &std::fs::read(path).ok()?).ok()?;
            let articles: Vec<String> = act
                .articles()
                .map(|id| act.locator(id).to_string())
                .collect();
            let found = serde_json::json!({ "format": act.source.format, "articles": articles });
            Some((file.to_owned(), found))
        })
        .collect();
    serde_json::json!(acts)
}

#[test]
fn the_articles_of_an_independent_count_are_found() {
    let corpora = here("../shared/corpora");
    let python = Command::new("python3").arg("--version").output();
    if !corpora.is_dir() || python.is_err() {
        println!("skipped: the corpora or python3, which counts in them, are not here");
        return;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let found = folder.path().join("found.json");
    std::fs::write(&found, articles_found(&corpora).to_string()).expect("it can be written");
    let run = Command::new("python3")
        .arg(here("tests/accuracy/count_units.py"))
        .arg(&found)
        .arg(&corpora)
        .output()
        .expect("the script runs");
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    let bars = counts(&std::fs::read(here("tests/accuracy/ingest.csv")).expect("it is there"));
    let now = counts(&run.stdout);
    let all = now.last().expect("the last line is the sum");
    assert!(all.independent > 50_000 && all.share >= 0.99, "{all:?}");
    let worse: Vec<String> = bars
        .iter()
        .filter_map(|bar| {
            let found = now.iter().find(|count| count.file == bar.file);
            let share = found.map_or(0.0, |count| count.share);
            // PDFs are counted in the text that the installed poppler gives.
            let slack = if bar.file.ends_with(".pdf") {
                0.02
            } else {
                0.0006
            };
            (share + slack < bar.share).then(|| format!("{}: {share}, was {}", bar.file, bar.share))
        })
        .collect();
    assert!(worse.is_empty(), "{}", worse.join("\n"));
}

/// The words in force or quoted, without editors' notes, and without white
/// space.
fn words(act: &Act) -> String {
    let mut text = act.text.as_str().as_bytes().to_vec();
    for id in act.ids() {
        let unit = act.provision(id);
        if matches!(unit.standing, Standing::Note | Standing::Contents) {
            text[unit.span.range()].fill(b' ');
        }
    }
    let text = String::from_utf8(text).expect("whole letters were blanked");
    text.split_whitespace().collect()
}

#[test]
fn three_publications_of_one_act_give_the_same_sections_and_words() {
    let mut acts = Vec::new();
    for file in [
        "asp-2025-11.akn.xml",
        "asp-2025-11.clml.xml",
        "asp-2025-11.html",
    ] {
        let Some(bytes) = shared(&format!("formats/{file}")) else {
            return;
        };
        acts.push(read_bytes(file, &bytes).unwrap());
    }
    let articles = |act: &Act| -> Vec<String> {
        let locator = |id| act.locator(id).to_string();
        act.articles().map(locator).collect()
    };
    for other in &acts[1..] {
        assert_eq!(articles(&acts[0]), articles(other), "{}", other.source.file);
        let (left, right) = (words(&acts[0]), words(other));
        let at = left
            .chars()
            .zip(right.chars())
            .take_while(|(a, b)| a == b)
            .count();
        let near =
            |text: &str| -> String { text.chars().skip(at.saturating_sub(40)).take(120).collect() };
        assert!(
            left == right,
            "{}: {} | {}",
            other.source.file,
            near(&left),
            near(&right)
        );
    }
}

#[test]
fn two_publications_of_one_code_agree_on_numbers() {
    let (Some(tei), Some(gii)) = (
        shared("formats/stgb.tei.xml"),
        shared("corpora/de/stgb.gii.xml"),
    ) else {
        return;
    };
    let numbers = |act: &Act| -> Vec<String> {
        let mut all: Vec<String> = act
            .articles()
            .map(|id| act.locator(id).to_string())
            .collect();
        all.sort();
        all.dedup();
        all
    };
    let old = numbers(&read_bytes("tei", &tei).unwrap());
    let new = numbers(&read_bytes("gii", &gii).unwrap());
    let only_old: Vec<&String> = old.iter().filter(|number| !new.contains(number)).collect();
    // The one is twenty years younger: two sections were repealed in between
    // and merged with their neighbours' line.
    assert!(old.len() > 500 && only_old.len() <= 2, "{only_old:?}");
}

/// Peak resident memory of the process so far, in bytes; none where the system
/// does not tell.
fn peak_memory(status: &str) -> Option<u64> {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace()
        .next()?
        .parse::<u64>()
        .ok()
        .map(|kb| kb * 1024)
}

/// Runs `concord inspect` on a file of these bytes: its exit code, what it
/// said, and its peak memory where the system tells.
fn inspect(name: &str, bytes: &[u8]) -> (i32, String, Option<u64>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_concord"))
        .arg("inspect")
        .arg(&path)
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let status_file = format!("/proc/{}/status", child.id());
    let mut peak = None;
    // The last look before the end is the highest mark.
    while child.try_wait().unwrap().is_none() {
        if let Ok(status) = std::fs::read_to_string(&status_file) {
            peak = peak_memory(&status).or(peak);
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
        // Long answers must not fill the pipe: `inspect` is short but for trees.
        if peak.is_some_and(|peak| peak > 4 << 30) {
            child.kill().unwrap();
        }
    }
    let output = child.wait_with_output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (
        output.status.code().unwrap_or(-1),
        String::from_utf8_lossy(&said).into_owned(),
        peak,
    )
}

/// What the program itself needs, whatever the file.
const OWN_MEMORY: u64 = 60 << 20;

fn within_three_times(name: &str, size: usize, peak: Option<u64>) {
    let Some(peak) = peak else { return };
    let most = OWN_MEMORY + 3 * size as u64;
    assert!(
        peak <= most,
        "{name}: {} MB for {} MB",
        peak >> 20,
        size >> 20
    );
}

fn sections(size: usize, line_end: &str) -> String {
    let mut text = String::with_capacity(size + 200);
    let mut number = 0;
    while text.len() < size {
        number += 1;
        text.push_str(&format!(
            "Section {number}. A person who keeps a goat without a licence commits an offence and \
             is liable to a fine of {number} crowns.{line_end}"
        ));
    }
    text
}

#[test]
fn one_line_of_more_than_a_million_characters_is_read() {
    let act = read_bytes("line.txt", sections(1_400_000, " ").as_bytes()).unwrap();
    assert!(act.text.as_str().len() > 1_300_000);
}

#[test]
fn a_hundred_megabytes_are_refused_in_bounded_memory() {
    let text = sections(100 << 20, "\n\n");
    let (code, said, peak) = inspect("large.txt", text.as_bytes());
    assert_eq!(code, 2);
    assert!(said.contains("100 MB are no single act"), "{said}");
    within_three_times("100 MB of text", text.len(), peak);
}

#[test]
fn hostile_markup_is_bounded() {
    let nested = format!(
        "<akomaNtoso><act><body>{}<p>Goats.</p>{}</body></act></akomaNtoso>",
        "<section>".repeat(100_000),
        "</section>".repeat(100_000)
    );
    let act = read_bytes("nested.xml", nested.as_bytes()).unwrap();
    assert!(act.text.as_str().contains("Goats."));
    let page = format!("<html><body>{}Goats.", "<div>".repeat(100_000));
    // One word is no law; what matters is that the page is read to its end.
    let refused = read_bytes("nested.html", page.as_bytes()).unwrap_err();
    assert!(
        matches!(refused, IngestError::LandingPage { .. }),
        "{refused}"
    );
    // Each entity is ten of the one before: a billion in the end.
    let mut bomb = String::from("<!DOCTYPE akomaNtoso [<!ENTITY e0 \"goat\">");
    for level in 1..10 {
        let inner = format!("&e{};", level - 1).repeat(10);
        bomb.push_str(&format!("<!ENTITY e{level} \"{inner}\">"));
    }
    bomb.push_str("]><akomaNtoso><act><body><section><num>1</num><p>&e9;</p></section></body></act></akomaNtoso>");
    let act = read_bytes("bomb.xml", bomb.as_bytes()).unwrap();
    assert!(act.text.as_str().len() < 1000);
    assert!(act.text.as_str().contains("&e9;"));
}

#[test]
fn packed_bombs_are_refused_with_the_reason() {
    for (name, member) in [
        ("bomb.docx", "word/document.xml"),
        ("bomb.odt", "content.xml"),
        ("bomb.epub", "META-INF/container.xml"),
    ] {
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        writer
            .start_file(member, zip::write::SimpleFileOptions::default())
            .unwrap();
        let blank = vec![b' '; 1 << 20];
        for _ in 0..300 {
            writer.write_all(&blank).unwrap();
        }
        let bytes = writer.finish().unwrap().into_inner();
        assert!(bytes.len() < 1 << 20);
        match read_bytes(name, &bytes) {
            Err(IngestError::Unreadable { reason, .. }) => {
                assert!(reason.contains("megabytes"), "{name}: {reason}");
            }
            other => panic!("{name}: {other:?}"),
        }
    }
}

#[test]
fn the_wording_of_a_day_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("goats.md");
    let text = "# Goat Act\n\n## Section 1. Goats\n\nA goat is kept indoors.\n\n## Section 2. Sheep (in force from 1 March 2027)\n\nA sheep is kept indoors.\n";
    std::fs::write(&file, text).unwrap();
    for (day, is_marked) in [("2026-01-01", true), ("2027-03-01", false)] {
        let run = Command::new(env!("CARGO_BIN_EXE_concord"))
            .args(["inspect", "--full", "--date", day])
            .arg(&file)
            .output()
            .unwrap();
        let tree = String::from_utf8(run.stdout).unwrap();
        let line = tree.lines().find(|line| line.contains("2 Sheep")).unwrap();
        assert_eq!(line.contains('['), is_marked, "{day}: {line}");
    }
}
