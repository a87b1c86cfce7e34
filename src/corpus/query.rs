//! The query language; [`QUERY_HELP`] describes it.

use std::ops::Range;

use crate::mappings::Diagnostic;

use super::citation::{self, Citation};
use super::flag::Flag;
use super::words::words;

/// The query language in a few lines, for help texts.
pub const QUERY_HELP: &str =
    "  image child              both words in one article; AND may be written
  image OR film            one of them; OR binds closer than AND, as in legal databases
  NOT sound   -sound       articles without the word
  (a OR b) c               brackets group
  \"indecent photograph\"    these words one after the other
  pornograph*   *bild*     words that begin with these letters, or hold them
  art. 227-23   s 163.1(4)   § 184b Abs. 3   第三条の二
                           the provision with this number
  concept:possess          provisions that express the concept, in any language
  heading:offences         words in the headings over a provision
  in:fr,de   lang:en   file:penal
                           only these jurisdictions, languages, files or titles
  is:definition            only provisions of this kind: operative, repealed,
                           not-in-force, quoted, transitional, note, treaty,
                           definition, penal
Letter case, accents, hyphens and apostrophes make no difference.";

/// A query, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    /// All of these.
    All(Vec<Query>),
    /// At least one of these.
    Any(Vec<Query>),
    /// Not this.
    Not(Box<Query>),
    /// These words one after the other in the text.
    Words(Vec<WordPattern>),
    /// These words one after the other in a heading.
    Heading(Vec<WordPattern>),
    /// The provision with this number.
    Citation(Citation),
    /// A concept, by its name.
    Concept(Named),
    /// A jurisdiction, by its code.
    Jurisdiction(Named),
    /// A language, by its tag or the first part of it.
    Language(Named),
    /// Letters in the name or title of the file.
    File(Named),
    /// A kind of provision.
    Is(Flag),
}

/// A name in a query, with its place for error messages (byte offsets).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The name as written.
    pub name: String,
    /// Where it stands in the query.
    pub span: Range<usize>,
}

/// A folded word, with a star for any letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordPattern(String);

/// Stands for any letters in a word.
const STAR: char = '*';

/// The star on its way through folding: a letter that no law uses and that
/// folds to itself.
const STAR_LETTER: char = 'ꙮ';

/// Names of the fields, for error messages.
const FIELDS: &str = "in, lang, file, is, concept and heading";

/// Deeper nesting is no query of a person.
const DEEPEST: usize = 50;

impl WordPattern {
    /// Whether the pattern holds a star.
    pub fn is_open(&self) -> bool {
        self.0.contains(STAR)
    }

    /// The letters, stars included.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same as a regular expression for a whole word.
    pub fn to_regex(&self) -> String {
        let parts: Vec<String> = self.0.split(STAR).map(regex::escape).collect();
        parts.join(".*")
    }

    /// Whether a folded word fits.
    pub fn matches(&self, word: &str) -> bool {
        let mut parts = self.0.split(STAR);
        let first = parts.next().unwrap_or_default();
        let Some(mut rest) = word.strip_prefix(first) else {
            return false;
        };
        let mut parts = parts.peekable();
        if parts.peek().is_none() {
            return rest.is_empty();
        }
        while let Some(part) = parts.next() {
            if parts.peek().is_none() {
                return rest.ends_with(part);
            }
            match rest.find(part) {
                Some(at) => rest = &rest[at + part.len()..],
                None => return false,
            }
        }
        true
    }
}

/// The words of a piece of a query as patterns.
fn patterns(text: &str) -> Vec<WordPattern> {
    let text = text.replace(STAR, &STAR_LETTER.to_string());
    words(&text)
        .into_iter()
        .map(|word| WordPattern(word.text.replace(STAR_LETTER, &STAR.to_string())))
        .collect()
}

