//! Markers of subsections and points: `(4)`, `1.`, `a)`, `①`, `（一）`, `§ 2.`.

use super::numeral::{cjk, is_digit, word_end};

/// The dress of a marker; units of one list wear the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Style {
    /// `(1)`.
    BracketedDigit,
    /// `1.`, `1.-`.
    DigitPoint,
    /// `1)`.
    DigitBracket,
    /// `1 -`.
    DigitDash,
    /// `1°`.
    DigitDegree,
    /// `①`.
    Circled,
    /// `§ 1.`
    Sign,
    /// `２　`.
    WideDigit,
    /// `(a)`.
    BracketedLower,
    /// `(A)`.
    BracketedUpper,
    /// `(i)`.
    BracketedRoman,
    /// `a)`.
    LowerBracket,
    /// `A)`.
    UpperBracket,
    /// `i)`.
    RomanBracket,
    /// `a.`.
    LowerPoint,
    /// `A.`.
    UpperPoint,
    /// `I.-`, `IV.`.
    RomanPoint,
    /// `（一）`.
    BracketedCjk,
    /// `一　`, `一、`.
    Cjk,
    /// `가.`, `가)`.
    Hangul,
}

impl Style {
    /// Whether lists of this style usually are an article's own subsections.
    pub(super) fn is_numeric(self) -> bool {
        matches!(
            self,
            Style::BracketedDigit
                | Style::DigitPoint
                | Style::DigitDash
                | Style::Circled
                | Style::Sign
                | Style::WideDigit
        )
    }
}

/// A marker at the start of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marker {
    /// Its dress.
    pub(super) style: Style,
    /// Its place in the list, from 1.
    pub(super) value: u32,
    /// It carries a suffix (`3a.`, `(2A)`) and follows its own number.
    pub(super) inserted: bool,
    /// Bytes of the marker itself.
    pub(super) length: usize,
    /// Bytes up to the first word.
    pub(super) end: usize,
    /// Another reading: `(i)` as the ninth letter.
    pub(super) letter: Option<u32>,
}

const LETTERS: &[&str] = &[
    "abcdefghijklmnopqrstuvwxyz",
    "αβγδεζηθικλμνξοπρστυφχψω",
    "абвгдежзиклмнопрстуфхцчшщэюя",
    "אבגדהוזחטיכלמנסעפצקרשת",
    "ابجدهوزحطيكلمنسعفصقرشت",
    "กขคงจฉชซฌญฎฏฐณดตถทธนบปผ",
    "कखगघङचछजझञटठडढणतथदधनपफबभम",
    "কখগঘঙচছজঝঞটঠডঢণ",
];
const HANGUL: &str = "가나다라마바사아자차카타파하";

/// Reads a marker at the start of `text`.
pub(super) fn marker(text: &str) -> Option<Marker> {
    let first = text.chars().next()?;
    match first {
        '(' | '（' => bracketed(text, first),
        '§' => {
            let after = text[first.len_utf8()..].trim_start();
            let (value, inserted, length) = digits(after)?;
            let rest = after[length..]
                .strip_prefix('.')
                .unwrap_or(&after[length..]);
            finish(text, Style::Sign, value, inserted, rest)
        }
        '①'..='⑳' => finish(
            text,
            Style::Circled,
            first as u32 - '①' as u32 + 1,
            false,
            &text[first.len_utf8()..],
        ),
        '〇' | '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' =>
        {
            let (run, end) = cjk(text)?;
            let rest = &text[end..];
            let after = rest.strip_prefix(['　', '、', '．', ' '])?;
            finish(text, Style::Cjk, cjk_value(run), false, after)
        }
        c if is_digit(c) => number(text),
        c if c.is_alphabetic() => lettered(text),
        _ => None,
    }
}

/// Whether a line holds a marker and nothing else: `b.`, `III.`, `(2)`.
pub(super) fn is_lone_marker(text: &str) -> bool {
    text.len() <= 16
        && marker(&format!("{text} x")).is_some_and(|found| found.length >= text.trim_end().len())
}

