//! Charts as templates see them: numbers become places, and every chart is also a table and a sentence.

mod columns;
mod scale;
mod stack;
mod strip;

pub use columns::{ColumnView, ColumnsView, LevelView, columns};
pub use stack::{PartView, StackRow, StackRowView, StackView, stack};
pub use strip::{BoxView, Many, StripRow, StripRowView, StripView, strip};
pub(super) use strip::{metric_of, text as duration_text};

use serde::Serialize;

/// A table: what a chart shows, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TableView {
    /// What it holds.
    pub caption: String,
    /// The headings of the columns.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<RowView>,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RowView {
    /// The heading of the row.
    pub head: String,
    /// The other cells.
    pub cells: Vec<String>,
}

/// A line across a chart, with its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TickView {
    /// Where it stands, in tenths of a percent from the left.
    pub x: u32,
    /// Its words; empty where they would run into others.
    pub label: String,
    /// On which side of the line they stand: `start`, `middle` or `end`.
    pub anchor: &'static str,
}

/// An entry of a legend.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LegendView {
    /// The class that gives the colour.
    pub class: String,
    /// What it means.
    pub name: String,
}

/// A share of a whole in tenths of a percent.
fn share(part: usize, whole: usize) -> u32 {
    u32::try_from(part * 1000 / whole.max(1)).unwrap_or(1000)
}
