//! Finds the phrases of one language in a folded text. An automaton finds, in
//! each different word of the text once, the words that phrases are searched by
//! ([`anchor`](super::anchor)); where such a word stands and its neighbours
//! may fit ([`beginnings`](super::beginnings)), the rest of the phrase is
//! checked around it.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::anchor::{Anchor, anchors};
use super::beginnings::{Beginnings, Known, Neighbour, Side};
use super::fold::{Folded, Token};
use super::numbers::NumberWords;
use super::phrase::{Chunk, Step};
use super::word_hash::WordHasher;

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
    /// Finds the anchors' words, closed or open.
    automaton: Option<AhoCorasick>,
    phrases: Vec<Phrase<T>>,
    keys: Vec<Key>,
    /// For each word of the automaton its keys, in the order of the patterns.
    keys_of_word: Vec<Vec<u32>>,
    numbers: NumberWords,
    joined: Joined,
}

/// A pattern, prepared.
#[derive(Debug)]
struct Phrase<T> {
    stretches: Vec<Stretch>,
    meaning: T,
}

/// A stretch of a phrase with how its first and its last word may begin.
#[derive(Debug)]
struct Stretch {
    alternatives: Chunk,
    first: Beginnings,
    last: Beginnings,
}

impl Stretch {
    fn new(alternatives: Chunk, known: Known) -> Self {
        Self {
            first: Beginnings::of_chunk(Side::Ahead, &alternatives, known),
            last: Beginnings::of_chunk(Side::Behind, &alternatives, known),
            alternatives,
        }
    }
}

/// A text in which a phrase is checked.
#[derive(Debug, Clone, Copy)]
struct Words<'t> {
    folded: &'t Folded,
    /// For each token how it begins.
    beginnings: &'t [Beginnings],
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

/// Where a phrase is searched for.
#[derive(Debug)]
struct Key {
    anchor: Anchor,
    open_start: bool,
    open_end: bool,
    before: Neighbour,
    behind: Neighbour,
}

/// A key found in a word.
#[derive(Debug, Clone, Copy)]
struct Hit {
    key: u32,
    /// Where its letters end in the word.
    end: u32,
}

/// The different words of a text, with the keys found in each.
#[derive(Debug, Default)]
struct Vocabulary {
    /// For each token the place of its word in `hits_of_word`.
    numbers: Vec<u32>,
    /// For each token how it begins.
    beginnings: Vec<Beginnings>,
    hits_of_word: Vec<Range<usize>>,
    hits: Vec<Hit>,
}

impl<T: Copy + PartialEq> Matcher<T> {
    /// Compiles the patterns. A pattern without a word that is always there is
    /// ignored: the phrase parser refuses those.
    pub fn new(patterns: Vec<Pattern<T>>, numbers: NumberWords, joined: Joined) -> Self {
        let known = Known {
            numbers: numbers.beginnings(),
            joined: !joined.is_empty(),
        };
        let phrases = patterns.iter().map(|pattern| pattern.chunks.as_slice());
        // Joined letters may stand before each word of a run.
        let anchors = anchors(phrases, joined.is_empty());
        let mut words: Vec<&str> = Vec::new();
        let mut places: HashMap<&str, usize> = HashMap::new();
        let mut keys: Vec<Key> = Vec::with_capacity(anchors.len());
        let mut keys_of_word: Vec<Vec<u32>> = Vec::new();
        let mut around: Option<(usize, Neighbour, Neighbour)> = None;
        for anchor in anchors {
            let chunks = &patterns[anchor.phrase].chunks;
            let steps = &chunks[anchor.chunk][anchor.alternative];
            let Step::Word {
                text,
                open_start,
                open_end,
            } = &steps[anchor.step]
            else {
                continue;
            };
            // The alternatives of a stretch have the same stretches around it.
            if around.is_none_or(|(phrase, ..)| phrase != anchor.phrase) {
                let before = Neighbour::of_chunks(Side::Behind, &chunks[..anchor.chunk], known);
                let behind = Neighbour::of_chunks(Side::Ahead, &chunks[anchor.chunk + 1..], known);
                around = Some((anchor.phrase, before, behind));
            }
            let Some((_, before, behind)) = around else {
                continue;
            };
            let (head, tail) = (&steps[..anchor.step], &steps[anchor.step + 1..]);
            let place = *places.entry(text).or_insert_with(|| {
                words.push(text);
                keys_of_word.push(Vec::new());
                words.len() - 1
            });
            keys_of_word[place].push(keys.len() as u32);
            keys.push(Key {
                anchor,
                open_start: *open_start,
                open_end: *open_end,
                before: Neighbour::of_steps(Side::Behind, head, before, known),
                behind: Neighbour::of_steps(Side::Ahead, tail, behind, known),
            });
        }
        // Building fails only beyond automaton limits (4 GiB of patterns).
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(&words)
            .ok();
        let phrase = |pattern: Pattern<T>| Phrase {
            stretches: pattern
                .chunks
                .into_iter()
                .map(|chunk| Stretch::new(chunk, known))
                .collect(),
            meaning: pattern.meaning,
        };
        Self {
            automaton,
            phrases: patterns.into_iter().map(phrase).collect(),
            keys,
            keys_of_word,
            numbers,
            joined,
        }
    }

