//! Crown Legislation Markup Language (United Kingdom).

use super::xml::{
    MOST_SIBLINGS, Node, Opening, Passage, Place, QuotationMarks, Role, Tree, Vocabulary,
    is_citable, write,
};
use crate::ingest::ActBuilder;
use crate::law::{Standing, UnitKind};

/// Elements whose words are no part of a heading or number.
const MARKS: &[&str] = &["CommentaryRef", "FootnoteRef", "MarginNoteRef"];

/// Reads a CLML document.
///
/// # Errors
/// When the document has no element at all.
pub(crate) fn read(text: &str, builder: &mut ActBuilder) -> Result<(), String> {
    let tree = Tree::parse(text, builder);
    let root = tree.root().ok_or("no element in the document")?;
    metadata(root, builder);
    write(root, &mut Clml::default(), builder);
    Ok(())
}

fn metadata(root: Node<'_>, builder: &mut ActBuilder) {
    let data = root.child("Metadata");
    let words = |name: &str| data.map_or_else(String::new, |data| data.child_words(name, MARKS));
    let metadata = builder.metadata();
    if metadata.title.is_empty() {
        metadata.title = words("title");
    }
    if metadata.identifier.is_empty() {
        metadata.identifier = root.attribute("IdURI").into_owned();
    }
    if metadata.language.is_empty() {
        let language = words("language");
        metadata.language = match language.trim() {
            "" => "en".into(),
            code => code.to_owned(),
        };
    }
    if metadata.date.is_empty() {
        metadata.date = words("valid");
    }
    if metadata.date.is_empty() {
        metadata.date = data
            .and_then(|data| data.descendant("EnactmentDate"))
            .map(|date| date.attribute("Date").into_owned())
            .unwrap_or_default();
    }
}

#[derive(Default)]
struct Clml {
    /// One past the last place of the schedule the walk is in.
    schedule_end: u32,
}

impl Vocabulary for Clml {
    fn role<'t>(&mut self, node: Node<'t>, _place: &Place) -> Role<'t> {
        let in_schedule = node.place() < self.schedule_end;
        if node.name() == "Schedule" {
            self.schedule_end = self.schedule_end.max(node.end());
        }
        match node.name() {
            "Metadata" | "Contents" | "CommentaryRef" | "FootnoteRef" | "MarginNoteRef"
            | "Pnumber" | "Figure" | "Image" | "Resources" | "Versions" => Role::Drop,
            "Title" | "Number" | "TitleBlock" if is_headed(node.parent_name()) => Role::Drop,
            "LongTitle" => Role::Passages(long_title(node)),
            "DateOfEnactment" if has_long_title(node) => Role::Drop,
            "PrimaryPrelims" | "SecondaryPrelims" | "EUPrelims" => {
                Opening::new(UnitKind::Preamble, "").role()
            }
            "Commentaries" | "Footnotes" | "MarginNotes" | "ExplanatoryNotes" | "EarlierOrders"
            | "SignedSection" | "Reference" => Role::Under(Standing::Note),
            "BlockAmendment" | "BlockExtract" => Role::Quotation(marks(node)),
            "InlineAmendment" | "InlineExtract" => Role::Quoting,
            // Only a full stop after quoted text.
            "AppendText" if !is_citable(node.start_of_text()) => Role::Drop,
            "Group" => group(node, UnitKind::Part),
            "Part" | "EUPart" => group(node, UnitKind::Part),
            "EUTitle" => group(node, UnitKind::Title),
            "Chapter" | "EUChapter" => group(node, UnitKind::Chapter),
            "Pblock" | "PsubBlock" | "EUSection" | "EUSubsection" => {
                group(node, UnitKind::Division)
            }
            "Schedule" | "Attachment" | "Appendix" => group(node, UnitKind::Schedule),
            // The paragraphs of a schedule have their titles over them, not
            // beside their numbers.
            "P1group" if in_schedule || several_units(node) => group(node, UnitKind::Division),
            "P1" if in_schedule => unit(node, UnitKind::Article, None),
            "P1" => unit(node, UnitKind::Article, own_group(node)),
            "P2" => unit(node, UnitKind::Subsection, None),
            "P3" => unit(node, UnitKind::Point, None),
            "P4" | "P5" | "P6" | "P7" => unit(node, UnitKind::Subpoint, None),
            "ListItem" => item(node),
            "td" | "th" => Role::Gap,
            "Text" | "Para" if matches!(node.parent_name(), "td" | "th") => Role::Gap,
            "Legislation" | "Primary" | "Secondary" | "Body" | "Schedules" | "ScheduleBody"
            | "P1group" | "P2group" | "P3group" | "P" | "Para" | "Text" | "P1para" | "P2para"
            | "P3para" | "P4para" | "P5para" | "P6para" | "P7para" | "AppendText"
            | "UnorderedList" | "OrderedList" | "KeyList" | "KeyListItem" | "Key"
            | "DateOfEnactment" | "DateText" | "IntroductoryText" | "EnactingText"
            | "PrimaryPreamble" | "SecondaryPreamble" | "Title" | "Number" | "TitleBlock"
            | "Subtitle" | "Tabular" | "table" | "caption" | "tr" | "Form" | "Formula"
            | "Where" | "Commentary" | "Footnote" | "FootnoteText" | "BlockText" | "Comment"
            | "EUBody" | "Division" | "AttachmentGroup" | "Attachments" | "EURecital"
            | "EUPreamble" | "MadeDate" | "LaidDate" | "ComingIntoForce" | "Approved"
            | "SubjectInformation" => Role::Block,
            _ => Role::Inline,
        }
    }
}

