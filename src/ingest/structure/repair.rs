//! Mends what converters break before the grammar looks: page furniture
//! between sentences, suffixes torn off their numbers, breadcrumb headings,
//! notes and headings glued to the paragraph before.

use std::collections::hash_map::DefaultHasher;
use std::collections::{HashMap, HashSet};
use std::hash::Hasher;

use super::enumerator::{is_lone_marker, marker};
use super::head::{Gap, Head, head};
use super::lexicon::{Role, Word, fold, is_ordinal, role};
use super::notes::gazette_note;
use super::numeral::{is_latin_suffix, roman, word_end};
use crate::ingest::block::{Block, BlockKind};
use crate::ingest::lines::ends_sentence;

/// Times a line must come again before it counts as page furniture.
const FURNITURE: usize = 10;

/// Mends the blocks; those that need it not are passed on as they are.
pub(super) fn repair(mut blocks: Vec<Block>, language: &str) -> Vec<Block> {
    let furniture = furniture(&blocks);
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut trail: Vec<String> = Vec::new();
    let mut index = 0;
    let mut dropped = false;
    while let Some((block, later)) = blocks[index..].split_first() {
        let next = later.first();
        index += 1;
        if !furniture.is_empty()
            && furniture.contains(&key(&block.text))
            && !matches!(block.kind, BlockKind::Heading(_))
        {
            dropped = true;
            continue;
        }
        if repeats_next(block, next) {
            continue;
        }
        if is_breadcrumb(block) {
            breadcrumb(block, &mut trail, &mut out);
            continue;
        }
        // The letter of "108-" stands before the first words of its body.
        if let Some((letter, rest)) = next
            .filter(|next| !matches!(next.kind, BlockKind::Heading(_)))
            .and_then(|next| torn_suffix(&next.text))
            .filter(|(suffix, _)| suffix.chars().all(char::is_uppercase))
            && let Some(at) = open_dash(block, language)
            && let Some(next) = next
        {
            let mut merged = block.clone();
            merged.text = format!(
                "{}-{letter} {}",
                &block.text[..at],
                block.text[at..].trim_start_matches(['-', '–']).trim_start()
            );
            out.push(merged);
            push_rest(rest, next, &mut out);
            index += 1;
            continue;
        }
        if is_torn(block, next, language)
            && let Some(next) = next
        {
            let mut merged = block.clone();
            let (suffix, rest) = torn_suffix(&next.text).unwrap_or(("", &next.text));
            merged.text = format!(
                "{} {suffix}",
                block
                    .text
                    .trim_end()
                    .trim_end_matches(['-', '–', '.'])
                    .trim_end()
            );
            out.push(merged);
            push_rest(rest, next, &mut out);
            index += 1;
            continue;
        }
        // A sentence that page furniture had cut in two.
        if dropped
            && block.kind == BlockKind::Paragraph
            && block.text.starts_with(char::is_lowercase)
            && let Some(last) = out.last_mut()
            && last.kind == BlockKind::Paragraph
            && !ends_sentence(&last.text)
        {
            last.text.push(' ');
            last.text.push_str(&block.text);
            dropped = false;
            continue;
        }
        dropped = false;
        if let Some(used) = reattach(&blocks[index - 1..], &mut out) {
            index += used - 1;
            continue;
        }
        // Nothing looks back at it any more, so its text can be moved.
        let block = &mut blocks[index - 1];
        let block = Block {
            text: std::mem::take(&mut block.text),
            ..*block
        };
        split_glued(block, language, &mut out);
    }
    out
}

/// What is left of a block whose beginning went to the block before it.
fn push_rest(rest: &str, of: &Block, out: &mut Vec<Block>) {
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || ".-–—:)".contains(c));
    if !rest.is_empty() {
        out.push(Block {
            kind: BlockKind::Paragraph,
            text: rest.to_owned(),
            standing: of.standing,
        });
    }
}

