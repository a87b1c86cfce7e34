//! Icelandic law XML.

use super::xml::{Node, Opening, Place, Role, Tree, Vocabulary, is_citable, write};
use crate::ingest::ActBuilder;
use crate::law::{Number, Standing, UnitKind};

/// Elements whose words are no part of a heading or number.
const MARKS: &[&str] = &["footnotes", "location"];

/// Reads a document.
///
/// # Errors
/// When the document has no element at all.
pub(crate) fn read(text: &str, builder: &mut ActBuilder) -> Result<(), String> {
    let tree = Tree::parse(text, builder);
    let root = tree.root().ok_or("no element in the document")?;
    metadata(root, builder);
    write(root, &mut Althingi, builder);
    Ok(())
}

fn metadata(root: Node<'_>, builder: &mut ActBuilder) {
    let metadata = builder.metadata();
    if metadata.title.is_empty() {
        metadata.title = root.child_words("name", MARKS);
    }
    if metadata.identifier.is_empty() {
        metadata.identifier = format!("{}/{}", root.attribute("nr"), root.attribute("year"));
    }
    if metadata.language.is_empty() {
        metadata.language = "is".into();
    }
    if metadata.date.is_empty() {
        metadata.date = root
            .child("num-and-date")
            .map(|node| node.child_words("date", MARKS))
            .unwrap_or_default();
    }
}

struct Althingi;

impl Vocabulary for Althingi {
    fn role<'t>(&mut self, node: Node<'t>, place: &Place) -> Role<'t> {
        match node.name() {
            "num-and-date" | "minister-clause" | "nr-title" | "location" | "images" => Role::Drop,
            "name" => Role::Drop,
            "footnotes" => Role::Under(Standing::Note),
            "superchapter" => unit(node, UnitKind::Part),
            "chapter" => unit(node, UnitKind::Chapter),
            "subchapter" => unit(node, UnitKind::Division),
            "appendix" | "extra" => unit(node, UnitKind::Schedule),
            "art" => article(node),
            "subart" => counted(node),
            "numart" | "art-chapter" => {
                let kind = match place.kind {
                    UnitKind::Point | UnitKind::Subpoint => UnitKind::Subpoint,
                    _ => UnitKind::Point,
                };
                unit(node, kind)
            }
            "td" | "th" => Role::Gap,
            "paragraph" | "sen" if in_cell(node) => Role::Gap,
            "sen" | "sen-title" | "definition" | "em" | "i" | "b" | "sup" | "sub" | "a" => {
                Role::Inline
            }
            "footnote-sen" => Role::Gap,
            _ => Role::Block,
        }
    }
}

fn in_cell(node: Node<'_>) -> bool {
    let parent = node.parent();
    parent.is_some_and(|parent| {
        matches!(parent.name(), "td" | "th") || matches!(parent.parent_name(), "td" | "th")
    })
}

fn unit<'t>(node: Node<'t>, kind: UnitKind) -> Role<'t> {
    let number = node.child_words("nr-title", MARKS);
    let heading = node.child_words("name", MARKS);
    if !is_citable(&number) && heading.trim().is_empty() {
        return Role::Block;
    }
    Opening::new(kind, number).heading(heading).role()
}

/// `210. gr. a.` is cited as 210a, which is how the markup numbers it.
fn article<'t>(node: Node<'t>) -> Role<'t> {
    let number = node.attribute("nr");
    match unit(node, UnitKind::Article) {
        Role::Unit(opening) if is_citable(&number) => Role::Unit(Opening {
            cited: Some(Number::new(&number)),
            ..opening
        }),
        role => role,
    }
}

/// Subsections are counted where there are several.
fn counted<'t>(node: Node<'t>) -> Role<'t> {
    let several = node.parent().is_some_and(|parent| {
        parent
            .elements()
            .filter(|sibling| sibling.name() == "subart")
            .nth(1)
            .is_some()
    });
    match node.attribute("nr").parse() {
        Ok(place) if several => Opening::counted(UnitKind::Subsection, place)
            .heading(node.child_words("name", MARKS))
            .role(),
        _ => Role::Block,
    }
}

#[cfg(test)]
mod tests {
    use super::super::xml::testing::{act_of, body_articles, outline, shared};
    use super::read;

    const SAMPLE: &str = r#"<law nr="1" year="2030"><name>Geitalög</name><num-and-date><date>2030-01-02</date><num>1</num></num-and-date><minister-clause>&lt;a href="x"&gt;Ferill&lt;/a&gt;</minister-clause>
<chapter nr="1"><nr-title>I. kafli.</nr-title><name>Geitur.</name>
<art nr="2a"><nr-title>2. gr. a.</nr-title><name>Bann.</name>
<subart nr="1"><paragraph nr="1"><sen nr="1">Bannað er að:</sen><numart nr="1"><nr-title>1.</nr-title><paragraph><sen>selja geit,</sen>
 <sen>eða kaupa,</sen></paragraph></numart></paragraph><paragraph nr="2"><sen>nema að degi.</sen></paragraph></subart>
<subart nr="2"><paragraph><sen>Brot varða sektum.</sen></paragraph></subart>
<footnotes><footnote nr="1"><footnote-sen>L. 2/2031, 1. gr.</footnote-sen><location xpath="x"/></footnote></footnotes></art>
<art nr="3"><nr-title>3. gr.</nr-title><subart nr="1"><paragraph><sen>…</sen></paragraph></subart></art></chapter></law>"#;

    #[test]
    fn articles_are_cited_as_the_markup_numbers_them() {
        let act = act_of(read, SAMPLE);
        assert_eq!(
            outline(&act),
            "Chapter I. kafli. <Geitur.>
 Article 2a <Bann.>
  Subsection 1
   Point 1.: selja geit, eða kaupa,
  Subsection 2: Brot varða sektum.
  Alinea Note: L. 2/2031, 1. gr.
 Article 3 Repealed: …
"
        );
        assert!(act.text.as_str().contains(
            "2. gr. a. Bann.\nBannað er að:\n1. selja geit, eða kaupa,\nnema að degi.\n"
        ));
        assert_eq!(
            (act.title.as_str(), act.identifier.as_str()),
            ("Geitalög", "1/2030")
        );
    }

    #[test]
    fn a_real_code_gives_as_many_articles_as_its_markup_has() {
        let Some(text) = shared("formats/1940.19.156b.xml") else {
            return;
        };
        assert_eq!(body_articles(&act_of(read, &text)), 299);
    }
}
