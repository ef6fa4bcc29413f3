//! Zones as people write them beside a time: `Z`, `UTC+2`, `-05:00`, `(CEST)`, `Europe/Berlin`.

use super::cursor::Cursor;

/// The zone of a timestamp, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TimeZone {
    /// `Z`, `UTC` or `GMT`.
    Utc,
    /// Minutes east of UTC.
    Offset(i32),
    /// An abbreviation such as `CET`, or the name of a region such as `Europe/Berlin`. What it means is decided elsewhere.
    Named(String),
}

/// Abbreviations of zones that people write. What several of them mean is for a site to say.
const ABBREVIATIONS: [&str; 54] = [
    "EST", "EDT", "ET", "CST", "CDT", "CT", "MST", "MDT", "MT", "PST", "PDT", "PT", "AKST", "AKDT", "HST", "AST",
    "ADT", "NST", "NDT", "BRT", "ART", "WET", "WEST", "BST", "IST", "CET", "CEST", "EET", "EEST", "MSK", "TRT", "SAST",
    "EAT", "WAT", "CAT", "GST", "PKT", "NPT", "ICT", "WIB", "SGT", "HKT", "PHT", "AWST", "ACST", "ACDT", "AEST",
    "AEDT", "JST", "KST", "NZST", "NZDT", "MESZ", "MEZ",
];

/// What stands between a time and its zone.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    Blank,
}

/// A zone that stands here or after a blank, in brackets or not.
pub(super) fn zone(cursor: &mut Cursor<'_>) -> Option<TimeZone> {
    cursor.attempt(|cursor| {
        let gap = if cursor.blanks() { Gap::Blank } else { Gap::None };
        let is_bracketed = cursor.eat("(") || cursor.eat("[");
        cursor.blanks();
        let zone = utc(cursor).or_else(|| offset_behind(cursor, gap)).or_else(|| named(cursor))?;
        if is_bracketed {
            cursor.blanks();
            // `(UTC, as in the logs)` goes on; what it says besides stays in the text.
            (cursor.eat(")") || cursor.eat("]")).then_some(())?;
        }
        Some(zone)
    })
}

/// `Z`, `UTC`, `GMT`, and these with an offset.
fn utc(cursor: &mut Cursor<'_>) -> Option<TimeZone> {
    if cursor.attempt(|cursor| (cursor.rest().starts_with(['Z', 'z']) && cursor.word("z")).then_some(())).is_some() {
        return Some(TimeZone::Utc);
    }
    cursor.attempt(|cursor| {
        (cursor.eat("utc") || cursor.eat("gmt")).then_some(())?;
        let with_offset = cursor.attempt(|cursor| {
            let has_blank = cursor.blanks();
            let offset = offset(cursor)?;
            // `UTC - 5 pods` is no offset, `UTC -5` is one where nothing but a separator follows.
            (!has_blank || super::day::follows_separator(cursor)).then_some(offset)
        });
        match with_offset {
            Some(minutes) => Some(TimeZone::Offset(minutes)),
            // Languages without blanks go on at once.
            None => (!cursor.peek().is_some_and(|c| c.is_ascii_alphanumeric())).then_some(TimeZone::Utc),
        }
    })
}

/// `+02:00`, `-0500`; without a blank before it also `+2`.
fn offset_behind(cursor: &mut Cursor<'_>, gap: Gap) -> Option<TimeZone> {
    cursor.attempt(|cursor| {
        let start = cursor.at;
        let minutes = offset(cursor)?;
        // `09:05 (+5 min)` and `10:05 -3 pods` are no offsets.
        (cursor.slice(start).len() > 3 || gap == Gap::None).then_some(TimeZone::Offset(minutes))
    })
}

