//! One finding as a reader sees it.

use serde::Serialize;

use super::Assessed;
use super::quotation::{self, Quotation};
use super::recommendation::{self, Bond, Source};
use super::statements::{self, StatementView};
use super::view::{
    Missing, Places, VerdictView, direction, element_text, missing, places, readable,
    requirement_title, title, title_of_file,
};
use super::words::Words;
use crate::assess::{
    ElementResult, Evidence, Finding, JurisdictionLaw, MediumClass, NearMiss, PairResult, Polarity,
    SearchTrace, Verdict,
};
use crate::mappings::Mappings;
use crate::review::{Checked, State};

/// Most quotations a page shows at once; the others open on demand. The most
/// decisive come first, and the best provision's words are all among them.
const MOST_OPEN: usize = 5;

#[derive(Debug, Clone, Serialize)]
pub(crate) struct FindingView {
    pub id: String,
    pub title: String,
    pub verdict: VerdictView,
    /// The verdict as a statement about the texts.
    pub sentence: String,
    /// Citations of instruments, in the catalogue's order.
    pub sources: Vec<SourceView>,
    /// The same by how they stand to the State, those that bind it first.
    pub asked: Vec<AskedBy>,
    pub recommendation: Option<RecommendationView>,
    pub coverage: String,
    /// The law on the subject is held without damage.
    pub fully_held: bool,
    pub reason: String,
    pub provisions: Vec<Places>,
    pub missing: Vec<Missing>,
    pub elements: Vec<ElementView>,
    pub quotations: Vec<QuotationView>,
    /// Less decisive quotations, with how many there are in words.
    pub further: Vec<QuotationView>,
    pub further_label: String,
    /// Some evidence repeats marked words and is left to the table.
    pub more_evidence: bool,
    pub trace: Option<TraceView>,
    pub reservations: Vec<ReservationView>,
    pub notes: Vec<String>,
    pub pairs: Vec<PairView>,
    /// Definitions in other articles that the finding rests on.
    pub definitions: Vec<StatementView>,
    /// Ages in the words quoted.
    pub ages: Vec<StatementView>,
    /// Penalty clauses of the deciding articles.
    pub penalties: Vec<StatementView>,
    /// What reviewers say; never mixed with the verdict.
    pub reviews: Vec<ReviewView>,
}

/// A reviewer's decision beside the finding.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ReviewView {
    pub reviewer: String,
    pub date: String,
    /// `confirm`, `overrule`, `comment`.
    pub opinion: &'static str,
    pub opinion_word: String,
    /// The reviewer's verdict; none for a remark.
    pub verdict: Option<VerdictView>,
    pub why: String,
    /// `current`, `moved`, `recheck`.
    pub state: &'static str,
    /// Why to look again, or that the words moved; empty where nothing changed.
    pub state_word: String,
}

