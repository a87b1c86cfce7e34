//! A folded view of a text for matching: lower case, no accents, words set
//! apart, with a map back to byte offsets of the original.

use std::sync::LazyLock;

use icu_normalizer::DecomposingNormalizerBorrowed;

/// One word of the folded view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Byte range in the folded text.
    pub folded: (u32, u32),
    /// Byte range in the original text.
    pub original: (u32, u32),
    /// A full stop, colon or semicolon stands between this word and the one
    /// before: no phrase crosses it.
    pub barrier: bool,
}

/// A text folded for matching.
#[derive(Debug, Default)]
pub struct Folded {
    /// Words joined by one blank, or by [`BARRIER`] where a stop lies between.
    pub text: String,
    /// The words.
    pub tokens: Vec<Token>,
}

/// Stands between two words that a stop separates.
pub const BARRIER: char = '\u{1}';

/// Folds a text. `ends_sentence(before)` tells whether a full stop after that
/// (folded) word ends a sentence; it is asked only where white space follows.
pub fn fold(text: &str, ends_sentence: &dyn Fn(&str) -> bool) -> Folded {
    let mut folded = Folded {
        text: String::with_capacity(text.len()),
        tokens: Vec::with_capacity(text.len() / 6),
    };
    let bytes = text.as_bytes();
    // As long as the text: offsets are the same.
    let lower = text.to_ascii_lowercase();
    let mut barrier = false;
    let mut word_start: Option<(usize, usize)> = None; // folded, original
    let mut position = 0;
    while position < bytes.len() {
        let byte = bytes[position];
        if byte.is_ascii() {
            let original = position;
            position += 1;
            if byte.is_ascii_alphanumeric() {
                if byte.is_ascii_digit() && folded.text.ends_with(is_hangul) {
                    end_word(&mut folded, &mut word_start, original, &mut barrier);
                }
                if word_start.is_none() {
                    separate(&mut folded, barrier);
                    word_start = Some((folded.text.len(), original));
                }
                while bytes.get(position).is_some_and(u8::is_ascii_alphanumeric) {
                    position += 1;
                }
                folded.text.push_str(&lower[original..position]);
                continue;
            }
            end_word(&mut folded, &mut word_start, original, &mut barrier);
            barrier |= match byte {
                b';' | b'!' | b'?' | b':' => true,
                b'.' => {
                    let spaced = bytes.get(position).is_none_or(u8::is_ascii_whitespace);
                    spaced && ends_sentence(last_word(&folded))
                }
                _ => false,
            };
            continue;
        }
        // A character starts here: the loop only ever steps over whole ones.
        let Some(c) = text[position..].chars().next() else {
            break;
        };
        let original = position;
        position += c.len_utf8();
        if is_silent(c) {
            continue;
        }
        if is_ideograph(c) {
            end_word(&mut folded, &mut word_start, original, &mut barrier);
            separate(&mut folded, barrier);
            barrier = false;
            let from = folded.text.len();
            folded.text.push(c);
            push_token(&mut folded, from, original, position, false);
            continue;
        }
        let letter = c.is_alphanumeric() || is_combining(c) || c == LOOK_ALIKE_DELTA;
        if letter && c != HANGUL_DOT {
            if is_hangul(c)
                && folded
                    .text
                    .ends_with(|before: char| before.is_ascii_digit())
            {
                end_word(&mut folded, &mut word_start, original, &mut barrier);
            }
            if word_start.is_none() {
                if is_combining(c) {
                    continue;
                }
                separate(&mut folded, barrier);
                word_start = Some((folded.text.len(), original));
            }
            push_folded(c, &mut folded.text);
            continue;
        }
        end_word(&mut folded, &mut word_start, original, &mut barrier);
        barrier |= matches!(c, '。' | '；' | '：' | '！' | '？' | '؛' | '۔' | '।');
    }
    let length = text.len();
    end_word(&mut folded, &mut word_start, length, &mut barrier);
    folded
}

/// Folds a word or phrase of a pack to the words a text would give.
pub fn fold_words(text: &str) -> Vec<String> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    if !text.is_empty() && text.bytes().all(plain) {
        return vec![text.to_owned()];
    }
    let folded = fold(text, &|_| false);
    folded
        .tokens
        .iter()
        .map(|token| folded.text[token.folded.0 as usize..token.folded.1 as usize].to_owned())
        .collect()
}

fn last_word(folded: &Folded) -> &str {
    folded.tokens.last().map_or("", |token| {
        &folded.text[token.folded.0 as usize..token.folded.1 as usize]
    })
}

/// Puts the separator before a new word.
fn separate(folded: &mut Folded, barrier: bool) {
    if !folded.tokens.is_empty() {
        folded.text.push(if barrier { BARRIER } else { ' ' });
    }
}

fn end_word(
    folded: &mut Folded,
    word_start: &mut Option<(usize, usize)>,
    original_end: usize,
    barrier: &mut bool,
) {
    if let Some((from, original)) = word_start.take() {
        push_token(folded, from, original, original_end, *barrier);
        *barrier = false;
    }
}

fn push_token(
    folded: &mut Folded,
    from: usize,
    original: usize,
    original_end: usize,
    barrier: bool,
) {
    folded.tokens.push(Token {
        folded: (from as u32, folded.text.len() as u32),
        original: (original as u32, original_end as u32),
        barrier,
    });
}

/// Characters that neither show nor separate: soft hyphen, zero-width
/// characters, direction marks, Arabic tatweel.
fn is_silent(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | 'ـ')
}

/// Scripts written without blanks: each character is a word of its own.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{e01}'..='\u{e3a}' | '\u{e40}'..='\u{e4e}' | '\u{20000}'..='\u{3ffff}')
}

