//! The state of the preview: the snapshot that is shown, and how many changes it takes in.

use std::collections::BTreeSet;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Result, anyhow};
use chrono::NaiveDate;
use tokio::sync::watch;

use super::snapshot::{Retry, Snapshot};
use super::{Clock, Event, Settings, Show};
use crate::diagnostic::{Diagnostic, Level};
use crate::disk::{Reader, WatchedFolders};
use crate::pipeline::{Options, Prepared, Rebuild, Rebuilder, ReviewRules, add_mistakes_of_samples, review_files};
use crate::report;
use crate::text::{SitePath, SourceSet};

/// How long a request waits for a build. After that it gets the last snapshot.
const PATIENCE: Duration = Duration::from_secs(30);

/// How many findings the terminal shows at once.
const TOLD_AT_ONCE: usize = 20;

/// The preview as all requests share it.
pub(super) struct State {
    pub(super) root: PathBuf,
    pub(super) show: Show,
    builder: Mutex<Builder>,
    /// The folders of reviews that the last reading found.
    pub(super) reviews: WatchedFolders,
    /// How many changes were noticed.
    known: AtomicU64,
    /// How many snapshots got a name.
    named: AtomicU64,
    shown: watch::Sender<Shown>,
    /// The findings that the terminal has shown.
    told: Mutex<BTreeSet<String>>,
    /// Tells this run of the program from others.
    run: u64,
}

/// What reads and builds the site, one build at a time.
struct Builder {
    reader: Reader,
    rebuilder: Rebuilder,
    options: Options,
    clock: Option<Clock>,
    /// What was shown since the folder was read.
    early: Option<Arc<SourceSet>>,
    /// What the last finished build showed.
    judged: Arc<Snapshot>,
}

/// What became of a build.
struct Built {
    sources: Arc<SourceSet>,
    today: NaiveDate,
    prepared: Prepared,
    /// The texts that are new or changed since the build before.
    changed: Vec<SitePath>,
}

/// What a request waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    /// The pages of the files as they are now.
    Pages,
    /// The judgement of these files.
    Findings,
}

/// The snapshot that is shown, and how many of the noticed changes it takes in.
#[derive(Clone)]
pub(super) struct Shown {
    covers: u64,
    /// How many of the changes its findings take in: pages may be shown before their judgement.
    judged: u64,
    pub(super) snapshot: Arc<Snapshot>,
}

impl State {
    pub(super) fn new(settings: &Settings) -> Self {
        let snapshot = Arc::new(Snapshot { base_path: "/".to_owned(), ..Snapshot::default() });
        let builder = Builder {
            reader: Reader::new(&settings.root),
            rebuilder: Rebuilder::default(),
            options: settings.options.clone(),
            clock: settings.clock,
            early: None,
            judged: snapshot.clone(),
        };
        Self {
            root: settings.root.clone(),
            show: settings.show.clone(),
            reviews: builder.reader.watched(),
            builder: Mutex::new(builder),
            known: AtomicU64::new(1),
            named: AtomicU64::new(0),
            shown: watch::Sender::new(Shown { covers: 0, judged: 0, snapshot }),
            told: Mutex::default(),
            // The keys of the hasher are random in each run.
            run: RandomState::new().build_hasher().finish(),
        }
    }

    /// Notices a change: requests from now on wait until it is taken in.
    pub(super) fn expect_change(&self) {
        self.known.fetch_add(1, Ordering::SeqCst);
    }

