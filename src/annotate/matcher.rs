//! Finds the phrases of one language in a folded text: one automaton finds
//! the rarest words of every phrase, then the rest of the phrase is checked
//! around each hit.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::fold::{BARRIER, Folded, Token};
use super::numbers::NumberWords;
use super::phrase::{Chunk, Step, has_word};

/// A phrase to look for, with what it means to the caller.
#[derive(Debug, Clone)]
pub struct Pattern<T> {
    /// Its stretches.
    pub chunks: Vec<Chunk>,
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
    patterns: Vec<Pattern<T>>,
    /// For each key of the automaton, where it stands in which patterns.
    keyed: Vec<Vec<Key>>,
    numbers: NumberWords,
    joined: Joined,
}

/// Folded letters that may be written together with any word of a phrase, as
/// Arabic and Hebrew write articles, prepositions and pronouns.
#[derive(Debug, Clone, Default)]
pub struct Joined {
    /// Before a word.
    pub before: Vec<String>,
    /// Behind a word.
    pub behind: Vec<String>,
}

impl Joined {
    fn is_empty(&self) -> bool {
        self.before.is_empty() && self.behind.is_empty()
    }
}

/// Where a key of the automaton stands in a pattern.
#[derive(Debug)]
struct Key {
    pattern: usize,
    chunk: usize,
    alternative: usize,
    /// The steps of the alternative that the key covers.
    from: usize,
    to: usize,
    open_start: bool,
    open_end: bool,
}

impl<T: Copy + PartialEq> Matcher<T> {
    /// Compiles the patterns. A pattern without a word that is always there is
    /// ignored: the phrase parser refuses those.
    pub fn new(patterns: Vec<Pattern<T>>, numbers: NumberWords, joined: Joined) -> Self {
        let mut keys: Vec<String> = Vec::new();
        let mut by_key = std::collections::HashMap::new();
        let mut keyed: Vec<Vec<Key>> = Vec::new();
        for (index, pattern) in patterns.iter().enumerate() {
            let Some(chunk) = rarest(&pattern.chunks) else {
                continue;
            };
            for (alternative, steps) in pattern.chunks[chunk].iter().enumerate() {
                // Joined letters may stand before each word of a run.
                let Some(run) = longest_run(steps, joined.is_empty()) else {
                    continue;
                };
                let place = *by_key.entry(run.key.clone()).or_insert_with(|| {
                    keys.push(run.key.clone());
                    keyed.push(Vec::new());
                    keys.len() - 1
                });
                keyed[place].push(Key {
                    pattern: index,
                    chunk,
                    alternative,
                    from: run.from,
                    to: run.to,
                    open_start: run.open_start,
                    open_end: run.open_end,
                });
            }
        }
        // Building fails only beyond automaton limits (4 GiB of patterns).
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(&keys)
            .ok();
        Self {
            automaton,
            patterns,
            keyed,
            numbers,
            joined,
        }
    }

