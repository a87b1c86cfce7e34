//! Drafting notes: terms to avoid, terms undefined or never used, references
//! to nothing, ages that differ from the definition, penalties that do not fit
//! their offences. They never touch a verdict.

mod penalties;
mod undefined;
mod words;

use std::collections::BTreeMap;

use serde::Deserialize;

use super::diagnostic::{Diagnostic, Severity};
use super::judge::{Pen, Standard};
use crate::amend::Forms;
use crate::annotate::{AnnotatedAct, fold, fold_words};
use crate::law::{Act, Span};
use crate::mappings::Mappings;
use words::Words;

/// The name of the file in a mappings folder.
const FILE: &str = "terminology.toml";

/// The terms of one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LanguageTerms {
    /// Words of titles of treaties and acts, folded.
    except: Vec<String>,
    /// What follows a defined term, folded.
    defines: Vec<String>,
    term: Vec<Term>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Term {
    terms: Vec<String>,
    prefer: String,
    r#use: Use,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Use {
    Avoid,
    Care,
}

/// The terms for a language, if there are any. A damaged file gives none: the
/// program's own is held by a test.
fn terms(mappings: &Mappings, language: &str) -> Option<LanguageTerms> {
    let mut all: BTreeMap<String, LanguageTerms> = toml::from_str(mappings.source(FILE)).ok()?;
    all.remove(language)
}

/// All drafting notes on a bill; `amending` tells whether it changes other acts.
pub(super) fn lint(
    bill: &AnnotatedAct,
    amending: bool,
    standard: &Standard<'_>,
    pen: &Pen<'_>,
) -> Vec<Diagnostic> {
    let act = &bill.act;
    let Some(terms) = terms(standard.mappings, act.language.primary()) else {
        return Vec::new();
    };
    let folded = fold(act.text.as_str(), &|_| false);
    let words = Words::new(&folded);
    let mut found = terminology(act, &words, &terms, pen);
    found.extend(definitions(act, &words, &terms, amending, pen));
    if !amending {
        found.extend(references(act, standard.forms, pen));
        found.extend(undefined::lint(
            bill,
            &words,
            &terms,
            standard.mappings,
            pen,
        ));
    }
    found.extend(ages(bill, standard.mappings, pen));
    found.extend(penalties::lint(bill, standard.mappings, pen));
    found
}

fn note(code: &str, severity: Severity, title: &str, message: String, help: String) -> Diagnostic {
    Diagnostic {
        code: code.to_owned(),
        severity,
        requirement: String::new(),
        title: title.to_owned(),
        verdict: None,
        message,
        missing: Vec::new(),
        labels: Vec::new(),
        sources: Vec::new(),
        help,
        comparables: Vec::new(),
    }
}

/// One note per term, however often it stands.
fn terminology(
    act: &Act,
    words: &Words<'_>,
    terms: &LanguageTerms,
    pen: &Pen<'_>,
) -> Vec<Diagnostic> {
    /// How far before a term the word of a treaty's title may stand.
    const TITLE: usize = 14;
    /// At most so many places are shown.
    const SHOWN: usize = 3;
    let mut found = Vec::new();
    for term in &terms.term {
        for phrase in &term.terms {
            let places: Vec<Span> = words
                .find(phrase)
                .into_iter()
                .filter(|(first, _)| {
                    let from = first.saturating_sub(TITLE);
                    let stands = |at: usize, title: &String| {
                        title
                            .split(' ')
                            .enumerate()
                            .all(|(step, word)| words.word(at + step) == word)
                    };
                    !(from..*first).any(|at| terms.except.iter().any(|e| stands(at, e)))
                })
                .map(|(first, last)| words.span(first, last))
                .filter(|span| !is_only_named(act.text.as_str(), *span, terms))
                .filter(|span| act.standing(act.innermost_at(span.start)).may_count())
                .collect();
            let Some(first) = places.first() else {
                continue;
            };
            let times = match places.len() {
                1 => "once".to_owned(),
                n => format!("{n} times"),
            };
            let (severity, verdict) = match term.r#use {
                Use::Avoid => (Severity::Warning, "is a term to avoid"),
                Use::Care => (Severity::Note, "is a legacy term"),
            };
            let mut diagnostic = note(
                &format!("T-{}", slug(phrase)),
                severity,
                "Terminology (Luxembourg Guidelines)",
                format!(
                    "“{}” {verdict}; it stands {times} in the bill",
                    act.quote(*first)
                ),
                format!(
                    "preferred: {}; quote the titles of treaties and statutes as they are",
                    term.prefer
                ),
            );
            let mut labels: Vec<_> = places
                .iter()
                .map(|span| pen.label(*span, format!("preferred: {}", term.prefer)))
                .collect();
            // Places that the file can be opened at come first.
            labels.sort_by_key(|label| label.place.is_none());
            labels.truncate(SHOWN);
            diagnostic.labels = labels;
            found.push(diagnostic);
        }
    }
    found
}

