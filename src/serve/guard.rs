//! Who may ask. The server stands on the reader's own machine, where every
//! page that the reader opens elsewhere can send requests to it: such requests
//! must neither read nor write.

use std::net::{IpAddr, SocketAddr};

/// Headers of every answer. Nothing but the site's own files may be loaded,
/// and no script that stands in a page is run, so that markup in a law text
/// could do nothing even if it were not escaped.
pub const HEADERS: [(&str, &str); 7] = [
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    // Not `no-referrer`: with it browsers hide the origin of a form as well.
    ("referrer-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), geolocation=(), microphone=()",
    ),
];

/// Decides by the headers of a request whether it comes from the site's own
/// pages at its own address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guard {
    address: SocketAddr,
}

/// What the guard looks at.
#[derive(Debug, Clone, Copy, Default)]
pub struct Papers<'a> {
    /// The `Host` header.
    pub host: Option<&'a str>,
    /// The `Origin` header.
    pub origin: Option<&'a str>,
    /// The `Sec-Fetch-Site` header.
    pub fetch_site: Option<&'a str>,
    /// Whether the request may change something.
    pub writes: bool,
}

impl Guard {
    /// A guard for a server at this address.
    pub fn new(address: SocketAddr) -> Self {
        Self { address }
    }

    /// Whether a request may be answered; why not, in a sentence.
    ///
    /// # Errors
    /// When the host is not the server's own (another name may have been
    /// pointed at this machine), or another site's page wants to write.
    pub fn check(&self, papers: Papers<'_>) -> Result<(), String> {
        let host = papers.host.unwrap_or_default();
        if !self.is_own_host(host) {
            return Err(format!(
                "this server is not called `{host}`; open http://{}/",
                self.address
            ));
        }
        if !papers.writes {
            return Ok(());
        }
        let elsewhere = "only the pages of this server may send forms to it";
        match papers.fetch_site {
            None | Some("same-origin" | "none") => {}
            Some(_) => return Err(elsewhere.to_owned()),
        }
        match papers.origin {
            // Programs that are no browser send none, and carry no cookies.
            None => Ok(()),
            Some(origin) if origin == format!("http://{host}") => Ok(()),
            Some(_) => Err(elsewhere.to_owned()),
        }
    }

    /// A name of this machine, or the address the server listens on.
    fn is_own_host(&self, host: &str) -> bool {
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if !port.ends_with(']') => (name, port.parse().ok()),
            _ => (host, Some(80)),
        };
        if port != Some(self.address.port()) {
            return false;
        }
        if name.eq_ignore_ascii_case("localhost") {
            return true;
        }
        let bare = name.trim_start_matches('[').trim_end_matches(']');
        let Ok(ip) = bare.parse::<IpAddr>() else {
            return false;
        };
        // A number cannot be pointed elsewhere, as a name can.
        ip.is_loopback() || ip == self.address.ip() || self.address.ip().is_unspecified()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guard() -> Guard {
        Guard::new("127.0.0.1:7411".parse().unwrap())
    }

    fn host(name: &str) -> bool {
        let papers = Papers {
            host: Some(name),
            ..Papers::default()
        };
        guard().check(papers).is_ok()
    }

    #[test]
    fn only_names_of_this_machine_with_the_port_are_answered() {
        for own in [
            "127.0.0.1:7411",
            "localhost:7411",
            "LOCALHOST:7411",
            "[::1]:7411",
        ] {
            assert!(host(own), "{own}");
        }
        for other in [
            "",
            "127.0.0.1",
            "localhost",
            "localhost:80",
            "evil.example:7411",
            "localhost.evil.example:7411",
            "127.0.0.1.evil.example:7411",
            "192.168.1.5:7411",
            "[::1]",
            "[::1",
        ] {
            assert!(!host(other), "{other}");
        }
        assert!(guard().check(Papers::default()).is_err());
    }

    #[test]
    fn another_sites_page_cannot_write() {
        let post = |origin, fetch_site| {
            guard().check(Papers {
                host: Some("localhost:7411"),
                origin,
                fetch_site,
                writes: true,
            })
        };
        assert!(post(None, None).is_ok());
        assert!(post(Some("http://localhost:7411"), Some("same-origin")).is_ok());
        assert!(post(Some("http://localhost:8000"), Some("same-site")).is_err());
        assert!(post(Some("http://localhost:8000"), None).is_err());
        assert!(post(Some("https://evil.example"), Some("cross-site")).is_err());
        assert!(post(None, Some("cross-site")).is_err());
        assert!(post(Some("null"), None).is_err());
    }
}
