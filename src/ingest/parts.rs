//! An act that is spread over a folder of files, one for each article.

use super::detect::{self, Container, Format};
use super::{
    ActBuilder, Block, BlockKind, IngestError, Metadata, SourceFile, conclude, decode, formats,
    structure,
};
use crate::law::{Act, ActSource, ProblemKind, sha256_hex};

/// Headings of folders deeper than this look alike.
const DEEPEST_FOLDER: u8 = 4;
/// The level of an article's own heading, below all folders.
const ARTICLE_HEADING: u8 = 5;
/// The level of headings within an article.
const INNER_HEADING: u8 = 6;
/// So many blocks at the start of a part may come before its own heading.
const BEFORE_HEADING: usize = 3;

/// One file of an act that is spread over many.
#[derive(Debug, Clone)]
pub struct Part {
    /// Path relative to the act's folder, with forward slashes.
    pub file: String,
    /// What the file's name says it holds: the number of its article, nothing
    /// for a file that stands before the articles.
    pub number: Option<String>,
    /// The file's bytes, or why there are none.
    pub bytes: Result<Vec<u8>, String>,
}

/// Reads one act from its parts, in the order given. The folders they stand in
/// become headings; the name of a file heads its article if its text does not.
/// `source.bytes` is not used; the act's hash is that of all parts.
///
/// # Errors
/// When no part can be read. A part that cannot is a problem of the act.
pub fn read_parts(source: &SourceFile<'_>, parts: &[Part]) -> Result<Act, IngestError> {
    let mut builder = ActBuilder::new();
    builder.metadata().language = source.declared.language.clone();
    builder.metadata().title = folder_title(&source.file);
    let mut blocks = Vec::new();
    let mut encoding = "";
    let mut unread = Vec::new();
    let mut above: Vec<&str> = Vec::new();
    for part in parts {
        let read = part
            .bytes
            .as_deref()
            .map_err(Clone::clone)
            .and_then(|bytes| read_part(bytes, builder.metadata()));
        match read {
            Ok((own, found)) => {
                encoding = found;
                let folders: Vec<&str> = folders(&part.file);
                let same = above.iter().zip(&folders).take_while(|(a, b)| a == b);
                let same = same.count();
                for (depth, folder) in folders.iter().enumerate().skip(same) {
                    blocks.push(Block::new(
                        BlockKind::Heading(level(depth + 1)),
                        folder.replace('_', " "),
                    ));
                }
                add(part, folders.len(), own, &mut blocks);
                above = folders;
            }
            Err(reason) => unread.push(format!("{}: {reason}", part.file)),
        }
    }
    if blocks.is_empty() {
        return Err(IngestError::Unreadable {
            file: source.file.clone(),
            format: "a folder of articles".to_owned(),
            reason: unread
                .into_iter()
                .next()
                .unwrap_or_else(|| "it holds no text".to_owned()),
        });
    }
    structure::build(blocks, &mut builder);
    if let Some(first) = unread.first() {
        builder.problem(
            ProblemKind::Truncated,
            format!(
                "{} of {} files of the act could not be read, the first {first}",
                unread.len(),
                parts.len()
            ),
        );
    }
    let described = ActSource {
        file: source.file.clone(),
        sha256: hash_of_parts(parts),
        format: "folder".to_owned(),
        encoding: encoding.to_owned(),
        ..ActSource::default()
    };
    conclude(source, builder, described)
}

/// Lower-case hexadecimal SHA-256 over the names and hashes of all parts.
pub fn hash_of_parts(parts: &[Part]) -> String {
    let mut all = String::new();
    for part in parts {
        all.push_str(&part.file);
        all.push('\0');
        if let Ok(bytes) = &part.bytes {
            all.push_str(&sha256_hex(bytes));
        }
        all.push('\0');
    }
    sha256_hex(all.as_bytes())
}

/// The blocks of one file, and its encoding.
fn read_part(bytes: &[u8], metadata: &mut Metadata) -> Result<(Vec<Block>, &'static str), String> {
    match detect::container(bytes) {
        Container::Text => {}
        Container::Binary(format) => {
            return Err(format!("a folder of articles holds no {}", format.name()));
        }
        Container::Unknown(found) => return Err(format!("it is {found}")),
    }
    let decoded = decode::decode(bytes);
    let blocks = match detect::text_format(&decoded.text)? {
        Format::Markdown => {
            // The title of a part is that of its article, not of the act.
            let mut own = metadata.clone();
            let blocks = formats::markdown::blocks(&decoded.text, &mut own);
            for (whole, part) in [
                (&mut metadata.language, own.language),
                (&mut metadata.date, own.date),
            ] {
                // Of several versions the latest is that of the act.
                if *whole < part {
                    *whole = part;
                }
            }
            blocks
        }
        // One heading shows no Markdown in a whole act; over one article it does.
        Format::Plain if decoded.text.trim_start().starts_with("# ") => {
            formats::markdown::blocks(&decoded.text, &mut metadata.clone())
        }
        Format::Plain => formats::plain::blocks(&decoded.text, &metadata.language),
        Format::Html => formats::html::blocks(&decoded.text),
        other => {
            return Err(format!(
                "a folder of articles is read from Markdown, text and HTML, not from {}",
                other.name()
            ));
        }
    };
    Ok((blocks, decoded.encoding))
}

