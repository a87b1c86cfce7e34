//! Citations as people write them: `art. 227-23`, `s 163.1(4)`,
//! `§ 184b Abs. 3`, `47 §`, `第三条の二第1項`.

use std::sync::LazyLock;

use regex::Regex;

use crate::annotate::fold_words;
use crate::law::Number;

/// A cited unit: an article and the way down from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// Number of the article.
    pub article: Number,
    /// Numbers of the sub-units, outermost first.
    pub steps: Vec<Step>,
}

/// One step down from an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The sub-unit's number.
    pub number: Number,
    /// Whether an unnumbered paragraph is meant, by its count.
    pub alinea: bool,
}

/// Words before the number of an article, folded.
const ARTICLE_WORDS: &[&str] = &[
    "art",
    "arts",
    "article",
    "articles",
    "articulo",
    "articulos",
    "artigo",
    "artigos",
    "articolo",
    "articoli",
    "artikel",
    "artikla",
    "artykul",
    "artiklan",
    "clanek",
    "clanok",
    "clanak",
    "clan",
    "cl",
    "section",
    "sections",
    "sec",
    "sect",
    "s",
    "ss",
    "paragraf",
    "madde",
    "md",
    "pasal",
    "dieu",
    "neni",
    "статья",
    "статьи",
    "ст",
    "стаття",
    "статті",
    "член",
    "чл",
    "члан",
    "бап",
    "αρθρο",
    "αρθρου",
    "αρθ",
    "αρ",
    "סעיף",
    "סע",
    "الماده",
    "ماده",
    "धारा",
    "अनुच्छेद",
    "ধারা",
];

/// Words before the number of a sub-unit, folded.
const STEP_WORDS: &[&str] = &[
    "abs",
    "absatz",
    "nr",
    "nummer",
    "no",
    "ziffer",
    "ziff",
    "z",
    "buchst",
    "buchstabe",
    "lit",
    "litera",
    "litt",
    "par",
    "para",
    "paras",
    "paragraph",
    "paragraphe",
    "parrafo",
    "paragrafo",
    "apartado",
    "apdo",
    "ap",
    "inciso",
    "inc",
    "numeral",
    "num",
    "numero",
    "fraccion",
    "letra",
    "let",
    "lettera",
    "comma",
    "co",
    "subsection",
    "subs",
    "subsec",
    "subparagraph",
    "point",
    "pt",
    "punto",
    "item",
    "clause",
    "ust",
    "pkt",
    "ods",
    "odst",
    "pism",
    "ledd",
    "mom",
    "momentti",
    "kohta",
    "stk",
    "stykke",
    "lid",
    "onder",
    "часть",
    "ч",
    "пункт",
    "п",
    "частина",
    "παρ",
    "παραγραφος",
    "fikra",
    "bent",
    "ayat",
    "khoan",
    "diem",
    "huruf",
];

/// Words before the count of an unnumbered paragraph, folded.
const ALINEA_WORDS: &[&str] = &["al", "alinea", "alineas"];

/// East Asian citations close the number with a character of their own.
static EAST_ASIAN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^(?:第\s*)?[0-9０-９〇零一二三四五六七八九十百千]+(?:-[0-9]+)?\s*[条條](?:[のノ之][0-9０-９〇一二三四五六七八九十]+)*|^(?:제\s*)?[0-9]+\s*조(?:\s*의\s*[0-9]+)*",
    )
    .ok()
});

/// Sub-units of East Asian citations.
static EAST_ASIAN_STEP: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^\s*(?:第|제)?\s*([0-9０-９〇一二三四五六七八九十百]+)\s*[項项款号號항호목]").ok()
});

/// Reads a citation at the beginning of `text`. Returns it with its length in
/// bytes and whether a word or sign says that it is one; a bare `227-23` may
/// also be meant as words. In a group of a query a closing bracket ends the
/// group; elsewhere it may belong to a letter, as in `lit. a)`.
pub fn read(text: &str, in_group: bool) -> Option<(Citation, usize, bool)> {
    if let Some((citation, length)) = east_asian(text) {
        return Some((citation, length, true));
    }
    let mut cursor = Cursor {
        text,
        at: 0,
        in_group,
    };
    let explicit = cursor.article_word();
    let printed = cursor.number(explicit)?;
    // Finnish, Swedish and Hungarian put the sign behind: `47 §`.
    let sign_behind = !explicit && cursor.sign();
    let mut steps = Vec::new();
    while let Some(step) = cursor.step() {
        steps.push(step);
    }
    let is_shaped = printed.chars().any(|c| !c.is_numeric()) || !steps.is_empty();
    if !explicit && !sign_behind && !is_shaped {
        return None;
    }
    let article = Number::new(&printed);
    Some((
        Citation { article, steps },
        cursor.at,
        explicit || sign_behind,
    ))
}

