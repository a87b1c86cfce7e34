//! Whether what came is the act: unpacked, of the expected format, and law.

use std::io::{Cursor, Read};

use super::{PullError, Source};
use crate::ingest::{self, Metadata, SourceFile};
use crate::law::{Act, Jurisdiction, ProblemKind};

/// A packed text larger than this, unpacked, is no act.
const MOST_BYTES: u64 = ingest::LARGEST_FILE as u64;

/// A text that is the act.
#[derive(Debug)]
pub(super) struct Checked {
    /// The text, unpacked.
    pub(super) bytes: Vec<u8>,
    pub(super) articles: usize,
    pub(super) title: String,
    pub(super) identifier: String,
    pub(super) language: String,
    pub(super) date: String,
    pub(super) problems: Vec<String>,
}

/// Checks what was fetched for a source.
///
/// # Errors
/// When it is an error page, a landing page, another format, or no law.
pub(super) fn check(source: &Source, raw: Vec<u8>) -> Result<Checked, PullError> {
    let fail = |found: String| PullError::NotTheAct {
        address: source.address.clone(),
        found,
        expected: source.format.clone(),
    };
    let bytes = unpacked(source, raw).map_err(fail)?;
    let act = ingest::read(&SourceFile {
        jurisdiction: Jurisdiction::new(&source.jurisdiction),
        file: source.file.clone(),
        bytes: &bytes,
        declared: Metadata {
            language: source.language.clone(),
            ..Metadata::default()
        },
    })
    .map_err(|error| fail(error.to_string()))?;
    if act.source.format != source.format {
        return Err(fail(format!("it is {}", act.source.format)));
    }
    if let Some(reason) = no_law(&act) {
        return Err(fail(reason));
    }
    Ok(Checked {
        articles: act.articles().count(),
        title: act.title.clone(),
        identifier: act.identifier.clone(),
        language: act.language.to_string(),
        date: act.date.clone(),
        problems: act.problems.iter().map(ToString::to_string).collect(),
        bytes,
    })
}

/// Why a text is no law, if it is none. Scans hold law that cannot be read:
/// they are kept, and reports say so.
fn no_law(act: &Act) -> Option<String> {
    let has = |kind| act.problems.iter().any(|problem| problem.kind == kind);
    if has(ProblemKind::ScanWithoutText) {
        return None;
    }
    if has(ProblemKind::LandingPage) {
        return Some("a page about the law without its text".to_owned());
    }
    (act.articles().count() == 0).then(|| "a page without a single article".to_owned())
}

/// The one text of a zip archive; anything else as it is.
fn unpacked(source: &Source, raw: Vec<u8>) -> Result<Vec<u8>, String> {
    let is_document = matches!(source.format.as_str(), "docx" | "odt" | "epub");
    if is_document || !raw.starts_with(b"PK\x03\x04") {
        return Ok(raw);
    }
    let damaged = |error: zip::result::ZipError| format!("a damaged zip archive ({error})");
    let mut archive = zip::ZipArchive::new(Cursor::new(raw.as_slice())).map_err(damaged)?;
    let mut largest: Option<(u64, usize)> = None;
    for index in 0..archive.len() {
        let member = archive.by_index(index).map_err(damaged)?;
        if member.is_file() && largest.is_none_or(|(size, _)| member.size() > size) {
            largest = Some((member.size(), index));
        }
    }
    let (_, index) = largest.ok_or("an empty zip archive")?;
    let mut bytes = Vec::new();
    archive
        .by_index(index)
        .map_err(damaged)?
        .take(MOST_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| format!("a damaged zip archive ({error})"))?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err("a zip archive that unpacks to more than any act".to_owned());
    }
    Ok(bytes)
}
