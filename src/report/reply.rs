//! A State's reply to a questionnaire, read back and held against the statute.

use std::path::Path;

use calamine::{Data, Reader as _};
use serde::Serialize;

use super::finding_view::FindingView;
use super::questionnaire::COLUMNS;
use super::view::{StampView, VerdictView, direction};
use super::words::{LANGUAGES, Words};
use super::{Assessed, Run};
use crate::assess::{JurisdictionLaw, Verdict};
use crate::law::{Act, Jurisdiction, Span};

/// Most characters of a provision that are shown.
const LENGTH: usize = 600;

/// Why a reply is refused. Lines count from 1, the headings being the first.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReplyError {
    /// The file cannot be read.
    #[error("the file cannot be read: {0}")]
    Io(#[from] std::io::Error),
    /// Not a workbook.
    #[error("this is not a workbook that can be read: {0}")]
    Workbook(#[from] calamine::Error),
    /// Not a table.
    #[error("this is not a table of comma-separated values: {0}")]
    Csv(#[from] csv::Error),
    /// Nothing in it.
    #[error("the file holds no table")]
    Empty,
    /// A column is not the one of the questionnaire.
    #[error(
        "line 1, column {column}: the heading is `{found}` where the questionnaire has \
         `{expected}`; keep the columns and their order as they were"
    )]
    Column {
        /// Which, from 1.
        column: usize,
        /// The heading of the questionnaire.
        expected: String,
        /// The heading found.
        found: String,
    },
    /// An id that the profile does not have.
    #[error("line {line}: `{id}` is not a requirement of this profile")]
    UnknownId {
        /// Where.
        line: usize,
        /// The id.
        id: String,
    },
    /// An id that has been answered before.
    #[error("line {line}: `{id}` is answered twice")]
    Twice {
        /// Where.
        line: usize,
        /// The id.
        id: String,
    },
    /// A reply on another jurisdiction.
    #[error("line {line}: the reply is on `{found}`, not on `{expected}`")]
    Elsewhere {
        /// Where.
        line: usize,
        /// The code in the file.
        found: String,
        /// The code asked for.
        expected: String,
    },
    /// An answer that is none.
    #[error("line {line}: `{found}` is not an answer; write yes, partly or no, or leave it empty")]
    NoAnswer {
        /// Where.
        line: usize,
        /// What is written.
        found: String,
    },
}

/// What a State says of one requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    Yes,
    Partly,
    No,
}

impl Said {
    fn name(self) -> &'static str {
        match self {
            Said::Yes => "yes",
            Said::Partly => "partly",
            Said::No => "no",
        }
    }

    fn of(text: &str) -> Option<Self> {
        match text.to_lowercase().as_str() {
            "yes" | "y" | "oui" | "sí" | "si" => Some(Said::Yes),
            "partly" | "partially" | "partial" | "en partie" | "partiel" | "en parte"
            | "parcial" | "parcialmente" => Some(Said::Partly),
            "no" | "n" | "non" => Some(Said::No),
            _ => None,
        }
    }

    fn agrees_with(self, verdict: Verdict) -> bool {
        matches!(
            (self, verdict),
            (Said::Yes, Verdict::Full)
                | (Said::Partly, Verdict::Partial)
                | (Said::No, Verdict::NotFound | Verdict::Conflict)
        )
    }
}

/// One line of a reply.
#[derive(Debug, Clone)]
struct Line {
    requirement: String,
    said: Option<Said>,
    provisions: String,
    words: String,
    remarks: String,
}

/// A reply to a questionnaire on one jurisdiction.
#[derive(Debug, Clone)]
pub struct Reply {
    lines: Vec<Line>,
}

