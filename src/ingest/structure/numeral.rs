//! Number shapes of articles and groups: 163.1, 366 quáter, 227-23, 12A,
//! 第三条の二, Roman figures, ordinals in words.

/// A number found at the start of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Numeral {
    /// As printed, without ordinal marks and trailing punctuation.
    pub(super) printed: String,
    /// Bytes of the text it covers.
    pub(super) end: usize,
}

const LATIN: &[&str] = &[
    "bis",
    "ter",
    "tris",
    "quater",
    "quáter",
    "quinquies",
    "quintus",
    "quinque",
    "quinques",
    "quinquiés",
    "sexies",
    "sexties",
    "sextus",
    "septies",
    "octies",
    "octiens",
    "nonies",
    "novies",
    "decies",
    "undecies",
    "duodecies",
    "terdecies",
    "tredecies",
    "quaterdecies",
    "quindecies",
    "quinquiesdecies",
    "sexdecies",
    "sexiesdecies",
    "septiesdecies",
    "octiesdecies",
    "duodevicies",
    "noniesdecies",
    "undevicies",
    "vicies",
    "bis-bis",
    "quinto",
    "sexto",
    "septimo",
];

/// Pali words that Thai law counts inserted articles with: bis, ter, quater ...
const PALI: &[&str] = &[
    "ทวิ",
    "ตรี",
    "จัตวา",
    "เบญจ",
    "ฉ",
    "สัตต",
    "อัฏฐ",
    "นว",
    "ทศ",
    "เอกาทศ",
    "ทวาทศ",
];

/// Letters that stand for "repeated" after a number in Arabic law.
const REPEATED: &str = "مكرر";

/// Reads an Arabic-figure number (in any script's digits) with its suffixes.
pub(super) fn figures(text: &str) -> Option<Numeral> {
    let mut cursor = Cursor { text, at: 0 };
    let mut printed = String::new();
    cursor.statute_letter(&mut printed);
    if cursor.digits(&mut printed) == 0 {
        return None;
    }
    cursor.ordinal_mark();
    while cursor.suffix(&mut printed) {}
    if printed.len() > 40 {
        return None;
    }
    Some(Numeral {
        printed,
        end: cursor.at,
    })
}

/// Reads an upper-case Roman number that ends a word.
pub(super) fn roman(text: &str) -> Option<Numeral> {
    let end = text
        .find(|c: char| !matches!(c, 'I' | 'V' | 'X' | 'L' | 'C' | 'D' | 'M' | 'Ⅰ'..='Ⅻ'))
        .unwrap_or(text.len());
    let rest = &text[end..];
    if end == 0
        || rest.starts_with(|c: char| c.is_alphanumeric())
        || text[..end].chars().count() > 9
    {
        return None;
    }
    let mut cursor = Cursor { text, at: end };
    let mut printed = text[..end].to_owned();
    while cursor.suffix(&mut printed) {}
    Some(Numeral {
        printed,
        end: cursor.at,
    })
}

struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// The `R.`, `L.`, `D.` of French codes: `R131-1`, `L. 121-3`, `R.* 12`.
    fn statute_letter(&mut self, printed: &mut String) {
        let rest = self.rest();
        let mut chars = rest.chars();
        let Some(letter) = chars.next().filter(|c| matches!(c, 'R' | 'L' | 'D' | 'A')) else {
            return;
        };
        let after = chars
            .as_str()
            .trim_start_matches('.')
            .trim_start_matches('*')
            .trim_start();
        if after.starts_with(|c: char| c.is_ascii_digit()) && rest.len() - after.len() <= 5 {
            printed.push(letter);
            self.at += rest.len() - after.len();
        }
    }

    fn digits(&mut self, printed: &mut String) -> usize {
        let mut count = 0;
        for c in self.rest().chars() {
            if !is_digit(c) || count > 6 {
                break;
            }
            printed.push(c);
            self.at += c.len_utf8();
            count += 1;
        }
        count
    }

    /// º, °, "o.", "er", "re", "e", "ème", ".ª": marks of an ordinal.
    fn ordinal_mark(&mut self) {
        let rest = self.rest();
        for mark in [
            ".º", ".ª", "º", "ª", "°", "˚", "ème", "ere", "ère", "er", "re", "nd", "rd", "st",
            "th", "o", "ᵉʳ",
        ] {
            // A capital O after a figure is a letter: section 2O.
            if mark == "o" && rest.starts_with('O') {
                continue;
            }
            if let Some(after) = strip_ignore_case(rest, mark)
                && !after.starts_with(|c: char| c.is_alphabetic() && !matches!(c, 'º' | 'ª'))
            {
                self.at += rest.len() - after.len();
                return;
            }
        }
    }

    /// One suffix: `-23`, `.1`, `:233`, `/๑`, `^1`, `¹`, `A`, ` bis`, `-Ñ`, ` A.`, `の二`.
    fn suffix(&mut self, printed: &mut String) -> bool {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else {
            return false;
        };
        let after = &rest[first.len_utf8()..];
        match first {
            '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' => {
                printed.push(first);
                self.at += first.len_utf8();
                true
            }
            '-' | '–' | '‑' | '−' | '.' | ':' | '/' | '^' | '_' => {
                if after.starts_with(is_digit) {
                    // A decimal point after a letter or suffix starts a sentence.
                    if first == '.' && !printed.ends_with(is_digit) {
                        return false;
                    }
                    let mut tail = String::new();
                    let mark = self.at;
                    self.at += first.len_utf8();
                    let count = self.digits(&mut tail);
                    if count > 6 {
                        self.at = mark;
                        return false;
                    }
                    printed.push(if is_dash(first) { '-' } else { first });
                    printed.push_str(&tail);
                    return true;
                }
                if first == '/'
                    && let Some((letters, length)) = letters(after, 1)
                    && letters.chars().all(char::is_uppercase)
                {
                    printed.push('/');
                    printed.push_str(letters);
                    self.at += first.len_utf8() + length;
                    return true;
                }
                if first == ':' || first == '/' {
                    return false;
                }
                if let Some((word, length)) = latin(after) {
                    printed.push('-');
                    printed.push_str(word);
                    self.at += first.len_utf8() + length;
                    return true;
                }
                // A letter after a dash: 129-Ñ, 366-A. After a point: none.
                if is_dash(first)
                    && let Some((letters, length)) = letters(after, 2)
                    && letters.chars().all(char::is_uppercase)
                {
                    printed.push('-');
                    printed.push_str(letters);
                    self.at += first.len_utf8() + length;
                    return true;
                }
                false
            }
            'の' | '之' | '의' => {
                if let Some((digits, length)) = cjk(after) {
                    printed.push(first);
                    printed.push_str(digits);
                    self.at += first.len_utf8() + length;
                    return true;
                }
                let mut tail = String::new();
                if after.starts_with(is_digit) {
                    self.at += first.len_utf8();
                    self.digits(&mut tail);
                    printed.push(first);
                    printed.push_str(&tail);
                    return true;
                }
                false
            }
            ' ' | '\u{a0}' | '\u{202f}' => self.spaced_suffix(printed),
            c if c.is_alphabetic() => {
                if let Some((word, length)) = latin(rest) {
                    printed.push_str(word);
                    self.at += length;
                    return true;
                }
                if let Some(after) = rest.strip_prefix(REPEATED)
                    && !after.starts_with(char::is_alphabetic)
                {
                    printed.push(' ');
                    printed.push_str(REPEATED);
                    self.at += REPEATED.len();
                    return true;
                }
                if is_uncased_script(c) {
                    // Hebrew, Cyrillic-free scripts: one letter that ends the word.
                    if !after.starts_with(|c: char| c.is_alphanumeric()) {
                        printed.push(c);
                        self.at += c.len_utf8();
                        return true;
                    }
                    return false;
                }
                if let Some((letters, length)) = letters(rest, 3) {
                    printed.push_str(letters);
                    self.at += length;
                    return true;
                }
                false
            }
            _ => false,
        }
    }

    /// A suffix set apart by a blank: ` bis`, ` ter 1`, ` A.`, ` مكرر`.
    fn spaced_suffix(&mut self, printed: &mut String) -> bool {
        let rest = self.rest();
        let word = rest.trim_start();
        let blanks = rest.len() - word.len();
        if blanks > 6 {
            return false;
        }
        if let Some((suffix, length)) = bracketed_latin(word) {
            printed.push(' ');
            printed.push_str(&suffix);
            self.at += blanks + length;
            return true;
        }
        let dashed = word.trim_start_matches(['-', '–']).trim_start();
        let dash = word.len() - dashed.len();
        if let Some((latin, length)) = latin(dashed) {
            printed.push(' ');
            printed.push_str(latin);
            self.at += blanks + dash + length;
            return true;
        }
        if let Some(after) = word.strip_prefix(REPEATED)
            && !after.starts_with(char::is_alphabetic)
        {
            printed.push(' ');
            printed.push_str(REPEATED);
            self.at += blanks + REPEATED.len();
            return true;
        }
        if let Some(pali) = PALI.iter().find(|pali| {
            word.strip_prefix(**pali)
                .is_some_and(|after| !after.starts_with(char::is_alphabetic))
        }) {
            printed.push(' ');
            printed.push_str(pali);
            self.at += blanks + pali.len();
            return true;
        }
        // The number after a Latin suffix: 201 bis 1.
        if printed.ends_with(char::is_alphabetic)
            && word.starts_with(is_digit)
            && LATIN
                .iter()
                .any(|latin| printed.to_lowercase().ends_with(latin))
        {
            let digits = word.find(|c: char| !is_digit(c)).unwrap_or(word.len());
            let after = &word[digits..];
            if digits <= 2 && (after.is_empty() || after.starts_with(['.', '-', '–', '—'])) {
                printed.push(' ');
                printed.push_str(&word[..digits]);
                self.at += blanks + digits;
                return true;
            }
        }
        // 268 (1). with a full stop: an inserted article.
        if let Some(inner) = word.strip_prefix('(')
            && printed.ends_with(is_digit)
        {
            let digits = inner.find(|c: char| !is_digit(c)).unwrap_or(inner.len());
            if (1..=2).contains(&digits) && inner[digits..].starts_with(").") {
                printed.push_str(" (");
                printed.push_str(&inner[..digits]);
                printed.push(')');
                self.at += blanks + digits + 2;
                return true;
            }
        }
        // A single letter that cannot be the first word: 410 A, § 1 a.
        if printed.ends_with(is_digit)
            && let Some(letter) = word
                .chars()
                .next()
                .filter(|c| c.is_alphabetic() && !is_uncased_script(*c))
        {
            let after = &word[letter.len_utf8()..];
            let closed = after.is_empty()
                || after.starts_with([':', '–', '—', '§'])
                || after.starts_with(" §")
                || after.strip_prefix('.').is_some_and(|next| {
                    next.is_empty() || next.starts_with([' ', '-', '–', '—', '\u{a0}'])
                })
                || (letter.is_uppercase()
                    && after.starts_with(['-', ' '])
                    && after.trim_start().starts_with(['-', '–', '—', '(', '.']));
            if closed {
                printed.push(' ');
                printed.push(letter);
                self.at += blanks + letter.len_utf8();
                return true;
            }
        }
        false
    }
}

