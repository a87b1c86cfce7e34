//! Offences that an act only names and leaves to another act: what that act
//! punishes cannot be said without it.

use super::clause::place;
use super::context::Context;
use crate::annotate::Mention;
use crate::mappings::{ConceptId, Requirement};

/// Most words between what is named and the act it is left to.
const NEAR: u32 = 25;
/// Bytes behind the reference in which the number of the act stands.
const BEHIND: usize = 60;
/// A number this long is one of an act, not of an article.
const DIGITS: usize = 3;

/// Why a negative cannot stand where a law leaves what was sought to an act
/// that is not held, in one sentence; nothing if none does.
pub(super) fn obstacle(context: &Context<'_>, requirement: &Requirement) -> Option<String> {
    let reference = context.known.by_other_act?;
    let objects = objects(context, requirement);
    for (act, _, sentence) in context.operative() {
        let annotated = &context.law.acts[act];
        let mentions = annotated.mentions_in(sentence.tokens);
        let named = |reference: &Mention| {
            mentions.iter().any(|m| {
                objects.contains(&m.concept)
                    && m.tokens.0 <= reference.tokens.1 + NEAR
                    && reference.tokens.0 <= m.tokens.1 + NEAR
            })
        };
        let left_to_another = mentions.iter().find(|m| {
            m.concept == reference
                && named(m)
                && context.counts(act, m.span.start)
                && !held(context, act, m)
        });
        if let Some(mention) = left_to_another {
            let place = place(context, act, mention.span);
            return Some(format!(
                "{}#{} leaves it to an act that is not held (“{}”)",
                place.file,
                place.locator,
                annotated.act.quote(mention.span)
            ));
        }
    }
    None
}

/// The concepts that name what is dealt with: what every candidate of the
/// first way needs, in whatever words, other than the child.
fn objects(context: &Context<'_>, requirement: &Requirement) -> Vec<ConceptId> {
    let concepts = &context.mappings.concepts;
    let mut objects: Vec<ConceptId> = requirement
        .ways
        .first()
        .into_iter()
        .flat_map(|way| &way.test.all)
        .filter(|name| !["child", "to-child"].contains(&name.get_ref().as_str()))
        .filter_map(|name| concepts.id(name.get_ref()))
        .collect();
    let terms: Vec<ConceptId> = objects
        .iter()
        .filter_map(|id| concepts.concept(*id))
        .filter(|concept| concept.together.is_some())
        .flat_map(|concept| concept.any_of.iter().copied())
        .collect();
    objects.extend(terms);
    objects
}

/// Whether the act referred to is among those held: its number stands in the
/// identifier or the title of one.
fn held(context: &Context<'_>, act: usize, reference: &Mention) -> bool {
    let text = context.law.acts[act].act.text.as_str();
    let mut end = (reference.span.end + BEHIND).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let words = text.get(reference.span.start..end).unwrap_or_default();
    let named = numbers(words);
    context.law.acts.iter().any(|annotated| {
        let act = &annotated.act;
        let own = numbers(&format!("{} {}", act.title, act.identifier));
        named.iter().any(|number| own.contains(number))
    })
}

/// The numbers of acts in a stretch of text, with their points left out:
/// 8069 for "8.069".
fn numbers(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_ascii_digit() && c != '.')
        .map(|number| number.replace('.', ""))
        .filter(|number| number.len() >= DIGITS)
        .collect()
}
