//! The body of a document: paragraphs, tables, sections.

use super::super::view::VerdictView;

/// Width of the text on an upright A4 page, in twentieths of a point.
const UPRIGHT: usize = 9860;
/// Width of the text on an A4 page on its side.
const SIDEWAYS: usize = 14560;

/// How a page lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Page {
    Upright,
    Sideways,
}

impl Page {
    fn width(self) -> usize {
        match self {
            Page::Upright => UPRIGHT,
            Page::Sideways => SIDEWAYS,
        }
    }
}

/// Words in one form.
#[derive(Debug, Clone, Default)]
struct Piece {
    text: String,
    properties: String,
}

/// A line of text in several forms, in one language.
#[derive(Debug, Clone, Default)]
pub(super) struct Text {
    pieces: Vec<Piece>,
    language: String,
    right_to_left: bool,
}

impl Text {
    pub fn plain(text: impl Into<String>) -> Self {
        Self::default().and(text)
    }

    pub fn bold(text: impl Into<String>) -> Self {
        Self::default().and_bold(text)
    }

    /// Text of the law, in its own language and direction.
    pub fn of_law(language: &str, direction: &str) -> Self {
        Self {
            language: language.to_owned(),
            right_to_left: direction == "rtl",
            ..Self::default()
        }
    }

    fn with(mut self, text: impl Into<String>, properties: &str) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.pieces.push(Piece {
                text,
                properties: properties.to_owned(),
            });
        }
        self
    }

    pub fn and(self, text: impl Into<String>) -> Self {
        self.with(text, "")
    }

    pub fn and_bold(self, text: impl Into<String>) -> Self {
        self.with(text, "<w:b/><w:bCs/>")
    }

    /// Less important words.
    pub fn and_quiet(self, text: impl Into<String>) -> Self {
        self.with(text, "<w:color w:val=\"595959\"/>")
    }

    /// An id or a hash.
    pub fn and_code(self, text: impl Into<String>) -> Self {
        self.with(
            text,
            "<w:rFonts w:ascii=\"Consolas\" w:hAnsi=\"Consolas\" w:cs=\"Courier New\"/>\
             <w:color w:val=\"595959\"/><w:sz w:val=\"16\"/><w:szCs w:val=\"16\"/>",
        )
    }

    /// Deciding words: shaded and underlined, so that no colour is needed.
    pub fn and_marked(self, text: impl Into<String>, polarity: &str) -> Self {
        let properties = if polarity == "violates" {
            "<w:u w:val=\"double\" w:color=\"9B1C1C\"/><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F8DEDB\"/>"
        } else {
            "<w:u w:val=\"single\" w:color=\"8A6D00\"/><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"FBF0C4\"/>"
        };
        self.with(text, properties)
    }

    /// A number at a mark.
    pub fn and_raised(self, text: impl Into<String>) -> Self {
        self.with(text, "<w:vertAlign w:val=\"superscript\"/>")
    }

    /// A verdict: its sign and its word in its colour.
    pub fn and_verdict(self, verdict: &VerdictView) -> Self {
        let colour = colours(verdict.name).0;
        self.with(
            format!("{} {}", verdict.sign, verdict.word),
            &format!("<w:b/><w:bCs/><w:color w:val=\"{colour}\"/>"),
        )
    }
}

/// Colour of the letters and of the ground of a verdict.
pub(in crate::report) fn colours(verdict: &str) -> (&'static str, &'static str) {
    match verdict {
        "full" => ("17608F", "E4EFF7"),
        "partial" => ("7D5200", "FCF3DE"),
        "conflict" => ("96162B", "F6D3D7"),
        "not-found" => ("3D444E", "FFFFFF"),
        _ => ("595959", "ECECEC"),
    }
}

/// One cell of a table.
#[derive(Debug, Clone, Default)]
pub(super) struct Cell {
    paragraphs: Vec<Text>,
    fill: &'static str,
    centred: bool,
}

impl From<Text> for Cell {
    fn from(text: Text) -> Self {
        Self {
            paragraphs: vec![text],
            ..Self::default()
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Text::plain(text).into()
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Text::plain(text).into()
    }
}

impl From<Vec<Text>> for Cell {
    fn from(paragraphs: Vec<Text>) -> Self {
        Self {
            paragraphs,
            ..Self::default()
        }
    }
}

impl Cell {
    /// A cell of a matrix: a sign on the ground of its verdict.
    pub fn of_verdict(verdict: &VerdictView) -> Self {
        let (colour, fill) = colours(verdict.name);
        Self {
            paragraphs: vec![Text::default().with(
                verdict.sign,
                &format!("<w:b/><w:color w:val=\"{colour}\"/>"),
            )],
            fill,
            centred: true,
        }
    }
}

/// The body of a document under construction.
#[derive(Debug)]
pub(super) struct Body {
    xml: String,
    page: Page,
}

impl Body {
    pub fn new() -> Self {
        Self {
            xml: String::new(),
            page: Page::Upright,
        }
    }

