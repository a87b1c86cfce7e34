//! `concord questionnaire`: a profile as a monitoring questionnaire, and a
//! State's reply held against the statute.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::{Args, ValueEnum};

use super::{Outcome, SharedArguments};
use crate::report::{Assessed, Pages, Reply, Run, Words, file_stem};

/// Writes CODE-questionnaire.xlsx and .docx for each jurisdiction: what is
/// asked, what the texts held answer, the evidence, and open columns for the
/// State. With --reply, a filled-in questionnaire (XLSX or CSV) is read back
/// and compared with the statute: agrees, differs, or not verifiable.
#[derive(Debug, Args)]
pub(crate) struct QuestionnaireArguments {
    /// Folder that holds one folder of law texts per jurisdiction.
    #[arg(default_value = "corpora")]
    corpus: PathBuf,
    /// Only these jurisdictions, by code; with --reply exactly one.
    #[arg(long, short = 'c', value_delimiter = ',', value_name = "CODES")]
    jurisdictions: Vec<String>,
    /// Profile to ask, one requirement, or `all` that have rules.
    #[arg(long, short, default_value = "core")]
    profile: String,
    /// Folder for the results.
    #[arg(long, short, default_value = "out", value_name = "DIR")]
    output: PathBuf,
    /// What to write; a questionnaire as xlsx and docx, a reply as html, csv
    /// and xlsx.
    #[arg(long, value_enum, value_delimiter = ',')]
    format: Vec<Format>,
    /// Language of the questionnaire: en, fr or es.
    #[arg(long, default_value = "en", value_name = "TAG")]
    language: String,
    /// A filled-in questionnaire to read back.
    #[arg(long, value_name = "FILE")]
    reply: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A workbook.
    Xlsx,
    /// A word-processor document (questionnaire only).
    Docx,
    /// A self-contained page (reply only).
    Html,
    /// Comma-separated values (reply only).
    Csv,
}

pub(crate) fn run(
    arguments: &QuestionnaireArguments,
    shared: &SharedArguments,
) -> anyhow::Result<Outcome> {
    let wants = |format: Format, usual: bool| {
        arguments.format.contains(&format) || arguments.format.is_empty() && usual
    };
    if arguments.reply.is_some() && arguments.jurisdictions.len() != 1 {
        anyhow::bail!("a reply is on one jurisdiction: name it with -c CODE");
    }
    let pages = Pages::new(Words::of(&arguments.language)?)?;
    let (mappings, annotator) = shared.load()?;
    let run = shared.assess(
        &arguments.corpus,
        &arguments.jurisdictions,
        &arguments.profile,
        None,
        (&mappings, &annotator),
    )?;
    fs::create_dir_all(&arguments.output)
        .with_context(|| format!("cannot make the folder {}", arguments.output.display()))?;
    for assessed in &run.jurisdictions {
        let stem = file_stem(&assessed.law.jurisdiction);
        let write = |name: &str, bytes: &[u8]| write(&arguments.output, name, bytes);
        if let Some(path) = &arguments.reply {
            let reply = read(path, assessed, &run)?;
            if wants(Format::Csv, true) {
                let table = pages.reply_csv(&run, assessed, &reply)?;
                write(&format!("{stem}-reply.csv"), &table)?;
            }
            if wants(Format::Html, true) {
                let page = pages.reply_html(&run, assessed, &reply)?;
                write(&format!("{stem}-reply.html"), page.as_bytes())?;
            }
            if wants(Format::Xlsx, true) {
                let workbook = pages.reply_xlsx(&run, assessed, &reply)?;
                write(&format!("{stem}-reply.xlsx"), &workbook)?;
            }
            let counts: Vec<String> = pages
                .reply_counts(&run, assessed, &reply)
                .iter()
                .map(|(name, number)| format!("{name} {number}"))
                .collect();
            writeln!(
                std::io::stdout(),
                "{}: {}",
                assessed.law.jurisdiction,
                counts.join(", ")
            )?;
            continue;
        }
        if wants(Format::Xlsx, true) {
            let workbook = pages.questionnaire_xlsx(&run, assessed)?;
            write(&format!("{stem}-questionnaire.xlsx"), &workbook)?;
        }
        if wants(Format::Docx, true) {
            let document = pages.questionnaire_docx(&run, assessed)?;
            write(&format!("{stem}-questionnaire.docx"), &document)?;
        }
    }
    writeln!(
        std::io::stdout(),
        "written to {}",
        arguments.output.display()
    )?;
    Ok(Outcome::Done)
}

fn read(path: &Path, assessed: &Assessed, run: &Run<'_>) -> anyhow::Result<Reply> {
    Reply::read(path, &assessed.law.jurisdiction, run)
        .with_context(|| format!("{} is refused", path.display()))
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
    let path = folder.join(name);
    fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))
}
