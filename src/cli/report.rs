//! `concord report` and `concord compare`.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::{Args, ValueEnum};

use super::{Outcome, SharedArguments, count};
use crate::annotate::Annotator;
use crate::assess::Verdict;
use crate::diff::{self, Side, to_markdown};
use crate::law::{Date, Jurisdiction};
use crate::mappings::Mappings;
#[cfg(feature = "parquet")]
use crate::report::parquet;
use crate::report::{Assessed, Document, Pages, Run, Words, file_stem, select, tables};
use crate::report::{GroupBy, SortBy};
use crate::review::ReviewFile;

/// What both commands take.
#[derive(Debug, Args)]
pub(crate) struct RunArguments {
    /// Folder that holds one folder of law texts per jurisdiction.
    #[arg(default_value = "corpora")]
    corpus: PathBuf,
    /// Only these jurisdictions, by code.
    #[arg(long, short = 'c', value_delimiter = ',', value_name = "CODES")]
    jurisdictions: Vec<String>,
    /// Profile to measure against, one requirement, or `all` that have rules.
    #[arg(long, short, default_value = "core")]
    profile: String,
    /// Assess the wordings in force on this day, instead of those of each
    /// text's own version.
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<Date>,
    /// Folder for the results.
    #[arg(long, short, default_value = "out", value_name = "DIR")]
    output: PathBuf,
    /// What to write.
    #[arg(long, value_enum, value_delimiter = ',', default_value = "html,csv")]
    format: Vec<Format>,
    /// Also write changes.md: what changed in the law and in the findings since
    /// a git revision of the corpus.
    #[arg(long, value_name = "REV")]
    since: Option<String>,
    /// Language of the report: en, fr or es. Quotations stay in their own.
    #[arg(long, default_value = "en", value_name = "TAG")]
    language: String,
    /// File of reviewers' decisions, instead of `reviews.csv` in the corpus
    /// folder.
    #[arg(long, value_name = "FILE")]
    reviews: Option<PathBuf>,
}

impl RunArguments {
    /// Whether a format asked for is made of tables.
    fn wants_tables(&self) -> bool {
        let table = |format: &Format| match format {
            Format::Csv => true,
            #[cfg(feature = "parquet")]
            Format::Parquet => true,
            _ => false,
        };
        self.format.iter().any(table)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Self-contained pages that print well.
    Html,
    /// findings.csv, evidence.csv, acts.csv, and versions.csv where an act is
    /// held in two languages that disagree; compare adds matrix.csv,
    /// elements.csv, ages.csv, penalties.csv, rollups.csv and
    /// distances.csv.
    Csv,
    /// Everything, for programs.
    Json,
    /// Markdown, for code-hosting sites.
    Md,
    /// A word-processor document.
    Docx,
    /// A workbook with a sheet per table.
    Xlsx,
    /// The tables of `csv` as Parquet files, with numbers as numbers.
    #[cfg(feature = "parquet")]
    Parquet,
}

/// How a comparison orders jurisdictions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Order {
    /// By code.
    Code,
    /// By the country's name.
    Country,
    /// Most conflicts first, then most not found.
    Gaps,
}

impl From<Order> for SortBy {
    fn from(order: Order) -> Self {
        match order {
            Order::Code => SortBy::Code,
            Order::Country => SortBy::Country,
            Order::Gaps => SortBy::Gaps,
        }
    }
}

pub(crate) fn report(
    arguments: &RunArguments,
    shared: &SharedArguments,
) -> anyhow::Result<Outcome> {
    execute(arguments, shared, |run, files| {
        let pages = Pages::new(Words::of(&arguments.language)?)?;
        let several = run.jurisdictions.len() > 1;
        for assessed in &run.jurisdictions {
            let stem = file_stem(&assessed.law.jurisdiction);
            if arguments.format.contains(&Format::Html) {
                files.write(&format!("{stem}.html"), &pages.report_html(run, assessed)?)?;
            }
            if arguments.format.contains(&Format::Md) {
                let text = pages.report_markdown(run, assessed)?;
                files.write(&format!("{stem}.md"), &text)?;
            }
            if arguments.format.contains(&Format::Json) {
                let document = Document::new(run, std::slice::from_ref(assessed));
                files.write(&format!("{stem}.json"), &document.to_json()?)?;
            }
            if arguments.format.contains(&Format::Docx) {
                let document = pages.report_docx(run, assessed)?;
                files.write(&format!("{stem}.docx"), &document)?;
            }
            if arguments.format.contains(&Format::Xlsx) {
                let workbook = pages.report_xlsx(run, assessed)?;
                files.write(&format!("{stem}.xlsx"), &workbook)?;
            }
        }
        if several && arguments.format.contains(&Format::Html) {
            files.write("index.html", &pages.index_html(run)?)?;
        }
        if several && arguments.format.contains(&Format::Md) {
            files.write("index.md", &pages.index_markdown(run)?)?;
        }
        Ok(())
    })
}

