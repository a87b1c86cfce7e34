//! Pages that nest every unit in an element with a class of its kind, whose
//! heading holds the number in a span: `<div class="prov"><h5><span
//! class="label">12</span> Title</h5>`, `<section class="subsection"><h2><span
//! class="num">(1)</span></h2>`. Structure is stated in full, so the tree is
//! built without the grammar of headings.

use scraper::node::Element;

use super::style::StyleSheet;
use super::table;
use super::tree::{Event, inside, words};
use crate::ingest::formats::line::{Line, Look};
use crate::ingest::formats::xml::without_word;
use crate::ingest::{ActBuilder, Unit};
use crate::law::{Number, ProvisionId, Standing, UnitKind};

/// The classes of one way to publish.
#[derive(Debug)]
pub(super) struct Markup {
    /// Class of the span that holds a unit's number.
    label: &'static str,
    /// Class of the unit that is cited by number.
    article: &'static str,
    /// Classes of units; of several on one element the first here counts.
    units: &'static [(&'static str, UnitKind)],
    /// Furniture around and within the text.
    furniture: &'static [&'static str],
    /// Editorial matter.
    notes: &'static [&'static str],
    /// Words of other acts.
    quoted: &'static [&'static str],
    /// Whether `blockquote` holds units of another act.
    quoted_in_blocks: bool,
}

/// `div.prov`, `div.subprov`, `div.label-para` with `span.label`.
const PROVISIONS: Markup = Markup {
    label: "label",
    article: "prov",
    units: &[
        ("part", UnitKind::Part),
        ("subpart", UnitKind::Chapter),
        ("schedule", UnitKind::Schedule),
        ("skeleton-act", UnitKind::Schedule),
        ("prov", UnitKind::Article),
        ("subprov", UnitKind::Subsection),
        ("label-para", UnitKind::Point),
        ("def-para", UnitKind::Alinea),
    ],
    furniture: &[
        "cover",
        "cover-reprint",
        "contents",
        "slInfoAlert",
        "legislationFooter",
        "crest",
        "deletion-status",
    ],
    notes: &[
        "history",
        "history-note",
        "cf",
        "editorial-note",
        "end-reprint-note",
        "reprint-index",
        "reprint-notes",
        "reprint-note",
        "empowering-prov",
    ],
    quoted: &["amend"],
    quoted_in_blocks: false,
};

/// Akoma Ntoso written as HTML: the element names are classes.
const AKOMA_NTOSO: Markup = Markup {
    label: "num",
    article: "section",
    units: &[
        ("schedule", UnitKind::Schedule),
        ("attachment", UnitKind::Schedule),
        ("crossheading", UnitKind::Division),
        ("definition", UnitKind::Alinea),
        ("book", UnitKind::Book),
        ("part", UnitKind::Part),
        ("subpart", UnitKind::Division),
        ("chapter", UnitKind::Chapter),
        ("subchapter", UnitKind::Division),
        ("division", UnitKind::Division),
        ("article", UnitKind::Article),
        ("section", UnitKind::Article),
        ("rule", UnitKind::Article),
        ("subsection", UnitKind::Subsection),
        ("subparagraph", UnitKind::Subsection),
        ("paragraph", UnitKind::Point),
        ("level", UnitKind::Point),
        ("point", UnitKind::Point),
    ],
    furniture: &["meta", "coverPage", "toc"],
    notes: &["annotations", "authorialNote", "commentary", "remark"],
    quoted: &["quotedStructure", "embeddedStructure", "quotedText"],
    quoted_in_blocks: true,
};

/// A unit's heading stands within so many events of its beginning.
const NEAR: usize = 40;

