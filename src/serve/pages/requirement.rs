//! One requirement: what it asks, who asks it, and how each country words it.

use serde::Serialize;

use super::scope;
use super::{Choice, Pager};
use crate::assess::Verdict;
use crate::mappings::{Gate, Mappings, Requirement};
use crate::report::compare::RequirementRow;
use crate::report::finding_view::FindingView;
use crate::report::recommendation::{Bond, bond};
use crate::report::view::{Counts, element_text, requirement_title, theme};
use crate::report::{Run, Words};
use crate::serve::reply::{Refusal, Reply};
use crate::serve::server::Request;
use crate::serve::site::Site;

/// Countries on one page.
const EACH: usize = 24;

#[derive(Serialize)]
struct List {
    profiles: Vec<Choice>,
    queue: String,
    themes: Vec<Theme>,
    without_rules: usize,
}

#[derive(Serialize)]
struct Theme {
    name: String,
    rows: Vec<ListRow>,
}

#[derive(Serialize)]
struct ListRow {
    id: String,
    title: String,
    sources: String,
    counts: Counts,
}

/// The list of requirements, by theme.
pub(in crate::serve) fn requirements(site: &Site, request: &Request) -> Result<Reply, Refusal> {
    let run = site.run();
    let words = site.words(request);
    let asked = scope::Scope::of(site.mappings, &request.query)?;
    let mut themes: Vec<Theme> = Vec::new();
    for (place, requirement) in run.requirements.iter().enumerate() {
        let id = requirement.id.get_ref();
        if !asked.holds(id) {
            continue;
        }
        let found = run
            .jurisdictions
            .iter()
            .filter_map(|a| a.findings.get(place));
        let row = ListRow {
            id: id.clone(),
            title: requirement_title(words, run.mappings, id),
            sources: sources(run.mappings, id),
            counts: Counts::new(words, found.map(|finding| finding.verdict)),
        };
        let name = theme(words, run.mappings, id);
        match themes.iter_mut().find(|theme| theme.name == name) {
            Some(theme) => theme.rows.push(row),
            None => themes.push(Theme {
                name,
                rows: vec![row],
            }),
        }
    }
    let catalogue = run.mappings.tables.catalogue.iter();
    let page = List {
        profiles: scope::profiles(words, &run, request.query.get("profile")),
        queue: request.query.only(&["profile"]),
        themes,
        without_rules: catalogue
            .filter(|entry| asked.holds(&entry.id))
            .filter(|entry| run.mappings.requirement(&entry.id).is_none())
            .count(),
    };
    drop(run);
    site.page("requirements.html", "requirements", request, page)
}

fn sources(mappings: &Mappings, id: &str) -> String {
    let entry = mappings.tables.entry(id);
    entry.map(|entry| entry.sources.clone()).unwrap_or_default()
}

#[derive(Serialize)]
struct Page {
    row: RequirementRow,
    priority: u8,
    topic: String,
    instruments: Vec<InstrumentView>,
    elements: Vec<ElementView>,
    ways: Vec<WayView>,
    notes: Vec<String>,
    permitted: Vec<Permitted>,
    profiles: Vec<String>,
    wordings: Vec<Wording>,
    pager: Pager,
    jurisdictions: Vec<Choice>,
    verdicts: Vec<Choice>,
    families: Vec<Choice>,
    regions: Vec<Choice>,
    languages: Vec<Choice>,
    filtered: bool,
    export: String,
}

#[derive(Serialize)]
struct InstrumentView {
    citation: String,
    title: String,
    nature: String,
    binding: bool,
    /// How many of the jurisdictions held are bound by it.
    bound: usize,
}

#[derive(Serialize)]
struct ElementView {
    name: String,
    text: String,
    role: String,
    tested: bool,
}

#[derive(Serialize)]
struct WayView {
    name: String,
    gates: Vec<&'static str>,
}

#[derive(Serialize)]
struct Permitted {
    source: String,
    content: String,
}

#[derive(Serialize)]
struct Wording {
    code: String,
    country: String,
    family: String,
    f: FindingView,
}

