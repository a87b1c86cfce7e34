//! `concord pull` against a server on this machine that behaves as publishers
//! do: it redirects, breaks off, announces a wrong length, answers with an
//! error page, or has nothing new.
#![cfg(feature = "pull")]

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use concord::corpus::Corpus;
use concord::pull::{Options, Outcome, PullError, Puller, Source, USER_AGENT};

/// What a request said: the path, and its headers by lower-case name.
type Request = (String, HashMap<String, String>);

/// A server on loopback; `answer` makes the bytes of each whole answer.
struct Server {
    address: String,
    seen: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    fn start(answer: impl Fn(usize, &Request) -> Vec<u8> + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&seen);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let Some(request) = request(&stream) else {
                    continue;
                };
                let bytes = {
                    let mut log = log.lock().unwrap();
                    log.push(request.clone());
                    answer(log.len(), &request)
                };
                let mut stream = stream;
                // A reader that has gone is no failure of the server's.
                let _ = stream.write_all(&bytes);
            }
        });
        Self { address, seen }
    }

    fn header(&self, request: usize, name: &str) -> Option<String> {
        self.seen.lock().unwrap()[request].1.get(name).cloned()
    }

    fn count(&self) -> usize {
        self.seen.lock().unwrap().len()
    }
}

fn request(stream: &TcpStream) -> Option<Request> {
    let mut lines = BufReader::new(stream).lines();
    let path = lines.next()?.ok()?.split(' ').nth(1)?.to_owned();
    let mut headers = HashMap::new();
    for line in lines {
        let line = line.ok()?;
        let Some((name, value)) = line.split_once(':') else {
            break;
        };
        headers.insert(name.to_lowercase(), value.trim().to_owned());
    }
    Some((path, headers))
}