impl Markup {
    /// The markup the page is written in, if it is of this kind.
    pub(super) fn of(events: &[Event<'_>]) -> Option<&'static Markup> {
        [&PROVISIONS, &AKOMA_NTOSO]
            .into_iter()
            .find(|markup| markup.fits(events))
    }

    /// Whether most units of the article class hold a label.
    fn fits(&self, events: &[Event<'_>]) -> bool {
        let mut articles = 0;
        let mut labelled = 0;
        for (at, event) in events.iter().enumerate() {
            if let Event::Open(element, _) = event
                && matches!(element.name(), "div" | "section")
                && has_class(element, self.article)
            {
                articles += 1;
                let labels = inside(events, at).iter().take(12).any(|event| {
                    matches!(event, Event::Open(element, _) if has_class(element, self.label))
                });
                labelled += usize::from(labels);
            }
        }
        articles > 0 && labelled * 2 >= articles
    }

    fn kind(&self, element: &Element) -> Option<UnitKind> {
        self.units
            .iter()
            .find(|(class, _)| has_class(element, class))
            .map(|(_, kind)| *kind)
    }
}

/// Whether the element carries the class, with or without the prefix that
/// keeps Akoma Ntoso's names apart from a site's own.
fn has_class(element: &Element, class: &str) -> bool {
    element
        .classes()
        .any(|own| own == class || own.strip_prefix("akn-") == Some(class))
}

/// Reads the page into the builder.
pub(super) fn build(
    markup: &'static Markup,
    events: &[Event<'_>],
    sheet: &StyleSheet,
    builder: &mut ActBuilder,
) {
    let is_document = |event: &Event<'_>| match event {
        Event::Open(element, _) => {
            matches!(element.name(), "div" | "article")
                && ["act", "bill", "regulation"]
                    .iter()
                    .any(|class| has_class(element, class))
        }
        _ => false,
    };
    let start = events.iter().position(is_document).unwrap_or(0);
    let end = match events.get(start) {
        Some(Event::Open(_, close)) => *close,
        _ => events.len(),
    };
    let mut reader = Reader {
        markup,
        builder,
        sheet,
        line: Line::default(),
        open: Vec::new(),
        crosshead: None,
        taken: None,
        quoted_under: ProvisionId::ROOT,
    };
    let mut at = start;
    while at < end {
        at = reader.step(events, at);
    }
    reader.end_line();
}

struct Reader<'b> {
    markup: &'static Markup,
    builder: &'b mut ActBuilder,
    sheet: &'b StyleSheet,
    line: Line,
    /// One entry for every open element.
    open: Vec<Opened>,
    /// The open group of provisions under a heading without a `div`.
    crosshead: Option<ProvisionId>,
    /// Place of the heading that the unit just opened has taken.
    taken: Option<usize>,
    /// The unit that the quotation being read stands in.
    quoted_under: ProvisionId,
}

/// What an open element stands for.
#[derive(Debug, Clone, Copy, Default)]
struct Opened {
    unit: Option<ProvisionId>,
    look: Look,
    standing: Standing,
}

impl Reader<'_> {
    fn step(&mut self, events: &[Event<'_>], at: usize) -> usize {
        match events.get(at) {
            Some(Event::Open(element, close)) => return self.open(events, at, element, *close),
            Some(Event::Text(text)) => self.line.push(text, self.outer().look, None),
            Some(Event::Close(element)) => {
                if is_block(element.name()) {
                    self.end_line();
                }
                if let Some(unit) = self.open.pop().and_then(|opened| opened.unit) {
                    self.close_unit(unit);
                }
            }
            None => {}
        }
        at + 1
    }

    fn open(&mut self, events: &[Event<'_>], at: usize, element: &Element, close: usize) -> usize {
        if self.taken == Some(at) {
            self.taken = None;
            if heading_is_deleted(events, at) {
                self.set_repealed("");
            }
            return close + 1;
        }
        if has_class(element, "deletion-status") {
            self.end_line();
            self.set_repealed(&words(inside(events, at)));
            return close + 1;
        }
        let one_of = |classes: &[&str]| classes.iter().any(|class| has_class(element, class));
        if one_of(self.markup.furniture) {
            return close + 1;
        }
        if is_block(element.name()) {
            self.end_line();
        }
        if element.name() == "table"
            && let Some(rows) = table::rows(inside(events, at), self.sheet)
        {
            for row in rows {
                self.paragraph(&row);
            }
            return close + 1;
        }
        let outer = self.outer();
        let mut opened = Opened {
            unit: None,
            look: outer.look.and(self.sheet.look(element)),
            standing: outer.standing,
        };
        if one_of(self.markup.notes) {
            opened.standing = Standing::Note;
        } else if one_of(self.markup.quoted) {
            opened.standing = Standing::Quoted;
        } else if self.markup.quoted_in_blocks && element.name() == "blockquote" {
            opened.standing = Standing::Quoted;
            self.quoted_under = self.builder.current();
        }
        if is_heading(element.name()) {
            let heading = heading(events, at, self.markup.label);
            if has_class(element, "crosshead") {
                self.open_crosshead(&heading);
            } else {
                self.paragraph(heading.join(" ").trim());
            }
            if heading_is_deleted(events, at) {
                self.set_repealed("");
            }
            return close + 1;
        }
        let quoted = self.markup.quoted_in_blocks && opened.standing == Standing::Quoted;
        if (opened.standing == Standing::InForce || quoted)
            && matches!(element.name(), "div" | "section")
        {
            opened.unit = self.open_unit(events, at, element, quoted);
        }
        self.open.push(opened);
        at + 1
    }

    /// Opens the unit an element stands for, if it stands for one.
    fn open_unit(
        &mut self,
        events: &[Event<'_>],
        at: usize,
        element: &Element,
        quoted: bool,
    ) -> Option<ProvisionId> {
        let kind = self.markup.kind(element)?;
        let (taken, [number, heading]) = own_heading(events, at, self.markup.label, kind);
        let outer = if quoted && self.builder.current() == self.quoted_under {
            // What is quoted has a hierarchy of its own.
            UnitKind::Act
        } else {
            self.builder.current_kind()
        };
        let kind = match kind {
            // The numbered paragraphs of a schedule are its articles.
            UnitKind::Point if outer.is_group() && has_class(element, "paragraph") => {
                UnitKind::Article
            }
            UnitKind::Point if matches!(outer, UnitKind::Point | UnitKind::Subpoint) => {
                UnitKind::Subpoint
            }
            kind => kind,
        };
        if number.is_empty()
            && matches!(
                kind,
                UnitKind::Subsection | UnitKind::Point | UnitKind::Subpoint
            )
        {
            self.taken = taken.filter(|_| heading.is_empty());
            return None;
        }
        self.taken = taken;
        if matches!(kind, UnitKind::Part | UnitKind::Schedule) {
            self.close_crosshead();
        }
        let standing = if quoted || has_class(element, "skeleton-act") {
            Standing::Quoted
        } else if element
            .attr("data-x-status")
            .is_some_and(|status| status.eq_ignore_ascii_case("prospective"))
        {
            Standing::NotInForce
        } else {
            Standing::InForce
        };
        let unit = Unit {
            number: &number,
            heading: &heading,
            standing,
        };
        let bare = without_word(number.trim().trim_start_matches(['“', '‘', '"', '«']));
        let cited = matches!(kind, UnitKind::Article | UnitKind::Schedule) && bare != number.trim();
        Some(if cited && !bare.is_empty() {
            self.builder.open_cited(kind, Number::new(bare), unit)
        } else {
            self.builder.open(kind, unit)
        })
    }

    /// Closes everything down to and including the unit.
    fn close_unit(&mut self, unit: ProvisionId) {
        if self.crosshead.is_some_and(|crosshead| crosshead > unit) {
            self.crosshead = None;
        }
        while self.builder.current() > unit {
            self.builder.close();
        }
        if self.builder.current() == unit {
            self.builder.close();
        }
    }

    /// An unnumbered heading over provisions groups them until the next one.
    fn open_crosshead(&mut self, [number, heading]: &[String; 2]) {
        self.close_crosshead();
        self.crosshead = Some(self.builder.open(
            UnitKind::Division,
            Unit {
                number,
                heading,
                standing: Standing::InForce,
            },
        ));
    }

    fn close_crosshead(&mut self) {
        if let Some(crosshead) = self.crosshead.take() {
            self.close_unit(crosshead);
        }
    }

    fn set_repealed(&mut self, mark: &str) {
        let current = self.builder.current();
        if current != ProvisionId::ROOT {
            self.builder.set_standing(current, Standing::Repealed);
        }
        self.builder.paragraph(mark);
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        if let Some(struck) = line.struck() {
            self.builder.alinea(0, &struck, Standing::Repealed);
        }
        self.paragraph(&line.text());
    }

    fn paragraph(&mut self, text: &str) {
        let unit = self.builder.current();
        let own = self.builder.provisions().get(unit.index());
        match self.outer().standing {
            Standing::InForce => self.builder.paragraph(text),
            // The words of a quoted unit need no unit of their own.
            standing if own.is_some_and(|own| own.standing == standing) => {
                self.builder.paragraph(text);
            }
            standing => self.builder.alinea(0, text, standing),
        }
    }

    fn outer(&self) -> Opened {
        self.open.last().copied().unwrap_or_default()
    }
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

fn is_block(name: &str) -> bool {
    is_heading(name)
        || matches!(
            name,
            "p" | "div" | "section" | "footer" | "table" | "tr" | "td" | "li" | "br"
        )
}

/// Number and heading of the unit whose element opens at `at`, with the place
/// of the element that holds them: its first heading, or its first label.
fn own_heading(
    events: &[Event<'_>],
    at: usize,
    label: &str,
    kind: UnitKind,
) -> (Option<usize>, [String; 2]) {
    for (offset, event) in inside(events, at).iter().take(NEAR).enumerate() {
        let place = at + 1 + offset;
        match event {
            Event::Open(element, _)
                if is_heading(element.name())
                    || element.name() == "p" && has_class(element, "subprov") =>
            {
                let mut found = heading(events, place, label);
                if found[0].is_empty() && kind == UnitKind::Article {
                    found = split_number(&found[1]);
                }
                return (Some(place), found);
            }
            Event::Open(element, _) if has_class(element, label) => {
                return (Some(place), [label_words(events, place), String::new()]);
            }
            // The heading comes before any text and within the first wrappers.
            Event::Text(text) if !text.trim().is_empty() => break,
            Event::Open(element, _)
                if ["para", "prov-body", "content", "intro"]
                    .iter()
                    .any(|class| has_class(element, class)) =>
            {
                break;
            }
            _ => {}
        }
    }
    (None, [String::new(), String::new()])
}

/// The words of a label: it is short, whatever is nested in it.
fn label_words(events: &[Event<'_>], at: usize) -> String {
    let inner = inside(events, at);
    words(&inner[..inner.len().min(NEAR)])
}

/// `12A. Title`: a number without a span of its own.
fn split_number(heading: &str) -> [String; 2] {
    match heading.split_once(". ") {
        Some((number, title))
            if number.starts_with(|c: char| c.is_ascii_digit()) && number.len() < 10 =>
        {
            [number.to_string(), title.to_string()]
        }
        _ => [String::new(), heading.to_string()],
    }
}

/// The label and the other words of the heading that opens at `at`.
fn heading(events: &[Event<'_>], at: usize, label_class: &str) -> [String; 2] {
    let end = match events.get(at) {
        Some(Event::Open(_, close)) => *close,
        _ => at,
    };
    let (mut label, mut rest) = (String::new(), String::new());
    let mut next = at + 1;
    while next < end {
        match events.get(next) {
            Some(Event::Open(element, close)) if has_class(element, label_class) => {
                label = label_words(events, next);
                next = close + 1;
                continue;
            }
            Some(Event::Open(element, close)) if has_class(element, "deletion-status") => {
                next = close + 1;
                continue;
            }
            Some(Event::Text(text)) => rest.push_str(text),
            Some(Event::Open(element, _)) if element.name() == "br" => rest.push(' '),
            _ => {}
        }
        next += 1;
    }
    [label, super::fold(&rest)]
}

fn heading_is_deleted(events: &[Event<'_>], at: usize) -> bool {
    inside(events, at).iter().any(
        |event| matches!(event, Event::Open(element, _) if has_class(element, "deletion-status")),
    )
}
