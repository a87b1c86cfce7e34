//! Markdown, with or without YAML front matter. Statutes in Markdown are
//! mostly converted text, so lines are read one by one: escapes, emphasis,
//! links and inline HTML are taken off, nothing is re-flowed that a Markdown
//! renderer would turn into lists or code.

use crate::ingest::block::{Block, BlockKind};
use crate::ingest::lines::{Paragraphs, wrapping};
use crate::ingest::{ActBuilder, Metadata, structure};
use crate::law::Standing;

/// Reads Markdown.
pub(crate) fn read(text: &str, builder: &mut ActBuilder) -> Result<(), String> {
    let blocks = blocks(text, builder.metadata());
    structure::build(blocks, builder);
    Ok(())
}

/// The blocks of a text; front matter and title go into the metadata.
pub(crate) fn blocks(text: &str, metadata: &mut Metadata) -> Vec<Block> {
    let body = front_matter(text, metadata);
    let mut paragraphs = Paragraphs::new(wrapping(body), &metadata.language.clone());
    let mut title = String::new();
    let mut state = State::default();
    for line in body.lines() {
        state.line(line, &mut paragraphs, &mut title);
    }
    if metadata.title.is_empty() {
        metadata.title = title;
    }
    paragraphs.finish()
}

#[derive(Debug, Default)]
struct State {
    in_comment: bool,
    in_details: bool,
}

impl State {
    fn line(&mut self, line: &str, paragraphs: &mut Paragraphs, title: &mut String) {
        let mut trimmed = line.trim();
        if self.in_comment {
            match trimmed.split_once("-->") {
                Some((_, after)) => {
                    self.in_comment = false;
                    trimmed = after.trim();
                }
                None => return,
            }
        }
        if let Some(after) = trimmed.strip_prefix("<!--") {
            match after.split_once("-->") {
                Some((_, after)) => trimmed = after.trim(),
                None => {
                    self.in_comment = true;
                    return;
                }
            }
        }
        // Block quotes of any depth; one space belongs to each mark.
        let mut quoted = trimmed;
        while let Some(inner) = quoted.strip_prefix('>') {
            quoted = inner.strip_prefix(' ').unwrap_or(inner);
        }
        let indent = line.len() - line.trim_start().len();
        let trimmed = quoted.trim();
        if trimmed.is_empty() {
            paragraphs.blank();
            return;
        }
        if trimmed.starts_with("<details") {
            self.in_details = true;
            paragraphs.blank();
            return;
        }
        if trimmed.starts_with("</details") {
            self.in_details = false;
            paragraphs.blank();
            return;
        }
        if is_rule(trimmed) || trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            paragraphs.blank();
            return;
        }
        // [^1]: the text of a footnote.
        if let Some((_, note)) = trimmed
            .strip_prefix("[^")
            .and_then(|rest| rest.split_once("]:"))
        {
            paragraphs.blank();
            paragraphs.line(BlockKind::Paragraph, &plain(note).0, Standing::Note);
            paragraphs.blank();
            return;
        }
        let standing = if self.in_details {
            Standing::Note
        } else {
            Standing::InForce
        };
        if let Some((level, heading)) = heading(trimmed) {
            let (text, _) = plain(heading);
            let text = text.trim();
            // A converter's slip: a line of a sentence taken for a heading.
            if text.starts_with(char::is_lowercase) && paragraphs.is_unfinished() {
                paragraphs.line(BlockKind::Paragraph, text, standing);
                return;
            }
            if title.is_empty() && level <= 2 {
                *title = text.to_owned();
            }
            paragraphs.line(BlockKind::Heading(level), text, standing);
            return;
        }
        if is_navigation(trimmed) {
            paragraphs.blank();
            return;
        }
        let (kind, content) = match bullet(trimmed) {
            Some(content) => (BlockKind::Item(1 + (indent / 2).min(8) as u8), content),
            None => (BlockKind::Paragraph, trimmed.trim_end_matches('\\')),
        };
        let (text, strong) = plain(content);
        let kind = if strong && kind == BlockKind::Paragraph {
            BlockKind::Strong
        } else {
            kind
        };
        paragraphs.line(kind, &text, standing);
    }
}

