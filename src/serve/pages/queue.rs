//! Which findings a reviewer goes through, and in which order.

use super::scope::Scope;
use crate::assess::{Finding, Verdict};
use crate::mappings::Mappings;
use crate::report::{Assessed, Run};
use crate::review::{Opinion, State};
use crate::serve::parameters::Parameters;
use crate::serve::reply::Refusal;

/// Parameters that make a queue; pages of findings carry them along.
pub(super) const PARAMETERS: [&str; 6] = ["c", "profile", "r", "verdict", "state", "all"];

/// How a finding stands to its reviewers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Nobody has decided; remarks leave it open.
    Open,
    /// Confirmed by all who decided.
    Confirmed,
    /// Overruled by at least one.
    Overruled,
    /// A decision must be made again.
    Recheck,
}

impl Standing {
    /// All of them with their names in addresses.
    pub const ALL: [(Standing, &'static str); 4] = [
        (Standing::Open, "open"),
        (Standing::Recheck, "recheck"),
        (Standing::Overruled, "overruled"),
        (Standing::Confirmed, "confirmed"),
    ];

    /// The name in addresses.
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(known, _)| *known == self)
            .map_or("", |(_, name)| name)
    }
}

/// How a finding stands to its reviewers.
pub(super) fn standing(assessed: &Assessed, finding: &Finding) -> Standing {
    let mut standing = Standing::Open;
    for checked in assessed.reviews_of(finding) {
        if checked.decision.opinion == Opinion::Comment {
            continue;
        }
        if matches!(checked.state, State::Recheck(_)) {
            return Standing::Recheck;
        }
        standing = match (standing, checked.decision.opinion) {
            (_, Opinion::Overrule(_)) | (Standing::Overruled, _) => Standing::Overruled,
            _ => Standing::Confirmed,
        };
    }
    standing
}

/// The findings that a reviewer goes through, by their places in the run.
#[derive(Debug)]
pub(super) struct Queue {
    jurisdictions: Vec<String>,
    requirement: String,
    verdict: Option<Verdict>,
    standing: Option<Standing>,
    scope: Scope,
}

impl Queue {
    /// The queue that a query asks for.
    ///
    /// # Errors
    /// When it names a profile, verdict or state that does not exist.
    pub fn of(mappings: &Mappings, query: &Parameters) -> Result<Self, Refusal> {
        let unknown = |what: &str, name: &str| Refusal::Bad(format!("there is no {what} `{name}`"));
        let verdict = match query.get("verdict") {
            "" => None,
            name => Some(Verdict::from_name(name).ok_or_else(|| unknown("verdict", name))?),
        };
        let standing = match query.get("state") {
            "" => None,
            name => Some(
                Standing::ALL
                    .iter()
                    .find(|(_, known)| *known == name)
                    .map(|(standing, _)| *standing)
                    .ok_or_else(|| unknown("state of review", name))?,
            ),
        };
        Ok(Self {
            jurisdictions: query.all("c").map(str::to_owned).collect(),
            requirement: query.get("r").to_owned(),
            verdict,
            standing,
            scope: Scope::of(mappings, query)?,
        })
    }

    /// Whether a finding belongs to the queue.
    pub fn holds(&self, assessed: &Assessed, finding: &Finding) -> bool {
        let code = finding.jurisdiction.as_str();
        (self.jurisdictions.is_empty() || self.jurisdictions.iter().any(|c| c == code))
            && (self.requirement.is_empty() || self.requirement == finding.requirement)
            && self
                .verdict
                .is_none_or(|verdict| verdict == finding.verdict)
            && self.scope.holds(&finding.requirement)
            && self
                .standing
                .is_none_or(|asked| asked == standing(assessed, finding))
    }

    /// The findings of the queue in order.
    pub fn findings<'r>(
        &'r self,
        run: &'r Run<'_>,
    ) -> impl Iterator<Item = (&'r Assessed, &'r Finding)> {
        run.findings()
            .filter(|(assessed, finding)| self.holds(assessed, finding))
    }

    /// The findings before and after one, which need not be in the queue
    /// itself: a decision may just have taken it out.
    pub fn around<'r>(&'r self, run: &'r Run<'_>, at: &Finding) -> Around<'r> {
        let mut around = Around::default();
        let mut passed = false;
        for (assessed, finding) in run.findings() {
            let is_it =
                finding.jurisdiction == at.jurisdiction && finding.requirement == at.requirement;
            let held = self.holds(assessed, finding);
            if held {
                around.total += 1;
            }
            if is_it {
                passed = true;
                around.place = held.then_some(around.total);
            } else if held && !passed {
                around.before = Some(finding);
            } else if held && around.after.is_none() {
                around.after = Some(finding);
            }
        }
        around
    }
}

/// The neighbours of a finding in a queue.
#[derive(Debug, Default)]
pub(super) struct Around<'r> {
    pub before: Option<&'r Finding>,
    pub after: Option<&'r Finding>,
    /// Its place, from 1, if it belongs to the queue.
    pub place: Option<usize>,
    pub total: usize,
}
