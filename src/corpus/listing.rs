//! Which files of a folder are law texts, and whose.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;

use ignore::WalkBuilder;

use crate::law::{Date, Jurisdiction};

use super::place::Archive;
use super::{CorpusError, MANIFEST, Manifest, ManifestEntry, Place, Warning, nfc, spread};

/// One file of the corpus, not yet read.
#[derive(Debug, Clone)]
pub struct ListedFile {
    /// Whose law it is: the name of the folder.
    pub jurisdiction: Jurisdiction,
    /// Path relative to the jurisdiction's folder, with forward slashes, NFC.
    pub file: String,
    /// Where its bytes are.
    pub place: Place,
    /// What the manifest declares; empty where it is silent.
    pub declared: ManifestEntry,
    /// The day whose wordings count; none for that of the text's own version.
    pub as_of: Option<Date>,
}

impl ListedFile {
    /// `jurisdiction/file`, unique in a corpus.
    pub fn key(&self) -> String {
        format!("{}/{}", self.jurisdiction, self.file)
    }
}

/// Everything a corpus folder holds, before any file is read.
#[derive(Debug, Clone, Default)]
pub struct Listing {
    /// The files to read, by jurisdiction, then file.
    pub files: Vec<ListedFile>,
    /// Files left out by their name (manifest, expectations, read-me, metadata).
    pub skipped: Vec<String>,
    /// What looked wrong, the manifest's diagnostics included.
    pub warnings: Vec<Warning>,
    /// Lower-case hexadecimal SHA-256 of the manifest, empty without one.
    pub manifest_sha256: String,
    countries: BTreeMap<Jurisdiction, String>,
}

impl Listing {
    /// Asks for the wordings in force on a day.
    pub fn as_of(&mut self, day: Option<Date>) {
        for file in &mut self.files {
            file.as_of = day;
        }
    }

