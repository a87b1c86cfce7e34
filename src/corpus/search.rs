//! Searching: from a query to hits.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Serialize;
use tantivy::query::{
    AllQuery, BooleanQuery, ConstScoreQuery, Occur, PhraseQuery, Query as EngineQuery,
    RegexPhraseQuery, RegexQuery, TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{TantivyDocument, TantivyError, Term};

use crate::law::{Date, Jurisdiction, Language, ProvisionId, Span};
use crate::mappings::Diagnostic;

use super::OnProgress;
use super::cache::Cache;
use super::index::article_term;
use super::locate::{Match, extract, locate};
use super::query::{Named, Query, WordPattern, error_at};
use super::ranking::{Ranked, rank};
use super::refresh::{Rules, SearchIndex};
use super::search_error::SearchError;
use super::words::folded;

/// Points that a match in the heading adds to the relevance.
const HEADING_POINTS: f32 = 3.0;

/// What to search for, and how much to return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchRequest {
    /// The query, in the language of [`Query`].
    pub query: String,
    /// Only these jurisdictions; empty for all.
    pub jurisdictions: Vec<Jurisdiction>,
    /// Only texts in these languages; empty for all.
    pub languages: Vec<Language>,
    /// How many hits to pass over.
    pub offset: usize,
    /// How many hits to return at most.
    pub limit: usize,
    /// How many characters an extract has at most.
    pub extract_chars: usize,
    /// The day whose wordings count as in force; none for that of each text's
    /// own version.
    pub as_of: Option<Date>,
}

impl SearchRequest {
    /// A request for the first twenty hits everywhere.
    pub fn new(query: impl Into<String>) -> Self {
        Self {
            query: query.into(),
            jurisdictions: Vec::new(),
            languages: Vec::new(),
            offset: 0,
            limit: 20,
            extract_chars: 300,
            as_of: None,
        }
    }
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SearchResults {
    /// The hits asked for, best first.
    pub hits: Vec<Hit>,
    /// How many there are in all.
    pub total: usize,
    /// How many acts the corpus holds.
    pub acts: usize,
    /// How many of its files could not be read, and so were not searched.
    pub unread: usize,
    /// Languages of the corpus in which the query's concepts cannot be found,
    /// because there is no language pack; empty when it asks for none.
    pub languages_without_concepts: Vec<String>,
    /// How many entries fit in each act, for facets; acts without are left
    /// out. An article that a citation leads to in part counts as well.
    #[serde(skip)]
    pub by_act: Vec<ActHits>,
}

/// How many entries of one act fit a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActHits {
    /// Whose law it is.
    pub jurisdiction: Jurisdiction,
    /// Name of the country.
    pub country: String,
    /// Language of the act.
    pub language: String,
    /// How many.
    pub hits: usize,
}

/// One provision that fulfils a query.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// Whose law it is.
    pub jurisdiction: Jurisdiction,
    /// Name of the country.
    pub country: String,
    /// File, relative to the jurisdiction's folder.
    pub file: String,
    /// Title of the act.
    pub title: String,
    /// Language of the act.
    pub language: String,
    /// How the provision is cited; empty for text that has no number.
    pub locator: String,
    /// The provision in its act.
    pub provision: ProvisionId,
    /// The headings over it, outermost first, its own included.
    pub headings: Vec<String>,
    /// What it covers in the canonical text.
    pub span: Span,
    /// SHA-256 of the canonical text.
    pub text_sha256: String,
    /// Whether it is law in force as far as the text tells.
    pub in_force: bool,
    /// What to show of it.
    pub extract: Extract,
    /// Other units of the same article that fulfil the query.
    pub also: Vec<String>,
    /// A remark for the reader, if the hit is not exactly what was asked for.
    pub note: Option<String>,
    /// Relevance; comparable within one search.
    pub score: f64,
}

/// A verbatim part of a canonical text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Extract {
    /// Where it stands in the canonical text.
    pub span: Span,
    /// The words.
    pub text: String,
    /// What fulfils the query, sorted and apart, as spans of the canonical text.
    pub highlights: Vec<Span>,
}

