//! The bill desk: what `concord check` says about the example bills, to the
//! letter, and about real bills where they lie beside the repository.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use assert_cmd::cargo::cargo_bin;
use concord::amend::Forms;
use concord::annotate::Annotator;
use concord::check::{Bill, Standard, check, to_json};
use concord::law::Jurisdiction;
use concord::mappings::Mappings;
use serde_json::{Value, json};

fn here() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Real bills and corpora, where they are.
fn shared(part: &str) -> Option<PathBuf> {
    let path = here().join("../shared").join(part);
    if path.exists() {
        return Some(path);
    }
    println!("skipped: ../shared/{part} is not there");
    None
}

/// Runs the program in the repository's folder; exit code and standard output.
fn concord(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(cargo_bin!("concord"))
        .args(arguments)
        .current_dir(here())
        .output()
        .expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
    (
        output.status.code().expect("no signal ended it"),
        text(output.stdout),
        text(output.stderr),
    )
}

fn checked(bill: &str, more: &[&str]) -> Value {
    let mut arguments = vec!["check", bill, "--format", "json"];
    arguments.extend(more);
    let (code, out, err) = concord(&arguments);
    assert_eq!(code, 0, "{err}");
    serde_json::from_str(&out).expect("JSON")
}

/// The bills of an example jurisdiction, with the file of what is expected.
fn example_bills() -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    for code in ["xa", "xb", "xc", "xd", "xe"] {
        let folder = here().join("corpora").join(code).join("bills");
        for entry in fs::read_dir(&folder).expect("the folder is there") {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|e| e == "csv") {
                continue;
            }
            let relative = path.strip_prefix(here()).unwrap().to_owned();
            found.push((code.to_owned(), relative));
        }
    }
    found.sort();
    found
}

fn rows(path: &Path) -> Vec<csv::StringRecord> {
    let mut reader =
        csv::Reader::from_path(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    reader.records().map(|row| row.unwrap()).collect()
}

/// Code, verdict, clause, place and words of everything said about a bill.
fn said(report: &Value) -> Vec<[String; 5]> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut all = Vec::new();
    for group in ["diagnostics", "met"] {
        for d in report[group].as_array().unwrap() {
            let label = &d["labels"][0];
            let start = &label["place"]["start"]["line"];
            let place = format!("{}:{}", start["line"], start["column"]);
            all.push([
                text(&d["code"]),
                d["verdict"].as_str().unwrap_or("").to_owned(),
                text(&label["clause"]),
                place,
                text(&label["quote"]),
            ]);
        }
    }
    all
}

