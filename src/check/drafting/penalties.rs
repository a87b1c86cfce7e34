//! Penalties that do not fit their offences: an offence or a conduct that the
//! penalty clause leaves out, an online form punished otherwise than the other.

use std::collections::BTreeMap;

use super::note;
use crate::annotate::fold_words;
use crate::annotate::{AnnotatedAct, CitationReader, Mention, Resolution, Resolver, Sentence};
use crate::check::diagnostic::{Diagnostic, Severity};
use crate::check::judge::Pen;
use crate::law::{ProvisionId, Span};
use crate::mappings::{ConceptId, Mappings};

/// What may be done with the material.
const CONDUCTS: [&str; 10] = [
    "produce",
    "offer",
    "make-available",
    "distribute",
    "transmit",
    "sell",
    "procure",
    "import",
    "possess",
    "access",
];

/// All notes on penalties.
pub(super) fn lint(bill: &AnnotatedAct, mappings: &Mappings, pen: &Pen<'_>) -> Vec<Diagnostic> {
    let Some(reader) = Penal::new(bill, mappings) else {
        return Vec::new();
    };
    let mut found = reader.unpunished_subsections(mappings, pen);
    found.extend(reader.unpunished_conducts(pen));
    found.extend(reader.media(pen));
    found
}

/// A bill read for its penalties.
struct Penal<'b> {
    bill: &'b AnnotatedAct,
    custodial: ConceptId,
    penalty: ConceptId,
    material: ConceptId,
    repeated: Option<ConceptId>,
    defined: Option<ConceptId>,
    /// Words of online conduct, or of any means.
    means: [Option<ConceptId>; 3],
    conducts: Vec<ConceptId>,
    numbers: BTreeMap<String, u32>,
}

impl<'b> Penal<'b> {
    fn new(bill: &'b AnnotatedAct, mappings: &Mappings) -> Option<Self> {
        let id = |name: &str| mappings.concepts.id(name);
        let pack = mappings.pack(bill.act.language.as_str())?;
        Some(Self {
            bill,
            custodial: id("custodial")?,
            penalty: id("penalty")?,
            material: id("csam")?,
            repeated: id("such-material"),
            defined: id("defined-as"),
            means: [id("ict"), id("reach-ict"), id("any-means")],
            conducts: CONDUCTS.iter().filter_map(|name| id(name)).collect(),
            numbers: pack.numbers.clone(),
        })
    }

    fn has(mentions: &[Mention], concept: ConceptId) -> bool {
        mentions.iter().any(|m| m.concept == concept)
    }

    fn children(&self, article: ProvisionId) -> Vec<ProvisionId> {
        let act = &self.bill.act;
        act.ids()
            .filter(|id| {
                let unit = act.provision(*id);
                unit.parent == Some(article)
                    && unit.number.is_some()
                    && act.standing(*id).may_count()
            })
            .collect()
    }

    /// Whether a unit says that something is an offence and names no penalty.
    fn only_an_offence(&self, unit: ProvisionId) -> bool {
        /// "commits an offence" has more words than "a fine".
        const SENTENCE: usize = 3;
        let span = self.bill.act.provision(unit).span;
        let mentions = self.bill.mentions_at(span);
        let mut penal = mentions
            .iter()
            .filter(|m| m.concept == self.penalty)
            .peekable();
        penal.peek().is_some()
            && !Self::has(mentions, self.custodial)
            && penal.all(|m| fold_words(self.bill.act.quote(m.span)).len() >= SENTENCE)
    }

