//! Applies instructions to the acts of a jurisdiction. An instruction that
//! does not fit the text exactly is refused with the reason.

use super::fragment::Fragment;
use super::instruction::{ActReference, Instruction, Operation};
use super::recognise::Instructions;
use super::splice::{Edit, splice};
use super::target::Target;
use crate::annotate::fold_words;
use crate::law::{Act, Number, Provision, ProvisionId, Span, UnitKind};

/// An act as it would read.
#[derive(Debug)]
pub struct Amended {
    /// Place of the act among those given.
    pub act: usize,
    /// The consolidated text.
    pub text: Act,
    /// Place of an instruction among those given, and where its words stand
    /// in the consolidated text.
    pub inserted: Vec<(usize, Span)>,
}

/// An instruction that was not applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Place of the instruction among those given.
    pub instruction: usize,
    /// Why, in one sentence.
    pub reason: String,
}

/// What became of a bill's instructions.
#[derive(Debug, Default)]
pub struct Applied {
    /// The acts that changed.
    pub acts: Vec<Amended>,
    /// Places of the instructions that were applied.
    pub applied: Vec<usize>,
    /// Those that were not, with the reason.
    pub refused: Vec<Refusal>,
}

/// Applies instructions to acts. `amends` is the act meant where the bill
/// names none.
pub fn apply(instructions: &Instructions, acts: &[&Act], amends: Option<usize>) -> Applied {
    let mut result = Applied::default();
    let mut edits: Vec<Vec<Edit>> = acts.iter().map(|_| Vec::new()).collect();
    let titles = Titles::new(acts, instructions.inflection);
    for (number, instruction) in instructions.found.iter().enumerate() {
        let made = titles.act_of(&instruction.act, amends).and_then(|act| {
            let target = acts.get(act).ok_or("the act is not held")?;
            Ok((act, edits_of(target, instruction, number)?))
        });
        match made {
            Ok((act, new)) => {
                let old = edits.get_mut(act);
                let clash = old.as_ref().is_some_and(|old| {
                    old.iter()
                        .any(|old| new.iter().any(|new| clashes(old, new)))
                });
                if let (Some(old), false) = (old, clash) {
                    old.extend(new);
                    result.applied.push(number);
                } else {
                    result.refused.push(Refusal {
                        instruction: number,
                        reason: "another instruction of the bill changes the same words".into(),
                    });
                }
            }
            Err(reason) => result.refused.push(Refusal {
                instruction: number,
                reason,
            }),
        }
    }
    for (act, edits) in edits.into_iter().enumerate() {
        if edits.is_empty() {
            continue;
        }
        let Some(before) = acts.get(act) else {
            continue;
        };
        let spliced = splice(before, edits);
        result.acts.push(Amended {
            act,
            text: spliced.act,
            inserted: spliced.inserted,
        });
    }
    result
}

fn clashes(old: &Edit, new: &Edit) -> bool {
    old.span.overlaps(new.span)
        || !old.span.is_empty() && old.span == new.span
        || !new.span.is_empty() && new.span.start < old.span.start && old.span.start < new.span.end
}

/// The words of the acts' titles, folded.
struct Titles {
    titles: Vec<(usize, Vec<String>)>,
    /// So many letters at the end of a word may differ.
    inflection: usize,
}

impl Titles {
    fn new(acts: &[&Act], inflection: usize) -> Self {
        let titles = acts.iter().map(|act| fold_words(&act.title)).enumerate();
        Self {
            titles: titles.filter(|(_, title)| !title.is_empty()).collect(),
            inflection,
        }
    }

