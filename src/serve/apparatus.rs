//! What belongs to the provisions of a jurisdiction besides their words:
//! citations in both directions, the terms that the acts define, and the
//! definitions of the child. Made once, since it takes longer than a page may.

use crate::annotate::{CitationReader, Resolution, Resolver, Target, Unresolved};
use crate::assess::{DefinedTerm, JurisdictionLaw, definitions};
use crate::check::defined_terms;
use crate::law::{Act, ProvisionId, Span};
use crate::mappings::Mappings;

/// The apparatus of one jurisdiction.
#[derive(Debug)]
pub struct Apparatus {
    acts: Vec<ActApparatus>,
    /// Definitions of the child and of majority.
    pub child: Vec<DefinedTerm>,
}

/// The apparatus of one act.
#[derive(Debug, Default)]
pub struct ActApparatus {
    /// Citations in it, in the order of the text.
    pub citations: Vec<Cited>,
    /// Citations of it, from all acts, in the order of the acts.
    pub cited_by: Vec<CitedBy>,
    /// Terms that it defines, with their places.
    pub terms: Vec<(String, Span)>,
}

/// A citation with what became of it.
#[derive(Debug, Clone, Copy)]
pub struct Cited {
    /// The words that cite.
    pub span: Span,
    /// The provision they name, or why none.
    pub target: Result<Target, Unresolved>,
}

/// A citation seen from the act it names.
#[derive(Debug, Clone, Copy)]
pub struct CitedBy {
    /// The provision named; of a range, the first.
    pub unit: ProvisionId,
    /// The last of a range.
    pub through: Option<ProvisionId>,
    /// The citing act, by its place.
    pub act: usize,
    /// The words that cite.
    pub span: Span,
}

impl Apparatus {
    /// Reads the citations and definitions of a jurisdiction's law.
    pub fn of(law: &JurisdictionLaw, mappings: &Mappings) -> Self {
        let acts: Vec<&Act> = law.acts.iter().map(|annotated| &annotated.act).collect();
        let resolver = Resolver::new(acts.iter().copied(), mappings);
        let mut made: Vec<ActApparatus> = Vec::new();
        made.resize_with(acts.len(), ActApparatus::default);
        for (place, act) in acts.iter().enumerate() {
            let reader = mappings
                .pack(act.language.as_str())
                .and_then(|pack| CitationReader::new(&pack.citations));
            let citations: Vec<Cited> = reader
                .map(|reader| reader.read(act))
                .unwrap_or_default()
                .into_iter()
                .map(|citation| Cited {
                    span: citation.span,
                    target: match resolver.resolve(place, &citation) {
                        Resolution::Found(target) => Ok(target),
                        Resolution::Not(reason) => Err(reason),
                    },
                })
                .collect();
            for cited in &citations {
                if let Ok(target) = cited.target
                    && let Some(other) = made.get_mut(target.act)
                {
                    other.cited_by.push(CitedBy {
                        unit: target.unit,
                        through: target.through,
                        act: place,
                        span: cited.span,
                    });
                }
            }
            if let Some(own) = made.get_mut(place) {
                own.citations = citations;
                own.terms = defined_terms(act, mappings);
            }
        }
        Self {
            acts: made,
            child: definitions(law, mappings),
        }
    }

    /// That of the act at a place.
    pub fn act(&self, place: usize) -> Option<&ActApparatus> {
        self.acts.get(place)
    }
}

impl ActApparatus {
    /// The citations within a span.
    pub fn citations_in(&self, span: Span) -> impl Iterator<Item = &Cited> {
        self.citations
            .iter()
            .filter(move |cited| span.contains(cited.span))
    }

    /// The citations of a unit or of anything in it, `units` being the unit
    /// and what it holds, by their first and last id.
    pub fn citing(&self, units: (ProvisionId, ProvisionId)) -> impl Iterator<Item = &CitedBy> {
        self.cited_by.iter().filter(move |by| {
            let last = by.through.unwrap_or(by.unit);
            by.unit <= units.1 && units.0 <= last
        })
    }
}
