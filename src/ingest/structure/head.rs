//! Recognises one block's beginning as the head of an article or a group.

use super::lexicon::{Role, Word, fold, is_ordinal, rank, role, tail};
use super::numeral::{cjk, figures, is_digit, roman};
use crate::law::{Standing, UnitKind};

/// A heading word with its number, and what follows.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Head<'a> {
    /// An article.
    Article(ArticleHead<'a>),
    /// A unit that groups articles.
    Group(GroupHead<'a>),
}

/// The head of an article.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ArticleHead<'a> {
    /// Which family of words.
    pub(super) word: Word,
    /// The number as printed, without the word.
    pub(super) number: String,
    /// What stands between number and rest.
    pub(super) gap: Gap,
    /// Text after the number and its punctuation.
    pub(super) rest: &'a str,
    /// An opening quotation mark stands before the word.
    pub(super) quoted: bool,
    /// The word stands in the plural: a range of articles.
    pub(super) plural: bool,
    /// Standing that the words give it (transitional provisions).
    pub(super) standing: Standing,
    /// The word begins with a small letter, as references in a sentence do.
    pub(super) small: bool,
    /// Punctuation or a bracket follows the number: no page number has it.
    pub(super) marked: bool,
}

/// What separates a number from the words after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing follows.
    End,
    /// A full stop, dash, colon or closing bracket.
    Mark,
    /// An opening bracket.
    Bracket,
    /// A blank only.
    Blank,
    /// Nothing at all.
    None,
}

/// The head of a group.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct GroupHead<'a> {
    /// Its kind.
    pub(super) kind: UnitKind,
    /// Nesting rank, smaller is outer.
    pub(super) rank: u8,
    /// Word and number: `Chapter IV`.
    pub(super) label: &'a str,
    /// The words after it.
    pub(super) rest: &'a str,
    /// A number or ordinal stands in the label.
    pub(super) numbered: bool,
    /// What stands between label and rest.
    pub(super) gap: Gap,
    /// Standing of all that stands under it.
    pub(super) standing: Standing,
    /// A known heading without a number: counts as a schedule only if numbers
    /// start anew under it.
    pub(super) soft: bool,
}

const QUOTES: &[char] = &[
    '"', '“', '„', '«', '‘', '\'', '”', '「', '『', '《', '‹', '‟', '″',
];

/// The head at the start of `text`, if its words and number form one.
/// `language` is a primary subtag.
pub(super) fn head<'a>(text: &'a str, language: &str) -> Option<Head<'a>> {
    let unquoted = text.trim_start_matches(QUOTES).trim_start();
    let quoted = unquoted.len() < text.trim_start().len();
    // Editorial brackets: 1[6. Punishment ..., [Section 12], ((Article 3.
    let text = unquoted
        .trim_start_matches(['[', '(', '_', '*', '«'])
        .trim_start();
    let bracketed = text.len() < unquoted.len();
    // Square brackets mark what amendments have put in; round ones a list item.
    let inserted = unquoted.starts_with('[') && text.len() + 1 == unquoted.len();
    let first = text.chars().next()?;
    let found = match first {
        '§' => sign(text),
        '第' => chinese(text),
        '제' => korean(text),
        '附' | '부' => supplementary(text),
        c if is_digit(c) && !bracketed => number_first(text, language),
        c if is_digit(c) && inserted => inserted_number(text),
        c if c.is_alphabetic() => word_first(text, language),
        _ => None,
    };
    match found {
        Some(Head::Article(mut article)) => {
            // A bracket before a bare number is an enumerator, not a head.
            article.quoted = quoted;
            article.small = first.is_lowercase();
            Some(Head::Article(article))
        }
        other => other,
    }
}

