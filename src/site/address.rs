//! The address of every output: the one place that puts paths together.

use super::FeedFormat;
use crate::analysis::{Facet, Topic};
use crate::model::{Page, Review};
use crate::text::SitePath;

/// Pages, exports and files that stand at the same address on every site.
pub const HOME: &str = "index.html";
/// The list of all reviews.
pub const REVIEWS: &str = "reviews/index.html";
/// The factors by category.
pub const FACTORS: &str = "factors/index.html";
/// The reviews for the filter of the factors.
pub const FACTOR_FILTER: &str = "factors/filter.js";
/// All actions.
pub const ACTIONS: &str = "actions.html";
/// Every lucky condition.
pub const LUCK: &str = "lucky.html";
/// What there is for other programs.
pub const DATA: &str = "data.html";
/// How to follow the site.
pub const SUBSCRIBE: &str = "subscribe.html";
/// The search.
pub const SEARCH: &str = "search.html";
/// The list of the files of the search index.
pub const SEARCH_INDEX: &str = "search/index.js";
/// What hosts show where nothing is.
pub const NOT_FOUND: &str = "404.html";
/// The metrics of the first group there is.
pub const METRICS: &str = "metrics.html";
/// The metrics of summaries of public reviews, where there are others, too.
pub const METRICS_COLLECTED: &str = "metrics-collected.html";
/// The metrics of reviews of federated sites, where the site has other reviews, too.
pub const METRICS_FEDERATED: &str = "metrics-sources.html";
/// The feed of the whole site in RSS.
pub const FEED: &str = "feed.xml";
/// How a browser asks the search page.
pub const OPEN_SEARCH: &str = "opensearch.xml";

/// A path that the program itself put together from safe parts.
///
/// # Panics
///
/// When the parts were not safe, which is a mistake in the program.
pub fn path(text: &str) -> SitePath {
    SitePath::new(text).unwrap_or_else(|error| panic!("the address {text:?} {error}"))
}

/// The page of a review. Reviews of federated sites have a folder of their own.
pub fn review(review: &Review) -> SitePath {
    let folder = if review.origin.is_some() { "sources" } else { "reviews" };
    path(&format!("{folder}/{}.html", review.id))
}

/// A former address of a review.
pub fn alias(id: &str) -> SitePath {
    path(&format!("reviews/{id}.html"))
}

/// A review as Markdown.
pub fn review_text(review: &Review) -> SitePath {
    path(&format!("reviews/{}.md", review.id))
}

/// A review as JSON.
pub fn review_data(review: &Review) -> SitePath {
    path(&format!("reviews/{}.json", review.id))
}

/// The page of a factor, by its id.
pub fn factor(id: &str) -> SitePath {
    path(&format!("factors/{id}.html"))
}

/// The page that lists the terms of a facet.
pub fn facet(facet: Facet) -> SitePath {
    path(&format!("{}/index.html", facet.folder()))
}

/// The page of the term with a slug.
pub fn term(facet: Facet, slug: &str) -> SitePath {
    path(&format!("{}/{slug}.html", facet.folder()))
}

/// A page that the authors wrote.
pub fn content_page(page: &Page) -> SitePath {
    path(&format!("{}.html", page.id))
}

/// A file of the theme, by its published name.
pub fn theme_file(name: &str) -> SitePath {
    path(&format!("assets/{name}"))
}

/// The feed of a topic. Only the site as a whole has it in every format: files are the cost.
pub fn feed(topic: &Topic, format: FeedFormat) -> SitePath {
    match (topic, format) {
        (Topic::All, FeedFormat::Rss) => path(FEED),
        (Topic::All, FeedFormat::Atom) => path("atom.xml"),
        (Topic::All, FeedFormat::Json) => path("feed.json"),
        (Topic::Factor(id), _) => path(&format!("factors/{id}.xml")),
        (Topic::Term(facet, slug), _) => path(&format!("{}/{slug}.xml", facet.folder())),
    }
}
