//! Decides which heads are real: one family of article words, numbers that
//! grow, headings rather than references, tables of contents set aside.

use std::collections::HashMap;

use super::head::{ArticleHead, Gap, GroupHead, Head};
use super::lexicon::Word;
use crate::ingest::block::{Block, BlockKind};
use crate::law::{Number, UnitKind};

/// What a block is in the act's structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decision {
    /// Text or an unnumbered heading.
    Text,
    /// Opens an article.
    Article,
    /// Opens a group.
    Group,
    /// Part of a table of contents.
    Contents,
}

/// The decisions for all blocks.
#[derive(Debug)]
pub(super) struct Choice {
    /// One per block.
    pub(super) decisions: Vec<Decision>,
    /// The family of article words.
    pub(super) word: Word,
    /// A short line before an article's number is that article's heading.
    pub(super) heading_before: bool,
    /// A short line after an article's number is its heading.
    pub(super) heading_after: bool,
}

struct Candidate {
    block: usize,
    word: Word,
    marked: bool,
    shaped: bool,
    number: Number,
    gap: Gap,
}

impl Candidate {
    fn integer(&self) -> u32 {
        self.number.integer().unwrap_or(1)
    }
}

/// Decides for every block.
pub(super) fn choose(blocks: &[Block], heads: &[Option<Head<'_>>]) -> Choice {
    let mut decisions = vec![Decision::Text; blocks.len()];
    for (index, head) in heads.iter().enumerate() {
        if let Some(Head::Group(group)) = head
            && is_group(&blocks[index], group)
        {
            decisions[index] = Decision::Group;
        }
    }
    let candidates: Vec<Candidate> = heads
        .iter()
        .enumerate()
        .filter_map(|(index, head)| match head {
            Some(Head::Article(article)) => Some(candidate(index, &blocks[index], article)),
            _ => None,
        })
        .collect();
    let word = main_word(&candidates);
    let mut list: Vec<&Candidate> = candidates
        .iter()
        .filter(|candidate| {
            candidate.word == word && (candidate.marked || candidate.shaped)
                || candidate.marked && candidate.word != Word::Bare && candidate.word != Word::Sign
        })
        .collect();
    let contents = contents(&list, blocks, &decisions);
    list.retain(|candidate| !contents.contains(&candidate.block));
    for index in contents {
        decisions[index] = Decision::Contents;
    }
    clear_contents(blocks, &mut decisions);
    for block in sequence(&list, &decisions) {
        decisions[block] = Decision::Article;
    }
    let (heading_before, heading_after) = heading_habits(blocks, heads, &decisions);
    Choice {
        decisions,
        word,
        heading_before,
        heading_after,
    }
}

fn is_marked(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Heading(_) | BlockKind::Strong)
}

fn candidate(index: usize, block: &Block, article: &ArticleHead<'_>) -> Candidate {
    let marked = is_marked(block);
    let upper = article
        .rest
        .chars()
        .find(|c| c.is_alphanumeric())
        .is_none_or(|c| !c.is_lowercase());
    let opens = article
        .rest
        .starts_with(['(', '[', '"', '“', '«', '§', '<', '【']);
    let shaped = match article.gap {
        Gap::End => true,
        Gap::Mark | Gap::Bracket => {
            upper || opens || article.gap == Gap::Mark && article.word != Word::Bare
        }
        Gap::Blank => upper,
        Gap::None => article.word == Word::Sign && upper,
    };
    Candidate {
        block: index,
        word: article.word,
        marked,
        shaped: shaped && !article.quoted,
        number: Number::new(&article.number),
        gap: article.gap,
    }
}

/// A group head stands in a heading, or in a short line of its own.
fn is_group(block: &Block, group: &GroupHead<'_>) -> bool {
    if is_marked(block) {
        return group.numbered
            || group.kind == UnitKind::Schedule
            || block.text.chars().count() < 80;
    }
    let length = block.text.chars().count();
    let upper = group
        .rest
        .chars()
        .find(|c| c.is_alphabetic())
        .is_none_or(|c| !c.is_lowercase());
    let ends_open =
        !block.text.ends_with([';', ',']) && !(block.text.ends_with('.') && length > 90);
    if group.numbered {
        length < 200
            && upper
            && ends_open
            && group.gap != Gap::None
            && !(group.kind != UnitKind::Schedule && group.gap == Gap::Bracket)
    } else {
        // An unnumbered word counts only when nothing else stands on the line
        // and the line shouts.
        length < 40 && group.gap == Gap::End && block.text.chars().all(|c| !c.is_lowercase())
    }
}

