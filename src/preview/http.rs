//! Requests and answers.

use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::BroadcastStream;

use super::state::{Found, State};
use crate::text::SitePath;

/// The folder of the preview's own addresses, below the base path.
const OWN: &str = "__casebook";

const SCRIPT: &str = include_str!("reload.js");

/// Answers every request.
pub(super) fn service(state: Arc<State>, host: IpAddr) -> Router {
    Router::new().fallback(move |request: Request| {
        let state = state.clone();
        async move { answer(state, host, request).await }
    })
}

async fn answer(state: Arc<State>, host: IpAddr, request: Request) -> Response {
    if !is_own_host(request.headers(), host) {
        // A name that resolves to this machine, in somebody's page, must not read what is not published yet.
        return plain(StatusCode::FORBIDDEN, "This preview answers only under its own address.");
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return plain(StatusCode::METHOD_NOT_ALLOWED, "This preview is only read.");
    }
    let base = state.base_path();
    let Ok(path) = percent_decode_str(request.uri().path()).decode_utf8() else {
        return plain(StatusCode::BAD_REQUEST, "The address is not UTF-8.");
    };
    let Some(below) = path.strip_prefix(base.as_str()) else {
        return redirect(&base);
    };
    match below.strip_prefix(OWN).map(|own| own.trim_start_matches('/')) {
        Some("events") => events(&state),
        Some("reload.js") => typed("text/javascript; charset=utf-8", SCRIPT.as_bytes().to_vec()),
        Some("trouble") => typed("text/plain; charset=utf-8", state.trouble().into_bytes()),
        Some(_) => plain(StatusCode::NOT_FOUND, "There is nothing here."),
        None => {
            let (base, below) = (base.clone(), below.to_owned());
            let page = tokio::task::spawn_blocking(move || page(&state, &base, &below));
            page.await.unwrap_or_else(|_| plain(StatusCode::INTERNAL_SERVER_ERROR, "The page could not be made."))
        }
    }
}

/// Whether the request was made under a name of this machine, or under the address that was asked for.
fn is_own_host(headers: &HeaderMap, host: IpAddr) -> bool {
    let Some(named) = headers.get(header::HOST).and_then(|named| named.to_str().ok()) else { return false };
    let name = match named.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => named.split(':').next().unwrap_or_default(),
    };
    if name.eq_ignore_ascii_case("localhost") {
        return true;
    }
    // An address cannot be rebound by anybody's name server.
    name.parse::<IpAddr>().is_ok_and(|address| address == host || address.is_loopback() || host.is_unspecified())
}

fn page(state: &State, base: &str, below: &str) -> Response {
    let wanted = match below {
        "" => "index.html".to_owned(),
        folder if folder.ends_with('/') => format!("{folder}index.html"),
        file => file.to_owned(),
    };
    let Ok(path) = SitePath::new(&wanted) else {
        return plain(StatusCode::NOT_FOUND, "There is nothing here.");
    };
    match state.find(&path) {
        Found::Bytes(bytes) => typed(media_type(&path), with_script(&path, &bytes, base)),
        Found::Broken(error) => trouble_page(base, StatusCode::INTERNAL_SERVER_ERROR, &error),
        Found::Nothing(instead) => {
            let exists =
                |name: &str| SitePath::new(name).is_ok_and(|path| matches!(state.find(&path), Found::Bytes(_)));
            // Hosts of static pages answer like this, too.
            if exists(&format!("{wanted}/index.html")) {
                return redirect(&format!("{base}{wanted}/"));
            }
            if exists(&format!("{wanted}.html")) {
                return redirect(&format!("{base}{wanted}.html"));
            }
            match instead {
                Some(page) => {
                    let html =
                        SitePath::new("404.html").map(|path| with_script(&path, &page, base)).unwrap_or_default();
                    (StatusCode::NOT_FOUND, typed("text/html; charset=utf-8", html)).into_response()
                }
                None => trouble_page(base, StatusCode::INTERNAL_SERVER_ERROR, &state.trouble()),
            }
        }
    }
}

/// A page that says only what is wrong, and goes away when it is mended.
fn trouble_page(base: &str, status: StatusCode, trouble: &str) -> Response {
    let trouble = escape(trouble);
    let html = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Not ready</title><body data-trouble><h1>The site cannot be shown yet</h1><pre>{trouble}</pre><script src=\"{base}{OWN}/reload.js\"></script></body></html>"
    );
    (status, typed("text/html; charset=utf-8", html.into_bytes())).into_response()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn with_script(path: &SitePath, bytes: &[u8], base: &str) -> Vec<u8> {
    if path.extension() != Some("html") {
        return bytes.to_vec();
    }
    let script = format!("<script src=\"{base}{OWN}/reload.js\"></script>");
    let html = String::from_utf8_lossy(bytes);
    match html.rfind("</body>") {
        Some(at) => [&html[..at], &script, &html[at..]].concat().into_bytes(),
        None => [&*html, &script].concat().into_bytes(),
    }
}

fn events(state: &State) -> Response {
    let changes = BroadcastStream::new(state.subscribe());
    // Having missed some changes means the same as having seen one.
    let stream = changes.map(|_| Ok::<_, Infallible>(Event::default().event("change").data("")));
    Sse::new(stream).keep_alive(KeepAlive::default()).into_response()
}

fn media_type(path: &SitePath) -> &'static str {
    match path.extension().map(str::to_ascii_lowercase).as_deref() {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("xml") => "application/xml; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("gif") => "image/gif",
        Some("webp") => "image/webp",
        Some("ico") => "image/x-icon",
        Some("pdf") => "application/pdf",
        Some("txt") => "text/plain; charset=utf-8",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

fn typed(media_type: &'static str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, Body::from(bytes)).into_response()
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    (status, typed("text/plain; charset=utf-8", text.as_bytes().to_vec())).into_response()
}

fn redirect(to: &str) -> Response {
    match axum::http::HeaderValue::from_str(to) {
        Ok(location) => (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, location)]).into_response(),
        Err(_) => plain(StatusCode::NOT_FOUND, "There is nothing here."),
    }
}
