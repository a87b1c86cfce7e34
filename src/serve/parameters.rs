//! The names and values of a query string or of a form.

/// Names with their values, in the order they were sent. A name may come
/// several times.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// Reads a query string or the body of a form. What is no text is replaced
    /// by the sign for unreadable letters; nothing is refused.
    pub fn parse(encoded: &[u8]) -> Self {
        Self(
            form_urlencoded::parse(encoded)
                .map(|(name, value)| (name.into_owned(), value.into_owned()))
                .collect(),
        )
    }

    /// The first value of a name, without blanks around it; empty if there is
    /// none.
    pub fn get(&self, name: &str) -> &str {
        let found = self
            .0
            .iter()
            .find(|(known, value)| known == name && !value.trim().is_empty());
        found.map_or("", |(_, value)| value.trim())
    }

    /// All values of a name that are not blank.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(known, _)| known == name)
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
    }

    /// A number from 1; 1 where there is none.
    pub fn page(&self) -> usize {
        let asked = self.get("page").parse::<usize>().unwrap_or(1);
        asked.clamp(1, 1_000_000)
    }

    /// The same as a query string with `?`, one name given a value or, with an
    /// empty one, taken out; empty where nothing is left.
    pub fn with(&self, name: &str, value: &str) -> String {
        let kept = self
            .0
            .iter()
            .filter(|(known, old)| known != name && !old.trim().is_empty())
            .map(|(known, old)| (known.as_str(), old.trim()));
        let new = (!value.is_empty()).then_some((name, value));
        encoded(kept.chain(new))
    }

    /// The same without a name.
    pub fn without(&self, name: &str) -> Self {
        let kept = self.0.iter().filter(|(known, _)| known != name);
        Self(kept.cloned().collect())
    }

    /// The same as a query string with `?`, restricted to some names.
    pub fn only(&self, names: &[&str]) -> String {
        encoded(
            self.0
                .iter()
                .filter(|(known, value)| {
                    names.contains(&known.as_str()) && !value.trim().is_empty()
                })
                .map(|(known, value)| (known.as_str(), value.trim())),
        )
    }

    /// With one value of a name put in if it is not there, else taken out: for
    /// facets.
    pub fn toggled(&self, name: &str, value: &str) -> String {
        let has = self.all(name).any(|known| known == value);
        let kept = self
            .0
            .iter()
            .filter(|(known, old)| {
                known != "page" && !(known == name && old.trim() == value) && !old.trim().is_empty()
            })
            .map(|(known, old)| (known.as_str(), old.trim()));
        encoded(kept.chain((!has).then_some((name, value))))
    }
}

/// Names and values as a query string with `?`; empty for none.
pub fn encoded<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut text = form_urlencoded::Serializer::new(String::new());
    for (name, value) in pairs {
        text.append_pair(name, value);
    }
    match text.finish() {
        empty if empty.is_empty() => empty,
        text => format!("?{text}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facets_go_in_and_out_and_forget_the_page() {
        let asked = Parameters::parse(b"q=a+b&c=fr&c=gb&page=3&lang=");
        assert_eq!(asked.get("q"), "a b");
        assert_eq!(asked.all("c").collect::<Vec<_>>(), ["fr", "gb"]);
        assert_eq!(asked.page(), 3);
        assert_eq!(asked.toggled("c", "fr"), "?q=a+b&c=gb");
        assert_eq!(asked.toggled("c", "de"), "?q=a+b&c=fr&c=gb&c=de");
        assert_eq!(asked.with("page", ""), "?q=a+b&c=fr&c=gb");
        assert_eq!(asked.only(&["q"]), "?q=a+b");
        assert_eq!(asked.only(&["z"]), "");
        assert_eq!(Parameters::parse(b"page=-7").page(), 1);
    }
}
