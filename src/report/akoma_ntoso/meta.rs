//! The head of the document: who made which text, in which version.

use super::xml::Xml;
use crate::law::Act;

/// The country where none is known; ISO 3166 leaves the code to its users.
const NO_COUNTRY: &str = "xx";
/// The date where none is known. The schema asks for one.
const NO_DATE: &str = "0001-01-01";
/// Longest part of an address that is made from a title, in characters.
const LONGEST_NAME: usize = 60;

/// Writes `identification`, with addresses by the naming convention:
/// `/akn/fr/act/1992-07-22/code-penal/fra@2024-01-01`.
pub(super) fn identification(act: &Act, xml: &mut Xml) {
    let date = date_of(&act.date);
    let date_name = if date == NO_DATE {
        "unknown"
    } else {
        "version"
    };
    let country = country_of(act);
    let number = slug(&act.identifier)
        .or_else(|| slug(&act.title))
        .unwrap_or_else(|| "nn".to_owned());
    let language = act.language.three_letters();
    let year = date.get(..4).filter(|_| date != NO_DATE).unwrap_or("nd");
    let work = format!("/akn/{country}/act/{year}/{number}");
    let version = if date == NO_DATE { "" } else { date.as_str() };
    let expression = format!("{work}/{language}@{version}");
    let manifestation = format!("{expression}.xml");
    xml.open("identification", &[("source", "#concord")]);
    xml.end_line();
    for (group, address) in [
        ("FRBRWork", &work),
        ("FRBRExpression", &expression),
        ("FRBRManifestation", &manifestation),
    ] {
        xml.open(group, &[]);
        xml.end_line();
        // The main text of a document is its component `!main`.
        let this = match group {
            "FRBRManifestation" => format!("{expression}/!main.xml"),
            _ => format!("{address}/!main"),
        };
        xml.empty("FRBRthis", &[("value", &this)]);
        xml.empty("FRBRuri", &[("value", address)]);
        if group == "FRBRWork" && !act.title.is_empty() {
            xml.empty("FRBRalias", &[("value", &act.title), ("name", "title")]);
        }
        xml.empty("FRBRdate", &[("date", &date), ("name", date_name)]);
        let author = match group {
            "FRBRWork" => "#legislator",
            _ => "#concord",
        };
        xml.empty("FRBRauthor", &[("href", author)]);
        match group {
            "FRBRWork" => {
                xml.empty("FRBRcountry", &[("value", &country)]);
                if !act.identifier.is_empty() {
                    xml.empty("FRBRnumber", &[("value", &act.identifier)]);
                }
                if !act.title.is_empty() {
                    xml.empty("FRBRname", &[("value", &act.title)]);
                }
            }
            "FRBRExpression" => xml.empty("FRBRlanguage", &[("language", &language)]),
            _ => xml.empty("FRBRformat", &[("value", "application/akn+xml")]),
        }
        xml.close();
        xml.end_line();
    }
    xml.close();
    xml.end_line();
}

/// The organisations that the head refers to, and what a period is one of.
pub(super) fn references(is_dated: bool, xml: &mut Xml) {
    xml.open("references", &[("source", "#concord")]);
    xml.end_line();
    for (id, name) in [("concord", "Concord"), ("legislator", "The legislator")] {
        let href = format!("/ontology/organization/{id}");
        xml.empty(
            "TLCOrganization",
            &[("eId", id), ("href", &href), ("showAs", name)],
        );
    }
    if is_dated {
        xml.empty(
            "TLCConcept",
            &[
                ("eId", "in-force"),
                ("href", "/ontology/concept/in-force"),
                ("showAs", "In force"),
            ],
        );
    }
    xml.close();
    xml.end_line();
}

/// The jurisdiction's code, if there is one.
fn country_of(act: &Act) -> String {
    let code = act.jurisdiction.as_str();
    let known = code.len() >= 2 && code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if known { code } else { NO_COUNTRY }.to_owned()
}

/// A whole date; a year or month alone begins with its first day.
fn date_of(given: &str) -> String {
    let digits: Vec<&str> = given
        .get(..10.min(given.len()))
        .unwrap_or_default()
        .split('-')
        .take_while(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
        .collect();
    let candidate = match digits.as_slice() {
        [year] => format!("{year}-01-01"),
        [year, month] => format!("{year}-{month}-01"),
        [year, month, day] => format!("{year}-{month}-{day}"),
        _ => return NO_DATE.to_owned(),
    };
    candidate
        .parse::<jiff::civil::Date>()
        .map_or_else(|_| NO_DATE.to_owned(), |date| date.to_string())
}

/// Letters and digits of any script in small letters, joined by hyphens.
fn slug(text: &str) -> Option<String> {
    let mut slug = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.chars().count() >= LONGEST_NAME {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    (!slug.is_empty()).then(|| slug.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{date_of, slug};

    #[test]
    fn dates_are_whole_and_real() {
        for (given, whole) in [
            ("2024-02-29", "2024-02-29"),
            ("2024-02-29T10:00:00", "2024-02-29"),
            ("1965", "1965-01-01"),
            ("1965-07", "1965-07-01"),
            ("2023-02-30", "0001-01-01"),
            ("", "0001-01-01"),
            ("July", "0001-01-01"),
        ] {
            assert_eq!(date_of(given), whole, "{given}");
        }
        assert_eq!(slug("Goat Act (No. 2)").as_deref(), Some("goat-act-no-2"));
        assert_eq!(slug("§§"), None);
    }
}
