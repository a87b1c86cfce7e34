//! Composite concepts: gathered from others, or made where others meet in one
//! sentence, or carried by words that point back, or repeated by words that
//! stand for the acts of an earlier paragraph.

use std::collections::HashSet;

use super::annotator::Mention;
use super::sentence::Sentence;
use crate::law::{Act, ProvisionId, Span};
use crate::mappings::{ConceptId, Concepts};

/// The compositions of the vocabulary, in an order in which each only needs
/// those before it.
#[derive(Debug)]
pub struct Rules {
    steps: Vec<Rule>,
    /// Words that repeat what the article has said, with what they repeat.
    recalls: Vec<(ConceptId, Vec<ConceptId>)>,
}

#[derive(Debug)]
struct Rule {
    concept: ConceptId,
    any_of: Vec<ConceptId>,
    outside: Vec<ConceptId>,
    together: Option<(Vec<ConceptId>, u32)>,
    carried: Vec<ConceptId>,
}

impl Rules {
    /// Orders the compositions. One that needs itself, directly or not, is
    /// left where the file has it.
    pub fn new(concepts: &Concepts) -> Self {
        let mut waiting: Vec<Rule> = concepts
            .ids()
            .filter_map(|id| {
                let concept = concepts.concept(id)?;
                let composed = !concept.takes_phrases()
                    || !concept.carried.is_empty()
                    || !concept.outside.is_empty();
                composed.then(|| Rule {
                    concept: id,
                    any_of: concept.any_of.clone(),
                    outside: concept.outside.clone(),
                    together: concept.together.clone(),
                    carried: concept.carried.clone(),
                })
            })
            .collect();
        let mut steps: Vec<Rule> = Vec::new();
        while !waiting.is_empty() {
            let open: HashSet<ConceptId> = waiting.iter().map(|rule| rule.concept).collect();
            let ready = waiting
                .iter()
                .position(|rule| rule.parts().all(|part| !open.contains(&part)))
                .unwrap_or(0);
            steps.push(waiting.remove(ready));
        }
        let recalls = concepts
            .ids()
            .filter_map(|id| Some((id, concepts.concept(id)?.recalls.clone())))
            .filter(|(_, recalled)| !recalled.is_empty())
            .collect();
        Self { steps, recalls }
    }

    /// Adds the composite mentions; the result is sorted by first word.
    pub fn compose(
        &self,
        act: &Act,
        sentences: &[Sentence],
        mut mentions: Vec<Mention>,
    ) -> Vec<Mention> {
        sort(&mut mentions);
        let mut there = Presence::of(&mentions);
        for rule in &self.steps {
            if rule.any_of.is_empty() && there.any(&rule.outside) {
                let kept: Vec<Mention> = mentions
                    .iter()
                    .filter(|mention| {
                        mention.concept != rule.concept
                            || !touched(&mentions, mention, &rule.outside)
                    })
                    .copied()
                    .collect();
                mentions = kept;
            }
            let mut added: Vec<Mention> = Vec::new();
            if there.any(&rule.any_of) {
                let parts = mentions
                    .iter()
                    .filter(|mention| rule.any_of.contains(&mention.concept))
                    .filter(|mention| !touched(&mentions, mention, &rule.outside));
                added.extend(parts.map(|mention| Mention {
                    concept: rule.concept,
                    ..*mention
                }));
            }
            if let Some((parts, words)) = &rule.together
                && there.all(parts)
            {
                for_each_sentence(sentences, &mentions, parts, |inside| {
                    meetings(inside, parts, *words, |tokens, span| {
                        added.push(Mention {
                            concept: rule.concept,
                            tokens,
                            span,
                            carried: false,
                        });
                    });
                });
            }
            if there.any(&rule.carried) {
                let carried = carried(act, sentences, &mentions, &added, rule);
                added.extend(carried);
            }
            if !added.is_empty() {
                there.add(rule.concept);
                mentions.extend(added);
                sort(&mut mentions);
            }
        }
        let repeated = self.repeated(sentences, &mentions, &there);
        if !repeated.is_empty() {
            mentions.extend(repeated);
            sort(&mut mentions);
        }
        mentions
    }

