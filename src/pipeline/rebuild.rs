//! Building a site again whenever its sources or the day changed.

use std::sync::Arc;

use super::{BuildCache, Configuration, Options, ReviewRules, Stages};
use crate::text::{SitePath, Source, SourceSet};

/// Builds a site again and again, and keeps what did not change in between.
#[derive(Default)]
pub struct Rebuilder {
    cache: BuildCache,
    /// What the last build was made from.
    last: Option<(Arc<SourceSet>, Options)>,
}

/// A build of sources that changed.
pub struct Rebuild<'a> {
    /// The stages of the build, the first of which is done.
    pub stages: Stages<'a>,
    /// The texts that are new or changed since the last build; empty for the first.
    pub changed: Vec<SitePath>,
}

impl Rebuilder {
    /// Begins a build of `sources`; none when they and the options are equal to those of the last build.
    pub fn start<'a>(
        &'a mut self,
        sources: &'a Arc<SourceSet>,
        options: &'a Options,
        rules: ReviewRules,
    ) -> Option<Rebuild<'a>> {
        if self.last.as_ref().is_some_and(|(built, with)| built == sources && with == options) {
            return None;
        }
        let last = self.last.replace((sources.clone(), options.clone()));
        let configuration = Configuration::read(sources, options);
        let mut changed = Vec::new();
        let mut is_known = false;
        if let Some((before, with)) = last {
            changed = changed_texts(&before, sources);
            is_known = with == *options && has_only_reviews(&changed, &before, &configuration);
        }
        if !is_known {
            self.cache.plan.clear();
        }
        Some(Rebuild { stages: Stages::read(configuration, Some(&mut self.cache), rules), changed })
    }

    /// Begins a build of sources that differ from those of the last build in the texts of reviews only; `None` for any
    /// other. The next build is compared with the last one all the same.
    pub fn start_early<'a>(&'a mut self, sources: &'a SourceSet, options: &'a Options) -> Option<Rebuild<'a>> {
        let (before, with) = self.last.as_ref()?;
        let configuration = Configuration::read(sources, options);
        let changed = changed_texts(before, sources);
        let is_known = with == options && has_only_reviews(&changed, before, &configuration);
        is_known.then(|| Rebuild {
            stages: Stages::read(configuration, Some(&mut self.cache), ReviewRules::AtOnce),
            changed,
        })
    }

    /// Forgets what the last build was made from, so that the next one is not compared with it.
    pub fn forget(&mut self) {
        self.last = None;
    }
}

fn changed_texts(before: &SourceSet, now: &SourceSet) -> Vec<SitePath> {
    let is_new = |source: &&Source| before.texts.get(&source.path) != Some(source);
    now.texts.values().filter(is_new).map(|source| source.path.clone()).collect()
}

/// Whether nothing but the `changed` texts differs from `before`, and all of them are reviews.
fn has_only_reviews(changed: &[SitePath], before: &SourceSet, now: &Configuration<'_>) -> bool {
    let SourceSet { texts, assets, problems, link_statuses } = now.sources();
    changed.iter().all(|path| now.policy.is_review(path))
        && texts.keys().eq(before.texts.keys())
        && (assets, problems, link_statuses) == (&before.assets, &before.problems, &before.link_statuses)
}
