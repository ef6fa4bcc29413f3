//! Reads the beginning of one entry of a timeline: when, which marks, and where its text begins.

use super::time::{Day, Reading, Timestamp, read};
use crate::text::{Span, Spanned};

/// A line of the timeline as written.
#[derive(Clone, Debug)]
pub struct EntryLine {
    /// The list item, the table row, the paragraph, or the heading with the text below it.
    pub span: Span,
    /// The timestamp; without one, the words where it would stand.
    pub stamp_span: Span,
    /// The timestamp, or why none was read.
    pub stamp: Result<Timestamp, TimestampError>,
    /// The end of a range such as `13:40–13:55`.
    pub until: Option<Timestamp>,
    /// The same time in another zone, as in `11:00 CET (10:00 UTC)` or in a second column.
    pub elsewhere: Option<Timestamp>,
    /// Whether the line only gives the day for the entries below it.
    pub is_day: bool,
    /// Whether the line has no time because all that stands below its day has none: it happened on that day.
    pub takes_day: bool,
    /// Footnotes and links that stand between the timestamp and the separator after it.
    pub note: Option<Span>,
    /// The words after the timestamp that may be phase marks, in order.
    pub marks: Vec<MarkWords>,
    /// The offset of the text after the timestamp, marks included.
    pub text_start: usize,
}

/// Words that may be a phase mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkWords {
    /// The words.
    pub words: Spanned<String>,
    /// How they stand out.
    pub form: MarkForm,
    /// The offset of the text after them.
    pub after: usize,
}

/// How the words of a phase mark stand out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkForm {
    /// In bold.
    Bold,
    /// As a whole cell of a table, or all of the entry's text.
    Alone,
    /// Before a colon or a dash.
    Opening,
}

/// Why a line has no timestamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimestampError {
    /// The line does not begin with anything that looks like a date or a time.
    Missing,
    /// It begins with something that looks like a time and was not read whole.
    Unreadable {
        /// The day, if that was read.
        day: Option<Day>,
        /// The part that was read; empty if none was.
        read: Span,
        /// The part that was not.
        unread: Span,
    },
}

impl EntryLine {
    /// The timestamp, if one was read.
    pub fn timestamp(&self) -> Option<&Timestamp> {
        self.stamp.as_ref().ok()
    }

    /// The day that the line states, also where the time after it cannot be read.
    pub fn day(&self) -> Option<Day> {
        match self.stamp {
            Ok(Timestamp { day, .. }) | Err(TimestampError::Unreadable { day, .. }) => day,
            Err(TimestampError::Missing) => None,
        }
    }
}

/// The greatest number of marks of one entry.
const MARKS: usize = 50;

/// The most characters that a day and a time have.
const LONGEST_TIME: usize = 40;

/// The words in which the first digit of a time stands.
const WORDS_BEFORE_DIGIT: usize = 8;

/// The most words that a phase mark has.
const MARK_WORDS: usize = 4;

/// The text up to the end of the first line of an entry that begins at `start`. Time and marks stand in it; what follows in
/// other lines only tells more.
fn up_to_first_line(text: &str, start: usize, end: usize) -> &str {
    let end = end.max(start);
    &text[..text[start..end].find('\n').map_or(end, |at| start + at)]
}

/// Whether an entry that begins at `start` begins with a time of day.
pub(super) fn begins_with_clock(text: &str, start: usize, end: usize) -> bool {
    let line = up_to_first_line(text, start, end);
    // Before its first digit a time has a few words at most, such as "at about Monday, the". Most lines are prose, and need
    // not be read.
    let mut words = line[start..].split_whitespace().filter(|word| word.contains(char::is_alphanumeric));
    let may_begin = words.by_ref().take(WORDS_BEFORE_DIGIT).any(|word| word.contains(|c: char| c.is_ascii_digit()));
    may_begin && matches!(read(line, start), Reading::Time(when) if when.from.clock.is_some())
}

/// Reads an entry whose first line begins at `start`.
pub(super) fn entry(text: &str, span: Span, start: usize) -> EntryLine {
    let line = up_to_first_line(text, start, span.end);
    let line_end = line.len();
    match read(line, start) {
        Reading::Time(when) => {
            let (note, after) = separator(line, when.place.end);
            let marks = bold_marks(line, after);
            let marks = if marks.is_empty() { opening_mark(line, after).into_iter().collect() } else { marks };
            EntryLine {
                span,
                stamp_span: when.place.into(),
                stamp: Ok(when.from),
                until: when.until,
                elsewhere: when.elsewhere,
                is_day: false,
                takes_day: false,
                note,
                marks,
                text_start: after,
            }
        }
        Reading::Unreadable { day, read, unread } => {
            let error = TimestampError::Unreadable { day, read: read.clone().into(), unread: unread.clone().into() };
            EntryLine { stamp_span: Span::new(read.start, unread.end), ..without_time(span, start, error) }
        }
        Reading::NoTime => {
            let begin = start + (line[start..].len() - line[start..].trim_start().len());
            let marks = bold_marks(line, start);
            let marks = if marks.is_empty() { opening_mark(line, start).into_iter().collect() } else { marks };
            let stamp_span = Span::new(begin, line_end.max(begin));
            EntryLine { stamp_span, marks, ..without_time(span, start, TimestampError::Missing) }
        }
    }
}

