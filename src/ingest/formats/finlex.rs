//! Finnish statute XML (VahvistettavaLaki and its kin).

use std::collections::HashMap;

use super::xml::{MOST_SIBLINGS, Node, Opening, Place, Role, Tree, Vocabulary, write};
use crate::ingest::ActBuilder;
use crate::law::{Number, Standing, UnitKind};

/// A heading between sections holds them up to the next.
const SUBHEADING: u32 = 1;

/// A subsection holds what the markup has cut off it, up to the next.
const MOMENT: u32 = 2;

/// So does an item that stands outside its list.
const ITEM: u32 = 3;

/// Reads a Finlex document.
///
/// # Errors
/// When the document has no element at all.
pub(crate) fn read(text: &str, builder: &mut ActBuilder) -> Result<(), String> {
    let tree = Tree::parse(text, builder);
    let root = tree.root().ok_or("no element in the document")?;
    metadata(root, builder);
    let mut vocabulary = Finlex {
        by_chapter: restarts(root),
    };
    write(root, &mut vocabulary, builder);
    Ok(())
}

fn metadata(root: Node<'_>, builder: &mut ActBuilder) {
    let words = |name: &str| {
        root.descendant(name)
            .map(|node| node.words(&[]))
            .unwrap_or_default()
    };
    let metadata = builder.metadata();
    if metadata.title.is_empty() {
        metadata.title = words("SaadosNimeke");
    }
    if metadata.identifier.is_empty() {
        let (number, year) = (words("AsiakirjaNroTeksti"), words("ValtiopaivavuosiTeksti"));
        metadata.identifier = format!("{}/{}", number.trim(), year.trim());
    }
    if metadata.language.is_empty() {
        metadata.language = root.attribute("kieliKoodi").into_owned();
    }
    if metadata.date.is_empty() {
        // A year to come stands for a date that is not known.
        let date = root.attribute("laadintaPvm");
        if !date.starts_with("21") {
            metadata.date = date.into_owned();
        }
    }
}

/// The number of a section, and of the chapter it stands in.
fn place_of(section: Node<'_>) -> (Option<Number>, Number) {
    let chapter = section
        .parent()
        .filter(|parent| parent.name() == "Luku")
        .map(|chapter| Number::new(&bare(&number_of(chapter))))
        .filter(|number| number.integer().is_some());
    (chapter, Number::new(&bare(&number_of(section))))
}

/// Whether sections of different chapters share a number: they are then cited
/// with the chapter's.
fn restarts(root: Node<'_>) -> bool {
    let mut seen: HashMap<Number, Number> = HashMap::new();
    root.descendants()
        .filter(|node| node.name() == "Pykala")
        .filter_map(|section| match place_of(section) {
            (Some(chapter), number) if number.integer().is_some() => Some((chapter, number)),
            _ => None,
        })
        .any(|(chapter, number)| {
            seen.insert(number, chapter.clone())
                .is_some_and(|other| other != chapter)
        })
}

/// `2 c luku` gives `2c`, `18 a §` gives `18a`.
fn bare(printed: &str) -> String {
    printed
        .split_whitespace()
        .filter(|word| word.starts_with(|c: char| c.is_ascii_digit()) || word.chars().count() == 1)
        .filter(|word| *word != "§")
        .collect()
}

struct Finlex {
    /// Whether a section is cited with the number of its chapter.
    by_chapter: bool,
}

impl Vocabulary for Finlex {
    fn role<'t>(&mut self, node: Node<'t>, _place: &Place) -> Role<'t> {
        match node.name() {
            "IdentifiointiOsa" | "SaadosNimeke" | "Katkoviiva" | "Palstaviiva" | "Kuva" => {
                Role::Drop
            }
            name if is_number(name) => Role::Drop,
            "SaadosOtsikkoKooste" if is_unit(node.parent_name()) => Role::Drop,
            "SaadosValiotsikkoKooste" | "ValiotsikkoKooste" => Role::Heads(
                SUBHEADING,
                Opening::new(UnitKind::Division, "").heading(node.words(&[])),
            ),
            "Johtolause" => Opening::new(UnitKind::Preamble, "").role(),
            "AllekirjoitusOsa" | "EsityoOsa" | "Allekirjoitukset" => Role::Under(Standing::Note),
            "Osa" => unit(node, UnitKind::Part),
            "Luku" => unit(node, UnitKind::Chapter),
            "Liite" | "LiiteOsa" => unit(node, UnitKind::Schedule),
            "Pykala" => self.section(node),
            "MomenttiKooste" | "KohdatMomentti" | "Momentti" => moment(node),
            "MomenttiKohtaKooste" => item(node, UnitKind::Point),
            "MomenttiAlakohtaKooste" => item(node, UnitKind::Subpoint),
            "SaadosKursiiviKooste"
            | "SaadosLihavaKooste"
            | "ViiteTeksti"
            | "YleinenViite"
            | "Ylaindeksi"
            | "Alaindeksi" => Role::Inline,
            "AsemaTeksti" | "SukuNimi" | "EtuNimi" | "entry" => Role::Gap,
            _ => Role::Block,
        }
    }
}

