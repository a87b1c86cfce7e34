//! What a bill does to the law in force: the law today, the bill alone, the
//! law as it would read.

use serde::Serialize;
use similar::{ChangeTag, TextDiff};

use super::bill::{Bill, stand_apart};
use super::judge::{Standard, clause};
use super::place::{SourceMap, SourceRange};
use crate::amend::{self, Amended, Instruction, Operation};
use crate::annotate::AnnotatedAct;
use crate::assess::{Finding, JurisdictionLaw, Verdict, assess};
use crate::law::{Act, ProvisionId, Span, Standing};
use crate::mappings::Requirement;

/// What a bill does to the law in force.
#[derive(Debug, Clone, Serialize)]
pub struct Effect {
    /// Code of the jurisdiction whose law it is.
    pub jurisdiction: String,
    /// Instructions applied, in the order of the bill.
    pub applied: Vec<AppliedLine>,
    /// Words that amend and were not applied, with the reason.
    pub not_applied: Vec<NotApplied>,
    /// The provisions that change.
    pub changes: Vec<Change>,
    /// The verdicts that the bill touches.
    pub verdicts: Vec<VerdictChange>,
}

/// An instruction that was applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AppliedLine {
    /// Clause of the bill.
    pub clause: String,
    /// The instruction's words.
    pub words: String,
    /// Title of the act.
    pub act: String,
}

/// Words that amend and were not applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotApplied {
    /// Clause of the bill.
    pub clause: String,
    /// Where the words stand in the bill's canonical text.
    pub span: Span,
    /// Where they stand in the file.
    pub place: Option<SourceRange>,
    /// The words.
    pub words: String,
    /// Why.
    pub reason: String,
}

/// A provision as it reads and as it would read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Title of the act.
    pub act: String,
    /// File of the act.
    pub file: String,
    /// Citation of the article in the act.
    pub locator: String,
    /// Clause of the bill.
    pub clause: String,
    /// Pieces of text in order.
    pub pieces: Vec<Piece>,
}

/// A piece of a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// What becomes of it.
    pub fate: Fate,
    /// Its words.
    pub text: String,
}

/// What becomes of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// They stay.
    Kept,
    /// They go.
    Deleted,
    /// They are new.
    Inserted,
}

/// The three verdicts on one requirement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VerdictChange {
    /// Requirement id.
    pub requirement: String,
    /// Its title.
    pub title: String,
    /// The law today.
    pub today: Verdict,
    /// The bill alone.
    pub alone: Verdict,
    /// The law as it would read.
    pub amended: Verdict,
    /// Clause of the bill whose words decide, if one does.
    pub clause: String,
    /// What is missing today.
    pub missing_today: Vec<String>,
    /// What would be missing.
    pub missing_amended: Vec<String>,
    /// The deciding words of the law as it would read.
    pub quote: String,
}

