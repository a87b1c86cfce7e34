//! A stretch of an act as blocks and pieces: which unit the words belong to,
//! what cites, what is marked. All words are cut from the canonical text.

use serde::Serialize;

use crate::law::{Act, ProvisionId, Span, Standing, UnitKind};
use crate::report::Words;

/// Words of one unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Block {
    /// How deep its unit lies below the one shown, at most 5.
    pub depth: usize,
    /// Why the words may not be read as law in force; empty where they may.
    pub standing: String,
    /// The unit that was asked for.
    pub here: bool,
    pub pieces: Vec<Piece>,
}

/// A run of letters with one meaning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Piece {
    pub text: String,
    /// Where a citation leads; empty for other words.
    pub link: String,
    /// What a citation names, or why it names nothing.
    pub title: String,
    /// Words that the address marks.
    pub marked: bool,
    /// The first of them.
    pub first: bool,
    /// Words of a concept that is to be shown.
    pub concept: String,
}

/// What is laid over the words.
#[derive(Debug, Default)]
pub(super) struct Layers {
    pub marks: Vec<Span>,
    /// Citing words with their address and what they name.
    pub citations: Vec<(Span, String, String)>,
    /// Words of concepts, with the concept's name.
    pub concepts: Vec<(Span, String)>,
}

/// Why words may not be read as law in force, for readers.
pub(super) fn standing_word(words: &Words, standing: Standing) -> String {
    let key = match standing {
        Standing::InForce => return String::new(),
        Standing::Repealed => "repealed",
        Standing::Superseded => "superseded",
        Standing::NotInForce => "not-in-force",
        Standing::Quoted => "quoted",
        Standing::Transitional => "transitional",
        Standing::Note => "note",
        Standing::Contents => "contents",
    };
    words.get(&["at", "law", "standing", key]).to_owned()
}

/// The last unit within one.
pub(super) fn last_within(act: &Act, root: ProvisionId) -> ProvisionId {
    let mut last = root;
    // Ids stand in the order of the text: what descends from a unit follows it
    // without a gap.
    for id in act.ids().skip(root.index() + 1) {
        if act.provision(id).parent.is_none_or(|parent| parent < root) {
            break;
        }
        last = id;
    }
    last
}

/// The words of a unit. Of a unit that groups articles only its own words and
/// those of parts without a number of their own: the articles have pages.
pub(super) fn blocks(
    words: &Words,
    act: &Act,
    root: ProvisionId,
    here: Option<ProvisionId>,
    layers: &Layers,
) -> Vec<Block> {
    let unit = act.provision(root);
    let whole = Span::new(
        unit.body_start.clamp(unit.span.start, unit.span.end),
        unit.span.end,
    );
    let last = last_within(act, root);
    let within: Vec<ProvisionId> = act
        .ids()
        .skip(root.index() + 1)
        .take_while(|id| *id <= last)
        .collect();
    let mut cuts: Vec<usize> = vec![whole.start, whole.end];
    for id in &within {
        let span = act.provision(*id).span;
        cuts.extend([span.start, span.end]);
    }
    cuts.retain(|at| (whole.start..=whole.end).contains(at));
    cuts.sort_unstable();
    cuts.dedup();
    let mut blocks: Vec<Block> = Vec::new();
    for pair in cuts.windows(2) {
        let [start, end] = pair else { continue };
        // Cuts stand at every border of a unit, so that one holds the stretch.
        let owner = act.innermost_at(*start).max(root);
        if unit.kind.is_group() && has_page(act, owner, root) {
            continue;
        }
        let letters = act.quote(Span::new(*start, *end));
        if letters.trim().is_empty() {
            continue;
        }
        let from = start + (letters.len() - letters.trim_start().len());
        let to = end - (letters.len() - letters.trim_end().len());
        let depth = act
            .ancestors(owner)
            .take_while(|id| *id != root)
            .count()
            .min(5);
        let standing = act.standing(owner);
        let own = here.is_some_and(|here| act.ancestors(owner).any(|id| id == here));
        blocks.push(Block {
            depth,
            standing: if standing == act.standing(root) {
                String::new()
            } else {
                standing_word(words, standing)
            },
            here: own,
            pieces: pieces(act, Span::new(from, to), layers),
        });
    }
    if let Some(first) = blocks
        .iter_mut()
        .flat_map(|block| &mut block.pieces)
        .find(|piece| piece.marked)
    {
        first.first = true;
    }
    blocks
}

