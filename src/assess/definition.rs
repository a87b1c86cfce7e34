//! Definitions of the child and the age bounds they set (catalogue 3.6, 3.7).

use super::context::Context;
use crate::annotate::{AgeClass, AgeMention, AnnotatedAct, Mention, Sentence, fold_words};
use crate::law::{ProvisionId, Span};
use crate::mappings::ConceptId;

/// How far a definition reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    /// Its own article.
    Article,
    /// Its chapter or part.
    Chapter,
    /// The whole act, or the legal order.
    Act,
}

/// A definition of a word for the child, or of majority.
#[derive(Debug, Clone)]
pub(super) struct Definition {
    pub act: usize,
    pub article: Option<ProvisionId>,
    pub reach: Reach,
    /// The word, folded; empty for majority, which speaks of every minor.
    pub term: String,
    pub class: AgeClass,
    /// From the word to the age.
    pub span: Span,
    pub majority: bool,
}

/// A bound below this defines an infant, not a child.
const LEAST: u8 = 10;
/// Most words between a term, its definition word and its age.
const WIDTH: u32 = 40;

/// Most words between a second term of one definition and its age.
const BESIDE: u32 = 4;

/// All definitions in the jurisdiction's operative law.
pub(super) fn find(context: &Context<'_>) -> Vec<Definition> {
    let known = context.known;
    let mut definitions = Vec::new();
    for (index, number, sentence) in context.operative() {
        let annotated = &context.law.acts[index];
        let ages = annotated.ages_in(sentence.tokens);
        if ages.is_empty() || !context.counts(index, sentence.span.start) {
            continue;
        }
        let mentions = annotated.mentions_in(sentence.tokens);
        let mut push = |term: String, class: AgeClass, span: Span, reach: Reach| {
            definitions.push(Definition {
                act: index,
                article: sentence.article,
                reach,
                majority: term.is_empty(),
                term,
                class,
                span,
            });
        };
        for term in mentions
            .iter()
            .filter(|m| Some(m.concept) == known.child_term)
        {
            let defined = defining_age(annotated, sentence, mentions, ages, term, known.defined_as);
            if let Some((age, cue)) = defined {
                let words = fold_words(annotated.act.quote(term.span)).join(" ");
                let mut span = term.span.cover(age.span);
                if let Some(cue) = cue {
                    span = span.cover(cue.span);
                }
                // Who is tried as a juvenile is no definition of the victim.
                let of_offender = mentions.iter().any(|m| {
                    Some(m.concept) == known.offender_age
                        && m.span.start < span.end
                        && span.start < m.span.end
                });
                if of_offender {
                    continue;
                }
                let reach = reach(context, index, number, term.tokens);
                push(words, age.class, span, reach);
            }
        }
        for majority in mentions
            .iter()
            .filter(|m| Some(m.concept) == known.majority)
        {
            let near = ages.iter().find(|age| {
                age.tokens.0.abs_diff(majority.tokens.1) <= 14
                    || majority.tokens.0.abs_diff(age.tokens.1) <= 14
            });
            // From which age a person answers for offences is no majority of
            // the victim.
            let answers = mentions
                .iter()
                .any(|m| Some(m.concept) == known.offender_age);
            if let Some(age) = near.filter(|_| !answers) {
                let bound = match age.class {
                    AgeClass::AtLeast(n) => Some(n),
                    AgeClass::Over(n) => Some(n),
                    other => other.upper(),
                };
                if let Some(bound) = bound.filter(|n| (15..=25).contains(n)) {
                    push(
                        String::new(),
                        AgeClass::Under(bound),
                        majority.span.cover(age.span),
                        Reach::Act,
                    );
                }
            }
        }
    }
    definitions
}

