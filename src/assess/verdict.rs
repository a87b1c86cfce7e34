//! From candidates to a verdict, by the method of the requirement.

use std::cmp::Reverse;

use super::age::Protection;
use super::clause::{self, Candidate, CompiledTest};
use super::context::Context;
use super::coverage::{self, Coverage};
use super::definition::{Definition, Reach, covered_from_birth};
use super::elsewhere;
use super::finding::{
    ElementResult, Evidence, Finding, Polarity, ProvisionRef, ReservationNote, Verdict,
};
use crate::law::{ProvisionId, Span};
use crate::mappings::{ConceptId, Element, Requirement, Role, Scope};

/// Most provisions named with a finding.
const MOST_PROVISIONS: usize = 10;
/// So many are named even if they lack more than the best.
const FEW_PROVISIONS: usize = 6;
/// Most quotations kept with a finding.
const MOST_EVIDENCE: usize = 24;

/// A finding under construction.
pub(super) struct Draft<'a> {
    pub context: &'a Context<'a>,
    pub requirement: &'a Requirement,
    pub coverage: Coverage,
}

impl<'a> Draft<'a> {
    pub fn new(context: &'a Context<'a>, requirement: &'a Requirement) -> Self {
        Self {
            context,
            requirement,
            coverage: coverage::coverage(context, requirement),
        }
    }

    /// A finding with this verdict and nothing else yet.
    pub fn finding(&self, verdict: Verdict) -> Finding {
        let id = self.requirement.id.get_ref();
        let jurisdiction = &self.context.law.jurisdiction;
        let reservations = self
            .context
            .mappings
            .tables
            .reservations
            .iter()
            .filter(|r| r.jurisdiction == jurisdiction.as_str())
            .filter(|r| r.requirements.split(';').any(|r| r.trim() == id))
            .map(|r| ReservationNote {
                instrument: format!("{} {}", r.instrument, r.article),
                content: r.content.clone(),
            })
            .collect();
        Finding {
            jurisdiction: jurisdiction.clone(),
            requirement: id.clone(),
            verdict,
            provisions: Vec::new(),
            missing: Vec::new(),
            coverage: self.coverage.note.clone(),
            reason: String::new(),
            elements: self.untested(),
            evidence: Vec::new(),
            trace: None,
            reservations,
            pairs: Vec::new(),
        }
    }

    fn untested(&self) -> Vec<ElementResult> {
        self.results(&[])
    }

    /// The elements, each with what `met` says of it.
    fn of_elements(&self, met: impl Fn(&Element) -> Option<bool>) -> Vec<ElementResult> {
        let met: Vec<Option<bool>> = self.requirement.elements.iter().map(met).collect();
        self.results(&met)
    }

    fn results(&self, met: &[Option<bool>]) -> Vec<ElementResult> {
        self.requirement
            .elements
            .iter()
            .enumerate()
            .map(|(index, element)| ElementResult {
                name: element.name.get_ref().clone(),
                role: element.role,
                text: element.text.clone(),
                met: met.get(index).copied().flatten(),
            })
            .collect()
    }

    /// "Not found" where the law on the topic is held and arrived whole, else
    /// "undetermined" with the reason.
    pub fn negative(&self) -> Finding {
        let reason = if self.coverage.held {
            let loss = self.coverage.loss.clone();
            loss.or_else(|| elsewhere::obstacle(self.context, self.requirement))
        } else {
            Some(self.coverage.reason.clone())
        };
        let mut finding = match reason {
            None => self.finding(Verdict::NotFound),
            Some(reason) => {
                let mut finding = self.finding(Verdict::Undetermined);
                finding.reason = reason;
                finding
            }
        };
        finding.trace = Some(coverage::trace(self.context, self.requirement));
        finding
    }

