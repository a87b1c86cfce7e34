//! `concord mappings`: the rule data itself.

mod coverage;

use clap::Subcommand;
use std::io::Write as _;

use super::{Outcome, SharedArguments, count};
use crate::annotate::check_samples;
use crate::mappings::Mappings;

#[derive(Debug, Subcommand)]
pub(crate) enum MappingsCommand {
    /// Requirements, profiles and language packs by name.
    List,
    /// One requirement or profile in full.
    Show {
        /// Id of a requirement or a profile.
        id: String,
    },
    /// Validate every file.
    Check,
    /// How many phrases each language has for each concept, what is missing,
    /// and which phrases no text of a corpus contains.
    Coverage(coverage::CoverageArguments),
    /// Run the samples of the language packs.
    Test {
        /// Only this language.
        language: Option<String>,
    },
}

pub(crate) fn run(command: &MappingsCommand, shared: &SharedArguments) -> anyhow::Result<Outcome> {
    let (mappings, annotator) = shared.load()?;
    match command {
        MappingsCommand::List => list(&mappings)?,
        MappingsCommand::Show { id } => show(&mappings, id)?,
        MappingsCommand::Check => writeln!(
            std::io::stdout(),
            "{}, {}, {}: no errors",
            count(mappings.requirements.len(), "requirement"),
            count(mappings.concepts.len(), "concept"),
            count(mappings.packs.len(), "language pack"),
        )?,
        MappingsCommand::Coverage(arguments) => {
            return coverage::run(arguments, &mappings, &annotator, shared);
        }
        MappingsCommand::Test { language } => {
            if let Some(tag) = language
                && mappings.pack(tag).is_none()
            {
                anyhow::bail!("no language pack `{tag}`; see `concord mappings list`");
            }
            let report = check_samples(&mappings, &annotator, language.as_deref());
            for failure in &report.failures {
                anstream::eprintln!("{}\n", failure.render(true));
            }
            writeln!(
                std::io::stdout(),
                "{}, {}: {}",
                count(report.samples, "sample"),
                count(report.phrases, "phrase"),
                count(report.failures.len(), "failure"),
            )?;
            for (tag, lacking) in &report.without_words {
                writeln!(
                    std::io::stdout(),
                    "`{tag}` has no words yet for {}; what needs them is undetermined there",
                    count(*lacking, "concept"),
                )?;
            }
            if !report.failures.is_empty() {
                return Ok(Outcome::BelowLevel);
            }
        }
    }
    Ok(Outcome::Done)
}

fn list(mappings: &Mappings) -> std::io::Result<()> {
    writeln!(std::io::stdout(), "Requirements with rules:")?;
    for requirement in &mappings.requirements {
        let id = requirement.id.get_ref();
        let title = mappings.tables.entry(id).map_or("", |e| e.title.as_str());
        writeln!(std::io::stdout(), "  {id:<32} {title}")?;
    }
    writeln!(std::io::stdout(), "\nProfiles:")?;
    for profile in &mappings.tables.profiles {
        writeln!(
            std::io::stdout(),
            "  {:<16} {} ({})",
            profile.id,
            profile.title,
            count(profile.members.len(), "requirement")
        )?;
    }
    writeln!(std::io::stdout(), "\nLanguage packs:")?;
    for pack in &mappings.packs {
        writeln!(
            std::io::stdout(),
            "  {:<8} {}",
            pack.tag.get_ref(),
            pack.name
        )?;
    }
    Ok(())
}

fn show(mappings: &Mappings, id: &str) -> anyhow::Result<()> {
    if let Some(entry) = mappings.tables.entry(id) {
        writeln!(
            std::io::stdout(),
            "{}\n  {}\n  sources: {}",
            entry.id,
            entry.title,
            entry.sources
        )?;
        let Some(requirement) = mappings.requirement(id) else {
            writeln!(std::io::stdout(), "  no rules are written for it yet")?;
            return Ok(());
        };
        for element in &requirement.elements {
            writeln!(
                std::io::stdout(),
                "  {} [{:?}, {:?}] {}",
                element.name.get_ref(),
                element.kind,
                element.role,
                element.text
            )?;
        }
        for way in &requirement.ways {
            writeln!(std::io::stdout(), "  way: {}", way.name)?;
        }
        return Ok(());
    }
    if let Some(profile) = mappings.tables.profile(id) {
        writeln!(std::io::stdout(), "{}: {}", profile.id, profile.title)?;
        for member in &profile.members {
            let title = mappings
                .tables
                .entry(member)
                .map_or("", |e| e.title.as_str());
            writeln!(std::io::stdout(), "  {member:<32} {title}")?;
        }
        return Ok(());
    }
    let known = mappings
        .tables
        .catalogue
        .iter()
        .map(|entry| entry.id.as_str())
        .chain(mappings.tables.profiles.iter().map(|p| p.id.as_str()));
    let help = crate::mappings::nearest(id, known)
        .map(|near| format!("; did you mean `{near}`?"))
        .unwrap_or_default();
    anyhow::bail!("no requirement or profile `{id}`{help}")
}
