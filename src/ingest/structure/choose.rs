//! Decides which heads are real: one family of article words, numbers that
//! grow, headings rather than references, tables of contents set aside.

use std::collections::{HashMap, HashSet};

use super::head::{ArticleHead, Gap, GroupHead, Head};
use super::lexicon::Word;
use super::notes::{self, Remark};
use crate::ingest::block::{Block, BlockKind};
use crate::law::{Number, Standing, UnitKind};

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
    /// Article blocks of which a later wording follows.
    pub(super) superseded: HashSet<usize>,
}

struct Candidate {
    block: usize,
    word: Word,
    marked: bool,
    shaped: bool,
    number: Number,
    gap: Gap,
    small: bool,
    level: u8,
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
    reject_false_tails(heads, &mut decisions);
    let mut candidates: Vec<Candidate> = heads
        .iter()
        .enumerate()
        .filter_map(|(index, head)| match head {
            // A range of articles is one only where they were all repealed.
            Some(Head::Article(article))
                if article.plural && !is_repealed_range(article, blocks.get(index + 1)) =>
            {
                None
            }
            Some(Head::Article(article)) => Some(candidate(index, &blocks[index], article)),
            _ => None,
        })
        .collect();
    // Acts that write "art. 5" in small letters throughout.
    let capital = candidates
        .iter()
        .filter(|c| c.shaped && c.word != Word::Bare)
        .count();
    if capital < 3 {
        for candidate in candidates.iter_mut().filter(|c| c.small) {
            let gap = candidate.gap;
            candidate.shaped = matches!(gap, Gap::Mark | Gap::End);
            candidate.marked = candidate.level > 0;
        }
    }
    let word = main_word(&candidates);
    // Numbers alone are articles only at the heading level most of them share.
    let bare_level = (word == Word::Bare)
        .then(|| common_level(&candidates))
        .flatten();
    let mut list: Vec<&Candidate> = candidates
        .iter()
        .filter(|candidate| {
            if candidate.word != word {
                return candidate.marked
                    && !matches!(candidate.word, Word::Bare | Word::Sign | Word::Ordinal);
            }
            match bare_level {
                Some(level) => candidate.level == level,
                None => candidate.marked || candidate.shaped,
            }
        })
        .collect();
    let contents = contents(&list, blocks, &decisions);
    list.retain(|candidate| !contents.contains(&candidate.block));
    for index in contents {
        decisions[index] = Decision::Contents;
    }
    clear_contents(blocks, &mut decisions);
    let accepted = sequence(&list, &decisions, heads);
    // Two numbers at the start of lines are dates or counts, not articles.
    let too_few = word == Word::Bare && bare_level.is_none() && accepted.len() < 3;
    for block in accepted.into_iter().filter(|_| !too_few) {
        decisions[block] = Decision::Article;
    }
    accept_ordinals(heads, &mut decisions);
    clear_hollow_groups(blocks, heads, &mut decisions);
    let superseded = superseded(blocks, heads, &mut decisions);
    let (heading_before, heading_after) = heading_habits(blocks, heads, &decisions);
    Choice {
        decisions,
        word,
        heading_before,
        heading_after,
        superseded,
    }
}

