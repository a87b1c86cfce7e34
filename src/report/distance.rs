//! How far the laws of two jurisdictions lie apart, and which are nearest.

use serde::Serialize;

use super::Run;
use crate::assess::Verdict;

/// How many neighbours are named.
const NEIGHBOURS: usize = 3;

/// How two jurisdictions compare: a count, never a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Distance {
    /// Requirements on which the texts of both give an answer.
    pub both: usize,
    /// Those of them on which the verdicts differ.
    pub apart: usize,
}

impl Distance {
    /// Share of the requirements on which the verdicts differ, 0 to 1; none
    /// where nothing can be compared.
    pub fn share(self) -> Option<f64> {
        (self.both > 0).then(|| self.apart as f64 / self.both as f64)
    }
}

/// The distances of all pairs, in the order of the jurisdictions.
pub(crate) fn distances(run: &Run<'_>) -> Vec<Vec<Distance>> {
    let verdicts: Vec<Vec<Verdict>> = run
        .jurisdictions
        .iter()
        .map(|assessed| assessed.findings.iter().map(|f| f.verdict).collect())
        .collect();
    verdicts
        .iter()
        .map(|a| verdicts.iter().map(|b| distance(a, b)).collect())
        .collect()
}

fn distance(a: &[Verdict], b: &[Verdict]) -> Distance {
    let answered =
        |verdict: &Verdict| !matches!(verdict, Verdict::Undetermined | Verdict::NotApplicable);
    let both = || a.iter().zip(b).filter(|(a, b)| answered(a) && answered(b));
    Distance {
        both: both().count(),
        apart: both().filter(|(a, b)| a != b).count(),
    }
}

/// The nearest other jurisdictions, by place, nearest first. One that shares
/// less than half of the requirements with an answer is no neighbour.
pub(crate) fn nearest(distances: &[Vec<Distance>], of: usize) -> Vec<usize> {
    let Some(row) = distances.get(of) else {
        return Vec::new();
    };
    let own = row.get(of).map_or(0, |distance| distance.both);
    let mut others: Vec<(usize, &Distance)> = row
        .iter()
        .enumerate()
        .filter(|(place, distance)| *place != of && distance.both * 2 > own)
        .collect();
    // Compared as fractions, without rounding.
    others.sort_by(|(p, a), (q, b)| {
        (a.apart * b.both)
            .cmp(&(b.apart * a.both))
            .then(b.both.cmp(&a.both))
            .then(p.cmp(q))
    });
    others
        .into_iter()
        .take(NEIGHBOURS)
        .map(|(place, _)| place)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_differ_least_on_what_both_answer() {
        use Verdict::{Full, NotFound, Partial, Undetermined};
        let rows: Vec<Vec<Verdict>> = vec![
            vec![Full, Full, Partial, NotFound],
            vec![Full, Full, Partial, Full],
            vec![Full, Undetermined, NotFound, NotFound],
            vec![Full, Undetermined, Undetermined, Undetermined],
        ];
        let distances: Vec<Vec<Distance>> = rows
            .iter()
            .map(|a| rows.iter().map(|b| distance(a, b)).collect())
            .collect();
        assert_eq!(distances[0][2], Distance { both: 3, apart: 1 });
        // The last shares too little to be anybody's neighbour.
        assert_eq!(nearest(&distances, 0), vec![1, 2]);
    }
}