#[test]
fn the_example_bills_get_the_expected_diagnostics_exactly() {
    let mut wrong = String::new();
    for (_, bill) in example_bills() {
        let expected: Vec<[String; 5]> =
            rows(&here().join(&bill).with_extension("diagnostics.csv"))
                .iter()
                .map(|row| std::array::from_fn(|at| row[at].to_owned()))
                .collect();
        let document = checked(bill.to_str().unwrap(), &[]);
        let report = &document["bills"][0];
        let found = said(report);
        for line in found.iter().filter(|line| !expected.contains(line)) {
            wrong.push_str(&format!("{}: not expected: {line:?}\n", bill.display()));
        }
        for line in expected.iter().filter(|line| !found.contains(line)) {
            wrong.push_str(&format!("{}: missing: {line:?}\n", bill.display()));
        }
        // A quotation equals its span, and the place in the file holds its words.
        let source = fs::read_to_string(here().join(&bill)).unwrap();
        let (_, canonical, _) = concord(&["inspect", bill.to_str().unwrap(), "--text"]);
        for d in report["diagnostics"].as_array().unwrap() {
            for label in d["labels"].as_array().unwrap() {
                let span = &label["span"];
                let range = span["start"].as_u64().unwrap() as usize
                    ..span["end"].as_u64().unwrap() as usize;
                assert_eq!(canonical[range], label["quote"].as_str().unwrap()[..]);
                let start = &label["place"]["start"]["line"];
                let line = source
                    .lines()
                    .nth(start["line"].as_u64().unwrap() as usize - 1)
                    .unwrap();
                let words: String = line
                    .chars()
                    .skip(start["column"].as_u64().unwrap() as usize - 1)
                    .collect();
                let first = label["quote"]
                    .as_str()
                    .unwrap()
                    .split_whitespace()
                    .next()
                    .unwrap();
                let bare = first.trim_matches(|c: char| !c.is_alphanumeric());
                assert!(
                    words.starts_with(bare),
                    "{words:?} does not begin with {bare:?}"
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn the_effect_on_the_law_in_force_is_as_expected() {
    let mut wrong = String::new();
    for (code, bill) in example_bills() {
        if !here().join(&bill).with_extension("effect.csv").exists() {
            continue;
        }
        let document = checked(
            bill.to_str().unwrap(),
            &[
                "--jurisdiction",
                &code,
                "--corpus",
                "corpora",
                "--no-comparables",
            ],
        );
        let effect = &document["bills"][0]["effect"];
        let found: BTreeSet<Vec<String>> = effect["verdicts"]
            .as_array()
            .unwrap()
            .iter()
            .map(|v| {
                ["requirement", "today", "amended", "clause"]
                    .iter()
                    .map(|key| v[key].as_str().unwrap().to_owned())
                    .collect()
            })
            .collect();
        let expected: BTreeSet<Vec<String>> =
            rows(&here().join(&bill).with_extension("effect.csv"))
                .iter()
                .map(|row| row.iter().take(4).map(str::to_owned).collect())
                .collect();
        if found != expected {
            wrong.push_str(&format!(
                "{}\nfound {found:#?}\nexpected {expected:#?}\n",
                bill.display()
            ));
        }
        let refused = effect["not_applied"].as_array().unwrap();
        assert!(refused.is_empty(), "{}: {refused:#?}", bill.display());
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_form_of_amendment_matches_its_sample() {
    let mappings = concord::mappings::Mappings::embedded_for(&["en"]).unwrap();
    concord::amend::Forms::new(&mappings)
        .unwrap()
        .verify()
        .unwrap();
}

#[test]
fn bills_are_no_law_in_force() {
    let (code, out, err) = concord(&[
        "search",
        "Aldermere",
        "--corpus",
        "corpora",
        "-c",
        "xa",
        "--json",
    ]);
    assert_eq!(code, 0, "{err}");
    assert!(!out.contains("bills/"), "{out}");
}

#[test]
fn exit_codes_tell_a_hook_what_to_do() {
    let bill = "corpora/xc/bills/proyecto-de-ley-proteccion-2025.md";
    let code = |arguments: &[&str]| concord(arguments).0;
    assert_eq!(code(&["check", bill]), 0);
    assert_eq!(code(&["check", bill, "--fail-on", "conflict"]), 0);
    let gap = "corpora/xa/bills/sexual-offences-amendment-bill-2025.md";
    assert_eq!(code(&["check", gap, "--fail-on", "partial"]), 1);
    let good = "corpora/xd/bills/gesetzentwurf-strafrecht-2025.xml";
    assert_eq!(code(&["check", good, "--fail-on", "conflict"]), 0);
    assert_eq!(code(&["check", good, "--fail-on", "not-found"]), 1);
    assert_eq!(code(&["check", "corpora/none.md"]), 2);
    assert_eq!(code(&["check", bill, "-p", "nothing"]), 2);
    let (code, _, err) = concord(&[
        "check",
        bill,
        "--jurisdiction",
        "xc",
        "--corpus",
        "corpora",
        "--amends",
        "x.md",
    ]);
    assert_eq!(code, 2);
    assert!(err.contains("codigo-penal.md"), "{err}");
}

#[test]
fn sarif_has_a_rule_and_a_region_for_every_result() {
    let bill = "corpora/xa/bills/sexual-offences-amendment-bill-2025.md";
    let (code, out, _) = concord(&["check", bill, "--format", "sarif"]);
    assert_eq!(code, 0);
    let log: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules: Vec<&Value> = run["tool"]["driver"]["rules"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| &r["id"])
        .collect();
    let results = run["results"].as_array().unwrap();
    assert!(!results.is_empty());
    for result in results {
        assert!(rules.contains(&&result["ruleId"]));
        let region = &result["locations"][0]["physicalLocation"]["region"];
        assert!(region["startLine"].as_u64().unwrap() > 0, "{result:#}");
    }
}

#[test]
fn the_page_shows_the_words_and_the_changes() {
    let bill = "corpora/xa/bills/sexual-offences-amendment-bill-2025.md";
    let (code, page, err) = concord(&[
        "check",
        bill,
        "--format",
        "html",
        "--jurisdiction",
        "xa",
        "--corpus",
        "corpora",
        "--no-comparables",
    ]);
    assert_eq!(code, 0, "{err}");
    assert!(page.contains("<ins>") && page.contains("csam-possess"));
    assert!(!page.contains("{{"));
}

#[test]
fn the_document_holds_the_bill_and_a_comment_for_every_diagnostic() {
    let bill = "corpora/xa/bills/sexual-offences-amendment-bill-2025.md";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bill.docx");
    let file = path.to_str().unwrap();
    assert_eq!(concord(&["check", bill, "--format", "docx"]).0, 2);
    assert_eq!(
        concord(&["check", bill, "--format", "docx", "-o", file]).0,
        0
    );
    let mut archive = zip::ZipArchive::new(fs::File::open(&path).unwrap()).unwrap();
    let mut comments = String::new();
    archive
        .by_name("word/comments.xml")
        .unwrap()
        .read_to_string(&mut comments)
        .unwrap();
    let document = checked(bill, &[]);
    let all = document["bills"][0]["diagnostics"].as_array().unwrap();
    assert_eq!(comments.matches("<w:comment ").count(), all.len());
    let mut body = String::new();
    archive
        .by_name("word/document.xml")
        .unwrap()
        .read_to_string(&mut body)
        .unwrap();
    for mark in ["commentRangeStart", "commentRangeEnd", "commentReference"] {
        assert_eq!(body.matches(mark).count(), all.len(), "{mark}");
    }
    // Read again, the document is the bill.
    let (_, own, _) = concord(&["inspect", bill, "--text"]);
    let (_, again, _) = concord(&["inspect", file, "--text", "--lang", "en"]);
    let words =
        |text: &str| -> Vec<String> { text.split_whitespace().map(str::to_owned).collect() };
    assert_eq!(words(&again).len(), words(&own).len());
}

#[test]
fn revisions_of_a_corpus_are_compared() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let git = |arguments: &[&str]| {
        let done = Command::new("git")
            .arg("-C")
            .arg(root)
            .args(arguments)
            .output()
            .unwrap();
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
    };
    let act = "corpora/xa/obscene-publications-act-1961.md";
    let text = fs::read_to_string(here().join(act)).unwrap();
    fs::create_dir_all(root.join("laws/xa")).unwrap();
    let file = root.join("laws/xa/act.md");
    fs::write(&file, &text).unwrap();
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&[
        "-c",
        "user.name=t",
        "-c",
        "user.email=t@example.org",
        "commit",
        "-qm",
        "one",
    ]);
    fs::write(
        &file,
        text.replace("under the age of sixteen", "under the age of eighteen"),
    )
    .unwrap();
    let corpus = root.join("laws");
    let (code, out, err) = concord(&[
        "diff",
        "HEAD",
        "--corpus",
        corpus.to_str().unwrap(),
        "--format",
        "json",
    ]);
    assert_eq!(code, 0, "{err}");
    let changes: Value = serde_json::from_str(&out).unwrap();
    let change = &changes[0];
    assert_eq!(change["acts"][0]["provisions"][0]["change"], "changed");
    assert_eq!(change["acts"][0]["provisions"][0]["locator"], "5");
    let findings = change["findings"].as_array().unwrap();
    assert!(
        findings
            .iter()
            .any(|f| f["requirement"] == "expose-minor-to-pornography"),
        "{findings:#?}"
    );
    let report = root.join("out");
    let (code, _, err) = concord(&[
        "report",
        corpus.to_str().unwrap(),
        "--since",
        "HEAD",
        "-o",
        report.to_str().unwrap(),
        "--format",
        "csv",
        "-q",
    ]);
    assert_eq!(code, 0, "{err}");
    assert!(
        fs::read_to_string(report.join("changes.md"))
            .unwrap()
            .contains("**5: changed**")
    );
    let (code, _, err) = concord(&["diff", "nothing-such", "--corpus", corpus.to_str().unwrap()]);
    assert_eq!(code, 2);
    assert!(
        err.contains("neither a file, nor a folder, nor a revision"),
        "{err}"
    );
}

#[test]
fn a_bill_whose_amendments_cannot_be_read_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let bill = folder.path().join("bill.txt");
    let words = "Lag om ändring i ullagen\n\n1 § Den som klipper ett barns får utan tillstånd \
                 döms till böter.\n\n2 § I ullagen ska 12 § upphöra att gälla.\n";
    fs::write(&bill, words).unwrap();
    let document = checked(
        bill.to_str().unwrap(),
        &["--jurisdiction", "xa", "--corpus", "corpora"],
    );
    let left = &document["bills"][0]["effect"]["not_applied"];
    let reason = left[0]["reason"].as_str().unwrap_or_default();
    assert!(reason.contains("language"), "{left}");
}

#[test]
fn exemplars_put_full_matches_first_and_the_language_asked_for() {
    let (code, out, err) = concord(&[
        "exemplars",
        "csam-possess",
        "--corpus",
        "corpora",
        "--lang",
        "de",
        "--format",
        "json",
    ]);
    assert_eq!(code, 0, "{err}");
    let found: Value = serde_json::from_str(&out).unwrap();
    let codes: Vec<&str> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|c| c["jurisdiction"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["xd", "xb", "xa", "xc"]);
    let (code, page, _) = concord(&[
        "exemplars",
        "csam-possess",
        "--corpus",
        "corpora",
        "--format",
        "html",
    ]);
    assert_eq!(code, 0);
    assert!(page.contains("Aldermere") && page.contains("<blockquote"));
    assert_eq!(concord(&["exemplars", "core", "--corpus", "corpora"]).0, 2);
}

/// `tests/accuracy/amendments.csv`: instructions of real amending acts, read by
/// hand, with what the program must do with each. None may be applied wrongly.
#[test]
fn real_amending_acts_are_applied_as_read_by_hand() {
    let (Some(bills), Some(corpora)) = (shared("bills"), shared("corpora")) else {
        return;
    };
    let table = rows(&here().join("tests/accuracy/amendments.csv"));
    assert!(table.len() >= 30);
    let names: BTreeSet<&str> = table.iter().map(|row| &row[0]).collect();
    let mut wrong = String::new();
    for name in names {
        let bill = bills.join(name);
        let document = checked(
            bill.to_str().unwrap(),
            &[
                "--jurisdiction",
                "ca",
                "--corpus",
                corpora.to_str().unwrap(),
                "--no-comparables",
            ],
        );
        let effect = &document["bills"][0]["effect"];
        let clauses = |group: &str| -> Vec<String> {
            let lines = effect[group].as_array().unwrap().iter();
            lines
                .map(|line| line["clause"].as_str().unwrap().to_owned())
                .collect()
        };
        let (applied, refused) = (clauses("applied"), clauses("not_applied"));
        for row in table.iter().filter(|row| &row[0] == name) {
            let (clause, outcome, unit) = (row[1].to_owned(), &row[2], &row[3]);
            let done = match outcome {
                "applied" => applied.contains(&clause),
                _ => refused.contains(&clause),
            };
            let changed = outcome != "applied"
                || effect["changes"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .any(|c| c["locator"] == *unit);
            if !done || !changed {
                wrong.push_str(&format!(
                    "{name} clause {clause}: expected {outcome} {unit}\n"
                ));
            }
            assert_eq!(&row[4], "right", "{name} {clause}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// `tests/accuracy/bills.csv`: what is said about real bills, read by hand. A
/// line that is right stays, and nothing is said that nobody has read.
#[test]
fn what_is_said_about_real_bills_was_read_and_is_right() {
    let Some(bills) = shared("bills") else {
        return;
    };
    let table = rows(&here().join("tests/accuracy/bills.csv"));
    let right = table.iter().filter(|row| &row[5] == "yes").count();
    assert!(table.len() >= 60, "{} lines", table.len());
    assert!(right * 10 >= table.len() * 9, "{right} of {}", table.len());
    let names: BTreeSet<&str> = table.iter().map(|row| &row[0]).collect();
    let mut wrong = String::new();
    for name in names {
        let document = checked(bills.join(name).to_str().unwrap(), &[]);
        let found: Vec<[String; 4]> = said(&document["bills"][0])
            .into_iter()
            .map(|[code, verdict, clause, place, _]| [place, code, verdict, clause])
            .collect();
        let listed: Vec<([String; 4], bool)> = table
            .iter()
            .filter(|row| &row[0] == name)
            .map(|row| {
                let line = std::array::from_fn(|at| row[at + 1].to_owned());
                (line, &row[5] == "yes")
            })
            .collect();
        for (line, _) in listed
            .iter()
            .filter(|(l, right)| *right && !found.contains(l))
        {
            wrong.push_str(&format!("{name}: gone, and it was right: {line:?}\n"));
        }
        for line in found.iter().filter(|f| listed.iter().all(|(l, _)| l != *f)) {
            wrong.push_str(&format!(
                "{name}: read it and put it on the list: {line:?}\n"
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// What a process prints, line by line, until a line ends a report.
fn next_report(lines: &Receiver<String>) -> String {
    let mut report = String::new();
    loop {
        let line = lines
            .recv_timeout(Duration::from_secs(120))
            .expect("the program checks again");
        report.push_str(&line);
        report.push('\n');
        if line.contains("error(s)") {
            return report;
        }
    }
}

#[test]
fn a_watched_bill_is_checked_again_when_it_is_saved() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bill.md");
    let bill = "---\nlanguage: en\n---\n# Goats Bill\n\n## Clause 1\n\nA person who possesses child abuse material for the purpose of distribution commits an offence and is liable to imprisonment for five years.\n";
    fs::write(&file, bill).unwrap();
    let mut child = Command::new(cargo_bin!("concord"))
        .args(["check", file.to_str().unwrap(), "--watch"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let output = BufReader::new(child.stdout.take().unwrap());
    let (sender, lines) = channel();
    let reader = std::thread::spawn(move || {
        for line in output.lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    let first = next_report(&lines);
    assert!(first.contains("[C-csam-possess]"), "{first}");
    fs::write(&file, bill.replace(" for the purpose of distribution", "")).unwrap();
    let second = next_report(&lines);
    assert!(!second.contains("[C-csam-possess]"), "{second}");
    child.kill().unwrap();
    child.wait().unwrap();
    reader.join().unwrap();
}

/// Speaks to the language server as an editor does.
struct Client {
    input: ChildStdin,
    output: BufReader<std::process::ChildStdout>,
    next: i64,
}

impl Client {
    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        self.input.flush().unwrap();
    }

    fn receive(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert!(
                self.output.read_line(&mut line).unwrap() > 0,
                "the server ended"
            );
            match line.trim() {
                "" => break,
                header => {
                    if let Some(n) = header.strip_prefix("Content-Length: ") {
                        length = n.parse().unwrap();
                    }
                }
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body).unwrap();
        serde_json::from_slice(&body).unwrap()
    }

    fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        self.send(
            &json!({ "jsonrpc": "2.0", "id": self.next, "method": method, "params": params }),
        );
        let answer = self.receive();
        assert_eq!(answer["id"], self.next, "{answer}");
        answer["result"].clone()
    }
}

#[test]
fn the_language_server_answers_an_editor() {
    let mut child = Command::new(cargo_bin!("concord"))
        .arg("lsp")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut client = Client {
        input: child.stdin.take().unwrap(),
        output: BufReader::new(child.stdout.take().unwrap()),
        next: 0,
    };
    let capabilities = client.ask("initialize", json!({ "capabilities": {} }));
    assert_eq!(capabilities["capabilities"]["hoverProvider"], true);
    client.notify("initialized", json!({}));

    let uri = "file:///bill.md";
    let bill = "---\nlanguage: en\n---\n# Goats Bill\n\n## Clause 1\n\nIn this Act “child” means a person under sixteen years.\n\n## Clause 2\n\nA person who possesses child pornography for the purpose of distribution commits an offence and is liable to imprisonment for five years.\n\n## Clause 3\n\nA person convicted under section 2 may not keep a child in his house.\n";
    client.notify(
        "textDocument/didOpen",
        json!({ "textDocument": { "uri": uri, "languageId": "markdown", "version": 1, "text": bill } }),
    );
    let published = client.receive();
    assert_eq!(published["method"], "textDocument/publishDiagnostics");
    let found = published["params"]["diagnostics"]
        .as_array()
        .unwrap()
        .clone();
    let possess = found
        .iter()
        .find(|d| d["code"] == "C-csam-possess")
        .expect("possession is told");
    // The definition below eighteen is what narrows the offence first.
    assert_eq!(possess["range"]["start"]["line"], 7);

    let document = json!({ "uri": uri });
    let hover = client.ask(
        "textDocument/hover",
        json!({ "textDocument": document, "position": possess["range"]["start"] }),
    );
    let words = hover["contents"]["value"].as_str().unwrap();
    assert!(
        words.contains("C-csam-possess") && words.contains("LANZ 20(1)(e)"),
        "{words}"
    );

    let symbols = client.ask(
        "textDocument/documentSymbol",
        json!({ "textDocument": document }),
    );
    let names: Vec<&str> = symbols
        .as_array()
        .unwrap()
        .iter()
        .map(|s| s["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["1", "2", "3"]);

    // From "section 2" in clause 3 to clause 2, from "child" to its definition.
    let at = |needle: &str| {
        let line = bill.lines().nth(15).unwrap();
        json!({ "line": 15, "character": line.find(needle).unwrap() + 1 })
    };
    let cited = client.ask(
        "textDocument/definition",
        json!({ "textDocument": document, "position": at("section 2") }),
    );
    assert_eq!(cited["range"]["start"]["line"], 11, "{cited}");
    let defined = client.ask(
        "textDocument/definition",
        json!({ "textDocument": document, "position": at("child in") }),
    );
    assert_eq!(defined["range"]["start"]["line"], 7, "{defined}");

    let mended = bill
        .replace(" for the purpose of distribution", "")
        .replace("sixteen", "eighteen");
    client.notify(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": uri, "version": 2 }, "contentChanges": [{ "text": mended }] }),
    );
    let published = client.receive();
    let codes: Vec<&str> = published["params"]["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| d["code"].as_str().unwrap())
        .collect();
    assert!(!codes.contains(&"C-csam-possess"), "{codes:?}");
    assert!(codes.contains(&"T-child-pornography"), "{codes:?}");

    let nothing = client.ask("textDocument/hover", json!({ "textDocument": { "uri": "file:///other.md" }, "position": { "line": 0, "character": 0 } }));
    assert_eq!(nothing, Value::Null);
    client.ask("shutdown", Value::Null);
    client.notify("exit", Value::Null);
    assert!(child.wait().unwrap().success());
}

/// As `--watch` and the language server do it: what was loaded and compiled for
/// one state of a bill serves the next.
#[test]
fn an_edited_bill_checked_again_reads_as_if_checked_for_the_first_time() {
    let path = here().join("corpora/xa/bills/prohibited-material-bill-2025.md");
    let written = fs::read_to_string(path).unwrap();
    let paragraphs: Vec<&str> = written.split("\n\n").collect();
    let half = paragraphs.len() / 2;
    let edits = [
        written.clone(),
        written.replace("eighteen", "sixteen"),
        paragraphs[..half].join("\n\n"),
        format!("{written}\n\nSection 9 of the Wool Act 1990 is repealed.\n"),
        written.clone(),
    ];
    let warm = Loaded::new();
    let reports: Vec<String> = edits.iter().map(|text| warm.check(text)).collect();
    assert_ne!(reports[0], reports[2]);
    assert_eq!(reports[0], reports[4]);
    let cold = edits[..4].iter().map(|text| Loaded::new().check(text));
    assert_eq!(reports[..4], cold.collect::<Vec<_>>());
}

/// Everything a check needs besides the bill.
struct Loaded {
    mappings: Mappings,
    annotator: Annotator,
    forms: Forms,
}

impl Loaded {
    fn new() -> Self {
        let mappings = Mappings::embedded_for(&["en"]).unwrap();
        Self {
            annotator: Annotator::new(&mappings).unwrap(),
            forms: Forms::new(&mappings).unwrap(),
            mappings,
        }
    }

    fn check(&self, text: &str) -> String {
        let standard = Standard {
            mappings: &self.mappings,
            annotator: &self.annotator,
            forms: &self.forms,
            profile: String::new(),
            requirements: self.mappings.requirements.iter().collect(),
        };
        let bill = Bill::read("bill.md", text.as_bytes(), &Jurisdiction::new("-"), "").unwrap();
        to_json(&[check(&bill, &standard)]).unwrap()
    }
}
