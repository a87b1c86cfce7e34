//! Numberings that start anew without a schedule heading: an enacting law and
//! the code it carries, both from Article 1.

use std::collections::HashSet;

use super::choose::Decision;
use super::head::Head;
use crate::ingest::block::{Block, BlockKind};
use crate::law::{Number, UnitKind};

/// Where a numbering begins that is not the act's first or not its main one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Scope {
    /// First block of the numbering.
    pub(super) at: usize,
    /// How its articles are told from the main numbering's; none for the main one.
    pub(super) label: Option<String>,
}

struct Run {
    start: usize,
    after: usize,
    length: usize,
    under_group: bool,
}

/// Finds the numberings of the act's own part (before any schedule).
pub(super) fn scopes(
    blocks: &[Block],
    heads: &[Option<Head<'_>>],
    decisions: &[Decision],
) -> Vec<Scope> {
    let runs = runs(heads, decisions);
    if runs.len() < 2 {
        return Vec::new();
    }
    let under_groups = runs.iter().skip(1).filter(|run| run.under_group).count();
    if runs.len() >= 4 && under_groups * 5 >= (runs.len() - 1) * 3 {
        // Numbers restart in every chapter; chapter and number cite together.
        return Vec::new();
    }
    let Some(main) =
        (0..runs.len()).max_by_key(|index| (runs[*index].length, std::cmp::Reverse(*index)))
    else {
        return Vec::new();
    };
    runs.iter()
        .enumerate()
        .map(|(index, run)| {
            let at = if index == 0 {
                0
            } else {
                (run.after + 1..run.start)
                    .find(|block| {
                        decisions[*block] == Decision::Group
                            || decisions[*block] == Decision::Text
                                && matches!(blocks[*block].kind, BlockKind::Heading(_))
                    })
                    .unwrap_or(run.start)
            };
            let heading = (decisions[at] == Decision::Group
                || matches!(blocks[at].kind, BlockKind::Heading(_)))
                && at != run.start
                && blocks[at].text.chars().count() < 60;
            let label = (index != main).then(|| {
                if index > 0 && heading {
                    blocks[at].text.clone()
                } else if index < main {
                    "enacting".to_owned()
                } else {
                    format!("part {}", index + 1)
                }
            });
            Scope { at, label }
        })
        .collect()
}

/// Runs of rising numbers before the first schedule.
fn runs(heads: &[Option<Head<'_>>], decisions: &[Decision]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut seen: HashSet<Number> = HashSet::new();
    let mut last: Option<(usize, Number)> = None;
    let mut group = false;
    for (index, decision) in decisions.iter().enumerate() {
        match (decision, &heads[index]) {
            (Decision::Group, Some(Head::Group(head))) => {
                if head.kind == UnitKind::Schedule {
                    break;
                }
                group |= head.numbered;
            }
            (Decision::Article, Some(Head::Article(head))) => {
                let number = Number::new(&head.number);
                let restart = match &last {
                    None => true,
                    Some((_, last)) => {
                        number.integer().is_some_and(|n| n <= 2)
                            && number < *last
                            && number.is_plain()
                            && seen.contains(&number)
                    }
                };
                if restart {
                    seen.clear();
                    runs.push(Run {
                        start: index,
                        after: last.as_ref().map_or(0, |(block, _)| *block),
                        length: 0,
                        under_group: group,
                    });
                }
                if let Some(run) = runs.last_mut() {
                    run.length += 1;
                }
                seen.insert(number.clone());
                last = Some((index, number));
                group = false;
            }
            _ => {}
        }
    }
    runs
}
