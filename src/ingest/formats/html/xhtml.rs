//! XHTML for an HTML parser: `<title/>` would swallow the page, `<a/>` would
//! make a link of the rest of it.

/// HTML elements without content, which may be written `<br/>`.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// Whether the page says that it is XHTML.
pub(super) fn is_xhtml(text: &str) -> bool {
    let start = text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    start.starts_with("<?xml")
}

/// Writes elements that close themselves as an opening and a closing tag.
pub(super) fn expand(text: &str) -> String {
    let mut expanded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(end) = rest.find("/>") {
        let (before, after) = rest.split_at(end);
        let tag = before
            .rfind('<')
            .and_then(|start| before.get(start + 1..))
            .filter(|tag| !tag.contains('>'));
        let name: String = tag
            .unwrap_or_default()
            .chars()
            .take_while(|c| c.is_alphanumeric() || matches!(c, ':' | '-' | '_'))
            .collect();
        expanded.push_str(before);
        if name.is_empty() || VOID.contains(&name.to_ascii_lowercase().as_str()) {
            expanded.push_str("/>");
        } else {
            expanded.push_str("></");
            expanded.push_str(&name);
            expanded.push('>');
        }
        rest = after.get(2..).unwrap_or_default();
    }
    expanded.push_str(rest);
    expanded
}

#[cfg(test)]
mod tests {
    use super::expand;

    #[test]
    fn only_elements_with_content_are_expanded() {
        assert_eq!(
            expand("<title/><p>a<br/>b <a id=\"x\"/><p>1 /> 2<svg:path d='M0'/></p>"),
            "<title></title><p>a<br/>b <a id=\"x\"></a><p>1 /> 2<svg:path d='M0'></svg:path></p>"
        );
    }
}
