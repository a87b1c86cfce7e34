//! Akoma Ntoso 3, with the local habits of those who publish it.

mod periods;

use std::collections::HashMap;

use periods::Periods;

use super::xml::{
    MOST_SIBLINGS, Node, Opening, Place, QuotationMarks, Role, Tree, Vocabulary, is_citable, write,
};
use crate::ingest::ActBuilder;
use crate::law::{Language, Number, Standing, UnitKind, Validity};

/// Elements whose words are no part of a heading or number.
const MARKS: &[&str] = &["authorialNote", "noteRef", "remark", "wikicomment"];

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
        standings: standings(root),
        own: is_own(root),
        periods: Periods::of(root),
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
            .filter(|value| !value.trim().is_empty() && !value.starts_with('#'))
    };
    if metadata.title.is_empty() {
        metadata.title = title(root)
            .filter(|_| !is_own(root))
            .or_else(|| find("FRBRWork", "FRBRname", "value"))
            .or_else(|| find("FRBRWork", "FRBRalias", "value"))
            .unwrap_or_default();
    }
    if metadata.identifier.is_empty() {
        let number = find("FRBRWork", "FRBRnumber", "value").filter(|_| is_own(root));
        metadata.identifier = number
            .or_else(|| find("FRBRWork", "FRBRuri", "value"))
            .unwrap_or_default();
    }
    if metadata.language.is_empty() {
        let code = find("FRBRExpression", "FRBRlanguage", "language").unwrap_or_default();
        metadata.language = Language::from_three_letters(&code).as_str().to_owned();
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
        .filter(|title| !title.trim().is_empty() && !title.starts_with('#'))
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

/// Whether this program wrote the document: then each element says exactly
/// which unit it is, and nothing has to be inferred from where it stands.
fn is_own(root: Node<'_>) -> bool {
    root.descendant("identification")
        .is_some_and(|node| node.attribute("source") == "#concord")
}

/// What the analysis says about elements, by their id: not yet in force, an
/// older wording, a transitional rule.
fn standings(root: Node<'_>) -> HashMap<String, Standing> {
    root.descendants()
        .filter(|node| node.name() == "otherAnalysis")
        .flat_map(Node::elements)
        .filter(|node| node.name() == "status")
        .filter_map(|node| {
            let status = node.attribute("refersTo");
            let standing = match status.trim_start_matches('#') {
                "superseded" => Standing::Superseded,
                "transitional" => Standing::Transitional,
                "note" => Standing::Note,
                "contents" => Standing::Contents,
                _ if status.contains("prospective") => Standing::NotInForce,
                _ => return None,
            };
            let id = node.attribute("href").trim_start_matches('#').to_owned();
            Some((id, standing))
        })
        .collect()
}

struct AkomaNtoso {
    level: ArticleLevel,
    standings: HashMap<String, Standing>,
    own: bool,
    periods: Periods,
}

impl AkomaNtoso {
    fn standing(&self, node: Node<'_>) -> Standing {
        let noted = if self.standings.is_empty() {
            None
        } else {
            self.standings.get(node.attribute("eId").as_ref())
        };
        match (noted, node.attribute("status").as_ref()) {
            (Some(standing), _) => *standing,
            (None, "removed" | "repealed") => Standing::Repealed,
            _ => Standing::InForce,
        }
    }
}

impl Vocabulary for AkomaNtoso {
    fn role<'t>(&mut self, node: Node<'t>, place: &Place) -> Role<'t> {
        let meaning = match self.own.then(|| own_meaning(node, self.level)).flatten() {
            Some(meaning) => meaning,
            None => self.meaning(node, place),
        };
        match meaning {
            Role::Unit(opening) if opening.standing == Standing::InForce => Role::Unit(Opening {
                standing: self.standing(node),
                ..opening
            }),
            role => role,
        }
    }

    fn is_exact(&self) -> bool {
        self.own
    }

    fn validity(&self, node: Node<'_>) -> Validity {
        self.periods.validity(node)
    }

    fn paragraph_validity(&self, node: Node<'_>) -> Validity {
        self.periods.validity(node)
    }

    /// Indentation between `section 2` and `(1)` separates no words.
    fn blank_counts(&self, blank: Node<'_>) -> bool {
        !blank.follows_line_break()
            || blank
                .after()
                .is_none_or(|next| next.name() != "ref" || !next.start_of_text().starts_with('('))
    }
}

