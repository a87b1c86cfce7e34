//! Quotations as a report shows them: the deciding words inside a little of
//! their context, all cut from the canonical text.

use serde::Serialize;

use crate::annotate::AnnotatedAct;
use crate::assess::{Evidence, Polarity};
use crate::law::{Act, Span};

/// Most characters of context on either side of the deciding words.
const CONTEXT: usize = 400;

/// A stretch of one act's text with its deciding words marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    /// The act's place in the jurisdiction's list.
    pub act: usize,
    /// What is shown, in canonical text.
    pub window: Span,
    /// Whether the sentence began before the window.
    pub cut_before: bool,
    /// Whether the sentence goes on after the window.
    pub cut_after: bool,
    /// What is marked in it, most decisive first.
    pub marks: Vec<Mark>,
    /// The window in pieces; one after another they are the window's text.
    pub pieces: Vec<Piece>,
}

/// Deciding words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Where they stand, in canonical text.
    pub span: Span,
    /// What they show.
    pub polarity: Polarity,
    /// The evidence with exactly these words, by its place in the finding's list.
    pub evidence: Vec<usize>,
}

/// A piece of a quotation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// The words, cut from the canonical text.
    pub text: String,
    /// Where they stand.
    pub span: Span,
    /// What the words show; nothing for context.
    pub polarity: Option<Polarity>,
    /// Numbers (places in `marks`, from 1) of the marks that end here.
    pub ends: Vec<usize>,
}

/// Groups evidence into quotations: words of one sentence stand in one
/// quotation. Where one element is shown twice by overlapping words, the
/// first (more decisive) is marked and the other left to `evidence.csv`.
pub fn quotations(acts: &[AnnotatedAct], evidence: &[Evidence]) -> Vec<Quotation> {
    let mut quotations: Vec<Quotation> = Vec::new();
    for (index, item) in evidence.iter().enumerate() {
        let Some(annotated) = acts.get(item.place.act) else {
            continue;
        };
        if annotated.act.quote(item.span).is_empty() {
            continue;
        }
        let shown = context(annotated, item.span);
        let mark = Mark {
            span: item.span,
            polarity: item.polarity,
            evidence: vec![index],
        };
        let same = quotations
            .iter_mut()
            .find(|other| other.act == item.place.act && other.window.overlaps(shown.window));
        match same {
            Some(quotation) => quotation.join(&shown, mark, evidence),
            None => quotations.push(Quotation {
                act: item.place.act,
                window: shown.window,
                cut_before: shown.cut_before,
                cut_after: shown.cut_after,
                marks: vec![mark],
                pieces: Vec::new(),
            }),
        }
    }
    for quotation in &mut quotations {
        if let Some(annotated) = acts.get(quotation.act) {
            quotation.pieces = pieces(&annotated.act, quotation.window, &quotation.marks);
        }
    }
    quotations
}

/// Deciding words with their context, for one span alone.
pub fn single(annotated: &AnnotatedAct, act: usize, span: Span) -> Quotation {
    let shown = context(annotated, span);
    let mark = Mark {
        span,
        polarity: Polarity::Supports,
        evidence: Vec::new(),
    };
    Quotation {
        act,
        window: shown.window,
        cut_before: shown.cut_before,
        cut_after: shown.cut_after,
        pieces: pieces(&annotated.act, shown.window, std::slice::from_ref(&mark)),
        marks: vec![mark],
    }
}

impl Quotation {
    fn join(&mut self, shown: &Shown, new: Mark, evidence: &[Evidence]) {
        let same_words = self
            .marks
            .iter_mut()
            .find(|mark| mark.span == new.span && mark.polarity == new.polarity);
        if let Some(mark) = same_words {
            mark.evidence.extend(new.evidence);
            return;
        }
        let elements = |mark: &Mark| -> Vec<&str> {
            let items = mark.evidence.iter().filter_map(|at| evidence.get(*at));
            items.map(|item| item.element.as_str()).collect()
        };
        let repeated = self.marks.iter().any(|mark| {
            mark.polarity == new.polarity
                && mark.span.overlaps(new.span)
                && elements(&new)
                    .iter()
                    .all(|name| elements(mark).contains(name))
        });
        if repeated {
            return;
        }
        if shown.window.start < self.window.start {
            self.cut_before = shown.cut_before;
        }
        if shown.window.end > self.window.end {
            self.cut_after = shown.cut_after;
        }
        self.window = self.window.cover(shown.window);
        self.marks.push(new);
    }
}

