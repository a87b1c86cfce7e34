//! Signs of damage and incompleteness in a finished act (HAZARDS 1 to 5, 18 to 21).

mod letters;
mod numbering;

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::law::{Act, Problem, ProblemKind, Span, Standing};

/// Lengths at which exporters cut texts, in characters.
const ROUND_LENGTHS: &[usize] = &[
    2_000, 3_000, 4_000, 5_000, 6_000, 8_000, 10_000, 12_000, 16_000, 20_000, 32_000,
];

/// Looks at the whole act and notes what is wrong with it.
pub(crate) fn examine(act: &mut Act) {
    let mut problems = Vec::new();
    letters::examine(act, &mut problems);
    let articles = act.articles().count();
    if articles == 0 {
        no_articles(act, &mut problems);
    } else {
        numbering::examine(act, &mut problems);
        round_lengths(act, &mut problems);
        swallowed(act, &mut problems);
        stubs(act, &mut problems);
        truncated(act, &mut problems);
    }
    treaty(act, &mut problems);
    cited_beyond(act, &mut problems);
    approval(act, &mut problems);
    for problem in problems {
        // A reader may have said the same with better knowledge.
        if !act.problems.iter().any(|known| known.kind == problem.kind) {
            act.problems.push(problem);
        }
    }
}

fn no_articles(act: &Act, problems: &mut Vec<Problem>) {
    let text = act.text.as_str();
    problems.push(Problem::new(
        ProblemKind::NoArticles,
        format!(
            "no article could be recognised in {} characters",
            text.chars().count()
        ),
    ));
    landing_page(act, problems);
}

/// A page about a law: little text, most of it in short lines.
fn landing_page(act: &Act, problems: &mut Vec<Problem>) {
    let text = act.text.as_str();
    let lines = text.lines().filter(|line| !line.trim().is_empty()).count();
    let short = text
        .lines()
        .filter(|line| (1..60).contains(&line.chars().count()))
        .count();
    if act.source.format == "html" && text.len() < 20_000 && short * 3 > lines * 2 {
        problems.push(Problem::new(
            ProblemKind::LandingPage,
            "a page about a law, without its articles",
        ));
    }
}

/// Articles that all end at the same round length were cut by an exporter.
fn round_lengths(act: &Act, problems: &mut Vec<Problem>) {
    let mut cut: Vec<(usize, Span)> = Vec::new();
    let mut longest = 0;
    for id in act.articles() {
        let unit = act.provision(id);
        let text = act.quote(Span::new(unit.body_start, unit.span.end));
        // Most articles are far shorter than any round length.
        if text.len() < 1_900 {
            continue;
        }
        let whole = text.chars().count();
        let length = whole - text.bytes().filter(|byte| *byte == b'\n').count();
        longest = longest.max(whole);
        let open = !ends_properly(text);
        for round in ROUND_LENGTHS {
            // Cleaning blanks away loses a few characters of the original.
            let near = (*round - round / 50..=round + 60).contains(&whole)
                || (*round - round / 50..=round + 60).contains(&length);
            if near && open {
                cut.push((*round, Span::new(unit.body_start, unit.span.end)));
                break;
            }
        }
    }
    let Some(common) = ROUND_LENGTHS
        .iter()
        .copied()
        .max_by_key(|round| cut.iter().filter(|(length, _)| length == round).count())
    else {
        return;
    };
    let hits = cut.iter().filter(|(length, _)| *length == common).count();
    // A limit cuts everything above it, so nothing longer may stand beside it.
    let limit = longest <= common + 60;
    // One article at the limit may be chance, unless it stops within a word or
    // clause exactly there.
    let exact = |span: Span| {
        let text = act.quote(span);
        let end = text.trim_end().chars().next_back();
        (common - common / 100..=common + 5).contains(&text.chars().count())
            && end.is_some_and(|last| last.is_lowercase() || last == ',')
    };
    let torn = cut
        .iter()
        .any(|(length, span)| *length == common && exact(*span));
    if limit && (hits >= 3 || torn && common >= 5_000) {
        let mut problem = Problem::new(
            ProblemKind::RoundLengthCut,
            format!("{hits} articles stop in mid-sentence at about {common} characters"),
        );
        problem.span = cut
            .iter()
            .find(|(length, _)| *length == common)
            .map(|(_, span)| *span);
        problems.push(problem);
    }
}

/// Whether a text ends the way sentences and list items end.
fn ends_properly(text: &str) -> bool {
    let trimmed = text.trim_end();
    if super::lines::ends_sentence(trimmed) {
        return true;
    }
    let last = trimmed.chars().next_back().unwrap_or('.');
    !last.is_alphanumeric() && !matches!(last, ',' | '-' | '–' | '(')
}

