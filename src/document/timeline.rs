//! Reads the lines of the timeline section: timestamp, marks, and where the text begins.

use super::outline::Outline;
use super::section::{Section, SectionKind, within};
use super::time::{Cursor, Timestamp};
use crate::diagnostic::{ProblemKind, Problems};
use crate::text::{Span, SpanSet, Spanned};

/// The greatest number of entries that are read, since rules compare any two of them.
const ENTRIES: usize = 1_000;

/// A line of the timeline as written.
#[derive(Clone, Debug)]
pub struct EntryLine {
    /// The list item, the table row, or the heading with the text below it.
    pub span: Span,
    /// The timestamp; without one, the line where it is missing.
    pub stamp_span: Span,
    /// The timestamp, or why none was read.
    pub stamp: Result<Timestamp, TimestampError>,
    /// Whether the line is a heading with a date for the entries below it.
    pub is_day_heading: bool,
    /// The end of a range such as `13:40–13:55`.
    pub until: Option<Timestamp>,
    /// The bold words after the timestamp, divided at commas and slashes. They may be phase marks or other words.
    pub marks: Vec<Spanned<String>>,
    /// The offset of the bold words.
    pub bold_start: usize,
    /// The offset of the text after the bold words.
    pub text_start: usize,
}

/// Why a line has no timestamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimestampError {
    /// The line does not begin with a date or a time.
    Missing,
    /// It begins with digits that are no possible date or time.
    Impossible,
}

/// The greatest number of marks of one entry.
const MARKS: usize = 50;

/// Reads the entries of the first timeline section.
pub(super) fn read(text: &str, outline: &Outline, sections: &[Section], problems: &mut Problems) -> Vec<EntryLine> {
    let Some(section) = sections.iter().find(|section| section.kind == Some(SectionKind::Timeline)) else {
        return Vec::new();
    };
    let inside = section.content;
    let mut lines = headings(text, outline, inside);
    let details: Vec<Span> = lines.iter().filter(|line| !line.is_day_heading).map(|line| line.span).collect();
    // A list below a heading with a time tells what happened then, and is no list of entries.
    let details = SpanSet::new(details);
    let items = within(&outline.items, inside, |item| item.span).filter(|item| !details.covers(item.span));
    lines.extend(timed(text, items.map(|item| entry(text, item.span, item.start))));
    let is_blank = |cell: &Span| cell.slice(text).trim().is_empty();
    let rows = within(&outline.rows, inside, |row| row.span).filter(|row| !details.covers(row.span));
    let rows = rows.filter(|row| !row.cells.iter().all(is_blank));
    lines.extend(timed(text, rows.filter_map(|row| Some(entry(text, row.span, row.cells.first()?.start)))));
    lines.sort_by_key(|line| line.span.start);
    if let Some(first) = lines.get(ENTRIES) {
        let message = format!("this timeline has {} entries, and no more than {ENTRIES} are read", lines.len());
        let help = "Keep the entries that tell how the incident went. A log can stand in a file beside the review.";
        problems.add(ProblemKind::TooMuch, first.stamp_span, message).help(help);
        lines.truncate(ENTRIES);
    }
    lines
}

/// The lines of lists in which at least one line begins with digits. Lists without any time are prose.
fn timed(text: &str, lines: impl Iterator<Item = EntryLine>) -> Vec<EntryLine> {
    let lines: Vec<EntryLine> = lines.collect();
    // Nothing stands between two items of a list, or two rows of a table.
    let is_list = |one: &EntryLine, next: &EntryLine| {
        let between = text.get(one.span.end..next.span.start).unwrap_or_default();
        between.trim().is_empty()
    };
    let has_time = |line: &EntryLine| !matches!(line.stamp, Err(TimestampError::Missing));
    lines.chunk_by(is_list).filter(|list| list.iter().any(has_time)).flatten().cloned().collect()
}

/// Headings that begin with a date or a time, each with the text up to the next heading. A heading with a date only, above
/// a list or a table, gives the day for its entries.
fn headings(text: &str, outline: &Outline, inside: Span) -> Vec<EntryLine> {
    let headings: Vec<_> = outline.headings.iter().filter(|heading| inside.contains(heading.span)).collect();
    let mut lines = Vec::new();
    for (at, heading) in headings.iter().enumerate() {
        let end = headings.get(at + 1).map_or(inside.end, |next| next.span.start);
        let markup = heading.span.slice(text).chars().take_while(|c| *c == '#' || c.is_whitespace()).count();
        let mut line = entry(text, Span::new(heading.span.start, end), heading.span.start + markup);
        let has_entries = within(&outline.items, line.span, |item| item.span).next().is_some()
            || within(&outline.rows, line.span, |row| row.span).next().is_some();
        if let Ok(stamp) = &line.stamp {
            line.is_day_heading = stamp.clock.is_none() && has_entries;
            lines.push(line);
        }
    }
    lines
}

