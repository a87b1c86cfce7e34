//! What is wrong with a text, named so that a report can list it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Span;

/// A named sign of damage or incompleteness (HAZARDS 1 to 5 and 18 to 21).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemKind {
    /// The text stops before its end (mid-word, or a table of contents promises more).
    Truncated,
    /// Several units end at the same round length.
    RoundLengthCut,
    /// Article numbers that should be there are not.
    NumberingGap,
    /// No article could be recognised.
    NoArticles,
    /// One unit far larger than any article: it swallowed others.
    SwallowedUnits,
    /// Articles whose body is empty or a placeholder.
    Stub,
    /// A page about a law, without its text.
    LandingPage,
    /// Letters set apart by blanks.
    LetterSpaced,
    /// Replacement characters, or letters of a wrong font mapping.
    FontMapped,
    /// Text decoded with a wrong character set.
    Mojibake,
    /// Bytes that are not valid in the declared or detected encoding.
    InvalidEncoding,
    /// A file that holds images of pages, without text.
    ScanWithoutText,
    /// Markup that could not be parsed to its end.
    BrokenMarkup,
    /// A treaty printed as a national text.
    TreatyText,
    /// Two units of the same level with the same number, neither marked as superseded.
    DuplicateNumber,
    /// The manifest says the text is not whole.
    DeclaredIncomplete,
    /// The file's declared language or title does not fit its text.
    MetadataMismatch,
    /// A script the PDF reader at hand cannot be trusted with.
    UntrustedReader,
}

impl ProblemKind {
    /// Whether law may be hidden by this problem, so that a text with it is
    /// listed as not whole.
    pub fn hides_law(self) -> bool {
        self.spoils_text()
            || self.loses_part()
            || matches!(
                self,
                ProblemKind::DeclaredIncomplete
                    | ProblemKind::RoundLengthCut
                    | ProblemKind::SwallowedUnits
            )
    }

    /// Whether no search in such a text proves anything: its letters are not
    /// those of the law, or there are no articles to search.
    pub fn spoils_text(self) -> bool {
        matches!(
            self,
            ProblemKind::NoArticles
                | ProblemKind::LandingPage
                | ProblemKind::LetterSpaced
                | ProblemKind::FontMapped
                | ProblemKind::Mojibake
                | ProblemKind::ScanWithoutText
                | ProblemKind::UntrustedReader
        )
    }

    /// Whether a part of the text is lost that nobody can name.
    pub fn loses_part(self) -> bool {
        matches!(
            self,
            ProblemKind::Truncated
                | ProblemKind::NumberingGap
                | ProblemKind::InvalidEncoding
                | ProblemKind::BrokenMarkup
        )
    }

    /// The stable name used in tables.
    pub fn name(self) -> &'static str {
        match self {
            ProblemKind::Truncated => "truncated",
            ProblemKind::RoundLengthCut => "round-length-cut",
            ProblemKind::NumberingGap => "numbering-gap",
            ProblemKind::NoArticles => "no-articles",
            ProblemKind::SwallowedUnits => "swallowed-units",
            ProblemKind::Stub => "stub",
            ProblemKind::LandingPage => "landing-page",
            ProblemKind::LetterSpaced => "letter-spaced",
            ProblemKind::FontMapped => "font-mapped",
            ProblemKind::Mojibake => "mojibake",
            ProblemKind::InvalidEncoding => "invalid-encoding",
            ProblemKind::ScanWithoutText => "scan-without-text",
            ProblemKind::BrokenMarkup => "broken-markup",
            ProblemKind::TreatyText => "treaty-text",
            ProblemKind::DuplicateNumber => "duplicate-number",
            ProblemKind::DeclaredIncomplete => "declared-incomplete",
            ProblemKind::MetadataMismatch => "metadata-mismatch",
            ProblemKind::UntrustedReader => "untrusted-reader",
        }
    }
}

/// One problem of one act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Which kind.
    pub kind: ProblemKind,
    /// What was seen, in one short sentence with numbers ("sections 12 to 31 are absent").
    pub detail: String,
    /// Where, when it is in one place of the canonical text.
    pub span: Option<Span>,
}

impl Problem {
    /// A problem of the act as a whole.
    pub fn new(kind: ProblemKind, detail: impl Into<String>) -> Self {
        Self {
            kind,
            detail: detail.into(),
            span: None,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind.name(), self.detail)
    }
}
