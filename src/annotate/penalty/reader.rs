//! Reads the penalties of one sentence with the words of a language pack.
//!
//! The words are found as signs (unit, cue, kind of penalty); amounts are
//! numbers at units; an amount counts only where a cue says which end it is
//! and a kind of penalty stands by it. Everything else stays a quotation.

use std::collections::BTreeMap;

use toml::Spanned;

use super::{Bounds, Fine, Length, Penalty};
use crate::annotate::fold::Folded;
use crate::annotate::matcher::{Joined, Matcher, Pattern};
use crate::annotate::numbers::NumberWords;
use crate::annotate::phrase::parse;
use crate::law::Span;
use crate::mappings::{Pack, PenaltyWords};

/// Most words between a kind of penalty and a term behind it.
const BEFORE: usize = 14;
/// The same where no cue stands at the term.
const BEFORE_BARE: usize = 6;
/// Most words between a term and the kind of penalty behind it.
const AFTER: usize = 3;
/// Most words between a cue and its amount.
const CUE: usize = 2;
/// Most words between the two ends of one term.
const ENDS: usize = 16;
/// No term is longer, in years: a larger number is something else.
const LONGEST: u32 = 60;

/// What a word or phrase says in a penalty clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// A unit of time, by what one of it is.
    Unit(Length),
    /// A whole term.
    Fixed(Length),
    AtMost,
    AtLeast,
    To,
    And,
    Bare,
    SameTerm,
    Elsewhere,
    Own,
    Custody,
    Life,
    Death,
    Fine,
    /// So many units of a currency.
    Currency(u64),
    DayFine,
    Times(u64),
    Other,
}

impl Sign {
    /// Names a kind of penalty.
    fn is_kind(self) -> bool {
        matches!(self, Sign::Custody | Sign::Life | Sign::Other | Sign::Fine)
    }
}

/// A sign at its tokens.
#[derive(Debug, Clone, Copy)]
struct Mark {
    start: usize,
    end: usize,
    sign: Sign,
}

/// An amount at its tokens, with the ends that the words state.
#[derive(Debug, Clone, Copy)]
struct Amount<T> {
    start: usize,
    end: usize,
    bounds: Bounds<T>,
    /// No cue stands at it: which end it is, is still open.
    bare: bool,
    /// The number stands behind its unit.
    behind: bool,
}

/// The penalty words of one language, compiled.
#[derive(Debug)]
pub struct PenaltyReader {
    matcher: Matcher<Sign>,
    numbers: NumberWords,
    cues_behind: bool,
    /// Currencies of which one is one.
    currencies: Vec<String>,
}

impl PenaltyReader {
    /// Compiles the `[penalties]` table of a pack; none where there is none.
    /// `refuse` hears of phrases that cannot be used.
    pub fn new(
        pack: &Pack,
        joined: Joined,
        refuse: &mut dyn FnMut(&Spanned<String>, String),
    ) -> Option<Self> {
        let words = &pack.penalties;
        if words.custody.is_empty() {
            return None;
        }
        let mut patterns = Vec::new();
        for (phrase, sign) in signs(words, refuse) {
            match parse(phrase.get_ref()) {
                Ok(chunks) => patterns.push(Pattern {
                    chunks,
                    meaning: sign,
                }),
                Err(error) => refuse(phrase, error.to_string()),
            }
        }
        let numbers: BTreeMap<String, u32> = pack
            .numbers
            .iter()
            .chain(&words.numbers)
            .map(|(word, value)| (word.clone(), *value))
            .collect();
        let numbers: Vec<(String, u32)> = numbers.into_iter().collect();
        let number_words = || NumberWords::new(numbers.iter(), joined.before.clone());
        Some(Self {
            matcher: Matcher::new(patterns, number_words(), joined.clone()),
            numbers: number_words(),
            cues_behind: words.cues_behind,
            currencies: words
                .currencies
                .iter()
                .filter(|(_, factor)| **factor == 1)
                .map(|(phrase, _)| phrase.get_ref().to_lowercase())
                .collect(),
        })
    }

