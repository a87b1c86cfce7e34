//! One jurisdiction's annotated law, with what every rule asks of it: which
//! articles may count, which carry a penalty, which define the child.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::definition::{self, Definition};
use super::references::References;
use crate::annotate::{AnnotatedAct, Mention, Sentence};
use crate::corpus::Unread;
use crate::law::{
    Date, Jurisdiction, Language, ProblemKind, ProvisionId, Span, Standing, UnitKind,
};
use crate::mappings::{ConceptId, Mappings};

/// The law of one jurisdiction, annotated.
#[derive(Debug)]
pub struct JurisdictionLaw {
    /// Whose law it is.
    pub jurisdiction: Jurisdiction,
    /// Name of the country.
    pub country: String,
    /// Its acts, by file name.
    pub acts: Vec<AnnotatedAct>,
    /// Files that gave no act.
    pub unread: Vec<Unread>,
    /// Pairs of acts that are the same act in two files or languages.
    pub twins: Vec<(usize, usize)>,
}

/// Ids of the concepts that the engine itself needs by name. A name that the
/// vocabulary lacks is never found in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    pub child_term: Option<ConceptId>,
    pub csam: Option<ConceptId>,
    pub penalty: Option<ConceptId>,
    pub repealed_act: Option<ConceptId>,
    pub treaty_cue: Option<ConceptId>,
    pub cited_unit: Option<ConceptId>,
    pub defined_as: Option<ConceptId>,
    pub scope_local: Option<ConceptId>,
    pub scope_chapter: Option<ConceptId>,
    pub majority: Option<ConceptId>,
    pub any_means: Option<ConceptId>,
    pub ict: Option<ConceptId>,
    pub carrier: Option<ConceptId>,
    pub presence_bound: Option<ConceptId>,
    pub exempt: Option<ConceptId>,
    pub offender_age: Option<ConceptId>,
    pub same_acts: Option<ConceptId>,
    pub this_offence: Option<ConceptId>,
    pub sexual_activity: Option<ConceptId>,
    pub sexual: Option<ConceptId>,
    pub pornography: Option<ConceptId>,
    pub trust_position: Option<ConceptId>,
    pub attempt_general: Option<ConceptId>,
    pub territory_rule: Option<ConceptId>,
    pub legal_person: Option<ConceptId>,
    pub by_other_act: Option<ConceptId>,
}

impl Known {
    fn of(mappings: &Mappings) -> Self {
        let id = |name| mappings.concepts.id(name);
        Self {
            child_term: id("child-term"),
            csam: id("csam"),
            penalty: id("penalty"),
            repealed_act: id("repealed-act"),
            treaty_cue: id("treaty-cue"),
            cited_unit: id("cited-unit"),
            defined_as: id("defined-as"),
            scope_local: id("scope-local"),
            scope_chapter: id("scope-chapter"),
            majority: id("majority"),
            any_means: id("any-means"),
            ict: id("ict"),
            carrier: id("carrier"),
            presence_bound: id("presence-bound"),
            exempt: id("exempt"),
            offender_age: id("offender-age"),
            same_acts: id("same-acts"),
            this_offence: id("this-offence"),
            sexual_activity: id("sexual-activity"),
            sexual: id("sexual"),
            pornography: id("pornography"),
            trust_position: id("trust-position"),
            attempt_general: id("attempt-general"),
            territory_rule: id("territory-rule"),
            legal_person: id("legal-person"),
            by_other_act: id("by-other-act"),
        }
    }
}

/// Everything derived once per jurisdiction.
#[derive(Debug)]
pub(super) struct Context<'a> {
    pub law: &'a JurisdictionLaw,
    pub mappings: &'a Mappings,
    pub known: Known,
    pub acts: Vec<ActFacts>,
    pub definitions: Vec<Definition>,
    /// Which article cites which, over all acts.
    pub references: References,
    /// By language: the simple concepts its pack has no words for.
    wordless: HashMap<String, Vec<ConceptId>>,
}