/// Applies a bill to the law and assesses both. `alone` gives the verdict on
/// the bill's own text for a requirement.
pub fn effect(
    bill: &Bill,
    law: &JurisdictionLaw,
    amends: Option<usize>,
    standard: &Standard<'_>,
    alone: &dyn Fn(&str) -> Verdict,
) -> Effect {
    let mut read = bill.act.clone();
    super::bill::set_notes_apart(&mut read, standard.forms);
    let recognised = amend::recognise(&read, standard.forms);
    let acts: Vec<&Act> = law.acts.iter().map(|annotated| &annotated.act).collect();
    let applied = amend::apply(&recognised, &acts, amends);
    let map = bill
        .source
        .as_ref()
        .map(|source| SourceMap::new(bill.act.text.as_str(), source));
    let clause_at = |span: Span| clause(&bill.act, bill.act.innermost_at(span.start));
    let not_applied = |span: Span, reason: &str| NotApplied {
        clause: clause_at(span),
        span,
        place: map.as_ref().and_then(|map| map.range(span)),
        words: bill.act.quote(span).to_owned(),
        reason: reason.to_owned(),
    };
    let mut refused: Vec<NotApplied> = applied
        .refused
        .iter()
        .filter_map(|refusal| {
            let instruction = recognised.found.get(refusal.instruction)?;
            Some(not_applied(instruction.span, &refusal.reason))
        })
        .collect();
    refused.extend(
        recognised
            .unrecognised
            .iter()
            .map(|u| not_applied(u.span, &u.reason)),
    );
    let language = bill.act.language.as_str();
    if !standard.forms.covers(language) {
        let first = bill.act.text.as_str().find('\n').unwrap_or_default();
        let reason = match language {
            "" | "und" => "the language of the bill is not certain".to_owned(),
            tag => format!("how bills in this language ({tag}) amend acts is not known"),
        };
        refused.push(not_applied(Span::new(0, first), &reason));
    }
    refused.sort_by_key(|line| line.span);

    let before: Vec<Finding> = assess(law, standard.mappings, &standard.requirements);
    // What was applied stands in the acts now, not in the bill.
    let mut rest = bill.as_law(standard.forms);
    for number in &applied.applied {
        if let Some(instruction) = recognised.found.get(*number) {
            let whole = instruction
                .block
                .map_or(instruction.span, |b| b.cover(instruction.span));
            set_aside(&mut rest, whole);
        }
    }
    let amended = as_amended(law, &applied.acts, rest, standard);
    let after: Vec<Finding> = assess(&amended, standard.mappings, &standard.requirements);
    let bill_act = amended.acts.len() - 1;
    let clause_of = |finding: &Finding| -> String {
        finding
            .evidence
            .iter()
            .find_map(|evidence| {
                if evidence.place.act == bill_act {
                    return Some(clause_at(evidence.span));
                }
                let act = applied.acts.iter().find(|a| a.act == evidence.place.act)?;
                let (number, _) = act
                    .inserted
                    .iter()
                    .find(|(_, span)| span.overlaps(evidence.span))?;
                recognised.found.get(*number).map(|i| clause_at(i.span))
            })
            .unwrap_or_default()
    };
    let verdicts = standard
        .requirements
        .iter()
        .zip(before.iter().zip(&after))
        .filter_map(|(requirement, (today, amended))| {
            let clause = clause_of(amended);
            let decided = amended.evidence.first().is_some_and(|first| {
                // The bill's words decide, not only support.
                clause
                    == clause_of(&Finding {
                        evidence: vec![first.clone()],
                        ..amended.clone()
                    })
                    && !clause.is_empty()
            });
            let changed = today.verdict != amended.verdict || today.missing != amended.missing;
            let line = verdict_line(requirement, today, amended, clause, standard, alone);
            (changed || decided).then_some(line)
        })
        .collect();
    Effect {
        jurisdiction: law.jurisdiction.to_string(),
        applied: applied
            .applied
            .iter()
            .filter_map(|number| {
                let instruction = recognised.found.get(*number)?;
                let act = applied
                    .acts
                    .iter()
                    .find(|act| act.inserted.iter().any(|(n, _)| n == number))?;
                Some(AppliedLine {
                    clause: clause_at(instruction.span),
                    words: bill.act.quote(instruction.span).to_owned(),
                    act: title(&act.text),
                })
            })
            .collect(),
        not_applied: refused,
        changes: changes(law, &applied.acts, &recognised.found, &clause_at),
        verdicts,
    }
}

fn verdict_line(
    requirement: &Requirement,
    today: &Finding,
    amended: &Finding,
    clause: String,
    standard: &Standard<'_>,
    alone: &dyn Fn(&str) -> Verdict,
) -> VerdictChange {
    let id = requirement.id.get_ref();
    VerdictChange {
        requirement: id.clone(),
        title: standard
            .mappings
            .tables
            .entry(id)
            .map_or_else(|| id.clone(), |entry| entry.title.clone()),
        today: today.verdict,
        alone: alone(id),
        amended: amended.verdict,
        clause,
        missing_today: today.missing.clone(),
        missing_amended: amended.missing.clone(),
        quote: amended.quote().to_owned(),
    }
}

/// The law with the consolidated acts and what is left of the bill, last.
fn as_amended(
    law: &JurisdictionLaw,
    changed: &[Amended],
    rest: Act,
    standard: &Standard<'_>,
) -> JurisdictionLaw {
    let mut acts: Vec<AnnotatedAct> = law
        .acts
        .iter()
        .enumerate()
        .map(|(at, annotated)| {
            let new = changed.iter().find(|amended| amended.act == at);
            let act = new.map_or_else(|| annotated.act.clone(), |amended| amended.text.clone());
            standard.annotator.annotate(act)
        })
        .collect();
    acts.push(standard.annotator.annotate(rest));
    JurisdictionLaw {
        jurisdiction: law.jurisdiction.clone(),
        country: law.country.clone(),
        acts,
        unread: law.unread.clone(),
        twins: law.twins.clone(),
    }
}

/// Takes words of the bill out of what counts: every unit within them, and
/// the lines that lie in a unit with other words.
fn set_aside(act: &mut Act, span: Span) {
    for provision in &mut act.provisions {
        if span.contains(provision.span) && !provision.span.is_empty() {
            provision.standing = Standing::Quoted;
        }
    }
    stand_apart(act, span, Standing::Quoted);
}

fn title(act: &Act) -> String {
    if act.title.is_empty() {
        act.source.file.clone()
    } else {
        act.title.clone()
    }
}

