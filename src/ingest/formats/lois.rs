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
            "entry" | "Label" => Role::Gap,
            "Text" if node.parent_name() == "Footnote" => Role::Gap,
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

#[cfg(test)]
mod tests {
    use super::super::xml::testing::{act_of, body_articles, outline, shared};
    use super::read;

    const SAMPLE: &str = r#"<Statute xmlns:lims="http://example.invalid/lims" lims:pit-date="2030-01-02" xml:lang="en">
<Identification><LongTitle>An Act respecting goats</LongTitle><ShortTitle>Goats Act</ShortTitle><Chapter><ConsolidatedNumber>G-1</ConsolidatedNumber></Chapter></Identification>
<Introduction><Enacts><Provision><Text>The Assembly enacts:</Text></Provision></Enacts></Introduction>
<Body><Heading level="1"><Label>PART I</Label><TitleText>Keeping</TitleText></Heading><Heading level="2"><TitleText>Interpretation</TitleText></Heading>
<Section><MarginalNote>Definitions</MarginalNote><Label><FootnoteRef idref="n">*</FootnoteRef>2</Label><Subsection><Label>(1)</Label><Text>In this Act,</Text>
<Definition><MarginalNote><DefinedTermEn>goat</DefinedTermEn></MarginalNote><Text><DefinedTermEn>goat</DefinedTermEn> means <Language xml:lang="la">capra</Language> and includes<Paragraph><Label>(a)</Label><Text>a kid;</Text></Paragraph></Text><ContinuedDefinition><Text>but no sheep. (<DefinedTermFr>chèvre</DefinedTermFr>)</Text></ContinuedDefinition></Definition>
<Definition><Text><DefinedTermEn>ram</DefinedTermEn> <Repealed>[Repealed, 2029, c. 1]</Repealed></Text></Definition></Subsection>
<Subsection><MarginalNote>Offence</MarginalNote><Label>(2)</Label><Text>Every person who</Text><Paragraph><Label>(<Emphasis style="italic">a</Emphasis>)</Label><Text>sells</Text><Subparagraph><Label>(i)</Label><Text>a goat,</Text></Subparagraph></Paragraph><ContinuedSectionSubsection><Text>commits an offence.</Text></ContinuedSectionSubsection></Subsection>
<HistoricalNote><HistoricalNoteSubItem>2020, c. 3, s. 2</HistoricalNoteSubItem></HistoricalNote><Footnote><Label>*</Label><Text>[Note: in force.]</Text></Footnote></Section>
<Heading level="1"><Label>PART II</Label><TitleText>Amendments</TitleText></Heading>
<Section><Label>3</Label><Text>Section 5 of the Sheep Act is replaced:</Text><AmendedText><Section><MarginalNote>Wool</MarginalNote><Label>5</Label><Text>Wool is taxed.</Text></Section></AmendedText></Section>
<Section><Label>4</Label><Text><Repealed>[Repealed, 2021, c. 1]</Repealed></Text></Section></Body>
<Schedule><ScheduleFormHeading><Label>SCHEDULE I</Label><OriginatingRef>(Section 2)</OriginatingRef><TitleText>Breeds</TitleText></ScheduleFormHeading><List><Item><Label>1</Label><Text>Boer</Text></Item></List></Schedule>
<Schedule id="NifProvs"><ScheduleFormHeading><TitleText>AMENDMENTS NOT IN FORCE</TitleText></ScheduleFormHeading><BillPiece><RelatedOrNotInForce><Section><Label>9</Label><Text>Later.</Text></Section></RelatedOrNotInForce></BillPiece></Schedule>
<RecentAmendments><Amendment>x</Amendment></RecentAmendments></Statute>"#;

    #[test]
    fn definitions_stand_alone_and_amended_text_is_quoted() {
        let act = act_of(read, SAMPLE);
        assert_eq!(
            outline(&act),
            "Preamble: The Assembly enacts:
Part PART I <Keeping>
 Division <Interpretation>
  Article 2 <Definitions>
   Subsection (1)
    Alinea
     Point (a): a kid;
    Alinea Repealed: ram [Repealed, 2029, c. 1]
   Subsection (2) <Offence>
    Point (a)
     Subpoint (i): a goat,
   Alinea Note: 2020, c. 3, s. 2
   Alinea Note: * [Note: in force.]
Part PART II <Amendments>
 Article 3
  Article 5 <Wool> Quoted: Wool is taxed.
 Article 4 Repealed: [Repealed, 2021, c. 1]
Schedule I <Breeds (Section 2)>
 Point 1: Boer
Schedule 2 <AMENDMENTS NOT IN FORCE> NotInForce
 Article 9 NotInForce: Later.
"
        );
        let text = act.text.as_str();
        assert!(
            text.contains("goat means capra and includes\n(a) a kid;\nbut no sheep. (chèvre)\n")
        );
        assert!(text.contains(
            "(2) Offence\nEvery person who\n(a) sells\n(i) a goat,\ncommits an offence.\n"
        ));
        let offset = text.find("commits an offence").unwrap();
        assert_eq!(act.locator(act.innermost_at(offset)).to_string(), "2(2)");
        assert_eq!(
            (act.title.as_str(), act.identifier.as_str()),
            ("Goats Act", "G-1")
        );
        assert_eq!(act.date, "2030-01-02");
    }

    #[test]
    fn real_acts_and_bills_give_as_many_sections_as_their_markup_has() {
        for (file, body) in [
            ("corpora/ca/y-1.5_eng.xml", 172),
            ("corpora/ca/i-20.7_eng.xml", 13),
            ("corpora/ca/i-20.7_fra.xml", 13),
            ("bills/2011-c4_F.xml", 13),
            ("bills/2015-c23_E.XML", 34),
            ("bills/2024-c23_E.xml", 14),
        ] {
            let Some(text) = shared(file) else { return };
            let act = act_of(read, &text);
            assert_eq!(body_articles(&act), body, "{file}");
            assert!(act.problems.is_empty(), "{file}");
        }
    }
}
