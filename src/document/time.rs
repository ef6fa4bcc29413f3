//! Parses dates and times as people write them at the beginning of a timeline entry.

use chrono::{NaiveDate, NaiveTime};

/// The date of a timestamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// A full date.
    Date(NaiveDate),
    /// A month; the date is its first day.
    Month(NaiveDate),
}

/// A time without a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeOfDay {
    /// Hours, minutes and, unless `seconds` is false, seconds.
    pub time: NaiveTime,
    /// Whether seconds were written.
    pub seconds: bool,
}

/// The time zone of a timestamp.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TimeZone {
    /// `Z`, `UTC` or `GMT`.
    Utc,
    /// Minutes east of UTC.
    Offset(i32),
    /// A name such as CET, which may stand for several offsets.
    Named(String),
}

/// A date, a time, or both, as far as the author wrote them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timestamp {
    /// `None` when the day is that of the entry above.
    pub day: Option<Day>,
    /// `None` when only a day or a month is written.
    pub clock: Option<TimeOfDay>,
    /// `None` when the entry names no zone.
    pub zone: Option<TimeZone>,
    /// Whether the author marked it as approximate: `~`, `≈` or `ca.`.
    pub approximate: bool,
}

/// Parses text from an offset on. Methods that find nothing leave the offset unchanged, unless they say otherwise.
pub(super) struct Cursor<'a> {
    text: &'a str,
    pub(super) at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str, at: usize) -> Self {
        Self { text, at }
    }

    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    pub(super) fn skip(&mut self, skipped: impl Fn(char) -> bool) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches(skipped).len();
    }

    pub(super) fn eat(&mut self, expected: &str) -> bool {
        let eaten = self.rest().get(..expected.len()).is_some_and(|start| start.eq_ignore_ascii_case(expected));
        if eaten {
            self.at += expected.len();
        }
        eaten
    }

    fn digits(&mut self, least: usize, most: usize) -> Option<u32> {
        let count = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        if !(least..=most).contains(&count) {
            return None;
        }
        let number = self.rest()[..count].parse().ok();
        self.at += count;
        number
    }

    /// Runs `read`; when it finds nothing the cursor stays where it was.
    pub(super) fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let start = self.at;
        let result = read(self);
        if result.is_none() {
            self.at = start;
        }
        result
    }

    /// A date, a month, a time of day, or a date with a time; with zone and `~`.
    pub(super) fn stamp(&mut self) -> Option<Timestamp> {
        let start = self.at;
        let mut stamp = Timestamp { approximate: self.tilde(), ..Timestamp::default() };
        stamp.day = self.attempt(Self::day);
        if stamp.day.is_some() {
            let dated_clock = |cursor: &mut Self| {
                let gap = cursor.at;
                if !cursor.eat("T") {
                    // Also `2024-03-04 — 13:31` and `2024-03-04 at 13:31`: a time that follows the day is that day's.
                    let is_gap = |c: char| {
                        (c.is_whitespace() && c != '\n') || matches!(c, ',' | '|' | '*' | ':' | '-' | '–' | '—')
                    };
                    cursor.skip(is_gap);
                    if cursor.eat("at ") {
                        cursor.skip(is_gap);
                    }
                }
                let tilde = cursor.tilde();
                (cursor.at > gap).then_some(())?;
                cursor.clock().map(|clock| (clock, tilde))
            };
            if let Some((clock, tilde)) = self.attempt(dated_clock) {
                stamp.clock = Some(clock);
                stamp.approximate |= tilde;
            }
        } else {
            stamp.clock = self.attempt(Self::clock);
            stamp.clock?;
        }
        stamp.approximate |= self.tilde();
        let is_iso = self.text[start..self.at].contains('T');
        if stamp.clock.is_some_and(|clock| is_iso || clock.seconds || !self.begins_range()) {
            stamp.zone = self.attempt(Self::zone);
        }
        stamp.approximate |= self.tilde();
        Some(stamp)
    }

    /// Whether `-13:55` follows at once. After `13:40` it ends a range; after `2024-03-04T13:40` it is an offset.
    fn begins_range(&self) -> bool {
        let mut ahead = Self::new(self.text, self.at);
        ahead.eat("-") && ahead.clock().is_some()
    }

    fn tilde(&mut self) -> bool {
        self.attempt(|cursor| {
            cursor.skip(|c| c == ' ');
            (cursor.eat("~") || cursor.eat("≈") || cursor.eat("ca. ")).then_some(())
        })
        .is_some()
    }

    fn day(&mut self) -> Option<Day> {
        let year = self.digits(4, 4)?;
        let separator = if self.eat("-") { "-" } else { self.eat("/").then_some("/")? };
        let month = self.digits(1, 2)?;
        let full = self.attempt(|cursor| {
            cursor.eat(separator).then_some(())?;
            cursor.digits(1, 2)
        });
        let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, full.unwrap_or(1))?;
        Some(if full.is_some() { Day::Date(date) } else { Day::Month(date) })
    }

    fn clock(&mut self) -> Option<TimeOfDay> {
        let mut hour = self.digits(1, 2)?;
        (self.eat(":") || self.eat("h")).then_some(())?;
        let minute = self.digits(2, 2)?;
        let second = self.attempt(|cursor| {
            cursor.eat(":").then_some(())?;
            let second = cursor.digits(2, 2)?;
            if cursor.eat(".") {
                cursor.digits(1, 9)?;
            }
            Some(second)
        });
        let half = self.attempt(|cursor| {
            cursor.skip(|c| c == ' ');
            let half =
                [("am", 0), ("pm", 12), ("a.m.", 0), ("p.m.", 12)].into_iter().find(|(word, _)| cursor.eat(word))?;
            (!cursor.rest().starts_with(char::is_alphabetic)).then_some(half.1)
        });
        if let Some(half) = half {
            (1..=12).contains(&hour).then_some(())?;
            hour = hour % 12 + half;
        }
        let time = NaiveTime::from_hms_opt(hour, minute, second.unwrap_or(0))?;
        // `13:40: the alert fires` is a time and a colon.
        let follows = self.rest().strip_prefix(':').unwrap_or(self.rest());
        (!follows.starts_with(|c: char| c.is_ascii_digit())).then_some(())?;
        Some(TimeOfDay { time, seconds: second.is_some() })
    }

    /// UTC, an offset, or the name of a zone.
    pub(super) fn zone(&mut self) -> Option<TimeZone> {
        let follows_at_once = !self.rest().starts_with([' ', '(']);
        self.skip(|c| c == ' ' || c == '(');
        let before = self.at;
        if let Some(offset) = self.attempt(Self::offset) {
            // `09:05 (+5 min)` and `10:05 -3 pods` are no offsets; `09:05+2` is one.
            let is_written_out = self.at - before > 3;
            return (is_written_out || follows_at_once).then_some(TimeZone::Offset(offset));
        }
        let letters = self.rest().bytes().take_while(u8::is_ascii_alphabetic).count();
        let is_utc = ["utc", "gmt"].iter().any(|utc| self.rest()[..letters].eq_ignore_ascii_case(utc));
        let length = if is_utc { letters } else { self.rest().bytes().take_while(u8::is_ascii_uppercase).count() };
        let name = &self.rest()[..length];
        if self.rest()[length..].starts_with(|c: char| c.is_alphanumeric()) {
            return None;
        }
        let zone = match name {
            "Z" => TimeZone::Utc,
            _ if is_utc => TimeZone::Utc,
            _ if (2..=4).contains(&length) && name.ends_with('T') => TimeZone::Named(name.to_owned()),
            _ => return None,
        };
        self.at += length;
        let zone = if name == "Z" { zone } else { self.attempt(Self::offset).map_or(zone, TimeZone::Offset) };
        self.eat(")");
        Some(zone)
    }

    fn offset(&mut self) -> Option<i32> {
        let sign = if self.eat("+") { 1 } else { (self.eat("-") || self.eat("−")).then_some(-1)? };
        let hours = self.digits(1, 4)?;
        let (hours, minutes) = if hours > 99 { (hours / 100, hours % 100) } else { (hours, 0) };
        let minutes = self
            .attempt(|cursor| {
                cursor.eat(":").then_some(())?;
                cursor.digits(2, 2)
            })
            .unwrap_or(minutes);
        (hours <= 14 && minutes < 60 && !self.rest().starts_with(':')).then_some(())?;
        Some(sign * i32::try_from(hours * 60 + minutes).ok()?)
    }
}

