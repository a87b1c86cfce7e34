//! Throughput of each stage, in MB of source or canonical text per second:
//! ingest, annotate, index, assess. Beside annotation, the same text scanned
//! by a bare Aho-Corasick automaton, as the peer to compare ratios with.
//!
//! The texts are the example corpora, repeated to a size worth measuring, and
//! the real corpora beside the repository when they are there.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use concord::amend::Forms;
use concord::annotate::{AnnotatedAct, Annotator};
use concord::assess::{JurisdictionLaw, assess};
use concord::check::{Bill, Standard, check};
use concord::corpus::{Cache, Corpus, Rules, SearchIndex};
use concord::ingest::{Metadata, SourceFile, read};
use concord::law::{Act, Jurisdiction};
use concord::mappings::{Mappings, Requirement};
use divan::Bencher;
use divan::counter::BytesCount;

fn main() {
    divan::main();
}

static MAPPINGS: LazyLock<Mappings> =
    LazyLock::new(|| Mappings::embedded().expect("the program's own mappings are valid"));
static ANNOTATOR: LazyLock<Annotator> =
    LazyLock::new(|| Annotator::new(&MAPPINGS).expect("the program's own packs compile"));

/// The real corpora beside the repository, or else the example corpora.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let real = here.join("../shared/corpora");
    if real.is_dir() {
        real
    } else {
        here.join("corpora")
    }
}

/// Up to four jurisdictions whose languages have packs.
fn jurisdictions() -> Vec<Jurisdiction> {
    let known = ["de", "es", "fr", "sg", "xa", "xb", "xc", "xd"];
    let root = root();
    known
        .into_iter()
        .filter(|code| root.join(code).is_dir())
        .map(Jurisdiction::new)
        .take(4)
        .collect()
}

fn files() -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for jurisdiction in jurisdictions() {
        let folder = root().join(jurisdiction.as_str());
        let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
            .expect("the folder was just found")
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_none_or(|e| e != "csv" && e != "pdf"))
            .collect();
        paths.sort();
        for path in paths {
            let bytes = std::fs::read(&path).expect("a listed file can be read");
            files.push((path.display().to_string(), bytes));
        }
    }
    files
}

fn codes() -> Vec<String> {
    jurisdictions()
        .iter()
        .map(|code| code.as_str().to_owned())
        .collect()
}

/// The acts of one jurisdiction in the language of the first.
fn acts(code: &str) -> Vec<Act> {
    let loaded = Corpus::load(&root(), &[Jurisdiction::new(code)], &|_| {});
    let mut acts: Vec<Act> = loaded
        .expect("the corpus loads")
        .jurisdictions
        .into_iter()
        .flat_map(|texts| texts.acts)
        .collect();
    let language = acts.first().map(|act| act.language.clone());
    acts.retain(|act| Some(&act.language) == language.as_ref());
    acts
}

fn corpus() -> Corpus {
    Corpus::load(&root(), &jurisdictions(), &|_| {}).expect("the corpus loads")
}

#[divan::bench(sample_count = 5)]
fn ingest(bencher: Bencher) {
    reading(bencher, &files());
}

#[divan::bench(sample_count = 5)]
fn ingest_markdown(bencher: Bencher) {
    reading(bencher, &of_format(|format| format == "markdown"));
}

#[divan::bench(sample_count = 5)]
fn ingest_text(bencher: Bencher) {
    reading(bencher, &of_format(|format| format == "text"));
}

#[divan::bench(sample_count = 5)]
fn ingest_html(bencher: Bencher) {
    reading(bencher, &of_format(|format| format == "html"));
}

/// Every XML format of the publishers.
#[divan::bench(sample_count = 5)]
fn ingest_xml(bencher: Bencher) {
    const OTHERS: &[&str] = &["markdown", "text", "html", "pdf", "docx", "odt", "epub"];
    reading(bencher, &of_format(|format| !OTHERS.contains(&format)));
}

/// From the bytes of files in memory to acts, on one core.
fn reading(bencher: Bencher, files: &[(String, Vec<u8>)]) {
    let size: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    bencher
        .counter(BytesCount::new(size))
        .bench_local(|| files.iter().filter_map(act).count());
}

