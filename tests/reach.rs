//! How far a rule reaches, on small fictional laws: what is left to an act that
//! is not held, and what a rule nearby narrows.

use std::fs;

use concord::annotate::Annotator;
use concord::assess::{Finding, Verdict};
use concord::law::Jurisdiction;
use concord::mappings::Mappings;
use concord::report::Run;

/// The finding on a law of several acts, each a title and its articles.
fn finding(requirement: &str, acts: &[(&str, &[&str])]) -> Finding {
    let corpus = tempfile::tempdir().unwrap();
    let folder = corpus.path().join("zz");
    fs::create_dir(&folder).unwrap();
    for (place, (title, articles)) in acts.iter().enumerate() {
        let mut text = format!("---\ntitle: {title}\nlanguage: en\n---\n\n");
        for (number, article) in articles.iter().enumerate() {
            text.push_str(&format!("## Section {}\n\n{article}\n\n", number + 1));
        }
        fs::write(folder.join(format!("{place}.md")), text).unwrap();
    }
    let mappings = Mappings::embedded_for(&["en"]).unwrap();
    let annotator = Annotator::new(&mappings).unwrap();
    let code = Jurisdiction::new("zz");
    let run = Run::new(
        corpus.path(),
        &[code],
        requirement,
        &mappings,
        &annotator,
        &|_| {},
    )
    .unwrap();
    run.jurisdictions[0].findings[0].clone()
}

const ABUSE: &str = "Any person who has sexual intercourse with a child commits an offence and is \
                     liable to imprisonment for ten years.";
const MATERIAL: &str = "Any person who produces, distributes or possesses child pornography commits \
                        an offence and is liable to imprisonment for five years.";

#[test]
fn what_is_left_to_an_act_that_is_not_held_is_not_denied() {
    let selling = "Any person who sells child pornography commits an offence and is liable to \
                   imprisonment for five years.";
    let code: (&str, &[&str]) = (
        "Penal Code",
        &[
            ABUSE,
            selling,
            "Acts of child pornography defined and punishable by Republic Act No. 411 are \
             punished one degree higher when committed through a computer system.",
        ],
    );
    let left = finding(
        "csam-possess",
        &[code, ("Republic Act No. 412", &[selling])],
    );
    assert_eq!(left.verdict, Verdict::Undetermined, "{}", left.coverage);
    assert!(left.reason.contains("not held"), "{}", left.reason);
    // With the act at hand the answer is its own, whatever that is.
    let denied = finding(
        "csam-possess",
        &[code, ("Republic Act No. 411", &[selling])],
    );
    assert_eq!(denied.verdict, Verdict::NotFound, "{}", denied.reason);
    let held = finding(
        "csam-possess",
        &[code, ("Republic Act No. 411", &[MATERIAL])],
    );
    assert_eq!(held.verdict, Verdict::Full, "{}", held.reason);
}

#[test]
fn a_rule_nearby_narrows_a_general_one() {
    let general = "Any person who attempts to commit an offence is guilty of an offence and is \
                   liable to one half of the penalty for that offence.";
    let narrow = "An attempt is punishable only where the law expressly provides for it.";
    let verdict = |articles: &[&str]| finding("anc-attempt", &[("Penal Code", articles)]).verdict;
    assert_eq!(verdict(&[general, ABUSE, MATERIAL]), Verdict::Full);
    assert_ne!(verdict(&[general, narrow, ABUSE, MATERIAL]), Verdict::Full);
}
