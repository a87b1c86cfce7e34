//! One transfer over HTTP: conditional, resumable, counted.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::Path;
use std::time::Duration;

use ureq::http::{HeaderMap, Response};
use ureq::{Agent, Body};

use super::state::{State, part_state};
use super::{PullError, USER_AGENT};

/// More than this is no act.
const MOST_MEGABYTES: u64 = 256;
const MOST_BYTES: u64 = MOST_MEGABYTES << 20;
/// So many addresses may lead on to others.
const MOST_REDIRECTS: u32 = 5;
/// The longest that a busy publisher is waited for.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// The program's connection to publishers.
#[derive(Debug)]
pub struct Transfer {
    agent: Agent,
}

impl Transfer {
    /// A connection. With `https_only`, other addresses are refused.
    pub fn new(https_only: bool) -> Self {
        let config = Agent::config_builder()
            .https_only(https_only)
            .user_agent(USER_AGENT)
            .max_redirects(MOST_REDIRECTS)
            .http_status_as_error(false)
            .timeout_connect(Some(Duration::from_secs(30)))
            .timeout_recv_response(Some(Duration::from_secs(90)))
            .timeout_recv_body(Some(Duration::from_secs(900)))
            .build();
        Self {
            agent: config.into(),
        }
    }

    /// Fetches what is at an address into the file `part`. Goes on where an
    /// earlier transfer of the same version broke off. None if nothing changed
    /// since `known`.
    ///
    /// # Errors
    /// See [`PullError`]; after `CutShort` the part is kept.
    pub(super) fn fetch(
        &self,
        address: &str,
        known: &State,
        part: &Path,
        on_progress: &mut dyn FnMut(u64, Option<u64>),
    ) -> Result<Option<State>, PullError> {
        let begun = begun(part, address);
        let mut response = self.ask(address, known, begun.as_ref())?;
        if let Some(wait) = busy_for(&response) {
            std::thread::sleep(wait);
            response = self.ask(address, known, begun.as_ref())?;
        }
        let status = response.status().as_u16();
        let held = begun.map_or(0, |(_, held)| held);
        let offset = match status {
            304 => return Ok(None),
            206 if range_start(response.headers()) == Some(held) => held,
            200 => 0,
            // The rest that was asked for is not there: begin anew.
            206 | 416 => {
                forget(part);
                return Err(PullError::CutShort {
                    address: address.to_owned(),
                    received: 0,
                    expected: None,
                });
            }
            status => {
                return Err(PullError::Status {
                    address: address.to_owned(),
                    status,
                });
            }
        };
        let expected = length(response.headers()).map(|length| offset + length);
        if expected.is_some_and(|expected| expected > MOST_BYTES) {
            return Err(too_large(address));
        }
        let state = State {
            address: address.to_owned(),
            etag: header(response.headers(), "etag"),
            last_modified: header(response.headers(), "last-modified"),
            length: expected,
            sha256: String::new(),
        };
        let received = receive(response, &state, part, offset, on_progress)?;
        if expected.is_some_and(|expected| received != expected) {
            return Err(PullError::CutShort {
                address: address.to_owned(),
                received,
                expected,
            });
        }
        Ok(Some(state))
    }

    fn ask(
        &self,
        address: &str,
        known: &State,
        begun: Option<&(State, u64)>,
    ) -> Result<Response<Body>, PullError> {
        let mut request = self.agent.get(address).header("Accept", "*/*");
        match begun {
            Some((state, held)) => {
                request = request.header("Range", format!("bytes={held}-"));
                if let Some(mark) = state.strong_mark() {
                    request = request.header("If-Range", mark);
                }
            }
            None => {
                for (name, mark) in [
                    ("If-None-Match", &known.etag),
                    ("If-Modified-Since", &known.last_modified),
                ] {
                    if !mark.is_empty() {
                        request = request.header(name, mark);
                    }
                }
            }
        }
        request.call().map_err(|error| match error {
            ureq::Error::RequireHttpsOnly(to) => PullError::Redirect {
                address: address.to_owned(),
                reason: format!("{to} is not HTTPS"),
            },
            ureq::Error::TooManyRedirects | ureq::Error::RedirectFailed => PullError::Redirect {
                address: address.to_owned(),
                reason: format!("it leads on to others more than {MOST_REDIRECTS} times"),
            },
            error => PullError::Unreachable {
                address: address.to_owned(),
                reason: error.to_string(),
            },
        })
    }
}

