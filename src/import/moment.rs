//! Times of other programs.

use chrono::{DateTime, NaiveDate, Timelike, Utc};

/// A moment in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Moment(DateTime<Utc>);

impl Moment {
    /// Reads a time with its offset, as JSON has it: `2026-03-18T10:05:00Z`.
    pub(super) fn read(text: &str) -> Option<Self> {
        let time = DateTime::parse_from_rfc3339(text.trim()).or_else(|_| DateTime::parse_from_str(text, "%F %T %z"));
        time.ok().map(|time| Self(time.with_timezone(&Utc)))
    }

    /// The day in UTC.
    pub(super) fn day(self) -> NaiveDate {
        self.0.date_naive()
    }

    /// As an entry of a timeline begins with it.
    pub(super) fn entry(self) -> String {
        let form = if self.0.second() == 0 { "%F %H:%M UTC" } else { "%F %T UTC" };
        self.0.format(form).to_string()
    }
}

/// The day at the beginning of a text, such as `2026-03-18` or `2026-03-18 10:05`.
pub(super) fn day_of(text: &str) -> Option<NaiveDate> {
    Moment::read(text).map(Moment::day).or_else(|| text.trim().get(..10)?.parse().ok())
}

/// The day that a title begins with as eight digits, such as `20180312-Cache-text`, and what follows it.
pub(super) fn compact_day(title: &str) -> Option<(NaiveDate, &str)> {
    let (digits, rest) = title.split_at_checked(8)?;
    let rest = rest.strip_prefix(['-', '_', ' '])?;
    digits.bytes().all(|byte| byte.is_ascii_digit()).then_some(())?;
    Some((NaiveDate::parse_from_str(digits, "%Y%m%d").ok()?, rest))
}

/// An entry of a timeline as a list item. Further lines stay inside the item.
pub(super) fn entry(time: &str, text: &str) -> String {
    let mut lines = text.trim().lines();
    let mut entry = format!("- {time} – {}\n", lines.next().unwrap_or_default().trim_end());
    for line in lines {
        entry.push_str(&if line.trim().is_empty() { "\n".to_owned() } else { format!("  {}\n", line.trim_end()) });
    }
    entry
}
