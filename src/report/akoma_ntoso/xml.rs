//! Writing XML: escaping, attributes, and elements that are always closed.

/// An XML document being written.
#[derive(Debug)]
pub(super) struct Xml {
    out: String,
    open: Vec<&'static str>,
}

impl Xml {
    /// A document with its declaration.
    pub fn new() -> Self {
        Self {
            out: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned(),
            open: Vec::new(),
        }
    }

    /// Opens an element. Attributes with an empty value are left out.
    pub fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes, ">");
        self.open.push(name);
    }

    /// Closes the innermost open element.
    pub fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
    }

    /// Ends the line: only between blocks, never inside running text.
    pub fn end_line(&mut self) {
        self.out.push('\n');
    }

    /// An element without content, on a line of its own.
    pub fn empty(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes, "/>");
        self.end_line();
    }

    /// Text. Characters that XML cannot hold become the replacement character.
    pub fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                _ => self.out.push(allowed(c)),
            }
        }
    }

    /// The document; whatever is open is closed.
    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.end_line();
        self.out
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, &str)], end: &str) {
        self.out.push('<');
        self.out.push_str(name);
        for (attribute, value) in attributes.iter().filter(|(_, value)| !value.is_empty()) {
            self.out.push(' ');
            self.out.push_str(attribute);
            self.out.push_str("=\"");
            for c in value.chars() {
                match c {
                    '&' => self.out.push_str("&amp;"),
                    '<' => self.out.push_str("&lt;"),
                    '"' => self.out.push_str("&quot;"),
                    '\n' | '\t' | '\r' => self.out.push(' '),
                    _ => self.out.push(allowed(c)),
                }
            }
            self.out.push('"');
        }
        self.out.push_str(end);
    }
}

/// XML 1.0 has no control characters but tab and line ends.
fn allowed(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' => c,
        '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => char::REPLACEMENT_CHARACTER,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::Xml;

    #[test]
    fn what_xml_cannot_hold_is_escaped_or_replaced() {
        let mut xml = Xml::new();
        xml.open("p", &[("title", "a \"b\" & <c>\n"), ("class", "")]);
        xml.text("1 < 2 & 3 > 2\u{c}\u{1}");
        assert_eq!(
            xml.finish().lines().nth(1).unwrap(),
            "<p title=\"a &quot;b&quot; &amp; &lt;c> \">1 &lt; 2 &amp; 3 &gt; 2\u{fffd}\u{fffd}</p>"
        );
    }
}
