//! Words to lines of type: what stands on one line, which raised figures
//! belong to a number, where words are joined.

use super::bidi;
use super::page::{Page, Row, Word};
use crate::ingest::formats::marker::is_bare_marker;

/// A word lower than this part of the line's height is set in small type.
const SMALL: f64 = 0.85;

/// The lines of a page from top to bottom, each with its words from left to
/// right.
pub(super) fn lines(page: &Page) -> Vec<Vec<Word>> {
    let mut order: Vec<&Word> = page
        .words
        .iter()
        .filter(|word| word.left.is_finite() && word.bottom.is_finite() && word.top.is_finite())
        .collect();
    // Tall words first: small raised figures then find the line they adorn.
    order.sort_by(|a, b| {
        b.height()
            .total_cmp(&a.height())
            .then(a.middle().total_cmp(&b.middle()))
    });
    let mut lines: Vec<Line> = Vec::new();
    for word in order {
        let place = lines.partition_point(|line| line.middle() < word.middle());
        let fits = |at: usize| lines.get(at).is_some_and(|line| line.holds(word));
        let at = if fits(place) {
            Some(place)
        } else {
            place.checked_sub(1).filter(|before| fits(*before))
        };
        match at.and_then(|at| lines.get_mut(at)) {
            Some(line) => line.words.push(word.clone()),
            None => lines.insert(place, Line::new(word)),
        }
    }
    lines
        .into_iter()
        .map(|mut line| {
            line.words.sort_by(|a, b| a.left.total_cmp(&b.left));
            line.words
        })
        .collect()
}

/// A line in the making; its tallest word came first and sets its place.
struct Line {
    top: f64,
    bottom: f64,
    words: Vec<Word>,
}

impl Line {
    fn new(word: &Word) -> Self {
        Self {
            top: word.top,
            bottom: word.bottom,
            words: vec![word.clone()],
        }
    }

    fn middle(&self) -> f64 {
        (self.top + self.bottom) / 2.0
    }

    /// Whether the greater part of the word's height lies in the line.
    fn holds(&self, word: &Word) -> bool {
        let shared = self.bottom.min(word.bottom) - self.top.max(word.top);
        shared > word.height() * 0.55
    }
}

/// Joins the words of a line.
pub(super) fn row(words: &[Word], right_to_left: bool) -> Option<Row> {
    let first = words.first()?;
    let tallest = words
        .iter()
        .max_by(|a, b| a.height().total_cmp(&b.height()))?;
    let height = tallest.height();
    let mut text = String::new();
    let mut end = first.left;
    let mut hang = first.left;
    for (index, word) in words.iter().enumerate() {
        let gap = word.left - end;
        let small = word.height() < height * SMALL;
        let raised = small && tallest.bottom - word.bottom > height * 0.12;
        if !(raised && push_raised(&mut text, &word.text, gap < height * 0.15)) {
            if !text.is_empty() && gap > height * 0.1 {
                text.push(' ');
            }
            push_expanded(&mut text, &word.text);
        }
        if index == 1 && is_bare_marker(&first.text) {
            hang = word.left;
        }
        end = end.max(word.right);
    }
    let text = bidi::logical(text.trim());
    if text.is_empty() {
        return None;
    }
    let row = Row {
        text,
        left: first.left,
        right: end,
        top: tallest.top,
        bottom: tallest.bottom,
        first_width: first.right - first.left + height * 0.3,
        hang,
        note_mark: first.height() < height * SMALL
            && tallest.bottom - first.bottom > height * 0.12
            && first
                .text
                .starts_with(|c: char| c.is_ascii_digit() || c == '*'),
        measure: (first.left, end),
    };
    Some(if right_to_left {
        turned_round(row, words)
    } else {
        row
    })
}

/// The row with distances counted from the right, where its lines begin.
fn turned_round(row: Row, words: &[Word]) -> Row {
    let first = words
        .iter()
        .max_by(|a, b| a.right.total_cmp(&b.right))
        .map_or(0.0, |word| word.right - word.left);
    Row {
        left: -row.right,
        right: -row.left,
        first_width: first + row.height() * 0.3,
        hang: -row.right,
        note_mark: false,
        measure: (-row.right, -row.left),
        ..row
    }
}

/// Deals with a raised figure; false when it is nothing special.
fn push_raised(text: &mut String, raised: &str, adjoins: bool) -> bool {
    let figure = raised.trim_matches(['(', ')', '[', ']', ',', '.']);
    let is_figure = (1..=3).contains(&figure.len()) && figure.bytes().all(|b| b.is_ascii_digit());
    if !is_figure {
        return raised.chars().all(|c| "*)†‡".contains(c)) && !text.is_empty();
    }
    let last = text.chars().last();
    if last.is_none() {
        return false;
    }
    let after_digit = last.is_some_and(|c| c.is_ascii_digit());
    if adjoins && after_digit && !raised.contains(')') {
        // Article 125 with a raised 1 is article 125.1.
        text.push('.');
        text.push_str(figure);
    } else if adjoins && (text.ends_with(" m") || text.ends_with("km") || text.ends_with("cm")) {
        text.push(if figure == "3" { '³' } else { '²' });
    }
    // Anything else is the mark of a footnote.
    true
}

/// Ligatures are a matter of type, not of the law's words.
fn push_expanded(text: &mut String, word: &str) {
    for c in word.chars() {
        match c {
            'ﬀ' => text.push_str("ff"),
            'ﬁ' => text.push_str("fi"),
            'ﬂ' => text.push_str("fl"),
            'ﬃ' => text.push_str("ffi"),
            'ﬄ' => text.push_str("ffl"),
            'ﬅ' | 'ﬆ' => text.push_str("st"),
            c if c.is_control() => {}
            c => text.push(c),
        }
    }
}
