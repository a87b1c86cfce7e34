//! The harmonisation report of one jurisdiction, ready for a template.

use serde::Serialize;

use super::annex::{self, ActView, DisagreementView, InstrumentView, Remark, UnreadView};
use super::finding_view::FindingView;
use super::view::{Counts, RequirementLink, StampView, VerdictView, theme};
use super::words::Words;
use super::{Assessed, Run};
use crate::assess::{Finding, Verdict};
use crate::mappings::Mappings;

#[derive(Debug, Clone, Serialize)]
pub(crate) struct JurisdictionPage {
    pub code: String,
    pub country: String,
    pub profile: String,
    pub stamp: StampView,
    /// How many acts and articles were read.
    pub texts: String,
    /// Earliest and latest version date; empty where no file is dated.
    pub versions: String,
    pub counts: Counts,
    /// Conflicts, then what was not found.
    pub attention: Vec<FindingView>,
    /// Undetermined findings, by reason.
    pub unanswered: Vec<Unanswered>,
    pub damaged: String,
    pub unread_note: String,
    pub instruments: Vec<InstrumentView>,
    pub reservations: Vec<Reserved>,
    pub groups: Vec<Group>,
    pub acts: Vec<ActView>,
    pub unread: Vec<UnreadView>,
    pub disagreements: Vec<DisagreementView>,
    pub warnings: Vec<Remark>,
    pub skipped: Vec<String>,
    pub without_rules: Vec<RequirementLink>,
    pub meanings: Vec<Meaning>,
    /// Whether the page belongs to a set with an overview.
    pub overview: bool,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Group {
    pub theme: String,
    pub findings: Vec<FindingView>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Unanswered {
    pub reason: String,
    pub requirements: Vec<RequirementLink>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Reserved {
    pub instrument: String,
    pub article: String,
    pub date: String,
    pub content: String,
    pub requirements: Vec<RequirementLink>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Meaning {
    pub verdict: VerdictView,
    pub meaning: String,
}

impl JurisdictionPage {
    /// The page of one jurisdiction of a run.
    pub fn new(words: &Words, run: &Run<'_>, assessed: &Assessed) -> Self {
        let disagreements = annex::disagreements(run, assessed)
            .iter()
            .map(|found| DisagreementView::new(words, run.mappings, found))
            .collect();
        let findings = assessed.findings.iter().collect();
        Self::of(
            words,
            run,
            assessed,
            disagreements,
            findings,
            FindingView::new,
        )
    }

    /// The same with some of the findings only, each shown as `view` makes it,
    /// and with what language versions disagree on, which takes another
    /// assessment to find out.
    pub fn of(
        words: &Words,
        run: &Run<'_>,
        assessed: &Assessed,
        disagreements: Vec<DisagreementView>,
        findings: Vec<&Finding>,
        view: fn(&Words, &Mappings, &Assessed, &Finding) -> FindingView,
    ) -> Self {
        let law = &assessed.law;
        let views: Vec<FindingView> = findings
            .iter()
            .map(|finding| view(words, run.mappings, assessed, finding))
            .collect();
        let of = |verdict: Verdict| {
            views
                .iter()
                .filter(move |view| view.verdict.name == verdict.name())
                .cloned()
        };
        let acts = annex::acts(words, law);
        let unread = annex::unread(law);
        let damaged = acts.iter().filter(|act| !act.complete).count();
        let articles = acts.iter().map(|act| act.articles).sum();
        Self {
            code: law.jurisdiction.to_string(),
            country: law.country.clone(),
            profile: words.data(&run.profile).to_owned(),
            stamp: StampView::from(&run.stamp),
            texts: format!(
                "{}, {}",
                words.counted("act", acts.len()),
                words.counted("article", articles)
            ),
            versions: versions(&acts),
            counts: Counts::new(words, findings.iter().map(|f| f.verdict)),
            attention: of(Verdict::Conflict).chain(of(Verdict::NotFound)).collect(),
            unanswered: unanswered(words, run, &findings),
            damaged: if damaged == 0 {
                String::new()
            } else {
                words.filled(
                    &["summary", "damaged"],
                    &[
                        ("damaged", &damaged.to_string()),
                        ("files", &words.counted("file", acts.len())),
                    ],
                )
            },
            unread_note: if law.unread.is_empty() {
                String::new()
            } else {
                words.filled(
                    &["summary", "unread"],
                    &[("files", &words.counted("file", law.unread.len()))],
                )
            },
            instruments: annex::instruments(words, run, Some(law)),
            reservations: reservations(words, run, assessed, &findings),
            groups: groups(words, run, views),
            acts,
            unread,
            disagreements,
            warnings: annex::warnings(run, Some(law)),
            skipped: annex::skipped(run, Some(law)),
            without_rules: annex::without_rules(words, run),
            meanings: meanings(words),
            overview: run.jurisdictions.len() > 1,
        }
    }
}

/// The verdicts with their meaning, for the method note.
pub(crate) fn meanings(words: &Words) -> Vec<Meaning> {
    Verdict::ALL
        .into_iter()
        .map(|verdict| Meaning {
            verdict: VerdictView::new(words, verdict),
            meaning: words
                .get(&["verdict", verdict.name(), "meaning"])
                .to_owned(),
        })
        .collect()
}

/// "2019-01-01 to 2024-06-30": dates are written year first.
fn versions(acts: &[ActView]) -> String {
    let dates = || {
        acts.iter()
            .map(|a| a.date.as_str())
            .filter(|d| !d.is_empty())
    };
    match (dates().min(), dates().max()) {
        (Some(first), Some(last)) if first == last => first.to_owned(),
        (Some(first), Some(last)) => format!("{first} – {last}"),
        _ => String::new(),
    }
}

/// Findings by theme, themes in the order of their first requirement.
fn groups(words: &Words, run: &Run<'_>, views: Vec<FindingView>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for view in views {
        let theme = theme(words, run.mappings, &view.id);
        match groups.iter_mut().find(|group| group.theme == theme) {
            Some(group) => group.findings.push(view),
            None => groups.push(Group {
                theme,
                findings: vec![view],
            }),
        }
    }
    groups
}

fn unanswered(words: &Words, run: &Run<'_>, findings: &[&Finding]) -> Vec<Unanswered> {
    let mut reasons: Vec<Unanswered> = Vec::new();
    for finding in findings {
        if finding.verdict != Verdict::Undetermined {
            continue;
        }
        let link = RequirementLink::new(words, run.mappings, &finding.requirement);
        let said = words.said(&finding.reason);
        match reasons.iter_mut().find(|r| r.reason == said) {
            Some(reason) => reason.requirements.push(link),
            None => reasons.push(Unanswered {
                reason: said,
                requirements: vec![link],
            }),
        }
    }
    reasons
}

/// Reservations of the State that touch a requirement of the report.
fn reservations(
    words: &Words,
    run: &Run<'_>,
    assessed: &Assessed,
    findings: &[&Finding],
) -> Vec<Reserved> {
    run.mappings
        .tables
        .reservations
        .iter()
        .filter(|r| r.jurisdiction == assessed.law.jurisdiction.as_str())
        .filter_map(|reservation| {
            let requirements: Vec<RequirementLink> = reservation
                .requirements
                .split(';')
                .map(str::trim)
                .filter(|id| findings.iter().any(|f| f.requirement == *id))
                .map(|id| RequirementLink::new(words, run.mappings, id))
                .collect();
            let instrument = run
                .mappings
                .tables
                .instruments
                .values()
                .find(|i| i.ratifications == reservation.instrument)
                .map_or_else(
                    || reservation.instrument.clone(),
                    |i| words.data(&i.title).to_owned(),
                );
            (!requirements.is_empty()).then(|| Reserved {
                instrument,
                article: reservation.article.clone(),
                date: reservation.date.clone(),
                content: words.data(&reservation.content).to_owned(),
                requirements,
            })
        })
        .collect()
}
