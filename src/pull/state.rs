//! What is remembered of a fetched text between two runs, in the hidden
//! folder `.pull` of the corpus.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::PullError;

/// What the publisher said about a text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Address it was fetched from.
    pub address: String,
    /// The publisher's mark of the version (`ETag`), empty if none.
    pub etag: String,
    /// The publisher's date of the version (`Last-Modified`), empty if none.
    pub last_modified: String,
    /// Size in bytes as announced, if it was.
    pub length: Option<u64>,
    /// SHA-256 of the stored file; empty while it is not whole.
    pub sha256: String,
}

impl State {
    /// The mark by which the rest of the same version can be asked for. A weak
    /// mark does not promise the same bytes.
    pub(super) fn strong_mark(&self) -> Option<&str> {
        [&self.etag, &self.last_modified]
            .into_iter()
            .find(|mark| !mark.is_empty() && !mark.starts_with("W/"))
            .map(String::as_str)
    }
}

/// The remembered state of one source.
#[derive(Debug)]
pub(super) struct Store {
    folder: PathBuf,
    id: String,
}

impl Store {
    /// Makes the folder if need be.
    pub(super) fn open(corpus: &Path, id: &str) -> Result<Self, PullError> {
        let folder = corpus.join(".pull");
        std::fs::create_dir_all(&folder).map_err(|error| PullError::file(&folder, error))?;
        Ok(Self {
            folder,
            id: id.to_owned(),
        })
    }

    /// The state at the last whole text; none if there is none or it cannot be
    /// read, which costs one more transfer.
    pub(super) fn load(&self) -> Option<State> {
        let text = std::fs::read_to_string(self.folder.join(format!("{}.json", self.id))).ok()?;
        serde_json::from_str(&text).ok()
    }

    pub(super) fn save(&self, state: &State) -> Result<(), PullError> {
        let path = self.folder.join(format!("{}.json", self.id));
        let text =
            serde_json::to_string_pretty(state).map_err(|error| PullError::file(&path, error))?;
        std::fs::write(&path, text).map_err(|error| PullError::file(&path, error))
    }

    /// Where a text is kept while it is not whole.
    pub(super) fn part(&self) -> PathBuf {
        self.folder.join(format!("{}.part", self.id))
    }

    /// Removes what was kept of a text that is whole now.
    pub(super) fn forget_part(&self) {
        // What cannot be removed is overwritten next time.
        let _ = std::fs::remove_file(self.part());
        let _ = std::fs::remove_file(part_state(&self.part()));
    }
}

/// Where the state of a part is kept.
pub(super) fn part_state(part: &Path) -> PathBuf {
    part.with_extension("part.json")
}
