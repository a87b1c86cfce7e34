//! A questionnaire as a document, question by question.

use super::super::questionnaire::QuestionnairePage;
use super::super::words::Words;
use super::package::{Labels, pack};
use super::report::{facts, method, stamp_line};
use super::text::{Body, Cell, Page, Text};

/// The questionnaire as a DOCX file.
pub(in crate::report) fn questionnaire(
    words: &Words,
    page: &QuestionnairePage,
) -> zip::result::ZipResult<Vec<u8>> {
    let text = |key: &'static str| words.get(&["questionnaire", key]);
    let mut body = Body::new();
    body.paragraph("Kicker", &Text::plain(text("title")));
    body.paragraph("Title", &Text::plain(&page.country));
    body.paragraph("Subtitle", &Text::plain(&page.profile));
    body.paragraph("Normal", &Text::plain(text("note")));
    facts(&mut body, page.stamp.facts(words).into_iter());
    body.turn(Page::Sideways);
    let mut last = "";
    for (number, question) in page.questions.iter().enumerate() {
        if question.theme != last {
            body.heading(2, &question.theme);
            last = &question.theme;
        }
        let mut ours = vec![
            Text::default().and_verdict(&question.answer),
            Text::plain(&question.statement),
        ];
        for quote in &question.evidence {
            ours.push(Text::bold(&quote.place));
            ours.push(
                Text::of_law(&quote.language, quote.direction)
                    .and("“")
                    .and(&quote.words)
                    .and("”"),
            );
        }
        let blank = |key| vec![Text::bold(text(key)), Text::plain("\n")];
        let mut reply = blank("reply");
        reply.extend(blank("provisions"));
        reply.extend(blank("words"));
        reply.extend(blank("remarks"));
        let asked = vec![
            Text::bold(format!("{}. ", number + 1)).and(&question.question),
            Text::default().and_quiet(&question.instruments),
            Text::default().and_code(&question.id),
        ];
        body.table(
            &[5, 6, 5],
            &[text("question"), text("answer"), text("state-reply")],
            vec![vec![Cell::from(asked), ours.into(), reply.into()]],
        );
    }
    body.turn(Page::Upright);
    method(&mut body, words, &page.meanings);
    let title = format!("{}: {}", text("title"), page.country);
    pack(
        &Labels {
            title: &title,
            language: words.get(&["page", "language"]),
            header: &format!("{} · {}", page.country, page.profile),
            footer: &stamp_line(words, &page.stamp.program, &page.stamp.corpus),
        },
        &body.finish(),
    )
}
