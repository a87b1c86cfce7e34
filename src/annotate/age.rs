//! Ages as a law states them.

use std::fmt;

use serde::Serialize;

use crate::law::Span;

/// What a phrase says of an age, in completed years (catalogue 3.1, 3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AgeClass {
    /// Younger than n.
    Under(u8),
    /// n or younger.
    AtMost(u8),
    /// n or older.
    AtLeast(u8),
    /// Older than n.
    Over(u8),
    /// From the first, inclusive, to below the second.
    Between(u8, u8),
}

impl AgeClass {
    /// The age from which the class no longer covers a person, if it has an
    /// upper end: 18 for "under 18" and for "17 or younger".
    pub fn upper(self) -> Option<u8> {
        match self {
            AgeClass::Under(n) | AgeClass::Between(_, n) => Some(n),
            AgeClass::AtMost(n) => Some(n.saturating_add(1)),
            AgeClass::AtLeast(_) | AgeClass::Over(_) => None,
        }
    }

    /// The first age covered.
    pub fn lower(self) -> u8 {
        match self {
            AgeClass::Under(_) | AgeClass::AtMost(_) => 0,
            AgeClass::AtLeast(n) | AgeClass::Between(n, _) => n,
            AgeClass::Over(n) => n.saturating_add(1),
        }
    }
}

impl fmt::Display for AgeClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AgeClass::Under(n) => write!(f, "under {n}"),
            AgeClass::AtMost(n) => write!(f, "at-most {n}"),
            AgeClass::AtLeast(n) => write!(f, "at-least {n}"),
            AgeClass::Over(n) => write!(f, "over {n}"),
            AgeClass::Between(n, m) => write!(f, "between {n} {m}"),
        }
    }
}

/// An age stated in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgeMention {
    /// What is said.
    pub class: AgeClass,
    /// First word and one past the last, as token numbers of the act.
    pub tokens: (u32, u32),
    /// Where, in canonical text.
    pub span: Span,
}
