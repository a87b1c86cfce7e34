//! Findings in the form of an instrument or of a published review: one answer
//! per article or criterion.

use serde::Serialize;

use super::view::{Places, places};
use super::words::Words;
use super::{Assessed, Run};
use crate::assess::{Finding, Verdict};
use crate::mappings::{PartialCounts, RollupPart};

/// What the texts answer to one part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Answer {
    Yes,
    Partly,
    No,
    /// A conflict is shown before anything else.
    Conflict,
    /// The texts held cannot answer, or nothing of it is assessed in this run.
    Unknown,
}

impl Answer {
    fn name(self) -> &'static str {
        match self {
            Answer::Yes => "yes",
            Answer::Partly => "partly",
            Answer::No => "no",
            Answer::Conflict => "conflict",
            Answer::Unknown => "unknown",
        }
    }

    /// The verdict whose sign and colour say the same.
    fn as_verdict(self) -> Verdict {
        match self {
            Answer::Yes => Verdict::Full,
            Answer::Partly => Verdict::Partial,
            Answer::No => Verdict::NotFound,
            Answer::Conflict => Verdict::Conflict,
            Answer::Unknown => Verdict::Undetermined,
        }
    }

    /// The answer of one finding to one part.
    fn of(part: &RollupPart, finding: &Finding) -> Self {
        match finding.verdict {
            Verdict::Full => Answer::Yes,
            Verdict::NotFound => Answer::No,
            Verdict::Conflict => Answer::Conflict,
            Verdict::Undetermined | Verdict::NotApplicable => Answer::Unknown,
            Verdict::Partial => {
                let mut unless = part.unless.split_whitespace();
                let barred = unless.any(|name| finding.missing.iter().any(|m| m == name));
                match part.partial {
                    PartialCounts::Yes if !barred => Answer::Yes,
                    PartialCounts::Yes | PartialCounts::Partly => Answer::Partly,
                }
            }
        }
    }

    /// The answer of several findings together: never an average.
    fn together(answers: &[Answer]) -> Self {
        let all = |answer| answers.iter().all(|a| *a == answer);
        let any = |answer| answers.contains(&answer);
        if answers.is_empty() || all(Answer::Unknown) {
            Answer::Unknown
        } else if any(Answer::Conflict) {
            Answer::Conflict
        } else if all(Answer::Yes) {
            Answer::Yes
        } else if any(Answer::Unknown) && !any(Answer::Partly) && !any(Answer::No) {
            Answer::Unknown
        } else if any(Answer::Yes) || any(Answer::Partly) {
            Answer::Partly
        } else if any(Answer::Unknown) {
            Answer::Unknown
        } else {
            Answer::No
        }
    }
}

/// A rollup of all jurisdictions of a run.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Rollup {
    pub id: String,
    pub title: String,
    pub parts: Vec<PartView>,
    pub rows: Vec<RollupRow>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct PartView {
    pub part: String,
    pub title: String,
    /// Requirements that were assessed in this run.
    pub requirements: Vec<String>,
    /// How many of the part's requirements were, "2 / 3".
    pub assessed: String,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct RollupRow {
    pub code: String,
    pub country: String,
    pub cells: Vec<RollupCell>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct RollupCell {
    /// `yes`, `partly`, `no`, `conflict`, `unknown`.
    pub answer: &'static str,
    pub word: String,
    /// Sign and style class of the verdict that says the same.
    pub sign: &'static str,
    pub class: &'static str,
    pub provisions: Vec<Places>,
}

/// The rollups of which something was assessed in the run, in the order of the
/// table. Parts of which nothing was assessed are left out.
pub(crate) fn rollups(words: &Words, run: &Run<'_>) -> Vec<Rollup> {
    let mut rollups: Vec<(Rollup, Vec<&RollupPart>)> = Vec::new();
    for part in &run.mappings.tables.rollups {
        let members: Vec<&str> = part.requirements.split_whitespace().collect();
        let assessed: Vec<String> = members
            .iter()
            .filter(|id| place(run, id).is_some())
            .map(|id| (*id).to_owned())
            .collect();
        if assessed.is_empty() {
            continue;
        }
        if rollups
            .last()
            .is_none_or(|(last, _)| last.id != part.rollup)
        {
            let rollup = Rollup {
                id: part.rollup.clone(),
                title: words.data(&part.title).to_owned(),
                parts: Vec::new(),
                rows: Vec::new(),
            };
            rollups.push((rollup, Vec::new()));
        }
        if let Some((rollup, parts)) = rollups.last_mut() {
            rollup.parts.push(PartView {
                part: part.part.clone(),
                title: words.data(&part.part_title).to_owned(),
                assessed: format!("{} / {}", assessed.len(), members.len()),
                requirements: assessed,
            });
            parts.push(part);
        }
    }
    rollups
        .into_iter()
        .map(|(mut rollup, parts)| {
            rollup.rows = run
                .jurisdictions
                .iter()
                .map(|assessed| row(words, run, assessed, &parts))
                .collect();
            rollup
        })
        .collect()
}

/// The place of a requirement in the run's order.
fn place(run: &Run<'_>, id: &str) -> Option<usize> {
    run.requirements.iter().position(|r| r.id.get_ref() == id)
}

fn row(words: &Words, run: &Run<'_>, assessed: &Assessed, parts: &[&RollupPart]) -> RollupRow {
    let cells = parts
        .iter()
        .map(|part| {
            let findings: Vec<&Finding> = part
                .requirements
                .split_whitespace()
                .filter_map(|id| assessed.findings.get(place(run, id)?))
                .collect();
            let answers: Vec<Answer> = findings.iter().map(|f| Answer::of(part, f)).collect();
            let answer = Answer::together(&answers);
            let provisions: Vec<_> = findings
                .iter()
                .filter_map(|finding| finding.provisions.first().cloned())
                .collect();
            let as_verdict = answer.as_verdict();
            RollupCell {
                answer: answer.name(),
                word: words.get(&["answer", answer.name()]).to_owned(),
                sign: super::view::sign(as_verdict),
                class: as_verdict.name(),
                provisions: places(&assessed.law, &provisions),
            }
        })
        .collect();
    RollupRow {
        code: assessed.law.jurisdiction.to_string(),
        country: assessed.law.country.clone(),
        cells,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_joined_and_never_averaged() {
        use Answer::{Conflict, No, Partly, Unknown, Yes};
        for (answers, joined) in [
            (&[Yes, Yes][..], Yes),
            (&[No, No], No),
            (&[Yes, No], Partly),
            (&[Yes, Unknown], Unknown),
            (&[No, Unknown], Unknown),
            (&[Partly, Unknown], Partly),
            (&[Yes, Conflict, Unknown], Conflict),
            (&[], Unknown),
        ] {
            assert_eq!(Answer::together(answers), joined, "{answers:?}");
        }
    }
}