    /// Words such as "the acts of paragraph 1" say again what the sentences
    /// before them in the article have said.
    fn repeated(
        &self,
        sentences: &[Sentence],
        mentions: &[Mention],
        there: &Presence,
    ) -> Vec<Mention> {
        let mut result = Vec::new();
        if !self.recalls.iter().any(|(word, _)| there.has(*word)) {
            return result;
        }
        let mut article = None;
        let mut said: HashSet<ConceptId> = HashSet::new();
        for sentence in sentences.iter().filter(|sentence| !sentence.heading) {
            if sentence.article.is_none() || sentence.article != article {
                article = sentence.article;
                said.clear();
            }
            let inside = within(mentions, sentence.tokens);
            for word in inside {
                let recalled = self.recalls.iter().find(|(c, _)| *c == word.concept);
                let again = recalled.into_iter().flat_map(|(_, recalled)| recalled);
                result.extend(
                    again
                        .filter(|concept| said.contains(concept))
                        .map(|concept| Mention {
                            concept: *concept,
                            carried: true,
                            ..*word
                        }),
                );
            }
            said.extend(inside.iter().map(|mention| mention.concept));
        }
        result
    }
}

impl Rule {
    fn parts(&self) -> impl Iterator<Item = ConceptId> + '_ {
        let together = self.together.iter().flat_map(|(parts, _)| parts);
        self.any_of
            .iter()
            .chain(&self.outside)
            .chain(together)
            .chain(&self.carried)
            .copied()
            .filter(|part| *part != self.concept)
    }
}

/// Which concepts a text mentions.
#[derive(Debug)]
struct Presence(Vec<bool>);

impl Presence {
    fn of(mentions: &[Mention]) -> Self {
        let mut there = Self(Vec::new());
        for mention in mentions {
            there.add(mention.concept);
        }
        there
    }

    fn add(&mut self, ConceptId(id): ConceptId) {
        let place = usize::from(id);
        if self.0.len() <= place {
            self.0.resize(place + 1, false);
        }
        self.0[place] = true;
    }

    fn has(&self, ConceptId(id): ConceptId) -> bool {
        self.0.get(usize::from(id)).is_some_and(|there| *there)
    }

    fn any(&self, concepts: &[ConceptId]) -> bool {
        concepts.iter().any(|concept| self.has(*concept))
    }

    fn all(&self, concepts: &[ConceptId]) -> bool {
        concepts.iter().all(|concept| self.has(*concept))
    }
}

/// Calls back with the mentions of these concepts in every sentence that has
/// any, in the order of the text.
fn for_each_sentence(
    sentences: &[Sentence],
    mentions: &[Mention],
    concepts: &[ConceptId],
    mut call: impl FnMut(&[Mention]),
) {
    let relevant: Vec<Mention> = mentions
        .iter()
        .filter(|mention| concepts.contains(&mention.concept))
        .copied()
        .collect();
    let mut rest = relevant.as_slice();
    while let Some(first) = rest.first() {
        let at = sentences.partition_point(|s| s.tokens.1 <= first.tokens.0);
        let Some(sentence) = sentences.get(at) else {
            return;
        };
        let inside = rest.partition_point(|m| m.tokens.0 < sentence.tokens.1);
        let (own, behind) = rest.split_at(inside);
        let before = own.partition_point(|m| m.tokens.0 < sentence.tokens.0);
        call(&own[before..]);
        rest = behind;
    }
}

fn sort(mentions: &mut Vec<Mention>) {
    let key = |m: &Mention| {
        (
            m.tokens.0,
            m.span.start,
            m.tokens.1,
            m.span.end,
            m.concept,
            m.carried,
        )
    };
    // What was added is in order already: the stable sort only merges it.
    mentions.sort_by_key(key);
    mentions.dedup();
}

