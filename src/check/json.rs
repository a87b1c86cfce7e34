//! Reports on bills for programs.

use serde::Serialize;

use super::diagnostic::BillReport;

/// Name of the format; a new one when a field changes its meaning.
pub const SCHEMA: &str = "concord-check/1";

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    bills: &'a [BillReport],
}

/// All reports as one JSON document.
///
/// # Errors
/// Never for reports made by this program.
pub fn to_json(reports: &[BillReport]) -> serde_json::Result<String> {
    serde_json::to_string_pretty(&Document {
        schema: SCHEMA,
        bills: reports,
    })
}
