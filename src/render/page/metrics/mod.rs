//! What all reviews of a group say together, in numbers.

mod calendar;
pub mod duration;
pub mod response;

use schemars::JsonSchema;
use serde::Serialize;

use super::{PageContent, PageDefinition, Sitemap, Variable};
use crate::analysis::{Measures, Period};
use crate::language::Language;
use crate::model::Group;
use crate::render::chart::{ColumnChartView, LegendView, StackedBarsView};
use crate::render::context::PageContext;
use crate::render::page::metrics::calendar::{calendar_chart, held_chart};
use crate::render::page::metrics::duration::{DurationView, duration_view};
use crate::render::page::metrics::response::{AnsweredNoView, answer_chart, answered_no_views, detection_chart};
use crate::render::part::card::severity_name;
use crate::render::part::link::{LinkView, link};

pub(super) const DEFINITION: PageDefinition = PageDefinition {
    template: "metrics.html",
    kind: "metrics",
    variables: &[Variable::of::<MetricsView>("metrics")],
    sitemap: Sitemap::Listed,
};

pub(super) fn content(context: &PageContext<'_>, group: Group) -> PageContent {
    let view = metrics_view(context, group);
    PageContent::new(&view.title, &view.lead).with("metrics", &view)
}

/// The page of numbers over all reviews of one group: `metrics`.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct MetricsView {
    /// The title of the page.
    pub title: String,
    /// Whose incidents these are and how many, in a sentence.
    pub lead: String,
    /// Whose reviews these are: `own`, `collected` or `sources`.
    pub perspective: &'static str,
    /// The number of reviews that are counted.
    pub reviews: usize,
    /// How many of them are near misses.
    pub near_misses: usize,
    /// How many reviews are left out, because they were withdrawn.
    pub withdrawn: usize,
    /// Links to the metrics of the other groups of reviews.
    pub others: Vec<LinkView>,
    /// The durations that any review gives.
    pub durations: Vec<DurationView>,
    /// The reviews over time, by severity; none when no review has a date.
    pub calendar: Option<ColumnChartView>,
    /// How many reviews are older than the drawing.
    pub earlier: usize,
    /// Who or what noticed first.
    pub detection: Option<StackedBarsView>,
    /// How many reviews were held within the policy.
    pub held: Option<StackedBarsView>,
    /// The answers to the questions about the response.
    pub answers: Option<StackedBarsView>,
    /// The questions that were answered with no, with the newest notes.
    pub answered_no: Vec<AnsweredNoView>,
}

/// The page of numbers for a group.
fn metrics_view(context: &PageContext<'_>, group: Group) -> MetricsView {
    let measures = context.analysis.measures(group);
    let others = context.analysis.groups().into_iter().filter(|other| *other != group);
    let durations = measures.sampled.iter().filter(|sampled| !sampled.all.values.is_empty());
    let (title, lead) = metrics_words(context, measures);
    MetricsView {
        title,
        lead,
        perspective: match group {
            Group::Own => "own",
            Group::Collected => "collected",
            Group::Federated => "sources",
        },
        reviews: measures.reviews,
        near_misses: measures.near_misses,
        withdrawn: measures.withdrawn,
        others: others
            .map(|other| {
                let title = match other {
                    Group::Own => "metrics.other_own",
                    Group::Collected => "metrics.other_collected",
                    Group::Federated => "metrics.other_sources",
                };
                link(
                    context.say(title),
                    context.site.metrics_path(other).map(|path| context.to(path)).unwrap_or_default(),
                )
            })
            .collect(),
        durations: durations.map(|sampled| duration_view(context, sampled)).collect(),
        calendar: calendar_chart(context, &measures.calendar),
        earlier: measures.calendar.earlier,
        detection: detection_chart(context, measures),
        held: held_chart(context, measures),
        answers: answer_chart(context, measures),
        answered_no: answered_no_views(context, &measures.answers),
    }
}

fn metrics_words(context: &PageContext<'_>, measures: &Measures) -> (String, String) {
    let (title, lead) = match measures.group {
        Group::Own => ("metrics.title", "metrics.lead"),
        Group::Collected => ("metrics.title_collected", "metrics.lead_collected"),
        Group::Federated => ("metrics.title_sources", "metrics.lead_sources"),
    };
    (context.say(title).to_owned(), context.site.language.count(lead, measures.reviews, &[]))
}

/// A severity by its rank: `P1 Critical`.
fn ranked_severity(context: &PageContext<'_>, rank: usize) -> String {
    let severity = &context.analysis.corpus.policy.severities[rank];
    format!("{} {}", severity.id, severity_name(context.site, &severity.name)).trim_end().to_owned()
}

/// A legend from classes and keys.
fn legend_of(context: &PageContext<'_>, entries: &[(&str, &str)]) -> Vec<LegendView> {
    let entry =
        |(class, key): &(&str, &str)| LegendView { class: (*class).to_owned(), name: context.say(key).to_owned() };
    entries.iter().map(entry).collect()
}

/// `March 2026`, `2026 Q1` or `2026`.
fn period_name(period: Period, language: &Language) -> String {
    match period {
        Period::Year(year) => year.to_string(),
        Period::Quarter(year, quarter) => language.quarter(year, i32::try_from(quarter).unwrap_or_default()),
        Period::Month(year, month) => chrono::NaiveDate::from_ymd_opt(year, month, 1)
            .map_or_else(|| format!("{year}-{month:02}"), |day| language.month(day)),
    }
}
