//! A bill as a word-processor document with the diagnostics as comments in the
//! margin, for drafters who work in one.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::diagnostic::{BillReport, Diagnostic};
use crate::law::{Act, UnitKind};

/// Why a document could not be written.
#[derive(Debug, thiserror::Error)]
#[error("the document cannot be packed: {0}")]
pub struct DocxError(#[from] zip::result::ZipError);

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/comments.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"/></Types>"#;
const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rDocument" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
const DOCUMENT_RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rStyles" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rComments" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="comments.xml"/></Relationships>"#;
const STYLES: &str = r#"<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr><w:spacing w:after="120"/></w:pPr><w:rPr><w:sz w:val="22"/><w:szCs w:val="22"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Clause"><w:name w:val="Clause"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="240" w:after="80"/><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/><w:bCs/></w:rPr></w:style>"#;

/// The bill's text with a comment at the words of every diagnostic. The same
/// report gives the same bytes.
///
/// # Errors
/// Never for archives in memory; the writer's signature asks for it.
pub fn to_docx(bill: &Act, report: &BillReport) -> Result<Vec<u8>, DocxError> {
    let noted: Vec<&Diagnostic> = report
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.primary().is_some())
        .collect();
    let document = format!(
        "{HEAD}<w:document {W}><w:body>{}<w:sectPr/></w:body></w:document>",
        body(bill, &noted)
    );
    let comments = format!("{HEAD}<w:comments {W}>{}</w:comments>", comments(&noted));
    let styles = format!("{HEAD}<w:styles {W}>{STYLES}</w:styles>");
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [
        ("[Content_Types].xml", format!("{HEAD}{TYPES}")),
        ("_rels/.rels", format!("{HEAD}{RELATIONS}")),
        (
            "word/_rels/document.xml.rels",
            format!("{HEAD}{DOCUMENT_RELATIONS}"),
        ),
        ("word/document.xml", document),
        ("word/styles.xml", styles),
        ("word/comments.xml", comments),
    ] {
        archive.start_file(name, options).map_err(DocxError)?;
        archive
            .write_all(content.as_bytes())
            .map_err(|error| DocxError(error.into()))?;
    }
    Ok(archive.finish()?.into_inner())
}

/// Something that happens at an offset of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    End,
    Start,
}

/// One paragraph for each line of the canonical text.
fn body(bill: &Act, noted: &[&Diagnostic]) -> String {
    let mut marks: Vec<(usize, Mark, usize)> = Vec::new();
    for (id, diagnostic) in noted.iter().enumerate() {
        if let Some(label) = diagnostic.primary() {
            marks.push((label.span.start, Mark::Start, id));
            marks.push((label.span.end.max(label.span.start + 1), Mark::End, id));
        }
    }
    marks.sort_unstable();
    let heads: Vec<usize> = bill
        .ids()
        .filter(|id| bill.provision(*id).kind <= UnitKind::Article)
        .map(|id| bill.provision(id).span.start)
        .collect();
    let whole = is_right_to_left(bill.text.as_str()).unwrap_or(false);
    let mut out = String::new();
    let mut start = 0;
    let mut next = 0;
    for line in bill.text.as_str().split_inclusive('\n') {
        let end = start + line.trim_end_matches('\n').len();
        let style = if start > 0 && heads.contains(&start) {
            "<w:pStyle w:val=\"Clause\"/>"
        } else {
            ""
        };
        // A line of figures alone runs as the bill does.
        let right_to_left = is_right_to_left(line).unwrap_or(whole);
        let direction = if right_to_left { "<w:bidi/>" } else { "" };
        out.push_str(&format!("<w:p><w:pPr>{style}{direction}</w:pPr>"));
        let mut at = start;
        while let Some((offset, mark, id)) = marks.get(next) {
            let last = start + line.len() >= bill.text.as_str().len();
            if *offset > end || *offset == end && *mark == Mark::Start && !last {
                break;
            }
            run(&mut out, bill, at, *offset, right_to_left);
            at = at.max(*offset);
            match mark {
                Mark::Start => out.push_str(&format!("<w:commentRangeStart w:id=\"{id}\"/>")),
                Mark::End => out.push_str(&format!(
                    "<w:commentRangeEnd w:id=\"{id}\"/><w:r><w:commentReference w:id=\"{id}\"/></w:r>"
                )),
            }
            next += 1;
        }
        run(&mut out, bill, at, end, right_to_left);
        out.push_str("</w:p>");
        start += line.len();
    }
    out
}

