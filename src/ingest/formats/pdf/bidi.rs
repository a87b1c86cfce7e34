//! Scripts written from right to left. A page holds glyphs in the order they
//! are seen, a text holds letters in the order they are read.

use icu_normalizer::ComposingNormalizerBorrowed;

/// Marks that steer the direction of text on a screen; no part of the words.
pub(super) fn is_control(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Letters of scripts written from right to left.
pub(super) fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
        && !is_arabic_digit(c)
}

/// Figures run from left to right in every script.
fn is_arabic_digit(c: char) -> bool {
    matches!(c, '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}')
}

/// A glyph that stands for several letters (lam-alef) gives them in reading
/// order; turned round here, the whole line can be turned round later.
#[cfg(any(feature = "pdf", test))]
pub(super) fn as_seen(letters: &str) -> String {
    if letters.chars().nth(1).is_some() && letters.chars().all(is_right_to_left) {
        letters.chars().rev().collect()
    } else {
        letters.to_string()
    }
}

/// Whether most letters are of such a script.
pub(super) fn is_mostly_right_to_left<'t>(texts: impl Iterator<Item = &'t str>) -> bool {
    let (mut letters, mut right_to_left) = (0usize, 0usize);
    for c in texts.flat_map(str::chars).filter(|c| c.is_alphabetic()) {
        letters += 1;
        right_to_left += usize::from(is_right_to_left(c));
    }
    right_to_left * 2 > letters
}

/// A line as seen, from left to right, in reading order. A line mostly in
/// other scripts stays as it is.
pub(super) fn logical(seen: &str) -> String {
    if !is_mostly_right_to_left(std::iter::once(seen)) {
        return seen.to_string();
    }
    let turned = turned(seen);
    // Some files map a bracket to what it means, some to what it looks like.
    let mirrored: String = turned.chars().map(mirrored).collect();
    let line = if pairs(&mirrored) > pairs(&turned) {
        mirrored
    } else {
        turned
    };
    ComposingNormalizerBorrowed::new_nfkc()
        .normalize(&line)
        .into_owned()
}

/// The line back to front, figures and foreign words excepted.
fn turned(seen: &str) -> String {
    let mut line = String::with_capacity(seen.len());
    let mut run: Vec<&str> = Vec::new();
    for cluster in clusters(seen).into_iter().rev() {
        let first = cluster.chars().next().unwrap_or(' ');
        if runs_left_to_right(first, &run) {
            run.push(cluster);
        } else {
            flush(&mut run, &mut line);
            line.push_str(cluster);
        }
    }
    flush(&mut run, &mut line);
    line
}

/// Brackets that open and then close.
fn pairs(text: &str) -> usize {
    let (mut open, mut pairs) = (0usize, 0);
    for c in text.chars() {
        match c {
            '(' | '[' | '«' => open += 1,
            ')' | ']' | '»' if open > 0 => {
                open -= 1;
                pairs += 1;
            }
            _ => {}
        }
    }
    pairs
}

/// Whether the character belongs to a run of figures or foreign words.
fn runs_left_to_right(c: char, run: &[&str]) -> bool {
    if is_right_to_left(c) {
        return false;
    }
    if c.is_alphanumeric() {
        return true;
    }
    // Signs and blanks within the run; those at its end are given back.
    !run.is_empty()
        && (matches!(c, '.' | ',' | '/' | ':' | '-' | '٫' | '٬') || {
            c == ' '
                && run
                    .iter()
                    .any(|cluster| cluster.starts_with(|c: char| c.is_ascii_alphabetic()))
        })
}

/// Adds a run, which was met from right to left.
fn flush(run: &mut Vec<&str>, line: &mut String) {
    let mut given_back = Vec::new();
    while run
        .last()
        .is_some_and(|cluster| !cluster.starts_with(char::is_alphanumeric))
    {
        given_back.extend(run.pop());
    }
    line.extend(run.drain(..).rev());
    line.extend(given_back.into_iter().rev());
}

/// Letters with the marks set on them.
fn clusters(text: &str) -> Vec<&str> {
    let mut clusters: Vec<&str> = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let is_mark = matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}');
        if at > start && !is_mark {
            clusters.push(&text[start..at]);
            start = at;
        }
    }
    if start < text.len() {
        clusters.push(&text[start..]);
    }
    clusters
}

fn mirrored(c: char) -> char {
    match c {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '{' => '}',
        '}' => '{',
        '<' => '>',
        '>' => '<',
        '«' => '»',
        '»' => '«',
        other => other,
    }
}

/// Whether the lam-alef ligature came out back to front: the article "al" as
/// a word of its own does not exist, the word "la" (not) is everywhere.
pub(super) fn has_reversed_ligatures(text: &str) -> bool {
    let (mut reversed, mut sound) = (0usize, 0usize);
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        reversed += usize::from(word == "ال");
        sound += usize::from(word == "لا");
    }
    reversed > sound && reversed > 0
}

#[cfg(test)]
mod tests {
    use super::{as_seen, has_reversed_ligatures, logical};

    #[test]
    fn lines_as_seen_are_put_in_reading_order() {
        let ligature = as_seen("لا");
        // "and not (2) more than 1,000 Goat Co dirhams" as seen from left.
        for brackets in [")2(", "(2)"] {
            let seen = format!("مهرد Goat Co 1,000 نع ديزي {brackets} {ligature}و");
            assert_eq!(logical(&seen), "ولا (2) يزيد عن 1,000 Goat Co درهم");
        }
        assert_eq!(logical("Goats pay 500."), "Goats pay 500.");
        assert!(has_reversed_ligatures("ال يجوز"));
        assert!(!has_reversed_ligatures("لا يجوز"));
    }
}
