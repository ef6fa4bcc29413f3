//! Which closed actions stand before an incident: the one definition of a factor that came back.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::policy::Policy;
use super::review::{Action, Review};
use super::vocabulary::{ActionStatus, Status};

/// An action against a factor that is done.
#[derive(Clone, Copy, Debug)]
pub struct Closure<'a> {
    /// The review that it stands in.
    pub review: &'a Review,
    /// The position of that review among all.
    pub position: usize,
    /// Its position in that review.
    pub action: usize,
    /// The day it was closed.
    pub closed: NaiveDate,
    /// The last day on which the factor could be expected: the day it was closed, or of its own incident if that is later.
    pub until: NaiveDate,
}

impl<'a> Closure<'a> {
    /// The action itself.
    pub fn of(&self) -> &'a Action {
        &self.review.actions[self.action]
    }
}

/// Every action that is done, by the factor it addresses and by whose it is.
///
/// A factor came back when an incident with it began after an action against it was closed, at the same organisation:
/// nobody's action holds for somebody else. Reviews that were withdrawn say nothing.
#[derive(Debug, Default)]
pub struct Closures<'a> {
    by_factor: BTreeMap<(&'a str, &'a str), Vec<Closure<'a>>>,
}

impl<'a> Closures<'a> {
    /// The closed actions of `reviews`.
    pub fn of(reviews: impl IntoIterator<Item = &'a Review>, policy: &'a Policy) -> Self {
        let mut by_factor: BTreeMap<(&str, &str), Vec<Closure<'_>>> = BTreeMap::new();
        for (position, review) in reviews.into_iter().enumerate() {
            let Some(date) = review.date().filter(|_| counts(review)) else { continue };
            for (action, done) in review.actions.iter().enumerate() {
                let Some(closed) = done.closed.as_ref().filter(|_| done.status == ActionStatus::Done) else { continue };
                let closed = closed.value;
                let closure = Closure { review, position, action, closed, until: closed.max(date) };
                for factor in done.addresses.iter().filter_map(|name| policy.registry.get(&name.value)) {
                    let key = (factor.id.value.as_str(), policy.organisation_of(review));
                    let known = by_factor.entry(key).or_default();
                    // An action may name a factor twice, by its id and by an alias.
                    if known.last().is_none_or(|last| (last.position, last.action) != (position, action)) {
                        known.push(closure);
                    }
                }
            }
        }
        for closures in by_factor.values_mut() {
            closures.sort_by_key(|closure| (closure.until, closure.position, closure.action));
        }
        Self { by_factor }
    }

    /// The actions against the factor `id` that were closed before the incident of `review` began, the latest last.
    pub fn before<'b>(&'b self, id: &'b str, review: &'b Review, policy: &'b Policy) -> &'b [Closure<'a>] {
        let known = self.by_factor.get(&(id, policy.organisation_of(review))).map_or(&[][..], Vec::as_slice);
        match review.date().filter(|_| counts(review)) {
            Some(began) => &known[..known.partition_point(|closure| closure.until < began)],
            None => &[],
        }
    }
}

/// Whether a review counts: one that was withdrawn was found to be wrong.
pub fn counts(review: &Review) -> bool {
    review.status.as_ref().is_none_or(|status| status.value != Status::Withdrawn)
}
