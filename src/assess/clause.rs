//! Candidates: provisions in which the concepts of a way meet, tested element
//! by element.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use super::age::{self, Protection};
use super::context::Context;
use super::finding::{Evidence, Polarity, ProvisionRef};
use super::reach::{OffencesReached, nearby, offences_reached};
use crate::annotate::Mention;
use crate::law::{ProvisionId, Span};
use crate::mappings::{ConceptId, Element, ElementKind, Gate, Requirement, Role, Scope, Test};

/// Where a test holds: the mentions that meet.
#[derive(Debug, Clone)]
pub(super) struct Hit {
    /// From the first to the last word.
    pub tokens: (u32, u32),
    pub span: Span,
    /// The mention each concept was met by.
    pub bound: Vec<Mention>,
}

/// A provision that meets a way, with what it lacks.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub act: usize,
    pub sentence: usize,
    pub article: Option<ProvisionId>,
    pub way: usize,
    pub hit: Hit,
    pub conflict: bool,
    /// The sentence takes something out of an offence, or defines words, or
    /// only points back to the acts of an earlier paragraph: a weak place to
    /// find what is punished.
    pub weak_place: bool,
    /// Names of core elements that fail and of forbidden ones that are there.
    pub missing: Vec<String>,
    /// The only thing missing is the protected age.
    pub only_age: bool,
    pub protection: Protection,
    pub evidence: Vec<Evidence>,
    /// Whether a rule of the general part is for these offences in particular.
    pub particular: bool,
    /// Per element of the requirement: met, not met, or not tested.
    pub elements: Vec<Option<bool>>,
}

/// What is missing where an offence is only read in an act that inserts it
/// into another: the act as it now stands.
const AMENDED_ACT: &str = "amended-act-not-held";
/// What is missing where an offence is only read in words that take something
/// out of one.
const EXEMPTION: &str = "offence-outside-an-exemption";

/// What is missing where a rule stands in an act without offences against
/// children and does not say which offences it is for.
const THESE_OFFENCES: &str = "these-offences";

/// All candidates for a requirement, best first.
pub(super) fn candidates(context: &Context<'_>, requirement: &Requirement) -> Vec<Candidate> {
    let ways: Vec<CompiledTest> = requirement
        .ways
        .iter()
        .map(|way| CompiledTest::new(context, &way.test))
        .collect();
    let elements: Vec<Option<CompiledTest>> = requirement
        .elements
        .iter()
        .map(|element| element.test.as_ref().map(|t| CompiledTest::new(context, t)))
        .collect();
    let known = context.known;
    // A list of definitions lays down no duty and gives no power.
    let binds = requirement.elements.iter().any(|element| {
        element.anchor && matches!(element.kind, ElementKind::Duty | ElementKind::Power)
    });
    let mut found: Vec<Candidate> = Vec::new();
    for (act, number, sentence) in context.operative() {
        let mentions = context.sentence_mentions(act, number);
        if mentions.is_empty() {
            continue;
        }
        if context.lists_offences(act, number) {
            continue;
        }
        let glossary = |article| context.acts[act].glossary.contains(&article);
        // Words of exemption or definition that the way does not itself ask for.
        let aside = |concept: Option<ConceptId>, test: &CompiledTest| {
            concept.is_some()
                && mentions.iter().any(|m| Some(m.concept) == concept)
                && !test.concepts().any(|c| Some(c) == concept)
        };
        for (way, test) in ways.iter().enumerate() {
            let rule = &requirement.ways[way];
            let open = rule.gates.iter().all(|gate| match gate {
                Gate::Penal => context.penal(act, sentence.article),
                Gate::CriminalLaw => context.acts[act].criminal,
                // Told hit by hit: the items of a list may differ.
                Gate::TheseOffences => true,
            });
            if !open {
                continue;
            }
            let general = rule.gates.contains(&Gate::TheseOffences);
            for hit in test.hits(mentions, None) {
                let reach = general
                    .then(|| offences_reached(context, act, sentence.article, hit.span.start));
                if reach == Some(OffencesReached::Others) {
                    continue;
                }
                let quoted = context.quoted(act, hit.span.start);
                if !(quoted || context.counts(act, hit.span.start))
                    || !test.around(context, act, sentence.article)
                {
                    continue;
                }
                let mut candidate = Candidate {
                    act,
                    sentence: number,
                    article: sentence.article,
                    way,
                    conflict: rule.conflict,
                    weak_place: quoted
                        || hit.bound.iter().any(|m| context.repeats(m, mentions))
                        || rule.gates.contains(&Gate::Penal)
                            && (aside(known.exempt, test) || aside(known.defined_as, test))
                        || (rule.gates.contains(&Gate::Penal) || binds)
                            && sentence.article.is_some_and(glossary),
                    missing: rule.missing.clone(),
                    only_age: false,
                    protection: Protection::default(),
                    evidence: Vec::new(),
                    particular: reach == Some(OffencesReached::TheseInParticular),
                    elements: Vec::new(),
                    hit,
                };
                if rule.gates.contains(&Gate::Penal) && aside(known.exempt, test) {
                    candidate.missing.push(EXEMPTION.to_owned());
                }
                if reach == Some(OffencesReached::Unclear) {
                    candidate.missing.push(THESE_OFFENCES.to_owned());
                }
                if quoted {
                    candidate.missing.push(AMENDED_ACT.to_owned());
                }
                candidate.test_elements(context, requirement, &elements, mentions);
                found.push(candidate);
            }
        }
    }
    let mut times: HashMap<(usize, Option<ProvisionId>), usize> = HashMap::new();
    for candidate in &found {
        *times.entry((candidate.act, candidate.article)).or_default() += 1;
    }
    let acts: HashSet<usize> = found.iter().map(|candidate| candidate.act).collect();
    found.sort_by_cached_key(|candidate| {
        let way = &ways[candidate.way];
        (
            (
                !candidate.conflict,
                candidate.weak_place,
                candidate.missing.len(),
            ),
            context.replaced_by_one_of(candidate.act, &acts),
            !candidate.particular,
            candidate.way,
            candidate.surroundings(context, requirement),
            candidate.narrower(context, way),
            candidate.centrality(
                context,
                requirement,
                way,
                times
                    .get(&(candidate.act, candidate.article))
                    .copied()
                    .unwrap_or(0),
            ),
            candidate.breadth(requirement),
            candidate.act,
            candidate.hit.tokens.0,
        )
    });
    found
}

