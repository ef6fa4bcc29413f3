//! Connections to the preview, with limits, so that clients that stay silent or read nothing do not block a browser.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_io_timeout::TimeoutWriter;

/// The greatest number of connections. Each needs a file descriptor, and so does reading the site.
const MOST: usize = 256;

/// The greatest number of connections that wait for changes, one for each open page. The others are left for pages.
pub(super) const MOST_STREAMS: usize = 192;

/// How long a request may take to arrive, and how long a connection is kept without one.
const SILENCE: Duration = Duration::from_secs(10);

/// How long a client may read nothing of a response.
const STALL: Duration = Duration::from_secs(30);

/// The greatest length in bytes of the head of a request.
const LONGEST_HEAD: usize = 64 * 1024;

/// How long to wait after a connection could not be taken: for the first time, and at most.
const PAUSES: [Duration; 2] = [Duration::from_millis(20), Duration::from_secs(1)];

/// Answers every connection, and never ends: when file descriptors run out, it waits and tries again.
pub(super) async fn answer_all(listener: TcpListener, service: Router) {
    let places = Arc::new(Semaphore::new(MOST));
    let mut pause = PAUSES[0];
    loop {
        // The semaphore is never closed.
        let Ok(place) = places.clone().acquire_owned().await else { return };
        match listener.accept().await {
            Ok((stream, _)) => {
                pause = PAUSES[0];
                tokio::spawn(converse(stream, service.clone(), place));
            }
            Err(_) => {
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(PAUSES[1]);
            }
        }
    }
}

async fn converse(stream: TcpStream, service: Router, _place: OwnedSemaphorePermit) {
    let mut stream = TimeoutWriter::new(stream);
    stream.set_timeout(Some(STALL));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(SILENCE)
        .max_buf_size(LONGEST_HEAD)
        .serve_connection(TokioIo::new(Box::pin(stream)), TowerToHyperService::new(service));
    // An error means that the client is gone.
    let _ = connection.await;
}
