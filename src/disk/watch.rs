//! Watches a site folder. Events are hints only: after each one the folder is read again.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use notify::event::{CreateKind, ModifyKind, RemoveKind};
use notify::{Config, ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::mount;
use super::root_link::links_on_the_way;
use super::watched::{Watched, WatchedFolders, concerns_site, watch_parts};

/// How long no event may arrive before a change is reported, when no file is open for writing.
const QUIET: Duration = Duration::from_millis(4);

/// How long no event may arrive while a changed file is still open, since more may be written.
const WRITING: Duration = Duration::from_millis(60);

/// The longest time from the first event to the report of a change.
const PATIENCE: Duration = Duration::from_millis(300);

/// After how long to read once more when folders were created or removed, since changes in a new folder give no event
/// until it is watched.
const SECOND_LOOK: Duration = Duration::from_millis(400);

/// The first and the longest delay before reading again after a file could not be read.
const RETRIES: [Duration; 2] = [Duration::from_millis(300), Duration::from_secs(5)];

/// The shortest interval between two scans when the system reports no events.
const POLL_INTERVAL: Duration = Duration::from_millis(400);

/// How changes are detected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watcher {
    /// By events of the operating system, or by polling where it has none.
    Native,
    /// By polling, for file systems that report no events.
    Poll,
}

/// What the watcher reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WatchEvent {
    /// A file is changing. Reported at once, perhaps from another thread, and perhaps while a `Ready` is being handled.
    Changing,
    /// The folder should be read: at the beginning, after a change, and at each poll. Here are the files that events
    /// named; none when they may not name all.
    Ready(Vec<PathBuf>),
    /// The system reports no events, for this reason, so the folder is polled from now on.
    Polling(String),
}

/// What the watcher should do after a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WatchControl {
    /// Wait for the next change.
    Continue,
    /// Report `Ready` again soon, since a file could not be read and no event tells when it can.
    Retry,
    /// End the watch.
    Stop,
}

/// Calls `hear` for every change below `root` that may concern the fixed parts of a site or `reviews`, until it returns
/// [`WatchControl::Stop`].
///
/// # Errors
///
/// The folder does not exist.
pub fn watch(
    root: &Path,
    reviews: WatchedFolders,
    how: Watcher,
    hear: impl Fn(WatchEvent) -> WatchControl + Send + Sync + 'static,
) -> Result<()> {
    let named = std::path::absolute(root).with_context(|| format!("{} cannot be watched", root.display()))?;
    let hear: Arc<Hear> = Arc::new(hear);
    loop {
        if how == Watcher::Poll {
            break;
        }
        let root = fs::canonicalize(&named).with_context(|| format!("{} cannot be watched", root.display()))?;
        let site = Watched { links: links_on_the_way(&named), root, reviews: reviews.clone() };
        let end = match mount::unreported(&site.root) {
            Some(kind) => {
                ListenEnd::Unreported(format!("{} lies on a file system of the kind {kind}", site.root.display()))
            }
            None => listen(&site, &named, &hear),
        };
        match end {
            ListenEnd::Stopped => return Ok(()),
            ListenEnd::Moved => {}
            ListenEnd::Unreported(reason) => match hear(WatchEvent::Polling(reason)) {
                WatchControl::Stop => return Ok(()),
                WatchControl::Continue | WatchControl::Retry => break,
            },
        }
    }
    loop {
        let begun = Instant::now();
        if hear(WatchEvent::Ready(Vec::new())) == WatchControl::Stop {
            return Ok(());
        }
        // A large folder on a slow disk must not keep the machine busy.
        thread::sleep(POLL_INTERVAL.max(begun.elapsed() * 10));
    }
}

type Hear = dyn Fn(WatchEvent) -> WatchControl + Send + Sync;

/// Why events of the system are no longer handled.
enum ListenEnd {
    /// After [`WatchControl::Stop`].
    Stopped,
    /// A link on the way leads to another folder.
    Moved,
    /// There are no events, for this reason.
    Unreported(String),
}

/// Handles events of the system about `site`, which is called `named`.
fn listen(site: &Watched, named: &Path, hear: &Arc<Hear>) -> ListenEnd {
    let (sender, receiver) = channel();
    let mut native = match native(site, hear, sender) {
        Ok(native) => native,
        Err(error) => return ListenEnd::Unreported(explain(&error)),
    };
    let mut watched = Vec::new();
    let holders = site.links.iter().filter_map(|link| link.parent());
    for folder in holders.chain([site.root.as_path()]) {
        if let Err(error) = native.watch(folder, RecursiveMode::NonRecursive) {
            return ListenEnd::Unreported(explain(&error));
        }
    }
    let mut batch = EventBatch { needs_rewatch: true, ..EventBatch::default() };
    let mut retry = RETRIES[0];
    loop {
        // While a link is replaced there may be none for a moment; reading fails then and is tried again.
        if fs::canonicalize(named).is_ok_and(|now| now != site.root) {
            return ListenEnd::Moved;
        }
        if batch.needs_rewatch {
            // A folder that was made, or removed and made again, has to be watched anew.
            match watch_parts(site, &mut native, &watched) {
                Ok(parts) => watched = parts,
                Err(error) => return ListenEnd::Unreported(explain(&error)),
            }
        }
        let reviews = site.reviews.get();
        // Only now: what changes while the folder is read is reported afterwards.
        let next = hear(WatchEvent::Ready(batch.named()));
        if next == WatchControl::Stop {
            return ListenEnd::Stopped;
        }
        if site.reviews.get() != reviews {
            // Until now nothing told of changes there, so they are looked at once more.
            batch = EventBatch { needs_rewatch: true, ..EventBatch::default() };
            continue;
        }
        let second_look = batch.has_folders.then_some(SECOND_LOOK);
        let pause =
            if next == WatchControl::Retry { Some(second_look.unwrap_or(retry).min(retry)) } else { second_look };
        match wait(&receiver, pause) {
            Wait::Over(next) => batch = next,
            Wait::Failed(reason) => return ListenEnd::Unreported(reason),
        }
        // A folder that could not be read is not watched either.
        batch.needs_rewatch |= next == WatchControl::Retry;
        retry = if next == WatchControl::Retry { (retry * 2).min(RETRIES[1]) } else { RETRIES[0] };
    }
}

