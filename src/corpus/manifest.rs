//! `manifest.csv`: what the keeper of a corpus declares about its files.

use std::collections::BTreeMap;
use std::path::Path;

use crate::ingest::Metadata;
use crate::law::Jurisdiction;

use super::{Warning, nfc};

/// Name of the manifest, directly in the corpus folder.
pub const MANIFEST: &str = "manifest.csv";

/// What the manifest says about a text being whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Completeness {
    /// The column is empty.
    #[default]
    Unstated,
    /// `yes`.
    Whole,
    /// `no`: parts of the act are not in the file.
    Incomplete,
}

/// One line of the manifest. Empty strings mean that the cell is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// Name of the country, for headings.
    pub country: String,
    /// Title in the act's own language.
    pub title: String,
    /// Title in English.
    pub title_en: String,
    /// BCP 47 tag of the text.
    pub language: String,
    /// Official identifier.
    pub identifier: String,
    /// Date of the version.
    pub date: String,
    /// Whether the text is whole.
    pub complete: Completeness,
    /// Free remark; the reason when the text is not whole.
    pub note: String,
    /// Where the file came from.
    pub source: String,
    /// Terms of use.
    pub licence: String,
    /// Line in the manifest, from 1.
    pub line: usize,
}

impl Entry {
    /// The part of the entry that the readers of files use.
    pub fn metadata(&self) -> Metadata {
        Metadata {
            title: self.title.clone(),
            identifier: self.identifier.clone(),
            language: self.language.clone(),
            date: self.date.clone(),
        }
    }
}

/// The whole manifest: entries by path relative to the corpus folder
/// (`gb/online-safety-act-2023.txt`), and what could not be used of it.
#[derive(Debug, Clone, Default)]
pub struct Manifest {
    /// Entries by path, with forward slashes, in Unicode form NFC.
    pub entries: BTreeMap<String, Entry>,
    /// Lines that say something unusable, one warning each.
    pub warnings: Vec<Warning>,
}

impl Manifest {
    /// Reads the manifest of a corpus folder. No manifest is an empty one; a
    /// manifest that cannot be opened is an empty one with a warning.
    pub fn load(corpus: &Path) -> Self {
        match std::fs::read(corpus.join(MANIFEST)) {
            Ok(bytes) => Self::parse(&bytes),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Self::default(),
            Err(error) => Self {
                warnings: vec![Warning::new(MANIFEST, format!("cannot be read: {error}"))],
                ..Self::default()
            },
        }
    }

    /// Reads the bytes of a manifest.
    ///
    /// Each line stands alone, so that an unclosed quotation mark spoils one
    /// line and not the rest of the file.
    pub fn parse(bytes: &[u8]) -> Self {
        let mut manifest = Self::default();
        let text = manifest.decode(bytes);
        let mut lines = text
            .lines()
            .enumerate()
            .map(|(index, line)| (index + 1, line))
            .filter(|(_, line)| !line.trim().is_empty());
        let Some((line, first)) = lines.next() else {
            return manifest;
        };
        let delimiter = delimiter_of(first);
        let header = match cells(first, delimiter) {
            Ok(names) => Header::new(&names),
            Err(message) => {
                manifest.warn(line, message);
                return manifest;
            }
        };
        if header.column("jurisdiction").is_none() || header.column("file").is_none() {
            manifest.warn(
                line,
                "the first line must name the columns; `jurisdiction` and `file` are needed, \
                 the manifest is not used",
            );
            return manifest;
        }
        for (line, text) in lines {
            if let Err(message) = manifest.add(&header, delimiter, line, text) {
                manifest.warn(line, message);
            }
        }
        manifest
    }

    fn warn(&mut self, line: usize, message: impl Into<String>) {
        let place = format!("{MANIFEST}:{line}");
        self.warnings.push(Warning::new(place, message));
    }

    fn decode(&mut self, bytes: &[u8]) -> String {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(error) => {
                let before = &bytes[..error.valid_up_to()];
                let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
                self.warn(
                    line,
                    "not UTF-8; read as Windows-1252 (save as \"CSV UTF-8\")",
                );
                encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned()
            }
        }
    }

    /// Takes up one line, or says what is wrong with it.
    fn add(
        &mut self,
        header: &Header,
        delimiter: u8,
        line: usize,
        text: &str,
    ) -> Result<(), String> {
        let cells = cells(text, delimiter)?;
        if cells.len() > header.names.len() {
            return Err(format!(
                "{} cells where the first line names {} columns; the line is not used",
                cells.len(),
                header.names.len()
            ));
        }
        let cell = |name| header.cell(&cells, name);
        let path = nfc(&cell("file").replace('\\', "/"));
        let path = path.trim_start_matches("./").to_owned();
        if path.is_empty() {
            return Err("the line names no file".to_owned());
        }
        let jurisdiction = Jurisdiction::new(&cell("jurisdiction"));
        let folder = path.split('/').next().unwrap_or_default();
        if Jurisdiction::new(folder) != jurisdiction {
            return Err(format!(
                "the file `{path}` does not stand in the folder of its jurisdiction; write \
                 `{jurisdiction}/...`"
            ));
        }
        let complete = completeness(&cell("complete"));
        if complete.is_none() {
            let message = format!(
                "`complete` is `yes`, `no` or empty, not `{}`; taken as empty",
                cell("complete")
            );
            self.warn(line, message);
        }
        if let Some(earlier) = self.entries.get(&path) {
            return Err(format!(
                "`{path}` is already described in line {}; the first one is used",
                earlier.line
            ));
        }
        let entry = Entry {
            country: cell("country"),
            title: cell("title"),
            title_en: cell("title_en"),
            language: cell("language"),
            identifier: cell("identifier"),
            date: cell("date"),
            complete: complete.unwrap_or_default(),
            note: cell("note"),
            source: cell("source"),
            licence: cell("licence"),
            line,
        };
        self.entries.insert(path, entry);
        Ok(())
    }
}