/// What is derived once per act.
#[derive(Debug, Default)]
pub(super) struct ActFacts {
    /// The act is a treaty or only approves one.
    pub treaty: bool,
    /// The head of the act says that it is repealed.
    pub repealed: bool,
    /// Another version of the same act: searched by readers, not by rules.
    pub twin_of: Option<usize>,
    /// Articles a penalty clause reaches.
    pub penal: HashSet<ProvisionId>,
    /// Articles with a penalty clause of their own.
    pub punishing: HashSet<ProvisionId>,
    /// Penal articles on the material or on sexual acts with a child.
    pub protecting: HashSet<ProvisionId>,
    /// Articles with a rule for offences at large, on attempt or on territory.
    pub general_rules: HashSet<ProvisionId>,
    /// Articles that say what an offence is, the next one punishing it.
    pub defining: HashSet<ProvisionId>,
    /// Articles that are a list of definitions, announced by their opening words.
    pub glossary: HashSet<ProvisionId>,
    /// Articles of schedules, where these are not the body of the act: lists
    /// and forms, not rules.
    pub appended: HashSet<ProvisionId>,
    /// The act is about offences: a notable share of its articles is penal.
    pub criminal: bool,
    /// The act is, by its size, a penal code.
    pub code: bool,
    /// Sentences by article.
    pub sentences: HashMap<ProvisionId, Vec<usize>>,
    /// The sentences that may hold a rule: no headings, nothing appended.
    searched: Vec<usize>,
    /// For each sentence the places of its mentions.
    mentions_of_sentence: Vec<Range<usize>>,
    /// For each sentence whether it lists offences of other provisions by
    /// number and name, as vetting, extradition and procedure acts do
    /// (catalogue GFP-10).
    listing: Vec<bool>,
    /// For each provision whether its words may count.
    counting: Vec<bool>,
    /// For each mention whether its words may count.
    counting_mentions: Vec<bool>,
    /// Pairs of an article and one that cites it, sorted.
    citations: Vec<(ProvisionId, ProvisionId)>,
}

/// The concepts without words in the pack of each language of the law.
fn wordless(law: &JurisdictionLaw, mappings: &Mappings) -> HashMap<String, Vec<ConceptId>> {
    let mut by_language = HashMap::new();
    for annotated in &law.acts {
        let tag = annotated.act.language.as_str();
        if !by_language.contains_key(tag)
            && let Some(pack) = mappings.pack_reading(tag)
        {
            by_language.insert(tag.to_owned(), mappings.concepts.without_words(pack));
        }
    }
    by_language
}

impl<'a> Context<'a> {
    pub fn new(law: &'a JurisdictionLaw, mappings: &'a Mappings) -> Self {
        Self::in_language(law, mappings, None)
    }

    /// The same, searching of two language versions that in the preferred one.
    pub fn in_language(
        law: &'a JurisdictionLaw,
        mappings: &'a Mappings,
        preferred: Option<&Language>,
    ) -> Self {
        let known = Known::of(mappings);
        let mut acts: Vec<ActFacts> = law
            .acts
            .iter()
            .map(|act| ActFacts::of(act, &known))
            .collect();
        mark_twins(law, preferred, &mut acts);
        let references = References::of(law, mappings);
        for (index, facts) in acts.iter_mut().enumerate() {
            // Bare numbers serve where nothing says how the language cites.
            if references.reads(index) {
                facts.citations.clear();
            }
            facts.citations.extend(references.within(index));
            facts.citations.sort_unstable();
            facts.citations.dedup();
        }
        let mut context = Self {
            law,
            mappings,
            known,
            acts,
            references,
            definitions: Vec::new(),
            wordless: wordless(law, mappings),
        };
        context.definitions = definition::find(&context);
        context
    }

    /// Of these concepts, those that cannot be found in the act because its
    /// language pack has no words for them or for what they are made of.
    pub fn without_words(&self, act: usize, sought: &[ConceptId]) -> Vec<ConceptId> {
        let language = self.law.acts[act].act.language.as_str();
        let Some(wordless) = self.wordless.get(language).filter(|w| !w.is_empty()) else {
            return Vec::new();
        };
        let concepts = &self.mappings.concepts;
        let mut lacking: Vec<ConceptId> = sought
            .iter()
            .flat_map(|id| concepts.parts(*id))
            .filter(|id| wordless.contains(id))
            .collect();
        lacking.sort_unstable();
        lacking.dedup();
        lacking
    }

