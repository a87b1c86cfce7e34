//! Damage below the word: letters set apart, wrong fonts, wrong encodings.

use crate::law::{Act, Problem, ProblemKind};

/// Notes problems of the characters themselves.
pub(super) fn examine(act: &Act, problems: &mut Vec<Problem>) {
    let text = act.text.as_str();
    letter_spaced(text, problems);
    replacement_characters(text, problems);
    mojibake(text, problems);
    presentation_forms(text, problems);
}

/// `D ie B u n d e s`: runs of single letters where words should stand.
fn letter_spaced(text: &str, problems: &mut Vec<Problem>) {
    let (mut words, mut single) = (0usize, 0usize);
    let (mut short, mut run, mut in_runs) = (0usize, 0usize, 0usize);
    for word in text
        .split_whitespace()
        .filter(|word| word.starts_with(char::is_alphabetic))
    {
        let cased = word.chars().any(|c| c.is_lowercase() || c.is_uppercase());
        if !cased {
            continue;
        }
        let length = word.chars().filter(|c| c.is_alphabetic()).count();
        words += 1;
        if length == 1 {
            single += 1;
        }
        if length <= 2 {
            short += 1;
            run += 1;
        } else {
            if run >= 4 {
                in_runs += run;
            }
            run = 0;
        }
    }
    if words < 200 {
        return;
    }
    // Ordinary prose has one word in ten of a single letter at most.
    if single * 4 > words || (in_runs * 7 > words && short * 5 > words * 2) {
        problems.push(Problem::new(
            ProblemKind::LetterSpaced,
            format!("{single} of {words} words are single letters"),
        ));
    }
}

fn replacement_characters(text: &str, problems: &mut Vec<Problem>) {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let replaced = text.chars().filter(|c| *c == '\u{fffd}').count();
    let private = text
        .chars()
        .filter(|c| matches!(*c, '\u{e000}'..='\u{f8ff}'))
        .count();
    if (replaced + private) * 1_000 > letters && replaced + private > 5 {
        problems.push(Problem::new(
            ProblemKind::FontMapped,
            format!(
                "{} characters stand for letters that were lost",
                replaced + private
            ),
        ));
    }
}

/// UTF-8 read as a single-byte character set: Ã©, â€™, Ð¿.
fn mojibake(text: &str, problems: &mut Vec<Problem>) {
    let mut hits = 0usize;
    let mut foreign = 0usize;
    let mut previous = ' ';
    for c in text.chars() {
        if !c.is_ascii() {
            foreign += 1;
        }
        let lead = matches!(
            previous,
            'Ã' | 'Â'
                | 'Ð'
                | 'Ñ'
                | 'Ø'
                | 'Ù'
                | 'Î'
                | 'Ï'
                | 'ã'
                | 'å'
                | 'ä'
                | 'æ'
                | 'ç'
                | 'è'
                | 'é'
        );
        let trail = matches!(
            c,
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
        if lead
            && trail
            && !(matches!(previous, 'å' | 'ä' | 'æ' | 'ç' | 'è' | 'é' | 'ã')
                && matches!(
                    c,
                    '…' | '‘' | '•' | '\u{ad}' | '\u{a0}' | '»' | '«' | '§' | '·' | '°'
                ))
        {
            hits += 1;
        }
        previous = c;
    }
    if hits > 20 && hits * 10 > foreign {
        problems.push(Problem::new(
            ProblemKind::Mojibake,
            format!(
                "{hits} pairs of characters look like letters decoded with a wrong character set"
            ),
        ));
    }
}

/// Arabic with its lam-alef ligatures reversed: alef-lam clusters inside words
/// that no word has, as PDF extraction leaves them.
fn presentation_forms(text: &str, problems: &mut Vec<Problem>) {
    let (mut words, mut broken) = (0usize, 0usize);
    for word in text.split(|c: char| !c.is_alphabetic()) {
        let Some(first) = word.chars().next() else {
            continue;
        };
        if !matches!(first, '\u{621}'..='\u{64a}') {
            continue;
        }
        words += 1;
        // The article written with its lam after the hamza carrier: األول, اإلتجار.
        if word.starts_with("األ")
            || word.starts_with("اإل")
            || word.starts_with("االس")
            || word.starts_with("اآل")
        {
            // "الأ" reversed gives "األ"; "الا" reversed gives "اال".
            broken += 1;
        } else if word.starts_with("اال") {
            broken += 1;
        }
    }
    if words > 200 && broken * 200 > words {
        problems.push(Problem::new(
            ProblemKind::FontMapped,
            format!("{broken} of {words} Arabic words hold a reversed lam-alef"),
        ));
    }
}
