//! The harmonisation report of one jurisdiction as a workbook.

use rust_xlsxwriter::XlsxError;

use super::super::finding_view::{FindingView, QuotationView};
use super::super::page::{JurisdictionPage, Meaning};
use super::super::statements::StatementView;
use super::super::view::{Missing, Places, set_apart};
use super::super::words::Words;
use super::book::{Book, Cell};

/// The report as an XLSX file.
pub(in crate::report) fn report(
    words: &Words,
    page: &JurisdictionPage,
) -> Result<Vec<u8>, XlsxError> {
    let title = format!("{}: {}", words.get(&["page", "report"]), page.country);
    let mut book = Book::new(&title)?;
    summary(&mut book, words, page)?;
    concordance(&mut book, words, page)?;
    elements(&mut book, words, page)?;
    evidence(&mut book, words, page)?;
    for (section, pick) in [
        (
            "ages",
            (|f| &f.ages) as fn(&FindingView) -> &Vec<StatementView>,
        ),
        ("penalties", |f| &f.penalties),
    ] {
        statements(&mut book, words, page, section, pick)?;
    }
    pairs(&mut book, words, page)?;
    trace(&mut book, words, page)?;
    reviews(&mut book, words, page)?;
    treaties(&mut book, words, page)?;
    super::compare::texts(&mut book, words, &page.acts, &page.unread)?;
    versions(&mut book, words, page)?;
    method(&mut book, words, &page.meanings)?;
    book.finish()
}

/// "Penal Code: art. 1; art. 2", one line per act.
pub(super) fn places(list: &[Places]) -> String {
    let lines: Vec<String> = list.iter().map(Places::line).collect();
    lines.join("\n")
}

pub(super) fn names(list: &[Missing]) -> String {
    let names: Vec<&str> = list.iter().map(|item| item.name.as_str()).collect();
    names.join("; ")
}

/// Names with what is said of them, a row each.
pub(super) fn facts<'a>(list: impl Iterator<Item = (&'a str, String)>) -> Vec<Vec<Cell>> {
    list.map(|(name, value)| vec![name.into(), value.into()])
        .collect()
}

fn findings(page: &JurisdictionPage) -> impl Iterator<Item = &FindingView> {
    page.groups.iter().flat_map(|group| &group.findings)
}

fn summary(book: &mut Book, words: &Words, page: &JurisdictionPage) -> Result<(), XlsxError> {
    let stamp = |key| words.get(&["stamp", key]);
    let about = [
        (words.get(&["page", "report"]), page.country.clone()),
        (stamp("profile"), page.profile.clone()),
        (stamp("texts"), page.texts.clone()),
        (stamp("dates"), page.versions.clone()),
    ];
    let mut rows = facts(about.into_iter().chain(page.stamp.facts(words)));
    for slice in &page.counts.slices {
        rows.push(vec![(&slice.verdict).into(), slice.count.into()]);
    }
    for note in [&page.damaged, &page.unread_note] {
        if !note.is_empty() {
            rows.push(vec![words.get(&["texts", "problems"]).into(), note.into()]);
        }
    }
    for item in &page.attention {
        rows.push(vec![
            (&item.verdict).into(),
            format!("{}\n{}", item.title, item.sentence).into(),
        ]);
    }
    book.table(
        words.get(&["section", "summary"]),
        1,
        &[("", 32.0), ("", 90.0)],
        rows,
    )
}

