//! One paragraph in the making: its words and how they are set.

use super::brackets::{CLOSING, OPENING};

/// How the markup sets a stretch of text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::ingest::formats) struct Look {
    /// Bold.
    pub(in crate::ingest::formats) bold: bool,
    /// Italic.
    pub(in crate::ingest::formats) italic: bool,
    /// Struck through: words no longer in force.
    pub(in crate::ingest::formats) struck: bool,
    /// Raised: an exponent, an inserted number or a footnote mark.
    pub(in crate::ingest::formats) raised: bool,
    /// A class that names notes or amendment history.
    pub(in crate::ingest::formats) note: bool,
}

impl Look {
    /// Both looks at once.
    pub(in crate::ingest::formats) fn and(self, other: Look) -> Look {
        Look {
            bold: self.bold || other.bold,
            italic: self.italic || other.italic,
            struck: self.struck || other.struck,
            raised: self.raised || other.raised,
            note: self.note || other.note,
        }
    }
}

/// Words of the paragraph so far, struck ones kept apart.
#[derive(Debug, Default)]
pub(in crate::ingest::formats) struct Line {
    text: String,
    struck: String,
    struck_first: bool,
    letters: usize,
    bold: usize,
    italic: usize,
    linked: usize,
    noted: usize,
    /// The last white space came with a line end of the source.
    broken: bool,
    /// It begins with the mark of a footnote: it is that footnote.
    marked: bool,
}

/// Raised letters that belong to an ordinal number: 1o, 1er, 2nd, 5e.
const ORDINALS: &[&str] = &[
    "o", "a", "os", "as", "º", "ª", "er", "re", "ère", "e", "ème", "eme", "nd", "st", "rd", "th",
    "te", "de", "ste",
];

impl Line {
    /// Letters and digits so far.
    pub(in crate::ingest::formats) fn letters(&self) -> usize {
        self.letters
    }

    /// Adds words set as `look`; `link` holds the letters at the beginning of
    /// the innermost link they stand in.
    pub(in crate::ingest::formats) fn push(&mut self, text: &str, look: Look, link: Option<usize>) {
        if look.raised && !look.struck && !text.trim().is_empty() {
            let alone = link == Some(self.letters);
            self.push_raised(text.trim(), alone);
            return;
        }
        if look.struck && !self.is_struck_ordinal(text) {
            if self.text.trim().is_empty() && !text.trim().is_empty() {
                self.struck_first = true;
            }
            append(&mut self.struck, text, &mut false);
            return;
        }
        let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
        self.letters += letters;
        self.bold += if look.bold { letters } else { 0 };
        self.italic += if look.italic { letters } else { 0 };
        self.linked += if link.is_some() { letters } else { 0 };
        self.noted += if look.note { letters } else { 0 };
        append(&mut self.text, text, &mut self.broken);
    }

    /// The words in force, ends trimmed.
    pub(in crate::ingest::formats) fn text(&self) -> String {
        self.text.trim().to_string()
    }

    /// The struck words, if there are any.
    pub(in crate::ingest::formats) fn struck(&self) -> Option<String> {
        let struck = self.struck.trim();
        struck
            .contains(char::is_alphanumeric)
            .then(|| struck.to_string())
    }

    /// Whether the struck words came first.
    pub(in crate::ingest::formats) fn struck_first(&self) -> bool {
        self.struck_first
    }

    /// Whether it is bold or italic from end to end.
    pub(in crate::ingest::formats) fn is_strong(&self) -> bool {
        let nearly_all = self.letters - self.letters / 20;
        self.letters > 0 && (self.bold >= nearly_all || self.italic >= nearly_all)
    }

    /// Whether it is nothing but links.
    pub(in crate::ingest::formats) fn is_only_links(&self) -> bool {
        self.letters > 0 && self.linked >= self.letters - self.letters / 10
    }

