//! Icelandic law XML.

use super::xml::{Node, Opening, Place, Role, Tree, Vocabulary, is_citable, write};
use crate::ingest::ActBuilder;
use crate::law::{Number, Standing, UnitKind};

/// Elements whose words are no part of a heading or number.
const MARKS: &[&str] = &["footnotes", "location"];

/// Reads a document.
///
/// # Errors
/// When the document has no element at all.
pub(crate) fn read(text: &str, builder: &mut ActBuilder) -> Result<(), String> {
    let tree = Tree::parse(text, builder);
    let root = tree.root().ok_or("no element in the document")?;
    metadata(root, builder);
    write(root, &mut Althingi, builder);
    Ok(())
}

fn metadata(root: Node<'_>, builder: &mut ActBuilder) {
    let metadata = builder.metadata();
    if metadata.title.is_empty() {
        metadata.title = root.child_words("name", MARKS);
    }
    if metadata.identifier.is_empty() {
        metadata.identifier = format!("{}/{}", root.attribute("nr"), root.attribute("year"));
    }
    if metadata.language.is_empty() {
        metadata.language = "is".into();
    }
    if metadata.date.is_empty() {
        metadata.date = root
            .child("num-and-date")
            .map(|node| node.child_words("date", MARKS))
            .unwrap_or_default();
    }
}

struct Althingi;

impl Vocabulary for Althingi {
    fn role<'t>(&mut self, node: Node<'t>, place: &Place) -> Role<'t> {
        match node.name() {
            "num-and-date" | "minister-clause" | "nr-title" | "location" | "images" => Role::Drop,
            "name" => Role::Drop,
            "footnotes" => Role::Under(Standing::Note),
            "superchapter" => unit(node, UnitKind::Part),
            "chapter" => unit(node, UnitKind::Chapter),
            "subchapter" => unit(node, UnitKind::Division),
            "appendix" | "extra" => unit(node, UnitKind::Schedule),
            "art" => article(node),
            "subart" => counted(node),
            "numart" | "art-chapter" => {
                let kind = match place.kind {
                    UnitKind::Point | UnitKind::Subpoint => UnitKind::Subpoint,
                    _ => UnitKind::Point,
                };
                unit(node, kind)
            }
            "td" | "th" => Role::Gap,
            "paragraph" | "sen" if in_cell(node) => Role::Gap,
            "sen" | "sen-title" | "definition" | "em" | "i" | "b" | "sup" | "sub" | "a" => {
                Role::Inline
            }
            "footnote-sen" => Role::Gap,
            _ => Role::Block,
        }
    }
}

fn in_cell(node: Node<'_>) -> bool {
    let parent = node.parent();
    parent.is_some_and(|parent| {
        matches!(parent.name(), "td" | "th") || matches!(parent.parent_name(), "td" | "th")
    })
}

fn unit<'t>(node: Node<'t>, kind: UnitKind) -> Role<'t> {
    let number = node.child_words("nr-title", MARKS);
    let heading = node.child_words("name", MARKS);
    if !is_citable(&number) && heading.trim().is_empty() {
        return Role::Block;
    }
    Opening::new(kind, number).heading(heading).role()
}

/// `210. gr. a.` is cited as 210a, which is how the markup numbers it.
fn article<'t>(node: Node<'t>) -> Role<'t> {
    let number = node.attribute("nr");
    match unit(node, UnitKind::Article) {
        Role::Unit(opening) if is_citable(&number) => Role::Unit(Opening {
            cited: Some(Number::new(&number)),
            ..opening
        }),
        role => role,
    }
}

/// Subsections are counted where there are several.
fn counted<'t>(node: Node<'t>) -> Role<'t> {
    let several = node.parent().is_some_and(|parent| {
        parent
            .elements()
            .filter(|sibling| sibling.name() == "subart")
            .nth(1)
            .is_some()
    });
    match node.attribute("nr").parse() {
        Ok(place) if several => Opening::counted(UnitKind::Subsection, place)
            .heading(node.child_words("name", MARKS))
            .role(),
        _ => Role::Block,
    }
}
