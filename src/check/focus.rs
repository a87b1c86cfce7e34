//! What the words of a bill are about: one bill is not a whole code, so that
//! words which a code would outweigh by better ones are set right beforehand.

use crate::annotate::{AnnotatedAct, Mention, fold_words};
use crate::law::{Act, ProvisionId, Span};
use crate::mappings::{ConceptId, Mappings};

/// Leaves out of a bill's mentions what its words only seem to say.
pub(super) fn focus(bill: &mut AnnotatedAct, mappings: &Mappings) {
    only_named_material(bill, mappings);
    only_acts_done(bill, mappings);
    widen_by_definition(bill, mappings);
}

/// Where a bill has a term for the material, words on recordings, children and
/// sexual acts elsewhere are about something else: no other clause of the bill
/// can show that they are not, as the clauses of a whole code would.
fn only_named_material(bill: &mut AnnotatedAct, mappings: &Mappings) {
    let concepts = &mappings.concepts;
    let (Some(material), penalty) = (concepts.id("csam"), concepts.id("penalty")) else {
        return;
    };
    let shown = concepts.id("depicted-child");
    let terms = concepts.concept(material).map_or(&[][..], |c| &c.any_of);
    let holding = |test: &dyn Fn(&Mention) -> bool| -> Vec<Option<ProvisionId>> {
        let found = bill.mentions.iter().filter(|mention| test(mention));
        found
            .map(|mention| article(&bill.act, mention.span))
            .collect()
    };
    let named = holding(&|mention| terms.contains(&mention.concept));
    let penal = holding(&|mention| Some(mention.concept) == penalty);
    // A term that no offence uses does not name what offences are about.
    if !named.iter().any(|article| penal.contains(article)) {
        return;
    }
    let act = &bill.act;
    bill.mentions.retain(|mention| {
        let about_material = mention.concept == material || Some(mention.concept) == shown;
        !about_material || named.contains(&article(act, mention.span))
    });
}

fn article(act: &Act, span: Span) -> Option<ProvisionId> {
    act.article_of(act.innermost_at(span.start))
}

/// Concepts of sexual acts that somebody does.
const ACTS: [&str; 3] = ["sexual-act", "intercourse", "sexual-activity"];

/// Sexual acts that are only meant ("for the purpose of engaging in") or only
/// shown in the material are not done.
fn only_acts_done(bill: &mut AnnotatedAct, mappings: &Mappings) {
    /// So many words after the first of a purpose, the act it names begins;
    /// what comes later is done for the purpose.
    const PURPOSE: std::ops::RangeInclusive<u32> = 4..=8;
    let concepts = &mappings.concepts;
    let (purpose, material) = (concepts.id("sexual-purpose"), concepts.id("csam"));
    let acts: Vec<ConceptId> = ACTS.iter().filter_map(|name| concepts.id(name)).collect();
    let around: Vec<(bool, (u32, u32))> = bill
        .mentions
        .iter()
        .filter(|m| Some(m.concept) == purpose || Some(m.concept) == material)
        .map(|m| (Some(m.concept) == purpose, m.tokens))
        .collect();
    bill.mentions.retain(|mention| {
        !acts.contains(&mention.concept)
            || !around.iter().any(|(meant, tokens)| {
                let behind = mention.tokens.0.saturating_sub(tokens.0);
                let named = if *meant {
                    PURPOSE.contains(&behind)
                } else {
                    behind > 0
                };
                named && mention.tokens.0 < tokens.1
            })
    });
}

/// Ways of bringing material to others: their verbs are often defined wider
/// than they read.
const DEALINGS: [&str; 6] = [
    "offer",
    "make-available",
    "distribute",
    "transmit",
    "sell",
    "exhibit-advertise",
];

