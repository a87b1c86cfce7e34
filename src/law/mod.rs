//! The domain: what a law text is made of. No input or output, no rules.

mod act;
mod date;
mod identity;
mod language_codes;
mod locator;
mod number;
mod problem;
mod provision;
mod text;

pub use act::{Act, ActSource};
pub use date::{Date, NoDate, Validity};
pub use identity::{Jurisdiction, Language};
pub use locator::Locator;
pub use number::Number;
pub use problem::{Problem, ProblemKind};
pub use provision::{Provision, ProvisionId, Standing, UnitKind};
pub use text::{CanonicalText, Span, sha256_hex};
