//! What a user gets from the commands that write reports, ask questionnaires
//! and keep decisions, on the example corpora.

use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::Command;

use assert_cmd::prelude::*;
use calamine::{Data, Reader as _, Xlsx};

fn concord() -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("concord"));
    command.arg("--quiet");
    command
}

fn corpora() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/corpora"))
}

/// Runs a command that must succeed and gives what it prints.
fn printed(command: &mut Command) -> String {
    let output = command.assert().success().get_output().stdout.clone();
    String::from_utf8(output).unwrap()
}

/// Runs a command that must refuse and gives what it says.
fn refusal(command: &mut Command) -> String {
    let output = command.assert().code(2).get_output().stderr.clone();
    String::from_utf8(output).unwrap()
}

fn sheets(path: &Path) -> Vec<(String, Vec<Vec<String>>)> {
    let mut book: Xlsx<_> = calamine::open_workbook(path).unwrap();
    let names = book.sheet_names();
    names
        .into_iter()
        .map(|name| {
            assert!(book.worksheet_formula(&name).unwrap().is_empty(), "{name}");
            let range = book.worksheet_range(&name).unwrap();
            let cell = |cell: &Data| match cell {
                Data::Empty => String::new(),
                other => other.to_string(),
            };
            let rows = range
                .rows()
                .map(|row| row.iter().map(cell).collect())
                .collect();
            (name, rows)
        })
        .collect()
}

/// The body of a document; every part of it must be well-formed.
fn document(path: &Path) -> String {
    let mut archive = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    let mut body = String::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        let mut reader = quick_xml::Reader::from_str(&text);
        loop {
            match reader.read_event() {
                Ok(quick_xml::events::Event::Eof) => break,
                Ok(_) => {}
                Err(error) => panic!("{name}: {error}"),
            }
        }
        if name == "word/document.xml" {
            body = text;
        }
    }
    body
}

#[test]
fn every_format_and_language_is_written_and_two_runs_give_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let run = |out: &str, language: &str| {
        let out = folder.path().join(out);
        printed(
            concord()
                .arg("report")
                .arg(corpora())
                .args(["-c", "xb", "--language", language])
                .args(["--format", "html,md,json,csv,docx,xlsx", "-o"])
                .arg(&out),
        );
        out
    };
    let (first, second) = (run("a", "fr"), run("b", "fr"));
    for ending in ["html", "md", "json", "docx", "xlsx"] {
        let name = format!("xb.{ending}");
        let bytes = fs::read(first.join(&name)).unwrap();
        assert!(bytes == fs::read(second.join(&name)).unwrap(), "{name}");
    }
    let page = fs::read_to_string(first.join("xb.html")).unwrap();
    assert!(page.contains("<html lang=\"fr\">"));
    assert!(page.contains("Tableau de concordance"));
    assert!(page.contains("default-src 'none'"));
    let body = document(&first.join("xb.docx"));
    assert!(body.contains("Tableau de concordance") && body.contains("<w:tblHeader/>"));
    // The deciding words stand in the document as they stand in the table.
    let evidence = csv::Reader::from_path(first.join("evidence.csv"))
        .unwrap()
        .records()
        .next()
        .unwrap()
        .unwrap()[9]
        .to_owned();
    let escaped = evidence
        .replace('&', "&amp;")
        .replace('\n', "</w:t><w:br/>");
    assert!(body.contains(&escaped), "{evidence}");
    let book = sheets(&first.join("xb.xlsx"));
    let names: Vec<&str> = book.iter().map(|(name, _)| name.as_str()).collect();
    for wanted in ["Résumé", "Tableau de concordance", "Citations", "Peines"] {
        assert!(names.contains(&wanted), "{wanted} in {names:?}");
    }
    let said = refusal(
        concord()
            .arg("report")
            .arg(corpora())
            .args(["--language", "xx", "-o"])
            .arg(folder.path()),
    );
    assert!(said.contains("there are: en (English)"), "{said}");
}

