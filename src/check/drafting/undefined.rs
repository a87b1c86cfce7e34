//! Terms that look defined and are not: in quotation marks, or capitalised
//! like the terms that the bill does define.

use std::collections::BTreeSet;

use super::words::Words;
use super::{LanguageTerms, QUOTATION_MARKS, defined, note};
use crate::annotate::{AnnotatedAct, fold_words};
use crate::check::diagnostic::{Diagnostic, Severity};
use crate::check::judge::Pen;
use crate::law::Span;
use crate::mappings::Mappings;

/// A term has at most so many words; what is longer is a sentence quoted.
const LONGEST: usize = 4;

/// All undefined terms. A bill that defines nothing speaks in common words.
pub(super) fn lint(
    bill: &AnnotatedAct,
    words: &Words<'_>,
    terms: &LanguageTerms,
    mappings: &Mappings,
    pen: &Pen<'_>,
) -> Vec<Diagnostic> {
    let known = defined(&bill.act, terms);
    if known.is_empty() {
        return Vec::new();
    }
    let folded: BTreeSet<String> = known
        .iter()
        .map(|(term, _)| fold_words(term).join(" "))
        .collect();
    let mut told: BTreeSet<String> = BTreeSet::new();
    let quoted = quoted(bill, words, mappings);
    let nouns_in_capitals = mappings
        .pack_reading(bill.act.language.as_str())
        .is_some_and(|pack| pack.words.nouns_in_capitals);
    let capitalised = if nouns_in_capitals {
        Vec::new()
    } else {
        capitalised(bill, &known)
    };
    quoted
        .into_iter()
        .chain(capitalised)
        .filter_map(|span| {
            let term = fold_words(bill.act.quote(span)).join(" ");
            let plural = term.strip_suffix('s').unwrap_or(&term);
            if folded.contains(&term) || folded.contains(plural) || !told.insert(plural.to_owned())
            {
                return None;
            }
            let mut diagnostic = note(
                "D-undefined-term",
                Severity::Note,
                "Definitions",
                format!(
                    "“{}” is written like a defined term and is not defined in the bill",
                    bill.act.quote(span)
                ),
                "define it, use a term that is defined, or write it as common words".into(),
            );
            diagnostic.labels = vec![pen.label(span, "not defined")];
            Some(diagnostic)
        })
        .collect()
}

/// Terms in quotation marks that stand elsewhere without them, outside
/// sentences that define or that only speak of words.
fn quoted(bill: &AnnotatedAct, words: &Words<'_>, mappings: &Mappings) -> Vec<Span> {
    let act = &bill.act;
    let text = act.text.as_str();
    let defines = mappings.concepts.id("defined-as");
    let mut found = Vec::new();
    for (open, close) in QUOTATION_MARKS {
        let mut from = 0;
        while let Some(at) = text.get(from..).and_then(|rest| rest.find(open)) {
            let start = from + at + open.len_utf8();
            from = start;
            let Some(length) = text.get(start..).and_then(|rest| rest.find(close)) else {
                break;
            };
            let span = Span::new(start, start + length);
            if open == close {
                from = span.end + close.len_utf8();
            }
            let term = act.quote(span);
            let parts = fold_words(term);
            let is_term = (1..=LONGEST).contains(&parts.len())
                && term
                    .chars()
                    .all(|c| c.is_alphabetic() || " -’'".contains(c));
            if !is_term || !act.standing(act.innermost_at(start)).may_count() {
                continue;
            }
            let sentence = bill.sentences.partition_point(|s| s.span.end <= span.start);
            let Some(sentence) = bill.sentences.get(sentence) else {
                continue;
            };
            let says = bill
                .mentions_in(sentence.tokens)
                .iter()
                .any(|m| Some(m.concept) == defines);
            if says || sentence.heading || sentence.article.is_none() {
                continue;
            }
            // In quotation marks once and elsewhere without: a term in use.
            let places = words.find(&parts.join(" "));
            let marked = places.iter().filter(|(first, last)| {
                let place = words.span(*first, *last);
                text.get(..place.start).is_some_and(|t| t.ends_with(open))
            });
            if marked.count() < places.len() {
                found.push(span);
            }
        }
    }
    found
}

/// Words capitalised within a sentence whose last word is that of a term that
/// is defined with capitals: “Restricted Material” beside “Prohibited
/// Material”. They stand at least twice.
fn capitalised(bill: &AnnotatedAct, known: &[(String, Span)]) -> Vec<Span> {
    let act = &bill.act;
    let is_capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_some_and(char::is_lowercase)
    };
    let family: BTreeSet<&str> = known
        .iter()
        .filter(|(term, _)| {
            let mut parts = term.split_whitespace();
            term.split_whitespace().count() > 1 && parts.all(is_capital)
        })
        .filter_map(|(term, _)| term.split_whitespace().next_back())
        .collect();
    if family.is_empty() {
        return Vec::new();
    }
    let mut seen: Vec<(String, Span)> = Vec::new();
    let mut times: Vec<usize> = Vec::new();
    for sentence in bill
        .sentences
        .iter()
        .filter(|s| !s.heading && s.article.is_some())
    {
        if !act
            .standing(act.innermost_at(sentence.span.start))
            .may_count()
        {
            continue;
        }
        let text = act.quote(sentence.span);
        let mut run: Vec<(usize, usize)> = Vec::new();
        let mut at = 0;
        for piece in text.split_inclusive(char::is_whitespace) {
            let word = piece.trim_matches(|c: char| !c.is_alphabetic());
            let start = at + piece.find(word).unwrap_or(0);
            let place = (start, start + word.len());
            at += piece.len();
            // What opens the sentence has its capital from there.
            if word.is_empty() || !is_capital(word) || start == 0 {
                run.clear();
                continue;
            }
            run.push(place);
            if run.len() > 1 && family.contains(word) {
                let first = run.first().map_or(start, |(from, _)| *from);
                let span = Span::new(sentence.span.start + first, sentence.span.start + place.1);
                let term = fold_words(act.quote(span)).join(" ");
                match seen.iter().position(|(other, _)| *other == term) {
                    Some(index) => {
                        if let Some(times) = times.get_mut(index) {
                            *times += 1;
                        }
                    }
                    None => {
                        seen.push((term, span));
                        times.push(1);
                    }
                }
            }
            // A mark of punctuation ends the run.
            if !piece.trim_end().ends_with(char::is_alphabetic) {
                run.clear();
            }
        }
    }
    seen.into_iter()
        .zip(times)
        .filter(|(_, times)| *times > 1)
        .map(|((_, span), _)| span)
        .collect()
}
