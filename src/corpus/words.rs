//! Words as the index and the queries see them: the folded words of
//! [`crate::annotate`], so that a reader's search and the rules agree, except
//! that Korean is cut into syllables. Its particles are glued to the nouns;
//! syllables found as a phrase match the noun with any particle.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::annotate::fold;
use crate::law::Span;

/// Version of these rules; enters the fingerprint of every index.
pub const WORDS_VERSION: u32 = 1;

/// A folded word and where it stands (byte offsets into the text).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The folded letters.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// The words of a text.
pub fn words(text: &str) -> Vec<Word> {
    let folded = fold(text, &|_| false);
    let mut words = Vec::with_capacity(folded.tokens.len());
    for token in &folded.tokens {
        let letters = (token.folded.0 as usize, token.folded.1 as usize);
        let span = Span::new(token.original.0 as usize, token.original.1 as usize);
        let Some(letters) = folded.text.get(letters.0..letters.1) else {
            continue;
        };
        if letters.contains(is_hangul) {
            cut_syllables(text, span, &mut words);
        } else {
            let text = letters.to_owned();
            words.push(Word { text, span });
        }
    }
    words
}

/// The words of a text joined by blanks, for comparing names.
pub fn folded(text: &str) -> String {
    let words: Vec<String> = words(text).into_iter().map(|word| word.text).collect();
    words.join(" ")
}

/// Cuts a word that holds Hangul into its syllables and what stands between them.
fn cut_syllables(text: &str, span: Span, words: &mut Vec<Word>) {
    let mut rest = span.start;
    let inside = text.get(span.range()).unwrap_or_default();
    for (offset, c) in inside.char_indices().filter(|(_, c)| is_hangul(*c)) {
        let start = span.start + offset;
        add_folded(text, Span::new(rest, start), words);
        rest = start + c.len_utf8();
        words.push(Word {
            text: c.to_string(),
            span: Span::new(start, rest),
        });
    }
    add_folded(text, Span::new(rest, span.end), words);
}

/// Adds the words of a part of a text that holds no Hangul.
fn add_folded(text: &str, span: Span, found: &mut Vec<Word>) {
    let part = text.get(span.range()).unwrap_or_default();
    found.extend(words(part).into_iter().map(|word| Word {
        span: Span::new(span.start + word.span.start, span.start + word.span.end),
        ..word
    }));
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{AC00}'..='\u{D7A3}')
}

/// Feeds [`words`] to the index.
#[derive(Debug, Clone, Default)]
pub struct WordTokenizer;

/// The words of one text on their way into the index.
#[derive(Debug)]
pub struct WordStream {
    words: std::vec::IntoIter<Word>,
    token: Token,
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = WordStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream {
        WordStream {
            words: words(text).into_iter(),
            token: Token::default(),
        }
    }
}

impl TokenStream for WordStream {
    fn advance(&mut self) -> bool {
        let Some(word) = self.words.next() else {
            return false;
        };
        self.token.text = word.text;
        self.token.offset_from = word.span.start;
        self.token.offset_to = word.span.end;
        // The first position is 0: a fresh token stands one before it.
        self.token.position = self.token.position.wrapping_add(1);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::{folded, words};
    use proptest::prelude::*;

    #[test]
    fn korean_is_cut_into_syllables_and_figures_stay_whole() {
        assert_eq!(
            folded("제11조의2 아동을 L’Âge"),
            "제 11 조 의 2 아 동 을 l age"
        );
    }

    proptest! {
        #[test]
        fn spans_advance_and_stand_on_characters(text in "[a-z가-힣0-9 É²]{0,30}") {
            let mut end = 0;
            for word in words(&text) {
                prop_assert!(word.span.start >= end && !word.span.is_empty());
                prop_assert!(text.get(word.span.range()).is_some());
                end = word.span.end;
            }
        }
    }
}
