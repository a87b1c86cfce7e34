//! What is sent back to a browser.

/// An answer to one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// Status code of HTTP.
    pub status: u16,
    /// Media type of the body.
    pub media_type: String,
    /// The bytes.
    pub body: Vec<u8>,
    /// Further headers, by lower-case name.
    pub headers: Vec<(&'static str, String)>,
}

impl Reply {
    /// A page.
    pub fn html(text: String) -> Self {
        Self {
            status: 200,
            media_type: "text/html; charset=utf-8".to_owned(),
            body: text.into_bytes(),
            headers: Vec::new(),
        }
    }

    /// A file to be saved under a name.
    pub fn file(name: &str, body: impl Into<Vec<u8>>) -> Self {
        let ending = name.rsplit('.').next().unwrap_or_default();
        Self {
            status: 200,
            media_type: media_type(ending).to_owned(),
            body: body.into(),
            headers: vec![("content-disposition", disposition(name))],
        }
    }

    /// The way to another page of the site, after something was done.
    pub fn see_other(path: String) -> Self {
        Self {
            status: 303,
            media_type: "text/plain; charset=utf-8".to_owned(),
            body: Vec::new(),
            headers: vec![("location", path)],
        }
    }
}

/// Why a request cannot be answered, in a sentence for the reader.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// There is no such page.
    #[error("{0}")]
    NotFound(String),
    /// The request cannot be understood or done.
    #[error("{0}")]
    Bad(String),
    /// Somebody else is at it.
    #[error("{0}")]
    Conflict(String),
    /// The fault is on this side.
    #[error("{0}")]
    Broken(String),
}

impl Refusal {
    /// Status code of HTTP.
    pub fn status(&self) -> u16 {
        match self {
            Refusal::NotFound(_) => 404,
            Refusal::Bad(_) => 400,
            Refusal::Conflict(_) => 409,
            Refusal::Broken(_) => 500,
        }
    }

    /// An error of the program's own as a refusal.
    pub fn broken(error: impl std::fmt::Display) -> Self {
        Refusal::Broken(error.to_string())
    }
}

fn media_type(ending: &str) -> &'static str {
    match ending {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "csv" => "text/csv; charset=utf-8",
        "json" => "application/json",
        "sarif" => "application/sarif+json",
        "md" => "text/markdown; charset=utf-8",
        "xml" => "application/xml",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "text/plain; charset=utf-8",
    }
}

impl Reply {
    /// A file of the site itself, which the browser may keep.
    pub fn asset(name: &str, body: impl Into<Vec<u8>>) -> Self {
        let ending = name.rsplit('.').next().unwrap_or_default();
        Self {
            status: 200,
            media_type: media_type(ending).to_owned(),
            body: body.into(),
            headers: vec![("cache-control", "max-age=31536000, immutable".to_owned())],
        }
    }
}

/// A header that names the file in letters every browser takes.
fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '-' | '_' => c,
            _ => '-',
        })
        .collect();
    format!("attachment; filename=\"{plain}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_cannot_break_out_of_its_header() {
        let reply = Reply::file("a\"b\r\nset-cookie: x/../é.csv", "");
        assert_eq!(reply.media_type, "text/csv; charset=utf-8");
        assert_eq!(
            reply.headers[0].1,
            "attachment; filename=\"a-b--set-cookie--x-..--.csv\""
        );
    }
}
