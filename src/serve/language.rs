//! The language of the pages: what the address says, else what this browser
//! chose before, else what it asks for.

use super::parameters::Parameters;
use crate::report::{LANGUAGES, Words};
use serde::Serialize;

/// The parameter of addresses, and the cookie, that hold the choice.
pub(super) const LANGUAGE: &str = "language";

/// The words of the pages, beside those of the reports, by language.
const OWN: [(&str, &str); 3] = [
    ("en", include_str!("words/en.toml")),
    ("fr", include_str!("words/fr.toml")),
    ("es", include_str!("words/es.toml")),
];

/// The words of reports and pages in a language; English where there is none.
pub(super) fn words(language: &str) -> Words {
    let of = |tag: &str| OWN.iter().find(|(known, _)| *known == tag);
    let english = of("en").map_or("", |(_, source)| source);
    let own = of(language).map_or("", |(_, source)| source);
    Words::of(language)
        .unwrap_or_else(|_| Words::english())
        .and(english, own)
}

/// A language that pages have, by its tag or the first part of it.
pub(super) fn known(tag: &str) -> Option<&'static str> {
    let primary = tag.split('-').next().unwrap_or_default();
    LANGUAGES
        .iter()
        .map(|(known, _)| *known)
        .find(|known| known.eq_ignore_ascii_case(primary))
}

/// The language of a request. `accepted` is the header `Accept-Language`.
pub(super) fn chosen(address: &str, cookie: &str, accepted: &str) -> &'static str {
    let default = LANGUAGES[0].0;
    known(address)
        .or_else(|| known(cookie))
        .or_else(|| preferred(accepted))
        .unwrap_or(default)
}

/// The language with the highest weight among those that pages have; of equal
/// ones the first.
fn preferred(accepted: &str) -> Option<&'static str> {
    let mut best: Option<(&'static str, f32)> = None;
    for part in accepted.split(',') {
        let mut fields = part.split(';').map(str::trim);
        let Some(tag) = fields.next().and_then(known) else {
            continue;
        };
        let weight = fields
            .find_map(|field| field.strip_prefix("q="))
            .map_or(1.0, |weight| weight.trim().parse().unwrap_or(0.0));
        if weight > 0.0 && best.is_none_or(|(_, known)| weight > known) {
            best = Some((tag, weight));
        }
    }
    best.map(|(tag, _)| tag)
}

/// The way to the same page in a language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Tongue {
    tag: &'static str,
    name: &'static str,
    link: String,
}

/// The same page in every language. What a page says once, about something
/// just done, is left out.
pub(super) fn tongues(path: &str, query: &Parameters) -> Vec<Tongue> {
    let query = query.without("done");
    LANGUAGES
        .iter()
        .map(|(tag, name)| Tongue {
            tag,
            name,
            link: format!("{path}{}", query.with(LANGUAGE, tag)),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::QUERY_HELP;
    use crate::report::words_differences;

    #[test]
    fn every_language_says_everything_that_english_says() {
        let english = OWN[0].1;
        for (tag, own) in &OWN[1..] {
            let different = words_differences(english, own);
            assert!(different.is_empty(), "{tag}: {different:#?}");
        }
        let tags: Vec<&str> = OWN.iter().map(|(tag, _)| *tag).collect();
        assert_eq!(tags, LANGUAGES.map(|(tag, _)| tag));
    }

    #[test]
    fn the_help_of_the_search_is_the_same_on_pages_and_the_command_line() {
        let own = words("en");
        assert_eq!(own.get(&["at", "search", "text"]), QUERY_HELP);
    }

    #[test]
    fn the_address_goes_before_the_cookie_and_both_before_the_browser() {
        assert_eq!(chosen("es", "fr", "en"), "es");
        assert_eq!(chosen("xx", "fr", "en"), "fr");
        assert_eq!(chosen("", "", "de-DE, fr-CH;q=0.8, en;q=0.9"), "en");
        assert_eq!(chosen("", "", "de, fr-CH;q=0.8, en;q=0.8"), "fr");
        assert_eq!(chosen("", "", "FR-fr"), "fr");
        assert_eq!(chosen("", "", "fr;q=0, es;q=0.1"), "es");
        for nothing in ["", "*", "de", ",;q=,", "fr;q=x"] {
            assert_eq!(chosen("", "", nothing), "en", "{nothing}");
        }
    }
}
