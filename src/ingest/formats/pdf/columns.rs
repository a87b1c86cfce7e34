//! Pages set in columns: where the gaps between the columns are, and what is
//! read first.

use super::page::{Page, Word};
use super::rows;

/// Width of the strips a page is cut into when looking for gaps, in points.
const STRIP: f64 = 2.0;
/// A gap between columns is at least so wide.
const NARROWEST_GAP: f64 = 7.0;
/// So large a part of the lines may run across a gap (headings do).
const CROSSING: f64 = 0.08;
/// Pages with fewer lines say nothing about columns.
const FEWEST_LINES: usize = 10;

/// The lines of every page, column after column where the file is set in
/// columns.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// For each page its stretches in reading order; the words of a line in
    /// columns are cut apart.
    pub(super) pages: Vec<Vec<Stretch>>,
    /// Number of columns of the file (1 when it has none).
    pub(super) columns: usize,
}

/// Consecutive lines of one column, or lines that span all columns.
#[derive(Debug)]
pub(super) struct Stretch {
    /// Which column, from 0; none for lines across all of them.
    pub(super) column: Option<usize>,
    /// Lines from top to bottom.
    pub(super) lines: Vec<Vec<Word>>,
}

/// Finds columns and puts lines in reading order.
pub(super) fn lay_out(pages: &[Page]) -> Layout {
    let lined: Vec<Vec<Vec<Word>>> = pages.iter().map(rows::lines).collect();
    let gaps: Vec<Vec<f64>> = lined.iter().map(|lines| gaps(lines)).collect();
    let telling: Vec<&Vec<f64>> = lined
        .iter()
        .zip(&gaps)
        .filter(|(lines, _)| lines.len() >= FEWEST_LINES)
        .map(|(_, gaps)| gaps)
        .collect();
    let count = (1..=3)
        .filter(|count| {
            let agreeing = telling.iter().filter(|gaps| gaps.len() == *count).count();
            agreeing > 0 && agreeing * 2 > telling.len()
        })
        .max()
        .unwrap_or(0);
    let pages = lined
        .into_iter()
        .zip(gaps)
        .map(|(lines, gaps)| {
            if count > 0 && gaps.len() == count {
                stretches(lines, &gaps)
            } else {
                vec![Stretch {
                    column: None,
                    lines,
                }]
            }
        })
        .collect();
    Layout {
        pages,
        columns: count + 1,
    }
}

/// The middles of the vertical gaps of a page, from left to right.
fn gaps(lines: &[Vec<Word>]) -> Vec<f64> {
    if lines.len() < FEWEST_LINES {
        return Vec::new();
    }
    let words = || lines.iter().flatten();
    let left = words().map(|word| word.left).fold(f64::MAX, f64::min);
    let right = words().map(|word| word.right).fold(f64::MIN, f64::max);
    let width = right - left;
    if !(50.0..5000.0).contains(&width) {
        return Vec::new();
    }
    let strips = (width / STRIP).ceil() as usize + 1;
    let mut covered = vec![0usize; strips];
    for line in lines {
        let mut next = 0;
        for word in line {
            let from = ((word.left - left) / STRIP).max(0.0) as usize;
            let to = ((word.right - left) / STRIP).max(0.0) as usize;
            // A strip counts once for a line.
            let from = from.max(next);
            for count in covered.iter_mut().take(to + 1).skip(from) {
                *count += 1;
            }
            next = next.max(to + 1);
        }
    }
    let most = (lines.len() as f64 * CROSSING) as usize;
    let inner = (strips / 6)..(strips - strips / 6);
    let mut gaps = Vec::new();
    let mut start = None;
    // A full strip at the end closes the last gap.
    let full = lines.len() + 1;
    for (strip, count) in covered.into_iter().chain([full]).enumerate() {
        match (count <= most, start) {
            (true, None) => start = Some(strip),
            (false, Some(from)) => {
                start = None;
                let wide = (strip - from) as f64 * STRIP >= NARROWEST_GAP;
                let middle = (from + strip) / 2;
                if wide && inner.contains(&middle) {
                    gaps.push(left + middle as f64 * STRIP);
                }
            }
            _ => {}
        }
    }
    // Both sides of every gap must hold text, not only labels.
    let mut edges = vec![left];
    edges.extend(&gaps);
    edges.push(right);
    let filled = edges.windows(2).all(|edge| {
        let rows = lines
            .iter()
            .filter(|line| {
                let inside: f64 = line
                    .iter()
                    .filter(|word| word.left >= edge[0] - 1.0 && word.right <= edge[1] + 1.0)
                    .map(|word| word.right - word.left)
                    .sum();
                inside > (edge[1] - edge[0]) * 0.35
            })
            .count();
        rows * 3 > lines.len()
    });
    if filled { gaps } else { Vec::new() }
}

/// Cuts the lines of a page at its gaps. Lines that run across a gap part the
/// page: what is above them is read first.
fn stretches(lines: Vec<Vec<Word>>, gaps: &[f64]) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut columns: Vec<Vec<Vec<Word>>> = vec![Vec::new(); gaps.len() + 1];
    for line in lines {
        let crosses = gaps.iter().any(|gap| {
            line.iter()
                .any(|word| word.left < *gap && word.right > *gap)
        });
        if crosses {
            flush(&mut columns, &mut stretches);
            stretches.push(Stretch {
                column: None,
                lines: vec![line],
            });
            continue;
        }
        let mut parts: Vec<Vec<Word>> = vec![Vec::new(); gaps.len() + 1];
        for word in line {
            let column = gaps.partition_point(|gap| *gap < word.left);
            parts[column].push(word);
        }
        for (column, part) in parts.into_iter().enumerate() {
            if !part.is_empty() {
                columns[column].push(part);
            }
        }
    }
    flush(&mut columns, &mut stretches);
    stretches
}

fn flush(columns: &mut [Vec<Vec<Word>>], stretches: &mut Vec<Stretch>) {
    for (index, column) in columns.iter_mut().enumerate() {
        let lines = std::mem::take(column);
        if !lines.is_empty() {
            stretches.push(Stretch {
                column: Some(index),
                lines,
            });
        }
    }
}
