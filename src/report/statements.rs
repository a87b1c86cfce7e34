//! What the law says on the way to a finding, beside the words that decide:
//! ages, penalties, and definitions in other articles.

use std::collections::HashSet;

use serde::Serialize;

use super::penalties;
use super::view::{direction, title};
use super::words::Words;
use crate::annotate::{AgeClass, AgeMention, AnnotatedAct, Penalty};
use crate::assess::{Evidence, Finding, JurisdictionLaw, Polarity};
use crate::law::{Act, ProvisionId, Span};
use crate::mappings::{ElementKind, Gate, Mappings, Requirement};

/// The concept of a penalty clause.
const PENALTY: &str = "penalty";
/// Most penalty clauses listed with one finding.
const MOST_PENALTIES: usize = 6;
/// Most characters of a penalty clause after its first word.
const LENGTH: usize = 220;

/// An age that the words behind a finding state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AgeStatement {
    /// Its act, by place in the jurisdiction's list.
    pub act: usize,
    pub class: AgeClass,
    pub span: Span,
    /// The element that the words show.
    pub element: String,
    pub polarity: Polarity,
}

/// The ages in the words quoted for a finding, each once, in the order of the
/// evidence.
pub(crate) fn ages(law: &JurisdictionLaw, finding: &Finding) -> Vec<AgeStatement> {
    let mut found: Vec<AgeStatement> = Vec::new();
    for evidence in &finding.evidence {
        let Some(annotated) = law.acts.get(evidence.place.act) else {
            continue;
        };
        for age in ages_at(annotated, evidence.span) {
            let known = found
                .iter()
                .any(|other| other.act == evidence.place.act && other.span == age.span);
            if !known {
                found.push(AgeStatement {
                    act: evidence.place.act,
                    class: age.class,
                    span: age.span,
                    element: evidence.element.clone(),
                    polarity: evidence.polarity,
                });
            }
        }
    }
    found
}

fn ages_at(annotated: &AnnotatedAct, span: Span) -> impl Iterator<Item = &AgeMention> {
    let from = annotated
        .ages
        .partition_point(|age| age.span.end <= span.start);
    annotated
        .ages
        .get(from..)
        .unwrap_or_default()
        .iter()
        .take_while(move |age| age.span.start < span.end)
}

/// One row of a table of ages, penalties or definitions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct StatementView {
    /// What is stated: an age class, the defined element, a penalty as far as
    /// it can be read.
    pub what: String,
    pub act: String,
    pub file: String,
    pub locator: String,
    /// Cut from the canonical text.
    pub words: String,
    pub start: usize,
    pub end: usize,
    pub language: String,
    pub direction: &'static str,
}

impl StatementView {
    fn new(what: String, act: &Act, span: Span) -> Self {
        Self {
            what,
            act: title(act),
            file: act.source.file.clone(),
            locator: act.locator(act.innermost_at(span.start)).to_string(),
            words: act.quote(span).to_owned(),
            start: span.start,
            end: span.end,
            language: act.language.as_str().to_owned(),
            direction: direction(act.language.as_str()),
        }
    }
}

/// "under 18", in the reader's language.
pub(crate) fn class_words(words: &Words, class: AgeClass) -> String {
    let (key, n, m) = match class {
        AgeClass::Under(n) => ("under", n, 0),
        AgeClass::AtMost(n) => ("at-most", n, 0),
        AgeClass::AtLeast(n) => ("at-least", n, 0),
        AgeClass::Over(n) => ("over", n, 0),
        AgeClass::Between(n, m) => ("between", n, m),
    };
    words.filled(
        &["age", key],
        &[("n", &n.to_string()), ("m", &m.to_string())],
    )
}

/// The table of ages of one finding.
pub(crate) fn age_views(
    words: &Words,
    law: &JurisdictionLaw,
    finding: &Finding,
) -> Vec<StatementView> {
    ages(law, finding)
        .into_iter()
        .filter_map(|age| {
            let act = &law.acts.get(age.act)?.act;
            Some(StatementView::new(
                class_words(words, age.class),
                act,
                age.span,
            ))
        })
        .collect()
}

/// A penalty clause behind a finding.
#[derive(Debug)]
pub(crate) struct PenaltyStatement<'l> {
    pub act: &'l Act,
    /// From the first word of a penalty on, as far as is readable.
    pub span: Span,
    /// What its sentence threatens; none where nothing could be read.
    pub penalty: Option<&'l Penalty>,
    /// It stands in the very sentence of the most decisive words.
    pub leading: bool,
}

/// The penalty clauses of a finding as a table.
pub(crate) fn penalty_views(
    words: &Words,
    mappings: &Mappings,
    law: &JurisdictionLaw,
    finding: &Finding,
) -> Vec<StatementView> {
    penalties(mappings, law, finding)
        .into_iter()
        .map(|clause| {
            let read = clause.penalty.map(|read| penalties::summary(words, read));
            StatementView::new(read.unwrap_or_default(), clause.act, clause.span)
        })
        .collect()
}