    /// Subsections that make an offence, beside a penalty clause of the same
    /// article that names others and not these.
    fn unpunished_subsections(&self, mappings: &Mappings, pen: &Pen<'_>) -> Vec<Diagnostic> {
        let act = &self.bill.act;
        let punishes = |unit: &ProvisionId| {
            let mentions = self.bill.mentions_at(act.provision(*unit).span);
            Self::has(mentions, self.custodial)
        };
        let candidates: Vec<(ProvisionId, Vec<ProvisionId>, Vec<ProvisionId>)> = act
            .articles()
            .filter_map(|article| {
                let children = self.children(article);
                let open: Vec<ProvisionId> = children
                    .iter()
                    .copied()
                    .filter(|unit| self.only_an_offence(*unit))
                    .collect();
                let penal: Vec<ProvisionId> = children.into_iter().filter(punishes).collect();
                (!open.is_empty() && !penal.is_empty()).then_some((article, open, penal))
            })
            .collect();
        let reader = mappings
            .pack(act.language.as_str())
            .and_then(|pack| CitationReader::new(&pack.citations));
        let (Some(reader), false) = (reader, candidates.is_empty()) else {
            return Vec::new();
        };
        let resolver = Resolver::new([act], mappings);
        let cited: Vec<(Span, ProvisionId, Option<ProvisionId>)> = reader
            .read(act)
            .iter()
            .filter_map(|citation| match resolver.resolve(0, citation) {
                Resolution::Found(target) => Some((citation.span, target.unit, target.through)),
                Resolution::Not(_) => None,
            })
            .collect();
        let mut found = Vec::new();
        for (article, open, penal) in candidates {
            // The units that sentences with a penalty name, wherever they stand.
            let named: Vec<(ProvisionId, Option<ProvisionId>)> = cited
                .iter()
                .filter(|(span, ..)| {
                    self.bill
                        .sentences
                        .iter()
                        .filter(|s| s.span.start <= span.start && span.start < s.span.end)
                        .any(|s| Self::has(self.bill.mentions_in(s.tokens), self.custodial))
                })
                .map(|(_, unit, through)| (*unit, *through))
                .collect();
            let own_names = |clause: &ProvisionId| {
                let span = act.provision(*clause).span;
                cited.iter().any(|(at, unit, _)| {
                    span.contains(*at)
                        && *unit != *clause
                        && act.ancestors(*unit).any(|a| a == article)
                        && *unit != article
                })
            };
            // A clause that names no subsection punishes the whole article, or
            // its own offence.
            if !penal.iter().all(own_names) {
                continue;
            }
            let covered = |unit: ProvisionId| {
                named.iter().any(|(first, last)| {
                    act.ancestors(unit).any(|holder| holder == *first)
                        || act.ancestors(*first).any(|holder| holder == unit)
                        || last.is_some_and(|last| *first <= unit && unit <= last)
                })
            };
            for unit in open.into_iter().filter(|unit| !covered(*unit)) {
                let (Some(clause), Some(offence)) = (
                    penal.first().copied(),
                    self.bill
                        .mentions_at(act.provision(unit).span)
                        .iter()
                        .find(|m| m.concept == self.penalty),
                ) else {
                    continue;
                };
                let mut diagnostic = note(
                    "D-penalty-gap",
                    Severity::Warning,
                    "Penalties",
                    format!(
                        "clause {} makes an offence that the penalty in clause {} does not name",
                        act.locator(unit),
                        act.locator(clause)
                    ),
                    "name the subsection in the penalty clause, or give it a penalty of its own"
                        .into(),
                );
                let opening = Span::new(
                    act.provision(clause).body_start,
                    act.provision(clause).span.end,
                );
                diagnostic.labels = vec![
                    pen.label(offence.span, "no penalty for this offence"),
                    pen.label(first_line(act.text.as_str(), opening), "the penalty clause"),
                ];
                found.push(diagnostic);
            }
        }
        found
    }

