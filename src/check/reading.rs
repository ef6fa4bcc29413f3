//! A reading of a site folder: everything in it understood, before rules look at it as a whole.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::configuration::config_path;
use super::judgement::{Fate, Judgement, Unjudged};
use super::review::CheckedReview;
use super::unreadable::unreadable;
use super::{Audience, Configuration, Options, ReviewCache, federation, level, reference, report};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Findings, Level, Problems};
use crate::document::{Allowance, parse};
use crate::lower::lower_page;
use crate::model::{Corpus, Page, Policy, Review};
use crate::rules::{FederatedReviews, Library, outside_addresses};
use crate::text::{SitePath, Source, SourceSet};

/// When the rules that look at one review run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReviewRules {
    /// As soon as each review is read, whose document is then dropped. This takes the least time and memory in all.
    AtOnce,
    /// After the reading, so that the site can be shown before. The documents are kept until then.
    Later,
}

/// Everything in a site folder, understood. Its corpus and its judgement follow from it, in either order.
#[derive(Debug)]
pub(crate) struct Reading<'a> {
    sources: &'a SourceSet,
    options: &'a Options,
    config: Arc<Config>,
    policy: Policy,
    /// The reviews, by path.
    reviews: Vec<CheckedReview>,
    pages: Vec<Page>,
    federated: FederatedReviews,
    /// What was found so far outside of reviews.
    findings: Vec<Diagnostic>,
    /// What authors of pages set aside.
    allowances: Vec<(SitePath, Vec<Allowance>)>,
}

impl<'a> Reading<'a> {
    /// Reads all reviews and pages. Reviews that `cache` knows are not read again.
    pub(crate) fn new(configuration: Configuration<'a>, cache: Option<&ReviewCache>, rules: ReviewRules) -> Self {
        let Configuration { sources, options, config, policy, mut findings } = configuration;
        let own_problems = sources.problems.iter().filter(|problem| !federation::is_dataset_problem(problem));
        findings.extend(own_problems.map(unreadable));
        let known = cache.and_then(|cache| cache.under(&policy));
        let read = |source: &&Source| match known.and_then(|known| known.get(source)) {
            Some(judged) => CheckedReview::Judged(judged),
            None => match rules {
                ReviewRules::AtOnce => CheckedReview::Judged(CheckedReview::read(source, &policy).judge(&policy)),
                ReviewRules::Later => CheckedReview::read(source, &policy),
            },
        };
        let reviews = review_sources(sources, &policy).par_iter().map(read).collect();
        let mut allowances = Vec::new();
        let pages = read_pages(sources, &mut findings, &mut allowances);
        let federated = read_federated(sources, &config, &policy, &mut findings);
        Self { sources, options, config, policy, reviews, pages, federated, findings, allowances }
    }

    /// The settings of the site.
    pub(crate) fn config(&self) -> &Arc<Config> {
        &self.config
    }

    /// Runs the rules that look at one review over all that were not judged before, and keeps the results in `cache`.
    pub(crate) fn judge_reviews(&mut self, cache: Option<&mut ReviewCache>) {
        let policy = &self.policy;
        let read = std::mem::take(&mut self.reviews);
        let judged: Vec<_> = read.into_par_iter().map(|review| review.judge(policy)).collect();
        if let Some(cache) = cache {
            cache.keep(&review_sources(self.sources, policy), &judged, policy);
        }
        self.reviews = judged.into_iter().map(CheckedReview::Judged).collect();
    }

    /// Whether something that was found so far is an error, which stands in the way of publishing.
    pub(crate) fn has_errors(&self) -> bool {
        let is_error =
            |finding: &Diagnostic, review: Option<&Review>| level::of(finding, &self.config, review) == Level::Error;
        self.findings.iter().any(|finding| is_error(finding, None))
            || self
                .reviews
                .iter()
                .any(|review| review.open_findings().any(|finding| is_error(finding, Some(review.review()))))
    }

