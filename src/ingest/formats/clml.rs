//! Crown Legislation Markup Language (United Kingdom).

use super::xml::{Node, Opening, Place, Role, Tree, Vocabulary, is_citable, write};
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
    write(root, &mut Clml, builder);
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

struct Clml;

impl Vocabulary for Clml {
    fn role<'t>(&mut self, node: Node<'t>, _place: &Place) -> Role<'t> {
        match node.name() {
            "Metadata" | "Contents" | "CommentaryRef" | "FootnoteRef" | "MarginNoteRef"
            | "Pnumber" | "Figure" | "Image" | "Resources" | "Versions" => Role::Drop,
            "Title" | "Number" | "TitleBlock" if is_headed(node.parent_name()) => Role::Drop,
            "PrimaryPrelims" | "SecondaryPrelims" | "EUPrelims" => {
                Opening::new(UnitKind::Preamble, "").role()
            }
            "Commentaries" | "Footnotes" | "MarginNotes" | "ExplanatoryNotes" | "EarlierOrders"
            | "SignedSection" | "Reference" => Role::Under(Standing::Note),
            "BlockAmendment" | "BlockExtract" => Role::Under(Standing::Quoted),
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
            "P1group" if several_units(node) => group(node, UnitKind::Division),
            "P1" => unit(node, UnitKind::Article),
            "P2" => unit(node, UnitKind::Subsection),
            "P3" => unit(node, UnitKind::Point),
            "P4" | "P5" | "P6" | "P7" => unit(node, UnitKind::Subpoint),
            "ListItem" => item(node),
            "td" | "th" => Role::Gap,
            "Text" | "Para" if matches!(node.parent_name(), "td" | "th") => Role::Gap,
            "Legislation" | "Primary" | "Secondary" | "Body" | "Schedules" | "ScheduleBody"
            | "P1group" | "P2group" | "P3group" | "P" | "Para" | "Text" | "P1para" | "P2para"
            | "P3para" | "P4para" | "P5para" | "P6para" | "P7para" | "AppendText"
            | "UnorderedList" | "OrderedList" | "KeyList" | "KeyListItem" | "Key" | "LongTitle"
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
            | "PrimaryPrelims"
            | "SecondaryPrelims"
            | "EUPrelims"
    )
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

/// A numbered provision. The brackets the law is printed with are left to the
/// style sheet: they are put back.
fn unit<'t>(node: Node<'t>, kind: UnitKind) -> Role<'t> {
    let number = node.child("Pnumber");
    let words = number.map_or_else(String::new, |number| number.words(MARKS));
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
    // The section's heading is that of the group made for it alone.
    let group = node
        .parent()
        .filter(|parent| parent.name() == "P1group" && !several_units(*parent));
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
    let place = list
        .elements()
        .take_while(|other| !other.is(node))
        .filter(|other| other.name() == "ListItem")
        .count() as u32
        + 1;
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
