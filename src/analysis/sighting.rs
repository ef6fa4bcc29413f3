//! Where each factor was seen.

use std::collections::BTreeMap;

use crate::model::{Corpus, FactorRole, ReviewIndex, counts};

/// Where a factor was seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sightings {
    /// The reviews, the newest first.
    pub reviews: Vec<ReviewIndex>,
    /// In how many of them it is the primary factor.
    pub primary: usize,
}

/// The factors that were seen, by id. Withdrawn reviews show none.
pub(super) fn sightings(corpus: &Corpus) -> BTreeMap<String, Sightings> {
    let registry = &corpus.policy.registry;
    let mut sightings = vec![Sightings::default(); registry.len()];
    for (position, review) in corpus.indexed().filter(|(_, review)| counts(review)) {
        for used in &review.factors {
            let Some(factor) = registry.position(&used.id.value) else { continue };
            let seen = &mut sightings[factor];
            // A factor and its alias in one review are one sighting.
            if seen.reviews.last() != Some(&position) {
                seen.reviews.push(position);
                seen.primary += usize::from(used.role == FactorRole::Primary);
            }
        }
    }
    let seen = sightings.into_iter().enumerate().filter(|(_, seen)| !seen.reviews.is_empty());
    seen.map(|(factor, seen)| (registry.at(factor).id.value.clone(), seen)).collect()
}
