//! Finds the zone of a whole timeline: in its heading, in a sentence above the entries, or in the header of a table.

use super::entry::EntryLine;
use super::outline::Outline;
use super::section::{Section, within};
use super::time::{Statement, TimeZone, heading_statement, statement};
use super::timed_section::measured;
use crate::text::{Span, Spanned};

/// What the section says about the zone of its times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StatedZone {
    /// A zone, and where it is stated.
    Zone(Spanned<TimeZone>),
    /// Words about zones that state none in a known form.
    Unclear(Span),
}

/// What is said above the first entry, with its place.
pub(super) fn read(text: &str, outline: &Outline, sections: &[Section], entries: &[EntryLine]) -> Option<StatedZone> {
    let section = measured(sections)?;
    let heading = section.heading.as_ref().map(|heading| heading.span);
    let end = entries.first().map_or(section.content.end, |entry| entry.span.start);
    let above = Span::new(section.content.start, end.max(section.content.start));
    let said_in_heading =
        heading.map(|place| (place, heading_statement(place.slice(text).trim_matches(['#', ' ', '\n']))));
    let paragraphs = within(&outline.paragraphs, above, |paragraph| *paragraph);
    let sentences = paragraphs.flat_map(|paragraph| sentences(text, *paragraph));
    let said = sentences.map(|place| (place, statement(&one_line(place.slice(text)))));
    let tables = entries.iter().filter_map(|entry| head_of(outline, entry)).next();
    let head = tables.into_iter().flatten().map(|cell| (*cell, heading_statement(cell.slice(text).trim())));
    let all: Vec<(Span, Statement)> = said_in_heading.into_iter().chain(said).chain(head).collect();
    let zone = all.iter().find_map(|(place, said)| match said {
        Statement::Zone(zone) => Some(StatedZone::Zone(Spanned::new(zone.clone(), *place))),
        Statement::Nothing | Statement::Unclear => None,
    });
    let unclear = all.iter().find(|(_, said)| *said == Statement::Unclear);
    zone.or_else(|| unclear.map(|(place, _)| StatedZone::Unclear(*place)))
}

/// The cells of the head of the table that an entry stands in.
fn head_of<'a>(outline: &'a Outline, entry: &EntryLine) -> Option<&'a [Span]> {
    let row = outline.rows.iter().find(|row| row.span == entry.span)?;
    outline.tables.get(row.table).map(Vec::as_slice)
}

/// The sentences of a paragraph. A line break within one is a blank.
fn sentences(text: &str, paragraph: Span) -> Vec<Span> {
    let words = paragraph.slice(text);
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, c) in words.char_indices() {
        let after = &words[at + c.len_utf8()..];
        let is_end =
            matches!(c, '.' | '!' | '。') && (after.is_empty() || after.starts_with(char::is_whitespace) || c == '。');
        if is_end {
            sentences.push(Span::new(paragraph.start + start, paragraph.start + at + c.len_utf8()));
            start = at + c.len_utf8();
        }
    }
    if !words[start..].trim().is_empty() {
        sentences.push(Span::new(paragraph.start + start, paragraph.end));
    }
    sentences
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::StatedZone;
    use crate::document::{TimeZone, parse};
    use crate::text::{SitePath, Source};

    fn check(above: &str, expected: Option<TimeZone>) {
        let text = format!("+++\n+++\n\n## {above}\n- 2024-03-04 13:31 — it began.\n");
        let document = parse(&Source { path: SitePath::new("content/reviews/a.md").unwrap(), text: text.into() });
        let zone = match document.timeline_zone {
            Some(StatedZone::Zone(zone)) => Some(zone.value),
            Some(StatedZone::Unclear(_)) | None => None,
        };
        assert_eq!(zone, expected, "{above}");
    }

    #[test]
    fn zones_are_read_where_people_write_them() {
        let named = |name: &str| Some(TimeZone::Named(name.to_owned()));
        check("Timeline\n", None);
        check("Timeline (UTC)\n", Some(TimeZone::Utc));
        check("Timeline, UTC+2\n", Some(TimeZone::Offset(120)));
        check("Timeline\nAll times in UTC.\n", Some(TimeZone::Utc));
        check("Timeline\n\n*All times are UTC*\n", Some(TimeZone::Utc));
        check("Timeline\n\nWords before. All times\nare UTC. Words after.\n", Some(TimeZone::Utc));
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
        let Some(StatedZone::Zone(zone)) = document.timeline_zone else { panic!("no zone") };
        assert_eq!(zone.value, TimeZone::Utc);
    }
}
