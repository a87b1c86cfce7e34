//! The harmonisation report of one jurisdiction as a document.

use super::super::finding_view::{FindingView, QuotationView};
use super::super::page::{JurisdictionPage, Meaning};
use super::super::statements::StatementView;
use super::super::view::{Missing, Places, VerdictView, set_apart};
use super::super::words::Words;
use super::package::{Labels, pack};
use super::text::{Body, Cell, Page, Text};

/// The report as a DOCX file.
pub(in crate::report) fn report(
    words: &Words,
    page: &JurisdictionPage,
) -> zip::result::ZipResult<Vec<u8>> {
    let mut body = Body::new();
    title_page(&mut body, words, page);
    summary(&mut body, words, page);
    treaties(&mut body, words, page);
    body.turn(Page::Sideways);
    concordance(&mut body, words, page);
    body.turn(Page::Upright);
    body.heading(1, words.get(&["section", "findings"]));
    for group in &page.groups {
        body.heading(2, &group.theme);
        for finding in &group.findings {
            write_finding(&mut body, words, finding);
        }
    }
    body.turn(Page::Sideways);
    annex(&mut body, words, page);
    body.turn(Page::Upright);
    method(&mut body, words, &page.meanings);
    let title = format!("{}: {}", words.get(&["page", "report"]), page.country);
    let header = format!("{} · {}", page.country, page.profile);
    let footer = stamp_line(words, &page.stamp.program, &page.stamp.corpus);
    pack(
        &Labels {
            title: &title,
            language: words.get(&["page", "language"]),
            header: &header,
            footer: &footer,
        },
        &body.finish(),
    )
}

/// What stands at the foot of every page.
pub(super) fn stamp_line(words: &Words, program: &str, corpus: &str) -> String {
    let hash: String = corpus.chars().take(12).collect();
    format!(
        "concord {program} · {} {hash}",
        words.get(&["stamp", "corpus"])
    )
}

/// A table of facts without a heading row.
pub(super) fn facts<'a>(body: &mut Body, list: impl Iterator<Item = (&'a str, String)>) {
    let rows = list
        .map(|(name, value)| vec![Cell::from(Text::bold(name)), Cell::from(value)])
        .collect();
    body.table(&[3, 9], &[], rows);
}

fn title_page(body: &mut Body, words: &Words, page: &JurisdictionPage) {
    body.paragraph("Kicker", &Text::plain(words.get(&["page", "report"])));
    body.paragraph("Title", &Text::plain(&page.country));
    body.paragraph("Subtitle", &Text::plain(&page.profile));
    let dates = if page.versions.is_empty() {
        words.get(&["stamp", "undated"]).to_owned()
    } else {
        page.versions.clone()
    };
    let about = [
        (words.get(&["stamp", "texts"]), page.texts.clone()),
        (words.get(&["stamp", "dates"]), dates),
    ];
    facts(body, about.into_iter().chain(page.stamp.facts(words)));
}

fn summary(body: &mut Body, words: &Words, page: &JurisdictionPage) {
    body.heading(1, words.get(&["section", "summary"]));
    let rows = page
        .counts
        .slices
        .iter()
        .map(|slice| {
            vec![
                Cell::from(Text::default().and_verdict(&slice.verdict)),
                Cell::from(slice.count.to_string()),
            ]
        })
        .collect();
    body.table(
        &[8, 4],
        &[
            words.get(&["concordance", "verdict"]),
            words.get(&["stamp", "requirements"]),
        ],
        rows,
    );
    for note in [&page.damaged, &page.unread_note] {
        if !note.is_empty() {
            body.paragraph("Normal", &Text::bold(note.as_str()));
        }
    }
    if !page.attention.is_empty() {
        body.heading(2, words.get(&["summary", "attention"]));
        for item in &page.attention {
            let text = Text::default()
                .and_verdict(&item.verdict)
                .and(" · ")
                .and_bold(&item.title)
                .and_quiet(format!("\n{}", item.sentence));
            body.bullet(&text);
        }
    }
    if !page.unanswered.is_empty() {
        body.heading(2, words.get(&["summary", "cannot-say"]));
        for item in &page.unanswered {
            let titles: Vec<&str> = item.requirements.iter().map(|r| r.title.as_str()).collect();
            let text = Text::bold(&item.reason).and_quiet(format!("\n{}", titles.join("; ")));
            body.bullet(&text);
        }
    }
}

