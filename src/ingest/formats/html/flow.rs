//! Running text: the paragraphs, headings, list items and table rows of a
//! page, as blocks for the grammar of numbered headings.

use scraper::node::Element;

use super::style::StyleSheet;
use super::table;
use super::tree::{Event, inside};
use crate::ingest::block::{Block, BlockKind};
use crate::ingest::formats::brackets;
use crate::ingest::formats::line::{Line, Look};
use crate::ingest::formats::marker::{is_bare_marker, starts_with_marker};
use crate::law::Standing;

/// Elements that begin a paragraph of their own.
const BLOCK_ELEMENTS: &[&str] = &[
    "address",
    "article",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "legend",
    "li",
    "main",
    "menu",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// So many consecutive lines that are nothing but links are a menu or a table
/// of contents.
const LINK_RUN: usize = 6;

/// The blocks of a stretch of the page.
pub(super) fn blocks(events: &[Event<'_>], sheet: &StyleSheet) -> Vec<Block> {
    let mut flow = Flow::new(sheet);
    let mut at = 0;
    while at < events.len() {
        at = flow.step(events, at);
    }
    flow.finish()
}

/// Collects blocks while a walk goes through the page.
pub(super) struct Flow<'s> {
    sheet: &'s StyleSheet,
    pieces: Vec<Piece>,
    line: Line,
    frames: Vec<Frame>,
    lists: Vec<List>,
    /// Depth and marker of a list item whose first words are still to come.
    item: Option<(u8, String)>,
    /// The last break was a single `<br>`, which may be a mere line end.
    soft: bool,
}

/// A block with what decides whether it stays.
struct Piece {
    block: Block,
    /// Nothing but links.
    linked: bool,
}

/// What an open element passes on to its text.
#[derive(Debug, Clone, Copy, Default)]
struct Frame {
    look: Look,
    heading: Option<u8>,
    preformatted: bool,
    /// Letters of the line when the innermost open link began.
    link: Option<usize>,
}

/// An open list.
struct List {
    /// Numbering style of an ordered list (`1`, `a`, `A`, `i`, `I`).
    style: Option<char>,
    next: u32,
}

impl<'s> Flow<'s> {
    /// An empty collection for a page with these styles.
    pub(super) fn new(sheet: &'s StyleSheet) -> Self {
        Self {
            sheet,
            pieces: Vec::new(),
            line: Line::default(),
            frames: vec![Frame::default()],
            lists: Vec::new(),
            item: None,
            soft: false,
        }
    }

    /// Takes the event at `at`; gives the index of the next one to take.
    pub(super) fn step(&mut self, events: &[Event<'_>], at: usize) -> usize {
        match events.get(at) {
            Some(Event::Open(element, close)) => {
                if element.name() == "table"
                    && let Some(rows) = table::rows(inside(events, at), self.sheet)
                {
                    self.end_block();
                    for row in rows {
                        self.push(BlockKind::Paragraph, row);
                    }
                    return close + 1;
                }
                self.open(element);
            }
            Some(Event::Text(text)) => self.text(text),
            Some(Event::Close(element)) => self.close(element),
            None => {}
        }
        at + 1
    }

    /// Ends the paragraph in hand.
    pub(super) fn end_block(&mut self) {
        self.end_line();
        self.soft = false;
    }

    /// Adds a finished block.
    pub(super) fn push(&mut self, kind: BlockKind, text: impl Into<String>) {
        self.pieces.push(Piece {
            block: Block::new(kind, text),
            linked: false,
        });
    }

    /// Words outside any element of their own.
    pub(super) fn text(&mut self, text: &str) {
        let frame = self.frame();
        if frame.preformatted {
            for (index, line) in text.split('\n').enumerate() {
                if index > 0 {
                    self.soft_break();
                }
                self.line.push(line, frame.look, frame.link);
            }
        } else {
            self.line.push(text, frame.look, frame.link);
        }
    }

    /// The blocks, menus and tables of contents left out.
    pub(super) fn finish(mut self) -> Vec<Block> {
        self.end_block();
        let mut kept: Vec<Block> = Vec::with_capacity(self.pieces.len());
        let mut run: Vec<Block> = Vec::new();
        for piece in self.pieces {
            if piece.linked {
                run.push(piece.block);
                continue;
            }
            keep_short_run(&mut kept, &mut run);
            kept.push(piece.block);
        }
        keep_short_run(&mut kept, &mut run);
        brackets::resolve(&mut kept);
        join_markers(kept)
    }

    fn frame(&self) -> Frame {
        self.frames.last().copied().unwrap_or_default()
    }

    fn open(&mut self, element: &Element) {
        let name = element.name();
        if name == "br" {
            self.soft_break();
        } else if BLOCK_ELEMENTS.contains(&name) {
            self.end_block();
        }
        let mut frame = self.frame();
        frame.look = frame.look.and(self.sheet.look(element));
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                frame.heading = name.strip_prefix('h').and_then(|level| level.parse().ok());
            }
            "pre" => frame.preformatted = true,
            "a" if element.attr("href").is_some() => frame.link = Some(self.line.letters()),
            "ol" | "ul" | "dir" | "menu" => self.lists.push(List {
                style: (name == "ol").then(|| list_style(element)),
                next: element
                    .attr("start")
                    .and_then(|start| start.trim().parse().ok())
                    .unwrap_or(1),
            }),
            "li" => self.item = Some(self.next_item(element)),
            _ => {}
        }
        self.frames.push(frame);
    }

    fn close(&mut self, element: &Element) {
        let name = element.name();
        if BLOCK_ELEMENTS.contains(&name) {
            self.end_block();
        }
        match name {
            "ol" | "ul" | "dir" | "menu" => {
                self.lists.pop();
            }
            "li" => self.item = None,
            _ => {}
        }
        if self.frames.len() > 1 {
            self.frames.pop();
        }
    }

    /// Depth and printed marker of a list item.
    fn next_item(&mut self, element: &Element) -> (u8, String) {
        let depth = u8::try_from(self.lists.len()).unwrap_or(u8::MAX).max(1);
        let Some(list) = self.lists.last_mut() else {
            return (depth, String::new());
        };
        let Some(style) = list.style else {
            return (depth, String::new());
        };
        if let Some(value) = element.attr("value").and_then(|v| v.trim().parse().ok()) {
            list.next = value;
        }
        let marker = crate::ingest::formats::marker::counter(style, list.next);
        list.next = list.next.saturating_add(1);
        (depth, marker)
    }

    fn soft_break(&mut self) {
        // A second <br> in a row is a blank line.
        self.soft = self.end_line();
    }

    /// Makes a block of the line in hand; tells whether it had words.
    fn end_line(&mut self) -> bool {
        let line = std::mem::take(&mut self.line);
        let struck = line.struck();
        let text = line.text();
        let before = line.struck_first();
        if before && let Some(struck) = &struck {
            self.repealed(struck);
        }
        let has_words = !text.is_empty();
        if has_words {
            let linked = line.is_only_links();
            let note = line.is_note();
            let heading = self.frame().heading;
            let item = self.item.take();
            let kind = match (heading, &item) {
                (Some(level), _) => BlockKind::Heading(level),
                (None, Some((depth, _))) => BlockKind::Item(*depth),
                (None, None) if line.is_strong() => BlockKind::Strong,
                (None, None) => BlockKind::Paragraph,
            };
            let text = match item {
                Some((_, marker)) if !marker.is_empty() && !starts_with_marker(&text) => {
                    format!("{marker} {text}")
                }
                _ => text,
            };
            let soft = std::mem::take(&mut self.soft);
            let standing = if note {
                Standing::Note
            } else {
                Standing::InForce
            };
            if soft && self.continues(&text, kind, standing) {
                if let Some(last) = self.pieces.last_mut() {
                    last.block.text.push(' ');
                    last.block.text.push_str(&text);
                    last.linked &= linked;
                }
            } else {
                self.pieces.push(Piece {
                    block: Block {
                        kind,
                        text,
                        standing,
                    },
                    linked: linked && heading.is_none(),
                });
            }
        }
        if !before && let Some(struck) = &struck {
            self.repealed(struck);
        }
        has_words || struck.is_some()
    }

    fn repealed(&mut self, text: &str) {
        self.pieces.push(Piece {
            block: Block {
                kind: BlockKind::Paragraph,
                text: text.to_string(),
                standing: Standing::Repealed,
            },
            linked: false,
        });
    }

    /// Whether a line after a single `<br>` goes on with the sentence before it.
    fn continues(&self, text: &str, kind: BlockKind, standing: Standing) -> bool {
        let Some(last) = self.pieces.last() else {
            return false;
        };
        last.block.kind == kind
            && last.block.standing == standing
            && !last.block.text.ends_with(['.', ';', ':', '!', '?'])
            && text.starts_with(char::is_lowercase)
            && !starts_with_marker(text)
    }
}

