//! Durations as a language says them.

use super::Language;
use crate::model::{Metric, Spoken, TimeUnit};

impl Language {
    /// A duration for people: "27 min", "1 h 5 min", "3 days", "about 4 months".
    pub fn duration(&self, metric: &Metric) -> String {
        let (about, whole, rest) = match metric.spoken() {
            Spoken::LessThanADay => return self.say("duration.less_than_a_day").to_owned(),
            Spoken::AMonthOrLess => return self.say("duration.a_month_or_less").to_owned(),
            Spoken::Amount { about, whole, rest } => (about, whole, rest),
        };
        let mut text = self.amount(whole.0, whole.1);
        if let Some((rest, unit)) = rest {
            text = self.fill("duration.joined", &[("whole", &text), ("rest", &self.amount(rest, unit))]);
        }
        if about { self.fill("duration.about", &[("duration", &text)]) } else { text }
    }

    /// A number of one unit: "3 days".
    pub fn amount(&self, number: i64, unit: TimeUnit) -> String {
        let key = match unit {
            TimeUnit::Year => "duration.years",
            TimeUnit::Month => "duration.months",
            TimeUnit::Week => "duration.weeks",
            TimeUnit::Day => "duration.days",
            TimeUnit::Hour => "duration.hours",
            TimeUnit::Minute => "duration.minutes",
            TimeUnit::Second => "duration.seconds",
        };
        self.count(key, usize::try_from(number).unwrap_or_default(), &[])
    }
}
