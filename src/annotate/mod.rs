//! Language packs at work: text to mentions of concepts, with offsets.

mod age;
mod anchor;
mod annotator;
mod beginnings;
mod citation;
mod compose;
mod fold;
mod matcher;
mod numbers;
mod penalty;
mod phrase;
mod samples;
mod sentence;
mod unspaced;
mod usage;
mod word_hash;

pub use age::{AgeClass, AgeMention};
pub use annotator::{AnnotatedAct, Annotator, Mention};
pub use citation::{
    Base, Citation, CitationReader, CitedAct, Resolution, Resolver, Step, StepKind, Target,
    Unresolved,
};
pub use fold::{Folded, fold, fold_words};
pub use penalty::{Bounds, Fine, Length, Penalty};
pub use samples::{SampleReport, check_samples};
pub use sentence::Sentence;
pub use usage::{ConceptUsage, PackUsage, phrase_usage};
pub(crate) use word_hash::WordHasher;
