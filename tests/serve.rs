//! `concord serve`, driven over HTTP as a browser, another site's page and a
//! hostile client would; and in a real browser where one is there.
#![cfg(feature = "serve")]

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// A law text with markup where words should be.
const HOSTILE: &str = "---\ntitle: \"Act on <script>alert(1)</script> 2020\"\nlanguage: \"en\"\n---\n\n\
    # Act on <script>alert(1)</script> 2020\n\n\
    #### Section 1. Meaning of child <img src=x onerror=alert(2)>\n\n\
    In this Act “child” means a person who is under the age of eighteen years; \
    \\<script>alert(3)\\</script>.\n\n\
    #### Section 2. Possession\n\n\
    (1) A person who possesses child pornography \"&\\<b>' commits an offence and is liable on \
    conviction to imprisonment for a term not exceeding five years.\n\n\
    (2) A child has the meaning given by section 1.\n\n\
    #### Section 3. Regulations\n\n\
    The Minister may make regulations for the purposes of this Act.\n";

/// A bill with an element too many, and with markup.
const BILL: &str = "---\nlanguage: \"en\"\nstatus: \"bill\"\n---\n\
    # Child Protection (Amendment) Bill\n\n\
    #### Clause 1. Possession\n\n\
    A person who possesses child pornography for the purpose of distribution commits an offence \
    and is liable on conviction to imprisonment for a term not exceeding two years. \
    <script>alert(5)</script>\n\n\
    #### Clause 2. Commencement\n\n\
    This Act comes into operation on the first day of the month after its publication.\n";

/// A corpus of our own: the examples, and a jurisdiction with a hostile text.
fn corpus() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let from = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/corpora"));
    for entry in ["manifest.csv", "xa", "xc"] {
        copy(&from.join(entry), &folder.path().join(entry));
    }
    fs::create_dir(folder.path().join("xz")).unwrap();
    fs::write(folder.path().join("xz/act.md"), HOSTILE).unwrap();
    folder
}

fn copy(from: &Path, to: &Path) {
    if from.is_file() {
        fs::copy(from, to).unwrap();
        return;
    }
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        copy(&entry.path(), &to.join(entry.file_name()));
    }
}

struct Server {
    process: Child,
    /// `127.0.0.1:PORT`.
    host: String,
}

impl Server {
    fn start(corpus: &Path) -> Self {
        let cache = corpus.with_extension("cache");
        let mut process = Command::new(assert_cmd::cargo::cargo_bin!("concord"))
            .args(["--quiet", "serve", "--port", "0", "--cache"])
            .arg(cache)
            .arg(corpus)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let host = line
            .trim()
            .trim_start_matches("http://")
            .trim_end_matches('/');
        assert!(host.starts_with("127.0.0.1:"), "{line:?}");
        Self {
            host: host.to_owned(),
            process,
        }
    }

    /// Sends a request as it is and gives the answer.
    fn send(&self, request: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(60)))
            .unwrap();
        // A server that refuses a body early may close before it is sent.
        let _ = stream.write_all(request);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        Answer::of(&bytes)
    }

    fn with_headers(&self, method: &str, path: &str, headers: &str, body: &[u8]) -> Answer {
        let length = body.len();
        let mut request = format!(
            "{method} {path} HTTP/1.1\r\n{headers}Connection: close\r\nContent-Length: {length}\r\n\r\n"
        )
        .into_bytes();
        request.extend_from_slice(body);
        self.send(&request)
    }

    fn get(&self, path: &str) -> Answer {
        self.with_headers("GET", path, &format!("Host: {}\r\n", self.host), b"")
    }

    /// A page that must be there.
    fn page(&self, path: &str) -> String {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        // The template engine writes a stroke in attributes as an entity.
        answer.text().replace("&#x2f;", "/")
    }

    fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{name}={}", encoded(value)))
            .collect();
        let host = &self.host;
        let headers = format!(
            "Host: {host}\r\nOrigin: http://{host}\r\nSec-Fetch-Site: same-origin\r\n\
             Content-Type: application/x-www-form-urlencoded\r\n"
        );
        self.with_headers("POST", path, &headers, body.join("&").as_bytes())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

