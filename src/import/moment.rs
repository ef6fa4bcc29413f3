//! Times of other programs.

use chrono::{DateTime, NaiveDate, Timelike, Utc};

use super::markdown::document;
use crate::document::{Day, day_in};
use crate::text::SitePath;

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

/// The one day that a title or the name of a file says anywhere, as the reader understands it.
pub(super) fn day_in_title(title: &str) -> Option<NaiveDate> {
    let compact = || compact_day(title).map(|(day, _)| day);
    match day_in(title) {
        Some(Day::Date(day)) => Some(day),
        Some(Day::Month(_) | Day::Yearless { .. }) | None => compact(),
    }
}

/// The day that a title begins with as eight digits, such as `20180312-Cache-text`, and what follows it.
pub(super) fn compact_day(title: &str) -> Option<(NaiveDate, &str)> {
    let (digits, rest) = title.split_at_checked(8)?;
    let rest = rest.strip_prefix(['-', '_', ' '])?;
    digits.bytes().all(|byte| byte.is_ascii_digit()).then_some(())?;
    Some((NaiveDate::parse_from_str(digits, "%Y%m%d").ok()?, rest))
}

/// A time as an entry of a timeline begins with it: in UTC, or as it is where nobody knows which moment it is.
pub(super) fn time_of_entry(time: &str) -> String {
    Moment::read(time).map_or_else(|| time.split_whitespace().collect::<Vec<_>>().join(" "), Moment::entry)
}

/// What the report says of a time that is none.
pub(super) fn unread_time(time: &str) -> String {
    format!("`{}`, which cannot be read as a time", time.escape_debug())
}

/// An entry of a timeline as a list item.
pub(super) fn entry(time: &str, text: &str) -> String {
    entry_with_state(time, "", text)
}

/// An entry with a state such as `**Resolved**`, or nothing, before its text. Further lines stay inside the item, and so
/// does a list, a table or code that the text begins with.
pub(super) fn entry_with_state(time: &str, state: &str, text: &str) -> String {
    let blank_lines = text.len() - text.trim_start().len();
    let start = text[..blank_lines].rfind('\n').map_or(0, |at| at + 1);
    let text = text[start..].trim_end();
    let begins_with_block = begins_with_block(text);
    let mut lines = text.lines();
    let first = if begins_with_block { "" } else { lines.next().unwrap_or_default().trim() };
    let head = [time, "–", state, first].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let mut entry = format!("- {head}\n{}", if begins_with_block { "\n" } else { "" });
    for line in lines {
        entry.push_str(&if line.trim().is_empty() { "\n".to_owned() } else { format!("  {}\n", line.trim_end()) });
    }
    entry
}

/// Whether a text begins with something else than a paragraph, which would be none behind other words on its line.
fn begins_with_block(text: &str) -> bool {
    let path = SitePath::new("entry.md").expect("the name is a path");
    let paragraphs = document(&path, text).outline.paragraphs;
    let start = text.len() - text.trim_start().len();
    let is_code = text.starts_with("    ") || text.starts_with('\t');
    !text.is_empty() && (is_code || paragraphs.first().is_none_or(|paragraph| paragraph.start > start))
}

#[cfg(test)]
mod tests {
    use super::{entry, entry_with_state};

    #[test]
    fn a_block_at_the_beginning_of_an_entry_stays_one() {
        for (text, expected) in [
            ("It is up.\n", "- 10:05 – **Up** It is up.\n"),
            ("", "- 10:05 – **Up**\n"),
            (" \n  It is up.\n\n\nAgain.", "- 10:05 – **Up** It is up.\n\n\n  Again.\n"),
            (
                "```\ndrop table <users>;\n\n# rows_a _b_\n```\nafter",
                "- 10:05 – **Up**\n\n  ```\n  drop table <users>;\n\n  # rows_a _b_\n  ```\n  after\n",
            ),
            ("\n    code\n", "- 10:05 – **Up**\n\n      code\n"),
            ("# Head\ntext", "- 10:05 – **Up**\n\n  # Head\n  text\n"),
            ("Head\n===\ntext", "- 10:05 – **Up**\n\n  Head\n  ===\n  text\n"),
            ("| a | b |\n| - | - |\n| c | d |", "- 10:05 – **Up**\n\n  | a | b |\n  | - | - |\n  | c | d |\n"),
            ("a | b\n- | -\nc | d", "- 10:05 – **Up**\n\n  a | b\n  - | -\n  c | d\n"),
            ("1. one\n2. two", "- 10:05 – **Up**\n\n  1. one\n  2. two\n"),
            ("- one\n- two", "- 10:05 – **Up**\n\n  - one\n  - two\n"),
            ("> quoted", "- 10:05 – **Up**\n\n  > quoted\n"),
            ("---\ntext", "- 10:05 – **Up**\n\n  ---\n  text\n"),
            ("<details>\n\ntext\n\n</details>", "- 10:05 – **Up**\n\n  <details>\n\n  text\n\n  </details>\n"),
            ("**Timeline**", "- 10:05 – **Up** **Timeline**\n"),
            ("**Bold** and [a](https://example.org)", "- 10:05 – **Up** **Bold** and [a](https://example.org)\n"),
        ] {
            assert_eq!(entry_with_state("10:05", "**Up**", text), expected, "{text:?}");
        }
        assert_eq!(entry("10:05", "- one"), "- 10:05 –\n\n  - one\n");
    }
}
