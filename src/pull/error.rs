//! Why a text could not be fetched.

use std::path::{Path, PathBuf};

/// Why a source gave no text. What was in the corpus before is untouched.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PullError {
    /// The host could not be reached, or the line broke before any answer.
    #[error("{address}: no answer ({reason}); without a network connection nothing can be fetched")]
    Unreachable {
        /// The address.
        address: String,
        /// What the connection said.
        reason: String,
    },
    /// The address, or one it leads to, is not HTTPS, or there is no end to
    /// where it leads.
    #[error("{address}: not followed: {reason}")]
    Redirect {
        /// The address.
        address: String,
        /// Why not.
        reason: String,
    },
    /// The publisher answered with an error.
    #[error("{address}: the publisher answers {status}{}", meaning(*.status))]
    Status {
        /// The address.
        address: String,
        /// The HTTP status.
        status: u16,
    },
    /// The text broke off. What came is kept and the rest is fetched next time.
    #[error(
        "{address}: the text broke off after {received} bytes{}; run the command again to fetch \
         the rest",
        of(*.expected)
    )]
    CutShort {
        /// The address.
        address: String,
        /// Bytes held.
        received: u64,
        /// Bytes announced, if they were.
        expected: Option<u64>,
    },
    /// More bytes than any act has.
    #[error("{address}: more than {most} MB, which is no act")]
    TooLarge {
        /// The address.
        address: String,
        /// The limit in megabytes.
        most: u64,
    },
    /// What came is something else than the act.
    #[error(
        "{address}: this is not the act: {found} (expected {expected}); the corpus is unchanged"
    )]
    NotTheAct {
        /// The address.
        address: String,
        /// What it is.
        found: String,
        /// The format that was expected.
        expected: String,
    },
    /// The text in the corpus is not what was fetched.
    #[error(
        "{}: this text was not fetched by this program, or was edited since; `--force` overwrites it",
        .path.display()
    )]
    Edited {
        /// The file.
        path: PathBuf,
    },
    /// A file of the corpus folder could not be read or written.
    #[error("{}: {reason}", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
}

impl PullError {
    pub(super) fn file(path: &Path, error: impl ToString) -> Self {
        Self::File {
            path: path.to_owned(),
            reason: error.to_string(),
        }
    }
}

fn of(expected: Option<u64>) -> String {
    expected.map_or(String::new(), |expected| format!(" of {expected}"))
}

fn meaning(status: u16) -> &'static str {
    match status {
        401 | 403 => " (access refused; some publishers refuse programs)",
        404 | 410 => " (there is nothing at this address any more; correct it in sources.csv)",
        429 | 503 => " (too busy; try again later)",
        500..=599 => " (an error of the publisher's; try again later)",
        _ => "",
    }
}
