//! Acts printed with the full path of every unit on a line of its own:
//! `1`, `1.2`, `1.2.a.ii`, then the words.

use super::choose::is_heading_like;
use crate::ingest::block::{Block, BlockKind};
use crate::ingest::{ActBuilder, Unit};
use crate::law::{Number, Standing, UnitKind};

/// Labels a text must hold to count as printed this way.
const FEWEST: usize = 20;

/// Whether the blocks are printed with dotted paths.
pub(super) fn applies(blocks: &[Block]) -> bool {
    let labels = blocks
        .iter()
        .filter(|block| path(&block.text).is_some_and(|path| path.len() > 1))
        .count();
    labels >= FEWEST && labels * 6 > blocks.len()
}

/// The parts of a path: digits with letters first, then letters or digits.
fn path(text: &str) -> Option<Vec<&str>> {
    if text.len() > 40 || !text.starts_with(|c: char| c.is_ascii_digit()) || !text.is_ascii() {
        return None;
    }
    let parts: Vec<&str> = text.split('.').collect();
    let fits = |part: &&str| {
        !part.is_empty() && part.len() <= 8 && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    let figures = parts[0].trim_end_matches(|c: char| c.is_ascii_uppercase());
    (parts.iter().all(fits)
        && figures.bytes().all(|b| b.is_ascii_digit())
        && parts[0].len() - figures.len() <= 3
        && figures.len() <= 4)
        .then_some(parts)
}

/// Writes the blocks into the builder.
pub(super) fn build(blocks: &[Block], builder: &mut ActBuilder) {
    let mut writer = Writer {
        builder,
        headings: Vec::new(),
        groups: Vec::new(),
        open: Vec::new(),
        amending: Vec::new(),
        article: None,
        in_schedules: false,
        schedules: 0,
        started: false,
        preamble: false,
        loose: Vec::new(),
        held: None,
    };
    for block in blocks {
        writer.block(block);
    }
    writer.finish();
}

struct Writer<'a, 'b> {
    builder: &'b mut ActBuilder,
    /// Headings that wait for the unit they name.
    headings: Vec<(&'a str, u8)>,
    /// Heading levels of open groups.
    groups: Vec<u8>,
    /// Parts of the open path below the article.
    open: Vec<(&'a str, Standing)>,
    /// Depths of open units whose words announce those of another act.
    amending: Vec<usize>,
    article: Option<Number>,
    in_schedules: bool,
    schedules: u32,
    started: bool,
    preamble: bool,
    /// Lines before the first paragraph of a schedule.
    loose: Vec<&'a str>,
    /// A line in a schedule that may be the next schedule's title.
    held: Option<&'a str>,
}

impl<'a> Writer<'a, '_> {
    fn block(&mut self, block: &'a Block) {
        if let BlockKind::Heading(level) = block.kind {
            if block.text.is_empty() {
                return;
            }
            let folded = block.text.to_lowercase();
            if folded.starts_with("schedule") && level <= 3 {
                self.close_article();
                self.close_groups(0);
                self.headings.clear();
                self.in_schedules = true;
                return;
            }
            self.headings.push((&block.text, level));
            return;
        }
        match path(&block.text) {
            Some(parts) if parts.len() == 1 && self.opens_article(parts[0]) => {
                self.open_article(parts[0]);
            }
            Some(parts) if parts.len() > 1 => self.open_path(&parts),
            _ => self.text(block),
        }
    }

    fn opens_article(&self, label: &str) -> bool {
        let number = Number::new(label);
        match &self.article {
            None => true,
            Some(last) => {
                number > *last && number.integer().unwrap_or(0) <= last.integer().unwrap_or(0) + 20
                    || self.in_schedules && label == "1"
                    || self.in_schedules
                        && label.trim_end_matches(|c: char| c.is_ascii_uppercase()) == "1"
            }
        }
    }

    fn open_article(&mut self, label: &'a str) {
        self.close_article();
        if self.preamble {
            self.builder.close();
            self.preamble = false;
        }
        let number = Number::new(label);
        let restart =
            self.article.as_ref().is_none_or(|last| number <= *last) || self.schedules == 0;
        let headings = std::mem::take(&mut self.headings);
        let mut headings = headings.as_slice();
        let heading = headings.split_last().map(|(last, rest)| {
            headings = rest;
            last.0
        });
        if self.in_schedules && restart {
            self.close_groups(0);
            self.schedules += 1;
            let loose = std::mem::take(&mut self.loose);
            let title = loose.iter().find(|line| is_heading_like(line)).copied();
            let count = self.schedules.to_string();
            self.builder.open_cited(
                UnitKind::Schedule,
                Number::new(&count),
                Unit {
                    heading: title.unwrap_or_default(),
                    ..Unit::default()
                },
            );
            self.groups.push(0);
            for line in loose.into_iter().filter(|line| Some(*line) != title) {
                self.builder.paragraph(line);
            }
        }
        for (heading, level) in headings {
            self.open_group(heading, *level);
        }
        self.builder.open(
            UnitKind::Article,
            Unit {
                number: label,
                heading: heading.unwrap_or_default(),
                ..Unit::default()
            },
        );
        self.article = Some(number);
        self.started = true;
    }

    fn open_group(&mut self, heading: &str, level: u8) {
        self.close_groups(level);
        self.builder.open(
            UnitKind::Division,
            Unit {
                heading,
                ..Unit::default()
            },
        );
        self.groups.push(level);
    }

    /// Closes groups of this heading level and below; level 0 closes all.
    fn close_groups(&mut self, level: u8) {
        while self
            .groups
            .last()
            .is_some_and(|open| level == 0 || (*open > 0 && *open >= level))
        {
            self.groups.pop();
            self.builder.close();
        }
    }

    fn open_path(&mut self, parts: &[&'a str]) {
        self.release();
        // A section whose own line is missing.
        if self.article.as_ref() != Some(&Number::new(parts[0])) {
            if !self.opens_article(parts[0]) {
                return;
            }
            self.open_article(parts[0]);
        }
        let below = &parts[1..];
        let common = self
            .open
            .iter()
            .zip(below)
            .take_while(|((open, _), part)| open == *part)
            .count()
            .min(below.len().saturating_sub(1));
        while self.open.len() > common {
            self.open.pop();
            self.builder.close();
        }
        self.amending.retain(|depth| *depth <= common);
        for (depth, part) in below.iter().enumerate().skip(common) {
            let outer = self
                .open
                .last()
                .map_or(Standing::InForce, |(_, standing)| *standing);
            let amends = match self.open.last() {
                Some(_) if self.amending.contains(&self.open.len()) => true,
                // The first unit below "insert—"; those beside it follow suit.
                Some(_) if introduces_quotation(self.builder.text()) => {
                    self.amending.push(self.open.len());
                    true
                }
                _ => false,
            };
            let standing = if outer == Standing::Quoted || amends || is_foreign(part, depth) {
                Standing::Quoted
            } else {
                Standing::InForce
            };
            let kind = match depth {
                0 => UnitKind::Subsection,
                1 => UnitKind::Point,
                _ => UnitKind::Subpoint,
            };
            let mut heading = "";
            if standing == Standing::Quoted && outer != Standing::Quoted {
                heading = self.headings.pop().map_or("", |(heading, _)| heading);
            }
            let label = if standing == Standing::Quoted && outer != Standing::Quoted {
                (*part).to_owned()
            } else {
                format!("({part})")
            };
            self.builder.open(
                kind,
                Unit {
                    number: &label,
                    heading,
                    standing,
                },
            );
            self.open.push((part, standing));
        }
        for (heading, _) in std::mem::take(&mut self.headings) {
            self.builder.paragraph(heading);
        }
    }

    fn text(&mut self, block: &'a Block) {
        if self.article.is_none() || (self.in_schedules && self.schedules == 0) {
            if self.in_schedules {
                self.loose.push(&block.text);
                return;
            }
            if !self.preamble && !self.started {
                self.builder.open(UnitKind::Preamble, Unit::default());
                self.preamble = true;
            }
            for (heading, _) in std::mem::take(&mut self.headings) {
                self.builder.paragraph(heading);
            }
            self.builder.paragraph(&block.text);
            return;
        }
        // Lines between two schedules: the next one's title and reference.
        if self.in_schedules && is_reference(&block.text) {
            self.loose.extend(self.held.take());
            self.loose.push(&block.text);
            return;
        }
        self.release();
        if self.in_schedules && self.headings.is_empty() && is_heading_like(&block.text) {
            self.held = Some(&block.text);
            return;
        }
        for (heading, _) in std::mem::take(&mut self.headings) {
            self.builder.paragraph(heading);
        }
        let depth = self.open.len();
        let announced = depth > 0 && introduces_quotation(self.builder.text());
        if announced && !self.amending.contains(&depth) {
            self.amending.push(depth);
        }
        // ", and" after the quotation belongs to the amending act again.
        let back = block.text.starts_with([',', '.', ';']);
        if self.amending.contains(&depth) && !back {
            self.builder.alinea(0, &block.text, Standing::Quoted);
        } else {
            self.builder.paragraph(&block.text);
        }
    }

    /// The held line was a paragraph after all.
    fn release(&mut self) {
        if let Some(held) = self.held.take() {
            self.builder.paragraph(held);
        }
    }

    fn close_article(&mut self) {
        self.release();
        if self.article.is_some() && self.builder.current_kind() > UnitKind::Schedule {
            while !self.open.is_empty() {
                self.open.pop();
                self.builder.close();
            }
            self.amending.clear();
            self.builder.close();
        }
        if self.in_schedules && self.schedules == 0 {
            self.article = None;
        }
    }

    fn finish(&mut self) {
        for (heading, _) in std::mem::take(&mut self.headings) {
            self.builder.paragraph(heading);
        }
        self.close_article();
        self.close_groups(0);
    }
}

/// A part that no paragraph of this act can have: the number of an article of
/// another act (71A), or a figure where letters are expected.
fn is_foreign(part: &str, depth: usize) -> bool {
    let letters = part.bytes().filter(u8::is_ascii_uppercase).count();
    let digits = part.bytes().filter(u8::is_ascii_digit).count();
    match depth {
        0 => digits > 1 && letters > 0 || letters > 1,
        _ => depth == 1 && digits > 0 || depth > 1 && digits > 1,
    }
}

/// Whether the words end by announcing those of another act: "after
/// subsection (2) insert—".
fn introduces_quotation(text: &str) -> bool {
    let Some(before) = text.trim_end().strip_suffix(['—', '–', ':']) else {
        return false;
    };
    let last = before.trim_end().rsplit(' ').next().unwrap_or_default();
    matches!(
        last,
        "insert" | "inserted" | "substitute" | "substituted" | "add" | "added"
    )
}

/// "Section 3." under a schedule's title.
fn is_reference(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    matches!(
        first,
        "Section" | "Sections" | "Article" | "Articles" | "Regulation" | "Regulations"
    ) && text.len() < 80
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn paths_are_told_from_numbers_in_text() {
        assert_eq!(path("1.2.a.ii"), Some(vec!["1", "2", "a", "ii"]));
        assert_eq!(path("71A"), Some(vec!["71A"]));
        for text in ["1.5 talers", "a.b", "12.", "", "1..2"] {
            assert_eq!(path(text), None, "{text}");
        }
    }
}
