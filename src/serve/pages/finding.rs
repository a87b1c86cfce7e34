//! One finding with its words, and the form to decide on it.

use serde::Serialize;

use super::queue::{PARAMETERS, Queue};
use super::{Choice, Link};
use crate::assess::{Finding, Verdict};
use crate::law::sha256_hex;
use crate::report::finding_view::FindingView;
use crate::report::view::{self, requirement_title};
use crate::serve::link;
use crate::serve::parameters::Parameters;
use crate::serve::reply::{Refusal, Reply};
use crate::serve::server::Request;
use crate::serve::site::{self, Site};

#[derive(Serialize)]
struct Page {
    code: String,
    country: String,
    theme: String,
    f: FindingView,
    /// Verdicts with which the program's may be overruled.
    verdicts: Vec<Choice>,
    /// What this reviewer has said before.
    own: Own,
    seen: String,
    queue: String,
    place: usize,
    total: usize,
    previous: Option<Link>,
    next: Option<Link>,
    saved: bool,
    withdrawn: bool,
    can_decide: bool,
}

#[derive(Serialize, Default)]
struct Own {
    opinion: String,
    verdict: String,
    why: String,
}

/// The queue that a page of a finding stands in: what its address says, or
/// the jurisdiction's findings.
pub(super) fn queue_of(query: &Parameters, code: &str) -> (Parameters, String) {
    let carried = query.only(&PARAMETERS);
    if carried.is_empty() {
        let own = crate::serve::parameters::encoded([("c", code)].into_iter());
        return (
            Parameters::parse(own.trim_start_matches('?').as_bytes()),
            String::new(),
        );
    }
    (
        Parameters::parse(carried.trim_start_matches('?').as_bytes()),
        carried,
    )
}

/// By what a decision is held to the finding that was on the screen.
pub(super) fn seen(finding: &Finding) -> String {
    let words = finding.evidence.first();
    let place = words.map(|evidence| (evidence.sha256.as_str(), evidence.span));
    let hash = sha256_hex(format!("{} {place:?}", finding.verdict.name()).as_bytes());
    hash.chars().take(16).collect()
}

pub(in crate::serve) fn finding(site: &Site, request: &Request) -> Result<Reply, Refusal> {
    let run = site.run();
    let words = site.words(request);
    let (_, assessed) = site::jurisdiction(&run, request.name(0))?;
    let finding = site::finding(assessed, request.name(1))?;
    let (parameters, carried) = queue_of(&request.query, request.name(0));
    let queue = Queue::of(site.mappings, &parameters)?;
    let around = queue.around(&run, finding);
    let to = |other: &Finding| {
        let code = other.jurisdiction.as_str();
        let title = requirement_title(words, run.mappings, &other.requirement);
        Link {
            label: if other.jurisdiction == finding.jurisdiction {
                title
            } else {
                format!("{code}: {title}")
            },
            link: format!("{}{carried}", link::finding(code, &other.requirement)),
        }
    };
    let own = assessed
        .reviews_of(finding)
        .map(|checked| &checked.decision)
        .find(|d| d.reviewer == request.reviewer && d.opinion.name() != "comment")
        .map(|d| Own {
            opinion: d.opinion.name().to_owned(),
            verdict: d
                .verdict()
                .map(Verdict::name)
                .unwrap_or_default()
                .to_owned(),
            why: d.why.clone(),
        })
        .unwrap_or_default();
    let page = Page {
        code: assessed.law.jurisdiction.to_string(),
        country: assessed.law.country.clone(),
        theme: view::theme(words, run.mappings, &finding.requirement),
        f: FindingView::new(words, run.mappings, assessed, finding),
        verdicts: Verdict::ALL
            .into_iter()
            .filter(|verdict| *verdict != finding.verdict)
            .map(|verdict| {
                let word = words.get(&["verdict", verdict.name(), "short"]);
                Choice::new(verdict.name(), word, &own.verdict)
            })
            .collect(),
        own,
        seen: seen(finding),
        queue: carried.clone(),
        place: around.place.unwrap_or_default(),
        total: around.total,
        previous: around.before.map(to),
        next: around.after.map(to),
        saved: request.query.get("done") == "saved",
        withdrawn: request.query.get("done") == "withdrawn",
        can_decide: site.review_path().is_ok(),
    };
    drop(run);
    site.page("finding.html", "jurisdictions", request, page)
}