fn answer(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let mut bytes = format!("HTTP/1.1 {status}\r\nConnection: close\r\n{headers}\r\n").into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

/// The act, whole.
fn whole(body: &[u8]) -> Vec<u8> {
    let headers = format!("Content-Length: {}\r\nETag: \"v1\"\r\n", body.len());
    answer("200 OK", &headers, body)
}

/// A fictional act as a publisher's page, large enough to be cut.
fn act() -> Vec<u8> {
    let sections: String = (1..=120)
        .map(|number| {
            format!(
                "<h3>Section {number}. Goats of kind {number}</h3><p>A person who keeps a goat of \
                 kind {number} without a licence commits an offence and is liable to a fine.</p>"
            )
        })
        .collect();
    format!("<!DOCTYPE html><html lang=\"en\"><head><title>Goat Act</title></head><body><h1>Goat Act</h1>{sections}</body></html>").into_bytes()
}

fn source(server: &Server, path: &str) -> Source {
    Source {
        id: "va-goats".to_owned(),
        jurisdiction: "va".to_owned(),
        country: "Valoria".to_owned(),
        act: "Goat Act".to_owned(),
        language: "en".to_owned(),
        format: "html".to_owned(),
        file: "goats.html".to_owned(),
        address: format!("{}{path}", server.address),
        licence: "Free, as law is".to_owned(),
        notes: String::new(),
    }
}

fn puller(corpus: &Path) -> Puller {
    Puller::new(
        corpus,
        Options {
            https_only: false,
            pause: Duration::from_millis(1),
            ..Options::default()
        },
    )
}

fn pull(corpus: &Path, source: &Source) -> Result<concord::pull::Receipt, PullError> {
    puller(corpus).pull(source, &mut |_, _| {})
}

#[test]
fn an_act_is_fetched_once_and_asked_for_again_only_if_it_changed() {
    let server = Server::start(|_, (path, headers)| match path.as_str() {
        "/old" => answer(
            "301 Moved Permanently",
            "Location: /act\r\nContent-Length: 0\r\n",
            b"",
        ),
        _ if headers
            .get("if-none-match")
            .is_some_and(|mark| mark == "\"v1\"") =>
        {
            answer("304 Not Modified", "ETag: \"v1\"\r\n", b"")
        }
        _ => whole(&act()),
    });
    let folder = tempfile::tempdir().unwrap();
    let source = source(&server, "/old");
    let first = pull(folder.path(), &source).unwrap();
    assert_eq!((first.outcome, first.articles), (Outcome::New, Some(120)));
    assert_eq!(std::fs::read(&first.path).unwrap(), act());
    assert_eq!(server.header(0, "user-agent").as_deref(), Some(USER_AGENT));
    let second = pull(folder.path(), &source).unwrap();
    assert_eq!(second.outcome, Outcome::Unchanged);
    assert_eq!(second.sha256, first.sha256);
    // What was fetched is a corpus, with its line in the manifest.
    let corpus = Corpus::load(folder.path(), &[], &|_| {}).unwrap();
    assert!(corpus.warnings.is_empty(), "{:?}", corpus.warnings);
    let texts = &corpus.jurisdictions[0];
    assert_eq!(texts.country, "Valoria");
    assert_eq!(
        (texts.acts.len(), texts.acts[0].title.as_str()),
        (1, "Goat Act")
    );
    let manifest = folder.path().join("manifest.csv");
    let text = std::fs::read_to_string(&manifest).unwrap();
    assert!(
        text.contains(&first.sha256) && text.contains(&source.address),
        "{text}"
    );
    // An edited text is not overwritten unless asked to; the keeper's own
    // words in the manifest stay.
    std::fs::write(&first.path, "my notes").unwrap();
    let error = pull(folder.path(), &source).unwrap_err();
    assert!(matches!(error, PullError::Edited { .. }), "{error}");
    std::fs::write(&manifest, text.replace("Goat Act", "Law on Goats")).unwrap();
    let options = Options {
        force: true,
        https_only: false,
        pause: Duration::ZERO,
        ..Options::default()
    };
    let forced = Puller::new(folder.path(), options).pull(&source, &mut |_, _| {});
    assert_eq!(forced.unwrap().outcome, Outcome::Updated);
    let text = std::fs::read_to_string(&manifest).unwrap();
    assert_eq!(
        (text.lines().count(), text.matches("Law on Goats").count()),
        (2, 1),
        "{text}"
    );
}

#[test]
fn a_transfer_that_breaks_off_goes_on_where_it_stopped() {
    let server = Server::start(|request, (_, headers)| {
        let body = act();
        let Some(from) = headers.get("range") else {
            // The line breaks in the middle.
            let mut cut = whole(&body);
            cut.truncate(cut.len() / 2);
            return cut;
        };
        assert_eq!(request, 2);
        assert_eq!(headers.get("if-range").map(String::as_str), Some("\"v1\""));
        let from: usize = from["bytes=".len()..]
            .trim_end_matches('-')
            .parse()
            .unwrap();
        let rest = &body[from..];
        let headers = format!(
            "Content-Length: {}\r\nETag: \"v1\"\r\nContent-Range: bytes {from}-{}/{}\r\n",
            rest.len(),
            body.len() - 1,
            body.len()
        );
        answer("206 Partial Content", &headers, rest)
    });
    let folder = tempfile::tempdir().unwrap();
    let mut furthest = 0;
    let receipt = puller(folder.path())
        .pull(&source(&server, "/act"), &mut |done, total| {
            assert!(done >= furthest && total == Some(act().len() as u64));
            furthest = done;
        })
        .unwrap();
    assert_eq!(std::fs::read(receipt.path).unwrap(), act());
    assert_eq!((server.count(), furthest), (2, act().len() as u64));
}

#[test]
fn what_is_not_the_act_never_reaches_the_corpus() {
    type Expected = fn(&PullError) -> bool;
    let cases: [(&str, Vec<u8>, Expected); 6] = [
        ("wrong length", {
            let headers = format!("Content-Length: {}\r\n", act().len() + 10);
            answer("200 OK", &headers, &act())
        }, |error| matches!(error, PullError::CutShort { expected: Some(_), .. })),
        (
            "error page",
            whole(b"<html><head><title>Error</title></head><body><h1>Sorry</h1><p>The service is not available.</p></body></html>"),
            |error| matches!(error, PullError::NotTheAct { .. }),
        ),
        (
            "another format",
            whole(b"%PDF-1.4 nothing"),
            |error| matches!(error, PullError::NotTheAct { .. }),
        ),
        (
            "gone",
            answer("404 Not Found", "Content-Length: 4\r\n", b"gone"),
            |error| matches!(error, PullError::Status { status: 404, .. }),
        ),
        (
            "circle",
            answer("302 Found", "Location: /act\r\nContent-Length: 0\r\n", b""),
            |error| matches!(error, PullError::Redirect { .. }),
        ),
        ("silence", Vec::new(), |error| matches!(error, PullError::Unreachable { .. })),
    ];
    for (name, bytes, expected) in cases {
        let server = Server::start(move |_, _| bytes.clone());
        let folder = tempfile::tempdir().unwrap();
        let kept = folder.path().join("va/goats.html");
        let error = pull(folder.path(), &source(&server, "/act")).unwrap_err();
        assert!(expected(&error), "{name}: {error:?}");
        assert!(!kept.exists(), "{name}");
        assert!(!folder.path().join("manifest.csv").exists(), "{name}");
    }
    // Only HTTPS is followed, unless a test says otherwise.
    let server = Server::start(|_, _| whole(&act()));
    let folder = tempfile::tempdir().unwrap();
    let error = Puller::new(folder.path(), Options::default())
        .pull(&source(&server, "/act"), &mut |_, _| {})
        .unwrap_err();
    assert!(matches!(error, PullError::Redirect { .. }), "{error:?}");
    assert_eq!(server.count(), 0);
}

#[test]
fn the_real_publications_at_hand_are_taken_for_what_they_are() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    for (file, format) in [
        ("formats/asp-2025-11.clml.xml", "clml"),
        ("corpora/de/juschg.gii.xml", "gii-xml"),
        ("corpora/br/hediondos.html", "html"),
        ("formats/ley_21459_delitos_informaticos.xml", "leychile-xml"),
    ] {
        let Ok(bytes) = std::fs::read(shared.join(file)) else {
            println!("skipped: {file} is not beside the repository");
            return;
        };
        let body = bytes.clone();
        // Some publishers pack their XML.
        let packed = format == "gii-xml";
        let server =
            Server::start(move |_, _| whole(&if packed { pack(&body) } else { body.clone() }));
        let folder = tempfile::tempdir().unwrap();
        let source = Source {
            format: format.to_owned(),
            language: String::new(),
            ..source(&server, "/act")
        };
        let receipt = pull(folder.path(), &source).unwrap();
        assert_eq!(std::fs::read(receipt.path).unwrap(), bytes, "{file}");
    }
}

fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer
        .start_file("act.xml", zip::write::SimpleFileOptions::default())
        .unwrap();
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap().into_inner()
}
