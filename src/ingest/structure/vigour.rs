//! Editors' marks that say from when or until when a wording applies, or that
//! it has been suspended.

use std::sync::LazyLock;

use super::lexicon::{fold, folded};
use crate::law::{Date, Validity};

/// What a mark says of the wording it stands with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Vigour {
    /// It applies between these days.
    Dated(Validity),
    /// It has been suspended.
    Suspended,
}

/// Longest mark, in characters; sentences of the law are longer.
const LONGEST: usize = 200;

/// Words before the first day, folded.
const FROM: &[&str] = &[
    "in force from",
    "in force since",
    "in force on",
    "effective from",
    "effective",
    "applies from",
    "with effect from",
    "comes into force on",
    "come into force on",
    "en vigueur du",
    "en vigueur a compter du",
    "en vigueur depuis le",
    "en vigueur le",
    "entree en vigueur le",
    "a compter du",
    "en vigor desde",
    "en vigor a partir de",
    "vigente desde",
    "vigente a partir de",
    "vigencia desde",
    "en vigor el",
    "in vigore dal",
    "em vigor desde",
    "em vigor a partir de",
    "vigente a partir",
    "a partir de",
    "a partir del",
    "a partir do",
    "geldend van",
    "geldig van",
    "gultig von",
    "in geltung von",
    "gultig ab",
    "gultig vom",
    "in kraft ab",
    "in kraft seit",
    "in geltung ab",
    "geldend vanaf",
    "in werking vanaf",
    "geldig vanaf",
    "galler fran",
    "i kraft den",
    "gjelder fra",
    "gaelder fra",
    "obowiazuje od",
    "w brzmieniu od",
    "ucinny od",
    "ucinnost od",
    "ve zneni ucinnem od",
    "in vigoare de la",
    "in vigoare din",
    "чинна з",
    "чинний з",
    "діє з",
    "набирає чинності з",
    "действует с",
    "вступает в силу с",
    "вступает в силу",
    "voimassa alkaen",
];

/// Words before the last day, folded.
const UNTIL: &[&str] = &[
    "in force until",
    "in force to",
    "applies until",
    "effective until",
    "until",
    "to",
    "en vigueur jusqu'au",
    "en vigueur jusqu’au",
    "jusqu'au",
    "jusqu’au",
    "au",
    "en vigor hasta",
    "vigente hasta",
    "vigencia hasta",
    "hasta",
    "hasta el",
    "al",
    "in vigore fino al",
    "fino al",
    "em vigor ate",
    "vigente ate",
    "ate",
    "gultig bis",
    "in kraft bis",
    "in geltung bis",
    "bis",
    "bis zum",
    "geldend tot en met",
    "geldend tot",
    "geldig tot en met",
    "t/m",
    "tot en met",
    "galler till",
    "till",
    "gjelder til",
    "til",
    "obowiazuje do",
    "do",
    "ucinny do",
    "ucinnost do",
    "in vigoare pana la",
    "pana la",
    "чинна до",
    "чинний до",
    "діє до",
    "действует до",
    "до",
    "по",
    "asti",
];

/// Words with which a mark without brackets begins: a wording is spoken of,
/// as no rule of the law does.
const OPENINGS: &[&str] = &[
    "version",
    "wording",
    "text in force",
    "fassung",
    "redaccion",
    "texto vigente",
    "vigente",
    "vigencia",
    "versione",
    "testo in vigore",
    "in vigore",
    "gultig",
    "in geltung",
    "geldend",
    "in force",
    "en vigueur",
    "versie",
    "tekst geldend",
    "lydelse",
    "brzmienie",
    "zneni",
    "versiune",
    "чинна",
    "чинний",
    "редакція",
    "редакция",
    "действует с",
    "действует до",
    "versao",
    "redacao",
];

/// Beginnings of words that say "suspended", folded.
const SUSPENDED: &[&str] = &[
    "suspended",
    "suspendu",
    "suspendid",
    "suspens",
    "sospes",
    "ausgesetzt",
    "opgeschort",
    "zawieszon",
    "pozastaven",
    "призупинен",
    "приостановлен",
    "askiya al",
];

