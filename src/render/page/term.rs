//! The reviews of a term, such as a service or a year.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use schemars::JsonSchema;
use serde::Serialize;

use super::{PageContent, PageDefinition, Sitemap, Variable};
use crate::analysis::{Facet, Topic};
use crate::render::context::PageContext;
use crate::render::part::factor::{ShareView, factors_of};
use crate::render::part::link::{LinkView, link};
use crate::render::part::listing::{ListingView, review_listing};
use crate::render::part::term::{facet_words, term_words};
use crate::site::address;

pub(super) const DEFINITION: PageDefinition = PageDefinition {
    template: "term.html",
    kind: "term",
    variables: &[Variable::of::<ListingView>("listing"), Variable::of::<TermPageView>("term")],
    sitemap: Sitemap::Listed,
};

pub(super) fn content(context: &PageContext<'_>, facet: Facet, slug: &str) -> PageContent {
    let (title, listing) = term_listing(context, facet, slug);
    let content = PageContent::new(title, &listing.lead)
        .with("listing", &listing)
        .with("term", &term_page_view(context, facet, slug));
    PageContent { topic: Some(Topic::Term(facet, slug.to_owned())), ..content }
}

/// What the page of a term has beside its reviews: `term`. Factors stand on the first page only.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct TermPageView {
    /// The page of all terms of its kind, such as all services.
    pub facet: LinkView,
    /// The factors of its reviews, the most frequent first; at most twelve.
    pub factors: Vec<ShareView>,
    /// The factors that come next; at most 48.
    pub rest: Vec<ShareView>,
    /// How many more factors its reviews have.
    pub left_out: usize,
}

/// How many factors the page of a term shows at once.
const FACTORS_SHOWN: usize = 12;

/// How many more of them it shows when it is asked. Services of large sites have hundreds, most of them seen once.
const FACTORS_FOLDED: usize = 48;

/// The name of a term and its reviews.
fn term_listing(context: &PageContext<'_>, facet: Facet, slug: &str) -> (String, ListingView) {
    let Some(term) = context.analysis.term(facet, slug) else {
        return (slug.to_owned(), review_listing(context, "", &[]));
    };
    let (title, lead) = term_words(context.site, facet, term);
    let shown = context.site.shown(facet, &term.reviews);
    let mut listing = review_listing(context, &lead, shown);
    if shown.len() < term.reviews.len() {
        listing.count = term.reviews.len();
        // A search knows kinds by their ids, and other terms by their names.
        let name = if facet == Facet::Kind { slug } else { &term.name };
        listing.search = search_for(context, facet, name);
    }
    if facet == Facet::Year {
        // The page's own title says it.
        listing.groups.iter_mut().for_each(|group| group.title.clear());
        listing.jumps.clear();
    }
    (title, listing)
}

/// The search for the reviews of a term.
fn search_for(context: &PageContext<'_>, facet: Facet, name: &str) -> String {
    let column = match facet {
        Facet::Service => "service",
        Facet::Severity => "severity",
        Facet::Kind => "kind",
        Facet::Year => "year",
        Facet::Organisation => "org",
    };
    let name = utf8_percent_encode(name, NON_ALPHANUMERIC);
    format!("{}?{column}={name}", context.to(&address::path(address::SEARCH)))
}

/// The factors of a term's reviews.
fn term_page_view(context: &PageContext<'_>, facet: Facet, slug: &str) -> TermPageView {
    let term = context.analysis.term(facet, slug).filter(|_| context.is_first());
    let mut factors = factors_of(context, term.map_or(&[][..], |term| &term.reviews));
    let mut rest = factors.split_off(factors.len().min(FACTORS_SHOWN));
    let left_out = rest.len().saturating_sub(FACTORS_FOLDED);
    rest.truncate(FACTORS_FOLDED);
    let facet = link(facet_words(context, facet).0, context.to(&address::facet(facet)));
    TermPageView { facet, factors, rest, left_out }
}
