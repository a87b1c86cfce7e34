use super::{CitationReader, Resolution, Resolver};
use crate::ingest::{ActBuilder, Unit};
use crate::law::{Act, ActSource, Jurisdiction, Standing, UnitKind};
use crate::mappings::Mappings;

/// An act of forty articles. Article 7 has two subsections with two points
/// each, article 9 two counted paragraphs; article 30 holds the text.
fn act(language: &str, title: &str, text: &str) -> Act {
    let mut builder = ActBuilder::new();
    builder.metadata().language = language.into();
    builder.metadata().title = title.into();
    for number in 1..=40 {
        let printed = number.to_string();
        builder.open(
            UnitKind::Article,
            Unit {
                number: &printed,
                ..Unit::default()
            },
        );
        match number {
            7 => {
                for subsection in ["(1)", "(2)"] {
                    open(&mut builder, UnitKind::Subsection, subsection);
                    for point in ["(a)", "(b)"] {
                        open(&mut builder, UnitKind::Point, point);
                        builder.paragraph("goats");
                        builder.close();
                    }
                    builder.close();
                }
            }
            9 => {
                builder.alinea(1, "Goats.", Standing::InForce);
                builder.alinea(2, "Sheep.", Standing::InForce);
            }
            30 => {
                open(&mut builder, UnitKind::Subsection, "(1)");
                builder.paragraph("Cows.");
                builder.close();
                open(&mut builder, UnitKind::Subsection, "(2)");
                builder.paragraph(text);
                builder.close();
            }
            _ => builder.paragraph("Hens."),
        }
        builder.close();
    }
    builder.finish(Jurisdiction::new("va"), ActSource::default())
}

fn open(builder: &mut ActBuilder, kind: UnitKind, number: &str) {
    builder.open(
        kind,
        Unit {
            number,
            ..Unit::default()
        },
    );
}

/// The same with two schedules: the first in two parts of two paragraphs each,
/// counted on, the second of two paragraphs.
fn scheduled(language: &str, text: &str) -> Act {
    let mut builder = ActBuilder::new();
    builder.metadata().language = language.into();
    builder.metadata().title = "Goat Act".into();
    for number in ["1", "2"] {
        open(&mut builder, UnitKind::Article, number);
        builder.paragraph(if number == "1" { text } else { "Hens." });
        builder.close();
    }
    let paragraphs = |builder: &mut ActBuilder, numbers: &[&str]| {
        for number in numbers {
            open(builder, UnitKind::Article, number);
            builder.paragraph("Cows.");
            builder.close();
        }
    };
    open(&mut builder, UnitKind::Schedule, "1");
    for (part, numbers) in [("1", ["1", "2"]), ("2", ["3", "4"])] {
        open(&mut builder, UnitKind::Part, part);
        paragraphs(&mut builder, &numbers);
        builder.close();
    }
    builder.close();
    open(&mut builder, UnitKind::Schedule, "2");
    paragraphs(&mut builder, &["1", "2"]);
    builder.close();
    builder.finish(Jurisdiction::new("va"), ActSource::default())
}

