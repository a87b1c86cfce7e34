//! Compiles the language packs and annotates acts with them.

use std::collections::HashMap;
use std::ops::Range;

use super::age::{AgeClass, AgeMention};
use super::compose;
use super::fold::{Folded, fold, fold_words};
use super::matcher::{Joined, Match, Matcher, Pattern};
use super::numbers::NumberWords;
use super::penalty::{Penalty, PenaltyReader};
use super::phrase::parse;
use super::sentence::{Sentence, StopRules, split};
use super::unspaced::count_words;
use crate::law::{Act, ProvisionId, Span};
use crate::mappings::{AGE_UNDER, ConceptId, Concepts, Diagnostic, Mappings, Pack};
use toml::Spanned;

/// A concept found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// Which.
    pub concept: ConceptId,
    /// First word and one past the last, as token numbers of the act.
    pub tokens: (u32, u32),
    /// Where, in canonical text.
    pub span: Span,
    /// The words only point back to what the article or a heading names.
    pub carried: bool,
}

/// An act with everything the language pack finds in it.
#[derive(Debug)]
pub struct AnnotatedAct {
    /// The act.
    pub act: Act,
    /// Whether a pack for its language exists; without one nothing is found.
    pub has_pack: bool,
    /// Sentences in order.
    pub sentences: Vec<Sentence>,
    /// Mentions in order of their first word.
    pub mentions: Vec<Mention>,
    /// Ages in order.
    pub ages: Vec<AgeMention>,
    /// What sentences with a penalty threaten, as far as it can be read, in
    /// order.
    pub penalties: Vec<Penalty>,
}

impl AnnotatedAct {
    /// The mentions that begin within a range of tokens.
    pub fn mentions_in(&self, tokens: (u32, u32)) -> &[Mention] {
        let range = self.mention_range_in(tokens);
        self.mentions.get(range).unwrap_or_default()
    }

    /// The places of these in the list of mentions.
    pub(crate) fn mention_range_in(&self, tokens: (u32, u32)) -> Range<usize> {
        let start = self.mentions.partition_point(|m| m.tokens.0 < tokens.0);
        let end = self.mentions.partition_point(|m| m.tokens.0 < tokens.1);
        start..end
    }

    /// The ages stated within a range of tokens.
    pub fn ages_in(&self, tokens: (u32, u32)) -> &[AgeMention] {
        let start = self.ages.partition_point(|a| a.tokens.0 < tokens.0);
        let end = self.ages.partition_point(|a| a.tokens.0 < tokens.1);
        self.ages.get(start..end).unwrap_or_default()
    }

    /// The mentions that begin within a span of canonical text.
    pub fn mentions_at(&self, span: Span) -> &[Mention] {
        let range = self.mention_range(span);
        self.mentions.get(range).unwrap_or_default()
    }

    /// The places of these in the list of mentions.
    pub(crate) fn mention_range(&self, span: Span) -> Range<usize> {
        let start = self.mentions.partition_point(|m| m.span.start < span.start);
        let end = self.mentions.partition_point(|m| m.span.start < span.end);
        start..end
    }

    /// What the sentence around a place of the canonical text threatens.
    pub fn penalty_at(&self, offset: usize) -> Option<&Penalty> {
        let at = self.penalties.partition_point(|p| p.span.end <= offset);
        self.penalties.get(at).filter(|p| p.span.start <= offset)
    }

    /// The concepts mentioned in a provision and everything in it, by name,
    /// each once: the index stores them as terms.
    pub fn concepts_of<'a>(&self, concepts: &'a Concepts, id: ProvisionId) -> Vec<&'a str> {
        let mut names: Vec<&str> = self
            .mentions_at(self.act.provision(id).span)
            .iter()
            .map(|mention| concepts.name(mention.concept))
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// What a phrase stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A concept, by the phrase of this number.
    Concept(ConceptId, u32),
    /// What looks like a concept and is not it.
    Except(ConceptId),
    /// An age of this shape.
    Age(AgeShape, u32),
}

/// The shapes of age phrases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AgeShape {
    Under,
    AtMost,
    AtLeast,
    Over,
    Between,
    NotAClass,
}

/// The concept of a penalty clause.
const PENALTY: &str = "penalty";

/// One language, compiled.
#[derive(Debug)]
pub(super) struct LanguageMatcher {
    pub tag: String,
    /// Languages without a pack that this one reads.
    reads: Vec<String>,
    matcher: Matcher<Meaning>,
    stops: StopRules,
    /// Letters that count as one word in a script without blanks, else 1.
    letters_per_word: u8,
    /// How many phrases the pack has (`Meaning` counts them).
    pub phrases: u32,
    /// None where the pack has no words for penalties.
    penalties: Option<PenaltyReader>,
}