const MONTHS: &[(&str, u8)] = &[
    ("january", 1),
    ("janvier", 1),
    ("enero", 1),
    ("gennaio", 1),
    ("januar", 1),
    ("janner", 1),
    ("janeiro", 1),
    ("stycznia", 1),
    ("ledna", 1),
    ("ianuarie", 1),
    ("січня", 1),
    ("января", 1),
    ("ocak", 1),
    ("tammikuuta", 1),
    ("february", 2),
    ("fevrier", 2),
    ("febrero", 2),
    ("febbraio", 2),
    ("februar", 2),
    ("fevereiro", 2),
    ("lutego", 2),
    ("unora", 2),
    ("februarie", 2),
    ("лютого", 2),
    ("февраля", 2),
    ("subat", 2),
    ("helmikuuta", 2),
    ("march", 3),
    ("mars", 3),
    ("marzo", 3),
    ("marz", 3),
    ("maerz", 3),
    ("marco", 3),
    ("maart", 3),
    ("marca", 3),
    ("brezna", 3),
    ("martie", 3),
    ("березня", 3),
    ("марта", 3),
    ("mart", 3),
    ("maaliskuuta", 3),
    ("april", 4),
    ("avril", 4),
    ("abril", 4),
    ("aprile", 4),
    ("kwietnia", 4),
    ("dubna", 4),
    ("aprilie", 4),
    ("квітня", 4),
    ("апреля", 4),
    ("nisan", 4),
    ("huhtikuuta", 4),
    ("may", 5),
    ("mai", 5),
    ("mayo", 5),
    ("maggio", 5),
    ("maio", 5),
    ("mei", 5),
    ("maj", 5),
    ("maja", 5),
    ("kvetna", 5),
    ("травня", 5),
    ("мая", 5),
    ("mayis", 5),
    ("toukokuuta", 5),
    ("june", 6),
    ("juin", 6),
    ("junio", 6),
    ("giugno", 6),
    ("juni", 6),
    ("junho", 6),
    ("czerwca", 6),
    ("cervna", 6),
    ("iunie", 6),
    ("червня", 6),
    ("июня", 6),
    ("haziran", 6),
    ("kesakuuta", 6),
    ("july", 7),
    ("juillet", 7),
    ("julio", 7),
    ("luglio", 7),
    ("juli", 7),
    ("julho", 7),
    ("lipca", 7),
    ("cervence", 7),
    ("iulie", 7),
    ("липня", 7),
    ("июля", 7),
    ("temmuz", 7),
    ("heinakuuta", 7),
    ("august", 8),
    ("aout", 8),
    ("agosto", 8),
    ("augustus", 8),
    ("augusti", 8),
    ("sierpnia", 8),
    ("srpna", 8),
    ("серпня", 8),
    ("августа", 8),
    ("agustos", 8),
    ("elokuuta", 8),
    ("september", 9),
    ("septembre", 9),
    ("septiembre", 9),
    ("setiembre", 9),
    ("settembre", 9),
    ("setembro", 9),
    ("wrzesnia", 9),
    ("zari", 9),
    ("septembrie", 9),
    ("вересня", 9),
    ("сентября", 9),
    ("eylul", 9),
    ("syyskuuta", 9),
    ("october", 10),
    ("octobre", 10),
    ("octubre", 10),
    ("ottobre", 10),
    ("oktober", 10),
    ("outubro", 10),
    ("pazdziernika", 10),
    ("rijna", 10),
    ("octombrie", 10),
    ("жовтня", 10),
    ("октября", 10),
    ("ekim", 10),
    ("lokakuuta", 10),
    ("november", 11),
    ("novembre", 11),
    ("noviembre", 11),
    ("novembro", 11),
    ("listopada", 11),
    ("listopadu", 11),
    ("noiembrie", 11),
    ("листопада", 11),
    ("ноября", 11),
    ("kasim", 11),
    ("marraskuuta", 11),
    ("december", 12),
    ("decembre", 12),
    ("diciembre", 12),
    ("dicembre", 12),
    ("dezember", 12),
    ("dezembro", 12),
    ("desember", 12),
    ("grudnia", 12),
    ("prosince", 12),
    ("decembrie", 12),
    ("грудня", 12),
    ("декабря", 12),
    ("aralik", 12),
    ("joulukuuta", 12),
];