fn article<'a>(word: Word, number: String, after: &'a str) -> ArticleHead<'a> {
    let (gap, rest) = gap(after);
    ArticleHead {
        word,
        number,
        gap,
        rest,
        quoted: false,
        plural: false,
        standing: Standing::InForce,
        small: false,
        marked: after
            .trim_start()
            .starts_with(|c: char| c.is_ascii_punctuation() || "—–―°º（".contains(c)),
    }
}

/// Splits off the punctuation after a number.
fn gap(after: &str) -> (Gap, &str) {
    let rest = after.trim_start_matches(|c: char| {
        c.is_whitespace() || ".-–—―−:：．。)]°º*~・・_=|/\u{200e}\u{200f}‐‑﹣－ـ·•".contains(c)
    });
    let between = &after[..after.len() - rest.len()];
    let kind = if rest.is_empty() {
        Gap::End
    } else if between
        .chars()
        .any(|c| !c.is_whitespace() && c != '/' && c != '*')
    {
        Gap::Mark
    } else if rest.starts_with(['(', '（', '[', '【', '〔']) {
        Gap::Bracket
    } else if between.is_empty() {
        Gap::None
    } else {
        Gap::Blank
    };
    (kind, rest)
}

/// `§ 184b`, `§§ 3 bis 5`.
fn sign(text: &str) -> Option<Head<'_>> {
    let after = text.trim_start_matches('§');
    let plural = text.len() - after.len() > '§'.len_utf8();
    let after = after.trim_start().trim_start_matches('.').trim_start();
    if plural {
        return range(Word::Sign, after);
    }
    let number = figures(after)?;
    Some(Head::Article(article(
        Word::Sign,
        number.printed,
        &after[number.end..],
    )))
}

/// "3 - 4", "3 to 7", "202-206": one entry for several articles, as repealed
/// ones are printed.
fn range(word: Word, text: &str) -> Option<Head<'_>> {
    let plain = |text: &str| text.find(|c: char| !is_digit(c)).unwrap_or(text.len());
    let first_end = plain(text);
    let tail = text[first_end..].trim_start();
    let joined = [
        "-", "–", "—", "to ", "a ", "al ", "à ", "au ", "y ", "e ", "et ", "and ", "bis ", "και ",
        "έως ", "до ", "و",
    ]
    .iter()
    .find_map(|link| tail.strip_prefix(link))?
    .trim_start();
    let second_end = plain(joined);
    if first_end == 0 || second_end == 0 || second_end > 5 {
        return None;
    }
    let number = format!("{} - {}", &text[..first_end], &joined[..second_end]);
    let mut head = article(word, number, &joined[second_end..]);
    head.plural = true;
    Some(Head::Article(head))
}

/// `第三条の二`, `第二章`, `第 319-1 條`.
fn chinese(text: &str) -> Option<Head<'_>> {
    let after = text.strip_prefix('第')?.trim_start();
    let (number, end) = match cjk(after) {
        Some((number, end)) => (number.to_owned(), end),
        None => {
            let number = figures(after)?;
            (number.printed, number.end)
        }
    };
    let rest = after[end..].trim_start();
    let unit = rest.chars().next()?;
    let after_unit = &rest[unit.len_utf8()..];
    if matches!(unit, '条' | '條') {
        let mut number = number;
        let mut tail = after_unit;
        // の二, 之一, の二の三.
        while let Some(joined) = tail.strip_prefix('の').or_else(|| tail.strip_prefix('之')) {
            let Some((digits, length)) = cjk(joined)
                .map(|(d, l)| (d.to_owned(), l))
                .or_else(|| figures(joined).map(|numeral| (numeral.printed.clone(), numeral.end)))
            else {
                break;
            };
            number.push(tail.chars().next().unwrap_or('の'));
            number.push_str(&digits);
            tail = &joined[length..];
        }
        return Some(Head::Article(article(Word::Tiao, number, tail)));
    }
    let (kind, rank) = match unit {
        '编' | '編' | '篇' => (UnitKind::Book, 20),
        '章' => (UnitKind::Chapter, 40),
        '节' | '節' => (UnitKind::Division, 50),
        '款' => (UnitKind::Division, 55),
        '目' => (UnitKind::Division, 60),
        _ => return None,
    };
    Some(group_after(text, after_unit, kind, rank, true))
}

