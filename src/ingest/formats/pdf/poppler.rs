//! Poppler's `pdftotext`, when it is installed: the words of every page with
//! their places, or plain lines for scripts written from right to left.

use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::page::{Page, Word};

/// The program may take so long for one file.
const TIME_LIMIT: Duration = Duration::from_secs(120);
/// More output than this is no statute.
const LARGEST_OUTPUT: u64 = 1 << 30;

/// Words with their places.
///
/// # Errors
/// When the program is absent, too old, or cannot read the file.
pub(super) fn pages(bytes: &[u8]) -> Result<Vec<Page>, String> {
    let xml = run(bytes, &["-q", "-bbox-layout", "-enc", "UTF-8", "-", "-"])?;
    Ok(parse(&xml))
}

/// Plain lines, one string a page, in logical order for every script.
///
/// # Errors
/// As for [`pages`].
pub(super) fn lines(bytes: &[u8]) -> Result<Vec<String>, String> {
    let text = run(bytes, &["-q", "-enc", "UTF-8", "-", "-"])?;
    let mut pages: Vec<String> = text.split('\u{c}').map(str::to_string).collect();
    // Every page ends with a form feed: the last part is empty.
    if pages.last().is_some_and(|page| page.trim().is_empty()) {
        pages.pop();
    }
    Ok(pages)
}

/// Runs the program over bytes given on its standard input.
fn run(bytes: &[u8], arguments: &[&str]) -> Result<String, String> {
    let mut child = Command::new("pdftotext")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| format!("pdftotext cannot be started: {error}"))?;
    let input = child.stdin.take();
    let output = child.stdout.take();
    let (Some(mut input), Some(output)) = (input, output) else {
        return Err("pdftotext has no standard input or output".into());
    };
    std::thread::scope(|scope| {
        // A closed pipe only means that the program gave up reading.
        scope.spawn(move || input.write_all(bytes).is_ok());
        let reader = scope.spawn(move || {
            let mut text = Vec::new();
            output
                .take(LARGEST_OUTPUT)
                .read_to_end(&mut text)
                .map(|_| text)
        });
        let started = Instant::now();
        let status = loop {
            match child.try_wait() {
                Ok(Some(status)) => break Ok(status),
                Ok(None) if started.elapsed() > TIME_LIMIT => {
                    // The threads end when the pipes close with the program.
                    child.kill().ok();
                    child.wait().ok();
                    break Err(format!(
                        "pdftotext took longer than {} seconds",
                        TIME_LIMIT.as_secs()
                    ));
                }
                Ok(None) => std::thread::sleep(Duration::from_millis(5)),
                Err(error) => {
                    child.kill().ok();
                    break Err(format!("pdftotext was lost: {error}"));
                }
            }
        }?;
        let text = reader
            .join()
            .map_err(|_| "the output of pdftotext was lost".to_string())?
            .map_err(|error| format!("the output of pdftotext was cut: {error}"))?;
        if !status.success() {
            return Err(format!("pdftotext refused the file ({status})"));
        }
        Ok(String::from_utf8_lossy(&text).into_owned())
    })
}

/// Reads the program's `<page>` and `<word>` lines. They are written one to a
/// line; the text may hold control characters that XML forbids.
fn parse(xml: &str) -> Vec<Page> {
    let mut pages: Vec<Page> = Vec::new();
    for line in xml.lines() {
        let line = line.trim_start();
        if line.starts_with("<page ") {
            pages.push(Page::default());
        } else if let Some(rest) = line.strip_prefix("<word ")
            && let Some((attributes, text)) = rest.split_once('>')
            && let Some(text) = text.strip_suffix("</word>")
            && let Some(page) = pages.last_mut()
        {
            let value = |name: &str| {
                attributes
                    .split_once(name)
                    .and_then(|(_, rest)| rest.strip_prefix("=\""))
                    .and_then(|rest| rest.split_once('"'))
                    .and_then(|(value, _)| value.parse::<f64>().ok())
            };
            if let (Some(left), Some(top), Some(right), Some(bottom)) =
                (value("xMin"), value("yMin"), value("xMax"), value("yMax"))
            {
                let text = quick_xml::escape::unescape(text)
                    .map_or_else(|_| text.to_string(), |text| text.into_owned());
                page.words.push(Word {
                    text,
                    left,
                    right,
                    top,
                    bottom,
                });
            }
        }
    }
    pages
}
