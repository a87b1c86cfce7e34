//! One provision in its context: what stands around it, what its words mean,
//! what it cites and what cites it, which findings rest on it.

use serde::Serialize;

use super::text::{Block, Layers, blocks, last_within, standing_word};
use super::{Link, Pager};
use crate::annotate::{AnnotatedAct, Unresolved, fold_words};
use crate::law::{Act, ProvisionId, Span, UnitKind};
use crate::report::view::{RequirementLink, VerdictView, direction, title};
use crate::report::{Assessed, Run, Words};
use crate::serve::apparatus::Apparatus;
use crate::serve::link;
use crate::serve::parameters::Parameters;
use crate::serve::reply::{Refusal, Reply};
use crate::serve::server::Request;
use crate::serve::site::{self, Site};

/// Units on one page of a table of contents.
const EACH: usize = 300;
/// Most citing provisions, and definitions, listed.
const MOST_CITING: usize = 60;
const MOST_TERMS: usize = 20;
/// Most marks an address may carry.
const MOST_MARKS: usize = 60;
/// Letters around citing words, and of a definition.
const CONTEXT: usize = 90;
const DEFINITION: usize = 260;

#[derive(Serialize)]
struct Page {
    code: String,
    country: String,
    act: String,
    act_link: String,
    file: String,
    identifier: String,
    language: String,
    language_name: String,
    direction: &'static str,
    date: String,
    sha256: String,
    problems: Vec<String>,
    is_act: bool,
    locator: String,
    heading: String,
    standing: String,
    validity: String,
    crumbs: Vec<Link>,
    blocks: Vec<Block>,
    children: Vec<Child>,
    pager: Pager,
    previous: Option<Link>,
    next: Option<Link>,
    definitions: Vec<Definition>,
    cites: Vec<Cites>,
    cited_by: Vec<CitingView>,
    more_citing: usize,
    concepts: Vec<ConceptView>,
    findings: Vec<FindingRow>,
    has_pack: bool,
    marks: usize,
    /// The marks of the address lie outside the text held now.
    lost: bool,
    permalink: String,
    start: usize,
    end: usize,
    export: String,
}

#[derive(Serialize)]
struct Child {
    label: String,
    heading: String,
    link: String,
    range: String,
    standing: String,
}

#[derive(Serialize)]
struct Definition {
    term: String,
    says: String,
    words: String,
    place: String,
    link: String,
    own: bool,
}

#[derive(Serialize)]
struct Cites {
    words: String,
    label: String,
    link: String,
    reason: String,
}

#[derive(Serialize)]
struct CitingView {
    act: String,
    locator: String,
    link: String,
    before: String,
    words: String,
    after: String,
    language: String,
    direction: &'static str,
}

#[derive(Serialize)]
struct ConceptView {
    name: String,
    meaning: String,
    count: usize,
    link: String,
    on: bool,
    search: String,
}

#[derive(Serialize)]
struct FindingRow {
    requirement: RequirementLink,
    verdict: VerdictView,
    elements: String,
    supports: bool,
}

/// The act of the address, with its place.
pub(super) fn act_of<'r>(
    run: &'r Run<'_>,
    request: &Request,
) -> Result<(usize, &'r Assessed, usize, &'r AnnotatedAct), Refusal> {
    let (place, assessed) = site::jurisdiction(run, request.name(0))?;
    let file = request.name(1);
    let (number, annotated) = assessed
        .law
        .acts
        .iter()
        .enumerate()
        .find(|(_, annotated)| annotated.act.source.file == file)
        .ok_or_else(|| {
            Refusal::NotFound(format!("no act `{file}` is held of {}", request.name(0)))
        })?;
    Ok((place, assessed, number, annotated))
}

