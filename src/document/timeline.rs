//! The lines of the timeline section: when, which marks, and where the text begins.

use super::outline::Outline;
use super::section::{Section, SectionKind};
use super::time::{Cursor, Stamp};
use crate::text::{Span, Spanned};

/// A line of the timeline as written.
#[derive(Clone, Debug)]
pub struct EntryLine {
    /// The whole list item, table row, or heading with what follows it.
    pub span: Span,
    /// Where the stamp stands, or would.
    pub stamp_span: Span,
    /// When, or why that could not be read.
    pub stamp: Result<Stamp, StampError>,
    /// The end of a range such as `13:40–13:55`.
    pub until: Option<Stamp>,
    /// The words set in bold after the stamp, divided at commas and slashes. Which of them are marks is not decided here.
    pub marks: Vec<Spanned<String>>,
    /// Where the bold words begin.
    pub bold_start: usize,
    /// Where the text after the bold words begins.
    pub text_start: usize,
}

/// Why a stamp could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StampError {
    /// The line does not begin with a date or a time.
    NoStamp,
    /// It begins with digits that are no possible date or time.
    Impossible,
}

/// Reads the entries of the first timeline section.
pub(super) fn read(text: &str, outline: &Outline, sections: &[Section]) -> Vec<EntryLine> {
    let Some(section) = sections.iter().find(|section| section.kind == Some(SectionKind::Timeline)) else {
        return Vec::new();
    };
    let inside = section.content;
    let items = outline.items.iter().filter(|item| inside.contains(item.span));
    let mut lines: Vec<EntryLine> = items.map(|item| entry(text, item.span, item.start)).collect();
    let rows = outline.rows.iter().filter(|row| inside.contains(row.span));
    lines.extend(rows.filter_map(|row| Some(entry(text, row.span, row.cells.first()?.start))));
    lines.extend(headings(text, outline, inside));
    lines.sort_by_key(|line| line.span);
    lines
}

/// Headings that begin with a time, each with the text up to the next heading; list items below one belong to it.
fn headings(text: &str, outline: &Outline, inside: Span) -> Vec<EntryLine> {
    let headings: Vec<_> = outline.headings.iter().filter(|heading| inside.contains(heading.span)).collect();
    let mut lines = Vec::new();
    for (at, heading) in headings.iter().enumerate() {
        let end = headings.get(at + 1).map_or(inside.end, |next| next.span.start);
        let markup = heading.span.slice(text).chars().take_while(|c| *c == '#' || c.is_whitespace()).count();
        let line = entry(text, Span::new(heading.span.start, end), heading.span.start + markup);
        let has_items = outline.items.iter().any(|item| line.span.contains(item.span));
        if line.stamp.is_ok() && !has_items {
            lines.push(line);
        }
    }
    lines
}

fn entry(text: &str, span: Span, start: usize) -> EntryLine {
    let end = span.end.max(start);
    let mut cursor = Cursor::new(&text[..end], start);
    cursor.skip(|c| c.is_whitespace() || matches!(c, '*' | '_' | '`' | '[' | '|' | '('));
    let stamp_start = cursor.at;
    let stamp = cursor.stamp();
    let bold_time = stamp_start > start && text[start..stamp_start].contains("**");
    let until = stamp.as_ref().and_then(|_| cursor.attempt(|cursor| range_end(cursor)));
    let stamp_span = Span::new(stamp_start, cursor.at);
    if stamp.is_none() {
        let line_end = text[stamp_start..end].find('\n').map_or(end, |at| stamp_start + at);
        let error = match text[stamp_start..].starts_with(|c: char| c.is_ascii_digit() || c == '~') {
            true => StampError::Impossible,
            false => StampError::NoStamp,
        };
        let stamp_span = Span::new(stamp_start, line_end);
        return EntryLine {
            span,
            stamp_span,
            stamp: Err(error),
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
    let stamp = stamp.ok_or(StampError::NoStamp);
    EntryLine { span, stamp_span, stamp, until, marks, bold_start, text_start }
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '–' | '—' | ':' | '|' | '`' | ']' | ')' | ',' | '.')
}

fn range_end(cursor: &mut Cursor<'_>) -> Option<Stamp> {
    cursor.skip(|c| c == ' ');
    let dash = ["–", "—", "-", "to ", "until "].into_iter().any(|dash| cursor.eat(dash));
    dash.then_some(())?;
    cursor.skip(|c| c == ' ');
    cursor.stamp()
}

fn bold_words(cursor: &mut Cursor<'_>) -> Option<Vec<Spanned<String>>> {
    let delimiter = if cursor.eat("**") { "**" } else { cursor.eat("__").then_some("__")? };
    let start = cursor.at;
    let length = cursor.rest().find(delimiter)?;
    let words = &cursor.rest()[..length];
    cursor.at += length + delimiter.len();
    let mut marks = Vec::new();
    let mut at = start;
    for part in words.split([',', '/', '+', '&']) {
        let trimmed = part.trim().trim_end_matches([':', '.']);
        if !trimmed.is_empty() {
            let from = at + (part.len() - part.trim_start().len());
            marks.push(Spanned::new(trimmed.to_owned(), Span::new(from, from + trimmed.len())));
        }
        at += part.len() + 1;
    }
    Some(marks)
}
