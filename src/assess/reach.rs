//! Which offences a rule of the general part reaches: liability of legal
//! persons and jurisdiction stand in many codes for some offences only.

use super::context::Context;
use crate::law::{ProvisionId, UnitKind};
use crate::mappings::ConceptId;

/// A rule that cites so many offences and no more is for those; longer lists
/// name the serious ones of a whole code.
const FEW: usize = 2;

/// The offences that a rule on liability or jurisdiction reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OffencesReached {
    /// Offences against children: the rule stands among them or cites them.
    TheseInParticular,
    /// Offences at large, those against children included.
    These,
    /// Not told by the text: the act holds no offence against children.
    Unclear,
    /// Other offences: the rule stands among them or cites them.
    Others,
}

/// Which offences the rule in this article reaches, the rule standing at a
/// byte offset into the act's text.
///
/// A rule among offences is for the offences it stands among; a rule that
/// cites offences is for those; any other in an act with offences against
/// children is for all of the act.
pub(super) fn offences_reached(
    context: &Context<'_>,
    act: usize,
    article: Option<ProvisionId>,
    offset: usize,
) -> OffencesReached {
    let Some(article) = article else {
        return OffencesReached::Unclear;
    };
    let facts = &context.acts[act];
    if facts.protecting.contains(&article) || on_these_offences(context, act, article) {
        return OffencesReached::TheseInParticular;
    }
    let general = general_part(context, act, article);
    let cited: Vec<ProvisionId> = context
        .cited(act, article)
        .filter(|cited| !general.contains(cited))
        .collect();
    if cited.iter().any(|a| facts.protecting.contains(a)) {
        return OffencesReached::TheseInParticular;
    }
    // "The provisions of this section also apply abroad", "a company that
    // commits the offence of the preceding paragraph": for no other offence.
    if facts.punishing.contains(&article)
        && !follows_protection(context, act, article)
        && names_own_offence(context, act, offset)
    {
        return OffencesReached::Others;
    }
    if context
        .references
        .cited_by((act, article))
        .any(|(other, cited)| other != act && context.acts[other].protecting.contains(&cited))
    {
        return OffencesReached::TheseInParticular;
    }
    if !general.is_empty() {
        return match item_cites(context, act, offset) {
            cited if cited.is_empty() => OffencesReached::These,
            cited if cited.len() <= FEW && cited.iter().all(|a| facts.punishing.contains(a)) => {
                OffencesReached::Others
            }
            _ => OffencesReached::These,
        };
    }
    // A rule of a general part without headings cites its penalties, not offences.
    let first = facts.protecting.iter().min();
    let early = first.is_some_and(|first| article < *first);
    let offences: Vec<ProvisionId> = cited
        .into_iter()
        .filter(|cited| !(early && *cited < article))
        .collect();
    let all_punish = offences.iter().all(|a| facts.punishing.contains(a));
    if (1..=FEW).contains(&offences.len()) && all_punish {
        return OffencesReached::Others;
    }
    let near = neighbours(context, act, article);
    if nearby(context, act, article)
        .iter()
        .any(|a| facts.protecting.contains(a))
    {
        return OffencesReached::TheseInParticular;
    }
    if near.iter().any(|a| facts.protecting.contains(a)) {
        return OffencesReached::These;
    }
    if !facts.protecting.is_empty() {
        let preliminary =
            context.law.acts[act].act.provision(article).parent == Some(ProvisionId::ROOT);
        let punishing = near.iter().filter(|a| facts.punishing.contains(a));
        let among_others = facts.code
            && !preliminary
            && punishing.count() * 2 > near.len()
            && !(on_legal_persons(context, act, &near)
                && headed_legal_persons(context, act, article));
        return if among_others {
            OffencesReached::Others
        } else {
            OffencesReached::These
        };
    }
    let all: Vec<ProvisionId> = context.law.acts[act].act.articles().collect();
    if !facts.general_rules.is_empty() || on_legal_persons(context, act, &all) {
        OffencesReached::These
    } else {
        OffencesReached::Unclear
    }
}

