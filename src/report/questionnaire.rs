//! A profile as a monitoring questionnaire: what is asked, what the texts
//! answer, and open columns for the State's reply.

use serde::Serialize;

use super::finding_view::FindingView;
use super::page::{Meaning, meanings};
use super::view::{StampView, VerdictView, set_apart, theme};
use super::words::Words;
use super::{Assessed, Run};

/// Most quotations given as evidence of an answer.
const MOST_QUOTES: usize = 3;

/// The columns of a questionnaire, by their keys in the message catalogue. A
/// reply is read back by them.
pub(crate) const COLUMNS: [&str; 11] = [
    "jurisdiction",
    "requirement",
    "question",
    "instruments",
    "answer",
    "statement",
    "evidence",
    "reply",
    "provisions",
    "words",
    "remarks",
];

/// A questionnaire on one jurisdiction's law.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct QuestionnairePage {
    pub code: String,
    pub country: String,
    pub profile: String,
    pub stamp: StampView,
    pub questions: Vec<Question>,
    pub meanings: Vec<Meaning>,
}

/// One question.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Question {
    pub id: String,
    pub theme: String,
    /// What is asked, with the elements that are needed.
    pub question: String,
    pub instruments: String,
    pub answer: VerdictView,
    pub statement: String,
    pub evidence: Vec<Quote>,
}

/// Deciding words with their place.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Quote {
    pub place: String,
    pub words: String,
    pub language: String,
    pub direction: &'static str,
}

impl QuestionnairePage {
    /// The questionnaire of the run's profile on one jurisdiction.
    pub fn new(words: &Words, run: &Run<'_>, assessed: &Assessed) -> Self {
        Self {
            code: assessed.law.jurisdiction.to_string(),
            country: assessed.law.country.clone(),
            profile: words.data(&run.profile).to_owned(),
            stamp: StampView::from(&run.stamp),
            questions: assessed
                .findings
                .iter()
                .map(|finding| {
                    let view = FindingView::new(words, run.mappings, assessed, finding);
                    Question::new(theme(words, run.mappings, &view.id), view)
                })
                .collect(),
            meanings: meanings(words),
        }
    }
}

impl Question {
    fn new(theme: String, view: FindingView) -> Self {
        let needed: Vec<&str> = view
            .elements
            .iter()
            .map(|element| {
                if element.text.is_empty() {
                    element.name.as_str()
                } else {
                    element.text.as_str()
                }
            })
            .collect();
        let sources: Vec<&str> = view.sources.iter().map(|s| s.citation.as_str()).collect();
        let evidence = view
            .quotations
            .iter()
            .take(MOST_QUOTES)
            .map(|quotation| Quote {
                place: format!(
                    "{}, {}",
                    set_apart(&quotation.act),
                    set_apart(&quotation.locators)
                ),
                words: quotation
                    .pieces
                    .iter()
                    .map(|piece| piece.text.as_str())
                    .collect(),
                language: quotation.language.clone(),
                direction: quotation.direction,
            })
            .collect();
        Self {
            question: if needed.is_empty() {
                view.title.clone()
            } else {
                format!("{}\n– {}", view.title, needed.join("\n– "))
            },
            instruments: sources.join("; "),
            id: view.id,
            theme,
            answer: view.verdict,
            statement: view.sentence,
            evidence,
        }
    }

    /// The evidence as lines of text.
    pub fn evidence_text(&self) -> String {
        let lines: Vec<String> = self
            .evidence
            .iter()
            .map(|quote| format!("{}: “{}”", quote.place, quote.words))
            .collect();
        lines.join("\n")
    }
}