struct Answer {
    status: u16,
    headers: String,
    body: Vec<u8>,
}

impl Answer {
    fn of(bytes: &[u8]) -> Self {
        let end = bytes
            .windows(4)
            .position(|window| window == b"\r\n\r\n")
            .unwrap_or(bytes.len());
        let headers = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let status = headers.split(' ').nth(1).unwrap_or("0").parse().unwrap();
        Self {
            status,
            body: bytes.get(end + 4..).unwrap_or_default().to_vec(),
            headers,
        }
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn header(&self, name: &str) -> &str {
        let lines = self
            .headers
            .lines()
            .filter_map(|line| line.split_once(": "));
        let mut found = lines.filter(|(known, _)| known.eq_ignore_ascii_case(name));
        found.next().map_or("", |(_, value)| value)
    }
}

/// The value of a hidden field of a page.
fn field(page: &str, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let start = page.find(&mark).unwrap() + mark.len();
    page[start..].split('"').next().unwrap().to_owned()
}

#[test]
fn pages_show_the_corpus_and_run_nothing_that_stands_in_it() {
    let corpus = corpus();
    let server = Server::start(corpus.path());
    let home = server.get("/");
    assert_eq!(home.status, 200);
    let policy = home.header("content-security-policy");
    for directive in [
        "default-src 'none'",
        "script-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ] {
        assert!(policy.contains(directive), "{policy}");
    }
    assert!(!policy.contains("unsafe"), "{policy}");
    assert_eq!(home.header("x-content-type-options"), "nosniff");
    assert_eq!(home.header("cache-control"), "no-store");

    let hostile = [
        "/",
        "/jurisdictions/xz",
        "/jurisdictions/xz/csam-possess",
        "/law/xz/act.md",
        "/law/xz/act.md?at=1",
        "/law/xz/act.md?at=2&concept=csam",
        "/search?q=person&c=xz",
        "/search?q=%3Cscript%3Ealert(4)%3C/script%3E",
        "/requirements/csam-possess?c=xz",
        "/matrix?c=%3Cscript%3E",
        "/review?c=xz",
        "/nothing/%3Cscript%3E",
    ];
    for path in hostile {
        let page = server.get(path).text();
        // The site's own script is the only one, and no element has a handler.
        assert_eq!(page.matches("<script").count(), 1, "{path}");
        assert!(!page.contains("<img"), "{path}");
        assert!(!page.contains("<b>'"), "{path}");
        assert!(!page.contains("style=\""), "{path}");
        // Nothing is loaded from elsewhere.
        for attribute in ["src=\"http", "href=\"http", "src=\"//", "href=\"//"] {
            assert!(!page.contains(attribute), "{path}: {attribute}");
        }
    }
    // Words that look like markup are there, as words.
    assert!(
        server
            .page("/law/xz/act.md?at=1")
            .contains("&lt;script&gt;alert(3)")
    );
    let provision = server.page("/law/xz/act.md?at=2");
    assert!(provision.contains("&lt;b&gt;"), "{provision}");

    // What a page says of a provision: context, definition, citations both ways.
    let second = server.page("/law/xz/act.md?at=2");
    assert!(second.contains(">It cites<"), "{second}");
    assert!(second.contains("/law/xz/act.md?at=1"), "{second}");
    let first = server.page("/law/xz/act.md?at=1");
    assert!(first.contains(">Cited by<"), "{first}");
    assert!(second.contains(">Findings that rest on it<"), "{second}");
    // A finding leads to the very words in their provision.
    let finding = server.page("/jurisdictions/xz/csam-possess");
    let link = finding
        .split("href=\"")
        .find(|part| part.contains("?mark="))
        .unwrap();
    let link = link
        .split('"')
        .next()
        .unwrap()
        .replace("&#x2f;", "/")
        .replace("&amp;", "&");
    assert!(server.page(&link).contains("id=\"marked\""), "{link}");
}

/// Texts of the English catalogue of pages that another language has otherwise,
/// as they would stand in a page.
fn english_texts(own: &str) -> Vec<String> {
    fn collect(english: &toml::Table, own: &toml::Table, into: &mut Vec<String>) {
        for (key, value) in english {
            match (value, own.get(key)) {
                (toml::Value::Table(english), Some(toml::Value::Table(own))) => {
                    collect(english, own, into);
                }
                (toml::Value::String(text), Some(toml::Value::String(own)))
                    if text != own
                        && text.len() > 10
                        && text.contains(' ')
                        && !text.contains('{') =>
                {
                    into.push(text.replace('\'', "&#x27;"));
                }
                _ => {}
            }
        }
    }
    let read = |source: &str| source.parse::<toml::Table>().unwrap();
    let english = read(include_str!("../src/serve/words/en.toml"));
    let mut texts = Vec::new();
    collect(&english, &read(own), &mut texts);
    texts
}

#[test]
fn pages_speak_the_language_that_is_chosen() {
    let folder = corpus();
    let server = Server::start(folder.path());
    let asked = |path: &str, headers: &str| {
        let headers = format!("Host: {}\r\n{headers}", server.host);
        server.with_headers("GET", path, &headers, b"")
    };
    let pages = [
        "/",
        "/search",
        "/search?q=concept:csam&lang=en",
        "/search?q=(open",
        "/matrix?group=region",
        "/jurisdictions",
        "/jurisdictions/xa",
        "/jurisdictions/xa/csam-possess",
        "/jurisdictions/xc/csam-possess",
        "/requirements",
        "/requirements/csam-possess",
        "/law/xa/sexual-offences-act-2014.md",
        "/law/xa/sexual-offences-act-2014.md?at=13",
        "/review",
        "/check",
        "/keys",
        "/method",
    ];
    for (tag, own, lead) in [
        (
            "fr",
            include_str!("../src/serve/words/fr.toml"),
            "Ce que dit la loi",
        ),
        (
            "es",
            include_str!("../src/serve/words/es.toml"),
            "Qué dice la ley",
        ),
    ] {
        let english = english_texts(own);
        assert!(english.len() > 150, "{}", english.len());
        for path in pages {
            let page = asked(
                path,
                &format!("Accept-Language: de, {tag}-XX;q=0.8, en;q=0.5\r\n"),
            );
            assert_eq!(page.status, 200, "{path}");
            assert_eq!(page.header("content-language"), tag, "{path}");
            // A preference of the browser is not kept here.
            assert_eq!(page.header("set-cookie"), "", "{path}");
            let text = page.text();
            assert!(text.contains(&format!("<html lang=\"{tag}\">")), "{path}");
            for left in &english {
                assert!(!text.contains(left), "{path} in {tag} says {left:?}");
            }
            if path == "/" {
                assert!(text.contains(lead), "{text}");
            }
        }
        // Chosen in the address: kept by the browser, and stronger than what it asks for.
        let chosen = asked(
            &format!("/review?c=xa&language={tag}"),
            "Accept-Language: en\r\n",
        );
        let cookie = chosen
            .header("set-cookie")
            .split(';')
            .next()
            .unwrap()
            .to_owned();
        assert_eq!(cookie, format!("language={tag}"));
        let kept = asked(
            "/review",
            &format!("Accept-Language: en\r\nCookie: {cookie}\r\n"),
        );
        assert!(kept.text().contains(&format!("<html lang=\"{tag}\">")));
        // The way back is on every page, with the filters that were chosen.
        let chosen = chosen.text().replace("&#x2f;", "/");
        assert!(
            chosen.contains("href=\"/review?c=xa&amp;language=en\""),
            "{chosen}"
        );
        // Reports come in the language of the page, tables for programs in their own.
        let cookie = format!("Cookie: {cookie}\r\n");
        let report = asked("/export/report/xa.html", &cookie).text();
        assert!(report.contains(&format!("<html lang=\"{tag}\">")));
        let table = asked("/export/findings.csv", &cookie).text();
        assert_eq!(table, server.get("/export/findings.csv").text());
    }
    // What cannot be done is said in the language as well.
    let french = "Cookie: language=fr\r\n";
    for (path, words) in [
        (
            "/jurisdictions/zz",
            "aucun texte de « zz » n’est disponible",
        ),
        ("/requirements/goats", "pas d’exigence « goats »"),
        ("/matrix?group=goats", "pas de groupes par « goats »"),
        ("/search?q=(open", "cette parenthèse n’est pas fermée"),
        ("/nowhere/at/all", "pas de page à cette adresse"),
    ] {
        let text = asked(path, french)
            .text()
            .replace("&#x27;", "’")
            .to_lowercase();
        assert!(text.contains(words), "{path}: {text}");
    }
    let english = asked("/", "Cookie: language=xx\r\nAccept-Language: de\r\n").text();
    assert!(english.contains("<html lang=\"en\">"));
}

#[test]
fn search_narrows_down_and_everything_can_be_saved() {
    let corpus = corpus();
    let server = Server::start(corpus.path());
    let all = server.page("/search?q=concept:csam");
    assert!(
        all.contains("Aldermere") && all.contains("Marazul"),
        "{all}"
    );
    let one = server.page("/search?q=concept:csam&c=xc");
    assert!(one.contains("<li data-item"), "{one}");
    let hits = one.split("class=\"results\"").nth(1).unwrap();
    assert!(!hits.contains("Aldermere"), "{hits}");
    // The other jurisdiction stays in the facet, so that it can be added.
    assert!(one.contains("Aldermere"), "{one}");
    assert!(hits.contains("<mark>"), "{hits}");
    let wrong = server.page("/search?q=concept:goats");
    assert!(wrong.contains("there is no concept"), "{wrong}");

    let table = server.get("/export/search.csv?q=concept:csam&c=xc");
    assert_eq!(table.header("content-type"), "text/csv; charset=utf-8");
    assert!(
        table
            .header("content-disposition")
            .starts_with("attachment")
    );
    let mut lines = csv::Reader::from_reader(table.body.as_slice());
    let mut rows = 0;
    for row in lines.records() {
        assert_eq!(&row.unwrap()[0], "xc");
        rows += 1;
    }
    assert!(rows > 0);
    let found: serde_json::Value =
        serde_json::from_slice(&server.get("/export/search.json?q=concept:csam").body).unwrap();
    assert!(found["total"].as_u64().unwrap() > rows);

    for (name, start) in [
        ("report/xa.html", "<!DOCTYPE html>"),
        ("report/xa.docx", "PK"),
        ("report/xa.xlsx", "PK"),
        ("report/xa.json", "{"),
        ("comparison.xlsx", "PK"),
        ("matrix.csv", "jurisdiction,"),
        ("findings.csv?c=xa", "jurisdiction,"),
        ("evidence.csv", "jurisdiction,"),
        ("requirement/csam-possess.csv?verdict=full", "jurisdiction,"),
        ("finding/xa/csam-possess.json", "{"),
        ("law/xz/act.md?unit=1&as=json", "{"),
        ("law/xz/act.md?as=akn", "<?xml"),
    ] {
        let answer = server.get(&format!("/export/{name}"));
        assert_eq!(answer.status, 200, "{name}");
        assert!(answer.text().starts_with(start), "{name}");
    }
    // A saved report is the one that the command writes.
    let out = tempfile::tempdir().unwrap();
    let status = Command::new(assert_cmd::cargo::cargo_bin!("concord"))
        .args(["--quiet", "report", "-c", "xa", "--format", "csv", "-o"])
        .arg(out.path())
        .arg(corpus.path())
        .stdout(Stdio::null())
        .status()
        .unwrap();
    assert!(status.success());
    let written = fs::read(out.path().join("findings.csv")).unwrap();
    let served = server.get("/export/findings.csv?c=xa&profile=core").body;
    let lines = |bytes: &[u8]| {
        let mut lines: Vec<String> = String::from_utf8_lossy(bytes)
            .lines()
            .map(str::to_owned)
            .collect();
        lines.sort();
        lines
    };
    assert_eq!(lines(&written), lines(&served));
}

#[test]
fn two_servers_on_one_corpus_keep_one_file_of_decisions() {
    let corpus = corpus();
    let first = Server::start(corpus.path());
    let second = Server::start(corpus.path());
    let decide = |server: &Server, requirement: &str, by: &str, decision: &str, why: &str| {
        let page = server.page(&format!("/jurisdictions/xa/{requirement}"));
        server.post(
            "/review/decide",
            &[
                ("code", "xa"),
                ("requirement", requirement),
                ("seen", &field(&page, "seen")),
                ("queue", "?state=open&c=xa"),
                ("decision", decision),
                ("verdict", "not-found"),
                ("why", why),
                ("reviewer", by),
                ("then", "next"),
            ],
        )
    };
    let answer = decide(&first, "csam-possess", "A. Reader", "confirm", "");
    assert_eq!(answer.status, 303, "{}", answer.text());
    let target = answer.header("location").to_owned();
    // On to the next open finding, in the same queue, the name remembered.
    assert!(target.starts_with("/jurisdictions/xa/"), "{target}");
    assert!(target.contains("state=open&c=xa&done=saved"), "{target}");
    assert!(!target.contains("csam-possess"), "{target}");
    let cookie = answer.header("set-cookie");
    assert!(
        cookie.contains("SameSite=Strict") && cookie.contains("HttpOnly"),
        "{cookie}"
    );
    // The other server sees it, and both write at once without loss.
    assert!(
        second
            .page("/jurisdictions/xa/csam-possess")
            .contains("A. Reader")
    );
    std::thread::scope(|scope| {
        for (server, by) in [(&first, "B. Reader"), (&second, "=C; Réader")] {
            let decide = &decide;
            scope.spawn(move || {
                for requirement in ["csam-possess", "csam-produce", "csam-access"] {
                    let answer = decide(
                        server,
                        requirement,
                        by,
                        "overrule",
                        "reads otherwise\nto me",
                    );
                    assert_eq!(answer.status, 303, "{}", answer.text());
                }
            });
        }
    });
    let file = concord::review::ReviewFile::of_corpus(corpus.path()).unwrap();
    assert_eq!(file.decisions.len(), 7);
    let list = first.page("/review?state=overruled&c=xa");
    assert_eq!(list.matches("=C; Réader").count(), 3, "{list}");
    assert!(!server_lists(&first, "open").contains("/csam-possess"));
    // Nothing was recorded twice, and the program itself reads the file.
    let listed = Command::new(assert_cmd::cargo::cargo_bin!("concord"))
        .args(["review", "list", "--corpus"])
        .arg(corpus.path())
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&listed.stdout).contains("7 decisions"));

    // A reviewer takes back a decision; those of others stay.
    let page = first.page("/jurisdictions/xa/csam-possess");
    assert!(page.contains("B. Reader"));
    let fields = [
        ("code", "xa"),
        ("requirement", "csam-possess"),
        ("reviewer", "B. Reader"),
        ("queue", ""),
    ];
    assert_eq!(first.post("/review/withdraw", &fields).status, 303);
    let file = concord::review::ReviewFile::of_corpus(corpus.path()).unwrap();
    assert_eq!(file.decisions.len(), 6);

    // What cannot be a decision is refused with the reason, and changes nothing.
    let page = first.page("/jurisdictions/xa/csam-produce");
    let seen = field(&page, "seen");
    let refused = |fields: &[(&str, &str)]| {
        let base = [
            ("code", "xa"),
            ("requirement", "csam-produce"),
            ("decision", "comment"),
        ];
        let all: Vec<(&str, &str)> = base.into_iter().chain(fields.iter().copied()).collect();
        let answer = first.post("/review/decide", &all);
        (answer.status, answer.text())
    };
    let (status, text) = refused(&[("seen", &seen), ("reviewer", "  "), ("why", "x")]);
    assert!(status == 400 && text.contains("name is missing"), "{text}");
    let (status, text) = refused(&[("seen", &seen), ("reviewer", "D"), ("why", " ")]);
    assert!(status == 400 && text.contains("no reason"), "{text}");
    let (status, text) = refused(&[("seen", "0"), ("reviewer", "D"), ("why", "x")]);
    assert!(status == 409 && text.contains("has changed"), "{text}");
    let after = concord::review::ReviewFile::of_corpus(corpus.path()).unwrap();
    assert_eq!(after, file);
}

