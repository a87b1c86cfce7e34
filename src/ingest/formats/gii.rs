//! German gii-norm XML: a flat list of `norm` elements, each a grouping
//! heading or one unit of law, with `P` for *Absatz* and `DL` for lists.

use super::xml::{Node, Opening, Place, Role, Tree, Vocabulary, is_citable, write};
use crate::ingest::ActBuilder;
use crate::law::{Standing, UnitKind};

/// Elements whose words are no part of a heading.
const MARKS: &[&str] = &["FnR", "fnr"];

/// Reads a gii-norm document.
///
/// # Errors
/// When the document has no `norm` element.
pub(crate) fn read(text: &str, builder: &mut ActBuilder) -> Result<(), String> {
    let tree = Tree::parse(text, builder);
    let root = tree.root().ok_or("no element in the document")?;
    let first = root.descendant("norm").ok_or("no <norm> element")?;
    metadata(root, first, builder);
    write(root, &mut Gii::default(), builder);
    Ok(())
}

fn metadata(root: Node<'_>, first: Node<'_>, builder: &mut ActBuilder) {
    let Some(data) = first.child("metadaten") else {
        return;
    };
    let built = root.attribute("builddate");
    let metadata = builder.metadata();
    if metadata.title.is_empty() {
        metadata.title = data.child_words("langue", MARKS);
    }
    if metadata.title.is_empty() {
        metadata.title = data.child_words("jurabk", MARKS);
    }
    if metadata.identifier.is_empty() {
        metadata.identifier = root.attribute("doknr").into_owned();
    }
    if metadata.language.is_empty() {
        metadata.language = "de".into();
    }
    if metadata.date.is_empty() {
        metadata.date = match (built.get(..4), built.get(4..6), built.get(6..8)) {
            (Some(year), Some(month), Some(day)) => format!("{year}-{month}-{day}"),
            _ => String::new(),
        };
    }
}

#[derive(Default)]
struct Gii {
    /// Number of the list item that comes next.
    item: String,
}

impl Vocabulary for Gii {
    fn role<'t>(&mut self, node: Node<'t>, place: &Place) -> Role<'t> {
        match node.name() {
            "norm" => norm(node),
            "metadaten" | "FnR" | "kommentar" | "Ident" | "IMG" | "img" | "FILE" => Role::Drop,
            "TOC" => Role::Drop,
            "gliederungseinheit" => group(node),
            "P" => subsection(node, place),
            "DT" => {
                self.item = node.words(MARKS);
                Role::Drop
            }
            "DD" => {
                let number = std::mem::take(&mut self.item);
                if is_citable(&number) {
                    let kind = match place.kind {
                        UnitKind::Point | UnitKind::Subpoint => UnitKind::Subpoint,
                        _ => UnitKind::Point,
                    };
                    Opening::new(kind, number).role()
                } else {
                    Role::Block
                }
            }
            "fussnoten" | "Footnotes" | "Footnote" => Role::Under(Standing::Note),
            "entry" => Role::Gap,
            "noindex" | "text" | "textdaten" | "Content" | "DL" | "LA" | "pre" | "table"
            | "tgroup" | "tbody" | "thead" | "tfoot" | "row" | "Title" | "Revision" | "quoteL"
            | "quoteR" => Role::Block,
            _ => Role::Inline,
        }
    }
}

/// A `norm` is a unit if it has a designation; headings come through their
/// `gliederungseinheit`.
fn norm<'t>(norm: Node<'t>) -> Role<'t> {
    let Some(data) = norm.child("metadaten") else {
        return Role::Block;
    };
    let number = data.child_words("enbez", MARKS);
    let heading = data.child_words("titel", MARKS);
    let number = number.trim();
    if let Some(unit) = data.child("gliederungseinheit") {
        if number.is_empty() {
            return group(unit);
        }
    }
    let first = number.split([' ', '\u{a0}']).next().unwrap_or_default();
    let kind = match first {
        "" => return Role::Block,
        "Inhaltsübersicht" | "Inhaltsverzeichnis" => return Role::Drop,
        "Eingangsformel" | "Präambel" | "Schlussformel" | "Schlußformel" => UnitKind::Preamble,
        _ if first.starts_with("Anlage") || first.starts_with("Anhang") => UnitKind::Schedule,
        _ => UnitKind::Article,
    };
    Opening::new(kind, number.to_owned())
        .heading(heading)
        .role()
}

/// A grouping heading; its rank is the length of its place code, three digits
/// a level.
fn group<'t>(unit: Node<'t>) -> Role<'t> {
    let code = unit.child_words("gliederungskennzahl", MARKS);
    let name = unit.child_words("gliederungsbez", MARKS);
    let title = unit.child_words("gliederungstitel", MARKS);
    let lower = name.to_lowercase();
    let kind = [
        ("buch", UnitKind::Book),
        ("teil", UnitKind::Part),
        ("kapitel", UnitKind::Chapter),
        ("untertitel", UnitKind::Division),
        ("unterabschnitt", UnitKind::Division),
        ("titel", UnitKind::Title),
        ("anlage", UnitKind::Schedule),
        ("anhang", UnitKind::Schedule),
    ]
    .into_iter()
    .find(|(word, _)| lower.contains(word))
    .map_or(UnitKind::Division, |(_, kind)| kind);
    let rank = (code.trim().len() / 3) as u32;
    Role::Heads(rank, Opening::new(kind, name).heading(title))
}

/// A `P` that begins with "(1)" is an *Absatz*; others are paragraphs.
fn subsection<'t>(paragraph: Node<'t>, place: &Place) -> Role<'t> {
    if place.kind != UnitKind::Article {
        return Role::Block;
    }
    let start = paragraph.start_of_text();
    match bracketed_number(start) {
        Some(number) => Role::Unit(Opening {
            number_in_text: true,
            ..Opening::new(UnitKind::Subsection, number)
        }),
        None => Role::Block,
    }
}

/// `(1)`, `(2a)` at the start of a text.
fn bracketed_number(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let end = text.find(')')?;
    let inner = text.strip_prefix('(')?.get(..end - 1)?;
    (inner.starts_with(|c: char| c.is_ascii_digit())
        && inner.len() <= 5
        && inner.chars().all(|c| c.is_ascii_alphanumeric()))
    .then(|| &text[..=end])
}
