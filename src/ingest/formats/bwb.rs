//! Dutch BWB XML.

use super::xml::{Node, Opening, Place, Role, Tree, Vocabulary, is_citable, write};
use crate::ingest::ActBuilder;
use crate::law::{Standing, UnitKind};

/// Elements whose words are no part of a heading or number.
const MARKS: &[&str] = &["redactie", "noot", "meta-data", "intref-groep"];

/// In a `kop`: all that is not its title.
const NUMBER_AND_MARKS: &[&str] = &["nr", "label", "redactie", "noot", "meta-data"];

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
            "nr" | "label" | "titel" | "subtitel" if node.parent_name() == "kop" => Role::Drop,
            // Only what an editor remarks in it is still to be read.
            "kop" if is_unit(node.parent_name()) => match remark(node) {
                Some(_) => Role::Inline,
                None => Role::Drop,
            },
            "al" if node.parent_name() == "kop" => Role::Inline,
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
            .map(|part| part.heading_words(MARKS))
            .collect::<Vec<_>>()
            .join(" "),
    };
    let heading = kop.heading_words(NUMBER_AND_MARKS);
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

/// What an editor remarks in a heading.
fn remark(kop: Node<'_>) -> Option<Node<'_>> {
    kop.elements()
        .flat_map(|part| std::iter::once(part).chain(part.elements()))
        .find(|node| node.name() == "redactie")
}

/// What the status attribute or a remark in the heading says.
fn standing(node: Node<'_>) -> Standing {
    match node.attribute("status").as_ref() {
        "vervallen" => return Standing::Repealed,
        "slapend" | "nogniet" | "toekomstig" => return Standing::NotInForce,
        _ => {}
    }
    let remark = node
        .child("kop")
        .and_then(remark)
        .map(|remark| remark.heading_words(&[]))
        .unwrap_or_default();
    let remark = remark.trim_start_matches(['[', ' ']);
    if remark.starts_with("Vervallen") {
        Standing::Repealed
    } else if remark.starts_with("Treedt in werking") {
        Standing::NotInForce
    } else {
        Standing::InForce
    }
}

#[cfg(test)]
mod tests {
    use super::super::xml::testing::{act_of, body_articles, outline, shared};
    use super::read;
    use crate::law::UnitKind;

    const SAMPLE: &str = r#"<?xml version="1.0"?>
<!DOCTYPE wetgeving SYSTEM "http://example.invalid/bwb.dtd">
<wetgeving bwb-id="BWBX1" xml:lang="nl"><intitule>Geitenwet</intitule><wet-besluit>
<aanhef><wij>Wij, de Raad,</wij></aanhef><wettekst>
<boek><kop><nr>Eerste</nr><label>Boek</label><titel>Houden</titel></kop>
<titeldeel><kop><label>Titel</label><nr>I</nr><titel>Stal</titel></kop>
<artikel><kop><label>Artikel</label><nr>1a</nr><titel>Verbod</titel></kop>
<lid><lidnr>1</lidnr><al>Hij die een geit:</al><lijst><li><li.nr>1&#xB0;.</li.nr><al>verkoopt,</al><lijst><li><li.nr>a.</li.nr><al>'s nachts;</al></li></lijst></li><li><li.nr>-</li.nr><al>steelt;</al></li></lijst><al>wordt gestraft.</al></lid>
<lid><lidnr>2</lidnr><al>De boete is 5 <redactie type="extra">Per 2031: 6.</redactie>;</al></lid></artikel>
<artikel><kop><label>Artikel</label><nr>2</nr><al><redactie>Treedt in werking per 01-07-2031</redactie></al></kop><al>Later.</al></artikel>
<artikel status="vervallen"><kop><label>Artikel</label><nr>3</nr></kop><al><redactie>[Vervallen.]</redactie></al></artikel>
</titeldeel></boek></wettekst><wetsluiting><slotformulering><al>Lasten en bevelen.</al></slotformulering></wetsluiting></wet-besluit>
<bijlage><kop><label>Bijlage</label><nr>1</nr></kop><artikel><kop><label>Artikel</label><nr>1</nr></kop><al>Rassen.</al></artikel></bijlage></wetgeving>"#;

    #[test]
    fn leden_lists_and_editors_remarks_are_told_apart() {
        let act = act_of(read, SAMPLE);
        assert_eq!(
            outline(&act),
            "Preamble: Wij, de Raad,
Book Eerste Boek <Houden>
 Title Titel I <Stal>
  Article 1a <Verbod>
   Subsection 1
    Point 1°.
     Subpoint a.: 's nachts;
   Subsection 2
    Alinea Note: Per 2031: 6.
  Article 2 NotInForce
   Alinea Note: Treedt in werking per 01-07-2031
  Article 3 Repealed
   Alinea Note: [Vervallen.]
Alinea Note: Lasten en bevelen.
Schedule 1
 Article 1: Rassen.
"
        );
        assert!(act.text.as_str().contains(
            "1a Verbod\n1 Hij die een geit:\n1°. verkoopt,\na. 's nachts;\nsteelt;\nwordt gestraft.\n"
        ));
        let last = act.ids().last().unwrap();
        assert_eq!(act.locator(last).to_string(), "sch. 1-1");
    }

    #[test]
    fn a_real_code_gives_as_many_articles_and_leden_as_its_markup_has() {
        let Some(text) = shared("corpora/nl/bwbr0001854.2014.bwb.xml") else {
            return;
        };
        let act = act_of(read, &text);
        assert_eq!(body_articles(&act), 740);
        let leden = act
            .provisions
            .iter()
            .filter(|unit| unit.kind == UnitKind::Subsection)
            .count();
        assert_eq!(leden, 1086);
    }
}
