//! Runs the samples of the language packs: every rule carries its tests.

use std::collections::BTreeMap;

use super::age::AgeMention;
use super::annotator::{Annotator, LanguageMatcher, Meaning};
use crate::mappings::{Concept, Concepts, Diagnostic, Mappings, Pack};
use toml::Spanned;

/// Outcome of running all samples.
#[derive(Debug, Default)]
pub struct SampleReport {
    /// Samples run.
    pub samples: usize,
    /// Phrases in all packs.
    pub phrases: usize,
    /// By language pack: how many concepts that a pack may lack it has no
    /// words for.
    pub without_words: BTreeMap<String, usize>,
    /// Samples that did not come out as promised, phrases without a sample,
    /// concepts without one.
    pub failures: Vec<Diagnostic>,
}

/// Runs every sample of every pack (of one pack, if a tag is given).
pub fn check_samples(
    mappings: &Mappings,
    annotator: &Annotator,
    only: Option<&str>,
) -> SampleReport {
    let mut report = SampleReport::default();
    for pack in &mappings.packs {
        if only.is_some_and(|tag| tag != pack.tag.get_ref()) {
            continue;
        }
        if let Some(language) = annotator.language(pack.tag.get_ref()) {
            PackCheck {
                mappings,
                language,
                file: format!("languages/{}.toml", pack.tag.get_ref()),
                shown: vec![false; language.phrases as usize],
                report: &mut report,
            }
            .run(pack);
        }
    }
    report
}

struct PackCheck<'a> {
    mappings: &'a Mappings,
    language: &'a LanguageMatcher,
    file: String,
    /// Phrases that some sample has shown.
    shown: Vec<bool>,
    report: &'a mut SampleReport,
}

impl PackCheck<'_> {
    fn run(&mut self, pack: &Pack) {
        self.report.phrases += self.language.phrases as usize;
        let concepts = &self.mappings.concepts;
        for (name, entry) in &pack.concepts {
            for sample in &entry.matches {
                let (found, _) = self.find(sample);
                let shown = self.note(&found, concepts, name.get_ref());
                if !shown {
                    self.fail(
                        sample,
                        format!("`{}` is not found in this sample", name.get_ref()),
                    );
                }
            }
            for sample in &entry.no_matches {
                let (found, _) = self.find(sample);
                let wrongly = found.iter().any(|meaning| {
                    matches!(meaning, Meaning::Concept(id, _) if concepts.name(*id) == name.get_ref())
                });
                if wrongly {
                    self.fail(
                        sample,
                        format!("`{}` is found in this sample", name.get_ref()),
                    );
                }
            }
            if entry.matches.is_empty() || entry.no_matches.is_empty() {
                self.fail(
                    name,
                    format!(
                        "`{}` needs a `match` and a `no-match` sample",
                        name.get_ref()
                    ),
                );
            }
        }
        for id in concepts.ids().skip(1) {
            let needed = |c: &Concept| c.needs_phrases();
            let missing = concepts.concept(id).is_some_and(needed)
                && !pack
                    .concepts
                    .keys()
                    .any(|name| name.get_ref() == concepts.name(id));
            if missing && concepts.concept(id).is_some_and(|c| c.may_lack) {
                *self
                    .report
                    .without_words
                    .entry(pack.tag.get_ref().clone())
                    .or_default() += 1;
            } else if missing {
                let message = format!("the pack has no phrases for `{}`", concepts.name(id));
                self.fail(&pack.tag, message);
            }
        }
        for sample in &pack.ages.samples {
            let (found, ages) = self.find(&sample.text);
            for meaning in &found {
                if let Meaning::Age(_, phrase) = meaning {
                    self.show(*phrase);
                }
            }
            let said = describe(&ages);
            if said != *sample.finds.get_ref() {
                self.fail(&sample.finds, format!("the sample gives `{said}`"));
            }
        }
        for sample in &pack.penalties.samples {
            self.report.samples += 1;
            let read = Annotator::penalty_of_sample(self.language, sample.text.get_ref());
            let said = read.unwrap_or_default().to_string();
            if said != *sample.finds.get_ref() {
                self.fail(&sample.finds, format!("the sample gives `{said}`"));
            }
        }
        self.unshown(pack);
    }

    fn find(&mut self, sample: &Spanned<String>) -> (Vec<Meaning>, Vec<AgeMention>) {
        self.report.samples += 1;
        Annotator::annotate_sample(self.language, sample.get_ref())
    }

    /// Notes which phrases of the concept a sample shows; whether any.
    fn note(&mut self, found: &[Meaning], concepts: &Concepts, name: &str) -> bool {
        let mut any = false;
        for meaning in found {
            if let Meaning::Concept(id, phrase) = meaning
                && concepts.name(*id) == name
            {
                any = true;
                self.show(*phrase);
            }
        }
        any
    }

    fn show(&mut self, phrase: u32) {
        if let Some(shown) = self.shown.get_mut(phrase as usize) {
            *shown = true;
        }
    }

    /// Phrases are counted in the order in which the matcher was built.
    fn unshown(&mut self, pack: &Pack) {
        let ages = &pack.ages;
        let phrases: Vec<&Spanned<String>> = pack
            .concepts
            .iter()
            .filter(|(name, _)| self.mappings.concepts.id(name.get_ref()).is_some())
            .flat_map(|(_, entry)| &entry.phrases)
            .chain(&ages.under)
            .chain(&ages.at_most)
            .chain(&ages.at_least)
            .chain(&ages.over)
            .chain(&ages.between)
            .chain(&ages.not_a_class)
            .collect();
        for (index, phrase) in phrases.into_iter().enumerate() {
            if !self.shown.get(index).copied().unwrap_or(false) {
                self.fail(phrase, "no sample shows this phrase".to_owned());
            }
        }
    }

    fn fail<T: AsRef<str>>(&mut self, at: &Spanned<T>, message: String) {
        self.report.failures.push(Diagnostic {
            file: self.file.clone(),
            source: self.mappings.source(&self.file).to_owned(),
            span: at.span(),
            message,
            help: "samples are explained in mappings/README.md".into(),
        });
    }
}

/// Ages as the `finds` key of a sample names them.
fn describe(ages: &[AgeMention]) -> String {
    if ages.is_empty() {
        return "nothing".to_owned();
    }
    ages.iter()
        .map(|age| age.class.to_string())
        .collect::<Vec<_>>()
        .join(", ")
}
