//! Inside an article: paragraphs to subsections, points and alineas.

use super::enumerator::{Marker, Style, marker};
use crate::ingest::block::Block;
use crate::ingest::{ActBuilder, Unit};
use crate::law::{Standing, UnitKind};

/// A paragraph of an article.
#[derive(Debug, Clone)]
pub(super) struct Piece<'a> {
    /// Its text.
    pub(super) text: &'a str,
    /// The block it came from, unless it is the rest of a head.
    pub(super) block: Option<&'a Block>,
    /// Wholly bold: may be the marginal note of the next subsection.
    pub(super) strong: bool,
    /// What the markup says of it.
    pub(super) standing: Standing,
}

/// How the paragraphs of an act are to be read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    /// Unnumbered paragraphs count as alineas.
    pub(super) alineas: bool,
    /// List items count as alineas too (French usage).
    pub(super) items_count: bool,
    /// `§` divides articles instead of opening them.
    pub(super) sign_divides: bool,
}

/// A list that is open while reading.
#[derive(Debug, Clone, Copy)]
struct Series {
    style: Style,
    last: u32,
    kind: UnitKind,
}

/// Writes the paragraphs of one article into its open unit.
pub(super) fn write(pieces: &[Piece<'_>], style: Reading, builder: &mut ActBuilder) {
    let markers: Vec<Option<Marker>> = pieces
        .iter()
        .map(|piece| leading(piece.text, style))
        .collect();
    let plain = pieces
        .iter()
        .zip(&markers)
        .filter(|(piece, marker)| piece.standing.may_count() && marker.is_none())
        .count();
    let first_numbered = pieces
        .iter()
        .zip(&markers)
        .find(|(piece, _)| piece.standing.may_count() && !piece.strong)
        .and_then(|(_, marker)| *marker);
    let numbered_from_start = first_numbered.is_some_and(|marker| marker.value == 1);
    let mut writer = Writer {
        builder,
        style,
        open: Vec::new(),
        alineas: style.alineas && plain > 1 && !numbered_from_start,
        place: 0,
        intro: String::new(),
        heading: None,
    };
    for (index, piece) in pieces.iter().enumerate() {
        if !piece.standing.may_count() {
            writer.close_all();
            writer.builder.alinea(0, piece.text, piece.standing);
            continue;
        }
        let next_is_numbered = markers
            .get(index + 1)
            .is_some_and(|next| next.is_some_and(|marker| marker.style.is_numeric()));
        if piece.strong
            && next_is_numbered
            && piece.text.chars().count() < 200
            && markers[index].is_none()
        {
            writer.heading = Some(piece.text.to_owned());
            continue;
        }
        writer.piece(piece.text);
    }
    writer.close_all();
}

fn leading(text: &str, style: Reading) -> Option<Marker> {
    marker(text).filter(|marker| marker.style != Style::Sign || style.sign_divides)
}

struct Writer<'b> {
    builder: &'b mut ActBuilder,
    style: Reading,
    open: Vec<Series>,
    alineas: bool,
    place: u32,
    /// Last unnumbered text at article level: tells whether a list follows.
    intro: String,
    heading: Option<String>,
}

