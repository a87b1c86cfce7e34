//! From the findings on a bill to diagnostics.

use super::bill::Bill;
use super::diagnostic::{BillReport, Diagnostic, Label, Severity, SourceNote};
use super::place::SourceMap;
use crate::amend::Forms;
use crate::annotate::{AnnotatedAct, Annotator, Mention};
use crate::assess::{Evidence, Finding, JurisdictionLaw, Polarity, Verdict, assess};
use crate::law::{Act, Jurisdiction, ProvisionId, Span, Standing};
use crate::mappings::{ElementKind, Gate, Mappings, Method, Requirement, Role};
use crate::report::sources;

/// What bills are measured against.
#[derive(Debug)]
pub struct Standard<'m> {
    /// Rule data.
    pub mappings: &'m Mappings,
    /// Its language packs, compiled.
    pub annotator: &'m Annotator,
    /// How bills word their amendments.
    pub forms: &'m Forms,
    /// Title of the profile.
    pub profile: String,
    /// The requirements asked.
    pub requirements: Vec<&'m Requirement>,
}

/// Checks a bill's own text.
pub fn check(bill: &Bill, standard: &Standard<'_>) -> BillReport {
    let (act, amending) = bill.as_law_amending(standard.forms);
    let mut annotated = standard.annotator.annotate(act);
    super::focus::focus(&mut annotated, standard.mappings);
    let jurisdiction = bill.act.jurisdiction.clone();
    let mut law = law_of(&jurisdiction, vec![annotated]);
    let asked: Vec<&Requirement> = standard
        .requirements
        .iter()
        .copied()
        .filter(|r| r.method != Method::Equivalence || standard.requirements.len() == 1)
        .collect();
    let findings = assess(&law, standard.mappings, &asked);
    let map = bill
        .source
        .as_ref()
        .map(|source| SourceMap::new(bill.act.text.as_str(), source));
    let pen = Pen {
        bill: &bill.act,
        map: map.as_ref(),
    };
    let mut report = BillReport {
        file: bill.act.source.file.clone(),
        title: bill.act.title.clone(),
        language: bill.act.language.to_string(),
        sha256: bill.act.source.sha256.clone(),
        text_sha256: bill.act.text.sha256().to_owned(),
        profile: standard.profile.clone(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        mappings: standard.mappings.hash.clone(),
        problems: bill.act.problems.iter().map(ToString::to_string).collect(),
        diagnostics: Vec::new(),
        met: Vec::new(),
        untouched: Vec::new(),
        effect: None,
    };
    let read = law.acts.first();
    let production = asked
        .iter()
        .zip(&findings)
        .find(|(_, f)| f.requirement == PRODUCTION.0);
    let limited_production = production.is_none_or(|(requirement, finding)| {
        let own = without_neighbours(read, requirement, finding, standard.mappings);
        own.missing.iter().any(|name| name == PRODUCTION.1)
    });
    for (requirement, finding) in asked.iter().zip(&findings) {
        let touched = read.is_some_and(|read| touches(read, requirement, finding, standard));
        if !touched {
            report.untouched.push(finding.requirement.clone());
            continue;
        }
        let mut finding = without_neighbours(read, requirement, finding, standard.mappings);
        if requirement.method == Method::MaterialAge
            && finding.verdict == Verdict::Partial
            && !limited_production
        {
            finding.missing.retain(|name| name != PRODUCTION.2);
            if finding.missing.is_empty() {
                finding.verdict = Verdict::Full;
            }
        }
        let finding = &finding;
        let diagnostic = pen.diagnose(standard.mappings, requirement, finding);
        if finding.verdict == Verdict::Full {
            report.met.push(diagnostic);
        } else {
            report.diagnostics.push(diagnostic);
        }
    }
    if let Some(annotated) = law.acts.pop() {
        let drafting = super::drafting::lint(&annotated, amending, standard, &pen);
        report.diagnostics.extend(drafting);
    }
    let order = |d: &Diagnostic| (d.primary().map(|label| label.span), d.code.clone());
    report.diagnostics.sort_by_cached_key(order);
    report.met.sort_by_cached_key(order);
    report
}

/// Whether the words that a finding rests on are about the requirement. A
/// search through a whole code may rest on distant words, because better ones
/// would have been found; one clause of a bill may not.
fn touches(
    bill: &AnnotatedAct,
    requirement: &Requirement,
    finding: &Finding,
    standard: &Standard<'_>,
) -> bool {
    let Some(anchor) = finding.evidence.first() else {
        return false;
    };
    if finding.missing == [NO_GENERAL_DEFINITION] {
        return false;
    }
    let concept = |name: &str| standard.mappings.concepts.id(name);
    let way = requirement
        .ways
        .iter()
        .find(|way| way.name == anchor.element);
    if way.is_some_and(|way| way.last_resort) {
        return false;
    }
    let at = bill
        .sentences
        .partition_point(|s| s.span.end <= anchor.span.start);
    let Some(sentence) = bill.sentences.get(at) else {
        return true;
    };
    let own = sentence
        .article
        .map_or(sentence.span, |id| bill.act.provision(id).span);
    let is_penalty = |m: &Mention| Some(m.concept) == concept("penalty");
    let punishes = bill.mentions_at(own).iter().any(is_penalty);
    // Offences of other acts, listed; a rule for offences at large that refers
    // to such a list is about those.
    const LISTED: usize = 3;
    let list = if requirement.topic.get_ref() == GENERAL_PART {
        own
    } else {
        sentence.span
    };
    if standard.forms.foreign_citations(&bill.act, list) >= LISTED {
        return false;
    }
    // A duty that only names the material leaves its age to other acts.
    let open_age = finding.verdict == Verdict::Undetermined;
    if requirement.method == Method::MaterialAge && open_age {
        return punishes;
    }
    if requirement.method != Method::Clause || finding.verdict == Verdict::Conflict {
        return true;
    }
    let mentions = bill.mentions_in(sentence.tokens);
    if of_another_offence(bill, requirement, anchor.span, standard.mappings) {
        return false;
    }
    let defines = mentions
        .iter()
        .any(|m| Some(m.concept) == concept("defined-as"));
    let penal = way.is_some_and(|way| way.gates.contains(&Gate::Penal));
    let asks_definition = way.is_some_and(|way| {
        let test = way.test.all.iter().chain(&way.test.any);
        test.clone().any(|name| name.get_ref() == "defined-as")
    });
    // Words that only name the material do not define it; words in a clause
    // without a penalty of its own are a duty or an order, words that are
    // defined are not punished there.
    if requirement
        .elements
        .iter()
        .any(|e| e.kind == ElementKind::Def && e.anchor)
    {
        defines
    } else if penal {
        punishes && (asks_definition || !defines || mentions.iter().any(is_penalty))
    } else {
        !about_material(requirement)
            || (punishes || defines) && punishes_material(bill, standard.mappings)
    }
}

/// The topic of rules for offences at large.
const GENERAL_PART: &str = "general-part";

/// Whether the words name paid sexual services of which the requirement says
/// nothing: other requirements deal with those.
fn of_another_offence(
    bill: &AnnotatedAct,
    requirement: &Requirement,
    words: Span,
    mappings: &Mappings,
) -> bool {
    const PAID: [&str; 2] = ["prostitution", "obtain-sex"];
    if about_material(requirement) || PAID.iter().any(|name| asks(requirement, name)) {
        return false;
    }
    let paid = PAID.map(|name| mappings.concepts.id(name));
    bill.mentions_at(words)
        .iter()
        .any(|m| paid.contains(&Some(m.concept)))
}

/// Whether the bill has an offence on the material: an article that names it
/// and punishes.
fn punishes_material(bill: &AnnotatedAct, mappings: &Mappings) -> bool {
    let (material, penalty) = (
        mappings.concepts.id("csam"),
        mappings.concepts.id("penalty"),
    );
    let articles = |concept| -> Vec<Option<ProvisionId>> {
        let found = bill.mentions.iter().filter(|m| Some(m.concept) == concept);
        found
            .map(|m| bill.act.article_of(bill.act.innermost_at(m.span.start)))
            .collect()
    };
    let penal = articles(penalty);
    articles(material)
        .iter()
        .any(|article| article.is_some() && penal.contains(article))
}

/// Whether a way of the requirement deals with the material.
fn about_material(requirement: &Requirement) -> bool {
    asks(requirement, "csam")
}

/// Whether a way of the requirement asks for the concept.
fn asks(requirement: &Requirement, concept: &str) -> bool {
    let tests = requirement.ways.iter().map(|way| &way.test);
    let mut concepts = tests.flat_map(|test| test.all.iter().chain(&test.any));
    concepts.any(|name| name.get_ref() == concept)
}

/// The requirement on production, the limit that may stand there, and the name
/// the same limit has where the age of the material is judged.
const PRODUCTION: (&str, &str, &str) = (
    "csam-produce",
    "without-purpose-of-distribution",
    "production-without-purpose",
);

/// The finding without limits that belong to a neighbouring conduct: another
/// item of a list, or a possession that stands between the conduct and the
/// limit ("makes, prints or possesses for the purpose of sale").
fn without_neighbours(
    bill: Option<&AnnotatedAct>,
    requirement: &Requirement,
    finding: &Finding,
    mappings: &Mappings,
) -> Finding {
    let mut finding = finding.clone();
    if finding.verdict != Verdict::Partial {
        return finding;
    }
    let possess = mappings.concepts.id("possess");
    let asks_possession = asks(requirement, "possess");
    let own: Vec<Evidence> = of_best(requirement, &finding)
        .into_iter()
        .cloned()
        .collect();
    let neighbour = |e: &Evidence| {
        let other_item = e.quote.contains(';') && !e.quote.contains(':');
        let other_conduct = !asks_possession
            && bill.is_some_and(|bill| {
                bill.mentions_at(e.span)
                    .iter()
                    .any(|m| Some(m.concept) == possess)
            });
        other_item || other_conduct
    };
    finding.missing.retain(|name| {
        !own.iter().any(|e| {
            e.element == *name
                && e.polarity == Polarity::Violates
                && e.role == Role::MustBeAbsent
                && neighbour(e)
        })
    });
    if finding.missing.is_empty() {
        finding.verdict = Verdict::Full;
    }
    finding
}

/// A bill that speaks of some age in an offence need not define the child.
const NO_GENERAL_DEFINITION: &str = "general-definition";

/// A jurisdiction with these acts and nothing else.
pub(super) fn law_of(jurisdiction: &Jurisdiction, acts: Vec<AnnotatedAct>) -> JurisdictionLaw {
    JurisdictionLaw {
        jurisdiction: jurisdiction.clone(),
        country: jurisdiction.as_str().to_uppercase(),
        acts,
        unread: Vec::new(),
        twins: Vec::new(),
    }
}

/// Writes diagnostics about one bill.
#[derive(Debug)]
pub(super) struct Pen<'b> {
    pub bill: &'b Act,
    pub map: Option<&'b SourceMap<'b>>,
}

