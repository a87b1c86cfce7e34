//! The words of the reports: one message catalogue per language, data only.

use toml::{Table, Value};

use super::view::readable;

/// The languages of reports, with their own names.
pub const LANGUAGES: [(&str, &str); 3] = [("en", "English"), ("fr", "français"), ("es", "español")];

/// A message catalogue. What a language lacks is shown in English.
#[derive(Debug, Clone)]
pub struct Words {
    tree: Table,
    /// The same in English, by which the program's own messages are recognised.
    english: Table,
}

/// No catalogue of that language.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no reports in `{0}`; there are: en (English), fr (français), es (español)")]
pub struct UnknownLanguage(pub String);

impl Words {
    /// The English catalogue, which is built in.
    pub fn english() -> Self {
        Self::over_english(Table::new())
    }

    /// The catalogue of a language, by its tag.
    ///
    /// # Errors
    /// When there is none.
    pub fn of(language: &str) -> Result<Self, UnknownLanguage> {
        let source = match language {
            "en" => return Ok(Self::english()),
            "fr" => include_str!("words/fr.toml"),
            "es" => include_str!("words/es.toml"),
            other => return Err(UnknownLanguage(other.to_owned())),
        };
        Ok(Self::over_english(parsed(source)))
    }

    fn over_english(own: Table) -> Self {
        let mut tree = parsed(include_str!("words/en.toml"));
        let english = tree.clone();
        lay_over(&mut tree, own);
        Self { tree, english }
    }

    /// The same with further words: those of another face of the program, in
    /// English and in this language.
    pub(crate) fn and(mut self, english: &str, own: &str) -> Self {
        let further = parsed(english);
        lay_over(&mut self.english, further.clone());
        lay_over(&mut self.tree, further);
        lay_over(&mut self.tree, parsed(own));
        self
    }

    /// Whether this is the language of the rule data.
    pub fn is_english(&self) -> bool {
        self.get(&["page", "language"]) == "en"
    }

    /// The whole catalogue, for templates.
    pub fn tree(&self) -> &Table {
        &self.tree
    }