/// A run of links is dropped when it is long, kept when it is not.
fn keep_short_run(kept: &mut Vec<Block>, run: &mut Vec<Block>) {
    if run.len() < LINK_RUN {
        kept.append(run);
    }
    run.clear();
}

/// Puts a marker that stands alone (`(a)` in a cell or paragraph of its own)
/// before the words it belongs to.
fn join_markers(blocks: Vec<Block>) -> Vec<Block> {
    let mut joined: Vec<Block> = Vec::with_capacity(blocks.len());
    for block in blocks {
        if block.text.is_empty() {
            continue;
        }
        let movable = matches!(
            block.kind,
            BlockKind::Paragraph | BlockKind::Item(_) | BlockKind::Strong
        );
        if let Some(last) = joined.last_mut()
            && movable
            && last.standing == block.standing
            && !matches!(last.kind, BlockKind::Heading(_))
            && is_bare_marker(&last.text)
            && !is_bare_marker(&block.text)
        {
            last.text.push(' ');
            last.text.push_str(&block.text);
            last.kind = block.kind;
            continue;
        }
        joined.push(block);
    }
    joined
}

fn list_style(element: &Element) -> char {
    let style = element.attr("style").unwrap_or_default();
    for (name, code) in [
        ("lower-alpha", 'a'),
        ("lower-latin", 'a'),
        ("upper-alpha", 'A'),
        ("upper-latin", 'A'),
        ("lower-roman", 'i'),
        ("upper-roman", 'I'),
    ] {
        if style.contains(name) {
            return code;
        }
    }
    element
        .attr("type")
        .and_then(|code| code.trim().chars().next())
        .filter(|code| "1aAiI".contains(*code))
        .unwrap_or('1')
}
