//! Facts about an incident: whom it affected, and how long it took.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::Words;
use crate::model::{ImpactKind, Metric, MetricKind, Metrics, Review, ReviewIndex};
use crate::render::context::PageContext;
use crate::render::part::duration::duration_words;
use crate::text::Spanned;

/// A fact: what it is about, and what is said.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct FactView {
    /// What the fact is about, in the language of the site: `Users`, `Services`, `Funds`.
    pub name: String,
    /// What the review says about it, as HTML.
    pub html: String,
}

/// A duration that follows from the marks of the timeline.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct MetricView {
    /// A word for classes: `time-to-detect`.
    pub id: &'static str,
    /// The name of the duration: `Time to detect`.
    pub name: String,
    /// From which moment to which it lasts, in a sentence.
    pub meaning: String,
    /// The duration in words: `27 min`.
    pub text: String,
    /// The duration in ISO 8601: `PT27M`.
    pub iso: String,
}

pub(super) fn impact_facts(context: &PageContext<'_>, position: ReviewIndex, review: &Review) -> Vec<FactView> {
    let fact = |(kind, text): &(Option<ImpactKind>, Spanned<String>)| FactView {
        name: context.say(&impact_name(*kind)).to_owned(),
        html: context.inline(position, &text.value),
    };
    let mut facts: Vec<FactView> = review.impact.texts.iter().map(fact).collect();
    let sums = [("impact.lost", review.impact.funds_lost_usd), ("impact.recovered", review.impact.funds_recovered_usd)];
    facts.extend(sums.into_iter().filter_map(|(key, sum)| {
        Some(FactView { name: context.say(key).to_owned(), html: context.site.language.number(sum?) })
    }));
    facts
}

/// The key of the words for a kind of impact, or for impact as such.
fn impact_name(kind: Option<ImpactKind>) -> String {
    kind.map_or_else(|| "review.impact".to_owned(), |kind| format!("impact.{}", kind.word()))
}

/// The durations, without a time of impact that another one already says.
pub(super) fn duration_facts(context: &PageContext<'_>, metrics: &Metrics) -> Vec<MetricView> {
    let ends = [MetricKind::TimeToMitigate, MetricKind::TimeToResolve];
    let is_said =
        |metric: &Metric| ends.iter().any(|end| metrics.get(*end).is_some_and(|end| end.duration == metric.duration));
    let shown = metrics.all.iter().filter(|metric| metric.kind != MetricKind::TimeOfImpact || !is_said(metric));
    let view = |metric: &Metric| {
        let (id, name, meaning) = duration_words(context, metric.kind);
        MetricView {
            id,
            name: name.to_owned(),
            meaning: meaning.to_owned(),
            text: context.site.language.duration(metric),
            iso: format!("PT{}S", metric.duration.num_seconds()),
        }
    };
    shown.map(view).collect()
}
