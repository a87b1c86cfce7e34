//! Running text as a unit's only content: cut into its paragraphs and the
//! items of its lists by what stands at the start of each line.

use super::Opening;
use crate::law::{Standing, UnitKind};

/// One paragraph of a unit, a unit of its own if it begins with a marker or is
/// counted.
#[derive(Debug)]
pub(in crate::ingest::formats) struct Passage {
    /// The unit it opens; none for a plain paragraph.
    pub opening: Option<Opening<'static>>,
    /// Its words, without the marker.
    pub text: String,
    /// Standing of a plain paragraph.
    pub standing: Standing,
}

/// How a marker is written; a list keeps one style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Chinese,
    ChineseBracketed,
    Digits,
    DigitsBracketed,
    Letter,
    LetterBracketed,
}

/// Makes passages of paragraphs. Those without marker are counted as alineas
/// where `counted` is set and there are several.
pub(in crate::ingest::formats) fn passages(paragraphs: Vec<String>, counted: bool) -> Vec<Passage> {
    let quoted = quotations(&paragraphs);
    let unmarked = paragraphs
        .iter()
        .zip(&quoted)
        .filter(|(text, quoted)| !**quoted && marker(text).is_none())
        .count();
    let mut count = 0;
    let mut styles: Vec<Style> = Vec::new();
    paragraphs
        .into_iter()
        .zip(quoted)
        .map(|(text, quoted)| match marker(&text) {
            _ if quoted => Passage {
                opening: None,
                text,
                standing: Standing::Quoted,
            },
            Some((style, length)) => {
                match styles.iter().position(|open| *open == style) {
                    Some(depth) => styles.truncate(depth + 1),
                    None => styles.push(style),
                }
                let kind = if styles.len() > 1 {
                    UnitKind::Subpoint
                } else {
                    UnitKind::Point
                };
                let (number, rest) = text.split_at(length);
                Passage {
                    opening: Some(Opening::new(kind, number.trim().to_owned())),
                    text: rest.to_owned(),
                    standing: Standing::InForce,
                }
            }
            None => {
                styles.clear();
                count += 1;
                let opening =
                    (counted && unmarked > 1).then(|| Opening::counted(UnitKind::Alinea, count));
                Passage {
                    opening,
                    text,
                    standing: Standing::InForce,
                }
            }
        })
        .collect()
}

/// Which paragraphs are words put into another law: from one that begins with
/// a quotation mark to the one that closes it.
fn quotations(paragraphs: &[String]) -> Vec<bool> {
    let mut quoting = false;
    paragraphs
        .iter()
        .map(|text| {
            quoting |= text.starts_with(['"', '“', '«']);
            let quoted = quoting;
            let end = text.trim_end_matches(['.', ';', ',']);
            quoting &= !end.ends_with(['"', '”', '»']);
            quoted
        })
        .collect()
}

/// The style and length in bytes of the list marker a paragraph begins with.
fn marker(text: &str) -> Option<(Style, usize)> {
    let chinese = |c: char| "一二三四五六七八九十百".contains(c);
    let first = text.chars().next()?;
    let run = |accept: &dyn Fn(char) -> bool, from: usize| {
        text[from..]
            .find(|c: char| !accept(c))
            .map(|length| from + length)
            .filter(|end| *end > from)
    };
    let ends_with = |end: usize, closing: &str| {
        text[end..]
            .chars()
            .next()
            .filter(|c| closing.contains(*c))
            .map(|c| end + c.len_utf8())
    };
    // Offsets come from `find` and from lengths of characters, so every cut is
    // on a boundary.
    if chinese(first) {
        let end = ends_with(run(&chinese, 0)?, "、")?;
        return Some((Style::Chinese, end));
    }
    if "(（".contains(first) {
        let from = first.len_utf8();
        for (style, accept) in [
            (Style::ChineseBracketed, &chinese as &dyn Fn(char) -> bool),
            (Style::DigitsBracketed, &|c: char| c.is_ascii_digit()),
            (Style::LetterBracketed, &|c: char| c.is_ascii_lowercase()),
        ] {
            if let Some(end) = run(accept, from).filter(|end| end - from <= 9) {
                return ends_with(end, ")）").map(|end| (style, end));
            }
        }
        return None;
    }
    if first.is_ascii_digit() {
        let end = run(&|c: char| c.is_ascii_digit(), 0).filter(|end| *end <= 3)?;
        let end = text[end..]
            .chars()
            .next()
            .filter(|c| "°º".contains(*c))
            .map_or(end, |c| end + c.len_utf8());
        let end = ends_with(end, ".)")?;
        // "1.000" is a number in a sentence.
        return text[end..]
            .starts_with([' ', '-', '–'])
            .then_some((Style::Digits, end));
    }
    if first.is_ascii_lowercase() {
        let end = ends_with(1, ")")?;
        return text[end..].starts_with(' ').then_some((Style::Letter, end));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::passages;

    #[test]
    fn lists_nest_by_style_and_plain_paragraphs_are_counted() {
        let paragraphs = [
            "Goats are kept:",
            "1. indoors:",
            "a) by day;",
            "b) by night;",
            "2. outdoors.",
            "1.000 crowns are due.",
        ];
        let passages = passages(paragraphs.map(str::to_owned).to_vec(), true);
        let shape: Vec<String> = passages
            .iter()
            .map(|passage| {
                let opening = passage.opening.as_ref().unwrap();
                format!("{:?} {} {:?}", opening.kind, opening.number, opening.cited)
                    .replace("None", "")
            })
            .map(|line| line.split(" Some").next().unwrap().trim().to_owned())
            .collect();
        assert_eq!(
            shape,
            [
                "Alinea",
                "Point 1.",
                "Subpoint a)",
                "Subpoint b)",
                "Point 2.",
                "Alinea"
            ]
        );
        assert_eq!(passages[5].text, "1.000 crowns are due.");
    }
}
