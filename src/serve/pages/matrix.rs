//! The matrix of jurisdictions and requirements, with filters.

use serde::Serialize;

use super::scope::{self, Scope};
use super::{Choice, queue};
use crate::assess::Verdict;
use crate::report::arrange::arranged;
use crate::report::view::{Counts, requirement_title, theme, theme_key};
use crate::report::{GroupBy, Run, SortBy, Words};
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
    let words = site.words(request);
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
    let shown: Vec<(String, &crate::report::Assessed)> = arranged(words, &run, &group, sort)
        .into_iter()
        .filter(|(_, assessed)| {
            only.is_empty() || only.contains(&assessed.law.jurisdiction.as_str())
        })
        .collect();
    let names: Vec<(Verdict, String)> = Verdict::ALL
        .into_iter()
        .map(|verdict| {
            let word = words.get(&["verdict", verdict.name(), "short"]);
            (verdict, word.to_owned())
        })
        .collect();
    let word = |verdict: Verdict| {
        let known = names.iter().find(|(known, _)| *known == verdict);
        known.map(|(_, word)| word.clone()).unwrap_or_default()
    };
    let mut rows: Vec<Row> = Vec::new();
    let mut last_theme = String::new();
    let mut verdicts: Vec<Verdict> = Vec::new();
    for (place, requirement) in run.requirements.iter().enumerate() {
        let id = requirement.id.get_ref();
        let own_theme = theme(words, run.mappings, id);
        let of_theme = asked_theme.is_empty() || asked_theme == theme_key(run.mappings, id);
        if !scope.holds(id) || !of_theme {
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
            title: requirement_title(words, run.mappings, id),
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
        counts: Counts::new(words, verdicts.into_iter()),
        profiles: scope::profiles(words, &run, query.get("profile")),
        groups: groups(words, &run, query.get("group")),
        sorts: [
            ("", "by-code"),
            ("country", "by-country"),
            ("gaps", "by-gaps"),
        ]
        .into_iter()
        .map(|(value, key)| {
            let label = words.get(&["at", "matrix", key]);
            Choice::new(value, label, query.get("sort"))
        })
        .collect(),
        themes: themes(words, &run, asked_theme),
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
        verdicts: std::iter::once(Choice::new(
            "",
            words.get(&["site", "all-verdicts"]),
            asked_verdict,
        ))
        .chain(
            names
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

fn groups(words: &Words, run: &Run<'_>, asked: &str) -> Vec<Choice> {
    let fixed = [
        ("", "no-groups"),
        ("region", "region"),
        ("family", "family"),
    ];
    let instruments = run
        .mappings
        .tables
        .instruments
        .iter()
        .filter(|(_, instrument)| !instrument.ratifications.is_empty())
        .map(|(code, _)| code.as_str());
    fixed
        .into_iter()
        .map(|(value, key)| Choice::new(value, words.get(&["at", "matrix", key]), asked))
        .chain(instruments.map(|code| {
            let label = words.filled(&["at", "matrix", "parties"], &[("instrument", code)]);
            Choice::new(code, &label, asked)
        }))
        .collect()
}

fn themes(words: &Words, run: &Run<'_>, asked: &str) -> Vec<Choice> {
    let mut choices = vec![Choice::new(
        "",
        words.get(&["at", "matrix", "all-themes"]),
        asked,
    )];
    for requirement in &run.requirements {
        let id = requirement.id.get_ref();
        let value = theme_key(run.mappings, id);
        if !choices.iter().any(|choice| choice.value == value) {
            let label = theme(words, run.mappings, id);
            choices.push(Choice::new(value, &label, asked));
        }
    }
    choices
}
