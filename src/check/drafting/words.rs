//! The folded words of a bill, to look up terms.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use crate::annotate::{Folded, WordHasher, fold_words};
use crate::law::Span;

/// Folded words with their places.
pub(super) struct Words<'f> {
    folded: &'f Folded,
    /// Each different word in alphabetical order, with its places in the order
    /// of the text.
    places: Vec<(&'f str, Vec<usize>)>,
}

impl<'f> Words<'f> {
    pub fn new(folded: &'f Folded) -> Self {
        let mut words = Self {
            folded,
            places: Vec::new(),
        };
        let mut places: HashMap<&str, Vec<usize>, BuildHasherDefault<WordHasher>> =
            HashMap::default();
        for at in 0..folded.tokens.len() {
            places.entry(words.word(at)).or_default().push(at);
        }
        words.places = places.into_iter().collect();
        words.places.sort_unstable_by_key(|(word, _)| *word);
        words
    }

    pub fn word(&self, at: usize) -> &'f str {
        let token = self.folded.tokens.get(at);
        let range = token.map_or(0..0, |t| t.folded.0 as usize..t.folded.1 as usize);
        self.folded.text.get(range).unwrap_or_default()
    }

    pub fn span(&self, first: usize, last: usize) -> Span {
        let at = |at: usize| self.folded.tokens.get(at).map(|token| token.original);
        let start = at(first).map_or(0, |original| original.0 as usize);
        let end = at(last).map_or(start, |original| original.1 as usize);
        Span::new(start, end)
    }

    /// Where each phrase stands, from its first to its last word, in the order
    /// of the text; a star at the end of a word stands for any ending.
    pub fn find(&self, phrase: &str) -> Vec<(usize, usize)> {
        let sought: Vec<(String, bool)> = phrase
            .split_whitespace()
            .flat_map(|word| {
                let stem = word.trim_end_matches('*');
                let open = stem.len() < word.len();
                let parts = fold_words(stem);
                let last = parts.len().saturating_sub(1);
                parts
                    .into_iter()
                    .enumerate()
                    .map(move |(at, part)| (part, open && at == last))
            })
            .collect();
        let fits = |at: usize, (stem, open): &(String, bool)| {
            let word = self.word(at);
            // An English or Romance plural is the same term.
            let plural = word
                .strip_suffix('s')
                .is_some_and(|singular| singular == stem);
            word == stem || plural || *open && word.starts_with(stem.as_str())
        };
        let Some((first, _)) = sought.first() else {
            return Vec::new();
        };
        // Whatever fits begins with the stem.
        let first = first.as_str();
        let from = self.places.partition_point(|(word, _)| *word < first);
        let mut found: Vec<(usize, usize)> = self
            .places
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take_while(|(word, _)| word.starts_with(first))
            .flat_map(|(_, places)| places)
            .copied()
            .filter(|at| {
                at + sought.len() <= self.folded.tokens.len()
                    && sought
                        .iter()
                        .enumerate()
                        .all(|(step, s)| fits(at + step, s))
            })
            .map(|at| (at, at + sought.len() - 1))
            .collect();
        found.sort_unstable();
        found
    }
}