fn server_lists(server: &Server, state: &str) -> String {
    server.page(&format!("/review?c=xa&state={state}"))
}

#[test]
fn a_bill_is_checked_in_memory_and_leaves_no_trace() {
    let corpus = corpus();
    let before = listing(corpus.path());
    let server = Server::start(corpus.path());
    let bill = BILL;
    let boundary = "----boundary";
    let part = |name: &str, more: &str, value: &str| {
        format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n{value}\r\n"
        )
    };
    let upload = |bill: &str, code: &str| {
        let body = [
            part("bill", "; filename=\"../../bill.md\"", bill),
            part("c", "", code),
            part("profile", "", "core"),
            format!("--{boundary}--\r\n"),
        ]
        .concat();
        let headers = format!(
            "Host: {0}\r\nOrigin: http://{0}\r\nContent-Type: multipart/form-data; boundary={boundary}\r\n",
            server.host
        );
        server.with_headers("POST", "/check", &headers, body.as_bytes())
    };
    let answer = upload(bill, "xa");
    assert_eq!(answer.status, 303, "{}", answer.text());
    let path = answer.header("location").to_owned();
    let page = server.page(&path);
    assert!(page.contains("Possessing CSAM"), "{page}");
    assert!(page.contains("purpose"), "{page}");
    assert_eq!(page.matches("<script").count(), 1);
    assert!(page.contains("The law as it would read"), "{page}");
    assert!(!page.contains("../../bill.md"), "{page}");
    for (ending, start) in [
        ("json", "{"),
        ("sarif", "{"),
        ("html", "<!"),
        ("docx", "PK"),
    ] {
        let answer = server.get(&format!("/export{path}.{ending}"));
        assert_eq!(answer.status, 200, "{ending}");
        assert!(answer.text().starts_with(start), "{ending}");
    }
    // Nothing to check, somebody else's law, and more than is taken.
    let empty = upload(" \n", "");
    assert!(
        empty.status == 400 && empty.text().contains("nothing to check"),
        "{}",
        empty.text()
    );
    assert_eq!(upload(bill, "nowhere").status, 404);
    let huge = "x".repeat(17 * 1024 * 1024);
    let answer = upload(&huge, "");
    assert!([0, 400, 413].contains(&answer.status), "{}", answer.status);
    assert_eq!(listing(corpus.path()), before);
}

