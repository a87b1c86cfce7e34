//! The first page: what is held, what to read first, how far the review is.

use serde::Serialize;

use super::queue::{Standing, standing};
use crate::assess::Verdict;
use crate::report::view::{Counts, RequirementLink, VerdictView};
use crate::serve::reply::{Refusal, Reply};
use crate::serve::server::Request;
use crate::serve::site::Site;

/// Most conflicts listed on the first page.
const MOST: usize = 12;

#[derive(Serialize)]
struct Page {
    profile: String,
    texts: String,
    articles: String,
    requirements: usize,
    counts: Counts,
    jurisdictions: Vec<Row>,
    conflicts: Vec<Conflict>,
    more_conflicts: usize,
    decided: usize,
    recheck: usize,
    total: usize,
    unread: usize,
    warnings: Vec<String>,
}

#[derive(Serialize)]
struct Row {
    code: String,
    country: String,
    counts: Counts,
    decided: usize,
}

#[derive(Serialize)]
struct Conflict {
    code: String,
    country: String,
    requirement: RequirementLink,
    verdict: VerdictView,
}

pub(in crate::serve) fn home(site: &Site, request: &Request) -> Result<Reply, Refusal> {
    let run = site.run();
    let words = site.words(request);
    let all = || run.findings();
    let in_conflict = || all().filter(|(_, finding)| finding.verdict == Verdict::Conflict);
    let acts = || run.jurisdictions.iter().flat_map(|a| &a.law.acts);
    let page = Page {
        profile: words.data(&run.profile).to_owned(),
        texts: words.counted("act", acts().count()),
        articles: words.counted("article", acts().map(|a| a.act.articles().count()).sum()),
        requirements: run.requirements.len(),
        counts: Counts::new(words, all().map(|(_, finding)| finding.verdict)),
        jurisdictions: run
            .jurisdictions
            .iter()
            .map(|assessed| Row {
                code: assessed.law.jurisdiction.to_string(),
                country: assessed.law.country.clone(),
                counts: Counts::new(words, assessed.findings.iter().map(|f| f.verdict)),
                decided: assessed
                    .findings
                    .iter()
                    .filter(|f| standing(assessed, f) != Standing::Open)
                    .count(),
            })
            .collect(),
        conflicts: in_conflict()
            .take(MOST)
            .map(|(assessed, finding)| Conflict {
                code: assessed.law.jurisdiction.to_string(),
                country: assessed.law.country.clone(),
                requirement: RequirementLink::new(words, run.mappings, &finding.requirement),
                verdict: VerdictView::new(words, finding.verdict),
            })
            .collect(),
        more_conflicts: in_conflict().count().saturating_sub(MOST),
        decided: all()
            .filter(|(a, f)| standing(a, f) != Standing::Open)
            .count(),
        recheck: all()
            .filter(|(a, f)| standing(a, f) == Standing::Recheck)
            .count(),
        total: all().count(),
        unread: run.jurisdictions.iter().map(|a| a.law.unread.len()).sum(),
        warnings: run.warnings.iter().map(ToString::to_string).collect(),
    };
    drop(run);
    site.page("home.html", "home", request, page)
}
