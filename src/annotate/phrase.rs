//! Phrases of a language pack: their notation and what it stands for.
//! `mappings/README.md` describes the notation for lawyers.

use super::fold::fold_words;

/// One step of a phrase.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Step {
    /// A word, folded.
    Word {
        /// The letters that must be there.
        text: String,
        /// More letters may stand before.
        open_start: bool,
        /// More letters may follow.
        open_end: bool,
    },
    /// Up to so many words of any kind.
    Gap(u8),
    /// A number; `{n}` is the first, `{m}` the second.
    Number,
}

/// A stretch of a phrase between blanks, with its alternatives written out.
/// An empty alternative means that the stretch may be left out.
pub type Chunk = Vec<Vec<Step>>;

/// Why a phrase cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PhraseError {
    /// A bracket is not closed, or closed twice.
    #[error("the bracket is not closed")]
    Bracket,
    /// Nothing is left after expansion.
    #[error("the phrase is empty")]
    Empty,
    /// Only gaps, numbers, wildcards and words that may be left out: it would
    /// match everywhere.
    #[error("the phrase has no word of its own that is always there")]
    NoWord,
    /// More than 1024 alternatives in one stretch.
    #[error("one bracket multiplies to more than 1024 alternatives; split the phrase")]
    TooMany,
    /// `~` not followed by a number up to 30 or a blank.
    #[error("`~` takes a number from 1 to 30, as in ~6")]
    Gap,
}

const MOST_ALTERNATIVES: usize = 1024;
const USUAL_GAP: u8 = 4;

/// Reads a phrase into its stretches.
///
/// # Errors
/// When the notation is wrong or matches too little or too much.
pub fn parse(phrase: &str) -> Result<Vec<Chunk>, PhraseError> {
    let mut chunks: Vec<Chunk> = Vec::new();
    for stretch in stretches(phrase)? {
        let mut chunk: Chunk = Vec::new();
        for text in alternatives(stretch)? {
            let steps = steps(&text)?;
            if !chunk.contains(&steps) {
                chunk.push(steps);
            }
        }
        chunks.push(chunk);
    }
    // A gap at an end says nothing.
    let is_gap = |chunk: &Chunk| matches!(chunk.as_slice(), [steps] if matches!(steps.as_slice(), [Step::Gap(_)]));
    while chunks.last().is_some_and(is_gap) {
        chunks.pop();
    }
    while chunks.first().is_some_and(is_gap) {
        chunks.remove(0);
    }
    if chunks.is_empty() {
        return Err(PhraseError::Empty);
    }
    if !chunks
        .iter()
        .any(|chunk| chunk.iter().all(|steps| has_word(steps)))
    {
        return Err(PhraseError::NoWord);
    }
    Ok(chunks)
}

/// Whether a run of steps holds a word to search for.
pub fn has_word(steps: &[Step]) -> bool {
    steps.iter().any(|step| matches!(step, Step::Word { .. }))
}

/// The stretches between blanks that stand outside brackets.
fn stretches(phrase: &str) -> Result<Vec<&str>, PhraseError> {
    let mut found = Vec::new();
    let (mut depth, mut start) = (0u32, None);
    for (index, c) in phrase.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.checked_sub(1).ok_or(PhraseError::Bracket)?,
            _ => {}
        }
        if c.is_whitespace() && depth == 0 {
            found.extend(start.take().map(|start| &phrase[start..index]));
        } else if start.is_none() {
            start = Some(index);
        }
    }
    if depth > 0 {
        return Err(PhraseError::Bracket);
    }
    found.extend(start.map(|start| &phrase[start..]));
    Ok(found)
}

