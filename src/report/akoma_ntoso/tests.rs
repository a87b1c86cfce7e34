use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{Link, akoma_ntoso};
use crate::ingest::{ActBuilder, Metadata, SourceFile, Unit, as_of, read};
use crate::law::{Act, ActSource, Jurisdiction, ProvisionId, Span, Standing, UnitKind, Validity};

fn unit<'a>(number: &'a str, heading: &'a str) -> Unit<'a> {
    Unit {
        number,
        heading,
        ..Unit::default()
    }
}

fn read_again(xml: &str) -> Act {
    read(&SourceFile {
        jurisdiction: Jurisdiction::new("va"),
        file: "act.xml".into(),
        bytes: xml.as_bytes(),
        declared: Metadata::default(),
    })
    .unwrap()
}

/// Each unit with words: kind, number, standing, heading, place of its first
/// word and number of its words, blanks left out.
fn outline(act: &Act) -> Vec<String> {
    let text = act.text.as_str();
    let letters = |span: Span| {
        text.get(span.range())
            .unwrap_or_default()
            .chars()
            .filter(|c| !c.is_whitespace())
            .count()
    };
    let mut at = (0, 0);
    act.ids()
        .skip(1)
        .filter_map(|id| {
            let unit = act.provision(id);
            at = (
                unit.span.start.max(at.0),
                at.1 + letters(Span::new(at.0, unit.span.start)),
            );
            let length = letters(unit.span);
            let heading = unit.heading.map(|span| act.quote(span)).unwrap_or_default();
            (length > 0).then(|| {
                let number = unit.number.as_ref().map(|n| n.slug()).unwrap_or_default();
                format!(
                    "{:?} {number} {:?} <{heading}> {} +{length}",
                    unit.kind,
                    act.standing(id),
                    at.1
                )
            })
        })
        .collect()
}

fn words(act: &Act) -> String {
    act.text.as_str().split_whitespace().collect()
}

/// An act with what the standard has an element for, and with what it has not.
fn goats() -> Act {
    let mut builder = ActBuilder::new();
    let metadata = builder.metadata();
    metadata.title = "Goats & Sheep Act".into();
    metadata.identifier = "12/2030".into();
    metadata.language = "en".into();
    metadata.date = "2030-05".into();
    builder.paragraph("GOATS & SHEEP ACT");
    builder.open(UnitKind::Preamble, Unit::default());
    builder.paragraph("The Assembly of Valoria enacts:");
    builder.close();
    builder.open(UnitKind::Part, unit("Part I", "Keeping"));
    builder.open(UnitKind::Article, unit("12", "Offence"));
    builder.open(UnitKind::Subsection, unit("(1)", ""));
    builder.paragraph("A person who");
    builder.alinea(0, "Words inserted in 2031.", Standing::Note);
    builder.open(UnitKind::Point, unit("(a)", ""));
    builder.paragraph("keeps a goat under section 14, or");
    builder.close();
    builder.alinea(0, "repealed words", Standing::Repealed);
    builder.open(UnitKind::Point, unit("(b)", ""));
    builder.open(UnitKind::Subpoint, unit("(i)", ""));
    builder.paragraph("keeps <two> sheep,");
    builder.close_to(UnitKind::Point);
    builder.paragraph("commits an offence.");
    builder.close_to(UnitKind::Subsection);
    builder.open(
        UnitKind::Subsection,
        Unit {
            number: "(2)",
            standing: Standing::Superseded,
            ..Unit::default()
        },
    );
    builder.paragraph("An older wording.");
    builder.close_to(UnitKind::Article);
    builder.open(UnitKind::Article, unit("13", ""));
    builder.alinea(1, "First paragraph.", Standing::InForce);
    builder.alinea(2, "Second paragraph.", Standing::InForce);
    builder.close();
    builder.open(UnitKind::Article, unit("14", "Amendment"));
    builder.paragraph("After section 5 of the Wool Act insert:");
    builder.open(
        UnitKind::Article,
        Unit {
            number: "5A",
            standing: Standing::Quoted,
            ..Unit::default()
        },
    );
    builder.paragraph("Fleece is taxed.");
    builder.close();
    builder.alinea(0, "“for wool”", Standing::Quoted);
    builder.close_to(UnitKind::Part);
    builder.open(UnitKind::Schedule, unit("Schedule 2", "Breeds"));
    builder.open(UnitKind::Article, unit("12", ""));
    builder.paragraph("Boer.");
    builder.finish(Jurisdiction::new("va"), ActSource::default())
}

