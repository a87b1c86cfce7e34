//! Plain text with article headings.

use crate::ingest::block::{Block, BlockKind};
use crate::ingest::lines::{Paragraphs, wrapping};
use crate::ingest::{ActBuilder, structure};
use crate::law::Standing;

/// Reads plain text.
pub(crate) fn read(text: &str, builder: &mut ActBuilder) -> Result<(), String> {
    let blocks = blocks(text, &builder.metadata().language.clone());
    structure::build(blocks, builder);
    Ok(())
}

/// The paragraphs of a text.
pub(crate) fn blocks(text: &str, language: &str) -> Vec<Block> {
    let mut paragraphs = Paragraphs::new(wrapping(text), language);
    for line in text.lines() {
        if line.trim().is_empty() {
            paragraphs.blank();
        } else {
            paragraphs.line(BlockKind::Paragraph, line, Standing::InForce);
        }
    }
    paragraphs.finish()
}
