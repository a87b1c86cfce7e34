//! `concord report` and `concord compare`.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::{Args, ValueEnum};

use super::{Outcome, SharedArguments};
use crate::law::Jurisdiction;
use crate::report::{Run, tables};

/// What both commands take.
#[derive(Debug, Args)]
pub(crate) struct RunArguments {
    /// Folder that holds one folder of law texts per jurisdiction.
    #[arg(default_value = "corpora")]
    corpus: PathBuf,
    /// Only these jurisdictions, by code.
    #[arg(long, short = 'c', value_delimiter = ',', value_name = "CODES")]
    jurisdictions: Vec<String>,
    /// Profile to measure against, or one requirement.
    #[arg(long, short, default_value = "core")]
    profile: String,
    /// Folder for the results.
    #[arg(long, short, default_value = "out", value_name = "DIR")]
    output: PathBuf,
    /// What to write.
    #[arg(long, value_enum, value_delimiter = ',', default_value = "html,csv")]
    format: Vec<Format>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One self-contained page.
    Html,
    /// findings.csv, evidence.csv, acts.csv.
    Csv,
    /// Everything, for programs.
    Json,
    /// Markdown.
    Md,
}

pub(crate) fn report(
    arguments: &RunArguments,
    shared: &SharedArguments,
) -> anyhow::Result<Outcome> {
    execute(arguments, shared)
}

pub(crate) fn compare(
    arguments: &RunArguments,
    shared: &SharedArguments,
) -> anyhow::Result<Outcome> {
    execute(arguments, shared)
}

fn execute(arguments: &RunArguments, shared: &SharedArguments) -> anyhow::Result<Outcome> {
    let (mappings, annotator) = shared.load()?;
    let selection: Vec<Jurisdiction> = arguments
        .jurisdictions
        .iter()
        .map(|code| Jurisdiction::new(code))
        .collect();
    let run = Run::new(
        &arguments.corpus,
        &selection,
        &arguments.profile,
        &mappings,
        &annotator,
        &|_| {},
    )?;
    for warning in &run.warnings {
        if !shared.quiet {
            anstream::eprintln!("warning: {warning}");
        }
    }
    fs::create_dir_all(&arguments.output)
        .with_context(|| format!("cannot make the folder {}", arguments.output.display()))?;
    if arguments.format.contains(&Format::Csv) {
        tables::findings(&run, create(&arguments.output, "findings.csv")?)?;
        tables::evidence(&run, create(&arguments.output, "evidence.csv")?)?;
        tables::acts(&run, create(&arguments.output, "acts.csv")?)?;
    }
    Ok(Outcome::Done)
}

fn create(folder: &Path, name: &str) -> anyhow::Result<File> {
    let path = folder.join(name);
    File::create(&path).with_context(|| format!("cannot write {}", path.display()))
}
