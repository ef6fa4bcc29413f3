//! Days as people write them: `2026-03-18`, `Mar 18, 2026`, `Wednesday 18 March`, `2026-03`.

use chrono::{Datelike, NaiveDate, Weekday};

use super::cursor::Cursor;

/// The day of a timestamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// A full date.
    Date(NaiveDate),
    /// A month; the date is its first day.
    Month(NaiveDate),
    /// A day without a year, which has to come from elsewhere: the month from 1, the day, and the day of the week if written.
    Yearless {
        /// From 1 to 12.
        month: u32,
        /// From 1.
        day: u32,
        /// As written beside it.
        weekday: Option<Weekday>,
    },
}

const MONTHS: [(&str, u32); 24] = [
    ("january", 1),
    ("february", 2),
    ("march", 3),
    ("april", 4),
    ("may", 5),
    ("june", 6),
    ("july", 7),
    ("august", 8),
    ("september", 9),
    ("october", 10),
    ("november", 11),
    ("december", 12),
    ("jan", 1),
    ("feb", 2),
    ("mar", 3),
    ("apr", 4),
    ("jun", 6),
    ("jul", 7),
    ("aug", 8),
    ("sept", 9),
    ("sep", 9),
    ("oct", 10),
    ("nov", 11),
    ("dec", 12),
];

const WEEKDAYS: [(&str, Weekday); 17] = [
    ("monday", Weekday::Mon),
    ("tuesday", Weekday::Tue),
    ("wednesday", Weekday::Wed),
    ("thursday", Weekday::Thu),
    ("friday", Weekday::Fri),
    ("saturday", Weekday::Sat),
    ("sunday", Weekday::Sun),
    ("mon", Weekday::Mon),
    ("tues", Weekday::Tue),
    ("tue", Weekday::Tue),
    ("wed", Weekday::Wed),
    ("thurs", Weekday::Thu),
    ("thur", Weekday::Thu),
    ("thu", Weekday::Thu),
    ("fri", Weekday::Fri),
    ("sat", Weekday::Sat),
    ("sun", Weekday::Sun),
];

/// A day, where one is written and there is such a day. A day of the week that does not fit the date is no day.
pub(super) fn day(cursor: &mut Cursor<'_>) -> Option<Day> {
    let weekday = weekday_before(cursor);
    let day = numeric(cursor).or_else(|| year_last(cursor)).or_else(|| named(cursor))?;
    let weekday = weekday.or_else(|| weekday_after(cursor));
    match (day, weekday) {
        (Day::Date(date), Some(weekday)) => (date.weekday() == weekday).then_some(day),
        (Day::Yearless { month, day, .. }, weekday) => Some(Day::Yearless { month, day, weekday }),
        (Day::Date(_) | Day::Month(_), _) => Some(day),
    }
}

fn weekday_before(cursor: &mut Cursor<'_>) -> Option<Weekday> {
    cursor.attempt(|cursor| {
        let weekday = cursor.one_of(&WEEKDAYS)?;
        cursor.skip(|c| matches!(c, ' ' | ',' | '.' | '|'));
        cursor.eat("the ");
        Some(weekday)
    })
}

fn weekday_after(cursor: &mut Cursor<'_>) -> Option<Weekday> {
    cursor.attempt(|cursor| {
        cursor.skip(|c| matches!(c, ' ' | ',' | '(' | '|'));
        let weekday = cursor.one_of(&WEEKDAYS)?;
        cursor.eat(")");
        Some(weekday)
    })
}

/// `2026-03-18`, `2026/03/18`, `2026-03`.
fn numeric(cursor: &mut Cursor<'_>) -> Option<Day> {
    cursor.attempt(|cursor| {
        let year = cursor.digits(4, 4)?;
        let separator = ["-", "/"].into_iter().find(|separator| cursor.eat(separator))?;
        let month = cursor.digits(1, 2)?;
        let full = cursor.attempt(|cursor| {
            cursor.eat(separator).then_some(())?;
            cursor.digits(1, 2)
        });
        let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, full.unwrap_or(1))?;
        Some(if full.is_some() { Day::Date(date) } else { Day::Month(date) })
    })
}

/// `18.03.2026`, `18/3/2026`, `3/18/2026`, where one of the two numbers can be no month, or both are the same. Nobody but
/// the author knows which day `04/05/2026` is.
fn year_last(cursor: &mut Cursor<'_>) -> Option<Day> {
    cursor.attempt(|cursor| {
        let first = cursor.digits(1, 2)?;
        let separator = ["-", "/", "."].into_iter().find(|separator| cursor.eat(separator))?;
        let second = cursor.digits(1, 2)?;
        cursor.eat(separator).then_some(())?;
        let year = i32::try_from(cursor.digits(4, 4)?).ok()?;
        let (day, month) = match (first > 12, second > 12) {
            (true, false) => (first, second),
            // With hyphens the day stands first, or nothing is certain.
            (false, true) if separator != "-" => (second, first),
            (true, true) | (false, true | false) => (first == second && separator != "-").then_some((first, second))?,
        };
        NaiveDate::from_ymd_opt(year, month, day).map(Day::Date)
    })
}