/// The penalty clauses in the articles of the deciding words; nothing for
/// requirements that ask for no penalty.
pub(crate) fn penalties<'l>(
    mappings: &Mappings,
    law: &'l JurisdictionLaw,
    finding: &Finding,
) -> Vec<PenaltyStatement<'l>> {
    let asks = mappings
        .requirement(&finding.requirement)
        .is_some_and(penal);
    let Some(penalty) = mappings.concepts.id(PENALTY).filter(|_| asks) else {
        return Vec::new();
    };
    let mut seen: HashSet<(usize, usize)> = HashSet::new();
    let mut views = Vec::new();
    for (rank, evidence) in deciding(mappings, law, finding).into_iter().enumerate() {
        let Some(annotated) = law.acts.get(evidence.place.act) else {
            continue;
        };
        let act = &annotated.act;
        let sentence_at = |offset: usize| {
            annotated
                .sentences
                .partition_point(|sentence| sentence.span.end <= offset)
        };
        let own = sentence_at(evidence.span.start);
        let Some(article) = act.article_of(evidence.place.provision) else {
            continue;
        };
        let clauses: Vec<(usize, Span)> = annotated
            .mentions_at(act.provision(article).span)
            .iter()
            .filter(|mention| mention.concept == penalty)
            .map(|mention| (sentence_at(mention.span.start), mention.span))
            .collect();
        // The clause of the same sentence, else those of the article.
        let same = clauses.iter().any(|(sentence, _)| *sentence == own);
        for (number, span) in clauses {
            let other = same && number != own;
            if other || views.len() >= MOST_PENALTIES || !seen.insert((evidence.place.act, number))
            {
                continue;
            }
            let end = annotated
                .sentences
                .get(number)
                .map_or(span.end, |sentence| sentence.span.end);
            views.push(PenaltyStatement {
                act,
                span: clause(act, span, end),
                penalty: annotated.penalty_at(span.start),
                leading: rank == 0 && same,
            });
        }
    }
    views
}

/// From a penalty word to the end of its sentence, or as far as is readable.
fn clause(act: &Act, penalty: Span, end: usize) -> Span {
    let end = end.max(penalty.end);
    let rest = act.quote(Span::new(penalty.end, end));
    let cut = match rest.char_indices().nth(LENGTH) {
        Some((at, _)) => rest
            .get(..at)
            .unwrap_or_default()
            .rfind(char::is_whitespace)
            .unwrap_or(at),
        None => rest.len(),
    };
    let kept = rest.get(..cut).unwrap_or_default().trim_end();
    Span::new(penalty.start, penalty.end + kept.len())
}

fn penal(requirement: &Requirement) -> bool {
    let gated = requirement
        .ways
        .iter()
        .any(|way| way.gates.contains(&Gate::Penal));
    gated
        || requirement
            .elements
            .iter()
            .any(|element| element.kind == ElementKind::Sanction)
}

/// Whether an element is about age, which definitions elsewhere may decide.
fn is_age(requirement: &Requirement, name: &str) -> bool {
    requirement.elements.iter().any(|element| {
        element.name.get_ref() == name
            && element.test.as_ref().is_some_and(|t| t.age_floor.is_some())
    })
}

/// The articles whose words do more than define a term.
fn own_articles(
    requirement: &Requirement,
    law: &JurisdictionLaw,
    finding: &Finding,
) -> HashSet<(usize, Option<ProvisionId>)> {
    finding
        .evidence
        .iter()
        .enumerate()
        .filter(|(index, evidence)| *index == 0 || !is_age(requirement, &evidence.element))
        .map(|(_, evidence)| article(law, evidence))
        .collect()
}

fn article(law: &JurisdictionLaw, evidence: &Evidence) -> (usize, Option<ProvisionId>) {
    let act = law.acts.get(evidence.place.act);
    (
        evidence.place.act,
        act.and_then(|a| a.act.article_of(evidence.place.provision)),
    )
}

fn deciding<'f>(
    mappings: &Mappings,
    law: &JurisdictionLaw,
    finding: &'f Finding,
) -> Vec<&'f Evidence> {
    let Some(requirement) = mappings.requirement(&finding.requirement) else {
        return Vec::new();
    };
    let own = own_articles(requirement, law, finding);
    finding
        .evidence
        .iter()
        .filter(|evidence| own.contains(&article(law, evidence)))
        .collect()
}

/// The definitions in other articles that a finding rests on: the offence uses
/// a word, and another article says whom it means.
pub(crate) fn definition_views(
    words: &Words,
    mappings: &Mappings,
    law: &JurisdictionLaw,
    finding: &Finding,
) -> Vec<StatementView> {
    let Some(requirement) = mappings.requirement(&finding.requirement) else {
        return Vec::new();
    };
    let own = own_articles(requirement, law, finding);
    let mut views: Vec<StatementView> = Vec::new();
    for evidence in &finding.evidence {
        let elsewhere =
            is_age(requirement, &evidence.element) && !own.contains(&article(law, evidence));
        let Some(annotated) = law.acts.get(evidence.place.act).filter(|_| elsewhere) else {
            continue;
        };
        let view = StatementView::new(words.name(&evidence.element), &annotated.act, evidence.span);
        if !views.contains(&view) {
            views.push(view);
        }
    }
    views
}
