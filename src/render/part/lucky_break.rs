//! Lucky breaks: what went well by chance.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::{LuckyBreak, WeaknessState};
use crate::model::{ActionRef, Words};
use crate::render::context::PageContext;
use crate::render::part::action::{ActionView, action_view};
use crate::render::part::card::review_link;
use crate::render::part::date::DateView;
use crate::render::part::link::LinkView;

/// Something that went well by chance in an incident.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct LuckyBreakView {
    /// What it was, as plain text.
    pub text: String,
    /// The review, at the place where it says so.
    pub review: LinkView,
    /// The day of the incident.
    pub date: Option<DateView>,
    /// Whose review tells of it: `own` or `collected`.
    pub perspective: &'static str,
    /// The actions that answer it.
    pub actions: Vec<ActionView>,
    /// Why it is accepted, as HTML; may be empty.
    pub reason: String,
    /// `unanswered`, `underway`, `accepted` or `controlled`.
    pub state: &'static str,
}

/// A lucky break.
pub(in crate::render) fn lucky_break(context: &PageContext<'_>, luck: &LuckyBreak) -> LuckyBreakView {
    let review = &context.analysis.corpus.reviews[luck.review];
    let mut place = review_link(context, luck.review);
    let name = if luck.weakness.name.is_empty() { "where-we-got-lucky" } else { &luck.weakness.name };
    place.href = format!("{}#{name}", place.href);
    let reason = luck.weakness.accepted.and_then(|at| review.accepted[at].reason.as_ref());
    LuckyBreakView {
        text: luck.weakness.text.map(|text| context.plain(luck.review, text)).unwrap_or_default(),
        review: place,
        date: review.date().map(|day| context.date(day)),
        perspective: Words::word(review.perspective),
        actions: luck
            .weakness
            .actions
            .iter()
            .map(|at| action_view(context, ActionRef { review: luck.review, action: *at }))
            .collect(),
        reason: reason.map(|reason| context.inline(luck.review, &reason.value)).unwrap_or_default(),
        state: luck.weakness.state.slug(),
    }
}

/// What the lucky breaks of a state are called, and what that means.
pub(in crate::render) fn lucky_break_words<'a>(context: &PageContext<'a>, state: WeaknessState) -> (&'a str, &'a str) {
    let key = format!("luck.{}", state.slug());
    (context.say(&key), context.say(&format!("{key}_meaning")))
}
