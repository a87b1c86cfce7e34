//! Which requirements and jurisdictions a page is about.

use crate::mappings::Mappings;
use crate::report::{Run, Words};
use crate::serve::parameters::Parameters;
use crate::serve::reply::Refusal;

use super::Choice;

/// The requirements of a profile; all where none is asked for.
#[derive(Debug, Clone)]
pub(super) struct Scope {
    members: Option<Vec<String>>,
}

impl Scope {
    /// The scope that `profile=` asks for.
    ///
    /// # Errors
    /// When there is no such profile.
    pub fn of(mappings: &Mappings, query: &Parameters) -> Result<Self, Refusal> {
        let asked = query.get("profile");
        if asked.is_empty() {
            return Ok(Self { members: None });
        }
        let profile = mappings
            .tables
            .profile(asked)
            .ok_or_else(|| Refusal::NotFound(format!("there is no profile `{asked}`")))?;
        Ok(Self {
            members: Some(profile.members.clone()),
        })
    }

    /// Whether a requirement belongs to it.
    pub fn holds(&self, requirement: &str) -> bool {
        self.members
            .as_ref()
            .is_none_or(|members| members.iter().any(|member| member == requirement))
    }
}

/// The profiles of which the run has at least one requirement.
pub(super) fn profiles(words: &Words, run: &Run<'_>, asked: &str) -> Vec<Choice> {
    let held = |id: &String| run.requirements.iter().any(|r| r.id.get_ref() == id);
    let profiles = run.mappings.tables.profiles.iter();
    let known = profiles
        .filter(|profile| profile.members.iter().any(held))
        .map(|profile| Choice::new(&profile.id, words.data(&profile.title), asked));
    std::iter::once(Choice::new("", words.get(&["site", "everything"]), asked))
        .chain(known)
        .collect()
}

/// The jurisdictions of the run, after a choice for all.
pub(super) fn jurisdictions(words: &Words, run: &Run<'_>, asked: &str) -> Vec<Choice> {
    let held = run.jurisdictions.iter().map(|assessed| {
        let law = &assessed.law;
        let label = format!("{} ({})", law.country, law.jurisdiction);
        Choice::new(law.jurisdiction.as_str(), &label, asked)
    });
    let mut choices: Vec<Choice> = held.collect();
    choices.sort_by(|a, b| a.label.cmp(&b.label));
    let all = words.get(&["site", "all-jurisdictions"]);
    choices.insert(0, Choice::new("", all, asked));
    choices
}
