//! Penalties as values: terms of imprisonment, fines, other measures.

mod reader;

use std::fmt;

use serde::Serialize;

use crate::law::Span;

pub(super) use reader::PenaltyReader;

/// How long a loss of liberty lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize)]
pub struct Length {
    /// Whole months; a year is twelve.
    pub months: u32,
    /// Days beyond them.
    pub days: u32,
}

impl Length {
    /// So many years.
    pub fn years(n: u32) -> Self {
        Self {
            months: n.saturating_mul(12),
            days: 0,
        }
    }

    /// In years, for charts and tables; a month counts thirty days.
    pub fn in_years(self) -> f64 {
        (f64::from(self.months) + f64::from(self.days) / 30.0) / 12.0
    }

    fn plus(self, other: Self) -> Self {
        Self {
            months: self.months.saturating_add(other.months),
            days: self.days.saturating_add(other.days),
        }
    }

    fn in_days(self) -> u64 {
        u64::from(self.months) * 30 + u64::from(self.days)
    }
}

impl PartialOrd for Length {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Length {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let key = |length: &Self| (length.in_days(), length.months);
        key(self).cmp(&key(other))
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            (self.months / 12, "year"),
            (self.months % 12, "month"),
            (self.days, "day"),
        ];
        let said: Vec<String> = parts
            .into_iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, unit)| format!("{number} {unit}{}", if number == 1 { "" } else { "s" }))
            .collect();
        f.write_str(&said.join(" "))
    }
}

/// The two ends of a penalty; an end that the words do not state is absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Bounds<T> {
    /// The least.
    pub minimum: Option<T>,
    /// The most.
    pub maximum: Option<T>,
}

impl<T: fmt::Display> fmt::Display for Bounds<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.minimum, &self.maximum) {
            (Some(low), Some(high)) => write!(f, "{low} to {high}"),
            (None, Some(high)) => write!(f, "at most {high}"),
            (Some(low), None) => write!(f, "at least {low}"),
            (None, None) => Ok(()),
        }
    }
}

/// A fine whose amount is stated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fine {
    /// Its amount.
    pub amount: Bounds<u64>,
    /// The currency or the unit, in the words of the law, in small letters.
    pub unit: String,
    /// The unit is no money: day-fines, penalty units.
    pub day_fines: bool,
}

impl fmt::Display for Fine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "fine {} {}", self.amount, self.unit)
    }
}

/// What one sentence threatens, as far as its words can be read. What cannot
/// be read is left out, never guessed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Penalty {
    /// The sentence.
    pub span: Span,
    /// Terms of loss of liberty, in the order of the words.
    pub terms: Vec<Bounds<Length>>,
    /// Loss of liberty for life.
    pub life: bool,
    /// Death.
    pub death: bool,
    /// A fine is threatened.
    pub fine: bool,
    /// Fines whose amount is stated.
    pub fines: Vec<Fine>,
    /// Where other penalties and measures are named.
    pub additional: Vec<Span>,
}

impl Penalty {
    /// Whether nothing was read.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
            && !(self.life || self.death || self.fine)
            && self.fines.is_empty()
            && self.additional.is_empty()
    }

    /// The longest term that is stated; none where the only term is for life.
    pub fn longest(&self) -> Option<Length> {
        self.terms.iter().filter_map(|term| term.maximum).max()
    }

    /// The shortest term that is stated.
    pub fn shortest(&self) -> Option<Length> {
        self.terms.iter().filter_map(|term| term.minimum).min()
    }
}

impl fmt::Display for Penalty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut said: Vec<String> = self.terms.iter().map(ToString::to_string).collect();
        if self.life {
            said.push("life".to_owned());
        }
        if self.death {
            said.push("death".to_owned());
        }
        if self.fine && self.fines.is_empty() {
            said.push("fine".to_owned());
        }
        said.extend(self.fines.iter().map(ToString::to_string));
        if said.is_empty() {
            said.push("nothing".to_owned());
        }
        f.write_str(&said.join("; "))
    }
}
