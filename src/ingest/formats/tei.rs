//! TEI: nested `div` elements whose `head` tells what they are.

use super::xml::{
    Node, Opening, Place, Role, Tree, Vocabulary, bracketed_number, is_citable, without_word, write,
};
use crate::ingest::ActBuilder;
use crate::law::{Standing, UnitKind};

/// Elements whose words are no part of a heading or number.
const MARKS: &[&str] = &["note", "fw"];

/// Subsections are opened by their first paragraph and hold what follows it.
const SUBSECTION: u32 = 1;

/// Words that grouping headings have in the languages TEI texts of law are
/// written in, with the kind they mean.
const GROUPS: &[(&str, UnitKind)] = &[
    ("buch", UnitKind::Book),
    ("book", UnitKind::Book),
    ("livre", UnitKind::Book),
    ("libro", UnitKind::Book),
    ("teil", UnitKind::Part),
    ("part", UnitKind::Part),
    ("kapitel", UnitKind::Chapter),
    ("chap", UnitKind::Chapter),
    ("capit", UnitKind::Chapter),
    ("tit", UnitKind::Title),
    ("anlage", UnitKind::Schedule),
    ("anhang", UnitKind::Schedule),
    ("annex", UnitKind::Schedule),
    ("schedule", UnitKind::Schedule),
    ("appendix", UnitKind::Schedule),
];

/// Reads a TEI document.
///
/// # Errors
/// When the document has no `text` element.
pub(crate) fn read(text: &str, builder: &mut ActBuilder) -> Result<(), String> {
    let tree = Tree::parse(text, builder);
    let root = tree.root().ok_or("no element in the document")?;
    metadata(root, builder);
    let body = root.descendant("text").ok_or("no <text> element")?;
    write(body, &mut Tei, builder);
    Ok(())
}

fn metadata(root: Node<'_>, builder: &mut ActBuilder) {
    let header = root.child("teiHeader");
    let words = |name: &str| {
        header
            .and_then(|header| header.descendant(name))
            .map(|node| node.words(MARKS))
            .unwrap_or_default()
    };
    let metadata = builder.metadata();
    if metadata.title.is_empty() {
        metadata.title = words("title");
    }
    if metadata.identifier.is_empty() {
        metadata.identifier = words("idno");
    }
    if metadata.identifier.is_empty() {
        metadata.identifier = root.attribute("id").into_owned();
    }
    if metadata.language.is_empty() {
        metadata.language = root.attribute("lang").into_owned();
    }
    if metadata.language.is_empty() {
        metadata.language = root
            .descendant("language")
            .map(|node| node.attribute("ident").into_owned())
            .unwrap_or_default();
    }
    if metadata.date.is_empty() {
        metadata.date = words("date");
    }
}

struct Tei;

impl Vocabulary for Tei {
    fn role<'t>(&mut self, node: Node<'t>, place: &Place) -> Role<'t> {
        match node.name() {
            "fw" | "pb" | "cb" | "graphic" | "figure" => Role::Drop,
            "head" if is_div(node.parent_name()) => Role::Drop,
            "front" => Opening::new(UnitKind::Preamble, "").role(),
            "note" => Role::Aside(Standing::Note),
            "del" => Role::Aside(Standing::Repealed),
            "opener" | "closer" | "back" => Role::Under(Standing::Note),
            name if is_div(name) => division(node),
            "p" | "ab" => paragraph(node, place),
            "item" => item(node, place),
            "cell" => Role::Gap,
            "group" | "text" | "body" | "list" | "head" | "label" | "table" | "row" | "lg"
            | "l" | "quote" | "cit" | "trailer" | "byline" | "dateline" | "signed" => Role::Block,
            _ => Role::Inline,
        }
    }
}

fn is_div(name: &str) -> bool {
    name.strip_prefix("div")
        .is_some_and(|level| level.len() <= 1)
}