    /// What a sentence threatens. `text` is the sentence, `folded` its folded
    /// view, `at` its place in the canonical text; amounts within `ages` are
    /// none.
    pub fn read(&self, text: &str, folded: &Folded, at: usize, ages: &[Span]) -> Penalty {
        let clause = Clause {
            reader: self,
            text,
            folded,
            marks: self.marks(folded),
        };
        let span = |start: usize, end: usize| {
            let local = clause.span(start, end);
            Span::new(at + local.start, at + local.end)
        };
        let is_age = |start: usize, end: usize| {
            let own = span(start, end);
            ages.iter()
                .any(|age| age.start < own.end && own.start < age.end)
        };
        let mut terms = clause.terms();
        terms.retain(|term| !is_age(term.start, term.end) && !clause.elsewhere(term.start));
        let mut penalty = Penalty {
            span: Span::new(at, at + text.len()),
            terms: terms.iter().map(|term| term.bounds).collect(),
            ..Penalty::default()
        };
        for mark in &clause.marks {
            if clause.elsewhere(mark.start) {
                continue;
            }
            match mark.sign {
                Sign::Life => penalty.life = true,
                Sign::Death => penalty.death = true,
                Sign::Fine | Sign::DayFine => penalty.fine = true,
                Sign::Other => penalty.additional.push(span(mark.start, mark.end)),
                _ => {}
            }
        }
        penalty.fines = clause.fines();
        penalty
    }

    /// The signs in the order of the words; of two, the one within the other
    /// is dropped, but a unit may be part of a cue.
    fn marks(&self, folded: &Folded) -> Vec<Mark> {
        let mut all: Vec<Mark> = self
            .matcher
            .find(folded)
            .into_iter()
            .map(|found| Mark {
                start: found.tokens.0 as usize,
                end: found.tokens.1 as usize,
                sign: found.meaning,
            })
            .collect();
        all.sort_by_key(|mark| (mark.start, std::cmp::Reverse(mark.end)));
        let within = |inner: &Mark, outer: &Mark| {
            outer.start <= inner.start
                && inner.end <= outer.end
                && (outer.end - outer.start) > (inner.end - inner.start)
        };
        let hides = |outer: &Mark| {
            !matches!(
                outer.sign,
                Sign::Unit(_) | Sign::Elsewhere | Sign::Own | Sign::Bare
            )
        };
        let hidden = |mark: &Mark| {
            all.iter().any(|outer| {
                let hides = match mark.sign {
                    // A unit may be part of a cue, but not of a fine's unit.
                    Sign::Unit(_) => outer.sign == Sign::DayFine,
                    Sign::Bare => false,
                    // "A minimum punishment of imprisonment of" names both.
                    Sign::Custody if matches!(outer.sign, Sign::AtMost | Sign::AtLeast) => false,
                    _ => hides(outer),
                };
                hides && within(mark, outer)
            })
        };
        let mut kept: Vec<Mark> = all.iter().filter(|mark| !hidden(mark)).copied().collect();
        kept.dedup_by(|a, b| (a.start, a.end, a.sign) == (b.start, b.end, b.sign));
        kept
    }
}

