//! How a language cites provisions: the words around the numbers.

use std::collections::BTreeMap;

use serde::Deserialize;

/// What the sign `§` stands before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignUse {
    /// The unit that is cited by number: `§ 184b`.
    #[default]
    Article,
    /// A division of it: `art. 200 § 2`.
    Subsection,
}

/// The `[citations]` table of a language pack. Letter case and accents make no
/// difference; a `*` stands for any letters at the beginning or end of a word.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct CitationWords {
    /// What the sign `§` stands before.
    pub sign: SignUse,
    /// Words before the number of the unit that is cited by number.
    pub article: Vec<String>,
    /// Words after that number (`47 §` needs none: the sign is known).
    pub article_after: Vec<String>,
    /// Words for the chapter in whose numbering an article stands.
    pub chapter: Vec<String>,
    /// Words for the numbered division of an article.
    pub subsection: Vec<String>,
    /// Words for a lettered or numbered item.
    pub point: Vec<String>,
    /// Words for a paragraph that is counted and not numbered.
    pub alinea: Vec<String>,
    /// Words for a sentence: read, and not part of a locator.
    pub sentence: Vec<String>,
    /// Ordinals in words, with their values.
    pub ordinals: BTreeMap<String, u32>,
    /// Words that join the numbers of a list.
    pub and: Vec<String>,
    /// Words that make a range of two numbers.
    pub to: Vec<String>,
    /// Words that join a unit to what holds it.
    pub of: Vec<String>,
    /// Phrases that mean the act they stand in.
    pub this_act: Vec<String>,
    /// Phrases that mean an act or unit named before.
    pub same_act: Vec<String>,
    /// Words that name a kind of act: what follows or precedes is its title.
    pub act: Vec<String>,
    /// Whether the act is named before the number.
    pub act_before: bool,
    /// Phrases for the article before the one they stand in.
    pub preceding: Vec<String>,
    /// Phrases for the article after it.
    pub following: Vec<String>,
    /// Words after a number that is a quantity, not a unit.
    pub quantities: Vec<String>,
    /// Numbers and words run together, the word closing the number: 第七条.
    pub east_asian: bool,
}
