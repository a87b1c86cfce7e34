//! The `pdf-extract` crate: words with their places, without any program to
//! install. It panics on damaged files, so every page is read behind a
//! barrier, on a thread of its own with a time limit.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Once, mpsc};
use std::time::Duration;

use pdf_extract::{
    Dictionary, Document, MediaBox, Object, ObjectId, OutputDev, OutputError, Transform,
    output_doc_page,
};

use super::bidi;
use super::page::{Page, Word};

/// Reading may take so long for one file.
const TIME_LIMIT: Duration = Duration::from_secs(120);
/// The crate recurses on nested objects; its thread gets room for that.
const STACK: usize = 64 << 20;
/// Its thread's name, by which its panics are told from our own.
const THREAD: &str = "pdf-extract";
/// Forms may be drawn within forms so deep.
const DEEPEST_FORM: usize = 20;
/// Pages may stand so deep in the page tree.
const DEEPEST_PAGE: usize = 60;

/// The pages that could be read, and how many could not.
pub(super) struct Extracted {
    /// A page for every page of the file; a failed one is empty.
    pub(super) pages: Vec<Page>,
    /// Pages the crate failed on.
    pub(super) failed: usize,
}

/// Words with their places.
///
/// # Errors
/// When the file cannot be opened, or takes too long.
pub(super) fn pages(bytes: &[u8]) -> Result<Extracted, String> {
    silence_panics();
    let (sender, receiver) = mpsc::channel();
    let bytes = bytes.to_vec();
    std::thread::Builder::new()
        .name(THREAD.to_string())
        .stack_size(STACK)
        .spawn(move || {
            let result = catch_unwind(AssertUnwindSafe(|| read(&bytes)))
                .unwrap_or_else(|_| Err("the file is damaged".to_string()));
            // Nobody listens any more after the time limit.
            sender.send(result).ok();
        })
        .map_err(|error| format!("no thread for pdf-extract: {error}"))?;
    receiver
        .recv_timeout(TIME_LIMIT)
        .map_err(|_| format!("reading took longer than {} seconds", TIME_LIMIT.as_secs()))?
}

fn read(bytes: &[u8]) -> Result<Extracted, String> {
    let mut document =
        Document::load_mem(bytes).map_err(|error| format!("the file is damaged: {error}"))?;
    if document.is_encrypted() {
        document
            .decrypt("")
            .map_err(|_| "the file is protected by a password".to_string())?;
    }
    refuse_endless(&document)?;
    let mut pages = Vec::new();
    let mut failed = 0;
    for number in document.get_pages().into_keys() {
        let mut collector = Collector::default();
        let drawn = catch_unwind(AssertUnwindSafe(|| {
            output_doc_page(&document, &mut collector, number)
        }));
        if matches!(drawn, Ok(Ok(()))) {
            collector.end_word();
            pages.push(collector.page);
        } else {
            failed += 1;
            pages.push(Page::default());
        }
    }
    Ok(Extracted { pages, failed })
}

/// The crate follows references without looking back: a file whose forms draw
/// themselves would exhaust the stack, which no barrier catches.
fn refuse_endless(document: &Document) -> Result<(), String> {
    for page in document.get_pages().into_values() {
        let mut at = Some(page);
        for depth in 0.. {
            let Some(id) = at else { break };
            if depth > DEEPEST_PAGE {
                return Err("its page tree is endless".into());
            }
            at = document
                .get_dictionary(id)
                .ok()
                .and_then(|page| page.get(b"Parent").ok())
                .and_then(|parent| parent.as_reference().ok());
        }
    }
    for id in document.objects.keys() {
        let mut reached: HashSet<ObjectId> = HashSet::new();
        let mut ring = drawn_forms(document, *id);
        for _ in 0..DEEPEST_FORM {
            ring.retain(|form| reached.insert(*form));
            ring = ring
                .iter()
                .flat_map(|form| drawn_forms(document, *form))
                .collect();
            if ring.is_empty() {
                break;
            }
        }
        if !ring.is_empty() || reached.contains(id) {
            return Err("its drawings contain themselves".into());
        }
    }
    Ok(())
}

/// The forms a form may draw.
fn drawn_forms(document: &Document, form: ObjectId) -> Vec<ObjectId> {
    let resolve = |object: &Object| -> Option<Dictionary> {
        match object {
            Object::Dictionary(dictionary) => Some(dictionary.clone()),
            Object::Reference(id) => document.get_dictionary(*id).ok().cloned(),
            _ => None,
        }
    };
    let Some(Object::Stream(stream)) = document.objects.get(&form) else {
        return Vec::new();
    };
    let is_form = stream
        .dict
        .get(b"Subtype")
        .and_then(|kind| kind.as_name())
        .is_ok_and(|name| name == b"Form");
    if !is_form {
        return Vec::new();
    }
    let Some(resources) = stream.dict.get(b"Resources").ok().and_then(resolve) else {
        // It draws with its page's resources, itself among them.
        let content = stream.decompressed_content().unwrap_or_default();
        let draws = content.windows(3).any(|window| window == b" Do");
        return if draws { vec![form] } else { Vec::new() };
    };
    resources
        .get(b"XObject")
        .ok()
        .and_then(resolve)
        .map(|forms| {
            forms
                .iter()
                .filter_map(|(_, object)| object.as_reference().ok())
                .collect()
        })
        .unwrap_or_default()
}

/// The crate's panics are expected; their messages would only alarm the user.
fn silence_panics() {
    static SILENCED: Once = Once::new();
    SILENCED.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if std::thread::current().name() != Some(THREAD) {
                usual(info);
            }
        }));
    });
}

/// Gathers characters into words.
#[derive(Default)]
struct Collector {
    page: Page,
    page_height: f64,
    word: Option<Word>,
}

impl Collector {
    fn end_word(&mut self) {
        if let Some(word) = self.word.take().filter(|word| !word.text.trim().is_empty()) {
            self.page.words.push(word);
        }
    }
}

impl OutputDev for Collector {
    fn begin_page(
        &mut self,
        _number: u32,
        media_box: &MediaBox,
        _art_box: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        self.page_height = media_box.ury - media_box.lly;
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        transform: &Transform,
        width: f64,
        _spacing: f64,
        font_size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        let size = (transform.m22 * font_size).abs();
        let across = (transform.m11 * font_size).abs();
        // Type set upright only: stamps and watermarks along the edge are not
        // the law.
        if !size.is_finite() || size < 0.5 || transform.m12.abs() > transform.m11.abs() {
            return Ok(());
        }
        let left = transform.m31;
        let right = left + width * across;
        // Poppler's boxes stand about so on the base line.
        let bottom = self.page_height - transform.m32 + size * 0.21;
        let top = bottom - size * 1.1;
        if text.chars().all(char::is_whitespace) {
            self.end_word();
            return Ok(());
        }
        let text = bidi::as_seen(text);
        if let Some(word) = &mut self.word {
            let same_line = (word.bottom - bottom).abs() < 0.5 && (word.top - top).abs() < 0.5;
            let gap = left - word.right;
            if same_line && gap < size * 0.15 && gap > -size {
                word.text.push_str(&text);
                word.right = word.right.max(right);
                return Ok(());
            }
        }
        self.end_word();
        self.word = Some(Word {
            text,
            left,
            right,
            top,
            bottom,
        });
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}
