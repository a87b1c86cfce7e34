//! A run as pages for reading.

use super::compare::ComparisonPage;
use super::page::JurisdictionPage;
use super::render::Renderer;
use super::words::Words;
use super::{Assessed, Run, docx, xlsx};

/// Writes the pages of a run in one language.
#[derive(Debug)]
pub struct Pages {
    words: Words,
    renderer: Renderer,
}

/// Why a page could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PageError {
    /// A template asks for something the page does not have.
    #[error("the page could not be made: {0}")]
    Template(#[from] minijinja::Error),
    /// A table does not fit a spreadsheet.
    #[error("the spreadsheet could not be made: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// The archive of a document could not be written.
    #[error("the document could not be made: {0}")]
    Document(#[from] zip::result::ZipError),
}

impl Pages {
    /// Pages in English.
    ///
    /// # Errors
    /// When a built-in template has a mistake.
    pub fn english() -> Result<Self, PageError> {
        Self::new(Words::english())
    }

    /// Pages in the language of a message catalogue.
    ///
    /// # Errors
    /// When a built-in template has a mistake.
    pub fn new(words: Words) -> Result<Self, PageError> {
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

    /// The harmonisation report of one jurisdiction as a word-processor
    /// document (DOCX).
    ///
    /// # Errors
    /// When the archive cannot be written.
    pub fn report_docx(&self, run: &Run<'_>, of: &Assessed) -> Result<Vec<u8>, PageError> {
        let page = JurisdictionPage::new(&self.words, run, of);
        Ok(docx::report(&self.words, &page)?)
    }

    /// The harmonisation report of one jurisdiction as a workbook (XLSX).
    ///
    /// # Errors
    /// When a table does not fit a spreadsheet.
    pub fn report_xlsx(&self, run: &Run<'_>, of: &Assessed) -> Result<Vec<u8>, PageError> {
        let page = JurisdictionPage::new(&self.words, run, of);
        Ok(xlsx::report(&self.words, &page)?)
    }

    /// The comparison of all jurisdictions as a word-processor document (DOCX).
    ///
    /// # Errors
    /// When the archive cannot be written.
    pub fn comparison_docx(&self, run: &Run<'_>) -> Result<Vec<u8>, PageError> {
        let page = ComparisonPage::new(&self.words, run);
        Ok(docx::comparison(&self.words, &page)?)
    }

    /// The comparison of all jurisdictions as a workbook (XLSX), one sheet per
    /// table.
    ///
    /// # Errors
    /// When a table does not fit a spreadsheet.
    pub fn comparison_xlsx(&self, run: &Run<'_>) -> Result<Vec<u8>, PageError> {
        let page = ComparisonPage::new(&self.words, run);
        Ok(xlsx::comparison(&self.words, &page)?)
    }

    fn page(&self, template: &str, page: impl serde::Serialize) -> Result<String, PageError> {
        Ok(self.renderer.render(template, page)?)
    }
}