/// What comparing takes beyond a report.
#[derive(Debug, Args)]
pub(crate) struct CompareArguments {
    #[command(flatten)]
    run: RunArguments,
    /// Group the jurisdictions: region, family (of law), or an instrument by
    /// who is a party to it (lanzarote, budapest, opsc).
    #[arg(long, value_name = "BY")]
    group: Option<String>,
    /// Order of the jurisdictions within a group.
    #[arg(long, value_enum, default_value = "code")]
    sort: Order,
}

pub(crate) fn compare(
    arguments: &CompareArguments,
    shared: &SharedArguments,
) -> anyhow::Result<Outcome> {
    let CompareArguments {
        run: arguments,
        group,
        sort,
    } = arguments;
    execute(arguments, shared, |run, files| {
        let group = match group {
            Some(name) => GroupBy::named(name, run.mappings)?,
            None => GroupBy::Nothing,
        };
        run.arrange(group, (*sort).into());
        let run = &*run;
        let pages = Pages::new(Words::of(&arguments.language)?)?;
        for format in &arguments.format {
            match format {
                Format::Html => files.write("compare.html", &pages.comparison_html(run)?)?,
                Format::Md => files.write("compare.md", &pages.comparison_markdown(run)?)?,
                Format::Json => {
                    let document = Document::new(run, &run.jurisdictions);
                    files.write("compare.json", &document.to_json()?)?;
                }
                Format::Docx => files.write("compare.docx", &pages.comparison_docx(run)?)?,
                Format::Xlsx => files.write("compare.xlsx", &pages.comparison_xlsx(run)?)?,
                // Tables are written together, in every format asked for.
                _ => {}
            }
        }
        if arguments.wants_tables() {
            let mut matrix = Vec::new();
            tables::matrix(run, &mut matrix)?;
            files.tables("matrix", &matrix, &arguments.format)?;
            for (name, table) in pages.comparison_tables(run)? {
                files.tables(name, &table, &arguments.format)?;
            }
        }
        Ok(())
    })
}

fn execute(
    arguments: &RunArguments,
    shared: &SharedArguments,
    write: impl FnOnce(&mut Run<'_>, &mut Files<'_>) -> anyhow::Result<()>,
) -> anyhow::Result<Outcome> {
    let (mappings, annotator) = shared.load()?;
    let mut run = shared.assess(
        &arguments.corpus,
        &arguments.jurisdictions,
        &arguments.profile,
        arguments.date,
        (&mappings, &annotator),
    )?;
    run.add_reviews(&match &arguments.reviews {
        Some(file) => ReviewFile::open(file)?,
        None => ReviewFile::of_corpus(&arguments.corpus)?,
    });
    if !shared.quiet {
        warn(&run);
    }
    fs::create_dir_all(&arguments.output)
        .with_context(|| format!("cannot make the folder {}", arguments.output.display()))?;
    let mut files = Files {
        folder: &arguments.output,
        written: Vec::new(),
    };
    write(&mut run, &mut files)?;
    if let Some(revision) = &arguments.since {
        let changes = changes_since(arguments, revision, &mappings, &annotator)?;
        files.write("changes.md", &changes)?;
    }
    if arguments.wants_tables() {
        let (mut findings, mut evidence, mut acts) = (Vec::new(), Vec::new(), Vec::new());
        tables::findings(&run, &mut findings)?;
        tables::evidence(&run, &mut evidence)?;
        tables::acts(&run, &mut acts)?;
        files.tables("findings", &findings, &arguments.format)?;
        files.tables("evidence", &evidence, &arguments.format)?;
        files.tables("acts", &acts, &arguments.format)?;
        if let Some(versions) = tables::versions(&run)? {
            files.tables("versions", &versions, &arguments.format)?;
        }
    }
    // Nobody listening (a closed pipe) is no failure of ours.
    let _ = anstream::stdout().write_all(summary(&run, &files).as_bytes());
    Ok(Outcome::Done)
}

