//! An XML document as a flat list of nodes in document order. Nothing here
//! recurses, so depth costs no stack; names and text borrow from the source.

use std::borrow::Cow;
use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::attributes::Attributes;
use quick_xml::events::{BytesRef, Event};

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
        let mut words = String::new();
        let mut place = self.place;
        while place < self.end() {
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

    /// The words of the first child element with this name; empty if absent.
    pub(in crate::ingest::formats) fn child_words(self, name: &str, without: &[&str]) -> String {
        self.child(name)
            .map(|child| child.words(without))
            .unwrap_or_default()
    }

    /// The first text in the subtree that is not blank.
    pub(in crate::ingest::formats) fn start_of_text(self) -> &'t str {
        (self.place..self.end())
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

/// How many bytes all attempts at a broken source may read together.
const MOST_READ: usize = 300_000_000;

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

    fn run(&mut self) {
        // Every new start may read on to the end of the source: hostile input
        // must not make that quadratic.
        let starts = (MOST_READ / self.source.len().max(1)).clamp(16, 10_000);
        let mut next = Some(0);
        for _ in 0..starts {
            next = next.and_then(|from| self.read(from));
        }
        if let Some(offset) = next {
            self.damage
                .note(offset, "too many broken tags; the rest is not read");
        }
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

    /// Reads from a byte offset to the end, or to a broken tag: then gives
    /// the offset where reading goes on.
    fn read(&mut self, from: usize) -> Option<usize> {
        let source = self.source.get(from..)?;
        let mut reader = Reader::from_str(source);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        loop {
            let start = from + reader.buffer_position() as usize;
            let event = reader.read_event();
            let end = from + reader.buffer_position() as usize;
            let raw = self.source.get(start..end).unwrap_or_default();
            match event {
                Ok(Event::Start(_) | Event::Empty(_) | Event::End(_))
                    if raw.get(1..).is_some_and(|inner| inner.contains('<')) =>
                {
                    return Some(self.broken_tag(start, raw));
                }
                Ok(Event::Start(tag)) => self.start_tag(start, raw, tag.name().as_ref().len()),
                Ok(Event::Empty(tag)) => {
                    let depth = self.open.len();
                    self.start_tag(start, raw, tag.name().as_ref().len());
                    if self.open.len() > depth {
                        self.close();
                    }
                }
                Ok(Event::End(tag)) => {
                    self.end_tag(start, tag.name().local_name().as_ref());
                }
                Ok(Event::Text(_)) => self.push_text(Cow::Borrowed(raw)),
                Ok(Event::CData(_)) => {
                    let inner = raw
                        .strip_prefix("<![CDATA[")
                        .and_then(|inner| inner.strip_suffix("]]>"));
                    self.push_text(Cow::Borrowed(inner.unwrap_or_default()));
                }
                Ok(Event::GeneralRef(reference)) => self.push_reference(&reference),
                Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
                Ok(Event::Eof) => return None,
                Err(error) => {
                    let rest = self.source.get(start..).unwrap_or_default();
                    let is_tag = rest
                        .strip_prefix('<')
                        .is_some_and(|inner| !inner.starts_with(['!', '?']));
                    if is_tag {
                        // A quotation mark that is never closed.
                        return Some(self.broken_tag(start, rest));
                    }
                    self.damage.note(start, error.to_string());
                    // Errors of form let the reader go on; at an error of
                    // syntax it stands still.
                    if end == start {
                        return None;
                    }
                }
            }
        }
    }

    /// A tag that runs into the next one: `a < b <p>` or `<p class="x <q>`.
    fn broken_tag(&mut self, start: usize, raw: &'t str) -> usize {
        self.damage
            .note(start, "a tag is not closed before the next");
        let length = raw[1..].find('<').map_or(raw.len(), |inner| inner + 1);
        let tag = &raw[..length];
        match tag.strip_prefix("</") {
            Some(name) => {
                let name = name.split(|c: char| !is_name_character(c)).next();
                self.end_tag(start, local(name.unwrap_or_default()));
            }
            None => {
                let name = tag[1..].split(|c: char| !is_name_character(c)).next();
                self.start_tag(start, tag, name.unwrap_or_default().len());
            }
        }
        start + length
    }

    fn start_tag(&mut self, start: usize, raw: &'t str, name_length: usize) {
        let name = raw.get(1..1 + name_length).unwrap_or_default();
        if !name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            // A lone "<" in the text.
            self.damage.note(start, "a tag without a name");
            self.push_text(Cow::Borrowed(raw));
            return;
        }
        let attributes = raw.get(1 + name_length..).unwrap_or_default();
        let attributes = attributes.trim_end_matches(['>', '/', ' ']);
        if let Some(place) = self.push(Content::Element(local(name), attributes)) {
            self.open.push(place);
        }
    }

    fn end_tag(&mut self, start: usize, name: &str) {
        // The usual case first, then the innermost open element of the name.
        let depth = self.open.iter().rposition(|place| {
            matches!(self.tree.nodes[*place as usize].content, Content::Element(open, _) if open == name)
        });
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

    fn push_reference(&mut self, reference: &BytesRef<'t>) {
        let name: &str = reference;
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

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn is_name_character(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, ':' | '_' | '-' | '.')
}
