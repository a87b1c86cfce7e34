//! Lines to paragraphs: finds out whether a text is wrapped by hand and joins
//! what belongs together.

use super::block::{Block, BlockKind};
use super::structure;
use crate::law::Standing;

/// How a text uses its line ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wrapping {
    /// Every line is a paragraph; if nearly all of them end like sentences, a
    /// long one that does not goes on in the next line.
    Flowing {
        /// Whether nearly all lines end like sentences.
        finished: bool,
    },
    /// Lines are broken at a width (in characters); a blank line ends a
    /// paragraph if `blank_lines` says so, otherwise a full stop does.
    Hard {
        /// Usual length of a full line.
        width: usize,
        /// Whether paragraphs are set apart by blank lines.
        blank_lines: bool,
        /// Whether a blank line stands after every line, so that it says nothing.
        double_spaced: bool,
    },
}

/// Ninety-fifth percentile of line length up to which lines count as wrapped.
const WIDEST_WRAP: usize = 180;

/// Looks at the whole text once.
pub(crate) fn wrapping(text: &str) -> Wrapping {
    let mut lengths: Vec<usize> = Vec::new();
    let (mut pairs, mut open_ends, mut blanks, mut spaced_ends) = (0usize, 0usize, 0usize, 0usize);
    let mut previous = "";
    let mut gap = 0usize;
    for line in text.lines() {
        let line = line.trim();
        if line.is_empty() {
            gap += 1;
            continue;
        }
        lengths.push(line.chars().count());
        if !previous.is_empty() {
            let open = !ends_sentence(previous) && !previous.starts_with('#');
            match gap {
                0 => {
                    pairs += 1;
                    open_ends += usize::from(open);
                }
                1 => {
                    blanks += 1;
                    spaced_ends += usize::from(open && line.starts_with(char::is_lowercase));
                }
                _ => blanks += 1,
            }
        }
        previous = line;
        gap = 0;
    }
    let lines = lengths.len();
    let double_spaced = spaced_ends * 3 > lines;
    let finished = pairs >= 20 && open_ends * 5 < pairs;
    if lines < 8 || (pairs * 4 < lines && !double_spaced) {
        return Wrapping::Flowing { finished: false };
    }
    let place = lines * 95 / 100;
    let (_, width, _) = lengths.select_nth_unstable(place.min(lines - 1));
    let width = *width;
    if width > WIDEST_WRAP || (open_ends * 4 < pairs && !double_spaced) {
        return Wrapping::Flowing { finished };
    }
    Wrapping::Hard {
        width,
        blank_lines: blanks * 8 > lines,
        double_spaced,
    }
}

/// Whether a line ends the way a sentence or list item ends.
pub(crate) fn ends_sentence(line: &str) -> bool {
    line.trim_end()
        .trim_end_matches(['"', '”', '»', '’', ')', ']', '*', '_', '’'])
        .ends_with([
            '.', ';', ':', '!', '?', '。', '；', '：', '！', '？', '।', '—', '…', '։', '؛', '؟',
        ])
}

/// Invisible characters that set the writing direction, and byte order marks.
fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{feff}')
}

/// Whether to look for direction marks at all: they begin with one of two bytes.
fn has_direction_marks(text: &str) -> bool {
    text.bytes().any(|byte| matches!(byte, 0xe2 | 0xef)) && text.contains(is_direction_mark)
}

/// Collects lines into blocks.
#[derive(Debug)]
pub(crate) struct Paragraphs {
    blocks: Vec<Block>,
    wrapping: Wrapping,
    language: String,
    /// The last block may be continued by the next line.
    open: bool,
    /// Characters in the last line of the open block.
    last_length: usize,
    /// A blank line stands after it.
    gap: bool,
}

impl Paragraphs {
    /// A collector for a text with this wrapping, in this language (empty if unknown).
    pub(crate) fn new(wrapping: Wrapping, language: &str) -> Self {
        Self {
            blocks: Vec::new(),
            wrapping,
            language: language.split('-').next().unwrap_or_default().to_owned(),
            open: false,
            last_length: 0,
            gap: false,
        }
    }

    /// A blank line: the next line starts a new block.
    pub(crate) fn blank(&mut self) {
        self.gap = true;
    }

    /// Whether the last block stops in the middle of a sentence.
    pub(crate) fn is_unfinished(&self) -> bool {
        self.open
            && self
                .blocks
                .last()
                .is_some_and(|block| !ends_sentence(&block.text))
    }

