//! Findings: what the texts say on one requirement, with the words that say it.

use serde::Serialize;

use crate::law::{Jurisdiction, ProvisionId, Span};
use crate::mappings::Role;

/// What the texts show (catalogue 1.3). Derived, never scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The text says the contrary of what is required.
    Conflict,
    /// Nothing in the law held, and the law held is good enough to say so.
    NotFound,
    /// The anchor is there; the missing elements are named.
    Partial,
    /// All core elements are evidenced.
    Full,
    /// The texts held cannot answer; the reason is given.
    Undetermined,
    /// The profile does not ask it of this State.
    NotApplicable,
}

impl Verdict {
    /// The name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Full => "full",
            Verdict::Partial => "partial",
            Verdict::NotFound => "not-found",
            Verdict::Conflict => "conflict",
            Verdict::Undetermined => "undetermined",
            Verdict::NotApplicable => "not-applicable",
        }
    }

    /// The verdict of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.name() == name)
    }

    /// All verdicts, in the order of a summary: conflicts first.
    pub const ALL: [Verdict; 6] = [
        Verdict::Conflict,
        Verdict::NotFound,
        Verdict::Partial,
        Verdict::Full,
        Verdict::Undetermined,
        Verdict::NotApplicable,
    ];
}

/// A provision of one of the jurisdiction's acts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProvisionRef {
    /// The act's place in the jurisdiction's list.
    #[serde(skip)]
    pub act: usize,
    /// The unit.
    #[serde(skip)]
    pub provision: ProvisionId,
    /// The act's file, relative to the jurisdiction's folder.
    pub file: String,
    /// Citation within the act.
    pub locator: String,
}

/// What a quotation shows about an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Polarity {
    /// The words satisfy the element.
    Supports,
    /// The words narrow or contradict it.
    Violates,
}

impl Polarity {
    /// The name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Polarity::Supports => "supports",
            Polarity::Violates => "violates",
        }
    }
}

/// A verbatim quotation that shows one element.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// Name of the element, or of the way for the anchor.
    pub element: String,
    /// Its role.
    pub role: Role,
    /// What the words show.
    pub polarity: Polarity,
    /// Where they stand.
    #[serde(flatten)]
    pub place: ProvisionRef,
    /// Byte range in the act's canonical text.
    pub span: Span,
    /// The words, cut from the canonical text.
    pub quote: String,
    /// Hash of the canonical text.
    pub sha256: String,
    /// Language of the act.
    pub language: String,
}

/// A provision that came near without meeting a way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NearMiss {
    /// Where.
    #[serde(flatten)]
    pub place: ProvisionRef,
    /// Which concepts it has.
    pub has: Vec<String>,
    /// Which it lacks.
    pub lacks: Vec<String>,
    /// Byte range in the act's canonical text.
    pub span: Span,
    /// The words.
    pub quote: String,
}

/// For a negative: what was searched.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SearchTrace {
    /// Files searched, with their number of articles.
    pub acts: Vec<(String, usize)>,
    /// Concepts looked for.
    pub concepts: Vec<String>,
    /// The nearest misses.
    pub near_misses: Vec<NearMiss>,
}

/// A reservation or declaration that bears on the requirement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReservationNote {
    /// Instrument and article.
    pub instrument: String,
    /// What it says.
    pub content: String,
}

/// An element of the requirement and whether it was met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ElementResult {
    /// Its name.
    pub name: String,
    /// Its role.
    pub role: Role,
    /// What is asked.
    pub text: String,
    /// Whether it is met; none where no test exists for it.
    pub met: Option<bool>,
}

/// The verdict for one jurisdiction and one requirement.
#[derive(Debug, Clone, Serialize)]
pub struct Finding {
    /// Whose law.
    pub jurisdiction: Jurisdiction,
    /// Requirement id.
    pub requirement: String,
    /// The verdict.
    pub verdict: Verdict,
    /// Deciding provisions, most decisive first.
    pub provisions: Vec<ProvisionRef>,
    /// What is missing, by name.
    pub missing: Vec<String>,
    /// What the texts held allow to say: `held`, `held, incomplete: ...`, `not held`.
    pub coverage: String,
    /// Why the verdict is undetermined; empty otherwise.
    pub reason: String,
    /// The elements, met or not.
    pub elements: Vec<ElementResult>,
    /// Quotations.
    pub evidence: Vec<Evidence>,
    /// For a negative: what was searched.
    pub trace: Option<SearchTrace>,
    /// Reservations of the State that bear on the requirement.
    pub reservations: Vec<ReservationNote>,
    /// The offence pairs, for the equivalence requirement.
    pub pairs: Vec<PairResult>,
}

impl Finding {
    /// The most decisive quotation, or nothing.
    pub fn quote(&self) -> &str {
        self.evidence.first().map_or("", |e| e.quote.as_str())
    }
}

/// How words decide whether an offence reaches its online form (catalogue 4.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum MediumClass {
    /// Medium-neutral words, or a conduct that can be performed at a distance.
    A,
    /// Neutral but doubtful: a human reads it.
    #[serde(rename = "A-")]
    ADoubtful,
    /// Information technology named.
    B,
    /// A general equivalence clause covers it.
    C,
    /// Bound to carriers, presence or place.
    D,
    /// No offence found at all.
    Absent,
    /// The requirements that would show the offence are not covered by rules,
    /// or could not be decided.
    Unknown,
}

impl MediumClass {
    /// The name in tables.
    pub fn name(self) -> &'static str {
        match self {
            MediumClass::A => "A",
            MediumClass::ADoubtful => "A-",
            MediumClass::B => "B",
            MediumClass::C => "C",
            MediumClass::D => "D",
            MediumClass::Absent => "absent",
            MediumClass::Unknown => "not assessed",
        }
    }

    /// Whether the online form is reached.
    pub fn reached(self) -> bool {
        matches!(self, MediumClass::A | MediumClass::B | MediumClass::C)
    }
}

/// One offence pair with the class its words give it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PairResult {
    /// Code of the pair.
    pub pair: String,
    /// Class.
    pub class: MediumClass,
    /// The provision whose words decide.
    pub provision: Option<ProvisionRef>,
    /// The deciding words.
    pub words: String,
}
