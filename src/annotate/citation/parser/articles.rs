//! Articles and lists of them: `articles 3, 5 to 8`, `47 §`, `the preceding
//! section`.

use super::*;

impl<'a> Parser<'a> {
    /// Whether steps that end here belong to an article named behind them.
    pub(super) fn leads_to_article(&self, at: usize) -> bool {
        self.article_ahead(at).is_some()
    }

    /// The article that is named behind steps, after further steps.
    pub(super) fn article_ahead(&self, at: usize) -> Option<(Unit, usize)> {
        const MOST_STEPS: usize = 5;
        let mut next = self.past_of(at);
        for _ in 0..MOST_STEPS {
            let article = self
                .articles(next)
                .or_else(|| self.number_first(next))
                .or_else(|| self.schedules(next));
            if let Some((mut units, end)) = article {
                return (!units.is_empty()).then(|| (units.swap_remove(0), end));
            }
            let (_, _, after) = self.step_list(self.past_joiner(next))?;
            next = self.past_of(after);
        }
        None
    }

    /// `the preceding section`.
    pub(super) fn neighbour(&self, at: usize) -> Option<(Vec<Unit>, usize)> {
        self.word(at)?;
        let (base, length) =
            self.words.neighbours.iter().find_map(|(base, phrases)| {
                Some((base.clone(), phrases.length_at(self.ahead(at))?))
            })?;
        let mut end = at;
        let mut left = length;
        while left > 0 && end < self.lexemes.len() {
            if self.word(end).is_some() {
                left -= 1;
            }
            end += 1;
        }
        let unit = Unit {
            span: self.span(at).cover(self.span(end.saturating_sub(1))),
            base,
            steps: Vec::new(),
            through: None,
            last_step: None,
        };
        Some((vec![unit], end))
    }

    /// `subsection 163.1(4)`: the word names the last step, the number begins
    /// with the article.
    pub(super) fn article_by_step(&self, at: usize) -> Option<(Vec<Unit>, usize)> {
        let kind = self.words.step(self.word(at)?)?;
        if let Some(found) = self.article_with_letter(at, kind) {
            return Some(found);
        }
        if !self.is(at + 1, &Content::Number) || !self.is(at + 2, &Content::Bracketed) {
            return None;
        }
        let (mut list, end) = self.number_list(at + 1)?;
        let first = list.first_mut()?;
        if first.steps.is_empty() {
            return None;
        }
        first.span = self.span(at).cover(first.span);
        Some((units(list), end))
    }

    /// A word for articles and their numbers.
    pub(super) fn articles(&self, at: usize) -> Option<(Vec<Unit>, usize)> {
        let sign = self.is(at, &Content::Sign) && !self.words.signs_subsections();
        let worded = self
            .word(at)
            .is_some_and(|word| self.words.is_article(word) && !self.is_possessive(at, word));
        if !sign && !worded {
            return None;
        }
        let mut next = self.past_before_number(self.past_stop(at + 1));
        if self.is(next, &Content::Sign) {
            next += 1;
        }
        if sign {
            next = self.past_case_ending(next);
        }
        let (mut list, end) = self.number_list(next)?;
        if let Some(first) = list.first_mut() {
            first.span = self.unit_word(at).cover(first.span);
        }
        Some((units(list), end))
    }

    /// Where the word for an article stands: in a script that runs words
    /// together the piece begins long before it.
    fn unit_word(&self, at: usize) -> Span {
        const LONGEST_PREFIX: usize = 3;
        let (span, printed) = (self.span(at), self.printed(at));
        let endings = self.words.raw.article.iter();
        let start = endings
            .filter_map(|word| printed.rfind(word.strip_prefix('*')?))
            .filter(|start| printed[..*start].chars().count() > LONGEST_PREFIX)
            .max()
            .unwrap_or(0);
        Span::new(span.start + start, span.end)
    }

