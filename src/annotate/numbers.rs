//! Numbers in running text: figures, words, or both at once.

use std::collections::HashMap;

use super::beginnings::Beginnings;
use super::fold::{Folded, fold_words};

/// The number words of a language, folded.
#[derive(Debug, Default)]
pub struct NumberWords {
    /// By the first word of a number: the words that follow and its value, the
    /// longest first.
    words: HashMap<String, Vec<(Vec<String>, u32)>>,
    longest: usize,
    /// Folded letters that may be joined to the front of a number.
    joined: Vec<String>,
}

impl NumberWords {
    /// Folds the words of a pack. `joined` are folded letters that may be
    /// joined to the front of a number, in figures or in words.
    pub fn new<'a>(entries: impl Iterator<Item = &'a (String, u32)>, joined: Vec<String>) -> Self {
        // The last of two numbers with the same words counts.
        let values: HashMap<Vec<String>, u32> = entries
            .map(|(word, value)| (fold_words(word), *value))
            .collect();
        let longest = values.keys().map(Vec::len).max().unwrap_or(0);
        let mut words: HashMap<String, Vec<(Vec<String>, u32)>> = HashMap::new();
        for (mut number, value) in values {
            if !number.is_empty() {
                let first = number.remove(0);
                words.entry(first).or_default().push((number, value));
            }
        }
        for numbers in words.values_mut() {
            numbers.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
        Self {
            words,
            longest,
            joined,
        }
    }

    /// How the words of numbers begin.
    pub fn beginnings(&self) -> Beginnings {
        if !self.joined.is_empty() {
            return Beginnings::ANY;
        }
        let of = |word: &String| Beginnings::of(word.as_bytes());
        self.words
            .iter()
            .flat_map(|(first, numbers)| {
                let rest = numbers.iter().flat_map(|(rest, _)| rest);
                std::iter::once(first).chain(rest)
            })
            .map(of)
            .fold(Beginnings::FIGURES, Beginnings::or)
    }

    /// The number that begins at token `at`, with its length in tokens. A
    /// number said twice, "eighteen (18)", is one number if both agree.
    pub fn read(&self, folded: &Folded, at: usize) -> Option<(u32, usize)> {
        let (value, length) = self.one(folded, at)?;
        match self.one(folded, at + length) {
            Some((again, more)) if again == value && joined(folded, at + length) => {
                Some((value, length + more))
            }
            _ => Some((value, length)),
        }
    }

    /// The number that ends before token `end`, with its length in tokens.
    pub fn read_back(&self, folded: &Folded, end: usize) -> Option<(u32, usize)> {
        let reach = (2 * self.longest.max(1)).min(end);
        (1..=reach)
            .rev()
            .filter(|length| (end - length + 1..end).all(|index| joined(folded, index)))
            .find_map(|length| {
                self.read(folded, end - length)
                    .filter(|(_, read)| *read == length)
            })
    }

    /// One number, in figures or in words, from token `at`, bare or with
    /// joined letters before it.
    fn one(&self, folded: &Folded, at: usize) -> Option<(u32, usize)> {
        let first = token(folded, at)?;
        self.bare(folded, at, first).or_else(|| {
            let rests = self.joined.iter();
            let mut rests = rests.filter_map(|joined| first.strip_prefix(joined.as_str()));
            rests.find_map(|rest| self.bare(folded, at, rest))
        })
    }

    /// One number from token `at`, whose word reads `first`.
    fn bare(&self, folded: &Folded, at: usize, first: &str) -> Option<(u32, usize)> {
        if first.starts_with(|c: char| c.is_ascii_digit()) {
            let ending = first.trim_start_matches(|c: char| c.is_ascii_digit());
            let digits = &first[..first.len() - ending.len()];
            // "18" and "18th" are numbers, "18a" is the number of a section.
            let ordinal = matches!(
                ending,
                "" | "th" | "st" | "nd" | "rd" | "e" | "o" | "ª" | "º" | "ο" | "ου"
            );
            return digits.parse().ok().filter(|_| ordinal).map(|n| (n, 1));
        }
        self.words.get(first)?.iter().find_map(|(rest, value)| {
            let follows = |(step, word): (usize, &String)| {
                let index = at + 1 + step;
                joined(folded, index) && token(folded, index) == Some(word.as_str())
            };
            let whole = rest.iter().enumerate().all(follows);
            whole.then_some((*value, 1 + rest.len()))
        })
    }
}

fn token(folded: &Folded, index: usize) -> Option<&str> {
    let token = folded.tokens.get(index)?;
    Some(&folded.text[token.folded.0 as usize..token.folded.1 as usize])
}

/// Whether no stop stands before this token.
fn joined(folded: &Folded, index: usize) -> bool {
    folded.tokens.get(index).is_some_and(|t| !t.barrier)
}
