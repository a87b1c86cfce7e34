//! Pages that nest every unit in a `div` of its kind (`part`, `prov`,
//! `subprov`, `label-para`) whose heading holds the number in
//! `<span class="label">`. Structure is stated in full, so the tree is built
//! without the grammar of headings.

use scraper::node::Element;

use super::style::StyleSheet;
use super::table;
use super::tree::{Event, has_class, inside, words};
use crate::ingest::formats::line::{Line, Look};
use crate::ingest::{ActBuilder, Unit};
use crate::law::{ProvisionId, Standing, UnitKind};

/// Classes of furniture around and within the text.
const FURNITURE: &[&str] = &[
    "cover",
    "cover-reprint",
    "contents",
    "slInfoAlert",
    "legislationFooter",
    "crest",
    "deletion-status",
];

/// Classes of editorial matter.
const NOTES: &[&str] = &[
    "history",
    "history-note",
    "cf",
    "editorial-note",
    "end-reprint-note",
    "reprint-index",
    "reprint-notes",
    "reprint-note",
    "empowering-prov",
];

/// Whether the page is of this kind.
pub(super) fn fits(events: &[Event<'_>]) -> bool {
    let provisions = events
        .iter()
        .filter(|event| {
            matches!(event, Event::Open(element, _)
                if element.name() == "div" && has_class(element, "prov"))
        })
        .count();
    let labels = events
        .iter()
        .filter(|event| {
            matches!(event, Event::Open(element, _)
                if element.name() == "span" && has_class(element, "label"))
        })
        .count();
    provisions > 0 && labels >= provisions
}

/// Reads the page into the builder.
pub(super) fn build(events: &[Event<'_>], sheet: &StyleSheet, builder: &mut ActBuilder) {
    let start = events
        .iter()
        .position(|event| {
            matches!(event, Event::Open(element, _)
                if element.name() == "div"
                    && (has_class(element, "act") || has_class(element, "bill")
                        || has_class(element, "regulation")))
        })
        .unwrap_or(0);
    let end = match events.get(start) {
        Some(Event::Open(_, close)) => *close,
        _ => events.len(),
    };
    let mut reader = Reader {
        builder,
        sheet,
        line: Line::default(),
        open: Vec::new(),
        crosshead: None,
    };
    let mut at = start;
    while at < end {
        at = reader.step(events, at);
    }
    reader.end_line();
}

struct Reader<'b> {
    builder: &'b mut ActBuilder,
    sheet: &'b StyleSheet,
    line: Line,
    /// One entry for every open element.
    open: Vec<Opened>,
    /// The open group of provisions under an unnumbered heading.
    crosshead: Option<ProvisionId>,
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
        if has_class(element, "deletion-status") {
            self.end_line();
            self.set_repealed(&words(inside(events, at)));
            return close + 1;
        }
        if FURNITURE.iter().any(|class| has_class(element, class)) {
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
        if NOTES.iter().any(|class| has_class(element, class)) {
            opened.standing = Standing::Note;
        }
        if is_heading(element.name()) {
            if has_class(element, "crosshead") {
                self.open_crosshead(&heading(events, at));
            } else if !is_unit_heading(element) {
                let heading = heading(events, at).join(" ");
                self.paragraph(heading.trim());
            }
            if heading_is_deleted(events, at) {
                self.set_repealed("");
            }
            return close + 1;
        }
        if element.name() == "p" && has_class(element, "subprov") {
            // Holds the label only, which the unit has taken.
            return close + 1;
        }
        if element.name() == "div" && opened.standing == Standing::InForce {
            opened.unit = self.open_unit(events, at, element);
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
    ) -> Option<ProvisionId> {
        let kind = [
            ("part", UnitKind::Part),
            ("subpart", UnitKind::Chapter),
            ("schedule", UnitKind::Schedule),
            ("skeleton-act", UnitKind::Schedule),
            ("prov", UnitKind::Article),
            ("subprov", UnitKind::Subsection),
            ("label-para", UnitKind::Point),
            ("def-para", UnitKind::Alinea),
        ]
        .into_iter()
        .find(|(class, _)| has_class(element, class))
        .map(|(_, kind)| kind)?;
        let [number, heading] = own_heading(events, at);
        let is_nested = self.builder.current_kind() >= UnitKind::Point
            && self.builder.current_kind() != UnitKind::Alinea;
        let kind = match kind {
            UnitKind::Point if is_nested => UnitKind::Subpoint,
            UnitKind::Subsection | UnitKind::Point if number.is_empty() => return None,
            kind => kind,
        };
        if matches!(kind, UnitKind::Part | UnitKind::Schedule) {
            self.close_crosshead();
        }
        let is_other_act = has_class(element, "skeleton-act");
        Some(self.builder.open(
            kind,
            Unit {
                number: &number,
                heading: &heading,
                standing: if is_other_act {
                    Standing::Quoted
                } else {
                    Standing::InForce
                },
            },
        ))
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
        match self.outer().standing {
            Standing::InForce => self.builder.paragraph(text),
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
    is_heading(name) || matches!(name, "p" | "div" | "table" | "tr" | "td" | "li" | "br")
}

/// Headings that `own_heading` reads for their unit.
fn is_unit_heading(element: &Element) -> bool {
    ["part", "subpart", "schedule", "prov", "label-para", "title"]
        .iter()
        .any(|class| has_class(element, class))
}

/// Number and heading of the unit whose `div` opens at `at`: those of its
/// first heading or labelled paragraph.
fn own_heading(events: &[Event<'_>], at: usize) -> [String; 2] {
    for (offset, event) in inside(events, at).iter().enumerate() {
        match event {
            Event::Open(element, _)
                if is_heading(element.name())
                    || element.name() == "p" && has_class(element, "subprov") =>
            {
                return heading(events, at + 1 + offset);
            }
            // The heading comes before any text and within the first wrappers.
            Event::Text(text) if !text.trim().is_empty() => break,
            Event::Open(element, _)
                if ["para", "prov-body"]
                    .iter()
                    .any(|class| has_class(element, class)) =>
            {
                break;
            }
            _ => {}
        }
    }
    [String::new(), String::new()]
}

/// The label and the words of the heading that opens at `at`.
fn heading(events: &[Event<'_>], at: usize) -> [String; 2] {
    let end = match events.get(at) {
        Some(Event::Open(_, close)) => *close,
        _ => at,
    };
    let (mut label, mut rest) = (String::new(), String::new());
    let mut next = at + 1;
    while next < end {
        match events.get(next) {
            Some(Event::Open(element, close)) if has_class(element, "label") => {
                label = words(inside(events, next));
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