/// One unit far larger than all others.
fn swallowed(act: &Act, problems: &mut Vec<Problem>) {
    let mut lengths: Vec<(usize, Span)> = act
        .articles()
        .map(|id| act.provision(id).span)
        .map(|span| (span.len(), span))
        .collect();
    let total: usize = lengths.iter().map(|(length, _)| length).sum();
    lengths.sort_unstable_by_key(|(length, _)| *length);
    let median = lengths[lengths.len() / 2].0.max(200);
    let Some((largest, span)) = lengths.last().copied() else {
        return;
    };
    let few = lengths.len() < 4;
    let huge = if few {
        largest > 60_000
    } else {
        largest > 60_000 && largest > median * 40 && largest * 5 > total
    };
    if huge {
        let mut problem = Problem::new(
            ProblemKind::SwallowedUnits,
            format!("one article holds {largest} of {total} bytes"),
        );
        problem.span = Some(span);
        problems.push(problem);
    }
}

/// Articles without a body.
fn stubs(act: &Act, problems: &mut Vec<Problem>) {
    let (mut empty, mut counted) = (0usize, 0usize);
    let mut first = None;
    for id in act.articles() {
        let unit = act.provision(id);
        if !matches!(unit.standing, Standing::InForce | Standing::Transitional) {
            continue;
        }
        counted += 1;
        let body = act.quote(Span::new(unit.body_start, unit.span.end));
        let letters = body.chars().filter(|c| c.is_alphabetic()).take(3).count();
        // An article may consist of its heading line alone.
        let heading = unit.heading.map_or(0, Span::len);
        if letters < 3 && heading < 40 {
            empty += 1;
            first.get_or_insert(unit.span);
        }
    }
    if empty * 2 > counted {
        problems.push(Problem::new(
            ProblemKind::NoArticles,
            format!("{empty} of {counted} articles are only numbers, without their words"),
        ));
    }
    if empty > 0 && (empty * 20 > counted || counted < 5) {
        let mut problem = Problem::new(
            ProblemKind::Stub,
            format!("{empty} of {counted} articles have no text"),
        );
        problem.span = first;
        problems.push(problem);
    }
}

/// The last article stops in the middle of a sentence.
fn truncated(act: &Act, problems: &mut Vec<Problem>) {
    let Some(last) = act.articles().last().map(|id| act.provision(id)) else {
        return;
    };
    // Signatures and annexes may follow the last article.
    let after = act.text.as_str().get(last.span.end..).unwrap_or_default();
    if after.trim().chars().count() > 40 {
        return;
    }
    let body = act.quote(Span::new(last.body_start, last.span.end));
    if body.chars().count() > 80 && ends_inside_sentence(body) {
        let mut problem = Problem::new(ProblemKind::Truncated, "the text stops in mid-sentence");
        problem.span = Some(Span::new(last.span.end.saturating_sub(1), last.span.end));
        problems.push(problem);
    }
}

/// Words that no sentence ends with.
const OPEN_WORDS: &[&str] = &[
    "the", "of", "a", "an", "to", "in", "or", "and", "by", "for", "with", "any", "that", "which",
    "de", "la", "le", "les", "du", "des", "et", "ou", "à", "au", "aux", "un", "une", "der", "die",
    "das", "und", "oder", "von", "zu", "mit", "dem", "den", "el", "los", "las", "y", "o", "en",
    "por", "con", "para", "del", "que", "di", "il", "che", "da", "della", "em", "os", "as", "do",
    "och", "eller", "enligt", "av", "att", "som", "til", "og", "om", "på", "van", "het", "een",
    "op", "voor", "i", "w", "z", "na", "lub", "nebo", "se", "v", "и", "в", "на", "с", "по", "или",
    "або", "та", "і", "του", "της", "των", "και", "ή", "ve", "veya", "ile", "dan", "atau", "yang",
    "ja", "tai", "și", "sau", "în", "cu", "من", "في", "على", "أو",
];

