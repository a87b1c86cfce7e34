//! HTML, from headings, anchors, classes and running text.
//!
//! Publishers who state structure in their markup have a reader of their own;
//! everybody else's pages become blocks for the grammar of numbered headings.

mod anchored;
mod flow;
mod labelled;
mod style;
mod table;
mod tree;

use scraper::{Html, Selector};

use crate::ingest::{ActBuilder, structure};
use crate::law::{ProblemKind, UnitKind};
use labelled::Markup;
use style::StyleSheet;
use tree::Event;

/// A page with fewer characters of text than this and no article is about a
/// law, not the law.
const SMALLEST_LAW: usize = 6000;

/// Reads an HTML page, already decoded, into the builder.
///
/// # Errors
/// Never: HTML without a law gives an act without articles and a problem.
pub(crate) fn read(text: &str, builder: &mut ActBuilder) -> Result<(), String> {
    let page = Html::parse_document(text);
    let events = tree::events(&page);
    describe(&page, builder);
    let sheet = StyleSheet::parse(&css(&page));
    if let Some(markup) = Markup::of(&events) {
        labelled::build(markup, &events, &sheet, builder);
    } else if anchored::fits(&events) {
        structure::build(&anchored::blocks(&events, &sheet), builder);
    } else {
        structure::build(&flow::blocks(&events, &sheet), builder);
    }
    report_landing_page(&page, &events, builder);
    Ok(())
}

/// White space folded to single blanks, ends trimmed.
fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Title and language as the page gives them.
fn describe(page: &Html, builder: &mut ActBuilder) {
    let title = first_text(page, "h1").or_else(|| first_text(page, "title"));
    let language = page.root_element().attr("lang").map(str::to_string);
    let metadata = builder.metadata();
    if metadata.title.is_empty() {
        metadata.title = title.unwrap_or_default();
    }
    if metadata.language.is_empty() {
        metadata.language = language.unwrap_or_default();
    }
}

fn first_text(page: &Html, selector: &str) -> Option<String> {
    let selector = Selector::parse(selector).ok()?;
    page.select(&selector)
        .map(|element| fold(&element.text().collect::<String>()))
        .find(|text| !text.is_empty())
}

fn css(page: &Html) -> String {
    Selector::parse("style")
        .map(|style| {
            page.select(&style)
                .flat_map(|element| element.text())
                .collect()
        })
        .unwrap_or_default()
}

/// A page with the law's title, links and no article must not pass for a law.
fn report_landing_page(page: &Html, events: &[Event<'_>], builder: &mut ActBuilder) {
    let has_article = builder
        .provisions()
        .iter()
        .any(|provision| provision.kind == UnitKind::Article);
    if has_article {
        return;
    }
    let length: usize = events
        .iter()
        .map(|event| match event {
            Event::Text(text) => text.trim().len(),
            _ => 0,
        })
        .sum();
    let links = Selector::parse("a[href], iframe[src]")
        .map(|selector| page.select(&selector).count())
        .unwrap_or_default();
    if length < SMALLEST_LAW && links > 0 {
        builder.problem(
            ProblemKind::LandingPage,
            format!("no article in {length} bytes of text with {links} links"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::block::Block;

    fn blocks_of(text: &str) -> Vec<Block> {
        let page = Html::parse_document(text);
        let events = tree::events(&page);
        let sheet = StyleSheet::parse(&css(&page));
        if anchored::fits(&events) {
            anchored::blocks(&events, &sheet)
        } else {
            flow::blocks(&events, &sheet)
        }
    }

    #[test]
    #[ignore = "prints the blocks of the file named in BLOCKS_OF"]
    fn dump_blocks() {
        let Ok(path) = std::env::var("BLOCKS_OF") else {
            return;
        };
        let bytes = std::fs::read(path).unwrap();
        let text = String::from_utf8(bytes.clone())
            .unwrap_or_else(|_| encoding_rs::WINDOWS_1252.decode(&bytes).0.into_owned());
        let start = std::time::Instant::now();
        let blocks = blocks_of(&text);
        eprintln!("{} blocks in {:?}", blocks.len(), start.elapsed());
        for block in blocks {
            println!("{:?}|{:?}|{}", block.kind, block.standing, block.text);
        }
    }

    #[test]
    #[ignore = "prints the units of the file named in UNITS_OF"]
    fn dump_units() {
        let Ok(path) = std::env::var("UNITS_OF") else {
            return;
        };
        let bytes = std::fs::read(path).unwrap();
        let text = String::from_utf8(bytes.clone())
            .unwrap_or_else(|_| encoding_rs::WINDOWS_1252.decode(&bytes).0.into_owned());
        let mut builder = ActBuilder::new();
        read(&text, &mut builder).unwrap();
        let act = builder.finish(crate::law::Jurisdiction::new("xx"), Default::default());
        eprintln!("{} articles", act.articles().count());
        for problem in &act.problems {
            println!("! {problem}");
        }
        for id in act.ids().skip(1) {
            let p = act.provision(id);
            let depth = act.ancestors(id).count();
            let body = act.quote(crate::law::Span::new(p.body_start, p.span.end));
            println!(
                "{}{:?} {:?} [{}] {:?} :: {}",
                " ".repeat(depth),
                p.kind,
                p.standing,
                p.number.as_ref().map(|n| n.as_str()).unwrap_or(""),
                p.heading.map(|h| act.quote(h)).unwrap_or(""),
                body.chars().take(70).collect::<String>().replace('\n', "⏎")
            );
        }
    }
}
