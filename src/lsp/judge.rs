//! The judgement of a site beside the conversation with the editor: the newest state of the texts, and no other, is judged.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, unbounded};

use super::Clock;
use super::server::Event;
use crate::diagnostic::Diagnostic;
use crate::disk;
use crate::model::{Policy, Review};
use crate::pipeline::{Audience, Judgement, Options, Rebuilder, ReviewRules, Stages, review_files, with_templates};
use crate::text::{FilePatterns, SitePath, Source, SourceSet};

/// How long nobody types before the site is planned, and its templates are tried: that takes longer than its judgement, and
/// hardly any text makes a difference to it.
const PAUSE: Duration = Duration::from_millis(300);

/// The rule about outputs with one address.
const CLASH: &str = "D007";

/// A state of the texts that is to be judged.
#[derive(Clone, Debug)]
pub(super) struct Job {
    /// The texts that the editor has open.
    pub(super) texts: BTreeMap<SitePath, Arc<str>>,
    pub(super) state: State,
    pub(super) files: Files,
}

/// The number of a state of the open texts of a site.
pub(super) type State = u64;

/// Whether files of the site folder may have changed since they were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Files {
    AsRead,
    Changed,
}

/// What is known of a site in one state.
#[derive(Debug)]
pub(super) struct Judged {
    pub(super) state: State,
    pub(super) site: Arc<ReadSite>,
    /// Every finding, by file and place.
    pub(super) findings: Vec<Diagnostic>,
}

/// A site as it was read.
#[derive(Debug)]
pub(super) struct ReadSite {
    /// The files of the site folder, with the open texts.
    pub(super) sources: Arc<SourceSet>,
    /// Every review, published or not, by file.
    pub(super) reviews: Vec<Arc<Review>>,
    pub(super) policy: Policy,
}

/// Starts to judge the states of a site that come through the channel. One that is followed by another before its turn is
/// left out.
pub(super) fn start(root: PathBuf, clock: Clock, events: Sender<Event>) -> Sender<Job> {
    let (sender, jobs) = unbounded();
    let reader = disk::Reader::new(&root);
    watch(&root, reader.watched(), events.clone());
    let judge =
        Judge { reader, clock, files: None, reviews: Vec::new(), of_plan: Vec::new(), rebuilder: Rebuilder::default() };
    thread::spawn(move || judge.run(&root, &jobs, &events));
    sender
}

/// Tells of changes in the folder, from a thread of its own.
fn watch(root: &Path, reviews: disk::WatchedFolders, events: Sender<Event>) {
    let root = root.to_owned();
    thread::spawn(move || {
        let (told, folder) = (events.clone(), root.clone());
        let ended = disk::watch(&root, reviews, disk::Watcher::Native, move |event| {
            let is_ready = matches!(event, disk::WatchEvent::Ready(_));
            match is_ready.then(|| told.send(Event::FilesChanged(folder.clone()))) {
                Some(Err(_)) => disk::WatchControl::Stop,
                Some(Ok(())) | None => disk::WatchControl::Continue,
            }
        });
        if let Err(reason) = ended {
            // The server may have ended before.
            let _ = events.send(Event::Unwatched(format!("{reason:#}")));
        }
    });
}

struct Judge {
    clock: Clock,
    reader: disk::Reader,
    /// The files as they were read last.
    files: Option<SourceSet>,
    /// Which of them were read as reviews.
    reviews: Vec<FilePatterns>,
    /// What the plan and the templates of the last state that was planned show.
    of_plan: Vec<Diagnostic>,
    rebuilder: Rebuilder,
}

/// A judged state that is planned when nobody types.
struct Unplanned {
    state: State,
    site: Arc<ReadSite>,
    options: Options,
    findings: Vec<Diagnostic>,
}

