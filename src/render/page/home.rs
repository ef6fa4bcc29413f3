//! The home page.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::{PageContent, PageDefinition, Sitemap, Variable};
use crate::analysis::{ActionList, ActionState, Facet};
use crate::model::{Kind, MetricKind};
use crate::render::context::PageContext;
use crate::render::part::action::{ActionView, action_view};
use crate::render::part::card::{CardView, review_card};
use crate::render::part::duration::{MedianView, median_views};
use crate::render::part::factor::{FactorView, factor_view, sparkline_of};
use crate::render::part::structured::publisher_data;
use crate::render::part::term::{TermView, term_views};
use crate::site::address::{self, path};

pub(super) const DEFINITION: PageDefinition = PageDefinition {
    template: "home.html",
    kind: "home",
    variables: &[Variable::of::<HomeView>("home")],
    sitemap: Sitemap::Listed,
};

pub(super) fn content(context: &PageContext<'_>) -> PageContent {
    let about = &context.site.about;
    let content = PageContent::new(&about.title, &about.description).with("home", &home_view(context));
    let canonical = Some(about.base_url.as_str().to_owned());
    PageContent { canonical, structured: Some(website_data(context)), ..content }
}

/// What the home page shows: `home`.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct HomeView {
    /// The newest reviews, at most six.
    pub latest: Vec<CardView>,
    /// The factors seen most often, at most eight.
    pub top_factors: Vec<FactorView>,
    /// The newest near misses that are not among the newest reviews, at most three.
    pub near_misses: Vec<CardView>,
    /// The actions whose date has passed, at most five.
    pub overdue: Vec<ActionView>,
    /// The number of all actions that are not done.
    pub open_actions: usize,
    /// The number of all actions that are done.
    pub done_actions: usize,
    /// The number of lucky breaks.
    pub luck: usize,
    /// How long it took to detect and to mitigate, where enough reviews of one organisation tell.
    pub medians: Vec<MedianView>,
    /// The number of factors that were seen.
    pub factors: usize,
    /// The number of organisations with published reviews.
    pub organisations: usize,
    /// Incidents and near misses, each with the number of reviews.
    pub kinds: Vec<TermView>,
    /// The years with reviews, the newest first.
    pub years: Vec<TermView>,
    /// The severities with reviews, the most severe first.
    pub severities: Vec<TermView>,
}

/// How many reviews the home page shows.
const LATEST_REVIEWS: usize = 6;

/// The home page.
fn home_view(context: &PageContext<'_>) -> HomeView {
    let local: Vec<_> = context.analysis.corpus.local().collect();
    // What is new is not shown twice.
    let near_misses = local.iter().skip(LATEST_REVIEWS).filter(|(_, review)| review.kind == Kind::NearMiss);
    let mut factors: Vec<FactorView> = seen_factors(context);
    let factor_count = factors.len();
    factors.truncate(8);
    factors.iter_mut().for_each(|factor| factor.sparkline = sparkline_of(context, &factor.id));
    let board = &context.analysis.board;
    let overdue = board.lists.get(&ActionList::State(ActionState::Overdue)).map_or(&[][..], Vec::as_slice);
    let organisations = context.analysis.facets.get(&Facet::Organisation).map_or(0, Vec::len);
    // A median over organisations that have nothing in common says nothing of any of them.
    let pooled: &[MetricKind] =
        if organisations > 1 { &[] } else { &[MetricKind::TimeToDetect, MetricKind::TimeToMitigate] };
    HomeView {
        latest: local.iter().take(LATEST_REVIEWS).map(|(position, _)| review_card(context, *position)).collect(),
        top_factors: factors,
        near_misses: near_misses.take(3).map(|(position, _)| review_card(context, *position)).collect(),
        overdue: overdue.iter().take(5).map(|place| action_view(context, *place)).collect(),
        open_actions: board.total.left(),
        done_actions: board.total.of(ActionState::Done),
        luck: context.analysis.lucky_breaks.values().map(Vec::len).sum(),
        medians: median_views(context, pooled),
        factors: factor_count,
        organisations,
        kinds: term_views(context, Facet::Kind),
        years: term_views(context, Facet::Year),
        severities: term_views(context, Facet::Severity),
    }
}

/// The factors that were seen, the most frequent first.
fn seen_factors(context: &PageContext<'_>) -> Vec<FactorView> {
    let registry = &context.analysis.corpus.policy.registry;
    let seen = context.analysis.sightings.keys().filter_map(|id| registry.get(id));
    let mut factors: Vec<FactorView> = seen.map(|factor| factor_view(context, factor)).collect();
    factors.sort_by(|a, b| b.count.cmp(&a.count).then(b.primary.cmp(&a.primary)).then_with(|| a.name.cmp(&b.name)));
    factors
}

fn website_data(context: &PageContext<'_>) -> Value {
    let about = &context.site.about;
    let mut website = json!({
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": about.title,
        "url": about.base_url.as_str(),
        "inLanguage": about.language,
        "publisher": publisher_data(context),
    });
    if !about.description.is_empty() {
        website["description"] = json!(about.description);
    }
    let search = path(address::SEARCH);
    if context.site.route(&search).is_some() {
        website["potentialAction"] = json!({
            "@type": "SearchAction",
            "target": format!("{}?q={{search_term_string}}", context.absolute(&search)),
            "query-input": "required name=search_term_string",
        });
    }
    website
}