/// `LukuTunnusKooste`, `PykalaTunnusKooste` ...
fn is_number(name: &str) -> bool {
    name.ends_with("TunnusKooste")
}

fn is_unit(name: &str) -> bool {
    matches!(name, "Osa" | "Luku" | "Liite" | "LiiteOsa" | "Pykala")
}

fn number_of(unit: Node<'_>) -> String {
    unit.elements()
        .find(|child| is_number(child.name()))
        .map(|number| number.heading_words(&[]))
        .unwrap_or_default()
}

fn unit<'t>(node: Node<'t>, kind: UnitKind) -> Role<'t> {
    Opening::new(kind, number_of(node))
        .heading(node.child_words("SaadosOtsikkoKooste", &[]))
        .role()
}

impl Finlex {
    /// A section; the commencement provision at the end has no number.
    fn section<'t>(&self, node: Node<'t>) -> Role<'t> {
        let commencement = node.attribute("pykalaLuokitusKoodi") == "VoimaantuloSaannos";
        let Role::Unit(mut opening) = unit(node, UnitKind::Article) else {
            return Role::Block;
        };
        if commencement {
            opening.standing = Standing::Transitional;
        }
        if let (true, (Some(chapter), number)) = (self.by_chapter, place_of(node)) {
            opening.cited = Some(Number::new(&format!("{chapter}:{number}")));
        }
        opening.role()
    }
}

/// Subsections are counted, not numbered. In an amending act dashes stand for
/// those that stay as they were: from there on the count is not known.
fn moment<'t>(node: Node<'t>) -> Role<'t> {
    let Some(section) = node.parent().filter(|parent| parent.name() == "Pykala") else {
        return Role::Block;
    };
    let mut before = 0;
    let mut all = 0;
    let mut passed = false;
    let mut unknown = false;
    for sibling in section.elements().take(MOST_SIBLINGS) {
        passed |= sibling.is(node);
        unknown |= !passed && sibling.name() == "Katkoviiva";
        if is_moment(sibling) && (all == 0 || !goes_on(sibling)) {
            all += 1;
            before += u32::from(!passed);
        }
    }
    if before > 0 && goes_on(node) {
        return match item_number(node) {
            Some(number) => Role::Begins(
                ITEM,
                Opening {
                    number_in_text: true,
                    ..Opening::new(UnitKind::Point, number)
                },
            ),
            None => Role::Block,
        };
    }
    if unknown {
        Role::Begins(MOMENT, Opening::new(UnitKind::Alinea, ""))
    } else if all > 1 {
        Role::Begins(MOMENT, Opening::counted(UnitKind::Subsection, before + 1))
    } else {
        Role::Block
    }
}

fn is_moment(node: Node<'_>) -> bool {
    matches!(
        node.name(),
        "MomenttiKooste" | "KohdatMomentti" | "Momentti"
    )
}

/// Whether the markup has cut off the end of the subsection before: the words
/// after its list, or an item of it.
fn goes_on(node: Node<'_>) -> bool {
    node.name() == "MomenttiKooste"
        && (item_number(node).is_some()
            || node
                .start_of_text()
                .trim_start()
                .starts_with(char::is_lowercase))
}

fn item<'t>(node: Node<'t>, kind: UnitKind) -> Role<'t> {
    match item_number(node) {
        Some(number) => Role::Unit(Opening {
            number_in_text: true,
            ..Opening::new(kind, number)
        }),
        None => Role::Block,
    }
}

/// An item's number begins its text: `1) `, `3 a) `, `2. `.
fn item_number<'t>(node: Node<'t>) -> Option<&'t str> {
    let text = node.start_of_text().trim_start();
    let end = text.find([')', '.'])?;
    let number = text.get(..=end)?;
    let bare = number.trim_end_matches([')', '.']);
    (number.len() <= 6
        && bare.starts_with(|c: char| c.is_ascii_alphanumeric())
        && bare.chars().all(|c| c.is_alphanumeric() || c == ' ')
        && (number.ends_with(')') || bare.chars().all(|c| c.is_ascii_digit())))
    .then_some(number)
}

#[cfg(test)]
mod tests {
    use super::super::xml::testing::{act_of, body_articles, outline, shared};
    use super::read;
    use crate::law::UnitKind;

