//! The conversation with the editor: what it tells is taken in, what it asks is answered, in order.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use crossbeam_channel::{Receiver, Sender, select, unbounded};
use lsp_server::{Connection, Message, Notification, Request, RequestId, Response};
use lsp_types::notification::{LogMessage, PublishDiagnostics};
use lsp_types::{InitializeParams, LogMessageParams, MessageType, Uri};

use super::capability::{Client, capabilities};
use super::judge::{self, Files, Judged, State, panic_message};
use super::site::Site;
use super::uri::path_of;
use super::{Clock, Settings, finding, notification, request};
use crate::disk;
use crate::text::SitePath;

/// How long a question waits for the judgement that it is about.
const PATIENCE: Duration = Duration::from_secs(10);

/// What the threads beside the conversation tell.
#[derive(Debug)]
pub(super) enum Event {
    /// The site in this folder was judged.
    Judged(PathBuf, Box<Judged>),
    /// Files of the site in this folder may have changed.
    FilesChanged(PathBuf),
    /// The state of the site in this folder could not be judged, for this reason.
    Failed(PathBuf, State, String),
    /// The folder is not watched, for this reason.
    Unwatched(String),
}

/// A conversation with an editor.
pub(super) struct Server {
    /// The sites that were met, by folder.
    pub(super) sites: BTreeMap<PathBuf, Site>,
    pub(super) client: Client,
    pub(super) clock: Clock,
    /// The site that was named; others are then left alone.
    only: Option<PathBuf>,
    to_client: Sender<Message>,
    to_itself: Sender<Event>,
    events: Receiver<Event>,
}

/// Talks with an editor over standard input and output until it says goodbye.
///
/// # Errors
///
/// What the editor says is not the protocol.
pub(crate) fn serve(settings: Settings) -> Result<()> {
    let (connection, threads) = Connection::stdio();
    converse(&connection, settings)?;
    drop(connection);
    threads.join().context("the conversation with the editor broke off")
}

/// Talks with an editor over a connection until it says goodbye.
///
/// # Errors
///
/// What the editor says is not the protocol.
pub fn converse(connection: &Connection, settings: Settings) -> Result<()> {
    let (id, params) = connection.initialize_start()?;
    let params: InitializeParams = serde_json::from_value(params).context("the editor does not introduce itself")?;
    let client = Client::new(&params);
    connection.initialize_finish(id, capabilities(&client))?;
    let (to_itself, events) = unbounded();
    let mut server = Server {
        sites: BTreeMap::new(),
        client,
        clock: settings.clock,
        only: settings.site,
        to_client: connection.sender.clone(),
        to_itself,
        events,
    };
    server.open_folders(&params);
    loop {
        select! {
            recv(connection.receiver) -> message => match message {
                Ok(Message::Request(request)) => {
                    if connection.handle_shutdown(&request)? {
                        return Ok(());
                    }
                    server.answer(request);
                }
                Ok(Message::Notification(told)) => server.hear(told),
                // The server asks nothing.
                Ok(Message::Response(_)) => {}
                Err(_) => return Ok(()),
            },
            recv(server.events) -> event => if let Ok(event) = event { server.take(event) },
        }
    }
}

impl Server {
    /// Opens the sites in the folders of the editor.
    fn open_folders(&mut self, params: &InitializeParams) {
        if let Some(site) = self.only.clone() {
            self.open_site(&site);
            return;
        }
        for folder in folders(params) {
            match disk::site_around(&folder) {
                Some(site) => self.open_site(site),
                None => disk::sites_below(&folder).iter().for_each(|site| self.open_site(site)),
            }
        }
    }

    fn open_site(&mut self, root: &Path) {
        if !self.sites.contains_key(root) {
            let jobs = judge::start(root.to_owned(), self.clock, self.to_itself.clone());
            self.sites.insert(root.to_owned(), Site::new(root.to_owned(), jobs));
        }
    }

    /// The site of a file, and the path of the file in it. A site that was not met before is opened.
    pub(super) fn locate(&mut self, uri: &Uri) -> Option<(&mut Site, SitePath)> {
        let file = path_of(uri)?;
        let known = |sites: &BTreeMap<PathBuf, Site>| sites.keys().rfind(|root| file.starts_with(root)).cloned();
        let around = || disk::site_around(&file).map(Path::to_owned).filter(|_| self.only.is_none());
        let root = around().or_else(|| known(&self.sites))?;
        self.open_site(&root);
        let site = self.sites.get_mut(&root)?;
        let path = site.path(&file)?;
        Some((site, path))
    }

