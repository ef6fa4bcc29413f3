//! Which closed actions stand before an incident: the one definition of a factor that came back.

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use super::action::Action;
use super::policy::Policy;
use super::review::Review;
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
    /// The action that was closed.
    pub fn of(&self) -> &'a Action {
        &self.review.actions[self.action]
    }
}

/// Every action that is done, by the factor it addresses and by whose it is.
///
/// A factor came back when an incident with it began after an action against it was closed, at the same organisation:
/// an action of one organisation protects no other. Withdrawn reviews do not count.
#[derive(Debug, Default)]
pub struct Closures<'a> {
    lists: Vec<Vec<Closure<'a>>>,
    /// The organisations that closed an action, numbered.
    organisations: FxHashMap<&'a str, usize>,
    /// Which list belongs to a factor, by its number in the registry, and an organisation.
    places: FxHashMap<(usize, usize), usize>,
}

impl<'a> Closures<'a> {
    /// The closed actions of `reviews`.
    pub fn of(reviews: impl IntoIterator<Item = &'a Review>, policy: &'a Policy) -> Self {
        let mut all = Self::default();
        for (position, review) in reviews.into_iter().enumerate() {
            let Some(date) = review.date().filter(|_| counts(review)) else { continue };
            let mut whose = None;
            for (action, done) in review.actions.iter().enumerate() {
                let Some(closed) = done.closed.as_ref().filter(|_| done.status == ActionStatus::Done) else { continue };
                let closed = closed.value;
                let organisation = *whose.get_or_insert_with(|| all.number_of(policy.organisation_of(review)));
                let closure = Closure { review, position, action, closed, until: closed.max(date) };
                for factor in done.addresses.iter().filter_map(|name| policy.registry.position(&name.value)) {
                    let next = all.lists.len();
                    let place = *all.places.entry((factor, organisation)).or_insert(next);
                    if place == next {
                        all.lists.push(Vec::new());
                    }
                    let known = &mut all.lists[place];
                    // An action may name a factor twice, by its id and by an alias.
                    if known.last().is_none_or(|last| (last.position, last.action) != (position, action)) {
                        known.push(closure);
                    }
                }
            }
        }
        for closures in &mut all.lists {
            closures.sort_by_key(|closure| (closure.until, closure.position, closure.action));
        }
        all
    }

    fn number_of(&mut self, organisation: &'a str) -> usize {
        let next = self.organisations.len();
        *self.organisations.entry(organisation).or_insert(next)
    }

    /// The actions against the factor with this number that were closed before the incident of `review` began, the latest
    /// last.
    pub fn before<'b>(&'b self, factor: usize, review: &'b Review, policy: &'b Policy) -> &'b [Closure<'a>] {
        let organisation = self.organisations.get(policy.organisation_of(review));
        let place = organisation.and_then(|organisation| self.places.get(&(factor, *organisation)));
        let known = place.map_or(&[][..], |place| &self.lists[*place]);
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