impl Extract {
    /// The text in pieces, each with whether it is highlighted.
    pub fn pieces(&self) -> Vec<(&str, bool)> {
        let mut pieces = Vec::new();
        let mut at = 0;
        for highlight in &self.highlights {
            let start = highlight.start - self.span.start;
            let end = highlight.end - self.span.start;
            pieces.push((self.text.get(at..start).unwrap_or_default(), false));
            pieces.push((self.text.get(start..end).unwrap_or_default(), true));
            at = end;
        }
        pieces.push((self.text.get(at..).unwrap_or_default(), false));
        pieces.retain(|(text, _)| !text.is_empty());
        pieces
    }
}

/// Opens the index of a corpus, brings it up to date and searches it: all
/// that `concord search` does. What looked wrong on the way is in the second
/// value's `warnings`.
///
/// # Errors
/// See [`SearchIndex::open`] and [`SearchIndex::search`].
pub fn search(
    corpus: &Path,
    cache: &Cache,
    rules: Option<Rules<'_>>,
    request: &SearchRequest,
    on_progress: OnProgress<'_>,
) -> Result<(SearchResults, SearchIndex), SearchError> {
    // A query that cannot be understood must not cost the time of indexing.
    Query::parse(&request.query)?;
    let index = SearchIndex::open_as_of(corpus, cache, rules, request.as_of, on_progress)?;
    let results = index.search(request)?;
    Ok((results, index))
}

