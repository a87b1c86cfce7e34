//! United States Legislative Markup: the Code, statutes and bills.

use super::xml::{Node, Opening, Place, QuotationMarks, Role, Tree, Vocabulary, is_citable, write};
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
            "quotedContent" => Role::Quotation(QuotationMarks::default()),
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

#[cfg(test)]
mod tests {
    use super::super::xml::testing::{act_of, body_articles, outline, shared};
    use super::read;
    use crate::law::Standing;

    const SAMPLE: &str = r##"<lawDoc xml:lang="en" identifier="/xx/t1" xmlns:dc="d"><meta><dc:title>Title 1</dc:title><processedDate>2030-01-02T03:04:05</processedDate></meta><main>
<title><num value="1">TITLE 1—</num><heading>GOATS</heading><toc><referenceItem><designator>1.</designator><label>Offence</label></referenceItem></toc>
<chapter><num value="1">CHAPTER 1—</num><heading>KEEPING</heading>
<section><num value="1">§ 1. </num><heading>Offence<ref class="footnoteRef" idref="f">1</ref></heading>
<subsection><num value="a">(a) </num><heading>In general.—</heading><chapeau>Whoever—</chapeau><paragraph><num value="1">(1) </num><content>sells,<footnote id="f"><num>1</num> So in original.</footnote> or</content></paragraph><paragraph><num value="2">(2) </num><content>buys</content></paragraph><continuation>a goat shall be fined.</continuation></subsection>
<sourceCredit>(Act of 1900.)</sourceCredit><notes><note><heading>Amendments</heading><p>2001—Added: <quotedContent>“goat”.<section><num>“SEC. 9. </num><content>A child is under 14.</content></section></quotedContent></p></note></notes></section>
<section><num>[§ 2. </num><heading>Repealed. Pub. L. 1, 50 Stat. 1]</heading></section>
<section><num>§ 3. </num><content><p>In section 9, strike <quotedText>“wool”</quotedText>.</p></content></section>
<section><num>§ 4. </num><content>Add: <quotedContent><section><num>“§ 9A. </num><heading>Fleece</heading><content>Fleece is taxed.”.</content></section></quotedContent></content></section></chapter></title></main></lawDoc>"##;

    #[test]
    fn what_notes_and_bills_reprint_is_quoted() {
        let act = act_of(read, SAMPLE);
        assert_eq!(
            outline(&act),
            "Title TITLE 1— <GOATS>
 Chapter CHAPTER 1— <KEEPING>
  Article 1. <Offence>
   Subsection (a) <In general.—>
    Point (1)
     Alinea Note: 1 So in original.
    Point (2): buys
   Alinea Note: (Act of 1900.)
   Alinea Note: Amendments
   Alinea Note: 2001—Added:
   Alinea Quoted: “goat”.
   Article 9. Quoted: A child is under 14.
  Article 2. <Repealed. Pub. L. 1, 50 Stat. 1]> Repealed: \n  Article 3.
   Alinea Quoted: In section 9, strike “wool”.
  Article 4.
   Article 9A. <Fleece> Quoted: Fleece is taxed.”.
"
        );
        assert!(
            act.text
                .as_str()
                .contains("(2) buys\na goat shall be fined.\n")
        );
    }

    #[test]
    fn a_real_title_has_its_sections_and_none_of_those_its_notes_reprint() {
        let Some(text) = shared("formats/usc01-uslm2.xml") else {
            return;
        };
        let act = act_of(read, &text);
        // 53 `section` elements, of which 14 are reprinted in notes.
        assert_eq!(act.articles().count(), 53);
        assert_eq!(body_articles(&act), 39);
        let (note, law): (Vec<_>, Vec<_>) = act
            .ids()
            .filter(|id| act.children(*id).next().is_none())
            .partition(|id| matches!(act.standing(*id), Standing::Note | Standing::Quoted));
        let bytes =
            |ids: Vec<_>| -> usize { ids.into_iter().map(|id| act.provision(id).span.len()).sum() };
        assert!(bytes(note) > bytes(law));
    }
}
