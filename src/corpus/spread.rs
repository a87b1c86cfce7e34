//! Acts that are spread over a folder of files, one for each article:
//! recognised by the names of the files and by the run of their numbers.

use std::collections::{BTreeMap, BTreeSet};

use crate::law::Number;

use super::place::{PartPlace, Place};

/// Fewer files than this are as many acts.
const FEWEST: usize = 3;
/// Fewer files than this that are named by a bare number are as many acts.
const FEWEST_BARE: usize = 5;
/// Paths deeper than this are not looked at.
const DEEPEST: usize = 24;

/// Words and abbreviations for a provision that stand in file names, without
/// accents where the letters have any.
const WORDS: &[&str] = &[
    "article",
    "articles",
    "art",
    "artikel",
    "artikkel",
    "artikla",
    "artículo",
    "articulo",
    "articolo",
    "artigo",
    "articol",
    "articolul",
    "section",
    "sect",
    "sec",
    "s",
    "§",
    "par",
    "para",
    "paragraf",
    "paragraph",
    "paragraphe",
    "rule",
    "clause",
    "pykala",
    "pykälä",
    "čl",
    "cl",
    "člen",
    "clen",
    "člán",
    "článek",
    "clanek",
    "článok",
    "clanok",
    "članak",
    "clanak",
    "madde",
    "pasal",
    "điều",
    "dieu",
    "статья",
    "ст",
    "стаття",
    "член",
    "чл",
    "άρθρο",
    "arthro",
    "άρ",
    "المادة",
    "مادة",
    "סעיף",
    "मादा",
    "धारा",
    "dhara",
    "มาตรา",
    "grein",
    "gr",
    "第",
    "제",
];

/// Joins the files of each such folder. Takes paths within one jurisdiction;
/// gives them back with the folders in place of their files.
pub(super) fn join(files: Vec<(String, Place)>) -> Vec<(String, Place)> {
    let claimed = acts(files.iter().map(|(file, _)| file.as_str()));
    if claimed.is_empty() {
        return files;
    }
    let mut parts: BTreeMap<String, Vec<(Option<Number>, PartPlace)>> = BTreeMap::new();
    let mut joined = Vec::new();
    for (file, place) in files {
        match claimed.iter().find_map(|act| {
            let inner = file.strip_prefix(act.as_str())?.strip_prefix('/')?;
            Some((act, inner.to_owned()))
        }) {
            Some((act, inner)) => {
                let number = number_in_name(&inner).map(|name| name.number);
                parts.entry(act.clone()).or_default().push((
                    number.as_deref().map(Number::new),
                    PartPlace {
                        file: inner,
                        number,
                        place,
                    },
                ));
            }
            None => joined.push((file, place)),
        }
    }
    for (act, mut files) in parts {
        // What has no number (a preamble) stands before the articles.
        files.sort_by(|(a, x), (b, y)| a.cmp(b).then_with(|| x.file.cmp(&y.file)));
        let files = files.into_iter().map(|(_, part)| part).collect();
        joined.push((act, Place::Parts(files)));
    }
    joined
}

/// The outermost folders that hold one act in many files.
fn acts<'f>(files: impl Iterator<Item = &'f str>) -> BTreeSet<String> {
    let mut folders: BTreeMap<String, Folder> = BTreeMap::new();
    for file in files {
        let depth = file.matches('/').count();
        if depth == 0 || depth > DEEPEST {
            continue;
        }
        let name = number_in_name(file);
        for (at, _) in file.match_indices('/') {
            let folder = folders.entry(file[..at].to_owned()).or_default();
            match &name {
                Some(name) => folder.add(name),
                None => folder.others += 1,
            }
        }
    }
    let mut found: BTreeSet<String> = BTreeSet::new();
    // In the order of names an outer folder comes before those in it.
    for (path, folder) in folders {
        let inside = path
            .match_indices('/')
            .any(|(at, _)| found.contains(&path[..at]));
        if !inside && folder.is_act() {
            found.insert(path);
        }
    }
    found
}

/// What the names of the files below a folder say.
#[derive(Debug, Default)]
struct Folder {
    numbers: BTreeSet<String>,
    numbered: usize,
    bare: usize,
    others: usize,
    firsts: usize,
    last: u32,
}

impl Folder {
    fn add(&mut self, name: &Name) {
        self.numbered += 1;
        self.bare += usize::from(name.is_bare);
        let number = Number::new(&name.number);
        self.firsts += usize::from(number.is_plain() && number.integer() == Some(1));
        self.last = self.last.max(number.integer().unwrap_or(0));
        self.numbers.insert(name.number.to_lowercase());
    }

    /// Most files are numbered, no number comes twice, and bare numbers run
    /// on from one to the next (others are years or file numbers).
    fn is_act(&self) -> bool {
        let enough =
            self.numbered >= FEWEST && self.numbered * 10 >= 7 * (self.numbered + self.others);
        let once = self.numbers.len() * 50 >= self.numbered * 49 && self.firsts <= 1;
        let bare = self.bare == 0
            || self.numbered >= FEWEST_BARE && self.numbered * 10 >= self.last as usize * 8;
        enough && once && bare
    }
}

