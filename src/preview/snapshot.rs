//! What the preview shows at a moment: a site, its findings, and the pages that were rendered so far.

use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;

use crate::diagnostic::Diagnostic;
use crate::disk;
use crate::pipeline::Prepared;
use crate::render::Renderer;
use crate::text::{Output, SitePath, SourceSet};

/// A site that can be shown. Its pages are rendered when they are first requested, and kept.
pub(super) struct ServedSite {
    pub(super) renderer: Arc<Renderer>,
    pages: Mutex<HashMap<SitePath, Arc<Vec<u8>>>>,
    is_broken: AtomicBool,
}

/// The last site that can be shown, with the findings of the newest reading of the folder, which may have errors.
#[derive(Default)]
pub(super) struct Snapshot {
    /// A name that no snapshot of other files or another day has.
    pub(super) build: String,
    /// The day by which the site was built.
    pub(super) today: NaiveDate,
    /// The last site that can be shown: without an error, or with errors that leave every text readable.
    pub(super) site: Option<Arc<ServedSite>>,
    /// Whether that is the site of the newest reading.
    pub(super) is_current: bool,
    /// The last site with other templates that worked. It stands in for pages whose template fails now.
    pub(super) fallback: Option<Arc<ServedSite>>,
    /// Every finding of the newest reading, by file and place.
    pub(super) findings: Vec<Diagnostic>,
    /// How many findings and reviews there are.
    pub(super) counts: crate::check::Counts,
    /// The files that the findings point at.
    pub(super) sources: Arc<SourceSet>,
    /// Why the folder could not be read; empty when it could.
    pub(super) trouble: String,
    /// Whether something could not be read that may become readable without a change, as when descriptors ran out.
    pub(super) may_be_read_later: bool,
    /// The path of the home page, with a slash at both ends.
    pub(super) base_path: String,
    /// The page that browsers go to, because its review is the only file that changed.
    pub(super) follow: Option<SitePath>,
}

/// When a site that could not be read may be readable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Retry {
    /// Without any change, for example because descriptors ran out.
    Later,
    /// Not before something changes.
    AfterChange,
}

/// What stands at an address.
pub(super) enum Found {
    Bytes(Arc<Vec<u8>>),
    /// Nothing. The page for unknown addresses is shown instead, if there is a site at all.
    Nothing(Option<Arc<Vec<u8>>>),
    /// A page whose template fails, with the mistake and the page of the fallback.
    Broken(Box<Diagnostic>, Option<Arc<Vec<u8>>>),
    /// A file that is copied as it is, and that cannot be read.
    Unreadable(String),
}

impl ServedSite {
    pub(super) fn new(renderer: Arc<Renderer>) -> Self {
        Self { renderer, pages: Mutex::default(), is_broken: AtomicBool::new(false) }
    }

    /// What stands at `path`. `root` is the folder from which copied files are read.
    fn page(&self, path: &SitePath, root: &Path) -> Option<Result<Arc<Vec<u8>>, Failure>> {
        if let Some(known) = self.pages.lock().unwrap_or_else(PoisonError::into_inner).get(path) {
            return Some(Ok(known.clone()));
        }
        let bytes = match self.renderer.render(path)? {
            Ok(Output::Bytes(bytes)) => Arc::new(bytes),
            // Not kept: pictures are large, and the system caches files.
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

impl Snapshot {
    /// The snapshot that follows a build. Without a new site, the one shown until now stays. A build that was shown as
    /// `early` before its judgement keeps the pages that were rendered since.
    pub(super) fn after(&self, sources: Arc<SourceSet>, prepared: Prepared, early: Option<Arc<ServedSite>>) -> Self {
        let is_current = prepared.preview.is_some();
        let site = prepared.preview.map(|renderer| match early {
            Some(early) if Arc::ptr_eq(&early.renderer, &renderer) => early,
            _ => Arc::new(ServedSite::new(renderer)),
        });
        // An old site keeps its address while the new settings cannot be read.
        let base_path = match (&site, &self.site) {
            (None, Some(_)) if sources.is_incomplete() => self.base_path.clone(),
            _ => prepared.base_url.path().to_owned(),
        };
        let fallback = match (&self.site, &site) {
            (Some(old), Some(new)) if !old.renderer.has_theme_of(&new.renderer) => {
                let has_failed = old.is_broken.load(Ordering::Relaxed);
                if has_failed { self.fallback.clone() } else { Some(old.clone()) }
            }
            _ => self.fallback.clone(),
        };
        Self {
            build: String::new(),
            today: NaiveDate::default(),
            site: site.or_else(|| self.site.clone()),
            is_current,
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

    /// The snapshot for a folder that cannot be read: the last site and the reason. Also whether the reason is new.
    pub(super) fn unreadable(&self, error: &anyhow::Error, retry: Retry, build: String) -> (Self, bool) {
        let trouble = format!("{error:#}");
        let is_new = self.trouble != trouble;
        let snapshot = Self {
            build: if is_new { build } else { self.build.clone() },
            site: self.site.clone(),
            fallback: self.fallback.clone(),
            trouble,
            may_be_read_later: retry == Retry::Later,
            base_path: self.base_path.clone(),
            ..Self::default()
        };
        (snapshot, is_new)
    }

    /// Whether errors keep the site from being published.
    pub(super) fn is_stuck(&self) -> bool {
        self.counts.errors > 0 || !self.trouble.is_empty()
    }

    /// What stands at an output path. `root` is the folder from which copied files are read.
    pub(super) fn find(&self, path: &SitePath, root: &Path) -> Found {
        let Some(site) = &self.site else { return Found::Nothing(None) };
        match site.page(path, root) {
            Some(Ok(bytes)) => Found::Bytes(bytes),
            Some(Err(Failure::Unreadable(error))) => Found::Unreadable(error),
            Some(Err(Failure::Template(finding))) => {
                let older = self.fallback.as_ref().and_then(|fallback| fallback.page(path, root)?.ok());
                Found::Broken(finding, older)
            }
            None => {
                let not_found = SitePath::new("404.html").ok().and_then(|path| site.page(&path, root)?.ok());
                Found::Nothing(not_found)
            }
        }
    }
}
