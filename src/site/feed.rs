//! What the feeds hold: what happened to the reviews, the newest first.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Site, path};
use crate::analysis::{Facet, Recurrence};
use crate::model::{ActionStatus, FeedEvent, Review};
use crate::text::SitePath;

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

/// A format of feeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FeedFormat {
    /// RSS 2.0.
    Rss,
    /// Atom, RFC 4287.
    Atom,
    /// JSON Feed 1.1.
    Json,
}

impl FeedFormat {
    /// Every format.
    pub const ALL: [Self; 3] = [Self::Rss, Self::Atom, Self::Json];

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Rss => "application/rss+xml",
            Self::Atom => "application/atom+xml",
            Self::Json => "application/feed+json",
        }
    }

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rss => "RSS",
            Self::Atom => "Atom",
            Self::Json => "JSON Feed",
        }
    }
}

/// Something that happened to a review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedItem {
    /// The position of the review in the corpus.
    pub review: usize,
    /// What happened.
    pub occasion: Occasion,
    /// The day of it.
    pub day: NaiveDate,
    /// The day on which what is said about it last changed.
    pub changed: NaiveDate,
}

/// What happened to a review, in the order in which items of one day stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Occasion {
    /// It was found to be wrong.
    Withdrawn,
    /// It was corrected: all that its revisions of that day say.
    Corrected,
    /// It shows factors, by their ids, that came back.
    Recurred(Vec<(String, Recurrence)>),
    /// It was published.
    New,
    /// One of its actions was closed, by its position.
    ActionClosed(usize),
}

impl Occasion {
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
            Self::ActionClosed(at) => 4 + at,
        }
    }
}

/// Everything that happened to each review and that the site wants in its feeds, in the order of the corpus.
pub(super) fn all_items(site: &Site) -> Vec<Vec<FeedItem>> {
    let mut recurred: BTreeMap<usize, Vec<(String, Recurrence)>> = BTreeMap::new();
    for factor in site.corpus.policy.registry.iter() {
        for recurrence in &site.history(factor).recurrences {
            recurred.entry(recurrence.review).or_default().push((factor.id.value.clone(), *recurrence));
        }
    }
    let items = |(review, text): (usize, &std::sync::Arc<Review>)| {
        // Whoever wants to hear of other sites follows their feeds.
        if text.origin.is_some() {
            return Vec::new();
        }
        let mut items = items_of(review, text, recurred.remove(&review).unwrap_or_default());
        // What bears a day that is still to come waits for it, as a review does.
        let (today, events) = (site.corpus.policy.today, &site.about.feeds.events);
        items.retain(|item| item.day <= today && events.contains(&item.occasion.event()));
        items
    };
    site.corpus.reviews.iter().enumerate().map(items).collect()
}

/// Everything that happened to a review since it was published, and that.
fn items_of(position: usize, review: &Review, recurred: Vec<(String, Recurrence)>) -> Vec<FeedItem> {
    let Some(published) = review.published() else { return Vec::new() };
    let changed = review.modified().unwrap_or(published);
    let item = |occasion, day| FeedItem { review: position, occasion, day, changed: day };
    let mut items = vec![FeedItem { changed, ..item(Occasion::New, published) }];
    let mut revised: Vec<NaiveDate> = review.revisions.iter().map(|revision| revision.date.value).collect();
    revised.sort_unstable();
    revised.dedup();
    if review.is_withdrawn() {
        // The newest revision says why.
        items.push(item(Occasion::Withdrawn, revised.pop().unwrap_or(published)));
    }
    items.extend(revised.into_iter().map(|day| item(Occasion::Corrected, day)));
    if !recurred.is_empty() {
        items.push(item(Occasion::Recurred(recurred), published));
    }
    for (at, action) in review.actions.iter().enumerate().filter(|_| !review.is_withdrawn()) {
        let closed = action.closed.as_ref().filter(|_| action.status == ActionStatus::Done).map(|day| day.value);
        // What was closed before the review was published is told with it.
        items.extend(closed.filter(|day| *day > published).map(|day| item(Occasion::ActionClosed(at), day)));
    }
    items
}

impl Site {
    /// The newest items of a feed, the newest first.
    pub fn feed_items(&self, topic: &Topic) -> Vec<&FeedItem> {
        let all = self.happened.get_or_init(|| all_items(self));
        let limit = if *topic == Topic::All { self.about.feeds.limit } else { self.about.feeds.topic_limit };
        let mut items: Vec<&FeedItem> = match topic {
            Topic::All => all.iter().flatten().collect(),
            Topic::Term(facet, slug) => {
                let reviews = self.term(*facet, slug).map_or(&[][..], |term| &term.reviews);
                reviews.iter().flat_map(|review| &all[*review]).collect()
            }
            Topic::Factor(id) => self.items_with_factor(id, all),
        };
        items.sort_by_key(|item| (std::cmp::Reverse(item.day), item.review, item.occasion.rank()));
        items.truncate(limit);
        items
    }

    /// What happened to the reviews with a factor, as far as it is about that factor.
    fn items_with_factor<'a>(&self, id: &str, all: &'a [Vec<FeedItem>]) -> Vec<&'a FeedItem> {
        let registry = &self.corpus.policy.registry;
        let is_it = |name: &str| registry.get(name).is_some_and(|factor| factor.id.value == id);
        let mut reviews: Vec<usize> = self.sightings.get(id).map(|seen| seen.reviews.clone()).unwrap_or_default();
        if let Some(factor) = registry.get(id) {
            reviews.extend(self.history(factor).actions.iter().map(|(review, _)| *review));
        }
        reviews.sort_unstable();
        reviews.dedup();
        let is_about = |item: &&FeedItem| {
            let review = &self.corpus.reviews[item.review];
            match &item.occasion {
                Occasion::Recurred(factors) => factors.iter().any(|(factor, _)| factor == id),
                Occasion::ActionClosed(at) => review.actions[*at].addresses.iter().any(|name| is_it(&name.value)),
                _ => review.factors.iter().any(|factor| is_it(&factor.id.value)),
            }
        };
        reviews.into_iter().flat_map(|review| &all[review]).filter(is_about).collect()
    }

    /// Where the feed of a topic stands. Only the site as a whole has it in every format: files are the cost.
    pub fn feed_path(&self, topic: &Topic, format: FeedFormat) -> SitePath {
        match (topic, format) {
            (Topic::All, FeedFormat::Rss) => path("feed.xml"),
            (Topic::All, FeedFormat::Atom) => path("atom.xml"),
            (Topic::All, FeedFormat::Json) => path("feed.json"),
            (Topic::Factor(id), _) => path(&format!("factors/{id}.xml")),
            (Topic::Term(facet, slug), _) => path(&format!("{}/{slug}.xml", facet.folder())),
        }
    }

    /// Every feed of the site.
    pub(super) fn feeds(&self) -> Vec<(Topic, FeedFormat)> {
        let factors = self.corpus.policy.registry.iter().map(|factor| Topic::Factor(factor.id.value.clone()));
        // The feed of the only organisation would be that of the site.
        let is_of_use = |facet: Facet, terms: usize| facet.has_feeds() && (facet != Facet::Organisation || terms > 1);
        let facets = self.facets.iter().filter(|(facet, terms)| is_of_use(**facet, terms.len()));
        let terms = facets.flat_map(|(facet, terms)| terms.iter().map(|term| Topic::Term(*facet, term.slug.clone())));
        let all = FeedFormat::ALL.map(|format| (Topic::All, format));
        all.into_iter().chain(factors.chain(terms).map(|topic| (topic, FeedFormat::Rss))).collect()
    }
}
