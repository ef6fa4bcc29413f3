//! The address of every output: the one place that puts paths together.

use super::FeedFormat;
use crate::analysis::{Facet, IncidentKind, Topic};
use crate::model::{Page, Review};
use crate::text::SitePath;

/// Pages, exports and files that stand at the same address on every site.
pub(crate) const HOME: &str = "index.html";
/// The list of all reviews.
pub(crate) const REVIEWS: &str = "reviews/index.html";
/// The index of all factors, by category.
pub(crate) const FACTORS: &str = "factors/index.html";
/// The reviews for the filter of the factors.
pub(crate) const FACTOR_FILTER: &str = "factors/filter.js";
/// The board of all actions.
pub(crate) const ACTIONS: &str = "actions.html";
/// What was changed, and whether it held.
pub(crate) const CONTROLS: &str = "controls/index.html";
/// The changes that the page of all of them has no room for, for its filter.
pub(crate) const CONTROL_FILTER: &str = "controls/filter.js";
/// The page of all lucky breaks.
pub(crate) const LUCK: &str = "lucky.html";
/// What there is for other programs.
pub(crate) const DATA: &str = "data.html";
/// The questions of all factors, and what the reader answered.
pub(crate) const SELF_CHECK: &str = "self-check.html";
/// How to follow the site.
pub(crate) const SUBSCRIBE: &str = "subscribe.html";
/// The page on which reviews are searched.
pub(crate) const SEARCH: &str = "search.html";
/// The list of the files of the search index.
pub(crate) const SEARCH_INDEX: &str = "search/index.js";
/// What hosts show where nothing is.
pub(crate) const NOT_FOUND: &str = "404.html";
/// The metrics of the first group there is.
pub(crate) const METRICS: &str = "metrics.html";
/// The metrics of summaries of public reviews, where there are others, too.
pub(crate) const METRICS_COLLECTED: &str = "metrics-collected.html";
/// The metrics of reviews of federated sites, where the site has other reviews, too.
pub(crate) const METRICS_FEDERATED: &str = "metrics-sources.html";
/// The feed of the whole site in RSS.
pub(crate) const FEED: &str = "feed.xml";
/// The picture of the site's own that stands for its pages where links to them are shared.
pub(crate) const OWN_IMAGE: &str = "og-image.png";
/// How a browser asks the search page.
pub(crate) const OPEN_SEARCH: &str = "opensearch.xml";

/// A path that the program itself put together from safe parts.
///
/// # Panics
///
/// When the parts were not safe, which is a mistake in the program.
pub(crate) fn path(text: &str) -> SitePath {
    SitePath::new(text).unwrap_or_else(|error| panic!("the address {text:?} {error}"))
}

/// The page of a review. Reviews of federated sites have a folder of their own.
pub(crate) fn review(review: &Review) -> SitePath {
    let folder = if review.origin.is_some() { "sources" } else { "reviews" };
    path(&format!("{folder}/{}.html", review.id))
}

/// The picture of all incidents in which those of a kind stand out.
pub(crate) fn picture(kind: Option<IncidentKind>) -> SitePath {
    let of = kind.map(|kind| format!("-{}-{}", kind.noticed_by.word(), kind.weight)).unwrap_or_default();
    path(&format!("share/incidents{of}.png"))
}

/// A former address of a review.
pub(crate) fn alias(id: &str) -> SitePath {
    path(&format!("reviews/{id}.html"))
}

/// A review as Markdown.
pub(crate) fn review_text(review: &Review) -> SitePath {
    path(&format!("reviews/{}.md", review.id))
}

/// A review as JSON.
pub(crate) fn review_data(review: &Review) -> SitePath {
    path(&format!("reviews/{}.json", review.id))
}

/// The page of a factor, by its id.
pub(crate) fn factor(id: &str) -> SitePath {
    path(&format!("factors/{id}.html"))
}

/// The page that lists the terms of a facet.
pub(crate) fn facet(facet: Facet) -> SitePath {
    path(&format!("{}/index.html", facet.folder()))
}

/// The page of the term with a slug.
pub(crate) fn term(facet: Facet, slug: &str) -> SitePath {
    path(&format!("{}/{slug}.html", facet.folder()))
}

/// A page that the authors wrote.
pub(crate) fn content_page(page: &Page) -> SitePath {
    path(&format!("{}.html", page.id))
}

/// A former address of a page that the authors wrote.
pub(crate) fn page_alias(id: &str) -> SitePath {
    path(&format!("{id}.html"))
}

/// A file of the theme, by its published name.
pub(crate) fn theme_file(name: &str) -> SitePath {
    path(&format!("assets/{name}"))
}

/// The feed of a topic. Only the site as a whole has it in every format: files are the cost.
pub(crate) fn feed(topic: &Topic, format: FeedFormat) -> SitePath {
    match (topic, format) {
        (Topic::All, FeedFormat::Rss) => path(FEED),
        (Topic::All, FeedFormat::Atom) => path("atom.xml"),
        (Topic::All, FeedFormat::Json) => path("feed.json"),
        (Topic::Factor(id), _) => path(&format!("factors/{id}.xml")),
        (Topic::Term(facet, slug), _) => path(&format!("{}/{slug}.xml", facet.folder())),
    }
}
