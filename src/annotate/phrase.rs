//! Phrases of a language pack: their notation and what it expands to.
//! `mappings/README.md` describes the notation for lawyers.

use super::fold::fold_words;

/// One step of an expanded phrase.
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

/// Why a phrase cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PhraseError {
    /// A bracket is not closed, or closed twice.
    #[error("the bracket is not closed")]
    Bracket,
    /// Nothing is left after expansion.
    #[error("the phrase is empty, or has an alternative that is")]
    Empty,
    /// Only gaps, numbers and wildcards: it would match everywhere.
    #[error("the phrase has no word of its own")]
    NoWord,
    /// More than 4096 variants.
    #[error("the alternatives multiply to more than 4096 variants; split the phrase")]
    TooMany,
    /// `~` not followed by a number up to 30 or a blank.
    #[error("`~` takes a number from 1 to 30, as in ~6")]
    Gap,
}

const MOST_VARIANTS: usize = 4096;
const USUAL_GAP: u8 = 4;

/// Expands a phrase to all its variants.
///
/// # Errors
/// When the notation is wrong or matches too little or too much.
pub fn expand(phrase: &str) -> Result<Vec<Vec<Step>>, PhraseError> {
    let mut variants = Vec::new();
    for text in alternatives(phrase)? {
        let steps = steps(&text)?;
        if !variants.contains(&steps) {
            variants.push(steps);
        }
    }
    Ok(variants)
}

/// Writes out `(a|b)` groups, which may stand inside words and inside each other.
fn alternatives(phrase: &str) -> Result<Vec<String>, PhraseError> {
    let mut done = Vec::new();
    let mut open = vec![phrase.to_owned()];
    while let Some(text) = open.pop() {
        // The innermost group: the last opening bracket before the first closing one.
        let Some(close) = text.find(')') else {
            if text.contains('(') {
                return Err(PhraseError::Bracket);
            }
            done.push(text);
            if done.len() > MOST_VARIANTS {
                return Err(PhraseError::TooMany);
            }
            continue;
        };
        let Some(start) = text[..close].rfind('(') else {
            return Err(PhraseError::Bracket);
        };
        for choice in text[start + 1..close].split('|').rev() {
            open.push(format!("{}{choice}{}", &text[..start], &text[close + 1..]));
        }
        if open.len() > MOST_VARIANTS {
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
            // A gap at an end, or beside another, says nothing.
            if !steps.is_empty() && !matches!(steps.last(), Some(Step::Gap(_))) {
                steps.push(Step::Gap(width));
            }
            continue;
        }
        if matches!(piece, "{n}" | "{m}") {
            steps.push(Step::Number);
            continue;
        }
        let open_start = piece.starts_with('*');
        let open_end = piece.ends_with('*');
        let words = fold_words(piece);
        let last = words.len().saturating_sub(1);
        for (index, text) in words.into_iter().enumerate() {
            steps.push(Step::Word {
                text,
                open_start: open_start && index == 0,
                open_end: open_end && index == last,
            });
        }
    }
    while matches!(steps.last(), Some(Step::Gap(_))) {
        steps.pop();
    }
    if steps.is_empty() {
        return Err(PhraseError::Empty);
    }
    if !steps.iter().any(|step| matches!(step, Step::Word { .. })) {
        return Err(PhraseError::NoWord);
    }
    Ok(steps)
}

#[cfg(test)]
mod tests {
    use super::{PhraseError, Step, expand};
    use proptest::prelude::*;

    fn words(phrase: &str) -> Vec<String> {
        expand(phrase)
            .unwrap()
            .iter()
            .map(|steps| {
                steps
                    .iter()
                    .map(|step| match step {
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
                    })
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .collect()
    }

    #[test]
    fn the_notation_expands_as_documented() {
        assert_eq!(words("possess*"), ["possess*"]);
        assert_eq!(words("stor(e|es|ing)"), ["store", "stores", "storing"]);
        assert_eq!(
            words("has ~3 in (his|their own) possession"),
            ["has ~3 in his possession", "has ~3 in their own possession"]
        );
        assert_eq!(
            words("under (the age of|) {n}"),
            ["under the age of {}", "under {}"]
        );
        assert_eq!(words("l'âge de {n}"), ["l age de {}"]);
        assert_eq!(words("*pornograph* ~"), ["*pornograph*"]);
        assert_eq!(words("(a|(b|c) d)"), ["a", "b d", "c d"]);
    }

    #[test]
    fn wrong_notation_is_named() {
        assert_eq!(expand("(a|b"), Err(PhraseError::Bracket));
        assert_eq!(expand("a)"), Err(PhraseError::Bracket));
        assert_eq!(expand("{n} ~"), Err(PhraseError::NoWord));
        assert_eq!(expand(" "), Err(PhraseError::Empty));
        assert_eq!(expand("a ~99 b"), Err(PhraseError::Gap));
    }

    proptest! {
        #[test]
        fn any_text_expands_or_is_refused(phrase in "[a-c (|)~*{}n0-9]{0,30}") {
            let _ = expand(&phrase);
        }
    }
}
