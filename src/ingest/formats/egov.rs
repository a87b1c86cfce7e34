//! Japanese e-Gov XML (schema version 3), bare or inside an answer of the
//! law API.

use super::xml::{Node, Opening, Place, Role, Tree, Vocabulary, is_citable, write};
use crate::ingest::ActBuilder;
use crate::law::{Standing, UnitKind};

/// Pronunciation set over characters is no part of the text.
const MARKS: &[&str] = &["Rt"];

/// First years of the eras, less one.
const ERAS: &[(&str, u32)] = &[
    ("Meiji", 1867),
    ("Taisho", 1911),
    ("Showa", 1925),
    ("Heisei", 1988),
    ("Reiwa", 2018),
];

/// Reads an e-Gov document.
///
/// # Errors
/// When the document has no `Law` element.
pub(crate) fn read(text: &str, builder: &mut ActBuilder) -> Result<(), String> {
    let tree = Tree::parse(text, builder);
    let root = tree.root().ok_or("no element in the document")?;
    let law = match root.name() {
        "Law" => root,
        _ => root.descendant("Law").ok_or("no <Law> element")?,
    };
    metadata(root, law, builder);
    write(law, &mut Egov, builder);
    Ok(())
}

fn metadata(root: Node<'_>, law: Node<'_>, builder: &mut ActBuilder) {
    let words = |name: &str| root.descendant(name).map(|node| node.words(MARKS));
    let metadata = builder.metadata();
    if metadata.title.is_empty() {
        metadata.title = words("LawTitle").unwrap_or_default();
    }
    if metadata.identifier.is_empty() {
        metadata.identifier = words("law_id")
            .or_else(|| words("LawNum"))
            .unwrap_or_default();
    }
    if metadata.language.is_empty() {
        metadata.language = law.attribute("Lang").into_owned();
    }
    if metadata.date.is_empty() {
        metadata.date = words("amendment_enforcement_date")
            .filter(|date| !date.is_empty())
            .or_else(|| promulgated(law))
            .unwrap_or_default();
    }
}

/// Date of promulgation in the common calendar.
fn promulgated(law: Node<'_>) -> Option<String> {
    let number = |name: &str| law.attribute(name).parse::<u32>().ok();
    let era = law.attribute("Era");
    let (_, before) = ERAS.iter().find(|(name, _)| *name == era)?;
    let year = before.checked_add(number("Year")?)?;
    Some(format!(
        "{year:04}-{:02}-{:02}",
        number("PromulgateMonth")?,
        number("PromulgateDay")?
    ))
}

struct Egov;

impl Vocabulary for Egov {
    fn blank_counts(&self, _blank: Node<'_>) -> bool {
        false
    }

