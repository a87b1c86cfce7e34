//! From canonical text back to the source file: which words of the file a
//! span was made of.

use std::ops::Range;

use serde::Serialize;

use crate::ingest::{Place, SourceText};
use crate::law::Span;

/// So many words in a row tell where a text continues.
const RUN: usize = 4;
/// How far a single word is looked for when no run is found.
const NEAR: usize = 5;

/// Where a span stands in the source file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceRange {
    /// Its first character.
    pub start: Place,
    /// One past its last character.
    pub end: Place,
    /// Byte range in the source text.
    #[serde(skip)]
    pub bytes: Range<usize>,
}

/// The words of canonical text, each tied to the words of the source file
/// they were made of, as far as they can be told.
#[derive(Debug)]
pub struct SourceMap<'s> {
    source: &'s SourceText,
    /// Byte ranges of the words of the canonical text.
    words: Vec<Range<usize>>,
    /// For each of them the byte range of its word in the source.
    places: Vec<Option<Range<usize>>>,
}

impl<'s> SourceMap<'s> {
    /// Ties the words of `canonical` to those of `source`.
    ///
    /// Readers leave markup out and may move notes and numbers, so that the
    /// words follow each other in runs: a run goes on as long as both sides
    /// agree; where it breaks, the nearest place in the source at which the
    /// next words stand is taken.
    pub fn new(canonical: &str, source: &'s SourceText) -> Self {
        let words = words(canonical, false);
        let source_words = words_of(source);
        let text_at = |range: &Range<usize>| &canonical[range.clone()];
        let source_at = |range: &Range<usize>| &source.text[range.clone()];
        let key = |at: &dyn Fn(usize) -> Option<u64>, from: usize| -> Option<u64> {
            (0..RUN).try_fold(0u64, |key, step| {
                Some(key.rotate_left(13).wrapping_mul(31) ^ at(from + step)?)
            })
        };
        let source_hashes: Vec<u64> = source_words.iter().map(|w| hash(source_at(w))).collect();
        let word_hashes: Vec<u64> = words.iter().map(|w| hash(text_at(w))).collect();
        let mut runs: Vec<(u64, u32)> = (0..source_words.len())
            .filter_map(|from| {
                let key = key(&|at| source_hashes.get(at).copied(), from)?;
                Some((key, from as u32))
            })
            .collect();
        runs.sort_unstable();
        let mut places = Vec::with_capacity(words.len());
        let mut next = 0;
        for (index, own) in word_hashes.iter().enumerate() {
            if source_hashes.get(next) != Some(own) {
                let run = key(&|at| word_hashes.get(at).copied(), index)
                    .and_then(|key| nearest(&runs, key, next));
                let near = || {
                    let end = (next + NEAR).min(source_hashes.len());
                    (next..end).find(|at| source_hashes[*at] == *own)
                };
                match run.or_else(near) {
                    Some(found) => next = found,
                    None => {
                        places.push(None);
                        continue;
                    }
                }
            }
            places.push(source_words.get(next).cloned());
            next += 1;
        }
        Self {
            source,
            words,
            places,
        }
    }

    /// The offset in the canonical text of the word at an offset of the source.
    pub fn canonical_at(&self, offset: usize) -> Option<usize> {
        let holds = |place: &Option<Range<usize>>| {
            place
                .as_ref()
                .is_some_and(|p| p.start <= offset && offset <= p.end)
        };
        let at = self.places.iter().position(holds)?;
        self.words.get(at).map(|word| word.start)
    }

    /// Where a span of the canonical text stands; none if no word of it was found.
    pub fn range(&self, span: Span) -> Option<SourceRange> {
        let first = self.words.partition_point(|word| word.end <= span.start);
        let last = self.words.partition_point(|word| word.start < span.end);
        let places = self.places.get(first..last)?;
        // A heading that stands elsewhere may share a word with what is here.
        if places.iter().flatten().count() * 2 <= places.len() {
            return None;
        }
        let mut found = places.iter().flatten();
        let start = found.next()?.clone();
        // Words that were moved elsewhere do not stretch the range.
        let longest = span.len() * 4 + 400;
        let end = found
            .filter(|place| place.start >= start.start && place.end <= start.start + longest)
            .map(|place| place.end)
            .max()
            .unwrap_or(start.end);
        let bytes = start.start..end;
        Some(SourceRange {
            start: self.source.place(bytes.start),
            end: self.source.place(bytes.end),
            bytes,
        })
    }
}

