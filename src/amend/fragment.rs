//! New provisions as a bill words them: a piece of text with its units, ready
//! to be put into an act.

use std::sync::LazyLock;

use regex::Regex;

use crate::ingest::{ActBuilder, Unit};
use crate::law::{Act, ActSource, Jurisdiction, Number, Provision, ProvisionId, Span, UnitKind};

/// A piece of text with units; offsets are into its own text.
#[derive(Debug, Clone, Default)]
pub struct Fragment {
    /// The text, without a line end after it.
    pub text: String,
    /// Its units in document order. A unit without a parent stands at the top.
    pub units: Vec<Provision>,
}

/// A line that begins an article: a number, or a word for articles and one.
static ARTICLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^(?:(?P<word>section|art(?:icle|ículo|igo|icolo|ikel|icolul)|art\.|§|čl(?:anak|ánek|ánok)|стат(?:ья|тя)|άρθρο)\s?)?(?P<number>(?:[RL]\.\s?)?\d[\d\-.:^]*(?:[ºª°](?:-[A-Z]\b)?|[A-ZΑ-Ω]{1,3}\b|[a-z]\b)?(?:\s(?:bis|ter|quater|quinquies)\b)?)\s?(?P<stop>\.-|\.|º|°|:)?\s*(?P<rest>.*)$",
    )
    .ok()
});

/// "§ 12 a.": Danish and Norwegian write the letter apart.
static SPACED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^§\s?(?P<number>\d+\s[a-z])(?:\.\s*(?P<rest>.*))?$").ok());

/// A line that begins a smaller unit.
static SMALLER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:\((?P<open>[0-9][\w.]*|[a-z]{1,4}(?:\.\d+)?|[A-Z]{1,2})\)|(?P<letter>[a-z]{1,2})\)|(?P<degree>\d+)°)\s*(?P<rest>.*)$").ok()
});

impl Fragment {
    /// Quoted units of a bill whose format marks them: their words and tree.
    pub fn of_units(bill: &Act, block: Span) -> Self {
        let inside: Vec<ProvisionId> = bill
            .ids()
            .filter(|id| *id != ProvisionId::ROOT && block.contains(bill.provision(*id).span))
            .filter(|id| !bill.provision(*id).span.is_empty())
            .collect();
        let place = |id: ProvisionId| inside.iter().position(|other| *other == id);
        let shift = |span: Span| Span::new(span.start - block.start, span.end - block.start);
        let units = inside
            .iter()
            .map(|id| {
                let unit = bill.provision(*id);
                Provision {
                    parent: unit.parent.and_then(place).map(|at| ProvisionId(at as u32)),
                    kind: unit.kind,
                    number: unit.number.clone(),
                    heading: unit.heading.map(shift),
                    span: shift(unit.span),
                    body_start: unit.body_start.max(block.start) - block.start,
                    standing: crate::law::Standing::InForce,
                    validity: unit.validity,
                }
            })
            .collect();
        Self {
            text: bill.quote(block).to_owned(),
            units,
        }
        .without_empty()
    }