/// Whether most letters are of a script written from right to left; nothing
/// without letters.
fn is_right_to_left(text: &str) -> Option<bool> {
    let (mut right, mut left) = (0usize, 0usize);
    for letter in text.chars().filter(|c| c.is_alphabetic()) {
        // Hebrew to Arabic Extended-A, and their presentation forms.
        if matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
        {
            right += 1;
        } else {
            left += 1;
        }
    }
    (right + left > 0).then_some(right > left)
}

fn run(out: &mut String, bill: &Act, from: usize, to: usize, right_to_left: bool) {
    let words = bill.text.as_str().get(from..to).unwrap_or_default();
    let look = if right_to_left {
        "<w:rPr><w:rtl/></w:rPr>"
    } else {
        ""
    };
    if !words.is_empty() {
        out.push_str(&format!(
            "<w:r>{look}<w:t xml:space=\"preserve\">{}</w:t></w:r>",
            escape(words)
        ));
    }
}

fn comments(noted: &[&Diagnostic]) -> String {
    let paragraph = |text: &str, bold: bool| {
        let look = if bold { "<w:rPr><w:b/></w:rPr>" } else { "" };
        format!(
            "<w:p><w:r>{look}<w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>",
            escape(text)
        )
    };
    noted
        .iter()
        .enumerate()
        .map(|(id, diagnostic)| {
            let head = format!(
                "{} {}: {}",
                diagnostic.severity.name(),
                diagnostic.code,
                diagnostic.title
            );
            let mut text = paragraph(&head, true) + &paragraph(&diagnostic.message, false);
            let sources: Vec<&str> = diagnostic
                .sources
                .iter()
                .map(|s| s.citation.as_str())
                .collect();
            if !sources.is_empty() {
                text += &paragraph(&format!("Asked by {}.", sources.join("; ")), false);
            }
            if !diagnostic.help.is_empty() {
                text += &paragraph(&diagnostic.help, false);
            }
            format!(
                "<w:comment w:id=\"{id}\" w:author=\"Concord\" w:initials=\"C\">{text}</w:comment>"
            )
        })
        .collect()
}

/// Text for XML; characters that XML cannot hold are left out.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\t' | '\n' | '\r' => out.push(letter),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::body;
    use crate::ingest::{ActBuilder, Unit};
    use crate::law::{ActSource, Jurisdiction, UnitKind};

    #[test]
    fn lines_run_as_their_script_does() {
        let mut builder = ActBuilder::new();
        builder.paragraph("مشروع قانون الماعز");
        builder.open(
            UnitKind::Article,
            Unit {
                number: "2",
                ..Unit::default()
            },
        );
        builder.paragraph("يحظر بيع الماعز.");
        builder.paragraph("Goats are not sold.");
        let bill = builder.finish(Jurisdiction::new("va"), ActSource::default());
        let body = body(&bill, &[]);
        let lines: Vec<&str> = body
            .split("</w:p>")
            .filter(|line| !line.is_empty())
            .collect();
        let directions: Vec<bool> = lines
            .iter()
            .map(|line| line.contains("<w:bidi/>"))
            .collect();
        assert_eq!(directions, [true, true, true, false], "{body}");
        assert_eq!(body.matches("<w:rtl/>").count(), 3);
    }
}
