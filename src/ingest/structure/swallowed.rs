//! Articles printed inside a paragraph of another article, found where their
//! numbers are missing from the sequence.

use super::choose::{Choice, Decision};
use super::head::{Gap, Head, head};
use super::lexicon::Word;
use crate::ingest::block::{Block, BlockKind};
use crate::law::Number;

/// Cuts blocks before swallowed articles; answers nothing if there are none.
pub(super) fn free(
    blocks: &[Block],
    heads: &[Option<Head<'_>>],
    choice: &Choice,
) -> Option<Vec<Block>> {
    if matches!(choice.word, Word::Bare | Word::Sign | Word::Tiao) {
        return None;
    }
    // The words that open articles here, as printed.
    let mut words: Vec<&str> = Vec::new();
    let mut articles: Vec<(usize, Number)> = Vec::new();
    for (index, head) in heads.iter().enumerate() {
        if choice.decisions[index] != Decision::Article {
            continue;
        }
        let Some(Head::Article(article)) = head else {
            continue;
        };
        articles.push((index, Number::new(&article.number)));
        let word_end = blocks[index]
            .text
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(0);
        let word = &blocks[index].text[..word_end];
        if word.len() >= 3 && words.len() < 6 && !words.contains(&word) {
            words.push(word);
        }
    }
    if articles.len() < 5 || words.is_empty() {
        return None;
    }
    // Cuts per block, in order.
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    let mut previous: Option<&(usize, Number)> = None;
    for next in articles.iter().map(Some).chain([None]) {
        let from = previous.map_or(0, |(block, _)| *block);
        let to = next.map_or(blocks.len(), |(block, _)| *block);
        let low = previous
            .and_then(|(_, number)| number.integer())
            .unwrap_or(0);
        let high = next
            .and_then(|(_, number)| number.integer())
            .unwrap_or(low.saturating_add(12));
        let series = previous.is_some_and(|(_, number)| number.is_in_series())
            || next.is_some_and(|(_, number)| number.is_in_series());
        if high > low + 1 && high - low < 40 && !series {
            let mut last = previous.map(|(_, number)| number.clone());
            for (index, block) in blocks.iter().enumerate().take(to).skip(from) {
                if block.text.len() < 60
                    || !block.standing.may_count()
                    || matches!(block.kind, BlockKind::Heading(_))
                {
                    continue;
                }
                inline_heads(&block.text, &words, |at, number| {
                    let value = number.integer().unwrap_or(0);
                    let fits = value > low
                        && value < high
                        && last.as_ref().is_none_or(|last| number > *last);
                    if fits {
                        cuts.push((index, at));
                        last = Some(number);
                    }
                });
            }
        }
        previous = next;
    }
    if cuts.is_empty() {
        return None;
    }
    let mut out = Vec::with_capacity(blocks.len() + cuts.len());
    let mut cuts = cuts.into_iter().peekable();
    for (index, block) in blocks.iter().enumerate() {
        let mut from = 0;
        while let Some((_, at)) = cuts.next_if(|(block, _)| *block == index) {
            push(block, &block.text[from..at], &mut out);
            from = at;
        }
        push(block, &block.text[from..], &mut out);
    }
    Some(out)
}

fn push(block: &Block, text: &str, out: &mut Vec<Block>) {
    let text = text.trim();
    if !text.is_empty() {
        out.push(Block {
            kind: block.kind,
            text: text.to_owned(),
            standing: block.standing,
        });
    }
}

/// Calls `found` for each place after a sentence's end where an article word
/// with number and dash stands.
fn inline_heads(text: &str, words: &[&str], mut found: impl FnMut(usize, Number)) {
    for (at, _) in text
        .char_indices()
        .filter(|(at, c)| *at > 0 && c.is_uppercase())
    {
        let rest = &text[at..];
        if !words.iter().any(|word| rest.starts_with(word)) {
            continue;
        }
        let before = text[..at].trim_end();
        let ended = before.ends_with(['.', ';', ':', ')', '”', '»', '"'])
            || before.is_empty()
            || before.ends_with(|c: char| c.is_ascii_digit());
        let boundary = text[..at]
            .chars()
            .next_back()
            .is_none_or(|c| !c.is_alphanumeric());
        if !ended || !boundary {
            continue;
        }
        if let Some(Head::Article(article)) = head(rest, "")
            && article.gap == Gap::Mark
            && !article.plural
            && !article.quoted
            && article.rest.starts_with(|c: char| !c.is_lowercase())
            && has_strong_mark(rest, article.rest)
        {
            found(at, Number::new(&article.number));
        }
    }
}

/// A dash, or a full stop with a dash, between number and text; a full stop
/// alone may end a citation.
fn has_strong_mark(text: &str, rest: &str) -> bool {
    let head = &text[..text.len() - rest.len()];
    head.trim_end().ends_with(['-', '–', '—', '―']) || head.contains("º.") || head.contains("o.")
}