/// All language packs, compiled.
#[derive(Debug)]
pub struct Annotator {
    languages: Vec<LanguageMatcher>,
    rules: compose::Rules,
    age_under: ConceptId,
    penalty: Option<ConceptId>,
}

impl Annotator {
    /// Compiles the packs.
    ///
    /// # Errors
    /// Phrases that cannot be used, each at its place in its file.
    pub fn new(mappings: &Mappings) -> Result<Self, Vec<Diagnostic>> {
        let mut errors = Vec::new();
        let languages = mappings
            .packs
            .iter()
            .map(|pack| LanguageMatcher::new(mappings, pack, &mut errors))
            .collect();
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(Self {
            languages,
            rules: compose::Rules::new(&mappings.concepts),
            age_under: mappings.concepts.id(AGE_UNDER).unwrap_or(ConceptId(0)),
            penalty: mappings.concepts.id(PENALTY),
        })
    }

    pub(super) fn language(&self, tag: &str) -> Option<&LanguageMatcher> {
        let primary = tag.split('-').next().unwrap_or(tag);
        let find =
            |is: &dyn Fn(&LanguageMatcher) -> bool| self.languages.iter().find(|item| is(item));
        find(&|item| item.tag == tag)
            .or_else(|| find(&|item| item.tag == primary))
            .or_else(|| find(&|item| item.reads.iter().any(|other| other == primary)))
            .or_else(|| find(&|item| item.tag.split('-').next() == Some(primary)))
    }

    /// Annotates one act.
    pub fn annotate(&self, act: Act) -> AnnotatedAct {
        let Some(language) = self.language(act.language.as_str()) else {
            return AnnotatedAct {
                act,
                has_pack: false,
                sentences: Vec::new(),
                mentions: Vec::new(),
                ages: Vec::new(),
                penalties: Vec::new(),
            };
        };
        let folded = language.fold(act.text.as_str());
        let found = language.find(&folded);
        let mut sentences = split(&act, &folded, &language.stops);
        let mut ages = ages(&found, &folded);
        let mut mentions = simple_mentions(&found, &folded);
        for age in &ages {
            if age.class.upper().is_some_and(|n| (5..=25).contains(&n)) {
                mentions.push(Mention {
                    concept: self.age_under,
                    tokens: age.tokens,
                    span: age.span,
                    carried: false,
                });
            }
        }
        count_words(
            &folded,
            language.letters_per_word,
            &mut sentences,
            &mut ages,
            &mut mentions,
        );
        let penalties = self.penalties(language, &act, &sentences, &mentions, &ages);
        let mentions = self.rules.compose(&act, &sentences, mentions);
        AnnotatedAct {
            act,
            has_pack: true,
            sentences,
            mentions,
            ages,
            penalties,
        }
    }

    /// Reads the sentences in which a penalty is mentioned.
    fn penalties(
        &self,
        language: &LanguageMatcher,
        act: &Act,
        sentences: &[Sentence],
        mentions: &[Mention],
        ages: &[AgeMention],
    ) -> Vec<Penalty> {
        let (Some(reader), Some(penalty)) = (&language.penalties, self.penalty) else {
            return Vec::new();
        };
        let mut offsets: Vec<usize> = mentions
            .iter()
            .filter(|mention| mention.concept == penalty)
            .map(|mention| mention.span.start)
            .collect();
        offsets.sort_unstable();
        let holds = |span: Span| {
            let first = offsets.partition_point(|offset| *offset < span.start);
            offsets.get(first).is_some_and(|offset| *offset < span.end)
        };
        sentences
            .iter()
            .filter(|sentence| holds(sentence.span))
            .map(|sentence| {
                let span = sentence.span;
                let first = ages.partition_point(|age| age.span.end <= span.start);
                let own: Vec<Span> = ages[first..]
                    .iter()
                    .map(|age| age.span)
                    .take_while(|age| age.start < span.end)
                    .collect();
                let text = act.quote(span);
                reader.read(text, &language.fold(text), span.start, &own)
            })
            .filter(|read| !read.is_empty())
            .collect()
    }

    /// What one sample sentence threatens; none without words for penalties.
    pub(super) fn penalty_of_sample(language: &LanguageMatcher, text: &str) -> Option<Penalty> {
        let folded = language.fold(text);
        let ages: Vec<Span> = ages(&language.find(&folded), &folded)
            .iter()
            .map(|age| age.span)
            .collect();
        let reader = language.penalties.as_ref()?;
        Some(reader.read(text, &folded, 0, &ages))
    }

