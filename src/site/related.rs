//! Which reviews have a connection, and which one.

use std::collections::BTreeMap;

use super::Site;
use crate::model::ReviewId;

/// Why two reviews are connected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Relation {
    /// The authors named one in the other.
    Named,
    /// Both have these factors, by id.
    Factors(Vec<String>),
}

/// The greatest number of reviews that are connected by factors alone.
const LIMIT: usize = 4;

/// The reviews connected with the one at `position`: first those named by the authors, in their order,
/// then those that share the rarest factors.
pub fn related(site: &Site, position: usize) -> Vec<(usize, Relation)> {
    let review = &site.corpus.reviews[position];
    let mut found: Vec<(usize, Relation)> = Vec::new();
    for id in &review.related {
        let known = site.positions.get(&ReviewId(id.value.clone())).copied();
        if let Some(at) = known.filter(|at| *at != position && !found.iter().any(|(seen, _)| seen == at)) {
            found.push((at, Relation::Named));
        }
    }
    let mut shared: BTreeMap<usize, (f64, Vec<&str>)> = BTreeMap::new();
    for factor in &review.factors {
        let Some(known) = site.corpus.factor(factor) else { continue };
        let Some(seen) = site.sightings.get(&known.id.value) else { continue };
        // A factor that everybody has connects nobody; the newest hundred are enough to choose from.
        let weight = 1.0 / seen.reviews.len() as f64;
        for other in seen.reviews.iter().take(100).filter(|other| **other != position) {
            let entry = shared.entry(*other).or_default();
            entry.0 += weight;
            entry.1.push(&known.id.value);
        }
    }
    let mut shared: Vec<(usize, (f64, Vec<&str>))> = shared.into_iter().collect();
    shared.sort_by(|a, b| b.1.0.total_cmp(&a.1.0).then(a.0.cmp(&b.0)));
    for (other, (_, factors)) in shared.into_iter().take(LIMIT + found.len()) {
        if found.len() < LIMIT.max(review.related.len()) && !found.iter().any(|(seen, _)| *seen == other) {
            found.push((other, Relation::Factors(factors.into_iter().map(str::to_owned).collect())));
        }
    }
    found
}
