//! A workbook made of plain tables.
//!
//! Every text is written as text, never as a formula; a cell that begins with
//! a sign of formulas also carries the mark by which spreadsheet programs keep
//! it text when it is edited.

use rust_xlsxwriter::{
    ConditionalFormatText, ConditionalFormatTextRule, DocProperties, ExcelDateTime, Format,
    FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::super::docx::colours;
use super::super::view::VerdictView;

/// Most characters that a cell may hold.
const MOST: usize = 32_000;
/// Height of a line, in points.
const LINE: f64 = 15.0;
/// Most lines that a row shows at once; the rest is in the cell.
const MOST_LINES: usize = 14;
/// Signs that make a spreadsheet take what is typed for a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// One cell.
#[derive(Debug, Clone)]
pub(super) enum Cell {
    Text(String),
    /// Words of the law, with their direction.
    Law(String, &'static str),
    Number(usize),
    /// Shares and coefficients, with two places.
    Decimal(f64),
    /// A sign before the word, so that no colour is needed.
    Verdict(VerdictView),
    /// The sign of a verdict alone, as in a matrix.
    Sign(&'static str),
    /// To be filled in by a reader.
    Open,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Cell::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Cell::Text(text)
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        Cell::Text(text.clone())
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        Cell::Number(number)
    }
}

impl From<&VerdictView> for Cell {
    fn from(verdict: &VerdictView) -> Self {
        Cell::Verdict(verdict.clone())
    }
}

/// A column: heading and width in characters.
pub(super) type Column<'a> = (&'a str, f64);

/// A workbook under construction.
pub(super) struct Book {
    workbook: Workbook,
    heading: Format,
    text: Format,
    quoted: Format,
    right: Format,
    number: Format,
    decimal: Format,
    centred: Format,
    open: Format,
    names: Vec<String>,
}

impl Book {
    /// A workbook with this title. It carries no date, so that the same
    /// content gives the same bytes.
    pub fn new(title: &str) -> Result<Self, XlsxError> {
        let mut workbook = Workbook::new();
        let properties = DocProperties::new()
            .set_title(title)
            .set_author("Concord")
            .set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
        workbook.set_properties(&properties);
        let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        Ok(Self {
            heading: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Top)
                .set_background_color("E7E6E1")
                .set_border_bottom(FormatBorder::Thin),
            quoted: text.clone().set_quote_prefix(),
            right: text
                .clone()
                .set_reading_direction(2)
                .set_align(FormatAlign::Right),
            number: Format::new()
                .set_align(FormatAlign::Top)
                .set_num_format("0"),
            decimal: Format::new()
                .set_align(FormatAlign::Top)
                .set_num_format("0.00"),
            centred: Format::new().set_align(FormatAlign::Center),
            open: text
                .clone()
                .set_background_color("FFFBE6")
                .set_border(FormatBorder::Thin)
                .set_unlocked(),
            text,
            workbook,
            names: Vec::new(),
        })
    }

    /// Adds a sheet with a table; the first `frozen` columns stay in view.
    pub fn table(
        &mut self,
        name: &str,
        frozen: u16,
        columns: &[Column<'_>],
        table: Vec<Vec<Cell>>,
    ) -> Result<(), XlsxError> {
        let name = self.sheet_name(name);
        let sheet = self.workbook.add_worksheet();
        sheet.set_name(&name)?;
        for (place, (title, width)) in columns.iter().enumerate() {
            let column = column(place);
            write_text(sheet, 0, column, title, &self.heading)?;
            sheet.set_column_width(column, *width)?;
        }
        for (place, cells) in table.iter().enumerate() {
            let row = u32::try_from(place + 1).unwrap_or(u32::MAX);
            for (place, cell) in cells.iter().enumerate() {
                let column = column(place);
                match cell {
                    Cell::Text(text) => {
                        let format = if text.starts_with(FORMULA) {
                            &self.quoted
                        } else {
                            &self.text
                        };
                        write_text(sheet, row, column, text, format)?;
                    }
                    Cell::Law(text, direction) => {
                        let format = match *direction {
                            "rtl" => &self.right,
                            _ if text.starts_with(FORMULA) => &self.quoted,
                            _ => &self.text,
                        };
                        write_text(sheet, row, column, text, format)?;
                    }
                    Cell::Number(number) => {
                        sheet.write_number_with_format(
                            row,
                            column,
                            *number as f64,
                            &self.number,
                        )?;
                    }
                    Cell::Decimal(number) => {
                        sheet.write_number_with_format(row, column, *number, &self.decimal)?;
                    }
                    Cell::Sign(sign) => {
                        sheet.write_string_with_format(row, column, *sign, &self.centred)?;
                    }
                    Cell::Verdict(verdict) => {
                        let text = format!("{} {}", verdict.sign, verdict.word);
                        write_text(sheet, row, column, &text, &self.text)?;
                    }
                    Cell::Open => {
                        sheet.write_blank(row, column, &self.open)?;
                    }
                }
            }
        }
        for (place, cells) in table.iter().enumerate() {
            let lines = lines(cells, columns);
            if lines > 1 {
                let row = u32::try_from(place + 1).unwrap_or(u32::MAX);
                sheet.set_row_height(row, LINE * lines as f64)?;
            }
        }
        let rows = u32::try_from(table.len()).unwrap_or(u32::MAX);
        let last = column(columns.len().saturating_sub(1));
        sheet.set_freeze_panes(1, frozen)?;
        if rows > 0 && !columns.is_empty() {
            sheet.autofilter(0, 0, rows, last)?;
            colour(sheet, rows, last)?;
        }
        sheet
            .set_landscape()
            .set_paper_size(9)
            .set_print_fit_to_pages(1, 0)
            .set_repeat_rows(0, 0)?;
        Ok(())
    }

    /// The workbook as a file.
    pub fn finish(mut self) -> Result<Vec<u8>, XlsxError> {
        self.workbook.save_to_buffer()
    }

    /// A name that a sheet may have: short, without signs that are not
    /// allowed, and not taken.
    fn sheet_name(&mut self, wanted: &str) -> String {
        let clean: String = wanted
            .chars()
            .map(|c| {
                if "[]:*?/\\'".contains(c) || c.is_control() {
                    ' '
                } else {
                    c
                }
            })
            .take(28)
            .collect();
        let clean = clean.trim().to_owned();
        let taken = |names: &[String], name: &str| {
            names
                .iter()
                .any(|known| known.to_lowercase() == name.to_lowercase())
        };
        let mut name = clean.clone();
        let mut number = 2;
        while name.is_empty() || taken(&self.names, &name) {
            name = format!("{clean} {number}");
            number += 1;
        }
        self.names.push(name.clone());
        name
    }
}

/// How many lines the fullest cell of a row takes, within reason: not every
/// program that shows a workbook works it out by itself.
fn lines(cells: &[Cell], columns: &[Column<'_>]) -> usize {
    let of = |(cell, (_, width)): (&Cell, &Column<'_>)| {
        let (Cell::Text(text) | Cell::Law(text, _)) = cell else {
            return 1;
        };
        text.split('\n')
            .map(|line| {
                (line.chars().count() as f64 / (width * 1.05))
                    .ceil()
                    .max(1.0)
            })
            .sum::<f64>() as usize
    };
    cells
        .iter()
        .zip(columns)
        .map(of)
        .max()
        .unwrap_or(1)
        .min(MOST_LINES)
}

fn column(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(u16::MAX)
}

fn write_text(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    let cut = text.char_indices().nth(MOST).map(|(at, _)| at);
    match cut {
        Some(at) => {
            let shown = format!("{}…", text.get(..at).unwrap_or_default());
            sheet.write_string_with_format(row, column, shown, format)?;
        }
        None => {
            sheet.write_string_with_format(row, column, text, format)?;
        }
    }
    Ok(())
}

/// Colours cells by the sign that they begin with.
fn colour(sheet: &mut Worksheet, rows: u32, last: u16) -> Result<(), XlsxError> {
    for (sign, verdict) in [
        ("●", "full"),
        ("◐", "partial"),
        ("✕", "conflict"),
        ("○", "not-found"),
        ("?", "undetermined"),
        ("✓", "full"),
    ] {
        let (letters, ground) = colours(verdict);
        let format = Format::new()
            .set_font_color(letters)
            .set_background_color(ground);
        let rule = ConditionalFormatText::new()
            .set_rule(ConditionalFormatTextRule::BeginsWith(sign.to_owned()))
            .set_format(format);
        sheet.add_conditional_format(1, 0, rows, last, &rule)?;
    }
    Ok(())
}