    /// The verdict that candidates give.
    pub fn of_candidates(&self, candidates: &[Candidate]) -> Finding {
        let Some(best) = candidates.first() else {
            return self.negative();
        };
        let union = union_of_bands(candidates);
        let verdict = if best.conflict {
            Verdict::Conflict
        } else if best.missing.is_empty() || union {
            Verdict::Full
        } else {
            Verdict::Partial
        };
        let mut finding = self.finding(verdict);
        if verdict != Verdict::Full {
            finding.missing = best.missing.clone();
        }
        finding.elements = self.results(&best.elements);
        if union {
            for element in &mut finding.elements {
                element.met = element.met.map(|_| true);
            }
        }
        // Candidates as good as the best come first, then some of other
        // articles; definitions and the like after what they explain.
        let as_good = |c: &Candidate| c.missing.len() <= best.missing.len() || c.only_age && union;
        let mut supporting: Vec<&Evidence> = Vec::new();
        for candidate in one_of_each_way_first(candidates) {
            let full = finding.evidence.len() >= MOST_EVIDENCE;
            if full || !as_good(candidate) && finding.provisions.len() >= FEW_PROVISIONS {
                continue;
            }
            let Some((anchor, others)) = candidate.evidence.split_first() else {
                continue;
            };
            let before = finding.provisions.len();
            self.add_evidence(&mut finding, std::slice::from_ref(anchor), true);
            // One candidate shows an article; more of the same add nothing.
            if finding.provisions.len() > before {
                self.add_evidence(&mut finding, others, false);
                supporting.extend(others);
            }
        }
        for evidence in supporting {
            self.add_provision(&mut finding, &evidence.place);
        }
        self.add_related(&mut finding);
        finding
    }

    /// Adds quotations, and the article of each to the provisions; the
    /// anchor's article comes first.
    pub fn add_evidence(&self, finding: &mut Finding, evidence: &[Evidence], named: bool) {
        for item in evidence {
            if finding.evidence.len() < MOST_EVIDENCE && !finding.evidence.contains(item) {
                finding.evidence.push(item.clone());
            }
            if named {
                self.add_provision(finding, &item.place);
            }
        }
    }

    /// Names the articles that cite the most decisive ones and speak of the
    /// same matter: they punish, widen or qualify it.
    fn add_related(&self, finding: &mut Finding) {
        /// Provisions whose citing articles are sought,
        const DECISIVE: usize = 3;
        /// how many of these are named,
        const MOST: usize = 2;
        /// and of how many of the requirement's concepts, one in so many, they speak.
        const SHARE: usize = 3;
        let context = self.context;
        let sought = self.sought();
        let mut related: Vec<(Reverse<usize>, usize, ProvisionId)> = Vec::new();
        for place in finding.provisions.iter().take(DECISIVE) {
            let act = &context.law.acts[place.act].act;
            let Some(article) = act.article_of(place.provision) else {
                continue;
            };
            for (act, article) in context.references.citing((place.act, article)) {
                let facts = &context.acts[act];
                if facts.treaty || facts.repealed || facts.twin_of.is_some() {
                    continue;
                }
                let own = context.article_mentions(act, article);
                let spoken = |concept: &&ConceptId| own.iter().any(|m| m.concept == **concept);
                let shared = sought.iter().filter(spoken).count();
                if shared > 0 && shared * SHARE >= sought.len() {
                    related.push((Reverse(shared), act, article));
                }
            }
        }
        related.sort_unstable();
        related.dedup();
        let before = finding.provisions.len();
        for (_, act, article) in related {
            let start = context.law.acts[act].act.provision(article).body_start;
            let place = clause::place(context, act, Span::new(start, start));
            self.add_provision(finding, &place);
            if finding.provisions.len() == before + MOST {
                break;
            }
        }
    }

    /// The concepts that the requirement's ways and elements look for.
    fn sought(&self) -> Vec<ConceptId> {
        let ways = self.requirement.ways.iter().map(|way| &way.test);
        let elements = self.requirement.elements.iter();
        let tests = ways.chain(elements.filter_map(|element| element.test.as_ref()));
        let mut sought: Vec<ConceptId> = tests
            .map(|test| CompiledTest::new(self.context, test))
            .flat_map(|test| test.needed().collect::<Vec<_>>())
            .collect();
        sought.sort_unstable();
        sought.dedup();
        sought
    }