/// `(bis)`, `(bis 1)`, `(Bis/1)`: a Latin suffix in brackets, without them,
/// with the length of the whole.
fn bracketed_latin(text: &str) -> Option<(String, usize)> {
    let inner = text.strip_prefix('(')?;
    let (word, length) = latin(inner)?;
    let tail = &inner[length..];
    let count = tail.trim_start_matches([' ', '/']);
    let digits = count
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(count.len());
    let after = count[digits..].strip_prefix(')')?;
    let suffix = match &count[..digits] {
        "" => word.to_owned(),
        digits => format!("{word} {digits}"),
    };
    Some((suffix, text.len() - after.len()))
}

/// A Latin suffix at the start, as printed, with its length.
fn latin(text: &str) -> Option<(&str, usize)> {
    let end = word_end(text, 21);
    let word = &text[..end];
    if !(3..=20).contains(&end) || !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let lower = word.to_lowercase();
    LATIN.contains(&lower.as_str()).then_some((word, end))
}

/// Bytes of the letters at the start, looking at no more than `most` letters.
pub(super) fn word_end(text: &str, most: usize) -> usize {
    text.char_indices()
        .take(most)
        .take_while(|(_, c)| c.is_alphabetic())
        .last()
        .map_or(0, |(at, c)| at + c.len_utf8())
}

/// Whether a whole word is a Latin suffix: bis, quáter.
pub(super) fn is_latin_suffix(word: &str) -> bool {
    latin(word).is_some_and(|(_, end)| end == word.len())
}

/// Up to `most` Latin, Greek or Cyrillic letters that end a word.
fn letters(text: &str, most: usize) -> Option<(&str, usize)> {
    let end = word_end(text, most + 1);
    let word = &text[..end];
    let count = word.chars().count();
    let lower = word.to_lowercase();
    let same_case = word.chars().all(char::is_uppercase) || word.chars().all(char::is_lowercase);
    let fits = (1..=most).contains(&count)
        && same_case
        && !word.chars().any(is_uncased_script)
        && !matches!(
            lower.as_str(),
            "er" | "re" | "nd" | "rd" | "st" | "th" | "de" | "et" | "ff" | "al"
        );
    fits.then_some((word, end))
}

