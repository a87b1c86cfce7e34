//! Gates, element evaluation, definition chains, age bands, medium classes:
//! from annotated law to findings with evidence and search trace.

mod age;
mod clause;
mod context;
mod coverage;
mod definition;
mod equivalence;
mod finding;
mod verdict;

use std::collections::BTreeMap;

pub use context::JurisdictionLaw;
pub use finding::{
    ElementResult, Evidence, Finding, MediumClass, NearMiss, PairResult, Polarity, ProvisionRef,
    ReservationNote, SearchTrace, Verdict,
};

use crate::mappings::{Mappings, Method, Requirement};
use context::Context;
use verdict::Draft;

/// Assesses one jurisdiction against requirements; findings come in the
/// requirements' order. Same texts, same mappings, same findings.
pub fn assess(
    law: &JurisdictionLaw,
    mappings: &Mappings,
    requirements: &[&Requirement],
) -> Vec<Finding> {
    let context = Context::new(law, mappings);
    // The equivalence requirement draws on the findings of others, asked for or not.
    let needs_all = requirements
        .iter()
        .any(|requirement| requirement.method == Method::Equivalence);
    let mut findings: BTreeMap<String, Finding> = BTreeMap::new();
    for requirement in &mappings.requirements {
        let id = requirement.id.get_ref();
        let asked = requirements.iter().any(|asked| asked.id.get_ref() == id);
        if requirement.method != Method::Equivalence && (asked || needs_all) {
            findings.insert(id.clone(), assess_one(&context, requirement));
        }
    }
    requirements
        .iter()
        .filter_map(|requirement| {
            if requirement.method == Method::Equivalence {
                let draft = Draft::new(&context, requirement);
                return Some(equivalence::assess(&draft, &findings));
            }
            findings.get(requirement.id.get_ref()).cloned()
        })
        .collect()
}

fn assess_one(context: &Context<'_>, requirement: &Requirement) -> Finding {
    let draft = Draft::new(context, requirement);
    match requirement.method {
        Method::ChildDefinition => verdict::child_definition(&draft),
        Method::MaterialAge => verdict::material_age(&draft),
        Method::Clause | Method::Equivalence => {
            draft.from_candidates(&clause::candidates(context, requirement))
        }
    }
}
