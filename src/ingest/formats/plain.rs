//! Plain text with article headings.

use crate::ingest::block::BlockKind;
use crate::ingest::lines::{Paragraphs, wrapping};
use crate::ingest::{ActBuilder, structure};
use crate::law::Standing;

/// Reads plain text.
pub(crate) fn read(text: &str, builder: &mut ActBuilder) -> Result<(), String> {
    let mut paragraphs = Paragraphs::new(wrapping(text), &builder.metadata().language.clone());
    for line in text.lines() {
        if line.trim().is_empty() {
            paragraphs.blank();
        } else {
            paragraphs.line(BlockKind::Paragraph, line, Standing::InForce);
        }
    }
    structure::build(&paragraphs.finish(), builder);
    Ok(())
}
