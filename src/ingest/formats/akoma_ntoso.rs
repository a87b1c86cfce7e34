//! Akoma Ntoso 3, with the local habits of those who publish it.

use super::xml::{Node, Opening, Place, Role, Tree, Vocabulary, is_citable, write};
use crate::ingest::ActBuilder;
use crate::law::{Standing, UnitKind};

/// Elements whose words are no part of a heading or number.
const MARKS: &[&str] = &["authorialNote", "noteRef", "remark", "wikicomment"];

/// Codes of ISO 639-2 and 639-3 that BCP 47 writes with two letters.
const LANGUAGES: &[(&str, &str)] = &[
    ("afr", "af"),
    ("amh", "am"),
    ("ara", "ar"),
    ("bul", "bg"),
    ("cat", "ca"),
    ("ces", "cs"),
    ("cym", "cy"),
    ("dan", "da"),
    ("deu", "de"),
    ("ger", "de"),
    ("ell", "el"),
    ("eng", "en"),
    ("est", "et"),
    ("eus", "eu"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("fre", "fr"),
    ("gle", "ga"),
    ("heb", "he"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("isl", "is"),
    ("ita", "it"),
    ("jpn", "ja"),
    ("kin", "rw"),
    ("kor", "ko"),
    ("lav", "lv"),
    ("lit", "lt"),
    ("mlt", "mt"),
    ("nld", "nl"),
    ("nor", "no"),
    ("nob", "nb"),
    ("nno", "nn"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("rus", "ru"),
    ("slk", "sk"),
    ("slv", "sl"),
    ("spa", "es"),
    ("swa", "sw"),
    ("swe", "sv"),
    ("tur", "tr"),
    ("ukr", "uk"),
    ("zho", "zh"),
];

/// Reads an Akoma Ntoso document.
///
/// # Errors
/// When the document has no element at all.
pub(crate) fn read(text: &str, builder: &mut ActBuilder) -> Result<(), String> {
    let tree = Tree::parse(text, builder);
    let root = tree.root().ok_or("no element in the document")?;
    metadata(root, builder);
    let mut vocabulary = AkomaNtoso {
        level: ArticleLevel::of(root),
    };
    write(root, &mut vocabulary, builder);
    Ok(())
}

fn metadata(root: Node<'_>, builder: &mut ActBuilder) {
    let metadata = builder.metadata();
    let identification = root.descendant("identification");
    let find = |group: &str, name: &str, attribute: &str| {
        identification
            .and_then(|node| node.child(group))
            .and_then(|node| node.child(name))
            .map(|node| node.attribute(attribute).into_owned())
            .filter(|value| !value.trim().is_empty())
    };
    if metadata.title.is_empty() {
        metadata.title = title(root)
            .or_else(|| find("FRBRWork", "FRBRname", "value"))
            .or_else(|| find("FRBRWork", "FRBRalias", "value"))
            .unwrap_or_default();
    }
    if metadata.identifier.is_empty() {
        metadata.identifier = find("FRBRWork", "FRBRuri", "value").unwrap_or_default();
    }
    if metadata.language.is_empty() {
        let code = find("FRBRExpression", "FRBRlanguage", "language").unwrap_or_default();
        metadata.language = LANGUAGES
            .iter()
            .find(|(long, _)| *long == code)
            .map_or(code, |(_, short)| (*short).to_owned());
    }
    if metadata.date.is_empty() {
        metadata.date = find("FRBRExpression", "FRBRdate", "date").unwrap_or_default();
    }
}

/// The title as the document prints it.
fn title(root: Node<'_>) -> Option<String> {
    root.descendants()
        .find(|node| node.name() == "docTitle" || is_document_title(*node))
        .map(|node| node.words(MARKS))
        .filter(|title| !title.trim().is_empty())
}

/// A `title` that is a heading of the whole body, not a group of articles.
fn is_document_title(node: Node<'_>) -> bool {
    node.name() == "title" && node.parent_name() == "body" && is_heading(node)
}

/// Some publishers use `title` for headings; a group has a number or heading
/// of its own.
fn is_heading(node: Node<'_>) -> bool {
    node.name() == "title"
        && node
            .elements()
            .all(|child| matches!(child.name(), "content" | "p"))
}

/// Which element is cited by number in this document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ArticleLevel {
    /// `article`; a `section` then groups articles.
    Article,
    /// `section`, `rule` or `clause`.
    Section,
    /// `point`, wherever no other point holds it.
    Point,
}

impl ArticleLevel {
    fn of(root: Node<'_>) -> Self {
        let mut points = false;
        for node in root.descendants() {
            match node.name() {
                "article" => return Self::Article,
                "point" if !points => points = node.child("heading").is_some(),
                _ => {}
            }
        }
        if points { Self::Point } else { Self::Section }
    }
}

struct AkomaNtoso {
    level: ArticleLevel,
}

impl Vocabulary for AkomaNtoso {
    fn role<'t>(&mut self, node: Node<'t>, place: &Place) -> Role<'t> {
        match node.name() {
            "meta" | "staticContent" | "coverPage" | "toc" | "img" | "noteRef" | "marker" => {
                Role::Drop
            }
            "num" | "heading" | "subheading" if is_consumed(node) => Role::Drop,
            "title" if is_heading(node) => Role::Drop,
            "preface" | "preamble" => Opening::new(UnitKind::Preamble, "").role(),
            "conclusions" | "amendmentJustification" | "rationale" => Role::Under(Standing::Note),
            "authorialNote" | "remark" | "wikicomment" => Role::Aside(Standing::Note),
            "del" => Role::Aside(Standing::Repealed),
            "quotedStructure" | "embeddedStructure" => Role::Under(Standing::Quoted),
            "quotedText" | "embeddedText" => Role::Quoting,
            "crossHeading" | "crossheading" => Role::Heads(
                1,
                Opening::new(UnitKind::Division, "").heading(node.words(MARKS)),
            ),
            "book" | "tome" => group(node, place, UnitKind::Book),
            "part" | "subpart" => group(node, place, UnitKind::Part),
            "title" | "subtitle" => group(node, place, UnitKind::Title),
            "chapter" | "subchapter" => group(node, place, UnitKind::Chapter),
            "division" | "subdivision" => group(node, place, UnitKind::Division),
            "section" if self.level != ArticleLevel::Section => {
                group(node, place, UnitKind::Division)
            }
            "attachment" | "appendix" | "annex" | "schedule" => {
                group(node, place, UnitKind::Schedule)
            }
            "hcontainer" => container(node, place),
            "article" | "section" | "rule" | "clause" => unit(node, UnitKind::Article),
            "point" if self.level == ArticleLevel::Point && !place.in_article => {
                unit(node, UnitKind::Article)
            }
            "subsection" | "paragraph" | "subparagraph" | "level" | "point" | "indent"
            | "subclause" | "subrule" | "alinea" | "sublist" | "transitional" | "proviso"
            | "item" => division(node, place),
            "num" => Role::Gap,
            "td" | "th" => Role::Gap,
            "p" if matches!(node.parent_name(), "td" | "th") => Role::Gap,
            "akomaNtoso" | "act" | "bill" | "doc" | "body" | "mainBody" | "attachments"
            | "components" | "component" | "collectionBody" | "amendmentList" | "amendment"
            | "amendmentBody" | "amendmentHeading" | "amendmentContent" | "documentCollection"
            | "heading" | "subheading" | "content" | "intro" | "wrapUp" | "wrapup" | "p"
            | "list" | "blockList" | "listIntroduction" | "listWrapUp" | "ul" | "ol" | "li"
            | "table" | "tr" | "caption" | "block" | "blockContainer" | "tblock" | "container"
            | "longTitle" | "formula" | "recitals" | "recital" | "citations" | "citation"
            | "interstitial" | "foreign" | "div" | "appendixBody" | "statement" => Role::Block,
            _ => Role::Inline,
        }
    }
}

