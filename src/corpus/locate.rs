//! Where in a record the words of a query stand: the smallest unit that holds
//! them all, and the extract to show.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::law::Span;

use super::query::{Query, WordPattern};
use super::record::{Cited, Record};
use super::words::{Word, words};

/// A unit with fewer characters is shown with what holds it.
const FEWEST_CHARS: usize = 100;

/// Where the words of a query stand in a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    /// Place in the record of the smallest unit that fulfils the query.
    pub unit: usize,
    /// Further units of the record that do.
    pub also: Vec<usize>,
    /// Words that fulfil the query, sorted, in canonical text.
    pub matches: Vec<Match>,
    /// A sub-unit was cited that is not in the record.
    pub cited_unit_missing: bool,
}

/// Words that fulfil a part of the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Match {
    /// Where.
    pub span: Span,
    /// Which part of the query, counted from 0.
    pub part: usize,
}

/// What was found for each part of a query.
enum Found {
    All(Vec<Found>),
    Any(Vec<Found>),
    /// The whole record fulfils it, or none of it has to.
    Always,
    /// Words here fulfil it.
    At(Vec<Span>),
    /// Units here fulfil it.
    Units(Vec<Span>),
}

/// Finds the query in a record. `text` is the record's text. Nothing if a
/// citation names no unit of it.
pub fn locate(query: &Query, record: &Record, text: &str) -> Option<Located> {
    let pieces: Vec<Vec<Word>> = record
        .pieces()
        .into_iter()
        .map(|piece| words_of_piece(record, text, piece))
        .collect();
    let mut missing = false;
    let found = find(query, record, &pieces, &mut missing);
    let mut matches = Vec::new();
    found.collect_matches(&mut 0, &mut matches);
    matches.sort_unstable();
    matches.dedup();
    if found.is_nowhere() {
        return None;
    }
    let fulfils: Vec<bool> = record
        .units
        .iter()
        .map(|unit| found.is_in(unit.span))
        .collect();
    let mut innermost = fulfils.clone();
    // Children come after their parents.
    for (index, unit) in record.units.iter().enumerate().skip(1).rev() {
        if fulfils[index] {
            let mut above = unit.parent;
            loop {
                innermost[above] = false;
                if above == 0 {
                    break;
                }
                above = record.units[above].parent;
            }
        }
    }
    let mut units = (0..record.units.len()).filter(|index| innermost[*index]);
    let everywhere = matches.is_empty() && !found.has_units();
    let unit = if everywhere { None } else { units.next() };
    Some(Located {
        unit: unit.unwrap_or(0),
        also: if everywhere {
            Vec::new()
        } else {
            units.collect()
        },
        matches,
        cited_unit_missing: missing,
    })
}

fn words_of_piece(record: &Record, text: &str, piece: Span) -> Vec<Word> {
    let from = piece.start - record.span.start;
    let to = piece.end - record.span.start;
    words(text.get(from..to).unwrap_or_default())
        .into_iter()
        .map(|word| Word {
            span: Span::new(piece.start + word.span.start, piece.start + word.span.end),
            ..word
        })
        .collect()
}

fn find(query: &Query, record: &Record, pieces: &[Vec<Word>], missing: &mut bool) -> Found {
    let mut parts = |parts: &[Query]| -> Vec<Found> {
        parts
            .iter()
            .map(|part| find(part, record, pieces, missing))
            .collect()
    };
    match query {
        Query::All(queries) => Found::All(parts(queries)),
        Query::Any(queries) => Found::Any(parts(queries)),
        Query::Words(phrase) => Found::At(find_words(phrase, pieces)),
        Query::Concept(named) => Found::At(mentions(record, &named.name)),
        Query::Is(flag) => match flag.concept() {
            Some(concept) => Found::At(mentions(record, concept)),
            None => Found::Always,
        },
        Query::Citation(citation) => {
            let cited = match record.cited(citation) {
                Some(Cited::Unit(index)) => Some(index),
                Some(Cited::ArticleOnly(index)) => {
                    *missing = true;
                    Some(index)
                }
                None => None,
            };
            let unit = cited.and_then(|index| record.units.get(index));
            Found::Units(unit.map(|unit| unit.span).into_iter().collect())
        }
        Query::Not(_)
        | Query::Heading(_)
        | Query::Jurisdiction(_)
        | Query::Language(_)
        | Query::File(_) => Found::Always,
    }
}

/// All places where the words stand one after the other.
fn find_words(phrase: &[WordPattern], pieces: &[Vec<Word>]) -> Vec<Span> {
    let mut found = Vec::new();
    for piece in pieces {
        for run in piece.windows(phrase.len().max(1)) {
            let fits = phrase
                .iter()
                .zip(run)
                .all(|(pattern, word)| pattern.matches(&word.text));
            if let (true, [first, .., last] | [first @ last]) = (fits, run) {
                found.push(first.span.cover(last.span));
            }
        }
    }
    found
}

