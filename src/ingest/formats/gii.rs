//! German gii-norm XML: a flat list of `norm` elements, each a grouping
//! heading or one unit of law, with `P` for *Absatz* and `DL` for lists.

use super::xml::{
    Node, Opening, Place, Role, Tree, Vocabulary, bracketed_number, is_citable, write,
};
use crate::ingest::ActBuilder;
use crate::law::{Standing, UnitKind};

/// Elements whose words are no part of a heading.
const MARKS: &[&str] = &["FnR", "fnr"];

/// Reads a gii-norm document.
///
/// # Errors
/// When the document has no `norm` element.
pub(crate) fn read(text: &str, builder: &mut ActBuilder) -> Result<(), String> {
    let tree = Tree::parse(text, builder);
    let root = tree.root().ok_or("no element in the document")?;
    let first = root.descendant("norm").ok_or("no <norm> element")?;
    metadata(root, first, builder);
    write(root, &mut Gii::default(), builder);
    Ok(())
}

fn metadata(root: Node<'_>, first: Node<'_>, builder: &mut ActBuilder) {
    let Some(data) = first.child("metadaten") else {
        return;
    };
    let built = root.attribute("builddate");
    let metadata = builder.metadata();
    if metadata.title.is_empty() {
        metadata.title = data.child_words("langue", MARKS);
    }
    if metadata.title.is_empty() {
        metadata.title = data.child_words("jurabk", MARKS);
    }
    if metadata.identifier.is_empty() {
        metadata.identifier = root.attribute("doknr").into_owned();
    }
    if metadata.language.is_empty() {
        metadata.language = "de".into();
    }
    if metadata.date.is_empty() {
        metadata.date = match (built.get(..4), built.get(4..6), built.get(6..8)) {
            (Some(year), Some(month), Some(day)) => format!("{year}-{month}-{day}"),
            _ => String::new(),
        };
    }
}

#[derive(Default)]
struct Gii {
    /// Number of the list item that comes next.
    item: String,
}

impl Vocabulary for Gii {
    fn role<'t>(&mut self, node: Node<'t>, place: &Place) -> Role<'t> {
        match node.name() {
            "norm" => norm(node),
            // The heading in it opens a group; all else went into the unit.
            "metadaten" if is_heading(node) => Role::Inline,
            "gliederungseinheit" if is_heading(node) => group(node),
            _ if node.parent_name() == "metadaten" => Role::Drop,
            "metadaten" | "FnR" | "kommentar" | "TOC" | "IMG" | "img" | "FILE" => Role::Drop,
            "P" => subsection(node, place),
            "DT" => {
                self.item = node.heading_words(MARKS);
                Role::Drop
            }
            "DD" => {
                let number = std::mem::take(&mut self.item);
                if is_citable(&number) {
                    let kind = match place.kind {
                        UnitKind::Point | UnitKind::Subpoint => UnitKind::Subpoint,
                        _ => UnitKind::Point,
                    };
                    Opening::new(kind, number).role()
                } else {
                    Role::Block
                }
            }
            "fussnoten" | "Footnotes" | "Footnote" => Role::Under(Standing::Note),
            "entry" => Role::Gap,
            "noindex" | "text" | "textdaten" | "Content" | "DL" | "LA" | "pre" | "table"
            | "tgroup" | "tbody" | "thead" | "tfoot" | "row" | "Title" | "Revision" | "quoteL"
            | "quoteR" => Role::Block,
            _ => Role::Inline,
        }
    }
}

/// Whether metadata (or a part of it) only name a grouping heading.
fn is_heading(node: Node<'_>) -> bool {
    let data = match node.name() {
        "metadaten" => Some(node),
        _ => node.parent(),
    };
    data.is_some_and(|data| {
        data.child("gliederungseinheit").is_some() && data.child("enbez").is_none()
    })
}

