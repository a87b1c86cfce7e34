//! The forms of amendments, per language, as data: `mappings/amendments.toml`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use regex::Regex;
use serde::Deserialize;

use super::instruction::OperationKind;
use super::target::{self, Reading};
use crate::annotate::fold_words;
use crate::law::{Act, Number, Span};
use crate::mappings::Mappings;

/// The name of the file in a mappings folder.
const FILE: &str = "amendments.toml";

/// What is wrong with the file of forms.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FormError {
    /// The file is no valid TOML of this shape.
    #[error("{FILE}: {0}")]
    Syntax(#[from] toml::de::Error),
    /// A form is no regular expression.
    #[error("{FILE}: [{language}] the form `{pattern}`: {reason}")]
    Pattern {
        /// Language tag.
        language: String,
        /// The form as written.
        pattern: String,
        /// Why.
        reason: String,
    },
    /// A form does not match its own sample.
    #[error("{FILE}: [{language}] no match in its own sample `{sample}`")]
    Sample {
        /// Language tag.
        language: String,
        /// The sample.
        sample: String,
    },
}

/// One form as written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct FormEntry {
    does: OperationKind,
    pattern: String,
    sample: String,
}

/// One language as written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct LanguageEntry {
    notes: Vec<String>,
    units: String,
    #[serde(default)]
    steps: Vec<String>,
    joiners: Vec<String>,
    range: String,
    of: String,
    same_act: Vec<String>,
    #[serde(default)]
    names_act: String,
    #[serde(default)]
    lead: String,
    cue: String,
    #[serde(default)]
    goes_on: Vec<String>,
    #[serde(default)]
    inflection: usize,
    form: Vec<FormEntry>,
}

/// The forms of all languages, compiled when a language is first asked for.
#[derive(Debug, Default)]
pub struct Forms {
    languages: BTreeMap<String, Language>,
}

/// A language as written, and its forms, put together when first needed.
#[derive(Debug)]
struct Language {
    tag: String,
    written: LanguageEntry,
    forms: OnceLock<LanguageForms>,
}

impl Language {
    fn forms(&self) -> &LanguageForms {
        self.forms.get_or_init(|| expand(&self.tag, &self.written))
    }
}

/// A regular expression that is compiled when it is first needed: most bills
/// need few, and compiling all takes longer than reading a bill.
#[derive(Debug)]
pub(super) struct Form {
    tag: String,
    pattern: String,
    expanded: String,
    compiled: OnceLock<Option<Regex>>,
    /// Words of the form between its placeholders, as an expression of their
    /// own, where there are such: where they do not stand, the form does not.
    words: Option<String>,
    compiled_words: OnceLock<Option<Regex>>,
}

impl Form {
    /// The form's words between its placeholders make a small expression; the
    /// whole form is compiled only for texts in which they stand.
    pub fn may_match(&self, text: &str) -> bool {
        let Some(words) = &self.words else {
            return true;
        };
        let words = self
            .compiled_words
            .get_or_init(|| builder(words).build().ok());
        words.as_ref().is_none_or(|words| words.is_match(text))
    }

    fn compile(&self) -> Result<Regex, FormError> {
        builder(&self.expanded)
            .build()
            .map_err(|error| FormError::Pattern {
                language: self.tag.clone(),
                pattern: self.pattern.clone(),
                reason: error.to_string(),
            })
    }

    /// The expression; none if it is faulty, which [`Forms::verify`] tells.
    pub fn regex(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| self.compile().ok()).as_ref()
    }

    pub fn is_match(&self, text: &str) -> bool {
        self.regex().is_some_and(|regex| regex.is_match(text))
    }
}

fn builder(pattern: &str) -> regex::RegexBuilder {
    let mut builder = regex::RegexBuilder::new(pattern);
    builder.case_insensitive(true).size_limit(1 << 26);
    builder
}

/// White space of the text may be a line break; word borders of ASCII keep the
/// fast matcher usable on any text; letters are those of Latin script, since
/// all letters of the world make an expression that is slow to compile.
fn for_text(pattern: &str) -> String {
    pattern
        .replace(r"\w", "[0-9a-z_ß-öø-ÿœſ]")
        .replace(' ', r"[ \n\u{a0}\u{202f}]")
        .replace(r"\b", r"(?-u:\b)")
}

/// The longest stretch of a form outside its placeholders, the groups that
/// hold one, and everything that may be absent; none where the form has
/// alternatives throughout.
fn fixed_words(pattern: &str) -> Option<String> {
    /// Shorter stretches stand in every text.
    const SHORTEST: usize = 8;
    let bytes = pattern.as_bytes();
    let mut stretches: Vec<&str> = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(byte) = bytes.get(at) {
        let end = match byte {
            b'\\' => {
                at += 2;
                continue;
            }
            b'|' => return None,
            b'[' => closing(bytes, at, b'[', b']')?,
            b'(' => closing(bytes, at, b'(', b')')?,
            b'{' => closing(bytes, at, b'{', b'}')?,
            _ => {
                at += 1;
                continue;
            }
        };
        let group = pattern.get(at..=end)?;
        if *byte == b'{' || group.contains('{') {
            stretches.push(pattern.get(from..at)?);
            let mut next = end + 1;
            while matches!(bytes.get(next), Some(b'?' | b'*' | b'+')) {
                next += 1;
            }
            from = next;
            at = next;
        } else {
            at = end + 1;
        }
    }
    stretches.push(pattern.get(from..)?);
    let longest = stretches.into_iter().max_by_key(|s| s.len())?;
    (longest.len() >= SHORTEST).then(|| for_text(longest))
}

