//! What of a site folder is watched, and which events concern it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::list::PARTS;

/// The folders of reviews outside of the fixed parts of a site, as the last reading found them.
#[derive(Clone, Debug, Default)]
pub struct WatchedFolders(Arc<Mutex<BTreeSet<String>>>);

impl WatchedFolders {
    pub(super) fn set(&self, folders: BTreeSet<String>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = folders;
    }

    /// The folders, below the root.
    pub(super) fn get(&self) -> BTreeSet<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether a path below the root lies in one of them, or on the way to one.
    fn concern(&self, below: &str) -> bool {
        let leads_to = |outer: &str, inner: &str| inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/'));
        self.get().iter().any(|folder| folder == below || leads_to(folder, below) || leads_to(below, folder))
    }
}

/// A site folder, and what in it is watched.
#[derive(Clone, Debug)]
pub(super) struct Watched {
    pub(super) root: PathBuf,
    /// The links on the way to the root.
    pub(super) links: Vec<PathBuf>,
    pub(super) reviews: WatchedFolders,
}

/// Whether an event may concern a file of the site: not reading, not the output folder, and not hidden files such as the
/// swap files of editors.
pub(super) fn concerns_site(event: &Event, site: &Watched) -> bool {
    if matches!(event.kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write)) {
        return false;
    }
    let is_of_site = |path: &PathBuf| {
        let Ok(below) = path.strip_prefix(&site.root) else {
            return site.links.is_empty() || site.links.contains(path);
        };
        let names: Vec<_> = below.iter().map(|name| name.to_string_lossy()).collect();
        let is_part = names.first().is_none_or(|first| PARTS.contains(&first.as_ref()));
        (is_part || site.reviews.concern(&names.join("/"))) && !names.iter().any(|name| name.starts_with('.'))
    };
    event.paths.is_empty() || event.paths.iter().any(is_of_site)
}

/// Watches the folders of a site anew, and returns them.
pub(super) fn watch_parts(
    site: &Watched,
    native: &mut RecommendedWatcher,
    before: &[PathBuf],
) -> notify::Result<Vec<PathBuf>> {
    for folder in before {
        // A folder that is gone is not watched any more either.
        let _ = native.unwatch(folder);
    }
    let mut watched = Vec::new();
    let parts = PARTS.map(|part| site.root.join(part)).into_iter().filter(|part| part.is_dir());
    let reviews = site.reviews.get().into_iter().filter_map(|folder| existing(&site.root, &folder));
    for (folder, mode) in parts.map(|part| (part, RecursiveMode::Recursive)).chain(reviews) {
        match native.watch(&folder, mode) {
            Ok(()) => watched.push(folder),
            // Its removal will be heard of.
            Err(_) if !folder.exists() => {}
            Err(error) => return Err(error),
        }
    }
    Ok(watched)
}

/// A folder of reviews as it is watched, or the nearest one above where it may be made. The root is watched already.
fn existing(root: &Path, folder: &str) -> Option<(PathBuf, RecursiveMode)> {
    let whole = root.join(folder);
    if whole.is_dir() {
        return Some((whole, RecursiveMode::Recursive));
    }
    let above = whole.ancestors().skip(1).find(|above| above.is_dir())?;
    (above != root && above.starts_with(root)).then(|| (above.to_owned(), RecursiveMode::NonRecursive))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use notify::event::{AccessKind, AccessMode, CreateKind};
    use notify::{Event, EventKind};

    use super::{Watched, WatchedFolders, concerns_site};

    #[test]
    fn only_files_of_the_site_matter() {
        let site = Watched { root: "/site".into(), links: Vec::new(), reviews: WatchedFolders::default() };
        site.reviews.set(["docs/postmortems".to_owned()].into());
        let check = |kind: EventKind, path: &str, expected: bool| {
            let event = Event::new(kind).add_path(Path::new("/site").join(path));
            assert_eq!(concerns_site(&event, &site), expected, "{kind:?} {path}");
        };
        let made = EventKind::Create(CreateKind::File);
        for path in
            ["content/reviews/a.md", "casebook.toml", "themes", "static/a/b.png", "", "docs", "docs/postmortems/a.md"]
        {
            check(made, path, true);
        }
        for path in [
            "public/index.html",
            ".git/HEAD",
            "content/reviews/.a.md.swp",
            "casebook.toml~",
            "static/.x/y",
            "docs/a.md",
            "docs/postmortems/.a.md.swp",
            "src/main.rs",
        ] {
            check(made, path, false);
        }
        check(EventKind::Access(AccessKind::Open(AccessMode::Any)), "content/a.md", false);
        check(EventKind::Access(AccessKind::Close(AccessMode::Write)), "content/a.md", true);
    }
}