fn treaties(body: &mut Body, words: &Words, page: &JurisdictionPage) {
    body.heading(1, words.get(&["section", "treaties"]));
    let rows = page
        .instruments
        .iter()
        .filter(|item| item.binding)
        .map(|item| {
            let mut status = Text::plain(&item.bond_word);
            if !item.since.is_empty() {
                let since = words.filled(&["treaties", "since"], &[("date", &item.since)]);
                status = status.and(format!(" {since}"));
            }
            if !item.as_of.is_empty() {
                let as_of = words.filled(&["treaties", "as-of"], &[("date", &item.as_of)]);
                status = status.and_quiet(format!(" ({as_of})"));
            }
            vec![
                Cell::from(Text::bold(&item.code).and(format!(" {}", item.title))),
                Cell::from(item.nature.as_str()),
                Cell::from(status),
            ]
        })
        .collect();
    body.table(
        &[7, 2, 4],
        &[
            words.get(&["treaties", "instrument"]),
            words.get(&["treaties", "nature"]),
            words.get(&["treaties", "status"]),
        ],
        rows,
    );
    body.heading(2, words.get(&["treaties", "reservation"]));
    if page.reservations.is_empty() {
        let none = words.get(&["treaties", "no-reservation"]);
        body.paragraph("Normal", &Text::plain(none));
    }
    for item in &page.reservations {
        let date = if item.date.is_empty() {
            String::new()
        } else {
            format!(" ({})", item.date)
        };
        let titles: Vec<&str> = item.requirements.iter().map(|r| r.title.as_str()).collect();
        body.bullet(
            &Text::bold(format!("{}, {}{date}", item.instrument, item.article))
                .and(format!(": {}", item.content))
                .and_quiet(format!(
                    " ({} {})",
                    words.get(&["treaties", "requirements"]),
                    titles.join("; ")
                )),
        );
    }
}

/// Provisions gathered by act, one line each.
pub(super) fn places(list: &[Places]) -> Vec<Text> {
    list.iter().map(|place| Text::plain(place.line())).collect()
}

/// Names of what is missing, one line each.
pub(super) fn names(list: &[Missing]) -> Vec<Text> {
    list.iter().map(|item| Text::plain(&item.name)).collect()
}

fn verdict(view: &VerdictView) -> Text {
    Text::default().and_verdict(view)
}

fn concordance(body: &mut Body, words: &Words, page: &JurisdictionPage) {
    body.heading(1, words.get(&["section", "concordance"]));
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for group in &page.groups {
        for finding in &group.findings {
            let mut verdicts = vec![verdict(&finding.verdict)];
            for review in &finding.reviews {
                if let Some(said) = &review.verdict {
                    verdicts.push(Text::plain(format!("{}: ", review.reviewer)).and_verdict(said));
                }
            }
            let verb = finding.recommendation.as_ref().map_or("", |r| &r.word);
            rows.push(vec![
                vec![
                    Text::plain(&finding.title),
                    Text::default().and_code(&finding.id),
                ]
                .into(),
                finding.citations().into(),
                places(&finding.provisions).into(),
                verdicts.into(),
                names(&finding.missing).into(),
                Text::bold(verb).into(),
            ]);
        }
    }
    let header = [
        "requirement",
        "instruments",
        "national",
        "verdict",
        "missing",
        "recommendation",
    ]
    .map(|key| words.get(&["concordance", key]));
    body.table(&[9, 8, 10, 6, 7, 5], &header, rows);
}

