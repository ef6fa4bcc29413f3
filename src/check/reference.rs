//! References from published reviews to withheld ones, which are removed with the names that they hold.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::model::{Registry, Review};

/// Takes from what is published every name of something that is withheld, and returns the registry that is left.
///
/// A factor of the registry that withheld reviews have and no published one goes as a whole: its name would tell what
/// they are about. `related` keeps the reviews that readers can find, an action the weaknesses that its own review shows,
/// and no alias is the name of a withheld review.
pub(super) fn keep_published(published: &mut [Arc<Review>], all: &[Arc<Review>], registry: &Registry) -> Registry {
    let ids: FxHashSet<&str> = published.iter().map(|review| review.id.0.as_str()).collect();
    let withheld: Vec<&Arc<Review>> = all.iter().filter(|review| !ids.contains(review.id.0.as_str())).collect();
    let registry = known_registry(published, &withheld, registry);
    let hidden: FxHashSet<String> = withheld.iter().flat_map(|review| names(review)).collect();
    let shown: FxHashSet<String> = published.iter().flat_map(|review| names(review)).collect();
    for review in published.iter_mut().filter(|review| review.origin.is_none()) {
        let is_alias = |name: &str| !hidden.contains(&name.to_ascii_lowercase());
        let is_related = |name: &str| shown.contains(&name.to_ascii_lowercase());
        let has_all = review.aliases.iter().all(|alias| is_alias(&alias.value))
            && review.related.iter().all(|related| is_related(&related.value))
            && weakness_names(review).all(|name| is_weakness(review, &registry, name));
        if has_all {
            continue;
        }
        let mut cut = Review::clone(review);
        cut.aliases.retain(|alias| is_alias(&alias.value));
        cut.related.retain(|related| is_related(&related.value));
        cut.actions.iter_mut().for_each(|action| {
            action.addresses.retain(|weakness| is_weakness(review, &registry, &weakness.value));
        });
        cut.accepted.retain(|accepted| is_weakness(review, &registry, &accepted.weakness.value));
        *review = Arc::new(cut);
    }
    registry
}

fn known_registry(published: &[Arc<Review>], withheld: &[&Arc<Review>], registry: &Registry) -> Registry {
    let used = |review: &Review| -> Vec<usize> {
        let factors = review.factors.iter().map(|used| used.id.value.as_str());
        factors.chain(weakness_names(review)).filter_map(|name| registry.position(name)).collect()
    };
    let mut hidden: BTreeSet<usize> = withheld.iter().flat_map(|review| used(review)).collect();
    for review in published {
        // A weakness that only an action names is none of the review: it may come from the draft next to it.
        let factors = review.factors.iter().filter_map(|used| registry.position(&used.id.value));
        factors.for_each(|place| _ = hidden.remove(&place));
    }
    if hidden.is_empty() {
        return registry.clone();
    }
    let mut known = Registry::default();
    let kept = (0..registry.len()).filter(|place| !hidden.contains(place));
    kept.for_each(|place| _ = known.add(registry.at(place).clone()));
    known
}

fn is_weakness(review: &Review, registry: &Registry, name: &str) -> bool {
    let is_item = review.parts.iter().flat_map(|part| part.labels()).any(|label| label.value == name);
    let is_local = review.local_factors.iter().any(|local| local.label.value == name);
    let is_factor = review.factors.iter().any(|used| used.id.value == name);
    is_item || is_local || is_factor || registry.get(name).is_some()
}

fn weakness_names(review: &Review) -> impl Iterator<Item = &str> {
    let addressed = review.actions.iter().flat_map(|action| &action.addresses).map(|name| name.value.as_str());
    addressed.chain(review.accepted.iter().map(|accepted| accepted.weakness.value.as_str()))
}

/// The id and the aliases of a review, as addresses compare.
fn names(review: &Review) -> impl Iterator<Item = String> {
    let aliases = review.aliases.iter().map(|alias| alias.value.to_ascii_lowercase());
    std::iter::once(review.id.0.to_ascii_lowercase()).chain(aliases)
}
