//! The tables: catalogue, instruments, profiles, ratifications, reservations,
//! coverage topics and offence pairs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use toml::Spanned;

use super::load::{FileCheck, Files};
use super::requirement::{Requirement, Test};
use super::{Concepts, Diagnostic};

/// One line of `catalogue.csv`: a requirement as the instruments pose it,
/// whether or not rules for it are written yet.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct CatalogueEntry {
    /// Stable kebab-case id.
    pub id: String,
    /// Theme.
    pub theme: String,
    /// What is required, in one line.
    pub title: String,
    /// Instrument provisions, `; `-separated.
    pub sources: String,
    /// 1, 2 or 3.
    pub priority: u8,
}

/// A treaty, directive, guideline or model law.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    /// Full title.
    pub title: String,
    /// What it is.
    pub nature: String,
    /// Whether States bound by it owe its requirements.
    pub binding: bool,
    /// Its name in the ratification and reservation tables.
    #[serde(default)]
    pub ratifications: String,
}

/// A named set of requirements.
#[derive(Debug, Clone, Serialize)]
pub struct Profile {
    /// Name used on the command line.
    pub id: String,
    /// What it is.
    pub title: String,
    /// Requirement ids in order.
    pub members: Vec<String>,
}

/// One State's relation to one instrument.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Ratification {
    /// Jurisdiction code.
    pub jurisdiction: String,
    /// Country name.
    pub country: String,
    /// Instrument's name in this table.
    pub instrument: String,
    /// `party`, `signed` or `not-party`.
    pub status: String,
    /// Since when, if known.
    pub since: String,
    /// The date the statement was true.
    pub as_of: String,
    /// Where it was read.
    pub source: String,
}

/// A reservation or declaration of one State.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Reservation {
    /// Jurisdiction code.
    pub jurisdiction: String,
    /// Instrument's name as in the ratifications.
    pub instrument: String,
    /// Article reserved.
    pub article: String,
    /// Date.
    pub date: String,
    /// Requirement ids it touches, `;`-separated.
    pub requirements: String,
    /// What it says, in our words.
    pub content: String,
}

/// A reservation that an instrument allows on a requirement.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PermittedReservation {
    /// Requirement id.
    pub requirement: String,
    /// The provision that allows it, with its instrument's code first.
    pub source: String,
    /// What may be reserved, in our words.
    pub content: String,
}

/// The least maximum term of imprisonment that an instrument asks for.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PenaltyFloor {
    /// Requirement id.
    pub requirement: String,
    /// The provision, with its instrument's code first.
    pub source: String,
    /// In years, where the child is below the age of sexual consent.
    pub younger_years: u32,
    /// In years, where the child is above it.
    pub older_years: u32,
    /// Whether the number was checked against the instrument's text.
    pub confirmed: bool,
}

/// What comparisons group jurisdictions by.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct JurisdictionEntry {
    /// Jurisdiction code.
    pub code: String,
    /// Common English name.
    pub name: String,
    /// Region, by the geoscheme of the United Nations.
    pub region: String,
    /// `civil law`, `common law`, `mixed` or `Islamic law`.
    pub legal_family: String,
}

/// What a partial finding counts as in a rollup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartialCounts {
    /// As met: the source asks no more than that something is there.
    Yes,
    /// As met in part.
    Partly,
}

/// One part of a rollup: findings answered in the form of an instrument or of
/// a published review.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RollupPart {
    /// Short name of the rollup (`icmec`).
    pub rollup: String,
    /// Its title.
    pub title: String,
    /// The part: an article or a criterion.
    pub part: String,
    /// What it is about.
    pub part_title: String,
    /// Requirement ids, blank-separated.
    pub requirements: String,
    /// What a partial finding counts as.
    pub partial: PartialCounts,
    /// Missing elements, blank-separated, with which a partial finding does
    /// not count as met.
    pub unless: String,
}

/// How to tell that the law on a topic is held at all.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// What the topic is called in a report.
    pub title: String,
    /// Where law on it usually stands, for the reason given with "undetermined".
    pub usual_place: String,
    /// Any of these tests met by enough articles shows that the law is held.
    pub held: Vec<Test>,
    /// How many articles must meet one of the tests.
    pub articles: usize,
    /// Whether those articles must carry a penalty.
    #[serde(default)]
    pub penal: bool,
    /// What a whole penal code in the folder means for the topic.
    #[serde(default)]
    pub code: PenalCode,
}

/// What a whole penal code in the folder means for a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PenalCode {
    /// Nothing.
    #[default]
    Irrelevant,
    /// It shows by itself that the law is held.
    Suffices,
    /// The articles that show it must stand in one.
    Needed,
    /// They must stand elsewhere.
    Excluded,
}

/// An offline offence and its online form (catalogue 4.4).
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    /// What is done offline.
    pub offline: String,
    /// Its online form.
    pub online: String,
    /// Requirements whose findings show the offence and decide `equiv-general`.
    #[serde(default)]
    pub requirements: Vec<String>,
    /// Requirements whose findings show the offence too, and decide nothing.
    #[serde(default)]
    pub beside: Vec<String>,
    /// The requirements named show only part of the offline offence: where
    /// none is met, the pair is not assessed, since the offence may stand elsewhere.
    #[serde(default, rename = "in-part")]
    pub in_part: bool,
    /// Whether the conduct can be performed at a distance although no medium
    /// is named (class A), or suggests bodily things (class A-).
    pub remote: bool,
}

