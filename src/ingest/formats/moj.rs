//! Taiwanese law XML: a list of headings and articles whose text is printed in
//! lines of fixed width.

use super::xml::{Node, Opening, Place, Role, Tree, Vocabulary, passages, write};
use crate::ingest::ActBuilder;
use crate::law::{ProblemKind, ProvisionId, Standing, UnitKind};

/// Characters that end a paragraph when they end a line.
const ENDS: &[char] = &['。', '：', '；', '！', '？', '.', ':', ';', '」', '）', ')'];

/// Divisions from the outermost, by the character that closes their number.
const GROUPS: &[(char, UnitKind)] = &[
    ('編', UnitKind::Book),
    ('章', UnitKind::Chapter),
    ('節', UnitKind::Division),
    ('款', UnitKind::Division),
    ('目', UnitKind::Division),
];

/// Reads a document with one law (several are read one after another).
///
/// # Errors
/// When the document has no element at all.
pub(crate) fn read(text: &str, builder: &mut ActBuilder) -> Result<(), String> {
    let tree = Tree::parse(text, builder);
    let root = tree.root().ok_or("no element in the document")?;
    let mut laws = std::iter::once(root)
        .chain(root.descendants())
        .filter(|node| node.name() == "法規");
    let first = laws.next().unwrap_or(root);
    let more = laws.count();
    if more > 0 {
        builder.problem(
            ProblemKind::MetadataMismatch,
            format!("the file holds {} laws; they are read as one", more + 1),
        );
    }
    metadata(first, builder);
    if first.child_words("廢止註記", &[]).contains('廢') {
        builder.set_standing(ProvisionId::ROOT, Standing::Repealed);
    }
    write(root, &mut Moj, builder);
    Ok(())
}

fn metadata(law: Node<'_>, builder: &mut ActBuilder) {
    let words = |names: [&str; 2]| {
        names
            .into_iter()
            .map(|name| law.child_words(name, &[]).trim().to_owned())
            .find(|words| !words.is_empty())
            .unwrap_or_default()
    };
    let english = law.child("中文法規名稱").is_some();
    let metadata = builder.metadata();
    if metadata.title.is_empty() {
        metadata.title = words(if english {
            ["英文法規名稱", "法規名稱"]
        } else {
            ["法規名稱", "英文法規名稱"]
        });
    }
    if metadata.identifier.is_empty() {
        let address = law.child_words("法規網址", &[]);
        metadata.identifier = address
            .rsplit_once('=')
            .map(|(_, code)| code.trim().to_owned())
            .unwrap_or_default();
    }
    if metadata.language.is_empty() {
        metadata.language = if english { "en" } else { "zh-Hant" }.into();
    }
    if metadata.date.is_empty() {
        metadata.date = date(&words(["最新異動日期", "最新英文異動日期"])).unwrap_or_default();
    }
}

/// `20240801`, or `1130801` by the years of the republic.
fn date(digits: &str) -> Option<String> {
    let (year, rest) = digits.split_at_checked(digits.len().checked_sub(4)?)?;
    let year: u32 = year.parse().ok()?;
    let year = if year < 1000 { year + 1911 } else { year };
    Some(format!("{year}-{}-{}", rest.get(..2)?, rest.get(2..)?))
}

struct Moj;

impl Vocabulary for Moj {
    fn role<'t>(&mut self, node: Node<'t>, _place: &Place) -> Role<'t> {
        match node.name() {
            "LAWS" | "法規資料庫" | "法規" | "法規內容" => Role::Block,
            "前言" => Opening::new(UnitKind::Preamble, "").role(),
            "編章節" => group(node),
            "條文" | "條" => {
                Opening::new(UnitKind::Article, node.child_words("條號", &[])).role()
            }
            "條文內容" => {
                let text = node.words(&[]);
                Role::Passages(passages(paragraphs(&text), true))
            }
            _ => Role::Drop,
        }
    }
}