    /// Sentences that may count as national law, with their act.
    pub fn operative(&self) -> impl Iterator<Item = (usize, usize, &'a Sentence)> + '_ {
        self.law
            .acts
            .iter()
            .enumerate()
            .filter(|(index, _)| {
                let facts = &self.acts[*index];
                !facts.treaty && !facts.repealed && facts.twin_of.is_none()
            })
            .flat_map(move |(index, act)| {
                let searched = self.acts[index].searched.iter();
                searched
                    .filter_map(move |number| Some((index, *number, act.sentences.get(*number)?)))
            })
    }

    /// The mentions in a sentence.
    pub fn sentence_mentions(&self, act: usize, sentence: usize) -> &'a [Mention] {
        let places = self.acts[act].mentions_of_sentence.get(sentence);
        places
            .and_then(|places| self.law.acts[act].mentions.get(places.clone()))
            .unwrap_or_default()
    }

    /// Whether words at this place may count: not repealed, superseded,
    /// quoted, a note or a table of contents.
    pub fn counts(&self, act: usize, offset: usize) -> bool {
        let unit = self.law.acts[act].act.innermost_at(offset);
        self.acts[act].counting.get(unit.index()) == Some(&true)
    }

    /// Whether one of these acts has the same name as this one and a later
    /// date: of two acts that amend one code, the later has the last word.
    pub fn replaced_by_one_of(&self, act: usize, others: &HashSet<usize>) -> bool {
        let bare = |act: usize| bare_title(&self.law.acts[act].act.title);
        let date = |act: usize| stated_date(&self.law.acts[act].act.date);
        let (title, own) = (bare(act), date(act));
        !title.is_empty()
            && !own.is_empty()
            && others
                .iter()
                .any(|other| *other != act && date(*other) > own && bare(*other) == title)
    }

    /// Whether the words are those of another act, quoted by one that amends it.
    pub fn quoted(&self, act: usize, offset: usize) -> bool {
        let act = &self.law.acts[act].act;
        act.standing(act.innermost_at(offset)) == Standing::Quoted
    }

    /// Whether a sentence only lists offences of other provisions.
    pub fn lists_offences(&self, act: usize, sentence: usize) -> bool {
        self.acts[act].listing.get(sentence) == Some(&true)
    }

    /// Whether a mention is only there by words that repeat an earlier
    /// paragraph, such as "the same acts".
    pub fn repeats(&self, mention: &Mention, sentence: &[Mention]) -> bool {
        mention.carried
            && sentence.iter().any(|word| {
                Some(word.concept) == self.known.same_acts && word.tokens == mention.tokens
            })
    }

    /// Whether a penalty reaches the article.
    pub fn penal(&self, act: usize, article: Option<ProvisionId>) -> bool {
        article.is_some_and(|article| self.acts[act].penal.contains(&article))
    }

    /// The articles of the same act that cite an article.
    pub fn citing(&self, act: usize, article: ProvisionId) -> impl Iterator<Item = ProvisionId> {
        let all = &self.acts[act].citations;
        let first = all.partition_point(|(cited, _)| *cited < article);
        all[first..]
            .iter()
            .take_while(move |(cited, _)| *cited == article)
            .map(|(_, citing)| *citing)
    }

    /// The highest age below which penal provisions on one of these concepts
    /// protect everyone; 0 where none states one.
    pub fn protected_below(&self, concepts: &[ConceptId]) -> u8 {
        if concepts.is_empty() {
            return 0;
        }
        self.operative()
            .filter(|(act, _, sentence)| self.penal(*act, sentence.article))
            .filter(|(act, _, sentence)| {
                let mentions = self.law.acts[*act].mentions_in(sentence.tokens);
                mentions.iter().any(|m| concepts.contains(&m.concept))
            })
            .flat_map(|(act, _, sentence)| self.law.acts[act].ages_in(sentence.tokens))
            .filter(|age| age.class.lower() == 0)
            .filter_map(|age| age.class.upper())
            .filter(|age| *age < 18)
            .max()
            .unwrap_or(0)
    }

    /// The articles of the same act that an article cites.
    pub fn cited(&self, act: usize, article: ProvisionId) -> impl Iterator<Item = ProvisionId> {
        self.acts[act]
            .citations
            .iter()
            .filter(move |(_, citing)| *citing == article)
            .map(|(cited, _)| *cited)
    }