#[cfg(test)]
mod tests {
    use super::{Cursor, TimeZone};

    #[test]
    fn zones_and_offsets_are_told_apart() {
        for (text, zone) in [
            ("13:40 UTC", Some(TimeZone::Utc)),
            ("13:40Z", Some(TimeZone::Utc)),
            ("2024-03-04T13:40:10+02:00", Some(TimeZone::Offset(120))),
            ("13:40 UTC-7", Some(TimeZone::Offset(-420))),
            ("13:40 -0330", Some(TimeZone::Offset(-210))),
            ("2024-03-04T13:40-07:00", Some(TimeZone::Offset(-420))),
            ("2024-03-04 13:40:10-07:00", Some(TimeZone::Offset(-420))),
            ("13:40 -07:00", Some(TimeZone::Offset(-420))),
            ("09:30-10:00", None),
            ("09:30:00-10:00:00", None),
            ("2024-03-04 09:30-10:00 UTC", None),
            ("13:40 CEST", Some(TimeZone::Named("CEST".into()))),
            ("13:40 — the TLS", None),
            ("13:40 DNS fails", None),
            ("13:40 utc", Some(TimeZone::Utc)),
            ("13:40: the alert fires", None),
            ("8:12 AM: root cause identified", None),
            ("2024-03-04 13:40:10: the alert fires", None),
            ("09:05 (+5 min)", None),
            ("10:05 -3 pods", None),
            ("10:05+2", Some(TimeZone::Offset(120))),
            ("2024-03-04 at 09:00 UTC", Some(TimeZone::Utc)),
            ("2024-03-04: 09:00 UTC", Some(TimeZone::Utc)),
            ("1:40 p.m. UTC", Some(TimeZone::Utc)),
            ("3:40 pm (PST)", Some(TimeZone::Named("PST".into()))),
        ] {
            let stamp = Cursor::new(text, 0).stamp().unwrap_or_else(|| panic!("{text} is a stamp"));
            assert_eq!(stamp.zone, zone, "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in ["24:10 UTC", "2X:10", "2024-13-01", "13:4", "", "13:40:99", "the alert", "12", "13:00 pm"] {
            assert_eq!(Cursor::new(text, 0).stamp().and_then(|stamp| stamp.clock), None, "{text}");
        }
    }
}