impl Pen<'_> {
    /// Words of the bill with what is to be seen in them.
    pub fn label(&self, span: Span, text: impl Into<String>) -> Label {
        Label {
            clause: clause(self.bill, self.bill.innermost_at(span.start)),
            span,
            place: self.map.and_then(|map| map.range(span)),
            quote: self.bill.quote(span).to_owned(),
            text: text.into(),
        }
    }

    fn diagnose(
        &self,
        mappings: &Mappings,
        requirement: &Requirement,
        finding: &Finding,
    ) -> Diagnostic {
        let id = &finding.requirement;
        let title = mappings
            .tables
            .entry(id)
            .map_or_else(|| id.clone(), |entry| entry.title.clone());
        let own = of_best(requirement, finding);
        let faults = faults(requirement, finding, &own);
        let mut labels: Vec<Label> = Vec::new();
        for fault in &faults {
            if let Some(evidence) = fault.evidence {
                labels.push(self.label(evidence.span, fault.label()));
            }
        }
        if let Some(anchor) = own.first() {
            labels.push(self.label(anchor.span, anchor.element.clone()));
        }
        labels.dedup_by(|a, b| a.span == b.span);
        let clause = labels
            .first()
            .map_or(String::new(), |label| label.clause.clone());
        let said: Vec<String> = faults.iter().map(Fault::sentence).collect();
        let what = own.first().map_or("", |anchor| anchor.element.as_str());
        let message = match finding.verdict {
            Verdict::Full => format!("clause {clause} meets it: {what}"),
            Verdict::Undetermined => format!("clause {clause}: {what}; {}", finding.reason),
            _ if said.is_empty() => format!("clause {clause}: {what}"),
            _ => format!("clause {clause}: {what}; {}", said.join("; ")),
        };
        let severity = match finding.verdict {
            Verdict::Conflict => Severity::Error,
            Verdict::Partial | Verdict::NotFound => Severity::Warning,
            _ => Severity::Note,
        };
        let help = match finding.verdict {
            Verdict::Full => String::new(),
            _ => usually_met(requirement),
        };
        Diagnostic {
            code: format!("C-{id}"),
            severity,
            requirement: id.clone(),
            title,
            verdict: Some(finding.verdict),
            message,
            missing: finding.missing.clone(),
            labels,
            sources: source_notes(mappings, &finding.jurisdiction, id),
            help,
            comparables: Vec::new(),
        }
    }
}