    /// The articles of the act that a stretch of its text cites.
    pub fn cited_within(&self, act: usize, span: Span) -> Vec<ProvisionId> {
        if self.references.reads(act) {
            return self.references.cited_in(act, span);
        }
        let annotated = &self.law.acts[act];
        let by_number = articles_by_number(&annotated.act);
        cited_numbers(annotated, &self.known, span)
            .iter()
            .filter_map(|number| by_number.get(number).copied())
            .collect()
    }

    /// The mentions in the headings over an article, its own included.
    pub fn heading_mentions(&self, act: usize, article: ProvisionId) -> Vec<Mention> {
        let annotated = &self.law.acts[act];
        annotated
            .act
            .headings(article)
            .into_iter()
            .flat_map(|heading| annotated.mentions_at(heading))
            .copied()
            .collect()
    }

    /// The mentions in an article's own text, those that may not count left out.
    pub fn article_mentions(&self, act: usize, article: ProvisionId) -> Vec<Mention> {
        let annotated = &self.law.acts[act];
        let range = annotated.mention_range(annotated.act.provision(article).span);
        let own = annotated.mentions.get(range.clone()).unwrap_or_default();
        let counting = self.acts[act].counting_mentions.get(range);
        own.iter()
            .zip(counting.unwrap_or_default())
            .filter(|(_, counts)| **counts)
            .map(|(mention, _)| *mention)
            .collect()
    }

    /// Damage of the acts that may hide law, for the coverage note.
    pub fn damage(&self) -> Vec<String> {
        let mut damage: Vec<String> = self
            .law
            .acts
            .iter()
            .flat_map(|annotated| {
                annotated
                    .act
                    .problems
                    .iter()
                    .filter(|problem| problem.kind.hides_law())
                    .map(|problem| {
                        format!("{} ({})", annotated.act.source.file, problem.kind.name())
                    })
            })
            .collect();
        damage.extend(
            self.law
                .unread
                .iter()
                .map(|unread| format!("{} (not read)", unread.file)),
        );
        damage.dedup();
        damage
    }
}

impl ActFacts {
    fn of(annotated: &AnnotatedAct, known: &Known) -> Self {
        let act = &annotated.act;
        let mut facts = ActFacts {
            treaty: is_treaty(annotated, known),
            repealed: is_repealed(annotated, known),
            listing: annotated
                .sentences
                .iter()
                .map(|sentence| lists_offences(act.quote(sentence.span)))
                .collect(),
            counting: act.ids().map(|id| act.standing(id).may_count()).collect(),
            ..ActFacts::default()
        };
        facts.counting_mentions = annotated
            .mentions
            .iter()
            .map(|mention| facts.counting[act.innermost_at(mention.span.start).index()])
            .collect();
        for (number, sentence) in annotated.sentences.iter().enumerate() {
            if let Some(article) = sentence.article {
                facts.sentences.entry(article).or_default().push(number);
            }
        }
        facts.glossary = facts
            .sentences
            .iter()
            .filter(|(_, numbers)| is_glossary(annotated, numbers, known))
            .map(|(article, _)| *article)
            .collect();
        facts.citations = citations(annotated, known);
        let (own, cited) = penal_articles(annotated, known);
        facts.code = own.len() >= CODE_SIZE && own.len() * CODE_SHARE >= act.articles().count();
        facts.punishing.clone_from(&own);
        facts.penal = own;
        facts.penal.extend(cited);
        facts.defining = punished_next(annotated, known);
        facts.penal.extend(&facts.defining);
        facts.protecting = protecting(annotated, known, &facts.penal);
        facts.general_rules = general_rules(annotated, known);
        facts.appended = appended(act);
        let searched = |sentence: &Sentence| {
            let appended = |article| facts.appended.contains(&article);
            !sentence.heading && sentence.article.is_some_and(|article| !appended(article))
        };
        facts.searched = (0..annotated.sentences.len())
            .filter(|number| searched(&annotated.sentences[*number]))
            .collect();
        facts.mentions_of_sentence = annotated
            .sentences
            .iter()
            .map(|sentence| annotated.mention_range_in(sentence.tokens))
            .collect();
        let articles = act.articles().count().max(1);
        facts.criminal = facts.penal.len() * CRIMINAL_SHARE >= articles;
        facts
    }
}