/// How near an article is to being about the matter; the least is nearest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Centrality {
    penalty: u8,
    unnamed: bool,
    outside_code: bool,
    times: Reverse<usize>,
    heading: Reverse<usize>,
    late: bool,
    shown: Reverse<usize>,
    spoken: Reverse<usize>,
}

impl Default for Centrality {
    fn default() -> Self {
        Self {
            penalty: 3,
            unnamed: true,
            outside_code: true,
            times: Reverse(0),
            heading: Reverse(0),
            late: true,
            shown: Reverse(0),
            spoken: Reverse(0),
        }
    }
}

impl Candidate {
    /// How near the article is to being about the matter, nearest first: a
    /// penalty in the sentence, in the article or elsewhere; a term of art for
    /// the object in the article; a penal code; how often the article meets a way; how much
    /// of its own heading the way's concepts fill; the way's first words
    /// opening the sentence; how many elements are shown; how often the
    /// article speaks of them.
    ///
    /// A rule of the general part needs no penalty of its own and stands early:
    /// there only headings and opening words count, then the order of the text.
    fn centrality(
        &self,
        context: &Context<'_>,
        requirement: &Requirement,
        test: &CompiledTest,
        times: usize,
    ) -> Centrality {
        const OFTEN: usize = 3;
        const ENOUGH: usize = 4;
        const OPENING: u32 = 6;
        let annotated = &context.law.acts[self.act];
        let Some(article) = self.article else {
            return Centrality::default();
        };
        let is_penalty = |m: &Mention| Some(m.concept) == context.known.penalty;
        let sought = |m: &&Mention| test.concepts().any(|concept| concept == m.concept);
        let sentence = &annotated.sentences[self.sentence];
        let own = context.article_mentions(self.act, article);
        let penal = self.is_penal(requirement);
        let at_hand = context.acts[self.act].defining.contains(&article)
            || annotated
                .mentions_in(sentence.tokens)
                .iter()
                .any(is_penalty)
            || self.penalty_follows(context);
        let penalty = if !penal || at_hand {
            0
        } else if own.iter().any(is_penalty) {
            1
        } else {
            2
        };
        let named = own.iter().any(|m| test.names(context, m.concept));
        let heading = annotated.act.provision(article).heading;
        let filled = heading.map_or(0, |heading| {
            let words: usize = annotated
                .mentions_at(heading)
                .iter()
                .filter(sought)
                .map(|m| m.span.len())
                .sum();
            (words * 4 / heading.len().max(1)).min(3)
        });
        let opens = self.hit.tokens.0 <= sentence.tokens.0 + OPENING;
        let spoken = if penal {
            own.iter().filter(sought).count()
        } else {
            0
        };
        Centrality {
            penalty,
            unnamed: !named,
            outside_code: penal && !context.acts[self.act].code,
            times: Reverse(if penal { times.min(OFTEN) } else { 0 }),
            heading: Reverse(filled),
            late: !opens,
            shown: Reverse(self.elements.iter().filter(|e| **e == Some(true)).count()),
            spoken: Reverse(spoken.min(ENOUGH)),
        }
    }

