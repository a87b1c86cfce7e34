//! Which of several dated wordings is in force.

use std::collections::HashMap;

use crate::law::{Act, Date, Number, ProvisionId, Standing, UnitKind};

/// Decides by the day which dated wordings count: wordings that start later
/// are not in force, those that have ended are superseded, and of several
/// wordings of one article the last that applies is the law.
///
/// Marks of repeal, notes and quotations stay what they are. May be called
/// again with another day.
pub fn as_of(act: &mut Act, day: Date) {
    for unit in &mut act.provisions {
        if unit.validity.is_open() {
            continue;
        }
        let dated = matches!(
            unit.standing,
            Standing::InForce | Standing::Superseded | Standing::NotInForce
        );
        if dated {
            unit.standing = if unit.validity.is_future(day) {
                Standing::NotInForce
            } else if unit.validity.covers(day) {
                Standing::InForce
            } else {
                Standing::Superseded
            };
        }
    }
    for wordings in wordings(act) {
        let applies = |id: &ProvisionId| {
            let unit = act.provision(*id);
            unit.validity.is_open() && unit.standing != Standing::Repealed
                || unit.validity.covers(day) && !unit.validity.is_open()
        };
        let Some(law) = wordings.iter().rposition(applies) else {
            continue;
        };
        for (place, id) in wordings.iter().enumerate() {
            let Some(unit) = act.provisions.get_mut(id.index()) else {
                continue;
            };
            match unit.standing {
                Standing::Superseded | Standing::NotInForce if place == law => {
                    unit.standing = Standing::InForce;
                }
                Standing::InForce if place < law => unit.standing = Standing::Superseded,
                _ => {}
            }
        }
    }
}

/// Articles of one number that stand in one unit, where a date is known for
/// at least one of them.
fn wordings(act: &Act) -> Vec<Vec<ProvisionId>> {
    let mut all: HashMap<(Option<ProvisionId>, &Number), Vec<ProvisionId>> = HashMap::new();
    for id in act.articles() {
        let unit = act.provision(id);
        if let Some(number) = &unit.number {
            all.entry((unit.parent, number)).or_default().push(id);
        }
    }
    all.into_values()
        .filter(|ids| ids.len() > 1 && ids.iter().any(|id| !act.provision(*id).validity.is_open()))
        .collect()
}

/// Whether a unit or anything over it carries a date, for readers.
pub fn is_dated(act: &Act) -> bool {
    act.provisions
        .iter()
        .any(|unit| !unit.validity.is_open() && unit.kind != UnitKind::Act)
}
