//! A bill: sent by a form, checked, shown. It stays in memory.

use serde::Serialize;

use super::{Choice, scope};
use crate::check::{
    Bill, BillReport, Fate, Label, NO_JURISDICTION, Severity, Standard, check as judge, effect,
};
use crate::ingest::Place;
use crate::law::{Jurisdiction, sha256_hex};
use crate::report::view::{VerdictView, direction, requirement_title};
use crate::report::{Words, select};
use crate::serve::bills::Checked;
use crate::serve::reply::{Refusal, Reply};
use crate::serve::server::Request;
use crate::serve::site::{self, Site};

#[derive(Serialize)]
struct Form {
    jurisdictions: Vec<Choice>,
    profiles: Vec<Choice>,
    lately: Vec<Lately>,
}

#[derive(Serialize)]
struct Lately {
    id: String,
    title: String,
    country: String,
}

/// The form.
pub(in crate::serve) fn check(site: &Site, request: &Request) -> Result<Reply, Refusal> {
    let run = site.run();
    let words = site.words(request);
    let mut jurisdictions = scope::jurisdictions(words, &run, request.query.get("c"));
    if let Some(first) = jurisdictions.first_mut() {
        words
            .get(&["at", "check", "alone"])
            .clone_into(&mut first.label);
    }
    let profiles = run.mappings.tables.profiles.iter();
    let asked = match request.query.get("profile") {
        "" => "core",
        asked => asked,
    };
    let form = Form {
        jurisdictions,
        profiles: profiles
            .map(|profile| Choice::new(&profile.id, words.data(&profile.title), asked))
            .collect(),
        lately: site
            .desk()
            .all()
            .map(|checked| Lately {
                id: checked.id.clone(),
                title: name_of(&checked.report),
                country: checked.country.clone(),
            })
            .collect(),
    };
    drop(run);
    site.page("check.html", "check", request, form)
}

fn name_of(report: &BillReport) -> String {
    if report.title.trim().is_empty() {
        report.file.clone()
    } else {
        report.title.clone()
    }
}

/// Reads and checks a bill, then shows it at an address of its own.
pub(in crate::serve) fn upload(site: &Site, request: &Request) -> Result<Reply, Refusal> {
    let form = &request.form;
    let (file, bytes) = match &request.upload {
        Some((file, bytes)) => (base_name(file), bytes.clone()),
        None => (
            "pasted.txt".to_owned(),
            form.get("text").as_bytes().to_vec(),
        ),
    };
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Refusal::Bad(
            "there is nothing to check: choose a file, or paste the text of the bill".to_owned(),
        ));
    }
    let code = form.get("c");
    let profile = match form.get("profile") {
        "" => "core",
        profile => profile,
    };
    let run = site.run();
    let law = match code {
        "" => None,
        code => Some(&site::jurisdiction(&run, code)?.1.law),
    };
    let whose = Jurisdiction::new(if code.is_empty() {
        NO_JURISDICTION
    } else {
        code
    });
    let bill = Bill::read(&file, &bytes, &whose, form.get("lang"))
        .map_err(|error| Refusal::Bad(error.to_string()))?;
    let (title, requirements, _) =
        select(site.mappings, profile).map_err(|error| Refusal::Bad(error.to_string()))?;
    let standard = Standard {
        mappings: site.mappings,
        annotator: site.annotator,
        forms: &site.forms,
        profile: title,
        requirements,
    };
    let mut report = judge(&bill, &standard);
    let language = &bill.act.language;
    if site.mappings.pack(language.as_str()).is_none() {
        let note = site.words(request).filled(
            &["at", "check", "no-pack"],
            &[("language", language.as_str())],
        );
        report.problems.push(note);
    }
    if let Some(law) = law {
        let alone = |id: &str| report.verdict(id);
        report.effect = Some(effect(&bill, law, None, &standard, &alone));
    }
    let asked = format!(
        "{code}\n{profile}\n{language}\n{file}\n{}",
        sha256_hex(&bytes)
    );
    let id: String = sha256_hex(asked.as_bytes()).chars().take(16).collect();
    let country = law.map(|law| law.country.clone()).unwrap_or_default();
    drop(run);
    site.desk().keep(Checked {
        id: id.clone(),
        bill,
        report,
        country,
    });
    Ok(Reply::see_other(format!("/check/{id}")))
}

/// The name of a file without the folders some browsers send.
fn base_name(file: &str) -> String {
    let name = file.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = name.chars().filter(|c| !c.is_control()).take(120).collect();
    if name.trim().is_empty() {
        "bill".to_owned()
    } else {
        name
    }
}

#[derive(Serialize)]
struct Page {
    id: String,
    title: String,
    file: String,
    profile: String,
    country: String,
    code: String,
    language: String,
    language_name: String,
    direction: &'static str,
    sha256: String,
    problems: Vec<String>,
    errors: usize,
    warnings: usize,
    notes: usize,
    diagnostics: Vec<Item>,
    met: Vec<Item>,
    untouched: Vec<Untouched>,
    effect: Option<EffectView>,
}

#[derive(Serialize)]
struct Item {
    severity: &'static str,
    severity_word: String,
    code: String,
    requirement: String,
    title: String,
    message: String,
    labels: Vec<LabelView>,
    /// The provisions of instruments behind it, with the reservations on them.
    asked: String,
    help: String,
}

#[derive(Serialize)]
struct LabelView {
    quote: String,
    clause: String,
    place: String,
    text: String,
}

#[derive(Serialize)]
struct Untouched {
    id: String,
    title: String,
}

#[derive(Serialize)]
struct EffectView {
    applied: Vec<(String, String)>,
    not_applied: Vec<NotApplied>,
    changes: Vec<ChangeView>,
    verdicts: Vec<VerdictRow>,
}

