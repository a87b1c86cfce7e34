//! Any view as a file: the writers of the reports, fed with what is on screen.

use serde::Serialize;

use super::queue::Queue;
use super::{bill, provision, requirement, search};
use crate::check::{to_docx, to_html, to_json, to_sarif};
use crate::law::{ProvisionId, Span};
use crate::report::{Assessed, Document, Link, Pages, Run, Words, akoma_ntoso, tables};
use crate::review::ReviewFile;
use crate::serve::language::LANGUAGE;
use crate::serve::reply::{Refusal, Reply};
use crate::serve::server::Request;
use crate::serve::site::{self, Site};

/// Files by path: `comparison.xlsx`, `findings.csv`, `report/fr.docx`,
/// `requirement/ID.csv`, `finding/fr/ID.json`, `search.csv`, `reviews.csv`,
/// `check/ID.sarif`, `law/fr/FILE` (with `as=akn`, `txt` or `json`).
pub(in crate::serve) fn export(site: &Site, request: &Request) -> Result<Reply, Refusal> {
    let path = request.name(0).to_owned();
    let (folder, name) = path.split_once('/').unwrap_or(("", &path));
    match folder {
        "" => whole(site, request, name),
        "report" => report(site, request, name),
        "requirement" => one_requirement(site, request, name),
        "finding" => one_finding(site, name),
        "check" => checked(site, name),
        "law" => law(site, request, name),
        _ => Err(unknown(&path)),
    }
}

fn unknown(name: &str) -> Refusal {
    Refusal::NotFound(format!("there is no export `{name}`"))
}

/// A file's name and its ending.
fn split(name: &str) -> Result<(&str, &str), Refusal> {
    name.rsplit_once('.').ok_or_else(|| unknown(name))
}

/// The writers in the language that is asked for.
fn pages(request: &Request) -> Result<Pages, Refusal> {
    let language = match request.query.get(LANGUAGE) {
        "" => request.language,
        asked => asked,
    };
    let words = Words::of(language).map_err(|e| Refusal::Bad(e.to_string()))?;
    Pages::new(words).map_err(Refusal::broken)
}

/// A table written by one of the report's writers.
fn table(
    name: &str,
    write: impl FnOnce(&mut Vec<u8>) -> csv::Result<()>,
) -> Result<Reply, Refusal> {
    let mut bytes = Vec::new();
    write(&mut bytes).map_err(Refusal::broken)?;
    Ok(Reply::file(name, bytes))
}

fn json(name: &str, value: &impl Serialize) -> Result<Reply, Refusal> {
    let mut text = serde_json::to_string_pretty(value).map_err(Refusal::broken)?;
    text.push('\n');
    Ok(Reply::file(name, text))
}

fn whole(site: &Site, request: &Request, name: &str) -> Result<Reply, Refusal> {
    let query = &request.query;
    match name {
        "search.csv" | "search.json" => return hits(site, request, name),
        "reviews.csv" => return reviews(site, request),
        _ => {}
    }
    let run = site.run();
    let pages = || pages(request);
    match name {
        "acts.csv" => table(name, |out| tables::acts(&run, out)),
        "findings.csv" | "evidence.csv" => {
            let queue = Queue::of(site.mappings, query)?;
            let findings = queue.findings(&run).map(|(_, finding)| finding);
            table(name, |out| {
                if name == "findings.csv" {
                    tables::findings_of(findings, out)
                } else {
                    tables::evidence_of(findings, out)
                }
            })
        }
        "matrix.csv" => table(name, |out| tables::matrix(&run, out)),
        "comparison.json" => json(name, &Document::new(&run, &run.jurisdictions)),
        "comparison.html" => made(name, pages()?.comparison_html(&run)),
        "comparison.md" => made(name, pages()?.comparison_markdown(&run)),
        "comparison.docx" => made(name, pages()?.comparison_docx(&run)),
        "comparison.xlsx" => made(name, pages()?.comparison_xlsx(&run)),
        _ => Err(unknown(name)),
    }
}

