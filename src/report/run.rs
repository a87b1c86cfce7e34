//! One run: a corpus assessed against a profile. Everything a report prints.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use serde::Serialize;

use super::GroupBy;
use crate::annotate::Annotator;
use crate::assess::{Finding, JurisdictionLaw, assess};
use crate::corpus::{Corpus, CorpusError, OnProgress, Progress, Stage, Warning};
use crate::law::{Act, Date, Jurisdiction};
use crate::mappings::{Mappings, Requirement};
use crate::review::{Checked, ReviewFile, check};

/// Which version of everything a result rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stamp {
    /// Version of the program.
    pub program: String,
    /// SHA-256 of the mappings.
    pub mappings: String,
    /// SHA-256 of the corpus.
    pub corpus: String,
}

/// One jurisdiction with its findings, in the order of the requirements.
#[derive(Debug)]
pub struct Assessed {
    /// Its law.
    pub law: JurisdictionLaw,
    /// Its findings.
    pub findings: Vec<Finding>,
    /// What reviewers say of them, held against the texts.
    pub reviews: Vec<Checked>,
}

impl Assessed {
    /// What reviewers say of one finding.
    pub fn reviews_of<'a>(&'a self, finding: &'a Finding) -> impl Iterator<Item = &'a Checked> {
        self.reviews
            .iter()
            .filter(|checked| checked.decision.requirement == finding.requirement)
    }
}

/// A corpus assessed.
#[derive(Debug)]
pub struct Run<'m> {
    /// The rule data.
    pub mappings: &'m Mappings,
    /// Title of the profile, or of the selection.
    pub profile: String,
    /// The requirements asked for.
    pub requirements: Vec<&'m Requirement>,
    /// Members of the profile for which no rules are written.
    pub without_rules: Vec<String>,
    /// The jurisdictions, by code.
    pub jurisdictions: Vec<Assessed>,
    /// What looked wrong about the corpus.
    pub warnings: Vec<Warning>,
    /// Files left out by their name.
    pub skipped: Vec<String>,
    /// What comparisons group the jurisdictions by.
    pub group: GroupBy,
    /// Versions.
    pub stamp: Stamp,
}

/// Why a run could not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RunError {
    /// The corpus cannot be used.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    /// No profile or requirement of that name.
    #[error("no profile or requirement `{asked}`{help}; `concord mappings list` names them all")]
    UnknownProfile {
        /// What was asked for.
        asked: String,
        /// What may have been meant.
        help: String,
    },
}

/// The name of the profile of every requirement that has rules.
pub const EVERYTHING: &str = "all";

/// The requirements of a profile, all that have rules ([`EVERYTHING`]), or one
/// by its id.
///
/// # Errors
/// When neither is known.
pub fn select<'m>(
    mappings: &'m Mappings,
    asked: &str,
) -> Result<(String, Vec<&'m Requirement>, Vec<String>), RunError> {
    if asked == EVERYTHING {
        let title = "Every requirement with rules".to_owned();
        return Ok((title, mappings.requirements.iter().collect(), Vec::new()));
    }
    if let Some(profile) = mappings.tables.profile(asked) {
        let known = |id: &String| mappings.requirement(id);
        let with_rules = profile.members.iter().filter_map(known).collect();
        let without_rules = profile
            .members
            .iter()
            .filter(|id| known(id).is_none())
            .cloned()
            .collect();
        return Ok((profile.title.clone(), with_rules, without_rules));
    }
    if let Some(requirement) = mappings.requirement(asked) {
        let title = mappings
            .tables
            .entry(asked)
            .map_or_else(|| asked.to_owned(), |entry| entry.title.clone());
        return Ok((title, vec![requirement], Vec::new()));
    }
    let names = mappings
        .tables
        .profiles
        .iter()
        .map(|profile| profile.id.as_str())
        .chain(
            mappings
                .requirements
                .iter()
                .map(|r| r.id.get_ref().as_str()),
        );
    let help = crate::mappings::nearest(asked, names)
        .map(|near| format!(" (did you mean `{near}`?)"))
        .unwrap_or_default();
    Err(RunError::UnknownProfile {
        asked: asked.to_owned(),
        help,
    })
}

impl<'m> Run<'m> {
    /// Reads, annotates and assesses a corpus. The result depends only on the
    /// texts and the mappings, not on threads.
    ///
    /// # Errors
    /// When the corpus cannot be used, or a name is unknown.
    pub fn new(
        root: &Path,
        jurisdictions: &[Jurisdiction],
        profile: &str,
        mappings: &'m Mappings,
        annotator: &Annotator,
        on_progress: OnProgress<'_>,
    ) -> Result<Self, RunError> {
        Self::as_of(
            root,
            jurisdictions,
            profile,
            mappings,
            annotator,
            None,
            on_progress,
        )
    }

    /// Like [`Run::new`], with the wordings in force on a day.
    ///
    /// # Errors
    /// See [`Run::new`].
    pub fn as_of(
        root: &Path,
        jurisdictions: &[Jurisdiction],
        profile: &str,
        mappings: &'m Mappings,
        annotator: &Annotator,
        day: Option<Date>,
        on_progress: OnProgress<'_>,
    ) -> Result<Self, RunError> {
        let (profile, requirements, without_rules) = select(mappings, profile)?;
        let mut corpus = Corpus::load_as_of(root, jurisdictions, day, on_progress)?;
        if let Some(day) = day {
            let note = format!("only wordings in force on {day} were assessed");
            corpus.warnings.insert(0, Warning::new("date", note));
        }
        let total = corpus.act_count();
        let done = AtomicUsize::new(0);
        let annotate = |act: Act| {
            let file = format!("{}/{}", act.jurisdiction, act.source.file);
            let annotated = annotator.annotate(act);
            on_progress(Progress {
                stage: Stage::Assessing,
                done: done.fetch_add(1, Ordering::Relaxed) + 1,
                total,
                file: &file,
            });
            annotated
        };
        let assessed = corpus
            .jurisdictions
            .into_par_iter()
            .map(|texts| {
                let law = JurisdictionLaw {
                    jurisdiction: texts.jurisdiction,
                    country: texts.country,
                    acts: texts.acts.into_par_iter().map(annotate).collect(),
                    unread: texts.unread,
                    twins: texts.twins,
                };
                let findings = assess(&law, mappings, &requirements);
                Assessed {
                    law,
                    findings,
                    reviews: Vec::new(),
                }
            })
            .collect();
        Ok(Self {
            mappings,
            profile,
            requirements,
            without_rules,
            jurisdictions: assessed,
            warnings: corpus.warnings,
            skipped: corpus.skipped,
            group: GroupBy::Nothing,
            stamp: Stamp {
                program: env!("CARGO_PKG_VERSION").to_owned(),
                mappings: mappings.hash.clone(),
                corpus: corpus.hash,
            },
        })
    }

    /// All findings, each with its jurisdiction.
    pub fn findings(&self) -> impl Iterator<Item = (&Assessed, &Finding)> {
        self.jurisdictions
            .iter()
            .flat_map(|assessed| assessed.findings.iter().map(move |f| (assessed, f)))
    }

    /// Takes in what reviewers say of the findings.
    pub fn add_reviews(&mut self, file: &ReviewFile) {
        for assessed in &mut self.jurisdictions {
            let Assessed {
                law,
                findings,
                reviews,
            } = assessed;
            let checked = findings.iter().flat_map(|finding| {
                let decisions = file.on(&finding.jurisdiction, &finding.requirement);
                decisions.map(|decision| check(decision, law, Some(finding)))
            });
            reviews.extend(checked);
        }
    }
}
