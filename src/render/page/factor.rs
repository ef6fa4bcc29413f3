//! The page of a factor.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::{PageContent, PageDefinition, Sitemap, Variable};
use crate::analysis::{Control, Topic, companions, detections, trend};
use crate::model::Words;
use crate::model::{ActionRef, ReviewIndex};
use crate::render::chart::ColumnChartView;
use crate::render::chart::trend::{trend_columns, trend_rest};
use crate::render::context::PageContext;
use crate::render::markdown::cut;
use crate::render::part::card::{CardView, review_card};
use crate::render::part::control::{ControlView, control_view};
use crate::render::part::factor::{FactorView, ShareView, category_name, factor_shares, factor_view};
use crate::render::part::link::link;
use crate::render::part::question::{QuestionsView, factor_questions};
use crate::render::part::response::detection_sentence;
use crate::site::address::path;
use crate::site::{SIGHTINGS_A_PAGE, address};

pub(super) const DEFINITION: PageDefinition = PageDefinition {
    template: "factor.html",
    kind: "factor",
    variables: &[Variable::of::<FactorPageView>("factor")],
    sitemap: Sitemap::Listed,
};

pub(super) fn content(context: &PageContext<'_>, id: &str) -> PageContent {
    let view = factor_page_view(context, id);
    let structured = if context.is_first() { defined_term_data(context, id) } else { None };
    let content = PageContent::new(&view.factor.name, cut(&view.factor.definition, 160));
    PageContent { structured, topic: Some(Topic::Factor(id.to_owned())), ..content.with("factor", &view) }
}

/// A factor's page: `factor`. Of long lists each page holds a part; what is not in a list stands on the first.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct FactorPageView {
    /// The factor that the page is about.
    pub factor: FactorView,
    /// The name of its category.
    pub category_name: String,
    /// What readers may ask themselves; on the first page.
    pub questions: QuestionsView,
    /// How often it was seen in each quarter.
    pub trend: Option<ColumnChartView>,
    /// What is not drawn of that, in a sentence; may be empty.
    pub trend_rest: String,
    /// Who or what noticed the incidents first.
    pub detections: Vec<ShareView>,
    /// The factors that were seen together with it, the most frequent first.
    pub companions: Vec<ShareView>,
    /// Where it was seen, the newest first.
    pub seen: Vec<SightingView>,
    /// The changes against it, each with what became of it, those of the newest reviews first.
    pub controls: Vec<ControlView>,
    /// The number of all of them.
    pub control_count: usize,
}

/// A factor as it was seen in one review.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct SightingView {
    /// The review in which the factor was seen.
    pub review: CardView,
    /// The role of the factor in that review: `primary` or `contributing`.
    pub role: &'static str,
    /// How it showed, as HTML; may be empty.
    pub note: String,
    /// Whether the incident began after an action against the factor was closed at the same organisation.
    pub came_back: bool,
}

/// How many changes the first page shows.
const CONTROLS_SHOWN: usize = 20;

/// How many companions a page names.
const COMPANIONS_SHOWN: usize = 12;

/// The page of a factor.
fn factor_page_view(context: &PageContext<'_>, id: &str) -> FactorPageView {
    let policy = &context.analysis.corpus.policy;
    let factor = policy.registry.get(id).expect("a page was planned for a registered factor");
    let category = policy.category(&factor.category);
    let history = context.analysis.history(factor);
    let positions = context.analysis.sightings().get(id).map_or(&[][..], |seen| &seen.reviews);
    let is_first = context.is_first();
    let control = |place: &ActionRef| {
        let known = history.control(*place, &context.analysis.corpus);
        control_view(context, &Control { factors: vec![id.to_owned()], ..known })
    };
    let shares = |all: Vec<ShareView>| if is_first { all } else { Vec::new() };
    let trend = (is_first && !positions.is_empty()).then(|| trend(context.analysis, id));
    let controls_shown = if is_first { CONTROLS_SHOWN } else { 0 };
    let language = &context.site.language;
    FactorPageView {
        factor: factor_view(context, factor),
        category_name: category
            .map_or_else(|| factor.category.clone(), |known| category_name(context, known).to_owned()),
        questions: if is_first {
            QuestionsView::of(factor_questions(context, factor))
        } else {
            QuestionsView::of(None)
        },
        trend: trend.as_ref().and_then(|trend| trend_columns(trend, &factor.name, language)),
        trend_rest: trend.map(|trend| trend_rest(&trend, language)).unwrap_or_default(),
        detections: shares(detection_shares(context, id)),
        companions: shares(factor_shares(context, companions(context.analysis, id), COMPANIONS_SHOWN)),
        seen: on_this_page(context, positions)
            .iter()
            .filter_map(|position| sighting_view(context, *position, id))
            .collect(),
        controls: history.actions.iter().take(controls_shown).map(control).collect(),
        control_count: history.actions.len(),
    }
}

fn sighting_view(context: &PageContext<'_>, position: ReviewIndex, id: &str) -> Option<SightingView> {
    let used = context.analysis.use_of(position, id)?;
    let note = used.note.as_ref().map(|note| context.inline(position, &note.value)).unwrap_or_default();
    let factor = context.analysis.corpus.policy.registry.get(id)?;
    let came_back = context.analysis.history(factor).came_back(position);
    Some(SightingView { review: review_card(context, position), role: used.role.word(), note, came_back })
}

fn detection_shares(context: &PageContext<'_>, id: &str) -> Vec<ShareView> {
    let name = |kind| match kind {
        Some(kind) => detection_sentence(context, kind),
        None => context.say("detection.none"),
    };
    let all = detections(context.analysis, id);
    all.into_iter().map(|(kind, count)| ShareView { name: link(name(kind), String::new()), count }).collect()
}

fn defined_term_data(context: &PageContext<'_>, id: &str) -> Option<Value> {
    let factor = context.analysis.corpus.policy.registry.get(id)?;
    let aliases: Vec<&str> = factor.aliases.iter().map(|alias| alias.value.as_str()).collect();
    let mut term = json!({
        "@context": "https://schema.org",
        "@type": "DefinedTerm",
        "name": factor.name,
        "description": factor.definition,
        "url": context.absolute(&address::factor(id)),
        "inDefinedTermSet": context.absolute(&path(address::FACTORS)),
    });
    if !aliases.is_empty() {
        term["alternateName"] = json!(aliases);
    }
    Some(term)
}

/// What stands on this page of a list.
fn on_this_page<'t, T>(context: &PageContext<'_>, all: &'t [T]) -> &'t [T] {
    &all[context.range_of_page(all.len(), SIGHTINGS_A_PAGE)]
}
