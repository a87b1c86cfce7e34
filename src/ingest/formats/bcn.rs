//! Chilean law XML: articles with running text.

use super::xml::{Node, Opening, Passage, Place, Role, Tree, Vocabulary, passages, write};
use crate::ingest::ActBuilder;
use crate::law::{Number, Standing, UnitKind};

/// Numbers written in words, from the first.
const ORDINALS: &[&str] = &[
    "primero", "segundo", "tercero", "cuarto", "quinto", "sexto", "séptimo", "octavo", "noveno",
    "décimo",
];

/// Reads a document.
///
/// # Errors
/// When the document has no element at all.
pub(crate) fn read(text: &str, builder: &mut ActBuilder) -> Result<(), String> {
    let tree = Tree::parse(text, builder);
    let root = tree.root().ok_or("no element in the document")?;
    metadata(root, builder);
    write(root, &mut Bcn, builder);
    Ok(())
}

fn metadata(root: Node<'_>, builder: &mut ActBuilder) {
    let metadata = builder.metadata();
    if metadata.title.is_empty() {
        metadata.title = root
            .child("metadatos")
            .map(|data| data.child_words("titulo", &[]))
            .unwrap_or_default();
    }
    if metadata.identifier.is_empty() {
        let number = root.attribute("numero");
        metadata.identifier = match number.as_ref() {
            "" => root.attribute("id_norma").into_owned(),
            number => format!("{} {number}", root.attribute("tipo")),
        };
    }
    if metadata.language.is_empty() {
        let language = root.attribute("idioma");
        metadata.language = if language.is_empty() {
            "es".into()
        } else {
            language.into_owned()
        };
    }
    if metadata.date.is_empty() {
        metadata.date = root.attribute("fecha_version").into_owned();
    }
}

struct Bcn;

impl Vocabulary for Bcn {
    fn role<'t>(&mut self, node: Node<'t>, _place: &Place) -> Role<'t> {
        match node.name() {
            "metadatos" | "contexto" | "referencias" => Role::Drop,
            "encabezado" => Opening::new(UnitKind::Preamble, "").role(),
            "promulgacion" => Role::Under(Standing::Note),
            "libro" => group(node, UnitKind::Book),
            "titulo" if node.parent_name() == "anexo" => Role::Drop,
            "titulo" => group(node, UnitKind::Title),
            "capitulo" => group(node, UnitKind::Chapter),
            "parrafo" | "seccion" | "parte" if node.child("articulo").is_some() => {
                group(node, UnitKind::Division)
            }
            "anexo" => Opening::new(UnitKind::Schedule, node.attribute("numero"))
                .heading(node.child_words("titulo", &[]))
                .role(),
            "articulo" => article(node),
            // In an article they were read by it, in a group they repeat its heading.
            name if name.ends_with("_seccion") => Role::Drop,
            "texto" if is_group(node.parent_name()) => Role::Drop,
            "texto" | "contenido" if node.parent_name() == "articulo" => {
                let text = node.parent().map_or_else(String::new, full_text);
                let (_, rest) = number_and_rest(&text);
                Role::Passages(read_passages(rest))
            }
            "texto" => Role::Passages(read_passages(&node.words(&[]))),
            _ => Role::Block,
        }
    }
}

fn is_group(name: &str) -> bool {
    matches!(
        name,
        "libro" | "titulo" | "capitulo" | "parrafo" | "seccion" | "parte"
    )
}

/// `TÍTULO I DE LOS DELITOS`: two words of number, then the heading.
fn group<'t>(node: Node<'t>, kind: UnitKind) -> Role<'t> {
    let heading = node
        .elements()
        .find(|child| child.name().ends_with("_seccion"))
        .map(|child| child.words(&[]))
        .unwrap_or_default();
    let words: Vec<&str> = heading.split_whitespace().collect();
    let is_number = |word: &&str| word.chars().all(|c| "IVXLCDM0123456789°º.".contains(c));
    let cut = if words.get(1).is_some_and(is_number) {
        2
    } else {
        0
    };
    let (number, heading) = words.split_at(cut);
    Opening::new(kind, number.join(" "))
        .heading(heading.join(" "))
        .role()
}

fn article<'t>(node: Node<'t>) -> Role<'t> {
    let text = full_text(node);
    let (printed, _) = number_and_rest(&text);
    let number = node.attribute("numero");
    let context = node.child_words("contexto", &[]).to_lowercase();
    let standing = if node.attribute("estado") == "derogado" {
        Standing::Repealed
    } else if context.contains("transitori") {
        Standing::Transitional
    } else {
        Standing::InForce
    };
    let mut opening = match printed {
        "" => Opening::new(UnitKind::Article, number.clone()),
        printed => Opening::new(UnitKind::Article, printed.to_owned()),
    };
    if !number.is_empty() {
        let place = ORDINALS
            .iter()
            .position(|word| number.to_lowercase() == *word)
            .map_or_else(|| number.to_string(), |place| (place + 1).to_string());
        opening.cited = Some(Number::new(&match standing {
            // They count from one again.
            Standing::Transitional => format!("{place} transitorio"),
            _ => place,
        }));
    }
    opening.standing(standing).role()
}

