//! The number of a unit, as printed and as it sorts.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

/// A unit's number as the law prints it (`163.1`, `§ 184b`, `366 quáter`,
/// `第三条の二`, `1°`), with a key that puts inserted numbers in their place:
/// 12, 12A, 12 bis, 13.
///
/// Equality and order look only at the key, so `366 quáter` equals
/// `366 QUATER` and `第十二条` equals `12`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Number {
    printed: Box<str>,
    key: Key,
}

/// The parts of a sort key. An act has a number for every unit and nearly all
/// have one part, which is kept where it is instead of in a list.
#[derive(Debug, Clone, Serialize, Deserialize)]
enum Key {
    One(Part),
    Parts(Box<[Part]>),
}

impl Key {
    fn parts(&self) -> &[Part] {
        match self {
            Key::One(part) => std::slice::from_ref(part),
            Key::Parts(parts) => parts,
        }
    }
}

impl From<Vec<Part>> for Key {
    fn from(mut parts: Vec<Part>) -> Self {
        match parts.pop() {
            Some(only) if parts.is_empty() => Key::One(only),
            last => Key::Parts(parts.into_iter().chain(last).collect()),
        }
    }
}

/// One part of the sort key. The order of the variants is the order of
/// numbers that share what precedes: 12 (nothing), 12.1, 12A, 12 bis.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
enum Part {
    Prefix(Box<str>),
    Digits(u32),
    Letters(Box<str>),
    Latin(u32),
}

/// Latin multiplicative suffixes with the place they stand for. Spellings of
/// several languages, without accents.
const LATIN: &[(&str, u32)] = &[
    ("bis", 2),
    ("ter", 3),
    ("tris", 3),
    ("quater", 4),
    ("quinquies", 5),
    ("quinques", 5),
    ("quinto", 5),
    ("quintus", 5),
    ("sexies", 6),
    ("sexties", 6),
    ("sextus", 6),
    ("septies", 7),
    ("octies", 8),
    ("octiens", 8),
    ("nonies", 9),
    ("novies", 9),
    ("decies", 10),
    ("undecies", 11),
    ("duodecies", 12),
    ("terdecies", 13),
    ("tredecies", 13),
    ("quaterdecies", 14),
    ("quindecies", 15),
    ("quinquiesdecies", 15),
    ("sexdecies", 16),
    ("sexiesdecies", 16),
    ("septiesdecies", 17),
    ("octiesdecies", 18),
    ("duodevicies", 18),
    ("noniesdecies", 19),
    ("undevicies", 19),
    ("vicies", 20),
    ("مكرر", 2),
    ("ทวิ", 2),
    ("ตรี", 3),
    ("จัตวา", 4),
    ("เบญจ", 5),
    ("ฉ", 6),
    ("สัตต", 7),
    ("อัฏฐ", 8),
    ("นว", 9),
    ("ทศ", 10),
];

/// Words that tell one series of numbers from another within one act, folded:
/// *Disposición adicional primera*, *Geçici Madde 1*.
const SERIES: &[&str] = &[
    "adicional",
    "adicionales",
    "transitoria",
    "transitorias",
    "transitorio",
    "final",
    "finales",
    "derogatoria",
    "preliminar",
    "gecici",
    "ek",
];