/// Writes out `(a|b)` groups, which may stand inside words and inside each other.
fn alternatives(stretch: &str) -> Result<Vec<String>, PhraseError> {
    let mut done = Vec::new();
    let mut open = vec![stretch.to_owned()];
    while let Some(text) = open.pop() {
        // The innermost group: the last opening bracket before the first closing one.
        let group = text
            .find(')')
            .and_then(|close| text[..close].rfind('(').map(|start| (start, close)));
        let Some((start, close)) = group else {
            done.push(text);
            if done.len() > MOST_ALTERNATIVES {
                return Err(PhraseError::TooMany);
            }
            continue;
        };
        let (head, tail) = (&text[..start], &text[close + 1..]);
        for choice in text[start + 1..close].split('|').rev() {
            open.push([head, choice, tail].concat());
        }
        if open.len() > MOST_ALTERNATIVES {
            return Err(PhraseError::TooMany);
        }
    }
    Ok(done)
}

fn steps(text: &str) -> Result<Vec<Step>, PhraseError> {
    let mut steps: Vec<Step> = Vec::new();
    for piece in text.split_whitespace() {
        if let Some(width) = piece.strip_prefix('~') {
            let width = match width {
                "" => USUAL_GAP,
                _ => width
                    .parse()
                    .ok()
                    .filter(|width| (1..=30).contains(width))
                    .ok_or(PhraseError::Gap)?,
            };
            steps.push(Step::Gap(width));
            continue;
        }
        if matches!(piece, "{n}" | "{m}") {
            steps.push(Step::Number);
            continue;
        }
        let open_start = piece.starts_with('*');
        let open_end = piece.ends_with('*');
        let words = fold_words(piece.trim_matches('*'));
        let last = words.len().saturating_sub(1);
        for (index, text) in words.into_iter().enumerate() {
            steps.push(Step::Word {
                text,
                open_start: open_start && index == 0,
                open_end: open_end && index == last,
            });
        }
    }
    Ok(steps)
}

#[cfg(test)]
mod tests {
    use super::{PhraseError, Step, parse};
    use proptest::prelude::*;

    fn written(phrase: &str) -> String {
        let step = |step: &Step| match step {
            Step::Word {
                text,
                open_start,
                open_end,
            } => format!(
                "{}{text}{}",
                if *open_start { "*" } else { "" },
                if *open_end { "*" } else { "" }
            ),
            Step::Gap(width) => format!("~{width}"),
            Step::Number => "{}".to_owned(),
        };
        let steps = |steps: &Vec<Step>| steps.iter().map(step).collect::<Vec<_>>().join(" ");
        parse(phrase)
            .unwrap()
            .iter()
            .map(|chunk| chunk.iter().map(steps).collect::<Vec<_>>().join("|"))
            .collect::<Vec<_>>()
            .join(", ")
    }

    #[test]
    fn the_notation_reads_as_documented() {
        assert_eq!(written("possess*"), "possess*");
        assert_eq!(written("stor(e|es|ing)"), "store|stores|storing");
        assert_eq!(
            written("has ~3 in (his|their own) possession"),
            "has, ~3, in, his|their own, possession"
        );
        assert_eq!(written("under (the age of|) {n}"), "under, the age of|, {}");
        assert_eq!(written("l'âge de {n}"), "l age, de, {}");
        assert_eq!(written("~ *pornograph* ~"), "*pornograph*");
        assert_eq!(written("(a|(b|c) d)"), "a|b d|c d");
    }

    #[test]
    fn wrong_notation_is_named() {
        assert_eq!(parse("(a|b"), Err(PhraseError::Bracket));
        assert_eq!(parse("a)"), Err(PhraseError::Bracket));
        assert_eq!(parse("{n} ~"), Err(PhraseError::NoWord));
        assert_eq!(parse("(a|) {n}"), Err(PhraseError::NoWord));
        assert_eq!(parse(" "), Err(PhraseError::Empty));
        assert_eq!(parse("a ~99 b"), Err(PhraseError::Gap));
    }

    proptest! {
        #[test]
        fn any_text_parses_or_is_refused(phrase in "[a-c (|)~*{}n0-9]{0,30}") {
            let _ = parse(&phrase);
        }
    }
}
