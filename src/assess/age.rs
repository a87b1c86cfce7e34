//! The age up to which a provision protects: stated, or by the definition of
//! the word it uses (catalogue 3).

use super::context::Context;
use super::definition::{Definition, Reach};
use crate::annotate::{AgeClass, Sentence, fold_words};
use crate::law::{ProvisionId, Span};

/// How far a provision's protection goes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Protection {
    /// The classes of persons protected.
    pub classes: Vec<AgeClass>,
    /// Where a class is stated: act and span.
    pub places: Vec<(usize, Span)>,
    /// Words for the child that no definition in the corpus explains.
    pub unresolved: Vec<String>,
}

impl Protection {
    /// The first age not protected, if any class is known.
    pub fn bound(&self) -> Option<u8> {
        (!self.classes.is_empty())
            .then(|| super::definition::covered_from_birth(self.classes.iter().copied()))
    }

    /// The same where everyone below an age is protected by another offence.
    pub fn bound_over(&self, below: u8) -> Option<u8> {
        let younger = (below > 0).then_some(AgeClass::Under(below));
        (!self.classes.is_empty()).then(|| {
            let bands = self.classes.iter().copied();
            let own = super::definition::covered_from_birth(bands.clone());
            own.max(super::definition::covered_from_birth(bands.chain(younger)))
        })
    }

    fn add(&mut self, class: AgeClass, act: usize, span: Span) {
        if !self.classes.contains(&class) {
            self.classes.push(class);
            self.places.push((act, span));
        }
    }
}

/// Words around a hit that still belong to its object.
const AROUND: u32 = 20;

/// The protection of the words `tokens` in one sentence.
pub(super) fn protection(
    context: &Context<'_>,
    act: usize,
    sentence: usize,
    tokens: (u32, u32),
) -> Protection {
    let annotated = &context.law.acts[act];
    let sentence = &annotated.sentences[sentence];
    let mut protection = Protection::default();
    let window = (
        tokens.0.saturating_sub(AROUND).max(sentence.tokens.0),
        (tokens.1 + AROUND).min(sentence.tokens.1),
    );
    for age in annotated.ages_in(window) {
        if age.class.upper().is_some_and(|n| (5..=25).contains(&n)) {
            protection.add(age.class, act, age.span);
        }
    }
    if !protection.classes.is_empty() {
        return protection;
    }
    let terms: Vec<String> = annotated
        .mentions_in(window)
        .iter()
        .filter(|m| Some(m.concept) == context.known.child_term)
        .map(|m| fold_words(annotated.act.quote(m.span)).join(" "))
        .collect();
    resolve_terms(context, act, sentence.article, &terms, &mut protection);
    if protection.classes.is_empty() {
        from_material(context, act, sentence.article, &mut protection);
    }
    protection
}

/// Follows the words for the child to their definitions, narrowest reach first.
fn resolve_terms(
    context: &Context<'_>,
    act: usize,
    article: Option<ProvisionId>,
    terms: &[String],
    protection: &mut Protection,
) {
    for term in terms {
        let found = definitions_for(context, act, article, term);
        if found.is_empty() {
            if !protection.unresolved.contains(term) {
                protection.unresolved.push(term.clone());
            }
            continue;
        }
        for definition in found {
            protection.add(definition.class, definition.act, definition.span);
        }
    }
}

/// The definitions of a word that govern an article: its own, its chapter's,
/// its act's, another act's, and last the age of majority.
fn definitions_for<'c>(
    context: &'c Context<'_>,
    act: usize,
    article: Option<ProvisionId>,
    term: &str,
) -> Vec<&'c Definition> {
    let same_word = |definition: &&Definition| same_term(&definition.term, term);
    let parent = |article: Option<ProvisionId>| {
        article.and_then(|article| context.law.acts[act].act.provision(article).parent)
    };
    let in_act = |definition: &&Definition| definition.act == act;
    let steps: [&dyn Fn(&&Definition) -> bool; 6] = [
        &|d| in_act(d) && d.article == article && same_word(d),
        &|d| {
            in_act(d)
                && d.reach == Reach::Chapter
                && parent(d.article) == parent(article)
                && same_word(d)
        },
        &|d| in_act(d) && d.reach == Reach::Act && same_word(d),
        &|d| d.reach == Reach::Act && same_word(d),
        &|d| d.majority,
        &|d| in_act(d) && d.reach == Reach::Chapter && same_word(d),
    ];
    for step in steps {
        let found: Vec<&Definition> = context.definitions.iter().filter(step).collect();
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// Whether two folded words for the child are the same word, endings aside.
fn same_term(a: &str, b: &str) -> bool {
    let shared = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
    let longest = a.len().max(b.len());
    !a.is_empty() && shared >= 3 && longest - shared <= 3
}

/// A term of art says nothing of age by itself: look where the act describes
/// the material.
fn from_material(
    context: &Context<'_>,
    act: usize,
    article: Option<ProvisionId>,
    protection: &mut Protection,
) {
    let annotated = &context.law.acts[act];
    let known = context.known;
    let same_article =
        |sentence: &&Sentence| sentence.article.is_some() && sentence.article == article;
    let own = annotated.sentences.iter().filter(same_article);
    let others = annotated.sentences.iter().filter(|s| !same_article(s));
    let own_count = own.clone().count();
    for (index, sentence) in own.chain(others).enumerate() {
        let mentions = annotated.mentions_in(sentence.tokens);
        let has = |concept| mentions.iter().any(|m| Some(m.concept) == concept);
        let named = mentions
            .iter()
            .any(|m| Some(m.concept) == known.csam && !context.repeats(m, mentions));
        if !named || !(index < own_count || has(known.defined_as)) {
            continue;
        }
        for age in annotated.ages_in(sentence.tokens) {
            if age.class.upper().is_some_and(|n| (12..=25).contains(&n)) {
                protection.add(age.class, act, age.span);
            }
        }
        if protection.classes.is_empty() {
            let terms: Vec<String> = mentions
                .iter()
                .filter(|m| Some(m.concept) == known.child_term)
                .map(|m| fold_words(annotated.act.quote(m.span)).join(" "))
                .collect();
            resolve_terms(context, act, sentence.article, &terms, protection);
        }
        // Where the description itself leaves the word open, an age further on
        // is that of an aggravation.
        let left_open = has(known.defined_as) && !protection.unresolved.is_empty();
        if left_open || !protection.classes.is_empty() {
            return;
        }
    }
}
