//! The grammar of numbered headings: blocks to a provision tree.

mod body;
mod choose;
mod dotted;
mod enumerator;
mod head;
mod inserted;
mod lexicon;
mod notes;
mod numeral;
mod repair;
mod scope;
mod swallowed;
mod vigour;

use std::collections::HashMap;

use super::block::{Block, BlockKind};
use super::{ActBuilder, Unit, language, lines};
use crate::law::{Number, ProvisionId, Standing, UnitKind};
use body::{Piece, Reading};
use choose::{Choice, Decision};
use head::{ArticleHead, Gap, GroupHead, Head};
use lexicon::Word;
use notes::Remark;
use scope::Scope;
use vigour::Vigour;

/// Characters up to which the words after an article's number can be a heading.
const LONGEST_HEADING: usize = 300;

/// Reads blocks into the builder: recognises books, parts, chapters,
/// articles, subsections and points in the heading words of every language of
/// the field, drops tables of contents, sets schedules and notes apart.
pub fn build(blocks: Vec<Block>, builder: &mut ActBuilder) {
    if dotted::applies(&blocks) {
        dotted::build(&blocks, builder);
        return;
    }
    let language = match builder.metadata().language.split('-').next() {
        Some(known) if !known.is_empty() => known.to_owned(),
        _ => guess_language(&blocks),
    };
    let language = arabic_dialect(&blocks, language);
    let blocks = repair::repair(blocks, &language);
    let heads = heads(&blocks, &language);
    let choice = choose::choose(&blocks, &heads);
    if let Some(freed) = inserted::free(&blocks, &heads, &choice, &language) {
        drop(heads);
        drop(blocks);
        let heads = self::heads(&freed.blocks, &language);
        let mut choice = choose::choose(&freed.blocks, &heads);
        for place in freed.articles {
            if matches!(heads.get(place), Some(Some(Head::Article(_))))
                && let Some(decision) = choice.decisions.get_mut(place)
            {
                *decision = Decision::Article;
            }
        }
        write(&freed.blocks, &heads, &choice, &language, builder);
        return;
    }
    // Articles that stand inside the paragraphs of others are set free first.
    if let Some(freed) = swallowed::free(&blocks, &heads, &choice) {
        drop(heads);
        drop(blocks);
        let heads = self::heads(&freed, &language);
        let choice = choose::choose(&freed, &heads);
        write(&freed, &heads, &choice, &language, builder);
    } else {
        write(&blocks, &heads, &choice, &language, builder);
    }
}

/// Whether *fasl* is an article here (as in the Maghreb) or a chapter.
fn arabic_dialect(blocks: &[Block], language: String) -> String {
    if language != "ar" {
        return language;
    }
    let opening = |words: &[&str]| {
        blocks
            .iter()
            .filter(|block| words.iter().any(|word| block.text.starts_with(word)))
            .count()
    };
    if opening(&["الفصل", "فصل"]) > opening(&["المادة", "مادة", "املادة", "الماده"])
    {
        lexicon::ARABIC_FASL.to_owned()
    } else {
        language
    }
}

fn heads<'a>(blocks: &'a [Block], language: &str) -> Vec<Option<Head<'a>>> {
    blocks
        .iter()
        .map(|block| {
            if block.standing.may_count() {
                head::head(&block.text, language)
            } else {
                None
            }
        })
        .collect()
}

