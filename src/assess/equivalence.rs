//! Offline offences and their online forms, pair by pair (catalogue 4).

use std::collections::BTreeMap;

use super::clause;
use super::context::Context;
use super::finding::{Evidence, Finding, MediumClass, PairResult, Polarity, ProvisionRef, Verdict};
use super::verdict::Draft;
use crate::law::Span;
use crate::mappings::{ConceptId, Pair, Role};

/// So many provisions on the material's electronic form lead the finding.
const REACH_PROVISIONS: usize = 2;
/// Bytes from an offence to its words on the medium that are still quoted whole.
const QUOTED_WHOLE: usize = 300;

/// Judges every pair from the findings of its requirements, then the whole.
pub(super) fn assess(draft: &Draft<'_>, findings: &BTreeMap<String, Finding>) -> Finding {
    let context = draft.context;
    let clause = clause::candidates(context, draft.requirement);
    let general = clause.first();
    let (pairs, shown): (Vec<PairResult>, Vec<Option<Evidence>>) = context
        .mappings
        .tables
        .pairs
        .iter()
        .map(|(code, pair)| judge(context, code, pair, general.is_some(), findings))
        .unzip();
    // Pairs that are only reported decide nothing and lead no reader to a gap.
    let (deciding, shown): (Vec<&PairResult>, Vec<Option<Evidence>>) = pairs
        .iter()
        .zip(shown)
        .filter(|(pair, _)| decides(context, &pair.pair))
        .unzip();
    let assessed: Vec<&PairResult> = deciding
        .iter()
        .copied()
        .filter(|pair| pair.class != MediumClass::Unknown)
        .collect();
    let reached = assessed.iter().filter(|pair| pair.class.reached()).count();
    let lost = assessed
        .iter()
        .filter(|pair| matches!(pair.class, MediumClass::D | MediumClass::Absent))
        .count();
    let verdict = if assessed.is_empty() {
        Verdict::Undetermined
    } else if general.is_some() || reached == assessed.len() && assessed.len() >= 12 {
        Verdict::Full
    } else if reached == 0 || lost > 5 {
        Verdict::NotFound
    } else {
        Verdict::Partial
    };
    let mut finding = draft.finding(verdict);
    if verdict == Verdict::Undetermined {
        finding.reason = if draft.coverage.held {
            "none of the offence pairs could be decided".into()
        } else {
            draft.coverage.reason.clone()
        };
    }
    if let Some(candidate) = general {
        draft.add_evidence(&mut finding, &candidate.evidence, true);
    } else if verdict != Verdict::Undetermined {
        finding.missing = deciding
            .iter()
            .filter(|pair| !pair.class.reached())
            .map(|pair| format!("{} {}", pair.pair, pair.class.name()))
            .collect();
        if verdict == Verdict::Partial {
            // The offence whose online form laws spell out in words of its own.
            let online = findings.get("groom-online-no-meeting");
            if let Some(place) = online.and_then(|found| found.provisions.first()) {
                draft.add_provision(&mut finding, place);
            }
            // What makes the offences on the material reach electronic form.
            if let Some(reach) = findings.get("csam-ict-means") {
                for place in reach.provisions.iter().take(REACH_PROVISIONS) {
                    draft.add_provision(&mut finding, place);
                }
            }
            let shown: Vec<Evidence> = shown.into_iter().flatten().collect();
            draft.add_evidence(&mut finding, &shown, true);
            // Offences that belong to a pair and decide nothing.
            let pairs = context.mappings.tables.pairs.values();
            for place in pairs
                .flat_map(|pair| &pair.beside)
                .filter_map(|id| findings.get(id)?.provisions.first())
            {
                draft.add_provision(&mut finding, place);
            }
        }
    }
    finding.pairs = pairs;
    finding
}

/// Whether a pair counts for the verdict, and is not only reported.
fn decides(context: &Context<'_>, code: &str) -> bool {
    let pair = context.mappings.tables.pairs.get(code);
    pair.is_some_and(|pair| !pair.requirements.is_empty())
}