fn finish(text: &str, style: Style, value: u32, inserted: bool, rest: &str) -> Option<Marker> {
    let length = text.len() - rest.len();
    let words =
        rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '.'));
    Some(Marker {
        style,
        value,
        inserted,
        length,
        end: text.len() - words.len(),
        letter: None,
    })
}

/// Up to four digits with an optional letter suffix: `12`, `3a`, `2A`, `3의2`.
fn digits(text: &str) -> Option<(u32, bool, usize)> {
    let end = text.find(|c: char| !is_digit(c)).unwrap_or(text.len());
    let count = text[..end].chars().count();
    if count == 0 || count > 3 {
        return None;
    }
    let value = text[..end]
        .chars()
        .fold(0, |sum, c| sum * 10 + digit_value(c));
    let rest = &text[end..];
    // Inserted numbers: 3a, 2A, 3의2, 1/1, 3bis.
    let suffix: usize = if let Some(after) = rest.strip_prefix(['의', '/', '-']) {
        let more = after.find(|c: char| !is_digit(c)).unwrap_or(after.len());
        if more > 0 && more <= 3 * 4 && rest.starts_with(['의', '/']) {
            rest.len() - after.len() + more
        } else {
            0
        }
    } else {
        let letters = rest
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(rest.len());
        if letters > 0 && letters <= 2 || matches!(&rest[..letters], "bis" | "ter" | "quater") {
            letters
        } else {
            0
        }
    };
    Some((value, suffix > 0, end + suffix))
}

/// Value of a digit of any script: digit blocks start at a multiple that the
/// low four bits of their zero tell.
fn digit_value(c: char) -> u32 {
    const ZEROS: &[char] = &['0', '٠', '۰', '०', '๐', '০', '０', '០', '໐', '၀'];
    ZEROS
        .iter()
        .map(|zero| (c as u32).wrapping_sub(*zero as u32))
        .find(|value| *value < 10)
        .unwrap_or(0)
}

fn cjk_value(run: &str) -> u32 {
    let (mut total, mut current) = (0u32, 0u32);
    for c in run.chars() {
        match c {
            '十' => {
                total += current.max(1) * 10;
                current = 0;
            }
            '百' => {
                total += current.max(1) * 100;
                current = 0;
            }
            other => {
                current = "〇一二三四五六七八九"
                    .chars()
                    .position(|d| d == other)
                    .unwrap_or(0) as u32;
            }
        }
    }
    total + current
}

fn number(text: &str) -> Option<Marker> {
    let (value, inserted, length) = digits(text)?;
    let rest = &text[length..];
    let next = rest.chars().next()?;
    let after = &rest[next.len_utf8()..];
    match next {
        '.' | '．' => {
            // 1.2 is a number, "1.ª" an ordinal.
            if after.starts_with(is_digit) {
                return None;
            }
            let after = after.strip_prefix(['º', 'ª', '°', ')']).unwrap_or(after);
            finish(text, Style::DigitPoint, value, inserted, after)
        }
        ')' | '）' => finish(text, Style::DigitBracket, value, inserted, after),
        '°' | 'º' | '˚' => {
            let after = after.strip_prefix([')', '.']).unwrap_or(after);
            finish(text, Style::DigitDegree, value, inserted, after)
        }
        'o' if after.starts_with([')', '.', '-']) => {
            finish(text, Style::DigitDegree, value, inserted, &after[1..])
        }
        '　' => finish(text, Style::WideDigit, value, inserted, after),
        '-' | '–' | '—' if !after.starts_with(is_digit) => {
            finish(text, Style::DigitDash, value, inserted, after)
        }
        ' ' | '\t' => {
            let dash = after.trim_start();
            let tail = dash.strip_prefix(['-', '–', '—'])?;
            if tail.starts_with(' ') {
                finish(text, Style::DigitDash, value, inserted, tail)
            } else {
                None
            }
        }
        _ => None,
    }
}

