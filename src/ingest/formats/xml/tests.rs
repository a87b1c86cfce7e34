//! Every XML reader on damaged, hostile and random markup; speed.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::super::{
    akoma_ntoso, althingi, bcn, bwb, clml, egov, exdoc, finlex, gii, lois, moj, tei, uslm,
};
use super::marks::{says_repealed, without_word};
use super::testing::{Reader, act_of, outline, shared};
use crate::ingest::ActBuilder;
use crate::law::{ActSource, Jurisdiction, ProblemKind};

const READERS: &[Reader] = &[
    akoma_ntoso::read,
    althingi::read,
    bcn::read,
    bwb::read,
    clml::read,
    egov::read,
    exdoc::read,
    finlex::read,
    gii::read,
    lois::read,
    moj::read,
    tei::read,
    uslm::read,
];

#[test]
fn numbers_lose_the_word_before_them_and_nothing_else() {
    for (printed, bare) in [
        ("Art. 5-bis.", "5-bis."),
        ("Art.5", "5"),
        ("§ 184b", "184b"),
        ("§§ 5 bis 8", "5 bis 8"),
        ("Artículo IV", "IV"),
        ("Schedule 2", "2"),
        ("Anlage 1 (zu § 4)", "1 (zu § 4)"),
        ("第三条の二", "第三条の二"),
        ("第 319-1 條", "第 319-1 條"),
        ("A5", "A5"),
        ("366 quáter", "366 quáter"),
        ("18 a §", "18 a §"),
        ("SCHEDULE", "SCHEDULE"),
    ] {
        assert_eq!(without_word(printed), bare);
    }
}

#[test]
fn only_a_remark_in_place_of_the_text_means_repealed() {
    for gone in [
        "(weggefallen)",
        "-",
        ". . . . .",
        "[Repealed, 2012, c. 1, s. 5]",
        "((ARTICOLO ABROGATO DAL D.LGS. 1 GENNAIO 2030, N. 1))",
        "LETTERA SOPPRESSA DAL D.LGS. 1 GENNAIO 2030, N. 1;",
        "削除",
        "（刪除）",
        "Derogado.",
    ] {
        assert!(says_repealed(gone), "{gone}");
    }
    for law in [
        "",
        "(*)",
        "Repealed provisions keep their effect.",
        "5",
        "(1) Omitted goats are returned.",
    ] {
        assert!(!says_repealed(law), "{law}");
    }
}

#[test]
fn broken_markup_keeps_what_was_read_and_tells_where() {
    for (damage, place) in [
        (
            "<section><num>2</num><content><p>Two &goat; <b>bold</p></content></section>",
            "line 2, column 52",
        ),
        (
            "<section><num>2</num><content><p>Two &goat; a < b</p></content></section>",
            "line 2, column 47",
        ),
        (
            "<section><num>2</num><content class=\"x><p>Two &goat;</p></content></section>",
            "line 2, column",
        ),
    ] {
        let text = format!(
            "<akomaNtoso><act><body><section><num>1</num><content><p>One.</p></content></section>\n{damage}<section><num>3</num><content><p>Three"
        );
        let act = act_of(akoma_ntoso::read, &text);
        let numbers: Vec<_> = act
            .articles()
            .filter_map(|id| act.provision(id).number.clone())
            .map(|number| number.to_string())
            .collect();
        assert_eq!(numbers, ["1", "2", "3"], "{damage}\n{}", outline(&act));
        assert!(act.text.as_str().contains("Two &goat;") && act.text.as_str().ends_with("Three\n"));
        assert!(
            act.problems
                .iter()
                .all(|problem| problem.kind == ProblemKind::BrokenMarkup)
        );
        let first = act.problems[0].to_string();
        assert!(first.contains(place), "{first}");
        assert!(act.problems[1].to_string().contains("&goat;"));
    }
}