/// Whether an article opens with words that announce definitions, and many
/// sentences follow: each of them defines a word of its own and says nothing of
/// the others.
fn is_glossary(annotated: &AnnotatedAct, numbers: &[usize], known: &Known) -> bool {
    /// Words that announce.
    const LEAD_IN: u32 = 40;
    /// Sentences that make a list.
    const LIST: usize = 6;
    let mut sentences = numbers
        .iter()
        .filter_map(|number| annotated.sentences.get(*number))
        .filter(|sentence| !sentence.heading);
    let Some(opening) = sentences.next() else {
        return false;
    };
    let announces = annotated
        .mentions_in(opening.tokens)
        .iter()
        .any(|mention| Some(mention.concept) == known.defined_as);
    let short = opening.tokens.1 - opening.tokens.0 <= LEAD_IN;
    announces && short && sentences.count() >= LIST
}

/// The words of a title that name the act: without numbers and without what
/// stands in brackets at its end, which tell one act of a name from the next.
fn bare_title(title: &str) -> String {
    let name = match title.rsplit_once('(') {
        Some((name, note)) if note.ends_with(')') => name,
        _ => title,
    };
    let words = name
        .split_whitespace()
        .filter(|word| !word.contains(|c: char| c.is_numeric()));
    words.collect::<Vec<_>>().join(" ")
}

/// The year, or the day, that a date opens with; empty where it does not.
fn stated_date(date: &str) -> &str {
    let end = date
        .find(|c: char| !c.is_ascii_digit() && c != '-')
        .unwrap_or(date.len());
    date.get(..end)
        .filter(|stated| stated.len() >= 4)
        .unwrap_or_default()
}

/// Of two versions of one act, the one that arrived whole is searched; of two
/// languages, that of most of the jurisdiction's acts; of two versions in time,
/// the later; of two copies, the first.
fn mark_twins(law: &JurisdictionLaw, preferred: Option<&Language>, acts: &mut [ActFacts]) {
    let speakers = |index: usize| {
        let language = law.acts.get(index).map(|act| &act.act.language);
        let same = |act: &&AnnotatedAct| Some(&act.act.language) == language;
        law.acts.iter().filter(same).count()
    };
    for (first, second) in &law.twins {
        let whole = |index: usize| {
            let problems = law.acts.get(index).map(|act| &act.act.problems);
            !problems.is_some_and(|all| all.iter().any(|problem| problem.kind.hides_law()))
        };
        let version = |index: usize| {
            let act = law.acts.get(index).map(|act| &act.act);
            act.and_then(|act| Date::at_start(&act.date))
        };
        let wanted = |index: usize| {
            let language = law.acts.get(index).map(|act| &act.act.language);
            preferred.is_some() && language == preferred
        };
        let rank = |index: usize| (wanted(index), whole(index), speakers(index), version(index));
        let better = rank(*second) > rank(*first);
        let (kept, other) = if better {
            (second, first)
        } else {
            (first, second)
        };
        if let Some(facts) = acts.get_mut(*other) {
            facts.twin_of = Some(*kept);
        }
    }
}

/// One penal article in so many makes an act one about offences,
const CRIMINAL_SHARE: usize = 7;
/// and one in so few, with a hundred of them, a penal code.
const CODE_SHARE: usize = 2;
const CODE_SIZE: usize = 100;

/// An act whose text speaks as a treaty does, more than now and then.
fn is_treaty(annotated: &AnnotatedAct, known: &Known) -> bool {
    let declared = annotated
        .act
        .problems
        .iter()
        .any(|problem| problem.kind == ProblemKind::TreatyText);
    let cues = annotated
        .mentions
        .iter()
        .filter(|mention| Some(mention.concept) == known.treaty_cue)
        .count();
    let articles = annotated.act.articles().count().max(1);
    declared || cues >= 5 && cues * 4 >= articles
}

/// An act that says at its head, before the first article, that it is repealed.
fn is_repealed(annotated: &AnnotatedAct, known: &Known) -> bool {
    /// Bytes: beyond these a head is no head.
    const HEAD: usize = 3000;
    let act = &annotated.act;
    let first = act.articles().next();
    let end = first.map_or(0, |article| act.provision(article).span.start);
    annotated
        .mentions_at(Span::new(0, end.min(HEAD)))
        .iter()
        .any(|mention| Some(mention.concept) == known.repealed_act)
}

