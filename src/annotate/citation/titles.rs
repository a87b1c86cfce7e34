//! Which act a name means: by title, short title, abbreviation or number.

use crate::annotate::fold_words;
use crate::law::{Act, Span};

/// Words of more letters may be inflected.
const INFLECTED: usize = 6;
/// Words of so few letters after a title go on with the sentence, not with
/// the title.
const SHORT_WORD: usize = 3;

/// The names by which an act is known.
#[derive(Debug)]
pub(super) struct Names {
    /// Titles in folded words, and the year that may follow.
    titles: Vec<(Vec<String>, Option<String>)>,
    /// Abbreviations, folded.
    abbreviations: Vec<String>,
    /// The official identifier in folded words, where it has a figure.
    identifier: Vec<String>,
}

impl Names {
    pub(super) fn of(act: &Act) -> Self {
        let mut titles = Vec::new();
        let mut abbreviations = Vec::new();
        // "Strafgesetzbuch – StGB", "Penal Code (Cap. 87)".
        let parts = act.title.split(['–', '—', '(', ')', ',', ';', ':']);
        for (place, part) in parts.enumerate() {
            let part = part.trim().trim_start_matches("The ");
            let capitals = part.chars().filter(|c| c.is_uppercase()).count();
            if capitals >= 2 && !part.contains(' ') && part.chars().count() <= 10 {
                abbreviations.push(fold_words(part).concat());
            } else if place == 0 || !part.contains(' ') && part.chars().count() > 5 {
                titles.extend(title_of(part));
            }
        }
        // Publishers name files by the abbreviation.
        let file = act.source.file.rsplit('/').next().unwrap_or_default();
        let stem = file.split(['.', '-', '_']).filter(|part| part.len() >= 2);
        abbreviations.extend(stem.map(|part| fold_words(part).concat()));
        let identifier = fold_words(&act.identifier);
        let figured = identifier.len() >= 2
            && identifier
                .iter()
                .any(|word| word.chars().any(|c| c.is_ascii_digit()));
        Self {
            titles,
            abbreviations,
            identifier: if figured { identifier } else { Vec::new() },
        }
    }

    /// How many words of the act's names the named words hold; nothing if
    /// they name another act or may do so.
    pub(super) fn fit(&self, text: &str, span: Span, of: &dyn Fn(&str) -> bool) -> Option<usize> {
        let named = text.get(span.range())?;
        let words = words_of(named);
        let start = words
            .iter()
            .position(|(word, _)| !of(word))
            .unwrap_or(words.len());
        let words = words.get(start..)?;
        if let [(first, end), ..] = words
            && self.abbreviations.contains(first)
            && named
                .get(..*end)
                .is_some_and(|named| named.chars().filter(|c| c.is_uppercase()).count() >= 2)
        {
            return Some(1);
        }
        let by_title = self
            .titles
            .iter()
            .filter(|(title, year)| begins(words, title) && ends(named, words, title.len(), year))
            .map(|(title, _)| title.len())
            .max();
        let by_identifier = (!self.identifier.is_empty())
            .then(|| {
                words.windows(self.identifier.len()).any(|window| {
                    window
                        .iter()
                        .map(|(word, _)| word)
                        .eq(self.identifier.iter())
                })
            })
            .filter(|found| *found)
            .map(|_| self.identifier.len());
        by_title.max(by_identifier)
    }
}

/// A title in words, its year apart.
fn title_of(title: &str) -> Option<(Vec<String>, Option<String>)> {
    let mut words = fold_words(title);
    let year = words
        .last()
        .filter(|word| word.len() == 4 && word.chars().all(|c| c.is_ascii_digit()))
        .cloned();
    if year.is_some() {
        words.pop();
    }
    // In scripts without blanks every character is a word.
    (!words.is_empty()).then_some((words, year))
}

/// Folded words with the offset where each ends.
fn words_of(text: &str) -> Vec<(String, usize)> {
    let folded = crate::annotate::fold(text, &|_| false);
    folded
        .tokens
        .iter()
        .map(|token| {
            let (from, to) = (token.folded.0 as usize, token.folded.1 as usize);
            (folded.text[from..to].to_owned(), token.original.1 as usize)
        })
        .collect()
}

fn begins(words: &[(String, usize)], title: &[String]) -> bool {
    words.len() >= title.len()
        && title
            .iter()
            .zip(words)
            .all(|(own, (word, _))| same(own, word))
}

/// Whether two words are the same, but for their endings.
fn same(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let (long, short) = (a.chars().count(), b.chars().count());
    if long.min(short) < INFLECTED || long.abs_diff(short) > 3 {
        return false;
    }
    let shared = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    shared + 3 >= long.max(short)
}

/// Whether a title of so many words ends here and does not go on:
/// `Code pénal`, not `Code pénal militaire`.
fn ends(named: &str, words: &[(String, usize)], count: usize, year: &Option<String>) -> bool {
    let Some((_, end)) = count.checked_sub(1).and_then(|last| words.get(last)) else {
        return false;
    };
    let behind = named.get(*end..).unwrap_or_default();
    let next = words.get(count).map(|(word, _)| word.as_str());
    if let Some(next) = next.filter(|next| next.starts_with(|c: char| c.is_ascii_digit())) {
        return year.as_deref().is_none_or(|year| year == next) && year.is_some()
            || !behind.starts_with(' ');
    }
    match next {
        None => true,
        Some(_) if !behind.starts_with(' ') => true,
        Some(next) => {
            let capital = behind.trim_start().starts_with(char::is_uppercase);
            next.chars().count() <= SHORT_WORD && !capital
        }
    }
}
