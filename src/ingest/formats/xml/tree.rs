//! An XML document as a flat list of nodes in document order. Nothing here
//! recurses, so depth costs no stack; names and text borrow from the source.

use std::borrow::Cow;
use std::collections::BTreeSet;

use quick_xml::events::attributes::Attributes;

use super::entity;
use crate::ingest::ActBuilder;
use crate::law::ProblemKind;

/// The nodes of a document. A node's subtree is the range from its own place
/// to its `end`.
#[derive(Debug, Default)]
pub(in crate::ingest::formats) struct Tree<'t> {
    nodes: Vec<Item<'t>>,
}

#[derive(Debug)]
struct Item<'t> {
    content: Content<'t>,
    parent: u32,
    end: u32,
}

#[derive(Debug)]
enum Content<'t> {
    /// Local name, and the raw text of the attributes.
    Element(&'t str, &'t str),
    Text(Cow<'t, str>),
}

/// One node of a tree.
#[derive(Debug, Clone, Copy)]
pub(in crate::ingest::formats) struct Node<'t> {
    tree: &'t Tree<'t>,
    place: u32,
}

/// Elements that stand for a line break or a blank.
const BREAKS: &[&str] = &["BR", "br", "eol", "lb", "Br"];

/// In bytes.
const LONGEST_HEADING: usize = 10_000;

/// How many nodes may stand before the first words of an element.
const FURTHEST_TEXT: usize = 500;

/// How many open elements an end tag may close, and how far it is looked for.
const MOST_CLOSED: usize = 500;

impl<'t> Tree<'t> {
    /// Reads a document. Broken markup is repaired where it is plain how, the
    /// damage noted with line and column; what was read is kept.
    pub(in crate::ingest::formats) fn parse(text: &'t str, builder: &mut ActBuilder) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut parser = Parser::new(text);
        parser.run();
        for problem in parser.damage.describe(text) {
            builder.problem(ProblemKind::BrokenMarkup, problem);
        }
        parser.tree
    }

    /// The outermost element, if there is one.
    pub(in crate::ingest::formats) fn root(&'t self) -> Option<Node<'t>> {
        (0..self.nodes.len() as u32)
            .map(|place| Node { tree: self, place })
            .find(|node| !node.name().is_empty())
    }
}

impl<'t> Node<'t> {
    fn item(self) -> &'t Item<'t> {
        // A node is only made for a place within its own tree.
        &self.tree.nodes[self.place as usize]
    }

    fn at(self, place: u32) -> Self {
        Self {
            tree: self.tree,
            place,
        }
    }

    /// The place in document order.
    pub(in crate::ingest::formats) fn place(self) -> u32 {
        self.place
    }

    /// One past the last place of the subtree.
    pub(in crate::ingest::formats) fn end(self) -> u32 {
        self.item().end
    }

    /// The next node in document order, inside or after the subtree.
    pub(in crate::ingest::formats) fn step(self, place: u32) -> Option<Self> {
        ((place as usize) < self.tree.nodes.len()).then(|| self.at(place))
    }

    /// The local name; empty for text.
    pub(in crate::ingest::formats) fn name(self) -> &'t str {
        match self.item().content {
            Content::Element(name, _) => name,
            Content::Text(_) => "",
        }
    }

