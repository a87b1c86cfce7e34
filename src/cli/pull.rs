//! `concord pull`: fetch official publications into a corpus folder.

use std::io::Write as _;
use std::path::PathBuf;

use clap::Args;
use comfy_table::{ContentArrangement, Table, presets};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{Outcome, SharedArguments, count};
use crate::pull::{self, Options, Puller, Receipt, SOURCES, Source};

/// The only command that uses the network. Sources are asked one after
/// another, with a pause between two requests to one host; what has not
/// changed is not sent again, and a transfer that broke off goes on where it
/// stopped. What comes is read before it is kept: an error page never replaces
/// an act.
#[derive(Debug, Args)]
pub(crate) struct PullArguments {
    /// Sources by name (`de-stgb`) or all of a jurisdiction (`de`); `--list`
    /// shows them.
    #[arg(value_name = "SOURCE", required_unless_present = "list")]
    wanted: Vec<String>,
    /// Show the sources that can be fetched, and fetch nothing.
    #[arg(long)]
    list: bool,
    /// Corpus folder to fetch into; it is made if need be.
    #[arg(long, short, value_name = "DIR", default_value = "laws")]
    output: PathBuf,
    /// Another list of sources, with the columns of the one built in.
    #[arg(long, value_name = "FILE")]
    sources: Option<PathBuf>,
    /// Fetch what has not changed too, and overwrite texts that were edited.
    #[arg(long)]
    force: bool,
}

pub(crate) fn run(arguments: &PullArguments, shared: &SharedArguments) -> anyhow::Result<Outcome> {
    let list = match &arguments.sources {
        Some(path) => std::fs::read_to_string(path)
            .map_err(|error| anyhow::anyhow!("{}: cannot be read: {error}", path.display()))?,
        None => SOURCES.to_owned(),
    };
    let all = pull::sources(&list)?;
    if arguments.list {
        let shown = if arguments.wanted.is_empty() {
            all
        } else {
            pull::select(&all, &arguments.wanted)?
        };
        writeln!(anstream::stdout(), "{}", table(&shown))?;
        return Ok(Outcome::Done);
    }
    let wanted = pull::select(&all, &arguments.wanted)?;
    let options = Options {
        force: arguments.force,
        ..Options::default()
    };
    let mut puller = Puller::new(&arguments.output, options);
    let mut failed = 0;
    for source in &wanted {
        let bar = bar(&source.id, shared.quiet);
        let result = puller.pull(source, &mut |done, total| {
            if let Some(total) = total {
                bar.set_length(total);
            }
            bar.set_position(done);
        });
        bar.finish_and_clear();
        match result {
            Ok(receipt) if !shared.quiet => anstream::eprintln!("{}", said(source, &receipt)),
            Ok(_) => {}
            Err(error) => {
                failed += 1;
                anstream::eprintln!("error: {}: {error}", source.id);
            }
        }
    }
    if failed > 0 {
        anyhow::bail!(
            "{} of {} could not be fetched",
            failed,
            count(wanted.len(), "source")
        );
    }
    Ok(Outcome::Done)
}

fn bar(name: &str, quiet: bool) -> ProgressBar {
    let target = if quiet {
        ProgressDrawTarget::hidden()
    } else {
        // Draws only on a terminal.
        ProgressDrawTarget::stderr()
    };
    let style = ProgressStyle::with_template("{prefix} {bytes} of {total_bytes} {wide_bar} {eta}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::with_draw_target(None, target)
        .with_style(style)
        .with_prefix(name.to_owned())
}

/// One line about what became of a source.
fn said(source: &Source, receipt: &Receipt) -> String {
    let what = match receipt.outcome {
        pull::Outcome::New => "new",
        pull::Outcome::Updated => "updated",
        pull::Outcome::Unchanged => "unchanged",
    };
    let mut line = format!("{}: {what}, {}", source.id, receipt.path.display());
    if let Some(articles) = receipt.articles {
        line.push_str(&format!(
            ", {}, {} kB, sha256 {}",
            count(articles, "article"),
            receipt.bytes.div_ceil(1000),
            receipt.sha256
        ));
    }
    for problem in &receipt.problems {
        line.push_str(&format!("\n  problem: {problem}"));
    }
    line
}

fn table(sources: &[Source]) -> Table {
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_header([
            "source", "country", "act", "lang", "format", "address", "licence", "notes",
        ]);
    for source in sources {
        table.add_row([
            &source.id,
            &source.country,
            &source.act,
            &source.language,
            &source.format,
            &source.address,
            &source.licence,
            &source.notes,
        ]);
    }
    table
}