/// Cuts the front matter off and keeps what it says.
fn front_matter<'a>(text: &'a str, metadata: &mut Metadata) -> &'a str {
    let text = text.trim_start_matches('\u{feff}');
    let start = text.trim_start();
    let Some(rest) = start.strip_prefix("---\n") else {
        return text;
    };
    let Some(end) = rest.match_indices("\n---").map(|(at, _)| at).find(|at| {
        rest[at + 4..]
            .trim_start_matches('-')
            .starts_with(['\n', ' '])
            || rest[at + 4..].is_empty()
    }) else {
        return text;
    };
    let mut dates = [String::new(), String::new(), String::new()];
    for line in rest[..end].lines() {
        let Some((key, value)) = line.split_once(':') else {
            continue;
        };
        if key.starts_with([' ', '-', '#']) {
            continue;
        }
        let value = unquote(value);
        let fill = |field: &mut String| {
            if field.is_empty() {
                value.clone_into(field);
            }
        };
        match key.trim().to_lowercase().as_str() {
            "title" | "titulo" | "titel" | "name" | "제목" | "법령명" | "법명" => {
                fill(&mut metadata.title)
            }
            "identifier" | "id" | "법령id" => fill(&mut metadata.identifier),
            "language" | "lang" => fill(&mut metadata.language),
            "last_updated" | "version_date" | "consolidated" => fill(&mut dates[0]),
            "date" | "시행일자" | "effective_date" => fill(&mut dates[1]),
            "publication_date" | "enactment_date" | "공포일자" => fill(&mut dates[2]),
            _ => {}
        }
    }
    if metadata.date.is_empty()
        && let Some(date) = dates
            .into_iter()
            .find(|date| !date.is_empty() && !date.starts_with("1900-01-01"))
    {
        metadata.date = date;
    }
    let body = &rest[end + 4..];
    body.trim_start_matches('-')
}

/// A YAML scalar without its quotes and comment.
fn unquote(value: &str) -> String {
    let value = value.trim();
    for quote in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(quote) {
            let inner = inner.strip_suffix(quote).unwrap_or(inner);
            return inner.replace("\\\"", "\"").replace("''", "'");
        }
    }
    value.to_owned()
}

/// `### Heading` with its level.
fn heading(line: &str) -> Option<(u8, &str)> {
    let after = line.trim_start_matches('#');
    let level = line.len() - after.len();
    let joined = level > 1 && after.starts_with(char::is_alphanumeric);
    if level == 0 || !(after.is_empty() || after.starts_with([' ', '\t']) || joined) {
        return None;
    }
    let text = after.trim();
    let closed = text.trim_end_matches('#');
    let text = if closed.len() < text.len() && closed.ends_with(' ') {
        closed.trim_end()
    } else {
        text
    };
    Some((level.min(20) as u8, text))
}

/// `- item`, `* item`, `+ item`.
fn bullet(line: &str) -> Option<&str> {
    let after = line.strip_prefix(['-', '*', '+', '•'])?;
    after
        .starts_with([' ', '\t'])
        .then(|| after.trim_start())
        .filter(|text| !text.is_empty())
}

/// A line of links only: a site's navigation, or an entry of a table of
/// contents that leads to a heading of the same page.
fn is_navigation(line: &str) -> bool {
    if !line.contains("](") {
        return false;
    }
    let mut rest = line;
    let (mut links, mut inner) = (0usize, 0usize);
    while let Some(middle) = rest.find("](") {
        let Some(open) = rest[..middle].find('[') else {
            return false;
        };
        let target = &rest[middle + 2..];
        let Some(close) = closing_bracket(target) else {
            return false;
        };
        // Words between links make it a sentence; a bracket may hold them all.
        if rest[..open].chars().any(char::is_alphanumeric) {
            return false;
        }
        links += 1;
        inner += usize::from(target.starts_with('#'));
        rest = &target[close + 1..];
    }
    let words_after = rest.chars().any(char::is_alphanumeric);
    !words_after && (links >= 2 || inner == links)
}

/// `---`, `***`, `___`.
fn is_rule(line: &str) -> bool {
    let Some(mark @ (b'-' | b'*' | b'_' | b'=')) = line.bytes().next() else {
        return false;
    };
    line.len() >= 3
        && line
            .bytes()
            .all(|byte| byte == mark || byte.is_ascii_whitespace())
}

/// Text without inline markup, and whether all of it was emphasised.
fn plain(text: &str) -> (String, bool) {
    let mut out = String::with_capacity(text.len());
    let strong = inline(text, &mut out);
    (out, strong)
}