#[derive(Serialize)]
struct NotApplied {
    clause: String,
    words: String,
    reason: String,
}

#[derive(Serialize)]
struct ChangeView {
    act: String,
    link: String,
    locator: String,
    clause: String,
    pieces: Vec<(&'static str, String)>,
}

#[derive(Serialize)]
struct VerdictRow {
    requirement: String,
    title: String,
    today: VerdictView,
    alone: VerdictView,
    amended: VerdictView,
    missing_today: String,
    missing_amended: String,
    clause: String,
    quote: String,
    changes: bool,
}

/// What was said about a bill.
pub(in crate::serve) fn checked(site: &Site, request: &Request) -> Result<Reply, Refusal> {
    let checked = kept(site, request.name(0))?;
    let words = site.words(request);
    let report = &checked.report;
    let of = |severity: Severity| {
        report
            .diagnostics
            .iter()
            .filter(|d| d.severity == severity)
            .count()
    };
    let act = &checked.bill.act;
    let code = act.jurisdiction.as_str();
    let page = Page {
        id: checked.id.clone(),
        title: name_of(report),
        file: report.file.clone(),
        profile: words.data(&report.profile).to_owned(),
        country: checked.country.clone(),
        code: if checked.country.is_empty() {
            String::new()
        } else {
            code.to_owned()
        },
        language: report.language.clone(),
        language_name: words.language(&report.language).to_owned(),
        direction: direction(&report.language),
        sha256: report.sha256.clone(),
        problems: report.problems.clone(),
        errors: of(Severity::Error),
        warnings: of(Severity::Warning),
        notes: of(Severity::Note),
        diagnostics: report.diagnostics.iter().map(|d| item(words, d)).collect(),
        met: report.met.iter().map(|d| item(words, d)).collect(),
        untouched: report
            .untouched
            .iter()
            .map(|id| Untouched {
                id: id.clone(),
                title: requirement_title(words, site.mappings, id),
            })
            .collect(),
        effect: report.effect.as_ref().map(|effect| EffectView {
            applied: effect
                .applied
                .iter()
                .map(|line| (line.clause.clone(), line.words.clone()))
                .collect(),
            not_applied: effect
                .not_applied
                .iter()
                .map(|line| NotApplied {
                    clause: line.clause.clone(),
                    words: line.words.clone(),
                    reason: line.reason.clone(),
                })
                .collect(),
            changes: effect
                .changes
                .iter()
                .map(|change| ChangeView {
                    act: change.act.clone(),
                    link: crate::serve::link::at(code, &change.file, &change.locator),
                    locator: change.locator.clone(),
                    clause: change.clause.clone(),
                    pieces: change
                        .pieces
                        .iter()
                        .map(|piece| {
                            let fate = match piece.fate {
                                Fate::Kept => "kept",
                                Fate::Deleted => "deleted",
                                Fate::Inserted => "inserted",
                            };
                            (fate, piece.text.clone())
                        })
                        .collect(),
                })
                .collect(),
            verdicts: effect
                .verdicts
                .iter()
                .map(|row| VerdictRow {
                    requirement: row.requirement.clone(),
                    title: requirement_title(words, site.mappings, &row.requirement),
                    today: VerdictView::new(words, row.today),
                    alone: VerdictView::new(words, row.alone),
                    amended: VerdictView::new(words, row.amended),
                    missing_today: names(words, &row.missing_today),
                    missing_amended: names(words, &row.missing_amended),
                    clause: row.clause.clone(),
                    quote: row.quote.clone(),
                    changes: row.today != row.amended,
                })
                .collect(),
        }),
    };
    site.page("checked.html", "check", request, page)
}

/// A bill that is still kept.
pub(super) fn kept(site: &Site, id: &str) -> Result<std::sync::Arc<Checked>, Refusal> {
    site.desk().get(id).ok_or_else(|| {
        Refusal::NotFound(
            "this bill is no longer kept: only the last ones are, in memory, until the program \
             ends. Send it again"
                .to_owned(),
        )
    })
}

fn names(words: &Words, ids: &[String]) -> String {
    let names: Vec<String> = ids.iter().map(|id| words.name(id)).collect();
    names.join("; ")
}

fn item(words: &Words, diagnostic: &crate::check::Diagnostic) -> Item {
    Item {
        severity: diagnostic.severity.name(),
        severity_word: words
            .get(&["at", "severity", diagnostic.severity.name()])
            .to_owned(),
        code: diagnostic.code.clone(),
        requirement: diagnostic.requirement.clone(),
        title: if diagnostic.requirement.is_empty() {
            diagnostic.title.clone()
        } else {
            words
                .find(&["requirement", &diagnostic.requirement])
                .unwrap_or(&diagnostic.title)
                .to_owned()
        },
        message: diagnostic.message.clone(),
        labels: diagnostic.labels.iter().map(|l| label(words, l)).collect(),
        asked: diagnostic
            .sources
            .iter()
            .map(|source| match source.reservation.as_str() {
                "" => source.citation.clone(),
                reservation => format!("{} ({reservation})", source.citation),
            })
            .collect::<Vec<_>>()
            .join("; "),
        help: diagnostic.help.clone(),
    }
}

fn label(words: &Words, label: &Label) -> LabelView {
    LabelView {
        quote: label.quote.clone(),
        clause: label.clause.clone(),
        place: label
            .place
            .as_ref()
            .map(|range| place(words, &range.start))
            .unwrap_or_default(),
        text: label.text.clone(),
    }
}

/// A place in the file, in words.
fn place(words: &Words, place: &Place) -> String {
    match place {
        Place::Line { line, column } => words.filled(
            &["at", "check", "line"],
            &[("line", &line.to_string()), ("column", &column.to_string())],
        ),
        other => other.to_string(),
    }
}
