//! The words of the reports: one message catalogue per language, data only.

use toml::{Table, Value};

/// A message catalogue.
#[derive(Debug, Clone)]
pub struct Words {
    tree: Table,
}

impl Words {
    /// The English catalogue, which is built in.
    pub fn english() -> Self {
        // A test holds the file to be well-formed, so the default is never used.
        Self {
            tree: toml::from_str(include_str!("words/en.toml")).unwrap_or_default(),
        }
    }

    /// The whole catalogue, for templates.
    pub fn tree(&self) -> &Table {
        &self.tree
    }

    /// The text at a path of keys; the last key where the catalogue has none.
    pub fn get<'a>(&'a self, path: &[&'a str]) -> &'a str {
        let Some((last, groups)) = path.split_last() else {
            return "";
        };
        let mut table = &self.tree;
        for key in groups {
            match table.get(*key).and_then(Value::as_table) {
                Some(inner) => table = inner,
                None => return last,
            }
        }
        table.get(*last).and_then(Value::as_str).unwrap_or(last)
    }

    /// The text at a path with its `{name}` places filled.
    pub fn filled(&self, path: &[&str], values: &[(&str, &str)]) -> String {
        fill(self.get(path), values)
    }

    /// The name of a language; its tag where the catalogue has none.
    pub fn language<'a>(&'a self, tag: &'a str) -> &'a str {
        let primary = tag.split('-').next().unwrap_or(tag);
        match self.get(&["language", primary]) {
            name if name == primary => tag,
            name => name,
        }
    }

    /// "1 act", "2 acts".
    pub fn counted(&self, noun: &str, number: usize) -> String {
        let form = if number == 1 { "one" } else { "other" };
        self.filled(&["count", noun, form], &[("n", &number.to_string())])
    }
}

/// Fills the `{name}` places of a message, each once, from left to right, so
/// that a filled value is never read as a place itself.
pub fn fill(message: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(message.len());
    let mut rest = message;
    while let Some(open) = rest.find('{') {
        filled.push_str(&rest[..open]);
        let inside = &rest[open + 1..];
        let place = inside
            .find('}')
            .map(|close| (&inside[..close], &inside[close + 1..]));
        let value = place.and_then(|(name, after)| {
            let (_, value) = values.iter().find(|(key, _)| *key == name)?;
            Some((*value, after))
        });
        match value {
            Some((value, after)) => {
                filled.push_str(value);
                rest = after;
            }
            None => {
                filled.push('{');
                rest = inside;
            }
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::Verdict;
    use crate::report::recommendation::Bond;

    #[test]
    fn the_catalogue_names_every_value_of_the_domain() {
        let words = Words::english();
        for verdict in Verdict::ALL {
            assert_ne!(
                words.get(&["verdict", verdict.name(), "meaning"]),
                "meaning"
            );
            let sentence = words.get(&["sentence", verdict.name()]);
            assert_ne!(sentence, verdict.name());
        }
        for bond in Bond::ALL {
            assert_ne!(words.get(&["bond", bond.name()]), bond.name());
        }
        for class in ["A", "A-", "B", "C", "D", "absent", "not assessed"] {
            assert_ne!(words.get(&["class", class, "title"]), "title");
        }
    }

    #[test]
    fn values_are_filled_once_and_never_read_again() {
        assert_eq!(
            fill("{a} and {b} but {c} {", &[("a", "{b}"), ("b", "2")]),
            "{b} and 2 but {c} {"
        );
        assert_eq!(Words::english().counted("act", 1), "1 act");
        assert_eq!(Words::english().counted("act", 2), "2 acts");
    }
}