/// Takes inline markup off. Answers whether the whole text was emphasised.
fn inline(text: &str, out: &mut String) -> bool {
    if !may_hold_markup(text) {
        out.push_str(text);
        return false;
    }
    let trimmed = text.trim();
    let strong = is_wholly_strong(trimmed);
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut plain_from = 0;
    while at < bytes.len() {
        let step = match bytes[at] {
            b'\\' => escape(&text[at..]),
            b'*' => asterisks(bytes, at),
            b'_' => underscore(text, at),
            b'`' => Some((run_length(&bytes[at..], b'`'), "")),
            b'~' => Some((run_length(&bytes[at..], b'~'), "")).filter(|(length, _)| *length >= 2),
            b'<' => None,
            _ => Some((0, "")),
        };
        match step {
            Some((0, _)) => at += 1,
            Some((length, replacement)) => {
                out.push_str(&text[plain_from..at]);
                out.push_str(replacement);
                // An escaped character stays as plain text.
                at += length;
                plain_from = at;
                if length == 1 && bytes[at - 1] == b'\\' {
                    at += text[at..].chars().next().map_or(0, char::len_utf8);
                }
            }
            None if bytes[at] == b'<' => {
                if let Some(length) = tag_length(&text[at..]) {
                    out.push_str(&text[plain_from..at]);
                    let tag = &text[at..at + length];
                    at += length;
                    if is_tag(tag, "br") {
                        out.push(' ');
                    } else if is_tag(tag, "sup") {
                        at += superscript(&text[at..], out);
                    }
                    plain_from = at;
                } else {
                    at += 1;
                }
            }
            None => at += 1,
        }
    }
    out.push_str(&text[plain_from..]);
    if out.contains("[^") {
        *out = without_footnote_marks(out);
    }
    if out.contains("](") {
        *out = without_links(out);
    }
    if out.contains('&') {
        *out = without_entities(out);
    }
    strong
}

/// Whether any byte could be markup. Without a branch, so that the compiler
/// can look at many bytes at once.
fn may_hold_markup(text: &str) -> bool {
    text.bytes().fold(false, |found, byte| {
        found
            | matches!(
                byte,
                b'*' | b'_' | b'\\' | b'<' | b'&' | b'[' | b'`' | b'~' | b'|'
            )
    })
}

fn is_wholly_strong(text: &str) -> bool {
    for mark in ["**", "__", "*", "_"] {
        if let Some(inner) = text
            .strip_prefix(mark)
            .and_then(|rest| rest.strip_suffix(mark))
        {
            return !inner.is_empty() && !inner.contains(mark);
        }
    }
    false
}

fn run_length(bytes: &[u8], byte: u8) -> usize {
    bytes.iter().take_while(|b| **b == byte).count()
}

/// Asterisks are emphasis, unless brackets hold nothing else: (*) and (**)
/// mark notes and stay.
fn asterisks(bytes: &[u8], at: usize) -> Option<(usize, &'static str)> {
    let length = run_length(&bytes[at..], b'*');
    let before = bytes[..at].iter().rev().find(|byte| **byte != b'*');
    let bracketed = before == Some(&b'(') && bytes.get(at + length) == Some(&b')');
    // Nothing to take off: the caller steps over one sign and asks again.
    (!bracketed).then_some((length, ""))
}

/// A backslash before punctuation is an escape.
fn escape(text: &str) -> Option<(usize, &'static str)> {
    let next = text[1..].chars().next()?;
    if next.is_ascii_punctuation() {
        Some((1, ""))
    } else {
        None
    }
}

/// An underscore is emphasis only at the edge of a word; a long run is a blank to fill in.
fn underscore(text: &str, at: usize) -> Option<(usize, &'static str)> {
    let length = run_length(&text.as_bytes()[at..], b'_');
    if length > 3 {
        return Some((length, " "));
    }
    let before = text[..at].chars().next_back();
    let after = text[at + length..].chars().next();
    let inside =
        before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
    if inside { None } else { Some((length, "")) }
}

/// Length of an HTML tag of a known name at the start of `text`.
fn tag_length(text: &str) -> Option<usize> {
    const NAMES: &[&str] = &[
        "a",
        "b",
        "i",
        "u",
        "p",
        "br",
        "em",
        "strong",
        "sup",
        "sub",
        "span",
        "div",
        "small",
        "ins",
        "del",
        "s",
        "summary",
        "center",
        "font",
        "table",
        "tr",
        "td",
        "th",
        "tbody",
        "thead",
        "img",
        "li",
        "ul",
        "ol",
        "hr",
        "blockquote",
        "code",
        "big",
        "section",
    ];
    let inner = text[1..].strip_prefix('/').unwrap_or(&text[1..]);
    let name_end = inner.find(|c: char| !c.is_ascii_alphanumeric())?;
    let name = inner[..name_end].to_ascii_lowercase();
    if !NAMES.contains(&name.as_str()) {
        return None;
    }
    let boundary = inner[name_end..].starts_with(['>', ' ', '/']);
    // Attributes hold no line, so a tag that never closes is not one.
    boundary
        .then(|| text.find('>').map(|end| end + 1))
        .flatten()
}