    /// Builds the site if it changed, and shows it unless an error keeps it from being shown. Returns what to tell in the terminal.
    /// `changed` are the files that did, if it is known that these are all.
    pub(super) fn update(&self, changed: &[PathBuf]) -> Option<Event> {
        let mut builder = self.builder.lock().unwrap_or_else(PoisonError::into_inner);
        let before = self.shown.borrow().snapshot.clone();
        let covers = AtomicU64::new(self.known.load(Ordering::SeqCst));
        let built = panic::catch_unwind(AssertUnwindSafe(|| {
            let now = covers.load(Ordering::SeqCst);
            builder.early = self.show_early(&mut builder, changed, now);
            // Where the next change is reported already, its page must not wait for the judgement of this one.
            let is_over = builder.early.is_some() && self.known.load(Ordering::SeqCst) > now;
            (!is_over).then(|| self.build(&mut builder, &before, &covers))
        }));
        let built = match built {
            Ok(None) => return None,
            Ok(Some(built)) => Ok(built),
            Err(panicked) => Err(panicked),
        };
        let covers = covers.into_inner();
        let (snapshot, is_new) = match built {
            Ok(Ok(None)) => {
                // Not what is shown: that may be a text which was there for a moment only.
                self.show_judged(covers, builder.judged.clone());
                return None;
            }
            Ok(Ok(Some(built))) => (self.after(&before, built), true),
            Ok(Err(error)) => before.unreadable(&error, Retry::Later, self.new_name()),
            Err(_) => {
                let error = anyhow!("the site could not be read because of a mistake in casebook itself");
                before.unreadable(&error, Retry::AfterChange, self.new_name())
            }
        };
        let snapshot = Arc::new(snapshot);
        self.show_judged(covers, snapshot.clone());
        builder.judged = snapshot.clone();
        // Dropped only now, since freeing a large site takes long.
        drop(before);
        is_new.then(|| self.tell(&snapshot))
    }

    /// Shows the pages of a site in which only texts of reviews changed, as far as the events tell, before the folder is
    /// read. Returns the sources of what it shows.
    fn show_early(&self, builder: &mut Builder, changed: &[PathBuf], covers: u64) -> Option<Arc<SourceSet>> {
        let Builder { reader, rebuilder, options, .. } = builder;
        if changed.is_empty() {
            return None;
        }
        let before = self.snapshot();
        let sources = Arc::new(reader.read_only(changed, &before.sources)?);
        let Rebuild { mut stages, changed } = rebuilder.start_early(&sources, options)?;
        let prepared = stages.unjudged()?;
        self.show_unjudged(
            covers,
            &before,
            Built { sources: sources.clone(), today: options.today, prepared, changed },
        );
        Some(sources)
    }

    fn show_unjudged(&self, covers: u64, before: &Snapshot, built: Built) {
        let snapshot = Arc::new(self.after(before, built));
        self.shown.send_modify(|shown| (shown.covers, shown.snapshot) = (covers, snapshot));
    }