fn made<T: Into<Vec<u8>>>(
    name: &str,
    file: Result<T, crate::report::PageError>,
) -> Result<Reply, Refusal> {
    Ok(Reply::file(name, file.map_err(Refusal::broken)?))
}

fn report(site: &Site, request: &Request, name: &str) -> Result<Reply, Refusal> {
    let (code, ending) = split(name)?;
    let run = site.run();
    let (_, assessed) = site::jurisdiction(&run, code)?;
    let pages = pages(request)?;
    match ending {
        "html" => made(name, pages.report_html(&run, assessed)),
        "md" => made(name, pages.report_markdown(&run, assessed)),
        "docx" => made(name, pages.report_docx(&run, assessed)),
        "xlsx" => made(name, pages.report_xlsx(&run, assessed)),
        "json" => {
            let document = Document::new(&run, std::slice::from_ref(assessed));
            json(name, &document)
        }
        "csv" => table(name, |out| {
            tables::findings_of(assessed.findings.iter(), out)
        }),
        _ => Err(unknown(name)),
    }
}

fn one_requirement(site: &Site, request: &Request, name: &str) -> Result<Reply, Refusal> {
    let (id, ending) = split(name)?;
    let run = site.run();
    let findings = requirement::filtered(site, &run, request, id)?;
    match ending {
        "csv" => table(name, |out| tables::findings_of(findings.into_iter(), out)),
        "json" => json(name, &findings),
        _ => Err(unknown(name)),
    }
}

fn one_finding(site: &Site, name: &str) -> Result<Reply, Refusal> {
    let (code, file) = name.split_once('/').ok_or_else(|| unknown(name))?;
    let (id, ending) = split(file)?;
    let run = site.run();
    let (_, assessed) = site::jurisdiction(&run, code)?;
    let finding = site::finding(assessed, id)?;
    let name = format!("{code}-{file}");
    match ending {
        "json" => json(&name, finding),
        "csv" => table(&name, |out| {
            tables::evidence_of(std::iter::once(finding), out)
        }),
        _ => Err(unknown(&name)),
    }
}

fn hits(site: &Site, request: &Request, name: &str) -> Result<Reply, Refusal> {
    let results = search::all(site, &request.query)?;
    if name.ends_with(".json") {
        return json(name, &results);
    }
    table(name, |out| {
        let mut table = csv::Writer::from_writer(out);
        table.write_record([
            "jurisdiction",
            "country",
            "file",
            "title",
            "locator",
            "start",
            "end",
            "in_force",
            "extract",
            "sha256",
        ])?;
        for hit in &results.hits {
            table.write_record([
                hit.jurisdiction.as_str(),
                &tables::unformulated(&hit.country),
                &hit.file,
                &tables::unformulated(&hit.title),
                &hit.locator,
                &hit.span.start.to_string(),
                &hit.span.end.to_string(),
                if hit.in_force { "yes" } else { "no" },
                &tables::unformulated(&hit.extract.text),
                &hit.text_sha256,
            ])?;
        }
        table.flush()?;
        Ok(())
    })
}

/// The decisions on the findings of a queue, in the form of the file.
fn reviews(site: &Site, request: &Request) -> Result<Reply, Refusal> {
    let run = site.run();
    let queue = Queue::of(site.mappings, &request.query)?;
    let decisions: Vec<_> = queue
        .findings(&run)
        .flat_map(|(assessed, finding)| assessed.reviews_of(finding))
        .map(|checked| checked.decision.clone())
        .collect();
    let bytes = ReviewFile::to_csv(&decisions).map_err(Refusal::broken)?;
    Ok(Reply::file("reviews.csv", bytes))
}

