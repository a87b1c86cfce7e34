//! Whether the law held is good enough to say "not found", and what was
//! searched.

use std::collections::HashSet;

use super::clause::{CompiledTest, place};
use super::context::Context;
use super::finding::{NearMiss, SearchTrace};
use super::loss;
use super::reach::{OffencesReached, offences_reached};
use crate::law::ProvisionId;
use crate::mappings::{ConceptId, Gate, Method, PenalCode, Requirement, Way};

/// What the corpus holds on a topic.
#[derive(Debug, Clone)]
pub(super) struct Coverage {
    /// Law on the topic is held.
    pub held: bool,
    /// Why not, in one sentence; empty when held.
    pub reason: String,
    /// Why "not found" cannot be said although law on the topic is held: a
    /// text did not arrive whole.
    pub loss: Option<String>,
    /// What to print beside the verdict.
    pub note: String,
}

/// One in so many of the articles on a topic, or of an act's own, make an act
/// one that bears on it.
const LEAST_SHARE: usize = 4;

/// Judges the coverage of a requirement's topic.
pub(super) fn coverage(context: &Context<'_>, requirement: &Requirement) -> Coverage {
    let without_pack: Vec<&str> = context
        .law
        .acts
        .iter()
        .filter(|annotated| !annotated.has_pack)
        .map(|annotated| annotated.act.language.as_str())
        .collect();
    if context.law.acts.is_empty() {
        return not_held("no act could be read".into(), "nothing held");
    }
    if without_pack.len() == context.law.acts.len() {
        let language = without_pack.first().copied().unwrap_or_default();
        return not_held(
            format!("no language pack for `{language}`"),
            "no language pack",
        );
    }
    let Some(topic) = context
        .mappings
        .tables
        .topics
        .get(requirement.topic.get_ref())
    else {
        return not_held("the topic is unknown".into(), "not held");
    };
    let tests: Vec<CompiledTest> = topic
        .held
        .iter()
        .map(|test| CompiledTest::new(context, test))
        .collect();
    let mut articles: HashSet<(usize, ProvisionId)> = HashSet::new();
    for (act, number, sentence) in context.operative() {
        let Some(article) = sentence.article else {
            continue;
        };
        let misplaced = topic.penal && !context.penal(act, Some(article))
            || topic.code == PenalCode::Needed && !context.acts[act].code
            || topic.code == PenalCode::Excluded && context.acts[act].code;
        if misplaced {
            continue;
        }
        let mentions = context.sentence_mentions(act, number);
        let holds = tests
            .iter()
            .any(|test| !test.hits(mentions, None).is_empty());
        if holds && context.counts(act, sentence.span.start) {
            articles.insert((act, article));
        }
    }
    let damage = context.damage();
    let code = topic.code == PenalCode::Suffices && context.acts.iter().any(|act| act.code);
    let telling: Vec<ConceptId> = tests.iter().flat_map(CompiledTest::needed).collect();
    if articles.len() < topic.articles && !code {
        if let Some(reason) = without_words(context, &telling, |_| true) {
            return not_held(reason, "not told: the language pack lacks words");
        }
        return not_held(
            format!(
                "no act on {} is held; it usually stands in {}",
                topic.title, topic.usual_place
            ),
            "not held",
        );
    }
    let of_act = |act: usize| articles.iter().filter(|(other, _)| *other == act).count();
    let search = loss::Search {
        // An act with a mere trace of the topic would not hold what is sought.
        bearing: (0..context.acts.len())
            .filter(|act| {
                let own = context.law.acts[*act].act.articles().count();
                of_act(*act) * LEAST_SHARE >= articles.len().max(1)
                    || of_act(*act) > 0 && of_act(*act) * LEAST_SHARE >= own
            })
            .collect(),
        code: topic.code,
        sought: sought(context, requirement),
        definition: matches!(
            requirement.method,
            Method::ChildDefinition | Method::ChildDefinitions | Method::MaterialAge
        ),
    };
    let bears = |act: usize| {
        let place = matches!(topic.code, PenalCode::Suffices | PenalCode::Needed);
        search.bearing.contains(&act)
            || context.acts[act].code && place
            || !context.without_words(act, &telling).is_empty()
    };
    let loss = loss::obstacle(context, &search)
        .or_else(|| without_words(context, &needed(context, requirement), bears));
    let note = if damage.is_empty() {
        "held".to_owned()
    } else {
        format!("held, incomplete: {}", damage.join(", "))
    };
    Coverage {
        held: true,
        reason: String::new(),
        loss,
        note,
    }
}

/// Why "not found" cannot be said of an act that may hold what is sought: its
/// language pack has no words for it.
fn without_words(
    context: &Context<'_>,
    sought: &[ConceptId],
    bears: impl Fn(usize) -> bool,
) -> Option<String> {
    let searched = |act: &usize| {
        let facts = &context.acts[*act];
        !facts.treaty && !facts.repealed && facts.twin_of.is_none()
    };
    (0..context.acts.len()).filter(searched).find_map(|act| {
        let lacking = context.without_words(act, sought);
        if lacking.is_empty() || !bears(act) {
            return None;
        }
        let language = &context.law.acts[act].act.language;
        let lacking = names(&context.mappings.concepts, lacking.iter()).join(", ");
        Some(format!(
            "the language pack `{language}` has no words for {lacking}"
        ))
    })
}

