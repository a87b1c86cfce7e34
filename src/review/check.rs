//! Whether decisions still fit the law as it is held now.

use std::fmt;

use super::anchor::Found;
use super::{Anchor, Decision};
use crate::assess::{Finding, JurisdictionLaw, Verdict};
use crate::law::sha256_hex;

/// Why a decision must be made again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recheck {
    /// The words are no longer in the texts held.
    WordsGone,
    /// The words now stand in several places, equally like the old one.
    SeveralPlaces,
    /// The decision rests on a search, and the texts searched have changed.
    TextsChanged,
    /// The program now says something else.
    VerdictChanged(Verdict),
    /// The texts are not among those held now, or the requirement is not
    /// assessed.
    NotAssessed,
}

impl Recheck {
    /// The name in data and in the message catalogue.
    pub fn name(self) -> &'static str {
        match self {
            Recheck::WordsGone => "words-gone",
            Recheck::SeveralPlaces => "several-places",
            Recheck::TextsChanged => "texts-changed",
            Recheck::VerdictChanged(_) => "verdict-changed",
            Recheck::NotAssessed => "not-assessed",
        }
    }
}

impl fmt::Display for Recheck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Recheck::WordsGone => f.write_str("the words are no longer in the texts held"),
            Recheck::SeveralPlaces => f.write_str("the words now stand in several places"),
            Recheck::TextsChanged => f.write_str("the texts that were searched have changed"),
            Recheck::VerdictChanged(now) => {
                write!(f, "the program now says {}", now.name())
            }
            Recheck::NotAssessed => f.write_str("the finding is not part of this run"),
        }
    }
}

/// How a decision stands to the texts held now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nothing has changed.
    Current,
    /// The same words stand elsewhere; the decision follows them.
    Moved,
    /// Somebody must look again.
    Recheck(Recheck),
}

impl State {
    /// The name in data and in the message catalogue.
    pub fn name(self) -> &'static str {
        match self {
            State::Current => "current",
            State::Moved => "moved",
            State::Recheck(_) => "recheck",
        }
    }
}

/// A decision with what became of its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The decision; its anchor follows words that only moved.
    pub decision: Decision,
    /// How it stands to the texts.
    pub state: State,
}

/// Holds a decision against the texts and the finding of now; without a
/// finding it cannot be held against anything.
pub fn check(decision: &Decision, law: &JurisdictionLaw, finding: Option<&Finding>) -> Checked {
    let mut checked = Checked {
        decision: decision.clone(),
        state: State::Current,
    };
    let Some(finding) = finding else {
        checked.state = State::Recheck(Recheck::NotAssessed);
        return checked;
    };
    checked.state = match place(&decision.anchor, law) {
        Ok(None) => State::Current,
        Ok(Some(anchor)) => {
            checked.decision.anchor = anchor;
            State::Moved
        }
        Err(reason) => State::Recheck(reason),
    };
    let changed = finding.verdict != decision.machine;
    if changed && !matches!(checked.state, State::Recheck(_)) {
        checked.state = State::Recheck(Recheck::VerdictChanged(finding.verdict));
    }
    checked
}

/// Where an anchor's words stand now; none where nothing has changed.
fn place(anchor: &Anchor, law: &JurisdictionLaw) -> Result<Option<Anchor>, Recheck> {
    if !anchor.has_words() {
        return if anchor.sha256 == texts_hash(law) {
            Ok(None)
        } else {
            Err(Recheck::TextsChanged)
        };
    }
    let acts = || law.acts.iter().map(|annotated| &annotated.act);
    if let Some(act) = acts().find(|act| act.source.file == anchor.file) {
        let unchanged =
            act.text.sha256() == anchor.sha256 && act.quote(anchor.span) == anchor.quote;
        if unchanged {
            return Ok(None);
        }
        match anchor.find_in(act) {
            Found::Here(found) => return Ok(Some(found)),
            Found::Several => return Err(Recheck::SeveralPlaces),
            Found::Gone => {}
        }
    }
    // The file may have another name now.
    let mut elsewhere = acts()
        .filter(|act| act.source.file != anchor.file)
        .map(|act| anchor.find_in(act))
        .filter(|found| *found != Found::Gone);
    match (elsewhere.next(), elsewhere.next()) {
        (Some(Found::Here(found)), None) => Ok(Some(found)),
        (Some(_), _) => Err(Recheck::SeveralPlaces),
        (None, _) => Err(Recheck::WordsGone),
    }
}

/// One hash over all texts of a jurisdiction, whatever their files are called.
pub fn texts_hash(law: &JurisdictionLaw) -> String {
    let mut hashes: Vec<&str> = law
        .acts
        .iter()
        .map(|annotated| annotated.act.text.sha256())
        .collect();
    hashes.sort_unstable();
    sha256_hex(hashes.join("\n").as_bytes())
}
