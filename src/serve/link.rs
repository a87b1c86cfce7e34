//! Addresses of pages. They name things as lawyers do (code, requirement,
//! file, number), so that a link can be read, kept and sent.

use std::collections::HashMap;

use super::parameters::encoded;
use crate::law::{Act, ProvisionId, Span};

/// One part of a path, everything but unreserved characters encoded.
pub fn segment(text: &str) -> String {
    let mut link = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            link.push(char::from(byte));
        } else {
            link.push_str(&format!("%{byte:02X}"));
        }
    }
    link
}

/// A jurisdiction's page.
pub fn jurisdiction(code: &str) -> String {
    format!("/jurisdictions/{}", segment(code))
}

/// A finding's page.
pub fn finding(code: &str, requirement: &str) -> String {
    format!("/jurisdictions/{}/{}", segment(code), segment(requirement))
}

/// A requirement's page.
pub fn requirement(id: &str) -> String {
    format!("/requirements/{}", segment(id))
}

/// An act's page.
pub fn act(code: &str, file: &str) -> String {
    let file: Vec<String> = file.split('/').map(segment).collect();
    format!("/law/{}/{}", segment(code), file.join("/"))
}

/// A provision by its number.
pub fn at(code: &str, file: &str, locator: &str) -> String {
    let query = encoded((!locator.is_empty()).then_some(("at", locator)).into_iter());
    format!("{}{query}", act(code, file))
}

/// The words at spans of an act, in their provision.
pub fn words(code: &str, file: &str, spans: &[Span]) -> String {
    let marks: Vec<String> = spans
        .iter()
        .map(|span| format!("{}-{}", span.start, span.end))
        .collect();
    let query = encoded(marks.iter().map(|mark| ("mark", mark.as_str())));
    let anchor = if spans.is_empty() { "" } else { "#marked" };
    format!("{}{query}{anchor}", act(code, file))
}

/// A unit of an act: by its number where it has one, else by its place.
pub fn unit(code: &str, held: &Act, id: ProvisionId) -> String {
    let file = &held.source.file;
    if id == ProvisionId::ROOT {
        return act(code, file);
    }
    let locator = held.locator(id).to_string();
    let own = bare(held, id);
    let alike = held.ids().filter(|other| bare(held, *other) == own);
    let first = own.and_then(|_| first(held, &locator, alike));
    addressed(code, held, id, &locator, first)
}

/// The address of a unit, given the one that its locator leads to.
fn addressed(
    code: &str,
    held: &Act,
    id: ProvisionId,
    locator: &str,
    first: Option<ProvisionId>,
) -> String {
    let number = id.0.to_string();
    let query = if first == Some(id) {
        encoded([("at", locator)].into_iter())
    } else {
        encoded([("unit", number.as_str())].into_iter())
    };
    format!("{}{query}", act(code, &held.source.file))
}

/// The units of an act by their own number, for pages with many links: a long
/// act need not be gone through for each of them.
#[derive(Debug)]
pub struct Units<'a> {
    held: &'a Act,
    by_number: HashMap<&'a str, Vec<ProvisionId>>,
}

impl<'a> Units<'a> {
    /// The units of an act.
    pub fn of(held: &'a Act) -> Self {
        let mut by_number: HashMap<&str, Vec<ProvisionId>> = HashMap::new();
        for id in held.ids() {
            if let Some(own) = bare(held, id) {
                by_number.entry(own).or_default().push(id);
            }
        }
        Self { held, by_number }
    }

    /// The address of one of them, as [`unit`] gives it.
    pub fn link(&self, code: &str, id: ProvisionId) -> String {
        if id == ProvisionId::ROOT {
            return act(code, &self.held.source.file);
        }
        let locator = self.held.locator(id).to_string();
        let alike = bare(self.held, id).and_then(|own| self.by_number.get(own));
        let first = alike.and_then(|alike| first(self.held, &locator, alike.iter().copied()));
        addressed(code, self.held, id, &locator, first)
    }
}

/// The unit with a number, as lawyers cite it: the one in force where the
/// number stands several times.
pub fn find(act: &Act, locator: &str) -> Option<ProvisionId> {
    // Most units can be told apart without writing their locator.
    let may_be = |id: &ProvisionId| bare(act, *id).is_some_and(|own| locator.contains(own));
    first(act, locator, act.ids().filter(may_be))
}

/// The first unit in force with a locator, else the first of all, among those
/// whose own number may be its last step.
fn first(
    act: &Act,
    locator: &str,
    among: impl Iterator<Item = ProvisionId>,
) -> Option<ProvisionId> {
    if locator.is_empty() {
        return None;
    }
    let mut other = None;
    for id in among {
        if act.locator(id).to_string() != locator {
            continue;
        }
        if act.standing(id).may_count() {
            return Some(id);
        }
        other = other.or(Some(id));
    }
    other
}

/// A unit's own number as locators write it.
fn bare(act: &Act, id: ProvisionId) -> Option<&str> {
    let number = act.provision(id).number.as_ref()?.as_str();
    Some(number.trim_matches(|c: char| "().[]{}§".contains(c) || c.is_whitespace()))
}