/// The spans that an address marks, as far as they are words of the act.
fn marks_of(act: &Act, query: &Parameters) -> (Vec<Span>, bool) {
    let mut lost = false;
    let spans = query
        .all("mark")
        .take(MOST_MARKS)
        .filter_map(|mark| {
            let (start, end) = mark.split_once('-')?;
            let span = Span::new(start.parse().ok()?, end.parse().ok()?);
            if act.quote(span).is_empty() {
                lost = true;
                return None;
            }
            Some(span)
        })
        .collect();
    (spans, lost)
}

/// The unit that an address asks for: by number, by place, or by the words it
/// marks.
fn asked_unit(act: &Act, query: &Parameters, marks: &[Span]) -> Result<ProvisionId, Refusal> {
    let locator = query.get("at");
    if !locator.is_empty() {
        return link::find(act, locator)
            .ok_or_else(|| Refusal::NotFound(format!("“{}” has no unit {locator}", title(act))));
    }
    if let Ok(number) = query.get("unit").parse::<u32>() {
        let id = ProvisionId(number);
        if id.index() >= act.provisions.len() {
            return Err(Refusal::NotFound(format!(
                "“{}” has no such unit",
                title(act)
            )));
        }
        return Ok(id);
    }
    Ok(marks
        .first()
        .map_or(ProvisionId::ROOT, |mark| act.innermost_at(mark.start)))
}

pub(in crate::serve) fn provision(site: &Site, request: &Request) -> Result<Reply, Refusal> {
    let run = site.run();
    let words = site.words(request);
    let (place, assessed, number, annotated) = act_of(&run, request)?;
    let act = &annotated.act;
    let code = assessed.law.jurisdiction.as_str();
    let query = &request.query;
    let (marks, lost) = marks_of(act, query);
    let asked = asked_unit(act, query, &marks)?;
    let root = page_of(act, asked);
    let unit = act.provision(root);
    let apparatus = site.apparatus(&run, place);
    let shown = |name: &str| query.all("concept").any(|asked| asked == name);
    let mut layers = Layers {
        marks: marks.clone(),
        ..Layers::default()
    };
    let mut cites = Vec::new();
    let is_group = unit.kind.is_group();
    if let Some(own) = apparatus.and_then(|a| a.act(number)).filter(|_| !is_group) {
        for cited in own.citations_in(unit.span) {
            let citing = one_line(act.quote(cited.span));
            let (label, to, reason) = match cited.target {
                Ok(target) => match assessed.law.acts.get(target.act) {
                    Some(other) => {
                        let (label, to) = named(code, act, &other.act, target.unit);
                        let label = match target.through {
                            Some(last) => words.filled(
                                &["at", "law", "through"],
                                &[
                                    ("first", &label),
                                    ("last", &other.act.locator(last).to_string()),
                                ],
                            ),
                            None => label,
                        };
                        (label, to, String::new())
                    }
                    None => continue,
                },
                Err(reason) => {
                    let reason = words.said_of("refusal", &reason.to_string());
                    (String::new(), String::new(), reason)
                }
            };
            let tip = if reason.is_empty() {
                label.clone()
            } else {
                reason.clone()
            };
            if !to.is_empty() {
                layers.citations.push((cited.span, to.clone(), tip));
            }
            // What refers to words before in the same list says nothing alone.
            let known = |known: &Cites| known.words == citing && known.link == to;
            if cited.target != Err(Unresolved::NamedBefore) && !cites.iter().any(known) {
                cites.push(Cites {
                    words: citing,
                    label,
                    link: to,
                    reason,
                });
            }
        }
    }
    if !is_group {
        for mention in annotated.mentions_at(unit.span) {
            let name = site.mappings.concepts.name(mention.concept);
            if shown(name) {
                layers.concepts.push((mention.span, name.replace('-', " ")));
            }
        }
    }
    let here = (asked != root).then_some(asked);
    let (children, pager) = children(words, act, code, root, request);
    let (cited_by, more_citing) = citing(assessed, apparatus, code, number, root);
    let (previous, next) = neighbours(act, code, root);
    let mut text = blocks(words, act, root, here, &layers);
    if is_group {
        text.truncate(EACH);
    }
    let page = Page {
        code: code.to_owned(),
        country: assessed.law.country.clone(),
        act: title(act),
        act_link: link::act(code, &act.source.file),
        file: act.source.file.clone(),
        identifier: act.identifier.clone(),
        language: act.language.to_string(),
        language_name: words.language(act.language.as_str()).to_owned(),
        direction: direction(act.language.as_str()),
        date: act.date.clone(),
        sha256: act.text.sha256().to_owned(),
        problems: if root == ProvisionId::ROOT {
            act.problems.iter().map(ToString::to_string).collect()
        } else {
            Vec::new()
        },
        is_act: root == ProvisionId::ROOT,
        locator: label(act, root),
        heading: unit
            .heading
            .map(|heading| one_line(act.quote(heading)))
            .unwrap_or_default(),
        standing: standing_word(words, act.standing(root)),
        validity: validity(words, act, root),
        crumbs: crumbs(act, code, root),
        blocks: text,
        children,
        pager,
        previous,
        next,
        definitions: if is_group {
            Vec::new()
        } else {
            definitions_for(assessed, apparatus, code, number, root)
        },
        cites,
        cited_by,
        more_citing,
        concepts: if is_group {
            Vec::new()
        } else {
            concepts(site, annotated, root, request)
        },
        findings: findings(words, &run, assessed, number, unit.span, is_group),
        has_pack: annotated.has_pack,
        marks: marks.len(),
        lost,
        permalink: link::unit(code, act, asked),
        start: unit.span.start,
        end: unit.span.end,
        export: crate::serve::parameters::encoded(
            [("unit", root.0.to_string().as_str())].into_iter(),
        ),
    };
    drop(run);
    site.page("provision.html", "law", request, page)
}

