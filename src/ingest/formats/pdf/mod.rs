//! PDF with a text layer.
//!
//! Poppler's `pdftotext` is used when it is installed, the `pdf-extract` crate
//! (feature `pdf`) otherwise; both give words with places, from which lines,
//! columns and paragraphs are made here.

mod bidi;
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
use crate::ingest::{ActBuilder, language, structure};
use crate::law::ProblemKind;
use columns::{Layout, Stretch};
use page::{Page, Row, Sheet};

/// Fewer letters than this on a page: an image, or an empty page.
const FEWEST_LETTERS: usize = 25;

/// So many words of a column are enough to tell its language.
const WORDS_TO_TELL_A_LANGUAGE: usize = 3000;

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
        Ok(found) => found,
        Err(reason) => second_choice(bytes, builder, &reason)?,
    };
    structure::build(blocks, builder);
    Ok(engine.name())
}

/// The plain words of every page, for naming the page of a quotation.
///
/// # Errors
/// When no engine is there or none can open the file.
pub(crate) fn page_texts(bytes: &[u8]) -> Result<Vec<String>, String> {
    let lines = poppler::lines(bytes);
    #[cfg(feature = "pdf")]
    let lines = lines.or_else(|_| {
        let words = |page: &Page| {
            let words: Vec<&str> = page.words.iter().map(|word| word.text.as_str()).collect();
            words.join(" ")
        };
        extract::pages(bytes).map(|extracted| extracted.pages.iter().map(words).collect())
    });
    lines
}

fn poppler_blocks(bytes: &[u8], builder: &mut ActBuilder) -> Result<(Vec<Block>, Engine), String> {
    let pages = poppler::pages(bytes)?;
    if script_share(&pages, bidi::is_right_to_left) > 0.3 {
        return right_to_left_blocks(bytes, builder);
    }
    Ok((blocks_of_pages(&pages, builder), Engine::Poppler))
}

/// Poppler puts lines in reading order, but turns round the letters of a
/// ligature that the file maps to two; `pdf-extract` then does better.
fn right_to_left_blocks(
    bytes: &[u8],
    builder: &mut ActBuilder,
) -> Result<(Vec<Block>, Engine), String> {
    let texts = poppler::lines(bytes)?;
    if texts.iter().any(|text| bidi::has_reversed_ligatures(text)) {
        if let Some(blocks) = with_sound_ligatures(bytes, &texts, builder) {
            return Ok(blocks);
        }
        builder.problem(
            ProblemKind::FontMapped,
            "letters of ligatures come out in the wrong order",
        );
    }
    let mut sheets: Vec<Sheet> = texts.iter().map(|text| plain_sheet(text)).collect();
    Ok((blocks_of_sheets(&mut sheets, builder), Engine::Poppler))
}

#[cfg(feature = "pdf")]
fn with_sound_ligatures(
    bytes: &[u8],
    texts: &[String],
    builder: &mut ActBuilder,
) -> Option<(Vec<Block>, Engine)> {
    let extracted = extract::pages(bytes).ok()?;
    if extracted.failed > 0 {
        return None;
    }
    let mut trial = ActBuilder::new();
    trial.metadata().language = builder.metadata().language.clone();
    let blocks = blocks_of_pages(&extracted.pages, &mut trial);
    // Both engines must have seen the same letters.
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
    let known: usize = texts.iter().map(|text| letters(text)).sum();
    let found: usize = extracted
        .pages
        .iter()
        .flat_map(|page| &page.words)
        .map(|word| letters(&word.text))
        .sum();
    let sound = known.abs_diff(found) * 20 <= known
        && !blocks
            .iter()
            .any(|block| bidi::has_reversed_ligatures(&block.text));
    sound.then_some((blocks, Engine::PdfExtract))
}

#[cfg(not(feature = "pdf"))]
fn with_sound_ligatures(
    _bytes: &[u8],
    _texts: &[String],
    _builder: &mut ActBuilder,
) -> Option<(Vec<Block>, Engine)> {
    None
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
    blocks_of_sheets(&mut sheets, builder)
}