/// `제11조의2`, `제2장`.
fn korean(text: &str) -> Option<Head<'_>> {
    let after = text.strip_prefix('제')?.trim_start();
    let digits = after.find(|c: char| !is_digit(c)).unwrap_or(after.len());
    if digits == 0 {
        return None;
    }
    let rest = after[digits..].trim_start();
    let unit = rest.chars().next()?;
    let after_unit = &rest[unit.len_utf8()..];
    let (kind, rank) = match unit {
        '조' => {
            let mut number = after[..digits].to_owned();
            let mut tail = after_unit;
            while let Some(joined) = tail.strip_prefix('의') {
                let end = joined.find(|c: char| !is_digit(c)).unwrap_or(joined.len());
                if end == 0 {
                    break;
                }
                number.push('의');
                number.push_str(&joined[..end]);
                tail = &joined[end..];
            }
            // 제3조제1항: a reference to a paragraph of an article.
            if tail.starts_with([
                '제', '에', '의', '및', '부', '까', '와', '또', '를', '을', '은', '는',
            ]) {
                return None;
            }
            return Some(Head::Article(article(Word::Tiao, number, tail)));
        }
        '편' => (UnitKind::Book, 20),
        '장' => (UnitKind::Chapter, 40),
        '절' => (UnitKind::Division, 50),
        '관' => (UnitKind::Division, 55),
        _ => return None,
    };
    if after_unit.starts_with(|c: char| c.is_alphanumeric()) && !after_unit.starts_with('의') {
        return None;
    }
    Some(group_after(text, after_unit, kind, rank, true))
}

/// `附則`, `附则`, `附件`.
fn supplementary(text: &str) -> Option<Head<'_>> {
    for word in ["附則", "附则", "附 則", "附　則", "부칙", "부 칙"] {
        if let Some(after) = text.strip_prefix(word)
            && !after.starts_with(|c: char| c.is_alphanumeric())
        {
            let mut head = match group_after(text, after, UnitKind::Schedule, 0, true) {
                Head::Group(head) => head,
                Head::Article(_) => return None,
            };
            head.standing = Standing::Transitional;
            return Some(Head::Group(head));
        }
    }
    text.starts_with("附件")
        .then(|| group_after(text, &text["附件".len()..], UnitKind::Schedule, 0, true))
}

fn group_after<'a>(
    text: &'a str,
    after: &'a str,
    kind: UnitKind,
    rank: u8,
    numbered: bool,
) -> Head<'a> {
    let (gap, rest) = gap(after);
    let label = text[..text.len() - after.len()].trim_end();
    Head::Group(GroupHead {
        kind,
        rank,
        label,
        rest,
        numbered,
        gap,
        standing: Standing::InForce,
        soft: false,
    })
}

