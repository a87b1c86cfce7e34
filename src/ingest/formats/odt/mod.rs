//! OpenDocument text. Generated numbers are written out, tracked deletions
//! left out, footnotes set apart.

mod styles;

use super::brackets;
use super::container::Container;
use super::line::{Line, Look};
use super::marker::is_bare_marker;
use super::xml::{Node, Tree};
use crate::ingest::block::{Block, BlockKind};
use crate::ingest::{ActBuilder, structure};
use crate::law::Standing;
use styles::{LEVELS, Styles};

/// A table with a longer cell lays out running text.
const LONGEST_CELL: usize = 600;

/// Parts of the text that are not the law's words: deletions, indexes,
/// remarks, forms.
const SKIPPED: &[&str] = &[
    "tracked-changes",
    "table-of-content",
    "alphabetical-index",
    "illustration-index",
    "table-index",
    "bibliography",
    "annotation",
    "forms",
    "sequence-decls",
    "variable-decls",
];

/// Reads a document into the builder.
///
/// # Errors
/// When the container cannot be opened or holds no text document.
pub(crate) fn read(bytes: &[u8], builder: &mut ActBuilder) -> Result<(), String> {
    let blocks = blocks(bytes, builder)?;
    structure::build(blocks, builder);
    Ok(())
}

fn blocks(bytes: &[u8], builder: &mut ActBuilder) -> Result<Vec<Block>, String> {
    let mut container = Container::open(bytes)?;
    let content = container
        .text("content.xml")?
        .ok_or("the container holds no content.xml")?;
    let common = container.text("styles.xml")?.unwrap_or_default();
    let properties = container.text("meta.xml")?.unwrap_or_default();
    describe(&properties, builder);
    let tree = Tree::parse(&content, builder);
    let mut styles = Styles::default();
    styles.add(&Tree::parse(&common, builder));
    styles.add(&tree);
    let body = tree
        .root()
        .and_then(|root| root.child("body"))
        .and_then(|body| body.child("text"))
        .ok_or("the container holds no text document")?;
    let mut reader = Reader {
        styles: &styles,
        blocks: Vec::new(),
        notes: Vec::new(),
        outline: [0; LEVELS],
    };
    reader.body(body);
    let mut blocks = reader.blocks;
    brackets::resolve(&mut blocks);
    Ok(blocks)
}

fn describe(properties: &str, builder: &mut ActBuilder) {
    let tree = Tree::parse(properties, builder);
    let Some(meta) = tree.root().and_then(|root| root.child("meta")) else {
        return;
    };
    let (title, language) = (
        meta.child_words("title", &[]),
        meta.child_words("language", &[]),
    );
    let metadata = builder.metadata();
    if metadata.title.is_empty() {
        metadata.title = title;
    }
    if metadata.language.is_empty() {
        metadata.language = language;
    }
}

/// What waits to be read.
enum Task<'t> {
    Node(Node<'t>),
    List {
        items: Vec<Node<'t>>,
        list: List<'t>,
    },
    Item {
        parts: Vec<Node<'t>>,
        number: Option<String>,
        depth: usize,
    },
}

/// An open list.
#[derive(Clone)]
struct List<'t> {
    style: std::borrow::Cow<'t, str>,
    depth: usize,
    counts: Vec<u32>,
    begun: bool,
}

struct Reader<'t> {
    styles: &'t Styles,
    blocks: Vec<Block>,
    /// Notes of the paragraph in hand.
    notes: Vec<String>,
    outline: [u32; LEVELS],
}