/// Of the sorted runs of words with this key the one nearest to `next`; going
/// back counts double.
fn nearest(runs: &[(u64, u32)], key: u64, next: usize) -> Option<usize> {
    let after = runs.partition_point(|(own, start)| (*own, *start as usize) < (key, next));
    let start = |at: usize| {
        let (own, start) = runs.get(at)?;
        (*own == key).then_some(*start as usize)
    };
    let forward = start(after);
    let back = after.checked_sub(1).and_then(start);
    match (forward, back) {
        (Some(forward), Some(back)) if (next - back) * 2 < forward - next => Some(back),
        (Some(forward), _) => Some(forward),
        (None, back) => back,
    }
}

/// FNV-1a: the same on every machine and in every run.
fn hash(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn words_of(source: &SourceText) -> Vec<Range<usize>> {
    words(&source.text, source.markup)
}

/// Runs of letters and digits; each character of a script without blanks is
/// its own word. With `markup`, what stands in angle brackets is left out.
fn words(text: &str, markup: bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    let mut tag = false;
    for (at, letter) in text.char_indices() {
        tag = match letter {
            '<' if markup => true,
            '>' if tag => false,
            _ => tag,
        };
        let wordy = !tag && letter.is_alphanumeric();
        let single = wordy && is_unspaced(letter);
        if (!wordy || single)
            && let Some(start) = open.take()
        {
            found.push(start..at);
        }
        if single {
            found.push(at..at + letter.len_utf8());
        } else if wordy && open.is_none() {
            open = Some(at);
        }
    }
    if let Some(start) = open {
        found.push(start..text.len());
    }
    found
}

/// Kana, CJK ideographs, Thai and its neighbours.
fn is_unspaced(letter: char) -> bool {
    !letter.is_ascii()
        && matches!(u32::from(letter), 0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff
        | 0x3040..=0x30ff | 0x3400..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::SourceMap;
    use crate::ingest::{PlaceUnit, SourceText};
    use crate::law::Span;

    fn text(text: &str, markup: bool) -> SourceText {
        SourceText {
            text: text.to_owned(),
            unit: PlaceUnit::Line,
            markup,
        }
    }

    #[test]
    fn a_moved_number_and_markup_do_not_lose_the_place() {
        let source = text(
            "<s><h>Keeping</h><n>12</n><t>No person may <b>keep</b> a goat.</t></s>\n<t>No person may keep a cow.</t>",
            true,
        );
        let canonical = "12 Keeping\nNo person may keep a goat.\nNo person may keep a cow.\n";
        let map = SourceMap::new(canonical, &source);
        let at = canonical.find("keep a cow").unwrap();
        let range = map.range(Span::new(at, at + 10)).unwrap();
        assert_eq!(&source.text[range.bytes.clone()], "keep a cow");
        assert_eq!(range.start.to_string(), "2:18");
        let at = canonical.find("keep a goat").unwrap();
        let range = map.range(Span::new(at, at + 11)).unwrap();
        assert_eq!(&source.text[range.bytes.clone()], "keep</b> a goat");
    }

    proptest! {
        #[test]
        fn any_span_of_any_text_has_a_range_within_the_source(
            canonical in "[a-c12 \\n儿é.]{0,80}", raw in "[a-c12 \\n<>儿é.]{0,80}",
            start in 0usize..80, length in 0usize..40, markup: bool,
        ) {
            let source = text(&raw, markup);
            let map = SourceMap::new(&canonical, &source);
            if let Some(range) = map.range(Span::new(start, start + length)) {
                prop_assert!(source.text.get(range.bytes.clone()).is_some());
                prop_assert!(range.start <= range.end);
            }
        }
    }
}
