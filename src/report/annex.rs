//! The annex of a page: what was read, what was not, and on which instruments.

use serde::Serialize;

use super::recommendation::{self, Bond};
use super::view::{RequirementLink, VerdictView, title};
use super::words::Words;
use super::{Assessed, Run};
use crate::assess::{Disagreement, JurisdictionLaw};
use crate::mappings::{Instrument, Mappings};

#[derive(Debug, Clone, Serialize)]
pub(crate) struct ActView {
    pub jurisdiction: String,
    pub title: String,
    pub file: String,
    pub identifier: String,
    /// Its tag.
    pub language: String,
    pub language_name: String,
    pub date: String,
    pub format: String,
    pub articles: usize,
    pub first: String,
    pub last: String,
    pub complete: bool,
    pub problems: Vec<ProblemView>,
    /// Remark on the same act in another file; empty where there is none.
    pub twin: String,
    pub sha256: String,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct ProblemView {
    pub name: &'static str,
    pub detail: String,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct UnreadView {
    pub jurisdiction: String,
    pub file: String,
    pub reason: String,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Remark {
    pub place: String,
    pub message: String,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct InstrumentView {
    pub code: String,
    pub title: String,
    pub nature: String,
    pub bond: Bond,
    pub bond_word: String,
    pub since: String,
    pub as_of: String,
    pub binding: bool,
}

/// The acts of one jurisdiction, as the table of texts lists them.
pub(crate) fn acts(words: &Words, law: &JurisdictionLaw) -> Vec<ActView> {
    law.acts
        .iter()
        .enumerate()
        .map(|(index, annotated)| {
            let act = &annotated.act;
            let (first, last) = act.first_and_last();
            // The smaller of two twins is the one that rules search.
            let twin = law
                .twins
                .iter()
                .find(|(_, second)| *second == index)
                .and_then(|(first, _)| law.acts.get(*first))
                .map(|twin| words.filled(&["texts", "twin"], &[("file", &twin.act.source.file)]))
                .unwrap_or_default();
            let format = if act.source.reader.is_empty() {
                act.source.format.clone()
            } else {
                words.filled(
                    &["texts", "reader"],
                    &[
                        ("format", &act.source.format),
                        ("reader", &act.source.reader),
                    ],
                )
            };
            ActView {
                jurisdiction: law.jurisdiction.to_string(),
                title: title(act),
                file: act.source.file.clone(),
                identifier: act.identifier.clone(),
                language: act.language.to_string(),
                language_name: words.language(act.language.as_str()).to_owned(),
                date: act.date.clone(),
                format,
                articles: act.articles().count(),
                first,
                last,
                complete: !act.problems.iter().any(|p| p.kind.hides_law()),
                problems: act
                    .problems
                    .iter()
                    .map(|problem| ProblemView {
                        name: problem.kind.name(),
                        detail: problem.detail.clone(),
                    })
                    .collect(),
                twin,
                sha256: act.text.sha256().to_owned(),
            }
        })
        .collect()
}

/// What could not be read in one jurisdiction: files that gave no act, then
/// acts that did not arrive whole, one line for each sign of it.
pub(crate) fn unread(law: &JurisdictionLaw) -> Vec<UnreadView> {
    let files = law.unread.iter().map(|unread| UnreadView {
        jurisdiction: law.jurisdiction.to_string(),
        file: unread.file.clone(),
        reason: unread.reason.clone(),
    });
    let damaged = law.acts.iter().flat_map(|annotated| {
        let act = &annotated.act;
        let problems = act.problems.iter().filter(|p| p.kind.hides_law());
        problems.map(|problem| UnreadView {
            jurisdiction: law.jurisdiction.to_string(),
            file: act.source.file.clone(),
            reason: problem.to_string(),
        })
    });
    files.chain(damaged).collect()
}

/// One requirement on which the language versions of the law disagree.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct DisagreementView {
    pub requirement: RequirementLink,
    pub verdict: VerdictView,
    pub provisions: Vec<String>,
    pub language_name: String,
    pub other_verdict: VerdictView,
    pub other_provisions: Vec<String>,
}

/// The requirements on which the language versions of one jurisdiction's law
/// disagree.
pub(crate) fn disagreements(run: &Run<'_>, assessed: &Assessed) -> Vec<Disagreement> {
    crate::assess::disagreements(
        &assessed.law,
        run.mappings,
        &run.requirements,
        &assessed.findings,
    )
}

impl DisagreementView {
    pub fn new(words: &Words, mappings: &Mappings, found: &Disagreement) -> Self {
        Self {
            requirement: RequirementLink::new(words, mappings, &found.requirement),
            verdict: VerdictView::new(words, found.verdict),
            provisions: found.provisions.clone(),
            language_name: words.language(&found.language).to_owned(),
            other_verdict: VerdictView::new(words, found.other_verdict),
            other_provisions: found.other_provisions.clone(),
        }
    }
}

/// The warnings of a run; for one jurisdiction, those that are not about the
/// folder of another.
pub(crate) fn warnings(run: &Run<'_>, only: Option<&JurisdictionLaw>) -> Vec<Remark> {
    run.warnings
        .iter()
        .filter(|warning| about(&warning.place, only))
        .map(|warning| Remark {
            place: warning.place.clone(),
            message: warning.message.clone(),
        })
        .collect()
}

/// Files left out by their name; for one jurisdiction, those of its folder.
pub(crate) fn skipped(run: &Run<'_>, only: Option<&JurisdictionLaw>) -> Vec<String> {
    run.skipped
        .iter()
        .filter(|file| about(file, only))
        .cloned()
        .collect()
}

fn about(place: &str, only: Option<&JurisdictionLaw>) -> bool {
    match (only, place.split_once('/')) {
        (Some(law), Some((folder, _))) => folder.eq_ignore_ascii_case(law.jurisdiction.as_str()),
        _ => true,
    }
}

/// The requirements of the profile that have no rules yet.
pub(crate) fn without_rules(words: &Words, run: &Run<'_>) -> Vec<RequirementLink> {
    run.without_rules
        .iter()
        .map(|id| RequirementLink::new(words, run.mappings, id))
        .collect()
}

/// The instruments that the run's requirements are drawn from, as they stand
/// to a State, those that bind it first; without a State only their nature.
pub(crate) fn instruments(
    words: &Words,
    run: &Run<'_>,
    law: Option<&JurisdictionLaw>,
) -> Vec<InstrumentView> {
    let tables = &run.mappings.tables;
    let cited = |code: &str| {
        run.requirements.iter().any(|requirement| {
            tables.entry(requirement.id.get_ref()).is_some_and(|entry| {
                entry
                    .sources
                    .split(';')
                    .any(|source| source.split_whitespace().next() == Some(code))
            })
        })
    };
    let mut known: Vec<(&String, &Instrument)> = tables
        .instruments
        .iter()
        .filter(|(code, _)| cited(code))
        .collect();
    let bond_of = |code: &str| match law {
        Some(law) => recommendation::bond(run.mappings, &law.jurisdiction, code, ""),
        None => Bond::Unknown,
    };
    known.sort_by_key(|(code, instrument)| (!instrument.binding, bond_of(code), *code));
    known
        .into_iter()
        .map(|(code, instrument)| {
            let ratification = law.and_then(|law| {
                tables.ratification(law.jurisdiction.as_str(), &instrument.ratifications)
            });
            InstrumentView {
                code: code.clone(),
                title: words.data(&instrument.title).to_owned(),
                nature: words.data(&instrument.nature).to_owned(),
                bond: bond_of(code),
                bond_word: words.get(&["bond", bond_of(code).name()]).to_owned(),
                since: ratification.map(|r| r.since.clone()).unwrap_or_default(),
                as_of: ratification.map(|r| r.as_of.clone()).unwrap_or_default(),
                binding: instrument.binding,
            }
        })
        .collect()
}
