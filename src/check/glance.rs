//! A first look: what may be published, before it is judged.

use std::sync::Arc;

use rayon::prelude::*;

use super::{Options, configuration, foreign, pages, policy, reference, review_sources, settle};
use crate::config::Config;
use crate::diagnostic::Level;
use crate::document::parse;
use crate::lower::lower;
use crate::model::{Corpus, Policy};
use crate::rules::of_problem;
use crate::text::{Source, SourceSet};

/// What may be published, before anything was judged; none as soon as something cannot be understood. `beside` is done
/// meanwhile.
pub fn glance<T: Send>(
    sources: &SourceSet,
    options: &Options,
    beside: impl FnOnce(&Config) -> T + Send,
) -> Option<(Config, Corpus, T)> {
    let (mut found, mut allowances) = (Vec::new(), Vec::new());
    if !sources.problems.is_empty() {
        return None;
    }
    let config = configuration(sources, options, &mut found);
    let policy = policy(sources, &config, options.today, &mut found);
    let read = |source: &Source| {
        let document = parse(source);
        let (review, problems) = lower(&document, &policy);
        let is_clear = problems
            .iter()
            .chain(&document.redaction_problems.0)
            .all(|problem| of_problem(problem.kind).metadata.level < Level::Error);
        is_clear.then(|| Arc::new(review))
    };
    let sources_of_reviews = review_sources(sources);
    let read_all = || sources_of_reviews.par_iter().map(|source| read(source)).collect::<Option<Vec<_>>>();
    let (reviews, done) = rayon::join(read_all, || beside(&config));
    let pages = pages(sources, &mut found, &mut allowances);
    let reviews = reviews?;
    let mut public = settle::public(&reviews, options);
    public.extend(foreign(sources, &config, &policy, &mut found).reviews().cloned());
    let registry = reference::keep_published(&mut public, &reviews, &policy.registry);
    let policy = Policy { registry, ..policy };
    let is_clear = found.iter().all(|finding| finding.level < Level::Error);
    is_clear.then(|| (config, Corpus::new(public, pages, policy), done))
}
