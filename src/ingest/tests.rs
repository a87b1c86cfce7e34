//! Whole files in, acts out: every text here is written for the test, about
//! places that do not exist.

use proptest::prelude::*;

use super::{IngestError, Metadata, SourceFile, read};
use crate::law::{Act, Jurisdiction, ProblemKind, Span, Standing, UnitKind};

fn act_of(text: &str, language: &str) -> Act {
    read(&SourceFile {
        jurisdiction: Jurisdiction::new("xx"),
        file: "act".to_owned(),
        bytes: text.as_bytes(),
        declared: Metadata {
            language: language.to_owned(),
            ..Metadata::default()
        },
    })
    .unwrap()
}

/// `12A(1)(a)` for all units below and at article level.
fn locators(act: &Act) -> Vec<String> {
    act.ids()
        .filter(|id| act.provision(*id).kind >= UnitKind::Article)
        .map(|id| act.locator(id).to_string())
        .collect()
}

fn articles(act: &Act) -> Vec<String> {
    act.articles()
        .map(|id| act.locator(id).to_string())
        .collect()
}

fn heading(act: &Act, locator: &str) -> String {
    act.articles()
        .find(|id| act.locator(*id).to_string() == locator)
        .and_then(|id| act.provision(id).heading)
        .map(|span| act.quote(span).to_owned())
        .unwrap_or_default()
}

fn standing(act: &Act, locator: &str) -> Vec<Standing> {
    act.articles()
        .filter(|id| act.locator(*id).to_string() == locator)
        .map(|id| act.standing(id))
        .collect()
}

fn problems(act: &Act) -> Vec<ProblemKind> {
    act.problems.iter().map(|problem| problem.kind).collect()
}

#[test]
fn an_english_act_with_marginal_notes_points_and_a_schedule() {
    let act = act_of(
        "---\ntitle: \"Goats Act 1901\"\nlast_updated: 1999-02-03\n---\n\n# Goats Act 1901\n\n## Part I Keeping\n\n\
         ### 12A Keeping goats indoors\n\n(1) A person who keeps a goat\n\n- (a) indoors, or\n- (b) under section 3(1),\n\n\
         commits an offence.\n\n**Penalty**\n\n(2) The penalty is ten **talers**.\n\n### 13 Sheep\n\nNo sheep.\n\n\
         ### 14 Cows\n\nNo cows. Section 13 of the Sheep Act does not apply.\n\n## Schedule 2 Forms\n\n### 1\n\nA form.\n",
        "en",
    );
    assert_eq!(act.title, "Goats Act 1901");
    assert_eq!(act.date, "1999-02-03");
    assert_eq!(
        locators(&act),
        [
            "12A",
            "12A(1)",
            "12A(1)(a)",
            "12A(1)(b)",
            "12A(2)",
            "13",
            "14",
            "sch. 2-1"
        ]
    );
    assert_eq!(heading(&act, "12A"), "Keeping goats indoors");
    let text = act.text.as_str();
    assert!(text.contains("The penalty is ten talers."));
    assert!(text.contains("(2) Penalty\n"));
    // The closing words belong to the subsection, not to its last point.
    let closing = act.innermost_at(text.find("commits an").unwrap());
    assert_eq!(act.locator(closing).to_string(), "12A(1)");
}

#[test]
fn a_french_code_counts_its_alineas_and_keeps_its_later_wording() {
    let act = act_of(
        "# Code des chèvres\n\n## Livre Ier : Des chèvres\n\n##### Article 227-23\n\nLe fait de tenir une chèvre est puni d'amende.\n\n\
         Lorsque la chèvre est tenue dans une maison, l'amende est double.\n\n##### Article 227-24\n\n(Abrogé)\n\n\
         ##### Article 227-25\n\nLe fait de vendre une chèvre sans permis délivré par la commune constitue un délit puni d'amende légère.\n\n\
         ##### Article 227-25\n\nLe fait de vendre une chèvre sans permis délivré par la commune constitue un délit puni d'amende lourde.\n",
        "fr",
    );
    assert_eq!(
        locators(&act),
        [
            "227-23",
            "227-23 al. 1",
            "227-23 al. 2",
            "227-24",
            "227-25",
            "227-25"
        ]
    );
    assert_eq!(standing(&act, "227-24"), [Standing::Repealed]);
    assert_eq!(
        standing(&act, "227-25"),
        [Standing::Superseded, Standing::InForce]
    );
    assert!(!problems(&act).contains(&ProblemKind::DuplicateNumber));
}

