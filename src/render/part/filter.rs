//! The filter of factors: what readers can choose, small enough to stand in the page.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;

use crate::analysis::{Facet, Term, slug};
use crate::model::counts;
use crate::render::context::PageContext;
use crate::render::part::structured::script_safe;
use crate::render::part::term::facet_words;
use crate::site::address;

/// The filter of the index of factors. It works without a server, and without a script nothing of it shows.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct FilterView {
    /// The ways to choose reviews.
    pub facets: Vec<FilterFacetView>,
    /// The factors and the reviews as JSON, safe inside `<script>`; empty when they have a file of their own.
    pub data: String,
    /// The address of that file; may be empty.
    pub href: String,
}

/// A way to choose reviews.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct FilterFacetView {
    /// Its name in the address: `services`.
    pub id: &'static str,
    /// The label of the choice, in the language of the site.
    pub title: String,
    /// The values that readers can choose from.
    pub terms: Vec<FilterTermView>,
}

/// Something that can be chosen.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct FilterTermView {
    /// The label of the value.
    pub name: String,
    /// Its name in the address.
    pub slug: String,
}

/// The ways that are offered, in the order of the numbers of each review.
const FACETS: [Facet; 4] = [Facet::Organisation, Facet::Service, Facet::Severity, Facet::Year];

/// The most terms that a list to choose from has.
const TERMS: usize = 500;

/// The filter of the factors, if there is anything to choose.
pub(in crate::render) fn factor_filter(context: &PageContext<'_>) -> Option<FilterView> {
    let facets = filter_facets(context);
    if facets.is_empty() || context.analysis.sightings().is_empty() {
        return None;
    }
    // A page that holds every review would grow with them.
    let href = context.to_if_planned(&address::path(address::FACTOR_FILTER));
    let data = if href.is_empty() { factor_filter_data(context) } else { String::new() };
    Some(FilterView { facets, data, href })
}

/// The ids of the factors, which are those of the rows of the table, and the reviews as JSON, safe inside `<script>`.
pub(in crate::render) fn factor_filter_data(context: &PageContext<'_>) -> String {
    let facets = filter_facets(context);
    let factors: Vec<&String> = context.analysis.sightings().keys().collect();
    let rows = filter_rows(context, &facets, &factors);
    script_safe(&json!({ "factors": factors, "rows": rows }))
}

fn filter_facets(context: &PageContext<'_>) -> Vec<FilterFacetView> {
    FACETS.into_iter().filter_map(|facet| filter_facet(context, facet)).collect()
}

fn filter_facet(context: &PageContext<'_>, facet: Facet) -> Option<FilterFacetView> {
    let terms = context.analysis.facets().get(&facet).filter(|terms| (2..=TERMS).contains(&terms.len()))?;
    let name = |term: &Term| format!("{} {}", term.name, term.description).trim().to_owned();
    Some(FilterFacetView {
        id: facet.folder(),
        title: facet_words(context, facet).0.to_owned(),
        terms: terms.iter().map(|term| FilterTermView { name: name(term), slug: term.slug.clone() }).collect(),
    })
}

/// For each review with factors: the positions of its terms in each facet, and of its factors, in base 36. Semicolons
/// divide reviews, commas what is said of one, and dots the items of a list.
fn filter_rows(context: &PageContext<'_>, facets: &[FilterFacetView], factors: &[&String]) -> String {
    let positions: Vec<BTreeMap<&str, usize>> = facets
        .iter()
        .map(|facet| facet.terms.iter().enumerate().map(|(at, term)| (term.slug.as_str(), at)).collect())
        .collect();
    let of_factor: BTreeMap<&str, usize> = factors.iter().enumerate().map(|(at, id)| (id.as_str(), at)).collect();
    let mut rows: Vec<String> = Vec::new();
    for review in context.analysis.corpus.reviews.iter().filter(|review| counts(review)) {
        let used = review.factors.iter().filter_map(|used| context.analysis.corpus.factor(used));
        let seen = compact(used.filter_map(|factor| of_factor.get(factor.id.value.as_str()).copied()));
        if seen.is_empty() {
            continue;
        }
        let mut fields: Vec<String> = Vec::with_capacity(facets.len() + 1);
        for (facet, known) in facets.iter().zip(&positions) {
            let names = FACETS.into_iter().find(|one| one.folder() == facet.id).into_iter();
            let names = names.flat_map(|one| one.names(review, &context.analysis.corpus));
            fields.push(compact(names.filter_map(|name| known.get(slug(&name).as_str()).copied())));
        }
        fields.push(seen);
        rows.push(fields.join(","));
    }
    rows.join(";")
}

/// Numbers in base 36, each once, with dots between them.
pub(in crate::render) fn compact(numbers: impl Iterator<Item = usize>) -> String {
    let mut numbers: Vec<usize> = numbers.collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.into_iter().map(base_36).collect::<Vec<_>>().join(".")
}

fn base_36(mut number: usize) -> String {
    let mut digits = Vec::new();
    loop {
        digits.push(char::from_digit(u32::try_from(number % 36).unwrap_or_default(), 36).unwrap_or('0'));
        number /= 36;
        if number == 0 {
            return digits.into_iter().rev().collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{base_36, compact};

    #[test]
    fn numbers_are_short_and_stand_once() {
        assert_eq!(compact([71, 0, 35, 71, 36].into_iter()), "0.z.10.1z");
        assert!((0..2000).all(|number| usize::from_str_radix(&base_36(number), 36) == Ok(number)));
    }
}
