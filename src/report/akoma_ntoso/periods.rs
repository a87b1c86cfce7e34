//! The days between which wordings apply: events, and groups of intervals
//! between them that units name.

use std::collections::BTreeSet;

use super::xml::Xml;
use crate::law::{Act, Date, Validity};

/// Days and periods of an act, each once.
#[derive(Debug)]
pub(super) struct Periods {
    /// Days on which a wording begins or the next would.
    events: Vec<Date>,
    periods: Vec<Period>,
}

/// First day, and the first day on which the wording applies no more.
type Period = (Option<Date>, Option<Date>);

impl Periods {
    /// Collects them from the units.
    pub(super) fn of(act: &Act) -> Self {
        let periods: BTreeSet<Period> = act
            .ids()
            .filter_map(|id| period(act.provision(id).validity))
            .collect();
        let events: BTreeSet<Date> = periods
            .iter()
            .flat_map(|(from, end)| [*from, *end])
            .flatten()
            .collect();
        Self {
            events: events.into_iter().collect(),
            periods: periods.into_iter().collect(),
        }
    }

    /// Whether no unit is dated.
    pub(super) fn is_empty(&self) -> bool {
        self.periods.is_empty()
    }

    /// What a unit refers to, empty for one that is not dated.
    pub(super) fn reference(&self, validity: Validity) -> String {
        period(validity)
            .and_then(|period| self.periods.binary_search(&period).ok())
            .map(|place| format!("#tmpg_{}", place + 1))
            .unwrap_or_default()
    }

    /// Writes the events.
    pub(super) fn lifecycle(&self, xml: &mut Xml) {
        if self.is_empty() {
            return;
        }
        xml.open("lifecycle", &[("source", "#concord")]);
        xml.end_line();
        for (place, date) in self.events.iter().enumerate() {
            let id = format!("eventRef_{}", place + 1);
            let date = date.to_string();
            xml.empty(
                "eventRef",
                &[("eId", &id), ("date", &date), ("source", "#legislator")],
            );
        }
        xml.close();
        xml.end_line();
    }

    /// Writes the intervals between them.
    pub(super) fn temporal_data(&self, xml: &mut Xml) {
        if self.is_empty() {
            return;
        }
        xml.open("temporalData", &[("source", "#concord")]);
        xml.end_line();
        for (place, (from, end)) in self.periods.iter().enumerate() {
            let id = format!("tmpg_{}", place + 1);
            xml.open("temporalGroup", &[("eId", &id)]);
            let interval = format!("{id}__tmpi_1");
            xml.empty(
                "timeInterval",
                &[
                    ("eId", &interval),
                    ("start", &self.event(*from)),
                    ("end", &self.event(*end)),
                    ("refersTo", "#in-force"),
                ],
            );
            xml.close();
            xml.end_line();
        }
        xml.close();
        xml.end_line();
    }

    fn event(&self, date: Option<Date>) -> String {
        date.and_then(|date| self.events.binary_search(&date).ok())
            .map(|place| format!("#eventRef_{}", place + 1))
            .unwrap_or_default()
    }
}

fn period(validity: Validity) -> Option<Period> {
    (!validity.is_open()).then(|| (validity.from, validity.until.and_then(Date::following)))
}
