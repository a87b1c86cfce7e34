//! The site behind HTTP.

use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, Multipart, RawPathParams, RawQuery, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use tokio::sync::Notify;

use super::guard::{Guard, HEADERS, Papers};
use super::language::{self, LANGUAGE};
use super::pages;
use super::parameters::Parameters;
use super::reply::{Refusal, Reply};
use super::site::Site;

/// Most bytes of a form, and of an uploaded bill.
const MOST_OF_A_FORM: usize = 256 * 1024;
const MOST_OF_A_BILL: usize = 16 * 1024 * 1024;
/// How long requests may go on after the server was told to stop.
const PATIENCE: Duration = Duration::from_secs(3);
/// The cookie that remembers a reviewer's name in one browser.
pub(super) const REVIEWER: &str = "reviewer";

/// A request as pages see it.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The variable parts of the path, decoded.
    pub names: Vec<String>,
    /// The query string.
    pub query: Parameters,
    /// The fields of a form.
    pub form: Parameters,
    /// An uploaded file, with its name.
    pub upload: Option<(String, Vec<u8>)>,
    /// The reviewer's name, if this browser has given one before.
    pub reviewer: String,
    /// The language to answer in, one of those that pages have.
    pub language: &'static str,
    /// Where the page stands; `/` for what a form was sent to.
    pub path: String,
}

impl Request {
    /// A variable part of the path; empty if there is none.
    pub fn name(&self, place: usize) -> &str {
        self.names.get(place).map_or("", String::as_str)
    }
}

/// A page: from a request to what is sent back.
type View = fn(&Site, &Request) -> Result<Reply, Refusal>;

/// Serves a site until the process is told to stop (Ctrl-C, or the signal to
/// terminate). Requests at work are finished first.
///
/// # Errors
/// When the network cannot be used.
pub fn serve(site: Site, listener: TcpListener) -> io::Result<()> {
    let guard = Guard::new(listener.local_addr()?);
    listener.set_nonblocking(true)?;
    let site = Arc::new(site);
    let warmed = Arc::clone(&site);
    std::thread::spawn(move || warmed.warm());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()?;
    let result = runtime.block_on(async move {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        axum::serve(listener, router(site, guard))
            .with_graceful_shutdown(told_to_stop())
            .await
    });
    runtime.shutdown_timeout(Duration::ZERO);
    result
}

fn router(site: Arc<Site>, guard: Guard) -> Router {
    Router::new()
        .route("/", page(pages::home))
        .route("/search", page(pages::search))
        .route("/matrix", page(pages::matrix))
        .route("/jurisdictions", page(pages::jurisdictions))
        .route("/jurisdictions/{code}", page(pages::jurisdiction))
        .route("/jurisdictions/{code}/{requirement}", page(pages::finding))
        .route("/requirements", page(pages::requirements))
        .route("/requirements/{id}", page(pages::requirement))
        .route("/law/{code}/{*file}", page(pages::provision))
        .route("/review", page(pages::review))
        .route("/review/decide", form(pages::decide))
        .route("/review/withdraw", form(pages::withdraw))
        .route("/check", page(pages::check).merge(upload(pages::upload)))
        .route("/check/{id}", page(pages::checked))
        .route("/keys", page(pages::keys))
        .route("/method", page(pages::method))
        .route("/export/{*name}", page(pages::export))
        .route("/assets/{name}", page(pages::asset))
        .fallback(nothing)
        .layer(middleware::from_fn_with_state(guard, guarded))
        .with_state(site)
}

fn page(view: View) -> MethodRouter<Arc<Site>> {
    get(
        move |State(site): State<Arc<Site>>, names: RawPathParams, uri: Uri, headers: HeaderMap| async move {
            let mut request = asked(&names, uri.query(), &headers);
            request.path = uri.path().to_owned();
            answer(site, view, request).await
        },
    )
}

fn form(view: View) -> MethodRouter<Arc<Site>> {
    post(
        move |State(site): State<Arc<Site>>,
              names: RawPathParams,
              RawQuery(query): RawQuery,
              headers: HeaderMap,
              body: Bytes| async move {
            let request = Request {
                form: Parameters::parse(&body),
                ..asked(&names, query.as_deref(), &headers)
            };
            answer(site, view, request).await
        },
    )
    .layer(DefaultBodyLimit::max(MOST_OF_A_FORM))
}

fn upload(view: View) -> MethodRouter<Arc<Site>> {
    post(
        move |State(site): State<Arc<Site>>,
              names: RawPathParams,
              RawQuery(query): RawQuery,
              headers: HeaderMap,
              body: Multipart| async move {
            let mut request = asked(&names, query.as_deref(), &headers);
            match parts(body, &mut request).await {
                Ok(()) => answer(site, view, request).await,
                Err(refusal) => sent(site.refuse(&request, &refusal)),
            }
        },
    )
    .layer(DefaultBodyLimit::max(MOST_OF_A_BILL))
}