fn concordance(book: &mut Book, words: &Words, page: &JurisdictionPage) -> Result<(), XlsxError> {
    let mut rows = Vec::new();
    for group in &page.groups {
        for finding in &group.findings {
            let (verb, grounds) = finding
                .recommendation
                .as_ref()
                .map(|r| (r.word.clone(), r.grounds.clone()))
                .unwrap_or_default();
            rows.push(vec![
                Cell::from(&group.theme),
                (&finding.id).into(),
                (&finding.title).into(),
                finding.citations().into(),
                places(&finding.provisions).into(),
                (&finding.verdict).into(),
                names(&finding.missing).into(),
                verb.into(),
                grounds.into(),
                (&finding.sentence).into(),
                (&finding.coverage).into(),
            ]);
        }
    }
    let concordance = |key| words.get(&["concordance", key]);
    book.table(
        words.get(&["section", "concordance"]),
        3,
        &[
            (words.get(&["columns", "theme"]), 22.0),
            (words.get(&["columns", "id"]), 24.0),
            (concordance("requirement"), 40.0),
            (concordance("instruments"), 34.0),
            (concordance("national"), 40.0),
            (concordance("verdict"), 20.0),
            (concordance("missing"), 30.0),
            (concordance("recommendation"), 16.0),
            (words.get(&["columns", "grounds"]), 30.0),
            (words.get(&["columns", "sentence"]), 60.0),
            (words.get(&["finding", "coverage"]), 26.0),
        ],
        rows,
    )
}

fn elements(book: &mut Book, words: &Words, page: &JurisdictionPage) -> Result<(), XlsxError> {
    let rows = findings(page)
        .flat_map(|finding| {
            finding.elements.iter().map(move |element| {
                vec![
                    Cell::from(&finding.id),
                    (&element.name).into(),
                    (&element.text).into(),
                    (&element.role).into(),
                    format!("{} {}", element.sign, element.state_word).into(),
                ]
            })
        })
        .collect();
    let finding = |key| words.get(&["finding", key]);
    book.table(
        words.get(&["section", "elements"]),
        2,
        &[
            (words.get(&["columns", "id"]), 26.0),
            (finding("element"), 28.0),
            (words.get(&["columns", "asks"]), 60.0),
            (finding("role"), 20.0),
            (finding("state"), 20.0),
        ],
        rows,
    )
}

/// The words of a quotation, the deciding ones between brackets.
fn marked(quotation: &QuotationView) -> String {
    let mut text = String::new();
    if quotation.cut_before {
        text.push_str("… ");
    }
    let mut open = false;
    for piece in &quotation.pieces {
        let marked = !piece.polarity.is_empty();
        if marked != open {
            text.push(if marked { '⟦' } else { '⟧' });
            open = marked;
        }
        text.push_str(&piece.text);
    }
    if open {
        text.push('⟧');
    }
    if quotation.cut_after {
        text.push_str(" …");
    }
    text
}

fn evidence(book: &mut Book, words: &Words, page: &JurisdictionPage) -> Result<(), XlsxError> {
    let mut rows = Vec::new();
    for finding in findings(page) {
        for quotation in finding.quotations.iter().chain(&finding.further) {
            let marks: Vec<String> = quotation
                .marks
                .iter()
                .map(|mark| {
                    format!(
                        "{}: {} [{}–{}]",
                        mark.element, mark.polarity_word, mark.start, mark.end
                    )
                })
                .collect();
            rows.push(vec![
                Cell::from(&finding.id),
                (&quotation.act).into(),
                (&quotation.locators).into(),
                Cell::Law(marked(quotation), quotation.direction),
                marks.join("\n").into(),
                (&quotation.language_name).into(),
                (&quotation.date).into(),
                (&quotation.file).into(),
                (&quotation.sha256).into(),
            ]);
        }
    }
    let columns = |key| words.get(&["columns", key]);
    book.table(
        words.get(&["section", "evidence"]),
        1,
        &[
            (columns("id"), 26.0),
            (words.get(&["texts", "act"]), 30.0),
            (words.get(&["finding", "provision"]), 22.0),
            (words.get(&["finding", "evidence"]), 90.0),
            (columns("marks"), 44.0),
            (words.get(&["texts", "language"]), 14.0),
            (words.get(&["texts", "date"]), 14.0),
            (words.get(&["texts", "file"]), 26.0),
            ("SHA-256", 20.0),
        ],
        rows,
    )
}

