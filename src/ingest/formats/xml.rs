//! What the XML readers share. A reader is a [`Vocabulary`]: a table that says
//! what each element means for an act. The walk over the document, mixed
//! content, notes inside sentences and damaged markup are dealt with here.

mod entity;
mod passages;
#[cfg(test)]
pub(super) mod testing;
mod tree;

use std::borrow::Cow;

use super::super::builder::clean;
use super::super::{ActBuilder, Unit};
use crate::law::{Number, Standing, UnitKind};

pub(super) use passages::{Passage, passages};
pub(super) use tree::{Node, Tree};

/// Units deeper than this are read as paragraphs: no law needs it, and
/// hostile nesting must stay cheap for everyone who climbs the tree.
const DEEPEST: usize = 40;

/// Elements nested deeper than this are read as plain words, without asking
/// what each of them means (which may take a look at all it holds).
const DEEPEST_ELEMENT: usize = 300;

/// How far a reader looks among the neighbours of an element. Each looks at
/// all of them, so that more must not be quadratic.
pub(super) const MOST_SIBLINGS: usize = 2_000;

/// Titles of acts have been seen with more than a thousand characters.
const LONGEST_TITLE: usize = 5_000;

/// What an element means.
#[derive(Debug)]
pub(super) enum Role<'t> {
    /// Its words run on in the paragraph around it.
    Inline,
    /// Like `Inline`, but set off by blanks: a table cell, a line break.
    Gap,
    /// A paragraph of its own.
    Block,
    /// Not part of the law's text: dropped with all it holds.
    Drop,
    /// Words that do not belong to the sentence they stand in (a footnote, an
    /// editor's remark): kept as a paragraph of that standing after it.
    Aside(Standing),
    /// Everything in it has this standing.
    Under(Standing),
    /// Its words run on, and the paragraph quotes another act.
    Quoting,
    /// A unit that holds what the element holds.
    Unit(Opening<'t>),
    /// A unit that holds what follows the element, up to the next of the same
    /// or an outer rank (1 is outermost) or the end of the markup around it.
    /// What the element itself holds is dropped.
    Heads(u32, Opening<'t>),
    /// Like `Heads`, but the element's words are the unit's first paragraph.
    Begins(u32, Opening<'t>),
    /// The element's text, already cut into paragraphs and items.
    Passages(Vec<Passage>),
}

/// A unit to open.
#[derive(Debug, Clone)]
pub(super) struct Opening<'t> {
    /// What it is.
    pub kind: UnitKind,
    /// Number as printed; goes into the text.
    pub number: Cow<'t, str>,
    /// The number by which it is cited, where that is not what is printed.
    pub cited: Option<Number>,
    /// Heading, if any.
    pub heading: Cow<'t, str>,
    /// Standing, if the markup tells.
    pub standing: Standing,
    /// Whether the number also begins the element's text (and must not be
    /// repeated).
    pub number_in_text: bool,
}

impl<'t> Opening<'t> {
    /// A unit with a printed number.
    pub(super) fn new(kind: UnitKind, number: impl Into<Cow<'t, str>>) -> Self {
        let number = number.into();
        let cited = (kind == UnitKind::Article || kind == UnitKind::Schedule)
            .then(|| without_word(number.trim()))
            .filter(|bare| *bare != number.trim())
            .map(Number::new);
        Self {
            kind,
            number,
            cited,
            heading: Cow::Borrowed(""),
            standing: Standing::InForce,
            number_in_text: false,
        }
    }

    /// A unit that is cited by its place, which is not printed.
    pub(super) fn counted(kind: UnitKind, place: u32) -> Self {
        Self {
            cited: Some(Number::counted(place)),
            ..Self::new(kind, "")
        }
    }

    /// With a heading.
    pub(super) fn heading(self, heading: impl Into<Cow<'t, str>>) -> Self {
        Self {
            heading: heading.into(),
            ..self
        }
    }

    /// With a standing.
    pub(super) fn standing(self, standing: Standing) -> Self {
        Self { standing, ..self }
    }

    /// Whether nothing tells the unit but what it holds.
    fn is_bare(&self) -> bool {
        self.cited.is_none() && self.number.trim().is_empty() && self.heading.trim().is_empty()
    }

    /// As a role.
    pub(super) fn role(self) -> Role<'t> {
        Role::Unit(self)
    }
}

