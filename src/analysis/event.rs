//! What happened to the reviews: published, corrected, withdrawn, a factor that came back, an action closed.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::{Analysis, Facet, History, Recurrence};
use crate::config::FeedChoices;
use crate::model::{ActionIndex, ActionStatus, Corpus, FeedEvent, Review, ReviewIndex};

/// What a feed is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// The whole site.
    All,
    /// A factor, by its id.
    Factor(String),
    /// A term of a facet, by its slug.
    Term(Facet, String),
}

/// Something that happened to a review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The position of the review in the corpus.
    pub review: ReviewIndex,
    /// What happened.
    pub kind: EventKind,
    /// The day of it.
    pub day: NaiveDate,
    /// The day on which what is said about it last changed.
    pub changed: NaiveDate,
}

/// What happened to a review, in the order in which items of one day stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// It was found to be wrong.
    Withdrawn,
    /// It was corrected: all that its revisions of that day say.
    Corrected,
    /// It shows factors, by their ids, that came back.
    Recurred(Vec<(String, Recurrence)>),
    /// It was published.
    New,
    /// One of its actions was closed, by its position.
    ActionClosed(ActionIndex),
}

impl EventKind {
    /// The word by which a site chooses it.
    pub fn event(&self) -> FeedEvent {
        match self {
            Self::Withdrawn => FeedEvent::Withdrawn,
            Self::Corrected => FeedEvent::Corrected,
            Self::Recurred(_) => FeedEvent::Recurred,
            Self::New => FeedEvent::New,
            Self::ActionClosed(_) => FeedEvent::ActionClosed,
        }
    }

    fn rank(&self) -> usize {
        match self {
            Self::Withdrawn => 0,
            Self::Corrected => 1,
            Self::Recurred(_) => 2,
            Self::New => 3,
            Self::ActionClosed(at) => 4 + at.0,
        }
    }
}

/// Everything that happened to each review up to today, in the order of the corpus.
pub(super) fn events(corpus: &Corpus, histories: &[History]) -> Vec<Vec<Event>> {
    let mut recurred: BTreeMap<ReviewIndex, Vec<(String, Recurrence)>> = BTreeMap::new();
    let registry = &corpus.policy.registry;
    for factor in registry.iter() {
        let history = registry.position(&factor.id.value).map(|at| &histories[at]);
        for recurrence in history.iter().flat_map(|history| &history.recurrences) {
            recurred.entry(recurrence.review).or_default().push((factor.id.value.clone(), *recurrence));
        }
    }
    let items = |(review, text): (ReviewIndex, &Arc<Review>)| {
        // Federated sites have feeds of their own.
        if text.origin.is_some() {
            return Vec::new();
        }
        let mut items = items_of(review, text, recurred.remove(&review).unwrap_or_default());
        // What bears a day that is still to come waits for it, as a review does.
        items.retain(|item| item.day <= corpus.policy.today);
        items
    };
    corpus.indexed().map(items).collect()
}

/// Everything that happened to a review since it was published, and that.
fn items_of(position: ReviewIndex, review: &Review, recurred: Vec<(String, Recurrence)>) -> Vec<Event> {
    let Some(published) = review.published() else { return Vec::new() };
    let changed = review.modified().unwrap_or(published);
    let item = |kind, day| Event { review: position, kind, day, changed: day };
    let mut items = vec![Event { changed, ..item(EventKind::New, published) }];
    let mut revised: Vec<NaiveDate> = review.revisions.iter().map(|revision| revision.date.value).collect();
    revised.sort_unstable();
    revised.dedup();
    if review.is_withdrawn() {
        // The newest revision says why.
        items.push(item(EventKind::Withdrawn, revised.pop().unwrap_or(published)));
    }
    items.extend(revised.into_iter().map(|day| item(EventKind::Corrected, day)));
    if !recurred.is_empty() {
        items.push(item(EventKind::Recurred(recurred), published));
    }
    for (at, action) in review.actions.iter().enumerate().filter(|_| !review.is_withdrawn()) {
        let closed = action.closed.as_ref().filter(|_| action.status == ActionStatus::Done).map(|day| day.value);
        // What was closed before the review was published is told with it.
        items.extend(
            closed.filter(|day| *day > published).map(|day| item(EventKind::ActionClosed(ActionIndex(at)), day)),
        );
    }
    items
}

impl Analysis {
    /// The newest items of a feed, the newest first.
    pub fn newest_events(&self, topic: &Topic, feeds: &FeedChoices) -> Vec<&Event> {
        let all = &self.results.events;
        let limit = if *topic == Topic::All { feeds.limit } else { feeds.topic_limit };
        let mut items: Vec<&Event> = match topic {
            Topic::All => all.iter().flatten().collect(),
            Topic::Term(facet, slug) => {
                let reviews = self.term(*facet, slug).map_or(&[][..], |term| &term.reviews);
                reviews.iter().flat_map(|review| &all[*review]).collect()
            }
            Topic::Factor(id) => self.items_with_factor(id, all),
        };
        items.retain(|item| feeds.events.contains(&item.kind.event()));
        items.sort_by_key(|item| (std::cmp::Reverse(item.day), item.review, item.kind.rank()));
        items.truncate(limit);
        items
    }

    /// What happened to the reviews with a factor, as far as it is about that factor.
    fn items_with_factor<'a>(&self, id: &str, all: &'a [Vec<Event>]) -> Vec<&'a Event> {
        let registry = &self.corpus.policy.registry;
        let is_it = |name: &str| registry.get(name).is_some_and(|factor| factor.id.value == id);
        let mut reviews: Vec<ReviewIndex> =
            self.sightings().get(id).map(|seen| seen.reviews.clone()).unwrap_or_default();
        if let Some(factor) = registry.get(id) {
            reviews.extend(self.history(factor).actions.iter().map(|of| of.review));
        }
        reviews.sort_unstable();
        reviews.dedup();
        let is_about = |item: &&Event| {
            let review = &self.corpus.reviews[item.review];
            match &item.kind {
                EventKind::Recurred(factors) => factors.iter().any(|(factor, _)| factor == id),
                EventKind::ActionClosed(at) => review.actions[*at].addresses.iter().any(|name| is_it(&name.value)),
                EventKind::New | EventKind::Corrected | EventKind::Withdrawn => {
                    review.factors.iter().any(|factor| is_it(&factor.id.value))
                }
            }
        };
        reviews.into_iter().flat_map(|review| &all[review]).filter(is_about).collect()
    }
}
