//! How to follow the site: all its feeds.

use schemars::JsonSchema;
use serde::Serialize;

use super::{PageContent, PageDefinition, Sitemap, Variable};
use crate::analysis::{Facet, Topic};
use crate::render::context::PageContext;
use crate::render::part::feed::{FeedView, feed_view, has_feed};
use crate::render::part::link::LinkView;
use crate::render::part::term::{facet_words, term_names};
use crate::site::address::path;
use crate::site::{FeedFormat, address};

pub(super) const DEFINITION: PageDefinition = PageDefinition {
    template: "subscribe.html",
    kind: "subscribe",
    variables: &[Variable::of::<SubscribeView>("subscribe")],
    sitemap: Sitemap::Listed,
};

pub(super) fn content(context: &PageContext<'_>) -> PageContent {
    PageContent::new(context.say("subscribe.title"), context.say("subscribe.lead"))
        .with("subscribe", &subscribe_view(context))
}

/// The page about the feeds: `subscribe`.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct SubscribeView {
    /// The feeds of the whole site, by format.
    pub feeds: Vec<FeedView>,
    /// The feeds of severities, organisations, services and factors.
    pub topics: Vec<TopicsView>,
}

/// The feeds of one kind of topic.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct TopicsView {
    /// What the feeds are about, in the language of the site: `Severities`.
    pub title: String,
    /// The page that lists them all.
    pub href: String,
    /// The feeds of those with the most reviews, at most sixty; the title is the topic's alone.
    pub feeds: Vec<LinkView>,
    /// The number of all of them.
    pub count: usize,
}

/// How many feeds of one kind the page lists.
const FEEDS_LISTED: usize = 60;

/// The page about all feeds.
fn subscribe_view(context: &PageContext<'_>) -> SubscribeView {
    let facets = [Facet::Severity, Facet::Organisation, Facet::Service];
    let mut topics: Vec<TopicsView> = facets.into_iter().map(|facet| term_feeds(context, facet)).collect();
    let seen = context.analysis.corpus.policy.registry.iter().map(|factor| {
        let seen = context.analysis.sightings().get(&factor.id.value).map_or(0, |seen| seen.reviews.len());
        (factor.name.clone(), Topic::Factor(factor.id.value.clone()), seen)
    });
    topics.push(topics_view(context, context.say("nav.factors"), context.to(&path(address::FACTORS)), seen.collect()));
    topics.retain(|topics| !topics.feeds.is_empty());
    SubscribeView { feeds: FeedFormat::ALL.map(|format| feed_view(context, &Topic::All, format)).into(), topics }
}

fn term_feeds(context: &PageContext<'_>, facet: Facet) -> TopicsView {
    let terms = context.analysis.facets().get(&facet).map_or(&[][..], Vec::as_slice);
    let named = terms.iter().map(|term| {
        let (name, meaning) = term_names(context.site, facet, term);
        (format!("{name} {meaning}").trim_end().to_owned(), Topic::Term(facet, term.slug.clone()), term.reviews.len())
    });
    let mut named: Vec<(String, Topic, usize)> = named.collect();
    named.retain(|(_, topic, _)| has_feed(context, topic));
    topics_view(context, facet_words(context, facet).0, context.to(&address::facet(facet)), named)
}

/// Those with the most reviews, in the order in which they came.
fn topics_view(
    context: &PageContext<'_>,
    title: &str,
    href: String,
    mut topics: Vec<(String, Topic, usize)>,
) -> TopicsView {
    let count = topics.len();
    let mut sizes: Vec<usize> = topics.iter().map(|(_, _, reviews)| *reviews).collect();
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    if let Some(least) = sizes.get(FEEDS_LISTED - 1) {
        topics.retain(|(_, _, reviews)| reviews >= least);
        topics.truncate(FEEDS_LISTED);
    }
    let link = |(title, topic, _): (String, Topic, usize)| LinkView {
        title,
        href: context.to(&address::feed(&topic, FeedFormat::Rss)),
        current: false,
    };
    TopicsView { title: title.to_owned(), href, feeds: topics.into_iter().map(link).collect(), count }
}
