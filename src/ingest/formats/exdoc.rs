//! New South Wales exchange XML (exdoc).

use super::xml::{Node, Opening, Place, Role, Tree, Vocabulary, is_citable, write};
use crate::ingest::ActBuilder;
use crate::law::{Standing, UnitKind};

/// Reads an exdoc document.
///
/// # Errors
/// When the document has no element at all.
pub(crate) fn read(text: &str, builder: &mut ActBuilder) -> Result<(), String> {
    let tree = Tree::parse(text, builder);
    let root = tree.root().ok_or("no element in the document")?;
    metadata(root, builder);
    write(root, &mut Exdoc, builder);
    Ok(())
}

fn metadata(root: Node<'_>, builder: &mut ActBuilder) {
    let metadata = builder.metadata();
    if metadata.title.is_empty() {
        metadata.title = root.attribute("title").into_owned();
    }
    if metadata.identifier.is_empty() {
        metadata.identifier = root.attribute("id").into_owned();
    }
    if metadata.language.is_empty() {
        metadata.language = "en".into();
    }
    if metadata.date.is_empty() {
        metadata.date = root.attribute("first.valid.date").into_owned();
    }
}

struct Exdoc;

impl Vocabulary for Exdoc {
    fn role<'t>(&mut self, node: Node<'t>, place: &Place) -> Role<'t> {
        match node.name() {
            "metadata" | "parentattributes" | "coverdata" | "graphic" => Role::Drop,
            "head" if matches!(node.parent_name(), "level" | "tier") => Role::Drop,
            "no" if node.parent_name() == "li" => Role::Drop,
            "content" => match node.attribute("type").as_ref() {
                "historynote" | "editorial" | "note" => Role::Under(Standing::Note),
                "coverdata" | "toc" => Role::Drop,
                _ => Role::Block,
            },
            "level" | "tier" => unit(node, place),
            "li" => item(node, place),
            "block" if node.parent_name() == "deflist" => Opening::new(UnitKind::Alinea, "").role(),
            "amendtext" | "inserttext" | "quotetext" => Role::Under(Standing::Quoted),
            "footnote" => Role::Aside(Standing::Note),
            "note" | "editnote" => Role::Under(Standing::Note),
            "entry" => Role::Gap,
            "txt" | "block" if in_cell(node) => Role::Gap,
            "name" | "legref" | "b" | "i" | "defterm" | "sup" | "sub" | "u" | "no" | "intref"
            | "term" | "link" | "glyph" => Role::Inline,
            _ => Role::Block,
        }
    }

    /// The files are indented even inside a name; there it means nothing.
    fn blank_counts(&self, blank: Node<'_>) -> bool {
        !blank.follows_line_break()
            || !matches!(
                blank.parent_name(),
                "legref" | "name" | "defterm" | "b" | "i" | "no" | "heading"
            )
    }
}

fn in_cell(node: Node<'_>) -> bool {
    let parent = node.parent();
    parent.is_some_and(|parent| parent.name() == "entry" || parent.parent_name() == "entry")
}

fn unit<'t>(node: Node<'t>, place: &Place) -> Role<'t> {
    let head = node.child("head");
    let part = |name| head.map_or_else(String::new, |head| head.child_words(name, &[]));
    let (number, heading) = (part("no"), part("heading"));
    let kind = match node.attribute("type").as_ref() {
        "longtitle" | "preamble" => return Opening::new(UnitKind::Preamble, "").role(),
        "book" => UnitKind::Book,
        "part" => UnitKind::Part,
        "chapter" => UnitKind::Chapter,
        "division" | "subdivision" | "group" => UnitKind::Division,
        "schedule" | "appendix" | "dictionary" | "form" => UnitKind::Schedule,
        "clause" | "section" | "rule" | "regulation" => UnitKind::Article,
        "subclause" | "subsection" | "subrule" => UnitKind::Subsection,
        _ if is_citable(&number) => place.below(&number),
        _ if heading.is_empty() => return Role::Block,
        _ if place.in_article => UnitKind::Alinea,
        _ => UnitKind::Division,
    };
    let standing = match node.attribute("status").as_ref() {
        "repealed" | "omitted" => Standing::Repealed,
        "uncommenced" => Standing::NotInForce,
        _ => Standing::InForce,
    };
    Opening::new(kind, number)
        .heading(heading)
        .standing(standing)
        .role()
}