    /// Words without marked units: lines that begin with a number in the form
    /// articles have (only if `articles` are expected), `(1)`, `(a)`, `(i)`.
    pub fn of_words(words: &str, articles: bool) -> Self {
        let mut builder = ActBuilder::new();
        let lines: Vec<&str> = words
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect();
        let mut pending: Option<&str> = None;
        for (index, line) in lines.iter().enumerate() {
            // French sets a blank within its marks of quotation.
            let line = line
                .trim_start_matches(['“', '"', '«', '„', '»'])
                .trim_start();
            if articles && let Some((number, rest)) = article(line) {
                let more = index + 1 < lines.len();
                let (heading, body) = if rest.is_empty() || rest.starts_with('(') {
                    (pending.take().unwrap_or_default(), rest)
                } else if more && is_heading(rest) {
                    (rest, "")
                } else {
                    (pending.take().unwrap_or_default(), rest)
                };
                flush(&mut builder, &mut pending);
                builder.close_to(UnitKind::Article);
                let unit = Unit {
                    number,
                    heading,
                    ..Unit::default()
                };
                builder.open(UnitKind::Article, unit);
                smaller(&mut builder, body);
                continue;
            }
            let next_is_number = || {
                lines.get(index + 1).is_some_and(|next| {
                    article(next).is_some_and(|(_, rest)| rest.is_empty() || rest.starts_with('('))
                })
            };
            if articles && is_heading(line) && next_is_number() {
                flush(&mut builder, &mut pending);
                pending = Some(line);
                continue;
            }
            flush(&mut builder, &mut pending);
            smaller(&mut builder, line);
        }
        flush(&mut builder, &mut pending);
        let act = builder.finish(Jurisdiction::new("-"), ActSource::default());
        let units = act.provisions.iter().skip(1);
        Self {
            text: act.text.as_str().trim_end().to_owned(),
            units: units
                .map(|unit| Provision {
                    parent: unit
                        .parent
                        .and_then(|ProvisionId(id)| id.checked_sub(1))
                        .map(ProvisionId),
                    ..unit.clone()
                })
                .collect(),
        }
        .without_empty()
    }

    /// Spans must lie within the text.
    fn without_empty(mut self) -> Self {
        let length = self.text.len();
        for unit in &mut self.units {
            unit.span.end = unit.span.end.min(length);
            unit.body_start = unit.body_start.min(length);
        }
        self
    }

    /// Writes the first number without a full stop after it: bills print
    /// "170." where the act prints "170".
    pub fn drop_stop(&mut self) {
        let Some(first) = self.units.first() else {
            return;
        };
        let printed = first.number.as_ref().map_or("", |number| number.as_str());
        let at = first.span.start + printed.len();
        let stop = printed.ends_with('.') && self.text.get(at.saturating_sub(1)..at) == Some(".");
        if !stop {
            return;
        }
        let number = Number::new(printed.trim_end_matches('.'));
        self.text.remove(at - 1);
        let back = |offset: usize| if offset >= at { offset - 1 } else { offset };
        for unit in &mut self.units {
            unit.span = Span::new(back(unit.span.start), back(unit.span.end));
            unit.heading = unit.heading.map(|h| Span::new(back(h.start), back(h.end)));
            unit.body_start = back(unit.body_start);
        }
        if let Some(first) = self.units.first_mut() {
            first.number = Some(number);
        }
    }

    /// The numbers of the units at the top.
    pub fn top_numbers(&self) -> Vec<&Number> {
        let top = self.units.iter().filter(|unit| unit.parent.is_none());
        top.filter_map(|unit| unit.number.as_ref()).collect()
    }

    /// The kind of the first unit.
    pub fn top_kind(&self) -> Option<UnitKind> {
        self.units.first().map(|unit| unit.kind)
    }

    /// The words at a span.
    pub fn quote(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }
}

fn flush(builder: &mut ActBuilder, pending: &mut Option<&str>) {
    if let Some(line) = pending.take() {
        builder.paragraph(line);
    }
}

/// Number and rest of a line that begins an article.
fn article(line: &str) -> Option<(&str, &str)> {
    if let Some(found) = SPACED.as_ref().and_then(|form| form.captures(line)) {
        let rest = found.name("rest").map_or("", |rest| rest.as_str());
        return Some((found.name("number")?.as_str(), rest));
    }
    let found = ARTICLE.as_ref()?.captures(line)?;
    let number = found.name("number")?.as_str().trim_end_matches(['.', '-']);
    let rest = found.name("rest")?.as_str();
    let marked = found.name("word").is_some()
        || found.name("stop").is_some()
        || found.name("number")?.as_str().ends_with('.')
        || rest.is_empty()
        || number.ends_with(|c: char| c.is_alphabetic())
        || is_heading(rest);
    (marked && !number.is_empty()).then_some((number, rest))
}

