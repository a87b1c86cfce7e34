//! A reviewer's decisions on findings: who said what, when and why, anchored
//! in the words that were read.
//!
//! Decisions stand in one CSV file next to the corpus, made for version
//! control. After the law changes, [`check`] follows words that only moved and
//! marks for re-checking those that changed. A decision never changes a
//! finding: reports show both.

mod agreement;
mod anchor;
mod check;
mod decision;
mod file;

pub use agreement::{Agreement, Disagreement, Merged, merge};
pub use anchor::Anchor;
pub use check::{Checked, Recheck, State, check, texts_hash};
pub use decision::{Decision, DecisionError, Opinion};
pub use file::{REVIEWS, ReviewError, ReviewFile};
