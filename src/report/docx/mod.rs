//! Reports as word-processor documents (DOCX).
//!
//! Written by hand instead of with a crate: law comes in scripts that run from
//! right to left, in long tables whose headings must repeat on every page, and
//! the same content must give the same bytes. `text.rs` writes the body,
//! `package.rs` the parts around it.

mod compare;
mod package;
mod questionnaire;
mod report;
mod text;

pub(super) use compare::comparison;
pub(super) use questionnaire::questionnaire;
pub(super) use report::report;
pub(super) use text::colours;
