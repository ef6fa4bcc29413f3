//! Numbers and days as a language writes them.

use chrono::{Datelike, NaiveDate};

use super::Language;

impl Language {
    /// A whole number: `12,345`. Digits are Western ones in every language, as they are in times and identifiers.
    pub fn number(&self, number: u64) -> String {
        let digits = number.to_string();
        // No language parts fewer digits.
        if digits.len() < 4 {
            return digits;
        }
        let least: usize = self.say("number.grouped_from_digits").parse().unwrap_or(4);
        if digits.len() < least {
            return digits;
        }
        let groups: Vec<&str> =
            digits.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).unwrap_or_default()).collect();
        groups.join(self.say("number.separator"))
    }

    /// A day: `4 March 2024`.
    pub fn day(&self, day: NaiveDate) -> String {
        self.date("date.day", "date.months", day)
    }

    /// A day of a year that is known, in short: `4 Mar`.
    pub fn short_day(&self, day: NaiveDate) -> String {
        self.date("date.short_day", "date.short_months", day)
    }

    /// The month of a day: `March 2024`.
    pub fn month(&self, day: NaiveDate) -> String {
        self.date("date.month", "date.months", day)
    }

    /// A quarter of a year: `2024 Q1`.
    pub fn quarter(&self, year: i32, quarter: i32) -> String {
        self.fill("date.quarter", &[("year", &year.to_string()), ("quarter", &quarter.to_string())])
    }

    fn date(&self, form: &str, months: &str, day: NaiveDate) -> String {
        let number = match day.day() {
            1 => self.say("date.first").to_owned(),
            other => other.to_string(),
        };
        let month = self.say(&format!("{months}.{}", day.month()));
        self.fill(form, &[("day", &number), ("month", month), ("year", &year(day))])
    }
}

/// The year of a day in four digits; one before or after those has its sign, as in ISO 8601.
fn year(day: NaiveDate) -> String {
    match day.year() {
        year @ 0..=9999 => format!("{year:04}"),
        year => format!("{year:+05}"),
    }
}
