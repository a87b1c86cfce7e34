//! What several pages share: verdicts with word and sign, bars of counts,
//! places in the law, names made readable.

use std::borrow::Cow;

use serde::Serialize;

use super::Stamp;
use super::words::Words;
use crate::assess::{Finding, JurisdictionLaw, ProvisionRef, Verdict};
use crate::law::Act;
use crate::mappings::{Mappings, Role};

/// Width of a bar of counts, in units of its own.
const BAR: usize = 1000;

/// A verdict as readers see it: word and sign, so that no colour is needed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct VerdictView {
    /// The name in tables; also the style class.
    pub name: &'static str,
    /// In a sentence.
    pub word: String,
    /// At the head of a narrow column.
    pub short: String,
    /// One character.
    pub sign: &'static str,
}

impl VerdictView {
    pub fn new(words: &Words, verdict: Verdict) -> Self {
        let name = verdict.name();
        Self {
            name,
            word: words.get(&["verdict", name, "word"]).to_owned(),
            short: words.get(&["verdict", name, "short"]).to_owned(),
            sign: sign(verdict),
        }
    }
}

/// The sign of a verdict: shapes that differ in outline and in filling.
pub(crate) fn sign(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Conflict => "✕",
        Verdict::NotFound => "○",
        Verdict::Partial => "◐",
        Verdict::Full => "●",
        Verdict::Undetermined => "?",
        Verdict::NotApplicable => "–",
    }
}

/// How often one verdict occurs, with its place in a bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Slice {
    pub verdict: VerdictView,
    pub count: usize,
    /// Left edge, in thousandths of the bar.
    pub x: usize,
    /// In thousandths of the bar.
    pub width: usize,
}

/// Counts by verdict, conflicts first; verdicts that do not occur are left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Counts {
    pub total: usize,
    pub slices: Vec<Slice>,
    /// The counts in words, for people who cannot see the bar.
    pub label: String,
}

impl Counts {
    pub fn new(words: &Words, verdicts: impl Iterator<Item = Verdict>) -> Self {
        let mut numbers = [0_usize; Verdict::ALL.len()];
        for verdict in verdicts {
            if let Some(at) = Verdict::ALL.iter().position(|known| *known == verdict) {
                numbers[at] += 1;
            }
        }
        let total: usize = numbers.iter().sum();
        let mut before = 0;
        let mut slices = Vec::new();
        for (verdict, count) in Verdict::ALL.into_iter().zip(numbers) {
            if count == 0 {
                continue;
            }
            let x = before * BAR / total;
            before += count;
            slices.push(Slice {
                verdict: VerdictView::new(words, verdict),
                count,
                x,
                width: before * BAR / total - x,
            });
        }
        let counts: Vec<String> = slices
            .iter()
            .map(|slice| format!("{} {}", slice.count, slice.verdict.word))
            .collect();
        Self {
            total,
            label: words.filled(&["summary", "bar"], &[("counts", &counts.join(", "))]),
            slices,
        }
    }
}

/// Versions of everything, as every page prints them.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct StampView {
    pub program: String,
    pub mappings: String,
    pub corpus: String,
}

impl From<&Stamp> for StampView {
    fn from(stamp: &Stamp) -> Self {
        Self {
            program: stamp.program.clone(),
            mappings: stamp.mappings.clone(),
            corpus: stamp.corpus.clone(),
        }
    }
}

impl Places {
    /// "Penal Code: art. 1; art. 2", for office programs.
    pub fn line(&self) -> String {
        let locators: Vec<Cow<'_, str>> = self.locators.iter().map(|l| set_apart(l)).collect();
        format!("{}: {}", set_apart(&self.act), locators.join("; "))
    }
}

impl StampView {
    /// The versions with their names in the reader's language.
    pub fn facts<'w>(&self, words: &'w Words) -> [(&'w str, String); 3] {
        let name = |key: &'static str| words.find(&["stamp", key]).unwrap_or(key);
        [
            (name("program"), format!("concord {}", self.program)),
            (name("mappings"), format!("SHA-256 {}", self.mappings)),
            (name("corpus"), format!("SHA-256 {}", self.corpus)),
        ]
    }
}

/// A requirement's id and title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct RequirementLink {
    pub id: String,
    pub title: String,
}

impl RequirementLink {
    pub fn new(words: &Words, mappings: &Mappings, id: &str) -> Self {
        Self {
            id: id.to_owned(),
            title: requirement_title(words, mappings, id),
        }
    }
}

/// What a requirement asks, in one line.
pub(crate) fn requirement_title(words: &Words, mappings: &Mappings, id: &str) -> String {
    if let Some(title) = words.find(&["requirement", id]) {
        return title.to_owned();
    }
    let entry = mappings.tables.entry(id);
    entry.map_or_else(|| readable(id), |entry| words.data(&entry.title).to_owned())
}

/// The theme of a requirement without the letter that orders the catalogue.
pub(crate) fn theme(words: &Words, mappings: &Mappings, requirement: &str) -> String {
    words.data(theme_key(mappings, requirement)).to_owned()
}

/// The same as the catalogue has it, for addresses: they are alike in every
/// language.
pub(crate) fn theme_key<'m>(mappings: &'m Mappings, requirement: &str) -> &'m str {
    let Some(entry) = mappings.tables.entry(requirement) else {
        return "";
    };
    match entry.theme.split_once(' ') {
        Some((letter, theme)) if letter.len() == 1 => theme,
        _ => &entry.theme,
    }
}