    const SAMPLE: &str = r#"<vah:VahvistettavaLaki xmlns:vah="v" xmlns:saa="s" xmlns:sis="i" xmlns:asi="a" xmlns:met1="m" met1:kieliKoodi="fi" met1:laadintaPvm="2100-01-01">
<asi:IdentifiointiOsa><asi:AsiakirjaNroTeksti>1</asi:AsiakirjaNroTeksti><asi:ValtiopaivavuosiTeksti>2030</asi:ValtiopaivavuosiTeksti></asi:IdentifiointiOsa>
<saa:SaadosOsa><saa:Saados><saa:SaadosNimeke><saa:SaadostyyppiKooste>Vuohilaki</saa:SaadostyyppiKooste></saa:SaadosNimeke>
<saa:Johtolause><saa:SaadosKappaleKooste>Neuvosto <saa:SaadosKursiiviKooste>säätää</saa:SaadosKursiiviKooste>:</saa:SaadosKappaleKooste></saa:Johtolause>
<saa:Pykalisto><saa:Luku><saa:LukuTunnusKooste>17 luku</saa:LukuTunnusKooste><saa:SaadosOtsikkoKooste>Vuohista</saa:SaadosOtsikkoKooste>
<saa:Pykala><saa:PykalaTunnusKooste>18 a §</saa:PykalaTunnusKooste><saa:SaadosOtsikkoKooste>Kielto</saa:SaadosOtsikkoKooste>
<saa:KohdatMomentti><saa:MomenttiJohdantoKooste>Joka</saa:MomenttiJohdantoKooste><saa:MomenttiKohtaKooste>1) myy vuohen<saa:MomenttiAlakohtaKooste>a) yöllä</saa:MomenttiAlakohtaKooste></saa:MomenttiKohtaKooste></saa:KohdatMomentti>
<saa:MomenttiKooste>2) varastaa sen,</saa:MomenttiKooste><saa:MomenttiKooste>on tuomittava sakkoon.</saa:MomenttiKooste>
<saa:MomenttiKooste>Yritys on rangaistava.</saa:MomenttiKooste><sis:Katkoviiva/><saa:MomenttiKooste>Lammas ei ole vuohi.</saa:MomenttiKooste></saa:Pykala></saa:Luku>
<saa:Luku><saa:LukuTunnusKooste>18 luku</saa:LukuTunnusKooste><saa:Pykala><saa:PykalaTunnusKooste>1 §</saa:PykalaTunnusKooste><saa:MomenttiKooste>Vuohi on eläin.</saa:MomenttiKooste></saa:Pykala></saa:Luku>
<saa:Pykala saa:pykalaLuokitusKoodi="VoimaantuloSaannos"><saa:MomenttiKooste>Voimaan heti.</saa:MomenttiKooste></saa:Pykala></saa:Pykalisto></saa:Saados></saa:SaadosOsa>
<asi:AllekirjoitusOsa><asi:PaivaysKooste>Kylässä 1.1.2030</asi:PaivaysKooste></asi:AllekirjoitusOsa></vah:VahvistettavaLaki>"#;

    #[test]
    fn subsections_are_counted_until_dashes_hide_some() {
        let act = act_of(read, SAMPLE);
        assert_eq!(
            outline(&act),
            "Preamble: Neuvosto säätää:
Chapter 17 luku <Vuohista>
 Article 18 a § <Kielto>
  Subsection 1
   Point 1)
    Subpoint a): yöllä
   Point 2): varastaa sen, / on tuomittava sakkoon.
  Subsection 2: Yritys on rangaistava.
  Alinea: Lammas ei ole vuohi.
Chapter 18 luku
 Article 1 §: Vuohi on eläin.
Article Transitional: Voimaan heti.
Alinea Note: Kylässä 1.1.2030
"
        );
        assert_eq!(
            (act.title.as_str(), act.identifier.as_str()),
            ("Vuohilaki", "1/2030")
        );
        assert_eq!(act.date, "");
    }

    #[test]
    fn real_acts_give_as_many_sections_as_their_markup_has() {
        for (file, sections) in [
            ("fi-1889/asd18890039001.xml", 399),
            ("fi/asd20061068.fi.xml", 7),
            ("fi/asd20061068.sv.xml", 7),
            ("fi/asd20110540.fi.xml", 16),
            ("fi/asd20220723.fi.xml", 34),
        ] {
            let Some(text) = shared(&format!("corpora/{file}")) else {
                return;
            };
            let act = act_of(read, &text);
            assert_eq!(body_articles(&act), sections, "{file}");
        }
    }

    #[test]
    fn sections_that_share_a_number_are_cited_with_their_chapter() {
        let text = SAMPLE
            .replace("18 luku", "18 c luku")
            .replace(">1 §<", ">18 a §<");
        let act = act_of(read, &text);
        let cited: Vec<_> = act
            .articles()
            .map(|id| act.locator(id).to_string())
            .collect();
        assert_eq!(cited, ["17:18a", "18c:18a", ""]);
        assert!(act.text.as_str().contains("\n18 a § Kielto\n"));
    }

    #[test]
    fn numbers_restart_in_every_chapter_which_has_its_own() {
        let Some(text) = shared("corpora/fi-1889/asd18890039001.xml") else {
            return;
        };
        let act = act_of(read, &text);
        let chapters: Vec<_> = act
            .provisions
            .iter()
            .filter(|unit| unit.kind == UnitKind::Chapter)
            .filter_map(|unit| unit.number.as_ref()?.integer())
            .collect();
        assert_eq!(chapters, (1..=44).collect::<Vec<_>>());
    }
}
