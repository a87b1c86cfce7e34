//! Puts new text into an act: offsets of everything after it move along.

use crate::law::{Act, CanonicalText, Provision, ProvisionId, Span, Standing};

use super::fragment::Fragment;

/// A stretch of an act's text that gives way to other text.
#[derive(Debug, Clone)]
pub(super) struct Edit {
    /// What goes; empty where text is only put in.
    pub span: Span,
    /// What comes.
    pub new: Fragment,
    /// Put before the new text, and cut from no unit: a line end.
    pub lead: &'static str,
    /// The unit that holds the new units.
    pub parent: ProvisionId,
    /// Units that go, with everything in them.
    pub removed: Vec<ProvisionId>,
    /// A unit whose standing becomes repealed.
    pub repealed: Option<ProvisionId>,
    /// Which instruction asks it.
    pub instruction: usize,
}

/// An act with new text, and where the new text of each instruction stands.
#[derive(Debug)]
pub(super) struct Spliced {
    pub act: Act,
    /// Pairs of instruction and span in the new canonical text.
    pub inserted: Vec<(usize, Span)>,
}

/// Applies edits that do not overlap.
pub(super) fn splice(act: &Act, mut edits: Vec<Edit>) -> Spliced {
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end, edit.instruction));
    let old = act.text.as_str();
    let mut text = String::with_capacity(old.len());
    let mut at = 0;
    // For each edit: where its new text begins and ends.
    let mut placed: Vec<Span> = Vec::new();
    for edit in &edits {
        text.push_str(old.get(at..edit.span.start).unwrap_or_default());
        text.push_str(edit.lead);
        let start = text.len();
        text.push_str(&edit.new.text);
        placed.push(Span::new(start, text.len()));
        at = edit.span.end;
    }
    text.push_str(old.get(at..).unwrap_or_default());

    let moved = |offset: usize, end: bool| -> usize {
        let mut shift: isize = 0;
        for (edit, placed) in edits.iter().zip(&placed) {
            let grown = (edit.lead.len() + edit.new.text.len()) as isize;
            if edit.span.is_empty() && edit.span.start == offset {
                // Text put in at the end of a unit does not belong to it.
                if end {
                    break;
                }
                shift += grown;
            } else if edit.span.end <= offset {
                shift += grown - edit.span.len() as isize;
            } else if edit.span.start < offset {
                return if end { placed.end } else { placed.start };
            } else {
                break;
            }
        }
        offset.saturating_add_signed(shift)
    };
    let map = |span: Span| Span::new(moved(span.start, false), moved(span.end, true));

    let mut units: Vec<(Option<usize>, Provision)> = Vec::new();
    let removed = |id: ProvisionId| {
        act.ancestors(id)
            .any(|id| edits.iter().any(|edit| edit.removed.contains(&id)))
    };
    let mut kept: Vec<Option<usize>> = Vec::new();
    for id in act.ids() {
        if id != ProvisionId::ROOT && removed(id) {
            kept.push(None);
            continue;
        }
        let provision = act.provision(id);
        kept.push(Some(units.len()));
        let repealed = edits.iter().any(|edit| edit.repealed == Some(id));
        units.push((
            provision
                .parent
                .and_then(|parent| kept.get(parent.index()).copied().flatten()),
            Provision {
                heading: provision.heading.map(map),
                span: map(provision.span),
                body_start: moved(provision.body_start, false),
                standing: if repealed {
                    Standing::Repealed
                } else {
                    provision.standing
                },
                ..provision.clone()
            },
        ));
    }
    for (edit, placed) in edits.iter().zip(&placed) {
        let base = units.len();
        let shift = |span: Span| Span::new(span.start + placed.start, span.end + placed.start);
        for unit in &edit.new.units {
            let parent = match unit.parent {
                Some(parent) => Some(base + parent.index()),
                None => kept.get(edit.parent.index()).copied().flatten(),
            };
            units.push((
                parent,
                Provision {
                    heading: unit.heading.map(shift),
                    span: shift(unit.span),
                    body_start: unit.body_start + placed.start,
                    ..unit.clone()
                },
            ));
        }
    }
    let inserted = edits
        .iter()
        .zip(&placed)
        .map(|(edit, placed)| (edit.instruction, *placed))
        .collect();
    Spliced {
        act: Act {
            text: CanonicalText::new(text.clone()),
            provisions: in_order(units, text.len()),
            problems: act.problems.clone(),
            title: act.title.clone(),
            identifier: act.identifier.clone(),
            language: act.language.clone(),
            date: act.date.clone(),
            jurisdiction: act.jurisdiction.clone(),
            source: act.source.clone(),
        },
        inserted,
    }
}

/// Units in document order, each holding all that stands below it.
fn in_order(units: Vec<(Option<usize>, Provision)>, length: usize) -> Vec<Provision> {
    let depth = |mut at: usize| {
        let mut depth = 0;
        while let Some(parent) = units.get(at).and_then(|(parent, _)| *parent) {
            at = parent;
            depth += 1;
            if depth > units.len() {
                break;
            }
        }
        depth
    };
    let mut order: Vec<usize> = (0..units.len()).collect();
    order.sort_by_cached_key(|at| (units[*at].1.span.start, depth(*at), *at));
    // The root stays the first.
    order.sort_by_key(|at| *at != 0);
    let mut place = vec![0u32; units.len()];
    for (new, old) in order.iter().enumerate() {
        place[*old] = new as u32;
    }
    let mut sorted: Vec<Provision> = order
        .iter()
        .map(|at| {
            let (parent, provision) = &units[*at];
            Provision {
                parent: parent.map(|parent| ProvisionId(place[parent])),
                ..provision.clone()
            }
        })
        .collect();
    for at in (1..sorted.len()).rev() {
        let end = sorted[at].span.end;
        if let Some(parent) = sorted[at].parent
            && let Some(holder) = sorted.get_mut(parent.index())
        {
            holder.span.end = holder.span.end.max(end);
        }
    }
    if let Some(root) = sorted.first_mut() {
        root.span = Span::new(0, length);
    }
    sorted
}