#[test]
fn of_dated_wordings_the_one_in_force_on_the_day_counts() {
    let text = "# Código de Cabras\n\n##### Artículo 1\n\nLas cabras son libres.\n\n\
         ##### Artículo 2\n\n(Vigente hasta el 31 de diciembre de 2026)\n\nQuien robe una cabra pagará diez táleros.\n\n\
         ##### Artículo 2\n\n(Vigente a partir del 1 de enero de 2027)\n\nQuien robe una cabra pagará veinte táleros.\n\n\
         ##### Artículo 3. Ovejas (vigente desde el 1 de marzo de 2027)\n\nLas ovejas son libres.\n\n\
         ##### Artículo 4\n\n[Suspendido por sentencia del Tribunal]\n\nLos perros son libres.\n\n\
         ##### Artículo 5\n\nEl presente Código entrará en vigor el 1 de enero de 2020.\n";
    let mut act = act_of(text, "es");
    let all = |act: &Act| ["1", "2", "3", "4", "5"].map(|number| standing(act, number));
    use Standing::{InForce, NotInForce, Superseded};
    let rest = |third| [vec![InForce], vec![third], vec![NotInForce], vec![InForce]];
    for (day, second, third) in [
        ("2026-12-31", [InForce, NotInForce], NotInForce),
        ("2027-01-01", [Superseded, InForce], NotInForce),
        ("2030-01-01", [Superseded, InForce], InForce),
        ("2025-01-01", [InForce, NotInForce], NotInForce),
    ] {
        super::as_of(&mut act, day.parse().unwrap());
        let [first, others @ ..] = rest(third);
        let [three, four, five] = others;
        assert_eq!(
            all(&act),
            [first, second.to_vec(), three, four, five],
            "{day}"
        );
    }
    assert!(!problems(&act).contains(&ProblemKind::DuplicateNumber));
    // The marks stay readable, and are no law.
    let mark = act.innermost_at(act.text.as_str().find("Suspendido").unwrap());
    assert!(!act.standing(mark).may_count());
}

#[test]
fn a_spanish_act_with_torn_suffixes_final_provisions_and_quotations() {
    let act = act_of(
        "# Ley de Cabras\n\n**ARTICULO 1º.-** Queda prohibida la cabra.\n\n**ARTICULO 2 bis**. - (Artículo derogado por la Ley 99)\n\n\
         **Artículo 3-**A. Pastos\n\nLos pastos son libres.\n\n### Artículo 4\n\nBIS.- Quien venda una cabra pagará diez táleros.\n\n### Artículo 4\nQuintus. Quien venda una oveja pagará diez táleros.\n\n\
         ##### Disposición final primera. Modificación de la Ley de Ovejas.\n\nEl artículo 9 de la Ley de Ovejas queda redactado así:\n\n\
         «Artículo 9. Las ovejas.\n\nSerá castigado quien venda ovejas.»\n",
        "es",
    );
    assert_eq!(
        articles(&act),
        [
            "1",
            "2 bis",
            "3-A",
            "4 BIS",
            "4 Quintus",
            "Disposición final primera"
        ]
    );
    assert_eq!(standing(&act, "2 bis"), [Standing::Repealed]);
    assert_eq!(heading(&act, "3-A"), "Pastos");
    let quoted = act.innermost_at(act.text.as_str().find("Será castigado").unwrap());
    assert_eq!(act.standing(quoted), Standing::Quoted);
}

