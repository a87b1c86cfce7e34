//! Finds the instructions of a bill.

use rayon::prelude::*;
use regex::{Captures, Regex};

use super::forms::{Forms, LanguageForms};
use super::fragment::Fragment;
use super::instruction::{ActReference, Instruction, Operation, OperationKind, Unrecognised};
use super::target::{self, Target};
use crate::annotate::fold_words;
use crate::law::{Act, ProvisionId, Span, Standing};

/// What a bill does to other acts.
#[derive(Debug, Clone, Default)]
pub struct Instructions {
    /// Recognised, in the order of the bill.
    pub found: Vec<Instruction>,
    /// Words that amend something in a way that was not recognised.
    pub unrecognised: Vec<Unrecognised>,
    /// So many letters at the end of a word of an act's name may differ from
    /// its title, since the bill's language inflects them.
    pub inflection: usize,
}

/// So many bytes at most may be quoted as new provisions.
const LONGEST_BLOCK: usize = 60_000;

/// Finds the instructions in a bill as it was read (quoted units marked where
/// the format marks them). A language without forms ([`Forms::covers`]) gives
/// nothing.
pub fn recognise(bill: &Act, forms: &Forms) -> Instructions {
    let Some(language) = forms.of(bill.language.as_str()) else {
        return Instructions::default();
    };
    let reader = Reader {
        bill,
        text: bill.text.as_str(),
        language,
        same: defined_act(bill, language),
    };
    let found = reader.instructions();
    let unrecognised = reader.leftovers(&found);
    Instructions {
        found,
        unrecognised,
        inflection: language.inflection,
    }
}

/// The act that the bill itself gives a short name.
fn defined_act(bill: &Act, language: &LanguageForms) -> Option<String> {
    let regex = language.names_act.as_ref()?.regex()?;
    let found = regex.captures(bill.text.as_str())?;
    let name = found.name("act").or_else(|| found.name("act2"))?;
    Some(name.as_str().trim().to_owned())
}

struct Reader<'b> {
    bill: &'b Act,
    text: &'b str,
    language: &'b LanguageForms,
    /// The act that "the principal Act" stands for.
    same: Option<String>,
}

/// Start, length of the act's name, end: the least is taken.
type Rank = (usize, usize, std::cmp::Reverse<usize>);

/// What a form finds next.
enum Ahead<'t> {
    Unknown,
    Nothing,
    Found(Match<'t>),
}

/// The act that "the Act" means at a place of the bill.
enum LastAct {
    /// None was named yet.
    None,
    Named(String),
    /// Words were passed over that may have named another.
    Lost,
}

/// A form where it matches.
struct Match<'t> {
    kind: OperationKind,
    rank: Rank,
    captures: Captures<'t>,
    span: Span,
}

