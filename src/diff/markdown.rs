//! Changes as Markdown, which reads well in a terminal too.

use std::fmt::Write as _;

use super::{JurisdictionChange, ProvisionChange};
use crate::check::{Fate, Piece};

/// All changes; a sentence where there are none.
pub fn to_markdown(changes: &[JurisdictionChange]) -> String {
    let mut out = String::new();
    if changes.is_empty() {
        return "No provision differs.\n".to_owned();
    }
    for change in changes {
        let _ = writeln!(out, "# {} ({})\n", change.country, change.jurisdiction);
        if change.findings.is_empty() {
            out.push_str("No finding changes.\n\n");
        } else {
            out.push_str("| Requirement | Before | Now | Words |\n| --- | --- | --- | --- |\n");
            for f in &change.findings {
                let side = |verdict: &str, missing: &[String]| match missing {
                    [] => verdict.to_owned(),
                    _ => format!("{verdict} (lacks {})", missing.join(", ")),
                };
                // Where nothing is found there are no words to quote.
                let quote = match f.quote.as_str() {
                    "" => String::new(),
                    quote => format!("“{}”", quote.replace('|', "\\|").replace('\n', " ")),
                };
                let _ = writeln!(
                    out,
                    "| {} | {} | {} | {quote} {} |",
                    f.requirement,
                    side(f.before.name(), &f.missing_before),
                    side(f.after.name(), &f.missing_after),
                    f.place
                );
            }
            out.push('\n');
        }
        for act in &change.acts {
            let _ = writeln!(out, "## {} ({})\n", act.title, act.file);
            for provision in &act.provisions {
                write_provision(&mut out, provision);
            }
        }
    }
    out
}

fn write_provision(out: &mut String, change: &ProvisionChange) {
    let (lead, body) = match change {
        ProvisionChange::Added { locator, text } => (format!("{locator}: added"), text.clone()),
        ProvisionChange::Removed { locator, text } => (format!("{locator}: removed"), text.clone()),
        ProvisionChange::Changed { locator, pieces } => {
            (format!("{locator}: changed"), marked(pieces))
        }
        ProvisionChange::Renumbered {
            from,
            locator,
            pieces,
        } => (format!("{locator}: renumbered, was {from}"), marked(pieces)),
    };
    let _ = writeln!(out, "**{lead}**\n");
    for line in body.lines() {
        let _ = writeln!(out, "> {line}");
    }
    out.push('\n');
}

/// Deleted words struck through, new words bold; long stretches that stay are
/// cut in the middle.
fn marked(pieces: &[Piece]) -> String {
    const ENDS: usize = 160;
    let mut text = String::new();
    for piece in pieces {
        let words = piece.text.trim();
        let end = piece
            .text
            .get(piece.text.trim_end().len()..)
            .unwrap_or_default();
        let start_blank = piece.text.starts_with(char::is_whitespace);
        if start_blank && !text.ends_with(char::is_whitespace) {
            text.push(' ');
        }
        match piece.fate {
            _ if words.is_empty() => text.push_str(&piece.text),
            Fate::Kept => {
                let letters: Vec<char> = words.chars().collect();
                if letters.len() > 3 * ENDS {
                    text.extend(&letters[..ENDS]);
                    text.push_str(" [ … ] ");
                    text.extend(&letters[letters.len() - ENDS..]);
                } else {
                    text.push_str(words);
                }
                text.push_str(end);
            }
            Fate::Deleted => {
                let _ = write!(text, "~~{}~~{end}", words.replace('\n', " "));
            }
            Fate::Inserted => {
                let _ = write!(text, "**{}**{end}", words.replace('\n', " "));
            }
        }
    }
    text
}
