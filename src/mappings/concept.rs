//! Concepts: legal ideas independent of language, simple or composed.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::Pack;

/// A concept's place in the vocabulary; small, so that mentions stay small.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConceptId(pub u16);

/// Ages found in a text enter the vocabulary under this name: a person below
/// a stated age.
pub const AGE_UNDER: &str = "age-under";

/// One entry of `concepts.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ConceptEntry {
    /// What the concept stands for, with examples, for people who write packs.
    pub meaning: String,
    /// Each of these counts as this concept.
    #[serde(default)]
    pub any_of: Vec<Spanned<String>>,
    /// Except where one of these covers or touches it.
    #[serde(default)]
    pub outside: Vec<Spanned<String>>,
    /// Where all of these meet closely enough, the concept is there.
    pub together: Option<Together>,
    /// Words that stand for this concept where the article has named it.
    #[serde(default)]
    pub carried: Vec<Spanned<String>>,
    /// What these words repeat of the sentences before in their article.
    #[serde(default)]
    pub recalls: Vec<Spanned<String>>,
    /// A language pack may have no words for it yet; what needs it is then
    /// undetermined in that language.
    #[serde(default)]
    pub may_lack: bool,
}

/// A composition of concepts within one sentence.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Together {
    /// The parts.
    pub all: Vec<Spanned<String>>,
    /// Most words from the first to the last of them.
    pub words: u32,
}

/// The whole vocabulary, in the order of the file.
#[derive(Debug, Clone, Default)]
pub struct Concepts {
    names: Vec<String>,
    by_name: BTreeMap<String, ConceptId>,
    entries: Vec<Concept>,
}

/// A concept with its composition resolved.
#[derive(Debug, Clone, Default)]
pub struct Concept {
    /// What it stands for.
    pub meaning: String,
    /// Each of these counts as this concept.
    pub any_of: Vec<ConceptId>,
    /// Except where one of these touches it.
    pub outside: Vec<ConceptId>,
    /// Parts that must meet, and within how many words.
    pub together: Option<(Vec<ConceptId>, u32)>,
    /// Words that stand for this concept where the article has named it.
    pub carried: Vec<ConceptId>,
    /// What these words repeat of the sentences before in their article.
    pub recalls: Vec<ConceptId>,
    /// A language pack may have no words for it yet.
    pub may_lack: bool,
}

impl Concept {
    /// Whether phrases of a language pack may express the concept: all but
    /// those that only gather others.
    pub fn takes_phrases(&self) -> bool {
        self.any_of.is_empty() && self.together.is_none()
    }

    /// Whether a pack without phrases for the concept cannot find it. A
    /// language may do without words that repeat an earlier paragraph.
    pub fn needs_phrases(&self) -> bool {
        self.takes_phrases() && self.recalls.is_empty()
    }
}

impl Concepts {
    /// The concept of this name.
    pub fn id(&self, name: &str) -> Option<ConceptId> {
        self.by_name.get(name).copied()
    }

    /// The name of a concept.
    pub fn name(&self, id: ConceptId) -> &str {
        self.names.get(usize::from(id.0)).map_or("", String::as_str)
    }

    /// The concept itself.
    pub fn concept(&self, id: ConceptId) -> Option<&Concept> {
        self.entries.get(usize::from(id.0))
    }

    /// All ids in the order of the file; ages come first.
    pub fn ids(&self) -> impl Iterator<Item = ConceptId> + use<> {
        (0..self.names.len() as u16).map(ConceptId)
    }

    /// How many concepts there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The simple concepts for which a pack has no phrases although it needs
    /// them, sorted.
    pub fn without_words(&self, pack: &Pack) -> Vec<ConceptId> {
        let has = |name: &str| pack.concepts.keys().any(|n| n.get_ref() == name);
        self.ids()
            .filter(|id| self.concept(*id).is_some_and(Concept::needs_phrases))
            .filter(|id| self.name(*id) != AGE_UNDER && !has(self.name(*id)))
            .collect()
    }

    /// A concept and all that it is made of, down to the simple ones.
    pub fn parts(&self, id: ConceptId) -> Vec<ConceptId> {
        let (mut open, mut seen) = (vec![id], Vec::new());
        while let Some(id) = open.pop() {
            let Some(concept) = self.concept(id).filter(|_| !seen.contains(&id)) else {
                continue;
            };
            seen.push(id);
            open.extend(&concept.any_of);
            open.extend(concept.together.iter().flat_map(|(all, _)| all));
        }
        seen
    }

    pub(super) fn declare(&mut self, name: &str) -> ConceptId {
        let id = ConceptId(self.names.len() as u16);
        self.names.push(name.to_owned());
        self.by_name.insert(name.to_owned(), id);
        self.entries.push(Concept::default());
        id
    }

    pub(super) fn define(&mut self, id: ConceptId, concept: Concept) {
        if let Some(entry) = self.entries.get_mut(usize::from(id.0)) {
            *entry = concept;
        }
    }
}
