//! The same act twice: in two languages, or in two files.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::hash::Hasher;

use crate::law::{Act, Number, UnitKind};

/// Share of the articles that must carry the same numbers.
const SAME_NUMBERS: f64 = 0.9;
/// How closely the lengths of equally numbered articles must go together.
/// Translations keep it far above; two unrelated acts with articles 1 to 50 are near 0.
const SAME_LENGTHS: f64 = 0.8;
/// The same for acts that name the same identifier.
const LIKE_LENGTHS: f64 = 0.4;
/// Fewer articles prove nothing by their numbers and lengths.
const FEWEST_ARTICLES: usize = 8;
/// Share of the shorter text's words in a row that stand in the other one, for
/// two files in one language.
const SAME_WORDS: f64 = 0.6;
/// The same for acts that name the same identifier: two versions of one act
/// may differ much, two acts with one identifier by mistake differ in all.
const LIKE_WORDS: f64 = 0.25;

/// The same for acts that name different identifiers: only a copy of one text
/// under another name counts.
const COPIED_WORDS: f64 = 0.95;

/// Pairs of places of `acts`, smaller first, that hold the same act.
///
/// Two files in different languages are the same act when nine tenths of
/// their articles have the same numbers and the lengths of these articles rise
/// and fall together; less is asked where both name the same official
/// identifier. Two files in one language must also share their words: a common
/// title, identifier and numbering makes no twins of two texts that differ.
pub fn find(acts: &[Act]) -> Vec<(usize, usize)> {
    let outlines: Vec<Outline<'_>> = acts.iter().map(Outline::of).collect();
    let mut twins = Vec::new();
    for (second, later) in outlines.iter().enumerate() {
        for (first, earlier) in outlines.iter().enumerate().take(second) {
            if earlier.is_twin_of(later) {
                twins.push((first, second));
            }
        }
    }
    twins.sort_unstable();
    twins
}

/// What of an act is compared.
struct Outline<'a> {
    act: &'a Act,
    identifier: String,
    /// Length in characters of each article, by its number and by how many
    /// articles before had the same number.
    articles: HashMap<(Number, usize), f64>,
    /// A sample of the text's words in a row, made when first asked for.
    sample: OnceCell<HashSet<u64>>,
}

impl<'a> Outline<'a> {
    fn of(act: &'a Act) -> Self {
        let mut seen: HashMap<&Number, usize> = HashMap::new();
        let mut articles = HashMap::new();
        for provision in &act.provisions {
            let Some(number) = provision.number.as_ref() else {
                continue;
            };
            if provision.kind == UnitKind::Article {
                let place = seen.entry(number).or_default();
                let length = act.quote(provision.span).chars().count() as f64;
                articles.insert((number.clone(), *place), length);
                *place += 1;
            }
        }
        Self {
            act,
            identifier: act
                .identifier
                .to_lowercase()
                .chars()
                .filter(|c| c.is_alphanumeric())
                .collect(),
            articles,
            sample: OnceCell::new(),
        }
    }

    fn is_twin_of(&self, other: &Self) -> bool {
        let mut lengths: Vec<((Number, usize), f64, f64)> = self
            .articles
            .iter()
            .filter_map(|(key, a)| Some((key.clone(), *a, *other.articles.get(key)?)))
            .collect();
        // Sums of floating-point numbers depend on their order.
        lengths.sort_by(|a, b| a.0.cmp(&b.0));
        let common = lengths.len();
        let shorter = self.articles.len().min(other.articles.len());
        let longer = self.articles.len().max(other.articles.len());
        let named = !self.identifier.is_empty() && self.identifier == other.identifier;
        // Volumes of one code share the identifier and no numbers.
        if common == 0 || 2 * common < shorter {
            return false;
        }
        let one_language = self.act.language.primary() == other.act.language.primary();
        if one_language {
            // Acts that amend the same chapters share words, not identifiers.
            let both = !self.identifier.is_empty() && !other.identifier.is_empty();
            let enough = if named {
                LIKE_WORDS
            } else if both {
                COPIED_WORDS
            } else {
                SAME_WORDS
            };
            return (named || common >= FEWEST_ARTICLES) && self.shared_words(other) >= enough;
        }
        let pairs: Vec<(f64, f64)> = lengths.into_iter().map(|(_, a, b)| (a, b)).collect();
        if named {
            return common < FEWEST_ARTICLES || correlation(&pairs) >= LIKE_LENGTHS;
        }
        common >= FEWEST_ARTICLES
            && common as f64 >= SAME_NUMBERS * longer as f64
            && correlation(&pairs) >= SAME_LENGTHS
    }

