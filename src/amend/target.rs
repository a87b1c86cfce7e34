//! The units that an instruction names: `paragraphs 163.1(4)(a) and (b)`.

use crate::law::{Act, Number, ProvisionId, Standing, UnitKind};

/// Units by number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Target {
    /// Each unit as the numbers on the way down to it. A way that begins below
    /// an article only makes sense within another target.
    pub paths: Vec<Vec<Number>>,
    /// The first two paths are the ends of a range.
    pub range: bool,
    /// The ways begin below an article that the words do not name.
    pub relative: bool,
}

/// The words of a language between the numbers of a citation, in lower case.
#[derive(Debug, Clone, Default)]
pub(super) struct Reading {
    /// Makes a range of two numbers: `to`.
    pub range: String,
    /// Lead one step down from the number before: `Absatz`, `ust`.
    pub steps: Vec<String>,
    /// Stand between numbers of one level: `and`.
    pub joiners: Vec<String>,
}

/// Why a target does not lead to units of the act.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TargetError {
    /// No such unit.
    #[error("the act has no unit {0}")]
    Missing(String),
    /// The article that holds the unit is not named.
    #[error("the article that holds the unit {0} is not named")]
    Relative(String),
    /// More than one.
    #[error("the act has {1} units {0}")]
    Ambiguous(String, usize),
    /// The units do not stand side by side.
    #[error("the units do not stand side by side")]
    Apart,
}

/// Parses the words of a citation: unit words, numbers, joiners.
pub(super) fn parse(words: &str, reading: &Reading) -> Target {
    let mut target = Target::default();
    let mut range = false;
    // A word that leads one step down stands before the number at hand.
    let mut step = false;
    // The last number was reached by such a word, and only joiners follow it.
    let mut below = false;
    for piece in pieces(words) {
        let numbers = match piece {
            // "lit. a" has no bracket to tell the letter from a word.
            Piece::Word(letter) if step && letter.chars().count() == 1 => {
                vec![(letter.to_owned(), true)]
            }
            Piece::Word(word) => {
                let word = word.to_lowercase();
                range |= word == reading.range && !target.paths.is_empty();
                step = reading.steps.contains(&word);
                below &= reading.joiners.contains(&word);
                if let Some(last) = target.paths.last_mut().and_then(|path| path.last_mut())
                    && is_latin(&word)
                    && word != reading.range
                {
                    *last = Number::new(&format!("{} {word}", last.as_str()));
                }
                continue;
            }
            Piece::Numbers(numbers) => numbers,
        };
        // "paragraph 163(4)" names its section itself.
        let step_here = std::mem::take(&mut step) && numbers.len() == 1;
        let bracketed = numbers.first().is_some_and(|(_, bracketed)| *bracketed);
        let numbers: Vec<Number> = numbers.into_iter().map(|(n, _)| Number::new(&n)).collect();
        if target.paths.is_empty() {
            target.relative = step_here || bracketed;
            below = step_here;
            target.paths.push(numbers);
            continue;
        }
        let Some(last) = target.paths.last_mut() else {
            continue;
        };
        if step_here {
            // "§ 5 Absatz 3": one step down the same path.
            last.extend(numbers);
            below = true;
        } else if bracketed || below {
            // "151(a) and (b)", "§ 5 Absatz 3 und 4": siblings of the last one.
            let keep = last.len().saturating_sub(numbers.len());
            let path = last.iter().take(keep).cloned().chain(numbers).collect();
            target.paths.push(path);
        } else {
            target.paths.push(numbers);
        }
    }
    target.range = range && target.paths.len() == 2;
    target
}

fn is_latin(word: &str) -> bool {
    matches!(
        word,
        "bis" | "ter" | "quater" | "quinquies" | "sexies" | "septies"
    )
}

enum Piece<'w> {
    Word(&'w str),
    /// Numbers with whether they stand in brackets.
    Numbers(Vec<(String, bool)>),
}

