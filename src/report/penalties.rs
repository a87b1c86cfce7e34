//! Penalties side by side: the terms that the deciding articles threaten, and
//! how they stand to the floors of an instrument.

use serde::Serialize;

use super::view::RequirementLink;
use super::words::Words;
use super::{Assessed, Run, statements};
use crate::annotate::{Bounds, Length, Penalty};
use crate::assess::Finding;
use crate::mappings::PenaltyFloor;

/// Terms of all jurisdictions, for the requirements that ask for a penalty.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PenaltyTable {
    pub columns: Vec<PenaltyColumn>,
    pub rows: Vec<PenaltyRow>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct PenaltyColumn {
    pub id: String,
    pub title: String,
    /// The floor in words; empty where no instrument sets one.
    pub floor: String,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct PenaltyRow {
    pub code: String,
    pub country: String,
    pub cells: Vec<PenaltyCell>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct PenaltyCell {
    /// "10 years; life"; empty where no term was read.
    pub text: String,
    /// How it stands to the floor, in words; empty without a floor or a term.
    pub against: String,
    /// `reached`, `in-part`, `below` or empty.
    pub class: &'static str,
}

/// How the longest terms of a finding stand to a floor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AgainstFloor {
    /// Every maximum stated reaches it.
    Reached,
    /// Some do, or the floor for older children only.
    InPart,
    /// None does.
    Below,
}

impl AgainstFloor {
    /// The name in tables; also the style class.
    pub fn name(self) -> &'static str {
        match self {
            AgainstFloor::Reached => "reached",
            AgainstFloor::InPart => "in-part",
            AgainstFloor::Below => "below",
        }
    }

    fn sign(self) -> &'static str {
        match self {
            AgainstFloor::Reached => "●",
            AgainstFloor::InPart => "◐",
            AgainstFloor::Below => "○",
        }
    }
}

/// The maxima that the penalty clauses of a finding state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Maxima {
    /// Each once, ascending.
    pub terms: Vec<Length>,
    pub life: bool,
    /// A least is stated and no most: the general part sets it.
    pub open: bool,
}

impl Maxima {
    /// Of the clauses of one finding.
    pub fn of<'p>(penalties: impl Iterator<Item = &'p Penalty>) -> Self {
        let mut maxima = Self::default();
        for penalty in penalties {
            maxima.life |= penalty.life || penalty.death;
            for Bounds { minimum, maximum } in &penalty.terms {
                maxima.terms.extend(maximum);
                maxima.open |= maximum.is_none() && minimum.is_some();
            }
        }
        maxima.terms.sort_unstable();
        maxima.terms.dedup();
        maxima
    }

    /// How they stand to a floor; none where no maximum was read.
    pub fn against(&self, floor: &PenaltyFloor) -> Option<AgainstFloor> {
        let reaches = |years: u32| {
            let (least, most) = (self.terms.first(), self.terms.last());
            let floor = Length::years(years);
            let all = least.map_or(self.life, |least| *least >= floor);
            let some = self.life || most.is_some_and(|most| *most >= floor);
            (all, some)
        };
        if self.terms.is_empty() && !self.life {
            return None;
        }
        let (all, _) = reaches(floor.younger_years);
        let (_, some) = reaches(floor.older_years.min(floor.younger_years));
        Some(match (all, some) {
            (true, _) => AgainstFloor::Reached,
            (false, true) => AgainstFloor::InPart,
            (false, false) => AgainstFloor::Below,
        })
    }
}

/// The table of a run; only requirements for which a term was read anywhere.
pub(crate) fn table(words: &Words, run: &Run<'_>) -> PenaltyTable {
    let mut table = PenaltyTable {
        columns: Vec::new(),
        rows: run
            .jurisdictions
            .iter()
            .map(|assessed| PenaltyRow {
                code: assessed.law.jurisdiction.to_string(),
                country: assessed.law.country.clone(),
                cells: Vec::new(),
            })
            .collect(),
    };
    for (place, requirement) in run.requirements.iter().enumerate() {
        let id = requirement.id.get_ref();
        let floor = run.mappings.tables.penalty_floor(id);
        let cells: Vec<PenaltyCell> = run
            .jurisdictions
            .iter()
            .map(|assessed| {
                let finding = assessed.findings.get(place);
                finding.map_or_else(PenaltyCell::empty, |finding| {
                    cell(words, run, assessed, finding, floor)
                })
            })
            .collect();
        if cells.iter().all(|cell| cell.text.is_empty()) {
            continue;
        }
        let link = RequirementLink::new(words, run.mappings, id);
        table.columns.push(PenaltyColumn {
            id: link.id,
            title: link.title,
            floor: floor.map_or_else(String::new, |floor| floor_words(words, floor)),
        });
        for (row, cell) in table.rows.iter_mut().zip(cells) {
            row.cells.push(cell);
        }
    }
    table
}

impl PenaltyCell {
    fn empty() -> Self {
        Self {
            text: String::new(),
            against: String::new(),
            class: "",
        }
    }
}