    /// The one act that the words name.
    fn act_of(&self, reference: &ActReference, amends: Option<usize>) -> Result<usize, String> {
        let name = match reference {
            ActReference::Named(name) => name,
            ActReference::Same => {
                return amends.ok_or_else(|| {
                    "the bill does not say which act is meant; name it with --amends".to_owned()
                });
            }
            ActReference::Unclear => {
                return Err("which act is meant is not certain".to_owned());
            }
            ActReference::Within(words) => {
                return Err(format!("“{words}” is not found by number"));
            }
        };
        let wanted = fold_words(name);
        let equal = |title: &[String]| {
            title.len() == wanted.len()
                && title
                    .iter()
                    .zip(&wanted)
                    .all(|(a, b)| same_word(a, b, self.inflection))
        };
        // A code is often named by its first word alone.
        let opens = |title: &[String]| {
            const LONG: usize = 8;
            matches!((title.first(), wanted.as_slice()), (Some(first), [only])
                if only.len() >= LONG && same_word(first, only, self.inflection))
        };
        let year = |words: &[String]| {
            words
                .iter()
                .find(|w| w.len() == 4 && w.chars().all(|c| c.is_ascii_digit()))
                .cloned()
        };
        // Names leave out or add "the", a chapter number, a year.
        let alike = |title: &[String]| {
            let (short, long) = if title.len() <= wanted.len() {
                (title, wanted.as_slice())
            } else {
                (wanted.as_slice(), title)
            };
            let years = (year(title), year(&wanted));
            let same_year = !matches!(&years, (Some(a), Some(b)) if a != b);
            let same = |words: &[String]| {
                let pairs = words.iter().zip(short);
                pairs
                    .into_iter()
                    .all(|(a, b)| inflected(a, b, self.inflection))
            };
            short.len() >= 2 && same_year && long.windows(short.len()).any(same)
        };
        let find = |test: &dyn Fn(&[String]) -> bool| -> Vec<usize> {
            self.titles
                .iter()
                .filter(|(_, title)| test(title))
                .map(|(at, _)| *at)
                .collect()
        };
        for found in [find(&equal), find(&alike), find(&opens)] {
            match found.as_slice() {
                [] => {}
                [one] => return Ok(*one),
                _ => return Err(format!("several acts held may be meant by “{name}”")),
            }
        }
        match amends {
            Some(act) => Ok(act),
            None => Err(format!("the act “{name}” is not held")),
        }
    }
}

/// The same word, but for the ending of a genitive or plural.
fn same_word(a: &str, b: &str, inflection: usize) -> bool {
    const LONG: usize = 5;
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    inflected(a, b, inflection)
        || short.len() >= LONG
            && long
                .strip_prefix(short)
                .is_some_and(|ending| matches!(ending, "s" | "es" | "n" | "en"))
}

/// The same word in two cases: a stem of three letters or more is shared, and
/// at most `inflection` letters after it differ.
fn inflected(a: &str, b: &str, inflection: usize) -> bool {
    const STEM: usize = 3;
    if a == b {
        return true;
    }
    let shared = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let ending = |word: &str| word.chars().count() - shared;
    let numeric = |word: &str| word.chars().any(char::is_numeric);
    shared >= STEM && ending(a).max(ending(b)) <= inflection && !numeric(a) && !numeric(b)
}

fn edits_of(act: &Act, instruction: &Instruction, number: usize) -> Result<Vec<Edit>, String> {
    let target = &instruction.target;
    let units = || target.resolve(act).map_err(|error| error.to_string());
    let edit = |span: Span, parent: ProvisionId| Edit {
        span,
        new: Fragment::default(),
        lead: "",
        parent,
        removed: Vec::new(),
        repealed: None,
        instruction: number,
    };
    match &instruction.operation {
        Operation::Repeal => Ok(units()?
            .iter()
            .map(|unit| Edit {
                removed: act.children(*unit).collect(),
                repealed: Some(*unit),
                new: text_only("[repealed]"),
                ..edit(body(act, *unit), *unit)
            })
            .collect()),
        Operation::Replace(new) => replace(act, target, &units()?, new, number),
        Operation::ReplaceOpening { before, new } => {
            let before = before.resolve(act).map_err(|error| error.to_string())?;
            opening(act, target, &units()?, &before, new, number)
        }
        Operation::InsertAfter(new) => insert(act, target, &units()?, new, number),
        Operation::Insert(new) => insert_by_number(act, target, new, number),
        Operation::ReplaceWords { old, new } => {
            words(act, &units()?, old).map(|spans| change(spans, new, &edit))
        }
        Operation::InsertWordsAfter { old, new } => {
            let both = if new.starts_with([',', ';', '.']) {
                format!("{old}{new}")
            } else {
                format!("{old} {new}")
            };
            words(act, &units()?, old).map(|spans| change(spans, &both, &edit))
        }
        Operation::StrikeWords { old } => words(act, &units()?, old).map(|spans| {
            let spans = spans.into_iter().map(|(unit, span)| {
                // One of the two blanks around the words goes with them.
                let before = act.text.as_str().get(..span.start).unwrap_or_default();
                let start = span.start - usize::from(before.ends_with(' '));
                (unit, Span::new(start, span.end))
            });
            change(spans.collect(), "", &edit)
        }),
    }
}

