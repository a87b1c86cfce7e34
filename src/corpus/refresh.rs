//! Keeps the index in step with the folder: only files that changed are read
//! again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use tantivy::directory::MmapDirectory;
use tantivy::{Index, IndexWriter, ReloadPolicy, Searcher, TantivyDocument, TantivyError, Term};

use crate::annotate::Annotator;
use crate::law::{Date, Jurisdiction, sha256_hex};
use crate::mappings::{Concepts, Mappings};

use super::cache::{self, Cache};
use super::index::{Fields, register_words, schema};
use super::load::{read_file, sha256_of};
use super::record::{Record, without_mentions};
use super::search_error::SearchError;
use super::{ListedFile, Listing, OnProgress, Progress, Stage, Unread, Warning};

/// Memory for the index writer, per thread. More makes fewer, larger segments
/// and is not faster.
const WRITER_BYTES: usize = 50_000_000;
/// More writer threads than this outrun the readers of files.
const MOST_WRITERS: usize = 4;
/// How long to wait for another run that is writing the same index.
const PATIENCE: Duration = Duration::from_secs(20);

/// The rules that find concepts.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'a> {
    /// Their data.
    pub mappings: &'a Mappings,
    /// Their language packs, compiled.
    pub annotator: &'a Annotator,
}

/// A searchable corpus.
pub struct SearchIndex {
    pub(super) searcher: Searcher,
    pub(super) fields: Fields,
    pub(super) catalog: Catalog,
    pub(super) listing: Listing,
    pub(super) concepts: Option<Concepts>,
    /// What had to be done to bring the index up to date.
    pub refreshed: Refreshed,
    /// What looked wrong, the manifest's diagnostics included.
    pub warnings: Vec<Warning>,
}

/// What had to be done to bring an index up to date.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Refreshed {
    /// Files read, because they are new or changed.
    pub read: usize,
    /// Files whose entries were removed, because they are gone.
    pub removed: usize,
    /// Files whose entries could stay.
    pub kept: usize,
}

/// The acts of an index, by `jurisdiction/file`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Catalog(pub BTreeMap<String, CatalogEntry>);

/// What the index knows of a file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CatalogEntry {
    /// Hash of the bytes and of what the manifest declares.
    pub stamp: String,
    /// Whose law it is.
    pub jurisdiction: Jurisdiction,
    /// Path relative to the jurisdiction's folder.
    pub file: String,
    /// Title of the act.
    pub title: String,
    /// Title in English, if the manifest has one.
    pub title_en: String,
    /// Language tag.
    pub language: String,
    /// SHA-256 of the canonical text.
    pub text_sha256: String,
    /// Whether concepts could be looked for in its language.
    pub has_pack: bool,
    /// Why the file gave no act, if so.
    pub unread: Option<String>,
}

impl SearchIndex {
    /// Opens the index of a corpus and brings it up to date with the files.
    /// Without rules, concepts are not indexed.
    ///
    /// # Errors
    /// When the corpus cannot be used, another run is writing the index, or
    /// the index cannot be written. A damaged index is rebuilt, with a
    /// warning; a cache folder that cannot be written only costs time.
    pub fn open(
        root: &Path,
        cache: &Cache,
        rules: Option<Rules<'_>>,
        on_progress: OnProgress<'_>,
    ) -> Result<Self, SearchError> {
        Self::open_as_of(root, cache, rules, None, on_progress)
    }

    /// Like [`SearchIndex::open`], with the wordings in force on a day. Each
    /// day asked for has an index of its own.
    ///
    /// # Errors
    /// See [`SearchIndex::open`].
    pub fn open_as_of(
        root: &Path,
        cache: &Cache,
        rules: Option<Rules<'_>>,
        day: Option<Date>,
        on_progress: OnProgress<'_>,
    ) -> Result<Self, SearchError> {
        let mut listing = Listing::of(root)?;
        listing.as_of(day);
        let work = Work {
            stamps: listing
                .files
                .par_iter()
                .map(|file| (file.key(), stamp_of_file(file)))
                .collect(),
            listing: &listing,
            rules,
            on_progress,
        };
        let mut warnings = listing.warnings.clone();
        let own = cache.folder_for(root)?.map(|folder| match day {
            Some(day) => folder.join(day.to_string()),
            None => folder,
        });
        let folder = own.filter(|folder| {
            cache::prepare(folder)
                .map_err(|error| {
                    warnings.push(Warning::new(
                        folder.display().to_string(),
                        format!("cannot be written ({error}); the index is kept in memory"),
                    ));
                })
                .is_ok()
        });
        let (index, catalog, refreshed) = match folder {
            Some(folder) => work.on_disk(&folder, &mut warnings)?,
            None => {
                let opened = Opened::in_memory();
                work.update(opened)?
            }
        };
        let searcher = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?
            .searcher();
        let (_, fields) = schema();
        Ok(Self {
            searcher,
            fields,
            catalog,
            listing,
            concepts: rules.map(|rules| rules.mappings.concepts.clone()),
            refreshed,
            warnings,
        })
    }

