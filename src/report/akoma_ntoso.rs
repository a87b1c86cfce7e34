//! An act as Akoma Ntoso 3, the international standard for the XML of laws.
//!
//! Words, numbers and the tree are the act's own; nothing is rebuilt. What the
//! schema has no element for (an older wording, a transitional rule) stands in
//! `otherAnalysis`, by the id of the unit.

mod body;
mod element;
mod meta;
mod periods;
mod xml;

use crate::law::{Act, ProvisionId, Span};

/// A reference within an act: words that name one of its units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// The words, in canonical text.
    pub span: Span,
    /// The unit they name.
    pub target: ProvisionId,
}

/// Writes an act as an Akoma Ntoso 3 document. `links` become `ref` elements;
/// of two that overlap the first is kept.
pub fn akoma_ntoso(act: &Act, links: &[Link]) -> String {
    body::document(act, links)
}

#[cfg(test)]
mod tests;
