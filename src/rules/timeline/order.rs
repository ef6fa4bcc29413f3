//! The order of a timeline: which entries stand below one that was later.

use std::collections::BTreeSet;

use chrono::{Duration, Months, NaiveDateTime};

use crate::model::{Moment, Precision, Timeline};

/// An entry that stands below one that was later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Disorder {
    /// The position of the entry.
    pub(super) entry: usize,
    /// The position of the latest entry above it.
    pub(super) latest: usize,
    /// Whether the order breaks here. The entries after a break are usually in order among themselves.
    pub(super) is_break: bool,
}

/// An entry with a wrong digit in its date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stray {
    /// The position of the entry.
    pub(super) entry: usize,
    /// Whether the entry above is none. Those below take the date over.
    pub(super) is_first: bool,
    /// How far away it lies.
    pub(super) distance: &'static str,
    /// The date that was probably meant.
    pub(super) meant: chrono::NaiveDate,
}

/// Every entry that lies a month or a year away from those around it, which agree with each other.
pub(super) fn strays(timeline: &Timeline) -> Vec<Stray> {
    let moments: Vec<Moment> = timeline.entries().iter().map(|entry| entry.at).collect();
    let mut found: Vec<Stray> = Vec::new();
    let mut above = 0;
    for entry in 1..moments.len() {
        if found.last().is_some_and(|last| last.entry >= entry) {
            continue;
        }
        if is_near(moments[entry].at, moments[above].at) {
            above = entry;
            continue;
        }
        let run = moments[entry..].iter().take_while(|moment| is_near(moment.at, moments[entry].at)).count();
        let below = moments.get(entry + run);
        let Some((distance, _)) = slip(moments[above], moments[entry], below) else {
            above = entry;
            continue;
        };
        for at in entry..entry + run {
            let meant = slip(moments[above], moments[at], below).map_or(moments[at].at, |(_, meant)| meant).date();
            found.push(Stray { entry: at, is_first: at == entry, distance, meant });
        }
    }
    found
}

/// What was meant by `moment`, when it lies between its neighbours as soon as a month or a year is added or taken
/// away, and not before. At the end of a timeline only a step back is certainly a slip.
fn slip(above: Moment, moment: Moment, below: Option<&Moment>) -> Option<(&'static str, NaiveDateTime)> {
    let is_exact = moment.precision != Precision::Month && above.precision != Precision::Month;
    let neighbours_agree = below.map_or(is_certainly_before(&moment, &above), |below| is_near(above.at, below.at));
    if !is_exact || !neighbours_agree || is_near(moment.at, above.at) {
        return None;
    }
    let fits = |at: NaiveDateTime| {
        let meant = Moment { at, ..moment };
        is_near(at, above.at)
            && !is_certainly_before(&meant, &above)
            && below.is_none_or(|below| !is_certainly_before(below, &meant))
    };
    [("a month", 1), ("a year", 12)].into_iter().find_map(|(distance, months)| {
        let months = Months::new(months);
        let shifted = [moment.at.checked_add_months(months), moment.at.checked_sub_months(months)];
        shifted.into_iter().flatten().find(|at| fits(*at)).map(|at| (distance, at))
    })
}

/// Whether two points in time belong to the same few days.
fn is_near(a: NaiveDateTime, b: NaiveDateTime) -> bool {
    (a - b).abs() <= Duration::days(5)
}

/// Every entry that is certainly before the latest one above it. Ranges count by their beginning.
/// Strays are left out: they are in the right place with the wrong date.
pub(super) fn disorder(timeline: &Timeline) -> Vec<Disorder> {
    let moments: Vec<Moment> = timeline.entries().iter().map(|entry| entry.at).collect();
    let strays: BTreeSet<usize> = strays(timeline).iter().map(|stray| stray.entry).collect();
    let mut found: Vec<Disorder> = Vec::new();
    let mut latest = 0;
    for (entry, moment) in moments.iter().enumerate().filter(|(entry, _)| !strays.contains(entry)) {
        if is_certainly_before(moment, &moments[latest]) {
            let follows_a_break = found.last().is_some_and(|last| last.entry + 1 == entry);
            let is_break = !follows_a_break || is_certainly_before(moment, &moments[entry - 1]);
            found.push(Disorder { entry, latest, is_break });
        } else if moment.at >= moments[latest].at {
            latest = entry;
        }
    }
    found
}

