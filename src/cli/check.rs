//! `concord check`: a bill as a compiler would read code.

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::Context as _;
use clap::{Args, ValueEnum};

use super::{Outcome, SharedArguments};
use crate::amend::Forms;
use crate::annotate::Annotator;
use crate::assess::JurisdictionLaw;
use crate::check::{
    Bill, BillReport, Layout, Level, NO_JURISDICTION, Nearness, Standard, check, effect, exemplars,
    to_docx, to_html, to_json, to_sarif, to_text,
};
use crate::corpus::{Corpus, Listing};
use crate::law::Jurisdiction;
use crate::mappings::Mappings;
use crate::report::select;

#[derive(Debug, Args)]
pub(crate) struct CheckArguments {
    /// The bill: Markdown, text, HTML, XML, DOCX or PDF. Several may be given.
    #[arg(required = true)]
    bills: Vec<PathBuf>,
    /// Profile to measure against, or one requirement.
    #[arg(long, short, default_value = "core")]
    profile: String,
    /// What to write.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// File to write to, instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Exit with 1 if anything is at or above this level.
    #[arg(long, value_enum, value_name = "LEVEL")]
    fail_on: Option<FailOn>,
    /// Whose bill it is: with --corpus, it is applied to the law in force.
    #[arg(long, visible_alias = "jur", value_name = "CODE")]
    jurisdiction: Option<String>,
    /// Folder of law texts, one folder per jurisdiction: the law in force, and
    /// how other jurisdictions word the same.
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
    /// The act that the bill amends, by its file in the jurisdiction's folder,
    /// where the bill does not say.
    #[arg(long, value_name = "FILE", requires = "jurisdiction")]
    amends: Option<String>,
    /// No comparable provisions of other jurisdictions.
    #[arg(long)]
    no_comparables: bool,
    /// Language of the bill, if the file does not tell (`fr`).
    #[arg(long, value_name = "TAG", default_value = "")]
    lang: String,
    /// List what is met as well, with the words.
    #[arg(long)]
    all: bool,
    /// Check again whenever the file is saved; Ctrl-C ends.
    #[arg(long, conflicts_with = "output")]
    watch: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading in a terminal, the words underlined.
    Text,
    /// For programs.
    Json,
    /// For code-hosting sites and editors (SARIF 2.1.0).
    Sarif,
    /// One self-contained page.
    Html,
    /// The bill as a DOCX file with comments in the margin (needs -o).
    Docx,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Words say the contrary of what is asked.
    Conflict,
    /// Also: an element is missing.
    Partial,
    /// Also: no words on a requirement of the profile.
    NotFound,
}

impl From<FailOn> for Level {
    fn from(level: FailOn) -> Self {
        match level {
            FailOn::Conflict => Level::Conflict,
            FailOn::Partial => Level::Partial,
            FailOn::NotFound => Level::NotFound,
        }
    }
}

/// Rule data for the languages of the bills, loaded once.
struct Desk {
    mappings: Mappings,
    annotator: Annotator,
    forms: Forms,
    /// The law in force, if asked for.
    law: Option<JurisdictionLaw>,
}

pub(crate) fn run(arguments: &CheckArguments, shared: &SharedArguments) -> anyhow::Result<Outcome> {
    // Before the first reading, so that no save after it is missed.
    let saved = saved(arguments);
    let bills = read_all(arguments)?;
    let desk = Desk::open(arguments, shared, &bills)?;
    let reports = desk.check_all(arguments, &bills)?;
    if arguments.format == Format::Docx {
        write_document(arguments, &reports, &bills)?;
        return Ok(outcome(arguments, &reports));
    }
    let text = render(arguments, &reports, &bills)?;
    deliver(&text, arguments.output.as_deref())?;
    if arguments.watch {
        return watch(arguments, &desk, saved);
    }
    Ok(outcome(arguments, &reports))
}

fn outcome(arguments: &CheckArguments, reports: &[BillReport]) -> Outcome {
    let fails = |level: FailOn| reports.iter().any(|report| report.fails(level.into()));
    match arguments.fail_on {
        Some(level) if fails(level) => Outcome::BelowLevel,
        _ => Outcome::Done,
    }
}

/// One bill as a document with comments.
fn write_document(
    arguments: &CheckArguments,
    reports: &[BillReport],
    bills: &[Bill],
) -> anyhow::Result<()> {
    let (Some(path), [report], [bill]) = (&arguments.output, reports, bills) else {
        anyhow::bail!("--format docx takes one bill and needs -o FILE");
    };
    let document = to_docx(&bill.act, report)?;
    std::fs::write(path, document).with_context(|| format!("cannot write {}", path.display()))
}

