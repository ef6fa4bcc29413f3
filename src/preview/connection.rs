//! Connections: how many there may be at once, and how long one may be silent. Whoever opens many and says nothing, or
//! takes nothing, must not keep a browser from its page.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_io_timeout::TimeoutWriter;

/// How many connections there may be; each takes a descriptor, and the site has to be read, too.
const MOST: usize = 256;

/// How many of them may wait for changes, one for each open page. The others are left for questions.
pub(super) const MOST_STREAMS: usize = 192;

/// How long a request may take to arrive, and how long a connection is kept without one.
const SILENCE: Duration = Duration::from_secs(10);

/// How long an answer may wait until some of it is taken.
const STALL: Duration = Duration::from_secs(30);

/// The greatest length in bytes of what is kept of a request before it is understood.
const LONGEST_HEAD: usize = 64 * 1024;

/// How long to wait after a connection could not be taken: for the first time, and at most.
const PAUSES: [Duration; 2] = [Duration::from_millis(20), Duration::from_secs(1)];

/// Answers whoever connects. Never ends: when no connection can be taken, because descriptors ran out, it tries again.
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
    // Whatever broke it off: the other side is gone, or as good as gone.
    let _ = connection.await;
}