fn item<'t>(node: Node<'t>, place: &Place) -> Role<'t> {
    let number = node.child_words("no", &[]);
    if !is_citable(&number) {
        return Role::Block;
    }
    let kind = match place.kind {
        UnitKind::Point | UnitKind::Subpoint => UnitKind::Subpoint,
        _ => UnitKind::Point,
    };
    Opening::new(kind, number).role()
}

#[cfg(test)]
mod tests {
    use super::super::xml::testing::{act_of, outline, shared};
    use super::read;
    use crate::law::UnitKind;

    const SAMPLE: &str = r#"<!DOCTYPE exdoc PUBLIC "-//X//DTD Exchange//EN" "absent.dtd">
<exdoc id="act-1" title="Goats Act" first.valid.date="2030-01-02"><metadata><metacontent>x</metacontent></metadata>
<content type="front"><tier type="longtitle"><block><txt>An Act about goats.</txt></block></tier></content>
<content type="body"><level type="part"><parentattributes><attrib name="a" value="b"/></parentattributes><head><no>
 <b>Part 1</b>
</no><heading><b>Keeping</b></heading></head>
<level type="clause"><head><no>1A</no><heading><b>Offence</b></heading></head>
<tier type="subclause"><head><no>(1)</no></head><block><txt>A person who, under the
 <legref>
  <name>
   <i>Sheep Act</i>
  </name>
 </legref>, sells:</txt><list><li><no>(a)</no><block><txt>a goat, or</txt></block></li><li><no>(b)</no><block><txt>a kid,</txt></block></li></list><txt>commits an offence.</txt></block></tier>
<tier type="subclause" status="repealed"><head><no>(2)</no></head><repealed><repealedtxt/></repealed></tier>
<block><txt>In this section:</txt><deflist><block><txt><defterm><b>goat</b></defterm> means capra.</txt></block><block><txt><defterm><b>kid</b></defterm> means a young goat.</txt></block></deflist></block>
<content type="historynote"><txt><b>s 1A:</b> Am 2029.</txt></content></level></level></content>
<content type="schedules"><level type="schedule"><head><no>Schedule 1</no><heading>Breeds</heading></head><level type="clause"><head><no>1</no></head><block><txt>Boer.</txt></block></level></level></content>
<content type="editorial"><level type="tableleg"><head><heading>Table</heading></head><block><txt>Amended.</txt></block></level></content></exdoc>"#;

    #[test]
    fn clauses_definitions_and_history_are_told_apart() {
        let act = act_of(read, SAMPLE);
        assert_eq!(
            outline(&act),
            "Preamble: An Act about goats.
Part Part 1 <Keeping>
 Article 1A <Offence>
  Subsection (1)
   Point (a): a goat, or
   Point (b): a kid,
  Subsection (2) Repealed: \n  Alinea: goat means capra.
  Alinea: kid means a young goat.
  Alinea Note: s 1A: Am 2029.
Schedule 1 <Breeds>
 Article 1: Boer.
Alinea Note: Table
Alinea Note: Amended.
"
        );
        assert!(act.text.as_str().contains(
            "(1) A person who, under the Sheep Act, sells:\n(a) a goat, or\n(b) a kid,\ncommits an offence.\n"
        ));
    }

    #[test]
    fn a_real_act_gives_as_many_levels_as_its_markup_has() {
        let Some(text) = shared("formats/Dividing Fences Act-act-1991-072.xml") else {
            return;
        };
        let act = act_of(read, &text);
        assert!(act.problems.is_empty(), "the absent DTD is no problem");
        assert_eq!(act.articles().count(), 35);
        let groups = act
            .provisions
            .iter()
            .filter(|unit| matches!(unit.kind, UnitKind::Part | UnitKind::Schedule))
            .count();
        // 47 levels in all, three of them tables of amendments.
        assert_eq!(groups, 9);
    }
}
