//! Searching a small fictional corpus, from files to hits.

use std::path::Path;

use super::{Cache, Flag, Rules, SearchError, SearchIndex, SearchRequest, SearchResults};
use crate::annotate::Annotator;
use crate::law::{Jurisdiction, Language};
use crate::mappings::Mappings;

const VALORIA: &str = "\
---
title: Goat Code
language: en
---

# Goat Code

## Part 1 Keeping

### Section 12 Keeping of goats

(1) No person may keep a goat indoors without a written permit.

(2) A person who

(a) paints a goat, or

(b) sells a painted goat to a child,

commits an offence.

### Section 12A Painted goats

A permit under section 12 does not cover painted goats. The keeper of a \
painted goat shall show it to the Inspector of Goats once in every year.

### Section 13 Sheep

Section 12 applies to sheep.
";

const WYSTRIA: &str = "\
---
title: Code des chèvres
language: fr
---

# Code des chèvres

### Article 4

Nul ne peut détenir l'âne d'autrui. Le fait de détenir une chèvre peinte est puni.

### Article 4 bis

La chèvre d’un mineur est exempte.
";

const KEROBEI: &str = "\
---
title: 山羊法
language: ja
---

# 山羊法

### 第三条

何人も、山羊を室内で飼養してはならない。

### 第三条の二

山羊の絵を児童に販売した者は、罰する。
";

struct Folders {
    corpus: tempfile::TempDir,
    cache: tempfile::TempDir,
}

impl Folders {
    fn new() -> Self {
        let folders = Self {
            corpus: tempfile::tempdir().unwrap(),
            cache: tempfile::tempdir().unwrap(),
        };
        folders.write("va/goat-code.md", VALORIA);
        folders.write("wy/chevres.md", WYSTRIA);
        folders.write("ke/goats.md", KEROBEI);
        folders.write(
            "manifest.csv",
            "jurisdiction,country,file,title_en,language\n\
             ke,Kerobei,ke/goats.md,Mountain Goat Act,ja\n\
             va,Valoria,va/goat-code.md,,en\n\
             wy,Wystria,wy/chevres.md,,fr\n",
        );
        folders
    }

    fn root(&self) -> &Path {
        self.corpus.path()
    }