/// Words and numbers in turn: `163.1(4)(a)` is three numbers of one piece.
fn pieces(words: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    // "15 (1)" is one number.
    for token in words.split([' ', '\n', '\t', ',', '\u{a0}']) {
        let token = token.trim_matches(|c: char| ".;:".contains(c));
        // "§12": the sign is a word of its own only where it stands alone.
        let token = match token.trim_start_matches('§') {
            "" => token,
            number => number,
        };
        if token.is_empty() {
            continue;
        }
        let numeric = token.starts_with(|c: char| c.is_ascii_digit() || c == '(')
            || token.ends_with(')') && token.len() <= 3
            || token
                .strip_prefix(['R', 'L'])
                .is_some_and(|rest| rest.starts_with('.'));
        if !numeric {
            found.push(Piece::Word(token));
            continue;
        }
        let mut numbers = Vec::new();
        let mut rest = token;
        while !rest.is_empty() {
            if let Some(inside) = rest.strip_prefix('(') {
                let (number, after) = inside.split_once(')').unwrap_or((inside, ""));
                numbers.push((number.to_owned(), true));
                rest = after;
            } else {
                let end = rest.find('(').unwrap_or(rest.len());
                let (number, after) = rest.split_at(end);
                // French drafting: 151a) is article 151, paragraph a).
                let letter = number.strip_suffix(')').and_then(|n| {
                    let at = n.find(|c: char| c.is_ascii_lowercase())?;
                    Some((n[..at].to_owned(), n[at..].to_owned()))
                });
                match letter {
                    Some((article, letter)) => {
                        if !article.is_empty() {
                            numbers.push((article, false));
                        }
                        numbers.push((letter, true));
                    }
                    None => numbers.push((number.trim_end_matches(')').to_owned(), false)),
                }
                rest = after;
            }
        }
        found.push(Piece::Numbers(numbers));
    }
    found
}

impl Target {
    /// Adds the target's units below another's only unit: `subsection (3)` of
    /// `section 6`.
    pub fn below(&self, outer: &Target) -> Target {
        let Some(base) = outer.paths.first() else {
            return self.clone();
        };
        let absolute = |path: &Vec<Number>| -> Vec<Number> {
            if path.first() == base.first() && path.len() >= base.len() {
                path.clone()
            } else {
                base.iter().chain(path).cloned().collect()
            }
        };
        Target {
            paths: self.paths.iter().map(absolute).collect(),
            range: self.range,
            relative: outer.relative,
        }
    }

    /// The number of the first unit itself.
    pub fn first_number(&self) -> Option<&Number> {
        self.paths.first().and_then(|path| path.last())
    }

    /// The units of an act that are meant, in document order and, if there are
    /// several, side by side.
    ///
    /// # Errors
    /// When a unit is missing or not unique, or others stand between them.
    pub fn resolve(&self, act: &Act) -> Result<Vec<ProvisionId>, TargetError> {
        if self.relative {
            let number = self.first_number().map_or("", |number| number.as_str());
            return Err(TargetError::Relative(number.to_owned()));
        }
        let mut units: Vec<ProvisionId> = Vec::new();
        for path in &self.paths {
            units.push(find(act, path)?);
        }
        if units.is_empty() {
            return Err(TargetError::Missing(String::new()));
        }
        if let (true, [first, last]) = (self.range, units.as_slice()) {
            let parent = act.provision(*first).parent;
            if act.provision(*last).parent != parent || last < first {
                return Err(TargetError::Apart);
            }
            units = act
                .children(parent.unwrap_or(ProvisionId::ROOT))
                .filter(|id| (*first..=*last).contains(id))
                .filter(|id| act.provision(*id).standing.may_count())
                .collect();
        }
        units.sort_unstable();
        units.dedup();
        Ok(units)
    }
}

