//! Durations over all reviews of a group.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::Sampled;
use crate::language::capitalised;
use crate::render::chart::{
    DurationChartView, DurationDrawing, DurationRow, LEAST_DISTRIBUTED, MOST_POINTS, duration_chart, metric_of,
};
use crate::render::context::PageContext;
use crate::render::page::metrics::{period_name, ranked_severity};
use crate::render::part::card::review_link;
use crate::render::part::duration::{duration_words, median_text};
use crate::render::part::link::LinkView;

/// The durations of one kind.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct DurationView {
    /// A word for anchors: `time-to-detect`.
    pub id: &'static str,
    /// The name of the duration: `Time to detect`.
    pub name: String,
    /// From which moment to which it lasts, in a sentence.
    pub meaning: String,
    /// The median in words; empty when there are too few for one.
    pub median: String,
    /// The number of durations that are counted.
    pub n: usize,
    /// How many are known to the day or the month only, and left out.
    pub coarse: usize,
    /// All of them, and those of each severity; none when there are too few for a distribution.
    pub severities: Option<DurationChartView>,
    /// Those of each quarter or year; none unless there are two with enough of them.
    pub periods: Option<DurationChartView>,
    /// Whether each point of the drawing is an incident.
    pub has_points: bool,
    /// The incidents, the longest first; at most three when there are too many for points.
    pub longest: Vec<LongestView>,
}

/// A duration of one incident.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct LongestView {
    /// The duration in words: `3 days`.
    pub text: String,
    /// The review that tells of it.
    pub review: LinkView,
}

/// How many of the longest durations are named when there are too many to name all.
const LONGEST_SHOWN: usize = 3;
/// The greatest number of periods in a drawing of durations.
const PERIODS_SHOWN: usize = 12;

pub(super) fn duration_view(context: &PageContext<'_>, sampled: &Sampled) -> DurationView {
    let language = &context.site.language;
    let (id, name, meaning) = duration_words(context, sampled.kind);
    let values = &sampled.all.values;
    let is_distributed = values.len() >= LEAST_DISTRIBUTED;
    let has_points = is_distributed && values.len() <= MOST_POINTS;
    let shown = if values.len() > MOST_POINTS { LONGEST_SHOWN } else { MOST_POINTS };
    let longest = values.iter().rev().take(shown).map(|value| LongestView {
        text: language.duration(&metric_of(value)),
        review: review_link(context, value.review),
    });
    DurationView {
        id,
        name: name.to_owned(),
        meaning: capitalised(meaning),
        median: median_text(context, sampled).unwrap_or_default(),
        n: values.len(),
        coarse: sampled.all.coarse,
        severities: is_distributed.then(|| severity_chart(context, sampled, name)),
        periods: period_chart(context, sampled, name),
        has_points,
        longest: longest.collect(),
    }
}

fn severity_chart(context: &PageContext<'_>, sampled: &Sampled, name: &str) -> DurationChartView {
    let all = &sampled.all;
    let is_few = all.values.len() <= MOST_POINTS;
    let links = all.values.iter().filter(|_| is_few).map(|value| review_link(context, value.review)).collect();
    let label = context.say("chart.all").to_owned();
    let mut rows = vec![DurationRow { label, sample: all, drawing: DurationDrawing::Each(links) }];
    rows.extend(sampled.severities.iter().map(|(rank, sample)| DurationRow {
        label: ranked_severity(context, *rank),
        sample,
        drawing: DurationDrawing::Box,
    }));
    let language = &context.site.language;
    duration_chart(&language.fill("metrics.by_severity", &[("name", name)]), &rows, language)
}

fn period_chart(context: &PageContext<'_>, sampled: &Sampled, name: &str) -> Option<DurationChartView> {
    let language = &context.site.language;
    let last = sampled.periods.iter().rev().take(PERIODS_SHOWN);
    let row =
        |(period, sample)| DurationRow { label: period_name(period, language), sample, drawing: DurationDrawing::Box };
    let rows: Vec<DurationRow<'_>> =
        last.filter(|(_, sample)| !sample.values.is_empty()).map(|(period, sample)| row((*period, sample))).collect();
    let chart = duration_chart(&language.fill("metrics.over_time_of", &[("name", name)]), &rows, language);
    (chart.rows.len() > 1).then_some(chart)
}
