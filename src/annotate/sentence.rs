//! Legal sentences: from one full stop to the next, across the items of an
//! enumeration, never across the border of an article.

use std::collections::HashSet;

use super::fold::Folded;
use crate::law::{Act, ProvisionId, Span, UnitKind};

/// A legal sentence of an act.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// First word and one past the last, as token numbers of the act.
    pub tokens: (u32, u32),
    /// From the first to the last word, in canonical text.
    pub span: Span,
    /// The article it stands in, if any.
    pub article: Option<ProvisionId>,
    /// Whether it is a heading.
    pub heading: bool,
}

/// How full stops behave in a language.
#[derive(Debug, Default)]
pub struct StopRules {
    /// Folded abbreviations.
    pub abbreviations: HashSet<String>,
    /// A full stop after a figure makes an ordinal.
    pub ordinal_full_stop: bool,
}

impl StopRules {
    /// Whether a full stop after this folded word, with white space behind,
    /// ends a sentence.
    pub fn ends_after(&self, word: &str) -> bool {
        let figure = word.chars().all(|c| c.is_ascii_digit());
        let initial = word.chars().count() == 1 && !figure;
        !(initial && word.is_ascii()
            || self.abbreviations.contains(word)
            || figure && self.ordinal_full_stop && word.len() <= 2)
    }
}

/// Splits an act into sentences.
pub fn split(act: &Act, folded: &Folded, rules: &StopRules) -> Vec<Sentence> {
    let borders = Borders::of(act);
    let text = act.text.as_str();
    let mut sentences = Vec::new();
    let mut first = 0;
    let mut hard = borders.hard.iter().copied().peekable();
    for index in 1..=folded.tokens.len() {
        let ends = match folded.tokens.get(index) {
            None => true,
            Some(token) => {
                let before = folded.tokens[index - 1];
                let gap = Span::new(before.original.1 as usize, token.original.0 as usize);
                let word = &folded.text[before.folded.0 as usize..before.folded.1 as usize];
                while hard.next_if(|offset| *offset <= gap.start).is_some() {}
                hard.peek().is_some_and(|offset| *offset <= gap.end)
                    || ends_between(text, gap, word, index - first, rules, &borders)
            }
        };
        if ends {
            push(act, folded, (first, index), &borders, &mut sentences);
            first = index;
        }
    }
    sentences
}

fn push(
    act: &Act,
    folded: &Folded,
    (first, last): (usize, usize),
    borders: &Borders,
    sentences: &mut Vec<Sentence>,
) {
    let (Some(start), Some(end)) = (
        folded.tokens.get(first),
        last.checked_sub(1).and_then(|last| folded.tokens.get(last)),
    ) else {
        return;
    };
    let span = Span::new(start.original.0 as usize, end.original.1 as usize);
    let unit = act.innermost_at(span.start);
    sentences.push(Sentence {
        tokens: (first as u32, last as u32),
        span,
        article: act.article_of(unit),
        heading: borders.is_heading(span) || is_run_in_heading(act, span),
    });
}

/// A heading on the line of the text it heads: "15. Punishment for theft.—(1)
/// Whoever ...". It opens an article and a full stop with a dash ends it.
fn is_run_in_heading(act: &Act, span: Span) -> bool {
    let Some(article) = act.article_of(act.innermost_at(span.start)) else {
        return false;
    };
    let provision = act.provision(article);
    let text = act.text.as_str();
    let before = text.get(provision.body_start.min(span.start)..span.start);
    // A number, its stop and the brackets of an amendment may stand before it.
    let opens = before.is_some_and(|before| !before.chars().any(char::is_alphabetic));
    let rest = text.get(span.end..).unwrap_or_default();
    let dash = rest
        .strip_prefix('.')
        .map(str::trim_start)
        .is_some_and(|rest| rest.starts_with(['—', '–']) || rest.starts_with("--"));
    opens && dash
}

/// Where units begin and headings stand.
struct Borders {
    /// Starts of articles and groups, ends of headings: always a border.
    hard: Vec<usize>,
    /// Starts of subsections and alineas: a border unless the text runs on.
    soft: Vec<usize>,
    /// Starts of points: never a border by themselves.
    points: Vec<usize>,
    headings: Vec<Span>,
}