#[test]
fn a_comparison_groups_and_answers_in_the_form_of_the_instruments() {
    let folder = tempfile::tempdir().unwrap();
    let compare = || {
        let mut command = concord();
        command.arg("compare").arg(corpora()).arg("-o");
        command.arg(folder.path());
        command
    };
    printed(compare().args([
        "--format",
        "html,docx,xlsx,md",
        "--group",
        "region",
        "--sort",
        "gaps",
    ]));
    let page = fs::read_to_string(folder.path().join("compare.html")).unwrap();
    for wanted in [
        "id=\"ages\"",
        "id=\"rollup-icmec\"",
        "id=\"rollup-lanzarote\"",
        "class=\"strip\"",
    ] {
        assert!(page.contains(wanted), "{wanted}");
    }
    let book = sheets(&folder.path().join("compare.xlsx"));
    let (_, matrix) = &book[0];
    assert_eq!(matrix.len(), 6, "a heading and five jurisdictions");
    // The law with the conflicts comes first when sorted by gaps.
    assert_eq!(matrix[1][0], "xc");
    let icmec = book
        .iter()
        .find(|(name, _)| name.starts_with("ICMEC"))
        .unwrap();
    let answers: Vec<&str> = icmec.1[1..]
        .iter()
        .map(|row| row[2].split(' ').next().unwrap())
        .collect();
    assert!(
        answers.contains(&"●") && answers.contains(&"?"),
        "{answers:?}"
    );
    assert!(document(&folder.path().join("compare.docx")).contains("ICMEC"));
    let said = refusal(compare().args(["--group", "continent"]));
    assert!(
        said.contains("region, family") && said.contains("lanzarote"),
        "{said}"
    );
}

#[cfg(feature = "parquet")]
#[test]
fn every_table_has_the_same_lines_as_parquet() {
    use parquet::file::reader::{FileReader as _, SerializedFileReader};

    let folder = tempfile::tempdir().unwrap();
    printed(
        concord()
            .arg("compare")
            .arg(corpora())
            .args(["--format", "csv,parquet", "-o"])
            .arg(folder.path()),
    );
    let mut tables = 0;
    for entry in fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "csv") {
            continue;
        }
        tables += 1;
        let mut lines = csv::Reader::from_path(&path).unwrap();
        let columns = lines.headers().unwrap().clone();
        let file = fs::File::open(path.with_extension("parquet")).unwrap();
        let file = SerializedFileReader::new(file).unwrap();
        let schema = file.metadata().file_metadata().schema_descr();
        let names: Vec<&str> = schema
            .columns()
            .iter()
            .map(|column| column.name())
            .collect();
        assert_eq!(names, columns.iter().collect::<Vec<_>>(), "{path:?}");
        // The first column is text in every table, and the order of lines is kept.
        let written: Vec<String> = file
            .get_row_iter(None)
            .unwrap()
            .map(|row| row.unwrap().get_column_iter().next().unwrap().1.to_string())
            .collect();
        let wanted: Vec<String> = lines
            .records()
            .map(|record| format!("\"{}\"", &record.unwrap()[0]))
            .collect();
        assert_eq!(written, wanted, "{path:?}");
    }
    assert!(tables >= 9, "{tables}");
}

