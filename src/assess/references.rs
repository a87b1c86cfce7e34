//! Which article cites which, over all acts of a jurisdiction, as the citation
//! resolver reads them: steps, ranges and names of other acts included.

use crate::annotate::{CitationReader, Resolution, Resolver};
use crate::law::{Act, ProvisionId, Span};
use crate::mappings::Mappings;

use super::context::JurisdictionLaw;

/// An article of one of the acts, by the act's place.
pub(super) type Place = (usize, ProvisionId);

/// A cited article and the one whose words cite it.
#[derive(Debug, Clone, Copy)]
struct Reference {
    span: Span,
    citing: Option<ProvisionId>,
    cited: Place,
}

/// The citations of a jurisdiction's acts that name an article held.
#[derive(Debug, Default)]
pub(super) struct References {
    /// By act, in the order of the text.
    acts: Vec<Vec<Reference>>,
    /// Whether the pack of each act's language says how it cites.
    read: Vec<bool>,
}

impl References {
    /// Reads and resolves the citations of all acts.
    pub fn of(law: &JurisdictionLaw, mappings: &Mappings) -> Self {
        let acts: Vec<&Act> = law.acts.iter().map(|annotated| &annotated.act).collect();
        let resolver = Resolver::new(acts.iter().copied(), mappings);
        let mut references = Self::default();
        for (place, act) in acts.iter().enumerate() {
            let reader = mappings
                .pack_reading(act.language.as_str())
                .and_then(|pack| CitationReader::new(&pack.citations));
            references.read.push(reader.is_some());
            let mut found = Vec::new();
            for citation in reader.map(|reader| reader.read(act)).unwrap_or_default() {
                let Resolution::Found(target) = resolver.resolve(place, &citation) else {
                    continue;
                };
                let Some(other) = acts.get(target.act) else {
                    continue;
                };
                let citing = act.article_of(act.innermost_at(citation.span.start));
                for article in articles(other, target.unit, target.through) {
                    found.push(Reference {
                        span: citation.span,
                        citing,
                        cited: (target.act, article),
                    });
                }
            }
            references.acts.push(found);
        }
        references
    }

    /// Whether the pack of the act's language says how it cites.
    pub fn reads(&self, act: usize) -> bool {
        self.read.get(act).copied().unwrap_or(false)
    }

    /// The articles of the act that a stretch of its text cites.
    pub fn cited_in(&self, act: usize, span: Span) -> Vec<ProvisionId> {
        let found = self.acts.get(act).into_iter().flatten();
        found
            .filter(|reference| span.contains(reference.span) && reference.cited.0 == act)
            .map(|reference| reference.cited.1)
            .collect()
    }

    /// Pairs of a cited and a citing article, other than itself.
    pub fn all(&self) -> impl Iterator<Item = (Place, Place)> + '_ {
        self.acts.iter().enumerate().flat_map(|(act, found)| {
            found.iter().filter_map(move |reference| {
                let citing = (act, reference.citing?);
                (citing != reference.cited).then_some((reference.cited, citing))
            })
        })
    }

    /// Pairs of a cited and a citing article of one act.
    pub fn within(&self, act: usize) -> impl Iterator<Item = (ProvisionId, ProvisionId)> + '_ {
        let found = self.acts.get(act).into_iter().flatten();
        found.filter_map(move |reference| {
            let (other, cited) = reference.cited;
            let citing = reference.citing?;
            (other == act && cited != citing).then_some((cited, citing))
        })
    }

    /// The articles that an article cites, in other acts too.
    pub fn cited_by(&self, citing: Place) -> impl Iterator<Item = Place> + '_ {
        self.acts
            .get(citing.0)
            .into_iter()
            .flatten()
            .filter(move |reference| reference.citing == Some(citing.1))
            .map(|reference| reference.cited)
            .filter(move |cited| *cited != citing)
    }

    /// The articles that cite an article, those of other acts too.
    pub fn citing(&self, cited: Place) -> impl Iterator<Item = Place> + '_ {
        self.all()
            .filter(move |(other, _)| *other == cited)
            .map(|(_, citing)| citing)
    }
}

/// The article that holds a unit, or the articles of a range; a group of
/// articles is none.
fn articles(act: &Act, unit: ProvisionId, through: Option<ProvisionId>) -> Vec<ProvisionId> {
    let Some(first) = act.article_of(unit) else {
        return Vec::new();
    };
    let Some(last) = through.and_then(|last| act.article_of(last)) else {
        return vec![first];
    };
    act.articles()
        .skip_while(|article| *article != first)
        .take_while(|article| *article <= last)
        .collect()
}