fn act((file, bytes): &(String, Vec<u8>)) -> Option<Act> {
    read(&SourceFile {
        jurisdiction: Jurisdiction::new("xa"),
        file: file.clone(),
        bytes,
        declared: Metadata::default(),
    })
    .ok()
}

/// The files of a format in all jurisdictions; of the real corpora those above
/// 200 kB, so that what is done once for each file does not count.
fn of_format(wanted: impl Fn(&str) -> bool) -> Vec<(String, Vec<u8>)> {
    let root = root();
    let least = if root.ends_with("shared/corpora") {
        200_000
    } else {
        0
    };
    let folders = std::fs::read_dir(root).expect("the corpora are there");
    let mut paths: Vec<PathBuf> = folders
        .filter_map(|folder| std::fs::read_dir(folder.ok()?.path()).ok())
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_file() && path.extension().is_none_or(|e| e != "csv" && e != "pdf"))
        .collect();
    paths.sort();
    paths
        .into_iter()
        .filter_map(|path| Some((path.display().to_string(), std::fs::read(&path).ok()?)))
        .filter(|(_, bytes)| bytes.len() > least)
        .filter(|file| act(file).is_some_and(|act| wanted(&act.source.format)))
        .collect()
}

/// Annotation by jurisdiction: all packs are loaded before, files are read
/// before, and the acts are handed over outside the time measured.
#[divan::bench(args = codes(), sample_count = 5)]
fn annotate(bencher: Bencher, code: &str) {
    LazyLock::force(&ANNOTATOR);
    let acts = acts(code);
    let size: usize = acts.iter().map(|act| act.text.as_str().len()).sum();
    bencher
        .counter(BytesCount::new(size))
        .with_inputs(|| acts.clone())
        .bench_local_values(|acts| {
            let annotated: Vec<AnnotatedAct> = acts
                .into_iter()
                .map(|act| ANNOTATOR.annotate(act))
                .collect();
            // Handed back: taking it apart is not measured either.
            annotated
        });
}

/// The peer: the same texts and as many plain strings as the pack of their
/// language has phrases, without folding, gaps, word borders, sentences or
/// composition.
#[divan::bench(args = codes(), sample_count = 5)]
fn bare_aho_corasick(bencher: Bencher, code: &str) {
    let acts = acts(code);
    let size: usize = acts.iter().map(|act| act.text.as_str().len()).sum();
    let language = acts.first().map_or("", |act| act.language.as_str());
    let pack = MAPPINGS.pack(language).expect("a language with a pack");
    let words: Vec<String> = pack
        .concepts
        .values()
        .flat_map(|concept| &concept.phrases)
        .filter_map(|phrase| {
            let longest = phrase
                .get_ref()
                .split(|c: char| !c.is_alphabetic())
                .max_by_key(|word| word.len())?;
            (longest.len() > 2).then(|| longest.to_owned())
        })
        .collect();
    let automaton = aho_corasick::AhoCorasick::new(words).expect("plain words compile");
    bencher.counter(BytesCount::new(size)).bench_local(|| {
        let found: usize = acts
            .iter()
            .map(|act| automaton.find_overlapping_iter(act.text.as_str()).count())
            .sum();
        divan::black_box(found)
    });
}

/// The index from nothing, of the whole corpus at hand: files are found, read,
/// annotated and written to it.
#[divan::bench(sample_count = 3)]
fn index(bencher: Bencher) {
    LazyLock::force(&ANNOTATOR);
    let everything = Corpus::load(&root(), &[], &|_| {}).expect("the corpus loads");
    let acts = everything
        .jurisdictions
        .iter()
        .flat_map(|texts| &texts.acts);
    let size: usize = acts.map(|act| act.text.as_str().len()).sum();
    drop(everything);
    bencher.counter(BytesCount::new(size)).bench_local(|| {
        let rules = Rules {
            mappings: &MAPPINGS,
            annotator: &ANNOTATOR,
        };
        let index = SearchIndex::open(&root(), &Cache::Memory, Some(rules), &|_| {});
        divan::black_box(index.is_ok());
    });
}

