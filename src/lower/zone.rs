//! Which zone a time of a timeline is in, and what that means in UTC.

use std::collections::BTreeMap;

use chrono::{Duration, NaiveDateTime};

use crate::diagnostic::{ProblemKind, Problems};
use crate::document::{StatedZone, TimeZone, Timestamp};
use crate::model::{Moment, Policy, ZoneError, offset_of};
use crate::text::Span;

/// A time as it is written.
#[derive(Clone, Copy)]
pub(super) struct LocalTime<'a> {
    /// The zone that stands beside it.
    pub(super) zone: Option<&'a TimeZone>,
    pub(super) at: NaiveDateTime,
    pub(super) place: Span,
}

/// What is known of the zones of a timeline, while its entries are read from the first to the last.
pub(super) struct Zones<'a> {
    stated: Option<&'a StatedZone>,
    /// The zone in the line that states the day.
    of_day: Option<TimeZone>,
    /// The zone of the first entry that names one; bare times below it are in the same.
    carried: Option<TimeZone>,
    /// The zone of times that name none, by a decision for the place of the review.
    usual: Option<&'a TimeZone>,
    /// Abbreviations that the site decides on, with the names of regions.
    decided: &'a BTreeMap<String, String>,
    is_reported: bool,
}

impl<'a> Zones<'a> {
    pub(super) fn new(stated: Option<&'a StatedZone>, usual: Option<&'a TimeZone>, policy: &'a Policy) -> Self {
        Self { stated, of_day: None, carried: None, usual, decided: &policy.zones, is_reported: false }
    }

    /// A new day takes no zone over from the line of the day before.
    pub(super) fn begin_day(&mut self, zone: Option<TimeZone>) {
        self.of_day = zone;
    }

    /// Keeps the zone of an entry for those below it. The first one holds.
    pub(super) fn carry(&mut self, zone: Option<&TimeZone>) {
        if self.carried.is_none() {
            self.carried = zone.cloned();
        }
    }

    /// The zone of a time that names none, with the place where it is stated.
    fn inherited(&self) -> Option<(&TimeZone, Option<Span>)> {
        let stated = match self.stated {
            Some(StatedZone::Zone(zone)) => Some((&zone.value, Some(zone.span))),
            Some(StatedZone::Unclear(_)) | None => None,
        };
        let of_day = self.of_day.as_ref().map(|zone| (zone, None));
        let written = of_day.or(stated).or_else(|| self.carried.as_ref().map(|zone| (zone, None)));
        // Words about zones that are not understood may say something else than what was decided.
        written.or_else(|| self.usual.filter(|_| self.unclear().is_none()).map(|zone| (zone, None)))
    }

    /// Minutes east of UTC at a local time; `None` where that is not known, which is reported once a timeline.
    pub(super) fn offset(&mut self, time: LocalTime<'_>, problems: &mut Problems) -> Option<i64> {
        let LocalTime { zone, at: local, place } = time;
        let (zone, place) = match zone {
            Some(zone) => (Some(zone), place),
            None => match self.inherited() {
                Some((zone, stated)) => (Some(zone), stated.unwrap_or(place)),
                None => (None, self.unclear().unwrap_or(place)),
            },
        };
        let (message, help) = match zone {
            Some(TimeZone::Utc) => return Some(0),
            Some(TimeZone::Offset(minutes)) => return Some(i64::from(*minutes)),
            Some(TimeZone::Named(name)) => match self.offset_of(name, local) {
                Ok(minutes) => return Some(i64::from(minutes)),
                Err(error) => explain(name, &error),
            },
            None if self.unclear().is_some() => (
                "these words about zones are not understood, and the times below name no zone".to_owned(),
                "Write `All times in UTC.`, or the zone that the times are in: `All times in UTC+2.`".to_owned(),
            ),
            None => (
                "this time names no zone, and neither does anything above it".to_owned(),
                "Write the first one with its zone: `2024-03-04 13:31 UTC`. Readers elsewhere cannot guess it."
                    .to_owned(),
            ),
        };
        if !std::mem::replace(&mut self.is_reported, true) {
            problems.add(ProblemKind::TimeWithoutZone, place, message).help(help);
        }
        None
    }