#[test]
fn a_german_act_after_its_table_of_contents() {
    let act = act_of(
        "# Ziegengesetz\n\n* [§ 1 ZiG — Ziele](#-1)\n* [§ 2 ZiG](#-2)\n\n### § 1 ZiG — Ziele\n\n(1) Ziegen sind zu schützen, soweit\n\n\
         1. sie jung sind oder\n2. sie krank sind.\n\n(2) § 2 gilt entsprechend.\n\n### § 2 ZiG — Strafe\n\nWer eine Ziege stiehlt, wird bestraft.\n\n\
         ### § 2a ZiG — Versuch\n\nDer Versuch ist strafbar.\n\n### § 3 ZiG — Schluss\n\nEnde.\n\n### § 4 ZiG\n\nEnde.\n",
        "de",
    );
    assert_eq!(
        locators(&act),
        [
            "§ 1",
            "§ 1 Abs. 1",
            "§ 1 Abs. 1 Nr. 1",
            "§ 1 Abs. 1 Nr. 2",
            "§ 1 Abs. 2",
            "§ 2",
            "§ 2a",
            "§ 3",
            "§ 4"
        ]
    );
    assert_eq!(heading(&act, "§ 2"), "Strafe");
}

#[test]
fn numbers_that_restart_in_every_chapter_are_cited_with_it() {
    let mut text = "# Getlagen\n".to_owned();
    for chapter in 1..=5 {
        text.push_str(&format!("\n## {chapter} kap.\n"));
        for section in 1..=4 {
            text.push_str(&format!("\n###### § {section}\n\nGetter ska skyddas.\n"));
        }
    }
    let act = act_of(&text, "sv");
    let all = articles(&act);
    assert_eq!(all.len(), 20);
    assert_eq!((all[0].as_str(), all[19].as_str()), ("1:1", "5:4"));
}

#[test]
fn other_scripts_and_traditions() {
    for (text, language, expected) in [
        (
            "# 山羊法\n\n**第一条（目的）**　この法律は、山羊を守る。\n\n**２**　山羊とは、山羊をいう。\n\n- 一　若い山羊\n- 二　老いた山羊\n\n**第一条の二**　羊は、山羊とみなす。\n\n## 附則\n\n**第一条（施行期日）**　この法律は、公布の日から施行する。\n",
            "ja",
            vec![
                "一",
                "一(1)",
                "一(2)",
                "一(2)(一)",
                "一(2)(二)",
                "一の二",
                "sch. 附則-一",
            ],
        ),
        (
            "##### 제11조 (염소)\n\n**①** 염소는 보호된다.\n\n  1\\. 어린 염소\n\n##### 제11조의2\n\n삭제 <1999.1.1>\n\n##### 제12조 (양)\n\n양도 같다.\n",
            "ko",
            vec!["11", "11(①)", "11(①)(1)", "11의2", "12"],
        ),
        (
            "Статья 1. Козы\n\nКозы охраняются законом.\n\nСтатья 2. Овцы\n\n1. Овцы не охраняются.\n\n2. Статья 1 не применяется.\n\nСтатья 3. Сроки\n\nЗакон действует.\n",
            "ru",
            vec!["1", "2", "2(1)", "2(2)", "3"],
        ),
        (
            "المادة 1\n\nالماعز محمي بالقانون.\n\nالمادة 2\n\nيعاقب كل من سرق ماعزا.\n\nالمادة 2 مكرر\n\nيعاقب على المحاولة.\n",
            "ar",
            vec!["1", "2", "2 مكرر"],
        ),
        (
            "มาตรา ๑ แพะได้รับการคุ้มครอง\nมาตรา ๒ ผู้ใดลักแพะต้องระวางโทษ\n(๑) แพะขาว\n(๒) แพะดำ\nมาตรา ๒/๑ ให้ใช้กับแกะด้วย\nมาตรา ๓ ให้รัฐมนตรีรักษาการ\n",
            "th",
            vec!["1", "2", "2(1)", "2(2)", "2/1", "3"],
        ),
        (
            "Keçi Kanunu\n\nAmaç\n\nMadde 1-\n(1) Keçiler korunur.\n\nCeza\n\nMadde 2-\n(1) Keçi çalan cezalandırılır.\n\n(2) Teşebbüs de cezalandırılır.\n\nYürürlük\n\nMadde 3-\n(1) Kanun yürürlüğe girer.\n",
            "tr",
            vec!["1", "1(1)", "2", "2(1)", "2(2)", "3", "3(1)"],
        ),
        (
            "Art.1.§1.Kto kradnie kozę, podlega karze.\n§2.Przepisu § 1 nie stosuje się do owiec.\nArt.1a.Kto sprzedaje kozę, podlega karze:\n1)grzywny,\n2)nagany.\nArt.2.(uchylony)\n",
            "pl",
            vec!["1", "1(1)", "1(2)", "1a", "1a(1)", "1a(2)", "2"],
        ),
    ] {
        let act = act_of(text, language);
        assert_eq!(
            locators(&act),
            expected,
            "{language}: {}",
            act.text.as_str()
        );
    }
}

