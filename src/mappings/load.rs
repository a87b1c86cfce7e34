//! Reads a mappings folder, or the one built into the program, and checks it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};
use toml::Spanned;

use super::concept::{AGE_UNDER, Concept, ConceptEntry, ConceptId, Concepts};
use super::{Diagnostic, Mappings, Pack, Requirement};
use crate::law::sha256_hex;

#[derive(rust_embed::Embed)]
#[folder = "mappings"]
struct Embedded;

/// The files of a mappings folder by their path within it.
pub(super) type Files = BTreeMap<String, Cow<'static, str>>;

/// The files that are wanted, and the hash of all there are.
pub(super) struct Source {
    files: Files,
    hash: String,
}

/// The files built into the program. Packs of other languages than those
/// wanted are not even looked at: their hashes are known since compile time.
pub(super) fn embedded_files(languages: &[&str]) -> Source {
    let mut files = Files::new();
    let mut hashes: BTreeMap<String, [u8; 32]> = BTreeMap::new();
    for path in Embedded::iter() {
        let Some(file) = Embedded::get(&path) else {
            continue;
        };
        hashes.insert(path.to_string(), file.metadata.sha256_hash());
        if !is_wanted(&path, languages) {
            continue;
        }
        let text = match file.data {
            Cow::Borrowed(bytes) => String::from_utf8_lossy(bytes),
            Cow::Owned(bytes) => Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()),
        };
        files.insert(path.into_owned(), text);
    }
    Source {
        files,
        hash: hash_of(&hashes),
    }
}

/// Whether a file is no pack, or the pack of a wanted language (all, if none
/// are named).
fn is_wanted(path: &str, languages: &[&str]) -> bool {
    toml_stem(path, "languages/")
        .is_none_or(|stem| languages.is_empty() || languages.iter().any(|tag| speaks(stem, tag)))
}

/// The files of a folder on disk.
pub(super) fn folder_files(folder: &Path, languages: &[&str]) -> Result<Source, Vec<Diagnostic>> {
    let failed = |path: &Path, error: &dyn std::fmt::Display| {
        vec![Diagnostic {
            file: path.display().to_string(),
            source: String::new(),
            span: 0..0,
            message: format!("cannot be read: {error}"),
            help: "give a folder of mappings with --mappings, or leave it out for those built in"
                .into(),
        }]
    };
    let mut files = Files::new();
    let mut hashes: BTreeMap<String, [u8; 32]> = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(current) = folders.pop() {
        let entries = std::fs::read_dir(&current).map_err(|error| failed(&current, &error))?;
        for entry in entries {
            let path = entry.map_err(|error| failed(&current, &error))?.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(relative) = path.strip_prefix(folder) {
                let text = std::fs::read_to_string(&path).map_err(|error| failed(&path, &error))?;
                let relative = relative.to_string_lossy().replace('\\', "/");
                hashes.insert(relative.clone(), Sha256::digest(text.as_bytes()).into());
                if is_wanted(&relative, languages) {
                    files.insert(relative, Cow::Owned(text));
                }
            }
        }
    }
    Ok(Source {
        files,
        hash: hash_of(&hashes),
    })
}

/// Collects errors of one file.
pub(super) struct FileCheck<'a> {
    pub file: &'a str,
    pub source: &'a str,
    pub errors: &'a mut Vec<Diagnostic>,
}

impl FileCheck<'_> {
    pub fn error(
        &mut self,
        span: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.errors.push(Diagnostic {
            file: self.file.to_owned(),
            source: self.source.to_owned(),
            span,
            message: message.into(),
            help: help.into(),
        });
    }

    /// Parses the file as TOML, noting an error with its place.
    pub fn parse<T: DeserializeOwned>(&mut self) -> Option<T> {
        match toml::from_str(self.source) {
            Ok(value) => Some(value),
            Err(error) => {
                let span = error.span().unwrap_or(0..0);
                self.error(span, error.message().to_owned(), "see README.md beside it");
                None
            }
        }
    }

    /// The concept of this name, or an error with the nearest names.
    pub fn concept(&mut self, concepts: &Concepts, name: &Spanned<String>) -> Option<ConceptId> {
        let id = concepts.id(name.get_ref());
        if id.is_none() {
            let known = concepts.ids().map(|id| concepts.name(id));
            let help = match super::nearest(name.get_ref(), known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "concepts are listed in concepts.toml".to_owned(),
            };
            self.error(
                name.span(),
                format!("unknown concept `{}`", name.get_ref()),
                help,
            );
        }
        id
    }
}

