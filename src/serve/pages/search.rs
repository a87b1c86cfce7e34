//! Search with facets and highlighted extracts.

use serde::Serialize;

use super::{Choice, Pager};
use crate::corpus::{ActHits, Flag, Hit, SearchError, SearchRequest, SearchResults};
use crate::law::{Jurisdiction, Language, Span};
use crate::report::Words;
use crate::report::view::direction;
use crate::serve::link;
use crate::serve::parameters::Parameters;
use crate::serve::reply::{Refusal, Reply};
use crate::serve::server::Request;
use crate::serve::site::Site;

/// Hits on one page.
const EACH: usize = 20;
/// Hits in an export at most.
const MOST: usize = 5_000;
/// Letters of an extract.
const EXTRACT: usize = 420;

#[derive(Serialize)]
struct Page {
    query: String,
    hits: Vec<HitView>,
    pager: Pager,
    acts: usize,
    unread: usize,
    /// The query cannot be understood: why, with the place under it.
    error: String,
    no_concepts: Vec<String>,
    jurisdictions: Vec<Facet>,
    languages: Vec<Facet>,
    kinds: Vec<Choice>,
    in_force: bool,
    /// Links that take a filter out.
    filters: Vec<Facet>,
    export: String,
    examples: Vec<Example>,
}

#[derive(Serialize)]
struct Example {
    query: &'static str,
    link: String,
    finds: String,
}

#[derive(Serialize)]
struct Facet {
    label: String,
    count: usize,
    on: bool,
    link: String,
}

#[derive(Serialize)]
struct HitView {
    code: String,
    country: String,
    title: String,
    locator: String,
    link: String,
    headings: Vec<String>,
    pieces: Vec<Piece>,
    language: String,
    direction: &'static str,
    in_force: bool,
    also: Vec<String>,
    note: String,
}

#[derive(Serialize)]
struct Piece {
    text: String,
    found: bool,
}

const EXAMPLES: [(&str, &str); 6] = [
    ("\"without the consent\"", "example-phrase"),
    ("concept:csam concept:possess", "example-concepts"),
    ("art. 227-23", "example-citation"),
    ("heading:definitions child", "example-heading"),
    ("pornograph* NOT adult*", "example-beginning"),
    ("concept:grooming is:penal", "example-filter"),
];

pub(in crate::serve) fn search(site: &Site, request: &Request) -> Result<Reply, Refusal> {
    let query = &request.query;
    let words = site.words(request);
    let asked = query.get("q").to_owned();
    let mut page = Page {
        query: asked.clone(),
        hits: Vec::new(),
        pager: Pager::new("/search", query, 0, EACH),
        acts: site.index.act_count(),
        unread: site.index.unread().len(),
        error: String::new(),
        no_concepts: Vec::new(),
        jurisdictions: Vec::new(),
        languages: Vec::new(),
        kinds: kinds(words, query.get("is")),
        in_force: query.get("force") == "1",
        filters: Vec::new(),
        export: query.with("page", ""),
        examples: EXAMPLES
            .iter()
            .map(|(query, key)| Example {
                query,
                finds: words.get(&["at", "search", key]).to_owned(),
                link: format!(
                    "/search{}",
                    crate::serve::parameters::encoded([("q", *query)].into_iter())
                ),
            })
            .collect(),
    };
    if asked.is_empty() {
        return site.page("search.html", "search", request, page);
    }
    match found(site, query, (query.page() - 1) * EACH, EACH) {
        Ok(results) => {
            page.pager = Pager::new("/search", query, results.total, EACH);
            page.no_concepts = results
                .languages_without_concepts
                .iter()
                .map(|tag| words.language(tag).to_owned())
                .collect();
            facets(site, words, query, &results, &mut page).map_err(Refusal::broken)?;
            page.hits = results.hits.iter().map(|hit| view(words, hit)).collect();
        }
        Err(SearchError::Query(mut diagnostic)) => {
            diagnostic.message = words.said_of("refusal", &diagnostic.message);
            diagnostic.help = words.said_of("refusal", &diagnostic.help);
            page.error = diagnostic.render(false);
        }
        Err(SearchError::Corpus(error)) => page.error = error.to_string(),
        Err(error) => return Err(Refusal::broken(error)),
    }
    site.page("search.html", "search", request, page)
}

/// What the query and its filters find.
fn found(
    site: &Site,
    query: &Parameters,
    offset: usize,
    limit: usize,
) -> Result<SearchResults, SearchError> {
    site.index.search(&SearchRequest {
        jurisdictions: query.all("c").map(Jurisdiction::new).collect(),
        languages: query.all("lang").map(Language::new).collect(),
        offset,
        limit,
        extract_chars: EXTRACT,
        ..SearchRequest::new(text_of(query))
    })
}

