//! Shares of a whole, one bar for each whole.

use schemars::JsonSchema;
use serde::Serialize;

use super::{LegendView, RowView, TableView, share};
use crate::language::{Language, uncapitalised};

/// Bars that are divided into parts.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct StackedBarsView {
    /// The title of the chart.
    pub title: String,
    /// The classes of the parts with what each stands for, from left to right.
    pub legend: Vec<LegendView>,
    /// The bars from top to bottom, each with its label.
    pub rows: Vec<StackedBarView>,
    /// The numbers behind the drawing, for readers who cannot see it.
    pub table: TableView,
}

/// One bar of a chart, as a row with its label and words.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct StackedBarView {
    /// The name of the row: an owner, a purpose, a question.
    pub label: String,
    /// Where that leads; may be empty.
    pub href: String,
    /// The sizes of the parts in words: `3 overdue, 1 open`.
    pub words: String,
    /// Its parts from left to right.
    pub parts: Vec<BarPartView>,
}

/// A part of a bar.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct BarPartView {
    /// The class that gives the colour.
    pub class: String,
    /// Where it begins, in tenths of a percent.
    pub x: u32,
    /// How wide it is, in tenths of a percent.
    pub width: u32,
}

/// A bar: its name and the size of each part.
pub struct StackedBar {
    /// The name of the row.
    pub label: String,
    /// Where the name leads; may be empty.
    pub href: String,
    /// The parts, in the order of the legend.
    pub parts: Vec<usize>,
}

/// The chart of several bars. Each is as wide as its sum is of the greatest one.
pub fn stacked_bars(title: &str, legend: Vec<LegendView>, rows: &[StackedBar], language: &Language) -> StackedBarsView {
    let most = rows.iter().map(StackedBar::sum).max().unwrap_or(0);
    bars((title, legend), rows, language, &|_| most)
}

/// The chart of several wholes with their shares. All bars have the full width: a whole of few is as whole as one of many.
pub fn share_bars(title: &str, legend: Vec<LegendView>, rows: &[StackedBar], language: &Language) -> StackedBarsView {
    bars((title, legend), rows, language, &StackedBar::sum)
}

impl StackedBar {
    fn sum(&self) -> usize {
        self.parts.iter().sum()
    }
}

fn bars(
    (title, legend): (&str, Vec<LegendView>),
    rows: &[StackedBar],
    language: &Language,
    full: &dyn Fn(&StackedBar) -> usize,
) -> StackedBarsView {
    let table = TableView {
        caption: title.to_owned(),
        columns: legend.iter().map(|entry| entry.name.clone()).collect(),
        rows: rows
            .iter()
            .map(|row| RowView { head: row.label.clone(), cells: row.parts.iter().map(usize::to_string).collect() })
            .collect(),
    };
    let view = |row: &StackedBar| {
        let most = full(row);
        let mut before = 0;
        let mut parts = Vec::new();
        let mut words = Vec::new();
        for (entry, size) in legend.iter().zip(&row.parts).filter(|(_, size)| **size > 0) {
            let (x, end) = (share(before, most), share(before + size, most));
            before += size;
            parts.push(BarPartView { class: entry.class.clone(), x, width: end - x });
            words.push(if legend.len() == 1 {
                language.number(*size as u64)
            } else {
                language.count("chart.part", *size, &[("name", &uncapitalised(&entry.name))])
            });
        }
        StackedBarView { label: row.label.clone(), href: row.href.clone(), words: language.list(words), parts }
    };
    let rows = rows.iter().map(view).collect();
    StackedBarsView { title: title.to_owned(), rows, legend, table }
}

#[cfg(test)]
mod tests {
    use super::{StackedBar, stacked_bars};
    use crate::language::Language;
    use crate::render::chart::LegendView;

    #[test]
    fn shares_of_few_and_of_many_are_drawn_alike() {
        let legend = vec![LegendView { class: "yes".to_owned(), name: "yes".to_owned() }];
        let row = |all| StackedBar { label: String::new(), href: String::new(), parts: vec![all] };
        let width = |chart: super::StackedBarsView| -> Vec<u32> {
            chart.rows.iter().map(|row| row.parts.iter().map(|part| part.width).sum()).collect()
        };
        let rows = [row(145), row(177)];
        assert_eq!(width(super::share_bars("", legend.clone(), &rows, &Language::english())), [1000, 1000]);
        assert_eq!(width(stacked_bars("", legend, &rows, &Language::english())), [819, 1000]);
    }

    #[test]
    fn parts_join_without_gaps_and_fill_the_longest_bar() {
        let legend = ["yes", "no", "none"].map(|name| LegendView { class: name.to_owned(), name: name.to_owned() });
        let rows = [(vec![1, 1, 1], 1000), (vec![0, 2, 0], 666), (vec![0, 0, 0], 0)];
        let input: Vec<StackedBar> = rows
            .iter()
            .map(|(parts, _)| StackedBar { label: String::new(), href: String::new(), parts: parts.clone() })
            .collect();
        let chart = stacked_bars("", legend.into(), &input, &Language::english());
        for (row, (_, end)) in chart.rows.iter().zip(&rows) {
            let mut at = 0;
            for part in &row.parts {
                assert_eq!(part.x, at);
                at += part.width;
            }
            assert_eq!(at, *end, "{row:?}");
        }
        assert_eq!(chart.rows[1].words, "2 no");
    }
}
