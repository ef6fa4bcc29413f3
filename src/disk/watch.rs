//! Watching a site folder. Events are hints only: whoever hears of a change reads the folder again.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind, RemoveKind};
use notify::{Config, ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::mount;
use super::read::PARTS;

/// How long it has to be quiet before a change is reported, when no file is being written any more.
const QUIET: Duration = Duration::from_millis(10);

/// The same while a file is open that was written to: its next part may come.
const WRITING: Duration = Duration::from_millis(60);

/// How long a change is held back at most, however busy the folder is.
const PATIENCE: Duration = Duration::from_millis(300);

/// When to look once more after folders came or went: what happened before a new folder was watched gave no event.
const SECOND_LOOK: Duration = Duration::from_millis(400);

/// When to look again after something could not be read: for the first time, and at most.
const RETRIES: [Duration; 2] = [Duration::from_millis(300), Duration::from_secs(5)];

/// How often a folder is looked through where the system reports nothing.
const POLL_INTERVAL: Duration = Duration::from_millis(400);

/// How changes are noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watcher {
    /// The system reports them. Where it cannot, the folder is looked through.
    Native,
    /// The folder is looked through, for file systems that report nothing.
    Poll,
}

/// What there is to say about a folder that is watched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signal {
    /// Something is changing. Said at once, perhaps from another thread, and maybe while a change is being taken in.
    ChangeBegun,
    /// It is time to look: at the beginning, after a change, and regularly where the system reports nothing.
    ReadNow,
    /// The system does not report changes, for this reason. From now on the folder is looked through.
    Polling(String),
}

/// What whoever was told wants to hear of next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// The next change.
    Change,
    /// That it is time to look again, soon: something could not be read, and no change will tell when it can.
    Retry,
    /// Nothing more.
    Nothing,
}

/// Tells `hear` what happens below `root`, until it wants to hear nothing more.
///
/// # Errors
///
/// The folder is not there.
pub fn watch(root: &Path, how: Watcher, hear: impl Fn(Signal) -> Next + Send + Sync + 'static) -> Result<()> {
    let root = fs::canonicalize(root).with_context(|| format!("{} cannot be watched", root.display()))?;
    let hear: Arc<Hear> = Arc::new(hear);
    if how == Watcher::Native {
        let reason = match mount::silent(&root) {
            Some(kind) => Some(format!("{} lies on a file system of the kind {kind}", root.display())),
            None => listen(&root, &hear),
        };
        let Some(reason) = reason else { return Ok(()) };
        if hear(Signal::Polling(reason)) == Next::Nothing {
            return Ok(());
        }
    }
    loop {
        let begun = Instant::now();
        if hear(Signal::ReadNow) == Next::Nothing {
            return Ok(());
        }
        // A large folder on a slow disk must not keep the machine busy.
        thread::sleep(POLL_INTERVAL.max(begun.elapsed() * 10));
    }
}

type Hear = dyn Fn(Signal) -> Next + Send + Sync;

/// Waits for reports of the system. Returns why there are none, or nothing when nobody listens any more.
fn listen(root: &Path, hear: &Arc<Hear>) -> Option<String> {
    let (sender, receiver) = channel();
    let mut native = match native(root, hear, sender) {
        Ok(native) => native,
        Err(error) => return Some(explain(&error)),
    };
    let mut watched = Vec::new();
    if let Err(error) = native.watch(root, RecursiveMode::NonRecursive) {
        return Some(explain(&error));
    }
    let mut burst = Burst { is_deep: true, ..Burst::default() };
    let mut retry = RETRIES[0];
    loop {
        if burst.is_deep {
            // A folder that was made, or removed and made again, has to be watched anew.
            match watch_parts(root, &mut native, &watched) {
                Ok(parts) => watched = parts,
                Err(error) => return Some(explain(&error)),
            }
        }
        // Only now: what changes while the folder is read is reported afterwards.
        let next = hear(Signal::ReadNow);
        if next == Next::Nothing {
            return None;
        }
        let second_look = burst.has_folders.then_some(SECOND_LOOK);
        let pause = if next == Next::Retry { Some(second_look.unwrap_or(retry).min(retry)) } else { second_look };
        match wait(&receiver, pause) {
            Wait::Over(next) => burst = next,
            Wait::Failed(reason) => return Some(reason),
        }
        // A folder that could not be read is not watched either.
        burst.is_deep |= next == Next::Retry;
        retry = if next == Next::Retry { (retry * 2).min(RETRIES[1]) } else { RETRIES[0] };
    }
}

fn native(root: &Path, hear: &Arc<Hear>, sender: Sender<notify::Result<Event>>) -> notify::Result<RecommendedWatcher> {
    let (root, hear) = (root.to_owned(), hear.clone());
    let handler = move |event: notify::Result<Event>| {
        if event.as_ref().is_ok_and(|event| !matters(event, &root)) {
            return;
        }
        hear(Signal::ChangeBegun);
        // Nobody listens any more when the preview ends.
        let _ = sender.send(event);
    };
    // A link to a folder that counts leads to one that is watched already; any other may lead to a whole disk.
    RecommendedWatcher::new(handler, Config::default().with_follow_symlinks(false))
}