pub(in crate::serve) fn requirement(site: &Site, request: &Request) -> Result<Reply, Refusal> {
    let run = site.run();
    let words = site.words(request);
    let id = request.name(0);
    let place = run
        .requirements
        .iter()
        .position(|requirement| requirement.id.get_ref() == id)
        .ok_or_else(|| unknown(site, id))?;
    let made = RequirementRow::without_rows(words, &run, place).zip(run.requirements.get(place));
    let Some((row, requirement)) = made else {
        return Err(unknown(site, id));
    };
    let query = &request.query;
    let chosen = chosen(site, &run, place, request);
    let path = crate::serve::link::requirement(id);
    let pager = Pager::new(&path, query, chosen.len(), EACH);
    let wordings = chosen
        .iter()
        .skip(pager.skipped())
        .take(EACH)
        .filter_map(|at| {
            let assessed = run.jurisdictions.get(*at)?;
            let finding = assessed.findings.get(place)?;
            let code = assessed.law.jurisdiction.as_str();
            Some(Wording {
                code: code.to_owned(),
                country: assessed.law.country.clone(),
                family: words.data(run.mappings.tables.family(code)).to_owned(),
                f: FindingView::with_words(words, run.mappings, assessed, finding),
            })
        })
        .collect();
    let page = Page {
        priority: run.mappings.tables.entry(id).map_or(0, |e| e.priority),
        topic: requirement.topic.get_ref().replace('-', " "),
        instruments: instruments(words, &run, id),
        elements: elements(words, requirement),
        ways: requirement
            .ways
            .iter()
            .filter(|way| !way.conflict)
            .map(|way| WayView {
                name: way.name.replace('-', " "),
                gates: way.gates.iter().copied().map(Gate::name).collect(),
            })
            .collect(),
        notes: requirement
            .notes
            .iter()
            .map(|note| words.data(note).to_owned())
            .collect(),
        permitted: run
            .mappings
            .tables
            .permitted
            .iter()
            .filter(|permitted| permitted.requirement == id)
            .map(|permitted| Permitted {
                source: permitted.source.clone(),
                content: words.data(&permitted.content).to_owned(),
            })
            .collect(),
        profiles: run
            .mappings
            .tables
            .profiles
            .iter()
            .filter(|profile| profile.members.iter().any(|member| member == id))
            .map(|profile| words.data(&profile.title).to_owned())
            .collect(),
        wordings,
        pager,
        jurisdictions: run
            .jurisdictions
            .iter()
            .map(|assessed| {
                let law = &assessed.law;
                let mut choice = Choice::new(law.jurisdiction.as_str(), &law.country, "");
                choice.chosen = query.all("c").any(|code| code == choice.value);
                choice
            })
            .collect(),
        verdicts: std::iter::once(Choice::new(
            "",
            any(words, "any-verdict"),
            query.get("verdict"),
        ))
        .chain(row.counts.slices.iter().map(|slice| {
            let label = format!("{} ({})", slice.verdict.short, slice.count);
            Choice::new(slice.verdict.name, &label, query.get("verdict"))
        }))
        .collect(),
        families: recorded(words, &run, "any-family", query.get("family"), |e| {
            &e.legal_family
        }),
        regions: recorded(words, &run, "any-region", query.get("region"), |e| {
            &e.region
        }),
        languages: languages(words, &run, query.get("lang")),
        filtered: ["c", "verdict", "family", "region", "lang"]
            .iter()
            .any(|name| !query.get(name).is_empty()),
        export: query.only(&["c", "verdict", "family", "region", "lang"]),
        row,
    };
    drop(run);
    site.page("requirement.html", "requirements", request, page)
}

fn unknown(site: &Site, id: &str) -> Refusal {
    Refusal::NotFound(match site.mappings.tables.entry(id) {
        Some(entry) => format!(
            "“{}” ({id}) is in the catalogue, but not assessed here: no rules are written for it \
             yet, or the profile leaves it out",
            entry.title
        ),
        None => format!("there is no requirement `{id}`"),
    })
}

