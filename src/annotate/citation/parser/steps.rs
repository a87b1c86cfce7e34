//! Steps down from an article: `(4)(a)`, `Abs. 3 Nr. 1`, `second paragraph`.

use super::articles::push_ways;
use super::*;

impl<'a> Parser<'a> {
    /// `article 126, first paragraph and second paragraph`: further steps of
    /// the unit named last.
    pub(super) fn joined_steps(&self, at: usize, units: &mut Vec<Unit>) -> usize {
        let mut end = at;
        loop {
            let joined = self.past_joiner(end);
            let Some(last) = units.last().filter(|_| joined > end) else {
                return end;
            };
            let Some((kind, list, after)) = self.step_list(joined) else {
                return end;
            };
            if self.article_by_step(joined).is_some() || self.leads_to_article(after) {
                return end;
            }
            // "§ 218 und Absatz 4": nothing says of which section.
            let Some(keep) = last.steps.iter().position(|step| step.kind == kind) else {
                return end;
            };
            let above: Vec<Step> = last.steps.iter().take(keep).cloned().collect();
            let base = last.base.clone();
            // A sentence is no unit of its own.
            let list = if kind == StepKind::Sentence {
                Vec::new()
            } else {
                list
            };
            for listed in list {
                let mut steps = above.clone();
                steps.push(Step {
                    kind: listed.kind.unwrap_or(kind),
                    number: listed.number,
                });
                steps.extend(listed.steps);
                units.push(Unit {
                    span: listed.span,
                    base: base.clone(),
                    steps,
                    through: None,
                    last_step: listed.last_step,
                });
            }
            end = after;
        }
    }

    /// A word for a sub-unit with its numbers: `paragraphs (a) and (b)`,
    /// `second paragraph`, `часть вторая`.
    pub(super) fn step_list(&self, at: usize) -> Option<(StepKind, Vec<Listed>, usize)> {
        if let Some(found) = self.numbered_step(at) {
            return Some(found);
        }
        let sign = self.is(at, &Content::Sign) && self.words.signs_subsections();
        let word = if sign { "" } else { self.word(at)? };
        if let Some(value) = self.words.ordinal(word) {
            return self.ordinals_then_step(at, value);
        }
        let kind = if sign {
            StepKind::Subsection
        } else {
            self.words.step(word)?
        };
        let mut next = self.past_before_number(self.past_stop(at + 1));
        // "n.º 2"
        if self.printed(next) == "º" || self.printed(next) == "°" {
            next += 1;
        }
        let after_word = next;
        let mut list = Vec::new();
        let mut end = next;
        while list.len() < LONGEST_LIST {
            let Some((number, span, after)) = self.step_number(next, !list.is_empty()) else {
                break;
            };
            // `lid 2, 322`: the next article.
            const WIDEST_GAP: u32 = 25;
            let last: Option<&Listed> = list.last();
            let far = last
                .and_then(|last| Some((last.number.integer()?, number.integer()?)))
                .is_some_and(|(before, value)| value > before + WIDEST_GAP);
            if far && self.is(next, &Content::Number) {
                next = end;
                break;
            }
            let mut steps = Vec::new();
            end = self.past_number_stop(after);
            while self.is(end, &Content::Bracketed) && self.touches(end) {
                steps.push(self.bracketed(end));
                end += 1;
            }
            let letter = |number: &Number| number.integer().is_none();
            let (number, steps) = match list.last() {
                // `alinéas (1)a) ou b)`: the letter is under the same number.
                Some(last)
                    if steps.is_empty()
                        && letter(&number)
                        && !letter(&last.number)
                        && last.steps.last().is_some_and(|step| letter(&step.number)) =>
                {
                    let mut under = last.steps.clone();
                    under.pop();
                    under.push(Step {
                        kind: StepKind::Any,
                        number,
                    });
                    (last.number.clone(), under)
                }
                _ => (number, steps),
            };
            let under = !steps.is_empty()
                && (self.printed(next).starts_with('(')
                    || list.last().is_some_and(|last| last.kind.is_some()));
            let mut listed = Listed {
                kind: under.then_some(StepKind::Any),
                span,
                number,
                steps,
                through: None,
                last_step: None,
            };
            if let Some((last, after)) = self.step_range(end) {
                listed.last_step = Some(last);
                listed.span = span.cover(self.span(after - 1));
                end = after;
            }
            list.push(listed);
            next = end;
            let joined = self.past_joiner(next);
            if joined == next || self.step_number(joined, true).is_none() {
                break;
            }
            next = joined;
        }
        let by_ordinal = self
            .word(after_word)
            .is_some_and(|first| self.words.ordinal(first).is_some());
        let kind = if by_ordinal && !sign {
            self.words.counted_step(word).unwrap_or(kind)
        } else {
            kind
        };
        (!list.is_empty()).then_some((kind, list, next))
    }