/// Where the bracket opened at `at` is closed.
fn closing(bytes: &[u8], at: usize, open: u8, close: u8) -> Option<usize> {
    let mut depth = 0usize;
    let mut escaped = false;
    for (place, byte) in bytes.iter().enumerate().skip(at) {
        if escaped {
            escaped = false;
        } else if *byte == b'\\' {
            escaped = true;
        } else if *byte == open {
            depth += 1;
        } else if *byte == close {
            depth -= 1;
            if depth == 0 {
                return Some(place);
            }
        }
    }
    None
}

/// The forms of one language.
#[derive(Debug)]
pub(super) struct LanguageForms {
    pub forms: Vec<(OperationKind, Form)>,
    pub cue: Form,
    pub names_act: Option<Form>,
    /// Words that name the act which the instructions after them change.
    pub lead: Option<Form>,
    /// Folded names for the act last spoken of.
    pub same_act: Vec<String>,
    /// Words by which a sentence goes on to a second instruction.
    pub goes_on: Vec<String>,
    /// So many letters at the end of a word may differ between cases.
    pub inflection: usize,
    /// How citations are read.
    pub reading: Reading,
    /// Cited units with their numbers.
    pub citation: Form,
    /// What follows a citation of another act.
    pub elsewhere: Form,
}

impl Forms {
    /// The forms in a set of mappings; none where it has no such file.
    ///
    /// # Errors
    /// When the file cannot be read as TOML of its shape.
    pub fn new(mappings: &Mappings) -> Result<Self, FormError> {
        let entries: BTreeMap<String, LanguageEntry> = toml::from_str(mappings.source(FILE))?;
        Ok(Self {
            languages: entries
                .into_iter()
                .map(|(tag, written)| {
                    let forms = OnceLock::new();
                    let language = Language {
                        tag: tag.clone(),
                        written,
                        forms,
                    };
                    (tag, language)
                })
                .collect(),
        })
    }

    /// Checks every form of every language against its sample.
    ///
    /// # Errors
    /// The first form that is no regular expression or misses its sample.
    pub fn verify(&self) -> Result<(), FormError> {
        for (tag, language) in &self.languages {
            let forms = language.forms();
            let others = [&forms.cue, &forms.citation, &forms.elsewhere];
            for form in others
                .into_iter()
                .chain(&forms.names_act)
                .chain(&forms.lead)
            {
                form.compile()?;
            }
            for (written, (_, form)) in language.written.form.iter().zip(&forms.forms) {
                let found = form.compile()?.find(&written.sample).map(|m| m.start());
                if found != Some(0) || !form.may_match(&written.sample) {
                    return Err(FormError::Sample {
                        language: tag.clone(),
                        sample: written.sample.clone(),
                    });
                }
            }
        }
        Ok(())
    }

    /// Folded words with which explanatory notes between clauses begin.
    pub fn notes(&self, language: &str) -> &[String] {
        self.entry(language)
            .map_or(&[], |language| &language.written.notes)
    }

    /// The languages with forms, by tag.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.languages.keys().map(String::as_str)
    }

    /// Whether amendments in this language are recognised at all.
    pub fn covers(&self, language: &str) -> bool {
        self.entry(language).is_some()
    }

    /// Whether a text has any words that amend: a quick look before reading it.
    pub fn may_amend(&self, act: &Act) -> bool {
        self.of(act.language.as_str())
            .is_some_and(|language| language.cue.is_match(act.text.as_str()))
    }

    /// The citations of a text that name no other act, each with the number
    /// of the article cited.
    pub fn citations(&self, act: &Act) -> Vec<(Span, Number)> {
        let Some(language) = self.of(act.language.as_str()) else {
            return Vec::new();
        };
        let text = act.text.as_str();
        let mut found = Vec::new();
        let Some(citation) = language.citation.regex() else {
            return found;
        };
        for cited in citation.find_iter(text) {
            let after = text.get(cited.end()..).unwrap_or_default();
            let elsewhere = language.elsewhere.is_match(after);
            let before = text.get(..cited.start()).unwrap_or_default();
            let in_heading = before.ends_with('\n');
            if elsewhere || in_heading {
                continue;
            }
            let target = target::parse(cited.as_str(), &language.reading);
            let first = target.paths.iter().find_map(|path| path.first());
            let lone = cited.as_str().contains(|c: char| c.is_ascii_digit());
            let bracketed = cited
                .as_str()
                .split_whitespace()
                .nth(1)
                .is_none_or(|word| word.starts_with('('));
            if let (Some(number), true, false) = (first, lone, bracketed) {
                found.push((Span::new(cited.start(), cited.end()), number.clone()));
            }
        }
        found
    }

    /// How many citations of other acts stand in a stretch of a text.
    pub fn foreign_citations(&self, act: &Act, span: Span) -> usize {
        let Some(language) = self.of(act.language.as_str()) else {
            return 0;
        };
        let Some(citation) = language.citation.regex() else {
            return 0;
        };
        let text = act.quote(span);
        citation
            .find_iter(text)
            .filter(|cited| {
                let after = text.get(cited.end()..).unwrap_or_default();
                language.elsewhere.is_match(after)
            })
            .count()
    }

    pub(super) fn of(&self, language: &str) -> Option<&LanguageForms> {
        self.entry(language).map(Language::forms)
    }

    fn entry(&self, language: &str) -> Option<&Language> {
        let primary = language.split('-').next().unwrap_or(language);
        self.languages.get(primary)
    }
}

