//! A logarithmic scale of time.

use super::TickView;
use crate::language::Language;
use crate::model::TimeUnit;

/// Where a scale may begin, end and have a line: in seconds, and as it is called.
const MARKS: [(i64, i64, TimeUnit); 11] = [
    (1, 1, TimeUnit::Second),
    (10, 10, TimeUnit::Second),
    (60, 1, TimeUnit::Minute),
    (600, 10, TimeUnit::Minute),
    (3_600, 1, TimeUnit::Hour),
    (21_600, 6, TimeUnit::Hour),
    (86_400, 1, TimeUnit::Day),
    (604_800, 1, TimeUnit::Week),
    (2_629_800, 1, TimeUnit::Month),
    (31_557_600, 1, TimeUnit::Year),
    (315_576_000, 10, TimeUnit::Year),
];

/// The room in tenths of a percent that the words of a line need.
const ROOM: u32 = 150;

/// From durations to places. A logarithmic scale has no zero: durations of nothing stand at a line of their own.
pub(super) struct Scale {
    low: i64,
    high: i64,
    zero: bool,
}

impl Scale {
    /// The scale that holds all `values`.
    pub(super) fn new(values: impl Iterator<Item = i64> + Clone) -> Self {
        let positive = || values.clone().filter(|seconds| *seconds > 0);
        let (least, most) = (positive().min().unwrap_or(60), positive().max().unwrap_or(3_600));
        let marks = || MARKS.iter().map(|(seconds, ..)| *seconds);
        let low = marks().rev().find(|mark| *mark <= least).unwrap_or(1);
        let high = marks().find(|mark| *mark >= most && *mark > low).unwrap_or(most.max(low + 1));
        Self { low, high, zero: values.clone().any(|seconds| seconds <= 0) }
    }

    /// Where a duration stands, in tenths of a percent.
    pub(super) fn x(&self, seconds: i64) -> u32 {
        let left = if self.zero { 120.0 } else { 0.0 };
        if seconds <= 0 {
            return 0;
        }
        let log = |seconds: i64| (seconds as f64).ln();
        let part = (log(seconds) - log(self.low)) / (log(self.high) - log(self.low));
        (left + part.clamp(0.0, 1.0) * (1000.0 - left)).round() as u32
    }

    /// The durations that the scale has lines at, in seconds and in words.
    pub(super) fn marks(&self, language: &Language) -> Vec<(i64, String)> {
        let marks = MARKS.iter().filter(|(seconds, ..)| (self.low..=self.high).contains(seconds));
        marks.map(|(seconds, number, unit)| (*seconds, language.amount(*number, *unit))).collect()
    }

    /// The lines of the scale.
    pub(super) fn ticks(&self, language: &Language) -> Vec<TickView> {
        let mut ticks: Vec<TickView> = Vec::new();
        if self.zero {
            ticks.push(TickView { x: 0, label: "0".to_owned(), anchor: "start" });
        }
        for (seconds, label) in self.marks(language) {
            let x = self.x(seconds);
            let anchor = if x == 0 {
                "start"
            } else if x > 960 {
                "end"
            } else {
                "middle"
            };
            ticks.push(TickView { x, label, anchor });
        }
        let mut free = 0;
        let last = ticks.pop();
        for tick in &mut ticks {
            // The words of the last line stand before it, as a whole.
            if tick.x < free || last.as_ref().is_some_and(|last| tick.x + ROOM * 4 / 3 > last.x) {
                tick.label.clear();
            } else {
                free = tick.x + if tick.anchor == "start" && tick.label == "0" { ROOM / 2 } else { ROOM };
            }
        }
        ticks.extend(last);
        ticks
    }
}

#[cfg(test)]
mod tests {
    use super::Scale;
    use crate::language::Language;

    #[test]
    fn durations_stand_in_order_between_the_ends() {
        let values = [0, 40, 60, 3_600, 90_000];
        let scale = Scale::new(values.into_iter());
        let places = values.map(|seconds| scale.x(seconds));
        assert!(places.is_sorted_by(|a, b| a < b) && places[4] <= 1000, "{places:?}");
        let ticks = scale.ticks(&Language::english());
        assert_eq!((ticks[0].label.as_str(), ticks[1].label.as_str()), ("0", "10\u{a0}s"));
        assert_eq!(ticks.last().map(|tick| (tick.label.as_str(), tick.x)), Some(("1\u{a0}week", 1000)));
        for pair in ticks.windows(2) {
            assert!(pair[0].x < pair[1].x, "{pair:?}");
        }
    }

    #[test]
    fn odd_values_have_a_place() {
        for values in [vec![], vec![0], vec![-5], vec![1], vec![i64::MAX], vec![7; 9], vec![400_000_000_000]] {
            let scale = Scale::new(values.iter().copied());
            assert!(values.iter().all(|seconds| scale.x(*seconds) <= 1000), "{values:?}");
            assert!(!scale.ticks(&Language::english()).is_empty(), "{values:?}");
        }
    }
}
