//! The index of a facet, such as all services.

use super::{PageContent, PageDefinition, Sitemap, Variable};
use crate::analysis::Facet;
use crate::render::context::PageContext;
use crate::render::part::term::{TermView, facet_words, term_views};

pub(super) const DEFINITION: PageDefinition = PageDefinition {
    template: "terms.html",
    kind: "terms",
    variables: &[Variable::of::<Vec<TermView>>("terms"), Variable::of::<String>("lead")],
    sitemap: Sitemap::Listed,
};

pub(super) fn content(context: &PageContext<'_>, facet: Facet) -> PageContent {
    let (title, lead) = facet_words(context, facet);
    PageContent::new(title, lead).with("terms", &term_views(context, facet)).with("lead", &lead)
}