fn is_tag(tag: &str, name: &str) -> bool {
    let inner = tag.trim_start_matches('<');
    inner.len() > name.len()
        && inner.is_char_boundary(name.len())
        && inner[..name.len()].eq_ignore_ascii_case(name)
        && !inner[name.len()..].starts_with(|c: char| c.is_ascii_alphanumeric())
}

/// Raised figures directly after a figure become raised characters, so that
/// § 242<sup>1</sup> does not turn into § 2421. Answers how much was used.
fn superscript(text: &str, out: &mut String) -> usize {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let closes = text[end..].to_ascii_lowercase().starts_with("</sup>");
    if end == 0 || end > 3 || !closes || !out.ends_with(|c: char| c.is_ascii_digit()) {
        return 0;
    }
    for digit in text[..end].chars() {
        let place = digit.to_digit(10).unwrap_or(0) as usize;
        out.extend("⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(place));
    }
    end + "</sup>".len()
}

/// `[^1]` is markup, not law.
fn without_footnote_marks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("[^") {
        let label = &rest[at + 2..];
        match label.bytes().take(12).position(|b| b == b']') {
            Some(end) => {
                out.push_str(&rest[..at]);
                rest = &label[end + 1..];
            }
            None => {
                out.push_str(&rest[..at + 2]);
                rest = label;
            }
        }
    }
    out.push_str(rest);
    out
}

/// `[text](target)` becomes `text`.
fn without_links(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(middle) = rest.find("](") {
        let Some(open) = rest[..middle].rfind('[') else {
            out.push_str(&rest[..middle + 2]);
            rest = &rest[middle + 2..];
            continue;
        };
        let target = &rest[middle + 2..];
        let Some(close) = closing_bracket(target) else {
            out.push_str(&rest[..middle + 2]);
            rest = target;
            continue;
        };
        out.push_str(&rest[..open]);
        out.push_str(&rest[open + 1..middle]);
        rest = &target[close + 1..];
    }
    out.push_str(rest);
    out
}

/// The bracket that ends a link target; targets may hold balanced brackets
/// and never a blank-less thousand of characters.
fn closing_bracket(target: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, c) in target.char_indices().take(600) {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => return Some(at),
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The few entities that converted texts hold, and numeric references.
fn without_entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let tail = &rest[at + 1..];
        let end = tail.bytes().take(10).position(|b| b == b';');
        let value = end.and_then(|end| {
            let name = &tail[..end];
            let character = match name {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                "apos" => '\'',
                "nbsp" => '\u{a0}',
                "sect" => '§',
                "mdash" => '—',
                "ndash" => '–',
                "deg" => '°',
                "ordm" => 'º',
                "ordf" => 'ª',
                "laquo" => '«',
                "raquo" => '»',
                "ldquo" => '“',
                "rdquo" => '”',
                "lsquo" => '‘',
                "rsquo" => '’',
                "hellip" => '…',
                "middot" => '·',
                "euro" => '€',
                "agrave" => 'à',
                "aacute" => 'á',
                "acirc" => 'â',
                "auml" => 'ä',
                "egrave" => 'è',
                "eacute" => 'é',
                "ecirc" => 'ê',
                "igrave" => 'ì',
                "iacute" => 'í',
                "ograve" => 'ò',
                "oacute" => 'ó',
                "ouml" => 'ö',
                "ugrave" => 'ù',
                "uacute" => 'ú',
                "uuml" => 'ü',
                "ccedil" => 'ç',
                "ntilde" => 'ñ',
                "szlig" => 'ß',
                "shy" => '\u{ad}',
                _ => {
                    let digits = name.strip_prefix('#')?;
                    let code = match digits.strip_prefix(['x', 'X']) {
                        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                        None => digits.parse().ok()?,
                    };
                    char::from_u32(code)?
                }
            };
            Some((character, end))
        });
        match value {
            Some((character, end)) => {
                out.push(character);
                rest = &tail[end + 1..];
            }
            None => {
                out.push('&');
                rest = tail;
            }
        }
    }
    out.push_str(rest);
    out
}
