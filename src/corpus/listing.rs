//! Which files of a folder are law texts, and whose.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use crate::law::{Date, Jurisdiction};

use super::{CorpusError, MANIFEST, Manifest, ManifestEntry, Warning, nfc};

/// One file of the corpus, not yet read.
#[derive(Debug, Clone)]
pub struct ListedFile {
    /// Whose law it is: the name of the folder.
    pub jurisdiction: Jurisdiction,
    /// Path relative to the jurisdiction's folder, with forward slashes, NFC.
    pub file: String,
    /// Where to open it.
    pub path: PathBuf,
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

    /// Lists a corpus folder: `CORPUS/<jurisdiction>/<any files and folders>`.
    ///
    /// # Errors
    /// When the folder is missing, is no folder, or holds no law text.
    pub fn of(root: &Path) -> Result<Self, CorpusError> {
        match std::fs::metadata(root) {
            Ok(metadata) if metadata.is_dir() => {}
            Ok(_) => return Err(CorpusError::NotAFolder(root.to_owned())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(CorpusError::Missing(root.to_owned()));
            }
            Err(error) => return Err(CorpusError::Unreadable(root.to_owned(), error)),
        }
        let Manifest {
            mut entries,
            warnings,
        } = Manifest::load(root);
        let mut listing = Self {
            warnings,
            manifest_sha256: std::fs::read(root.join(MANIFEST))
                .map(|bytes| crate::law::sha256_hex(&bytes))
                .unwrap_or_default(),
            ..Self::default()
        };
        // Ignore files of version control must not hide law: only names that
        // begin with a dot are left out.
        let walk = WalkBuilder::new(root)
            .standard_filters(false)
            .hidden(true)
            .follow_links(true)
            .sort_by_file_name(std::ffi::OsStr::cmp)
            .build();
        let mut loose = false;
        for entry in walk {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    listing.warn(root.display().to_string(), error.to_string());
                    continue;
                }
            };
            if !entry.file_type().is_some_and(|kind| kind.is_file()) {
                continue;
            }
            let Some(relative) = relative(root, entry.path()) else {
                continue;
            };
            let declared = entries.remove(&relative);
            if declared.is_none() && (is_side_file(&relative) || is_bill(&relative)) {
                listing.skipped.push(relative);
                continue;
            }
            let Some((folder, file)) = relative.split_once('/') else {
                loose = true;
                listing.warn(
                    relative,
                    "stands outside the jurisdictions' folders and is not read; move it into \
                     one (`fr/`, `gb/` ...)",
                );
                continue;
            };
            listing.add(ListedFile {
                jurisdiction: Jurisdiction::new(folder),
                file: file.to_owned(),
                path: entry.path().to_owned(),
                declared: declared.unwrap_or_default(),
                as_of: None,
            });
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
        listing
            .files
            .sort_by(|a, b| (&a.jurisdiction, &a.file).cmp(&(&b.jurisdiction, &b.file)));
        Ok(listing)
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
    let is_data = matches!(extension, "csv" | "json" | "yaml" | "yml" | "toml");
    matches!(
        name.as_str(),
        MANIFEST | "expected.csv" | "sources.csv" | "thumbs.db" | "desktop.ini"
    ) || stem.starts_with("readme")
        || matches!(stem, "license" | "licence" | "copying")
        // Lock files of word processors.
        || name.starts_with("~$")
        || name.ends_with('~')
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
