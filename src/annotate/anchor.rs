//! The word of a phrase that is searched for; the rest is checked around it.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::phrase::{Chunk, Step, has_word};

/// The word searched for in one alternative of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchor {
    /// The phrase, by its number.
    pub phrase: usize,
    /// The stretch that is always there,
    pub chunk: usize,
    /// one of its alternatives,
    pub alternative: usize,
    /// and a step of that.
    pub step: usize,
    /// The run of words around the anchor.
    pub run: Run,
}

/// A run of neighbouring words in the steps of an alternative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// Its first step.
    pub from: usize,
    /// One past its last.
    pub to: usize,
    /// Bytes of its words with one blank between them.
    pub length: usize,
}

/// One anchor for each alternative of each phrase's rarest stretch: of the
/// longest run of words the word that the fewest runs share. A run is one word
/// unless words stay as they are (`several`).
pub fn anchors<'p>(phrases: impl Iterator<Item = &'p [Chunk]>, several: bool) -> Vec<Anchor> {
    let mut found: Vec<(Anchor, &'p [Step])> = Vec::new();
    for (phrase, chunks) in phrases.enumerate() {
        let Some(chunk) = rarest(chunks) else {
            continue;
        };
        for (alternative, steps) in chunks[chunk].iter().enumerate() {
            let Some(run) = longest_run(steps, several) else {
                continue;
            };
            let anchor = Anchor {
                phrase,
                chunk,
                alternative,
                step: run.from,
                run,
            };
            found.push((anchor, steps));
        }
    }
    let mut shared: HashMap<&str, usize> = HashMap::new();
    for (anchor, steps) in &found {
        for (_, word) in words(steps, anchor.run) {
            *shared.entry(word).or_default() += 1;
        }
    }
    let choose = |(anchor, steps): (Anchor, &'p [Step])| {
        let rare = words(steps, anchor.run)
            .min_by_key(|(_, word)| (shared.get(word).copied(), Reverse(word.len())));
        Anchor {
            step: rare.map_or(anchor.step, |(step, _)| step),
            ..anchor
        }
    };
    found.into_iter().map(choose).collect()
}

/// The words of a run with their steps.
fn words(steps: &[Step], run: Run) -> impl Iterator<Item = (usize, &str)> {
    let inside = steps.iter().enumerate().take(run.to).skip(run.from);
    inside.filter_map(|(at, step)| match step {
        Step::Word { text, .. } => Some((at, text.as_str())),
        _ => None,
    })
}

/// The stretch to search for: always there, and with the longest words.
fn rarest(chunks: &[Chunk]) -> Option<usize> {
    let shortest = |chunk: &Chunk| {
        chunk
            .iter()
            .map(|steps| longest_run(steps, true).map_or(0, |run| run.length))
            .min()
            .unwrap_or(0)
    };
    (0..chunks.len())
        .filter(|index| chunks[*index].iter().all(|steps| has_word(steps)))
        .max_by_key(|index| (shortest(&chunks[*index]), Reverse(*index)))
}

/// The longest run of neighbouring words, joined as in the folded text. An
/// open word can only stand at the run's ends.
fn longest_run(steps: &[Step], several: bool) -> Option<Run> {
    let mut best: Option<Run> = None;
    for from in 0..steps.len() {
        let mut length = 0;
        for (to, step) in steps.iter().enumerate().skip(from) {
            let Step::Word {
                text,
                open_start,
                open_end,
            } = step
            else {
                break;
            };
            if to > from {
                if *open_start || !several {
                    break;
                }
                length += 1;
            }
            length += text.len();
            if best.as_ref().is_none_or(|run| length > run.length) {
                best = Some(Run {
                    from,
                    to: to + 1,
                    length,
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
    use super::anchors;
    use crate::annotate::phrase::{Chunk, Step, parse};

    #[test]
    fn of_the_longest_run_the_word_of_the_fewest_phrases_is_taken() {
        let phrases: Vec<Vec<Chunk>> = ["in his possession", "his sheep ~ grazing", "possession"]
            .iter()
            .map(|phrase| parse(phrase).unwrap())
            .collect();
        let found = anchors(phrases.iter().map(Vec::as_slice), true);
        let taken: Vec<&str> = found
            .iter()
            .map(|anchor| {
                match &phrases[anchor.phrase][anchor.chunk][anchor.alternative][anchor.step] {
                    Step::Word { text, .. } => text.as_str(),
                    _ => "",
                }
            })
            .collect();
        assert_eq!(taken, ["possession", "grazing", "possession"]);
        let one = parse("(in his possession)").unwrap();
        let found = anchors([one.as_slice(), phrases[2].as_slice()].into_iter(), true);
        assert_eq!((found[0].run.from, found[0].run.to), (0, 3));
        assert_ne!(found[0].step, 2);
    }
}
