//! Citations in scripts that set words apart.

mod acts;
mod articles;
mod cursor;
mod schedules;
mod steps;

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
    let lexemes = lex(text, words.to.has("bis"), &words.compounds);
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
    last_step: Option<Number>,
}

impl Group {
    fn citations(self) -> impl Iterator<Item = Citation> {
        let act = self.act;
        self.units.into_iter().map(move |unit| Citation {
            span: unit.span,
            base: unit.base,
            steps: unit.steps,
            through: unit.through,
            last_step: unit.last_step,
            act: act.clone(),
        })
    }
}

/// A number of a list, with the last of its range.
struct Listed {
    span: Span,
    /// What the number is, if not what the word before it says: in `alinéa
    /// (1)a)` that names the letter.
    kind: Option<StepKind>,
    number: Number,
    steps: Vec<Step>,
    through: Option<Number>,
    last_step: Option<Number>,
}

/// What stands under a number: `(4)(a)`, `Abs. 1 und 2 Nr. 1`. The first way
/// down is the number's own, the others are those of a list.
#[derive(Debug, Default)]
struct Below {
    first: Way,
    further: Vec<Way>,
}

/// One way down.
#[derive(Debug, Default, Clone)]
struct Way {
    /// Its words, where it is one of a list.
    span: Option<Span>,
    steps: Vec<Step>,
    last_step: Option<Number>,
}

impl Below {
    /// The way that further steps belong to: the last.
    fn current(&mut self) -> &mut Way {
        self.further.last_mut().unwrap_or(&mut self.first)
    }

    fn push(&mut self, step: Step) {
        let way = self.current();
        way.steps.push(step);
        way.last_step = None;
    }

    /// A list of steps: a way for each.
    fn push_all(&mut self, kind: StepKind, list: Vec<Listed>) {
        let several = list.len() > 1;
        let above = self.current().steps.clone();
        for (place, listed) in list.into_iter().enumerate() {
            if place > 0 {
                self.further.push(Way {
                    steps: above.clone(),
                    ..Way::default()
                });
            }
            let way = self.current();
            if several {
                way.span = Some(listed.span);
            }
            way.steps.push(Step {
                kind: listed.kind.unwrap_or(kind),
                number: listed.number,
            });
            way.steps.extend(listed.steps);
            way.last_step = listed.last_step;
        }
    }
}

struct Parser<'a> {
    words: &'a CitationReader,
    text: &'a str,
    lexemes: &'a [Lexeme],
}

impl<'a> Parser<'a> {
    /// What is cited together from a place on.
    fn group(&self, at: usize) -> Option<Group> {
        let found = self
            .steps_then_article(at)
            .or_else(|| self.articles(at))
            .or_else(|| self.number_first(at))
            .or_else(|| self.neighbour(at))
            .or_else(|| self.schedules(at));
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
                    kind: only.kind.unwrap_or(further),
                    number: only.number.clone(),
                };
                let below = only.steps.clone();
                // `Absatz 2 Nummer 1` goes down, `point 1 of paragraph 2` up.
                if next == end && rank(further) >= rank(lowest) {
                    if let Some(last) = inner.last_mut().filter(|_| further != StepKind::Sentence) {
                        last.steps.push(step);
                        last.steps.extend(below);
                        last.last_step = only.last_step.clone();
                        last.span = last.span.cover(self.span(after - 1));
                    }
                    lowest = further;
                } else {
                    outer.splice(0..0, std::iter::once(step).chain(below));
                }
                end = after;
                continue;
            }
            let article = self
                .articles(next)
                .or_else(|| self.number_first(next))
                .or_else(|| self.neighbour(next))
                .or_else(|| self.schedules(next));
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
        if bare && self.words.raw.unit_takes_article {
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
            last_step: None,
        }];
        Some((self.under(at, kind, &inner, &outer, &here), end))
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
        for (place, article) in articles.iter().enumerate() {
            // `Absatz 1 des § 5 und § 6 Absatz 2`: this one has steps of its own.
            if place > 0 && !article.steps.is_empty() {
                units.push(article.clone());
                continue;
            }
            for listed in inner {
                let mut steps = article.steps.clone();
                steps.extend(outer.iter().cloned());
                if kind != StepKind::Sentence {
                    steps.push(Step {
                        kind: listed.kind.unwrap_or(kind),
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
                    last_step: listed.last_step.clone(),
                });
            }
        }
        units
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
            last_step: listed.last_step,
        })
        .collect()
}
