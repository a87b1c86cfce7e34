//! The manifest line of a fetched text.

use std::path::Path;

use super::check::Checked;
use super::{PullError, Source, write_whole};
use crate::corpus::MANIFEST;

const HEADER: &str = "jurisdiction,country,file,title,title_en,language,identifier,date,complete,note,source,licence";

/// Writes the line of a text, or brings it up to date. Other lines stay as
/// they are, and so do cells that a keeper has filled in: only date, note,
/// source and licence are the publisher's.
pub(super) fn write(
    corpus: &Path,
    source: &Source,
    checked: &Checked,
    sha256: &str,
) -> Result<(), PullError> {
    let path = corpus.join(MANIFEST);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => format!("{HEADER}\n"),
        Err(error) => return Err(PullError::file(&path, error)),
    };
    let file = format!("{}/{}", source.jurisdiction, source.file);
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    if lines.is_empty() {
        lines.push(HEADER.to_owned());
    }
    let names = cells(&lines[0]);
    let value = |name: &str| match name {
        "jurisdiction" => source.jurisdiction.clone(),
        "country" => source.country.clone(),
        "file" => file.clone(),
        "title" if checked.title.is_empty() => source.act.clone(),
        "title" => checked.title.clone(),
        "language" if source.language.is_empty() => checked.language.clone(),
        "language" => source.language.clone(),
        "identifier" => checked.identifier.clone(),
        "date" => checked.date.clone(),
        "note" => format!("fetched {}, sha256 {sha256}", today()),
        "source" => source.address.clone(),
        "licence" => source.licence.clone(),
        _ => String::new(),
    };
    let at_file = names.iter().position(|name| name == "file");
    let old = lines.iter().skip(1).position(|line| {
        let found = at_file.and_then(|at| cells(line).get(at).cloned());
        found.as_deref() == Some(file.as_str())
    });
    let old_cells = old.map(|at| cells(&lines[at + 1])).unwrap_or_default();
    let row: Vec<String> = names
        .iter()
        .enumerate()
        .map(|(at, name)| {
            let published = matches!(name.as_str(), "date" | "note" | "source" | "licence");
            let kept = old_cells.get(at).filter(|cell| !cell.is_empty());
            match kept {
                Some(kept) if !published => kept.clone(),
                _ => value(name).split_whitespace().collect::<Vec<_>>().join(" "),
            }
        })
        .collect();
    let line = line(&row).map_err(|reason| PullError::file(&path, reason))?;
    match old {
        Some(at) => lines[at + 1] = line,
        None => lines.push(line),
    }
    write_whole(&path, format!("{}\n", lines.join("\n")).as_bytes())
}

/// The day, by the clock of this machine in UTC.
fn today() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%d").to_string()
}

fn cells(line: &str) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(line.trim_start_matches('\u{feff}').as_bytes());
    let mut record = csv::StringRecord::new();
    match reader.read_record(&mut record) {
        Ok(true) => record.iter().map(str::to_owned).collect(),
        // A line that is none stays as it is; the loader warns of it.
        _ => Vec::new(),
    }
}

fn line(row: &[String]) -> Result<String, String> {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    writer
        .write_record(row)
        .map_err(|error| error.to_string())?;
    let bytes = writer.into_inner().map_err(|error| error.to_string())?;
    Ok(String::from_utf8_lossy(&bytes).trim_end().to_owned())
}
