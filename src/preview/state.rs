//! What the preview knows: what is shown, and whether a change is known that is not shown yet.

use std::collections::BTreeSet;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Result, anyhow};
use percent_encoding::{AsciiSet, CONTROLS};
use tokio::sync::watch;

use super::edition::Current;
use super::{Clock, Event, Settings, Show};
use crate::diagnostic::{Diagnostic, Level};
use crate::disk::Reader;
use crate::pipeline::{Options, Prepared, Rebuild, Rebuilder};
use crate::report;
use crate::text::{SitePath, SourceSet};

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
    builder: Mutex<Builder>,
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

/// What reads and builds the site, one build at a time.
struct Builder {
    reader: Reader,
    rebuilder: Rebuilder,
    options: Options,
    clock: Option<Clock>,
}

/// What became of a build.
struct Built {
    sources: Arc<SourceSet>,
    prepared: Prepared,
    /// The texts that are new or changed since the build before.
    changed: Vec<SitePath>,
}

/// What somebody waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    /// The pages as they are now.
    Pages,
    /// What was found in them.
    Findings,
}

/// When a site that could not be read may be readable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Retry {
    /// Without any change, for example because descriptors ran out.
    Later,
    /// Not before something changes.
    AfterChange,
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
    pub(super) fn new(settings: &Settings) -> Self {
        let current = Arc::new(Current { base_path: "/".to_owned(), ..Current::default() });
        let builder = Builder {
            reader: Reader::new(&settings.root),
            rebuilder: Rebuilder::default(),
            options: settings.options.clone(),
            clock: settings.clock,
        };
        Self {
            root: settings.root.clone(),
            show: settings.show.clone(),
            builder: Mutex::new(builder),
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
        let mut builder = self.builder.lock().unwrap_or_else(PoisonError::into_inner);
        let before = self.shown.borrow().current.clone();
        let covers = AtomicU64::new(self.known.load(Ordering::SeqCst));
        let built = panic::catch_unwind(AssertUnwindSafe(|| self.build(&mut builder, &before, &covers)));
        let covers = covers.into_inner();
        let (current, is_new) = match built {
            Ok(Ok(None)) => {
                self.show_judged(covers, before);
                return None;
            }
            Ok(Ok(Some(built))) => (self.after(&before, built, self.build_name(covers)), true),
            Ok(Err(error)) => self.troubled(&before, &error, Retry::Later, covers),
            Err(_) => {
                let error = anyhow!("the site could not be read because of a mistake in casebook itself");
                self.troubled(&before, &error, Retry::AfterChange, covers)
            }
        };
        let current = Arc::new(current);
        self.show_judged(covers, current.clone());
        // What was shown before goes only now: to take a large site apart takes its time.
        drop(before);
        is_new.then(|| self.tell(&current))
    }

    /// Reads and builds the site; none when nothing changed. Nobody waits for all of its stages: the first site is shown
    /// when it is read, a later one when each review was judged alone.
    fn build(&self, builder: &mut Builder, before: &Current, covers: &AtomicU64) -> Result<Option<Built>> {
        let Builder { reader, rebuilder, options, clock } = builder;
        let sources = Arc::new(reader.read().inspect_err(|_| rebuilder.forget())?);
        options.today = clock.map_or(options.today, |clock| clock());
        let Some(Rebuild { mut stages, changed }) = rebuilder.start(&sources, options) else { return Ok(None) };
        if self.polls.load(Ordering::SeqCst) {
            // Where nobody reports changes, one is known only now.
            covers.store(self.known.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        }
        let is_first = before.edition.is_none() && self.shown.borrow().judged == 0;
        if !is_first {
            stages.judge_reviews();
        }
        if let Some(prepared) = stages.unjudged() {
            let covers = covers.load(Ordering::SeqCst);
            let built = Built { sources: sources.clone(), prepared, changed: changed.clone() };
            let current = Arc::new(self.after(before, built, self.build_name(covers)));
            self.shown.send_modify(|shown| (shown.covers, shown.current) = (covers, current));
        }
        let prepared = stages.finish();
        Ok(Some(Built { sources, prepared, changed }))
    }

    /// What is shown when the site cannot be read: the one before, and why. Whether that is new.
    fn troubled(&self, before: &Current, error: &anyhow::Error, retry: Retry, covers: u64) -> (Current, bool) {
        let trouble = format!("{error:#}");
        let is_new = before.trouble != trouble;
        let current = Current {
            build: if is_new { self.build_name(covers) } else { before.build.clone() },
            edition: before.edition.clone(),
            fallback: before.fallback.clone(),
            trouble,
            may_be_read_later: retry == Retry::Later,
            base_path: before.base_path.clone(),
            ..Current::default()
        };
        (current, is_new)
    }

    fn build_name(&self, covers: u64) -> String {
        format!("{:x}-{covers}", self.run)
    }

    fn show_judged(&self, covers: u64, current: Arc<Current>) {
        self.shown.send_replace(Shown { covers, judged: covers, current });
    }

    /// What is shown after `before`, and whether browsers go to the page that changed.
    fn after(&self, before: &Current, built: Built, build: String) -> Current {
        let Built { sources, prepared, changed } = built;
        let early = self.shown.borrow().current.edition.clone();
        let mut current = before.after(sources, prepared, early);
        current.build = build;
        if let [only] = changed.as_slice()
            && self.show.follow
        {
            current.follow = current.edition.as_ref().and_then(|edition| edition.renderer.page_of(only).cloned());
        }
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
