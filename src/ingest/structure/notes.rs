//! Words about the law instead of law: repeal marks, amendment notes,
//! footnotes, editors' remarks.

use std::collections::HashSet;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::lexicon::{fold, folded};

/// What a paragraph is besides law.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Remark {
    /// Says that the unit is no longer law.
    Repeal,
    /// History, footnote or an editor's word.
    Note,
}

/// Length in bytes beyond which a paragraph is not taken for a remark.
const LONGEST: usize = 700;

/// Beginnings of words that say "repealed", folded.
const REPEAL: &[&str] = &[
    "derogad",
    "suprimid",
    "sin contenido",
    "abrogad",
    "abroge",
    "abrogat",
    "repealed",
    "rep. by",
    "omitted",
    "deleted",
    "revoked",
    "spent",
    "oppheva",
    "opphevet",
    "upphav",
    "har upphavts",
    "ophaevet",
    "weggefallen",
    "aufgehoben",
    "entfallt",
    "entfallen",
    "vervallen",
    "uchylon",
    "skreslon",
    "zrusen",
    "soppress",
    "revogad",
    "vetado",
    "kumottu",
    "mulga",
    "削除",
    "删除",
    "삭제",
    "καταργ",
    "ยกเลิก",
    "ملغى",
    "ملغاة",
    "الغيت",
    "ألغيت",
    "בוטל",
    "נמחק",
    "hatalyon kivul",
    "brisan",
    "neteko galios",
    "izslegts",
    "kehtetu",
    "dicabut",
    "dihapus",
    "bai bo",
    "виключен",
    "втратил",
    "утратил",
    "исключен",
    "отменен",
    "отпаднал",
    "ukinut",
    "crtan",
];

/// Beginnings of words that say "amended", folded.
const AMENDMENT: &[&str] = &[
    "sustituid",
    "incorporad",
    "modificad",
    "adicionad",
    "reformad",
    "agregad",
    "reenumerad",
    "inserted",
    "substituted",
    "amended",
    "ins.",
    "subs.",
    "added",
    "modifie",
    "insere",
    "remplace",
    "ajoute",
    "incluid",
    "redacao",
    "acrescid",
    "acrescentad",
    "renumerad",
    "ek:",
    "degisik",
    "introdus",
    "completat",
    "в ред",
    "в редакции",
    "доповнен",
    "із змінами",
    "изменен",
    "дополнен",
    "zmenen",
    "vlozen",
    "dodany",
    "gewijzigd",
    "ingevoegd",
    "geandert",
    "eingefugt",
    "tilfoyd",
    "endra",
    "tilfoyet",
    "endret",
    "inserito",
    "sostituito",
    "modificato",
    "aggiunto",
    "nota infoleg",
    "expresion",
    "parrafo",
    "inciso",
    "observad",
];

/// Openings that only an editor writes, folded.
const EDITORIAL: &[&str] = &[
    "[footnote]",
    "nota infoleg",
    "(nota infoleg",
    "(nota:",
    "texto original",
    "texto anterior",
    "ver jurisprudencia",
    "concordancias",
    "* articulo",
    "** articulo",
    "*** articulo",
    "(*)",
    "(**)",
    "historical note",
    "fe de erratas",
    "сноска",
    "{стат",
    "{част",
    "{пункт",
    "{абзац",
    "{наз",
    "[note:",
    "editorial note",
    "note historique",
    "antecedentes normativos",
    "jurisprudencia",
    "legislative history",
    "redaccion anterior",
    "redacciones anteriores",
    "* parrafo",
    "* inciso",
    "* numeral",
    "* literal",
];

/// Whether the paragraph as a whole is a remark.
pub(super) fn remark(text: &str) -> Option<Remark> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    // Rows of dots or asterisks stand for text that was struck.
    if text.len() < 400 && text.chars().all(|c| ".…*·-–—_ \u{a0}".contains(c)) {
        return Some(Remark::Repeal);
    }
    let first = text.chars().next()?;
    let bracketed = matches!(first, '(' | '[' | '{' | '（' | '〔' | '<' | '*');
    if !bracketed && !may_be_remark(text) {
        return gazette_note(text)
            .filter(|end| *end == text.len())
            .map(|_| Remark::Note);
    }
    let folded = fold(start(text, 90));
    let sense = senses(&folded);
    if sense.editorial {
        return Some(Remark::Note);
    }
    if text.len() > LONGEST {
        return None;
    }
    // "Artículo modificado por ...": a unit and what became of it.
    if let Some(history) = history(&folded, text) {
        return Some(history);
    }
    // (Artículo derogado por ...), [Section repealed by ...], Derogado.
    if let Some(word) = sense.repeal {
        let length = text.chars().count();
        if bracketed && length < 220 || word == 0 && length < 120 {
            return Some(Remark::Repeal);
        }
    }
    let closed = text
        .trim_end_matches(['.', '*', ' '])
        .ends_with([')', ']', '}', '）', '〕', '>']);
    if bracketed && closed && sense.amendment {
        return Some(Remark::Note);
    }
    gazette_note(text)
        .filter(|end| *end == text.len())
        .map(|_| Remark::Note)
}