/// Where in the act the walk stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// Kind of the innermost open unit.
    pub kind: UnitKind,
    /// Whether an article is open.
    pub in_article: bool,
    /// The standing that everything here has.
    pub standing: Standing,
}

impl Place {
    /// The kind of a numbered division here: the next below the innermost
    /// unit. Small Latin letters number points even right under an article.
    pub(super) fn below(&self, number: &str) -> UnitKind {
        let lettered = number
            .trim_start_matches(['(', ' ', '\n'])
            .starts_with(|c: char| c.is_ascii_lowercase());
        match self.kind {
            UnitKind::Article if lettered => UnitKind::Point,
            UnitKind::Article => UnitKind::Subsection,
            UnitKind::Subsection | UnitKind::Alinea => UnitKind::Point,
            UnitKind::Point | UnitKind::Subpoint => UnitKind::Subpoint,
            // A fragment of an article, quoted without it.
            _ if number.trim_start().starts_with('(') && lettered => UnitKind::Point,
            _ if number.trim_start().starts_with('(') => UnitKind::Subsection,
            _ => UnitKind::Article,
        }
    }
}

/// The table of a format: element means unit.
pub(super) trait Vocabulary {
    /// What an element means where it stands.
    fn role<'t>(&mut self, node: Node<'t>, place: &Place) -> Role<'t>;

    /// Whether white space between elements separates words. Not in scripts
    /// written without blanks, nor where it is only there for the eye.
    fn blank_counts(&self, _blank: Node<'_>) -> bool {
        true
    }
}

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

/// Whether a number can be cited: it has a letter or digit (not a dash).
pub(super) fn is_citable(number: &str) -> bool {
    number.contains(char::is_alphanumeric)
}

/// `(1)`, `(2a)` at the start of a text.
pub(super) fn bracketed_number(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let end = text.find(')')?;
    let inner = text.get(..end)?.strip_prefix('(')?;
    (inner.starts_with(|c: char| c.is_ascii_digit())
        && inner.len() <= 5
        && inner.chars().all(|c| c.is_ascii_alphanumeric()))
    .then(|| &text[..=end])
}

/// A printed number without the word before it: `Art. 5-bis.` gives
/// `5-bis.`, `§ 184b` gives `184b`; `第三条` stays.
pub(super) fn without_word(printed: &str) -> &str {
    let bare = printed.trim_start_matches(['§', ' ', '\u{a0}']);
    let Some(digit) = bare.find(|c: char| c.is_ascii_digit()) else {
        return match bare.rsplit_once(' ') {
            Some((word, roman)) if is_word(word) && is_roman(roman) => roman,
            _ => bare,
        };
    };
    let (word, number) = bare.split_at(digit);
    if is_word(word) { number } else { bare }
}

fn is_word(word: &str) -> bool {
    let word = word.trim_end_matches(['.', ' ', '\u{a0}', '\n', '\t']);
    word.chars().count() >= 3 && word.chars().all(char::is_alphabetic)
}

fn is_roman(word: &str) -> bool {
    let word = word.trim_end_matches('.');
    !word.is_empty() && word.chars().all(|c| "IVXLCDM".contains(c))
}

