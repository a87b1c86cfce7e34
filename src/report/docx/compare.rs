//! The comparison of many jurisdictions as a document.

use super::super::annex::{ActView, UnreadView};
use super::super::compare::ComparisonPage;
use super::super::words::Words;
use super::package::{Labels, pack};
use super::report::{facts, method, names, places, stamp_line};
use super::text::{Body, Cell, Page, Text};

/// Most jurisdictions that stand side by side on one page.
const COLUMNS: usize = 16;

/// The comparison as a DOCX file.
pub(in crate::report) fn comparison(
    words: &Words,
    page: &ComparisonPage,
) -> zip::result::ZipResult<Vec<u8>> {
    let mut body = Body::new();
    body.turn(Page::Sideways);
    body.paragraph("Kicker", &Text::plain(words.get(&["page", "comparison"])));
    body.paragraph("Title", &Text::plain(&page.profile));
    let sizes = [
        ("coverage", page.jurisdictions.len()),
        ("requirements", page.requirements.len()),
    ]
    .map(|(key, size)| (words.get(&["stamp", key]), size.to_string()));
    facts(&mut body, sizes.into_iter().chain(page.stamp.facts(words)));
    conflicts(&mut body, words, page);
    matrix(&mut body, words, page);
    counts(&mut body, words, page);
    ages(&mut body, words, page);
    penalties(&mut body, words, page);
    rollups(&mut body, words, page);
    details(&mut body, words, page);
    body.heading(1, words.get(&["section", "annex"]));
    body.heading(2, words.get(&["section", "texts"]));
    texts(&mut body, words, &page.acts, &page.unread, true);
    method(&mut body, words, &page.meanings);
    let title = format!("{}: {}", words.get(&["page", "comparison"]), page.profile);
    pack(
        &Labels {
            title: &title,
            language: words.get(&["page", "language"]),
            header: &title,
            footer: &stamp_line(words, &page.stamp.program, &page.stamp.corpus),
        },
        &body.finish(),
    )
}

fn conflicts(body: &mut Body, words: &Words, page: &ComparisonPage) {
    body.heading(1, words.get(&["section", "summary"]));
    for slice in &page.counts.slices {
        let text = Text::default()
            .and_verdict(&slice.verdict)
            .and(format!(": {}", slice.count));
        body.bullet(&text);
    }
    if !page.conflicts.is_empty() {
        body.heading(2, words.get(&["summary", "conflicts"]));
    }
    for item in &page.conflicts {
        let text = Text::default()
            .and_verdict(&item.verdict)
            .and_bold(format!(" {}: {}", item.country, item.title))
            .and_quiet(format!(" {}", item.missing));
        body.bullet(&text);
    }
}

/// The matrix, as many jurisdictions at a time as fit the page.
fn matrix(body: &mut Body, words: &Words, page: &ComparisonPage) {
    body.heading(1, words.get(&["section", "matrix"]));
    let places: Vec<usize> = (0..page.jurisdictions.len()).collect();
    for part in places.chunks(COLUMNS) {
        let mut widths = vec![12];
        widths.extend(part.iter().map(|_| 2));
        let codes = part
            .iter()
            .filter_map(|place| page.jurisdictions.get(*place))
            .map(|j| j.code.as_str());
        let mut header = vec![words.get(&["matrix", "requirement"])];
        header.extend(codes);
        let rows = page
            .requirements
            .iter()
            .map(|requirement| {
                let mut row: Vec<Cell> = vec![requirement.title.as_str().into()];
                let verdicts = part.iter().filter_map(|place| requirement.rows.get(*place));
                row.extend(verdicts.map(|row| Cell::of_verdict(&row.verdict)));
                row
            })
            .collect();
        body.table(&widths, &header, rows);
    }
}