impl AkomaNtoso {
    fn meaning<'t>(&self, node: Node<'t>, place: &Place) -> Role<'t> {
        match node.name() {
            "meta" if node.child("notes").is_some() => Role::Block,
            "notes" => Role::Under(Standing::Note),
            _ if node.parent_name() == "meta" => Role::Drop,
            "preface" if node.parent_name() == "amendment" => Role::Under(Standing::Note),
            "inline" if !is_citable(node.start_of_text()) => Role::Drop,
            "meta" | "staticContent" | "coverPage" | "toc" | "img" | "noteRef" | "marker" => {
                Role::Drop
            }
            "num" | "heading" | "subheading" if is_consumed(node) => Role::Drop,
            "title" if is_heading(node) => Role::Drop,
            "preface" | "preamble" => Opening::new(UnitKind::Preamble, "").role(),
            "conclusions" | "amendmentJustification" | "rationale" => Role::Under(Standing::Note),
            "authorialNote" | "remark" | "wikicomment" => Role::Aside(Standing::Note),
            "del" => Role::Aside(Standing::Repealed),
            "quotedStructure" | "embeddedStructure" => Role::Quotation(marks(node)),
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

/// The marks around a quotation, and the stop that the amending sentence
/// goes on with.
fn marks(node: Node<'_>) -> QuotationMarks {
    let goes_on = node
        .next_element()
        .filter(|next| next.name() == "inline" && !is_citable(next.start_of_text()))
        .map(|next| next.words(&[]))
        .unwrap_or_default();
    QuotationMarks::new(
        node.attribute("startQuote").trim(),
        node.attribute("endQuote").trim(),
        &goes_on,
    )
}

/// The unit that an element of a document of our own is.
fn own_meaning<'t>(node: Node<'t>, level: ArticleLevel) -> Option<Role<'t>> {
    let by_name = node.attribute("name");
    let kind = match (node.name(), by_name.as_ref()) {
        ("preface", _) | ("hcontainer", "text") => return Some(Role::Block),
        ("preamble", _) | ("hcontainer", "preamble") => UnitKind::Preamble,
        ("hcontainer", "schedule") => UnitKind::Schedule,
        ("hcontainer", "unnumbered") | ("alinea", _) => UnitKind::Alinea,
        ("section" | "article", _) => UnitKind::Article,
        ("subsection", _) => UnitKind::Subsection,
        ("paragraph", _) if level == ArticleLevel::Article => UnitKind::Subsection,
        ("paragraph" | "point", _) => UnitKind::Point,
        ("subparagraph" | "indent", _) => UnitKind::Subpoint,
        ("book", _) => UnitKind::Book,
        ("part", _) => UnitKind::Part,
        ("title", _) => UnitKind::Title,
        ("chapter", _) => UnitKind::Chapter,
        ("division", _) => UnitKind::Division,
        _ => return None,
    };
    let mut opening = Opening::new(kind, node.child_words("num", MARKS)).heading(heading_of(node));
    // Numbers that are not printed, or are printed in another form, stand in
    // the attribute made for what a reader is shown.
    let cited = node.attribute("title");
    if !cited.is_empty() {
        opening.cited = Some(Number::new(&cited));
    }
    Some(opening.role())
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
                let words = child.heading_words(MARKS);
                if words.trim().is_empty() {
                    // The heading is wholly a marginal note.
                    heading.push_str(&child.heading_words(&[]));
                } else {
                    heading.push_str(&words);
                }
                heading.push(' ');
            }
            "subheading" => heading.push_str(&child.heading_words(MARKS)),
            "title" if is_heading(child) => heading.push_str(&child.heading_words(MARKS)),
            _ => {}
        }
    }
    heading
}