fn write(
    blocks: &[Block],
    heads: &[Option<Head<'_>>],
    choice: &Choice,
    language: &str,
    builder: &mut ActBuilder,
) {
    let scopes = scope::scopes(blocks, heads, &choice.decisions);
    let reading = Reading {
        alineas: language != "en",
        items_count: language == "fr",
        sign_divides: choice.word != Word::Sign,
    };
    let mut emitter = Emitter {
        blocks,
        heads,
        choice,
        scopes: &scopes,
        prefix: running_prefix(heads, choice),
        reading,
        builder,
        groups: Vec::new(),
        article: None,
        pieces: Vec::new(),
        pending: Vec::new(),
        tails: HashMap::new(),
        tail: Standing::InForce,
        preamble: false,
        started: false,
    };
    for index in 0..blocks.len() {
        emitter.block(index);
    }
    emitter.finish();
}

/// A word that stands before the heading of nearly every article with a dash
/// after it: the act's abbreviation.
fn running_prefix<'a>(heads: &'a [Option<Head<'a>>], choice: &Choice) -> Option<&'a str> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut articles = 0usize;
    for (head, decision) in heads.iter().zip(&choice.decisions) {
        if let (Some(Head::Article(article)), Decision::Article) = (head, decision) {
            articles += 1;
            let word = article.rest.split_whitespace().next().unwrap_or_default();
            let after = article.rest[word.len()..].trim_start();
            if (after.is_empty() || after.starts_with(['—', '–', '-']))
                && (2..=20).contains(&word.len())
            {
                *counts.entry(word).or_default() += 1;
            }
        }
    }
    counts
        .into_iter()
        .max_by_key(|(_, count)| *count)
        .filter(|(_, count)| articles >= 5 && count * 10 >= articles * 8)
        .map(|(word, _)| word)
}

/// Whether a line can open a new unit in the middle of a wrapped paragraph.
pub(crate) fn opens_unit(text: &str, language: &str, sentence_ended: bool) -> bool {
    if let Some(marker) = enumerator::marker(text) {
        let bracketed = text.starts_with(['(', '（', '①', '②', '③', '④', '⑤']);
        return sentence_ended
            || bracketed
                && marker.value > 0
                && !text[marker.length..].starts_with([',', '.', ')']);
    }
    match head::head(text, language) {
        Some(Head::Article(article)) => {
            article.word != Word::Bare
                && (article.gap == Gap::Mark || article.gap == Gap::End || sentence_ended)
                && (sentence_ended
                    || article
                        .rest
                        .chars()
                        .next()
                        .is_none_or(|c| !c.is_lowercase()))
        }
        Some(Head::Group(group)) => group.numbered && sentence_ended && text.chars().count() < 120,
        None => false,
    }
}

/// Whether a line holds a list marker and nothing else.
pub(crate) fn is_lone_marker(text: &str) -> bool {
    enumerator::is_lone_marker(text)
}

/// Whether a line holds an article word whose number stands on the next line.
pub(crate) fn is_lone_word(text: &str, language: &str) -> bool {
    let word = text.trim().trim_end_matches('.');
    word.len() < 40
        && !word.is_empty()
        && !word.contains(char::is_whitespace)
        && matches!(
            lexicon::role(&lexicon::fold(word), language),
            Some(lexicon::Role::Article(_))
        )
}

fn guess_language(blocks: &[Block]) -> String {
    let mut sample = String::new();
    let skip = blocks.len() / 3;
    for block in blocks.iter().skip(skip).chain(blocks.iter().take(skip)) {
        sample.push_str(&block.text);
        sample.push('\n');
        if sample.len() > 12_000 {
            break;
        }
    }
    language::guess(&sample)
        .map(|tag| tag.split('-').next().unwrap_or_default().to_owned())
        .unwrap_or_default()
}

struct Emitter<'a, 'b> {
    blocks: &'a [Block],
    heads: &'a [Option<Head<'a>>],
    choice: &'a Choice,
    scopes: &'a [Scope],
    /// The act's short name before every heading.
    prefix: Option<&'a str>,
    reading: Reading,
    builder: &'b mut ActBuilder,
    /// Ranks of the open groups, outermost first.
    groups: Vec<u8>,
    /// The open article, with its number and heading.
    article: Option<OpenArticle<'a>>,
    /// Paragraphs of the open article.
    pieces: Vec<Piece<'a>>,
    /// Unnumbered headings that wait for what follows.
    pending: Vec<&'a Block>,
    /// How often each unnumbered schedule label has been used.
    tails: HashMap<String, u32>,
    /// Standing of articles in the open tail (transitional rules).
    tail: Standing,
    preamble: bool,
    started: bool,
}

