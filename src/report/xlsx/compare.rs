//! The comparison of many jurisdictions as a workbook.

use rust_xlsxwriter::XlsxError;

use super::super::annex::{ActView, UnreadView};
use super::super::compare::ComparisonPage;
use super::super::rollup::Rollup;
use super::super::view::{VerdictView, set_apart};
use super::super::words::Words;
use super::book::{Book, Cell, Column};
use super::report::{facts, method, names, places};

/// The comparison as an XLSX file.
pub(in crate::report) fn comparison(
    words: &Words,
    page: &ComparisonPage,
) -> Result<Vec<u8>, XlsxError> {
    let title = format!("{}: {}", words.get(&["page", "comparison"]), page.profile);
    let mut book = Book::new(&title)?;
    matrix(&mut book, words, page)?;
    by_jurisdiction(&mut book, words, page)?;
    by_requirement(&mut book, words, page)?;
    details(&mut book, words, page)?;
    elements(&mut book, words, page)?;
    ages(&mut book, words, page)?;
    penalties(&mut book, words, page)?;
    for rollup in &page.rollups {
        rolled_up(&mut book, words, rollup)?;
    }
    distances(&mut book, words, page)?;
    texts(&mut book, words, &page.acts, &page.unread)?;
    let profile = (words.get(&["stamp", "profile"]), page.profile.clone());
    let mut about = facts(std::iter::once(profile).chain(page.stamp.facts(words)));
    for item in &page.instruments {
        about.push(vec![(&item.code).into(), (&item.title).into()]);
    }
    book.table(
        words.get(&["section", "instruments"]),
        1,
        &[(words.get(&["columns", "code"]), 24.0), ("", 100.0)],
        about,
    )?;
    method(&mut book, words, &page.meanings)?;
    book.finish()
}

fn matrix(book: &mut Book, words: &Words, page: &ComparisonPage) -> Result<(), XlsxError> {
    let mut columns: Vec<Column<'_>> = vec![
        (words.get(&["columns", "code"]), 9.0),
        (words.get(&["matrix", "jurisdiction"]), 24.0),
        (words.get(&["groups", "region"]), 18.0),
        (words.get(&["groups", "family"]), 14.0),
    ];
    for code in &page.memberships {
        columns.push((code, 12.0));
    }
    for requirement in &page.requirements {
        columns.push((&requirement.id, 11.0));
    }
    let rows = page
        .jurisdictions
        .iter()
        .map(|j| {
            let mut row: Vec<Cell> = vec![
                (&j.code).into(),
                (&j.country).into(),
                (&j.region).into(),
                (&j.legal_family).into(),
            ];
            row.extend(j.bonds.iter().map(Cell::from));
            row.extend(j.cells.iter().map(|verdict| Cell::Sign(verdict.sign)));
            row
        })
        .collect();
    book.table(words.get(&["section", "matrix"]), 2, &columns, rows)
}

/// Verdicts that have a column of counts.
fn counted(page: &ComparisonPage) -> impl Iterator<Item = &VerdictView> {
    page.meanings
        .iter()
        .map(|item| &item.verdict)
        .filter(|verdict| verdict.name != "not-applicable")
}

fn count(slices: &[super::super::view::Slice], verdict: &VerdictView) -> usize {
    slices
        .iter()
        .find(|slice| slice.verdict.name == verdict.name)
        .map_or(0, |slice| slice.count)
}

fn by_jurisdiction(book: &mut Book, words: &Words, page: &ComparisonPage) -> Result<(), XlsxError> {
    let mut columns: Vec<Column<'_>> = vec![
        (words.get(&["columns", "code"]), 9.0),
        (words.get(&["matrix", "jurisdiction"]), 24.0),
    ];
    columns.extend(counted(page).map(|verdict| (verdict.short.as_str(), 14.0)));
    columns.extend([
        (words.get(&["matrix", "texts"]), 9.0),
        (words.get(&["texts", "problems"]), 10.0),
        (words.get(&["groups", "nearest"]), 60.0),
    ]);
    let rows = page
        .jurisdictions
        .iter()
        .map(|j| {
            let mut row: Vec<Cell> = vec![(&j.code).into(), (&j.country).into()];
            row.extend(counted(page).map(|v| Cell::from(count(&j.counts.slices, v))));
            let nearest: Vec<String> = j
                .nearest
                .iter()
                .map(|n| format!("{} ({} / {})", n.country, n.apart, n.both))
                .collect();
            row.extend([j.acts.into(), j.problems.into(), nearest.join("; ").into()]);
            row
        })
        .collect();
    book.table(
        words.get(&["section", "by-jurisdiction"]),
        2,
        &columns,
        rows,
    )
}

