//! How a provision is cited.

use std::cmp::Ordering;
use std::fmt;

use serde::{Serialize, Serializer};

use super::{Act, Number, ProvisionId, UnitKind};

/// A provision's citable number within its act, from the outermost numbered
/// unit that is needed to the unit itself: `163.1(4)(a)`,
/// `§ 184b Abs. 3 Nr. 1`, `227-23 al. 4`, `sch. 2-3(1)`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Locator {
    steps: Vec<Step>,
    style: Style,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Step {
    kind: UnitKind,
    number: Number,
}

/// The drafting tradition that decides how sub-units are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Style {
    /// `(4)(a)`.
    Brackets,
    /// `Abs. 3 Nr. 1`.
    German,
}

impl Locator {
    /// The locator of a unit of `act`.
    pub fn of(act: &Act, id: ProvisionId) -> Self {
        let mut steps: Vec<Step> = act
            .ancestors(id)
            .filter_map(|id| {
                let provision = act.provision(id);
                let cited = !provision.kind.is_group() || provision.kind == UnitKind::Schedule;
                let number = provision.number.clone().filter(|_| cited)?;
                Some(Step {
                    kind: provision.kind,
                    number,
                })
            })
            .collect();
        steps.reverse();
        if steps.is_empty() {
            // A grouping unit or the act itself: cited by its own kind.
            let provision = act.provision(id);
            steps.extend(provision.number.clone().map(|number| Step {
                kind: provision.kind,
                number,
            }));
        }
        let style = match act.language.primary() {
            "de" => Style::German,
            _ => Style::Brackets,
        };
        Self { steps, style }
    }

    /// The article-level number, if the unit stands in an article.
    pub fn article(&self) -> Option<&Number> {
        self.steps
            .iter()
            .find(|step| step.kind == UnitKind::Article)
            .map(|step| &step.number)
    }

    /// An Akoma Ntoso style id: `sec_163-1__subsec_4__para_a`.
    pub fn element_id(&self) -> String {
        self.steps
            .iter()
            .map(|step| format!("{}_{}", element_name(step.kind), step.number.slug()))
            .collect::<Vec<_>>()
            .join("__")
    }
}

/// The abbreviations of the Akoma Ntoso naming convention.
fn element_name(kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::Act => "act",
        UnitKind::Preamble => "preamble",
        UnitKind::Book => "book",
        UnitKind::Part => "part",
        UnitKind::Title => "title",
        UnitKind::Chapter => "chp",
        UnitKind::Division => "dvs",
        UnitKind::Schedule => "sched",
        UnitKind::Article => "art",
        UnitKind::Subsection => "subsec",
        UnitKind::Point => "point",
        UnitKind::Subpoint => "subpoint",
        UnitKind::Alinea => "al",
    }
}

impl fmt::Display for Locator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for step in &self.steps {
            let printed = step.number.in_figures();
            let bare = printed.trim_matches(|c: char| "().[]{}§".contains(c) || c.is_whitespace());
            match (step.kind, self.style) {
                (UnitKind::Article, Style::German) => write!(f, "§ {bare}")?,
                (UnitKind::Article, _) => f.write_str(bare)?,
                (UnitKind::Schedule, _) => write!(f, "sch. {bare}-")?,
                (UnitKind::Subsection, Style::German) => write!(f, " Abs. {bare}")?,
                (UnitKind::Point, Style::German)
                    if bare.starts_with(|c: char| c.is_ascii_digit()) =>
                {
                    write!(f, " Nr. {bare}")?
                }
                (UnitKind::Point | UnitKind::Subpoint, Style::German) => {
                    write!(f, " Buchst. {bare}")?
                }
                (UnitKind::Alinea, _) => write!(f, " al. {bare}")?,
                (UnitKind::Subsection | UnitKind::Point | UnitKind::Subpoint, _) => {
                    write!(f, "({bare})")?
                }
                _ => write!(f, "{} {bare}", element_name(step.kind))?,
            }
        }
        Ok(())
    }
}

impl Serialize for Locator {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl PartialOrd for Locator {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Locator {
    fn cmp(&self, other: &Self) -> Ordering {
        self.steps.cmp(&other.steps)
    }
}