struct OpenArticle<'a> {
    id: ProvisionId,
    number: &'a str,
    has_heading: bool,
}

impl<'a> Emitter<'a, '_> {
    fn block(&mut self, index: usize) {
        if let Some((scope, later)) = self.scopes.split_first()
            && scope.at == index
        {
            self.scopes = later;
            self.enter_scope(scope);
        }
        match (self.choice.decisions[index], &self.heads[index]) {
            (Decision::Contents, _) => {}
            (Decision::Article, Some(Head::Article(head))) => self.open_article(index, head),
            (Decision::Group, Some(Head::Group(head))) => self.open_group(index, head),
            _ => self.text(index),
        }
    }

    /// A numbering of its own begins.
    fn enter_scope(&mut self, scope: &Scope) {
        self.close_article();
        self.close_preamble();
        self.open_pending();
        while self.groups.pop().is_some() {
            self.builder.close();
        }
        self.tail = Standing::InForce;
        if let Some(label) = &scope.label {
            self.builder
                .open_cited(UnitKind::Schedule, Number::new(label), Unit::default());
            self.groups.push(0);
        }
    }

    fn open_article(&mut self, index: usize, head: &'a ArticleHead<'a>) {
        let block = &self.blocks[index];
        let before = if self.choice.heading_before {
            self.take_trailing_heading()
        } else {
            None
        };
        self.close_article();
        self.close_preamble();
        let (heading, body) = split_heading(block, head, self.prefix);
        let mut heading = heading;
        if heading.is_none() {
            heading = before;
        } else if let Some(before) = before {
            self.builder.paragraph(before);
        }
        if heading.is_none() && self.choice.heading_before {
            heading = self.pending.pop().map(|block| block.text.as_str());
        }
        self.open_pending();
        let standing = if self.choice.superseded.contains(&index) {
            Standing::Superseded
        } else if head.standing != Standing::InForce {
            head.standing
        } else {
            self.tail
        };
        let id = self.builder.open(
            UnitKind::Article,
            Unit {
                number: &head.number,
                heading: heading.unwrap_or_default(),
                standing,
            },
        );
        self.article = Some(OpenArticle {
            id,
            number: &head.number,
            has_heading: heading.is_some(),
        });
        self.started = true;
        if !body.is_empty() {
            self.pieces.push(Piece {
                text: body,
                block: None,
                strong: false,
                standing: Standing::InForce,
            });
        }
    }

    fn open_group(&mut self, index: usize, head: &'a GroupHead<'a>) {
        let block = &self.blocks[index];
        self.close_article();
        self.close_preamble();
        self.started = true;
        let (number, heading) = if head.numbered {
            (head.label, head.rest)
        } else {
            ("", block.text.as_str())
        };
        let schedule = head.kind == UnitKind::Schedule
            && (!head.soft || self.choice.restarts.contains(&index));
        self.open_pending();
        while self.groups.last().is_some_and(|rank| *rank >= head.rank) {
            self.groups.pop();
            self.builder.close();
        }
        let unit = Unit {
            number,
            heading,
            standing: head.standing,
        };
        if schedule {
            let cited = self.cite_schedule(if head.numbered {
                head.label
            } else {
                &block.text
            });
            self.builder.open_cited(UnitKind::Schedule, cited, unit);
        } else if head.kind == UnitKind::Schedule {
            self.builder.open(
                UnitKind::Division,
                Unit {
                    number: "",
                    heading: &block.text,
                    standing: head.standing,
                },
            );
        } else {
            self.builder.open(head.kind, unit);
        }
        self.groups.push(head.rank);
        if head.rank == 0 {
            self.tail = head.standing;
        } else if self.groups.first() != Some(&0) {
            self.tail = Standing::InForce;
        }
    }

    /// `Schedule 2` is cited as 2; a label without a figure by its words and,
    /// from the second on, a count.
    fn cite_schedule(&mut self, label: &str) -> Number {
        let number = Number::new(label);
        let words: Vec<&str> = label
            .split_whitespace()
            .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
            .collect();
        let letter = words
            .last()
            .filter(|word| words.len() > 1 && word.chars().count() == 1);
        let figure = words
            .iter()
            .rfind(|word| {
                numeral::figures(word).is_some_and(|found| found.end == word.len())
                    || numeral::roman(word).is_some_and(|found| found.end == word.len())
            })
            .or(letter);
        if let Some(figure) = figure {
            return Number::new(figure);
        }
        if let Some(value) = number.integer() {
            return Number::new(&value.to_string());
        }
        let times = self.tails.entry(label.to_owned()).or_default();
        *times += 1;
        if *times == 1 {
            number
        } else {
            Number::new(&format!("{label} {times}"))
        }
    }

    fn text(&mut self, index: usize) {
        let block = &self.blocks[index];
        if let BlockKind::Heading(_) = block.kind {
            if block.text.is_empty() {
                return;
            }
            // A heading right after an article's number names that article.
            if let Some(article) = &mut self.article
                && !article.has_heading
                && self.pieces.is_empty()
            {
                self.builder.heading(&block.text);
                article.has_heading = true;
                return;
            }
            self.close_article();
            self.pending.push(block);
            return;
        }
        if let Some(article) = &mut self.article {
            if self.choice.heading_after
                && !article.has_heading
                && self.pieces.is_empty()
                && choose::is_heading_like(&block.text)
            {
                self.builder.heading(&block.text);
                article.has_heading = true;
                return;
            }
            self.pieces.push(Piece {
                text: &block.text,
                block: Some(block),
                strong: block.kind == BlockKind::Strong,
                standing: block.standing,
            });
            return;
        }
        if self.started
            && (block.kind == BlockKind::Strong
                || self.choice.heading_before && choose::is_heading_like(&block.text))
        {
            self.pending.push(block);
            return;
        }
        self.loose(block);
    }

    /// Text outside any article: preamble, or words under a group heading.
    fn loose(&mut self, block: &'a Block) {
        if !self.started && !self.preamble {
            self.flush_pending_as_text();
            self.builder.open(UnitKind::Preamble, Unit::default());
            self.preamble = true;
        }
        self.open_pending();
        if block.standing.may_count() {
            self.builder.paragraph(&block.text);
        } else {
            self.builder.alinea(0, &block.text, block.standing);
        }
    }

    fn flush_pending_as_text(&mut self) {
        for block in std::mem::take(&mut self.pending) {
            self.builder.paragraph(&block.text);
        }
    }

    fn close_preamble(&mut self) {
        if self.preamble {
            self.builder.close();
            self.preamble = false;
        }
    }

    /// Headings without a number become groups over what follows.
    fn open_pending(&mut self) {
        if !self.started && !self.preamble {
            self.flush_pending_as_text();
            return;
        }
        for block in std::mem::take(&mut self.pending) {
            let rank = match block.kind {
                BlockKind::Heading(level) => 100 + level.min(50),
                _ => 200,
            };
            // The name of the group that has just been opened.
            let current = self.builder.current();
            let unnamed = self
                .builder
                .provisions()
                .get(current.index())
                .is_some_and(|unit| {
                    unit.kind.is_group()
                        && unit.kind != UnitKind::Act
                        && unit.kind != UnitKind::Preamble
                        && unit.heading.is_none()
                        && unit.body_start == self.builder.text().len()
                });
            if unnamed {
                self.builder.heading(&block.text);
                continue;
            }
            while self.groups.last().is_some_and(|open| *open >= rank) {
                self.groups.pop();
                self.builder.close();
            }
            self.builder.open(
                UnitKind::Division,
                Unit {
                    heading: &block.text,
                    ..Unit::default()
                },
            );
            self.groups.push(rank);
        }
    }

    /// The last paragraphs of the open article, if they are headings: the last
    /// one names the next article, those before it groups.
    fn take_trailing_heading(&mut self) -> Option<&'a str> {
        let keep = usize::from(
            self.article
                .as_ref()
                .is_some_and(|article| !article.has_heading),
        );
        let mut taken: Vec<Piece<'a>> = Vec::new();
        while self.pieces.len() > keep && taken.len() < 5 {
            let Some(last) = self.pieces.last() else {
                break;
            };
            // The words on the article's own line, and "(Repealed)", name nothing
            // that follows.
            let own = last.block.is_none() || notes::remark(last.text).is_some();
            if own || !choose::is_named(last.text) {
                break;
            }
            taken.extend(self.pieces.pop());
        }
        let mut taken = taken.into_iter();
        let heading = taken.next()?;
        let above: Vec<&'a Block> = taken.filter_map(|piece| piece.block).collect();
        self.pending.extend(above.into_iter().rev());
        Some(heading.text)
    }

    fn close_article(&mut self) {
        let Some(article) = self.article.take() else {
            return;
        };
        let mut pieces = std::mem::take(&mut self.pieces);
        // Bold lines at the end are headings of what follows.
        let mut trailing = Vec::new();
        while pieces.len() > 1
            && pieces
                .last()
                .is_some_and(|piece| piece.strong && choose::is_heading_like(piece.text))
        {
            trailing.extend(pieces.pop());
        }
        let heading = self
            .builder
            .provisions()
            .get(article.id.index())
            .and_then(|unit| unit.heading)
            .map(|span| self.builder.text()[span.range()].to_owned());
        if let Some(first) = pieces.first_mut() {
            first.text = without_repeated_head(
                first.text,
                article.number,
                self.choice.word,
                heading.as_deref(),
            );
        }
        if heading.is_none()
            && let Some(first) = pieces.first_mut()
            && let Some((name, body)) = heading_before_first_subsection(first.text)
        {
            self.builder.heading(name);
            first.text = body;
        }
        // Punctuation that a converter left behind with the number.
        if let Some(first) = pieces.first_mut() {
            let trimmed = first
                .text
                .trim_start_matches(['.', '-', '–', '—', ':', ' ', ',']);
            if !trimmed.is_empty() {
                first.text = trimmed;
            }
        }
        pieces.retain(|piece| !piece.text.is_empty());
        self.mark_remarks(&article, heading.as_deref(), &mut pieces);
        mark_quotations(&mut pieces);
        body::write(&pieces, self.reading, self.builder);
        self.builder.close();
        for piece in trailing.into_iter().rev() {
            self.pending.extend(piece.block);
        }
    }

    /// Sets notes apart, and marks the article repealed if nothing but a
    /// repeal mark is left of it.
    fn mark_remarks(
        &mut self,
        article: &OpenArticle<'_>,
        heading: Option<&str>,
        pieces: &mut [Piece<'a>],
    ) {
        let mut law = false;
        let mut repeal =
            heading.is_some_and(|heading| notes::remark(heading) == Some(Remark::Repeal));
        let marks = pieces
            .iter_mut()
            .filter(|piece| piece.standing.may_count())
            .filter_map(|piece| {
                let mark = vigour::vigour(piece.text)?;
                piece.standing = Standing::Note;
                Some(mark)
            });
        let of_heading = heading.and_then(vigour::at_end_of);
        let mut marks: Vec<Vigour> = of_heading.into_iter().chain(marks).collect();
        // A suspended wording applies on no day.
        marks.sort_by_key(|mark| *mark != Vigour::Suspended);
        for mark in marks {
            match mark {
                Vigour::Dated(validity) => self.builder.set_validity(article.id, validity),
                Vigour::Suspended => self.builder.set_standing(article.id, Standing::NotInForce),
            }
        }
        for piece in pieces.iter_mut().filter(|piece| piece.standing.may_count()) {
            match notes::remark(piece.text) {
                Some(Remark::Note) => piece.standing = Standing::Note,
                Some(Remark::Repeal) => repeal = true,
                None => law = true,
            }
        }
        if repeal && !law {
            self.builder.set_standing(article.id, Standing::Repealed);
        }
    }

    fn finish(&mut self) {
        self.close_article();
        if !self.pending.is_empty() {
            self.flush_pending_as_text();
        }
        self.close_preamble();
        while self.groups.pop().is_some() {
            self.builder.close();
        }
    }
}

