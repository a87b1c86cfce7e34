//! EPUB books: chapters of XHTML in the order of the spine.

use std::collections::HashMap;

use super::container::Container;
use super::html;
use super::xml::{Node, Tree};
use crate::ingest::{ActBuilder, structure};
use crate::law::ProblemKind;

/// Reads a book into the builder.
///
/// # Errors
/// When the container cannot be opened or has no list of chapters.
pub(crate) fn read(bytes: &[u8], builder: &mut ActBuilder) -> Result<(), String> {
    let mut container = Container::open(bytes)?;
    let index = container
        .text("META-INF/container.xml")?
        .ok_or("the container holds no META-INF/container.xml")?;
    let package_name = {
        let tree = Tree::parse(&index, builder);
        tree.root()
            .and_then(|root| root.descendant("rootfile"))
            .map(|file| file.attribute("full-path").into_owned())
            .ok_or("the book names no package")?
    };
    let package = container
        .text(&package_name)?
        .ok_or_else(|| format!("the container holds no {package_name}"))?;
    let chapters = {
        let tree = Tree::parse(&package, builder);
        let root = tree.root().ok_or("the book's package is empty")?;
        describe(root, builder);
        chapters(root)
    };
    let folder = package_name
        .rsplit_once('/')
        .map_or("", |(folder, _)| folder);
    let mut blocks = Vec::new();
    let mut missing = 0;
    for chapter in &chapters {
        match container.text(&resolve(folder, chapter))? {
            Some(text) => blocks.extend(html::blocks(&text)),
            None => missing += 1,
        }
    }
    if missing > 0 {
        builder.problem(
            ProblemKind::Truncated,
            format!(
                "{missing} of {} chapters are not in the file",
                chapters.len()
            ),
        );
    }
    structure::build(blocks, builder);
    Ok(())
}

fn describe(package: Node<'_>, builder: &mut ActBuilder) {
    let Some(found) = package.child("metadata") else {
        return;
    };
    let (title, language) = (
        found.child_words("title", &[]),
        found.child_words("language", &[]),
    );
    let metadata = builder.metadata();
    if metadata.title.is_empty() {
        metadata.title = title;
    }
    // "C" is what a converter writes that was told no language.
    if metadata.language.is_empty() && language.trim().len() > 1 {
        metadata.language = language.trim().to_string();
    }
}

/// Paths of the chapters in reading order, those of contents left out.
fn chapters(package: Node<'_>) -> Vec<String> {
    let mut items: HashMap<String, String> = HashMap::new();
    for item in package
        .child("manifest")
        .into_iter()
        .flat_map(Node::elements)
    {
        let is_contents = item
            .attribute("properties")
            .split_whitespace()
            .any(|property| property == "nav");
        if !is_contents && item.attribute("media-type").contains("html") {
            items.insert(
                item.attribute("id").into_owned(),
                item.attribute("href").into_owned(),
            );
        }
    }
    package
        .child("spine")
        .into_iter()
        .flat_map(Node::elements)
        .filter_map(|reference| items.get(reference.attribute("idref").as_ref()).cloned())
        .collect()
}

/// A path relative to the package's folder, as the container names it.
fn resolve(folder: &str, href: &str) -> String {
    let href = href.split('#').next().unwrap_or_default();
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let decoded = percent_decoded(href);
    for part in decoded.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn percent_decoded(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let code = (byte == b'%')
            .then(|| {
                let high = (ahead.next()? as char).to_digit(16)?;
                let low = (ahead.next()? as char).to_digit(16)?;
                u8::try_from(high * 16 + low).ok()
            })
            .flatten();
        match code {
            Some(code) => {
                bytes.push(code);
                rest = ahead;
            }
            None => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::formats::container::testing::pack;
    use proptest::prelude::*;

    const CONTAINER: &str =
        r#"<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>"#;

    fn book(spine: &str) -> Vec<u8> {
        let package = format!(
            r#"<package xmlns:dc="x"><metadata><dc:title>Goats Act</dc:title><dc:language>C</dc:language></metadata>
            <manifest><item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
            <item id="b" href="text/part%20two.xhtml" media-type="application/xhtml+xml"/>
            <item id="a" href="./text/one.xhtml#x" media-type="application/xhtml+xml"/></manifest>
            <spine><itemref idref="n"/>{spine}</spine></package>"#
        );
        let chapter = |body: &str| {
            format!(
                r#"<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>{body}</body></html>"#
            )
        };
        pack(&[
            ("META-INF/container.xml", CONTAINER),
            ("OPS/book.opf", &package),
            ("OPS/nav.xhtml", &chapter("<p>Article 9</p>")),
            (
                "OPS/text/one.xhtml",
                &chapter(r#"<p><a id="a1"/>Article 1. Goats pay.</p>"#),
            ),
            (
                "OPS/text/part two.xhtml",
                &chapter("<p>Article 2. Sheep pay.</p>"),
            ),
        ])
    }

    fn act(bytes: &[u8]) -> crate::law::Act {
        let mut builder = ActBuilder::new();
        read(bytes, &mut builder).unwrap();
        builder.finish(crate::law::Jurisdiction::new("xx"), Default::default())
    }

    #[test]
    fn chapters_are_read_in_the_order_of_the_spine() {
        let act = act(&book(r#"<itemref idref="a"/><itemref idref="b"/>"#));
        assert_eq!(act.title, "Goats Act");
        assert_eq!(act.first_and_last(), ("1".to_string(), "2".to_string()));
        assert_eq!(act.articles().count(), 2);
        assert_eq!(act.problems, []);
    }

    #[test]
    fn a_real_book_gives_its_articles() {
        let Ok(bytes) = std::fs::read("../shared/formats/cpenal.epub") else {
            println!("skipped: ../shared/formats/cpenal.epub is not here");
            return;
        };
        // Counted in the chapters: <strong>Art. 1: </strong>.
        assert_eq!(act(&bytes).articles().count(), 428);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn damaged_books_never_panic(at: proptest::sample::Index, byte: u8, spine in "\\PC{0,40}") {
            let mut bytes = book(&spine);
            let place = at.index(bytes.len());
            bytes[place] = byte;
            let _ = read(&bytes, &mut ActBuilder::new());
        }
    }
}
