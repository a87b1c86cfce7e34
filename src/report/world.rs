//! The map of a comparison: how much of a profile each State's law meets.
//!
//! The outlines are Natural Earth's (public domain), made ready by
//! `world/convert.py`. The map takes no position on any border. What has no
//! place on it (a part of a State, an older state of a law, a fictional
//! jurisdiction) is listed beside it.

use serde::Serialize;

use super::Run;
use super::words::Words;
use crate::annotate::fold_words;
use crate::assess::Verdict;

/// One line per country: two-letter code and SVG path.
const COUNTRIES: &str = include_str!("world/countries.csv");
/// The steps of the scale, in hundredths of the requirements answered.
const STEPS: u32 = 5;

/// Words that many names of countries have.
const COMMON: [&str; 7] = [
    "republic",
    "kingdom",
    "united",
    "states",
    "islands",
    "democratic",
    "federation",
];

/// The map with what stands on it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct WorldMap {
    pub shapes: Vec<Shape>,
    /// Jurisdictions of the comparison that are on the map.
    pub placed: Vec<PlacedView>,
    /// Jurisdictions that have no place on it.
    pub beside: Vec<PlacedView>,
    /// The steps of the scale, lowest first.
    pub steps: Vec<Step>,
    /// The whole map in words, for people who cannot see it.
    pub label: String,
}

/// An outline of the map.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Shape {
    pub path: &'static str,
    /// Style class: `s1` to `s5`, `none` without an answer, empty for countries
    /// that are not compared.
    pub class: String,
    /// Code of the jurisdiction; empty where it is not compared.
    pub code: String,
    /// "France: 60 % full"; empty where it is not compared.
    pub title: String,
}

/// One jurisdiction with its share.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PlacedView {
    pub code: String,
    pub country: String,
    /// Full findings among those answered, in hundredths; none where nothing
    /// could be answered.
    pub share: Option<u32>,
    pub class: String,
}

/// One step of the scale.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Step {
    pub class: String,
    pub label: String,
}

/// The map of a run; none where no jurisdiction has a place on it.
pub(crate) fn map(words: &Words, run: &Run<'_>) -> Option<WorldMap> {
    let all: Vec<PlacedView> = run
        .jurisdictions
        .iter()
        .map(|assessed| {
            let share = share(assessed.findings.iter().map(|f| f.verdict));
            PlacedView {
                code: assessed.law.jurisdiction.to_string(),
                country: assessed.law.country.clone(),
                share,
                class: class(share),
            }
        })
        .collect();
    let (placed, beside): (Vec<PlacedView>, Vec<PlacedView>) = all.into_iter().partition(|item| {
        let entry = run.mappings.tables.jurisdiction(&item.code);
        let is_it = entry.is_some_and(|entry| names(&item.country, &item.code, &entry.name));
        is_it && outlines().any(|(code, _)| code == item.code)
    });
    if placed.is_empty() {
        return None;
    }
    let said = |item: &PlacedView| match item.share {
        Some(share) => words.filled(
            &["map", "share"],
            &[("country", &item.country), ("share", &share.to_string())],
        ),
        None => words.filled(&["map", "no-answer"], &[("country", &item.country)]),
    };
    let shapes = outlines()
        .map(|(code, path)| {
            let item = placed.iter().find(|item| item.code == code);
            Shape {
                path,
                class: item.map(|item| item.class.clone()).unwrap_or_default(),
                code: item.map(|item| item.code.clone()).unwrap_or_default(),
                title: item.map(said).unwrap_or_default(),
            }
        })
        .collect();
    let steps = (0..STEPS).map(|step| Step {
        class: format!("s{}", step + 1),
        label: format!("{}–{} %", step * 100 / STEPS, (step + 1) * 100 / STEPS),
    });
    let listed: Vec<String> = placed.iter().map(said).collect();
    Some(WorldMap {
        shapes,
        label: words.filled(&["map", "label"], &[("shares", &listed.join("; "))]),
        placed,
        beside,
        steps: steps.collect(),
    })
}

/// Whether what a corpus calls a jurisdiction is the country of its code: the
/// code alone, or a name that shares a word with the country's. A fictional
/// jurisdiction may bear the code of a real country.
fn names(called: &str, code: &str, country: &str) -> bool {
    if called.trim().is_empty() || called.eq_ignore_ascii_case(code) {
        return true;
    }
    let (called, country) = (fold_words(called), fold_words(country));
    let shared = |word: &String| {
        word.len() > 3 && !COMMON.contains(&word.as_str()) && country.contains(word)
    };
    called.iter().any(shared) || country.iter().all(|word| called.contains(word))
}

/// Codes and paths of the countries.
fn outlines() -> impl Iterator<Item = (&'static str, &'static str)> {
    COUNTRIES
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(','))
}

/// Full findings among those that were answered, in hundredths.
fn share(verdicts: impl Iterator<Item = Verdict>) -> Option<u32> {
    let (mut full, mut answered) = (0_u32, 0_u32);
    for verdict in verdicts {
        let counts = !matches!(verdict, Verdict::Undetermined | Verdict::NotApplicable);
        answered += u32::from(counts);
        full += u32::from(verdict == Verdict::Full);
    }
    (full * 100).checked_div(answered)
}

fn class(share: Option<u32>) -> String {
    match share {
        Some(share) => format!("s{}", (share * STEPS / 100).min(STEPS - 1) + 1),
        None => "none".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{class, names, outlines, share};
    use crate::assess::Verdict;

    #[test]
    fn every_outline_is_a_path_within_the_box() {
        let mut count = 0;
        for (code, path) in outlines() {
            count += 1;
            assert!(code.is_empty() || code.len() == 2, "{code}");
            assert!(path.starts_with('M') && path.ends_with('z'), "{code}");
            let known = |c: char| c.is_ascii_digit() || "Mlaz -.".contains(c);
            assert!(path.chars().all(known), "{code}");
        }
        assert!(count > 200);
        for code in ["fr", "jp", "sg", "za"] {
            assert!(outlines().any(|(known, _)| known == code), "{code}");
        }
    }

    #[test]
    fn a_country_stands_on_the_map_under_its_own_name_only() {
        for (called, code, country) in [
            ("Korea (DPR)", "kp", "Korea (DPR)"),
            ("Republic of Chad", "td", "Chad"),
            ("Turkiye", "tr", "Türkiye"),
            ("FR", "fr", "France"),
            ("", "fr", "France"),
            ("United States of America", "us", "United States"),
            ("Côte d’Ivoire", "ci", "Côte d'Ivoire"),
        ] {
            assert!(names(called, code, country), "{called}");
        }
        for (called, code, country) in [
            ("Valoria", "va", "Holy See"),
            ("Aldermere", "al", "Albania"),
            ("Republic of Corvalie", "do", "Dominican Republic"),
            ("Skerry Isles", "sk", "Slovakia"),
        ] {
            assert!(!names(called, code, country), "{called}");
        }
    }

    #[test]
    fn what_could_not_be_answered_is_no_part_of_a_share() {
        use Verdict::{Full, NotFound, Undetermined};
        assert_eq!(share([Full, NotFound, Undetermined].into_iter()), Some(50));
        assert_eq!(share([Undetermined].into_iter()), None);
        assert_eq!(class(Some(0)), "s1");
        assert_eq!(class(Some(100)), "s5");
        assert_eq!(class(None), "none");
    }
}