/// A division: an article if its heading begins with a number or a word for
/// one, else a group.
fn division<'t>(node: Node<'t>) -> Role<'t> {
    let mut heads = node
        .elements()
        .filter(|child| child.name() == "head")
        .map(|head| head.heading_words(MARKS));
    let number = heads.next().unwrap_or_default();
    let heading = heads.collect::<Vec<_>>().join(" ");
    let number = number.trim();
    if number.is_empty() && heading.trim().is_empty() {
        return Role::Block;
    }
    if matches!(
        node.attribute("type").as_ref(),
        "contents" | "toc" | "index"
    ) {
        return Role::Drop;
    }
    let lower = number.to_lowercase();
    let named = matches!(
        node.attribute("type").as_ref(),
        "article" | "clause" | "paragraph"
    );
    if named || is_article(&lower) {
        return Opening::new(UnitKind::Article, number.to_owned())
            .heading(heading)
            .role();
    }
    let kind = GROUPS
        .iter()
        .find(|(word, _)| lower.contains(word))
        .map_or(UnitKind::Division, |(_, kind)| *kind);
    Opening::new(kind, number.to_owned())
        .heading(heading)
        .role()
}

/// `§ 5`, `Art. 5`, `Section 5`, `5.`, in small letters.
fn is_article(heading: &str) -> bool {
    let bare = without_word(heading);
    let words = ["§", "art", "section", "sec", "clause"];
    bare.starts_with(|c: char| c.is_ascii_digit())
        && (bare.len() == heading.len() || words.iter().any(|word| heading.starts_with(word)))
}

/// In an article a paragraph that begins with "(1)" opens a subsection that
/// holds the lists and paragraphs after it.
fn paragraph<'t>(node: Node<'t>, place: &Place) -> Role<'t> {
    let direct = is_div(node.parent_name());
    match bracketed_number(node.start_of_text()) {
        Some(number) if direct && place.in_article => Role::Begins(
            SUBSECTION,
            Opening {
                number_in_text: true,
                ..Opening::new(UnitKind::Subsection, number)
            },
        ),
        _ => Role::Block,
    }
}

fn item<'t>(node: Node<'t>, place: &Place) -> Role<'t> {
    let number = node.attribute("n");
    let kind = match place.kind {
        UnitKind::Point | UnitKind::Subpoint => UnitKind::Subpoint,
        _ => UnitKind::Point,
    };
    if is_citable(&number) {
        Opening::new(kind, number).role()
    } else {
        Role::Block
    }
}

#[cfg(test)]
mod tests {
    use super::super::xml::testing::{act_of, body_articles, outline, shared};
    use super::read;

    const SAMPLE: &str = r#"<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="de"><teiHeader><fileDesc><titleStmt><title>Ziegengesetz</title></titleStmt><publicationStmt><date>2030-01-02</date></publicationStmt></fileDesc></teiHeader>
<text><front><p>Der Rat beschließt:</p></front><body>
<div><head>Erster Teil</head><head type="subtitle">Haltung</head>
<div><head>§ 1</head><head type="subtitle">Verbot</head><pb n="2"/>
<p>(1) Wer eine Ziege<note place="foot">Auch Schafe.</note></p><list><item n="1.">verkauft<list><item n="a)">nachts,</item></list></item><item n="2.">stiehlt,</item></list><p>wird bestraft.</p>
<p>(2) Der Versuch ist strafbar.</p></div>
<div><head>§ 2</head><p>(weggefallen)</p></div></div>
<div><head>Anlage 1</head><div><head>§ 1</head><p>Rassen.</p></div></div></body></text></TEI>"#;

    #[test]
    fn paragraphs_after_a_list_stay_in_their_subsection() {
        let act = act_of(read, SAMPLE);
        assert_eq!(
            outline(&act),
            "Preamble: Der Rat beschließt:
Part Erster Teil <Haltung>
 Article 1 <Verbot>
  Subsection (1)
   Alinea Note: Auch Schafe.
   Point 1.
    Subpoint a): nachts,
   Point 2.: stiehlt,
  Subsection (2): Der Versuch ist strafbar.
 Article 2 Repealed: (weggefallen)
Schedule 1
 Article 1: Rassen.
"
        );
        let offset = act.text.as_str().find("wird bestraft").unwrap();
        assert_eq!(
            act.locator(act.innermost_at(offset)).to_string(),
            "§ 1 Abs. 1"
        );
    }

    #[test]
    fn a_real_code_gives_an_article_for_every_numbered_head() {
        let Some(text) = shared("formats/stgb.tei.xml") else {
            return;
        };
        let heads = text.matches("<head>§").count();
        assert_eq!(body_articles(&act_of(read, &text)), heads);
    }
}
