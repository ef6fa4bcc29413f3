//! T008: times of the timeline are in a zone other than UTC.

use chrono::Duration;

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::document::{Day, Document, EntryLine, TimeOfDay, TimeZone, Timestamp};
use crate::rules::{Check, ReviewContext, Rule};
use crate::text::Edit;

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "T008",
    name: "time-in-local-zone",
    level: Level::Advice,
    collected: Level::Advice,
    subject: Subject::Quality,
    summary: "Times of the timeline are in a zone other than UTC.",
    why: "The page shows them in UTC, so the file and the page give two times for one moment. Anyone who edits the \
          timeline, or compares it with logs, has to convert in their head.",
    remedy: "Write the times in UTC. Write the zone once, with the first of them: `2024-03-04 13:31 UTC`.",
    wrong: Example::Edit { replace: "- 14:07 — **Mitigated**", with: "- 15:07 +01:00 — **Mitigated**" },
    right: Example::Edit { replace: "- 14:07 — **Mitigated**", with: "- 14:07 UTC — **Mitigated**" },
};

/// One finding a timeline: an author who thinks in local time has written all of it so.
fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let local: Vec<(&EntryLine, &Timestamp, i32)> =
        context.document.timeline.iter().filter_map(in_local_zone).collect();
    let Some((first, ..)) = local.first() else { return };
    let text = &context.document.source.text;
    let message = match local.len() {
        1 => format!("`{}` is not in UTC", first.stamp_span.slice(text)),
        count => format!("{count} times are not in UTC, the first is `{}`", first.stamp_span.slice(text)),
    };
    let finding = findings.add(&METADATA, first.stamp_span, message);
    finding.fix = edits(context.document, &local).unwrap_or_default();
}

/// A line whose time has an offset, with its minutes. What has the name of a zone is T003's.
fn in_local_zone(line: &EntryLine) -> Option<(&EntryLine, &Timestamp, i32)> {
    let stamp = line.stamp.as_ref().ok()?;
    let Some(TimeZone::Offset(minutes)) = stamp.zone else { return None };
    (minutes != 0 && stamp.clock.is_some()).then_some((line, stamp, minutes))
}

/// The changes that write these times in UTC. `None` when a day changes, which the entries below may take over, when a range has two
/// zones, or when a bare time would become one in UTC that was none before.
fn edits(document: &Document, local: &[(&EntryLine, &Timestamp, i32)]) -> Option<Vec<Edit>> {
    let stamps = || document.timeline.iter().filter_map(|line| line.stamp.as_ref().ok());
    let is_bare = |stamp: &Timestamp| stamp.clock.is_some() && stamp.zone.is_none();
    // Bare times are in the zone of the first entry that names one.
    let first_zone = stamps().find_map(|stamp| stamp.zone.as_ref());
    if stamps().any(is_bare) && first_zone != Some(&TimeZone::Utc) {
        return None;
    }
    local.iter().map(|(line, stamp, minutes)| edit(line, stamp, *minutes)).collect()
}

fn edit(line: &EntryLine, stamp: &Timestamp, minutes: i32) -> Option<Edit> {
    let TimeOfDay { time, seconds } = stamp.clock?;
    let (utc, days) = time.overflowing_sub_signed(Duration::minutes(minutes.into()));
    if days != 0 || line.until.is_some() {
        return None;
    }
    let day = match stamp.day {
        Some(Day::Date(date)) => format!("{date} "),
        Some(Day::Month(_) | Day::Yearless { .. }) => return None,
        None => String::new(),
    };
    let tilde = if stamp.approximate { "~" } else { "" };
    let clock = utc.format(if seconds { "%H:%M:%S" } else { "%H:%M" });
    Some(Edit { span: line.stamp_span, text: format!("{day}{tilde}{clock} UTC") })
}

#[cfg(test)]
mod tests {
    use crate::rules::catalogue_tests::{codes, edited, findings};
    use crate::rules::{SAMPLE_PATH, SAMPLE_REVIEW};

    fn check(with: &str, expected: &[&str]) {
        let found = edited("- 14:07", with);
        assert_eq!(found.len(), 1, "{with}: {found:#?}");
        let texts: Vec<&str> = found[0].fix.iter().map(|edit| edit.text.as_str()).collect();
        assert_eq!(texts, expected, "{with}");
    }

    #[test]
    fn times_become_those_of_utc() {
        check("- 15:07 +01:00", &["14:07 UTC"]);
        check("- 2024-03-04 ~15:07:10 +01:00", &["2024-03-04 ~14:07:10 UTC"]);
        check("- 2024-03-05 00:07 +10:00", &[]);
    }

    #[test]
    fn the_fix_gives_the_same_moments() {
        let text = SAMPLE_REVIEW.replace("- 14:07", "- 15:07 +01:00").replace("- 14:52", "- 2024-03-04 10:52 UTC-4");
        let mut found = findings(&[(SAMPLE_PATH, &text)]);
        assert_eq!(codes(&found), ["T008"]);
        let mut mended = text;
        let mut edits = std::mem::take(&mut found[0].fix);
        edits.sort();
        for edit in edits.iter().rev() {
            mended.replace_range(edit.span.range(), &edit.text);
        }
        let expected = SAMPLE_REVIEW.replace("- 14:07", "- 14:07 UTC").replace("- 14:52", "- 2024-03-04 14:52 UTC");
        assert_eq!(mended, expected);
    }
}
