//! PDF with a text layer.
//!
//! Poppler's `pdftotext` is used when it is installed, the `pdf-extract` crate
//! (feature `pdf`) otherwise; both give words with places, from which lines,
//! columns and paragraphs are made here.

mod columns;
#[cfg(feature = "pdf")]
mod extract;
mod furniture;
mod page;
mod paragraphs;
mod poppler;
mod rows;

use std::collections::HashMap;

use whatlang::Lang;

use crate::ingest::block::Block;
use crate::ingest::{ActBuilder, structure};
use crate::law::ProblemKind;
use columns::{Layout, Stretch};
use page::{Page, Row, Sheet};

/// Fewer letters than this on a page: an image, or an empty page.
const FEWEST_LETTERS: usize = 25;

/// A program or crate that reads PDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Engine {
    Poppler,
    #[cfg(feature = "pdf")]
    PdfExtract,
}

impl Engine {
    fn name(self) -> &'static str {
        match self {
            Engine::Poppler => "pdftotext",
            #[cfg(feature = "pdf")]
            Engine::PdfExtract => "pdf-extract",
        }
    }
}

/// Reads a PDF into the builder; gives the name of the engine used
/// (`pdftotext` or `pdf-extract`).
///
/// # Errors
/// When no engine is there or none can open the file.
pub(crate) fn read(bytes: &[u8], builder: &mut ActBuilder) -> Result<&'static str, String> {
    let (blocks, engine) = match poppler_blocks(bytes, builder) {
        Ok(blocks) => (blocks, Engine::Poppler),
        Err(reason) => second_choice(bytes, builder, &reason)?,
    };
    structure::build(&blocks, builder);
    Ok(engine.name())
}

fn poppler_blocks(bytes: &[u8], builder: &mut ActBuilder) -> Result<Vec<Block>, String> {
    let pages = poppler::pages(bytes)?;
    if script_share(&pages, is_right_to_left) > 0.3 {
        let texts = poppler::lines(bytes)?;
        let mut sheets: Vec<Sheet> = texts.iter().map(|text| plain_sheet(text)).collect();
        return Ok(blocks_of_sheets(&mut sheets));
    }
    Ok(blocks_of_pages(&pages, builder))
}

#[cfg(feature = "pdf")]
fn second_choice(
    bytes: &[u8],
    builder: &mut ActBuilder,
    reason: &str,
) -> Result<(Vec<Block>, Engine), String> {
    let blocks = extract_blocks(bytes, builder)
        .map_err(|second| format!("{reason}; pdf-extract: {second}"))?;
    Ok((blocks, Engine::PdfExtract))
}

#[cfg(not(feature = "pdf"))]
fn second_choice(
    _bytes: &[u8],
    _builder: &mut ActBuilder,
    reason: &str,
) -> Result<(Vec<Block>, Engine), String> {
    Err(format!(
        "{reason}; install pdftotext (poppler-utils), or build with the feature `pdf`"
    ))
}

#[cfg(feature = "pdf")]
fn extract_blocks(bytes: &[u8], builder: &mut ActBuilder) -> Result<Vec<Block>, String> {
    let extracted = extract::pages(bytes)?;
    if extracted.failed > 0 {
        builder.problem(
            ProblemKind::BrokenMarkup,
            format!(
                "{} of {} pages could not be read by pdf-extract",
                extracted.failed,
                extracted.pages.len()
            ),
        );
    }
    let share = script_share(&extracted.pages, is_beyond_pdf_extract);
    if share > 0.1 {
        builder.problem(
            ProblemKind::UntrustedReader,
            format!(
                "{:.0} % of the letters are in a script that pdf-extract reorders or splits; install pdftotext (poppler-utils)",
                share * 100.0
            ),
        );
    }
    Ok(blocks_of_pages(&extracted.pages, builder))
}

/// Words with places to blocks.
fn blocks_of_pages(pages: &[Page], builder: &mut ActBuilder) -> Vec<Block> {
    report_scans(pages, builder);
    let layout = columns::lay_out(pages);
    let column = chosen_column(&layout, builder);
    let mut sheets: Vec<Sheet> = layout
        .pages
        .iter()
        .map(|stretches| sheet(stretches, column))
        .collect();
    blocks_of_sheets(&mut sheets)
}

/// The rows of a page, those of other columns than the chosen one left out.
fn sheet(stretches: &[Stretch], chosen: Option<usize>) -> Sheet {
    let mut rows: Vec<(Option<usize>, Row)> = stretches
        .iter()
        .filter(|stretch| chosen.is_none() || stretch.column.is_none() || stretch.column == chosen)
        .flat_map(|stretch| stretch.lines.iter().map(|line| (stretch.column, line)))
        .filter_map(|(column, line)| Some((column, rows::row(line)?)))
        .collect();
    let mut measures: HashMap<Option<usize>, (f64, f64)> = HashMap::new();
    for (column, row) in &rows {
        let measure = measures.entry(*column).or_insert((f64::MAX, f64::MIN));
        *measure = (measure.0.min(row.left), measure.1.max(row.right));
    }
    for (column, row) in &mut rows {
        if let Some(measure) = measures.get(column) {
            row.measure = *measure;
        }
    }
    Sheet {
        rows: rows.into_iter().map(|(_, row)| row).collect(),
    }
}