/// The mark that a paragraph or the end of a heading is, if it is one:
/// "(in force from 1 March 2027)", "Version en vigueur du ... au ...",
/// "[Suspended by ...]".
pub(super) fn vigour(text: &str) -> Option<Vigour> {
    let text = text.trim();
    if text.chars().nth(LONGEST).is_some() {
        return None;
    }
    let bracketed = text.starts_with(['(', '[', '{', '（']);
    // Most short paragraphs are law: their first letters tell.
    if !bracketed && !may_open(text) {
        return None;
    }
    let folded = fold(text);
    let inner = folded.trim_start_matches(|c: char| !c.is_alphanumeric());
    if bracketed
        && inner
            .split_whitespace()
            .take(4)
            .any(|word| SUSPENDED.iter().any(|stem| word.starts_with(stem)))
    {
        return Some(Vigour::Suspended);
    }
    if !bracketed && !OPENINGS.iter().any(|opening| inner.starts_with(opening)) {
        return None;
    }
    let mut validity = Validity::default();
    for (at, date) in dates(inner) {
        let before = inner[..at].trim_end();
        // "am 1. Januar", "el 1 de enero": articles before the day.
        let before = [" el", " le", " the", " am", " den", " dem", " zum", " 1er"]
            .iter()
            .find_map(|word| before.strip_suffix(word))
            .unwrap_or(before);
        let ends = |cues: &[&str]| {
            cues.iter()
                .filter(|cue| {
                    before.ends_with(**cue)
                        && !before[..before.len() - cue.len()].ends_with(char::is_alphanumeric)
                })
                .map(|cue| cue.len())
                .max()
                .unwrap_or(0)
        };
        let (from, until) = (ends(FROM), ends(UNTIL));
        // "al", "au", "to" alone close a range that has begun.
        let alone = until <= 3 && validity.from.is_none();
        if from > until {
            validity.from.get_or_insert(date);
        } else if until > 0 && !alone {
            validity.until.get_or_insert(date);
        }
    }
    (!validity.is_open()).then_some(Vigour::Dated(validity))
}

/// The first two letters of the openings.
static FIRST_LETTERS: LazyLock<Vec<[Option<char>; 2]>> = LazyLock::new(|| {
    OPENINGS
        .iter()
        .map(|opening| {
            let mut letters = opening.chars();
            [letters.next(), letters.next()]
        })
        .collect()
});

/// Whether the first two letters are those of an opening.
fn may_open(text: &str) -> bool {
    let mut letters = folded(text).skip_while(|c| !c.is_alphanumeric());
    FIRST_LETTERS.contains(&[letters.next(), letters.next()])
}

/// The mark at the end of a heading, with the byte at which it begins.
pub(super) fn at_end_of(heading: &str) -> Option<Vigour> {
    let open = heading.rfind(['(', '['])?;
    vigour(&heading[open..])
}

/// Days in a folded text, with the bytes at which they begin.
fn dates(text: &str) -> Vec<(usize, Date)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..]
        .find(|c: char| c.is_alphanumeric())
        .map(|at| from + at)
    {
        match date(&text[at..]) {
            Some((date, length)) => {
                found.push((at, date));
                from = at + length;
            }
            None => {
                let word = text[at..]
                    .find(|c: char| !c.is_alphanumeric())
                    .unwrap_or(text.len() - at);
                from = at + word;
            }
        }
    }
    found
}