impl ReviewView {
    pub fn new(words: &Words, checked: &Checked) -> Self {
        let decision = &checked.decision;
        let state_word = match checked.state {
            State::Current => String::new(),
            State::Moved => words.get(&["review", "moved"]).to_owned(),
            State::Recheck(why) => words.get(&["review", why.name()]).to_owned(),
        };
        Self {
            reviewer: decision.reviewer.clone(),
            date: decision.date.clone(),
            opinion: decision.opinion.name(),
            opinion_word: words.get(&["review", decision.opinion.name()]).to_owned(),
            verdict: decision.verdict().map(|v| VerdictView::new(words, v)),
            why: decision.why.clone(),
            state: checked.state.name(),
            state_word,
        }
    }
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct SourceView {
    pub citation: String,
    /// Full title of the instrument.
    pub instrument: String,
    pub bond: Bond,
    pub bond_word: String,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct AskedBy {
    pub bond: Bond,
    pub word: String,
    pub sources: Vec<SourceView>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct RecommendationView {
    pub verb: &'static str,
    pub word: String,
    pub grounds: String,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct ElementView {
    pub name: String,
    pub text: String,
    pub role: String,
    /// `met`, `not-met`, `untested`.
    pub state: &'static str,
    pub state_word: String,
    pub sign: &'static str,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct QuotationView {
    pub act: String,
    pub file: String,
    pub locators: String,
    /// Its tag.
    pub language: String,
    pub language_name: String,
    pub direction: &'static str,
    pub date: String,
    pub sha256: String,
    pub cut_before: bool,
    pub cut_after: bool,
    pub pieces: Vec<PieceView>,
    pub marks: Vec<MarkView>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct PieceView {
    pub text: String,
    /// `supports`, `violates`, or nothing for context.
    pub polarity: &'static str,
    /// Numbers of the marks that end here.
    pub ends: String,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct MarkView {
    pub number: usize,
    pub element: String,
    pub polarity: &'static str,
    pub polarity_word: String,
    /// Empty where the quotation has only one.
    pub locator: String,
    pub start: usize,
    pub end: usize,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct TraceView {
    pub acts: Vec<SearchedAct>,
    pub concepts: Vec<String>,
    pub near_misses: Vec<NearMissView>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct SearchedAct {
    pub title: String,
    pub articles: String,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct NearMissView {
    pub quotation: QuotationView,
    pub has: Vec<String>,
    pub lacks: Vec<String>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct ReservationView {
    pub instrument: String,
    pub content: String,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct PairView {
    pub code: String,
    pub offline: String,
    pub online: String,
    /// Class of the words (`A`, `A-`, `B` ...).
    pub class: &'static str,
    /// `reached`, `doubtful`, `lost`, `unknown`.
    pub state: &'static str,
    pub title: String,
    pub meaning: String,
    pub act: String,
    /// Its file.
    pub file: String,
    pub locator: String,
    pub words: String,
    pub language: String,
    pub direction: &'static str,
}

impl FindingView {
    /// The provisions of instruments behind the requirement, in one line.
    pub fn citations(&self) -> String {
        let list: Vec<&str> = self.sources.iter().map(|s| s.citation.as_str()).collect();
        list.join("; ")
    }

    /// Everything about a finding.
    pub fn new(words: &Words, mappings: &Mappings, assessed: &Assessed, finding: &Finding) -> Self {
        let law = &assessed.law;
        Self {
            elements: finding
                .elements
                .iter()
                .map(|element| element_view(words, element))
                .collect(),
            trace: finding
                .trace
                .as_ref()
                .filter(|_| matches!(finding.verdict, Verdict::NotFound | Verdict::Undetermined))
                .map(|trace| trace_view(words, law, trace)),
            notes: mappings
                .requirement(&finding.requirement)
                .map(|requirement| requirement.notes.clone())
                .unwrap_or_default(),
            pairs: finding
                .pairs
                .iter()
                .map(|pair| pair_view(words, mappings, law, pair))
                .collect(),
            definitions: statements::definition_views(words, mappings, law, finding),
            ages: statements::age_views(words, law, finding),
            penalties: statements::penalty_views(words, mappings, law, finding),
            ..Self::with_words(words, mappings, assessed, finding)
        }
    }

    /// A finding with the words of the law, and without what is told of them.
    pub fn with_words(
        words: &Words,
        mappings: &Mappings,
        assessed: &Assessed,
        finding: &Finding,
    ) -> Self {
        let law = &assessed.law;
        let quotations = quotation::quotations(&law.acts, &finding.evidence);
        let mut shown: Vec<QuotationView> = quotations
            .iter()
            .filter_map(|quotation| QuotationView::new(words, law, quotation, &finding.evidence))
            .collect();
        let further = shown.split_off(shown.len().min(MOST_OPEN));
        let marked: usize = quotations
            .iter()
            .flat_map(|quotation| &quotation.marks)
            .map(|mark| mark.evidence.len())
            .sum();
        Self {
            more_evidence: marked < finding.evidence.len(),
            quotations: shown,
            further_label: words.counted("quotation", further.len()),
            further,
            ..Self::brief(words, mappings, assessed, finding)
        }
    }

    /// A finding as a line of a table: without the words of the law.
    pub fn brief(
        words: &Words,
        mappings: &Mappings,
        assessed: &Assessed,
        finding: &Finding,
    ) -> Self {
        let law = &assessed.law;
        let id = &finding.requirement;
        let sources = recommendation::sources(mappings, &finding.jurisdiction, id);
        let recommendation =
            recommendation::recommend(finding.verdict, &sources).map(|found| RecommendationView {
                verb: found.verb.name(),
                word: words.get(&["recommendation", found.verb.name()]).to_owned(),
                grounds: found.grounds.join("; "),
            });
        let missing = missing(words, mappings, finding);
        Self {
            title: requirement_title(words, mappings, id),
            verdict: VerdictView::new(words, finding.verdict),
            sentence: sentence(words, law, finding, &missing),
            asked: asked_by(words, mappings, &sources),
            sources: source_views(words, mappings, &sources),
            recommendation,
            fully_held: finding.coverage == "held",
            coverage: words.said(&finding.coverage),
            reason: words.said(&finding.reason),
            provisions: places(law, &finding.provisions),
            missing,
            elements: Vec::new(),
            more_evidence: false,
            quotations: Vec::new(),
            further_label: String::new(),
            further: Vec::new(),
            trace: None,
            reservations: finding
                .reservations
                .iter()
                .map(|note| ReservationView {
                    instrument: cited(mappings, &note.instrument),
                    content: words.data(&note.content).to_owned(),
                })
                .collect(),
            notes: Vec::new(),
            pairs: Vec::new(),
            definitions: Vec::new(),
            ages: Vec::new(),
            penalties: Vec::new(),
            reviews: assessed
                .reviews_of(finding)
                .map(|checked| ReviewView::new(words, checked))
                .collect(),
            id: id.clone(),
        }
    }
}

/// "lanzarote 20(3)", as the reservation table names it, as instruments are
/// cited everywhere else: "LANZ 20(3)".
fn cited(mappings: &Mappings, reserved: &str) -> String {
    let (name, article) = reserved.split_once(' ').unwrap_or((reserved, ""));
    let instruments = &mappings.tables.instruments;
    match instruments.iter().find(|(_, i)| i.ratifications == name) {
        Some((code, _)) => format!("{code} {article}").trim_end().to_owned(),
        None => reserved.to_owned(),
    }
}

fn source_views(words: &Words, mappings: &Mappings, sources: &[Source]) -> Vec<SourceView> {
    sources
        .iter()
        .map(|source| SourceView {
            citation: source.citation.clone(),
            instrument: mappings
                .tables
                .instruments
                .get(&source.code)
                .map(|instrument| words.data(&instrument.title).to_owned())
                .unwrap_or_default(),
            bond: source.bond,
            bond_word: words.get(&["bond", source.bond.name()]).to_owned(),
        })
        .collect()
}

fn asked_by(words: &Words, mappings: &Mappings, sources: &[Source]) -> Vec<AskedBy> {
    let views = source_views(words, mappings, sources);
    Bond::ALL
        .into_iter()
        .filter_map(|bond| {
            let sources: Vec<SourceView> =
                views.iter().filter(|v| v.bond == bond).cloned().collect();
            (!sources.is_empty()).then(|| AskedBy {
                bond,
                word: words.get(&["bond", bond.name()]).to_owned(),
                sources,
            })
        })
        .collect()
}

/// The verdict as a statement of facts in texts, never a judgement on a State.
fn sentence(
    words: &Words,
    law: &JurisdictionLaw,
    finding: &Finding,
    missing: &[Missing],
) -> String {
    if !finding.pairs.is_empty() && finding.verdict != Verdict::Undetermined {
        return pairs_sentence(words, finding);
    }
    let names: Vec<&str> = missing.iter().map(|item| item.name.as_str()).collect();
    let missing = names.join("; ");
    // Counted where it is said only: a code has ten thousand units.
    let articles: usize = match finding.verdict {
        Verdict::NotFound => law.acts.iter().map(|a| a.act.articles().count()).sum(),
        _ => 0,
    };
    let reason = words.said(finding.reason.trim_end_matches('.'));
    let reason = reason.as_str();
    let tested = finding.elements.iter().any(|e| e.met == Some(true));
    let name = finding.verdict.name();
    let key = match finding.verdict {
        Verdict::Full if !tested => "full-elsewhere",
        Verdict::Partial if missing.is_empty() => "partial-unnamed",
        Verdict::Conflict if missing.is_empty() => "conflict-unnamed",
        Verdict::NotFound if !missing.is_empty() => "not-found-missing",
        Verdict::Undetermined if reason.is_empty() => "undetermined-unnamed",
        _ => name,
    };
    words.filled(
        &["sentence", key],
        &[
            ("missing", &missing),
            ("reason", reason),
            ("acts", &words.counted("act", law.acts.len())),
            ("articles", &words.counted("article", articles)),
        ],
    )
}

fn pairs_sentence(words: &Words, finding: &Finding) -> String {
    let of = |state: &str| {
        finding
            .pairs
            .iter()
            .filter(|pair| pair_state(pair.class) == state)
            .count()
            .to_string()
    };
    let counts = words.filled(
        &["sentence", "pairs"],
        &[
            ("all", &finding.pairs.len().to_string()),
            ("reached", &of("reached")),
            ("doubtful", &of("doubtful")),
            ("lost", &of("lost")),
            ("unknown", &of("unknown")),
        ],
    );
    if finding.verdict == Verdict::Full && !finding.evidence.is_empty() {
        format!("{} {counts}", words.get(&["sentence", "clause"]))
    } else {
        counts
    }
}

/// Name and sign of an element's state.
pub(crate) fn element_state(met: Option<bool>) -> (&'static str, &'static str) {
    match met {
        Some(true) => ("met", "✓"),
        Some(false) => ("not-met", "✕"),
        None => ("untested", "·"),
    }
}

fn element_view(words: &Words, element: &ElementResult) -> ElementView {
    let (state, sign) = element_state(element.met);
    ElementView {
        name: words.name(&element.name),
        text: element_text(words, &element.text),
        role: words.get(&["role", element.role.name()]).to_owned(),
        state,
        state_word: words.get(&["state", state]).to_owned(),
        sign,
    }
}

impl QuotationView {
    fn new(
        words: &Words,
        law: &JurisdictionLaw,
        quotation: &Quotation,
        evidence: &[Evidence],
    ) -> Option<Self> {
        let marked = || {
            quotation
                .marks
                .iter()
                .filter_map(|mark| Some((mark, evidence.get(*mark.evidence.first()?)?)))
        };
        let mut places: Vec<(usize, &str)> = marked()
            .map(|(mark, item)| (mark.span.start, item.place.locator.as_str()))
            .collect();
        places.sort_unstable();
        let mut locators: Vec<&str> = Vec::new();
        for (_, locator) in places {
            if !locators.contains(&locator) {
                locators.push(locator);
            }
        }
        let several = locators.len() > 1;
        let marks = marked()
            .enumerate()
            .map(|(index, (mark, item))| {
                let mut elements: Vec<String> = Vec::new();
                for item in mark.evidence.iter().filter_map(|at| evidence.get(*at)) {
                    let name = words.name(&item.element);
                    if !elements.contains(&name) {
                        elements.push(name);
                    }
                }
                MarkView {
                    number: index + 1,
                    element: elements.join("; "),
                    polarity: item.polarity.name(),
                    polarity_word: words.get(&["polarity", item.polarity.name()]).to_owned(),
                    locator: if several {
                        item.place.locator.clone()
                    } else {
                        String::new()
                    },
                    start: item.span.start,
                    end: item.span.end,
                }
            })
            .collect();
        let mut view = Self::unmarked(words, law, quotation)?;
        view.locators = locators.join("; ");
        view.marks = marks;
        Some(view)
    }

    fn near(words: &Words, law: &JurisdictionLaw, near: &NearMiss) -> Option<Self> {
        let annotated = law.acts.get(near.place.act)?;
        let quotation = quotation::single(annotated, near.place.act, near.span);
        let mut view = Self::unmarked(words, law, &quotation)?;
        view.locators = near.place.locator.clone();
        Some(view)
    }

    fn unmarked(words: &Words, law: &JurisdictionLaw, quotation: &Quotation) -> Option<Self> {
        let act = &law.acts.get(quotation.act)?.act;
        Some(Self {
            act: title(act),
            file: act.source.file.clone(),
            locators: String::new(),
            language: act.language.as_str().to_owned(),
            language_name: words.language(act.language.as_str()).to_owned(),
            direction: direction(act.language.as_str()),
            date: act.date.clone(),
            sha256: act.text.sha256().to_owned(),
            cut_before: quotation.cut_before,
            cut_after: quotation.cut_after,
            pieces: quotation
                .pieces
                .iter()
                .map(|piece| PieceView {
                    text: piece.text.clone(),
                    polarity: piece.polarity.map_or("", Polarity::name),
                    ends: piece
                        .ends
                        .iter()
                        .map(ToString::to_string)
                        .collect::<Vec<_>>()
                        .join(", "),
                })
                .collect(),
            marks: Vec::new(),
        })
    }
}

fn trace_view(words: &Words, law: &JurisdictionLaw, trace: &SearchTrace) -> TraceView {
    TraceView {
        acts: trace
            .acts
            .iter()
            .map(|(file, articles)| SearchedAct {
                title: title_of_file(law, file),
                articles: words.counted("article", *articles),
            })
            .collect(),
        concepts: trace.concepts.iter().map(|name| readable(name)).collect(),
        near_misses: trace
            .near_misses
            .iter()
            .filter_map(|near| {
                Some(NearMissView {
                    quotation: QuotationView::near(words, law, near)?,
                    has: near.has.iter().map(|name| readable(name)).collect(),
                    lacks: near.lacks.iter().map(|name| readable(name)).collect(),
                })
            })
            .collect(),
    }
}

fn pair_state(class: MediumClass) -> &'static str {
    match class {
        MediumClass::A | MediumClass::B | MediumClass::C => "reached",
        MediumClass::ADoubtful => "doubtful",
        MediumClass::D | MediumClass::Absent => "lost",
        MediumClass::Unknown => "unknown",
    }
}

fn pair_view(
    words: &Words,
    mappings: &Mappings,
    law: &JurisdictionLaw,
    pair: &PairResult,
) -> PairView {
    let known = mappings.tables.pairs.get(&pair.pair);
    let place = pair.provision.as_ref();
    let language = place
        .and_then(|place| law.acts.get(place.act))
        .map_or("", |annotated| annotated.act.language.as_str());
    PairView {
        code: pair.pair.clone(),
        offline: known
            .map(|k| words.data(&k.offline).to_owned())
            .unwrap_or_default(),
        online: known
            .map(|k| words.data(&k.online).to_owned())
            .unwrap_or_default(),
        class: pair.class.name(),
        state: pair_state(pair.class),
        title: words.get(&["class", pair.class.name(), "title"]).to_owned(),
        meaning: words
            .get(&["class", pair.class.name(), "meaning"])
            .to_owned(),
        act: place
            .map(|place| title_of_file(law, &place.file))
            .unwrap_or_default(),
        file: place.map(|place| place.file.clone()).unwrap_or_default(),
        locator: place.map(|place| place.locator.clone()).unwrap_or_default(),
        words: pair.words.clone(),
        language: language.to_owned(),
        direction: direction(language),
    }
}