/// The unit whose page shows a unit: its article, else itself where it groups,
/// else the next group above.
fn page_of(act: &Act, id: ProvisionId) -> ProvisionId {
    act.article_of(id)
        .or_else(|| {
            act.ancestors(id)
                .find(|id| act.provision(*id).kind.is_group())
        })
        .unwrap_or(ProvisionId::ROOT)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How a unit is called: its citation, or its number as printed for groups.
fn label(act: &Act, id: ProvisionId) -> String {
    if id == ProvisionId::ROOT {
        return String::new();
    }
    let unit = act.provision(id);
    let printed = unit.number.as_ref().map(|n| n.as_str().trim().to_owned());
    match (unit.kind, printed) {
        (kind, Some(printed)) if kind.is_group() => printed,
        (_, Some(printed)) if unit.kind == UnitKind::Article => printed,
        _ => act.locator(id).to_string(),
    }
}

/// A unit as a citation names it, with its address.
fn named(code: &str, from: &Act, to: &Act, id: ProvisionId) -> (String, String) {
    let locator = to.locator(id).to_string();
    let heading = to
        .article_of(id)
        .and_then(|article| to.provision(article).heading)
        .map(|heading| one_line(to.quote(heading)))
        .filter(|heading| !heading.is_empty());
    let mut label = match heading {
        Some(heading) => format!("{locator} {}", shortened(&heading, CONTEXT)),
        None => locator,
    };
    if from.source.file != to.source.file {
        label = format!("{}: {label}", title(to));
    }
    (label, link::unit(code, to, id))
}

/// The line of the text that holds a span: definitions stand in lines of
/// their own.
fn line_around(act: &Act, span: Span) -> &str {
    let text = act.text.as_str();
    let before = text.get(..span.start).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let after = text.get(span.end..).unwrap_or_default();
    let end = after.find('\n').map_or(text.len(), |at| span.end + at);
    act.quote(Span::new(start, end))
}

/// Letters at the end or the beginning of a text, without a word cut in two.
fn whole_words(letters: &str, cut_at_start: bool) -> String {
    let inner = if cut_at_start {
        letters
            .split_once(char::is_whitespace)
            .map(|(_, rest)| rest)
    } else {
        letters
            .rsplit_once(char::is_whitespace)
            .map(|(rest, _)| rest)
    };
    // A script without blanks has no words to cut.
    one_line(inner.unwrap_or(letters))
}

fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default().trim_end()),
        None => text.to_owned(),
    }
}