/// Whether the article before this one, which "the preceding article" means,
/// protects children.
fn follows_protection(context: &Context<'_>, act: usize, article: ProvisionId) -> bool {
    let articles = context.law.acts[act].act.articles();
    let before = articles.take_while(|other| *other != article).last();
    before.is_some_and(|before| context.acts[act].protecting.contains(&before))
}

/// Whether the sentence at this place speaks of the offence of its own article,
/// or of the one before.
fn names_own_offence(context: &Context<'_>, act: usize, offset: usize) -> bool {
    let annotated = &context.law.acts[act];
    let known = context.known;
    annotated
        .sentences
        .iter()
        .filter(|sentence| sentence.span.start <= offset && offset < sentence.span.end)
        .flat_map(|sentence| annotated.mentions_in(sentence.tokens))
        .map(|mention| Some(mention.concept))
        .any(|concept| concept == known.same_acts || concept == known.this_offence)
}

/// Whether the article itself speaks of material, or of sexual acts and children.
fn on_these_offences(context: &Context<'_>, act: usize, article: ProvisionId) -> bool {
    let known = context.known;
    let own = context.article_mentions(act, article);
    let speaks = |concept: Option<ConceptId>| {
        concept.is_some() && own.iter().any(|m| Some(m.concept) == concept)
    };
    speaks(known.csam) || speaks(known.sexual_activity) && speaks(known.child_term)
}

/// Whether articles are about legal persons as a whole: every other one speaks
/// of them.
fn on_legal_persons(context: &Context<'_>, act: usize, articles: &[ProvisionId]) -> bool {
    const SHARE: usize = 2;
    let speaks = |article: &&ProvisionId| {
        context
            .article_mentions(act, **article)
            .iter()
            .any(|m| Some(m.concept) == context.known.legal_person)
    };
    articles.iter().filter(speaks).count() * SHARE >= articles.len()
}

/// Whether a heading over the article names legal persons.
fn headed_legal_persons(context: &Context<'_>, act: usize, article: ProvisionId) -> bool {
    context
        .heading_mentions(act, article)
        .iter()
        .any(|m| Some(m.concept) == context.known.legal_person)
}

/// The articles of the general part that holds this one: of the innermost
/// group with a rule on attempt or territory for offences at large. None where
/// the article stands elsewhere, or the act is not divided so far.
fn general_part(context: &Context<'_>, act: usize, article: ProvisionId) -> Vec<ProvisionId> {
    let facts = &context.acts[act];
    let act = &context.law.acts[act].act;
    let within = |group: ProvisionId| {
        let span = act.provision(group).span;
        act.articles()
            .filter(move |article| span.contains(act.provision(*article).span))
    };
    act.ancestors(article)
        .skip(1)
        .take_while(|group| act.provision(*group).parent.is_some())
        .find(|group| within(*group).any(|a| facts.general_rules.contains(&a)))
        .filter(|group| !within(*group).any(|a| facts.protecting.contains(&a)))
        .map(|group| within(group).collect())
        .unwrap_or_default()
}

/// The articles that the item of a list at this place cites: a list of the
/// general part often has a rule of its own for each item.
fn item_cites(context: &Context<'_>, act: usize, offset: usize) -> Vec<ProvisionId> {
    let annotated = &context.law.acts[act];
    let unit = annotated.act.innermost_at(offset);
    if annotated.act.provision(unit).kind < UnitKind::Point {
        return Vec::new();
    }
    context.cited_within(act, annotated.act.provision(unit).span)
}

/// The articles under the same heading as this one, itself included.
fn neighbours(context: &Context<'_>, act: usize, article: ProvisionId) -> Vec<ProvisionId> {
    let act = &context.law.acts[act].act;
    let parent = act.provision(article).parent;
    act.articles()
        .filter(|other| act.provision(*other).parent == parent)
        .collect()
}

/// The article and up to five on either side under the same heading: what a
/// rule of the general part is qualified by stands there.
pub(super) fn nearby(context: &Context<'_>, act: usize, article: ProvisionId) -> Vec<ProvisionId> {
    const EITHER_SIDE: usize = 5;
    let all = neighbours(context, act, article);
    let Some(at) = all.iter().position(|other| *other == article) else {
        return vec![article];
    };
    let end = (at + EITHER_SIDE + 1).min(all.len());
    all[at.saturating_sub(EITHER_SIDE)..end].to_vec()
}
