//! Pages whose articles and divisions carry named anchors: every article
//! begins with `<a name="Art.12bis">`, every division with `<a name="LNK...">`
//! linked back from a table of contents (`LNKR...`).

use scraper::node::Element;

use super::flow::Flow;
use super::style::StyleSheet;
use super::tree::{Event, inside, words};
use crate::ingest::block::{Block, BlockKind};
use crate::law::Standing;

/// So many article anchors make a page of this kind.
const FEWEST_ANCHORS: usize = 3;

/// Level given to division headings; their words tell their true level.
const DIVISION_LEVEL: u8 = 2;
/// Level given to article headings.
const ARTICLE_LEVEL: u8 = 5;

/// Whether the page is of this kind: article anchors and division anchors of
/// the two names.
pub(super) fn fits(events: &[Event<'_>]) -> bool {
    let mut articles = 0;
    let mut divisions = 0;
    for event in events {
        if let Event::Open(element, _) = event {
            articles += usize::from(article_number(element).is_some());
            divisions += usize::from(is_division(element));
        }
    }
    articles >= FEWEST_ANCHORS && divisions > 0
}

/// The blocks of the law's text, from its first anchored division or article
/// to the end of the container that holds them.
pub(super) fn blocks(events: &[Event<'_>], sheet: &StyleSheet) -> Vec<Block> {
    let mut flow = Flow::new(sheet);
    let range = text_range(events);
    let mut at = range.start;
    while at < range.end {
        at = match events.get(at) {
            Some(Event::Open(element, close)) if article_number(element).is_some() => {
                flow.end_block();
                let number = article_number(element).unwrap_or_default();
                let word = words(inside(events, at));
                let word = word
                    .split_whitespace()
                    .next()
                    .unwrap_or("Art.")
                    .trim_end_matches(|c: char| c.is_ascii_digit());
                flow.push(
                    BlockKind::Heading(ARTICLE_LEVEL),
                    format!("{word} {number}"),
                );
                after_number(events, close + 1, number, &mut flow)
            }
            Some(Event::Open(element, close)) if is_division(element) => {
                flow.end_block();
                let end = line_end(events, close + 1);
                let heading = words(events.get(at..end).unwrap_or_default());
                flow.push(BlockKind::Heading(DIVISION_LEVEL), heading);
                end
            }
            _ => flow.step(events, at),
        };
    }
    let mut blocks = flow.finish();
    set_notes_apart(&mut blocks);
    blocks
}

/// The number in an anchor's name: `383bis/1` of `Art.383bis/1`.
fn article_number(element: &Element) -> Option<&str> {
    let name = anchor_name(element)?;
    let number = ["Artikel", "Article", "Art.", "Art"]
        .iter()
        .find_map(|word| name.strip_prefix(word))?
        .trim_matches(['.', ' ']);
    number
        .starts_with(|c: char| c.is_ascii_alphanumeric())
        .then_some(number)
}

fn is_division(element: &Element) -> bool {
    anchor_name(element).is_some_and(|name| {
        name.strip_prefix("LNK")
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
    })
}

fn anchor_name(element: &Element) -> Option<&str> {
    (element.name() == "a")
        .then(|| element.attr("name"))
        .flatten()
        .map(str::trim)
}

/// From the first anchor to the end of the innermost element that also holds
/// the last one.
fn text_range(events: &[Event<'_>]) -> std::ops::Range<usize> {
    let anchored = |event: &Event<'_>| match event {
        Event::Open(element, _) => article_number(element).is_some() || is_division(element),
        _ => false,
    };
    let first = events.iter().position(anchored).unwrap_or(0);
    let last = events.iter().rposition(anchored).unwrap_or(0);
    let end = events[..=first.min(events.len().saturating_sub(1))]
        .iter()
        .filter_map(|event| match event {
            Event::Open(_, close) if *close > last => Some(*close),
            _ => None,
        })
        .min()
        .unwrap_or(events.len());
    first..end
}

/// Skips the number printed after an article's anchor; gives the words that
/// follow it in the same text to the flow.
fn after_number(events: &[Event<'_>], from: usize, number: &str, flow: &mut Flow<'_>) -> usize {
    let wanted: Vec<char> = number.chars().filter(|c| c.is_alphanumeric()).collect();
    let mut found = 0;
    let mut at = from;
    while let Some(event) = events.get(at) {
        if let Event::Text(text) = event {
            for (offset, c) in text.char_indices() {
                if found == wanted.len() {
                    let rest = text.get(offset..).unwrap_or_default();
                    flow.text(rest.trim_start_matches(['.', ' ', '\u{a0}']));
                    return at + 1;
                }
                if c.is_alphanumeric() {
                    if !c.eq_ignore_ascii_case(&wanted[found]) {
                        // Not the number after all: nothing is skipped.
                        return from;
                    }
                    found += 1;
                }
            }
        } else if matches!(event, Event::Open(element, _) if element.name() == "br") {
            return at;
        }
        at += 1;
        if found == wanted.len() {
            return strip_full_stop(events, at, flow);
        }
    }
    at
}

/// `12</a>. Text`: the full stop belongs to the number.
fn strip_full_stop(events: &[Event<'_>], from: usize, flow: &mut Flow<'_>) -> usize {
    for (offset, event) in events.iter().enumerate().skip(from) {
        match event {
            Event::Close(_) => {}
            Event::Text(text) => {
                flow.text(text.trim_start_matches(['.', ' ', '\u{a0}']));
                return offset + 1;
            }
            Event::Open(..) => return offset,
        }
    }
    events.len()
}

/// The first line end after `from`.
fn line_end(events: &[Event<'_>], from: usize) -> usize {
    events
        .iter()
        .enumerate()
        .skip(from)
        .find(|(_, event)| matches!(event, Event::Open(element, _) if element.name() == "br"))
        .map_or(events.len(), |(at, _)| at)
}

/// A line of hyphens closes the text of an article; amendment notes follow
/// until the next heading.
fn set_notes_apart(blocks: &mut Vec<Block>) {
    let mut in_notes = false;
    for block in blocks.iter_mut() {
        if matches!(block.kind, BlockKind::Heading(_)) {
            in_notes = false;
        } else if is_rule(&block.text) {
            in_notes = true;
        } else if in_notes {
            block.standing = Standing::Note;
        }
    }
    blocks.retain(|block| !is_rule(&block.text));
}

fn is_rule(text: &str) -> bool {
    text.len() >= 5 && text.bytes().all(|byte| byte == b'-' || byte == b'_')
}