/// Articles with a penalty clause of their own, and articles that a penalty
/// clause elsewhere in the act reaches by citing their number.
fn penal_articles(
    annotated: &AnnotatedAct,
    known: &Known,
) -> (HashSet<ProvisionId>, HashSet<ProvisionId>) {
    let act = &annotated.act;
    let mut penal: HashSet<ProvisionId> = HashSet::new();
    let mut cited: HashSet<crate::law::Number> = HashSet::new();
    for sentence in annotated.sentences.iter().filter(|s| !s.heading) {
        let Some(article) = sentence.article else {
            continue;
        };
        let mentions = annotated.mentions_in(sentence.tokens);
        let punishes = mentions.iter().any(|mention| {
            Some(mention.concept) == known.penalty
                && act
                    .standing(act.innermost_at(mention.span.start))
                    .may_count()
        });
        if !punishes {
            continue;
        }
        penal.insert(article);
        for mention in mentions {
            if Some(mention.concept) == known.cited_unit {
                cited.extend(numbers_after(
                    act.text.as_str(),
                    mention.span,
                    sentence.span,
                ));
            }
        }
    }
    let by_reference = act
        .articles()
        .filter(|article| {
            let number = act.provision(*article).number.as_ref();
            number.is_some_and(|number| cited.contains(number))
        })
        .collect();
    (penal, by_reference)
}

/// The penal articles on the material or on sexual acts with a child.
fn protecting(
    annotated: &AnnotatedAct,
    known: &Known,
    penal: &HashSet<ProvisionId>,
) -> HashSet<ProvisionId> {
    let sentences = annotated.sentences.iter().filter(|s| !s.heading);
    sentences
        .filter(|sentence| {
            let mentions = annotated.mentions_in(sentence.tokens);
            let names = |concept| mentions.iter().any(|m| Some(m.concept) == concept);
            let child = names(known.child_term) || !annotated.ages_in(sentence.tokens).is_empty();
            names(known.csam) || child && names(known.sexual_activity)
        })
        .filter_map(|sentence| sentence.article)
        .filter(|article| penal.contains(article))
        .collect()
}

/// The articles with a rule for offences at large, on attempt or on territory.
fn general_rules(annotated: &AnnotatedAct, known: &Known) -> HashSet<ProvisionId> {
    let rule = |m: &&Mention| {
        let concept = Some(m.concept);
        concept == known.attempt_general || concept == known.territory_rule
    };
    let act = &annotated.act;
    annotated
        .mentions
        .iter()
        .filter(rule)
        .filter_map(|mention| act.article_of(act.innermost_at(mention.span.start)))
        .collect()
}

/// Which article cites which, within the act.
fn citations(annotated: &AnnotatedAct, known: &Known) -> Vec<(ProvisionId, ProvisionId)> {
    let act = &annotated.act;
    let by_number = articles_by_number(act);
    let mut citations: Vec<(ProvisionId, ProvisionId)> = annotated
        .sentences
        .iter()
        .filter(|sentence| !sentence.heading)
        .filter_map(|sentence| Some((sentence.article?, sentence.span)))
        .flat_map(|(citing, span)| {
            cited_numbers(annotated, known, span)
                .into_iter()
                .filter_map(|number| by_number.get(&number).copied())
                .map(move |cited| (cited, citing))
                .collect::<Vec<_>>()
        })
        .collect();
    citations.sort_unstable();
    citations.dedup();
    citations
}

/// The last article of each number.
fn articles_by_number(act: &crate::law::Act) -> HashMap<&crate::law::Number, ProvisionId> {
    act.articles()
        .filter_map(|article| Some((act.provision(article).number.as_ref()?, article)))
        .collect()
}

/// The numbers that follow words or signs of citation within a stretch.
fn cited_numbers(annotated: &AnnotatedAct, known: &Known, span: Span) -> Vec<crate::law::Number> {
    let text = annotated.act.text.as_str();
    let words = annotated
        .mentions_at(span)
        .iter()
        .filter(|mention| Some(mention.concept) == known.cited_unit)
        .flat_map(|mention| numbers_after(text, mention.span, span));
    // The sign is no word and no mention.
    let signs = annotated
        .act
        .quote(span)
        .split('§')
        .skip(1)
        .filter_map(|after| after.split_whitespace().next())
        .map(|number| crate::law::Number::new(number.trim_end_matches([')', ',', '.', ';'])));
    words.chain(signs).collect()
}