/// The first two letters of everything that can open a remark.
static OPENINGS: LazyLock<HashSet<(char, char)>> = LazyLock::new(|| {
    EDITORIAL
        .iter()
        .chain(REPEAL)
        .chain(UNITS)
        .chain(ARABIC)
        .filter_map(|opening| first_letters(opening))
        .collect()
});

/// Whether the first two letters allow a remark: most paragraphs end here.
fn may_be_remark(text: &str) -> bool {
    first_letters(start(text, 4)).is_none_or(|letters| OPENINGS.contains(&letters))
}

/// The first two letters of the units and verbs a gazette note begins with.
static NOTE_OPENINGS: LazyLock<HashSet<(char, char)>> = LazyLock::new(|| {
    UNITS
        .iter()
        .chain(VERBS)
        .chain(&[
            "fe de erratas",
            "recorrid",
            "reubicad",
            "republicad",
            "aclaracion",
            "con ",
        ])
        .filter_map(|opening| first_letters(opening))
        .collect()
});

fn may_open_note(text: &str) -> bool {
    first_letters(start(text, 3)).is_some_and(|letters| NOTE_OPENINGS.contains(&letters))
}

/// The first characters of a text, at most `count`.
fn start(text: &str, count: usize) -> &str {
    let end = text.char_indices().nth(count);
    end.map_or(text, |(at, _)| &text[..at])
}

/// The first two letters, folded.
fn first_letters(text: &str) -> Option<(char, char)> {
    let mut letters = folded(text);
    Some((letters.next()?, letters.next()?))
}

/// What the first words of a paragraph say.
#[derive(Debug, Default)]
struct Senses {
    editorial: bool,
    /// Which of the first four words says "repealed".
    repeal: Option<usize>,
    amendment: bool,
}

/// All word beginnings in one automaton: editorial ones first, then repeal.
static STEMS: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::new(EDITORIAL.iter().chain(REPEAL).chain(AMENDMENT)).ok());

fn senses(folded: &str) -> Senses {
    let mut senses = Senses::default();
    let Some(stems) = STEMS.as_ref() else {
        return senses;
    };
    let mut starts: Option<Vec<usize>> = None;
    for found in stems.find_overlapping_iter(folded) {
        let pattern = found.pattern().as_usize();
        if pattern < EDITORIAL.len() {
            senses.editorial |= found.start() == 0;
            continue;
        }
        let starts = starts.get_or_insert_with(|| word_starts(folded).take(4).collect());
        let Some(word) = starts.iter().position(|at| *at == found.start()) else {
            continue;
        };
        if pattern < EDITORIAL.len() + REPEAL.len() {
            senses.repeal = Some(senses.repeal.map_or(word, |known| known.min(word)));
        } else {
            senses.amendment = true;
        }
    }
    senses
}

/// Byte offsets at which words begin.
fn word_starts(text: &str) -> impl Iterator<Item = usize> + '_ {
    let mut inside = false;
    text.char_indices().filter_map(move |(at, c)| {
        let letter = c.is_alphanumeric();
        let starts = letter && !inside;
        inside = letter || c == '.' && inside;
        starts.then_some(at)
    })
}

/// Units whose history a note tells, folded.
const UNITS: &[&str] = &[
    "articulo",
    "parrafo",
    "inciso",
    "numeral",
    "literal",
    "capitulo",
    "titulo",
    "seccion",
    "libro",
    "denominacion",
    "fraccion",
    "apartado",
    "rubrica",
    "epigrafe",
];
/// What became of them.
const VERBS: &[&str] = &[
    "modificad",
    "incorporad",
    "agregad",
    "derogad",
    "sustituid",
    "adicionad",
    "reformad",
    "renumerad",
];
/// Arabic verbs of amendment.
const ARABIC: &[&str] = &[
    "اضيف",
    "أضيف",
    "تمم",
    "غير",
    "عدل",
    "نسخ",
    "ألغي",
    "الغي",
    "عوض",
    "حل محل",
    "حلت محل",
    "تم تغيير",
    "تم تتميم",
    "تم نسخ",
    "تم تعويض",
];

