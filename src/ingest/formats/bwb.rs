//! Dutch BWB XML.

use super::xml::{Node, Opening, Place, Role, Tree, Vocabulary, is_citable, write};
use crate::ingest::ActBuilder;
use crate::law::{Standing, UnitKind};

/// Elements whose words are no part of a heading or number.
const MARKS: &[&str] = &["redactie", "noot", "meta-data", "intref-groep"];

/// Reads a BWB document.
///
/// # Errors
/// When the document has no element at all.
pub(crate) fn read(text: &str, builder: &mut ActBuilder) -> Result<(), String> {
    let tree = Tree::parse(text, builder);
    let root = tree.root().ok_or("no element in the document")?;
    metadata(root, builder);
    write(root, &mut Bwb, builder);
    Ok(())
}

fn metadata(root: Node<'_>, builder: &mut ActBuilder) {
    let law = match root.name() {
        "wetgeving" => Some(root),
        _ => root.descendant("wetgeving"),
    };
    let attribute = |name: &str| {
        [Some(root), law]
            .into_iter()
            .flatten()
            .map(|node| node.attribute(name).into_owned())
            .find(|value| !value.is_empty())
            .unwrap_or_default()
    };
    let metadata = builder.metadata();
    if metadata.title.is_empty() {
        metadata.title = ["citeertitel", "intitule"]
            .into_iter()
            .filter_map(|name| root.descendant(name))
            .map(|title| title.words(MARKS))
            .find(|title| !title.trim().is_empty())
            .unwrap_or_default();
    }
    if metadata.identifier.is_empty() {
        metadata.identifier = attribute("bwb-id");
    }
    if metadata.language.is_empty() {
        let language = attribute("lang");
        metadata.language = if language.is_empty() {
            "nl".into()
        } else {
            language
        };
    }
    if metadata.date.is_empty() {
        metadata.date = attribute("inwerkingtreding");
    }
}

struct Bwb;

impl Vocabulary for Bwb {
    fn role<'t>(&mut self, node: Node<'t>, place: &Place) -> Role<'t> {
        match node.name() {
            "intitule" | "citeertitel" | "meta-data" | "jcis" | "bwb-inputbestand"
            | "illustratie" | "plaatje" | "inhoudsopgave" | "lidnr" | "li.nr" | "noot.nr" => {
                Role::Drop
            }
            "kop" if place.kind != UnitKind::Act && is_unit(node.parent_name()) => Role::Drop,
            "aanhef" => Opening::new(UnitKind::Preamble, "").role(),
            "wetsluiting" | "regeling-sluiting" | "nota-toelichting" | "toelichting" => {
                Role::Under(Standing::Note)
            }
            "redactie" | "noot" => Role::Aside(Standing::Note),
            "wijziging" | "wijzig-divisie" => Role::Under(Standing::Quoted),
            "boek" => headed(node, UnitKind::Book),
            "deel" => headed(node, UnitKind::Part),
            "titeldeel" => headed(node, UnitKind::Title),
            "hoofdstuk" => headed(node, UnitKind::Chapter),
            "afdeling" | "paragraaf" | "sub-paragraaf" | "subparagraaf" | "divisie"
            | "circulaire.divisie" => headed(node, UnitKind::Division),
            "bijlage" => headed(node, UnitKind::Schedule),
            "artikel" | "wijzig-artikel" => headed(node, UnitKind::Article),
            "lid" | "wijzig-lid" => numbered(node, "lidnr", UnitKind::Subsection),
            "li" => {
                let kind = match place.kind {
                    UnitKind::Point | UnitKind::Subpoint => UnitKind::Subpoint,
                    _ => UnitKind::Point,
                };
                numbered(node, "li.nr", kind)
            }
            "entry" => Role::Gap,
            "al" if node.parent_name() == "entry" => Role::Gap,
            "al" | "lijst" | "kop" | "tussenkop" | "wij" | "considerans" | "considerans.al"
            | "afkondiging" | "wettekst" | "wet-besluit" | "table" | "tgroup" | "tbody"
            | "thead" | "row" | "slotformulering" | "gegeven" | "dagtekening" | "ondertekening"
            | "functie" | "naam" | "uitgifte" | "koning" | "regeling-tekst" | "definitielijst"
            | "definitie-item" | "tekst" | "citaat" | "formule" | "adres" | "adresregel"
            | "specificatielijst" | "specificatie-item" => Role::Block,
            _ => Role::Inline,
        }
    }
}

fn is_unit(name: &str) -> bool {
    !matches!(name, "wet-besluit" | "wettekst" | "tekst" | "table")
}

/// A unit with a `kop`: label, number and title in the order printed.
fn headed<'t>(node: Node<'t>, kind: UnitKind) -> Role<'t> {
    let Some(kop) = node.child("kop") else {
        return Role::Block;
    };
    let number = match kind {
        UnitKind::Article => kop.child_words("nr", MARKS),
        _ => kop
            .elements()
            .filter(|part| matches!(part.name(), "nr" | "label"))
            .map(|part| part.words(MARKS))
            .collect::<Vec<_>>()
            .join(" "),
    };
    let heading = kop.words(&["nr", "label", "redactie", "noot", "meta-data"]);
    Opening::new(kind, number)
        .heading(heading)
        .standing(standing(node))
        .role()
}

fn numbered<'t>(node: Node<'t>, name: &str, kind: UnitKind) -> Role<'t> {
    let number = node.child_words(name, MARKS);
    if is_citable(&number) {
        Opening::new(kind, number).standing(standing(node)).role()
    } else {
        Role::Block
    }
}

fn standing(node: Node<'_>) -> Standing {
    match node.attribute("status").as_ref() {
        "vervallen" => Standing::Repealed,
        "slapend" | "nogniet" | "toekomstig" => Standing::NotInForce,
        _ => Standing::InForce,
    }
}
