//! A run as pages for reading.

use super::compare::ComparisonPage;
use super::page::JurisdictionPage;
use super::render::Renderer;
use super::words::Words;
use super::{Assessed, Run};

/// Writes the pages of a run in one language.
#[derive(Debug)]
pub struct Pages {
    words: Words,
    renderer: Renderer,
}

/// Why a page could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the page could not be made: {0}")]
pub struct PageError(#[from] minijinja::Error);

impl Pages {
    /// Pages in English.
    ///
    /// # Errors
    /// When a built-in template has a mistake.
    pub fn english() -> Result<Self, PageError> {
        let words = Words::english();
        let renderer = Renderer::new(&words)?;
        Ok(Self { words, renderer })
    }

    /// The harmonisation report of one jurisdiction as one self-contained page.
    ///
    /// # Errors
    /// When a template asks for something the page does not have.
    pub fn report_html(&self, run: &Run<'_>, of: &Assessed) -> Result<String, PageError> {
        self.page("report.html", JurisdictionPage::new(&self.words, run, of))
    }

    /// The harmonisation report of one jurisdiction in Markdown.
    ///
    /// # Errors
    /// When a template asks for something the page does not have.
    pub fn report_markdown(&self, run: &Run<'_>, of: &Assessed) -> Result<String, PageError> {
        self.page("report.md", JurisdictionPage::new(&self.words, run, of))
    }

    /// The overview that links to the reports (`CODE.html`) beside it.
    ///
    /// # Errors
    /// When a template asks for something the page does not have.
    pub fn index_html(&self, run: &Run<'_>) -> Result<String, PageError> {
        self.page("index.html", ComparisonPage::new(&self.words, run))
    }

    /// The overview that links to the reports (`CODE.md`) beside it.
    ///
    /// # Errors
    /// When a template asks for something the page does not have.
    pub fn index_markdown(&self, run: &Run<'_>) -> Result<String, PageError> {
        self.page("index.md", ComparisonPage::new(&self.words, run))
    }

    /// The comparison of all jurisdictions as one self-contained page.
    ///
    /// # Errors
    /// When a template asks for something the page does not have.
    pub fn comparison_html(&self, run: &Run<'_>) -> Result<String, PageError> {
        self.page("compare.html", ComparisonPage::new(&self.words, run))
    }

    /// The comparison of all jurisdictions in Markdown.
    ///
    /// # Errors
    /// When a template asks for something the page does not have.
    pub fn comparison_markdown(&self, run: &Run<'_>) -> Result<String, PageError> {
        self.page("compare.md", ComparisonPage::new(&self.words, run))
    }

    fn page(&self, template: &str, page: impl serde::Serialize) -> Result<String, PageError> {
        Ok(self.renderer.render(template, page)?)
    }
}