/// Korean writes figures and words together: `19세` is the number and its
/// counter, `제11조` an article and its number.
fn is_hangul(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}')
}

/// The dot that Korean statutes set between the items of a list. By its code
/// it is a letter.
const HANGUL_DOT: char = '\u{318d}';

/// The mathematical increment sign, which printed Greek gazettes set for the
/// capital delta. By its code it is no letter.
const LOOK_ALIKE_DELTA: char = '\u{2206}';

/// Marks that follow a letter: accents, vowel points, matras.
fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}'..='\u{5c2}' | '\u{5c4}'..='\u{5c5}' | '\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}')
}

/// Whether a mark is dropped when folding. Vowel signs of Indic scripts are
/// letters in their own right and stay.
fn is_dropped_mark(c: char) -> bool {
    is_combining(c) && !matches!(c, '\u{900}'..='\u{94f}')
}

/// The value of a decimal figure of these scripts: each has its ten figures in
/// one row of a code block, from `..0` or from `..6`.
fn figure(c: char) -> u8 {
    let place = (c as u32) & 0xf;
    // At most 15, and never below 6 in the rows that begin there.
    match c {
        '०'..='९' | '০'..='৯' => place.saturating_sub(6) as u8,
        _ => place as u8,
    }
}

/// Letters up to the end of the Arabic block, folded once: most letters that
/// are not ASCII are among them.
static FOLDED: LazyLock<Vec<String>> = LazyLock::new(|| {
    let decomposer = DecomposingNormalizerBorrowed::new_nfkd();
    let folded = |c: char| {
        let mut folded = String::new();
        fold_char(c, &decomposer, &mut folded);
        folded
    };
    ('\0'..='\u{6ff}').map(folded).collect()
});

fn push_folded(c: char, out: &mut String) {
    match FOLDED.get(c as usize) {
        Some(folded) => out.push_str(folded),
        None => fold_char(c, &DecomposingNormalizerBorrowed::new_nfkd(), out),
    }
}

fn fold_char(c: char, decomposer: &DecomposingNormalizerBorrowed<'_>, out: &mut String) {
    match c {
        'ß' | 'ẞ' => out.push_str("ss"),
        'æ' | 'Æ' => out.push_str("ae"),
        'œ' | 'Œ' => out.push_str("oe"),
        'ø' | 'Ø' => out.push('o'),
        'ł' | 'Ł' => out.push('l'),
        'đ' | 'Đ' => out.push('d'),
        'ı' | 'İ' => out.push('i'),
        'ς' => out.push('σ'),
        LOOK_ALIKE_DELTA => out.push('δ'),
        'أ' | 'إ' | 'آ' | 'ٱ' => out.push('ا'),
        'ى' => out.push('ي'),
        'ة' => out.push('ه'),
        // Figures of other scripts are figures.
        '٠'..='٩' | '۰'..='۹' | '०'..='९' | '০'..='৯' | '๐'..='๙' => {
            out.push(char::from(b'0' + figure(c)));
        }
        // Hangul and Cyrillic short i must not fall apart.
        '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7a3}' | 'й' | 'ї' | 'ё' => out.push(c),
        'Й' => out.push('й'),
        'Ї' => out.push('ї'),
        'Ё' => out.push('ё'),
        _ => out.extend(
            decomposer
                .normalize_iter(std::iter::once(c))
                .filter(|part| !is_dropped_mark(*part))
                .flat_map(char::to_lowercase),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::{fold, fold_words};
    use proptest::prelude::*;

    #[test]
    fn case_accents_and_joiners_make_no_difference() {
        assert_eq!(fold_words("L’ÂGE"), ["l", "age"]);
        assert_eq!(fold_words("e-mail"), ["e", "mail"]);
        assert_eq!(fold_words("Straße"), ["strasse"]);
        assert_eq!(fold_words("Deﬁlement"), ["defilement"]);
        assert_eq!(fold_words("por\u{ad}no"), ["porno"]);
        assert_eq!(fold_words("עֲבֵרַת־חוּץ"), ["עברת", "חוץ"]);
        assert_eq!(fold_words("児童"), ["児", "童"]);
        assert_eq!(fold_words("١٨ سنة"), ["18", "سنه"]);
        assert_eq!(fold_words("१४ ๑๕ ۱۶ ১২"), ["14", "15", "16", "12"]);
        assert_eq!(fold_words("Йод"), ["йод"]);
        assert_eq!(fold_words("ΠΡΑΞΗΣ της ∆ΙΚΗΣ"), ["πραξησ", "τησ", "δικησ"]);
        assert_eq!(fold_words("19세 미만"), ["19", "세", "미만"]);
        assert_eq!(fold_words("제11조의2"), ["제", "11", "조의", "2"]);
        assert_eq!(fold_words("제작ㆍ수입"), ["제작", "수입"]);
    }

    #[test]
    fn stops_are_barriers_unless_they_abbreviate() {
        let folded = fold("See art. 5. Then; end", &|word| {
            word != "art" && !word.is_empty()
        });
        let barriers: Vec<bool> = folded.tokens.iter().map(|token| token.barrier).collect();
        assert_eq!(barriers, [false, false, false, true, true]);
    }

    proptest! {
        #[test]
        fn tokens_map_back_to_character_boundaries(text in "\\PC{0,60}") {
            let folded = fold(&text, &|_| true);
            let mut last = 0;
            for token in &folded.tokens {
                let (start, end) = (token.original.0 as usize, token.original.1 as usize);
                prop_assert!(start >= last && start < end);
                prop_assert!(text.get(start..end).is_some());
                last = end;
            }
        }
    }
}
