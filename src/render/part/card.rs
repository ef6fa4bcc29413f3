//! A review as it stands in lists.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::{Facet, slug};
use crate::model::Words;
use crate::model::{MetricKind, Review, ReviewIndex, Status};
use crate::render::context::PageContext;
use crate::render::markdown::outside;
use crate::render::part::date::DateView;
use crate::render::part::link::{LinkView, link};
use crate::site::{Site, address};
use crate::text::kebab_case;

/// A review in a list.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct CardView {
    /// The permanent name of the review, from its file name.
    pub id: String,
    /// The title of the review.
    pub title: String,
    /// The address of the page of the review.
    pub href: String,
    /// The day of the incident.
    pub date: Option<DateView>,
    /// The severity of the incident; none when the review gives none.
    pub severity: Option<SeverityView>,
    /// What happened: an `incident` or a `near-miss`.
    pub kind: &'static str,
    /// How final the review is: `interim`, `final` or `withdrawn`.
    pub status: &'static str,
    /// Who wrote it: `own` for the organisation itself, `collected` for a summary of a public review.
    pub perspective: &'static str,
    /// Whose incident it was, with the page of that organisation; only when it is not the site's own.
    pub organisation: Option<LinkView>,
    /// The site that it was taken over from.
    pub origin: Option<OriginView>,
    /// The services affected, with their pages.
    pub services: Vec<LinkView>,
    /// The beginning of the summary, as plain text; may be empty.
    pub summary: String,
    /// What failed, as HTML: the note to the primary factor; may be empty.
    pub failure: String,
    /// The factor without which it would not have happened.
    pub primary_factor: Option<LinkView>,
    /// How long there was impact: `27 min`; may be empty.
    pub impact_time: String,
}

/// The severity of an incident.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct SeverityView {
    /// The id of the severity: `P1`.
    pub id: String,
    /// What it is called: `Critical`.
    pub name: String,
    /// 1 is the most severe.
    pub rank: usize,
    /// The page of all reviews with this severity.
    pub href: String,
}

/// The site that a review was taken over from.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct OriginView {
    /// The organisation whose site it is.
    pub organisation: String,
    /// The title of that site.
    pub site: String,
    /// The page of the review there.
    pub href: String,
    /// The licence of its reviews; may be empty.
    pub licence: String,
}

/// The review at `position` as it stands in a list.
pub(in crate::render) fn review_card(context: &PageContext<'_>, position: ReviewIndex) -> CardView {
    let review: &Review = &context.analysis.corpus.reviews[position];
    let term = |facet: Facet, name: &str| link(name, context.to(&address::term(facet, &slug(name))));
    let note = review.primary_factor().and_then(|factor| factor.note.as_ref());
    let primary = review.primary_factor().and_then(|factor| context.analysis.corpus.factor(factor));
    let impact = context.analysis.durations(position).get(MetricKind::TimeOfImpact);
    CardView {
        id: review.id.0.clone(),
        title: review.title.clone(),
        href: context.to(&context.site.review_path(position)),
        date: review.date().map(|day| context.date(day)),
        severity: review.severity.as_ref().and_then(|severity| severity_view(context, &severity.value)),
        kind: review.kind.word(),
        status: review.status.as_ref().map_or(Status::Final, |status| status.value).word(),
        perspective: review.perspective.word(),
        organisation: review.organisation.as_ref().map(|name| term(Facet::Organisation, &name.value)),
        origin: review.origin.as_ref().map(|origin| OriginView {
            organisation: origin.site.organisation.clone(),
            site: origin.site.title.clone(),
            href: outside(&origin.address).unwrap_or_default(),
            licence: origin.site.licence.clone(),
        }),
        services: review.services.iter().map(|service| term(Facet::Service, &service.value)).collect(),
        summary: context.renderer.summary(position).beginning.clone(),
        failure: note.map(|note| context.inline(position, &note.value)).unwrap_or_default(),
        primary_factor: primary.map(|factor| link(&factor.name, context.to(&address::factor(&factor.id.value)))),
        impact_time: impact.map(|impact| context.site.language.duration(impact)).unwrap_or_default(),
    }
}

fn severity_view(context: &PageContext<'_>, id: &str) -> Option<SeverityView> {
    let (rank, severity) = context.analysis.corpus.policy.severity(id)?;
    Some(SeverityView {
        id: severity.id.clone(),
        name: severity_name(context.site, &severity.name).to_owned(),
        rank: rank + 1,
        href: context.to(&address::term(Facet::Severity, &slug(&severity.id))),
    })
}

/// What a severity is called in the language of the site, as long as the site gives it no name of its own.
pub(in crate::render) fn severity_name<'a>(site: &'a Site, name: &'a str) -> &'a str {
    site.language.default_name(&format!("severity.{}", kebab_case(name)), name)
}

/// A link to the page of the review at `position`.
pub(in crate::render) fn review_link(context: &PageContext<'_>, position: ReviewIndex) -> LinkView {
    link(&context.analysis.corpus.reviews[position].title, context.to(&context.site.review_path(position)))
}