fn native(
    site: &Watched,
    hear: &Arc<Hear>,
    sender: Sender<notify::Result<Event>>,
) -> notify::Result<RecommendedWatcher> {
    let (site, hear) = (site.clone(), hear.clone());
    let handler = move |event: notify::Result<Event>| {
        if event.as_ref().is_ok_and(|event| !concerns_site(event, &site)) {
            return;
        }
        hear(WatchEvent::Changing);
        // The receiver is gone when the preview ends.
        let _ = sender.send(event);
    };
    // A link to a folder that counts leads to one that is watched already; any other may lead to a whole disk.
    RecommendedWatcher::new(handler, Config::default().with_follow_symlinks(false))
}

fn explain(error: &notify::Error) -> String {
    match &error.kind {
        ErrorKind::MaxFilesWatch => "the system watches no more folders (fs.inotify.max_user_watches)".to_owned(),
        ErrorKind::Io(error) if error.raw_os_error() == Some(24) => {
            "the system watches no more folders (fs.inotify.max_user_instances)".to_owned()
        }
        _ => error.to_string(),
    }
}

/// Events that are reported as one change.
#[derive(Default)]
struct EventBatch {
    /// Changed files.
    changed: BTreeSet<PathBuf>,
    /// Those that are still open.
    written: HashSet<PathBuf>,
    /// Whether folders were created or removed.
    has_folders: bool,
    /// Whether folders have to be watched anew, or events may be lost.
    needs_rewatch: bool,
}

enum Wait {
    Over(EventBatch),
    Failed(String),
}

/// Waits for a change and until no more events arrive, or until `second_look` has passed.
fn wait(receiver: &Receiver<notify::Result<Event>>, second_look: Option<Duration>) -> Wait {
    let first = match second_look {
        Some(pause) => receiver.recv_timeout(pause),
        None => receiver.recv().map_err(|_| RecvTimeoutError::Disconnected),
    };
    let mut batch = EventBatch::default();
    let begun = Instant::now();
    let mut event = match first {
        Ok(event) => event,
        Err(RecvTimeoutError::Timeout) => return Wait::Over(batch),
        Err(RecvTimeoutError::Disconnected) => return Wait::Failed("the system stopped reporting changes".to_owned()),
    };
    loop {
        match event {
            Ok(event) => batch.take(event),
            Err(error) => return Wait::Failed(explain(&error)),
        }
        let pause = if batch.written.is_empty() { QUIET } else { WRITING };
        let left = PATIENCE.saturating_sub(begun.elapsed());
        match receiver.recv_timeout(pause.min(left)) {
            Ok(next) if begun.elapsed() < PATIENCE => event = next,
            // What comes after this is heard of in the next round.
            Ok(Ok(last)) => {
                batch.take(last);
                return Wait::Over(batch);
            }
            Ok(Err(error)) => return Wait::Failed(explain(&error)),
            Err(_) => return Wait::Over(batch),
        }
    }
}

impl EventBatch {
    /// The changed files; none when there may be others.
    fn named(&mut self) -> Vec<PathBuf> {
        let named = std::mem::take(&mut self.changed);
        if self.needs_rewatch || self.has_folders { Vec::new() } else { named.into_iter().collect() }
    }

    fn take(&mut self, event: Event) {
        self.needs_rewatch |= event.need_rescan();
        match event.kind {
            EventKind::Create(CreateKind::Folder) | EventKind::Remove(RemoveKind::Folder) => {
                (self.has_folders, self.needs_rewatch) = (true, true);
            }
            // A name does not tell whether it is that of a folder.
            EventKind::Modify(ModifyKind::Name(_)) => {
                self.needs_rewatch |= event.paths.iter().any(|path| is_folder(path))
            }
            _ => {}
        }
        self.has_folders |= self.needs_rewatch;
        self.changed.extend(event.paths.iter().cloned());
        for path in event.paths {
            // Only Linux tells when a file is closed.
            if cfg!(target_os = "linux") && matches!(event.kind, EventKind::Modify(ModifyKind::Data(_))) {
                self.written.insert(path);
            } else if !matches!(event.kind, EventKind::Modify(ModifyKind::Metadata(_))) {
                self.written.remove(&path);
            }
        }
    }
}

/// Whether `path` is a folder, or was removed and has no extension, so that it may have been one.
fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.extension().is_none()
}

#[cfg(test)]
mod tests {
    use notify::event::{AccessKind, AccessMode, DataChange, ModifyKind};
    use notify::{Event, EventKind};

    use super::EventBatch;

    #[test]
    fn a_file_is_being_written_until_it_is_closed() {
        let mut batch = EventBatch::default();
        let mut take = |kind: EventKind| {
            batch.take(Event::new(kind).add_path("/site/content/a.md".into()));
            !batch.written.is_empty()
        };
        let written = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        assert_eq!(take(written), cfg!(target_os = "linux"));
        assert!(!take(EventKind::Access(AccessKind::Close(AccessMode::Write))));
        take(written);
        assert!(!take(EventKind::Modify(ModifyKind::Name(notify::event::RenameMode::From))));
    }
}