fn write_finding(body: &mut Body, words: &Words, finding: &FindingView) {
    body.heading(3, &finding.title);
    body.paragraph(
        "Small",
        &verdict(&finding.verdict).and("   ").and_code(&finding.id),
    );
    body.paragraph("Statement", &Text::plain(&finding.sentence));
    let asked: Vec<String> = finding
        .asked
        .iter()
        .map(|group| {
            let cited: Vec<&str> = group.sources.iter().map(|s| s.citation.as_str()).collect();
            format!("{} ({})", cited.join("; "), group.word)
        })
        .collect();
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut row = |name: &str, cell: Cell| rows.push(vec![Text::bold(name).into(), cell]);
    row(words.get(&["finding", "asked"]), asked.join("\n").into());
    if let Some(found) = &finding.recommendation {
        let grounds = words.filled(
            &["recommendation", "grounds"],
            &[("grounds", &found.grounds)],
        );
        let text = Text::bold(&found.word).and_quiet(format!(" {grounds}"));
        row(words.get(&["recommendation", "heading"]), text.into());
    }
    if !finding.provisions.is_empty() {
        let list = places(&finding.provisions);
        row(words.get(&["finding", "also"]), list.into());
    }
    if !finding.fully_held && !finding.coverage.is_empty() {
        let held = finding.coverage.as_str();
        row(words.get(&["finding", "coverage"]), held.into());
    }
    for item in &finding.reservations {
        let text = format!("{}: {}", item.instrument, item.content);
        row(words.get(&["finding", "reservations"]), text.into());
    }
    for review in &finding.reviews {
        let mut text =
            Text::bold(&review.reviewer).and(format!(" ({}) {}", review.date, review.opinion_word));
        if let Some(said) = &review.verdict {
            text = text.and(": ").and_verdict(said);
        }
        text = text.and(format!("\n{}", review.why));
        if !review.state_word.is_empty() {
            text = text.and_bold(format!("\n{}", review.state_word));
        }
        row(words.get(&["finding", "reviews"]), text.into());
    }
    body.table(&[3, 10], &[], rows);
    if !finding.quotations.is_empty() {
        body.heading(4, words.get(&["finding", "evidence"]));
    }
    for quotation in finding.quotations.iter().chain(&finding.further) {
        write_quotation(body, words, quotation);
    }
    if finding.more_evidence {
        let further = words.get(&["finding", "further"]);
        body.paragraph("Small", &Text::default().and_quiet(further));
    }
    elements(body, words, finding);
    statements(body, words, "definitions", "element", &finding.definitions);
    statements(body, words, "ages", "age", &finding.ages);
    statements(body, words, "penalties", "read", &finding.penalties);
    pairs(body, words, finding);
    trace(body, words, finding);
    if !finding.notes.is_empty() {
        body.heading(4, words.get(&["finding", "notes"]));
        for note in &finding.notes {
            body.bullet(&Text::plain(note));
        }
    }
}

/// A quotation with its source over it and its marks under it.
pub(super) fn write_quotation(body: &mut Body, words: &Words, quotation: &QuotationView) {
    let version = if quotation.date.is_empty() {
        words.get(&["finding", "undated"]).to_owned()
    } else {
        words.filled(&["finding", "version"], &[("date", &quotation.date)])
    };
    let hash: String = quotation.sha256.chars().take(12).collect();
    body.paragraph(
        "QuoteHead",
        &Text::bold(format!(
            "{}, {}",
            set_apart(&quotation.act),
            set_apart(&quotation.locators)
        ))
        .and_quiet(format!(" · {version} · {} · ", quotation.language_name))
        .and_code(format!("{} SHA-256 {hash}", quotation.file)),
    );
    let mut text =
        Text::of_law(&quotation.language, quotation.direction).and(if quotation.cut_before {
            "… “"
        } else {
            "“"
        });
    for piece in &quotation.pieces {
        text = if piece.polarity.is_empty() {
            text.and(&piece.text)
        } else {
            text.and_marked(&piece.text, piece.polarity)
        };
        text = text.and_raised(&piece.ends);
    }
    text = text.and(if quotation.cut_after {
        "” …"
    } else {
        "”"
    });
    let style = if quotation.direction == "rtl" {
        "QuoteRightToLeft"
    } else {
        "Quote"
    };
    body.paragraph(style, &text);
    for mark in &quotation.marks {
        let bytes = words.filled(
            &["finding", "bytes"],
            &[
                ("start", &mark.start.to_string()),
                ("end", &mark.end.to_string()),
            ],
        );
        let locator = if mark.locator.is_empty() {
            String::new()
        } else {
            format!("{}, ", mark.locator)
        };
        body.paragraph(
            "Small",
            &Text::default()
                .and_raised(mark.number.to_string())
                .and(" ")
                .and_bold(&mark.element)
                .and(format!(": {}", mark.polarity_word))
                .and_quiet(format!(" · {locator}{bytes}")),
        );
    }
}

