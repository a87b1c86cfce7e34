//! Citations in scripts that set words apart.

use super::lexer::{Content, Lexeme, lex, number_of};
use super::words::CitationReader;
use super::{Base, Citation, CitedAct, Step, StepKind};
use crate::law::{Number, Span};

/// Longest list of numbers that is read as one citation.
const LONGEST_LIST: usize = 60;
/// How many words after a citation may hold the name of its act.
const TITLE_REACH: usize = 9;
/// Words in brackets that may stand between the numbers of a list.
const REMARK_REACH: usize = 24;

/// Finds the citations of a text.
pub(super) fn scan(words: &CitationReader, text: &str) -> Vec<Citation> {
    let lexemes = lex(text, words.to.has("bis"));
    let parser = Parser {
        words,
        text,
        lexemes: &lexemes,
    };
    let mut groups: Vec<Group> = Vec::new();
    let mut at = 0;
    while at < lexemes.len() {
        match parser.group(at) {
            Some(mut group) => {
                at = group.end.max(at + 1);
                group.act = parser.act_of(&mut group);
                at = at.max(group.end);
                groups.push(group);
            }
            None => at += 1,
        }
    }
    parser.share_acts(&mut groups);
    groups.into_iter().flat_map(Group::citations).collect()
}

/// Units that are cited together, in one act.
struct Group {
    units: Vec<Unit>,
    act: CitedAct,
    /// First lexeme and one past the last.
    start: usize,
    end: usize,
}

/// One cited unit.
#[derive(Debug, Clone)]
struct Unit {
    span: Span,
    base: Base,
    steps: Vec<Step>,
    through: Option<Number>,
}

impl Group {
    fn citations(self) -> impl Iterator<Item = Citation> {
        let act = self.act;
        self.units.into_iter().map(move |unit| Citation {
            span: unit.span,
            base: unit.base,
            steps: unit.steps,
            through: unit.through,
            act: act.clone(),
        })
    }
}

/// A number of a list, with the last of its range.
struct Listed {
    span: Span,
    number: Number,
    steps: Vec<Step>,
    through: Option<Number>,
}

struct Parser<'a> {
    words: &'a CitationReader,
    text: &'a str,
    lexemes: &'a [Lexeme],
}

