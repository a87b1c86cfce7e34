//! The fields of the index, and how a record becomes an entry in it.

use tantivy::schema::{
    FAST, Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::{Index, TantivyDocument};

use crate::law::{Act, Number};

use super::flag::Flag;
use super::record::{Record, flags_of};
use super::words::WordTokenizer;

/// Changes whenever entries are made differently: older indexes are rebuilt.
pub const INDEX_VERSION: u32 = 3;

/// Name under which the index knows our words.
const WORDS: &str = "concord-words";

/// Name of the field that tells entries of one act from another's.
pub const KEY: &str = "key";
/// Name of the field with the place of the record in the act's text.
pub const START: &str = "start";
/// Name of the field that puts law in force before the rest.
pub const RANK: &str = "rank";

/// The fields.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    /// `jurisdiction/file`.
    pub key: Field,
    /// Code of the jurisdiction.
    pub jurisdiction: Field,
    /// Language tag and its first part.
    pub language: Field,
    /// Names of flags.
    pub flag: Field,
    /// Names of concepts.
    pub concept: Field,
    /// Numbers of the articles in the record.
    pub article: Field,
    /// Number of the article that the record is a part of.
    pub within: Field,
    /// The record's own heading.
    pub heading: Field,
    /// The headings over it.
    pub chain: Field,
    /// Its words.
    pub body: Field,
    /// First byte in the canonical text.
    pub start: Field,
    /// 0 for law in force, 1 for the rest.
    pub rank: Field,
    /// Its text, verbatim, not searched.
    pub text: Field,
    /// The record as JSON, not searched.
    pub record: Field,
}

/// The schema with its fields.
pub fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let words = |option| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(WORDS)
                .set_index_option(option),
        )
    };
    let positions = IndexRecordOption::WithFreqsAndPositions;
    let fields = Fields {
        key: schema.add_text_field(KEY, (STRING | STORED).set_fast("raw")),
        jurisdiction: schema.add_text_field("jurisdiction", STRING),
        language: schema.add_text_field("language", STRING),
        flag: schema.add_text_field("flag", STRING),
        concept: schema.add_text_field("concept", STRING),
        article: schema.add_text_field("article", STRING),
        within: schema.add_text_field("within", STRING),
        heading: schema.add_text_field("heading", words(positions)),
        chain: schema.add_text_field("chain", words(positions)),
        body: schema.add_text_field("body", words(positions)),
        start: schema.add_u64_field(START, FAST),
        rank: schema.add_u64_field(RANK, FAST),
        text: schema.add_text_field("text", STORED),
        record: schema.add_text_field("record", STORED),
    };
    (schema.build(), fields)
}

/// Teaches an index our words; needed after every opening.
pub fn register_words(index: &Index) {
    index
        .tokenizers()
        .register(WORDS, tantivy::tokenizer::TextAnalyzer::from(WordTokenizer));
}

/// The term by which an article is looked up. Equal numbers have equal terms.
pub fn article_term(number: &Number) -> String {
    number.slug()
}

impl Fields {
    /// The entry of one record of an act.
    ///
    /// # Errors
    /// When the record cannot be written as JSON; that cannot happen.
    pub fn document(
        &self,
        key: &str,
        act: &Act,
        record: &Record,
    ) -> Result<TantivyDocument, serde_json::Error> {
        let mut entry = TantivyDocument::default();
        entry.add_text(self.key, key);
        entry.add_text(self.jurisdiction, act.jurisdiction.as_str());
        let language = act.language.as_str().to_lowercase();
        if let Some((first, _)) = language.split_once('-') {
            entry.add_text(self.language, first);
        }
        entry.add_text(self.language, &language);
        let flags = flags_of(act, record);
        for flag in &flags {
            entry.add_text(self.flag, flag.name());
        }
        for concept in &record.concepts {
            entry.add_text(self.concept, concept);
        }
        let (own, outer) = record.articles();
        for number in &own {
            entry.add_text(self.article, article_term(number));
        }
        if let Some(number) = outer {
            entry.add_text(self.within, article_term(&number));
        }
        let heading = record.units.first().and_then(|unit| unit.heading);
        if let Some(heading) = heading {
            entry.add_text(self.heading, act.quote(heading));
        }
        for heading in &record.headings {
            entry.add_text(self.chain, heading);
        }
        for piece in record.pieces() {
            entry.add_text(self.body, act.quote(piece));
        }
        entry.add_u64(self.start, record.span.start as u64);
        let in_force = flags.contains(&Flag::Operative);
        entry.add_u64(self.rank, u64::from(!in_force));
        entry.add_text(self.text, act.quote(record.span));
        entry.add_text(self.record, serde_json::to_string(record)?);
        Ok(entry)
    }

    /// The record of an entry with its text and its key.
    pub fn read(&self, entry: &TantivyDocument) -> Option<(Record, String, String)> {
        let text = |field| Some(entry.get_first(field)?.as_str()?.to_owned());
        let record = serde_json::from_str(&text(self.record)?).ok()?;
        Some((record, text(self.text)?, text(self.key)?))
    }
}
