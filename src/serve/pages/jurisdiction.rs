//! One jurisdiction: counts, what to read first, the concordance, its texts.

use serde::Serialize;

use super::scope::{self, Scope};
use super::{Choice, queue};
use crate::assess::Finding;
use crate::report::annex::DisagreementView;
use crate::report::finding_view::FindingView;
use crate::report::page::JurisdictionPage;
use crate::report::view::Counts;
use crate::serve::reply::{Refusal, Reply};
use crate::serve::server::Request;
use crate::serve::site::{self, Site};

#[derive(Serialize)]
struct Page {
    report: JurisdictionPage,
    region: String,
    family: String,
    profiles: Vec<Choice>,
    /// The query with the profile, to be carried along.
    queue: String,
    decided: usize,
    total: usize,
}

pub(in crate::serve) fn jurisdiction(site: &Site, request: &Request) -> Result<Reply, Refusal> {
    let run = site.run();
    let words = site.words(request);
    let (place, assessed) = site::jurisdiction(&run, request.name(0))?;
    let scope = Scope::of(site.mappings, &request.query)?;
    let disagreements = site
        .disagreements(&run, place)
        .iter()
        .filter(|found| scope.holds(&found.requirement))
        .map(|found| DisagreementView::new(words, run.mappings, found))
        .collect();
    let asked: Vec<&Finding> = assessed
        .findings
        .iter()
        .filter(|finding| scope.holds(&finding.requirement))
        .collect();
    let decided = asked
        .iter()
        .filter(|f| queue::standing(assessed, f) != queue::Standing::Open)
        .count();
    let total = asked.len();
    // The words of the law stand on the pages of the findings.
    let view = FindingView::brief;
    let mut report = JurisdictionPage::of(words, &run, assessed, disagreements, asked, view);
    // The overview is the site's own.
    report.overview = false;
    let entry = run.mappings.tables.jurisdiction(request.name(0));
    let page = Page {
        region: entry.map_or_else(String::new, |e| words.data(&e.region).to_owned()),
        family: entry.map_or_else(String::new, |e| words.data(&e.legal_family).to_owned()),
        profiles: scope::profiles(words, &run, request.query.get("profile")),
        queue: request.query.only(&["profile"]),
        decided,
        total,
        report,
    };
    drop(run);
    site.page("jurisdiction.html", "jurisdictions", request, page)
}

#[derive(Serialize)]
struct List {
    regions: Vec<Region>,
}

#[derive(Serialize)]
struct Region {
    name: String,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    code: String,
    country: String,
    family: String,
    counts: Counts,
    acts: usize,
    problems: usize,
}

/// The list of all jurisdictions, by region.
pub(in crate::serve) fn jurisdictions(site: &Site, request: &Request) -> Result<Reply, Refusal> {
    let run = site.run();
    let words = site.words(request);
    let mut regions: Vec<Region> = Vec::new();
    for assessed in &run.jurisdictions {
        let law = &assessed.law;
        let entry = run.mappings.tables.jurisdiction(law.jurisdiction.as_str());
        let damaged = law
            .acts
            .iter()
            .filter(|a| a.act.problems.iter().any(|p| p.kind.hides_law()))
            .count();
        let row = Row {
            code: law.jurisdiction.to_string(),
            country: law.country.clone(),
            family: entry.map_or_else(String::new, |e| words.data(&e.legal_family).to_owned()),
            counts: Counts::new(words, assessed.findings.iter().map(|f| f.verdict)),
            acts: law.acts.len(),
            problems: damaged + law.unread.len(),
        };
        let name = entry.map_or_else(
            || words.get(&["at", "jurisdiction", "no-region"]),
            |e| words.data(&e.region),
        );
        match regions.iter_mut().find(|region| region.name == name) {
            Some(region) => region.rows.push(row),
            None => regions.push(Region {
                name: name.to_owned(),
                rows: vec![row],
            }),
        }
    }
    regions.sort_by(|a, b| a.name.cmp(&b.name));
    for region in &mut regions {
        region.rows.sort_by(|a, b| a.country.cmp(&b.country));
    }
    drop(run);
    site.page(
        "jurisdictions.html",
        "jurisdictions",
        request,
        List { regions },
    )
}