/// The phrases of a table with what they say.
fn signs<'p>(
    words: &'p PenaltyWords,
    refuse: &mut dyn FnMut(&Spanned<String>, String),
) -> Vec<(&'p Spanned<String>, Sign)> {
    let month = |months| Sign::Unit(Length { months, days: 0 });
    let day = |days| Sign::Unit(Length { months: 0, days });
    let lists = [
        (&words.years, month(12)),
        (&words.months, month(1)),
        (&words.weeks, day(7)),
        (&words.days, day(1)),
        (&words.at_most, Sign::AtMost),
        (&words.at_least, Sign::AtLeast),
        (&words.to, Sign::To),
        (&words.and, Sign::And),
        (&words.bare_at_most, Sign::Bare),
        (&words.same_term, Sign::SameTerm),
        (&words.elsewhere, Sign::Elsewhere),
        (&words.own, Sign::Own),
        (&words.custody, Sign::Custody),
        (&words.life, Sign::Life),
        (&words.death, Sign::Death),
        (&words.fine, Sign::Fine),
        (&words.day_fines, Sign::DayFine),
        (&words.other, Sign::Other),
    ];
    let mut all: Vec<(&Spanned<String>, Sign)> = lists
        .into_iter()
        .flat_map(|(list, sign)| list.iter().map(move |phrase| (phrase, sign)))
        .collect();
    for (phrase, length) in &words.fixed {
        match fixed(length) {
            Some(length) => all.push((phrase, Sign::Fixed(length))),
            None => refuse(phrase, format!("`{length}` is no term such as `2 years`")),
        }
    }
    all.extend(
        words
            .currencies
            .iter()
            .map(|(p, n)| (p, Sign::Currency(*n))),
    );
    all.extend(words.times.iter().map(|(p, n)| (p, Sign::Times(*n))));
    all
}

/// "2 years", "6 months", "30 days".
fn fixed(text: &str) -> Option<Length> {
    let (number, unit) = text.split_once(' ')?;
    let number: u32 = number.parse().ok()?;
    match unit.trim_end_matches('s') {
        "year" => Some(Length::years(number)),
        "month" => Some(Length {
            months: number,
            days: 0,
        }),
        "day" => Some(Length {
            months: 0,
            days: number,
        }),
        _ => None,
    }
}

/// One sentence with its signs.
struct Clause<'a> {
    reader: &'a PenaltyReader,
    text: &'a str,
    folded: &'a Folded,
    marks: Vec<Mark>,
}

