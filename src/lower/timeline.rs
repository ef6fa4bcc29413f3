//! From timeline lines to entries: days carried over, zones resolved, marks recognised.

mod head_mark;

use chrono::{Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime};

use super::day::stated_day;
use super::phase_mark::Marks;
use super::zone::{LocalTime, Zones};
use crate::diagnostic::{ProblemKind, Problems};
use crate::document::{Day, Document, EntryLine, TimeOfDay, TimeZone, Timestamp, TimestampError};
use crate::model::{Moment, Policy, Precision, Timeline, TimelineEntry, UntimedEntry};
use crate::text::Span;

/// Turns the timeline lines of `document` into entries. Lines whose time cannot be placed are reported, and stay as
/// entries without a time.
pub(super) fn lower(document: &Document, policy: &Policy, problems: &mut Problems) -> Timeline {
    let usual_zone = policy.reviews.of(&document.source.path).and_then(|place| place.zone.as_ref());
    let mut state = Lowering {
        text: &document.published,
        marks: Marks::of(policy),
        zones: Zones::new(document.timeline_zone.as_ref(), usual_zone, policy),
        problems,
        day: None,
        year: None,
        is_day_reported: false,
    };
    let (day, year) = stated_day(document);
    (state.day, state.year) = (day, year);
    if let Some(Day::Date(day)) = document.timeline_day {
        state.day = Some(day);
    }
    let (mut entries, mut untimed, mut day_lines) = (Vec::new(), Vec::new(), Vec::new());
    for line in &document.timeline {
        match state.line(line) {
            Some(Lowered::Timed(entry)) => entries.push(*entry),
            Some(Lowered::Untimed { marks, text_start }) => {
                untimed.push(UntimedEntry { after: entries.len(), marks, span: line.span, text_start });
            }
            None => day_lines.extend(state.day_line(line)),
        }
    }
    let timeline = Timeline::new(entries, untimed, day_lines);
    let stated = state.head_marks(document, &timeline);
    timeline.with_stated(stated)
}

/// What a line becomes.
enum Lowered {
    Timed(Box<TimelineEntry>),
    Untimed { marks: Vec<crate::text::Spanned<crate::model::Mark>>, text_start: usize },
}

struct Lowering<'a> {
    text: &'a str,
    marks: Marks,
    zones: Zones<'a>,
    problems: &'a mut Problems,
    /// The day of the line above.
    day: Option<NaiveDate>,
    /// The year that the head of the text states.
    year: Option<i32>,
    /// Whether a missing day was reported. One date mends all entries below it.
    is_day_reported: bool,
}