    /// Whether the next sentence of the article opens with the penalty, as
    /// where codes set it on a line of its own.
    fn penalty_follows(&self, context: &Context<'_>) -> bool {
        const OPENING: u32 = 3;
        let annotated = &context.law.acts[self.act];
        let next = annotated.sentences.get(self.sentence + 1);
        next.filter(|next| !next.heading && next.article == self.article)
            .is_some_and(|next| {
                annotated.mentions_in(next.tokens).iter().any(|m| {
                    Some(m.concept) == context.known.penalty
                        && m.tokens.0 <= next.tokens.0 + OPENING
                })
            })
    }

    /// How near a rule that needs no penalty stands to offences against
    /// children: it or its headings speak of the material, its headings of
    /// sexual matters, or neither.
    fn surroundings(&self, context: &Context<'_>, requirement: &Requirement) -> u8 {
        let Some(article) = self.article.filter(|_| !self.is_penal(requirement)) else {
            return 0;
        };
        let known = context.known;
        let headings = context.heading_mentions(self.act, article);
        let speaks = |mentions: &[Mention], concepts: &[Option<ConceptId>]| {
            mentions.iter().any(|m| concepts.contains(&Some(m.concept)))
        };
        let material = [known.csam];
        let sexual = [known.sexual, known.pornography, known.sexual_activity];
        if speaks(&headings, &material)
            || speaks(&context.article_mentions(self.act, article), &material)
        {
            0
        } else if speaks(&headings, &sexual) {
            1
        } else {
            2
        }
    }

    /// Whether the article's heading announces a narrower offence, by those in
    /// a position of trust, that the way does not ask for.
    fn narrower(&self, context: &Context<'_>, test: &CompiledTest) -> bool {
        let annotated = &context.law.acts[self.act];
        let trust = context.known.trust_position;
        let heading = self
            .article
            .and_then(|article| annotated.act.provision(article).heading);
        heading.is_some_and(|heading| {
            trust.is_some()
                && !test.concepts().any(|concept| Some(concept) == trust)
                && annotated
                    .mentions_at(heading)
                    .iter()
                    .any(|m| Some(m.concept) == trust)
        })
    }

    /// Whether the way asks for a penalty.
    fn is_penal(&self, requirement: &Requirement) -> bool {
        requirement.ways[self.way].gates.contains(&Gate::Penal)
    }

    /// How many words the hit spreads over, where that says anything.
    fn breadth(&self, requirement: &Requirement) -> u32 {
        if self.is_penal(requirement) {
            self.hit.tokens.1 - self.hit.tokens.0
        } else {
            0
        }
    }

    fn test_elements(
        &mut self,
        context: &Context<'_>,
        requirement: &Requirement,
        tests: &[Option<CompiledTest>],
        mentions: &[Mention],
    ) {
        let way = &requirement.ways[self.way];
        self.evidence.push(evidence(
            context,
            self.act,
            &way.name,
            Role::Core,
            Polarity::Supports,
            self.hit.span,
        ));
        let mut age_missing = 0;
        for (element, test) in requirement.elements.iter().zip(tests) {
            let Some(test) = test else {
                self.elements.push(element.anchor.then_some(true));
                continue;
            };
            let met = self.meets(context, element, test, mentions);
            let sought: Vec<ConceptId> = test.needed().collect();
            if !met && !context.without_words(self.act, &sought).is_empty() {
                // Nobody looked: the language pack has no words for it.
                self.elements.push(None);
                continue;
            }
            self.elements.push(Some(match element.role {
                Role::MustBeAbsent | Role::Conflict => !met,
                _ => met,
            }));
            match element.role {
                Role::Core if !met => {
                    self.missing.push(element.name.get_ref().clone());
                    age_missing += usize::from(test.age_floor.is_some());
                }
                Role::MustBeAbsent if met => self.missing.push(element.name.get_ref().clone()),
                Role::Conflict if met => self.conflict = true,
                _ => {}
            }
        }
        self.only_age = self.missing.len() == 1 && age_missing == 1;
    }

