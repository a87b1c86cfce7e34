//! The three CSV tables that other tools may rely on, and the matrix of a
//! comparison.
//!
//! Spreadsheets take a cell that begins with `=`, `+`, `-` or `@` for a
//! formula. Cells made of free text that nobody compares byte for byte (titles,
//! countries, problems, reasons) are therefore guarded with an apostrophe. The
//! keys other tools join on (file, locator, ids) and the quotations stay as
//! they are: a quotation must equal its bytes of the canonical text. It begins
//! with a word, never with a sign, because evidence spans run from word to word.

use std::io::Write;

use super::Run;
use crate::assess::Finding;

/// Writes `findings.csv`.
///
/// # Errors
/// When the writer fails.
pub fn findings(run: &Run<'_>, out: impl Write) -> csv::Result<()> {
    findings_of(run.jurisdictions.iter().flat_map(|a| &a.findings), out)
}

/// Writes the lines of `findings.csv` for some findings.
///
/// # Errors
/// When the writer fails.
pub fn findings_of<'f>(
    findings: impl Iterator<Item = &'f Finding>,
    out: impl Write,
) -> csv::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record([
        "jurisdiction",
        "requirement",
        "verdict",
        "provisions",
        "missing",
        "coverage",
        "quote",
    ])?;
    for finding in findings {
        let provisions: Vec<String> = finding
            .provisions
            .iter()
            .map(|place| format!("{}#{}", place.file, place.locator))
            .collect();
        let coverage = if finding.reason.is_empty() {
            finding.coverage.clone()
        } else {
            format!("{}: {}", finding.coverage, finding.reason)
        };
        table.write_record([
            finding.jurisdiction.as_str(),
            &finding.requirement,
            finding.verdict.name(),
            &provisions.join(";"),
            &finding.missing.join(";"),
            &coverage,
            finding.quote(),
        ])?;
    }
    table.flush()?;
    Ok(())
}

/// Writes `evidence.csv`.
///
/// # Errors
/// When the writer fails.
pub fn evidence(run: &Run<'_>, out: impl Write) -> csv::Result<()> {
    evidence_of(run.jurisdictions.iter().flat_map(|a| &a.findings), out)
}

/// Writes the lines of `evidence.csv` for some findings.
///
/// # Errors
/// When the writer fails.
pub fn evidence_of<'f>(
    findings: impl Iterator<Item = &'f Finding>,
    out: impl Write,
) -> csv::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record([
        "jurisdiction",
        "requirement",
        "element",
        "role",
        "polarity",
        "file",
        "locator",
        "start",
        "end",
        "quote",
        "sha256",
    ])?;
    for finding in findings {
        for evidence in &finding.evidence {
            table.write_record([
                finding.jurisdiction.as_str(),
                &finding.requirement,
                &evidence.element,
                evidence.role.name(),
                evidence.polarity.name(),
                &evidence.place.file,
                &evidence.place.locator,
                &evidence.span.start.to_string(),
                &evidence.span.end.to_string(),
                &evidence.quote,
                &evidence.sha256,
            ])?;
        }
    }
    table.flush()?;
    Ok(())
}

/// Writes `acts.csv`. Files that gave no act are listed with the reason.
///
/// # Errors
/// When the writer fails.
pub fn acts(run: &Run<'_>, out: impl Write) -> csv::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record([
        "jurisdiction",
        "file",
        "title",
        "language",
        "format",
        "provisions",
        "first",
        "last",
        "complete",
        "problems",
    ])?;
    for assessed in &run.jurisdictions {
        let code = assessed.law.jurisdiction.as_str();
        for annotated in &assessed.law.acts {
            let act = &annotated.act;
            let (first, last) = act.first_and_last();
            let complete = !act.problems.iter().any(|problem| problem.kind.hides_law());
            let problems: Vec<String> = act.problems.iter().map(ToString::to_string).collect();
            table.write_record([
                code,
                &act.source.file,
                &unformulated(&act.title),
                act.language.as_str(),
                &act.source.format,
                &act.articles().count().to_string(),
                &first,
                &last,
                if complete { "yes" } else { "no" },
                &unformulated(&problems.join("; ")),
            ])?;
        }
        for unread in &assessed.law.unread {
            table.write_record([
                code,
                &unread.file,
                "",
                "",
                "",
                "0",
                "",
                "",
                "no",
                &format!("not read: {}", unread.reason),
            ])?;
        }
    }
    table.flush()?;
    Ok(())
}

/// The lines of `versions.csv`: the requirements on which the language
/// versions of a law disagree. None where no act is held in two languages.
///
/// # Errors
/// When a line cannot be written.
pub fn versions(run: &Run<'_>) -> csv::Result<Option<Vec<u8>>> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record([
        "jurisdiction",
        "requirement",
        "verdict",
        "provisions",
        "language",
        "other_verdict",
        "other_provisions",
    ])?;
    let mut any = false;
    for assessed in &run.jurisdictions {
        let found = crate::assess::disagreements(
            &assessed.law,
            run.mappings,
            &run.requirements,
            &assessed.findings,
        );
        for item in found {
            any = true;
            table.write_record([
                assessed.law.jurisdiction.as_str(),
                &item.requirement,
                item.verdict.name(),
                &item.provisions.join(";"),
                &item.language,
                item.other_verdict.name(),
                &item.other_provisions.join(";"),
            ])?;
        }
    }
    let lines = table
        .into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(any.then_some(lines))
}

/// Writes `matrix.csv`: one line per jurisdiction, one column per requirement.
///
/// # Errors
/// When the writer fails.
pub fn matrix(run: &Run<'_>, out: impl Write) -> csv::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    let ids = run.requirements.iter().map(|r| r.id.get_ref().clone());
    table.write_record(
        ["jurisdiction".to_owned(), "country".to_owned()]
            .into_iter()
            .chain(ids),
    )?;
    for assessed in &run.jurisdictions {
        let verdicts = assessed
            .findings
            .iter()
            .map(|f| f.verdict.name().to_owned());
        table.write_record(
            [
                assessed.law.jurisdiction.to_string(),
                unformulated(&assessed.law.country),
            ]
            .into_iter()
            .chain(verdicts),
        )?;
    }
    table.flush()?;
    Ok(())
}

/// A cell that no spreadsheet takes for a formula.
pub(crate) fn unformulated(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}
