//! Articles of two states of an act, matched by number, then by their words.

use std::collections::HashMap;

use serde::Serialize;

use crate::check::{Fate, Piece, compare};
use crate::law::{Act, ProvisionId};

/// What changed in one act.
#[derive(Debug, Clone, Serialize)]
pub struct ActChange {
    /// Its title, or its file.
    pub title: String,
    /// Its file.
    pub file: String,
    /// What became of its articles, in document order of the new text.
    pub provisions: Vec<ProvisionChange>,
}

/// What became of one article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "change")]
pub enum ProvisionChange {
    /// It is new.
    Added {
        /// Citation in the new text.
        locator: String,
        /// Its words.
        text: String,
    },
    /// It is gone.
    Removed {
        /// Citation in the old text.
        locator: String,
        /// Its words.
        text: String,
    },
    /// Its words are others.
    Changed {
        /// Citation.
        locator: String,
        /// Pieces kept, deleted and inserted.
        pieces: Vec<Piece>,
    },
    /// The same words, or nearly, under another number.
    Renumbered {
        /// Citation in the old text.
        from: String,
        /// Citation in the new text.
        locator: String,
        /// Pieces kept, deleted and inserted.
        pieces: Vec<Piece>,
    },
}

/// An article as it is compared.
struct Article {
    locator: String,
    words: String,
    /// What is compared: its words without its number.
    body: String,
}

/// Compares the acts of two states: an act is matched by its file, else by its
/// title.
pub fn compare_acts(old: &[Act], new: &[Act]) -> Vec<ActChange> {
    let mut left: Vec<&Act> = old.iter().collect();
    let mut changes = Vec::new();
    for act in new {
        let place = left
            .iter()
            .position(|other| other.source.file == act.source.file)
            .or_else(|| {
                left.iter()
                    .position(|other| !act.title.is_empty() && other.title == act.title)
            })
            // Two single files are two states of one act, whatever their names.
            .or(if old.len() == 1 && new.len() == 1 {
                Some(0)
            } else {
                None
            });
        let before = place.map(|place| left.remove(place));
        changes.push(change_of(before, Some(act)));
    }
    for act in left {
        changes.push(change_of(Some(act), None));
    }
    changes.retain(|change| !change.provisions.is_empty());
    changes
}

fn change_of(old: Option<&Act>, new: Option<&Act>) -> ActChange {
    let named = new.or(old);
    let file = named.map_or("", |act| act.source.file.as_str());
    let title = named.map_or("", |act| act.title.as_str());
    let same = matches!((old, new), (Some(a), Some(b)) if a.text.sha256() == b.text.sha256());
    let provisions = if same {
        Vec::new()
    } else {
        articles(&old.map_or(Vec::new(), list), &new.map_or(Vec::new(), list))
    };
    ActChange {
        title: if title.is_empty() { file } else { title }.to_owned(),
        file: file.to_owned(),
        provisions,
    }
}

fn list(act: &Act) -> Vec<Article> {
    act.articles()
        .filter(|id| act.standing(*id).may_count())
        .map(|id: ProvisionId| {
            let unit = act.provision(id);
            let words = act.quote(unit.span).to_owned();
            let number = unit.number.as_ref().map_or("", |number| number.as_str());
            let body = words
                .strip_prefix(number)
                .unwrap_or(&words)
                .trim()
                .to_owned();
            Article {
                locator: act.locator(id).to_string(),
                words,
                body,
            }
        })
        .collect()
}

/// Share of words in common from which two articles are one, renumbered.
const ALIKE: f64 = 0.8;

