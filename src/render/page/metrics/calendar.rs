//! Reviews over time, and how soon they were held.

use crate::analysis::{Calendar, Measures, Period, ReviewTimeliness, Unit};
use crate::model::TimeUnit;
use crate::render::chart::{ColumnChartView, LegendView, StackedBar, StackedBarsView, column_chart, share_bars};
use crate::render::context::PageContext;
use crate::render::page::metrics::{legend_of, period_name, ranked_severity};

pub(super) fn calendar_chart(context: &PageContext<'_>, calendar: &Calendar) -> Option<ColumnChartView> {
    let ranks = context.analysis.corpus.policy.severities.len();
    // The most severe stands at the bottom, where columns compare best.
    let is_seen = |rank: &usize| calendar.periods.iter().any(|(_, counts)| counts[*rank] > 0);
    let seen: Vec<usize> = (0..=ranks).filter(is_seen).collect();
    let entry = |rank: &usize| LegendView {
        class: if *rank < ranks { format!("severity-fill-{}", (rank + 1).min(5)) } else { "none".to_owned() },
        name: if *rank < ranks { ranked_severity(context, *rank) } else { context.say("severity.none").to_owned() },
    };
    let periods: Vec<(String, String, Vec<usize>)> = calendar
        .periods
        .iter()
        .enumerate()
        .map(|(at, (period, counts))| {
            let begins = matches!(period, Period::Month(_, 1) | Period::Quarter(_, 1) | Period::Year(_));
            let below = if at == 0 || begins { period.year().to_string() } else { String::new() };
            (period_name(*period, &context.site.language), below, seen.iter().map(|rank| counts[*rank]).collect())
        })
        .collect();
    let title = context.say(match calendar.unit {
        Unit::Month => "metrics.calendar_month",
        Unit::Quarter => "metrics.calendar_quarter",
        Unit::Year => "metrics.calendar_year",
    });
    let legend = seen.iter().map(entry).collect();
    (!seen.is_empty()).then(|| column_chart(title, legend, &periods, &context.site.language))
}

pub(super) fn held_chart(context: &PageContext<'_>, measures: &Measures) -> Option<StackedBarsView> {
    let legend =
        legend_of(context, &[("good", "metrics.in_time"), ("bad", "metrics.late"), ("none", "metrics.unknown")]);
    let row = |held: &ReviewTimeliness| {
        let severity = ranked_severity(context, held.severity);
        let days = context.site.language.amount(i64::try_from(held.within).unwrap_or(i64::MAX), TimeUnit::Day);
        StackedBar {
            label: context.site.language.fill("metrics.held_row", &[("severity", &severity), ("days", &days)]),
            href: String::new(),
            parts: vec![held.in_time, held.late, held.unknown],
        }
    };
    let known = measures.held.iter().filter(|held| held.in_time + held.late > 0);
    let rows: Vec<StackedBar> = known.map(row).collect();
    (!rows.is_empty()).then(|| share_bars(context.say("metrics.held_chart"), legend, &rows, &context.site.language))
}