/// Whether the element's parent took its number and heading when it opened.
fn is_consumed(node: Node<'_>) -> bool {
    !matches!(
        node.parent_name(),
        "tblock" | "blockContainer" | "block" | "amendmentHeading" | "mainBody" | "body"
    )
}

fn heading_of(node: Node<'_>) -> String {
    let mut heading = String::new();
    for child in node.elements() {
        match child.name() {
            "heading" => {
                let words = child.words(MARKS);
                if words.trim().is_empty() {
                    // The heading is wholly a marginal note.
                    heading.push_str(&child.words(&[]));
                } else {
                    heading.push_str(&words);
                }
                heading.push(' ');
            }
            "subheading" => heading.push_str(&child.words(MARKS)),
            "title" if is_heading(child) => heading.push_str(&child.words(MARKS)),
            _ => {}
        }
    }
    heading
}

fn standing(node: Node<'_>) -> Standing {
    match node.attribute("status").as_ref() {
        "removed" | "repealed" => Standing::Repealed,
        _ => Standing::InForce,
    }
}

fn unit<'t>(node: Node<'t>, kind: UnitKind) -> Role<'t> {
    let number = node.child_words("num", MARKS);
    let number = if is_citable(&number) {
        number
    } else {
        String::new()
    };
    Opening::new(kind, number)
        .heading(heading_of(node))
        .standing(standing(node))
        .role()
}

