//! The command line: arguments in, exit code out. No decisions about law.

mod check;
mod diff;
mod exemplars;
mod explain;
mod inspect;
mod lsp;
mod mappings;
mod progress;
#[cfg(feature = "pull")]
mod pull;
mod questionnaire;
mod report;
mod review;
mod search;
#[cfg(feature = "serve")]
mod serve;
mod shell;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::annotate::Annotator;
use crate::corpus::Progress;
use crate::law::{Date, Jurisdiction};
use crate::mappings::{Diagnostic, Mappings};
use crate::report::{Run, RunError};

/// Compares national law with what international child-protection instruments
/// require: findings with verbatim evidence, pinpoint citations and named gaps.
#[derive(Debug, Parser)]
#[command(name = "concord", version, max_term_width = 100)]
pub struct Arguments {
    #[command(flatten)]
    shared: SharedArguments,
    #[command(subcommand)]
    command: Command,
}

/// Arguments that every command understands.
#[derive(Debug, Args)]
pub(crate) struct SharedArguments {
    /// Folder of rule data, instead of the one built in.
    #[arg(long, global = true, value_name = "DIR")]
    mappings: Option<PathBuf>,
    /// Print nothing on stderr but errors.
    #[arg(long, short, global = true)]
    quiet: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Harmonisation report for each jurisdiction.
    Report(report::RunArguments),
    /// Matrix of jurisdictions and requirements.
    Compare(report::CompareArguments),
    /// A bill as a compiler would read code: what it touches, what is missing, where.
    Check(check::CheckArguments),
    /// What changed between two states of law texts, in provisions and findings.
    Diff(diff::DiffArguments),
    /// Language server: diagnostics, hover, definitions and clauses in an editor.
    Lsp(lsp::LspArguments),
    /// How jurisdictions word one requirement, best matches first.
    Exemplars(exemplars::ExemplarArguments),
    /// Search the texts: words, phrases, citations, concepts.
    Search(search::SearchArguments),
    /// How a file was read: format, tree, numbers, damage.
    Inspect(inspect::InspectArguments),
    /// The whole derivation of one finding.
    Explain(explain::ExplainArguments),
    /// Fetch official publications into a corpus folder, over the network.
    #[cfg(feature = "pull")]
    Pull(pull::PullArguments),
    /// Rule data: list, show, check, test.
    #[command(subcommand)]
    Mappings(mappings::MappingsCommand),
    /// A profile as a questionnaire for a State, and its reply read back.
    Questionnaire(questionnaire::QuestionnaireArguments),
    /// A reviewer's decisions on findings: record, list, re-check, merge.
    #[command(subcommand)]
    Review(review::ReviewCommand),
    /// The corpus as pages for a browser on this machine: search, matrix,
    /// findings, review, a desk for bills.
    #[cfg(feature = "serve")]
    Serve(serve::ServeArguments),
    /// Completion script for a shell, on stdout.
    Completions(shell::CompletionsArguments),
    /// Manual pages, in the form that `man` reads.
    Man(shell::ManArguments),
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Done.
    Done,
    /// Done, with findings below the asked level.
    BelowLevel,
    /// Usage or unreadable input.
    Unusable,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => ExitCode::SUCCESS,
            Outcome::BelowLevel => ExitCode::from(1),
            Outcome::Unusable => ExitCode::from(2),
        }
    }
}

/// Runs the program with the process's own arguments.
pub fn run() -> Outcome {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let outcome = if error.use_stderr() {
                Outcome::Unusable
            } else {
                Outcome::Done
            };
            // Help that cannot be printed (a closed pipe) is no failure of ours.
            let _ = error.print();
            return outcome;
        }
    };
    let result = match &arguments.command {
        Command::Report(run) => report::report(run, &arguments.shared),
        Command::Compare(run) => report::compare(run, &arguments.shared),
        Command::Check(check) => check::run(check, &arguments.shared),
        Command::Diff(diff) => diff::run(diff, &arguments.shared),
        Command::Lsp(lsp) => lsp::run(lsp, &arguments.shared),
        Command::Exemplars(exemplars) => exemplars::run(exemplars, &arguments.shared),
        Command::Search(search) => search::run(search, &arguments.shared),
        Command::Inspect(inspect) => inspect::run(inspect, &arguments.shared),
        Command::Explain(explain) => explain::run(explain, &arguments.shared),
        #[cfg(feature = "pull")]
        Command::Pull(pull) => pull::run(pull, &arguments.shared),
        Command::Mappings(command) => mappings::run(command, &arguments.shared),
        Command::Questionnaire(questionnaire) => {
            questionnaire::run(questionnaire, &arguments.shared)
        }
        Command::Review(command) => review::run(command, &arguments.shared),
        #[cfg(feature = "serve")]
        Command::Serve(serve) => serve::run(serve, &arguments.shared),
        Command::Completions(completions) => shell::completions(completions),
        Command::Man(man) => shell::man(man),
    };
    result.unwrap_or_else(|error| {
        // The reader of a pipe has seen enough, as `head` does.
        let closed = |e: &std::io::Error| e.kind() == std::io::ErrorKind::BrokenPipe;
        if error.chain().filter_map(|e| e.downcast_ref()).any(closed) {
            return Outcome::Done;
        }
        anstream::eprintln!("error: {error:#}");
        Outcome::Unusable
    })
}

impl SharedArguments {
    /// A progress line that respects `--quiet`.
    pub(crate) fn progress(&self) -> progress::ProgressLine {
        progress::ProgressLine::new(self.quiet)
    }

    /// Reads and assesses a corpus against a profile, with a progress line;
    /// all jurisdictions where none are named, and the wordings of each text's
    /// own version where no day is.
    pub(crate) fn assess<'m>(
        &self,
        corpus: &Path,
        codes: &[String],
        profile: &str,
        day: Option<Date>,
        (mappings, annotator): (&'m Mappings, &Annotator),
    ) -> Result<Run<'m>, RunError> {
        let selection: Vec<Jurisdiction> = codes.iter().map(|c| Jurisdiction::new(c)).collect();
        let progress = self.progress();
        let show = |state: Progress<'_>| progress.show(state);
        let run = Run::as_of(corpus, &selection, profile, mappings, annotator, day, &show);
        progress.finish();
        run
    }

    /// The rule data asked for, compiled; errors are printed.
    pub(crate) fn load(&self) -> anyhow::Result<(Mappings, Annotator)> {
        self.load_for(&[])
    }

    /// The same with the packs of some languages only; all, if none are named.
    pub(crate) fn load_for(&self, languages: &[&str]) -> anyhow::Result<(Mappings, Annotator)> {
        let loaded = match &self.mappings {
            Some(folder) => Mappings::load_for(folder, languages),
            None => Mappings::embedded_for(languages),
        };
        let mappings = loaded.map_err(|errors| refuse(&errors))?;
        let annotator = Annotator::new(&mappings).map_err(|errors| refuse(&errors))?;
        Ok((mappings, annotator))
    }
}

/// Prints diagnostics of rule files and says how many there were.
fn refuse(errors: &[Diagnostic]) -> anyhow::Error {
    for error in errors {
        anstream::eprintln!("{}\n", error.render(true));
    }
    anyhow::anyhow!("{} in the rule data", count(errors.len(), "error"))
}

/// "1 error", "2 errors".
pub(crate) fn count(number: usize, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{ending}")
}
