//! Reports as spreadsheets (XLSX): a sheet per table, with frozen headings,
//! filters, and colours that follow what a cell says.

mod book;
mod compare;
mod questionnaire;
mod report;

pub(super) use compare::comparison;
pub(super) use questionnaire::{questionnaire, reply};
pub(super) use report::report;
