//! The page on which reviews are searched.

use super::{PageContent, PageDefinition, Sitemap};
use crate::render::context::PageContext;

pub(super) const DEFINITION: PageDefinition =
    PageDefinition { template: "search.html", kind: "search", variables: &[], sitemap: Sitemap::LeftOut };

pub(super) fn content(context: &PageContext<'_>) -> PageContent {
    PageContent::new(context.say("search.title"), context.say("search.lead"))
}