fn checked(site: &Site, name: &str) -> Result<Reply, Refusal> {
    let (id, ending) = split(name)?;
    let checked = bill::kept(site, id)?;
    let stem = checked.report.file.rsplit_once('.');
    let stem = stem.map_or(checked.report.file.as_str(), |(stem, _)| stem);
    let name = format!("{stem}-checked.{ending}");
    let reports = std::slice::from_ref(&checked.report);
    match ending {
        "json" => Ok(Reply::file(
            &name,
            to_json(reports).map_err(Refusal::broken)?,
        )),
        "sarif" => Ok(Reply::file(
            &name,
            to_sarif(reports).map_err(Refusal::broken)?,
        )),
        "html" => Ok(Reply::file(
            &name,
            to_html(reports).map_err(Refusal::broken)?,
        )),
        "docx" => {
            let document = to_docx(&checked.bill.act, &checked.report).map_err(Refusal::broken)?;
            Ok(Reply::file(&name, document))
        }
        _ => Err(unknown(&name)),
    }
}

/// An act, or one of its units.
fn law(site: &Site, request: &Request, name: &str) -> Result<Reply, Refusal> {
    let (code, file) = name.split_once('/').ok_or_else(|| unknown(name))?;
    let asked = Request {
        names: vec![code.to_owned(), file.to_owned()],
        ..request.clone()
    };
    let run = site.run();
    let (place, assessed, number, annotated) = provision::act_of(&run, &asked)?;
    let act = &annotated.act;
    let id = request
        .query
        .get("unit")
        .parse()
        .map_or(ProvisionId::ROOT, ProvisionId);
    let unit = act.provision(id);
    let base = file.rsplit('/').next().unwrap_or(file);
    let stem = base.rsplit_once('.').map_or(base, |(stem, _)| stem);
    let stem = match id {
        ProvisionId::ROOT => format!("{code}-{stem}"),
        id => format!("{code}-{stem}-{}", act.locator(id)),
    };
    match request.query.get("as") {
        "txt" | "" => Ok(Reply::file(&format!("{stem}.txt"), act.quote(unit.span))),
        "json" => json(
            &format!("{stem}.json"),
            &quotation(assessed, &run, annotated, id),
        ),
        "akn" => {
            let links: Vec<Link> = site
                .apparatus(&run, place)
                .and_then(|apparatus| apparatus.act(number))
                .map(|own| {
                    own.citations
                        .iter()
                        .filter_map(|cited| {
                            let target = cited.target.ok().filter(|t| t.act == number)?;
                            Some(Link {
                                span: cited.span,
                                target: target.unit,
                            })
                        })
                        .collect()
                })
                .unwrap_or_default();
            let text = akoma_ntoso(act, &links);
            Ok(Reply::file(&format!("{code}-{base}.akn.xml"), text))
        }
        other => Err(unknown(other)),
    }
}

/// A quotation with everything that is needed to check it.
#[derive(Serialize)]
struct Quoted<'a> {
    jurisdiction: &'a str,
    country: &'a str,
    act: &'a str,
    file: &'a str,
    identifier: &'a str,
    language: &'a str,
    version: &'a str,
    locator: String,
    span: Span,
    text: &'a str,
    text_sha256: &'a str,
    file_sha256: &'a str,
    corpus: &'a str,
}

fn quotation<'a>(
    assessed: &'a Assessed,
    run: &'a Run<'_>,
    annotated: &'a crate::annotate::AnnotatedAct,
    id: ProvisionId,
) -> Quoted<'a> {
    let act = &annotated.act;
    let span = act.provision(id).span;
    Quoted {
        jurisdiction: assessed.law.jurisdiction.as_str(),
        country: &assessed.law.country,
        act: &act.title,
        file: &act.source.file,
        identifier: &act.identifier,
        language: act.language.as_str(),
        version: &act.date,
        locator: act.locator(id).to_string(),
        span,
        text: act.quote(span),
        text_sha256: act.text.sha256(),
        file_sha256: &act.source.sha256,
        corpus: &run.stamp.corpus,
    }
}