/// Every article that changes, with its words before and after.
fn changes(
    law: &JurisdictionLaw,
    amended: &[Amended],
    instructions: &[Instruction],
    clause_at: &dyn Fn(Span) -> String,
) -> Vec<Change> {
    let mut found = Vec::new();
    for new in amended {
        let Some(old) = law.acts.get(new.act).map(|annotated| &annotated.act) else {
            continue;
        };
        let mut seen: Vec<ProvisionId> = Vec::new();
        for (number, span) in &new.inserted {
            let Some(instruction) = instructions.get(*number) else {
                continue;
            };
            let articles: Vec<ProvisionId> = new
                .text
                .articles()
                .filter(|id| {
                    let own = new.text.provision(*id).span;
                    own.overlaps(*span) || own.contains(*span) && span.start < own.end
                })
                .collect();
            for article in articles {
                if seen.contains(&article) {
                    continue;
                }
                seen.push(article);
                let unit = new.text.provision(article);
                let inserted = matches!(
                    instruction.operation,
                    Operation::InsertAfter(_) | Operation::Insert(_)
                ) && span.contains(unit.span);
                let before = old
                    .articles()
                    .filter(|id| old.provision(*id).number == unit.number)
                    .filter(|_| !inserted)
                    .min_by_key(|id| !old.standing(*id).may_count())
                    .map_or("", |id| old.quote(old.provision(id).span));
                found.push(Change {
                    act: title(old),
                    file: old.source.file.clone(),
                    locator: new.text.locator(article).to_string(),
                    clause: clause_at(instruction.span),
                    pieces: compare(before, new.text.quote(unit.span)),
                });
            }
        }
    }
    found
}

/// Words deleted, inserted and kept between two texts.
pub fn compare(old: &str, new: &str) -> Vec<Piece> {
    let diff = TextDiff::from_words(old, new);
    let mut pieces: Vec<Piece> = Vec::new();
    for change in diff.iter_all_changes() {
        let fate = match change.tag() {
            ChangeTag::Equal => Fate::Kept,
            ChangeTag::Delete => Fate::Deleted,
            ChangeTag::Insert => Fate::Inserted,
        };
        match pieces.last_mut() {
            Some(last) if last.fate == fate => last.text.push_str(change.value()),
            _ => pieces.push(Piece {
                fate,
                text: change.value().to_owned(),
            }),
        }
    }
    settle(pieces)
}

/// Fewer words than this that stay between changes are no island.
const ISLAND: usize = 3;

/// Makes changes readable: a word or two that happen to be the same between
/// two changes are taken into them.
fn settle(pieces: Vec<Piece>) -> Vec<Piece> {
    let last = pieces.len().saturating_sub(1);
    let mut settled: Vec<Piece> = Vec::new();
    let (mut gone, mut come) = (String::new(), String::new());
    let flush = |gone: &mut String, come: &mut String, settled: &mut Vec<Piece>| {
        for (fate, text) in [(Fate::Deleted, gone), (Fate::Inserted, come)] {
            if !text.is_empty() {
                let text = std::mem::take(text);
                settled.push(Piece { fate, text });
            }
        }
    };
    for (at, piece) in pieces.into_iter().enumerate() {
        match piece.fate {
            Fate::Deleted => gone.push_str(&piece.text),
            Fate::Inserted => come.push_str(&piece.text),
            Fate::Kept => {
                let short = piece.text.split_whitespace().count() < ISLAND;
                let between = (!gone.is_empty() || !come.is_empty()) && at < last;
                if short && between && !piece.text.contains('\n') {
                    gone.push_str(&piece.text);
                    come.push_str(&piece.text);
                } else {
                    flush(&mut gone, &mut come, &mut settled);
                    settled.push(piece);
                }
            }
        }
    }
    flush(&mut gone, &mut come, &mut settled);
    settled
}

#[cfg(test)]
mod tests {
    use super::{Fate, compare};

    #[test]
    fn a_comparison_holds_both_texts_and_few_pieces() {
        let (old, new) = (
            "A person who keeps a goat in a house commits an offence and is liable.",
            "A person who knowingly keeps an animal in any place commits an offence and is liable.",
        );
        let pieces = compare(old, new);
        let text = |fates: [Fate; 2]| -> String {
            let kept = pieces.iter().filter(|p| fates.contains(&p.fate));
            kept.map(|p| p.text.as_str()).collect()
        };
        assert_eq!(text([Fate::Kept, Fate::Deleted]), old);
        assert_eq!(text([Fate::Kept, Fate::Inserted]), new);
        assert!(pieces.len() <= 5, "{pieces:?}");
    }
}
