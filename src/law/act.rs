//! An act: its identity, its text and its tree of provisions.

use serde::{Deserialize, Serialize};

use super::{
    CanonicalText, Jurisdiction, Language, Locator, Problem, Provision, ProvisionId, Span,
    Standing, UnitKind,
};

/// Where an act's text came from and how it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActSource {
    /// Path relative to the jurisdiction's folder, with forward slashes.
    pub file: String,
    /// Lower-case hexadecimal SHA-256 of the file's bytes.
    pub sha256: String,
    /// Name of the detected format (`markdown`, `gii-xml`, `pdf` ...).
    pub format: String,
    /// Which reader produced the text, when there is a choice (`pdftotext`).
    pub reader: String,
    /// The character encoding the bytes were decoded with.
    pub encoding: String,
}

/// One statute, code, regulation or bill.
#[derive(Debug, Clone)]
pub struct Act {
    /// Whose law it is.
    pub jurisdiction: Jurisdiction,
    /// File, hash, format.
    pub source: ActSource,
    /// Title as the text or the manifest gives it.
    pub title: String,
    /// Official identifier, if known (`BOE-A-1995-25444`).
    pub identifier: String,
    /// Language of the text.
    pub language: Language,
    /// Date of the version, as given (ISO where the source is).
    pub date: String,
    /// The text all spans refer to.
    pub text: CanonicalText,
    /// All units in document order; the first is the act itself.
    pub provisions: Vec<Provision>,
    /// What is wrong with the text.
    pub problems: Vec<Problem>,
}

impl Act {
    /// The provision with this id.
    ///
    /// Ids come from this act's own list, so the index is always valid; an id
    /// of another act gives the root instead of a panic.
    pub fn provision(&self, id: ProvisionId) -> &Provision {
        self.provisions
            .get(id.index())
            .unwrap_or(&self.provisions[0])
    }

    /// All ids in document order.
    pub fn ids(&self) -> impl Iterator<Item = ProvisionId> + '_ {
        (0..self.provisions.len() as u32).map(ProvisionId)
    }

    /// The article-level units, in document order.
    pub fn articles(&self) -> impl Iterator<Item = ProvisionId> + '_ {
        self.ids()
            .filter(|id| self.provision(*id).kind == UnitKind::Article)
    }

    /// The direct children of a unit, in document order.
    pub fn children(&self, parent: ProvisionId) -> impl Iterator<Item = ProvisionId> + '_ {
        let end = self.provision(parent).span.end;
        self.ids()
            .skip(parent.index() + 1)
            .take_while(move |id| self.provision(*id).span.start <= end)
            .filter(move |id| self.provision(*id).parent == Some(parent))
    }

    /// The unit itself and what holds it, innermost first, ending with the act.
    pub fn ancestors(&self, id: ProvisionId) -> impl Iterator<Item = ProvisionId> + '_ {
        std::iter::successors(Some(id), |id| self.provision(*id).parent)
    }

    /// The article a unit belongs to (itself if it is one).
    pub fn article_of(&self, id: ProvisionId) -> Option<ProvisionId> {
        self.ancestors(id)
            .find(|id| self.provision(*id).kind == UnitKind::Article)
    }

    /// The innermost unit whose span holds the byte offset.
    pub fn innermost_at(&self, offset: usize) -> ProvisionId {
        let upper = self
            .provisions
            .partition_point(|provision| provision.span.start <= offset);
        (0..upper)
            .rev()
            .map(|index| ProvisionId(index as u32))
            .find(|id| offset < self.provision(*id).span.end)
            .unwrap_or(ProvisionId::ROOT)
    }

    /// The headings over a unit, innermost first, its own included.
    pub fn headings(&self, id: ProvisionId) -> Vec<Span> {
        self.ancestors(id)
            .filter_map(|id| self.provision(id).heading)
            .collect()
    }

    /// The worst standing of a unit and of everything that holds it.
    pub fn standing(&self, id: ProvisionId) -> Standing {
        self.ancestors(id)
            .map(|id| self.provision(id).standing)
            .find(|standing| *standing != Standing::InForce)
            .unwrap_or_default()
    }

    /// How this act's own tradition cites the unit.
    pub fn locator(&self, id: ProvisionId) -> Locator {
        Locator::of(self, id)
    }

    /// The words at a span.
    pub fn quote(&self, span: Span) -> &str {
        self.text.quote(span)
    }

    /// First and last article number as printed, for tables.
    pub fn first_and_last(&self) -> (String, String) {
        let mut numbers = self
            .articles()
            .filter_map(|id| self.provision(id).number.as_ref());
        let first = numbers.next().map(|n| n.to_string()).unwrap_or_default();
        let last = numbers
            .last()
            .map(|n| n.to_string())
            .unwrap_or_else(|| first.clone());
        (first, last)
    }
}