/// A verb that the bill defines ("publish includes offer, distribute or make
/// available") says wherever it stands what its definition says.
fn widen_by_definition(bill: &mut AnnotatedAct, mappings: &Mappings) {
    let concepts = &mappings.concepts;
    let dealings: Vec<ConceptId> = DEALINGS
        .iter()
        .filter_map(|name| concepts.id(name))
        .collect();
    let Some(defined) = concepts.id("defined-as") else {
        return;
    };
    let mut added: Vec<Mention> = Vec::new();
    for sentence in &bill.sentences {
        let mentions = bill.mentions_in(sentence.tokens);
        for cue in mentions.iter().filter(|m| m.concept == defined) {
            let is_term = |m: &&Mention| {
                dealings.contains(&m.concept) && m.tokens.1 <= cue.tokens.0 && {
                    m.tokens.1 + 1 >= cue.tokens.0
                }
            };
            let Some(term) = mentions.iter().find(is_term) else {
                continue;
            };
            let mut meant: Vec<ConceptId> = mentions
                .iter()
                .filter(|m| m.tokens.0 >= cue.tokens.1 && dealings.contains(&m.concept))
                .map(|m| m.concept)
                .collect();
            meant.sort_unstable();
            meant.dedup();
            let word = stem(bill.act.quote(term.span));
            let uses = bill.mentions.iter().filter(|m| {
                let elsewhere = m.tokens.1 <= sentence.tokens.0 || sentence.tokens.1 <= m.tokens.0;
                elsewhere
                    && m.concept == term.concept
                    && !word.is_empty()
                    && stem(bill.act.quote(m.span)).starts_with(&word)
            });
            for used in uses {
                added.extend(meant.iter().map(|concept| Mention {
                    concept: *concept,
                    ..*used
                }));
            }
        }
    }
    added.retain(|new| !bill.mentions.contains(new));
    bill.mentions.extend(added);
    bill.mentions.sort_by_key(|m| m.tokens.0);
}

/// The first word without its last letters, which change with number and person.
fn stem(words: &str) -> String {
    const ENDING: usize = 2;
    const SHORTEST: usize = 4;
    let first = fold_words(words).into_iter().next().unwrap_or_default();
    let letters = first.chars().count();
    let kept = letters.saturating_sub(ENDING).max(SHORTEST);
    first.chars().take(kept).collect()
}

#[cfg(test)]
mod tests {
    use crate::amend::Forms;
    use crate::annotate::Annotator;
    use crate::check::{Bill, Standard, check};
    use crate::law::Jurisdiction;
    use crate::mappings::Mappings;

    #[test]
    fn words_say_what_they_do_and_not_what_they_name() {
        let mappings = Mappings::embedded_for(&["en"]).unwrap();
        let annotator = Annotator::new(&mappings).unwrap();
        let forms = Forms::new(&mappings).unwrap();
        let standard = Standard {
            mappings: &mappings,
            annotator: &annotator,
            forms: &forms,
            profile: String::new(),
            requirements: mappings.requirements.iter().collect(),
        };
        let met = |bill: &str| -> Vec<String> {
            let bytes = format!("---\nlanguage: en\n---\n# Goats Bill\n\n{bill}\n");
            let bill = Bill::read("b.md", bytes.as_bytes(), &Jurisdiction::new("-"), "").unwrap();
            let report = check(&bill, &standard);
            let met = report.met.iter();
            met.map(|d| d.requirement.clone()).collect()
        };
        let publish = "## Section 1\n\nA person who publishes child abuse material commits an offence and is liable to imprisonment for ten years.\n\n## Section 2\n\n“Child” means a person under the age of eighteen years. ";
        let narrow = format!("{publish}\n");
        let wide =
            format!("{publish}“Publish” includes offer, sell or make available in any way.\n");
        let offers = |bill: &str| met(bill).contains(&"csam-offer-make-available".to_owned());
        assert!(!offers(&narrow) && offers(&wide));

        let abuse = |act: &str| {
            let bill = format!(
                "## Section 1\n\nA person who {act} a person under the age of sixteen years commits an offence and is liable to imprisonment for ten years.\n"
            );
            met(&bill).contains(&"abuse-below-consent-age".to_owned())
        };
        assert!(abuse("engages in sexual activity with"));
        assert!(!abuse(
            "lets a room for the purpose of engaging in sexual activity with"
        ));
    }
}