/// Words that stand in the place of a repealed unit's text, in small letters.
const REPEAL_MARKS: &[&str] = &[
    "weggefallen",
    "aufgehoben",
    "repealed",
    "revoked",
    "omitted",
    "abrogé",
    "vervallen",
    "kumottu",
    "upphäv",
    "abrogat",
    "articolo abrogato",
    "articolo soppresso",
    "derogado",
    "derogada",
    "lettera soppressa",
    "comma abrogato",
    "comma soppresso",
    "soppress",
    "削除",
    "刪除",
    "בוטל",
    "בוטלה",
    "brottfallin",
    "felld úr gildi",
    "imefutwa",
];

/// Whether a unit's whole text only says that it is gone.
fn says_repealed(text: &str) -> bool {
    let text = text.trim();
    if text.is_empty() || text.len() > 200 {
        return false;
    }
    let wrapped = text.starts_with(['(', '[', '（', '–', '-', '*']);
    let inner = text.trim_matches(|c: char| !c.is_alphanumeric());
    if inner.is_empty() {
        // Dotted lines and dashes stand for text that is gone; "(*)" does not.
        return text
            .chars()
            .all(|c| ".…‥·-–— ".contains(c) || c.is_whitespace());
    }
    let lower = inner.to_lowercase();
    // Consolidators print such remarks in brackets or in capitals.
    let wrapped = wrapped || lower != inner && !inner.chars().any(char::is_lowercase);
    REPEAL_MARKS.iter().any(|mark| {
        lower.strip_prefix(mark).is_some_and(|rest| {
            let rest = rest.trim_matches(|c: char| !c.is_alphanumeric());
            rest.is_empty() || wrapped
        })
    })
}

