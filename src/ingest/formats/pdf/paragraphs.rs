//! Lines of type to paragraphs.

use std::collections::HashSet;

use super::page::{Row, Sheet};
use crate::ingest::block::{Block, BlockKind};
use crate::ingest::formats::marker::starts_with_marker;
use crate::ingest::structure;
use crate::law::Standing;

/// Type smaller than this part of the usual size, at the foot of a page, is a
/// footnote.
const NOTE_SIZE: f64 = 0.89;
/// Type larger than this is a heading.
const HEADING_SIZE: f64 = 1.12;

/// Joins lines into paragraphs, over page ends too. The language, where it is
/// known, tells the words that head an article.
pub(super) fn join(sheets: &[Sheet], language: &str) -> Vec<Block> {
    let usual = usual_height(sheets);
    let style = Style {
        pitch: usual_pitch(sheets, usual),
        indents: indents_first_lines(sheets, usual),
        language,
    };
    let mut writer = Writer {
        blocks: Vec::new(),
        notes: Vec::new(),
        paragraph: None,
        vocabulary: vocabulary(sheets),
    };
    for sheet in sheets {
        let (body, notes) = split_notes(&sheet.rows, usual);
        let mut before: Option<&Row> = None;
        for row in body {
            let breaks = match (before, &writer.paragraph) {
                (Some(before), Some(paragraph)) => {
                    style.starts_paragraph(before, row, paragraph.rows == 1)
                }
                // The first line of a page goes on with the sentence unless
                // the sentence had ended.
                (None, Some(paragraph)) => !goes_on(&paragraph.text, &row.text),
                _ => true,
            };
            writer.add(
                row,
                breaks,
                row.height() > usual * HEADING_SIZE || is_centred(row),
            );
            before = Some(row);
        }
        for note in notes {
            writer.note(note);
        }
    }
    writer.finish()
}

/// Set in the middle of its column, as headings are.
fn is_centred(row: &Row) -> bool {
    let left = row.left - row.measure.0;
    left > row.measure_width() * 0.06
        && (left - row.room()).abs() < row.measure_width() * 0.03
        && !row.text.ends_with(['.', ';', ':', ',', '—', '-'])
        && !starts_with_marker(&row.text)
}

struct Writer {
    blocks: Vec<Block>,
    notes: Vec<Block>,
    paragraph: Option<Paragraph>,
    vocabulary: HashSet<String>,
}

struct Paragraph {
    text: String,
    rows: usize,
    heading: bool,
}

impl Writer {
    fn add(&mut self, row: &Row, breaks: bool, heading: bool) {
        if breaks {
            self.end();
        }
        match &mut self.paragraph {
            Some(paragraph) => {
                append(&mut paragraph.text, &row.text, &self.vocabulary);
                paragraph.rows += 1;
                paragraph.heading &= heading;
            }
            None => {
                self.paragraph = Some(Paragraph {
                    text: row.text.clone(),
                    rows: 1,
                    heading,
                });
            }
        }
    }

    /// A line of a footnote: kept back until the paragraph above it ends.
    fn note(&mut self, row: &Row) {
        let begins = row.text.starts_with(|c: char| c.is_numeric() || c == '*');
        match self.notes.last_mut() {
            Some(note) if !begins => append(&mut note.text, &row.text, &self.vocabulary),
            _ => self.notes.push(Block {
                kind: BlockKind::Paragraph,
                text: row.text.clone(),
                standing: Standing::Note,
            }),
        }
    }

    fn end(&mut self) {
        if let Some(paragraph) = self.paragraph.take() {
            let text = paragraph.text.replace('\u{ad}', "");
            let short = text.chars().count() < 200;
            let standing = if is_contents_line(&text) {
                Standing::Contents
            } else {
                Standing::InForce
            };
            self.blocks.push(Block {
                kind: if paragraph.heading && short {
                    BlockKind::Strong
                } else {
                    BlockKind::Paragraph
                },
                text,
                standing,
            });
        }
        self.blocks.append(&mut self.notes);
    }