#[test]
fn schedules_their_parts_and_paragraphs_are_found() {
    let mappings = Mappings::embedded().unwrap();
    let mut wrong = Vec::new();
    for (language, text, expected) in [
        (
            "en",
            "See Schedule 1, Part 2, paragraph 3 and Schedule 2.",
            "1/part 2/3, 2",
        ),
        (
            "en",
            "See paragraphs 1 and 2 of Schedule 2 or sch. 1 para. 4.",
            "2/1, 2/2, 1/part 2/4",
        ),
        (
            "en",
            "See Parts 1 and 2 of Schedule 1; paragraph 4 of Part 2 of the First Schedule.",
            "1/part 1, 1/part 2, 1/part 2/4",
        ),
        (
            "en",
            "See Schedules 1 and 2, Schedule 1 to this Act, Schedule 1 to the Wool Act and Schedule 3.",
            "1, 2, 1, other-act, no-such-unit",
        ),
        (
            "en",
            "See paragraph 1 of Part 2 of Schedule 1, and Part 3 of Schedule 1.",
            "1/part 2?, 1?",
        ),
        (
            "de",
            "Es gilt Anlage 1 Teil 2 Nummer 3 und Nummer 2 der Anlage 2.",
            "1/part 2/3, 2/2",
        ),
        (
            "fr",
            "Voir l'annexe 2 et les points 1 et 2 de l'annexe 1.",
            "2, 1/part 1/1, 1/part 1/2",
        ),
        ("es", "Véanse los anexos 1 y 2 de esta ley.", "1, 2"),
    ] {
        let act = scheduled(language, text);
        let reader = CitationReader::new(&mappings.pack(language).unwrap().citations).unwrap();
        let resolver = Resolver::new([&act], &mappings);
        let path = |id| {
            let units = act.ancestors(id).filter_map(|over| {
                let unit = act.provision(over);
                let number = unit.number.as_ref()?;
                let part = if unit.kind == UnitKind::Part {
                    "part "
                } else {
                    ""
                };
                Some(format!("{part}{number}"))
            });
            let mut units: Vec<String> = units.collect();
            units.reverse();
            units.join("/")
        };
        let found: Vec<String> = reader
            .read(&act)
            .iter()
            .map(|citation| match resolver.resolve(0, citation) {
                Resolution::Found(target) => {
                    let whole = if target.is_whole { "" } else { "?" };
                    format!("{}{whole}", path(target.unit))
                }
                Resolution::Not(reason) => reason.name().to_owned(),
            })
            .collect();
        let got = found.join(", ");
        if got != expected {
            wrong.push(format!("{language}: {text}\n  {got}\n  {expected}"));
        }
    }
    assert!(wrong.is_empty(), "found, expected:\n{}", wrong.join("\n"));
}

/// What the citations of a sentence in article 30 name.
fn found(mappings: &Mappings, language: &str, text: &str) -> String {
    let acts = [
        act(language, "Goat Act 2030", text),
        act(language, "Sheep Code", "Nothing."),
    ];
    let pack = mappings.pack(language).unwrap();
    let reader = CitationReader::new(&pack.citations).unwrap();
    let resolver = Resolver::new(&acts, mappings);
    let found: Vec<String> = reader
        .read(&acts[0])
        .iter()
        .map(|citation| match resolver.resolve(0, citation) {
            Resolution::Found(target) => {
                let cited = &acts[target.act];
                let act = if target.act == 0 { "" } else { "Sheep Code " };
                let through = target
                    .through
                    .map(|last| format!("..{}", cited.locator(last)))
                    .unwrap_or_default();
                let whole = if target.is_whole { "" } else { "?" };
                format!("{act}{}{through}{whole}", cited.locator(target.unit))
            }
            Resolution::Not(reason) => reason.name().to_owned(),
        })
        .collect();
    found.join(", ")
}