/// Minutes east of UTC: `+2`, `-05`, `+0530`, `−03:30`.
fn offset(cursor: &mut Cursor<'_>) -> Option<i32> {
    cursor.attempt(|cursor| {
        let sign = if cursor.eat("+") { 1 } else { (cursor.eat("-") || cursor.eat("−")).then_some(-1)? };
        let count = cursor.digit_count();
        let hours = cursor.digits(1, 4)?;
        let (hours, minutes) = if count > 2 { (hours / 100, hours % 100) } else { (hours, 0) };
        let minutes = cursor
            .attempt(|cursor| {
                (count <= 2 && cursor.eat(":")).then_some(())?;
                cursor.digits(2, 2)
            })
            .unwrap_or(minutes);
        // `UTC+2: it stops` ends, `-10:20` is a time.
        let is_clock = cursor
            .rest()
            .strip_prefix(':')
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || c == '?'));
        let ends = !is_clock && !cursor.peek().is_some_and(char::is_alphanumeric);
        (hours <= 14 && minutes % 15 == 0 && minutes < 60 && ends).then_some(())?;
        Some(sign * i32::try_from(hours * 60 + minutes).ok()?)
    })
}

fn named(cursor: &mut Cursor<'_>) -> Option<TimeZone> {
    cursor.attempt(|cursor| {
        let rest = cursor.rest();
        let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '/' | '_'))).unwrap_or(rest.len());
        let name = rest[..end].trim_end_matches(['/', '_']);
        let is_region = name
            .split_once('/')
            .is_some_and(|(area, city)| AREAS.contains(&area) && city.starts_with(|c: char| c.is_ascii_uppercase()));
        let is_abbreviation = ABBREVIATIONS.contains(&name);
        (is_region || is_abbreviation).then_some(())?;
        cursor.at += name.len();
        // `CEST (UTC+2)`: the offset says the same, and more.
        let more = cursor.attempt(|cursor| {
            cursor.blanks();
            cursor.eat("(").then_some(())?;
            let more = utc(cursor)?;
            cursor.eat(")").then_some(more)
        });
        Some(match more {
            Some(TimeZone::Offset(minutes)) => TimeZone::Offset(minutes),
            Some(TimeZone::Utc | TimeZone::Named(_)) | None => TimeZone::Named(name.to_owned()),
        })
    })
}

/// The first parts of the names of regions.
const AREAS: [&str; 11] =
    ["US", "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"];

/// Zones by their full names.
const SPELLED_OUT: [(&str, TimeZoneName); 17] = [
    ("coordinated universal time", TimeZoneName::Utc),
    ("greenwich mean time", TimeZoneName::Utc),
    ("pacific standard time", TimeZoneName::Named("PST")),
    ("pacific daylight time", TimeZoneName::Named("PDT")),
    ("pacific time", TimeZoneName::Named("America/Los_Angeles")),
    ("mountain standard time", TimeZoneName::Named("MST")),
    ("mountain daylight time", TimeZoneName::Named("MDT")),
    ("mountain time", TimeZoneName::Named("America/Denver")),
    ("central standard time", TimeZoneName::Named("America/Chicago")),
    ("central daylight time", TimeZoneName::Named("CDT")),
    ("eastern standard time", TimeZoneName::Named("EST")),
    ("eastern daylight time", TimeZoneName::Named("EDT")),
    ("eastern time", TimeZoneName::Named("America/New_York")),
    ("central european summer time", TimeZoneName::Named("CEST")),
    ("central european time", TimeZoneName::Named("CET")),
    ("british summer time", TimeZoneName::Named("Europe/London")),
    ("indian standard time", TimeZoneName::Named("Asia/Kolkata")),
];

#[derive(Clone, Copy)]
enum TimeZoneName {
    Utc,
    Named(&'static str),
}

/// A zone by its full name: `Pacific Time`.
pub(super) fn spelled_out(cursor: &mut Cursor<'_>) -> Option<TimeZone> {
    cursor.attempt(|cursor| {
        cursor.eat("us ");
        cursor.one_of(&SPELLED_OUT).map(|name| match name {
            TimeZoneName::Utc => TimeZone::Utc,
            TimeZoneName::Named(name) => TimeZone::Named(name.to_owned()),
        })
    })
}