fn statements(
    book: &mut Book,
    words: &Words,
    page: &JurisdictionPage,
    section: &str,
    pick: fn(&FindingView) -> &Vec<StatementView>,
) -> Result<(), XlsxError> {
    let rows: Vec<Vec<Cell>> = findings(page)
        .flat_map(|finding| {
            pick(finding).iter().map(move |item| {
                vec![
                    Cell::from(&finding.id),
                    (&item.what).into(),
                    (&item.act).into(),
                    (&item.locator).into(),
                    Cell::Law(item.words.clone(), item.direction),
                    (&item.file).into(),
                    item.start.into(),
                    item.end.into(),
                ]
            })
        })
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    book.table(
        words.get(&["section", section]),
        1,
        &[
            (words.get(&["columns", "id"]), 26.0),
            (words.get(&["columns", "states"]), 16.0),
            (words.get(&["texts", "act"]), 30.0),
            (words.get(&["finding", "provision"]), 22.0),
            (words.get(&["finding", "evidence"]), 80.0),
            (words.get(&["texts", "file"]), 26.0),
            (words.get(&["columns", "start"]), 10.0),
            (words.get(&["columns", "end"]), 10.0),
        ],
        rows,
    )
}

fn pairs(book: &mut Book, words: &Words, page: &JurisdictionPage) -> Result<(), XlsxError> {
    let rows: Vec<Vec<Cell>> = findings(page)
        .flat_map(|finding| &finding.pairs)
        .map(|pair| {
            vec![
                Cell::from(&pair.code),
                (&pair.offline).into(),
                (&pair.online).into(),
                pair.class.into(),
                (&pair.title).into(),
                (&pair.act).into(),
                (&pair.locator).into(),
                Cell::Law(pair.words.clone(), pair.direction),
            ]
        })
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    let finding = |key| words.get(&["finding", key]);
    book.table(
        words.get(&["section", "pairs"]),
        1,
        &[
            (finding("pair"), 8.0),
            (finding("offline"), 34.0),
            (finding("online"), 34.0),
            (words.get(&["columns", "class"]), 12.0),
            (finding("class"), 20.0),
            (words.get(&["texts", "act"]), 30.0),
            (finding("provision"), 20.0),
            (finding("words"), 50.0),
        ],
        rows,
    )
}

fn trace(book: &mut Book, words: &Words, page: &JurisdictionPage) -> Result<(), XlsxError> {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for finding in findings(page) {
        let Some(trace) = &finding.trace else {
            continue;
        };
        let acts: Vec<String> = trace
            .acts
            .iter()
            .map(|act| format!("{} ({})", act.title, act.articles))
            .collect();
        let start = || {
            vec![
                Cell::from(&finding.id),
                acts.join("\n").into(),
                trace.concepts.join(", ").into(),
            ]
        };
        if trace.near_misses.is_empty() {
            rows.push(start());
        }
        for near in &trace.near_misses {
            let mut row = start();
            row.extend([
                Cell::from(format!(
                    "{}, {}",
                    set_apart(&near.quotation.act),
                    set_apart(&near.quotation.locators)
                )),
                Cell::Law(marked(&near.quotation), near.quotation.direction),
                near.has.join(", ").into(),
                near.lacks.join(", ").into(),
            ]);
            rows.push(row);
        }
    }
    if rows.is_empty() {
        return Ok(());
    }
    let finding = |key| words.get(&["finding", key]);
    book.table(
        words.get(&["section", "trace"]),
        1,
        &[
            (words.get(&["columns", "id"]), 26.0),
            (finding("trace-acts"), 44.0),
            (finding("trace-concepts"), 30.0),
            (finding("near"), 30.0),
            (finding("words"), 70.0),
            (finding("has"), 26.0),
            (finding("lacks"), 26.0),
        ],
        rows,
    )
}

