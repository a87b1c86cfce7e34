//! Textual amendments: the instructions by which a bill changes other acts,
//! recognised, applied to the act, and shown as what they make of it. What
//! cannot be applied safely is refused with the reason, never guessed.

mod apply;
mod forms;
mod fragment;
mod instruction;
mod recognise;
mod splice;
mod target;

pub use apply::{Amended, Applied, Refusal, apply};
pub use forms::{FormError, Forms};
pub use instruction::{ActReference, Instruction, Operation, Unrecognised};
pub use recognise::{Instructions, recognise};