/// `第 五 章之一 沒收`: number up to the blank after the division's character.
fn group<'t>(node: Node<'t>) -> Role<'t> {
    let words = node.words(&[]);
    let words = words.trim();
    let closing = words
        .char_indices()
        .find(|(_, c)| GROUPS.iter().any(|(closing, _)| closing == c));
    let (rank, kind) = closing
        .and_then(|(_, c)| GROUPS.iter().position(|(closing, _)| *closing == c))
        .map_or((0, UnitKind::Division), |at| (at, GROUPS[at].1));
    let end = closing
        .and_then(|(at, _)| words[at..].find([' ', '\u{3000}']).map(|blank| at + blank))
        .unwrap_or(words.len());
    let (number, heading) = match closing {
        Some(_) => words.split_at(end),
        None => ("", words),
    };
    Role::Heads(
        rank as u32 + 1,
        Opening::new(kind, number.to_owned()).heading(heading.to_owned()),
    )
}

/// Joins the lines of a paragraph: a line that is indented, or follows one
/// that does not end like a sentence, goes on with it.
fn paragraphs(text: &str) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let indented = line.starts_with([' ', '\u{3000}', '\t']);
        let line = line.trim();
        match paragraphs.last_mut() {
            Some(last) if indented || !last.ends_with(ENDS) => {
                if last.ends_with(|c: char| c.is_ascii())
                    && line.starts_with(|c: char| c.is_ascii())
                {
                    last.push(' ');
                }
                last.push_str(line);
            }
            _ => paragraphs.push(line.to_owned()),
        }
    }
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::super::xml::testing::{act_of, outline};
    use super::read;

    const SAMPLE: &str = "<LAWS UpdateDate=\"2030/1/2\"><法規>
<法規性質>法律</法規性質><法規名稱>山羊法</法規名稱><法規網址>https://example.invalid/LawAll.aspx?PCODE=X0000001</法規網址>
<最新異動日期>20300102</最新異動日期><廢止註記>
</廢止註記><沿革內容><![CDATA[1.制定公布]]></沿革內容><前言><![CDATA[]]></前言>
<法規內容>
  <編章節>第 一 編 總則</編章節>
  <編章節>   第 五 章之一 飼養</編章節>
  <條文><條號>第 10-1 條</條號><條文內容><![CDATA[稱山羊者，謂下列動物，但
羊不在此限：
一、黑山羊。
二、有下列情形之一之白山羊，以主管
    機關認可者為限：
（一）成年。
（二）未成年。
前項山羊，應登記之
。
]]></條文內容></條文>
  <編章節>第 二 編 罰則</編章節>
  <條文><條號>第 11 條</條號><條文內容><![CDATA[（刪除）
]]></條文內容></條文>
</法規內容></法規></LAWS>";

    #[test]
    fn lines_of_fixed_width_become_paragraphs_items_and_subitems() {
        let act = act_of(read, SAMPLE);
        assert_eq!(
            outline(&act),
            "Book 第 一 編 <總則>
 Chapter 第 五 章之一 <飼養>
  Article 第 10-1 條
   Alinea 1
    Point 一、: 黑山羊。
    Point 二、
     Subpoint （一）: 成年。
     Subpoint （二）: 未成年。
   Alinea 2: 前項山羊，應登記之。
Book 第 二 編 <罰則>
 Article 第 11 條 Repealed: （刪除）
"
        );
        let text = act.text.as_str();
        assert!(text.contains("稱山羊者，謂下列動物，但羊不在此限：\n"));
        assert!(text.contains("二、 有下列情形之一之白山羊，以主管機關認可者為限：\n"));
        assert_eq!(
            (act.title.as_str(), act.identifier.as_str()),
            ("山羊法", "X0000001")
        );
        assert_eq!(
            (act.date.as_str(), act.language.as_str()),
            ("2030-01-02", "zh-Hant")
        );
    }

    #[test]
    fn the_english_edition_is_read_by_the_same_rules() {
        let act = act_of(
            read,
            "<法規><英文法規名稱>Goats Act</英文法規名稱><中文法規名稱>山羊法</中文法規名稱><最新英文異動日期>1190102</最新英文異動日期><法規內容>
<條文><條號>Article 2-1</條號><條文內容><![CDATA[The term goat means:
1. Black goats.
2. White goats.
Goats are registered.
]]></條文內容></條文></法規內容></法規>",
        );
        assert_eq!(
            outline(&act),
            "Article 2-1\n Alinea 1\n  Point 1.: Black goats.\n  Point 2.: White goats.\n Alinea 2: Goats are registered.\n"
        );
        assert_eq!(
            (act.title.as_str(), act.language.as_str()),
            ("Goats Act", "en")
        );
        assert_eq!(act.date, "2030-01-02");
    }
}