    /// The concepts and ages found in one sample sentence, composites
    /// included, with the numbers of the phrases that matched.
    pub(super) fn annotate_sample(
        language: &LanguageMatcher,
        text: &str,
    ) -> (Vec<Meaning>, Vec<AgeMention>) {
        let folded = language.fold(text);
        let found = language.find(&folded);
        let ages = ages(&found, &folded);
        (found.into_iter().map(|m| m.meaning).collect(), ages)
    }
}

impl LanguageMatcher {
    fn new(mappings: &Mappings, pack: &Pack, errors: &mut Vec<Diagnostic>) -> Self {
        let file = format!("languages/{}.toml", pack.tag.get_ref());
        let mut refuse = |phrase: &Spanned<String>, message: String| {
            errors.push(Diagnostic {
                file: file.clone(),
                source: mappings.source(&file).to_owned(),
                span: phrase.span(),
                message,
                help: "the notation of phrases is explained in mappings/README.md".into(),
            });
        };
        let folded = |words: &[String]| words.iter().flat_map(|word| fold_words(word)).collect();
        let joined = Joined {
            before: folded(&pack.words.joined_before),
            behind: folded(&pack.words.joined_behind),
        };
        let penalties = PenaltyReader::new(pack, joined.clone(), &mut refuse);
        let mut patterns: Vec<Pattern<Meaning>> = Vec::new();
        let mut add = |phrase: &Spanned<String>, meaning: Meaning| match parse(phrase.get_ref()) {
            Ok(chunks) => patterns.push(Pattern { chunks, meaning }),
            Err(error) => refuse(phrase, error.to_string()),
        };
        let mut phrases = 0;
        for (name, entry) in &pack.concepts {
            let Some(id) = mappings.concepts.id(name.get_ref()) else {
                continue;
            };
            for phrase in &entry.phrases {
                add(phrase, Meaning::Concept(id, phrases));
                phrases += 1;
            }
            for phrase in &entry.except {
                add(phrase, Meaning::Except(id));
            }
        }
        let shapes = [
            (AgeShape::Under, &pack.ages.under),
            (AgeShape::AtMost, &pack.ages.at_most),
            (AgeShape::AtLeast, &pack.ages.at_least),
            (AgeShape::Over, &pack.ages.over),
            (AgeShape::Between, &pack.ages.between),
            (AgeShape::NotAClass, &pack.ages.not_a_class),
        ];
        for (shape, list) in shapes {
            for phrase in list {
                add(phrase, Meaning::Age(shape, phrases));
                phrases += 1;
            }
        }
        let numbers: Vec<(String, u32)> = pack
            .numbers
            .iter()
            .map(|(word, value)| (word.clone(), *value))
            .collect();
        Self {
            tag: pack.tag.get_ref().clone(),
            reads: pack.reads.clone(),
            matcher: Matcher::new(
                patterns,
                NumberWords::new(numbers.iter(), joined.before.clone()),
                joined,
            ),
            stops: StopRules {
                abbreviations: pack
                    .sentences
                    .abbreviations
                    .iter()
                    .flat_map(|word| fold_words(word))
                    .collect(),
                ordinal_full_stop: pack.sentences.ordinal_full_stop,
            },
            letters_per_word: pack.sentences.letters_per_word.unwrap_or(1),
            phrases,
            penalties,
        }
    }

    /// What every phrase that is found in a text stands for.
    pub(super) fn meanings(&self, text: &str) -> Vec<Meaning> {
        let found = self.matcher.find(&self.fold(text));
        found.into_iter().map(|found| found.meaning).collect()
    }

    fn fold(&self, text: &str) -> Folded {
        fold(text, &|word| self.stops.ends_after(word))
    }

    /// All matches, without those an `except` phrase overlaps.
    fn find(&self, folded: &Folded) -> Vec<Match<Meaning>> {
        let found = self.matcher.find(folded);
        let mut excepted: HashMap<ConceptId, Vec<(u32, u32)>> = HashMap::new();
        for found in &found {
            if let Meaning::Except(concept) = found.meaning {
                excepted.entry(concept).or_default().push(found.tokens);
            }
        }
        for spans in excepted.values_mut() {
            spans.sort_unstable();
        }
        found
            .into_iter()
            .filter(|found| match found.meaning {
                Meaning::Except(_) => false,
                Meaning::Age(..) => true,
                Meaning::Concept(concept, _) => excepted
                    .get(&concept)
                    .is_none_or(|spans| !overlaps_any(spans, found.tokens)),
            })
            .collect()
    }
}

