//! The one grammar of the times at the beginning of a timeline entry.

mod approximate;
mod clock;
mod cursor;
mod day;
#[cfg(test)]
mod examples;
mod first_day;
mod range;
mod statement;
mod zone;

use std::ops::Range;

pub use clock::TimeOfDay;
pub use day::Day;
pub use first_day::{day_in, first_day_in, mentions_day, names_part_of_day};
pub(in crate::document) use statement::{Statement, heading_statement, statement};
pub use zone::TimeZone;

use approximate::{about, or_so};
use cursor::Cursor;
use range::{elsewhere, range};

/// A date, a time, or both, as far as the author wrote them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timestamp {
    /// `None` when the day is that of the entry above.
    pub day: Option<Day>,
    /// `None` when only a day or a month is written.
    pub clock: Option<TimeOfDay>,
    /// `None` when no zone stands beside it.
    pub zone: Option<TimeZone>,
    /// Whether the author marked it as approximate: `~`, `about`, `10:05ish`.
    pub approximate: bool,
}

/// What stands at the beginning of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// Nothing that looks like a time.
    NoTime,
    /// A time, or a range of times, that was read whole.
    Time(Box<When>),
    /// Something that looks like a time and was not read whole.
    Unreadable {
        /// The day, if that was read.
        day: Option<Day>,
        /// The part that was read; empty if none was.
        read: Range<usize>,
        /// The part that was not.
        unread: Range<usize>,
    },
}

/// When, as an entry says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct When {
    /// The time, or the beginning of a range.
    pub from: Timestamp,
    /// The end of a range.
    pub until: Option<Timestamp>,
    /// The same time in another zone, as in `11:00 CET (10:00 UTC)`.
    pub elsewhere: Option<Timestamp>,
    /// Where it stands, without markup around it.
    pub place: Range<usize>,
}

/// Reads what stands at `start` in `line`, which holds no line break.
pub(super) fn read(line: &str, start: usize) -> Reading {
    let mut cursor = Cursor::new(line, start);
    cursor.markup();
    let begin = cursor.at;
    let Some(from) = timestamp(&mut cursor) else {
        let end = unread_end(line, begin);
        let is_time = looks_like_time(&Cursor::new(line, begin)) || is_time_behind_slip(line, begin);
        return if is_time {
            Reading::Unreadable { day: None, read: begin..begin, unread: begin..end }
        } else {
            Reading::NoTime
        };
    };
    let (first_end, day) = (cursor.at, from.day);
    let unreadable = |at: usize| {
        let mut place = Cursor::new(line, at);
        place.markup();
        Reading::Unreadable { day, read: begin..first_end, unread: place.at..unread_end(line, place.at) }
    };
    let mut when = When { from, until: None, elsewhere: None, place: begin..first_end };
    match range(&mut cursor, &when.from) {
        Ok(until) => when.until = until,
        Err(()) => return unreadable(first_end),
    }
    if let Some(until) = &when.until
        && when.from.zone.is_none()
    {
        when.from.zone = until.zone.clone();
    }
    when.elsewhere = elsewhere(&mut cursor, &when.from);
    if when.from.day.is_none() && when.until.is_none() {
        when.from.day = cursor.attempt(day_behind);
    }
    if when.from.day.is_some() && when.from.clock.is_none() && is_followed_by_number(&cursor) || goes_on(&cursor) {
        return unreadable(cursor.at);
    }
    when.place.end = cursor.at;
    Reading::Time(Box::new(when))
}

/// Whether a heading names a day or a time, readable or not.
pub(in crate::document) fn begins_with_time(heading: &str) -> bool {
    !matches!(read(heading, 0), Reading::NoTime)
}

