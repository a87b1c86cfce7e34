//! Which phrases of which pack express which concept, and which of them ever
//! occur in a corpus.

use std::collections::BTreeSet;

use serde::Serialize;

use super::annotator::{Annotator, Meaning};
use crate::law::Act;
use crate::mappings::{Concept, Mappings, Pack};

/// The phrases of one pack, concept by concept.
#[derive(Debug, Clone, Serialize)]
pub struct PackUsage {
    /// Tag of the language.
    pub language: String,
    /// Its English name.
    pub name: String,
    /// Acts of the corpus that this pack read; 0 without a corpus.
    pub acts: usize,
    /// In the order of the vocabulary.
    pub concepts: Vec<ConceptUsage>,
}

/// The phrases of one concept in one pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConceptUsage {
    /// Name of the concept.
    pub concept: String,
    /// How many phrases express it.
    pub phrases: usize,
    /// The pack should have phrases for it and has none.
    pub missing: bool,
    /// Phrases that no text of the corpus contains; empty where the pack read
    /// no act.
    pub unmatched: Vec<String>,
}

/// Counts the phrases of every pack and tries them on acts, if there are any.
pub fn phrase_usage(mappings: &Mappings, annotator: &Annotator, acts: &[Act]) -> Vec<PackUsage> {
    mappings
        .packs
        .iter()
        .map(|pack| pack_usage(mappings, annotator, pack, acts))
        .collect()
}

fn pack_usage(mappings: &Mappings, annotator: &Annotator, pack: &Pack, acts: &[Act]) -> PackUsage {
    use rayon::prelude::*;
    let tag = pack.tag.get_ref();
    let read: Vec<BTreeSet<u32>> = acts
        .par_iter()
        .filter_map(|act| annotator.phrases_in(act, tag))
        .collect();
    let found: BTreeSet<u32> = read.iter().flatten().copied().collect();
    // Phrases are numbered in the order in which the matcher was built.
    let mut number = 0;
    let mut unmatched: Vec<(&str, Vec<String>, usize)> = Vec::new();
    for (name, entry) in &pack.concepts {
        if mappings.concepts.id(name.get_ref()).is_none() {
            continue;
        }
        let mut never = Vec::new();
        for phrase in &entry.phrases {
            if !read.is_empty() && !found.contains(&number) {
                never.push(phrase.get_ref().clone());
            }
            number += 1;
        }
        unmatched.push((name.get_ref(), never, entry.phrases.len()));
    }
    let concepts = mappings.concepts.ids().skip(1).filter_map(|id| {
        let concept = mappings.concepts.concept(id)?;
        if !concept.takes_phrases() {
            return None;
        }
        let name = mappings.concepts.name(id);
        let own = unmatched.iter().find(|(known, ..)| *known == name);
        // A language may do without words that repeat an earlier paragraph.
        let needed = |c: &Concept| c.recalls.is_empty();
        Some(ConceptUsage {
            concept: name.to_owned(),
            phrases: own.map_or(0, |(.., count)| *count),
            missing: own.is_none_or(|(.., count)| *count == 0) && needed(concept),
            unmatched: own.map(|(_, never, _)| never.clone()).unwrap_or_default(),
        })
    });
    PackUsage {
        language: tag.clone(),
        name: pack.name.clone(),
        acts: read.len(),
        concepts: concepts.collect(),
    }
}

impl Annotator {
    /// The numbers of the phrases that an act contains, if the pack of this tag
    /// reads it.
    fn phrases_in(&self, act: &Act, tag: &str) -> Option<BTreeSet<u32>> {
        let language = self.language(act.language.as_str())?;
        if language.tag != tag {
            return None;
        }
        let meanings = language.meanings(act.text.as_str());
        Some(
            meanings
                .into_iter()
                .filter_map(|meaning| match meaning {
                    Meaning::Concept(_, phrase) => Some(phrase),
                    _ => None,
                })
                .collect(),
        )
    }
}