#[test]
fn paragraphs_after_a_list_stand_beside_it_and_inserted_sections_are_sections() {
    let act = act_of(
        "# 山羊法\n\n**第一条（罰則）**　次に掲げる者は、罰金に処する。\n\n- 一　山羊を盗んだ者\n- 二　羊を盗んだ者\n\n**２**　未遂は、罰する。\n\n- 一　山羊\n\n**第二条**　羊は、山羊とみなす。\n",
        "ja",
    );
    assert_eq!(
        locators(&act),
        [
            "一",
            "一(1)",
            "一(1)(一)",
            "一(1)(二)",
            "一(2)",
            "一(2)(一)",
            "二"
        ]
    );
    let mut text = "# Goats Act\n\n".to_owned();
    for number in 1..=6 {
        text.push_str(&format!(
            "{number}. Goats of kind {number}.— (1) No person shall keep a goat.\n\n(2) Nor a sheep.\n\n"
        ));
    }
    text.push_str("1\n\n[6A. Kids.— Whoever keeps a kid shall be fined.]\n\n7. Rules.— The mayor may make rules.\n\n8. Repeal.— The old Act is repealed.\n");
    let act = act_of(&text, "en");
    assert_eq!(articles(&act)[5..], ["6", "6A", "7", "8"]);
}

#[test]
fn transitional_rules_count_anew_and_do_not_disturb_the_code() {
    let act = act_of(
        "# Código de Cabras\n\n### Artículo 1\n\n.- Las cabras son libres.\n\n### Artículo 2\n\n.- Las ovejas no.\n\n### Artículo 3\n\n.- Nada más.\n\n\
         ## TRANSITORIOS\n\nPRIMERO.- Este Código entra en vigor mañana.\n\nSEGUNDO.- Se deroga el anterior.\n\n\
         ## TRANSITORIOS\n\nPRIMERO.- Este Decreto entra en vigor hoy.\n",
        "es",
    );
    assert_eq!(
        articles(&act),
        [
            "1",
            "2",
            "3",
            "sch. TRANSITORIOS-1",
            "sch. TRANSITORIOS-2",
            "sch. TRANSITORIOS 2-1"
        ]
    );
    assert_eq!(
        standing(&act, "sch. TRANSITORIOS-1"),
        [Standing::Transitional]
    );
    assert!(act.text.as_str().contains("\nLas cabras son libres."));
}

#[test]
fn an_enacting_law_and_its_code_keep_their_numbers_apart() {
    let mut text = "# Decreto\n\n###### Articolo 1\n\nIl codice è approvato.\n\n###### Articolo 2\n\nIl codice entra in vigore.\n\n## CODICE DELLE CAPRE\n".to_owned();
    for number in 1..=9 {
        text.push_str(&format!(
            "\n###### Articolo {number}. Capre\n\nLa capra è protetta.\n"
        ));
    }
    let act = act_of(&text, "it");
    let all = articles(&act);
    assert_eq!(all[0], "sch. enacting-1");
    assert_eq!((all[2].as_str(), all[10].as_str()), ("1", "9"));
}