fn cell(
    words: &Words,
    run: &Run<'_>,
    assessed: &Assessed,
    finding: &Finding,
    floor: Option<&PenaltyFloor>,
) -> PenaltyCell {
    let clauses = statements::penalties(run.mappings, &assessed.law, finding);
    // The sentence of the decisive words speaks first; the other clauses of the
    // article may be those of other paragraphs.
    let leads = clauses
        .iter()
        .any(|clause| clause.leading && clause.penalty.is_some());
    let own = clauses.iter().filter(|clause| clause.leading || !leads);
    let maxima = Maxima::of(own.filter_map(|clause| clause.penalty));
    let mut said: Vec<String> = maxima.terms.iter().map(|t| length(words, *t)).collect();
    if maxima.life {
        said.push(words.get(&["penalty", "life"]).to_owned());
    }
    if maxima.open {
        said.push(words.get(&["penalty", "open"]).to_owned());
    }
    let against = floor.and_then(|floor| maxima.against(floor));
    PenaltyCell {
        text: said.join("; "),
        against: against.map_or_else(String::new, |state| {
            let word = words.get(&["penalty", state.name()]);
            format!("{} {word}", state.sign())
        }),
        class: against.map_or("", AgainstFloor::name),
    }
}

/// "at least 5 years (2 years above the age of consent), EU ...".
fn floor_words(words: &Words, floor: &PenaltyFloor) -> String {
    let key = if floor.older_years == floor.younger_years {
        "floor"
    } else {
        "floor-by-age"
    };
    let years = |years: u32| words.counted("year", years as usize);
    let mut said = words.filled(
        &["penalty", key],
        &[
            ("source", &floor.source),
            ("years", &years(floor.younger_years)),
            ("older", &years(floor.older_years)),
        ],
    );
    if !floor.confirmed {
        let unchecked = words.get(&["penalty", "unchecked"]);
        said = format!("{said} ({unchecked})");
    }
    said
}

/// "1 year 6 months", in the reader's language.
pub(crate) fn length(words: &Words, length: Length) -> String {
    let parts = [
        ("year", length.months / 12),
        ("month", length.months % 12),
        ("day", length.days),
    ];
    let said: Vec<String> = parts
        .into_iter()
        .filter(|(_, number)| *number > 0)
        .map(|(unit, number)| words.counted(unit, number as usize))
        .collect();
    said.join(" ")
}

/// What a clause threatens, in the reader's language: "1 year to 5 years;
/// fine". Empty where nothing could be read.
pub(crate) fn summary(words: &Words, penalty: &Penalty) -> String {
    let bounds = |low: Option<String>, high: Option<String>| {
        let key = match (&low, &high) {
            (Some(_), Some(_)) => "range",
            (Some(_), None) => "at-least",
            _ => "at-most",
        };
        words.filled(
            &["penalty", key],
            &[
                ("low", &low.unwrap_or_default()),
                ("high", &high.unwrap_or_default()),
            ],
        )
    };
    let mut said: Vec<String> = Vec::new();
    for term in &penalty.terms {
        let end = |end: Option<Length>| end.map(|end| length(words, end));
        said.push(bounds(end(term.minimum), end(term.maximum)));
    }
    let flags = [
        ("life", penalty.life),
        ("death", penalty.death),
        ("fine", penalty.fine && penalty.fines.is_empty()),
    ];
    for (key, _) in flags.into_iter().filter(|(_, there)| *there) {
        said.push(words.get(&["penalty", key]).to_owned());
    }
    for fine in &penalty.fines {
        let end = |end: Option<u64>| end.map(|end| end.to_string());
        let amount = bounds(end(fine.amount.minimum), end(fine.amount.maximum));
        let values = [("amount", amount.as_str()), ("unit", fine.unit.as_str())];
        said.push(words.filled(&["penalty", "fine-of"], &values));
    }
    said.dedup();
    said.join("; ")
}

#[cfg(test)]
mod tests {
    use super::{AgainstFloor, Maxima};
    use crate::annotate::{Bounds, Length, Penalty};
    use crate::mappings::PenaltyFloor;

    fn maxima(years: &[u32], life: bool) -> Maxima {
        let term = |years: &u32| Bounds {
            minimum: None,
            maximum: Some(Length::years(*years)),
        };
        let penalty = Penalty {
            terms: years.iter().map(term).collect(),
            life,
            ..Penalty::default()
        };
        Maxima::of(std::iter::once(&penalty))
    }

    #[test]
    fn a_floor_is_reached_only_where_every_maximum_reaches_it() {
        let floor = PenaltyFloor {
            requirement: "x".into(),
            source: "EUD 4(2)".into(),
            younger_years: 5,
            older_years: 2,
            confirmed: true,
        };
        let against = |years: &[u32], life| maxima(years, life).against(&floor);
        assert_eq!(against(&[5, 10], false), Some(AgainstFloor::Reached));
        assert_eq!(against(&[], true), Some(AgainstFloor::Reached));
        assert_eq!(against(&[1, 10], false), Some(AgainstFloor::InPart));
        assert_eq!(against(&[3], false), Some(AgainstFloor::InPart));
        assert_eq!(against(&[1], false), Some(AgainstFloor::Below));
        assert_eq!(against(&[], false), None);
    }
}
