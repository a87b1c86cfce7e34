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

/// What the number of an article means in a schedule or closing part.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ScheduleNumbers {
    /// An article of that part. One it does not have, and every lesser unit,
    /// may be of a law that is changed there.
    #[default]
    Own,
    /// The schedule is a part of the act like others: `section 5` is one of
    /// the body, and `paragraph 5` one of the schedule.
    Body,
    /// Closing rules number their articles by another name, so that a bare
    /// number is never certain.
    Unclear,
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
    /// Those of `article` that name units of treaties and constitutions only,
    /// where the act calls its own otherwise.
    pub article_elsewhere: Vec<String>,
    /// Words after that number (`47 §` needs none: the sign is known).
    pub article_after: Vec<String>,
    /// Words for the chapter in whose numbering an article stands.
    pub chapter: Vec<String>,
    /// Words before the number of a schedule or annex.
    pub schedule: Vec<String>,
    /// Words before the number of a part of it.
    pub part: Vec<String>,
    /// Words for the numbered division of an article.
    pub subsection: Vec<String>,
    /// Words for a lettered or numbered item.
    pub point: Vec<String>,
    /// Words between the word for a unit and its number: `kifungu cha 5`.
    pub before_number: Vec<String>,
    /// Whether the number of an article may stand in brackets: `المادة (5)`.
    pub number_in_brackets: bool,
    /// Whether a full stop belongs to a number: `članka 5. stavka 2.`
    pub number_full_stop: bool,
    /// Words that join an article to its parts named behind it (`artículo 5
    /// con los números 2 y 3`).
    pub with: Vec<String>,
    /// Words for a paragraph that is counted and not numbered. A word that
    /// stands among the others too is counted where an ordinal in words stands
    /// with it.
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
    /// Phrases for the division of the article before the one they stand in.
    pub preceding_subsection: Vec<String>,
    /// Phrases for the division after it.
    pub following_subsection: Vec<String>,
    /// Phrases for the item before the one they stand in.
    pub preceding_point: Vec<String>,
    /// Phrases for the item after it.
    pub following_point: Vec<String>,
    /// What numbers mean in a schedule.
    pub schedules: ScheduleNumbers,
    /// Words, as printed, by which an article changes the wording of another
    /// act: its bare numbers may be of that one.
    pub amends: Vec<String>,
    /// Whether nouns have a capital, so that one does not show a name.
    pub capital_nouns: bool,
    /// Whether a unit is always named with a word of `of` before it (`à
    /// l'alinéa 2`); without, it belongs to an article not understood.
    pub unit_takes_article: bool,
    /// Endings that stand apart from a figure and make it an ordinal: `103
    /// üncü madde`.
    pub ordinal_endings: Vec<String>,
    /// Endings of figures that count and never number a unit: `18th`.
    pub count_endings: Vec<String>,
    /// Words after a number that is a quantity, not a unit.
    pub quantities: Vec<String>,
    /// Numbers and words run together, the word closing the number: 第七条.
    pub east_asian: bool,
}
