//! Days between which the wordings of an Akoma Ntoso document apply.
//!
//! The lifecycle dates the events, groups of intervals stand between events,
//! and elements name their group. Older documents name the events in the
//! elements themselves, some publishers name the elements in restrictions.

use std::collections::{HashMap, HashSet};

use super::super::xml::Node;
use crate::law::{Date, Validity};

/// What a document says of days.
#[derive(Debug, Default)]
pub(super) struct Periods {
    events: HashMap<String, Date>,
    groups: HashMap<String, Validity>,
    /// By the id of the restricted element.
    restricted: HashMap<String, Validity>,
    /// Days on which a wording begins.
    starts: HashSet<Date>,
}

impl Periods {
    /// Reads lifecycle, intervals and restrictions.
    pub(super) fn of(root: Node<'_>) -> Self {
        let mut periods = Self::default();
        for meta in root.descendants().filter(|node| node.name() == "meta") {
            for node in meta.descendants().filter(|n| n.name() == "eventRef") {
                if let Some(date) = Date::at_start(&node.attribute("date")) {
                    periods.events.insert(id(node), date);
                }
            }
        }
        if periods.events.is_empty() {
            return periods;
        }
        for node in root.descendants() {
            if let Some(start) = periods.day(node, "start") {
                periods.starts.insert(start);
            }
        }
        for node in root.descendants().filter(|n| n.name() == "temporalGroup") {
            let intervals = node.elements().filter(|n| n.name() == "timeInterval");
            if let Some(validity) = intervals
                .map(|interval| periods.between(interval))
                .reduce(hull)
                .filter(|validity| !validity.is_open())
            {
                periods.groups.insert(id(node), validity);
            }
        }
        for node in root.descendants().filter(|n| n.name() == "restriction") {
            let group = node.attribute("refersTo");
            if let Some(validity) = periods.groups.get(group.trim_start_matches('#')) {
                let element = node.attribute("href").trim_start_matches('#').to_owned();
                if !element.is_empty() {
                    periods.restricted.insert(element, *validity);
                }
            }
        }
        periods
    }

    /// The days between which an element's wording applies.
    pub(super) fn validity(&self, node: Node<'_>) -> Validity {
        if self.events.is_empty() {
            return Validity::default();
        }
        let period = node.attribute("period");
        if let Some(validity) = self.groups.get(period.trim_start_matches('#')) {
            return *validity;
        }
        let own = self.between(node);
        if own.is_open() && !self.restricted.is_empty() {
            return self.restricted.get(&id(node)).copied().unwrap_or_default();
        }
        own
    }

    /// The days between the events that an element names.
    fn between(&self, node: Node<'_>) -> Validity {
        Validity {
            from: self.day(node, "start"),
            until: self.day(node, "end").and_then(|end| self.last_before(end)),
        }
    }

    fn day(&self, node: Node<'_>, attribute: &str) -> Option<Date> {
        let event = node.attribute(attribute);
        self.events.get(event.strip_prefix('#')?).copied()
    }

    /// The last day of a wording that ends with an event: the same event
    /// begins the next wording, unless that one begins the day after.
    fn last_before(&self, end: Date) -> Option<Date> {
        let begins = |day: Date| self.starts.contains(&day);
        let next_begins_after = !begins(end)
            && self
                .starts
                .iter()
                .any(|start| start.previous() == Some(end));
        if next_begins_after {
            Some(end)
        } else {
            end.previous()
        }
    }
}

/// From the first day of either to the last of either.
fn hull(one: Validity, other: Validity) -> Validity {
    let both = |a: Option<Date>, b: Option<Date>, of: fn(Date, Date) -> Date| Some(of(a?, b?));
    Validity {
        from: both(one.from, other.from, Date::min),
        until: both(one.until, other.until, Date::max),
    }
}

fn id(node: Node<'_>) -> String {
    ["eId", "id", "xml:id", "currentId"]
        .iter()
        .map(|name| node.attribute(name))
        .find(|id| !id.is_empty())
        .unwrap_or_default()
        .into_owned()
}

#[cfg(test)]
mod tests {
    use super::super::super::xml::testing::act_of;
    use super::super::read;
    use crate::ingest::as_of;
    use crate::law::{Act, Date, Standing};

    /// Articles and paragraphs that count as law, with their words.
    fn in_force(act: &mut Act, day: &str) -> Vec<String> {
        as_of(act, day.parse::<Date>().unwrap());
        act.ids()
            .skip(1)
            .filter(|id| act.standing(*id) == Standing::InForce)
            .filter(|id| act.children(*id).next().is_none())
            .map(|id| {
                let unit = act.provision(id);
                let words = &act.text.as_str()[unit.body_start..unit.span.end];
                format!("{}: {words}", act.locator(id))
            })
            .collect()
    }

    #[test]
    fn each_day_has_its_own_wordings() {
        let mut act = act_of(
            read,
            r##"<akomaNtoso><act><meta><lifecycle source="#x">
<eventRef eId="e1" date="2020-01-01" source="#x"/><eventRef eId="e2" date="2024-07-01" source="#x"/>
<eventRef eId="e3" date="2030-01-01" source="#x"/><eventRef eId="e4" date="2029-12-31" source="#x"/></lifecycle>
<analysis source="#x"><restrictions source="#x"><restriction href="#art_4" refersTo="#third" type="jurisdiction"/></restrictions></analysis>
<temporalData source="#x"><temporalGroup eId="first"><timeInterval start="#e1" end="#e2" refersTo="#f"/></temporalGroup>
<temporalGroup eId="second"><timeInterval start="#e2" refersTo="#f"/></temporalGroup>
<temporalGroup eId="third"><timeInterval start="#e3" refersTo="#f"/></temporalGroup>
<temporalGroup eId="open"/></temporalData></meta><body period="#open">
<article eId="art_1" period="#first"><num>Art. 1</num><content><p>Goats may graze.</p></content></article>
<article eId="art_1__v2" period="#second"><num>Art. 1</num><content><p>Goats may graze by day.</p></content></article>
<article eId="art_2"><num>Art. 2</num><paragraph><num>1.</num><content period="#first"><p>The fine is ten crowns.</p></content><content period="#second"><p>The fine is twenty crowns.</p></content></paragraph></article>
<article eId="art_3" start="#e1" end="#e4"><num>Art. 3</num><content><p>Bells are optional.</p></content></article>
<article eId="art_3__v2" start="#e3"><num>Art. 3</num><content><p>Bells are required.</p></content></article>
<article eId="art_4"><num>Art. 4</num><content><p>Horns are capped.</p></content></article></body></act></akomaNtoso>"##,
        );
        assert_eq!(
            in_force(&mut act, "2024-06-30"),
            [
                "1: Goats may graze.",
                "2(1): The fine is ten crowns.",
                "3: Bells are optional."
            ]
        );
        assert_eq!(
            in_force(&mut act, "2029-12-31"),
            [
                "1: Goats may graze by day.",
                "2(1): The fine is twenty crowns.",
                "3: Bells are optional."
            ]
        );
        assert_eq!(
            in_force(&mut act, "2030-01-01"),
            [
                "1: Goats may graze by day.",
                "2(1): The fine is twenty crowns.",
                "3: Bells are required.",
                "4: Horns are capped."
            ]
        );
    }
}