    /// All matches, in the order in which the runs of words end that the
    /// phrases are searched by; a phrase may match at the same place by several
    /// of its alternatives.
    pub fn find(&self, folded: &Folded) -> Vec<Match<T>> {
        let vocabulary = self.vocabulary(folded);
        let words = Words {
            folded,
            beginnings: &vocabulary.beginnings,
        };
        let mut found = Vec::new();
        for (token, number) in vocabulary.numbers.iter().enumerate() {
            let hits = vocabulary.hits_of_word[*number as usize].clone();
            for hit in &vocabulary.hits[hits] {
                let key = &self.keys[hit.key as usize];
                let may_fit = key.before.may_precede(words.beginnings, token)
                    && key.behind.may_follow(words.beginnings, token);
                if may_fit && let Some(matched) = self.check(key, words, token) {
                    let end = self.end_of_run(key, *hit, folded, token);
                    found.push(((end, Reverse(key.anchor.run.length)), matched));
                }
            }
        }
        found.sort_by_key(|(place, _)| *place);
        found.into_iter().map(|(_, matched)| matched).collect()
    }

    /// The different words of a text.
    fn vocabulary(&self, folded: &Folded) -> Vocabulary {
        let count = folded.tokens.len();
        let mut words = Vocabulary {
            numbers: Vec::with_capacity(count),
            beginnings: Vec::with_capacity(count),
            ..Vocabulary::default()
        };
        let mut known: HashMap<&[u8], u32, BuildHasherDefault<WordHasher>> = HashMap::default();
        let text = folded.text.as_bytes();
        for token in &folded.tokens {
            let word = &text[token.folded.0 as usize..token.folded.1 as usize];
            let number = *known.entry(word).or_insert_with(|| {
                let from = words.hits.len();
                self.look_into(word, &mut words.hits);
                words.hits_of_word.push(from..words.hits.len());
                words.hits_of_word.len() as u32 - 1
            });
            words.numbers.push(number);
            words.beginnings.push(Beginnings::of(word));
        }
        words
    }

    /// Adds the keys that fit a word, each once.
    fn look_into(&self, word: &[u8], hits: &mut Vec<Hit>) {
        let Some(automaton) = &self.automaton else {
            return;
        };
        let first = hits.len();
        for found in automaton.find_overlapping_iter(word) {
            let (head, tail) = (&word[..found.start()], &word[found.end()..]);
            let starts = head.is_empty() || is_one_of(&self.joined.before, head);
            let ends = tail.is_empty() || is_one_of(&self.joined.behind, tail);
            for number in &self.keys_of_word[found.pattern().as_usize()] {
                let key = &self.keys[*number as usize];
                let fits = (key.open_start || starts) && (key.open_end || ends);
                if fits && !hits[first..].iter().any(|hit| hit.key == *number) {
                    hits.push(Hit {
                        key: *number,
                        end: found.end() as u32,
                    });
                }
            }
        }
    }

    /// Where the run of words around a key ends in the folded text.
    fn end_of_run(&self, key: &Key, hit: Hit, folded: &Folded, token: usize) -> usize {
        let anchor = key.anchor;
        let start = |token: usize| folded.tokens.get(token).map_or(0, |t| t.folded.0 as usize);
        let last = anchor.run.to - 1;
        if last == anchor.step {
            return start(token) + hit.end as usize;
        }
        let stretch = &self.phrases[anchor.phrase].stretches[anchor.chunk];
        let length = match &stretch.alternatives[anchor.alternative][last] {
            Step::Word { text, .. } => text.len(),
            _ => 0,
        };
        start(token + last - anchor.step) + length
    }

    /// Whether a step is this word, bare or with joined letters.
    fn word_fits(&self, step: &Step, folded: &Folded, token: &Token) -> bool {
        let word = &folded.text[token.folded.0 as usize..token.folded.1 as usize];
        if word_fits(step, word) {
            return true;
        }
        if self.joined.is_empty() {
            return false;
        }
        let before = self.joined.before.iter();
        std::iter::once(word)
            .chain(before.filter_map(|joined| word.strip_prefix(joined.as_str())))
            .any(|word| {
                let behind = self.joined.behind.iter();
                let mut bare = behind.filter_map(|joined| word.strip_suffix(joined.as_str()));
                word_fits(step, word) || bare.any(|word| word_fits(step, word))
            })
    }