    /// A paragraph in one of the styles of the document.
    pub fn paragraph(&mut self, style: &str, text: &Text) {
        paragraph(&mut self.xml, style, text, false);
    }

    pub fn heading(&mut self, level: u8, text: &str) {
        self.paragraph(&format!("Heading{level}"), &Text::plain(text));
    }

    pub fn bullet(&mut self, text: &Text) {
        self.paragraph("ListBullet", text);
    }

    /// A table whose first row repeats on every page; `widths` are shares, and
    /// a column without width is left out.
    pub fn table(&mut self, widths: &[usize], header: &[&str], rows: Vec<Vec<Cell>>) {
        let shares: usize = widths.iter().sum::<usize>().max(1);
        let widths: Vec<usize> = widths
            .iter()
            .map(|width| width * self.page.width() / shares)
            .collect();
        let xml = &mut self.xml;
        xml.push_str(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"Concord\"/><w:tblW w:w=\"5000\" w:type=\"pct\"/>\
             <w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0020\" w:firstRow=\"1\"/></w:tblPr><w:tblGrid>",
        );
        for width in widths.iter().filter(|width| **width > 0) {
            xml.push_str(&format!("<w:gridCol w:w=\"{width}\"/>"));
        }
        xml.push_str("</w:tblGrid>");
        if !header.is_empty() {
            xml.push_str("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
            let shown = header.iter().zip(&widths).filter(|(_, width)| **width > 0);
            for (title, width) in shown {
                let cell = Cell::from(Text::bold(*title));
                write_cell(xml, &cell, *width, "TableHead");
            }
            xml.push_str("</w:tr>");
        }
        for row in rows {
            xml.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
            for (cell, width) in row.iter().zip(&widths).filter(|(_, width)| **width > 0) {
                write_cell(xml, cell, *width, "TableText");
            }
            xml.push_str("</w:tr>");
        }
        xml.push_str("</w:tbl>");
        paragraph(xml, "TableEnd", &Text::default(), false);
    }

    /// What follows stands on pages that lie so.
    pub fn turn(&mut self, page: Page) {
        if page != self.page {
            self.xml.push_str("<w:p><w:pPr>");
            self.xml.push_str(&section(self.page));
            self.xml.push_str("</w:pPr></w:p>");
            self.page = page;
        }
    }

    /// The body with its last section.
    pub fn finish(mut self) -> String {
        self.xml.push_str(&section(self.page));
        self.xml
    }
}

fn section(page: Page) -> String {
    let size = match page {
        Page::Upright => "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>",
        Page::Sideways => "<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>",
    };
    format!(
        "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rHeader\"/>\
         <w:footerReference w:type=\"default\" r:id=\"rFooter\"/>{size}\
         <w:pgMar w:top=\"1134\" w:right=\"1023\" w:bottom=\"1134\" w:left=\"1023\" \
         w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr>"
    )
}

fn write_cell(xml: &mut String, cell: &Cell, width: usize, style: &str) {
    xml.push_str(&format!(
        "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>"
    ));
    if !cell.fill.is_empty() {
        xml.push_str(&format!(
            "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{}\"/>",
            cell.fill
        ));
    }
    xml.push_str("</w:tcPr>");
    for text in &cell.paragraphs {
        paragraph(xml, style, text, cell.centred);
    }
    // A cell must hold a paragraph.
    if cell.paragraphs.is_empty() {
        paragraph(xml, style, &Text::default(), false);
    }
    xml.push_str("</w:tc>");
}

fn paragraph(xml: &mut String, style: &str, text: &Text, centred: bool) {
    xml.push_str(&format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>"));
    if text.right_to_left {
        xml.push_str("<w:bidi/>");
    }
    if centred {
        xml.push_str("<w:jc w:val=\"center\"/>");
    }
    xml.push_str("</w:pPr>");
    for piece in &text.pieces {
        xml.push_str("<w:r>");
        let language = if text.language.is_empty() {
            String::new()
        } else {
            let tag = escape(&text.language);
            let right = if text.right_to_left { "<w:rtl/>" } else { "" };
            let attribute = if text.right_to_left { "bidi" } else { "val" };
            format!("{right}<w:lang w:{attribute}=\"{tag}\"/>")
        };
        if !piece.properties.is_empty() || !language.is_empty() {
            xml.push_str(&format!("<w:rPr>{}{language}</w:rPr>", piece.properties));
        }
        for (number, line) in piece.text.split('\n').enumerate() {
            if number > 0 {
                xml.push_str("<w:br/>");
            }
            xml.push_str("<w:t xml:space=\"preserve\">");
            xml.push_str(&escape(line));
            xml.push_str("</w:t>");
        }
        xml.push_str("</w:r>");
    }
    xml.push_str("</w:p>");
}

/// Text for XML: markup escaped, characters that XML forbids as blanks.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{FFFE}' | '\u{FFFF}' => escaped.push(' '),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}
