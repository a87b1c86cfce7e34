//! `concord inspect`: how a file was read.

mod references;

use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use super::{Outcome, SharedArguments, count};
use crate::annotate::AnnotatedAct;
use crate::assess::JurisdictionLaw;
use crate::ingest::{Metadata, SourceFile, as_of, read};
use crate::law::{Act, Date, Jurisdiction, Problem, ProvisionId, Standing};
use crate::mappings::Concepts;
use crate::report::akoma_ntoso;
use references::{Cited, Defined};

#[derive(Debug, Args)]
pub(crate) struct InspectArguments {
    /// The file.
    file: PathBuf,
    /// Write the canonical text byte for byte, and nothing else.
    #[arg(long, conflicts_with_all = ["json", "full", "akn"])]
    text: bool,
    /// Write the act as Akoma Ntoso 3 XML, for other tools.
    #[arg(long, conflicts_with_all = ["json", "full"])]
    akn: bool,
    /// Everything as JSON.
    #[arg(long)]
    json: bool,
    /// The whole tree of provisions, not only articles.
    #[arg(long)]
    full: bool,
    /// The concepts and ages that the language pack finds, with their places.
    #[arg(long, conflicts_with_all = ["text", "json", "full", "akn"])]
    concepts: bool,
    /// Every citation with the provision it names, or why it names none.
    #[arg(long, conflicts_with_all = ["text", "json", "full", "akn", "concepts"])]
    citations: bool,
    /// Corpus folder the file stands in: citations of the jurisdiction's other
    /// acts are resolved too.
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
    /// Which wording counts where the text holds several: the one of this day.
    /// Without it, the day of the text's own version.
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<Date>,
    /// Language of the text, if the file does not tell (`fr`).
    #[arg(long, value_name = "TAG", default_value = "")]
    lang: String,
}

/// A unit in the JSON output.
#[derive(Serialize)]
struct Unit {
    locator: String,
    id: String,
    kind: crate::law::UnitKind,
    heading: String,
    standing: Standing,
    start: usize,
    end: usize,
}

/// An act in the JSON output.
#[derive(Serialize)]
struct Report<'a> {
    file: &'a str,
    format: &'a str,
    reader: &'a str,
    encoding: &'a str,
    file_sha256: &'a str,
    title: &'a str,
    identifier: &'a str,
    language: &'a str,
    date: &'a str,
    text_bytes: usize,
    text_sha256: &'a str,
    articles: usize,
    problems: &'a [Problem],
    definitions: &'a [Defined],
    citations: &'a [Cited],
    provisions: Vec<Unit>,
}

pub(crate) fn run(
    arguments: &InspectArguments,
    shared: &SharedArguments,
) -> anyhow::Result<Outcome> {
    let (mut act, mut others) = match &arguments.corpus {
        Some(corpus) => references::beside(&arguments.file, corpus)?,
        None => (alone(arguments)?, Vec::new()),
    };
    if let Some(day) = arguments.date {
        for act in others.iter_mut().chain([&mut act]) {
            as_of(act, day);
        }
    }
    let mut out = std::io::stdout().lock();
    if arguments.text {
        out.write_all(act.text.as_str().as_bytes())?;
        return Ok(Outcome::Done);
    }
    let (mappings, annotator) = shared.load()?;
    if arguments.concepts {
        concepts(&annotator.annotate(act), &mappings.concepts, &mut out)?;
        return Ok(Outcome::Done);
    }
    let citations = references::citations(&act, &others, &mappings);
    if arguments.akn {
        out.write_all(akoma_ntoso(&act, &references::links(&citations)).as_bytes())?;
        return Ok(Outcome::Done);
    }
    if arguments.citations {
        list(&citations, &mut out)?;
        return Ok(Outcome::Done);
    }
    let law = JurisdictionLaw {
        jurisdiction: act.jurisdiction.clone(),
        country: String::new(),
        acts: vec![annotator.annotate(act)],
        unread: Vec::new(),
        twins: Vec::new(),
    };
    let definitions = references::defined(&law, &mappings);
    for annotated in &law.acts {
        if arguments.json {
            let report = json(&annotated.act, &definitions, &citations);
            serde_json::to_writer_pretty(&mut out, &report)?;
            writeln!(out)?;
        } else {
            describe(
                &annotated.act,
                &definitions,
                &citations,
                arguments.full,
                &mut out,
            )?;
        }
    }
    Ok(Outcome::Done)
}

/// Reads the file by itself.
fn alone(arguments: &InspectArguments) -> anyhow::Result<Act> {
    let file = arguments.file.display().to_string();
    let bytes = std::fs::read(&arguments.file)
        .map_err(|error| anyhow::anyhow!("{file}: cannot be read: {error}"))?;
    Ok(read(&SourceFile {
        jurisdiction: jurisdiction_of(&arguments.file),
        file,
        bytes: &bytes,
        declared: Metadata {
            language: arguments.lang.clone(),
            ..Metadata::default()
        },
    })?)
}

/// The jurisdiction, where the file stands in a folder named by a code.
fn jurisdiction_of(file: &Path) -> Jurisdiction {
    let folder = std::path::absolute(file)
        .ok()
        .and_then(|path| Some(path.parent()?.file_name()?.to_str()?.to_owned()))
        .unwrap_or_default();
    let (country, part) = folder.split_once('-').unwrap_or((&folder, ""));
    let is_code = country.len() == 2
        && country.bytes().all(|b| b.is_ascii_lowercase())
        && part.bytes().all(|b| b.is_ascii_alphanumeric());
    Jurisdiction::new(if is_code { &folder } else { "-" })
}

