//! What the preview knows: what is shown, and whether a change is known that is not shown yet.

use std::collections::BTreeSet;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::anyhow;
use percent_encoding::{AsciiSet, CONTROLS};
use tokio::sync::watch;

use super::edition::{Current, Edition};
use super::press::{Press, Proof};
use super::{Event, Show};
use crate::diagnostic::{Diagnostic, Level};
use crate::report;

/// How long a request waits for a change to be taken in. Longer work has gone wrong.
const PATIENCE: Duration = Duration::from_secs(30);

/// What may not stand in an address as it is.
pub(super) const UNSAFE: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'`');

/// How many findings the terminal shows at once; the browser and `casebook check` show all.
const TOLD_AT_ONCE: usize = 20;

/// What is shown, shared by all requests.
pub(super) struct State {
    pub(super) root: PathBuf,
    pub(super) show: Show,
    press: Mutex<Press>,
    /// How many changes are known.
    known: AtomicU64,
    /// Whether changes are looked for, since nobody reports them.
    polls: AtomicBool,
    shown: watch::Sender<Shown>,
    /// The findings that the terminal has shown, as they were read.
    told: Mutex<BTreeSet<String>>,
    /// Distinguishes this run of the program from others.
    run: u64,
}

/// What somebody waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    /// The pages as they are now.
    Pages,
    /// What was found in them.
    Findings,
}

/// What is shown, and how many of the changes it takes in.
#[derive(Clone)]
pub(super) struct Shown {
    covers: u64,
    /// The same for what was judged: the first pages can be seen before.
    judged: u64,
    pub(super) current: Arc<Current>,
}

impl State {
    pub(super) fn new(root: PathBuf, press: Press, show: Show) -> Self {
        let current = Arc::new(Current { base_path: "/".to_owned(), ..Current::default() });
        Self {
            root,
            show,
            press: Mutex::new(press),
            known: AtomicU64::new(1),
            polls: AtomicBool::new(false),
            shown: watch::Sender::new(Shown { covers: 0, judged: 0, current }),
            told: Mutex::default(),
            // Every run hashes with other keys.
            run: RandomState::new().build_hasher().finish(),
        }
    }

    /// Something is changing: whoever asks from now on waits until it was taken in.
    pub(super) fn stir(&self) {
        self.known.fetch_add(1, Ordering::SeqCst);
    }

    /// From now on nobody reports changes.
    pub(super) fn poll(&self) {
        self.polls.store(true, Ordering::SeqCst);
    }

