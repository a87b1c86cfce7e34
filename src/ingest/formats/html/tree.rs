//! An HTML document as a flat list of events, so that no reader recurses on
//! the depth of hostile markup.

use scraper::Html;
use scraper::node::Element;

/// One step of a walk through the document, in document order.
#[derive(Debug, Clone, Copy)]
pub(super) enum Event<'a> {
    /// An element begins; the number is the index of its `Close`.
    Open(&'a Element, usize),
    /// Character data, entities resolved.
    Text(&'a str),
    /// An element ends.
    Close(&'a Element),
}

/// Elements that never hold words of a law.
const WORDLESS: &[&str] = &[
    "script", "style", "noscript", "template", "head", "nav", "aside", "iframe", "object", "embed",
    "svg", "canvas", "audio", "video", "map", "select", "option", "button", "input", "textarea",
    "datalist",
];

/// ARIA roles of page furniture.
const FURNITURE_ROLES: &[&str] = &[
    "navigation",
    "banner",
    "search",
    "complementary",
    "contentinfo",
    "menu",
    "menubar",
    "toolbar",
    "dialog",
];

/// The words of the page: furniture and machinery left out.
pub(super) fn events(page: &Html) -> Vec<Event<'_>> {
    let mut events = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let root = *page.root_element();
    let mut node = root;
    loop {
        let mut descend = false;
        if let Some(text) = node.value().as_text() {
            events.push(Event::Text(text));
        } else if let Some(element) = node.value().as_element()
            && !is_wordless(element)
            && !is_page_footer(element, &events, &open)
        {
            descend = true;
            open.push(events.len());
            events.push(Event::Open(element, 0));
        }
        if descend && let Some(child) = node.first_child() {
            node = child;
            continue;
        }
        let mut entered = descend;
        loop {
            if entered {
                close(&mut events, &mut open);
            }
            if node == root {
                return events;
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let Some(parent) = node.parent() else {
                return events;
            };
            node = parent;
            entered = true;
        }
    }
}

/// Ends the innermost open element and tells its `Open` where.
fn close<'a>(events: &mut Vec<Event<'a>>, open: &mut Vec<usize>) {
    let end = events.len();
    if let Some(Event::Open(element, close)) = open.pop().and_then(|start| events.get_mut(start)) {
        *close = end;
        let element = *element;
        events.push(Event::Close(element));
    }
}

/// The footer of the page, against that of an article or section, which holds
/// its notes.
fn is_page_footer(element: &Element, events: &[Event<'_>], open: &[usize]) -> bool {
    let parent = open.last().and_then(|start| events.get(*start));
    element.name() == "footer"
        && !matches!(parent, Some(Event::Open(parent, _))
            if matches!(parent.name(), "section" | "article"))
}

fn is_wordless(element: &Element) -> bool {
    WORDLESS.contains(&element.name())
        || element.attr("hidden").is_some()
        || element
            .attr("role")
            .is_some_and(|role| FURNITURE_ROLES.contains(&role))
}

/// The words between two events, white space folded.
pub(super) fn words(events: &[Event<'_>]) -> String {
    let mut words = String::new();
    for event in events {
        match event {
            Event::Text(text) => words.push_str(text),
            Event::Open(element, _) if element.name() == "br" => words.push(' '),
            _ => {}
        }
    }
    super::fold(&words)
}

/// The subtree that begins at `start`: its events without the opening and
/// closing one. Empty when `start` is no `Open`.
pub(super) fn inside<'e, 'a>(events: &'e [Event<'a>], start: usize) -> &'e [Event<'a>] {
    match events.get(start) {
        Some(Event::Open(_, close)) => events.get(start + 1..*close).unwrap_or_default(),
        _ => &[],
    }
}
