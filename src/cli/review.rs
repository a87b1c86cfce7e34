//! `concord review`: a reviewer's decisions, recorded, listed, held against
//! the law as it is now, and merged.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use comfy_table::{ContentArrangement, Table};

use super::{Outcome, SharedArguments, count};
use crate::assess::Verdict;
use crate::law::Jurisdiction;
use crate::report::{EVERYTHING, Run};
use crate::review::{Checked, Decision, Merged, Opinion, REVIEWS, ReviewFile, State, check, merge};

/// Decisions stand in `reviews.csv` in the corpus folder, one line each, with
/// the words they were made on. Keep the file under version control.
#[derive(Debug, Subcommand)]
pub(crate) enum ReviewCommand {
    /// Confirm, overrule or comment on a finding.
    Add(AddArguments),
    /// The decisions recorded.
    List(ListArguments),
    /// Hold the decisions against the law as it is now: which still stand,
    /// which follow words that moved, which must be made again.
    Check(CheckArguments),
    /// Put two reviewers' files together and show where they disagree.
    Merge(MergeArguments),
}

/// Where the decisions are.
#[derive(Debug, Args)]
struct Place {
    /// Folder that holds one folder of law texts per jurisdiction.
    #[arg(long, default_value = "corpora", value_name = "DIR")]
    corpus: PathBuf,
    /// File of decisions, instead of `reviews.csv` in the corpus folder.
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
}

impl Place {
    fn path(&self) -> PathBuf {
        self.file
            .clone()
            .unwrap_or_else(|| self.corpus.join(REVIEWS))
    }
}

#[derive(Debug, Args)]
pub(crate) struct AddArguments {
    /// Jurisdiction code.
    jurisdiction: String,
    /// Requirement id.
    requirement: String,
    /// The verdict is right.
    #[arg(long, group = "opinion")]
    confirm: bool,
    /// Another verdict is right: full, partial, not-found, conflict,
    /// undetermined or not-applicable.
    #[arg(long, group = "opinion", value_name = "VERDICT")]
    overrule: Option<String>,
    /// A remark only; the verdict is left open.
    #[arg(long, group = "opinion")]
    comment: bool,
    /// Why: the reason that colleagues will read.
    #[arg(long, value_name = "TEXT")]
    why: String,
    /// Your name, as it should stand in reports.
    #[arg(long, env = "CONCORD_REVIEWER", value_name = "NAME")]
    by: String,
    /// Date of the decision, year first; today if it is left out.
    #[arg(long)]
    date: Option<jiff::civil::Date>,
    #[command(flatten)]
    place: Place,
}

#[derive(Debug, Args)]
pub(crate) struct ListArguments {
    /// Only these jurisdictions, by code.
    #[arg(long, short = 'c', value_delimiter = ',', value_name = "CODES")]
    jurisdictions: Vec<String>,
    #[command(flatten)]
    place: Place,
}

#[derive(Debug, Args)]
pub(crate) struct CheckArguments {
    /// Write the new places of words that moved into the file.
    #[arg(long)]
    write: bool,
    #[command(flatten)]
    place: Place,
}

#[derive(Debug, Args)]
pub(crate) struct MergeArguments {
    /// The first reviewer's file.
    first: PathBuf,
    /// The second reviewer's file.
    second: PathBuf,
    /// Where to write all decisions together.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(crate) fn run(command: &ReviewCommand, shared: &SharedArguments) -> anyhow::Result<Outcome> {
    match command {
        ReviewCommand::Add(arguments) => add(arguments, shared),
        ReviewCommand::List(arguments) => list(arguments),
        ReviewCommand::Check(arguments) => recheck(arguments, shared),
        ReviewCommand::Merge(arguments) => put_together(arguments),
    }
}

