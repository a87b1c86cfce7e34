//! A quick test of what stands beside a word, which spares the matcher most of
//! its looks at whole phrases.

use super::phrase::{Chunk, Step};

/// How words begin, as a set of 64 classes. Words that begin alike are in one
/// class; words of one class may still differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Beginnings(u64);

impl Beginnings {
    /// No word.
    pub const NONE: Self = Self(0);
    /// Every word.
    pub const ANY: Self = Self(u64::MAX);
    /// Words that begin with a figure.
    pub const FIGURES: Self = Self(1);

    /// The class of a folded word.
    pub fn of(word: &[u8]) -> Self {
        let Some(first) = word.first() else {
            return Self::ANY;
        };
        if first.is_ascii_digit() {
            return Self::FIGURES;
        }
        let letters = word.iter().take(telling(*first));
        let mixed = letters.fold(0u32, |mixed, byte| mixed * 37 + u32::from(*byte));
        Self(2 << (mixed % 63))
    }

    /// How the outermost word of a stretch may begin on the side from which it
    /// is met; any word where the stretch may be left out there.
    pub fn of_chunk<'c>(side: Side, chunk: &'c Chunk, known: Known) -> Self {
        let nearest = |steps: &'c Vec<Step>| match side {
            Side::Ahead => steps.first(),
            Side::Behind => steps.last(),
        };
        chunk.iter().fold(Self::NONE, |so_far, steps| {
            let own = nearest(steps).map_or(Self::ANY, |step| Self::of_step(step, known));
            so_far.or(own)
        })
    }

    /// Whether the word of this number may be one of these.
    pub fn may_hold(self, words: &[Self], at: usize) -> bool {
        self == Self::ANY || words.get(at).is_some_and(|word| self.meets(*word))
    }

    /// The classes of the words that fit a step of a phrase.
    fn of_step(step: &Step, known: Known) -> Self {
        match step {
            Step::Word {
                text,
                open_start,
                open_end,
            } => {
                let bytes = text.as_bytes();
                let cut = bytes.first().is_none_or(|b| bytes.len() < telling(*b));
                if known.joined || *open_start || *open_end && cut {
                    Self::ANY
                } else {
                    Self::of(bytes)
                }
            }
            Step::Number => known.numbers,
            Step::Gap(_) => Self::ANY,
        }
    }

    /// The words of either set.
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// How many bytes of a word tell its class: two letters of most scripts, one
/// where letters are longer. A word may be shorter.
fn telling(first: u8) -> usize {
    if first < 0xe0 { 2 } else { 3 }
}

/// What a language pack says about words in general.
#[derive(Debug, Clone, Copy)]
pub struct Known {
    /// How the words of numbers begin.
    pub numbers: Beginnings,
    /// Letters may be written together with any word: beginnings tell nothing.
    pub joined: bool,
}

/// On which side of a word of a phrase.
#[derive(Debug, Clone, Copy)]
pub enum Side {
    /// Towards the end of the phrase.
    Ahead,
    /// Towards its beginning.
    Behind,
}

/// What must stand next to a word of a phrase, on one side of it.
#[derive(Debug, Clone, Copy)]
pub struct Neighbour {
    beginnings: Beginnings,
    /// Words that may stand between.
    reach: usize,
}

impl Neighbour {
    /// Nothing need stand there.
    const NONE_NEEDED: Self = Self {
        beginnings: Beginnings::ANY,
        reach: 0,
    };

    /// What the nearest of these stretches asks for that cannot be left out.
    pub fn of_chunks(side: Side, chunks: &[Chunk], known: Known) -> Self {
        let split = match side {
            Side::Ahead => chunks.split_first(),
            Side::Behind => chunks.split_last(),
        };
        let Some((chunk, rest)) = split else {
            return Self::NONE_NEEDED;
        };
        let only_gaps = |steps: &Vec<Step>| steps.iter().all(|s| matches!(s, Step::Gap(_)));
        let beyond = if chunk.iter().any(only_gaps) {
            Self::of_chunks(side, rest, known)
        } else {
            Self::NONE_NEEDED
        };
        let nothing = Self {
            beginnings: Beginnings::NONE,
            reach: 0,
        };
        chunk.iter().fold(nothing, |so_far, steps| {
            let own = Self::of_steps(side, steps, beyond, known);
            Self {
                beginnings: so_far.beginnings.or(own.beginnings),
                reach: so_far.reach.max(own.reach),
            }
        })
    }

    /// What the nearest of these steps asks for, and `beyond` where they are
    /// only gaps.
    pub fn of_steps(side: Side, steps: &[Step], beyond: Self, known: Known) -> Self {
        let mut reach = 0;
        for near in 0..steps.len() {
            let step = match side {
                Side::Ahead => &steps[near],
                Side::Behind => &steps[steps.len() - 1 - near],
            };
            match step {
                Step::Gap(width) => reach += usize::from(*width),
                _ => {
                    return Self {
                        beginnings: Beginnings::of_step(step, known),
                        reach,
                    };
                }
            }
        }
        Self {
            reach: beyond.reach + reach,
            ..beyond
        }
    }

    /// Whether it may stand before the word of this number.
    pub fn may_precede(self, words: &[Beginnings], at: usize) -> bool {
        self.beginnings == Beginnings::ANY
            || words
                .get(at.saturating_sub(1 + self.reach)..at)
                .is_some_and(|words| self.is_among(words))
    }

    /// Whether it may stand behind the word of this number.
    pub fn may_follow(self, words: &[Beginnings], at: usize) -> bool {
        self.beginnings == Beginnings::ANY
            || words
                .get(at + 1..words.len().min(at + 2 + self.reach))
                .is_some_and(|words| self.is_among(words))
    }

    fn is_among(self, words: &[Beginnings]) -> bool {
        words.iter().any(|word| self.beginnings.meets(*word))
    }
}

#[cfg(test)]
mod tests {
    use super::{Beginnings, Known, Neighbour, Side};
    use crate::annotate::phrase::parse;

    const PLAIN: Known = Known {
        numbers: Beginnings::FIGURES,
        joined: false,
    };

    fn words(text: &str) -> Vec<Beginnings> {
        let words = text.split(' ');
        words.map(|word| Beginnings::of(word.as_bytes())).collect()
    }

    #[test]
    fn only_words_that_begin_otherwise_are_ruled_out() {
        let after =
            |phrase: &str| Neighbour::of_chunks(Side::Ahead, &parse(phrase).unwrap(), PLAIN);
        let follows = |phrase: &str, text: &str| after(phrase).may_follow(&words(text), 0);
        assert!(follows("sheep", "the sheep"));
        assert!(!follows("sheep", "the goat"));
        assert!(!follows("sheep", "the"));
        assert!(follows("(old|) sheep", "the sheep"));
        assert!(follows("(old ~2|) sheep", "the old grey sheep"));
        assert!(follows("g* sheep", "the sheep"));
        assert!(follows("*eep", "the sheep"));
        assert!(follows("(x ~3|~2) sheep", "a b c sheep"));
        assert!(!follows("(x ~3|~2) sheep", "a b c d sheep"));
        assert!(follows("{n} sheep", "the 12 sheep"));
        assert!(!follows("{n} sheep", "the twelve sheep"));
        let before = Neighbour::of_chunks(Side::Behind, &parse("old").unwrap(), PLAIN);
        assert!(before.may_precede(&words("old sheep"), 1));
        assert!(!before.may_precede(&words("new sheep"), 1));
    }
}
