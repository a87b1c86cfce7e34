//! What the words around a citation say about its act.

use super::schedules::is_of_schedules;
use super::*;

impl<'a> Parser<'a> {
    /// What the words around a group say about its act. Words that name it
    /// are taken into the group.
    pub(super) fn act_of(&self, group: &mut Group) -> CitedAct {
        let mut end = group.end;
        // "203ter, 221 et (301, § 11) du Code civil"
        if self.word(end).is_some_and(|word| self.words.and.has(word))
            && self.printed(end + 1) == "("
        {
            end = self.past_bracket(end + 1);
        }
        let remark = self.past_bracket(end);
        if remark > end
            && self
                .word(remark)
                .is_some_and(|word| self.words.of.has(word))
        {
            end = remark;
        }
        let another = is_of_schedules(group) && self.schedules(end + 1).is_some();
        if self.is(end, &Content::Comma) && self.names_act(end + 1) && !another {
            end += 1;
        }
        let end = self.past_line_end(end);
        if let Some(act) = self.act_of_schedule(end, group) {
            return act;
        }
        if let Some(act) = self.act_after(end, group) {
            return act;
        }
        let before = self.act_before(group.start);
        // `Schedule 1; Part 2 of Schedule 2`: no act is named there.
        before
            .filter(|act| !(is_of_schedules(group) && self.is_only_schedule(act)))
            .unwrap_or(CitedAct::Unsaid)
    }

    pub(super) fn names_act(&self, at: usize) -> bool {
        is_abbreviation(self.printed(at))
            || self.word(at).is_some_and(|word| {
                let leads = self.words.of.has(word) && self.act_word_ahead(at).is_some();
                leads || self.words.act.has(word)
            })
    }

    /// The place of a word for an act within the words that follow.
    pub(super) fn act_word_ahead(&self, at: usize) -> Option<usize> {
        let mut units = 0;
        for place in at..(at + TITLE_REACH).min(self.lexemes.len()) {
            match self.content(place) {
                Some(Content::Word(word)) => {
                    if self.words.act.has(word) || is_abbreviation(self.printed(place)) {
                        return Some(place);
                    }
                    units += usize::from(self.words.is_article(word));
                }
                Some(Content::Stop | Content::LineEnd | Content::Comma | Content::Sign) => break,
                Some(Content::Other) if self.printed(place) != "(" => break,
                _ => {}
            }
            if units > 0 {
                break;
            }
        }
        None
    }

    pub(super) fn act_after(&self, at: usize, group: &mut Group) -> Option<CitedAct> {
        let ahead = self.ahead(at);
        if self.words.this_act.length_at(ahead.clone()).is_some() {
            return Some(CitedAct::This);
        }
        if self.words.same_act.length_at(ahead).is_some() {
            return Some(CitedAct::Same);
        }
        let first = self.word(at)?;
        let start = self.span(at).start;
        let title = |from: usize| Span::new(from, self.title_end(at));
        // `§ 11 StGB`, `art. 5 GDPR`
        if is_abbreviation(self.printed(at)) && !self.shouts(group) {
            group.end = at + 1;
            return Some(CitedAct::Named(title(start)));
        }
        if self.words.act.has(first) {
            return Some(CitedAct::Named(title(start)));
        }
        // Without a word for "of": `§ 237 trestního zákoníku`.
        const ADJECTIVES: usize = 4;
        if self.words.of.is_empty()
            && !self.words.act_before
            && self
                .ahead(at)
                .take(ADJECTIVES)
                .take_while(|word| !self.words.and.has(word))
                .any(|word| self.words.act.has(word))
        {
            return Some(CitedAct::Named(title(start)));
        }
        if !self.words.of.has(first) {
            return None;
        }
        let named = self.past_of(at);
        if self.words.this_act.length_at(self.ahead(named)).is_some() {
            return Some(CitedAct::This);
        }
        if self.words.same_act.length_at(self.ahead(named)).is_some() {
            return Some(CitedAct::Same);
        }
        if self.act_word_ahead(at).is_some() {
            return Some(CitedAct::Named(title(start)));
        }
        // A name without a word for its kind: `of the Customs Tariff`.
        let capital = self.printed(named).starts_with(char::is_uppercase);
        let quoted = self.printed(named).starts_with(['«', '“', '"', '„', '「']);
        (capital && !self.words.raw.capital_nouns && !self.shouts(group) || quoted)
            .then(|| CitedAct::Named(title(start)))
    }

    /// Whether the words of the group are all capitals, so that capitals say
    /// nothing.
    pub(super) fn shouts(&self, group: &Group) -> bool {
        let printed = self.printed(group.start);
        printed.chars().count() > 2 && printed.chars().all(|c| !c.is_lowercase())
    }

    /// Where a title that begins at a place may end: at a stop or line end.
    pub(super) fn title_end(&self, at: usize) -> usize {
        const MOST: usize = 24;
        let mut end = at;
        while end < self.lexemes.len() && end < at + MOST {
            match self.content(end) {
                Some(Content::Stop)
                    if !self.printed(end + 1).starts_with(|c: char| c.is_numeric()) =>
                {
                    break;
                }
                Some(Content::LineEnd) => break,
                Some(Content::Other) if ";:".contains(self.printed(end)) => break,
                _ => end += 1,
            }
        }
        self.span(end.saturating_sub(1)).end
    }