/// What changed since a revision, as Markdown.
fn changes_since(
    arguments: &RunArguments,
    revision: &str,
    mappings: &Mappings,
    annotator: &Annotator,
) -> anyhow::Result<String> {
    let codes = arguments.jurisdictions.iter();
    let selection: Vec<Jurisdiction> = codes.map(|code| Jurisdiction::new(code)).collect();
    let old = Side::Revision(revision.to_owned()).read(&arguments.corpus, &selection)?;
    let new = Side::Folder(arguments.corpus.clone()).read(&arguments.corpus, &selection)?;
    let (_, requirements, _) = select(mappings, &arguments.profile)?;
    Ok(to_markdown(&diff::compare(
        old,
        new,
        &requirements,
        mappings,
        annotator,
    )))
}

/// The folder for the results, and what was written to it.
struct Files<'a> {
    folder: &'a Path,
    written: Vec<String>,
}

impl Files<'_> {
    /// Writes a finished table of comma-separated values in the formats asked
    /// for that are tables.
    fn tables(&mut self, name: &str, table: &[u8], formats: &[Format]) -> anyhow::Result<()> {
        if formats.contains(&Format::Csv) {
            self.write(&format!("{name}.csv"), table)?;
        }
        #[cfg(feature = "parquet")]
        if formats.contains(&Format::Parquet) {
            let table = parquet::table(name, table)?;
            self.write(&format!("{name}.parquet"), &table)?;
        }
        Ok(())
    }

    fn write(&mut self, name: &str, text: &(impl AsRef<[u8]> + ?Sized)) -> anyhow::Result<()> {
        let path = self.folder.join(name);
        fs::write(&path, text).with_context(|| cannot_write(&path))?;
        self.written.push(name.to_owned());
        Ok(())
    }
}

fn cannot_write(path: &Path) -> String {
    format!("cannot write {}", path.display())
}

/// What looked wrong about the corpus, and every file that could not be read.
fn warn(run: &Run<'_>) {
    for warning in &run.warnings {
        anstream::eprintln!("warning: {warning}");
    }
    for unread in run.jurisdictions.iter().flat_map(|a| &a.law.unread) {
        let code = &unread.jurisdiction;
        anstream::eprintln!("not read: {code}/{}: {}", unread.file, unread.reason);
    }
}

/// Counts per jurisdiction, conflicts first, and where the results are.
fn summary(run: &Run<'_>, files: &Files<'_>) -> String {
    let width = run
        .jurisdictions
        .iter()
        .map(|assessed| assessed.law.jurisdiction.as_str().chars().count())
        .max()
        .unwrap_or_default();
    let mut lines: Vec<String> = run
        .jurisdictions
        .iter()
        .map(|assessed| {
            let code = assessed.law.jurisdiction.as_str();
            format!("{code:<width$}  {}\n", line(assessed))
        })
        .collect();
    let written = match files.written.as_slice() {
        [first, .., last] if files.written.len() > 12 => {
            let all = count(files.written.len(), "file");
            format!("{first} ... {last} ({all})")
        }
        all => all.join(", "),
    };
    lines.push(format!(
        "written to {}: {written}\n",
        files.folder.display()
    ));
    lines.concat()
}

fn line(assessed: &Assessed) -> String {
    let law = &assessed.law;
    let of = |verdict: Verdict| {
        assessed
            .findings
            .iter()
            .filter(|finding| finding.verdict == verdict)
            .count()
    };
    let mut counts: Vec<String> = [
        Verdict::Conflict,
        Verdict::NotFound,
        Verdict::Partial,
        Verdict::Full,
        Verdict::Undetermined,
    ]
    .into_iter()
    .map(|verdict| format!("{} {:>2}", verdict.name(), of(verdict)))
    .collect();
    let damaged = law
        .acts
        .iter()
        .filter(|a| a.act.problems.iter().any(|p| p.kind.hides_law()))
        .count();
    let problems = damaged + law.unread.len();
    if problems > 0 {
        let all = law.acts.len() + law.unread.len();
        counts.push(format!(
            "{problems} of {} with problems",
            count(all, "file")
        ));
    }
    counts.join("  ")
}
