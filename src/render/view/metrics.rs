//! What all reviews say together, in numbers.

use serde::Serialize;

use super::build::{Builder, link};

use super::listing::severity_name;
use super::{DateView, LinkView};
use crate::analysis::{Answers, Calendar, Measures, Period, Sampled, Unit};
use crate::language::{Language, capitalised};
use crate::model::{Detection, Group, MetricKind, Question, ReviewIndex, TimeUnit, Words};
use crate::render::chart::{
    ColumnsView, LegendView, Many, StackRow, StackView, StripRow, StripView, columns, duration_text, stack, strip,
};

/// The page of numbers over all reviews of one group: `metrics`.
#[derive(Clone, Debug, Serialize)]
pub struct MetricsView {
    /// The title of the page.
    pub title: String,
    /// Whose incidents these are and how many, in a sentence.
    pub lead: String,
    /// `own`, `collected` or `sources`.
    pub perspective: &'static str,
    /// The number of reviews that are counted.
    pub reviews: usize,
    /// How many of them are near misses.
    pub near_misses: usize,
    /// How many reviews are left out, because they were withdrawn.
    pub withdrawn: usize,
    /// The same page for the other groups.
    pub others: Vec<LinkView>,
    /// The durations that any review gives.
    pub durations: Vec<DurationView>,
    /// The reviews over time.
    pub calendar: Option<ColumnsView>,
    /// How many reviews are older than the drawing.
    pub earlier: usize,
    /// Who or what noticed first.
    pub detection: Option<StackView>,
    /// How many reviews were held within the policy.
    pub held: Option<StackView>,
    /// The answers to the questions about the response.
    pub answers: Option<StackView>,
    /// The questions that were answered with no, with the newest notes.
    pub no: Vec<NoView>,
}

/// The durations of one kind.
#[derive(Clone, Debug, Serialize)]
pub struct DurationView {
    /// A word for anchors: `time-to-detect`.
    pub id: &'static str,
    /// `Time to detect`.
    pub name: String,
    /// From what to what.
    pub meaning: String,
    /// The median in words; empty when there are too few for one.
    pub median: String,
    /// How many there are.
    pub n: usize,
    /// How many are known to the day or the month only, and left out.
    pub coarse: usize,
    /// All of them, and those of each severity.
    pub severities: StripView,
    /// Those of each quarter or year; none when there is only one.
    pub periods: Option<StripView>,
    /// The longest ones, at most three.
    pub longest: Vec<LongestView>,
}

/// The median of the durations of one kind.
#[derive(Clone, Debug, Serialize)]
pub struct MedianView {
    /// `Time to detect`.
    pub name: String,
    /// The median in words.
    pub text: String,
    /// How many durations there are.
    pub n: usize,
}

/// One of the longest durations.
#[derive(Clone, Debug, Serialize)]
pub struct LongestView {
    /// How long.
    pub text: String,
    /// The review.
    pub review: LinkView,
}

/// A question that was answered with no.
#[derive(Clone, Debug, Serialize)]
pub struct NoView {
    /// The question.
    pub question: String,
    /// A word for anchors.
    pub id: String,
    /// How often it was.
    pub count: usize,
    /// The newest reviews that say so, at most five.
    pub notes: Vec<NoteView>,
}

/// What a review says to its answer.
#[derive(Clone, Debug, Serialize)]
pub struct NoteView {
    /// The review, at the answers.
    pub review: LinkView,
    /// The day of the incident.
    pub date: Option<DateView>,
    /// The note, as HTML; may be empty.
    pub note: String,
}

/// The greatest number of notes to a question.
const NOTES: usize = 5;
/// The greatest number of periods in a drawing of durations.
const PERIODS: usize = 12;
/// With fewer durations there is no median to speak of.
const FEW: usize = 5;

