//! How a language states penalties: the `[penalties]` table of a pack.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

/// The words by which terms and fines are read. All lists hold phrases in the
/// notation of packs, without numbers.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct PenaltyWords {
    /// Number words beyond those of the pack: forms that ages do not need.
    pub numbers: BTreeMap<String, u32>,
    /// Units of time.
    pub years: Vec<Spanned<String>>,
    /// Units of time.
    pub months: Vec<Spanned<String>>,
    /// Units of time.
    pub weeks: Vec<Spanned<String>>,
    /// Units of time.
    pub days: Vec<Spanned<String>>,
    /// Words that are a whole term by themselves, with the term: `2 years`.
    pub fixed: BTreeMap<Spanned<String>, String>,
    /// What makes an amount the upper end.
    pub at_most: Vec<Spanned<String>>,
    /// What makes an amount the lower end.
    pub at_least: Vec<Spanned<String>>,
    /// The two lists stand behind the amount, never before it.
    pub cues_behind: bool,
    /// What stands between the two ends.
    pub to: Vec<Spanned<String>>,
    /// Joins alternatives: what follows is another penalty.
    pub and: Vec<Spanned<String>>,
    /// Words after which a bare amount is the upper end ("is liable to").
    pub bare_at_most: Vec<Spanned<String>>,
    /// "For the same term".
    pub same_term: Vec<Spanned<String>>,
    /// Words with which the sentence's own penalty begins, after one that is
    /// only mentioned.
    pub own: Vec<Spanned<String>>,
    /// Words before the penalty of another offence, which is only mentioned.
    pub elsewhere: Vec<Spanned<String>>,
    /// Loss of liberty.
    pub custody: Vec<Spanned<String>>,
    /// Loss of liberty for life.
    pub life: Vec<Spanned<String>>,
    /// Death.
    pub death: Vec<Spanned<String>>,
    /// A fine.
    pub fine: Vec<Spanned<String>>,
    /// Currencies, with how many units one stands for (1; 10000 for 만원).
    pub currencies: BTreeMap<Spanned<String>, u64>,
    /// Units of a fine that are no money.
    pub day_fines: Vec<Spanned<String>>,
    /// Words that multiply the number before them.
    pub times: BTreeMap<Spanned<String>, u64>,
    /// Other penalties and measures; terms that belong to them are theirs.
    pub other: Vec<Spanned<String>>,
    /// Sentences with what must be read in them.
    pub samples: Vec<PenaltySample>,
}

/// A sample of a penalty clause.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PenaltySample {
    /// The sentence.
    pub text: Spanned<String>,
    /// `1 year to 5 years; at most 6 months; life; death; fine; fine at most
    /// 500 euro; nothing`.
    pub finds: Spanned<String>,
}
