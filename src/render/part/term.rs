//! The terms by which reviews are grouped, such as services, and their facets.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::{Facet, Term};
use crate::render::context::PageContext;
use crate::render::part::card::severity_name;
use crate::site::{Site, TERMS_A_PAGE, address};

/// A term, such as a service, with the reviews that have it.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct TermView {
    /// The name of the term, such as of a service.
    pub name: String,
    /// The address of the page of the term.
    pub href: String,
    /// The number of reviews that have the term.
    pub count: usize,
    /// What it means; may be empty.
    pub description: String,
}

/// A way to group reviews.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct FacetView {
    /// The name of the facet in the language of the site: `Services`.
    pub title: String,
    /// The page that lists its terms.
    pub href: String,
    /// Its terms, at most sixty.
    pub terms: Vec<TermView>,
    /// The number of all terms.
    pub count: usize,
}

/// How many terms of a facet are named outside its own page.
const TERMS: usize = 60;

/// The terms of a facet.
pub(in crate::render) fn term_views(context: &PageContext<'_>, facet: Facet) -> Vec<TermView> {
    let terms = context.analysis.facets().get(&facet).map_or(&[][..], Vec::as_slice);
    // Only the index of the facet itself comes in pages.
    let terms = if address::facet(facet) == context.route.first {
        &terms[context.range_of_page(terms.len(), TERMS_A_PAGE)]
    } else {
        terms
    };
    let view = |term: &Term| {
        let (name, description) = term_names(context.site, facet, term);
        TermView { name, href: context.to(&address::term(facet, &term.slug)), count: term.reviews.len(), description }
    };
    terms.iter().map(view).collect()
}

/// Every way to group reviews that has terms.
pub(in crate::render) fn facet_views(context: &PageContext<'_>) -> Vec<FacetView> {
    let view = |facet: Facet| {
        let mut terms = term_views(context, facet);
        let count = terms.len();
        terms.truncate(TERMS);
        FacetView {
            title: facet_words(context, facet).0.to_owned(),
            href: context.to(&address::facet(facet)),
            terms,
            count,
        }
    };
    Facet::ALL.into_iter().map(view).filter(|facet| facet.count > 0).collect()
}

/// What a facet is called, and what its index holds.
pub(in crate::render) fn facet_words<'a>(context: &PageContext<'a>, facet: Facet) -> (&'a str, &'a str) {
    let key = format!("facet.{}", facet.folder());
    (context.say(&key), context.say(&format!("{key}_lead")))
}

/// What a term is called, and what it means; the meaning may be empty.
pub(in crate::render) fn term_names(site: &Site, facet: Facet, term: &Term) -> (String, String) {
    match facet {
        Facet::Kind => {
            let key = format!("kind.{}", term.slug);
            (site.language.say(&key).to_owned(), site.language.say(&format!("{key}_meaning")).to_owned())
        }
        Facet::Severity => (term.name.clone(), severity_name(site, &term.description).to_owned()),
        Facet::Service | Facet::Year | Facet::Organisation => (term.name.clone(), term.description.clone()),
    }
}

/// The title of a term's page, and what stands there, in a sentence.
pub(in crate::render) fn term_words(site: &Site, facet: Facet, term: &Term) -> (String, String) {
    let (name, meaning) = term_names(site, facet, term);
    let language = &site.language;
    let lead = || language.fill(&format!("facet.{}_term", facet.folder()), &[("name", &name)]);
    let said = |title: &str, lead: &str| (language.say(title).to_owned(), language.say(lead).to_owned());
    match facet {
        Facet::Service | Facet::Year | Facet::Organisation => (name.clone(), lead()),
        Facet::Severity => (format!("{name} {meaning}").trim().to_owned(), lead()),
        Facet::Kind if term.slug == "near-miss" => said("kind.near_misses", "kind.near_misses_lead"),
        Facet::Kind => said("kind.incidents", "kind.incidents_lead"),
    }
}
