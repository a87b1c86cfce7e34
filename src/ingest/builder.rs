//! Assembles an act's canonical text and provision tree in document order.
//! Every format reader speaks to this and to nothing else.

use std::borrow::Cow;

use icu_normalizer::ComposingNormalizerBorrowed;

use crate::law::{
    Act, ActSource, CanonicalText, Jurisdiction, Language, Number, Problem, ProblemKind, Provision,
    ProvisionId, Span, Standing, UnitKind, Validity,
};

/// What is known about an act besides its text. Empty strings mean unknown.
#[derive(Debug, Clone, Default)]
pub struct Metadata {
    /// Title of the act.
    pub title: String,
    /// Official identifier.
    pub identifier: String,
    /// BCP 47 tag of the language.
    pub language: String,
    /// Date of the version.
    pub date: String,
}

/// A new unit to open.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unit<'a> {
    /// Number as printed, without the word "Article" where the markup allows.
    pub number: &'a str,
    /// Heading, if any.
    pub heading: &'a str,
    /// Standing, if the markup tells.
    pub standing: Standing,
}

/// Builds one act. Readers open units, add text, close units; the builder
/// keeps offsets, white space and Unicode form (NFC) consistent.
#[derive(Debug)]
pub struct ActBuilder {
    text: String,
    provisions: Vec<Provision>,
    open: Vec<ProvisionId>,
    metadata: Metadata,
    problems: Vec<Problem>,
}

impl Default for ActBuilder {
    fn default() -> Self {
        Self::new()
    }
}

impl ActBuilder {
    /// An empty act; the root unit is open.
    pub fn new() -> Self {
        Self {
            text: String::new(),
            provisions: vec![Provision {
                parent: None,
                kind: UnitKind::Act,
                number: None,
                heading: None,
                span: Span::new(0, 0),
                body_start: 0,
                standing: Standing::InForce,
                validity: Validity::default(),
            }],
            open: vec![ProvisionId::ROOT],
            metadata: Metadata::default(),
            problems: Vec::new(),
        }
    }

    /// What the file says about itself; readers fill it as they find it.
    pub fn metadata(&mut self) -> &mut Metadata {
        &mut self.metadata
    }

    /// Notes a problem found while reading.
    pub fn problem(&mut self, kind: ProblemKind, detail: impl Into<String>) {
        self.problems.push(Problem::new(kind, detail));
    }

    /// Opens a unit inside the innermost open one. Its number and heading go
    /// into the canonical text, on one line for articles and groups, before
    /// the first words for smaller units.
    pub fn open(&mut self, kind: UnitKind, unit: Unit<'_>) -> ProvisionId {
        self.end_line();
        let start = self.text.len();
        let number = clean(unit.number);
        self.text.push_str(&number);
        let heading_text = clean(unit.heading);
        let heading = (!heading_text.is_empty()).then(|| {
            if !number.is_empty() {
                self.text.push(' ');
            }
            let from = self.text.len();
            self.text.push_str(&heading_text);
            Span::new(from, self.text.len())
        });
        if kind <= UnitKind::Article || heading.is_some() {
            self.end_line();
        } else if !number.is_empty() {
            self.text.push(' ');
        }
        let id = ProvisionId(self.provisions.len() as u32);
        self.provisions.push(Provision {
            parent: self.open.last().copied(),
            kind,
            number: (!number.is_empty()).then(|| Number::new(&number)),
            heading,
            span: Span::new(start, self.text.len()),
            body_start: self.text.len(),
            standing: unit.standing,
            validity: Validity::default(),
        });
        self.open.push(id);
        id
    }

    /// Opens a unit that is cited by another number than the one printed: a
    /// counted paragraph (nothing is printed), `Schedule 2` cited as 2.
    pub fn open_cited(&mut self, kind: UnitKind, cited: Number, unit: Unit<'_>) -> ProvisionId {
        let id = self.open(kind, unit);
        self.provisions[id.index()].number = Some(cited);
        id
    }

    /// Gives the innermost open unit a heading that stands after its opening
    /// (a marginal note, a caption), unless it already has one.
    pub fn heading(&mut self, heading: &str) {
        let heading = clean(heading);
        let Some(id) = self.open.last().copied() else {
            return;
        };
        let index = id.index();
        if heading.is_empty() || self.provisions[index].heading.is_some() || index == 0 {
            return;
        }
        let unit = &self.provisions[index];
        let only_number = unit.body_start == self.text.len() && unit.span.start < self.text.len();
        if only_number && self.text.ends_with('\n') {
            // Nothing but the number so far: keep both on one line.
            self.text.pop();
            self.text.push(' ');
        } else {
            self.end_line();
        }
        let from = self.text.len();
        self.text.push_str(&heading);
        self.provisions[index].heading = Some(Span::new(from, self.text.len()));
        self.end_line();
        self.provisions[index].body_start = self.text.len();
    }

