//! Which format a file is, by its content; its name is never trusted.

use std::io::Cursor;

/// A source format this program reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// Markdown, with or without front matter.
    Markdown,
    /// Text without markup.
    Plain,
    /// HTML of any age.
    Html,
    /// Akoma Ntoso, any version.
    AkomaNtoso,
    /// United Kingdom Crown Legislation Markup Language.
    Clml,
    /// United States Legislative Markup.
    Uslm,
    /// Canadian LOIS acts and bills.
    Lois,
    /// German gii-norm.
    Gii,
    /// Text Encoding Initiative.
    Tei,
    /// Dutch Basiswettenbestand.
    Bwb,
    /// Finlex act schemas before Akoma Ntoso.
    Finlex,
    /// Japanese e-Gov.
    EGov,
    /// Taiwanese Ministry of Justice.
    Moj,
    /// Chilean Ley Chile.
    LeyChile,
    /// Icelandic parliament.
    Althingi,
    /// New South Wales exchange format.
    Exdoc,
    /// Office Open XML text document.
    Docx,
    /// OpenDocument text.
    Odt,
    /// EPUB book.
    Epub,
    /// PDF.
    Pdf,
}

impl Format {
    /// The stable name used in tables.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Format::Markdown => "markdown",
            Format::Plain => "text",
            Format::Html => "html",
            Format::AkomaNtoso => "akoma-ntoso",
            Format::Clml => "clml",
            Format::Uslm => "uslm",
            Format::Lois => "lois-xml",
            Format::Gii => "gii-xml",
            Format::Tei => "tei",
            Format::Bwb => "bwb-xml",
            Format::Finlex => "finlex-xml",
            Format::EGov => "egov-xml",
            Format::Moj => "moj-xml",
            Format::LeyChile => "leychile-xml",
            Format::Althingi => "althingi-xml",
            Format::Exdoc => "exdoc-xml",
            Format::Docx => "docx",
            Format::Odt => "odt",
            Format::Epub => "epub",
            Format::Pdf => "pdf",
        }
    }
}

/// What the first look at the bytes tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Container {
    /// Read the bytes as this format.
    Binary(Format),
    /// Decode, then ask [`text_format`].
    Text,
    /// Nothing this program reads; what it looks like.
    Unknown(&'static str),
}

/// Tells containers from text, by their first bytes and their members.
pub(crate) fn container(bytes: &[u8]) -> Container {
    let start = &bytes[..bytes.len().min(1024)];
    if find(start, b"%PDF-").is_some() {
        return Container::Binary(Format::Pdf);
    }
    for (magic, found) in [
        (&b"\xd0\xcf\x11\xe0"[..], "an old binary Office document"),
        (
            b"{\\rtf",
            "a rich text (RTF) document, which word processors save as DOCX",
        ),
        (b"\x89PNG", "a PNG image"),
        (b"\xff\xd8\xff", "a JPEG image"),
        (b"GIF8", "a GIF image"),
        (b"II*\0", "a TIFF image"),
        (b"MM\0*", "a TIFF image"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"7z\xbc\xaf", "a 7-Zip archive"),
        (b"Rar!", "a RAR archive"),
        (b"\x7fELF", "a program"),
        (b"SQLite format 3", "a database"),
        (b"AT&TFORM", "a DjVu document"),
    ] {
        if start.starts_with(magic) {
            return Container::Unknown(found);
        }
    }
    if start.starts_with(b"PK\x03\x04") {
        return zip_kind(bytes);
    }
    if !has_mark(start) && looks_binary(start) {
        return Container::Unknown("binary data");
    }
    Container::Text
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack
        .windows(needle.len())
        .position(|window| window == needle)
}

fn has_mark(start: &[u8]) -> bool {
    start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff")
}