/// An article's text in one piece: numbered parts get their number back, which
/// the source has cut from the first of each run.
fn full_text(article: Node<'_>) -> String {
    let Some(content) = article.child("contenido") else {
        return article
            .child("texto")
            .map_or_else(String::new, |text| text.words(&[]));
    };
    let mut text = String::new();
    for part in content.elements() {
        text.push_str("\n ");
        let number = part.attribute("numero");
        if part.name() == "inciso" && !number.is_empty() {
            text.push_str(&number);
            text.push_str(". ");
        }
        text.push_str(part.words(&[]).trim());
    }
    text
}

/// Cuts `Artículo 3°.-` off the text of an article.
fn number_and_rest(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    if !text.to_lowercase().starts_with("art") {
        return ("", text);
    }
    match text.find(".-").map(|at| at + 2) {
        Some(end) if text[..end].chars().count() <= 40 => text.split_at(end),
        _ => ("", text),
    }
}

/// A new paragraph begins with a blank after the line break; other breaks are
/// only those of the printed page.
fn read_passages(text: &str) -> Vec<Passage> {
    let mut paragraphs: Vec<String> = Vec::new();
    for line in text.lines() {
        let new = line.starts_with(' ') || line.trim().is_empty();
        match paragraphs.last_mut() {
            Some(last) if !new => {
                last.push(' ');
                last.push_str(line.trim());
            }
            _ => paragraphs.push(line.trim().to_owned()),
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    passages(paragraphs, true)
}

#[cfg(test)]
mod tests {
    use super::super::xml::testing::{act_of, body_articles, outline, shared};
    use super::read;
    use crate::law::Standing;

    const SAMPLE: &str = r#"<ley idioma="es" tipo="Ley" numero="1" fecha_version="2030-01-02"><metadatos><titulo>SOBRE CABRAS</titulo><fechas><version>2222-02-02</version></fechas></metadatos>
<encabezado>LEY NÚM. 1</encabezado><contenido>
<titulo><titulo_seccion>TÍTULO I DE LA CRIANZA</titulo_seccion><texto>"TÍTULO I
 DE LA CRIANZA</texto>
<articulo numero="1°"><contexto>TÍTULO I</contexto><texto>Artículo 1°.- Venta. El que venda una
cabra será multado.
 La tentativa se castiga.</texto><referencias><ref articulo="1"/></referencias></articulo>
<articulo numero="2 BIS"><contenido><parrafo>Artículo 2 bis.- Agrégase en la ley de ovejas:</parrafo><inciso numero="1">El siguiente artículo:</inciso><parrafo>"Artículo 9.- La lana se
grava.".</parrafo><inciso numero="2">Suprímese el artículo 10.
 a) con su título.</inciso></contenido></articulo>
<articulo numero="3" estado="derogado"><texto>Artículo 3.- Derogado.</texto></articulo></titulo>
<titulo><titulo_seccion>ARTÍCULOS TRANSITORIOS</titulo_seccion><articulo numero="primero"><contexto>ARTÍCULOS TRANSITORIOS</contexto><texto>Artículo primero.- Rige desde hoy.</texto></articulo></titulo></contenido>
<promulgacion>Promúlguese.</promulgacion><anexos><anexo numero="1"><titulo>Razas</titulo><texto>Bóer.</texto></anexo></anexos></ley>"#;

    #[test]
    fn running_text_becomes_counted_paragraphs_and_items() {
        let act = act_of(read, SAMPLE);
        assert_eq!(
            outline(&act),
            "Preamble: LEY NÚM. 1
Title TÍTULO I <DE LA CRIANZA>
 Article 1°
  Alinea 1: Venta. El que venda una cabra será multado.
  Alinea 2: La tentativa se castiga.
 Article 2 BIS
  Point 1.
   Alinea Quoted: \"Artículo 9.- La lana se grava.\".
  Point 2.
   Subpoint a): con su título.
 Article 3 Repealed: Derogado.
Title <ARTÍCULOS TRANSITORIOS>
 Article 1 transitorio Transitional: Rige desde hoy.
Alinea Note: Promúlguese.
Schedule 1 <Razas>: Bóer.
"
        );
        assert!(
            act.text
                .as_str()
                .contains("Artículo 1°.-\nVenta. El que venda una cabra")
        );
        assert_eq!(
            (act.identifier.as_str(), act.date.as_str()),
            ("Ley 1", "2030-01-02")
        );
    }

    #[test]
    fn a_real_law_gives_as_many_articles_as_it_announces() {
        let Some(text) = shared("formats/ley_21459_delitos_informaticos.xml") else {
            return;
        };
        let act = act_of(read, &text);
        assert_eq!(body_articles(&act), 24);
        let repealed = act
            .articles()
            .filter(|id| act.standing(*id) == Standing::Repealed)
            .count();
        assert_eq!(repealed, 2);
    }
}
