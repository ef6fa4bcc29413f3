//! The table of all factors.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::{PageContent, PageDefinition, Sitemap, Variable};
use crate::analysis::matrix;
use crate::model::{Category, Factor, ReviewIndex, counts};
use crate::render::chart::matrix::{MatrixView, PairView, factor_matrix};
use crate::render::context::PageContext;
use crate::render::part::action::weakness_link;
use crate::render::part::card::review_link;
use crate::render::part::factor::{FactorView, category_description, category_name, factor_link, factor_view};
use crate::render::part::filter::{FilterView, factor_filter};
use crate::render::part::link::LinkView;
use crate::render::part::term::{FacetView, facet_views};
use crate::site::{FACTORS_A_PAGE, LongList};

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

/// A category of factors: an item of `categories`.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct CategoryView {
    /// The id of the category, for anchors.
    pub id: String,
    /// The name of the category in the language of the site.
    pub name: String,
    /// Which factors belong to the category, in a sentence; may be empty.
    pub description: String,
    /// How many of its factors were seen.
    pub seen: usize,
    /// How many factors the registry has in it.
    pub count: usize,
}

/// The index of factors: `index`, beside `categories`.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct FactorIndexView {
    /// The factors of the registry, those of most reviews first; on each page of the index a part.
    pub factors: Vec<IndexedFactorView>,
    /// The number of all of them.
    pub count: usize,
    /// Whether they are so few that each stands there with its definition.
    pub defined: bool,
    /// The contributing factors that the registry does not have, those of most reviews first; on the first page.
    pub local: Vec<LocalFactorView>,
    /// How many there are besides.
    pub local_more: usize,
    /// The terms whose pages list the factors seen there; on the first page.
    pub facets: Vec<FacetView>,
    /// How often each two of the most frequent factors were seen together; on the first page, and only where there is a
    /// pattern to see.
    pub matrix: Option<MatrixView>,
    /// The pairs that were seen together more than once, the most frequent first, in place of the matrix.
    pub pairs: Vec<PairView>,
    /// The filter by organisation, service, severity and year; on the first page, where there is anything to choose.
    pub filter: Option<FilterView>,
}

/// A factor in the table of all: an item of `index.factors`.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct IndexedFactorView {
    /// The factor.
    pub factor: FactorView,
    /// The name of its category in the language of the site.
    pub category_name: String,
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

/// How often two factors have to be seen together for a matrix: below that nearly all of its cells are ones.
const MATRIX_FROM: usize = 3;

/// How many pairs stand in the place of the matrix.
const PAIRS_SHOWN: usize = 12;

/// Up to how many factors the index defines each.
const DEFINED: usize = 60;

/// The categories, and what this page holds of the registry.
fn factor_index(context: &PageContext<'_>) -> (Vec<CategoryView>, FactorIndexView) {
    let policy = &context.analysis.corpus.policy;
    let mut factors: Vec<&Factor> = policy.registry.iter().collect();
    factors.sort_by_cached_key(|factor| {
        let seen = context.analysis.sightings().get(&factor.id.value);
        let seen = seen.map_or((0, 0), |seen| (seen.reviews.len(), seen.primary));
        (std::cmp::Reverse(seen), factor.name.clone())
    });
    let part = context.range_of_page(factors.len(), FACTORS_A_PAGE);
    let is_first = context.is_first();
    let (local, local_more) = if is_first { local_factors(context) } else { (Vec::new(), 0) };
    let (matrix, pairs) = if is_first { seen_together(context) } else { (None, Vec::new()) };
    let index = FactorIndexView {
        count: factors.len(),
        defined: factors.len() <= DEFINED,
        factors: factors[part].iter().map(|factor| indexed_factor(context, factor)).collect(),
        local,
        local_more,
        filter: if is_first { factor_filter(context) } else { None },
        facets: if is_first { facet_views(context) } else { Vec::new() },
        matrix,
        pairs,
    };
    (policy.categories.iter().filter_map(|category| category_view(context, category)).collect(), index)
}

fn category_view(context: &PageContext<'_>, category: &Category) -> Option<CategoryView> {
    let all = context.analysis.corpus.policy.registry.iter().filter(|factor| factor.category == category.id);
    let (seen, unseen): (Vec<_>, Vec<_>) =
        all.partition(|factor| context.analysis.sightings().contains_key(&factor.id.value));
    let count = seen.len() + unseen.len();
    (count > 0).then(|| CategoryView {
        id: category.id.clone(),
        name: category_name(context, category).to_owned(),
        description: category_description(context, category).to_owned(),
        seen: seen.len(),
        count,
    })
}

fn indexed_factor(context: &PageContext<'_>, factor: &Factor) -> IndexedFactorView {
    let category = context.analysis.corpus.policy.category(&factor.category);
    let category_name =
        category.map_or(factor.category.as_str(), |category| category_name(context, category)).to_owned();
    IndexedFactorView { factor: factor_view(context, factor), category_name }
}

/// Which factors were seen together: as a matrix where that shows more than ones, else as a list of pairs.
fn seen_together(context: &PageContext<'_>) -> (Option<MatrixView>, Vec<PairView>) {
    let language = &context.site.language;
    let counted = matrix(context.analysis, FACTORS_COMPARED);
    let Some(matrix) = factor_matrix(&counted, language, |id| factor_link(context, id)) else {
        return (None, Vec::new());
    };
    if matrix.pairs.first().is_some_and(|pair| pair.count >= MATRIX_FROM) {
        return (Some(matrix), Vec::new());
    }
    (None, matrix.pairs.into_iter().filter(|pair| pair.count > 1).take(PAIRS_SHOWN).collect())
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