fn east_asian(text: &str) -> Option<(Citation, usize)> {
    let article = EAST_ASIAN.as_ref()?.find(text)?;
    let mut at = article.end();
    let mut steps = Vec::new();
    while let Some(found) = EAST_ASIAN_STEP.as_ref()?.captures(&text[at..]) {
        at += found[0].len();
        steps.push(Step {
            number: Number::new(&found[1]),
            alinea: false,
        });
    }
    let article = Number::new(article.as_str());
    Some((Citation { article, steps }, at))
}

/// Reads along a text; nothing moves when what is asked for is not there.
struct Cursor<'a> {
    text: &'a str,
    at: usize,
    in_group: bool,
}

impl Cursor<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// The rest after white space.
    fn ahead(&self) -> (usize, &str) {
        let trimmed = self.rest().trim_start();
        (self.text.len() - trimmed.len(), trimmed)
    }

    /// Takes `§` or `§§`.
    fn sign(&mut self) -> bool {
        let (at, ahead) = self.ahead();
        let signs = ahead.len() - ahead.trim_start_matches('§').len();
        if signs > 0 {
            self.at = at + signs;
        }
        signs > 0
    }

    /// Takes a word before a number (`art.`, `§`, `มาตรา`).
    fn article_word(&mut self) -> bool {
        if self.sign() {
            return true;
        }
        const GLUED: &str = "มาตรา";
        if self.ahead().1.starts_with(GLUED) {
            self.at = self.ahead().0 + GLUED.len();
            return true;
        }
        self.word_of(ARTICLE_WORDS)
    }

    /// Takes one of the words, with its full stop, if a number follows.
    fn word_of(&mut self, known: &[&str]) -> bool {
        let (at, ahead) = self.ahead();
        let letters: usize = ahead
            .chars()
            .take_while(|c| c.is_alphabetic() || !c.is_ascii() && !c.is_numeric() && *c != '§')
            .take_while(|c| !c.is_whitespace())
            .map(char::len_utf8)
            .sum();
        let word = &ahead[..letters];
        let [folded] = &fold_words(word)[..] else {
            return false;
        };
        if !known.contains(&folded.as_str()) {
            return false;
        }
        let behind = ahead[letters..].trim_start_matches('.').trim_start();
        let is_number = behind.starts_with(|c: char| c.is_numeric())
            || behind.starts_with('(')
            || number_length(behind) > 0 && is_roman_or_letter(behind);
        if is_number {
            self.at = at + (ahead.len() - behind.len());
        }
        is_number
    }

    /// Takes the printed number of an article, suffix included.
    fn number(&mut self, explicit: bool) -> Option<String> {
        let (at, ahead) = self.ahead();
        let starts =
            ahead.starts_with(|c: char| c.is_numeric()) || explicit && (is_roman_or_letter(ahead));
        let length = number_length(ahead);
        if !starts || length == 0 {
            return None;
        }
        let mut printed = ahead[..length].to_owned();
        self.at = at + length;
        let (at, ahead) = self.ahead();
        let suffix: usize = ahead
            .chars()
            .take_while(|c| c.is_alphabetic())
            .map(char::len_utf8)
            .sum();
        let word = &ahead[..suffix];
        // "§ 204 a" is a number; in "section 15 a person" the letter is a word.
        let stands_alone = ahead[suffix..]
            .trim_start()
            .chars()
            .next()
            .is_none_or(|next| "§(,".contains(next));
        let is_letter = word.chars().count() == 1
            && (explicit && word.chars().all(char::is_uppercase) || stands_alone);
        let is_suffix = is_letter
            || fold_words(word)
                .first()
                .is_some_and(|folded| Number::is_suffix(folded));
        if is_suffix {
            printed.push(' ');
            printed.push_str(word);
            self.at = at + suffix;
            // `201 bis 1`
            let (at, ahead) = self.ahead();
            let digits = ahead.len() - ahead.trim_start_matches(|c: char| c.is_numeric()).len();
            if digits > 0 {
                printed.push(' ');
                printed.push_str(&ahead[..digits]);
                self.at = at + digits;
            }
        }
        Some(printed)
    }

    /// Takes one step down: `(4)`, `Abs. 3`, `al. 2`, `§ 2`.
    fn step(&mut self) -> Option<Step> {
        let start = self.at;
        let skipped = self.rest().trim_start_matches([',', ' ']).len();
        self.at = self.text.len() - skipped;
        let step = self.step_here();
        if step.is_none() {
            self.at = start;
        }
        step
    }

    fn step_here(&mut self) -> Option<Step> {
        if let Some(inner) = self.rest().strip_prefix('(') {
            let (number, _) = inner.split_once(')')?;
            if !is_step_number(number) {
                return None;
            }
            let step = Step {
                number: Number::new(number),
                alinea: false,
            };
            self.at += number.len() + 2;
            return Some(step);
        }
        let alinea = self.word_of(ALINEA_WORDS);
        if !alinea && !self.sign() && !self.word_of(STEP_WORDS) {
            return None;
        }
        if self.rest().starts_with('(') {
            return self.step_here();
        }
        let (at, ahead) = self.ahead();
        let length = number_length(ahead);
        if length == 0 {
            return None;
        }
        let number = Number::new(&ahead[..length]);
        self.at = at + length;
        if !self.in_group && self.rest().starts_with(')') {
            self.at += 1;
        }
        Some(Step { number, alinea })
    }
}

