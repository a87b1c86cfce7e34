//! Markers of list items: `(a)`, `1.`, `iv)`; shared by the readers whose
//! formats count items themselves.

/// What a list of a numbering style prints before its item with this count.
/// Styles are those of HTML: `1`, `a`, `A`, `i`, `I`.
pub(super) fn counter(style: char, count: u32) -> String {
    match style {
        'a' => format!("({})", letters(count)),
        'A' => format!("({})", letters(count).to_uppercase()),
        'i' => format!("({})", roman(count)),
        'I' => format!("{}.", roman(count).to_uppercase()),
        _ => format!("{count}."),
    }
}

/// a, b ... z, aa, ab ...
pub(super) fn letters(count: u32) -> String {
    let mut rest = count.max(1);
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'a' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// Lower-case Roman numeral; figures where there is none.
pub(super) fn roman(count: u32) -> String {
    const VALUES: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if count == 0 || count > 3999 {
        return count.to_string();
    }
    let mut rest = count;
    let mut numeral = String::new();
    for (value, digits) in VALUES {
        while rest >= value {
            numeral.push_str(digits);
            rest -= value;
        }
    }
    numeral
}

/// Whether the whole text is a marker: `(a)`, `12.`, `iv)`, `§ 2.`, `1°`.
pub(super) fn is_bare_marker(text: &str) -> bool {
    marker_length(text).is_some_and(|length| length == text.len())
}

/// Whether the text begins with a marker and goes on.
pub(super) fn starts_with_marker(text: &str) -> bool {
    marker_length(text).is_some()
}

/// Bytes of the marker at the beginning of the text.
fn marker_length(text: &str) -> Option<usize> {
    let sign = text.strip_prefix('§').map_or(text, str::trim_start);
    let inner = sign.strip_prefix(['(', '（', '[']).unwrap_or(sign);
    let bracketed = inner.len() < sign.len();
    let body = inner
        .char_indices()
        .find(|(_, c)| !c.is_alphanumeric())
        .map_or(inner.len(), |(at, _)| at);
    let core = inner.get(..body)?;
    let count = core.chars().count();
    let digits = core.chars().filter(|c| c.is_numeric()).count();
    if count == 0 || count > 5 || (digits == 0 && count > 1 && !is_roman(core)) {
        return None;
    }
    let mut rest = inner.get(body..)?;
    let closing: &[char] = if bracketed {
        &[')', '）', ']']
    } else {
        &['.', ')', '）', '°', 'º', '、']
    };
    rest = rest.strip_prefix(closing)?;
    // "1.º", "(a)."
    rest = rest.strip_prefix(['º', '°', '.', ')']).unwrap_or(rest);
    if !rest.is_empty() && !rest.starts_with(char::is_whitespace) && digits > 0 && !bracketed {
        // "12.5 per cent" is a number, not a marker.
        let next_is_digit = rest.starts_with(char::is_numeric);
        if next_is_digit {
            return None;
        }
    }
    Some(text.len() - rest.len())
}

fn is_roman(word: &str) -> bool {
    word.chars().all(|c| "ivxlcIVXLC".contains(c))
}

#[cfg(test)]
mod tests {
    use super::{counter, is_bare_marker, starts_with_marker};

    #[test]
    fn counters_print_as_browsers_and_word_processors_do() {
        assert_eq!(counter('a', 28), "(ab)");
        assert_eq!(counter('i', 14), "(xiv)");
        assert_eq!(counter('I', 4), "IV.");
        assert_eq!(counter('1', 7), "7.");
    }

    #[test]
    fn markers_are_told_from_words_and_numbers() {
        for marker in [
            "(a)",
            "12.",
            "iv)",
            "§ 2.",
            "1°",
            "1.º",
            "a)",
            "(1A)",
            "5-".trim_end_matches('-'),
        ] {
            assert_eq!(is_bare_marker(marker), marker != "5", "{marker}");
        }
        assert!(starts_with_marker("(a) keeps a goat"));
        assert!(!starts_with_marker("12.5 per cent"));
        assert!(!starts_with_marker("Section 2."));
        assert!(!is_bare_marker("(a) keeps"));
    }
}