impl<'b> Reader<'b> {
    fn instructions(&self) -> Vec<Instruction> {
        let mut found: Vec<Instruction> = Vec::new();
        let mut from = 0;
        let mut last_act = LastAct::None;
        // Compiling an expression takes longer than searching a bill for it.
        let mut ahead: Vec<Ahead<'b>> = self
            .language
            .forms
            .par_iter()
            .map(
                |(_, form)| match form.may_match(self.text) && form.regex().is_some() {
                    true => Ahead::Unknown,
                    false => Ahead::Nothing,
                },
            )
            .collect();
        while let Some(matched) = self.next_match(from, &mut ahead) {
            // Words that amend were passed over: do they name another act?
            let passed = self.text.get(from..matched.span.start).unwrap_or_default();
            for line in passed.lines() {
                if let Some(act) = self.lead(line) {
                    last_act = LastAct::Named(act);
                } else if self.language.cue.is_match(line) && !self.speaks_of_same_act(line) {
                    last_act = LastAct::Lost;
                }
            }
            from = matched.span.end;
            let kind = matched.kind;
            let group = |name: &str| {
                let other = format!("{name}2");
                let found = matched.captures.name(name);
                found.or_else(|| matched.captures.name(&other))
            };
            let takes_block = matches!(
                kind,
                OperationKind::Replace
                    | OperationKind::ReplaceOpening
                    | OperationKind::InsertAfter
                    | OperationKind::Insert
            );
            let block = if takes_block {
                self.block(matched.span.end)
            } else {
                None
            };
            if let Some(block) = &block {
                from = block.whole.end;
            }
            let act = self.act(
                group("act")
                    .or_else(|| group("subject"))
                    .map(|m| m.as_str()),
                &mut last_act,
            );
            let parse =
                |name: &str| group(name).map(|m| target::parse(m.as_str(), &self.language.reading));
            let outer = parse("target");
            let inner = parse("inner");
            let (target, before) = match (outer, inner, kind) {
                (Some(outer), Some(inner), OperationKind::ReplaceOpening) => {
                    let before = inner.below(&outer);
                    (outer, before)
                }
                (Some(outer), Some(inner), _) => (inner.below(&outer), Target::default()),
                (Some(target), None, _) | (None, Some(target), _) => (target, Target::default()),
                (None, None, _) => continue,
            };
            let old = group("old").map(|m| m.as_str().trim().to_owned());
            let new = group("new").map(|m| m.as_str().trim().to_owned());
            let articles = target.paths.iter().all(|path| path.len() == 1);
            let fragment = || block.as_ref().map(|block| self.fragment(block, articles));
            let operation = match kind {
                OperationKind::Replace => fragment().map(Operation::Replace),
                OperationKind::InsertAfter => fragment().map(Operation::InsertAfter),
                OperationKind::Insert => fragment().map(Operation::Insert),
                OperationKind::ReplaceOpening => {
                    fragment().map(|new| Operation::ReplaceOpening { before, new })
                }
                OperationKind::Repeal => Some(Operation::Repeal),
                OperationKind::StrikeWords => old.map(|old| Operation::StrikeWords { old }),
                OperationKind::ReplaceWords => old
                    .zip(new)
                    .map(|(old, new)| Operation::ReplaceWords { old, new }),
                OperationKind::InsertWordsAfter => old
                    .zip(new)
                    .map(|(old, new)| Operation::InsertWordsAfter { old, new }),
            };
            let Some(operation) = operation else {
                continue;
            };
            // "is amended by replacing X and by adding Y": the rest of the
            // sentence would be lost, so that nothing of it is done. Nor is
            // anything where the words before the form narrow it: "the second
            // sentence of" section 5.
            if self.goes_on(matched.span) || self.is_narrowed(matched.span) {
                from = matched.span.end;
                continue;
            }
            found.push(Instruction {
                span: matched.span,
                block: block.map(|block| block.inside),
                act,
                target,
                operation,
            });
        }
        found
    }

    /// The act that a line names for the instructions below it: "the Wool Act
    /// is amended as follows".
    fn lead(&self, line: &str) -> Option<String> {
        let found = self.language.lead.as_ref()?.regex()?.captures(line)?;
        let act = found.name("act")?.as_str().trim();
        // "Section 5 of the Wool Act is amended as follows" names a section.
        (!self.language.citation.is_match(act)).then(|| act.to_owned())
    }

    /// Whether words speak of the act named before, and of it only.
    fn speaks_of_same_act(&self, words: &str) -> bool {
        let folded = fold_words(words).join(" ");
        let same = |name: &String| folded.contains(&format!("of {name}"));
        self.language.same_act.iter().any(same)
    }