/// Writes the body behind the first `offset` bytes of the part. Answers how
/// many bytes the part has then.
fn receive(
    response: Response<Body>,
    state: &State,
    part: &Path,
    offset: u64,
    on_progress: &mut dyn FnMut(u64, Option<u64>),
) -> Result<u64, PullError> {
    let failed = |error: std::io::Error| PullError::file(part, error);
    let remembered = serde_json::to_vec(state).map_err(|error| PullError::file(part, error))?;
    std::fs::write(part_state(part), remembered).map_err(failed)?;
    let mut file: File = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .open(part)
        .map_err(failed)?;
    file.set_len(offset).map_err(failed)?;
    std::io::Seek::seek(&mut file, std::io::SeekFrom::Start(offset)).map_err(failed)?;
    let mut body = response
        .into_body()
        .into_with_config()
        .limit(u64::MAX)
        .reader();
    let mut received = offset;
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = match body.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(_) => {
                // What came is kept, so that only the rest is asked for.
                return Err(PullError::CutShort {
                    address: state.address.clone(),
                    received,
                    expected: state.length,
                });
            }
        };
        // A read never gives more than the buffer holds.
        file.write_all(buffer.get(..read).unwrap_or_default())
            .map_err(failed)?;
        received += read as u64;
        if received > MOST_BYTES {
            drop(file);
            forget(part);
            return Err(too_large(&state.address));
        }
        on_progress(received, state.length);
    }
    file.sync_all().map_err(failed)?;
    Ok(received)
}

/// What an earlier transfer left: its state and how many bytes of it there
/// are. Without a mark of the version the rest could be of another one.
fn begun(part: &Path, address: &str) -> Option<(State, u64)> {
    let held = std::fs::metadata(part).ok()?.len();
    let text = std::fs::read_to_string(part_state(part)).ok()?;
    let state: State = serde_json::from_str(&text).ok()?;
    let whole = state.length.is_some_and(|length| held >= length);
    (held > 0 && !whole && state.address == address && state.strong_mark().is_some())
        .then_some((state, held))
}

fn forget(part: &Path) {
    // What cannot be removed is overwritten next time.
    let _ = std::fs::remove_file(part);
    let _ = std::fs::remove_file(part_state(part));
}

fn too_large(address: &str) -> PullError {
    PullError::TooLarge {
        address: address.to_owned(),
        most: MOST_MEGABYTES,
    }
}

/// How long a busy publisher asks to be left alone, if that is not too long.
fn busy_for(response: &Response<Body>) -> Option<Duration> {
    if !matches!(response.status().as_u16(), 429 | 503) {
        return None;
    }
    let seconds: u64 = header(response.headers(), "retry-after").parse().ok()?;
    Some(Duration::from_secs(seconds)).filter(|wait| *wait <= LONGEST_WAIT)
}

fn header(headers: &HeaderMap, name: &str) -> String {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .to_owned()
}

fn length(headers: &HeaderMap) -> Option<u64> {
    header(headers, "content-length").parse().ok()
}

/// Where the bytes of a partial answer begin: `bytes 100-199/200`.
fn range_start(headers: &HeaderMap) -> Option<u64> {
    header(headers, "content-range")
        .strip_prefix("bytes ")?
        .split('-')
        .next()?
        .parse()
        .ok()
}