/// All tables.
#[derive(Debug, Default)]
pub struct Tables {
    /// Every requirement of the catalogue, in its order.
    pub catalogue: Vec<CatalogueEntry>,
    /// Ids in the catalogue's order.
    pub order: Vec<String>,
    /// Instruments by code.
    pub instruments: BTreeMap<String, Instrument>,
    /// Profiles in the order of the file.
    pub profiles: Vec<Profile>,
    /// Ratifications.
    pub ratifications: Vec<Ratification>,
    /// Reservations.
    pub reservations: Vec<Reservation>,
    /// Reservations that instruments allow.
    pub permitted: Vec<PermittedReservation>,
    /// Floors of penalties; may be empty.
    pub floors: Vec<PenaltyFloor>,
    /// Coverage topics by id.
    pub topics: BTreeMap<String, Topic>,
    /// Offence pairs by code.
    pub pairs: BTreeMap<String, Pair>,
    /// Region and legal family of jurisdictions; may be empty.
    pub jurisdictions: Vec<JurisdictionEntry>,
    /// Rollups, part by part; may be empty.
    pub rollups: Vec<RollupPart>,
}

impl Tables {
    /// The catalogue's line for a requirement.
    pub fn entry(&self, id: &str) -> Option<&CatalogueEntry> {
        self.catalogue.iter().find(|entry| entry.id == id)
    }

    /// The floor of the penalty for a requirement.
    pub fn penalty_floor(&self, requirement: &str) -> Option<&PenaltyFloor> {
        let mut floors = self.floors.iter();
        floors.find(|floor| floor.requirement == requirement)
    }

    /// The legal family of a jurisdiction; empty where none is recorded.
    pub fn family(&self, jurisdiction: &str) -> &str {
        let entry = self
            .jurisdictions
            .iter()
            .find(|entry| entry.code == jurisdiction);
        entry.map_or("", |entry| &entry.legal_family)
    }

    /// The profile of this name.
    pub fn profile(&self, id: &str) -> Option<&Profile> {
        self.profiles.iter().find(|profile| profile.id == id)
    }

    /// Region and legal family of a jurisdiction. A part of a State, or an older
    /// state of its law, is grouped with the State.
    pub fn jurisdiction(&self, code: &str) -> Option<&JurisdictionEntry> {
        let state = code.split('-').next().unwrap_or(code);
        self.jurisdictions.iter().find(|entry| entry.code == state)
    }

    /// What is known of a jurisdiction and an instrument of the tables. A part
    /// of a State, or an older state of its law (`ar-1984`), has no entry of
    /// its own.
    pub fn ratification(&self, jurisdiction: &str, instrument: &str) -> Option<&Ratification> {
        self.ratifications
            .iter()
            .find(|r| r.jurisdiction == jurisdiction && r.instrument == instrument)
    }
}

