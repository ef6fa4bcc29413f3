//! Finds the entries of the timeline section: list items, table rows, headings and paragraphs, in the order of the text.

use super::entry::{EntryLine, TimestampError, cell_marks, entry, entry_before_time};
use super::outline::{Heading, HeadingForm, Item, Outline, Row};
use super::section::{Section, within};
use super::time::{Statement, TimeZone, heading_statement};
use super::timed_section::measured;
use crate::diagnostic::{ProblemKind, Problems};
use crate::text::{Span, SpanSet};

/// The greatest number of entries that are read, since rules compare any two of them.
const ENTRIES: usize = 1_000;

/// Reads the entries of the first timeline section.
pub(super) fn read(text: &str, outline: &Outline, sections: &[Section], problems: &mut Problems) -> Vec<EntryLine> {
    let Some(section) = measured(sections) else { return Vec::new() };
    let reader = TimelineReader { text, outline, section, inside: section.content };
    let mut lines = reader.headings();
    let days: Vec<Span> = lines.iter().filter(|line| line.is_day).map(|line| line.span).collect();
    let details: Vec<Span> = lines.iter().filter(|line| !line.is_day).map(|line| line.span).collect();
    // A list below a heading with a time tells what happened then, and is no list of entries.
    let details = SpanSet::new(details);
    lines.extend(reader.lists(&details, &SpanSet::new(days)));
    lines.extend(reader.tables(&details));
    let shapes = if lines.iter().any(|line| !line.is_day) { Shapes::Several } else { Shapes::ParagraphsOnly };
    lines.extend(reader.paragraphs(&details, shapes));
    lines.sort_by_key(|line| line.span.start);
    if let Some(first) = lines.get(ENTRIES) {
        let message = format!("this timeline has {} entries, and no more than {ENTRIES} are read", lines.len());
        let help = "Keep the entries that tell how the incident went. A log can stand in a file beside the review.";
        problems.add(ProblemKind::TooMuch, first.stamp_span, message).help(help);
        lines.truncate(ENTRIES);
    }
    lines
}

/// What the entries of a timeline are written as.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shapes {
    ParagraphsOnly,
    Several,
}

struct TimelineReader<'a> {
    text: &'a str,
    outline: &'a Outline,
    section: &'a Section,
    inside: Span,
}

