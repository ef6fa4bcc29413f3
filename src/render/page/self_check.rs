//! The page that asks the questions of all factors, and on which a reader's answers gather.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::{PageContent, PageDefinition, Sitemap, Variable};
use crate::model::{Category, Factor, ReviewIndex};
use crate::render::context::PageContext;
use crate::render::part::action::{ActionView, action_view};
use crate::render::part::card::review_link;
use crate::render::part::factor::category_name;
use crate::render::part::link::LinkView;
use crate::render::part::question::{QuestionsView, factor_questions};

pub(super) const DEFINITION: PageDefinition = PageDefinition {
    template: "self-check.html",
    kind: "self-check",
    variables: &[Variable::of::<Vec<AskedCategoryView>>("categories")],
    sitemap: Sitemap::Listed,
};

pub(super) fn content(context: &PageContext<'_>) -> PageContent {
    PageContent::new(context.say("self_check.title"), context.say("self_check.lead"))
        .with("categories", &asked_categories(context))
}

/// A category with those of its factors that have questions: an item of `categories`.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct AskedCategoryView {
    /// The id of the category, for anchors.
    pub id: String,
    /// The name of the category in the language of the site.
    pub name: String,
    /// Its factors, those of most reviews first.
    pub factors: Vec<AskedFactorView>,
}

/// A factor with its questions, and what to read for whoever answers yes.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct AskedFactorView {
    /// The questions.
    pub questions: QuestionsView,
    /// The newest incidents with the factor.
    pub incidents: Vec<LinkView>,
    /// The newest of the changes that held.
    pub held: Vec<ActionView>,
}

/// How many incidents, and how many changes, stand below the questions of a factor. Its page has all.
const READ_NEXT: usize = 3;

fn asked_categories(context: &PageContext<'_>) -> Vec<AskedCategoryView> {
    let policy = &context.analysis.corpus.policy;
    let mut by_category: BTreeMap<&str, Vec<&Factor>> = BTreeMap::new();
    for factor in policy.registry.iter() {
        by_category.entry(factor.category.as_str()).or_default().push(factor);
    }
    let mut category = |category: &Category| {
        let mut factors = by_category.remove(category.id.as_str())?;
        factors.sort_by_cached_key(|factor| (std::cmp::Reverse(seen_in(context, factor).len()), factor.name.clone()));
        let factors: Vec<_> = factors.into_iter().filter_map(|factor| asked_factor(context, factor)).collect();
        let name = category_name(context, category).to_owned();
        (!factors.is_empty()).then(|| AskedCategoryView { id: category.id.clone(), name, factors })
    };
    policy.categories.iter().filter_map(&mut category).collect()
}

fn asked_factor(context: &PageContext<'_>, factor: &Factor) -> Option<AskedFactorView> {
    let held = context.analysis.history(factor).held.iter().take(READ_NEXT);
    let incidents = seen_in(context, factor).iter().take(READ_NEXT);
    Some(AskedFactorView {
        questions: QuestionsView::of(Some(factor_questions(context, factor)?)),
        incidents: incidents.map(|position| review_link(context, *position)).collect(),
        held: held.map(|held| action_view(context, held.action)).collect(),
    })
}

fn seen_in<'a>(context: &PageContext<'a>, factor: &Factor) -> &'a [ReviewIndex] {
    context.analysis.sightings().get(&factor.id.value).map_or(&[][..], |seen| &seen.reviews)
}
