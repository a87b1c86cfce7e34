//! `concord mappings coverage`: which language has how many phrases for which
//! concept, and which of them ever occur.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::super::{Outcome, SharedArguments, count};
use crate::annotate::{Annotator, PackUsage, phrase_usage};
use crate::corpus::{Corpus, Progress};
use crate::law::Act;
use crate::mappings::Mappings;

#[derive(Debug, Args)]
pub(crate) struct CoverageArguments {
    /// Also try every phrase on the texts of this folder, and list those that
    /// none contains.
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
    /// Only these language packs, by tag.
    #[arg(long, value_delimiter = ',', value_name = "TAGS")]
    lang: Vec<String>,
    /// Form of the table.
    #[arg(long, value_enum, default_value = "text")]
    format: Form,
    /// Everything as JSON; the same as --format json.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// A table for reading.
    Text,
    /// One line per language and concept.
    Csv,
    /// Everything, for programs.
    Json,
}

pub(crate) fn run(
    arguments: &CoverageArguments,
    mappings: &Mappings,
    annotator: &Annotator,
    shared: &SharedArguments,
) -> anyhow::Result<Outcome> {
    for tag in &arguments.lang {
        if mappings.pack(tag).is_none() {
            anyhow::bail!("no language pack `{tag}`; see `concord mappings list`");
        }
    }
    let acts: Vec<Act> = match &arguments.corpus {
        None => Vec::new(),
        Some(folder) => {
            let progress = shared.progress();
            let show = |state: Progress<'_>| progress.show(state);
            let corpus = Corpus::load(folder, &[], &show);
            progress.finish();
            let jurisdictions = corpus?.jurisdictions;
            jurisdictions.into_iter().flat_map(|j| j.acts).collect()
        }
    };
    let mut usage = phrase_usage(mappings, annotator, &acts);
    usage.retain(|pack| arguments.lang.is_empty() || arguments.lang.contains(&pack.language));
    let mut out = std::io::stdout().lock();
    match (arguments.json, arguments.format) {
        (true, _) | (_, Form::Json) => {
            writeln!(out, "{}", serde_json::to_string_pretty(&usage)?)?;
        }
        (_, Form::Csv) => csv(&usage, &mut out)?,
        (_, Form::Text) => text(&usage, &mut out)?,
    }
    Ok(Outcome::Done)
}

fn csv(usage: &[PackUsage], out: impl Write) -> csv::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record([
        "language",
        "concept",
        "phrases",
        "missing",
        "acts",
        "unmatched",
    ])?;
    for pack in usage {
        for concept in &pack.concepts {
            table.write_record([
                pack.language.as_str(),
                &concept.concept,
                &concept.phrases.to_string(),
                if concept.missing { "yes" } else { "" },
                &pack.acts.to_string(),
                &concept.unmatched.join("; "),
            ])?;
        }
    }
    table.flush()?;
    Ok(())
}

/// Concepts in rows, languages in columns; then what is missing, and what
/// never occurs.
fn text(usage: &[PackUsage], out: &mut impl Write) -> std::io::Result<()> {
    let Some(first) = usage.first() else {
        return Ok(());
    };
    let width = |pack: &PackUsage| pack.language.len().max(3);
    let names = first.concepts.iter().map(|c| c.concept.len());
    let head = names.max().unwrap_or_default();
    write!(out, "{:head$}", "phrases")?;
    for pack in usage {
        write!(out, " {:>1$}", pack.language, width(pack))?;
    }
    writeln!(out)?;
    for (row, concept) in first.concepts.iter().enumerate() {
        write!(out, "{:head$}", concept.concept)?;
        for pack in usage {
            let own = pack.concepts.get(row);
            let said = match own {
                Some(own) if own.missing => "-".to_owned(),
                Some(own) if own.phrases > 0 => own.phrases.to_string(),
                _ => String::new(),
            };
            write!(out, " {said:>0$}", width(pack))?;
        }
        writeln!(out)?;
    }
    writeln!(out, "\nMissing (marked -):")?;
    let mut complete = true;
    for pack in usage {
        let missing: Vec<&str> = pack
            .concepts
            .iter()
            .filter(|concept| concept.missing)
            .map(|concept| concept.concept.as_str())
            .collect();
        if !missing.is_empty() {
            complete = false;
            writeln!(out, "  {}: {}", pack.language, missing.join(", "))?;
        }
    }
    if complete {
        writeln!(out, "  nothing")?;
    }
    for pack in usage.iter().filter(|pack| pack.acts > 0) {
        let all: usize = pack.concepts.iter().map(|concept| concept.phrases).sum();
        let never: usize = pack.concepts.iter().map(|c| c.unmatched.len()).sum();
        writeln!(
            out,
            "\n{} ({}): {never} of {} in no text",
            pack.language,
            count(pack.acts, "act"),
            count(all, "phrase"),
        )?;
        for concept in &pack.concepts {
            for phrase in &concept.unmatched {
                writeln!(out, "  {:head$} {phrase}", concept.concept)?;
            }
        }
    }
    Ok(())
}
