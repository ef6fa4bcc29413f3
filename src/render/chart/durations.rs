//! Durations as points on a line, with the middle half as a box.

use schemars::JsonSchema;
use serde::Serialize;

use super::scale::Scale;
use super::{RowView, TableView, TickView};
use crate::analysis::{Sample, Value};
use crate::language::Language;
use crate::model::{Metric, MetricKind, Precision};
use crate::render::part::link::LinkView;

/// Durations of several groups to one scale.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct DurationChartView {
    /// The title of the chart.
    pub title: String,
    /// A row for each group, such as a severity or a quarter; none for one with fewer than twenty durations.
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
    /// The single durations; empty when there are too many to tell apart.
    pub points: Vec<DurationPointView>,
    /// Where each one stands when there are many: the path of fine lines in a drawing 1000 wide and 24 high; else empty.
    pub lines: String,
    /// The middle half, and both ends.
    pub quartiles: QuartilesView,
}

/// The duration of one incident.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct DurationPointView {
    /// Where it stands, in tenths of a percent.
    pub x: u32,
    /// The title of the review that tells of it.
    pub title: String,
    /// The page of the review.
    pub href: String,
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

/// A group: its name, its durations, and whether a drawing shows them one by one.
pub struct DurationRow<'a> {
    /// The name of the group, shown before its row.
    pub label: String,
    /// The durations of the group, the shortest first.
    pub sample: &'a Sample,
    /// What is drawn beside the box of the quartiles.
    pub drawing: DurationDrawing,
}

/// What is drawn of a group beside the box of its quartiles.
#[derive(Clone, Debug)]
pub enum DurationDrawing {
    /// A point for each duration, with the review that tells of it; a fine line for each place when there are many.
    Each(Vec<LinkView>),
    /// Nothing.
    Box,
}

/// With fewer durations there are no quartiles: a list says more.
pub const LEAST_DISTRIBUTED: usize = 20;
/// More points than these run into each other.
pub const MOST_POINTS: usize = 60;

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
    let rows = rows.iter().filter_map(|row| view(row, &scale, language)).collect();
    DurationChartView { title: title.to_owned(), rows, ticks: scale.ticks(language), table }
}

fn view(row: &DurationRow<'_>, scale: &Scale, language: &Language) -> Option<DurationRowView> {
    let values = &row.sample.values;
    let spread = row.sample.spread().filter(|_| values.len() >= LEAST_DISTRIBUTED)?;
    let (mut points, mut lines) = (Vec::new(), String::new());
    if let DurationDrawing::Each(links) = &row.drawing {
        let places = values.iter().map(|value| scale.x(value.seconds));
        if values.len() > MOST_POINTS {
            let mut places: Vec<u32> = places.collect();
            places.dedup();
            lines = places.iter().map(|x| format!("M{x} 0v24")).collect();
        } else {
            let point = |(x, link): (u32, &LinkView)| {
                let (title, href) = (link.title.clone(), link.href.clone());
                DurationPointView { x, title, href }
            };
            points = places.zip(links).map(point).collect();
        }
    }
    let range = language.duration_range(&metric(spread.lower), &metric(spread.upper));
    Some(DurationRowView {
        label: row.label.clone(),
        n: values.len(),
        words: language.fill("chart.spread", &[("median", &text(spread.median, language)), ("range", &range)]),
        points,
        lines,
        quartiles: QuartilesView {
            least: scale.x(spread.least),
            lower: scale.x(spread.lower),
            median: scale.x(spread.median),
            upper: scale.x(spread.upper),
            most: scale.x(spread.most),
        },
    })
}

fn numbers(row: &DurationRow<'_>, language: &Language) -> RowView {
    let n = row.sample.values.len();
    let mut cells = vec![n.to_string()];
    match row.sample.spread() {
        Some(spread) => {
            let five = [spread.least, spread.lower, spread.median, spread.upper, spread.most];
            // The ends are there with any number of values; quartiles of a few would say more than is known.
            let is_known = |at: usize| n >= LEAST_DISTRIBUTED || at == 0 || at == 4;
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