/// Whether a unit within a group has a page of its own.
fn has_page(act: &Act, id: ProvisionId, root: ProvisionId) -> bool {
    act.ancestors(id).take_while(|id| *id != root).any(|id| {
        let kind = act.provision(id).kind;
        kind == UnitKind::Article || (kind.is_group() && kind != UnitKind::Act)
    })
}

fn pieces(act: &Act, span: Span, layers: &Layers) -> Vec<Piece> {
    let mut cuts = vec![span.start, span.end];
    let over = layers
        .marks
        .iter()
        .chain(layers.citations.iter().map(|(span, ..)| span))
        .chain(layers.concepts.iter().map(|(span, _)| span));
    for layer in over.filter(|layer| layer.overlaps(span)) {
        cuts.extend([layer.start.max(span.start), layer.end.min(span.end)]);
    }
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2)
        .filter_map(|pair| {
            let [start, end] = pair else { return None };
            let part = Span::new(*start, *end);
            let text = act.quote(part);
            if text.is_empty() {
                return None;
            }
            let citation = layers.citations.iter().find(|(c, ..)| c.contains(part));
            Some(Piece {
                text: text.to_owned(),
                link: citation
                    .map(|(_, link, _)| link.clone())
                    .unwrap_or_default(),
                title: citation
                    .map(|(.., title)| title.clone())
                    .unwrap_or_default(),
                marked: layers.marks.iter().any(|mark| mark.contains(part)),
                first: false,
                concept: layers
                    .concepts
                    .iter()
                    .find(|(concept, _)| concept.contains(part))
                    .map(|(_, name)| name.clone())
                    .unwrap_or_default(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::testing::goat_act;
    use proptest::prelude::*;

    fn shown_of(
        act: &Act,
        root: ProvisionId,
        here: Option<ProvisionId>,
        layers: &Layers,
    ) -> Vec<Block> {
        let words = crate::serve::language::words("en");
        blocks(&words, act, root, here, layers)
    }

    fn words(blocks: &[Block]) -> Vec<String> {
        blocks
            .iter()
            .map(|block| {
                let text: String = block.pieces.iter().map(|p| p.text.as_str()).collect();
                format!(
                    "{}{} {text}",
                    block.depth,
                    if block.here { "!" } else { "" }
                )
            })
            .collect()
    }

    #[test]
    fn an_article_is_shown_unit_by_unit_and_a_group_without_its_articles() {
        let act = goat_act();
        let article = act.articles().next().unwrap();
        let point = act
            .ids()
            .find(|id| act.provision(*id).kind == UnitKind::Point);
        let shown = shown_of(&act, article, point, &Layers::default());
        assert_eq!(
            words(&shown),
            [
                "1 (1) No person may keep",
                "2! (a) a goat indoors;",
                "3! (i) by day, or by night.",
                "1 (2) A sheep is a goat.",
                "2 So is a horse.",
            ]
        );
        assert_eq!(shown[3].standing, "repealed");
        let root = shown_of(&act, ProvisionId::ROOT, None, &Layers::default());
        assert_eq!(words(&root), ["0 The Assembly of Valoria enacts:"]);
    }

    proptest! {
        /// Whatever is laid over it, an article shows each of its words once.
        #[test]
        fn layers_never_change_the_words(spans in prop::collection::vec((0usize..200, 0usize..60), 0..8)) {
            let act = goat_act();
            let article = act.articles().next().unwrap();
            let plain: Vec<String> = words(&shown_of(&act, article, None, &Layers::default()));
            let span = |(start, length): (usize, usize)| Span::new(start, start + length);
            let layers = Layers {
                marks: spans.iter().copied().map(span).collect(),
                citations: spans.iter().rev().take(2).map(|s| (span(*s), "/x".to_owned(), String::new())).collect(),
                concepts: spans.iter().take(3).map(|s| (span(*s), "goat".to_owned())).collect(),
            };
            prop_assert_eq!(plain, words(&shown_of(&act, article, None, &layers)));
        }
    }
}