impl Reply {
    /// Reads a filled-in questionnaire, XLSX or CSV by its content.
    ///
    /// # Errors
    /// When it cannot be read, or is not the questionnaire of this run: moved
    /// columns, unknown or repeated ids, another jurisdiction.
    pub fn read(
        path: &Path,
        jurisdiction: &Jurisdiction,
        run: &Run<'_>,
    ) -> Result<Self, ReplyError> {
        let bytes = std::fs::read(path)?;
        let table = if bytes.starts_with(b"PK") {
            workbook(bytes)?
        } else {
            comma_separated(&bytes)?
        };
        let mut rows = table.into_iter();
        let (_, header) = rows.next().ok_or(ReplyError::Empty)?;
        check_header(&header)?;
        let mut lines: Vec<Line> = Vec::new();
        for (line, row) in rows {
            let cell = |key: &str| {
                let at = COLUMNS.iter().position(|known| *known == key);
                let text = at.and_then(|at| row.get(at)).map_or("", String::as_str);
                // The mark that keeps a cell text is not part of it.
                text.trim().trim_start_matches('\'').trim().to_owned()
            };
            if row.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            let (code, id) = (cell("jurisdiction"), cell("requirement"));
            if Jurisdiction::new(&code) != *jurisdiction {
                return Err(ReplyError::Elsewhere {
                    line,
                    found: code,
                    expected: jurisdiction.to_string(),
                });
            }
            if !run.requirements.iter().any(|r| *r.id.get_ref() == id) {
                return Err(ReplyError::UnknownId { line, id });
            }
            if lines.iter().any(|known| known.requirement == id) {
                return Err(ReplyError::Twice { line, id });
            }
            let said = match cell("reply") {
                empty if empty.is_empty() => None,
                text => Some(Said::of(&text).ok_or(ReplyError::NoAnswer { line, found: text })?),
            };
            lines.push(Line {
                requirement: id,
                said,
                provisions: cell("provisions"),
                words: cell("words"),
                remarks: cell("remarks"),
            });
        }
        Ok(Self { lines })
    }
}

/// Rows with their line numbers.
type Rows = Vec<(usize, Vec<String>)>;

fn workbook(bytes: Vec<u8>) -> Result<Rows, ReplyError> {
    let mut book = calamine::open_workbook_auto_from_rs(std::io::Cursor::new(bytes))?;
    let sheet = book.worksheet_range_at(0).ok_or(ReplyError::Empty)??;
    let first = sheet.start().map_or(0, |(row, _)| row as usize);
    let left = sheet.start().map_or(0, |(_, column)| column as usize);
    Ok(sheet
        .rows()
        .enumerate()
        .map(|(at, row)| {
            // A table that does not begin in the first column has been moved.
            let empty = std::iter::repeat_n(String::new(), left);
            let cells = row.iter().map(|cell| match cell {
                Data::Empty => String::new(),
                other => other.to_string(),
            });
            (first + at + 1, empty.chain(cells).collect())
        })
        .collect())
}

fn comma_separated(bytes: &[u8]) -> Result<Rows, ReplyError> {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let first_line = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |sign: u8| first_line.iter().filter(|byte| **byte == sign).count();
    // Spreadsheet programs of many countries write semicolons.
    let delimiter = if count(b';') > count(b',') {
        b';'
    } else {
        b','
    };
    let mut rows = Rows::new();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text);
    for record in reader.byte_records() {
        let record = record?;
        let line = record.position().map_or(0, |p| p.line() as usize);
        let cells = record
            .iter()
            .map(|cell| String::from_utf8_lossy(cell).into_owned())
            .collect();
        rows.push((line, cells));
    }
    Ok(rows)
}

/// The headings must be those of a questionnaire in one of the languages.
fn check_header(header: &[String]) -> Result<(), ReplyError> {
    let mut nearest: Option<(usize, ReplyError)> = None;
    for (tag, _) in LANGUAGES {
        let Ok(words) = Words::of(tag) else {
            continue;
        };
        let wrong = COLUMNS.iter().enumerate().find_map(|(at, key)| {
            let expected = words.get(&["questionnaire", *key]);
            let found = header.get(at).map_or("", |cell| cell.trim());
            (found != expected).then(|| {
                let error = ReplyError::Column {
                    column: at + 1,
                    expected: expected.to_owned(),
                    found: found.to_owned(),
                };
                (at, error)
            })
        });
        match wrong {
            None => return Ok(()),
            Some((at, error)) if nearest.as_ref().is_none_or(|(other, _)| at > *other) => {
                nearest = Some((at, error));
            }
            Some(_) => {}
        }
    }
    match nearest {
        Some((_, error)) => Err(error),
        None => Ok(()),
    }
}

