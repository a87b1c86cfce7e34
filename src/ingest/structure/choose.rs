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
    /// Unnumbered tails under which numbers start anew.
    pub(super) restarts: HashSet<usize>,
}

struct Candidate {
    block: usize,
    word: Word,
    marked: bool,
    shaped: bool,
    number: Number,
    gap: Gap,
    small: bool,
    /// Punctuation follows the number.
    pointed: bool,
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
    // Where sections carry a full stop, a number without one is a page's.
    let bare = || {
        candidates
            .iter()
            .filter(|c| c.word == Word::Bare && c.shaped)
    };
    let pointed = bare().filter(|c| c.pointed).count() * 2 > bare().count();
    let mut list: Vec<&Candidate> = candidates
        .iter()
        .filter(|candidate| {
            candidate.word != Word::Bare || candidate.pointed || !pointed || bare_level.is_some()
        })
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
    let places: Vec<usize> = list
        .iter()
        .filter(|candidate| candidate.word == word)
        .map(|candidate| candidate.block)
        .collect();
    reject_false_tails(heads, &places, &mut decisions);
    let contents = contents(&list, blocks, &decisions);
    list.retain(|candidate| !contents.contains(&candidate.block));
    for index in contents {
        decisions[index] = Decision::Contents;
    }
    // Lines with dots that lead to page numbers.
    let leaders: Vec<usize> = (0..blocks.len())
        .filter(|index| decisions[*index] != Decision::Article && has_leaders(&blocks[*index].text))
        .collect();
    if leaders.len() >= 3 {
        list.retain(|candidate| leaders.binary_search(&candidate.block).is_err());
        for index in leaders {
            decisions[index] = Decision::Contents;
        }
    }
    clear_contents(blocks, heads, &mut decisions);
    let accepted = sequence(&list, &decisions, heads);
    // Two numbers at the start of lines are dates or counts, not articles.
    let too_few = word == Word::Bare && bare_level.is_none() && accepted.len() < 3;
    for block in accepted.into_iter().filter(|_| !too_few) {
        decisions[block] = Decision::Article;
    }
    if word == Word::Bare && bare_level.is_none() && !too_few {
        accept_displaced(&candidates, blocks, heads, &mut decisions);
    }
    accept_ordinals(heads, &mut decisions);
    clear_hollow_groups(blocks, heads, &mut decisions);
    let superseded = superseded(blocks, heads, &mut decisions);
    let restarts = self::restarts(heads, &decisions);
    let (heading_before, heading_after) = heading_habits(blocks, heads, &decisions);
    Choice {
        decisions,
        word,
        heading_before,
        heading_after,
        superseded,
        restarts,
    }
}

