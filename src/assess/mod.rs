//! Gates, element evaluation, definition chains, age bands, medium classes:
//! from annotated law to findings with evidence and search trace.

mod age;
mod clause;
mod context;
mod coverage;
mod definition;
mod elsewhere;
mod equivalence;
mod finding;
mod loss;
mod reach;
mod references;
mod uniform;
mod verdict;
mod versions;

use std::collections::BTreeMap;

pub use context::JurisdictionLaw;
pub use finding::{
    ElementResult, Evidence, Finding, MediumClass, NearMiss, PairResult, Polarity, ProvisionRef,
    ReservationNote, SearchTrace, Verdict,
};

pub use versions::{Disagreement, disagreements};

use crate::annotate::AgeClass;
use crate::law::Span;
use crate::mappings::{Mappings, Method, Pair, Requirement};
use context::Context;
use verdict::Draft;

/// A definition of a word for the child, or of majority, as the rules see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefinedTerm {
    /// Place of the act in the law.
    pub act: usize,
    /// The word, folded; empty for majority.
    pub term: String,
    /// The age it gives.
    pub age: AgeClass,
    /// From the word to the age, in the act's canonical text.
    pub span: Span,
}

/// The definitions of the child and of majority in a jurisdiction's law.
pub fn definitions(law: &JurisdictionLaw, mappings: &Mappings) -> Vec<DefinedTerm> {
    Context::new(law, mappings)
        .definitions
        .into_iter()
        .map(|definition| DefinedTerm {
            act: definition.act,
            term: definition.term,
            age: definition.class,
            span: definition.span,
        })
        .collect()
}

/// Assesses one jurisdiction against requirements; findings come in the
/// requirements' order. Same texts, same mappings, same findings.
pub fn assess(
    law: &JurisdictionLaw,
    mappings: &Mappings,
    requirements: &[&Requirement],
) -> Vec<Finding> {
    assess_in(&Context::new(law, mappings), requirements)
}

fn assess_in(context: &Context<'_>, requirements: &[&Requirement]) -> Vec<Finding> {
    let mappings = context.mappings;
    // The equivalence requirement draws on the findings of others, asked for or not.
    let needs_all = requirements
        .iter()
        .any(|requirement| requirement.method == Method::Equivalence);
    let pairs: Vec<&Pair> = mappings.tables.pairs.values().collect();
    let speaks_of_material = requirements.iter().any(|r| is_about_material(r));
    let mut findings: BTreeMap<String, Finding> = BTreeMap::new();
    for requirement in &mappings.requirements {
        let id = requirement.id.get_ref();
        let asked = requirements.iter().any(|asked| asked.id.get_ref() == id);
        let decides = needs_all
            && pairs
                .iter()
                .any(|pair| pair.requirements.contains(id) || pair.beside.contains(id));
        let asked = asked || decides || id == MATERIAL_DEFINITION && speaks_of_material;
        if requirement.method != Method::Equivalence && asked {
            findings.insert(id.clone(), assess_one(context, requirement));
        }
    }
    let material = findings
        .values()
        .find(|finding| finding.requirement == MATERIAL_DEFINITION)
        .map(|finding| finding.provisions.clone())
        .unwrap_or_default();
    for requirement in &mappings.requirements {
        if let Some(finding) = findings.get_mut(requirement.id.get_ref()) {
            link_material(finding, requirement, &material);
        }
    }
    requirements
        .iter()
        .filter_map(|requirement| {
            if requirement.method == Method::Equivalence {
                let draft = Draft::new(context, requirement);
                return Some(equivalence::assess(&draft, &findings));
            }
            findings.get(requirement.id.get_ref()).cloned()
        })
        .collect()
}

/// The requirement whose finding tells where the material is described.
const MATERIAL_DEFINITION: &str = "def-csam";
/// The concept of the material.
const MATERIAL: &str = "csam";

/// Whether a way of the requirement deals with the material.
fn is_about_material(requirement: &Requirement) -> bool {
    let tests = requirement.ways.iter().map(|way| &way.test);
    tests
        .flat_map(|test| test.all.iter().chain(&test.any))
        .any(|concept| concept.get_ref() == MATERIAL)
}

/// The object definition is part of the offence (catalogue 4.2): a finding on
/// a dealing with the material also names the article of the same act that
/// describes the material.
fn link_material(finding: &mut Finding, requirement: &Requirement, material: &[ProvisionRef]) {
    if !is_about_material(requirement) || finding.provisions.is_empty() {
        return;
    }
    let described = material
        .iter()
        .find(|place| finding.provisions.iter().any(|own| own.act == place.act));
    if let Some(place) = described
        && !finding.provisions.contains(place)
    {
        finding.provisions.push(place.clone());
    }
}

fn assess_one(context: &Context<'_>, requirement: &Requirement) -> Finding {
    let draft = Draft::new(context, requirement);
    match requirement.method {
        Method::ChildDefinition => verdict::child_definition(&draft),
        Method::ChildDefinitions => uniform::child_definitions(&draft),
        Method::MaterialAge => verdict::material_age(&draft),
        Method::Clause | Method::Equivalence => {
            draft.of_candidates(&clause::candidates(context, requirement))
        }
    }
}
