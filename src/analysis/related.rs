//! Which reviews have a connection, and which one. Every connection goes both ways.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::{Analysis, slug};
use crate::model::{Corpus, ReviewId, ReviewIndex, counts};

/// Why two reviews are connected.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Relation {
    /// Whether the authors of one of them named the other.
    pub is_named: bool,
    /// The factors that both have, by id, the rarest first.
    pub factors: Vec<String>,
    /// The services that both affected, at one organisation.
    pub services: Vec<String>,
}

/// The greatest number of reviews that are connected by what they share alone.
const LIMIT: usize = 5;

/// How many reviews with a factor or a service are looked at, before and after the one in question: those nearest in time.
const NEAREST: usize = 60;

/// A service counts less than a factor: that the same thing broke says little about why.
const SERVICE_WEIGHT: f64 = 0.5;

/// What connects reviews besides factors.
#[derive(Debug)]
pub(super) struct Connections {
    /// For each review, those that the authors of either named.
    named: Vec<BTreeSet<ReviewIndex>>,
    /// For each organisation and service, by their numbers: the service's name and the reviews that affected it.
    services: FxHashMap<(usize, usize), (String, Vec<ReviewIndex>)>,
    /// The services of each review, by the keys of `services`: by slug, each once.
    of_review: Vec<Vec<(usize, usize)>>,
}

/// What connects the reviews of a site besides factors.
pub(super) fn connections(corpus: &Corpus, positions: &BTreeMap<&ReviewId, ReviewIndex>) -> Connections {
    let reviews = &corpus.reviews;
    let mut named = vec![BTreeSet::new(); reviews.len()];
    let mut naming = vec![0; reviews.len()];
    let mut services: FxHashMap<(usize, usize), (String, Vec<ReviewIndex>)> = FxHashMap::default();
    let mut of_review = vec![Vec::new(); reviews.len()];
    let mut numbers = Numbers::default();
    let aliases = corpus.indexed();
    let aliases: BTreeMap<&str, ReviewIndex> =
        aliases.flat_map(|(at, review)| review.aliases.iter().map(move |alias| (alias.value.as_str(), at))).collect();
    for (position, review) in corpus.indexed() {
        for related in &review.related {
            let id = ReviewId(related.value.clone());
            let known = positions.get(&id).or_else(|| aliases.get(id.0.as_str()));
            if let Some(other) = known.copied().filter(|other| *other != position) {
                named[position].insert(other);
                // Reviews stand newest first, so those that name it last are shown.
                if naming[other] < NAMED_BY {
                    naming[other] += 1;
                    named[other].insert(position);
                }
            }
        }
        let organisation = numbers.organisation(corpus.policy.organisation_of(review));
        for service in review.services.iter().filter(|_| counts(review)) {
            let key = (organisation, numbers.service(&service.value));
            let (_, positions) = services.entry(key).or_insert_with(|| (service.value.clone(), Vec::new()));
            if positions.last() != Some(&position) {
                positions.push(position);
                of_review[position].push(key);
            }
        }
    }
    of_review.iter_mut().for_each(|keys: &mut Vec<(usize, usize)>| {
        keys.sort_by(|(_, one), (_, other)| numbers.slugs[*one].cmp(&numbers.slugs[*other]));
    });
    Connections { named, services, of_review }
}

/// Numbers for organisations and services: there are many reviews and few of both, and a name in addresses takes its
/// time.
#[derive(Default)]
struct Numbers<'a> {
    organisations: FxHashMap<&'a str, usize>,
    names: FxHashMap<&'a str, usize>,
    known: FxHashMap<String, usize>,
    /// The slug of each service.
    slugs: Vec<String>,
}

impl<'a> Numbers<'a> {
    fn organisation(&mut self, name: &'a str) -> usize {
        let next = self.organisations.len();
        *self.organisations.entry(name).or_insert(next)
    }