/// The end of what is shown as not read: some words at most.
fn unread_end(line: &str, start: usize) -> usize {
    let rest = &line[start..];
    let up_to = |count: usize| rest.char_indices().nth(count).map_or(rest.len(), |(at, _)| at);
    let mut end = up_to(30);
    let near = &rest[..up_to(33)];
    for separator in [" — ", " – ", " - ", " | ", ": "] {
        end = end.min(near.find(separator).filter(|at| *at > 0).unwrap_or(end));
    }
    start + rest[..end].trim_end().len()
}

/// A date, a month, a time of day, or a date with a time; with zone and approximation.
fn timestamp(cursor: &mut Cursor<'_>) -> Option<Timestamp> {
    let start = cursor.at;
    cursor.attempt(|cursor| {
        let mut stamp = Timestamp { approximate: about(cursor), ..Timestamp::default() };
        stamp.day = day::day(cursor);
        if stamp.day.is_some() {
            if let Some((clock, approximate, zone)) = cursor.attempt(clock_of_day) {
                (stamp.clock, stamp.zone) = (Some(clock), zone);
                stamp.approximate |= approximate;
            }
        } else {
            let before = utc_before(cursor);
            let clock = clock::clock(cursor)?;
            (stamp.clock, stamp.zone) = (Some(clock), before);
        }
        finish(cursor, &mut stamp, start);
        Some(stamp)
    })
}

/// What may stand behind the digits of a time: `h`, `ish`, a zone.
fn finish(cursor: &mut Cursor<'_>, stamp: &mut Timestamp, start: usize) {
    if let Some(clock) = stamp.clock {
        let is_iso = stamp.day.is_some() && {
            // The T of a date with its time, not that of Tuesday.
            let written = cursor.slice(start).as_bytes();
            written.windows(3).any(|signs| signs[1] == b'T' && signs[0].is_ascii_digit() && signs[2].is_ascii_digit())
        };
        let _ = ["hrs", "h", " hrs", " uhr", " h"].into_iter().any(|word| cursor.word(word));
        stamp.approximate |= or_so(cursor);
        if stamp.zone.is_none() && (is_iso || !begins_range(cursor, clock)) {
            // The zone may stand outside of the markup of the time: `**10:05** UTC`.
            stamp.zone = zone::zone(cursor).or_else(|| {
                cursor.attempt(|cursor| {
                    cursor.skip(|c| matches!(c, '*' | '_' | '`' | ']')).then_some(())?;
                    zone::zone(cursor)
                })
            });
        }
    } else if let Some(Day::Date(_) | Day::Yearless { .. }) = stamp.day {
        // `2024-06-15 (UTC)` gives the zone of the times below it.
        stamp.zone = cursor.attempt(|cursor| {
            cursor.blanks();
            cursor.rest().starts_with(['(', 'U']).then_some(())?;
            zone::zone(cursor)
        });
    }
    stamp.approximate |= or_so(cursor);
}

/// `UTC 10:05`.
fn utc_before(cursor: &mut Cursor<'_>) -> Option<TimeZone> {
    cursor.attempt(|cursor| {
        (cursor.word("utc") || cursor.word("gmt")).then_some(())?;
        cursor.blanks().then_some(())?;
        clock::looks_like_clock(cursor).then_some(TimeZone::Utc)
    })
}

/// The time that follows a day.
fn clock_of_day(cursor: &mut Cursor<'_>) -> Option<(TimeOfDay, bool, Option<TimeZone>)> {
    let start = cursor.at;
    if !cursor.eat("T") {
        // Also `2024-03-04 — 13:31` and `2024-03-04 at 13:31`: a time that follows the day is that day's.
        let is_gap = |c: char| {
            (c.is_whitespace() && c != '\n')
                || matches!(c, ',' | '|' | '*' | '_' | '`' | '[' | ']' | '(' | ')' | ':' | '-' | '–' | '—' | '@' | '.')
        };
        cursor.skip(is_gap);
        if cursor.word("at") {
            cursor.skip(is_gap);
        }
    }
    (cursor.at > start).then_some(())?;
    let approximate = about(cursor);
    let before = utc_before(cursor);
    clock::clock(cursor).map(|clock| (clock, approximate, before))
}

