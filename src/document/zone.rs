//! Finds the time zone of a whole timeline: in its heading, in a sentence above the entries, or in the header of a table.

use super::section::{Section, SectionKind};
use super::time::{Cursor, TimeZone};
use super::timeline::EntryLine;
use crate::text::{Span, Spanned};

/// The zone that is named before the first entry, with its place.
pub(super) fn read(text: &str, sections: &[Section], entries: &[EntryLine]) -> Option<Spanned<TimeZone>> {
    let section = sections.iter().find(|section| section.kind == Some(SectionKind::Timeline))?;
    let heading = section.heading.as_ref().map(|heading| heading.span);
    let end = entries.first().map_or(section.content.end, |entry| entry.span.start);
    let above = Span::new(section.content.start, end.max(section.content.start));
    // `All times in CET` and `| Time (UTC) |` tell the zone of times; other words above them are about something else.
    let about_times = lines(text, above).filter(|line| line.slice(text).to_ascii_lowercase().contains("time"));
    heading.into_iter().chain(about_times).find_map(|line| zone(text, line))
}

/// The lines of a passage.
fn lines(text: &str, passage: Span) -> impl Iterator<Item = Span> {
    let mut start = passage.start;
    passage.slice(text).split_inclusive('\n').map(move |line| {
        let span = Span::new(start, start + line.len());
        start = span.end;
        span
    })
}

/// The zone that a line names. UTC and offsets win over a name beside them, as in `CEST (UTC+2)`.
fn zone(text: &str, line: Span) -> Option<Spanned<TimeZone>> {
    let mut named = None;
    let words = line.slice(text);
    let begins_word = |(at, _): &(usize, char)| !words[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '/');
    for (at, _) in words.char_indices().filter(|(_, c)| c.is_ascii_uppercase()).filter(begins_word) {
        let mut cursor = Cursor::new(&text[..line.end], line.start + at);
        let Some(zone) = cursor.zone() else { continue };
        let found = Spanned::new(zone, Span::new(line.start + at, cursor.at));
        let is_introduced = words[..at].ends_with("in ") || words[..at].ends_with('(');
        match found.value {
            TimeZone::Utc | TimeZone::Offset(_) => return Some(found),
            TimeZone::Named(_) if is_introduced => named = named.or(Some(found)),
            TimeZone::Named(_) => {}
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use crate::document::{TimeZone, parse};
    use crate::text::{SitePath, Source};

    fn check(above: &str, expected: Option<TimeZone>) {
        let text = format!("+++\n+++\n\n## {above}\n- 2024-03-04 13:31 — it began.\n");
        let document = parse(&Source { path: SitePath::new("content/reviews/a.md").unwrap(), text: text.into() });
        assert_eq!(document.timeline_zone.map(|zone| zone.value), expected, "{above}");
    }

    #[test]
    fn zones_are_read_where_people_write_them() {
        let named = |name: &str| Some(TimeZone::Named(name.to_owned()));
        check("Timeline\n", None);
        check("Timeline (UTC)\n", Some(TimeZone::Utc));
        check("Timeline, UTC+2\n", Some(TimeZone::Offset(120)));
        check("Timeline\nAll times in UTC.\n", Some(TimeZone::Utc));
        check("Timeline\n\n*All times are UTC*\n", Some(TimeZone::Utc));
        check("Timeline\nAll times in GMT+2\n", Some(TimeZone::Offset(120)));
        check("Timeline\nAll times in CEST (UTC+2)\n", Some(TimeZone::Offset(120)));
        check("Timeline\nAll times in CET\n", named("CET"));
        check("Timeline\nThe servers are in UTC.\n", None);
        check("Timeline\nNOT the first time.\n", None);
    }

    #[test]
    fn zones_are_read_in_the_head_of_a_table() {
        let text =
            "+++\n+++\n\n## Timeline\n\n| Date and Time in UTC | Event |\n|--|--|\n| 2024-03-04 13:31 | it began |\n";
        let document = parse(&Source { path: SitePath::new("content/reviews/a.md").unwrap(), text: text.into() });
        assert_eq!(document.timeline_zone.map(|zone| zone.value), Some(TimeZone::Utc));
    }
}
