//! Reports on bills for a terminal. Clauses are longer than a terminal is wide,
//! so the source is wrapped and the words underlined line by line.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthChar;

use super::diagnostic::{BillReport, Diagnostic, Label, Severity};
use super::effect::{Change, Effect, Fate};
use crate::ingest::{Place, SourceText};
use crate::report::Bond;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const RED: Style = AnsiColor::Red.on_default().bold();
const YELLOW: Style = AnsiColor::Yellow.on_default().bold();
const BLUE: Style = AnsiColor::Cyan.on_default().bold();
const GREEN: Style = AnsiColor::Green.on_default();

/// How a report is laid out.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    /// Columns of the terminal.
    pub width: usize,
    /// List the requirements that are met, with their words.
    pub all: bool,
}

/// Context shown before and after the words, in characters.
const CONTEXT: usize = 60;
/// More underlined words than this are cut in the middle.
const LONGEST: usize = 420;

/// The report, with ANSI styles; strip them where no terminal reads it.
pub fn to_text(report: &BillReport, source: Option<&SourceText>, layout: Layout) -> String {
    let mut out = String::new();
    let shown = report.diagnostics.iter();
    let met = report.met.iter().filter(|_| layout.all);
    for diagnostic in shown.chain(met) {
        write_diagnostic(&mut out, report, diagnostic, source, layout);
    }
    for problem in &report.problems {
        let _ = writeln!(out, "{YELLOW}text{YELLOW:#}: {problem}");
    }
    if let Some(effect) = &report.effect {
        write_effect(&mut out, effect, layout);
    }
    write_summary(&mut out, report);
    out
}

fn write_diagnostic(
    out: &mut String,
    report: &BillReport,
    diagnostic: &Diagnostic,
    source: Option<&SourceText>,
    layout: Layout,
) {
    let style = style(diagnostic.severity);
    let head = format!("{}[{}]", diagnostic.severity.name(), diagnostic.code);
    let _ = writeln!(
        out,
        "{style}{head}{style:#}{BOLD}: {}{BOLD:#}",
        diagnostic.title
    );
    for (index, label) in diagnostic.labels.iter().enumerate() {
        let place = label
            .place
            .as_ref()
            .map_or(String::new(), |place| match place.start {
                Place::Line { line, column } => format!(":{line}:{column}"),
                other => format!(", {other}"),
            });
        let clause = match label.clause.as_str() {
            "" => String::new(),
            clause => format!(", clause {clause}"),
        };
        let arrow = if index == 0 { "-->" } else { ":::" };
        let _ = writeln!(
            out,
            "  {BLUE}{arrow}{BLUE:#} {}{place}{clause}",
            report.file
        );
        let mark = if index == 0 { style } else { BLUE };
        write_words(out, label, source, layout, mark, index == 0);
    }
    wrapped(out, "  = ", &diagnostic.message, layout.width);
    if !diagnostic.sources.is_empty() {
        let cited: Vec<String> = diagnostic
            .sources
            .iter()
            .map(|source| match source.bond {
                Bond::Bound => format!("{} (binds)", source.citation),
                Bond::Reserved => format!("{} (reserved)", source.citation),
                _ => source.citation.clone(),
            })
            .collect();
        wrapped(out, "  = asked by: ", &cited.join("; "), layout.width);
        for source in &diagnostic.sources {
            if !source.reservation.is_empty() {
                wrapped(out, "  = ", &source.reservation, layout.width);
            }
        }
    }
    if !diagnostic.help.is_empty() {
        wrapped(out, "  = help: ", &diagnostic.help, layout.width);
    }
    for comparable in &diagnostic.comparables {
        let lead = format!(
            "  = compare {} {}, {}: ",
            comparable.jurisdiction, comparable.locator, comparable.act
        );
        wrapped(
            out,
            &lead,
            &format!("“{}”", flat(&comparable.quote)),
            layout.width,
        );
    }
    out.push('\n');
}

fn style(severity: Severity) -> Style {
    match severity {
        Severity::Error => RED,
        Severity::Warning => YELLOW,
        Severity::Note => BLUE,
    }
}