impl SearchIndex {
    /// Searches. The same files give the same hits in the same order,
    /// whatever the history of the index.
    ///
    /// # Errors
    /// When the query cannot be understood, names something the corpus does
    /// not hold, or the index cannot be read.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchResults, SearchError> {
        let query = Query::parse(&request.query)?;
        for jurisdiction in &request.jurisdictions {
            self.listing.check(jurisdiction)?;
        }
        let translator = Translator {
            index: self,
            written: &request.query,
        };
        let filtered = translator.filtered(&query, request)?;
        let keys: Vec<String> = self.catalog.0.keys().cloned().collect();
        let ranked = rank(&self.searcher, self.fields.body, &filtered, keys)
            .map_err(|error| too_many_words(error, &request.query))?;
        let by_act = self.by_act(&ranked);
        let (total, page) = self.page(&query, ranked, request)?;
        Ok(SearchResults {
            hits: page,
            total,
            acts: self.act_count(),
            unread: self.unread().len(),
            languages_without_concepts: if asks_for_concepts(&query) {
                self.languages_without_pack(request)
            } else {
                Vec::new()
            },
            by_act,
        })
    }

    fn by_act(&self, ranked: &[Ranked]) -> Vec<ActHits> {
        let mut counts = vec![0_usize; self.catalog.0.len()];
        for entry in ranked {
            if let Some(count) = counts.get_mut(entry.act) {
                *count += 1;
            }
        }
        // Places count the catalogue's keys in their order.
        let entries = self.catalog.0.values().zip(counts);
        entries
            .filter(|(_, hits)| *hits > 0)
            .map(|(entry, hits)| ActHits {
                jurisdiction: entry.jurisdiction.clone(),
                country: self.listing.country(&entry.jurisdiction),
                language: entry.language.clone(),
                hits,
            })
            .collect()
    }

    /// Languages of the searched jurisdictions that have no language pack.
    fn languages_without_pack(&self, request: &SearchRequest) -> Vec<String> {
        let languages: BTreeSet<String> = self
            .catalog
            .0
            .values()
            .filter(|act| {
                let asked = &request.jurisdictions;
                !act.has_pack
                    && act.unread.is_none()
                    && (asked.is_empty() || asked.contains(&act.jurisdiction))
            })
            .map(|act| act.language.clone())
            .collect();
        languages.into_iter().collect()
    }

    /// The hits of one page, and how many hits there are in all.
    fn page(
        &self,
        query: &Query,
        ranked: Vec<Ranked>,
        request: &SearchRequest,
    ) -> Result<(usize, Vec<Hit>), SearchError> {
        let window =
            |hits: usize| request.offset.min(hits)..(request.offset + request.limit).min(hits);
        if !cites_steps(query) {
            let total = ranked.len();
            let mut hits = Vec::new();
            for ranked in &ranked[window(total)] {
                hits.extend(self.hit(query, ranked, request)?);
            }
            return Ok((total, hits));
        }
        // Only the text tells whether an article has the cited sub-unit: all
        // articles of the number are looked at, exact answers first.
        let mut hits = Vec::new();
        for ranked in &ranked {
            hits.extend(self.hit(query, ranked, request)?);
        }
        hits.sort_by_key(|hit| hit.note.is_some());
        let total = hits.len();
        Ok((total, hits.drain(window(total)).collect()))
    }

    /// The hit of one entry; none if a citation does not lead into it.
    fn hit(
        &self,
        query: &Query,
        ranked: &Ranked,
        request: &SearchRequest,
    ) -> Result<Option<Hit>, SearchError> {
        let entry: TantivyDocument = self.searcher.doc(ranked.address)?;
        let Some((record, text, key)) = self.fields.read(&entry) else {
            let message = "an entry of the index cannot be read".to_owned();
            return Err(TantivyError::InternalError(message).into());
        };
        let (Some(act), Some(located)) = (self.catalog.0.get(&key), locate(query, &record, &text))
        else {
            return Ok(None);
        };
        let Some(unit) = record.units.get(located.unit) else {
            return Ok(None);
        };
        let span = extract(&record, &text, &located, request.extract_chars.max(40));
        let cut = |span: Span| {
            let base = record.span.start;
            text.get(span.start.saturating_sub(base)..span.end.saturating_sub(base))
                .unwrap_or_default()
        };
        let mut headings = record.headings.clone();
        let mut chain = vec![located.unit];
        while let Some(last) = chain.last().filter(|last| **last != 0) {
            chain.push(record.units[*last].parent);
        }
        let own = chain
            .iter()
            .rev()
            .filter_map(|at| record.units[*at].heading);
        headings.extend(own.map(|heading| cut(heading).to_owned()));
        Ok(Some(Hit {
            jurisdiction: act.jurisdiction.clone(),
            country: self.listing.country(&act.jurisdiction),
            file: act.file.clone(),
            title: act.title.clone(),
            language: act.language.clone(),
            locator: unit.locator.clone(),
            provision: unit.id,
            headings,
            span: unit.span,
            text_sha256: act.text_sha256.clone(),
            in_force: ranked.rank == 0,
            extract: Extract {
                span,
                text: cut(span).to_owned(),
                highlights: apart(&located.matches, span),
            },
            also: located
                .also
                .iter()
                .map(|at| record.units[*at].locator.clone())
                .collect(),
            note: located.cited_unit_missing.then(|| {
                "this article has no sub-unit with the cited number; the whole article is shown"
                    .to_owned()
            }),
            score: ranked.score.0 as f64 / 100.0,
        }))
    }
}

/// The matches within an extract, overlapping ones joined.
fn apart(matches: &[Match], within: Span) -> Vec<Span> {
    let mut apart: Vec<Span> = Vec::new();
    let spans = matches.iter().map(|found| found.span);
    for place in spans.filter(|place| within.contains(*place)) {
        match apart.last_mut() {
            Some(last) if place.start <= last.end => *last = last.cover(place),
            _ => apart.push(place),
        }
    }
    apart
}

/// Whether a sub-unit is cited somewhere in the query.
fn cites_steps(query: &Query) -> bool {
    match query {
        Query::All(parts) | Query::Any(parts) => parts.iter().any(cites_steps),
        Query::Citation(citation) => !citation.steps.is_empty(),
        _ => false,
    }
}

/// Whether the query asks for what only language packs find.
fn asks_for_concepts(query: &Query) -> bool {
    match query {
        Query::All(parts) | Query::Any(parts) => parts.iter().any(asks_for_concepts),
        Query::Not(part) => asks_for_concepts(part),
        Query::Concept(_) => true,
        Query::Is(flag) => flag.concept().is_some(),
        _ => false,
    }
}