    /// All matches, in the order of their key word; a phrase may match at the
    /// same place by several of its alternatives.
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
            let keys = &self.keyed[hit.pattern().as_usize()];
            let start_whole = start_whole || self.after_joined(&folded.text[..hit.start()]);
            let end_whole = end_whole || self.before_joined(&folded.text[hit.end()..]);
            let fits = |key: &&Key| (key.open_start || start_whole) && (key.open_end || end_whole);
            if !keys.iter().any(|key| fits(&key)) {
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
            for key in keys.iter().filter(fits) {
                found.extend(self.check(key, folded, first, last));
            }
        }
        found
    }

    /// Whether all that stands of a word before this place are joined letters.
    fn after_joined(&self, before: &str) -> bool {
        let mut parts = before.rsplit([' ', BARRIER]);
        let head = parts.next().unwrap_or_default();
        self.joined.before.iter().any(|joined| joined == head)
    }

    /// Whether all that stands of a word from this place on are joined letters.
    fn before_joined(&self, rest: &str) -> bool {
        let mut parts = rest.split([' ', BARRIER]);
        let tail = parts.next().unwrap_or_default();
        self.joined.behind.iter().any(|joined| joined == tail)
    }

    /// Whether a step is this word, bare or with joined letters.
    fn word_fits(&self, step: &Step, folded: &Folded, token: &Token) -> bool {
        let word = &folded.text[token.folded.0 as usize..token.folded.1 as usize];
        let before = self.joined.before.iter();
        std::iter::once(word)
            .chain(before.filter_map(|joined| word.strip_prefix(joined.as_str())))
            .any(|word| {
                let behind = self.joined.behind.iter();
                let mut bare = behind.filter_map(|joined| word.strip_suffix(joined.as_str()));
                word_fits(step, word) || bare.any(|word| word_fits(step, word))
            })
    }

    /// Checks the phrase around a key that covers the tokens `first..=last`.
    fn check(&self, key: &Key, folded: &Folded, first: usize, last: usize) -> Option<Match<T>> {
        let pattern = self.patterns.get(key.pattern)?;
        let steps = pattern.chunks.get(key.chunk)?.get(key.alternative)?;
        let mut before = Vec::new();
        let start = self.backward(
            &steps[..key.from],
            &pattern.chunks[..key.chunk],
            folded,
            first,
            &mut before,
        )?;
        let mut numbers = Vec::new();
        let end = self.forward(
            &steps[key.to..],
            &pattern.chunks[key.chunk + 1..],
            folded,
            last + 1,
            &mut numbers,
        )?;
        before.reverse();
        before.extend(numbers);
        Some(Match {
            meaning: pattern.meaning,
            tokens: (start as u32, end as u32),
            numbers: (before.first().copied(), before.get(1).copied()),
        })
    }

    /// Matches `steps`, then the stretches `rest`, to the tokens from `at`;
    /// gives one past the last token.
    fn forward(
        &self,
        steps: &[Step],
        rest: &[Chunk],
        folded: &Folded,
        at: usize,
        numbers: &mut Vec<u32>,
    ) -> Option<usize> {
        let Some((step, steps)) = steps.split_first() else {
            let Some((chunk, rest)) = rest.split_first() else {
                return Some(at);
            };
            return chunk
                .iter()
                .find_map(|steps| self.forward(steps, rest, folded, at, numbers));
        };
        let reachable = |index: usize| folded.tokens.get(index).is_some_and(|t| !t.barrier);
        match step {
            Step::Word { .. } => {
                if !reachable(at) || !self.word_fits(step, folded, &folded.tokens[at]) {
                    return None;
                }
                self.forward(steps, rest, folded, at + 1, numbers)
            }
            Step::Number => {
                if !reachable(at) {
                    return None;
                }
                let (value, length) = self.numbers.read(folded, at)?;
                numbers.push(value);
                let end = self.forward(steps, rest, folded, at + length, numbers);
                if end.is_none() {
                    numbers.pop();
                }
                end
            }
            Step::Gap(width) => (0..=usize::from(*width))
                .take_while(|skipped| *skipped == 0 || reachable(at + skipped - 1))
                .find_map(|skipped| self.forward(steps, rest, folded, at + skipped, numbers)),
        }
    }

    /// Matches `steps`, then the stretches `rest` from the last to the first,
    /// to the tokens before `at`; gives the first token.
    fn backward(
        &self,
        steps: &[Step],
        rest: &[Chunk],
        folded: &Folded,
        at: usize,
        numbers: &mut Vec<u32>,
    ) -> Option<usize> {
        let Some((step, steps)) = steps.split_last() else {
            let Some((chunk, rest)) = rest.split_last() else {
                return Some(at);
            };
            return chunk
                .iter()
                .find_map(|steps| self.backward(steps, rest, folded, at, numbers));
        };
        // Stepping from `at` to `at - 1` crosses whatever stands before `at`.
        let reachable =
            |index: usize| index > 0 && folded.tokens.get(index).is_some_and(|t| !t.barrier);
        match step {
            Step::Word { .. } => {
                if !reachable(at) || !self.word_fits(step, folded, &folded.tokens[at - 1]) {
                    return None;
                }
                self.backward(steps, rest, folded, at - 1, numbers)
            }
            Step::Number => {
                if !reachable(at) {
                    return None;
                }
                let (value, length) = self.numbers.read_back(folded, at)?;
                numbers.push(value);
                let start = self.backward(steps, rest, folded, at - length, numbers);
                if start.is_none() {
                    numbers.pop();
                }
                start
            }
            Step::Gap(width) => (0..=usize::from(*width).min(at))
                .take_while(|skipped| *skipped == 0 || reachable(at - skipped + 1))
                .find_map(|skipped| self.backward(steps, rest, folded, at - skipped, numbers)),
        }
    }
}

