//! Mends what converters break before the grammar looks: page furniture
//! between sentences, suffixes torn off their numbers, breadcrumb headings,
//! notes and headings glued to the paragraph before.

use std::collections::HashMap;

use super::head::{Gap, Head, head};
use super::lexicon::{Role, Word, fold, is_ordinal, role};
use super::notes::gazette_note;
use super::numeral::{is_latin_suffix, roman, word_end};
use crate::ingest::block::{Block, BlockKind};
use crate::ingest::lines::ends_sentence;

/// Times a line must come again before it counts as page furniture.
const FURNITURE: usize = 10;

/// Answers mended blocks, or nothing if there is nothing to mend.
pub(super) fn repair(blocks: &[Block], language: &str) -> Option<Vec<Block>> {
    let furniture = furniture(blocks);
    let needs = !furniture.is_empty()
        || blocks.iter().enumerate().any(|(index, block)| {
            is_breadcrumb(block)
                || is_torn(block, blocks.get(index + 1), language)
                || glued_at(&block.text, language).is_some()
                || repeats_next(block, blocks.get(index + 1))
        });
    if !needs {
        return None;
    }
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut trail: Vec<String> = Vec::new();
    let mut index = 0;
    let mut dropped = false;
    while let Some(block) = blocks.get(index) {
        let next = blocks.get(index + 1);
        index += 1;
        if furniture.contains_key(&key(&block.text)) && !matches!(block.kind, BlockKind::Heading(_))
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
            let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || ".-–—:".contains(c));
            if !rest.is_empty() {
                out.push(Block {
                    kind: BlockKind::Paragraph,
                    text: rest.to_owned(),
                    standing: next.standing,
                });
            }
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
        split_glued(block, language, &mut out);
    }
    Some(out)
}

/// Digits do not tell page numbers apart.
fn key(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_ascii_digit() && !c.is_whitespace())
        .collect()
}

/// Lines that come again and again: running heads, links of a site.
fn furniture(blocks: &[Block]) -> HashMap<String, usize> {
    struct Seen {
        times: usize,
        interrupts: usize,
        address: bool,
    }
    let mut seen: HashMap<String, Seen> = HashMap::new();
    for (index, block) in blocks.iter().enumerate() {
        let length = block.text.len();
        if !(6..=160).contains(&length) || matches!(block.kind, BlockKind::Heading(_)) {
            continue;
        }
        let key = key(&block.text);
        // Law repeats itself: "2. The same act, committed:" is no running head.
        let is_law = block.text.ends_with([':', ';', ',', '-', '–', '—'])
            || super::enumerator::marker(&block.text).is_some();
        if is_law || key.chars().count() < 5 || super::notes::remark(&block.text).is_some() {
            continue;
        }
        let between = index > 0
            && blocks.get(index + 1).is_some_and(|next| {
                next.text.starts_with(char::is_lowercase) && !ends_sentence(&blocks[index - 1].text)
            });
        let entry = seen.entry(key).or_insert(Seen {
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
            seen.times >= FURNITURE
                && (seen.address || seen.interrupts * 4 >= seen.times && seen.interrupts >= 4)
        })
        .map(|(key, seen)| (key, seen.times))
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
    for step in &steps[common..] {
        out.push(Block {
            kind: block.kind,
            text: step.clone(),
            standing: block.standing,
        });
    }
    *trail = steps;
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
    let latin = suffix.chars().count() > 1;
    match head(&block.text, language) {
        Some(Head::Article(article)) => {
            article.gap == Gap::End && article.word != Word::Bare && (latin || open_dash)
                || article.rest.is_empty() && open_dash && article.word != Word::Bare
        }
        _ => false,
    }
}

/// A Latin suffix or a capital letter at the start, before punctuation.
fn torn_suffix(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let end = word_end(text, 21);
    let word = &text[..end];
    let rest = &text[end..];
    let fits =
        is_latin_suffix(word) || word.chars().count() <= 2 && word.chars().all(char::is_uppercase);
    (fits && rest.trim_start().starts_with(['.', '-', '–', '—', ')'])).then_some((word, rest))
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
    let mut at = 0;
    while let Some(blank) = window[at..].find(' ') {
        at += blank + 1;
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

fn split_glued(block: &Block, language: &str, out: &mut Vec<Block>) {
    let mut rest = block.text.as_str();
    let splittable = matches!(block.kind, BlockKind::Paragraph | BlockKind::Item(_));
    while let Some(at) = glued_at(rest, language).filter(|_| splittable) {
        let (first, second) = rest.split_at(at);
        if first.trim().is_empty() || second.trim().is_empty() {
            break;
        }
        out.push(Block {
            kind: block.kind,
            text: first.trim().to_owned(),
            standing: block.standing,
        });
        rest = second.trim_start();
    }
    out.push(Block {
        kind: block.kind,
        text: rest.to_owned(),
        standing: block.standing,
    });
}
