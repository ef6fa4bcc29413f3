//! What the feeds hold.

use chrono::NaiveDate;

use super::Site;

/// A review in a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FeedItem {
    /// Its position in the corpus.
    pub review: usize,
    /// The day it was published.
    pub published: NaiveDate,
    /// The day it was last changed.
    pub modified: NaiveDate,
}

/// The newest items by the day they were last changed, so that a correction reaches those who read the feed only.
pub fn feed_items(site: &Site, of: impl Iterator<Item = usize>) -> Vec<FeedItem> {
    let item = |review: usize| {
        let published = site.corpus.reviews[review].published()?;
        let modified = site.corpus.reviews[review].modified().unwrap_or(published);
        Some(FeedItem { review, published, modified })
    };
    let mut items: Vec<FeedItem> = of.filter_map(item).collect();
    items.sort_by_key(|item| (std::cmp::Reverse(item.modified), std::cmp::Reverse(item.published), item.review));
    items.truncate(site.about.feed_limit);
    items
}