#[test]
fn declared_entities_are_never_expanded() {
    let mut bomb = String::from(
        "<!DOCTYPE act [<!ENTITY e0 \"goat\">\n<!ENTITY x SYSTEM \"file:///etc/passwd\">\n",
    );
    for depth in 1..40 {
        let inner = format!("&e{};", depth - 1).repeat(10);
        bomb.push_str(&format!("<!ENTITY e{depth} \"{inner}\">\n"));
    }
    bomb.push_str("]><act><body><section><num>1</num><content><p>&e39; &x; &eacute;</p></content></section></body></act>");
    let act = act_of(akoma_ntoso::read, &bomb);
    assert_eq!(act.text.as_str(), "1\n&e39; &x; é\n");
}

/// How long reading a hostile text may take: many times what plain text of a
/// like length takes in the same run, so that a busy machine is no failure and
/// quadratic time is one.
fn patience() -> Duration {
    let plain = "<p>1 x</p>".repeat(300_000);
    let started = Instant::now();
    act_of(
        akoma_ntoso::read,
        &format!("<act><body>{plain}</body></act>"),
    );
    (started.elapsed() * 50).max(Duration::from_secs(20))
}

#[test]
fn deep_nesting_costs_neither_stack_nor_time() {
    let patience = patience();
    for name in [
        "section",
        "p",
        "quotedStructure",
        "b",
        "chapter",
        "level",
        "preface",
        "heading",
        "section><num",
        "section><heading",
        "blockList><item",
    ] {
        let open = format!("<{name}><num>1</num>x ").repeat(100_000);
        let text = format!("<act><body>{open}{}</body></act>", "</none>".repeat(10_000));
        let started = Instant::now();
        let act = act_of(akoma_ntoso::read, &text);
        assert!(started.elapsed() < patience, "{name}");
        let deepest = act.ids().map(|id| act.ancestors(id).count()).max();
        assert!(deepest < Some(50), "{name}");
    }
}

#[test]
fn thousands_of_broken_tags_do_not_take_quadratic_time() {
    let patience = patience();
    for tag in ["<a b=\"", "<a ", "</a ", "<", "</", "<!"] {
        let text = format!("<act>{}</act>", tag.repeat(50_000));
        let started = Instant::now();
        let act = act_of(akoma_ntoso::read, &text);
        assert!(started.elapsed() < patience, "{tag}");
        assert!(!act.problems.is_empty(), "{tag}");
    }
}

/// Every unit's span must hold its heading and its children, in order, on
/// character boundaries.
fn is_sound(read: Reader, text: &str) -> Result<(), TestCaseError> {
    let mut builder = ActBuilder::new();
    if read(text, &mut builder).is_err() {
        return Ok(());
    }
    let act = builder.finish(Jurisdiction::new("xx"), ActSource::default());
    for id in act.ids() {
        let unit = act.provision(id);
        prop_assert!(act.text.as_str().get(unit.span.range()).is_some());
        prop_assert!(unit.span.start <= unit.body_start && unit.body_start <= unit.span.end);
        if let Some(parent) = unit.parent {
            let parent = act.provision(parent).span;
            prop_assert!(parent.contains(unit.span), "{parent:?} {:?}", unit.span);
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in "\\PC{0,200}") {
        for read in READERS {
            is_sound(*read, &text)?;
        }
    }

    #[test]
    fn any_markup_is_read_without_panic(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "<norm>", "</norm>", "<metadaten>", "<enbez>§ 1", "</enbez>", "<P>(1) ", "<DL>", "<DT>1.", "<DD>",
                "<gliederungseinheit><gliederungskennzahl>010", "</", "<", ">", "&", "&#x0;", "&lt;", "<![CDATA[", "]]>",
                "<!--", "-->", "<?x ?>", "<act>", "</act>", "<section>", "</section>", "<num>", "</num>", "<heading>",
                "<content>", "<p>", "</p>", "<quotedStructure>", "<quotedText>", "<authorialNote>", "<crossHeading>",
                "<hcontainer name=\"schedule\">", "<Section>", "<Label>", "<Text>", "<Heading level=\"2\">", "<Law>", "<Paragraph Num=\"1\">",
                "<Article>", "<artikel>", "<kop>", "<nr>", "<lid>", "<lidnr>", "<li>", "<Pykala>", "<Katkoviiva/>", "<MomenttiKooste>1) x",
                "<text>", "<div>", "<head>", "<item n=\"1\">", "<法規>", "<條文>", "<條文內容>一、", "<編章節>第 一 章 x", "<articulo numero=\"1\">",
                "<texto>Artículo 1.- x\n 1. y", "<contenido>", "<art nr=\"1\">", "<subart nr=\"1\">", "<level type=\"clause\">", "<tier>",
                "<P1group>", "<P1>", "<Pnumber>", "<OrderedList Type=\"roman\">", "<ListItem>", "word ", "é", "第一条", "\n", " a=\"b", "\" c='",
            ]),
            0..60,
        )
    ) {
        let text = parts.concat();
        for read in READERS {
            is_sound(*read, &text)?;
        }
    }
}