/// `(a) (b) (c)` on lines of their own and then three texts: joins each marker
/// with its text. Answers how many blocks were used.
fn reattach(blocks: &[Block], out: &mut Vec<Block>) -> Option<usize> {
    let markers = blocks
        .iter()
        .take(30)
        .take_while(|block| block.kind == BlockKind::Paragraph && is_lone_marker(&block.text))
        .count();
    if markers < 2 || blocks.len() < markers * 2 {
        return None;
    }
    let (labels, rest) = blocks.split_at(markers);
    let values: Vec<u32> = labels
        .iter()
        .filter_map(|label| marker(&format!("{} x", label.text)).map(|found| found.value))
        .collect();
    let texts = &rest[..markers];
    let consecutive =
        values.len() == markers && values.windows(2).all(|pair| pair[1] == pair[0] + 1);
    let items = texts.iter().enumerate().all(|(place, text)| {
        text.kind == BlockKind::Paragraph
            && marker(&text.text).is_none()
            && (place + 1 == markers || is_list_item(&text.text))
    });
    if !consecutive || !items {
        return None;
    }
    for (label, text) in labels.iter().zip(texts) {
        out.push(Block {
            kind: BlockKind::Paragraph,
            text: format!("{} {}", label.text.trim(), text.text.trim()),
            standing: text.standing,
        });
    }
    Some(markers * 2)
}

/// Ends as an item of a list does.
fn is_list_item(text: &str) -> bool {
    let text = text.trim_end();
    text.ends_with([';', ','])
        || ["and", "or", "et", "ou", "y", "o", "und", "oder"]
            .iter()
            .any(|word| {
                text.strip_suffix(word)
                    .is_some_and(|before| before.ends_with([' ', ';', ',']))
            })
}

/// A line without its digits and blanks: page numbers do not tell running
/// heads apart.
fn key(text: &str) -> u64 {
    let kept: Vec<u8> = text
        .bytes()
        .filter(|byte| !byte.is_ascii_digit() && !byte.is_ascii_whitespace())
        .collect();
    let mut hasher = DefaultHasher::new();
    hasher.write(&kept);
    hasher.finish()
}

/// A line that may be page furniture.
struct Seen {
    first: usize,
    times: usize,
    interrupts: usize,
    address: bool,
}

/// Lines that come again and again: running heads, links of a site.
fn furniture(blocks: &[Block]) -> HashSet<u64> {
    let mut seen: HashMap<u64, Seen> = HashMap::new();
    for (index, block) in blocks.iter().enumerate() {
        let length = block.text.len();
        if !(6..=160).contains(&length) || matches!(block.kind, BlockKind::Heading(_)) {
            continue;
        }
        // Law repeats itself: "2. The same act, committed:" is no running head.
        if block.text.ends_with([':', ';', ',', '-', '–', '—']) {
            continue;
        }
        let between = index > 0
            && blocks.get(index + 1).is_some_and(|next| {
                next.text.starts_with(char::is_lowercase) && !ends_sentence(&blocks[index - 1].text)
            });
        let entry = seen.entry(key(&block.text)).or_insert(Seen {
            first: index,
            times: 0,
            interrupts: 0,
            address: false,
        });
        entry.times += 1;
        entry.interrupts += usize::from(between);
        entry.address |= block.text.contains("www.")
            || block.text.contains("http")
            || block.text.matches('|').count() >= 2;
    }
    seen.into_iter()
        .filter(|(_, seen)| {
            let text = &blocks[seen.first].text;
            seen.times >= FURNITURE
                && (seen.address || seen.interrupts * 4 >= seen.times && seen.interrupts >= 4)
                && text.chars().filter(|c| c.is_alphabetic()).count() >= 5
                && super::notes::remark(text).is_none()
                && marker(text).is_none()
        })
        .map(|(key, _)| key)
        .collect()
}

/// `Title I - Words | Chapter II - Words` or with `>`.
fn is_breadcrumb(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Heading(_))
        && (block.text.contains(" | ") || block.text.contains(" > "))
}