impl Writer<'_> {
    fn piece(&mut self, text: &str) {
        let mut rest = text.trim();
        let mut at_start = true;
        while !rest.is_empty() {
            // Markers at the front, several in a row: (a)(1) Whoever.
            let mut opened = false;
            while let Some(found) = leading(rest, self.style) {
                let accepted = if at_start && !opened {
                    self.start_series(found)
                } else {
                    self.accept_inline(found)
                };
                let Some((depth, value)) = accepted else {
                    break;
                };
                let label = &rest[..found.length];
                self.open_unit(found.style, value, depth, label);
                if self.style.items_count && at_start && !opened {
                    self.place += 1;
                }
                rest = rest[found.end..].trim_start();
                opened = true;
            }
            let cut = self.next_inline(rest);
            let (text, tail) = rest.split_at(cut);
            self.text(text, opened);
            rest = tail.trim_start();
            at_start = false;
        }
    }

    fn text(&mut self, text: &str, opened: bool) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        if opened {
            self.builder.paragraph(text);
            return;
        }
        // An unnumbered paragraph. Below a numbered one it continues it, or
        // closes the list and continues what held the list.
        if let Some(outer) = self.open.first().copied() {
            let continues = text.starts_with(char::is_lowercase);
            if outer.kind == UnitKind::Subsection {
                if !continues || self.open.len() > 1 {
                    self.close_to_depth_exclusive(1);
                }
                self.builder.paragraph(text);
                return;
            }
            self.close_all();
        }
        text.clone_into(&mut self.intro);
        self.place += 1;
        if self.alineas {
            self.builder.alinea(self.place, text, Standing::InForce);
        } else {
            self.builder.paragraph(text);
        }
    }

    /// At a paragraph's start any plausible marker counts.
    fn start_series(&mut self, found: Marker) -> Option<(usize, u32)> {
        if let Some(known) = self.successor(found) {
            return Some(known);
        }
        let value = found.value;
        // ② and ２ count the article's own paragraphs, of which the first may
        // have no number: they never stand below a list.
        if value > 1
            && matches!(found.style, Style::Circled | Style::WideDigit)
            && !self.open.iter().any(|series| series.style == found.style)
        {
            return Some((0, value));
        }
        // The same style open already, with a gap: items were repealed.
        if let Some(depth) = self
            .open
            .iter()
            .rposition(|series| series.style == found.style)
            && value > self.open[depth].last
            && value - self.open[depth].last < 30
        {
            return Some((depth, value));
        }
        if value == 1 || found.letter == Some(1) || self.open.is_empty() {
            // A list of letters that begins with (i) cannot start at nine.
            return Some((self.open.len(), value));
        }
        if let Some(depth) = self
            .open
            .iter()
            .rposition(|series| series.style == found.style)
        {
            return Some((depth, value));
        }
        Some((self.open.len(), value))
    }

    /// Continues an open list: 3 after 2, 2A after 2, (i) after (h).
    fn successor(&self, found: Marker) -> Option<(usize, u32)> {
        for (depth, series) in self.open.iter().enumerate().rev() {
            let same = series.style == found.style;
            if same
                && (found.value == series.last + 1
                    || (found.inserted && found.value == series.last))
            {
                return Some((depth, found.value));
            }
            if let Some(letter) = found.letter
                && is_letters_of(series.style, found.style)
                && letter == series.last + 1
                && letter > 1
            {
                return Some((depth, letter));
            }
        }
        None
    }

    /// Inside a paragraph only the next item of an open list, or the first of
    /// a new one, is a marker.
    fn accept_inline(&mut self, found: Marker) -> Option<(usize, u32)> {
        self.successor(found).or_else(|| {
            (found.value == 1 && !self.open.iter().any(|series| series.style == found.style))
                .then_some((self.open.len(), 1))
        })
    }

    fn open_unit(&mut self, style: Style, value: u32, depth: usize, label: &str) {
        self.close_to_depth(depth);
        let paragraph = depth == 0 && matches!(style, Style::Circled | Style::WideDigit);
        // The series to continue may have another style: (i) as a letter.
        let style = match self.open.get(depth) {
            Some(series) if !paragraph => series.style,
            Some(_) => style,
            None => style,
        };
        let kind = match self.open.get(depth) {
            _ if paragraph => UnitKind::Subsection,
            Some(series) => series.kind,
            None => self.kind_below(style),
        };
        self.close_to_depth_exclusive(depth);
        let heading = if kind == UnitKind::Subsection || depth == 0 {
            self.heading.take()
        } else {
            None
        };
        self.builder.open(
            kind,
            Unit {
                number: label.trim(),
                heading: heading.as_deref().unwrap_or_default(),
                ..Unit::default()
            },
        );
        self.open.push(Series {
            style,
            last: value,
            kind,
        });
    }

    fn kind_below(&self, style: Style) -> UnitKind {
        match self.open.last().map(|series| series.kind) {
            None => {
                let after_intro = self.intro.trim_end().ends_with([':', '：', '—', ';', '–']);
                let us_style =
                    style == Style::BracketedLower && self.intro.is_empty() && !self.alineas;
                if (style.is_numeric() && !after_intro) || us_style {
                    UnitKind::Subsection
                } else {
                    UnitKind::Point
                }
            }
            Some(UnitKind::Subsection) => UnitKind::Point,
            Some(_) => UnitKind::Subpoint,
        }
    }

    /// Byte offset of the next inline marker, or the end. A marker stands
    /// after a blank, or is a bracket after a dash.
    fn next_inline(&mut self, text: &str) -> usize {
        let bytes = text.as_bytes();
        for (at, byte) in bytes.iter().enumerate() {
            let start = match byte {
                b' ' => at + 1,
                b'(' if at > 0 && !bytes[at - 1].is_ascii() => at,
                b'(' if at > 0 && matches!(bytes[at - 1], b'-' | b':' | b';' | b'.') => at,
                _ => continue,
            };
            if may_open(&bytes[start.min(bytes.len())..]) && text.is_char_boundary(start) {
                let before = text[..start].trim_end();
                if !before.is_empty() && self.may_break(before, &text[start..]) {
                    return start;
                }
            }
        }
        text.len()
    }

    /// Whether a marker at `after` opens a unit, given the text before it.
    fn may_break(&mut self, before: &str, after: &str) -> bool {
        let Some(found) = marker(after) else {
            return false;
        };
        if found.style == Style::Sign && !self.style.sign_divides {
            return false;
        }
        let bracketed = matches!(
            found.style,
            Style::BracketedDigit
                | Style::BracketedLower
                | Style::BracketedUpper
                | Style::BracketedRoman
                | Style::BracketedCjk
        );
        let last = before.chars().next_back().unwrap_or(' ');
        let stop = matches!(last, '.' | ';' | ':' | '—' | '–' | '。' | '；' | '：' | ']');
        let comma = matches!(last, ',' | '，');
        let joined = ends_with_conjunction(before);
        let successor = self.successor(found);
        if successor.is_some() {
            return match found.style {
                Style::DigitPoint | Style::LowerPoint | Style::UpperPoint | Style::RomanPoint => {
                    // "1. steals, 2. robs": items in small letters.
                    let small = after[found.end..].starts_with(char::is_lowercase);
                    let led = comma || joined && after_punctuation(before);
                    (stop || small && led) && !ends_with_abbreviation(before)
                }
                Style::DigitDash | Style::Cjk | Style::WideDigit => false,
                Style::BracketedDigit => {
                    (stop || comma || last == ')' || joined && after_punctuation(before))
                        && !ends_with_abbreviation(before)
                }
                _ => {
                    (stop || comma || joined || (bracketed && last == ')'))
                        && !ends_with_abbreviation(before)
                }
            };
        }
        // The first item of a list inside a sentence needs a lead-in.
        let first = found.value == 1 && !self.open.iter().any(|series| series.style == found.style);
        first
            && match found.style {
                Style::BracketedDigit => {
                    matches!(last, ':' | '—' | '–' | '.' | '-') && !ends_with_abbreviation(before)
                }
                Style::BracketedLower
                | Style::BracketedUpper
                | Style::BracketedRoman
                | Style::LowerBracket => {
                    matches!(last, ':' | '—' | '–' | '-') || joined && last == ','
                }
                Style::DigitPoint
                | Style::DigitBracket
                | Style::DigitDegree
                | Style::LowerPoint => {
                    matches!(last, ':' | '—') || comma && second_follows(after, found.style)
                }
                _ => false,
            }
    }

    fn close_to_depth(&mut self, depth: usize) {
        // Keeps the series at `depth` itself open for continuation.
        while self.open.len() > depth + 1 {
            self.open.pop();
            self.builder.close();
        }
    }

    fn close_to_depth_exclusive(&mut self, depth: usize) {
        while self.open.len() > depth {
            self.open.pop();
            self.builder.close();
        }
    }

    fn close_all(&mut self) {
        self.close_to_depth_exclusive(0);
    }
}

