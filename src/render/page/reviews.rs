//! The list of all reviews.

use super::{PageContent, PageDefinition, Sitemap, Variable};
use crate::model::ReviewIndex;
use crate::render::context::PageContext;
use crate::render::part::listing::{ListingView, review_listing};
use crate::render::part::term::{FacetView, facet_views};

pub(super) const DEFINITION: PageDefinition = PageDefinition {
    template: "reviews.html",
    kind: "reviews",
    variables: &[Variable::of::<ListingView>("listing"), Variable::of::<Vec<FacetView>>("facets")],
    sitemap: Sitemap::Listed,
};

pub(super) fn content(context: &PageContext<'_>) -> PageContent {
    PageContent::new(context.say("reviews.title"), context.say("reviews.lead"))
        .with("listing", &all_reviews(context))
        .with("facets", &facet_views(context))
}

/// Every review, by year.
fn all_reviews(context: &PageContext<'_>) -> ListingView {
    let all: Vec<ReviewIndex> = context.analysis.corpus.indexed().map(|(at, _)| at).collect();
    review_listing(context, "", &all)
}
