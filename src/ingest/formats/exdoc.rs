//! New South Wales exchange XML (exdoc).

use super::xml::{Node, Opening, Place, Role, Tree, Vocabulary, is_citable, write};
use crate::ingest::ActBuilder;
use crate::law::{Standing, UnitKind};

/// Reads an exdoc document.
///
/// # Errors
/// When the document has no element at all.
pub(crate) fn read(text: &str, builder: &mut ActBuilder) -> Result<(), String> {
    let tree = Tree::parse(text, builder);
    let root = tree.root().ok_or("no element in the document")?;
    metadata(root, builder);
    write(root, &mut Exdoc, builder);
    Ok(())
}

fn metadata(root: Node<'_>, builder: &mut ActBuilder) {
    let metadata = builder.metadata();
    if metadata.title.is_empty() {
        metadata.title = root.attribute("title").into_owned();
    }
    if metadata.identifier.is_empty() {
        metadata.identifier = root.attribute("id").into_owned();
    }
    if metadata.language.is_empty() {
        metadata.language = "en".into();
    }
    if metadata.date.is_empty() {
        metadata.date = root.attribute("first.valid.date").into_owned();
    }
}

struct Exdoc;

impl Vocabulary for Exdoc {
    fn role<'t>(&mut self, node: Node<'t>, place: &Place) -> Role<'t> {
        match node.name() {
            "metadata" | "parentattributes" | "coverdata" | "graphic" => Role::Drop,
            "head" if matches!(node.parent_name(), "level" | "tier") => Role::Drop,
            "no" if node.parent_name() == "li" => Role::Drop,
            "content" => match node.attribute("type").as_ref() {
                "historynote" | "editorial" | "note" => Role::Under(Standing::Note),
                "coverdata" | "toc" => Role::Drop,
                _ => Role::Block,
            },
            "level" | "tier" => unit(node, place),
            "li" => item(node, place),
            "block" if node.parent_name() == "deflist" => Opening::new(UnitKind::Alinea, "").role(),
            "amendtext" | "inserttext" | "quotetext" => Role::Under(Standing::Quoted),
            "footnote" => Role::Aside(Standing::Note),
            "note" | "editnote" => Role::Under(Standing::Note),
            "entry" => Role::Gap,
            "txt" | "block" if in_cell(node) => Role::Gap,
            "name" | "legref" | "b" | "i" | "defterm" | "sup" | "sub" | "u" | "no" | "intref"
            | "term" | "link" | "glyph" => Role::Inline,
            _ => Role::Block,
        }
    }

    /// The files are indented even inside a name; there it means nothing.
    fn blank_counts(&self, blank: Node<'_>) -> bool {
        !blank.follows_line_break()
            || !matches!(
                blank.parent_name(),
                "legref" | "name" | "defterm" | "b" | "i" | "no" | "heading"
            )
    }
}

fn in_cell(node: Node<'_>) -> bool {
    let parent = node.parent();
    parent.is_some_and(|parent| parent.name() == "entry" || parent.parent_name() == "entry")
}

fn unit<'t>(node: Node<'t>, place: &Place) -> Role<'t> {
    let head = node.child("head");
    let part = |name| head.map_or_else(String::new, |head| head.child_words(name, &[]));
    let (number, heading) = (part("no"), part("heading"));
    let kind = match node.attribute("type").as_ref() {
        "longtitle" | "preamble" => return Opening::new(UnitKind::Preamble, "").role(),
        "book" => UnitKind::Book,
        "part" => UnitKind::Part,
        "chapter" => UnitKind::Chapter,
        "division" | "subdivision" | "group" => UnitKind::Division,
        "schedule" | "appendix" | "dictionary" | "form" => UnitKind::Schedule,
        "clause" | "section" | "rule" | "regulation" => UnitKind::Article,
        "subclause" | "subsection" | "subrule" => UnitKind::Subsection,
        _ if is_citable(&number) => place.below(&number),
        _ if heading.is_empty() => return Role::Block,
        _ if place.in_article => UnitKind::Alinea,
        _ => UnitKind::Division,
    };
    let standing = match node.attribute("status").as_ref() {
        "repealed" | "omitted" => Standing::Repealed,
        "uncommenced" => Standing::NotInForce,
        _ => Standing::InForce,
    };
    Opening::new(kind, number)
        .heading(heading)
        .standing(standing)
        .role()
}

fn item<'t>(node: Node<'t>, place: &Place) -> Role<'t> {
    let number = node.child_words("no", &[]);
    if !is_citable(&number) {
        return Role::Block;
    }
    let kind = match place.kind {
        UnitKind::Point | UnitKind::Subpoint => UnitKind::Subpoint,
        _ => UnitKind::Point,
    };
    Opening::new(kind, number).role()
}
