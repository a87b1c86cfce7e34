//! What numbers look like, and the marks that stand for repealed text.

/// Whether a number can be cited: it has a letter or digit (not a dash).
pub(in crate::ingest::formats) fn is_citable(number: &str) -> bool {
    number.contains(char::is_alphanumeric)
}

/// `(1)`, `(2a)` at the start of a text.
pub(in crate::ingest::formats) fn bracketed_number(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let end = text.find(')')?;
    let inner = text.get(..end)?.strip_prefix('(')?;
    (inner.starts_with(|c: char| c.is_ascii_digit())
        && inner.len() <= 5
        && inner.chars().all(|c| c.is_ascii_alphanumeric()))
    .then(|| &text[..=end])
}

/// A printed number without the word before it: `Art. 5-bis.` gives
/// `5-bis.`, `§ 184b` gives `184b`; `第三条` stays.
pub(in crate::ingest::formats) fn without_word(printed: &str) -> &str {
    let bare = printed.trim_start_matches(['§', ' ', '\u{a0}']);
    let Some(digit) = bare.find(|c: char| c.is_ascii_digit()) else {
        return match bare.rsplit_once(' ') {
            Some((word, roman)) if is_word(word) && is_roman(roman) => roman,
            _ => bare,
        };
    };
    let (word, number) = bare.split_at(digit);
    if is_word(word) { number } else { bare }
}

fn is_word(word: &str) -> bool {
    let word = word.trim_end_matches(['.', ' ', '\u{a0}', '\n', '\t']);
    word.chars().count() >= 3 && word.chars().all(char::is_alphabetic)
}

fn is_roman(word: &str) -> bool {
    let word = word.trim_end_matches('.');
    !word.is_empty() && word.chars().all(|c| "IVXLCDM".contains(c))
}

/// Words that stand in the place of a repealed unit's text, in small letters.
const REPEAL_MARKS: &[&str] = &[
    "weggefallen",
    "aufgehoben",
    "repealed",
    "revoked",
    "omitted",
    "abrogé",
    "vervallen",
    "kumottu",
    "upphäv",
    "abrogat",
    "articolo abrogato",
    "articolo soppresso",
    "derogado",
    "derogada",
    "lettera soppressa",
    "comma abrogato",
    "comma soppresso",
    "soppress",
    "削除",
    "刪除",
    "בוטל",
    "בוטלה",
    "brottfallin",
    "felld úr gildi",
    "imefutwa",
];

/// Whether a unit's whole text only says that it is gone.
pub(super) fn says_repealed(text: &str) -> bool {
    let text = text.trim();
    if text.is_empty() || text.len() > 200 {
        return false;
    }
    let wrapped = text.starts_with(['(', '[', '（', '–', '-', '*']);
    let inner = text.trim_matches(|c: char| !c.is_alphanumeric());
    if inner.is_empty() {
        // Dotted lines and dashes stand for text that is gone; "(*)" does not.
        return text
            .chars()
            .all(|c| ".…‥·-–— ".contains(c) || c.is_whitespace());
    }
    let lower = inner.to_lowercase();
    // Consolidators print such remarks in brackets or in capitals.
    let wrapped = wrapped || lower != inner && !inner.chars().any(char::is_lowercase);
    REPEAL_MARKS.iter().any(|mark| {
        lower.strip_prefix(mark).is_some_and(|rest| {
            let rest = rest.trim_matches(|c: char| !c.is_alphanumeric());
            rest.is_empty() || wrapped
        })
    })
}
