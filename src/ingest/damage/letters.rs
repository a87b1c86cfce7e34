//! Damage below the word: letters set apart, wrong fonts, wrong encodings.

use crate::law::{Act, Problem, ProblemKind};

/// What one pass over the characters counts.
#[derive(Debug, Default)]
struct Counts {
    /// Letters of any script, roughly: everything that is no ASCII punctuation.
    letters: usize,
    /// Characters outside ASCII.
    foreign: usize,
    /// Replacement characters and private-use characters.
    lost: usize,
    /// Pairs as UTF-8 read in a single-byte character set gives.
    mojibake: usize,
    /// Words of cased scripts.
    words: usize,
    /// Of these, words of one letter.
    single: usize,
    /// Words of one or two letters.
    short: usize,
    /// Short words in runs of four and more.
    in_runs: usize,
    /// Arabic words.
    arabic: usize,
    /// Arabic words with a reversed lam-alef.
    reversed: usize,
    /// Brackets without anything inside.
    hollow: usize,
}

/// Notes problems of the characters themselves.
pub(super) fn examine(act: &Act, problems: &mut Vec<Problem>) {
    let counts = count(act.text.as_str());
    letter_spaced(&counts, problems);
    // A few lost quotation marks leave the words readable.
    if counts.lost * 200 > counts.letters && counts.lost > 5 {
        problems.push(Problem::new(
            ProblemKind::FontMapped,
            format!(
                "{} characters stand for letters that were lost",
                counts.lost
            ),
        ));
    }
    if counts.mojibake > 20 && counts.mojibake * 10 > counts.foreign {
        problems.push(Problem::new(
            ProblemKind::Mojibake,
            format!(
                "{} pairs of characters look like letters decoded with a wrong character set",
                counts.mojibake
            ),
        ));
    }
    if counts.hollow > 20 {
        problems.push(Problem::new(
            ProblemKind::BrokenMarkup,
            format!(
                "{} pairs of brackets are empty: a converter has dropped words",
                counts.hollow
            ),
        ));
    }
    if counts.arabic > 200 && counts.reversed * 200 > counts.arabic {
        problems.push(Problem::new(
            ProblemKind::FontMapped,
            format!(
                "{} of {} Arabic words hold a reversed lam-alef",
                counts.reversed, counts.arabic
            ),
        ));
    }
}

/// `D ie B u n d e s`: runs of single letters where words should stand.
fn letter_spaced(counts: &Counts, problems: &mut Vec<Problem>) {
    let Counts {
        words,
        single,
        short,
        in_runs,
        ..
    } = *counts;
    // Ordinary prose has one word in ten of a single letter at most.
    if words >= 200 && (single * 4 > words || (in_runs * 7 > words && short * 5 > words * 2)) {
        problems.push(Problem::new(
            ProblemKind::LetterSpaced,
            format!("{single} of {words} words are single letters"),
        ));
    }
}

fn count(text: &str) -> Counts {
    let mut counts = Counts::default();
    let mut previous = ' ';
    // Length of the current word of a cased script, and of the run of short ones.
    let (mut length, mut run) = (0usize, 0usize);
    let mut end_word = |length: &mut usize, counts: &mut Counts| {
        if *length == 0 {
            return;
        }
        counts.words += 1;
        counts.single += usize::from(*length == 1);
        if *length <= 2 {
            counts.short += 1;
            run += 1;
        } else {
            if run >= 4 {
                counts.in_runs += run;
            }
            run = 0;
        }
        *length = 0;
    };
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        if byte.is_ascii() {
            if byte.is_ascii_alphabetic() {
                counts.letters += 1;
                length += 1;
            } else if byte.is_ascii_whitespace() {
                end_word(&mut length, &mut counts);
            }
            if byte == b')' {
                let open = text.as_bytes()[..at]
                    .iter()
                    .rev()
                    .take(3)
                    .find(|b| !b.is_ascii_whitespace());
                counts.hollow += usize::from(open == Some(&b'('));
            }
            previous = char::from(byte);
            at += 1;
        } else {
            // `at` stands on a boundary: it only ever moves by whole characters.
            let Some(c) = text[at..].chars().next() else {
                break;
            };
            counts.foreign += 1;
            counts.letters += 1;
            match c {
                // Latin, Greek, Cyrillic.
                'À'..='ɏ' | 'Ͱ'..='ԯ' | 'Ḁ'..='῿' => length += 1,
                '\u{fffd}' | '\u{e000}'..='\u{f8ff}' => counts.lost += 1,
                '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{3000}' => {
                    end_word(&mut length, &mut counts);
                }
                '\u{621}'..='\u{64a}' if !matches!(previous, '\u{621}'..='\u{652}') => {
                    counts.arabic += 1;
                    counts.reversed += usize::from(is_reversed(&text[at..]));
                }
                _ => {}
            }
            counts.mojibake += usize::from(is_mojibake(previous, c));
            previous = c;
            at += c.len_utf8();
        }
    }
    end_word(&mut length, &mut counts);
    counts
}

/// A lead byte's letter followed by a trail byte's: Ã©, â€™, Ð¿.
fn is_mojibake(lead: char, trail: char) -> bool {
    let trails = matches!(
        trail,
        '\u{80}'
            ..='\u{bf}'
                | '€'
                | '™'
                | 'œ'
                | '‚'
                | 'ƒ'
                | '„'
                | '…'
                | '†'
                | '‡'
                | 'ˆ'
                | '‰'
                | '‹'
                | 'Œ'
                | '‘'
                | '•'
                | '˜'
    );
    if !trails {
        return false;
    }
    match lead {
        'Ã' | 'Â' | 'Ð' | 'Ñ' | 'Ø' | 'Ù' | 'Î' | 'Ï' => true,
        // These are letters of living languages, before ordinary punctuation.
        'ã' | 'å' | 'ä' | 'æ' | 'ç' | 'è' | 'é' => !matches!(
            trail,
            '…' | '‘' | '•' | '\u{ad}' | '\u{a0}' | '»' | '«' | '§' | '·' | '°'
        ),
        _ => false,
    }
}

/// The article written with its lam after the alef it should stand before, as
/// PDF extraction leaves ligatures: "األول" for "الأول".
fn is_reversed(word: &str) -> bool {
    ["األ", "اإل", "اآل", "اال"]
        .iter()
        .any(|start| word.starts_with(start))
}