/// Whether a range overlaps one of the sorted ranges (which are short).
fn overlaps_any(sorted: &[(u32, u32)], tokens: (u32, u32)) -> bool {
    const LONGEST_PHRASE: u32 = 120;
    let from = sorted.partition_point(|span| span.0 + LONGEST_PHRASE < tokens.0);
    sorted[from..]
        .iter()
        .take_while(|span| span.0 < tokens.1)
        .any(|span| span.1 > tokens.0)
}

fn span_of(folded: &Folded, tokens: (u32, u32)) -> Span {
    let at = |index: u32| folded.tokens.get(index as usize).map(|t| t.original);
    let start = at(tokens.0).map_or(0, |original| original.0);
    let end = at(tokens.1.saturating_sub(1)).map_or(start, |original| original.1);
    Span::new(start as usize, end as usize)
}

/// Mentions of simple concepts; of two that overlap for the same concept the
/// longer stays.
fn simple_mentions(found: &[Match<Meaning>], folded: &Folded) -> Vec<Mention> {
    let mut mentions: Vec<Mention> = found
        .iter()
        .filter_map(|found| match found.meaning {
            Meaning::Concept(concept, _) => Some(Mention {
                concept,
                tokens: found.tokens,
                span: span_of(folded, found.tokens),
                carried: false,
            }),
            _ => None,
        })
        .collect();
    mentions.sort_unstable_by_key(|m| (m.concept, m.tokens.0, std::cmp::Reverse(m.tokens.1)));
    let mut kept: Vec<Mention> = Vec::with_capacity(mentions.len());
    for mention in mentions {
        match kept.last() {
            Some(last) if last.concept == mention.concept && mention.tokens.1 <= last.tokens.1 => {}
            _ => kept.push(mention),
        }
    }
    kept
}

/// Ages; one that lies within another ("under 18" in "over 12 and under 18")
/// or touches what is no class at all is dropped.
fn ages(found: &[Match<Meaning>], folded: &Folded) -> Vec<AgeMention> {
    let year = |number: Option<u32>| number.and_then(|n| u8::try_from(n).ok());
    let mut candidates: Vec<(Option<AgeClass>, (u32, u32))> = Vec::new();
    for found in found {
        let Meaning::Age(shape, _) = found.meaning else {
            continue;
        };
        let Some(n) = year(found.numbers.0) else {
            continue;
        };
        let class = match shape {
            AgeShape::Under => Some(AgeClass::Under(n)),
            AgeShape::AtMost => Some(AgeClass::AtMost(n)),
            AgeShape::AtLeast => Some(AgeClass::AtLeast(n)),
            AgeShape::Over => Some(AgeClass::Over(n)),
            AgeShape::Between => year(found.numbers.1)
                .filter(|m| *m > n)
                .map(|m| AgeClass::Between(n, m)),
            AgeShape::NotAClass => None,
        };
        if class.is_some() || shape == AgeShape::NotAClass {
            candidates.push((class, found.tokens));
        }
    }
    // Longest first at each place, so that what lies within comes after.
    candidates.sort_by_key(|(_, tokens)| (tokens.0, std::cmp::Reverse(tokens.1)));
    let mut kept: Vec<(Option<AgeClass>, (u32, u32))> = Vec::new();
    for candidate in candidates {
        let within = kept
            .iter()
            .rev()
            .take(4)
            .any(|(_, tokens)| tokens.0 <= candidate.1.0 && candidate.1.1 <= tokens.1);
        if !within {
            kept.push(candidate);
        }
    }
    let ages = kept.into_iter().filter_map(|(class, tokens)| {
        Some(AgeMention {
            class: class?,
            tokens,
            span: span_of(folded, tokens),
        })
    });
    join_bands(ages)
}

/// Most words between the two bounds of one band.
const WITHIN_BAND: u32 = 4;

/// Two bounds said one after the other are one band, whichever comes first:
/// "under 18 and over 14", "aged 14 or more and not yet 18".
fn join_bands(ages: impl Iterator<Item = AgeMention>) -> Vec<AgeMention> {
    let mut joined: Vec<AgeMention> = Vec::new();
    for age in ages {
        let band = joined.last().and_then(|last| {
            let near = age.tokens.0 <= last.tokens.1 + WITHIN_BAND;
            let (low, high) = match (last.class.upper(), age.class.upper()) {
                (None, Some(high)) if age.class.lower() == 0 => (last.class.lower(), high),
                (Some(high), None) if last.class.lower() == 0 => (age.class.lower(), high),
                _ => return None,
            };
            (near && low < high).then_some(AgeMention {
                class: AgeClass::Between(low, high),
                tokens: (last.tokens.0, age.tokens.1),
                span: last.span.cover(age.span),
            })
        });
        match band {
            Some(band) => {
                joined.pop();
                joined.push(band);
            }
            None => joined.push(age),
        }
    }
    joined
}