/// Short, and not ended as a sentence is.
fn is_heading(line: &str) -> bool {
    line.chars().count() <= 120
        && line.starts_with(|c: char| c.is_uppercase())
        && !line.ends_with(['.', ';', ':', ',', '—', '–'])
}

/// Puts a line into the unit its enumerator opens, if it has one.
fn smaller(builder: &mut ActBuilder, line: &str) {
    let mut line = line;
    while let Some(found) = SMALLER.as_ref().and_then(|regex| regex.captures(line)) {
        let marker = ["open", "letter", "degree"]
            .iter()
            .find_map(|name| found.name(name))
            .map_or("", |m| m.as_str());
        let kind = kind_of(builder, marker, found.name("degree").is_some());
        builder.close_to(kind);
        let rest = found.name("rest").map_or("", |m| m.as_str());
        let printed = line[..line.len() - rest.len()].trim();
        builder.open(
            kind,
            Unit {
                number: printed,
                ..Unit::default()
            },
        );
        line = rest;
    }
    builder.paragraph(line);
}

/// `(2)` divides an article, `(a)` a subsection, `(i)` a point: unless it
/// follows `(h)`.
fn kind_of(builder: &ActBuilder, marker: &str, degree: bool) -> UnitKind {
    if degree {
        return UnitKind::Point;
    }
    if marker.starts_with(|c: char| c.is_ascii_digit()) {
        return UnitKind::Subsection;
    }
    let roman = marker.chars().all(|c| "ivxl".contains(c));
    let last_letter = builder
        .provisions()
        .iter()
        .rev()
        .find(|unit| unit.kind == UnitKind::Point)
        .and_then(|unit| unit.number.as_ref())
        .and_then(|number| number.as_str().chars().find(|c| c.is_ascii_lowercase()));
    let follows = |a: char, b: char| a as u32 + 1 == b as u32;
    let first = marker.chars().next().unwrap_or('a');
    let successor = marker.len() == 1 && last_letter.is_some_and(|last| follows(last, first));
    let in_point = builder.current_kind() >= UnitKind::Point;
    if roman && in_point && !successor || marker.starts_with(|c: char| c.is_uppercase()) {
        UnitKind::Subpoint
    } else {
        UnitKind::Point
    }
}

#[cfg(test)]
mod tests {
    use super::Fragment;

    fn tree(words: &str, articles: bool) -> String {
        let fragment = Fragment::of_words(words, articles);
        fragment
            .units
            .iter()
            .map(|unit| {
                format!(
                    "{:?} {} <{}>\n",
                    unit.kind,
                    unit.number.as_ref().map_or("", |n| n.as_str()),
                    unit.heading.map_or("", |h| fragment.quote(h))
                )
            })
            .collect()
    }

    #[test]
    fn articles_with_headings_before_and_after_the_number() {
        assert_eq!(
            tree(
                "16. Keeping goats\nA person may.\n16A. Keeping sheep\nNo person may.",
                true
            ),
            "Article 16 <Keeping goats>\nArticle 16A <Keeping sheep>\n"
        );
        assert_eq!(
            tree(
                "Keeping goats\n5A.\n(1) A person who\n(a) keeps; or\n(i) feeds\na goat.\nShearing\n5B. (1) Nobody.",
                true
            ),
            "Article 5A <Keeping goats>\nSubsection (1) <>\nPoint (a) <>\nSubpoint (i) <>\nArticle 5B <Shearing>\nSubsection (1) <>\n"
        );
        assert_eq!(
            tree("Artículo 128.- Será reprimido quien esquile.", true),
            "Article 128 <>\n"
        );
        assert_eq!(
            tree("(2) Two.\n(2.1) More.", false),
            "Subsection (2) <>\nSubsection (2.1) <>\n"
        );
        assert_eq!(tree("2012 was the year.", true), "");
    }
}
