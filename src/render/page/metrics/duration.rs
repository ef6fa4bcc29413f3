//! Durations over all reviews of a group.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::Sampled;
use crate::language::capitalised;
use crate::render::chart::{DurationChartView, DurationRow, ManyDurations, duration_chart, metric_of};
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
    /// All of them, and those of each severity.
    pub severities: DurationChartView,
    /// Those of each quarter or year; none when there is only one.
    pub periods: Option<DurationChartView>,
    /// The longest ones, at most three.
    pub longest: Vec<LongestView>,
}

/// One of the longest durations.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct LongestView {
    /// The duration in words: `3 days`.
    pub text: String,
    /// The review that tells of it.
    pub review: LinkView,
}

/// The greatest number of periods in a drawing of durations.
const PERIODS_SHOWN: usize = 12;

pub(super) fn duration_view(context: &PageContext<'_>, sampled: &Sampled) -> DurationView {
    let language = &context.site.language;
    let (id, name, meaning) = duration_words(context, sampled.kind);
    let mut rows = vec![DurationRow {
        label: context.say("chart.all").to_owned(),
        sample: &sampled.all,
        drawing: ManyDurations::Lines,
    }];
    rows.extend(sampled.severities.iter().map(|(rank, sample)| DurationRow {
        label: ranked_severity(context, *rank),
        sample,
        drawing: ManyDurations::Box,
    }));
    let last = sampled.periods.iter().rev().take(PERIODS_SHOWN);
    let periods: Vec<DurationRow<'_>> = last
        .filter(|(_, sample)| !sample.values.is_empty())
        .map(|(period, sample)| DurationRow {
            label: period_name(*period, language),
            sample,
            drawing: ManyDurations::Box,
        })
        .collect();
    let longest = sampled.all.values.iter().rev().take(3);
    DurationView {
        id,
        name: name.to_owned(),
        meaning: capitalised(meaning),
        median: median_text(context, sampled).unwrap_or_default(),
        n: sampled.all.values.len(),
        coarse: sampled.all.coarse,
        severities: duration_chart(&language.fill("metrics.by_severity", &[("name", name)]), &rows, language),
        periods: (periods.len() > 1)
            .then(|| duration_chart(&language.fill("metrics.over_time_of", &[("name", name)]), &periods, language)),
        longest: longest
            .map(|value| LongestView {
                text: language.duration(&metric_of(value)),
                review: review_link(context, value.review),
            })
            .collect(),
    }
}
