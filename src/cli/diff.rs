//! `concord diff`: what changed, in law and in findings.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Outcome, SharedArguments};
use crate::diff::{Side, compare, to_markdown};
use crate::law::Jurisdiction;
use crate::report::select;

#[derive(Debug, Args)]
pub(crate) struct DiffArguments {
    /// The older state: a file, a folder of jurisdictions, or a git revision of
    /// the corpus (`v1.2`, `HEAD~3`, `main@{2024-01-01}`).
    old: String,
    /// The newer state; the corpus as it lies on disk, if left out.
    new: Option<String>,
    /// The folder whose revisions are meant.
    #[arg(long, default_value = "corpora", value_name = "DIR")]
    corpus: PathBuf,
    /// Only these jurisdictions, by code.
    #[arg(long, short = 'c', value_delimiter = ',', value_name = "CODES")]
    jurisdictions: Vec<String>,
    /// Profile whose findings are compared, or one requirement.
    #[arg(long, short, default_value = "core")]
    profile: String,
    /// What to write.
    #[arg(long, value_enum, default_value = "md")]
    format: Format,
    /// File to write to, instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Markdown: deleted words struck through, new words bold.
    Md,
    /// For programs.
    Json,
}

pub(crate) fn run(arguments: &DiffArguments, shared: &SharedArguments) -> anyhow::Result<Outcome> {
    let selection: Vec<Jurisdiction> = arguments
        .jurisdictions
        .iter()
        .map(|code| Jurisdiction::new(code))
        .collect();
    let new = match &arguments.new {
        Some(word) => Side::of(word),
        None => Side::Folder(arguments.corpus.clone()),
    };
    let old = Side::of(&arguments.old);
    if matches!(old, Side::File(_)) != matches!(new, Side::File(_)) {
        anyhow::bail!("a single file can only be compared with a single file");
    }
    let old = old.read(&arguments.corpus, &selection)?;
    let new = new.read(&arguments.corpus, &selection)?;
    let (mappings, annotator) = shared.load()?;
    let (_, requirements, _) = select(&mappings, &arguments.profile)?;
    let changes = compare(old, new, &requirements, &mappings, &annotator);
    let text = match arguments.format {
        Format::Md => to_markdown(&changes),
        Format::Json => serde_json::to_string_pretty(&changes)? + "\n",
    };
    super::check::deliver(&text, arguments.output.as_deref())?;
    Ok(Outcome::Done)
}
