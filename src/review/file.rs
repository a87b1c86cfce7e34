//! The file of decisions: plain CSV, written whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use fs4::fs_std::FileExt as _;
use serde::{Deserialize, Serialize};

use super::{Anchor, Decision, DecisionError, Opinion};
use crate::assess::Verdict;
use crate::law::{Jurisdiction, Span};

/// Name of the file in the corpus folder.
pub const REVIEWS: &str = "reviews.csv";

/// How long to wait for another program that writes the same file.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why decisions could not be read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReviewError {
    /// The file system said no.
    #[error("{}: {source}", .path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// What it said.
        #[source]
        source: io::Error,
    },
    /// A line that is not a decision.
    #[error("{}:{line}: {message}", .path.display())]
    Line {
        /// Which file.
        path: PathBuf,
        /// Which line.
        line: u64,
        /// What is wrong with it.
        message: String,
    },
    /// Another program is writing.
    #[error("{}: another program has been writing to it for ten seconds; try again", .path.display())]
    Busy {
        /// Which file.
        path: PathBuf,
    },
    /// A decision that cannot be made.
    #[error(transparent)]
    Decision(#[from] DecisionError),
}

/// One line of the file.
#[derive(Debug, Serialize, Deserialize)]
struct Row {
    jurisdiction: String,
    requirement: String,
    decision: String,
    verdict: String,
    reviewer: String,
    date: String,
    why: String,
    machine: String,
    file: String,
    locator: String,
    start: usize,
    end: usize,
    quote: String,
    before: String,
    after: String,
    sha256: String,
}

/// The decisions on one corpus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewFile {
    path: PathBuf,
    /// The decisions, by jurisdiction, requirement, reviewer and date.
    pub decisions: Vec<Decision>,
}

impl ReviewFile {
    /// The decisions that stand next to a corpus; none where there is no file.
    ///
    /// # Errors
    /// When the file cannot be read, or a line of it is not a decision.
    pub fn of_corpus(corpus: &Path) -> Result<Self, ReviewError> {
        Self::open(&corpus.join(REVIEWS))
    }

    /// The decisions of a file; none where there is no file.
    ///
    /// # Errors
    /// When the file cannot be read, or a line of it is not a decision.
    pub fn open(path: &Path) -> Result<Self, ReviewError> {
        let io = |source| ReviewError::Io {
            path: path.to_owned(),
            source,
        };
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(io(error)),
        };
        // Spreadsheet programs put a byte order mark in front.
        let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
        let mut decisions = Vec::new();
        for (index, row) in csv::Reader::from_reader(text).deserialize().enumerate() {
            let wrong = |message: String, line: Option<u64>| ReviewError::Line {
                path: path.to_owned(),
                line: line.unwrap_or(index as u64 + 2),
                message,
            };
            let row: Row = row.map_err(|error: csv::Error| {
                wrong(error.to_string(), error.position().map(csv::Position::line))
            })?;
            decisions.push(
                row.decision()
                    .map_err(|error| wrong(error.to_string(), None))?,
            );
        }
        Ok(Self {
            path: path.to_owned(),
            decisions,
        })
    }

    /// Where the decisions stand.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The decisions on one finding.
    pub fn on<'a>(
        &'a self,
        jurisdiction: &'a Jurisdiction,
        requirement: &'a str,
    ) -> impl Iterator<Item = &'a Decision> + 'a {
        self.decisions
            .iter()
            .filter(move |d| d.jurisdiction == *jurisdiction && d.requirement == requirement)
    }

    /// Changes the file: reads it afresh under a lock, lets `change` edit the
    /// decisions, sorts them and replaces the file in one step. Two programs
    /// that do so at once both have their way.
    ///
    /// # Errors
    /// When the file cannot be read or written, or is locked for too long.
    pub fn update(
        path: &Path,
        change: impl FnOnce(&mut Vec<Decision>),
    ) -> Result<Self, ReviewError> {
        let _lock = lock(path)?;
        let mut file = Self::open(path)?;
        change(&mut file.decisions);
        file.decisions
            .sort_by(|a, b| (a.key(), &a.date).cmp(&(b.key(), &b.date)));
        file.write()?;
        Ok(file)
    }

    /// Adds a decision; the same reviewer's earlier opinion on the same
    /// finding is replaced.
    ///
    /// # Errors
    /// When the file cannot be read or written, or is locked for too long.
    pub fn add(path: &Path, decision: Decision) -> Result<Self, ReviewError> {
        Self::update(path, |decisions| {
            decisions.retain(|known| known.key() != decision.key());
            decisions.push(decision);
        })
    }

    /// The decisions as CSV.
    ///
    /// # Errors
    /// Never for these rows; the writer's signature asks for it.
    pub fn to_csv(decisions: &[Decision]) -> csv::Result<Vec<u8>> {
        let mut table = csv::Writer::from_writer(Vec::new());
        for decision in decisions {
            table.serialize(Row::of(decision))?;
        }
        table
            .into_inner()
            .map_err(|error| csv::Error::from(error.into_error()))
    }

    fn write(&self) -> Result<(), ReviewError> {
        let io = |source| ReviewError::Io {
            path: self.path.clone(),
            source,
        };
        let text = Self::to_csv(&self.decisions).map_err(|e| io(io::Error::other(e)))?;
        let draft = beside(&self.path, "new");
        let mut file = File::create(&draft).map_err(io)?;
        file.write_all(&text).map_err(io)?;
        file.sync_all().map_err(io)?;
        fs::rename(&draft, &self.path).map_err(io)
    }
}

