//! Findings of two states of the law.

use serde::Serialize;

use crate::assess::{Finding, Verdict};
use crate::mappings::Mappings;

/// A finding that is not what it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FindingChange {
    /// Requirement id.
    pub requirement: String,
    /// Its title.
    pub title: String,
    /// The verdict before.
    pub before: Verdict,
    /// The verdict now.
    pub after: Verdict,
    /// What was missing.
    pub missing_before: Vec<String>,
    /// What is missing.
    pub missing_after: Vec<String>,
    /// Where the deciding words stand now, or stood if nothing is found now.
    pub place: String,
    /// The deciding words.
    pub quote: String,
}

/// Pairs findings by requirement; those with the same verdict and the same
/// gaps are left out.
pub fn compare_findings(
    old: &[Finding],
    new: &[Finding],
    mappings: &Mappings,
) -> Vec<FindingChange> {
    new.iter()
        .filter_map(|after| {
            let before = old.iter().find(|f| f.requirement == after.requirement)?;
            if before.verdict == after.verdict && before.missing == after.missing {
                return None;
            }
            let shown = if after.evidence.is_empty() {
                before
            } else {
                after
            };
            let place = shown.evidence.first().map_or(String::new(), |e| {
                format!("{}#{}", e.place.file, e.place.locator)
            });
            let title = mappings
                .tables
                .entry(&after.requirement)
                .map_or_else(|| after.requirement.clone(), |entry| entry.title.clone());
            Some(FindingChange {
                requirement: after.requirement.clone(),
                title,
                before: before.verdict,
                after: after.verdict,
                missing_before: before.missing.clone(),
                missing_after: after.missing.clone(),
                place,
                quote: shown.quote().to_owned(),
            })
        })
        .collect()
}