    /// Reads and builds the site; none when nothing changed. Pages are shown before the build is finished: those of the
    /// first site when it is read, those of a later one when each review was judged alone.
    fn build(&self, builder: &mut Builder, before: &Snapshot, covers: &AtomicU64) -> Result<Option<Built>> {
        let Builder { reader, rebuilder, options, clock, early, .. } = builder;
        let reviews = review_files(reader.settings().as_ref());
        let sources = Arc::new(reader.read(&reviews).inspect_err(|_| rebuilder.forget())?);
        options.today = clock.map_or(options.today, |clock| clock());
        let is_first = before.site.is_none() && self.shown.borrow().judged == 0;
        let rules = if is_first { ReviewRules::Later } else { ReviewRules::AtOnce };
        let Some(Rebuild { mut stages, changed }) = rebuilder.start(&sources, options, rules) else { return Ok(None) };
        let differs_from_early = early.take().is_some_and(|early| *early != *sources);
        if differs_from_early || covers.load(Ordering::SeqCst) == self.shown.borrow().judged {
            // Nothing told of this change before the folder was read: it is polled, is read a second time, or events told
            // too little.
            covers.store(self.known.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        }
        if let Some(prepared) = stages.unjudged() {
            let built = Built { sources: sources.clone(), today: options.today, prepared, changed: changed.clone() };
            self.show_unjudged(covers.load(Ordering::SeqCst), before, built);
        }
        let mut prepared = stages.finish();
        add_mistakes_of_samples(&mut prepared, &sources);
        Ok(Some(Built { sources, today: options.today, prepared, changed }))
    }

    fn new_name(&self) -> String {
        format!("{:x}-{}", self.run, self.named.fetch_add(1, Ordering::SeqCst))
    }

    fn show_judged(&self, covers: u64, snapshot: Arc<Snapshot>) {
        self.shown.send_replace(Shown { covers, judged: covers, snapshot });
    }

    /// The snapshot that follows `before`, with the page that browsers go to.
    fn after(&self, before: &Snapshot, built: Built) -> Snapshot {
        let Built { sources, today, prepared, changed } = built;
        let shown = self.snapshot();
        let is_same = shown.sources == sources && shown.today == today;
        let mut snapshot = before.after(sources, prepared, shown.site.clone());
        // What was shown already keeps its name, also when another change was noticed before its judgement.
        snapshot.build = if is_same { shown.build.clone() } else { self.new_name() };
        snapshot.today = today;
        if let [only] = changed.as_slice()
            && self.show.follow
        {
            snapshot.follow = snapshot.site.as_ref().and_then(|site| site.renderer.page_of(only).cloned());
        }
        snapshot
    }

    /// The findings that the terminal has not shown yet, with the number of all.
    fn tell(&self, snapshot: &Snapshot) -> Event {
        if !snapshot.trouble.is_empty() {
            return Event::Trouble(snapshot.trouble.clone());
        }
        let key = |finding: &Diagnostic| format!("{}\0{}\0{}", finding.rule.code, finding.path, finding.message);
        let weighty = || snapshot.findings.iter().filter(|finding| finding.level >= Level::Warning);
        let now: BTreeSet<String> = weighty().map(key).collect();
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh: Vec<Diagnostic> = weighty().filter(|finding| !told.contains(&key(finding))).cloned().collect();
        let fixed = told.difference(&now).count();
        *told = now;
        let first = &fresh[..fresh.len().min(TOLD_AT_ONCE)];
        let mut text = report::human(first, &snapshot.sources, self.show.colour);
        if fresh.len() > first.len() {
            text.push_str(&format!(
                "{} more are not shown; `casebook check --format concise` lists each.\n",
                fresh.len() - first.len()
            ));
        }
        text.push_str(&report::summary(&snapshot.counts));
        if fixed > 0 {
            text.push_str(&format!(" ({fixed} fixed)"));
        }
        Event::Read(text)
    }

    pub(super) fn snapshot(&self) -> Arc<Snapshot> {
        self.shown.borrow().snapshot.clone()
    }

    /// The snapshot that takes in every change noticed so far, with its judgement if that is `needed`.
    pub(super) async fn when_up_to_date(&self, needed: Need) -> Arc<Snapshot> {
        let wanted = self.known.load(Ordering::SeqCst);
        let mut shown = self.shown.subscribe();
        let covered = shown.wait_for(|shown| match needed {
            Need::Pages => shown.covers >= wanted,
            Need::Findings => shown.judged >= wanted,
        });
        // After that time an old page is better than none.
        let _ = tokio::time::timeout(PATIENCE, covered).await;
        self.snapshot()
    }

    /// The snapshot that is shown, now and after each change.
    pub(super) fn subscribe(&self) -> watch::Receiver<Shown> {
        self.shown.subscribe()
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "what is saved needs files")]

    use std::fs;
    use std::path::PathBuf;
    use std::sync::atomic::Ordering;

    use chrono::NaiveDate;

    use super::State;
    use crate::check::{Audience, Options};
    use crate::disk::Watcher;
    use crate::preview::snapshot::Found;
    use crate::preview::{Settings, Show};
    use crate::report::Colour;
    use crate::rules::{SAMPLE_FACTORS, SAMPLE_PATH, SAMPLE_REVIEW};
    use crate::text::SitePath;

    const OTHER: &str = "Another cause altogether";