    fn conducts_in(&self, sentence: &Sentence) -> Vec<&'b Mention> {
        let mentions = self.bill.mentions_in(sentence.tokens);
        mentions
            .iter()
            .filter(|m| self.conducts.contains(&m.concept) && !m.carried)
            .collect()
    }

    /// The sentences of an article that count.
    fn sentences(&self, article: ProvisionId) -> Vec<&'b Sentence> {
        let act = &self.bill.act;
        let of_article = |s: &&Sentence| s.article == Some(article) && !s.heading;
        let sentences = self.bill.sentences.iter().filter(of_article);
        sentences
            .filter(|s| act.standing(act.innermost_at(s.span.start)).may_count())
            .collect()
    }

    fn names_material(&self, mentions: &[Mention]) -> bool {
        Self::has(mentions, self.material)
            || self
                .repeated
                .is_some_and(|again| Self::has(mentions, again))
    }

    /// A conduct that an article forbids and that its penalty clause, which
    /// names the others again, leaves out.
    fn unpunished_conducts(&self, pen: &Pen<'_>) -> Vec<Diagnostic> {
        let act = &self.bill.act;
        let mut found = Vec::new();
        for article in act.articles() {
            let sentences = self.sentences(article);
            let mut forbidden: Vec<&Mention> = Vec::new();
            let mut punished: Vec<&Mention> = Vec::new();
            let mut clause: Option<&Sentence> = None;
            for sentence in sentences {
                let mentions = self.bill.mentions_in(sentence.tokens);
                let defines = self.defined.is_some_and(|d| Self::has(mentions, d));
                if defines || !self.names_material(mentions) {
                    continue;
                }
                let conducts = self.conducts_in(sentence);
                if Self::has(mentions, self.custodial) {
                    punished.extend(conducts);
                    clause = clause.or(Some(sentence));
                } else if clause.is_none() && conducts.len() > 1 {
                    forbidden.extend(conducts);
                }
            }
            let (Some(clause), false) = (clause, punished.is_empty()) else {
                continue;
            };
            let words: Vec<String> = fold_words(act.quote(clause.span));
            let stem = |m: &Mention| -> String {
                let first = fold_words(act.quote(m.span)).into_iter().next();
                let first = first.unwrap_or_default();
                let kept = first.chars().count().saturating_sub(2).max(4);
                first.chars().take(kept).collect()
            };
            let told = |m: &Mention| {
                punished.iter().any(|p| p.concept == m.concept) || {
                    let stem = stem(m);
                    words.iter().any(|word| word.starts_with(&stem))
                }
            };
            // Both lists speak of the same things only if they share some.
            let shared = forbidden.iter().filter(|m| told(m)).count();
            // One word may stand for several conducts.
            let missing = forbidden.iter().find(|m| {
                let same_word = |other: &&&Mention| other.tokens.0 == m.tokens.0;
                !forbidden.iter().filter(same_word).any(|other| told(other))
            });
            let (Some(missing), true) = (missing, shared > 0) else {
                continue;
            };
            let mut diagnostic = note(
                "D-penalty-gap",
                Severity::Warning,
                "Penalties",
                format!(
                    "“{}” is forbidden in clause {} and does not stand in its penalty clause, which names other conduct again",
                    act.quote(missing.span),
                    act.locator(article)
                ),
                "let the penalty refer to the prohibition, or name every conduct in both".into(),
            );
            diagnostic.labels = vec![
                pen.label(missing.span, "not in the penalty clause"),
                pen.label(
                    first_line(act.text.as_str(), clause.span),
                    "the penalty clause",
                ),
            ];
            found.push(diagnostic);
        }
        found
    }

    /// The terms of a penalty: each number with the word after it ("10 years").
    fn terms(&self, sentence: &Sentence) -> BTreeMap<String, u32> {
        /// Words after "imprisonment" in which its length is said.
        const LENGTH: usize = 14;
        let act = &self.bill.act;
        let mut terms: BTreeMap<String, u32> = BTreeMap::new();
        let mentions = self.bill.mentions_in(sentence.tokens);
        for custodial in mentions.iter().filter(|m| m.concept == self.custodial) {
            let end = sentence.span.end.max(custodial.span.end);
            let words = fold_words(act.quote(Span::new(custodial.span.start, end)));
            let near: Vec<String> = words.into_iter().take(LENGTH).collect();
            for pair in near.windows(2) {
                let [number, unit] = pair else { continue };
                let digits = number.parse().ok();
                let value = digits.or_else(|| self.numbers.get(number).copied());
                let is_word = unit.chars().all(char::is_alphabetic) && unit.chars().count() > 2;
                if let (Some(value), true) = (value, is_word) {
                    let known = terms.entry(unit.clone()).or_default();
                    *known = value.max(*known);
                }
            }
        }
        terms
    }

    /// An offence on the material by computer and one without, on the same
    /// conduct, with different terms of imprisonment.
    fn media(&self, pen: &Pen<'_>) -> Vec<Diagnostic> {
        struct Offence<'b> {
            article: ProvisionId,
            conduct: &'b Mention,
            online: bool,
            terms: BTreeMap<String, u32>,
        }
        let act = &self.bill.act;
        let mut offences: Vec<Offence<'_>> = Vec::new();
        for article in act.articles() {
            let sentences = self.sentences(article);
            let mut terms: BTreeMap<String, u32> = BTreeMap::new();
            for sentence in &sentences {
                for (unit, number) in self.terms(sentence) {
                    let known = terms.entry(unit).or_default();
                    *known = number.max(*known);
                }
            }
            if terms.is_empty() {
                continue;
            }
            let reaches = |concept: usize| {
                let concept = self.means.get(concept).copied().flatten();
                sentences.iter().any(|s| {
                    let mentions = self.bill.mentions_in(s.tokens);
                    concept.is_some_and(|concept| Self::has(mentions, concept))
                })
            };
            let (by_computer, any) = (reaches(0), reaches(1) || reaches(2));
            // Words for any means cover both forms.
            if any && !by_computer || reaches(2) {
                continue;
            }
            for sentence in sentences {
                let mentions = self.bill.mentions_in(sentence.tokens);
                let defines = self.defined.is_some_and(|d| Self::has(mentions, d));
                if !Self::has(mentions, self.material) || defines {
                    continue;
                }
                for conduct in self.conducts_in(sentence) {
                    offences.push(Offence {
                        article,
                        conduct,
                        online: by_computer,
                        terms: terms.clone(),
                    });
                }
            }
        }
        let mut found: Vec<Diagnostic> = Vec::new();
        let mut told: Vec<(ProvisionId, ProvisionId)> = Vec::new();
        for online in offences.iter().filter(|o| o.online) {
            let other = offences
                .iter()
                .find(|o| !o.online && o.conduct.concept == online.conduct.concept);
            let Some(other) = other else { continue };
            let pair = (online.article, other.article);
            let differing = online
                .terms
                .iter()
                .find_map(|(unit, a)| Some((unit, *a, *other.terms.get(unit)?)))
                .filter(|(_, a, b)| a != b);
            let (Some((unit, a, b)), false) = (differing, told.contains(&pair)) else {
                continue;
            };
            told.push(pair);
            let mut diagnostic = note(
                "D-medium-penalty",
                Severity::Note,
                "Penalties",
                format!(
                    "the online form (clause {}) is punished with up to {a} {unit}, the same conduct otherwise (clause {}) with up to {b}",
                    act.locator(online.article),
                    act.locator(other.article)
                ),
                "punish both forms alike, or say on purpose why one weighs more".into(),
            );
            diagnostic.labels = vec![
                pen.label(online.conduct.span, format!("online: {a} {unit}")),
                pen.label(other.conduct.span, format!("otherwise: {b} {unit}")),
            ];
            found.push(diagnostic);
        }
        found
    }
}

/// A span up to the end of its first line.
fn first_line(text: &str, span: Span) -> Span {
    let words = text.get(span.start..span.end).unwrap_or_default();
    let lead = words.len() - words.trim_start().len();
    let end = words
        .get(lead..)
        .and_then(|words| words.find('\n'))
        .map_or(words.len(), |at| lead + at);
    Span::new(span.start + lead, span.start + end)
}
