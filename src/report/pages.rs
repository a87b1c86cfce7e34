//! A run as pages for reading.

use super::compare::ComparisonPage;
use super::page::JurisdictionPage;
use super::questionnaire::QuestionnairePage;
use super::render::Renderer;
use super::reply::{Reply, ReplyPage};
use super::words::Words;
use super::{Assessed, Run, analysis, docx, xlsx};

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

    /// Tables of the comparison for analysts, by name: elements, ages,
    /// penalties, rollups and distances, one line per fact.
    ///
    /// # Errors
    /// Never for these rows; the writer's signature asks for it.
    pub fn comparison_tables(&self, run: &Run<'_>) -> csv::Result<Vec<(&'static str, Vec<u8>)>> {
        analysis::tables_of(run)
    }

    /// The run's profile as a questionnaire on one jurisdiction, as a workbook
    /// (XLSX) that [`Reply::read`] reads back.
    ///
    /// # Errors
    /// When a table does not fit a spreadsheet.
    pub fn questionnaire_xlsx(&self, run: &Run<'_>, of: &Assessed) -> Result<Vec<u8>, PageError> {
        let page = QuestionnairePage::new(&self.words, run, of);
        Ok(xlsx::questionnaire(&self.words, &page)?)
    }

    /// The run's profile as a questionnaire on one jurisdiction, as a
    /// word-processor document (DOCX).
    ///
    /// # Errors
    /// When the archive cannot be written.
    pub fn questionnaire_docx(&self, run: &Run<'_>, of: &Assessed) -> Result<Vec<u8>, PageError> {
        let page = QuestionnairePage::new(&self.words, run, of);
        Ok(docx::questionnaire(&self.words, &page)?)
    }

    /// A State's reply beside the statute, as one self-contained page.
    ///
    /// # Errors
    /// When a template asks for something the page does not have.
    pub fn reply_html(
        &self,
        run: &Run<'_>,
        of: &Assessed,
        reply: &Reply,
    ) -> Result<String, PageError> {
        self.page("reply.html", ReplyPage::new(&self.words, run, of, reply))
    }

    /// A State's reply beside the statute, as a workbook (XLSX).
    ///
    /// # Errors
    /// When a table does not fit a spreadsheet.
    pub fn reply_xlsx(
        &self,
        run: &Run<'_>,
        of: &Assessed,
        reply: &Reply,
    ) -> Result<Vec<u8>, PageError> {
        let page = ReplyPage::new(&self.words, run, of, reply);
        Ok(xlsx::reply(&self.words, &page)?)
    }

    /// A State's reply beside the statute, as a table of comma-separated
    /// values.
    ///
    /// # Errors
    /// Never for these rows; the writer's signature asks for it.
    pub fn reply_csv(&self, run: &Run<'_>, of: &Assessed, reply: &Reply) -> csv::Result<Vec<u8>> {
        ReplyPage::new(&self.words, run, of, reply).to_csv()
    }

    /// How often a State's reply agrees with the statute, differs from it, and
    /// so on, each outcome in words.
    pub fn reply_counts(
        &self,
        run: &Run<'_>,
        of: &Assessed,
        reply: &Reply,
    ) -> Vec<(String, usize)> {
        ReplyPage::new(&self.words, run, of, reply).counts
    }

    fn page(&self, template: &str, page: impl serde::Serialize) -> Result<String, PageError> {
        Ok(self.renderer.render(template, page)?)
    }
}
