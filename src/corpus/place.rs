//! Where the bytes of a law text are: a file, a member of a zip archive, or
//! the many files of a folder that hold one act together.

use std::fmt;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use zip::ZipArchive;

use crate::ingest::{LARGEST_FILE, Part};

/// Larger texts are no single act; reading one would not fit the memory that
/// the program promises to keep to.
const MAX_BYTES: u64 = LARGEST_FILE as u64;

/// More members than this are no corpus.
const MOST_MEMBERS: usize = 200_000;

/// Where to find a text.
#[derive(Debug, Clone)]
pub enum Place {
    /// A file on disk.
    File(PathBuf),
    /// A member of an archive.
    Member(Archive, usize),
    /// The files of a folder that hold one act together, in reading order.
    Parts(Vec<PartPlace>),
}

/// One file of an act that is spread over many.
#[derive(Debug, Clone)]
pub struct PartPlace {
    /// Path relative to the act's folder, with forward slashes.
    pub file: String,
    /// The number in the file's name.
    pub number: Option<String>,
    /// Where it is.
    pub place: Place,
}

impl Place {
    /// The bytes of a file or member, or why there are none. A folder has
    /// parts instead.
    pub fn bytes(&self) -> Result<Vec<u8>, String> {
        match self {
            Place::File(path) => bytes_of_file(path),
            Place::Member(archive, index) => archive.bytes(*index),
            Place::Parts(_) => Err("this is a folder of articles".to_owned()),
        }
    }

    /// The parts of a folder of articles, opened; none for anything else.
    pub fn parts(&self) -> Option<Vec<Part>> {
        let Place::Parts(parts) = self else {
            return None;
        };
        let mut left = MAX_BYTES;
        let open = |part: &PartPlace| {
            let bytes = part.place.bytes().and_then(|bytes| {
                let size = bytes.len() as u64;
                left = left.checked_sub(size).ok_or_else(|| too_large(size))?;
                Ok(bytes)
            });
            Part {
                file: part.file.clone(),
                number: part.number.clone(),
                bytes,
            }
        };
        Some(parts.iter().map(open).collect())
    }
}

fn bytes_of_file(path: &Path) -> Result<Vec<u8>, String> {
    let cannot = |error: std::io::Error| format!("the file cannot be opened: {error}");
    let size = std::fs::metadata(path).map_err(cannot)?.len();
    if size > MAX_BYTES {
        return Err(too_large(size));
    }
    std::fs::read(path).map_err(cannot)
}

fn too_large(size: u64) -> String {
    format!(
        "the file has {} MB, the most for one act is {} MB; split it",
        size / (1024 * 1024),
        MAX_BYTES / (1024 * 1024)
    )
}

/// An open zip archive, shared by the threads that read its members.
#[derive(Clone)]
pub struct Archive {
    zip: Arc<Mutex<ZipArchive<BufReader<File>>>>,
}

impl Archive {
    /// Opens an archive.
    ///
    /// # Errors
    /// When it cannot be opened, or is no archive that could be a corpus.
    pub fn open(path: &Path) -> Result<Self, String> {
        let file = File::open(path).map_err(|error| error.to_string())?;
        let zip = ZipArchive::new(BufReader::new(file)).map_err(|error| error.to_string())?;
        if zip.len() > MOST_MEMBERS {
            return Err(format!(
                "it has {} members, more than {MOST_MEMBERS}",
                zip.len()
            ));
        }
        Ok(Self {
            zip: Arc::new(Mutex::new(zip)),
        })
    }

    /// The files in it: paths with forward slashes, and their places. Folders
    /// are left out, as are paths that lead out of the archive.
    pub fn members(&self) -> Vec<(String, Place)> {
        let zip = self.zip.lock().unwrap_or_else(PoisonError::into_inner);
        (0..zip.len())
            .filter_map(|index| {
                let name = zip.name_for_index(index)?.ok()?.replace('\\', "/");
                let plain = name
                    .split('/')
                    .all(|part| !part.is_empty() && !matches!(part, "." | ".."));
                plain.then(|| (name, Place::Member(self.clone(), index)))
            })
            .collect()
    }

    /// The bytes of one member, unpacked.
    fn bytes(&self, index: usize) -> Result<Vec<u8>, String> {
        let mut zip = self.zip.lock().unwrap_or_else(PoisonError::into_inner);
        let damaged = |error: String| format!("the archive is damaged here: {error}");
        let member = zip
            .by_index(index)
            .map_err(|error| damaged(error.to_string()))?;
        let mut bytes = Vec::new();
        // The size in the directory may lie: count what really comes out.
        member
            .take(MAX_BYTES + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| damaged(error.to_string()))?;
        if bytes.len() as u64 > MAX_BYTES {
            return Err(format!(
                "it unpacks to more than {} MB, the most for one act",
                MAX_BYTES / (1024 * 1024)
            ));
        }
        Ok(bytes)
    }
}

impl fmt::Debug for Archive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Archive")
    }
}