    /// The first match of any form from an offset on, outside words that the
    /// format marks as quoted; of several at one place the one that takes the
    /// shortest name of an act, then the longest. `ahead` remembers what each
    /// form found, so that the text is not searched again.
    fn next_match(&self, from: usize, ahead: &mut [Ahead<'b>]) -> Option<Match<'b>> {
        let mut best: Option<(usize, Rank)> = None;
        for (number, (kind, form)) in self.language.forms.iter().enumerate() {
            let Some(slot) = ahead.get_mut(number) else {
                continue;
            };
            let stale = match slot {
                Ahead::Unknown => true,
                Ahead::Nothing => false,
                Ahead::Found(found) => found.span.start < from,
            };
            if stale {
                let found = form.regex().and_then(|form| self.find(form, *kind, from));
                *slot = found.map_or(Ahead::Nothing, Ahead::Found);
            }
            if let Ahead::Found(found) = slot
                && best.as_ref().is_none_or(|(_, rank)| found.rank < *rank)
            {
                best = Some((number, found.rank));
            }
        }
        let (number, _) = best?;
        match std::mem::replace(ahead.get_mut(number)?, Ahead::Unknown) {
            Ahead::Found(found) => Some(found),
            _ => None,
        }
    }

    /// The first place of one form from an offset on.
    fn find(&self, form: &Regex, kind: OperationKind, from: usize) -> Option<Match<'b>> {
        let mut at = from;
        loop {
            let whole = form.find_at(self.text, at)?;
            if self.is_quoted(whole.start()) || !self.begins_word(whole.start()) {
                at = whole.end().max(at + 1);
                continue;
            }
            let captures = form.captures_at(self.text, whole.start())?;
            let act = captures.name("act").map_or(0, |act| act.len());
            return Some(Match {
                kind,
                rank: (whole.start(), act, std::cmp::Reverse(whole.end())),
                span: Span::new(whole.start(), whole.end()),
                captures,
            });
        }
    }

    fn begins_word(&self, at: usize) -> bool {
        let before = self.text.get(..at).and_then(|t| t.chars().next_back());
        before.is_none_or(|c| !c.is_alphanumeric())
    }

    fn is_quoted(&self, at: usize) -> bool {
        let id = self.bill.innermost_at(at);
        !self.bill.standing(id).may_count()
    }

    /// Whether the sentence has a second instruction that no form reads.
    fn goes_on(&self, matched: Span) -> bool {
        let clause = self.bill.innermost_at(matched.start);
        let start = self.bill.provision(clause).body_start.min(matched.start);
        let before = self.text.get(start..matched.start).unwrap_or_default();
        let sentence = before
            .rsplit_once(['.', ':', ';', '\n'])
            .map_or(before, |(_, rest)| rest);
        let after = self.text.get(matched.end..).unwrap_or_default();
        let after = after
            .split(['.', ':', '\n', '“'])
            .next()
            .unwrap_or_default();
        let second = |words: &String| after.contains(words.as_str());
        let last = sentence.split_whitespace().next_back().unwrap_or_default();
        self.language.cue.is_match(sentence)
            || self.language.goes_on.iter().any(second)
            || self
                .language
                .reading
                .joiners
                .iter()
                .any(|word| word == last)
    }

    /// Whether other words than a marker or the name of the act stand before
    /// an instruction in its sentence.
    fn is_narrowed(&self, matched: Span) -> bool {
        const LONGEST_MARKER: usize = 5;
        let clause = self.bill.innermost_at(matched.start);
        let start = self.bill.provision(clause).body_start.min(matched.start);
        let before = self.text.get(start..matched.start).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        let sentence = line.rsplit(['.', ':', ';']).next().unwrap_or_default();
        let sentence = sentence.trim();
        let marker = sentence.chars().count() <= LONGEST_MARKER
            && (sentence.starts_with('(') || sentence.ends_with([')', '°', 'º', '–', '—', '-']));
        sentence.chars().any(char::is_alphabetic) && !marker && self.lead(line).is_none()
    }

    /// The act an instruction is about.
    fn act(&self, words: Option<&str>, last: &mut LastAct) -> ActReference {
        let words = words.map(|w| w.trim().trim_end_matches(" and").trim());
        let folded = words.map(|words| fold_words(words).join(" "));
        let same = folded
            .as_ref()
            .is_none_or(|folded| self.language.same_act.contains(folded));
        if !same && let Some(words) = words {
            if self.language.citation.is_match(words) {
                // "the definition offence in section 183 of the Act".
                if !self.speaks_of_same_act(words) {
                    *last = LastAct::Lost;
                }
                return ActReference::Within(words.to_owned());
            }
            *last = LastAct::Named(words.to_owned());
            return ActReference::Named(words.to_owned());
        }
        let principal = folded.is_some_and(|f| f.contains("principal"));
        match (&self.same, last) {
            (Some(name), _) if principal => ActReference::Named(name.clone()),
            (_, LastAct::Named(name)) => ActReference::Named(name.clone()),
            (_, LastAct::Lost) => ActReference::Unclear,
            (Some(name), LastAct::None) => ActReference::Named(name.clone()),
            (None, LastAct::None) => ActReference::Same,
        }
    }

    /// The new provisions after an instruction.
    fn block(&self, from: usize) -> Option<Block> {
        if let Some(span) = self.marked_block(from) {
            return Some(Block {
                inside: span,
                whole: span,
                marked: true,
            });
        }
        let rest = self.text.get(from..)?;
        let limit = rest
            .char_indices()
            .map(|(at, _)| at)
            .take_while(|at| *at <= LONGEST_BLOCK)
            .last()
            .unwrap_or(0);
        let rest = rest.get(..limit).unwrap_or(rest);
        let lead: usize = rest
            .find(|c: char| !(c.is_whitespace() || ":—–-".contains(c)))
            .unwrap_or(rest.len());
        let quoted = rest.get(lead..)?;
        let (open, closes): (char, &[char]) = match quoted.chars().next()? {
            '“' => ('“', &['”']),
            '«' => ('«', &['»']),
            '»' => ('»', &['«']),
            '„' => ('„', &['“', '”']),
            _ => return self.unquoted_block(from, lead),
        };
        let mut depth = 0usize;
        for (at, letter) in quoted.char_indices() {
            if letter == open {
                depth += 1;
            } else if closes.contains(&letter) {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    let start = from + lead + open.len_utf8();
                    let end = from + lead + at;
                    return Some(Block {
                        inside: Span::new(start, end),
                        whole: Span::new(from, end + letter.len_utf8()),
                        marked: false,
                    });
                }
            }
        }
        None
    }

