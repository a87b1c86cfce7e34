//! Reads the files of a corpus, in parallel, in a stable order.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::ingest::{self, IngestError, SourceFile};
use crate::law::{Act, Date, Jurisdiction, Problem, ProblemKind, sha256_hex};

use super::{
    Completeness, Corpus, CorpusError, JurisdictionTexts, ListedFile, Listing, OnProgress, Place,
    Progress, Stage, Unread, Warning, twins,
};

/// What became of one file.
#[derive(Debug)]
pub struct FileRead {
    /// Lower-case hexadecimal SHA-256 of the bytes, empty if they could not be read.
    pub sha256: String,
    /// The act, or why there is none.
    pub outcome: Result<Box<Act>, Unread>,
}

impl Corpus {
    /// Reads the law texts of a folder `CORPUS/<jurisdiction>/<files>`.
    ///
    /// An empty selection means all jurisdictions. Files that give no act
    /// are listed in [`JurisdictionTexts::unread`]. The result depends only
    /// on the files, not on threads.
    ///
    /// # Errors
    /// When the folder is missing or holds no law text, or a jurisdiction is
    /// asked for that it does not hold.
    pub fn load(
        root: &Path,
        selection: &[Jurisdiction],
        on_progress: OnProgress<'_>,
    ) -> Result<Self, CorpusError> {
        Self::load_as_of(root, selection, None, on_progress)
    }

    /// Like [`Corpus::load`], with the wordings in force on a day. Without a
    /// day, those in force at the date of each text's own version.
    ///
    /// A text of a later version than the day is named in the warnings: how
    /// its undated articles read on that day, it does not tell.
    ///
    /// # Errors
    /// See [`Corpus::load`].
    pub fn load_as_of(
        root: &Path,
        selection: &[Jurisdiction],
        day: Option<Date>,
        on_progress: OnProgress<'_>,
    ) -> Result<Self, CorpusError> {
        let mut listing = Listing::of(root)?;
        listing.select(selection)?;
        listing.as_of(day);
        let total = listing.files.len();
        let done = AtomicUsize::new(0);
        let reads: Vec<FileRead> = listing
            .files
            .par_iter()
            .map(|file| {
                let read = read_file(file);
                let done = done.fetch_add(1, Ordering::Relaxed) + 1;
                on_progress(Progress {
                    stage: Stage::Reading,
                    done,
                    total,
                    file: &format!("{}/{}", file.jurisdiction, file.file),
                });
                read
            })
            .collect();
        let mut corpus = assemble(root, listing, reads);
        if let Some(day) = day {
            corpus.warnings.extend(later_versions(&corpus, day));
        }
        Ok(corpus)
    }

    /// Number of acts in all jurisdictions.
    pub fn act_count(&self) -> usize {
        self.jurisdictions
            .iter()
            .map(|texts| texts.acts.len())
            .sum()
    }

    /// The texts of one jurisdiction.
    pub fn texts(&self, jurisdiction: &Jurisdiction) -> Option<&JurisdictionTexts> {
        self.jurisdictions
            .iter()
            .find(|texts| texts.jurisdiction == *jurisdiction)
    }
}

/// A warning for each act whose text is that of a later day.
fn later_versions(corpus: &Corpus, day: Date) -> Vec<Warning> {
    let acts = corpus.jurisdictions.iter().flat_map(|texts| &texts.acts);
    acts.filter_map(|act| {
        let version = Date::at_start(&act.date).filter(|version| *version > day)?;
        Some(Warning::new(
            format!("{}/{}", act.jurisdiction, act.source.file),
            format!(
                "the text is that of {version}; how it read on {day} is known only where a \
                 wording carries its dates"
            ),
        ))
    })
    .collect()
}

