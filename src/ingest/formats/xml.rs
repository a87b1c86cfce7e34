//! What the XML readers share. A reader is a [`Vocabulary`]: a table that says
//! what each element means for an act. The walk over the document, mixed
//! content, notes inside sentences and damaged markup are dealt with here.

mod entity;
mod marks;
mod parse;
mod passages;
#[cfg(test)]
pub(super) mod testing;
#[cfg(test)]
mod tests;
mod tree;
mod writer;

use std::borrow::Cow;

use crate::law::{Date, Number, Standing, UnitKind, Validity};

pub(super) use marks::{bracketed_number, is_citable, without_word};
pub(super) use passages::{Passage, passages};
pub(super) use tree::{Node, Tree};
pub(super) use writer::write;

/// How far a reader looks among the neighbours of an element. Each looks at
/// all of them, so that more must not be quadratic.
pub(super) const MOST_SIBLINGS: usize = 2_000;

/// What an element means.
#[derive(Debug)]
pub(super) enum Role<'t> {
    /// Its words run on in the paragraph around it.
    Inline,
    /// Like `Inline`, but set off by blanks: a table cell, a line break.
    Gap,
    /// A paragraph of its own.
    Block,
    /// Not part of the law's text: dropped with all it holds.
    Drop,
    /// Words that do not belong to the sentence they stand in (a footnote, an
    /// editor's remark): kept as a paragraph of that standing after it.
    Aside(Standing),
    /// Everything in it has this standing.
    Under(Standing),
    /// Its words run on, and the paragraph quotes another act.
    Quoting,
    /// Everything in it is the wording of another act, a note's quotation
    /// included. The marks of quotation that the style sheet prints are put
    /// before its first and after its last words.
    Quotation(QuotationMarks),
    /// A unit that holds what the element holds.
    Unit(Opening<'t>),
    /// A unit that holds what follows the element, up to the next of the same
    /// or an outer rank (1 is outermost) or the end of the markup around it.
    /// What the element itself holds is dropped.
    Heads(u32, Opening<'t>),
    /// Like `Heads`, but the element's words are the unit's first paragraph.
    Begins(u32, Opening<'t>),
    /// The element's text, already cut into paragraphs and items.
    Passages(Vec<Passage>),
}

/// What is printed around a quotation that has no marks in its own text.
#[derive(Debug, Clone, Default)]
pub(super) struct QuotationMarks {
    /// Before the first words.
    pub open: String,
    /// After the last words, with what the amending act goes on with (`”;`).
    pub close: String,
}

impl QuotationMarks {
    /// The marks, and the stop that follows the closing one. Without a mark
    /// the stop would seem to be the quotation's own.
    pub(super) fn new(open: &str, close: &str, goes_on: &str) -> Self {
        let goes_on = if close.is_empty() { "" } else { goes_on.trim() };
        Self {
            open: open.to_owned(),
            close: format!("{close}{goes_on}"),
        }
    }
}

/// A unit to open.
#[derive(Debug, Clone)]
pub(super) struct Opening<'t> {
    /// What it is.
    pub kind: UnitKind,
    /// Number as printed; goes into the text.
    pub number: Cow<'t, str>,
    /// The number by which it is cited, where that is not what is printed.
    pub cited: Option<Number>,
    /// Heading, if any.
    pub heading: Cow<'t, str>,
    /// Standing, if the markup tells.
    pub standing: Standing,
    /// Whether the number also begins the element's text (and must not be
    /// repeated).
    pub number_in_text: bool,
}

impl<'t> Opening<'t> {
    /// A unit with a printed number.
    pub(super) fn new(kind: UnitKind, number: impl Into<Cow<'t, str>>) -> Self {
        let number = number.into();
        let cited = (kind == UnitKind::Article || kind == UnitKind::Schedule)
            .then(|| without_word(number.trim()))
            .filter(|bare| *bare != number.trim())
            .map(Number::new);
        Self {
            kind,
            number,
            cited,
            heading: Cow::Borrowed(""),
            standing: Standing::InForce,
            number_in_text: false,
        }
    }

    /// A unit that is cited by its place, which is not printed.
    pub(super) fn counted(kind: UnitKind, place: u32) -> Self {
        Self {
            cited: Some(Number::counted(place)),
            ..Self::new(kind, "")
        }
    }

    /// With a heading.
    pub(super) fn heading(self, heading: impl Into<Cow<'t, str>>) -> Self {
        Self {
            heading: heading.into(),
            ..self
        }
    }

    /// With a standing.
    pub(super) fn standing(self, standing: Standing) -> Self {
        Self { standing, ..self }
    }

    /// Whether nothing tells the unit but what it holds.
    fn is_bare(&self) -> bool {
        self.cited.is_none() && self.number.trim().is_empty() && self.heading.trim().is_empty()
    }

    /// As a role.
    pub(super) fn role(self) -> Role<'t> {
        Role::Unit(self)
    }
}

/// Where in the act the walk stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// Kind of the innermost open unit.
    pub kind: UnitKind,
    /// Whether an article is open.
    pub in_article: bool,
    /// The standing that everything here has.
    pub standing: Standing,
    /// The days between which the paragraphs here apply, where that is said of
    /// less than the unit they stand in.
    pub validity: Validity,
}

impl Place {
    /// The kind of a numbered division here: the next below the innermost
    /// unit. Small Latin letters number points even right under an article.
    pub(super) fn below(&self, number: &str) -> UnitKind {
        let lettered = number
            .trim_start_matches(['(', ' ', '\n'])
            .starts_with(|c: char| c.is_ascii_lowercase());
        match self.kind {
            UnitKind::Article if lettered => UnitKind::Point,
            UnitKind::Article => UnitKind::Subsection,
            UnitKind::Subsection | UnitKind::Alinea => UnitKind::Point,
            UnitKind::Point | UnitKind::Subpoint => UnitKind::Subpoint,
            // A fragment of an article, quoted without it.
            _ if number.trim_start().starts_with('(') && lettered => UnitKind::Point,
            _ if number.trim_start().starts_with('(') => UnitKind::Subsection,
            _ => UnitKind::Article,
        }
    }
}

/// The table of a format: element means unit.
pub(super) trait Vocabulary {
    /// What an element means where it stands.
    fn role<'t>(&mut self, node: Node<'t>, place: &Place) -> Role<'t>;

    /// Whether the document says of every unit what it is, so that nothing is
    /// to be inferred from the words.
    fn is_exact(&self) -> bool {
        false
    }

    /// The days between which the markup says that a unit applies. The day
    /// that is given as the end is the first of the next wording.
    fn validity(&self, node: Node<'_>) -> Validity {
        let day = |names: &[&str]| {
            names
                .iter()
                .find_map(|name| Date::at_start(&node.attribute(name)))
        };
        Validity {
            from: day(&["RestrictStartDate", "lims:inforce-start-date"]),
            until: day(&["RestrictEndDate", "lims:inforce-end-date"]).and_then(Date::previous),
        }
    }

    /// The same for an element of an article that is no unit of its own.
    fn paragraph_validity(&self, _node: Node<'_>) -> Validity {
        Validity::default()
    }

    /// Whether white space between elements separates words. Not in scripts
    /// written without blanks, nor where it is only there for the eye.
    fn blank_counts(&self, _blank: Node<'_>) -> bool {
        true
    }
}
