//! A former address, which leads to another page.

use super::{PageContent, PageDefinition, Sitemap, Variable};
use crate::render::context::PageContext;
use crate::text::SitePath;

pub(super) const DEFINITION: PageDefinition = PageDefinition {
    template: "redirect.html",
    kind: "redirect",
    variables: &[Variable::of::<String>("target")],
    sitemap: Sitemap::LeftOut,
};

pub(super) fn content(context: &PageContext<'_>, target: &SitePath) -> PageContent {
    PageContent::new(context.say("moved.title"), "").with("target", &context.to(target))
}
