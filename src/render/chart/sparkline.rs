//! Counts over time in a drawing as small as a word.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::Trend;
use crate::language::Language;

/// A drawing as small as a word: `chart_sparkline`.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct SparklineView {
    /// What the drawing shows, in a sentence for readers who cannot see it.
    pub alt: String,
    /// The width in user units; the height is 16.
    pub width: usize,
    /// The outline of all columns, as an SVG path.
    pub path: String,
}

/// The columns of a trend as a drawing in a line of text.
pub(in crate::render) fn sparkline(trend: &Trend, language: &Language) -> Option<SparklineView> {
    let (from, to) = (trend.quarters.first()?.0, trend.quarters.last()?.0);
    let most = trend.quarters.iter().map(|(_, count)| count.all).max().filter(|most| *most > 0)?;
    let mut path = String::from("M0 15.5h");
    let width = trend.quarters.len() * 3;
    path.push_str(&format!("{width}v.5h-{width}z"));
    let seen = trend.quarters.iter().enumerate().filter(|(_, (_, count))| count.all > 0);
    for (at, (_, count)) in seen {
        let height = (count.all * 15).div_ceil(most);
        path.push_str(&format!("M{} 16v-{height}h2v{height}z", at * 3));
    }
    let sum: usize = trend.quarters.iter().map(|(_, count)| count.all).sum();
    let (from, to, most) = (from.year().to_string(), to.year().to_string(), most.to_string());
    let alt = language.count("trend.spark", sum, &[("from", &from), ("to", &to), ("most", &most)]);
    Some(SparklineView { alt, width, path })
}
