//! The walk over an act: units to elements, lines to paragraphs.

use super::Link;
use super::element::{Element, Ids, Tradition};
use super::meta;
use super::periods::Periods;
use super::xml::Xml;
use crate::law::{Act, ProvisionId, Span, Standing, UnitKind};

const NAMESPACE: &str = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0";
/// Namespace of the standings that the schema has no word for.
const STANDING: &str = "urn:concord:standing";

/// A part of a unit, in the order of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    /// A line of the unit's own words.
    Line(Span),
    /// A note, or words marked as repealed: no unit of their own.
    Aside(ProvisionId),
    /// A paragraph or unit of another act, quoted.
    Quoted(ProvisionId),
    /// A unit.
    Unit(ProvisionId),
}

struct Writer<'a> {
    act: &'a Act,
    links: Vec<Link>,
    tradition: Tradition,
    ids: Ids,
    periods: Periods,
    xml: Xml,
}

/// The whole document.
pub(super) fn document(act: &Act, links: &[Link]) -> String {
    let tradition = Tradition::of(act);
    let mut writer = Writer {
        act,
        links: sorted(links),
        tradition,
        ids: Ids::of(act, tradition),
        periods: Periods::of(act),
        xml: Xml::new(),
    };
    writer.xml.open("akomaNtoso", &[("xmlns", NAMESPACE)]);
    writer.xml.end_line();
    let contains = if writer.periods.is_empty() {
        "singleVersion"
    } else {
        "multipleVersions"
    };
    writer
        .xml
        .open("act", &[("name", "act"), ("contains", contains)]);
    writer.xml.end_line();
    writer.meta();
    writer.root();
    writer.xml.finish()
}

/// Links in order, without those that overlap an earlier one.
fn sorted(links: &[Link]) -> Vec<Link> {
    let mut sorted: Vec<Link> = links.to_vec();
    sorted.sort_unstable();
    let mut end = 0;
    sorted.retain(|link| {
        let keeps = link.span.start >= end && !link.span.is_empty();
        if keeps {
            end = link.span.end;
        }
        keeps
    });
    sorted
}