fn by_requirement(book: &mut Book, words: &Words, page: &ComparisonPage) -> Result<(), XlsxError> {
    let mut columns: Vec<Column<'_>> = vec![
        (words.get(&["columns", "id"]), 26.0),
        (words.get(&["matrix", "requirement"]), 50.0),
        (words.get(&["columns", "theme"]), 26.0),
        (words.get(&["concordance", "instruments"]), 40.0),
    ];
    columns.extend(counted(page).map(|verdict| (verdict.short.as_str(), 14.0)));
    columns.push((words.get(&["matrix", "missing"]), 70.0));
    let rows = page
        .requirements
        .iter()
        .map(|r| {
            let mut row: Vec<Cell> = vec![
                (&r.id).into(),
                (&r.title).into(),
                (&r.theme).into(),
                (&r.sources).into(),
            ];
            row.extend(counted(page).map(|v| Cell::from(count(&r.counts.slices, v))));
            let missing: Vec<String> = r
                .missing
                .iter()
                .map(|m| format!("{}: {}", m.name, m.jurisdictions))
                .collect();
            row.push(missing.join("\n").into());
            row
        })
        .collect();
    book.table(words.get(&["section", "by-requirement"]), 2, &columns, rows)
}

fn details(book: &mut Book, words: &Words, page: &ComparisonPage) -> Result<(), XlsxError> {
    let mut rows = Vec::new();
    for requirement in &page.requirements {
        for row in &requirement.rows {
            let reviews: Vec<String> = row
                .reviews
                .iter()
                .map(|review| {
                    let said = review.verdict.as_ref().map_or("", |v| v.word.as_str());
                    format!(
                        "{}: {} {said} {}",
                        review.reviewer, review.opinion_word, review.why
                    )
                })
                .collect();
            let penalties: Vec<String> = row
                .penalties
                .iter()
                .map(|penalty| format!("{}: {}", set_apart(&penalty.locator), penalty.words))
                .collect();
            rows.push(vec![
                Cell::from(&requirement.id),
                (&row.code).into(),
                (&row.country).into(),
                (&row.verdict).into(),
                places(&row.provisions).into(),
                names(&row.missing).into(),
                (&row.reason).into(),
                (&row.recommendation).into(),
                Cell::Law(row.words.clone(), row.direction),
                Cell::Law(penalties.join("\n"), row.direction),
                reviews.join("\n").into(),
            ]);
        }
    }
    book.table(
        words.get(&["section", "findings"]),
        3,
        &[
            (words.get(&["columns", "id"]), 26.0),
            (words.get(&["columns", "code"]), 9.0),
            (words.get(&["matrix", "jurisdiction"]), 22.0),
            (words.get(&["concordance", "verdict"]), 20.0),
            (words.get(&["drill", "provisions"]), 40.0),
            (words.get(&["concordance", "missing"]), 34.0),
            (words.get(&["finding", "reason"]), 40.0),
            (words.get(&["concordance", "recommendation"]), 16.0),
            (words.get(&["drill", "words"]), 80.0),
            (words.get(&["section", "penalties"]), 60.0),
            (words.get(&["section", "reviews"]), 40.0),
        ],
        rows,
    )
}

fn elements(book: &mut Book, words: &Words, page: &ComparisonPage) -> Result<(), XlsxError> {
    let mut columns: Vec<Column<'_>> = vec![
        (words.get(&["columns", "id"]), 26.0),
        (words.get(&["finding", "element"]), 30.0),
        (words.get(&["columns", "asks"]), 50.0),
        (words.get(&["finding", "role"]), 18.0),
        (words.get(&["state", "met"]), 10.0),
        (words.get(&["state", "not-met"]), 10.0),
    ];
    columns.extend(page.jurisdictions.iter().map(|j| (j.code.as_str(), 6.0)));
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for requirement in &page.requirements {
        for element in &requirement.elements {
            let mut row: Vec<Cell> = vec![
                (&requirement.id).into(),
                (&element.name).into(),
                (&element.text).into(),
                (&element.role).into(),
                element.met.into(),
                element.not_met.into(),
            ];
            row.extend(element.states.iter().map(|state| Cell::from(state.sign)));
            rows.push(row);
        }
    }
    book.table(words.get(&["section", "elements"]), 2, &columns, rows)
}

fn ages(book: &mut Book, words: &Words, page: &ComparisonPage) -> Result<(), XlsxError> {
    if page.ages.columns.is_empty() {
        return Ok(());
    }
    let mut columns: Vec<Column<'_>> = vec![
        (words.get(&["columns", "code"]), 9.0),
        (words.get(&["matrix", "jurisdiction"]), 24.0),
    ];
    columns.extend(page.ages.columns.iter().map(|c| (c.title.as_str(), 26.0)));
    let rows = page
        .ages
        .rows
        .iter()
        .map(|row| {
            let mut cells: Vec<Cell> = vec![(&row.code).into(), (&row.country).into()];
            cells.extend(row.cells.iter().map(|cell| Cell::from(&cell.text)));
            cells
        })
        .collect();
    book.table(words.get(&["section", "ages"]), 2, &columns, rows)
}