fn validity(words: &Words, act: &Act, id: ProvisionId) -> String {
    let validity = act.provision(id).validity;
    match (validity.from, validity.until) {
        (Some(from), Some(until)) => words.filled(
            &["at", "law", "applies-between"],
            &[("from", &from.to_string()), ("until", &until.to_string())],
        ),
        (Some(from), None) => words.filled(
            &["at", "law", "applies-from"],
            &[("from", &from.to_string())],
        ),
        (None, Some(until)) => words.filled(
            &["at", "law", "applies-until"],
            &[("until", &until.to_string())],
        ),
        (None, None) => String::new(),
    }
}

/// What holds a unit, outermost first, below the act.
fn crumbs(act: &Act, code: &str, id: ProvisionId) -> Vec<Link> {
    let mut above: Vec<ProvisionId> = act
        .ancestors(id)
        .skip(1)
        .filter(|id| *id != ProvisionId::ROOT)
        .collect();
    above.reverse();
    above
        .into_iter()
        .map(|id| Link {
            label: with_heading(act, id),
            link: link::unit(code, act, id),
        })
        .filter(|crumb| !crumb.label.is_empty())
        .collect()
}

fn with_heading(act: &Act, id: ProvisionId) -> String {
    let heading = act.provision(id).heading.map(|h| one_line(act.quote(h)));
    let label = label(act, id);
    match heading.filter(|heading| !heading.is_empty()) {
        Some(heading) if label.is_empty() => shortened(&heading, CONTEXT),
        Some(heading) => format!("{label} {}", shortened(&heading, CONTEXT)),
        None => label,
    }
}

/// The units of a group that have pages.
fn children(
    words: &Words,
    act: &Act,
    code: &str,
    root: ProvisionId,
    request: &Request,
) -> (Vec<Child>, Pager) {
    let unit = act.provision(root);
    let path = link::unit(code, act, root);
    let (path, own) = path.split_once('?').unwrap_or((&path, ""));
    let query = Parameters::parse(own.as_bytes());
    let asked = request.query.page().to_string();
    let query = Parameters::parse(
        query
            .with("page", &asked)
            .trim_start_matches('?')
            .as_bytes(),
    );
    if !unit.kind.is_group() {
        return (Vec::new(), Pager::new(path, &query, 0, EACH));
    }
    let all: Vec<ProvisionId> = act
        .children(root)
        .filter(|id| {
            let kind = act.provision(*id).kind;
            kind == UnitKind::Article || kind.is_group()
        })
        .collect();
    let pager = Pager::new(path, &query, all.len(), EACH);
    let units = link::Units::of(act);
    let shown = all
        .iter()
        .skip(pager.skipped())
        .take(EACH)
        .map(|id| child(words, act, *id, units.link(code, *id)))
        .collect();
    (shown, pager)
}

fn child(words: &Words, act: &Act, id: ProvisionId, link: String) -> Child {
    let unit = act.provision(id);
    let heading = unit
        .heading
        .map(|h| one_line(act.quote(h)))
        .unwrap_or_default();
    let mut range = String::new();
    if unit.kind.is_group() {
        let last = last_within(act, id);
        let mut articles = act
            .ids()
            .skip(id.index())
            .take_while(|id| *id <= last)
            .filter(|id| act.provision(*id).kind == UnitKind::Article);
        if let Some(first) = articles.next() {
            let end = articles.last().unwrap_or(first);
            range = if end == first {
                act.locator(first).to_string()
            } else {
                format!("{} – {}", act.locator(first), act.locator(end))
            };
        }
    }
    let mut label = label(act, id);
    if label.is_empty() && heading.is_empty() {
        let body = act.quote(Span::new(unit.body_start.min(unit.span.end), unit.span.end));
        label = shortened(
            &one_line(&body.chars().take(200).collect::<String>()),
            CONTEXT,
        );
    }
    Child {
        label,
        heading: shortened(&heading, 200),
        link,
        range,
        standing: standing_word(words, act.standing(id)),
    }
}

