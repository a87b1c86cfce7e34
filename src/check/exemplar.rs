//! How other jurisdictions word a requirement, best matches first.

use std::cmp::Reverse;
use std::path::Path;

use rayon::prelude::*;

use super::diagnostic::Comparable;
use crate::annotate::Annotator;
use crate::assess::{Finding, JurisdictionLaw, Polarity, Verdict, assess};
use crate::corpus::{Corpus, CorpusError};
use crate::law::Jurisdiction;
use crate::mappings::{Mappings, Requirement};

/// What is compared with: closest first.
#[derive(Debug, Clone, Default)]
pub struct Nearness<'a> {
    /// Primary subtag of a language; empty for none.
    pub language: &'a str,
    /// Legal family; empty for none.
    pub family: &'a str,
    /// The jurisdiction that is compared, left out.
    pub without: &'a str,
}

/// Longest quotation shown, in characters: a whole provision where it is short.
const LONGEST: usize = 700;

/// The provisions of a corpus that meet requirements: for each requirement,
/// at most one of each jurisdiction, full ones first, then the closest.
///
/// # Errors
/// When the corpus cannot be used.
pub fn exemplars(
    corpus: &Path,
    selection: &[Jurisdiction],
    requirements: &[&Requirement],
    mappings: &Mappings,
    annotator: &Annotator,
    near: &Nearness<'_>,
) -> Result<Vec<(String, Vec<Comparable>)>, CorpusError> {
    let corpus = Corpus::load(corpus, selection, &|_| {})?;
    let assessed: Vec<(JurisdictionLaw, Vec<Finding>)> = corpus
        .jurisdictions
        .into_par_iter()
        .filter(|texts| texts.jurisdiction.as_str() != near.without)
        .map(|texts| {
            let law = JurisdictionLaw {
                jurisdiction: texts.jurisdiction,
                country: texts.country,
                acts: texts
                    .acts
                    .into_par_iter()
                    .map(|act| annotator.annotate(act))
                    .collect(),
                unread: texts.unread,
                twins: texts.twins,
            };
            let findings = assess(&law, mappings, requirements);
            (law, findings)
        })
        .collect();
    Ok(requirements
        .iter()
        .map(|requirement| {
            let id = requirement.id.get_ref();
            let mut found: Vec<(Verdict, Comparable)> = assessed
                .iter()
                .filter_map(|(law, findings)| {
                    let finding = findings.iter().find(|f| f.requirement == *id)?;
                    comparable(law, finding, mappings).map(|c| (finding.verdict, c))
                })
                .collect();
            found.sort_by_cached_key(|(verdict, c)| {
                (
                    *verdict != Verdict::Full,
                    Reverse(closeness(c, near)),
                    Reverse(c.elements.len()),
                    c.jurisdiction.clone(),
                )
            });
            (id.clone(), found.into_iter().map(|(_, c)| c).collect())
        })
        .collect())
}

/// Same language counts most, then the family.
fn closeness(comparable: &Comparable, near: &Nearness<'_>) -> u8 {
    let language = comparable.language.split('-').next().unwrap_or_default();
    let same_language = !near.language.is_empty() && language == near.language;
    let same_family = !near.family.is_empty() && comparable.family == near.family;
    u8::from(same_language) * 2 + u8::from(same_family)
}

fn comparable(law: &JurisdictionLaw, finding: &Finding, mappings: &Mappings) -> Option<Comparable> {
    if !matches!(finding.verdict, Verdict::Full | Verdict::Partial) {
        return None;
    }
    let evidence = finding
        .evidence
        .iter()
        .find(|e| e.polarity == Polarity::Supports)?;
    let annotated = law.acts.get(evidence.place.act)?;
    let act = &annotated.act;
    // The whole smallest unit, where that is short enough to read.
    let unit = act
        .ancestors(evidence.place.provision)
        .filter(|id| act.provision(*id).span.contains(evidence.span))
        .map(|id| act.provision(id).span)
        .take_while(|span| span.len() <= LONGEST)
        .filter(|span| !span.is_empty())
        .last()
        .unwrap_or(evidence.span);
    let id = act.innermost_at(unit.start);
    let title = if act.title.is_empty() {
        act.source.file.clone()
    } else {
        act.title.clone()
    };
    Some(Comparable {
        jurisdiction: law.jurisdiction.to_string(),
        country: law.country.clone(),
        act: title,
        file: act.source.file.clone(),
        locator: act.locator(id).to_string(),
        date: act.date.clone(),
        language: act.language.to_string(),
        family: mappings.tables.family(law.jurisdiction.as_str()).to_owned(),
        elements: finding
            .elements
            .iter()
            .filter(|element| element.met == Some(true))
            .map(|element| element.name.clone())
            .collect(),
        quote: act.quote(unit).to_owned(),
    })
}
