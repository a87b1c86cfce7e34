//! Findings to tables and pages for reading.

mod run;
pub mod tables;

pub use run::{Assessed, Run, RunError, Stamp, select};
