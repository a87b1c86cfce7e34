//! `concord search`: words, phrases, citations and concepts in a corpus.

use std::io::Write as _;
use std::path::PathBuf;

use clap::Args;

use super::{Outcome, SharedArguments, count};
use crate::corpus::{Cache, Hit, QUERY_HELP, Rules, SearchError, SearchRequest, search};
use crate::law::{Date, Jurisdiction, Language};

#[derive(Debug, Args)]
#[command(after_help = QUERY_HELP)]
pub(crate) struct SearchArguments {
    /// What to look for.
    #[arg(required = true, num_args = 1..)]
    query: Vec<String>,
    /// Folder that holds one folder of law texts per jurisdiction.
    #[arg(long, default_value = "corpora", value_name = "DIR")]
    corpus: PathBuf,
    /// Only these jurisdictions, by code.
    #[arg(long, short = 'c', value_delimiter = ',', value_name = "CODES")]
    jurisdictions: Vec<String>,
    /// Only texts in these languages.
    #[arg(long, value_delimiter = ',', value_name = "TAGS")]
    lang: Vec<String>,
    /// Count the wordings of this day as in force, instead of those of each
    /// text's own version; the others stay findable and are marked.
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<Date>,
    /// Most hits shown.
    #[arg(long, short = 'n', default_value_t = 20, value_name = "N")]
    limit: usize,
    /// Folder for the index; safe to delete.
    #[arg(long, env = "CONCORD_CACHE", value_name = "DIR")]
    cache: Option<PathBuf>,
    /// Hits as JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(
    arguments: &SearchArguments,
    shared: &SharedArguments,
) -> anyhow::Result<Outcome> {
    let (mappings, annotator) = shared.load()?;
    let cache = match &arguments.cache {
        Some(folder) => Cache::Folder(folder.clone()),
        None => Cache::Platform,
    };
    let request = SearchRequest {
        jurisdictions: arguments
            .jurisdictions
            .iter()
            .map(|code| Jurisdiction::new(code))
            .collect(),
        languages: arguments
            .lang
            .iter()
            .map(|tag| Language::new(tag))
            .collect(),
        limit: arguments.limit,
        as_of: arguments.date,
        ..SearchRequest::new(arguments.query.join(" "))
    };
    let rules = Rules {
        mappings: &mappings,
        annotator: &annotator,
    };
    let progress = shared.progress();
    let found = search(&arguments.corpus, &cache, Some(rules), &request, &|done| {
        progress.show(done)
    });
    progress.finish();
    let (results, index) = match found {
        Err(SearchError::Query(diagnostic)) => {
            anstream::eprintln!("{}", diagnostic.render(true));
            return Ok(Outcome::Unusable);
        }
        other => other?,
    };
    if !shared.quiet {
        for warning in &index.warnings {
            anstream::eprintln!("warning: {warning}");
        }
        for unread in index.unread() {
            anstream::eprintln!("not searched: {}/{}", unread.jurisdiction, unread.reason);
        }
        if !results.languages_without_concepts.is_empty() {
            let tags: Vec<String> = results
                .languages_without_concepts
                .iter()
                .map(ToString::to_string)
                .collect();
            anstream::eprintln!("no concepts are known in: {}", tags.join(", "));
        }
    }
    let mut out = anstream::stdout().lock();
    if arguments.json {
        serde_json::to_writer_pretty(&mut out, &results)?;
        writeln!(out)?;
        return Ok(Outcome::Done);
    }
    for hit in &results.hits {
        print(hit, &mut out)?;
    }
    writeln!(
        out,
        "{} in {}",
        count(results.total, "provision"),
        count(results.acts, "act")
    )?;
    Ok(Outcome::Done)
}

/// One hit: where, what over it, and the words, the found ones in bold.
fn print(hit: &Hit, out: &mut impl std::io::Write) -> std::io::Result<()> {
    let bold = anstyle::Style::new().bold();
    write!(
        out,
        "{bold}{}/{}#{}{bold:#}",
        hit.jurisdiction, hit.file, hit.locator
    )?;
    if !hit.headings.is_empty() {
        write!(out, "  {}", hit.headings.join(" / "))?;
    }
    if !hit.in_force {
        write!(out, "  [not in force]")?;
    }
    writeln!(out)?;
    write!(out, "  ")?;
    for (text, found) in hit.extract.pieces() {
        let text = text.replace('\n', " ");
        if found {
            write!(out, "{bold}{text}{bold:#}")?;
        } else {
            write!(out, "{text}")?;
        }
    }
    writeln!(out)?;
    if let Some(note) = &hit.note {
        writeln!(out, "  {note}")?;
    }
    writeln!(out)
}
