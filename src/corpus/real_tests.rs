//! The real statutes beside the repository, if they are there: figures for
//! time and memory, and what a small fictional corpus cannot show.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::load::read_file;
use super::{Cache, Corpus, Listing, Rules, SearchIndex, SearchRequest};
use crate::annotate::Annotator;
use crate::mappings::Mappings;

fn real_corpus() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora");
    if !root.is_dir() {
        eprintln!("skipped: {} is not there", root.display());
        return None;
    }
    if cfg!(debug_assertions) {
        eprintln!("skipped: run with --profile measure");
        return None;
    }
    Some(root)
}

/// Peak and present resident memory of the process in MB.
fn memory() -> (u64, u64) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let field = |name: &str| {
        status
            .lines()
            .find_map(|line| {
                line.strip_prefix(name)?
                    .split_whitespace()
                    .next()?
                    .parse()
                    .ok()
            })
            .unwrap_or(0u64)
            / 1024
    };
    (field("VmHWM:"), field("VmRSS:"))
}

/// Seconds of processor time the process has used, of all threads.
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default();
    let ticks: u64 = fields
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|field| field.parse::<u64>().ok())
        .sum();
    ticks as f64 / 100.0
}

fn size_of(folder: &Path) -> u64 {
    ignore::WalkBuilder::new(folder)
        .standard_filters(false)
        .build()
        .filter_map(|entry| entry.ok()?.metadata().ok())
        .map(|metadata| metadata.len())
        .sum::<u64>()
        / 1_000_000
}

#[test]
fn loading_the_real_statutes() {
    let Some(root) = real_corpus() else {
        return;
    };
    let start = Instant::now();
    let before = processor_seconds();
    let corpus = Corpus::load(&root, &[], &|_| {}).unwrap();
    let bytes: usize = corpus
        .jurisdictions
        .iter()
        .flat_map(|texts| &texts.acts)
        .map(|act| act.text.as_str().len())
        .sum();
    let provisions: usize = corpus
        .jurisdictions
        .iter()
        .flat_map(|texts| &texts.acts)
        .map(|act| act.provisions.len())
        .sum();
    eprintln!(
        "load: {:.2?} ({:.1} s of processor), {} acts, {provisions} provisions, {} MB of text, memory {:?} MB",
        start.elapsed(),
        processor_seconds() - before,
        corpus.act_count(),
        bytes / 1_000_000,
        memory(),
    );
    for texts in &corpus.jurisdictions {
        for unread in &texts.unread {
            eprintln!(
                "unread {}/{}: {}",
                texts.jurisdiction, unread.file, unread.reason
            );
        }
        for (first, second) in &texts.twins {
            let name = |at: usize| texts.acts[at].source.file.clone();
            eprintln!(
                "twins {}: {} {}",
                texts.jurisdiction,
                name(*first),
                name(*second)
            );
        }
    }
    for warning in &corpus.warnings {
        eprintln!("warning {warning}");
    }
}

#[test]
fn indexing_and_searching_the_real_statutes() {
    let Some(root) = real_corpus() else {
        return;
    };
    let mappings = Mappings::embedded().unwrap();
    let annotator = Annotator::new(&mappings).unwrap();
    let rules = Rules {
        mappings: &mappings,
        annotator: &annotator,
    };
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::Folder(folder.path().to_owned());
    for (name, rules) in [
        ("with concepts", Some(rules)),
        ("second run", Some(rules)),
        ("without concepts", None),
    ] {
        let start = Instant::now();
        let before = processor_seconds();
        let index = SearchIndex::open(&root, &cache, rules, &|_| {}).unwrap();
        eprintln!(
            "{name}: {:.2?} ({:.1} s of processor), {:?}, {} entries in {} segments, {} MB, memory {:?} MB",
            start.elapsed(),
            processor_seconds() - before,
            index.refreshed,
            index.searcher.num_docs(),
            index.searcher.segment_readers().len(),
            size_of(folder.path()),
            memory(),
        );
        for warning in &index.warnings {
            eprintln!("warning {warning}");
        }
        if name != "second run" {
            continue;
        }
        for query in [
            "child",
            "possess OR possession image child",
            "\"child pornography\"",
            "pornograph* child*",
            "*pornograf*",
            "art. 227-23",
            "s 163.1(4)",
            "§ 184b Abs. 3",
            "§ 207a",
            "Artículo 189",
            "児童ポルノ",
            "아동 성착취물",
            "มาตรา 287/1",
            "concept:child concept:possess",
            "is:operative",
            "the -of",
            "file:penal attempt",
        ] {
            let start = Instant::now();
            let results = index.search(&SearchRequest::new(query)).unwrap();
            eprintln!("{query}: {} hits in {:.1?}", results.total, start.elapsed());
            for hit in results.hits.iter().take(3) {
                let text: String = hit.extract.text.chars().take(100).collect();
                eprintln!(
                    "    {:.2} {} {} {} | {}",
                    hit.score,
                    hit.jurisdiction,
                    hit.file,
                    hit.locator,
                    text.replace('\n', " / ")
                );
            }
        }
    }
}

#[test]
fn which_formats_take_the_time() {
    let Some(root) = real_corpus() else {
        return;
    };
    let mut by_format: BTreeMap<String, (f64, u64, usize)> = BTreeMap::new();
    let mut slowest = Vec::new();
    for file in Listing::of(&root).unwrap().files {
        let before = processor_seconds();
        let Ok(act) = read_file(&file).outcome else {
            continue;
        };
        let taken = processor_seconds() - before;
        let size = file.place.bytes().map_or(0, |bytes| bytes.len() as u64);
        let sum = by_format.entry(act.source.format.clone()).or_default();
        sum.0 += taken;
        sum.1 += size;
        sum.2 += 1;
        slowest.push((taken, file.key()));
    }
    for (format, (seconds, bytes, files)) in by_format {
        eprintln!(
            "{format}: {seconds:.2} s for {files} files, {} kB",
            bytes / 1000
        );
    }
    slowest.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (seconds, key) in slowest.iter().take(8) {
        eprintln!("{seconds:.2} s {key}");
    }
}