    /// Services with the same slug are the same one.
    fn service(&mut self, name: &'a str) -> usize {
        if let Some(number) = self.names.get(name) {
            return *number;
        }
        let slug = slug(name);
        let number = *self.known.entry(slug.clone()).or_insert(self.slugs.len());
        if number == self.slugs.len() {
            self.slugs.push(slug);
        }
        self.names.insert(name, number);
        number
    }
}

/// How many reviews are shown because they name one: a landmark that thousands name would list them all.
const NAMED_BY: usize = 50;

/// The reviews connected with the one at `position`: those named by the authors first, the newest at the top, then those
/// that share the rarest factors and services.
pub fn related(analysis: &Analysis, position: ReviewIndex) -> Vec<(ReviewIndex, Relation)> {
    let connections = &analysis.results.connections;
    let named = &connections.named[position];
    let mut shared: BTreeMap<ReviewIndex, Shared<'_>> = BTreeMap::new();
    for other in named {
        shared.entry(*other).or_default().is_named = true;
    }
    for (id, positions) in seen_factors(analysis, position) {
        for other in
            nearest(positions, position).chain(named.iter().copied().filter(|at| positions.binary_search(at).is_ok()))
        {
            let shared = shared.entry(other).or_default();
            if shared.factors.last() != Some(&id.as_str()) {
                shared.score += 1.0 / positions.len() as f64;
                shared.factors.push(id);
            }
        }
    }
    for (name, positions) in services(position, connections) {
        for other in nearest(positions, position) {
            let shared = shared.entry(other).or_default();
            shared.score += SERVICE_WEIGHT / positions.len() as f64;
            shared.services.push(name);
        }
    }
    let mut shared: Vec<(ReviewIndex, Shared<'_>)> = shared.into_iter().collect();
    shared.sort_by(|(at, one), (other_at, other)| {
        other.is_named.cmp(&one.is_named).then(other.score.total_cmp(&one.score)).then(at.cmp(other_at))
    });
    shared.truncate(LIMIT.max(named.len()));
    let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
    let relation = |shared: Shared<'_>| Relation {
        is_named: shared.is_named,
        factors: owned(shared.factors),
        services: owned(shared.services),
    };
    shared.into_iter().map(|(other, shared)| (other, relation(shared))).collect()
}

/// What two reviews share, while the most closely connected ones are sought.
#[derive(Default)]
struct Shared<'a> {
    is_named: bool,
    score: f64,
    factors: Vec<&'a str>,
    services: Vec<&'a str>,
}

/// The factors of a review with the reviews they were seen in, the rarest first.
fn seen_factors(analysis: &Analysis, position: ReviewIndex) -> Vec<(&String, &Vec<ReviewIndex>)> {
    let review = &analysis.corpus.reviews[position];
    if !counts(review) {
        return Vec::new();
    }
    let used = review.factors.iter().filter_map(|used| analysis.corpus.factor(used));
    let ids: BTreeSet<&str> = used.map(|factor| factor.id.value.as_str()).collect();
    let seen = ids.into_iter().filter_map(|id| analysis.sightings().get_key_value(id));
    let mut seen: Vec<(&String, &Vec<ReviewIndex>)> = seen.map(|(id, seen)| (id, &seen.reviews)).collect();
    seen.sort_by_key(|(_, positions)| positions.len());
    seen
}

/// The services of a review with the reviews that affected them. A service of the same name at another organisation is
/// another service.
fn services(position: ReviewIndex, connections: &Connections) -> Vec<&(String, Vec<ReviewIndex>)> {
    connections.of_review[position].iter().filter_map(|key| connections.services.get(key)).collect()
}

/// Those of `positions` that stand nearest to `position`, without itself. Reviews stand by date.
fn nearest(positions: &[ReviewIndex], position: ReviewIndex) -> impl Iterator<Item = ReviewIndex> {
    let at = positions.partition_point(|other| *other < position);
    let window = at.saturating_sub(NEAREST)..positions.len().min(at + NEAREST);
    positions[window].iter().copied().filter(move |other| *other != position)
}
