//! A questionnaire, and what became of a reply, as workbooks.

use rust_xlsxwriter::XlsxError;

use super::super::questionnaire::{COLUMNS, QuestionnairePage};
use super::super::reply::ReplyPage;
use super::super::words::Words;
use super::book::{Book, Cell, Column, Table};
use super::report::method;

/// The questionnaire as an XLSX file: the table stands on the first sheet,
/// where a reply is read from.
pub(in crate::report) fn questionnaire(
    words: &Words,
    page: &QuestionnairePage,
) -> Result<Vec<u8>, XlsxError> {
    let title = format!(
        "{}: {}",
        words.get(&["questionnaire", "title"]),
        page.country
    );
    let mut book = Book::new(&title)?;
    let widths = [
        10.0, 24.0, 48.0, 28.0, 18.0, 44.0, 60.0, 12.0, 28.0, 48.0, 36.0,
    ];
    let columns: Vec<Column<'_>> = COLUMNS
        .iter()
        .zip(widths)
        .map(|(key, width)| (words.get(&["questionnaire", *key]), width))
        .collect();
    let rows = page
        .questions
        .iter()
        .map(|question| {
            vec![
                Cell::from(&page.code),
                (&question.id).into(),
                (&question.question).into(),
                (&question.instruments).into(),
                (&question.answer).into(),
                (&question.statement).into(),
                question.evidence_text().into(),
                Cell::Open,
                Cell::Open,
                Cell::Open,
                Cell::Open,
            ]
        })
        .collect();
    book.add(&Table {
        name: words.get(&["questionnaire", "title"]),
        columns,
        rows,
        frozen: 2,
        matrix: false,
    })?;
    let about = [
        (words.get(&["questionnaire", "title"]), page.country.clone()),
        (words.get(&["stamp", "profile"]), page.profile.clone()),
        (
            words.get(&["questionnaire", "how"]),
            words.get(&["questionnaire", "note"]).to_owned(),
        ),
        (
            words.get(&["stamp", "program"]),
            format!("concord {}", page.stamp.program),
        ),
        (
            words.get(&["stamp", "mappings"]),
            format!("SHA-256 {}", page.stamp.mappings),
        ),
        (
            words.get(&["stamp", "corpus"]),
            format!("SHA-256 {}", page.stamp.corpus),
        ),
    ];
    book.add(&Table {
        name: words.get(&["questionnaire", "how"]),
        columns: vec![("", 30.0), ("", 100.0)],
        rows: about
            .into_iter()
            .map(|(name, value)| vec![name.into(), value.into()])
            .collect(),
        frozen: 0,
        matrix: false,
    })?;
    method(&mut book, words, &page.meanings)?;
    book.finish()
}

/// A reply beside the statute as an XLSX file.
pub(in crate::report) fn reply(words: &Words, page: &ReplyPage) -> Result<Vec<u8>, XlsxError> {
    let title = format!("{}: {}", words.get(&["reply", "title"]), page.country);
    let mut book = Book::new(&title)?;
    let reply = |key| words.get(&["reply", key]);
    let rows = page
        .rows
        .iter()
        .map(|row| {
            vec![
                Cell::from(&page.code),
                (&row.id).into(),
                (&row.title).into(),
                (&row.outcome_word).into(),
                (&row.answer).into(),
                (&row.statement).into(),
                Cell::Law(row.ours.clone(), row.direction),
                (&row.said_word).into(),
                (&row.provisions).into(),
                (&row.words).into(),
                (&row.remarks).into(),
                Cell::Law(row.found.clone(), row.found_direction),
                (&row.why).into(),
            ]
        })
        .collect();
    book.add(&Table {
        name: reply("title"),
        columns: vec![
            (words.get(&["columns", "code"]), 9.0),
            (words.get(&["columns", "id"]), 24.0),
            (words.get(&["questionnaire", "question"]), 36.0),
            (reply("outcome"), 18.0),
            (words.get(&["questionnaire", "answer"]), 18.0),
            (words.get(&["questionnaire", "statement"]), 40.0),
            (words.get(&["questionnaire", "evidence"]), 60.0),
            (words.get(&["questionnaire", "reply"]), 12.0),
            (words.get(&["questionnaire", "provisions"]), 26.0),
            (words.get(&["questionnaire", "words"]), 44.0),
            (words.get(&["questionnaire", "remarks"]), 30.0),
            (reply("found"), 60.0),
            (reply("why"), 40.0),
        ],
        rows,
        frozen: 3,
        matrix: false,
    })?;
    book.finish()
}
