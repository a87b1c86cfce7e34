//! Who made the law, and in which language it is written.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A State, or a part of one with its own criminal law, by its lower-case
/// code: `gb`, `au-wa`, `ar-1984`. The code is the corpus folder's name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Jurisdiction(String);

impl Jurisdiction {
    /// The jurisdiction with this code (kept in lower case).
    pub fn new(code: &str) -> Self {
        Self(code.trim().to_lowercase())
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Jurisdiction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A written language by its BCP 47 tag: `en`, `zh-Hans`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Language(String);

impl Language {
    /// The language with this tag.
    pub fn new(tag: &str) -> Self {
        Self(tag.trim().to_owned())
    }

    /// The whole tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The primary subtag: `zh` of `zh-Hans`, `ko` of `ko-KP`.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