/// Sets apart what an amending article quotes: paragraphs after a lead-in with
/// a colon, from an opening quotation mark to the one that closes a paragraph.
fn mark_quotations(pieces: &mut [Piece<'_>]) {
    const MARKS: &[(char, char)] = &[
        ('«', '»'),
        ('“', '”'),
        ('„', '“'),
        ('"', '"'),
        ('‘', '’'),
        ('\'', '\''),
        ('「', '」'),
    ];
    let mut index = 0;
    while index + 1 < pieces.len() {
        // A note may introduce this act's own new wording: that is law.
        let introduced = pieces[index].standing.may_count()
            && notes::remark(pieces[index].text).is_none()
            && pieces[index]
                .text
                .trim_end()
                .ends_with([':', '：', '—', '-', '–']);
        index += 1;
        let text = pieces[index].text.trim();
        let Some((_, close)) = MARKS
            .iter()
            .find(|(open, _)| introduced && text.starts_with(*open))
        else {
            continue;
        };
        let closes = |text: &str| {
            text.trim_end()
                .trim_end_matches(['.', ';', ','])
                .ends_with(*close)
        };
        // A term in quotation marks at the start of a definition closes at once.
        let first_word = &text[text.chars().next().map_or(0, char::len_utf8)..];
        if first_word.contains(*close) && !closes(text) {
            continue;
        }
        let Some(length) = pieces[index..]
            .iter()
            .take(400)
            .position(|piece| closes(piece.text))
        else {
            continue;
        };
        for piece in &mut pieces[index..=index + length] {
            if piece.standing.may_count() {
                piece.standing = Standing::Quoted;
            }
        }
        index += length;
    }
}

/// Tells an article's heading from its first words.
fn split_heading<'a>(
    block: &'a Block,
    head: &ArticleHead<'a>,
    prefix: Option<&str>,
) -> (Option<&'a str>, &'a str) {
    let mut rest = head.rest.trim();
    if let Some(after) = prefix.and_then(|prefix| rest.strip_prefix(prefix)) {
        rest = after.trim_start_matches([' ', '—', '–', '-']);
    }
    // Amendment marks around a heading: ((Heading.
    let unmarked = rest.trim_start_matches(['(', ' ']);
    if rest.starts_with('(') && !unmarked.contains(')') {
        rest = unmarked;
    }
    // "(Repealed by ...)" is no heading.
    if notes::remark(rest).is_some() {
        return (None, rest);
    }
    if rest.is_empty() {
        return (None, "");
    }
    let long = rest.chars().count() > LONGEST_HEADING;
    match block.kind {
        BlockKind::Heading(_) | BlockKind::Strong if !long => (Some(rest), ""),
        _ => {
            // （heading）　text, (heading) text.
            if let Some((heading, body)) = bracketed_heading(rest) {
                return (Some(heading), body);
            }
            if block.text.starts_with('[')
                && let Some((heading, body)) = dashed_heading(rest)
            {
                return (Some(heading), body);
            }
            if !long
                && choose::is_heading_like(rest)
                && !lines::ends_sentence(rest)
                && rest.chars().count() < 160
                && head.word != Word::Tiao
                && !rest.starts_with(is_thai)
            {
                return (Some(rest), "");
            }
            if let Some((heading, body)) = shouted_heading(rest) {
                return (Some(heading), body);
            }
            (None, rest)
        }
    }
}