impl Query {
    /// Reads a query as people write it.
    ///
    /// # Errors
    /// When it cannot be understood; the diagnostic points at the place.
    pub fn parse(text: &str) -> Result<Self, Diagnostic> {
        let mut parser = Parser {
            text,
            at: 0,
            depth: 0,
        };
        let query = parser.all()?;
        if parser.peek().is_some() {
            // Only a closing bracket ends the outermost level early.
            return Err(parser.error(
                parser.at..parser.at + 1,
                "this bracket was never opened",
                "remove it, or put `(` where the group begins",
            ));
        }
        query.ok_or_else(|| {
            parser.error(
                0..text.len(),
                "there is no word to look for",
                "write words, \"a phrase\", a citation such as art. 12, or concept:possess",
            )
        })
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn error(&self, span: Range<usize>, message: &str, help: &str) -> Diagnostic {
        error_at(self.text, span, message, help)
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn peek(&mut self) -> Option<char> {
        self.at = self.text.len() - self.rest().trim_start().len();
        self.rest().chars().next()
    }

    /// Takes an operator written in capitals.
    fn operator(&mut self, word: &str) -> bool {
        self.peek();
        let Some(behind) = self.rest().strip_prefix(word) else {
            return false;
        };
        let stands_alone = behind
            .chars()
            .next()
            .is_none_or(|c| c.is_whitespace() || c == '(' || c == ')' || is_quote(c));
        if stands_alone {
            self.at += word.len();
        }
        stands_alone
    }

    /// `a b AND c`: all of them. Nothing if there is nothing to look for.
    fn all(&mut self) -> Result<Option<Query>, Diagnostic> {
        let mut parts = Vec::new();
        loop {
            let start = self.at;
            let operator = self.operator("AND");
            if operator && parts.is_empty() {
                return Err(self.dangling(start, "AND"));
            }
            match self.peek() {
                None | Some(')') if operator => return Err(self.dangling(start, "AND")),
                None | Some(')') => break,
                _ => {}
            }
            parts.extend(self.any()?);
        }
        Ok(match parts.len() {
            0 | 1 => parts.pop(),
            _ => Some(Query::All(parts)),
        })
    }

    /// `a OR b OR c`: one of them.
    fn any(&mut self) -> Result<Option<Query>, Diagnostic> {
        let start = self.at;
        if self.operator("OR") {
            return Err(self.dangling(start, "OR"));
        }
        let mut parts: Vec<Query> = self.negated()?.into_iter().collect();
        loop {
            let start = self.at;
            if !self.operator("OR") {
                break;
            }
            if matches!(self.peek(), None | Some(')')) {
                return Err(self.dangling(start, "OR"));
            }
            parts.extend(self.negated()?);
        }
        Ok(match parts.len() {
            0 | 1 => parts.pop(),
            _ => Some(Query::Any(parts)),
        })
    }

    fn negated(&mut self) -> Result<Option<Query>, Diagnostic> {
        let start = self.at;
        let minus = self.peek() == Some('-')
            && self.rest()[1..].starts_with(|c: char| !c.is_whitespace() && c != '-');
        if minus {
            self.at += 1;
        }
        if !minus && !self.operator("NOT") {
            return self.primary();
        }
        if matches!(self.peek(), None | Some(')')) {
            return Err(self.dangling(start, if minus { "-" } else { "NOT" }));
        }
        Ok(self.primary()?.map(|query| Query::Not(Box::new(query))))
    }

    fn dangling(&self, start: usize, operator: &str) -> Diagnostic {
        let start = self.text.len() - self.text[start..].trim_start().len();
        self.error(
            start..start + operator.len(),
            &format!("{operator} needs a word on its other side"),
            &format!(
                "to look for the word itself, write \"{}\"",
                operator.to_lowercase()
            ),
        )
    }

    fn primary(&mut self) -> Result<Option<Query>, Diagnostic> {
        match self.peek() {
            None => Ok(None),
            Some('(') => self.group(),
            Some(c) if is_quote(c) => {
                let phrase = self.quoted()?;
                Ok(text_query(&phrase))
            }
            Some(_) => self.word(),
        }
    }

    fn group(&mut self) -> Result<Option<Query>, Diagnostic> {
        let open = self.at;
        if self.depth == DEEPEST {
            return Err(self.error(
                open..open + 1,
                "the brackets are nested too deeply",
                "split the query into several",
            ));
        }
        self.at += 1;
        self.depth += 1;
        let inner = self.all()?;
        self.depth -= 1;
        if self.peek() != Some(')') {
            return Err(self.error(
                open..open + 1,
                "this bracket is never closed",
                "put `)` where the group ends",
            ));
        }
        self.at += 1;
        Ok(inner)
    }

    /// The inside of quotation marks.
    fn quoted(&mut self) -> Result<String, Diagnostic> {
        let open = self.at;
        let length = self.rest().chars().next().map_or(0, char::len_utf8);
        let inside = &self.rest()[length..];
        let Some(end) = inside.find(is_quote) else {
            return Err(self.error(
                open..open + length,
                "this quotation mark is never closed",
                "put \" where the phrase ends",
            ));
        };
        let phrase = inside[..end].to_owned();
        let close = inside[end..].chars().next().map_or(0, char::len_utf8);
        self.at = open + length + end + close;
        Ok(phrase)
    }

    /// A word, a citation, or `field:value`.
    fn word(&mut self) -> Result<Option<Query>, Diagnostic> {
        if let Some((citation, length, certain)) = citation::read(self.rest(), self.depth > 0) {
            let written = self.rest()[..length].to_owned();
            self.at += length;
            let citation = Query::Citation(citation);
            return Ok(Some(match text_query(&written) {
                Some(words) if !certain => Query::Any(vec![citation, words]),
                _ => citation,
            }));
        }
        let start = self.at;
        let length = self
            .rest()
            .find(|c: char| c.is_whitespace() || c == '(' || c == ')' || is_quote(c))
            .unwrap_or(self.rest().len());
        let word = self.rest()[..length].to_owned();
        self.at += length;
        match word.split_once(':') {
            Some((field, value))
                if !field.is_empty() && field.chars().all(|c| c.is_ascii_alphabetic()) =>
            {
                let value_start = start + field.len() + 1;
                self.field(field, value, start, value_start).map(Some)
            }
            _ => Ok(text_query(&word)),
        }
    }

    fn field(
        &mut self,
        field: &str,
        value: &str,
        start: usize,
        value_start: usize,
    ) -> Result<Query, Diagnostic> {
        let quoted = value.is_empty() && self.rest().starts_with(is_quote);
        let value = if quoted {
            self.quoted()?
        } else {
            value.to_owned()
        };
        let span = value_start..self.at;
        if value.trim().is_empty() {
            return Err(self.error(
                start..self.at,
                &format!("nothing follows `{field}:`"),
                "write the value without a blank before it, as in in:fr",
            ));
        }
        let make: fn(Named) -> Query = match field.to_ascii_lowercase().as_str() {
            "in" => Query::Jurisdiction,
            "lang" => Query::Language,
            "file" => Query::File,
            "concept" => Query::Concept,
            "heading" => {
                let words = patterns(&value);
                return if words.is_empty() {
                    Err(self.error(span, "there is no word to look for", "heading:offences"))
                } else {
                    Ok(Query::Heading(words))
                };
            }
            "is" => return self.flags(&value, span),
            _ => {
                return Err(self.error(
                    start..start + field.len(),
                    &format!("there is no field `{field}`; the fields are {FIELDS}"),
                    "to look for the words themselves, put them between quotation marks",
                ));
            }
        };
        let mut names = self.names(&value, span, quoted).into_iter().map(make);
        Ok(match (names.next(), names.next()) {
            (Some(only), None) => only,
            (first, second) => Query::Any(first.into_iter().chain(second).chain(names).collect()),
        })
    }

    fn flags(&self, value: &str, span: Range<usize>) -> Result<Query, Diagnostic> {
        let mut flags = Vec::new();
        for named in self.names(value, span, false) {
            let flag = Flag::named(&named.name.to_lowercase()).ok_or_else(|| {
                let known: Vec<&str> = Flag::ALL.iter().map(|flag| flag.name()).collect();
                self.error(
                    named.span.clone(),
                    &format!("provisions are never `{}`", named.name),
                    &format!("use one of {}", known.join(", ")),
                )
            })?;
            flags.push(Query::Is(flag));
        }
        Ok(if flags.len() == 1 {
            flags.remove(0)
        } else {
            Query::Any(flags)
        })
    }

    /// The names of a list `a,b`; a quoted value is one name.
    fn names(&self, value: &str, span: Range<usize>, quoted: bool) -> Vec<Named> {
        if quoted {
            let name = value.to_owned();
            return vec![Named { name, span }];
        }
        let mut at = span.start;
        let mut names = Vec::new();
        for name in value.split(',') {
            let next = at + name.len();
            if !name.is_empty() {
                names.push(Named {
                    name: name.to_owned(),
                    span: at..next,
                });
            }
            at = next + 1;
        }
        if names.is_empty() {
            let name = value.to_owned();
            names.push(Named { name, span });
        }
        names
    }
}

/// An error about a part of a query.
pub fn error_at(query: &str, span: Range<usize>, message: &str, help: &str) -> Diagnostic {
    Diagnostic {
        file: "query".to_owned(),
        source: query.to_owned(),
        span,
        message: message.to_owned(),
        help: help.to_owned(),
    }
}

/// Words one after the other; nothing if there is no letter in them.
fn text_query(text: &str) -> Option<Query> {
    let mut words = patterns(text);
    words.retain(|word| word.as_str().chars().any(|c| c != STAR));
    (!words.is_empty()).then_some(Query::Words(words))
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

#[cfg(test)]
mod tests {
    use super::{FIELDS, Flag, QUERY_HELP, Query, WordPattern};
    use proptest::prelude::*;

    /// The query in a short notation.
    fn shown(query: &Query) -> String {
        let list = |parts: &[Query]| parts.iter().map(shown).collect::<Vec<_>>().join(" ");
        let words = |words: &[WordPattern]| {
            words
                .iter()
                .map(WordPattern::as_str)
                .collect::<Vec<_>>()
                .join("_")
        };
        match query {
            Query::All(parts) => format!("all({})", list(parts)),
            Query::Any(parts) => format!("any({})", list(parts)),
            Query::Not(part) => format!("not({})", shown(part)),
            Query::Words(parts) => words(parts),
            Query::Heading(parts) => format!("heading:{}", words(parts)),
            Query::Citation(citation) => {
                let steps: Vec<&str> = citation.steps.iter().map(|s| s.number.as_str()).collect();
                format!("#{}/{}", citation.article, steps.join("/"))
            }
            Query::Concept(named) => format!("concept:{}", named.name),
            Query::Jurisdiction(named) => format!("in:{}", named.name),
            Query::Language(named) => format!("lang:{}", named.name),
            Query::File(named) => format!("file:{}", named.name),
            Query::Is(flag) => format!("is:{flag}"),
        }
    }

    #[test]
    fn queries_read_as_lawyers_expect() {
        for (text, expected) in [
            ("Image  child", "all(image child)"),
            ("image AND child", "all(image child)"),
            ("possess image OR film", "all(possess any(image film))"),
            ("(possess image) OR film", "any(all(possess image) film)"),
            ("a NOT b -c", "all(a not(b) not(c))"),
            ("-(a OR b) c", "all(not(any(a b)) c)"),
            (
                "\"Indecent photograph\" e-mail",
                "all(indecent_photograph e_mail)",
            ),
            ("«l’âge»", "l_age"),
            ("and or not", "all(and or not)"),
            ("porno* *bild* w*rk", "all(porno* *bild* w*rk)"),
            ("児童ポルノ", "児_童_ポ_ル_ノ"),
            ("art. 12 possess", "all(#12/ possess)"),
            ("s 163.1(4)(a)", "#163.1/4/a"),
            ("(§ 184b Abs. 3)", "#184b/3"),
            ("227-23", "any(#227-23/ 227_23)"),
            ("\"section 15\"", "section_15"),
            ("in:fr,de lang:en", "all(any(in:fr in:de) lang:en)"),
            ("file:\"code pénal\" x", "all(file:code pénal x)"),
            (
                "concept:possess concept:csam",
                "all(concept:possess concept:csam)",
            ),
            (
                "is:Definition heading:goats",
                "all(is:definition heading:goats)",
            ),
            ("goat & , sheep", "all(goat sheep)"),
            ("1:233", "any(#1:233/ 1_233)"),
        ] {
            let query = Query::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(shown(&query), expected, "{text}");
        }
    }

    #[test]
    fn the_help_names_every_kind_of_provision_and_every_field() {
        for flag in Flag::ALL {
            assert!(QUERY_HELP.contains(flag.name()), "{flag}");
        }
        for field in ["in:", "lang:", "file:", "is:", "concept:", "heading:"] {
            assert!(QUERY_HELP.contains(field), "{field}");
            assert!(FIELDS.contains(field.trim_end_matches(':')), "{field}");
        }
    }

    #[test]
    fn errors_point_at_the_place() {
        for (text, at, message) in [
            ("possess AND (image", "(", "never closed"),
            ("goat) sheep", ")", "never opened"),
            ("\"goat sheep", "\"", "never closed"),
            ("goat OR", "OR", "other side"),
            ("AND goat", "AND", "other side"),
            ("(goat NOT) x", "NOT", "other side"),
            ("(-)§", "-", "other side"),
            ("in: fr", "in:", "nothing follows"),
            ("colour:red", "colour", "the fields are in, lang"),
            ("is:operative,nice", "nice", "never `nice`"),
            ("  ", "  ", "no word"),
            ("* ()", "* ()", "no word"),
        ] {
            let error = Query::parse(text).expect_err(text);
            assert_eq!(&text[error.span.clone()], at, "{text}");
            assert!(error.message.contains(message), "{text}: {error}");
        }
        let deep = "(".repeat(100_000);
        assert!(Query::parse(&deep).unwrap_err().message.contains("deeply"));
    }

    #[test]
    fn stars_stand_for_any_letters() {
        let matches = |pattern: &str, word: &str| WordPattern(pattern.into()).matches(word);
        assert!(matches("goat", "goat") && !matches("goat", "goats"));
        assert!(matches("goat*", "goats") && !matches("goat*", "agoat"));
        assert!(matches("*bild*", "abbildung") && matches("w*rk", "work"));
        assert!(!matches("w*rk", "works") && !matches("ab*ba", "aba"));
    }

    proptest! {
        #[test]
        fn any_text_is_a_query_or_an_error_with_a_place(text in "[a-z0-9 ()\"*:§.,OR-]{0,30}") {
            if let Err(error) = Query::parse(&text) {
                prop_assert!(text.get(error.span.clone()).is_some());
                prop_assert!(!error.render(false).is_empty());
            }
        }

        #[test]
        fn stars_agree_with_their_regular_expression(
            pattern in "[ab*]{1,6}", word in "[ab]{0,8}"
        ) {
            let pattern = WordPattern(pattern);
            let regex = regex::Regex::new(&format!("^{}$", pattern.to_regex())).unwrap();
            prop_assert_eq!(pattern.matches(&word), regex.is_match(&word));
        }
    }
}