    /// What may be published: nothing of what is withheld, nor its names.
    pub(crate) fn corpus(&self) -> Corpus {
        let reviews = self.all_reviews();
        let mut published: Vec<Arc<Review>> =
            reviews.iter().filter(|review| is_published(review, self.options)).cloned().collect();
        published.extend(self.federated.reviews().cloned());
        let registry = reference::keep_published(&mut published, &reviews, &self.policy.registry);
        Corpus::new(published, self.pages.clone(), Policy { registry, ..self.policy.clone() })
    }

    /// Every page of another site that the reviews and pages lead to, published or not.
    pub(crate) fn outside_addresses(&self) -> BTreeSet<String> {
        let Self { sources, policy, pages, federated, .. } = self;
        outside_addresses(&Library { reviews: &self.all_reviews(), pages, federated, sources, policy })
    }

    /// Runs the rules that did not run yet, and settles the level of each finding.
    pub(crate) fn judge(mut self) -> Judgement {
        self.judge_reviews(None);
        let reviews = self.all_reviews();
        let (mut findings, mut allowances) = (self.findings, self.allowances);
        for checked in self.reviews {
            // What no cache keeps is moved, not copied.
            let judged = Arc::unwrap_or_clone(checked.judge(&self.policy));
            findings.extend(judged.findings);
            if !judged.allowances.is_empty() {
                allowances.push((judged.review.path.clone(), judged.allowances));
            }
        }
        let library = Library {
            reviews: &reviews,
            pages: &self.pages,
            federated: &self.federated,
            sources: self.sources,
            policy: &self.policy,
        };
        let fate = |review: &Review| if is_published(review, self.options) { Fate::Published } else { Fate::Withheld };
        let fates = reviews.iter().map(|review| (review.path.clone(), fate(review))).collect();
        Unjudged { library, config: &self.config, findings, allowances }.judge(fates)
    }

    /// What the site asks of reviews.
    pub(crate) fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Every review, published or not, by file.
    pub(crate) fn all_reviews(&self) -> Vec<Arc<Review>> {
        self.reviews.iter().map(|review| review.review().clone()).collect()
    }
}

/// Whether the readers of the site may see a review.
fn is_published(review: &Review, options: &Options) -> bool {
    options.audience == Audience::Team || review.is_public(options.today)
}

fn review_sources<'a>(sources: &'a SourceSet, policy: &Policy) -> Vec<&'a Source> {
    sources.texts.values().filter(|source| policy.is_review(&source.path)).collect()
}

fn read_pages(
    sources: &SourceSet,
    findings: &mut Vec<Diagnostic>,
    allowances: &mut Vec<(SitePath, Vec<Allowance>)>,
) -> Vec<Page> {
    let is_page = |path: &SitePath| path.below("content/pages").is_some() && path.extension() == Some("md");
    let mut pages = Vec::new();
    for source in sources.texts.values().filter(|source| is_page(&source.path)) {
        let document = parse(source);
        let (page, problems) = lower_page(&document);
        let mut found = Findings::new(&source.path);
        report(&problems, &mut found);
        let mut found = found.into_vec();
        found.iter_mut().for_each(|finding| finding.place_in_source(&document.map));
        findings.extend(found);
        let mut redaction_problems = Findings::new(&source.path);
        report(&document.redaction_problems.0, &mut redaction_problems);
        findings.extend(redaction_problems.into_vec());
        if !document.allowances.is_empty() {
            allowances.push((source.path.clone(), document.allowances));
        }
        pages.push(page);
    }
    pages
}

/// The reviews of federated sites. No rule judges them: this site cannot mend them.
fn read_federated(
    sources: &SourceSet,
    config: &Config,
    policy: &Policy,
    findings: &mut Vec<Diagnostic>,
) -> FederatedReviews {
    let path = config_path();
    let mut problems = Problems::default();
    let federated = federation::take_over(sources, config, policy, &mut problems);
    let mut found = Findings::new(&path);
    report(&problems.0, &mut found);
    findings.extend(found.into_vec());
    federated
}
