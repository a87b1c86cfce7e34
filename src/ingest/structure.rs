//! The grammar of numbered headings: blocks to a provision tree.

use super::{ActBuilder, block::Block};

/// Reads blocks into the builder: recognises books, parts, chapters,
/// articles, subsections and points in the heading words of every language of
/// the field, drops tables of contents, sets schedules and notes apart.
pub fn build(_blocks: &[Block], _builder: &mut ActBuilder) {}
