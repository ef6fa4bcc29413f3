//! What was made of each review, kept for the next run.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Judged, judge_review};
use crate::model::Policy;
use crate::text::{SitePath, Source};

/// What was made of each review in the last run. An entry is never changed, and it depends on nothing but the source
/// and the policy that are kept beside it: it holds as long as both are equal, to the last character.
#[derive(Debug, Default)]
pub struct Cache {
    /// The policy under which all entries were made.
    policy: Option<Policy>,
    entries: FxHashMap<SitePath, (Source, Arc<Judged>)>,
}

impl Cache {
    /// Judges `sources`, those that changed anew. What is not among them is forgotten, so the cache never outgrows
    /// the site.
    pub(super) fn judge(&mut self, sources: &[&Source], policy: &Policy) -> Vec<Arc<Judged>> {
        if self.policy.as_ref() != Some(policy) {
            self.entries.clear();
            self.policy = Some(policy.clone());
        }
        let known = &self.entries;
        let judge = |source: &&Source| match known.get(&source.path) {
            Some((same, judged)) if same == *source => judged.clone(),
            _ => Arc::new(judge_review(source, policy)),
        };
        let judged: Vec<Arc<Judged>> = sources.par_iter().map(judge).collect();
        for (source, judged) in sources.iter().zip(&judged) {
            let is_kept = self.entries.get(&source.path).is_some_and(|(_, kept)| Arc::ptr_eq(kept, judged));
            if !is_kept {
                self.entries.insert(source.path.clone(), (Source::clone(source), judged.clone()));
            }
        }
        if self.entries.len() > sources.len() {
            let there: FxHashSet<&SitePath> = sources.iter().map(|source| &source.path).collect();
            self.entries.retain(|path, _| there.contains(path));
        }
        judged
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::Cache;
    use crate::model::Policy;
    use crate::rules::{SAMPLE_PATH, SAMPLE_REVIEW};
    use crate::text::{SitePath, Source};

    #[test]
    fn an_entry_holds_for_one_source_and_one_policy() {
        let policy = Policy::default();
        let other = Policy { organisation: Some("Example".to_owned()), ..Policy::default() };
        let source = |path: &str, text: &str| Source::new(SitePath::new(path).unwrap(), text);
        let first = source(SAMPLE_PATH, SAMPLE_REVIEW);
        let mut cache = Cache::default();
        let kept = cache.judge(&[&first], &policy);
        let mut check = |source: &Source, policy: &Policy, is_kept: bool| {
            let judged = cache.judge(&[source], policy);
            assert_eq!(Arc::ptr_eq(&kept[0], &judged[0]), is_kept, "{}", source.path);
            assert_eq!(judged[0].review.path, source.path);
            // What was kept is taken up again.
            cache.entries.insert(first.path.clone(), (first.clone(), kept[0].clone()));
            cache.policy = Some(Policy::default());
        };
        check(&first, &policy, true);
        check(&source(SAMPLE_PATH, SAMPLE_REVIEW), &policy, true);
        check(&source(SAMPLE_PATH, &format!("{SAMPLE_REVIEW}.")), &policy, false);
        check(&source("content/reviews/other.md", SAMPLE_REVIEW), &policy, false);
        check(&first, &other, false);
        cache.judge(&[], &policy);
        assert!(cache.entries.is_empty(), "what is gone is forgotten");
    }
}
