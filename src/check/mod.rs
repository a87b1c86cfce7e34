//! A bill as a compiler would read code: which requirements it touches, what
//! its words lack, by name, and where they stand in the file.

mod bill;
mod diagnostic;
mod docx;
mod drafting;
mod editor;
mod effect;
mod exemplar;
mod focus;
mod html;
mod json;
mod judge;
mod place;
mod sarif;
mod text;

pub use bill::{Bill, NO_JURISDICTION, set_notes_apart, stand_apart};
pub use diagnostic::{BillReport, Comparable, Diagnostic, Label, Level, Severity, SourceNote};
pub use docx::{DocxError, to_docx};
#[cfg(feature = "serve")]
pub(crate) use drafting::defined_terms;
pub use editor::{Editor, Rules};
pub use effect::{Change, Effect, Fate, Piece, VerdictChange, compare, effect};
pub use exemplar::{Nearness, exemplars};
pub use html::{HtmlError, exemplars_html, to_html};
pub use json::to_json;
pub use judge::{Standard, check};
pub use place::{SourceMap, SourceRange};
pub use sarif::to_sarif;
pub use text::{Layout, to_text};
