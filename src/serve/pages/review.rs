//! The list of findings to decide on, and the decisions themselves.

use serde::Serialize;

use super::finding::{queue_of, seen};
use super::queue::{PARAMETERS, Queue, Standing, standing};
use super::scope;
use super::{Choice, Pager};
use crate::assess::Verdict;
use crate::report::finding_view::ReviewView;
use crate::report::view::{RequirementLink, VerdictView, missing, requirement_title};
use crate::review::{Decision, Opinion, ReviewError, ReviewFile};
use crate::serve::link;
use crate::serve::parameters::Parameters;
use crate::serve::reply::{Refusal, Reply};
use crate::serve::server::{REVIEWER, Request};
use crate::serve::site::{self, Site};

/// Findings on one page of the list.
const EACH: usize = 50;
/// Most characters of a reason and of a name.
const LONGEST_REASON: usize = 4_000;
const LONGEST_NAME: usize = 120;

#[derive(Serialize)]
struct Page {
    rows: Vec<Row>,
    pager: Pager,
    jurisdictions: Vec<Choice>,
    profiles: Vec<Choice>,
    requirements: Vec<Choice>,
    verdicts: Vec<Choice>,
    states: Vec<Choice>,
    queue: String,
    open: usize,
    decided: usize,
    all: usize,
    kept_in: String,
}

#[derive(Serialize)]
struct Row {
    code: String,
    country: String,
    requirement: RequirementLink,
    verdict: VerdictView,
    missing: String,
    reviews: Vec<ReviewView>,
    state: &'static str,
}

pub(in crate::serve) fn review(site: &Site, request: &Request) -> Result<Reply, Refusal> {
    let run = site.run();
    let words = site.words(request);
    let query = &request.query;
    let queue = Queue::of(site.mappings, query)?;
    let found: Vec<_> = queue.findings(&run).collect();
    let pager = Pager::new("/review", query, found.len(), EACH);
    let open = found
        .iter()
        .filter(|(assessed, finding)| standing(assessed, finding) == Standing::Open)
        .count();
    let carried = match query.only(&PARAMETERS) {
        empty if empty.is_empty() => "?all=1".to_owned(),
        carried => carried,
    };
    let verdicts = Verdict::ALL.into_iter().map(|verdict| {
        let word = words.get(&["verdict", verdict.name(), "short"]);
        Choice::new(verdict.name(), word, query.get("verdict"))
    });
    let states = Standing::ALL.iter().map(|(_, name)| {
        let label = words.get(&["at", "standing", name]);
        Choice::new(name, label, query.get("state"))
    });
    let titles = run.requirements.iter().map(|requirement| {
        let id = requirement.id.get_ref();
        let title = requirement_title(words, run.mappings, id);
        Choice::new(id, &title, query.get("r"))
    });
    let first = |key: &str, asked: &str| {
        std::iter::once(Choice::new("", words.get(&["at", "review", key]), asked))
    };
    let page = Page {
        open,
        decided: found.len() - open,
        all: found.len(),
        jurisdictions: scope::jurisdictions(words, &run, query.get("c")),
        profiles: scope::profiles(words, &run, query.get("profile")),
        requirements: first("all-requirements", query.get("r"))
            .chain(titles)
            .collect(),
        verdicts: std::iter::once(Choice::new(
            "",
            words.get(&["site", "all-verdicts"]),
            query.get("verdict"),
        ))
        .chain(verdicts)
        .collect(),
        states: first("any-state", query.get("state"))
            .chain(states)
            .collect(),
        rows: found
            .iter()
            .skip(pager.skipped())
            .take(EACH)
            .map(|(assessed, finding)| Row {
                code: finding.jurisdiction.to_string(),
                country: assessed.law.country.clone(),
                requirement: RequirementLink::new(words, run.mappings, &finding.requirement),
                verdict: VerdictView::new(words, finding.verdict),
                missing: missing(words, run.mappings, finding)
                    .into_iter()
                    .map(|item| item.name)
                    .collect::<Vec<_>>()
                    .join("; "),
                reviews: assessed
                    .reviews_of(finding)
                    .map(|checked| ReviewView::new(words, checked))
                    .collect(),
                state: standing(assessed, finding).name(),
            })
            .collect(),
        pager,
        queue: carried,
        kept_in: site
            .review_path()
            .map(|path| path.display().to_string())
            .unwrap_or_default(),
    };
    drop(run);
    site.page("review.html", "review", request, page)
}

/// What a form says about a finding.
struct Asked<'f> {
    code: &'f str,
    requirement: &'f str,
    reviewer: String,
    /// The queue, as a query without `?`.
    back: &'f str,
}

