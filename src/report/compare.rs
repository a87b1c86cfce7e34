//! The comparison of many jurisdictions, ready for a template.

use std::collections::BTreeMap;

use serde::Serialize;

use super::annex::{self, ActView, InstrumentView, Remark, UnreadView};
use super::arrange::{self, GroupBy};
use super::distance::{self, Distance};
use super::finding_view::{ReviewView, element_state};
use super::page::{Meaning, meanings};
use super::penalties::{self, PenaltyTable};
use super::rollup::{self, Rollup};
use super::statements::{self, StatementView};
use super::view::{
    Counts, Missing, Places, RequirementLink, StampView, VerdictView, direction, element_text,
    missing, places, theme,
};
use super::words::Words;
use super::world::{self, WorldMap};
use super::{Assessed, Run, recommendation};
use crate::annotate::AgeClass;
use crate::assess::{Finding, Verdict};
use crate::mappings::{ElementKind, Instrument, Method, Requirement};

/// The comparison of the jurisdictions of a run.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ComparisonPage {
    pub profile: String,
    pub stamp: StampView,
    pub counts: Counts,
    pub conflicts: Vec<Conflict>,
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
    /// Jurisdictions stand in groups.
    pub grouped: bool,
    /// The groups with how many jurisdictions follow one another in each.
    pub groups: Vec<GroupView>,
    pub ages: AgeTable,
    pub penalties: PenaltyTable,
    /// None where no jurisdiction is on it.
    pub map: Option<WorldMap>,
    pub rollups: Vec<Rollup>,
    /// Distances of all pairs, in the order of the jurisdictions.
    pub distances: Vec<Vec<Distance>>,
    /// Instruments with recorded ratifications, in the order of the
    /// jurisdictions' `bonds`.
    pub memberships: Vec<String>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct GroupView {
    pub name: String,
    pub size: usize,
}