#[test]
fn an_act_becomes_elements_ids_and_references() {
    let act = goats();
    let find = |words: &str| {
        let start = act.text.as_str().find(words).unwrap();
        Span::new(start, start + words.len())
    };
    let target = act.innermost_at(find("After section 5").start);
    let xml = akoma_ntoso(
        &act,
        &[Link {
            span: find("section 14"),
            target,
        }],
    );
    for part in [
        r#"<FRBRuri value="/akn/va/act/2030/12-2030/eng@2030-05-01"/>"#,
        r#"<FRBRalias value="Goats &amp; Sheep Act" name="title"/>"#,
        r##"<status xmlns="urn:concord:standing" href="#part_i__sec_12__subsec_2" refersTo="#superseded"/>"##,
        "<preface>\n<p>GOATS &amp; SHEEP ACT</p>\n</preface>",
        r#"<subsection eId="part_i__sec_12__subsec_1">"#,
        r#"<p>A person who<authorialNote eId="part_i__sec_12__subsec_1__authorialnote_1"><p>Words inserted in 2031.</p></authorialNote></p>"#,
        r##"<p>keeps a goat under <ref eId="part_i__sec_12__subsec_1__para_a__ref_1" href="#sec_14">section 14</ref>, or</p>"##,
        "<p><del>repealed words</del></p>",
        "<p>keeps &lt;two&gt; sheep,</p>",
        r#"<wrapUp eId="part_i__sec_12__subsec_1__wrapup">"#,
        r#"<alinea eId="sec_13__al_2" title="2">"#,
        r#"<section eId="sec_14__sec_5a">"#,
        "<quotedText>“for wool”</quotedText>",
        r#"<hcontainer eId="sched_2" name="schedule">"#,
        r#"<section eId="sched_2__sec_12">"#,
    ] {
        assert!(xml.contains(part), "{part}\nis not in\n{xml}");
    }
    let again = read_again(&xml);
    assert_eq!(words(&again), words(&act));
    assert_eq!(outline(&again), outline(&act));
    assert_eq!(
        (&again.title, &again.identifier, again.language.as_str()),
        (&act.title, &act.identifier, "en")
    );
}

#[test]
fn dated_wordings_come_back_with_their_days() {
    let mut builder = ActBuilder::new();
    builder.metadata().date = "2024-01-01".into();
    for (words, from, until) in [
        ("Goats may graze.", Some("2020-01-01"), Some("2024-06-30")),
        ("Goats may graze by day.", Some("2024-07-01"), None),
    ] {
        let day = |text: Option<&str>| text.map(|text| text.parse().unwrap());
        let id = builder.open(UnitKind::Article, unit("1", ""));
        let (from, until) = (day(from), day(until));
        builder.set_validity(id, Validity { from, until });
        builder.paragraph(words);
        builder.close();
    }
    let mut act = builder.finish(Jurisdiction::new("va"), ActSource::default());
    let noon = "2024-01-01".parse().unwrap();
    as_of(&mut act, noon);
    let xml = akoma_ntoso(&act, &[]);
    for part in [
        r#"contains="multipleVersions""#,
        r##"<eventRef eId="eventRef_2" date="2024-07-01" source="#legislator"/>"##,
        r##"<timeInterval eId="tmpg_1__tmpi_1" start="#eventRef_1" end="#eventRef_2" refersTo="#in-force"/>"##,
        r##"<article eId="art_1" period="#tmpg_1">"##,
    ] {
        assert!(xml.contains(part), "{part}\nis not in\n{xml}");
    }
    let mut again = read_again(&xml);
    assert_eq!(outline(&again), outline(&act));
    let later = "2024-07-01".parse().unwrap();
    as_of(&mut act, later);
    as_of(&mut again, later);
    assert!(outline(&act)[0].contains("Superseded"));
    assert_eq!(outline(&again), outline(&act));
}

#[test]
fn an_act_without_units_has_a_body() {
    let act = ActBuilder::new().finish(Jurisdiction::new("-"), ActSource::default());
    let xml = akoma_ntoso(&act, &[]);
    assert!(xml.contains("<body>\n<hcontainer"), "{xml}");
    assert_eq!(read_again(&xml).provision(ProvisionId::ROOT).span.len(), 0);
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// Where `AKN_OUT` names a folder, the documents are left there, to be
/// checked against the schema.
#[test]
fn real_acts_come_back_with_the_same_words_numbers_and_units() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let mut paths = Vec::new();
    for folder in ["corpora", "formats"] {
        files(&shared.join(folder), &mut paths);
    }
    if paths.is_empty() {
        eprintln!("skipped: no texts at {}", shared.display());
        return;
    }
    paths.sort();
    let out = std::env::var("AKN_OUT").ok();
    let wrong: Vec<String> = paths
        .par_iter()
        .flat_map(|path| changes(path, &shared, out.as_deref()))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is not the same after an act was written and read again.
fn changes(path: &Path, shared: &Path, out: Option<&str>) -> Vec<String> {
    let name = path
        .strip_prefix(shared)
        .unwrap_or(path)
        .display()
        .to_string();
    let Ok(bytes) = std::fs::read(path) else {
        return Vec::new();
    };
    let source = SourceFile {
        jurisdiction: Jurisdiction::new("va"),
        file: name.clone(),
        bytes: &bytes,
        declared: Metadata::default(),
    };
    let Ok(act) = read(&source) else {
        return Vec::new();
    };
    let xml = akoma_ntoso(&act, &[]);
    if let Some(folder) = out {
        std::fs::write(
            Path::new(folder).join(name.replace('/', "__") + ".akn"),
            &xml,
        )
        .unwrap();
    }
    let again = read_again(&xml);
    let mut wrong = Vec::new();
    if words(&again) != words(&act) {
        wrong.push(format!("{name}: words differ"));
    }
    let (left, right) = (outline(&act), outline(&again));
    let differ = left.iter().zip(&right).find(|(a, b)| a != b);
    if differ.is_some() || left.len() != right.len() {
        wrong.push(format!(
            "{name}: {} and {} units, first {differ:?}",
            left.len(),
            right.len()
        ));
    }
    wrong
}