/// The positions of all entries that stand in the wrong place or have the wrong date.
pub(super) fn misplaced(timeline: &Timeline) -> Vec<usize> {
    let disorder = disorder(timeline).into_iter().map(|found| found.entry);
    disorder.chain(strays(timeline).into_iter().map(|stray| stray.entry)).collect()
}

/// Whether `a` is before `b`, given how exactly both are known and whether they are approximate.
pub(super) fn is_certainly_before(a: &Moment, b: &Moment) -> bool {
    let latest = Moment { at: a.at + tolerance(a) + tolerance(b), ..*a };
    latest.is_before(b)
}

/// How far off an approximate moment may be: one of its units, or half an hour for a time of day.
fn tolerance(moment: &Moment) -> Duration {
    if !moment.approximate {
        return Duration::zero();
    }
    match moment.precision {
        Precision::Month => Duration::days(31),
        Precision::Day => Duration::days(1),
        Precision::Minute | Precision::Second => Duration::minutes(30),
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDateTime;

    use super::{Disorder, disorder, strays};
    use crate::model::{Moment, Precision, Timeline, TimelineEntry};
    use crate::text::Span;

    fn entry(at: &str) -> TimelineEntry {
        let (approximate, at) = at.strip_prefix('~').map_or((false, at), |at| (true, at));
        let (precision, full) = match at.len() {
            7 => (Precision::Month, format!("{at}-01 00:00")),
            10 => (Precision::Day, format!("{at} 00:00")),
            _ => (Precision::Minute, at.to_owned()),
        };
        let at = NaiveDateTime::parse_from_str(&full, "%Y-%m-%d %H:%M").unwrap();
        let at = Moment { at, precision, approximate };
        TimelineEntry {
            at,
            until: None,
            marks: Vec::new(),
            span: Span::at(0),
            stamp_span: Span::at(0),
            written: None,
            note: None,
            text_start: 0,
        }
    }

    fn check(times: &[&str], breaks: &[(usize, usize)]) {
        let timeline = Timeline::new(times.iter().map(|at| entry(at)).collect(), Vec::new(), Vec::new());
        let found: Vec<Disorder> = disorder(&timeline).into_iter().filter(|found| found.is_break).collect();
        let found: Vec<(usize, usize)> = found.iter().map(|found| (found.entry, found.latest)).collect();
        assert_eq!(found, breaks, "{times:?}");
    }

    #[test]
    fn order_breaks_once_a_place() {
        check(&["2024-03-04 23:50", "2024-03-04 00:10", "2024-03-04 00:20"], &[(1, 0)]);
        check(&["2024-03-04 10:00", "2024-03-04 09:00", "2024-03-04 09:30", "2024-03-04 08:00"], &[(1, 0), (3, 0)]);
        check(&["2024-03-04 10:00", "2024-03-04 09:00", "2024-03-04 11:00", "2024-03-04 10:30"], &[(1, 0), (3, 2)]);
    }

    #[test]
    fn coarse_and_approximate_times_get_the_benefit_of_the_doubt() {
        check(&["2024-03", "2024-03-04 10:00", "2024-03-04", "2024-03"], &[]);
        check(&["2024-03-04 10:00", "2024-03-03"], &[(1, 0)]);
        check(&["2024-03-04 10:00", "~2024-03-04 09:50"], &[]);
        check(&["2024-03-04 10:00", "~2024-03-04 09:00"], &[(1, 0)]);
        check(&["2024-03-04 10:00", "2024-03-04 10:00"], &[]);
    }

    #[test]
    fn slips_of_a_digit_are_told_apart_from_long_incidents() {
        let check = |times: &[&str], expected: &[usize]| {
            let timeline = Timeline::new(times.iter().map(|at| entry(at)).collect(), Vec::new(), Vec::new());
            let found: Vec<usize> = strays(&timeline).iter().map(|stray| stray.entry).collect();
            assert_eq!(found, expected, "{times:?}");
            assert_eq!(disorder(&timeline), [], "{times:?}");
        };
        check(&["2024-03-04 10:00", "2024-04-04 11:00", "2024-04-04 11:30", "2024-03-04 12:00"], &[1, 2]);
        check(&["2023-01-11 10:00", "2022-01-11 11:00", "2023-01-11 12:00"], &[1]);
        check(&["2023-02-01 10:00", "2022-02-01 11:00"], &[1]);
        check(&["2023-02-01 10:00", "2024-02-01 11:00"], &[]);
        check(&["2023-02-01 10:00", "2023-03-01 11:00", "2023-04-01 11:00"], &[]);
        check(&["2023-02", "2023-03-01 11:00", "2023-03-01 12:00"], &[]);
    }
}
