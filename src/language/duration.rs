//! Durations as a language says them.

use super::Language;
use crate::model::{Metric, Spoken, TimeUnit};

/// How a unit is written.
#[derive(Clone, Copy)]
enum Form {
    /// `12 h`.
    Symbol,
    /// `12 hours`.
    Word,
}

impl Language {
    /// A duration for people: "27 min", "1 h 5 min", "3 days 4 hours", "about 12 hours".
    ///
    /// Units of exact durations under two days are symbols. Longer or approximate durations have words.
    pub fn duration(&self, metric: &Metric) -> String {
        let (about, whole, rest) = match metric.spoken() {
            Spoken::LessThanADay => return self.say("duration.less_than_a_day").to_owned(),
            Spoken::AMonthOrLess => return self.say("duration.a_month_or_less").to_owned(),
            Spoken::Amount { about, whole, rest } => (about, whole, rest),
        };
        let form = if about || !has_symbol(whole.1) { Form::Word } else { Form::Symbol };
        let text = self.units(form, whole, rest);
        if about { self.fill("duration.about", &[("duration", &text)]) } else { text }
    }

    /// A duration where there is little room: like [`Self::duration`], but "~12 h" where that says "about 12 hours".
    pub fn brief_duration(&self, metric: &Metric) -> String {
        self.signed_duration("", metric)
    }

    /// A brief duration with a sign: "+5 min", "~ −12 h". A narrow space keeps tilde and minus apart.
    pub fn signed_duration(&self, sign: &str, metric: &Metric) -> String {
        match metric.spoken() {
            Spoken::Amount { about: true, whole, rest } => {
                let space = if sign.is_empty() { "" } else { "\u{202f}" };
                let duration = format!("{space}{sign}{}", self.units(Form::Symbol, whole, rest));
                self.fill("duration.about_symbols", &[("duration", &duration)])
            }
            Spoken::LessThanADay | Spoken::AMonthOrLess | Spoken::Amount { .. } => {
                format!("{sign}{}", self.duration(metric))
            }
        }
    }

    fn units(&self, form: Form, (number, unit): (i64, TimeUnit), rest: Option<(i64, TimeUnit)>) -> String {
        let whole = self.amount_in(form, number, unit);
        let Some((number, unit)) = rest else { return whole };
        let joined = match form {
            Form::Symbol => "duration.joined_symbols",
            Form::Word => "duration.joined",
        };
        self.fill(joined, &[("whole", &whole), ("rest", &self.amount_in(form, number, unit))])
    }

    /// From a duration to a longer one. The unit stands once where both have the same: "13–35 min".
    pub fn duration_range(&self, from: &Metric, to: &Metric) -> String {
        let (shorter, longer) = (self.duration(from), self.duration(to));
        if shorter == longer {
            return longer;
        }
        match (from.spoken(), to.spoken()) {
            (
                Spoken::Amount { about: false, whole: (number, unit), rest: None },
                Spoken::Amount { about: false, whole: (_, other), rest: None },
            ) if unit == other && has_symbol(unit) => {
                self.fill("duration.range", &[("from", &number.to_string()), ("to", &longer)])
            }
            _ => self.fill("duration.range_of_units", &[("from", &shorter), ("to", &longer)]),
        }
    }

    /// A number of one unit: "3 days", "6 h".
    pub fn amount(&self, number: i64, unit: TimeUnit) -> String {
        self.amount_in(Form::Symbol, number, unit)
    }

    fn amount_in(&self, form: Form, number: i64, unit: TimeUnit) -> String {
        let key = match (unit, form) {
            (TimeUnit::Year, _) => "duration.years",
            (TimeUnit::Month, _) => "duration.months",
            (TimeUnit::Week, _) => "duration.weeks",
            (TimeUnit::Day, _) => "duration.days",
            (TimeUnit::Hour, Form::Symbol) => "duration.hours",
            (TimeUnit::Hour, Form::Word) => "duration.long_hours",
            (TimeUnit::Minute, Form::Symbol) => "duration.minutes",
            (TimeUnit::Minute, Form::Word) => "duration.long_minutes",
            (TimeUnit::Second, Form::Symbol) => "duration.seconds",
            (TimeUnit::Second, Form::Word) => "duration.long_seconds",
        };
        self.count(key, usize::try_from(number).unwrap_or_default(), &[])
    }
}

/// Whether clocks show the unit: its symbol is the same word for one and for many.
fn has_symbol(unit: TimeUnit) -> bool {
    match unit {
        TimeUnit::Hour | TimeUnit::Minute | TimeUnit::Second => true,
        TimeUnit::Year | TimeUnit::Month | TimeUnit::Week | TimeUnit::Day => false,
    }
}
