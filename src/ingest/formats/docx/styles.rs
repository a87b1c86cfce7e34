//! What named styles say: headings, bold type, numbered lists.

use std::collections::HashMap;

use crate::ingest::formats::line::Look;
use crate::ingest::formats::xml::{Node, Tree};

/// A style may build on others so deep.
const DEEPEST: usize = 12;

/// The styles of a document by id.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
}

/// What matters of a style.
#[derive(Debug, Default, Clone)]
struct Style {
    based_on: String,
    heading: Option<u8>,
    look: Look,
    list: Option<(String, usize)>,
    note: bool,
}

impl Styles {
    /// Reads the style part.
    pub(super) fn parse(tree: &Tree<'_>) -> Self {
        let mut styles = HashMap::new();
        for node in tree.root().into_iter().flat_map(Node::elements) {
            if node.name() != "style" {
                continue;
            }
            let name = value(node, "name").to_lowercase();
            let paragraph = node.child("pPr");
            let style = Style {
                based_on: value(node, "basedOn"),
                heading: paragraph
                    .and_then(outline_level)
                    .or_else(|| heading_of_name(&name)),
                look: node.child("rPr").map(look).unwrap_or_default(),
                list: paragraph.and_then(list),
                note: name.starts_with("footnote") || name.starts_with("endnote"),
            };
            styles.insert(node.attribute("styleId").into_owned(), style);
        }
        Self { styles }
    }

    /// The heading level of a style.
    pub(super) fn heading(&self, id: &str) -> Option<u8> {
        self.lineage(id).find_map(|style| style.heading)
    }

    /// How a style sets its text.
    pub(super) fn look(&self, id: &str) -> Look {
        self.lineage(id)
            .fold(Look::default(), |look, style| look.and(style.look))
    }

    /// The list a style's paragraphs are counted in.
    pub(super) fn list(&self, id: &str) -> Option<(String, usize)> {
        self.lineage(id).find_map(|style| style.list.clone())
    }

    /// Whether the style is one of notes.
    pub(super) fn is_note(&self, id: &str) -> bool {
        self.lineage(id).any(|style| style.note)
    }

    /// The style and those it builds on.
    fn lineage(&self, id: &str) -> impl Iterator<Item = &Style> {
        std::iter::successors(self.styles.get(id), |style| {
            self.styles.get(&style.based_on)
        })
        .take(DEEPEST)
    }
}

/// The `val` of a child element; empty if there is none.
pub(super) fn value(node: Node<'_>, name: &str) -> String {
    node.child(name)
        .map(|child| child.attribute("val").into_owned())
        .unwrap_or_default()
}

/// The heading level a paragraph's properties give, from 1.
pub(super) fn outline_level(properties: Node<'_>) -> Option<u8> {
    let level: u8 = value(properties, "outlineLvl").parse().ok()?;
    (level < 9).then_some(level + 1)
}

/// The list a paragraph's properties put it in; list 0 takes it out of any.
pub(super) fn list(properties: Node<'_>) -> Option<(String, usize)> {
    let numbering = properties.child("numPr")?;
    let level = value(numbering, "ilvl").parse().unwrap_or(0);
    Some((value(numbering, "numId"), level))
}

/// How a run's properties set its text.
pub(super) fn look(properties: Node<'_>) -> Look {
    let on = |name: &str| {
        properties.child(name).is_some_and(|node| {
            !matches!(
                node.attribute("val").as_ref(),
                "0" | "false" | "off" | "none"
            )
        })
    };
    Look {
        bold: on("b"),
        italic: on("i"),
        struck: on("strike") || on("dstrike"),
        raised: value(properties, "vertAlign") == "superscript",
        note: false,
    }
}

/// `heading 2`, `Title`.
fn heading_of_name(name: &str) -> Option<u8> {
    if name == "title" {
        return Some(1);
    }
    name.strip_prefix("heading ")?.trim().parse().ok()
}