/// All files of a folder.
fn listing(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(listing(&path));
        }
        found.push(path);
    }
    found.sort();
    found
}

#[test]
fn strangers_and_wrong_addresses_are_refused() {
    let corpus = corpus();
    let server = Server::start(corpus.path());
    let port = server.host.rsplit(':').next().unwrap().to_owned();
    let asked_as = |host: &str| {
        let headers = format!("Host: {host}\r\n");
        server.with_headers("GET", "/", &headers, b"")
    };
    assert_eq!(asked_as(&format!("localhost:{port}")).status, 200);
    for host in [
        "evil.example",
        &format!("evil.example:{port}"),
        "127.0.0.1",
        "localhost:1",
    ] {
        let answer = asked_as(host);
        assert_eq!(answer.status, 403, "{host}");
        assert!(!answer.text().contains("<html"), "{host}");
    }
    // Another site's page sends a form.
    let body = b"code=xa&requirement=csam-possess&decision=comment&why=x&reviewer=x";
    for headers in [
        "Origin: http://evil.example\r\n",
        "Origin: null\r\n",
        "Sec-Fetch-Site: cross-site\r\n",
        "Sec-Fetch-Site: same-site\r\n",
    ] {
        let headers = format!("Host: {}\r\n{headers}", server.host);
        let answer = server.with_headers("POST", "/review/decide", &headers, body);
        assert_eq!(answer.status, 403, "{headers}");
    }
    assert!(!corpus.path().join("reviews.csv").exists());

    for path in [
        "/law/xa/../../../etc/passwd",
        "/law/xa/..%2f..%2fmanifest.csv",
        "/law/xa/%2Fetc%2Fpasswd",
        "/law/xa/manifest.csv",
        "/law/zz/act.md",
        "/law/xz/act.md?at=99",
        "/law/xz/act.md?unit=4000000000",
        "/assets/..%2fsite.css",
        "/export/..%2f..%2fetc/passwd",
        "/export/report/..%2fxa.html",
        "/jurisdictions/xa/nothing",
        "/requirements/nothing",
        "/check/0",
        "/matrix?profile=nothing",
        "/nothing",
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, 404, "{path}: {}", answer.text());
    }
    for path in [
        "/review?verdict=nothing",
        "/review?state=nothing",
        "/matrix?group=nothing",
    ] {
        assert_eq!(server.get(path).status, 400, "{path}");
    }
    // Marks outside the text or within a letter are told, not followed.
    let lost = server.page("/law/xz/act.md?mark=999999-1000000&mark=5-3&mark=x");
    assert!(lost.contains("made with another version"), "{lost}");
    assert_eq!(
        server
            .with_headers("PUT", "/", &format!("Host: {}\r\n", server.host), b"")
            .status,
        405
    );

    // The port is taken: said at once, with a way out.
    let second = Command::new(assert_cmd::cargo::cargo_bin!("concord"))
        .args(["serve", "--port", &port])
        .arg(corpus.path())
        .output()
        .unwrap();
    assert_eq!(second.status.code(), Some(2));
    let said = String::from_utf8_lossy(&second.stderr).into_owned();
    assert!(
        said.contains("is taken") && said.contains("--port"),
        "{said}"
    );
}

