//! Factors as they stand in lists, and how often something was seen.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::{factors_in, trend};
use crate::model::{Category, Factor, ReviewIndex};
use crate::render::chart::sparkline::{SparklineView, sparkline};
use crate::render::context::PageContext;
use crate::render::part::date::DateView;
use crate::render::part::link::{LinkView, link};
use crate::site::address;

/// A factor in a list.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct FactorView {
    /// The permanent name of the factor.
    pub id: String,
    /// The name of the factor.
    pub name: String,
    /// The address of the page of the factor.
    pub href: String,
    /// The id of its category.
    pub category: String,
    /// What the factor means, in a sentence.
    pub definition: String,
    /// The number of reviews it was seen in.
    pub count: usize,
    /// In how many of them it was the primary factor.
    pub primary: usize,
    /// The day it was last seen.
    pub last_seen: Option<DateView>,
    /// In how many reviews it came back after an action against it was closed.
    pub recurrences: usize,
    /// How often it was seen over time; in the index and on the home page only.
    pub sparkline: Option<SparklineView>,
    /// Other words for the factor, which the registry lists.
    pub aliases: Vec<String>,
    /// Questions for readers: could this happen to us?
    pub ask: Vec<String>,
}

/// Something with its share in a whole: `chart_shares`.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct ShareView {
    /// What it is; without an address it is no link.
    pub name: LinkView,
    /// The number of reviews in which it was seen.
    pub count: usize,
}

/// A factor as it stands in a list.
pub(in crate::render) fn factor_view(context: &PageContext<'_>, factor: &Factor) -> FactorView {
    let seen = context.analysis.sightings().get(&factor.id.value);
    let newest = seen.and_then(|seen| seen.reviews.first());
    FactorView {
        id: factor.id.value.clone(),
        name: factor.name.clone(),
        href: context.to(&address::factor(&factor.id.value)),
        category: factor.category.clone(),
        definition: factor.definition.clone(),
        count: seen.map_or(0, |seen| seen.reviews.len()),
        primary: seen.map_or(0, |seen| seen.primary),
        last_seen: newest
            .and_then(|position| context.analysis.corpus.reviews[*position].date())
            .map(|day| context.date(day)),
        recurrences: context.analysis.history(factor).recurrences.len(),
        sparkline: None,
        aliases: factor.aliases.iter().map(|alias| alias.value.clone()).collect(),
        ask: factor.ask.clone(),
    }
}

/// A link to the page of a factor.
pub(in crate::render) fn factor_link(context: &PageContext<'_>, id: &str) -> LinkView {
    let name = context.analysis.corpus.policy.registry.get(id).map_or(id, |factor| factor.name.as_str());
    link(name, context.to(&address::factor(id)))
}

/// How often a factor was seen over time.
pub(in crate::render) fn sparkline_of(context: &PageContext<'_>, id: &str) -> Option<SparklineView> {
    sparkline(&trend(context.analysis, id), &context.site.language)
}

/// The factors of the reviews at `positions`, the most frequent first.
pub(in crate::render) fn factors_of(context: &PageContext<'_>, positions: &[ReviewIndex]) -> Vec<ShareView> {
    factor_shares(context, factors_in(context.analysis, positions), usize::MAX)
}

/// Factors with the number of reviews.
pub(in crate::render) fn factor_shares(
    context: &PageContext<'_>,
    counts: Vec<(String, usize)>,
    limit: usize,
) -> Vec<ShareView> {
    let share = |(id, count): (String, usize)| ShareView { name: factor_link(context, &id), count };
    counts.into_iter().take(limit).map(share).collect()
}

/// What a category is called in the language of the site, as long as the site gives it no name of its own.
pub(in crate::render) fn category_name<'n>(context: &PageContext<'n>, category: &'n Category) -> &'n str {
    context.site.language.default_name(&format!("category.{}", category.id), &category.name)
}

/// What belongs to a category, by the same rule.
pub(in crate::render) fn category_description<'n>(context: &PageContext<'n>, category: &'n Category) -> &'n str {
    context.site.language.default_name(&format!("category.{}_meaning", category.id), &category.description)
}
