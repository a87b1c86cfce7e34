//! Pages to HTML and Markdown. Every value is escaped for the format of the
//! template it stands in; the templates hold no words of their own.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Serde};
use minijinja::{AutoEscape, Environment, Error, Output, State, UndefinedBehavior, Value};
use serde::Serialize;

use super::markdown;
use super::words::{Words, fill};

/// The name of our own way of escaping.
const MARKDOWN: &str = "markdown";

/// Templates by name; the ending decides how values are escaped.
const TEMPLATES: [(&str, &str); 11] = [
    ("style.css", include_str!("templates/style.css")),
    ("base.html", include_str!("templates/base.html")),
    ("parts.html", include_str!("templates/parts.html")),
    ("report.html", include_str!("templates/report.html")),
    ("compare.html", include_str!("templates/compare.html")),
    ("index.html", include_str!("templates/index.html")),
    ("reply.html", include_str!("templates/reply.html")),
    ("parts.md", include_str!("templates/parts.md")),
    ("report.md", include_str!("templates/report.md")),
    ("compare.md", include_str!("templates/compare.md")),
    ("index.md", include_str!("templates/index.md")),
];

/// The templates, compiled, with the words of one language.
#[derive(Debug)]
pub(crate) struct Renderer {
    templates: Environment<'static>,
}

impl Renderer {
    /// Compiles the built-in templates.
    ///
    /// # Errors
    /// When a template has a mistake; the program's own tests exclude it.
    pub fn new(words: &Words) -> Result<Self, Error> {
        Self::with(words, &[], |_| {})
    }

    /// The same with further templates and what `add` puts in for them.
    ///
    /// # Errors
    /// As for [`Renderer::new`].
    pub fn with(
        words: &Words,
        further: &[(&'static str, &'static str)],
        add: impl FnOnce(&mut Environment<'static>),
    ) -> Result<Self, Error> {
        let mut templates = Environment::new();
        templates.set_undefined_behavior(UndefinedBehavior::Strict);
        templates.set_syntax(
            SyntaxConfig::builder()
                .trim_blocks(true)
                .lstrip_blocks(true)
                .build()?,
        );
        templates.set_auto_escape_callback(|name| match name.rsplit('.').next() {
            Some("html") => AutoEscape::Html,
            Some("md") => AutoEscape::Custom(MARKDOWN.into()),
            _ => AutoEscape::None,
        });
        templates.set_formatter(format);
        templates.add_filter("fill", fill_filter);
        templates.add_filter("short", short);
        templates.add_filter("initial", initial);
        templates.add_filter("href", href);
        templates.add_filter("link", markdown::anchor);
        let own = words.clone();
        templates.add_filter("counted", move |number: usize, noun: String| {
            own.counted(&noun, number)
        });
        templates.add_global("w", Value::from(Serde(words.tree())));
        for (name, source) in TEMPLATES.iter().chain(further) {
            templates.add_template(name, source)?;
        }
        add(&mut templates);
        Ok(Self { templates })
    }

    /// Renders a page with the template of this name.
    ///
    /// # Errors
    /// When the template asks for something the page does not have.
    pub fn render(&self, template: &str, page: impl Serialize) -> Result<String, Error> {
        let page = Value::from(Serde(page));
        let mut text = self.templates.get_template(template)?.render(page)?;
        text.truncate(text.trim_end().len());
        text.push('\n');
        Ok(text)
    }
}

fn format(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    match state.auto_escape() {
        AutoEscape::Custom(name) if name == MARKDOWN && !value.is_safe() => {
            let text = value.to_string();
            out.write_str(&markdown::escape(&text))?;
            Ok(())
        }
        AutoEscape::Custom(_) => {
            write!(out, "{value}")?;
            Ok(())
        }
        _ => minijinja::escape_formatter(out, state, value),
    }
}

/// `{{ message | fill(name=value) }}` fills the places of a message.
fn fill_filter(message: String, values: Kwargs) -> Result<String, Error> {
    let mut filled: Vec<(&str, String)> = Vec::new();
    for name in values.args() {
        let value: Value = values.get(name)?;
        filled.push((name, value.to_string()));
    }
    let pairs: Vec<(&str, &str)> = filled
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    Ok(fill(&message, &pairs))
}

/// The first characters of a hash.
fn short(hash: String) -> String {
    hash.chars().take(12).collect()
}

/// The text with a capital letter at its start.
fn initial(text: String) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => text,
    }
}

/// A relative link: everything but unreserved characters is percent-encoded.
fn href(name: String) -> String {
    let mut link = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            link.push(char::from(byte));
        } else {
            link.push_str(&format!("%{byte:02X}"));
        }
    }
    link
}