/// The family of words that cites articles here: the one with most numbers.
fn main_word(candidates: &[Candidate]) -> Word {
    let mut distinct: HashMap<Word, (std::collections::HashSet<&Number>, usize)> = HashMap::new();
    for candidate in candidates.iter().filter(|c| c.shaped || c.marked) {
        let entry = distinct.entry(candidate.word).or_default();
        entry.0.insert(&candidate.number);
        entry.1 += usize::from(candidate.marked);
    }
    let count = |word| distinct.get(&word).map_or(0, |(numbers, _)| numbers.len());
    let marked = |word| distinct.get(&word).map_or(0, |(_, marked)| *marked);
    let worded = [Word::Tiao, Word::Article, Word::Section, Word::Sign]
        .into_iter()
        .max_by_key(|word| {
            (
                marked(*word).min(count(*word) * 3) * 2 + count(*word),
                count(*word),
            )
        })
        .unwrap_or(Word::Article);
    let bare = if marked(Word::Bare) >= 3 {
        marked(Word::Bare)
    } else {
        0
    };
    if bare > count(worded) * 2 || (count(worded) < 3 && count(Word::Bare) >= 3) {
        Word::Bare
    } else {
        worded
    }
}

/// Accepts candidates whose numbers grow plausibly.
fn sequence(list: &[&Candidate], decisions: &[Decision]) -> Vec<usize> {
    let marked = list.iter().filter(|c| c.marked).count();
    let mostly_marked = marked * 2 > list.len() && marked >= 3;
    let mut accepted = Vec::new();
    let mut last: Option<&Number> = None;
    let mut last_block = 0;
    for (index, candidate) in list.iter().enumerate() {
        let fresh_group =
            (last_block..candidate.block).any(|block| decisions[block] == Decision::Group);
        if candidate.marked || plausible(list, index, last, mostly_marked, fresh_group) {
            accepted.push(candidate.block);
            last = Some(&candidate.number);
            last_block = candidate.block;
        }
    }
    accepted
}

fn plausible(
    list: &[&Candidate],
    index: usize,
    last: Option<&Number>,
    mostly_marked: bool,
    fresh_group: bool,
) -> bool {
    let candidate = list[index];
    let n = candidate.integer();
    let following = || list[index + 1..].iter().take(6);
    if mostly_marked {
        // Headings carry the articles; a line counts only where it fills a gap.
        let next_marked = list[index + 1..].iter().find(|c| c.marked);
        return candidate.gap != Gap::Blank
            && last.is_none_or(|last| candidate.number > *last)
            && next_marked.is_none_or(|next| candidate.number < next.number)
            && (next_marked.is_some()
                || last.and_then(Number::integer).is_some_and(|l| n <= l + 3));
    }
    let Some(last) = last else {
        return n <= 3 || following().any(|next| next.integer() == n + 1) || list.len() < 3;
    };
    let l = last.integer().unwrap_or(0);
    let continues_last = following().any(|next| (l + 1..=l + 3).contains(&next.integer()));
    let continues_this = following()
        .take(4)
        .any(|next| (n..=n + 3).contains(&next.integer()) && next.number > candidate.number);
    if candidate.number > *last {
        return n <= l + 3 && (n <= l + 1 || !continues_before(list, index, l + 1, n))
            || continues_this && !(continues_last && n > l + 3)
            || index + 1 == list.len() && n <= l + 60
            || (!continues_last && n <= l + 60);
    }
    if candidate.number == *last {
        return candidate.gap == Gap::Mark || candidate.gap == Gap::End;
    }
    // A restart: after a schedule or a group, or a run of its own from 1.
    (n <= 1 && (continues_this || fresh_group)) || (continues_this && !continues_last)
}

/// Whether a number between `from` and `to` still comes within a few heads.
fn continues_before(list: &[&Candidate], index: usize, from: u32, to: u32) -> bool {
    list[index + 1..]
        .iter()
        .take(2)
        .any(|next| (from..to).contains(&next.integer()) && next.gap != Gap::Blank)
}