fn reviews(book: &mut Book, words: &Words, page: &JurisdictionPage) -> Result<(), XlsxError> {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for finding in findings(page) {
        for review in &finding.reviews {
            rows.push(vec![
                Cell::from(&finding.id),
                (&finding.verdict).into(),
                (&review.reviewer).into(),
                (&review.date).into(),
                (&review.opinion_word).into(),
                review
                    .verdict
                    .as_ref()
                    .map_or_else(|| "".into(), Cell::from),
                (&review.why).into(),
                (&review.state_word).into(),
            ]);
        }
    }
    if rows.is_empty() {
        return Ok(());
    }
    let columns = |key| words.get(&["columns", key]);
    book.table(
        words.get(&["section", "reviews"]),
        1,
        &[
            (columns("id"), 26.0),
            (words.get(&["finding", "machine"]), 20.0),
            (columns("reviewer"), 20.0),
            (columns("date"), 12.0),
            (columns("opinion"), 14.0),
            (columns("reviewer-verdict"), 20.0),
            (columns("why"), 60.0),
            (columns("state"), 40.0),
        ],
        rows,
    )
}

fn treaties(book: &mut Book, words: &Words, page: &JurisdictionPage) -> Result<(), XlsxError> {
    let mut rows: Vec<Vec<Cell>> = page
        .instruments
        .iter()
        .map(|item| {
            vec![
                Cell::from(&item.code),
                (&item.title).into(),
                (&item.nature).into(),
                (&item.bond_word).into(),
                (&item.since).into(),
                (&item.as_of).into(),
            ]
        })
        .collect();
    for item in &page.reservations {
        let titles: Vec<&str> = item.requirements.iter().map(|r| r.id.as_str()).collect();
        rows.push(vec![
            item.article.as_str().into(),
            format!("{}: {}", item.instrument, item.content).into(),
            words.get(&["finding", "reservations"]).into(),
            titles.join("; ").into(),
            item.date.as_str().into(),
            "".into(),
        ]);
    }
    let treaties = |key| words.get(&["treaties", key]);
    book.table(
        words.get(&["section", "treaties"]),
        1,
        &[
            (words.get(&["columns", "code"]), 12.0),
            (treaties("instrument"), 70.0),
            (treaties("nature"), 22.0),
            (treaties("status"), 34.0),
            (words.get(&["columns", "since"]), 14.0),
            (words.get(&["columns", "as-of"]), 14.0),
        ],
        rows,
    )
}

/// The requirements on which the language versions of the law disagree.
fn versions(book: &mut Book, words: &Words, page: &JurisdictionPage) -> Result<(), XlsxError> {
    if page.disagreements.is_empty() {
        return Ok(());
    }
    let rows = page
        .disagreements
        .iter()
        .map(|item| {
            vec![
                Cell::from(&item.requirement.id),
                (&item.requirement.title).into(),
                (&item.verdict).into(),
                item.provisions.join("; ").into(),
                (&item.language_name).into(),
                (&item.other_verdict).into(),
                item.other_provisions.join("; ").into(),
            ]
        })
        .collect();
    let national = words.get(&["concordance", "national"]);
    book.table(
        words.get(&["section", "versions"]),
        1,
        &[
            (words.get(&["columns", "id"]), 24.0),
            (words.get(&["concordance", "requirement"]), 40.0),
            (words.get(&["versions", "searched"]), 22.0),
            (national, 34.0),
            (words.get(&["texts", "language"]), 16.0),
            (words.get(&["versions", "other"]), 22.0),
            (national, 34.0),
        ],
        rows,
    )
}

/// How to read the tables.
pub(super) fn method(
    book: &mut Book,
    words: &Words,
    meanings: &[Meaning],
) -> Result<(), XlsxError> {
    let text = |key| words.get(&["method", key]);
    let mut rows: Vec<Vec<Cell>> = vec![vec!["".into(), text("intro").into()]];
    for item in meanings {
        rows.push(vec![(&item.verdict).into(), (&item.meaning).into()]);
    }
    for verb in ["requires", "requests", "invites"] {
        let meaning = format!("{verb}-meaning");
        rows.push(vec![
            words.get(&["recommendation", verb]).into(),
            words.get(&["recommendation", &meaning]).to_owned().into(),
        ]);
    }
    for key in ["undetermined", "untested", "quotations", "limits", "same"] {
        rows.push(vec!["".into(), text(key).into()]);
    }
    book.table(
        words.get(&["section", "method"]),
        0,
        &[(text("verdicts"), 30.0), ("", 120.0)],
        rows,
    )
}