/// Control bytes that no text encoding uses; UTF-16 has zeros on one side only.
fn looks_binary(start: &[u8]) -> bool {
    let odd = |b: &&u8| matches!(**b, 0x01..=0x08 | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f);
    let controls = start.iter().filter(odd).count();
    let zeros = |from: usize| {
        start
            .iter()
            .skip(from)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    controls * 20 > start.len() || (even.min(odd) * 20 > start.len())
}

fn zip_kind(bytes: &[u8]) -> Container {
    let Ok(archive) = zip::ZipArchive::new(Cursor::new(bytes)) else {
        return Container::Unknown("a damaged zip archive");
    };
    let has = |name: &str| {
        archive
            .file_names()
            .any(|member| member.is_ok_and(|member| member == name))
    };
    if has("word/document.xml") {
        Container::Binary(Format::Docx)
    } else if has("META-INF/container.xml") {
        Container::Binary(Format::Epub)
    } else if has("content.xml") {
        Container::Binary(Format::Odt)
    } else if has("xl/workbook.xml") {
        Container::Unknown("a spreadsheet")
    } else if has("ppt/presentation.xml") {
        Container::Unknown("a slide show")
    } else {
        Container::Unknown(
            "a zip archive without a text document; an archive of law texts is given as CORPUS",
        )
    }
}

/// The format of decoded text.
///
/// # Errors
/// What the text looks like, when it is of no known kind.
pub(crate) fn text_format(text: &str) -> Result<Format, String> {
    let start = text
        .trim_start_matches(['\u{feff}', '\u{fffe}'])
        .trim_start();
    if start.starts_with('<') {
        return match markup_format(start) {
            // Markdown may open with a stray tag.
            Ok(Format::Html) if !has_html_body(start) && is_markdown(start) => Ok(Format::Markdown),
            other => other,
        };
    }
    if start.starts_with('{')
        && (start[1..].trim_start().starts_with('"') || start[1..].trim_start().starts_with('}'))
    {
        return Err("JSON data".to_owned());
    }
    if start.starts_with("[\"")
        || start.starts_with("[[") && toml::from_str::<toml::Table>(text).is_ok()
    {
        return Err("TOML or JSON data".to_owned());
    }
    if is_markdown(start) {
        Ok(Format::Markdown)
    } else {
        Ok(Format::Plain)
    }
}

fn has_html_body(text: &str) -> bool {
    [
        "<body", "<BODY", "<p>", "<P>", "<p ", "<P ", "<div", "<DIV", "<table", "<TABLE", "<br",
        "<BR",
    ]
    .iter()
    .any(|tag| text.contains(tag))
}

/// Markdown shows itself by front matter, by headings, or by bold marks.
fn is_markdown(text: &str) -> bool {
    if text.starts_with("---\n") && text.get(4..).is_some_and(|rest| rest.contains("\n---")) {
        return true;
    }
    let mut signs = 0;
    for line in text.lines() {
        let hashes = line.bytes().take_while(|b| *b == b'#').count();
        let heading = hashes > 0
            && line
                .as_bytes()
                .get(hashes)
                .is_some_and(|next| *next == b' ' || hashes > 1 && next.is_ascii_alphanumeric());
        let bold = line.starts_with("**") && line[2..].contains("**");
        if heading || bold {
            signs += 1;
            if signs >= 2 {
                return true;
            }
        }
    }
    false
}

/// HTML or the XML vocabulary, by root element and namespaces.
fn markup_format(text: &str) -> Result<Format, String> {
    let Some(root) = root_tag(text) else {
        return if text.contains("</p>") || text.contains("</P>") || text.contains("<br") {
            Ok(Format::Html)
        } else {
            Err("markup without an element".to_owned())
        };
    };
    let name = root
        .split(|c: char| c.is_whitespace() || c == '>' || c == '/')
        .next()
        .unwrap_or_default();
    let local = name.rsplit(':').next().unwrap_or(name);
    let has = |needle: &str| root.contains(needle);
    let within = |needle: &str| text.contains(needle);
    let format = match local {
        "akomaNtoso" => Format::AkomaNtoso,
        "Legislation" | "SecondaryLegislation" if within("legislation.gov.uk") => Format::Clml,
        "Statute" | "Regulation" | "Bill" => Format::Lois,
        "dokumente" => Format::Gii,
        "TEI" | "TEI.2" | "teiCorpus" => Format::Tei,
        "wetgeving" | "toestand" | "circulaire" => Format::Bwb,
        "Law" if within("<LawBody") || within("<LawNum") => Format::EGov,
        // The answer of the e-Gov interface wraps the same vocabulary.
        _ if within("<LawBody") && within("<ArticleTitle") => Format::EGov,
        "LAWS" | "法規" | "法規資料" => Format::Moj,
        _ if within("<條文內容") => Format::Moj,
        "ley" | "Norma" if has("leychile") || within("leychile") || within("<articulo") => {
            Format::LeyChile
        }
        "law" if has("law-type") || within("<subart") || within("<num-and-date") => {
            Format::Althingi
        }
        "exdoc" => Format::Exdoc,
        "uscDoc" | "lawDoc" | "uslm" | "pLaw" | "bill" | "statutesAtLarge" if within("uslm") => {
            Format::Uslm
        }
        _ if has("finlex") || has("vn.fi/skeemat") => Format::Finlex,
        // Akoma Ntoso documents that lost their outer element.
        "act" | "bill" | "doc" | "statement" | "amendmentList" | "documentCollection"
            if within("FRBRWork") =>
        {
            Format::AkomaNtoso
        }
        other => {
            let lower = other.to_ascii_lowercase();
            if is_html_name(&lower) {
                Format::Html
            } else {
                return Err(format!("XML with the root element <{name}>"));
            }
        }
    };
    Ok(format)
}

fn is_html_name(name: &str) -> bool {
    matches!(
        name,
        "html"
            | "head"
            | "body"
            | "div"
            | "p"
            | "table"
            | "center"
            | "font"
            | "span"
            | "article"
            | "section"
            | "main"
            | "h1"
            | "h2"
            | "h3"
            | "meta"
            | "title"
            | "dl"
            | "ul"
            | "ol"
            | "a"
            | "b"
            | "i"
            | "br"
            | "hr"
            | "pre"
            | "form"
            | "header"
            | "link"
            | "script"
            | "style"
            | "blockquote"
            | "details"
    )
}

/// The first start tag, without its angle brackets, after declarations,
/// comments and processing instructions.
fn root_tag(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        let at = rest.find('<')?;
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix("<!--") {
            rest = &after[after.find("-->")? + 3..];
        } else if let Some(after) = rest.strip_prefix("<?") {
            rest = &after[after.find("?>")? + 2..];
        } else if let Some(after) = rest.strip_prefix("<!") {
            // A document type may hold an internal subset in brackets.
            if after.to_ascii_lowercase().starts_with("doctype html") {
                return Some("html");
            }
            let end = after.find('>')?;
            let subset = after.find('[').filter(|open| *open < end);
            rest = match subset {
                Some(open) => {
                    let close = open + after[open..].find(']')?;
                    &after[close..]
                }
                None => &after[end + 1..],
            };
        } else {
            let tag = &rest[1..];
            if tag.starts_with(|c: char| c.is_alphabetic() || c == '_') {
                return Some(&tag[..tag.find('>')?]);
            }
            rest = tag;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Container, Format, container, text_format};
    use proptest::prelude::*;

    #[test]
    fn content_decides_the_format() {
        for (text, format) in [
            ("---\ntitle: Act\n---\n# Act\n", Format::Markdown),
            ("# Act\n\n## Part 1\n", Format::Markdown),
            ("Act\n\nSection 1. Goats\n", Format::Plain),
            ("<!DOCTYPE html>\n<html>", Format::Html),
            ("<div class='lei'><p>Art. 1", Format::Html),
            (
                "<?xml version=\"1.0\"?><!-- x --><akomaNtoso xmlns=\"a\"><act>",
                Format::AkomaNtoso,
            ),
            (
                "<!DOCTYPE Bill PUBLIC \"-//X//EN\" \"b.dtd\" [<!ENTITY a \"b\">]><Bill>",
                Format::Lois,
            ),
            ("<dokumente builddate=\"1\">", Format::Gii),
            ("<wetgeving bwb-id=\"1\">", Format::Bwb),
        ] {
            assert_eq!(text_format(text), Ok(format), "{text}");
        }
        assert!(
            text_format("<rss version='2'>")
                .unwrap_err()
                .contains("<rss>")
        );
        assert!(text_format("{\"law\": 1}").is_err());
        assert_eq!(container(b"%PDF-1.4"), Container::Binary(Format::Pdf));
        assert!(matches!(container(b"\x89PNG\r\n"), Container::Unknown(_)));
    }

    proptest! {
        #[test]
        fn any_input_has_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..400), text in "[<>!?\\[\\]a-c\\- \"]{0,80}") {
            let _ = container(&bytes);
            let _ = text_format(&text);
        }
    }
}