    /// Answers a question. One that breaks the code that answers it is answered, too: with an error.
    fn answer(&mut self, request: Request) {
        let id = request.id.clone();
        let response = guarded(id, || request::answer(self, request));
        self.send(response.into());
    }

    /// Takes in what the editor tells.
    fn hear(&mut self, told: Notification) {
        let taken = catch_unwind(AssertUnwindSafe(|| notification::take_in(self, told)));
        if let Err(panic) = taken {
            self.log(panic_message(&*panic));
        }
    }

    fn take(&mut self, event: Event) {
        let encoding = self.client.encoding;
        match event {
            Event::Judged(root, judged) => {
                let Some(site) = self.sites.get_mut(&root).filter(|site| site.is_about_now(&judged)) else { return };
                for findings in finding::take_in(site, *judged, encoding) {
                    self.tell::<PublishDiagnostics>(findings);
                }
            }
            Event::FilesChanged(root) => {
                if let Some(site) = self.sites.get_mut(&root) {
                    site.judge(Files::Changed);
                }
            }
            Event::Failed(root, state, reason) => {
                if let Some(site) = self.sites.get_mut(&root) {
                    site.failed = Some(state);
                }
                self.log(reason);
            }
            Event::Unwatched(reason) => self.log(reason),
        }
    }

    /// Waits until a site is judged as a question needs it, or its texts as they are now cannot be judged.
    pub(super) fn wait_for(&mut self, root: &Path, state: Awaited) {
        let is_there = |server: &Self| {
            server.sites.get(root).is_none_or(|site| match state {
                Awaited::Any => site.judged.is_some() || site.has_failed(),
                Awaited::Current => site.is_current() || site.has_failed(),
            })
        };
        while !is_there(self) {
            match self.events.recv_timeout(PATIENCE) {
                Ok(event) => self.take(event),
                Err(_) => return,
            }
        }
    }

    fn log(&self, message: String) {
        self.tell::<LogMessage>(LogMessageParams { typ: MessageType::ERROR, message });
    }

    fn tell<N: lsp_types::notification::Notification>(&self, params: N::Params) {
        self.send(Notification::new(N::METHOD.to_owned(), params).into());
    }

    fn send(&self, message: Message) {
        // An editor that is gone hears nothing, and the conversation ends on its own.
        let _ = self.to_client.send(message);
    }
}

/// Which judgement a question needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Awaited {
    /// One, be it of an earlier state.
    Any,
    /// The one of the texts as they are now.
    Current,
}

/// What `answer` returns, or an error where it panics.
fn guarded(id: RequestId, answer: impl FnOnce() -> Response) -> Response {
    let answered = catch_unwind(AssertUnwindSafe(answer));
    answered.unwrap_or_else(|panic| request::broken(id, panic_message(&*panic)))
}

/// The folders that the editor has open.
fn folders(params: &InitializeParams) -> Vec<PathBuf> {
    let folders = params.workspace_folders.iter().flatten().map(|folder| &folder.uri);
    let found: Vec<PathBuf> = folders.filter_map(path_of).collect();
    #[allow(deprecated, reason = "older editors name their folder this way")]
    let root = params.root_uri.as_ref().and_then(path_of);
    if found.is_empty() { root.into_iter().collect() } else { found }
}

#[cfg(test)]
mod tests {
    use lsp_server::{ErrorCode, RequestId, Response};

    use super::guarded;

    #[test]
    fn what_breaks_off_is_answered_with_an_error() {
        let id = RequestId::from(7);
        let answer = guarded(id.clone(), || panic!("a rule without words"));
        let problem = answer.response_result.unwrap_err();
        assert_eq!((answer.id, problem.code), (id.clone(), ErrorCode::InternalError as i32));
        assert_eq!(problem.message, "this is a mistake in casebook: a rule without words");
        assert!(guarded(id.clone(), || Response::new_ok(id, 1)).response_result.is_ok());
    }
}
