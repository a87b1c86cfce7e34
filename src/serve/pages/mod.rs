//! The pages of the site. Each is a function from a request to a reply; what
//! it shows are the views of the reports.

mod bill;
mod export;
mod finding;
mod home;
mod jurisdiction;
mod matrix;
mod provision;
mod queue;
mod requirement;
mod review;
mod scope;
mod search;
mod small;
mod text;

pub(super) use bill::{check, checked, upload};
pub(super) use export::export;
pub(super) use finding::finding;
pub(super) use home::home;
pub(super) use jurisdiction::{jurisdiction, jurisdictions};
pub(super) use matrix::matrix;
pub(super) use provision::provision;
pub(super) use requirement::{requirement, requirements};
pub(super) use review::{decide, review, withdraw};
pub(super) use search::search;
pub(super) use small::{asset, keys, method};

use serde::Serialize;

/// The site's own templates; they use macros of the reports' templates.
pub(super) const TEMPLATES: [(&str, &str); 16] = [
    ("site.html", include_str!("../templates/site.html")),
    ("macros.html", include_str!("../templates/macros.html")),
    ("home.html", include_str!("../templates/home.html")),
    ("search.html", include_str!("../templates/search.html")),
    ("matrix.html", include_str!("../templates/matrix.html")),
    (
        "jurisdictions.html",
        include_str!("../templates/jurisdictions.html"),
    ),
    (
        "jurisdiction.html",
        include_str!("../templates/jurisdiction.html"),
    ),
    ("finding.html", include_str!("../templates/finding.html")),
    (
        "requirements.html",
        include_str!("../templates/requirements.html"),
    ),
    (
        "requirement.html",
        include_str!("../templates/requirement.html"),
    ),
    (
        "provision.html",
        include_str!("../templates/provision.html"),
    ),
    ("review.html", include_str!("../templates/review.html")),
    ("check.html", include_str!("../templates/check.html")),
    ("checked.html", include_str!("../templates/checked.html")),
    ("small.html", include_str!("../templates/small.html")),
    ("error.html", include_str!("../templates/error.html")),
];

/// One entry of a list to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

impl Choice {
    pub fn new(value: &str, label: &str, asked: &str) -> Self {
        Self {
            value: value.to_owned(),
            label: label.to_owned(),
            chosen: value == asked,
        }
    }
}

/// An address with its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Link {
    pub label: String,
    pub link: String,
}

/// Which part of a long list is shown, with the ways to its neighbours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Pager {
    pub page: usize,
    pub pages: usize,
    pub total: usize,
    pub first: usize,
    pub last: usize,
    /// Empty where there is none.
    pub previous: String,
    pub next: String,
}

impl Pager {
    /// The pager of a list, at the page that the request asks for.
    pub fn new(
        path: &str,
        query: &super::parameters::Parameters,
        total: usize,
        each: usize,
    ) -> Self {
        let pages = total.div_ceil(each).max(1);
        let page = query.page().min(pages);
        let to = |page: usize| format!("{path}{}", query.with("page", &page.to_string()));
        Self {
            page,
            pages,
            total,
            first: ((page - 1) * each + 1).min(total),
            last: (page * each).min(total),
            previous: if page > 1 {
                to(page - 1)
            } else {
                String::new()
            },
            next: if page < pages {
                to(page + 1)
            } else {
                String::new()
            },
        }
    }

    /// How many entries stand before those shown.
    pub fn skipped(&self) -> usize {
        self.first.saturating_sub(1)
    }
}