    /// Names a provision once per article.
    pub fn add_provision(&self, finding: &mut Finding, place: &ProvisionRef) {
        let article = |place: &ProvisionRef| {
            let act = &self.context.law.acts[place.act].act;
            (place.act, act.article_of(place.provision))
        };
        let known = finding
            .provisions
            .iter()
            .any(|other| article(other) == article(place));
        if !known && finding.provisions.len() < MOST_PROVISIONS {
            finding.provisions.push(place.clone());
        }
    }
}

/// The best candidate, then the best of each other way, then the rest: a
/// reader wants to see every kind of provision before the tenth of one kind.
fn one_of_each_way_first(candidates: &[Candidate]) -> Vec<&Candidate> {
    let mut seen: Vec<usize> = Vec::new();
    let (mut first, mut rest) = (Vec::new(), Vec::new());
    for candidate in candidates {
        if seen.contains(&candidate.way) {
            rest.push(candidate);
        } else {
            seen.push(candidate.way);
            first.push(candidate);
        }
    }
    first.append(&mut rest);
    first
}

/// Whether candidates that lack nothing but the age protect, taken together,
/// everyone under 18 (catalogue 3.6).
fn union_of_bands(candidates: &[Candidate]) -> bool {
    let classes = candidates
        .iter()
        .filter(|candidate| candidate.only_age)
        .flat_map(|candidate| candidate.protection.classes.iter().copied());
    covered_from_birth(classes) >= 18
}

/// Who is a child: every definition with its bound (catalogue `def-child-under-18`).
pub(super) fn child_definition(draft: &Draft<'_>) -> Finding {
    let context = draft.context;
    let general: Vec<&Definition> = context
        .definitions
        .iter()
        .filter(|definition| definition.reach != Reach::Article)
        .collect();
    let bound_of = |act: usize| {
        covered_from_birth(
            general
                .iter()
                .filter(|definition| definition.act == act)
                .map(|definition| definition.class),
        )
    };
    let quote = |finding: &mut Finding, definition: &Definition, polarity: Polarity| {
        let element = if definition.majority {
            "majority"
        } else {
            "definition"
        };
        let item = clause::evidence(
            context,
            definition.act,
            element,
            Role::Core,
            polarity,
            definition.span,
        );
        draft.add_evidence(finding, std::slice::from_ref(&item), true);
    };
    let mut wide: Vec<&Definition> = general
        .iter()
        .copied()
        .filter(|definition| bound_of(definition.act) >= 18)
        .collect();
    // The definition that itself reaches 18 is the decisive one.
    // Of several, the one beside the offences on the material is.
    let topical = |d: &Definition| {
        d.article.is_some_and(|article| {
            let mentions = context.article_mentions(d.act, article);
            mentions
                .iter()
                .any(|m| Some(m.concept) == context.known.csam)
        })
    };
    wide.sort_by_cached_key(|d| {
        let narrow = d.reach != Reach::Act;
        (d.class.upper() < Some(18), !topical(d), d.majority, narrow)
    });
    let low: Vec<&Definition> = general
        .iter()
        .copied()
        .filter(|definition| bound_of(definition.act) < 18 && !definition.majority)
        .filter(|definition| definition.class.lower() == 0)
        .filter(|definition| context.acts[definition.act].criminal)
        .collect();
    // Majority in civil matters does not make good what the act on children
    // itself leaves out.
    let narrow: Vec<&Definition> = general
        .iter()
        .copied()
        .filter(|d| d.reach == Reach::Act && !d.majority && d.class.lower() == 0)
        .filter(|d| bound_of(d.act) < 18 && is_about_children(context, d.act))
        .collect();
    let low = if narrow.is_empty() || wide.iter().any(|d| !d.majority) {
        low
    } else {
        wide.clear();
        narrow
    };
    if !low.is_empty() && wide.is_empty() {
        let mut finding = draft.finding(Verdict::Conflict);
        finding.missing = vec!["definition-below-18".into()];
        for definition in low {
            quote(&mut finding, definition, Polarity::Violates);
        }
        return finding;
    }
    if !wide.is_empty() {
        let mut finding = draft.finding(Verdict::Full);
        for definition in wide {
            quote(&mut finding, definition, Polarity::Supports);
        }
        return finding;
    }
    let mut finding = draft.finding(Verdict::Partial);
    finding.missing = vec!["general-definition".into()];
    for definition in &context.definitions {
        if definition.class.upper().is_some_and(|n| n >= 18) {
            quote(&mut finding, definition, Polarity::Supports);
        }
    }
    // Offences may carry their own numbers: listed as evidence, not upgraded.
    for (act, _, sentence) in context.operative() {
        if finding.provisions.len() >= 4 || !context.penal(act, sentence.article) {
            continue;
        }
        // A rule on how the young are tried or sentenced protects no victim.
        let annotated = &context.law.acts[act];
        let of_offender =
            |m: &crate::annotate::Mention| Some(m.concept) == context.known.offender_age;
        let about_offenders = annotated
            .mentions_in(sentence.tokens)
            .iter()
            .any(of_offender)
            || sentence
                .article
                .is_some_and(|a| context.heading_mentions(act, a).iter().any(of_offender));
        if about_offenders {
            continue;
        }
        for age in annotated.ages_in(sentence.tokens) {
            if age.class.upper() == Some(18) && context.counts(act, age.span.start) {
                let item = clause::evidence(
                    context,
                    act,
                    "age-in-offence",
                    Role::Supplementary,
                    Polarity::Supports,
                    age.span,
                );
                draft.add_evidence(&mut finding, &[item], true);
            }
        }
    }
    if finding.evidence.is_empty() {
        return draft.negative();
    }
    finding
}