    fn meets(
        &mut self,
        context: &Context<'_>,
        element: &Element,
        test: &CompiledTest,
        mentions: &[Mention],
    ) -> bool {
        if let Some(floor) = test.age_floor {
            let protection = age::protection(context, self.act, self.sentence, self.hit.tokens);
            let enough = protection
                .bound_over(context.protected_below(&test.younger_by))
                .map_or(!test.age_stated, |bound| bound >= floor);
            for (act, span) in protection.places.iter().take(3) {
                let polarity = if enough {
                    Polarity::Supports
                } else {
                    Polarity::Violates
                };
                self.evidence.push(evidence(
                    context,
                    *act,
                    element.name.get_ref(),
                    element.role,
                    polarity,
                    *span,
                ));
            }
            self.protection = protection;
            return enough;
        }
        let polarity = match element.role {
            Role::MustBeAbsent | Role::Conflict => Polarity::Violates,
            _ => Polarity::Supports,
        };
        let spans = test.find(context, self, mentions);
        if let Some((act, span)) = spans {
            self.evidence.push(evidence(
                context,
                act,
                element.name.get_ref(),
                element.role,
                polarity,
                span,
            ));
            return true;
        }
        false
    }
}

/// A test with its concepts resolved.
#[derive(Debug)]
pub(super) struct CompiledTest {
    all: Vec<ConceptId>,
    any: Vec<ConceptId>,
    none: Vec<ConceptId>,
    article: Vec<ConceptId>,
    cited_by: Vec<ConceptId>,
    younger_by: Vec<ConceptId>,
    within: Scope,
    words: u32,
    in_order: bool,
    age_floor: Option<u8>,
    age_stated: bool,
    age_below: Option<u8>,
}

impl CompiledTest {
    pub fn new(context: &Context<'_>, test: &Test) -> Self {
        let ids = |names: &[toml::Spanned<String>]| -> Vec<ConceptId> {
            names
                .iter()
                .filter_map(|name| context.mappings.concepts.id(name.get_ref()))
                .collect()
        };
        Self {
            all: ids(&test.all),
            any: ids(&test.any),
            none: ids(&test.none),
            article: ids(&test.article),
            cited_by: ids(&test.cited_by),
            younger_by: ids(&test.younger_by),
            within: test.within,
            words: test.words.unwrap_or(u32::MAX),
            in_order: test.in_order,
            age_floor: test.age_floor,
            age_stated: test.age_stated,
            age_below: test.age_below,
        }
    }