    /// An act named before the number: `Penal Code, section 5`, `rikoslain 20
    /// luvun 4 §`.
    pub(super) fn act_before(&self, at: usize) -> Option<CitedAct> {
        let mut place = at;
        while place > 0
            && (self.is(place - 1, &Content::Comma)
                || self.printed(place - 1) == "("
                || self
                    .word(place - 1)
                    .is_some_and(|word| self.words.of.has(word))
                    && self.words.act_before
                || self.is(place - 1, &Content::Quote))
        {
            place -= 1;
        }
        let behind = self.behind(place);
        if self.words.this_act.length_before(behind.clone()).is_some() {
            return Some(CitedAct::This);
        }
        if self.words.same_act.length_before(behind.clone()).is_some() {
            return Some(CitedAct::Same);
        }
        let last = place.checked_sub(1)?;
        // `Goat Ordinance, 1979 (VII of 1979), s. 19`
        let remark = (last.saturating_sub(REMARK_REACH)..last)
            .rev()
            .find(|open| self.printed(*open) == "(")
            .filter(|_| self.printed(last) == ")");
        if let Some(open) = remark
            && (open..last).any(|inside| is_year(self.printed(inside)))
        {
            return Some(CitedAct::Named(Span::new(
                self.span(open).start,
                self.span(last).end,
            )));
        }
        if let Some(named) = self.dated_act(last) {
            return Some(CitedAct::Named(named));
        }
        // `18 U.S.C. § 5`
        let usc = self.is(last, &Content::Stop)
            && self.printed(last.saturating_sub(1)).chars().count() == 1
            && self
                .printed(last.saturating_sub(1))
                .starts_with(char::is_uppercase);
        let is_act = behind
            .clone()
            .next()
            .is_some_and(|word| self.words.act.has(word))
            || is_abbreviation(self.printed(last)) && self.is(at, &Content::Sign);
        if !is_act && !usc {
            return None;
        }
        let from = behind.count().min(TITLE_REACH);
        let start = self.span(place.saturating_sub(from)).start;
        Some(CitedAct::Named(Span::new(start, self.span(last).end)))
    }

    /// An act cited by date or number right before its unit: `Goat Act 1990,
    /// section 5`, `Lov 19. juni 1997 nr. 62 om geiter § 6`, `2008, c. 6, s. 43`,
    /// `KHK'nin 139 uncu maddesi`.
    pub(super) fn dated_act(&self, last: usize) -> Option<Span> {
        const REACH: usize = 16;
        let last = if self.is(last, &Content::Stop) {
            last.checked_sub(1)?
        } else {
            last
        };
        let whole = |from: usize| Span::new(self.span(from).start, self.span(last).end);
        if self.is(last, &Content::Number) {
            let before = last.checked_sub(1)?;
            let word = if self.is(before, &Content::Stop) {
                before.checked_sub(1)?
            } else {
                before
            };
            let printed = self.printed(last);
            let dated = printed.contains('/') || printed.split(['.', '-']).any(is_year);
            if self.word(word).is_some_and(|word| self.words.act.has(word))
                || ["c", "ch"].contains(&self.word(word).unwrap_or_default())
                || dated
            {
                return Some(whole(word));
            }
        }
        if self.is(last.checked_sub(1)?, &Content::Quote)
            && self
                .word(last)
                .is_some_and(|word| word.chars().count() <= 4)
            && is_abbreviation(self.printed(last.checked_sub(2)?))
        {
            return Some(whole(last - 2));
        }
        let mut at = last;
        for _ in 0..REACH {
            let ends_sentence = self.is(at, &Content::Stop)
                && self.is(at.checked_sub(1)?, &Content::Number)
                && self.printed(at + 1).starts_with(char::is_uppercase);
            if ends_sentence {
                return None;
            }
            if matches!(
                self.content(at),
                Some(Content::LineEnd | Content::Sign | Content::Bracketed | Content::Comma)
            ) {
                return None;
            }
            // The number after a name may be an article's: `įstatymo 7 straipsnio`.
            let numbered = self.is(at + 1, &Content::Number) && self.number_first(at + 1).is_none();
            if numbered && self.word(at).is_some_and(|word| self.words.act.has(word)) {
                return Some(whole(at));
            }
            at = at.checked_sub(1)?;
        }
        None
    }

    /// `section 5 or section 6 of the Goat Act`: the first may be of the Goat
    /// Act too.
    pub(super) fn share_acts(&self, groups: &mut [Group]) {
        for index in (0..groups.len().saturating_sub(1)).rev() {
            let (Some(here), Some(next)) = (groups.get(index), groups.get(index + 1)) else {
                continue;
            };
            let unsaid = here.act == CitedAct::Unsaid;
            let other = matches!(
                next.act,
                CitedAct::Named(_) | CitedAct::Same | CitedAct::Unclear
            );
            let joined = next.start >= here.end
                && (here.end..next.start).all(|place| self.joins(place))
                && next.start > here.end;
            // An act named before its units holds the whole list.
            let before = matches!(&here.act, CitedAct::Named(span) if span.end <= self.span(here.start).start);
            if unsaid && other && joined {
                groups[index].act = CitedAct::Unclear;
            } else if before && joined && next.act == CitedAct::Unsaid {
                groups[index + 1].act = CitedAct::Unclear;
            }
        }
    }
}