/// Whether an event can be about a file of the site. Reading is none, nor is what lies beside the parts of the site,
/// such as the output, nor what is hidden, such as the swap files of editors.
fn matters(event: &Event, root: &Path) -> bool {
    if matches!(event.kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write)) {
        return false;
    }
    let is_of_site = |path: &PathBuf| {
        let Ok(below) = path.strip_prefix(root) else { return true };
        let names: Vec<_> = below.iter().map(|name| name.to_string_lossy()).collect();
        let is_part = names.first().is_none_or(|first| PARTS.contains(&first.as_ref()));
        is_part && !names.iter().any(|name| name.starts_with('.'))
    };
    event.paths.is_empty() || event.paths.iter().any(is_of_site)
}

fn watch_parts(root: &Path, native: &mut RecommendedWatcher, before: &[PathBuf]) -> notify::Result<Vec<PathBuf>> {
    for folder in before {
        // A folder that is gone is not watched any more either.
        let _ = native.unwatch(folder);
    }
    let mut watched = Vec::new();
    for folder in PARTS.map(|part| root.join(part)).into_iter().filter(|folder| folder.is_dir()) {
        match native.watch(&folder, RecursiveMode::Recursive) {
            Ok(()) => watched.push(folder),
            // Its removal will be heard of.
            Err(_) if !folder.exists() => {}
            Err(error) => return Err(error),
        }
    }
    Ok(watched)
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

/// Events that belong together.
#[derive(Default)]
struct Burst {
    /// Files that were written to and are open still.
    written: HashSet<PathBuf>,
    /// Whether folders came or went.
    has_folders: bool,
    /// Whether a part of the site, or events, may have got lost to the watcher.
    is_deep: bool,
}

enum Wait {
    Over(Burst),
    Failed(String),
}

/// Waits for a change and for the quiet after it, or until it is time for a second look.
fn wait(receiver: &Receiver<notify::Result<Event>>, second_look: Option<Duration>) -> Wait {
    let first = match second_look {
        Some(pause) => receiver.recv_timeout(pause),
        None => receiver.recv().map_err(|_| RecvTimeoutError::Disconnected),
    };
    let mut burst = Burst::default();
    let begun = Instant::now();
    let mut event = match first {
        Ok(event) => event,
        Err(RecvTimeoutError::Timeout) => return Wait::Over(burst),
        Err(RecvTimeoutError::Disconnected) => return Wait::Failed("the system stopped reporting changes".to_owned()),
    };
    loop {
        match event {
            Ok(event) => burst.take(event),
            Err(error) => return Wait::Failed(explain(&error)),
        }
        let pause = if burst.written.is_empty() { QUIET } else { WRITING };
        let left = PATIENCE.saturating_sub(begun.elapsed());
        match receiver.recv_timeout(pause.min(left)) {
            Ok(next) if begun.elapsed() < PATIENCE => event = next,
            // What comes after this is heard of in the next round.
            Ok(Ok(last)) => {
                burst.take(last);
                return Wait::Over(burst);
            }
            Ok(Err(error)) => return Wait::Failed(explain(&error)),
            Err(_) => return Wait::Over(burst),
        }
    }
}

impl Burst {
    fn take(&mut self, event: Event) {
        self.is_deep |= event.need_rescan();
        match event.kind {
            EventKind::Create(CreateKind::Folder) | EventKind::Remove(RemoveKind::Folder) => {
                (self.has_folders, self.is_deep) = (true, true);
            }
            // A name does not tell whether it is that of a folder.
            EventKind::Modify(ModifyKind::Name(_)) => self.is_deep |= event.paths.iter().any(|path| is_folder(path)),
            _ => {}
        }
        self.has_folders |= self.is_deep;
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

/// Whether a folder stands there, or something that is gone and was no file of a site.
fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.extension().is_none()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use notify::event::{AccessKind, AccessMode, CreateKind, DataChange, ModifyKind};
    use notify::{Event, EventKind};

    use super::{Burst, matters};

    #[test]
    fn only_files_of_the_site_matter() {
        let check = |kind: EventKind, path: &str, expected: bool| {
            let event = Event::new(kind).add_path(Path::new("/site").join(path));
            assert_eq!(matters(&event, Path::new("/site")), expected, "{kind:?} {path}");
        };
        let made = EventKind::Create(CreateKind::File);
        for path in ["content/reviews/a.md", "casebook.toml", "themes", "static/a/b.png", ""] {
            check(made, path, true);
        }
        for path in ["public/index.html", ".git/HEAD", "content/reviews/.a.md.swp", "casebook.toml~", "static/.x/y"] {
            check(made, path, false);
        }
        check(EventKind::Access(AccessKind::Open(AccessMode::Any)), "content/a.md", false);
        check(EventKind::Access(AccessKind::Close(AccessMode::Write)), "content/a.md", true);
    }

    #[test]
    fn a_file_is_being_written_until_it_is_closed() {
        let mut burst = Burst::default();
        let mut take = |kind: EventKind| {
            burst.take(Event::new(kind).add_path("/site/content/a.md".into()));
            !burst.written.is_empty()
        };
        let written = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        assert_eq!(take(written), cfg!(target_os = "linux"));
        assert!(!take(EventKind::Access(AccessKind::Close(AccessMode::Write))));
        take(written);
        assert!(!take(EventKind::Modify(ModifyKind::Name(notify::event::RenameMode::From))));
    }
}
