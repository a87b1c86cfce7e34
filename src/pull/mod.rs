//! Fetches official publications into a corpus folder: politely, with
//! resumption, conditional requests and checks that what came is the act. The
//! only room that uses the network, and only when it is asked to.

mod check;
mod entry;
mod error;
mod source;
mod state;
mod transfer;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::law::sha256_hex;

pub use error::PullError;
pub use source::{SOURCES, Source, SourcesError, select, sources};
use state::{State, Store};
pub use transfer::Transfer;

/// How a program says who it is to those whose law it fetches.
pub const USER_AGENT: &str = concat!(
    "Concord/",
    env!("CARGO_PKG_VERSION"),
    " (comparison of published law; ",
    env!("CARGO_PKG_REPOSITORY"),
    ")"
);

/// How to fetch.
#[derive(Debug, Clone)]
pub struct Options {
    /// Fetch again even what has not changed, and overwrite what was edited.
    pub force: bool,
    /// Refuse every address that is not HTTPS, after a redirect too.
    pub https_only: bool,
    /// Pause between two requests to one host.
    pub pause: Duration,
    /// How often a transfer that broke off is taken up again.
    pub attempts: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            force: false,
            https_only: true,
            pause: Duration::from_secs(2),
            attempts: 3,
        }
    }
}

/// What became of one source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The text was not there before.
    New,
    /// A newer text replaced the one there was.
    Updated,
    /// The publisher has nothing newer.
    Unchanged,
}

/// One source, fetched.
#[derive(Debug, Clone)]
pub struct Receipt {
    /// What became of it.
    pub outcome: Outcome,
    /// Where the text is.
    pub path: PathBuf,
    /// Its size in bytes, as stored.
    pub bytes: u64,
    /// Lower-case hexadecimal SHA-256 of the stored file.
    pub sha256: String,
    /// Number of articles read from it; none if nothing was fetched.
    pub articles: Option<usize>,
    /// What is wrong with the text, as `inspect` would say it.
    pub problems: Vec<String>,
}

/// Fetches sources into one corpus folder, one after another.
#[derive(Debug)]
pub struct Puller {
    corpus: PathBuf,
    options: Options,
    transfer: Transfer,
    last: Option<(String, Instant)>,
}

impl Puller {
    /// Prepares to fetch into a corpus folder, which is made if need be.
    pub fn new(corpus: &Path, options: Options) -> Self {
        Self {
            corpus: corpus.to_owned(),
            transfer: Transfer::new(options.https_only),
            options,
            last: None,
        }
    }

    /// Fetches one source, if it is new or has changed, and writes its line in
    /// the manifest. `on_progress` is told bytes so far and, if known, in all.
    ///
    /// # Errors
    /// When the text could not be fetched or is not the act. What was there
    /// before stays as it was.
    pub fn pull(
        &mut self,
        source: &Source,
        on_progress: &mut dyn FnMut(u64, Option<u64>),
    ) -> Result<Receipt, PullError> {
        let path = self.corpus.join(&source.jurisdiction).join(&source.file);
        let store = Store::open(&self.corpus, &source.id)?;
        let held = self.held(&path, &store, source)?;
        let part = store.part();
        let mut known = held.clone().unwrap_or_default();
        let mut broken = 0;
        let fetched = loop {
            self.wait(&source.address);
            match self
                .transfer
                .fetch(&source.address, &known, &part, on_progress)
            {
                Err(PullError::CutShort { .. } | PullError::Unreachable { .. })
                    if broken + 1 < self.options.attempts.max(1) =>
                {
                    broken += 1;
                    // Only what is missing is asked for next time.
                    std::thread::sleep(self.options.pause);
                }
                other => break other?,
            }
        };
        let Some(fetched) = fetched else {
            return Ok(Receipt {
                outcome: Outcome::Unchanged,
                bytes: file_size(&path),
                sha256: known.sha256,
                path,
                articles: None,
                problems: Vec::new(),
            });
        };
        let raw = std::fs::read(&part).map_err(|error| PullError::file(&part, error))?;
        // Whatever it is, it is complete: there is nothing to resume.
        store.forget_part();
        let checked = check::check(source, raw)?;
        let sha256 = sha256_hex(&checked.bytes);
        let outcome = match &held {
            Some(held) if held.sha256 == sha256 => Outcome::Unchanged,
            _ if path.exists() => Outcome::Updated,
            _ => Outcome::New,
        };
        write_whole(&path, &checked.bytes)?;
        entry::write(&self.corpus, source, &checked, &sha256)?;
        known = State {
            sha256: sha256.clone(),
            ..fetched
        };
        store.save(&known)?;
        Ok(Receipt {
            outcome,
            bytes: checked.bytes.len() as u64,
            sha256,
            path,
            articles: Some(checked.articles),
            problems: checked.problems,
        })
    }

    /// What is known of the text there is, if it is as it was fetched.
    fn held(
        &self,
        path: &Path,
        store: &Store,
        source: &Source,
    ) -> Result<Option<State>, PullError> {
        if !path.exists() || self.options.force {
            return Ok(None);
        }
        let bytes = std::fs::read(path).map_err(|error| PullError::file(path, error))?;
        match store.load() {
            Some(state) if state.sha256 == sha256_hex(&bytes) => {
                // Another address has no news of this text.
                Ok(Some(state).filter(|state| state.address == source.address))
            }
            _ => Err(PullError::Edited {
                path: path.to_owned(),
            }),
        }
    }

    /// Waits until the host may be asked again.
    fn wait(&mut self, address: &str) {
        let host = source::host_of(address).to_owned();
        if let Some((last, at)) = &self.last
            && *last == host
        {
            std::thread::sleep(self.options.pause.saturating_sub(at.elapsed()));
        }
        self.last = Some((host, Instant::now()));
    }
}

fn file_size(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |metadata| metadata.len())
}

/// Writes a file so that there is never half of it.
fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), PullError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(|error| PullError::file(folder, error))?;
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new~");
    let new = path.with_file_name(name);
    std::fs::write(&new, bytes)
        .and_then(|()| std::fs::rename(&new, path))
        .map_err(|error| PullError::file(path, error))
}
