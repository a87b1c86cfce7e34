//! The three CSV tables that other tools may rely on.

use std::io::Write;

use super::Run;

/// Writes `findings.csv`.
///
/// # Errors
/// When the writer fails.
pub fn findings(run: &Run<'_>, out: impl Write) -> csv::Result<()> {
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
    for finding in run.jurisdictions.iter().flat_map(|a| &a.findings) {
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
    for finding in run.jurisdictions.iter().flat_map(|a| &a.findings) {
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
                &act.title,
                act.language.as_str(),
                &act.source.format,
                &act.articles().count().to_string(),
                &first,
                &last,
                if complete { "yes" } else { "no" },
                &problems.join("; "),
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