    fn finish(mut self) -> Vec<Block> {
        self.end();
        self.blocks
    }
}

/// Footnotes: small type at the foot of the page, or lines that begin with a
/// raised figure and what follows them.
fn split_notes(rows: &[Row], usual: f64) -> (&[Row], &[Row]) {
    let small = rows
        .iter()
        .rev()
        .take_while(|row| row.height() < usual * NOTE_SIZE)
        .count();
    // Fonts of one size may have boxes of different height: small type is a
    // note only from a line that begins like one.
    let first_small = (rows.len() - small..rows.len())
        .find(|at| {
            rows.get(*at).is_some_and(|row| {
                row.text
                    .starts_with(|c: char| c.is_numeric() || "*[(".contains(c))
            })
        })
        .unwrap_or(rows.len());
    let first_marked = rows
        .iter()
        .position(|row| row.note_mark)
        .unwrap_or(rows.len());
    let first = first_small.min(first_marked);
    // A page wholly in small type is text.
    if first == 0 {
        return (rows, &[]);
    }
    rows.split_at(first)
}

/// How the file sets its paragraphs.
struct Style<'l> {
    /// The usual distance from line to line.
    pitch: f64,
    /// Paragraphs begin with an indented line.
    indents: bool,
    /// Language of the file.
    language: &'l str,
}

impl Style<'_> {
    /// Whether `row` begins a paragraph after `before`, on the same page.
    fn starts_paragraph(&self, before: &Row, row: &Row, before_is_first: bool) -> bool {
        let height = before.height().max(row.height());
        let gap = row.bottom - before.bottom;
        if gap <= 0.0 || before.measure != row.measure {
            // The next column.
            return !goes_on(&before.text, &row.text);
        }
        let lower = row.text.starts_with(char::is_lowercase);
        let open = !ends_clause(&before.text);
        // Fonts of one size may have boxes of different height.
        let other_type = (before.height() - row.height()).abs() > height * 0.12 && !(open && lower);
        if gap > self.pitch * 1.45 || other_type {
            return true;
        }
        if before.room() > row.first_width + height * 0.4 {
            // The first word would have fitted on the line before: the break
            // is meant, unless a ragged line is short by chance.
            let ragged = before.room() / before.measure_width();
            let goes_on = if starts_with_marker(&row.text) {
                // "... of subsection" / "(4) of section 158".
                open && ragged < 0.2 && !before.text.ends_with(',')
            } else {
                open && lower && ragged < 0.35
            };
            return !goes_on;
        }
        if starts_with_marker(&row.text) && (!open || row.left < before.left - 3.0) {
            return true;
        }
        let sentence_ended = ends_clause(&before.text) && !before.text.ends_with(')');
        // A heading that fills its line, and then "Article 5.-".
        if !starts_with_marker(&row.text)
            && structure::opens_unit(&row.text, self.language, sentence_ended)
        {
            return true;
        }
        let hanging = before_is_first && (row.left - before.hang).abs() < 4.0;
        let indent = height * 0.6;
        if sentence_ended {
            let indented = if self.indents {
                row.left > row.measure.0 + indent
            } else {
                row.left > before.left + indent && !hanging
            };
            let returns = row.left < before.left - indent && !before_is_first;
            // A last line without a full stop is a heading, no last line.
            let heads = row.room() > row.measure_width() * 0.25
                && !lower
                && row.text.ends_with(char::is_alphanumeric);
            return indented || returns || heads;
        }
        false
    }
}

/// A sentence, clause or list item has ended.
fn ends_clause(text: &str) -> bool {
    text.ends_with([
        '.', ';', ':', '!', '?', '—', '–', '”', '"', ')', '。', '；', '：', '।', '؛', '։',
    ])
}

