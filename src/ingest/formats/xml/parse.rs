//! From XML text to nodes, in one pass whose cost is linear in the text
//! whatever it holds. Statute files are damaged often enough that a reader
//! which stops at the first fault would lose law: tags that are not closed,
//! not opened or not tags at all are noted and read past.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::entity;
use super::tree::{Content, Item, Tree};

/// How many open elements an end tag may close, and how far it is looked for.
const MOST_CLOSED: usize = 500;

/// What was wrong with the markup, as byte offsets into the source.
#[derive(Debug, Default)]
struct Damage {
    first: Option<(usize, String)>,
    count: usize,
    unknown_entities: BTreeSet<String>,
}

impl Damage {
    fn note(&mut self, offset: usize, what: impl Into<String>) {
        self.count += 1;
        if self.first.is_none() {
            self.first = Some((offset, what.into()));
        }
    }

    fn describe(&self, source: &str) -> Vec<String> {
        let mut problems = Vec::new();
        if let Some((offset, what)) = &self.first {
            let (line, column) = line_and_column(source, *offset);
            let more = match self.count {
                1 => String::new(),
                count => format!(" ({} more places)", count - 1),
            };
            problems.push(format!("line {line}, column {column}: {what}{more}"));
        }
        if !self.unknown_entities.is_empty() {
            let names: Vec<&str> = self.unknown_entities.iter().map(String::as_str).collect();
            problems.push(format!(
                "unknown entities kept as printed: {}",
                names.join(" ")
            ));
        }
        problems
    }
}

/// Line and column, both from 1, the column in characters.
fn line_and_column(source: &str, offset: usize) -> (usize, usize) {
    let before = source.get(..offset).unwrap_or(source);
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (line, before[start..].chars().count() + 1)
}

/// Reads a source into a tree, and tells what was wrong with it.
pub(super) fn parse(source: &str) -> (Tree<'_>, Vec<String>) {
    let mut parser = Parser::new(source);
    parser.run();
    let problems = parser.damage.describe(source);
    (parser.tree, problems)
}

struct Parser<'t> {
    source: &'t str,
    tree: Tree<'t>,
    open: Vec<u32>,
    damage: Damage,
}

impl<'t> Parser<'t> {
    fn new(source: &'t str) -> Self {
        Self {
            source,
            tree: Tree {
                // About one node for every 30 bytes of statute markup.
                nodes: Vec::with_capacity(source.len() / 30),
            },
            open: Vec::new(),
            damage: Damage::default(),
        }
    }

    /// Reads the source once from start to end, whatever it holds. No markup
    /// but comments, CDATA and declarations may hold a "<", so that a tag
    /// that is not closed costs no more than itself.
    fn run(&mut self) {
        let mut at = 0;
        while let Some(length) = self.source[at..].find('<') {
            self.text(&self.source[at..at + length]);
            at = self.markup(at + length);
        }
        self.text(&self.source[at..]);
        if let Some(place) = self.open.first()
            && let Content::Element(name, _) = self.tree.nodes[*place as usize].content
        {
            let what = format!("the document ends before </{name}>");
            self.damage.note(self.source.len(), what);
        }
        while !self.open.is_empty() {
            self.close();
        }
    }

    /// Reads the markup at an offset and gives the offset after it. All
    /// offsets come from searches for ASCII characters, so they are
    /// boundaries.
    fn markup(&mut self, start: usize) -> usize {
        let rest = &self.source[start..];
        if let Some(inner) = rest.strip_prefix("<!--") {
            return self.until(start, inner, "-->", "a comment");
        }
        if let Some(inner) = rest.strip_prefix("<![CDATA[") {
            let end = inner.find("]]>").unwrap_or(inner.len());
            self.push_text(Cow::Borrowed(&inner[..end]));
            return self.until(start, inner, "]]>", "a CDATA section");
        }
        if let Some(inner) = rest.strip_prefix("<?") {
            return self.until(start, inner, "?>", "a processing instruction");
        }
        if let Some(inner) = rest.strip_prefix("<!") {
            let opens = inner.find('[');
            if opens.is_some_and(|at| !inner[..at].contains('>')) {
                // Declarations of its own: never read, so never expanded.
                let end = inner
                    .match_indices(']')
                    .map(|(at, _)| inner[at + 1..].trim_start())
                    .find_map(|after| after.strip_prefix('>'));
                return match end {
                    Some(after) => self.source.len() - after.len(),
                    None => self.until(start, inner, "]>", "a document type"),
                };
            }
            return self.until(start, inner, ">", "a declaration");
        }
        let next = rest[1..].find('<').map_or(rest.len(), |at| at + 1);
        let tag = &rest[..next];
        let length = tag_length(tag).unwrap_or_else(|| {
            self.damage.note(start, "a tag is not closed");
            tag.find('>').map_or(next, |at| at + 1)
        });
        self.tag(start, &tag[..length]);
        start + length
    }