/// Whether what stands in brackets numbers a sub-unit: `4`, `4.1`, `a`, `xviii`.
fn is_step_number(text: &str) -> bool {
    let letters = text.chars().count();
    !fold_words(text).is_empty()
        && letters <= 8
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || ".-°º".contains(c) || !c.is_ascii())
        && (letters <= 2
            || text.starts_with(|c: char| c.is_numeric())
            || text.chars().all(|c| "ivxlcIVXLC".contains(c)))
}

/// Length in bytes of a printed number: letters, digits and what joins them.
fn number_length(text: &str) -> usize {
    let run: usize = text
        .chars()
        .take_while(|c| c.is_alphanumeric() || ".-–/:^º°".contains(*c))
        .map(char::len_utf8)
        .sum();
    text[..run]
        .trim_end_matches(['.', '-', '–', '/', ':', '^'])
        .len()
}

/// Whether a text begins with a Roman numeral or a single letter.
fn is_roman_or_letter(text: &str) -> bool {
    let word = text
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    word.chars().count() == 1 || !word.is_empty() && word.chars().all(|c| "IVXLC".contains(c))
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::law::Number;
    use proptest::prelude::*;

    /// The article, the steps and what is left of the text.
    fn parts(text: &str) -> Option<(String, Vec<String>, &str)> {
        let (citation, length, _) = read(text, false)?;
        let steps = citation
            .steps
            .iter()
            .map(|step| {
                let mark = if step.alinea { "al. " } else { "" };
                format!("{mark}{}", step.number)
            })
            .collect();
        Some((citation.article.to_string(), steps, &text[length..]))
    }

    #[test]
    fn citations_of_many_traditions_are_read() {
        for (text, article, steps) in [
            ("art. 227-23", "227-23", vec![]),
            ("s 163.1(4)(a)", "163.1", vec!["4", "a"]),
            ("s.163.1 (4.1)", "163.1", vec!["4.1"]),
            ("§ 184b Abs. 3 Nr. 1", "184b", vec!["3", "1"]),
            ("§184b", "184b", vec![]),
            ("section 15", "15", vec![]),
            ("Artículo 189", "189", vec![]),
            ("artículo 366 quáter", "366 quáter", vec![]),
            ("art. 201 bis 1", "201 bis 1", vec![]),
            ("Section 376 E", "376 E", vec![]),
            ("art. 12, al. 4", "12", vec!["al. 4"]),
            ("art. 200 § 2", "200", vec!["2"]),
            ("art. 5 lit. a)", "5", vec!["a"]),
            ("Article IV", "IV", vec![]),
            ("47 §", "47", vec![]),
            ("10 a §", "10 a", vec![]),
            ("§ 204 a", "204 a", vec![]),
            ("163.1(4)", "163.1", vec!["4"]),
            ("Ст. 242", "242", vec![]),
            ("المادة 35", "35", vec![]),
            ("มาตรา ๒๘๗/๑", "๒๘๗/๑", vec![]),
            ("第三条の二第1項", "第三条の二", vec!["1"]),
            ("第 319-1 條", "第 319-1 條", vec![]),
            ("제11조의2제3항", "제11조의2", vec!["3"]),
        ] {
            let found = parts(text).unwrap_or_else(|| panic!("{text} is not read"));
            let steps = steps.into_iter().map(str::to_owned).collect();
            assert_eq!(found, (article.to_owned(), steps, ""), "{text}");
        }
    }

    #[test]
    fn words_and_bare_integers_are_no_citation() {
        for text in [
            "18",
            "eighteen",
            "art gallery",
            "s",
            "possess 12",
            "",
            "(4)",
        ] {
            assert_eq!(parts(text), None, "{text}");
        }
        let (article, steps, rest) = parts("art. 12 possess").unwrap();
        assert_eq!((article.as_str(), steps.len(), rest), ("12", 0, " possess"));
        let (_, steps, rest) = parts("s 15 (image OR film)").unwrap();
        assert_eq!((steps.len(), rest), (0, " (image OR film)"));
        let (article, steps, rest) = parts("s 15 a (image)").unwrap();
        assert_eq!(
            (article.as_str(), steps.len(), rest),
            ("15 a", 0, " (image)")
        );
        assert_eq!(parts("s 15 a person").unwrap().2, " a person");
    }

    #[test]
    fn only_a_word_or_sign_makes_a_citation_certain() {
        assert!(read("art. 12", false).unwrap().2);
        assert!(!read("227-23", false).unwrap().2);
        assert_eq!(read("第12条", false).unwrap().0.article, Number::new("12"));
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "[a-z0-9§().,第条 é-]{0,24}") {
            if let Some((_, length, _)) = read(&text, false) {
                prop_assert!(length > 0 && text.get(..length).is_some());
            }
        }
    }
}
