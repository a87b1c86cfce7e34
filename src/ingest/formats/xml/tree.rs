//! An XML document as a flat list of nodes in document order. Nothing here
//! recurses, so depth costs no stack; names and text borrow from the source.

use std::borrow::Cow;

use quick_xml::events::attributes::Attributes;

use super::{entity, parse};
use crate::ingest::ActBuilder;
use crate::law::ProblemKind;

/// The nodes of a document. A node's subtree is the range from its own place
/// to its `end`.
#[derive(Debug, Default)]
pub(in crate::ingest::formats) struct Tree<'t> {
    pub(super) nodes: Vec<Item<'t>>,
}

/// A node as stored.
#[derive(Debug)]
pub(super) struct Item<'t> {
    pub(super) content: Content<'t>,
    /// Place of the element that holds it; its own place at the top.
    pub(super) parent: u32,
    /// One past the last place of its subtree.
    pub(super) end: u32,
}

/// What a node is.
#[derive(Debug)]
pub(super) enum Content<'t> {
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

impl<'t> Tree<'t> {
    /// Reads a document. Broken markup is repaired where it is plain how, the
    /// damage noted with line and column; what was read is kept.
    pub(in crate::ingest::formats) fn parse(text: &'t str, builder: &mut ActBuilder) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let (tree, problems) = parse::parse(text);
        for problem in problems {
            builder.problem(ProblemKind::BrokenMarkup, problem);
        }
        tree
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

    /// The place of the last text in the subtree that is not blank.
    pub(super) fn last_words(self) -> Option<u32> {
        (self.place..self.end())
            .rev()
            .take(FURTHEST_TEXT)
            .find(|place| {
                let text = self.at(*place).as_text().unwrap_or_default();
                !text.trim().is_empty()
            })
    }

    /// The next sibling element, with nothing but blanks before it.
    pub(in crate::ingest::formats) fn next_element(self) -> Option<Self> {
        let mut next = self.after()?;
        if next.as_text().is_some_and(|text| text.trim().is_empty()) {
            next = next.after()?;
        }
        (!next.name().is_empty()).then_some(next)
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