    /// Number of files that gave an act.
    pub fn act_count(&self) -> usize {
        let acts = self.catalog.0.values();
        acts.filter(|entry| entry.unread.is_none()).count()
    }

    /// The files that gave no act, and why.
    pub fn unread(&self) -> Vec<Unread> {
        let entries = self.catalog.0.values();
        entries
            .filter_map(|entry| {
                Some(Unread {
                    jurisdiction: entry.jurisdiction.clone(),
                    file: entry.file.clone(),
                    reason: entry.unread.clone()?,
                })
            })
            .collect()
    }
}

/// An index with what it says about its content.
struct Opened {
    index: Index,
    catalog: Catalog,
}

impl Opened {
    fn new(index: Index, catalog: Catalog) -> Self {
        register_words(&index);
        Self { index, catalog }
    }

    fn in_memory() -> Self {
        let (schema, _) = schema();
        Self::new(Index::create_in_ram(schema), Catalog::default())
    }

    /// An index that exists in a folder; none if there is none yet.
    ///
    /// # Errors
    /// Why it cannot be used.
    fn existing(folder: &Path) -> Result<Option<Self>, String> {
        if !folder.join("meta.json").exists() {
            return Ok(None);
        }
        let index = Index::open_in_dir(folder).map_err(|error| error.to_string())?;
        let damaged = index
            .validate_checksum()
            .map_err(|error| error.to_string())?;
        if !damaged.is_empty() {
            return Err(format!("{} files fail their checksum", damaged.len()));
        }
        let metas = index.load_metas().map_err(|error| error.to_string())?;
        let catalog = match metas.payload {
            Some(payload) => serde_json::from_str(&payload).map_err(|error| error.to_string())?,
            None => Catalog::default(),
        };
        Ok(Some(Self::new(index, catalog)))
    }

    fn create(folder: &Path) -> Result<Self, SearchError> {
        std::fs::create_dir_all(folder)?;
        let (schema, _) = schema();
        let directory = MmapDirectory::open(folder).map_err(TantivyError::from)?;
        let index = Index::create(directory, schema, tantivy::IndexSettings::default())?;
        Ok(Self::new(index, Catalog::default()))
    }
}

/// One run's bringing up to date.
struct Work<'a> {
    listing: &'a Listing,
    stamps: BTreeMap<String, String>,
    rules: Option<Rules<'a>>,
    on_progress: OnProgress<'a>,
}

