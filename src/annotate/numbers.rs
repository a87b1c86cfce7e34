//! Numbers in running text: figures, words, or both at once.

use std::collections::HashMap;

use super::fold::{Folded, fold_words};

/// The number words of a language, folded.
#[derive(Debug, Default)]
pub struct NumberWords {
    words: HashMap<Vec<String>, u32>,
    longest: usize,
    /// Folded letters that may be joined to the front of a number.
    joined: Vec<String>,
}

impl NumberWords {
    /// Folds the words of a pack. `joined` are folded letters that may be
    /// joined to the front of a number, in figures or in words.
    pub fn new<'a>(entries: impl Iterator<Item = &'a (String, u32)>, joined: Vec<String>) -> Self {
        let words: HashMap<Vec<String>, u32> = entries
            .map(|(word, value)| (fold_words(word), *value))
            .collect();
        let longest = words.keys().map(Vec::len).max().unwrap_or(0);
        Self {
            words,
            longest,
            joined,
        }
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
            let digits: String = first.chars().take_while(char::is_ascii_digit).collect();
            // "18" and "18th" are numbers, "18a" is the number of a section.
            let ending = &first[digits.len()..];
            let ordinal = matches!(
                ending,
                "" | "th" | "st" | "nd" | "rd" | "e" | "o" | "ª" | "º" | "ο" | "ου"
            );
            return digits.parse().ok().filter(|_| ordinal).map(|n| (n, 1));
        }
        (1..=self.longest).rev().find_map(|length| {
            let key: Vec<String> = std::iter::once(Some(first))
                .chain((at + 1..at + length).map(|index| token(folded, index)))
                .map(|word| word.map(str::to_owned))
                .collect::<Option<_>>()?;
            let whole = (at + 1..at + length).all(|index| joined(folded, index));
            let value = self.words.get(&key).filter(|_| whole)?;
            Some((*value, length))
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
