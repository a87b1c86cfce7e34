//! The two sides of a comparison: a file, a folder of law texts, or the state
//! of a folder at a revision of the git repository it lies in.

use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::corpus::{Corpus, CorpusError, JurisdictionTexts};
use crate::ingest::{self, IngestError, Metadata, SourceFile};
use crate::law::Jurisdiction;

/// Why a side cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SideError {
    /// The folder cannot be used.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    /// The file gives no act.
    #[error(transparent)]
    Ingest(#[from] IngestError),
    /// The file or folder cannot be opened.
    #[error("{path}: {source}")]
    Io {
        /// Where.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Neither a path nor a revision.
    #[error("`{asked}` is neither a file, nor a folder, nor a revision of {repository}: {reason}")]
    Revision {
        /// What was asked for.
        asked: String,
        /// The folder whose repository was asked.
        repository: PathBuf,
        /// What git said.
        reason: String,
    },
}

/// One side of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Side {
    /// One act.
    File(PathBuf),
    /// A folder of jurisdictions.
    Folder(PathBuf),
    /// A revision of the repository in which the folder lies.
    Revision(String),
}

impl Side {
    /// What a word of the command line means: a path if there is one of that
    /// name, else a revision.
    pub fn of(word: &str) -> Self {
        let path = PathBuf::from(word);
        if path.is_dir() {
            Side::Folder(path)
        } else if path.exists() {
            Side::File(path)
        } else {
            Side::Revision(word.to_owned())
        }
    }

    /// Reads the side. `folder` is the corpus whose revision is meant.
    ///
    /// # Errors
    /// When it cannot be read; see [`SideError`].
    pub fn read(
        &self,
        folder: &Path,
        selection: &[Jurisdiction],
    ) -> Result<Vec<JurisdictionTexts>, SideError> {
        match self {
            Side::File(path) => read_file(path),
            Side::Folder(path) => Ok(Corpus::load(path, selection, &|_| {})?.jurisdictions),
            Side::Revision(revision) => {
                let unpacked = Unpacked::new(folder, revision)?;
                let read = Corpus::load(&unpacked.folder, selection, &|_| {})?;
                Ok(read.jurisdictions)
            }
        }
    }
}

fn read_file(path: &Path) -> Result<Vec<JurisdictionTexts>, SideError> {
    let bytes = std::fs::read(path).map_err(|source| SideError::Io {
        path: path.to_owned(),
        source,
    })?;
    let jurisdiction = Jurisdiction::new("-");
    let act = ingest::read(&SourceFile {
        jurisdiction: jurisdiction.clone(),
        file: path.display().to_string(),
        bytes: &bytes,
        declared: Metadata::default(),
    })?;
    Ok(vec![JurisdictionTexts {
        jurisdiction,
        country: "Text".to_owned(),
        acts: vec![act],
        unread: Vec::new(),
        twins: Vec::new(),
    }])
}

/// A revision unpacked into a folder of its own, which goes when this goes.
struct Unpacked {
    folder: PathBuf,
}

impl Unpacked {
    fn new(corpus: &Path, revision: &str) -> Result<Self, SideError> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let refuse = |reason: String| SideError::Revision {
            asked: revision.to_owned(),
            repository: corpus.to_owned(),
            reason,
        };
        // A word that begins with a dash would be an option.
        if revision.starts_with('-') {
            return Err(refuse("no revision begins with a dash".to_owned()));
        }
        // Archives made below a folder hold what lies below it.
        let output = Command::new("git")
            .arg("-C")
            .arg(corpus)
            .args(["archive", "--format=zip", revision, "."])
            .output()
            .map_err(|error| refuse(format!("git cannot be started: {error}")))?;
        if !output.status.success() {
            return Err(refuse(
                String::from_utf8_lossy(&output.stderr).trim().to_owned(),
            ));
        }
        let name = format!(
            "concord-{}-{}",
            std::process::id(),
            NUMBER.fetch_add(1, Ordering::Relaxed)
        );
        let unpacked = Self {
            folder: std::env::temp_dir().join(name),
        };
        let mut archive = zip::ZipArchive::new(Cursor::new(output.stdout))
            .map_err(|error| refuse(error.to_string()))?;
        archive
            .extract(&unpacked.folder)
            .map_err(|error| refuse(error.to_string()))?;
        Ok(unpacked)
    }
}

impl Drop for Unpacked {
    fn drop(&mut self) {
        // What cannot be removed is left to the system's own cleaning.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
