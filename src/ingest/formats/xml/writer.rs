//! The walk over a document: roles to units, paragraphs and notes.

use std::borrow::Cow;

use super::marks::{is_citable, says_repealed};
use super::{Node, Opening, Passage, Place, Role, Vocabulary};
use crate::ingest::builder::clean;
use crate::ingest::{ActBuilder, Unit};
use crate::law::{Number, ProvisionId, Standing, UnitKind, Validity};

/// Units deeper than this are read as paragraphs: no law needs it, and
/// hostile nesting must stay cheap for everyone who climbs the tree.
const DEEPEST: usize = 40;

/// Elements nested deeper than this are read as plain words, without asking
/// what each of them means (which may take a look at all it holds).
const DEEPEST_ELEMENT: usize = 300;

/// Titles of acts have been seen with more than a thousand characters.
const LONGEST_TITLE: usize = 5_000;

/// The standing of what has one standing and stands in something of another:
/// a note stays a note in a repealed act, a quotation a quotation.
fn worse(a: Standing, b: Standing) -> Standing {
    let rank = |standing| match standing {
        Standing::InForce => 0,
        Standing::Transitional => 1,
        Standing::NotInForce => 2,
        Standing::Superseded => 3,
        Standing::Repealed => 4,
        Standing::Quoted => 5,
        Standing::Note => 6,
        Standing::Contents => 7,
    };
    if rank(b) > rank(a) { b } else { a }
}

/// Walks the subtree of `root` and writes it into the builder.
pub(in crate::ingest::formats) fn write(
    root: Node<'_>,
    vocabulary: &mut impl Vocabulary,
    builder: &mut ActBuilder,
) {
    if builder.metadata().title.len() > LONGEST_TITLE {
        // An element that was never closed has swallowed the act.
        builder.metadata().title.clear();
    }
    let mut writer = Writer::new(builder);
    writer.exact = vocabulary.is_exact();
    let end = root.end();
    let mut at = root.place();
    while at < end {
        writer.leave_up_to(at);
        let Some(node) = root.step(at) else { break };
        if let Some(text) = node.as_text() {
            if !text.trim_start().is_empty() {
                writer.leave_quotations(at);
                writer
                    .line
                    .push_str(&std::mem::take(&mut writer.opening_mark));
                writer.line.push_str(text);
                writer.close_quotation(at);
            } else if vocabulary.blank_counts(node) {
                writer.line.push_str(text);
            }
            at += 1;
            continue;
        }
        if node.is_break() {
            writer.line.push(' ');
            at += 1;
            continue;
        }
        if writer.frames.len() >= DEEPEST_ELEMENT {
            at += 1;
            continue;
        }
        let role = vocabulary.role(node, &writer.place);
        let validity = match role {
            Role::Unit(_) => vocabulary.validity(node),
            Role::Block if writer.place.in_article => vocabulary.paragraph_validity(node),
            _ => Validity::default(),
        };
        at = match writer.enter(node, role, validity) {
            Descend::Into => at + 1,
            Descend::Past => node.end(),
        };
    }
    writer.leave_up_to(end);
    writer.flush();
    writer.end_groups(0);
}

/// Whether the walk goes into an element or past it.
enum Descend {
    Into,
    Past,
}

/// An element the walk is in, and what ends with it.
struct Frame {
    end: u32,
    ends: Ends,
    /// The place as it was around the element.
    around: Place,
}

enum Ends {
    Gap,
    Paragraph,
    Unit,
}

/// A unit that is open because a heading opened it.
struct Group {
    rank: u32,
    /// How many frames were open around the heading.
    depth: usize,
    around: Place,
}

struct Writer<'b> {
    builder: &'b mut ActBuilder,
    place: Place,
    line: String,
    quoting: bool,
    asides: Vec<(String, Standing)>,
    /// A number that the next paragraph repeats.
    repeated: String,
    frames: Vec<Frame>,
    groups: Vec<Group>,
    units: usize,
    schedules: u32,
    /// A mark of quotation that the next words begin with.
    opening_mark: String,
    /// Marks that follow the text at a place, the innermost quotation's last.
    closing_marks: Vec<(u32, String)>,
    /// See [`Vocabulary::is_exact`].
    exact: bool,
}

impl<'b> Writer<'b> {
    fn new(builder: &'b mut ActBuilder) -> Self {
        let place = Place {
            kind: builder.current_kind(),
            in_article: false,
            standing: Standing::InForce,
            validity: Validity::default(),
        };
        Self {
            builder,
            place,
            line: String::new(),
            quoting: false,
            asides: Vec::new(),
            repeated: String::new(),
            frames: Vec::new(),
            groups: Vec::new(),
            units: 0,
            schedules: 0,
            opening_mark: String::new(),
            closing_marks: Vec::new(),
            exact: false,
        }
    }