    fn write(&self, file: &str, text: &str) {
        let path = self.root().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn open(&self) -> SearchIndex {
        let cache = Cache::Folder(self.cache.path().to_owned());
        SearchIndex::open(self.root(), &cache, None, &|_| {}).unwrap()
    }

    fn open_in_memory(&self) -> SearchIndex {
        SearchIndex::open(self.root(), &Cache::Memory, None, &|_| {}).unwrap()
    }
}

fn find(index: &SearchIndex, query: &str) -> SearchResults {
    index
        .search(&SearchRequest::new(query))
        .unwrap_or_else(|error| panic!("{query}: {error}"))
}

/// `jurisdiction locator` of each hit.
fn cited(index: &SearchIndex, query: &str) -> Vec<String> {
    find(index, query)
        .hits
        .iter()
        .map(|hit| format!("{} {}", hit.jurisdiction, hit.locator))
        .collect()
}

#[test]
fn queries_find_the_smallest_unit_that_fulfils_them() {
    let index = Folders::new().open_in_memory();
    for (query, expected) in [
        ("permit goat", vec!["va 12(1)", "va 12A"]),
        ("paints child", vec!["va 12(2)"]),
        ("\"painted goat\" child", vec!["va 12(2)(b)"]),
        ("\"goat painted\"", vec![]),
        ("permit -painted", vec![]),
        ("permit NOT sheep NOT sells", vec!["va 12A"]),
        ("indoor*", vec!["va 12(1)"]),
        ("\"paint* goat\" permit -child", vec!["va 12A"]),
        ("sheep OR inspector", vec!["va 12A", "va 13"]),
        ("l'âne", vec!["wy 4"]),
        ("CHEVRE mineur", vec!["wy 4 bis"]),
        ("児童 販売", vec!["ke 三の二"]),
        ("heading:keeping permit", vec!["va 12(1)", "va 12A"]),
        ("is:operative sheep", vec!["va 13"]),
        ("is:repealed", vec![]),
    ] {
        let mut found = cited(&index, query);
        found.sort();
        assert_eq!(found, expected, "{query}");
    }
}

#[test]
fn citations_find_exactly_their_provision() {
    let index = Folders::new().open_in_memory();
    assert_eq!(cited(&index, "section 12"), ["va 12"]);
    assert_eq!(cited(&index, "s 12A"), ["va 12A"]);
    assert_eq!(cited(&index, "s 12(2)(b)"), ["va 12(2)(b)"]);
    assert_eq!(cited(&index, "art. 4 bis"), ["wy 4 bis"]);
    assert_eq!(cited(&index, "art. 4 OR s 13").len(), 2);
    assert_eq!(find(&index, "第三条の二").hits[0].country, "Kerobei");
    assert_eq!(cited(&index, "s 99"), [""; 0]);
    let missing = find(&index, "s 12(9)");
    assert_eq!(missing.hits[0].locator, "12");
    assert!(missing.hits[0].note.is_some());
}

#[test]
fn extracts_are_cut_from_the_text_with_the_words_marked() {
    let index = Folders::new().open_in_memory();
    let mut request = SearchRequest::new("inspector \"painted goat*\"");
    request.extract_chars = 90;
    let hit = &index.search(&request).unwrap().hits[0];
    assert_eq!(hit.locator, "12A");
    assert_eq!(hit.title, "Goat Code");
    assert_eq!(hit.headings.last().unwrap(), "Painted goats");
    assert!(hit.in_force);
    assert!(hit.extract.text.chars().count() <= 90);
    let marked: Vec<&str> = hit
        .extract
        .pieces()
        .iter()
        .filter(|(_, marked)| *marked)
        .map(|(text, _)| *text)
        .collect();
    assert_eq!(marked, ["painted goat", "Inspector"]);
    let whole: String = hit.extract.pieces().iter().map(|(text, _)| *text).collect();
    assert_eq!(whole, hit.extract.text);
    assert!(VALORIA.contains(&hit.extract.text), "{}", hit.extract.text);
}

#[test]
fn filters_narrow_and_say_what_there_is() {
    let index = Folders::new().open_in_memory();
    assert_eq!(cited(&index, "in:wy chèvre").len(), 2);
    assert_eq!(cited(&index, "in:va,ke is:operative").len(), 5);
    assert_eq!(cited(&index, "lang:fr is:operative").len(), 2);
    assert_eq!(cited(&index, "file:mountain is:operative").len(), 2);
    let mut request = SearchRequest::new("is:operative");
    request.jurisdictions = vec![Jurisdiction::new("va"), Jurisdiction::new("wy")];
    request.languages = vec![Language::new("en")];
    request.limit = 2;
    request.offset = 2;
    let results = index.search(&request).unwrap();
    assert_eq!((results.total, results.hits.len()), (3, 1));
    for (query, at, help) in [
        ("in:valoria goat", "valoria", "did you mean va"),
        ("goat lang:xx", "xx", "en, fr, ja"),
        ("file:horse goat", "horse", "part of the file's name"),
        ("concept:goat", "goat", "words instead"),
        ("goat (sheep", "(", "`)`"),
    ] {
        let Err(SearchError::Query(error)) = index.search(&SearchRequest::new(query)) else {
            panic!("{query} is accepted");
        };
        assert_eq!(&query[error.span.clone()], at, "{query}");
        assert!(
            error.render(false).contains(help),
            "{}",
            error.render(false)
        );
    }
}

#[test]
fn concepts_are_found_and_marked() {
    let mappings = Mappings::embedded().unwrap();
    let annotator = Annotator::new(&mappings).unwrap();
    let rules = Rules {
        mappings: &mappings,
        annotator: &annotator,
    };
    let folders = Folders::new();
    folders.write(
        "zz/act.md",
        "---\nlanguage: tlh\n---\n\n## Section 1\n\nqaStaH nuq.\n",
    );
    let index = SearchIndex::open(folders.root(), &Cache::Memory, Some(rules), &|_| {}).unwrap();
    let results = find(&index, "concept:child-term in:wy");
    assert_eq!(results.total, 1);
    assert!(find(&index, "goat").languages_without_concepts.is_empty());
    let unknown = &results.languages_without_concepts;
    assert!(unknown.contains(&"tlh".to_owned()), "{unknown:?}");
    assert!(!unknown.contains(&"fr".to_owned()), "{unknown:?}");
    let hit = &results.hits[0];
    assert_eq!(hit.locator, "4 bis");
    let marked = hit.extract.pieces().into_iter().find(|(_, marked)| *marked);
    assert_eq!(marked, Some(("mineur", true)));
    assert_eq!(
        Flag::Penal
            .concept()
            .map(|name| mappings.concepts.id(name).is_some()),
        Some(true)
    );
    assert_eq!(
        Flag::Definition
            .concept()
            .map(|name| mappings.concepts.id(name).is_some()),
        Some(true)
    );
    let Err(SearchError::Query(error)) = index.search(&SearchRequest::new("concept:childterm"))
    else {
        panic!("an unknown concept is accepted");
    };
    assert!(error.help.contains("child-term"), "{}", error.help);
}

/// Results of many kinds of query, to compare two indexes of one corpus.
fn all_results(index: &SearchIndex) -> Vec<SearchResults> {
    [
        "goat",
        "goat*",
        "is:operative",
        "painted OR sheep OR chèvre",
        "art. 4",
        "\"a goat\"",
    ]
    .iter()
    .map(|query| find(index, query))
    .collect()
}

#[test]
fn only_what_changed_is_read_again_and_the_results_are_those_of_a_new_index() {
    let folders = Folders::new();
    let read = |index: &SearchIndex| {
        let refreshed = index.refreshed;
        (refreshed.read, refreshed.removed, refreshed.kept)
    };
    let first = folders.open();
    assert_eq!(read(&first), (3, 0, 0));
    assert_eq!(all_results(&first), all_results(&folders.open_in_memory()));
    assert_eq!(read(&folders.open()), (0, 0, 3));

    folders.write("va/goat-code.md", &VALORIA.replace("sheep", "painted goat"));
    let changed = folders.open();
    assert_eq!(read(&changed), (1, 0, 2));
    assert_eq!(cited(&changed, "sheep"), ["va 13"], "the heading stays");
    assert_eq!(
        all_results(&changed),
        all_results(&folders.open_in_memory())
    );

    folders.write("wy/new.md", WYSTRIA);
    std::fs::remove_file(folders.root().join("ke/goats.md")).unwrap();
    let moved = folders.open();
    assert_eq!(read(&moved), (1, 1, 2));
    assert_eq!(cited(&moved, "山羊"), [""; 0]);
    assert_eq!(all_results(&moved), all_results(&folders.open_in_memory()));

    // The manifest decides on titles: its change is a change of the file.
    folders.write(
        "manifest.csv",
        "jurisdiction,country,file,title,language\nva,Valoria,va/goat-code.md,Code of Goats,en\n",
    );
    let titled = folders.open();
    assert_eq!(find(&titled, "s 13").hits[0].title, "Code of Goats");
    assert_eq!(all_results(&titled), all_results(&folders.open_in_memory()));
}

#[test]
fn a_damaged_or_deleted_cache_costs_time_and_no_result() {
    let folders = Folders::new();
    let expected = all_results(&folders.open());
    let segments = walk(folders.cache.path());
    let postings = segments
        .iter()
        .find(|path| path.extension().is_some_and(|extension| extension == "pos"))
        .unwrap();
    let mut bytes = std::fs::read(postings).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0xFF;
    std::fs::write(postings, bytes).unwrap();
    let repaired = folders.open();
    assert!(
        repaired.warnings[0].message.contains("damaged"),
        "{:?}",
        repaired.warnings
    );
    assert_eq!(all_results(&repaired), expected);

    for path in walk(folders.cache.path()) {
        std::fs::remove_file(path).unwrap();
    }
    let rebuilt = folders.open();
    assert_eq!((rebuilt.refreshed.read, rebuilt.warnings.len()), (3, 0));
    assert_eq!(all_results(&rebuilt), expected);

    // A file where the folder should be: nothing can be written there.
    let occupied = folders.cache.path().join("occupied");
    std::fs::write(&occupied, "").unwrap();
    let index = SearchIndex::open(folders.root(), &Cache::Folder(occupied), None, &|_| {}).unwrap();
    assert!(index.warnings[0].message.contains("kept in memory"));
    assert_eq!(all_results(&index), expected);
}

fn walk(folder: &Path) -> Vec<std::path::PathBuf> {
    ignore::WalkBuilder::new(folder)
        .standard_filters(false)
        .build()
        .filter_map(|entry| Some(entry.ok()?.into_path()))
        .filter(|path| path.is_file())
        .collect()
}

#[test]
fn files_without_an_act_are_counted_in_the_results() {
    let folders = Folders::new();
    folders.write("va/empty.md", "");
    let index = folders.open_in_memory();
    let results = find(&index, "goat");
    assert_eq!((results.acts, results.unread), (3, 1));
    assert_eq!(index.unread()[0].file, "empty.md");
}

#[test]
fn two_runs_at_once_give_the_same() {
    let folders = Folders::new();
    let expected = all_results(&folders.open_in_memory());
    std::thread::scope(|scope| {
        let runs: Vec<_> = (0..3)
            .map(|_| scope.spawn(|| all_results(&folders.open())))
            .collect();
        for run in runs {
            assert_eq!(run.join().unwrap(), expected);
        }
    });
}