/// Whether a word can be a marker, by its first bytes: a bracket, a figure, or
/// up to five letters before a bracket or full stop.
fn may_open(word: &[u8]) -> bool {
    match word.first() {
        Some(b'(' | b'0'..=b'9') => true,
        Some(byte) if byte.is_ascii_alphabetic() => {
            let letters = word
                .iter()
                .take(6)
                .take_while(|b| b.is_ascii_alphabetic())
                .count();
            matches!(word.get(letters), Some(b')' | b'.'))
        }
        // Circled figures, other scripts: a mark within the first few bytes.
        Some(0x80..) => {
            word.starts_with(&[0xe2, 0x91])
                || word.iter().take(8).any(|b| matches!(b, b')' | b'.'))
                || word.starts_with(&[0xef, 0xbc, 0x88])
                || word.starts_with(&[0xc2, 0xa7])
        }
        _ => false,
    }
}

fn is_letters_of(series: Style, found: Style) -> bool {
    matches!(
        (series, found),
        (Style::BracketedLower, Style::BracketedRoman)
            | (Style::LowerBracket, Style::RomanBracket)
            | (Style::BracketedUpper, Style::BracketedRoman)
            | (Style::UpperBracket, Style::RomanBracket)
            | (Style::LowerPoint, Style::RomanPoint)
            | (Style::UpperPoint, Style::RomanPoint)
    )
}

