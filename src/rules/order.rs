//! The order of a timeline: which entries stand below one that was later.

use chrono::Duration;

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

/// Every entry that is certainly before the latest one above it. Ranges count by their beginning.
pub(super) fn disorder(timeline: &Timeline) -> Vec<Disorder> {
    let moments: Vec<Moment> = timeline.entries.iter().map(|entry| entry.at).collect();
    let mut found: Vec<Disorder> = Vec::new();
    let mut latest = 0;
    for (entry, moment) in moments.iter().enumerate() {
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

/// Whether `a` is before `b`, given how exactly both are known and whether they are approximate.
pub(super) fn is_certainly_before(a: &Moment, b: &Moment) -> bool {
    let latest = Moment { at: a.at + tolerance(a) + tolerance(b), ..*a };
    latest.is_before(b)
}

/// How far off an approximate moment may be: one of its units, or half an hour for a time of day.
fn tolerance(moment: &Moment) -> Duration {
    match moment.precision {
        _ if !moment.approximate => Duration::zero(),
        Precision::Month => Duration::days(31),
        Precision::Day => Duration::days(1),
        Precision::Minute | Precision::Second => Duration::minutes(30),
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDateTime;

    use super::{Disorder, disorder};
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
        TimelineEntry { at, until: None, marks: Vec::new(), span: Span::at(0), stamp_span: Span::at(0), text_start: 0 }
    }

    fn check(times: &[&str], breaks: &[(usize, usize)]) {
        let timeline = Timeline { entries: times.iter().map(|at| entry(at)).collect() };
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
}
