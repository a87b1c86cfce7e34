//! Provisions: the units of an act, from book to point.

use serde::{Deserialize, Serialize};

use super::{Number, Span, Validity};

/// A provision's place in its act's list of provisions (document order).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ProvisionId(pub u32);

impl ProvisionId {
    /// The act itself, root of the tree.
    pub const ROOT: ProvisionId = ProvisionId(0);

    /// As an index into the act's list.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a unit is called in drafting. Everything above `Article` groups
/// articles; everything below divides one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnitKind {
    /// The act as a whole.
    Act,
    /// Enacting formula, recitals, long title.
    Preamble,
    /// Book, code volume.
    Book,
    /// Part.
    Part,
    /// Title, as the French and Spanish codes use it.
    Title,
    /// Chapter.
    Chapter,
    /// Division that groups articles (German *Abschnitt*, French *section*).
    Division,
    /// Schedule or annex: its numbers restart.
    Schedule,
    /// The unit that is cited by number: article, section, §, 条.
    Article,
    /// Subsection, numbered paragraph, *Absatz*: `(4)`.
    Subsection,
    /// Paragraph or point with a letter or number: `(a)`, `1.`, `2°`.
    Point,
    /// A division of a point: `(i)`, `aa)`.
    Subpoint,
    /// Unnumbered paragraph of an article, counted: *alinéa* 4.
    Alinea,
}

impl UnitKind {
    /// Whether the unit groups articles.
    pub fn is_group(self) -> bool {
        self < UnitKind::Article
    }
}

/// Whether and why a unit's words may not be read as the law in force.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Operative law as far as the text tells.
    #[default]
    InForce,
    /// Marked as repealed or struck through.
    Repealed,
    /// An older wording printed before the one in force.
    Superseded,
    /// A wording that starts later, or has been suspended.
    NotInForce,
    /// Words of another act quoted in an amending act.
    Quoted,
    /// Transitional, final or commencement rule.
    Transitional,
    /// Editorial note, amendment history, footnote.
    Note,
    /// Table of contents.
    Contents,
}

impl Standing {
    /// Whether such words may support a finding.
    pub fn may_count(self) -> bool {
        matches!(self, Standing::InForce | Standing::Transitional)
    }
}

/// One unit of an act.
#[derive(Debug, Clone)]
pub struct Provision {
    /// The unit that holds this one; none for the act itself.
    pub parent: Option<ProvisionId>,
    /// What it is.
    pub kind: UnitKind,
    /// Its number as printed, if it has one. Alineas carry their count.
    pub number: Option<Number>,
    /// Its heading or marginal note, without the number.
    pub heading: Option<Span>,
    /// Everything from its number or heading to the end of its last child.
    pub span: Span,
    /// Where its own words begin, after number and heading.
    pub body_start: usize,
    /// Whether it counts as law in force.
    pub standing: Standing,
    /// When this wording applies, where the text tells.
    pub validity: Validity,
}
