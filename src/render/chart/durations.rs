//! Durations as points on a line, with the middle half as a box.

use schemars::JsonSchema;
use serde::Serialize;

use super::scale::Scale;
use super::{RowView, TableView, TickView};
use crate::analysis::{Sample, Spread, Value};
use crate::language::Language;
use crate::model::{Metric, MetricKind, Precision};

/// Durations of several groups to one scale.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct DurationChartView {
    /// The title of the chart.
    pub title: String,
    /// A row for each group, such as a severity or a quarter.
    pub rows: Vec<DurationRowView>,
    /// The lines of the scale.
    pub ticks: Vec<TickView>,
    /// The numbers behind the drawing, for readers who cannot see it.
    pub table: TableView,
}

/// The durations of one group, such as of a severity.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct DurationRowView {
    /// The name of the group: `P1 Critical`.
    pub label: String,
    /// The number of durations in the group.
    pub n: usize,
    /// Where they lie, in words.
    pub words: String,
    /// Where each one stands, in tenths of a percent; empty when there are too many to tell apart.
    pub points: Vec<u32>,
    /// Where each one stands when there are many: the path of fine lines in a drawing 1000 wide and 24 high; else empty.
    pub lines: String,
    /// The middle half; none when there are too few for quartiles.
    pub quartiles: Option<QuartilesView>,
}

/// Where the quartiles stand, in tenths of a percent.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct QuartilesView {
    /// Where the shortest duration stands.
    pub least: u32,
    /// Where the lower quartile stands: a quarter of the durations is shorter.
    pub lower: u32,
    /// Where the median stands.
    pub median: u32,
    /// Where the upper quartile stands: a quarter of the durations is longer.
    pub upper: u32,
    /// Where the longest duration stands.
    pub most: u32,
}

/// A group: its name, its durations, and how many of them a drawing may show one by one.
pub struct DurationRow<'a> {
    /// The name of the group, shown before its row.
    pub label: String,
    /// The durations of the group, the shortest first.
    pub sample: &'a Sample,
    /// Whether many are drawn as fine lines, or as the box alone.
    pub drawing: ManyDurations,
}

/// How many durations are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ManyDurations {
    /// A fine line for each place.
    Lines,
    /// The box of the quartiles alone, without single durations.
    Box,
}

/// With fewer durations there are no quartiles: the points say all.
const FEW: usize = 5;
/// More points than these run into each other.
const MANY: usize = 60;

/// The chart of several groups.
pub fn duration_chart(title: &str, rows: &[DurationRow<'_>], language: &Language) -> DurationChartView {
    let values = rows.iter().flat_map(|row| row.sample.values.iter().map(|value| value.seconds));
    let scale = Scale::new(values);
    let columns = ["incidents", "shortest", "lower", "median", "upper", "longest", "coarse", "missing"].map(|column| {
        let name = language.say(&format!("chart.{column}"));
        name.to_owned()
    });
    let table = TableView {
        caption: title.to_owned(),
        columns: columns.into(),
        rows: rows.iter().map(|row| numbers(row, language)).collect(),
    };
    let rows = rows.iter().map(|row| view(row, &scale, language)).collect();
    DurationChartView { title: title.to_owned(), rows, ticks: scale.ticks(language), table }
}

fn view(row: &DurationRow<'_>, scale: &Scale, language: &Language) -> DurationRowView {
    let values = &row.sample.values;
    let mut places: Vec<u32> = values.iter().map(|value| scale.x(value.seconds)).collect();
    let spread = row.sample.spread().filter(|_| values.len() >= FEW);
    let quartiles = spread.map(|spread| QuartilesView {
        least: scale.x(spread.least),
        lower: scale.x(spread.lower),
        median: scale.x(spread.median),
        upper: scale.x(spread.upper),
        most: scale.x(spread.most),
    });
    let mut lines = String::new();
    if places.len() > MANY {
        places.dedup();
        if row.drawing == ManyDurations::Lines {
            lines = places.iter().map(|x| format!("M{x} 0v24")).collect();
        }
        places.clear();
    }
    DurationRowView {
        label: row.label.clone(),
        n: values.len(),
        words: words(row.sample, spread, language),
        points: places,
        lines,
        quartiles,
    }
}

fn words(sample: &Sample, spread: Option<Spread>, language: &Language) -> String {
    if sample.values.is_empty() {
        return language.say("chart.none").to_owned();
    }
    match spread {
        None => {
            let each = sample.values.iter().map(|value| language.brief_duration(&metric_of(value)));
            let each = language.list(each);
            language.fill("chart.few", &[("values", &each)])
        }
        Some(spread) => {
            let range = language.duration_range(&metric(spread.lower), &metric(spread.upper));
            language.fill("chart.spread", &[("median", &text(spread.median, language)), ("range", &range)])
        }
    }
}

fn numbers(row: &DurationRow<'_>, language: &Language) -> RowView {
    let n = row.sample.values.len();
    let mut cells = vec![n.to_string()];
    match row.sample.spread() {
        Some(spread) => {
            let five = [spread.least, spread.lower, spread.median, spread.upper, spread.most];
            // The ends are there with any number of values; quartiles of three would say more than is known.
            let is_known = |at: usize| n >= FEW || at == 0 || at == 4;
            cells.extend(
                five.iter().enumerate().map(
                    |(at, seconds)| {
                        if is_known(at) { text(*seconds, language) } else { "–".to_owned() }
                    },
                ),
            );
        }
        None => cells.extend(vec!["–".to_owned(); 5]),
    }
    cells.push(row.sample.coarse.to_string());
    cells.push(row.sample.missing.to_string());
    RowView { head: row.label.clone(), cells }
}

/// A duration in words.
pub(in crate::render) fn text(seconds: i64, language: &Language) -> String {
    language.duration(&metric(seconds))
}

/// The duration of one incident. An approximate one counts minutes.
pub(in crate::render) fn metric_of(value: &Value) -> Metric {
    let exact = metric(value.seconds);
    let precision = if value.approximate { Precision::Minute } else { exact.precision };
    Metric { precision, approximate: value.approximate, ..exact }
}

fn metric(seconds: i64) -> Metric {
    let duration = chrono::Duration::try_seconds(seconds).unwrap_or_default();
    Metric { kind: MetricKind::TimeOfImpact, duration, precision: Precision::Second, approximate: false }
}