    /// Lists a corpus: a folder `CORPUS/<jurisdiction>/<any files and folders>`,
    /// or a zip archive of such a folder. A folder of one file per article is
    /// one text. A clone of a repository, or an archive of one, that is named
    /// after a jurisdiction (`laws-fr`) is that jurisdiction's law.
    ///
    /// # Errors
    /// When there is no such folder or archive, or it holds no law text.
    pub fn of(root: &Path) -> Result<Self, CorpusError> {
        let metadata = match std::fs::metadata(root) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(CorpusError::Missing(root.to_owned()));
            }
            Err(error) => return Err(CorpusError::Unreadable(root.to_owned(), error)),
        };
        let mut listing = Self::default();
        let mut found = if metadata.is_dir() {
            listing.walk(root)
        } else if is_zip(root) {
            let archive = Archive::open(root).map_err(|reason| CorpusError::DamagedArchive {
                archive: root.to_owned(),
                reason,
            })?;
            Found {
                files: archive
                    .members()
                    .into_iter()
                    .filter(|(name, _)| !is_hidden(name))
                    .map(|(name, place)| (nfc(&name), place))
                    .collect(),
                is_copy: true,
            }
        } else {
            return Err(CorpusError::NotAFolder(root.to_owned()));
        };
        let name = if found.is_copy {
            found.strip_top().unwrap_or_else(|| name_of(root))
        } else {
            name_of(root)
        };
        let manifest = found
            .files
            .iter()
            .find(|(file, _)| file == MANIFEST)
            .map(|(_, place)| place.bytes());
        let Manifest {
            mut entries,
            warnings,
        } = match &manifest {
            Some(Ok(bytes)) => Manifest::parse(bytes),
            Some(Err(reason)) => Manifest {
                warnings: vec![Warning::new(MANIFEST, format!("cannot be read: {reason}"))],
                ..Manifest::default()
            },
            None => Manifest::default(),
        };
        listing.warnings.extend(warnings);
        listing.manifest_sha256 = manifest
            .and_then(Result::ok)
            .map(|bytes| crate::law::sha256_hex(&bytes))
            .unwrap_or_default();
        found.files.retain(|(file, _)| {
            let kept = entries.contains_key(file) || !(is_side_file(file) || is_bill(file));
            if !kept {
                listing.skipped.push(file.clone());
            }
            kept
        });
        found.put_under(code_in(&name));
        let mut loose = false;
        let mut by_folder: BTreeMap<String, Vec<(String, Place)>> = BTreeMap::new();
        for (relative, place) in found.files {
            match relative.split_once('/') {
                Some((folder, file)) => by_folder
                    .entry(folder.to_owned())
                    .or_default()
                    .push((file.to_owned(), place)),
                None => {
                    loose = true;
                    listing.warn(
                        relative,
                        "stands outside the jurisdictions' folders and is not read; move it into \
                         one (`fr/`, `gb/` ...)",
                    );
                }
            }
        }
        for (folder, files) in by_folder {
            // What the manifest names is an act of its own.
            let (named, others): (Vec<_>, Vec<_>) = files
                .into_iter()
                .partition(|(file, _)| entries.contains_key(&format!("{folder}/{file}")));
            for (file, place) in named.into_iter().chain(spread::join(others)) {
                listing.add(ListedFile {
                    jurisdiction: Jurisdiction::new(&folder),
                    declared: entries
                        .remove(&format!("{folder}/{file}"))
                        .unwrap_or_default(),
                    file,
                    place,
                    as_of: None,
                });
            }
        }
        for (path, entry) in entries {
            listing.warn(
                format!("{MANIFEST}:{}", entry.line),
                format!("there is no file `{path}` in the corpus"),
            );
        }
        if listing.files.is_empty() {
            return Err(CorpusError::NoTexts {
                root: root.to_owned(),
                loose,
            });
        }
        listing.skipped.sort();
        listing
            .files
            .sort_by(|a, b| (&a.jurisdiction, &a.file).cmp(&(&b.jurisdiction, &b.file)));
        Ok(listing)
    }

    /// The files below a folder.
    fn walk(&mut self, root: &Path) -> Found {
        // Ignore files of version control must not hide law: only names that
        // begin with a dot are left out.
        let walk = WalkBuilder::new(root)
            .standard_filters(false)
            .hidden(true)
            .follow_links(true)
            .sort_by_file_name(std::ffi::OsStr::cmp)
            .build();
        let mut files = Vec::new();
        for entry in walk {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.warn(root.display().to_string(), error.to_string());
                    continue;
                }
            };
            if !entry.file_type().is_some_and(|kind| kind.is_file()) {
                continue;
            }
            if let Some(relative) = relative(root, entry.path()) {
                files.push((relative, Place::File(entry.path().to_owned())));
            }
        }
        Found {
            files,
            is_copy: root.join(".git").exists(),
        }
    }

    /// The jurisdictions, sorted.
    pub fn jurisdictions(&self) -> Vec<&Jurisdiction> {
        let mut all: Vec<_> = self.files.iter().map(|file| &file.jurisdiction).collect();
        all.dedup();
        all
    }

    /// The name of the country; the code in capitals where the manifest is silent.
    pub fn country(&self, jurisdiction: &Jurisdiction) -> String {
        self.countries
            .get(jurisdiction)
            .cloned()
            .unwrap_or_else(|| jurisdiction.as_str().to_uppercase())
    }

    /// Keeps only the files of the selected jurisdictions; an empty selection
    /// keeps all.
    ///
    /// # Errors
    /// When a jurisdiction is asked for that the corpus does not hold.
    pub fn select(&mut self, selection: &[Jurisdiction]) -> Result<(), CorpusError> {
        for asked in selection {
            self.check(asked)?;
        }
        if !selection.is_empty() {
            self.files
                .retain(|file| selection.contains(&file.jurisdiction));
        }
        Ok(())
    }

    /// Sees whether the corpus holds a jurisdiction.
    ///
    /// # Errors
    /// When it does not; the error names those it holds.
    pub fn check(&self, asked: &Jurisdiction) -> Result<(), CorpusError> {
        let known = self.jurisdictions();
        if known.contains(&asked) {
            return Ok(());
        }
        Err(CorpusError::UnknownJurisdiction {
            asked: asked.to_string(),
            near: self.near(asked.as_str()),
            known: known.into_iter().map(ToString::to_string).collect(),
        })
    }

    /// Codes that may have been meant: by the country's name, by a common
    /// beginning, or with one letter wrong.
    fn near(&self, asked: &str) -> Vec<String> {
        let near = |jurisdiction: &&Jurisdiction| {
            let code = jurisdiction.as_str();
            let country = self.country(jurisdiction).to_lowercase();
            let wrong = code
                .chars()
                .zip(asked.chars())
                .filter(|(a, b)| a != b)
                .count();
            (asked.len() > 2 && country.starts_with(asked))
                || code.split('-').next() == asked.split('-').next()
                || (code.len() == asked.len() && wrong == 1)
        };
        let mut near: Vec<&Jurisdiction> = self.jurisdictions().into_iter().filter(near).collect();
        near.sort_by_key(|jurisdiction| {
            !self.country(jurisdiction).to_lowercase().starts_with(asked)
        });
        near.into_iter().take(5).map(ToString::to_string).collect()
    }

    fn add(&mut self, file: ListedFile) {
        if !file.declared.country.is_empty() {
            self.countries
                .entry(file.jurisdiction.clone())
                .or_insert_with(|| file.declared.country.clone());
        }
        self.files.push(file);
    }

    fn warn(&mut self, place: impl Into<String>, message: impl Into<String>) {
        self.warnings.push(Warning::new(place, message));
    }
}

