//! Counts over time as columns that are divided into parts.

use schemars::JsonSchema;
use serde::Serialize;

use super::{LegendView, RowView, TableView, TickView};
use crate::language::Language;

/// Columns, one for each period.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct ColumnChartView {
    /// The title of the chart.
    pub title: String,
    /// A sentence that says what the drawing shows: the sum and the highest column.
    pub words: String,
    /// The classes of the columns with what each stands for, from the bottom up.
    pub legend: Vec<LegendView>,
    /// The columns from left to right.
    pub columns: Vec<ColumnPartView>,
    /// The lines across, with their counts.
    pub levels: Vec<CountLineView>,
    /// The words below the columns.
    pub ticks: Vec<TickView>,
    /// The numbers behind the drawing, for readers who cannot see it.
    pub table: TableView,
}

/// A part of a column, in tenths of a percent across and in pixels down from the top of the drawing.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct ColumnPartView {
    /// The class that gives the colour.
    pub class: String,
    /// The left edge, in tenths of a percent of the width of the drawing.
    pub x: u32,
    /// The width, in tenths of a percent of the width of the drawing.
    pub width: u32,
    /// The upper edge, in pixels from the top of the drawing.
    pub y: u32,
    /// The height in pixels, at least 1.
    pub height: u32,
}

/// A line across the chart that marks a count.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct CountLineView {
    /// How far down from the top, in pixels.
    pub y: u32,
    /// The count that the line stands for.
    pub count: usize,
}

/// The height of the highest column in pixels.
const HEIGHT: usize = 120;
/// The least count at the top: a single incident is no tower.
const LEAST: usize = 4;
/// How much of the width a letter below the columns takes on the narrowest screen, in tenths of a percent.
const LETTER: u32 = 30;
/// Where the highest column begins.
const TOP: usize = 20;

/// The chart of columns: for each its name, the word below it (empty for none), and the size of its parts
/// in the order of the legend.
pub fn column_chart(
    title: &str,
    legend: Vec<LegendView>,
    periods: &[(String, String, Vec<usize>)],
    language: &Language,
) -> ColumnChartView {
    let sum = |parts: &[usize]| parts.iter().sum::<usize>();
    let most = periods.iter().map(|(.., parts)| sum(parts)).max().unwrap_or(0).max(LEAST);
    let y = |count: usize| u32::try_from(TOP + HEIGHT - count * HEIGHT / most).unwrap_or_default();
    let number = periods.len().max(1);
    let edge = |at: usize| u32::try_from(at * 1000 / number).unwrap_or(1000);
    let mut drawn = Vec::new();
    let mut ticks: Vec<TickView> = Vec::new();
    let mut reached = 0;
    for (at, (_, below, parts)) in periods.iter().enumerate() {
        let (left, right) = (edge(at), edge(at + 1));
        let gap = ((right - left) / 5).clamp(2, 40);
        let width = (right - left - gap).max(2);
        let mut under = 0;
        for (entry, size) in legend.iter().zip(parts).filter(|(_, size)| **size > 0) {
            let (top, bottom) = (y(under + size), y(under));
            under += size;
            let class = entry.class.clone();
            drawn.push(ColumnPartView { class, x: left + gap / 2, width, y: top, height: (bottom - top).max(1) });
        }
        let room = LETTER * u32::try_from(below.chars().count()).unwrap_or_default();
        let (x, anchor, from) = match left {
            900.. => (right, "end", right.saturating_sub(room)),
            _ => (left, "start", left),
        };
        if !below.is_empty() && from >= reached {
            ticks.push(TickView { x, label: below.clone(), anchor });
            reached = from + room;
        }
    }
    let half = most / 2;
    let counts = if half > 0 { vec![0, half, most] } else { vec![0, most] };
    let levels = counts.into_iter().map(|count| CountLineView { y: y(count), count }).collect();
    let mut table = table(title, &legend, periods);
    table.columns.push(language.say("chart.all").to_owned());
    let peak = periods.iter().max_by_key(|(.., parts)| sum(parts));
    let words = peak.map_or_else(String::new, |(name, _, parts)| {
        let total = periods.iter().map(|(.., parts)| sum(parts)).sum::<usize>();
        language.count("chart.words", sum(parts), &[("total", &language.number(total as u64)), ("name", name)])
    });
    ColumnChartView { title: title.to_owned(), words, legend, columns: drawn, levels, ticks, table }
}

/// The periods in which there was something, the newest first; the last cell is the sum.
fn table(title: &str, legend: &[LegendView], periods: &[(String, String, Vec<usize>)]) -> TableView {
    let filled = periods.iter().rev().filter(|(.., parts)| parts.iter().any(|size| *size > 0));
    let row = |(name, _, parts): &(String, String, Vec<usize>)| {
        let mut cells: Vec<String> = parts.iter().map(usize::to_string).collect();
        cells.push(parts.iter().sum::<usize>().to_string());
        RowView { head: name.clone(), cells }
    };
    let columns = legend.iter().map(|entry| entry.name.clone()).collect();
    TableView { caption: title.to_owned(), columns, rows: filled.map(row).collect() }
}

#[cfg(test)]
mod tests {
    use super::{HEIGHT, TOP, column_chart};
    use crate::language::Language;
    use crate::render::chart::LegendView;

    #[test]
    fn the_highest_column_has_the_full_height_and_parts_stand_on_each_other() {
        let legend = ["a", "b"].map(|name| LegendView { class: name.to_owned(), name: name.to_owned() });
        let periods: Vec<(String, String, Vec<usize>)> =
            [vec![1, 2], vec![0, 0], vec![5, 5]].map(|parts| (format!("{parts:?}"), String::new(), parts)).into();
        let chart = column_chart("", legend.into(), &periods, &Language::english());
        let bottom = u32::try_from(TOP + HEIGHT).unwrap();
        let of = |from: u32, to: u32| chart.columns.iter().filter(move |part| (from..to).contains(&part.x));
        assert_eq!(of(666, 1000).map(|part| part.height).sum::<u32>(), 120);
        assert_eq!(of(0, 333).map(|part| part.height).sum::<u32>(), 36);
        assert_eq!(of(333, 666).count(), 0);
        assert!(chart.columns.iter().all(|part| part.y + part.height <= bottom && part.x + part.width <= 1000));
        assert_eq!(chart.words, "13 in total. Most in [5, 5]: 10.");
        assert_eq!(chart.table.rows.len(), 2);
    }

    /// At 320 px a letter takes 30 of 1,000 parts, and words that touch are not read.
    #[test]
    fn words_below_columns_never_meet() {
        for number in 1..90_usize {
            let periods: Vec<(String, String, Vec<usize>)> = (0..number)
                .map(|at| {
                    let below = if at % 4 == number % 4 { format!("{}", 2000 + at) } else { String::new() };
                    (String::new(), below, vec![1])
                })
                .collect();
            let chart = column_chart("", Vec::new(), &periods, &Language::english());
            let spans: Vec<(u32, u32)> = chart
                .ticks
                .iter()
                .map(|tick| if tick.anchor == "end" { (tick.x - 120, tick.x) } else { (tick.x, tick.x + 120) })
                .collect();
            assert!(spans.windows(2).all(|pair| pair[0].1 <= pair[1].0), "{number}: {spans:?}");
            assert!(number < 4 || !spans.is_empty());
        }
    }
}
