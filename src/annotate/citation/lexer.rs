//! Cuts a text into what citations are made of: words, numbers with all that
//! belongs to them, numbers in brackets, signs and stops.

use crate::annotate::fold_words;
use crate::law::{Number, Span};

/// One piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lexeme {
    pub span: Span,
    pub content: Content,
}

/// What a piece is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Content {
    /// A word, folded.
    Word(String),
    /// The number of a unit.
    Number,
    /// A short number or letter in brackets: `(4)`, `(a)`, `a)`.
    Bracketed,
    /// `§` or `§§`.
    Sign,
    /// A full stop behind a word or number.
    Stop,
    /// A comma.
    Comma,
    /// A hyphen or dash that stands alone.
    Dash,
    /// The end of a line.
    LineEnd,
    /// Quotation marks.
    Quote,
    /// Anything else.
    Other,
}

/// Cuts a text. In a language in which `bis` is a word ("5 bis 8") it is no
/// suffix of the number before it. Of words with a hyphen only `compounds`,
/// folded without it, are one piece.
pub(super) fn lex(text: &str, bis_is_word: bool, compounds: &[String]) -> Vec<Lexeme> {
    let mut lexemes: Vec<Lexeme> = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = &text[at..];
        let (length, content) = if c == '\n' {
            (1, Content::LineEnd)
        } else if c.is_whitespace() || is_silent(c) {
            at += c.len_utf8();
            continue;
        } else if c.is_numeric() || is_code_letter(rest) {
            let mut length = number_length(rest);
            if bis_is_word && let Some((number, _)) = rest[..length].split_once(" bis") {
                length = number.len();
            }
            let closed = c.is_numeric() && length <= 3 && rest[length..].starts_with(')');
            if closed && !is_open_bracket(&lexemes, text) {
                (length + 1, Content::Bracketed)
            } else {
                (length, Content::Number)
            }
        } else if c.is_alphabetic() {
            let length = rest
                .find(|c: char| !c.is_alphabetic() && !is_mark(c))
                .unwrap_or(rest.len());
            let word = &rest[..length];
            if let Some((length, word)) = compound(rest, length, compounds) {
                (length, Content::Word(word))
            } else if word.chars().count() == 1 && rest[length..].starts_with(')') {
                (length + 1, Content::Bracketed)
            } else {
                (length, Content::Word(fold(word)))
            }
        } else if c == '(' {
            match bracketed_length(rest) {
                Some(length) => (length, Content::Bracketed),
                None => (1, Content::Other),
            }
        } else {
            let length = c.len_utf8();
            match c {
                '§' => {
                    let signs = rest.len() - rest.trim_start_matches('§').len();
                    (signs, Content::Sign)
                }
                '.' => (length, Content::Stop),
                ',' | '،' => (length, Content::Comma),
                '-' | '–' | '—' | '־' => (length, Content::Dash),
                '«' | '»' | '"' | '“' | '”' | '„' | '\'' | '’' => {
                    (length, Content::Quote)
                }
                _ => (length, Content::Other),
            }
        };
        lexemes.push(Lexeme {
            span: Span::new(at, at + length),
            content,
        });
        at += length;
    }
    lexemes
}

/// `sub-paragraph`: length in bytes and folded form of a word with a hyphen
/// whose first part has the length given.
fn compound(text: &str, first: usize, known: &[String]) -> Option<(usize, String)> {
    if known.is_empty() {
        return None;
    }
    let behind = text.get(first..)?.strip_prefix(['-', '‑'])?;
    let second = behind
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(behind.len());
    let mut word = fold(text.get(..first)?);
    word.push_str(&fold(behind.get(..second)?));
    let length = text.len() - behind.len() + second;
    known.contains(&word).then_some((length, word))
}

/// Whether the last piece is an opening bracket, so that a closing one that
/// follows is its own.
fn is_open_bracket(lexemes: &[Lexeme], text: &str) -> bool {
    lexemes
        .last()
        .and_then(|last| text.get(last.span.range()))
        .is_some_and(|last| last == "(")
}