fn unit<'t>(node: Node<'t>, kind: UnitKind) -> Role<'t> {
    let number = node.child_words("num", MARKS);
    let number = if is_citable(&number) {
        number
    } else {
        String::new()
    };
    Opening::new(kind, number).heading(heading_of(node)).role()
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
    let text = node.start_of_text().trim_start();
    if is_history(node) {
        return Role::Under(Standing::Note);
    }
    let counted = matches!(node.name(), "subsection" | "paragraph" | "alinea")
        && place.kind == UnitKind::Article;
    if let Some(number) = leading_number(text).filter(|_| counted && has_numbered_sibling(node)) {
        return Role::Unit(Opening {
            number_in_text: true,
            ..Opening::new(UnitKind::Subsection, number)
        });
    }
    match place_among_unnumbered(node).filter(|_| counted) {
        Some(at) => Opening::counted(UnitKind::Subsection, at)
            .heading(heading_of(node))
            .role(),
        None => Role::Block,
    }
}

/// A rule, and under it the editors' history of the article.
fn is_history(node: Node<'_>) -> bool {
    node.start_of_text().trim_start().starts_with("-----")
}

/// A number the markup has left in the text, where others are marked up:
/// `3-ter. `.
fn leading_number(text: &str) -> Option<&str> {
    let number = text.split(' ').next()?;
    let bare = number.strip_suffix('.')?;
    let (digits, suffix) = bare.split_once('-').unwrap_or((bare, "x"));
    (digits.chars().all(|c| c.is_ascii_digit())
        && !digits.is_empty()
        && suffix.chars().all(|c| c.is_ascii_lowercase())
        && !suffix.is_empty())
    .then_some(number)
}

fn has_numbered_sibling(node: Node<'_>) -> bool {
    node.parent().is_some_and(|parent| {
        parent
            .elements()
            .take(MOST_SIBLINGS)
            .filter(|other| other.name() == node.name())
            .any(|other| is_citable(&other.child_words("num", MARKS)))
    })
}

