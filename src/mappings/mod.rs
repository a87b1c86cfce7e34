//! Rule data: instruments, requirements, profiles and language packs, loaded,
//! validated and compiled. `mappings/README.md` describes the files.

mod citation_words;
mod concept;
mod diagnostic;
mod load;
mod pack;
mod penalty_words;
mod requirement;
mod tables;

use std::path::Path;

pub use citation_words::{CitationWords, ScheduleNumbers, SignUse};
pub use concept::{AGE_UNDER, Concept, ConceptId, Concepts};
pub use diagnostic::Diagnostic;
pub use pack::{AgePhrases, AgeSample, ConceptPhrases, Pack, Sentences};
pub use penalty_words::{PenaltySample, PenaltyWords};
pub use requirement::{Element, ElementKind, Gate, Method, Requirement, Role, Scope, Test, Way};
pub use tables::{
    CatalogueEntry, Instrument, JurisdictionEntry, Pair, PartialCounts, PenalCode, PenaltyFloor,
    PermittedReservation, Profile, Ratification, Reservation, RollupPart, Tables, Topic,
};

/// All rule data, valid as far as one file can be checked without running its
/// phrases; [`crate::annotate::Annotator::new`] compiles those.
#[derive(Debug)]
pub struct Mappings {
    /// The vocabulary.
    pub concepts: Concepts,
    /// Language packs, by tag.
    pub packs: Vec<Pack>,
    /// Requirements in the catalogue's order.
    pub requirements: Vec<Requirement>,
    /// Instruments, profiles, ratifications, reservations, topics, pairs.
    pub tables: Tables,
    /// Lower-case hexadecimal SHA-256 of all files.
    pub hash: String,
    files: load::Files,
}

impl Mappings {
    /// The mappings built into the program.
    ///
    /// # Errors
    /// All errors found in the files; none once the program's own tests pass.
    pub fn embedded() -> Result<Self, Vec<Diagnostic>> {
        load::build(load::embedded_files(&[]))
    }

    /// The mappings built into the program, with the packs of some languages
    /// only: one bill needs one, and reading all takes a third of a second.
    ///
    /// # Errors
    /// As for [`Mappings::embedded`].
    pub fn embedded_for(languages: &[&str]) -> Result<Self, Vec<Diagnostic>> {
        load::build(load::embedded_files(languages))
    }

    /// The mappings of a folder.
    ///
    /// # Errors
    /// All errors found, each with file, line and what to do.
    pub fn load(folder: &Path) -> Result<Self, Vec<Diagnostic>> {
        load::build(load::folder_files(folder, &[])?)
    }

    /// The mappings of a folder, with the packs of some languages only.
    ///
    /// # Errors
    /// As for [`Mappings::load`].
    pub fn load_for(folder: &Path, languages: &[&str]) -> Result<Self, Vec<Diagnostic>> {
        load::build(load::folder_files(folder, languages)?)
    }

    /// The text of one of the files, for diagnostics found later.
    pub fn source(&self, file: &str) -> &str {
        self.files.get(file).map_or("", AsRef::as_ref)
    }

    /// The requirement with this id.
    pub fn requirement(&self, id: &str) -> Option<&Requirement> {
        self.requirements
            .iter()
            .find(|requirement| requirement.id.get_ref() == id)
    }

    /// The pack for a language tag, or for its primary subtag.
    pub fn pack(&self, tag: &str) -> Option<&Pack> {
        let primary = primary(tag);
        self.packs
            .iter()
            .find(|pack| pack.tag.get_ref() == tag)
            .or_else(|| self.packs.iter().find(|pack| pack.tag.get_ref() == primary))
    }

    /// The pack that texts in a language are read with: its own, that of its
    /// primary subtag, that of a neighbour which says so, or the first of its
    /// scripts (*Chinese* without its script).
    pub fn pack_reading(&self, tag: &str) -> Option<&Pack> {
        let primary = primary(tag);
        let own = |pack: &&Pack| self::primary(pack.tag.get_ref()) == primary;
        self.pack(tag)
            .or_else(|| {
                let reads = |pack: &&Pack| pack.reads.iter().any(|other| other == primary);
                self.packs.iter().find(reads)
            })
            .or_else(|| self.packs.iter().find(own))
    }
}

/// The language of a tag without script and region.
fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// The known name nearest to a mistyped one, if any is near.
pub fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .map(|candidate| (edit_distance(name, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= 1 + candidate.len() / 4)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Levenshtein distance in characters.
fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(ca != *cb);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}