/// The quotations of the candidate that gave the verdict: its anchor, then its
/// elements, up to the anchor of the next.
fn of_best<'f>(requirement: &Requirement, finding: &'f Finding) -> Vec<&'f Evidence> {
    let is_element = |e: &Evidence| {
        requirement
            .elements
            .iter()
            .any(|element| *element.name.get_ref() == e.element)
    };
    let mut own: Vec<&Evidence> = finding.evidence.iter().take(1).collect();
    let clause = requirement.method == Method::Clause;
    let rest = finding.evidence.iter().skip(1);
    own.extend(rest.take_while(|e| !clause || is_element(e)));
    own
}

/// One thing that is missing.
struct Fault<'a> {
    name: &'a str,
    /// What is asked; empty where only the way of drafting has a name for it.
    asked: &'a str,
    /// Words that narrow or contradict.
    evidence: Option<&'a Evidence>,
}

fn faults<'a>(
    requirement: &'a Requirement,
    finding: &'a Finding,
    own: &[&'a Evidence],
) -> Vec<Fault<'a>> {
    let violating = |name: &str| {
        own.iter()
            .copied()
            .find(|e| e.polarity == Polarity::Violates && e.element == name)
    };
    let element = |name: &str| {
        requirement
            .elements
            .iter()
            .find(|element| element.name.get_ref() == name)
    };
    let mut faults: Vec<Fault<'a>> = finding
        .missing
        .iter()
        .map(|name| Fault {
            name,
            asked: element(name).map_or("", |element| element.text.as_str()),
            evidence: violating(name),
        })
        .collect();
    // A conflict may rest on words of an element that is not among the missing.
    for evidence in own {
        let told = faults.iter().any(|fault| fault.name == evidence.element);
        let conflict = finding.verdict == Verdict::Conflict
            && evidence.polarity == Polarity::Violates
            && !told;
        if conflict {
            faults.push(Fault {
                name: &evidence.element,
                asked: element(&evidence.element).map_or("", |element| element.text.as_str()),
                evidence: Some(evidence),
            });
        }
    }
    // Words that can be pointed at come first.
    faults.sort_by_key(|fault| fault.evidence.is_none());
    faults
}

