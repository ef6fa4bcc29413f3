//! The page of a review.

pub mod block;
pub mod citation;
pub mod fact;
mod factor;
pub mod follow_up;
pub mod in_short;
pub mod phase_chart;
mod phase_scale;
pub mod related;
mod structured;
pub mod timeline;
pub mod weakness;

use schemars::JsonSchema;
use serde::Serialize;

use super::{PageContent, PageDefinition, Sitemap, Variable};
use crate::document::{SectionKind, has_same_words};
use crate::model::{Anchors, Part, Reference, Review, ReviewIndex, Revision};
use crate::render::context::PageContext;
use crate::render::markdown::cut;
use crate::render::markdown::{Body, BodyOptions, Links, outside};
use crate::render::page::review::block::{BlockView, review_blocks};
use crate::render::page::review::citation::{CitationView, citation_view};
use crate::render::page::review::fact::{FactView, MetricView, duration_facts, impact_facts};
use crate::render::page::review::in_short::{InShortView, in_short};
use crate::render::page::review::phase_chart::{PhaseChartView, phase_chart};
use crate::render::page::review::related::{RelatedView, related_views};
use crate::render::part::action::unknown_words;
use crate::render::part::card::{CardView, review_card, review_link};
use crate::render::part::date::DateView;
use crate::render::part::link::{LinkView, link};
use crate::render::part::question::{QuestionsView, review_questions};
use crate::site::address;
use crate::text::Span;
use structured::report_data;

pub(super) const DEFINITION: PageDefinition = PageDefinition {
    template: "review.html",
    kind: "review",
    variables: &[Variable::of::<ReviewView>("review")],
    sitemap: Sitemap::Listed,
};

pub(super) fn content(context: &PageContext<'_>, at: ReviewIndex) -> PageContent {
    let review = &context.analysis.corpus.reviews[at];
    let view = review_view(context, at);
    let description = cut(&view.card.summary, 160);
    // A review of another site is described by its own page.
    let structured = review.origin.is_none().then(|| report_data(context, at));
    PageContent {
        structured,
        canonical: review.origin.as_ref().map(|origin| origin.address.clone()),
        markdown: context.to_if_planned(&address::review_text(review)),
        ..PageContent::new(&view.card.title, description).with("review", &view)
    }
}

/// A page of a review: `review`.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct ReviewView {
    /// What lists show of the review as well: title, date, severity, services.
    pub card: CardView,
    /// The heading of the summary where the authors call it otherwise than `Summary`; else empty.
    pub lead_title: String,
    /// The summary, as HTML; may be empty.
    pub lead: String,
    /// The day on which the review was published.
    pub published: Option<DateView>,
    /// When it was last changed; only when that is later.
    pub modified: Option<DateView>,
    /// When the review was held.
    pub reviewed: Option<DateView>,
    /// What the authors say that they do not know: `Severity unknown`, `Day of the review unknown`.
    pub unknown: Vec<String>,
    /// The teams and roles that reviewed it.
    pub participants: Vec<String>,
    /// Former ids of the review, which lead to this page.
    pub aliases: Vec<String>,
    /// Why it was possible and what changed, in short.
    pub in_short: InShortView,
    /// What readers may ask themselves, factor by factor.
    pub questions: QuestionsView,
    /// Whom and what the incident affected, one fact for each.
    pub impact: Vec<FactView>,
    /// The durations that follow from the timeline.
    pub metrics: Vec<MetricView>,
    /// The phases as a drawing; none when fewer than two times are known.
    pub phase_chart: Option<PhaseChartView>,
    /// Whether the timeline is long enough to be practised.
    pub practice: bool,
    /// The parts of the page after the summary, in order.
    pub blocks: Vec<BlockView>,
    /// The contents: the blocks that have a title.
    pub contents: Vec<LinkView>,
    /// Footnotes, as an HTML list; may be empty.
    pub footnotes: String,
    /// Reviews with a connection, and which.
    pub related: Vec<RelatedView>,
    /// The sources that the review rests on.
    pub references: Vec<ReferenceView>,
    /// The corrections, the newest first.
    pub revisions: Vec<RevisionView>,
    /// How to cite the review, in three forms.
    pub citation: CitationView,
    /// The review of the next later incident.
    pub newer: Option<LinkView>,
    /// The review of the next earlier incident.
    pub older: Option<LinkView>,
}