/// The articles in schedules, unless nearly all stand there: then the
/// schedule is the code that the act puts into force.
fn appended(act: &crate::law::Act) -> HashSet<ProvisionId> {
    let in_schedule = |article: &ProvisionId| {
        act.ancestors(*article)
            .any(|unit| act.provision(unit).kind == UnitKind::Schedule)
    };
    let own = act.articles().take_while(|article| !in_schedule(article));
    let appended: HashSet<ProvisionId> = act
        .articles()
        .skip(own.count())
        .filter(in_schedule)
        .collect();
    // What stands before the body enacts it; an act that only enacts has a
    // handful of articles of its own.
    let enacting = act
        .articles()
        .next()
        .is_some_and(|first| in_schedule(&first));
    if enacting || appended.len() * 4 > act.articles().count() * 3 {
        return HashSet::new();
    }
    appended
}

/// An article that says what an offence is, followed by one that is headed
/// "Punishment for" it, is penal: the drafting of the 1860 code tradition.
fn punished_next(annotated: &AnnotatedAct, known: &Known) -> HashSet<ProvisionId> {
    const REACH: usize = 3;
    let mut defining = HashSet::new();
    let act = &annotated.act;
    let articles: Vec<ProvisionId> = act.articles().collect();
    let heading = |article: ProvisionId| {
        act.provision(article)
            .heading
            .map(|heading| annotated.mentions_at(heading))
            .unwrap_or_default()
    };
    for (index, article) in articles.iter().enumerate() {
        let punishing = heading(*article);
        if !punishing.iter().any(|m| Some(m.concept) == known.penalty) {
            continue;
        }
        for back in 1..=REACH.min(index) {
            let before = articles[index - back];
            let shared = heading(before).iter().any(|m| {
                Some(m.concept) != known.penalty
                    && punishing.iter().any(|other| other.concept == m.concept)
            });
            if back == 1 || shared {
                defining.insert(before);
            }
        }
    }
    defining
}

/// Whether a sentence names many offences by number and name.
fn lists_offences(sentence: &str) -> bool {
    const MANY: usize = 3;
    named_numbers(sentence).take(MANY).count() == MANY
}

/// Places where a number is followed by a name in brackets: "163.1 (child
/// pornography)".
fn named_numbers(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.match_indices(" (").filter_map(|(at, _)| {
        let before = text[..at].trim_end_matches(')');
        let digits = before.ends_with(|c: char| c.is_ascii_digit() || c.is_ascii_uppercase());
        let word = before
            .rsplit(char::is_whitespace)
            .next()
            .unwrap_or_default();
        let number = word.starts_with(|c: char| c.is_ascii_digit()) && word.len() <= 12;
        let inside = &text[at + 2..];
        let name = inside
            .split(')')
            .next()
            .is_some_and(|name| name.split_whitespace().count() >= 2);
        let lettered = inside.starts_with(char::is_alphabetic);
        (digits && number && name && lettered).then_some(at)
    })
}

/// The numbers that follow a citation word: "sections 11, 13 and 15A(2)".
fn numbers_after(text: &str, word: Span, sentence: Span) -> Vec<crate::law::Number> {
    let rest = text
        .get(word.end..sentence.end.max(word.end))
        .unwrap_or_default();
    let mut numbers = Vec::new();
    let mut gap = 0;
    for piece in rest.split(|c: char| c.is_whitespace() || ",;()[]".contains(c)) {
        let piece = piece.trim_matches(|c: char| ".:§".contains(c));
        if piece.starts_with(|c: char| c.is_ascii_digit()) {
            numbers.push(crate::law::Number::new(piece));
            gap = 0;
        } else if !piece.is_empty() {
            gap += 1;
            if gap > 2 || numbers.len() > 40 {
                break;
            }
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::{bare_title, stated_date};

    #[test]
    fn acts_that_amend_one_code_have_one_name_and_the_code_another() {
        let later = bare_title("Penal Code (Amendment) Act 2022 (second part)");
        assert_eq!(bare_title("Penal Code (Amendment) Act 2011"), later);
        assert_ne!(bare_title("Penal Code"), later);
        assert_eq!(stated_date("2026-05-17 (as published)"), "2026-05-17");
        assert_eq!(stated_date("spring of 2022"), "");
    }
}
