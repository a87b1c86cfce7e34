//! What the index holds of one piece of law: an article with everything in
//! it, or the words of a book, part or chapter outside its articles.
//!
//! Words of another standing inside an article (a repealed subsection, a
//! quoted wording, a note) make records of their own, so that a query never
//! mixes them with the law in force.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::annotate::AnnotatedAct;
use crate::law::{Act, Number, Provision, ProvisionId, Span, UnitKind};
use crate::mappings::Concepts;

use super::citation::Citation;
use super::flag::Flag;

/// A piece of law as the index stores it. All spans refer to the act's
/// canonical text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// What it covers.
    pub span: Span,
    /// Its units in document order; the first is the record's own.
    pub units: Vec<RecordUnit>,
    /// Headings over the record, outermost first, its own left out.
    pub headings: Vec<String>,
    /// Numbers of the units that hold the record, from the article down; empty
    /// for whole articles and groups.
    pub outer: Vec<String>,
    /// Parts of the span that have records of their own.
    pub holes: Vec<Span>,
    /// Names of the concepts mentioned.
    pub concepts: Vec<String>,
    /// Where which concept (place in `concepts`) is mentioned.
    pub mentions: Vec<(u16, Span)>,
}

/// A unit of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordUnit {
    /// The provision in its act.
    pub id: ProvisionId,
    /// Place in the record of the unit that holds it; 0 for the first itself.
    pub parent: usize,
    /// What it is.
    pub kind: UnitKind,
    /// Its number as printed, empty if it has none.
    pub number: String,
    /// How it is cited.
    pub locator: String,
    /// Its heading.
    pub heading: Option<Span>,
    /// What it covers.
    pub span: Span,
}

/// How well a unit answers a citation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cited {
    /// The very unit, by its place in the record.
    Unit(usize),
    /// The article is there, a unit with the further numbers was not found in it.
    ArticleOnly(usize),
}

impl Record {
    /// Cuts an act into records.
    pub fn of_act(annotated: &AnnotatedAct, concepts: Option<&Concepts>) -> Vec<Record> {
        let act = &annotated.act;
        let mut records = Vec::new();
        for id in act.ids() {
            if act.provision(id).kind.is_group() {
                for gap in gaps(act, id) {
                    let mut unit = RecordUnit::of(act, id, 0);
                    unit.span = gap;
                    records.push(Record::new(act, vec![unit], Vec::new()));
                }
            } else if is_root(act, id) {
                let (units, holes) = subtree(act, id);
                records.push(Record::new(act, units, holes));
            }
        }
        if let Some(concepts) = concepts {
            for record in &mut records {
                record.add_mentions(annotated, concepts);
            }
        }
        records
    }

    fn new(act: &Act, units: Vec<RecordUnit>, holes: Vec<Span>) -> Self {
        // `units` has its first element by construction.
        let (id, span) = units
            .first()
            .map_or((ProvisionId::ROOT, Span::new(0, 0)), |unit| {
                (unit.id, unit.span)
            });
        let above: Vec<ProvisionId> = act.ancestors(id).skip(1).collect();
        let headings = above
            .iter()
            .rev()
            .filter_map(|id| act.provision(*id).heading)
            .map(|heading| act.quote(heading).to_owned())
            .collect();
        let mut outer: Vec<String> = above
            .iter()
            .map(|id| act.provision(*id))
            .take_while(|provision| !provision.kind.is_group())
            .map(number_of)
            .collect();
        outer.reverse();
        Self {
            span,
            units,
            headings,
            outer,
            holes,
            concepts: Vec::new(),
            mentions: Vec::new(),
        }
    }

    fn add_mentions(&mut self, annotated: &AnnotatedAct, concepts: &Concepts) {
        let inside: Vec<_> = annotated
            .mentions_at(self.span)
            .iter()
            .filter(|mention| {
                self.span.contains(mention.span)
                    && !self.holes.iter().any(|hole| hole.overlaps(mention.span))
            })
            .collect();
        let ids: BTreeSet<_> = inside.iter().map(|mention| mention.concept).collect();
        let ids: Vec<_> = ids.into_iter().collect();
        self.concepts = ids.iter().map(|id| concepts.name(*id).to_owned()).collect();
        self.mentions = inside
            .iter()
            .filter_map(|mention| {
                let place = ids.binary_search(&mention.concept).ok()?;
                Some((u16::try_from(place).ok()?, mention.span))
            })
            .collect();
    }

    /// The parts of the span that belong to this record.
    pub fn pieces(&self) -> Vec<Span> {
        let mut pieces = Vec::new();
        let mut at = self.span.start;
        for hole in &self.holes {
            pieces.push(Span::new(at, hole.start));
            at = hole.end.max(at);
        }
        pieces.push(Span::new(at, self.span.end));
        pieces.retain(|piece| !piece.is_empty());
        pieces
    }