impl Builder<'_> {
    /// The page of numbers for a group.
    pub(super) fn metrics(&self, group: Group) -> MetricsView {
        let measures = self.analysis.measures(group);
        let others = self.analysis.groups().into_iter().filter(|other| *other != group);
        let durations =
            measures.sampled.iter().filter(|sampled| !sampled.all.values.is_empty() || sampled.all.coarse > 0);
        let (title, lead) = self.metrics_words(measures);
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
                    link(self.say(title), self.site.metrics_path(other).map(|path| self.to(path)).unwrap_or_default())
                })
                .collect(),
            durations: durations.map(|sampled| self.duration(sampled)).collect(),
            calendar: self.calendar(&measures.calendar),
            earlier: measures.calendar.earlier,
            detection: self.noticed(measures),
            held: self.held(measures),
            answers: self.answers(measures),
            no: self.no(&measures.answers),
        }
    }

    /// The medians of some durations of the group that the metrics begin with; of too few there are none.
    pub(super) fn medians(&self, wanted: &[MetricKind]) -> Vec<MedianView> {
        let Some(group) = self.analysis.groups().first().copied() else { return Vec::new() };
        let sampled = self.analysis.measures(group).sampled.iter().filter(|sampled| wanted.contains(&sampled.kind));
        let median = |sampled: &Sampled| {
            let (_, name, _) = self.metric_words(sampled.kind);
            let text = self.median(sampled)?;
            Some(MedianView { name: name.to_owned(), text, n: sampled.all.values.len() })
        };
        sampled.filter_map(median).collect()
    }

    fn median(&self, sampled: &Sampled) -> Option<String> {
        let spread = sampled.all.spread().filter(|_| sampled.all.values.len() >= FEW)?;
        Some(duration_text(spread.median, &self.site.language))
    }

    fn metrics_words(&self, measures: &Measures) -> (String, String) {
        let (title, lead) = match measures.group {
            Group::Own => ("metrics.title", "metrics.lead"),
            Group::Collected => ("metrics.title_collected", "metrics.lead_collected"),
            Group::Federated => ("metrics.title_sources", "metrics.lead_sources"),
        };
        (self.say(title).to_owned(), self.site.language.count(lead, measures.reviews, &[]))
    }

    fn duration(&self, sampled: &Sampled) -> DurationView {
        let language = &self.site.language;
        let (id, name, meaning) = self.metric_words(sampled.kind);
        let mut rows =
            vec![StripRow { label: self.say("chart.all").to_owned(), sample: &sampled.all, many: Many::Lines }];
        rows.extend(sampled.severities.iter().map(|(rank, sample)| StripRow {
            label: self.ranked_severity(*rank),
            sample,
            many: Many::Box,
        }));
        let last = sampled.periods.iter().rev().take(PERIODS);
        let periods: Vec<StripRow<'_>> = last
            .filter(|(_, sample)| !sample.values.is_empty())
            .map(|(period, sample)| StripRow { label: period_name(*period, language), sample, many: Many::Box })
            .collect();
        let longest = sampled.all.values.iter().rev().take(3);
        DurationView {
            id,
            name: name.to_owned(),
            meaning: capitalised(meaning),
            median: self.median(sampled).unwrap_or_default(),
            n: sampled.all.values.len(),
            coarse: sampled.all.coarse,
            severities: strip(&language.fill("metrics.by_severity", &[("name", name)]), &rows, language),
            periods: (periods.len() > 1)
                .then(|| strip(&language.fill("metrics.over_time_of", &[("name", name)]), &periods, language)),
            longest: longest
                .map(|value| LongestView {
                    text: duration_text(value.seconds, language),
                    review: self.review_link(value.review),
                })
                .collect(),
        }
    }

    /// A severity by its rank: `P1 Critical`.
    fn ranked_severity(&self, rank: usize) -> String {
        let severity = &self.analysis.corpus.policy.severities[rank];
        format!("{} {}", severity.id, severity_name(self.site, &severity.name)).trim_end().to_owned()
    }

    fn calendar(&self, calendar: &Calendar) -> Option<ColumnsView> {
        let ranks = self.analysis.corpus.policy.severities.len();
        // The most severe stands at the bottom, where columns compare best.
        let is_seen = |rank: &usize| calendar.periods.iter().any(|(_, counts)| counts[*rank] > 0);
        let seen: Vec<usize> = (0..=ranks).filter(is_seen).collect();
        let entry = |rank: &usize| LegendView {
            class: if *rank < ranks { format!("severity-fill-{}", (rank + 1).min(5)) } else { "none".to_owned() },
            name: if *rank < ranks { self.ranked_severity(*rank) } else { self.say("severity.none").to_owned() },
        };
        let periods: Vec<(String, String, Vec<usize>)> = calendar
            .periods
            .iter()
            .enumerate()
            .map(|(at, (period, counts))| {
                let begins = matches!(period, Period::Month(_, 1) | Period::Quarter(_, 1) | Period::Year(_));
                let below = if at == 0 || begins { period.year().to_string() } else { String::new() };
                (period_name(*period, &self.site.language), below, seen.iter().map(|rank| counts[*rank]).collect())
            })
            .collect();
        let title = self.say(match calendar.unit {
            Unit::Month => "metrics.calendar_month",
            Unit::Quarter => "metrics.calendar_quarter",
            Unit::Year => "metrics.calendar_year",
        });
        let legend = seen.iter().map(entry).collect();
        (!seen.is_empty()).then(|| columns(title, legend, &periods, &self.site.language))
    }

    fn held(&self, measures: &Measures) -> Option<StackView> {
        let legend =
            self.legend_of(&[("good", "metrics.in_time"), ("bad", "metrics.late"), ("none", "metrics.unknown")]);
        let row = |held: &crate::analysis::ReviewTimeliness| {
            let severity = self.ranked_severity(held.severity);
            let days = self.site.language.amount(i64::try_from(held.within).unwrap_or(i64::MAX), TimeUnit::Day);
            StackRow {
                label: self.site.language.fill("metrics.held_row", &[("severity", &severity), ("days", &days)]),
                href: String::new(),
                parts: vec![held.in_time, held.late, held.unknown],
            }
        };
        let rows: Vec<StackRow> = measures.held.iter().map(row).collect();
        (!rows.is_empty()).then(|| stack(self.say("metrics.held_chart"), legend, &rows, &self.site.language))
    }

    fn no(&self, answers: &[(Question, Answers)]) -> Vec<NoView> {
        let asked = answers.iter().filter(|(_, answers)| !answers.no.is_empty());
        let view = |(asked, answers): &(Question, Answers)| NoView {
            question: self.question(*asked).to_owned(),
            id: format!("no-{}", asked.word().replace('_', "-")),
            count: answers.no.len(),
            notes: answers.no.iter().take(NOTES).map(|position| self.note(*position, *asked)).collect(),
        };
        asked.map(view).collect()
    }

    fn note(&self, position: ReviewIndex, asked: Question) -> NoteView {
        let review = &self.analysis.corpus.reviews[position];
        let mut place = self.review_link(position);
        place.href.push_str("#response");
        let given = review.response.answers.iter().find(|given| given.question == asked);
        let note = given.and_then(|given| given.answer.note.as_ref());
        NoteView {
            review: place,
            date: review.date().map(|day| self.date(day)),
            note: note.map(|note| self.inline(position, note)).unwrap_or_default(),
        }
    }

    fn noticed(&self, measures: &Measures) -> Option<StackView> {
        let row = |key: &str, number: usize| StackRow {
            label: self.say(&format!("detection.{key}")).to_owned(),
            href: String::new(),
            parts: vec![number],
        };
        let known = measures.detection.iter().filter(|(_, number)| *number > 0);
        let mut rows: Vec<StackRow> = known.map(|(by, number)| row(Detection::word(*by), *number)).collect();
        if rows.is_empty() {
            return None;
        }
        if measures.undetected > 0 {
            rows.push(row("none", measures.undetected));
        }
        let legend = self.legend_of(&[("plain", "metrics.reviews")]);
        Some(stack(self.say("metrics.detection_chart"), legend, &rows, &self.site.language))
    }

    fn answers(&self, measures: &Measures) -> Option<StackView> {
        let legend = self.legend_of(&[
            ("good", "verdict.yes"),
            ("partly", "verdict.partly"),
            ("bad", "verdict.no"),
            ("none", "verdict.none"),
        ]);
        let row = |(asked, answers): &(Question, Answers)| StackRow {
            label: self.question(*asked).to_owned(),
            href: String::new(),
            parts: vec![answers.yes, answers.partly, answers.no.len(), answers.unanswered],
        };
        let mut rows: Vec<StackRow> = measures.answers.iter().map(row).collect();
        // The seventh question asks for words; it can only be answered or not.
        rows.push(StackRow {
            label: self.say("question.controls").to_owned(),
            href: String::new(),
            parts: vec![measures.controls, 0, 0, measures.reviews - measures.controls],
        });
        let any = rows.iter().any(|row| row.parts[..3].iter().any(|number| *number > 0));
        any.then(|| stack(self.say("metrics.answers_chart"), legend, &rows, &self.site.language))
    }

    /// A legend from classes and keys.
    fn legend_of(&self, entries: &[(&str, &str)]) -> Vec<LegendView> {
        let entry =
            |(class, key): &(&str, &str)| LegendView { class: (*class).to_owned(), name: self.say(key).to_owned() };
        entries.iter().map(entry).collect()
    }
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
