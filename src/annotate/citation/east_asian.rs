//! Citations in scripts that run words together: 第七条第二項, 제11조의2제3항.

use regex::Regex;

use super::lexer::number_of;
use super::words::CitationReader;
use super::{Base, Citation, CitedAct, Step, StepKind};
use crate::law::{Number, Span};

const NUMERAL: &str = "[0-9０-９〇零一二三四五六七八九十百千]+";
/// Longest name of an act that is looked for before a number, in characters.
const TITLE_REACH: usize = 40;

/// Groups of the expression with the place that each names.
const NEIGHBOURS: &[(&str, Base)] = &[
    ("preceding", Base::Preceding),
    ("following", Base::Following),
    (
        "subsection_before",
        Base::PrecedingUnit(StepKind::Subsection),
    ),
    (
        "subsection_after",
        Base::FollowingUnit(StepKind::Subsection),
    ),
    ("point_before", Base::PrecedingUnit(StepKind::Point)),
    ("point_after", Base::FollowingUnit(StepKind::Point)),
];

struct Grammar<'w> {
    words: &'w CitationReader,
    begin: Regex,
    step: Regex,
}

/// Finds the citations of a text.
pub(super) fn scan(words: &CitationReader, text: &str) -> Vec<Citation> {
    let Some(grammar) = Grammar::of(words) else {
        return Vec::new();
    };
    let mut found: Vec<Citation> = Vec::new();
    let mut at = 0;
    while let Some(captures) = text.get(at..).and_then(|rest| grammar.begin.captures(rest)) {
        let Some(whole) = captures.get(0) else { break };
        let start = at + whole.start();
        let neighbour = NEIGHBOURS
            .iter()
            .find(|(name, _)| captures.name(name).is_some())
            .map(|(_, base)| base.clone());
        let base = neighbour.or_else(|| {
            captures
                .name("article")
                .map(|article| Base::Article(number_of(article.as_str())))
        });
        let mut end = if base.is_some() {
            at + whole.end()
        } else {
            start
        };
        let mut steps = Vec::new();
        while let Some((step, length)) = text.get(end..).and_then(|rest| grammar.step_at(rest)) {
            steps.push(step);
            end += length;
        }
        let citation = Citation {
            span: Span::new(start, end),
            base: base.unwrap_or(Base::Here),
            steps,
            through: None,
            last_step: None,
            act: grammar.act_before(text, start),
        };
        at = end.max(at + whole.end());
        grammar.add(citation, text, &mut found);
    }
    found
}

impl<'w> Grammar<'w> {
    fn of(words: &'w CitationReader) -> Option<Self> {
        let any = |list: &[String]| {
            let escaped: Vec<String> = list.iter().map(|word| regex::escape(word)).collect();
            // Nothing matches an empty class.
            if escaped.is_empty() {
                "[^\\s\\S]".to_owned()
            } else {
                escaped.join("|")
            }
        };
        let raw = &words.raw;
        let closing = any(&raw.article);
        let article = format!(
            "(?P<article>(?:第|제)\\s*{NUMERAL}(?:-{NUMERAL})?\\s*(?:{closing})(?:\\s*[のノ之의]\\s*{NUMERAL})*)"
        );
        let steps: Vec<String> = raw
            .subsection
            .iter()
            .chain(&raw.point)
            .chain(&raw.alinea)
            .cloned()
            .collect();
        let step = format!(
            "\\s*(?:第|제)?\\s*({NUMERAL}(?:[のノ之의]{NUMERAL})*)\\s*({})((?:[のノ之]{NUMERAL})*)",
            any(&steps)
        );
        let lists = [
            &raw.preceding,
            &raw.following,
            &raw.preceding_subsection,
            &raw.following_subsection,
            &raw.preceding_point,
            &raw.following_point,
        ];
        let neighbours: Vec<String> = NEIGHBOURS
            .iter()
            .zip(lists)
            .map(|((name, _), words)| format!("(?P<{name}>{})", any(words)))
            .collect();
        let begin = format!(
            "{}|{article}|(?:第|제)\\s*{NUMERAL}(?:[のノ之의]{NUMERAL})*\\s*(?:{})",
            neighbours.join("|"),
            any(&steps)
        );
        Some(Self {
            words,
            begin: Regex::new(&begin).ok()?,
            step: Regex::new(&format!("^{step}")).ok()?,
        })
    }