    /// Takes in what has changed. The site is replaced only when there is no error. Returns what the terminal is told.
    pub(super) fn update(&self) -> Option<Event> {
        let covers = AtomicU64::new(self.known.load(Ordering::SeqCst));
        let covered = || covers.load(Ordering::SeqCst);
        let mut press = self.press.lock().unwrap_or_else(PoisonError::into_inner);
        self.glance(&mut press, covered());
        // Where nobody reports changes, one is known only now.
        let begin = || {
            if self.polls.load(Ordering::SeqCst) {
                covers.store(self.known.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            }
        };
        let before = self.shown.borrow().current.clone();
        let early = |proof| self.show_early(&before, proof, covered());
        let made = panic::catch_unwind(AssertUnwindSafe(|| press.run(begin, early)));
        let may_be_read_later = matches!(made, Ok(Err(_)));
        let made =
            made.unwrap_or_else(|_| Err(anyhow!("the site could not be read because of a mistake in casebook itself")));
        let covers = covered();
        let build = self.build(covers);
        let (current, changed) = match made {
            Ok(None) => {
                self.show_now(covers, before);
                return None;
            }
            Ok(Some(proof)) => {
                let early = self.shown.borrow().current.edition.clone();
                (self.after(&before, proof, early, build), true)
            }
            Err(error) => {
                let trouble = format!("{error:#}");
                let is_new = before.trouble != trouble;
                let current = Current {
                    build: if is_new { build } else { before.build.clone() },
                    edition: before.edition.clone(),
                    fallback: before.fallback.clone(),
                    trouble,
                    may_be_read_later,
                    base_path: before.base_path.clone(),
                    ..Current::default()
                };
                (current, is_new)
            }
        };
        let current = Arc::new(current);
        self.show_now(covers, current.clone());
        // What was shown before goes only now: to take a large site apart takes its time.
        drop(before);
        changed.then(|| self.tell(&current))
    }

    fn build(&self, covers: u64) -> String {
        format!("{:x}-{covers}", self.run)
    }

    fn show_now(&self, covers: u64, current: Arc<Current>) {
        self.shown.send_replace(Shown { covers, judged: covers, current });
    }

    /// Shows the site for the first time, before it is judged.
    fn glance(&self, press: &mut Press, covers: u64) {
        let (judged, before) = {
            let shown = self.shown.borrow();
            (shown.judged, shown.current.clone())
        };
        if covers > 1 || before.edition.is_some() || judged > 0 {
            return;
        }
        let glanced = panic::catch_unwind(AssertUnwindSafe(|| press.glance()));
        // Whatever went wrong goes wrong again when the site is judged, and is told then.
        if let Ok(Some(proof)) = glanced {
            let current = Arc::new(before.after(proof, None, self.build(covers)));
            self.shown.send_replace(Shown { covers, judged, current });
        }
    }

    /// Shows what is new before all reviews were judged together: nobody waits for that.
    fn show_early(&self, before: &Current, proof: Proof, covers: u64) {
        let current = Arc::new(self.after(before, proof, None, self.build(covers)));
        self.shown.send_modify(|shown| {
            shown.covers = covers;
            shown.current = current;
        });
    }

    /// What is shown after `before`, and whether browsers go to the page that changed.
    fn after(&self, before: &Current, proof: Proof, early: Option<Arc<Edition>>, build: String) -> Current {
        let changed = match proof.changed.as_slice() {
            [only] if self.show.follow => Some(only.clone()),
            _ => None,
        };
        let mut current = before.after(proof, early, build);
        let page_of = |source| current.edition.as_ref()?.renderer.page_of(source).cloned();
        current.follow = changed.as_ref().and_then(page_of);
        current
    }

    /// The new findings, each once, and how many there are in all.
    fn tell(&self, current: &Current) -> Event {
        if !current.trouble.is_empty() {
            return Event::Trouble(current.trouble.clone());
        }
        let key = |finding: &Diagnostic| format!("{}\0{}\0{}", finding.rule.code, finding.path, finding.message);
        let weighty = || current.findings.iter().filter(|finding| finding.level >= Level::Warning);
        let now: BTreeSet<String> = weighty().map(key).collect();
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh: Vec<Diagnostic> = weighty().filter(|finding| !told.contains(&key(finding))).cloned().collect();
        let mended = told.difference(&now).count();
        *told = now;
        let first = &fresh[..fresh.len().min(TOLD_AT_ONCE)];
        let mut text = report::human(first, &current.sources, self.show.colour);
        if fresh.len() > first.len() {
            text.push_str(&format!("{} more are not shown; `casebook check` lists them.\n", fresh.len() - first.len()));
        }
        text.push_str(&report::summary(&current.counts));
        if mended > 0 {
            text.push_str(&format!(" ({mended} mended)"));
        }
        Event::Read(text)
    }

    /// What is shown at the moment.
    pub(super) fn current(&self) -> Arc<Current> {
        self.shown.borrow().current.clone()
    }

    /// What is shown when every change that is known by now was taken in, and judged if that is `needed`.
    pub(super) async fn settled(&self, needed: Need) -> Arc<Current> {
        let wanted = self.known.load(Ordering::SeqCst);
        let mut shown = self.shown.subscribe();
        let covered = shown.wait_for(|shown| match needed {
            Need::Pages => shown.covers >= wanted,
            Need::Findings => shown.judged >= wanted,
        });
        // Better an old page than none.
        let _ = tokio::time::timeout(PATIENCE, covered).await;
        self.current()
    }

    /// What is shown, now and after each change.
    pub(super) fn subscribe(&self) -> watch::Receiver<Shown> {
        self.shown.subscribe()
    }

    /// The address by which an editor opens a place of a source; empty when there is no editor.
    pub(super) fn editor(&self, file: &str, line: usize, column: usize) -> String {
        let path = self.root.join(file).to_string_lossy().replace('\\', "/");
        let path = if path.starts_with('/') { path } else { format!("/{path}") };
        let path = percent_encoding::utf8_percent_encode(&path, UNSAFE).to_string();
        let place = [("{path}", path), ("{line}", line.to_string()), ("{column}", column.to_string())];
        place.into_iter().fold(self.show.editor.clone(), |address, (name, value)| address.replace(name, &value))
    }

    /// Where the sources lie.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }
}