/// Digits first: `5 §`, `1 kap.`, `2. Abschnitt`, `12. člen`, or a bare number.
fn number_first<'a>(text: &'a str, language: &str) -> Option<Head<'a>> {
    let number = figures(text)?;
    if let Some(repealed) = range_before_word(&number.printed, &text[number.end..]) {
        return Some(repealed);
    }
    let after = &text[number.end..];
    let word_at =
        after.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '-' | '–'));
    if let Some(tail) = word_at.strip_prefix('§') {
        if tail.starts_with('§') || tail.trim_start().starts_with(|c: char| is_digit(c)) {
            return None;
        }
        return Some(Head::Article(article(Word::Sign, number.printed, tail)));
    }
    let (word, tail) = first_word(word_at);
    if !word.is_empty() && word.len() < 40 && after.len() - word_at.len() <= 3 {
        let folded = fold(word);
        let number_first_word = matches!(
            folded.as_str(),
            "kap"
                | "luku"
                | "abschnitt"
                | "kapitel"
                | "hauptstuck"
                | "teil"
                | "buch"
                | "titel"
                | "unterabschnitt"
                | "fejezet"
                | "resz"
                | "poglavje"
                | "poglavlje"
                | "osa"
                | "peatukk"
                | "kapittel"
                | "glava"
                | "nodala"
                | "skyrius"
                | "bolum"
                | "avdeling"
                | "kafli"
                | "jagu"
                | "jaotis"
                | "skirsnis"
        );
        if number_first_word && let Some(Role::Group(kind, rank)) = role(&folded, language) {
            let tail_gap = tail.trim_start_matches('.');
            // "1 kap. 3 §" is a citation.
            if !tail_gap.trim_start().starts_with(|c: char| is_digit(c)) {
                return Some(group_after(text, tail, kind, rank, true));
            }
        }
        if matches!(
            folded.as_str(),
            "clen"
                | "clanak"
                | "clan"
                | "straipsnis"
                | "pants"
                | "gr"
                | "бап"
                | "modda"
                | "зуйл"
                | "artikulua"
        ) && (!tail.trim_start().starts_with(|c: char| c.is_lowercase())
            || letter_after_word(tail).0.is_some())
        {
            let (letter, tail) = letter_after_word(tail);
            let printed = match letter {
                Some(letter) => format!("{} {letter}", number.printed),
                None => number.printed,
            };
            return Some(Head::Article(article(Word::Article, printed, tail)));
        }
    }
    let head = article(Word::Bare, number.printed, after);
    // "2)" opens a point, "2 goats" a sentence.
    if after.starts_with(')') || after.starts_with('°') || after.starts_with('º') {
        return None;
    }
    Some(Head::Article(head))
}

/// `[22A. Heading`: a bare number in an editor's square bracket, with its full
/// stop and a capital after it; years and footnote marks have none.
fn inserted_number(text: &str) -> Option<Head<'_>> {
    let number = figures(text)?;
    let after = &text[number.end..];
    let head = article(Word::Bare, number.printed, after);
    (after.starts_with(['.', ','])
        && head.gap == Gap::Mark
        && head.rest.starts_with(char::is_uppercase))
    .then_some(Head::Article(head))
}

/// `35.–39. gr.`: several articles, repealed together, in one line.
fn range_before_word<'a>(first: &str, after: &'a str) -> Option<Head<'a>> {
    let second = after.trim_start_matches('.').strip_prefix(['–', '-'])?;
    let last = figures(second)?;
    let tail = second[last.end..].strip_prefix(". gr.")?;
    let mut head = article(Word::Article, format!("{first} - {}", last.printed), tail);
    head.plural = true;
    Some(Head::Article(head))
}

/// The letter of an inserted article that stands after the word: `210. gr. a.`
fn letter_after_word(tail: &str) -> (Option<char>, &str) {
    let rest = tail.trim_start_matches(['.', ' ', '\u{a0}']);
    let mut chars = rest.chars();
    match chars.next() {
        Some(letter) if letter.is_ascii_lowercase() => {
            let after = chars.as_str();
            let closed = after.is_empty() || after.starts_with('.');
            if closed {
                (Some(letter), after)
            } else {
                (None, tail)
            }
        }
        _ => (None, tail),
    }
}