    /// Every concept the test looks for.
    pub fn concepts(&self) -> impl Iterator<Item = ConceptId> + '_ {
        self.all.iter().chain(&self.any).copied()
    }

    /// Every concept without which the test cannot hold, or may fail to.
    pub fn needed(&self) -> impl Iterator<Item = ConceptId> + '_ {
        let around = self.article.iter().chain(&self.cited_by);
        self.concepts().chain(around.copied())
    }

    /// Whether a concept is a term of art for one that the test looks for.
    fn names(&self, context: &Context<'_>, term: ConceptId) -> bool {
        self.concepts().any(|concept| {
            let concept = context.mappings.concepts.concept(concept);
            concept.is_some_and(|c| c.together.is_some() && c.any_of.contains(&term))
        })
    }

    /// Every place in one sentence where the test holds, one for each mention
    /// that it turns on: those of `any`, or of the first of `all`. A concept
    /// that `bound` already ties to a mention is only sought there.
    pub fn hits(&self, mentions: &[Mention], bound: Option<&[Mention]>) -> Vec<Hit> {
        if self.none_present(mentions) {
            return Vec::new();
        }
        let tied = |concept: ConceptId| {
            bound.and_then(|bound| bound.iter().find(|mention| mention.concept == concept))
        };
        let candidates = |concept: ConceptId| -> Vec<&Mention> {
            match tied(concept) {
                Some(mention) => vec![mention],
                None => mentions.iter().filter(|m| m.concept == concept).collect(),
            }
        };
        let (pivots, rest): (Vec<ConceptId>, &[ConceptId]) = if !self.any.is_empty() {
            (self.any.clone(), &self.all)
        } else {
            match self.all.split_first() {
                Some((first, rest)) => (vec![*first], rest),
                None => return Vec::new(),
            }
        };
        // Where one concept is tied to the candidate, distances count from there.
        let tied_pivots: Vec<ConceptId> = pivots
            .iter()
            .copied()
            .filter(|p| tied(*p).is_some())
            .collect();
        let pivots = if self.any.is_empty() || tied_pivots.is_empty() {
            pivots
        } else {
            tied_pivots
        };
        let mut hits = Vec::new();
        for pivot in pivots.into_iter().flat_map(candidates) {
            let mut chosen = vec![*pivot];
            let mut tokens = pivot.tokens;
            let mut span = pivot.span;
            let mut complete = true;
            for concept in rest {
                let last = chosen.last().map_or(0, |mention| mention.tokens.0);
                let nearest = candidates(*concept)
                    .into_iter()
                    .filter(|m| !self.in_order || m.tokens.0 >= last)
                    .min_by_key(|m| (distance(pivot.tokens, m.tokens), m.tokens.0));
                let Some(nearest) = nearest else {
                    complete = false;
                    break;
                };
                chosen.push(*nearest);
                tokens = (
                    tokens.0.min(nearest.tokens.0),
                    tokens.1.max(nearest.tokens.1),
                );
                span = span.cover(nearest.span);
            }
            let spread = chosen
                .iter()
                .map(|mention| distance(pivot.tokens, mention.tokens))
                .max()
                .unwrap_or(0);
            if complete && spread <= self.words {
                hits.push(Hit {
                    tokens,
                    span,
                    bound: chosen,
                });
            }
        }
        hits
    }

    /// What keeps one sentence from holding the test, each in a few words: a
    /// concept that is not there, one that must not be, too many words between.
    pub fn obstacles(&self, context: &Context<'_>, mentions: &[Mention]) -> Vec<String> {
        let name = |id: &ConceptId| context.mappings.concepts.name(*id);
        let there = |id: &ConceptId| mentions.iter().any(|m| m.concept == *id);
        let mut obstacles: Vec<String> = self
            .all
            .iter()
            .filter(|id| !there(id))
            .map(|id| name(id).to_owned())
            .collect();
        if !self.any.is_empty() && !self.any.iter().any(there) {
            let any: Vec<&str> = self.any.iter().map(name).collect();
            obstacles.push(any.join(" or "));
        }
        let barred = self.none.iter().filter(|id| there(id));
        obstacles.extend(barred.map(|id| format!("words free of {}", name(id))));
        if obstacles.is_empty() && self.hits(mentions, None).is_empty() {
            obstacles.push(format!("nearness: at most {} words apart", self.words));
        }
        obstacles
    }

    fn none_present(&self, mentions: &[Mention]) -> bool {
        mentions.iter().any(|m| self.none.contains(&m.concept))
    }

    /// Whether the concepts asked of the article or its headings are there.
    pub fn around(&self, context: &Context<'_>, act: usize, article: Option<ProvisionId>) -> bool {
        if self.article.is_empty() && self.cited_by.is_empty() && self.age_below.is_none() {
            return true;
        }
        let Some(article) = article else {
            return false;
        };
        let stated = self.age_below.is_none_or(|bound| {
            let annotated = &context.law.acts[act];
            let span = annotated.act.provision(article).span;
            annotated.ages.iter().any(|age| {
                span.contains(age.span) && age.class.upper().is_some_and(|upper| upper < bound)
            })
        });
        if !stated {
            return false;
        }
        let cited = self.cited_by.iter().all(|concept| {
            context.citing(act, article).any(|citing| {
                let mut mentions = context.article_mentions(act, citing).into_iter();
                mentions.any(|m| m.concept == *concept)
            })
        });
        if !cited {
            return false;
        }
        // What a list of definitions names elsewhere is no part of this one.
        if !self.article.is_empty() && context.acts[act].glossary.contains(&article) {
            return false;
        }
        let own = context.article_mentions(act, article);
        let headings = context.heading_mentions(act, article);
        self.article
            .iter()
            .all(|concept| own.iter().chain(&headings).any(|m| m.concept == *concept))
    }

    /// Whether the test holds for a candidate in its own scope; where.
    fn find(
        &self,
        context: &Context<'_>,
        candidate: &Candidate,
        mentions: &[Mention],
    ) -> Option<(usize, Span)> {
        let act = candidate.act;
        match self.within {
            Scope::Sentence => {
                if !self.around(context, act, candidate.article) {
                    return None;
                }
                self.hits(mentions, Some(&candidate.hit.bound))
                    .into_iter()
                    .next()
                    .map(|hit| (act, hit.span))
            }
            Scope::Article | Scope::Headings | Scope::ArticleOrHeadings => {
                let article = candidate.article?;
                let mut pool = Vec::new();
                if self.within != Scope::Headings {
                    pool.extend(context.article_mentions(act, article));
                }
                if self.within != Scope::Article {
                    pool.extend(context.heading_mentions(act, article));
                }
                self.present(&pool).map(|span| (act, span))
            }
            Scope::ArticleOrCiting => {
                let article = candidate.article?;
                std::iter::once(article)
                    .chain(context.citing(act, article))
                    .find_map(|article| self.present(&context.article_mentions(act, article)))
                    .map(|span| (act, span))
            }
            Scope::Nearby => {
                let article = candidate.article?;
                let pool: Vec<Mention> = nearby(context, act, article)
                    .into_iter()
                    .flat_map(|article| context.article_mentions(act, article))
                    .collect();
                self.present(&pool).map(|span| (act, span))
            }
            Scope::Act => self.anywhere(context, act),
            Scope::Jurisdiction => {
                (0..context.law.acts.len()).find_map(|act| self.anywhere(context, act))
            }
        }
    }

    /// Presence without regard to distance; the span of what was met first.
    fn present(&self, pool: &[Mention]) -> Option<Span> {
        if self.none_present(pool) {
            return None;
        }
        let first = |concept: &ConceptId| pool.iter().find(|m| m.concept == *concept);
        let all: Vec<&Mention> = self.all.iter().map(first).collect::<Option<_>>()?;
        let any = self.any.iter().find_map(first);
        if !self.any.is_empty() && any.is_none() {
            return None;
        }
        any.or(all.first().copied()).map(|mention| mention.span)
    }

    /// Whether one sentence of an act holds the test.
    fn anywhere(&self, context: &Context<'_>, act: usize) -> Option<(usize, Span)> {
        let facts = &context.acts[act];
        if facts.treaty || facts.repealed {
            return None;
        }
        let annotated = &context.law.acts[act];
        annotated
            .sentences
            .iter()
            .filter(|sentence| !sentence.heading)
            .flat_map(|sentence| self.hits(annotated.mentions_in(sentence.tokens), None))
            .find(|hit| context.counts(act, hit.span.start))
            .map(|hit| (act, hit.span))
    }
}