    fn enter(&mut self, node: Node<'_>, role: Role<'_>, validity: Validity) -> Descend {
        let ends = match role {
            Role::Inline => return Descend::Into,
            Role::Drop => return Descend::Past,
            Role::Quoting => {
                self.quoting = true;
                return Descend::Into;
            }
            Role::Aside(standing) => {
                self.asides.push((node.words(&[]), standing));
                return Descend::Past;
            }
            Role::Heads(rank, opening) => {
                self.flush();
                if self.only_noted() {
                    self.mention(&opening);
                    self.flush();
                } else {
                    self.head(rank, &opening);
                }
                return Descend::Past;
            }
            Role::Begins(rank, opening) => {
                self.flush();
                if self.only_noted() {
                    self.mention(&opening);
                } else {
                    self.head(rank, &opening);
                }
                Ends::Paragraph
            }
            Role::Passages(passages) => {
                self.flush();
                self.passages(&passages);
                return Descend::Past;
            }
            Role::Gap => {
                self.line.push(' ');
                Ends::Gap
            }
            Role::Block => {
                self.flush();
                self.frame(node, Ends::Paragraph);
                if !validity.is_open() {
                    self.place.validity = validity;
                }
                return Descend::Into;
            }
            Role::Under(standing) => {
                self.flush();
                self.frame(node, Ends::Paragraph);
                self.place.standing = worse(self.place.standing, standing);
                if standing == Standing::Quoted {
                    // What is quoted has a hierarchy of its own.
                    self.place.kind = UnitKind::Act;
                    self.place.in_article = false;
                }
                return Descend::Into;
            }
            Role::Quotation(marks) => {
                self.flush();
                self.frame(node, Ends::Paragraph);
                self.place = Place {
                    kind: UnitKind::Act,
                    in_article: false,
                    standing: Standing::Quoted,
                    validity: Validity::default(),
                };
                if let Some(last) = node.last_words() {
                    self.opening_mark.push_str(&marks.open);
                    self.closing_marks.push((last, marks.close));
                }
                return Descend::Into;
            }
            Role::Unit(mut opening) => {
                self.flush();
                self.leave_quotations(node.place());
                self.mark(&mut opening);
                if self.only_noted() {
                    self.mention(&opening);
                    Ends::Paragraph
                } else if opening.is_bare() && node.start_of_text().is_empty() {
                    Ends::Paragraph
                } else {
                    self.frame(node, Ends::Unit);
                    let id = self.open(&opening);
                    self.builder.set_validity(id, validity);
                    let around = std::mem::take(&mut self.place.validity);
                    self.builder.set_validity(id, around);
                    return Descend::Into;
                }
            }
        };
        self.frame(node, ends);
        Descend::Into
    }

    /// Whether a unit here is none of the act's: a note about a unit, or
    /// nesting beyond all sense.
    fn only_noted(&self) -> bool {
        self.units >= DEEPEST || matches!(self.place.standing, Standing::Note | Standing::Contents)
    }

    /// Puts a mark of quotation before the number or heading of a unit whose
    /// words it begins with. The unit is cited without it.
    fn mark(&mut self, opening: &mut Opening<'_>) {
        if self.opening_mark.is_empty() || self.only_noted() {
            return;
        }
        if opening.cited.is_none() && is_citable(&opening.number) {
            opening.cited = Some(Number::new(opening.number.trim()));
        }
        for words in [&mut opening.number, &mut opening.heading] {
            if !words.trim().is_empty() {
                let mark = std::mem::take(&mut self.opening_mark);
                *words = Cow::Owned(format!("{mark}{}", words.trim_start()));
                return;
            }
        }
    }

    /// Forgets the marks of quotations that ended before a place without
    /// words of their own.
    fn leave_quotations(&mut self, at: u32) {
        while self
            .closing_marks
            .last()
            .is_some_and(|(last, _)| *last < at)
        {
            self.closing_marks.pop();
            self.opening_mark.clear();
        }
    }

    /// Writes the marks that close the quotations whose last words stand at a
    /// place.
    fn close_quotation(&mut self, at: u32) {
        while self
            .closing_marks
            .last()
            .is_some_and(|(last, _)| *last == at)
        {
            if let Some((_, mark)) = self.closing_marks.pop() {
                self.line.truncate(self.line.trim_end().len());
                self.line.push_str(&mark);
            }
        }
    }

    fn mention(&mut self, opening: &Opening<'_>) {
        for words in [&opening.number, &opening.heading] {
            self.line.push_str(words);
            self.line.push(' ');
        }
    }

    fn frame(&mut self, node: Node<'_>, ends: Ends) {
        self.frames.push(Frame {
            end: node.end(),
            ends,
            around: self.place,
        });
    }

    fn open(&mut self, opening: &Opening<'_>) -> ProvisionId {
        let standing = worse(self.place.standing, opening.standing);
        let unit = Unit {
            number: &opening.number,
            heading: &opening.heading,
            standing,
        };
        let mut cited = opening.cited.clone();
        if opening.kind == UnitKind::Schedule {
            self.schedules += 1;
            if cited.is_none() && !is_citable(&opening.number) && !self.exact {
                // Its numbers restart, so it must be told from the others.
                cited = Some(Number::counted(self.schedules));
            }
        }
        let id = match cited {
            Some(number) => self.builder.open_cited(opening.kind, number, unit),
            None => self.builder.open(opening.kind, unit),
        };
        self.units += 1;
        if opening.number_in_text {
            self.repeated = clean(&opening.number).into_owned();
        }
        self.place.kind = opening.kind;
        self.place.standing = standing;
        self.place.in_article |= opening.kind == UnitKind::Article;
        id
    }