fn penalties(book: &mut Book, words: &Words, page: &ComparisonPage) -> Result<(), XlsxError> {
    let table = &page.penalties;
    if table.columns.is_empty() {
        return Ok(());
    }
    let titles: Vec<String> = table
        .columns
        .iter()
        .map(|column| {
            format!("{}\n{}", column.title, column.floor)
                .trim()
                .to_owned()
        })
        .collect();
    let mut columns: Vec<Column<'_>> = vec![
        (words.get(&["columns", "code"]), 9.0),
        (words.get(&["matrix", "jurisdiction"]), 24.0),
    ];
    columns.extend(titles.iter().map(|title| (title.as_str(), 26.0)));
    let rows = table
        .rows
        .iter()
        .map(|row| {
            let mut cells: Vec<Cell> = vec![(&row.code).into(), (&row.country).into()];
            cells.extend(
                row.cells
                    .iter()
                    .map(|cell| Cell::from(format!("{}\n{}", cell.text, cell.against).trim())),
            );
            cells
        })
        .collect();
    book.table(
        words.get(&["section", "penalties-table"]),
        2,
        &columns,
        rows,
    )
}

fn rolled_up(book: &mut Book, words: &Words, rollup: &Rollup) -> Result<(), XlsxError> {
    let titles: Vec<String> = rollup
        .parts
        .iter()
        .map(|part| format!("{} {}", part.part, part.title))
        .collect();
    let mut columns: Vec<Column<'_>> = vec![
        (words.get(&["columns", "code"]), 9.0),
        (words.get(&["matrix", "jurisdiction"]), 24.0),
    ];
    columns.extend(titles.iter().map(|title| (title.as_str(), 22.0)));
    let rows = rollup
        .rows
        .iter()
        .map(|row| {
            let mut cells: Vec<Cell> = vec![(&row.code).into(), (&row.country).into()];
            cells.extend(row.cells.iter().map(|cell| {
                let places = places(&cell.provisions);
                let gap = if places.is_empty() { "" } else { "\n" };
                Cell::from(format!("{} {}{gap}{places}", cell.sign, cell.word))
            }));
            cells
        })
        .collect();
    book.table(&rollup.title, 2, &columns, rows)
}

fn distances(book: &mut Book, words: &Words, page: &ComparisonPage) -> Result<(), XlsxError> {
    let mut columns: Vec<Column<'_>> = vec![(words.get(&["matrix", "jurisdiction"]), 24.0)];
    columns.extend(page.jurisdictions.iter().map(|j| (j.code.as_str(), 7.0)));
    let rows = page
        .jurisdictions
        .iter()
        .zip(&page.distances)
        .map(|(j, distances)| {
            let mut cells: Vec<Cell> = vec![(&j.country).into()];
            cells.extend(distances.iter().map(|d| match d.share() {
                Some(share) => Cell::Decimal(share),
                None => Cell::from(""),
            }));
            cells
        })
        .collect();
    book.table(words.get(&["section", "distances"]), 1, &columns, rows)
}

/// The texts read, and those that were not.
pub(super) fn texts(
    book: &mut Book,
    words: &Words,
    acts: &[ActView],
    unread: &[UnreadView],
) -> Result<(), XlsxError> {
    let text = |key| words.get(&["texts", key]);
    let mut rows: Vec<Vec<Cell>> = acts
        .iter()
        .map(|act| {
            let mut problems: Vec<String> = act
                .problems
                .iter()
                .map(|problem| format!("{}: {}", problem.name, problem.detail))
                .collect();
            if !act.twin.is_empty() {
                problems.insert(0, act.twin.clone());
            }
            vec![
                Cell::from(&act.jurisdiction),
                (&act.title).into(),
                (&act.file).into(),
                (&act.identifier).into(),
                (&act.language_name).into(),
                (&act.date).into(),
                (&act.format).into(),
                act.articles.into(),
                (&act.first).into(),
                (&act.last).into(),
                text(if act.complete { "yes" } else { "no" }).into(),
                problems.join("\n").into(),
                (&act.sha256).into(),
            ]
        })
        .collect();
    for file in unread {
        let mut row: Vec<Cell> = vec![(&file.jurisdiction).into(), "".into(), (&file.file).into()];
        row.extend(std::iter::repeat_with(|| Cell::from("")).take(7));
        row.push(text("no").into());
        row.push((&file.reason).into());
        rows.push(row);
    }
    book.table(
        words.get(&["section", "texts"]),
        3,
        &[
            (words.get(&["columns", "code"]), 9.0),
            (text("act"), 44.0),
            (text("file"), 30.0),
            (words.get(&["columns", "identifier"]), 20.0),
            (text("language"), 14.0),
            (text("date"), 14.0),
            (text("format"), 16.0),
            (text("articles"), 10.0),
            (words.get(&["columns", "first"]), 10.0),
            (words.get(&["columns", "last"]), 10.0),
            (text("complete"), 20.0),
            (text("problems"), 60.0),
            ("SHA-256", 24.0),
        ],
        rows,
    )
}