/// Builds the mappings out of their files.
pub(super) fn build(source: Source) -> Result<Mappings, Vec<Diagnostic>> {
    let mut errors = Vec::new();
    let Source { files, hash } = source;
    let concepts = read_concepts(&files, &mut errors);
    // Every other file is checked against the concepts: without them each of
    // its lines would be called wrong.
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut packs: Vec<Pack> = Vec::new();
    let mut requirements: Vec<Requirement> = Vec::new();
    for (path, source) in &files {
        let mut check = FileCheck {
            file: path,
            source,
            errors: &mut errors,
        };
        if let Some(stem) = toml_stem(path, "languages/") {
            let Some(pack) = check.parse::<Pack>() else {
                continue;
            };
            if pack.tag.get_ref() != stem {
                check.error(
                    pack.tag.span(),
                    format!("the tag `{}` is not the file's name", pack.tag.get_ref()),
                    format!("write tag = \"{stem}\" or rename the file"),
                );
            }
            for name in pack.concepts.keys() {
                if let Some(id) = check.concept(&concepts, name)
                    && concepts.concept(id).is_some_and(|c| !c.takes_phrases())
                {
                    check.error(
                        name.span(),
                        format!("`{}` is composed of other concepts", name.get_ref()),
                        "give phrases to the concepts it is made of",
                    );
                }
            }
            packs.push(pack);
        } else if let Some(stem) = toml_stem(path, "requirements/") {
            let Some(requirement) = check.parse::<Requirement>() else {
                continue;
            };
            check_requirement(&mut check, &concepts, &requirement, stem);
            requirements.push(requirement);
        }
    }
    let tables = super::tables::read(&files, &requirements, &concepts, &mut errors);
    requirements.sort_by_key(|requirement| {
        tables
            .order
            .iter()
            .position(|id| id == requirement.id.get_ref())
            .unwrap_or(usize::MAX)
    });
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(Mappings {
        concepts,
        packs,
        requirements,
        tables,
        hash,
        files,
    })
}

/// Whether the pack of this file may serve a text in the language.
fn speaks(stem: &str, tag: &str) -> bool {
    let primary = |tag: &str| tag.split('-').next().map(str::to_lowercase);
    primary(stem) == primary(tag)
}

fn toml_stem<'a>(path: &'a str, folder: &str) -> Option<&'a str> {
    path.strip_prefix(folder)?.strip_suffix(".toml")
}

/// SHA-256 over the names of all files and the SHA-256 of each, in order.
fn hash_of(hashes: &BTreeMap<String, [u8; 32]>) -> String {
    let mut all = Vec::new();
    for (path, hash) in hashes {
        all.extend_from_slice(path.as_bytes());
        all.push(0);
        all.extend_from_slice(hash);
    }
    sha256_hex(&all)
}

fn read_concepts(files: &Files, errors: &mut Vec<Diagnostic>) -> Concepts {
    const FILE: &str = "concepts.toml";
    let mut concepts = Concepts::default();
    let Some(source) = files.get(FILE) else {
        errors.push(Diagnostic {
            file: FILE.into(),
            source: String::new(),
            span: 0..0,
            message: "the file is missing".into(),
            help: "a mappings folder needs concepts.toml; copy it from the program's own".into(),
        });
        return concepts;
    };
    let mut check = FileCheck {
        file: FILE,
        source,
        errors,
    };
    let Some(entries) = check.parse::<BTreeMap<Spanned<String>, ConceptEntry>>() else {
        return concepts;
    };
    let mut entries: Vec<(Spanned<String>, ConceptEntry)> = entries.into_iter().collect();
    entries.sort_by_key(|(name, _)| name.span().start);
    concepts.declare(AGE_UNDER);
    for (name, _) in &entries {
        concepts.declare(name.get_ref());
    }
    for (name, entry) in entries {
        let mut resolve = |names: &[Spanned<String>]| -> Vec<ConceptId> {
            names
                .iter()
                .filter_map(|name| check.concept(&concepts, name))
                .collect()
        };
        let concept = Concept {
            meaning: entry.meaning,
            any_of: resolve(&entry.any_of),
            outside: resolve(&entry.outside),
            together: entry
                .together
                .as_ref()
                .map(|together| (resolve(&together.all), together.words)),
            carried: resolve(&entry.carried),
            recalls: resolve(&entry.recalls),
            may_lack: entry.may_lack,
        };
        if let Some(id) = concepts.id(name.get_ref()) {
            concepts.define(id, concept);
        }
    }
    concepts
}

fn check_requirement(
    check: &mut FileCheck<'_>,
    concepts: &Concepts,
    requirement: &Requirement,
    stem: &str,
) {
    if requirement.id.get_ref() != stem {
        check.error(
            requirement.id.span(),
            format!(
                "the id `{}` is not the file's name",
                requirement.id.get_ref()
            ),
            format!("write id = \"{stem}\" or rename the file"),
        );
    }
    let tests = requirement
        .ways
        .iter()
        .map(|way| &way.test)
        .chain(requirement.elements.iter().filter_map(|e| e.test.as_ref()));
    for test in tests {
        let names = test.all.iter().chain(&test.any).chain(&test.none);
        for name in names
            .chain(&test.article)
            .chain(&test.cited_by)
            .chain(&test.younger_by)
        {
            check.concept(concepts, name);
        }
    }
    let mut seen: Vec<&str> = Vec::new();
    for element in &requirement.elements {
        let name = element.name.get_ref();
        if seen.contains(&name.as_str()) {
            check.error(
                element.name.span(),
                format!("the element `{name}` stands twice"),
                "element names are unique within a requirement",
            );
        }
        seen.push(name);
    }
}