fn is_silent(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn is_mark(c: char) -> bool {
    // Accents, and the tone marks of Thai.
    is_silent(c) || matches!(c, '\u{300}'..='\u{36f}' | '\u{e47}'..='\u{e4e}')
}

fn fold(word: &str) -> String {
    if word.is_ascii() {
        word.to_ascii_lowercase()
    } else {
        fold_words(word).concat()
    }
}

/// A capital letter that belongs to the number behind it: `R. 623-9`, `L121-1`.
fn is_code_letter(text: &str) -> bool {
    let mut chars = text.chars();
    let letter = chars.next().is_some_and(|c| "LRDA".contains(c));
    let rest = chars.as_str();
    let rest = rest.strip_prefix('*').unwrap_or(rest);
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    let rest = rest.strip_prefix(' ').unwrap_or(rest);
    letter && rest.starts_with(|c: char| c.is_ascii_digit())
}

/// Length in bytes of the number at the beginning of a text.
fn number_length(text: &str) -> usize {
    let mut end = text
        .find(|c: char| c.is_numeric())
        .filter(|start| *start <= 4)
        .unwrap_or(0);
    let digits = |from: usize| {
        text[from..]
            .find(|c: char| !c.is_numeric())
            .map_or(text.len(), |length| from + length)
    };
    end = digits(end);
    loop {
        let rest = &text[end..];
        let Some(c) = rest.chars().next() else {
            return end;
        };
        let after = &rest[c.len_utf8()..];
        let letters = after
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(after.len());
        // 4.º
        if let Some(ordinal) = [".º", ".ª", ".°"]
            .iter()
            .find(|mark| rest.starts_with(**mark))
        {
            end += ordinal.len();
            continue;
        }
        let joined = match c {
            '.' | '/' | ':' | '^' => after.starts_with(|c: char| c.is_numeric()),
            '-' | '–' | '‑' if after.starts_with(|c: char| c.is_numeric()) => true,
            '-' | '–' | '‑' => letters > 0 && is_suffix(&after[..letters]),
            'º' | '°' | 'ª' | 'o' if !after.starts_with(char::is_alphanumeric) => {
                end += c.len_utf8();
                continue;
            }
            _ if c.is_alphabetic() => {
                let letters = rest
                    .find(|c: char| !c.is_alphabetic())
                    .unwrap_or(rest.len());
                // 184b, 377BG; not "3rd" with more, not a word glued on.
                if rest[..letters].chars().count() <= 2 || is_suffix(&rest[..letters]) {
                    end += letters;
                    continue;
                }
                false
            }
            ' ' => return with_suffix(text, end),
            _ => false,
        };
        if !joined {
            return end;
        }
        end += c.len_utf8();
        end = if text[end..].starts_with(|c: char| c.is_numeric()) {
            digits(end)
        } else {
            end + letters
        };
    }
}

/// Takes a suffix that stands apart: `366 quáter`, `201 bis 1`, `376 E`, and
/// `10 a §`.
fn with_suffix(text: &str, end: usize) -> usize {
    let rest = text[end..].trim_start_matches(' ');
    let start = text.len() - rest.len();
    let letters = rest
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(rest.len());
    let word = &rest[..letters];
    let behind = rest[letters..].trim_start();
    if word.chars().count() == 1 {
        let capital = word.chars().all(char::is_uppercase)
            && !behind.starts_with(char::is_alphanumeric)
            && !rest[letters..].starts_with(['.', '\'', '’']);
        // "10 a §" is a number, "5 a § 6" are two.
        let sign_behind = behind
            .strip_prefix('§')
            .is_some_and(|rest| !rest.trim_start().starts_with(|c: char| c.is_ascii_digit()));
        return if sign_behind || capital {
            start + letters
        } else {
            end
        };
    }
    if !Number::is_suffix(&fold(word)) {
        return end;
    }
    // `201 bis 1`, `186 bis A`
    let more = behind
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(behind.len());
    let own = rest[letters..].starts_with(' ') && more > 0 && more <= 2;
    if own && !behind[more..].starts_with(|c: char| c.is_alphanumeric()) {
        text.len() - behind.len() + more
    } else {
        start + letters
    }
}

/// Letters after a hyphen that belong to a number: `241-A`, `12-bis`, `129-Ñ`.
fn is_suffix(letters: &str) -> bool {
    let count = letters.chars().count();
    count == 1
        || count == 2 && letters.chars().all(char::is_uppercase)
        || Number::is_suffix(&fold(letters))
}

/// Length of `(4)`, `(4.1)`, `(a)`, `(ii)`, `(4a)`.
fn bracketed_length(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('(')?;
    let close = inner.find(')').filter(|close| *close <= 12)?;
    let inside = inner[..close].trim();
    let count = inside.chars().count();
    let short = inside
        .chars()
        .all(|c| c.is_alphanumeric() || ".-".contains(c));
    let shaped = count == 1
        || inside.starts_with(|c: char| c.is_ascii_digit()) && count <= 5
        || count <= 2
        || count <= 6 && inside.chars().all(|c| "ivxl".contains(c));
    (short && shaped && !inside.is_empty()).then_some(close + 2)
}

/// The number that a piece holds.
pub(super) fn number_of(printed: &str) -> Number {
    let bare = printed.trim_matches(|c: char| "()[]«»\"“”„'’ ".contains(c));
    Number::new(bare)
}
