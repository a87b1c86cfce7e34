//! The comparison of many jurisdictions, ready for a template.

use std::collections::BTreeMap;

use serde::Serialize;

use super::annex::{self, ActView, InstrumentView, Remark, UnreadView};
use super::page::{Meaning, meanings};
use super::view::{
    Counts, Missing, Places, RequirementLink, StampView, VerdictView, direction, missing, places,
    theme,
};
use super::words::Words;
use super::{Assessed, Run, recommendation};
use crate::assess::Finding;

/// The comparison of the jurisdictions of a run.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ComparisonPage {
    pub profile: String,
    pub stamp: StampView,
    pub counts: Counts,
    pub jurisdictions: Vec<JurisdictionRow>,
    pub requirements: Vec<RequirementRow>,
    /// Jurisdictions stand in rows; else the requirements do.
    pub jurisdictions_in_rows: bool,
    pub acts: Vec<ActView>,
    pub unread: Vec<UnreadView>,
    pub warnings: Vec<Remark>,
    pub skipped: Vec<String>,
    pub without_rules: Vec<RequirementLink>,
    pub instruments: Vec<InstrumentView>,
    pub meanings: Vec<Meaning>,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct JurisdictionRow {
    pub code: String,
    pub country: String,
    /// Name of its report, for links.
    pub file: String,
    pub counts: Counts,
    pub acts: usize,
    /// Files with signs of damage, and files not read.
    pub problems: usize,
    /// In the order of the requirements.
    pub cells: Vec<VerdictView>,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct RequirementRow {
    pub id: String,
    pub title: String,
    pub theme: String,
    /// The first of its theme.
    pub opens_theme: bool,
    pub sources: String,
    pub counts: Counts,
    /// What is missing, most frequent first.
    pub missing: Vec<MissingCount>,
    /// In the order of the jurisdictions.
    pub rows: Vec<DrillRow>,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct MissingCount {
    pub name: String,
    pub text: String,
    pub count: String,
    pub jurisdictions: String,
}

/// One jurisdiction under one requirement.
#[derive(Debug, Clone, Serialize)]
pub(super) struct DrillRow {
    pub code: String,
    pub country: String,
    pub verdict: VerdictView,
    pub provisions: Vec<Places>,
    pub missing: Vec<Missing>,
    pub reason: String,
    pub recommendation: String,
    /// The most decisive words; empty where there are none.
    pub words: String,
    pub language: String,
    pub direction: &'static str,
}

impl ComparisonPage {
    /// The comparison of a run.
    pub fn new(words: &Words, run: &Run<'_>) -> Self {
        let requirements = requirement_rows(words, run);
        let all = run.jurisdictions.iter().flat_map(|a| &a.findings);
        Self {
            profile: run.profile.clone(),
            stamp: StampView::from(&run.stamp),
            counts: Counts::new(words, all.map(|finding| finding.verdict)),
            jurisdictions: run
                .jurisdictions
                .iter()
                .map(|assessed| jurisdiction_row(words, assessed))
                .collect(),
            jurisdictions_in_rows: run.jurisdictions.len() > requirements.len(),
            requirements,
            acts: run
                .jurisdictions
                .iter()
                .flat_map(|assessed| annex::acts(words, &assessed.law))
                .collect(),
            unread: run
                .jurisdictions
                .iter()
                .flat_map(|assessed| annex::unread(&assessed.law))
                .collect(),
            warnings: annex::warnings(run, None),
            skipped: annex::skipped(run, None),
            without_rules: annex::without_rules(run),
            instruments: annex::instruments(words, run, None),
            meanings: meanings(words),
        }
    }
}

fn jurisdiction_row(words: &Words, assessed: &Assessed) -> JurisdictionRow {
    let law = &assessed.law;
    let damaged = law
        .acts
        .iter()
        .filter(|a| a.act.problems.iter().any(|p| p.kind.hides_law()))
        .count();
    JurisdictionRow {
        code: law.jurisdiction.to_string(),
        country: law.country.clone(),
        file: super::file_stem(&law.jurisdiction),
        counts: Counts::new(words, assessed.findings.iter().map(|f| f.verdict)),
        acts: law.acts.len(),
        problems: damaged + law.unread.len(),
        cells: assessed
            .findings
            .iter()
            .map(|finding| VerdictView::new(words, finding.verdict))
            .collect(),
    }
}

/// The requirements in the order of the profile.
fn requirement_rows(words: &Words, run: &Run<'_>) -> Vec<RequirementRow> {
    run.requirements
        .iter()
        .enumerate()
        .map(|(place, requirement)| {
            let id = requirement.id.get_ref();
            // Findings stand in the order of the requirements.
            let found: Vec<(&Assessed, &Finding)> = run
                .jurisdictions
                .iter()
                .filter_map(|assessed| Some((assessed, assessed.findings.get(place)?)))
                .collect();
            let link = RequirementLink::new(run.mappings, id);
            RequirementRow {
                title: link.title,
                opens_theme: place
                    .checked_sub(1)
                    .and_then(|before| run.requirements.get(before))
                    .is_none_or(|before| {
                        theme(run.mappings, before.id.get_ref()) != theme(run.mappings, id)
                    }),
                theme: theme(run.mappings, id),
                sources: run
                    .mappings
                    .tables
                    .entry(id)
                    .map(|entry| entry.sources.clone())
                    .unwrap_or_default(),
                counts: Counts::new(words, found.iter().map(|(_, f)| f.verdict)),
                missing: missing_counts(words, run, &found),
                rows: found
                    .iter()
                    .map(|(assessed, finding)| drill_row(words, run, assessed, finding))
                    .collect(),
                id: link.id,
            }
        })
        .collect()
}

fn missing_counts(
    words: &Words,
    run: &Run<'_>,
    found: &[(&Assessed, &Finding)],
) -> Vec<MissingCount> {
    let mut by_name: BTreeMap<String, (String, Vec<&str>)> = BTreeMap::new();
    for (assessed, finding) in found {
        for item in missing(words, run.mappings, finding) {
            let entry = by_name
                .entry(item.name)
                .or_insert_with(|| (item.text, Vec::new()));
            entry.1.push(assessed.law.jurisdiction.as_str());
        }
    }
    let mut counted: Vec<(String, String, Vec<&str>)> = by_name
        .into_iter()
        .map(|(name, (text, codes))| (name, text, codes))
        .collect();
    counted.sort_by_key(|(_, _, codes)| std::cmp::Reverse(codes.len()));
    counted
        .into_iter()
        .map(|(name, text, codes)| MissingCount {
            name,
            text,
            count: words.counted("missing", codes.len()),
            jurisdictions: codes.join(", "),
        })
        .collect()
}

fn drill_row(words: &Words, run: &Run<'_>, assessed: &Assessed, finding: &Finding) -> DrillRow {
    let law = &assessed.law;
    let language = finding
        .evidence
        .first()
        .map_or("", |evidence| evidence.language.as_str());
    DrillRow {
        code: law.jurisdiction.to_string(),
        country: law.country.clone(),
        verdict: VerdictView::new(words, finding.verdict),
        provisions: places(law, &finding.provisions),
        missing: missing(words, run.mappings, finding),
        reason: finding.reason.clone(),
        recommendation: recommendation::of_finding(run.mappings, finding)
            .map(|found| words.get(&["recommendation", found.verb.name()]).to_owned())
            .unwrap_or_default(),
        words: finding.quote().to_owned(),
        language: language.to_owned(),
        direction: direction(language),
    }
}
