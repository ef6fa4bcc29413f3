//! All lucky breaks, and what became of them.

use schemars::JsonSchema;
use serde::Serialize;

use super::{PageContent, PageDefinition, Sitemap, Variable};
use crate::analysis::WeaknessState;
use crate::render::context::PageContext;
use crate::render::part::lucky_break::{LuckyBreakView, lucky_break, lucky_break_words};
use crate::site::LongList;

pub(super) const DEFINITION: PageDefinition = PageDefinition {
    template: "luck.html",
    kind: "luck",
    variables: &[Variable::of::<LuckyBreaksView>("luck")],
    sitemap: Sitemap::Listed,
};

pub(super) fn content(context: &PageContext<'_>) -> PageContent {
    PageContent::new(context.say("luck.title"), context.say("luck.lead")).with("luck", &lucky_breaks_view(context))
}

/// Every lucky break, by what became of it: `luck`.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct LuckyBreaksView {
    /// The number of lucky breaks.
    pub count: usize,
    /// How many of them are no control yet, and not accepted either.
    pub left: usize,
    /// The conditions by how far they were turned into controls, those without an answer first.
    pub parts: Vec<LuckyBreakPartView>,
}

/// The lucky breaks of one state.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct LuckyBreakPartView {
    /// A word for anchors: `unanswered`, `underway`, `accepted` or `controlled`.
    pub id: &'static str,
    /// The heading of the part, in the language of the site.
    pub title: String,
    /// What that means, in a sentence.
    pub meaning: String,
    /// The number of lucky breaks in this state.
    pub count: usize,
    /// The list of all; empty when they all stand here.
    pub href: String,
    /// The conditions, the newest first.
    pub lucky_breaks: Vec<LuckyBreakView>,
}

/// Every state, in the order in which they are shown.
const STATES: [WeaknessState; 4] =
    [WeaknessState::Unanswered, WeaknessState::Underway, WeaknessState::Accepted, WeaknessState::Controlled];

/// The page of all luck.
fn lucky_breaks_view(context: &PageContext<'_>) -> LuckyBreaksView {
    let count = |state: WeaknessState| context.analysis.lucky_breaks().get(&state).map_or(0, Vec::len);
    let parts = STATES.into_iter().filter(|state| count(*state) > 0);
    LuckyBreaksView {
        count: STATES.into_iter().map(count).sum(),
        left: count(WeaknessState::Unanswered) + count(WeaknessState::Underway),
        parts: parts.map(|state| lucky_break_part_view(context, state)).collect(),
    }
}

fn lucky_break_part_view(context: &PageContext<'_>, state: WeaknessState) -> LuckyBreakPartView {
    let all = &context.analysis.lucky_breaks()[&state];
    let (title, meaning) = lucky_break_words(context, state);
    let is_long = all.len() > LongList::SHOWN;
    LuckyBreakPartView {
        id: state.slug(),
        title: title.to_owned(),
        meaning: meaning.to_owned(),
        count: all.len(),
        href: if is_long { context.to(&LongList::Luck(state).path(1)) } else { String::new() },
        lucky_breaks: all.iter().take(LongList::SHOWN).map(|luck| lucky_break(context, luck)).collect(),
    }
}