impl<'t> Reader<'t> {
    /// Reads the text. Own stack: lists and tables may be nested without end.
    fn body(&mut self, body: Node<'t>) {
        let mut waiting: Vec<Task<'t>> = Vec::new();
        let mut lists: Vec<List<'t>> = Vec::new();
        push_nodes(&mut waiting, body);
        while let Some(task) = waiting.pop() {
            match task {
                Task::Node(node) => self.node(node, None, &mut waiting, &mut lists),
                Task::List {
                    mut items,
                    mut list,
                } => {
                    let Some(item) = items.pop() else {
                        lists.pop();
                        continue;
                    };
                    let number = self.next_number(item, &mut list);
                    lists.truncate(list.depth.saturating_sub(1));
                    lists.push(list.clone());
                    let depth = list.depth;
                    waiting.push(Task::List { items, list });
                    let mut parts: Vec<Node<'t>> = item.elements().collect();
                    parts.reverse();
                    waiting.push(Task::Item {
                        parts,
                        number,
                        depth,
                    });
                }
                Task::Item {
                    mut parts,
                    number,
                    depth,
                } => {
                    let Some(part) = parts.pop() else { continue };
                    let is_words = matches!(part.name(), "p" | "h");
                    // The number stands before the item's first words.
                    let (now, later) = if is_words {
                        (number, None)
                    } else {
                        (None, number)
                    };
                    waiting.push(Task::Item {
                        parts,
                        number: later,
                        depth,
                    });
                    let marker = now.map(|number| (number, depth));
                    self.node(part, marker, &mut waiting, &mut lists);
                }
            }
        }
    }

    fn node(
        &mut self,
        node: Node<'t>,
        marker: Option<(String, usize)>,
        waiting: &mut Vec<Task<'t>>,
        lists: &mut Vec<List<'t>>,
    ) {
        match node.name() {
            "p" | "h" => {
                self.paragraph(node, marker);
                for frame in node
                    .descendants()
                    .filter(|inner| inner.name() == "text-box")
                {
                    push_nodes(waiting, frame);
                }
            }
            "list" => {
                let outer = lists.last();
                let depth = outer.map_or(1, |outer| outer.depth + 1);
                let own = node.attribute("style-name");
                let style = match outer {
                    Some(outer) if own.is_empty() => outer.style.clone(),
                    _ => own,
                };
                let mut counts = outer.map(|outer| outer.counts.clone()).unwrap_or_default();
                counts.truncate(depth.saturating_sub(1));
                counts.resize(depth.min(LEVELS), 0);
                let list = List {
                    style,
                    depth,
                    counts,
                    begun: false,
                };
                let mut items: Vec<Node<'t>> = node
                    .elements()
                    .filter(|item| matches!(item.name(), "list-item" | "list-header"))
                    .collect();
                items.reverse();
                lists.push(list.clone());
                waiting.push(Task::List { items, list });
            }
            "table" if !self.data_table(node) => push_nodes(waiting, node),
            name if SKIPPED.contains(&name) || name == "table" => {}
            _ => push_nodes(waiting, node),
        }
    }

    /// Counts an item; gives its printed number, empty for bullets.
    fn next_number(&self, item: Node<'t>, list: &mut List<'t>) -> Option<String> {
        if item.name() != "list-item" {
            return None;
        }
        let level = list.depth.min(LEVELS);
        let first = self.styles.start(&list.style, level);
        let given = item.attribute("start-value").parse::<u32>().ok();
        let count = list.counts.get_mut(level - 1)?;
        *count = match given {
            Some(value) => value,
            None if !list.begun => first,
            None => count.saturating_add(1),
        };
        list.begun = true;
        Some(self.styles.number(&list.style, level, &list.counts))
            .filter(|number| !number.is_empty())
    }

    fn paragraph(&mut self, node: Node<'t>, marker: Option<(String, usize)>) {
        let style = node.attribute("style-name");
        let mut line = Line::default();
        self.words(node, self.styles.look(&style), &mut line);
        let heading = (node.name() == "h").then(|| {
            let level: usize = node.attribute("outline-level").parse().unwrap_or(1);
            level.clamp(1, LEVELS)
        });
        let mut number = marker.as_ref().map(|(number, _)| number.clone());
        if let Some(level) = heading {
            self.outline[level - 1] = self.outline[level - 1].saturating_add(1);
            self.outline[level..].fill(0);
            let outline = self.styles.outline_number(level, &self.outline);
            if number.is_none() && !outline.is_empty() && !line.text().is_empty() {
                number = Some(outline);
            }
        }
        if let Some(struck) = line.struck() {
            self.push(BlockKind::Paragraph, struck, Standing::Repealed);
        }
        let text = line.text();
        if !text.is_empty() && !text.chars().all(|c| "_-=* ".contains(c)) {
            let kind = match (heading, &marker) {
                (Some(level), _) => BlockKind::Heading(level as u8),
                _ if line.is_strong() => BlockKind::Strong,
                (None, Some((_, depth))) => {
                    BlockKind::Item(u8::try_from(*depth).unwrap_or(u8::MAX))
                }
                _ => BlockKind::Paragraph,
            };
            let standing = if self.styles.is_note(&style) {
                Standing::Note
            } else {
                Standing::InForce
            };
            let text = match number {
                Some(number) if !number.is_empty() => format!("{number} {text}"),
                _ => text,
            };
            self.push(kind, text, standing);
        }
        for note in std::mem::take(&mut self.notes) {
            self.push(BlockKind::Paragraph, note, Standing::Note);
        }
    }