    /// Minutes east of UTC by a named zone. Of several meanings of a name the one counts that was decided for the site or
    /// the place.
    fn offset_of(&self, name: &str, local: NaiveDateTime) -> Result<i32, ZoneError> {
        let found = offset_of(name, local, self.decided);
        match (&found, self.usual) {
            (Err(ZoneError::SeveralMeanings(regions)), Some(TimeZone::Named(usual))) if regions.contains(&&**usual) => {
                offset_of(usual, local, self.decided)
            }
            _ => found,
        }
    }

    fn unclear(&self) -> Option<Span> {
        match self.stated {
            Some(StatedZone::Unclear(place)) => Some(*place),
            Some(StatedZone::Zone(_)) | None => None,
        }
    }

    /// Minutes east of UTC, where the zone is known beyond doubt.
    pub(super) fn known_offset(&self, zone: Option<&TimeZone>, utc: NaiveDateTime) -> Option<i64> {
        match zone? {
            TimeZone::Utc => Some(0),
            TimeZone::Offset(minutes) => Some(i64::from(*minutes)),
            TimeZone::Named(name) => {
                // Within an hour or so of the local time the offset is the same, but for the night of a change.
                let near = |local| self.offset_of(name, local).ok().map(i64::from);
                let minutes = near(utc)?;
                near(utc + Duration::minutes(minutes))
            }
        }
    }

    /// How a time was written that stands at `at`, where that is not UTC: `10:00 CET`, or `10:00` in a zone that is not
    /// known.
    pub(super) fn written(&self, stamp: &Timestamp, at: &Moment, words: &str) -> Option<String> {
        stamp.clock?;
        let name = |zone: &TimeZone| match zone {
            TimeZone::Utc => None,
            TimeZone::Offset(0) => None,
            TimeZone::Offset(minutes) => {
                let sign = if *minutes < 0 { '−' } else { '+' };
                Some(format!("UTC{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60))
            }
            TimeZone::Named(name) => Some(name.clone()),
        };
        let plain = words.replace(['*', '`', '_', '|'], "");
        let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
        match &stamp.zone {
            Some(zone) => name(zone).map(|_| plain),
            None if !at.has_time() => Some(plain),
            None => self.inherited().and_then(|(zone, _)| name(zone)).map(|name| format!("{plain} {name}")),
        }
    }
}

/// Why a name gives no offset, and what to do.
fn explain(name: &str, error: &ZoneError) -> (String, String) {
    let offset = |minutes: i32| {
        let sign = if minutes < 0 { '-' } else { '+' };
        format!("UTC{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
    };
    match error {
        ZoneError::Unknown => (
            format!("`{name}` is no zone that is known"),
            "Write UTC, an offset such as `+02:00`, or a region such as `Europe/Berlin`.".to_owned(),
        ),
        ZoneError::SeveralMeanings(regions) => (
            format!("`{name}` has several meanings: {}", regions.join(", ")),
            format!(
                "Write an offset or the region, or decide for the site in casebook.toml: `[zones]` with `{name} = \"{}\"`.",
                regions[0]
            ),
        ),
        ZoneError::NotThen(instead) if instead.is_empty() => (
            format!("`{name}` is not in use on that day"),
            "Check the zone, or write an offset such as `+02:00`.".to_owned(),
        ),
        ZoneError::NotThen(instead) => (
            format!("`{name}` is not in use on that day, when clocks there show {instead}"),
            format!("Write `{instead}` if the clock on the wall is meant, or an offset."),
        ),
        ZoneError::Skipped => (
            format!("this time never was in `{name}`: clocks were put forward over it"),
            "Check the time, or write it in UTC.".to_owned(),
        ),
        ZoneError::Twice(first, second) => (
            format!("this time was there twice in `{name}`, since clocks were put back"),
            format!("Write {} or {}.", offset(*first), offset(*second)),
        ),
    }
}
