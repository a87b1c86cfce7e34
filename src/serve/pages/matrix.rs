//! The matrix of jurisdictions and requirements, with filters.

use serde::Serialize;

use super::scope::{self, Scope};
use super::{Choice, queue};
use crate::assess::Verdict;
use crate::report::arrange::arranged;
use crate::report::view::{Counts, requirement_title, theme};
use crate::report::{GroupBy, Run, SortBy};
use crate::serve::reply::{Refusal, Reply};
use crate::serve::server::Request;
use crate::serve::site::Site;

#[derive(Serialize)]
struct Page {
    columns: Vec<Column>,
    rows: Vec<Row>,
    counts: Counts,
    profiles: Vec<Choice>,
    groups: Vec<Choice>,
    sorts: Vec<Choice>,
    themes: Vec<Choice>,
    jurisdictions: Vec<Choice>,
    verdicts: Vec<Choice>,
    grouped: Vec<Group>,
    /// Query for the exports.
    export: String,
    queue: String,
    filtered: bool,
}

#[derive(Serialize)]
struct Column {
    code: String,
    country: String,
    opens: bool,
}

#[derive(Serialize)]
struct Group {
    name: String,
    size: usize,
}

#[derive(Serialize)]
struct Row {
    id: String,
    title: String,
    /// The theme, where the row is its first; empty else.
    theme: String,
    cells: Vec<Cell>,
}

#[derive(Serialize)]
struct Cell {
    /// Verdict: its name, sign and word.
    name: &'static str,
    sign: &'static str,
    word: String,
    /// Fades where a verdict is asked for and this is another.
    faint: bool,
    /// A reviewer has decided: what they say.
    review: &'static str,
}

pub(in crate::serve) fn matrix(site: &Site, request: &Request) -> Result<Reply, Refusal> {
    let run = site.run();
    let query = &request.query;
    let scope = Scope::of(site.mappings, query)?;
    let group = match query.get("group") {
        "" => GroupBy::Nothing,
        name => GroupBy::named(name, site.mappings).map_err(|e| Refusal::Bad(e.to_string()))?,
    };
    let sort = match query.get("sort") {
        "country" => SortBy::Country,
        "gaps" => SortBy::Gaps,
        _ => SortBy::Code,
    };
    let only: Vec<&str> = query.all("c").collect();
    let asked_theme = query.get("theme");
    let asked_verdict = query.get("verdict");
    let shown: Vec<(String, &crate::report::Assessed)> = arranged(&site.words, &run, &group, sort)
        .into_iter()
        .filter(|(_, assessed)| {
            only.is_empty() || only.contains(&assessed.law.jurisdiction.as_str())
        })
        .collect();
    let words: Vec<(Verdict, String)> = Verdict::ALL
        .into_iter()
        .map(|verdict| {
            let word = site.words.get(&["verdict", verdict.name(), "short"]);
            (verdict, word.to_owned())
        })
        .collect();
    let word = |verdict: Verdict| {
        let known = words.iter().find(|(known, _)| *known == verdict);
        known.map(|(_, word)| word.clone()).unwrap_or_default()
    };
    let mut rows: Vec<Row> = Vec::new();
    let mut last_theme = String::new();
    let mut verdicts: Vec<Verdict> = Vec::new();
    for (place, requirement) in run.requirements.iter().enumerate() {
        let id = requirement.id.get_ref();
        let own_theme = theme(&site.words, run.mappings, id);
        if !scope.holds(id) || !(asked_theme.is_empty() || asked_theme == own_theme) {
            continue;
        }
        let cells: Vec<Cell> = shown
            .iter()
            .filter_map(|(_, assessed)| {
                let finding = assessed.findings.get(place)?;
                verdicts.push(finding.verdict);
                Some(Cell {
                    name: finding.verdict.name(),
                    sign: crate::report::view::sign(finding.verdict),
                    word: word(finding.verdict),
                    faint: !asked_verdict.is_empty() && asked_verdict != finding.verdict.name(),
                    review: match queue::standing(assessed, finding) {
                        queue::Standing::Open => "",
                        other => other.name(),
                    },
                })
            })
            .collect();
        // A row without the verdict asked for has nothing to show.
        if !asked_verdict.is_empty() && cells.iter().all(|cell| cell.faint) {
            continue;
        }
        rows.push(Row {
            id: id.clone(),
            title: requirement_title(&site.words, run.mappings, id),
            theme: if own_theme == last_theme {
                String::new()
            } else {
                own_theme.clone()
            },
            cells,
        });
        last_theme = own_theme;
    }
    let mut grouped: Vec<Group> = Vec::new();
    let mut columns: Vec<Column> = Vec::new();
    for (name, assessed) in &shown {
        let opens =
            group != GroupBy::Nothing && grouped.last().is_none_or(|group| group.name != *name);
        match grouped.last_mut() {
            Some(last) if !opens => last.size += 1,
            _ => grouped.push(Group {
                name: name.clone(),
                size: 1,
            }),
        }
        columns.push(Column {
            code: assessed.law.jurisdiction.to_string(),
            country: assessed.law.country.clone(),
            opens,
        });
    }
    if group == GroupBy::Nothing {
        grouped.clear();
    }
    let page = Page {
        counts: Counts::new(&site.words, verdicts.into_iter()),
        profiles: scope::profiles(&run, query.get("profile")),
        groups: groups(&run, query.get("group")),
        sorts: [
            ("", "Code"),
            ("country", "Country"),
            ("gaps", "Most gaps first"),
        ]
        .into_iter()
        .map(|(value, label)| Choice::new(value, label, query.get("sort")))
        .collect(),
        themes: themes(site, &run, asked_theme),
        jurisdictions: run
            .jurisdictions
            .iter()
            .map(|assessed| {
                let law = &assessed.law;
                let mut choice = Choice::new(law.jurisdiction.as_str(), &law.country, "");
                choice.chosen = only.contains(&choice.value.as_str());
                choice
            })
            .collect(),
        verdicts: std::iter::once(Choice::new("", "All verdicts", asked_verdict))
            .chain(
                words
                    .iter()
                    .map(|(verdict, word)| Choice::new(verdict.name(), word, asked_verdict)),
            )
            .collect(),
        columns,
        rows,
        grouped,
        export: query.only(&["group", "sort"]),
        queue: query.only(&["profile", "verdict"]),
        filtered: ["profile", "theme", "verdict", "c", "group", "sort"]
            .iter()
            .any(|name| !query.get(name).is_empty()),
    };
    drop(run);
    site.page("matrix.html", "matrix", request, page)
}

fn groups(run: &Run<'_>, asked: &str) -> Vec<Choice> {
    let fixed = [
        ("", "No groups"),
        ("region", "Region"),
        ("family", "Family of law"),
    ];
    let instruments = run
        .mappings
        .tables
        .instruments
        .iter()
        .filter(|(_, instrument)| !instrument.ratifications.is_empty())
        .map(|(code, _)| (code.as_str(), code.as_str()));
    fixed
        .into_iter()
        .map(|(value, label)| Choice::new(value, label, asked))
        .chain(instruments.map(|(code, _)| Choice::new(code, &format!("Parties to {code}"), asked)))
        .collect()
}

fn themes(site: &Site, run: &Run<'_>, asked: &str) -> Vec<Choice> {
    let mut choices = vec![Choice::new("", "All themes", asked)];
    for requirement in &run.requirements {
        let name = theme(&site.words, run.mappings, requirement.id.get_ref());
        if !choices.iter().any(|choice| choice.value == name) {
            choices.push(Choice::new(&name, &name, asked));
        }
    }
    choices
}
