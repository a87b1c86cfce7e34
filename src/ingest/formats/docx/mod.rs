//! Office Open XML text documents. Generated numbers are written out, tracked
//! deletions left out, insertions kept, footnotes set apart.

mod numbering;
mod styles;

use std::collections::HashMap;

use super::brackets;
use super::container::Container;
use super::line::{Line, Look};
use super::marker::is_bare_marker;
use super::xml::{Node, Tree};
use crate::ingest::block::{Block, BlockKind};
use crate::ingest::{ActBuilder, structure};
use crate::law::Standing;
use numbering::Numbering;
use styles::Styles;

/// A table with a longer cell lays out running text.
const LONGEST_CELL: usize = 600;

/// Containers whose children count as the body's own.
const WRAPPERS: &[&str] = &[
    "sdt",
    "sdtContent",
    "ins",
    "moveTo",
    "customXml",
    "smartTag",
    "body",
    "AlternateContent",
    "Choice",
    "txbxContent",
];

/// Elements of a paragraph that are not its text.
const SKIPPED: &[&str] = &[
    "del",
    "moveFrom",
    "instrText",
    "delText",
    "Fallback",
    "pPr",
    "rPr",
    "txbxContent",
    "drawing",
];

/// Reads a document into the builder.
///
/// # Errors
/// When the container cannot be opened or holds no document.
pub(crate) fn read(bytes: &[u8], builder: &mut ActBuilder) -> Result<(), String> {
    let blocks = blocks(bytes, builder)?;
    structure::build(blocks, builder);
    Ok(())
}

/// The words of every paragraph of the body, deletions left out, for naming
/// the paragraph of a quotation. Empty paragraphs count: Word counts them too.
///
/// # Errors
/// When the container cannot be opened or holds no document.
pub(crate) fn paragraph_texts(bytes: &[u8]) -> Result<Vec<String>, String> {
    let mut container = Container::open(bytes)?;
    let document = container
        .text("word/document.xml")?
        .ok_or("the container holds no word/document.xml")?;
    let mut paragraphs = Vec::new();
    let mut words = String::new();
    let mut inside = false;
    for piece in document.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        let name = tag.split([' ', '/']).next().unwrap_or_default();
        match name {
            "w:t" => inside = !tag.ends_with('/'),
            "w:tab" | "w:br" => words.push(' '),
            _ => {}
        }
        if tag == "/w:t" {
            inside = false;
        } else if tag == "/w:p" || tag.starts_with("w:p ") && tag.ends_with('/') || tag == "w:p/" {
            paragraphs.push(std::mem::take(&mut words));
        }
        if inside {
            // An unknown entity stays as it is: the words around it suffice.
            words.push_str(&quick_xml::escape::unescape(text).unwrap_or(text.into()));
        }
    }
    Ok(paragraphs)
}

fn blocks(bytes: &[u8], builder: &mut ActBuilder) -> Result<Vec<Block>, String> {
    let mut container = Container::open(bytes)?;
    let document = container
        .text("word/document.xml")?
        .ok_or("the container holds no word/document.xml")?;
    let mut part = |name: &str| container.text(name).map(Option::unwrap_or_default);
    let styles = part("word/styles.xml")?;
    let numbering = part("word/numbering.xml")?;
    let footnotes = part("word/footnotes.xml")?;
    let endnotes = part("word/endnotes.xml")?;
    let properties = part("docProps/core.xml")?;
    describe(&properties, builder);
    let styles = Styles::parse(&Tree::parse(&styles, builder));
    let numbering = Numbering::parse(&Tree::parse(&numbering, builder), &styles);
    let mut notes = HashMap::new();
    for (kind, text) in [("footnote", &footnotes), ("endnote", &endnotes)] {
        collect_notes(kind, &Tree::parse(text, builder), &mut notes);
    }
    let tree = Tree::parse(&document, builder);
    let mut reader = Reader {
        styles: &styles,
        numbering,
        notes: &notes,
        blocks: Vec::new(),
        carried: None,
        referred: Vec::new(),
    };
    if let Some(body) = tree.root().and_then(|root| root.child("body")) {
        reader.body(body);
    }
    let mut blocks = reader.finish();
    brackets::resolve(&mut blocks);
    Ok(blocks)
}

