//! Which provision a citation names. Where the words leave a doubt, none.

mod schedules;
mod units;

use std::collections::{HashMap, HashSet};
use std::fmt;

use serde::Serialize;

use super::titles::Names;
use super::{Base, Citation, CitedAct, Step, StepKind};
use crate::annotate::fold_words;
use crate::law::{Act, Number, ProvisionId, Span, Standing, UnitKind};
use crate::mappings::{CitationWords, Mappings, ScheduleNumbers};

/// What became of a citation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// The provision it names.
    Found(Target),
    /// It names none that is held, or none for certain.
    Not(Unresolved),
}

/// A cited provision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// Place of the act among those the resolver was given.
    pub act: usize,
    /// The provision; of a range, the first.
    pub unit: ProvisionId,
    /// The last of a range.
    pub through: Option<ProvisionId>,
    /// Whether the whole way down was found. Otherwise the provision is what
    /// holds the cited sub-unit, which the text or its markup does not tell.
    pub is_whole: bool,
}

/// Why a citation has no target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unresolved {
    /// It names an act that is not held.
    OtherAct,
    /// It refers to an act or unit named before.
    NamedBefore,
    /// The words leave open which act is meant.
    UnclearAct,
    /// It stands in words of another act, quoted.
    Quoted,
    /// The act holds no such unit.
    NoSuchUnit,
    /// Several units answer to it.
    Ambiguous,
}

impl Unresolved {
    /// The stable name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Unresolved::OtherAct => "other-act",
            Unresolved::NamedBefore => "named-before",
            Unresolved::UnclearAct => "unclear-act",
            Unresolved::Quoted => "quoted",
            Unresolved::NoSuchUnit => "no-such-unit",
            Unresolved::Ambiguous => "ambiguous",
        }
    }
}

impl fmt::Display for Unresolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Unresolved::OtherAct => "names an act that is not held",
            Unresolved::NamedBefore => "refers to an act or unit named before",
            Unresolved::UnclearAct => "may mean another act",
            Unresolved::Quoted => "stands in quoted words of another act",
            Unresolved::NoSuchUnit => "no such unit in the text",
            Unresolved::Ambiguous => "several units bear this number",
        })
    }
}

/// Finds the provisions that citations name, among the acts of one jurisdiction.
#[derive(Debug)]
pub struct Resolver<'a> {
    acts: Vec<Entry<'a>>,
}

#[derive(Debug)]
struct Entry<'a> {
    act: &'a Act,
    /// What the language pack says of the ways of citing, if it says any.
    words: Option<&'a CitationWords>,
    names: Names,
    articles: HashMap<&'a Number, Vec<ProvisionId>>,
    /// Articles are cited with their chapter: 6:12.
    by_chapter: bool,
    /// The units are sections or paragraphs, so that "article 5" is none.
    has_no_articles: bool,
    /// Words for such articles, folded.
    elsewhere: Vec<String>,
    /// Which articles quote words of another act.
    amending: Vec<ProvisionId>,
}

impl<'a> Resolver<'a> {
    /// A resolver for the acts of a jurisdiction, or for one act alone. How
    /// each cites is told by the pack of its language.
    pub fn new(acts: impl IntoIterator<Item = &'a Act>, mappings: &'a Mappings) -> Self {
        let words = |act: &Act| Some(&mappings.pack_reading(act.language.as_str())?.citations);
        Self {
            acts: acts
                .into_iter()
                .map(|act| Entry::of(act, words(act)))
                .collect(),
        }
    }

    /// The provision that a citation of the act at this place names.
    pub fn resolve(&self, act: usize, citation: &Citation) -> Resolution {
        match self.find(act, citation) {
            Ok(target) => Resolution::Found(target),
            Err(reason) => Resolution::Not(reason),
        }
    }