/// A word first: `Article 5`, `CAPÍTULO II`, `Erster Abschnitt`.
fn word_first<'a>(text: &'a str, language: &str) -> Option<Head<'a>> {
    let (word, after) = first_word(text);
    if word.len() > 60 {
        return None;
    }
    let folded = fold(word);
    if text.len() < 60
        && let Some(standing) = tail(&fold(text.trim_end_matches(['.', ':', ' '])))
        && let Head::Group(mut head) = group_after(text, "", UnitKind::Schedule, 0, true)
    {
        head.standing = standing;
        head.soft = true;
        return Some(Head::Group(head));
    }
    if let Some(found) = role(&folded, language) {
        return worded(text, &folded, found, after, language);
    }
    if is_ordinal(&folded) {
        // PRIMERO.- Este Decreto: a rule counted in words.
        let alone = second_ordinal(after);
        if alone.trim_start().starts_with(['.', '-', '–', '—', ':']) {
            let number = text[..text.len() - alone.len()].trim().to_owned();
            return Some(Head::Article(article(Word::Ordinal, number, alone)));
        }
        // Erster Abschnitt, BİRİNCİ BÖLÜM, First Schedule.
        let (second, tail) =
            first_word(after.trim_start_matches(|c: char| c.is_whitespace() || c == '.'));
        return match role(&fold(second), language)? {
            Role::Group(kind, rank) => Some(group_after(text, tail, kind, rank, true)),
            Role::Schedule => Some(group_after(text, tail, UnitKind::Schedule, 0, true)),
            // Geçici Madde 1, Ek Madde 2: series of their own.
            Role::Article(word) => {
                let at = tail.trim_start();
                let number = figures(at)?;
                let end = text.len() - at.len() + number.end;
                let mut head = article(word, text[..end].to_owned(), &text[end..]);
                if folded == "gecici" {
                    head.standing = Standing::Transitional;
                }
                matches!(folded.as_str(), "gecici" | "ek").then_some(Head::Article(head))
            }
            _ => None,
        };
    }
    // A Roman number before the word: II. fejezet, I. ΜΕΡΟΣ.
    if let Some(number) = roman(text) {
        let tail = text[number.end..].trim_start_matches(|c: char| c.is_whitespace() || c == '.');
        let (second, rest) = first_word(tail);
        if let Some(Role::Group(kind, rank)) = role(&fold(second), language)
            && !rest.trim_start().starts_with(|c: char| is_digit(c))
        {
            return Some(group_after(text, rest, kind, rank, true));
        }
    }
    None
}

fn worded<'a>(
    text: &'a str,
    folded: &str,
    found: Role,
    after: &'a str,
    language: &str,
) -> Option<Head<'a>> {
    let spaced =
        after.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ':' | '#'));
    // "Nº 5", "No. 5", "Nr. 5" between word and number.
    let numbered_at = ["n°", "nº", "no.", "nr.", "№"]
        .iter()
        .find_map(|mark| super::numeral::strip_ignore_case(spaced, mark))
        .unwrap_or(spaced)
        .trim_start();
    match found {
        Role::Article(word) => {
            let plural = matches!(
                folded,
                "arts" | "articulos" | "articles" | "artigos" | "articoli" | "αρθρα"
            );
            if plural {
                return range(word, numbered_at);
            }
            if let Some(number) = figures(numbered_at) {
                // "... Artículo 12)": the end of a reference in brackets.
                if numbered_at[number.end..].trim_start().starts_with(')') && !text.contains('(') {
                    return None;
                }
                return Some(Head::Article(article(
                    word,
                    number.printed,
                    &numbered_at[number.end..],
                )));
            }
            // مادة (23): the number in brackets.
            if let Some(inner) = numbered_at.strip_prefix('(')
                && let Some(number) = figures(inner.trim_start())
                && let Some(after) = inner.trim_start()[number.end..]
                    .trim_start()
                    .strip_prefix(')')
            {
                return Some(Head::Article(article(word, number.printed, after)));
            }
            // Abbreviations never take Roman figures or words.
            if folded.chars().count() <= 3 && folded.is_ascii() {
                return None;
            }
            if let Some(number) = roman(numbered_at) {
                return Some(Head::Article(article(
                    word,
                    number.printed,
                    &numbered_at[number.end..],
                )));
            }
            let (number, tail) = first_word(numbered_at);
            if is_ordinal(&fold(number)) {
                let tail = second_ordinal(tail);
                let printed = numbered_at[..numbered_at.len() - tail.len()]
                    .trim()
                    .to_owned();
                return Some(Head::Article(article(word, printed, tail)));
            }
            None
        }
        // "Subsection (2) not limiting" is the caption of a division of an article.
        Role::Group(_, rank::SUBSECTION) if numbered_at.starts_with('(') => None,
        Role::Group(kind, rank) => Some(label(text, after, numbered_at, kind, rank, language)),
        Role::Schedule => Some(label(
            text,
            after,
            numbered_at,
            UnitKind::Schedule,
            0,
            language,
        )),
        Role::Tail(standing) => {
            let Head::Group(mut head) = group_after(text, after, UnitKind::Schedule, 0, true)
            else {
                return None;
            };
            head.standing = standing;
            Some(Head::Group(head))
        }
        Role::Provision => {
            // Disposición adicional primera. Title.
            let (kind_word, tail) = first_word(spaced);
            let kind_word = fold(kind_word);
            let standing = match kind_word.as_str() {
                "adicional" | "aggiuntiva" => Standing::InForce,
                "transitoria" | "final" | "derogatoria" | "finale" => Standing::Transitional,
                _ => return None,
            };
            let (number, rest) = first_word(tail.trim_start());
            if !is_ordinal(&fold(number)) {
                return None;
            }
            let rest = second_ordinal(rest);
            let printed = text[..text.len() - rest.len()].trim().to_owned();
            let mut head = article(Word::Article, printed, rest);
            head.standing = standing;
            Some(Head::Article(head))
        }
    }
}