/// Whether an act is about children: every other article speaks of them.
fn is_about_children(context: &Context<'_>, act: usize) -> bool {
    let law = &context.law.acts[act].act;
    let speaks = |article: &ProvisionId| {
        context
            .article_mentions(act, *article)
            .iter()
            .any(|m| Some(m.concept) == context.known.child_term)
    };
    law.articles().filter(speaks).count() * 2 >= law.articles().count().max(1)
}

/// Up to which age the offences on the material protect (catalogue `csam-age-18`).
pub(super) fn material_age(draft: &Draft<'_>) -> Finding {
    let context = draft.context;
    let candidates = clause::candidates(context, draft.requirement);
    let Some(best) = candidates.first() else {
        return draft.negative();
    };
    let mut protection = Protection::default();
    let mut places: Vec<&Evidence> = Vec::new();
    for candidate in &candidates {
        for class in &candidate.protection.classes {
            if !protection.classes.contains(class) {
                protection.classes.push(*class);
            }
        }
        for term in &candidate.protection.unresolved {
            if !protection.unresolved.contains(term) {
                protection.unresolved.push(term.clone());
            }
        }
        places.extend(candidate.evidence.iter());
    }
    let bound = protection.bound();
    let open = candidates.iter().any(|candidate| {
        candidate.protection.classes.is_empty() && !candidate.protection.unresolved.is_empty()
    });
    // An exemption or condition anywhere among the offences narrows protection.
    let mut narrowed: Vec<String> = candidates
        .iter()
        .flat_map(|candidate| candidate.missing.iter().map(move |name| (candidate, name)))
        .filter(|(_, name)| !is_age(draft, name) && is_element(draft, name))
        .filter(|(candidate, name)| !made_good(draft, candidate, name, &candidates))
        .map(|(_, name)| name.clone())
        .collect();
    narrowed.sort_unstable();
    narrowed.dedup();
    let (verdict, missing) = match bound {
        Some(bound) if bound >= 18 && narrowed.is_empty() => (Verdict::Full, Vec::new()),
        Some(bound) if bound >= 18 => (Verdict::Partial, narrowed.clone()),
        // A lower age may be that of an aggravation, where the offence itself
        // speaks of a child that nothing here defines.
        Some(_) if open => (Verdict::Undetermined, Vec::new()),
        Some(bound) => (Verdict::Conflict, vec![format!("bound-{bound}")]),
        None => (Verdict::Undetermined, Vec::new()),
    };
    let mut finding = draft.finding(verdict);
    finding.missing = missing;
    if verdict == Verdict::Undetermined {
        finding.reason = if protection.unresolved.is_empty() {
            "no age is stated, and no word for the child with a definition is used".into()
        } else {
            format!(
                "no definition in the corpus gives the age of: {}",
                protection.unresolved.join(", ")
            )
        };
    }
    finding.elements = draft.of_elements(|element| {
        let name = element.name.get_ref();
        if is_age(draft, name) {
            bound.map(|bound| bound >= 18)
        } else if element.test.is_some() && element.role == Role::MustBeAbsent {
            Some(!narrowed.contains(name))
        } else {
            None
        }
    });
    // The age itself is the decisive quotation where the act states it, then
    // what narrows it; of the offences, one quotation of each article.
    let of = |e: &&&Evidence, wanted: bool| is_age(draft, &e.element) == wanted;
    let ages = places.iter().filter(|e| of(e, true));
    let (near, far): (Vec<&Evidence>, Vec<&Evidence>) =
        ages.copied().partition(|e| e.place.act == best.act);
    // Ages that decide the verdict before ages that say otherwise.
    let wanted = if verdict == Verdict::Conflict {
        Polarity::Violates
    } else {
        Polarity::Supports
    };
    let (telling, other): (Vec<&Evidence>, Vec<&Evidence>) =
        near.into_iter().partition(|e| e.polarity == wanted);
    for item in telling.into_iter().chain(other) {
        draft.add_evidence(&mut finding, std::slice::from_ref(item), true);
    }
    for item in places.iter().filter(|e| narrowed.contains(&e.element)) {
        draft.add_evidence(&mut finding, std::slice::from_ref(*item), false);
    }
    for candidate in &candidates {
        let before = finding.provisions.len();
        let Some(anchor) = candidate.evidence.first() else {
            continue;
        };
        draft.add_provision(&mut finding, &anchor.place);
        if finding.provisions.len() > before {
            draft.add_evidence(&mut finding, std::slice::from_ref(anchor), true);
        }
    }
    for item in far {
        draft.add_evidence(&mut finding, std::slice::from_ref(item), true);
    }
    finding
}