/// Reads an entry that ends with a day and a time, behind the words for what happened then.
pub(super) fn entry_before_time(text: &str, span: Span, start: usize) -> Option<EntryLine> {
    let line = text[start..span.end.max(start)].lines().next()?.trim_end();
    let end = start + line.len();
    let begins_number = |at: &usize| {
        let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        is_digit(text[*at..].chars().next()) && !is_digit(text[..*at].chars().next_back())
    };
    let last_words = line.char_indices().rev().take(LONGEST_TIME).last().map_or(start, |(at, _)| start + at);
    let numbers = (last_words..end).filter(|at| text.is_char_boundary(*at)).filter(begins_number);
    let mut times = numbers.map(|at| entry(text, Span::new(at, end), at));
    let time = times.find(|time| match &time.stamp {
        Ok(stamp) => stamp.day.is_some() && stamp.clock.is_some() && time.stamp_span.end == end,
        Err(TimestampError::Unreadable { unread, .. }) => unread.end == end,
        Err(TimestampError::Missing) => false,
    })?;
    let words = text[start..time.stamp_span.start].trim_end().trim_end_matches([':', '-', '–', '—', ',']).trim_end();
    if words.is_empty() {
        return None;
    }
    let marks = opening_mark(&text[..start + words.len()], start).into_iter().collect();
    Some(EntryLine { span, marks, text_start: start, ..time })
}

fn without_time(span: Span, text_start: usize, error: TimestampError) -> EntryLine {
    EntryLine {
        span,
        stamp_span: Span::at(text_start),
        stamp: Err(error),
        until: None,
        elsewhere: None,
        is_day: false,
        takes_day: false,
        note: None,
        marks: Vec::new(),
        text_start,
    }
}

/// Passes over markup that closes behind a time, a footnote, and the one separator. Returns the footnote and the offset of
/// the text.
fn separator(line: &str, start: usize) -> (Option<Span>, usize) {
    let rest = &line[start..];
    let closed = rest.trim_start_matches(['*', '_', '`', ']', ')']);
    let mut at = start + (rest.len() - closed.len());
    let note =
        line[at..].starts_with("[^").then(|| line[at..].find(']')).flatten().map(|end| Span::new(at, at + end + 1));
    at = note.map_or(at, |note| note.end);
    let blank = |at: usize| at + (line[at..].len() - line[at..].trim_start().len());
    let sign = blank(at);
    let is_glued = sign == at;
    for separator in ["—", "–", "-", ":", "|", ","] {
        let Some(after) = line[sign..].strip_prefix(separator) else { continue };
        // `10:05 -1 was returned` begins with a number, and `10:05-beta` with a word.
        let is_text = separator == "-" && !after.is_empty() && !after.starts_with([' ', '*', '`', '[']);
        if !is_text {
            // The markup around a time may close behind its colon: `**10:05:** the alert`.
            let closing = if is_glued && separator == ":" { after.trim_start_matches(['*', '_', '`']) } else { after };
            let end = line.len() - closing.len();
            return (note, blank(end));
        }
    }
    (note, sign)
}

/// The bold words at `start`, one bold after another, divided at commas and slashes.
fn bold_marks(line: &str, start: usize) -> Vec<MarkWords> {
    let mut marks = Vec::new();
    let mut at = start;
    while let Some(delimiter) = ["**", "__"].into_iter().find(|delimiter| line[at..].starts_with(delimiter)) {
        let from = at + delimiter.len();
        let Some(length) = line[from..].find(delimiter) else { break };
        let close = from + length + delimiter.len();
        let after = after_mark(line, close);
        let mut part_start = from;
        for part in line[from..from + length].split([',', '/', '+', '&']).take(MARKS) {
            let words = part.trim().trim_end_matches([':', '.', '—', '–', '-']).trim_end();
            if !words.is_empty() {
                let begin = part_start + (part.len() - part.trim_start().len());
                let words = Spanned::new(words.to_owned(), Span::new(begin, begin + words.len()));
                marks.push(MarkWords { words, form: MarkForm::Bold, after });
            }
            part_start += part.len() + 1;
        }
        if after == at || marks.len() >= MARKS {
            break;
        }
        at = after;
    }
    marks
}

/// The offset of the text after a mark that ends at `end`: behind the one separator.
fn after_mark(line: &str, end: usize) -> usize {
    let blank = |at: usize| at + (line[at..].len() - line[at..].trim_start().len());
    let at = blank(end);
    let separator = ["—", "–", "-", ":", ".", ",", "/", "+", "&", "|"].into_iter().find(|separator| {
        let after = line[at..].strip_prefix(separator);
        after.is_some_and(|after| after.is_empty() || after.starts_with([' ', '*']))
    });
    separator.map_or(at, |separator| blank(at + separator.len()))
}

/// The words before the first colon or dash, or all of the text, where they are few.
fn opening_mark(line: &str, start: usize) -> Option<MarkWords> {
    let rest = &line[start..];
    let end = [" — ", " – ", " - ", ": ", " | "].into_iter().filter_map(|separator| rest.find(separator)).min();
    let (words, form) = match end {
        Some(end) => (&rest[..end], MarkForm::Opening),
        None => (rest.trim_end().trim_end_matches([':', '.', '|', '—', '–', '-']), MarkForm::Alone),
    };
    let words = words.trim_end();
    let is_short = !words.is_empty() && words.split_whitespace().count() <= MARK_WORDS;
    let is_plain = words.chars().all(|c| c.is_alphabetic() || c == ' ' || c == '-' || c == '\'');
    (is_short && is_plain).then(|| MarkWords {
        words: Spanned::new(words.to_owned(), Span::new(start, start + words.len())),
        form,
        after: after_mark(line, start + words.len()),
    })
}

/// The words of a cell that may be a phase mark: its bold beginning, or all of it.
pub(super) fn cell_marks(text: &str, cell: Span) -> Vec<MarkWords> {
    let line = &text[..cell.end];
    let start = cell.start + (cell.slice(text).len() - cell.slice(text).trim_start().len());
    let bold = bold_marks(line, start);
    if bold.is_empty() { opening_mark(line, start).into_iter().collect() } else { bold }
}
