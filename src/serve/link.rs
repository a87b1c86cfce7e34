//! Addresses of pages. They name things as lawyers do (code, requirement,
//! file, number), so that a link can be read, kept and sent.

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
    let number = id.0.to_string();
    let query = if first_of(held, id, &locator) == Some(id) {
        encoded([("at", locator.as_str())].into_iter())
    } else {
        encoded([("unit", number.as_str())].into_iter())
    };
    format!("{}{query}", act(code, file))
}

/// The unit with a number, as lawyers cite it: the one in force where the
/// number stands several times.
pub fn find(act: &Act, locator: &str) -> Option<ProvisionId> {
    first(act, locator, |bare| locator.contains(bare))
}

/// The same for the locator of a unit that is at hand. Long acts have many
/// units, and their tables of contents many links.
fn first_of(act: &Act, id: ProvisionId, locator: &str) -> Option<ProvisionId> {
    let own = bare(act, id)?;
    first(act, locator, |bare| bare == own)
}

/// The first unit in force with a locator, else the first of all, among those
/// whose own number may be its last step.
fn first(act: &Act, locator: &str, may_be: impl Fn(&str) -> bool) -> Option<ProvisionId> {
    if locator.is_empty() {
        return None;
    }
    let mut other = None;
    for id in act.ids() {
        // Most units can be told apart without writing their locator.
        if !bare(act, id).is_some_and(&may_be) || act.locator(id).to_string() != locator {
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