/// A paragraph that begins with a unit and a participle, or with an Arabic
/// verb of amendment and a law's number.
fn history(folded: &str, text: &str) -> Option<Remark> {
    let mut words = folded
        .trim_start_matches(|c: char| !c.is_alphanumeric())
        .split_whitespace();
    let unit = words.next().unwrap_or_default();
    let verb = UNITS.contains(&unit).then(|| {
        words
            .take(4)
            .find(|word| VERBS.iter().any(|verb| word.starts_with(verb)))
    });
    match verb.flatten() {
        // The article as a whole is gone; a point of it leaves the rest.
        Some(verb) if unit == "articulo" && verb.starts_with("derogad") => Some(Remark::Repeal),
        Some(_) => Some(Remark::Note),
        None => (ARABIC.iter().any(|verb| folded.starts_with(verb))
            && text.contains("رقم")
            && text.chars().count() < 400)
            .then_some(Remark::Note),
    }
}

/// Abbreviations of official gazettes after which an amendment's dates stand.
const GAZETTES: &[&str] = &["DOF", "P.O.", "G.O."];

/// Length of an amendment note with gazette dates at the start of `text`:
/// "Párrafo reformado GAZETTE 01-02-2003, 04-05-2006".
pub(super) fn gazette_note(text: &str) -> Option<usize> {
    let mut end = 0;
    loop {
        let rest = &text[end..];
        let trimmed = rest.trim_start();
        let Some(length) = one_gazette_note(trimmed) else {
            break;
        };
        end += rest.len() - trimmed.len() + length;
    }
    (end > 0).then_some(end)
}

fn one_gazette_note(text: &str) -> Option<usize> {
    if !text.starts_with(char::is_uppercase) || !may_open_note(text) {
        return None;
    }
    let window_end = text.char_indices().nth(90).map_or(text.len(), |(at, _)| at);
    let window = &text[..window_end];
    let (at, name) = GAZETTES
        .iter()
        .filter_map(|name| window.find(name).map(|at| (at, name)))
        .min()?;
    let before = fold(window[..at].trim_end());
    let verb = before.split_whitespace().any(|word| {
        [
            "reformad",
            "adicionad",
            "derogad",
            "recorrid",
            "reubicad",
            "erratas",
            "republicad",
            "aclaracion",
        ]
        .iter()
        .any(|stem| word.starts_with(stem))
    });
    if !verb || before.contains(['.', ':', ';']) {
        return None;
    }
    let dates = &text[at + name.len()..];
    let length = dates
        .find(|c: char| !(c.is_ascii_digit() || "-,. /".contains(c)))
        .unwrap_or(dates.len());
    (dates[..length].chars().any(|c| c.is_ascii_digit()))
        .then(|| at + name.len() + dates[..length].trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::{Remark, gazette_note, remark};

    #[test]
    fn remarks_are_told_from_law() {
        for text in [
            "(Derogado)",
            "[Repealed, 1999, c. 9, s. 2]",
            "(Oppheva)",
            "삭제 <1999.1.1>",
            "(weggefallen)",
            "(Artículo derogado por art. 1° de la Ley N° 99)",
            "***",
            ". . . . . . .",
            "[Omitted.]",
            "(Mülga : 1/1/1999 - 99/1 md.)",
        ] {
            assert_eq!(remark(text), Some(Remark::Repeal), "{text}");
        }
        for text in [
            "(Artículo sustituido por art. 1° de la Ley N° 99)",
            "[Footnote] 1. Subs. by Act 9 of 1999.",
            "Párrafo reformado DOF 01-02-1999, 03-04-2000",
            "Texto original.",
            "(*) Artículo modificado por la Ley 99",
        ] {
            assert_eq!(remark(text), Some(Remark::Note), "{text}");
        }
        for text in [
            "The Goats Act 1901 is repealed.",
            "Whoever deletes data commits an offence.",
            "(a) the goat, and",
            "Derógase la Ley 99.",
            "Quedan derogadas las leyes sobre cabras y ovejas.",
            "Modified goats are goats.",
        ] {
            assert_eq!(remark(text), None, "{text}");
        }
        let text = "Párrafo reformado DOF 01-02-1999, 03-04-2000 Para las cabras";
        assert_eq!(
            gazette_note(text).map(|end| text[end..].trim()),
            Some("Para las cabras")
        );
    }
}
