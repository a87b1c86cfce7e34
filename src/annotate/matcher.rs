//! Finds the phrases of one language in a folded text: one automaton finds
//! the rarest words of every phrase, then the rest of the phrase is checked
//! around each hit.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::fold::{Folded, Token};
use super::numbers::NumberWords;
use super::phrase::Step;

/// A phrase variant to look for, with what it means to the caller.
#[derive(Debug, Clone)]
pub struct Pattern<T> {
    /// Its steps.
    pub steps: Vec<Step>,
    /// Handed back with every match.
    pub meaning: T,
}

/// Where a phrase was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match<T> {
    /// What was found.
    pub meaning: T,
    /// First token, and one past the last.
    pub tokens: (u32, u32),
    /// The first and second number of the phrase, if it has any.
    pub numbers: (Option<u32>, Option<u32>),
}

/// All phrases of one language, compiled.
#[derive(Debug)]
pub struct Matcher<T> {
    automaton: Option<AhoCorasick>,
    /// For each key of the automaton, the patterns it may belong to.
    keyed: Vec<Vec<Keyed<T>>>,
    numbers: NumberWords,
}

#[derive(Debug)]
struct Keyed<T> {
    pattern: Pattern<T>,
    /// The steps that the key covers.
    from: usize,
    to: usize,
    /// Bytes of the key before which the first of its words must begin, and
    /// after which the last must end, unless the word is open there.
    open_start: bool,
    open_end: bool,
}

impl<T: Copy + PartialEq> Matcher<T> {
    /// Compiles the patterns. A pattern without any word is ignored: the
    /// phrase parser refuses those.
    pub fn new(patterns: Vec<Pattern<T>>, numbers: NumberWords) -> Self {
        let mut keys: Vec<String> = Vec::new();
        let mut by_key = std::collections::HashMap::new();
        let mut keyed: Vec<Vec<Keyed<T>>> = Vec::new();
        for pattern in patterns {
            let Some(run) = longest_run(&pattern.steps) else {
                continue;
            };
            let index = *by_key.entry(run.key.clone()).or_insert_with(|| {
                keys.push(run.key.clone());
                keyed.push(Vec::new());
                keys.len() - 1
            });
            keyed[index].push(Keyed {
                pattern,
                from: run.from,
                to: run.to,
                open_start: run.open_start,
                open_end: run.open_end,
            });
        }
        // Building fails only beyond automaton limits (4 GiB of patterns).
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(&keys)
            .ok();
        Self {
            automaton,
            keyed,
            numbers,
        }
    }

    /// All matches, in the order of their last key word; each variant of each
    /// phrase may match at the same place.
    pub fn find(&self, folded: &Folded) -> Vec<Match<T>> {
        let mut found = Vec::new();
        let Some(automaton) = &self.automaton else {
            return found;
        };
        let bytes = folded.text.as_bytes();
        let starts_word = |at: usize| at == 0 || matches!(bytes[at - 1], b' ' | 1);
        let ends_word = |at: usize| at >= bytes.len() || matches!(bytes[at], b' ' | 1);
        let mut token = 0;
        for hit in automaton.find_overlapping_iter(&folded.text) {
            let (start_whole, end_whole) = (starts_word(hit.start()), ends_word(hit.end()));
            let patterns = &self.keyed[hit.pattern().as_usize()];
            if !patterns
                .iter()
                .any(|p| (p.open_start || start_whole) && (p.open_end || end_whole))
            {
                continue;
            }
            // Hits come in the order of their ends; a start may lie a little back.
            while folded
                .tokens
                .get(token)
                .is_some_and(|t| (t.folded.1 as usize) < hit.end())
            {
                token += 1;
            }
            let last = token;
            let first = (0..=last)
                .rev()
                .find(|index| {
                    folded
                        .tokens
                        .get(*index)
                        .is_some_and(|t| t.folded.0 as usize <= hit.start())
                })
                .unwrap_or(0);
            for keyed in patterns {
                if !((keyed.open_start || start_whole) && (keyed.open_end || end_whole)) {
                    continue;
                }
                if let Some(matched) = self.check(keyed, folded, first, last) {
                    found.push(matched);
                }
            }
        }
        found
    }

    /// Checks the steps around a key that covers the tokens `first..=last`.
    fn check(
        &self,
        keyed: &Keyed<T>,
        folded: &Folded,
        first: usize,
        last: usize,
    ) -> Option<Match<T>> {
        let steps = &keyed.pattern.steps;
        let mut before_numbers = Vec::new();
        let start = self.backward(&steps[..keyed.from], folded, first, &mut before_numbers)?;
        let mut after_numbers = Vec::new();
        let end = self.forward(&steps[keyed.to..], folded, last + 1, &mut after_numbers)?;
        before_numbers.reverse();
        before_numbers.extend(after_numbers);
        Some(Match {
            meaning: keyed.pattern.meaning,
            tokens: (start as u32, end as u32),
            numbers: (
                before_numbers.first().copied(),
                before_numbers.get(1).copied(),
            ),
        })
    }