/// The places of the jurisdictions that the filters leave, clearest answers
/// first: what the texts meet, then what they meet in part.
fn chosen(site: &Site, run: &Run<'_>, place: usize, request: &Request) -> Vec<usize> {
    let query = &request.query;
    let fits = |at: &usize| {
        let Some(assessed) = run.jurisdictions.get(*at) else {
            return false;
        };
        let Some(finding) = assessed.findings.get(place) else {
            return false;
        };
        let code = assessed.law.jurisdiction.as_str();
        let entry = site.mappings.tables.jurisdiction(code);
        let is = |name: &str, value: &str| query.get(name).is_empty() || query.get(name) == value;
        (query.get("c").is_empty() || query.all("c").any(|c| c == code))
            && is("verdict", finding.verdict.name())
            && is("family", entry.map_or("", |e| e.legal_family.as_str()))
            && is("region", entry.map_or("", |e| e.region.as_str()))
            && (query.get("lang").is_empty()
                || finding
                    .evidence
                    .iter()
                    .any(|e| primary(&e.language) == query.get("lang")))
    };
    let mut chosen: Vec<usize> = (0..run.jurisdictions.len()).filter(fits).collect();
    chosen.sort_by_key(|at| {
        let finding = run
            .jurisdictions
            .get(*at)
            .and_then(|a| a.findings.get(place));
        match finding.map(|f| f.verdict) {
            Some(Verdict::Full) => 0,
            Some(Verdict::Partial) => 1,
            Some(Verdict::Conflict) => 2,
            Some(Verdict::NotFound) => 3,
            _ => 4,
        }
    });
    chosen
}

/// The findings that the page's filters leave, for exports.
pub(super) fn filtered<'r>(
    site: &Site,
    run: &'r Run<'_>,
    request: &Request,
    id: &str,
) -> Result<Vec<&'r crate::assess::Finding>, Refusal> {
    let place = run
        .requirements
        .iter()
        .position(|requirement| requirement.id.get_ref() == id)
        .ok_or_else(|| unknown(site, id))?;
    Ok(chosen(site, run, place, request)
        .into_iter()
        .filter_map(|at| run.jurisdictions.get(at)?.findings.get(place))
        .collect())
}

fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

fn instruments(words: &Words, run: &Run<'_>, id: &str) -> Vec<InstrumentView> {
    let tables = &run.mappings.tables;
    sources(run.mappings, id)
        .split(';')
        .map(str::trim)
        .filter(|citation| !citation.is_empty())
        .map(|citation| {
            let code = citation.split_whitespace().next().unwrap_or_default();
            let instrument = tables.instruments.get(code);
            let bound = run.jurisdictions.iter().filter(|assessed| {
                let of = &assessed.law.jurisdiction;
                bond(run.mappings, of, code, "") == Bond::Bound
            });
            InstrumentView {
                citation: citation.to_owned(),
                title: instrument
                    .map(|i| words.data(&i.title).to_owned())
                    .unwrap_or_default(),
                nature: instrument
                    .map(|i| words.data(&i.nature).to_owned())
                    .unwrap_or_default(),
                binding: instrument.is_some_and(|i| i.binding),
                bound: bound.count(),
            }
        })
        .collect()
}

fn elements(words: &Words, requirement: &Requirement) -> Vec<ElementView> {
    requirement
        .elements
        .iter()
        .map(|element| ElementView {
            name: words.name(element.name.get_ref()),
            text: element_text(words, &element.text),
            role: words.get(&["role", element.role.name()]).to_owned(),
            tested: element.anchor || element.test.is_some(),
        })
        .collect()
}

fn recorded(
    words: &Words,
    run: &Run<'_>,
    all: &str,
    asked: &str,
    of: impl Fn(&crate::mappings::JurisdictionEntry) -> &String,
) -> Vec<Choice> {
    let tables = &run.mappings.tables;
    let mut names: Vec<&str> = run
        .jurisdictions
        .iter()
        .filter_map(|a| tables.jurisdiction(a.law.jurisdiction.as_str()))
        .map(|entry| of(entry).as_str())
        .filter(|name| !name.is_empty())
        .collect();
    names.sort_unstable();
    names.dedup();
    std::iter::once(Choice::new("", any(words, all), asked))
        .chain(
            names
                .into_iter()
                .map(|name| Choice::new(name, words.data(name), asked)),
        )
        .collect()
}

/// The first entry of a list, which leaves all in.
fn any<'w>(words: &'w Words, key: &'w str) -> &'w str {
    words.get(&["at", "requirement", key])
}

fn languages(words: &Words, run: &Run<'_>, asked: &str) -> Vec<Choice> {
    let mut tags: Vec<&str> = run
        .jurisdictions
        .iter()
        .flat_map(|assessed| &assessed.law.acts)
        .map(|annotated| annotated.act.language.primary())
        .filter(|tag| !tag.is_empty())
        .collect();
    tags.sort_unstable();
    tags.dedup();
    std::iter::once(Choice::new("", any(words, "any-language"), asked))
        .chain(
            tags.into_iter()
                .map(|tag| Choice::new(tag, words.language(tag), asked)),
        )
        .collect()
}