#[test]
fn damaged_real_documents_are_read_without_panic() {
    let Some(text) = shared("formats/asp-2025-11.akn.xml") else {
        return;
    };
    let start = text.find("<body").unwrap_or(0);
    for cut in (start..start + 4000)
        .step_by(37)
        .filter(|cut| text.is_char_boundary(*cut))
    {
        let end = (cut + 1500).min(text.len());
        let end = (end..).find(|end| text.is_char_boundary(*end)).unwrap();
        let rest: String = text[end..].chars().take(20_000).collect();
        let damaged = format!("{}{rest}", &text[..cut]);
        is_sound(akoma_ntoso::read, &damaged).unwrap();
    }
}

/// Seconds this thread has run, where the system tells: a busy machine must
/// not change what is measured.
fn processor_seconds() -> f64 {
    let nanoseconds = std::fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|line| line.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(
        || {
            std::time::SystemTime::now()
                .duration_since(std::time::UNIX_EPOCH)
                .map_or(0.0, |now| now.as_secs_f64())
        },
        |nanoseconds| nanoseconds / 1e9,
    )
}

const RUNS: u32 = 20;

/// Prints megabytes of source per second of processor time.
#[test]
#[ignore = "measures speed; run with the measure profile"]
fn speed() {
    let files: &[(Reader, &str)] = &[
        (gii::read, "corpora/de/bgb.gii.xml"),
        (gii::read, "corpora/de/stgb.gii.xml"),
        (lois::read, "corpora/ca/y-1.5_eng.xml"),
        (bwb::read, "corpora/nl/bwbr0001854.2014.bwb.xml"),
        (
            egov::read,
            "corpora/jp/129ac0000000089_20230614_505ac0000000053.xml",
        ),
        (akoma_ntoso::read, "corpora/il/2002251_penal-law_he.xml"),
        (akoma_ntoso::read, "formats/005G0104.akn.xml"),
        (clml::read, "formats/asp-2025-11.clml.xml"),
        (uslm::read, "formats/usc01-uslm2.xml"),
        (tei::read, "formats/stgb.tei.xml"),
        (finlex::read, "corpora/fi-1889/asd18890039001.xml"),
        (althingi::read, "formats/1940.19.156b.xml"),
    ];
    let (mut bytes, mut seconds) = (0.0, 0.0);
    for (read, file) in files {
        let Some(text) = shared(file) else { return };
        let start = processor_seconds();
        for _ in 0..RUNS {
            let act = act_of(*read, &text);
            assert!(act.articles().count() > 5);
        }
        let taken = (processor_seconds() - start) / f64::from(RUNS);
        let megabytes = text.len() as f64 / 1e6;
        eprintln!("{:6.1} MB/s  {file}", megabytes / taken);
        bytes += megabytes;
        seconds += taken;
    }
    eprintln!("{:6.1} MB/s  in all", bytes / seconds);
}
