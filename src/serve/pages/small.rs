//! Pages that say how to use the others, and the site's own files.

use serde::Serialize;

use crate::report::page::{Meaning, meanings};
use crate::serve::reply::{Refusal, Reply};
use crate::serve::server::Request;
use crate::serve::site::Site;

#[derive(Serialize)]
struct Page {
    what: &'static str,
    meanings: Vec<Meaning>,
}

/// The keys that pages understand.
pub(in crate::serve) fn keys(site: &Site, request: &Request) -> Result<Reply, Refusal> {
    let page = Page {
        what: "keys",
        meanings: Vec::new(),
    };
    site.page("small.html", "", request, page)
}

/// How findings are to be read.
pub(in crate::serve) fn method(site: &Site, request: &Request) -> Result<Reply, Refusal> {
    let page = Page {
        what: "method",
        meanings: meanings(site.words(request)),
    };
    site.page("small.html", "", request, page)
}

/// Style, script and sign.
pub(in crate::serve) fn asset(site: &Site, request: &Request) -> Result<Reply, Refusal> {
    let name = request.name(0);
    site.assets
        .get(name)
        .ok_or_else(|| Refusal::NotFound(format!("there is no file `{name}`")))
}