/// Thai statutes give their articles no headings: what follows the number is
/// the beginning of the rule, be it only "whoever" before a list.
fn is_thai(letter: char) -> bool {
    matches!(letter, '\u{e01}'..='\u{e3a}' | '\u{e40}'..='\u{e4e}')
}

/// `Heading (1) First subsection`: the words before the first marker.
fn heading_before_first_subsection(text: &str) -> Option<(&str, &str)> {
    let end = text
        .char_indices()
        .nth(250)
        .map_or(text.len(), |(at, _)| at);
    let at = text[..end].find(" (1) ")?;
    let (name, body) = text.split_at(at);
    (at < 240 && choose::is_heading_like(name) && name.split_whitespace().count() > 1)
        .then(|| (name, body.trim_start()))
}

/// `Heading.— Text`, as editors print articles that they insert.
fn dashed_heading(rest: &str) -> Option<(&str, &str)> {
    let end = [".—", ".–", ".-"]
        .iter()
        .filter_map(|mark| Some(rest.find(mark)? + mark.len()))
        .min()?;
    let (name, body) = rest.split_at_checked(end)?;
    (name.len() < LONGEST_HEADING && !body.trim().is_empty()).then(|| (name, body.trim_start()))
}

/// A heading in brackets at the front: East Asian usage.
fn bracketed_heading(rest: &str) -> Option<(&str, &str)> {
    let (inner, close) = if let Some(inner) = rest.strip_prefix('（') {
        (inner, '）')
    } else if let Some(inner) = rest.strip_prefix('【') {
        (inner, '】')
    } else {
        return None;
    };
    let end = inner.find(close)?;
    let body = inner[end + close.len_utf8()..].trim_start();
    (end < 200 && !inner[..end].is_empty()).then_some((&inner[..end], body))
}

