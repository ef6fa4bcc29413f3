//! Durations that follow from a timeline; they are never typed by anybody.

use chrono::Duration;

use super::timeline::{Moment, Timeline};
use super::vocabulary::{MetricKind, PhaseMark, Precision};

/// A duration that a timeline gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Metric {
    /// From which phase to which it runs.
    pub kind: MetricKind,
    /// How long it is, from the earliest that each end can be.
    pub duration: Duration,
    /// How exactly both ends are known.
    pub precision: Precision,
    /// Whether an end is approximate.
    pub approximate: bool,
}

/// The durations that a timeline gives.
#[derive(Clone, Debug, Default)]
pub struct Metrics {
    /// Those that can be derived, in the order of [`MetricKind`].
    pub all: Vec<Metric>,
}

impl Metrics {
    /// Derives every duration whose two marks `timeline` has. A duration that would be negative is left out.
    pub fn derive(timeline: &Timeline) -> Self {
        let impact = timeline.first(PhaseMark::ImpactStarted);
        let first = |phase| timeline.first(phase);
        let pairs = [
            (MetricKind::Exposure, first(PhaseMark::Introduced), impact),
            (MetricKind::TimeToDetect, impact, first(PhaseMark::Detected)),
            (MetricKind::TimeToRespond, impact, first(PhaseMark::Responded)),
            (MetricKind::TimeToMitigate, impact, mitigated_in_first_window(timeline)),
            (MetricKind::TimeToResolve, impact, timeline.last(PhaseMark::Resolved)),
        ];
        let mut all: Vec<Metric> = pairs.into_iter().filter_map(|(kind, from, to)| between(kind, from?, to?)).collect();
        all.extend(time_of_impact(timeline));
        Self { all }
    }

    /// The duration of a kind, if the timeline gives it.
    pub fn get(&self, kind: MetricKind) -> Option<&Metric> {
        self.all.iter().find(|metric| metric.kind == kind)
    }
}

/// The mitigation of the first window: one that follows only after the impact came back ended another one.
fn mitigated_in_first_window(timeline: &Timeline) -> Option<Moment> {
    let second = timeline.phases().filter(|(phase, ..)| *phase == PhaseMark::ImpactStarted).nth(1);
    let mitigated = timeline.first(PhaseMark::Mitigated)?;
    second.is_none_or(|(_, _, entry)| mitigated.at <= entry.at.at).then_some(mitigated)
}

fn between(kind: MetricKind, from: Moment, to: Moment) -> Option<Metric> {
    let duration = to.at - from.at;
    let precision = from.precision.min(to.precision);
    let approximate = from.approximate || to.approximate;
    (duration >= Duration::zero()).then_some(Metric { kind, duration, precision, approximate })
}

/// Each window opens at `Impact started` and closes at the next `Mitigated`, or `Resolved` when that comes first.
fn time_of_impact(timeline: &Timeline) -> Option<Metric> {
    let mut open: Option<Moment> = None;
    let mut sum: Option<Metric> = None;
    for (phase, _, entry) in timeline.phases() {
        match phase {
            PhaseMark::ImpactStarted => {
                open.get_or_insert(entry.at);
            }
            PhaseMark::Mitigated | PhaseMark::Resolved => {
                let Some(from) = open.take() else { continue };
                let window = between(MetricKind::TimeOfImpact, from, entry.at)?;
                sum = Some(match sum {
                    None => window,
                    Some(sum) => Metric {
                        duration: sum.duration + window.duration,
                        precision: sum.precision.min(window.precision),
                        approximate: sum.approximate || window.approximate,
                        ..sum
                    },
                });
            }
            PhaseMark::Introduced | PhaseMark::Detected | PhaseMark::Responded | PhaseMark::CauseIdentified => {}
        }
    }
    if open.is_some() { None } else { sum }
}

/// A unit in which people say durations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeUnit {
    /// A year.
    Year,
    /// A month.
    Month,
    /// A week.
    Week,
    /// A day.
    Day,
    /// An hour.
    Hour,
    /// A minute.
    Minute,
    /// A second.
    Second,
}

/// A duration as people say it, in whole numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spoken {
    /// Both ends are known to the day, and it is the same one.
    LessThanADay,
    /// Both ends are known to the month, and it is the same one or the next.
    AMonthOrLess,
    /// So much of a unit, and so much of a smaller one.
    Amount {
        /// Whether it is rounded, or was never exact.
        about: bool,
        /// How many of the greater unit.
        whole: (i64, TimeUnit),
        /// How many of the smaller unit remain.
        rest: Option<(i64, TimeUnit)>,
    },
}

impl Metric {
    /// How people say it: 27 minutes, 1 hour 5 minutes, 3 days, about 4 months. Hours go up to two days, days up to 90.
    /// An approximate duration has one unit; with coarse precision that is the day, the month or the year.
    pub fn spoken(&self) -> Spoken {
        let about = self.approximate || self.precision < Precision::Minute;
        let (seconds, minutes) = (self.duration.num_seconds(), self.duration.num_minutes());
        let (hours, days) = (self.duration.num_hours(), self.duration.num_days());
        let (whole, rest) = match (self.precision, days, minutes) {
            (_, 730.., _) => (((days + 182) / 365, TimeUnit::Year), None),
            (Precision::Month, 60.., _) | (_, 90.., _) => (((days * 2 + 30) / 61, TimeUnit::Month), None),
            (Precision::Month, ..45, _) => return Spoken::AMonthOrLess,
            (Precision::Month, ..) => ((2, TimeUnit::Month), None),
            (Precision::Day, 0, _) => return Spoken::LessThanADay,
            (Precision::Day, ..) => ((days, TimeUnit::Day), None),
            _ if about => (rounded(seconds, self.precision), None),
            (_, 2.., _) => ((days, TimeUnit::Day), Some((hours % 24, TimeUnit::Hour))),
            (_, _, 60..) => ((hours, TimeUnit::Hour), Some((minutes % 60, TimeUnit::Minute))),
            (Precision::Second, _, 0) if seconds > 0 => ((seconds, TimeUnit::Second), None),
            (Precision::Second, _, 0..=9) => ((minutes, TimeUnit::Minute), Some((seconds % 60, TimeUnit::Second))),
            _ => ((minutes, TimeUnit::Minute), None),
        };
        Spoken::Amount { about, whole, rest: rest.filter(|(number, _)| *number > 0) }
    }
}

/// An approximate duration of less than 90 days, in one unit: fewer than 100 minutes, 48 hours, or days.
fn rounded(seconds: i64, precision: Precision) -> (i64, TimeUnit) {
    let nearest = |unit: i64| (seconds + unit / 2) / unit;
    match seconds {
        ..=119 if precision == Precision::Second => (seconds, TimeUnit::Second),
        ..=599 => (nearest(60).max(1), TimeUnit::Minute),
        600..=3_449 | 3_750..=5_849 => (nearest(300) * 5, TimeUnit::Minute),
        3_450..=3_749 => (1, TimeUnit::Hour),
        5_850..=170_999 => (nearest(3_600), TimeUnit::Hour),
        171_000.. => (nearest(86_400), TimeUnit::Day),
    }
}
