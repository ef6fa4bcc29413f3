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
        let changed = last.map_or_else(Vec::new, |(before, _)| changed(&before, sources));
        let configuration = Configuration::read(sources, options);
        Some(Rebuild { stages: Stages::read(configuration, Some(&mut self.cache), rules), changed })
    }

    /// Forgets what the last build was made from, so that the next one is not compared with it.
    pub fn forget(&mut self) {
        self.last = None;
    }
}

fn changed(before: &SourceSet, now: &SourceSet) -> Vec<SitePath> {
    let is_new = |source: &&Source| before.texts.get(&source.path) != Some(source);
    now.texts.values().filter(is_new).map(|source| source.path.clone()).collect()
}