/// The column names, lower-case.
struct Header {
    names: Vec<String>,
}

impl Header {
    fn new(names: &[String]) -> Self {
        let names = names.iter().map(|name| name.to_lowercase()).collect();
        Self { names }
    }

    fn column(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|known| known == name)
    }

    fn cell(&self, cells: &[String], name: &str) -> String {
        let cell = self.column(name).and_then(|column| cells.get(column));
        cell.cloned().unwrap_or_default()
    }
}

/// Spreadsheets in many countries write semicolons.
fn delimiter_of(header: &str) -> u8 {
    let count = |c: u8| header.bytes().filter(|byte| *byte == c).count();
    [b';', b'\t']
        .into_iter()
        .find(|candidate| count(*candidate) > count(b','))
        .unwrap_or(b',')
}

/// The cells of one line, trimmed.
fn cells(line: &str, delimiter: u8) -> Result<Vec<String>, String> {
    if line.bytes().filter(|byte| *byte == b'"').count() % 2 == 1 {
        return Err(
            "a quotation mark is not closed (a cell must end on its line); the line is not used"
                .to_owned(),
        );
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .trim(csv::Trim::All)
        .from_reader(line.as_bytes());
    let mut record = csv::StringRecord::new();
    reader
        .read_record(&mut record)
        .map_err(|error| format!("not a line of CSV: {error}"))?;
    Ok(record.iter().map(str::to_owned).collect())
}

fn completeness(cell: &str) -> Option<Completeness> {
    match cell.to_lowercase().as_str() {
        "" => Some(Completeness::Unstated),
        "yes" | "y" | "true" | "1" | "complete" => Some(Completeness::Whole),
        "no" | "n" | "false" | "0" | "partial" | "incomplete" => Some(Completeness::Incomplete),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Completeness, Manifest};

    #[test]
    fn each_bad_line_gives_one_warning_with_its_number_and_the_rest_goes_on() {
        let manifest = Manifest::parse(
            "\u{feff}jurisdiction,country,file,title,complete,note,colour\n\
             va,Valoria,va/code.md,\"Code, Penal\",no,ends at 40,red\n\
             va,Valoria,va/code.md,Again,,,\n\
             \n\
             va,Valoria,va/open.md,\"Never closed,,,\n\
             va,Valoria,zz/other.md,Elsewhere,,,\n\
             va,Valoria,va/many.md,a,b,c,d,e,f\n\
             va,Valoria,va/odd.md,Odd,perhaps,,\n\
             va,Valoria,.\\va\\short.md\n\
             va,Valoria,,No file\n"
                .as_bytes(),
        );
        let warnings: Vec<String> = manifest.warnings.iter().map(ToString::to_string).collect();
        let lines: Vec<&str> = warnings
            .iter()
            .map(|warning| warning.split(": ").next().unwrap())
            .collect();
        assert_eq!(
            lines,
            [3, 5, 6, 7, 8, 10].map(|line| format!("manifest.csv:{line}"))
        );
        assert!(warnings[0].contains("line 2"), "{}", warnings[0]);
        let paths: Vec<&String> = manifest.entries.keys().collect();
        assert_eq!(paths, ["va/code.md", "va/odd.md", "va/short.md"]);
        let code = &manifest.entries["va/code.md"];
        assert_eq!(code.title, "Code, Penal");
        assert_eq!(code.complete, Completeness::Incomplete);
        assert_eq!(code.note, "ends at 40");
    }

    #[test]
    fn spreadsheet_dialects_are_understood() {
        let manifest =
            Manifest::parse(b"Jurisdiction;File;Title;Complete\r\nva;va/c.md;P\xe9nal;YES\r\n");
        assert_eq!(manifest.entries["va/c.md"].title, "Pénal");
        assert_eq!(manifest.entries["va/c.md"].complete, Completeness::Whole);
        assert_eq!(manifest.warnings.len(), 1, "{:?}", manifest.warnings);
    }

    #[test]
    fn a_manifest_without_the_needed_columns_is_not_used() {
        let manifest = Manifest::parse(b"country,title\nValoria,Code\n");
        assert!(manifest.entries.is_empty());
        assert_eq!(manifest.warnings.len(), 1);
    }
}
