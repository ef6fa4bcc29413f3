//! A site as it is shown, and the pages of it that were asked for.

use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::diagnostic::Diagnostic;
use crate::disk;
use crate::pipeline::Prepared;
use crate::render::Renderer;
use crate::text::{Output, SitePath, SourceSet};

/// A site that can be shown. Nothing in it changes; pages are remembered once they were asked for.
pub(super) struct Edition {
    pub(super) renderer: Arc<Renderer>,
    pages: Mutex<HashMap<SitePath, Arc<Vec<u8>>>>,
    /// Whether a template failed.
    is_broken: AtomicBool,
}

/// What is shown at a moment: the last good site, what was found since, and what is shown where a template fails.
#[derive(Default)]
pub(super) struct Current {
    /// Names this state of the site; another state has another name.
    pub(super) build: String,
    /// The last site without an error.
    pub(super) edition: Option<Arc<Edition>>,
    /// The last one whose templates were others, and worked.
    pub(super) fallback: Option<Arc<Edition>>,
    /// Every finding of the newest reading, by file and place.
    pub(super) findings: Vec<Diagnostic>,
    /// How many there are, and how many reviews.
    pub(super) counts: crate::check::Counts,
    /// What the findings are about.
    pub(super) sources: Arc<SourceSet>,
    /// Why the folder could not be read; empty when it could.
    pub(super) trouble: String,
    /// Whether something could not be read that perhaps can be read without any change, such as when descriptors ran out.
    pub(super) may_be_read_later: bool,
    /// The path of the home page, with a slash at both ends.
    pub(super) base_path: String,
    /// The page of the review that changed, when it was one.
    pub(super) follow: Option<SitePath>,
}

/// What stands at an address.
pub(super) enum Found {
    /// These bytes.
    Bytes(Arc<Vec<u8>>),
    /// Nothing; this is what is shown instead, if there is a site at all.
    Nothing(Option<Arc<Vec<u8>>>),
    /// A mistake in a template, and the last page that could be made.
    Broken(Box<Diagnostic>, Option<Arc<Vec<u8>>>),
    /// A file that is copied as it is, and that cannot be read.
    Unreadable(String),
}

impl Edition {
    pub(super) fn new(renderer: Arc<Renderer>) -> Self {
        Self { renderer, pages: Mutex::default(), is_broken: AtomicBool::new(false) }
    }

    /// What stands at `path`, rendered now unless it was asked for before. `root` is where copies are read.
    fn page(&self, path: &SitePath, root: &Path) -> Option<Result<Arc<Vec<u8>>, Failure>> {
        if let Some(known) = self.pages.lock().unwrap_or_else(PoisonError::into_inner).get(path) {
            return Some(Ok(known.clone()));
        }
        let bytes = match self.renderer.render(path)? {
            Ok(Output::Bytes(bytes)) => Arc::new(bytes),
            // Not remembered: pictures are large, and the disk remembers them.
            Ok(Output::Copy(source)) => {
                let read = disk::read_published(root, &source);
                return Some(read.map(Arc::new).map_err(|error| Failure::Unreadable(format!("{error:#}"))));
            }
            Err(finding) => {
                self.is_broken.store(true, Ordering::Relaxed);
                return Some(Err(Failure::Template(finding)));
            }
        };
        self.pages.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone(), bytes.clone());
        Some(Ok(bytes))
    }
}

enum Failure {
    Template(Box<Diagnostic>),
    Unreadable(String),
}

impl Current {
    /// What is shown after a reading. Without a new site, the one shown until now stays. `early` is what was shown of
    /// the same reading before it was judged, with the pages that were asked for by then.
    pub(super) fn after(&self, sources: Arc<SourceSet>, prepared: Prepared, early: Option<Arc<Edition>>) -> Self {
        let edition = prepared.renderer.map(|renderer| match early {
            Some(early) if Arc::ptr_eq(&early.renderer, &renderer) => early,
            _ => Arc::new(Edition::new(renderer)),
        });
        // Pages that stay are linked as they were: settings that cannot be read at the moment name no other address.
        let base_path = match (&edition, &self.edition) {
            (None, Some(_)) if sources.is_incomplete() => self.base_path.clone(),
            _ => prepared.base_url.path().to_owned(),
        };
        let fallback = match (&self.edition, &edition) {
            (Some(old), Some(new)) if !old.renderer.has_theme_of(&new.renderer) => {
                let has_failed = old.is_broken.load(Ordering::Relaxed);
                if has_failed { self.fallback.clone() } else { Some(old.clone()) }
            }
            _ => self.fallback.clone(),
        };
        Self {
            build: String::new(),
            edition: edition.or_else(|| self.edition.clone()),
            fallback,
            findings: prepared.findings,
            counts: prepared.counts,
            may_be_read_later: sources.is_incomplete(),
            sources,
            trouble: String::new(),
            base_path,
            follow: None,
        }
    }

    /// Whether something stands in the way of a newer site.
    pub(super) fn is_stuck(&self) -> bool {
        self.counts.errors > 0 || !self.trouble.is_empty()
    }

    /// What stands at an output path. `root` is where copies are read.
    pub(super) fn find(&self, path: &SitePath, root: &Path) -> Found {
        let Some(edition) = &self.edition else { return Found::Nothing(None) };
        match edition.page(path, root) {
            Some(Ok(bytes)) => Found::Bytes(bytes),
            Some(Err(Failure::Unreadable(error))) => Found::Unreadable(error),
            Some(Err(Failure::Template(finding))) => {
                let older = self.fallback.as_ref().and_then(|fallback| fallback.page(path, root)?.ok());
                Found::Broken(finding, older)
            }
            None => {
                let not_found = SitePath::new("404.html").ok().and_then(|path| edition.page(&path, root)?.ok());
                Found::Nothing(not_found)
            }
        }
    }
}
