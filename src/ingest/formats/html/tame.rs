//! Markup nested without end. The HTML5 parser walks up the open elements at
//! every tag, and repeats unclosed formatting in every paragraph; hostile
//! pages make that cost the square of their length. Such tags are taken out
//! before parsing; the words stay.

use std::borrow::Cow;
use std::collections::HashMap;

/// Elements that stay open until they are closed.
const CONTAINERS: &[&str] = &[
    "article",
    "blockquote",
    "center",
    "dd",
    "details",
    "dir",
    "div",
    "dl",
    "fieldset",
    "form",
    "li",
    "main",
    "menu",
    "ol",
    "section",
    "span",
    "table",
    "ul",
    "button",
    "dt",
];

/// Elements that the parser opens again in every new paragraph.
const FORMATTING: &[&str] = &[
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// Steps the parser may take up the open elements.
const MOST_STEPS: usize = 400_000_000;
/// Elements the parser may make of unclosed formatting.
const MOST_COPIES: usize = 4_000_000;
/// Of equal unclosed elements the parser repeats so many.
const EQUALS_REPEATED: usize = 3;

/// The page without endless nesting, and whether something was taken out.
pub(super) fn tame(text: &str) -> (Cow<'_, str>, bool) {
    let measured = measure(text);
    let deep = measured.depth.saturating_mul(measured.tags) > MOST_STEPS;
    let copied = measured.unclosed.saturating_mul(measured.tags) > MOST_COPIES;
    if !deep && !copied {
        return (Cow::Borrowed(text), false);
    }
    let mut tamed = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tag, after)) = next_tag(rest) {
        tamed.push_str(before);
        let name = tag_name(tag);
        if deep && CONTAINERS.contains(&name.as_str()) {
            tamed.push_str("<br>");
        } else if !(copied && FORMATTING.contains(&name.as_str())) {
            tamed.push_str(tag);
        }
        rest = after;
    }
    tamed.push_str(rest);
    (Cow::Owned(tamed), true)
}

/// What a page asks of the parser.
#[derive(Debug, Default)]
struct Measured {
    tags: usize,
    /// Most containers open at once.
    depth: usize,
    /// Most formatting elements open at once that would be repeated.
    unclosed: usize,
}

fn measure(text: &str) -> Measured {
    let mut measured = Measured::default();
    let mut depth = 0usize;
    let mut open: HashMap<&str, usize> = HashMap::new();
    let mut order: Vec<(&str, String)> = Vec::new();
    let mut unclosed = 0usize;
    let mut rest = text;
    while let Some((_, tag, after)) = next_tag(rest) {
        rest = after;
        measured.tags += 1;
        let name = tag_name(tag);
        let closing = tag.starts_with("</");
        if CONTAINERS.contains(&name.as_str()) {
            depth = if closing {
                depth.saturating_sub(1)
            } else {
                depth + 1
            };
            measured.depth = measured.depth.max(depth);
        } else if FORMATTING.contains(&name.as_str()) {
            if closing {
                if order.last().is_some_and(|(_, last)| *last == name)
                    && let Some((tag, _)) = order.pop()
                    && let Some(count) = open.get_mut(tag)
                {
                    if *count <= EQUALS_REPEATED {
                        unclosed = unclosed.saturating_sub(1);
                    }
                    *count = count.saturating_sub(1);
                }
            } else {
                let count = open.entry(tag).or_default();
                *count += 1;
                if *count <= EQUALS_REPEATED {
                    unclosed += 1;
                }
                order.push((tag, name));
            }
            measured.unclosed = measured.unclosed.max(unclosed);
        }
    }
    measured
}

/// The text before the next tag, the tag, and what follows it.
fn next_tag(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let start = from + text.get(from..)?.find('<')?;
        let inner = text.get(start + 1..)?;
        let is_tag = inner
            .trim_start_matches('/')
            .starts_with(|c: char| c.is_ascii_alphabetic());
        if is_tag {
            let length = inner.find('>')? + 2;
            let before = text.get(..start)?;
            let tag = text.get(start..start + length)?;
            return Some((before, tag, text.get(start + length..)?));
        }
        from = start + 1;
    }
}

fn tag_name(tag: &str) -> String {
    tag.trim_start_matches(['<', '/'])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric())
        .collect::<String>()
        .to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::tame;

    #[test]
    fn only_endless_nesting_is_taken_out() {
        let page = "<p><font color=red>a <b>b</p> 1 < 2 <div>".repeat(500);
        assert_eq!(tame(&page).0, page);
        let deep = "<div>".repeat(30_000) + "<p>Goats</p>";
        let (tamed, changed) = tame(&deep);
        assert!(changed && tamed.ends_with("<br><p>Goats</p>") && !tamed.contains("<div>"));
        let copies: String = (0..3000).map(|n| format!("<b id=x{n}><p>Goats")).collect();
        assert!(!tame(&copies).0.contains("<b"));
    }
}
