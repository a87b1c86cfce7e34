//! HTML, from headings, anchors, classes and running text.
//!
//! Publishers who state structure in their markup have a reader of their own;
//! everybody else's pages become blocks for the grammar of numbered headings.

mod anchored;
mod flow;
mod labelled;
mod style;
mod table;
mod tame;
mod tree;
mod xhtml;

use std::borrow::Cow;

use scraper::{Html, Selector};

use crate::ingest::block::Block;
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
    let text = as_html(text);
    let (text, endless) = tame::tame(&text);
    if endless {
        builder.problem(
            ProblemKind::BrokenMarkup,
            "elements are nested without end; some of the markup was ignored",
        );
    }
    let page = Html::parse_document(&text);
    let events = tree::events(&page);
    describe(&page, &events, builder);
    let sheet = StyleSheet::parse(&css(&page));
    if let Some(markup) = Markup::of(&events) {
        labelled::build(markup, &events, &sheet, builder);
    } else if anchored::fits(&events) {
        structure::build(anchored::blocks(&events, &sheet), builder);
    } else {
        structure::build(flow::blocks(&events, &sheet), builder);
    }
    report_landing_page(&page, &events, builder);
    Ok(())
}

/// The blocks of one page of a book.
pub(crate) fn blocks(text: &str) -> Vec<Block> {
    let text = as_html(text);
    let (text, _) = tame::tame(&text);
    let page = Html::parse_document(&text);
    let events = tree::events(&page);
    let sheet = StyleSheet::parse(&css(&page));
    if anchored::fits(&events) {
        anchored::blocks(&events, &sheet)
    } else {
        flow::blocks(&events, &sheet)
    }
}

fn as_html(text: &str) -> Cow<'_, str> {
    if xhtml::is_xhtml(text) {
        Cow::Owned(xhtml::expand(text))
    } else {
        Cow::Borrowed(text)
    }
}

