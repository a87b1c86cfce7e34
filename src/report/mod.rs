//! Findings to tables and pages for reading.
//!
//! [`Run`] is what everything prints. [`tables`] and [`Document`] are for
//! programs, [`Pages`] for people: views (plain data in a reader's words) and
//! templates, so that every format shows the same content.

mod annex;
mod arrange;
mod compare;
mod distance;
mod document;
mod docx;
mod finding_view;
mod markdown;
mod page;
mod pages;
mod quotation;
mod recommendation;
mod render;
mod rollup;
mod run;
mod statements;
pub mod tables;
#[cfg(test)]
mod tests;
mod view;
mod words;
mod xlsx;

pub use arrange::{GroupBy, SortBy, UnknownGroup};
pub use document::{Document, SCHEMA};
pub use pages::{PageError, Pages};
pub use quotation::{Mark, Piece, Quotation, quotations};
pub use recommendation::{Bond, Recommendation, Source, Verb, recommend, sources};
pub use run::{Assessed, Run, RunError, Stamp, select};
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
