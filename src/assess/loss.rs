//! Whether texts that did not arrive whole forbid to say "not found".

use std::collections::HashSet;

use super::context::Context;
use crate::law::{Act, Problem, ProblemKind, UnitKind};
use crate::mappings::{ConceptId, PenalCode};

/// What a requirement searched for, and where it might stand.
#[derive(Debug)]
pub(super) struct Search {
    /// Places of the acts that bear on the topic.
    pub bearing: HashSet<usize>,
    /// What a penal code means for the topic.
    pub code: PenalCode,
    /// The concepts sought.
    pub sought: Vec<ConceptId>,
    /// The requirement asks how a word is defined.
    pub definition: bool,
}

/// Why a negative cannot stand, in one sentence; nothing if it can.
///
/// A text in which no search proves anything, and a file that could not be
/// read, forbid every negative: nobody knows what they hold. A text of which a
/// part is lost forbids it if it bears on the topic, and an article cut short
/// if it speaks of at least two of the concepts sought. The article of
/// definitions, which is cut most often, hides definitions only.
pub(super) fn obstacle(context: &Context<'_>, search: &Search) -> Option<String> {
    if let Some(unread) = context.law.unread.first() {
        return Some(format!(
            "{} could not be read ({}), and may hold what was sought",
            unread.file, unread.reason
        ));
    }
    for (index, annotated) in context.law.acts.iter().enumerate() {
        let facts = &context.acts[index];
        if facts.treaty || facts.repealed || facts.twin_of.is_some() {
            continue;
        }
        let act = &annotated.act;
        let bears = search.bearing.contains(&index)
            || facts.code && matches!(search.code, PenalCode::Suffices | PenalCode::Needed);
        let stands = |problem: &&Problem| {
            if problem.kind.spoils_text() {
                return true;
            }
            match problem.kind {
                ProblemKind::RoundLengthCut => cut_speaks_of(context, index, problem, search),
                ProblemKind::DeclaredIncomplete => bears && !is_vouched_for(act),
                kind => bears && kind.loses_part(),
            }
        };
        if let Some(problem) = act.problems.iter().find(stands) {
            return Some(format!(
                "{} did not arrive whole ({}), and may hold what was sought",
                act.source.file, problem.detail
            ));
        }
    }
    None
}

/// Whether the article that was cut speaks of what is sought.
fn cut_speaks_of(context: &Context<'_>, index: usize, problem: &Problem, search: &Search) -> bool {
    /// One concept alone is everywhere.
    const FEWEST: usize = 2;
    /// Words so often explained make an article one of definitions.
    const DEFINITIONS: usize = 3;
    let Some(span) = problem.span else {
        return true;
    };
    let mentions = context.law.acts[index].mentions_at(span);
    let defined = |concept: ConceptId| Some(concept) == context.known.defined_as;
    let explains = mentions.iter().filter(|m| defined(m.concept)).count() >= DEFINITIONS;
    if explains && !search.definition && !search.sought.iter().any(|c| defined(*c)) {
        return false;
    }
    let spoken: HashSet<ConceptId> = mentions
        .iter()
        .map(|mention| mention.concept)
        .filter(|concept| search.sought.contains(concept))
        .collect();
    spoken.len() >= FEWEST.min(search.sought.len().max(1))
}

/// Whether the article numbers themselves show that a text declared incomplete
/// has lost little: they begin at the beginning, and nine in ten are there.
fn is_vouched_for(act: &Act) -> bool {
    const FEWEST: usize = 10;
    let numbers: HashSet<u32> = act
        .articles()
        .filter(|id| {
            act.ancestors(*id)
                .all(|unit| act.provision(unit).kind != UnitKind::Schedule)
        })
        .filter_map(|id| act.provision(id).number.as_ref()?.integer())
        .collect();
    let (Some(first), Some(last)) = (numbers.iter().min(), numbers.iter().max()) else {
        return false;
    };
    numbers.len() >= FEWEST && *first <= 2 && numbers.len() * 10 >= *last as usize * 9
}