impl Fault<'_> {
    fn label(&self) -> String {
        if self.asked.is_empty() {
            return self.name.replace('-', " ");
        }
        format!("asked: {}", self.asked)
    }

    fn sentence(&self) -> String {
        let name = self.name.replace('-', " ");
        match (self.evidence, self.asked) {
            (Some(evidence), "") => format!("“{}” ({name})", shortened(&evidence.quote)),
            (Some(evidence), asked) => {
                format!(
                    "“{}”, where the requirement is: {asked}",
                    shortened(&evidence.quote)
                )
            }
            (None, "") => format!("lacks: {name}"),
            (None, asked) => format!("lacks {name}: {asked}"),
        }
    }
}

/// At most so many characters of a quotation go into a message.
const LONGEST_IN_MESSAGE: usize = 90;

fn shortened(quote: &str) -> String {
    let flat: String = quote.split_whitespace().collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= LONGEST_IN_MESSAGE {
        return flat;
    }
    let cut: String = flat.chars().take(LONGEST_IN_MESSAGE).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{} …", &cut[..end])
}

fn usually_met(requirement: &Requirement) -> String {
    let ways: Vec<&str> = requirement
        .ways
        .iter()
        .filter(|way| way.missing.is_empty() && !way.conflict)
        .map(|way| way.name.as_str())
        .collect();
    let asked: Vec<&str> = requirement
        .elements
        .iter()
        .filter(|element| matches!(element.role, Role::Core | Role::MustBeAbsent))
        .map(|element| element.text.as_str())
        .collect();
    let mut help = String::new();
    if !ways.is_empty() {
        help = format!("usually met by a clause on {}", ways.join(", or on "));
    }
    if !asked.is_empty() {
        let lead = if help.is_empty() {
            "asked"
        } else {
            "; in full"
        };
        help.push_str(&format!("{lead}: {}", asked.join("; ")));
    }
    help
}