/// `(1)`, `(a)`, `(iv)`, `（一）`, `( a )`.
fn bracketed(text: &str, open: char) -> Option<Marker> {
    let inner = text[open.len_utf8()..].trim_start();
    let close = inner
        .char_indices()
        .take(9)
        .find(|(_, c)| matches!(c, ')' | '）'))?;
    let rest = &inner[close.0 + close.1.len_utf8()..];
    let label = inner[..close.0].trim_end();
    if label.is_empty() {
        return None;
    }
    if label.starts_with(is_digit) {
        let (value, inserted, length) = digits(label)?;
        // (2A), (12-a): nothing else may stand inside.
        if length < label.len() && label.len() - length > 2 {
            return None;
        }
        return finish(
            text,
            Style::BracketedDigit,
            value,
            inserted || length < label.len(),
            rest,
        );
    }
    if let Some((run, end)) = cjk(label)
        && end == label.len()
    {
        return finish(text, Style::BracketedCjk, cjk_value(run), false, rest);
    }
    let (style, value, letter) = letter_label(label)?;
    let style = match style {
        Letters::Lower => Style::BracketedLower,
        Letters::Upper => Style::BracketedUpper,
        Letters::Roman => Style::BracketedRoman,
        Letters::Hangul => Style::Hangul,
    };
    let mut marker = finish(text, style, value, false, rest)?;
    marker.letter = letter;
    Some(marker)
}

