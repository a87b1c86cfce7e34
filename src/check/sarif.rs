//! Reports on bills in SARIF 2.1.0, which code-hosting sites show beside the
//! changed lines.

use serde_json::{Value, json};

use super::diagnostic::{BillReport, Diagnostic, Label, Severity};
use crate::ingest::Place;

/// All reports as one SARIF log. Lines and columns count from 1; columns count
/// UTF-16 units in SARIF by default, so the log says that they count characters.
///
/// # Errors
/// Never for reports made by this program.
pub fn to_sarif(reports: &[BillReport]) -> serde_json::Result<String> {
    let mut rules: Vec<&Diagnostic> = reports.iter().flat_map(|r| &r.diagnostics).collect();
    rules.sort_by(|a, b| a.code.cmp(&b.code));
    rules.dedup_by(|a, b| a.code == b.code);
    let rules: Vec<Value> = rules
        .iter()
        .map(|d| {
            let sources: Vec<&str> = d.sources.iter().map(|s| s.citation.as_str()).collect();
            json!({
                "id": d.code,
                "shortDescription": { "text": d.title },
                "help": { "text": if d.help.is_empty() { &d.title } else { &d.help } },
                "properties": { "sources": sources },
            })
        })
        .collect();
    let results: Vec<Value> = reports
        .iter()
        .flat_map(|report| report.diagnostics.iter().map(|d| result(report, d)))
        .collect();
    serde_json::to_string_pretty(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "concord",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

fn result(report: &BillReport, diagnostic: &Diagnostic) -> Value {
    let level = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let mut value = json!({
        "ruleId": diagnostic.code,
        "level": level,
        "message": { "text": diagnostic.message },
        "properties": { "missing": diagnostic.missing },
    });
    if let Some((first, rest)) = diagnostic.labels.split_first() {
        value["locations"] = json!([location(report, first)]);
        value["relatedLocations"] = rest.iter().map(|label| location(report, label)).collect();
    }
    value
}

fn location(report: &BillReport, label: &Label) -> Value {
    let uri = report.file.replace('\\', "/");
    let mut physical = json!({ "artifactLocation": { "uri": uri } });
    if let Some(place) = &label.place
        && let (
            Place::Line { line, column },
            Place::Line {
                line: end,
                column: end_column,
            },
        ) = (place.start, place.end)
    {
        physical["region"] = json!({
            "startLine": line, "startColumn": column,
            "endLine": end, "endColumn": end_column,
            "snippet": { "text": label.quote },
        });
    }
    json!({
        "physicalLocation": physical,
        "logicalLocations": [{ "fullyQualifiedName": format!("clause {}", label.clause) }],
        "message": { "text": label.text },
    })
}