impl Judge {
    fn run(mut self, root: &Path, jobs: &Receiver<Job>, events: &Sender<Event>) {
        let mut unplanned = None;
        loop {
            let job = match unplanned {
                Some(_) => jobs.recv_timeout(PAUSE),
                None => jobs.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            let (state, judged) = match (job, unplanned.take()) {
                (Ok(job), _) => {
                    let job = newest(job, jobs);
                    (job.state, guarded(|| self.judge(job, &mut unplanned)))
                }
                (Err(RecvTimeoutError::Timeout), Some(waiting)) => (waiting.state, guarded(|| self.plan(waiting))),
                (Err(_), _) => return,
            };
            let event = match judged {
                Ok(judged) => Event::Judged(root.to_owned(), Box::new(judged)),
                Err(reason) => {
                    // What broke off may be half done.
                    (self.rebuilder, self.files) = (Rebuilder::default(), None);
                    Event::Failed(root.to_owned(), state, reason)
                }
            };
            if events.send(event).is_err() {
                return;
            }
        }
    }

    /// Judges a state like `check` does. What its plan shows is that of the last state that was planned.
    fn judge(&mut self, job: Job, unplanned: &mut Option<Unplanned>) -> Result<Judged, String> {
        let sources = Arc::new(self.read(&job).map_err(|error| format!("{error:#}"))?);
        let options = Options { today: self.clock.today(), base_url: None, audience: Audience::Public };
        let stages = self.stages(&sources, &options)?;
        let (reviews, policy) = stages.reviews();
        let site = Arc::new(ReadSite { sources: sources.clone(), reviews, policy: policy.clone() });
        let Judgement { findings, counts, .. } = stages.judge();
        let mut all = findings.clone();
        // Outputs with one address are looked for where nothing else stands in the way.
        let is_shown = |finding: &&Diagnostic| counts.errors == 0 || finding.rule.code != CLASH;
        all.extend(self.of_plan.iter().filter(is_shown).cloned());
        *unplanned = Some(Unplanned { state: job.state, site: site.clone(), options, findings });
        Ok(Judged { state: job.state, site, findings: all })
    }

    /// What `check` finds in a state, with what its plan and its templates show.
    fn plan(&mut self, judged: Unplanned) -> Result<Judged, String> {
        let Unplanned { state, site, options, findings } = judged;
        let prepared = self.stages(&site.sources, &options)?.finish();
        let all = with_templates(prepared, &site.sources).findings;
        self.of_plan = all.get(findings.len()..).unwrap_or_default().to_vec();
        Ok(Judged { state, site, findings: all })
    }

    fn stages<'a>(&'a mut self, sources: &'a Arc<SourceSet>, options: &'a Options) -> Result<Stages<'a>, String> {
        // A state is judged even where an edit was taken back before.
        self.rebuilder.forget();
        let rebuild = self.rebuilder.start(sources, options, ReviewRules::AtOnce);
        rebuild.map(|rebuild| rebuild.stages).ok_or_else(|| "nothing changed".to_owned())
    }

    /// The files of the site with the open texts, read again where they may have changed.
    fn read(&mut self, job: &Job) -> anyhow::Result<SourceSet> {
        let settings = SitePath::new("casebook.toml").expect("the name is a path");
        let settings = match job.texts.get(&settings) {
            Some(text) => Some(Source::new(settings, text)),
            None => self.reader.settings(),
        };
        let reviews = review_files(settings.as_ref());
        let files = match self.files.take().filter(|_| job.files == Files::AsRead && self.reviews == reviews) {
            Some(files) => files,
            None => self.reader.read(&reviews)?,
        };
        self.reviews = reviews;
        let mut sources = files.clone();
        self.files = Some(files);
        for (path, text) in &job.texts {
            self.reader.lay_over(&mut sources, path, text);
        }
        Ok(sources)
    }
}

/// The last job that waits.
fn newest(first: Job, jobs: &Receiver<Job>) -> Job {
    let mut newest = first;
    for job in jobs.try_iter() {
        let files = if newest.files == Files::Changed { Files::Changed } else { job.files };
        newest = Job { files, ..job };
    }
    newest
}

/// What `judge` returns, or what made it panic: a rule that breaks on a text must not end the server.
fn guarded(judge: impl FnOnce() -> Result<Judged, String>) -> Result<Judged, String> {
    catch_unwind(AssertUnwindSafe(judge)).unwrap_or_else(|panic| Err(panic_message(&*panic)))
}

/// What a panic says.
pub(super) fn panic_message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    format!("this is a mistake in casebook: {}", text.unwrap_or("it broke off"))
}

#[cfg(test)]
mod tests {
    use super::{Files, Job, guarded, newest};

    #[test]
    fn only_the_last_state_is_judged_and_no_change_of_the_folder_is_lost() {
        let job = |state, files| Job { texts: Default::default(), state, files };
        let (sender, jobs) = crossbeam_channel::unbounded();
        sender.send(job(2, Files::Changed)).unwrap();
        sender.send(job(3, Files::AsRead)).unwrap();
        let newest = newest(job(1, Files::AsRead), &jobs);
        assert_eq!((newest.state, newest.files), (3, Files::Changed));
        assert!(jobs.is_empty());
    }

    #[test]
    fn a_judgement_that_breaks_off_says_so() {
        let broken = guarded(|| panic!("a text that breaks a rule"));
        assert_eq!(broken.unwrap_err(), "this is a mistake in casebook: a text that breaks a rule");
    }
}