fn blocks_of_sheets(sheets: &mut [Sheet]) -> Vec<Block> {
    furniture::remove(sheets);
    paragraphs::join(sheets)
}

/// Columns in different languages are the same law several times: one of them
/// is read, and said so.
fn chosen_column(layout: &Layout, builder: &mut ActBuilder) -> Option<usize> {
    let mut languages: Vec<(usize, Lang, f64)> = Vec::new();
    for column in 0..layout.columns {
        let mut text = String::new();
        for stretch in layout.pages.iter().flatten() {
            if stretch.column == Some(column) {
                for word in stretch.lines.iter().flatten() {
                    text.push_str(&word.text);
                    text.push(' ');
                }
            }
        }
        if let Some(info) = whatlang::detect(&text) {
            languages.push((column, info.lang(), info.confidence()));
        }
    }
    let sure: Vec<_> = languages
        .iter()
        .filter(|(_, _, sure)| *sure > 0.8)
        .collect();
    let differ = sure.iter().any(|(_, lang, _)| *lang != sure[0].1);
    if layout.columns < 2 || !differ {
        return None;
    }
    let declared = crate::law::Language::new(&builder.metadata().language);
    let declared = declared.primary();
    let (column, language, _) = sure
        .iter()
        .find(|(_, lang, _)| !declared.is_empty() && two_letters(*lang) == declared)
        .or_else(|| sure.iter().max_by(|a, b| a.2.total_cmp(&b.2)))?;
    builder.problem(
        ProblemKind::MetadataMismatch,
        format!(
            "{} columns in different languages stand side by side; only column {} ({}) was read",
            layout.columns,
            column + 1,
            language.code()
        ),
    );
    Some(*column)
}

/// The two-letter codes of languages that gazettes print side by side.
fn two_letters(language: Lang) -> &'static str {
    match language {
        Lang::Eng => "en",
        Lang::Fra => "fr",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Deu => "de",
        Lang::Nld => "nl",
        Lang::Rus => "ru",
        Lang::Ukr => "uk",
        Lang::Ara => "ar",
        Lang::Afr => "af",
        _ => language.code(),
    }
}

/// Pages without letters are images: the file must not pass for an empty law.
fn report_scans(pages: &[Page], builder: &mut ActBuilder) {
    let is_empty = |page: &&Page| {
        let letters: usize = page
            .words
            .iter()
            .map(|word| word.text.chars().filter(|c| c.is_alphabetic()).count())
            .sum();
        letters < FEWEST_LETTERS
    };
    let empty = pages.iter().filter(is_empty).count();
    if pages.is_empty() {
        builder.problem(ProblemKind::ScanWithoutText, "the file has no pages");
    } else if empty * 3 >= pages.len() {
        builder.problem(
            ProblemKind::ScanWithoutText,
            format!("{empty} of {} pages hold no text", pages.len()),
        );
    }
}

/// Lines of a page as text: columns of characters stand for places.
fn plain_sheet(text: &str) -> Sheet {
    let widest = text
        .lines()
        .map(|line| line.trim().chars().count())
        .max()
        .unwrap_or(0) as f64;
    let rows = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(index, line)| {
            let text = line.trim().to_string();
            let width = text.chars().count() as f64;
            let first = text.split_whitespace().next().unwrap_or_default();
            Row {
                left: 0.0,
                right: width,
                top: index as f64,
                bottom: index as f64 + 1.0,
                first_width: first.chars().count() as f64 + 1.0,
                hang: 0.0,
                note_mark: false,
                measure: (0.0, widest),
                text,
            }
        })
        .collect();
    Sheet { rows }
}

/// Part of the letters that `is` holds for.
fn script_share(pages: &[Page], is: fn(char) -> bool) -> f64 {
    let (mut letters, mut counted) = (0usize, 0usize);
    for c in pages
        .iter()
        .flat_map(|page| &page.words)
        .flat_map(|word| word.text.chars())
    {
        if c.is_alphabetic() {
            letters += 1;
            counted += usize::from(is(c));
        }
    }
    counted as f64 / letters.max(1) as f64
}

fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}

#[cfg(feature = "pdf")]
fn is_beyond_pdf_extract(c: char) -> bool {
    is_right_to_left(c)
        || matches!(c, '\u{900}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[ignore = "prints the blocks of the file named in BLOCKS_OF, read with ENGINE"]
    fn dump_pdf_blocks() {
        let Ok(path) = std::env::var("BLOCKS_OF") else {
            return;
        };
        let bytes = std::fs::read(path).unwrap();
        let mut builder = ActBuilder::new();
        let start = std::time::Instant::now();
        let blocks = if std::env::var("ENGINE").is_ok_and(|name| name == "pdf-extract") {
            extract_blocks(&bytes, &mut builder).unwrap()
        } else {
            poppler_blocks(&bytes, &mut builder).unwrap()
        };
        eprintln!("{} blocks in {:?}", blocks.len(), start.elapsed());
        let act = builder.finish(crate::law::Jurisdiction::new("xx"), Default::default());
        for problem in act.problems {
            println!("! {problem}");
        }
        for block in blocks {
            println!("{:?}|{:?}|{}", block.kind, block.standing, block.text);
        }
    }
}
