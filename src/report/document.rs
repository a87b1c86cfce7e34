//! The whole run for programs: `report.json`, `compare.json`.
//!
//! ```text
//! schema          "concord-run/1"; changes when a key changes its meaning
//! stamp           program version, SHA-256 of the mappings and of the corpus
//! profile         title of the profile or selection
//! requirements[]  id, title, theme, sources, priority
//! without_rules[] ids of the profile for which no rules are written
//! jurisdictions[]
//!   code, country
//!   ratifications[]  instrument, status, since, as_of, source
//!   acts[]           file, title, identifier, language, date, format, reader,
//!                    articles, first, last, complete, problems[], sha256
//!                    (of the canonical text), file_sha256
//!   unread[]         file, reason
//!   findings[]       requirement, verdict, provisions[], missing[], coverage,
//!                    reason, elements[], evidence[] (element, role, polarity,
//!                    file, locator, span, quote, sha256, language), trace,
//!                    reservations[], pairs[]; and recommendation (verb,
//!                    grounds) or null; reviews[] (reviewer, date, decision,
//!                    verdict or null, why, state)
//! warnings[]      place, message
//! skipped[]       files left out by their name
//! ```
//!
//! Spans are byte offsets into the canonical text that `concord inspect FILE
//! --text` prints.

use serde::Serialize;

use super::recommendation::{self, Recommendation};
use super::{Assessed, Run, Stamp};
use crate::assess::{Finding, Verdict};
use crate::law::{Act, Problem};
use crate::mappings::CatalogueEntry;

/// Version of the shape.
pub const SCHEMA: &str = "concord-run/1";

/// A run as a document.
#[derive(Debug, Serialize)]
pub struct Document<'a> {
    schema: &'static str,
    stamp: &'a Stamp,
    profile: &'a str,
    requirements: Vec<&'a CatalogueEntry>,
    without_rules: &'a [String],
    jurisdictions: Vec<JurisdictionDocument<'a>>,
    warnings: Vec<WarningDocument<'a>>,
    skipped: &'a [String],
}

#[derive(Debug, Serialize)]
struct JurisdictionDocument<'a> {
    code: &'a str,
    country: &'a str,
    ratifications: Vec<RatificationDocument<'a>>,
    acts: Vec<ActDocument<'a>>,
    unread: Vec<UnreadDocument<'a>>,
    findings: Vec<FindingDocument<'a>>,
}

#[derive(Debug, Serialize)]
struct RatificationDocument<'a> {
    instrument: &'a str,
    status: &'a str,
    since: &'a str,
    as_of: &'a str,
    source: &'a str,
}

#[derive(Debug, Serialize)]
struct ActDocument<'a> {
    file: &'a str,
    title: &'a str,
    identifier: &'a str,
    language: &'a str,
    date: &'a str,
    format: &'a str,
    reader: &'a str,
    articles: usize,
    first: String,
    last: String,
    complete: bool,
    problems: &'a [Problem],
    sha256: &'a str,
    file_sha256: &'a str,
}

#[derive(Debug, Serialize)]
struct UnreadDocument<'a> {
    file: &'a str,
    reason: &'a str,
}

#[derive(Debug, Serialize)]
struct FindingDocument<'a> {
    #[serde(flatten)]
    finding: &'a Finding,
    recommendation: Option<Recommendation>,
    reviews: Vec<ReviewDocument<'a>>,
}

#[derive(Debug, Serialize)]
struct ReviewDocument<'a> {
    reviewer: &'a str,
    date: &'a str,
    decision: &'static str,
    verdict: Option<&'static str>,
    why: &'a str,
    state: &'static str,
}

#[derive(Debug, Serialize)]
struct WarningDocument<'a> {
    place: &'a str,
    message: &'a str,
}

impl<'a> Document<'a> {
    /// The document of the whole run, or of some of its jurisdictions.
    pub fn new(run: &'a Run<'_>, jurisdictions: &'a [Assessed]) -> Self {
        Self {
            schema: SCHEMA,
            stamp: &run.stamp,
            profile: &run.profile,
            requirements: run
                .requirements
                .iter()
                .filter_map(|requirement| run.mappings.tables.entry(requirement.id.get_ref()))
                .collect(),
            without_rules: &run.without_rules,
            jurisdictions: jurisdictions
                .iter()
                .map(|assessed| jurisdiction(run, assessed))
                .collect(),
            warnings: run
                .warnings
                .iter()
                .map(|warning| WarningDocument {
                    place: &warning.place,
                    message: &warning.message,
                })
                .collect(),
            skipped: &run.skipped,
        }
    }

    /// The document as indented JSON, ending with a line break.
    ///
    /// # Errors
    /// Never for this shape; the serialiser's signature asks for it.
    pub fn to_json(&self) -> serde_json::Result<String> {
        let mut text = serde_json::to_string_pretty(self)?;
        text.push('\n');
        Ok(text)
    }
}

fn jurisdiction<'a>(run: &'a Run<'_>, assessed: &'a Assessed) -> JurisdictionDocument<'a> {
    let law = &assessed.law;
    JurisdictionDocument {
        code: law.jurisdiction.as_str(),
        country: &law.country,
        ratifications: run
            .mappings
            .tables
            .ratifications
            .iter()
            .filter(|r| r.jurisdiction == law.jurisdiction.as_str())
            .map(|r| RatificationDocument {
                instrument: &r.instrument,
                status: &r.status,
                since: &r.since,
                as_of: &r.as_of,
                source: &r.source,
            })
            .collect(),
        acts: law
            .acts
            .iter()
            .map(|annotated| act(&annotated.act))
            .collect(),
        unread: law
            .unread
            .iter()
            .map(|unread| UnreadDocument {
                file: &unread.file,
                reason: &unread.reason,
            })
            .collect(),
        findings: assessed
            .findings
            .iter()
            .map(|finding| FindingDocument {
                finding,
                recommendation: recommendation::of_finding(run.mappings, finding),
                reviews: assessed
                    .reviews_of(finding)
                    .map(|checked| ReviewDocument {
                        reviewer: &checked.decision.reviewer,
                        date: &checked.decision.date,
                        decision: checked.decision.opinion.name(),
                        verdict: checked.decision.verdict().map(Verdict::name),
                        why: &checked.decision.why,
                        state: checked.state.name(),
                    })
                    .collect(),
            })
            .collect(),
    }
}

fn act(act: &Act) -> ActDocument<'_> {
    let (first, last) = act.first_and_last();
    ActDocument {
        file: &act.source.file,
        title: &act.title,
        identifier: &act.identifier,
        language: act.language.as_str(),
        date: &act.date,
        format: &act.source.format,
        reader: &act.source.reader,
        articles: act.articles().count(),
        first,
        last,
        complete: !act.problems.iter().any(|problem| problem.kind.hides_law()),
        problems: &act.problems,
        sha256: act.text.sha256(),
        file_sha256: &act.source.sha256,
    }
}