fn within(mentions: &[Mention], tokens: (u32, u32)) -> &[Mention] {
    let start = mentions.partition_point(|m| m.tokens.0 < tokens.0);
    let end = mentions.partition_point(|m| m.tokens.0 < tokens.1);
    &mentions[start..end]
}

/// Whether a mention of one of `concepts` overlaps this one.
fn touched(mentions: &[Mention], mention: &Mention, concepts: &[ConceptId]) -> bool {
    const LONGEST_PHRASE: u32 = 60;
    if concepts.is_empty() {
        return false;
    }
    let from = (
        mention.tokens.0.saturating_sub(LONGEST_PHRASE),
        mention.tokens.1,
    );
    within(mentions, from).iter().any(|other| {
        concepts.contains(&other.concept)
            && other.span.end > mention.span.start
            && other.span.start < mention.span.end
    })
}

/// Calls back for every smallest stretch of a sentence in which all parts
/// meet within so many words; `mentions` are those of the parts.
fn meetings(
    mentions: &[Mention],
    parts: &[ConceptId],
    words: u32,
    mut found: impl FnMut((u32, u32), Span),
) {
    let mut latest: Vec<Option<&Mention>> = vec![None; parts.len()];
    let mut last_start = None;
    for mention in mentions {
        for (slot, part) in latest.iter_mut().zip(parts) {
            if mention.concept == *part {
                *slot = Some(mention);
            }
        }
        let Some(all) = latest.iter().copied().collect::<Option<Vec<&Mention>>>() else {
            continue;
        };
        let start = all.iter().map(|m| m.tokens.0).min().unwrap_or(0);
        let end = all.iter().map(|m| m.tokens.1).max().unwrap_or(0);
        // One meeting for each place where the stretch begins.
        if end - start <= words && last_start != Some(start) {
            last_start = Some(start);
            let span = all
                .iter()
                .map(|m| m.span)
                .reduce(Span::cover)
                .unwrap_or(mention.span);
            found((start, end), span);
        }
    }
}

/// Words that point back become mentions where the article, or a heading over
/// it, has named the concept itself.
fn carried(
    act: &Act,
    sentences: &[Sentence],
    mentions: &[Mention],
    added: &[Mention],
    rule: &Rule,
) -> Vec<Mention> {
    let named = |mention: &&Mention| mention.concept == rule.concept && !mention.carried;
    let mut articles: HashSet<ProvisionId> = HashSet::new();
    let mut headings: HashSet<ProvisionId> = HashSet::new();
    for mention in mentions.iter().chain(added).filter(named) {
        let unit = act.innermost_at(mention.span.start);
        if let Some(article) = act.article_of(unit) {
            articles.insert(article);
        }
        let in_heading = act
            .provision(unit)
            .heading
            .is_some_and(|heading| heading.contains(mention.span));
        if in_heading {
            headings.insert(unit);
        }
    }
    // "The material referred to in the preceding article": an article may
    // point back to its neighbour.
    let order: Vec<ProvisionId> = act.articles().collect();
    let neighbours: Vec<ProvisionId> = order
        .windows(2)
        .filter(|pair| articles.contains(&pair[0]))
        .map(|pair| pair[1])
        .collect();
    articles.extend(neighbours);
    let mut result = Vec::new();
    for sentence in sentences.iter().filter(|sentence| !sentence.heading) {
        let Some(article) = sentence.article else {
            continue;
        };
        let reached = articles.contains(&article)
            || act.ancestors(article).any(|unit| headings.contains(&unit));
        if !reached {
            continue;
        }
        result.extend(
            within(mentions, sentence.tokens)
                .iter()
                .filter(|mention| rule.carried.contains(&mention.concept))
                .map(|mention| Mention {
                    concept: rule.concept,
                    carried: true,
                    ..*mention
                }),
        );
    }
    result
}
