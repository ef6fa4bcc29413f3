//! Ranges of times, and the same time in two zones.

use chrono::{NaiveTime, Timelike};

use super::clock::TimeOfDay;
use super::cursor::Cursor;
use super::{Timestamp, clock, day, looks_like_time, timestamp, zone};

/// The end of a range that began with `from`; an error where one was begun and could not be read.
pub(super) fn range(cursor: &mut Cursor<'_>, from: &Timestamp) -> Result<Option<Timestamp>, ()> {
    let mut ahead = *cursor;
    ahead.skip(|c| matches!(c, '*' | '_' | '`' | ']'));
    let has_blank = ahead.blanks();
    let word = ["to", "until", "till", "through"].into_iter().any(|word| ahead.word(word));
    let joins = !word && (ahead.word("and") || ahead.word("or") || ahead.eat("&") || ahead.eat("/") || ahead.eat(","));
    let is_long = !word && !joins && ahead.eat("—");
    let dash = !word && !joins && !is_long && (ahead.eat("–") || ahead.eat("-") || ahead.eat("−") || ahead.eat("..."));
    if !(word || joins || is_long || dash) {
        return Ok(None);
    }
    let space_after = ahead.skip(|c| matches!(c, ' ' | '*' | '_' | '`' | '['));
    if joins {
        // `10:00 and 11:00` are two times, `10:00 CET / 09:00 UTC` is one.
        let is_other_zone = elsewhere(&mut { *cursor }, from).is_some();
        return if !is_other_zone && looks_like_time(&ahead) { Err(()) } else { Ok(None) };
    }
    if from.clock.is_some_and(|clock| clock.seconds)
        && let Some(until) = seconds_only(&mut ahead, from)
    {
        *cursor = ahead;
        return Ok(Some(until));
    }
    let begun = ahead;
    let Some(until) = timestamp(&mut ahead) else {
        // `16:05–07` and `12:26-12:??` were meant as ranges.
        let digits = begun.digit_count();
        let glued = !has_blank && !space_after && (1..=2).contains(&digits) && {
            let mut after = begun;
            after.at += digits;
            day::follows_separator(&after)
        };
        return if clock::looks_like_clock(&begun) || glued && from.clock.is_some() { Err(()) } else { Ok(None) };
    };
    // `13:30 – 2024-04-01 is the deadline` is no range: both ends are as exact as each other.
    if until.clock.is_some() != from.clock.is_some() {
        return if until.day.is_none() { Err(()) } else { Ok(None) };
    }
    // The long dash parts an entry from its time.
    if is_long {
        let is_later = until.clock.map(|clock| clock.time) > from.clock.map(|clock| clock.time);
        return if until.clock.is_some() && is_later { Err(()) } else { Ok(None) };
    }
    // Over midnight a range is short; `10:05 - 09:00 backup` is hardly one.
    if until.day.is_none() && over_midnight(from, &until).is_some_and(|hours| hours > 12) {
        // A zone before the dash ends the time: the other one begins the text.
        return if from.zone.is_some() && until.zone.is_none() { Ok(None) } else { Err(()) };
    }
    *cursor = ahead;
    Ok(Some(until))
}

/// How many hours a range lasts that ends earlier in the day than it began.
fn over_midnight(from: &Timestamp, until: &Timestamp) -> Option<i64> {
    let (from, until) = (from.clock?.time, until.clock?.time);
    (until < from).then(|| (until - from).num_hours() + 24)
}

/// `16:05:57-58`.
fn seconds_only(cursor: &mut Cursor<'_>, from: &Timestamp) -> Option<Timestamp> {
    cursor.attempt(|cursor| {
        let second = cursor.digits(2, 2)?;
        (!cursor.rest().starts_with([':', '.', 'h'])).then_some(())?;
        let start = from.clock?.time;
        let time = with_second(start, second).filter(|end| *end > start)?;
        let mut until = Timestamp { clock: Some(TimeOfDay { time, seconds: true }), ..Timestamp::default() };
        until.zone = zone::zone(cursor);
        Some(until)
    })
}

fn with_second(time: NaiveTime, second: u32) -> Option<NaiveTime> {
    time.with_second(second)
}

/// The same time in another zone: `10:00 CET (09:00 UTC)`, `11:00 CET / 10:00 UTC`.
pub(super) fn elsewhere(cursor: &mut Cursor<'_>, from: &Timestamp) -> Option<Timestamp> {
    cursor.attempt(|cursor| {
        from.zone.as_ref()?;
        cursor.skip(|c| matches!(c, ' ' | '*' | '_' | '`' | ']'));
        let is_bracketed = cursor.eat("(") || cursor.eat("[");
        (is_bracketed || cursor.eat("/") || cursor.eat("=") || cursor.eat(",") || cursor.eat("|")).then_some(())?;
        cursor.blanks();
        let stamp = timestamp(cursor)?;
        (stamp.clock.is_some() && stamp.zone.is_some() && stamp.zone != from.zone).then_some(())?;
        if is_bracketed {
            cursor.blanks();
            (cursor.eat(")") || cursor.eat("]")).then_some(())?;
        }
        Some(stamp)
    })
}