/// The instrument provisions, with reservations made and reservations allowed.
pub(super) fn source_notes(
    mappings: &Mappings,
    jurisdiction: &Jurisdiction,
    requirement: &str,
) -> Vec<SourceNote> {
    let tables = &mappings.tables;
    let mut told: Vec<String> = Vec::new();
    sources(mappings, jurisdiction, requirement)
        .into_iter()
        .map(|source| {
            // Once for each instrument, however many of its articles ask it.
            let again = told.contains(&source.code);
            told.push(source.code.clone());
            let allowed = tables
                .permitted
                .iter()
                .filter(|_| !again)
                .find(|p| {
                    p.requirement == requirement
                        && p.source.split(' ').next() == Some(source.code.as_str())
                })
                .map(|p| format!("{} allows a reservation: {}", p.source, p.content));
            SourceNote {
                citation: source.citation,
                bond: source.bond,
                reservation: allowed.unwrap_or_default(),
            }
        })
        .collect()
}

/// How the bill itself cites a unit: the clause, then the unit that its quoted
/// words would make (`7(1), new (2)(a)`).
pub(super) fn clause(act: &Act, id: ProvisionId) -> String {
    let quoted: Vec<ProvisionId> = act
        .ancestors(id)
        .take_while(|id| act.standing(*id) == Standing::Quoted)
        .collect();
    let holder = act
        .ancestors(id)
        .find(|id| act.standing(*id) != Standing::Quoted)
        .unwrap_or(id);
    let clause = act.locator(holder).to_string();
    let inserted: String = quoted
        .iter()
        .rev()
        .filter_map(|id| act.provision(*id).number.as_ref())
        .map(|number| number.as_str().trim_end_matches('.'))
        .collect();
    match (clause.is_empty(), inserted.is_empty()) {
        (_, true) => clause,
        (true, false) => format!("new {inserted}"),
        (false, false) => format!("{clause}, new {inserted}"),
    }
}