fn counts(body: &mut Body, words: &Words, page: &ComparisonPage) {
    body.heading(1, words.get(&["section", "by-jurisdiction"]));
    let verdicts: Vec<_> = page
        .meanings
        .iter()
        .map(|item| &item.verdict)
        .filter(|verdict| verdict.name != "not-applicable")
        .collect();
    let mut header = vec![
        words.get(&["matrix", "jurisdiction"]),
        words.get(&["groups", "region"]),
        words.get(&["groups", "family"]),
    ];
    header.extend(verdicts.iter().map(|verdict| verdict.short.as_str()));
    header.push(words.get(&["groups", "nearest"]));
    let mut widths = vec![6, 5, 4];
    widths.extend(verdicts.iter().map(|_| 3));
    widths.push(10);
    let rows = page
        .jurisdictions
        .iter()
        .map(|j| {
            let mut row: Vec<Cell> = vec![
                Text::plain(&j.country)
                    .and_quiet(format!(" {}", j.code))
                    .into(),
                j.region.as_str().into(),
                j.legal_family.as_str().into(),
            ];
            row.extend(verdicts.iter().map(|verdict| {
                let slice = j
                    .counts
                    .slices
                    .iter()
                    .find(|s| s.verdict.name == verdict.name);
                Cell::from(slice.map_or_else(String::new, |s| s.count.to_string()))
            }));
            let nearest: Vec<String> = j
                .nearest
                .iter()
                .map(|n| format!("{} ({} / {})", n.country, n.apart, n.both))
                .collect();
            row.push(nearest.join("; ").into());
            row
        })
        .collect();
    body.table(&widths, &header, rows);
}

fn ages(body: &mut Body, words: &Words, page: &ComparisonPage) {
    if page.ages.columns.is_empty() {
        return;
    }
    body.heading(1, words.get(&["section", "ages"]));
    let mut header = vec![words.get(&["matrix", "jurisdiction"])];
    header.extend(page.ages.columns.iter().map(|column| column.id.as_str()));
    let mut widths = vec![5];
    widths.extend(page.ages.columns.iter().map(|_| 3));
    let rows = page
        .ages
        .rows
        .iter()
        .map(|row| {
            let mut cells: Vec<Cell> = vec![row.country.as_str().into()];
            cells.extend(row.cells.iter().map(|cell| Cell::from(cell.text.as_str())));
            cells
        })
        .collect();
    body.table(&widths, &header, rows);
}

/// Penalties side by side, as many requirements at a time as fit the page.
fn penalties(body: &mut Body, words: &Words, page: &ComparisonPage) {
    const ABREAST: usize = 8;
    let table = &page.penalties;
    if table.columns.is_empty() {
        return;
    }
    body.heading(1, words.get(&["section", "penalties-table"]));
    body.paragraph("Normal", &Text::plain(words.get(&["penalty", "note"])));
    for (part, columns) in table.columns.chunks(ABREAST).enumerate() {
        let heads: Vec<String> = columns
            .iter()
            .map(|column| format!("{}\n{}", column.id, column.floor).trim().to_owned())
            .collect();
        let mut header = vec![words.get(&["matrix", "jurisdiction"])];
        header.extend(heads.iter().map(String::as_str));
        let mut widths = vec![5];
        widths.extend(columns.iter().map(|_| 4));
        let rows = table
            .rows
            .iter()
            .map(|row| {
                let mut cells: Vec<Cell> = vec![row.country.as_str().into()];
                let own = row.cells.iter().skip(part * ABREAST).take(columns.len());
                cells.extend(own.map(|cell| {
                    Cell::from(vec![
                        Text::plain(&cell.text),
                        Text::default().and_quiet(&cell.against),
                    ])
                }));
                cells
            })
            .collect();
        body.table(&widths, &header, rows);
    }
}

fn rollups(body: &mut Body, words: &Words, page: &ComparisonPage) {
    if page.rollups.is_empty() {
        return;
    }
    body.heading(1, words.get(&["section", "rollups"]));
    body.paragraph("Normal", &Text::plain(words.get(&["rollups", "note"])));
    for rollup in &page.rollups {
        body.heading(2, &rollup.title);
        let places: Vec<usize> = (0..rollup.rows.len()).collect();
        for part in places.chunks(COLUMNS) {
            let rows: Vec<_> = part.iter().filter_map(|at| rollup.rows.get(*at)).collect();
            let mut header = vec![words.get(&["rollups", "part"])];
            header.extend(rows.iter().map(|row| row.code.as_str()));
            let mut widths = vec![12];
            widths.extend(rows.iter().map(|_| 3));
            let lines = rollup
                .parts
                .iter()
                .enumerate()
                .map(|(at, part)| {
                    let mut line: Vec<Cell> = vec![
                        Text::bold(&part.part)
                            .and(format!(" {}", part.title))
                            .into(),
                    ];
                    line.extend(
                        rows.iter()
                            .filter_map(|row| row.cells.get(at))
                            .map(|cell| Cell::from(format!("{} {}", cell.sign, cell.word))),
                    );
                    line
                })
                .collect();
            body.table(&widths, &header, lines);
        }
    }
}

