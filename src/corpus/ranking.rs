//! Which entries fit a query, in an order that depends only on the corpus:
//! not on threads, and not on how often the index was brought up to date.

use std::cmp::Reverse;
use std::sync::Arc;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::query::{Bm25StatisticsProvider, Query};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocId, Score, Searcher, SegmentOrdinal, SegmentReader, Term};

use super::index::{KEY, RANK, START};

/// An entry that fits, with what decides its place. The derived order is the
/// order of hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ranked {
    /// 0 for law in force, 1 for the rest.
    pub rank: u64,
    /// Relevance in hundredths, higher first. Rounded, because sums of
    /// floating-point numbers differ in their last digits with the layout of
    /// the index.
    pub score: Reverse<i64>,
    /// Place of its act in the catalogue.
    pub act: usize,
    /// First byte in the canonical text.
    pub start: u64,
    /// Where the entry is. Last, because it differs between indexes of the
    /// same corpus; two entries never agree in all of the above.
    pub address: DocAddress,
}

/// All entries that fit, best first. `keys` are the acts' keys in order.
///
/// # Errors
/// When the index cannot be read.
pub fn rank(
    searcher: &Searcher,
    body: Field,
    query: &dyn Query,
    keys: Vec<String>,
) -> tantivy::Result<Vec<Ranked>> {
    let statistics = LiveStatistics::of(searcher, body)?;
    let collector = RankedCollector {
        keys: Arc::new(keys),
    };
    let mut ranked = searcher.search_with_statistics_provider(query, &collector, &statistics)?;
    ranked.sort_unstable();
    Ok(ranked)
}

/// Counts over the entries that are not deleted. The searcher's own counts
/// include deleted ones until their segments are merged, so that relevance
/// would depend on the index's history.
struct LiveStatistics<'a> {
    searcher: &'a Searcher,
    body: Field,
    body_tokens: u64,
}

impl<'a> LiveStatistics<'a> {
    fn of(searcher: &'a Searcher, body: Field) -> tantivy::Result<Self> {
        let mut body_tokens = 0;
        for segment in searcher.segment_readers() {
            let lengths = segment.get_fieldnorms_reader(body)?;
            body_tokens += segment
                .doc_ids_alive()
                .map(|doc| u64::from(lengths.fieldnorm(doc)))
                .sum::<u64>();
        }
        Ok(Self {
            searcher,
            body,
            body_tokens,
        })
    }
}

impl Bm25StatisticsProvider for LiveStatistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        if field == self.body {
            Ok(self.body_tokens)
        } else {
            self.searcher.total_num_tokens(field)
        }
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.searcher.num_docs())
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        let mut count = 0;
        for segment in self.searcher.segment_readers() {
            let terms = segment.inverted_index(term.field())?;
            count += u64::from(match segment.alive_bitset() {
                None => terms.doc_freq(term)?,
                Some(alive) => terms
                    .read_postings(term, IndexRecordOption::Basic)?
                    .map_or(0, |postings| postings.doc_freq_given_deletes(alive)),
            });
        }
        Ok(count)
    }
}

struct RankedCollector {
    keys: Arc<Vec<String>>,
}

/// Collects from one segment of the index.
struct SegmentRanked {
    segment: SegmentOrdinal,
    /// Place in the catalogue by the segment's own number for the key.
    places: Vec<usize>,
    keys: Column<u64>,
    starts: Column<u64>,
    ranks: Column<u64>,
    found: Vec<Ranked>,
}

impl Collector for RankedCollector {
    type Fruit = Vec<Ranked>;
    type Child = Option<SegmentRanked>;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<Self::Child> {
        let fast = reader.fast_fields();
        let Some(keys) = fast.str(KEY)? else {
            return Ok(None);
        };
        Ok(Some(SegmentRanked {
            segment,
            places: places(&keys, &self.keys)?,
            keys: keys.into_parts().1,
            starts: fast.u64(START)?,
            ranks: fast.u64(RANK)?,
            found: Vec::new(),
        }))
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, fruits: Vec<Option<Vec<Ranked>>>) -> tantivy::Result<Vec<Ranked>> {
        Ok(fruits.into_iter().flatten().flatten().collect())
    }
}

impl SegmentCollector for SegmentRanked {
    type Fruit = Vec<Ranked>;

    fn collect(&mut self, doc: DocId, score: Score) {
        let key = self.keys.first(doc).unwrap_or(0);
        self.found.push(Ranked {
            rank: self.ranks.first(doc).unwrap_or(0),
            score: Reverse((f64::from(score) * 100.0).round() as i64),
            act: usize::try_from(key)
                .ok()
                .and_then(|key| self.places.get(key).copied())
                .unwrap_or(usize::MAX),
            start: self.starts.first(doc).unwrap_or(0),
            address: DocAddress::new(self.segment, doc),
        });
    }

    fn harvest(self) -> Vec<Ranked> {
        self.found
    }
}

/// The places in the catalogue of a segment's keys.
fn places(column: &StrColumn, keys: &[String]) -> tantivy::Result<Vec<usize>> {
    let mut places = Vec::new();
    let mut key = String::new();
    for number in 0..column.dictionary().num_terms() as u64 {
        key.clear();
        column.ord_to_str(number, &mut key)?;
        places.push(keys.binary_search(&key).unwrap_or(usize::MAX));
    }
    Ok(places)
}
