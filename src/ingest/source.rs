//! The words of a source file with the places that somebody who has the file
//! open would name: line and column, page, or paragraph.

use serde::Serialize;

use super::decode;
use super::detect::{self, Container, Format};
use super::formats;

/// What the places of a file are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlaceUnit {
    /// Lines and columns of a text file.
    Line,
    /// Pages of a PDF.
    Page,
    /// Paragraphs of a word-processor file.
    Paragraph,
}

/// The words of a file in the order of the file.
#[derive(Debug, Clone)]
pub struct SourceText {
    /// The decoded text; pages end with a form feed, paragraphs with a line feed.
    pub text: String,
    /// What its places are counted in.
    pub unit: PlaceUnit,
    /// Whether angle brackets enclose markup.
    pub markup: bool,
}

/// A place in a source file. All counts start at 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// A line and a column of a text file.
    Line {
        /// Line.
        line: u32,
        /// Column in characters.
        column: u32,
    },
    /// A page.
    Page(u32),
    /// A paragraph.
    Paragraph(u32),
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Place::Line { line, column } => write!(f, "{line}:{column}"),
            Place::Page(page) => write!(f, "page {page}"),
            Place::Paragraph(paragraph) => write!(f, "paragraph {paragraph}"),
        }
    }
}

impl SourceText {
    /// The place of a byte offset into the text; one beyond it is its end.
    pub fn place(&self, offset: usize) -> Place {
        let before = self.text.get(..offset).unwrap_or(&self.text);
        let breaks = |mark: u8| before.bytes().filter(|byte| *byte == mark).count() as u32 + 1;
        match self.unit {
            PlaceUnit::Line => {
                let line_start = before.rfind('\n').map_or(0, |at| at + 1);
                Place::Line {
                    line: breaks(b'\n'),
                    column: before[line_start..].chars().count() as u32 + 1,
                }
            }
            PlaceUnit::Page => Place::Page(breaks(b'\x0c')),
            PlaceUnit::Paragraph => Place::Paragraph(breaks(b'\n')),
        }
    }
}

/// The words of a file; none for a container whose places have no names.
pub fn source_text(bytes: &[u8]) -> Option<SourceText> {
    match detect::container(bytes) {
        Container::Text => {
            let text = decode::decode_lines(bytes);
            let format = detect::text_format(&text).ok()?;
            Some(SourceText {
                markup: !matches!(format, Format::Markdown | Format::Plain),
                text,
                unit: PlaceUnit::Line,
            })
        }
        Container::Binary(Format::Pdf) => Some(SourceText {
            text: formats::pdf::page_texts(bytes).ok()?.join("\x0c"),
            unit: PlaceUnit::Page,
            markup: false,
        }),
        Container::Binary(Format::Docx) => Some(SourceText {
            text: formats::docx::paragraph_texts(bytes).ok()?.join("\n"),
            unit: PlaceUnit::Paragraph,
            markup: false,
        }),
        Container::Binary(_) | Container::Unknown(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Place, source_text};

    #[test]
    fn columns_count_characters_and_lines_start_at_one() {
        let source = source_text("# Tît\n\nÀ la çhèvre\n".as_bytes()).unwrap();
        let at = source.text.find("çh").unwrap();
        assert_eq!(source.place(at), Place::Line { line: 3, column: 6 });
        assert_eq!(source.place(0).to_string(), "1:1");
        assert_eq!(source.place(9999).to_string(), "4:1");
    }
}
