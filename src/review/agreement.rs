//! Two reviewers' decisions put together, and how far they agree.

use std::collections::BTreeMap;

use super::Decision;
use crate::assess::Verdict;

/// Findings on which two files hold different verdicts right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// The decision in the first file.
    pub first: Decision,
    /// The decision in the second file.
    pub second: Decision,
}

/// How far the verdicts of two files agree.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Agreement {
    /// Findings on which both files hold a verdict.
    pub both: usize,
    /// Findings on which they hold the same.
    pub same: usize,
    /// Cohen's kappa: agreement beyond chance, 1 at most. None where it is not
    /// defined: nothing was judged by both, or both use one verdict only.
    pub kappa: Option<f64>,
}

/// Two files as one.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    /// All decisions, each once; of two by one reviewer on one finding the
    /// later one.
    pub decisions: Vec<Decision>,
    /// Where the files disagree, by jurisdiction and requirement.
    pub disagreements: Vec<Disagreement>,
    /// How far they agree.
    pub agreement: Agreement,
}

/// Puts two files together.
pub fn merge(first: &[Decision], second: &[Decision]) -> Merged {
    let mut decisions: BTreeMap<_, Decision> = BTreeMap::new();
    for decision in first.iter().chain(second) {
        let known = decisions.get(&decision.key());
        if known.is_none_or(|known| known.date <= decision.date) {
            decisions.insert(decision.key(), decision.clone());
        }
    }
    let (mine, yours) = (verdicts(first), verdicts(second));
    let pairs: Vec<(&Decision, &Decision)> = mine
        .iter()
        .filter_map(|(finding, a)| Some((*a, *yours.get(finding)?)))
        .collect();
    let disagreements = pairs
        .iter()
        .filter(|(a, b)| a.verdict() != b.verdict())
        .map(|(a, b)| Disagreement {
            first: (*a).clone(),
            second: (*b).clone(),
        })
        .collect();
    Merged {
        decisions: decisions.into_values().collect(),
        disagreements,
        agreement: agreement(&pairs),
    }
}

/// The latest verdict on each finding; remarks hold none.
fn verdicts(decisions: &[Decision]) -> BTreeMap<(&str, &str), &Decision> {
    let mut latest: BTreeMap<(&str, &str), &Decision> = BTreeMap::new();
    for decision in decisions.iter().filter(|d| d.verdict().is_some()) {
        let finding = (
            decision.jurisdiction.as_str(),
            decision.requirement.as_str(),
        );
        let known = latest.get(&finding);
        if known.is_none_or(|known| known.date <= decision.date) {
            latest.insert(finding, decision);
        }
    }
    latest
}

fn agreement(pairs: &[(&Decision, &Decision)]) -> Agreement {
    let both = pairs.len();
    let same = pairs
        .iter()
        .filter(|(a, b)| a.verdict() == b.verdict())
        .count();
    let total = both as f64;
    let share = |which: &dyn Fn(&(&Decision, &Decision)) -> Option<Verdict>, verdict: Verdict| {
        pairs
            .iter()
            .filter(|pair| which(pair) == Some(verdict))
            .count() as f64
            / total
    };
    let by_chance: f64 = Verdict::ALL
        .into_iter()
        .map(|verdict| share(&|p| p.0.verdict(), verdict) * share(&|p| p.1.verdict(), verdict))
        .sum();
    let defined = both > 0 && by_chance < 1.0;
    Agreement {
        both,
        same,
        kappa: defined.then(|| (same as f64 / total - by_chance) / (1.0 - by_chance)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Anchor, Opinion};
    use super::*;
    use crate::law::Jurisdiction;

    fn decision(requirement: &str, reviewer: &str, verdict: Verdict) -> Decision {
        Decision {
            jurisdiction: Jurisdiction::new("xa"),
            requirement: requirement.into(),
            opinion: if verdict == Verdict::Full {
                Opinion::Confirm
            } else {
                Opinion::Overrule(verdict)
            },
            reviewer: reviewer.into(),
            date: "2026-01-01".into(),
            why: "read".into(),
            machine: Verdict::Full,
            anchor: Anchor::default(),
        }
    }

    #[test]
    fn kappa_is_agreement_beyond_chance() {
        use Verdict::{Full, Partial};
        // 20 both full, 15 both partial, 5 and 10 apart: the textbook's 0.4.
        let mut first = Vec::new();
        let mut second = Vec::new();
        let table = [
            (20, Full, Full),
            (5, Full, Partial),
            (10, Partial, Full),
            (15, Partial, Partial),
        ];
        for (number, a, b) in table {
            for _ in 0..number {
                let id = format!("r{}", first.len());
                first.push(decision(&id, "A", a));
                second.push(decision(&id, "B", b));
            }
        }
        second.push(decision("alone", "B", Partial));
        let merged = merge(&first, &second);
        assert_eq!((merged.agreement.both, merged.agreement.same), (50, 35));
        assert!((merged.agreement.kappa.unwrap() - 0.4).abs() < 1e-9);
        assert_eq!(merged.disagreements.len(), 15);
        assert_eq!(merged.decisions.len(), 101);
        assert_eq!(merge(&first, &first).decisions.len(), 50);
        assert_eq!(merge(&[], &second).agreement.kappa, None);
    }
}
