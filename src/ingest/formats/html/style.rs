//! The little of CSS that changes what a text says: bold, struck through,
//! raised.

use std::collections::HashMap;

use scraper::node::Element;

use crate::ingest::formats::line::Look;

/// Words in class names that mark editorial notes in the pages of many
/// publishers.
const NOTE_CLASSES: &[&str] = &[
    "history-note",
    "historynote",
    "history",
    "annotation",
    "annotations",
    "editorial-note",
    "editorialnote",
    "amendment-note",
    "reprint-note",
    "reprint-notes",
    "commentary",
];

/// The style rules of a page, by class name.
#[derive(Debug, Default)]
pub(super) struct StyleSheet {
    classes: HashMap<String, Look>,
}

impl StyleSheet {
    /// Reads the simple class rules (`.W9 { vertical-align: super }`,
    /// `p.old, span.old { ... }`) of `<style>` elements; whatever is more
    /// complicated is passed over.
    pub(super) fn parse(css: &str) -> Self {
        let mut classes: HashMap<String, Look> = HashMap::new();
        for rule in css.split('}') {
            let Some((selectors, body)) = rule.rsplit_once('{') else {
                continue;
            };
            let look = declared(body);
            if look == Look::default() {
                continue;
            }
            for selector in selectors.split(',') {
                let selector = selector.trim();
                let selector = selector.rsplit("*/").next().unwrap_or(selector).trim();
                let Some((element, class)) = selector.split_once('.') else {
                    continue;
                };
                let simple = |name: &str| {
                    name.chars()
                        .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
                };
                if simple(element) && simple(class) && !class.is_empty() {
                    let known = classes.entry(class.to_string()).or_default();
                    *known = known.and(look);
                }
            }
        }
        Self { classes }
    }

    /// How the element's name, classes and style attribute set its text.
    pub(super) fn look(&self, element: &Element) -> Look {
        let mut look = match element.name() {
            "b" | "strong" => Look {
                bold: true,
                ..Look::default()
            },
            "i" | "em" | "cite" => Look {
                italic: true,
                ..Look::default()
            },
            "s" | "strike" | "del" => Look {
                struck: true,
                ..Look::default()
            },
            "sup" => Look {
                raised: true,
                ..Look::default()
            },
            _ => Look::default(),
        };
        if let Some(style) = element.attr("style") {
            look = look.and(declared(style));
        }
        for class in element.classes() {
            if let Some(known) = self.classes.get(class) {
                look = look.and(*known);
            }
            let lower = class.to_ascii_lowercase();
            look.note |= NOTE_CLASSES.contains(&lower.as_str())
                || lower.starts_with("footnote")
                || lower.starts_with("endnote");
        }
        look
    }
}

/// What a list of declarations says.
fn declared(declarations: &str) -> Look {
    let mut look = Look::default();
    for declaration in declarations.split(';') {
        let Some((property, value)) = declaration.split_once(':') else {
            continue;
        };
        let value = value.trim().to_ascii_lowercase();
        match property.trim().to_ascii_lowercase().as_str() {
            "font-weight" => {
                look.bold |= value.starts_with("bold")
                    || value.parse::<u32>().is_ok_and(|weight| weight >= 600);
            }
            "font-style" => look.italic |= value.starts_with("italic"),
            "text-decoration" | "text-decoration-line" => {
                look.struck |= value.contains("line-through");
            }
            "vertical-align" => look.raised |= value.starts_with("super"),
            _ => {}
        }
    }
    look
}

#[cfg(test)]
mod tests {
    use super::{Look, StyleSheet};

    #[test]
    fn simple_class_rules_are_understood_and_others_passed_over() {
        let sheet = StyleSheet::parse(
            "/* a */ .up, span.hoch {line-height:1; vertical-align: super;}\n\
             p.old { text-decoration: line-through } .x .y { font-weight: bold } @media print { .z { color: red }",
        );
        assert!(sheet.classes["up"].raised && sheet.classes["hoch"].raised);
        assert!(sheet.classes["old"].struck);
        assert_eq!(sheet.classes.get("y"), None::<&Look>);
    }
}
