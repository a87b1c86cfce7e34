//! Gaps and repetitions in article numbers.

use std::collections::{BTreeSet, HashMap};

use crate::law::{Act, Number, Problem, ProblemKind, ProvisionId, Standing, UnitKind};

/// Share of absent numbers (per cent) from which scattered gaps are reported.
/// Old codes lose whole ranges by repeal; a damaged file loses single numbers
/// all over.
const SCATTERED_PERCENT: usize = 8;

/// Share of absent numbers (per cent) from which any gap is reported.
const ANY_PERCENT: usize = 35;

/// Formats whose markup names every article, besides those called `...-xml`.
const MARKED_UP: &[&str] = &["akoma-ntoso", "clml", "uslm", "tei"];

/// Places per hundred numbers at which a number must be missing to count as
/// scattered.
const PLACES_PERCENT: usize = 5;

/// Notes gaps and duplicates in the act's main numbering.
pub(super) fn examine(act: &Act, problems: &mut Vec<Problem>) {
    let numbered: Vec<(ProvisionId, &Number)> = act
        .articles()
        .filter(|id| in_main_numbering(act, *id))
        .filter_map(|id| act.provision(id).number.as_ref().map(|number| (id, number)))
        .filter(|(_, number)| !number.is_in_series())
        .collect();
    gaps(act, &numbered, problems);
    duplicates(act, &numbered, problems);
}

fn in_main_numbering(act: &Act, id: ProvisionId) -> bool {
    act.ancestors(id)
        .all(|id| act.provision(id).kind != UnitKind::Schedule)
}

fn gaps(act: &Act, numbered: &[(ProvisionId, &Number)], problems: &mut Vec<Problem>) {
    // Numbers with a chapter or book before them count within it.
    let compound = numbered
        .iter()
        .filter(|(_, number)| {
            number.as_str().contains(':')
                || number
                    .as_str()
                    .starts_with(|c: char| c.is_ascii_uppercase())
        })
        .count();
    let dashed = numbered
        .iter()
        .filter(|(_, number)| {
            number.as_str().contains('-') && !number.as_str().contains(" - ") && !number.is_plain()
        })
        .count();
    if numbered.len() < 8 || compound * 3 > numbered.len() || dashed * 2 > numbered.len() {
        return;
    }
    let mut present: BTreeSet<u32> = BTreeSet::new();
    for (_, number) in numbered {
        if let Some(first) = number.integer() {
            present.insert(first);
            // "3 - 7" stands for a range.
            if let Some(last) = number
                .as_str()
                .split_once(" - ")
                .and_then(|(_, last)| last.trim().parse::<u32>().ok())
                && last > first
                && last - first < 500
            {
                present.extend(first..=last);
            }
        }
    }
    let (Some(first), Some(last)) = (present.first().copied(), present.last().copied()) else {
        return;
    };
    // A single number far beyond the others is not the end of the law.
    let last = present
        .iter()
        .rev()
        .zip(present.iter().rev().skip(1))
        .find(|(high, low)| **high - **low < 200)
        .map_or(last, |(high, _)| *high);
    let mut missing: Vec<(u32, u32)> = Vec::new();
    let mut expected = 1;
    for number in present.range(..=last) {
        if *number > expected {
            missing.push((expected, number - 1));
        }
        expected = expected.max(number + 1);
    }
    // Numbers that leap at the beginning of a chapter were never given out.
    let leaps = leaps(act, numbered);
    missing.retain(|(from, to)| {
        let next = to + 1;
        let round = to - from >= 8 && matches!(next % 10, 0 | 1 | 5);
        *to < first || !(round || leaps.contains(&next))
    });
    let absent: usize = missing
        .iter()
        .map(|(from, to)| (to - from + 1) as usize)
        .sum();
    let of = last as usize;
    // Official XML leaves repealed articles out, and loses none by conversion.
    let marked_up = act.source.format.ends_with("-xml") || MARKED_UP.contains(&&*act.source.format);
    let tolerated = if marked_up {
        SCATTERED_PERCENT * 3
    } else {
        SCATTERED_PERCENT
    };
    let scattered = missing.len() >= 3
        && absent * 100 > of * tolerated
        && missing.len() * 100 > of * PLACES_PERCENT;
    if first > 2 || scattered || absent * 100 > of * ANY_PERCENT {
        let ranges: Vec<String> = missing
            .iter()
            .take(12)
            .map(|(from, to)| {
                if from == to {
                    from.to_string()
                } else {
                    format!("{from} to {to}")
                }
            })
            .collect();
        let more = if missing.len() > 12 { ", and more" } else { "" };
        problems.push(Problem::new(
            ProblemKind::NumberingGap,
            format!(
                "{absent} of {last} numbers are absent: {}{more}",
                ranges.join(", ")
            ),
        ));
    }
}

/// Numbers ending in 0, 1 or 5 that open a group, as laws with reserved ranges
/// number their chapters.
fn leaps(act: &Act, numbered: &[(ProvisionId, &Number)]) -> BTreeSet<u32> {
    let mut found = BTreeSet::new();
    let mut last_group = None;
    for (id, number) in numbered {
        let group = act.provision(*id).parent;
        if group != last_group
            && let Some(value) = number
                .integer()
                .filter(|value| matches!(value % 10, 0 | 1 | 5))
        {
            found.insert(value);
        }
        last_group = group;
    }
    found
}

fn duplicates(act: &Act, numbered: &[(ProvisionId, &Number)], problems: &mut Vec<Problem>) {
    let mut seen: HashMap<&Number, ProvisionId> = HashMap::new();
    let mut twice: Vec<&Number> = Vec::new();
    for (id, number) in numbered {
        if !matches!(
            act.provision(*id).standing,
            Standing::InForce | Standing::Transitional
        ) {
            continue;
        }
        if seen.insert(number, *id).is_some() && !twice.contains(number) && twice.len() < 400 {
            twice.push(number);
        }
    }
    if let Some(first) = twice.first() {
        let list: Vec<&str> = twice
            .iter()
            .take(12)
            .map(|number| number.as_str())
            .collect();
        let more = if twice.len() > 12 { ", and more" } else { "" };
        let mut problem = Problem::new(
            ProblemKind::DuplicateNumber,
            format!(
                "{} numbers stand more than once: {}{more}",
                twice.len(),
                list.join(", ")
            ),
        );
        problem.span = seen.get(first).map(|id| act.provision(*id).span);
        problems.push(problem);
    }
}