#[test]
fn citations_of_every_language_find_their_provision() {
    let mappings = Mappings::embedded().unwrap();
    let mut wrong = Vec::new();
    for (language, text, expected) in [
        (
            "en",
            "an offence under section 7(2)(a) or 12 of this Act",
            "7(2)(a), 12",
        ),
        ("en", "sections 3, 5 to 8 and 11 apply", "3, 5..8, 11"),
        (
            "en",
            "subsection (1) and paragraph (b) of subsection (2) of section 7",
            "7(2)(b)",
        ),
        (
            "en",
            "subsection 7(2) and the preceding section",
            "7(2), 29",
        ),
        (
            "en",
            "section 5 of the Sheep Code and section 6 of the Cow Act 1990",
            "Sheep Code 5, other-act",
        ),
        (
            "en",
            "section 5 or section 6 of the Cow Act",
            "unclear-act, other-act",
        ),
        (
            "en",
            "section 5 of that Act; but section 99, the child's 18 goats, sections 3 and 5 years",
            "named-before, no-such-unit, 3",
        ),
        (
            "en",
            "section 7(1)(a) or (b), subsections (1) to (2) of section 7",
            "7(1)(a), 7(1)(b), 7(1)..7(2)",
        ),
        (
            "de",
            "§ 7 Abs. 1 und 2 Buchst. a, Absatz 1 des § 7 und § 7 Abs. 2",
            "§ 7 Abs. 1, § 7 Abs. 2 Buchst. a, § 7 Abs. 1, § 7 Abs. 2",
        ),
        (
            "fr",
            "l'article 9, alinéas 1 et 2, les articles 5, 6 et 8",
            "9 al. 1, 9 al. 2, 5, 6, 8",
        ),
        ("fi", "9 §:n 1 ja 2 momentissa", "9 al. 1, 9 al. 2"),
        (
            "ja",
            "第七条第一項及び第二項、第三条又は第五条",
            "7(1), 7(2), 3, 5",
        ),
        (
            "fr",
            "aux articles 3 et 5 à 8, au deuxième alinéa de l'article 9 comme à l'article 4 du code pénal",
            "3, 5..8, 9 al. 2, other-act",
        ),
        (
            "fr",
            "à l'article 9, alinéa 2, et au second alinéa de l'article 9 de la présente loi",
            "9 al. 2, 9 al. 2",
        ),
        (
            "de",
            "nach § 7 Absatz 2 Buchstabe a und den §§ 3 bis 5 dieses Gesetzes, § 8 StPO",
            "§ 7 Abs. 2 Buchst. a, § 3..§ 5, other-act",
        ),
        (
            "es",
            "los artículos 3 y 5, el apartado 2 del artículo 7, el artículo anterior",
            "3, 5, 7(2), 29",
        ),
        (
            "pt",
            "no art. 7, § 2º, e nos arts. 3 a 5 desta Lei",
            "7(2), 3..5",
        ),
        (
            "it",
            "dagli articoli 3 e 5, primo comma dell'articolo 9",
            "3, 5, 9 al. 1",
        ),
        (
            "nl",
            "in artikel 7, tweede lid, onder a, en de artikelen 3 tot en met 5",
            "7(2)(a), 3..5",
        ),
        (
            "pl",
            "w art. 7 § 2 stosuje się art. 3 ustawy o kozach",
            "7(2), other-act",
        ),
        ("cs", "podle § 7 odst. 2 písm. a) a § 5", "7(2)(a), 5"),
        (
            "ro",
            "la art. 7 alin. (2) lit. a) și art. 5 din prezentul cod",
            "7(2)(a), 5",
        ),
        (
            "ru",
            "частью второй статьи 7, статьями 3 и 5 настоящего Кодекса, ст. 8 Закона",
            "7(2), 3, 5, other-act",
        ),
        (
            "uk",
            "частиною другою статті 7, статтями 3 і 5 цього Кодексу",
            "7(2), 3, 5",
        ),
        (
            "tr",
            "7 nci maddenin ikinci fıkrası ile bu Kanunun 5 inci maddesi",
            "7(2), 5",
        ),
        (
            "sv",
            "enligt 7 § och 9 § andra stycket gäller 3 § lagen om får",
            "7, 9 al. 2, other-act",
        ),
        (
            "fi",
            "mitä 7 §:n 2 momentissa ja tämän lain 5 §:ssä säädetään",
            "7(2), 5",
        ),
        ("nb", "etter § 9 annet ledd og §§ 3 og 5", "9 al. 2, 3, 5"),
        ("da", "efter § 7, stk. 2, og §§ 3 og 5", "7(2), 3, 5"),
        (
            "ja",
            "第七条第二項、第三条から第五条まで及び前条の規定、羊法第五条",
            "7(2), 3..5, 29, other-act",
        ),
        (
            "zh-Hans",
            "依照本法第九条第二款和第五条的规定，依照《羊法》第五条",
            "9 al. 2, 5, other-act",
        ),
        (
            "ko",
            "제7조제2항 및 제5조, 「양법」 제5조",
            "7(2), 5, other-act",
        ),
        (
            "en",
            "as sub-section (2) or the preceding subsection requires, on the 5th day",
            "30(2), 30(1)",
        ),
        (
            "es",
            "el artículo 7 con el apartado 2; queda sujeto al párrafo segundo del artículo 9",
            "7(2), 9 al. 2",
        ),
        (
            "fr",
            "visé aux alinéas 7(2)a) ou b) et à l'alinéa 7a)",
            "7(2)(a), 7(2)(b), 7?",
        ),
        ("ja", "前項の規定、次条第一項", "30(1), 31?"),
        (
            "ar",
            "المادة 7 من هذا القانون والمواد (3) و(5) و8 إلى 10، الفقرة الثانية من المادة 9",
            "7, 3, 5, 8..10, 9 al. 2",
        ),
        (
            "he",
            "לפי סעיף 7(2)(a) או סעיפים 3 ו-5 לחוק זה, כאמור בסעיף קטן (1)",
            "7(2)(a), 3, 5, 30(1)",
        ),
        (
            "el",
            "στο άρθρο 7 παρ. 2 και στα άρθρα 3 και 5 του παρόντος, στο άρθρο 8 του νόμου περί αιγών",
            "7(2), 3, 5, other-act",
        ),
        ("th", "ตามมาตรา ๗ และมาตรา ๓ แห่งพระราชบัญญัตินี้", "7, 3"),
        (
            "id",
            "sebagaimana dimaksud dalam Pasal 7 ayat (2) huruf a dan Pasal 5 Undang-Undang ini",
            "7(2)(a), 5",
        ),
        ("ms", "di bawah seksyen 7 atau subseksyen (2)", "7, 30(2)"),
        ("vi", "khoản 2 Điều 7 và Điều 5 của Luật này", "7(2), 5"),
        (
            "hu",
            "a 7. § (2) bekezdés a) pontja és az 5. § szerint",
            "7(2)(a), 5",
        ),
        ("sk", "podľa § 7 ods. 2 písm. a) a § 5", "7(2)(a), 5"),
        (
            "hr",
            "iz članka 7. stavka 2. i članka 5. ovoga Zakona",
            "7(2), 5",
        ),
        (
            "sr",
            "iz člana 7. stav 2. ovog zakona, чланом 5. овог закона",
            "7(2), 5",
        ),
        (
            "sl",
            "iz drugega odstavka 7. člena in 5. člena tega zakona",
            "7(2), 5",
        ),
        ("bg", "по чл. 7, ал. 2 и чл. 5 от този закон", "7(2), 5"),
        (
            "lt",
            "šio įstatymo 7 straipsnio 2 dalyje ir 5 straipsnyje",
            "7(2), 5",
        ),
        (
            "lv",
            "šā likuma 7. panta otrajā daļā un 5. pantā",
            "7(2), 5",
        ),
        ("et", "käesoleva seaduse § 7 lõikes 2 ja §-s 5", "7(2), 5"),
        (
            "is",
            "skv. 2. mgr. 7. gr. og 5. gr. laga þessara",
            "7(2), 5",
        ),
        (
            "ca",
            "l'apartat 2 de l'article 7 i l'article 5 d'aquesta llei",
            "7(2), 5",
        ),
        (
            "ka",
            "ამ კანონის მე-7 მუხლის მე-2 ნაწილი და მე-5 მუხლი",
            "7(2), 5",
        ),
        (
            "sw",
            "kifungu cha 7 cha Sheria hii na kifungu cha 5",
            "7, 5",
        ),
        (
            "zh-Hant",
            "依本法第九條第二項及第五條規定，依羊法第五條",
            "9 al. 2, 5, other-act",
        ),
    ] {
        let got = found(&mappings, language, text);
        if got != expected {
            wrong.push(format!("{language}: {text}\n  {got}\n  {expected}"));
        }
    }
    assert!(wrong.is_empty(), "found, expected:\n{}", wrong.join("\n"));
}