    fn find(&self, own: usize, citation: &Citation) -> Result<Target, Unresolved> {
        let entry = self.acts.get(own).ok_or(Unresolved::NoSuchUnit)?;
        let citing = entry.act.innermost_at(citation.span.start);
        let unsaid = matches!(citation.act, CitedAct::Unsaid | CitedAct::This);
        if unsaid && entry.has_no_articles && entry.says_article(citation) {
            return Err(Unresolved::UnclearAct);
        }
        let place = match &citation.act {
            CitedAct::Same => return Err(Unresolved::NamedBefore),
            CitedAct::Unclear => return Err(Unresolved::UnclearAct),
            CitedAct::Named(span) => self.named(own, *span)?,
            CitedAct::This => own,
            CitedAct::Unsaid => {
                if entry.act.standing(citing) == Standing::Quoted {
                    return Err(Unresolved::Quoted);
                }
                if entry.is_quoted(citation.span) {
                    return Err(Unresolved::Quoted);
                }
                let article = entry.act.article_of(citing);
                if article.is_some_and(|id| entry.amending.contains(&id)) {
                    return Err(Unresolved::UnclearAct);
                }
                own
            }
        };
        let entry = self.acts.get(place).ok_or(Unresolved::OtherAct)?;
        let citing = (place == own).then_some(citing);
        if let (Base::Article(number), true, None) =
            (&citation.base, citation.steps.is_empty(), &citation.through)
            && entry.article(number, citing) == Err(Unresolved::NoSuchUnit)
            && let Some((unit, last)) = entry.hyphened(number, citing)
        {
            return Ok(Target {
                act: place,
                unit,
                through: Some(last),
                is_whole: true,
            });
        }
        let (unit, is_whole) = entry.unit(citation, citing)?;
        let through = match (&citation.through, &citation.last_step) {
            (Some(number), _) => Some(entry.article(number, citing)?),
            (None, Some(last)) if is_whole => entry.last_of(citation, last, unit, citing),
            (None, _) => None,
        };
        if through.is_some_and(|last| last <= unit) {
            return Err(Unresolved::Ambiguous);
        }
        Ok(Target {
            act: place,
            unit,
            through,
            is_whole,
        })
    }

    /// The one act that a name fits best.
    fn named(&self, own: usize, span: Span) -> Result<usize, Unresolved> {
        let text = self
            .acts
            .get(own)
            .map_or("", |entry| entry.act.text.as_str());
        let join = |word: &str| word.chars().count() <= 3;
        let fits: Vec<(usize, usize)> = self
            .acts
            .iter()
            .enumerate()
            .filter_map(|(place, entry)| Some((entry.names.fit(text, span, &join)?, place)))
            .collect();
        let best = fits
            .iter()
            .map(|(length, _)| *length)
            .max()
            .ok_or(Unresolved::OtherAct)?;
        let mut places = fits.iter().filter(|(length, _)| *length == best);
        match (places.next(), places.next()) {
            (Some((_, place)), None) => Ok(*place),
            _ => Err(Unresolved::Ambiguous),
        }
    }
}

impl<'a> Entry<'a> {
    fn of(act: &'a Act, words: Option<&'a CitationWords>) -> Self {
        let elsewhere: Vec<String> = words
            .iter()
            .flat_map(|words| &words.article_elsewhere)
            .map(|word| fold_words(word).concat())
            .collect();
        let mut articles: HashMap<&Number, Vec<ProvisionId>> = HashMap::new();
        let mut signed = 0;
        let mut chaptered = 0;
        let mut count = 0;
        let mut amending = Vec::new();
        for id in act.ids() {
            let unit = act.provision(id);
            if unit.standing == Standing::Quoted
                && let Some(article) = unit.parent.and_then(|parent| act.article_of(parent))
            {
                amending.push(article);
            }
            if unit.kind == UnitKind::Article && amends(act, unit.span, words) {
                amending.push(id);
            }
            if unit.kind != UnitKind::Article || !is_own(act.standing(id)) {
                continue;
            }
            if let Some(number) = &unit.number {
                articles.entry(number).or_default().push(id);
                count += 1;
                let printed = act.text.as_str().get(unit.span.start..).unwrap_or_default();
                signed += usize::from(printed.starts_with('§'));
                chaptered += usize::from(number.as_str().contains(':'));
            }
        }
        Self {
            act,
            words,
            names: Names::of(act),
            articles,
            by_chapter: chaptered * 2 > count,
            has_no_articles: signed * 2 > count || has_sections(act, words, &elsewhere),
            elsewhere,
            amending,
        }
    }