/// Walks the subtree of `root` and writes it into the builder.
pub(super) fn write(root: Node<'_>, vocabulary: &mut impl Vocabulary, builder: &mut ActBuilder) {
    if builder.metadata().title.len() > LONGEST_TITLE {
        // An element that was never closed has swallowed the act.
        builder.metadata().title.clear();
    }
    let mut writer = Writer::new(builder);
    let end = root.end();
    let mut at = root.place();
    while at < end {
        writer.leave_up_to(at);
        let Some(node) = root.step(at) else { break };
        if let Some(text) = node.as_text() {
            if !text.trim_start().is_empty() || vocabulary.blank_counts(node) {
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
        at = match writer.enter(node, role) {
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
}

impl<'b> Writer<'b> {
    fn new(builder: &'b mut ActBuilder) -> Self {
        let place = Place {
            kind: builder.current_kind(),
            in_article: false,
            standing: Standing::InForce,
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
        }
    }

    fn enter(&mut self, node: Node<'_>, role: Role<'_>) -> Descend {
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
                Ends::Paragraph
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
            Role::Unit(opening) => {
                self.flush();
                if self.only_noted() {
                    self.mention(&opening);
                    Ends::Paragraph
                } else if opening.is_bare() && node.start_of_text().is_empty() {
                    Ends::Paragraph
                } else {
                    self.frame(node, Ends::Unit);
                    self.open(&opening);
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

    fn open(&mut self, opening: &Opening<'_>) {
        let standing = worse(self.place.standing, opening.standing);
        let unit = Unit {
            number: &opening.number,
            heading: &opening.heading,
            standing,
        };
        let mut cited = opening.cited.clone();
        if opening.kind == UnitKind::Schedule {
            self.schedules += 1;
            if cited.is_none() && !is_citable(&opening.number) {
                // Its numbers restart, so it must be told from the others.
                cited = Some(Number::counted(self.schedules));
            }
        }
        match cited {
            Some(number) => self.builder.open_cited(opening.kind, number, unit),
            None => self.builder.open(opening.kind, unit),
        };
        self.units += 1;
        if opening.number_in_text {
            self.repeated = clean(&opening.number);
        }
        self.place.kind = opening.kind;
        self.place.standing = standing;
        self.place.in_article |= opening.kind == UnitKind::Article;
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
                let rest = line.strip_prefix(&repeated).map(str::to_owned);
                Cow::Owned(rest.unwrap_or(line))
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
            if standing == own {
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

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use proptest::prelude::*;

    use super::super::{
        akoma_ntoso, althingi, bcn, bwb, clml, egov, exdoc, finlex, gii, lois, moj, tei, uslm,
    };
    use super::testing::{Reader, act_of, outline, shared};
    use super::{says_repealed, without_word};
    use crate::ingest::ActBuilder;
    use crate::law::{ActSource, Jurisdiction, ProblemKind};

    const READERS: &[Reader] = &[
        akoma_ntoso::read,
        althingi::read,
        bcn::read,
        bwb::read,
        clml::read,
        egov::read,
        exdoc::read,
        finlex::read,
        gii::read,
        lois::read,
        moj::read,
        tei::read,
        uslm::read,
    ];

    #[test]
    fn numbers_lose_the_word_before_them_and_nothing_else() {
        for (printed, bare) in [
            ("Art. 5-bis.", "5-bis."),
            ("Art.5", "5"),
            ("§ 184b", "184b"),
            ("§§ 5 bis 8", "5 bis 8"),
            ("Artículo IV", "IV"),
            ("Schedule 2", "2"),
            ("Anlage 1 (zu § 4)", "1 (zu § 4)"),
            ("第三条の二", "第三条の二"),
            ("第 319-1 條", "第 319-1 條"),
            ("A5", "A5"),
            ("366 quáter", "366 quáter"),
            ("18 a §", "18 a §"),
            ("SCHEDULE", "SCHEDULE"),
        ] {
            assert_eq!(without_word(printed), bare);
        }
    }

    #[test]
    fn only_a_remark_in_place_of_the_text_means_repealed() {
        for gone in [
            "(weggefallen)",
            "-",
            ". . . . .",
            "[Repealed, 2012, c. 1, s. 5]",
            "((ARTICOLO ABROGATO DAL D.LGS. 1 GENNAIO 2030, N. 1))",
            "LETTERA SOPPRESSA DAL D.LGS. 1 GENNAIO 2030, N. 1;",
            "削除",
            "（刪除）",
            "Derogado.",
        ] {
            assert!(says_repealed(gone), "{gone}");
        }
        for law in [
            "",
            "(*)",
            "Repealed provisions keep their effect.",
            "5",
            "(1) Omitted goats are returned.",
        ] {
            assert!(!says_repealed(law), "{law}");
        }
    }

    #[test]
    fn broken_markup_keeps_what_was_read_and_tells_where() {
        for (damage, place) in [
            (
                "<section><num>2</num><content><p>Two &goat; <b>bold</p></content></section>",
                "line 2, column 52",
            ),
            (
                "<section><num>2</num><content><p>Two &goat; a < b</p></content></section>",
                "line 2, column 47",
            ),
            (
                "<section><num>2</num><content class=\"x><p>Two &goat;</p></content></section>",
                "line 2, column",
            ),
        ] {
            let text = format!(
                "<akomaNtoso><act><body><section><num>1</num><content><p>One.</p></content></section>\n{damage}<section><num>3</num><content><p>Three"
            );
            let act = act_of(akoma_ntoso::read, &text);
            let numbers: Vec<_> = act
                .articles()
                .filter_map(|id| act.provision(id).number.clone())
                .map(|number| number.to_string())
                .collect();
            assert_eq!(numbers, ["1", "2", "3"], "{damage}\n{}", outline(&act));
            assert!(
                act.text.as_str().contains("Two &goat;") && act.text.as_str().ends_with("Three\n")
            );
            assert!(
                act.problems
                    .iter()
                    .all(|problem| problem.kind == ProblemKind::BrokenMarkup)
            );
            let first = act.problems[0].to_string();
            assert!(first.contains(place), "{first}");
            assert!(act.problems[1].to_string().contains("&goat;"));
        }
    }

    #[test]
    fn declared_entities_are_never_expanded() {
        let mut bomb = String::from(
            "<!DOCTYPE act [<!ENTITY e0 \"goat\">\n<!ENTITY x SYSTEM \"file:///etc/passwd\">\n",
        );
        for depth in 1..40 {
            let inner = format!("&e{};", depth - 1).repeat(10);
            bomb.push_str(&format!("<!ENTITY e{depth} \"{inner}\">\n"));
        }
        bomb.push_str("]><act><body><section><num>1</num><content><p>&e39; &x; &eacute;</p></content></section></body></act>");
        let act = act_of(akoma_ntoso::read, &bomb);
        assert_eq!(act.text.as_str(), "1\n&e39; &x; é\n");
    }

    #[test]
    fn deep_nesting_costs_neither_stack_nor_time() {
        for name in [
            "section",
            "p",
            "quotedStructure",
            "b",
            "chapter",
            "level",
            "preface",
            "heading",
            "section><num",
            "section><heading",
            "blockList><item",
        ] {
            let open = format!("<{name}><num>1</num>x ").repeat(100_000);
            let text = format!("<act><body>{open}{}</body></act>", "</none>".repeat(10_000));
            let started = Instant::now();
            let act = act_of(akoma_ntoso::read, &text);
            assert!(started.elapsed().as_secs() < 20, "{name}");
            let deepest = act.ids().map(|id| act.ancestors(id).count()).max();
            assert!(deepest < Some(50), "{name}");
        }
    }

    #[test]
    fn thousands_of_broken_tags_do_not_take_quadratic_time() {
        for tag in ["<a b=\"", "<a ", "</a ", "<", "</", "<!"] {
            let text = format!("<act>{}</act>", tag.repeat(50_000));
            let started = Instant::now();
            let act = act_of(akoma_ntoso::read, &text);
            assert!(started.elapsed().as_secs() < 20, "{tag}");
            assert!(!act.problems.is_empty(), "{tag}");
        }
    }

    /// Every unit's span must hold its heading and its children, in order, on
    /// character boundaries.
    fn is_sound(read: Reader, text: &str) -> Result<(), TestCaseError> {
        let mut builder = ActBuilder::new();
        if read(text, &mut builder).is_err() {
            return Ok(());
        }
        let act = builder.finish(Jurisdiction::new("xx"), ActSource::default());
        for id in act.ids() {
            let unit = act.provision(id);
            prop_assert!(act.text.as_str().get(unit.span.range()).is_some());
            prop_assert!(unit.span.start <= unit.body_start && unit.body_start <= unit.span.end);
            if let Some(parent) = unit.parent {
                let parent = act.provision(parent).span;
                prop_assert!(parent.contains(unit.span), "{parent:?} {:?}", unit.span);
            }
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "\\PC{0,200}") {
            for read in READERS {
                is_sound(*read, &text)?;
            }
        }

        #[test]
        fn any_markup_is_read_without_panic(
            parts in prop::collection::vec(
                prop::sample::select(vec![
                    "<norm>", "</norm>", "<metadaten>", "<enbez>§ 1", "</enbez>", "<P>(1) ", "<DL>", "<DT>1.", "<DD>",
                    "<gliederungseinheit><gliederungskennzahl>010", "</", "<", ">", "&", "&#x0;", "&lt;", "<![CDATA[", "]]>",
                    "<!--", "-->", "<?x ?>", "<act>", "</act>", "<section>", "</section>", "<num>", "</num>", "<heading>",
                    "<content>", "<p>", "</p>", "<quotedStructure>", "<quotedText>", "<authorialNote>", "<crossHeading>",
                    "<hcontainer name=\"schedule\">", "<Section>", "<Label>", "<Text>", "<Heading level=\"2\">", "<Law>", "<Paragraph Num=\"1\">",
                    "<Article>", "<artikel>", "<kop>", "<nr>", "<lid>", "<lidnr>", "<li>", "<Pykala>", "<Katkoviiva/>", "<MomenttiKooste>1) x",
                    "<text>", "<div>", "<head>", "<item n=\"1\">", "<法規>", "<條文>", "<條文內容>一、", "<編章節>第 一 章 x", "<articulo numero=\"1\">",
                    "<texto>Artículo 1.- x\n 1. y", "<contenido>", "<art nr=\"1\">", "<subart nr=\"1\">", "<level type=\"clause\">", "<tier>",
                    "<P1group>", "<P1>", "<Pnumber>", "<OrderedList Type=\"roman\">", "<ListItem>", "word ", "é", "第一条", "\n", " a=\"b", "\" c='",
                ]),
                0..60,
            )
        ) {
            let text = parts.concat();
            for read in READERS {
                is_sound(*read, &text)?;
            }
        }
    }

    #[test]
    fn damaged_real_documents_are_read_without_panic() {
        let Some(text) = shared("formats/asp-2025-11.akn.xml") else {
            return;
        };
        let start = text.find("<body").unwrap_or(0);
        for cut in (start..start + 4000)
            .step_by(37)
            .filter(|cut| text.is_char_boundary(*cut))
        {
            let end = (cut + 1500).min(text.len());
            let end = (end..).find(|end| text.is_char_boundary(*end)).unwrap();
            let rest: String = text[end..].chars().take(20_000).collect();
            let damaged = format!("{}{rest}", &text[..cut]);
            is_sound(akoma_ntoso::read, &damaged).unwrap();
        }
    }

    /// Seconds this thread has run, where the system tells: a busy machine must
    /// not change what is measured.
    fn processor_seconds() -> f64 {
        let nanoseconds = std::fs::read_to_string("/proc/thread-self/schedstat")
            .ok()
            .and_then(|line| line.split(' ').next()?.parse::<f64>().ok());
        nanoseconds.map_or_else(
            || {
                std::time::SystemTime::now()
                    .duration_since(std::time::UNIX_EPOCH)
                    .map_or(0.0, |now| now.as_secs_f64())
            },
            |nanoseconds| nanoseconds / 1e9,
        )
    }

    const RUNS: u32 = 20;

    /// Prints megabytes of source per second of processor time.
    #[test]
    #[ignore = "measures speed; run with the measure profile"]
    fn speed() {
        let files: &[(Reader, &str)] = &[
            (gii::read, "corpora/de/bgb.gii.xml"),
            (gii::read, "corpora/de/stgb.gii.xml"),
            (lois::read, "corpora/ca/y-1.5_eng.xml"),
            (bwb::read, "corpora/nl/bwbr0001854.2014.bwb.xml"),
            (
                egov::read,
                "corpora/jp/129ac0000000089_20230614_505ac0000000053.xml",
            ),
            (akoma_ntoso::read, "corpora/il/2002251_penal-law_he.xml"),
            (akoma_ntoso::read, "formats/005G0104.akn.xml"),
            (clml::read, "formats/asp-2025-11.clml.xml"),
            (uslm::read, "formats/usc01-uslm2.xml"),
            (tei::read, "formats/stgb.tei.xml"),
            (finlex::read, "corpora/fi-1889/asd18890039001.xml"),
            (althingi::read, "formats/1940.19.156b.xml"),
        ];
        let (mut bytes, mut seconds) = (0.0, 0.0);
        for (read, file) in files {
            let Some(text) = shared(file) else { return };
            let start = processor_seconds();
            for _ in 0..RUNS {
                let act = act_of(*read, &text);
                assert!(act.articles().count() > 5);
            }
            let taken = (processor_seconds() - start) / f64::from(RUNS);
            let megabytes = text.len() as f64 / 1e6;
            eprintln!("{:6.1} MB/s  {file}", megabytes / taken);
            bytes += megabytes;
            seconds += taken;
        }
        eprintln!("{:6.1} MB/s  in all", bytes / seconds);
    }
}