/// A `norm` is a unit if it has a designation, a heading if it has a place in
/// the division, else front matter.
fn norm<'t>(norm: Node<'t>) -> Role<'t> {
    let Some(data) = norm.child("metadaten") else {
        return Role::Block;
    };
    if is_heading(data) {
        return Role::Inline;
    }
    let designation = data.child_words("enbez", MARKS);
    let heading = data.child_words("titel", MARKS);
    // A range of repealed units carries a mark for sorting.
    let designation = designation.trim();
    let number = designation
        .strip_prefix("(XXXX)")
        .unwrap_or(designation)
        .trim_start();
    let first = number.split([' ', '\u{a0}']).next().unwrap_or_default();
    let kind = match first {
        "" => return Role::Block,
        "Inhaltsübersicht" | "Inhaltsverzeichnis" => return Role::Drop,
        "Eingangsformel" | "Präambel" | "Schlussformel" | "Schlußformel" => UnitKind::Preamble,
        _ if first.starts_with("Anlage") || first.starts_with("Anhang") => UnitKind::Schedule,
        _ => UnitKind::Article,
    };
    Opening::new(kind, number.to_owned())
        .heading(heading)
        .role()
}

/// A grouping heading; its rank is the length of its place code, three digits
/// a level.
fn group<'t>(unit: Node<'t>) -> Role<'t> {
    let code = unit.child_words("gliederungskennzahl", MARKS);
    let name = unit.child_words("gliederungsbez", MARKS);
    let title = unit.child_words("gliederungstitel", MARKS);
    let lower = name.to_lowercase();
    let kind = [
        ("buch", UnitKind::Book),
        ("teil", UnitKind::Part),
        ("kapitel", UnitKind::Chapter),
        ("untertitel", UnitKind::Division),
        ("unterabschnitt", UnitKind::Division),
        ("titel", UnitKind::Title),
        ("anlage", UnitKind::Schedule),
        ("anhang", UnitKind::Schedule),
    ]
    .into_iter()
    .find(|(word, _)| lower.contains(word))
    .map_or(UnitKind::Division, |(_, kind)| kind);
    let rank = (code.trim().len() / 3) as u32;
    Role::Heads(rank, Opening::new(kind, name).heading(title))
}

/// A `P` that begins with "(1)" is an *Absatz*; others are paragraphs.
fn subsection<'t>(paragraph: Node<'t>, place: &Place) -> Role<'t> {
    if place.kind != UnitKind::Article {
        return Role::Block;
    }
    let start = paragraph.start_of_text();
    match bracketed_number(start) {
        Some(number) => Role::Unit(Opening {
            number_in_text: true,
            ..Opening::new(UnitKind::Subsection, number)
        }),
        None => Role::Block,
    }
}

#[cfg(test)]
mod tests {
    use super::super::xml::testing::{act_of, body_articles, outline, shared};
    use super::read;
    use crate::law::Standing;

