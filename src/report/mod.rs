//! Findings to tables and pages for reading.
//!
//! [`Run`] is what everything prints. [`tables`] and [`Document`] are for
//! programs, [`Pages`] for people: views (plain data in a reader's words) and
//! templates, so that every format shows the same content. [`akoma_ntoso`]
//! writes an act for other tools.

mod akoma_ntoso;
mod analysis;
pub(crate) mod annex;
pub(crate) mod arrange;
pub(crate) mod compare;
pub(crate) mod distance;
mod document;
mod docx;
pub(crate) mod finding_view;
mod markdown;
pub(crate) mod page;
mod pages;
#[cfg(feature = "parquet")]
pub mod parquet;
mod penalties;
pub(crate) mod questionnaire;
mod quotation;
pub(crate) mod recommendation;
pub(crate) mod render;
mod reply;
pub(crate) mod rollup;
mod run;
pub(crate) mod statements;
pub mod tables;
#[cfg(test)]
mod tests;
pub(crate) mod view;
mod words;
mod world;
mod xlsx;

pub use akoma_ntoso::{Link, akoma_ntoso};
pub use arrange::{GroupBy, SortBy, UnknownGroup};
pub use document::{Document, SCHEMA};
pub use pages::{PageError, Pages};
pub use quotation::{Mark, Piece, Quotation, quotations};
pub use recommendation::{Bond, Recommendation, Source, Verb, recommend, sources};
pub use reply::{Reply, ReplyError};
pub use run::{Assessed, EVERYTHING, Run, RunError, Stamp, select};
#[cfg(test)]
pub(crate) use words::differences as words_differences;
pub use words::{LANGUAGES, UnknownLanguage, Words};

use crate::law::Jurisdiction;

/// The name, without ending, of a jurisdiction's files in the results folder.
/// Names that the run uses for itself get a mark.
pub fn file_stem(jurisdiction: &Jurisdiction) -> String {
    let code = jurisdiction.as_str();
    match code {
        "index" | "compare" => format!("{code}-"),
        _ => code.to_owned(),
    }
}