/// The words in their context, wrapped, underlined.
fn write_words(
    out: &mut String,
    label: &Label,
    source: Option<&SourceText>,
    layout: Layout,
    mark: Style,
    primary: bool,
) {
    let range = label.place.as_ref().map(|place| place.bytes.clone());
    let (before, words, after, line) = match (source, range) {
        (Some(source), Some(range)) => {
            let text = source.text.as_str();
            let line = match label.place.as_ref().map(|place| place.start) {
                Some(Place::Line { line, .. }) => line.to_string(),
                _ => String::new(),
            };
            (
                last_of_line(text.get(..range.start).unwrap_or_default()),
                text.get(range.clone()).unwrap_or_default().to_owned(),
                first_of_line(text.get(range.end..).unwrap_or_default()),
                line,
            )
        }
        _ => (
            String::new(),
            label.quote.clone(),
            String::new(),
            String::new(),
        ),
    };
    let gutter = line.len().max(3);
    let words = middle_cut(&words);
    let mut cells: Vec<(char, bool)> = Vec::new();
    cells.extend(flat(&before).chars().map(|c| (c, false)));
    if before.ends_with(char::is_whitespace) && !cells.is_empty() {
        cells.push((' ', false));
    }
    cells.extend(flat(&words).chars().map(|c| (c, true)));
    if after.starts_with(char::is_whitespace) {
        cells.push((' ', false));
    }
    cells.extend(flat(&after).chars().map(|c| (c, false)));
    let room = layout.width.saturating_sub(gutter + 4).max(30);
    let rows = rows(&cells, room);
    let last_marked = rows
        .iter()
        .rposition(|row| row.iter().any(|(_, marked)| *marked));
    for (index, row) in rows.iter().enumerate() {
        let number = if index == 0 { line.as_str() } else { "" };
        let shown: String = row.iter().map(|(c, _)| *c).collect();
        let _ = writeln!(
            out,
            " {BLUE}{number:>gutter$} |{BLUE:#} {}",
            shown.trim_end()
        );
        if row.iter().any(|(_, marked)| *marked) {
            let sign = if primary { '^' } else { '-' };
            let under: String = row
                .iter()
                .flat_map(|(c, marked)| {
                    let sign = if *marked { sign } else { ' ' };
                    std::iter::repeat_n(sign, c.width().unwrap_or(0))
                })
                .collect();
            let text = if Some(index) == last_marked {
                format!(" {}", label.text)
            } else {
                String::new()
            };
            let under = under.trim_end();
            let _ = writeln!(
                out,
                " {BLUE}{:gutter$} |{BLUE:#} {mark}{under}{text}{mark:#}",
                ""
            );
        }
    }
}

/// The end of the current line before the words.
fn last_of_line(text: &str) -> String {
    let line = text.rsplit(['\n', '\x0c']).next().unwrap_or_default();
    let count = line.chars().count();
    let cut: String = line.chars().skip(count.saturating_sub(CONTEXT)).collect();
    let cut = cut.rsplit(['>']).next().unwrap_or_default().to_owned();
    if count > CONTEXT {
        // Not in mid-word.
        let rest = cut.split_once(' ').map_or("", |(_, rest)| rest);
        return format!("… {rest}");
    }
    cut
}

/// The beginning of what follows the words on the line.
fn first_of_line(text: &str) -> String {
    let line = text.split(['\n', '\x0c', '<']).next().unwrap_or_default();
    if line.chars().count() <= CONTEXT {
        return line.to_owned();
    }
    let cut: String = line.chars().take(CONTEXT).collect();
    format!(
        "{} …",
        cut.rsplit_once(' ').map_or(cut.as_str(), |(rest, _)| rest)
    )
}