/// Sorts what was read into jurisdictions.
fn assemble(root: &Path, listing: Listing, reads: Vec<FileRead>) -> Corpus {
    let mut hash = Sha256::new();
    hash.update(listing.manifest_sha256.as_bytes());
    let mut jurisdictions: Vec<JurisdictionTexts> = Vec::new();
    for (file, read) in listing.files.iter().zip(reads) {
        for part in [file.jurisdiction.as_str(), &file.file, &read.sha256] {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        if jurisdictions
            .last()
            .is_none_or(|last| last.jurisdiction != file.jurisdiction)
        {
            jurisdictions.push(JurisdictionTexts {
                jurisdiction: file.jurisdiction.clone(),
                country: listing.country(&file.jurisdiction),
                acts: Vec::new(),
                unread: Vec::new(),
                twins: Vec::new(),
            });
        }
        if let Some(texts) = jurisdictions.last_mut() {
            match read.outcome {
                Ok(act) => texts.acts.push(*act),
                Err(unread) => texts.unread.push(unread),
            }
        }
    }
    jurisdictions
        .par_iter_mut()
        .for_each(|texts| texts.twins = twins::find(&texts.acts));
    Corpus {
        root: root.to_owned(),
        jurisdictions,
        warnings: listing.warnings,
        skipped: listing.skipped,
        hash: hex(&hash.finalize()),
    }
}

/// Reads one text of the corpus. Never fails as a whole: a file that gives no
/// act comes back with the reason.
pub fn read_file(file: &ListedFile) -> FileRead {
    let source = SourceFile {
        jurisdiction: file.jurisdiction.clone(),
        file: file.file.clone(),
        bytes: &[],
        declared: file.declared.metadata(),
    };
    if let Some(parts) = file.place.parts() {
        return FileRead {
            sha256: ingest::hash_of_parts(&parts),
            outcome: guarded(file, || ingest::read_parts(&source, &parts)),
        };
    }
    match file.place.bytes() {
        Ok(bytes) => FileRead {
            sha256: sha256_hex(&bytes),
            outcome: guarded(file, || {
                ingest::read(&SourceFile {
                    bytes: &bytes,
                    ..source
                })
            }),
        },
        Err(reason) => FileRead {
            sha256: String::new(),
            outcome: Err(unread(file, reason)),
        },
    }
}

/// The hash of a text's bytes, without reading it as law; empty if there are
/// none.
pub fn sha256_of(place: &Place) -> String {
    match place.parts() {
        Some(parts) => ingest::hash_of_parts(&parts),
        None => place
            .bytes()
            .map(|bytes| sha256_hex(&bytes))
            .unwrap_or_default(),
    }
}

/// Lets a reader make an act and adds what the manifest declares.
fn guarded(
    file: &ListedFile,
    reader: impl FnOnce() -> Result<Act, IngestError>,
) -> Result<Box<Act>, Unread> {
    // Readers promise not to panic. Should one break the promise, it costs
    // one file, named in the report, and not the whole run.
    let read = catch_unwind(AssertUnwindSafe(reader)).map_err(|_| {
        unread(
            file,
            "the reader failed (please report this file)".to_owned(),
        )
    })?;
    let mut act = read.map_err(|error| {
        let message = error.to_string();
        let about_file = format!("{}: ", file.file);
        let reason = message.strip_prefix(&about_file).unwrap_or(&message);
        unread(file, reason.to_owned())
    })?;
    if let Some(day) = file.as_of {
        ingest::as_of(&mut act, day);
    }
    if file.declared.complete == Completeness::Incomplete {
        let mut detail = "the manifest declares the text incomplete".to_owned();
        if !file.declared.note.is_empty() {
            detail.push_str(": ");
            detail.push_str(&file.declared.note);
        }
        act.problems
            .push(Problem::new(ProblemKind::DeclaredIncomplete, detail));
    }
    Ok(Box::new(act))
}

fn unread(file: &ListedFile, reason: String) -> Unread {
    Unread {
        jurisdiction: file.jurisdiction.clone(),
        file: file.file.clone(),
        reason,
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use crate::corpus::{Corpus, CorpusError};
    use crate::law::Jurisdiction;

    fn write(root: &Path, file: &str, text: &str) {
        let path = root.join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// All files that were taken for law texts, read or not.
    fn files(corpus: &Corpus) -> Vec<String> {
        let mut all = Vec::new();
        for texts in &corpus.jurisdictions {
            let acts = texts.acts.iter().map(|act| act.source.file.clone());
            let unread = texts.unread.iter().map(|unread| unread.file.clone());
            let mut files: Vec<String> = acts.chain(unread).collect();
            files.sort();
            all.extend(
                files
                    .iter()
                    .map(|file| format!("{}/{file}", texts.jurisdiction)),
            );
        }
        all
    }

    #[test]
    fn every_file_is_read_or_named_and_side_files_are_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let law = "# Goat Act\n\n## Section 1\n\nNo person may keep a goat.\n";
        write(root, ".gitignore", "*.md\n");
        write(root, "wy/b.md", law);
        write(root, "wy/a/part 1.md", law);
        write(root, "wy/.hidden.md", law);
        write(root, "wy/expected.csv", "x\n");
        write(root, "va/zero.md", "");
        write(root, "va/code.md", law);
        write(root, "README.md", "About\n");
        write(root, "loose.md", law);
        write(
            root,
            "manifest.csv",
            "jurisdiction,country,file,complete,note\n\
             va,Valoria,va/code.md,no,ends early\n\
             va,Valoria,va/gone.md,yes,\n",
        );
        let calls = AtomicUsize::new(0);
        let corpus = Corpus::load(root, &[], &|progress| {
            assert_eq!(progress.total, 4);
            calls.fetch_add(1, Ordering::Relaxed);
        })
        .unwrap();
        assert_eq!(
            files(&corpus),
            ["va/code.md", "va/zero.md", "wy/a/part 1.md", "wy/b.md"]
        );
        assert_eq!(calls.load(Ordering::Relaxed), 4);
        assert_eq!(
            corpus.skipped,
            ["README.md", "manifest.csv", "wy/expected.csv"]
        );
        let places: Vec<&str> = corpus.warnings.iter().map(|w| w.place.as_str()).collect();
        assert_eq!(places, ["loose.md", "manifest.csv:3"]);
        assert_eq!(corpus.jurisdictions[0].country, "Valoria");
        assert_eq!(corpus.jurisdictions[1].country, "WY");
        assert!(
            corpus.jurisdictions[0]
                .unread
                .iter()
                .any(|unread| unread.file == "zero.md" && unread.reason == "the file is empty")
        );

        let again = Corpus::load(root, &[], &|_| {}).unwrap();
        assert_eq!(corpus.hash, again.hash);
        let wy = Corpus::load(root, &[Jurisdiction::new("WY")], &|_| {}).unwrap();
        assert_eq!(files(&wy), ["wy/a/part 1.md", "wy/b.md"]);
        write(root, "va/code.md", "changed");
        let changed = Corpus::load(root, &[], &|_| {}).unwrap();
        assert_ne!(corpus.hash, changed.hash);
    }

    /// A zip archive of these files.
    fn pack(path: &Path, members: &[(&str, &str)]) {
        use std::io::Write as _;
        let mut writer = zip::ZipWriter::new(std::fs::File::create(path).unwrap());
        for (name, text) in members {
            writer
                .start_file(*name, zip::write::SimpleFileOptions::default())
                .unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap();
    }

    #[test]
    fn an_archive_gives_the_same_acts_as_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("laws");
        let law = "# Goat Act\n\n## Section 1\n\nNo person may keep a goat.\n";
        let manifest = "jurisdiction,country,file,title\nva,Valoria,va/code.md,The Code\n";
        let members = [
            ("va/code.md", law),
            ("va/code/article-1.md", "No person may keep a goat."),
            ("va/code/article-2.md", "Nor a sheep."),
            ("va/code/article-3.md", "Nor a cow."),
            ("wy/b.md", law),
            ("README.md", "About"),
            ("manifest.csv", manifest),
        ];
        for (name, text) in members {
            write(&root, name, text);
        }
        let plain = folder.path().join("laws.zip");
        pack(&plain, &members);
        // As a repository is downloaded, and with what must not be opened.
        let wrapped = folder.path().join("download.zip");
        let wrapped_members: Vec<(String, &str)> = members
            .iter()
            .map(|(name, text)| (format!("laws-main/{name}"), *text))
            .chain([("laws-main/.github/x.md".to_owned(), law)])
            .collect();
        let borrowed: Vec<(&str, &str)> = wrapped_members
            .iter()
            .map(|(name, text)| (name.as_str(), *text))
            .collect();
        pack(&wrapped, &borrowed);
        let from_folder = Corpus::load(&root, &[], &|_| {}).unwrap();
        assert_eq!(files(&from_folder), ["va/code", "va/code.md", "wy/b.md"]);
        for archive in [&plain, &wrapped] {
            let corpus = Corpus::load(archive, &[], &|_| {}).unwrap();
            assert_eq!(corpus.hash, from_folder.hash);
            assert_eq!(files(&corpus), files(&from_folder));
            assert_eq!(corpus.jurisdictions[0].acts[1].title, "The Code");
            assert_eq!(corpus.jurisdictions[0].acts[0].articles().count(), 3);
        }
        let damaged = folder.path().join("cut.zip");
        let bytes = std::fs::read(&plain).unwrap();
        std::fs::write(&damaged, &bytes[..bytes.len() / 2]).unwrap();
        let error = Corpus::load(&damaged, &[], &|_| {}).unwrap_err();
        assert!(
            matches!(error, CorpusError::DamagedArchive { .. }),
            "{error}"
        );
    }

    #[test]
    fn a_clone_named_after_a_jurisdiction_is_its_law() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("laws-va");
        let law = "---\ntitle: Goat Act\n---\n\n## Section 1\n\nNo goats.\n";
        write(&root, ".git/HEAD", "ref");
        write(&root, "README.md", "About");
        write(&root, "scripts/fetch.py", "print('goat')");
        write(&root, "statutes/goat.md", law);
        write(&root, "codes/sheep.md", law);
        let corpus = Corpus::load(&root, &[], &|_| {}).unwrap();
        assert_eq!(files(&corpus), ["va/codes/sheep.md", "va/statutes/goat.md"]);
        // Without the sign of a clone the folders are jurisdictions.
        std::fs::remove_dir_all(root.join(".git")).unwrap();
        let corpus = Corpus::load(&root, &[], &|_| {}).unwrap();
        assert_eq!(files(&corpus), ["codes/sheep.md", "statutes/goat.md"]);
        // Law directly in a folder named by a code.
        let single = folder.path().join("wy");
        write(&single, "goat.md", law);
        let corpus = Corpus::load(&single, &[], &|_| {}).unwrap();
        assert_eq!(files(&corpus), ["wy/goat.md"]);
    }

    #[test]
    fn a_folder_that_is_no_corpus_says_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let fail =
            |path: &Path, asked: &[Jurisdiction]| Corpus::load(path, asked, &|_| {}).unwrap_err();
        assert!(matches!(
            fail(root, &[]),
            CorpusError::NoTexts { loose: false, .. }
        ));
        write(root, "code.md", "text");
        assert!(matches!(
            fail(root, &[]),
            CorpusError::NoTexts { loose: true, .. }
        ));
        assert!(matches!(
            fail(&root.join("code.md"), &[]),
            CorpusError::NotAFolder(_)
        ));
        assert!(matches!(
            fail(&root.join("none"), &[]),
            CorpusError::Missing(_)
        ));
        write(root, "va/code.md", "text");
        write(
            root,
            "manifest.csv",
            "jurisdiction,country,file\nva,Valoria,va/code.md\n",
        );
        for asked in ["valoria", "wa", "va-1900"] {
            let message = fail(root, &[Jurisdiction::new(asked)]).to_string();
            assert!(message.contains("did you mean va?"), "{message}");
        }
    }
}