/// The query with the filters that its language knows.
fn text_of(query: &Parameters) -> String {
    let mut text = query.get("q").to_owned();
    let mut restrict = |flag: &str| {
        if Flag::named(flag).is_some() {
            text = format!("({text}) is:{flag}");
        }
    };
    if query.get("force") == "1" {
        restrict("operative");
    }
    restrict(query.get("is"));
    text
}

/// All hits up to a bound, for exports.
pub(super) fn all(site: &Site, query: &Parameters) -> Result<SearchResults, Refusal> {
    found(site, query, 0, MOST).map_err(|error| match error {
        SearchError::Query(_) | SearchError::Corpus(_) => Refusal::Bad(error.to_string()),
        error => Refusal::broken(error),
    })
}

fn kinds(words: &Words, asked: &str) -> Vec<Choice> {
    std::iter::once(Choice::new(
        "",
        words.get(&["at", "search", "any-kind"]),
        asked,
    ))
    .chain(
        Flag::ALL
            .into_iter()
            .map(|flag| Choice::new(flag.name(), words.get(&["at", "kind", flag.name()]), asked)),
    )
    .collect()
}

/// Counts by jurisdiction and language. A facet counts what would be found
/// without its own filter, so that a second value can be added.
fn facets(
    site: &Site,
    words: &Words,
    query: &Parameters,
    results: &SearchResults,
    page: &mut Page,
) -> Result<(), SearchError> {
    let without = |name: &str| -> Result<Vec<ActHits>, SearchError> {
        if query.get(name).is_empty() {
            return Ok(results.by_act.clone());
        }
        let other = Parameters::parse(query.with(name, "").trim_start_matches('?').as_bytes());
        Ok(found(site, &other, 0, 0)?.by_act)
    };
    page.jurisdictions = facet(
        query,
        "c",
        without("c")?
            .into_iter()
            .map(|act| (act.jurisdiction.to_string(), act.country, act.hits)),
    );
    page.languages = facet(
        query,
        "lang",
        without("lang")?.into_iter().map(|act| {
            let name = words.language(&act.language).to_owned();
            (act.language, name, act.hits)
        }),
    );
    page.filters = page
        .jurisdictions
        .iter()
        .chain(&page.languages)
        .filter(|facet| facet.on)
        .map(|facet| Facet {
            label: facet.label.clone(),
            count: facet.count,
            on: true,
            link: facet.link.clone(),
        })
        .collect();
    Ok(())
}

fn facet(
    query: &Parameters,
    name: &str,
    values: impl Iterator<Item = (String, String, usize)>,
) -> Vec<Facet> {
    let mut counted: Vec<(String, String, usize)> = Vec::new();
    for (value, label, hits) in values {
        match counted.iter_mut().find(|(known, ..)| *known == value) {
            Some(entry) => entry.2 += hits,
            None => counted.push((value, label, hits)),
        }
    }
    counted.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.1.cmp(&b.1)));
    counted
        .into_iter()
        .map(|(value, label, count)| Facet {
            on: query.all(name).any(|known| known == value),
            link: format!("/search{}", query.toggled(name, &value)),
            label,
            count,
        })
        .collect()
}

fn view(words: &Words, hit: &Hit) -> HitView {
    let code = hit.jurisdiction.as_str();
    let marks: &[Span] = &hit.extract.highlights;
    HitView {
        code: code.to_owned(),
        country: hit.country.clone(),
        title: if hit.title.trim().is_empty() {
            hit.file.clone()
        } else {
            hit.title.clone()
        },
        locator: hit.locator.clone(),
        link: if marks.is_empty() {
            let number = hit.provision.0.to_string();
            let query = crate::serve::parameters::encoded([("unit", number.as_str())].into_iter());
            format!("{}{query}", link::act(code, &hit.file))
        } else {
            link::words(code, &hit.file, marks)
        },
        headings: hit.headings.clone(),
        pieces: hit
            .extract
            .pieces()
            .into_iter()
            .map(|(text, found)| Piece {
                text: text.to_owned(),
                found,
            })
            .collect(),
        direction: direction(&hit.language),
        language: hit.language.clone(),
        in_force: hit.in_force,
        also: hit.also.clone(),
        note: hit
            .note
            .as_deref()
            .map(|note| words.said_of("refusal", note))
            .unwrap_or_default(),
    }
}