/// Ages side by side: what the words quoted for each requirement state.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct AgeTable {
    /// Requirements that ask for an age.
    pub columns: Vec<RequirementLink>,
    pub rows: Vec<AgeRow>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct AgeRow {
    pub code: String,
    pub country: String,
    pub cells: Vec<AgeCell>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct AgeCell {
    /// "under 16; under 18"; empty where the words state none.
    pub text: String,
    /// The upper bounds, ascending: 18 for "under 18". For charts.
    pub bounds: Vec<u8>,
    pub verdict: VerdictView,
}

/// A conflict, for the summary.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Conflict {
    pub code: String,
    pub country: String,
    pub id: String,
    pub title: String,
    pub verdict: VerdictView,
    pub missing: String,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct JurisdictionRow {
    pub code: String,
    pub country: String,
    /// Name of its report, for links.
    pub file: String,
    pub counts: Counts,
    /// Empty where it is not recorded.
    pub region: String,
    pub legal_family: String,
    /// How it stands to the page's `memberships`.
    pub bonds: Vec<String>,
    /// Its group; empty without groups.
    pub group: String,
    /// The first of its group.
    pub opens_group: bool,
    /// The nearest jurisdictions: country, and on how many requirements apart.
    pub nearest: Vec<Neighbour>,
    pub acts: usize,
    /// Files with signs of damage, and files not read.
    pub problems: usize,
    /// In the order of the requirements.
    pub cells: Vec<VerdictView>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Neighbour {
    pub code: String,
    pub country: String,
    pub apart: usize,
    pub both: usize,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct RequirementRow {
    pub id: String,
    pub title: String,
    pub theme: String,
    /// The first of its theme.
    pub opens_theme: bool,
    pub sources: String,
    pub counts: Counts,
    /// What is missing, most frequent first.
    pub missing: Vec<MissingCount>,
    /// Element by element, each with its state in every jurisdiction.
    pub elements: Vec<ElementRow>,
    /// In the order of the jurisdictions.
    pub rows: Vec<DrillRow>,
}

/// One element of a requirement in all jurisdictions.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ElementRow {
    pub name: String,
    pub text: String,
    pub role: String,
    pub met: usize,
    pub not_met: usize,
    /// In the order of the jurisdictions.
    pub states: Vec<ElementState>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct ElementState {
    pub code: String,
    pub country: String,
    /// `met`, `not-met`, `untested`.
    pub state: &'static str,
    pub word: String,
    pub sign: &'static str,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct MissingCount {
    pub name: String,
    pub text: String,
    pub count: String,
    pub jurisdictions: String,
}

/// One jurisdiction under one requirement.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct DrillRow {
    pub code: String,
    pub country: String,
    pub verdict: VerdictView,
    pub provisions: Vec<Places>,
    pub missing: Vec<Missing>,
    pub reason: String,
    pub recommendation: String,
    /// What reviewers say, beside the program's verdict.
    pub reviews: Vec<ReviewView>,
    /// Penalty clauses of the deciding articles.
    pub penalties: Vec<StatementView>,
    /// The most decisive words; empty where there are none.
    pub words: String,
    pub language: String,
    pub direction: &'static str,
}

impl ComparisonPage {
    /// The comparison of a run.
    pub fn new(words: &Words, run: &Run<'_>) -> Self {
        let requirements = requirement_rows(words, run);
        let distances = distance::distances(run);
        let jurisdictions = jurisdiction_rows(words, run, &distances);
        let all = run.jurisdictions.iter().flat_map(|a| &a.findings);
        Self {
            profile: words.data(&run.profile).to_owned(),
            stamp: StampView::from(&run.stamp),
            counts: Counts::new(words, all.map(|finding| finding.verdict)),
            conflicts: conflicts(words, run),
            grouped: run.group != GroupBy::Nothing,
            groups: groups(&jurisdictions),
            jurisdictions,
            ages: age_table(words, run),
            penalties: penalties::table(words, run),
            map: world::map(words, run),
            rollups: rollup::rollups(words, run),
            distances,
            memberships: recorded(run).map(|(code, _)| code.clone()).collect(),
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
            without_rules: annex::without_rules(words, run),
            instruments: annex::instruments(words, run, None),
            meanings: meanings(words),
        }
    }
}

fn conflicts(words: &Words, run: &Run<'_>) -> Vec<Conflict> {
    let of = |assessed: &Assessed, finding: &Finding| {
        let names: Vec<String> = missing(words, run.mappings, finding)
            .into_iter()
            .map(|item| item.name)
            .collect();
        Conflict {
            code: assessed.law.jurisdiction.to_string(),
            country: assessed.law.country.clone(),
            title: RequirementLink::new(words, run.mappings, &finding.requirement).title,
            id: finding.requirement.clone(),
            verdict: VerdictView::new(words, finding.verdict),
            missing: names.join("; "),
        }
    };
    run.findings()
        .filter(|(_, finding)| finding.verdict == Verdict::Conflict)
        .map(|(assessed, finding)| of(assessed, finding))
        .collect()
}

/// Instruments whose ratifications are recorded.
fn recorded<'m>(run: &Run<'m>) -> impl Iterator<Item = (&'m String, &'m Instrument)> {
    let instruments = run.mappings.tables.instruments.iter();
    instruments.filter(|(_, instrument)| !instrument.ratifications.is_empty())
}

fn groups(jurisdictions: &[JurisdictionRow]) -> Vec<GroupView> {
    let mut groups: Vec<GroupView> = Vec::new();
    for row in jurisdictions {
        match groups.last_mut() {
            Some(last) if !row.opens_group => last.size += 1,
            _ => groups.push(GroupView {
                name: row.group.clone(),
                size: 1,
            }),
        }
    }
    groups
}

fn jurisdiction_rows(
    words: &Words,
    run: &Run<'_>,
    distances: &[Vec<Distance>],
) -> Vec<JurisdictionRow> {
    let mut rows: Vec<JurisdictionRow> = Vec::new();
    for (place, assessed) in run.jurisdictions.iter().enumerate() {
        let mut row = jurisdiction_row(words, run, assessed);
        row.opens_group =
            !row.group.is_empty() && rows.last().is_none_or(|last| last.group != row.group);
        row.nearest = distance::nearest(distances, place)
            .into_iter()
            .filter_map(|other| {
                let law = &run.jurisdictions.get(other)?.law;
                let distance = distances.get(place)?.get(other)?;
                Some(Neighbour {
                    code: law.jurisdiction.to_string(),
                    country: law.country.clone(),
                    apart: distance.apart,
                    both: distance.both,
                })
            })
            .collect();
        rows.push(row);
    }
    rows
}

fn jurisdiction_row(words: &Words, run: &Run<'_>, assessed: &Assessed) -> JurisdictionRow {
    let law = &assessed.law;
    let damaged = law
        .acts
        .iter()
        .filter(|a| a.act.problems.iter().any(|p| p.kind.hides_law()))
        .count();
    let entry = run.mappings.tables.jurisdiction(law.jurisdiction.as_str());
    JurisdictionRow {
        code: law.jurisdiction.to_string(),
        country: law.country.clone(),
        file: super::file_stem(&law.jurisdiction),
        counts: Counts::new(words, assessed.findings.iter().map(|f| f.verdict)),
        region: entry
            .map(|entry| words.data(&entry.region).to_owned())
            .unwrap_or_default(),
        legal_family: entry
            .map(|entry| words.data(&entry.legal_family).to_owned())
            .unwrap_or_default(),
        bonds: recorded(run)
            .map(|(code, _)| {
                let bond = recommendation::bond(run.mappings, &law.jurisdiction, code, "");
                words.get(&["bond", bond.name()]).to_owned()
            })
            .collect(),
        group: arrange::group_name(words, run, assessed),
        opens_group: false,
        nearest: Vec::new(),
        acts: law.acts.len(),
        problems: damaged + law.unread.len(),
        cells: assessed
            .findings
            .iter()
            .map(|finding| VerdictView::new(words, finding.verdict))
            .collect(),
    }
}

/// Whether a requirement asks for an age as such.
fn asks_age(requirement: &Requirement) -> bool {
    let by_method = matches!(
        requirement.method,
        Method::ChildDefinition | Method::ChildDefinitions | Method::MaterialAge
    );
    by_method
        || requirement
            .elements
            .iter()
            .any(|element| element.kind == ElementKind::Age)
}

fn age_table(words: &Words, run: &Run<'_>) -> AgeTable {
    let asked: Vec<(usize, &str)> = run
        .requirements
        .iter()
        .enumerate()
        .filter(|(_, requirement)| asks_age(requirement))
        .map(|(place, requirement)| (place, requirement.id.get_ref().as_str()))
        .collect();
    AgeTable {
        columns: asked
            .iter()
            .map(|(_, id)| RequirementLink::new(words, run.mappings, id))
            .collect(),
        rows: run
            .jurisdictions
            .iter()
            .map(|assessed| AgeRow {
                code: assessed.law.jurisdiction.to_string(),
                country: assessed.law.country.clone(),
                cells: asked
                    .iter()
                    .filter_map(|(place, _)| assessed.findings.get(*place))
                    .map(|finding| age_cell(words, assessed, finding))
                    .collect(),
            })
            .collect(),
    }
}

fn age_cell(words: &Words, assessed: &Assessed, finding: &Finding) -> AgeCell {
    let mut classes: Vec<AgeClass> = Vec::new();
    for age in statements::ages(&assessed.law, finding) {
        if !classes.contains(&age.class) {
            classes.push(age.class);
        }
    }
    classes.sort_by_key(|class| (class.upper(), class.lower()));
    let mut bounds: Vec<u8> = classes.iter().filter_map(|class| class.upper()).collect();
    bounds.dedup();
    let names: Vec<String> = classes
        .into_iter()
        .map(|class| statements::class_words(words, class))
        .collect();
    AgeCell {
        text: names.join("; "),
        bounds,
        verdict: VerdictView::new(words, finding.verdict),
    }
}

/// The elements of a requirement with their state in every jurisdiction.
fn element_rows(words: &Words, found: &[(&Assessed, &Finding)]) -> Vec<ElementRow> {
    let Some((_, first)) = found.first() else {
        return Vec::new();
    };
    first
        .elements
        .iter()
        .enumerate()
        .map(|(place, element)| {
            let states: Vec<ElementState> = found
                .iter()
                .map(|(assessed, finding)| {
                    let met = finding.elements.get(place).and_then(|element| element.met);
                    let (state, sign) = element_state(met);
                    ElementState {
                        code: assessed.law.jurisdiction.to_string(),
                        country: assessed.law.country.clone(),
                        state,
                        word: words.get(&["state", state]).to_owned(),
                        sign,
                    }
                })
                .collect();
            let count = |state: &str| states.iter().filter(|s| s.state == state).count();
            ElementRow {
                name: words.name(&element.name),
                text: element_text(words, &element.text),
                role: words.get(&["role", element.role.name()]).to_owned(),
                met: count("met"),
                not_met: count("not-met"),
                states,
            }
        })
        .collect()
}

/// The requirements in the order of the profile.
fn requirement_rows(words: &Words, run: &Run<'_>) -> Vec<RequirementRow> {
    (0..run.requirements.len())
        .filter_map(|place| RequirementRow::new(words, run, place))
        .collect()
}

impl RequirementRow {
    /// The requirement at a place of the run, in all jurisdictions.
    pub fn new(words: &Words, run: &Run<'_>, place: usize) -> Option<Self> {
        let rows = run
            .jurisdictions
            .iter()
            .filter_map(|assessed| Some((assessed, assessed.findings.get(place)?)))
            .map(|(assessed, finding)| drill_row(words, run, assessed, finding))
            .collect();
        Some(Self {
            rows,
            ..Self::without_rows(words, run, place)?
        })
    }

    /// The same without the words of the law in each jurisdiction.
    pub fn without_rows(words: &Words, run: &Run<'_>, place: usize) -> Option<Self> {
        let id = run.requirements.get(place)?.id.get_ref();
        // Findings stand in the order of the requirements.
        let found: Vec<(&Assessed, &Finding)> = run
            .jurisdictions
            .iter()
            .filter_map(|assessed| Some((assessed, assessed.findings.get(place)?)))
            .collect();
        let link = RequirementLink::new(words, run.mappings, id);
        Some(RequirementRow {
            title: link.title,
            opens_theme: place
                .checked_sub(1)
                .and_then(|before| run.requirements.get(before))
                .is_none_or(|before| {
                    theme(words, run.mappings, before.id.get_ref())
                        != theme(words, run.mappings, id)
                }),
            theme: theme(words, run.mappings, id),
            sources: run
                .mappings
                .tables
                .entry(id)
                .map(|entry| entry.sources.clone())
                .unwrap_or_default(),
            counts: Counts::new(words, found.iter().map(|(_, f)| f.verdict)),
            missing: missing_counts(words, run, &found),
            elements: element_rows(words, &found),
            rows: Vec::new(),
            id: link.id,
        })
    }
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
        reason: words.said(&finding.reason),
        recommendation: recommendation::of_finding(run.mappings, finding)
            .map(|found| words.get(&["recommendation", found.verb.name()]).to_owned())
            .unwrap_or_default(),
        reviews: assessed
            .reviews_of(finding)
            .map(|checked| ReviewView::new(words, checked))
            .collect(),
        penalties: statements::penalty_views(words, run.mappings, law, finding),
        words: finding.quote().to_owned(),
        language: language.to_owned(),
        direction: direction(language),
    }
}