/// A unit's number: `163.1(4)(a)`, `(3)`, `184b`, `227-23`, `128 bis`, `12.º`.
const NUMBER: &str = r"(?:(?:[0-9][0-9a-zα-ω.\-‑–^]*[ºª°]?(?:-[a-z]\b)?(?: (?:bis|ter|quater|quinquies|sexies|septies)\b)?|[RL]\. ?[0-9][0-9\-]*)(?: ?\([0-9a-z.]+\)|[a-z]\))*|\([0-9a-z.]+\)(?:\([0-9a-z.]+\))*|[a-z]\))";

/// The number of a step, as it follows the word for it: `3`, `(3)`, `a)`, `a`.
const STEP_NUMBER: &str = r"(?:[0-9]+[a-z]?[º°.]?|\([0-9a-z]+\)|[a-z]\)?)";

fn expand(tag: &str, entry: &LanguageEntry) -> LanguageForms {
    let either = |words: &[String]| {
        let escaped: Vec<String> = words.iter().map(|word| regex::escape(word)).collect();
        escaped.join("|")
    };
    let number = match entry.steps.as_slice() {
        [] => NUMBER.to_owned(),
        steps => format!("{NUMBER}(?:,? (?:{}) {STEP_NUMBER})*", either(steps)),
    };
    let units = format!(
        "(?:{}) ?{number}(?:(?:,? (?:{}) | ?, ?)(?:(?:{}) ?)?{number})*",
        entry.units,
        either(&entry.joiners),
        entry.units
    );
    let form = |pattern: &str| {
        let mut expanded = pattern.to_owned();
        for suffix in ["", "2"] {
            let group = |name: &str, body: &str| format!("(?P<{name}{suffix}>{body})");
            let words =
                |name: &str| format!(r#"[“«„"»] ?{} ?[”»“"«]"#, group(name, r#"[^”»“"«]+?"#));
            let act = format!(
                "(?:,? (?:{}) ?{})?",
                entry.of,
                group("act", r#"[^,;:“«„"\n]+?"#)
            );
            expanded = expanded
                .replace(&format!("{{target{suffix}}}"), &group("target", &units))
                .replace(&format!("{{inner{suffix}}}"), &group("inner", &units))
                .replace(&format!("{{act{suffix}}}"), &act)
                .replace(&format!("{{old{suffix}}}"), &words("old"))
                .replace(&format!("{{new{suffix}}}"), &words("new"));
        }
        Form {
            tag: tag.to_owned(),
            pattern: pattern.to_owned(),
            expanded: for_text(&expanded),
            compiled: OnceLock::new(),
            words: fixed_words(pattern),
            compiled_words: OnceLock::new(),
        }
    };
    LanguageForms {
        forms: entry
            .form
            .iter()
            .map(|f| (f.does, form(&f.pattern)))
            .collect(),
        cue: form(&entry.cue),
        names_act: (!entry.names_act.is_empty()).then(|| form(&entry.names_act)),
        lead: (!entry.lead.is_empty()).then(|| form(&entry.lead)),
        same_act: entry
            .same_act
            .iter()
            .map(|name| fold_words(name).join(" "))
            .collect(),
        goes_on: entry.goes_on.clone(),
        inflection: entry.inflection,
        reading: Reading {
            range: entry.range.to_lowercase(),
            steps: entry
                .steps
                .iter()
                .map(|word| word.trim_end_matches('.').to_lowercase())
                .collect(),
            joiners: entry
                .joiners
                .iter()
                .map(|word| word.to_lowercase())
                .collect(),
        },
        citation: form("{target}"),
        elsewhere: form(&format!(
            r"^[ ,]*(?:\([^)]+\)[ ,]*)?(?:(?:{}) [0-9a-z().]+[ ,]*)?(?:{})\b",
            either(&entry.joiners),
            entry.of
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::Forms;
    use crate::mappings::Mappings;

    #[test]
    fn every_form_matches_its_sample_from_the_first_word() {
        let mappings = Mappings::embedded_for(&["en"]).unwrap();
        let forms = Forms::new(&mappings).unwrap();
        forms.verify().unwrap();
        assert!(forms.covers("en-GB") && forms.covers("de") && !forms.covers("xx"));
    }
}