    fn push(&mut self, kind: BlockKind, text: String, standing: Standing) {
        self.blocks.push(Block {
            kind,
            text,
            standing,
        });
    }

    /// The words of a paragraph, with how they are set. Notes are kept back.
    fn words(&mut self, paragraph: Node<'t>, base: Look, line: &mut Line) {
        let mut looks: Vec<(u32, Look)> = vec![(paragraph.end(), base)];
        let mut place = paragraph.place() + 1;
        while place < paragraph.end() {
            let Some(node) = paragraph.step(place) else {
                break;
            };
            while looks.len() > 1 && looks.last().is_some_and(|(end, _)| *end <= place) {
                looks.pop();
            }
            let look = looks.last().map_or(base, |(_, look)| *look);
            place += 1;
            if let Some(text) = node.as_text() {
                line.push(text, look, None);
                continue;
            }
            match node.name() {
                "s" | "tab" | "line-break" => line.push(" ", Look::default(), None),
                "note" => {
                    if let Some(body) = node.child("note-body") {
                        let words = body.words(&[]);
                        let words: Vec<&str> = words.split_whitespace().collect();
                        if !words.is_empty() {
                            self.notes.push(words.join(" "));
                        }
                    }
                    place = node.end();
                }
                "text-box" | "ruby-text" => place = node.end(),
                name if SKIPPED.contains(&name) => place = node.end(),
                "span" => {
                    let own = self.styles.look(&node.attribute("style-name"));
                    looks.push((node.end(), look.and(own)));
                }
                _ => {}
            }
        }
    }

    /// Reads a table of data row by row; false when the table is layout.
    fn data_table(&mut self, table: Node<'t>) -> bool {
        if table.descendants().any(|node| node.name() == "table") {
            return false;
        }
        let mut rows: Vec<Vec<String>> = Vec::new();
        for row in table
            .descendants()
            .filter(|node| node.name() == "table-row")
        {
            let mut cells = Vec::new();
            for cell in row.elements().filter(|cell| cell.name() == "table-cell") {
                let mut words = Line::default();
                for paragraph in cell
                    .descendants()
                    .filter(|node| matches!(node.name(), "p" | "h"))
                {
                    words.push(" ", Look::default(), None);
                    self.words(paragraph, Look::default(), &mut words);
                }
                let words = words.text();
                if words.len() > LONGEST_CELL {
                    self.notes.clear();
                    return false;
                }
                if !words.is_empty() {
                    cells.push(words);
                }
            }
            rows.push(cells);
        }
        if rows.iter().filter(|row| row.len() > 1).count() < 2 {
            self.notes.clear();
            return false;
        }
        for row in rows.iter().filter(|row| !row.is_empty()) {
            let text = match row.as_slice() {
                [first, rest @ ..] if is_bare_marker(first) => {
                    format!("{first} {}", rest.join(" | "))
                }
                _ => row.join(" | "),
            };
            self.push(BlockKind::Paragraph, text, Standing::InForce);
        }
        for note in std::mem::take(&mut self.notes) {
            self.push(BlockKind::Paragraph, note, Standing::Note);
        }
        true
    }
}