    /// Quoted units that follow at once, as XML formats mark them.
    fn marked_block(&self, from: usize) -> Option<Span> {
        let quoted = |id: &ProvisionId| {
            self.bill.provision(*id).standing == Standing::Quoted
                && !self.bill.provision(*id).span.is_empty()
        };
        let first = self
            .bill
            .ids()
            .find(|id| self.bill.provision(*id).span.start >= from && quoted(id))?;
        let gap = self.text.get(from..self.bill.provision(first).span.start)?;
        if gap.chars().any(|c| c.is_alphanumeric()) {
            return None;
        }
        // Everything quoted up to the next words that are not.
        let mut block = self.bill.provision(first).span;
        for id in self.bill.ids().filter(|id| *id > first) {
            let span = self.bill.provision(id).span;
            if span.start < block.end {
                block = block.cover(span);
                continue;
            }
            let gap = self.text.get(block.end..span.start).unwrap_or_default();
            if !quoted(&id) || !gap.trim().is_empty() {
                break;
            }
            block = block.cover(span);
        }
        Some(block)
    }

    /// New provisions without quotation marks: the rest of the clause. Only
    /// where a colon or dash announces them.
    fn unquoted_block(&self, from: usize, lead: usize) -> Option<Block> {
        let announced = self.text.get(from..from + lead)?.contains([':', '—', '–']);
        let clause = self.bill.article_of(self.bill.innermost_at(from))?;
        let end = self.bill.provision(clause).span.end;
        let inside = Span::new(from + lead, end);
        (announced && inside.start < end).then_some(Block {
            inside,
            whole: Span::new(from, end),
            marked: false,
        })
    }

    fn fragment(&self, block: &Block, articles: bool) -> Fragment {
        // Formats without explicit structure mark quoted lines, not units.
        let units = self.bill.ids().filter(|id| {
            let unit = self.bill.provision(*id);
            unit.number.is_some() && block.inside.contains(unit.span) && !unit.span.is_empty()
        });
        if block.marked && units.count() > 0 {
            return Fragment::of_units(self.bill, block.inside);
        }
        // Notes between the lines are no law.
        let mut words = String::new();
        let mut at = block.inside.start;
        for line in self.bill.quote(block.inside).split_inclusive('\n') {
            let id = self.bill.innermost_at(at);
            if self.bill.standing(id) != Standing::Note {
                words.push_str(line);
            }
            at += line.len();
        }
        // Marks of quotation, and what stands behind them, are the bill's.
        const CLOSING: [char; 5] = ['”', '“', '»', '«', '"'];
        let words = words.trim();
        let words = match words.trim_end_matches(['.', ';']) {
            quoted if quoted.ends_with(CLOSING) => quoted.trim_end_matches(CLOSING).trim_end(),
            _ => words,
        };
        Fragment::of_words(words, articles)
    }

    /// Words that amend something outside every recognised instruction.
    fn leftovers(&self, found: &[Instruction]) -> Vec<Unrecognised> {
        let mut left: Vec<Unrecognised> = Vec::new();
        let Some(cue) = self.language.cue.regex() else {
            return left;
        };
        for cue in cue.find_iter(self.text) {
            let at = Span::new(cue.start(), cue.end());
            let known = found.iter().any(|instruction| {
                instruction.span.overlaps(at)
                    || instruction.block.is_some_and(|block| block.overlaps(at))
                    // "is repealed": the words after the form's own.
                    || at.start >= instruction.span.end && at.start <= instruction.span.end + 2
            });
            let id = self.bill.innermost_at(cue.start());
            let in_article = self.bill.article_of(id).is_some();
            if known || self.is_quoted(cue.start()) || !in_article {
                continue;
            }
            let span = sentence_around(self.text, at, self.bill.provision(id).body_start);
            // It only says which act the instructions below it change.
            if self.lead(self.bill.quote(span)).is_some() {
                continue;
            }
            if left.last().is_none_or(|last| !last.span.overlaps(span)) {
                left.push(Unrecognised {
                    span,
                    reason: "the wording is of no form that is recognised".to_owned(),
                });
            }
        }
        left
    }
}

/// A stretch of new provisions.
struct Block {
    inside: Span,
    whole: Span,
    /// The format marks the units.
    marked: bool,
}

/// From the last full stop or line end before to the first after.
fn sentence_around(text: &str, at: Span, floor: usize) -> Span {
    let floor = floor.min(at.start);
    let before = text.get(floor..at.start).unwrap_or_default();
    let start = before.rfind('\n').map_or(floor, |stop| floor + stop + 1);
    let after = text.get(at.end..).unwrap_or_default();
    let end = after.find('\n').map_or(text.len(), |stop| at.end + stop);
    Span::new(start, end)
}
