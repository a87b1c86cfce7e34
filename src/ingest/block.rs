//! Blocks: what readers without explicit structure (Markdown, text, HTML,
//! PDF, DOCX) hand to the grammar of numbered headings.

use crate::law::Standing;

/// One block of text in document order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What the markup says it is.
    pub kind: BlockKind,
    /// Its text, without markup; line breaks inside a block are blanks.
    pub text: String,
    /// What the markup says about its standing (struck through, note class ...).
    pub standing: Standing,
}

/// What the source markup says about a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading of a level from 1 (outermost).
    Heading(u8),
    /// A paragraph that is wholly bold or italic: often a heading in disguise.
    Strong,
    /// A paragraph.
    Paragraph,
    /// A list item at a depth from 1, its printed or generated marker put
    /// before the text.
    Item(u8),
}

impl Block {
    /// A block in force.
    pub fn new(kind: BlockKind, text: impl Into<String>) -> Self {
        Self {
            kind,
            text: text.into(),
            standing: Standing::InForce,
        }
    }
}