fn push_nodes<'t>(waiting: &mut Vec<Task<'t>>, node: Node<'t>) {
    let elements: Vec<Node<'t>> = node.elements().collect();
    waiting.extend(elements.into_iter().rev().map(Task::Node));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::formats::container::testing::pack;
    use proptest::prelude::*;

    const STYLES: &str = r#"<office:styles xmlns:office="o">
        <text:outline-style style:name="Outline">
            <text:outline-level-style text:level="1" style:num-format="I" style:num-prefix="Title "/>
        </text:outline-style></office:styles>"#;

    const AUTOMATIC: &str = r#"<office:automatic-styles>
        <style:style style:name="T1"><style:text-properties fo:font-weight="bold"/></style:style>
        <style:style style:name="T2"><style:text-properties style:text-line-through-style="solid"/></style:style>
        <style:style style:name="T3"><style:text-properties style:text-position="super 58%"/></style:style>
        <text:list-style style:name="L1">
            <text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="." text:start-value="4"/>
            <text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/>
        </text:list-style></office:automatic-styles>"#;

    fn odt(text: &str) -> Vec<u8> {
        let content = format!(
            "<office:document-content>{AUTOMATIC}<office:body><office:text>{text}</office:text></office:body></office:document-content>"
        );
        pack(&[("content.xml", &content), ("styles.xml", STYLES)])
    }

    fn read_text(text: &str) -> Vec<(BlockKind, Standing, String)> {
        blocks(&odt(text), &mut ActBuilder::new())
            .unwrap()
            .into_iter()
            .map(|block| (block.kind, block.standing, block.text))
            .collect()
    }

    #[test]
    fn numbers_notes_deletions_and_tables() {
        use BlockKind::{Heading, Item, Paragraph, Strong};
        use Standing::{InForce, Note, Repealed};
        let text = r#"<text:tracked-changes><text:deletion><text:p>Gone.</text:p></text:deletion></text:tracked-changes>
            <text:table-of-content><text:p>Article 1 ..... 3</text:p></text:table-of-content>
            <text:h text:outline-level="1">Quays</text:h>
            <text:p><text:span text:style-name="T1">Short title</text:span></text:p>
            <text:list text:style-name="L1">
              <text:list-item><text:p>Pay<text:s text:c="2"/>the fee:</text:p>
                <text:list><text:list-item><text:p>in herring</text:p><text:p>or eels;</text:p></text:list-item>
                <text:list-item><text:p>on time.</text:p></text:list-item></text:list></text:list-item>
              <text:list-item><text:p>Article 9<text:span text:style-name="T3">1</text:span> applies<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Inserted.</text:p></text:note-body></text:note>.</text:p></text:list-item>
            </text:list>
            <text:p>The fee is <text:span text:style-name="T2">two</text:span> three.</text:p>
            <table:table><table:table-row><table:table-cell><text:p>Goat</text:p></table:table-cell><table:table-cell><text:p>3</text:p></table:table-cell></table:table-row>
            <table:table-row><table:table-cell><text:p>Eel</text:p></table:table-cell><table:table-cell><text:p>1</text:p></table:table-cell></table:table-row></table:table>"#;
        let found = read_text(text);
        let expected = [
            (Heading(1), InForce, "Title I Quays"),
            (Strong, InForce, "Short title"),
            (Item(1), InForce, "4. Pay the fee:"),
            (Item(2), InForce, "(a) in herring"),
            (Paragraph, InForce, "or eels;"),
            (Item(2), InForce, "(b) on time."),
            (Item(1), InForce, "5. Article 9.1 applies."),
            (Paragraph, Note, "Inserted."),
            (Paragraph, Repealed, "two"),
            (Paragraph, InForce, "The fee is three."),
            (Paragraph, InForce, "Goat | 3"),
            (Paragraph, InForce, "Eel | 1"),
        ];
        let found: Vec<(BlockKind, Standing, &str)> = found
            .iter()
            .map(|(kind, standing, text)| (*kind, *standing, text.as_str()))
            .collect();
        assert_eq!(found, expected);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]
        #[test]
        fn damaged_files_never_panic(at: proptest::sample::Index, byte: u8, level in 0usize..40) {
            let nested = "<text:list text:style-name='L1'><text:list-item><text:p>x</text:p>".repeat(level);
            let mut bytes = odt(&nested);
            let _ = read(&bytes, &mut ActBuilder::new());
            let place = at.index(bytes.len());
            bytes[place] = byte;
            let _ = read(&bytes, &mut ActBuilder::new());
        }
    }
}