/// Soft group heads after which a number comes that stood before already.
fn restarts(heads: &[Option<Head<'_>>], decisions: &[Decision]) -> HashSet<usize> {
    let mut first_seen: HashMap<Number, usize> = HashMap::new();
    for (index, head) in heads.iter().enumerate() {
        if let (Some(Head::Article(article)), Decision::Article) = (head, decisions[index]) {
            first_seen
                .entry(Number::new(&article.number))
                .or_insert(index);
        }
    }
    let mut out = HashSet::new();
    let mut next: Option<Number> = None;
    for (index, head) in heads.iter().enumerate().rev() {
        match (head, decisions[index]) {
            (Some(Head::Article(article)), Decision::Article) => {
                next = Some(Number::new(&article.number));
            }
            (Some(Head::Group(group)), Decision::Group) if group.soft => {
                let again = next.as_ref().and_then(|next| first_seen.get(next));
                if again.is_some_and(|first| *first < index) {
                    out.insert(index);
                }
            }
            _ => {}
        }
    }
    out
}

/// A heading of transitional rules over most of the act is an entry in a table
/// of contents, or the running title of a page.
fn reject_false_tails(heads: &[Option<Head<'_>>], figures: &[usize], decisions: &mut [Decision]) {
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

/// Accepts numbers behind which the lines of a page stand in the wrong order,
/// so that their text seems to go on a sentence: under a heading, and next in
/// number to an article that was found.
fn accept_displaced(
    candidates: &[Candidate],
    blocks: &[Block],
    heads: &[Option<Head<'_>>],
    decisions: &mut [Decision],
) {
    let numbers = |decisions: &[Decision], range: std::ops::Range<usize>| -> Vec<Number> {
        let found = range.filter(|index| decisions.get(*index) == Some(&Decision::Article));
        found
            .filter_map(|index| match heads.get(index) {
                Some(Some(Head::Article(article))) => Some(Number::new(&article.number)),
                _ => None,
            })
            .collect()
    };
    for candidate in candidates {
        let index = candidate.block;
        let displaced = candidate.word == Word::Bare
            && !candidate.shaped
            && candidate.pointed
            && candidate.gap == Gap::Mark
            && decisions.get(index) == Some(&Decision::Text);
        let under_heading = index
            .checked_sub(1)
            .and_then(|above| blocks.get(above))
            .is_some_and(|above| is_heading_line(&above.text));
        if !displaced || !under_heading {
            continue;
        }
        let before = numbers(decisions, 0..index);
        let after = numbers(decisions, index + 1..blocks.len());
        let follows = if candidate.number.is_plain() {
            // Sections inserted into another act may stand between.
            let last = before.iter().rev().find(|number| number.is_plain());
            last.and_then(Number::integer) == candidate.integer().checked_sub(1)
        } else {
            before
                .last()
                .is_some_and(|last| is_next_letter(last, &candidate.number))
        };
        if follows && !after.contains(&candidate.number) && !before.contains(&candidate.number) {
            decisions[index] = Decision::Article;
        }
    }
}

/// A short line with a capital and without a stop.
fn is_heading_line(text: &str) -> bool {
    const LONGEST: usize = 90;
    text.len() < LONGEST
        && text.contains(' ')
        && text.starts_with(char::is_uppercase)
        && text.ends_with(|c: char| c.is_alphanumeric())
}

/// `9E` after `9D`, `9A` after `9`.
fn is_next_letter(before: &Number, number: &Number) -> bool {
    let split = |number: &Number| {
        let printed = number.as_str().to_owned();
        let letter = printed.chars().next_back().filter(char::is_ascii_uppercase);
        (
            printed
                .trim_end_matches(|c: char| c.is_ascii_uppercase())
                .to_owned(),
            letter,
        )
    };
    let ((stem, old), (new_stem, new)) = (split(before), split(number));
    let expected = old.map_or(Some('A'), |old| char::from_u32(u32::from(old) + 1));
    stem == new_stem && new.is_some() && new == expected
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
    let numbers: Vec<Option<Number>> = articles
        .iter()
        .map(|index| match &heads[*index] {
            Some(Head::Article(article)) => Some(Number::new(&article.number)),
            _ => None,
        })
        .collect();
    // Pairs of neighbours with one number, and whether they look alike.
    let mut pairs: Vec<(usize, bool)> = Vec::new();
    for (place, pair) in articles.windows(2).enumerate() {
        let (earlier, later) = (pair[0], pair[1]);
        if numbers[place].is_none() || numbers[place] != numbers[place + 1] {
            continue;
        }
        // Transitional rules count anew in every decree.
        let ordinal = match &heads[later] {
            Some(Head::Article(article)) => {
                article.word == Word::Ordinal || !article.number.contains(super::numeral::is_digit)
            }
            _ => true,
        };
        if ordinal || (earlier..later).any(|index| decisions[index] == Decision::Group) {
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
                .filter(|word| word.len() > 4)
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
        let repealed_later = match &heads[later] {
            Some(Head::Article(article)) => {
                notes::remark(article.rest) == Some(Remark::Repeal)
                    || end == later + 2
                        && notes::remark(&blocks[later + 1].text) == Some(Remark::Repeal)
            }
            _ => false,
        };
        let alike = cue || repealed_later || smaller >= 3 && shared * 10 >= smaller * 6;
        pairs.push((earlier, alike));
    }
    // Where most neighbours are wordings of one article, all are.
    let alike = pairs.iter().filter(|(_, alike)| *alike).count();
    let habit = pairs.len() >= 10 && alike * 3 >= pairs.len() * 2;
    pairs
        .into_iter()
        .filter(|(_, alike)| *alike || habit)
        .map(|(earlier, _)| earlier)
        .collect()
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
        pointed: article.marked,
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

/// Characters of text after an entry beyond which it is no entry of a table.
const LONGEST_ENTRY: usize = 200;

/// Blocks of candidates that only announce what comes later: a run of rising
/// numbers without sentences, most of which come again with text.
fn contents(list: &[&Candidate], blocks: &[Block], decisions: &[Decision]) -> Vec<usize> {
    // Text between a candidate and the next head: its length, up to a limit,
    // and whether it holds a sentence.
    let bodies: Vec<(usize, bool)> = list
        .iter()
        .enumerate()
        .map(|(index, candidate)| {
            let end = list.get(index + 1).map_or(blocks.len(), |next| next.block);
            let (mut length, mut sentence) = (0, is_sentence(&blocks[candidate.block].text));
            for (block, decision) in blocks[..end]
                .iter()
                .zip(decisions)
                .skip(candidate.block + 1)
            {
                if *decision == Decision::Text {
                    length += block.text.len();
                    sentence |= is_sentence(&block.text) || is_prose(block);
                }
                if length > LONGEST_ENTRY {
                    break;
                }
            }
            (length, sentence)
        })
        .collect();
    let hollow = |index: usize| {
        let (length, sentence) = bodies[index];
        !sentence && length <= LONGEST_ENTRY && blocks[list[index].block].text.len() < 300
    };
    let mut full: HashMap<&Number, usize> = HashMap::new();
    for (index, candidate) in list.iter().enumerate() {
        if !hollow(index) {
            full.insert(&candidate.number, index);
        }
    }
    let mut out = Vec::new();
    let mut start = 0;
    while start < list.len() {
        // A run goes on while numbers rise and nothing has a body.
        let mut end = start;
        while end < list.len()
            && hollow(end)
            && (end == start || list[end].number >= list[end - 1].number)
        {
            end += 1;
        }
        // The last entry is followed by whatever stands after the table.
        let next = list.get(end).filter(|next| {
            end > start
                && next.number.integer() == list[end - 1].number.integer().map(|n| n + 1)
                && !is_sentence(&blocks[next.block].text)
                && list
                    .get(end + 1)
                    .is_some_and(|first| first.number < next.number)
        });
        let last = end + usize::from(next.is_some());
        let length = last - start;
        let again = (start..last)
            .filter(|index| full.get(&list[*index].number).is_some_and(|at| *at >= last))
            .count();
        let restarts = list
            .get(last)
            .is_some_and(|after| length > 0 && after.number < list[last - 1].number);
        if length >= 5 && (again * 2 > length || restarts && again * 3 >= length) {
            out.extend(list[start..last].iter().map(|candidate| candidate.block));
        }
        start = end.max(start + 1);
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

/// Dots that lead to a page number at the end, as only tables of contents have.
fn has_leaders(text: &str) -> bool {
    let before = text.trim_end_matches(|c: char| c.is_ascii_digit());
    before.len() < text.len()
        && before.trim_end().ends_with(['.', '…', '_'])
        && ["......", ". . . . .", "…………", "_____"]
            .iter()
            .any(|leader| text.contains(leader))
}

/// Ends like a sentence of some length, as titles do not.
fn is_sentence(text: &str) -> bool {
    // Dots that lead to a page number.
    if text.contains("....") || text.contains(". . .") {
        return false;
    }
    let punctuated = text.len() > 50 && text.ends_with(['.', ';', ':', ',', '。', '；', '—']);
    // Some scripts have no full stop, some converters lose it.
    punctuated || text.len() > 150
}

/// Headings and lines between the entries of a table of contents belong to it.
fn clear_contents(blocks: &[Block], heads: &[Option<Head<'_>>], decisions: &mut [Decision]) {
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
    // A schedule announced after the last entry.
    for last in &marked {
        for index in last + 1..(last + 4).min(decisions.len()) {
            let schedule = matches!(&heads[index], Some(Head::Group(group)) if group.kind == UnitKind::Schedule);
            if decisions[index] == Decision::Group && schedule && blocks[index].text.len() < 60 {
                decisions[index] = Decision::Contents;
            }
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
    let (mut all, mut plain, mut bare, mut before, mut after) =
        (0usize, 0usize, 0usize, 0usize, 0usize);
    for (index, decision) in decisions.iter().enumerate() {
        let (Decision::Article, Some(Head::Article(article))) = (decision, &heads[index]) else {
            continue;
        };
        all += 1;
        let named = |other: Option<&Block>| {
            other.is_some_and(|block| {
                !matches!(block.kind, BlockKind::Heading(_)) && is_named(&block.text)
            })
        };
        // Where the number itself stands in a heading, nothing names it before.
        if !is_marked(&blocks[index]) {
            plain += 1;
            let previous = index
                .checked_sub(1)
                .filter(|at| decisions[*at] == Decision::Text);
            before += usize::from(previous.is_some_and(|at| named(blocks.get(at))));
        }
        if article.gap == Gap::End {
            bare += 1;
            let next = decisions.get(index + 1) == Some(&Decision::Text);
            let body = decisions.get(index + 2) == Some(&Decision::Text);
            after += usize::from(next && body && named(blocks.get(index + 1)));
        }
    }
    (
        plain >= 3 && plain * 2 > all && before * 2 > plain && before > after,
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
        && !ends_sentence(text)
        && !text.starts_with(char::is_lowercase)
        && super::enumerator::marker(text).is_none()
        && text.chars().any(char::is_alphabetic)
}

/// Whether a line ends as sentences do, also within marks of quotation.
fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['”', '“', '»', '«', '"', ' '])
        .ends_with(['.', ';', ':', ',', '。', '；', '：', '，', '—', '-', '।'])
}

/// A heading, with or without a marker before it: `c. Words`.
pub(super) fn is_named(text: &str) -> bool {
    is_heading_like(text)
        || super::enumerator::marker(text).is_some_and(|marker| {
            marker.length <= 6 && text.chars().count() < 120 && is_heading_like(&text[marker.end..])
        })
}