impl Borders {
    fn of(act: &Act) -> Self {
        let mut borders = Borders {
            hard: Vec::new(),
            soft: Vec::new(),
            points: Vec::new(),
            headings: Vec::new(),
        };
        for id in act.ids() {
            let provision = act.provision(id);
            match provision.kind {
                UnitKind::Subsection | UnitKind::Alinea => borders.soft.push(provision.span.start),
                UnitKind::Point | UnitKind::Subpoint => borders.points.push(provision.span.start),
                _ => {
                    borders.hard.push(provision.span.start);
                    borders.hard.push(provision.body_start);
                }
            }
            if let Some(heading) = provision.heading {
                borders.hard.push(heading.start);
                borders.hard.push(provision.body_start);
                borders.headings.push(heading);
            }
        }
        for list in [&mut borders.hard, &mut borders.soft, &mut borders.points] {
            list.sort_unstable();
            list.dedup();
        }
        borders.headings.sort_unstable();
        borders
    }

    fn is_heading(&self, span: Span) -> bool {
        let upper = self.headings.partition_point(|h| h.start <= span.start);
        upper > 0 && self.headings[upper - 1].end > span.start
    }
}

/// Whether a sorted list has an offset after the start of the gap, up to its
/// end (brackets of "(1)" lie in the gap before the word "1").
fn any_in(sorted: &[usize], gap: Span) -> bool {
    let index = sorted.partition_point(|offset| *offset <= gap.start);
    sorted.get(index).is_some_and(|offset| *offset <= gap.end)
}

/// Japanese and Korean close the sentence that announces a list, and each item
/// of it, with a full stop: the items still belong to that sentence.
fn lists_follow_stops(word: &str) -> bool {
    word.starts_with(|c: char| matches!(c, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'))
}

/// Whether a sentence ends in the gap between two words.
fn ends_between(
    text: &str,
    gap: Span,
    word: &str,
    length: usize,
    rules: &StopRules,
    borders: &Borders,
) -> bool {
    let between = &text[gap.range()];
    // Most words stand a blank or a comma apart.
    let tells = |byte: u8| !byte.is_ascii() || matches!(byte, b'\n' | b'.' | b'!' | b'?');
    if !between.bytes().any(tells) {
        return false;
    }
    let next = text[gap.end..].chars().next().unwrap_or(' ');
    let Some(line_end) = between.find('\n') else {
        // A figure that opens the sentence numbers it: "1. Whoever ...".
        let numbering = length == 1 && word.len() <= 3;
        return match between.find(['.', '!', '?', '。']) {
            Some(at) => {
                let stop = between[at..].chars().next().unwrap_or('.');
                let spaced = between[at + stop.len_utf8()..].starts_with(char::is_whitespace)
                    || between[at..].contains(' ');
                // "(... に限る。) は": a full stop inside brackets ends nothing.
                let enclosed = between[at + stop.len_utf8()..].starts_with(['）', ')', '」', '』']);
                stop == '。' && !enclosed
                    || spaced && !numbering && !next.is_lowercase() && rules.ends_after(word)
            }
            None => false,
        };
    };
    let line = between[..line_end].trim_end();
    let undashed = line.trim_end_matches(['-', '–', '—']);
    // A heading on its own line may close with a full stop and a dash.
    let last = if undashed.ends_with('.') {
        undashed
    } else {
        line
    }
    .chars()
    .next_back()
    .unwrap_or('a');
    let opening = between[line_end..].trim_start().chars().next();
    let defined_term = matches!(opening, Some('"' | '“' | '«' | '‘' | '„' | '”'));
    match last {
        '.' | '!' | '?' | '。' => {
            let listed = any_in(&borders.points, gap) && !any_in(&borders.soft, gap);
            !(listed && lists_follow_stops(word))
                && (rules.ends_after(word) || any_in(&borders.soft, gap))
        }
        ',' | '(' => false,
        ';' | ':' | '—' | '–' | '-' | '؛' | '；' | '：' => defined_term,
        _ => {
            let point = any_in(&borders.points, gap);
            let soft = any_in(&borders.soft, gap);
            !point && (soft || defined_term || last == ')' || !next.is_lowercase())
        }
    }
}