    /// Matches `steps` to the tokens from `at`; gives one past the last token.
    fn forward(
        &self,
        steps: &[Step],
        folded: &Folded,
        at: usize,
        numbers: &mut Vec<u32>,
    ) -> Option<usize> {
        let Some(step) = steps.first() else {
            return Some(at);
        };
        let reachable = |index: usize| folded.tokens.get(index).is_some_and(|t| !t.barrier);
        match step {
            Step::Word { .. } => {
                if !reachable(at) || !word_fits(step, folded, &folded.tokens[at]) {
                    return None;
                }
                self.forward(&steps[1..], folded, at + 1, numbers)
            }
            Step::Number => {
                if !reachable(at) {
                    return None;
                }
                let (value, length) = self.numbers.read(folded, at)?;
                numbers.push(value);
                let end = self.forward(&steps[1..], folded, at + length, numbers);
                if end.is_none() {
                    numbers.pop();
                }
                end
            }
            Step::Gap(width) => {
                for skipped in 0..=usize::from(*width) {
                    if skipped > 0 && !reachable(at + skipped - 1) {
                        return None;
                    }
                    if let Some(end) = self.forward(&steps[1..], folded, at + skipped, numbers) {
                        return Some(end);
                    }
                }
                None
            }
        }
    }

    /// Matches `steps` to the tokens before `at`; gives the first token.
    fn backward(
        &self,
        steps: &[Step],
        folded: &Folded,
        at: usize,
        numbers: &mut Vec<u32>,
    ) -> Option<usize> {
        let Some((step, rest)) = steps.split_last() else {
            return Some(at);
        };
        // Stepping from `at` to `at - 1` crosses whatever stands before `at`.
        let reachable =
            |index: usize| index > 0 && folded.tokens.get(index).is_some_and(|t| !t.barrier);
        match step {
            Step::Word { .. } => {
                if !reachable(at) || !word_fits(step, folded, &folded.tokens[at - 1]) {
                    return None;
                }
                self.backward(rest, folded, at - 1, numbers)
            }
            Step::Number => {
                if !reachable(at) {
                    return None;
                }
                let (value, length) = self.numbers.read_back(folded, at)?;
                numbers.push(value);
                let start = self.backward(rest, folded, at - length, numbers);
                if start.is_none() {
                    numbers.pop();
                }
                start
            }
            Step::Gap(width) => {
                for skipped in 0..=usize::from(*width).min(at) {
                    if skipped > 0 && !reachable(at - skipped + 1) {
                        return None;
                    }
                    if let Some(start) = self.backward(rest, folded, at - skipped, numbers) {
                        return Some(start);
                    }
                }
                None
            }
        }
    }
}

fn word_fits(step: &Step, folded: &Folded, token: &Token) -> bool {
    let Step::Word {
        text,
        open_start,
        open_end,
    } = step
    else {
        return false;
    };
    let word = &folded.text[token.folded.0 as usize..token.folded.1 as usize];
    match (open_start, open_end) {
        (false, false) => word == text,
        (false, true) => word.starts_with(text.as_str()),
        (true, false) => word.ends_with(text.as_str()),
        (true, true) => word.contains(text.as_str()),
    }
}

struct Run {
    key: String,
    from: usize,
    to: usize,
    open_start: bool,
    open_end: bool,
}

/// The longest run of neighbouring words, joined as in the folded text. An
/// open word can only stand at the run's ends.
fn longest_run(steps: &[Step]) -> Option<Run> {
    let mut best: Option<Run> = None;
    for from in 0..steps.len() {
        let mut key = String::new();
        let mut run_open_start = false;
        for (to, step) in steps.iter().enumerate().skip(from) {
            let Step::Word {
                text,
                open_start,
                open_end,
            } = step
            else {
                break;
            };
            if to == from {
                run_open_start = *open_start;
            } else if *open_start {
                break;
            } else {
                key.push(' ');
            }
            key.push_str(text);
            if best.as_ref().is_none_or(|run| key.len() > run.key.len()) {
                best = Some(Run {
                    key: key.clone(),
                    from,
                    to: to + 1,
                    open_start: run_open_start,
                    open_end: *open_end,
                });
            }
            if *open_end {
                break;
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::{Matcher, Pattern};
    use crate::annotate::fold::fold;
    use crate::annotate::numbers::NumberWords;
    use crate::annotate::phrase::expand;

    fn find(phrase: &str, text: &str) -> Vec<(String, Option<u32>)> {
        let numbers = NumberWords::new([("eighteen".to_owned(), 18)].iter());
        let patterns = expand(phrase)
            .unwrap()
            .into_iter()
            .map(|steps| Pattern { steps, meaning: () })
            .collect();
        let folded = fold(text, &|_| true);
        Matcher::new(patterns, numbers)
            .find(&folded)
            .into_iter()
            .map(|found| {
                let first = folded.tokens[found.tokens.0 as usize].original.0 as usize;
                let last = folded.tokens[found.tokens.1 as usize - 1].original.1 as usize;
                (text[first..last].to_owned(), found.numbers.0)
            })
            .collect()
    }

    #[test]
    fn phrases_match_as_documented() {
        let hit = |words: &str, number| vec![(words.to_owned(), number)];
        assert_eq!(find("possess*", "he possesses it"), hit("possesses", None));
        assert_eq!(find("possess", "he possesses it"), vec![]);
        assert_eq!(
            find("*pornograph*", "ein kinderpornographischer Inhalt"),
            hit("kinderpornographischer", None)
        );
        assert_eq!(
            find(
                "tak(e|es) ~ photograph*",
                "A person takes an indecent photograph"
            ),
            hit("takes an indecent photograph", None)
        );
        assert_eq!(
            find("take ~ photograph*", "take care. Photographs are"),
            vec![]
        );
        assert_eq!(
            find(
                "under the age of {n}",
                "a child under the age of eighteen (18) years"
            ),
            hit("under the age of eighteen (18", Some(18))
        );
        assert_eq!(
            find("{n} years or younger", "persons of 17 years, or younger"),
            hit("17 years, or younger", Some(17))
        );
    }
}
