//! Tables of a comparison for analysts: one line per fact, names as in the
//! rule data, whatever the language of the report.

use super::penalties::{AgainstFloor, Maxima};
use super::words::Words;
use super::{Run, distance, rollup, statements, tables};
use crate::annotate::{Bounds, Length};

/// The tables by name.
///
/// # Errors
/// Never for these rows; the writer's signature asks for it.
pub(super) fn tables_of(run: &Run<'_>) -> csv::Result<Vec<(&'static str, Vec<u8>)>> {
    Ok(vec![
        ("elements", elements(run)?),
        ("ages", ages(run)?),
        ("penalties", penalties(run)?),
        ("rollups", rollups(run)?),
        ("distances", distances(run)?),
    ])
}

type Table = csv::Writer<Vec<u8>>;

/// A table that holds its heading only.
fn headed(columns: &[&str]) -> csv::Result<Table> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(columns)?;
    Ok(table)
}

fn finished(table: Table) -> csv::Result<Vec<u8>> {
    table
        .into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))
}

fn elements(run: &Run<'_>) -> csv::Result<Vec<u8>> {
    let mut table = headed(&["jurisdiction", "requirement", "element", "role", "state"])?;
    for (_, finding) in run.findings() {
        for element in &finding.elements {
            table.write_record([
                finding.jurisdiction.as_str(),
                &finding.requirement,
                &element.name,
                element.role.name(),
                match element.met {
                    Some(true) => "met",
                    Some(false) => "not-met",
                    None => "untested",
                },
            ])?;
        }
    }
    finished(table)
}

fn ages(run: &Run<'_>) -> csv::Result<Vec<u8>> {
    let mut table = headed(&[
        "jurisdiction",
        "requirement",
        "element",
        "polarity",
        "class",
        "from",
        "below",
        "file",
        "start",
        "end",
        "words",
    ])?;
    for (assessed, finding) in run.findings() {
        for age in statements::ages(&assessed.law, finding) {
            let Some(annotated) = assessed.law.acts.get(age.act) else {
                continue;
            };
            let below = age.class.upper().map(|n| n.to_string()).unwrap_or_default();
            table.write_record([
                finding.jurisdiction.as_str(),
                &finding.requirement,
                &age.element,
                age.polarity.name(),
                &age.class.to_string(),
                &age.class.lower().to_string(),
                &below,
                &annotated.act.source.file,
                &age.span.start.to_string(),
                &age.span.end.to_string(),
                &tables::unformulated(annotated.act.quote(age.span)),
            ])?;
        }
    }
    finished(table)
}

fn penalties(run: &Run<'_>) -> csv::Result<Vec<u8>> {
    let mut table = headed(&[
        "jurisdiction",
        "requirement",
        "file",
        "locator",
        "start",
        "end",
        "words",
        "read",
        "minimum_years",
        "maximum_years",
        "life",
        "death",
        "fine",
        "fine_minimum",
        "fine_maximum",
        "fine_unit",
        "additional",
        "floor_years",
        "floor",
    ])?;
    for (assessed, finding) in run.findings() {
        let floor = run.mappings.tables.penalty_floor(&finding.requirement);
        for clause in statements::penalties(run.mappings, &assessed.law, finding) {
            let read = clause.penalty.cloned().unwrap_or_default();
            let maxima = Maxima::of(std::iter::once(&read));
            let against = floor.and_then(|floor| maxima.against(floor));
            let fine = read.fines.first();
            let bound = |pick: fn(&Bounds<u64>) -> Option<u64>| {
                let value = fine.and_then(|fine| pick(&fine.amount));
                value.map(|n| n.to_string()).unwrap_or_default()
            };
            let additional: Vec<&str> = read
                .additional
                .iter()
                .map(|span| clause.act.quote(*span))
                .collect();
            table.write_record([
                finding.jurisdiction.as_str(),
                &finding.requirement,
                &clause.act.source.file,
                &clause
                    .act
                    .locator(clause.act.innermost_at(clause.span.start))
                    .to_string(),
                &clause.span.start.to_string(),
                &clause.span.end.to_string(),
                &tables::unformulated(clause.act.quote(clause.span)),
                &clause.penalty.map(ToString::to_string).unwrap_or_default(),
                &years(read.shortest()),
                &years(read.longest()),
                yes(read.life),
                yes(read.death),
                yes(read.fine || fine.is_some()),
                &bound(|amount| amount.minimum),
                &bound(|amount| amount.maximum),
                fine.map_or("", |fine| fine.unit.as_str()),
                &tables::unformulated(&additional.join("; ")),
                &floor
                    .map(|floor| floor.younger_years.to_string())
                    .unwrap_or_default(),
                against.map_or("", AgainstFloor::name),
            ])?;
        }
    }
    finished(table)
}

/// A term in years with two places; empty where none was read.
fn years(length: Option<Length>) -> String {
    length.map_or_else(String::new, |length| format!("{:.2}", length.in_years()))
}

fn yes(there: bool) -> &'static str {
    if there { "yes" } else { "" }
}

fn rollups(run: &Run<'_>) -> csv::Result<Vec<u8>> {
    let mut table = headed(&["rollup", "part", "jurisdiction", "answer", "requirements"])?;
    for rollup in rollup::rollups(&Words::english(), run) {
        for row in &rollup.rows {
            for (part, cell) in rollup.parts.iter().zip(&row.cells) {
                table.write_record([
                    &rollup.id,
                    &part.part,
                    &row.code,
                    cell.answer,
                    &part.requirements.join(";"),
                ])?;
            }
        }
    }
    finished(table)
}

fn distances(run: &Run<'_>) -> csv::Result<Vec<u8>> {
    let mut table = headed(&["first", "second", "both", "apart"])?;
    let code = |place: usize| {
        run.jurisdictions
            .get(place)
            .map_or("", |assessed| assessed.law.jurisdiction.as_str())
    };
    for (first, row) in distance::distances(run).iter().enumerate() {
        for (second, distance) in row.iter().enumerate().skip(first + 1) {
            table.write_record([
                code(first),
                code(second),
                &distance.both.to_string(),
                &distance.apart.to_string(),
            ])?;
        }
    }
    finished(table)
}
