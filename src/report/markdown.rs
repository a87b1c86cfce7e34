//! Markdown in which law text stays text.

/// Escapes a value so that Markdown and the HTML it allows read it as plain
/// text, in a paragraph, a table cell or a quotation. A line break becomes
/// `<br>`, the only form a table cell can hold.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            escaped.push_str("<br>");
        }
        for c in line.chars() {
            match c {
                '<' => escaped.push_str("&lt;"),
                '>' => escaped.push_str("&gt;"),
                '&' => escaped.push_str("&amp;"),
                // `#`, `+`, `-`, `=` and "1." mean something only at the start
                // of a line, where the templates put no value.
                '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' | '!' | '^' => {
                    escaped.push('\\');
                    escaped.push(c);
                }
                // Links made of bare addresses, and mentions of users.
                '@' => escaped.push_str("&#64;"),
                ':' if line.contains("://") => escaped.push_str("&#58;"),
                '.' if line.contains("www.") => escaped.push_str("&#46;"),
                _ if c.is_control() => escaped.push(' '),
                _ => escaped.push(c),
            }
        }
    }
    escaped
}

/// The anchor that code-hosting sites give a heading: letters and digits in
/// lower case, blanks as hyphens.
pub(super) fn anchor(heading: String) -> String {
    heading
        .chars()
        .filter_map(|c| match c {
            ' ' | '-' => Some('-'),
            '_' => Some('_'),
            _ if c.is_alphanumeric() => c.to_lowercase().next(),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, TagEnd};

    /// What a reader sees of a value that a template puts after a label.
    fn read(value: &str) -> String {
        let source = format!("Label {} end", escape(value));
        let mut seen = String::new();
        // What code-hosting sites turn on: everything but typographic quotes.
        let options = Options::all() - Options::ENABLE_SMART_PUNCTUATION;
        for event in Parser::new_ext(&source, options) {
            match event {
                Event::Text(text) => seen.push_str(&text),
                Event::InlineHtml(html) if &*html == "<br>" => seen.push('\n'),
                Event::Start(pulldown_cmark::Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
                other => panic!("{value:?} made {other:?}"),
            }
        }
        seen
    }

    #[test]
    fn law_text_with_markup_is_read_as_it_stands() {
        for text in [
            "<script>alert(1)</script>",
            "![x](javascript:alert(1)) [a]: http://b.example",
            "a | b | **c** _d_ `e` ~~f~~ $g$ ^h^",
            "one\n| --- |\n# two\n- three\n1. four",
            "\\* &amp; \\",
        ] {
            assert_eq!(read(text), format!("Label {text} end"));
        }
    }

    proptest! {
        #[test]
        fn any_printable_text_is_read_as_it_stands(text in "[ -~éß\n]{0,40}") {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert_eq!(read(&format!("a{text}z")), format!("Label a{text}z end"));
        }
    }
}