#[cfg(unix)]
#[test]
fn the_signal_to_stop_ends_the_program_at_once() {
    let corpus = corpus();
    let mut server = Server::start(corpus.path());
    // Once a page has come, the program listens for signals too.
    server.page("/keys");
    // A connection that is kept open must not hold it up.
    let _idle = TcpStream::connect(&server.host).unwrap();
    let id = server.process.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-INT", &id])
            .status()
            .unwrap()
            .success()
    );
    let started = Instant::now();
    let status = server.process.wait().unwrap();
    assert!(status.success(), "{status}");
    assert!(started.elapsed() < Duration::from_secs(10));
}

/// The pages in a real browser, with keys and without script, at three widths,
/// and looked over by axe. Skipped where there is no browser or no Node.
#[test]
fn a_browser_can_do_everything() {
    let script = Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/serve/browser.mjs"
    ));
    let tools = Path::new(env!("CARGO_TARGET_TMPDIR")).join("serve-browser");
    let modules = std::env::var_os("CONCORD_BROWSER_TOOLS").map_or(tools, PathBuf::from);
    let browser = ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find(|name| runs(name));
    let Some(browser) = browser.filter(|_| runs("node")) else {
        println!("skipped: no Chromium or no Node on this machine");
        return;
    };
    if !modules.join("node_modules/playwright-core").exists() {
        println!(
            "skipped: {} holds no playwright-core; see .ci/run",
            modules.display()
        );
        return;
    }
    let corpus = corpus();
    let server = Server::start(corpus.path());
    let shots = Path::new(env!("CARGO_TARGET_TMPDIR")).join("serve-pictures");
    fs::create_dir_all(&shots).unwrap();
    let output = Command::new("node")
        .arg(script)
        .env("SITE", format!("http://{}", server.host))
        .env("BROWSER", browser)
        .env("TOOLS", &modules)
        .env("SHOTS", &shots)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    println!("{said}");
    let file = concord::review::ReviewFile::of_corpus(corpus.path()).unwrap();
    assert_eq!(file.decisions.len(), 2, "{said}");
}

fn runs(name: &str) -> bool {
    Command::new(name)
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}