fn add(arguments: &AddArguments, shared: &SharedArguments) -> anyhow::Result<Outcome> {
    let opinion = match (&arguments.overrule, arguments.confirm, arguments.comment) {
        (Some(verdict), ..) => Opinion::from_names("overrule", verdict)?,
        (None, true, _) => Opinion::Confirm,
        (None, false, true) => Opinion::Comment,
        (None, false, false) => {
            anyhow::bail!("say what you decide: --confirm, --overrule VERDICT or --comment")
        }
    };
    let (mappings, annotator) = shared.load()?;
    let run = Run::new(
        &arguments.place.corpus,
        &[Jurisdiction::new(&arguments.jurisdiction)],
        &arguments.requirement,
        &mappings,
        &annotator,
        &|_| {},
    )?;
    let found = run.jurisdictions.iter().find_map(|assessed| {
        let mut findings = assessed.findings.iter();
        let finding = findings.find(|f| f.requirement == arguments.requirement)?;
        Some((assessed, finding))
    });
    let Some((assessed, finding)) = found else {
        anyhow::bail!(
            "`{}` is a profile; a decision is made on one requirement",
            arguments.requirement
        );
    };
    let date = arguments
        .date
        .unwrap_or_else(|| jiff::Zoned::now().date())
        .to_string();
    let decision = Decision::on(
        finding,
        &assessed.law,
        opinion,
        &arguments.by,
        &date,
        &arguments.why,
    )?;
    let path = arguments.place.path();
    writeln!(std::io::stdout(), "{}", line(&decision))?;
    if decision.anchor.has_words() {
        let anchor = &decision.anchor;
        writeln!(
            std::io::stdout(),
            "  on {}#{}: “{}”",
            anchor.file,
            anchor.locator,
            anchor.quote
        )?;
    } else {
        writeln!(
            std::io::stdout(),
            "  on all texts held, for no words carry the finding"
        )?;
    }
    ReviewFile::add(&path, decision)?;
    writeln!(std::io::stdout(), "written to {}", path.display())?;
    Ok(Outcome::Done)
}

fn list(arguments: &ListArguments) -> anyhow::Result<Outcome> {
    let file = ReviewFile::open(&arguments.place.path())?;
    let asked = |decision: &&Decision| {
        arguments.jurisdictions.is_empty()
            || arguments
                .jurisdictions
                .iter()
                .any(|code| Jurisdiction::new(code) == decision.jurisdiction)
    };
    let decisions: Vec<&Decision> = file.decisions.iter().filter(asked).collect();
    let mut table = table(["finding", "program", "reviewer says", "by", "on", "why"]);
    for decision in &decisions {
        table.add_row(vec![
            format!("{} {}", decision.jurisdiction, decision.requirement),
            decision.machine.name().to_owned(),
            said(decision),
            decision.reviewer.clone(),
            decision.date.clone(),
            decision.why.clone(),
        ]);
    }
    if !decisions.is_empty() {
        writeln!(std::io::stdout(), "{table}")?;
    }
    writeln!(
        std::io::stdout(),
        "{} in {}",
        count(decisions.len(), "decision"),
        file.path().display()
    )?;
    Ok(Outcome::Done)
}

fn recheck(arguments: &CheckArguments, shared: &SharedArguments) -> anyhow::Result<Outcome> {
    let path = arguments.place.path();
    let file = ReviewFile::open(&path)?;
    let mut codes: Vec<Jurisdiction> = file
        .decisions
        .iter()
        .map(|decision| decision.jurisdiction.clone())
        .collect();
    codes.sort_unstable();
    codes.dedup();
    if codes.is_empty() {
        writeln!(std::io::stdout(), "no decisions in {}", path.display())?;
        return Ok(Outcome::Done);
    }
    let checked = check_all(&file, &codes, &arguments.place.corpus, shared)?;
    let of = |state: fn(&State) -> bool| checked.iter().filter(move |c| state(&c.state));
    for one in of(|state| matches!(state, State::Recheck(_))) {
        if let State::Recheck(why) = one.state {
            writeln!(
                std::io::stdout(),
                "look again: {}\n  {why}",
                line(&one.decision)
            )?;
        }
    }
    for one in of(|state| *state == State::Moved) {
        let anchor = &one.decision.anchor;
        writeln!(
            std::io::stdout(),
            "moved: {}\n  now {}#{}",
            line(&one.decision),
            anchor.file,
            anchor.locator
        )?;
    }
    let again = of(|state| matches!(state, State::Recheck(_))).count();
    writeln!(
        std::io::stdout(),
        "{}: {} current, {} moved, {again} to look at again",
        count(checked.len(), "decision"),
        of(|state| *state == State::Current).count(),
        of(|state| *state == State::Moved).count(),
    )?;
    if arguments.write {
        ReviewFile::update(&path, |decisions| {
            for decision in decisions {
                let moved = of(|state| *state == State::Moved)
                    .find(|one| one.decision.key() == decision.key());
                if let Some(one) = moved {
                    decision.anchor = one.decision.anchor.clone();
                }
            }
        })?;
        writeln!(std::io::stdout(), "written to {}", path.display())?;
    }
    Ok(if again > 0 {
        Outcome::BelowLevel
    } else {
        Outcome::Done
    })
}

