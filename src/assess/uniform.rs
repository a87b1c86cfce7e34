//! Whether the definitions of the child agree across the acts of a
//! jurisdiction (catalogue, `def-child-uniform`).

use super::clause;
use super::definition::{Definition, Reach, covered_from_birth};
use super::finding::{Finding, Polarity, Verdict};
use super::verdict::Draft;
use crate::mappings::Role;

/// The age that every definition should reach.
const BOUND: u8 = 18;

/// Full where the definitions of every act reach eighteen, a conflict where
/// those of an act on offences do not, partial where those of another do not.
/// A word defined for its own article only is no definition of the child.
pub(super) fn child_definitions(draft: &Draft<'_>) -> Finding {
    let context = draft.context;
    let general: Vec<&Definition> = context
        .definitions
        .iter()
        .filter(|definition| definition.reach != Reach::Article && !definition.majority)
        .collect();
    let reaches = |act: usize| {
        let classes = general.iter().filter(|definition| definition.act == act);
        covered_from_birth(classes.map(|definition| definition.class)) >= BOUND
    };
    let (wide, low): (Vec<&Definition>, Vec<&Definition>) = general
        .iter()
        .copied()
        .partition(|definition| reaches(definition.act));
    // A band above a lower age bounds no class from birth: nothing to compare.
    let mut low: Vec<&Definition> = low;
    low.retain(|definition| definition.class.lower() == 0 && definition.class.upper().is_some());
    if wide.is_empty() && low.is_empty() {
        return draft.negative();
    }
    let in_criminal_law = low.iter().any(|d| context.acts[d.act].criminal);
    let mut finding = draft.finding(if in_criminal_law {
        Verdict::Conflict
    } else if low.is_empty() {
        Verdict::Full
    } else {
        Verdict::Partial
    });
    if !low.is_empty() {
        finding.missing = vec!["definition-below-18".into()];
    }
    // What departs comes first, the acts on offences before the others.
    low.sort_by_key(|d| !context.acts[d.act].criminal);
    let departing = low.iter().map(|d| (*d, Polarity::Violates));
    let agreeing = wide.iter().map(|d| (*d, Polarity::Supports));
    for (definition, polarity) in departing.chain(agreeing) {
        let item = clause::evidence(
            context,
            definition.act,
            "definitions",
            Role::Core,
            polarity,
            definition.span,
        );
        draft.add_evidence(&mut finding, std::slice::from_ref(&item), true);
    }
    finding
}