    /// Whether the citing words are "article 5", not "§ 5".
    fn says_article(&self, citation: &Citation) -> bool {
        let words = self.act.quote(citation.span);
        matches!(citation.base, Base::Article(_))
            && fold_words(words)
                .first()
                .is_some_and(|first| self.elsewhere.contains(first))
    }

    fn schedules(&self) -> ScheduleNumbers {
        self.words
            .map_or(ScheduleNumbers::Own, |words| words.schedules)
    }

    /// Whether the words begin a quotation: "for “section 5” substitute ...".
    fn is_quoted(&self, span: Span) -> bool {
        let before = self.act.text.as_str().get(..span.start).unwrap_or_default();
        before
            .trim_end()
            .ends_with(['“', '„', '«', '‘', '「', '『', '"'])
    }

    fn unit(
        &self,
        citation: &Citation,
        citing: Option<ProvisionId>,
    ) -> Result<(ProvisionId, bool), Unresolved> {
        let here = citing.and_then(|id| self.act.article_of(id));
        match &citation.base {
            Base::Article(number) => {
                let number = self.lengthened(number, citation, citing);
                let from_body = self.has_no_articles
                    && self.schedules() == ScheduleNumbers::Body
                    && citing.is_some_and(|id| self.schedule(id).is_some());
                if from_body && let Ok(article) = self.article(&number, None) {
                    return match citing.and_then(|id| self.schedule(id)) {
                        Some(schedule) if !self.may_cite_body(schedule) => {
                            Err(Unresolved::UnclearAct)
                        }
                        _ => Ok(self.descend(article, &citation.steps)),
                    };
                }
                match self.article(&number, citing) {
                    Ok(article) => Ok(self.descend(article, &citation.steps)),
                    Err(Unresolved::NoSuchUnit) => self.dotted(&number, citation, citing),
                    Err(reason) => Err(reason),
                }
            }
            Base::Schedule { number, part } => {
                self.scheduled(number, part.as_ref(), &citation.steps)
            }
            Base::Here => {
                let article = here.ok_or(Unresolved::NoSuchUnit)?;
                // Closing rules list the provisions of the laws that they change.
                if self.schedule(article).is_some() && self.schedules() != ScheduleNumbers::Body {
                    return Err(Unresolved::UnclearAct);
                }
                let (first, rest) = citation.steps.split_first().ok_or(Unresolved::NoSuchUnit)?;
                let bare = {
                    let in_brackets = format!("({}", first.number);
                    !self.act.quote(citation.span).contains(&in_brackets)
                };
                if bare && first.kind == StepKind::Point && self.schedule(article).is_some() {
                    // The paragraphs of a schedule are its articles.
                    let article = self.article(&first.number, citing)?;
                    return Ok(self.descend(article, rest));
                }
                let words = self.act.quote(citation.span);
                let figured = first.number.as_str().bytes().all(|b| b.is_ascii_digit());
                let divides = matches!(first.kind, StepKind::Subsection | StepKind::Alinea)
                    && words.starts_with(char::is_alphabetic)
                    && figured
                    && self.schedule(article).is_none();
                let from = citing.and_then(|citing| self.beside(citing, article, first));
                let from = match from {
                    Some(from) => from,
                    // The article is certain, though its division is not told.
                    None if divides => return Ok((article, false)),
                    None => return Err(Unresolved::NoSuchUnit),
                };
                let (unit, whole) = self.descend(from, rest);
                Ok((unit, whole))
            }
            Base::PrecedingUnit(kind) | Base::FollowingUnit(kind) => {
                let follows = matches!(citation.base, Base::FollowingUnit(_));
                let unit = citing
                    .and_then(|citing| self.sibling(citing, *kind, follows))
                    .ok_or(Unresolved::NoSuchUnit)?;
                if self.schedule(unit).is_some() && self.schedules() == ScheduleNumbers::Unclear {
                    return Err(Unresolved::UnclearAct);
                }
                Ok(self.descend(unit, &citation.steps))
            }
            Base::Preceding | Base::Following => {
                let article = here.ok_or(Unresolved::NoSuchUnit)?;
                let parent = self.act.provision(article).parent;
                let beside = |id: &ProvisionId| {
                    is_own(self.act.standing(*id))
                        && self.act.standing(*id) != Standing::Superseded
                        && (self.act.provision(*id).parent == parent
                            || self.schedule(*id) == self.schedule(article))
                };
                let found = if citation.base == Base::Preceding {
                    self.act
                        .articles()
                        .take_while(|id| *id < article)
                        .filter(beside)
                        .last()
                } else {
                    self.act.articles().find(|id| *id > article && beside(id))
                };
                let found = found.ok_or(Unresolved::NoSuchUnit)?;
                Ok(self.descend(found, &citation.steps))
            }
        }
    }

