//! Why a search could not be made.

use std::path::PathBuf;

use tantivy::TantivyError;

use crate::mappings::Diagnostic;

use super::CorpusError;

/// Why a search could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SearchError {
    /// The corpus cannot be used.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    /// The query cannot be understood; `Diagnostic::render` shows the place.
    #[error(transparent)]
    Query(#[from] Box<Diagnostic>),
    /// The folder chosen for the index belongs to the corpus.
    #[error(
        "{}: the index must not lie inside the corpus; choose another folder with --cache",
        .cache.display()
    )]
    CacheInCorpus {
        /// The folder.
        cache: PathBuf,
    },
    /// Another run is writing the same index.
    #[error(
        "another run of the program is indexing the same corpus; wait until it has finished \
         (the index is in {})",
        .cache.display()
    )]
    Busy {
        /// The folder of the index.
        cache: PathBuf,
    },
    /// The search engine failed.
    #[error(
        "the index cannot be used: {0}; it may be deleted at any time, the next run builds it anew"
    )]
    Engine(#[from] TantivyError),
}

impl From<Diagnostic> for SearchError {
    fn from(diagnostic: Diagnostic) -> Self {
        SearchError::Query(Box::new(diagnostic))
    }
}

impl From<std::io::Error> for SearchError {
    fn from(error: std::io::Error) -> Self {
        SearchError::Engine(error.into())
    }
}
