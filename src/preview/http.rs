//! Requests and answers.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use percent_encoding::{percent_decode_str, utf8_percent_encode};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_stream::StreamExt;
use tokio_stream::wrappers::WatchStream;

use super::connection::MOST_STREAMS;
use super::edition::{Current, Found};
use super::guard::Guard;
use super::state::{Need, State, UNSAFE};
use super::{page, status};
use crate::report;
use crate::text::SitePath;

/// Where the script of a page asks what was found.
const STATUS: &str = "/status";

/// Answers every request.
pub(super) fn service(state: Arc<State>, guard: Guard) -> Router {
    let guard = Arc::new(guard);
    let streams = Arc::new(Semaphore::new(MOST_STREAMS));
    Router::new().fallback(move |request: Request| answer(state.clone(), guard.clone(), streams.clone(), request))
}

async fn answer(state: Arc<State>, guard: Arc<Guard>, streams: Arc<Semaphore>, request: Request) -> Response {
    // Decoded once, here: what is judged is what is answered. An address that means nothing is judged most strictly.
    let path = percent_decode_str(request.uri().path()).decode_utf8().map(std::borrow::Cow::into_owned);
    let is_own = path.as_ref().map_or(true, |path| path.contains(page::OWN));
    let wants_json = wants_json(request.headers());
    if let Err((status, reason)) = guard.check(&request, is_own || wants_json) {
        return plain(status, reason);
    }
    let Ok(path) = path else { return plain(StatusCode::BAD_REQUEST, "The address is not UTF-8.") };
    let needs_findings = wants_json || (is_own && path.ends_with(STATUS));
    let current = state.settled(if needs_findings { Need::Findings } else { Need::Pages }).await;
    let base = current.base_path.as_str();
    let Some(below) = path.strip_prefix(base).map(str::to_owned) else { return redirect(base) };
    let own = below.strip_prefix(page::OWN).and_then(|own| own.strip_prefix('/'));
    match own {
        Some("events") => match streams.try_acquire_owned() {
            Ok(place) => events(&state, place),
            Err(_) => plain(StatusCode::SERVICE_UNAVAILABLE, "Too many pages are open; close some."),
        },
        Some("preview.js") => typed("text/javascript; charset=utf-8", page::SCRIPT.into()),
        Some("preview.css") => typed("text/css; charset=utf-8", page::STYLE.into()),
        Some(asked @ ("status" | "face")) => {
            let say = if asked == "status" { status::status } else { status::face };
            let shown = request.uri().query().and_then(|query| query.strip_prefix("page=")).unwrap_or_default();
            let shown = percent_decode_str(shown).decode_utf8_lossy().into_owned();
            blocking(move || typed("application/json", say(&state, &current, &shown).into())).await
        }
        Some(_) => plain(StatusCode::NOT_FOUND, "There is nothing here."),
        None if wants_json => blocking(move || findings(&current)).await,
        None => blocking(move || page(&state, &current, &below)).await,
    }
}

/// Rendering takes its time; it must not keep others waiting.
async fn blocking(make: impl FnOnce() -> Response + Send + 'static) -> Response {
    let made = tokio::task::spawn_blocking(make).await;
    made.unwrap_or_else(|_| plain(StatusCode::INTERNAL_SERVER_ERROR, "The page could not be made."))
}

/// Whether it is a program that asks, and wants to know how the site is.
fn wants_json(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT).and_then(|accepted| accepted.to_str().ok()).unwrap_or_default();
    accepted.contains("application/json") && !accepted.contains("text/html")
}

fn findings(current: &Current) -> Response {
    let json = report::json(&current.findings, &current.counts, &current.sources);
    let status = if current.is_stuck() { StatusCode::INTERNAL_SERVER_ERROR } else { StatusCode::OK };
    (status, typed("application/json", json.into())).into_response()
}

fn page(state: &State, current: &Current, below: &str) -> Response {
    let Some(path) = page::path_of(below) else { return plain(StatusCode::NOT_FOUND, "There is nothing here.") };
    let base = &current.base_path;
    match current.find(&path, state.root()) {
        Found::Bytes(bytes) if path.extension() == Some("html") => {
            html(StatusCode::OK, page::with_script(&bytes, current))
        }
        Found::Bytes(bytes) => typed(media_type(&path), Vec::clone(&bytes)),
        Found::Broken(_, Some(older)) => html(StatusCode::INTERNAL_SERVER_ERROR, page::with_script(&older, current)),
        Found::Broken(_, None) => html(StatusCode::INTERNAL_SERVER_ERROR, page::empty(current)),
        Found::Unreadable(error) => {
            (StatusCode::INTERNAL_SERVER_ERROR, typed("text/plain; charset=utf-8", error.into())).into_response()
        }
        Found::Nothing(instead) => {
            let exists = |name: &str| {
                SitePath::new(name).is_ok_and(|path| !matches!(current.find(&path, state.root()), Found::Nothing(_)))
            };
            // Hosts of static pages answer like this, too.
            if exists(&format!("{path}/index.html")) {
                return redirect(&format!("{base}{path}/"));
            }
            if exists(&format!("{path}.html")) {
                return redirect(&format!("{base}{path}.html"));
            }
            match instead {
                Some(page) => html(StatusCode::NOT_FOUND, page::with_script(&page, current)),
                None => html(StatusCode::INTERNAL_SERVER_ERROR, page::empty(current)),
            }
        }
    }
}

/// The name of the state that is shown, now and whenever another one is. A page that knows another name than the first
/// has missed something.
fn events(state: &State, place: OwnedSemaphorePermit) -> Response {
    let mut last = String::new();
    let changes = WatchStream::new(state.subscribe()).filter_map(move |shown| {
        // Given back when the page goes.
        let _ = &place;
        let current = shown.current;
        if current.build == last {
            return None;
        }
        last.clone_from(&current.build);
        let follow = current.follow.as_ref().map(|path| format!("{}{path}", current.base_path)).unwrap_or_default();
        // Browsers drop events without data.
        let data = serde_json::json!({ "build": current.build, "follow": follow }).to_string();
        Some(Ok::<_, Infallible>(Event::default().event("build").data(data)))
    });
    Sse::new(changes).keep_alive(KeepAlive::default()).into_response()
}

fn media_type(path: &SitePath) -> &'static str {
    match path.extension().map(str::to_ascii_lowercase).as_deref() {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("xml") => "application/xml; charset=utf-8",
        Some("csv") => "text/csv; charset=utf-8",
        Some("ics") => "text/calendar; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("gif") => "image/gif",
        Some("webp") => "image/webp",
        Some("avif") => "image/avif",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("pdf") => "application/pdf",
        Some("txt" | "md") => "text/plain; charset=utf-8",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

fn html(status: StatusCode, html: Vec<u8>) -> Response {
    (status, typed("text/html; charset=utf-8", html)).into_response()
}

fn typed(media_type: &'static str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    (headers, Body::from(bytes)).into_response()
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    (status, typed("text/plain; charset=utf-8", text.into())).into_response()
}

fn redirect(to: &str) -> Response {
    match HeaderValue::from_str(&utf8_percent_encode(to, UNSAFE).to_string()) {
        Ok(location) => (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, location)]).into_response(),
        Err(_) => plain(StatusCode::NOT_FOUND, "There is nothing here."),
    }
}