    /// The article with this number that is meant from where it is cited.
    fn article(
        &self,
        number: &Number,
        citing: Option<ProvisionId>,
    ) -> Result<ProvisionId, Unresolved> {
        let mut wanted = number.clone();
        let printed = number.as_str();
        if self.by_chapter && !printed.contains(':') {
            // A number without chapter means the chapter it is cited in.
            let chapter = citing
                .and_then(|id| self.act.article_of(id))
                .and_then(|id| self.act.provision(id).number.as_ref())
                .and_then(|own| own.as_str().split_once(':'))
                .map(|(chapter, _)| chapter)
                .ok_or(Unresolved::Ambiguous)?;
            wanted = Number::new(&format!("{chapter}:{printed}"));
        } else if let (false, Some((_, plain))) = (self.by_chapter, printed.split_once(':'))
            && !self.articles.contains_key(&wanted)
        {
            wanted = Number::new(plain);
        }
        let all = self.articles.get(&wanted).ok_or(Unresolved::NoSuchUnit)?;
        let scope = citing.and_then(|id| self.schedule(id));
        let same: Vec<ProvisionId> = all
            .iter()
            .copied()
            .filter(|id| self.schedule(*id) == scope)
            .collect();
        if scope.is_some() && self.schedules() == ScheduleNumbers::Unclear {
            return Err(Unresolved::UnclearAct);
        }
        let candidates = match scope {
            Some(schedule) if same.is_empty() => {
                if !self.may_cite_body(schedule) {
                    return Err(Unresolved::UnclearAct);
                }
                let body = all.iter().copied();
                body.filter(|id| self.schedule(*id).is_none()).collect()
            }
            _ => same,
        };
        let in_force: Vec<ProvisionId> = candidates
            .iter()
            .copied()
            .filter(|id| self.act.standing(*id).may_count())
            .collect();
        match (&in_force[..], &candidates[..]) {
            ([only], _) | ([], [only]) => Ok(*only),
            ([], []) => Err(Unresolved::NoSuchUnit),
            ([], _) => Err(Unresolved::Ambiguous),
            (several, _) => self.nearest(several, citing).ok_or(Unresolved::Ambiguous),
        }
    }

    /// Of several articles with one number, the only one in the same group.
    fn nearest(&self, several: &[ProvisionId], citing: Option<ProvisionId>) -> Option<ProvisionId> {
        let groups = self
            .act
            .ancestors(citing?)
            .filter(|id| *id != ProvisionId::ROOT && self.act.provision(*id).kind.is_group());
        for group in groups {
            let span = self.act.provision(group).span;
            let mut inside = several
                .iter()
                .filter(|id| span.contains(self.act.provision(**id).span));
            match (inside.next(), inside.next()) {
                (Some(only), None) => return Some(*only),
                (None, _) => {}
                _ => return None,
            }
        }
        None
    }

    /// `376 E` where the act has such an article: a letter that stands apart
    /// is part of the number.
    fn lengthened(
        &self,
        number: &Number,
        citation: &Citation,
        citing: Option<ProvisionId>,
    ) -> Number {
        let behind = citing
            .and_then(|_| self.act.text.as_str().get(citation.span.end..))
            .and_then(|rest| rest.strip_prefix([' ', '-']))
            .unwrap_or_default();
        let letters = behind
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(behind.len());
        let word = behind.get(..letters).unwrap_or_default();
        if !citation.steps.is_empty() || word.is_empty() || word.chars().count() > 12 {
            return number.clone();
        }
        let longer = Number::new(&format!("{number} {word}"));
        let is_longer = longer != *number && self.articles.contains_key(&longer);
        if is_longer { longer } else { number.clone() }
    }

