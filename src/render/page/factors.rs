//! The factors by category.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::{PageContent, PageDefinition, Sitemap, Variable};
use crate::analysis::matrix;
use crate::model::{Factor, ReviewIndex, counts};
use crate::render::chart::matrix::{MatrixView, factor_matrix};
use crate::render::context::PageContext;
use crate::render::part::action::weakness_link;
use crate::render::part::card::review_link;
use crate::render::part::factor::{
    FactorView, category_description, category_name, factor_link, factor_view, sparkline_of,
};
use crate::render::part::filter::{FilterView, factor_filter};
use crate::render::part::link::{JumpView, LinkView};
use crate::render::part::term::{FacetView, facet_views};
use crate::site::{FACTORS_A_PAGE, LongList, page_path};

pub(super) const DEFINITION: PageDefinition = PageDefinition {
    template: "factors.html",
    kind: "factors",
    variables: &[Variable::of::<Vec<CategoryView>>("categories"), Variable::of::<FactorIndexView>("index")],
    sitemap: Sitemap::Listed,
};

pub(super) fn content(context: &PageContext<'_>) -> PageContent {
    let (categories, index) = factor_index(context);
    PageContent::new(context.say("factors.title"), context.say("factors.lead"))
        .with("categories", &categories)
        .with("index", &index)
}

/// A category with its factors: an item of `categories`.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct CategoryView {
    /// The id of the category, for anchors.
    pub id: String,
    /// The name of the category in the language of the site.
    pub name: String,
    /// Which factors belong to the category, in a sentence; may be empty.
    pub description: String,
    /// The factors that were seen, the most frequent first.
    pub factors: Vec<FactorView>,
    /// The factors of the registry that no published review has.
    pub unseen: Vec<FactorView>,
}

/// The index of factors: `index`, beside `categories`.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct FactorIndexView {
    /// In how many reviews the most frequent factor was seen.
    pub most: usize,
    /// The categories, each with the place where it begins.
    pub jumps: Vec<JumpView>,
    /// The contributing factors that the registry does not have, those of most reviews first; on the first page.
    pub local: Vec<LocalFactorView>,
    /// How many there are besides.
    pub local_more: usize,
    /// The terms whose pages list the factors seen there; on the first page.
    pub facets: Vec<FacetView>,
    /// How often each two of the most frequent factors were seen together; on the first page.
    pub matrix: Option<MatrixView>,
    /// The filter by organisation, service, severity and year; on the first page, where there is anything to choose.
    pub filter: Option<FilterView>,
}

/// A contributing factor that the registry does not have: an item of `index.local`.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct LocalFactorView {
    /// Its words in the newest review, with its place there.
    pub factor: LinkView,
    /// The reviews that name it in the same words, the newest first.
    pub reviews: Vec<LinkView>,
}

/// How many factors the matrix compares.
const FACTORS_COMPARED: usize = 20;

/// What this page holds of the registry by category, and where each category begins.
fn factor_index(context: &PageContext<'_>) -> (Vec<CategoryView>, FactorIndexView) {
    let policy = &context.analysis.corpus.policy;
    let mut by_category: BTreeMap<&str, Vec<&Factor>> = BTreeMap::new();
    for factor in policy.registry.iter() {
        by_category.entry(factor.category.as_str()).or_default().push(factor);
    }
    let seen = |factor: &Factor| {
        context.analysis.sightings.get(&factor.id.value).map_or((0, 0), |seen| (seen.reviews.len(), seen.primary))
    };
    let part = context.range_of_page(policy.registry.len(), FACTORS_A_PAGE);
    let (mut categories, mut jumps, mut at) = (Vec::new(), Vec::new(), 0);
    for category in &policy.categories {
        let Some(mut all) = by_category.remove(category.id.as_str()) else { continue };
        all.sort_by_cached_key(|factor| (std::cmp::Reverse(seen(factor)), factor.name.clone()));
        let page = page_path(&context.route.first, at / FACTORS_A_PAGE + 1);
        let page = context.before_anchor(&page);
        jumps.push(JumpView {
            title: category_name(context, category).to_owned(),
            href: format!("{page}#category-{}", category.id),
            count: all.iter().filter(|factor| seen(factor).0 > 0).count(),
        });
        let here =
            all.iter().enumerate().filter(|(offset, _)| part.contains(&(at + offset))).map(|(_, factor)| *factor);
        let (known, unseen): (Vec<&Factor>, Vec<&Factor>) = here.partition(|factor| seen(factor).0 > 0);
        at += all.len();
        if known.len() + unseen.len() > 0 {
            categories.push(CategoryView {
                id: category.id.clone(),
                name: category_name(context, category).to_owned(),
                description: category_description(context, category).to_owned(),
                factors: known.into_iter().map(|factor| factor_with_trend(context, factor)).collect(),
                unseen: unseen.into_iter().map(|factor| factor_view(context, factor)).collect(),
            });
        }
    }
    let is_first = context.is_first();
    let (local, local_more) = if is_first { local_factors(context) } else { (Vec::new(), 0) };
    let index = FactorIndexView {
        most: context.analysis.sightings.values().map(|seen| seen.reviews.len()).max().unwrap_or(1),
        jumps,
        local,
        local_more,
        filter: if is_first { factor_filter(context) } else { None },
        facets: if is_first { facet_views(context) } else { Vec::new() },
        matrix: if is_first {
            factor_matrix(&matrix(context.analysis, FACTORS_COMPARED), &context.site.language, |id| {
                factor_link(context, id)
            })
        } else {
            None
        },
    };
    (categories, index)
}

fn factor_with_trend(context: &PageContext<'_>, factor: &Factor) -> FactorView {
    FactorView { sparkline: sparkline_of(context, &factor.id.value), ..factor_view(context, factor) }
}

/// The contributing factors that the registry does not have, and how many more there are.
fn local_factors(context: &PageContext<'_>) -> (Vec<LocalFactorView>, usize) {
    let mut seen: BTreeMap<&str, Vec<ReviewIndex>> = BTreeMap::new();
    for (position, review) in context.analysis.corpus.indexed().filter(|(_, review)| counts(review)) {
        for local in &review.local_factors {
            seen.entry(&local.label.value).or_default().push(position);
        }
    }
    let mut all: Vec<(&str, Vec<ReviewIndex>)> = seen.into_iter().collect();
    all.sort_by_key(|(label, reviews)| (std::cmp::Reverse(reviews.len()), reviews[0], *label));
    let view = |(label, reviews): &(&str, Vec<ReviewIndex>)| LocalFactorView {
        factor: weakness_link(context, reviews[0], label),
        reviews: reviews.iter().map(|position| review_link(context, *position)).collect(),
    };
    (all.iter().take(LongList::SHOWN).map(view).collect(), all.len().saturating_sub(LongList::SHOWN))
}