/// Whether an element takes its number and title when it opens.
fn is_headed(name: &str) -> bool {
    matches!(
        name,
        "Group"
            | "Part"
            | "Chapter"
            | "Pblock"
            | "PsubBlock"
            | "Schedule"
            | "P1group"
            | "EUPart"
            | "EUTitle"
            | "EUChapter"
            | "EUSection"
            | "EUSubsection"
            | "Attachment"
            | "Appendix"
    )
}

/// The date of enactment is printed before the long title and marked up
/// behind it.
fn long_title(node: Node<'_>) -> Vec<Passage> {
    let date = node
        .parent()
        .and_then(|prelims| prelims.child("DateOfEnactment"));
    [date, Some(node)]
        .into_iter()
        .flatten()
        .map(|node| Passage {
            opening: None,
            text: node.words(MARKS),
            standing: Standing::InForce,
        })
        .collect()
}

fn has_long_title(date: Node<'_>) -> bool {
    date.parent()
        .is_some_and(|prelims| prelims.child("LongTitle").is_some())
}

/// Whether a heading stands over more than one section.
fn several_units(group: Node<'_>) -> bool {
    group
        .elements()
        .filter(|child| child.name() == "P1")
        .nth(1)
        .is_some()
}

fn group<'t>(node: Node<'t>, kind: UnitKind) -> Role<'t> {
    let title = node
        .child("TitleBlock")
        .unwrap_or(node)
        .child_words("Title", MARKS);
    let number = node.child_words("Number", MARKS);
    if number.trim().is_empty() && title.trim().is_empty() && kind != UnitKind::Schedule {
        return Role::Block;
    }
    Opening::new(kind, number)
        .heading(title)
        .standing(standing(node))
        .role()
}