    /// The numbers by which the record is looked up: of the articles it holds
    /// and, for a part of an article, of that article.
    pub fn articles(&self) -> (Vec<Number>, Option<Number>) {
        let own = self
            .units
            .iter()
            .enumerate()
            .filter(|(index, unit)| self.is_article(*index, unit))
            .map(|(_, unit)| Number::new(&unit.number))
            .collect();
        let outer = self.outer.first().map(|number| Number::new(number));
        (own, outer)
    }

    /// Whether the numbers of citations begin at this unit.
    fn is_article(&self, index: usize, unit: &RecordUnit) -> bool {
        let outermost = index == 0 && self.outer.is_empty() && !unit.kind.is_group();
        !unit.number.is_empty() && (unit.kind == UnitKind::Article || outermost)
    }

    /// Numbers from the article down to a unit.
    fn path(&self, index: usize) -> Vec<Number> {
        let mut path = Vec::new();
        let mut at = index;
        while let Some(unit) = self.units.get(at) {
            if !unit.number.is_empty() {
                path.push(Number::new(&unit.number));
            }
            if self.is_article(at, unit) {
                path.reverse();
                return path;
            }
            if at == 0 {
                break;
            }
            at = unit.parent;
        }
        let outer = self.outer.iter().rev().filter(|number| !number.is_empty());
        path.extend(outer.map(|number| Number::new(number)));
        path.reverse();
        path
    }

    /// The unit that a citation names, if it is in this record.
    pub fn cited(&self, citation: &Citation) -> Option<Cited> {
        let mut article = None;
        let mut found: Option<(usize, usize)> = None;
        for (index, unit) in self.units.iter().enumerate() {
            let path = self.path(index);
            if unit.number.is_empty() || path.first() != Some(&citation.article) {
                continue;
            }
            if path.len() == 1 {
                article = article.or(Some(index));
            }
            if steps_lead_to(citation, &path[1..], unit.kind)
                && found.is_none_or(|(_, depth)| path.len() < depth)
            {
                found = Some((index, path.len()));
            }
        }
        found
            .map(|(index, _)| Cited::Unit(index))
            .or(article.map(Cited::ArticleOnly))
    }
}

/// Whether the cited steps, in order, lead to the last of `below` (numbers
/// under the article). Levels that nobody cites may be passed over.
fn steps_lead_to(citation: &Citation, below: &[Number], kind: UnitKind) -> bool {
    let (Some(last), Some(step)) = (below.last(), citation.steps.last()) else {
        return below.is_empty() && citation.steps.is_empty();
    };
    // Counted paragraphs answer to a plain number only where nothing is passed over.
    let is_alinea = kind == UnitKind::Alinea;
    let fits = if step.alinea {
        is_alinea
    } else {
        !is_alinea || below.len() == citation.steps.len()
    };
    if !fits || step.number != *last {
        return false;
    }
    let mut above = below[..below.len() - 1].iter();
    citation.steps[..citation.steps.len() - 1]
        .iter()
        .all(|step| above.any(|number| *number == step.number))
}

impl RecordUnit {
    fn of(act: &Act, id: ProvisionId, parent: usize) -> Self {
        let provision = act.provision(id);
        Self {
            id,
            parent,
            kind: provision.kind,
            number: number_of(provision),
            locator: act.locator(id).to_string(),
            heading: provision.heading,
            span: provision.span,
        }
    }
}

fn number_of(provision: &Provision) -> String {
    provision
        .number
        .as_ref()
        .map(|number| number.as_str().to_owned())
        .unwrap_or_default()
}

/// Whether a unit below the groups begins a record.
fn is_root(act: &Act, id: ProvisionId) -> bool {
    act.provision(id).parent.is_none_or(|parent| {
        act.provision(parent).kind.is_group() || act.standing(parent) != act.standing(id)
    })
}

/// A unit with all it holds, and the spans within that begin records of their own.
fn subtree(act: &Act, root: ProvisionId) -> (Vec<RecordUnit>, Vec<Span>) {
    let mut units = vec![RecordUnit::of(act, root, 0)];
    let mut holes: Vec<Span> = Vec::new();
    for id in act.ids().skip(root.index() + 1) {
        let Some(parent) = act.provision(id).parent.filter(|parent| *parent >= root) else {
            break;
        };
        // A unit whose parent is not in the record stands in a hole.
        let Ok(place) = units.binary_search_by_key(&parent, |unit| unit.id) else {
            continue;
        };
        if is_root(act, id) || act.provision(id).kind.is_group() {
            holes.push(act.provision(id).span);
        } else {
            units.push(RecordUnit::of(act, id, place));
        }
    }
    (units, holes)
}

