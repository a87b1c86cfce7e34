//! From bytes to an act: decoding, one file per source format, the grammar of
//! numbered headings, damage detection.

mod block;
mod builder;
mod formats;
mod structure;

use crate::law::{Act, Jurisdiction};

pub use block::{Block, BlockKind};
pub use builder::{ActBuilder, Metadata, Unit};

/// A file as found in a corpus, with what is known of it beforehand.
#[derive(Debug, Clone)]
pub struct SourceFile<'a> {
    /// Whose law it is.
    pub jurisdiction: Jurisdiction,
    /// Path relative to the jurisdiction's folder, with forward slashes.
    pub file: String,
    /// The file's bytes.
    pub bytes: &'a [u8],
    /// What the manifest says; it wins over the file's own metadata.
    pub declared: Metadata,
}

/// Why a file gave no act. Everything milder is a `Problem` of the act.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IngestError {
    /// The content is of no known kind.
    #[error(
        "{file}: not a known kind of legal text ({found}); convert it to Markdown, text, HTML, XML, DOCX or PDF"
    )]
    UnknownFormat {
        /// The file.
        file: String,
        /// What the content looks like.
        found: String,
    },
    /// The file holds nothing to read.
    #[error("{file}: the file is empty")]
    Empty {
        /// The file.
        file: String,
    },
    /// The container or markup could not be opened at all.
    #[error("{file}: cannot be read as {format}: {reason}")]
    Unreadable {
        /// The file.
        file: String,
        /// The detected format.
        format: String,
        /// What the reader said.
        reason: String,
    },
}

/// Reads one file. Never panics on any input.
///
/// # Errors
/// When no act can be made of the bytes at all; see [`IngestError`].
pub fn read(source: &SourceFile<'_>) -> Result<Act, IngestError> {
    Err(IngestError::Empty {
        file: source.file.clone(),
    })
}
