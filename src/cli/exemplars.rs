//! `concord exemplars`: how jurisdictions word one requirement.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Outcome, SharedArguments};
use crate::check::{Comparable, Nearness, exemplars, exemplars_html};
use crate::law::Jurisdiction;
use crate::report::select;

#[derive(Debug, Args)]
pub(crate) struct ExemplarArguments {
    /// Requirement id (`concord mappings list` names them).
    requirement: String,
    /// Folder that holds one folder of law texts per jurisdiction.
    #[arg(long, default_value = "corpora", value_name = "DIR")]
    corpus: PathBuf,
    /// Only these jurisdictions, by code.
    #[arg(long, short = 'c', value_delimiter = ',', value_name = "CODES")]
    jurisdictions: Vec<String>,
    /// Only jurisdictions of this legal family: common-law, civil-law, mixed,
    /// islamic-law (mappings/jurisdictions.csv).
    #[arg(long, value_name = "FAMILY")]
    family: Option<String>,
    /// Language to put first (`fr`).
    #[arg(long, value_name = "TAG", default_value = "")]
    lang: String,
    /// At most so many.
    #[arg(long, default_value_t = 12)]
    most: usize,
    /// What to write.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// File to write to, instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading in a terminal.
    Text,
    /// For programs.
    Json,
    /// One self-contained page in two columns.
    Html,
}

pub(crate) fn run(
    arguments: &ExemplarArguments,
    shared: &SharedArguments,
) -> anyhow::Result<Outcome> {
    let (mappings, annotator) = shared.load()?;
    let (title, requirements, _) = select(&mappings, &arguments.requirement)?;
    let [requirement] = requirements.as_slice() else {
        anyhow::bail!(
            "`{}` is a profile; name one requirement (`concord mappings list`)",
            arguments.requirement
        );
    };
    let selection: Vec<Jurisdiction> = arguments
        .jurisdictions
        .iter()
        .map(|code| Jurisdiction::new(code))
        .collect();
    let near = Nearness {
        language: arguments.lang.split('-').next().unwrap_or_default(),
        family: "",
        without: "",
    };
    let found = exemplars(
        &arguments.corpus,
        &selection,
        &[*requirement],
        &mappings,
        &annotator,
        &near,
    )?;
    let hyphenated = |name: &str| name.to_lowercase().replace(' ', "-");
    let of_family = |c: &Comparable| {
        let asked = arguments.family.as_deref().map(hyphenated);
        asked.is_none_or(|family| hyphenated(&c.family) == family)
    };
    let comparables: Vec<Comparable> = found
        .into_iter()
        .flat_map(|(_, comparables)| comparables)
        .filter(of_family)
        .take(arguments.most)
        .collect();
    let text = match arguments.format {
        Format::Json => serde_json::to_string_pretty(&comparables)? + "\n",
        Format::Html => exemplars_html(&arguments.requirement, &title, &comparables)?,
        Format::Text => plain(&title, &comparables),
    };
    super::check::deliver(&text, arguments.output.as_deref())?;
    Ok(Outcome::Done)
}

fn plain(title: &str, comparables: &[Comparable]) -> String {
    let mut text = format!("{title}\n");
    if comparables.is_empty() {
        text.push_str("\nno provision in the texts held is worded for it\n");
    }
    for c in comparables {
        let date = if c.date.is_empty() {
            String::new()
        } else {
            format!(" ({})", c.date)
        };
        text.push_str(&format!(
            "\n{} {}, {}{date}\n  {}#{}\n",
            c.jurisdiction, c.act, c.locator, c.file, c.locator
        ));
        for line in c.quote.lines() {
            text.push_str(&format!("    {line}\n"));
        }
        text.push_str(&format!("  covers: {}\n", c.elements.join(", ")));
    }
    text
}