/// The parts of an upload.
async fn parts(mut body: Multipart, request: &mut Request) -> Result<(), Refusal> {
    let broken = |error: axum::extract::multipart::MultipartError| {
        if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
            let most = MOST_OF_A_BILL / 1024 / 1024;
            return Refusal::Bad(format!("a bill may have {most} MB here"));
        }
        Refusal::Bad(format!("the upload did not arrive whole: {error}"))
    };
    let mut fields: Vec<(String, String)> = Vec::new();
    while let Some(part) = body.next_field().await.map_err(broken)? {
        let name = part.name().unwrap_or_default().to_owned();
        let file = part.file_name().map(str::to_owned);
        let bytes = part.bytes().await.map_err(broken)?;
        match file {
            // A form without a chosen file sends an empty one.
            Some(file) if !file.is_empty() => request.upload = Some((file, bytes.to_vec())),
            Some(_) => {}
            None => fields.push((name, String::from_utf8_lossy(&bytes).into_owned())),
        }
    }
    let pairs = fields.iter().map(|(n, v)| (n.as_str(), v.as_str()));
    let text = super::parameters::encoded(pairs);
    request.form = Parameters::parse(text.trim_start_matches('?').as_bytes());
    Ok(())
}

fn asked(names: &RawPathParams, query: Option<&str>, headers: &HeaderMap) -> Request {
    let query = Parameters::parse(query.unwrap_or_default().as_bytes());
    Request {
        names: names.iter().map(|(_, value)| value.to_owned()).collect(),
        reviewer: cookie(headers, REVIEWER),
        language: language::chosen(
            query.get(LANGUAGE),
            &cookie(headers, LANGUAGE),
            headers
                .get(header::ACCEPT_LANGUAGE)
                .and_then(|value| value.to_str().ok())
                .unwrap_or_default(),
        ),
        path: "/".to_owned(),
        query,
        ..Request::default()
    }
}

fn cookie(headers: &HeaderMap, name: &str) -> String {
    let all = headers.get_all(header::COOKIE);
    let mut pairs = all
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    let value = pairs
        .find(|(known, _)| *known == name)
        .map_or("", |(_, value)| value);
    let decoded = Parameters::parse(format!("v={value}").as_bytes());
    decoded.get("v").to_owned()
}

/// Pages are made on threads of their own: a search may take some time, and
/// other requests must not wait for it.
async fn answer(site: Arc<Site>, view: View, request: Request) -> Response {
    let made = tokio::task::spawn_blocking(move || {
        view(&site, &request).unwrap_or_else(|refusal| site.refuse(&request, &refusal))
    });
    match made.await {
        Ok(reply) => sent(reply),
        Err(_) => {
            let text = "this page could not be made; the others still work";
            (StatusCode::INTERNAL_SERVER_ERROR, text).into_response()
        }
    }
}

fn sent(reply: Reply) -> Response {
    let mut response = Response::new(Body::from(reply.body));
    *response.status_mut() =
        StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let own = [("content-type", reply.media_type)];
    for (name, value) in own.into_iter().chain(reply.headers) {
        // A value that no header may have is left out.
        if let Ok(value) = HeaderValue::from_str(&value) {
            let name = HeaderName::from_static(name);
            response.headers_mut().append(name, value);
        }
    }
    response
}

async fn nothing(
    State(site): State<Arc<Site>>,
    names: RawPathParams,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let refusal = Refusal::NotFound("there is no page at this address".to_owned());
    sent(site.refuse(&asked(&names, query.as_deref(), &headers), &refusal))
}

/// Lets through what comes from the site's own pages, and puts the headers on
/// every answer.
async fn guarded(
    State(guard): State<Guard>,
    request: axum::extract::Request,
    next: Next,
) -> Response {
    let mut response = match looked_at(&guard, &request) {
        Ok(()) => next.run(request).await,
        Err(reason) => (StatusCode::FORBIDDEN, reason).into_response(),
    };
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

fn looked_at(guard: &Guard, request: &axum::extract::Request) -> Result<(), String> {
    let text = |name: &str| request.headers().get(name).and_then(|v| v.to_str().ok());
    guard.check(Papers {
        host: text("host"),
        origin: text("origin"),
        fetch_site: text("sec-fetch-site"),
        writes: !matches!(*request.method(), Method::GET | Method::HEAD),
    })
}

/// Waits for the signal to stop, then gives requests at work a little time.
async fn told_to_stop() {
    let told = Arc::new(Notify::new());
    let interrupted = Arc::clone(&told);
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            interrupted.notify_one();
        }
    });
    #[cfg(unix)]
    {
        let terminated = Arc::clone(&told);
        tokio::spawn(async move {
            use tokio::signal::unix::{SignalKind, signal};
            if let Ok(mut signal) = signal(SignalKind::terminate()) {
                signal.recv().await;
                terminated.notify_one();
            }
        });
    }
    told.notified().await;
    // A reader who never takes the answer must not keep the program alive.
    std::thread::spawn(|| {
        std::thread::sleep(PATIENCE);
        std::process::exit(0);
    });
}