    fn head(&mut self, rank: u32, opening: &Opening<'_>) {
        let depth = self.frames.len();
        while self
            .groups
            .last()
            .is_some_and(|group| group.depth == depth && group.rank >= rank)
        {
            self.end_group();
        }
        self.groups.push(Group {
            rank,
            depth,
            around: self.place,
        });
        self.open(opening);
    }

    fn passages(&mut self, passages: &[Passage]) {
        let around = self.place;
        let mut open: Vec<UnitKind> = Vec::new();
        for passage in passages {
            let kind = passage.opening.as_ref().map(|opening| opening.kind);
            // What is quoted stays in the item that announces it.
            let quoted = kind.is_none() && passage.standing == Standing::Quoted;
            while !quoted
                && open.last().is_some_and(|last| match (last, kind) {
                    // Counted paragraphs hold points, though an alinea is a leaf elsewhere.
                    (_, Some(UnitKind::Alinea) | None) => true,
                    (UnitKind::Alinea, _) => false,
                    (last, Some(kind)) => *last >= kind,
                })
            {
                open.pop();
                self.close_unit();
            }
            if let Some(opening) = passage.opening.as_ref().filter(|_| !self.only_noted()) {
                self.open(opening);
                open.push(opening.kind);
            }
            self.line.push_str(&passage.text);
            let standing = self.place.standing;
            self.place.standing = worse(standing, passage.standing);
            self.flush();
            self.place.standing = standing;
        }
        for _ in open {
            self.close_unit();
        }
        self.place = around;
    }

    fn end_group(&mut self) {
        if let Some(group) = self.groups.pop() {
            self.close_unit();
            self.place = group.around;
        }
    }

    /// Ends the groups opened within the first `depth` frames or deeper.
    fn end_groups(&mut self, depth: usize) {
        while self.groups.last().is_some_and(|group| group.depth >= depth) {
            self.end_group();
        }
    }

    fn close_unit(&mut self) {
        let id = self.builder.current();
        if let Some(unit) = self.builder.provisions().get(id.index())
            && !self.exact
            && unit.standing == Standing::InForce
            && unit.kind >= UnitKind::Article
        {
            let text = self.builder.text();
            let body = text.get(unit.body_start..).unwrap_or_default();
            // What is left without the editors' notes at the end.
            let inside = self
                .builder
                .provisions()
                .get(id.index() + 1..)
                .unwrap_or_default();
            let own = inside
                .first()
                .filter(|_| inside.iter().all(|unit| unit.standing == Standing::Note))
                .and_then(|note| text.get(unit.body_start..note.span.start))
                .unwrap_or_default();
            let heading = unit
                .heading
                .and_then(|span| text.get(span.range()))
                .unwrap_or_default();
            if says_repealed(body)
                || says_repealed(own)
                || (body.trim().is_empty() && says_repealed(heading))
            {
                self.builder.set_standing(id, Standing::Repealed);
            }
        }
        self.builder.close();
        self.units = self.units.saturating_sub(1);
    }

    fn leave_up_to(&mut self, at: u32) {
        while self.frames.last().is_some_and(|frame| frame.end <= at) {
            let Some(frame) = self.frames.pop() else {
                return;
            };
            match frame.ends {
                Ends::Gap => self.line.push(' '),
                Ends::Paragraph => {
                    self.flush();
                    self.end_groups(self.frames.len() + 1);
                }
                Ends::Unit => {
                    self.flush();
                    self.end_groups(self.frames.len() + 1);
                    self.close_unit();
                }
            }
            if !matches!(frame.ends, Ends::Gap) {
                self.place = frame.around;
            }
        }
    }

    /// Writes the paragraph collected so far, then the asides in it.
    fn flush(&mut self) {
        let quoting = std::mem::take(&mut self.quoting);
        if !self.line.trim().is_empty() {
            let repeated = std::mem::take(&mut self.repeated);
            let text = if repeated.is_empty() {
                Cow::Borrowed(self.line.as_str())
            } else {
                let line = clean(&self.line);
                match line.strip_prefix(&repeated) {
                    Some(rest) => Cow::Owned(rest.to_owned()),
                    None => line,
                }
            };
            let standing = if quoting {
                worse(self.place.standing, Standing::Quoted)
            } else {
                self.place.standing
            };
            let own = self
                .builder
                .provisions()
                .get(self.builder.current().index())
                .map_or(Standing::InForce, |unit| unit.standing);
            if !self.place.validity.is_open() {
                self.builder
                    .dated_alinea(&text, standing, self.place.validity);
            } else if standing == own {
                self.builder.paragraph(&text);
            } else {
                self.builder.alinea(0, &text, standing);
            }
        }
        self.line.clear();
        for (text, standing) in self.asides.drain(..) {
            self.builder.alinea(0, &text, standing);
        }
    }
}
