//! Looks at real corpora beside the repository; prints, asserts nothing but
//! that nothing panics. Run with
//! `cargo test --profile measure --lib survey -- --ignored --nocapture`.

use std::path::{Path, PathBuf};
use std::time::Instant;

use super::{Metadata, SourceFile, read};
use crate::law::{Jurisdiction, Standing, UnitKind};

fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, out);
        } else {
            out.push(path);
        }
    }
}

/// One line per file: format, encoding, language, articles, first, last, units, problems.
/// `SURVEY` narrows to paths that contain it; `SURVEY_DUMP` names a folder for canonical texts.
#[test]
#[ignore = "reads the corpora beside the repository"]
fn corpora() {
    let root = std::env::var("SURVEY_ROOT").unwrap_or_else(|_| "../shared/corpora".to_owned());
    let only = std::env::var("SURVEY").unwrap_or_default();
    let dump = std::env::var("SURVEY_DUMP").ok();
    let mut paths = Vec::new();
    files(Path::new(&root), &mut paths);
    paths.sort();
    let (mut bytes_read, started) = (0usize, Instant::now());
    for path in paths {
        let name = path
            .strip_prefix(&root)
            .unwrap_or(&path)
            .display()
            .to_string();
        if !name.contains(&only) || name.ends_with(".csv") {
            continue;
        }
        let Ok(bytes) = std::fs::read(&path) else {
            continue;
        };
        let source = SourceFile {
            jurisdiction: Jurisdiction::new(name.split('/').next().unwrap_or_default()),
            file: name.clone(),
            bytes: &bytes,
            declared: Metadata::default(),
        };
        let began = Instant::now();
        match read(&source) {
            Ok(act) => {
                bytes_read += bytes.len();
                let speed = bytes.len() as f64 / 1e6 / began.elapsed().as_secs_f64();
                let (first, last) = act.first_and_last();
                let counted = act
                    .articles()
                    .filter(|id| act.standing(*id) == Standing::InForce)
                    .count();
                let units = act
                    .provisions
                    .iter()
                    .filter(|p| p.kind > UnitKind::Article)
                    .count();
                println!(
                    "{name}\t{}\t{}\t{}\tarticles {}\tin force {counted}\t{first}..{last}\tunits {units}\t{speed:.0} MB/s\t{}",
                    act.source.format,
                    act.source.encoding,
                    act.language,
                    act.articles().count(),
                    act.problems
                        .iter()
                        .map(ToString::to_string)
                        .collect::<Vec<_>>()
                        .join(" | "),
                );
                if let Some(folder) = &dump {
                    let flat = name.replace('/', "__");
                    let numbers: Vec<String> = act
                        .ids()
                        .skip(1)
                        .map(|id| {
                            let unit = act.provision(id);
                            format!(
                                "{:?}\t{}\t{:?}\t{}\t{}\t{}",
                                unit.kind,
                                act.locator(id),
                                unit.standing,
                                unit.span.start,
                                unit.span.len(),
                                unit.heading.map(|h| act.quote(h)).unwrap_or_default()
                            )
                        })
                        .collect();
                    let _ = std::fs::write(format!("{folder}/{flat}.units"), numbers.join("\n"));
                    let _ = std::fs::write(format!("{folder}/{flat}.text"), act.text.as_str());
                }
            }
            Err(error) => println!("{name}\tERROR\t{error}"),
        }
    }
    println!(
        "{:.1} MB in {:.2} s",
        bytes_read as f64 / 1e6,
        started.elapsed().as_secs_f64()
    );
}