    fn role<'t>(&mut self, node: Node<'t>, place: &Place) -> Role<'t> {
        match node.name() {
            "LawNum"
            | "LawTitle"
            | "TOC"
            | "Rt"
            | "Fig"
            | "ArticleCaption"
            | "ArticleTitle"
            | "ParagraphCaption"
            | "ParagraphNum"
            | "ItemTitle"
            | "PartTitle"
            | "ChapterTitle"
            | "SectionTitle"
            | "SubsectionTitle"
            | "DivisionTitle"
            | "SupplProvisionLabel"
            | "AppdxTableTitle"
            | "AppdxNoteTitle"
            | "AppdxStyleTitle"
            | "AppdxFormatTitle"
            | "AppdxFigTitle"
            | "ArithFormulaNum"
            | "RelatedArticleNum" => Role::Drop,
            name if name.starts_with("Subitem") && name.ends_with("Title") => Role::Drop,
            "EnactStatement" | "Preamble" => Opening::new(UnitKind::Preamble, "").role(),
            "Part" => group(node, "PartTitle", UnitKind::Part),
            "Chapter" => group(node, "ChapterTitle", UnitKind::Chapter),
            "Section" => group(node, "SectionTitle", UnitKind::Division),
            "Subsection" => group(node, "SubsectionTitle", UnitKind::Division),
            "Division" => group(node, "DivisionTitle", UnitKind::Division),
            "SupplProvision" => supplement(node),
            "AppdxTable" => annex(node, "AppdxTableTitle"),
            "AppdxNote" => annex(node, "AppdxNoteTitle"),
            "AppdxStyle" => annex(node, "AppdxStyleTitle"),
            "AppdxFormat" => annex(node, "AppdxFormatTitle"),
            "AppdxFig" => annex(node, "AppdxFigTitle"),
            "Appdx" => annex(node, "ArithFormulaNum"),
            "Article" => Opening::new(UnitKind::Article, node.child_words("ArticleTitle", MARKS))
                .heading(node.child_words("ArticleCaption", MARKS))
                .standing(standing(node))
                .role(),
            "Paragraph" => paragraph(node),
            "Item" => item(node, "ItemTitle", UnitKind::Point),
            name if is_subitem(name) => {
                let title = format!("{name}Title");
                item(node, &title, UnitKind::Subpoint)
            }
            "AmendProvision" | "NewProvision" | "QuoteStruct" => Role::Under(Standing::Quoted),
            "SupplNote" => Role::Under(Standing::Note),
            "Sentence" if place.kind >= UnitKind::Article => Role::Inline,
            "Column" | "TableColumn" | "TableHeaderColumn" => Role::Gap,
            "Ruby" | "Line" | "Sup" | "Sub" | "Sentence" | "ArithFormula" => Role::Inline,
            _ => Role::Block,
        }
    }
}

fn is_subitem(name: &str) -> bool {
    name.strip_prefix("Subitem")
        .is_some_and(|depth| !depth.is_empty() && depth.bytes().all(|b| b.is_ascii_digit()))
}

fn standing(node: Node<'_>) -> Standing {
    match node.attribute("Delete").as_ref() {
        "true" => Standing::Repealed,
        _ => Standing::InForce,
    }
}

/// `第一章　通則`: the number before the ideographic space, the heading after.
fn group<'t>(node: Node<'t>, title: &str, kind: UnitKind) -> Role<'t> {
    let title = node.child_words(title, MARKS);
    let title = title.trim();
    let (number, heading) = title.split_once([' ', '\u{3000}']).unwrap_or((title, ""));
    Opening::new(kind, number.to_owned())
        .heading(heading.to_owned())
        .standing(standing(node))
        .role()
}

/// Supplementary provisions: their numbers restart, and those of an amending
/// law name it.
fn supplement<'t>(node: Node<'t>) -> Role<'t> {
    let label: String = node
        .child_words("SupplProvisionLabel", MARKS)
        .split_whitespace()
        .collect();
    let amending = node.attribute("AmendLawNum");
    let heading = match amending.as_ref() {
        "" => label,
        law => format!("{label} ({law})"),
    };
    Opening::new(UnitKind::Schedule, "")
        .heading(heading)
        .standing(Standing::Transitional)
        .role()
}

fn annex<'t>(node: Node<'t>, title: &str) -> Role<'t> {
    Opening::new(UnitKind::Schedule, "")
        .heading(node.child_words(title, MARKS))
        .role()
}

/// A paragraph is a unit if the article has several; the first prints no
/// number and in old laws none does.
fn paragraph<'t>(node: Node<'t>) -> Role<'t> {
    let number = node.child_words("ParagraphNum", MARKS);
    let caption = node.child_words("ParagraphCaption", MARKS);
    let alone = node.parent().is_none_or(|parent| {
        parent
            .elements()
            .filter(|sibling| sibling.name() == "Paragraph")
            .nth(1)
            .is_none()
    });
    let opening = if is_citable(&number) {
        Opening::new(UnitKind::Subsection, number)
    } else if let (false, Ok(place)) = (alone, node.attribute("Num").parse()) {
        Opening::counted(UnitKind::Subsection, place)
    } else if caption.is_empty() {
        return Role::Block;
    } else {
        Opening::new(UnitKind::Alinea, "")
    };
    opening.heading(caption).standing(standing(node)).role()
}

