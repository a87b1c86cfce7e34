//! What is wrong with a rule file, and where.

use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

/// An error in a mapping file, with the bytes it is about.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// Path of the file within the mappings folder.
    pub file: String,
    /// The file's text, for the snippet.
    pub source: String,
    /// Byte range in the file's text; empty when it is about the whole file.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

impl Diagnostic {
    /// Line of the error, from 1.
    pub fn line(&self) -> usize {
        let end = self.span.start.min(self.source.len());
        self.source.as_bytes()[..end]
            .iter()
            .filter(|byte| **byte == b'\n')
            .count()
            + 1
    }

    /// The error as a compiler would print it: message, file, line, the words
    /// with a caret under them, and the help. `colour` for a terminal.
    pub fn render(&self, colour: bool) -> String {
        let renderer = if colour {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        let start = self.span.start.min(self.source.len());
        let end = self.span.end.clamp(start, self.source.len());
        let mut group = Level::ERROR.primary_title(self.message.as_str()).element(
            Snippet::source(self.source.as_str())
                .path(self.file.as_str())
                .line_start(1)
                .annotation(AnnotationKind::Primary.span(start..end)),
        );
        if !self.help.is_empty() {
            group = group.element(Level::HELP.message(self.help.as_str()));
        }
        renderer.render(&[group]).to_string()
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line(), self.message)?;
        if !self.help.is_empty() {
            write!(f, " ({})", self.help)?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostic {}