fn read_all(arguments: &CheckArguments) -> anyhow::Result<Vec<Bill>> {
    let code = arguments.jurisdiction.as_deref().unwrap_or(NO_JURISDICTION);
    let jurisdiction = Jurisdiction::new(code);
    arguments
        .bills
        .iter()
        .map(|path| {
            let file = path.display().to_string();
            let bytes = std::fs::read(path).with_context(|| format!("{file}: cannot be read"))?;
            Ok(Bill::read(&file, &bytes, &jurisdiction, &arguments.lang)?)
        })
        .collect()
}

impl Desk {
    fn open(
        arguments: &CheckArguments,
        shared: &SharedArguments,
        bills: &[Bill],
    ) -> anyhow::Result<Self> {
        let jurisdiction = arguments.jurisdiction.as_deref().map(Jurisdiction::new);
        let texts = match (&arguments.corpus, &jurisdiction) {
            (Some(corpus), Some(code)) => {
                let loaded = Corpus::load(corpus, std::slice::from_ref(code), &|_| {})?;
                loaded.jurisdictions.into_iter().next()
            }
            (None, Some(_)) if arguments.amends.is_some() => {
                anyhow::bail!("--amends needs --corpus DIR, where the act is held")
            }
            _ => None,
        };
        let comparing = arguments.corpus.is_some() && !arguments.no_comparables;
        // One pack is read in a tenth of the time of all.
        let languages: Vec<&str> = if comparing {
            Vec::new()
        } else {
            let own = bills.iter().map(|bill| bill.act.language.as_str());
            let held = texts
                .iter()
                .flat_map(|t| &t.acts)
                .map(|act| act.language.as_str());
            own.chain(held).collect()
        };
        let (mappings, annotator) = if languages.is_empty() {
            shared.load()?
        } else {
            shared.load_for(&languages)?
        };
        let forms = Forms::new(&mappings)?;
        let law = texts.map(|texts| JurisdictionLaw {
            jurisdiction: texts.jurisdiction,
            country: texts.country,
            acts: texts
                .acts
                .into_iter()
                .map(|act| annotator.annotate(act))
                .collect(),
            unread: texts.unread,
            twins: texts.twins,
        });
        Ok(Self {
            mappings,
            annotator,
            forms,
            law,
        })
    }

    fn check_all(
        &self,
        arguments: &CheckArguments,
        bills: &[Bill],
    ) -> anyhow::Result<Vec<BillReport>> {
        let (profile, requirements, _) = select(&self.mappings, &arguments.profile)?;
        let standard = Standard {
            mappings: &self.mappings,
            annotator: &self.annotator,
            forms: &self.forms,
            profile,
            requirements,
        };
        let amends = self.amended_act(arguments)?;
        bills
            .iter()
            .map(|bill| {
                let mut report = check(bill, &standard);
                if self.mappings.pack(bill.act.language.as_str()).is_none() {
                    let language = &bill.act.language;
                    report.problems.push(format!(
                        "no language pack for `{language}`: nothing was checked"
                    ));
                }
                if let Some(law) = &self.law {
                    let alone = |id: &str| report.verdict(id);
                    report.effect = Some(effect(bill, law, amends, &standard, &alone));
                }
                if let (Some(corpus), false) = (&arguments.corpus, arguments.no_comparables) {
                    self.compare(corpus, bill, &mut report)?;
                }
                Ok(report)
            })
            .collect()
    }

    /// The act named with `--amends`, by its place.
    fn amended_act(&self, arguments: &CheckArguments) -> anyhow::Result<Option<usize>> {
        let (Some(name), Some(law)) = (&arguments.amends, &self.law) else {
            return Ok(None);
        };
        let place = law.acts.iter().position(|a| a.act.source.file == *name);
        let files: Vec<&str> = law
            .acts
            .iter()
            .map(|a| a.act.source.file.as_str())
            .collect();
        place.map(Some).ok_or_else(|| {
            anyhow::anyhow!("no act `{name}` is held; there are: {}", files.join(", "))
        })
    }