fn too_many_words(error: TantivyError, query: &str) -> SearchError {
    match error {
        TantivyError::InvalidArgument(_) => error_at(
            query,
            query.find('*').map_or(0..query.len(), |at| at..at + 1),
            "too many words fit this star",
            "write more letters before or after it",
        )
        .into(),
        error => error.into(),
    }
}

/// Turns a query into the engine's terms.
struct Translator<'a> {
    index: &'a SearchIndex,
    written: &'a str,
}

type Engine = Box<dyn EngineQuery>;

impl Translator<'_> {
    /// The query within the request's jurisdictions and languages.
    fn filtered(
        &self,
        query: &Query,
        request: &SearchRequest,
    ) -> Result<BooleanQuery, SearchError> {
        let fields = &self.index.fields;
        let mut parts = vec![(Occur::Must, self.translate(query)?)];
        if !request.jurisdictions.is_empty() {
            let codes = request.jurisdictions.iter().map(Jurisdiction::as_str);
            parts.push((Occur::Must, any_of(fields.jurisdiction, codes)));
        }
        if !request.languages.is_empty() {
            let tags: Vec<String> = request
                .languages
                .iter()
                .map(|language| language.as_str().to_lowercase())
                .collect();
            parts.push((
                Occur::Must,
                any_of(fields.language, tags.iter().map(String::as_str)),
            ));
        }
        Ok(BooleanQuery::new(parts))
    }

    fn translate(&self, query: &Query) -> Result<Engine, SearchError> {
        let fields = &self.index.fields;
        Ok(match query {
            Query::All(parts) => self.all(parts)?,
            Query::Not(_) => self.all(std::slice::from_ref(query))?,
            Query::Any(parts) => {
                let mut any = Vec::new();
                for part in parts {
                    any.push((Occur::Should, self.translate(part)?));
                }
                Box::new(BooleanQuery::new(any))
            }
            Query::Words(words) => {
                let body = words_in(fields.body, words)?;
                let heading = points(words_in(fields.heading, words)?, HEADING_POINTS);
                Box::new(BooleanQuery::new(vec![
                    (Occur::Must, body),
                    (Occur::Should, heading),
                ]))
            }
            Query::Heading(words) => Box::new(BooleanQuery::new(vec![
                (
                    Occur::Should,
                    points(words_in(fields.heading, words)?, HEADING_POINTS),
                ),
                (Occur::Should, points(words_in(fields.chain, words)?, 1.0)),
            ])),
            Query::Citation(citation) => {
                let number = article_term(&citation.article);
                let mut places = vec![term(fields.article, &number)];
                if !citation.steps.is_empty() {
                    places.push(term(fields.within, &number));
                }
                let any = places.into_iter().map(|place| (Occur::Should, place));
                points(Box::new(BooleanQuery::new(any.collect())), 1.0)
            }
            Query::Concept(named) => {
                self.check_concept(named)?;
                points(term(fields.concept, &named.name), 1.0)
            }
            Query::Jurisdiction(named) => {
                let jurisdiction = Jurisdiction::new(&named.name);
                self.index
                    .listing
                    .check(&jurisdiction)
                    .map_err(|error| self.error(named, &error.to_string(), ""))?;
                points(term(fields.jurisdiction, jurisdiction.as_str()), 0.0)
            }
            Query::Language(named) => {
                self.check_language(named)?;
                points(term(fields.language, &named.name.to_lowercase()), 0.0)
            }
            Query::File(named) => {
                let keys = self.files(named)?;
                any_of(fields.key, keys.into_iter())
            }
            Query::Is(flag) => points(term(fields.flag, flag.name()), 0.0),
        })
    }

    fn all(&self, parts: &[Query]) -> Result<Engine, SearchError> {
        let mut all = Vec::new();
        for part in parts {
            all.push(match part {
                Query::Not(inner) => (Occur::MustNot, self.translate(inner)?),
                part => (Occur::Must, self.translate(part)?),
            });
        }
        if all.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            all.push((Occur::Must, points(Box::new(AllQuery), 0.0)));
        }
        Ok(Box::new(BooleanQuery::new(all)))
    }

    fn error(&self, named: &Named, message: &str, help: &str) -> Diagnostic {
        error_at(self.written, named.span.clone(), message, help)
    }

    fn check_concept(&self, named: &Named) -> Result<(), Diagnostic> {
        let Some(concepts) = &self.index.concepts else {
            return Err(self.error(
                named,
                "this index was made without concepts",
                "search for words instead",
            ));
        };
        if concepts.id(&named.name).is_some() {
            return Ok(());
        }
        let beginning: String = named.name.chars().take(4).collect();
        let near: Vec<&str> = concepts
            .ids()
            .map(|id| concepts.name(id))
            .filter(|name| name.contains(&beginning.to_lowercase()))
            .take(6)
            .collect();
        let help = if near.is_empty() {
            "`concord mappings list` shows the concepts".to_owned()
        } else {
            format!("did you mean {}?", near.join(" or "))
        };
        Err(self.error(
            named,
            &format!("there is no concept `{}`", named.name),
            &help,
        ))
    }

    fn check_language(&self, named: &Named) -> Result<(), Diagnostic> {
        let mut known = BTreeSet::new();
        for entry in self.index.catalog.0.values() {
            let tag = entry.language.to_lowercase();
            known.extend(tag.split('-').next().map(str::to_owned));
            known.insert(tag);
        }
        known.remove("");
        if known.contains(&named.name.to_lowercase()) {
            return Ok(());
        }
        let known: Vec<String> = known.into_iter().collect();
        Err(self.error(
            named,
            &format!("the corpus holds no text in the language `{}`", named.name),
            &format!("it holds {}", known.join(", ")),
        ))
    }

    /// The keys of the files whose path or title holds the letters.
    fn files(&self, named: &Named) -> Result<Vec<&str>, Diagnostic> {
        let asked = folded(&named.name);
        let keys: Vec<&str> = self
            .index
            .catalog
            .0
            .iter()
            .filter(|(key, entry)| {
                [key.as_str(), &entry.title, &entry.title_en]
                    .iter()
                    .any(|name| folded(name).contains(&asked))
            })
            .map(|(key, _)| key.as_str())
            .collect();
        if asked.is_empty() || keys.is_empty() {
            return Err(self.error(
                named,
                &format!("no file or title of the corpus holds `{}`", named.name),
                "write a part of the file's name or of the act's title",
            ));
        }
        Ok(keys)
    }
}