/// Words between two stretches; overlapping ones are at distance zero.
fn distance(a: (u32, u32), b: (u32, u32)) -> u32 {
    if a.1 <= b.0 {
        b.0 - a.1
    } else {
        a.0.saturating_sub(b.1)
    }
}

/// The reference of the innermost unit at a span.
pub(super) fn place(context: &Context<'_>, act: usize, span: Span) -> ProvisionRef {
    let annotated = &context.law.acts[act];
    let provision = annotated.act.innermost_at(span.start);
    ProvisionRef {
        act,
        provision,
        file: annotated.act.source.file.clone(),
        locator: annotated.act.locator(provision).to_string(),
    }
}

/// Most bytes of a quotation; longer stretches are cut at a word.
const LONGEST_QUOTE: usize = 480;

/// A quotation as evidence of an element.
pub(super) fn evidence(
    context: &Context<'_>,
    act: usize,
    element: &str,
    role: Role,
    polarity: Polarity,
    span: Span,
) -> Evidence {
    let annotated = &context.law.acts[act];
    let text = annotated.act.text.as_str();
    let span = shorten(text, span);
    Evidence {
        element: element.to_owned(),
        role,
        polarity,
        place: place(context, act, span),
        span,
        quote: annotated.act.quote(span).to_owned(),
        sha256: annotated.act.text.sha256().to_owned(),
        language: annotated.act.language.to_string(),
    }
}

/// Cuts an overlong span at the last blank before the limit.
fn shorten(text: &str, span: Span) -> Span {
    if span.len() <= LONGEST_QUOTE {
        return span;
    }
    let mut limit = span.start + LONGEST_QUOTE;
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    let end = text
        .get(span.start..limit)
        .and_then(|quote| quote.rfind(char::is_whitespace))
        .map_or(limit, |blank| span.start + blank);
    Span::new(span.start, end)
}
