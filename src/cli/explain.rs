//! `concord explain`: the whole derivation of one finding.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::{Outcome, SharedArguments, count};
use crate::assess::{Finding, Verdict};
use crate::law::{Date, Jurisdiction};
use crate::report::Run;

#[derive(Debug, Args)]
pub(crate) struct ExplainArguments {
    /// Jurisdiction code.
    jurisdiction: String,
    /// Requirement id.
    requirement: String,
    /// Folder that holds one folder of law texts per jurisdiction.
    #[arg(long, default_value = "corpora", value_name = "DIR")]
    corpus: PathBuf,
    /// Assess the wordings in force on this day, instead of those of each
    /// text's own version.
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<Date>,
    /// The finding as JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(
    arguments: &ExplainArguments,
    shared: &SharedArguments,
) -> anyhow::Result<Outcome> {
    let (mappings, annotator) = shared.load()?;
    let run = Run::as_of(
        &arguments.corpus,
        &[Jurisdiction::new(&arguments.jurisdiction)],
        &arguments.requirement,
        &mappings,
        &annotator,
        arguments.date,
        &|_| {},
    )?;
    let mut out = std::io::stdout().lock();
    let findings = run.jurisdictions.iter().flat_map(|a| &a.findings);
    for finding in findings.filter(|f| f.requirement == arguments.requirement) {
        if arguments.json {
            writeln!(out, "{}", serde_json::to_string_pretty(finding)?)?;
        } else {
            print(&mut out, &run, finding)?;
        }
    }
    Ok(Outcome::Done)
}

fn print(out: &mut impl Write, run: &Run<'_>, finding: &Finding) -> std::io::Result<()> {
    let entry = run.mappings.tables.entry(&finding.requirement);
    writeln!(
        out,
        "{} / {}: {}",
        finding.jurisdiction,
        finding.requirement,
        finding.verdict.name()
    )?;
    if let Some(entry) = entry {
        writeln!(out, "  {}\n  drawn from {}", entry.title, entry.sources)?;
    }
    writeln!(out, "\ncoverage: {}", finding.coverage)?;
    if !finding.reason.is_empty() {
        writeln!(out, "reason: {}", finding.reason)?;
    }
    for missing in &finding.missing {
        writeln!(out, "missing: {missing}")?;
    }
    for reservation in &finding.reservations {
        writeln!(
            out,
            "reservation: {}: {}",
            reservation.instrument, reservation.content
        )?;
    }
    if !finding.elements.is_empty() {
        writeln!(out, "\nelements")?;
    }
    for element in &finding.elements {
        let met = match element.met {
            Some(true) => "met",
            Some(false) => "not met",
            None => "not tested by text",
        };
        writeln!(
            out,
            "  {:<28} {:<15} {met}",
            element.name,
            element.role.name()
        )?;
    }
    if !finding.evidence.is_empty() {
        writeln!(out, "\nevidence")?;
    }
    for evidence in &finding.evidence {
        writeln!(
            out,
            "  {} ({}): {}#{} [{}..{}]\n    “{}”",
            evidence.element,
            evidence.polarity.name(),
            evidence.place.file,
            evidence.place.locator,
            evidence.span.start,
            evidence.span.end,
            evidence.quote.replace('\n', " ")
        )?;
    }
    for pair in &finding.pairs {
        let place = pair
            .provision
            .as_ref()
            .map(|place| format!("{}#{}", place.file, place.locator))
            .unwrap_or_default();
        writeln!(
            out,
            "  pair {} {:<12} {place} {}",
            pair.pair,
            pair.class.name(),
            pair.words
        )?;
    }
    if let Some(trace) = &finding.trace
        && matches!(finding.verdict, Verdict::NotFound | Verdict::Undetermined)
    {
        writeln!(out, "\nsearched")?;
        for (file, articles) in &trace.acts {
            writeln!(out, "  {file} ({})", count(*articles, "article"))?;
        }
        writeln!(out, "  for {}", trace.concepts.join(", "))?;
        for miss in &trace.near_misses {
            writeln!(
                out,
                "  near: {}#{} has {}, lacks {}\n    “{}”",
                miss.place.file,
                miss.place.locator,
                miss.has.join(", "),
                miss.lacks.join("; "),
                miss.quote.replace('\n', " ")
            )?;
        }
    }
    Ok(())
}