fn elements(body: &mut Body, words: &Words, finding: &FindingView) {
    if finding.elements.is_empty() {
        return;
    }
    body.heading(4, words.get(&["finding", "elements"]));
    let rows = finding
        .elements
        .iter()
        .map(|element| {
            let mut text = Text::plain(&element.name);
            if !element.text.is_empty() {
                text = Text::plain(&element.text).and_quiet(format!(" ({})", element.name));
            }
            vec![
                Cell::from(format!("{} {}", element.sign, element.state_word)),
                Cell::from(text),
                Cell::from(element.role.as_str()),
            ]
        })
        .collect();
    body.table(
        &[3, 10, 3],
        &[
            words.get(&["finding", "state"]),
            words.get(&["finding", "element"]),
            words.get(&["finding", "role"]),
        ],
        rows,
    );
}

fn statements(body: &mut Body, words: &Words, heading: &str, what: &str, list: &[StatementView]) {
    if list.is_empty() {
        return;
    }
    body.heading(4, words.get(&["finding", heading]));
    let rows = list
        .iter()
        .map(|item| {
            vec![
                Cell::from(item.what.as_str()),
                Cell::from(format!(
                    "{}: {}",
                    set_apart(&item.act),
                    set_apart(&item.locator)
                )),
                Cell::from(Text::of_law(&item.language, item.direction).and(&item.words)),
            ]
        })
        .collect();
    let header = [
        words.get(&["finding", what]),
        words.get(&["finding", "provision"]),
        words.get(&["finding", "evidence"]),
    ];
    body.table(&[3, 5, 9], &header, rows);
}

fn pairs(body: &mut Body, words: &Words, finding: &FindingView) {
    if finding.pairs.is_empty() {
        return;
    }
    body.heading(4, words.get(&["finding", "pairs"]));
    let rows = finding
        .pairs
        .iter()
        .map(|pair| {
            let class = if pair.state == "unknown" {
                pair.title.clone()
            } else {
                format!("{} ({})", pair.title, pair.class)
            };
            let place = if pair.locator.is_empty() {
                String::new()
            } else {
                format!("{}: {}", set_apart(&pair.act), set_apart(&pair.locator))
            };
            vec![
                Cell::from(
                    Text::default()
                        .and_code(format!("{} ", pair.code))
                        .and(&pair.offline),
                ),
                Cell::from(pair.online.as_str()),
                Cell::from(Text::bold(class)),
                Cell::from(place),
                Cell::from(Text::of_law(&pair.language, pair.direction).and(&pair.words)),
            ]
        })
        .collect();
    let header = ["offline", "online", "class", "provision", "words"]
        .map(|key| words.get(&["finding", key]));
    body.table(&[5, 5, 3, 4, 5], &header, rows);
}

fn trace(body: &mut Body, words: &Words, finding: &FindingView) {
    let Some(trace) = &finding.trace else {
        return;
    };
    body.heading(4, words.get(&["finding", "trace"]));
    let acts: Vec<Text> = trace
        .acts
        .iter()
        .map(|act| Text::plain(&act.title).and_quiet(format!(" ({})", act.articles)))
        .collect();
    let mut rows: Vec<Vec<Cell>> = vec![vec![
        Text::bold(words.get(&["finding", "trace-acts"])).into(),
        acts.into(),
    ]];
    if !trace.concepts.is_empty() {
        rows.push(vec![
            Text::bold(words.get(&["finding", "trace-concepts"])).into(),
            trace.concepts.join(", ").into(),
        ]);
    }
    body.table(&[3, 10], &[], rows);
    if !trace.near_misses.is_empty() {
        body.heading(4, words.get(&["finding", "near"]));
    }
    for near in &trace.near_misses {
        write_quotation(body, words, &near.quotation);
        let text = format!(
            "{} {}; {} {}",
            words.get(&["finding", "has"]),
            near.has.join(", "),
            words.get(&["finding", "lacks"]),
            near.lacks.join(", ")
        );
        body.paragraph("Small", &Text::default().and_quiet(text));
    }
}

