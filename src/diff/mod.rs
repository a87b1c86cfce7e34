//! What changed between two states of law texts: provisions added, removed,
//! changed and renumbered, and the findings that are gained, lost or changed.

mod findings;
mod markdown;
mod provisions;
mod side;

pub use findings::{FindingChange, compare_findings};
pub use markdown::to_markdown;
pub use provisions::{ActChange, ProvisionChange, compare_acts};
pub use side::{Side, SideError};

use serde::Serialize;

use crate::annotate::Annotator;
use crate::assess::{JurisdictionLaw, assess};
use crate::corpus::JurisdictionTexts;
use crate::law::Act;
use crate::mappings::{Mappings, Requirement};

/// What changed in one jurisdiction.
#[derive(Debug, Clone, Serialize)]
pub struct JurisdictionChange {
    /// Its code.
    pub jurisdiction: String,
    /// Name of the country.
    pub country: String,
    /// Acts with changes.
    pub acts: Vec<ActChange>,
    /// Findings with changes.
    pub findings: Vec<FindingChange>,
}

impl JurisdictionChange {
    /// Whether anything changed.
    pub fn is_empty(&self) -> bool {
        self.acts.is_empty() && self.findings.is_empty()
    }
}

/// Compares two states of a set of jurisdictions; those without changes are
/// left out.
pub fn compare(
    old: Vec<JurisdictionTexts>,
    new: Vec<JurisdictionTexts>,
    requirements: &[&Requirement],
    mappings: &Mappings,
    annotator: &Annotator,
) -> Vec<JurisdictionChange> {
    let mut codes: Vec<_> = old
        .iter()
        .chain(&new)
        .map(|t| t.jurisdiction.clone())
        .collect();
    codes.sort();
    codes.dedup();
    let (mut old, mut new) = (old, new);
    let mut changes = Vec::new();
    for code in codes {
        let take = |side: &mut Vec<JurisdictionTexts>| {
            let place = side.iter().position(|texts| texts.jurisdiction == code);
            place.map(|place| side.swap_remove(place))
        };
        let (before, after) = (take(&mut old), take(&mut new));
        let country = after
            .as_ref()
            .or(before.as_ref())
            .map_or(String::new(), |t| t.country.clone());
        let acts = {
            let none: &[Act] = &[];
            let own = |side: &Option<JurisdictionTexts>| -> Vec<Act> {
                side.as_ref().map_or(none, |texts| &texts.acts).to_vec()
            };
            compare_acts(&own(&before), &own(&after))
        };
        // The same texts give the same findings.
        let findings = if acts.is_empty() {
            Vec::new()
        } else {
            let law = |texts: Option<JurisdictionTexts>| {
                let law = annotate(texts, &code, &country, annotator);
                let findings = assess(&law, mappings, requirements);
                (law, findings)
            };
            compare_findings(&law(before).1, &law(after).1, mappings)
        };
        let change = JurisdictionChange {
            jurisdiction: code.to_string(),
            country,
            acts,
            findings,
        };
        if !change.is_empty() {
            changes.push(change);
        }
    }
    changes
}

fn annotate(
    texts: Option<JurisdictionTexts>,
    code: &crate::law::Jurisdiction,
    country: &str,
    annotator: &Annotator,
) -> JurisdictionLaw {
    let (acts, unread, twins) = texts.map_or_else(Default::default, |texts| {
        (texts.acts, texts.unread, texts.twins)
    });
    JurisdictionLaw {
        jurisdiction: code.clone(),
        country: country.to_owned(),
        acts: acts
            .into_iter()
            .map(|act| annotator.annotate(act))
            .collect(),
        unread,
        twins,
    }
}