fn mentions(record: &Record, concept: &str) -> Vec<Span> {
    let place = record.concepts.iter().position(|known| known == concept);
    record
        .mentions
        .iter()
        .filter(|(number, _)| Some(usize::from(*number)) == place)
        .map(|(_, span)| *span)
        .collect()
}

impl Found {
    /// Whether a span fulfils the query.
    fn is_in(&self, span: Span) -> bool {
        match self {
            Found::All(parts) => parts.iter().all(|part| part.is_in(span)),
            Found::Any(parts) => parts.iter().any(|part| part.is_in(span)),
            Found::Always => true,
            Found::At(places) | Found::Units(places) => {
                // Sorted by their beginning.
                let from = places.partition_point(|place| place.start < span.start);
                places[from..]
                    .iter()
                    .take_while(|place| place.start < span.end)
                    .any(|place| place.end <= span.end)
            }
        }
    }

    /// Whether a citation that has to be there is not in the record.
    fn is_nowhere(&self) -> bool {
        match self {
            Found::All(parts) => parts.iter().any(Found::is_nowhere),
            Found::Any(parts) => parts.iter().all(Found::is_nowhere),
            Found::Units(places) => places.is_empty(),
            Found::Always => false,
            Found::At(places) => places.is_empty(),
        }
    }

    fn has_units(&self) -> bool {
        match self {
            Found::All(parts) | Found::Any(parts) => parts.iter().any(Found::has_units),
            Found::Units(places) => !places.is_empty(),
            Found::Always | Found::At(_) => false,
        }
    }

    fn collect_matches(&self, part: &mut usize, matches: &mut Vec<Match>) {
        match self {
            Found::All(parts) | Found::Any(parts) => {
                for inner in parts {
                    inner.collect_matches(part, matches);
                }
            }
            Found::At(places) => {
                let part_of = |span: &Span| Match {
                    span: *span,
                    part: *part,
                };
                matches.extend(places.iter().map(part_of));
                *part += 1;
            }
            Found::Always | Found::Units(_) => {}
        }
    }
}

/// The part of the record to show: the unit, or so many characters of it
/// around the place where most matches stand. Very short units are shown with
/// the units that hold them.
pub fn extract(record: &Record, text: &str, located: &Located, most_chars: usize) -> Span {
    let base = record.span.start;
    let cut = |span: Span| {
        let range = span.start.saturating_sub(base)..span.end.saturating_sub(base);
        text.get(range).unwrap_or_default()
    };
    let mut unit = located.unit;
    while unit != 0 && cut(record.units[unit].span).chars().count() < FEWEST_CHARS {
        unit = record.units[unit].parent;
    }
    let whole = record.units[unit].span;
    if cut(whole).chars().count() <= most_chars {
        return trimmed(whole, cut(whole));
    }
    let focus = record.units[located.unit].span;
    let inside: Vec<Match> = located
        .matches
        .iter()
        .copied()
        .filter(|place| focus.contains(place.span))
        .collect();
    // What follows the lead has at least this many bytes.
    let reach = most_chars - most_chars / 4;
    let best = inside
        .iter()
        .enumerate()
        .max_by_key(|(index, first)| {
            let near: Vec<usize> = inside[*index..]
                .iter()
                .take_while(|place| place.span.end <= first.span.start + reach)
                .map(|place| place.part)
                .collect();
            let parts: BTreeSet<&usize> = near.iter().collect();
            (parts.len(), near.len(), Reverse(*index))
        })
        .map_or(focus.start, |(_, first)| first.span.start);
    let before = cut(Span::new(whole.start, best));
    let lead = most_chars / 4;
    let start = match before.char_indices().rev().nth(lead) {
        // Begin with a whole word, where the script has blanks.
        Some((at, _)) => {
            let blank = before[at..].find(char::is_whitespace).unwrap_or(0);
            whole.start + at + blank
        }
        None => whole.start,
    };
    let after = cut(Span::new(start, whole.end));
    let end = match after.char_indices().nth(most_chars) {
        Some((at, _)) => {
            let last_match = inside
                .iter()
                .map(|place| place.span.end.saturating_sub(start))
                .rfind(|end| *end <= at)
                .unwrap_or(0);
            let blank = after[..at].rfind(char::is_whitespace).unwrap_or(at);
            start
                + if blank >= last_match.max(1) {
                    blank
                } else {
                    at
                }
        }
        None => whole.end,
    };
    let span = Span::new(start, end);
    trimmed(span, cut(span))
}

/// A span without white space at its ends.
fn trimmed(span: Span, text: &str) -> Span {
    let start = span.start + (text.len() - text.trim_start().len());
    Span::new(start, start + text.trim().len())
}