/// Reads all tables, noting errors.
pub(super) fn read(
    files: &Files,
    requirements: &[Requirement],
    concepts: &Concepts,
    errors: &mut Vec<Diagnostic>,
) -> Tables {
    let mut tables = Tables {
        catalogue: read_csv(files, "catalogue.csv", errors),
        instruments: read_toml(files, "instruments.toml", errors),
        ratifications: read_csv(files, "ratifications.csv", errors),
        reservations: read_csv(files, "reservations.csv", errors),
        permitted: read_csv_if_there(files, "permitted-reservations.csv", errors),
        floors: read_csv_if_there(files, "penalty-floors.csv", errors),
        topics: read_toml(files, "coverage.toml", errors),
        pairs: read_toml(files, "equivalence.toml", errors),
        jurisdictions: read_csv_if_there(files, "jurisdictions.csv", errors),
        rollups: read_csv_if_there(files, "rollups.csv", errors),
        ..Tables::default()
    };
    tables.order = tables.catalogue.iter().map(|e| e.id.clone()).collect();
    let known: Vec<String> = tables.order.clone();
    let profiles: Vec<ProfileLine> = read_csv(files, "profiles.csv", errors);
    for line in profiles {
        let members: Vec<String> = line.members.split_whitespace().map(str::to_owned).collect();
        for member in &members {
            let policy_check = member.starts_with("itu-");
            if !policy_check && !known.contains(member) {
                unknown_id(files, "profiles.csv", member, &known, errors);
            }
        }
        tables.profiles.push(Profile {
            id: line.profile,
            title: line.title,
            members,
        });
    }
    for requirement in requirements {
        let path = format!("requirements/{}.toml", requirement.id.get_ref());
        let source = files.get(&path).map_or("", AsRef::as_ref);
        let mut check = FileCheck {
            file: &path,
            source,
            errors,
        };
        if !known.contains(requirement.id.get_ref()) {
            check.error(
                requirement.id.span(),
                format!("`{}` is not in catalogue.csv", requirement.id.get_ref()),
                "add a line with its title, theme, sources and priority",
            );
        }
        if !tables.topics.contains_key(requirement.topic.get_ref()) {
            check.error(
                requirement.topic.span(),
                format!("unknown topic `{}`", requirement.topic.get_ref()),
                "topics are listed in coverage.toml",
            );
        }
    }
    check_topics(files, &tables.topics, concepts, errors);
    for (code, pair) in &tables.pairs {
        let named = || pair.requirements.iter().chain(&pair.beside);
        for id in named().filter(|id| !known.contains(id)) {
            unknown_id(files, "equivalence.toml", id, &known, errors);
        }
        if named().next().is_none() {
            unknown_id(files, "equivalence.toml", code, &known, errors);
        }
    }
    for reservation in &tables.reservations {
        for id in reservation.requirements.split(';') {
            if !known.iter().any(|known| known == id.trim()) {
                unknown_id(files, "reservations.csv", id.trim(), &known, errors);
            }
        }
    }
    for permitted in &tables.permitted {
        if !known.contains(&permitted.requirement) {
            let id = &permitted.requirement;
            unknown_id(files, "permitted-reservations.csv", id, &known, errors);
        }
    }
    for floor in &tables.floors {
        if !known.contains(&floor.requirement) {
            unknown_id(
                files,
                "penalty-floors.csv",
                &floor.requirement,
                &known,
                errors,
            );
        }
    }
    for part in &tables.rollups {
        let members = part.requirements.split_whitespace();
        for id in members.filter(|id| !known.iter().any(|known| known == id)) {
            unknown_id(files, "rollups.csv", id, &known, errors);
        }
    }
    for entry in &tables.catalogue {
        for source in entry.sources.split(';') {
            let code = source.split_whitespace().next().unwrap_or_default();
            if !tables.instruments.contains_key(code) {
                unknown_id(files, "catalogue.csv", code, &[], errors);
            }
        }
    }
    tables
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ProfileLine {
    profile: String,
    title: String,
    members: String,
}

fn check_topics(
    files: &Files,
    topics: &BTreeMap<String, Topic>,
    concepts: &Concepts,
    errors: &mut Vec<Diagnostic>,
) {
    let file = "coverage.toml";
    let mut check = FileCheck {
        file,
        source: files.get(file).map_or("", AsRef::as_ref),
        errors,
    };
    for test in topics.values().flat_map(|topic| &topic.held) {
        let names: Vec<&Spanned<String>> = test.all.iter().chain(&test.any).collect();
        for name in names {
            check.concept(concepts, name);
        }
    }
}

/// An id that stands in a table and is not known, shown where it stands.
fn unknown_id(files: &Files, file: &str, id: &str, known: &[String], errors: &mut Vec<Diagnostic>) {
    let source = files.get(file).map_or("", AsRef::as_ref);
    let start = source.find(id).unwrap_or(0);
    let mut check = FileCheck {
        file,
        source,
        errors,
    };
    let help = match super::nearest(id, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "ids are listed in catalogue.csv, instruments in instruments.toml".to_owned(),
    };
    check.error(start..start + id.len(), format!("unknown id `{id}`"), help);
}

fn read_toml<T: DeserializeOwned + Default>(
    files: &Files,
    file: &str,
    errors: &mut Vec<Diagnostic>,
) -> T {
    let Some(source) = files.get(file) else {
        return missing(file, errors);
    };
    FileCheck {
        file,
        source,
        errors,
    }
    .parse()
    .unwrap_or_default()
}

/// Tables that only comparisons need: a folder of rules may go without.
fn read_csv_if_there<T: DeserializeOwned>(
    files: &Files,
    file: &str,
    errors: &mut Vec<Diagnostic>,
) -> Vec<T> {
    match files.get(file) {
        Some(_) => read_csv(files, file, errors),
        None => Vec::new(),
    }
}

fn read_csv<T: DeserializeOwned>(
    files: &Files,
    file: &str,
    errors: &mut Vec<Diagnostic>,
) -> Vec<T> {
    let Some(source) = files.get(file) else {
        return missing(file, errors);
    };
    let mut rows = Vec::new();
    for row in csv::Reader::from_reader(source.as_bytes()).deserialize() {
        match row {
            Ok(row) => rows.push(row),
            Err(error) => {
                let start = error
                    .position()
                    .map_or(0, |position| position.byte() as usize)
                    .min(source.len());
                let end = source[start..]
                    .find('\n')
                    .map_or(source.len(), |length| start + length);
                FileCheck {
                    file,
                    source,
                    errors,
                }
                .error(start..end, error.to_string(), "see README.md beside it");
            }
        }
    }
    rows
}

fn missing<T: Default>(file: &str, errors: &mut Vec<Diagnostic>) -> T {
    errors.push(Diagnostic {
        file: file.to_owned(),
        source: String::new(),
        span: 0..0,
        message: "the file is missing".into(),
        help: "a mappings folder holds all the files that README.md lists".into(),
    });
    T::default()
}