/// Ordinals in words, folded, with the place they stand for.
const ORDINALS: &[(&[&str], u32)] = &[
    (
        &[
            "first",
            "premier",
            "premiere",
            "unique",
            "primero",
            "primera",
            "primer",
            "unico",
            "unica",
            "primeiro",
            "primeira",
            "primo",
            "prima",
            "erster",
            "erste",
            "eerste",
            "birinci",
            "prvni",
            "pertama",
            "الاول",
            "الاولى",
            "األولى",
            "األول",
            "intai",
        ],
        1,
    ),
    (
        &[
            "second",
            "seconde",
            "deuxieme",
            "segundo",
            "segunda",
            "secondo",
            "seconda",
            "zweiter",
            "zweite",
            "tweede",
            "ikinci",
            "druha",
            "druhy",
            "kedua",
            "الثاني",
            "الثانية",
        ],
        2,
    ),
    (
        &[
            "third",
            "troisieme",
            "tercero",
            "tercera",
            "tercer",
            "terceiro",
            "terceira",
            "terzo",
            "terza",
            "dritter",
            "dritte",
            "derde",
            "ucuncu",
            "treti",
            "ketiga",
            "الثالث",
            "الثالثة",
        ],
        3,
    ),
    (
        &[
            "fourth",
            "quatrieme",
            "cuarto",
            "cuarta",
            "quarto",
            "quarta",
            "vierter",
            "vierte",
            "vierde",
            "dorduncu",
            "ctvrta",
            "keempat",
            "الرابع",
            "الرابعة",
        ],
        4,
    ),
    (
        &[
            "fifth",
            "cinquieme",
            "quinto",
            "quinta",
            "funfter",
            "funfte",
            "vijfde",
            "besinci",
            "pata",
            "kelima",
            "الخامس",
            "الخامسة",
        ],
        5,
    ),
    (
        &[
            "sixth",
            "sixieme",
            "sexto",
            "sexta",
            "sesto",
            "sesta",
            "sechster",
            "sechste",
            "zesde",
            "altinci",
            "السادس",
            "السادسة",
        ],
        6,
    ),
    (
        &[
            "seventh",
            "septieme",
            "septimo",
            "septima",
            "setimo",
            "setima",
            "settimo",
            "settima",
            "siebenter",
            "siebente",
            "siebter",
            "zevende",
            "yedinci",
            "السابع",
            "السابعة",
        ],
        7,
    ),
    (
        &[
            "eighth",
            "huitieme",
            "octavo",
            "octava",
            "oitavo",
            "oitava",
            "ottavo",
            "ottava",
            "achter",
            "achte",
            "achtste",
            "sekizinci",
            "الثامن",
            "الثامنة",
        ],
        8,
    ),
    (
        &[
            "ninth",
            "neuvieme",
            "noveno",
            "novena",
            "nono",
            "nona",
            "neunter",
            "neunte",
            "negende",
            "dokuzuncu",
            "التاسع",
            "التاسعة",
        ],
        9,
    ),
    (
        &[
            "tenth",
            "dixieme",
            "decimo",
            "decima",
            "zehnter",
            "zehnte",
            "tiende",
            "onuncu",
            "العاشر",
            "العاشرة",
        ],
        10,
    ),
    (
        &[
            "eleventh",
            "onzieme",
            "undecimo",
            "undecima",
            "decimoprimero",
            "decimoprimera",
        ],
        11,
    ),
    (
        &[
            "twelfth",
            "douzieme",
            "duodecimo",
            "duodecima",
            "decimosegundo",
            "decimosegunda",
        ],
        12,
    ),
    (
        &["thirteenth", "treizieme", "decimotercero", "decimotercera"],
        13,
    ),
    (
        &["fourteenth", "quatorzieme", "decimocuarto", "decimocuarta"],
        14,
    ),
    (
        &["fifteenth", "quinzieme", "decimoquinto", "decimoquinta"],
        15,
    ),
    (&["sixteenth", "seizieme", "decimosexto", "decimosexta"], 16),
    (&["seventeenth", "decimoseptimo", "decimoseptima"], 17),
    (&["eighteenth", "decimoctavo", "decimoctava"], 18),
    (&["nineteenth", "decimonoveno", "decimonovena"], 19),
    (&["twentieth", "vigesimo", "vigesima"], 20),
    (&["vigesimoprimero", "vigesimoprimera"], 21),
    (&["vigesimosegundo", "vigesimosegunda"], 22),
    (&["trigesimo", "trigesima"], 30),
];

impl Number {
    /// Reads a number as printed. Words such as "Article" or "§" may still
    /// stand before it; they do not enter the key.
    pub fn new(printed: &str) -> Self {
        let mut folded = String::with_capacity(printed.len());
        for word in printed.split_whitespace() {
            if !folded.is_empty() {
                folded.push(' ');
            }
            folded.push_str(word);
        }
        let printed = folded;
        let key = parse(&printed).into();
        Self {
            printed: printed.into(),
            key,
        }
    }

    /// A counted unit (an alinea): the number is its place, from 1.
    pub fn counted(place: u32) -> Self {
        Self {
            printed: place.to_string().into(),
            key: Key::One(Part::Digits(place)),
        }
    }

    /// As printed, white space folded.
    pub fn as_str(&self) -> &str {
        &self.printed
    }

    /// As it is cited across languages: figures of every script in the digits
    /// 0 to 9, ordinals in words by their place; `๒๘๗/๒` becomes `287/2` and
    /// *premier* `1`. Chinese numerals and Roman ones stay as printed.
    pub fn in_figures(&self) -> String {
        if let [Part::Digits(place)] = self.key.parts() {
            let in_words = |c: char| c.is_alphabetic() && !is_cjk_digit(c);
            let words = self.printed.trim_matches(|c: char| !c.is_alphanumeric());
            if words.chars().all(in_words) && roman(&words.to_lowercase()).is_none() {
                return place.to_string();
            }
        }
        self.printed
            .chars()
            .map(|c| match fold_char(c) {
                Some(folded) if folded.is_ascii_digit() && !is_superscript(c) => folded,
                _ => c,
            })
            .collect()
    }

