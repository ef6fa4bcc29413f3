//! Durations that follow from a timeline; they are never typed by anybody.

use chrono::Duration;

use super::timeline::{Mark, Moment, PhaseMark, Precision, Timeline};

/// Which duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MetricKind {
    /// From the introduction of the weakness to the first impact.
    Exposure,
    /// From the first impact to detection.
    TimeToDetect,
    /// From the first impact to the first response.
    TimeToRespond,
    /// From the first impact to its mitigation.
    TimeToMitigate,
    /// From the first impact to resolution.
    TimeToResolve,
    /// The sum of the windows in which there was impact.
    TimeOfImpact,
}

/// A duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Metric {
    /// Which one.
    pub kind: MetricKind,
    /// How long.
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
    /// Derives whatever `timeline` allows. A duration that would be negative is left out.
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
    for entry in &timeline.entries {
        for mark in &entry.marks {
            match (&mark.value, open) {
                (Mark::Phase(PhaseMark::ImpactStarted), None) => open = Some(entry.at),
                (Mark::Phase(PhaseMark::Mitigated | PhaseMark::Resolved), Some(from)) => {
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
                    open = None;
                }
                _ => {}
            }
        }
    }
    if open.is_some() { None } else { sum }
}

/// A duration for people: "27 min", "1 h 5 min", "3 days", "about 4 months".
/// With coarse precision it is rounded to days or months and called "about".
pub fn human_duration(metric: &Metric) -> String {
    let about = if metric.approximate || metric.precision < Precision::Minute { "about " } else { "" };
    let minutes = metric.duration.num_minutes();
    let days = metric.duration.num_days();
    let text = match (metric.precision, days, minutes) {
        (_, 730.., _) => plural((days + 182) / 365, "year"),
        (Precision::Month, 60.., _) | (_, 90.., _) => plural((days * 2 + 30) / 61, "month"),
        (Precision::Month, ..) => {
            return if days < 45 { "about a month or less".to_owned() } else { "about 2 months".to_owned() };
        }
        (Precision::Day, 0, _) => return "less than a day".to_owned(),
        (Precision::Day, ..) => plural(days, "day"),
        (_, 3.., _) => with_rest(plural(days, "day"), metric.duration.num_hours() % 24, "h"),
        (_, _, 60..) => with_rest(format!("{} h", minutes / 60), minutes % 60, "min"),
        (Precision::Second, _, 0..=9) if metric.duration.num_seconds() % 60 != 0 => {
            let seconds = metric.duration.num_seconds();
            if seconds < 60 { format!("{seconds} s") } else { with_rest(format!("{minutes} min"), seconds % 60, "s") }
        }
        _ => format!("{minutes} min"),
    };
    format!("{about}{text}")
}

fn plural(count: i64, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

fn with_rest(whole: String, rest: i64, unit: &str) -> String {
    if rest == 0 { whole } else { format!("{whole} {rest} {unit}") }
}

#[cfg(test)]
mod tests {
    use super::{Metric, MetricKind, human_duration};
    use crate::model::Precision;
    use chrono::Duration;

    #[test]
    fn durations_read_as_people_say_them() {
        let cases = [
            (Duration::minutes(27), Precision::Minute, "27 min"),
            (Duration::minutes(65), Precision::Minute, "1 h 5 min"),
            (Duration::hours(47), Precision::Minute, "47 h"),
            (Duration::hours(75), Precision::Minute, "3 days 3 h"),
            (Duration::seconds(95), Precision::Second, "1 min 35 s"),
            (Duration::days(122), Precision::Month, "about 4 months"),
            (Duration::days(1), Precision::Day, "about 1 day"),
            (Duration::zero(), Precision::Minute, "0 min"),
        ];
        for (duration, precision, text) in cases {
            let metric = Metric { kind: MetricKind::Exposure, duration, precision, approximate: false };
            assert_eq!(human_duration(&metric), text);
        }
    }
}
