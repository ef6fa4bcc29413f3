//! Links to feeds: those of the site, and that of a page.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::Topic;
use crate::render::context::PageContext;
use crate::render::feed::feed_title;
use crate::render::markdown::{AddressForm, href};
use crate::site::{FeedFormat, address};

/// A feed that readers can subscribe to.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct FeedView {
    /// The title of the feed.
    pub title: String,
    /// The address of the feed, as this page links to it.
    pub href: String,
    /// Its absolute address, to be put into a feed reader.
    pub address: String,
    /// `RSS`, `Atom` or `JSON Feed`.
    pub format: &'static str,
    /// The media type for `<link rel="alternate">`.
    pub media_type: &'static str,
    /// Whether it is about what this page is about.
    pub is_own: bool,
}

/// The feeds of the site, and that of this page if it has one.
pub(in crate::render) fn feeds_of_page(context: &PageContext<'_>, topic: Option<&Topic>) -> Vec<FeedView> {
    let all = FeedFormat::ALL.map(|format| feed_view(context, &Topic::All, format));
    let own = topic
        .filter(|topic| has_feed(context, topic))
        .map(|topic| FeedView { is_own: true, ..feed_view(context, topic, FeedFormat::Rss) });
    all.into_iter().chain(own).collect()
}

pub(in crate::render) fn has_feed(context: &PageContext<'_>, topic: &Topic) -> bool {
    context.site.route(&address::feed(topic, FeedFormat::Rss)).is_some()
}

pub(in crate::render) fn feed_view(context: &PageContext<'_>, topic: &Topic, format: FeedFormat) -> FeedView {
    let path = address::feed(topic, format);
    FeedView {
        title: feed_title(context.renderer, topic),
        href: context.to(&path),
        address: href(context.site, AddressForm::Absolute, &path),
        format: format.name(),
        media_type: format.media_type(),
        is_own: false,
    }
}
