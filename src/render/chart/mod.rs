//! Charts as templates see them: numbers become places, and every chart is also a table and a sentence.

mod columns;
mod durations;
mod incidents;
pub mod matrix;
mod scale;
pub mod sparkline;
mod stacked_bars;
pub mod trend;

pub use columns::{ColumnChartView, ColumnPartView, CountLineView, column_chart};
pub use durations::{
    DurationChartView, DurationDrawing, DurationPointView, DurationRow, DurationRowView, LEAST_DISTRIBUTED,
    MOST_POINTS, QuartilesView, duration_chart,
};
pub(super) use durations::{metric_of, text as duration_text};
pub use incidents::{
    IncidentBandView, IncidentLineView, IncidentShapeView, IncidentsView, NamedIncident, incidents_chart,
};
pub use stacked_bars::{BarPartView, StackedBar, StackedBarView, StackedBarsView, share_bars, stacked_bars};

use schemars::JsonSchema;
use serde::Serialize;

/// A table: what a chart shows, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, JsonSchema, Serialize)]
pub struct TableView {
    /// What the table holds, shown as its caption.
    pub caption: String,
    /// The headings of the columns.
    pub columns: Vec<String>,
    /// The rows from top to bottom, with a cell for each column.
    pub rows: Vec<RowView>,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, JsonSchema, Serialize)]
pub struct RowView {
    /// The heading of the row.
    pub head: String,
    /// The cells after the heading, in the order of the columns.
    pub cells: Vec<String>,
}

/// A line across a chart, with its words.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct TickView {
    /// Where it stands, in tenths of a percent from the left.
    pub x: u32,
    /// Its words; empty where they would run into others.
    pub label: String,
    /// On which side of the line they stand: `start`, `middle` or `end`.
    pub anchor: &'static str,
}

/// An entry of a legend.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct LegendView {
    /// The class that gives the colour.
    pub class: String,
    /// What the colour stands for: `Overdue`.
    pub name: String,
}

/// A share of a whole in tenths of a percent.
fn share(part: usize, whole: usize) -> u32 {
    u32::try_from(part * 1000 / whole.max(1)).unwrap_or(1000)
}