/// A hidden file in the same folder, so that renaming stays in one file system.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{ending}"))
}

/// Holds the file's lock until dropped; gone with the process in any case.
fn lock(path: &Path) -> Result<File, ReviewError> {
    let place = beside(path, "lock");
    let io = |source| ReviewError::Io {
        path: place.clone(),
        source,
    };
    let file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .open(&place)
        .map_err(io)?;
    let started = Instant::now();
    while !file.try_lock_exclusive().map_err(io)? {
        if started.elapsed() > PATIENCE {
            return Err(ReviewError::Busy {
                path: path.to_owned(),
            });
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(file)
}

impl Row {
    fn of(decision: &Decision) -> Self {
        let anchor = &decision.anchor;
        let verdict = match decision.opinion {
            Opinion::Overrule(verdict) => verdict.name(),
            Opinion::Confirm | Opinion::Comment => "",
        };
        Self {
            jurisdiction: decision.jurisdiction.to_string(),
            requirement: decision.requirement.clone(),
            decision: decision.opinion.name().to_owned(),
            verdict: verdict.to_owned(),
            reviewer: guarded(&decision.reviewer),
            date: decision.date.clone(),
            why: guarded(&decision.why),
            machine: decision.machine.name().to_owned(),
            file: guarded(&anchor.file),
            locator: guarded(&anchor.locator),
            start: anchor.span.start,
            end: anchor.span.end,
            quote: guarded(&anchor.quote),
            before: guarded(&anchor.before),
            after: guarded(&anchor.after),
            sha256: anchor.sha256.clone(),
        }
    }

    fn decision(self) -> Result<Decision, DecisionError> {
        let machine = Verdict::from_name(&self.machine)
            .ok_or_else(|| DecisionError::UnknownVerdict(self.machine.clone()))?;
        if self.reviewer.trim().is_empty() {
            return Err(DecisionError::Nobody);
        }
        Ok(Decision {
            opinion: Opinion::from_names(&self.decision, &self.verdict)?,
            jurisdiction: Jurisdiction::new(&self.jurisdiction),
            requirement: self.requirement,
            reviewer: plain(&self.reviewer),
            date: self.date,
            why: plain(&self.why),
            machine,
            anchor: Anchor {
                file: plain(&self.file),
                locator: plain(&self.locator),
                span: Span::new(self.start, self.end.max(self.start)),
                quote: plain(&self.quote),
                before: plain(&self.before),
                after: plain(&self.after),
                sha256: self.sha256,
            },
        })
    }
}

/// Signs that make a spreadsheet take a cell for a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

fn is_guardable(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(FORMULA)
}

/// A cell that no spreadsheet takes for a formula; [`plain`] undoes it.
fn guarded(cell: &str) -> String {
    if is_guardable(cell) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

fn plain(cell: &str) -> String {
    match cell.strip_prefix('\'') {
        Some(rest) if is_guardable(cell) => rest.to_owned(),
        _ => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decision(words: &str, why: &str) -> Decision {
        Decision {
            jurisdiction: Jurisdiction::new("xa"),
            requirement: "csam-possess".into(),
            opinion: Opinion::Overrule(Verdict::Partial),
            reviewer: "A. Reader".into(),
            date: "2026-01-31".into(),
            why: why.into(),
            machine: Verdict::Full,
            anchor: Anchor {
                file: "act.md".into(),
                locator: "s 1".into(),
                span: Span::new(3, 3 + words.len()),
                quote: words.into(),
                sha256: "0".repeat(64),
                ..Anchor::default()
            },
        }
    }

    proptest! {
        #[test]
        fn decisions_come_back_as_they_were_written(
            words in "['=+@a\\-\n\",]{1,9}", why in "[ '=@x,\"]{0,6}y"
        ) {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join(REVIEWS);
            let written = decision(&words, &why);
            ReviewFile::add(&path, written.clone()).unwrap();
            let text = fs::read_to_string(&path).unwrap();
            prop_assert_eq!(ReviewFile::open(&path).unwrap().decisions, vec![written]);
            for cell in csv::Reader::from_reader(text.as_bytes()).records().flatten().next().unwrap().iter() {
                prop_assert!(!cell.starts_with(FORMULA), "{:?}", cell);
            }
        }
    }

    #[test]
    fn writers_at_the_same_time_lose_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(REVIEWS);
        std::thread::scope(|scope| {
            for number in 0..8 {
                let path = &path;
                scope.spawn(move || {
                    let mut one = decision("words", "because");
                    one.reviewer = format!("Reader {number}");
                    ReviewFile::add(path, one).unwrap();
                });
            }
        });
        assert_eq!(ReviewFile::open(&path).unwrap().decisions.len(), 8);
    }

    #[test]
    fn a_line_that_is_no_decision_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(REVIEWS);
        ReviewFile::add(&path, decision("words", "because")).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.replace("overrule,partial", "overrule,perhaps")).unwrap();
        let error = ReviewFile::open(&path).unwrap_err().to_string();
        assert!(
            error.contains("reviews.csv:2: unknown verdict `perhaps`"),
            "{error}"
        );
    }
}