/// The one unit at the end of a path of numbers.
fn find(act: &Act, path: &[Number]) -> Result<ProvisionId, TargetError> {
    let printed = || {
        let numbers: Vec<&str> = path.iter().map(Number::as_str).collect();
        numbers.join(" ")
    };
    let Some((article, steps)) = path.split_first() else {
        return Err(TargetError::Missing(printed()));
    };
    let in_schedule = |id: ProvisionId| {
        act.ancestors(id)
            .any(|id| act.provision(id).kind == UnitKind::Schedule)
    };
    let in_force = |id: &ProvisionId| act.standing(*id).may_count();
    let counts = |id: &ProvisionId| in_force(id) || act.standing(*id) == Standing::Repealed;
    let mut named: Vec<ProvisionId> = act
        .articles()
        .filter(|id| act.provision(*id).number.as_ref() == Some(article))
        .filter(counts)
        .collect();
    // A repealed wording printed beside the one in force is not meant, nor is
    // an article of a schedule where the body has the number.
    for better in [&in_force as &dyn Fn(&ProvisionId) -> bool, &|id| {
        !in_schedule(*id)
    }] {
        if named.iter().any(better) {
            named.retain(better);
        }
    }
    let articles = named;
    let mut unit = only(articles, &printed)?;
    for step in steps {
        let mut below: Vec<ProvisionId> = Vec::new();
        let mut level: Vec<ProvisionId> = act.children(unit).collect();
        // Unnumbered paragraphs may stand between a unit and its points.
        for _ in 0..2 {
            below = level
                .iter()
                .copied()
                .filter(|id| is_numbered(act, *id, step))
                .filter(counts)
                .collect();
            if !below.is_empty() {
                break;
            }
            level = level
                .into_iter()
                .filter(|id| act.provision(*id).kind == UnitKind::Alinea)
                .flat_map(|id| act.children(id).collect::<Vec<_>>())
                .collect();
        }
        unit = only(below, &printed)?;
    }
    Ok(unit)
}

fn is_numbered(act: &Act, id: ProvisionId, number: &Number) -> bool {
    let unit = act.provision(id);
    unit.kind != UnitKind::Alinea && unit.number.as_ref() == Some(number)
}

fn only(found: Vec<ProvisionId>, printed: &dyn Fn() -> String) -> Result<ProvisionId, TargetError> {
    match found.as_slice() {
        [one] => Ok(*one),
        [] => Err(TargetError::Missing(printed())),
        several => Err(TargetError::Ambiguous(printed(), several.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::{Reading, parse};

    fn paths(words: &str, range: &str) -> Vec<String> {
        let words_of = |list: &str| list.split(' ').map(str::to_owned).collect();
        let reading = Reading {
            range: range.to_owned(),
            steps: words_of("absatz satz alinéas ust pkt lit"),
            joiners: words_of("and und et i"),
        };
        let target = parse(words, &reading);
        let mut paths: Vec<String> = target
            .paths
            .iter()
            .map(|path| {
                path.iter()
                    .map(|n| n.as_str())
                    .collect::<Vec<_>>()
                    .join("/")
            })
            .collect();
        if target.range {
            paths.push("range".into());
        }
        if target.relative {
            paths.push("relative".into());
        }
        paths
    }

    #[test]
    fn numbers_that_follow_are_siblings_of_those_before() {
        assert_eq!(
            paths("Paragraphs 153(1.1)(a) and (b)", "to"),
            ["153/1.1/a", "153/1.1/b"]
        );
        assert_eq!(
            paths("Subsections 164(3) to (5)", "to"),
            ["164/3", "164/5", "range"]
        );
        assert_eq!(paths("sections 5, 6A and 7", "to"), ["5", "6A", "7"]);
        assert_eq!(paths("subsection (3)", "to"), ["3", "relative"]);
        assert_eq!(paths("Absatz 2", "bis"), ["2", "relative"]);
        assert_eq!(paths("§ 5 Absatz 3 und 4", "bis"), ["5/3", "5/4"]);
        assert_eq!(paths("§ 5 Absatz 3 und § 7", "bis"), ["5/3", "7"]);
        assert_eq!(paths("art. 12 ust. 3 pkt 2 lit. a", "do"), ["12/3/2/a"]);
        assert_eq!(paths("§ 184b Absatz 3 Satz 2", "bis"), ["184b/3/2"]);
        assert_eq!(paths("Les alinéas 151a) et b)", "à"), ["151/a", "151/b"]);
        assert_eq!(paths("el artículo 128 bis", "a"), ["128 bis"]);
        assert_eq!(paths("l’article 227-23", "à"), ["227-23"]);
    }
}
