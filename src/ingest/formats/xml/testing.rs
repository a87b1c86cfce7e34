//! Helpers for the tests of the XML readers.

use std::path::Path;

use crate::ingest::ActBuilder;
use crate::law::{Act, ActSource, Jurisdiction, Standing, UnitKind};

/// A reader's `read` function.
pub(in crate::ingest::formats) type Reader = fn(&str, &mut ActBuilder) -> Result<(), String>;

/// Reads a text into an act of a fictional jurisdiction.
pub(in crate::ingest::formats) fn act_of(read: Reader, text: &str) -> Act {
    let mut builder = ActBuilder::new();
    read(text, &mut builder).unwrap();
    builder.finish(Jurisdiction::new("xx"), ActSource::default())
}

/// One line for each unit: depth as blanks, kind, number, heading, standing if
/// it is not in force, and the unit's own words where it has no children.
pub(in crate::ingest::formats) fn outline(act: &Act) -> String {
    let mut lines = String::new();
    for id in act.ids().skip(1) {
        let unit = act.provision(id);
        let depth = act.ancestors(id).count().saturating_sub(2);
        lines.push_str(&" ".repeat(depth));
        lines.push_str(&format!("{:?}", unit.kind));
        if let Some(number) = &unit.number {
            lines.push_str(&format!(" {number}"));
        }
        if let Some(heading) = unit.heading {
            lines.push_str(&format!(" <{}>", act.quote(heading)));
        }
        if unit.standing != Standing::InForce {
            lines.push_str(&format!(" {:?}", unit.standing));
        }
        if act.children(id).next().is_none() {
            let words = act
                .text
                .as_str()
                .get(unit.body_start..unit.span.end)
                .unwrap_or_default();
            lines.push_str(&format!(": {}", words.replace('\n', " / ")));
        }
        lines.push('\n');
    }
    lines
}

/// A file of the shared material, or nothing (with a printed reason) where the
/// material is not at hand.
pub(in crate::ingest::formats) fn shared(file: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared")
        .join(file);
    match std::fs::read_to_string(&path) {
        Ok(text) => Some(text),
        Err(error) => {
            eprintln!("skipped, {}: {error}", path.display());
            None
        }
    }
}

/// How many article-level units stand in the body: not in a schedule, not
/// quoted.
pub(in crate::ingest::formats) fn body_articles(act: &Act) -> usize {
    act.articles()
        .filter(|id| {
            act.standing(*id) != Standing::Quoted
                && act
                    .ancestors(*id)
                    .all(|id| act.provision(id).kind != UnitKind::Schedule)
        })
        .count()
}