    /// Adds one paragraph of text to the innermost open unit.
    pub fn paragraph(&mut self, text: &str) {
        let text = clean(text);
        if text.is_empty() {
            return;
        }
        self.text.push_str(&text);
        self.end_line();
    }

    /// Adds one paragraph as a unit of its own with a standing: an unnumbered
    /// paragraph (`Alinea`), a note, a quoted wording.
    pub fn alinea(&mut self, place: u32, text: &str, standing: Standing) {
        let text = clean(text);
        if text.is_empty() {
            return;
        }
        self.end_line();
        let start = self.text.len();
        self.text.push_str(&text);
        self.provisions.push(Provision {
            parent: self.open.last().copied(),
            kind: UnitKind::Alinea,
            number: (place > 0).then(|| Number::counted(place)),
            heading: None,
            span: Span::new(start, self.text.len()),
            body_start: start,
            standing,
            validity: Validity::default(),
        });
        self.end_line();
    }

    /// Adds one paragraph that applies only between certain days, as a unit of
    /// its own.
    pub fn dated_alinea(&mut self, text: &str, standing: Standing, validity: Validity) {
        let id = ProvisionId(self.provisions.len() as u32);
        self.alinea(0, text, standing);
        self.set_validity(id, validity);
    }

    /// The innermost open unit.
    pub fn current(&self) -> ProvisionId {
        self.open.last().copied().unwrap_or(ProvisionId::ROOT)
    }

    /// Kind of the innermost open unit.
    pub fn current_kind(&self) -> UnitKind {
        self.provisions[self.current().index()].kind
    }

    /// Marks a unit's standing after it was opened.
    pub fn set_standing(&mut self, id: ProvisionId, standing: Standing) {
        if let Some(provision) = self.provisions.get_mut(id.index()) {
            provision.standing = standing;
        }
    }

    /// Says when a unit's wording applies; days already known stay. What is
    /// marked as repealed, suspended or not yet begun stays so on any day.
    pub fn set_validity(&mut self, id: ProvisionId, validity: Validity) {
        if let Some(provision) = self.provisions.get_mut(id.index())
            && matches!(
                provision.standing,
                Standing::InForce | Standing::Superseded | Standing::Transitional
            )
        {
            let known = &mut provision.validity;
            known.from = known.from.or(validity.from);
            known.until = known.until.or(validity.until);
        }
    }

    /// Closes the innermost open unit; the act itself stays open.
    pub fn close(&mut self) {
        if self.open.len() > 1 {
            self.end_line();
            let end = self.text.trim_end().len();
            let Some(id) = self.open.pop() else {
                return;
            };
            let holder = self.open.last().copied().unwrap_or(ProvisionId::ROOT);
            let opened = self.provisions[holder.index()].span.start;
            let provision = &mut self.provisions[id.index()];
            if end > provision.span.start {
                provision.span.end = end;
                provision.body_start = provision.body_start.min(end);
                return;
            }
            // A unit without text stands, with all within it, at the end of
            // what precedes it in the unit that holds it.
            let place = end.max(opened).min(provision.span.start);
            for empty in &mut self.provisions[id.index()..] {
                empty.span = Span::new(place, place);
                empty.body_start = place;
            }
        }
    }

    /// Closes units until the innermost open one is of a kind that may hold
    /// `kind` (that is, stands above it).
    pub fn close_to(&mut self, kind: UnitKind) {
        while self.open.len() > 1 && self.current_kind() >= kind {
            self.close();
        }
    }

    /// The text so far, for readers that look back.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The units so far, in document order.
    pub fn provisions(&self) -> &[Provision] {
        &self.provisions
    }

    /// Ends the act.
    pub fn finish(mut self, jurisdiction: Jurisdiction, source: ActSource) -> Act {
        while self.open.len() > 1 {
            self.close();
        }
        let length = self.text.len();
        self.provisions[0].span = Span::new(0, length);
        let provisions = super::first_paragraph::name(self.provisions, &self.text);
        Act {
            jurisdiction,
            source,
            title: clean(&self.metadata.title).into_owned(),
            identifier: clean(&self.metadata.identifier).into_owned(),
            language: Language::new(&self.metadata.language),
            date: clean(&self.metadata.date).into_owned(),
            text: CanonicalText::new(self.text),
            provisions,
            problems: self.problems,
        }
    }

