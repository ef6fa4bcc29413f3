//! Reviews with a connection, and which.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::{Relation, related};
use crate::language::capitalised;
use crate::model::ReviewIndex;
use crate::render::context::PageContext;
use crate::render::part::card::review_link;
use crate::render::part::date::DateView;
use crate::render::part::factor::factor_link;
use crate::render::part::link::LinkView;

/// A review with a connection to this one.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct RelatedView {
    /// The title of the other review, with a link.
    pub review: LinkView,
    /// The day of the other incident.
    pub date: Option<DateView>,
    /// Whose incident it was; empty when it is the site's own.
    pub organisation: String,
    /// `Linked by the authors; shared factors: No staged rollout, Alert threshold`.
    pub reason: String,
    /// Whether the authors of one of the two named the other.
    pub is_named: bool,
    /// The factors that both have, the rarest first.
    pub factors: Vec<LinkView>,
    /// The services that both affected.
    pub services: Vec<String>,
}

pub(super) fn related_views(context: &PageContext<'_>, position: ReviewIndex) -> Vec<RelatedView> {
    let view = |(other, relation): (ReviewIndex, Relation)| {
        let review = &context.analysis.corpus.reviews[other];
        let factors: Vec<LinkView> = relation.factors.iter().map(|id| factor_link(context, id)).collect();
        RelatedView {
            review: review_link(context, other),
            date: review.date().map(|day| context.date(day)),
            organisation: review.organisation.as_ref().map(|name| name.value.clone()).unwrap_or_default(),
            reason: relation_words(context, &relation, &factors),
            is_named: relation.is_named,
            factors,
            services: relation.services,
        }
    };
    related(context.analysis, position).into_iter().map(view).collect()
}

/// Why two reviews are connected, in words.
fn relation_words(context: &PageContext<'_>, relation: &Relation, factors: &[LinkView]) -> String {
    let language = &context.site.language;
    let shared =
        |key: &str, names: String| (!names.is_empty()).then(|| language.fill(key, &[("names", names.as_str())]));
    let named = relation.is_named.then(|| context.say("relation.named").to_owned());
    let factors = shared("relation.factors", language.list(factors.iter().map(|factor| factor.title.as_str())));
    let services = shared("relation.services", language.list(&relation.services));
    let parts: Vec<String> = [named, factors, services].into_iter().flatten().collect();
    capitalised(&parts.join(context.say("list.clause")))
}