    /// `2 momentissa`, `2. mgr.`: the number first, where the language does so.
    fn numbered_step(&self, at: usize) -> Option<(StepKind, Vec<Listed>, usize)> {
        if self.words.article_after_is_empty() {
            return None;
        }
        let mut list = Vec::new();
        let mut next = self.past_before_number(at);
        loop {
            if !matches!(self.content(next)?, Content::Number | Content::Bracketed) {
                return None;
            }
            let listed = |span: Span| Listed {
                kind: None,
                span,
                number: number_of(self.printed(next)),
                steps: Vec::new(),
                through: None,
                last_step: None,
            };
            let behind = self.past_suffix(next + 1);
            if let Some(kind) = self.word(behind).and_then(|word| self.words.step(word)) {
                list.push(listed(self.span(next).cover(self.span(behind))));
                return Some((kind, list, self.past_stop_before_small(behind + 1)));
            }
            // `1 ja 2 momentissa`
            list.push(listed(self.span(next)));
            let joined = self.past_joiner(behind);
            if joined == behind || list.len() >= LONGEST_LIST {
                return None;
            }
            next = self.past_before_number(joined);
        }
    }

    /// `first and second paragraph`, `tweede tot en met zesde lid`.
    pub(super) fn ordinals_then_step(
        &self,
        at: usize,
        first: u32,
    ) -> Option<(StepKind, Vec<Listed>, usize)> {
        const MOST_JOINERS: usize = 4;
        let listed = |place: usize, value: u32| Listed {
            kind: None,
            span: self.span(place),
            number: Number::counted(value),
            steps: Vec::new(),
            through: None,
            last_step: None,
        };
        let mut list = vec![listed(at, first)];
        let mut next = at + 1;
        while list.len() < LONGEST_LIST {
            let step = self.word(next);
            if let Some(kind) = step.and_then(|word| self.words.counted_step(word)) {
                if let Some(last) = list.last_mut() {
                    last.span = last.span.cover(self.span(next));
                }
                return Some((kind, list, next + 1));
            }
            let joined = (next..next + MOST_JOINERS)
                .find(|place| !self.joins(*place) && !self.is(*place, &Content::Dash))?;
            let value = self
                .word(joined)
                .and_then(|word| self.words.ordinal(word))?;
            if joined == next {
                return None;
            }
            list.push(listed(joined, value));
            next = joined + 1;
        }
        None
    }

    /// The number of a sub-unit: `(1)`, `3`, `a`, `«а»`.
    pub(super) fn step_number(&self, at: usize, in_list: bool) -> Option<(Number, Span, usize)> {
        let open = if self.is(at, &Content::Quote) {
            at + 1
        } else {
            at
        };
        let span = self.span(open);
        let close = |end: usize| {
            if open > at && self.is(end, &Content::Quote) {
                end + 1
            } else {
                end
            }
        };
        match self.content(open)? {
            Content::Bracketed | Content::Number if open > at => None,
            Content::Bracketed => Some((number_of(self.printed(open)), span, close(open + 1))),
            Content::Number if !self.is_quantity(open) => {
                // `4)` and `4°)`
                Some((number_of(self.printed(open)), span, close(open + 1)))
            }
            Content::Word(word) if self.words.ordinal(word).is_some() => {
                let value = self.words.ordinal(word)?;
                Some((Number::counted(value), span, open + 1))
            }
            Content::Word(_) if open == at && is_roman(self.printed(open)) => {
                Some((number_of(self.printed(open)), span, open + 1))
            }
            Content::Word(word)
                if word.chars().count() == 1
                    && (!in_list || open > at)
                    && !(open == at
                        && (self.words.and.has(word)
                            || self.words.of.has(word)
                            || self.words.to.has(word))) =>
            {
                let quoted = open > at && self.is(open + 1, &Content::Quote);
                let ends = !self.is(open + 1, &Content::Quote) || quoted;
                ends.then(|| (number_of(self.printed(open)), span, close(open + 1)))
            }
            _ => None,
        }
    }