/// The files of a corpus, by path relative to it, before they are sorted.
struct Found {
    files: Vec<(String, Place)>,
    /// Whether it is a clone of a repository, or an archive.
    is_copy: bool,
}

impl Found {
    /// Takes off the one folder that an archive wraps all its files in, and
    /// gives its name. A folder named by a code is a jurisdiction and stays.
    fn strip_top(&mut self) -> Option<String> {
        let (top, _) = self.files.first()?.0.split_once('/')?;
        let top = format!("{top}/");
        if is_code(top.trim_end_matches('/'))
            || !self.files.iter().all(|(file, _)| file.starts_with(&top))
        {
            return None;
        }
        for (file, _) in &mut self.files {
            file.drain(..top.len());
        }
        Some(top.trim_end_matches('/').to_owned())
    }

    /// Puts everything under one jurisdiction, where the name of the whole says
    /// which and no folder in it is a jurisdiction's.
    fn put_under(&mut self, code: Option<&str>) {
        let Some(code) = code else { return };
        let folders = || {
            self.files
                .iter()
                .filter_map(|(file, _)| file.split_once('/'))
        };
        let all_loose = folders().next().is_none();
        let none_named = !folders().any(|(folder, _)| is_code(folder));
        if all_loose || self.is_copy && none_named {
            for (file, _) in &mut self.files {
                *file = format!("{code}/{file}");
            }
        }
    }
}

/// Whether a file begins as a zip archive does.
fn is_zip(path: &Path) -> bool {
    let mut start = [0; 4];
    std::fs::File::open(path)
        .and_then(|mut file| file.read_exact(&mut start))
        .is_ok_and(|()| matches!(&start, b"PK\x03\x04" | b"PK\x05\x06"))
}

/// Files and folders that systems and editors hide, at any depth.
fn is_hidden(path: &str) -> bool {
    path.split('/')
        .any(|part| part.starts_with('.') || part == "__MACOSX")
}

/// The name of the folder or archive, without `.zip`.
fn name_of(root: &Path) -> String {
    let real = std::fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    let name = real.file_name().unwrap_or_default().to_string_lossy();
    let name = name.to_lowercase();
    name.strip_suffix(".zip").unwrap_or(&name).to_owned()
}