    /// The leading integer, for gap tests: 163 for `163.1`; none for letters.
    pub fn integer(&self) -> Option<u32> {
        self.key.parts().iter().find_map(|part| match part {
            Part::Digits(n) => Some(*n),
            _ => None,
        })
    }

    /// Whether a word, folded, is a suffix of numbers: `bis`, `quater`. It may
    /// stand apart from the number it belongs to.
    pub fn is_suffix(word: &str) -> bool {
        LATIN.iter().any(|(latin, _)| *latin == word)
    }

    /// Whether the number belongs to a series of its own within the act:
    /// *Disposición final primera*, *Geçici Madde 1*.
    pub fn is_in_series(&self) -> bool {
        matches!(self.key.parts().first(), Some(Part::Prefix(word)) if SERIES.contains(&&**word))
    }

    /// Whether the number is a plain integer, without letter, suffix or decimal.
    pub fn is_plain(&self) -> bool {
        matches!(self.key.parts(), [Part::Digits(_)])
    }

    /// Letters, digits and hyphens only, as Akoma Ntoso ids use them: `163.1`
    /// becomes `163-1`, `366 quáter` becomes `366quater`.
    pub fn slug(&self) -> String {
        let mut slug = String::new();
        for part in self.key.parts() {
            match part {
                Part::Digits(n) => {
                    if slug.ends_with(|c: char| c.is_ascii_digit()) {
                        slug.push('-');
                    }
                    slug.push_str(&n.to_string());
                }
                Part::Prefix(letters) | Part::Letters(letters) => slug.push_str(letters),
                Part::Latin(n) => {
                    let word = LATIN.iter().find(|(_, value)| value == n);
                    slug.push_str(word.map_or("bis", |(word, _)| word));
                }
            }
        }
        slug
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.printed)
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.key.parts() == other.key.parts()
    }
}

impl Eq for Number {}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key.parts().cmp(other.key.parts())
    }
}

impl std::hash::Hash for Number {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.key.parts().hash(state);
    }
}

/// The value of a figure in a circle: ①.
fn circled(c: char) -> Option<u32> {
    let place = u32::from(c).checked_sub(u32::from('①'))?;
    (place < 20).then_some(place + 1)
}

/// Splits a printed number into its key.
fn parse(printed: &str) -> Vec<Part> {
    if let Some(value) = only_figures(printed) {
        return vec![Part::Digits(value)];
    }
    let mut folded = String::with_capacity(printed.len());
    for c in printed.chars() {
        let digits = folded.len() - folded.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let after_digit = digits > 0;
        // A raised figure is a number of its own: § 178¹ is 178, then 1.
        if is_superscript(c) && after_digit {
            folded.push('^');
        }
        // The small "o" of "1o." is an ordinal mark, written up to nine; that
        // of "327o" and the capital of "2O" are letters.
        if c == 'o' && digits == 1 {
            folded.push('º');
        } else if let Some(value) = circled(c) {
            folded.push_str(&value.to_string());
        } else {
            folded.extend(c.to_lowercase().filter_map(fold_char));
        }
    }
    let mut parts: Vec<Part> = Vec::new();
    let mut chars = folded.chars().peekable();
    let mut before = ' ';
    while let Some(&c) = chars.peek() {
        if c.is_ascii_digit() {
            // A decimal counts digit by digit: 83.01 stands before 83.1.
            let decimal = parts.len() == 1 && before == '.';
            while decimal && chars.peek() == Some(&'0') {
                let mut ahead = chars.clone();
                ahead.next();
                if !ahead.peek().is_some_and(char::is_ascii_digit) {
                    break;
                }
                parts.push(Part::Digits(0));
                chars.next();
            }
            let mut value: u32 = 0;
            while let Some(digit) = chars.peek().and_then(|c| c.to_digit(10)) {
                value = value.saturating_mul(10).saturating_add(digit);
                chars.next();
            }
            // The ordinal mark of "4º" is not a letter of the number.
            if matches!(chars.peek(), Some('ª' | 'º' | '°')) {
                let mut ahead = chars.clone();
                ahead.next();
                if !ahead.peek().is_some_and(|c| c.is_alphanumeric()) {
                    chars.next();
                }
            }
            parts.push(Part::Digits(value));
        } else if is_cjk_digit(c) {
            let mut run = String::new();
            while let Some(&d) = chars.peek().filter(|d| is_cjk_digit(**d)) {
                run.push(d);
                chars.next();
            }
            parts.push(Part::Digits(cjk_number(&run)));
        } else if c.is_alphabetic() {
            let mut word = String::new();
            while let Some(&l) = chars
                .peek()
                .filter(|l| l.is_alphabetic() && !is_cjk_digit(**l))
            {
                word.push(l);
                chars.next();
            }
            push_word(&mut parts, word);
        } else {
            before = c;
            chars.next();
        }
    }
    // Nothing that counts: the words themselves tell the units apart.
    if parts.is_empty() {
        let words: String = folded.chars().filter(|c| c.is_alphanumeric()).collect();
        if !words.is_empty() {
            parts.push(Part::Prefix(words.into()));
        }
    }
    parts
}