#[test]
fn a_wrapped_text_is_joined_and_its_page_heads_taken_out() {
    let mut text = String::new();
    for number in 1..=12 {
        text.push_str(&format!(
            "Section {number}. Goats in general and in particular\n\n(1) No person shall keep a goat in any dwelling house or in any\n\
             building used as a dwelling house without the permission of the\n\nGazette of Nowhere www.gazette.example page {number}\n\n\
             mayor of the town where that house or that building is situated.\n\n"
        ));
    }
    let act = act_of(&text, "en");
    assert_eq!(act.articles().count(), 12);
    let text = act.text.as_str();
    assert!(
        text.contains("without the permission of the mayor of the town"),
        "{text}"
    );
    assert!(!text.contains("gazette.example"));
}

#[test]
fn a_table_of_contents_in_plain_text_is_left_out() {
    let mut text = "GOATS BILL\n\nArrangement of Sections\n\n".to_owned();
    for number in 1..=8 {
        text.push_str(&format!("{number}. Goats of kind {number}\n\n"));
    }
    for number in 1..=8 {
        text.push_str(&format!(
            "{number}. (1) A person who keeps a goat of kind {number} without a licence commits an offence.\n\n\
             (2) The penalty is ten talers and the loss of the goat.\n\n"
        ));
    }
    let act = act_of(&text, "en");
    let all = articles(&act);
    assert_eq!(all.len(), 8, "{all:?}");
    assert_eq!(locators(&act).len(), 24);
}

#[test]
fn units_printed_with_their_whole_path() {
    let mut text = "# Goats Act\n\n## Keeping\n\n".to_owned();
    for number in 1..=6 {
        text.push_str(&format!(
            "### Goats of kind {number}\n\n{number}\n\n{number}.1\n\nA person must not keep a goat—\n\n{number}.1.a\n\nindoors, or\n\n\
             {number}.1.b\n\nafter section 70 insert—\n\n{number}.1.b.70A\n\nA sheep is a goat.\n\n\
             {number}.1.c\n\nafter subsection (1) insert—\n\n{number}.1.c.1A\n\nA lamb is a kid.\n\n{number}.1.c.1B\n\nA ram is a buck.\n\n\
             {number}.1.d\n\nat the end add—\n\n“A ewe is a doe.”\n\n, and\n\n{number}.1.e\n\nA hen is free.\n\n"
        ));
    }
    let act = act_of(&text, "en");
    assert_eq!(act.articles().count(), 6);
    assert_eq!(
        locators(&act)[..5],
        ["1", "1(1)", "1(1)(a)", "1(1)(b)", "1(1)(b)(70A)"]
    );
    let standing_of = |words: &str| {
        let at = act.text.as_str().find(words).unwrap();
        act.standing(act.innermost_at(at))
    };
    for quoted in ["A sheep", "A lamb", "A ram", "“A ewe"] {
        assert_eq!(standing_of(quoted), Standing::Quoted, "{quoted}");
    }
    for own in ["indoors", "after subsection (1)", ", and", "A hen"] {
        assert_eq!(standing_of(own), Standing::InForce, "{own}");
    }
}