/// The day at the start of a folded text, and its bytes.
fn date(text: &str) -> Option<(Date, usize)> {
    let number = |text: &str| -> Option<(u16, usize)> {
        let length = text.bytes().take_while(u8::is_ascii_digit).count();
        Some((text.get(..length)?.parse().ok()?, length))
    };
    // March 1, 2027.
    let word_end = text
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(text.len());
    if let Some(month) = month(&text[..word_end]) {
        let rest = text[word_end..].trim_start();
        let (day, length) = number(rest)?;
        let after =
            rest[length..].trim_start_matches(|c: char| ",. ".contains(c) || "stndrh".contains(c));
        let (year, year_length) = number(after).filter(|(_, length)| *length == 4)?;
        let date = Date::new(year, month, u8::try_from(day).ok()?)?;
        return Some((date, text.len() - after.len() + year_length));
    }
    let (first, length) = number(text)?;
    let rest = &text[length..];
    if length == 4 {
        let date = text.get(..10)?.parse().ok()?;
        return Some((date, 10));
    }
    let day = u8::try_from(first).ok()?;
    let separated = rest.strip_prefix(['.', '/', '-']).map(str::trim_start);
    if let Some((figure, length)) = separated.and_then(number)
        && let Some(tail) = separated.map(|tail| &tail[length..])
        && let Some(after) = tail.strip_prefix(['.', '/', '-']).map(str::trim_start)
        && let Some((year, year_length)) = number(after).filter(|(_, length)| *length == 4)
    {
        let date = Date::new(year, u8::try_from(figure).ok()?, day)?;
        return Some((date, text.len() - after.len() + year_length));
    }
    // 1st of March 2027, 1º de marzo de 2027, 1er mars 2027, 1. März 2027.
    let mut words = rest;
    for _ in 0..3 {
        let start = words.trim_start_matches(|c: char| c.is_whitespace() || ".ºª°,".contains(c));
        let end = start
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(start.len());
        let after = &start[end..];
        if let Some(month) = month(&start[..end]) {
            let tail = after.trim_start();
            let tail = tail
                .strip_prefix("de ")
                .or_else(|| tail.strip_prefix("del "))
                .unwrap_or(tail)
                .trim_start_matches([',', '.', ' ']);
            let (year, year_length) = number(tail).filter(|(_, length)| *length == 4)?;
            return Some((
                Date::new(year, month, day)?,
                text.len() - tail.len() + year_length,
            ));
        }
        if end == 0 || end > 4 {
            return None;
        }
        words = after;
    }
    None
}

fn month(word: &str) -> Option<u8> {
    MONTHS
        .iter()
        .find(|(name, _)| *name == word)
        .map(|(_, month)| *month)
}

#[cfg(test)]
mod tests {
    use super::{Vigour, vigour};
    use crate::law::Validity;
    use proptest::prelude::*;

    fn read(text: &str) -> Option<(String, String)> {
        let show = |date: Option<crate::law::Date>| date.map(|d| d.to_string()).unwrap_or_default();
        match vigour(text)? {
            Vigour::Dated(Validity { from, until }) => Some((show(from), show(until))),
            Vigour::Suspended => Some(("suspended".into(), String::new())),
        }
    }

    #[test]
    fn marks_of_many_traditions_are_read() {
        for (text, from, until) in [
            ("(in force from 1 March 2027)", "2027-03-01", ""),
            ("[Effective March 1, 2027]", "2027-03-01", ""),
            (
                "Version en vigueur du 1er janvier 2020 au 31 décembre 2026",
                "2020-01-01",
                "2026-12-31",
            ),
            (
                "(Vigente hasta el 31 de diciembre de 2026)",
                "",
                "2026-12-31",
            ),
            ("Redacción vigente a partir de 01/01/2027", "2027-01-01", ""),
            ("[Gültig ab 1. Jänner 2027]", "2027-01-01", ""),
            ("(Fassung gültig bis 31.12.2026)", "", "2026-12-31"),
            (
                "(Geldend van 01-01-2020 t/m 31-12-2026)",
                "2020-01-01",
                "2026-12-31",
            ),
            ("[действует с 1 сентября 2027]", "2027-09-01", ""),
            ("(Text in force until 2026-12-31)", "", "2026-12-31"),
            ("[Suspended by order of the Goat Court]", "suspended", ""),
            ("(Artículo suspendido por sentencia)", "suspended", ""),
        ] {
            assert_eq!(
                read(text),
                Some((from.to_owned(), until.to_owned())),
                "{text}"
            );
        }
        for text in [
            "This Act comes into force on 1 March 2027.",
            "Entrará en vigor el 1 de enero de 2027.",
            "(a) on 1 March 2027, or",
            "A person may be suspended until 31 December 2026.",
            "(see the Goats Act of 1 March 2027)",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "(\\(|Version |\\[)?(en vigueur du |until |bis |hasta )?[0-9]{0,4}[./ -]?(de |er )?(mars|may|\\PC{0,5})[./ -]?[0-9]{0,4}\\PC{0,10}") {
            let _ = vigour(&text);
        }
    }
}