impl<'a> Parser<'a> {
    fn content(&self, at: usize) -> Option<&'a Content> {
        self.lexemes.get(at).map(|lexeme| &lexeme.content)
    }

    fn span(&self, at: usize) -> Span {
        self.lexemes
            .get(at)
            .map_or(Span::new(0, 0), |lexeme| lexeme.span)
    }

    fn printed(&self, at: usize) -> &'a str {
        self.text.get(self.span(at).range()).unwrap_or_default()
    }

    fn word(&self, at: usize) -> Option<&'a str> {
        match self.content(at) {
            Some(Content::Word(word)) => Some(word),
            _ => None,
        }
    }

    fn is(&self, at: usize, content: &Content) -> bool {
        self.content(at) == Some(content)
    }

    /// The words from a place on, up to the first stop; quotation marks and
    /// apostrophes do not count.
    fn ahead(&self, at: usize) -> impl Iterator<Item = &'a str> + Clone + use<'a> {
        let lexemes = self.lexemes;
        lexemes
            .get(at..)
            .unwrap_or_default()
            .iter()
            .filter(|lexeme| !matches!(lexeme.content, Content::Quote | Content::LineEnd))
            .map_while(|lexeme| match &lexeme.content {
                Content::Word(word) => Some(word.as_str()),
                _ => None,
            })
    }

    /// The words before a place, nearest first.
    fn behind(&self, at: usize) -> impl Iterator<Item = &'a str> + Clone + use<'a> {
        let lexemes = self.lexemes;
        lexemes
            .get(..at)
            .unwrap_or_default()
            .iter()
            .rev()
            .filter(|lexeme| !matches!(lexeme.content, Content::Quote))
            .map_while(|lexeme| match &lexeme.content {
                Content::Word(word) => Some(word.as_str()),
                _ => None,
            })
    }

    /// A place after line ends.
    fn past_line_end(&self, at: usize) -> usize {
        if self.is(at, &Content::LineEnd) {
            at + 1
        } else {
            at
        }
    }

    /// A full stop that only abbreviates: a number or small letter follows.
    fn past_stop(&self, at: usize) -> usize {
        if self.is(at, &Content::Stop) {
            at + 1
        } else {
            at
        }
    }

    /// What is cited together from a place on.
    fn group(&self, at: usize) -> Option<Group> {
        let found = self
            .steps_then_article(at)
            .or_else(|| self.articles(at))
            .or_else(|| self.number_first(at))
            .or_else(|| self.neighbour(at));
        let (mut units, mut end) = found?;
        if self.is_heading(at, end) {
            return None;
        }
        end = self.joined_steps(end, &mut units);
        Some(Group {
            units,
            act: CitedAct::Unsaid,
            start: at,
            end,
        })
    }

    /// `Art. 13. The goat ...` at the beginning of a line heads what follows.
    fn is_heading(&self, at: usize, end: usize) -> bool {
        let before = at
            .checked_sub(1)
            .filter(|before| self.is(*before, &Content::Quote))
            .unwrap_or(at);
        let opens_line = before == 0 || self.is(before - 1, &Content::LineEnd);
        let divides = self.is(at, &Content::Sign) && self.words.signs_subsections();
        let stops =
            self.is(end, &Content::Stop) && self.printed(end + 1).starts_with(char::is_uppercase);
        opens_line && (divides || stops)
    }

    /// `article 126, first paragraph and second paragraph`: further steps of
    /// the unit named last.
    fn joined_steps(&self, at: usize, units: &mut Vec<Unit>) -> usize {
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
                    kind,
                    number: listed.number,
                });
                steps.extend(listed.steps);
                units.push(Unit {
                    span: listed.span,
                    base: base.clone(),
                    steps,
                    through: None,
                });
            }
            end = after;
        }
    }

    /// Whether steps that end here belong to an article named behind them.
    fn leads_to_article(&self, at: usize) -> bool {
        self.article_ahead(at).is_some()
    }

    /// The article that is named behind steps, after further steps.
    fn article_ahead(&self, at: usize) -> Option<(Unit, usize)> {
        const MOST_STEPS: usize = 5;
        let mut next = self.past_of(at);
        for _ in 0..MOST_STEPS {
            let article = self.articles(next).or_else(|| self.number_first(next));
            if let Some((mut units, end)) = article {
                return (!units.is_empty()).then(|| (units.swap_remove(0), end));
            }
            let (_, _, after) = self.step_list(self.past_joiner(next))?;
            next = self.past_of(after);
        }
        None
    }

    /// Whether an ordinal or number is joined to what stands here.
    fn continues_list(&self, at: usize) -> bool {
        let joined = at >= 2
            && (self.is(at - 1, &Content::Comma)
                || self
                    .word(at - 1)
                    .is_some_and(|word| self.words.and.has(word)));
        joined
            && (self.is(at - 2, &Content::Number)
                || self
                    .word(at - 2)
                    .is_some_and(|word| self.words.ordinal(word).is_some()))
    }

    /// `the preceding section`.
    fn neighbour(&self, at: usize) -> Option<(Vec<Unit>, usize)> {
        self.word(at)?;
        let (length, base) = self
            .words
            .preceding
            .length_at(self.ahead(at))
            .map(|length| (length, Base::Preceding))
            .or_else(|| {
                let length = self.words.following.length_at(self.ahead(at))?;
                Some((length, Base::Following))
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
        };
        Some((vec![unit], end))
    }

    /// `subsection (1)`, `alinéas 2 et 3 de l'article 5`, `the second
    /// paragraph of section 5(1)`.
    fn steps_then_article(&self, at: usize) -> Option<(Vec<Unit>, usize)> {
        if let Some(found) = self.article_by_step(at) {
            return Some(found);
        }
        let (kind, inner, mut end) = self.step_list(at)?;
        // Going outwards: the steps that hold the list.
        let mut outer: Vec<Step> = Vec::new();
        let mut inner = inner;
        let mut lowest = kind;
        loop {
            let next = self.past_of(end);
            if let Some((further, list, after)) = self.step_list(next) {
                let [only] = &list[..] else { break };
                let step = Step {
                    kind: further,
                    number: only.number.clone(),
                };
                // `Absatz 2 Nummer 1` goes down, `point 1 of paragraph 2` up.
                if next == end && rank(further) >= rank(lowest) {
                    if let Some(last) = inner.last_mut().filter(|_| further != StepKind::Sentence) {
                        last.steps.push(step);
                        last.span = last.span.cover(self.span(after - 1));
                    }
                    lowest = further;
                } else {
                    outer.insert(0, step);
                }
                end = after;
                continue;
            }
            let article = self
                .articles(next)
                .or_else(|| self.number_first(next))
                .or_else(|| self.neighbour(next));
            if let Some((articles, after)) = article {
                return Some((self.under(at, kind, &inner, &outer, &articles), after));
            }
            break;
        }
        // `частью первой и пунктом «б» части второй статьи 171`: without a
        // word for "of" the first belongs to the article too.
        if let Some((article, _)) = self.article_ahead(end) {
            return self
                .words
                .of
                .is_empty()
                .then(|| (self.under(at, kind, &inner, &outer, &[article]), end));
        }
        // `the definition in section 5`: what holds the step is not said in
        // terms that are known.
        let of = self.past_of(end);
        if of > end && (of..of + TITLE_REACH).any(|place| self.begins_article(place)) {
            return None;
        }
        // French names a unit with its article: `l'alinéa 2`, `du paragraphe 3`.
        let bare = at.checked_sub(1).is_none_or(|before| {
            let before = if self.is(before, &Content::Quote) {
                before.saturating_sub(1)
            } else {
                before
            };
            !self.joins(before) && !self.is(before, &Content::Dash)
        });
        if bare && self.words.of.has("l") && self.words.of.has("aux") {
            return None;
        }
        // The number before it was not understood as an article's.
        let before = at.checked_sub(1).map(|before| {
            if matches!(self.content(before), Some(Content::Comma | Content::Dash)) {
                before.saturating_sub(1)
            } else {
                before
            }
        });
        if before.is_some_and(|before| self.is(before, &Content::Number)) {
            return None;
        }
        // "first and second paragraph", of which only the end was understood.
        if self.words.ordinal(self.word(at)?).is_some() && self.continues_list(at) {
            return None;
        }
        // "n. 184", "Nr. L 178" number other things too.
        let short = self.printed(at).chars().count() <= 2 && self.word(at).is_some();
        if short && outer.is_empty() {
            return None;
        }
        let here = [Unit {
            span: self.span(at),
            base: Base::Here,
            steps: Vec::new(),
            through: None,
        }];
        Some((self.under(at, kind, &inner, &outer, &here), end))
    }

    /// `subsection 163.1(4)`: the word names the last step, the number begins
    /// with the article.
    fn article_by_step(&self, at: usize) -> Option<(Vec<Unit>, usize)> {
        self.words.step(self.word(at)?)?;
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

    /// Every step of a list under every article.
    fn under(
        &self,
        at: usize,
        kind: StepKind,
        inner: &[Listed],
        outer: &[Step],
        articles: &[Unit],
    ) -> Vec<Unit> {
        let alone = inner.len() == 1;
        let mut units = Vec::new();
        for article in articles {
            for listed in inner {
                let mut steps = article.steps.clone();
                steps.extend(outer.iter().cloned());
                if kind != StepKind::Sentence {
                    steps.push(Step {
                        kind,
                        number: listed.number.clone(),
                    });
                }
                steps.extend(listed.steps.iter().cloned());
                let span = match (alone, &article.base) {
                    (true, Base::Here) => self.span(at).cover(listed.span),
                    (true, _) => self.span(at).cover(article.span),
                    (false, _) => listed.span,
                };
                units.push(Unit {
                    span,
                    base: article.base.clone(),
                    steps,
                    through: None,
                });
            }
        }
        units
    }

    /// A place after `of the`, `de l'`, `и`-less genitives.
    fn past_of(&self, at: usize) -> usize {
        let mut next = at;
        while self.word(next).is_some_and(|word| self.words.of.has(word))
            || next > at && self.is(next, &Content::Quote)
            || self.is(next, &Content::Comma) && self.begins_unit(next + 1)
        {
            next += 1;
        }
        next
    }

    fn begins_article(&self, at: usize) -> bool {
        self.is(at, &Content::Sign) && !self.words.signs_subsections()
            || self
                .word(at)
                .is_some_and(|word| self.words.is_article(word))
    }

    fn begins_unit(&self, at: usize) -> bool {
        self.is(at, &Content::Sign)
            || self
                .word(at)
                .is_some_and(|word| self.words.is_article(word) || self.words.step(word).is_some())
    }

    /// A word for a sub-unit with its numbers: `paragraphs (a) and (b)`,
    /// `second paragraph`, `часть вторая`.
    fn step_list(&self, at: usize) -> Option<(StepKind, Vec<Listed>, usize)> {
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
        let mut next = self.past_stop(at + 1);
        // "n.º 2"
        if self.printed(next) == "º" || self.printed(next) == "°" {
            next += 1;
        }
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
            end = after;
            while self.is(end, &Content::Bracketed) && self.touches(end) {
                steps.push(self.bracketed(end));
                end += 1;
            }
            list.push(Listed {
                span,
                number,
                steps,
                through: None,
            });
            end = self.past_step_range(end);
            next = end;
            let joined = self.past_joiner(next);
            if joined == next || self.step_number(joined, true).is_none() {
                break;
            }
            next = joined;
        }
        (!list.is_empty()).then_some((kind, list, next))
    }

    /// `first and second paragraph`, `tweede tot en met zesde lid`.
    fn ordinals_then_step(&self, at: usize, first: u32) -> Option<(StepKind, Vec<Listed>, usize)> {
        const MOST_JOINERS: usize = 4;
        let listed = |place: usize, value: u32| Listed {
            span: self.span(place),
            number: Number::counted(value),
            steps: Vec::new(),
            through: None,
        };
        let mut list = vec![listed(at, first)];
        let mut next = at + 1;
        while list.len() < LONGEST_LIST {
            if let Some(kind) = self.word(next).and_then(|word| self.words.step(word)) {
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
    fn step_number(&self, at: usize, in_list: bool) -> Option<(Number, Span, usize)> {
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

    /// Whether a piece follows the one before it without a line end between.
    fn touches(&self, at: usize) -> bool {
        at > 0 && {
            let between = self
                .text
                .get(self.span(at - 1).end..self.span(at).start)
                .unwrap_or("\n");
            between.len() <= 1 && !between.contains('\n')
        }
    }

    fn bracketed(&self, at: usize) -> Step {
        Step {
            kind: StepKind::Any,
            number: number_of(self.printed(at)),
        }
    }

    /// Whether the number counts things: `5 years`, `10 per cent`.
    fn is_quantity(&self, at: usize) -> bool {
        self.word(at + 1)
            .is_some_and(|word| self.words.quantities.has(word))
            || self.printed(at + 1) == "%"
    }

    /// A place after `,`, `and`, `, and`; the same place if nothing joins.
    fn past_joiner(&self, at: usize) -> usize {
        let mut next = at;
        let semicolon = self.printed(next) == ";" && self.is(next + 1, &Content::Number);
        if self.is(next, &Content::Comma) || semicolon {
            next += 1;
        }
        if self.word(next).is_some_and(|word| self.words.and.has(word)) {
            next += 1;
        }
        next
    }

    /// A word for articles and their numbers.
    fn articles(&self, at: usize) -> Option<(Vec<Unit>, usize)> {
        let sign = self.is(at, &Content::Sign) && !self.words.signs_subsections();
        let worded = self
            .word(at)
            .is_some_and(|word| self.words.is_article(word) && !self.is_possessive(at, word));
        if !sign && !worded {
            return None;
        }
        let mut next = self.past_stop(at + 1);
        if self.is(next, &Content::Sign) {
            next += 1;
        }
        let (mut list, end) = self.number_list(next)?;
        if let Some(first) = list.first_mut() {
            first.span = self.span(at).cover(first.span);
        }
        Some((units(list), end))
    }

    /// The `s` of "the child's 18th birthday" is no section.
    fn is_possessive(&self, at: usize, word: &str) -> bool {
        word.len() <= 2
            && at > 0
            && self.is(at - 1, &Content::Quote)
            && self.span(at - 1).end == self.span(at).start
    }

    /// `47 §`, `20 luvun 4 §`, `103 üncü maddesi`: the number comes first.
    fn number_first(&self, at: usize) -> Option<(Vec<Unit>, usize)> {
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
            let number = in_chapter(&printed);
            // Turkish: 103 üncü, 103'üncü, 103.
            end = self.past_suffix(end);
            if let Some(last) = self.range_end(end) {
                through = Some(in_chapter(self.printed(last)));
                end = self.past_suffix(last + 1);
            }
            list.push(Listed {
                span,
                number,
                steps: Vec::new(),
                through,
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
        if let Some(last) = list.last_mut() {
            last.span = last.span.cover(self.span(end));
            end += 1;
            // Finnish: 4 §:n 2 momentti.
            if self.printed(end) == ":" && self.word(end + 1).is_some_and(|word| word.len() <= 4) {
                end += 2;
            }
            end = self.steps_after(end, &mut last.steps);
        }
        Some((units(list), end))
    }

    /// A place after what makes a figure an ordinal.
    fn past_suffix(&self, at: usize) -> usize {
        let quoted = self.is(at, &Content::Quote);
        let ending = if quoted { at + 1 } else { at };
        match self.word(ending) {
            Some(word)
                if [
                    "inci", "nci", "uncu", "ncu", "ıncı", "unci", "ncı", "si", "ü", "u",
                ]
                .contains(&word)
                    || quoted && word.chars().count() <= 4 =>
            {
                ending + 1
            }
            _ if self.is(at, &Content::Stop) => at + 1,
            _ => at,
        }
    }

    /// The place of the number that ends a range.
    fn range_end(&self, at: usize) -> Option<usize> {
        let joined = self.is(at, &Content::Dash)
            || self.word(at).is_some_and(|word| self.words.to.has(word));
        let mut next = at + 1;
        while self.word(next).is_some_and(|word| {
            self.words.is_article(word) || self.words.of.has(word) || self.words.and.has(word)
        }) || self.is(next, &Content::Sign)
        {
            next = self.past_stop(next + 1);
        }
        (joined && self.is(next, &Content::Number)).then_some(next)
    }

    /// Numbers with what stands under each: `5(1)(a), 6 and 7 to 9`.
    fn number_list(&self, at: usize) -> Option<(Vec<Listed>, usize)> {
        let mut list: Vec<Listed> = Vec::new();
        let mut next = at;
        let mut end = at;
        while list.len() < LONGEST_LIST {
            let printed = self.printed(next);
            let roman = list.is_empty() && self.word(next).is_some() && is_roman(printed);
            let is_number = self.is(next, &Content::Number) && !is_english_ordinal(printed);
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
            let mut steps = Vec::new();
            let mut through = None;
            end = self.steps_after(next + 1, &mut steps);
            if let Some(last) = self.range_end(end) {
                through = Some(number_of(self.printed(last)));
                let mut ignored = Vec::new();
                end = self.steps_after(last + 1, &mut ignored);
            }
            let covered = if end > next + 1 {
                span.cover(self.span(end - 1))
            } else {
                span
            };
            list.push(Listed {
                span: covered,
                number,
                steps,
                through,
            });
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

    /// `section 5(1) and (2)`: further steps of the same article.
    fn further_steps(&self, at: usize, list: &mut Vec<Listed>) -> usize {
        let mut end = at;
        loop {
            let joined = self.past_joiner(end);
            let Some(last) = list.last() else { return end };
            if joined == end || !self.is(joined, &Content::Bracketed) || last.steps.is_empty() {
                return end;
            }
            let mut steps = vec![self.bracketed(joined)];
            let after = self.steps_after(joined + 1, &mut steps);
            // A letter replaces a letter, a figure a figure.
            let class = |number: &Number| number.integer().is_some();
            let keep = steps.first().map_or(0, |first| {
                last.steps
                    .iter()
                    .rposition(|step| class(&step.number) == class(&first.number))
                    .unwrap_or(last.steps.len())
            });
            let mut whole: Vec<Step> = last.steps.iter().take(keep).cloned().collect();
            whole.extend(steps);
            let further = Listed {
                span: self.span(joined).cover(self.span(after - 1)),
                number: last.number.clone(),
                steps: whole,
                through: None,
            };
            list.push(further);
            end = after;
        }
    }

    /// Skips words in brackets between the numbers of a list.
    fn past_remark(&self, at: usize) -> usize {
        if self.printed(at) != "(" {
            return at;
        }
        let close = (at + 1..at + REMARK_REACH).find(|place| self.printed(*place) == ")");
        match close.map(|close| close + 1) {
            Some(after) if self.past_joiner(after) > after => after,
            _ => at,
        }
    }

    /// Steps behind a number: `(4)(a)`, `Abs. 3 Nr. 1`, `, alinéa 2`, `§ 2`,
    /// `3 mom.`.
    fn steps_after(&self, at: usize, steps: &mut Vec<Step>) -> usize {
        let mut end = at;
        loop {
            if self.is(end, &Content::Bracketed) && self.touches(end) {
                steps.push(self.bracketed(end));
                end += 1;
                continue;
            }
            let mut next = end;
            if self.is(next, &Content::Comma) || self.is(next, &Content::Dash) {
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
                steps.push(self.bracketed(next + 1));
                end = next + 2;
                continue;
            }
            if let Some((kind, list, after)) = self.step_list(next)
                && let Some(first) = list.first()
            {
                let skipped = next > end;
                if skipped && (self.article_by_step(next).is_some() || self.leads_to_article(after))
                {
                    // `article 5, alinéa 2 de l'article 6` begins anew.
                    return end;
                }
                if kind != StepKind::Sentence {
                    steps.push(Step {
                        kind,
                        number: first.number.clone(),
                    });
                    steps.extend(first.steps.iter().cloned());
                }
                end = self.past_step_range(after);
                continue;
            }
            // `3 mom.`, `2 stycket`: the number first.
            let numbered = matches!(
                self.content(next),
                Some(Content::Number | Content::Bracketed)
            );
            let behind = self.past_suffix(next + 1);
            if numbered
                && let Some(kind) = self.word(behind).and_then(|word| self.words.step(word))
                && !self.words.article_after_is_empty()
            {
                if kind != StepKind::Sentence {
                    steps.push(Step {
                        kind,
                        number: number_of(self.printed(next)),
                    });
                }
                end = self.past_stop_before_small(behind + 1);
                continue;
            }
            return end;
        }
    }

    /// `Abs. 1 bis 4`: the first is the unit that is cited.
    fn past_step_range(&self, at: usize) -> usize {
        let joined = self.is(at, &Content::Dash)
            || self.word(at).is_some_and(|word| self.words.to.has(word));
        match self.step_number(at + 1, true) {
            Some((_, _, after)) if joined => after,
            _ => at,
        }
    }

    fn past_stop_before_small(&self, at: usize) -> usize {
        let small = self.printed(at + 1).starts_with(char::is_lowercase);
        if self.is(at, &Content::Stop) && small {
            at + 1
        } else {
            at
        }
    }

    /// What the words around a group say about its act. Words that name it
    /// are taken into the group.
    fn act_of(&self, group: &mut Group) -> CitedAct {
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
        if self.is(end, &Content::Comma) && self.names_act(end + 1) {
            end += 1;
        }
        let end = self.past_line_end(end);
        if let Some(act) = self.act_after(end, group) {
            return act;
        }
        self.act_before(group.start).unwrap_or(CitedAct::Unsaid)
    }

    /// A place after words in brackets.
    fn past_bracket(&self, at: usize) -> usize {
        if self.printed(at) != "(" {
            return at;
        }
        (at + 1..at + REMARK_REACH)
            .find(|place| self.printed(*place) == ")")
            .map_or(at, |close| close + 1)
    }

    fn names_act(&self, at: usize) -> bool {
        is_abbreviation(self.printed(at))
            || self.word(at).is_some_and(|word| {
                let leads = self.words.of.has(word) && self.act_word_ahead(at).is_some();
                leads || self.words.act.has(word)
            })
    }

    /// The place of a word for an act within the words that follow.
    fn act_word_ahead(&self, at: usize) -> Option<usize> {
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

    fn act_after(&self, at: usize, group: &mut Group) -> Option<CitedAct> {
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
        let nouns_are_capital = self.words.raw.sentence.iter().any(|word| word == "Satz");
        let quoted = self.printed(named).starts_with(['«', '“', '"', '„', '「']);
        (capital && !nouns_are_capital && !self.shouts(group) || quoted)
            .then(|| CitedAct::Named(title(start)))
    }

    /// Whether the words of the group are all capitals, so that capitals say
    /// nothing.
    fn shouts(&self, group: &Group) -> bool {
        let printed = self.printed(group.start);
        printed.chars().count() > 2 && printed.chars().all(|c| !c.is_lowercase())
    }

    /// Where a title that begins at a place may end: at a stop or line end.
    fn title_end(&self, at: usize) -> usize {
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
    fn act_before(&self, at: usize) -> Option<CitedAct> {
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
    fn dated_act(&self, last: usize) -> Option<Span> {
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
            if matches!(
                self.content(at),
                Some(Content::LineEnd | Content::Sign | Content::Bracketed | Content::Comma)
            ) {
                return None;
            }
            let numbered = self.is(at + 1, &Content::Number);
            if numbered && self.word(at).is_some_and(|word| self.words.act.has(word)) {
                return Some(whole(at));
            }
            at = at.checked_sub(1)?;
        }
        None
    }

    /// `section 5 or section 6 of the Goat Act`: the first may be of the Goat
    /// Act too.
    fn share_acts(&self, groups: &mut [Group]) {
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

    /// Whether a piece only joins two citations.
    fn joins(&self, at: usize) -> bool {
        match self.content(at) {
            Some(Content::Comma | Content::LineEnd | Content::Quote) => true,
            Some(Content::Word(word)) => {
                self.words.and.has(word) || self.words.of.has(word) || self.words.to.has(word)
            }
            Some(Content::Other) => self.printed(at) == ";",
            _ => false,
        }
    }
}

/// How far down a kind of step stands.
fn rank(kind: StepKind) -> u8 {
    match kind {
        StepKind::Subsection | StepKind::Alinea => 0,
        StepKind::Any => 1,
        StepKind::Point => 2,
        StepKind::Sentence => 3,
    }
}

/// A figure that looks like a year of our times.
fn is_year(printed: &str) -> bool {
    printed.len() == 4
        && printed.bytes().all(|b| b.is_ascii_digit())
        && ["18", "19", "20"]
            .iter()
            .any(|century| printed.starts_with(century))
}

fn is_roman(printed: &str) -> bool {
    !printed.is_empty() && printed.chars().all(|c| "IVXLC".contains(c))
}

/// `18th`: no unit is numbered so.
fn is_english_ordinal(printed: &str) -> bool {
    ["th", "st", "nd", "rd"]
        .iter()
        .any(|ending| printed.ends_with(ending))
}

/// `StGB`, `GDPR`, `C`: at least two capitals, or a code of letters and stops.
fn is_abbreviation(printed: &str) -> bool {
    printed.chars().filter(|c| c.is_uppercase()).count() >= 2
        && printed.chars().all(char::is_alphabetic)
        && !printed.chars().all(|c| "IVXLC".contains(c))
}

fn units(list: Vec<Listed>) -> Vec<Unit> {
    list.into_iter()
        .map(|listed| Unit {
            span: listed.span,
            base: Base::Article(listed.number),
            steps: listed.steps,
            through: listed.through,
        })
        .collect()
}