/// The stretch to search for: always there, and with the longest words.
fn rarest(chunks: &[Chunk]) -> Option<usize> {
    let shortest_key = |chunk: &Chunk| {
        chunk
            .iter()
            .map(|steps| longest_run(steps, true).map_or(0, |run| run.key.len()))
            .min()
            .unwrap_or(0)
    };
    (0..chunks.len())
        .filter(|index| chunks[*index].iter().all(|steps| has_word(steps)))
        .max_by_key(|index| (shortest_key(&chunks[*index]), std::cmp::Reverse(*index)))
}

fn word_fits(step: &Step, word: &str) -> bool {
    let Step::Word {
        text,
        open_start,
        open_end,
    } = step
    else {
        return false;
    };
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
/// open word can only stand at the run's ends. Unless words stay as they are
/// (`several`), a run is one word.
fn longest_run(steps: &[Step], several: bool) -> Option<Run> {
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
            } else if *open_start || !several {
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
    use super::{Joined, Matcher, Pattern};
    use crate::annotate::fold::fold;
    use crate::annotate::numbers::NumberWords;
    use crate::annotate::phrase::parse;

    fn find(phrase: &str, text: &str) -> Vec<(String, Option<u32>)> {
        find_joined(phrase, text, Joined::default())
    }

    fn find_joined(phrase: &str, text: &str, joined: Joined) -> Vec<(String, Option<u32>)> {
        let words = [("eighteen".to_owned(), 18), ("ثماني عشرة".to_owned(), 18)];
        let numbers = NumberWords::new(words.iter(), joined.before.clone());
        let patterns = vec![Pattern {
            chunks: parse(phrase).unwrap(),
            meaning: (),
        }];
        let folded = fold(text, &|_| true);
        Matcher::new(patterns, numbers, joined)
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

    #[test]
    fn joined_letters_are_no_part_of_a_word() {
        let joined = Joined {
            before: ["ال", "و", "وال", "ب"].map(str::to_owned).to_vec(),
            behind: ["ا", "ها"].map(str::to_owned).to_vec(),
        };
        let hit = |words: &str| vec![(words.to_owned(), None)];
        let find = |phrase, text| find_joined(phrase, text, joined.clone());
        assert_eq!(find("طفل", "حقوق الطفل"), hit("الطفل"));
        assert_eq!(find("طفل", "عد طفلا"), hit("طفلا"));
        assert_eq!(find("نشر صور", "بنشرها صورا"), hit("بنشرها صورا"));
        assert_eq!(find("طفل", "معطف"), vec![]);
        assert_eq!(find("طفل", "متطفل"), vec![]);
        assert_eq!(
            find("مواد اباحي*", "بيع المواد والإباحية"),
            hit("المواد والإباحية")
        );
        assert_eq!(find("مواد اباحي*", "نشر بمواد إباحية"), hit("بمواد إباحية"));
        assert_eq!(
            find("{n} سنة", "بين سن الرشد والثماني عشرة سنة"),
            vec![("والثماني عشرة سنة".to_owned(), Some(18))]
        );
    }
}
