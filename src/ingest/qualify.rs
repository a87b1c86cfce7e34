//! Numbers that start anew in every chapter are cited with the chapter: 6:12.

use std::collections::HashSet;

use crate::law::{Act, Number, ProvisionId, UnitKind};

/// Chapters an act must have before restarting numbers count as its habit.
const FEWEST_CHAPTERS: usize = 4;

/// Gives articles the chapter's number as a prefix if most chapters start at
/// 1 and few numbers are unique without it.
pub(crate) fn qualify(act: &mut Act) {
    let mut chapter_of: Vec<(usize, u32)> = Vec::new();
    let mut starts: Vec<(ProvisionId, u32)> = Vec::new();
    let mut plain: HashSet<Number> = HashSet::new();
    for id in act.articles() {
        let Some(number) = &act.provision(id).number else {
            continue;
        };
        let Some((chapter, value)) = chapter(act, id) else {
            continue;
        };
        chapter_of.push((id.index(), value));
        plain.insert(number.clone());
        if starts.last().is_none_or(|(last, _)| *last != chapter) {
            starts.push((chapter, number.integer().unwrap_or(0)));
        }
    }
    let from_one = starts.iter().filter(|(_, first)| *first == 1).count();
    let habit = starts.len() >= FEWEST_CHAPTERS
        && from_one * 3 >= starts.len() * 2
        && plain.len() * 3 < chapter_of.len() * 2;
    if !habit {
        return;
    }
    for (index, value) in chapter_of {
        if let Some(unit) = act.provisions.get_mut(index)
            && let Some(number) = &unit.number
            && !number.as_str().contains(':')
        {
            unit.number = Some(Number::new(&format!("{value}:{}", bare(number.as_str()))));
        }
    }
}

/// The number without a sign or word around it.
fn bare(printed: &str) -> &str {
    printed.trim_matches(|c: char| c == '§' || c.is_whitespace() || c == '.')
}

/// The numbered chapter an article stands in, outside schedules.
fn chapter(act: &Act, article: ProvisionId) -> Option<(ProvisionId, u32)> {
    let mut found = None;
    for id in act.ancestors(article) {
        let unit = act.provision(id);
        if unit.kind == UnitKind::Schedule {
            return None;
        }
        if found.is_none() && unit.kind == UnitKind::Chapter {
            found = unit
                .number
                .as_ref()
                .and_then(Number::integer)
                .map(|value| (id, value));
        }
    }
    found
}
