//! What became of each factor: the actions against it, and where it came back in spite of them.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Sightings;
use crate::model::{ActionIndex, ActionRef, ActionStatus, Closure, Closures, Corpus, Review, ReviewIndex, counts};

/// What became of a factor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// Every action that addresses it, those of the newest reviews first.
    pub actions: Vec<ActionRef>,
    /// The incidents that began after an action against it was closed, the newest first.
    pub recurrences: Vec<Recurrence>,
    /// The actions that did not hold, those of the newest reviews first.
    pub lapses: Vec<Lapse>,
    /// The actions that held so far, those of the newest reviews first: done on a known day, with evidence, and the same
    /// organisation had no incident with the factor since.
    pub held: Vec<Held>,
    /// How many actions against it are done.
    pub done: usize,
}

/// An action that held so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// The action.
    pub action: ActionRef,
    /// How many incidents the same organisation had since, all without the factor.
    pub later: usize,
}

/// An incident that began after an action against one of its factors was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recurrence {
    /// The position of its review in the corpus.
    pub review: ReviewIndex,
    /// The action that was closed last.
    pub latest: ActionRef,
    /// How many actions had been closed.
    pub closed: usize,
}

/// An action that did not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lapse {
    /// The action.
    pub action: ActionRef,
    /// The position of the first review of an incident that began after it was closed.
    pub first: ReviewIndex,
    /// The number of such incidents.
    pub count: usize,
}

impl History {
    /// Whether the incident of a review began after an action against the factor was closed.
    pub fn came_back(&self, review: ReviewIndex) -> bool {
        self.recurrences.binary_search_by_key(&review, |recurrence| recurrence.review).is_ok()
    }
}

/// The histories of all factors, by their numbers in the registry.
pub(super) fn histories(corpus: &Corpus, sightings: &BTreeMap<String, Sightings>) -> Vec<History> {
    let policy = &corpus.policy;
    let registry = &policy.registry;
    let reviews = || corpus.reviews.iter().map(|review| &**review);
    let closures = Closures::of(reviews(), policy);
    let days = IncidentDays::of(corpus);
    let mut histories = vec![History::default(); registry.len()];
    for (position, review) in corpus.indexed().filter(|(_, review)| counts(review)) {
        for (action, given) in review.actions.iter().enumerate() {
            let place = ActionRef { review: position, action: ActionIndex(action) };
            for factor in given.addresses.iter().filter_map(|name| registry.position(&name.value)) {
                let actions = &mut histories[factor].actions;
                if actions.last() != Some(&place) {
                    actions.push(place);
                }
            }
        }
    }
    for (id, seen) in sightings {
        let Some(factor) = registry.position(id) else { continue };
        let history = &mut histories[factor];
        // The number of later incidents and the first of them, for each closed action. What is closed before an incident
        // is closed before all later ones: going from the newest to the oldest, each action is met last at its first.
        let mut lapses: BTreeMap<&str, Vec<(ReviewIndex, usize)>> = BTreeMap::new();
        for &position in &seen.reviews {
            let review: &Review = &corpus.reviews[position];
            let before = closures.before(factor, review, policy);
            let Some(latest) = before.last() else { continue };
            history.recurrences.push(Recurrence { review: position, latest: place(latest), closed: before.len() });
            lapses.entry(policy.organisation_of(review)).or_default().push((position, before.len()));
        }
        for incidents in lapses.into_values() {
            history.lapses.extend(lapsed(factor, &incidents, &closures, corpus));
        }
        history.lapses.sort_by_key(|lapse| lapse.action);
    }
    for history in &mut histories {
        let is_done = |place: &&ActionRef| corpus.action(**place).status == ActionStatus::Done;
        history.done = history.actions.iter().filter(is_done).count();
        history.held = held(history, corpus, &days);
    }
    histories
}

/// The days on which the incidents of each organisation began, the first one first.
struct IncidentDays<'a>(BTreeMap<&'a str, Vec<NaiveDate>>);

impl<'a> IncidentDays<'a> {
    fn of(corpus: &'a Corpus) -> Self {
        let mut days: BTreeMap<&str, Vec<NaiveDate>> = BTreeMap::new();
        for review in corpus.reviews.iter().rev().filter(|review| counts(review)) {
            days.entry(corpus.policy.organisation_of(review)).or_default().extend(review.date());
        }
        Self(days)
    }

    /// How many incidents the organisation of a review had after a day, and after that of the review itself.
    fn after(&self, day: NaiveDate, review: &Review, corpus: &Corpus) -> usize {
        let until = review.date().map_or(day, |date| date.max(day));
        let days = self.0.get(corpus.policy.organisation_of(review)).map_or(&[][..], Vec::as_slice);
        days.len() - days.partition_point(|began| *began <= until)
    }
}

/// The actions against a factor that held so far. An action without a day of closing may have been done after the last
/// incident or before it, so nobody can tell.
fn held(history: &History, corpus: &Corpus, days: &IncidentDays<'_>) -> Vec<Held> {
    let has_held = |place: &ActionRef| {
        let action = corpus.action(*place);
        let closed =
            action.closed.as_ref().filter(|_| action.status == ActionStatus::Done && action.evidence.is_some());
        let is_lapsed = history.lapses.binary_search_by_key(place, |lapse| lapse.action).is_ok();
        let later = |day: NaiveDate| days.after(day, &corpus.reviews[place.review], corpus);
        closed.filter(|_| !is_lapsed).map(|day| Held { action: *place, later: later(day.value) })
    };
    history.actions.iter().filter_map(has_held).collect()
}

/// The position of a review among those that were given is its position in the corpus.
fn place(closure: &Closure<'_>) -> ActionRef {
    ActionRef { review: ReviewIndex(closure.position), action: ActionIndex(closure.action) }
}

/// The actions of one organisation that did not hold. `incidents` are those with the factor, the newest first, each with
/// the number of actions closed before it.
fn lapsed(factor: usize, incidents: &[(ReviewIndex, usize)], closures: &Closures<'_>, corpus: &Corpus) -> Vec<Lapse> {
    let Some((newest, _)) = incidents.first() else { return Vec::new() };
    let before = closures.before(factor, &corpus.reviews[*newest], &corpus.policy);
    let lapse = |(at, closure): (usize, &Closure<'_>)| {
        // Newer incidents have at least as many closed actions before them.
        let count = incidents.partition_point(|(_, closed)| *closed > at);
        let first = incidents[..count].last()?.0;
        Some(Lapse { action: place(closure), first, count })
    };
    before.iter().enumerate().filter_map(lapse).collect()
}
