//! The preview: the site over HTTP, rendered page by page, reloaded when a file changes.

mod http;
mod state;

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use anyhow::{Context, Result};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::disk::{Watcher, watch};
use crate::pipeline::Options;
use state::State;

/// What a preview shows, and where.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The site folder.
    pub root: PathBuf,
    /// The day and the readers it is made for.
    pub options: Options,
    /// The address to listen at.
    pub host: IpAddr,
    /// The port; none takes the first free one from 4000.
    pub port: Option<u16>,
    /// How changes are noticed.
    pub watcher: Watcher,
}

/// What the caller is told while the preview runs.
#[derive(Clone, Debug)]
pub enum Event {
    /// It can be visited at this address.
    Ready(String),
    /// The site was read; this was found.
    Read(String),
    /// Something went wrong and the preview goes on.
    Trouble(String),
}

const FIRST_PORT: u16 = 4000;
const LAST_PORT: u16 = 4020;

/// Serves the site until the process is interrupted.
///
/// # Errors
///
/// The port is taken, or the folder cannot be watched.
pub fn serve(settings: Settings, tell: impl Fn(Event) + Send + Sync + 'static) -> Result<()> {
    let state = Arc::new(State::new(settings.root.clone(), settings.options.clone()));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let listener = listen(&settings).await?;
        let address = listener.local_addr()?;
        let failure = spawn_watcher(&settings, &state, address, tell);
        let server = axum::serve(listener, http::service(state, settings.host));
        tokio::select! {
            served = server => served.context("the preview broke off"),
            Ok(error) = failure => Err(error),
            _ = tokio::signal::ctrl_c() => Ok(()),
        }
    })?;
    // Open connections wait for the next change; nobody needs them any more.
    runtime.shutdown_background();
    Ok(())
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

/// Reads the site now and after each change. What is returned arrives when the folder cannot be watched.
fn spawn_watcher(
    settings: &Settings,
    state: &Arc<State>,
    address: SocketAddr,
    tell: impl Fn(Event) + Send + 'static,
) -> oneshot::Receiver<anyhow::Error> {
    let (failed, failure) = oneshot::channel();
    let (root, how, state) = (settings.root.clone(), settings.watcher, state.clone());
    thread::spawn(move || {
        let mut is_first = true;
        let changed = || {
            state.update(&tell);
            if std::mem::take(&mut is_first) {
                tell(Event::Ready(format!("http://{address}{}", state.base_path())));
            }
            true
        };
        if let Err(error) = watch(&root, how, changed) {
            // The preview may be over already.
            let _ = failed.send(error);
        }
    });
    failure
}