fn not_held(reason: String, note: &str) -> Coverage {
    Coverage {
        held: false,
        reason,
        loss: None,
        note: note.to_owned(),
    }
}

/// The concepts that a requirement's ways look for, sorted.
fn sought(context: &Context<'_>, requirement: &Requirement) -> Vec<ConceptId> {
    let tests = requirement
        .ways
        .iter()
        .map(|way| CompiledTest::new(context, &way.test));
    let mut sought: Vec<ConceptId> = tests
        .flat_map(|test| test.concepts().collect::<Vec<_>>())
        .collect();
    sought.sort_unstable();
    sought.dedup();
    sought
}

/// The concepts without which the ways that meet a requirement cannot be
/// found. Ways that by themselves meet it in part only are left out: what they
/// add is refinement, and a pack without their words still searched the rest.
fn needed(context: &Context<'_>, requirement: &Requirement) -> Vec<ConceptId> {
    let tests = requirement
        .ways
        .iter()
        .filter(|way| way.missing.is_empty())
        .map(|way| CompiledTest::new(context, &way.test));
    tests
        .flat_map(|test| test.needed().collect::<Vec<_>>())
        .collect()
}

/// What was searched for a requirement that nothing meets, and what came nearest.
pub(super) fn trace(context: &Context<'_>, requirement: &Requirement) -> SearchTrace {
    const MOST: usize = 3;
    let concepts = &context.mappings.concepts;
    let tests: Vec<CompiledTest> = requirement
        .ways
        .iter()
        .map(|way| CompiledTest::new(context, &way.test))
        .collect();
    let sought = self::sought(context, requirement);
    let mut best: Vec<Nearest> = Vec::new();
    for (act, number, sentence) in context.operative() {
        let mentions = context.sentence_mentions(act, number);
        let mut has: Vec<ConceptId> = mentions
            .iter()
            .map(|m| m.concept)
            .filter(|concept| sought.binary_search(concept).is_ok())
            .collect();
        has.sort_unstable();
        has.dedup();
        // One concept alone is no near miss: it is everywhere.
        if has.len() < 2 || !context.counts(act, sentence.span.start) {
            continue;
        }
        let lacks = requirement
            .ways
            .iter()
            .zip(&tests)
            .map(|(way, test)| obstacles(context, way, test, act, number))
            .min_by_key(Vec::len)
            .unwrap_or_default();
        best.push(Nearest {
            lacks,
            has,
            act,
            sentence: number,
        });
    }
    best.sort_by_key(|near| {
        let most = std::cmp::Reverse(near.has.len());
        (near.lacks.len(), most, near.act, near.sentence)
    });
    let near_misses = best
        .into_iter()
        .take(MOST)
        .map(|near| {
            let Nearest {
                lacks,
                has,
                act,
                sentence: number,
            } = near;
            let sentence = &context.law.acts[act].sentences[number];
            let mentions = context.law.acts[act].mentions_in(sentence.tokens);
            let span = mentions
                .iter()
                .filter(|m| has.contains(&m.concept))
                .map(|m| m.span)
                .reduce(crate::law::Span::cover)
                .unwrap_or(sentence.span);
            let shown = super::clause::evidence(
                context,
                act,
                "near miss",
                crate::mappings::Role::Core,
                super::finding::Polarity::Supports,
                span,
            );
            NearMiss {
                place: place(context, act, span),
                lacks,
                has: names(concepts, has.iter()),
                span: shown.span,
                quote: shown.quote,
            }
        })
        .collect();
    SearchTrace {
        acts: context
            .law
            .acts
            .iter()
            .map(|annotated| {
                (
                    annotated.act.source.file.clone(),
                    annotated.act.articles().count(),
                )
            })
            .collect(),
        concepts: names(concepts, sought.iter()),
        near_misses,
    }
}

/// A sentence that nearly meets a requirement.
struct Nearest {
    lacks: Vec<String>,
    has: Vec<ConceptId>,
    act: usize,
    sentence: usize,
}

/// What keeps a sentence from meeting a way, each in a few words.
fn obstacles(
    context: &Context<'_>,
    way: &Way,
    test: &CompiledTest,
    act: usize,
    sentence: usize,
) -> Vec<String> {
    let mentions = context.sentence_mentions(act, sentence);
    let mut obstacles = test.obstacles(context, mentions);
    let sentence = &context.law.acts[act].sentences[sentence];
    if !test.around(context, act, sentence.article) {
        obstacles.push("what the article must name".into());
    }
    for gate in &way.gates {
        let shut = match gate {
            Gate::Penal => !context.penal(act, sentence.article),
            Gate::CriminalLaw => !context.acts[act].criminal,
            Gate::TheseOffences => {
                offences_reached(context, act, sentence.article, sentence.span.start)
                    == OffencesReached::Others
            }
        };
        if shut {
            obstacles.push(gate.name().to_owned());
        }
    }
    obstacles
}

fn names<'c>(
    concepts: &crate::mappings::Concepts,
    ids: impl Iterator<Item = &'c ConceptId>,
) -> Vec<String> {
    ids.map(|id| concepts.name(*id).to_owned()).collect()
}