/// Dashes that join the parts of a number.
fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '‑' | '−')
}

/// Digits of the scripts in which article numbers are printed.
pub(super) fn is_digit(c: char) -> bool {
    matches!(c,
        '0'..='9' | '٠'..='٩' | '۰'..='۹' | '०'..='९' | '๐'..='๙' | '০'..='৯' | '０'..='９'
        | '០'..='៩' | '໐'..='໙' | '၀'..='၉')
}

fn is_uncased_script(c: char) -> bool {
    c.is_alphabetic() && !c.is_uppercase() && !c.is_lowercase()
}

/// A run of Chinese numerals at the start.
pub(super) fn cjk(text: &str) -> Option<(&str, usize)> {
    let end = text
        .find(|c: char| !"〇零一二三四五六七八九十百千".contains(c))
        .unwrap_or(text.len());
    (end > 0 && end <= 30).then(|| (&text[..end], end))
}

/// Strips a prefix without regard to case; `prefix` is lower case.
pub(super) fn strip_ignore_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let mut rest = text.chars();
    for wanted in prefix.chars() {
        let c = rest.next()?;
        if c != wanted && !c.to_lowercase().eq(std::iter::once(wanted)) {
            return None;
        }
    }
    Some(rest.as_str())
}

#[cfg(test)]
mod tests {
    use super::{figures, roman};
    use proptest::prelude::*;

    #[test]
    fn the_number_ends_where_a_reader_would_end_it() {
        for (text, printed, rest) in [
            ("163.1 (1) In", "163.1", " (1) In"),
            ("227-23", "227-23", ""),
            ("131-21-1", "131-21-1", ""),
            ("R131-1", "R131-1", ""),
            ("R. 623-9 du", "R623-9", " du"),
            ("366 quáter. El que", "366 quáter", ". El que"),
            ("128 bis.- Será", "128 bis", ".- Será"),
            ("201 bis 1. Si", "201 bis 1", ". Si"),
            ("600-quater. Deten", "600-quater", ". Deten"),
            ("383bis", "383bis", ""),
            ("129-Ñ.- De", "129-Ñ", ".- De"),
            ("366-A. Whoever", "366-A", ". Whoever"),
            ("98AA", "98AA", ""),
            ("184b StGB", "184b", " StGB"),
            ("1 a. (Oppheva)", "1 a", ". (Oppheva)"),
            ("410 A", "410 A", ""),
            ("5 A los efectos", "5", " A los efectos"),
            ("5 Whoever", "5", " Whoever"),
            ("1º.- Este", "1", ".- Este"),
            ("2o.- Se", "2", ".- Se"),
            ("1er", "1", ""),
            ("๒๘๗/๑ ผู้", "๒๘๗/๑", " ผู้"),
            ("1096 ทวิ", "1096 ทวิ", ""),
            ("1:233", "1:233", ""),
            ("112^1", "112^1", ""),
            ("178¹ Goats", "178¹", " Goats"),
            ("63 (bis)", "63 bis", ""),
            ("395 (Bis/1). Goats", "395 Bis 1", ". Goats"),
            ("5 (terms) used", "5", " (terms) used"),
            ("203ב", "203ב", ""),
            ("47 مكرر", "47 مكرر", ""),
            ("268 (1). Será", "268 (1)", ". Será"),
            ("24 (1) A person", "24", " (1) A person"),
            ("217/A -", "217/A", " -"),
            ("11의2 (가)", "11의2", " (가)"),
            ("27.§1.Nie", "27", ".§1.Nie"),
            ("12.Whoever", "12", ".Whoever"),
        ] {
            let numeral = figures(text).unwrap_or_else(|| panic!("no number in {text}"));
            assert_eq!(
                (numeral.printed.as_str(), &text[numeral.end..]),
                (printed, rest)
            );
        }
        assert_eq!(
            roman("IV.- Goats").map(|n| n.printed),
            Some("IV".to_owned())
        );
        assert_eq!(roman("Ignorance"), None);
    }

    proptest! {
        #[test]
        fn a_number_never_ends_outside_the_text(text in "[0-9A-Za-z .:/^\\-ºの之의二ب]{0,30}") {
            for numeral in [figures(&text), roman(&text)].into_iter().flatten() {
                prop_assert!(text.is_char_boundary(numeral.end) && numeral.end <= text.len());
            }
        }
    }
}
