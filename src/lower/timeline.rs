//! From timeline lines to entries: dates carried over, zones resolved, marks recognised.

use chrono::{Duration, NaiveDate, NaiveTime};

use crate::diagnostic::{ProblemKind, Problems};
use crate::document::{Day, Document, EntryLine, TimeOfDay, TimeZone, Timestamp, TimestampError};
use crate::model::{Mark, Moment, Policy, Precision, Timeline, TimelineEntry};
use crate::text::{Span, Spanned, nearest};

/// Turns the timeline lines of `document` into entries. Lines without a time that can be placed are reported and left out.
pub(super) fn lower(document: &Document, policy: &Policy, problems: &mut Problems) -> Timeline {
    let stated = document.timeline_zone.as_ref();
    let mut state = Lowering {
        marks: marks(policy),
        problems,
        day: None,
        day_reported: false,
        zone: if names_utc(document) { Some(TimeZone::Utc) } else { stated.map(|zone| zone.value.clone()) },
        zone_span: stated.map(|zone| zone.span),
        zone_reported: false,
    };
    let mut entries: Vec<TimelineEntry> = Vec::new();
    for line in &document.timeline {
        entries.extend(state.entry(line));
    }
    Timeline::new(entries)
}

struct Lowering<'a> {
    /// The marks that there are.
    marks: Vec<Mark>,
    problems: &'a mut Problems,
    /// The day of the entry above.
    day: Option<NaiveDate>,
    /// Whether it was said that there is none. One date mends all entries below it.
    day_reported: bool,
    /// The zone of times that name none.
    zone: Option<TimeZone>,
    /// Where that is said, above all entries.
    zone_span: Option<Span>,
    zone_reported: bool,
}

/// Whether any entry names UTC.
fn names_utc(document: &Document) -> bool {
    let is_utc = |line: &EntryLine| line.stamp.as_ref().is_ok_and(|stamp| stamp.zone == Some(TimeZone::Utc));
    document.timeline.iter().any(is_utc)
}

