//! Tables that hold data, against tables that only lay out a page.

use scraper::node::Element;

use super::style::StyleSheet;
use super::tree::{Event, words};
use crate::ingest::formats::marker::is_bare_marker;

/// A cell longer than this holds running text: the table is layout.
const LONGEST_CELL: usize = 600;

/// Elements that a table of data does not hold.
const LAYOUT_SIGNS: &[&str] = &["table", "h1", "h2", "h3", "h4", "h5", "h6", "li"];

/// The rows of a table of data, each as one line; none when the table is
/// layout and its cells are to be read one after another.
pub(super) fn rows(inside: &[Event<'_>], sheet: &StyleSheet) -> Option<Vec<String>> {
    let is_layout = inside.iter().any(|event| match event {
        Event::Open(element, _) => {
            LAYOUT_SIGNS.contains(&element.name()) || sheet.look(element).struck
        }
        _ => false,
    });
    if is_layout {
        return None;
    }
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut cell_start = 0;
    for (at, event) in inside.iter().enumerate() {
        match event {
            Event::Open(element, _) if element.name() == "tr" => rows.push(Vec::new()),
            Event::Open(element, _) if is_cell(element) => cell_start = at,
            Event::Close(element) if is_cell(element) => {
                let cell = words(inside.get(cell_start..at).unwrap_or_default());
                if cell.len() > LONGEST_CELL {
                    return None;
                }
                if let Some(row) = rows.last_mut().filter(|_| !cell.is_empty()) {
                    row.push(cell);
                }
            }
            _ => {}
        }
    }
    let has_columns = rows.iter().filter(|row| row.len() > 1).count() > 1;
    has_columns.then(|| {
        rows.iter()
            .filter(|row| !row.is_empty())
            .map(|row| line(row))
            .collect()
    })
}

fn is_cell(element: &Element) -> bool {
    matches!(element.name(), "td" | "th")
}

/// One row: a marker or number goes straight before the words it counts.
fn line(row: &[String]) -> String {
    match row {
        [first, rest @ ..] if is_bare_marker(first) => format!("{first} {}", rest.join(" | ")),
        _ => row.join(" | "),
    }
}