/// Words with markup and line ends made single blanks, cut in the middle.
fn middle_cut(words: &str) -> String {
    let mut plain = String::new();
    let mut tag = false;
    for c in words.chars() {
        match c {
            '<' => tag = true,
            '>' if tag => {
                tag = false;
                plain.push(' ');
            }
            _ if !tag => plain.push(c),
            _ => {}
        }
    }
    let plain = flat(&plain);
    let letters: Vec<char> = plain.chars().collect();
    if letters.len() <= LONGEST {
        return plain;
    }
    let half = LONGEST / 2;
    let head: String = letters[..half].iter().collect();
    let tail: String = letters[letters.len() - half..].iter().collect();
    format!("{head} … {tail}")
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Breaks cells into rows of a width, at blanks where there are any.
fn rows(cells: &[(char, bool)], room: usize) -> Vec<Vec<(char, bool)>> {
    let mut rows: Vec<Vec<(char, bool)>> = vec![Vec::new()];
    let mut used = 0;
    let mut blank: Option<usize> = None;
    for cell in cells {
        let width = cell.0.width().unwrap_or(0);
        if used + width > room {
            let row = rows.last_mut().map(std::mem::take).unwrap_or_default();
            let (kept, rest) = match blank {
                Some(at) if at + 1 < row.len() => row.split_at(at + 1),
                _ => row.split_at(row.len()),
            };
            let (kept, rest) = (kept.to_vec(), rest.to_vec());
            if let Some(last) = rows.last_mut() {
                *last = kept;
            }
            used = rest.iter().map(|(c, _)| c.width().unwrap_or(0)).sum();
            rows.push(rest);
            blank = None;
        }
        if let Some(row) = rows.last_mut() {
            if cell.0 == ' ' {
                blank = Some(row.len());
            }
            row.push(*cell);
        }
        used += width;
    }
    rows
}

fn wrapped(out: &mut String, lead: &str, text: &str, width: usize) {
    let indent = " ".repeat(6);
    let mut line = lead.to_owned();
    for word in text.split_whitespace() {
        let joined = line.ends_with(' ');
        if line.chars().count() + word.chars().count() + 1 > width && line.trim().len() > 4 {
            let _ = writeln!(out, "{}", line.trim_end());
            line = indent.clone();
        } else if !joined {
            line.push(' ');
        }
        line.push_str(word);
    }
    let _ = writeln!(out, "{}", line.trim_end());
}

fn write_effect(out: &mut String, effect: &Effect, layout: Layout) {
    let _ = writeln!(
        out,
        "{BOLD}The law of {} as it would read{BOLD:#}",
        effect.jurisdiction
    );
    for change in &effect.changes {
        write_change(out, change, layout);
    }
    if !effect.not_applied.is_empty() {
        let _ = writeln!(out, "\n{BOLD}Not applied{BOLD:#}");
        for line in &effect.not_applied {
            let place = line
                .place
                .as_ref()
                .map_or(String::new(), |p| format!(" ({})", p.start));
            let lead = format!("  clause {}{place}: ", line.clause);
            let words: String = flat(&line.words).chars().take(160).collect();
            wrapped(
                out,
                &lead,
                &format!("{}: “{words}”", line.reason),
                layout.width,
            );
        }
    }
    let _ = writeln!(out, "\n{BOLD}Requirements{BOLD:#}");
    let _ = writeln!(
        out,
        "  {:<34} {:<13} {:<13} {:<13} clause",
        "requirement", "law today", "bill alone", "as amended"
    );
    for line in &effect.verdicts {
        let _ = writeln!(
            out,
            "  {:<34} {:<13} {:<13} {:<13} {}",
            line.requirement,
            line.today.name(),
            line.alone.name(),
            line.amended.name(),
            line.clause
        );
    }
    if effect.verdicts.is_empty() {
        let _ = writeln!(out, "  none is touched");
    }
    out.push('\n');
}

fn write_change(out: &mut String, change: &Change, layout: Layout) {
    let _ = writeln!(
        out,
        "\n  {BLUE}{} {}{BLUE:#} (clause {})",
        change.act, change.locator, change.clause
    );
    if change.pieces.iter().all(|piece| piece.fate == Fate::Kept) {
        let _ = writeln!(out, "    the act reads so already");
        return;
    }
    let mut text = String::new();
    for piece in &change.pieces {
        match piece.fate {
            Fate::Kept => text.push_str(&kept(&piece.text)),
            Fate::Deleted => {
                let _ = write!(text, "{RED}[-{}-]{RED:#}", piece.text.trim_end());
                text.push_str(trailing(&piece.text));
            }
            Fate::Inserted => {
                let _ = write!(text, "{GREEN}{{+{}+}}{GREEN:#}", piece.text.trim_end());
                text.push_str(trailing(&piece.text));
            }
        }
    }
    for line in text.lines() {
        wrapped(out, "    ", line, layout.width);
    }
}

fn trailing(text: &str) -> &str {
    text.get(text.trim_end().len()..).unwrap_or_default()
}

/// Long stretches that stay are cut in the middle.
fn kept(text: &str) -> String {
    const ENDS: usize = 120;
    let letters: Vec<char> = text.chars().collect();
    if letters.len() <= 3 * ENDS {
        return text.to_owned();
    }
    let head: String = letters[..ENDS].iter().collect();
    let tail: String = letters[letters.len() - ENDS..].iter().collect();
    format!("{head} [ … ] {tail}")
}

fn write_summary(out: &mut String, report: &BillReport) {
    let count = |severity: Severity| {
        report
            .diagnostics
            .iter()
            .filter(|d| d.severity == severity)
            .count()
    };
    let met: Vec<&str> = report.met.iter().map(|d| d.requirement.as_str()).collect();
    let _ = writeln!(
        out,
        "{BOLD}{}{BOLD:#}: {} error(s), {} warning(s), {} note(s)",
        report.file,
        count(Severity::Error),
        count(Severity::Warning),
        count(Severity::Note)
    );
    if !met.is_empty() {
        let _ = writeln!(out, "  met by the bill's own text: {}", met.join(", "));
    }
    if !report.untouched.is_empty() {
        let _ = writeln!(
            out,
            "  {DIM}on {} other requirements of “{}” the bill holds no words{DIM:#}",
            report.untouched.len(),
            report.profile
        );
    }
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn rows_break_at_blanks_and_lose_nothing() {
        let cells: Vec<(char, bool)> = "aa bb ccc 児童ポルノ dd"
            .chars()
            .map(|c| (c, false))
            .collect();
        let rows = rows(&cells, 6);
        let joined: String = rows.iter().flatten().map(|(c, _)| *c).collect();
        assert_eq!(joined, "aa bb ccc 児童ポルノ dd");
        assert_eq!(
            rows[0].iter().map(|(c, _)| *c).collect::<String>(),
            "aa bb "
        );
    }
}
