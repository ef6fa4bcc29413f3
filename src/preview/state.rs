//! What the preview shows at the moment: the last good site, and what stands in the way of a newer one.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, RwLock};

use tokio::sync::broadcast;

use super::Event;
use crate::disk;
use crate::pipeline::{Options, prepare};
use crate::render::Renderer;
use crate::report;
use crate::text::{Output, SitePath};

/// What is shown, shared by all requests.
pub(super) struct State {
    root: PathBuf,
    options: Options,
    current: RwLock<Current>,
    changes: broadcast::Sender<()>,
}

#[derive(Default)]
struct Current {
    /// The last site without an error.
    edition: Option<Arc<Edition>>,
    /// The findings that stand in the way of a newer one; empty when nothing does.
    trouble: String,
    base_path: String,
}

/// A site, and the pages of it that were asked for.
struct Edition {
    renderer: Renderer,
    pages: Mutex<HashMap<SitePath, Arc<Vec<u8>>>>,
}

/// What stands at an address.
pub(super) enum Found {
    /// These bytes.
    Bytes(Arc<Vec<u8>>),
    /// Nothing; this is what is shown instead, if there is a site at all.
    Nothing(Option<Arc<Vec<u8>>>),
    /// A mistake in a template, or a file that cannot be read.
    Broken(String),
}

impl State {
    pub(super) fn new(root: PathBuf, options: Options) -> Self {
        let current = RwLock::new(Current { base_path: "/".to_owned(), ..Current::default() });
        Self { root, options, current, changes: broadcast::channel(16).0 }
    }

    /// Reads everything again. The site is replaced only when there is no error.
    pub(super) fn update(&self, tell: &dyn Fn(Event)) {
        let sources = match disk::read(&self.root) {
            Ok(sources) => sources,
            Err(error) => {
                let trouble = format!("{error:#}");
                tell(Event::Trouble(trouble.clone()));
                self.write().trouble = trouble;
                let _ = self.changes.send(());
                return;
            }
        };
        let prepared = prepare(&sources, &self.options);
        let findings = report::human(&prepared.findings, &sources, report::Colour::None);
        tell(Event::Read(format!("{findings}{}", report::summary(&prepared.counts))));
        let mut current = self.write();
        current.base_path = prepared.base_url.path().to_owned();
        match prepared.renderer {
            Some(renderer) => {
                current.edition = Some(Arc::new(Edition { renderer, pages: Mutex::default() }));
                current.trouble = String::new();
            }
            None => current.trouble = findings,
        }
        drop(current);
        // Nobody may be listening.
        let _ = self.changes.send(());
    }

    fn write(&self) -> std::sync::RwLockWriteGuard<'_, Current> {
        self.current.write().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn read(&self) -> std::sync::RwLockReadGuard<'_, Current> {
        self.current.read().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// The path of the home page, with a slash at both ends.
    pub(super) fn base_path(&self) -> String {
        self.read().base_path.clone()
    }

    /// What stands in the way of a newer site; empty when nothing does.
    pub(super) fn trouble(&self) -> String {
        self.read().trouble.clone()
    }

    /// A stream of changes from now on.
    pub(super) fn subscribe(&self) -> broadcast::Receiver<()> {
        self.changes.subscribe()
    }

    /// What stands at an output path, rendered now unless it was asked for since the last change.
    pub(super) fn find(&self, path: &SitePath) -> Found {
        let Some(edition) = self.read().edition.clone() else { return Found::Nothing(None) };
        match self.page(&edition, path) {
            Some(Ok(bytes)) => Found::Bytes(bytes),
            Some(Err(error)) => Found::Broken(error),
            None => {
                let not_found = SitePath::new("404.html").ok().and_then(|path| self.page(&edition, &path));
                Found::Nothing(not_found.and_then(Result::ok))
            }
        }
    }

    fn page(&self, edition: &Edition, path: &SitePath) -> Option<Result<Arc<Vec<u8>>, String>> {
        let pages = || edition.pages.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(known) = pages().get(path) {
            return Some(Ok(known.clone()));
        }
        let bytes = match edition.renderer.render(path)? {
            Ok(Output::Bytes(bytes)) => Arc::new(bytes),
            Ok(Output::Copy(source)) => match disk::read_published(&self.root, &source) {
                // Not remembered: pictures are large, and the disk remembers them.
                Ok(bytes) => return Some(Ok(Arc::new(bytes))),
                Err(error) => return Some(Err(format!("{error:#}"))),
            },
            Err(finding) => return Some(Err(format!("{}: {}", finding.path, finding.message))),
        };
        pages().insert(path.clone(), bytes.clone());
        Some(Ok(bytes))
    }
}
