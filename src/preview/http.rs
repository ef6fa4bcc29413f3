//! HTTP: which response each request gets.

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

use super::access::{AccessRules, Target};
use super::connection::MOST_STREAMS;
use super::editor::UNSAFE;
use super::snapshot::{Found, Snapshot};
use super::state::{Need, State};
use super::{page, status};
use crate::report;
use crate::text::SitePath;

/// Where the script of a page asks what was found.
const STATUS: &str = "/status";

pub(super) fn service(state: Arc<State>, access: AccessRules) -> Router {
    let access = Arc::new(access);
    let streams = Arc::new(Semaphore::new(MOST_STREAMS));
    Router::new().fallback(move |request: Request| answer(state.clone(), access.clone(), streams.clone(), request))
}

async fn answer(state: Arc<State>, access: Arc<AccessRules>, streams: Arc<Semaphore>, request: Request) -> Response {
    // Decoded once: access is checked for the path that is answered. An address that is not UTF-8 is checked most strictly.
    let path = percent_decode_str(request.uri().path()).decode_utf8().map(std::borrow::Cow::into_owned);
    let is_own = path.as_ref().map_or(true, |path| path.contains(page::OWN));
    let wants_json = wants_json(request.headers());
    let target = if is_own || wants_json { Target::PreviewData } else { Target::Page };
    if let Err((status, reason)) = access.check(&request, target) {
        return plain(status, reason);
    }
    let Ok(path) = path else { return plain(StatusCode::BAD_REQUEST, "The address is not UTF-8.") };
    let needs_findings = wants_json || (is_own && path.ends_with(STATUS));
    let snapshot = state.when_up_to_date(if needs_findings { Need::Findings } else { Need::Pages }).await;
    let base = snapshot.base_path.as_str();
    let Some(below) = path.strip_prefix(base).map(str::to_owned) else { return redirect(base) };
    let own = below.strip_prefix(page::OWN).and_then(|own| own.strip_prefix('/'));
    match own {
        Some("events") => match streams.try_acquire_owned() {
            Ok(place) => events(&state, place),
            Err(_) => plain(StatusCode::SERVICE_UNAVAILABLE, "Too many pages are open; close some."),
        },
        Some("preview.js") => typed("text/javascript; charset=utf-8", page::SCRIPT.into()),
        Some("preview.css") => typed("text/css; charset=utf-8", page::STYLE.into()),
        Some(asked @ ("status" | "fingerprint")) => {
            let say = if asked == "status" { status::status } else { status::fingerprint };
            let shown = request.uri().query().and_then(|query| query.strip_prefix("page=")).unwrap_or_default();
            let shown = percent_decode_str(shown).decode_utf8_lossy().into_owned();
            blocking(move || typed("application/json", say(&state, &snapshot, &shown).into())).await
        }
        Some(_) => plain(StatusCode::NOT_FOUND, "There is nothing here."),
        None if wants_json => blocking(move || findings(&snapshot)).await,
        None => blocking(move || page(&state, &snapshot, &below)).await,
    }
}

/// Makes a response on a thread of its own, since rendering takes long and other requests must not wait for it.
async fn blocking(make: impl FnOnce() -> Response + Send + 'static) -> Response {
    let made = tokio::task::spawn_blocking(make).await;
    made.unwrap_or_else(|_| plain(StatusCode::INTERNAL_SERVER_ERROR, "The page could not be made."))
}

/// Whether a program asks for the findings, not a browser for a page.
fn wants_json(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT).and_then(|accepted| accepted.to_str().ok()).unwrap_or_default();
    accepted.contains("application/json") && !accepted.contains("text/html")
}

fn findings(snapshot: &Snapshot) -> Response {
    let json = report::json(&snapshot.findings, &snapshot.counts, &snapshot.sources);
    let status = if snapshot.is_stuck() { StatusCode::INTERNAL_SERVER_ERROR } else { StatusCode::OK };
    (status, typed("application/json", json.into())).into_response()
}

fn page(state: &State, snapshot: &Snapshot, below: &str) -> Response {
    let Some(path) = page::path_of(below) else { return plain(StatusCode::NOT_FOUND, "There is nothing here.") };
    let base = &snapshot.base_path;
    match snapshot.find(&path, state.root()) {
        Found::Bytes(bytes) if path.extension() == Some("html") => {
            html(StatusCode::OK, page::with_script(&bytes, snapshot))
        }
        Found::Bytes(bytes) => typed(media_type(&path), Vec::clone(&bytes)),
        Found::Broken(_, Some(older)) => html(StatusCode::INTERNAL_SERVER_ERROR, page::with_script(&older, snapshot)),
        Found::Broken(_, None) => html(StatusCode::INTERNAL_SERVER_ERROR, page::empty(snapshot)),
        Found::Unreadable(error) => {
            (StatusCode::INTERNAL_SERVER_ERROR, typed("text/plain; charset=utf-8", error.into())).into_response()
        }
        Found::Nothing(instead) => {
            let exists = |name: &str| {
                SitePath::new(name).is_ok_and(|path| !matches!(snapshot.find(&path, state.root()), Found::Nothing(_)))
            };
            // Hosts of static sites redirect like this, too.
            if exists(&format!("{path}/index.html")) {
                return redirect(&format!("{base}{path}/"));
            }
            if exists(&format!("{path}.html")) {
                return redirect(&format!("{base}{path}.html"));
            }
            match instead {
                Some(page) => html(StatusCode::NOT_FOUND, page::with_script(&page, snapshot)),
                None => html(StatusCode::INTERNAL_SERVER_ERROR, page::empty(snapshot)),
            }
        }
    }
}

/// A stream with the name of the snapshot that is shown, now and after each change. A page that was made from another
/// snapshot than the first in the stream has missed a change.
fn events(state: &State, place: OwnedSemaphorePermit) -> Response {
    let mut last = String::new();
    let changes = WatchStream::new(state.subscribe()).filter_map(move |shown| {
        // The place is free again when the stream ends.
        let _ = &place;
        let snapshot = shown.snapshot;
        if snapshot.build == last {
            return None;
        }
        last.clone_from(&snapshot.build);
        let follow = snapshot.follow.as_ref().map(|path| format!("{}{path}", snapshot.base_path)).unwrap_or_default();
        // Browsers drop events without data.
        let data = serde_json::json!({ "build": snapshot.build, "follow": follow }).to_string();
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