/// The group made for a section alone; its title is the section's heading.
fn own_group(node: Node<'_>) -> Option<Node<'_>> {
    node.parent()
        .filter(|parent| parent.name() == "P1group" && !several_units(*parent))
}

/// The marks around an amendment, and the stop that the amending sentence
/// goes on with. Both are left to the style sheet.
fn marks(node: Node<'_>) -> QuotationMarks {
    let (open, close) = match node.attribute("Format").as_ref() {
        "double" => ("“", "”"),
        "single" => ("‘", "’"),
        _ => ("", ""),
    };
    let goes_on = node
        .next_element()
        .filter(|next| next.name() == "AppendText" && !is_citable(next.start_of_text()))
        .map(|next| next.words(&[]))
        .unwrap_or_default();
    QuotationMarks::new(open, close, &goes_on)
}

/// A numbered provision. The brackets the law is printed with are left to the
/// style sheet: they are put back.
fn unit<'t>(node: Node<'t>, kind: UnitKind, group: Option<Node<'t>>) -> Role<'t> {
    let number = node.child("Pnumber");
    let words = number.map_or_else(String::new, |number| number.heading_words(MARKS));
    let bare = words.trim();
    if !is_citable(bare) {
        return Role::Block;
    }
    let mark = |name: &str| number.map_or_else(String::new, |n| n.attribute(name).into_owned());
    let (before, after) = (mark("PuncBefore"), mark("PuncAfter"));
    let printed = if !before.is_empty() || !after.is_empty() {
        format!("{before}{bare}{after}")
    } else if kind == UnitKind::Article || bare.starts_with('(') {
        bare.to_owned()
    } else {
        format!("({bare})")
    };
    let opening = Opening::new(kind, printed).standing(standing(node));
    match group {
        Some(group) => {
            let standing = match opening.standing {
                Standing::InForce => standing(group),
                own => own,
            };
            opening
                .heading(group.child_words("Title", MARKS))
                .standing(standing)
                .role()
        }
        None => opening.role(),
    }
}

/// List items print generated marks; definitions are paragraphs of their own.
fn item<'t>(node: Node<'t>) -> Role<'t> {
    let Some(list) = node.parent() else {
        return Role::Block;
    };
    if list.attribute("Class") == "Definition" {
        return Opening::new(UnitKind::Alinea, "").role();
    }
    let override_ = node.attribute("NumberOverride");
    if !override_.is_empty() {
        return Opening::new(UnitKind::Point, override_).role();
    }
    if list.name() != "OrderedList" {
        return Role::Block;
    }
    let before = list
        .elements()
        .take(MOST_SIBLINGS)
        .take_while(|other| !other.is(node))
        .filter(|other| other.name() == "ListItem")
        .count();
    if before == MOST_SIBLINGS {
        return Role::Block;
    }
    let place = before as u32 + 1;
    let place = place + list.attribute("Start").parse::<u32>().unwrap_or(1).max(1) - 1;
    let number = match list.attribute("Type").as_ref() {
        "alpha" => letter(place),
        "alphaupper" => letter(place).to_uppercase(),
        "roman" => roman(place),
        "romanupper" => roman(place).to_uppercase(),
        _ => place.to_string(),
    };
    let number = match list.attribute("Decoration").as_ref() {
        "parens" => format!("({number})"),
        "parenRight" => format!("{number})"),
        "brackets" => format!("[{number}]"),
        "bracketRight" => format!("{number}]"),
        "period" => format!("{number}."),
        _ => number,
    };
    Opening::new(UnitKind::Point, number).role()
}

/// a, b ... z, aa, bb ...
fn letter(place: u32) -> String {
    let place = place.saturating_sub(1);
    let letter = char::from(b'a' + (place % 26) as u8);
    std::iter::repeat_n(letter, place as usize / 26 + 1).collect()
}