    /// The text at a path of keys; the last key where the catalogue has none.
    pub fn get<'a>(&'a self, path: &[&'a str]) -> &'a str {
        self.find(path)
            .unwrap_or_else(|| path.last().copied().unwrap_or_default())
    }

    /// The text at a path of keys, if the catalogue has one.
    pub fn find(&self, path: &[&str]) -> Option<&str> {
        let (last, groups) = path.split_last()?;
        let mut table = &self.tree;
        for key in groups {
            table = table.get(*key)?.as_table()?;
        }
        table.get(*last)?.as_str()
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
        let form = match number {
            0 => self.get(&["page", "zero"]),
            1 => "one",
            _ => "other",
        };
        self.filled(&["count", noun, form], &[("n", &number.to_string())])
    }

    /// The name of an element or of something missing, as words.
    pub fn name(&self, id: &str) -> String {
        let known = self.find(&["missing", id]).or(self.find(&["name", id]));
        known.map_or_else(|| readable(id), str::to_owned)
    }

    /// A text of the rule data: its translation where the catalogue has one.
    pub fn data<'a>(&'a self, text: &'a str) -> &'a str {
        self.find(&["data", text]).unwrap_or(text)
    }

    /// What the engine says of coverage and reasons, in this language. A
    /// message that is not known stays as it is.
    pub fn said(&self, message: &str) -> String {
        self.said_of("engine", message)
    }

    /// A message of the program, in this language: the group of the catalogue
    /// holds the English messages and what they are here.
    pub(crate) fn said_of(&self, group: &str, message: &str) -> String {
        let known = self.english.get(group).and_then(Value::as_table);
        for (key, pattern) in known.into_iter().flatten() {
            let values = pattern.as_str().and_then(|p| read_back(p, message));
            if let Some(values) = values {
                let values: Vec<(&str, &str)> = values
                    .into_iter()
                    .map(|(name, value)| (name, self.data(value)))
                    .collect();
                return self.filled(&[group, key], &values);
            }
        }
        message.to_owned()
    }
}

/// A built-in catalogue. A test holds the files to be well-formed, so that the
/// default is never used.
fn parsed(source: &str) -> Table {
    toml::from_str(source).unwrap_or_default()
}

fn lay_over(under: &mut Table, over: Table) {
    for (key, value) in over {
        match (under.get_mut(&key), value) {
            (Some(Value::Table(under)), Value::Table(over)) => lay_over(under, over),
            (_, value) => {
                under.insert(key, value);
            }
        }
    }
}

/// The values that make a pattern into a message, if any do. Each place takes
/// as little as what follows it allows; the last takes the rest.
fn read_back<'p, 'm>(pattern: &'p str, message: &'m str) -> Option<Vec<(&'p str, &'m str)>> {
    let mut values = Vec::new();
    let (mut pattern, mut message) = (pattern, message);
    while let Some(open) = pattern.find('{') {
        let close = open + pattern[open..].find('}')?;
        message = message.strip_prefix(&pattern[..open])?;
        let after = &pattern[close + 1..];
        let literal = &after[..after.find('{').unwrap_or(after.len())];
        let end = if literal.is_empty() {
            message.len()
        } else {
            message.find(literal)?
        };
        values.push((&pattern[open + 1..close], &message[..end]));
        (pattern, message) = (after, &message[end..]);
    }
    (pattern == message).then_some(values)
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

/// What one catalogue says and the other does not: keys, with the places that
/// each text has. English texts of the rule data, and names of elements, are
/// translated where they are used and have no English entry.
#[cfg(test)]
pub(crate) fn differences(english: &str, own: &str) -> Vec<String> {
    fn keys(table: &Table, path: &str, into: &mut Vec<String>) {
        for (key, value) in table {
            let path = format!("{path}.{key}");
            match value {
                Value::Table(inner) => keys(inner, &path, into),
                Value::String(text) => {
                    let mut places: Vec<&str> = text
                        .split('{')
                        .skip(1)
                        .filter_map(|rest| Some(rest.split_once('}')?.0))
                        .collect();
                    places.sort_unstable();
                    into.push(format!("{path} {places:?}"));
                }
                other => panic!("{path}: {other:?} is no text"),
            }
        }
    }
    let all = |source: &str| {
        let mut found = Vec::new();
        let mut table: Table = toml::from_str(source).unwrap();
        for group in ["data", "name", "requirement"] {
            table.remove(group);
        }
        keys(&table, "", &mut found);
        found
    };
    let (english, own) = (all(english), all(own));
    let lacking = english.iter().filter(|key| !own.contains(key));
    let needless = own.iter().filter(|key| !english.contains(key));
    lacking
        .map(|key| format!("lacks {key}"))
        .chain(needless.map(|key| format!("has {key}")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::Verdict;
    use crate::mappings::Mappings;
    use crate::report::recommendation::Bond;
    use crate::report::view::theme_key;

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
    fn every_language_says_everything_that_english_says() {
        let english = include_str!("words/en.toml");
        for (tag, own) in [
            ("fr", include_str!("words/fr.toml")),
            ("es", include_str!("words/es.toml")),
        ] {
            let different = differences(english, own);
            assert!(different.is_empty(), "{tag}: {different:#?}");
        }
    }

    /// What the rule data say to a reader, by the group of the catalogue that
    /// translates it.
    fn told(mappings: &Mappings) -> Vec<(&'static str, String)> {
        let mut told: Vec<(&str, String)> = Vec::new();
        for requirement in &mappings.requirements {
            told.push(("requirement", requirement.id.get_ref().clone()));
            for element in &requirement.elements {
                told.push(("name", element.name.get_ref().clone()));
                told.push(("data", element.text.clone()));
            }
            for name in requirement.ways.iter().flat_map(|way| &way.missing) {
                told.push(("name", name.clone()));
            }
        }
        let tables = &mappings.tables;
        let mut data = |text: &str| told.push(("data", text.to_owned()));
        for entry in &tables.catalogue {
            if mappings.requirement(&entry.id).is_none() {
                data(&entry.title);
            }
            data(theme_key(mappings, &entry.id));
        }
        for profile in &tables.profiles {
            data(&profile.title);
        }
        for part in &tables.rollups {
            data(&part.title);
            data(&part.part_title);
        }
        for instrument in tables.instruments.values() {
            data(&instrument.title);
            data(&instrument.nature);
        }
        for entry in &tables.jurisdictions {
            data(&entry.region);
            data(&entry.legal_family);
        }
        for pair in tables.pairs.values() {
            data(&pair.offline);
            data(&pair.online);
        }
        for topic in tables.topics.values() {
            data(&topic.title);
            data(&topic.usual_place);
        }
        for permitted in &tables.permitted {
            data(&permitted.content);
        }
        for reservation in &tables.reservations {
            data(&reservation.content);
        }
        told.retain(|(_, text)| !text.is_empty());
        told.sort_unstable();
        told.dedup();
        told
    }

    #[test]
    fn every_language_says_everything_that_the_rules_say() {
        let told = told(&Mappings::embedded().unwrap());
        assert!(told.len() > 800, "{}", told.len());
        for (tag, source) in [
            ("fr", include_str!("words/fr.toml")),
            ("es", include_str!("words/es.toml")),
        ] {
            let words = Words::of(tag).unwrap();
            let lacking: Vec<_> = told
                .iter()
                .filter(|(group, text)| {
                    let missing = *group == "name" && words.find(&["missing", text]).is_some();
                    words.find(&[group, text]).is_none() && !missing
                })
                .collect();
            assert!(lacking.is_empty(), "words/{tag}.toml lacks {lacking:#?}");
            // What the rules no longer say need not be translated.
            let own: Table = toml::from_str(source).unwrap();
            let needless: Vec<&String> = ["data", "requirement"]
                .into_iter()
                .flat_map(|group| {
                    let texts = own.get(group).and_then(Value::as_table);
                    let told = &told;
                    texts.into_iter().flatten().filter_map(move |(text, _)| {
                        let known = told.iter().any(|(g, t)| *g == group && t == text);
                        (!known).then_some(text)
                    })
                })
                .collect();
            assert!(needless.is_empty(), "words/{tag}.toml has {needless:#?}");
        }
    }

    #[test]
    fn what_the_engine_says_is_understood() {
        let french = Words::of("fr").unwrap();
        assert_eq!(french.said("held"), "disponibles");
        let reason =
            french.said("no act on sexual offences is held; it usually stands in the penal code");
        assert!(reason.contains("infractions sexuelles"), "{reason}");
        assert!(reason.contains("code pénal"), "{reason}");
        assert_eq!(french.said("something new"), "something new");
        assert_eq!(
            Words::english().said("held, incomplete: a.md"),
            "held, incomplete: a.md"
        );
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