/// Whether a term is quoted as other words have it, or glosses the number of a
/// provision in brackets ("section 9 (indecent photographs)"): the bill itself
/// does not use it. A term that is defined is used.
fn is_only_named(text: &str, span: Span, terms: &LanguageTerms) -> bool {
    /// How far before a term its bracket is sought, in bytes.
    const GLOSS: usize = 120;
    let (Some(before), Some(after)) = (text.get(..span.start), text.get(span.end..)) else {
        return false;
    };
    let term = text.get(span.start..span.end).unwrap_or_default();
    for (open, close) in QUOTATION_MARKS {
        if before.ends_with(open)
            && let Some(rest) = after.strip_prefix(close)
        {
            return !followed_by_definition(rest, terms);
        }
        if term.contains(close) {
            return true;
        }
    }
    let mut from = before.len().saturating_sub(GLOSS);
    while !before.is_char_boundary(from) {
        from += 1;
    }
    let line = before.get(from..).unwrap_or_default();
    let Some(bracket) = line.rfind('(') else {
        return false;
    };
    let (lead, inside) = line.split_at(bracket);
    let closes = after.find(')').is_some_and(|at| at <= GLOSS);
    // "(a) ..." numbers an item and encloses nothing.
    !inside.contains([')', '\n'])
        && closes
        && lead.ends_with(' ')
        && lead
            .trim_end()
            .ends_with(|c: char| c.is_ascii_digit() || c == ')')
}