fn change(
    spans: Vec<(ProvisionId, Span)>,
    new: &str,
    edit: &dyn Fn(Span, ProvisionId) -> Edit,
) -> Vec<Edit> {
    spans
        .into_iter()
        .map(|(unit, span)| Edit {
            new: text_only(new),
            ..edit(span, unit)
        })
        .collect()
}

fn text_only(text: &str) -> Fragment {
    Fragment {
        text: text.to_owned(),
        units: Vec::new(),
    }
}

/// A unit's own words and those of its children, without number and heading.
fn body(act: &Act, unit: ProvisionId) -> Span {
    let unit = act.provision(unit);
    Span::new(unit.body_start, unit.span.end)
}

/// The one place in each unit where the words stand.
fn words(act: &Act, units: &[ProvisionId], old: &str) -> Result<Vec<(ProvisionId, Span)>, String> {
    let mut found = Vec::new();
    for unit in units {
        let span = act.provision(*unit).span;
        let text = act.quote(span);
        let places: Vec<usize> = text
            .match_indices(old)
            .map(|(at, _)| at)
            .filter(|at| is_whole(text, *at, old))
            .collect();
        match places.as_slice() {
            [] => {
                let locator = act.locator(*unit);
                return Err(format!("the words “{old}” do not stand in {locator}"));
            }
            [at] => {
                let start = span.start + at;
                found.push((*unit, Span::new(start, start + old.len())));
            }
            several => {
                return Err(format!(
                    "the words “{old}” stand {} times in {}",
                    several.len(),
                    act.locator(*unit)
                ));
            }
        }
    }
    Ok(found)
}

/// Whether no letter or digit touches the words.
fn is_whole(text: &str, at: usize, words: &str) -> bool {
    let wordy = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let before = text.get(..at).and_then(|t| t.chars().next_back());
    let after = text.get(at + words.len()..).and_then(|t| t.chars().next());
    let first = wordy(words.chars().next());
    let last = wordy(words.chars().next_back());
    !(first && wordy(before) || last && wordy(after))
}

/// The part of a fragment that stands at the level of a path: below an
/// article that is printed again only to hold it.
fn at_level(new: &Fragment, path: &[Number]) -> Option<(Fragment, Option<Provision>)> {
    let mut part = new.clone();
    let mut holder = None;
    for step in path.split_last()?.1 {
        let top: Vec<usize> = (0..part.units.len())
            .filter(|at| part.units[*at].parent.is_none())
            .collect();
        let [only] = top.as_slice() else { break };
        if part.units[*only].number.as_ref() != Some(step) {
            break;
        }
        holder = Some(part.units[*only].clone());
        part = below(&part, *only)?;
    }
    Some((part, holder))
}

