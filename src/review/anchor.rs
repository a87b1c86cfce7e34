//! Words of the law that a decision was made on, found again in a later text.

use crate::law::{Act, Span};

/// Most characters of context kept on either side.
const CONTEXT: usize = 60;

/// Where a decision's words stood, with enough around them to find them again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Anchor {
    /// The act's file, relative to the jurisdiction's folder; empty when the
    /// decision rests on all texts and not on words.
    pub file: String,
    /// Citation of the provision.
    pub locator: String,
    /// Byte range in the canonical text.
    pub span: Span,
    /// The words.
    pub quote: String,
    /// What stood before them.
    pub before: String,
    /// What stood after them.
    pub after: String,
    /// Hash of the canonical text; of all texts where there are no words.
    pub sha256: String,
}

/// What became of an anchor's words in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// They stand here.
    Here(Anchor),
    /// They stand in several places, none of them nearer to the old one.
    Several,
    /// They are gone.
    Gone,
}

impl Anchor {
    /// The anchor of words of an act.
    pub fn at(act: &Act, span: Span) -> Self {
        let text = act.text.as_str();
        let before = text.get(..span.start).unwrap_or_default();
        let after = text.get(span.end..).unwrap_or_default();
        let from = before
            .char_indices()
            .rev()
            .nth(CONTEXT - 1)
            .map_or(0, |(at, _)| at);
        let to = after
            .char_indices()
            .nth(CONTEXT)
            .map_or(after.len(), |(at, _)| at);
        Self {
            file: act.source.file.clone(),
            locator: act.locator(act.innermost_at(span.start)).to_string(),
            span,
            quote: act.quote(span).to_owned(),
            before: before.get(from..).unwrap_or_default().to_owned(),
            after: after.get(..to).unwrap_or_default().to_owned(),
            sha256: act.text.sha256().to_owned(),
        }
    }

    /// The anchor of a decision that rests on everything searched.
    pub fn of_texts(sha256: String) -> Self {
        Self {
            sha256,
            ..Self::default()
        }
    }

    /// Whether the decision rests on words.
    pub fn has_words(&self) -> bool {
        !self.quote.is_empty()
    }

    /// Looks for the words in an act, byte for byte.
    pub(super) fn find_in(&self, act: &Act) -> Found {
        let text = act.text.as_str();
        let mut best: Vec<((usize, bool), Anchor)> = text
            .match_indices(&self.quote)
            .map(|(start, words)| {
                let anchor = Self::at(act, Span::new(start, start + words.len()));
                let same_place = anchor.locator == self.locator;
                ((self.likeness(&anchor), same_place), anchor)
            })
            .collect();
        best.sort_by_key(|(rank, _)| std::cmp::Reverse(*rank));
        let mut best = best.into_iter();
        match (best.next(), best.next()) {
            (None, _) => Found::Gone,
            (Some((first, _)), Some((second, _))) if first == second => Found::Several,
            (Some((_, anchor)), _) => Found::Here(anchor),
        }
    }

    /// How many characters around the words are the same.
    fn likeness(&self, other: &Anchor) -> usize {
        let same = |pairs: &mut dyn Iterator<Item = (char, char)>| {
            pairs.take_while(|(a, b)| a == b).count()
        };
        let before = self.before.chars().rev().zip(other.before.chars().rev());
        let after = self.after.chars().zip(other.after.chars());
        same(&mut { before }) + same(&mut { after })
    }
}
