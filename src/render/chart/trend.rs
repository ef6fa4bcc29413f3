//! How often a factor was seen in each quarter, as columns.

use crate::analysis::{Count, Quarter, Trend};
use crate::language::Language;
use crate::render::chart::{ColumnChartView, LegendView, column_chart};

/// The columns of a trend, the stronger colour where it was the primary factor; none when nothing is drawn.
pub(in crate::render) fn trend_columns(trend: &Trend, name: &str, language: &Language) -> Option<ColumnChartView> {
    let (from, to) = (trend.quarters.first()?.0, trend.quarters.last()?.0);
    trend.quarters.iter().find(|(_, count)| count.all > 0)?;
    let entry = |class: &str, key: &str| LegendView { class: class.to_owned(), name: language.say(key).to_owned() };
    let legend = vec![entry("primary", "factor.primary"), entry("contributing", "factor.contributing")];
    let period = |(at, (quarter, count)): (usize, &(Quarter, Count))| {
        let below = if at == 0 || quarter.number() == 1 { quarter.year().to_string() } else { String::new() };
        (quarter_name(*quarter, language), below, vec![count.primary, count.all - count.primary])
    };
    let periods: Vec<(String, String, Vec<usize>)> = trend.quarters.iter().enumerate().map(period).collect();
    let (from, to) = (quarter_name(from, language), quarter_name(to, language));
    let title = language.fill("trend.title", &[("name", name), ("from", &from), ("to", &to)]);
    Some(column_chart(&title, legend, &periods, language))
}

/// What a trend does not draw, in a sentence; may be empty.
pub(in crate::render) fn trend_rest(trend: &Trend, language: &Language) -> String {
    let first = trend.quarters.first().map(|(quarter, _)| quarter_name(*quarter, language)).unwrap_or_default();
    let part = |key: &str, number: usize| (number > 0).then(|| language.count(key, number, &[("quarter", &first)]));
    let earlier = part("trend.earlier", trend.earlier.all);
    let undated = part("trend.undated", trend.undated.all);
    earlier.into_iter().chain(undated).collect::<Vec<_>>().join(" ")
}

fn quarter_name(quarter: Quarter, language: &Language) -> String {
    language.quarter(quarter.year(), quarter.number())
}
