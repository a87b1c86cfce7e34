//! What a check says about a bill.

use serde::Serialize;

use super::place::SourceRange;
use crate::assess::Verdict;
use crate::law::Span;
use crate::report::Bond;

/// How much a diagnostic weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The words say the contrary of what is asked.
    Error,
    /// The requirement is touched and an element is missing.
    Warning,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// The name in output.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

/// From which verdict on a check counts as failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Only where the words say the contrary.
    Conflict,
    /// Also where an element is missing.
    Partial,
    /// Also where a requirement of the profile is not met by any words.
    NotFound,
}

/// Words of the bill that a diagnostic points at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Label {
    /// Citation of the clause that holds them.
    pub clause: String,
    /// Byte range in the bill's canonical text.
    pub span: Span,
    /// Where they stand in the file; none where the file's places have no names.
    pub place: Option<SourceRange>,
    /// The words, cut from the canonical text.
    pub quote: String,
    /// What is to be seen in them.
    pub text: String,
}

/// A provision of an instrument behind a requirement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceNote {
    /// The provision with its instrument.
    pub citation: String,
    /// How the instrument stands to the State.
    pub bond: Bond,
    /// A reservation or declaration on the point that is recorded, in our words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reservation: String,
}

/// How another jurisdiction words it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Comparable {
    /// Code of the jurisdiction.
    pub jurisdiction: String,
    /// Name of the country.
    pub country: String,
    /// Title of the act, or its file.
    pub act: String,
    /// File within the jurisdiction's folder.
    pub file: String,
    /// Citation within the act.
    pub locator: String,
    /// Date of the version held, if known.
    pub date: String,
    /// Language of the act.
    pub language: String,
    /// Legal family of the jurisdiction, if recorded.
    pub family: String,
    /// Elements its words cover, by name.
    pub elements: Vec<String>,
    /// The words, cut from the act's canonical text.
    pub quote: String,
}

/// One thing said about a bill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// Stable code: `C-` and the requirement, `T-` for a term, `D-` for drafting.
    pub code: String,
    /// How much it weighs.
    pub severity: Severity,
    /// Requirement id, where one is concerned.
    pub requirement: String,
    /// Title of the requirement, or of the drafting rule.
    pub title: String,
    /// The verdict on the bill's own text, where a requirement is concerned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// The fact, in one line.
    pub message: String,
    /// What is missing, by name.
    pub missing: Vec<String>,
    /// The words it is about, the decisive ones first.
    pub labels: Vec<Label>,
    /// The instrument provisions.
    pub sources: Vec<SourceNote>,
    /// How the matter is usually met, or which term is preferred.
    pub help: String,
    /// How others word it.
    pub comparables: Vec<Comparable>,
}

impl Diagnostic {
    /// The words it is about.
    pub fn primary(&self) -> Option<&Label> {
        self.labels.first()
    }
}

/// Everything a check found in one bill.
#[derive(Debug, Clone, Serialize)]
pub struct BillReport {
    /// The bill's file as given.
    pub file: String,
    /// Its title.
    pub title: String,
    /// Its language.
    pub language: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// SHA-256 of the canonical text that spans refer to.
    pub text_sha256: String,
    /// What it was measured against.
    pub profile: String,
    /// Version of the program.
    pub program: String,
    /// SHA-256 of the rule data.
    pub mappings: String,
    /// What is wrong with the text as a whole.
    pub problems: Vec<String>,
    /// Found, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// Requirements that the bill's own text meets.
    pub met: Vec<Diagnostic>,
    /// Requirements of the profile on which the bill holds no words.
    pub untouched: Vec<String>,
    /// What the bill does to the law in force, when that was given.
    pub effect: Option<super::effect::Effect>,
}

impl BillReport {
    /// The verdict on a requirement by the bill's own text alone; "not found"
    /// where the bill does not touch it.
    pub fn verdict(&self, requirement: &str) -> Verdict {
        self.diagnostics
            .iter()
            .chain(&self.met)
            .filter(|found| found.requirement == requirement)
            .find_map(|found| found.verdict)
            .unwrap_or(Verdict::NotFound)
    }
}

impl BillReport {
    /// Whether anything is at or above the level.
    pub fn fails(&self, level: Level) -> bool {
        let worst = |severity: Severity| self.diagnostics.iter().any(|d| d.severity <= severity);
        match level {
            Level::Conflict => worst(Severity::Error),
            Level::Partial => worst(Severity::Warning),
            Level::NotFound => worst(Severity::Warning) || !self.untouched.is_empty(),
        }
    }
}
