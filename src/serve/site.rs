//! One assessed corpus, ready to be asked for pages.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{
    Mutex, MutexGuard, OnceLock, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard,
};
use std::time::SystemTime;

use minijinja::{Environment, Value};
use serde::Serialize;

use super::apparatus::Apparatus;
use super::assets::Assets;
use super::bills::Desk;
use super::language::{self, LANGUAGE, Tongue, known, tongues};
use super::link;
use super::reply::{Refusal, Reply};
use super::server::Request;
use crate::amend::{FormError, Forms};
use crate::annotate::Annotator;
use crate::assess::{Disagreement, Finding};
use crate::corpus::{Cache, OnProgress, Rules, SearchError, SearchIndex};
use crate::law::{Date, Jurisdiction, Span};
use crate::mappings::Mappings;
use crate::report::annex;
use crate::report::render::Renderer;
use crate::report::{Assessed, EVERYTHING, LANGUAGES, PageError, Run, RunError, Words};
use crate::review::{REVIEWS, ReviewError, ReviewFile};

/// What a site is made of.
#[derive(Debug, Clone)]
pub struct Options {
    /// Folder (or zip archive) of law texts.
    pub corpus: PathBuf,
    /// Only these jurisdictions; empty for all.
    pub jurisdictions: Vec<Jurisdiction>,
    /// Profile, or one requirement; none for every requirement with rules.
    pub profile: Option<String>,
    /// The day whose wordings are read; none for that of each text's version.
    pub day: Option<Date>,
    /// File of decisions, instead of the one in the corpus folder.
    pub reviews: Option<PathBuf>,
    /// Where the index lies.
    pub cache: Cache,
}