/// The class of one pair, the best among the provisions that show the offence,
/// and the words that reach online conduct.
fn judge(
    context: &Context<'_>,
    code: &str,
    pair: &Pair,
    general: bool,
    findings: &BTreeMap<String, Finding>,
) -> (PairResult, Option<Evidence>) {
    let mut shown = None;
    let mut best = PairResult {
        pair: code.to_owned(),
        class: MediumClass::Unknown,
        provision: None,
        words: String::new(),
    };
    let named = pair.requirements.iter().chain(&pair.beside);
    for finding in named.filter_map(|id| findings.get(id)) {
        match finding.verdict {
            Verdict::Undetermined | Verdict::NotApplicable => {}
            Verdict::NotFound => {
                if best.class == MediumClass::Unknown && !pair.in_part {
                    best.class = MediumClass::Absent;
                }
            }
            Verdict::Full | Verdict::Partial | Verdict::Conflict => {
                let anchors = finding
                    .evidence
                    .iter()
                    .filter(|e| e.role == Role::Core && e.polarity == Polarity::Supports);
                for anchor in anchors {
                    let (class, words) = if general {
                        (MediumClass::C, None)
                    } else {
                        class_at(context, &anchor.place, anchor.span, pair.remote)
                    };
                    if rank(class) >= rank(best.class) {
                        continue;
                    }
                    let act = anchor.place.act;
                    best.class = class;
                    best.words = words
                        .map(|words| context.law.acts[act].act.quote(words).to_owned())
                        .unwrap_or_default();
                    best.provision = Some(anchor.place.clone());
                    shown = class.reached().then(|| {
                        let whole = words.map(|words| words.cover(anchor.span));
                        let span = whole
                            .filter(|whole| whole.len() <= anchor.span.len() + QUOTED_WHOLE)
                            .or(words)
                            .unwrap_or(anchor.span);
                        clause::evidence(
                            context,
                            act,
                            &format!("{code} {}", class.name()),
                            Role::Core,
                            Polarity::Supports,
                            span,
                        )
                    });
                }
            }
        }
    }
    (best, shown)
}

/// Better classes first; nothing is better than an excluded offence only when
/// no offence is there at all.
fn rank(class: MediumClass) -> u8 {
    match class {
        MediumClass::C => 0,
        MediumClass::B => 1,
        MediumClass::A => 2,
        MediumClass::ADoubtful => 3,
        MediumClass::D => 4,
        MediumClass::Absent => 5,
        MediumClass::Unknown => 6,
    }
}

/// The class that the words of a sentence give (catalogue 4.2).
fn class_at(
    context: &Context<'_>,
    place: &ProvisionRef,
    span: Span,
    remote: bool,
) -> (MediumClass, Option<Span>) {
    let annotated = &context.law.acts[place.act];
    let index = annotated
        .sentences
        .partition_point(|sentence| sentence.span.start <= span.start);
    let Some(sentence) = index
        .checked_sub(1)
        .and_then(|i| annotated.sentences.get(i))
    else {
        return (MediumClass::ADoubtful, None);
    };
    let mentions = annotated.mentions_in(sentence.tokens);
    let words = |concept: Option<ConceptId>| {
        mentions
            .iter()
            .find(|m| Some(m.concept) == concept)
            .map(|m| m.span)
    };
    let known = context.known;
    if let Some(words) = words(known.any_means) {
        (MediumClass::A, Some(words))
    } else if let Some(words) = words(known.ict) {
        (MediumClass::B, Some(words))
    } else if let Some(words) = words(known.carrier) {
        (MediumClass::D, Some(words))
    } else if let Some(words) = words(known.presence_bound) {
        (MediumClass::D, Some(words))
    } else if let Some(words) = words(known.csam).and_then(|_| bound_object(context, place.act)) {
        (MediumClass::D, Some(words))
    } else if remote {
        (MediumClass::A, None)
    } else {
        (MediumClass::ADoubtful, None)
    }
}

/// The carriers to which an act's definition of the material is bound: a
/// neutral conduct on such an object reaches no file (catalogue 4.2).
fn bound_object(context: &Context<'_>, act: usize) -> Option<Span> {
    let annotated = &context.law.acts[act];
    let known = context.known;
    annotated.sentences.iter().find_map(|sentence| {
        let mentions = annotated.mentions_in(sentence.tokens);
        let first = |concept| mentions.iter().find(|m| Some(m.concept) == concept);
        let defines = first(known.defined_as).is_some()
            && first(known.csam).is_some()
            && first(known.any_means).is_none()
            && first(known.ict).is_none();
        let carrier = first(known.carrier).filter(|_| defines)?;
        context
            .counts(act, carrier.span.start)
            .then_some(carrier.span)
    })
}
