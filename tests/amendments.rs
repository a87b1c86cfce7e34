//! How bills amend acts, language by language: each folder of
//! `tests/amendments` holds an act, a bill, and the act as it must read
//! afterwards. `CONCORD_WRITE=1` writes the last one anew, to be read by eye.

use std::fs;
use std::path::{Path, PathBuf};

use concord::amend::{Forms, apply, recognise};
use concord::ingest::{Metadata, SourceFile, read};
use concord::law::{Act, Jurisdiction};
use concord::mappings::Mappings;

fn read_act(folder: &Path, name: &str, tag: &str) -> Act {
    let bytes = fs::read(folder.join(name)).unwrap();
    let title = bytes.split(|byte| *byte == b'\n').next().unwrap();
    read(&SourceFile {
        jurisdiction: Jurisdiction::new("zz"),
        file: name.to_owned(),
        bytes: &bytes,
        declared: Metadata {
            title: String::from_utf8_lossy(title)
                .trim_start_matches("# ")
                .to_owned(),
            language: tag.to_owned(),
            ..Metadata::default()
        },
    })
    .unwrap()
}

#[test]
fn a_bill_in_every_language_with_forms_is_applied_to_the_letter() {
    let forms = Forms::new(&Mappings::embedded_for(&["en"]).unwrap()).unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/amendments");
    let mut folders: Vec<PathBuf> = fs::read_dir(&root)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    folders.sort();
    let tags: Vec<String> = folders
        .iter()
        .map(|folder| folder.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    assert_eq!(tags, forms.languages().collect::<Vec<_>>());
    let mut wrong = String::new();
    for (folder, tag) in folders.iter().zip(&tags) {
        let act = read_act(folder, "act.txt", tag);
        let bill = read_act(folder, "bill.txt", tag);
        let instructions = recognise(&bill, &forms);
        let applied = apply(&instructions, &[&act], None);
        for refusal in &applied.refused {
            let instruction = &instructions.found[refusal.instruction];
            let words = bill.quote(instruction.span);
            wrong.push_str(&format!("{tag}: refused {words:?}: {}\n", refusal.reason));
        }
        for left in &instructions.unrecognised {
            let words = bill.quote(left.span);
            wrong.push_str(&format!("{tag}: not recognised {words:?}\n"));
        }
        let text = applied.acts.first().map_or("", |a| a.text.text.as_str());
        let file = folder.join("amended.txt");
        if std::env::var_os("CONCORD_WRITE").is_some() {
            fs::write(&file, text).unwrap();
        }
        let wanted = fs::read_to_string(&file).unwrap_or_default();
        if text != wanted {
            wrong.push_str(&format!("{tag}: reads\n{text}\nin place of\n{wanted}\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
