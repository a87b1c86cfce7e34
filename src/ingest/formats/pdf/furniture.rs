//! Running heads, page numbers, footers and catchwords.

use std::collections::HashMap;

use super::page::{Row, Sheet};

/// Only so many lines at the top and bottom of a page are looked at.
const EDGE: usize = 4;

/// Removes what repeats at the edges of many pages.
pub(super) fn remove(sheets: &mut [Sheet]) {
    let repeated = repeated_lines(sheets);
    for sheet in sheets.iter_mut() {
        let is_furniture = |row: &Row| repeated.contains_key(&key(&row.text));
        let head = sheet
            .rows
            .iter()
            .take(EDGE)
            .take_while(|row| is_furniture(row))
            .count();
        sheet.rows.drain(..head);
        let foot = sheet
            .rows
            .iter()
            .rev()
            .take(EDGE)
            .take_while(|row| is_furniture(row))
            .count();
        sheet.rows.truncate(sheet.rows.len() - foot);
    }
    remove_catchwords(sheets);
}

/// Keys of lines that stand at the edge of many pages.
fn repeated_lines(sheets: &[Sheet]) -> HashMap<String, ()> {
    let mut seen: HashMap<String, Vec<(usize, Option<i64>)>> = HashMap::new();
    let mut heights: HashMap<String, Vec<f64>> = HashMap::new();
    for (page, sheet) in sheets.iter().enumerate() {
        let count = sheet.rows.len();
        let mut keys: Vec<(String, Option<i64>)> = sheet
            .rows
            .iter()
            .enumerate()
            .filter(|(index, _)| *index < EDGE || index + EDGE >= count)
            .map(|(_, row)| (key(&row.text), page_offset(&row.text, page)))
            .collect();
        keys.sort();
        keys.dedup();
        for (index, row) in sheet.rows.iter().enumerate() {
            if index < EDGE || index + EDGE >= count {
                heights.entry(key(&row.text)).or_default().push(row.top);
            }
        }
        for (key, offset) in keys {
            seen.entry(key).or_default().push((page, offset));
        }
    }
    let fewest = (sheets.len() / 5).max(3);
    seen.into_iter()
        .filter(|(key, places)| {
            places.len() >= fewest
                && heights.get(key).is_some_and(|tops| stands_still(tops))
                && (!key.contains('#') || counts_pages(sheets, key, places))
        })
        .map(|(key, _)| (key, ()))
        .collect()
}

/// Furniture stands at the same height of every page; a sentence that the law
/// repeats does not.
fn stands_still(tops: &[f64]) -> bool {
    let mut tops = tops.to_vec();
    tops.sort_by(f64::total_cmp);
    let near = |top: &f64| {
        let from = tops.partition_point(|other| *other < top - 3.0);
        let to = tops.partition_point(|other| *other <= top + 3.0);
        to - from
    };
    let together = tops.iter().map(near).max().unwrap_or(0);
    // Odd and even pages may differ.
    together * 5 >= tops.len() * 2
}

/// A line with figures is furniture when the figures never change or count
/// the pages; "Article 7" at the top of a page does neither.
fn counts_pages(sheets: &[Sheet], key_of: &str, places: &[(usize, Option<i64>)]) -> bool {
    let mut offsets: HashMap<i64, usize> = HashMap::new();
    for (_, offset) in places {
        if let Some(offset) = offset {
            *offsets.entry(*offset).or_default() += 1;
        }
    }
    // Page numbers may start again in an annex.
    let constant_offset: usize = offsets.values().filter(|count| **count > 2).sum();
    let mut texts: HashMap<&str, usize> = HashMap::new();
    for (page, _) in places {
        if let Some(sheet) = sheets.get(*page) {
            for row in &sheet.rows {
                if key(&row.text) == key_of {
                    *texts.entry(row.text.as_str()).or_default() += 1;
                }
            }
        }
    }
    let constant_text = texts.values().max().copied().unwrap_or(0);
    constant_offset.max(constant_text) * 10 >= places.len() * 7
}

/// The text with every run of digits as one sign.
fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_numeric() {
            if !key.ends_with('#') {
                key.push('#');
            }
        } else if !c.is_whitespace() {
            key.extend(c.to_lowercase());
        }
    }
    key
}

/// The difference between a figure in the line and the number of the page:
/// the figure nearest to the page's own number is taken.
fn page_offset(text: &str, page: usize) -> Option<i64> {
    let page = i64::try_from(page).ok()?;
    text.split(|c: char| !c.is_ascii_digit())
        .filter_map(|figure| figure.parse::<i64>().ok())
        .map(|figure| figure - page)
        .min_by_key(|offset| offset.abs())
}

/// A last line such as `3. Teknologi . . .` announces the next page.
fn remove_catchwords(sheets: &mut [Sheet]) {
    for page in 1..sheets.len() {
        let Some(next) = sheets[page].rows.first().map(|row| key(&row.text)) else {
            continue;
        };
        let is_catchword = sheets[page - 1].rows.last().is_some_and(|row| {
            let text = row.text.trim_end();
            let stem = text.trim_end_matches(['.', ' ', '…']);
            let dotted = text[stem.len()..].matches(['.', '…']).count();
            let announces = !stem.is_empty() && next.starts_with(&key(stem));
            (dotted >= 3 || text.ends_with('…')) && announces
        });
        if is_catchword {
            sheets[page - 1].rows.pop();
        }
    }
}