/// Title and language from the document's properties.
fn describe(properties: &str, builder: &mut ActBuilder) {
    let tree = Tree::parse(properties, builder);
    let Some(root) = tree.root() else { return };
    let (title, language) = (
        root.child_words("title", &[]),
        root.child_words("language", &[]),
    );
    let metadata = builder.metadata();
    if metadata.title.is_empty() {
        metadata.title = title;
    }
    if metadata.language.is_empty() {
        metadata.language = language;
    }
}

/// Notes by kind and id.
fn collect_notes(
    kind: &'static str,
    tree: &Tree<'_>,
    notes: &mut HashMap<(&'static str, String), String>,
) {
    for note in tree.root().into_iter().flat_map(Node::elements) {
        // Separators are notes with a type.
        if note.name() == kind && note.attribute("type").is_empty() {
            let words: Vec<String> = note
                .descendants()
                .filter(|node| node.name() == "p")
                .map(|paragraph| plain_words(paragraph))
                .collect();
            notes.insert((kind, note.attribute("id").into_owned()), words.join(" "));
        }
    }
}

/// The words of a paragraph, without regard to how they are set.
fn plain_words(paragraph: Node<'_>) -> String {
    let mut words = String::new();
    for node in paragraph.descendants() {
        match node.name() {
            "t" => words.push_str(&node.words(&[])),
            "tab" | "br" | "cr" => words.push(' '),
            _ => {}
        }
    }
    words.trim().to_string()
}

struct Reader<'t> {
    styles: &'t Styles,
    numbering: Numbering,
    notes: &'t HashMap<(&'static str, String), String>,
    blocks: Vec<Block>,
    /// A paragraph whose mark was deleted: it runs on into the next.
    carried: Option<Line>,
    /// Notes referred to in the paragraph in hand.
    referred: Vec<(&'static str, String)>,
}

