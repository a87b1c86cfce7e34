//! Which element a unit becomes, and its id by the naming convention.

use std::collections::{HashMap, HashSet};

use crate::law::{Act, Number, ProvisionId, Standing, UnitKind};

/// The element of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Element {
    /// Its tag.
    pub tag: &'static str,
    /// The `name` of an `hcontainer`; empty otherwise.
    pub name: &'static str,
    /// Its abbreviation in ids.
    abbreviation: &'static str,
}

/// How the act's own tradition names the divisions of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tradition {
    /// Section, subsection, paragraph, subparagraph.
    Sections,
    /// Article, paragraph, point, indent.
    Articles,
}

impl Tradition {
    /// Sections in English and Nordic acts, articles elsewhere.
    pub fn of(act: &Act) -> Self {
        let named_article = act.articles().take(20).any(|id| {
            let start = act.provision(id).span.start;
            act.text
                .as_str()
                .get(start..)
                .is_some_and(|text| text.starts_with("Art"))
        });
        let sections = matches!(
            act.language.primary(),
            "en" | "fi" | "sv" | "nb" | "nn" | "da"
        );
        if act.articles().next().is_none() || sections && !named_article {
            Self::Sections
        } else {
            Self::Articles
        }
    }
}

impl Element {
    /// The element for a unit of this kind. `numbered` is false for a
    /// paragraph that is neither numbered nor counted.
    pub fn of(kind: UnitKind, numbered: bool, tradition: Tradition) -> Self {
        let plain = |tag, abbreviation| Self {
            tag,
            name: "",
            abbreviation,
        };
        let named = |name, abbreviation| Self {
            tag: "hcontainer",
            name,
            abbreviation,
        };
        match (kind, tradition) {
            (UnitKind::Act, _) => named("act", "hcontainer"),
            (UnitKind::Preamble, _) => named("preamble", "preamble"),
            (UnitKind::Book, _) => plain("book", "book"),
            (UnitKind::Part, _) => plain("part", "part"),
            (UnitKind::Title, _) => plain("title", "title"),
            (UnitKind::Chapter, _) => plain("chapter", "chp"),
            (UnitKind::Division, _) => plain("division", "dvs"),
            (UnitKind::Schedule, _) => named("schedule", "sched"),
            (UnitKind::Article, Tradition::Sections) => plain("section", "sec"),
            (UnitKind::Article, Tradition::Articles) => plain("article", "art"),
            (UnitKind::Subsection, Tradition::Sections) => plain("subsection", "subsec"),
            (UnitKind::Subsection, Tradition::Articles) => plain("paragraph", "para"),
            (UnitKind::Point, Tradition::Sections) => plain("paragraph", "para"),
            (UnitKind::Point, Tradition::Articles) => plain("point", "point"),
            (UnitKind::Subpoint, Tradition::Sections) => plain("subparagraph", "subpara"),
            (UnitKind::Subpoint, Tradition::Articles) => plain("indent", "indent"),
            (UnitKind::Alinea, _) if numbered => plain("alinea", "al"),
            (UnitKind::Alinea, _) => named("unnumbered", "hcontainer"),
        }
    }
}

/// The ids of an act's units and of the marks inside their text.
#[derive(Debug)]
pub(super) struct Ids {
    units: Vec<String>,
    used: HashSet<String>,
}

impl Ids {
    /// Gives every unit its id. An article is named by its number alone where
    /// that is unique in the act; other units are named within what holds them.
    pub fn of(act: &Act, tradition: Tradition) -> Self {
        let mut bearers: HashMap<&Number, usize> = HashMap::new();
        for number in act
            .articles()
            .filter_map(|id| act.provision(id).number.as_ref())
        {
            *bearers.entry(number).or_default() += 1;
        }
        let mut ids = Self {
            units: vec![String::new()],
            used: HashSet::new(),
        };
        let mut unnumbered: HashMap<(ProvisionId, &str), u32> = HashMap::new();
        for id in act.ids().skip(1) {
            let unit = act.provision(id);
            let element = Element::of(unit.kind, unit.number.is_some(), tradition);
            let parent = unit.parent.unwrap_or(ProvisionId::ROOT);
            let slug = unit.number.as_ref().map(Number::slug).unwrap_or_default();
            let slug = if slug.is_empty() {
                let count = unnumbered
                    .entry((parent, element.abbreviation))
                    .and_modify(|count| *count += 1)
                    .or_insert(1);
                count.to_string()
            } else {
                slug
            };
            let alone = unit.kind == UnitKind::Article
                && unit.standing != Standing::Quoted
                && unit
                    .number
                    .as_ref()
                    .is_some_and(|number| bearers.get(number) == Some(&1));
            let prefix = if alone { "" } else { ids.unit(parent) };
            let wanted = join(prefix, &format!("{}_{slug}", element.abbreviation));
            let unique = ids.unique(wanted);
            ids.units.push(unique);
        }
        ids
    }

    /// The id of a unit; empty for the act.
    pub fn unit(&self, id: ProvisionId) -> &str {
        self.units.get(id.index()).map_or("", String::as_str)
    }

    /// The id of a part that a unit has once: `art_5__content`.
    pub fn part(&mut self, id: ProvisionId, abbreviation: &str) -> String {
        self.unique(join(self.unit(id), abbreviation))
    }

    /// A new id for a mark inside a unit: `art_5__ref_2`.
    pub fn inside(&mut self, id: ProvisionId, abbreviation: &str) -> String {
        let stem = join(self.unit(id), abbreviation);
        (1u32..)
            .map(|count| format!("{stem}_{count}"))
            .find(|candidate| self.used.insert(candidate.clone()))
            .unwrap_or(stem)
    }

    /// An id with the suffix of the naming convention where it is taken.
    fn unique(&mut self, wanted: String) -> String {
        if self.used.insert(wanted.clone()) {
            return wanted;
        }
        (2u32..)
            .map(|count| format!("{wanted}-{count}"))
            .find(|candidate| self.used.insert(candidate.clone()))
            .unwrap_or(wanted)
    }
}

fn join(prefix: &str, last: &str) -> String {
    if prefix.is_empty() {
        last.to_owned()
    } else {
        format!("{prefix}__{last}")
    }
}
