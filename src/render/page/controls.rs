//! What was changed because of incidents, and whether it held.

use schemars::JsonSchema;
use serde::Serialize;

use super::{PageContent, PageDefinition, Sitemap, Variable};
use crate::analysis::{ControlCounts, ControlState};
use crate::model::{ActionKind, Words};
use crate::render::chart::{LegendView, StackedBar, StackedBarsView, stacked_bars};
use crate::render::context::PageContext;
use crate::render::part::control::{
    ControlRows, ControlView, control_filter, control_view, control_words, left_out_of_filter,
};
use crate::render::part::date::DateView;
use crate::render::part::factor::factor_link;
use crate::render::part::filter::FilterFacetView;
use crate::site::LongList;
use crate::site::address::{self, path};

pub(super) const DEFINITION: PageDefinition = PageDefinition {
    template: "controls.html",
    kind: "controls",
    variables: &[Variable::of::<ControlsView>("controls")],
    sitemap: Sitemap::Listed,
};

pub(super) fn content(context: &PageContext<'_>) -> PageContent {
    PageContent::new(context.say("controls.title"), context.say("controls.lead"))
        .with("controls", &controls_view(context))
}

/// The page of all changes against factors: `controls`.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct ControlsView {
    /// The day by which it was judged whether an action is late.
    pub today: DateView,
    /// What became of changes, a part for each state that any is in.
    pub parts: Vec<ControlPartView>,
    /// The ways to choose changes: by factor, by purpose, by what is changed.
    pub facets: Vec<FilterFacetView>,
    /// The address of the changes that the parts leave out, for the filter; empty when they leave none out.
    pub href: String,
    /// How many changes the filter does not know, of a very large site; the data of the site has them.
    pub left_out: usize,
    /// The factors with most changes, each with what became of them.
    pub factors: Option<StackedBarsView>,
    /// What changes are for, each purpose with what became of them.
    pub kinds: Option<StackedBarsView>,
}

/// The changes of which the same became.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct ControlPartView {
    /// A word for anchors: `held`, `came-back`, `not-verified`, `in-progress`, `overdue` or `given-up`.
    pub id: &'static str,
    /// The heading of the part, in the language of the site.
    pub title: String,
    /// What that means, in a sentence.
    pub meaning: String,
    /// The number of changes in this state.
    pub count: usize,
    /// The list of all; empty when they all stand here.
    pub href: String,
    /// The first of them: what stood through most later incidents, what is due first, or those of the newest reviews.
    pub controls: Vec<ControlView>,
}

/// The greatest number of factors in the drawing.
const BARS_DRAWN: usize = 15;

fn controls_view(context: &PageContext<'_>) -> ControlsView {
    let rows = ControlRows::new(context);
    let known = ControlState::ALL.into_iter().filter(|state| context.analysis.controls().count(*state) > 0);
    ControlsView {
        today: context.date(context.analysis.corpus.policy.today),
        parts: known.map(|state| part_view(context, &rows, state)).collect(),
        facets: control_filter(context),
        href: context.to_if_planned(&path(address::CONTROL_FILTER)),
        left_out: left_out_of_filter(context),
        factors: factor_chart(context),
        kinds: kind_chart(context),
    }
}

fn part_view(context: &PageContext<'_>, rows: &ControlRows<'_>, state: ControlState) -> ControlPartView {
    let all = &context.analysis.controls().lists[&state];
    let (title, meaning) = control_words(context, state);
    let is_long = all.len() > LongList::CONTROLS_SHOWN;
    let shown = all.iter().take(LongList::CONTROLS_SHOWN);
    ControlPartView {
        id: state.slug(),
        title: title.to_owned(),
        meaning: meaning.to_owned(),
        count: all.len(),
        href: if is_long { context.to(&LongList::Controls(state).path(1)) } else { String::new() },
        controls: shown
            .map(|control| ControlView { row: rows.row(control), ..control_view(context, control) })
            .collect(),
    }
}

fn factor_chart(context: &PageContext<'_>) -> Option<StackedBarsView> {
    let mut factors: Vec<(&String, &ControlCounts)> = context.analysis.controls().factors.iter().collect();
    factors.sort_by_key(|(id, counts)| (std::cmp::Reverse(counts.iter().sum::<usize>()), *id));
    let row = |(id, counts): (&String, &ControlCounts)| {
        let factor = factor_link(context, id);
        StackedBar { label: factor.title, href: format!("{}#actions", factor.href), parts: counts.to_vec() }
    };
    chart(context, "controls.by_factor_chart", factors.into_iter().take(BARS_DRAWN).map(row).collect())
}

fn kind_chart(context: &PageContext<'_>) -> Option<StackedBarsView> {
    let row = |(word, kind): &(&str, ActionKind)| {
        let counts = context.analysis.controls().kinds.get(kind)?;
        let label = context.say(&format!("purpose.{word}")).to_owned();
        Some(StackedBar { label, href: String::new(), parts: counts.to_vec() })
    };
    chart(context, "controls.by_purpose_chart", ActionKind::WORDS.iter().filter_map(row).collect())
}

fn chart(context: &PageContext<'_>, title: &str, rows: Vec<StackedBar>) -> Option<StackedBarsView> {
    let legend = ControlState::ALL
        .map(|state| LegendView { class: state.slug().to_owned(), name: control_words(context, state).0.to_owned() });
    (!rows.is_empty()).then(|| stacked_bars(context.say(title), legend.into(), &rows, &context.site.language))
}
