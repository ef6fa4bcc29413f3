//! Durations of several incidents, as they are spread.

use chrono::Duration;

use crate::model::{Metric, Precision, ReviewIndex};

/// A duration and the review it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Value {
    /// How long, in seconds.
    pub seconds: i64,
    /// The review.
    pub review: ReviewIndex,
    /// Whether an end is approximate.
    pub approximate: bool,
}

/// The durations of one kind in a group of reviews.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sample {
    /// Those known to the minute or better, the shortest first.
    pub values: Vec<Value>,
    /// How many are known to the day or the month only. They would look more exact than they are.
    pub coarse: usize,
    /// How many reviews do not give it.
    pub missing: usize,
}

/// Where the durations of a sample lie, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread {
    /// The shortest.
    pub least: i64,
    /// A quarter is at most this long.
    pub lower: i64,
    /// Half is at most this long.
    pub median: i64,
    /// Three quarters are at most this long.
    pub upper: i64,
    /// The longest.
    pub most: i64,
}

impl Sample {
    /// Takes in what the review at a position gives. Call [`Sample::sort`] after the last.
    pub(crate) fn add(&mut self, metric: Option<&Metric>, review: ReviewIndex) {
        match metric {
            None => self.missing += 1,
            Some(metric) if metric.precision < Precision::Minute => self.coarse += 1,
            Some(metric) => {
                let (seconds, approximate) = (metric.duration.num_seconds(), metric.approximate);
                self.values.push(Value { seconds, review, approximate });
            }
        }
    }

    /// Puts the shortest first.
    pub(crate) fn sort(&mut self) {
        self.values.sort_unstable();
    }

    /// The spread; none without a value. Between two values the quartiles are interpolated.
    pub fn spread(&self) -> Option<Spread> {
        let (first, last) = (self.values.first()?, self.values.last()?);
        let quartile = |number: usize| {
            let (at, rest) = ((self.values.len() - 1) * number / 4, (self.values.len() - 1) * number % 4);
            let low = self.values[at].seconds;
            let high = self.values.get(at + 1).map_or(low, |value| value.seconds);
            low + (high - low) * rest as i64 / 4
        };
        let (lower, median, upper) = (quartile(1), quartile(2), quartile(3));
        Some(Spread { least: first.seconds, lower, median, upper, most: last.seconds })
    }
}

impl Value {
    /// How long.
    pub fn duration(&self) -> Duration {
        Duration::seconds(self.seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::Sample;
    use super::Spread;
    use super::Value;

    #[test]
    fn quartiles_are_those_of_a_textbook() {
        let sample = |seconds: &[i64]| Sample {
            values: seconds
                .iter()
                .map(|&seconds| Value { seconds, review: crate::model::ReviewIndex(0), approximate: false })
                .collect(),
            ..Sample::default()
        };
        assert_eq!(sample(&[]).spread(), None);
        let one = Spread { least: 7, lower: 7, median: 7, upper: 7, most: 7 };
        assert_eq!(sample(&[7]).spread(), Some(one));
        let spread = Spread { least: 0, lower: 20, median: 40, upper: 60, most: 80 };
        assert_eq!(sample(&[0, 20, 40, 60, 80]).spread(), Some(spread));
        let even = Spread { least: 0, lower: 75, median: 150, upper: 225, most: 300 };
        assert_eq!(sample(&[0, 100, 200, 300]).spread(), Some(even));
    }
}