    struct Site {
        _folder: tempfile::TempDir,
        review: PathBuf,
        state: State,
    }

    impl Site {
        /// A site that was read and is shown.
        fn shown() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let root = fs::canonicalize(folder.path()).unwrap();
            let review = root.join(SAMPLE_PATH);
            fs::create_dir_all(review.parent().unwrap()).unwrap();
            fs::write(root.join("casebook.toml"), "title = \"T\"\nbase_url = \"https://example.org/\"\n").unwrap();
            fs::write(root.join("content/factors.toml"), SAMPLE_FACTORS).unwrap();
            fs::write(&review, SAMPLE_REVIEW).unwrap();
            let today = NaiveDate::from_ymd_opt(2026, 9, 1).unwrap();
            let state = State::new(&Settings {
                root,
                options: Options { today, base_url: None, audience: Audience::Public },
                clock: None,
                host: std::net::Ipv4Addr::LOCALHOST.into(),
                port: None,
                allowed_hosts: Vec::new(),
                watcher: Watcher::Native,
                show: Show { editor: String::new(), drafts: false, follow: false, colour: Colour::None },
            });
            state.update(&[]);
            let site = Self { _folder: folder, review, state };
            assert!(site.page().contains("A filter rule"), "{:?}", site.state.snapshot().findings);
            site
        }

        fn save(&self, text: &str) {
            assert_ne!(fs::read_to_string(&self.review).unwrap(), text);
            fs::write(&self.review, text).unwrap();
        }

        fn update(&self) {
            self.state.expect_change();
            self.state.update(std::slice::from_ref(&self.review));
        }

        /// Shows a change that is not judged, since another one is noticed at once.
        fn show_only(&self) {
            self.state.expect_change();
            let mut builder = self.state.builder.lock().unwrap();
            let known = self.state.known.load(Ordering::SeqCst);
            let changed = std::slice::from_ref(&self.review);
            builder.early = self.state.show_early(&mut builder, changed, known);
            assert!(builder.early.is_some());
        }

        fn page(&self) -> String {
            let path = SitePath::new(&SAMPLE_PATH.replace("content/", "").replace(".md", ".html")).unwrap();
            match self.state.snapshot().find(&path, self.state.root()) {
                Found::Bytes(bytes) => String::from_utf8(bytes.to_vec()).unwrap(),
                Found::Nothing(_) | Found::Broken(..) | Found::Unreadable(_) => panic!("no page"),
            }
        }

        fn name(&self) -> String {
            self.state.snapshot().build.clone()
        }
    }

    #[test]
    fn a_save_that_is_judged_later_keeps_its_name() {
        let site = Site::shown();
        let first = site.name();
        site.save(&SAMPLE_REVIEW.replace("A filter rule", OTHER));
        site.show_only();
        let second = site.name();
        assert!(site.page().contains(OTHER));
        assert_ne!(first, second);
        site.update();
        assert_eq!(site.name(), second, "nothing changed since");
        assert!(site.page().contains(OTHER));
    }

    #[test]
    fn what_was_not_noticed_before_it_was_read_has_a_name_of_its_own() {
        let site = Site::shown();
        let (first, noticed) = (site.name(), site.state.known.load(Ordering::SeqCst));
        site.save(&SAMPLE_REVIEW.replace("A filter rule", OTHER));
        site.state.update(&[]);
        assert!(site.page().contains(OTHER));
        assert_ne!(site.name(), first);
        assert!(site.state.known.load(Ordering::SeqCst) > noticed, "findings are waited for");
    }

    #[test]
    fn a_save_that_is_taken_back_at_once_is_not_shown_any_more() {
        let site = Site::shown();
        site.save(&SAMPLE_REVIEW.replace("A filter rule", OTHER));
        site.show_only();
        site.save(SAMPLE_REVIEW);
        site.update();
        assert!(!site.page().contains(OTHER));
        assert!(site.page().contains("A filter rule"));
    }
}