fn articles(old: &[Article], new: &[Article]) -> Vec<ProvisionChange> {
    let mut left: Vec<Option<&Article>> = old.iter().map(Some).collect();
    let mut by_locator: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, article) in old.iter().enumerate().rev() {
        by_locator.entry(&article.locator).or_default().push(at);
    }
    let mut matched: Vec<Option<(&Article, bool)>> = Vec::new();
    for article in new {
        let same = by_locator
            .get_mut(article.locator.as_str())
            .and_then(Vec::pop);
        let found = same.and_then(|at| left.get_mut(at)?.take());
        matched.push(found.map(|found| (found, false)));
    }
    // The same number with other words, while the words went to another
    // number: articles that moved up or down.
    let moved: Vec<usize> = (0..new.len())
        .filter(|at| matched[*at].is_some_and(|(old, _)| likeness(&old.body, &new[*at].body) < 0.3))
        .collect();
    for at in &moved {
        if let Some((article, _)) = matched[*at].take()
            && let Some(place) = old.iter().position(|other| std::ptr::eq(other, article))
        {
            left[place] = Some(article);
        }
    }
    for (at, article) in new.iter().enumerate() {
        if matched[at].is_some() {
            continue;
        }
        let best = left
            .iter()
            .enumerate()
            .filter_map(|(place, old)| Some((place, likeness(&(*old)?.body, &article.body))))
            .filter(|(_, likeness)| *likeness >= ALIKE)
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        if let Some((place, _)) = best {
            matched[at] = left[place].take().map(|old| (old, true));
        }
    }
    // What found no counterpart by its words keeps the one by its number.
    for at in moved {
        if matched[at].is_none() {
            let same = left
                .iter()
                .position(|old| old.is_some_and(|old| old.locator == new[at].locator));
            matched[at] = same
                .and_then(|place| left[place].take())
                .map(|old| (old, false));
        }
    }
    let mut changes: Vec<ProvisionChange> = left
        .into_iter()
        .flatten()
        .map(|article| ProvisionChange::Removed {
            locator: article.locator.clone(),
            text: article.words.clone(),
        })
        .collect();
    for (article, matched) in new.iter().zip(matched) {
        match matched {
            None => changes.push(ProvisionChange::Added {
                locator: article.locator.clone(),
                text: article.words.clone(),
            }),
            Some((old, true)) => changes.push(ProvisionChange::Renumbered {
                from: old.locator.clone(),
                locator: article.locator.clone(),
                pieces: compare(&old.body, &article.body),
            }),
            Some((old, false)) if old.body != article.body => {
                changes.push(ProvisionChange::Changed {
                    locator: article.locator.clone(),
                    pieces: compare(&old.body, &article.body),
                });
            }
            Some(_) => {}
        }
    }
    changes
}

/// Share of words that two texts have in common (Dice).
fn likeness(a: &str, b: &str) -> f64 {
    let (words_a, words_b) = (a.split_whitespace().count(), b.split_whitespace().count());
    if words_a + words_b == 0 || words_a.min(words_b) * 2 < words_a.max(words_b) {
        return 0.0;
    }
    let mut counts: HashMap<&str, i32> = HashMap::new();
    for word in a.split_whitespace() {
        *counts.entry(word).or_default() += 1;
    }
    let mut common = 0;
    for word in b.split_whitespace() {
        if let Some(count) = counts.get_mut(word)
            && *count > 0
        {
            *count -= 1;
            common += 1;
        }
    }
    2.0 * f64::from(common) / (words_a + words_b) as f64
}

impl ProvisionChange {
    /// Words that are new, for telling which change a finding rests on.
    pub fn new_words(&self) -> String {
        match self {
            ProvisionChange::Added { text, .. } => text.clone(),
            ProvisionChange::Removed { .. } => String::new(),
            ProvisionChange::Changed { pieces, .. }
            | ProvisionChange::Renumbered { pieces, .. } => {
                let new = pieces.iter().filter(|piece| piece.fate == Fate::Inserted);
                new.map(|piece| piece.text.as_str()).collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Article, ProvisionChange, articles};

    fn article(number: &str, body: &str) -> Article {
        Article {
            locator: number.to_owned(),
            words: format!("{number} {body}"),
            body: body.to_owned(),
        }
    }

    #[test]
    fn articles_that_move_are_told_from_those_that_change() {
        let goats = "Nobody may keep a goat in a house of stone or of wood.";
        let sheep = "Whoever shears a sheep by night shall pay ten crowns to the parish.";
        let cows = "A cow that strays is kept at the pound until its owner has paid.";
        let old = [article("1", goats), article("2", sheep), article("3", cows)];
        let new = [
            article("1", goats),
            article(
                "2",
                "An owner of bees shall set up his hives far from any road or path.",
            ),
            article("3", sheep),
            article("4", &cows.replace("pound", "common pound")),
        ];
        let told: Vec<String> = articles(&old, &new)
            .iter()
            .map(|change| match change {
                ProvisionChange::Added { locator, .. } => format!("+{locator}"),
                ProvisionChange::Removed { locator, .. } => format!("-{locator}"),
                ProvisionChange::Changed { locator, .. } => format!("~{locator}"),
                ProvisionChange::Renumbered { from, locator, .. } => format!("{from}>{locator}"),
            })
            .collect();
        assert_eq!(told, ["+2", "2>3", "3>4"]);
        assert!(articles(&old, &old).is_empty());
    }
}
