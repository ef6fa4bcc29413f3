//! Names and medians of durations.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::Sampled;
use crate::model::MetricKind;
use crate::render::chart::duration_text;
use crate::render::context::PageContext;

/// The median of the durations of one kind.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct MedianView {
    /// The name of the duration: `Time to detect`.
    pub name: String,
    /// The median in words: `27 min`.
    pub text: String,
    /// How many durations there are.
    pub n: usize,
}

/// With fewer durations there is no median to speak of.
const FEW: usize = 5;

/// The medians of some durations of the group that the metrics begin with; of too few there are none.
pub(in crate::render) fn median_views(context: &PageContext<'_>, wanted: &[MetricKind]) -> Vec<MedianView> {
    let Some(group) = context.analysis.groups().first().copied() else { return Vec::new() };
    let sampled = context.analysis.measures(group).sampled.iter().filter(|sampled| wanted.contains(&sampled.kind));
    let median = |sampled: &Sampled| {
        let (_, name, _) = duration_words(context, sampled.kind);
        let text = median_text(context, sampled)?;
        Some(MedianView { name: name.to_owned(), text, n: sampled.all.values.len() })
    };
    sampled.filter_map(median).collect()
}

pub(in crate::render) fn median_text(context: &PageContext<'_>, sampled: &Sampled) -> Option<String> {
    let spread = sampled.all.spread().filter(|_| sampled.all.values.len() >= FEW)?;
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
