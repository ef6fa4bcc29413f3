//! The feeds that pages announce, and the page about all of them.

use serde::Serialize;

use super::build::Builder;
use super::listing::term_names;
use super::{FeedView, LinkView};
use crate::analysis::{Facet, Topic};
use crate::render::feed::feed_title;
use crate::render::markdown::{Form, href};
use crate::site::address::path;
use crate::site::{FeedFormat, address};

/// The page about the feeds: `subscribe`.
#[derive(Clone, Debug, Serialize)]
pub struct SubscribeView {
    /// The feeds of the whole site, by format.
    pub feeds: Vec<FeedView>,
    /// The feeds of severities, organisations, services and factors.
    pub topics: Vec<TopicsView>,
}

/// The feeds of one kind of topic.
#[derive(Clone, Debug, Serialize)]
pub struct TopicsView {
    /// `Severities`.
    pub title: String,
    /// The page that lists them all.
    pub href: String,
    /// The feeds of those with the most reviews, at most sixty; the title is the topic's alone.
    pub feeds: Vec<LinkView>,
    /// The number of all of them.
    pub count: usize,
}

/// How many feeds of one kind the page lists.
const LISTED: usize = 60;

impl Builder<'_> {
    /// The feeds of the site, and that of this page if it has one.
    pub(super) fn feeds(&self) -> Vec<FeedView> {
        let own = self.page.kind.topic();
        let all = FeedFormat::ALL.map(|format| self.feed(&Topic::All, format));
        let own = own
            .filter(|topic| self.has_feed(topic))
            .map(|topic| FeedView { is_own: true, ..self.feed(&topic, FeedFormat::Rss) });
        all.into_iter().chain(own).collect()
    }

    fn has_feed(&self, topic: &Topic) -> bool {
        self.site.route(&address::feed(topic, FeedFormat::Rss)).is_some()
    }

    fn feed(&self, topic: &Topic, format: FeedFormat) -> FeedView {
        let path = address::feed(topic, format);
        FeedView {
            title: feed_title(self.renderer, topic),
            href: self.to(&path),
            address: href(self.site, Form::Absolute, &path),
            format: format.name(),
            media_type: format.media_type(),
            is_own: false,
        }
    }

    /// The page about all feeds.
    pub(super) fn subscribe(&self) -> SubscribeView {
        let facets = [Facet::Severity, Facet::Organisation, Facet::Service];
        let mut topics: Vec<TopicsView> = facets.into_iter().map(|facet| self.term_feeds(facet)).collect();
        let seen = self.analysis.corpus.policy.registry.iter().map(|factor| {
            let seen = self.analysis.sightings.get(&factor.id.value).map_or(0, |seen| seen.reviews.len());
            (factor.name.clone(), Topic::Factor(factor.id.value.clone()), seen)
        });
        topics.push(self.topics(self.say("nav.factors"), self.to(&path("factors/index.html")), seen.collect()));
        topics.retain(|topics| !topics.feeds.is_empty());
        SubscribeView { feeds: FeedFormat::ALL.map(|format| self.feed(&Topic::All, format)).into(), topics }
    }

    fn term_feeds(&self, facet: Facet) -> TopicsView {
        let terms = self.analysis.facets.get(&facet).map_or(&[][..], Vec::as_slice);
        let named = terms.iter().map(|term| {
            let (name, meaning) = term_names(self.site, facet, term);
            (
                format!("{name} {meaning}").trim_end().to_owned(),
                Topic::Term(facet, term.slug.clone()),
                term.reviews.len(),
            )
        });
        let mut named: Vec<(String, Topic, usize)> = named.collect();
        named.retain(|(_, topic, _)| self.has_feed(topic));
        self.topics(self.facet_words(facet).0, self.to(&address::facet(facet)), named)
    }

    /// Those with the most reviews, in the order in which they came.
    fn topics(&self, title: &str, href: String, mut topics: Vec<(String, Topic, usize)>) -> TopicsView {
        let count = topics.len();
        let mut sizes: Vec<usize> = topics.iter().map(|(_, _, reviews)| *reviews).collect();
        sizes.sort_unstable_by(|a, b| b.cmp(a));
        if let Some(least) = sizes.get(LISTED - 1) {
            topics.retain(|(_, _, reviews)| reviews >= least);
            topics.truncate(LISTED);
        }
        let link = |(title, topic, _): (String, Topic, usize)| LinkView {
            title,
            href: self.to(&address::feed(&topic, FeedFormat::Rss)),
            current: false,
        };
        TopicsView { title: title.to_owned(), href, feeds: topics.into_iter().map(link).collect(), count }
    }
}
