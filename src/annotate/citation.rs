//! Citations in running text: `section 163.1(4)`, `§ 11 Absatz 3`, `l'alinéa 2
//! de l'article 5`, `第七条第二項`. Here they are recognised, with the words of
//! the language packs; [`Resolver`] says which provision they name.

mod east_asian;
mod lexer;
mod parser;
mod resolve;
#[cfg(test)]
mod tests;
mod titles;
mod words;

use crate::law::{Act, Number, Span, Standing};

pub use resolve::{Resolution, Resolver, Target, Unresolved};
pub use words::CitationReader;

/// A cited unit, as far as its words tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The words that cite, in canonical text. In a list each unit has its own.
    pub span: Span,
    /// Where the way to the unit begins.
    pub base: Base,
    /// The way down from there, outermost first.
    pub steps: Vec<Step>,
    /// The last article of a range: `articles 5 to 8`.
    pub through: Option<Number>,
    /// The last sub-unit of a range: `subsections (1) to (3)`. It stands in
    /// place of the last step.
    pub last_step: Option<Number>,
    /// Which act is meant.
    pub act: CitedAct,
}

/// Where the way to a cited unit begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Base {
    /// An article, by number.
    Article(Number),
    /// A schedule or annex, by number, or a part of it.
    Schedule {
        /// Its number.
        number: Number,
        /// The number of the part.
        part: Option<Number>,
    },
    /// The article that cites: `subsection (1)`.
    Here,
    /// The article before it.
    Preceding,
    /// The article after it.
    Following,
    /// The division or item before the one that cites.
    PrecedingUnit(StepKind),
    /// The division or item after it.
    FollowingUnit(StepKind),
}

/// One step down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What the words call it.
    pub kind: StepKind,
    /// Its number, or its place if it is counted.
    pub number: Number,
}

/// What a sub-unit is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StepKind {
    /// A number in brackets, of any level.
    Any,
    /// A numbered division of the article.
    Subsection,
    /// A lettered or numbered item.
    Point,
    /// A counted paragraph.
    Alinea,
    /// A sentence: no unit of the tree.
    Sentence,
}

/// Which act a citation means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CitedAct {
    /// No words about it: the act itself.
    Unsaid,
    /// The act itself, in words.
    This,
    /// Another one; the span holds its name, and often more.
    Named(Span),
    /// One that was named before.
    Same,
    /// It may be another: the same list goes on to name one.
    Unclear,
}

impl CitationReader {
    /// The citations of an act in the order of the text. Editors' notes and
    /// the numbers of the units themselves are left out.
    pub fn read(&self, act: &Act) -> Vec<Citation> {
        let text = act.text.as_str();
        let mut found = if self.is_east_asian() {
            east_asian::scan(self, text)
        } else {
            parser::scan(self, text)
        };
        found.retain(|citation| {
            let empty = citation.base == Base::Here && citation.steps.is_empty();
            !empty && is_cited_from(act, citation.span)
        });
        found
    }
}

/// Whether words at this place cite: not a note, not a unit's own number.
fn is_cited_from(act: &Act, span: Span) -> bool {
    let id = act.innermost_at(span.start);
    let unit = act.provision(id);
    let number_end = unit
        .heading
        .map_or(unit.body_start, |heading| heading.start);
    let is_own_number = unit.number.is_some() && span.start < number_end;
    !is_own_number && !matches!(act.standing(id), Standing::Note | Standing::Contents)
}