/// Ends with a comma or hyphen, on a word that needs another, or on half a word.
fn ends_inside_sentence(text: &str) -> bool {
    let trimmed = text.trim_end();
    let last = trimmed.chars().next_back().unwrap_or('.');
    if matches!(last, ',' | '-') {
        return true;
    }
    let word = trimmed
        .rsplit(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default();
    OPEN_WORDS.contains(&word.to_lowercase().as_str()) && !word.is_empty()
}

/// Words of a code's title, in small letters.
const CODES: &[&str] = &[
    "code",
    "código",
    "codigo",
    "codice",
    "gesetzbuch",
    "wetboek",
    "codul",
    "kodeks",
    "zákoník",
    "кодекс",
    "κώδικας",
    "kanunu",
    "법전",
    "刑法",
    "قانون العقوبات",
];

fn is_titled_code(act: &Act) -> bool {
    let title = act.title.to_lowercase();
    CODES.iter().any(|word| title.contains(word))
}

/// A law that approves a code, under the code's title and without the code.
fn approval(act: &Act, problems: &mut Vec<Problem>) {
    /// Fewer articles than any code has.
    const FEWEST: usize = 25;
    const APPROVES: &[&str] = &[
        "aprob",
        "aprueb",
        "approv",
        "approb",
        "enact",
        "promulg",
        "aprov",
        "approuv",
        "genehmig",
        "einführ",
        "затвердж",
        "утвержд",
        "إصدار",
    ];
    let count = act.articles().count();
    let title = act.title.to_lowercase();
    let approves = APPROVES.iter().any(|stem| title.contains(stem));
    if is_titled_code(act) && approves && count < FEWEST {
        problems.push(Problem::new(
            ProblemKind::Truncated,
            format!("the title speaks of a code, but only the {count} articles that approve it are there"),
        ));
    }
}

/// What stands before the number of an article that is cited.
static CITATIONS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    AhoCorasick::new([
        "Art. ",
        "art. ",
        "§ ",
        "Artikel ",
        "article ",
        "artículo ",
        "articolo ",
    ])
    .ok()
});

/// A code that cites many of its own articles beyond its last one.
fn cited_beyond(act: &Act, problems: &mut Vec<Problem>) {
    let code = is_titled_code(act);
    let last = act
        .articles()
        .filter_map(|id| act.provision(id).number.as_ref())
        .filter(|number| number.is_plain())
        .filter_map(crate::law::Number::integer)
        .max()
        .unwrap_or(0);
    if !code || last < 20 || act.articles().count() < 20 {
        return;
    }
    let text = act.text.as_str();
    let (mut inside, mut beyond) = (0usize, std::collections::BTreeSet::new());
    let Some(marks) = CITATIONS.as_ref() else {
        return;
    };
    for found in marks.find_iter(text) {
        let rest = &text[found.end()..];
        let end = rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len());
        let Ok(number) = rest[..end].parse::<u32>() else {
            continue;
        };
        // A citation of this code ends the clause or goes on with its parts.
        let after = rest[end..].trim_start();
        let own = after.is_empty() || after.starts_with([')', ',', ';', '.', '\n']);
        if number <= last {
            inside += 1;
        } else if own && number < last * 10 {
            beyond.insert(number);
        }
    }
    // What is left of a code after its first part cites the rest less often.
    let part = last < 100 && beyond.len() >= 8 && beyond.len() * 10 > inside;
    if part || beyond.len() >= 15 && beyond.len() * 8 > inside {
        problems.push(Problem::new(
            ProblemKind::Truncated,
            format!(
                "the last article is {last}, but the text cites {} later ones",
                beyond.len()
            ),
        ));
    }
}

/// Words of treaty drafting by which a treaty shows itself. Compared without
/// regard to case in ASCII only, so accented capitals stand beside small ones.
const TREATY_CUES: &[&str] = &[
    "states parties",
    "state party",
    "contracting part",
    "etats parties",
    "états parties",
    "États parties",
    "etat partie",
    "état partie",
    "État partie",
    "estados partes",
    "estado parte",
    "vertragsstaat",
    "vertragspartei",
    "estados-partes",
    "stati parti",
    "stato parte",
    "partie contractante",
    "staten die partij",
    "verdragspartij",
    "государства-участники",
    "Государства-участники",
    "държавите - страни",
    "państwa-strony",
    "الدول الأطراف",
    "缔约国",
    "締約国",
    "당사국",
];

static TREATY_AUTOMATON: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(TREATY_CUES)
        .ok()
});

/// Most articles speak to States: a treaty, not a national law.
fn treaty(act: &Act, problems: &mut Vec<Problem>) {
    let Some(cues) = TREATY_AUTOMATON.as_ref() else {
        return;
    };
    let text = act.text.as_str();
    let hits: Vec<usize> = cues.find_iter(text).map(|found| found.start()).collect();
    let counted = act.articles().count();
    if hits.len() < 3 {
        return;
    }
    let speaking = act
        .articles()
        .filter(|id| {
            let span = act.provision(*id).span;
            let next = hits.partition_point(|at| *at < span.start);
            hits.get(next).is_some_and(|at| *at < span.end)
        })
        .count();
    if counted >= 5 && speaking * 2 > counted {
        problems.push(Problem::new(
            ProblemKind::TreatyText,
            format!("{speaking} of {counted} articles address States parties"),
        ));
    } else if counted < 5 && text.len() > 20_000 && hits.len() * 1_500 > text.len() {
        problems.push(Problem::new(
            ProblemKind::TreatyText,
            format!("States parties are addressed {} times", hits.len()),
        ));
    }
}