/// A second ordinal word that belongs to the first: "vigésimo primero".
fn second_ordinal(tail: &str) -> &str {
    let (word, after) = first_word(tail.trim_start());
    if !word.is_empty() && is_ordinal(&fold(word)) {
        after
    } else {
        tail
    }
}

/// The label of a group: the word with its number, if any.
fn label<'a>(
    text: &'a str,
    after: &'a str,
    numbered_at: &'a str,
    kind: UnitKind,
    rank: u8,
    _language: &str,
) -> Head<'a> {
    if let Some(number) = figures(numbered_at).or_else(|| roman(numbered_at)) {
        return group_after(text, &numbered_at[number.end..], kind, rank, true);
    }
    let (word, tail) = first_word(numbered_at);
    let folded = fold(word);
    let letter = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    if is_ordinal(&folded) || letter || folded == "a" && word == "A" {
        return group_after(text, second_ordinal(tail), kind, rank, true);
    }
    // ROMAN in lower case or with ordinal letters: Titre Ier, Titre IIe.
    let roman_end = word
        .find(|c: char| !matches!(c, 'I' | 'V' | 'X' | 'L' | 'C'))
        .unwrap_or(word.len());
    if roman_end > 0
        && matches!(
            &word[roman_end..],
            "er" | "re" | "e" | "º" | "ª" | "ème" | "bis" | "ter"
        )
    {
        return group_after(text, tail, kind, rank, true);
    }
    group_after(text, after, kind, rank, false)
}

/// The first run of letters (with hyphens inside and combining marks) and what follows it.
fn first_word(text: &str) -> (&str, &str) {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let joins = c.is_alphabetic()
            || matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{652}' | '\u{640}')
            || is_spacing_mark(c)
            || (c == '-' && at > 0 && text[at + 1..].starts_with(char::is_alphabetic));
        if !joins {
            break;
        }
        end = at + c.len_utf8();
        if end > 80 {
            break;
        }
    }
    text.split_at(end)
}

/// Vowel signs of Indic and South-East Asian scripts, which are not letters.
fn is_spacing_mark(c: char) -> bool {
    matches!(c, '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{981}'..='\u{983}' | '\u{9bc}'..='\u{9cd}'
        | '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}' | '\u{eb1}'..='\u{ebc}' | '\u{ec8}'..='\u{ecd}'
        | '\u{102b}'..='\u{103e}' | '\u{17b4}'..='\u{17d3}')
}