impl Lowering<'_> {
    fn entry(&mut self, line: &EntryLine) -> Option<TimelineEntry> {
        let stamp = match &line.stamp {
            Ok(stamp) => stamp,
            Err(error) => {
                self.report_unreadable(line.stamp_span, *error);
                return None;
            }
        };
        if line.is_day_heading {
            self.day = stamp.day.map(first_day);
            return None;
        }
        let marks: Vec<_> = line.marks.iter().filter_map(|word| self.mark(word)).collect();
        let at = self.moment(stamp, line.stamp_span)?;
        let day = self.day;
        let until = line.until.as_ref().and_then(|until| self.until(until, stamp, line.stamp_span, at));
        // What follows goes on from the beginning of a range: its end may lie far ahead.
        self.day = day;
        let text_start = if marks.is_empty() { line.bold_start } else { line.text_start };
        Some(TimelineEntry { at, until, marks, span: line.span, stamp_span: line.stamp_span, text_start })
    }

    fn report_unreadable(&mut self, span: Span, error: TimestampError) {
        let (message, help) = match error {
            TimestampError::Missing => (
                "this line of the timeline does not begin with a time",
                "Begin it with a time: `2024-03-04 13:31 UTC — …`, `13:40 — …` or `2024-03-04 — …`. What belongs to no time can stand below the list.",
            ),
            TimestampError::Impossible => (
                "this time cannot be read",
                "Write it as `2024-03-04 13:31 UTC`, `13:40`, `~13:40`, `13:40–13:55`, `2024-03-04` or `2024-03`.",
            ),
        };
        self.problems.add(ProblemKind::UnreadableEntry, span, message).help(help);
    }

    /// The end of a range. Without a day of its own it is on the day of the beginning, or the next when it would lie before.
    fn until(&mut self, until: &Timestamp, from: &Timestamp, span: Span, at: Moment) -> Option<Moment> {
        let until = Timestamp { zone: until.zone.clone().or_else(|| from.zone.clone()), ..until.clone() };
        let end = self.moment(&until, span)?;
        if end.at >= at.at {
            return Some(end);
        }
        if until.day.is_none() {
            return Some(Moment { at: end.at + Duration::days(1), ..end });
        }
        self.problems
            .add(ProblemKind::UnreadableEntry, span, "this range ends before it begins")
            .help("Write the earlier time first, and check both dates.");
        None
    }

    fn moment(&mut self, stamp: &Timestamp, span: Span) -> Option<Moment> {
        let day = match stamp.day {
            Some(day) => first_day(day),
            None => match self.day {
                Some(day) => day,
                None => {
                    self.report_no_day(span);
                    return None;
                }
            },
        };
        self.day = Some(day);
        let approximate = stamp.approximate;
        let Some(TimeOfDay { time, seconds }) = stamp.clock else {
            let precision = if matches!(stamp.day, Some(Day::Month(_))) { Precision::Month } else { Precision::Day };
            return Some(Moment { at: day.and_time(NaiveTime::MIN), precision, approximate });
        };
        let offset = self.offset(stamp.zone.as_ref(), span);
        let precision = if seconds { Precision::Second } else { Precision::Minute };
        Some(Moment { at: day.and_time(time) - Duration::minutes(offset.into()), precision, approximate })
    }

    /// A time that has no date is reported once a timeline.
    fn report_no_day(&mut self, span: Span) {
        if !std::mem::replace(&mut self.day_reported, true) {
            self.problems
                .add(ProblemKind::UnreadableEntry, span, "this time has no date, and no entry above has one")
                .help("Give the first entry a date: `2024-03-04 13:31 UTC — …`. Those below it take it over.");
        }
    }

    /// Minutes east of UTC. An unknown zone is reported once a timeline.
    fn offset(&mut self, zone: Option<&TimeZone>, span: Span) -> i32 {
        let (zone, span) = match zone {
            Some(zone) => (Some(zone), span),
            None => (self.zone.as_ref(), self.zone_span.unwrap_or(span)),
        };
        let (message, help) = match zone {
            Some(TimeZone::Utc) => return 0,
            Some(TimeZone::Offset(minutes)) => return *minutes,
            None => (
                "no time in this timeline says which zone it is in".to_owned(),
                "Write the first one with its zone: `2024-03-04 13:31 UTC`. Readers elsewhere cannot guess it."
                    .to_owned(),
            ),
            Some(TimeZone::Named(name)) => (
                format!("`{name}` is no offset from UTC: it means different times in different places and seasons"),
                "Write UTC, or an offset such as `+02:00`.".to_owned(),
            ),
        };
        if !std::mem::replace(&mut self.zone_reported, true) {
            self.problems.add(ProblemKind::TimeWithoutZone, span, message).help(help);
        }
        0
    }

    fn mark(&mut self, word: &Spanned<String>) -> Option<Spanned<Mark>> {
        let marks = &self.marks;
        if let Some(mark) = marks.iter().find(|mark| mark.name().eq_ignore_ascii_case(&word.value)) {
            return Some(Spanned::new(mark.clone(), word.span));
        }
        let words = word.value.split_whitespace().count();
        let near = nearest(&word.value, marks.iter().map(Mark::name)).filter(|_| words <= 2)?;
        self.problems
            .add(ProblemKind::UnknownMark, word.span, format!("`{}` is no mark of a timeline", word.value))
            .help(format!("Did you mean `{near}`? Bold words that are no mark should not stand right after the time."));
        None
    }
}

fn marks(policy: &Policy) -> Vec<Mark> {
    let custom = policy.marks.iter().map(|mark| Mark::Custom(mark.name.clone()));
    Mark::built_in().chain(custom).collect()
}

fn first_day(day: Day) -> NaiveDate {
    match day {
        Day::Date(date) | Day::Month(date) => date,
    }
}