    /// `section 5(1) and (2)`: further steps of the same article.
    pub(super) fn further_steps(&self, at: usize, list: &mut Vec<Listed>) -> usize {
        let mut end = at;
        loop {
            let joined = self.past_joiner(end);
            let Some(last) = list.last() else { return end };
            if joined == end || !self.is(joined, &Content::Bracketed) || last.steps.is_empty() {
                return end;
            }
            let mut below = Below::default();
            below.push(self.bracketed(joined));
            let after = self.steps_after(joined + 1, &mut below);
            let steps = &below.first.steps;
            // A letter replaces a letter, a figure a figure.
            let class = |number: &Number| number.integer().is_some();
            let keep = steps.first().map_or(0, |first| {
                last.steps
                    .iter()
                    .rposition(|step| class(&step.number) == class(&first.number))
                    .unwrap_or(last.steps.len())
            });
            let above: Vec<Step> = last.steps.iter().take(keep).cloned().collect();
            for way in std::iter::once(&mut below.first).chain(&mut below.further) {
                way.steps.splice(0..0, above.iter().cloned());
            }
            let covered = self.span(joined).cover(self.span(after - 1));
            let further = Listed {
                kind: None,
                span: if below.further.is_empty() {
                    covered
                } else {
                    self.span(joined)
                },
                number: last.number.clone(),
                steps: Vec::new(),
                through: None,
                last_step: None,
            };
            push_ways(further, below, list);
            end = after;
        }
    }

    /// Steps behind a number: `(4)(a)`, `Abs. 3 Nr. 1`, `, alinéa 2`, `§ 2`,
    /// `3 mom.`.
    pub(super) fn steps_after(&self, at: usize, below: &mut Below) -> usize {
        let mut end = at;
        loop {
            // `(2) bekezdés`: the word for the number is behind it.
            let named = self.numbered_step(end).is_some();
            if !named && self.is(end, &Content::Bracketed) && self.touches(end) {
                below.push(self.bracketed(end));
                end += 1;
                continue;
            }
            let mut next = end;
            if self.is(next, &Content::Comma) || self.is(next, &Content::Dash) {
                next += 1;
            }
            if next == end
                && self
                    .word(next)
                    .is_some_and(|word| self.words.with.has(word))
            {
                next += 1;
            }
            while next > end && self.word(next).is_some_and(|word| self.words.of.has(word)) {
                next += 1;
            }
            // `189.1.a)`, `177 bis.1`
            if next == end
                && self.is(next, &Content::Stop)
                && self.span(next + 1).start == self.span(next).end
                && matches!(
                    self.content(next + 1),
                    Some(Content::Bracketed | Content::Number)
                )
            {
                below.push(self.bracketed(next + 1));
                end = next + 2;
                continue;
            }
            if let Some((last, after)) = self.step_range(end)
                && let Some(way) = Some(below.current()).filter(|way| !way.steps.is_empty())
            {
                way.last_step = Some(last);
                end = after;
                continue;
            }
            if let Some((kind, list, after)) = self.step_list(next)
                && !list.is_empty()
            {
                let skipped = next > end;
                if skipped && (self.article_by_step(next).is_some() || self.leads_to_article(after))
                {
                    // `article 5, alinéa 2 de l'article 6` begins anew.
                    return end;
                }
                if kind != StepKind::Sentence {
                    below.push_all(kind, list);
                }
                end = after;
                continue;
            }
            return end;
        }
    }

    /// The end of a range of steps, `bis 4` of `Abs. 1 bis 4`, and the place
    /// behind it.
    fn step_range(&self, at: usize) -> Option<(Number, usize)> {
        let joined = self.is(at, &Content::Dash)
            || self.word(at).is_some_and(|word| self.words.to.has(word));
        let (number, _, after) = self.step_number(at + 1, true).filter(|_| joined)?;
        Some((number, after))
    }
}
