//! Looking around in the pieces of a text: what stands here, and the place
//! behind what only joins.

use super::*;

impl<'a> Parser<'a> {
    pub(super) fn content(&self, at: usize) -> Option<&'a Content> {
        self.lexemes.get(at).map(|lexeme| &lexeme.content)
    }

    pub(super) fn span(&self, at: usize) -> Span {
        self.lexemes
            .get(at)
            .map_or(Span::new(0, 0), |lexeme| lexeme.span)
    }

    pub(super) fn printed(&self, at: usize) -> &'a str {
        self.text.get(self.span(at).range()).unwrap_or_default()
    }

    pub(super) fn word(&self, at: usize) -> Option<&'a str> {
        match self.content(at) {
            Some(Content::Word(word)) => Some(word),
            _ => None,
        }
    }

    pub(super) fn is(&self, at: usize, content: &Content) -> bool {
        self.content(at) == Some(content)
    }

    /// Whether a hyphen joins two words without blanks: `Undang-Undang`.
    fn is_hyphen(lexemes: &[Lexeme], at: usize) -> bool {
        let around = at
            .checked_sub(1)
            .and_then(|before| lexemes.get(before..at + 2));
        matches!(around, Some([before, dash, after])
            if dash.content == Content::Dash
                && before.span.end == dash.span.start
                && dash.span.end == after.span.start)
    }

    /// The words from a place on, up to the first stop; quotation marks and
    /// apostrophes do not count.
    pub(super) fn ahead(&self, at: usize) -> impl Iterator<Item = &'a str> + Clone + use<'a> {
        let lexemes = self.lexemes;
        lexemes
            .iter()
            .enumerate()
            .skip(at)
            .filter(move |(place, lexeme)| {
                !matches!(lexeme.content, Content::Quote | Content::LineEnd)
                    && !Self::is_hyphen(lexemes, *place)
            })
            .map_while(|(_, lexeme)| match &lexeme.content {
                Content::Word(word) => Some(word.as_str()),
                _ => None,
            })
    }

    /// The words before a place, nearest first.
    pub(super) fn behind(&self, at: usize) -> impl Iterator<Item = &'a str> + Clone + use<'a> {
        let lexemes = self.lexemes;
        lexemes
            .iter()
            .enumerate()
            .take(at)
            .rev()
            .filter(move |(place, lexeme)| {
                lexeme.content != Content::Quote && !Self::is_hyphen(lexemes, *place)
            })
            .map_while(|(_, lexeme)| match &lexeme.content {
                Content::Word(word) => Some(word.as_str()),
                _ => None,
            })
    }

    /// A place after line ends.
    pub(super) fn past_line_end(&self, at: usize) -> usize {
        if self.is(at, &Content::LineEnd) {
            at + 1
        } else {
            at
        }
    }

    /// A full stop that only abbreviates: a number or small letter follows.
    pub(super) fn past_stop(&self, at: usize) -> usize {
        if self.is(at, &Content::Stop) {
            at + 1
        } else {
            at
        }
    }

    /// A place after `of the`, `de l'`, `и`-less genitives.
    pub(super) fn past_of(&self, at: usize) -> usize {
        let mut next = at;
        while self.word(next).is_some_and(|word| self.words.of.has(word))
            || next > at && self.is(next, &Content::Quote)
            || self.is(next, &Content::Comma) && self.begins_unit(next + 1)
        {
            next += 1;
        }
        next
    }

    pub(super) fn begins_article(&self, at: usize) -> bool {
        self.is(at, &Content::Sign) && !self.words.signs_subsections()
            || self
                .word(at)
                .is_some_and(|word| self.words.is_article(word))
    }

    pub(super) fn begins_unit(&self, at: usize) -> bool {
        self.is(at, &Content::Sign)
            || self
                .word(at)
                .is_some_and(|word| self.words.is_article(word) || self.words.step(word).is_some())
    }

    /// Whether a piece follows the one before it without a line end between.
    pub(super) fn touches(&self, at: usize) -> bool {
        at > 0 && {
            let between = self
                .text
                .get(self.span(at - 1).end..self.span(at).start)
                .unwrap_or("\n");
            between.len() <= 1 && !between.contains('\n')
        }
    }

    pub(super) fn bracketed(&self, at: usize) -> Step {
        Step {
            kind: StepKind::Any,
            number: number_of(self.printed(at)),
        }
    }

    /// Whether the number counts things: `5 years`, `10 per cent`.
    pub(super) fn is_quantity(&self, at: usize) -> bool {
        self.word(at + 1)
            .is_some_and(|word| self.words.quantities.has(word))
            || self.printed(at + 1) == "%"
    }

    /// A place after `,`, `and`, `, and`; the same place if nothing joins.
    pub(super) fn past_joiner(&self, at: usize) -> usize {
        let mut next = at;
        let semicolon = self.printed(next) == ";" && self.is(next + 1, &Content::Number);
        if self.is(next, &Content::Comma) || semicolon {
            next += 1;
        }
        if self.word(next).is_some_and(|word| self.words.and.has(word)) {
            next += 1;
            // Hebrew: 3 ו-4.
            if self.is(next, &Content::Dash) && self.touches(next) {
                next += 1;
            }
        }
        next
    }

    /// A place after words that stand before a number: `cha`, `No.`
    pub(super) fn past_before_number(&self, at: usize) -> usize {
        let says = self
            .word(at)
            .is_some_and(|word| self.words.before_number.has(word));
        if !says {
            return at;
        }
        // Georgian: მე-7.
        let glued = self.is(at + 1, &Content::Dash) && self.touches(at + 1);
        if glued {
            at + 2
        } else {
            self.past_stop(at + 1)
        }
    }

    /// A place after the full stop of a number, where the language writes one
    /// and the sentence goes on.
    pub(super) fn past_number_stop(&self, at: usize) -> usize {
        let goes_on = self
            .printed(at + 1)
            .starts_with(|c: char| c.is_lowercase() || c == '(');
        if self.words.raw.number_full_stop && self.is(at, &Content::Stop) && goes_on {
            at + 1
        } else {
            at
        }
    }

    /// A place after the ending of a case that a hyphen or colon joins to a
    /// sign: `§-ban`, `§:n`.
    pub(super) fn past_case_ending(&self, at: usize) -> usize {
        const LONGEST: usize = 4;
        let joined = self.is(at, &Content::Dash) || self.printed(at) == ":";
        let ending = self
            .word(at + 1)
            .is_some_and(|word| word.chars().count() <= LONGEST);
        if joined && ending && self.touches(at) && self.span(at).end == self.span(at + 1).start {
            at + 2
        } else {
            at
        }
    }

    /// The `s` of "the child's 18th birthday" is no section.
    pub(super) fn is_possessive(&self, at: usize, word: &str) -> bool {
        word.len() <= 2
            && at > 0
            && self.is(at - 1, &Content::Quote)
            && self.span(at - 1).end == self.span(at).start
    }

    /// A place after what makes a figure an ordinal.
    pub(super) fn past_suffix(&self, at: usize) -> usize {
        let quoted = self.is(at, &Content::Quote);
        let ending = if quoted { at + 1 } else { at };
        match self.word(ending) {
            Some(word)
                if self.words.is_ordinal_ending(word) || quoted && word.chars().count() <= 4 =>
            {
                ending + 1
            }
            _ if self.is(at, &Content::Stop) => at + 1,
            _ => at,
        }
    }

    /// Skips words in brackets between the numbers of a list.
    pub(super) fn past_remark(&self, at: usize) -> usize {
        if self.printed(at) != "(" {
            return at;
        }
        let close = (at + 1..at + REMARK_REACH).find(|place| self.printed(*place) == ")");
        match close.map(|close| close + 1) {
            Some(after) if self.past_joiner(after) > after => after,
            _ => at,
        }
    }

    pub(super) fn past_stop_before_small(&self, at: usize) -> usize {
        let stops = self.words.raw.number_full_stop;
        let small = self
            .printed(at + 1)
            .starts_with(|c: char| c.is_lowercase() || stops && c.is_numeric());
        if self.is(at, &Content::Stop) && small {
            at + 1
        } else {
            at
        }
    }

    /// A place after words in brackets.
    pub(super) fn past_bracket(&self, at: usize) -> usize {
        if self.printed(at) != "(" {
            return at;
        }
        (at + 1..at + REMARK_REACH)
            .find(|place| self.printed(*place) == ")")
            .map_or(at, |close| close + 1)
    }

    /// Whether a piece only joins two citations.
    pub(super) fn joins(&self, at: usize) -> bool {
        match self.content(at) {
            Some(Content::Comma | Content::LineEnd | Content::Quote) => true,
            Some(Content::Word(word)) => {
                self.words.and.has(word) || self.words.of.has(word) || self.words.to.has(word)
            }
            Some(Content::Other) => self.printed(at) == ";",
            _ => false,
        }
    }
}
