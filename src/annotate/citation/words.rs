//! The citation words of a language, folded.

use std::collections::HashMap;

use super::{Base, StepKind};
use crate::annotate::fold_words;
use crate::mappings::{CitationWords, SignUse};

/// Recognises the citations of one language.
#[derive(Debug)]
pub struct CitationReader {
    article: WordSet,
    article_after: WordSet,
    chapter: WordSet,
    pub(super) schedule: WordSet,
    pub(super) part: WordSet,
    steps: Vec<(StepKind, WordSet)>,
    ordinals: HashMap<String, u32>,
    pub(super) and: WordSet,
    pub(super) to: WordSet,
    pub(super) of: WordSet,
    pub(super) this_act: Phrases,
    pub(super) same_act: Phrases,
    pub(super) act: WordSet,
    pub(super) act_before: bool,
    pub(super) with: WordSet,
    pub(super) before_number: WordSet,
    pub(super) neighbours: Vec<(Base, Phrases)>,
    /// Step words written with a hyphen, folded without it.
    pub(super) compounds: Vec<String>,
    ordinal_endings: WordSet,
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
            schedule: set(&words.schedule),
            part: set(&words.part),
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
            with: set(&words.with),
            before_number: set(&words.before_number),
            neighbours: vec![
                (Base::Preceding, Phrases::new(&words.preceding)),
                (Base::Following, Phrases::new(&words.following)),
                (
                    Base::PrecedingUnit(StepKind::Subsection),
                    Phrases::new(&words.preceding_subsection),
                ),
                (
                    Base::FollowingUnit(StepKind::Subsection),
                    Phrases::new(&words.following_subsection),
                ),
                (
                    Base::PrecedingUnit(StepKind::Point),
                    Phrases::new(&words.preceding_point),
                ),
                (
                    Base::FollowingUnit(StepKind::Point),
                    Phrases::new(&words.following_point),
                ),
            ],
            compounds: [
                &words.article,
                &words.subsection,
                &words.point,
                &words.alinea,
                &words.act,
            ]
            .into_iter()
            .flatten()
            .filter(|word| word.contains('-'))
            .map(|word| fold_words(word).concat())
            .collect(),
            ordinal_endings: set(&words.ordinal_endings),
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

    /// What kind of sub-unit a word names with an ordinal in words: where it
    /// may be counted, it is.
    pub(super) fn counted_step(&self, word: &str) -> Option<StepKind> {
        let counted = self
            .steps
            .iter()
            .any(|(kind, words)| *kind == StepKind::Alinea && words.has(word));
        if counted {
            Some(StepKind::Alinea)
        } else {
            self.step(word)
        }
    }

    /// Whether a word makes the figure before it an ordinal.
    pub(super) fn is_ordinal_ending(&self, word: &str) -> bool {
        self.ordinal_endings.has(word)
    }

    /// Whether a printed figure counts and numbers no unit: `18th`.
    pub(super) fn counts(&self, printed: &str) -> bool {
        self.raw
            .count_endings
            .iter()
            .any(|ending| printed.ends_with(ending.as_str()))
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
        let mut phrases: Vec<Vec<String>> = list.iter().map(|phrase| words_of(phrase)).collect();
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

/// The words of a phrase. In a script without blanks, where folding sets every
/// letter apart, what stands between blanks is one.
fn words_of(phrase: &str) -> Vec<String> {
    phrase
        .split_whitespace()
        .flat_map(|part| {
            let words = fold_words(part);
            if words.len() > 2 && words.iter().all(|word| word.chars().count() == 1) {
                vec![words.concat()]
            } else {
                words
            }
        })
        .collect()
}
