//! Canadian LOIS XML: statutes, regulations and bills.

use super::xml::{Node, Opening, Place, Role, Tree, Vocabulary, is_citable, write};
use crate::ingest::ActBuilder;
use crate::law::{Standing, UnitKind};

/// Elements whose words are no part of a heading or number.
const MARKS: &[&str] = &["FootnoteRef", "HistoricalNote", "Footnote"];

/// Reads a LOIS document.
///
/// # Errors
/// When the document has no element at all.
pub(crate) fn read(text: &str, builder: &mut ActBuilder) -> Result<(), String> {
    let tree = Tree::parse(text, builder);
    let root = tree.root().ok_or("no element in the document")?;
    metadata(root, builder);
    write(root, &mut Lois, builder);
    Ok(())
}

fn metadata(root: Node<'_>, builder: &mut ActBuilder) {
    let metadata = builder.metadata();
    if metadata.language.is_empty() {
        metadata.language = root.attribute("lang").into_owned();
    }
    if metadata.date.is_empty() {
        metadata.date = root.attribute("pit-date").into_owned();
    }
    let Some(identification) = root.child("Identification") else {
        return;
    };
    if metadata.title.is_empty() {
        metadata.title = ["ShortTitle", "LongTitle"]
            .into_iter()
            .map(|name| identification.child_words(name, MARKS))
            .find(|title| !title.trim().is_empty())
            .unwrap_or_default();
    }
    if metadata.identifier.is_empty() {
        metadata.identifier = ["ConsolidatedNumber", "InstrumentNumber", "BillNumber"]
            .into_iter()
            .filter_map(|name| identification.descendant(name))
            .map(|number| number.words(MARKS))
            .find(|number| !number.trim().is_empty())
            .unwrap_or_default();
    }
}

struct Lois;

impl Vocabulary for Lois {
    fn role<'t>(&mut self, node: Node<'t>, place: &Place) -> Role<'t> {
        match node.name() {
            "Identification" | "RecentAmendments" | "TableOfProvisions" | "Reserved"
            | "ImageGroup" | "Image" | "FootnoteRef" | "AlternateText" => Role::Drop,
            "Preamble" | "Enacts" | "Order" => Opening::new(UnitKind::Preamble, "").role(),
            "Summary" | "Recommendation" | "HistoricalNote" | "Footnote" | "BillInternal"
            | "ReaderNote" | "Notice" => Role::Under(Standing::Note),
            "Heading" => heading(node, place),
            "Schedule" => schedule(node),
            "ScheduleFormHeading" => Role::Drop,
            "RelatedOrNotInForce" => Role::Under(Standing::NotInForce),
            "AmendedText" | "AmendedContent" => Role::Under(Standing::Quoted),
            "Section" => unit(node, UnitKind::Article),
            "Subsection" => unit(node, UnitKind::Subsection),
            "Paragraph" => unit(node, UnitKind::Point),
            "Subparagraph" | "Clause" | "Subclause" | "Subsubclause" => {
                unit(node, UnitKind::Subpoint)
            }
            "Definition" => unit(node, UnitKind::Alinea),
            "Item" => unit(node, UnitKind::Point),
            "Label" | "MarginalNote" if is_unit(node.parent_name()) => Role::Drop,
            "entry" => Role::Gap,
            "Label" => Role::Gap,
            "MarginalNote"
            | "Text"
            | "Provision"
            | "ContinuedSectionSubsection"
            | "ContinuedDefinition"
            | "ContinuedParagraph"
            | "ContinuedSubparagraph"
            | "ContinuedClause"
            | "ContinuedSubclause"
            | "ContinuedFormulaParagraph"
            | "FormulaGroup"
            | "Formula"
            | "FormulaConnector"
            | "FormulaDefinition"
            | "FormulaParagraph"
            | "TitleText"
            | "OriginatingRef"
            | "List"
            | "TableGroup"
            | "Caption"
            | "table"
            | "tgroup"
            | "thead"
            | "tbody"
            | "row"
            | "FormHeading"
            | "Oath"
            | "ReadAsText"
            | "SectionPiece"
            | "BillPiece"
            | "Body"
            | "Introduction"
            | "HistoricalNoteSubItem"
            | "FormGroup"
            | "DocumentInternal"
            | "Group"
            | "SignatureBlock"
            | "SignatureLine"
            | "ConventionAgreementTreaty"
            | "LineNumber"
            | "QuotedText"
            | "RegulationPiece"
            | "Part"
            | "CenteredText"
            | "Note" => Role::Block,
            _ => Role::Inline,
        }
    }
}

fn is_unit(name: &str) -> bool {
    matches!(
        name,
        "Section"
            | "Subsection"
            | "Paragraph"
            | "Subparagraph"
            | "Clause"
            | "Subclause"
            | "Subsubclause"
            | "Definition"
            | "Item"
    )
}

fn unit<'t>(node: Node<'t>, kind: UnitKind) -> Role<'t> {
    let number = node.child_words("Label", MARKS);
    // Beside a definition stands the term in both languages: no heading.
    let heading = match kind {
        UnitKind::Alinea => String::new(),
        _ => node.child_words("MarginalNote", MARKS),
    };
    if kind != UnitKind::Alinea && !is_citable(&number) && heading.is_empty() {
        return Role::Block;
    }
    let standing = match node.attribute("type").as_ref() {
        "transitional" => Standing::Transitional,
        _ if is_repealed(node) => Standing::Repealed,
        _ => Standing::InForce,
    };
    Opening::new(kind, number)
        .heading(heading)
        .standing(standing)
        .role()
}

/// Whether all the unit says is that it, or the term it defined, is repealed.
fn is_repealed(unit: Node<'_>) -> bool {
    let mut texts = unit.elements().filter(|child| {
        !matches!(
            child.name(),
            "Label" | "MarginalNote" | "HistoricalNote" | "Footnote"
        )
    });
    let (Some(text), None) = (texts.next(), texts.next()) else {
        return false;
    };
    let rest = text.words(&["Repealed", "DefinedTermEn", "DefinedTermFr"]);
    text.descendant("Repealed").is_some() && !rest.contains(char::is_alphanumeric)
}

/// A heading groups the sections after it. Its label tells a part or division.
fn heading<'t>(node: Node<'t>, place: &Place) -> Role<'t> {
    if place.in_article {
        return Role::Block;
    }
    let label = node.child_words("Label", MARKS);
    let title = node.child_words("TitleText", MARKS);
    let level: u32 = node.attribute("level").parse().unwrap_or(1);
    let lower = label.to_lowercase();
    let kind = if lower.starts_with("part") {
        UnitKind::Part
    } else if lower.starts_with("chap") {
        UnitKind::Chapter
    } else {
        UnitKind::Division
    };
    Role::Heads(level, Opening::new(kind, label).heading(title))
}

fn schedule<'t>(node: Node<'t>) -> Role<'t> {
    let head = node.child("ScheduleFormHeading");
    let part = |name| head.map_or_else(String::new, |head| head.child_words(name, MARKS));
    let heading = format!("{} {}", part("TitleText"), part("OriginatingRef"));
    // Provisions of amending acts, printed after the law for convenience.
    let standing = match node.attribute("id").as_ref() {
        "NifProvs" => Standing::NotInForce,
        "RelatedProvs" => Standing::Note,
        _ => Standing::InForce,
    };
    Opening::new(UnitKind::Schedule, part("Label"))
        .heading(heading)
        .standing(standing)
        .role()
}