/// Whether most paragraphs of several lines have their first line further
/// right than their second.
fn indents_first_lines(sheets: &[Sheet], usual: f64) -> bool {
    let (mut indented, mut flush) = (0usize, 0usize);
    for sheet in sheets {
        for three in sheet.rows.windows(3) {
            let [before, first, second] = three else {
                continue;
            };
            let ended = before.room() > before.measure_width() * 0.3;
            let full = first.room() < first.measure_width() * 0.05;
            if ended && full && second.top > first.top {
                if first.left > second.left + usual * 0.6 {
                    indented += 1;
                } else {
                    flush += 1;
                }
            }
        }
    }
    indented > flush
}

/// Whether the words read on from one line to the next.
fn goes_on(before: &str, next: &str) -> bool {
    let open = !ends_clause(before) || before.ends_with(')');
    let lower = next.starts_with(|c: char| c.is_lowercase());
    open && (lower || before.ends_with(['-', ','])) && !starts_with_marker(next)
}

/// `Article 5. Title .......... 12`
fn is_contents_line(text: &str) -> bool {
    let stem = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    if stem.len() == text.len() {
        return false;
    }
    let dots = stem
        .chars()
        .rev()
        .take_while(|c| matches!(c, '.' | ' ' | '…' | '·' | '_'))
        .filter(|c| *c != ' ')
        .count();
    dots >= 4 || stem.ends_with('…')
}

/// Adds a line, undoing hyphenation.
fn append(text: &mut String, line: &str, vocabulary: &HashSet<String>) {
    let hyphenated = text.ends_with(['-', '\u{ad}', '\u{2010}']) && !text.ends_with(" -");
    if !hyphenated {
        text.push(' ');
        text.push_str(line);
        return;
    }
    let soft = text.ends_with('\u{ad}');
    let head = text
        .trim_end_matches(['-', '\u{ad}', '\u{2010}'])
        .rsplit(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    let tail: String = line.chars().take_while(|c| c.is_alphanumeric()).collect();
    let splits_word = line.starts_with(char::is_lowercase)
        && !head.is_empty()
        && !head.ends_with(|c: char| c.is_numeric());
    let compound = vocabulary.contains(&format!("{head}-{tail}").to_lowercase())
        && !vocabulary.contains(&format!("{head}{tail}").to_lowercase());
    if soft || (splits_word && !compound) {
        text.pop();
    }
    text.push_str(line);
}

/// Words of the file, compounds included, as they stand within lines.
fn vocabulary(sheets: &[Sheet]) -> HashSet<String> {
    let mut vocabulary = HashSet::new();
    for row in sheets.iter().flat_map(|sheet| &sheet.rows) {
        for word in row.text.split_whitespace() {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            if word.len() > 3 {
                vocabulary.insert(word.to_lowercase());
            }
        }
    }
    vocabulary
}

/// The height most characters are set in.
fn usual_height(sheets: &[Sheet]) -> f64 {
    weighted_median(
        sheets
            .iter()
            .flat_map(|sheet| &sheet.rows)
            .map(|row| (row.height(), row.text.len()))
            .collect(),
    )
    .unwrap_or(10.0)
}

/// The usual distance from line to line.
fn usual_pitch(sheets: &[Sheet], usual: f64) -> f64 {
    let mut distances = Vec::new();
    for sheet in sheets {
        for pair in sheet.rows.windows(2) {
            let distance = pair[1].bottom - pair[0].bottom;
            if distance > usual * 0.5 && distance < usual * 3.0 {
                distances.push((distance, pair[1].text.len()));
            }
        }
    }
    weighted_median(distances).unwrap_or(usual * 1.3)
}

fn weighted_median(mut values: Vec<(f64, usize)>) -> Option<f64> {
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    let total: usize = values.iter().map(|(_, weight)| weight).sum();
    let mut passed = 0;
    values.iter().find_map(|(value, weight)| {
        passed += weight;
        (passed * 2 >= total).then_some(*value)
    })
}