/// The parts of a group's span with words outside its units.
fn gaps(act: &Act, group: ProvisionId) -> Vec<Span> {
    let span = act.provision(group).span;
    let mut gaps = Vec::new();
    let mut at = span.start;
    for child in act.children(group) {
        let child = act.provision(child).span;
        gaps.push(Span::new(at, child.start));
        at = child.end.max(at);
    }
    gaps.push(Span::new(at, span.end));
    gaps.retain(|gap| act.quote(*gap).contains(char::is_alphanumeric));
    gaps
}

/// The flags of a record: by its standing, and by the concepts it mentions.
pub fn flags_of(act: &Act, record: &Record) -> Vec<Flag> {
    let Some(unit) = record.units.first() else {
        return Vec::new();
    };
    let mut flags = Flag::of(act, unit.id);
    if unit.kind.is_group() && is_heading(act, record, unit) {
        flags.retain(|flag| *flag != Flag::Operative);
    }
    flags.extend(Flag::ALL.into_iter().filter(|flag| {
        flag.concept()
            .is_some_and(|concept| record.concepts.iter().any(|known| known == concept))
    }));
    flags
}

/// Whether the text of a group is no rule: number and heading of a part, the
/// title before the first article.
fn is_heading(act: &Act, record: &Record, unit: &RecordUnit) -> bool {
    let body = act.provision(unit.id).body_start;
    match unit.kind {
        UnitKind::Act => act.articles().next().is_some(),
        _ => !act
            .quote(Span::new(record.span.start.max(body), record.span.end))
            .contains(char::is_alphanumeric),
    }
}

/// An act in which no concepts were looked for.
pub fn without_mentions(act: Act) -> AnnotatedAct {
    AnnotatedAct {
        act,
        has_pack: false,
        sentences: Vec::new(),
        mentions: Vec::new(),
        ages: Vec::new(),
        penalties: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Cited, Record, without_mentions};
    use crate::corpus::citation;
    use crate::ingest::testing::goat_act;
    use crate::law::Act;

    fn records(act: &Act) -> Vec<Record> {
        Record::of_act(&without_mentions(act.clone()), None)
    }

    #[test]
    fn every_letter_of_the_act_is_in_exactly_one_record() {
        let act = goat_act();
        let records = records(&act);
        let mut covered = vec![0; act.text.as_str().len()];
        for record in &records {
            for piece in record.pieces() {
                covered[piece.range()]
                    .iter_mut()
                    .for_each(|count| *count += 1);
            }
        }
        for (at, c) in act.text.as_str().char_indices() {
            if c.is_alphanumeric() {
                assert_eq!(covered[at], 1, "at {at}: {:?}", &act.text.as_str()[at..]);
            }
        }
    }

    #[test]
    fn words_of_another_standing_stand_apart() {
        let act = goat_act();
        let texts: Vec<String> = records(&act)
            .iter()
            .map(|record| {
                let pieces = record.pieces();
                let words: Vec<&str> = pieces.iter().map(|piece| act.quote(*piece)).collect();
                words
                    .concat()
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .collect();
        assert_eq!(
            texts,
            [
                "The Assembly of Valoria enacts:",
                "Part I Goats",
                "Words after the article.",
                "12 Keeping of goats (1) No person may keep (a) a goat indoors; (i) by day, or by night.",
                "(2) A sheep is a goat. So is a horse.",
            ]
        );
    }

    #[test]
    fn citations_find_their_unit() {
        let act = goat_act();
        let records = records(&act);
        let find = |text: &str| {
            let (citation, _, _) = citation::read(text, false).unwrap();
            let found: Vec<String> = records
                .iter()
                .filter_map(|record| match record.cited(&citation)? {
                    Cited::Unit(index) => Some(record.units[index].locator.clone()),
                    Cited::ArticleOnly(index) => {
                        Some(format!("only {}", record.units[index].locator))
                    }
                })
                .collect();
            found.join(", ")
        };
        assert_eq!(find("s 12"), "12");
        assert_eq!(find("s 12(1)"), "12(1)");
        assert_eq!(find("s 12(1)(a)(i)"), "12(1)(a)(i)");
        assert_eq!(find("s 12(a)"), "12(1)(a)");
        assert_eq!(find("s 12(2)"), "only 12, 12(2)");
        assert_eq!(find("s 12(9)"), "only 12");
        assert_eq!(find("s 12(2) al. 1"), "only 12, 12(2) al. 1");
        assert_eq!(find("s 12 al. 2"), "only 12");
        assert_eq!(find("s 13"), "");
    }
}