/// A heading of transitional rules over most of the act is an entry in a table
/// of contents, or the running title of a page.
fn reject_false_tails(heads: &[Option<Head<'_>>], decisions: &mut [Decision]) {
    let figures: Vec<usize> = heads
        .iter()
        .enumerate()
        .filter(|(_, head)| {
            matches!(head, Some(Head::Article(article))
                if !matches!(article.word, Word::Bare | Word::Ordinal) && !article.small && !article.quoted)
        })
        .map(|(index, _)| index)
        .collect();
    let schedules: Vec<usize> = (0..decisions.len())
        .filter(|index| {
            decisions[*index] == Decision::Group
                && matches!(&heads[*index], Some(Head::Group(group)) if group.kind == UnitKind::Schedule)
        })
        .collect();
    for (place, index) in schedules.iter().enumerate() {
        let Some(Head::Group(group)) = &heads[*index] else {
            continue;
        };
        let end = schedules.get(place + 1).copied().unwrap_or(decisions.len());
        let under =
            figures.partition_point(|at| *at < end) - figures.partition_point(|at| *at <= *index);
        if group.standing != Standing::InForce && figures.len() >= 10 && under * 2 > figures.len() {
            decisions[*index] = Decision::Text;
        }
    }
}

/// Rules counted in words are articles only under a heading of transitional rules.
fn accept_ordinals(heads: &[Option<Head<'_>>], decisions: &mut [Decision]) {
    let mut in_tail = false;
    for (index, head) in heads.iter().enumerate() {
        match head {
            Some(Head::Group(group)) if decisions[index] == Decision::Group => {
                in_tail = group.kind == UnitKind::Schedule && group.standing != Standing::InForce;
            }
            Some(Head::Article(article))
                if in_tail
                    && article.word == Word::Ordinal
                    && !article.quoted
                    && !article.small =>
            {
                decisions[index] = Decision::Article;
            }
            _ => {}
        }
    }
}

/// A list of group headings that all come again later is a table of contents
/// without its articles.
fn clear_hollow_groups(blocks: &[Block], heads: &[Option<Head<'_>>], decisions: &mut [Decision]) {
    let mut last_seen: HashMap<&str, usize> = HashMap::new();
    for (index, head) in heads.iter().enumerate() {
        if let (Some(Head::Group(group)), Decision::Group) = (head, decisions[index]) {
            last_seen.insert(group.label, index);
        }
    }
    let mut start = 0;
    while start < blocks.len() {
        if decisions[start] != Decision::Group {
            start += 1;
            continue;
        }
        let mut end = start;
        let mut groups: Vec<usize> = Vec::new();
        while end < blocks.len()
            && decisions[end] != Decision::Article
            && blocks[end].text.len() < 300
        {
            if decisions[end] == Decision::Group {
                groups.push(end);
            }
            end += 1;
        }
        let last = groups.last().copied().unwrap_or(start);
        let again = groups
            .iter()
            .filter(|index| match &heads[**index] {
                Some(Head::Group(group)) => last_seen.get(group.label).is_some_and(|at| *at > last),
                _ => false,
            })
            .count();
        // The last few groups of the run may already be the real ones.
        let keep = groups
            .iter()
            .rev()
            .take_while(|index| match &heads[**index] {
                Some(Head::Group(group)) => last_seen.get(group.label).is_none_or(|at| *at <= last),
                _ => true,
            })
            .count();
        if groups.len() >= 8 && again * 3 >= groups.len() * 2 && keep < groups.len() {
            let stop = groups[groups.len() - 1 - keep];
            // The real first headings follow without text between: they repeat
            // the labels that the list began with.
            let first = match &heads[start] {
                Some(Head::Group(group)) => group.label,
                _ => "",
            };
            let tail_start = groups.len().saturating_sub(4).max(1);
            let restart = groups[tail_start..]
                .iter()
                .find(|index| matches!(&heads[**index], Some(Head::Group(group)) if group.label == first))
                .copied();
            let stop = restart.map_or(stop + 1, |at| at.min(stop + 1));
            decisions[start..stop].fill(Decision::Contents);
        }
        start = end.max(start + 1);
    }
}

/// Blocks whose article is printed again right after in a later wording. An
/// empty head repeated by the next block is dropped altogether.
fn superseded(
    blocks: &[Block],
    heads: &[Option<Head<'_>>],
    decisions: &mut [Decision],
) -> HashSet<usize> {
    let articles: Vec<usize> = (0..blocks.len())
        .filter(|index| decisions[*index] == Decision::Article)
        .collect();
    let number = |index: usize| match &heads[index] {
        Some(Head::Article(article)) => Some(Number::new(&article.number)),
        _ => None,
    };
    let mut out = HashSet::new();
    for (place, pair) in articles.windows(2).enumerate() {
        let (earlier, later) = (pair[0], pair[1]);
        if number(earlier).is_none() || number(earlier) != number(later) {
            continue;
        }
        if (earlier..later).any(|index| decisions[index] == Decision::Group) {
            continue;
        }
        let end = articles
            .get(place + 2)
            .copied()
            .unwrap_or(blocks.len())
            .min(later + 60);
        let words = |from: usize, to: usize| -> HashSet<&str> {
            (from..to)
                .flat_map(|index| blocks[index].text.split_whitespace())
                .filter(|word| word.len() > 3)
                .take(400)
                .collect()
        };
        let (first, second) = (words(earlier, later.min(earlier + 60)), words(later, end));
        let shared = first.intersection(&second).count();
        let smaller = first.len().min(second.len());
        let cue = (earlier..later).any(|index| is_version_cue(&blocks[index].text));
        if later == earlier + 1 && blocks[earlier].text.len() < 200 && shared * 2 >= smaller {
            // Heading and first line both carry the number.
            continue;
        }
        if cue
            || (smaller >= 3 && shared * 10 >= smaller * 4)
            || blocks[later].text.len() < 120 && end == later + 1
        {
            out.insert(earlier);
        }
    }
    out
}

/// "Previous text", "original text": what stands here has been replaced.
fn is_version_cue(text: &str) -> bool {
    let start: String = text.chars().take(60).collect();
    let folded = super::lexicon::fold(&start);
    [
        "texto original",
        "texto anterior",
        "redaccion anterior",
        "version anterior",
        "previous version",
        "former text",
        "ancienne version",
        "alte fassung",
        "testo previgente",
    ]
    .iter()
    .any(|cue| folded.trim_start_matches(['(', '[', '*']).starts_with(cue))
}

fn is_marked(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Heading(_) | BlockKind::Strong)
}

fn candidate(index: usize, block: &Block, article: &ArticleHead<'_>) -> Candidate {
    let marked = is_marked(block) && !article.quoted && !article.small;
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
        Gap::Blank => upper && article.word != Word::Bare,
        Gap::None => article.word == Word::Sign && upper,
    };
    Candidate {
        block: index,
        word: article.word,
        marked,
        shaped: shaped && !article.quoted && !article.small,
        number: Number::new(&article.number),
        gap: article.gap,
        small: article.small,
        level: match block.kind {
            BlockKind::Heading(level) => level,
            _ => 0,
        },
    }
}

fn is_repealed_range(article: &ArticleHead<'_>, next: Option<&Block>) -> bool {
    let mark = if article.rest.is_empty() {
        next.map_or("", |block| block.text.as_str())
    } else {
        article.rest
    };
    notes::remark(mark) == Some(Remark::Repeal)
        || article.rest.starts_with('(')
            && notes::remark(article.rest.split_inclusive(')').next().unwrap_or_default())
                == Some(Remark::Repeal)
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
    let sentence = block.text.ends_with('.') && length > 90;
    let ends_open = !sentence && !block.text.ends_with([';', ',']);
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

/// The heading level of most bare numbers, if they stand in headings.
fn common_level(candidates: &[Candidate]) -> Option<u8> {
    let mut counts: HashMap<u8, usize> = HashMap::new();
    for candidate in candidates
        .iter()
        .filter(|c| c.word == Word::Bare && c.level > 0)
    {
        *counts.entry(candidate.level).or_default() += 1;
    }
    counts
        .into_iter()
        .max_by_key(|(level, count)| (*count, std::cmp::Reverse(*level)))
        .filter(|(_, count)| *count >= 3)
        .map(|(level, _)| level)
}

/// The family of words that cites articles here: the one with most numbers.
fn main_word(candidates: &[Candidate]) -> Word {
    let mut distinct: HashMap<Word, (HashSet<&Number>, usize)> = HashMap::new();
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

/// Accepts candidates whose numbers grow plausibly. Schedules and tails count
/// anew, so each is looked at alone.
fn sequence(list: &[&Candidate], decisions: &[Decision], heads: &[Option<Head<'_>>]) -> Vec<usize> {
    let marked = list.iter().filter(|c| c.marked).count();
    let mostly_marked = marked * 5 >= list.len() * 2 && marked >= 3;
    let restarts = |block: usize| {
        decisions[block] == Decision::Group
            && matches!(&heads[block], Some(Head::Group(group)) if group.kind == UnitKind::Schedule)
    };
    let mut accepted = Vec::new();
    let mut start = 0;
    while start < list.len() {
        let mut end = start + 1;
        while end < list.len() && !(list[end - 1].block..list[end].block).any(restarts) {
            end += 1;
        }
        segment(&list[start..end], mostly_marked, decisions, &mut accepted);
        start = end;
    }
    accepted
}

fn segment(
    list: &[&Candidate],
    mostly_marked: bool,
    decisions: &[Decision],
    accepted: &mut Vec<usize>,
) {
    // The next candidate in a heading, for each place.
    let mut next_marked: Vec<Option<usize>> = vec![None; list.len()];
    let mut ahead = None;
    for index in (0..list.len()).rev() {
        next_marked[index] = ahead;
        if list[index].marked {
            ahead = Some(index);
        }
    }
    let mut last: Option<&Number> = None;
    let mut scanned = list.first().map_or(0, |first| first.block);
    let mut fresh_group = false;
    for (index, candidate) in list.iter().enumerate() {
        fresh_group |= decisions[scanned..candidate.block].contains(&Decision::Group);
        scanned = candidate.block;
        let context = Context {
            list,
            index,
            last,
            mostly_marked,
            fresh_group,
            next_marked: next_marked[index].map(|next| list[next]),
        };
        if candidate.marked || context.is_plausible() {
            accepted.push(candidate.block);
            last = Some(&candidate.number);
            fresh_group = false;
        }
    }
}

/// A candidate among its neighbours.
struct Context<'c, 'l> {
    list: &'l [&'c Candidate],
    index: usize,
    last: Option<&'c Number>,
    mostly_marked: bool,
    fresh_group: bool,
    next_marked: Option<&'c Candidate>,
}

impl Context<'_, '_> {
    /// Whether the number fits between those before and after it.
    fn is_plausible(&self) -> bool {
        let Context {
            list,
            index,
            last,
            mostly_marked,
            fresh_group,
            next_marked,
        } = *self;
        let candidate = list[index];
        let n = candidate.integer();
        let following = || list[index + 1..].iter().take(6);
        if mostly_marked {
            // Headings carry the articles; a line counts only where it fills a gap.
            return candidate.gap != Gap::Blank
                && last.is_none_or(|last| {
                    candidate.number > *last
                        && last.is_in_series() == candidate.number.is_in_series()
                })
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
            let end = list.get(index + 1).map_or(blocks.len(), |next| next.block);
            !blocks[candidate.block + 1..end]
                .iter()
                .take(6)
                .any(is_prose)
                && bodies[index] < 240
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

/// Whether a block is a sentence or a list item of the law itself, which no
/// table of contents holds.
fn is_prose(block: &Block) -> bool {
    let text = block.text.trim_end();
    text.ends_with([';', ':', '—'])
        || (text.len() > 80 && text.ends_with('.') && !text.ends_with(".."))
}

/// Headings and lines between the entries of a table of contents belong to it.
fn clear_contents(blocks: &[Block], decisions: &mut [Decision]) {
    let marked: Vec<usize> = (0..decisions.len())
        .filter(|index| decisions[*index] == Decision::Contents)
        .collect();
    for pair in marked.windows(2) {
        let short = (pair[0] + 1..pair[1])
            .all(|index| blocks[index].text.len() < 400 && !is_prose(&blocks[index]));
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
                !matches!(block.kind, BlockKind::Heading(_)) && is_named(&block.text)
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
    // Scripts without full stops: a long line is a sentence.
    let unpunctuated = text.starts_with(|c: char| matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'));
    let longest = if unpunctuated { 40 } else { 160 };
    (2..=longest).contains(&length)
        && !text.ends_with(['.', ';', ':', ',', '。', '；', '：', '，', '—', '-', '।'])
        && !text.starts_with(char::is_lowercase)
        && super::enumerator::marker(text).is_none()
        && text.chars().any(char::is_alphabetic)
}

/// A heading, with or without a marker before it: `c. Words`.
pub(super) fn is_named(text: &str) -> bool {
    is_heading_like(text)
        || super::enumerator::marker(text).is_some_and(|marker| {
            marker.length <= 6 && text.chars().count() < 120 && is_heading_like(&text[marker.end..])
        })
}
