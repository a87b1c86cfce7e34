//! Requirements as data: what national law must contain, and how to tell.

use serde::{Deserialize, Serialize};
use toml::Spanned;

/// One file of `mappings/requirements/`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Requirement {
    /// Stable kebab-case id; the file's name.
    pub id: Spanned<String>,
    /// Topic whose acts must be held before "not found" may be said.
    pub topic: Spanned<String>,
    /// How the verdict is derived.
    #[serde(default)]
    pub method: Method,
    /// The ways in which laws meet it.
    #[serde(default, rename = "way")]
    pub ways: Vec<Way>,
    /// Its elements.
    #[serde(default, rename = "element")]
    pub elements: Vec<Element>,
    /// Reminders for the human reader, printed with the finding.
    #[serde(default)]
    pub notes: Vec<String>,
}

/// How a requirement's verdict is derived. A small closed set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// A provision that meets a way, tested element by element.
    #[default]
    Clause,
    /// Definitions of the child and the bounds they set.
    ChildDefinition,
    /// Whether the definitions of the child agree across acts.
    ChildDefinitions,
    /// The age up to which the material offences protect.
    MaterialAge,
    /// Offline offences and their online forms, pair by pair.
    Equivalence,
}

/// One way in which laws meet a requirement: where its test holds, the
/// provision is a candidate.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Way {
    /// What the way is, in a few words.
    pub name: String,
    /// The test that makes a candidate.
    pub test: Test,
    /// Gates beyond those that always apply.
    #[serde(default)]
    pub gates: Vec<Gate>,
    /// What is missing whenever the requirement is met in this way only.
    #[serde(default)]
    pub missing: Vec<String>,
    /// The way meets the requirement contrariwise: the finding is a conflict.
    #[serde(default)]
    pub conflict: bool,
    /// Met in this way only, a bill is not about the requirement: the way is
    /// the last resort of a search through a whole code.
    #[serde(default)]
    pub last_resort: bool,
}

/// A named reason why a provision may not count (catalogue 1.4). That a
/// provision is operative, in force and national law is always asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gate {
    /// A penalty clause must reach the provision.
    Penal,
    /// The act must be one about offences.
    CriminalLaw,
    /// A rule of the general part must reach the offences against children:
    /// not stand among other offences nor cite other ones.
    TheseOffences,
}

impl Gate {
    /// What the gate asks for, in a few words.
    pub fn name(self) -> &'static str {
        match self {
            Gate::Penal => "a penalty",
            Gate::CriminalLaw => "an act about offences",
            Gate::TheseOffences => "reach to offences against children",
        }
    }
}

/// The closed vocabulary of element kinds (catalogue 1.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ElementKind {
    /// Number, comparator and subject.
    Age,
    /// Verb or noun of the act.
    Conduct,
    /// What the conduct is done to.
    Object,
    /// Medium or method.
    Means,
    /// Intention, knowledge, belief.
    Mental,
    /// Special aim.
    Purpose,
    /// Penalty.
    Sanction,
    /// A defence or exemption that may stand.
    ExceptionAllowed,
    /// A defence or exemption that may not.
    ExceptionForbidden,
    /// Reach of the rule.
    Scope,
    /// Definition sentence.
    Def,
    /// Cross-reference that must resolve.
    Link,
    /// Extra fact that limits or opens the rule.
    Condition,
    /// Who acts.
    Actor,
    /// Who is protected.
    Victim,
    /// Who bears a duty.
    Addressee,
    /// What a body or company shall do.
    Duty,
    /// What it may do.
    Power,
    /// Procedural rule.
    Procedure,
    /// Period.
    Time,
    /// Guarantee.
    Safeguard,
    /// Body.
    Institution,
}

/// What an element's presence or absence does to the verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Needed for "full".
    Core,
    /// Strengthens, never needed.
    Supplementary,
    /// Must be absent for "full".
    MustBeAbsent,
    /// Its presence makes the finding a conflict.
    Conflict,
}

impl Role {
    /// The name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Role::Core => "core",
            Role::Supplementary => "supplementary",
            Role::MustBeAbsent => "must-be-absent",
            Role::Conflict => "conflict",
        }
    }
}

/// One observable part of a requirement.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Element {
    /// Short kebab-case name, printed when the element is missing.
    pub name: Spanned<String>,
    /// Kind.
    pub kind: ElementKind,
    /// Role.
    pub role: Role,
    /// What is asked, in one sentence.
    pub text: String,
    /// How it is found. Without a test the element is met by the way itself
    /// (`anchor`) or is left to the reader.
    pub test: Option<Test>,
    /// The element is part of every way's test.
    #[serde(default)]
    pub anchor: bool,
}

/// Where the concepts of a test must meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// One legal sentence, which runs over the items of an enumeration.
    #[default]
    Sentence,
    /// The article or section.
    Article,
    /// The headings over the provision, its own included.
    Headings,
    /// The article or the headings over it.
    ArticleOrHeadings,
    /// The article, or an article of the same act that cites it.
    ArticleOrCiting,
    /// The article and up to five on either side under the same heading.
    Nearby,
    /// The whole act.
    Act,
    /// Any act of the jurisdiction.
    Jurisdiction,
}

/// Presence or absence of concepts within a scope.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Test {
    /// All of these must be there.
    #[serde(default)]
    pub all: Vec<Spanned<String>>,
    /// At least one of these must be there.
    #[serde(default)]
    pub any: Vec<Spanned<String>>,
    /// None of these may be in the same scope.
    #[serde(default)]
    pub none: Vec<Spanned<String>>,
    /// Where.
    #[serde(default)]
    pub within: Scope,
    /// Most words from the first to the last of them (sentence scope only).
    pub words: Option<u32>,
    /// `all` must come in the order written.
    #[serde(default)]
    pub in_order: bool,
    /// Concepts that must be somewhere in the article or its headings as well.
    #[serde(default)]
    pub article: Vec<Spanned<String>>,
    /// Concepts that must be in an article of the same act that cites this one.
    #[serde(default)]
    pub cited_by: Vec<Spanned<String>>,
    /// The protected age must reach at least this (completed years, exclusive
    /// upper bound: 18 means everyone under 18).
    pub age_floor: Option<u8>,
    /// With `age_floor`: an age must be found at all. Without this, a word for
    /// the child that nothing explains is taken to be wide enough.
    #[serde(default)]
    pub age_stated: bool,
    /// An age below this is stated in the same article: a rule for the younger.
    pub age_below: Option<u8>,
    /// Ages below a stated band count as protected where another offence on
    /// one of these concepts protects them.
    #[serde(default)]
    pub younger_by: Vec<Spanned<String>>,
}