/// White space folded to single blanks, ends trimmed.
fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Title and language as the page gives them.
fn describe(page: &Html, events: &[Event<'_>], builder: &mut ActBuilder) {
    let title = first_text(page, "h1").or_else(|| first_text(page, "title"));
    let language = page
        .root_element()
        .attr("lang")
        .filter(|language| is_plausible(language, events))
        .map(str::to_string);
    let metadata = builder.metadata();
    if metadata.title.is_empty() {
        metadata.title = title.unwrap_or_default();
    }
    if metadata.language.is_empty() {
        metadata.language = language.unwrap_or_default();
    }
}

/// Templates declare English whatever the page is written in: believed only
/// of a page in Latin letters.
fn is_plausible(language: &str, events: &[Event<'_>]) -> bool {
    let (mut letters, mut latin) = (0usize, 0usize);
    for event in events {
        if let Event::Text(text) = event {
            for c in text.chars().filter(|c| c.is_alphabetic()) {
                letters += 1;
                latin += usize::from(c.is_ascii());
            }
        }
    }
    !language.to_ascii_lowercase().starts_with("en") || latin * 2 > letters
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
    let articles = builder
        .provisions()
        .iter()
        .filter(|provision| provision.kind == UnitKind::Article)
        .count();
    let (length, linked) = lengths(events);
    let count = |selector: &str| {
        Selector::parse(selector)
            .map(|selector| page.select(&selector).count())
            .unwrap_or_default()
    };
    let links = count("a[href]");
    // The law itself is another file, shown in a frame or to be downloaded.
    let attached = count(
        "iframe[src], embed[src], object[data], a[type='application/pdf'], a[href$='.pdf'], a[href$='.docx']",
    );
    let nothing = articles == 0 && length < SMALLEST_LAW && links + attached > 0;
    let pointer = articles <= 2 && attached > 0 && length - linked < SMALLEST_LAW / 4;
    if nothing || pointer {
        builder.problem(
            ProblemKind::LandingPage,
            format!("{length} bytes of text with {links} links and {attached} attached files, but no law"),
        );
    }
}

/// Bytes of text on the page, and how many of them in links.
fn lengths(events: &[Event<'_>]) -> (usize, usize) {
    let (mut length, mut linked, mut links) = (0, 0, 0usize);
    for event in events {
        match event {
            Event::Open(element, _) if element.name() == "a" => links += 1,
            Event::Close(element) if element.name() == "a" => links = links.saturating_sub(1),
            Event::Text(text) => {
                length += text.trim().len();
                linked += if links > 0 { text.trim().len() } else { 0 };
            }
            _ => {}
        }
    }
    (length, linked)
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::ingest::block::BlockKind;
    use crate::ingest::block::BlockKind::{Heading, Item, Paragraph, Strong};
    use crate::law::{Act, Standing};
    use proptest::prelude::*;

    fn act_of(text: &str) -> Act {
        let mut builder = ActBuilder::new();
        read(text, &mut builder).unwrap();
        builder.finish(crate::law::Jurisdiction::new("xx"), Default::default())
    }

    /// Kinds and texts; what does not stand in force is marked.
    fn lines(text: &str) -> Vec<(BlockKind, String)> {
        blocks(text)
            .into_iter()
            .map(|block| match block.standing {
                Standing::InForce => (block.kind, block.text),
                other => (block.kind, format!("{other:?}: {}", block.text)),
            })
            .collect()
    }

    fn line(kind: BlockKind, text: &str) -> (BlockKind, String) {
        (kind, text.to_string())
    }

    #[test]
    fn paragraphs_headings_lists_and_tables_become_blocks() {
        let page = "<html><head><title>Goats</title><style>.up{vertical-align:super}</style></head>
            <body><nav>Home</nav><h2>Chapter 1<br>Quays</h2>
            <p><b>Article 5.</b> <i>Fees.</i>- The fee is\n three baskets</p>
            <p><strong>Penalties</strong>
            <ol type='a' start=2><li>in herring;<li>(x) in eels.</ol>
            <div>Article 7<span class='up'>1</span>. See article 7<sup>2</sup>,\n <a href='#a'>paragraph 1</a>\n , and 3<sup>o</sup>.<br>
            a line that goes on<br>and ends here.<br><br>Another<br>(b) a point</div>
            <table><tr><th>Animal<th>Fee<tr><td>Goat<td>3<tr><td>1.<td>Sheep</table>
            <table><tr><td>(c)</td><td><p>laid out in a table</p></td></tr></table>
            <script>Article 9</script><p>m<sup>2</sup></p></body></html>";
        assert_eq!(
            lines(page),
            [
                line(Heading(2), "Chapter 1"),
                line(Heading(2), "Quays"),
                line(Paragraph, "Article 5. Fees.- The fee is three baskets"),
                line(Strong, "Penalties"),
                line(Item(1), "(b) in herring;"),
                line(Item(1), "(x) in eels."),
                line(
                    Paragraph,
                    "Article 7.1. See article 7.2, paragraph 1, and 3o."
                ),
                line(Paragraph, "a line that goes on and ends here."),
                line(Paragraph, "Another"),
                line(Paragraph, "(b) a point"),
                line(Paragraph, "Animal | Fee"),
                line(Paragraph, "Goat | 3"),
                line(Paragraph, "1. Sheep"),
                line(Paragraph, "(c) laid out in a table"),
                line(Paragraph, "m²"),
            ]
        );
    }

    #[test]
    fn struck_wordings_notes_and_amendment_brackets_are_set_apart() {
        let page = "<p><strike>Art. 3 The fee is two baskets. <sup>o</sup></strike></p>
            <p>Art. 3 The fee is <s>two</s> three baskets. 1<s>º</s></p>
            <p>(Wording of <a href='act7.htm'>Act 7</a>)</p>
            <p class='footnote_text'>Said by the clerk.</p>
            <p>[<sup><a href='#t'>2</a></sup> Goats [sic] pay]<sup><a href='#t'>2</a></sup> double.</p>
            <p>[Sheep pay.</p><p>Eels do not.],<sup>1)</sup> and so on.</p>
            <p><i><sup>1)</sup><a href='x'>Act 9, s. 2</a></i></p>";
        assert_eq!(
            lines(page),
            [
                line(Paragraph, "Repealed: Art. 3 The fee is two baskets. o"),
                line(Paragraph, "Art. 3 The fee is three baskets. 1º"),
                line(Paragraph, "Repealed: two"),
                line(Paragraph, "Note: (Wording of Act 7)"),
                line(Paragraph, "Note: Said by the clerk."),
                line(Paragraph, "Goats [sic] pay double."),
                line(Paragraph, "Sheep pay."),
                line(Paragraph, "Eels do not., and so on."),
                line(Strong, "Note: Act 9, s. 2"),
            ]
        );
    }

    #[test]
    fn menus_and_tables_of_contents_are_left_out() {
        let links: String = (1..9)
            .map(|n| format!("<li><a href='#a{n}'>Article {n}</a></li>"))
            .collect();
        let page =
            format!("<ul>{links}</ul><p>Article 1. Goats pay.</p><p><a href='x'>Back</a></p>");
        assert_eq!(
            lines(&page),
            [
                line(Paragraph, "Article 1. Goats pay."),
                line(Paragraph, "Back")
            ]
        );
    }

    #[test]
    fn anchors_state_articles_and_divisions() {
        let page = "<table><tr><td><A NAME='LNKR1' HREF='#LNK1'>TITLE I</A> - Quays<br>Art. 1-3</td></tr></table>
            <table><tr><th><A NAME='LNK1' HREF='#LNKR1'>TITLE I.</A> - Quays.<BR><BR>
            <A NAME='Art.1'>Article </A> <A HREF='#Art.2'> 1</A>. Goats pay.<BR>&nbsp; Sheep too.<BR>
            <A NAME='Art.2bis' HREF='#Art.1'>Art.</A> <A HREF='#Art.3'> 2bis</A>.§ 1. [<sup><a href=#t>1</a></sup> Eels.]<sup><a href=#t>1</a></sup><BR>
            ----------<BR>(<font>1</font>)&lt;Inserted by Act 4&gt;<BR>
            <A NAME='Art.3' HREF='#Art.2'>Art.</A> 3.&lt;Act 5&gt; Herring.</th></tr></table><p>Parliamentary papers</p>";
        assert_eq!(
            lines(page),
            [
                line(Heading(2), "TITLE I. - Quays."),
                line(Heading(5), "Article 1"),
                line(Paragraph, "Goats pay."),
                line(Paragraph, "Sheep too."),
                line(Heading(5), "Art. 2bis"),
                line(Paragraph, "§ 1. Eels."),
                line(Paragraph, "Note: (1)<Inserted by Act 4>"),
                line(Heading(5), "Art. 3"),
                line(Paragraph, "<Act 5> Herring."),
            ]
        );
    }

    /// Kind, number, heading and standing of every unit.
    fn units(act: &Act) -> Vec<String> {
        act.ids()
            .skip(1)
            .map(|id| {
                let unit = act.provision(id);
                let number = unit.number.as_ref().map_or("", |number| number.as_str());
                let heading = unit.heading.map_or("", |span| act.quote(span));
                let standing = match unit.standing {
                    Standing::InForce => String::new(),
                    other => format!(" {other:?}"),
                };
                let depth = " ".repeat(act.ancestors(id).count() - 2);
                format!("{depth}{:?} {number} {heading}{standing}", unit.kind)
                    .trim_end()
                    .to_string()
            })
            .collect()
    }

    #[test]
    fn labelled_provisions_are_built_as_stated() {
        let para = |text: &str| format!("<div class='para'><p class='text'>{text}</p></div>");
        let page = format!(
            "<div class='act'><div class='part'><h2 class='part'><span class='label'>Part 1</span> Quays</h2>
             <h4 class='crosshead'>Goats</h4>
             <div class='prov'><h5 class='prov'><span class='label'>12A</span> Fees</h5><div class='prov-body'>
             <div class='subprov'><p class='subprov'><span class='label'>(1)</span></p><div class='para'><p class='text'>Pay,—</p>
             <div class='label-para'><h5 class='label-para'><span class='label'>(a)</span></h5><div class='para'><p class='text'>in</p>
             <div class='label-para'><h5 class='label-para'><span class='label'>(i)</span></h5>{}</div></div></div></div></div></div>
             <div class='history'><p class='history-note'>Section 12A: inserted.</p></div></div>
             <h4 class='crosshead'>Sheep<span class='crosshead deletion-status'>[Repealed]</span></h4>
             <div class='prov'><h5 class='prov'><span class='label'>13</span> Wool</h5><span class='prov deletion-status'>[Repealed]</span></div></div>
             <div class='schedule'><h2 class='schedule'><span class='label'>Schedule 1</span> Rates</h2>
             <table><tr><td>Goat<td>3<tr><td>Eel<td>1</table></div></div>",
            para("herring.")
        );
        let act = act_of(&page);
        assert_eq!(
            units(&act),
            [
                "Part Part 1 Quays",
                " Division  Goats",
                "  Article 12A Fees",
                "   Subsection (1)",
                "    Point (a)",
                "     Subpoint (i)",
                "   Alinea   Note",
                " Division  Sheep Repealed",
                "  Article 13 Wool Repealed",
                "Schedule 1 Rates",
            ]
        );
        let point = act.ids().nth(6).unwrap();
        assert_eq!(act.locator(point).to_string(), "12A(1)(a)(i)");
        assert!(act.text.as_str().contains("Goat | 3\nEel | 1"));
    }

    #[test]
    fn akoma_ntoso_classes_are_built_as_stated() {
        let page = "<article class='act'><div class='body'>
            <section class='part' data-x-status='Prospective'><h2><span class='num'>Part 1</span><span class='heading'>Quays</span></h2>
            <section class='section'><h2><span class='num'>1</span><span class='heading'>Fees</span></h2>
            <section class='subsection'><h2><span class='num'>(1)</span></h2><div class='intro'><p>Pay—</p></div>
            <div class='level para1'><h3><span class='num'>(a)</span></h3><div class='content'><p>herring.</p></div></div></section>
            <footer class='annotations'><p>Not in force.</p></footer></section></section>
            <section class='hcontainer schedule'><h2><span class='num'>Schedule 1</span><span class='heading'>Rates</span></h2>
            <section class='paragraph schProv1'><h2><span class='num'>1</span></h2><div class='content'><p>Three.</p>
            <div class='quotedStructure'><section class='section'><h2><span class='num'>9</span></h2><p>Quoted.</p></section></div></div></section></section></div></article>";
        assert_eq!(
            units(&act_of(page)),
            [
                "Part Part 1 Quays NotInForce",
                " Article 1 Fees",
                "  Subsection (1)",
                "   Point (a)",
                "  Alinea   Note",
                "Schedule 1 Rates",
                " Article 1",
                "  Article 9  Quoted",
            ]
        );
    }

    #[test]
    fn a_page_about_a_law_is_no_law() {
        let page = "<html lang=en><body><h1>Goats Act</h1><p>12 May 2019</p><a href='goats.pdf'>Download</a>
            <iframe src='view?goats.pdf'></iframe></body></html>";
        let act = act_of(page);
        assert_eq!(act.problems[0].kind, ProblemKind::LandingPage);
        assert_eq!(act.title, "Goats Act");
    }

    /// Articles counted in the markup by other means, for files beside the
    /// repository.
    #[test]
    fn real_pages_give_the_articles_their_markup_holds() {
        for (file, expected) in [
            ("corpora/be/code-penal.fr.justel.html", 774),
            ("corpora/nz/harmful-digital-communications-2015.html", 43),
            ("corpora/ph/ra-10175-cybercrime-prevention.html", 31),
            ("corpora/br/internet.html", 33),
            ("formats/1940019.156b.html", 299),
            // 67 sections and 57 numbered paragraphs of schedules.
            ("formats/asp-2025-11.html", 128),
        ] {
            let Ok(bytes) = std::fs::read(std::path::Path::new("../shared").join(file)) else {
                println!("skipped: ../shared/{file} is not here");
                continue;
            };
            let text = String::from_utf8(bytes).unwrap_or_else(|error| {
                encoding_rs::WINDOWS_1252
                    .decode(error.as_bytes())
                    .0
                    .into_owned()
            });
            assert_eq!(act_of(&text).articles().count(), expected, "{file}");
        }
    }

    #[test]
    fn hostile_nesting_is_read_in_time() {
        for unit in [
            "<div>",
            "<b>",
            "<a href=x>",
            "<table><tr><td>",
            "<ol><li>",
            "<p><font>",
            "<div class=prov><span class=label>",
        ] {
            let times = if unit == "<div>" { 30_000 } else { 1_500 };
            let page = format!("{}Article 1. Goats.", unit.repeat(times));
            let started = std::time::Instant::now();
            act_of(&page);
            assert!(
                started.elapsed().as_secs() < 20,
                "{unit}: {:?}",
                started.elapsed()
            );
        }
    }

    proptest! {
        #[test]
        fn any_markup_is_read_without_panic(
            parts in proptest::collection::vec(
                prop_oneof![
                    "\\PC{0,12}",
                    "</?(p|b|s|sup|table|tr|td|ol|li|a href=x|a name=Art\\.2|a name=LNK1|br|div class=prov|span class=label|h5|section class=section|span class=num|pre)>",
                ],
                0..60,
            )
        ) {
            act_of(&parts.concat());
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
        let blocks = blocks(&text);
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