impl<'t> Reader<'t> {
    /// Reads the paragraphs and tables below a node. Own stack: tables may be
    /// nested without end.
    fn body(&mut self, body: Node<'t>) {
        let mut waiting: Vec<Node<'t>> = body.elements().collect();
        waiting.reverse();
        while let Some(node) = waiting.pop() {
            match node.name() {
                "p" => {
                    self.paragraph(node);
                    let boxes: Vec<Node<'t>> = node
                        .descendants()
                        .filter(|inner| inner.name() == "txbxContent" && !in_fallback(*inner))
                        .collect();
                    waiting.extend(boxes.into_iter().rev());
                }
                "tbl" if !self.data_table(node) => {
                    let mut cells: Vec<Node<'t>> = rows(node).flat_map(cells).collect();
                    cells.reverse();
                    waiting.extend(cells);
                }
                "tc" => push_elements(&mut waiting, node),
                name if WRAPPERS.contains(&name) => push_elements(&mut waiting, node),
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, paragraph: Node<'t>) {
        let properties = paragraph.child("pPr");
        let style = properties
            .map(|properties| styles::value(properties, "pStyle"))
            .unwrap_or_default();
        let mut line = self.carried.take().unwrap_or_default();
        self.runs(paragraph, &style, &mut line);
        let joins_next = properties
            .and_then(|properties| properties.child("rPr"))
            .is_some_and(|mark| mark.child("del").is_some());
        if joins_next {
            self.carried = Some(line);
            return;
        }
        let list = properties.and_then(styles::list).or_else(|| {
            let (list, level) = self.styles.list(&style)?;
            let level = self
                .numbering
                .level_of_style(&list, &style)
                .unwrap_or(level);
            Some((list, level))
        });
        self.push(line, properties, &style, list);
    }

    /// The text of a paragraph's runs, with how they are set.
    fn runs(&mut self, paragraph: Node<'t>, style: &str, line: &mut Line) {
        let base = self.styles.look(style);
        let mut skip_to = 0;
        let mut look = base;
        for node in paragraph.descendants() {
            // Places count in document order.
            if node.place() < skip_to {
                continue;
            }
            match node.name() {
                name if SKIPPED.contains(&name) => skip_to = node.end(),
                "r" => {
                    let properties = node.child("rPr");
                    if properties.is_some_and(|run| run.child("vanish").is_some()) {
                        skip_to = node.end();
                        continue;
                    }
                    look = properties.map_or(base, |run| {
                        let named = self.styles.look(&styles::value(run, "rStyle"));
                        let own = styles::look(run).and(named);
                        // A run may take back what its paragraph's style set.
                        let off = |name: &str| {
                            run.child(name).is_some_and(|node| {
                                matches!(node.attribute("val").as_ref(), "0" | "false")
                            })
                        };
                        Look {
                            bold: (own.bold || base.bold) && !off("b"),
                            italic: (own.italic || base.italic) && !off("i"),
                            ..own.and(base)
                        }
                    });
                }
                "t" => line.push(&node.words(&[]), look, None),
                "tab" | "br" | "cr" | "ptab" => line.push(" ", Look::default(), None),
                "noBreakHyphen" => line.push("-", look, None),
                "footnoteReference" => self.refer("footnote", node),
                "endnoteReference" => self.refer("endnote", node),
                _ => {}
            }
        }
    }

    fn refer(&mut self, kind: &'static str, node: Node<'_>) {
        self.referred
            .push((kind, node.attribute("id").into_owned()));
    }

    /// Makes blocks of a finished paragraph and its notes.
    fn push(
        &mut self,
        line: Line,
        properties: Option<Node<'_>>,
        style: &str,
        list: Option<(String, usize)>,
    ) {
        let text = line.text();
        if let Some(struck) = line.struck() {
            self.blocks.push(Block {
                kind: BlockKind::Paragraph,
                text: struck,
                standing: Standing::Repealed,
            });
        }
        // Empty paragraphs are counted too.
        let number = list
            .as_ref()
            .map(|(list, level)| self.numbering.next(list, *level))
            .unwrap_or_default();
        if !text.is_empty() && !text.chars().all(|c| "_-=* ".contains(c)) {
            let heading = properties
                .and_then(styles::outline_level)
                .or_else(|| self.styles.heading(style));
            let kind = match (heading, &list) {
                (Some(level), _) => BlockKind::Heading(level),
                (None, _) if line.is_strong() => BlockKind::Strong,
                (None, Some((_, level))) if !number.is_empty() => {
                    BlockKind::Item(u8::try_from(level + 1).unwrap_or(u8::MAX))
                }
                _ => BlockKind::Paragraph,
            };
            let text = match number.as_str() {
                "" => text,
                number => format!("{number} {text}"),
            };
            self.blocks.push(Block {
                kind,
                text,
                standing: if self.styles.is_note(style) {
                    Standing::Note
                } else {
                    Standing::InForce
                },
            });
        }
        self.push_notes();
    }

    fn push_notes(&mut self) {
        for reference in std::mem::take(&mut self.referred) {
            if let Some(note) = self.notes.get(&reference).filter(|note| !note.is_empty()) {
                self.blocks.push(Block {
                    kind: BlockKind::Paragraph,
                    text: note.clone(),
                    standing: Standing::Note,
                });
            }
        }
    }

    /// Reads a table of data row by row; false when the table is layout.
    fn data_table(&mut self, table: Node<'t>) -> bool {
        let nested = table.descendants().skip(1).any(|node| node.name() == "tbl");
        if nested {
            return false;
        }
        let mut lines: Vec<Vec<String>> = Vec::new();
        for row in rows(table) {
            let mut line = Vec::new();
            for cell in cells(row) {
                let words: Vec<String> = cell
                    .descendants()
                    .filter(|node| node.name() == "p")
                    .map(|paragraph| {
                        let mut words = Line::default();
                        self.runs(paragraph, "", &mut words);
                        words.text()
                    })
                    .collect();
                let words = words.join(" ");
                if words.len() > LONGEST_CELL {
                    self.referred.clear();
                    return false;
                }
                if !words.trim().is_empty() {
                    line.push(words.trim().to_string());
                }
            }
            lines.push(line);
        }
        if lines.iter().filter(|line| line.len() > 1).count() < 2 {
            self.referred.clear();
            return false;
        }
        for line in lines.iter().filter(|line| !line.is_empty()) {
            let text = match line.as_slice() {
                [first, rest @ ..] if is_bare_marker(first) => {
                    format!("{first} {}", rest.join(" | "))
                }
                _ => line.join(" | "),
            };
            self.blocks.push(Block::new(BlockKind::Paragraph, text));
        }
        self.push_notes();
        true
    }

    fn finish(mut self) -> Vec<Block> {
        if let Some(line) = self.carried.take() {
            self.push(line, None, "", None);
        }
        self.blocks
    }
}

fn push_elements<'t>(waiting: &mut Vec<Node<'t>>, node: Node<'t>) {
    let elements: Vec<Node<'t>> = node.elements().collect();
    waiting.extend(elements.into_iter().rev());
}

fn rows<'t>(table: Node<'t>) -> impl Iterator<Item = Node<'t>> {
    table.elements().filter(|row| {
        row.name() == "tr" && row.child("trPr").and_then(|p| p.child("del")).is_none()
    })
}