    /// The text of a text node.
    pub(in crate::ingest::formats) fn as_text(self) -> Option<&'t str> {
        match &self.item().content {
            Content::Element(..) => None,
            Content::Text(text) => Some(text),
        }
    }

    /// The value of the attribute with this local name; empty if absent.
    pub(in crate::ingest::formats) fn attribute(self, name: &str) -> Cow<'t, str> {
        let Content::Element(_, raw) = self.item().content else {
            return Cow::Borrowed("");
        };
        let mut attributes = Attributes::html(raw, 0);
        attributes.with_checks(false);
        attributes
            .flatten()
            .find(|attribute| attribute.key.local_name().as_ref() == name)
            .map(|attribute| match attribute.value {
                Cow::Borrowed(value) => entity::unescape(value),
                Cow::Owned(value) => Cow::Owned(entity::unescape(&value).into_owned()),
            })
            .unwrap_or_default()
    }

    /// The element that holds this node.
    pub(in crate::ingest::formats) fn parent(self) -> Option<Self> {
        let parent = self.item().parent;
        (parent != self.place).then(|| self.at(parent))
    }

    /// Name of the element that holds this node; empty at the top.
    pub(in crate::ingest::formats) fn parent_name(self) -> &'t str {
        self.parent().map_or("", Node::name)
    }

    /// The child elements, in document order.
    pub(in crate::ingest::formats) fn elements(self) -> impl Iterator<Item = Node<'t>> + use<'t> {
        let end = self.end();
        let mut place = self.place + 1;
        std::iter::from_fn(move || {
            (place < end).then(|| {
                let child = self.at(place);
                place = child.end();
                child
            })
        })
        .filter(|child| !child.name().is_empty())
    }

    /// The first child element with this name.
    pub(in crate::ingest::formats) fn child(self, name: &str) -> Option<Self> {
        self.elements().find(|child| child.name() == name)
    }

    /// The elements below this one, in document order.
    pub(in crate::ingest::formats) fn descendants(
        self,
    ) -> impl Iterator<Item = Node<'t>> + use<'t> {
        (self.place + 1..self.end())
            .map(move |place| self.at(place))
            .filter(|node| !node.name().is_empty())
    }

    /// The first element below this one with this name.
    pub(in crate::ingest::formats) fn descendant(self, name: &str) -> Option<Self> {
        self.descendants().find(|node| node.name() == name)
    }

    /// All words of the subtree, without those of the elements named.
    pub(in crate::ingest::formats) fn words(self, without: &[&str]) -> String {
        self.words_up_to(usize::MAX, without)
    }

    fn words_up_to(self, most: usize, without: &[&str]) -> String {
        let mut words = String::new();
        let mut place = self.place;
        while place < self.end() && words.len() < most {
            let node = self.at(place);
            match &node.item().content {
                Content::Text(text) => words.push_str(text),
                Content::Element(name, _) if BREAKS.contains(name) => words.push(' '),
                Content::Element(name, _) if place > self.place && without.contains(name) => {
                    place = node.end();
                    continue;
                }
                Content::Element(..) => {}
            }
            place += 1;
        }
        words
    }

    /// The words of the first child element with this name, a number or a
    /// heading; empty if absent. A "heading" that holds half the act (the
    /// markup is broken) is cut: each level of it would be copied again.
    pub(in crate::ingest::formats) fn child_words(self, name: &str, without: &[&str]) -> String {
        self.child(name)
            .map(|child| child.heading_words(without))
            .unwrap_or_default()
    }

    /// The words of a number or heading; see [`Node::child_words`].
    pub(in crate::ingest::formats) fn heading_words(self, without: &[&str]) -> String {
        self.words_up_to(LONGEST_HEADING, without)
    }

    /// The first text in the subtree that is not blank.
    pub(in crate::ingest::formats) fn start_of_text(self) -> &'t str {
        (self.place..self.end())
            .take(FURTHEST_TEXT)
            .filter_map(|place| self.at(place).as_text())
            .find(|text| !text.trim().is_empty())
            .unwrap_or_default()
    }

    /// The next sibling.
    pub(in crate::ingest::formats) fn after(self) -> Option<Self> {
        let next = self.end();
        (next < self.parent()?.end()).then(|| self.at(next))
    }

    /// Whether a text has a line break.
    pub(in crate::ingest::formats) fn follows_line_break(self) -> bool {
        self.as_text().is_some_and(|text| text.contains('\n'))
    }

    /// Whether both are the same node.
    pub(in crate::ingest::formats) fn is(self, other: Self) -> bool {
        self.place == other.place
    }

    /// Whether the element stands for a line break.
    pub(super) fn is_break(self) -> bool {
        BREAKS.contains(&self.name())
    }
}

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