#[divan::bench(name = "assess", sample_count = 5)]
fn assessment(bencher: Bencher) {
    let laws: Vec<JurisdictionLaw> = corpus()
        .jurisdictions
        .into_iter()
        .map(|texts| JurisdictionLaw {
            jurisdiction: texts.jurisdiction,
            country: texts.country,
            acts: texts
                .acts
                .into_iter()
                .map(|act| ANNOTATOR.annotate(act))
                .collect(),
            unread: texts.unread,
            twins: texts.twins,
        })
        .collect();
    let requirements: Vec<&Requirement> = MAPPINGS.requirements.iter().collect();
    let size: usize = texts().iter().map(String::len).sum();
    bencher.counter(BytesCount::new(size)).bench_local(|| {
        for law in &laws {
            divan::black_box(assess(law, &MAPPINGS, &requirements).len());
        }
    });
}

/// The canonical texts of the acts under measure.
fn texts() -> Vec<String> {
    corpus()
        .jurisdictions
        .iter()
        .flat_map(|texts| &texts.acts)
        .map(|act| act.text.as_str().to_owned())
        .collect()
}

/// The largest bill at hand: a real one beside the repository, or an example.
fn bill() -> (String, Vec<u8>) {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let real = here.join("../shared/bills/781_child-protection-act-2024.md");
    let own = here.join("corpora/xa/bills/sexual-offences-amendment-bill-2025.md");
    let path = if real.exists() { real } else { own };
    let bytes = std::fs::read(&path).expect("the bill is there");
    (path.display().to_string(), bytes)
}

/// A bill from its bytes to diagnostics.
fn checked(
    mappings: &Mappings,
    annotator: &Annotator,
    forms: &Forms,
    file: &str,
    bytes: &[u8],
) -> usize {
    let standard = Standard {
        mappings,
        annotator,
        forms,
        profile: String::new(),
        requirements: mappings.requirements.iter().collect(),
    };
    let bill = Bill::read(file, bytes, &Jurisdiction::new("-"), "").expect("the bill can be read");
    check(&bill, &standard).diagnostics.len()
}

fn english() -> (Mappings, Annotator, Forms) {
    let mappings = Mappings::embedded_for(&["en"]).expect("the program's own mappings are valid");
    let annotator = Annotator::new(&mappings).expect("the program's own packs compile");
    let forms = Forms::new(&mappings).expect("the program's own forms are valid");
    (mappings, annotator, forms)
}

/// As `concord check` does it: rule data and language pack are loaded first.
#[divan::bench]
fn check_bill_cold(bencher: Bencher) {
    let (file, bytes) = bill();
    bencher.bench(|| {
        let (mappings, annotator, forms) = english();
        checked(&mappings, &annotator, &forms, &file, &bytes)
    });
}

/// As `--watch` and the language server do it: everything is loaded.
#[divan::bench]
fn check_bill_warm(bencher: Bencher) {
    let (file, bytes) = bill();
    let (mappings, annotator, forms) = english();
    bencher.bench(|| checked(&mappings, &annotator, &forms, &file, &bytes));
}

/// The words of the English pack, as plain strings.
fn plain_words() -> Vec<String> {
    let mappings = Mappings::embedded_for(&["en"]).expect("valid");
    let phrases = mappings
        .packs
        .iter()
        .flat_map(|pack| pack.concepts.values())
        .flat_map(|concept| &concept.phrases);
    phrases
        .flat_map(|phrase| {
            let words = phrase.get_ref().split(|c: char| !c.is_alphabetic());
            words.map(str::to_owned).collect::<Vec<_>>()
        })
        .filter(|word| word.len() > 2)
        .collect()
}

/// The peer of the cold check: a bare automaton of the pack's words is built
/// and finds them in the bill; nothing is understood.
#[divan::bench]
fn check_bill_cold_peer(bencher: Bencher) {
    let (_, bytes) = bill();
    let words = plain_words();
    bencher.bench(|| {
        let automaton = aho_corasick::AhoCorasick::new(&words).expect("plain words compile");
        automaton.find_overlapping_iter(&bytes).count()
    });
}

/// The peer of the warm check: the same automaton, built before.
#[divan::bench]
fn check_bill_warm_peer(bencher: Bencher) {
    let (_, bytes) = bill();
    let automaton = aho_corasick::AhoCorasick::new(plain_words()).expect("plain words compile");
    bencher.bench(|| automaton.find_overlapping_iter(&bytes).count());
}
