//! Articles that an editor has put in brackets into the words of the article
//! before them: `1 [22A. Keeping of goats.— Whoever ...`, where all others are
//! printed with a word or heading of their own.

use super::choose::{Choice, Decision};
use super::head::{Head, head};
use super::lexicon::Word;
use crate::ingest::block::{Block, BlockKind};
use crate::law::Number;

/// Bytes in which the heading of such an article ends.
const LONGEST_HEADING: usize = 220;
/// Marks between heading and text; a number of the first subsection is one.
const ENDS: &[&str] = &[".—", ".–", ".-", "._", ". —", ". –", ". (1)", ".(1)"];

/// Blocks with the inserted articles at the beginning of one.
pub(super) struct Freed {
    /// All blocks; a footnote's mark before a bracket ends the block before.
    pub(super) blocks: Vec<Block>,
    /// Places of the articles set free.
    pub(super) articles: Vec<usize>,
}

/// Finds them; answers nothing if there are none.
pub(super) fn free(
    blocks: &[Block],
    heads: &[Option<Head<'_>>],
    choice: &Choice,
    language: &str,
) -> Option<Freed> {
    if choice.word == Word::Bare {
        return None;
    }
    let mut places: Vec<usize> = Vec::new();
    let mut before: Option<Number> = None;
    for (index, block) in blocks.iter().enumerate() {
        if choice.decisions.get(index) == Some(&Decision::Article) {
            if let Some(Some(Head::Article(article))) = heads.get(index) {
                before = Some(Number::new(&article.number));
            }
            continue;
        }
        let Some(number) = number_of(block, language) else {
            continue;
        };
        let follows = before.as_ref().is_some_and(|before| {
            before.integer() == number.integer() && *before < number && !number.is_plain()
        });
        if follows && next_article(index, heads, choice).is_none_or(|next| number < next) {
            places.push(index);
            before = Some(number);
        }
    }
    if places.is_empty() {
        return None;
    }
    let mut freed = Freed {
        blocks: blocks.to_vec(),
        articles: places,
    };
    for index in &freed.articles {
        let (above, from) = freed.blocks.split_at_mut(*index);
        let Some(block) = from.first_mut() else {
            continue;
        };
        let open = block.text.find('[').unwrap_or(0);
        let mark = block.text.get(..open).unwrap_or_default().trim().to_owned();
        if let Some(above) = above.last_mut().filter(|_| !mark.is_empty()) {
            above.text.push(' ');
            above.text.push_str(&mark);
            block.text.drain(..open);
        }
    }
    Some(freed)
}

fn next_article(index: usize, heads: &[Option<Head<'_>>], choice: &Choice) -> Option<Number> {
    let decided = choice.decisions.iter().zip(heads).skip(index + 1);
    decided
        .filter(|(decision, _)| **decision == Decision::Article)
        .find_map(|(_, head)| match head {
            Some(Head::Article(article)) => Some(Number::new(&article.number)),
            _ => None,
        })
}

/// The number of the article in brackets that a block begins with.
fn number_of(block: &Block, language: &str) -> Option<Number> {
    if matches!(block.kind, BlockKind::Heading(_)) || !block.standing.may_count() {
        return None;
    }
    let text = block.text.as_str();
    let mark = text.bytes().take_while(u8::is_ascii_digit).count();
    let inside = text.get(mark..)?.trim_start().strip_prefix('[')?;
    let digits = inside.bytes().take_while(u8::is_ascii_digit).count();
    if mark > 2 || digits == 0 || !inside.get(digits..)?.starts_with(char::is_uppercase) {
        return None;
    }
    let mut end = inside.len().min(LONGEST_HEADING);
    while !inside.is_char_boundary(end) {
        end -= 1;
    }
    let start = inside.get(..end)?;
    let (_, words) = start.split_once(". ")?;
    let headed = words.starts_with(char::is_uppercase) && ENDS.iter().any(|e| words.contains(e));
    match head(inside, language) {
        Some(Head::Article(article)) if headed => Some(Number::new(&article.number)),
        _ => None,
    }
}