/// The articles before and after; for groups the groups of the same kind.
fn neighbours(act: &Act, code: &str, id: ProvisionId) -> (Option<Link>, Option<Link>) {
    if id == ProvisionId::ROOT {
        return (None, None);
    }
    let kind = act.provision(id).kind;
    let to = |id: ProvisionId| Link {
        label: with_heading(act, id),
        link: link::unit(code, act, id),
    };
    let before = (0..id.0)
        .rev()
        .map(ProvisionId)
        .find(|other| act.provision(*other).kind == kind);
    let after = act
        .ids()
        .skip(last_within(act, id).index() + 1)
        .find(|other| act.provision(*other).kind == kind);
    (before.map(to), after.map(to))
}

/// Definitions of words that a provision uses.
fn definitions_for(
    assessed: &Assessed,
    apparatus: Option<&Apparatus>,
    code: &str,
    number: usize,
    root: ProvisionId,
) -> Vec<Definition> {
    let Some(apparatus) = apparatus else {
        return Vec::new();
    };
    let Some(annotated) = assessed.law.acts.get(number) else {
        return Vec::new();
    };
    let act = &annotated.act;
    let span = act.provision(root).span;
    let text = act.quote(span);
    let folded = format!(" {} ", fold_words(text).join(" "));
    let mut found: Vec<Definition> = Vec::new();
    for (term, place) in apparatus.act(number).map_or(&[][..], |own| &own.terms) {
        let uses = folded.contains(&format!(" {} ", fold_words(term).join(" ")));
        if !uses || found.iter().any(|known| known.term == *term) {
            continue;
        }
        let id = act.innermost_at(place.start);
        let words = line_around(act, *place);
        found.push(Definition {
            term: term.clone(),
            says: String::new(),
            words: shortened(&one_line(words), DEFINITION),
            place: act.locator(id).to_string(),
            link: link::words(code, &act.source.file, &[*place]),
            own: span.contains(*place),
        });
    }
    // Definitions of the child bind beyond their act; those of the same act
    // come first.
    let mut child: Vec<_> = apparatus
        .child
        .iter()
        .filter(|definition| {
            !definition.term.is_empty() && folded.contains(&format!(" {} ", definition.term))
        })
        .collect();
    child.sort_by_key(|definition| definition.act != number);
    for definition in child {
        let Some(other) = assessed.law.acts.get(definition.act) else {
            continue;
        };
        let other = &other.act;
        let id = other.innermost_at(definition.span.start);
        let place = if definition.act == number {
            other.locator(id).to_string()
        } else {
            format!("{}: {}", title(other), other.locator(id))
        };
        let words = shortened(&one_line(other.quote(definition.span)), DEFINITION);
        if found.iter().any(|known| known.place == place) {
            continue;
        }
        found.push(Definition {
            term: definition.term.clone(),
            says: definition.age.to_string(),
            words,
            place,
            link: link::words(code, &other.source.file, &[definition.span]),
            own: definition.act == number && span.contains(definition.span),
        });
    }
    found.truncate(MOST_TERMS);
    found
}

