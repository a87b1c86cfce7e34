//! Language packs as written: numbers, ages, and the phrases of every concept.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::citation_words::CitationWords;
use super::penalty_words::PenaltyWords;

/// One file of `mappings/languages/`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Pack {
    /// BCP 47 tag; the file's name.
    pub tag: Spanned<String>,
    /// The language's English name.
    pub name: String,
    /// Neighbouring languages without a pack of their own that this one reads
    /// word by word, by primary subtag.
    #[serde(default)]
    pub reads: Vec<String>,
    /// Number words with their values.
    #[serde(default)]
    pub numbers: BTreeMap<String, u32>,
    /// What a word is.
    #[serde(default)]
    pub words: Words,
    /// How sentences end.
    #[serde(default)]
    pub sentences: Sentences,
    /// How provisions are cited.
    #[serde(default)]
    pub citations: CitationWords,
    /// How penalties are stated.
    #[serde(default)]
    pub penalties: PenaltyWords,
    /// Phrases that state an age.
    #[serde(default)]
    pub ages: AgePhrases,
    /// Phrases of every concept.
    #[serde(default)]
    pub concepts: BTreeMap<Spanned<String>, ConceptPhrases>,
}

/// What a word is in a language.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Words {
    /// Articles, prepositions and conjunctions written together with the word
    /// they stand before: a word of a phrase is found with or without them.
    #[serde(default)]
    pub joined_before: Vec<String>,
    /// Case endings and pronouns written together with the word they stand
    /// behind.
    #[serde(default)]
    pub joined_behind: Vec<String>,
    /// Whether common nouns begin with a capital, so that a capital within a
    /// sentence marks no defined term.
    #[serde(default)]
    pub nouns_in_capitals: bool,
}

/// How sentences end in a language.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Sentences {
    /// A full stop after one of these ends no sentence.
    #[serde(default)]
    pub abbreviations: Vec<String>,
    /// A full stop after a figure makes an ordinal ("18. Lebensjahr").
    #[serde(default)]
    pub ordinal_full_stop: bool,
    /// In a script without blanks, how many letters make a word on average:
    /// tests give distances in words. 1 if not given.
    #[serde(default)]
    pub letters_per_word: Option<u8>,
}

/// Phrases that state an age, by what they say of it; `{n}` and `{m}` stand
/// for the numbers.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AgePhrases {
    /// Younger than n.
    #[serde(default)]
    pub under: Vec<Spanned<String>>,
    /// n or younger.
    #[serde(default)]
    pub at_most: Vec<Spanned<String>>,
    /// n or older.
    #[serde(default)]
    pub at_least: Vec<Spanned<String>>,
    /// Older than n.
    #[serde(default)]
    pub over: Vec<Spanned<String>>,
    /// From n, inclusive, to below m.
    #[serde(default)]
    pub between: Vec<Spanned<String>>,
    /// Looks like an age of a class and is none.
    #[serde(default)]
    pub not_a_class: Vec<Spanned<String>>,
    /// Sentences with what must be found in them.
    #[serde(default)]
    pub samples: Vec<AgeSample>,
}

/// A sample of an age phrase.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgeSample {
    /// The sentence.
    pub text: Spanned<String>,
    /// `under N`, `at-most N`, `at-least N`, `over N`, `between N M`, `nothing`.
    pub finds: Spanned<String>,
}

/// The phrases of one concept in one language.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ConceptPhrases {
    /// What expresses the concept.
    pub phrases: Vec<Spanned<String>>,
    /// What looks like it and is not it.
    #[serde(default)]
    pub except: Vec<Spanned<String>>,
    /// Samples in which the concept must be found.
    #[serde(rename = "match", default)]
    pub matches: Vec<Spanned<String>>,
    /// Samples in which it must not be found.
    #[serde(rename = "no-match", default)]
    pub no_matches: Vec<Spanned<String>>,
}
