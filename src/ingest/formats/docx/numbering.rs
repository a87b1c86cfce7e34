//! Numbers that a word processor generates: `1.`, `(a)`, `Article 5`.

use std::collections::HashMap;

use super::styles::{Styles, value};
use crate::ingest::formats::marker::{letters, roman};
use crate::ingest::formats::xml::{Node, Tree};

/// Levels of a list in this format.
const LEVELS: usize = 9;

/// The list definitions of a document, and how far each list has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: HashMap<String, Definition>,
    lists: HashMap<String, List>,
    counts: HashMap<String, [Option<u32>; LEVELS]>,
}

/// How a list counts.
#[derive(Debug, Default, Clone)]
struct Definition {
    levels: HashMap<usize, Level>,
    /// The list style that holds the levels in this one's place.
    link: String,
}

/// How one level of a list counts.
#[derive(Debug, Default, Clone)]
struct Level {
    start: u32,
    format: String,
    /// `%1.`, `(%2)`, `Article %1`.
    pattern: String,
    /// Every number in figures.
    legal: bool,
    /// The paragraph style this level belongs to.
    style: String,
}

/// A list: a definition with changes of its own.
#[derive(Debug, Default)]
struct List {
    definition: String,
    levels: HashMap<usize, Level>,
    restarts: HashMap<usize, u32>,
}

impl Numbering {
    /// Reads the numbering part.
    pub(super) fn parse(tree: &Tree<'_>, styles: &Styles) -> Self {
        let mut numbering = Self::default();
        let Some(root) = tree.root() else {
            return numbering;
        };
        for node in root.elements() {
            match node.name() {
                "abstractNum" => {
                    let id = node.attribute("abstractNumId").into_owned();
                    numbering.definitions.insert(
                        id,
                        Definition {
                            levels: levels(node),
                            link: value(node, "numStyleLink"),
                        },
                    );
                }
                "num" => {
                    let mut list = List::default();
                    if let Some(definition) = node.child("abstractNumId") {
                        list.definition = definition.attribute("val").into_owned();
                    }
                    for change in node.elements().filter(|n| n.name() == "lvlOverride") {
                        list.levels.extend(levels(change));
                        let level = change.attribute("ilvl").parse().ok();
                        let start = change
                            .child("startOverride")
                            .and_then(|start| start.attribute("val").parse().ok());
                        if let (Some(level), Some(start)) = (level, start) {
                            list.restarts.insert(level, start);
                        }
                    }
                    numbering
                        .lists
                        .insert(node.attribute("numId").into_owned(), list);
                }
                _ => {}
            }
        }
        numbering.follow_links(styles);
        numbering
    }

    /// Definitions that only name a list style take over its levels.
    fn follow_links(&mut self, styles: &Styles) {
        let linked: Vec<(String, Definition)> = self
            .definitions
            .iter()
            .filter(|(_, definition)| !definition.link.is_empty())
            .filter_map(|(id, definition)| {
                let (list, _) = styles.list(&definition.link)?;
                let target = &self.lists.get(&list)?.definition;
                Some((id.clone(), self.definitions.get(target)?.clone()))
            })
            .collect();
        self.definitions.extend(linked);
    }

    /// The level of a list that belongs to a paragraph style.
    pub(super) fn level_of_style(&self, list: &str, style: &str) -> Option<usize> {
        let definition = self.definitions.get(&self.lists.get(list)?.definition)?;
        definition
            .levels
            .iter()
            .find(|(_, level)| !style.is_empty() && level.style == style)
            .map(|(level, _)| *level)
    }

    /// The number printed before the next paragraph of a list; empty for
    /// bullets and unknown lists.
    pub(super) fn next(&mut self, list_id: &str, level: usize) -> String {
        let level = level.min(LEVELS - 1);
        let Some(list) = self.lists.get_mut(list_id) else {
            return String::new();
        };
        let definition = self.definitions.get(&list.definition);
        let rule = |at: usize| {
            list.levels
                .get(&at)
                .or_else(|| definition.and_then(|definition| definition.levels.get(&at)))
        };
        let Some(own) = rule(level) else {
            return String::new();
        };
        let counts = self.counts.entry(list.definition.clone()).or_default();
        // A list that starts anew does so once, at its first paragraph.
        counts[level] = Some(match (list.restarts.get(&level), counts[level]) {
            (Some(start), _) => *start,
            (None, Some(count)) => count.saturating_add(1),
            (None, None) => own.start,
        });
        for deeper in &mut counts[level + 1..] {
            *deeper = None;
        }
        let mut number = String::new();
        let mut pattern = own.pattern.chars();
        while let Some(c) = pattern.next() {
            let place = (c == '%')
                .then(|| pattern.clone().next()?.to_digit(10))
                .flatten();
            match place {
                Some(place) => {
                    pattern.next();
                    let at = (place as usize).saturating_sub(1).min(LEVELS - 1);
                    let rule = rule(at).unwrap_or(own);
                    let count = *counts[at].get_or_insert(rule.start);
                    let format = if own.legal { "decimal" } else { &rule.format };
                    number.push_str(&counted(format, count));
                }
                None => number.push(c),
            }
        }
        list.restarts.remove(&level);
        match own.format.as_str() {
            "bullet" | "none" => String::new(),
            _ => number.trim().to_string(),
        }
    }
}

/// The `lvl` elements below a node.
fn levels(node: Node<'_>) -> HashMap<usize, Level> {
    node.elements()
        .filter(|level| level.name() == "lvl")
        .filter_map(|level| {
            let value = |name: &str| {
                level
                    .child(name)
                    .map(|node| node.attribute("val").into_owned())
            };
            Some((
                level.attribute("ilvl").parse().ok()?,
                Level {
                    start: value("start").and_then(|s| s.parse().ok()).unwrap_or(1),
                    format: value("numFmt").unwrap_or_else(|| "decimal".into()),
                    pattern: value("lvlText").unwrap_or_default(),
                    legal: level.child("isLgl").is_some(),
                    style: value("pStyle").unwrap_or_default(),
                },
            ))
        })
        .collect()
}

/// A count in one of the formats law texts use; others in figures.
fn counted(format: &str, count: u32) -> String {
    match format {
        "lowerLetter" => letters(count),
        "upperLetter" => letters(count).to_uppercase(),
        "lowerRoman" => roman(count),
        "upperRoman" => roman(count).to_uppercase(),
        "decimalZero" => format!("{count:02}"),
        "ordinal" => format!("{count}."),
        "russianLower" => script_letter("абвгдежзиклмнопрстуфхцчшщэюя", count),
        "russianUpper" => script_letter("АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ", count),
        "arabicAlpha" => script_letter("أبتثجحخدذرزسشصضطظعغفقكلمنهوي", count),
        "arabicAbjad" => script_letter("أبجدهوزحطيكلمنسعفصقرشتثخذضظغ", count),
        "hebrew1" | "hebrew2" => script_letter("אבגדהוזחטיכלמנסעפצקרשת", count),
        _ => count.to_string(),
    }
}

fn script_letter(alphabet: &str, count: u32) -> String {
    let at = count.saturating_sub(1) as usize;
    alphabet
        .chars()
        .nth(at)
        .map_or_else(|| count.to_string(), String::from)
}