/// Provisions of one act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Places {
    pub act: String,
    pub file: String,
    pub locators: Vec<String>,
}

/// Provisions gathered by act; acts in the order of their first provision.
pub(crate) fn places(law: &JurisdictionLaw, provisions: &[ProvisionRef]) -> Vec<Places> {
    let mut gathered: Vec<Places> = Vec::new();
    for provision in provisions {
        let known = gathered
            .iter_mut()
            .find(|places| places.file == provision.file);
        match known {
            Some(places) => places.locators.push(provision.locator.clone()),
            None => gathered.push(Places {
                act: title_of_file(law, &provision.file),
                file: provision.file.clone(),
                locators: vec![provision.locator.clone()],
            }),
        }
    }
    gathered
}

/// The title of the act in a file; the file's name where it has none.
pub(crate) fn title_of_file(law: &JurisdictionLaw, file: &str) -> String {
    law.acts
        .iter()
        .find(|annotated| annotated.act.source.file == file)
        .map_or_else(|| file.to_owned(), |annotated| title(&annotated.act))
}

/// The title of an act; the file's name where it has none.
pub(crate) fn title(act: &Act) -> String {
    if act.title.trim().is_empty() {
        act.source.file.clone()
    } else {
        act.title.clone()
    }
}

/// A kebab-case name as words: `child-under-18` gives "child under 18".
pub(crate) fn readable(name: &str) -> String {
    name.replace('-', " ")
}

/// Something that is missing: its name, and what was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Missing {
    /// The name in tables.
    pub id: String,
    pub name: String,
    /// The element's own sentence; empty where there is none.
    pub text: String,
}

/// What a finding says is missing, in a reader's words.
pub(crate) fn missing(words: &Words, mappings: &Mappings, finding: &Finding) -> Vec<Missing> {
    if !finding.pairs.is_empty() {
        return missing_pairs(words, mappings, finding);
    }
    // What makes a conflict is not missing but there, against what is asked.
    let contrary = finding
        .elements
        .iter()
        .filter(|e| e.role == Role::Conflict && e.met == Some(false))
        .map(|element| &element.name)
        .filter(|name| !finding.missing.contains(name));
    finding
        .missing
        .iter()
        .chain(contrary)
        .map(|id| {
            let element = finding.elements.iter().find(|element| element.name == *id);
            let name = match id.strip_prefix("bound-") {
                Some(age) => words.filled(&["missing", "bound"], &[("age", age)]),
                None => words.name(id),
            };
            Missing {
                id: id.clone(),
                name,
                text: element
                    .map(|e| element_text(words, &e.text))
                    .unwrap_or_default(),
            }
        })
        .collect()
}

/// What an element asks, in the reader's language; nothing where the catalogue
/// of another language has no translation, for its name says it in short.
pub(crate) fn element_text(words: &Words, text: &str) -> String {
    if words.is_english() {
        return text.to_owned();
    }
    words.find(&["data", text]).unwrap_or_default().to_owned()
}

/// The offence pairs whose online form is not reached; those that could not
/// be assessed are only counted.
fn missing_pairs(words: &Words, mappings: &Mappings, finding: &Finding) -> Vec<Missing> {
    use crate::assess::MediumClass;
    if finding.verdict == Verdict::Full {
        return Vec::new();
    }
    // A pair that is only reported is no gap.
    let deciding = || {
        finding.pairs.iter().filter(|pair| {
            let known = mappings.tables.pairs.get(&pair.pair);
            known.is_none_or(|known| !known.requirements.is_empty())
        })
    };
    let open =
        deciding().filter(|pair| !pair.class.reached() && pair.class != MediumClass::Unknown);
    let mut missing: Vec<Missing> = open
        .map(|pair| {
            let offline = mappings
                .tables
                .pairs
                .get(&pair.pair)
                .map_or("", |known| known.offline.as_str());
            let class = words.get(&["class", pair.class.name(), "title"]);
            Missing {
                id: format!("{} {}", pair.pair, pair.class.name()),
                name: format!("{} {class}", pair.pair),
                text: words.data(offline).to_owned(),
            }
        })
        .collect();
    let unknown = deciding()
        .filter(|pair| pair.class == MediumClass::Unknown)
        .count();
    if unknown > 0 {
        let name = words.filled(&["missing", "unassessed"], &[("n", &unknown.to_string())]);
        missing.push(Missing {
            id: MediumClass::Unknown.name().to_owned(),
            name,
            text: String::new(),
        });
    }
    missing
}

/// A title or a locator in a script that runs from right to left, kept apart
/// from what stands around it: office programs would else carry its direction
/// over a colon or a number behind it. Others stay as they are.
pub(crate) fn set_apart(text: &str) -> Cow<'_, str> {
    const MARK: char = '\u{200e}';
    let right = |c: char| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
    if text.contains(right) {
        Cow::Owned(format!("{MARK}{text}{MARK}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Direction of a language's script.
pub(crate) fn direction(language: &str) -> &'static str {
    const RIGHT_TO_LEFT: [&str; 9] = ["ar", "he", "fa", "ur", "ps", "sd", "ug", "yi", "dv"];
    let primary = language.split('-').next().unwrap_or(language);
    if RIGHT_TO_LEFT.contains(&primary) {
        "rtl"
    } else {
        "ltr"
    }
}