/// How a reply and the statute stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Agrees,
    Differs,
    NotVerifiable,
    Unanswered,
}

impl Outcome {
    fn name(self) -> &'static str {
        match self {
            Outcome::Agrees => "agrees",
            Outcome::Differs => "differs",
            Outcome::NotVerifiable => "not-verifiable",
            Outcome::Unanswered => "unanswered",
        }
    }
}

/// A reply beside the statute, ready for a template.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ReplyPage {
    pub code: String,
    pub country: String,
    pub profile: String,
    pub stamp: StampView,
    /// How often each outcome occurs, in words.
    pub counts: Vec<(String, usize)>,
    pub rows: Vec<ReplyRow>,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct ReplyRow {
    pub id: String,
    pub title: String,
    /// `agrees`, `differs`, `not-verifiable`, `unanswered`.
    pub outcome: &'static str,
    pub outcome_word: String,
    /// Why it cannot be verified; empty otherwise.
    pub why: String,
    pub answer: VerdictView,
    pub statement: String,
    /// The words our answer rests on.
    pub ours: String,
    pub direction: &'static str,
    /// What the State says; empty where it says nothing.
    pub said_word: String,
    pub provisions: String,
    pub words: String,
    pub remarks: String,
    /// The statute's text at the place or words that the State names.
    pub found: String,
    pub found_direction: &'static str,
}

impl ReplyPage {
    /// Holds a reply against the findings on the same jurisdiction.
    pub fn new(words: &Words, run: &Run<'_>, assessed: &Assessed, reply: &Reply) -> Self {
        let rows: Vec<ReplyRow> = assessed
            .findings
            .iter()
            .map(|finding| {
                let view = FindingView::new(words, run.mappings, assessed, finding);
                let mut lines = reply.lines.iter();
                let line = lines.find(|line| line.requirement == finding.requirement);
                row(words, &assessed.law, finding.verdict, view, line)
            })
            .collect();
        let counts = ["differs", "not-verifiable", "agrees", "unanswered"]
            .into_iter()
            .map(|name| {
                let count = rows.iter().filter(|row| row.outcome == name).count();
                (words.get(&["reply", name]).to_owned(), count)
            })
            .collect();
        Self {
            code: assessed.law.jurisdiction.to_string(),
            country: assessed.law.country.clone(),
            profile: words.data(&run.profile).to_owned(),
            stamp: StampView::from(&run.stamp),
            counts,
            rows,
        }
    }

    /// The table as CSV; no cell is taken for a formula.
    pub fn to_csv(&self) -> csv::Result<Vec<u8>> {
        let mut table = csv::Writer::from_writer(Vec::new());
        table.write_record([
            "jurisdiction",
            "requirement",
            "outcome",
            "verdict",
            "evidence",
            "reply",
            "provisions",
            "words",
            "remarks",
            "statute",
            "why",
        ])?;
        for row in &self.rows {
            let cells = [
                &self.code,
                &row.id,
                row.outcome,
                row.answer.name,
                &row.ours,
                &row.said_word,
                &row.provisions,
                &row.words,
                &row.remarks,
                &row.found,
                &row.why,
            ];
            table.write_record(cells.map(super::tables::unformulated))?;
        }
        table
            .into_inner()
            .map_err(|error| csv::Error::from(error.into_error()))
    }
}