/// What stands below one unit of a fragment.
fn below(fragment: &Fragment, unit: usize) -> Option<Fragment> {
    let children: Vec<&Provision> = fragment
        .units
        .iter()
        .filter(|u| u.parent == Some(ProvisionId(unit as u32)))
        .collect();
    let start = children.first()?.span.start;
    let end = children.last()?.span.end;
    let inside = |at: &usize| {
        let span = fragment.units[*at].span;
        span.start >= start && span.end <= end && *at != unit
    };
    let kept: Vec<usize> = (0..fragment.units.len()).filter(inside).collect();
    let shift = |span: Span| {
        Span::new(
            span.start.saturating_sub(start),
            span.end.saturating_sub(start),
        )
    };
    Some(Fragment {
        text: fragment.quote(Span::new(start, end)).to_owned(),
        units: kept
            .iter()
            .map(|at| {
                let u = &fragment.units[*at];
                let parent = u
                    .parent
                    .and_then(|parent| kept.iter().position(|k| *k == parent.index()));
                Provision {
                    parent: parent.map(|at| ProvisionId(at as u32)),
                    heading: u.heading.map(shift),
                    span: shift(u.span),
                    body_start: u.body_start.saturating_sub(start),
                    ..u.clone()
                }
            })
            .collect(),
    })
}

fn replace(
    act: &Act,
    target: &Target,
    units: &[ProvisionId],
    new: &Fragment,
    number: usize,
) -> Result<Vec<Edit>, String> {
    let path = target.paths.first().ok_or("no unit is named")?;
    let (mut part, holder) = at_level(new, path).ok_or("no unit is named")?;
    let dotted = units
        .first()
        .and_then(|unit| act.provision(*unit).number.as_ref())
        .is_some_and(|number| number.as_str().ends_with('.'));
    if !dotted {
        part.drop_stop();
    }
    let first = target.first_number().ok_or("no unit is named")?;
    if !part.top_numbers().contains(&first) {
        return Err("the new words do not carry the number of what they replace".into());
    }
    let (Some(one), Some(last)) = (units.first(), units.last()) else {
        return Err("no unit is named".into());
    };
    let parent = act.provision(*one).parent.unwrap_or(ProvisionId::ROOT);
    let between = act
        .children(parent)
        .filter(|id| (one..=last).contains(&id))
        .filter(|id| !units.contains(id) && act.provision(*id).number.is_some());
    if units
        .iter()
        .any(|id| act.provision(*id).parent != Some(parent))
        || between.count() > 0
    {
        return Err("the units to be replaced do not stand side by side".into());
    }
    check_new(act, parent, &part, units)?;
    let span = act.provision(*one).span.cover(act.provision(*last).span);
    let mut edits = vec![Edit {
        span,
        new: part,
        lead: "",
        parent,
        removed: units.to_vec(),
        repealed: None,
        instruction: number,
    }];
    edits.extend(heading_edit(act, parent, holder.as_ref(), new, number));
    Ok(edits)
}

/// New numbers must not stand in the act already, outside what is replaced.
fn check_new(
    act: &Act,
    parent: ProvisionId,
    new: &Fragment,
    replaced: &[ProvisionId],
) -> Result<(), String> {
    let article = new.top_kind() == Some(UnitKind::Article);
    for number in new.top_numbers() {
        let same = |id: &ProvisionId| {
            act.provision(*id).number.as_ref() == Some(number)
                && act.standing(*id).may_count()
                && !replaced.contains(id)
        };
        let there = if article {
            act.articles().find(same)
        } else {
            act.children(parent).find(same)
        };
        if let Some(there) = there {
            return Err(format!("the act already has a unit {}", act.locator(there)));
        }
    }
    Ok(())
}

/// A new heading that the bill prints with the unit that holds the change.
fn heading_edit(
    act: &Act,
    unit: ProvisionId,
    printed: Option<&Provision>,
    new: &Fragment,
    number: usize,
) -> Option<Edit> {
    let heading = printed?.heading?;
    let old = act.provision(unit).heading?;
    let words = new.quote(heading);
    (act.quote(old) != words && !words.is_empty()).then(|| Edit {
        span: old,
        new: text_only(words),
        lead: "",
        parent: unit,
        removed: Vec::new(),
        repealed: None,
        instruction: number,
    })
}