/// Puts the blocks of a part behind those before it, below its folders, with
/// a heading where it has none.
fn add(part: &Part, depth: usize, own: Vec<Block>, blocks: &mut Vec<Block>) {
    let headed = part.number.as_ref().is_none_or(|number| {
        own.iter()
            .take(BEFORE_HEADING)
            .any(|block| holds_number(&block.text, number))
    });
    if !headed {
        let name = part.file.rsplit('/').next().unwrap_or(&part.file);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let label = if stem.starts_with(|c: char| c.is_ascii_digit()) {
            format!("{}.", part.number.as_deref().unwrap_or(stem))
        } else {
            label(stem)
        };
        blocks.push(Block::new(BlockKind::Heading(ARTICLE_HEADING), label));
    }
    blocks.extend(own.into_iter().map(|block| {
        let BlockKind::Heading(own) = block.kind else {
            return block;
        };
        let level = match &part.number {
            None => level(depth + usize::from(own)),
            Some(number) if holds_number(&block.text, number) => ARTICLE_HEADING,
            Some(_) => INNER_HEADING,
        };
        Block {
            kind: BlockKind::Heading(level),
            ..block
        }
    }));
}

/// `article-227-23` as it is printed over an article: `Article 227-23`.
fn label(stem: &str) -> String {
    let digit = stem
        .find(|c: char| c.is_ascii_digit())
        .unwrap_or(stem.len());
    let (word, number) = stem.split_at(digit);
    let mut letters = word.trim_end_matches(['-', '_', ' ']).chars();
    let word: String = letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default();
    format!("{word} {number}").replace('_', " ")
}

fn level(depth: usize) -> u8 {
    u8::try_from(depth).map_or(DEEPEST_FOLDER, |depth| depth.min(DEEPEST_FOLDER))
}

fn folders(file: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    parts
}

/// `codes/code_penal` is shown as "code penal".
fn folder_title(path: &str) -> String {
    path.rsplit('/').next().unwrap_or(path).replace('_', " ")
}

/// Whether a text begins with a number, apart from a word and marks: letters
/// and digits are compared, so that `227-23` is found in "Art. 227 - 23".
fn holds_number(text: &str, number: &str) -> bool {
    let bare = |text: &str| -> String {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .take(60)
            .collect()
    };
    let (text, number) = (bare(text), bare(number));
    text.find(&number).is_some_and(|at| {
        let after = text[at + number.len()..].chars().next();
        at <= 24 && !after.is_some_and(|c| c.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::{Part, read_parts};
    use crate::ingest::{Metadata, SourceFile};
    use crate::law::{Jurisdiction, ProblemKind, UnitKind};

    fn part(file: &str, number: &str, text: &str) -> Part {
        Part {
            file: file.to_owned(),
            number: (!number.is_empty()).then(|| number.to_owned()),
            bytes: Ok(text.as_bytes().to_vec()),
        }
    }

    #[test]
    fn one_act_is_made_of_articles_under_the_headings_of_their_folders() {
        let mut parts = vec![
            part("preamble.md", "", "The Council of Valoria enacts:"),
            part("Livre Ier/article_1.md", "1", "Nul ne garde une chèvre."),
            part(
                "Livre Ier/article_2.md",
                "2",
                "# Article 2\n\nLa vente est punie.",
            ),
            part("Livre II/article_2-1.md", "2-1", "L'achat est puni."),
            part(
                "Livre II/article_3.md",
                "3",
                "<p>La <b>tentative</b> est punie.</p>",
            ),
        ];
        parts.push(Part {
            file: "Livre II/article_4.md".to_owned(),
            number: Some("4".to_owned()),
            bytes: Err("gone".to_owned()),
        });
        let act = read_parts(
            &SourceFile {
                jurisdiction: Jurisdiction::new("va"),
                file: "codes/code_des_chevres".to_owned(),
                bytes: &[],
                declared: Metadata {
                    language: "fr".to_owned(),
                    ..Metadata::default()
                },
            },
            &parts,
        )
        .unwrap();
        let articles: Vec<String> = act
            .articles()
            .map(|id| act.locator(id).to_string())
            .collect();
        assert_eq!(articles, ["1", "2", "2-1", "3"]);
        assert_eq!(act.title, "code des chevres");
        let books = act
            .ids()
            .filter(|id| act.provision(*id).kind == UnitKind::Book);
        assert_eq!(books.count(), 2);
        assert!(act.text.as_str().contains("La tentative est punie."));
        let problem = &act.problems[0];
        assert_eq!(problem.kind, ProblemKind::Truncated);
        assert!(problem.detail.contains("1 of 6"), "{}", problem.detail);
    }
}