#[test]
fn damage_is_named() {
    let body = |number: usize| {
        format!(
            "##### Article {number}\n\nLe fait de tenir la chèvre numéro {number} dans une maison est puni d'une amende.\n\n"
        )
    };
    let gaps: String = (1..60).filter(|n| n % 3 != 0).map(body).collect();
    assert!(problems(&act_of(&gaps, "fr")).contains(&ProblemKind::NumberingGap));
    let excerpt: String = (200..230).map(body).collect();
    assert!(problems(&act_of(&excerpt, "fr")).contains(&ProblemKind::NumberingGap));
    let whole: String = (1..60).map(body).collect();
    assert_eq!(problems(&act_of(&whole, "fr")), []);
    let cut = format!(
        "{whole}##### Article 60\n\nEst puni de dix talers d'amende, sans préjudice de la perte de l'animal, celui qui tient une chèvre dans la"
    );
    assert!(problems(&act_of(&cut, "fr")).contains(&ProblemKind::Truncated));
    let stub = "##### Artículo 1\n\n(*)\n\n##### Artículo 2\n\n(*)\n\n##### Artículo 3\n\n(*)\n";
    assert!(problems(&act_of(stub, "es")).contains(&ProblemKind::Stub));
    let spaced: String =
        "W e r e i n e Z i e g e s t i e h l t w i r d b e s t r a f t . ".repeat(40);
    assert!(problems(&act_of(&spaced, "de")).contains(&ProblemKind::LetterSpaced));
    let limit: String = (1..8)
        .map(|n| {
            let long: String = format!("Le fait numéro {n} de tenir une chèvre ")
                .chars()
                .cycle()
                .take(6_000)
                .collect();
            format!("##### Article {n}\n\n{long}\n\n")
        })
        .collect();
    assert!(problems(&act_of(&limit, "fr")).contains(&ProblemKind::RoundLengthCut));
    // One definitions section that stops within a word at the limit.
    let definitions: String = "“goat” means a horned animal ; "
        .chars()
        .cycle()
        .take(8_000)
        .collect();
    let one = format!(
        "## Section 2. Definitions\n\n{definitions}\n\n## Section 3. Goats\n\nNo goats. (**)\n"
    );
    let act = act_of(&one, "en");
    assert!(problems(&act).contains(&ProblemKind::RoundLengthCut));
    assert!(act.text.as_str().contains("No goats. (**)"));
    let treaty: String = (1..12)
        .map(|n| format!("##### Article {n}\n\nStates Parties shall protect goats.\n\n"))
        .collect();
    assert!(problems(&act_of(&treaty, "en")).contains(&ProblemKind::TreatyText));
    let garbled: String = (1..30)
        .map(|n| format!("##### Article {n}\n\nLe fait de possÃ©der une chÃ¨vre est puni d'une amende trÃ¨s Ã©levÃ©e.\n\n"))
        .collect();
    assert!(problems(&act_of(&garbled, "fr")).contains(&ProblemKind::Mojibake));
}

#[test]
fn what_cannot_be_read_is_refused_by_name() {
    let refused = |bytes: &[u8]| {
        read(&SourceFile {
            jurisdiction: Jurisdiction::new("xx"),
            file: "x".to_owned(),
            bytes,
            declared: Metadata::default(),
        })
        .unwrap_err()
    };
    assert!(matches!(refused(b" \n"), IngestError::Empty { .. }));
    assert!(refused(b"\x89PNG\r\n").to_string().contains("PNG"));
    assert!(refused(b"{\"a\": 1}").to_string().contains("JSON"));
}