/// The place, from 1, among two or more siblings of the same name of which
/// none is numbered.
fn place_among_unnumbered(node: Node<'_>) -> Option<u32> {
    let parent = node.parent()?;
    let mut at = None;
    let mut count = 0;
    for sibling in parent
        .elements()
        .take(MOST_SIBLINGS)
        .filter(|other| other.name() == node.name() && !is_history(*other))
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

#[cfg(test)]
mod tests {
    use super::super::clml;
    use super::super::xml::testing::{act_of, body_articles, outline, shared};
    use super::read;
    use crate::law::{Act, UnitKind};

    const HEAD: &str = r#"<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act><meta><identification source="x"><FRBRWork><FRBRuri value="/akn/xx/act/1"/></FRBRWork><FRBRExpression><FRBRdate date="2030-01-02" name="x"/><FRBRlanguage language="eng"/></FRBRExpression></identification></meta>"#;

    fn with_head(rest: &str) -> String {
        format!("{HEAD}{rest}</act></akomaNtoso>")
    }

    #[test]
    fn sections_quoted_text_and_schedules_keep_apart() {
        let act = act_of(
            read,
            &with_head(
                r##"<preface><longTitle><p>An Act about <docTitle>Goats</docTitle>.</p></longTitle></preface><body>
<part eId="part_I"><num>Part I</num><heading>Keeping<authorialNote><p>See s. 9</p></authorialNote></heading>
<hcontainer name="crossheading"><heading>General</heading>
<section eId="sec_1"><num>1</num><heading>Offence</heading>
<subsection><num>(1)</num><intro><p>A person<authorialNote marker="1"><p>Or company.</p></authorialNote> who—</p></intro>
<level class="para1"><num>(a)</num><content><p>sells, or</p></content></level><level class="para1"><num>(b)</num><content><p>buys,</p></content></level>
<wrapUp><p>a goat, under <ref href="#s2">section 2</ref>
   <ref href="#s2-1">(1)</ref>, commits an offence.</p></wrapUp></subsection>
<subsection status="removed"><num>(2)</num><content><p>Sheep are banned.</p></content></subsection></section></hcontainer>
<section eId="sec_2"><num>2</num><content><p><mod>In section 5 of the Sheep Act, for <quotedText>“wool”</quotedText> substitute <quotedText>“fleece”</quotedText>.</mod></p></content></section>
<section eId="sec_3"><num>3</num><content><p><mod>After that section insert—<quotedStructure startQuote="“"><section><num>5A</num><content><p>Fleece is taxed.</p></content></section></quotedStructure><inline name="appendText">.</inline></mod></p></content></section></part>
<hcontainer name="schedules"><hcontainer name="schedule"><num>Schedule 2<authorialNote><p>(section 1)</p></authorialNote></num><heading>Breeds</heading>
<paragraph><num>1</num><subparagraph><num>(1)</num><content><p>Boer.</p></content></subparagraph></paragraph></hcontainer></hcontainer></body><conclusions><p>Signed.</p></conclusions>"##,
            ),
        );
        assert_eq!(
            outline(&act),
            "Preamble: An Act about Goats.
Part Part I <Keeping>
 Division <General>
  Article 1 <Offence>
   Subsection (1)
    Alinea Note: Or company.
    Point (a): sells, or
    Point (b): buys,
   Subsection (2) Repealed: Sheep are banned.
 Article 2
  Alinea Quoted: In section 5 of the Sheep Act, for “wool” substitute “fleece”.
 Article 3
  Article 5A Quoted: Fleece is taxed.
Schedule 2 <Breeds>
 Article 1
  Subsection (1): Boer.
Alinea Note: Signed.
"
        );
        let text = act.text.as_str();
        assert!(text.contains("(b) buys,\na goat, under section 2(1), commits an offence.\n"));
        assert_eq!(body_articles(&act), 3);
        assert_eq!((act.title.as_str(), act.language.as_str()), ("Goats", "en"));
    }

    #[test]
    fn unnumbered_subsections_are_cited_by_their_place() {
        let act = act_of(
            read,
            &with_head(
                r#"<body><chapter><num>2 luku</num><section><num>3 §</num><heading>Vuohi</heading>
<subsection><content><p>Vuohi on eläin.</p></content></subsection>
<subsection><intro><p>Vuohi saa:</p></intro><paragraph><num>1)</num><content><p>syödä;</p></content></paragraph></subsection></section></chapter></body>"#,
            ),
        );
        let last = act.ids().last().unwrap();
        assert_eq!(act.locator(last).to_string(), "3(2)(1)");
        assert!(
            act.text
                .as_str()
                .ends_with("3 § Vuohi\nVuohi on eläin.\nVuohi saa:\n1) syödä;\n")
        );
    }

    #[test]
    fn numbers_left_in_the_text_and_editors_history_are_found() {
        let act = act_of(
            read,
            &with_head(
                r#"<body><article><num>Art. 5.</num><heading>Capre</heading>
<paragraph><num>1.</num><list><intro><p>Si intende per:</p></intro><point><num>a)</num><content><p>LETTERA SOPPRESSA DAL D.LGS. 1 GENNAIO 2030, N. 1;</p></content></point></list></paragraph>
<paragraph><content><p> 1-bis. La capra e' un animale.</p></content></paragraph>
<paragraph><content><p>------------</p><p>AGGIORNAMENTO (1)</p></content></paragraph></article>
<article><num>Art. 6.</num><paragraph><content><p><ins>((ARTICOLO ABROGATO DAL D.LGS. 1 GENNAIO 2030, N. 1))</ins></p></content></paragraph>
<paragraph><content><p>-----</p><p>AGGIORNAMENTO (2)</p></content></paragraph></article></body>"#,
            ),
        );
        assert_eq!(
            outline(&act),
            "Article 5. <Capre>
 Subsection 1.
  Point a) Repealed: LETTERA SOPPRESSA DAL D.LGS. 1 GENNAIO 2030, N. 1;
 Subsection 1-bis.: La capra e' un animale.
 Alinea Note: ------------
 Alinea Note: AGGIORNAMENTO (1)
Article 6. Repealed
 Alinea Note: -----
 Alinea Note: AGGIORNAMENTO (2)
"
        );
        assert!(
            act.text
                .as_str()
                .starts_with("Art. 5. Capre\n1. Si intende per:\n")
        );
    }

    #[test]
    fn points_with_marginal_notes_are_articles_where_there_are_no_others() {
        let act = act_of(
            read,
            &with_head(
                r#"<body><title><content><p>חוק העזים</p></content></title><part><num>חלק א׳</num><title><content><p>כללי</p></content></title>
<section><num>סימן א׳</num><list><point eId="point_1"><heading><authorialNote placement="side"><p>איסור</p></authorialNote></heading><num>1א.</num>
<list><point><num>(א)</num><list><intro><p>העושה אחת מאלה:</p></intro><point><num>(1)</num><content><p>מוכר עז;</p></content></point><wrapup><content><p>דינו קנס.</p></content></wrapup></list></point></list></point>
<point><heading/><num>2.</num><content><p><wikicomment>(בוטל).</wikicomment></p></content></point></list></section></part></body>"#,
            ),
        );
        assert_eq!(
            outline(&act),
            "Part חלק א׳ <כללי>
 Division סימן א׳
  Article 1א. <איסור>
   Subsection (א)
    Point (1): מוכר עז;
  Article 2. Repealed
   Alinea Note: (בוטל).
"
        );
        assert_eq!(act.title, "חוק העזים");
        let offset = act.text.as_str().find("דינו").unwrap();
        let unit = act.provision(act.innermost_at(offset));
        assert_eq!(unit.kind, UnitKind::Subsection);
    }

    #[test]
    fn real_documents_give_as_many_units_as_their_markup_has() {
        for (file, body) in [
            ("formats/asp-2025-11.akn.xml", 67),
            ("formats/005G0104.akn.xml", 121),
            ("formats/constitution-1977-swa.akn.xml", 155),
            ("corpora/fi/2007_417_fin.akn.xml", 95),
            ("corpora/fi/2007_417_swe.akn.xml", 95),
            ("corpora/il/147488_he.xml", 141),
            ("corpora/il/150256_he.xml", 47),
            ("corpora/il/163378_he.xml", 19),
            ("corpora/il/174481_he.xml", 13),
            ("corpora/il/2002251_penal-law_he.xml", 645),
            ("corpora/il/560324_he.xml", 17),
        ] {
            let Some(text) = shared(file) else { return };
            let act = act_of(read, &text);
            assert_eq!(body_articles(&act), body, "{file}");
            assert!(act.problems.is_empty(), "{file}: {:?}", act.problems);
        }
    }

    #[test]
    fn an_act_and_its_twin_in_another_vocabulary_have_the_same_units() {
        let (Some(akn), Some(twin)) = (
            shared("formats/asp-2025-11.akn.xml"),
            shared("formats/asp-2025-11.clml.xml"),
        ) else {
            return;
        };
        // Definitions have no number and no heading in the one, other names in the other.
        let units = |act: &Act| -> Vec<String> {
            act.ids()
                .filter(|id| act.article_of(*id).is_some())
                .filter(|id| act.provision(*id).kind != UnitKind::Alinea)
                .map(|id| format!("{} {:?}", act.locator(id), act.standing(id)))
                .collect()
        };
        let (akn, twin) = (act_of(read, &akn), act_of(clml::read, &twin));
        let (left, right) = (units(&akn), units(&twin));
        for (place, (left, right)) in left.iter().zip(&right).enumerate() {
            assert_eq!(left, right, "unit {place}");
        }
        assert_eq!(left.len(), right.len());
    }
}