/// A file name that is a number.
#[derive(Debug, PartialEq, Eq)]
struct Name {
    number: String,
    /// Whether no word says what is numbered.
    is_bare: bool,
}

/// The number of the provision that a file is named by: `article_227-23.md`,
/// `§ 12a.txt`, `007.md`, `第三条.md`.
fn number_in_name(file: &str) -> Option<Name> {
    let name = file.rsplit('/').next().unwrap_or(file);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let stem = stem.replace('_', " ").trim().to_lowercase();
    let starts_number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百千".contains(c);
    let at = stem.find(starts_number)?;
    let (word, number) = stem.split_at(at);
    let word = word.trim_matches(|c: char| c.is_whitespace() || "-.#".contains(c));
    // `article L121-1`: a letter before the number belongs to it.
    let (word, letter) = match word.rsplit_once([' ', '-']) {
        Some((word, letter)) if letter.chars().count() == 1 && letter != "§" => {
            (word.trim_end_matches([' ', '-', '.']), letter)
        }
        _ => (word, ""),
    };
    if !word.is_empty() && !WORDS.contains(&word) {
        return None;
    }
    let number = number.trim();
    let number = if word.is_empty() {
        number.trim_start_matches('0')
    } else {
        number
    };
    let is_number = !number.is_empty()
        && number.chars().count() <= 24
        && number
            .split([' ', '-', '.', ':', '/', '^'])
            .all(is_piece_of_number);
    let plain = number
        .trim_end_matches(|c: char| c.is_ascii_lowercase())
        .chars()
        .all(|c| c.is_ascii_digit());
    // Without a word, `2019-44` is the number of an act.
    if !is_number || word.is_empty() && (!plain || !letter.is_empty()) {
        return None;
    }
    Some(Name {
        number: format!("{letter}{number}"),
        is_bare: word.is_empty(),
    })
}

/// `227`, `12a`, `bis`, `第三条之二` and the like.
fn is_piece_of_number(piece: &str) -> bool {
    let digits = piece.chars().take_while(char::is_ascii_digit).count();
    let rest: String = piece.chars().skip(digits).collect();
    let cjk = |c: char| "一二三四五六七八九十百千第條条之の조의".contains(c);
    let latin = |text: &str| {
        [
            "",
            "bis",
            "ter",
            "quater",
            "quinquies",
            "sexies",
            "septies",
            "octies",
            "novies",
            "decies",
            "er",
            "º",
            "°",
            "nies",
            "undecies",
            "duodecies",
        ]
        .contains(&text)
    };
    digits <= 5
        && (latin(&rest)
            || rest.chars().count() <= 2 && rest.chars().all(char::is_alphabetic)
            || !rest.is_empty() && rest.chars().all(cjk))
        && !piece.is_empty()
}

#[cfg(test)]
mod tests {
    use super::{Name, acts, number_in_name};

    fn found(files: &[&str]) -> Vec<String> {
        acts(files.iter().copied()).into_iter().collect()
    }

    #[test]
    fn numbers_of_provisions_are_told_from_other_names() {
        for (file, number) in [
            ("a/article_227-23.md", "227-23"),
            ("§ 12a.txt", "12a"),
            ("Art. 366 bis.md", "366 bis"),
            ("article-L121-1.md", "l121-1"),
            ("section-12A.html", "12a"),
            ("007.md", "7"),
            ("12.md", "12"),
        ] {
            let name = number_in_name(file).map(|Name { number, .. }| number);
            assert_eq!(name.as_deref(), Some(number), "{file}");
        }
        for file in [
            "2019-44.md",
            "BOE-A-1995-25444.md",
            "ley-26061.md",
            "penal-code.md",
            "sb-1999-359.md",
            "act-12.md",
            "section-of-law-5.md",
            "article-5-and-the-rest.md",
        ] {
            assert_eq!(number_in_name(file), None, "{file}");
        }
    }

    #[test]
    fn folders_of_articles_are_acts_and_folders_of_acts_are_not() {
        let one = [
            "code/Livre I/article_1.md",
            "code/Livre I/article_2.md",
            "code/Livre II/article_2-1.md",
            "code/Livre II/article_3.md",
            "code/preamble.md",
        ];
        assert_eq!(found(&one), ["code"]);
        let two = [
            "codes/penal/article_1.md",
            "codes/penal/article_2.md",
            "codes/penal/article_3.md",
            "codes/civil/article_1.md",
            "codes/civil/article_2.md",
            "codes/civil/article_4.md",
        ];
        assert_eq!(found(&two), ["codes/civil", "codes/penal"]);
        assert_eq!(
            found(&["law/1.md", "law/2.md", "law/3.md", "law/4.md", "law/5.md"]),
            ["law"]
        );
        for acts_apart in [
            // Numbers of acts, not of articles.
            &[
                "acts/1881.md",
                "acts/1890.md",
                "acts/1903.md",
                "acts/1999.md",
                "acts/2004.md",
            ][..],
            &["laws/penal.md", "laws/civil.md", "laws/article_1.md"][..],
            &["article_1.md", "article_2.md", "article_3.md"][..],
        ] {
            assert_eq!(found(acts_apart), [""; 0], "{acts_apart:?}");
        }
    }
}
