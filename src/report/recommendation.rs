//! What follows from a finding: the verb the field uses, and the instrument
//! that carries it.

use serde::Serialize;

use crate::assess::{Finding, Verdict};
use crate::law::Jurisdiction;
use crate::mappings::Mappings;

/// How an instrument stands to a State.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bond {
    /// Binding, and the State is a party without a reservation on the point.
    Bound,
    /// Binding, but the State has made a reservation on the point.
    Reserved,
    /// Binding on parties; the State has signed and not ratified.
    Signed,
    /// Binding on parties; the State is none.
    NotParty,
    /// Binding on those it addresses; whether the State is among them is not recorded.
    Unknown,
    /// Guidance, model law, a treaty not yet in force: nobody is bound.
    Guidance,
}

impl Bond {
    /// All bonds.
    pub const ALL: [Bond; 6] = [
        Bond::Bound,
        Bond::Reserved,
        Bond::Signed,
        Bond::NotParty,
        Bond::Unknown,
        Bond::Guidance,
    ];

    /// The name in data and in the message catalogue.
    pub fn name(self) -> &'static str {
        match self {
            Bond::Bound => "bound",
            Bond::Reserved => "reserved",
            Bond::Signed => "signed",
            Bond::NotParty => "not-party",
            Bond::Unknown => "unknown",
            Bond::Guidance => "guidance",
        }
    }
}

/// One provision of an instrument that a requirement is drawn from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Source {
    /// Code of the instrument (`LANZ`).
    pub code: String,
    /// The provision with its instrument, as the catalogue cites it.
    pub citation: String,
    /// How the instrument stands to the State.
    pub bond: Bond,
}

/// The verbs of recommendations, strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verb {
    /// An instrument that binds the State, without reservation, is not met.
    Requires,
    /// The instrument is binding on its parties, but the State is not known
    /// to be one.
    Requests,
    /// Only guidance asks it, or the State has excluded it by reservation.
    Invites,
}

impl Verb {
    /// The name in data and in the message catalogue.
    pub fn name(self) -> &'static str {
        match self {
            Verb::Requires => "requires",
            Verb::Requests => "requests",
            Verb::Invites => "invites",
        }
    }
}

/// A recommendation with its grounds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recommendation {
    /// How strongly.
    pub verb: Verb,
    /// The citations that carry the verb.
    pub grounds: Vec<String>,
}

/// The instrument provisions behind a requirement, as they stand to a State.
pub fn sources(mappings: &Mappings, jurisdiction: &Jurisdiction, requirement: &str) -> Vec<Source> {
    let Some(entry) = mappings.tables.entry(requirement) else {
        return Vec::new();
    };
    entry
        .sources
        .split(';')
        .map(str::trim)
        .filter(|citation| !citation.is_empty())
        .map(|citation| {
            let code = citation.split_whitespace().next().unwrap_or_default();
            Source {
                code: code.to_owned(),
                citation: citation.to_owned(),
                bond: bond(mappings, jurisdiction, code, requirement),
            }
        })
        .collect()
}

/// How an instrument stands to a State on one requirement. With an empty
/// requirement no reservation is looked for.
pub fn bond(
    mappings: &Mappings,
    jurisdiction: &Jurisdiction,
    code: &str,
    requirement: &str,
) -> Bond {
    let tables = &mappings.tables;
    let Some(instrument) = tables.instruments.get(code) else {
        return Bond::Unknown;
    };
    if !instrument.binding {
        return Bond::Guidance;
    }
    let reserved = !instrument.ratifications.is_empty()
        && tables.reservations.iter().any(|reservation| {
            reservation.jurisdiction == jurisdiction.as_str()
                && reservation.instrument == instrument.ratifications
                && reservation
                    .requirements
                    .split(';')
                    .any(|id| id.trim() == requirement)
        });
    let status = tables
        .ratification(jurisdiction.as_str(), &instrument.ratifications)
        .map_or("", |ratification| ratification.status.as_str());
    match status {
        _ if reserved => Bond::Reserved,
        "party" => Bond::Bound,
        "signed" => Bond::Signed,
        "not-party" => Bond::NotParty,
        _ => Bond::Unknown,
    }
}

/// What the field would say of a finding; nothing where the requirement is
/// met, is not asked, or cannot be judged on the texts held.
pub fn recommend(verdict: Verdict, sources: &[Source]) -> Option<Recommendation> {
    let gap = matches!(
        verdict,
        Verdict::Conflict | Verdict::NotFound | Verdict::Partial
    );
    if !gap {
        return None;
    }
    let verb_of = |source: &Source| match source.bond {
        Bond::Bound => Verb::Requires,
        Bond::Signed | Bond::NotParty | Bond::Unknown => Verb::Requests,
        Bond::Reserved | Bond::Guidance => Verb::Invites,
    };
    let verb = sources.iter().map(verb_of).min()?;
    let grounds = sources
        .iter()
        .filter(|source| verb_of(source) == verb)
        .map(|source| source.citation.clone())
        .collect();
    Some(Recommendation { verb, grounds })
}

/// The recommendation for a finding.
pub fn of_finding(mappings: &Mappings, finding: &Finding) -> Option<Recommendation> {
    let sources = sources(mappings, &finding.jurisdiction, &finding.requirement);
    recommend(finding.verdict, &sources)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(citation: &str, bond: Bond) -> Source {
        Source {
            code: citation.split(' ').next().unwrap().to_owned(),
            citation: citation.to_owned(),
            bond,
        }
    }

    #[test]
    fn the_strongest_instrument_decides_the_verb() {
        let bound = source("LANZ 20", Bond::Bound);
        let unknown = source("EUD 5", Bond::Unknown);
        let reserved = source("OPSC 3", Bond::Reserved);
        let guidance = source("ICMEC C4", Bond::Guidance);
        let verb = |sources: &[&Source]| {
            let sources: Vec<Source> = sources.iter().map(|s| (*s).clone()).collect();
            recommend(Verdict::Partial, &sources).map(|r| (r.verb, r.grounds))
        };
        assert_eq!(
            verb(&[&guidance, &unknown, &bound]),
            Some((Verb::Requires, vec!["LANZ 20".to_owned()]))
        );
        assert_eq!(
            verb(&[&guidance, &unknown]),
            Some((Verb::Requests, vec!["EUD 5".to_owned()]))
        );
        assert_eq!(
            verb(&[&reserved, &guidance]),
            Some((
                Verb::Invites,
                vec!["OPSC 3".to_owned(), "ICMEC C4".to_owned()]
            ))
        );
        assert_eq!(verb(&[]), None);
        for verdict in [Verdict::Full, Verdict::Undetermined, Verdict::NotApplicable] {
            assert_eq!(recommend(verdict, std::slice::from_ref(&bound)), None);
        }
    }

    #[test]
    fn a_reservation_takes_the_obligation_away_on_its_point_only() {
        let mappings = Mappings::embedded().unwrap();
        let germany = Jurisdiction::new("de");
        assert_eq!(
            bond(&mappings, &germany, "LANZ", "csam-virtual-realistic"),
            Bond::Reserved
        );
        assert_eq!(
            bond(&mappings, &germany, "LANZ", "csam-possess"),
            Bond::Bound
        );
        assert_eq!(
            bond(&mappings, &germany, "ICMEC", "csam-possess"),
            Bond::Guidance
        );
        // An older state of a law is no party to anything.
        assert_eq!(
            bond(
                &mappings,
                &Jurisdiction::new("ar-1984"),
                "OPSC",
                "csam-possess"
            ),
            Bond::Unknown
        );
    }
}