impl Writer<'_> {
    fn meta(&mut self) {
        self.xml.open("meta", &[]);
        self.xml.end_line();
        meta::identification(self.act, &mut self.xml);
        self.periods.lifecycle(&mut self.xml);
        self.standings();
        self.periods.temporal_data(&mut self.xml);
        meta::references(!self.periods.is_empty(), &mut self.xml);
        self.xml.close();
        self.xml.end_line();
    }

    /// Lists the units whose standing no attribute can tell.
    fn standings(&mut self) {
        let listed: Vec<(ProvisionId, &str)> = self
            .act
            .ids()
            .skip(1)
            .filter(|id| !is_aside(self.act, *id))
            .filter_map(|id| {
                let standing = match self.act.provision(id).standing {
                    _ if self.dates_tell(id) => return None,
                    Standing::Superseded => "#superseded",
                    Standing::Transitional => "#transitional",
                    Standing::NotInForce => "#prospective",
                    Standing::Note => "#note",
                    Standing::Contents => "#contents",
                    Standing::InForce | Standing::Repealed | Standing::Quoted => return None,
                };
                Some((id, standing))
            })
            .collect();
        if listed.is_empty() {
            return;
        }
        for name in ["analysis", "otherAnalysis"] {
            self.xml.open(name, &[("source", "#concord")]);
            self.xml.end_line();
        }
        for (id, standing) in listed {
            let href = format!("#{}", self.ids.unit(id));
            self.xml.empty(
                "status",
                &[("xmlns", STANDING), ("href", &href), ("refersTo", standing)],
            );
        }
        for _ in 0..2 {
            self.xml.close();
            self.xml.end_line();
        }
    }

    /// Whether the unit's period says that it is not the wording of the day.
    fn dates_tell(&self, id: ProvisionId) -> bool {
        let unit = self.act.provision(id);
        !unit.validity.is_open()
            && matches!(unit.standing, Standing::Superseded | Standing::NotInForce)
    }

    /// What stands before the first unit is the preface, the preamble follows
    /// it, everything else is the body.
    fn root(&mut self) {
        let pieces = self.pieces(ProvisionId::ROOT);
        let head = pieces
            .iter()
            .take_while(|piece| !matches!(piece, Piece::Unit(_)))
            .count();
        let (preface, rest) = pieces.split_at(head);
        if !preface.is_empty() {
            self.xml.open("preface", &[]);
            self.xml.end_line();
            self.blocks(ProvisionId::ROOT, preface);
            self.xml.close();
            self.xml.end_line();
        }
        let rest = match rest.split_first() {
            Some((Piece::Unit(first), rest)) if self.is_plain_preamble(*first) => {
                self.xml.open("preamble", &[("eId", self.ids.unit(*first))]);
                self.xml.end_line();
                let pieces = self.pieces(*first);
                self.blocks(*first, &pieces);
                self.xml.close();
                self.xml.end_line();
                rest
            }
            _ => rest,
        };
        self.xml.open("body", &[]);
        self.xml.end_line();
        if rest.is_empty() {
            let id = self.ids.inside(ProvisionId::ROOT, "hcontainer");
            self.xml
                .open("hcontainer", &[("eId", &id), ("name", "text")]);
            self.xml.close();
            self.xml.end_line();
        }
        self.hierarchy(ProvisionId::ROOT, rest, false);
        self.xml.close();
        self.xml.end_line();
    }

    /// A preamble that holds only paragraphs.
    fn is_plain_preamble(&self, id: ProvisionId) -> bool {
        let unit = self.act.provision(id);
        let pieces = self.pieces(id);
        unit.kind == UnitKind::Preamble
            && unit.number.is_none()
            && unit.heading.is_none()
            && unit.standing == Standing::InForce
            && !pieces.is_empty()
            && pieces.iter().all(|piece| !matches!(piece, Piece::Unit(_)))
    }

    /// The parts of a unit after its number and heading.
    fn pieces(&self, id: ProvisionId) -> Vec<Piece> {
        let unit = self.act.provision(id);
        let mut pieces = Vec::new();
        let mut at = if id == ProvisionId::ROOT {
            unit.span.start
        } else {
            unit.body_start
        };
        for child in self.act.children(id) {
            let span = self.act.provision(child).span;
            self.lines(Span::new(at, span.start), &mut pieces);
            pieces.push(if is_aside(self.act, child) {
                Piece::Aside(child)
            } else if self.begins_quotation(child) {
                Piece::Quoted(child)
            } else {
                Piece::Unit(child)
            });
            at = at.max(span.end);
        }
        self.lines(Span::new(at, unit.span.end), &mut pieces);
        pieces
    }

    fn lines(&self, span: Span, pieces: &mut Vec<Piece>) {
        let mut at = span.start;
        for line in self.act.quote(span).split('\n') {
            let start = at + (line.len() - line.trim_start().len());
            let words = Span::new(start, start + line.trim().len());
            if !words.is_empty() {
                pieces.push(Piece::Line(words));
            }
            at += line.len() + 1;
        }
    }

    /// Whether a unit is quoted and what holds it is not.
    fn begins_quotation(&self, id: ProvisionId) -> bool {
        let unit = self.act.provision(id);
        unit.standing == Standing::Quoted
            && unit
                .parent
                .is_none_or(|parent| self.act.standing(parent) != Standing::Quoted)
    }

    fn unit(&mut self, id: ProvisionId) {
        let unit = self.act.provision(id);
        let element = Element::of(unit.kind, unit.number.is_some(), self.tradition);
        let eid = self.ids.unit(id).to_owned();
        let period = self.periods.reference(unit.validity);
        let status = match unit.standing {
            _ if self.dates_tell(id) => "",
            Standing::Repealed | Standing::Superseded => "removed",
            _ => "",
        };
        // Between the start and the heading stands the number as printed.
        let printed_end = unit
            .heading
            .map_or(unit.body_start, |heading| heading.start);
        let printed = self
            .act
            .quote(Span::new(unit.span.start, printed_end.min(unit.span.end)))
            .trim();
        let cited = unit
            .number
            .as_ref()
            .map(|number| number.as_str())
            .filter(|cited| *cited != printed)
            .unwrap_or_default();
        self.xml.open(
            element.tag,
            &[
                ("eId", &eid),
                ("name", element.name),
                ("title", cited),
                ("status", status),
                ("period", &period),
            ],
        );
        self.xml.end_line();
        if !printed.is_empty() {
            self.xml.open("num", &[]);
            self.xml.text(printed);
            self.xml.close();
            self.xml.end_line();
        }
        if let Some(heading) = unit.heading {
            self.xml.open("heading", &[]);
            self.xml.text(self.act.quote(heading));
            self.xml.close();
            self.xml.end_line();
        }
        let pieces = self.pieces(id);
        if pieces.iter().any(|piece| matches!(piece, Piece::Unit(_))) {
            self.hierarchy(id, &pieces, true);
        } else if !pieces.is_empty() {
            self.block_part(id, "content", &pieces);
        }
        self.xml.close();
        self.xml.end_line();
    }

    /// Units with words between them. Words before the first are its `intro`
    /// and words after the last its `wrapUp`, where the element has these.
    fn hierarchy(&mut self, id: ProvisionId, pieces: &[Piece], has_intro: bool) {
        let is_unit = |piece: &Piece| matches!(piece, Piece::Unit(_));
        let runs: Vec<&[Piece]> = pieces.chunk_by(|a, b| is_unit(a) == is_unit(b)).collect();
        for (place, run) in runs.iter().enumerate() {
            if run.first().is_some_and(is_unit) {
                for piece in *run {
                    if let Piece::Unit(child) = piece {
                        self.unit(*child);
                    }
                }
            } else if has_intro && place == 0 {
                self.block_part(id, "intro", run);
            } else if has_intro && place + 1 == runs.len() {
                self.block_part(id, "wrapUp", run);
            } else {
                let eid = self.ids.inside(id, "hcontainer");
                self.xml
                    .open("hcontainer", &[("eId", &eid), ("name", "text")]);
                self.xml.end_line();
                let content = format!("{eid}__content");
                self.xml.open("content", &[("eId", &content)]);
                self.xml.end_line();
                self.blocks(id, run);
                for _ in 0..2 {
                    self.xml.close();
                    self.xml.end_line();
                }
            }
        }
    }

    fn block_part(&mut self, id: ProvisionId, tag: &'static str, pieces: &[Piece]) {
        let eid = self.ids.part(id, &tag.to_lowercase());
        self.xml.open(tag, &[("eId", &eid)]);
        self.xml.end_line();
        self.blocks(id, pieces);
        self.xml.close();
        self.xml.end_line();
    }

    /// Paragraphs, each with the notes that follow it.
    fn blocks(&mut self, id: ProvisionId, pieces: &[Piece]) {
        let mut rest = pieces;
        while let Some((first, after)) = rest.split_first() {
            self.xml.open("p", &[]);
            rest = match first {
                Piece::Line(span) => {
                    self.words(id, *span);
                    after
                }
                Piece::Quoted(_) => self.quotation(id, rest),
                Piece::Aside(_) => rest,
                Piece::Unit(_) => after,
            };
            let asides = rest
                .iter()
                .take_while(|piece| matches!(piece, Piece::Aside(_)))
                .count();
            let (asides, after) = rest.split_at(asides);
            for piece in asides {
                if let Piece::Aside(aside) = piece {
                    self.aside(id, *aside);
                }
            }
            rest = after;
            self.xml.close();
            self.xml.end_line();
        }
    }

    fn aside(&mut self, id: ProvisionId, aside: ProvisionId) {
        let unit = self.act.provision(aside);
        if unit.standing == Standing::Repealed {
            self.xml.open("del", &[]);
            self.xml.text(self.act.quote(unit.span));
            self.xml.close();
            return;
        }
        let eid = self.ids.inside(id, "authorialnote");
        self.xml.open("authorialNote", &[("eId", &eid)]);
        self.xml.open("p", &[]);
        self.xml.text(self.act.quote(unit.span));
        self.xml.close();
        self.xml.close();
    }

    /// Writes what is quoted at the beginning of `pieces`: one paragraph, or
    /// the units that follow one another. Answers the rest.
    fn quotation<'p>(&mut self, id: ProvisionId, pieces: &'p [Piece]) -> &'p [Piece] {
        let units: Vec<ProvisionId> = pieces
            .iter()
            .map_while(|piece| match piece {
                Piece::Quoted(unit) if !is_plain_paragraph(self.act, *unit) => Some(*unit),
                _ => None,
            })
            .collect();
        let eid = self.ids.inside(id, "mod");
        self.xml.open("mod", &[("eId", &eid)]);
        if let (true, Some(Piece::Quoted(paragraph))) = (units.is_empty(), pieces.first()) {
            self.xml.open("quotedText", &[]);
            self.xml
                .text(self.act.quote(self.act.provision(*paragraph).span));
        } else {
            let structure = self.ids.inside(id, "qstr");
            self.xml.open("quotedStructure", &[("eId", &structure)]);
            self.xml.end_line();
            for unit in &units {
                self.unit(*unit);
            }
        }
        self.xml.close();
        self.xml.close();
        pieces.get(units.len().max(1)..).unwrap_or_default()
    }

    /// Words of the unit itself, with its references marked.
    fn words(&mut self, id: ProvisionId, span: Span) {
        let from = self
            .links
            .partition_point(|link| link.span.start < span.start);
        let links: Vec<Link> = self
            .links
            .iter()
            .skip(from)
            .take_while(|link| link.span.end <= span.end)
            .copied()
            .collect();
        let mut at = span.start;
        for link in links {
            self.xml
                .text(self.act.quote(Span::new(at, link.span.start)));
            let href = format!("#{}", self.ids.unit(link.target));
            let eid = self.ids.inside(id, "ref");
            self.xml.open("ref", &[("eId", &eid), ("href", &href)]);
            self.xml.text(self.act.quote(link.span));
            self.xml.close();
            at = link.span.end;
        }
        self.xml.text(self.act.quote(Span::new(at, span.end)));
    }
}

/// A paragraph without number, heading or parts.
fn is_plain_paragraph(act: &Act, id: ProvisionId) -> bool {
    let unit = act.provision(id);
    unit.kind == UnitKind::Alinea
        && unit.number.is_none()
        && unit.heading.is_none()
        && act.children(id).next().is_none()
        && !act.quote(unit.span).contains('\n')
}

/// A paragraph that is a note, or repealed, in a unit that is neither.
fn is_aside(act: &Act, id: ProvisionId) -> bool {
    let unit = act.provision(id);
    matches!(unit.standing, Standing::Note | Standing::Repealed) && is_plain_paragraph(act, id)
}
