//! Watching a site folder. Events are hints only: whoever hears of a change reads everything again.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use notify::{Config, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher as _};

/// How long it has to be quiet before a change is reported: editors write a file in several steps.
const QUIET: Duration = Duration::from_millis(20);

/// How long a change is held back at most, however busy the folder is.
const PATIENCE: Duration = Duration::from_millis(400);

/// How often a folder is looked through where the system reports nothing.
const POLL_INTERVAL: Duration = Duration::from_millis(500);

/// The folders of a site. Only these, and the site folder itself, are watched, so that neither the output
/// nor anything else that lies there causes work.
const FOLDERS: [&str; 3] = ["content", "static", "themes"];

/// How changes are noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watcher {
    /// The system reports them.
    Native,
    /// The folder is looked through, for file systems that report nothing.
    Poll,
}

/// Calls `changed` at once, and after each change below `root` from then on, until it returns false.
///
/// # Errors
///
/// The folder cannot be watched.
pub fn watch(root: &Path, how: Watcher, mut changed: impl FnMut() -> bool) -> Result<()> {
    let (sender, receiver) = channel();
    let mut watcher = make(how, sender)?;
    let context = || format!("{} cannot be watched; try --poll", root.display());
    watcher.watch(root, RecursiveMode::NonRecursive).with_context(context)?;
    let mut watched = watch_folders(root, watcher.as_mut(), &[]);
    // Only now: what changes while the first reading is under way is reported afterwards.
    let mut goes_on = changed();
    while goes_on && wait(&receiver) {
        // A folder that was made, or removed and made again, has to be watched anew.
        watched = watch_folders(root, watcher.as_mut(), &watched);
        goes_on = changed();
    }
    Ok(())
}

fn make(how: Watcher, sender: Sender<()>) -> Result<Box<dyn notify::Watcher>> {
    let handler = move |event: notify::Result<Event>| {
        let matters = event.map_or(true, |event| !matches!(event.kind, EventKind::Access(_)));
        if matters {
            // Nobody listens any more when the preview ends.
            let _ = sender.send(());
        }
    };
    Ok(match how {
        Watcher::Native => Box::new(RecommendedWatcher::new(handler, Config::default())?),
        Watcher::Poll => {
            let config = Config::default().with_poll_interval(POLL_INTERVAL).with_compare_contents(true);
            Box::new(PollWatcher::new(handler, config)?)
        }
    })
}

fn watch_folders(root: &Path, watcher: &mut dyn notify::Watcher, before: &[PathBuf]) -> Vec<PathBuf> {
    for folder in before {
        // A folder that is gone is not watched any more either.
        let _ = watcher.unwatch(folder);
    }
    let folders = FOLDERS.iter().map(|folder| root.join(folder));
    folders.filter(|folder| folder.is_dir() && watcher.watch(folder, RecursiveMode::Recursive).is_ok()).collect()
}

/// Waits for a change and for the quiet after it. False when there will be none.
fn wait(receiver: &Receiver<()>) -> bool {
    if receiver.recv().is_err() {
        return false;
    }
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        match receiver.recv_timeout(QUIET) {
            Ok(()) => {}
            Err(RecvTimeoutError::Timeout) => return true,
            Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
    true
}