/// The age that a definition gives a term, with the definition word: "child
/// means a person under 18"; "where this Book says 'minor', it means a person
/// who ..."; "Minor: a person under 18".
fn defining_age<'a>(
    annotated: &AnnotatedAct,
    sentence: &Sentence,
    mentions: &'a [Mention],
    ages: &'a [AgeMention],
    term: &Mention,
    defined_as: Option<ConceptId>,
) -> Option<(&'a AgeMention, Option<&'a Mention>)> {
    let first_age = |from: u32, width: u32| {
        ages.iter().find(|age| {
            let class = age.class.upper().is_some_and(|n| n >= LEAST);
            class && age.tokens.0 + 1 >= from && age.tokens.0 <= from + width
        })
    };
    let mut cues = mentions
        .iter()
        .filter(|m| Some(m.concept) == defined_as && m.tokens.0 >= sentence.tokens.0);
    let beside = cues
        .clone()
        .find(|cue| cue.tokens.1 + 2 >= term.tokens.0 && cue.tokens.0 <= term.tokens.1 + 3);
    if let Some(cue) = beside
        && let Some(age) = first_age(term.tokens.1, WIDTH)
    {
        return Some((age, Some(cue)));
    }
    let later = cues.find(|cue| cue.tokens.0 > term.tokens.1 && cue.tokens.0 <= term.tokens.1 + 14);
    if let Some(cue) = later
        && let Some(age) = first_age(cue.tokens.1, 10)
    {
        return Some((age, Some(cue)));
    }
    // "a child is a person under twelve, and an adolescent one between twelve
    // and eighteen": the same words define a second term, whose band goes on
    // where the first one ends.
    let led_in = mentions.iter().any(|cue| {
        Some(cue.concept) == defined_as
            && cue.tokens.1 <= term.tokens.0
            && cue.tokens.1 + WIDTH >= term.tokens.0
            && ages
                .iter()
                .any(|age| cue.tokens.0 <= age.tokens.0 && age.tokens.1 <= term.tokens.0)
    });
    if led_in
        && let Some(age) = first_age(term.tokens.1, BESIDE)
        && age.class.lower() > 0
    {
        return Some((age, None));
    }
    let text = annotated.act.text.as_str();
    let followed_by_colon = text.get(term.span.end..).is_some_and(|rest| {
        rest.trim_start_matches([' ', '»', '"', '”', '\u{a0}'])
            .starts_with(':')
    });
    let opens = term.tokens.0 <= sentence.tokens.0 + 2;
    if opens && followed_by_colon {
        return first_age(term.tokens.1, 14).map(|age| (age, None));
    }
    None
}

/// How far a definition in this sentence reaches: its own words tell, or the
/// words that open the article ("In this section, the following definitions
/// apply").
fn reach(context: &Context<'_>, act: usize, number: usize, term: (u32, u32)) -> Reach {
    /// Words after the term that may still limit it: "child, in this section,".
    const BEHIND: u32 = 12;
    /// Words of a sentence that only leads in.
    const LEAD_IN: u32 = 14;
    let annotated = &context.law.acts[act];
    let article = annotated.sentences[number].article;
    let opening = article
        .and_then(|article| context.acts[act].sentences.get(&article))
        .into_iter()
        .flatten()
        .copied()
        .filter(|opening| *opening < number)
        .enumerate()
        .filter(|(place, opening)| {
            let tokens = annotated.sentences[*opening].tokens;
            *place == 0 || tokens.1 - tokens.0 <= LEAD_IN
        })
        .map(|(_, opening)| opening);
    for sentence in std::iter::once(number).chain(opening) {
        let tokens = annotated.sentences[sentence].tokens;
        let mentions = annotated.mentions_in((tokens.0, tokens.1.min(term.1 + BEHIND)));
        let has = |concept| mentions.iter().any(|m| Some(m.concept) == concept);
        if has(context.known.scope_local) {
            return Reach::Article;
        }
        if has(context.known.scope_chapter) {
            return Reach::Chapter;
        }
    }
    if follows_offence(context, act, number) {
        return Reach::Article;
    }
    Reach::Act
}

/// Whether an offence with its penalty stands before this sentence in the
/// article: a definition behind it serves that offence alone.
fn follows_offence(context: &Context<'_>, act: usize, number: usize) -> bool {
    let annotated = &context.law.acts[act];
    let article = annotated.sentences[number].article;
    article
        .and_then(|article| context.acts[act].sentences.get(&article))
        .into_iter()
        .flatten()
        .filter(|before| **before < number)
        .any(|before| {
            let sentence = &annotated.sentences[*before];
            let mentions = annotated.mentions_in(sentence.tokens);
            !sentence.heading
                && mentions
                    .iter()
                    .any(|m| Some(m.concept) == context.known.penalty)
        })
}

/// The completed years a set of classes covers without a gap from birth: the
/// first age not covered.
pub(super) fn covered_from_birth(classes: impl Iterator<Item = AgeClass>) -> u8 {
    let mut bands: Vec<(u8, u8)> = classes
        .filter_map(|class| class.upper().map(|upper| (class.lower(), upper)))
        .collect();
    bands.sort_unstable();
    let mut covered = 0;
    for (lower, upper) in bands {
        if lower <= covered {
            covered = covered.max(upper);
        }
    }
    covered
}