    /// Checks the phrase around its anchor, which is this token.
    fn check(&self, key: &Key, words: Words<'_>, token: usize) -> Option<Match<T>> {
        let anchor = key.anchor;
        let phrase = self.phrases.get(anchor.phrase)?;
        let stretch = phrase.stretches.get(anchor.chunk)?;
        let steps = stretch.alternatives.get(anchor.alternative)?;
        let mut before = Vec::new();
        let start = self.backward(
            &steps[..anchor.step],
            &phrase.stretches[..anchor.chunk],
            words,
            token,
            &mut before,
        )?;
        let mut numbers = Vec::new();
        let end = self.forward(
            &steps[anchor.step + 1..],
            &phrase.stretches[anchor.chunk + 1..],
            words,
            token + 1,
            &mut numbers,
        )?;
        before.reverse();
        before.extend(numbers);
        Some(Match {
            meaning: phrase.meaning,
            tokens: (start as u32, end as u32),
            numbers: (before.first().copied(), before.get(1).copied()),
        })
    }

    /// Matches `steps`, then the stretches `rest`, to the tokens from `at`;
    /// gives one past the last token.
    fn forward(
        &self,
        steps: &[Step],
        rest: &[Stretch],
        words: Words<'_>,
        at: usize,
        numbers: &mut Vec<u32>,
    ) -> Option<usize> {
        let Some((step, steps)) = steps.split_first() else {
            let Some((stretch, rest)) = rest.split_first() else {
                return Some(at);
            };
            if !stretch.first.may_hold(words.beginnings, at) {
                return None;
            }
            return stretch
                .alternatives
                .iter()
                .find_map(|steps| self.forward(steps, rest, words, at, numbers));
        };
        let tokens = &words.folded.tokens;
        let reachable = |index: usize| tokens.get(index).is_some_and(|t| !t.barrier);
        match step {
            Step::Word { .. } => {
                if !reachable(at) || !self.word_fits(step, words.folded, &tokens[at]) {
                    return None;
                }
                self.forward(steps, rest, words, at + 1, numbers)
            }
            Step::Number => {
                if !reachable(at) {
                    return None;
                }
                let (value, length) = self.numbers.read(words.folded, at)?;
                numbers.push(value);
                let end = self.forward(steps, rest, words, at + length, numbers);
                if end.is_none() {
                    numbers.pop();
                }
                end
            }
            Step::Gap(width) => (0..=usize::from(*width))
                .take_while(|skipped| *skipped == 0 || reachable(at + skipped - 1))
                .find_map(|skipped| self.forward(steps, rest, words, at + skipped, numbers)),
        }
    }

    /// Matches `steps`, then the stretches `rest` from the last to the first,
    /// to the tokens before `at`; gives the first token.
    fn backward(
        &self,
        steps: &[Step],
        rest: &[Stretch],
        words: Words<'_>,
        at: usize,
        numbers: &mut Vec<u32>,
    ) -> Option<usize> {
        let Some((step, steps)) = steps.split_last() else {
            let Some((stretch, rest)) = rest.split_last() else {
                return Some(at);
            };
            // Before the first word there is none, as behind the last.
            if !stretch.last.may_hold(words.beginnings, at.wrapping_sub(1)) {
                return None;
            }
            return stretch
                .alternatives
                .iter()
                .find_map(|steps| self.backward(steps, rest, words, at, numbers));
        };
        let tokens = &words.folded.tokens;
        // Stepping from `at` to `at - 1` crosses whatever stands before `at`.
        let reachable = |index: usize| index > 0 && tokens.get(index).is_some_and(|t| !t.barrier);
        match step {
            Step::Word { .. } => {
                if !reachable(at) || !self.word_fits(step, words.folded, &tokens[at - 1]) {
                    return None;
                }
                self.backward(steps, rest, words, at - 1, numbers)
            }
            Step::Number => {
                if !reachable(at) {
                    return None;
                }
                let (value, length) = self.numbers.read_back(words.folded, at)?;
                numbers.push(value);
                let start = self.backward(steps, rest, words, at - length, numbers);
                if start.is_none() {
                    numbers.pop();
                }
                start
            }
            Step::Gap(width) => (0..=usize::from(*width).min(at))
                .take_while(|skipped| *skipped == 0 || reachable(at - skipped + 1))
                .find_map(|skipped| self.backward(steps, rest, words, at - skipped, numbers)),
        }
    }
}

fn is_one_of(joined: &[String], letters: &[u8]) -> bool {
    joined.iter().any(|joined| joined.as_bytes() == letters)
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