impl TimelineReader<'_> {
    /// Headings that begin with a date or a time, each with the text up to the next heading. A heading with a date only,
    /// above entries, gives their day.
    fn headings(&self) -> Vec<EntryLine> {
        let inside = self.inside;
        let headings = within(&self.outline.headings, inside, |heading| heading.span);
        let headings: Vec<&Heading> = headings.filter(|heading| heading.form == HeadingForm::Heading).collect();
        let mut lines = Vec::new();
        for (at, heading) in headings.iter().enumerate() {
            let end = headings.get(at + 1).map_or(inside.end, |next| next.span.start);
            let markup = heading.span.slice(self.text).chars().take_while(|c| *c == '#' || c.is_whitespace()).count();
            let mut line = entry(self.text, Span::new(heading.span.start, end), heading.span.start + markup);
            let is_date = line.timestamp().is_some_and(|stamp| stamp.clock.is_none());
            let has_entries = within(&self.outline.items, line.span, |item| item.span).next().is_some()
                || within(&self.outline.rows, line.span, |row| row.span).next().is_some()
                || self.has_timed_paragraph(line.span)
                || headings.get(at + 1).is_some_and(|next| next.level > heading.level);
            line.is_day = is_date && has_entries;
            if !matches!(line.stamp, Err(TimestampError::Missing)) {
                lines.push(line);
            }
        }
        lines
    }

    fn has_timed_paragraph(&self, inside: Span) -> bool {
        let mut paragraphs = within(&self.outline.paragraphs, inside, |paragraph| *paragraph);
        paragraphs.any(|&paragraph| {
            let line = entry(self.text, paragraph, paragraph.start);
            line.timestamp().is_some_and(|stamp| stamp.clock.is_some())
        })
    }

    /// The items of lists in which at least one begins with a time, or which stand below a day. Other lists are prose.
    fn lists(&self, details: &SpanSet, days: &SpanSet) -> Vec<EntryLine> {
        let items = self.section.items(self.outline);
        let items: Vec<&Item> = items.filter(|item| !details.covers(item.span)).collect();
        let mut lines = Vec::new();
        for list in items.chunk_by(|one, next| self.is_adjacent(one.span, next.span)) {
            let entries: Vec<EntryLine> = list.iter().flat_map(|item| self.item(item)).collect();
            let is_timed = entries.iter().any(|line| !matches!(line.stamp, Err(TimestampError::Missing)));
            // `Resolved 2024-03-04 12:07`: a list of phases, each with its time behind it.
            let ends_timed = || list.iter().filter_map(|item| entry_before_time(self.text, item.span, item.start));
            if is_timed {
                lines.extend(entries);
            } else if ends_timed().count() * 2 > list.len() {
                let mut timed = ends_timed().peekable();
                lines.extend(
                    entries.into_iter().map(|line| timed.next_if(|timed| timed.span == line.span).unwrap_or(line)),
                );
            } else if list.iter().all(|item| days.covers(item.span)) {
                lines.extend(entries.into_iter().map(|line| EntryLine { takes_day: true, ..line }));
            }
        }
        lines
    }

    /// An item, and the items of the list in it where these begin with times and it does not.
    fn item(&self, item: &Item) -> Vec<EntryLine> {
        let mut line = entry(self.text, item.span, item.start);
        if line.timestamp().is_some_and(|stamp| stamp.clock.is_some()) {
            return vec![line];
        }
        let nested = within(&self.outline.items, item.span, |item| item.span);
        let nested = nested.filter(|nested| nested.depth > item.depth);
        let nested: Vec<EntryLine> = nested.map(|nested| entry(self.text, nested.span, nested.start)).collect();
        let Some(first) = nested.iter().find(|line| line.timestamp().is_some_and(|stamp| stamp.clock.is_some())) else {
            return vec![line];
        };
        let list = nested.iter().map(|line| line.span.start).min().unwrap_or(first.span.start);
        // What stands before the list is the item's own text.
        let own = Span::new(line.text_start.min(list), list);
        line.is_day = line.day().is_some() && own.slice(self.text).trim().is_empty();
        let list_marker = self.text[..list].trim_end().len();
        line.span = Span::new(item.span.start, list_marker.max(item.span.start));
        let is_label = line.timestamp().is_none() && line.day().is_none();
        let head = (!is_label || matches!(line.stamp, Err(TimestampError::Unreadable { .. }))).then_some(line);
        head.into_iter().chain(nested).collect()
    }

    /// The rows of tables in which at least one begins with a time.
    fn tables(&self, details: &SpanSet) -> Vec<EntryLine> {
        let rows = within(&self.outline.rows, self.inside, |row| row.span);
        let is_blank = |cell: &Span| cell.slice(self.text).trim().is_empty();
        let rows = rows.filter(|row| !details.covers(row.span) && !row.cells.iter().all(is_blank));
        let rows: Vec<&Row> = rows.collect();
        let mut lines = Vec::new();
        for table in rows.chunk_by(|one, next| one.table == next.table) {
            let head = table.first().and_then(|row| self.outline.tables.get(row.table)).map_or(&[][..], Vec::as_slice);
            let columns = Columns::of(self.text, head);
            let entries: Vec<EntryLine> = table.iter().filter_map(|row| self.row(row, &columns)).collect();
            if entries.iter().any(|line| !matches!(line.stamp, Err(TimestampError::Missing))) {
                lines.extend(entries);
            }
        }
        lines
    }

    fn row(&self, row: &Row, columns: &Columns) -> Option<EntryLine> {
        let first = row.cells.first()?;
        let utc = columns.utc.and_then(|at| row.cells.get(at));
        // Where two columns give the time, each is read alone.
        let has_clock = |line: &EntryLine| line.timestamp().is_some_and(|stamp| stamp.clock.is_some());
        let local = entry(self.text, Span::new(row.span.start, first.end), first.start);
        let utc = utc.filter(|cell| has_clock(&local) && has_clock(&entry(self.text, **cell, cell.start)));
        let line = if utc.is_some() { local } else { entry(self.text, row.span, first.start) };
        let mut line = EntryLine { span: row.span, ..line };
        if let (Some(cell), Ok(stamp)) = (utc, &mut line.stamp) {
            let other = entry(self.text, *cell, cell.start);
            if let Some(utc) = other.timestamp() {
                stamp.zone.get_or_insert_with(|| columns.local.clone());
                let zone = utc.zone.clone().or(Some(TimeZone::Utc));
                line.elsewhere = Some(super::Timestamp { zone, ..utc.clone() });
            }
        }
        // The text begins with the first cell that holds nothing of the time.
        let taken = utc.map_or(line.stamp_span.end, |cell| cell.end.max(line.stamp_span.end));
        let texts: Vec<Span> = row.cells.iter().copied().filter(|cell| cell.start >= taken).collect();
        if !matches!(line.stamp, Err(TimestampError::Missing)) && texts.len() < row.cells.len() {
            let begins_with_time = line.stamp_span.start <= first.end;
            if let Some(text) = texts.first().filter(|_| begins_with_time)
                && first.end <= line.text_start
            {
                let words = text.slice(self.text);
                line.text_start = text.start + (words.len() - words.trim_start().len());
            }
        }
        let marked = texts.iter().map(|cell| cell_marks(self.text, *cell));
        line.marks = marked.flatten().collect();
        Some(line)
    }

    /// Paragraphs that begin with a time, each with what follows it. Beside entries of other shapes a paragraph needs a time
    /// of day.
    fn paragraphs(&self, details: &SpanSet, shapes: Shapes) -> Vec<EntryLine> {
        let paragraphs = within(&self.outline.paragraphs, self.inside, |paragraph| *paragraph);
        let paragraphs = paragraphs.filter(|paragraph| !details.covers(**paragraph));
        let has_others = shapes == Shapes::Several;
        let mut lines: Vec<EntryLine> = Vec::new();
        for paragraph in paragraphs {
            let mut line = entry(self.text, *paragraph, paragraph.start);
            let stamp_only = self.text[line.text_start.min(paragraph.end)..paragraph.end].trim().is_empty();
            let is_entry = match &line.stamp {
                Ok(stamp) => stamp.clock.is_some() || stamp_only || !has_others,
                Err(TimestampError::Unreadable { .. }) => !lines.is_empty() || !has_others,
                Err(TimestampError::Missing) => false,
            };
            if is_entry {
                line.is_day = stamp_only && line.timestamp().is_some_and(|stamp| stamp.clock.is_none());
                lines.push(line);
            }
        }
        if !has_others && lines.iter().all(|line| line.is_day) {
            lines.clear();
        }
        self.extend_to_next(&mut lines);
        lines
    }

    /// What stands between a paragraph with a time and the next one, or the next heading, belongs to it, with the end of
    /// its last line.
    fn extend_to_next(&self, lines: &mut [EntryLine]) {
        let headings: Vec<usize> = within(&self.outline.headings, self.inside, |heading| heading.span)
            .map(|heading| heading.span.start)
            .collect();
        for at in 0..lines.len() {
            let next = lines.get(at + 1).map_or(self.inside.end, |next| next.span.start);
            let heading = headings.partition_point(|heading| *heading <= lines[at].span.start);
            let end = headings.get(heading).map_or(next, |heading| next.min(*heading));
            if !lines[at].is_day {
                let words = self.text[..end].trim_end().len();
                let line = self.text[words..end].find('\n').map_or(end, |break_at| words + break_at + 1);
                lines[at].span.end = line.max(lines[at].span.end);
            }
        }
    }

    /// Whether nothing stands between two items.
    fn is_adjacent(&self, one: Span, next: Span) -> bool {
        self.text.get(one.end..next.start).unwrap_or_default().trim().is_empty()
    }
}

/// What the head of a table says about its columns of time.
struct Columns {
    /// The column that gives the time in UTC beside a column of another zone.
    utc: Option<usize>,
    /// The zone of that other column.
    local: TimeZone,
}

impl Columns {
    fn of(text: &str, head: &[Span]) -> Self {
        let statements: Vec<Statement> = head.iter().map(|cell| heading_statement(cell.slice(text))).collect();
        let utc = statements.iter().skip(1).position(|statement| *statement == Statement::Zone(TimeZone::Utc));
        let utc = utc.map(|at| at + 1).filter(|_| statements.first() != Some(&Statement::Zone(TimeZone::Utc)));
        let local = match statements.into_iter().next() {
            Some(Statement::Zone(zone)) => zone,
            Some(Statement::Nothing | Statement::Unclear) | None => TimeZone::Named("local time".to_owned()),
        };
        Self { utc, local }
    }
}
