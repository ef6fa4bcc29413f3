//! Weaknesses that are accepted.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::AcceptedRef;
use crate::render::context::PageContext;
use crate::render::part::action::weakness_link;
use crate::render::part::card::review_link;
use crate::render::part::date::DateView;
use crate::render::part::link::LinkView;

/// A weakness of some review that is accepted.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct AcceptedRiskView {
    /// The weakness, with a link to the factor or to the item in the review.
    pub weakness: LinkView,
    /// Why, as HTML; may be empty.
    pub reason: String,
    /// The review that accepts it.
    pub review: LinkView,
    /// The day of the incident.
    pub date: Option<DateView>,
}

/// An accepted weakness of some review.
pub(in crate::render) fn accepted_risk_view(context: &PageContext<'_>, place: AcceptedRef) -> AcceptedRiskView {
    let review = &context.analysis.corpus.reviews[place.review];
    let accepted = &review.accepted[place.entry];
    AcceptedRiskView {
        weakness: weakness_link(context, place.review, &accepted.weakness.value),
        reason: accepted.reason.as_ref().map(|why| context.inline(place.review, &why.value)).unwrap_or_default(),
        review: review_link(context, place.review),
        date: review.date().map(|day| context.date(day)),
    }
}
