//! Reviews that were judged in one run, kept for the next.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::review::JudgedReview;
use crate::model::Policy;
use crate::text::{SitePath, Source};

/// What was found in each review in the last run. An entry is never changed, and it depends on nothing but the source and
/// the policy that are kept beside it: it holds as long as both are equal, to the last character.
#[derive(Debug, Default)]
pub(crate) struct ReviewCache {
    /// The policy under which all entries were made.
    policy: Option<Policy>,
    entries: Entries,
}

type Entries = FxHashMap<SitePath, (Source, Arc<JudgedReview>)>;

impl ReviewCache {
    /// The reviews that were judged under this policy.
    pub(super) fn under(&self, policy: &Policy) -> Option<Known<'_>> {
        (self.policy.as_ref() == Some(policy)).then_some(Known(&self.entries))
    }

    /// Keeps what was found in `sources`, and nothing else, so the cache never outgrows the site.
    pub(super) fn keep(&mut self, sources: &[&Source], judged: &[Arc<JudgedReview>], policy: &Policy) {
        if self.policy.as_ref() != Some(policy) {
            self.entries.clear();
            self.policy = Some(policy.clone());
        }
        for (source, judged) in sources.iter().zip(judged) {
            let is_kept = self.entries.get(&source.path).is_some_and(|(_, kept)| Arc::ptr_eq(kept, judged));
            if !is_kept {
                self.entries.insert(source.path.clone(), (Source::clone(source), judged.clone()));
            }
        }
        if self.entries.len() > sources.len() {
            let there: FxHashSet<&SitePath> = sources.iter().map(|source| &source.path).collect();
            self.entries.retain(|path, _| there.contains(path));
        }
    }
}

/// Reviews that were judged under one policy.
#[derive(Clone, Copy)]
pub(super) struct Known<'a>(&'a Entries);

impl Known<'_> {
    /// What was found in a review, if its text is the same to the last character.
    pub(super) fn get(self, source: &Source) -> Option<Arc<JudgedReview>> {
        let (known, judged) = self.0.get(&source.path)?;
        (known == source).then(|| judged.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::ReviewCache;
    use crate::check::review::CheckedReview;
    use crate::model::Policy;
    use crate::rules::{SAMPLE_PATH, SAMPLE_REVIEW};
    use crate::text::{SitePath, Source};

    #[test]
    fn an_entry_holds_for_one_source_and_one_policy() {
        let policy = Policy::default();
        let other = Policy { organisation: Some("Example".to_owned()), ..Policy::default() };
        let source = |path: &str, text: &str| Source::new(SitePath::new(path).unwrap(), text);
        let first = source(SAMPLE_PATH, SAMPLE_REVIEW);
        let mut cache = ReviewCache::default();
        let judged = CheckedReview::read(&first, &policy).judge(&policy);
        cache.keep(&[&first], &[judged], &policy);
        let is_known =
            |source: &Source, policy: &Policy| cache.under(policy).and_then(|known| known.get(source)).is_some();
        assert!(is_known(&first, &policy));
        assert!(is_known(&source(SAMPLE_PATH, SAMPLE_REVIEW), &policy));
        assert!(!is_known(&source(SAMPLE_PATH, &format!("{SAMPLE_REVIEW}.")), &policy));
        assert!(!is_known(&source("content/reviews/other.md", SAMPLE_REVIEW), &policy));
        assert!(!is_known(&first, &other));
        cache.keep(&[], &[], &policy);
        assert!(cache.entries.is_empty(), "what is gone is forgotten");
    }
}