/// The code of a jurisdiction that a folder is named by: `fr`, `au-wa`.
fn is_code(name: &str) -> bool {
    let mut parts = name.split('-');
    let country = parts.next().unwrap_or_default();
    let rest: Vec<&str> = parts.collect();
    let short = |part: &&str| (1..=4).contains(&part.len());
    country.len() == 2
        && country.bytes().all(|b| b.is_ascii_alphabetic())
        && rest.len() <= 1
        && rest.iter().all(short)
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// The code a clone or an archive is named after: `fr`, `laws-fr`,
/// `laws-fr-main`.
fn code_in(name: &str) -> Option<&str> {
    let name = ["-main", "-master"]
        .iter()
        .find_map(|branch| name.strip_suffix(branch))
        .unwrap_or(name);
    let last = name.rsplit(['-', '_', '.']).next().unwrap_or(name);
    [name, last].into_iter().find(|code| is_code(code))
}

/// The path below the corpus folder, with forward slashes, NFC.
fn relative(root: &Path, path: &Path) -> Option<String> {
    let parts: Vec<String> = path
        .strip_prefix(root)
        .ok()?
        .components()
        .map(|part| nfc(&part.as_os_str().to_string_lossy()))
        .collect();
    Some(parts.join("/"))
}

/// Suffixes of files that are never law. A picture may be a scanned law: it is
/// listed as not read.
const PROGRAM_FILES: &[&str] = &[
    "py", "sh", "js", "mjs", "ts", "tsx", "css", "scss", "rb", "go", "rs", "java", "ipynb", "lock",
    "svg", "ico", "woff", "woff2", "xsd", "xsl", "xslt", "dtd",
];

/// Bills lie in a folder `bills` of their jurisdiction: they are no law yet.
fn is_bill(relative: &str) -> bool {
    let mut folders = relative.rsplit('/').skip(1);
    folders.any(|folder| folder.eq_ignore_ascii_case("bills"))
}

/// Files that stand beside law texts without being one, known by their name.
fn is_side_file(relative: &str) -> bool {
    let name = relative
        .rsplit('/')
        .next()
        .unwrap_or(relative)
        .to_lowercase();
    let (stem, extension) = name.rsplit_once('.').unwrap_or((&name, ""));
    // The names of packages' descriptions, which are data of no law.
    let is_package = matches!(
        name.as_str(),
        "package.json" | "package-lock.json" | "pyproject.toml" | "cargo.toml" | "requirements.txt"
    );
    let is_data = matches!(extension, "csv" | "json" | "yaml" | "yml" | "toml");
    matches!(
        name.as_str(),
        MANIFEST | "expected.csv" | "sources.csv" | "thumbs.db" | "desktop.ini"
    ) || stem.starts_with("readme")
        || matches!(
            stem,
            "license"
                | "licence"
                | "copying"
                | "notice"
                | "changelog"
                | "contributing"
                | "code_of_conduct"
                | "security"
                | "authors"
                | "makefile"
                | "dockerfile"
                | "robots"
                | "llms"
        )
        // Programs and pictures that a repository of laws keeps beside them.
        || PROGRAM_FILES.contains(&extension)
        // Lock files of word processors.
        || name.starts_with("~$")
        || name.ends_with('~')
        || is_package
        || (is_data && (stem.ends_with(".meta") || stem.ends_with("metadata") || stem == "meta"))
}

#[cfg(test)]
mod tests {
    use super::is_side_file;

    #[test]
    fn side_files_are_known_by_name_and_laws_are_not_taken_for_them() {
        for name in [
            "manifest.csv",
            "va/expected.csv",
            "va/README.md",
            "readme",
            "va/code.meta.json",
            "va/metadata.yaml",
            "va/~$bill.docx",
            "LICENCE.txt",
        ] {
            assert!(is_side_file(name), "{name}");
        }
        for name in [
            "va/licence-act.md",
            "va/metadata.md",
            "va/code.csv",
            "va/sources.txt",
        ] {
            assert!(!is_side_file(name), "{name}");
        }
    }
}