    /// One line of text of a kind.
    pub(crate) fn line(&mut self, kind: BlockKind, text: &str, standing: Standing) {
        // Direction marks left by PDF extraction would stand inside words.
        let unmarked: String;
        let text = if has_direction_marks(text) {
            unmarked = text.chars().filter(|c| !is_direction_mark(*c)).collect();
            unmarked.trim()
        } else {
            text.trim()
        };
        if text.is_empty() {
            return;
        }
        let length = text.chars().count();
        let whole = matches!(kind, BlockKind::Heading(_) | BlockKind::Strong);
        if kind == BlockKind::Paragraph
            && self.is_margin_number(text, standing)
            && let Some(last) = self.blocks.last_mut()
        {
            last.text.insert(0, ' ');
            last.text.insert_str(0, text);
            return;
        }
        if kind == BlockKind::Paragraph
            && self.continues(text, standing)
            && let Some(last) = self.blocks.last_mut()
        {
            last.text.push(' ');
            last.text.push_str(text);
            self.last_length = length;
            self.gap = false;
            return;
        }
        self.blocks.push(Block {
            kind,
            text: text.to_owned(),
            standing,
        });
        self.open = !whole;
        self.last_length = length;
        self.gap = false;
    }

    /// A number from the margin that extraction has set after the first line
    /// of its paragraph: it belongs before it.
    fn is_margin_number(&self, text: &str, standing: Standing) -> bool {
        let figures = text
            .trim_start_matches('(')
            .starts_with(|c: char| c.is_ascii_digit());
        let marked = text.ends_with(['.', ')']) && text.len() <= 10;
        figures
            && marked
            && matches!(self.wrapping, Wrapping::Hard { .. })
            && self.open
            && !self.gap
            && text
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'(' | b')'))
            && self.blocks.last().is_some_and(|last| {
                last.kind == BlockKind::Paragraph
                    && last.standing == standing
                    && last.text.chars().count() == self.last_length
                    && self.last_length > 20
                    && !ends_sentence(&last.text)
                    && last.text.starts_with(char::is_uppercase)
            })
    }

    fn continues(&self, text: &str, standing: Standing) -> bool {
        let (width, blank_lines, double_spaced) = match self.wrapping {
            Wrapping::Hard {
                width,
                blank_lines,
                double_spaced,
            } => (width, blank_lines, double_spaced),
            Wrapping::Flowing { finished } => return finished && self.runs_on(text, standing),
        };
        let Some(last) = self.blocks.last().filter(|_| self.open) else {
            return false;
        };
        if last.standing != standing
            || matches!(last.kind, BlockKind::Heading(_) | BlockKind::Strong)
        {
            return false;
        }
        if self.gap && !double_spaced {
            return false;
        }
        if structure::is_lone_word(&last.text, &self.language)
            || !self.gap && structure::is_lone_marker(&last.text)
        {
            return true;
        }
        let ended = ends_sentence(&last.text);
        let short = self.last_length * 10 < width * 6;
        if self.gap && (ended || (short && !text.starts_with(char::is_lowercase))) {
            return false;
        }
        if ended && (!blank_lines || short) {
            return false;
        }
        // A short line under a heading, before a capital: the rest of the heading.
        let under_heading = self
            .blocks
            .len()
            .checked_sub(2)
            .and_then(|index| self.blocks.get(index))
            .is_some_and(|before| matches!(before.kind, BlockKind::Heading(_)));
        if under_heading
            && self.last_length * 5 < width * 3
            && last.text.chars().count() == self.last_length
            && text.starts_with(char::is_uppercase)
        {
            return false;
        }
        // A short line of several words before a capital is a heading.
        let words = self.last_length >= 12 && last.text.contains(' ');
        if short && text.starts_with(char::is_uppercase) && (!blank_lines || words) {
            return false;
        }
        if structure::opens_unit(text, &self.language, ended || short) {
            return false;
        }
        true
    }

    /// Whether a long unfinished line goes on in this one.
    fn runs_on(&self, text: &str, standing: Standing) -> bool {
        !self.gap
            && self.open
            && self.last_length >= 40
            && !structure::opens_unit(text, &self.language, true)
            && self.blocks.last().is_some_and(|last| {
                last.standing == standing
                    && last.kind == BlockKind::Paragraph
                    && !ends_sentence(&last.text)
            })
    }

    /// The blocks.
    pub(crate) fn finish(self) -> Vec<Block> {
        self.blocks
    }
}