fn roman(mut place: u32) -> String {
    const VALUES: &[(u32, &str)] = &[
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if place > 399 {
        return place.to_string();
    }
    let mut roman = String::new();
    for (value, digits) in VALUES {
        while place >= *value {
            roman.push_str(digits);
            place -= value;
        }
    }
    roman
}

fn standing(node: Node<'_>) -> Standing {
    match node.attribute("Status").as_ref() {
        "Repealed" => Standing::Repealed,
        "Prospective" | "Proposed" => Standing::NotInForce,
        _ => Standing::InForce,
    }
}

#[cfg(test)]
mod tests {
    use super::super::xml::testing::{act_of, body_articles, outline, shared};
    use super::read;

    const SAMPLE: &str = r#"<Legislation IdURI="http://example.invalid/id/1" xmlns:dc="d" xmlns:dct="t"><Metadata><dc:title>Goats Act 2030</dc:title><dct:valid>2030-01-02</dct:valid></Metadata>
<Contents><ContentsItem>1 Offence</ContentsItem></Contents>
<Primary><PrimaryPrelims><Title>Goats Act 2030</Title><Number>2030 c. 1</Number><LongTitle>An Act about goats.</LongTitle></PrimaryPrelims><Body>
<Part><Number>Part 1</Number><Title>Keeping</Title>
<P1group><Title>Offence</Title><P1 id="section-1"><Pnumber><CommentaryRef Ref="c1"/>1</Pnumber><P1para>
<P2><Pnumber>1</Pnumber><P2para><Text>A person who—</Text><P3><Pnumber>a</Pnumber><P3para><Text>sells, or</Text></P3para></P3><P3><Pnumber PuncAfter=")">b</Pnumber><P3para><Text>buys,</Text></P3para></P3><Text>a goat commits an offence.</Text></P2para></P2>
<P2><Pnumber>2</Pnumber><P2para><Text>In this section—</Text><UnorderedList Class="Definition" Decoration="none"><ListItem><Para><Text>“<Term>goat</Term>” means—</Text><OrderedList Type="roman" Decoration="parens"><ListItem><Para><Text>a kid,</Text></Para></ListItem><ListItem><Para><Text>a buck.</Text></Para></ListItem></OrderedList></Para></ListItem><ListItem><Para><Text>“<Term>sell</Term>” includes barter.</Text></Para></ListItem></UnorderedList></P2para></P2></P1para></P1></P1group>
<P1group Status="Repealed"><Title>Sheep</Title><P1><Pnumber>2</Pnumber><P1para><Text>. . . . . . . .</Text></P1para></P1></P1group>
<P1group><Title>Amendments</Title><P1><Pnumber>3</Pnumber><P1para><P2><Pnumber>1</Pnumber><P2para><Text>For <InlineAmendment>“wool”</InlineAmendment> substitute <InlineAmendment>“fleece”</InlineAmendment>.</Text></P2para></P2><P2><Pnumber>2</Pnumber><P2para><Text>Insert—</Text><BlockAmendment><P1><Pnumber>5A</Pnumber><P1para><Text>Fleece is taxed.</Text></P1para></P1></BlockAmendment><AppendText>.</AppendText></P2para></P2></P1para></P1></P1group>
<P1group><Title>Two sections</Title><P1><Pnumber>4</Pnumber><P1para><Text>Four.</Text></P1para></P1><P1><Pnumber>5</Pnumber><P1para><Text>Five.</Text></P1para></P1></P1group></Part></Body>
<Schedules><Schedule><Number>Schedule 1</Number><TitleBlock><Title>Breeds</Title></TitleBlock><Reference>(section 1)</Reference><ScheduleBody><P1><Pnumber>1</Pnumber><P1para><Text>Boer.</Text></P1para></P1></ScheduleBody></Schedule></Schedules></Primary>
<Commentaries><Commentary id="c1" Type="F"><Para><Text>S. 1 amended.</Text></Para></Commentary></Commentaries></Legislation>"#;

    #[test]
    fn brackets_return_and_amendments_are_quoted() {
        let act = act_of(read, SAMPLE);
        assert_eq!(
            outline(&act),
            "Preamble: Goats Act 2030 / 2030 c. 1 / An Act about goats.
Part Part 1 <Keeping>
 Article 1 <Offence>
  Subsection (1)
   Point (a): sells, or
   Point b): buys,
  Subsection (2)
   Alinea
    Point (i): a kid,
    Point (ii): a buck.
   Alinea: “sell” includes barter.
 Article 2 <Sheep> Repealed: . . . . . . . .
 Article 3 <Amendments>
  Subsection (1)
   Alinea Quoted: For “wool” substitute “fleece”.
  Subsection (2)
   Article 5A Quoted: Fleece is taxed.
 Division <Two sections>
  Article 4: Four.
  Article 5: Five.
Schedule 1 <Breeds>
 Alinea Note: (section 1)
 Article 1: Boer.
Alinea Note: S. 1 amended.
"
        );
        let text = act.text.as_str();
        assert!(text.contains("b) buys,\na goat commits an offence.\n(2) In this section—\n“goat” means—\n(i) a kid,\n"));
        assert_eq!(act.date, "2030-01-02");
    }

    #[test]
    fn a_real_act_gives_as_many_sections_as_it_announces() {
        let Some(text) = shared("formats/asp-2025-11.clml.xml") else {
            return;
        };
        let act = act_of(read, &text);
        // NumberOfProvisions: 67 in the body, 128 with the schedules, of which
        // four are only quoted there.
        assert_eq!(body_articles(&act), 67);
        assert_eq!(act.articles().count(), 128);
    }
}