/// Opens only the steps that differ from the last trail.
fn breadcrumb(block: &Block, trail: &mut Vec<String>, out: &mut Vec<Block>) {
    let steps: Vec<String> = block
        .text
        .split(['|', '>'])
        .map(|step| step.trim().to_owned())
        .filter(|step| !step.is_empty())
        .collect();
    let common = trail
        .iter()
        .zip(&steps)
        .take_while(|(old, new)| old == new)
        .count();
    for (place, step) in steps.iter().enumerate().skip(common) {
        if place > common && trail.last() == Some(step) && !is_first(step) {
            // A second section cannot begin a chapter: the publisher left the
            // last step of the trail as it was.
            continue;
        }
        out.push(Block {
            kind: block.kind,
            text: step.clone(),
            standing: block.standing,
        });
    }
    *trail = steps;
}

/// Whether a step's number is one, or it has none.
fn is_first(step: &str) -> bool {
    const NUMBER_REACH: usize = 4;
    let number = step
        .split([' ', '-'])
        .take(NUMBER_REACH)
        .skip(1)
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .find_map(|word| match word.parse::<u32>() {
            Ok(number) => Some(number == 1),
            Err(_) => roman(word).map(|numeral| numeral.printed == "I"),
        });
    number.unwrap_or(true)
}

/// An article's number whose suffix begins the next block: `Artículo 202` and
/// `BIS.- Quien`, `Section 366-` and `A. Whoever`.
fn is_torn(block: &Block, next: Option<&Block>, language: &str) -> bool {
    if block.text.len() > 60 {
        return false;
    }
    let Some((suffix, _)) = next.and_then(|next| torn_suffix(&next.text)) else {
        return false;
    };
    let open_dash = block.text.trim_end().ends_with(['-', '–']);
    let latin = suffix.chars().any(char::is_lowercase) || is_latin_suffix(suffix);
    match head(&block.text, language) {
        Some(Head::Article(article)) => {
            article.gap == Gap::End && article.word != Word::Bare && (latin || open_dash)
                || article.rest.is_empty() && open_dash && article.word != Word::Bare
        }
        _ => false,
    }
}

/// A Latin suffix (with its own count: bis 3) or a capital letter at the
/// start, before punctuation.
fn torn_suffix(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let mut end = word_end(text, 21);
    let word = &text[..end];
    let latin = is_latin_suffix(word);
    if latin {
        let count = text[end..].trim_start();
        let digits = count.bytes().take_while(u8::is_ascii_digit).count();
        if (1..=2).contains(&digits)
            && count[digits..]
                .trim_start()
                .starts_with(['.', '-', '–', '—'])
        {
            end = text.len() - count.len() + digits;
        }
    }
    let capital = end > 0 && word.chars().count() <= 2 && word.chars().all(char::is_uppercase);
    let rest = &text[end..];
    ((latin || capital) && rest.trim_start().starts_with(['.', '-', '–', '—', ')']))
        .then_some((&text[..end], rest))
}

/// `Section 108- Title` before `A. Whoever`: the dash waits for its letter.
/// Answers the bytes of the heading up to the dash.
fn open_dash(block: &Block, language: &str) -> Option<usize> {
    if !matches!(block.kind, BlockKind::Heading(_)) {
        return None;
    }
    let Some(Head::Article(article)) = head(&block.text, language) else {
        return None;
    };
    let at = block.text.find(article.number.as_str())? + article.number.len();
    let dashed = block.text[at..].starts_with(['-', '–']) && !article.rest.is_empty();
    (dashed && article.number.ends_with(|c: char| c.is_ascii_digit())).then_some(at)
}