fn cells<'t>(row: Node<'t>) -> impl Iterator<Item = Node<'t>> {
    row.elements().filter(|cell| cell.name() == "tc")
}

/// Older drawings repeat a text box for older programs.
fn in_fallback(node: Node<'_>) -> bool {
    std::iter::successors(node.parent(), |node| node.parent())
        .take(64)
        .any(|node| node.name() == "Fallback")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::formats::container::testing::pack;
    use proptest::prelude::*;

    const STYLES: &str = r#"<w:styles>
        <w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>
        <w:style w:styleId="Clause"><w:name w:val="Clause"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
        <w:style w:styleId="SubClause"><w:name w:val="Sub"/><w:basedOn w:val="Clause"/></w:style>
    </w:styles>"#;

    const NUMBERING: &str = r#"<w:numbering>
        <w:abstractNum w:abstractNumId="0">
            <w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Article %1"/></w:lvl>
        </w:abstractNum>
        <w:abstractNum w:abstractNumId="1">
            <w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="(%1)"/><w:pStyle w:val="Clause"/></w:lvl>
            <w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/><w:pStyle w:val="SubClause"/></w:lvl>
        </w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
        <w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
        <w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
    </w:numbering>"#;

    fn docx(body: &str) -> Vec<u8> {
        let document = format!("<w:document><w:body>{body}</w:body></w:document>");
        let notes = r#"<w:footnotes><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>
            <w:footnote w:id="3"><w:p><w:r><w:t>Inserted by the Goats Act.</w:t></w:r></w:p></w:footnote></w:footnotes>"#;
        pack(&[
            ("word/document.xml", &document),
            ("word/styles.xml", STYLES),
            ("word/numbering.xml", NUMBERING),
            ("word/footnotes.xml", notes),
        ])
    }

    fn paragraph(properties: &str, runs: &str) -> String {
        format!("<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>")
    }

    fn listed(list: u8, level: u8, text: &str) -> String {
        paragraph(
            &format!(r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr>"#),
            &format!("<w:r><w:t>{text}</w:t></w:r>"),
        )
    }

    fn read_body(body: &str) -> Vec<(BlockKind, Standing, String)> {
        let mut builder = ActBuilder::new();
        blocks(&docx(body), &mut builder)
            .unwrap()
            .into_iter()
            .map(|block| (block.kind, block.standing, block.text))
            .collect()
    }

    #[test]
    fn generated_numbers_are_written_out() {
        let styled = |style: &str, text: &str| {
            paragraph(
                &format!(r#"<w:pStyle w:val="{style}"/>"#),
                &format!("<w:r><w:t>{text}</w:t></w:r>"),
            )
        };
        let body = [
            styled("H1", "Keeping of goats"),
            listed(1, 0, "Quays"),
            styled("Clause", "Nobody shall moor:"),
            styled("SubClause", "goats;"),
            styled("SubClause", "sheep."),
            styled("Clause", "The master decides."),
            listed(1, 0, "Fees"),
            listed(3, 0, "Fees are due on market days."),
            listed(3, 1, "in herring"),
        ]
        .concat();
        let texts: Vec<String> = read_body(&body)
            .into_iter()
            .map(|(_, _, text)| text)
            .collect();
        assert_eq!(
            texts,
            [
                "Keeping of goats",
                "Article 4 Quays",
                "(1) Nobody shall moor:",
                "(a) goats;",
                "(b) sheep.",
                "(2) The master decides.",
                "Article 5 Fees",
                "(1) Fees are due on market days.",
                "(a) in herring",
            ]
        );
    }

    #[test]
    fn tracked_changes_hidden_text_notes_and_struck_words() {
        let runs = r#"<w:r><w:t xml:space="preserve">The fee &amp; the fine </w:t></w:r>
            <w:del><w:r><w:delText>are</w:delText></w:r></w:del><w:ins><w:r><w:t xml:space="preserve">is </w:t></w:r></w:ins>
            <w:r><w:rPr><w:vanish/></w:rPr><w:t>secretly</w:t></w:r><w:r><w:t>due</w:t></w:r>
            <w:r><w:rPr><w:strike/></w:rPr><w:t xml:space="preserve"> never</w:t></w:r>
            <w:r><w:footnoteReference w:id="3"/></w:r><w:r><w:t>.</w:t></w:r>"#;
        let joined = paragraph(
            "<w:rPr><w:del/></w:rPr>",
            r#"<w:r><w:t xml:space="preserve">A line </w:t></w:r>"#,
        ) + &paragraph("", "<w:r><w:t>made of two.</w:t></w:r>");
        let found = read_body(&(paragraph("", runs) + &joined));
        let expected = [
            (Standing::Repealed, "never"),
            (Standing::InForce, "The fee & the fine is due."),
            (Standing::Note, "Inserted by the Goats Act."),
            (Standing::InForce, "A line made of two."),
        ];
        let found: Vec<(Standing, &str)> = found
            .iter()
            .map(|(_, standing, text)| (*standing, text.as_str()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn tables_of_data_come_row_by_row_and_layout_in_order() {
        let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
        let row = |cells: &[&str]| {
            let cells: String = cells.iter().map(|text| cell(text)).collect();
            format!("<w:tr>{cells}</w:tr>")
        };
        let body = format!(
            "<w:tbl>{}{}{}</w:tbl><w:tbl>{}</w:tbl>",
            row(&["Animal", "Fee"]),
            row(&["Goat", "3"]),
            row(&["1.", "Sheep"]),
            row(&["Left column", "Right column"]),
        );
        let texts: Vec<String> = read_body(&body)
            .into_iter()
            .map(|(_, _, text)| text)
            .collect();
        assert_eq!(
            texts,
            [
                "Animal | Fee",
                "Goat | 3",
                "1. Sheep",
                "Left column",
                "Right column"
            ]
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]
        #[test]
        fn damaged_files_never_panic(at: proptest::sample::Index, byte: u8, inner: proptest::sample::Index) {
            let body = listed(1, 0, "Quays") + &listed(2, 1, "Goats");
            let mut bytes = docx(&body);
            let place = at.index(bytes.len());
            bytes[place] = byte;
            let _ = read(&bytes, &mut ActBuilder::new());
            let cut: String = body.chars().take(inner.index(body.len())).collect();
            let _ = read(&docx(&cut), &mut ActBuilder::new());
        }
    }

    #[test]
    #[ignore = "prints the blocks of the file named in BLOCKS_OF"]
    fn dump_docx_blocks() {
        let Ok(path) = std::env::var("BLOCKS_OF") else {
            return;
        };
        let bytes = std::fs::read(path).unwrap();
        for block in blocks(&bytes, &mut ActBuilder::new()).unwrap() {
            println!("{:?}|{:?}|{}", block.kind, block.standing, block.text);
        }
    }
}
