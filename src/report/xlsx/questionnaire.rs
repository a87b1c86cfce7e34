//! A questionnaire, and what became of a reply, as workbooks.

use rust_xlsxwriter::XlsxError;

use super::super::questionnaire::{COLUMNS, QuestionnairePage};
use super::super::reply::ReplyPage;
use super::super::words::Words;
use super::book::{Book, Cell, Column};
use super::report::{facts, method};

/// The questionnaire as an XLSX file: the table stands on the first sheet,
/// where a reply is read from.
pub(in crate::report) fn questionnaire(
    words: &Words,
    page: &QuestionnairePage,
) -> Result<Vec<u8>, XlsxError> {
    let text = |key| words.get(&["questionnaire", key]);
    let title = format!("{}: {}", text("title"), page.country);
    let mut book = Book::new(&title)?;
    let widths = [
        10.0, 24.0, 48.0, 28.0, 18.0, 44.0, 60.0, 12.0, 28.0, 48.0, 36.0,
    ];
    let columns: Vec<Column<'_>> = COLUMNS
        .iter()
        .zip(widths)
        .map(|(key, width)| (text(*key), width))
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
    book.table(text("title"), 2, &columns, rows)?;
    let about = [
        (text("title"), page.country.clone()),
        (words.get(&["stamp", "profile"]), page.profile.clone()),
        (text("how"), text("note").to_owned()),
    ];
    let rows = facts(about.into_iter().chain(page.stamp.facts(words)));
    book.table(text("how"), 0, &[("", 30.0), ("", 100.0)], rows)?;
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
    book.table(
        reply("title"),
        3,
        &[
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
    )?;
    book.finish()
}
