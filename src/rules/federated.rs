//! The reviews of federated sites as rules see them: no rule judges them, but links and related reviews may name them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::Review;
use crate::text::SitePath;

/// The reviews of federated sites, by the site's id in casebook.toml; `None` for a site whose reviews are left out.
#[derive(Debug, Default)]
pub struct FederatedReviews(pub BTreeMap<String, Option<Vec<Arc<Review>>>>);

/// What a name of the form `site/review` leads to.
#[derive(Clone, Copy, Debug)]
pub(super) enum Named<'a> {
    /// A review of a federated site.
    Review(&'a Review),
    /// A site whose reviews are left out, so it is unknown whether it has the review. C004 reports the site.
    LeftOut,
    /// No review of that site, whose reviews are these.
    Missing(&'a [Arc<Review>]),
}

impl FederatedReviews {
    /// What `name` leads to; `None` when it names no federated site.
    pub(super) fn named(&self, name: &str) -> Option<Named<'_>> {
        let (site, _) = name.split_once('/')?;
        Some(match self.0.get(site)? {
            None => Named::LeftOut,
            Some(reviews) => match reviews.iter().find(|review| review.id.0 == name) {
                Some(review) => Named::Review(review),
                None => Named::Missing(reviews),
            },
        })
    }

    /// What a link to the file `content/sources/site/review.md` leads to.
    pub(super) fn at(&self, path: &SitePath) -> Option<Named<'_>> {
        self.named(path.below("content/sources")?.strip_suffix(".md")?)
    }

    /// Every review.
    pub fn reviews(&self) -> impl Iterator<Item = &Arc<Review>> {
        self.0.values().flatten().flatten()
    }
}