fn details(body: &mut Body, words: &Words, page: &ComparisonPage) {
    body.heading(1, words.get(&["section", "drill-down"]));
    for requirement in &page.requirements {
        body.heading(3, &requirement.title);
        body.paragraph(
            "Small",
            &Text::default()
                .and_code(&requirement.id)
                .and_quiet(format!("   {}", requirement.sources)),
        );
        let rows = requirement
            .rows
            .iter()
            .map(|row| {
                let mut verdict = vec![Text::default().and_verdict(&row.verdict)];
                if !row.reason.is_empty() {
                    verdict.push(Text::default().and_quiet(&row.reason));
                }
                for review in &row.reviews {
                    let mut said = Text::plain(format!("{}: ", review.reviewer));
                    if let Some(v) = &review.verdict {
                        said = said.and_verdict(v);
                    }
                    verdict.push(said.and(format!(" {}", review.state_word)));
                }
                vec![
                    Cell::from(row.country.as_str()),
                    verdict.into(),
                    places(&row.provisions).into(),
                    names(&row.missing).into(),
                    Text::of_law(&row.language, row.direction)
                        .and(&row.words)
                        .into(),
                ]
            })
            .collect();
        let header = [
            words.get(&["drill", "jurisdiction"]),
            words.get(&["concordance", "verdict"]),
            words.get(&["drill", "provisions"]),
            words.get(&["concordance", "missing"]),
            words.get(&["drill", "words"]),
        ];
        body.table(&[4, 5, 8, 6, 14], &header, rows);
    }
}

/// The texts read, and those that were not.
pub(super) fn texts(
    body: &mut Body,
    words: &Words,
    acts: &[ActView],
    unread: &[UnreadView],
    jurisdiction: bool,
) {
    let text = |key: &'static str| words.get(&["texts", key]);
    let rows = acts
        .iter()
        .map(|act| {
            let mut about = Text::of_law(&act.language, "ltr").and_bold(&act.title);
            if jurisdiction {
                about = Text::plain(format!("{} ", act.jurisdiction)).and_bold(&act.title);
            }
            let mut state = vec![Text::plain(text(if act.complete { "yes" } else { "no" }))];
            if !act.twin.is_empty() {
                state.push(Text::plain(&act.twin));
            }
            for problem in &act.problems {
                state.push(
                    Text::default().and_quiet(format!("{}: {}", problem.name, problem.detail)),
                );
            }
            let date = if act.date.is_empty() {
                words.get(&["stamp", "undated"])
            } else {
                &act.date
            };
            vec![
                vec![
                    about,
                    Text::default().and_code(format!("{} {}", act.file, act.identifier)),
                ]
                .into(),
                act.language_name.as_str().into(),
                date.into(),
                act.format.as_str().into(),
                act.articles.to_string().into(),
                format!("{} – {}", act.first, act.last).into(),
                state.into(),
                Text::default()
                    .and_code(act.sha256.chars().take(12).collect::<String>())
                    .into(),
            ]
        })
        .collect();
    let header = [
        text("act"),
        text("language"),
        text("date"),
        text("format"),
        text("articles"),
        text("range"),
        text("complete"),
        "SHA-256",
    ];
    body.table(&[10, 3, 4, 4, 2, 4, 8, 4], &header, rows);
    if unread.is_empty() {
        return;
    }
    body.heading(2, words.get(&["section", "unread"]));
    let rows = unread
        .iter()
        .map(|file| {
            let name = format!("{}/{}", file.jurisdiction, file.file);
            vec![Cell::from(name), file.reason.as_str().into()]
        })
        .collect();
    body.table(&[5, 9], &[text("file"), text("reason")], rows);
}
