//! What an act refers to: its citations with the provisions they name, and
//! the definitions of the child that it sets.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use crate::annotate::{CitationReader, Resolution, Resolver};
use crate::assess::{JurisdictionLaw, definitions};
use crate::corpus::{Corpus, JurisdictionTexts, Listing, Place};
use crate::law::{Act, ProvisionId, Span};
use crate::mappings::Mappings;
use crate::report::Link;

/// One citation in the JSON output. Either `locator` or `unresolved` is set.
#[derive(Debug, Serialize)]
pub(super) struct Cited {
    /// Where the citing words stand.
    pub(super) at: String,
    start: usize,
    end: usize,
    pub(super) words: String,
    /// File of the cited act, if it is another one.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) file: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) locator: String,
    /// The last of a range.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) through: String,
    /// Whether the cited sub-unit itself was found, not only what holds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) whole: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) unresolved: Option<&'static str>,
    /// The reason in words.
    #[serde(skip)]
    pub(super) reason: String,
    #[serde(skip)]
    link: Option<Link>,
}

/// One definition in the JSON output.
#[derive(Debug, Serialize)]
pub(super) struct Defined {
    pub(super) locator: String,
    /// The word defined; empty for majority.
    pub(super) term: String,
    pub(super) age: String,
    start: usize,
    end: usize,
    pub(super) words: String,
}

/// The citations of an act, resolved within it and within `others`.
pub(super) fn citations(act: &Act, others: &[Act], mappings: &Mappings) -> Vec<Cited> {
    let reader = mappings
        .pack_reading(act.language.as_str())
        .and_then(|pack| CitationReader::new(&pack.citations));
    let Some(reader) = reader else {
        return Vec::new();
    };
    let acts: Vec<&Act> = std::iter::once(act).chain(others).collect();
    let resolver = Resolver::new(acts.iter().copied(), mappings);
    let locator = |place: usize, id: ProvisionId| {
        acts.get(place)
            .map(|act| act.locator(id).to_string())
            .unwrap_or_default()
    };
    reader
        .read(act)
        .into_iter()
        .map(|citation| {
            let span = citation.span;
            let mut cited = Cited {
                at: locator(0, act.innermost_at(span.start)),
                start: span.start,
                end: span.end,
                words: words(act, span),
                file: String::new(),
                locator: String::new(),
                through: String::new(),
                whole: None,
                unresolved: None,
                reason: String::new(),
                link: None,
            };
            match resolver.resolve(0, &citation) {
                Resolution::Found(target) => {
                    cited.locator = locator(target.act, target.unit);
                    cited.whole = Some(target.is_whole);
                    if let Some(last) = target.through {
                        cited.through = locator(target.act, last);
                    }
                    if target.act == 0 {
                        cited.link = Some(Link {
                            span,
                            target: target.unit,
                        });
                    } else if let Some(other) = acts.get(target.act) {
                        cited.file = other.source.file.clone();
                    }
                }
                Resolution::Not(reason) => {
                    cited.unresolved = Some(reason.name());
                    cited.reason = reason.to_string();
                }
            }
            cited
        })
        .collect()
}

/// The references that stay within the act.
pub(super) fn links(citations: &[Cited]) -> Vec<Link> {
    citations.iter().filter_map(|cited| cited.link).collect()
}

/// How many citations have no target, by the reason.
pub(super) fn unresolved(citations: &[Cited]) -> BTreeMap<&str, usize> {
    let mut reasons = BTreeMap::new();
    for cited in citations.iter().filter(|cited| cited.unresolved.is_some()) {
        *reasons.entry(cited.reason.as_str()).or_default() += 1;
    }
    reasons
}

/// The definitions of the child and of majority in one act.
pub(super) fn defined(law: &JurisdictionLaw, mappings: &Mappings) -> Vec<Defined> {
    definitions(law, mappings)
        .into_iter()
        .filter_map(|definition| {
            let act = &law.acts.get(definition.act)?.act;
            Some(Defined {
                locator: act
                    .locator(act.innermost_at(definition.span.start))
                    .to_string(),
                term: definition.term,
                age: definition.age.to_string(),
                start: definition.span.start,
                end: definition.span.end,
                words: words(act, definition.span),
            })
        })
        .collect()
}

/// The jurisdiction's other acts in a corpus folder that holds the file.
pub(super) fn beside(file: &Path, corpus: &Path) -> anyhow::Result<(Act, Vec<Act>)> {
    let wanted = std::fs::canonicalize(file)?;
    let listing = Listing::of(corpus)?;
    let listed = listing
        .files
        .iter()
        .find(|listed| matches!(&listed.place, Place::File(path) if std::fs::canonicalize(path).is_ok_and(|path| path == wanted)))
        .ok_or_else(|| {
            anyhow::anyhow!(
                "{} is no text of the corpus {}; name a file in one of its folders",
                file.display(),
                corpus.display()
            )
        })?;
    let name = listed.file.clone();
    let loaded = Corpus::load(corpus, std::slice::from_ref(&listed.jurisdiction), &|_| {})?;
    let mut acts: Vec<Act> = loaded
        .jurisdictions
        .into_iter()
        .flat_map(|texts: JurisdictionTexts| texts.acts)
        .collect();
    let place = acts
        .iter()
        .position(|act| act.source.file == name)
        .ok_or_else(|| anyhow::anyhow!("{}: gave no act; inspect it alone", file.display()))?;
    Ok((acts.remove(place), acts))
}

/// Words on one line.
fn words(act: &Act, span: Span) -> String {
    act.quote(span)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}
