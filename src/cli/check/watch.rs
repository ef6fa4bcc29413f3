//! `--watch`: the check again after each change.

use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;

use super::fix::apply_fixes;
use super::scope::Scope;
use super::{Check, Checked};
use crate::cli::{link, terminal};
use crate::disk;
use crate::pipeline::{Rebuilder, ReviewRules, prepare, review_files, with_templates};
use crate::text::SourceSet;

/// Checks now and after each change, until the process is interrupted.
pub(super) fn until_interrupted(check: &Check, scope: Scope) -> Result<()> {
    let how = if check.poll { disk::Watcher::Poll } else { disk::Watcher::Native };
    let reader = disk::Reader::new(&scope.root);
    let reviews = reader.watched();
    let site =
        Mutex::new(WatchedSite { check: check.clone(), scope: scope.clone(), reader, rebuilder: Rebuilder::default() });
    disk::watch(&scope.root, reviews, how, move |signal| match signal {
        disk::WatchEvent::Changing => disk::WatchControl::Continue,
        disk::WatchEvent::Polling(reason) => {
            terminal::tell(&crate::cli::serve::polling(&reason));
            disk::WatchControl::Continue
        }
        disk::WatchEvent::Ready(_) => site.lock().unwrap_or_else(PoisonError::into_inner).look(),
    })
}

/// A site folder that is checked again after each change.
struct WatchedSite {
    check: Check,
    scope: Scope,
    reader: disk::Reader,
    rebuilder: Rebuilder,
}

impl WatchedSite {
    /// Checks the site if something changed. What could not be read is tried again without waiting for a change.
    fn look(&mut self) -> disk::WatchControl {
        let reviews = review_files(self.reader.settings().as_ref());
        let sources = match self.reader.read(&reviews) {
            Ok(sources) => Arc::new(sources),
            Err(error) => {
                self.rebuilder.forget();
                terminal::complain(&error);
                return disk::WatchControl::Retry;
            }
        };
        let next = if sources.is_incomplete() { disk::WatchControl::Retry } else { disk::WatchControl::Continue };
        if let Err(error) = self.check_again(sources) {
            terminal::complain(&error);
        }
        next
    }

    fn check_again(&mut self, mut sources: Arc<SourceSet>) -> Result<()> {
        let Self { check, scope, rebuilder, .. } = self;
        let options = check.options()?;
        let Some(rebuild) = rebuilder.start(&sources, &options, ReviewRules::AtOnce) else { return Ok(()) };
        let mut prepared = with_templates(rebuild.stages.finish(), &sources);
        if check.links {
            let replies = link::ask(&scope.root, &sources, &options, check.reach())?;
            Arc::make_mut(&mut sources).link_statuses = replies;
            prepared = with_templates(prepare(&sources, &options), &sources);
        }
        let chosen = scope.choose(&prepared.findings, &sources)?;
        if check.fix && apply_fixes(&chosen, &sources, &scope.root)? > 0 {
            // The fix is a change, which is checked next.
            return Ok(());
        }
        check.show(&Checked { found: &chosen, sources: &sources, scope }, &prepared.fates).map(|_| ())
    }
}