    /// `47 §`, `20 luvun 4 §`, `103 üncü maddesi`: the number comes first.
    pub(super) fn number_first(&self, at: usize) -> Option<(Vec<Unit>, usize)> {
        if !self.is(at, &Content::Number) {
            return None;
        }
        // The end of a list whose beginning was not understood.
        let listed = at >= 2
            && (self.is(at - 1, &Content::Comma)
                || self
                    .word(at - 1)
                    .is_some_and(|word| self.words.and.has(word)))
            && (self.is(at - 2, &Content::Number)
                || self
                    .word(at - 2)
                    .is_some_and(|word| word.chars().count() == 1));
        if listed || self.words.article_after_is_empty() && !self.is(at + 1, &Content::Sign) {
            return None;
        }
        let mut chapter = None;
        let mut next = at;
        let behind = self.past_stop(at + 1);
        if self
            .word(behind)
            .is_some_and(|word| self.words.is_chapter(word))
        {
            chapter = Some(number_of(self.printed(at)));
            next = self.past_stop(behind + 1);
        }
        let mut list = Vec::new();
        let mut end = next;
        while self.is(end, &Content::Number) && list.len() < LONGEST_LIST {
            let in_chapter = |printed: &str| match &chapter {
                Some(chapter) => Number::new(&format!("{chapter}:{printed}")),
                None => number_of(printed),
            };
            let mut printed = self.printed(end).to_owned();
            let mut through = None;
            // 1–6: two numbers that were read as one.
            if let Some((first, last)) = self.printed(end).split_once(['-', '–'])
                && last.starts_with(|c: char| c.is_ascii_digit())
                && chapter.is_some()
            {
                through = Some(in_chapter(last));
                printed = first.to_owned();
            }
            let span = self.span(end);
            end += 1;
            // Swedish and Norwegian: 6 a och 7 §§.
            if let Some(letter) = self.word(end).filter(|word| {
                word.chars().count() == 1 && !self.words.and.has(word) && !self.words.of.has(word)
            }) && chapter.is_some()
            {
                printed.push(' ');
                printed.push_str(letter);
                end += 1;
            }
            // Georgian: 22-ე.
            if let Some((figure, ending)) = printed.split_once('-')
                && self.words.is_ordinal_ending(ending)
            {
                printed.truncate(figure.len());
            }
            let number = in_chapter(&printed);
            // Turkish: 103 üncü, 103'üncü, 103.
            end = self.past_suffix(end);
            if let Some(last) = self.range_end(end) {
                through = Some(in_chapter(self.printed(last)));
                end = self.past_suffix(last + 1);
            }
            list.push(Listed {
                kind: None,
                span,
                number,
                steps: Vec::new(),
                through,
                last_step: None,
            });
            let joined = self.past_joiner(end);
            if joined == end || !self.is(joined, &Content::Number) {
                break;
            }
            end = joined;
        }
        let closed = self.is(end, &Content::Sign)
            || self
                .word(end)
                .is_some_and(|word| self.words.is_article_after(word));
        if !closed {
            return None;
        }
        if let Some(first) = list.first_mut() {
            first.span = self.span(at).cover(first.span);
        }
        if let Some(mut last) = list.pop() {
            last.span = last.span.cover(self.span(end));
            end += 1;
            end = self.past_case_ending(end);
            let mut below = Below::default();
            end = self.steps_after(end, &mut below);
            push_ways(last, below, &mut list);
        }
        Some((units(list), end))
    }

    /// The place of the number that ends a range.
    pub(super) fn range_end(&self, at: usize) -> Option<usize> {
        let joined = self.is(at, &Content::Dash)
            || self.word(at).is_some_and(|word| self.words.to.has(word));
        let mut next = at + 1;
        while self.word(next).is_some_and(|word| {
            self.words.is_article(word) || self.words.of.has(word) || self.words.and.has(word)
        }) || self.is(next, &Content::Sign)
        {
            next = self.past_stop(next + 1);
        }
        let is_number = self.is(next, &Content::Number) || self.is_number_in_brackets(next);
        (joined && is_number).then_some(next)
    }

    /// `(5)` where articles are cited so.
    fn is_number_in_brackets(&self, at: usize) -> bool {
        self.words.raw.number_in_brackets
            && self.is(at, &Content::Bracketed)
            && self.printed(at).contains(char::is_numeric)
    }