/// The requirements on which the language versions of the law disagree.
fn versions(body: &mut Body, words: &Words, page: &JurisdictionPage) {
    if page.disagreements.is_empty() {
        return;
    }
    body.heading(2, words.get(&["section", "versions"]));
    body.paragraph("Small", &Text::plain(words.get(&["versions", "note"])));
    let rows = page
        .disagreements
        .iter()
        .map(|item| {
            let read = |verdict: &VerdictView, places: &[String]| {
                Text::bold(&verdict.word).and_quiet(format!(" {}", places.join(", ")))
            };
            vec![
                Cell::from(item.requirement.title.as_str()),
                read(&item.verdict, &item.provisions).into(),
                item.language_name.as_str().into(),
                read(&item.other_verdict, &item.other_provisions).into(),
            ]
        })
        .collect();
    let header = [
        words.get(&["concordance", "requirement"]),
        words.get(&["versions", "searched"]),
        words.get(&["texts", "language"]),
        words.get(&["versions", "other"]),
    ];
    body.table(&[5, 5, 2, 5], &header, rows);
}

fn annex(body: &mut Body, words: &Words, page: &JurisdictionPage) {
    body.heading(1, words.get(&["section", "annex"]));
    body.heading(2, words.get(&["section", "texts"]));
    super::compare::texts(body, words, &page.acts, &page.unread, false);
    versions(body, words, page);
    if !page.warnings.is_empty() {
        body.heading(2, words.get(&["section", "warnings"]));
        for item in &page.warnings {
            body.bullet(&Text::bold(&item.place).and(format!(": {}", item.message)));
        }
    }
    if !page.without_rules.is_empty() {
        body.heading(2, words.get(&["section", "without-rules"]));
        let titles: Vec<&str> = page
            .without_rules
            .iter()
            .map(|r| r.title.as_str())
            .collect();
        body.paragraph("Small", &Text::plain(titles.join("; ")));
    }
    body.heading(2, words.get(&["section", "instruments"]));
    for item in &page.instruments {
        let text = Text::bold(&item.code)
            .and(format!(" {}", item.title))
            .and_quiet(format!(" ({})", item.nature));
        body.paragraph("Small", &text);
    }
}

/// How to read a report.
pub(super) fn method(body: &mut Body, words: &Words, meanings: &[Meaning]) {
    let text = |key: &str| Text::plain(words.get(&["method", key]));
    body.heading(1, words.get(&["section", "method"]));
    body.paragraph("Normal", &text("intro"));
    let rows = meanings
        .iter()
        .map(|item| {
            vec![
                Cell::from(verdict(&item.verdict)),
                item.meaning.as_str().into(),
            ]
        })
        .collect();
    body.table(&[4, 9], &[words.get(&["method", "verdicts"]), ""], rows);
    for key in ["undetermined", "untested", "quotations"] {
        body.paragraph("Normal", &text(key));
    }
    body.paragraph(
        "Normal",
        &text("check")
            .and(" ")
            .and_code(words.get(&["method", "check-command"])),
    );
    body.paragraph("Normal", &text("verbs"));
    let rows = ["requires", "requests", "invites"]
        .map(|verb| {
            let meaning = format!("{verb}-meaning");
            vec![
                Cell::from(Text::bold(words.get(&["recommendation", verb]))),
                Cell::from(words.get(&["recommendation", &meaning]).to_owned()),
            ]
        })
        .to_vec();
    body.table(&[4, 9], &[], rows);
    for key in ["limits", "same"] {
        body.paragraph("Normal", &text(key));
    }
}