impl Lowering<'_> {
    /// `None` for a line that only gives the day.
    fn line(&mut self, line: &EntryLine) -> Option<Lowered> {
        if line.is_day {
            self.begin_day(line);
            return None;
        }
        let (marks, text_start) = self.marks.of_line(line, self.problems);
        let moment = match &line.stamp {
            Ok(stamp) => self.entry_moment(stamp, line),
            Err(TimestampError::Missing) if line.takes_day => self.moment_of_day(),
            Err(TimestampError::Missing) => None,
            Err(TimestampError::Unreadable { day, read, unread }) => {
                self.report_unreadable(*read, *unread);
                if let Some(day) = day {
                    self.take_day(*day, line.stamp_span);
                }
                None
            }
        };
        let Some(at) = moment else {
            // A time that was read but cannot be placed stays in the text.
            let text_start = line.timestamp().map_or(text_start, |_| {
                // The brackets and stars around it belong to it.
                let before = &self.text[line.span.start..line.stamp_span.start];
                line.span.start + before.trim_end_matches(['[', '(', '*', '_', '`']).len()
            });
            return Some(Lowered::Untimed { marks, text_start });
        };
        let until = self.until(line, at);
        let from = line.timestamp();
        Some(Lowered::Timed(Box::new(TimelineEntry {
            at,
            until,
            marks,
            span: line.span,
            stamp_span: line.stamp_span,
            written: from.and_then(|from| self.zones.written(from, &at, line.stamp_span.slice(self.text))),
            note: line.note,
            text_start,
        })))
    }

    /// The place of a line that says nothing but the day. Words beside it stay on the page.
    fn day_line(&self, line: &EntryLine) -> Option<Span> {
        let start = line.span.start;
        let end = self.text[start..line.span.end].find('\n').map_or(line.span.end, |at| start + at + 1);
        let rest = self.text.get(line.text_start.min(end)..end)?;
        rest.chars().all(|c| c.is_whitespace() || matches!(c, '#' | '*' | '_' | ':')).then(|| Span::new(start, end))
    }

    /// A line of its own states the day, and perhaps the zone, of all below it.
    fn begin_day(&mut self, line: &EntryLine) {
        if let Some(day) = line.day() {
            self.take_day(day, line.stamp_span);
        }
        self.zones.begin_day(line.timestamp().and_then(|stamp| stamp.zone.clone()));
    }

    /// What stands without a time below a day happened on that day.
    fn moment_of_day(&self) -> Option<Moment> {
        let day = self.day?;
        Some(Moment { at: day.and_time(NaiveTime::MIN), precision: Precision::Day, approximate: false })
    }

    fn entry_moment(&mut self, stamp: &Timestamp, line: &EntryLine) -> Option<Moment> {
        if let Some(day) = stamp.day {
            self.take_day(day, line.stamp_span)?;
        }
        let moment = self.moment(stamp, line)?;
        self.zones.carry(stamp.zone.as_ref());
        Some(moment)
    }

    /// Takes a day over for this line and those below it. `None` where there is no such day, which is reported.
    fn take_day(&mut self, day: Day, place: Span) -> Option<NaiveDate> {
        let date = match day {
            Day::Date(date) | Day::Month(date) => date,
            Day::Yearless { month, day, weekday } => {
                let Some(year) = self.day.map(|day| day.year()).or(self.year) else {
                    self.report_no_day(place, "this day has no year, and no entry above has one");
                    return None;
                };
                let date = NaiveDate::from_ymd_opt(year, month, day);
                match date.filter(|date| weekday.is_none_or(|weekday| date.weekday() == weekday)) {
                    Some(date) => date,
                    None => {
                        let message = format!("there is no such day in {year}, the year of the entry above");
                        let help = "Check the day and the day of the week, and write the year: `2024-03-04`.";
                        self.problems.add(ProblemKind::UnreadableEntry, place, message).help(help);
                        return None;
                    }
                }
            }
        };
        self.day = Some(date);
        Some(date)
    }

    fn report_unreadable(&mut self, read: Span, unread: Span) {
        let (read, words) = (read.slice(self.text).trim(), unread.slice(self.text).trim());
        let message = match read {
            "" => format!("`{words}` looks like a time and cannot be read"),
            read => format!("`{words}` after `{read}` looks like a part of the time and cannot be read"),
        };
        let help = "Write a time as `2024-03-04 13:31 UTC`, `13:40`, `~13:40`, `2:15 pm`, `13:40–13:55`, `2024-03-04` or \
                    `2024-03`. Between the time and other numbers stands a dash.";
        self.problems.add(ProblemKind::UnreadableEntry, unread, message).help(help);
    }

    /// The end of a range. Without a day of its own it is on the day of the beginning, or the next when it would lie before.
    fn until(&mut self, line: &EntryLine, at: Moment) -> Option<Moment> {
        let (from, until) = (line.timestamp()?, line.until.as_ref()?);
        let until = Timestamp { zone: until.zone.clone().or_else(|| from.zone.clone()), ..until.clone() };
        let day = self.day;
        if let Some(day) = until.day {
            self.take_day(day, line.stamp_span)?;
        }
        let end = self.moment(&until, line);
        // What follows goes on from the beginning of a range: its end may lie far ahead.
        self.day = day;
        // The words of the range say until when, where its zone is not known.
        let end = end.filter(|end| end.has_time() || until.clock.is_none())?;
        if end.at >= at.at {
            return Some(end);
        }
        if until.day.is_none() {
            return Some(Moment { at: end.at + Duration::days(1), ..end });
        }
        self.problems
            .add(ProblemKind::UnreadableEntry, line.stamp_span, "this range ends before it begins")
            .help("Write the earlier time first, and check both dates.");
        None
    }

    fn moment(&mut self, stamp: &Timestamp, line: &EntryLine) -> Option<Moment> {
        let Some(day) = self.day else {
            self.report_no_day(line.stamp_span, "this time has no date, and no entry above has one");
            return None;
        };
        let approximate = stamp.approximate;
        let Some(TimeOfDay { time, seconds }) = stamp.clock else {
            let precision = if matches!(stamp.day, Some(Day::Month(_))) { Precision::Month } else { Precision::Day };
            return Some(Moment { at: day.and_time(NaiveTime::MIN), precision, approximate });
        };
        let local = day.and_time(time);
        let precision = if seconds { Precision::Second } else { Precision::Minute };
        let is_beginning = line.timestamp().is_some_and(|first| first == stamp);
        let at = match line.elsewhere {
            Some(_) if is_beginning => self.in_two_zones(local, line),
            Some(_) | None => self.in_utc(local, stamp, line),
        };
        // In an unknown zone no more than the day is known.
        let Some(at) = at else {
            return Some(Moment { at: day.and_time(NaiveTime::MIN), precision: Precision::Day, approximate });
        };
        Some(Moment { at, precision, approximate })
    }

    /// A local time in UTC; `None` where the zone is not known.
    fn in_utc(&mut self, local: NaiveDateTime, stamp: &Timestamp, line: &EntryLine) -> Option<NaiveDateTime> {
        let time = LocalTime { zone: stamp.zone.as_ref(), at: local, place: line.stamp_span };
        Some(local - Duration::minutes(self.zones.offset(time, self.problems)?))
    }

    /// A time that is given in two zones: the one in UTC counts, and both have to agree.
    fn in_two_zones(&mut self, local: NaiveDateTime, line: &EntryLine) -> Option<NaiveDateTime> {
        let (stamp, other) = (line.timestamp()?, line.elsewhere.as_ref()?);
        let (utc, named) = match (&stamp.zone, &other.zone) {
            (Some(TimeZone::Utc), _) => (local, other),
            (_, Some(TimeZone::Utc)) => {
                let clock = other.clock?.time;
                // The date of the local time may be another one in UTC, by at most half a day.
                let ahead = (local.time() - clock).num_minutes();
                let ahead = if ahead > 14 * 60 { ahead - 24 * 60 } else { ahead };
                let ahead = if ahead < -12 * 60 { ahead + 24 * 60 } else { ahead };
                (local - Duration::minutes(ahead), stamp)
            }
            _ => (self.in_utc(local, stamp, line)?, other),
        };
        let written = named.clock.map(|clock| clock.time)?;
        let known = self.zones.known_offset(named.zone.as_ref(), utc);
        if known.is_some_and(|minutes| (utc + Duration::minutes(minutes)).time() != written) {
            let message = "the two times of this entry are not the same moment";
            let help = "Check both, or keep the one in UTC.";
            self.problems.add(ProblemKind::UnreadableEntry, line.stamp_span, message).help(help);
        }
        Some(utc)
    }

    /// Reports a missing day once a timeline.
    fn report_no_day(&mut self, span: Span, message: &str) {
        if !std::mem::replace(&mut self.is_day_reported, true) {
            self.problems
                .add(ProblemKind::UnreadableEntry, span, message)
                .help("Give the first entry a date: `2024-03-04 13:31 UTC — …`. Those below it take it over.");
        }
    }
}