/// `18 March 2026`, `March 18th, 2026`, `18-Mar-2026`, `March 2026`, and both without a year.
fn named(cursor: &mut Cursor<'_>) -> Option<Day> {
    let day_first = cursor.attempt(|cursor| {
        let day = ordinal(cursor)?;
        gap(cursor);
        cursor.word("of");
        gap(cursor);
        Some((month(cursor)?, day))
    });
    let month_first = |cursor: &mut Cursor<'_>| {
        cursor.attempt(|cursor| {
            let month = month(cursor)?;
            gap(cursor);
            cursor.word("the");
            cursor.blanks();
            let day = ordinal(cursor)?;
            // `March 18:05` holds no day.
            (!is_clock_after(cursor)).then_some((month, day))
        })
    };
    let month_and_year = |cursor: &mut Cursor<'_>| {
        cursor.attempt(|cursor| {
            let month = month(cursor)?;
            gap(cursor);
            NaiveDate::from_ymd_opt(i32::try_from(cursor.digits(4, 4)?).ok()?, month, 1)
        })
    };
    let (month, day) = match day_first.or_else(|| month_first(cursor)) {
        Some(found) => found,
        None => return month_and_year(cursor).map(Day::Month),
    };
    let year = cursor.attempt(|cursor| {
        cursor.skip(|c| matches!(c, ' ' | ',' | '-' | '.'));
        let year = cursor.digits(4, 4).filter(|year| (1970..2200).contains(year))?;
        // `18 March 2026 UTC` may be a time, and `18 March 2026-` goes on.
        let goes_on = is_clock_after(cursor);
        (!goes_on && !cursor.peek().is_some_and(char::is_alphanumeric)).then_some(year)
    });
    match year {
        Some(year) => NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day).map(Day::Date),
        // 2024 has every day.
        None => NaiveDate::from_ymd_opt(2024, month, day).map(|_| Day::Yearless { month, day, weekday: None }),
    }
}

/// Whether the digits before this place are the hour of a time: `18:05`.
fn is_clock_after(cursor: &Cursor<'_>) -> bool {
    cursor.rest().strip_prefix([':', 'h']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

fn gap(cursor: &mut Cursor<'_>) {
    cursor.skip(|c| matches!(c, ' ' | ',' | '-' | '.'));
}

fn month(cursor: &mut Cursor<'_>) -> Option<u32> {
    let month = cursor.one_of(&MONTHS)?;
    cursor.eat(".");
    Some(month)
}

/// `18`, `18th`.
fn ordinal(cursor: &mut Cursor<'_>) -> Option<u32> {
    cursor.attempt(|cursor| {
        let day = cursor.digits(1, 2)?;
        let _ = ["st", "nd", "rd", "th"].into_iter().any(|ending| cursor.word(ending));
        // `18. March` is a day in many languages.
        cursor.eat(". ");
        Some(day)
    })
}

/// A passage that is meant as a day, whether or not it can be read: `04.05.2026`, `3/18`, `2026-13-01`, `18th`.
pub(super) fn looks_like_day(cursor: &Cursor<'_>) -> bool {
    let mut ahead = *cursor;
    weekday_before(&mut ahead);
    if names_day(ahead) {
        return true;
    }
    let count = ahead.digit_count();
    let mut after = ahead;
    after.at += count;
    // `20202-01-16` has a digit too many.
    if (5..=8).contains(&count) {
        return after.eat("-") && after.digits(1, 2).is_some() && after.eat("-") && after.digits(1, 2).is_some();
    }
    if !(1..=4).contains(&count) {
        return false;
    }
    let ordinal = ["st", "nd", "rd", "th"].into_iter().any(|ending| {
        let mut ending_after = after;
        ending_after.word(ending) && follows_separator(&ending_after)
    });
    let joined = ["-", "/", "."].into_iter().any(|separator| {
        let mut part = after;
        if !part.eat(separator) || !(1..=2).contains(&part.digit_count()) {
            return false;
        }
        part.at += part.digit_count();
        let last = if part.eat(separator) { part.digit_count() } else { 0 };
        // `1/2 of all requests` is a fraction, `1.2` a number, `2.10.12` a version.
        let is_full = if separator == "." { last == 4 } else { (1..=4).contains(&last) };
        // `12-05 16:21` is a day for whoever knows the order.
        let mut behind = part;
        let has_time = behind.blanks() && super::clock::looks_like_clock(&behind);
        is_full || has_time || count == 4 && separator != "." || separator == "/" && follows_separator(&part)
    });
    ordinal || joined
}

/// Whether a number and a month stand side by side, whatever day that is.
fn names_day(mut ahead: Cursor<'_>) -> bool {
    let has_month = month(&mut ahead).is_some();
    gap(&mut ahead);
    let has_day = ordinal(&mut ahead).is_some();
    ahead.word("of");
    gap(&mut ahead);
    has_day && (has_month || month(&mut ahead).is_some())
}

/// Whether a dash, a colon or the end follows, as after the time of an entry.
pub(super) fn follows_separator(cursor: &Cursor<'_>) -> bool {
    let rest = cursor.rest().trim_start_matches([' ', '*', '_', '`', ']', ')', '|']);
    rest.is_empty() || rest.starts_with(['-', '–', '—', ':', '\n'])
}