    fn end_line(&mut self) {
        while self.text.ends_with(' ') {
            self.text.pop();
        }
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }
}

/// Whether white space is single blanks only. The first two passes run to the
/// end without a branch, so that the compiler can look at many bytes at once.
fn is_folded(text: &str) -> bool {
    let bytes = text.as_bytes();
    let other = bytes
        .iter()
        .fold(false, |found, byte| found | matches!(byte, 0x09..=0x0d));
    let doubled = bytes.windows(2).fold(false, |found, pair| {
        found | (pair[0] == b' ' && pair[1] == b' ')
    });
    !other && !doubled && (text.is_ascii() || !has_wide_spaces(text))
}

/// Whether there are no-break or wide spaces: they begin with one of few bytes.
fn has_wide_spaces(text: &str) -> bool {
    text.bytes().enumerate().any(|(at, byte)| {
        matches!(byte, 0xc2 | 0xe1 | 0xe2 | 0xe3)
            && text
                .get(at..)
                .is_some_and(|rest| rest.starts_with(char::is_whitespace))
    })
}

/// NFC, white space folded to single blanks, ends trimmed. No-break and
/// ideographic spaces count as white space; other characters stay.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    let folded = if is_folded(text) {
        Cow::Borrowed(text)
    } else {
        let mut folded = String::with_capacity(text.len());
        for word in text.split_whitespace() {
            if !folded.is_empty() {
                folded.push(' ');
            }
            folded.push_str(word);
        }
        Cow::Owned(folded)
    };
    let nfc = ComposingNormalizerBorrowed::new_nfc();
    if folded.is_ascii() || nfc.is_normalized(&folded) {
        folded
    } else {
        Cow::Owned(nfc.normalize(&folded).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::{ActBuilder, Unit};
    use crate::law::{ActSource, Jurisdiction, UnitKind};

    #[test]
    fn offsets_headings_and_locators_fit_the_text() {
        let mut builder = ActBuilder::new();
        builder.metadata().language = "en".into();
        builder.open(
            UnitKind::Part,
            Unit {
                number: "Part I",
                heading: "Offences",
                ..Unit::default()
            },
        );
        builder.open(
            UnitKind::Article,
            Unit {
                number: "12A",
                ..Unit::default()
            },
        );
        builder.heading("Keeping  of\u{a0}goats");
        builder.open(
            UnitKind::Subsection,
            Unit {
                number: "(1)",
                ..Unit::default()
            },
        );
        builder.paragraph("A person who keeps a goat");
        builder.open(
            UnitKind::Point,
            Unit {
                number: "(a)",
                ..Unit::default()
            },
        );
        builder.paragraph("indoors commits an offence.");
        let act = builder.finish(Jurisdiction::new("xx"), ActSource::default());
        assert_eq!(
            act.text.as_str(),
            "Part I Offences\n12A Keeping of goats\n(1) A person who keeps a goat\n(a) indoors commits an offence.\n"
        );
        let point = act.ids().last().unwrap();
        assert_eq!(act.locator(point).to_string(), "12A(1)(a)");
        assert_eq!(
            act.quote(act.provision(point).span),
            "(a) indoors commits an offence."
        );
        let offset = act.text.as_str().find("goat\n").unwrap();
        assert_eq!(act.locator(act.innermost_at(offset)).to_string(), "12A(1)");
        let headings: Vec<_> = act
            .headings(point)
            .into_iter()
            .map(|h| act.quote(h))
            .collect();
        assert_eq!(headings, ["Keeping of goats", "Offences"]);
    }

    #[test]
    fn a_heading_that_opens_a_unit_begins_its_own_line() {
        let mut builder = ActBuilder::new();
        builder.paragraph("Words before.");
        builder.open(UnitKind::Schedule, Unit::default());
        builder.heading("Final rules");
        builder.paragraph("Words after.");
        let act = builder.finish(Jurisdiction::new("xx"), ActSource::default());
        assert_eq!(
            act.text.as_str(),
            "Words before.\nFinal rules\nWords after.\n"
        );
        let schedule = act.ids().last().unwrap();
        assert_eq!(
            act.quote(act.provision(schedule).span),
            "Final rules\nWords after."
        );
    }
}