fn item<'t>(node: Node<'t>, title: &str, kind: UnitKind) -> Role<'t> {
    let number = node.child_words(title, MARKS);
    if is_citable(&number) {
        Opening::new(kind, number).standing(standing(node)).role()
    } else {
        Role::Block
    }
}

#[cfg(test)]
mod tests {
    use super::super::xml::testing::{act_of, body_articles, outline, shared};
    use super::read;

    const SAMPLE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<Law Era="Reiwa" Lang="ja" LawType="Act" Num="001" Year="02" PromulgateMonth="03" PromulgateDay="04"><LawNum>令和二年法律第一号</LawNum><LawBody><LawTitle Kana="やぎほう">山羊法</LawTitle>
<TOC><TOCLabel>目次</TOCLabel></TOC>
<MainProvision><Chapter Num="1"><ChapterTitle>第一章　総則</ChapterTitle>
  <Article Num="3_2"><ArticleCaption>（飼<Ruby>育<Rt>いく</Rt></Ruby>）</ArticleCaption><ArticleTitle>第三条の二</ArticleTitle>
    <Paragraph Num="1"><ParagraphNum/><ParagraphSentence>
        <Sentence Num="1">山羊を飼う者は、次に掲げる者とする。</Sentence>
        <Sentence Num="2">ただし、羊を除く。</Sentence></ParagraphSentence>
      <Item Num="1"><ItemTitle>一</ItemTitle><ItemSentence><Column Num="1"><Sentence>昼</Sentence></Column><Column Num="2"><Sentence>放牧</Sentence></Column></ItemSentence>
        <Subitem1 Num="1"><Subitem1Title>イ</Subitem1Title><Subitem1Sentence><Sentence>春</Sentence></Subitem1Sentence></Subitem1></Item></Paragraph>
    <Paragraph Num="2"><ParagraphNum>２</ParagraphNum><ParagraphSentence><Sentence>前項の者は、届け出る。</Sentence></ParagraphSentence></Paragraph></Article>
  <Article Num="4"><ArticleTitle>第四条</ArticleTitle><Paragraph Num="1"><ParagraphNum/><ParagraphSentence><Sentence>削除</Sentence></ParagraphSentence></Paragraph></Article></Chapter></MainProvision>
<SupplProvision AmendLawNum="令和三年法律第二号"><SupplProvisionLabel>附　則</SupplProvisionLabel><Article Num="1"><ArticleTitle>第一条</ArticleTitle><Paragraph Num="1"><ParagraphNum/><ParagraphSentence><Sentence>公布の日から施行する。</Sentence></ParagraphSentence></Paragraph></Article></SupplProvision>
</LawBody></Law>"#;

    #[test]
    fn paragraphs_are_counted_and_sentences_run_on_without_blanks() {
        let act = act_of(read, SAMPLE);
        assert_eq!(
            outline(&act),
            "Chapter 第一章 <総則>
 Article 第三条の二 <（飼育）>
  Subsection 1
   Point 一
    Subpoint イ: 春
  Subsection ２: 前項の者は、届け出る。
 Article 第四条 Repealed: 削除
Schedule 1 <附則 (令和三年法律第二号)> Transitional
 Article 第一条 Transitional: 公布の日から施行する。
"
        );
        assert!(act.text.as_str().contains(
            "第三条の二 （飼育）\n山羊を飼う者は、次に掲げる者とする。ただし、羊を除く。\n一 昼 放牧\nイ 春\n２ 前項の者は、届け出る。\n"
        ));
        assert_eq!(act.date, "2020-03-04");
        assert_eq!(act.title, "山羊法");
    }

    #[test]
    fn real_laws_give_as_many_articles_as_their_markup_has() {
        for (file, all, body) in [
            (
                "corpora/jp/129ac0000000089_20230614_505ac0000000053.xml",
                1346,
                1164,
            ),
            ("formats/format-sample-405AC0000000088.xml", 69, 48),
        ] {
            let Some(text) = shared(file) else { return };
            let act = act_of(read, &text);
            assert_eq!(
                (act.articles().count(), body_articles(&act)),
                (all, body),
                "{file}"
            );
        }
    }
}