/// A source that the review rests on.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct ReferenceView {
    /// The title of the source.
    pub title: String,
    /// Where it is; empty when the address may not be linked.
    pub href: String,
    /// The commit it was read at; may be empty.
    pub commit: String,
    /// The licence of its text; may be empty.
    pub licence: String,
}

/// A correction that was made after the review was published.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct RevisionView {
    /// The day of the correction.
    pub date: DateView,
    /// What was corrected, as HTML.
    pub change: String,
}

/// The page of the review at `position`.
fn review_view(context: &PageContext<'_>, position: ReviewIndex) -> ReviewView {
    let review: &Review = &context.analysis.corpus.reviews[position];
    let links = Links::new(context.site, &review.path, Some(context.path), context.form);
    let labels = review.parts.iter().flat_map(|part| part.labels());
    let labels = labels.chain(review.local_factors.iter().map(|local| &local.label));
    let labels: Vec<(Span, String)> = labels.map(|label| (label.span, label.value.clone())).collect();
    let headings = review.part_headings();
    let shape =
        BodyOptions { labels: &labels, taken: &Anchors::of_review_page(), parts: &headings, ..BodyOptions::PLAIN };
    let body = Body::new(&review.text, review.body, &links, &shape);
    let blocks = review_blocks(context, position, review, &body);
    let summary = review.part(SectionKind::Summary);
    let published = review.published();
    let modified = review.modified().filter(|modified| Some(*modified) > published);
    ReviewView {
        card: review_card(context, position),
        lead_title: summary.map_or("", lead_title).to_owned(),
        lead: summary.map(|part| body.html(part.content)).unwrap_or_default(),
        published: published.map(|day| context.date(day)),
        modified: modified.map(|day| context.date(day)),
        unknown: unknown_words(context, &review.unknown),
        reviewed: review.reviewed.as_ref().map(|day| context.date(day.value)),
        participants: review.participants.iter().map(|team| team.value.clone()).collect(),
        aliases: review.aliases.iter().map(|alias| alias.value.clone()).collect(),
        in_short: in_short(context, position),
        questions: review_questions(context, review),
        impact: impact_facts(context, position, review),
        metrics: duration_facts(context, context.analysis.durations(position)),
        phase_chart: phase_chart(&review.timeline, &context.site.language),
        practice: blocks.iter().any(|block| block.entries.len() > 2),
        contents: contents(&blocks),
        blocks,
        footnotes: body.footnotes(),
        related: related_views(context, position),
        references: references(review),
        revisions: revision_views(context, position, review),
        citation: citation_view(context, position),
        newer: position.0.checked_sub(1).map(|newer| review_link(context, ReviewIndex(newer))),
        older: Some(ReviewIndex(position.0 + 1))
            .filter(|older| older.0 < context.analysis.corpus.reviews.len())
            .map(|older| review_link(context, older)),
    }
}

fn lead_title(summary: &Part) -> &str {
    let heading = summary.heading();
    if has_same_words(heading, SectionKind::Summary.heading()) { "" } else { heading }
}

fn contents(blocks: &[BlockView]) -> Vec<LinkView> {
    let columns = blocks
        .iter()
        .flat_map(|block| if block.columns.is_empty() { std::slice::from_ref(block) } else { &block.columns });
    columns.filter(|block| !block.title.is_empty()).map(|block| link(&block.title, format!("#{}", block.id))).collect()
}

fn references(review: &Review) -> Vec<ReferenceView> {
    let view = |reference: &Reference| ReferenceView {
        title: reference.title.clone(),
        href: outside(&reference.url.value).unwrap_or_default(),
        commit: reference.commit.clone().unwrap_or_default(),
        licence: reference.licence.clone().unwrap_or_default(),
    };
    review.references.iter().map(view).collect()
}

fn revision_views(context: &PageContext<'_>, position: ReviewIndex, review: &Review) -> Vec<RevisionView> {
    let view = |revision: &Revision| RevisionView {
        date: context.date(revision.date.value),
        change: context.inline(position, &revision.change),
    };
    let mut revisions: Vec<RevisionView> = review.revisions.iter().map(view).collect();
    revisions.sort_by(|a, b| b.date.iso.cmp(&a.date.iso));
    revisions
}
