//! From bytes to an act: decoding, one file per source format, the grammar of
//! numbered headings, damage detection.

mod block;
mod builder;
mod damage;
mod decode;
mod detect;
mod first_paragraph;
mod formats;
mod language;
mod lines;
mod parts;
mod qualify;
mod source;
mod structure;
mod vigour;

use crate::law::{Act, ActSource, Date, Jurisdiction, Problem, ProblemKind, sha256_hex};
use detect::{Container, Format};

pub use block::{Block, BlockKind};
pub use builder::{ActBuilder, Metadata, Unit};
pub use parts::{Part, hash_of_parts, read_parts};
pub use source::{Place, PlaceUnit, SourceText, source_text};
pub use vigour::{as_of, is_dated};

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

/// The most bytes a file of one act may have. The largest codes have three
/// megabytes.
pub const LARGEST_FILE: usize = 64 << 20;

/// Why a file gave no act. Everything milder is a `Problem` of the act.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IngestError {
    /// The content is of no known kind.
    #[error(
        "{file}: not a known kind of legal text ({found}); convert it to Markdown, text, HTML, XML, DOCX, ODT, EPUB or PDF"
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
    /// More bytes than any act has; reading them would take memory that the
    /// program promises not to.
    #[error("{file}: {megabytes} MB are no single act, the most is {} MB; split the file", LARGEST_FILE >> 20)]
    TooLarge {
        /// The file.
        file: String,
        /// Its size.
        megabytes: usize,
    },
    /// A page about a law, without its text.
    #[error("{file}: {detail}; download the text of the law itself")]
    LandingPage {
        /// The file.
        file: String,
        /// What was seen.
        detail: String,
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
/// What the manifest declares wins over what the file says of itself, and
/// that over what can be guessed from the words.
///
/// # Errors
/// When no act can be made of the bytes at all; see [`IngestError`].
pub fn read(source: &SourceFile<'_>) -> Result<Act, IngestError> {
    if source.bytes.len() > LARGEST_FILE {
        return Err(IngestError::TooLarge {
            file: source.file.clone(),
            megabytes: source.bytes.len() >> 20,
        });
    }
    if source.bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(IngestError::Empty {
            file: source.file.clone(),
        });
    }
    let mut builder = ActBuilder::new();
    // Readers may need the language; a declared one is known before they start.
    builder.metadata().language = source.declared.language.clone();
    let mut described = ActSource {
        file: source.file.clone(),
        sha256: sha256_hex(source.bytes),
        ..ActSource::default()
    };
    match detect::container(source.bytes) {
        Container::Unknown(found) => return Err(unknown(source, found)),
        Container::Binary(format) => {
            format.name().clone_into(&mut described.format);
            described.reader = read_container(format, source.bytes, &mut builder)
                .map_err(|reason| unreadable(source, format, reason))?
                .to_owned();
        }
        Container::Text => {
            let decoded = decode::decode(source.bytes);
            let format =
                detect::text_format(&decoded.text).map_err(|found| unknown(source, &found))?;
            format.name().clone_into(&mut described.format);
            decoded.encoding.clone_into(&mut described.encoding);
            read_text(format, &decoded.text, &mut builder)
                .map_err(|reason| unreadable(source, format, reason))?;
            for problem in decoded.problems {
                builder.problem(problem.kind, problem.detail);
            }
        }
    }
    conclude(source, builder, described)
}

/// What is done to every act when its text has been read.
fn conclude(
    source: &SourceFile<'_>,
    mut builder: ActBuilder,
    described: ActSource,
) -> Result<Act, IngestError> {
    // What the file says of its own age; a manifest may give the year of enactment.
    let stated = [&builder.metadata().date, &source.declared.date];
    let version = stated
        .into_iter()
        .filter_map(|date| Date::at_start(date))
        .max();
    let in_file = builder.metadata().language.clone();
    overlay(&source.declared, builder.metadata());
    let (language, mismatch) =
        language::settle(&source.declared.language, &in_file, builder.text());
    builder.metadata().language = language;
    if let Some(mismatch) = mismatch {
        builder.problem(mismatch.kind, mismatch.detail);
    }
    let mut act = builder.finish(source.jurisdiction.clone(), described);
    qualify::qualify(&mut act);
    if let Some(day) = version {
        vigour::as_of(&mut act, day);
    }
    damage::examine(&mut act);
    let landing = |problem: &&Problem| problem.kind == ProblemKind::LandingPage;
    match act.problems.iter().find(landing) {
        None => Ok(act),
        Some(problem) => Err(IngestError::LandingPage {
            file: source.file.clone(),
            detail: problem.detail.clone(),
        }),
    }
}

fn unknown(source: &SourceFile<'_>, found: &str) -> IngestError {
    IngestError::UnknownFormat {
        file: source.file.clone(),
        found: found.to_owned(),
    }
}

fn unreadable(source: &SourceFile<'_>, format: Format, reason: String) -> IngestError {
    IngestError::Unreadable {
        file: source.file.clone(),
        format: format.name().to_owned(),
        reason,
    }
}

/// Declared values replace those of the file.
fn overlay(declared: &Metadata, found: &mut Metadata) {
    for (declared, found) in [
        (&declared.title, &mut found.title),
        (&declared.identifier, &mut found.identifier),
        (&declared.language, &mut found.language),
        (&declared.date, &mut found.date),
    ] {
        if !declared.trim().is_empty() {
            declared.clone_into(found);
        }
    }
}

/// Reads a container; answers the name of the reader used, where there is a choice.
fn read_container(
    format: Format,
    bytes: &[u8],
    builder: &mut ActBuilder,
) -> Result<&'static str, String> {
    match format {
        Format::Pdf => formats::pdf::read(bytes, builder),
        Format::Docx => formats::docx::read(bytes, builder).map(|()| ""),
        Format::Odt => formats::odt::read(bytes, builder).map(|()| ""),
        Format::Epub => formats::epub::read(bytes, builder).map(|()| ""),
        other => Err(format!("no reader for {} yet", other.name())),
    }
}

fn read_text(format: Format, text: &str, builder: &mut ActBuilder) -> Result<(), String> {
    match format {
        Format::Markdown => formats::markdown::read(text, builder),
        Format::Plain => formats::plain::read(text, builder),
        Format::Html => formats::html::read(text, builder),
        Format::AkomaNtoso => formats::akoma_ntoso::read(text, builder),
        Format::Clml => formats::clml::read(text, builder),
        Format::Uslm => formats::uslm::read(text, builder),
        Format::Lois => formats::lois::read(text, builder),
        Format::Gii => formats::gii::read(text, builder),
        Format::Tei => formats::tei::read(text, builder),
        Format::Bwb => formats::bwb::read(text, builder),
        Format::Finlex => formats::finlex::read(text, builder),
        Format::EGov => formats::egov::read(text, builder),
        Format::Moj => formats::moj::read(text, builder),
        Format::LeyChile => formats::bcn::read(text, builder),
        Format::Althingi => formats::althingi::read(text, builder),
        Format::Exdoc => formats::exdoc::read(text, builder),
        Format::Docx | Format::Odt | Format::Epub | Format::Pdf => {
            Err(format!("{} is not text", format.name()))
        }
    }
}

#[cfg(test)]
mod survey;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