    /// `131-135`: a range that looks like one number.
    fn hyphened(
        &self,
        number: &Number,
        citing: Option<ProvisionId>,
    ) -> Option<(ProvisionId, ProvisionId)> {
        let (first, last) = number.as_str().split_once(['-', '–'])?;
        let first = self.article(&Number::new(first), citing).ok()?;
        let last = self.article(&Number::new(last), citing).ok()?;
        (first < last).then_some((first, last))
    }

    /// `189.1`: article and division joined by a full stop.
    fn dotted(
        &self,
        number: &Number,
        citation: &Citation,
        citing: Option<ProvisionId>,
    ) -> Result<(ProvisionId, bool), Unresolved> {
        let (article, step) = number
            .as_str()
            .rsplit_once('.')
            .ok_or(Unresolved::NoSuchUnit)?;
        if step.len() == 3 && step.bytes().all(|b| b.is_ascii_digit()) {
            // 1.261: a full stop between thousands.
            let article = self.article(&Number::new(&format!("{article}{step}")), citing)?;
            return Ok(self.descend(article, &citation.steps));
        }
        let article = self.article(&Number::new(article), citing)?;
        let step = Step {
            kind: StepKind::Any,
            number: Number::new(step),
        };
        let steps: Vec<Step> = std::iter::once(step)
            .chain(citation.steps.iter().cloned())
            .collect();
        match self.descend(article, &steps) {
            (unit, _) if unit == article => Err(Unresolved::NoSuchUnit),
            found => Ok(found),
        }
    }

    /// Whether a number that a schedule lacks means the body: where schedules
    /// are parts of the act as passed, not the closing rules of those that
    /// amended it, one after the other.
    fn may_cite_body(&self, schedule: ProvisionId) -> bool {
        let span = self.act.provision(schedule).span;
        let mut seen: HashSet<&Number> = HashSet::new();
        let restarts = self.act.articles().any(|id| {
            let unit = self.act.provision(id);
            let inside = span.contains(unit.span) && is_own(unit.standing);
            inside
                && unit
                    .number
                    .as_ref()
                    .is_some_and(|number| !seen.insert(number))
        });
        self.schedules() == ScheduleNumbers::Body
            && self.act.standing(schedule) == Standing::InForce
            && !restarts
    }

    fn schedule(&self, id: ProvisionId) -> Option<ProvisionId> {
        self.act
            .ancestors(id)
            .find(|id| self.act.provision(*id).kind == UnitKind::Schedule)
    }
}

/// Whether an article changes the wording of another act: `after “order”
/// insert “or”`.
fn amends(act: &Act, span: Span, words: Option<&CitationWords>) -> bool {
    let text = act.quote(span);
    words.is_some_and(|words| words.amends.iter().any(|change| text.contains(change)))
}

/// Whether an act speaks of its units by another name than articles, although
/// its language has that word too.
fn has_sections(act: &Act, words: Option<&CitationWords>, elsewhere: &[String]) -> bool {
    const MANY_TIMES: usize = 4;
    let Some(words) = words.filter(|_| !elsewhere.is_empty()) else {
        return false;
    };
    let own: Vec<String> = words
        .article
        .iter()
        .map(|word| fold_words(word).concat())
        .filter(|word| word.len() > MANY_TIMES && !elsewhere.contains(word))
        .collect();
    let (mut sections, mut articles) = (0, 0);
    for word in act.text.as_str().split(|c: char| !c.is_alphabetic()) {
        let word = word.to_lowercase();
        sections += usize::from(own.contains(&word));
        articles += usize::from(elsewhere.contains(&word));
    }
    sections > MANY_TIMES * articles
}

/// Whether a unit is the act's own: not quoted, no note, no table of contents.
fn is_own(standing: Standing) -> bool {
    !matches!(
        standing,
        Standing::Quoted | Standing::Note | Standing::Contents
    )
}