#[test]
fn a_questionnaire_comes_back_and_is_held_against_the_statute() {
    let folder = tempfile::tempdir().unwrap();
    let ask = |more: &[&str]| {
        let mut command = concord();
        command
            .arg("questionnaire")
            .arg(corpora())
            .args(["-c", "xa", "-p", "start", "-o"])
            .arg(folder.path())
            .args(more);
        command
    };
    printed(&mut ask(&[]));
    assert!(document(&folder.path().join("xa-questionnaire.docx")).contains("csam-possess"));
    let book = sheets(&folder.path().join("xa-questionnaire.xlsx"));
    let mut rows = book[0].1.clone();
    for row in &mut rows {
        row.resize(11, String::new());
    }
    let reply = folder.path().join("reply.csv");
    let reply_name = reply.to_str().unwrap();
    let save = |rows: &[Vec<String>]| {
        let mut table = csv::Writer::from_path(&reply).unwrap();
        for row in rows {
            table.write_record(row).unwrap();
        }
        table.flush().unwrap();
    };
    let answered = |rows: &mut [Vec<String>], id: &str, cells: [&str; 3]| {
        let row = rows.iter_mut().find(|row| row[1] == id).unwrap();
        for (at, cell) in cells.into_iter().enumerate() {
            row[7 + at] = cell.to_owned();
        }
    };
    // What the program itself says is agreed with, the contrary differs, and
    // words that are in no text cannot be verified.
    answered(&mut rows, "csam-possess", ["Partly", "", ""]);
    answered(&mut rows, "csam-produce", ["no", "", ""]);
    answered(
        &mut rows,
        "csam-procure",
        ["yes", "", "words that no law of Xa has"],
    );
    answered(&mut rows, "csam-access", ["yes", "section 999", ""]);
    save(&rows);
    let said = printed(&mut ask(&["--reply", reply_name]));
    assert!(
        said.contains("differs 1, not verifiable 2, agrees 1"),
        "{said}"
    );
    let mut table = csv::Reader::from_path(folder.path().join("xa-reply.csv")).unwrap();
    let outcome = |id: &str, rows: &[csv::StringRecord]| {
        rows.iter().find(|row| &row[1] == id).unwrap()[2].to_owned()
    };
    let written: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    assert_eq!(outcome("csam-possess", &written), "agrees");
    assert_eq!(outcome("csam-produce", &written), "differs");
    assert_eq!(outcome("csam-procure", &written), "not-verifiable");
    assert!(folder.path().join("xa-reply.html").exists());

    let mut moved = rows.clone();
    for row in &mut moved {
        row.swap(7, 8);
    }
    save(&moved);
    let said = refusal(&mut ask(&["--reply", reply_name]));
    assert!(said.contains("line 1, column 8"), "{said}");
    let mut unknown = rows.clone();
    unknown[3][1] = "csam-posess".into();
    save(&unknown);
    let said = refusal(&mut ask(&["--reply", reply_name]));
    let line = 3
        + 1
        + rows[..3]
            .iter()
            .flatten()
            .map(|c| c.matches('\n').count())
            .sum::<usize>();
    assert!(
        said.contains(&format!("line {line}: `csam-posess`")),
        "{said}"
    );
    rows[1][7] = "perhaps".into();
    save(&rows);
    let said = refusal(&mut ask(&["--reply", reply_name]));
    assert!(
        said.contains("line 2: `perhaps` is not an answer"),
        "{said}"
    );
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        // Bills lie in a folder of their own and are no law in force.
        if entry.path().is_file() {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

#[test]
fn decisions_follow_moved_words_and_changed_words_are_looked_at_again() {
    let folder = tempfile::tempdir().unwrap();
    let corpus = &folder.path().join("laws");
    copy(&corpora().join("xa"), &corpus.join("xa"));
    let review = |command: &str, more: &[&str]| {
        let mut run = concord();
        run.args(["review", command]).args(more);
        if command != "merge" {
            run.arg("--corpus").arg(corpus);
        }
        run
    };
    let add = |more: &[&str]| {
        let mut all = vec!["xa"];
        all.extend(more);
        review("add", &all)
    };
    let by = ["--by", "A. Reader", "--date", "2026-01-31", "--why"];
    printed(add(&["csam-possess", "--confirm"]).args(by).arg("=read it"));
    printed(
        add(&["csam-produce", "--overrule", "partial"])
            .args(by)
            .arg("no penalty"),
    );
    let said = refusal(
        add(&["csam-access", "--overrule", "perhaps"])
            .args(by)
            .arg("x"),
    );
    assert!(said.contains("unknown verdict `perhaps`"), "{said}");
    let said = refusal(add(&["csam-access"]).args(by).arg("x"));
    assert!(said.contains("--confirm"), "{said}");
    let file = fs::read_to_string(corpus.join("reviews.csv")).unwrap();
    assert!(file.contains("'=read it"), "{file}");
    assert!(printed(&mut review("list", &[])).contains("2 decisions"));
    assert!(printed(&mut review("check", &[])).contains("2 current"));

    // The report shows both verdicts.
    let out = folder.path().join("out");
    printed(
        concord()
            .arg("report")
            .arg(corpus)
            .args(["-p", "csam-produce", "-o"])
            .arg(&out),
    );
    let page = fs::read_to_string(out.join("xa.html")).unwrap();
    assert!(page.contains("A. Reader") && page.contains("no penalty"));
    assert!(page.contains("By the program"));

    // A chapter put in front moves the words; a changed word is noticed.
    let record = csv::Reader::from_reader(file.as_bytes())
        .records()
        .map(Result::unwrap)
        .find(|record| &record[1] == "csam-possess")
        .unwrap();
    let act = corpus.join("xa").join(&record[8]);
    let text = fs::read_to_string(&act).unwrap();
    let (head, rest) = text.split_at(text.find("\n#").map_or(0, |at| at + 1));
    fs::write(
        &act,
        format!("{head}A note on the goats of the island.\n\n{rest}"),
    )
    .unwrap();
    let said = printed(&mut review("check", &["--write"]));
    assert!(
        said.contains("moved") && !said.contains("look again"),
        "{said}"
    );
    assert!(printed(&mut review("check", &[])).contains("2 current"));
    let first_word = record[12].split_whitespace().next().unwrap().to_owned();
    fs::write(
        &act,
        text.replace(&record[12], &record[12].replacen(&first_word, "hoards", 1)),
    )
    .unwrap();
    let output = review("check", &[])
        .assert()
        .code(1)
        .get_output()
        .stdout
        .clone();
    assert!(
        String::from_utf8(output)
            .unwrap()
            .contains("look again: xa csam-possess")
    );

    // A second reviewer disagrees on one of two findings.
    let second = folder.path().join("second.csv");
    let theirs = file
        .replace("A. Reader", "B. Reader")
        .replace("overrule,partial", "confirm,");
    fs::write(&second, theirs).unwrap();
    let first = folder.path().join("first.csv");
    fs::write(&first, &file).unwrap();
    let merged = folder.path().join("merged.csv");
    let files = [&first, &second].map(|path| path.to_str().unwrap());
    let said = printed(review("merge", &files).arg("-o").arg(&merged));
    assert!(
        said.contains("2 findings judged by both, the same verdict on 1"),
        "{said}"
    );
    assert_eq!(
        fs::read_to_string(&merged)
            .unwrap()
            .matches("Reader")
            .count(),
        4
    );
}

#[test]
fn shells_and_manuals_know_every_command() {
    let folder = tempfile::tempdir().unwrap();
    let script = printed(concord().args(["completions", "bash"]));
    let page = printed(concord().arg("man"));
    printed(concord().arg("man").arg(folder.path()));
    for command in ["report", "compare", "questionnaire", "review", "search"] {
        assert!(
            script.contains(command) && page.contains(command),
            "{command}"
        );
        let own = folder.path().join(format!("concord-{command}.1"));
        assert!(own.exists(), "{command}");
    }
}

#[test]
fn an_office_suite_opens_what_is_written() {
    let found = Command::new("soffice").arg("--version").output();
    if found.is_err() {
        println!("skipped: LibreOffice (soffice) is not on PATH");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    printed(
        concord()
            .arg("report")
            .arg(corpora())
            .args([
                "-c",
                "xa",
                "--language",
                "es",
                "--format",
                "docx,xlsx",
                "-o",
            ])
            .arg(folder.path()),
    );
    for name in ["xa.docx", "xa.xlsx"] {
        let done = Command::new("soffice")
            .arg(format!(
                "-env:UserInstallation=file://{}",
                folder.path().join("profile").display()
            ))
            .args(["--headless", "--convert-to", "pdf", "--outdir"])
            .arg(folder.path().join(name).with_extension(""))
            .arg(folder.path().join(name))
            .output()
            .unwrap();
        let pdf = folder.path().join("xa").join("xa.pdf");
        let size = fs::metadata(&pdf).map_or(0, |file| file.len());
        assert!(
            size > 10_000,
            "{name}: {}",
            String::from_utf8_lossy(&done.stderr)
        );
        fs::remove_file(pdf).unwrap();
    }
}
