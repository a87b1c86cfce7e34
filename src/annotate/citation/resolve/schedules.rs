//! Schedules that are cited by number, and the last of a range of sub-units.

use super::{Entry, Unresolved, is_own};
use crate::annotate::citation::{Citation, Step};
use crate::law::{Number, ProvisionId, UnitKind};

impl Entry<'_> {
    /// A schedule, a part of it, or what stands in them.
    pub(super) fn scheduled(
        &self,
        number: &Number,
        part: Option<&Number>,
        steps: &[Step],
    ) -> Result<(ProvisionId, bool), Unresolved> {
        let schedules = self.act.ids().filter(|id| {
            let unit = self.act.provision(*id);
            unit.kind == UnitKind::Schedule && unit.number.as_ref() == Some(number)
        });
        let schedule = self.only(schedules)?;
        let holder = match part {
            None => schedule,
            Some(part) => {
                let parts = self.within(schedule).filter(|id| {
                    let unit = self.act.provision(*id);
                    unit.kind.is_group() && unit.number.as_ref() == Some(part)
                });
                match self.only(parts) {
                    Ok(part) => part,
                    Err(Unresolved::NoSuchUnit) => return Ok((schedule, false)),
                    Err(reason) => return Err(reason),
                }
            }
        };
        let Some((first, rest)) = steps.split_first() else {
            return Ok((holder, true));
        };
        // The paragraphs of a schedule are its articles.
        let paragraphs = self.within(holder).filter(|id| {
            let unit = self.act.provision(*id);
            unit.kind == UnitKind::Article && unit.number.as_ref() == Some(&first.number)
        });
        match self.only(paragraphs) {
            Ok(paragraph) => Ok(self.descend(paragraph, rest)),
            Err(Unresolved::NoSuchUnit) => Ok(self.descend(holder, steps)),
            Err(reason) => Err(reason),
        }
    }

    /// The last sub-unit of a range, where the text tells it.
    pub(super) fn last_of(
        &self,
        citation: &Citation,
        last: &Number,
        first: ProvisionId,
        citing: Option<ProvisionId>,
    ) -> Option<ProvisionId> {
        let mut ending = citation.clone();
        ending.steps.last_mut()?.number = last.clone();
        match self.unit(&ending, citing) {
            Ok((unit, true)) if unit > first => Some(unit),
            _ => None,
        }
    }

    fn within(&self, holder: ProvisionId) -> impl Iterator<Item = ProvisionId> {
        self.act
            .ids()
            .filter(move |id| *id > holder && self.act.ancestors(*id).any(|over| over == holder))
    }

    /// The one unit of the act's own, those in force first.
    fn only(&self, units: impl Iterator<Item = ProvisionId>) -> Result<ProvisionId, Unresolved> {
        let own: Vec<ProvisionId> = units.filter(|id| is_own(self.act.standing(*id))).collect();
        let counts = |id: &&ProvisionId| self.act.standing(**id).may_count();
        let in_force: Vec<&ProvisionId> = own.iter().filter(counts).collect();
        match (in_force.as_slice(), own.as_slice()) {
            ([only], _) => Ok(**only),
            ([], [only]) => Ok(*only),
            ([], []) => Err(Unresolved::NoSuchUnit),
            _ => Err(Unresolved::Ambiguous),
        }
    }
}
