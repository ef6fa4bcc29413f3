//! What is shown where nothing is.

use super::{PageContent, PageDefinition, Sitemap};
use crate::render::context::PageContext;

pub(super) const DEFINITION: PageDefinition =
    PageDefinition { template: "not-found.html", kind: "not-found", variables: &[], sitemap: Sitemap::LeftOut };

pub(super) fn content(context: &PageContext<'_>) -> PageContent {
    PageContent::new(context.say("not_found.title"), "")
}