/// Whether `-13:55` follows at once and is the end of a range rather than an offset: it is later on the same day.
fn begins_range(cursor: &Cursor<'_>, from: TimeOfDay) -> bool {
    let mut ahead = *cursor;
    let has_blank = ahead.blanks();
    let is_minus = ahead.rest().starts_with(['-', '−']);
    if !is_minus {
        return false;
    }
    ahead.at += ahead.peek().map_or(0, char::len_utf8);
    // `10:05 -05:00`, `10:05:07-07:00` and `T10:05-07:00` are offsets; `10:05-10:20` is a range.
    let Some(end) = clock::clock(&mut ahead) else { return false };
    let is_offset_like = has_blank || from.seconds;
    !is_offset_like || end.time > from.time
}

/// The day that follows a time: `22:30 UTC (Oct 29)`, `12:45 PM PST Saturday Oct 30th`.
fn day_behind(cursor: &mut Cursor<'_>) -> Option<Day> {
    cursor.skip(|c| matches!(c, ' ' | ',' | '*' | '_'));
    let is_bracketed = cursor.eat("(");
    cursor.word("on");
    cursor.blanks();
    let day = day::day(cursor)?;
    (!is_bracketed || cursor.eat(")")).then_some(day)
}

/// Whether more of a time follows that the grammar does not take.
fn goes_on(cursor: &Cursor<'_>) -> bool {
    let mut ahead = *cursor;
    if ahead.peek().is_some_and(|c| c.is_alphanumeric() || c == '?') {
        return true;
    }
    ahead.markup();
    clock::looks_like_clock(&ahead) || day::looks_like_day(&ahead)
}

/// Right after a date any digit is meant as a time.
fn is_followed_by_number(cursor: &Cursor<'_>) -> bool {
    let mut ahead = *cursor;
    ahead.skip(|c| (c.is_whitespace() && c != '\n') || matches!(c, ',' | '*' | '_' | '`' | '(' | '[' | ')' | ']'));
    about(&mut ahead);
    let is_blank_form = ["--:--", "tbc", "tbd", "time tbc", "time tbd", "time unknown"].into_iter().any(|form| {
        let mut form_ahead = ahead;
        form_ahead.eat(form)
    });
    ahead.digit_count() > 0 || is_blank_form || clock::looks_like_clock(&ahead)
}

/// Whether a letter or two slipped in before a time of day or a whole date: `x2026-02-25 16:00`.
fn is_time_behind_slip(line: &str, begin: usize) -> bool {
    let word = line.get(begin..).unwrap_or_default();
    let digits = word.trim_start_matches(char::is_alphabetic);
    let slip = &word[..word.len() - digits.len()];
    let cursor = Cursor::new(line, begin + slip.len());
    // `db01:5432` is a port.
    let minutes = digits.get(2..).and_then(|rest| rest.strip_prefix(':')).unwrap_or_default();
    let has_minutes = minutes.find(|c: char| !c.is_ascii_digit()).unwrap_or(minutes.len()) == 2;
    matches!(slip.chars().count(), 1 | 2)
        && (cursor.digit_count() == 2 && has_minutes || cursor.digit_count() == 4 && day::looks_like_day(&cursor))
}

/// Whether what stands here was meant as a time, with or without a word of approximation before it.
fn looks_like_time(cursor: &Cursor<'_>) -> bool {
    let mut ahead = *cursor;
    let is_about = about(&mut ahead);
    let mut named = ahead;
    clock::looks_like_clock(&ahead)
        || day::looks_like_day(&ahead)
        || day::day(&mut named).is_some()
        || is_about && (1..=2).contains(&ahead.digit_count()) && {
            let mut after = ahead;
            after.at += ahead.digit_count();
            day::follows_separator(&after)
        }
}
