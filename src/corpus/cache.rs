//! Where the index lives: beside the user's other caches, never in the
//! corpus. Everything in it can be deleted at any time.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tantivy::TantivyError;
use tantivy::directory::error::LockError;
use tantivy::directory::{Directory, DirectoryLock, Lock, MmapDirectory};

use crate::law::sha256_hex;

use super::index::INDEX_VERSION;
use super::search_error::SearchError;
use super::words::WORDS_VERSION;

/// Name of the file that a writing run holds.
const LOCK: &str = "lock";

/// Where to keep the index.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Cache {
    /// The platform's folder for caches.
    #[default]
    Platform,
    /// A folder of the user's choice.
    Folder(PathBuf),
    /// Nowhere: built in memory for this run.
    Memory,
}

impl Cache {
    /// The folder for the index of this corpus; none means memory.
    ///
    /// # Errors
    /// When the chosen folder lies inside the corpus.
    pub fn folder_for(&self, corpus: &Path) -> Result<Option<PathBuf>, SearchError> {
        let corpus = std::fs::canonicalize(corpus).unwrap_or_else(|_| corpus.to_owned());
        let base = match self {
            Cache::Memory => return Ok(None),
            Cache::Folder(folder) => std::path::absolute(folder).unwrap_or_else(|_| folder.clone()),
            Cache::Platform => match platform_folder(&|name| std::env::var_os(name)) {
                Some(folder) => folder,
                None => return Ok(None),
            },
        };
        if base.starts_with(&corpus) {
            return Err(SearchError::CacheInCorpus { cache: base });
        }
        let name = sha256_hex(corpus.to_string_lossy().as_bytes());
        Ok(Some(base.join("concord").join(&name[..16])))
    }
}

/// The platform's folder for caches, from the environment.
fn platform_folder(variable: &dyn Fn(&str) -> Option<std::ffi::OsString>) -> Option<PathBuf> {
    let folder = |name: &str| {
        variable(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    if cfg!(windows) {
        return folder("LOCALAPPDATA");
    }
    let home = || folder("HOME");
    folder("XDG_CACHE_HOME").or_else(|| {
        if cfg!(target_os = "macos") {
            Some(home()?.join("Library").join("Caches"))
        } else {
            Some(home()?.join(".cache"))
        }
    })
}

/// Makes the folder and sees whether it can be written.
///
/// # Errors
/// When it cannot.
pub fn prepare(cache: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(cache)?;
    let lock = cache.join(LOCK);
    std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .open(lock)?;
    Ok(())
}

/// What decides whether an index can be used: everything but the corpus that
/// its content depends on.
pub fn fingerprint(mappings_hash: &str) -> String {
    format!(
        "index {INDEX_VERSION}\nwords {WORDS_VERSION}\nprogram {}\nsearch engine {}\nmappings {}\n",
        env!("CARGO_PKG_VERSION"),
        tantivy::version_string(),
        if mappings_hash.is_empty() {
            "none"
        } else {
            mappings_hash
        },
    )
}

/// Folder of the index with this fingerprint.
pub fn index_folder(cache: &Path, fingerprint: &str) -> PathBuf {
    let name = sha256_hex(fingerprint.as_bytes());
    cache.join(format!("index-{}", &name[..16]))
}

/// Lets only one run at a time change the cache of a corpus. Gone with the
/// process, however it ends.
///
/// # Errors
/// When another run holds the lock for longer than `patience`, or the folder
/// cannot be written.
pub fn lock(cache: &Path, patience: Duration) -> Result<DirectoryLock, SearchError> {
    let directory = MmapDirectory::open(cache).map_err(TantivyError::from)?;
    let lock = Lock {
        filepath: PathBuf::from(LOCK),
        is_blocking: false,
    };
    let started = Instant::now();
    loop {
        match directory.acquire_lock(&lock) {
            Ok(lock) => return Ok(lock),
            Err(LockError::LockBusy) if started.elapsed() < patience => {
                std::thread::sleep(Duration::from_millis(50));
            }
            Err(LockError::LockBusy) => {
                return Err(SearchError::Busy {
                    cache: cache.to_owned(),
                });
            }
            Err(error) => return Err(TantivyError::LockFailure(error, None).into()),
        }
    }
}

/// Removes indexes of other fingerprints. One that another program still
/// reads may refuse; it goes next time.
pub fn remove_others(cache: &Path, keep: &Path) {
    let Ok(entries) = std::fs::read_dir(cache) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        let is_index = entry.file_name().to_string_lossy().starts_with("index-");
        if is_index && path != keep {
            // A leftover index costs space and nothing else.
            let _ = std::fs::remove_dir_all(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;
    use std::path::{Path, PathBuf};
    use std::time::Duration;

    use super::{Cache, fingerprint, lock, platform_folder};
    use crate::corpus::SearchError;

    #[test]
    fn the_cache_is_never_inside_the_corpus() {
        let corpus = tempfile::tempdir().unwrap();
        let root = std::fs::canonicalize(corpus.path()).unwrap();
        let inside = Cache::Folder(root.join("va"));
        assert!(matches!(
            inside.folder_for(&root),
            Err(SearchError::CacheInCorpus { .. })
        ));
        let cache = tempfile::tempdir().unwrap();
        let outside = Cache::Folder(cache.path().to_owned());
        let folder = outside.folder_for(&root).unwrap().unwrap();
        assert!(folder.starts_with(cache.path()));
        assert_eq!(
            folder,
            outside.folder_for(&root.join(".")).unwrap().unwrap()
        );
        let other = tempfile::tempdir().unwrap();
        assert_ne!(Some(folder), outside.folder_for(other.path()).unwrap());
    }

    #[cfg(all(unix, not(target_os = "macos")))]
    #[test]
    fn the_platform_says_where_caches_go() {
        let environment = |pairs: &'static [(&str, &str)]| {
            move |name: &str| -> Option<OsString> {
                let value = pairs.iter().find(|(known, _)| *known == name)?.1;
                Some(OsString::from(value))
            }
        };
        let folder = |pairs| platform_folder(&environment(pairs));
        assert_eq!(
            folder(&[("XDG_CACHE_HOME", "/c"), ("HOME", "/h")]),
            Some(PathBuf::from("/c"))
        );
        assert_eq!(
            folder(&[("XDG_CACHE_HOME", "relative"), ("HOME", "/h")]),
            Some(Path::new("/h").join(".cache"))
        );
        assert_eq!(folder(&[]), None);
    }

    #[test]
    fn a_second_run_waits_and_then_says_why() {
        let cache = tempfile::tempdir().unwrap();
        let held = lock(cache.path(), Duration::ZERO).unwrap();
        let busy = lock(cache.path(), Duration::from_millis(60)).err().unwrap();
        assert!(busy.to_string().contains("another run"), "{busy}");
        drop(held);
        assert!(lock(cache.path(), Duration::ZERO).is_ok());
        assert_ne!(fingerprint("a"), fingerprint("b"));
    }
}