/// Whether words that define follow.
fn followed_by_definition(after: &str, terms: &LanguageTerms) -> bool {
    let following: String = after.chars().take(40).collect();
    let folded = fold_words(&following).join(" ");
    terms.defines.iter().any(|d| {
        let rest = folded.strip_prefix(d.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    })
}

/// Marks that open and close a quotation.
const QUOTATION_MARKS: [(char, char); 4] = [('“', '”'), ('«', '»'), ('„', '“'), ('"', '"')];

fn slug(phrase: &str) -> String {
    fold_words(phrase).join("-")
}

/// The terms a text defines, with the places of the terms.
pub(crate) fn defined_terms(act: &Act, mappings: &Mappings) -> Vec<(String, Span)> {
    terms(mappings, act.language.primary()).map_or_else(Vec::new, |terms| defined(act, &terms))
}

fn defined(act: &Act, terms: &LanguageTerms) -> Vec<(String, Span)> {
    let mut found = Vec::new();
    let text = act.text.as_str();
    for (open, close) in QUOTATION_MARKS {
        for (at, _) in text.match_indices(open) {
            let start = at + open.len_utf8();
            let Some(length) = text.get(start..).and_then(|rest| rest.find(close)) else {
                continue;
            };
            let term = text.get(start..start + length).unwrap_or_default();
            // “ “minor” means ...: the inner one is the term.
            if term.contains(open) || term.len() > 80 || term.trim().is_empty() {
                continue;
            }
            let after = text
                .get(start + length + close.len_utf8()..)
                .unwrap_or_default();
            let says = followed_by_definition(after, terms);
            let span = Span::new(start, start + length);
            if says && act.standing(act.innermost_at(start)).may_count() {
                found.push((term.trim().to_owned(), span));
            }
        }
    }
    found
}

/// Terms that are defined and then never used. A definition put into another
/// act is used there.
fn definitions(
    act: &Act,
    words: &Words<'_>,
    terms: &LanguageTerms,
    amending: bool,
    pen: &Pen<'_>,
) -> Vec<Diagnostic> {
    if amending {
        return Vec::new();
    }
    defined(act, terms)
        .into_iter()
        .filter(|(term, _)| words.find(term).len() <= 1)
        .map(|(term, span)| {
            let mut diagnostic = note(
                "D-unused-definition",
                Severity::Note,
                "Definitions",
                format!("“{term}” is defined and not used anywhere else in the bill"),
                "leave the definition out, or use the term".into(),
            );
            diagnostic.labels = vec![pen.label(span, "defined here")];
            diagnostic
        })
        .collect()
}

/// References to clauses that the bill does not have.
fn references(act: &Act, forms: &Forms, pen: &Pen<'_>) -> Vec<Diagnostic> {
    let own: Vec<&crate::law::Number> = act
        .articles()
        .filter_map(|id| act.provision(id).number.as_ref())
        .collect();
    // A text whose own numbers were not read well cannot be judged.
    let plain = own.iter().filter_map(|n| n.integer()).max().unwrap_or(0);
    if own.len() < 3 || (own.len() as u32) * 10 < plain * 9 {
        return Vec::new();
    }
    forms
        .citations(act)
        .into_iter()
        .filter(|(span, number)| {
            let counts = act.standing(act.innermost_at(span.start)).may_count();
            // A number far beyond the bill's own is one of another act.
            let near = number.integer().is_some_and(|n| n <= plain + plain / 3 + 2);
            counts && near && number.is_plain() && !own.contains(&number)
        })
        .map(|(span, number)| {
            let mut diagnostic = note(
                "D-dangling-reference",
                Severity::Warning,
                "References",
                format!("the bill has no clause {}", number.as_str()),
                "correct the number, or name the act that is meant".into(),
            );
            diagnostic.labels = vec![pen.label(span, "refers to nothing")];
            diagnostic
        })
        .collect()
}

/// An offence that gives the child another age than the bill's definition.
fn ages(bill: &AnnotatedAct, mappings: &Mappings, pen: &Pen<'_>) -> Vec<Diagnostic> {
    let id = |name| mappings.concepts.id(name);
    let (Some(child), Some(defined)) = (id("child-term"), id("defined-as")) else {
        return Vec::new();
    };
    let act = &bill.act;
    let mut definition: Option<(Span, u8, String)> = None;
    let mut found: Vec<Diagnostic> = Vec::new();
    for defining in [true, false] {
        for sentence in bill.sentences.iter().filter(|s| !s.heading) {
            let mentions = bill.mentions_in(sentence.tokens);
            let says = mentions.iter().any(|m| m.concept == defined);
            if says != defining
                || !act
                    .standing(act.innermost_at(sentence.span.start))
                    .may_count()
            {
                continue;
            }
            for age in bill.ages_in(sentence.tokens) {
                let Some(bound) = age.class.upper().filter(|n| (10..=21).contains(n)) else {
                    continue;
                };
                // The word for the child right before the age, or after it.
                let near = |m: &&crate::annotate::Mention| {
                    m.concept == child && m.tokens.0.abs_diff(age.tokens.0) <= 6
                };
                let Some(word) = mentions.iter().find(near) else {
                    continue;
                };
                let term = fold_words(act.quote(word.span)).join(" ");
                match (&definition, defining) {
                    (None, true) if sentence.tokens.1 - sentence.tokens.0 < 40 => {
                        definition = Some((age.span, bound, term));
                    }
                    (Some((span, n, known)), false) if *n != bound && *known == term => {
                        let mut diagnostic = note(
                            "D-age-differs",
                            Severity::Note,
                            "Ages",
                            format!(
                                "“{}” gives another age than the definition, which says {n}",
                                act.quote(age.span)
                            ),
                            "say on purpose why the age differs here, or leave it to the definition".into(),
                        );
                        diagnostic.labels = vec![
                            pen.label(age.span, format!("{bound} here")),
                            pen.label(*span, format!("{n} by definition")),
                        ];
                        found.push(diagnostic);
                    }
                    _ => {}
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{FILE, LanguageTerms};
    use crate::mappings::Mappings;
    use std::collections::BTreeMap;

    #[test]
    fn the_file_of_terms_is_well_formed() {
        let mappings = Mappings::embedded_for(&["en"]).unwrap();
        let all: BTreeMap<String, LanguageTerms> = toml::from_str(mappings.source(FILE)).unwrap();
        assert!(all.values().all(|language| !language.term.is_empty()));
    }
}