    const SAMPLE: &str = r#"<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE dokumente SYSTEM "http://example.invalid/gii-norm.dtd">
<dokumente builddate="20300102030405" doknr="X1">
<norm><metadaten><jurabk>ZG</jurabk><langue>Ziegengesetz</langue></metadaten><textdaten>
<fussnoten><Content><P>(+++ Geltung ab: 1.1.2030 +++)</P></Content></fussnoten></textdaten></norm>
<norm><metadaten><enbez>Inhaltsübersicht</enbez></metadaten><textdaten><text><Content><P>§ 1 Stall</P></Content></text></textdaten></norm>
<norm><metadaten><gliederungseinheit><gliederungskennzahl>010</gliederungskennzahl><gliederungsbez>Erster Teil</gliederungsbez><gliederungstitel>Haltung<FnR ID="f"/></gliederungstitel></gliederungseinheit></metadaten>
<textdaten><text><Content><P/></Content><Footnotes><Footnote>Dient der Umsetzung.</Footnote></Footnotes></text></textdaten></norm>
<norm><metadaten><gliederungseinheit><gliederungskennzahl>010010</gliederungskennzahl><gliederungsbez>Erster Abschnitt</gliederungsbez><gliederungstitel>Stall</gliederungstitel></gliederungseinheit></metadaten></norm>
<norm><metadaten><enbez>§ 1a</enbez><titel>Verbot</titel></metadaten><textdaten><text><Content>
<P>(1) Wer eine Ziege <DL><DT>1.</DT><DD><LA>verk&auml;uft:<DL><DT>a)</DT><DD><LA>nachts,</LA></DD><DT>b)</DT><DD><LA>heimlich,</LA></DD></DL></LA></DD><DT>2.</DT><DD><LA>stiehlt,</LA></DD></DL>wird bestraft.</P>
<P>(2) (weggefallen)</P></Content></text><fussnoten><Content><P>IdF d. G v. 1.1.2030</P></Content></fussnoten></textdaten></norm>
<norm><metadaten><enbez>(XXXX) §§ 2 und 3</enbez><titel>(weggefallen)</titel></metadaten><textdaten><text><Content><P>-</P></Content></text></textdaten></norm>
<norm><metadaten><gliederungseinheit><gliederungskennzahl>020</gliederungskennzahl><gliederungsbez>Zweiter Teil</gliederungsbez><gliederungstitel>Schluss</gliederungstitel></gliederungseinheit></metadaten></norm>
<norm><metadaten><enbez>§ 4</enbez></metadaten><textdaten><text><Content><P>Ziegen sind Tiere.</P></Content></text></textdaten></norm>
<norm><metadaten><enbez>Anlage 1 (zu § 4)</enbez><titel>Rassen</titel></metadaten><textdaten><text><Content><table><tgroup><tbody><row><entry>Burenziege</entry><entry>1</entry></row></tbody></tgroup></table></Content></text></textdaten></norm>
</dokumente>"#;

    #[test]
    fn lists_nest_and_the_words_after_them_stay_in_their_subsection() {
        let act = act_of(read, SAMPLE);
        assert_eq!(
            outline(&act),
            "Alinea Note: (+++ Geltung ab: 1.1.2030 +++)
Part Erster Teil <Haltung>
 Alinea Note: Dient der Umsetzung.
 Division Erster Abschnitt <Stall>
  Article 1a <Verbot>
   Subsection (1)
    Point 1.
     Subpoint a): nachts,
     Subpoint b): heimlich,
    Point 2.: stiehlt,
   Subsection (2) Repealed: (weggefallen)
   Alinea Note: IdF d. G v. 1.1.2030
  Article 2 und 3 <(weggefallen)> Repealed: -
Part Zweiter Teil <Schluss>
 Article 4: Ziegen sind Tiere.
 Schedule 1 (zu § 4) <Rassen>: Burenziege 1
"
        );
        assert!(act.text.as_str().contains(
            "§ 1a Verbot\n(1) Wer eine Ziege\n1. verkäuft:\na) nachts,\nb) heimlich,\n2. stiehlt,\nwird bestraft.\n(2) (weggefallen)\n"
        ));
        assert_eq!(act.title, "Ziegengesetz");
        assert_eq!(act.identifier, "X1");
        assert_eq!(act.date, "2030-01-02");
        let offset = act.text.as_str().find("wird bestraft").unwrap();
        assert_eq!(
            act.locator(act.innermost_at(offset)).to_string(),
            "§ 1a Abs. 1"
        );
        assert!(act.problems.is_empty());
    }

    #[test]
    fn real_codes_give_as_many_units_as_their_markup_designates() {
        for (file, articles) in [
            ("stgb", 561),
            ("bgb", 2533),
            ("ddg", 34),
            ("juschg", 39),
            ("owig", 148),
        ] {
            let Some(text) = shared(&format!("corpora/de/{file}.gii.xml")) else {
                return;
            };
            let act = act_of(read, &text);
            assert_eq!(body_articles(&act), articles, "{file}");
            assert!(act.problems.is_empty(), "{file}: {:?}", act.problems);
            assert!(
                act.articles()
                    .filter(|id| act.standing(*id) == Standing::InForce)
                    .count()
                    > 30,
                "{file}"
            );
        }
    }
}