/// What cites a unit or anything in it, from outside of it.
fn citing(
    assessed: &Assessed,
    apparatus: Option<&Apparatus>,
    code: &str,
    number: usize,
    root: ProvisionId,
) -> (Vec<CitingView>, usize) {
    let acts = &assessed.law.acts;
    let (Some(own), Some(annotated)) = (
        apparatus.and_then(|apparatus| apparatus.act(number)),
        acts.get(number),
    ) else {
        return (Vec::new(), 0);
    };
    if root == ProvisionId::ROOT {
        return (Vec::new(), 0);
    }
    let act = &annotated.act;
    let span = act.provision(root).span;
    let found: Vec<_> = own
        .citing((root, last_within(act, root)))
        .filter(|by| by.act != number || !span.contains(by.span))
        .collect();
    let more = found.len().saturating_sub(MOST_CITING);
    let shown = found
        .into_iter()
        .take(MOST_CITING)
        .filter_map(|by| {
            let other = &acts.get(by.act)?.act;
            let id = other.innermost_at(by.span.start);
            let text = other.text.as_str();
            let before: String = text
                .get(..by.span.start)?
                .chars()
                .rev()
                .take(CONTEXT)
                .collect();
            let before: String = before.chars().rev().collect();
            let after: String = text.get(by.span.end..)?.chars().take(CONTEXT).collect();
            Some(CitingView {
                act: if by.act == number {
                    String::new()
                } else {
                    title(other)
                },
                locator: other.locator(id).to_string(),
                link: link::words(code, &other.source.file, &[by.span]),
                before: whole_words(&before, true),
                words: one_line(other.quote(by.span)),
                after: whole_words(&after, false),
                language: other.language.to_string(),
                direction: direction(other.language.as_str()),
            })
        })
        .collect();
    (shown, more)
}

/// The concepts that a provision mentions, most frequent first.
fn concepts(
    site: &Site,
    annotated: &AnnotatedAct,
    root: ProvisionId,
    request: &Request,
) -> Vec<ConceptView> {
    let mut counted: Vec<(crate::mappings::ConceptId, usize)> = Vec::new();
    for mention in annotated.mentions_at(annotated.act.provision(root).span) {
        match counted.iter_mut().find(|(id, _)| *id == mention.concept) {
            Some((_, count)) => *count += 1,
            None => counted.push((mention.concept, 1)),
        }
    }
    let path = link::act(
        annotated.act.jurisdiction.as_str(),
        &annotated.act.source.file,
    );
    let known = &site.mappings.concepts;
    counted.sort_by(|a, b| {
        b.1.cmp(&a.1)
            .then_with(|| known.name(a.0).cmp(known.name(b.0)))
    });
    counted
        .into_iter()
        .map(|(id, count)| {
            let name = known.name(id);
            let query = request.query.toggled("concept", name);
            let search = format!("concept:{name}");
            ConceptView {
                name: name.replace('-', " "),
                meaning: known
                    .concept(id)
                    .map(|c| c.meaning.clone())
                    .unwrap_or_default(),
                count,
                link: format!("{path}{query}#text"),
                on: request.query.all("concept").any(|asked| asked == name),
                search: format!(
                    "/search{}",
                    crate::serve::parameters::encoded([("q", search.as_str())].into_iter())
                ),
            }
        })
        .collect()
}

/// The findings whose evidence stands in a span.
fn findings(
    words: &Words,
    run: &Run<'_>,
    assessed: &Assessed,
    number: usize,
    span: Span,
    is_group: bool,
) -> Vec<FindingRow> {
    if is_group {
        return Vec::new();
    }
    assessed
        .findings
        .iter()
        .filter_map(|finding| {
            let here: Vec<_> = finding
                .evidence
                .iter()
                .filter(|e| e.place.act == number && span.contains(e.span))
                .collect();
            let first = here.first()?;
            let mut elements: Vec<String> = Vec::new();
            for evidence in &here {
                let name = words.name(&evidence.element);
                if !elements.contains(&name) {
                    elements.push(name);
                }
            }
            Some(FindingRow {
                requirement: RequirementLink::new(words, run.mappings, &finding.requirement),
                verdict: VerdictView::new(words, finding.verdict),
                supports: first.polarity == crate::assess::Polarity::Supports,
                elements: elements.join("; "),
            })
        })
        .collect()
}