/// A window on a text.
struct Shown {
    window: Span,
    cut_before: bool,
    cut_after: bool,
}

/// The sentence around a span, or the provision where sentences are not
/// known, trimmed at words.
fn context(annotated: &AnnotatedAct, span: Span) -> Shown {
    let act = &annotated.act;
    let text = act.text.as_str();
    let after = annotated
        .sentences
        .partition_point(|sentence| sentence.span.start < span.end);
    let before = annotated
        .sentences
        .partition_point(|sentence| sentence.span.end <= span.start);
    let whole = annotated
        .sentences
        .get(before..after)
        .unwrap_or_default()
        .iter()
        .map(|sentence| sentence.span)
        .reduce(Span::cover)
        .map_or_else(
            || {
                let provision = act.provision(act.innermost_at(span.start)).span;
                trimmed(text, provision)
            },
            |sentence| with_punctuation(text, sentence),
        )
        .cover(span);
    let start = earliest_start(text, whole.start, span.start);
    let end = latest_end(text, span.end, whole.end);
    Shown {
        window: Span::new(start, end),
        cut_before: start > whole.start,
        cut_after: end < whole.end,
    }
}

/// A span without white space at its ends.
fn trimmed(text: &str, span: Span) -> Span {
    let words = text.get(span.range()).unwrap_or_default();
    let start = span.start + (words.len() - words.trim_start().len());
    Span::new(start, start + words.trim().len())
}

/// Takes in the punctuation that belongs to a sentence: what stands against
/// its first and last word without white space.
fn with_punctuation(text: &str, span: Span) -> Span {
    let outside = |c: char| c.is_whitespace() || c.is_alphanumeric();
    let before = text.get(..span.start).unwrap_or_default();
    let after = text.get(span.end..).unwrap_or_default();
    let start = before
        .char_indices()
        .rev()
        .take_while(|(_, c)| !outside(*c))
        .last()
        .map_or(span.start, |(at, _)| at);
    let end = after
        .char_indices()
        .find(|(_, c)| outside(*c))
        .map_or(text.len(), |(at, _)| span.end + at);
    Span::new(start, end)
}

/// Where the context before the words begins: `from`, or less than
/// [`CONTEXT`] characters before `to`, at the start of a word.
fn earliest_start(text: &str, from: usize, to: usize) -> usize {
    let before = text.get(from..to).unwrap_or_default();
    let Some((cut, _)) = before.char_indices().rev().nth(CONTEXT - 1) else {
        return from;
    };
    if cut == 0 {
        return from;
    }
    let kept = &before[cut..];
    // Scripts without blanks are cut between characters.
    kept.find(char::is_whitespace)
        .map_or(from + cut, |blank| {
            let rest = &kept[blank..];
            from + cut + blank + (rest.len() - rest.trim_start().len())
        })
        .min(to)
}

/// Where the context after the words ends: `to`, or less than [`CONTEXT`]
/// characters after `from`, at the end of a word.
fn latest_end(text: &str, from: usize, to: usize) -> usize {
    let after = text.get(from..to).unwrap_or_default();
    let Some((cut, _)) = after.char_indices().nth(CONTEXT) else {
        return to;
    };
    let kept = &after[..cut];
    match kept.rfind(char::is_whitespace) {
        Some(blank) => from + kept[..blank].trim_end().len(),
        None => from + cut,
    }
}

/// Cuts a window at the borders of the marks.
fn pieces(act: &Act, window: Span, marks: &[Mark]) -> Vec<Piece> {
    let mut borders: Vec<usize> = marks
        .iter()
        .flat_map(|mark| [mark.span.start, mark.span.end])
        .chain([window.start, window.end])
        .collect();
    borders.sort_unstable();
    borders.dedup();
    borders
        .windows(2)
        .filter_map(|pair| {
            let span = Span::new(*pair.first()?, *pair.last()?);
            let over = marks.iter().filter(|mark| mark.span.contains(span));
            let polarity = over.map(|mark| mark.polarity).reduce(worse);
            let ends = marks
                .iter()
                .enumerate()
                .filter(|(_, mark)| mark.span.end == span.end)
                .map(|(index, _)| index + 1)
                .collect();
            Some(Piece {
                text: act.quote(span).to_owned(),
                span,
                polarity,
                ends,
            })
        })
        .collect()
}

/// Words that contradict count for more than words that meet.
fn worse(a: Polarity, b: Polarity) -> Polarity {
    if a == Polarity::Violates { a } else { b }
}