/// Why a site could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SiteError {
    /// The corpus cannot be used, or a name is unknown.
    #[error(transparent)]
    Run(#[from] RunError),
    /// The index cannot be used.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// The decisions cannot be read.
    #[error(transparent)]
    Review(#[from] ReviewError),
    /// The forms of amendments have a mistake.
    #[error(transparent)]
    Forms(#[from] FormError),
    /// A built-in template has a mistake.
    #[error(transparent)]
    Page(#[from] PageError),
}

/// A corpus as pages. All parts may be asked from many threads.
pub struct Site {
    pub(super) mappings: &'static Mappings,
    pub(super) annotator: &'static Annotator,
    pub(super) forms: Forms,
    /// One for each language of the pages, English first.
    faces: Vec<Face>,
    pub(super) index: SearchIndex,
    pub(super) assets: Assets,
    run: RwLock<Run<'static>>,
    /// By the place of the jurisdiction in the run.
    apparatus: Vec<OnceLock<Apparatus>>,
    /// What language versions disagree on, in the same order.
    disagreements: Vec<OnceLock<Vec<Disagreement>>>,
    /// Where decisions are kept; nowhere for an archive.
    reviews: Option<PathBuf>,
    /// State of that file when it was last read, and what was wrong with it.
    read: Mutex<(FileState, String)>,
    desk: Mutex<Desk>,
}

/// The pages in one language.
struct Face {
    language: &'static str,
    words: Words,
    renderer: Renderer,
}

impl Face {
    fn of(language: &'static str) -> Result<Self, PageError> {
        let words = language::words(language);
        let renderer =
            Renderer::with(&words, &super::pages::TEMPLATES, add_links).map_err(PageError::from)?;
        Ok(Self {
            language,
            words,
            renderer,
        })
    }
}

/// By what a changed file is known: its time and its length.
type FileState = Option<(SystemTime, u64)>;

impl Site {
    /// Reads and assesses a corpus, and opens its index.
    ///
    /// # Errors
    /// When the corpus, its index or its file of decisions cannot be used.
    pub fn open(
        options: &Options,
        mappings: &'static Mappings,
        annotator: &'static Annotator,
        on_progress: OnProgress<'_>,
    ) -> Result<Self, SiteError> {
        let rules = Rules {
            mappings,
            annotator,
        };
        let index = SearchIndex::open_as_of(
            &options.corpus,
            &options.cache,
            Some(rules),
            options.day,
            on_progress,
        )?;
        let corpus = &options.corpus;
        let mut run = Run::as_of(
            corpus,
            &options.jurisdictions,
            options.profile.as_deref().unwrap_or(EVERYTHING),
            mappings,
            annotator,
            options.day,
            on_progress,
        )?;
        let reviews = match &options.reviews {
            Some(file) => Some(file.clone()),
            None => corpus.is_dir().then(|| corpus.join(REVIEWS)),
        };
        let state = reviews.as_deref().and_then(state_of);
        if let Some(file) = &reviews {
            run.add_reviews(&ReviewFile::open(file)?);
        }
        let faces = LANGUAGES
            .iter()
            .map(|(language, _)| Face::of(language))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            mappings,
            annotator,
            forms: Forms::new(mappings)?,
            faces,
            index,
            assets: Assets::new(),
            apparatus: run.jurisdictions.iter().map(|_| OnceLock::new()).collect(),
            disagreements: run.jurisdictions.iter().map(|_| OnceLock::new()).collect(),
            run: RwLock::new(run),
            reviews,
            read: Mutex::new((state, String::new())),
            desk: Mutex::default(),
        })
    }

    /// The run, with the decisions as they stand in the file now: another
    /// program may have written to it.
    pub(super) fn run(&self) -> RwLockReadGuard<'_, Run<'static>> {
        self.refresh_reviews();
        self.run.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn run_to_change(&self) -> RwLockWriteGuard<'_, Run<'static>> {
        self.run.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where decisions are kept.
    ///
    /// # Errors
    /// When the corpus is an archive and no other file was named.
    pub(super) fn review_path(&self) -> Result<&Path, Refusal> {
        self.reviews.as_deref().ok_or_else(|| {
            Refusal::Bad(
                "the corpus is an archive, so that decisions have no place in it; start the \
                 program with --reviews FILE"
                    .to_owned(),
            )
        })
    }

    /// What was wrong with the file of decisions when it was last read.
    fn review_problem(&self) -> String {
        self.last_read().1.clone()
    }

    fn last_read(&self) -> MutexGuard<'_, (FileState, String)> {
        self.read.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn refresh_reviews(&self) {
        let Some(path) = &self.reviews else {
            return;
        };
        let state = state_of(path);
        if self.last_read().0 == state {
            return;
        }
        self.take_in_reviews(path, state);
    }

    fn take_in_reviews(&self, path: &Path, state: FileState) {
        let mut last = self.last_read();
        match ReviewFile::open(path) {
            Ok(file) => {
                let mut run = self.run_to_change();
                for assessed in &mut run.jurisdictions {
                    assessed.reviews.clear();
                }
                run.add_reviews(&file);
                *last = (state, String::new());
            }
            // What was read before stays in view, with a word about it.
            Err(error) => *last = (state, error.to_string()),
        }
    }

    /// Takes in the decisions after this program has written to the file,
    /// whatever its time says.
    pub(super) fn reviews_written(&self) {
        if let Some(path) = &self.reviews {
            self.take_in_reviews(path, state_of(path));
        }
    }

    /// The apparatus of the jurisdiction at a place of the run.
    pub(super) fn apparatus<'s>(&'s self, run: &Run<'_>, place: usize) -> Option<&'s Apparatus> {
        let law = &run.jurisdictions.get(place)?.law;
        let cell = self.apparatus.get(place)?;
        Some(cell.get_or_init(|| Apparatus::of(law, self.mappings)))
    }

    /// What the language versions of the jurisdiction at a place disagree on.
    pub(super) fn disagreements<'s>(&'s self, run: &Run<'_>, place: usize) -> &'s [Disagreement] {
        let cell = self.disagreements.get(place);
        let made = cell
            .zip(run.jurisdictions.get(place))
            .map(|(cell, assessed)| cell.get_or_init(|| annex::disagreements(run, assessed)));
        made.map_or(&[], Vec::as_slice)
    }

    /// Makes what first pages would have to wait for, one jurisdiction after
    /// another.
    pub(super) fn warm(&self) {
        for place in 0..self.apparatus.len() {
            let run = self.run.read().unwrap_or_else(PoisonError::into_inner);
            self.apparatus(&run, place);
            self.disagreements(&run, place);
        }
    }

    /// The words of the language that a request is answered in.
    pub(super) fn words(&self, request: &Request) -> &Words {
        &self.face(request).words
    }

    fn face(&self, request: &Request) -> &Face {
        let asked = self.faces.iter().find(|f| f.language == request.language);
        // There is a face for each language; a test holds English to be first.
        asked.unwrap_or(&self.faces[0])
    }

    /// The bills that were checked lately.
    pub(super) fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A page in the site's frame. `here` names the part of the site.
    pub(super) fn page(
        &self,
        template: &str,
        here: &'static str,
        request: &Request,
        page: impl Serialize,
    ) -> Result<Reply, Refusal> {
        let run = self.run.read().unwrap_or_else(PoisonError::into_inner);
        let framed = Framed {
            here,
            q: if here == "search" {
                request.query.get("q")
            } else {
                ""
            },
            stamp_program: &run.stamp.program,
            stamp_rules: &run.stamp.mappings,
            stamp_texts: &run.stamp.corpus,
            assets: &self.assets.version,
            reviewer: &request.reviewer,
            tongues: tongues(&request.path, &request.query),
            problem: self.review_problem(),
            page,
        };
        let text = self.face(request).renderer.render(template, framed);
        let mut reply = Reply::html(text.map_err(Refusal::broken)?);
        reply
            .headers
            .push(("content-language", request.language.to_owned()));
        if known(request.query.get(LANGUAGE)).is_some() {
            // Kept in this browser, so that addresses need not carry it.
            let language = request.language;
            let kept =
                format!("{LANGUAGE}={language}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly");
            reply.headers.push(("set-cookie", kept));
        }
        Ok(reply)
    }

    /// A refusal as a page.
    pub(super) fn refuse(&self, request: &Request, refusal: &Refusal) -> Reply {
        #[derive(Serialize)]
        struct Page {
            status: u16,
            message: String,
        }
        let status = refusal.status();
        let message = self.words(request).said_of("refusal", &refusal.to_string());
        let page = Page {
            status,
            message: message.clone(),
        };
        let mut reply = self
            .page("error.html", "", request, page)
            .unwrap_or_else(|_| Reply::html(String::new()));
        if reply.body.is_empty() {
            reply.media_type = "text/plain; charset=utf-8".to_owned();
            reply.body = message.into_bytes();
        }
        reply.status = status;
        reply
    }
}

/// What every page has around it.
#[derive(Serialize)]
struct Framed<'a, P> {
    here: &'static str,
    q: &'a str,
    stamp_program: &'a str,
    stamp_rules: &'a str,
    stamp_texts: &'a str,
    assets: &'a str,
    reviewer: &'a str,
    tongues: Vec<Tongue>,
    problem: String,
    #[serde(flatten)]
    page: P,
}

fn state_of(path: &Path) -> FileState {
    let data = fs::metadata(path).ok()?;
    Some((data.modified().ok()?, data.len()))
}

/// A jurisdiction of the run by its code, with its place.
///
/// # Errors
/// When the run has none of that code.
pub(super) fn jurisdiction<'r>(
    run: &'r Run<'_>,
    code: &str,
) -> Result<(usize, &'r Assessed), Refusal> {
    run.jurisdictions
        .iter()
        .enumerate()
        .find(|(_, assessed)| assessed.law.jurisdiction.as_str() == code)
        .ok_or_else(|| Refusal::NotFound(format!("no law of `{code}` is held here")))
}

/// A finding of a jurisdiction by its requirement.
///
/// # Errors
/// When the requirement is not assessed here.
pub(super) fn finding<'r>(assessed: &'r Assessed, id: &str) -> Result<&'r Finding, Refusal> {
    assessed
        .findings
        .iter()
        .find(|finding| finding.requirement == id)
        .ok_or_else(|| Refusal::NotFound(format!("the requirement `{id}` is not assessed here")))
}

/// Gives templates the addresses of pages.
fn add_links(templates: &mut Environment<'static>) {
    templates.add_function("jurisdiction_link", |code: String| {
        link::jurisdiction(&code)
    });
    templates.add_function("finding_link", |code: String, id: String| {
        link::finding(&code, &id)
    });
    templates.add_function("requirement_link", |id: String| link::requirement(&id));
    templates.add_function("act_link", |code: String, file: String| {
        link::act(&code, &file)
    });
    templates.add_function("at_link", |code: String, file: String, locator: String| {
        link::at(&code, &file, &locator)
    });
    templates.add_function(
        "span_link",
        |code: String, file: String, start: usize, end: usize| {
            link::words(&code, &file, &[Span::new(start, end)])
        },
    );
    templates.add_function("marks_link", |code: String, file: String, marks: Value| {
        let spans: Vec<Span> = marks
            .try_iter()
            .map(|marks| {
                marks
                    .filter_map(|mark| {
                        let number = |name: &str| mark.get_attr(name).ok()?.as_usize();
                        Some(Span::new(number("start")?, number("end")?))
                    })
                    .collect()
            })
            .unwrap_or_default();
        link::words(&code, &file, &spans)
    });
}