/// Fulfilled where these words stand one after the other in a field.
fn words_in(field: Field, words: &[WordPattern]) -> Result<Engine, SearchError> {
    let open = words.iter().any(WordPattern::is_open);
    Ok(match words {
        [only] if open => Box::new(RegexQuery::from_pattern(&only.to_regex(), field)?),
        [only] => Box::new(TermQuery::new(
            Term::from_field_text(field, only.as_str()),
            IndexRecordOption::WithFreqs,
        )),
        _ if open => {
            let patterns = words.iter().map(WordPattern::to_regex).collect();
            Box::new(RegexPhraseQuery::new(field, patterns))
        }
        _ => {
            let terms = words
                .iter()
                .map(|word| Term::from_field_text(field, word.as_str()));
            Box::new(PhraseQuery::new(terms.collect()))
        }
    })
}

fn term(field: Field, text: &str) -> Engine {
    let term = Term::from_field_text(field, text);
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

/// A filter: fulfilled by any of the terms, without weight.
fn any_of<'a>(field: Field, texts: impl Iterator<Item = &'a str>) -> Engine {
    let terms = texts.map(|text| Term::from_field_text(field, text));
    points(Box::new(TermSetQuery::new(terms)), 0.0)
}

/// A query that adds a fixed number of points.
fn points(query: Engine, points: f32) -> Engine {
    Box::new(ConstScoreQuery::new(query, points))
}