/// `a)`, `A.`, `IV.-`, `가.`.
fn lettered(text: &str) -> Option<Marker> {
    let end = word_end(text, 6);
    let label = &text[..end];
    if end == 0 || label.chars().count() > 5 {
        return None;
    }
    let rest = &text[end..];
    let next = rest.chars().next()?;
    let after = &rest[next.len_utf8()..];
    if !matches!(next, ')' | '.' | '-' | '–' | '—') && (next != ' ' || label.is_ascii()) {
        return None;
    }
    let (letters, value, letter) = letter_label(label)?;
    let style = match (letters, next) {
        (Letters::Lower, ')') => Style::LowerBracket,
        (Letters::Upper, ')') => Style::UpperBracket,
        (Letters::Roman, ')') => Style::RomanBracket,
        (Letters::Hangul, ')' | '.') => Style::Hangul,
        // "a. ", "A. ": initials and abbreviations have no blank and a capital.
        (Letters::Lower, '.') if after.starts_with([' ', '\t', '-']) => Style::LowerPoint,
        (Letters::Upper, '.') if after.starts_with([' ', '\t', '-', '–', '—']) => {
            Style::UpperPoint
        }
        (Letters::Roman, '.') if after.starts_with([' ', '\t', '-', '–', '—']) => {
            Style::RomanPoint
        }
        (Letters::Roman, '-' | '–' | '—') if label.chars().all(char::is_uppercase) => {
            Style::RomanPoint
        }
        (Letters::Lower | Letters::Upper, ' ') if !label.is_ascii() => {
            let tail = after.trim_start().strip_prefix(['-', '–'])?;
            let mut marker = finish(text, Style::LowerBracket, value, false, tail)?;
            marker.letter = letter;
            return Some(marker);
        }
        _ => return None,
    };
    let mut marker = finish(text, style, value, false, after)?;
    marker.letter = letter;
    Some(marker)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Letters {
    Lower,
    Upper,
    Roman,
    Hangul,
}

/// Reads `a`, `aa`, `iv`, `가` as a list label. Romans come first; a single
/// letter that is also Roman keeps its other value.
fn letter_label(label: &str) -> Option<(Letters, u32, Option<u32>)> {
    let lower = label.to_lowercase();
    let upper_case =
        label.chars().all(|c| !c.is_lowercase()) && label.chars().any(char::is_uppercase);
    if upper_case || label.chars().all(|c| !c.is_uppercase()) {
        if let Some(at) = HANGUL.chars().position(|c| label.chars().eq([c])) {
            return Some((Letters::Hangul, at as u32 + 1, None));
        }
        let mut chars = lower.chars();
        let first = chars.next()?;
        let place = letter_place(first);
        let repeated = chars.clone().count();
        if chars.all(|c| c == first)
            && repeated <= 2
            && let Some(place) = place
        {
            let kind = if upper_case {
                Letters::Upper
            } else {
                Letters::Lower
            };
            if let Some(value) = small_roman(&lower).filter(|_| {
                first == 'i' || (repeated == 0 && matches!(first, 'v' | 'x' | 'c' | 'l'))
            }) {
                return Some((Letters::Roman, value, (repeated == 0).then_some(place)));
            }
            // (aa) after (z), or a list of its own: counted from the start.
            return Some((kind, place, None));
        }
        if let Some(value) = small_roman(&lower) {
            return Some((Letters::Roman, value, None));
        }
        // (fa), (2 letters): inserted letters.
        if lower.chars().count() == 2 && lower.is_ascii() {
            let kind = if upper_case {
                Letters::Upper
            } else {
                Letters::Lower
            };
            return place.map(|place| (kind, place, None));
        }
    }
    None
}

fn letter_place(c: char) -> Option<u32> {
    let c = match c {
        'أ' | 'إ' | 'آ' => 'ا',
        'ά' => 'α',
        other => other,
    };
    LETTERS
        .iter()
        .find_map(|alphabet| alphabet.chars().position(|letter| letter == c))
        .map(|place| place as u32 + 1)
}

/// Roman numbers up to 39, in lower case.
fn small_roman(word: &str) -> Option<u32> {
    let tens = word.bytes().take_while(|b| *b == b'x').count();
    let units = match &word[tens..] {
        "" => 0,
        "i" => 1,
        "ii" => 2,
        "iii" => 3,
        "iv" => 4,
        "v" => 5,
        "vi" => 6,
        "vii" => 7,
        "viii" => 8,
        "ix" => 9,
        _ => return None,
    };
    (tens <= 3 && tens * 10 + units > 0).then(|| (tens * 10 + units) as u32)
}

#[cfg(test)]
mod tests {
    use super::{Style, marker};
    use proptest::prelude::*;

    #[test]
    fn markers_are_told_from_words() {
        for (text, style, value, rest) in [
            ("(1) In", Style::BracketedDigit, 1, "In"),
            ("( a ) to", Style::BracketedLower, 1, "to"),
            ("(iv) goats", Style::BracketedRoman, 4, "goats"),
            ("12. Los", Style::DigitPoint, 12, "Los"),
            ("1.ª La", Style::DigitPoint, 1, "La"),
            ("3a. wer", Style::DigitPoint, 3, "wer"),
            ("1° Des", Style::DigitDegree, 1, "Des"),
            ("b) las", Style::LowerBracket, 2, "las"),
            ("I.- Los", Style::RomanPoint, 1, "Los"),
            ("② 국가", Style::Circled, 2, "국가"),
            ("（三）发", Style::BracketedCjk, 3, "发"),
            ("二　人", Style::Cjk, 2, "人"),
            ("２　国", Style::WideDigit, 2, "国"),
            ("§1a.Kara", Style::Sign, 1, "Kara"),
            ("가. 성교", Style::Hangul, 1, "성교"),
            ("(๑) ผู้", Style::BracketedDigit, 1, "ผู้"),
            ("(ב) גידול", Style::BracketedLower, 2, "גידול"),
            ("2 - تحرير", Style::DigitDash, 2, "تحرير"),
        ] {
            let found = marker(text).unwrap_or_else(|| panic!("no marker in {text}"));
            assert_eq!(
                (found.style, found.value, &text[found.end..]),
                (style, value, rest)
            );
        }
        for text in [
            "(Amended)",
            "A goat",
            "12 goats",
            "1.5 talers",
            "Art. 5",
            "in der",
        ] {
            assert_eq!(marker(text), None, "{text}");
        }
        assert_eq!(marker("(i) x").and_then(|m| m.letter), Some(9));
    }

    proptest! {
        #[test]
        fn a_marker_lies_within_the_text(text in "[(（]?[0-9a-zA-Z①가一§а]{0,4}[)）.°　 -]{0,3}\\PC{0,5}") {
            if let Some(found) = marker(&text) {
                prop_assert!(found.length <= found.end && text.is_char_boundary(found.end));
            }
        }
    }
}
