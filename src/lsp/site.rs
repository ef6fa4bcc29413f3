//! A site folder and the texts of it that the editor has open.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crossbeam_channel::Sender;
use lsp_types::Uri;

use super::judge::{Files, Job, Judged, State};
use super::open_text::OpenText;
use super::position::{Encoding, Lines};
use super::uri::uri_of;
use crate::text::SitePath;

/// A site, as far as the server knows it.
pub(super) struct Site {
    /// The site folder, by the name that the editor has for it.
    pub(super) root: PathBuf,
    pub(super) open: BTreeMap<SitePath, OpenText>,
    /// What is known, perhaps of an earlier state; none before the first judgement.
    pub(super) judged: Option<Judged>,
    /// The versions of open texts whose findings were sent last.
    pub(super) answered: BTreeMap<SitePath, i32>,
    /// The last state that could not be judged.
    pub(super) failed: Option<State>,
    state: State,
    jobs: Sender<Job>,
}

impl Site {
    /// A site of which nothing is known. `jobs` is where it has states judged.
    pub(super) fn new(root: PathBuf, jobs: Sender<Job>) -> Self {
        Self { root, open: BTreeMap::new(), judged: None, answered: BTreeMap::new(), failed: None, state: 0, jobs }
    }

    /// The path of a file below the site folder.
    pub(super) fn path(&self, file: &std::path::Path) -> Option<SitePath> {
        let below = file.strip_prefix(&self.root).ok()?;
        let text = below.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
        SitePath::new(&text).ok()
    }

    /// Has the texts judged as they are now.
    pub(super) fn judge(&mut self, files: Files) {
        self.state += 1;
        let texts = self.open.iter().map(|(path, text)| (path.clone(), text.lines.raw().into())).collect();
        // The thread that judges lives as long as the server.
        let _ = self.jobs.send(Job { texts, state: self.state, files });
    }

    /// Whether what is known is about the texts as they are now.
    pub(super) fn is_current(&self) -> bool {
        self.judged.as_ref().is_some_and(|judged| judged.state == self.state)
    }

    /// Whether the texts as they are now cannot be judged.
    pub(super) fn has_failed(&self) -> bool {
        self.failed == Some(self.state)
    }

    /// Whether a judgement is about the texts as they are now.
    pub(super) fn is_about_now(&self, judged: &Judged) -> bool {
        judged.state == self.state
    }

    /// The address of a file, in the words of the editor where it has the file open.
    pub(super) fn uri(&self, path: &str) -> Option<Uri> {
        let open = SitePath::new(path).ok().and_then(|path| self.open.get(&path));
        open.map(|text| text.uri.clone()).or_else(|| uri_of(&self.root.join(path)))
    }

    /// The text of a file with its lines: as the editor shows it, else as it was read; none for what is no text.
    pub(super) fn lines(&self, path: &str, encoding: Encoding) -> Option<Lines> {
        let path = SitePath::new(path).ok()?;
        if let Some(open) = self.open.get(&path) {
            return Some(open.lines.clone());
        }
        let source = self.judged.as_ref()?.site.sources.texts.get(&path)?;
        Some(Lines::new(&*source.text, encoding))
    }
}
