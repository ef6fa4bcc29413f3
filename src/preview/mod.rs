//! The preview: the site over HTTP, rendered page by page, reloaded when a file changes.

mod access;
mod connection;
mod editor;
mod http;
mod page;
mod snapshot;
mod state;
mod status;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Once};
use std::thread;

use anyhow::{Context, Result};
use chrono::NaiveDate;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::disk::{WatchControl, WatchEvent, Watcher, watch};
use crate::pipeline::Options;
use crate::report::Colour;
use access::AccessRules;
use state::State;

/// What day it is.
pub(crate) type Clock = fn() -> NaiveDate;

/// What a preview shows, and where.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// The site folder, as a whole path.
    pub root: PathBuf,
    /// The day by which the site is judged, and who reads it.
    pub options: Options,
    /// What tells the day of each build; none when the day of the options stays.
    pub clock: Option<Clock>,
    /// The address to listen at.
    pub host: IpAddr,
    /// The port; none takes the first free one from 4000.
    pub port: Option<u16>,
    /// Further names under which it may be visited.
    pub allowed_hosts: Vec<String>,
    pub watcher: Watcher,
    /// What pages show of the preview.
    pub show: Show,
}

/// What a preview shows besides the site.
#[derive(Clone, Debug)]
pub(crate) struct Show {
    /// The address by which an editor opens a file, with `{path}`, `{line}` and `{column}`; empty for no editor.
    pub editor: String,
    /// Whether what readers do not see is marked, and internal blocks are shown.
    pub drafts: bool,
    /// Whether browsers go to the review that changed.
    pub follow: bool,
    /// Whether findings are told in colours.
    pub colour: Colour,
}

/// What the caller is told while the preview runs.
#[derive(Clone, Debug)]
pub(crate) enum Event {
    /// It can be visited at this address.
    Ready(String),
    /// The site was read; this was found that had not been found before.
    Read(String),
    /// Something went wrong and the preview goes on.
    Trouble(String),
    /// The folder is polled from now on, since the system does not report changes for this reason.
    Polling(String),
}

const FIRST_PORT: u16 = 4000;
const LAST_PORT: u16 = 4020;

/// Serves the site until the process is interrupted.
///
/// # Errors
///
/// The port is taken, or the folder cannot be watched.
pub(crate) fn serve(settings: Settings, tell: impl Fn(Event) + Send + Sync + 'static) -> Result<()> {
    let state = Arc::new(State::new(&settings));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        // First of all, so that requests during the first reading wait and are not refused.
        let listener = listen(&settings).await?;
        let address = listener.local_addr()?;
        let failure = spawn_watcher(&settings, &state, address, tell);
        let access = AccessRules { host: settings.host, names: settings.allowed_hosts.clone() };
        tokio::select! {
            () = connection::answer_all(listener, http::service(state, access)) => Ok(()),
            Ok(error) = failure => Err(error),
            _ = tokio::signal::ctrl_c() => Ok(()),
        }
    })?;
    // Open connections wait for the next change, which never comes.
    runtime.shutdown_background();
    Ok(())
}

/// The address at which a browser on this machine reaches the one that is listened at.
fn visited(mut address: SocketAddr) -> SocketAddr {
    match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
        _ => {}
    }
    address
}

async fn listen(settings: &Settings) -> Result<TcpListener> {
    let host = settings.host;
    if let Some(port) = settings.port {
        let listener = TcpListener::bind(SocketAddr::new(host, port)).await;
        return listener
            .with_context(|| format!("port {port} of {host} cannot be used; choose another one with --port"));
    }
    for port in FIRST_PORT..=LAST_PORT {
        if let Ok(listener) = TcpListener::bind(SocketAddr::new(host, port)).await {
            return Ok(listener);
        }
    }
    anyhow::bail!("no port from {FIRST_PORT} to {LAST_PORT} of {host} is free; choose one with --port")
}

/// Builds the site now and after each change. The error that is returned arrives when the folder cannot be watched.
fn spawn_watcher(
    settings: &Settings,
    state: &Arc<State>,
    address: SocketAddr,
    tell: impl Fn(Event) + Send + Sync + 'static,
) -> oneshot::Receiver<anyhow::Error> {
    let (failed, failure) = oneshot::channel();
    let (root, how, state) = (settings.root.clone(), settings.watcher, state.clone());
    let (first, reviews) = (Once::new(), state.reviews.clone());
    let hear = move |signal: WatchEvent| {
        match signal {
            WatchEvent::Changing => state.expect_change(),
            WatchEvent::Polling(reason) => tell(Event::Polling(reason)),
            WatchEvent::Ready(changed) => {
                let event = state.update(&changed);
                first.call_once(|| {
                    tell(Event::Ready(format!("http://{}{}", visited(address), state.snapshot().base_path)))
                });
                event.into_iter().for_each(&tell);
                if state.snapshot().may_be_read_later {
                    return WatchControl::Retry;
                }
            }
        }
        WatchControl::Continue
    };
    thread::spawn(move || {
        if let Err(error) = watch(&root, reviews, how, hear) {
            // The preview may be over already.
            let _ = failed.send(error);
        }
    });
    failure
}
