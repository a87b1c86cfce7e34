//! A folder of law texts as a database: which files it holds and what its
//! manifest declares, the acts read from them, twins, hashes, and the index
//! that people and rules search.

mod cache;
mod citation;
mod flag;
mod index;
mod listing;
mod load;
mod locate;
mod manifest;
mod place;
mod query;
mod ranking;
#[cfg(test)]
mod real_tests;
mod record;
mod refresh;
mod search;
mod search_error;
#[cfg(test)]
mod search_tests;
mod spread;
mod twins;
mod words;

use std::fmt;
use std::path::PathBuf;

use icu_normalizer::ComposingNormalizerBorrowed;

use crate::law::{Act, Jurisdiction};

pub use cache::Cache;
pub use citation::{Citation, Step};
pub use flag::Flag;
pub use listing::{ListedFile, Listing};
pub use manifest::{Completeness, Entry as ManifestEntry, MANIFEST, Manifest};
pub use place::{Archive, PartPlace, Place};
pub use query::{Named, QUERY_HELP, Query, WordPattern};
pub use refresh::{Refreshed, Rules, SearchIndex};
pub use search::{ActHits, Extract, Hit, SearchRequest, SearchResults, search};
pub use search_error::SearchError;

/// The law texts of a folder, read.
#[derive(Debug)]
pub struct Corpus {
    /// The folder.
    pub root: PathBuf,
    /// The selected jurisdictions, sorted by code.
    pub jurisdictions: Vec<JurisdictionTexts>,
    /// What looked wrong and did not stop the reading.
    pub warnings: Vec<Warning>,
    /// Files left out by their name, relative to the folder.
    pub skipped: Vec<String>,
    /// Lower-case hexadecimal SHA-256 over the manifest's hash and, sorted,
    /// each selected file's jurisdiction, name and hash. Stamped on every output.
    pub hash: String,
}

/// What the corpus holds of one jurisdiction.
#[derive(Debug)]
pub struct JurisdictionTexts {
    /// Whose law it is.
    pub jurisdiction: Jurisdiction,
    /// Name of the country; the code in capitals where the manifest is silent.
    pub country: String,
    /// The acts, by file name.
    pub acts: Vec<Act>,
    /// The files that gave no act. Reports print them: their law is unknown.
    pub unread: Vec<Unread>,
    /// Pairs of places in `acts` (smaller first) that hold the same act, in
    /// two languages or two files. Evidence from both counts once.
    pub twins: Vec<(usize, usize)>,
}

/// A file that gave no act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// Whose law it would be.
    pub jurisdiction: Jurisdiction,
    /// Path relative to the jurisdiction's folder.
    pub file: String,
    /// Why, in one sentence.
    pub reason: String,
}

/// Something about a corpus that looked wrong and did not stop the work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The file, with the line where there is one: `manifest.csv:12`.
    pub place: String,
    /// What is wrong, in one sentence.
    pub message: String,
}

impl Warning {
    /// A warning about a place.
    pub fn new(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            message: message.into(),
        }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

/// What a long piece of work is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Files to acts.
    Reading,
    /// Acts to mentions and findings.
    Assessing,
    /// Acts into the index.
    Indexing,
}

impl Stage {
    /// What is being done, for a progress line.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Reading => "reading",
            Stage::Assessing => "assessing",
            Stage::Indexing => "indexing",
        }
    }
}

/// How far a long piece of work has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress<'a> {
    /// What is being done.
    pub stage: Stage,
    /// Files done.
    pub done: usize,
    /// Files to do.
    pub total: usize,
    /// The file at hand, with its jurisdiction (`fr/code-penal.md`).
    pub file: &'a str,
}

/// Called from several threads after each file; draws a bar or does nothing.
pub type OnProgress<'a> = &'a (dyn Fn(Progress<'_>) + Sync);

/// Why a corpus could not be used at all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CorpusError {
    /// No such folder.
    #[error(
        "{}: there is no such folder; name the folder that holds one folder per jurisdiction",
        .0.display()
    )]
    Missing(PathBuf),
    /// A file was named.
    #[error(
        "{}: this is a file; a corpus is a folder that holds one folder per jurisdiction, or a \
         zip archive of one",
        .0.display()
    )]
    NotAFolder(PathBuf),
    /// An archive was named that cannot be opened.
    #[error("{}: this zip archive cannot be read: {reason}", .archive.display())]
    DamagedArchive {
        /// The archive.
        archive: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The folder could not be opened.
    #[error("{}: cannot be opened: {}", .0.display(), .1)]
    Unreadable(PathBuf, #[source] std::io::Error),
    /// Nothing to read.
    #[error("{}: {}", .root.display(), no_texts(*.loose))]
    NoTexts {
        /// The folder.
        root: PathBuf,
        /// Whether files stand directly in the folder.
        loose: bool,
    },
    /// A jurisdiction was asked for that the corpus does not hold.
    #[error("the corpus holds no jurisdiction `{asked}`{}; it holds {}", did_you_mean(.near), .known.join(", "))]
    UnknownJurisdiction {
        /// What was asked for.
        asked: String,
        /// Codes that may have been meant.
        near: Vec<String>,
        /// All codes of the corpus.
        known: Vec<String>,
    },
}

fn no_texts(loose: bool) -> &'static str {
    if loose {
        "its files do not stand in a folder per jurisdiction; name the folder above, or move \
         them into one (`fr/`, `gb/` ...)"
    } else {
        "the folder holds no law text; put the files into one folder per jurisdiction \
         (`fr/`, `gb/` ...)"
    }
}

fn did_you_mean(near: &[String]) -> String {
    if near.is_empty() {
        String::new()
    } else {
        format!(" (did you mean {}?)", near.join(" or "))
    }
}

/// File names come decomposed from some systems; names are compared in NFC.
fn nfc(name: &str) -> String {
    ComposingNormalizerBorrowed::new_nfc()
        .normalize(name)
        .into_owned()
}