    /// Numbers with what stands under each: `5(1)(a), 6 and 7 to 9`.
    pub(super) fn number_list(&self, at: usize) -> Option<(Vec<Listed>, usize)> {
        let mut list: Vec<Listed> = Vec::new();
        let mut next = at;
        let mut end = at;
        while list.len() < LONGEST_LIST {
            let printed = self.printed(next);
            let roman = list.is_empty() && self.word(next).is_some() && is_roman(printed);
            let is_number = self.is(next, &Content::Number) && !self.words.counts(printed)
                || self.is_number_in_brackets(next);
            // The number of the next paragraph, run on: "353-bis, 2. Se ...".
            let heads = !list.is_empty()
                && self.is(next + 1, &Content::Stop)
                && self.printed(next + 2).starts_with(char::is_uppercase)
                && self.is(next.saturating_sub(1), &Content::Comma);
            if !(is_number || roman) || !list.is_empty() && (self.is_quantity(next) || heads) {
                break;
            }
            let span = self.span(next);
            let number = number_of(printed);
            // `article 42, 3°`: an item of the article.
            if printed.ends_with(['°', 'º'])
                && let Some(last) = list.last_mut()
                && number.integer() < last.number.integer()
            {
                if last.steps.is_empty() {
                    last.steps.push(Step {
                        kind: StepKind::Point,
                        number,
                    });
                }
                end = next + 1;
                let joined = self.past_joiner(end);
                if joined == end {
                    break;
                }
                next = joined;
                continue;
            }
            let mut below = Below::default();
            let mut through = None;
            end = self.steps_after(self.past_number_stop(next + 1), &mut below);
            if let Some(last) = self.range_end(end) {
                through = Some(number_of(self.printed(last)));
                let mut ignored = Below::default();
                end = self.steps_after(self.past_number_stop(last + 1), &mut ignored);
            }
            let covered = if end > next + 1 && below.further.is_empty() {
                span.cover(self.span(end - 1))
            } else {
                span
            };
            let listed = Listed {
                kind: None,
                span: covered,
                number,
                steps: Vec::new(),
                through,
                last_step: None,
            };
            push_ways(listed, below, &mut list);
            end = self.further_steps(end, &mut list);
            // "6o. y 7o. de la ley"
            let ordinal = printed.ends_with('o') && self.is(end, &Content::Stop);
            let goes_on = self.past_joiner(end + 1) > end + 1
                || self
                    .word(end + 1)
                    .is_some_and(|word| self.words.of.has(word));
            if ordinal && goes_on {
                end += 1;
            }
            let past_remark = self.past_remark(end);
            let joined = self.past_joiner(past_remark);
            if joined == past_remark {
                break;
            }
            let joined = self.past_line_end(joined);
            // `§ 5 und § 6`: the word or sign is said again.
            next = if self.is(joined, &Content::Sign) {
                joined + 1
            } else {
                joined
            };
        }
        (!list.is_empty()).then_some((list, end))
    }

    /// `alinéa 77b)`, where a lettered item is named with its article.
    fn article_with_letter(&self, at: usize, kind: StepKind) -> Option<(Vec<Unit>, usize)> {
        let printed = self.printed(at + 1).strip_suffix(')')?;
        let letter = printed.find(|c: char| !c.is_ascii_digit())?;
        let (figures, letter) = printed.split_at(letter);
        let shaped = !figures.is_empty() && letter.len() == 1;
        if kind != StepKind::Alinea || !self.is(at + 1, &Content::Bracketed) || !shaped {
            return None;
        }
        let mut list = vec![Listed {
            kind: None,
            span: self.span(at).cover(self.span(at + 1)),
            number: Number::new(figures),
            steps: vec![Step {
                kind: StepKind::Any,
                number: Number::new(letter),
            }],
            through: None,
            last_step: None,
        }];
        let end = self.further_steps(at + 2, &mut list);
        Some((units(list), end))
    }
}

/// Adds a number to a list, once for each way down from it.
pub(super) fn push_ways(listed: Listed, below: Below, list: &mut Vec<Listed>) {
    let Below { first, further } = below;
    let number = listed.number.clone();
    let whole = listed.span;
    list.push(Listed {
        span: first.span.map_or(whole, |span| whole.cover(span)),
        steps: first.steps,
        last_step: first.last_step,
        ..listed
    });
    list.extend(further.into_iter().map(|way| Listed {
        kind: None,
        span: way.span.unwrap_or(whole),
        number: number.clone(),
        steps: way.steps,
        through: None,
        last_step: way.last_step,
    }));
}