/// Blocks of candidates that only announce what comes later.
fn contents(list: &[&Candidate], blocks: &[Block], decisions: &[Decision]) -> Vec<usize> {
    // Text between a candidate and the next head.
    let bodies: Vec<usize> = list
        .iter()
        .enumerate()
        .map(|(index, candidate)| {
            let end = list.get(index + 1).map_or(blocks.len(), |next| next.block);
            (candidate.block + 1..end)
                .filter(|block| decisions[*block] == Decision::Text)
                .map(|block| blocks[block].text.len())
                .take(6)
                .sum()
        })
        .collect();
    let mut last_with_body: HashMap<&Number, usize> = HashMap::new();
    for (index, candidate) in list.iter().enumerate() {
        if bodies[index] > 0 || blocks[candidate.block].text.len() > 160 {
            last_with_body.insert(&candidate.number, index);
        }
    }
    let hollow: Vec<bool> = list
        .iter()
        .enumerate()
        .map(|(index, candidate)| {
            bodies[index] < 240
                && blocks[candidate.block].text.len() < 400
                && last_with_body
                    .get(&candidate.number)
                    .is_some_and(|later| *later > index && bodies[*later] >= bodies[index])
        })
        .collect();
    // Only runs count: a single repeated number is another wording.
    let mut out = Vec::new();
    let mut start = 0;
    while start < list.len() {
        if !hollow[start] {
            start += 1;
            continue;
        }
        let mut end = start;
        let mut misses = 0;
        let mut scan = start;
        while scan < list.len() && misses < 3 {
            if hollow[scan] {
                end = scan;
                misses = 0;
            } else {
                misses += 1;
            }
            scan += 1;
        }
        let run = &hollow[start..=end];
        let hits = run.iter().filter(|h| **h).count();
        let rises = list[start..=end]
            .windows(2)
            .filter(|pair| pair[0].number < pair[1].number)
            .count();
        if hits >= 5 && hits * 4 >= run.len() * 3 && rises * 4 >= run.len() * 3 {
            out.extend(
                (start..=end)
                    .filter(|index| hollow[*index])
                    .map(|index| list[index].block),
            );
        }
        start = end + 1;
    }
    out
}

/// Headings and lines between the entries of a table of contents belong to it.
fn clear_contents(blocks: &[Block], decisions: &mut [Decision]) {
    let marked: Vec<usize> = (0..decisions.len())
        .filter(|index| decisions[*index] == Decision::Contents)
        .collect();
    for pair in marked.windows(2) {
        let short = (pair[0] + 1..pair[1]).all(|index| blocks[index].text.len() < 400);
        if pair[1] - pair[0] <= 12 && short {
            decisions[pair[0] + 1..pair[1]].fill(Decision::Contents);
        }
    }
    // Group headings directly before the first entry.
    if let Some(first) = marked.first() {
        let mut index = *first;
        while index > 0
            && (decisions[index - 1] == Decision::Group
                || matches!(blocks[index - 1].kind, BlockKind::Strong) && index > 1)
            && blocks[index - 1].text.len() < 200
        {
            index -= 1;
            decisions[index] = Decision::Contents;
        }
    }
}

/// Whether headings stand before or after the number here.
fn heading_habits(
    blocks: &[Block],
    heads: &[Option<Head<'_>>],
    decisions: &[Decision],
) -> (bool, bool) {
    let (mut bare, mut before, mut after) = (0usize, 0usize, 0usize);
    for (index, decision) in decisions.iter().enumerate() {
        if *decision != Decision::Article {
            continue;
        }
        let Some(Head::Article(article)) = &heads[index] else {
            continue;
        };
        // An article that carries its heading says nothing about the habit.
        if is_marked(&blocks[index]) && article.gap != Gap::End {
            continue;
        }
        bare += 1;
        let short = |other: Option<&Block>| {
            other.is_some_and(|block| {
                !matches!(block.kind, BlockKind::Heading(_)) && is_heading_like(&block.text)
            })
        };
        let previous = index
            .checked_sub(1)
            .filter(|at| decisions[*at] == Decision::Text);
        if previous.is_some_and(|at| short(blocks.get(at))) {
            before += 1;
        }
        let next = (index + 1 < blocks.len() && decisions[index + 1] == Decision::Text)
            .then(|| &blocks[index + 1]);
        if article.gap == Gap::End
            && short(next)
            && blocks.get(index + 2).is_some()
            && decisions.get(index + 2) == Some(&Decision::Text)
        {
            after += 1;
        }
    }
    (
        bare >= 3 && before * 2 > bare && before > after,
        bare >= 3 && after * 2 > bare && after >= before,
    )
}

/// Short, without a sentence's end, not a list item.
pub(super) fn is_heading_like(text: &str) -> bool {
    let length = text.chars().count();
    (2..=160).contains(&length)
        && !text.ends_with(['.', ';', ':', ',', '。', '；', '：', '，', '—', '-', '।'])
        && !text.starts_with(char::is_lowercase)
        && super::enumerator::marker(text).is_none()
        && text.chars().any(char::is_alphabetic)
}
