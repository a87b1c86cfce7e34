//! The way down from an article to the unit that a citation names, and along
//! its neighbours.

use super::{Entry, is_own};
use crate::annotate::citation::{Step, StepKind};
use crate::law::{Number, Provision, ProvisionId, UnitKind};
use crate::mappings::ScheduleNumbers;

impl Entry<'_> {
    /// The division or item before or after the one that holds a unit, within
    /// what holds both.
    pub(super) fn sibling(
        &self,
        citing: ProvisionId,
        kind: StepKind,
        follows: bool,
    ) -> Option<ProvisionId> {
        let own = self.act.ancestors(citing).find(|id| {
            let unit = self.act.provision(*id);
            is_kind(unit, kind) || kind == StepKind::Subsection && is_kind(unit, StepKind::Alinea)
        })?;
        let unit = self.act.provision(own);
        let mut beside = self.act.children(unit.parent?).filter(|id| {
            let other = self.act.provision(*id);
            other.kind == unit.kind && other.number.is_some() && is_own(other.standing)
        });
        if follows {
            beside.find(|id| *id > own)
        } else {
            beside.take_while(|id| *id < own).last()
        }
    }

    /// Follows the steps as far as units are there.
    pub(super) fn descend(&self, from: ProvisionId, steps: &[Step]) -> (ProvisionId, bool) {
        let mut at = from;
        for step in steps {
            match self.below(at, step) {
                Some(next) => at = next,
                None => return (at, false),
            }
        }
        (at, true)
    }

    /// The unit with the step's number at the nearest level below a unit.
    fn below(&self, unit: ProvisionId, step: &Step) -> Option<ProvisionId> {
        // 1–4 is read as one number.
        let printed = step.number.as_str();
        if let Some((first, _)) = printed.split_once(['-', '–'])
            && first.bytes().all(|b| b.is_ascii_digit())
            && !first.is_empty()
        {
            let whole = self.below_exactly(unit, step);
            let number = Number::new(first);
            return whole.or_else(|| {
                self.below_exactly(
                    unit,
                    &Step {
                        number,
                        ..step.clone()
                    },
                )
            });
        }
        self.below_exactly(unit, step)
    }

    fn below_exactly(&self, unit: ProvisionId, step: &Step) -> Option<ProvisionId> {
        // Divisions of an article stand right under it, items at any depth.
        let divides = matches!(step.kind, StepKind::Subsection | StepKind::Alinea);
        let mut levels: Vec<Vec<ProvisionId>> = Vec::new();
        let mut level: Vec<ProvisionId> = self.act.children(unit).collect();
        while !level.is_empty() {
            let next = level.iter().flat_map(|id| self.act.children(*id)).collect();
            levels.push(std::mem::replace(&mut level, next));
            if divides {
                break;
            }
        }
        let exact = levels
            .iter()
            .find_map(|level| self.among_kind(level, step, is_kind));
        if let Some(found) = exact {
            return found;
        }
        // Another tradition's terms, where the tree has none of the kind.
        let has_kind = levels
            .iter()
            .flatten()
            .any(|id| is_kind(self.act.provision(*id), step.kind));
        levels
            .first()
            .filter(|_| !has_kind)
            .and_then(|level| self.among_kind(level, step, may_be_kind))?
    }

    /// The unit of a level that a step names: `Some(None)` if there are
    /// several.
    fn among(&self, level: &[ProvisionId], step: &Step) -> Option<Option<ProvisionId>> {
        self.among_kind(level, step, is_kind).or_else(|| {
            let has_kind = level
                .iter()
                .any(|id| is_kind(self.act.provision(*id), step.kind));
            (!has_kind)
                .then(|| self.among_kind(level, step, may_be_kind))
                .flatten()
        })
    }

    fn among_kind(
        &self,
        level: &[ProvisionId],
        step: &Step,
        is_kind: fn(&Provision, StepKind) -> bool,
    ) -> Option<Option<ProvisionId>> {
        let fits = |id: &&ProvisionId| {
            let unit = self.act.provision(**id);
            is_own(unit.standing)
                && unit
                    .number
                    .as_ref()
                    .is_some_and(|number| is_number(number, &step.number))
                && is_kind(unit, step.kind)
        };
        let all: Vec<ProvisionId> = level.iter().filter(fits).copied().collect();
        let in_force: Vec<ProvisionId> = all
            .iter()
            .copied()
            .filter(|id| self.act.provision(*id).standing.may_count())
            .collect();
        match (&in_force[..], &all[..]) {
            ([only], _) | ([], [only]) => Some(Some(*only)),
            ([], []) => None,
            _ => Some(None),
        }
    }

    /// `the first paragraph`, said in a counted paragraph of an article whose
    /// numbered divisions have no such number: one of those around it.
    fn counted_beside(&self, citing: ProvisionId, step: &Step) -> Option<Option<ProvisionId>> {
        let unit = self.act.provision(citing);
        let counted = unit.kind == UnitKind::Alinea && step.kind == StepKind::Subsection;
        let holder = unit.parent.filter(|_| counted)?;
        let around: Vec<ProvisionId> = self.act.children(holder).collect();
        let step = Step {
            kind: StepKind::Alinea,
            number: step.number.clone(),
        };
        self.among_kind(&around, &step, is_kind)
    }

    /// The unit that a step names from within an article: among the
    /// neighbours of the citing unit and of what holds it.
    pub(super) fn beside(
        &self,
        citing: ProvisionId,
        article: ProvisionId,
        step: &Step,
    ) -> Option<ProvisionId> {
        let children =
            |holder: ProvisionId| -> Vec<ProvisionId> { self.act.children(holder).collect() };
        // The divisions of an article stand right under it.
        if matches!(step.kind, StepKind::Subsection | StepKind::Alinea) {
            return self
                .among(&children(article), step)
                .or_else(|| self.counted_beside(citing, step))?;
        }
        for holder in self.act.ancestors(citing) {
            if let Some(found) = self.among(&children(holder), step) {
                return found;
            }
            // The sub-paragraphs of a schedule are divisions of its paragraphs.
            if holder == article
                && self.schedule(article).is_some()
                && self.schedules() == ScheduleNumbers::Body
            {
                let step = Step {
                    kind: StepKind::Subsection,
                    number: step.number.clone(),
                };
                return self.among_kind(&children(holder), &step, is_kind)?;
            }
            if holder == article {
                break;
            }
        }
        None
    }
}