fn row(
    words: &Words,
    law: &JurisdictionLaw,
    verdict: Verdict,
    view: FindingView,
    line: Option<&Line>,
) -> ReplyRow {
    let named = line.map(|line| named_by(law, line)).unwrap_or_default();
    let (outcome, why) = match line.and_then(|line| Some((line, line.said?))) {
        None => (Outcome::Unanswered, ""),
        Some(_) if matches!(verdict, Verdict::Undetermined | Verdict::NotApplicable) => {
            (Outcome::NotVerifiable, "no-answer-here")
        }
        Some((line, _)) if named.is_none() && !line.words.is_empty() => {
            (Outcome::NotVerifiable, "words-not-held")
        }
        Some((line, _)) if named.is_none() && !line.provisions.is_empty() => {
            (Outcome::NotVerifiable, "provision-not-held")
        }
        Some((_, said)) if said.agrees_with(verdict) => (Outcome::Agrees, ""),
        Some(_) => (Outcome::Differs, ""),
    };
    let (found, found_direction) = named
        .map(|(act, span)| {
            let place = act.locator(act.innermost_at(span.start));
            let text = format!("{place}: {}", act.quote(span));
            (text, direction(act.language.as_str()))
        })
        .unwrap_or((String::new(), "ltr"));
    let ours: Vec<String> = view
        .quotations
        .iter()
        .take(2)
        .map(|quotation| {
            let text: String = quotation.pieces.iter().map(|p| p.text.as_str()).collect();
            format!("{}, {}: “{text}”", quotation.act, quotation.locators)
        })
        .collect();
    ReplyRow {
        id: view.id,
        title: view.title,
        outcome: outcome.name(),
        outcome_word: words.get(&["reply", outcome.name()]).to_owned(),
        why: if why.is_empty() {
            String::new()
        } else {
            words.get(&["reply", why]).to_owned()
        },
        answer: view.verdict,
        statement: view.sentence,
        ours: ours.join("\n"),
        direction: view.quotations.first().map_or("ltr", |q| q.direction),
        said_word: line
            .and_then(|line| line.said)
            .map(|said| words.get(&["answer", said.name()]).to_owned())
            .unwrap_or_default(),
        provisions: line.map(|l| l.provisions.clone()).unwrap_or_default(),
        words: line.map(|l| l.words.clone()).unwrap_or_default(),
        remarks: line.map(|l| l.remarks.clone()).unwrap_or_default(),
        found,
        found_direction,
    }
}

/// The statute's text at the words a State quotes, else at the provisions it
/// names.
fn named_by<'l>(law: &'l JurisdictionLaw, line: &Line) -> Option<(&'l Act, Span)> {
    let acts = || law.acts.iter().map(|annotated| &annotated.act);
    if !line.words.is_empty() {
        return acts().find_map(|act| Some((act, words_in(act, &line.words)?)));
    }
    acts().find_map(|act| Some((act, article_in(act, &line.provisions)?)))
}

/// Where quoted words stand, white space and quotation marks aside.
fn words_in(act: &Act, words: &str) -> Option<Span> {
    let marks = ['"', '“', '”', '«', '»', '„', '…'];
    let wanted: Vec<&str> = words
        .trim_matches(|c: char| marks.contains(&c) || c.is_whitespace())
        .split_whitespace()
        .collect();
    let first = *wanted.first()?;
    let text = act.text.as_str();
    text.match_indices(first).find_map(|(start, _)| {
        let mut rest = text.get(start..)?;
        for word in &wanted {
            rest = rest.trim_start().strip_prefix(word)?;
        }
        Some(Span::new(start, text.len() - rest.len()))
    })
}

/// The first article whose number a citation names.
fn article_in(act: &Act, citation: &str) -> Option<Span> {
    let plain = |text: &str| -> String {
        text.chars()
            .filter(|c| c.is_alphanumeric() || matches!(c, '-' | '.'))
            .collect::<String>()
            .trim_matches(['.', '-'])
            .to_lowercase()
    };
    let named: Vec<String> = citation
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | '§'))
        .map(plain)
        .filter(|word| word.chars().any(|c| c.is_ascii_digit()))
        .collect();
    let id = act.articles().find(|id| {
        let number = act.provision(*id).number.as_ref();
        number.is_some_and(|number| named.contains(&plain(&number.to_string())))
    })?;
    let span = act.provision(id).span;
    let text = act.quote(span);
    let end = text
        .char_indices()
        .nth(LENGTH)
        .map_or(text.len(), |(at, _)| at);
    Some(Span::new(span.start, span.start + end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moved_columns_are_named() {
        let words = Words::of("fr").unwrap();
        let mut header: Vec<String> = COLUMNS
            .iter()
            .map(|key| words.get(&["questionnaire", *key]).to_owned())
            .collect();
        assert!(check_header(&header).is_ok());
        header.swap(7, 8);
        let error = check_header(&header).unwrap_err();
        assert!(
            matches!(error, ReplyError::Column { column: 8, .. }),
            "{error}"
        );
    }
}
