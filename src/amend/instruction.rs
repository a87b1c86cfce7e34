//! Instructions: what a clause of a bill does to which units of which act.

use serde::{Deserialize, Serialize};

use super::fragment::Fragment;
use super::target::Target;
use crate::law::Span;

/// What an instruction does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OperationKind {
    /// Units give way to new ones.
    Replace,
    /// The words of a unit before one of its sub-units give way to others.
    ReplaceOpening,
    /// Units go.
    Repeal,
    /// New units come after one.
    InsertAfter,
    /// New articles come where their numbers belong.
    Insert,
    /// Words give way to others.
    ReplaceWords,
    /// Words come after others.
    InsertWordsAfter,
    /// Words go.
    StrikeWords,
}

/// An operation with what it needs.
#[derive(Debug, Clone)]
pub enum Operation {
    /// Units give way to new ones.
    Replace(Fragment),
    /// The words of a unit before one of its sub-units give way to others.
    ReplaceOpening {
        /// Number of the sub-unit that stays.
        before: Target,
        /// The new opening.
        new: Fragment,
    },
    /// Units go.
    Repeal,
    /// New units come after one.
    InsertAfter(Fragment),
    /// New articles, which the target names, come where their numbers belong.
    Insert(Fragment),
    /// Words give way to others.
    ReplaceWords {
        /// Words in force.
        old: String,
        /// New words.
        new: String,
    },
    /// Words come after others.
    InsertWordsAfter {
        /// Words in force.
        old: String,
        /// New words.
        new: String,
    },
    /// Words go.
    StrikeWords {
        /// Words in force.
        old: String,
    },
}

/// The act an instruction is about, as the bill names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActReference {
    /// By its title.
    Named(String),
    /// The bill does not name one.
    Same,
    /// Words that amend without a form stand between these and the last name
    /// of an act, so that it is not certain which is meant.
    Unclear,
    /// The words are part of a definition or another text within the act that
    /// is not found by number.
    Within(String),
}

/// One instruction of a bill.
#[derive(Debug, Clone)]
pub struct Instruction {
    /// Where the words of the instruction stand in the bill's canonical text.
    pub span: Span,
    /// The new provisions in the bill's canonical text, where there are any.
    pub block: Option<Span>,
    /// The act.
    pub act: ActReference,
    /// The units.
    pub target: Target,
    /// What is done to them.
    pub operation: Operation,
}

/// Words of the bill that amend something in a way that was not recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unrecognised {
    /// Where they stand in the bill's canonical text.
    pub span: Span,
    /// Why, in one sentence.
    pub reason: String,
}