/// CAPITALS up to a full stop are a heading before the first sentence.
fn shouted_heading(rest: &str) -> Option<(&str, &str)> {
    let stop = rest.match_indices(". ").find(|(at, _)| *at >= 8)?.0;
    let heading = &rest[..stop];
    let letters = heading.chars().filter(|c| c.is_alphabetic()).count();
    let shouts = letters > 6 && heading.chars().all(|c| !c.is_lowercase());
    (shouts && heading.len() < 240).then(|| (heading, rest[stop + 1..].trim_start()))
}

/// Takes a repeated number and heading off an article's first paragraph.
fn without_repeated_head<'t>(
    text: &'t str,
    number: &str,
    word: Word,
    heading: Option<&str>,
) -> &'t str {
    let mut rest = text;
    if let Some(Head::Article(again)) = head::head(text, "")
        && crate::law::Number::new(&again.number) == crate::law::Number::new(number)
        && !again.quoted
        && (again.word == word || again.word == Word::Bare)
        && (again.word != Word::Bare || matches!(again.gap, Gap::Mark | Gap::Bracket | Gap::Blank))
        && !again.rest.is_empty()
    {
        rest = again.rest;
    }
    if let Some(heading) = heading
        && let Some(after) = rest.trim_start_matches(['(', ' ']).strip_prefix(heading)
        && heading.chars().count() > 2
    {
        let close = after;
        let after = after.trim_start_matches(['.', ':', '-', '–', '—', ' ', ')', '\u{a0}']);
        let mark = close[..close.len() - after.len()].contains(|c: char| !c.is_whitespace());
        // Without capitals, only a mark tells the heading from a sentence that
        // begins with the same words.
        if after
            .chars()
            .next()
            .is_none_or(|c| mark && !c.is_lowercase() || !c.is_alphabetic() || c.is_uppercase())
        {
            return after;
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::without_repeated_head;
    use crate::ingest::structure::lexicon::Word;

    #[test]
    fn a_sentence_that_begins_as_its_heading_reads_keeps_its_words() {
        let body = |text, heading| without_repeated_head(text, "4", Word::Article, Some(heading));
        assert_eq!(
            body("Keeping goats. Whoever keeps", "Keeping goats"),
            "Whoever keeps"
        );
        assert_eq!(
            body("Keeping goats is free.", "Keeping goats"),
            "Keeping goats is free."
        );
        assert_eq!(
            body("山羊飼育をした者は、", "山羊飼育"),
            "山羊飼育をした者は、"
        );
        assert_eq!(
            body("تربية الماعز بغير إذن", "تربية الماعز"),
            "تربية الماعز بغير إذن"
        );
        assert_eq!(body("(山羊飼育) 何人も、", "山羊飼育"), "何人も、");
    }
}