/// Whether the same conduct is punished elsewhere up to 18 without this
/// condition: producing in order to distribute, and merely recording.
fn made_good(
    draft: &Draft<'_>,
    narrowed: &Candidate,
    name: &str,
    candidates: &[Candidate],
) -> bool {
    let of_the_sentence = draft.requirement.elements.iter().any(|element| {
        element.name.get_ref() == name
            && element
                .test
                .as_ref()
                .is_some_and(|test| test.within == Scope::Sentence)
    });
    let conduct = |candidate: &Candidate| candidate.hit.bound.first().map(|m| m.concept);
    of_the_sentence
        && candidates.iter().any(|other| {
            conduct(other) == conduct(narrowed)
                && !other.weak_place
                && !other.missing.iter().any(|missing| missing == name)
                && other.protection.bound().is_none_or(|bound| bound >= 18)
        })
}

fn is_element(draft: &Draft<'_>, name: &str) -> bool {
    draft
        .requirement
        .elements
        .iter()
        .any(|element| element.name.get_ref() == name)
}

fn is_age(draft: &Draft<'_>, element: &str) -> bool {
    draft.requirement.elements.iter().any(|e| {
        e.name.get_ref() == element && e.test.as_ref().is_some_and(|t| t.age_floor.is_some())
    })
}
