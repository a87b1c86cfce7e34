//! The citation words of a language, folded.

use std::collections::HashMap;

use super::StepKind;
use crate::annotate::fold_words;
use crate::mappings::{CitationWords, SignUse};

/// Recognises the citations of one language.
#[derive(Debug)]
pub struct CitationReader {
    article: WordSet,
    article_after: WordSet,
    chapter: WordSet,
    steps: Vec<(StepKind, WordSet)>,
    ordinals: HashMap<String, u32>,
    pub(super) and: WordSet,
    pub(super) to: WordSet,
    pub(super) of: WordSet,
    pub(super) this_act: Phrases,
    pub(super) same_act: Phrases,
    pub(super) act: WordSet,
    pub(super) act_before: bool,
    pub(super) preceding: Phrases,
    pub(super) following: Phrases,
    pub(super) quantities: WordSet,
    /// As written, for the scripts that run words together.
    pub(super) raw: CitationWords,
}

/// Words, some with a wildcard.
#[derive(Debug, Default)]
pub(super) struct WordSet {
    words: Vec<String>,
    beginnings: Vec<String>,
    endings: Vec<String>,
    parts: Vec<String>,
}

/// Phrases of one or more words.
#[derive(Debug, Default)]
pub(super) struct Phrases(Vec<Vec<String>>);

impl CitationReader {
    /// Folds the words of a pack. Nothing if the pack has none.
    pub fn new(words: &CitationWords) -> Option<Self> {
        if words.article.is_empty() && words.article_after.is_empty() {
            return None;
        }
        let set = |list: &[String]| WordSet::new(list);
        Some(Self {
            article: set(&words.article),
            article_after: set(&words.article_after),
            chapter: set(&words.chapter),
            steps: vec![
                (StepKind::Subsection, set(&words.subsection)),
                (StepKind::Point, set(&words.point)),
                (StepKind::Alinea, set(&words.alinea)),
                (StepKind::Sentence, set(&words.sentence)),
            ],
            ordinals: words
                .ordinals
                .iter()
                .map(|(word, value)| (fold_words(word).concat(), *value))
                .collect(),
            and: set(&words.and),
            to: set(&words.to),
            of: set(&words.of),
            this_act: Phrases::new(&words.this_act),
            same_act: Phrases::new(&words.same_act),
            act: set(&words.act),
            act_before: words.act_before,
            preceding: Phrases::new(&words.preceding),
            following: Phrases::new(&words.following),
            quantities: set(&words.quantities),
            raw: words.clone(),
        })
    }

    pub(super) fn is_east_asian(&self) -> bool {
        self.raw.east_asian
    }

    /// Whether `§` stands before divisions of an article.
    pub(super) fn signs_subsections(&self) -> bool {
        self.raw.sign == SignUse::Subsection
    }

    pub(super) fn is_article(&self, word: &str) -> bool {
        self.article.has(word)
    }

    pub(super) fn is_article_after(&self, word: &str) -> bool {
        self.article_after.has(word)
    }

    /// Whether the language never sets the number first.
    pub(super) fn article_after_is_empty(&self) -> bool {
        self.article_after.is_empty() && self.chapter.is_empty()
    }

    pub(super) fn is_chapter(&self, word: &str) -> bool {
        self.chapter.has(word)
    }

    /// What kind of sub-unit a word names.
    pub(super) fn step(&self, word: &str) -> Option<StepKind> {
        self.steps
            .iter()
            .find(|(_, words)| words.has(word))
            .map(|(kind, _)| *kind)
    }

    pub(super) fn ordinal(&self, word: &str) -> Option<u32> {
        self.ordinals.get(word).copied()
    }
}

impl WordSet {
    fn new(list: &[String]) -> Self {
        let mut set = Self::default();
        for entry in list {
            let folded = fold_words(entry.trim_matches('*')).concat();
            if folded.is_empty() {
                continue;
            }
            match (entry.starts_with('*'), entry.ends_with('*')) {
                (true, true) => set.parts.push(folded),
                (true, false) => set.endings.push(folded),
                (false, true) => set.beginnings.push(folded),
                (false, false) => set.words.push(folded),
            }
        }
        set
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty() && self.beginnings.is_empty() && self.endings.is_empty()
    }

    pub(super) fn has(&self, word: &str) -> bool {
        self.words.iter().any(|known| known == word)
            || self
                .beginnings
                .iter()
                .any(|known| word.starts_with(known.as_str()))
            || self
                .endings
                .iter()
                .any(|known| word.ends_with(known.as_str()))
            || self.parts.iter().any(|known| word.contains(known.as_str()))
    }
}

impl Phrases {
    fn new(list: &[String]) -> Self {
        let mut phrases: Vec<Vec<String>> = list.iter().map(|phrase| fold_words(phrase)).collect();
        // The longest wins.
        phrases.sort_by_key(|words| std::cmp::Reverse(words.len()));
        Self(phrases)
    }

    /// How many words of `ahead` make a phrase; nothing if none does.
    pub(super) fn length_at<'w>(
        &self,
        ahead: impl Iterator<Item = &'w str> + Clone,
    ) -> Option<usize> {
        self.0
            .iter()
            .find(|phrase| {
                let mut words = ahead.clone();
                phrase
                    .iter()
                    .all(|word| words.next() == Some(word.as_str()))
            })
            .map(Vec::len)
            .filter(|length| *length > 0)
    }

    /// How many words of `behind` (nearest first) make a phrase.
    pub(super) fn length_before<'w>(
        &self,
        behind: impl Iterator<Item = &'w str> + Clone,
    ) -> Option<usize> {
        self.0
            .iter()
            .find(|phrase| {
                let mut words = behind.clone();
                phrase
                    .iter()
                    .rev()
                    .all(|word| words.next() == Some(word.as_str()))
            })
            .map(Vec::len)
            .filter(|length| *length > 0)
    }
}