/// The value of a number that is one run of figures in plain punctuation, as
/// most are: `(1)`, `12.`.
fn only_figures(printed: &str) -> Option<u32> {
    let figures = printed.trim_matches(|c: char| c.is_ascii_punctuation());
    let plain = !figures.is_empty() && figures.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| figures.parse().unwrap_or(u32::MAX))
}

/// A word inside a number: a Latin suffix, a letter, or a heading word.
fn push_word(parts: &mut Vec<Part>, word: String) {
    let numbered = parts.iter().any(|part| matches!(part, Part::Digits(_)));
    if let Some((_, value)) = LATIN.iter().find(|(latin, _)| numbered && *latin == word) {
        parts.push(Part::Latin(*value));
    } else if let (Some(Part::Digits(tens @ (10 | 20 | 30))), Some((_, units))) = (
        parts.last_mut(),
        ORDINALS
            .iter()
            .find(|(words, value)| *value < 10 && words.contains(&word.as_str())),
    ) {
        // vigésima quinta
        *tens += units;
    } else if numbered {
        // 条, 條, 조 and their kin close a number, の, 之 and 의 join its parts.
        let letters: String = word
            .chars()
            .filter(|c| !"条條조项項号號款호항の之의".contains(*c))
            .collect();
        if !letters.is_empty() {
            parts.push(Part::Letters(letters.into()));
        }
    } else if word.len() == 1 {
        // A lone letter, as most points have: no need to look for words.
        parts.push(Part::Prefix(word.into()));
    } else if SERIES.contains(&word.as_str()) {
        parts.push(Part::Prefix(word.into()));
    } else if let Some((_, value)) = ORDINALS
        .iter()
        .find(|(words, _)| words.contains(&word.as_str()))
    {
        parts.push(Part::Digits(*value));
    } else if word.chars().count() == 1 || roman(&word).is_some() {
        match roman(&word) {
            // A lone "c", "d", "i" ... is a letter; longer Roman runs are numbers.
            Some(value) if word.len() > 1 => parts.push(Part::Digits(value)),
            _ if "第제".contains(&word) => {}
            _ => parts.push(Part::Prefix(word.into())),
        }
    }
}

/// Folds digits of other scripts, superscripts and accents; drops marks.
fn fold_char(c: char) -> Option<char> {
    let folded = match c {
        '٠'..='٩' => char::from(b'0' + (c as u32 - '٠' as u32) as u8),
        '۰'..='۹' => char::from(b'0' + (c as u32 - '۰' as u32) as u8),
        '०'..='९' => char::from(b'0' + (c as u32 - '०' as u32) as u8),
        '๐'..='๙' => char::from(b'0' + (c as u32 - '๐' as u32) as u8),
        '০'..='৯' => char::from(b'0' + (c as u32 - '০' as u32) as u8),
        '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴'..='⁹' => char::from(b'4' + (c as u32 - '⁴' as u32) as u8),
        'á' | 'à' | 'â' | 'ä' => 'a',
        'é' | 'è' | 'ê' => 'e',
        'í' | 'ì' => 'i',
        'ó' | 'ò' => 'o',
        'ú' | 'ù' | 'ü' => 'u',
        'ö' => 'o',
        'ç' => 'c',
        'ş' => 's',
        'ğ' => 'g',
        'ı' => 'i',
        'أ' | 'إ' => 'ا',
        '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200f}' => return None,
        other => other,
    };
    Some(folded)
}

fn is_superscript(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁴'..='⁹')
}

fn is_cjk_digit(c: char) -> bool {
    "〇零一二三四五六七八九十百千".contains(c)
}