/// A group of articles; inside an article, a heading over some of its words.
fn group<'t>(node: Node<'t>, place: &Place, kind: UnitKind) -> Role<'t> {
    match unit(node, kind) {
        Role::Unit(opening) if opening.number.is_empty() && opening.heading.trim().is_empty() => {
            Role::Block
        }
        Role::Unit(opening) if place.in_article && place.standing == Standing::InForce => Opening {
            kind: UnitKind::Alinea,
            ..opening
        }
        .role(),
        role => role,
    }
}

/// `hcontainer` says what it is in its name.
fn container<'t>(node: Node<'t>, place: &Place) -> Role<'t> {
    match node.attribute("name").as_ref() {
        "schedule" | "annex" | "appendix" | "attachment" => unit(node, UnitKind::Schedule),
        "conclusions" | "preliminaryWork" | "signatures" | "explanatoryNote" => {
            Role::Under(Standing::Note)
        }
        "definition" => Opening::new(UnitKind::Alinea, node.child_words("num", MARKS))
            .heading(heading_of(node))
            .role(),
        _ => group(node, place, UnitKind::Division),
    }
}

/// A division of an article. Without number it is cited by its place, if the
/// others of its kind have none either.
fn division<'t>(node: Node<'t>, place: &Place) -> Role<'t> {
    let number = node.child_words("num", MARKS);
    if is_citable(&number) {
        // Under a subsection that is not counted, a paragraph is still a point.
        let kind = match place.below(&number) {
            UnitKind::Subsection if node.parent_name() == "subsection" => UnitKind::Point,
            kind => kind,
        };
        return unit(node, kind);
    }
    let counted = matches!(node.name(), "subsection" | "paragraph" | "alinea")
        && place.kind == UnitKind::Article;
    match place_among_unnumbered(node).filter(|_| counted) {
        Some(at) => Opening::counted(UnitKind::Subsection, at)
            .heading(heading_of(node))
            .standing(standing(node))
            .role(),
        None => Role::Block,
    }
}

/// The place, from 1, among two or more siblings of the same name of which
/// none is numbered.
fn place_among_unnumbered(node: Node<'_>) -> Option<u32> {
    let parent = node.parent()?;
    let mut at = None;
    let mut count = 0;
    for sibling in parent
        .elements()
        .filter(|other| other.name() == node.name())
    {
        if is_citable(&sibling.child_words("num", MARKS)) {
            return None;
        }
        count += 1;
        if sibling.is(node) {
            at = Some(count);
        }
    }
    at.filter(|_| count > 1)
}
