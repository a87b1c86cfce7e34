//! United States Legislative Markup: the Code, statutes and bills.

use super::xml::{Node, Opening, Place, Role, Tree, Vocabulary, is_citable, write};
use crate::ingest::ActBuilder;
use crate::law::{Standing, UnitKind};

/// Elements whose words are no part of a heading or number.
const MARKS: &[&str] = &["footnote", "ref", "sup"];

/// Reads a USLM document.
///
/// # Errors
/// When the document has no element at all.
pub(crate) fn read(text: &str, builder: &mut ActBuilder) -> Result<(), String> {
    let tree = Tree::parse(text, builder);
    let root = tree.root().ok_or("no element in the document")?;
    metadata(root, builder);
    write(root, &mut Uslm, builder);
    Ok(())
}

fn metadata(root: Node<'_>, builder: &mut ActBuilder) {
    let meta = root.child("meta");
    let words = |name: &str| meta.map_or_else(String::new, |meta| meta.child_words(name, MARKS));
    let metadata = builder.metadata();
    if metadata.title.is_empty() {
        metadata.title = words("title");
    }
    if metadata.identifier.is_empty() {
        metadata.identifier = root.attribute("identifier").into_owned();
    }
    if metadata.identifier.is_empty() {
        metadata.identifier = words("docNumber");
    }
    if metadata.language.is_empty() {
        let language = root.attribute("lang");
        metadata.language = if language.is_empty() {
            "en".into()
        } else {
            language.into_owned()
        };
    }
    if metadata.date.is_empty() {
        let date = ["date", "currentThroughPublicLaw", "processedDate"]
            .into_iter()
            .map(words)
            .find(|date| date.starts_with(|c: char| c.is_ascii_digit()))
            .unwrap_or_default();
        metadata.date = date.split('T').next().unwrap_or_default().to_owned();
    }
}

struct Uslm;

impl Vocabulary for Uslm {
    fn role<'t>(&mut self, node: Node<'t>, place: &Place) -> Role<'t> {
        match node.name() {
            "meta" | "toc" | "page" | "preface" | "img" | "referenceItem" | "headingItem"
            | "coverPage" => Role::Drop,
            "num" | "heading" | "subheading" if is_unit(node.parent_name()) => Role::Drop,
            "ref" if node.attribute("class").contains("footnoteRef") => Role::Drop,
            "notes" | "note" | "sourceCredit" | "legislativeHistory" | "endorsement"
            | "attestation" | "signatures" | "editorialContent" => Role::Under(Standing::Note),
            "footnote" => Role::Aside(Standing::Note),
            "quotedContent" => Role::Under(Standing::Quoted),
            "quotedText" => Role::Quoting,
            "longTitle" | "enactingFormula" | "recital" | "resolvingClause" | "preamble"
                if place.kind == UnitKind::Act =>
            {
                Opening::new(UnitKind::Preamble, "").role()
            }
            "title" | "subtitle" => group(node, UnitKind::Title),
            "part" | "subpart" => group(node, UnitKind::Part),
            "chapter" | "subchapter" => group(node, UnitKind::Chapter),
            "division" | "subdivision" | "article" | "subarticle" | "reorganizationPlan" => {
                group(node, UnitKind::Division)
            }
            "appendix" | "schedule" | "annex" | "compiledAct" => group(node, UnitKind::Schedule),
            "section" | "courtRule" => section(node),
            "subsection" => unit(node, UnitKind::Subsection),
            "paragraph" => unit(node, UnitKind::Point),
            "subparagraph" | "clause" | "subclause" | "item" | "subitem" | "subsubitem" => {
                unit(node, UnitKind::Subpoint)
            }
            "level" | "listItem" => unit(node, place.below("")),
            "td" | "th" | "entry" => Role::Gap,
            "p" if matches!(node.parent_name(), "td" | "th" | "entry") => Role::Gap,
            "p"
            | "content"
            | "chapeau"
            | "continuation"
            | "block"
            | "list"
            | "listContent"
            | "table"
            | "caption"
            | "thead"
            | "tbody"
            | "tr"
            | "row"
            | "tgroup"
            | "heading"
            | "subheading"
            | "main"
            | "uscDoc"
            | "bill"
            | "resolution"
            | "pLaw"
            | "lawDoc"
            | "amendment"
            | "action"
            | "actionDescription"
            | "amendmentInstruction"
            | "longTitle"
            | "officialTitle"
            | "enactingFormula"
            | "docTitle"
            | "crossHeading"
            | "form"
            | "signature"
            | "layout"
            | "header"
            | "column" => Role::Block,
            "num" | "designator" | "label" => Role::Gap,
            _ => Role::Inline,
        }
    }
}

fn is_unit(name: &str) -> bool {
    !matches!(name, "note" | "footnote" | "table" | "form" | "layout")
}

fn group<'t>(node: Node<'t>, kind: UnitKind) -> Role<'t> {
    match unit(node, kind) {
        Role::Block if node.child("heading").is_some() => Opening::new(kind, "")
            .heading(node.child_words("heading", MARKS))
            .standing(standing(node))
            .role(),
        role => role,
    }
}

/// A section; in the Code its heading alone tells that it is gone.
fn section<'t>(node: Node<'t>) -> Role<'t> {
    let heading = node.child_words("heading", MARKS);
    let gone = ["Repealed", "Omitted", "Transferred"]
        .iter()
        .any(|word| heading.trim_start_matches(['[', ' ']).starts_with(word));
    match unit(node, UnitKind::Article) {
        Role::Unit(opening) if gone => opening.standing(Standing::Repealed).role(),
        role => role,
    }
}

fn unit<'t>(node: Node<'t>, kind: UnitKind) -> Role<'t> {
    let number = node.child_words("num", MARKS);
    if !is_citable(&number) {
        return Role::Block;
    }
    let number = number.trim().trim_matches(['“', '”', '"', '[', ']']).trim();
    Opening::new(kind, number.to_owned())
        .heading(node.child_words("heading", MARKS))
        .standing(standing(node))
        .role()
}

fn standing(node: Node<'_>) -> Standing {
    match node.attribute("status").as_ref() {
        "repealed" | "omitted" | "transferred" | "expired" | "terminated" | "renumbered"
        | "vacant" => Standing::Repealed,
        "pending" | "suspended" => Standing::NotInForce,
        _ => Standing::InForce,
    }
}
