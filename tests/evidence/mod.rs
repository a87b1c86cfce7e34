//! Checks `evidence.csv` as another program would: every quotation is cut again
//! from the canonical text by its byte offsets.

use std::collections::BTreeMap;

/// Canonical text and its SHA-256, by jurisdiction and file.
pub type Texts = BTreeMap<(String, String), (String, String)>;

/// The number of quotations in the table; panics at the first that is not,
/// byte for byte, what stands at its place.
pub fn check(evidence: &[u8], texts: &Texts) -> usize {
    let mut table = csv::Reader::from_reader(evidence);
    let header = table.headers().expect("evidence.csv has a header").clone();
    let column = |name: &str| {
        header
            .iter()
            .position(|column| column == name)
            .unwrap_or_else(|| panic!("evidence.csv has no column {name}"))
    };
    let (jurisdiction, file) = (column("jurisdiction"), column("file"));
    let (start, end) = (column("start"), column("end"));
    let (quote, sha256) = (column("quote"), column("sha256"));
    let mut rows = 0;
    for row in table.records() {
        let row = row.expect("evidence.csv is regular");
        let key = (row[jurisdiction].to_owned(), row[file].to_owned());
        let (text, hash) = &texts[&key];
        let range = row[start].parse::<usize>().unwrap()..row[end].parse::<usize>().unwrap();
        assert_eq!(text.get(range), Some(&row[quote]), "{row:?}");
        assert_eq!(hash, &row[sha256], "{row:?}");
        assert!(!row[quote].trim().is_empty(), "{row:?}");
        rows += 1;
    }
    rows
}
