//! A page that the authors wrote, such as "About".

use super::{PageContent, PageDefinition, Sitemap, Variable};
use crate::markdown::{PlainText, excerpt};
use crate::model::PageIndex;
use crate::render::context::PageContext;
use crate::render::markdown::{Body, BodyOptions, Links};

pub(super) const DEFINITION: PageDefinition = PageDefinition {
    template: "page.html",
    kind: "page",
    variables: &[Variable::of::<String>("html")],
    sitemap: Sitemap::Listed,
};

pub(super) fn content(context: &PageContext<'_>, at: PageIndex) -> PageContent {
    let page = &context.analysis.corpus.pages[at];
    let links = Links::new(context.site, &page.path, Some(context.path), context.form);
    let body = Body::new(&page.text, page.body, &links, &BodyOptions { top: 2, ..BodyOptions::PLAIN });
    let html = body.html(page.body) + &body.footnotes();
    PageContent::new(&page.title, excerpt(&PlainText::new(&page.text, page.body).words(page.body), 160))
        .with("html", &html)
}