impl Work<'_> {
    fn on_disk(
        &self,
        cache: &Path,
        warnings: &mut Vec<Warning>,
    ) -> Result<(Index, Catalog, Refreshed), SearchError> {
        let hash = self.rules.map_or("", |rules| rules.mappings.hash.as_str());
        let fingerprint = cache::fingerprint(hash);
        let folder = cache::index_folder(cache, &fingerprint);
        if let Ok(Some(opened)) = Opened::existing(&folder)
            && self.is_current(&opened.catalog)
        {
            return Ok(self.unchanged(opened));
        }
        let _lock = cache::lock(cache, PATIENCE)?;
        // Under the lock the index is looked at again: another run may have
        // just written it.
        let opened = match Opened::existing(&folder) {
            Ok(Some(opened)) if self.is_current(&opened.catalog) => {
                return Ok(self.unchanged(opened));
            }
            Ok(Some(opened)) => opened,
            Ok(None) => Opened::create(&folder)?,
            Err(reason) => {
                warnings.push(Warning::new(
                    folder.display().to_string(),
                    format!("the index is damaged ({reason}) and is built anew"),
                ));
                std::fs::remove_dir_all(&folder)?;
                Opened::create(&folder)?
            }
        };
        let updated = self.update(opened)?;
        std::fs::write(folder.join("fingerprint.txt"), &fingerprint)?;
        cache::remove_others(cache, &folder);
        Ok(updated)
    }

    fn is_current(&self, catalog: &Catalog) -> bool {
        let (read, removed) = self.difference(catalog);
        read.is_empty() && removed.is_empty()
    }

    fn unchanged(&self, opened: Opened) -> (Index, Catalog, Refreshed) {
        let refreshed = Refreshed {
            kept: opened.catalog.0.len(),
            ..Refreshed::default()
        };
        (opened.index, opened.catalog, refreshed)
    }

    /// The files to read, and the keys of files that are gone.
    fn difference(&self, catalog: &Catalog) -> (Vec<&ListedFile>, Vec<String>) {
        let read = self
            .listing
            .files
            .iter()
            .filter(|file| {
                let key = file.key();
                let known = catalog.0.get(&key).map(|entry| entry.stamp.as_str());
                known != self.stamps.get(&key).map(String::as_str)
            })
            .collect();
        let gone = catalog
            .0
            .keys()
            .filter(|key| !self.stamps.contains_key(*key));
        (read, gone.cloned().collect())
    }

    fn update(&self, opened: Opened) -> Result<(Index, Catalog, Refreshed), SearchError> {
        let Opened { index, mut catalog } = opened;
        let (read, removed) = self.difference(&catalog);
        let refreshed = Refreshed {
            read: read.len(),
            removed: removed.len(),
            kept: self.listing.files.len() - read.len(),
        };
        let (_, fields) = schema();
        let threads = std::thread::available_parallelism()
            .map_or(1, usize::from)
            .min(MOST_WRITERS);
        let mut writer: IndexWriter =
            index.writer_with_num_threads(threads, threads * WRITER_BYTES)?;
        let changed: BTreeSet<String> = read.iter().map(|file| file.key()).collect();
        for key in changed.iter().chain(&removed) {
            if catalog.0.remove(key).is_some() {
                writer.delete_term(Term::from_field_text(fields.key, key));
            }
        }
        let total = read.len();
        let done = AtomicUsize::new(0);
        let entries: Vec<(String, CatalogEntry)> = read
            .par_iter()
            .map(|file| {
                let entry = self.add(file, &fields, &writer)?;
                let done = done.fetch_add(1, Ordering::Relaxed) + 1;
                (self.on_progress)(Progress {
                    stage: Stage::Indexing,
                    done,
                    total,
                    file: &file.key(),
                });
                Ok((file.key(), entry))
            })
            .collect::<Result<_, SearchError>>()?;
        catalog.0.extend(entries);
        let payload = serde_json::to_string(&catalog)
            .map_err(|error| TantivyError::InternalError(error.to_string()))?;
        // The catalogue is written in the same moment as the entries: a run
        // that is stopped in between leaves the index as it was.
        let mut commit = writer.prepare_commit()?;
        commit.set_payload(&payload);
        commit.commit()?;
        writer.wait_merging_threads()?;
        Ok((index, catalog, refreshed))
    }

    /// Reads one file and adds its records.
    fn add(
        &self,
        file: &ListedFile,
        fields: &Fields,
        writer: &IndexWriter,
    ) -> Result<CatalogEntry, SearchError> {
        let read = read_file(file);
        let mut entry = CatalogEntry {
            stamp: stamp(file, &read.sha256),
            jurisdiction: file.jurisdiction.clone(),
            file: file.file.clone(),
            title: file.declared.title.clone(),
            title_en: file.declared.title_en.clone(),
            language: String::new(),
            text_sha256: String::new(),
            has_pack: false,
            unread: None,
        };
        let act = match read.outcome {
            Ok(act) => *act,
            Err(unread) => {
                entry.unread = Some(unread.reason);
                return Ok(entry);
            }
        };
        entry.title.clone_from(&act.title);
        entry.language = act.language.to_string();
        entry.text_sha256 = act.text.sha256().to_owned();
        let annotated = match self.rules {
            Some(rules) => rules.annotator.annotate(act),
            None => without_mentions(act),
        };
        entry.has_pack = annotated.has_pack;
        let concepts = self.rules.map(|rules| &rules.mappings.concepts);
        let key = file.key();
        for record in Record::of_act(&annotated, concepts) {
            let document: TantivyDocument = fields
                .document(&key, &annotated.act, &record)
                .map_err(|error| TantivyError::InternalError(error.to_string()))?;
            writer.add_document(document)?;
        }
        Ok(entry)
    }
}

/// The stamp of a file as it is now.
fn stamp_of_file(file: &ListedFile) -> String {
    stamp(file, &sha256_of(&file.place))
}

/// Hash of a file's content and of what the manifest declares about it.
fn stamp(file: &ListedFile, sha256: &str) -> String {
    let declared = &file.declared;
    let parts = [
        sha256,
        &declared.title,
        &declared.title_en,
        &declared.identifier,
        &declared.language,
        &declared.date,
    ];
    sha256_hex(parts.join("\0").as_bytes())
}

impl std::fmt::Debug for SearchIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SearchIndex")
            .field("acts", &self.act_count())
            .field("refreshed", &self.refreshed)
            .finish_non_exhaustive()
    }
}