    /// Share of the shorter sample that stands in the other one.
    fn shared_words(&self, other: &Self) -> f64 {
        let own = self.sample.get_or_init(|| sample(self.act.text.as_str()));
        let others = other.sample.get_or_init(|| sample(other.act.text.as_str()));
        let (small, large) = if own.len() <= others.len() {
            (own, others)
        } else {
            (others, own)
        };
        let shared = small.iter().filter(|piece| large.contains(piece)).count();
        shared as f64 / small.len().max(1) as f64
    }
}

/// Letters in a row that are compared; long enough to be a phrase in any script.
const RUN: usize = 12;

/// Every run of letters whose hash falls into the sample, without regard to
/// case, white space and punctuation. Both texts of a pair are sampled by the
/// same rule, so shares of samples are shares of texts.
fn sample(text: &str) -> HashSet<u64> {
    /// One run in so many, for texts beyond a few pages.
    const ONE_IN: u64 = 32;
    let letters: Vec<char> = text
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    let all = letters
        .windows(RUN)
        .map(|run| {
            let mut hasher = std::hash::DefaultHasher::new();
            for letter in run {
                hasher.write_u32(*letter as u32);
            }
            hasher.finish()
        })
        .collect::<HashSet<u64>>();
    let sampled: HashSet<u64> = all.iter().copied().filter(|h| h % ONE_IN == 0).collect();
    if sampled.len() < 64 { all } else { sampled }
}

/// Pearson's correlation of the logarithms; 0 where it is undefined.
fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let count = pairs.len() as f64;
    let logs: Vec<(f64, f64)> = pairs
        .iter()
        .map(|(a, b)| (a.max(1.0).ln(), b.max(1.0).ln()))
        .collect();
    let (sum_a, sum_b) = logs
        .iter()
        .fold((0.0, 0.0), |(a, b), pair| (a + pair.0, b + pair.1));
    let (mean_a, mean_b) = (sum_a / count, sum_b / count);
    let (mut both, mut square_a, mut square_b) = (0.0, 0.0, 0.0);
    for (a, b) in logs {
        both += (a - mean_a) * (b - mean_b);
        square_a += (a - mean_a).powi(2);
        square_b += (b - mean_b).powi(2);
    }
    let scale = (square_a * square_b).sqrt();
    if scale > 0.0 { both / scale } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::find;
    use crate::ingest::{ActBuilder, Unit};
    use crate::law::{Act, ActSource, Jurisdiction, UnitKind};

    /// An act whose articles, from `first` on, have these lengths in words.
    fn act(identifier: &str, word: &str, first: usize, lengths: &[usize]) -> Act {
        let mut builder = ActBuilder::new();
        builder.metadata().identifier = identifier.into();
        builder.metadata().language = if word == "chèvre" { "fr" } else { "en" }.into();
        for (index, length) in lengths.iter().enumerate() {
            builder.close_to(UnitKind::Article);
            let number = (first + index).to_string();
            let unit = Unit {
                number: &number,
                ..Unit::default()
            };
            builder.open(UnitKind::Article, unit);
            builder.paragraph(&format!("{word} ").repeat(*length));
        }
        builder.finish(Jurisdiction::new("va"), ActSource::default())
    }

    #[test]
    fn translations_are_twins_and_acts_that_only_share_numbers_are_not() {
        let lengths = [3, 40, 9, 80, 5, 22, 61, 14, 7, 30];
        let other = [30, 4, 50, 8, 33, 12, 9, 70, 21, 5];
        let acts = [
            act("", "goat", 1, &lengths),
            act("", "chèvre", 1, &lengths),
            act("", "sheep", 1, &other),
            act("", "goat", 1, &lengths[..5]),
        ];
        // The first five articles of an act are a part of it.
        assert_eq!(find(&acts), [(0, 1)]);
    }

    #[test]
    fn an_equal_identifier_makes_no_twins_of_texts_that_differ() {
        let lengths = [3, 40, 9, 80, 5, 22, 61, 14, 7, 30];
        let other = [30, 4, 50, 8, 33, 12, 9, 70, 21, 5];
        let acts = [
            act("VA 1", "goat", 1, &lengths),
            act("VA 1", "sheep", 1, &lengths),
            act("VA 1", "chèvre", 1, &other),
            act("VA 1", "goat", 1, &other),
        ];
        assert_eq!(find(&acts), [(0, 3), (2, 3)]);
    }

    #[test]
    fn an_equal_identifier_makes_twins_unless_the_files_are_volumes() {
        let acts = [
            act("VA 12/1999", "goat", 1, &[4, 5, 6]),
            act("va 12-1999", "goat", 1, &[90, 2, 4]),
            act("VA 12/1999", "goat", 100, &[4, 5, 6]),
            act("", "goat", 1, &[4, 5, 6]),
        ];
        assert_eq!(find(&acts), [(0, 1)]);
    }
}
