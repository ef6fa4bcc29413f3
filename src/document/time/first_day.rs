//! The days that words name anywhere: the only one, or the first of a range or a list.

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use regex::Regex;

use super::cursor::Cursor;
use super::day::{Day, day, looks_like_day};

/// The one day that a heading names anywhere: `Timeline (UTC) Monday May 10th, 2021`. None where it names several.
pub fn day_in(heading: &str) -> Option<Day> {
    let mut days = days(heading);
    days.dedup();
    match days.as_slice() {
        [day] => Some(Day::Date(*day)),
        _ => None,
    }
}

/// Whether words hold something that is meant as a day, readable or not: `04/05/2026`, `28th`.
pub fn mentions_day(words: &str) -> bool {
    let starts = words.char_indices().map(|(at, _)| at).filter(|at| begins_word(words, *at));
    starts.map(|at| Cursor::new(words, at)).any(|cursor| looks_like_day(&cursor) || day(&mut cursor.clone()).is_some())
}

/// Whether words name a month, or a day without its year.
pub fn names_part_of_day(words: &str) -> bool {
    let starts = words.char_indices().map(|(at, _)| at).filter(|at| begins_word(words, *at));
    let mut read = starts.filter_map(|at| day(&mut Cursor::new(words, at)));
    read.any(|day| matches!(day, Day::Month(_) | Day::Yearless { .. }))
}

fn days(words: &str) -> Vec<NaiveDate> {
    let mut days: Vec<NaiveDate> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let mut cursor = Cursor::new(words, at);
        match day(&mut cursor).filter(|_| begins_word(words, at)) {
            Some(Day::Date(day)) => {
                days.push(day);
                at = cursor.at;
            }
            Some(Day::Month(_) | Day::Yearless { .. }) | None => {
                at += words[at..].chars().next().map_or(1, char::len_utf8);
            }
        }
    }
    days
}

fn begins_word(words: &str, at: usize) -> bool {
    !words[..at].ends_with(|c: char| c.is_alphanumeric())
}

/// The day that words name, the first where they say from when to when, or list several: `January 14-19, 2026`.
pub fn first_day_in(words: &str) -> Option<NaiveDate> {
    static RANGE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^(.*?)(?:\s*[–—]\s*|\s-\s|\s(?:to|until|through)\s)(.*)$").expect("a regular expression")
    });
    static DAYS: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(^|[^\d-])(\d{1,2})-(\d{1,2})($|[^\d-])").expect("a regular expression"));
    let date = |words: &str| days(words).first().copied();
    let apart = DAYS.replace(words, "$1$2 – $3$4");
    let Some(range) = RANGE.captures(&apart) else { return date(words) };
    let (from, to) = (range[1].trim(), range[2].trim());
    if let Some(day) = date(from) {
        return Some(day);
    }
    let end = date(to);
    if let Ok(day) = from.parse() {
        return end?.with_day(day);
    }
    // From one time to another, before the day of both.
    if from.contains(':') {
        return date(words);
    }
    let mut numbers = to.rsplit(|c: char| !c.is_ascii_digit());
    let year: i32 = numbers.find(|number| number.len() == 4)?.parse().ok()?;
    let in_year = |year: i32| date(&format!("{from}, {year}")).or_else(|| date(&format!("{from} {year}")));
    in_year(year).map(|day| if end.is_some_and(|end| end < day) { in_year(year - 1).unwrap_or(day) } else { day })
}

#[cfg(test)]
mod tests {
    use super::first_day_in;

    #[test]
    fn the_first_day_of_a_range_is_the_day_of_the_incident() {
        for (words, day) in [
            ("2026-01-14", Some("2026-01-14")),
            ("January 14, 2026", Some("2026-01-14")),
            ("January 14-19, 2026", Some("2026-01-14")),
            ("January 14 – 19, 2026", Some("2026-01-14")),
            ("14-19 January 2026", Some("2026-01-14")),
            ("14 to 19 January 2026", Some("2026-01-14")),
            ("Jan 30 - Feb 2, 2026", Some("2026-01-30")),
            ("30 December – 2 January 2026", Some("2025-12-30")),
            ("Dec 30, 2025 through Jan 2, 2026", Some("2025-12-30")),
            ("2026-01-14 – 2026-01-19", Some("2026-01-14")),
            ("2026-01-14 10:00 - 12:00 UTC", Some("2026-01-14")),
            ("10:00 - 12:00 UTC, 14 January 2026", Some("2026-01-14")),
            ("some day in January – 19 January 2026", None),
            ("January 14-19", None),
            ("28.11.2026", Some("2026-11-28")),
            ("28/11/2026 – 29/11/2026", Some("2026-11-28")),
            ("11/28/2026, 10:00-12:00", Some("2026-11-28")),
            ("28th November 2026", Some("2026-11-28")),
            ("2026-11-28 and 2026-11-30", Some("2026-11-28")),
            ("04/05/2026", None),
        ] {
            assert_eq!(first_day_in(words).map(|day| day.to_string()).as_deref(), day, "{words}");
        }
    }
}
