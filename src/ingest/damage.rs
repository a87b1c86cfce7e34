//! Signs of damage and incompleteness in a finished act.

use crate::law::{Act, Problem, ProblemKind};

/// Looks at the whole act and notes what is wrong with it.
pub(crate) fn examine(act: &mut Act) {
    if act.articles().next().is_none() {
        act.problems.push(Problem::new(
            ProblemKind::NoArticles,
            "no article could be recognised",
        ));
    }
}
