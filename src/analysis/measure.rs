//! What can be counted and measured over all reviews of one group.

use std::collections::BTreeMap;

use chrono::Datelike;

use super::distribution::Sample;
use crate::model::{
    Corpus, Detection, Group, Kind, MetricKind, Metrics, PhaseMark, Policy, Question, Review, ReviewIndex, Verdict,
    Words,
};

/// The durations that are measured, in the order in which they are shown.
pub const MEASURED: [MetricKind; 6] = [
    MetricKind::TimeToDetect,
    MetricKind::TimeToRespond,
    MetricKind::TimeToMitigate,
    MetricKind::TimeToResolve,
    MetricKind::TimeOfImpact,
    MetricKind::Exposure,
];

/// A month, a quarter or a year: its year, and its number from 1 within the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Period {
    /// A month.
    Month(i32, u32),
    /// A quarter.
    Quarter(i32, u32),
    /// A year.
    Year(i32),
}

impl Period {
    /// The month, quarter or year in which the months since year 0 have a number.
    fn of(unit: Unit, month: i32) -> Self {
        let (year, number) = (month.div_euclid(12), month.rem_euclid(12).unsigned_abs());
        match unit {
            Unit::Month => Self::Month(year, number + 1),
            Unit::Quarter => Self::Quarter(year, number / 3 + 1),
            Unit::Year => Self::Year(year),
        }
    }

    /// Its year.
    pub fn year(self) -> i32 {
        match self {
            Self::Month(year, _) | Self::Quarter(year, _) | Self::Year(year) => year,
        }
    }
}

/// How finely time is divided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// By months.
    #[default]
    Month,
    /// By quarters.
    Quarter,
    /// By years.
    Year,
}

/// The reviews of each period by severity.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    /// How finely time is divided: the longer the time, the coarser.
    pub unit: Unit,
    /// Every period from the first review to the last, with the number of reviews of each severity of the policy, and at
    /// the end of those without one. At most the last forty.
    pub periods: Vec<(Period, Vec<usize>)>,
    /// How many reviews lie before these periods.
    pub earlier: usize,
}

/// The durations of one kind, in groups.
#[derive(Clone, Debug)]
pub struct Sampled {
    /// The duration that was measured.
    pub kind: MetricKind,
    /// The durations of all reviews together.
    pub all: Sample,
    /// Those of each severity that has any review, by its rank.
    pub severities: Vec<(usize, Sample)>,
    /// Those of each quarter or year that has any review.
    pub periods: Vec<(Period, Sample)>,
}

/// How many reviews of a severity were held within the days that the policy gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewTimeliness {
    /// The rank of the severity.
    pub severity: usize,
    /// How many days after the resolution the policy allows.
    pub within: u64,
    /// Reviews held within these days.
    pub in_time: usize,
    /// Held later.
    pub late: usize,
    /// Those that do not say when they were held, or when the incident was resolved.
    pub unknown: usize,
}

/// The answers to one question about the response.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// How many reviews answer yes.
    pub yes: usize,
    /// How many reviews answer partly.
    pub partly: usize,
    /// The positions of the reviews that say no, the newest first.
    pub no: Vec<ReviewIndex>,
    /// How many say nothing.
    pub unanswered: usize,
}

/// What all reviews of one group say together. Withdrawn ones are left out.
#[derive(Clone, Debug)]
pub struct Measures {
    /// Whose incidents these are.
    pub group: Group,
    /// The number of reviews.
    pub reviews: usize,
    /// How many of them are near misses.
    pub near_misses: usize,
    /// How many reviews are left out, because they were withdrawn.
    pub withdrawn: usize,
    /// The durations, in the order of [`MEASURED`].
    pub sampled: Vec<Sampled>,
    /// The reviews by period and severity.
    pub calendar: Calendar,
    /// Who or what noticed first, in the order of the vocabulary.
    pub detection: Vec<(Detection, usize)>,
    /// How many do not say who noticed first.
    pub undetected: usize,
    /// For each severity with a limit and with reviews: how many were held in time.
    pub held: Vec<ReviewTimeliness>,
    /// The answers to the questions, in the order of the vocabulary.
    pub answers: Vec<(Question, Answers)>,
    /// How many say what should change in monitoring, alerting, staffing or access.
    pub controls: usize,
}

impl Measures {
    /// Measures the reviews of a group.
    pub(super) fn new(corpus: &Corpus, metrics: &[Metrics], group: Group) -> Self {
        let all = corpus.indexed().zip(metrics);
        let all = all.map(|((position, review), metrics)| Measured { position, review, metrics });
        let of_it = all.filter(|of| of.review.group() == group);
        let (withdrawn, reviews): (Vec<_>, Vec<_>) = of_it.partition(|of| of.review.is_withdrawn());
        let policy = &corpus.policy;
        let calendar = calendar(&reviews, policy);
        let unit = if calendar.unit == Unit::Month { Unit::Quarter } else { Unit::Year };
        let count = |wanted: &dyn Fn(&Review) -> bool| reviews.iter().filter(|of| wanted(of.review)).count();
        let noticed = |by: Detection| (by, count(&|review| review.response.detection == Some(by)));
        Self {
            group,
            reviews: reviews.len(),
            near_misses: count(&|review| review.kind == Kind::NearMiss),
            withdrawn: withdrawn.len(),
            sampled: MEASURED.map(|kind| sampled(&reviews, policy, kind, unit)).into(),
            calendar,
            detection: Detection::WORDS.iter().map(|(_, by)| noticed(*by)).collect(),
            undetected: count(&|review| review.response.detection.is_none()),
            held: held(&reviews, policy),
            answers: Question::WORDS.iter().map(|(_, question)| (*question, answers(&reviews, *question))).collect(),
            controls: count(&|review| review.response.controls.is_some()),
        }
    }
}

