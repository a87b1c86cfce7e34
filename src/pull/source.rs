//! `sources.csv`: where official machine-readable law is published.

use serde::Deserialize;

/// The sources this program was built with.
pub const SOURCES: &str = include_str!("../../corpora/sources.csv");

/// One publication.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Name to ask for it by (`de-stgb`).
    #[serde(rename = "source")]
    pub id: String,
    /// Code of the jurisdiction, which names the folder.
    pub jurisdiction: String,
    /// Name of the country.
    pub country: String,
    /// Title of the act.
    pub act: String,
    /// BCP 47 tag of the text.
    pub language: String,
    /// Name of the format that comes, as `inspect` prints it. A text packed
    /// in a zip archive is unpacked.
    pub format: String,
    /// Name of the file in the jurisdiction's folder.
    pub file: String,
    /// Where it is published.
    pub address: String,
    /// Terms of use.
    pub licence: String,
    /// What else there is to know.
    pub notes: String,
}

/// What is wrong with a list of sources, or with what was asked of it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SourcesError {
    /// A line that is not one of the table.
    #[error("sources.csv:{line}: {reason}")]
    Line {
        /// The line, from 1.
        line: u64,
        /// What is wrong.
        reason: String,
    },
    /// A source was asked for that the list does not hold.
    #[error("there is no source `{asked}`{near}; `concord pull --list` shows all")]
    Unknown {
        /// What was asked for.
        asked: String,
        /// Names that may have been meant, as a question.
        near: String,
    },
}

/// Reads a list of sources.
///
/// # Errors
/// The first line that is not well formed: a name twice, an address that is
/// none, a path that leads out of the jurisdiction's folder.
pub fn sources(csv: &str) -> Result<Vec<Source>, SourcesError> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(csv.as_bytes());
    let mut all: Vec<Source> = Vec::new();
    for source in reader.deserialize() {
        let fail = |reason: String| SourcesError::Line {
            line: all.len() as u64 + 2,
            reason,
        };
        let source: Source = source.map_err(|error| fail(error.to_string()))?;
        let is_name = |name: &str| {
            !name.is_empty()
                && !name.starts_with('.')
                && name
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
        };
        for name in [&source.id, &source.jurisdiction, &source.file] {
            if !is_name(name) {
                return Err(fail(format!(
                    "`{name}` is no name (letters, digits, `-`, `_` and `.`)"
                )));
            }
        }
        if !source.address.starts_with("https://") && !source.address.starts_with("http://") {
            return Err(fail(format!("`{}` is no web address", source.address)));
        }
        let same_file =
            |other: &Source| other.jurisdiction == source.jurisdiction && other.file == source.file;
        if all
            .iter()
            .any(|other| other.id == source.id || same_file(other))
        {
            return Err(fail(format!(
                "`{}` or its file stands in the list twice",
                source.id
            )));
        }
        all.push(source);
    }
    Ok(all)
}

/// The sources asked for: by name, or all of a jurisdiction by its code.
///
/// # Errors
/// When something asked for is not in the list.
pub fn select(all: &[Source], asked: &[String]) -> Result<Vec<Source>, SourcesError> {
    let mut selected: Vec<Source> = Vec::new();
    for name in asked {
        let name = name.trim().to_lowercase();
        let found: Vec<&Source> = all
            .iter()
            .filter(|source| source.id == name || source.jurisdiction == name)
            .collect();
        if found.is_empty() {
            let near: Vec<&str> = all
                .iter()
                .filter(|source| {
                    source.country.to_lowercase().starts_with(&name)
                        || source
                            .id
                            .starts_with(name.split('-').next().unwrap_or(&name))
                })
                .map(|source| source.id.as_str())
                .take(5)
                .collect();
            return Err(SourcesError::Unknown {
                asked: name,
                near: if near.is_empty() {
                    String::new()
                } else {
                    format!(" (did you mean {}?)", near.join(" or "))
                },
            });
        }
        for source in found {
            if !selected.contains(source) {
                selected.push(source.clone());
            }
        }
    }
    Ok(selected)
}

/// The host of an address.
pub(super) fn host_of(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{SOURCES, SourcesError, host_of, select, sources};

    #[test]
    fn the_list_is_well_formed_and_wide() {
        let all = sources(SOURCES).unwrap();
        let jurisdictions: BTreeSet<&str> = all.iter().map(|s| s.jurisdiction.as_str()).collect();
        assert!(jurisdictions.len() >= 25, "{jurisdictions:?}");
        for source in &all {
            assert!(source.address.starts_with("https://"), "{}", source.id);
            assert!(!source.licence.is_empty(), "{}", source.id);
            assert!(source.id.starts_with(&source.jurisdiction), "{}", source.id);
            assert!(host_of(&source.address).contains('.'), "{}", source.id);
        }
    }

    #[test]
    fn what_is_asked_for_is_found_or_named() {
        let line = |id: &str, file: &str| {
            format!("{id},va,Valoria,Code,en,html,{file},https://law.example/{id},free,\n")
        };
        let head = "source,jurisdiction,country,act,language,format,file,address,licence,notes\n";
        let list = format!("{head}{}{}", line("va-a", "a.html"), line("va-b", "b.html"));
        let all = sources(&list).unwrap();
        let names = |asked: &str| -> Vec<String> {
            let selected = select(&all, &[asked.to_owned()]).unwrap();
            selected.into_iter().map(|source| source.id).collect()
        };
        assert_eq!(names("va"), ["va-a", "va-b"]);
        assert_eq!(names("VA-B"), ["va-b"]);
        let error = select(&all, &["valoria".to_owned()]).unwrap_err();
        assert!(error.to_string().contains("va-a or va-b"), "{error}");
        for bad in [line("va-a", "c.html"), line("va-c", "../c.html")] {
            let error = sources(&format!("{list}{bad}")).unwrap_err();
            assert!(
                matches!(error, SourcesError::Line { line: 4, .. }),
                "{error}"
            );
        }
    }
}