impl Clause<'_> {
    /// Where tokens stand in the sentence.
    fn span(&self, start: usize, end: usize) -> Span {
        let token = |index: usize| self.folded.tokens.get(index).map(|t| t.original);
        let first = token(start).map_or(0, |original| original.0);
        let last = token(end.saturating_sub(1)).map_or(first, |original| original.1);
        Span::new(first as usize, last as usize)
    }

    /// Whether a stop lies between the tokens before `start` and up to `end`.
    fn apart(&self, start: usize, end: usize) -> bool {
        (start..=end).any(|index| self.folded.tokens.get(index).is_some_and(|t| t.barrier))
    }

    fn marks_of(&self, sign: Sign) -> impl DoubleEndedIterator<Item = &Mark> {
        self.marks.iter().filter(move |mark| mark.sign == sign)
    }

    /// Whether what stands here belongs to another offence's penalty.
    fn elsewhere(&self, at: usize) -> bool {
        let Some(elsewhere) = self.marks_of(Sign::Elsewhere).rfind(|m| m.start <= at) else {
            return false;
        };
        !self
            .marks
            .iter()
            .filter(|mark| matches!(mark.sign, Sign::Bare | Sign::Own))
            .any(|own| own.start >= elsewhere.end && own.start < at)
    }

    /// All terms of loss of liberty.
    fn terms(&self) -> Vec<Amount<Length>> {
        let mut amounts = self.joined(self.lengths());
        self.ranges(&mut amounts);
        self.cues(&mut amounts);
        let mut terms: Vec<Amount<Length>> = Vec::new();
        // What the last amount of any kind was, for "the same term".
        let mut last: Option<Bounds<Length>> = None;
        let mut same = self.marks_of(Sign::SameTerm).peekable();
        for amount in self.ends(amounts) {
            while let Some(mark) = same.next_if(|mark| mark.start < amount.start) {
                terms.extend(self.same_term(mark, last));
            }
            let Some((custody, near)) = self.governed(&amount) else {
                continue;
            };
            let mut amount = amount;
            if amount.bare {
                let stated = near && self.marks_of(Sign::Bare).any(|b| b.start < amount.start);
                if !stated {
                    continue;
                }
                amount.bounds.maximum = amount.bounds.minimum.take();
            }
            last = Some(amount.bounds);
            if custody {
                terms.push(amount);
            }
        }
        for mark in same {
            terms.extend(self.same_term(mark, last));
        }
        terms
    }

    fn same_term(&self, mark: &Mark, last: Option<Bounds<Length>>) -> Option<Amount<Length>> {
        let custody = self
            .marks
            .iter()
            .rfind(|m| m.sign.is_kind() && m.end <= mark.start)?;
        (custody.sign == Sign::Custody && mark.start - custody.end <= CUE).then_some(Amount {
            start: mark.start,
            end: mark.end,
            bounds: last?,
            bare: false,
            behind: false,
        })
    }

    /// Numbers at units of time.
    fn lengths(&self) -> Vec<Amount<Length>> {
        let numbers = &self.reader.numbers;
        let mut found: Vec<Amount<Length>> = Vec::new();
        for mark in &self.marks {
            let (start, end, length, behind) = match mark.sign {
                Sign::Fixed(length) => {
                    let before = numbers.read_back(self.folded, mark.start);
                    match before.filter(|_| !self.apart(mark.start, mark.start)) {
                        None => (mark.start, mark.end, length, false),
                        // "(2) two-years" says it twice.
                        Some((n, tokens)) if said_by(length, n) => {
                            (mark.start - tokens, mark.end, length, false)
                        }
                        Some(_) => continue,
                    }
                }
                Sign::Unit(unit) => {
                    let before = numbers
                        .read_back(self.folded, mark.start)
                        .filter(|_| !self.apart(mark.start, mark.start));
                    let taken = found.last().map_or(0, |last| last.end);
                    match before.filter(|(_, tokens)| mark.start - tokens >= taken) {
                        Some((n, tokens)) => (mark.start - tokens, mark.end, times(unit, n), false),
                        None => {
                            let behind = numbers
                                .read(self.folded, mark.end)
                                .filter(|_| !self.apart(mark.end, mark.end));
                            let Some((n, tokens)) = behind else {
                                continue;
                            };
                            (mark.start, mark.end + tokens, times(unit, n), true)
                        }
                    }
                }
                _ => continue,
            };
            let possible = length > Length::default() && length <= Length::years(LONGEST);
            if possible && found.last().is_none_or(|last| last.end <= start) {
                found.push(Amount {
                    start,
                    end,
                    bounds: Bounds {
                        minimum: Some(length),
                        maximum: None,
                    },
                    bare: true,
                    behind,
                });
            }
        }
        found
    }

    /// "Two years and six months" is one amount.
    fn joined(&self, amounts: Vec<Amount<Length>>) -> Vec<Amount<Length>> {
        let mut joined: Vec<Amount<Length>> = Vec::new();
        for amount in amounts {
            let whole = joined.last().and_then(|last| {
                let (years, rest) = (last.bounds.minimum?, amount.bounds.minimum?);
                let near = amount.start <= last.end + 1 && !self.apart(last.end, amount.start);
                let smaller = years.days == 0 && years.months % 12 == 0 && rest < Length::years(1);
                (near && smaller).then_some(Amount {
                    end: amount.end,
                    bounds: Bounds {
                        minimum: Some(years.plus(rest)),
                        maximum: None,
                    },
                    ..*last
                })
            });
            match whole {
                Some(whole) => {
                    joined.pop();
                    joined.push(whole);
                }
                None => joined.push(amount),
            }
        }
        joined
    }

    /// Amounts with a word for "to" between become one with two ends; one of
    /// the numbers may be without its unit.
    fn ranges(&self, amounts: &mut Vec<Amount<Length>>) {
        let numbers = &self.reader.numbers;
        for to in self.marks_of(Sign::To) {
            if self.apart(to.start, to.end) {
                continue;
            }
            let high = amounts
                .iter()
                .position(|a| a.start >= to.end && a.start <= to.end + 1 && !a.behind)
                .or_else(|| amounts.iter().position(|a| a.start == to.end));
            let low = amounts.iter().rposition(|a| a.end == to.start);
            let bound = |index: Option<usize>| amounts.get(index?)?.bounds.minimum;
            let unit = |index: Option<usize>| self.unit_of(amounts.get(index?)?);
            let (start, end, least, most) = match (low, high) {
                (Some(l), Some(h)) => (amounts[l].start, amounts[h].end, bound(low), bound(high)),
                // "from two to five years"
                (None, Some(h)) => match numbers.read_back(self.folded, to.start) {
                    Some((n, tokens)) => (
                        to.start - tokens,
                        amounts[h].end,
                        unit(high).map(|unit| times(unit, n)),
                        bound(high),
                    ),
                    None => continue,
                },
                // "od lat 2 do 12"
                (Some(l), None) if amounts[l].behind || to.end - to.start > 1 => {
                    match numbers.read(self.folded, to.end) {
                        Some((n, tokens)) => (
                            amounts[l].start,
                            to.end + tokens,
                            bound(low),
                            unit(low).map(|unit| times(unit, n)),
                        ),
                        None => continue,
                    }
                }
                _ => continue,
            };
            let possible = most.is_some_and(|most| most <= Length::years(LONGEST));
            if least.is_none() || !possible || least >= most {
                continue;
            }
            let place = low.or(high).unwrap_or_default();
            amounts.retain(|a| a.end <= start || a.start >= end);
            amounts.insert(
                place.min(amounts.len()),
                Amount {
                    start,
                    end,
                    bounds: Bounds {
                        minimum: least,
                        maximum: most,
                    },
                    bare: false,
                    behind: false,
                },
            );
        }
        amounts.sort_by_key(|amount| amount.start);
    }

    /// The unit of time that stands in an amount.
    fn unit_of(&self, amount: &Amount<Length>) -> Option<Length> {
        self.marks.iter().find_map(|mark| match mark.sign {
            Sign::Unit(unit) if amount.start <= mark.start && mark.end <= amount.end => Some(unit),
            _ => None,
        })
    }

    /// Which end each amount is, by the cue before or behind it.
    fn cues<T: Copy>(&self, amounts: &mut [Amount<T>]) {
        let mut used: Vec<usize> = Vec::new();
        let cues: Vec<(usize, &Mark)> = self
            .marks
            .iter()
            .enumerate()
            .filter(|(_, mark)| matches!(mark.sign, Sign::AtMost | Sign::AtLeast))
            .collect();
        for behind in [false, true] {
            for amount in amounts.iter_mut().filter(|amount| amount.bare) {
                let here = |mark: &Mark| {
                    if behind {
                        let overlaps = mark.start < amount.end && amount.start < mark.end;
                        (overlaps || mark.start == amount.end)
                            && !self.apart(amount.end, mark.start)
                    } else {
                        mark.end <= amount.start
                            && amount.start - mark.end <= CUE
                            && !self.apart(mark.end, amount.start)
                    }
                };
                if !behind && self.reader.cues_behind {
                    continue;
                }
                let cue = cues
                    .iter()
                    .rev()
                    .find(|(place, mark)| !used.contains(place) && here(mark));
                let Some((place, mark)) = cue else {
                    continue;
                };
                used.push(*place);
                amount.bare = false;
                if mark.sign == Sign::AtMost {
                    amount.bounds.maximum = amount.bounds.minimum.take();
                }
            }
        }
    }

    /// A least and a most that follow one another are the ends of one term.
    fn ends(&self, amounts: Vec<Amount<Length>>) -> Vec<Amount<Length>> {
        let mut terms: Vec<Amount<Length>> = Vec::new();
        for amount in amounts {
            let whole = terms.last().and_then(|last| {
                let near = amount.start <= last.end + ENDS && !self.apart(last.end, amount.start);
                let other_kind = self.marks.iter().any(|mark| {
                    matches!(mark.sign, Sign::Other | Sign::Fine | Sign::Life)
                        && mark.start >= last.end
                        && mark.end <= amount.start
                });
                let bounds = match (last.bounds, amount.bounds) {
                    (
                        Bounds {
                            minimum: Some(low),
                            maximum: None,
                        },
                        Bounds {
                            minimum: None,
                            maximum: Some(high),
                        },
                    )
                    | (
                        Bounds {
                            minimum: None,
                            maximum: Some(high),
                        },
                        Bounds {
                            minimum: Some(low),
                            maximum: None,
                        },
                    ) if low < high => Bounds {
                        minimum: Some(low),
                        maximum: Some(high),
                    },
                    _ => return None,
                };
                let open = last.bare || amount.bare;
                (near && !other_kind && !open).then_some(Amount {
                    end: amount.end,
                    bounds,
                    ..*last
                })
            });
            match whole {
                Some(whole) => {
                    terms.pop();
                    terms.push(whole);
                }
                None => terms.push(amount),
            }
        }
        terms
    }

    /// Whether a term is one of loss of liberty (else of another measure), and
    /// whether that word stands right by it; none where no such word is near.
    fn governed(&self, term: &Amount<Length>) -> Option<(bool, bool)> {
        let behind = self.marks.iter().find(|mark| {
            mark.sign.is_kind()
                && mark.start >= term.end
                && mark.start - term.end <= AFTER
                && !self.apart(term.end, mark.start)
                && !self.divided(term.end, mark.start)
        });
        if behind.is_some_and(|mark| mark.sign == Sign::Custody) {
            return Some((true, true));
        }
        let within = self
            .marks
            .iter()
            .any(|m| m.sign == Sign::Custody && m.start >= term.start && m.end <= term.end);
        if within {
            return Some((true, true));
        }
        // Where kinds stand behind their terms, one right behind decides.
        let adjacent = |mark: &&Mark| mark.start - term.end <= CUE;
        if self.reader.cues_behind && behind.is_some_and(|mark| adjacent(&mark)) {
            return Some((false, true));
        }
        let before = self
            .marks
            .iter()
            .rfind(|mark| {
                mark.sign.is_kind()
                    && mark.end <= term.start
                    && term.start - mark.end <= BEFORE
                    && !self.apart(mark.end, term.start)
            })
            .map(|mark| {
                (
                    matches!(mark.sign, Sign::Custody | Sign::Life),
                    term.start - mark.end <= BEFORE_BARE,
                )
            });
        before.or_else(|| behind.map(|_| (false, true)))
    }

    /// Whether a word that joins alternatives stands between two places.
    fn divided(&self, start: usize, end: usize) -> bool {
        self.marks_of(Sign::And)
            .any(|mark| mark.start >= start && mark.end <= end)
    }

    /// Fines whose amount is stated.
    fn fines(&self) -> Vec<Fine> {
        let moneys = self.moneys();
        let mut by: Vec<bool> = moneys
            .iter()
            .map(|(amount, _, day_fines)| *day_fines || self.fined(amount))
            .collect();
        // A least whose most is a fine belongs to it.
        for place in (1..moneys.len()).rev() {
            if let (Some((least, unit, _)), Some((most, same, _))) =
                (moneys.get(place - 1), moneys.get(place))
                && unit == same
                && most.start.saturating_sub(least.end) <= AFTER
                && by.get(place) == Some(&true)
                && let Some(own) = by.get_mut(place - 1)
            {
                *own = true;
            }
        }
        let mut fines: Vec<Fine> = Vec::new();
        for ((amount, unit, day_fines), by) in moneys.into_iter().zip(by) {
            let mut list = [amount];
            self.cues(&mut list);
            let [mut amount] = list;
            if !by || self.elsewhere(amount.start) {
                continue;
            }
            if amount.bare {
                if !self.marks_of(Sign::Bare).any(|b| b.start < amount.start) {
                    continue;
                }
                amount.bounds.maximum = amount.bounds.minimum.take();
            }
            let fine = Fine {
                amount: amount.bounds,
                unit,
                day_fines,
            };
            // A least and a most of one unit that follow one another.
            match fines.last_mut() {
                Some(last)
                    if last.unit == fine.unit
                        && last.amount.maximum.is_none()
                        && fine.amount.minimum.is_none()
                        && last.amount.minimum < fine.amount.maximum =>
                {
                    last.amount.maximum = fine.amount.maximum;
                }
                _ => fines.push(fine),
            }
        }
        fines
    }

    /// Whether a fine stands by an amount of money.
    fn fined(&self, amount: &Amount<u64>) -> bool {
        let before = self
            .marks
            .iter()
            .filter(|mark| mark.sign.is_kind())
            .rfind(|m| m.end <= amount.start && amount.start - m.end <= BEFORE);
        before.is_some_and(|mark| mark.sign == Sign::Fine)
            || self.marks_of(Sign::Fine).any(|mark| {
                mark.start >= amount.end
                    && mark.start - amount.end <= AFTER
                    && !self.divided(amount.end, mark.start)
            })
    }

    /// Amounts of money and of day-fines, with their unit in the law's words.
    fn moneys(&self) -> Vec<(Amount<u64>, String, bool)> {
        let mut found: Vec<(Amount<u64>, String, bool)> = Vec::new();
        let mut add = |start: usize, end: usize, value: u64, unit: &str, day_fines: bool| {
            let unit = unit.to_lowercase();
            let before = |to: &&Mark| to.end <= start && start - to.end <= 1;
            let to = self.marks_of(Sign::To).rfind(before);
            // "from 200 to 2,000 pesos": the first number without its unit,
            // or the amount just before.
            let low = to.and_then(|to| match found.last() {
                Some((last, unit_before, _)) if last.end == to.start && *unit_before == unit => {
                    let least = last.bounds.minimum?;
                    let start = last.start;
                    found.pop();
                    Some((start, least))
                }
                _ => self.number_back(to.start).map(|(n, from)| (from, n)),
            });
            let (start, bounds, bare) = match low.filter(|(_, least)| *least < value) {
                Some((from, least)) => (
                    from,
                    Bounds {
                        minimum: Some(least),
                        maximum: Some(value),
                    },
                    false,
                ),
                None => (
                    start,
                    Bounds {
                        minimum: Some(value),
                        maximum: None,
                    },
                    true,
                ),
            };
            let amount = Amount {
                start,
                end,
                bounds,
                bare,
                behind: false,
            };
            found.push((amount, unit, day_fines));
        };
        for mark in &self.marks {
            let (factor, day_fines) = match mark.sign {
                Sign::Currency(factor) => (factor, false),
                Sign::DayFine => (1, true),
                _ => continue,
            };
            let words = self.span(mark.start, mark.end);
            let unit = self.text.get(words.start..words.end).unwrap_or_default();
            // 만원 is ten thousand 원.
            let mut bases = self.reader.currencies.iter();
            let base = bases.find(|base| factor > 1 && unit.ends_with(base.as_str()));
            let unit = base.map_or(unit, String::as_str);
            if let Some((n, from)) = self.number_back(mark.start) {
                add(from, mark.end, n.saturating_mul(factor), unit, day_fines);
            } else if !day_fines && let Some((n, end)) = self.number_from(mark.end) {
                add(mark.start, end, n.saturating_mul(factor), unit, false);
            }
        }
        for index in 0..self.folded.tokens.len() {
            let starts = index == 0 || !self.grouped(index - 1, index);
            if let Some((n, end)) = self.number_from(index).filter(|_| starts)
                && let Some(symbol) = self.symbol(index, end)
            {
                add(index, end, n, symbol, false);
            }
        }
        found.sort_by_key(|(amount, ..)| amount.start);
        found
    }

    /// The sign of a currency right before or behind these tokens.
    fn symbol(&self, start: usize, end: usize) -> Option<&str> {
        let span = self.span(start, end);
        let blank = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}');
        let sign = |c: &char| "$£€¥₩₪₹₱₺₽฿₴₦".contains(*c);
        let before = self.text.get(..span.start)?.trim_end_matches(blank);
        let behind = self.text.get(span.end..)?.trim_start_matches(blank);
        let last = before.chars().next_back().filter(sign);
        let first = behind.chars().next().filter(sign);
        match (last, first) {
            (Some(c), _) => before.get(before.len() - c.len_utf8()..),
            (None, Some(c)) => behind.get(..c.len_utf8()),
            (None, None) => None,
        }
    }

    /// Whether these tokens are groups of one number: 1 000 000 or 1,00,000.
    fn grouped(&self, left: usize, right: usize) -> bool {
        let tokens = &self.folded.tokens;
        let (Some(a), Some(b)) = (tokens.get(left), tokens.get(right)) else {
            return false;
        };
        let gap = self.text.get(a.original.1 as usize..b.original.0 as usize);
        let mut signs = gap.unwrap_or_default().chars();
        let separator = signs
            .next()
            .is_some_and(|c| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '.' | ',' | '\'' | '’'));
        separator && signs.next().is_none()
    }

    fn digits(&self, index: usize) -> Option<&str> {
        let token = self.folded.tokens.get(index)?;
        let word = self
            .folded
            .text
            .get(token.folded.0 as usize..token.folded.1 as usize)?;
        (!word.is_empty() && word.bytes().all(|b| b.is_ascii_digit())).then_some(word)
    }

    /// The number that ends before token `end`, with its first token.
    fn number_back(&self, end: usize) -> Option<(u64, usize)> {
        let mut at = end;
        let mut factor: u64 = 1;
        if self.apart(end, end) {
            return None;
        }
        while let Some(mark) = self
            .marks
            .iter()
            .find(|m| m.end == at && m.start < at && matches!(m.sign, Sign::Times(_)))
        {
            let Sign::Times(times) = mark.sign else { break };
            factor = factor.saturating_mul(times);
            at = mark.start;
        }
        let last = at.checked_sub(1)?;
        if self.digits(last).is_some() {
            let mut first = last;
            // Groups of three, or of two before a last one of three.
            while first > 0
                && self
                    .digits(first)
                    .is_some_and(|d| d.len() == 3 || first < last && d.len() == 2)
                && self.digits(first - 1).is_some_and(|d| d.len() <= 3)
                && self.grouped(first - 1, first)
            {
                first -= 1;
            }
            let number: String = (first..=last).filter_map(|i| self.digits(i)).collect();
            let value: u64 = number.parse().ok()?;
            // "1.000.000 (one million)" says it twice.
            let factor = if factor > 1 && value >= factor {
                1
            } else {
                factor
            };
            return Some((value.checked_mul(factor)?, first));
        }
        let Some((n, tokens)) = self.reader.numbers.read_back(self.folded, at) else {
            // "Mille euros": a multiplier alone, behind a small word at most;
            // a longer one may be a number that the pack does not know.
            let word = self.folded.tokens.get(last).map(|t| t.original);
            let short = word.is_some_and(|(from, to)| to - from <= 3) || self.apart(at, at);
            return (factor > 1 && short).then_some((factor, at));
        };
        let first = at - tokens;
        // "Two hundred and fifty thousand" is more than its last words.
        let more = self.reader.numbers.read_back(self.folded, first).is_some()
            || self.marks.iter().any(|m| {
                matches!(m.sign, Sign::Times(_)) && (m.end == first || m.end + 1 == first)
            });
        if more {
            return None;
        }
        Some((u64::from(n).checked_mul(factor)?, first))
    }

    /// The number in figures from token `start`, with one past its last token.
    fn number_from(&self, start: usize) -> Option<(u64, usize)> {
        self.digits(start).filter(|_| !self.apart(start, start))?;
        let mut last = start;
        while self.digits(last + 1).is_some_and(|d| d.len() == 3) && self.grouped(last, last + 1) {
            last += 1;
        }
        let number: String = (start..=last).filter_map(|i| self.digits(i)).collect();
        Some((number.parse().ok()?, last + 1))
    }
}

/// Whether a number before a whole term only repeats it.
fn said_by(length: Length, n: u32) -> bool {
    n > 1 && [length.months / 12, length.months, length.days].contains(&n)
}

fn times(unit: Length, n: u32) -> Length {
    Length {
        months: unit.months.saturating_mul(n),
        days: unit.days.saturating_mul(n),
    }
}
