//! Square brackets that only mark where an amendment begins and ends.
//!
//! Consolidated texts print `[` ... `]` with a raised footnote figure around
//! amended words. The brackets are not the legislator's; a quotation must do
//! without them. Brackets without a figure stay.

use crate::ingest::block::Block;

/// Stands for a `[` that a footnote mark followed. A noncharacter, removed
/// from the input where it occurs, so that it cannot be confused with text.
pub(in crate::ingest::formats) const OPENING: char = '\u{fdd0}';
/// Stands for a `]` that a footnote mark followed.
pub(in crate::ingest::formats) const CLOSING: char = '\u{fdd1}';

/// Removes marked brackets and their partners, which may stand in another
/// block.
pub(in crate::ingest::formats) fn resolve(blocks: &mut [Block]) {
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut doomed: Vec<(usize, usize)> = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        for (offset, c) in block.text.char_indices() {
            match c {
                '[' => open.push((index, offset)),
                OPENING => {
                    doomed.push((index, offset));
                    open.push((index, offset));
                }
                ']' => {
                    open.pop();
                }
                CLOSING => {
                    doomed.push((index, offset));
                    doomed.extend(open.pop());
                }
                _ => {}
            }
        }
    }
    doomed.sort_unstable();
    doomed.dedup();
    let mut doomed = doomed.into_iter().peekable();
    for (index, block) in blocks.iter_mut().enumerate() {
        if doomed.peek().is_none_or(|(at, _)| *at != index) {
            continue;
        }
        let mut kept = String::with_capacity(block.text.len());
        for (offset, c) in block.text.char_indices() {
            if doomed.next_if_eq(&(index, offset)).is_none() {
                kept.push(c);
            }
        }
        block.text = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    }
}
