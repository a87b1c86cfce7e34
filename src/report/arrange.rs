//! In which order and in which groups a comparison shows jurisdictions.

use std::cmp::Reverse;

use super::recommendation::{self, Bond};
use super::words::Words;
use super::{Assessed, Run};
use crate::assess::Verdict;
use crate::mappings::Mappings;

/// What jurisdictions are grouped by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum GroupBy {
    /// Not at all.
    #[default]
    Nothing,
    /// Region of the world.
    Region,
    /// Family of law.
    LegalFamily,
    /// How they stand to an instrument, by its code.
    Instrument(String),
}

/// No such grouping.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "cannot group by `{asked}`; use region, family, or an instrument with recorded ratifications: {known}"
)]
pub struct UnknownGroup {
    asked: String,
    known: String,
}

impl GroupBy {
    /// `region`, `family`, or an instrument by its code or its name in the
    /// table of ratifications.
    ///
    /// # Errors
    /// When nothing has that name.
    pub fn named(name: &str, mappings: &Mappings) -> Result<Self, UnknownGroup> {
        let name = name.to_lowercase();
        let recorded = || {
            mappings
                .tables
                .instruments
                .iter()
                .filter(|(_, instrument)| !instrument.ratifications.is_empty())
        };
        match name.as_str() {
            "region" => return Ok(GroupBy::Region),
            "family" | "legal-family" => return Ok(GroupBy::LegalFamily),
            _ => {}
        }
        recorded()
            .find(|(code, instrument)| {
                code.to_lowercase() == name || instrument.ratifications == name
            })
            .map(|(code, _)| GroupBy::Instrument(code.clone()))
            .ok_or_else(|| UnknownGroup {
                asked: name,
                known: recorded()
                    .map(|(_, instrument)| instrument.ratifications.as_str())
                    .collect::<Vec<_>>()
                    .join(", "),
            })
    }
}

/// What orders jurisdictions within a group.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SortBy {
    /// Their code.
    #[default]
    Code,
    /// Their country's name.
    Country,
    /// Conflicts, then what was not found, most first.
    Gaps,
}

/// What orders a jurisdiction: the place and name of its group, then what is
/// asked for, then its code.
type Key = (
    usize,
    String,
    (Reverse<usize>, Reverse<usize>, String),
    String,
);

fn key(group: &GroupBy, sort: SortBy, mappings: &Mappings, assessed: &Assessed) -> Key {
    let gaps = |verdict: Verdict| {
        let findings = assessed.findings.iter();
        findings.filter(|f| f.verdict == verdict).count()
    };
    let (rank, name) = rank(group, mappings, assessed);
    let place = match sort {
        SortBy::Code => (Reverse(0), Reverse(0), String::new()),
        SortBy::Country => (Reverse(0), Reverse(0), assessed.law.country.clone()),
        SortBy::Gaps => (
            Reverse(gaps(Verdict::Conflict)),
            Reverse(gaps(Verdict::NotFound)),
            String::new(),
        ),
    };
    (rank, name, place, assessed.law.jurisdiction.to_string())
}

/// The jurisdictions of a run in groups and in order, each with the name of
/// its group, without touching the run.
#[cfg(feature = "serve")]
pub(crate) fn arranged<'r>(
    words: &Words,
    run: &'r Run<'_>,
    group: &GroupBy,
    sort: SortBy,
) -> Vec<(String, &'r Assessed)> {
    let mut all: Vec<&Assessed> = run.jurisdictions.iter().collect();
    all.sort_by_cached_key(|assessed| key(group, sort, run.mappings, assessed));
    all.into_iter()
        .map(|assessed| (named_group(words, run.mappings, group, assessed), assessed))
        .collect()
}

impl Run<'_> {
    /// Puts the jurisdictions into groups and in order. Only the order of
    /// tables changes.
    pub fn arrange(&mut self, group: GroupBy, sort: SortBy) {
        let mappings = self.mappings;
        self.jurisdictions
            .sort_by_cached_key(|assessed| key(&group, sort, mappings, assessed));
        self.group = group;
    }
}

/// Where a jurisdiction's group stands, and the group's name in the tables.
fn rank(group: &GroupBy, mappings: &Mappings, assessed: &Assessed) -> (usize, String) {
    let code = assessed.law.jurisdiction.as_str();
    let entry = mappings.tables.jurisdiction(code);
    let named = |name: Option<&String>| match name {
        Some(name) => (0, name.clone()),
        None => (1, String::new()),
    };
    match group {
        GroupBy::Nothing => (0, String::new()),
        GroupBy::Region => named(entry.map(|entry| &entry.region)),
        GroupBy::LegalFamily => named(entry.map(|entry| &entry.legal_family)),
        GroupBy::Instrument(instrument) => {
            let bond = recommendation::bond(mappings, &assessed.law.jurisdiction, instrument, "");
            let place = Bond::ALL.iter().position(|known| *known == bond);
            (place.unwrap_or_default(), bond.name().to_owned())
        }
    }
}

/// The name of a jurisdiction's group for readers; empty without groups.
pub(super) fn group_name(words: &Words, run: &Run<'_>, assessed: &Assessed) -> String {
    named_group(words, run.mappings, &run.group, assessed)
}

fn named_group(words: &Words, mappings: &Mappings, group: &GroupBy, assessed: &Assessed) -> String {
    let (_, name) = rank(group, mappings, assessed);
    match group {
        GroupBy::Nothing => String::new(),
        GroupBy::Instrument(code) => format!("{code}: {}", words.get(&["bond", &name])),
        _ if name.is_empty() => words.get(&["matrix", "ungrouped"]).to_owned(),
        _ => words.data(&name).to_owned(),
    }
}