fn check_tree(act: &Act) -> Result<(), TestCaseError> {
    let text = act.text.as_str();
    let root = act.provision(crate::law::ProvisionId::ROOT).span;
    prop_assert_eq!(root, Span::new(0, text.len()));
    let mut last = 0;
    for id in act.ids().skip(1) {
        let unit = act.provision(id);
        prop_assert!(text.get(unit.span.range()).is_some());
        prop_assert!(unit.span.start <= unit.body_start && unit.body_start <= unit.span.end);
        prop_assert!(unit.span.start >= last, "document order");
        last = unit.span.start;
        let parent = unit.parent.map(|parent| act.provision(parent).span);
        prop_assert!(parent.is_some_and(|parent| parent.contains(unit.span)));
        if let Some(heading) = unit.heading {
            prop_assert!(text.get(heading.range()).is_some());
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_lines_give_a_sound_tree(
        lines in proptest::collection::vec(
            prop_oneof![
                "(#{1,6} )?(Article|Section|§|Art\\.|Artículo|第.条|제3조|Madde|มาตรา|المادة) ?[0-9]{0,3}( bis|[A-C]|-[0-9])?[.: -]{0,2}[a-zA-Z ]{0,20}",
                "(#{1,3} )?(Chapter|TITRE|Schedule|TRANSITORIOS|附則|Part) ?[IVX0-9]{0,2}",
                "[(]?[a-c1-3i]{1,2}[).]? ?[a-z ;:]{0,30}",
                "[0-9]{1,2}(\\.[0-9a-c]{1,2}){0,3}",
                "(\\*\\*)?\\PC{0,40}(\\*\\*)?",
                "",
            ],
            0..60,
        ),
        language in prop_oneof![Just(""), Just("en"), Just("fr"), Just("de"), Just("th")],
    ) {
        let text = lines.join("\n");
        let source = SourceFile {
            jurisdiction: Jurisdiction::new("xx"),
            file: "x".to_owned(),
            bytes: text.as_bytes(),
            declared: Metadata { language: language.to_owned(), ..Metadata::default() },
        };
        if let Ok(act) = read(&source) {
            check_tree(&act)?;
        }
    }
}

#[test]
fn articles_in_brackets_inside_others_and_stale_steps_of_a_trail_are_seen() {
    let act = act_of(
        "# Goat Act\n\n\
         ## Part I - Goats | Chapter I - Keeping | Division 1 - Pens\n\n\
         ###### Section 1. Pens\n\nEvery pen shall have a gate.\n\n\
         ## Part I - Goats | Chapter I - Keeping | Division 2 - Sheds\n\n\
         ###### Section 2. Sheds\n\n(1) Every shed shall have a door.\n\n(2) A door may be wide.\n\n1\n\
         [2A. Barns.\u{2014} Every barn shall have a window, and section 3 applies to it.\n\n\
         [2B. Lofts.__ (1) No loft is a barn.\n\n(2) A loft may have a ladder.\n\n\
         ###### Section 2C. Stalls\n\nEvery stall shall have a rope.\n\n\
         ## Part I - Goats | Chapter II - Trade | Division 2 - Sheds\n\n\
         ###### Section 3. Sale\n\nGoats may be sold [5A. as the saying goes.\n\n\
         ###### Section 4. Price\n\nThe price is free.\n\n\
         ###### Section 5. Fees\n\nThere are none.\n\n\
         [4A. Taxes.\u{2014} This number stands in the wrong place.\n",
        "en",
    );
    assert_eq!(articles(&act), ["1", "2", "2A", "2B", "2C", "3", "4", "5"]);
    assert_eq!(heading(&act, "2A"), "Barns.\u{2014}");
    assert!(locators(&act).contains(&"2B(2)".to_owned()));
    let over = |number: &str| {
        let article = act
            .articles()
            .find(|id| act.locator(*id).to_string() == number)
            .unwrap();
        let headings = act.ancestors(article).skip(1).filter_map(|id| {
            let heading = act.provision(id).heading?;
            Some(act.quote(heading).to_owned())
        });
        headings.collect::<Vec<_>>()
    };
    assert_eq!(over("2")[0], "Sheds");
    assert_eq!(over("3")[0], "Trade");
}

#[test]
fn lines_in_the_wrong_order_hide_no_article() {
    let act = act_of(
        "# Goat Bill\n\nPens\n\n1. Every pen shall have a gate.\n\nSheds\n\n2. Every shed shall have:\n\n\
         1. a door;\n\n2. a window.\n\nInsertion of sections 3A and 3B\n\n3. The principal Act is amended by inserting the following:\n\n\
         \u{201c}Barns\n\n3A. Every barn shall have a roof.\n\nLofts of goats\n\n3B. liable to a fine if he\n\n\
         A person is\n\n(a) keeps a loft.\u{201d}\n\nAmendment of section 11\n\n4. and substituting the following:\n\n\
         Section 11 is amended.\n\nPrice of goats\n\n5. The price is free.\n\nFees\n\n6. There are none.\n",
        "en",
    );
    let numbers = articles(&act);
    assert_eq!(numbers, ["1", "2", "3", "3A", "3B", "4", "5", "6"]);
}