/// A heading made of the first words of the next paragraph.
fn repeats_next(block: &Block, next: Option<&Block>) -> bool {
    if !matches!(block.kind, BlockKind::Heading(_)) || block.text.len() < 40 {
        return false;
    }
    let Some(next) = next.filter(|next| !matches!(next.kind, BlockKind::Heading(_))) else {
        return false;
    };
    // The words after the last label of the heading.
    let tail = block.text.rsplit(". ").next().unwrap_or(&block.text).trim();
    let tail = if tail.len() >= 20 { tail } else { return false };
    let window: String = next.text.chars().take(60 + tail.chars().count()).collect();
    head(&next.text, "").is_some()
        && head(&block.text, "").is_none_or(|head| matches!(head, Head::Group(_)))
        && squeeze(&window).contains(&squeeze(tail))
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where a paragraph should be cut: after an amendment note at its start, or
/// before a group heading in capitals at its end.
fn glued_at(text: &str, language: &str) -> Option<usize> {
    if text.len() < 30 {
        return None;
    }
    if let Some(end) = gazette_note(text)
        && end < text.len()
    {
        return Some(end);
    }
    // Only the last stretch can be a heading.
    let mut from = text.len().saturating_sub(260);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let window = &text[from..];
    for at in blanks(window).map(|blank| blank + 1) {
        let rest = &window[at..];
        if !rest.starts_with(|c: char| c.is_uppercase()) {
            continue;
        }
        let word_end = rest.find(' ').unwrap_or(rest.len());
        let word = &rest[..word_end];
        if word.len() < 4 || word.chars().any(|c| !c.is_uppercase()) {
            continue;
        }
        if matches!(role(&fold(word), language), Some(Role::Group(..))) {
            let number = rest[word_end..].trim_start();
            let number_end = number.find(' ').unwrap_or(number.len());
            let label = number[..number_end].trim_end_matches(['.', ':', ',']);
            let numbered = roman(label).is_some_and(|found| found.end == label.len())
                || is_ordinal(&fold(label)) && label.chars().all(|c| !c.is_lowercase());
            let sentence = rest.ends_with('.') && rest.len() > 120 || rest.ends_with([';', ',']);
            if numbered && !sentence && from + at > 0 {
                return Some(from + at);
            }
        }
    }
    None
}

/// The bytes of a lead-in that is printed twice: "A person shall not A person
/// shall not take".
fn doubled_lead_in(text: &str) -> usize {
    /// Bytes below which a repetition is chance.
    const LEAST: usize = 12;
    let first = text.split(' ').next().unwrap_or_default();
    let window = text
        .char_indices()
        .nth(160)
        .map_or(text, |(at, _)| &text[..at]);
    for blank in blanks(window).filter(|at| *at >= LEAST) {
        let again = &text[blank + 1..];
        let lead = text[..blank].trim_end();
        if blank + 1 + first.len() <= window.len()
            && again.starts_with(first)
            && lead.len() >= LEAST
            && lead.split(' ').count() >= 3
            && again
                .strip_prefix(lead)
                .is_some_and(|rest| rest.starts_with(' '))
        {
            return blank + 1;
        }
    }
    0
}

/// Byte offsets of the blanks; a loop over bytes is quicker than a search
/// where every sixth is one.
fn blanks(text: &str) -> impl Iterator<Item = usize> + '_ {
    let bytes = text.bytes().enumerate();
    bytes.filter_map(|(at, byte)| (byte == b' ').then_some(at))
}

fn split_glued(mut block: Block, language: &str, out: &mut Vec<Block>) {
    if matches!(block.kind, BlockKind::Heading(_) | BlockKind::Strong) {
        out.push(block);
        return;
    }
    block.text.drain(..doubled_lead_in(&block.text));
    while let Some(at) = glued_at(&block.text, language) {
        let (first, second) = block.text.split_at(at);
        if first.trim().is_empty() || second.trim().is_empty() {
            break;
        }
        let second = second.trim_start().to_owned();
        out.push(Block {
            text: first.trim().to_owned(),
            ..block
        });
        block.text = second;
    }
    out.push(block);
}