    fn step_at(&self, text: &str) -> Option<(Step, usize)> {
        let captures = self.step.captures(text)?;
        let (whole, number, word) = (captures.get(0)?, captures.get(1)?, captures.get(2)?);
        let has = |list: &[String]| list.iter().any(|known| known == word.as_str());
        let kind = if has(&self.words.raw.alinea) {
            StepKind::Alinea
        } else if has(&self.words.raw.subsection) {
            StepKind::Subsection
        } else {
            StepKind::Point
        };
        // 第五号の二
        let branch = captures.get(3).map_or("", |branch| branch.as_str());
        let number = Number::new(&format!("{}{branch}", number.as_str()));
        Some((Step { kind, number }, whole.end()))
    }

    /// The act that the words right before a citation name.
    fn act_before(&self, text: &str, start: usize) -> CitedAct {
        let before = text.get(..start).unwrap_or_default();
        // 法律（平成十一年法律第五十二号）第七条: the remark is passed over.
        let before = without_remark(before.trim_end()).trim_end();
        let ends = |list: &[String]| list.iter().any(|word| before.ends_with(word.as_str()));
        if ends(&self.words.raw.this_act) {
            return CitedAct::This;
        }
        if ends(&self.words.raw.same_act) {
            return CitedAct::Same;
        }
        if !ends(&self.words.raw.act) {
            return CitedAct::Unsaid;
        }
        let from = before
            .char_indices()
            .rev()
            .take(TITLE_REACH)
            .skip(1)
            .find(|(_, c)| "、。，「『《（(\n".contains(*c))
            .map(|(at, c)| at + c.len_utf8())
            .or_else(|| {
                before
                    .char_indices()
                    .rev()
                    .take(TITLE_REACH)
                    .last()
                    .map(|(at, _)| at)
            })
            .unwrap_or(0);
        CitedAct::Named(Span::new(from, before.len()))
    }

    /// Adds a citation, joined to the one before it where only "and", "or" or
    /// "to" stands between.
    fn add(&self, mut citation: Citation, text: &str, found: &mut Vec<Citation>) {
        let is_here = citation.base == Base::Here;
        if let Some(last) = found.last_mut() {
            let between = text
                .get(last.span.end..citation.span.start)
                .unwrap_or("\n\n")
                .trim();
            // 第九条まで及び第十一条; 第七条（…を除く。）、第九条
            let between = between
                .strip_prefix("まで")
                .or_else(|| between.strip_prefix("까지"))
                .unwrap_or(between)
                .trim();
            let between = match between.split_once(['）', ')']) {
                Some((inside, after)) if inside.starts_with(['（', '(']) => after.trim(),
                _ => between,
            };
            let is = |list: &[String]| list.iter().any(|word| word == between);
            let unsaid = citation.act == CitedAct::Unsaid;
            let range = is(&self.words.raw.to);
            if range
                && unsaid
                && !is_here
                && citation.steps.is_empty()
                && last.steps.is_empty()
                && let (Base::Article(_), Base::Article(number)) = (&last.base, &citation.base)
            {
                last.through = Some(number.clone());
                last.span = last.span.cover(citation.span);
                return;
            }
            // 新法第十九条の四（第三項を除く。）
            let opens = is_here && matches!(between, "（" | "(");
            if unsaid && (range || opens || is(&self.words.raw.and)) {
                citation.act = last.act.clone();
                if is_here {
                    citation.base = last.base.clone();
                    let level = citation.steps.first().map(|step| step.kind);
                    let keep = last
                        .steps
                        .iter()
                        .position(|step| Some(step.kind) == level)
                        .unwrap_or(last.steps.len());
                    let mut steps: Vec<Step> = last.steps.iter().take(keep).cloned().collect();
                    steps.append(&mut citation.steps);
                    citation.steps = steps;
                }
            }
        }
        // 法律第五十二号 is the number of an act.
        let number_of_act = is_here
            && matches!(citation.act, CitedAct::Named(_))
            && found.last().is_none_or(|last| last.act != citation.act);
        // Provisions have no such numbers; laws and decrees do.
        let too_high = |step: &Step| step.number.integer().is_some_and(|value| value >= 1000);
        let number_of_act = number_of_act || is_here && citation.steps.iter().any(too_high);
        if !(number_of_act || citation.base == Base::Here && citation.steps.is_empty()) {
            found.push(citation);
        }
    }
}

/// A text without the words in brackets at its end.
fn without_remark(text: &str) -> &str {
    let Some(inner) = text.strip_suffix(['）', ')']) else {
        return text;
    };
    match inner.rfind(['（', '(']) {
        Some(open) if inner.len() - open < 200 => text.get(..open).unwrap_or(text),
        _ => text,
    }
}