/// The words of a unit before one of its sub-units.
fn opening(
    act: &Act,
    target: &Target,
    units: &[ProvisionId],
    before: &[ProvisionId],
    new: &Fragment,
    number: usize,
) -> Result<Vec<Edit>, String> {
    let ([unit], [before]) = (units, before) else {
        return Err("the portion named is not one".into());
    };
    if !act.ancestors(*before).any(|id| id == *unit) {
        return Err("the portion named does not end in the unit".into());
    }
    let path = target.paths.first().ok_or("no unit is named")?;
    let (part, holder) = at_level(new, path).ok_or("no unit is named")?;
    let top: Vec<&Provision> = part.units.iter().filter(|u| u.parent.is_none()).collect();
    let [printed] = top.as_slice() else {
        return Err("the new opening is not of one unit".into());
    };
    if printed.number.as_ref() != path.last() {
        return Err("the new opening does not carry the number of its unit".into());
    }
    let start = act.provision(*unit).body_start;
    let end = act.provision(*before).span.start;
    let old = act.text.as_str().get(start..end).unwrap_or_default();
    let end = start + old.trim_end().len();
    let words = part
        .quote(Span::new(printed.body_start, printed.span.end))
        .trim();
    if end <= start || words.is_empty() || part.units.len() > 1 {
        return Err("the opening cannot be told from the rest of the unit".into());
    }
    let mut edits = vec![Edit {
        span: Span::new(start, end),
        new: text_only(words),
        lead: "",
        parent: *unit,
        removed: Vec::new(),
        repealed: None,
        instruction: number,
    }];
    edits.extend(heading_edit(act, *unit, Some(printed), &part, number));
    if let Some(parent) = act.provision(*unit).parent {
        edits.extend(heading_edit(act, parent, holder.as_ref(), new, number));
    }
    Ok(edits)
}

fn insert(
    act: &Act,
    target: &Target,
    units: &[ProvisionId],
    new: &Fragment,
    number: usize,
) -> Result<Vec<Edit>, String> {
    let Some(after) = units.last() else {
        return Err("no unit is named".into());
    };
    let path = target.paths.last().ok_or("no unit is named")?;
    let (part, _) = at_level(new, path).ok_or("no unit is named")?;
    let numbers = part.top_numbers();
    let Some(first) = numbers.first() else {
        return Err("the new words have no number".into());
    };
    let unit = act.provision(*after);
    if unit.number.as_ref().is_some_and(|own| own >= first) {
        return Err("the new number does not come after that of the unit named".into());
    }
    if part.top_kind() != Some(unit.kind) {
        return Err("the new unit is of another level than the one it follows".into());
    }
    let parent = unit.parent.unwrap_or(ProvisionId::ROOT);
    check_new(act, parent, &part, &[])?;
    Ok(vec![Edit {
        span: Span::new(unit.span.end, unit.span.end),
        new: part,
        lead: "\n",
        parent,
        removed: Vec::new(),
        repealed: None,
        instruction: number,
    }])
}

/// New articles that the bill names by their own numbers only: `12-A` comes
/// after the last of 12, 12-bis and so on that is smaller.
fn insert_by_number(
    act: &Act,
    target: &Target,
    new: &Fragment,
    number: usize,
) -> Result<Vec<Edit>, String> {
    let uncertain = || "the place of the new units is not certain".to_owned();
    let first = match target.paths.as_slice() {
        [path, ..] if !target.relative && path.len() == 1 => path.first().ok_or_else(uncertain)?,
        _ => return Err(uncertain()),
    };
    if !new.top_numbers().contains(&first) {
        return Err("the new words do not carry the number that is announced".to_owned());
    }
    let family: Vec<&Number> = act
        .articles()
        .filter(|id| act.standing(*id).may_count())
        .filter_map(|id| act.provision(id).number.as_ref())
        .filter(|own| own.integer() == first.integer() && *own < first)
        .collect();
    let before = family.into_iter().max().ok_or_else(uncertain)?;
    let place = Target {
        paths: vec![vec![before.clone()]],
        ..Target::default()
    };
    let units = place.resolve(act).map_err(|error| error.to_string())?;
    insert(act, &place, &units, new, number)
}
