//! Calendar days, and the days between which a wording applies.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A calendar day, written `2026-01-31`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

/// Text that names no day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no day of the form YYYY-MM-DD (for example 2026-01-31)")]
pub struct NoDate(String);

impl Date {
    /// The day, if the calendar has it. Years that only stand for "no end"
    /// (2222, 9999) give none.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
        let days = match month {
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            1..=12 => 31,
            _ => return None,
        };
        ((1000..2200).contains(&year) && (1..=days).contains(&day)).then_some(Self {
            year,
            month,
            day,
        })
    }

    /// The day at the start of a text: `2026-01-31T00:00:00` and `2026-01-31`.
    pub fn at_start(text: &str) -> Option<Self> {
        text.trim().get(..10)?.parse().ok()
    }

    /// The day after.
    pub fn following(self) -> Option<Self> {
        Self::new(self.year, self.month, self.day + 1)
            .or_else(|| Self::new(self.year, self.month + 1, 1))
            .or_else(|| Self::new(self.year + 1, 1, 1))
    }

    /// The day before.
    pub fn previous(self) -> Option<Self> {
        match (self.month, self.day) {
            (1, 1) => Self::new(self.year - 1, 12, 31),
            (month, 1) => (28..=31)
                .rev()
                .find_map(|day| Self::new(self.year, month - 1, day)),
            (month, day) => Self::new(self.year, month, day - 1),
        }
    }
}

impl FromStr for Date {
    type Err = NoDate;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let read = || {
            let mut parts = text.trim().splitn(3, '-');
            let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
            let digits = |part: &str, length| {
                part.len() == length && part.bytes().all(|b| b.is_ascii_digit())
            };
            (digits(year, 4) && digits(month, 2) && digits(day, 2))
                .then(|| Self::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))?
        };
        read().ok_or_else(|| NoDate(text.to_owned()))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// The days between which a wording applies, as far as the text tells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Validity {
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
}

impl Validity {
    /// Whether the text tells nothing.
    pub fn is_open(self) -> bool {
        self.from.is_none() && self.until.is_none()
    }

    /// Whether the wording applies only after the day.
    pub fn is_future(self, day: Date) -> bool {
        self.from.is_some_and(|from| from > day)
    }

    /// Whether the wording applies on the day.
    pub fn covers(self, day: Date) -> bool {
        !self.is_future(day) && self.until.is_none_or(|until| until >= day)
    }
}

#[cfg(test)]
mod tests {
    use super::{Date, Validity};

    #[test]
    fn days_are_read_compared_and_counted_back() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert!(day("2026-01-31") < day("2026-02-01"));
        assert_eq!(day("2026-01-01").previous(), Some(day("2025-12-31")));
        assert_eq!(day("2024-03-01").previous(), Some(day("2024-02-29")));
        for (last, next) in [
            ("2025-12-31", "2026-01-01"),
            ("2024-02-28", "2024-02-29"),
            ("2024-02-29", "2024-03-01"),
        ] {
            assert_eq!(day(last).following(), Some(day(next)));
        }
        assert_eq!(
            Date::at_start("2026-01-31T08:00:00"),
            Some(day("2026-01-31"))
        );
        for no_day in [
            "2026-02-30",
            "2026-1-1",
            "31.1.2026",
            "2222-02-02",
            "",
            "2026-01-311",
        ] {
            assert!(no_day.parse::<Date>().is_err(), "{no_day}");
        }
        let validity = Validity {
            from: Some(day("2025-01-01")),
            until: Some(day("2025-12-31")),
        };
        assert!(validity.covers(day("2025-12-31")) && !validity.covers(day("2026-01-01")));
        assert!(validity.is_future(day("2024-12-31")));
    }
}