    /// Adds how the nearest jurisdictions word what the diagnostics are about.
    fn compare(&self, corpus: &Path, bill: &Bill, report: &mut BillReport) -> anyhow::Result<()> {
        /// Jurisdictions looked at, the nearest first.
        const LOOKED_AT: usize = 8;
        /// Shown with one diagnostic.
        const SHOWN: usize = 3;
        let requirements: Vec<_> = report
            .diagnostics
            .iter()
            .filter_map(|d| self.mappings.requirement(&d.requirement))
            .collect();
        if requirements.is_empty() {
            return Ok(());
        }
        let own = bill.act.jurisdiction.as_str();
        let family = self.mappings.tables.family(own);
        let language = bill.act.language.primary();
        let listing = Listing::of(corpus)?;
        let mut near: Vec<(u8, Jurisdiction)> = listing
            .jurisdictions()
            .into_iter()
            .filter(|code| code.as_str() != own)
            .map(|code| {
                let speaks = listing.files.iter().any(|file| {
                    file.jurisdiction == *code
                        && file.declared.metadata().language.starts_with(language)
                });
                let theirs = self.mappings.tables.family(code.as_str());
                let akin = !family.is_empty() && theirs == family;
                (u8::from(!speaks) * 2 + u8::from(!akin), code.clone())
            })
            .collect();
        near.sort();
        let selection: Vec<Jurisdiction> = near
            .into_iter()
            .take(LOOKED_AT)
            .map(|(_, code)| code)
            .collect();
        if selection.is_empty() {
            return Ok(());
        }
        let nearness = Nearness {
            language,
            family,
            without: own,
        };
        let found = exemplars(
            corpus,
            &selection,
            &requirements,
            &self.mappings,
            &self.annotator,
            &nearness,
        )?;
        for diagnostic in &mut report.diagnostics {
            if let Some((_, comparables)) =
                found.iter().find(|(id, _)| *id == diagnostic.requirement)
            {
                diagnostic.comparables = comparables.iter().take(SHOWN).cloned().collect();
            }
        }
        Ok(())
    }
}

fn render(
    arguments: &CheckArguments,
    reports: &[BillReport],
    bills: &[Bill],
) -> anyhow::Result<String> {
    Ok(match arguments.format {
        Format::Json => to_json(reports)? + "\n",
        Format::Sarif => to_sarif(reports)? + "\n",
        Format::Html => to_html(reports)?,
        // Written as a file before this is reached; watching has no file.
        Format::Docx => anyhow::bail!("--format docx cannot be combined with --watch"),
        Format::Text => {
            let layout = Layout {
                width: terminal_width(),
                all: arguments.all,
            };
            reports
                .iter()
                .zip(bills)
                .map(|(report, bill)| to_text(report, bill.source.as_ref(), layout))
                .collect()
        }
    })
}

/// The terminal's columns, or a readable measure where there is none.
fn terminal_width() -> usize {
    const DEFAULT: usize = 100;
    let told = std::env::var("COLUMNS").ok().and_then(|n| n.parse().ok());
    told.filter(|width: &usize| (40..=400).contains(width))
        .unwrap_or(DEFAULT)
}

/// Writes to the file, or to standard output without styles where that is no
/// terminal.
pub(super) fn deliver(text: &str, output: Option<&Path>) -> anyhow::Result<()> {
    match output {
        Some(path) => {
            let plain = anstream::adapter::strip_str(text).to_string();
            std::fs::write(path, plain)
                .with_context(|| format!("cannot write {}", path.display()))?;
        }
        None => {
            // Nobody listening (a closed pipe) is no failure of ours.
            let mut out = anstream::stdout();
            let _ = out.write_all(text.as_bytes());
            let _ = out.flush();
        }
    }
    Ok(())
}

/// When each bill was saved last.
fn saved(arguments: &CheckArguments) -> Vec<Option<SystemTime>> {
    let time = |path: &PathBuf| std::fs::metadata(path).ok()?.modified().ok();
    arguments.bills.iter().map(time).collect()
}

/// Checks again at every save, until the process is ended. `last` is when the
/// bills were saved before they were first read.
fn watch(
    arguments: &CheckArguments,
    desk: &Desk,
    mut last: Vec<Option<SystemTime>>,
) -> anyhow::Result<Outcome> {
    const PAUSE: Duration = Duration::from_millis(100);
    loop {
        std::thread::sleep(PAUSE);
        let now = saved(arguments);
        if now == last || now.iter().any(Option::is_none) {
            continue;
        }
        last = now;
        let result = read_all(arguments)
            .and_then(|bills| Ok((desk.check_all(arguments, &bills)?, bills)))
            .and_then(|(reports, bills)| render(arguments, &reports, &bills));
        if std::io::stdout().is_terminal() {
            // Clears the screen.
            print!("\x1b[2J\x1b[H");
        }
        match result {
            Ok(text) => deliver(&text, None)?,
            // An editor may be in the midst of writing.
            Err(error) => anstream::eprintln!("{error:#}"),
        }
    }
}
