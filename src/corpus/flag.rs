//! What kind of text a provision is, for `is:` in queries.

use std::fmt;

use crate::law::{Act, ProblemKind, ProvisionId, Standing, UnitKind};

/// A property of indexed text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flag {
    /// Law in force: neither preamble, note, quotation nor superseded wording.
    Operative,
    /// Repealed, or an older wording printed beside the one in force.
    Repealed,
    /// A wording that starts later or has been suspended.
    NotInForce,
    /// Words of another act.
    Quoted,
    /// Transitional, final or commencement rule.
    Transitional,
    /// Editorial note or table of contents.
    Note,
    /// Part of a treaty printed as a national text.
    Treaty,
    /// Holds words that define a term.
    Definition,
    /// Holds words that punish.
    Penal,
}

impl Flag {
    /// All flags.
    pub const ALL: [Flag; 9] = [
        Flag::Operative,
        Flag::Repealed,
        Flag::NotInForce,
        Flag::Quoted,
        Flag::Transitional,
        Flag::Note,
        Flag::Treaty,
        Flag::Definition,
        Flag::Penal,
    ];

    /// The word used in queries.
    pub fn name(self) -> &'static str {
        match self {
            Flag::Operative => "operative",
            Flag::Repealed => "repealed",
            Flag::NotInForce => "not-in-force",
            Flag::Quoted => "quoted",
            Flag::Transitional => "transitional",
            Flag::Note => "note",
            Flag::Treaty => "treaty",
            Flag::Definition => "definition",
            Flag::Penal => "penal",
        }
    }

    /// The flag of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|flag| flag.name() == name)
    }

    /// The concept whose mention makes a text carry the flag, if the flag
    /// comes from the words and not from the standing.
    pub fn concept(self) -> Option<&'static str> {
        match self {
            Flag::Definition => Some("defined-as"),
            Flag::Penal => Some("penalty"),
            _ => None,
        }
    }

    /// The flags that a unit has by its standing and its act.
    pub fn of(act: &Act, id: ProvisionId) -> Vec<Flag> {
        let is_treaty = act
            .problems
            .iter()
            .any(|problem| problem.kind == ProblemKind::TreatyText);
        let in_preamble = act
            .ancestors(id)
            .any(|id| act.provision(id).kind == UnitKind::Preamble);
        let standing = act.standing(id);
        let mut flags = match standing {
            Standing::InForce => vec![],
            Standing::Repealed | Standing::Superseded => vec![Flag::Repealed],
            Standing::NotInForce => vec![Flag::NotInForce],
            Standing::Quoted => vec![Flag::Quoted],
            Standing::Transitional => vec![Flag::Transitional],
            Standing::Note | Standing::Contents => vec![Flag::Note],
        };
        if is_treaty {
            flags.push(Flag::Treaty);
        }
        if standing.may_count() && !in_preamble && !is_treaty {
            flags.push(Flag::Operative);
        }
        flags
    }
}

impl fmt::Display for Flag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