/// The rows of a page, those of other columns than the chosen one left out.
fn sheet(stretches: &[Stretch], chosen: Option<usize>) -> Sheet {
    let words = stretches
        .iter()
        .flat_map(|stretch| stretch.lines.iter().flatten());
    let turned = bidi::is_mostly_right_to_left(words.map(|word| word.text.as_str()));
    let mut rows: Vec<(Option<usize>, Row)> = stretches
        .iter()
        .filter(|stretch| chosen.is_none() || stretch.column.is_none() || stretch.column == chosen)
        .flat_map(|stretch| stretch.lines.iter().map(|line| (stretch.column, line)))
        .filter_map(|(column, line)| Some((column, rows::row(line, turned)?)))
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

fn blocks_of_sheets(sheets: &mut [Sheet], builder: &mut ActBuilder) -> Vec<Block> {
    furniture::remove(sheets);
    let declared = crate::law::Language::new(&builder.metadata().language);
    let language = match declared.primary() {
        "" => guess_language(sheets),
        known => known.to_string(),
    };
    paragraphs::join(sheets, &language)
}

/// Two-letter code of the language the rows are in; empty when in doubt.
fn guess_language(sheets: &[Sheet]) -> String {
    let mut sample = String::new();
    for row in sheets.iter().flat_map(|sheet| &sheet.rows).take(2000) {
        sample.push_str(&row.text);
        sample.push('\n');
    }
    let tag = language::guess(&sample).unwrap_or_default();
    tag.split('-').next().unwrap_or_default().to_string()
}

/// Columns in different languages are the same law several times: one of them
/// is read, and said so.
fn chosen_column(layout: &Layout, builder: &mut ActBuilder) -> Option<usize> {
    let mut languages: Vec<(usize, Lang, f64)> = Vec::new();
    for column in 0..layout.columns {
        let words = layout
            .pages
            .iter()
            .flatten()
            .filter(|stretch| stretch.column == Some(column))
            .flat_map(|stretch| stretch.lines.iter().flatten());
        let mut text = String::new();
        for word in words.take(WORDS_TO_TELL_A_LANGUAGE) {
            text.push_str(&word.text);
            text.push(' ');
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
            let text: String = line
                .trim()
                .chars()
                .filter(|c| !bidi::is_control(*c))
                .collect();
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

#[cfg(feature = "pdf")]
fn is_beyond_pdf_extract(c: char) -> bool {
    bidi::is_right_to_left(c)
        || matches!(c, '\u{900}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::law::Standing;
    use proptest::prelude::*;

    /// A PDF with the pages' lines in Helvetica: place, size, text.
    fn pdf(pages: &[&[(f64, f64, f64, &str)]]) -> Vec<u8> {
        assemble(&objects(pages))
    }

    fn objects(pages: &[&[(f64, f64, f64, &str)]]) -> Vec<String> {
        let mut objects = vec![
            "<< /Type /Catalog /Pages 2 0 R >>".to_string(),
            String::new(),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
                .to_string(),
        ];
        let mut kids = String::new();
        for lines in pages {
            let mut content = String::new();
            for (x, y, size, text) in *lines {
                content.push_str(&format!(
                    "BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({}) Tj ET\n",
                    text.replace('(', "\\(").replace(')', "\\)")
                ));
            }
            let page = objects.len() + 1;
            kids.push_str(&format!("{page} 0 R "));
            objects.push(format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
                page + 1
            ));
            objects.push(format!(
                "<< /Length {} >>\nstream\n{content}endstream",
                content.len()
            ));
        }
        objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len());
        objects
    }

    /// The file of these objects, with its table of offsets.
    fn assemble(objects: &[String]) -> Vec<u8> {
        let mut file = b"%PDF-1.4\n".to_vec();
        let mut offsets = Vec::new();
        for (index, object) in objects.iter().enumerate() {
            offsets.push(file.len());
            file.extend(format!("{} 0 obj\n{object}\nendobj\n", index + 1).bytes());
        }
        let start = file.len();
        file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
        for offset in offsets {
            file.extend(format!("{offset:010} 00000 n \n").bytes());
        }
        file.extend(
            format!(
                "trailer << /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n",
                objects.len() + 1
            )
            .bytes(),
        );
        file
    }

    /// Reads with every engine at hand.
    fn each_engine(bytes: &[u8], check: impl Fn(Vec<Block>, Vec<crate::law::Problem>)) {
        let problems = |builder: ActBuilder| {
            builder
                .finish(crate::law::Jurisdiction::new("xx"), Default::default())
                .problems
        };
        let mut builder = ActBuilder::new();
        match poppler_blocks(bytes, &mut builder) {
            Ok((blocks, _)) => check(blocks, problems(builder)),
            Err(reason) => println!("poppler not tested: {reason}"),
        }
        #[cfg(feature = "pdf")]
        {
            let mut builder = ActBuilder::new();
            let blocks = extract_blocks(bytes, &mut builder).unwrap();
            check(blocks, problems(builder));
        }
    }

    fn texts(blocks: &[Block], standing: Standing) -> Vec<&str> {
        blocks
            .iter()
            .filter(|block| block.standing == standing)
            .map(|block| block.text.as_str())
            .collect()
    }

    #[test]
    fn pages_become_paragraphs_without_heads_numbers_and_hyphens() {
        let head = (200.0, 800.0, 10.0, "Harbour Act of Lower Fenwick");
        let pages: Vec<Vec<(f64, f64, f64, &str)>> = vec![
            vec![
                head,
                (300.0, 30.0, 10.0, "1"),
                (72.0, 740.0, 11.0, "4"),
                (78.5, 744.0, 7.0, "1"),
                (
                    85.0,
                    740.0,
                    11.0,
                    "Every keeper of goats who moors a vessel at the old quay shall notify",
                ),
                (
                    72.0,
                    726.0,
                    11.0,
                    "the harbour master of Lower Fenwick before the evening bell and his depu-",
                ),
                (72.0, 712.0, 11.0, "ty in writing."),
                (72.0, 698.0, 11.0, "(1)"),
                (
                    100.0,
                    698.0,
                    11.0,
                    "A keeper who does not is liable to a fine of three baskets of the best",
                ),
            ],
            vec![
                head,
                (300.0, 30.0, 10.0, "2"),
                (100.0, 740.0, 11.0, "herring."),
                (72.0, 100.0, 7.0, "1 Inserted by the Goats Act."),
            ],
            vec![
                head,
                (300.0, 30.0, 10.0, "3"),
                (
                    72.0,
                    740.0,
                    11.0,
                    "Article 5 stands here and fills the line to its very end as lines must do",
                ),
            ],
            vec![
                head,
                (300.0, 30.0, 10.0, "4"),
                (
                    72.0,
                    740.0,
                    11.0,
                    "Article 6 stands here and fills the line to its very end as lines must do",
                ),
            ],
        ];
        let pages: Vec<&[(f64, f64, f64, &str)]> = pages.iter().map(Vec::as_slice).collect();
        each_engine(&pdf(&pages), |blocks, problems| {
            assert_eq!(problems, []);
            assert_eq!(
                texts(&blocks, Standing::InForce),
                [
                    "4.1 Every keeper of goats who moors a vessel at the old quay shall notify the harbour master of Lower Fenwick before the evening bell and his deputy in writing.",
                    "(1) A keeper who does not is liable to a fine of three baskets of the best herring.",
                    "Article 5 stands here and fills the line to its very end as lines must do",
                    "Article 6 stands here and fills the line to its very end as lines must do",
                ]
            );
            assert_eq!(
                texts(&blocks, Standing::Note),
                ["1 Inserted by the Goats Act."]
            );
        });
    }

    #[test]
    fn columns_in_two_languages_are_read_one_at_a_time() {
        let english = "The keeper of the goats shall pay the fee to the master of the harbour when the bell of the tower rings in the evening of every market day and shall not leave the quay before the receipt has been written and signed by the clerk of the court";
        let french = "Le gardien des chevres doit payer la taxe au maitre du port quand la cloche de la tour sonne le soir de chaque jour de marche et ne peut pas quitter le quai avant que le recu ait ete ecrit et signe par le greffier du tribunal de la ville";
        let column = |text: &'static str, x: f64| {
            let words: Vec<&str> = text.split(' ').collect();
            words
                .chunks(4)
                .enumerate()
                .map(|(row, words)| (x, 760.0 - 14.0 * row as f64, 11.0, words.join(" ")))
                .collect::<Vec<_>>()
        };
        let lines: Vec<(f64, f64, f64, String)> =
            [column(english, 60.0), column(french, 320.0)].concat();
        let page: Vec<(f64, f64, f64, &str)> = lines
            .iter()
            .map(|(x, y, size, text)| (*x, *y, *size, text.as_str()))
            .collect();
        each_engine(&pdf(&[&page, &page]), |blocks, problems| {
            let text = texts(&blocks, Standing::InForce).join(" ");
            assert_ne!(text.contains("gardien"), text.contains("keeper"), "{text}");
            assert_eq!(problems.len(), 1);
            assert_eq!(problems[0].kind, ProblemKind::MetadataMismatch);
        });
    }

    #[test]
    fn pages_without_text_are_reported() {
        each_engine(&pdf(&[&[], &[]]), |blocks, problems| {
            assert_eq!(blocks, []);
            assert_eq!(problems[0].kind, ProblemKind::ScanWithoutText);
        });
    }

    #[cfg(feature = "pdf")]
    #[test]
    fn drawings_that_contain_themselves_are_refused() {
        let mut objects = objects(&[&[(72.0, 700.0, 11.0, "Article 1")]]);
        // The font becomes a form that draws itself.
        objects[2] = "<< /Subtype /Form /Resources << /XObject << /F1 3 0 R >> >> /Length 6 >>\nstream\n/F1 Do\nendstream".into();
        let reason = extract::pages(&assemble(&objects)).err().unwrap();
        assert!(reason.contains("contain themselves"), "{reason}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn damaged_files_never_panic(at in 0usize..1200, byte: u8, cut in 0usize..1300) {
            let mut bytes = pdf(&[&[(72.0, 700.0, 11.0, "Article 1 of the Act")]]);
            if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
            bytes.truncate(cut.max(10));
            let mut builder = ActBuilder::new();
            let _ = read(&bytes, &mut builder);
            #[cfg(feature = "pdf")]
            {
                let _ = extract_blocks(&bytes, &mut builder);
            }
        }
    }

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
            poppler_blocks(&bytes, &mut builder).unwrap().0
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
