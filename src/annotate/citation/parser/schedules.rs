//! Schedules and their parts: `Schedule 1`, `Schedule 1, Part 2, paragraph 3`,
//! `Part 2 of Schedule 1`, `the First Schedule`, `Anlage 1 Nummer 2`.

use super::articles::push_ways;
use super::*;
use crate::annotate::fold_words;

impl Parser<'_> {
    /// Schedules, with what is named under them.
    pub(super) fn schedules(&self, at: usize) -> Option<(Vec<Unit>, usize)> {
        if self.words.schedule.is_empty() {
            return None;
        }
        self.schedule_first(at).or_else(|| self.part_first(at))
    }

    /// `Schedules 1 and 2`, `Schedule 1, Part 2, paragraph 3`.
    fn schedule_first(&self, at: usize) -> Option<(Vec<Unit>, usize)> {
        let (numbers, mut end) = self.schedule_numbers(at)?;
        let [(number, span)] = numbers.as_slice() else {
            let units = numbers
                .into_iter()
                .map(|(number, span)| self.schedule_unit(number, None, span));
            return Some((units.collect(), end));
        };
        let mut parts = Vec::new();
        let behind = self.past_comma(end);
        if let Some((found, after)) = self.numbers_after(behind, &self.words.part) {
            parts = found;
            end = after;
        }
        if let [(first, part_span), further @ ..] = parts.as_slice()
            && !further.is_empty()
        {
            let mut units = vec![self.schedule_unit(
                number.clone(),
                Some(first.clone()),
                span.cover(*part_span),
            )];
            units.extend(
                further.iter().map(|(part, span)| {
                    self.schedule_unit(number.clone(), Some(part.clone()), *span)
                }),
            );
            return Some((units, end));
        }
        let part = parts.pop().map(|(part, _)| part);
        let mut below = Below::default();
        end = self.steps_after(end, &mut below);
        let whole = span.cover(self.span(end.saturating_sub(1)));
        let listed = Listed {
            kind: None,
            span: if below.further.is_empty() {
                whole
            } else {
                *span
            },
            number: number.clone(),
            steps: Vec::new(),
            through: None,
            last_step: None,
        };
        let mut list = Vec::new();
        push_ways(listed, below, &mut list);
        let units = list.into_iter().map(|listed| Unit {
            steps: listed.steps,
            last_step: listed.last_step,
            ..self.schedule_unit(listed.number, part.clone(), listed.span)
        });
        Some((units.collect(), end))
    }

    /// `Parts 1 and 2 of Schedule 1`.
    fn part_first(&self, at: usize) -> Option<(Vec<Unit>, usize)> {
        let (parts, after) = self.numbers_after(at, &self.words.part)?;
        let (schedules, end) = self.schedule_numbers(self.past_of(after))?;
        let [(number, span)] = schedules.as_slice() else {
            return None;
        };
        let alone = parts.len() == 1;
        let units = parts.into_iter().map(|(part, own)| {
            let span = if alone { own.cover(*span) } else { own };
            self.schedule_unit(number.clone(), Some(part), span)
        });
        Some((units.collect(), end))
    }

    /// A word for schedules with its numbers, or an ordinal before it.
    fn schedule_numbers(&self, at: usize) -> Option<(Vec<(Number, Span)>, usize)> {
        if let Some(value) = self.word(at).and_then(|word| self.words.ordinal(word)) {
            let named = self
                .word(at + 1)
                .is_some_and(|word| self.words.schedule.has(word));
            let span = self.span(at).cover(self.span(at + 1));
            return named.then(|| (vec![(Number::counted(value), span)], at + 2));
        }
        self.numbers_after(at, &self.words.schedule)
    }

    /// A word of a set and the numbers behind it.
    fn numbers_after(
        &self,
        at: usize,
        words: &super::super::words::WordSet,
    ) -> Option<(Vec<(Number, Span)>, usize)> {
        if !self.word(at).is_some_and(|word| words.has(word)) {
            return None;
        }
        let mut next = self.past_before_number(self.past_stop(at + 1));
        let mut numbers: Vec<(Number, Span)> = Vec::new();
        let mut end = next;
        while numbers.len() < LONGEST_LIST {
            let roman = self.word(next).is_some() && is_roman(self.printed(next));
            let is_number = roman || self.is(next, &Content::Number) && !self.is_quantity(next);
            // Another number may be of something else: `Schedule 1, 3 and 4`.
            let other = !numbers.is_empty() && self.is(next - 1, &Content::Comma);
            if !is_number || other {
                break;
            }
            let span = match numbers.is_empty() {
                true => self.span(at).cover(self.span(next)),
                false => self.span(next),
            };
            numbers.push((number_of(self.printed(next)), span));
            end = next + 1;
            let joined = self.past_joiner(end);
            if joined == end {
                break;
            }
            next = joined;
        }
        (!numbers.is_empty()).then_some((numbers, end))
    }

    fn past_comma(&self, at: usize) -> usize {
        if self.is(at, &Content::Comma) {
            at + 1
        } else {
            at
        }
    }

    fn schedule_unit(&self, number: Number, part: Option<Number>, span: Span) -> Unit {
        Unit {
            span,
            base: Base::Schedule { number, part },
            steps: Vec::new(),
            through: None,
            last_step: None,
        }
    }

    /// `Schedule 1 to the Goat Act`: the act that a schedule belongs to.
    pub(super) fn act_of_schedule(&self, end: usize, group: &mut Group) -> Option<CitedAct> {
        let joined = self.word(end).is_some_and(|word| self.words.to.has(word));
        if !is_of_schedules(group) || !joined {
            return None;
        }
        Some(
            self.act_after(self.past_of(end + 1), group)
                .or_else(|| self.act_after(end + 1, group))
                .unwrap_or(CitedAct::Unclear),
        )
    }

    /// Whether what seems to name an act begins with a word for schedules.
    pub(super) fn is_only_schedule(&self, act: &CitedAct) -> bool {
        let CitedAct::Named(span) = act else {
            return false;
        };
        let name = self.text.get(span.range()).unwrap_or_default();
        fold_words(name)
            .first()
            .is_some_and(|word| self.words.schedule.has(word))
    }
}

/// Whether a group cites schedules.
pub(super) fn is_of_schedules(group: &Group) -> bool {
    group
        .units
        .iter()
        .any(|unit| matches!(unit.base, Base::Schedule { .. }))
}