/// Holds every decision against the corpus. Decisions on jurisdictions that
/// the corpus does not hold, or on requirements without rules, cannot be.
fn check_all(
    file: &ReviewFile,
    codes: &[Jurisdiction],
    corpus: &Path,
    shared: &SharedArguments,
) -> anyhow::Result<Vec<Checked>> {
    let (mappings, annotator) = shared.load()?;
    let held = crate::corpus::Listing::of(corpus)?;
    let selection: Vec<String> = codes
        .iter()
        .filter(|code| held.files.iter().any(|f| f.jurisdiction == **code))
        .map(ToString::to_string)
        .collect();
    let run = if selection.is_empty() {
        None
    } else {
        Some(shared.assess(
            corpus,
            &selection,
            EVERYTHING,
            None,
            (&mappings, &annotator),
        )?)
    };
    let assessed = |decision: &Decision| {
        let all = run.iter().flat_map(|run| &run.jurisdictions);
        all.into_iter()
            .find(|assessed| assessed.law.jurisdiction == decision.jurisdiction)
    };
    Ok(file
        .decisions
        .iter()
        .map(|decision| match assessed(decision) {
            Some(assessed) => {
                let mut findings = assessed.findings.iter();
                let finding = findings.find(|f| f.requirement == decision.requirement);
                check(decision, &assessed.law, finding)
            }
            None => Checked {
                decision: decision.clone(),
                state: State::Recheck(crate::review::Recheck::NotAssessed),
            },
        })
        .collect())
}

fn put_together(arguments: &MergeArguments) -> anyhow::Result<Outcome> {
    let read = |path: &PathBuf| {
        if path.exists() {
            Ok(ReviewFile::open(path)?)
        } else {
            Err(anyhow::anyhow!("{}: there is no such file", path.display()))
        }
    };
    let (first, second) = (read(&arguments.first)?, read(&arguments.second)?);
    let merged = merge(&first.decisions, &second.decisions);
    print_agreement(&merged)?;
    if let Some(path) = &arguments.output {
        let all = merged.decisions.clone();
        ReviewFile::update(path, |decisions| *decisions = all)?;
        writeln!(
            std::io::stdout(),
            "{} written to {}",
            count(merged.decisions.len(), "decision"),
            path.display()
        )?;
    }
    Ok(Outcome::Done)
}

fn print_agreement(merged: &Merged) -> std::io::Result<()> {
    if !merged.disagreements.is_empty() {
        let mut table = table(["finding", "first", "why", "second", "why"]);
        for apart in &merged.disagreements {
            let (a, b) = (&apart.first, &apart.second);
            table.add_row(vec![
                format!("{} {}", a.jurisdiction, a.requirement),
                format!("{}: {}", a.reviewer, verdict(a)),
                a.why.clone(),
                format!("{}: {}", b.reviewer, verdict(b)),
                b.why.clone(),
            ]);
        }
        writeln!(std::io::stdout(), "{table}")?;
    }
    let agreement = merged.agreement;
    let kappa = match agreement.kappa {
        Some(kappa) => format!("kappa {kappa:.3}"),
        None => "kappa is not defined".to_owned(),
    };
    writeln!(
        std::io::stdout(),
        "{} judged by both, the same verdict on {}; {kappa}",
        count(agreement.both, "finding"),
        agreement.same
    )
}

fn verdict(decision: &Decision) -> &'static str {
    decision.verdict().map_or("", Verdict::name)
}

/// What a reviewer says, in words: "confirms full", "full → partial".
fn said(decision: &Decision) -> String {
    match decision.opinion {
        Opinion::Confirm => "confirmed".to_owned(),
        Opinion::Overrule(verdict) => verdict.name().to_owned(),
        Opinion::Comment => "comment".to_owned(),
    }
}

fn line(decision: &Decision) -> String {
    let Decision {
        jurisdiction,
        requirement,
        reviewer,
        date,
        ..
    } = decision;
    let machine = decision.machine.name();
    let said = match decision.opinion {
        Opinion::Confirm => format!("confirms {machine}"),
        Opinion::Overrule(verdict) => format!("says {} instead of {machine}", verdict.name()),
        Opinion::Comment => format!("comments on {machine}"),
    };
    format!("{jurisdiction} {requirement}: {reviewer} {said} ({date})")
}

fn table<const N: usize>(header: [&str; N]) -> Table {
    let mut table = Table::new();
    table
        .load_style(comfy_table::presets::UTF8_HORIZONTAL_ONLY)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_header(header);
    table
}