fn entry(text: &str, span: Span, start: usize) -> EntryLine {
    let end = span.end.max(start);
    // Time and marks stand in the first line; what follows in others only tells more.
    let line = text[start..end].find('\n').map_or(end, |at| start + at);
    let mut cursor = Cursor::new(&text[..line], start);
    cursor.skip(|c| c.is_whitespace() || matches!(c, '*' | '_' | '`' | '[' | '|' | '('));
    let stamp_start = cursor.at;
    let stamp = cursor.stamp();
    let bold_time = stamp_start > start && text[start..stamp_start].contains("**");
    let until = stamp.as_ref().and_then(|from| cursor.attempt(|cursor| range_end(cursor, from)));
    let stamp = stamp.map(|stamp| Timestamp { zone: stamp.zone.or_else(|| until.as_ref()?.zone.clone()), ..stamp });
    // `2024-03-04 25:61` is a day and something that was meant to be a time.
    let stamp = stamp.filter(|stamp| stamp.clock.is_some() || until.is_some() || !broken_clock(cursor.rest()));
    let stamp_span = Span::new(stamp_start, cursor.at);
    if stamp.is_none() {
        let line_end = text[stamp_start..end].find('\n').map_or(end, |at| stamp_start + at);
        let error = match text[stamp_start..].starts_with(|c: char| c.is_ascii_digit() || c == '~') {
            true => TimestampError::Impossible,
            false => TimestampError::Missing,
        };
        let stamp_span = Span::new(stamp_start, line_end);
        return EntryLine {
            span,
            stamp_span,
            stamp: Err(error),
            is_day_heading: false,
            until: None,
            marks: Vec::new(),
            bold_start: start,
            text_start: start,
        };
    }
    if bold_time {
        cursor.skip(|c| c.is_whitespace() || matches!(c, ':' | '.'));
        cursor.eat("**");
    }
    cursor.skip(is_separator);
    let bold_start = cursor.at;
    let marks = cursor.attempt(bold_words).unwrap_or_default();
    let text_start = if marks.is_empty() {
        bold_start
    } else {
        cursor.skip(is_separator);
        cursor.at
    };
    let stamp = stamp.ok_or(TimestampError::Missing);
    EntryLine { span, stamp_span, stamp, is_day_heading: false, until, marks, bold_start, text_start }
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '–' | '—' | ':' | '|' | '`' | ']' | ')' | ',' | '.')
}

/// Whether a text begins with digits that look like a time.
fn broken_clock(rest: &str) -> bool {
    let rest = rest.trim_start_matches(|c: char| is_separator(c) || c == '*');
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let rest = rest[digits..].strip_prefix(':').unwrap_or("");
    (1..=2).contains(&digits) && rest.as_bytes().get(..2).is_some_and(|two| two.iter().all(u8::is_ascii_digit))
}

/// The end of a range that begins with `from`. An em dash separates a time from its text, so it makes no range. A short
/// dash between blanks makes one only when the second time is later.
fn range_end(cursor: &mut Cursor<'_>, from: &Timestamp) -> Option<Timestamp> {
    let begins = cursor.at;
    cursor.skip(|c| c == ' ');
    let has_blank = cursor.at > begins;
    let word = ["to ", "until "].into_iter().any(|word| cursor.eat(word));
    let dash = !word && (cursor.eat("–") || cursor.eat("-"));
    (word || dash).then_some(())?;
    cursor.skip(|c| c == ' ');
    let until = cursor.stamp()?;
    // `13:30 – 2024-04-01 is the deadline` is no range: both ends are as exact as each other.
    (until.clock.is_some() == from.clock.is_some()).then_some(())?;
    let is_later = until.day.is_some() || until.clock.map(|clock| clock.time) > from.clock.map(|clock| clock.time);
    (!has_blank || word || is_later).then_some(until)
}

fn bold_words(cursor: &mut Cursor<'_>) -> Option<Vec<Spanned<String>>> {
    let delimiter = if cursor.eat("**") { "**" } else { cursor.eat("__").then_some("__")? };
    let start = cursor.at;
    let length = cursor.rest().find(delimiter)?;
    let words = &cursor.rest()[..length];
    cursor.at += length + delimiter.len();
    let mut marks = Vec::new();
    let mut at = start;
    for part in words.split([',', '/', '+', '&']).take(MARKS) {
        let trimmed = part.trim().trim_end_matches([':', '.']);
        if !trimmed.is_empty() {
            let from = at + (part.len() - part.trim_start().len());
            marks.push(Spanned::new(trimmed.to_owned(), Span::new(from, from + trimmed.len())));
        }
        at += part.len() + 1;
    }
    Some(marks)
}