    /// The offset after a closing mark that is searched for in `inner`, which
    /// ends with the source.
    fn until(&mut self, start: usize, inner: &str, mark: &str, what: &str) -> usize {
        match inner.find(mark) {
            Some(at) => self.source.len() - inner.len() + at + mark.len(),
            None => {
                self.damage.note(start, format!("{what} is not closed"));
                self.source.len()
            }
        }
    }

    /// A start tag, an end tag, or a "<" that is none.
    fn tag(&mut self, start: usize, tag: &'t str) {
        let inner = tag.strip_prefix('<').unwrap_or(tag);
        let inner = inner.strip_suffix('>').unwrap_or(inner);
        if let Some(name) = inner.strip_prefix('/') {
            self.end_tag(start, local(name_of(name)));
            return;
        }
        let name = name_of(inner);
        if name.is_empty() {
            self.damage.note(start, "a tag without a name");
            self.text(tag);
            return;
        }
        let (attributes, empty) = match inner[name.len()..].strip_suffix('/') {
            Some(attributes) => (attributes, true),
            None => (&inner[name.len()..], false),
        };
        if let Some(place) = self
            .push(Content::Element(local(name), attributes))
            .filter(|_| !empty)
        {
            self.open.push(place);
        }
    }

    /// Text between tags, its references resolved.
    fn text(&mut self, text: &'t str) {
        let mut rest = text;
        while let Some(at) = rest.find('&') {
            self.push_text(Cow::Borrowed(&rest[..at]));
            rest = &rest[at..];
            // The longest name of a character has 31 letters.
            let name = rest[1..]
                .char_indices()
                .take(33)
                .find(|(_, c)| !c.is_alphanumeric() && *c != '#')
                .filter(|(_, c)| *c == ';')
                .map(|(end, _)| &rest[1..=end])
                .filter(|name| !name.is_empty());
            match name {
                Some(name) => {
                    self.push_reference(name);
                    rest = &rest[name.len() + 2..];
                }
                None => {
                    // An ampersand that begins nothing.
                    self.push_text(Cow::Borrowed("&"));
                    rest = &rest[1..];
                }
            }
        }
        self.push_text(Cow::Borrowed(rest));
    }

    fn end_tag(&mut self, start: usize, name: &str) {
        // The innermost open element of the name: nearly always the last.
        let depth = self
            .open
            .iter()
            .enumerate()
            .rev()
            .take(MOST_CLOSED)
            .find(|(_, place)| {
                let content = &self.tree.nodes[**place as usize].content;
                matches!(content, Content::Element(open, _) if *open == name)
            })
            .map(|(depth, _)| depth);
        match depth {
            Some(depth) => {
                if depth + 1 < self.open.len() {
                    let what = format!("</{name}> closes elements that were still open");
                    self.damage.note(start, what);
                }
                while self.open.len() > depth {
                    self.close();
                }
            }
            None => {
                let what = format!("</{name}> closes nothing");
                self.damage.note(start, what);
            }
        }
    }

    fn push_reference(&mut self, name: &str) {
        match entity::resolve(name) {
            Some(text) => self.push_text(text),
            None => {
                let printed = format!("&{name};");
                // The list is for the reader's eyes; a few names are enough.
                if self.damage.unknown_entities.len() < 10 {
                    self.damage.unknown_entities.insert(printed.clone());
                }
                self.push_text(Cow::Owned(printed));
            }
        }
    }

    fn push_text(&mut self, text: Cow<'t, str>) {
        if !text.is_empty() {
            self.push(Content::Text(text));
        }
    }

    /// Adds a node under the innermost open element. Gives nothing when the
    /// document has more nodes than can be counted.
    fn push(&mut self, content: Content<'t>) -> Option<u32> {
        let place = u32::try_from(self.tree.nodes.len())
            .ok()
            .filter(|place| *place < u32::MAX)?;
        self.tree.nodes.push(Item {
            content,
            parent: self.open.last().copied().unwrap_or(place),
            end: place + 1,
        });
        Some(place)
    }

    fn close(&mut self) {
        let end = self.tree.nodes.len() as u32;
        if let Some(place) = self.open.pop() {
            // Places on the stack come from the list itself.
            self.tree.nodes[place as usize].end = end;
        }
    }
}

/// Length of a tag with its closing ">", which stands outside quotation marks.
fn tag_length(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// The name at the start of a tag; empty if there is none.
fn name_of(inner: &str) -> &str {
    let end = inner
        .find(|c: char| !(c.is_alphanumeric() || matches!(c, ':' | '_' | '-' | '.')))
        .unwrap_or(inner.len());
    let name = &inner[..end];
    if name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        name
    } else {
        ""
    }
}

/// The name without its namespace prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}