/// Value of a Chinese numeral below ten thousand (also digit by digit: 二〇).
fn cjk_number(run: &str) -> u32 {
    const DIGITS: &str = "〇一二三四五六七八九";
    let digit = |c: char| {
        DIGITS
            .chars()
            .position(|d| d == c)
            .map(|position| position as u32)
    };
    if !run.contains(['十', '百', '千']) {
        return run
            .chars()
            .map(|c| digit(c).unwrap_or(0))
            .fold(0, |sum, d| sum.saturating_mul(10).saturating_add(d));
    }
    let (mut total, mut current) = (0u32, 0u32);
    for c in run.chars() {
        let unit = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            _ => {
                current = digit(c).unwrap_or(0);
                continue;
            }
        };
        total = total.saturating_add(current.max(1) * unit);
        current = 0;
    }
    total.saturating_add(current)
}

/// Value of a Roman numeral in lower case.
fn roman(word: &str) -> Option<u32> {
    let value = |c| match c {
        'i' => Some(1),
        'v' => Some(5),
        'x' => Some(10),
        'l' => Some(50),
        'c' => Some(100),
        'd' => Some(500),
        'm' => Some(1000),
        _ => None,
    };
    if word.is_empty() || word.len() > 12 {
        return None;
    }
    let digits: Vec<u32> = word.chars().map(value).collect::<Option<_>>()?;
    let mut total = 0;
    for (index, digit) in digits.iter().enumerate() {
        if digits.get(index + 1).is_some_and(|next| next > digit) {
            total -= *digit as i64;
        } else {
            total += *digit as i64;
        }
    }
    u32::try_from(total).ok()
}

#[cfg(test)]
mod tests {
    use super::Number;
    use proptest::prelude::*;

    #[test]
    fn inserted_numbers_sort_where_a_reader_expects_them() {
        let order = [
            "12",
            "12.1",
            "12.2",
            "12A",
            "12AA",
            "12 bis",
            "12 ter",
            "12 quáter",
            "12 quinquies",
            "13",
            "100",
            "163",
            "163.01",
            "163.011",
            "163.1",
            "163.2",
            "199",
            "199 Bis",
            "199 Septies",
            "200",
        ];
        for pair in order.windows(2) {
            assert!(
                Number::new(pair[0]) < Number::new(pair[1]),
                "{} should come before {}",
                pair[0],
                pair[1]
            );
        }
    }

    #[test]
    fn numbers_are_cited_in_figures_that_everyone_reads() {
        for (printed, cited) in [
            ("๒๘๗/๒", "287/2"),
            ("٤٠٧", "407"),
            ("٣ مكرر", "3 مكرر"),
            ("الأولى", "1"),
            ("premier", "1"),
            ("（３）", "（3）"),
            ("百八十二", "百八十二"),
            ("XIV", "XIV"),
            ("c", "c"),
            ("178¹", "178¹"),
            ("366 quáter", "366 quáter"),
        ] {
            assert_eq!(Number::new(printed).in_figures(), cited);
        }
    }

    #[test]
    fn the_same_number_in_different_dress_is_equal() {
        for (a, b) in [
            ("§ 184b", "184b"),
            ("366 quáter", "366 QUATER"),
            ("第十二条", "12"),
            ("②", "2"),
            ("第三条の二", "3の2"),
            ("第八条之一", "8 1"),
            ("第 319-1 條", "319-1"),
            ("제11조의2", "11-2"),
            ("๒๘๗/๑", "287/1"),
            ("Art. 5º", "5"),
            ("1o.", "1"),
            ("4o Bis", "4 bis"),
            ("§ 178¹", "178 1"),
            ("4°", "4"),
            ("Artículo IV", "4"),
            ("1:233", "1 233"),
            ("Artículo Primero", "1"),
            ("Disposición final vigésima quinta", "final 25"),
        ] {
            assert_eq!(Number::new(a), Number::new(b), "{a} against {b}");
        }
        assert_ne!(Number::new("163.1"), Number::new("1631"));
        assert_ne!(Number::new("2O"), Number::new("2"));
        assert_ne!(Number::new("327o"), Number::new("327"));
        assert_ne!(Number::new("12A"), Number::new("12 bis"));
        assert_ne!(
            Number::new("Disposición adicional primera"),
            Number::new("Disposición final primera")
        );
    }

    #[test]
    fn slugs_serve_as_akoma_ntoso_ids() {
        assert_eq!(Number::new("163.1").slug(), "163-1");
        assert_eq!(Number::new("366 quáter").slug(), "366quater");
        assert_eq!(Number::new("§ 184b").slug(), "184b");
    }

    proptest! {
        #[test]
        fn any_text_gives_a_number_without_panic(text in "\\PC{0,40}") {
            let number = Number::new(&text);
            prop_assert_eq!(&number, &Number::new(number.as_str()));
        }
    }
}
