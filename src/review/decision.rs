//! One decision of one reviewer on one finding.

use super::Anchor;
use super::check::texts_hash;
use crate::assess::{Finding, JurisdictionLaw, Verdict};
use crate::law::Jurisdiction;

/// What a reviewer says of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opinion {
    /// The verdict is right.
    Confirm,
    /// Another verdict is right.
    Overrule(Verdict),
    /// A remark; the verdict is left open.
    Comment,
}

impl Opinion {
    /// The name in the file.
    pub fn name(self) -> &'static str {
        match self {
            Opinion::Confirm => "confirm",
            Opinion::Overrule(_) => "overrule",
            Opinion::Comment => "comment",
        }
    }

    /// An opinion by its name, with the verdict that an overruling one needs.
    ///
    /// # Errors
    /// When the name is unknown, or the verdict is missing or not wanted.
    pub fn from_names(name: &str, verdict: &str) -> Result<Self, DecisionError> {
        let verdict = if verdict.is_empty() {
            None
        } else {
            Some(
                Verdict::from_name(verdict)
                    .ok_or_else(|| DecisionError::UnknownVerdict(verdict.to_owned()))?,
            )
        };
        match (name, verdict) {
            ("confirm", None) => Ok(Opinion::Confirm),
            ("comment", None) => Ok(Opinion::Comment),
            ("overrule", Some(verdict)) => Ok(Opinion::Overrule(verdict)),
            ("overrule", None) => Err(DecisionError::NoVerdict),
            ("confirm" | "comment", Some(_)) => Err(DecisionError::NeedlessVerdict),
            _ => Err(DecisionError::UnknownOpinion(name.to_owned())),
        }
    }
}

/// What is wrong with a decision.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecisionError {
    /// No such verdict.
    #[error(
        "unknown verdict `{0}`; use full, partial, not-found, conflict, undetermined or not-applicable"
    )]
    UnknownVerdict(String),
    /// No such decision.
    #[error("unknown decision `{0}`; use confirm, overrule or comment")]
    UnknownOpinion(String),
    /// An overruling decision without a verdict.
    #[error("an overruling decision needs the verdict that is right")]
    NoVerdict,
    /// Only an overruling decision carries a verdict.
    #[error("only an overruling decision carries a verdict of its own")]
    NeedlessVerdict,
    /// Overruled with the verdict that the program gave.
    #[error("the program says {0} as well: confirm it instead")]
    SameVerdict(&'static str),
    /// Nobody is named.
    #[error("the reviewer has no name")]
    Nobody,
    /// No reason is given.
    #[error("the decision has no reason")]
    NoReason,
}

/// One decision of one reviewer on one finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Whose law.
    pub jurisdiction: Jurisdiction,
    /// Requirement id.
    pub requirement: String,
    /// What the reviewer says.
    pub opinion: Opinion,
    /// The name the reviewer gave.
    pub reviewer: String,
    /// Date, year first.
    pub date: String,
    /// Why.
    pub why: String,
    /// The program's verdict at that time.
    pub machine: Verdict,
    /// The words that were read.
    pub anchor: Anchor,
}

impl Decision {
    /// A decision on a finding, anchored in its most decisive words. Without
    /// words (a negative) it is anchored in all texts of the jurisdiction.
    ///
    /// # Errors
    /// When the name or the reason is missing, or nothing is overruled.
    pub fn on(
        finding: &Finding,
        law: &JurisdictionLaw,
        opinion: Opinion,
        reviewer: &str,
        date: &str,
        why: &str,
    ) -> Result<Self, DecisionError> {
        if reviewer.trim().is_empty() {
            return Err(DecisionError::Nobody);
        }
        if why.trim().is_empty() {
            return Err(DecisionError::NoReason);
        }
        if opinion == Opinion::Overrule(finding.verdict) {
            return Err(DecisionError::SameVerdict(finding.verdict.name()));
        }
        let anchor = finding
            .evidence
            .first()
            .and_then(|evidence| {
                let act = &law.acts.get(evidence.place.act)?.act;
                Some(Anchor::at(act, evidence.span))
            })
            .unwrap_or_else(|| Anchor::of_texts(texts_hash(law)));
        Ok(Self {
            jurisdiction: finding.jurisdiction.clone(),
            requirement: finding.requirement.clone(),
            opinion,
            reviewer: reviewer.trim().to_owned(),
            date: date.to_owned(),
            why: why.trim().to_owned(),
            machine: finding.verdict,
            anchor,
        })
    }

    /// The verdict that the reviewer holds right; none for a remark.
    pub fn verdict(&self) -> Option<Verdict> {
        match self.opinion {
            Opinion::Confirm => Some(self.machine),
            Opinion::Overrule(verdict) => Some(verdict),
            Opinion::Comment => None,
        }
    }

    /// Who decided on what: a reviewer has one opinion on a finding, and as
    /// many remarks as there are reasons.
    pub fn key(&self) -> (String, String, String, String) {
        let remark = match self.opinion {
            Opinion::Comment => self.why.clone(),
            Opinion::Confirm | Opinion::Overrule(_) => String::new(),
        };
        (
            self.jurisdiction.to_string(),
            self.requirement.clone(),
            self.reviewer.clone(),
            remark,
        )
    }
}