    /// Whether it is a note from end to end: set in a class of notes, begun
    /// with a footnote mark, or in brackets and pointing to another page (the
    /// amending act).
    pub(in crate::ingest::formats) fn is_note(&self) -> bool {
        let text = self.text.trim();
        let noted = self.letters > 0 && self.noted >= self.letters - self.letters / 10;
        let bracketed = text.starts_with('(')
            && text.ends_with(')')
            && self.linked > 0
            && text.find(')') == text.rfind(')');
        noted || bracketed || self.marked
    }

    /// `1<s>º</s>`: a struck ordinal mark is a way to underline it.
    fn is_struck_ordinal(&self, text: &str) -> bool {
        ORDINALS.contains(&text.trim())
            && self.text.trim_end().ends_with(|c: char| c.is_ascii_digit())
    }

    /// A raised figure is part of a number (242<sup>1</sup> is 242.1), a mark
    /// of a footnote, or an exponent.
    fn push_raised(&mut self, raised: &str, link_begins_here: bool) {
        let before = self.text.trim_end();
        let last = before.chars().last();
        let after_digit = last.is_some_and(|c| c.is_ascii_digit());
        if ORDINALS.contains(&raised.to_lowercase().as_str()) {
            if after_digit {
                self.text.truncate(before.len());
            }
            self.add(raised);
            return;
        }
        let figure = raised.trim_matches(['(', ')', '[', ']', ',', '.', ' ']);
        let is_figure =
            (1..=3).contains(&figure.len()) && figure.bytes().all(|b| b.is_ascii_digit());
        let is_sign = !raised.is_empty() && raised.chars().all(|c| "*†‡§¶•#".contains(c));
        let is_letter = figure.chars().count() == 1 && link_begins_here;
        if is_sign || is_letter || (is_figure && (link_begins_here || raised.contains([')', ']'])))
        {
            self.drop_mark();
        } else if is_figure && (after_digit || self.ends_in_single_letter()) {
            self.text.truncate(self.text.trim_end().len());
            self.add(".");
            self.add(figure);
        } else if is_figure {
            let superscript: String = figure
                .bytes()
                .filter_map(|digit| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth((digit - b'0').into()))
                .collect();
            self.add(&superscript);
        } else {
            self.add(raised);
        }
    }

    fn add(&mut self, text: &str) {
        self.letters += text.chars().filter(|c| c.is_alphanumeric()).count();
        self.text.push_str(text);
        self.broken = false;
    }

    /// `а<sup>1</sup>)`: the figure belongs to the letter of a point. Square
    /// metres are no point.
    fn ends_in_single_letter(&self) -> bool {
        let mut last = self.text.trim_end().chars().rev();
        last.next().is_some_and(|c| c.is_alphabetic() && c != 'm')
            && !last.next().is_some_and(char::is_alphanumeric)
    }

    /// A footnote mark goes; brackets it marks as those of an amendment are
    /// noted for removal together with their partners.
    fn drop_mark(&mut self) {
        self.marked |= self.text.trim().is_empty();
        let kept = self.text.trim_end_matches([' ', ',', '.', ';', ':']).len();
        let tail = self.text.split_off(kept);
        match self.text.pop() {
            Some('[') => self.text.push(OPENING),
            Some(']') => self.text.push(CLOSING),
            Some(other) => self.text.push(other),
            None => {}
        }
        self.text.push_str(&tail);
    }
}

/// Appends with white space folded. A blank that stands before a comma only
/// because the source was laid out in lines is taken back.
fn append(line: &mut String, text: &str, broken: &mut bool) {
    for c in text.chars() {
        if c.is_whitespace() {
            *broken |= c == '\n';
            if !line.is_empty() && !line.ends_with(' ') {
                line.push(' ');
            }
            continue;
        }
        if *broken && matches!(c, ',' | ')' | '.') && line.ends_with(' ') {
            line.pop();
        }
        *broken = false;
        if c != OPENING && c != CLOSING {
            line.push(c);
        }
    }
}