fn last_word(text: &str) -> &str {
    let start = text.rfind(|c: char| !c.is_alphabetic()).map_or(0, |at| {
        at + text[at..].chars().next().map_or(1, char::len_utf8)
    });
    &text[start..]
}

fn ends_with_conjunction(before: &str) -> bool {
    matches!(
        last_word(before),
        "and"
            | "or"
            | "y"
            | "o"
            | "u"
            | "et"
            | "ou"
            | "und"
            | "oder"
            | "e"
            | "ed"
            | "i"
            | "lub"
            | "albo"
            | "och"
            | "eller"
            | "og"
            | "en"
            | "of"
            | "ja"
            | "tai"
            | "dan"
            | "atau"
            | "ve"
            | "veya"
            | "și"
            | "sau"
            | "a"
            | "nebo"
            | "и"
            | "или"
            | "та"
            | "або"
            | "או"
    )
}

/// Whether the second item of a list follows soon after its first, which
/// stands after a comma: "who, 1. steals, 2. robs".
fn second_follows(text: &str, style: Style) -> bool {
    let mark = match style {
        Style::DigitPoint => " 2. ",
        Style::DigitBracket => " 2) ",
        _ => return false,
    };
    let window_end = text
        .char_indices()
        .nth(900)
        .map_or(text.len(), |(at, _)| at);
    text[..window_end].find(mark).is_some_and(|at| {
        text[..at].ends_with([',', ';', '.']) || ends_with_conjunction(&text[..at])
    })
}

/// Whether the conjunction at the end follows a comma or semicolon, as the
/// last item of a list does and a citation does not.
fn after_punctuation(before: &str) -> bool {
    let word = last_word(before);
    before[..before.len() - word.len()]
        .trim_end()
        .ends_with([',', ';', ':'])
}

fn ends_with_abbreviation(before: &str) -> bool {
    let Some(stem) = before.strip_suffix('.') else {
        return false;
    };
    let word = last_word(stem).to_lowercase();
    matches!(
        word.as_str(),
        "art"
            | "arts"
            | "n"
            | "no"
            | "nr"
            | "nos"
            | "par"
            | "párr"
            | "inc"
            | "núm"
            | "num"
            | "s"
            | "ss"
            | "sec"
            | "abs"
            | "ust"
            | "pkt"
            | "poz"
            | "odst"
            | "písm"
            | "č"
            | "c"
            | "cap"
            | "ch"
            | "p"
            | "pp"
            | "st"
            | "ст"
            | "п"
            | "ч"
            | "αρ"
            | "αριθ"
            | "παρ"
            | "al"
            | "lit"
            | "fracc"
            | "dz"
            | "u"
            | "cl"
            | "dec"
            | "v"
            | "alin"
            | "ex"
            | "cf"
            | "jf"
            | "jfr"
            | "vgl"
            | "ff"
            | "subsec"
            | "para"
            | "paras"
            | "sub"
    )
}