impl<'f> Asked<'f> {
    fn of(form: &'f Parameters) -> Result<Self, Refusal> {
        let reviewer = one_line(form.get("reviewer"));
        if reviewer.is_empty() {
            return Err(Refusal::Bad(
                "your name is missing: it stands beside the decision in reports".to_owned(),
            ));
        }
        if reviewer.chars().count() > LONGEST_NAME {
            return Err(Refusal::Bad("the name is too long".to_owned()));
        }
        Ok(Self {
            code: form.get("code"),
            requirement: form.get("requirement"),
            reviewer,
            back: form.get("queue").trim_start_matches('?'),
        })
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Records a decision, then goes on to the next finding of the queue or back.
pub(in crate::serve) fn decide(site: &Site, request: &Request) -> Result<Reply, Refusal> {
    let form = &request.form;
    let asked = Asked::of(form)?;
    let path = site.review_path()?;
    let overruling = form.get("decision") == "overrule";
    let verdict = if overruling { form.get("verdict") } else { "" };
    let opinion = Opinion::from_names(form.get("decision"), verdict).map_err(bad)?;
    let given = form.get("why").replace("\r\n", "\n");
    if given.chars().count() > LONGEST_REASON {
        return Err(Refusal::Bad(format!(
            "a reason may have {LONGEST_REASON} letters here"
        )));
    }
    let why = match (given.is_empty(), opinion) {
        (true, Opinion::Confirm) => site
            .words(request)
            .get(&["at", "finding", "confirmed"])
            .to_owned(),
        _ => given,
    };
    let run = site.run();
    let (_, assessed) = site::jurisdiction(&run, asked.code)?;
    let finding = site::finding(assessed, asked.requirement)?;
    if form.get("seen") != seen(finding) {
        return Err(Refusal::Conflict(
            "the finding has changed since this page was shown; look at it again".to_owned(),
        ));
    }
    let today = jiff::Zoned::now().date().to_string();
    let decision = Decision::on(
        finding,
        &assessed.law,
        opinion,
        &asked.reviewer,
        &today,
        &why,
    )
    .map_err(bad)?;
    let (parameters, carried) = queue_of(&Parameters::parse(asked.back.as_bytes()), asked.code);
    let queue = Queue::of(site.mappings, &parameters)?;
    let here = format!("{}{carried}", link::finding(asked.code, asked.requirement));
    let target = match queue.around(&run, finding).after {
        Some(after) if form.get("then") == "next" => {
            let to = link::finding(after.jurisdiction.as_str(), &after.requirement);
            format!("{to}{carried}")
        }
        _ => here,
    };
    drop(run);
    ReviewFile::add(path, decision).map_err(unwritten)?;
    site.reviews_written();
    Ok(done(target, "saved", &asked.reviewer))
}

/// Takes a reviewer's own decision back.
pub(in crate::serve) fn withdraw(site: &Site, request: &Request) -> Result<Reply, Refusal> {
    let asked = Asked::of(&request.form)?;
    let path = site.review_path()?;
    {
        let run = site.run();
        let (_, assessed) = site::jurisdiction(&run, asked.code)?;
        site::finding(assessed, asked.requirement)?;
    }
    ReviewFile::update(path, |decisions| {
        decisions.retain(|decision| {
            decision.opinion == Opinion::Comment
                || decision.jurisdiction.as_str() != asked.code
                || decision.requirement != asked.requirement
                || decision.reviewer != asked.reviewer
        });
    })
    .map_err(unwritten)?;
    site.reviews_written();
    let (_, carried) = queue_of(&Parameters::parse(asked.back.as_bytes()), asked.code);
    let target = format!("{}{carried}", link::finding(asked.code, asked.requirement));
    Ok(done(target, "withdrawn", &asked.reviewer))
}

/// Back to a page, with a word about what was done and the name remembered.
fn done(target: String, what: &str, reviewer: &str) -> Reply {
    let joint = if target.contains('?') { '&' } else { '?' };
    let mut reply = Reply::see_other(format!("{target}{joint}done={what}"));
    let name = crate::serve::link::segment(reviewer);
    reply.headers.push((
        "set-cookie",
        format!("{REVIEWER}={name}; Path=/; Max-Age=31536000; SameSite=Strict; HttpOnly"),
    ));
    reply
}

fn bad(error: impl std::fmt::Display) -> Refusal {
    Refusal::Bad(error.to_string())
}

fn unwritten(error: ReviewError) -> Refusal {
    match error {
        ReviewError::Busy { .. } => Refusal::Conflict(error.to_string()),
        ReviewError::Decision(error) => bad(error),
        error => Refusal::Broken(format!("the decision was not recorded: {error}")),
    }
}