fn json<'a>(act: &'a Act, definitions: &'a [Defined], citations: &'a [Cited]) -> Report<'a> {
    Report {
        file: &act.source.file,
        format: &act.source.format,
        reader: &act.source.reader,
        encoding: &act.source.encoding,
        file_sha256: &act.source.sha256,
        title: &act.title,
        identifier: &act.identifier,
        language: act.language.as_str(),
        date: &act.date,
        text_bytes: act.text.as_str().len(),
        text_sha256: act.text.sha256(),
        articles: act.articles().count(),
        problems: &act.problems,
        definitions,
        citations,
        provisions: act
            .ids()
            .map(|id| {
                let provision = act.provision(id);
                let locator = act.locator(id);
                Unit {
                    id: locator.element_id(),
                    locator: locator.to_string(),
                    kind: provision.kind,
                    heading: provision
                        .heading
                        .map(|heading| act.quote(heading).to_owned())
                        .unwrap_or_default(),
                    standing: act.standing(id),
                    start: provision.span.start,
                    end: provision.span.end,
                }
            })
            .collect(),
    }
}

fn describe(
    act: &Act,
    definitions: &[Defined],
    citations: &[Cited],
    full: bool,
    out: &mut impl std::io::Write,
) -> std::io::Result<()> {
    let (first, last) = act.first_and_last();
    writeln!(out, "file       {}", act.source.file)?;
    writeln!(out, "format     {}", act.source.format)?;
    if !act.source.reader.is_empty() {
        writeln!(out, "reader     {}", act.source.reader)?;
    }
    writeln!(out, "encoding   {}", act.source.encoding)?;
    writeln!(out, "title      {}", act.title)?;
    writeln!(out, "identifier {}", act.identifier)?;
    writeln!(out, "language   {}", act.language)?;
    writeln!(out, "date       {}", act.date)?;
    writeln!(
        out,
        "text       {} bytes, sha256 {}",
        act.text.as_str().len(),
        act.text.sha256()
    )?;
    writeln!(
        out,
        "articles   {} ({first} to {last}), {} in all",
        act.articles().count(),
        count(act.provisions.len(), "unit")
    )?;
    if act.problems.is_empty() {
        writeln!(out, "problems   none seen")?;
    }
    for problem in &act.problems {
        writeln!(out, "problem    {problem}")?;
    }
    for definition in definitions {
        let term = match definition.term.as_str() {
            "" => "majority",
            term => term,
        };
        writeln!(
            out,
            "defines    {term}: {} ({})",
            definition.age, definition.locator
        )?;
    }
    if !citations.is_empty() {
        let resolved = citations.iter().filter(|c| c.unresolved.is_none()).count();
        writeln!(
            out,
            "citations  {} found, {resolved} resolved (--citations lists them)",
            citations.len()
        )?;
    }
    for (reason, number) in references::unresolved(citations) {
        writeln!(out, "           {number} unresolved: {reason}")?;
    }
    writeln!(out)?;
    for id in act.ids().skip(1) {
        let kind = act.provision(id).kind;
        if full || kind <= crate::law::UnitKind::Article {
            line(act, id, out)?;
        }
    }
    Ok(())
}

/// One line for each citation: where, its words, and what they name.
fn list(citations: &[Cited], out: &mut impl std::io::Write) -> std::io::Result<()> {
    for cited in citations {
        write!(out, "{}\t{}\t", cited.at, cited.words)?;
        if cited.unresolved.is_some() {
            writeln!(out, "unresolved: {}", cited.reason)?;
            continue;
        }
        if !cited.file.is_empty() {
            write!(out, "{}#", cited.file)?;
        }
        write!(out, "{}", cited.locator)?;
        if !cited.through.is_empty() {
            write!(out, " to {}", cited.through)?;
        }
        let note = match cited.whole {
            Some(false) => "  (the unit below it was not found)",
            _ => "",
        };
        writeln!(out, "{note}")?;
    }
    Ok(())
}

/// One line for each mention and age, in the order of the text.
fn concepts(
    annotated: &AnnotatedAct,
    names: &Concepts,
    out: &mut impl std::io::Write,
) -> std::io::Result<()> {
    let act = &annotated.act;
    if !annotated.has_pack {
        return writeln!(out, "no language pack for `{}`", act.language);
    }
    for sentence in &annotated.sentences {
        let mentions = annotated.mentions_in(sentence.tokens);
        let ages = annotated.ages_in(sentence.tokens);
        if mentions.is_empty() && ages.is_empty() {
            continue;
        }
        let place = act.locator(act.innermost_at(sentence.span.start));
        writeln!(
            out,
            "{place} [{}..{}]",
            sentence.span.start, sentence.span.end
        )?;
        for mention in mentions {
            let words = act.quote(mention.span).replace('\n', " ");
            writeln!(out, "  {:<24} {words}", names.name(mention.concept))?;
        }
        for age in ages {
            let words = act.quote(age.span).replace('\n', " ");
            writeln!(out, "  age {:<20} {words}", age.class.to_string())?;
        }
    }
    Ok(())
}

fn line(act: &Act, id: ProvisionId, out: &mut impl std::io::Write) -> std::io::Result<()> {
    let provision = act.provision(id);
    let depth = act.ancestors(id).count().saturating_sub(2);
    let heading = provision
        .heading
        .map(|heading| act.quote(heading))
        .unwrap_or_default();
    let standing = match provision.standing {
        Standing::InForce => String::new(),
        other => format!(" [{other:?}]"),
    };
    writeln!(
        out,
        "{:indent$}{} {heading}{standing}",
        "",
        act.locator(id),
        indent = depth * 2
    )
}
