//! Styles and list definitions of an OpenDocument file.

use std::collections::HashMap;

use crate::ingest::formats::line::Look;
use crate::ingest::formats::marker::{letters, roman};
use crate::ingest::formats::xml::{Node, Tree};

/// A style may build on others so deep.
const DEEPEST: usize = 12;
/// Lists may be nested so deep.
pub(super) const LEVELS: usize = 10;

/// Text and paragraph styles, list styles and the numbering of headings.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    lists: HashMap<String, Vec<Level>>,
    outline: Vec<Level>,
}

#[derive(Debug, Default, Clone)]
struct Style {
    parent: String,
    look: Look,
}

/// How one level of a list counts.
#[derive(Debug, Default, Clone)]
pub(super) struct Level {
    level: usize,
    format: String,
    prefix: String,
    suffix: String,
    /// Number of the first item.
    pub(super) start: u32,
    shown: usize,
}

impl Styles {
    /// Adds the styles of one part of the file.
    pub(super) fn add(&mut self, tree: &Tree<'_>) {
        let Some(root) = tree.root() else { return };
        for node in root.descendants() {
            match node.name() {
                "style" => {
                    let style = Style {
                        parent: node.attribute("parent-style-name").into_owned(),
                        look: node
                            .elements()
                            .filter(|properties| properties.name() == "text-properties")
                            .fold(Look::default(), |look, properties| {
                                look.and(look_of(properties))
                            }),
                    };
                    self.styles
                        .insert(node.attribute("name").into_owned(), style);
                }
                "list-style" => {
                    self.lists
                        .insert(node.attribute("name").into_owned(), levels(node));
                }
                "outline-style" => self.outline = levels(node),
                _ => {}
            }
        }
    }

    /// How a style sets its text.
    pub(super) fn look(&self, name: &str) -> Look {
        self.lineage(name)
            .fold(Look::default(), |look, style| look.and(style.look))
    }

    /// Whether the style is one of notes.
    pub(super) fn is_note(&self, name: &str) -> bool {
        let is_note =
            |name: &str| matches!(name.to_ascii_lowercase().as_str(), "footnote" | "endnote");
        is_note(name) || self.lineage(name).any(|style| is_note(&style.parent))
    }

    /// The number at a level of a list, with those above it where they are
    /// shown; empty for bullets and unknown lists.
    pub(super) fn number(&self, list: &str, level: usize, counts: &[u32]) -> String {
        match self.lists.get(list) {
            Some(levels) => number(levels, level, counts),
            None => String::new(),
        }
    }

    /// The number of the first item at a level of a list.
    pub(super) fn start(&self, list: &str, level: usize) -> u32 {
        self.lists
            .get(list)
            .and_then(|levels| levels.iter().find(|rule| rule.level == level))
            .map_or(1, |rule| rule.start)
    }

    /// The number of a heading.
    pub(super) fn outline_number(&self, level: usize, counts: &[u32]) -> String {
        number(&self.outline, level, counts)
    }

    fn lineage(&self, name: &str) -> impl Iterator<Item = &Style> {
        std::iter::successors(self.styles.get(name), |style| {
            self.styles.get(&style.parent)
        })
        .take(DEEPEST)
    }
}

fn number(levels: &[Level], level: usize, counts: &[u32]) -> String {
    let Some(rule) = levels.iter().find(|rule| rule.level == level) else {
        return String::new();
    };
    if rule.format.is_empty() {
        return String::new();
    }
    let first = (level + 1).saturating_sub(rule.shown.max(1)).max(1);
    let numbers: Vec<String> = (first..=level)
        .filter_map(|at| {
            let format = levels
                .iter()
                .find(|rule| rule.level == at)
                .map_or("1", |rule| rule.format.as_str());
            counts
                .get(at - 1)
                .map(|count| counted(format, (*count).max(1)))
        })
        .collect();
    format!("{}{}{}", rule.prefix, numbers.join("."), rule.suffix)
        .trim()
        .to_string()
}

fn levels(list: Node<'_>) -> Vec<Level> {
    list.elements()
        .filter(|node| {
            node.name().ends_with("-level-style-number") || node.name() == "outline-level-style"
        })
        .map(|node| Level {
            level: node.attribute("level").parse().unwrap_or(1),
            format: node.attribute("num-format").into_owned(),
            prefix: node.attribute("num-prefix").into_owned(),
            suffix: node.attribute("num-suffix").into_owned(),
            start: node.attribute("start-value").parse().unwrap_or(1),
            shown: node.attribute("display-levels").parse().unwrap_or(1),
        })
        .collect()
}

fn counted(format: &str, count: u32) -> String {
    match format {
        "a" => letters(count),
        "A" => letters(count).to_uppercase(),
        "i" => roman(count),
        "I" => roman(count).to_uppercase(),
        _ => count.to_string(),
    }
}

fn look_of(properties: Node<'_>) -> Look {
    let value = |name: &str| properties.attribute(name).to_ascii_lowercase();
    let weight = value("font-weight");
    let struck = value("text-line-through-style");
    Look {
        bold: weight == "bold" || weight.parse::<u32>().is_ok_and(|weight| weight >= 600),
        italic: value("font-style") == "italic",
        struck: !struck.is_empty() && struck != "none",
        raised: value("text-position").starts_with("super"),
        note: false,
    }
}
