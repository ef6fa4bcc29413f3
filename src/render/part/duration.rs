//! Names and medians of durations.

use crate::analysis::Sampled;
use crate::model::MetricKind;
use crate::render::chart::{LEAST_DISTRIBUTED, duration_text};
use crate::render::context::PageContext;

/// The median of the durations of a kind in words; none of too few.
pub(in crate::render) fn median_text(context: &PageContext<'_>, sampled: &Sampled) -> Option<String> {
    let spread = sampled.all.spread().filter(|_| sampled.all.values.len() >= LEAST_DISTRIBUTED)?;
    Some(duration_text(spread.median, &context.site.language))
}

/// A duration: a word for classes, its name, and from what to what it lasts.
pub(in crate::render) fn duration_words<'a>(
    context: &PageContext<'a>,
    kind: MetricKind,
) -> (&'static str, &'a str, &'a str) {
    let id = match kind {
        MetricKind::Exposure => "exposure",
        MetricKind::TimeToDetect => "time-to-detect",
        MetricKind::TimeToRespond => "time-to-respond",
        MetricKind::TimeToMitigate => "time-to-mitigate",
        MetricKind::TimeToResolve => "time-to-resolve",
        MetricKind::TimeOfImpact => "time-of-impact",
    };
    (id, context.say(&format!("metric.{id}")), context.say(&format!("metric.{id}_meaning")))
}
