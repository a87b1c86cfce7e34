//! Where the language versions of one act lead to different findings.

use serde::Serialize;

use super::context::{Context, JurisdictionLaw};
use super::finding::{Finding, Verdict};
use crate::law::Language;
use crate::mappings::{Mappings, Requirement};

/// A requirement on which two language versions of the law disagree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Disagreement {
    /// The requirement.
    pub requirement: String,
    /// Verdict of the versions that were searched for the report.
    pub verdict: Verdict,
    /// Provisions that it rests on, as `file#locator`.
    pub provisions: Vec<String>,
    /// The other language.
    pub language: String,
    /// Verdict when the versions in that language are searched instead.
    pub other_verdict: Verdict,
    /// Provisions that the other verdict rests on, as `file#locator`.
    pub other_provisions: Vec<String>,
}

/// The requirements on which the language versions disagree: those whose
/// verdict changes when the versions in another language are searched. Empty
/// where the jurisdiction holds no act in two languages that have packs.
///
/// A disagreement is a matter for a reader: the law may differ, or a language
/// pack may miss in one language what it finds in the other.
pub fn disagreements(
    law: &JurisdictionLaw,
    mappings: &Mappings,
    requirements: &[&Requirement],
    findings: &[Finding],
) -> Vec<Disagreement> {
    let base = Context::new(law, mappings);
    let mut languages: Vec<&Language> = law
        .twins
        .iter()
        .filter_map(|(first, second)| Some((law.acts.get(*first)?, law.acts.get(*second)?)))
        .filter(|(first, second)| {
            first.has_pack && second.has_pack && first.act.language != second.act.language
        })
        .flat_map(|(first, second)| [&first.act.language, &second.act.language])
        .collect();
    languages.sort_unstable();
    languages.dedup();
    let mut found = Vec::new();
    for language in languages {
        let context = Context::in_language(law, mappings, Some(language));
        let same = context
            .acts
            .iter()
            .zip(&base.acts)
            .all(|(a, b)| a.twin_of == b.twin_of);
        if same {
            continue;
        }
        let others = super::assess_in(&context, requirements);
        for (finding, other) in findings.iter().zip(&others) {
            if finding.requirement == other.requirement && finding.verdict != other.verdict {
                found.push(Disagreement {
                    requirement: finding.requirement.clone(),
                    verdict: finding.verdict,
                    provisions: places(finding),
                    language: language.to_string(),
                    other_verdict: other.verdict,
                    other_provisions: places(other),
                });
            }
        }
    }
    found
}

fn places(finding: &Finding) -> Vec<String> {
    finding
        .provisions
        .iter()
        .map(|place| format!("{}#{}", place.file, place.locator))
        .collect()
}