/// Whether a unit is what a step calls it.
fn is_kind(unit: &Provision, kind: StepKind) -> bool {
    match kind {
        StepKind::Any => unit.kind != UnitKind::Alinea,
        StepKind::Subsection => unit.kind == UnitKind::Subsection,
        StepKind::Alinea => unit.kind == UnitKind::Alinea,
        StepKind::Point => matches!(unit.kind, UnitKind::Point | UnitKind::Subpoint),
        StepKind::Sentence => false,
    }
}

/// Whether a unit can be it in another tradition's terms.
fn may_be_kind(unit: &Provision, kind: StepKind) -> bool {
    let lettered = unit
        .number
        .as_ref()
        .is_some_and(|number| number.as_str().contains(|c: char| c.is_ascii_alphabetic()));
    match kind {
        StepKind::Any | StepKind::Sentence => false,
        StepKind::Alinea => unit.kind == UnitKind::Subsection,
        StepKind::Subsection => {
            unit.kind == UnitKind::Alinea || unit.kind == UnitKind::Point && lettered
        }
        // `1.` and `a)` may number either; `(1)` and `２` do not number items.
        StepKind::Point => {
            unit.kind == UnitKind::Subsection
                && unit.number.as_ref().is_some_and(|number| {
                    let printed = number.as_str();
                    printed.ends_with([')', '.']) && !printed.starts_with('(')
                })
        }
    }
}

/// Whether two numbers are the same. Of lone letters the case counts: (a) and
/// (A) are different levels.
fn is_number(own: &Number, cited: &Number) -> bool {
    let letters = |number: &Number| -> String {
        number
            .as_str()
            .chars()
            .filter(|c| c.is_alphanumeric())
            .collect()
    };
    let cased = |text: &str| !text.is_empty() && text.chars().all(char::is_alphabetic);
    own == cited && {
        let (own, cited) = (letters(own), letters(cited));
        !cased(&own) || !cased(&cited) || own == cited
    }
}