/// A review that is measured, with its position in the corpus.
#[derive(Clone, Copy)]
struct Measured<'a> {
    position: ReviewIndex,
    review: &'a Review,
    metrics: &'a Metrics,
}

fn rank(review: &Review, policy: &Policy) -> Option<usize> {
    policy.severity(&review.severity.as_ref()?.value).map(|(rank, _)| rank)
}

/// The number of the month since year 0.
fn month(review: &Review) -> Option<i32> {
    review.date().map(|day| day.year() * 12 + day.month0().cast_signed())
}

fn sampled(reviews: &[Measured<'_>], policy: &Policy, kind: MetricKind, unit: Unit) -> Sampled {
    let mut all = Sample::default();
    let mut severities: BTreeMap<usize, Sample> = BTreeMap::new();
    let mut periods: BTreeMap<Period, Sample> = BTreeMap::new();
    for &Measured { position, review, metrics } in reviews {
        let metric = metrics.get(kind);
        all.add(metric, position);
        if let Some(rank) = rank(review, policy) {
            severities.entry(rank).or_default().add(metric, position);
        }
        if let Some(month) = month(review) {
            periods.entry(Period::of(unit, month)).or_default().add(metric, position);
        }
    }
    all.sort();
    severities.values_mut().chain(periods.values_mut()).for_each(Sample::sort);
    Sampled { kind, all, severities: severities.into_iter().collect(), periods: periods.into_iter().collect() }
}

/// The greatest number of periods in the calendar.
const PERIODS: usize = 40;

fn calendar(reviews: &[Measured<'_>], policy: &Policy) -> Calendar {
    let months: Vec<(i32, Option<usize>)> =
        reviews.iter().filter_map(|of| Some((month(of.review)?, rank(of.review, policy)))).collect();
    let (Some(first), Some(last)) = (months.iter().map(|(at, _)| *at).min(), months.iter().map(|(at, _)| *at).max())
    else {
        return Calendar::default();
    };
    let (unit, size) = match last - first {
        ..36 => (Unit::Month, 1),
        36..117 => (Unit::Quarter, 3),
        _ => (Unit::Year, 12),
    };
    let end = last.div_euclid(size);
    let begin = first.div_euclid(size).max(end - PERIODS as i32 + 1);
    let none = vec![0; policy.severities.len() + 1];
    let mut periods: Vec<(Period, Vec<usize>)> =
        (begin..=end).map(|at| (Period::of(unit, at * size), none.clone())).collect();
    let mut earlier = 0;
    for (month, rank) in months {
        match usize::try_from(month.div_euclid(size) - begin) {
            Ok(at) => periods[at].1[rank.unwrap_or(policy.severities.len())] += 1,
            Err(_) => earlier += 1,
        }
    }
    Calendar { unit, periods, earlier }
}

fn held(reviews: &[Measured<'_>], policy: &Policy) -> Vec<ReviewTimeliness> {
    let mut held: Vec<ReviewTimeliness> = Vec::new();
    for (severity, definition) in policy.severities.iter().enumerate() {
        let Some(within) = definition.review_within else { continue };
        held.push(ReviewTimeliness { severity, within, in_time: 0, late: 0, unknown: 0 });
    }
    for Measured { review, .. } in reviews {
        let Some(of) = rank(review, policy).and_then(|rank| held.iter_mut().find(|held| held.severity == rank)) else {
            continue;
        };
        let resolved = review.timeline.last(PhaseMark::Resolved).map(|moment| moment.latest().date());
        let days = review.reviewed.as_ref().zip(resolved).map(|(held, resolved)| (held.value - resolved).num_days());
        match days {
            None => of.unknown += 1,
            Some(days) if u64::try_from(days).is_ok_and(|days| days > of.within) => of.late += 1,
            Some(_) => of.in_time += 1,
        }
    }
    held.retain(|held| held.in_time + held.late + held.unknown > 0);
    held
}

fn answers(reviews: &[Measured<'_>], question: Question) -> Answers {
    let mut answers = Answers::default();
    for Measured { position, review, .. } in reviews {
        let given = review.response.answers.iter().find(|given| given.question == question);
        match given.map(|given| given.answer.verdict) {
            Some(Verdict::Yes) => answers.yes += 1,
            Some(Verdict::Partly) => answers.partly += 1,
            Some(Verdict::No) => answers.no.push(*position),
            Some(Verdict::Unknown) | None => answers.unanswered += 1,
        }
    }
    answers
}
