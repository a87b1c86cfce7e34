//! The site's own files: style, script and sign, all built in.

use super::reply::Reply;
use crate::law::sha256_hex;

const REPORT_STYLE: &str = include_str!("../report/templates/style.css");
const SITE_STYLE: &str = include_str!("assets/site.css");
const SCRIPT: &str = include_str!("assets/keys.js");
const SIGN: &str = include_str!("assets/sign.svg");

/// The files with a mark of their content, for addresses that may be kept.
#[derive(Debug, Clone)]
pub struct Assets {
    style: String,
    /// Changes with the content of any file.
    pub version: String,
}

impl Assets {
    /// The built-in files. Pages look like reports, so their style comes first.
    pub fn new() -> Self {
        let style = format!("{REPORT_STYLE}\n{SITE_STYLE}");
        let hash = sha256_hex(format!("{style}\n{SCRIPT}\n{SIGN}").as_bytes());
        Self {
            style,
            version: hash.chars().take(12).collect(),
        }
    }

    /// The file of this name.
    pub fn get(&self, name: &str) -> Option<Reply> {
        let body = match name {
            "site.css" => self.style.as_str(),
            "keys.js" => SCRIPT,
            "sign.svg" => SIGN,
            _ => return None,
        };
        Some(Reply::asset(name, body))
    }
}
