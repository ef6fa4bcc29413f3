//! T002: an entry of the timeline stands below one that was later.

use super::{Check, Rule, Subject, order};
use crate::diagnostic::{Example, Findings, Level, Metadata};
use crate::document::{Day, Document};
use crate::model::TimelineEntry;
use crate::text::Span;

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "T002",
    name: "timeline-out-of-order",
    level: Level::Error,
    collected: Level::Error,
    summary: "An entry of the timeline stands below one that was later.",
    why: "Either the order is wrong and readers take effects for causes, or a time is wrong and so is every duration \
          that is derived from it. Often the day changed at midnight and nobody wrote it.",
    remedy: "Put the entry where it belongs, or correct its time. Where the day changes, write the date again.",
    wrong: Example::Edit { replace: "- 14:02 — **Cause identified**", with: "- 13:52 — **Cause identified**" },
    right: Example::Edit {
        replace: "- 14:02 — **Cause identified**", with: "- 14:02–14:05 — **Cause identified**"
    },
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let entries = &subject.review.timeline.entries;
    let text = &subject.document.source.text;
    for disorder in order::disorder(&subject.review.timeline).into_iter().filter(|found| found.is_break) {
        let (entry, latest) = (&entries[disorder.entry], &entries[disorder.latest]);
        let (time, later) = (entry.stamp_span.slice(text), latest.stamp_span.slice(text));
        let finding =
            findings.add(&METADATA, entry.stamp_span, format!("`{time}` stands below `{later}` and is earlier"));
        if let Some(date) = date_after_midnight(subject.document, entry, latest) {
            finding
                .help(format!("The day has probably changed at midnight, which has to be written: `{date} {time}`."));
        }
    }
}

/// The date that an entry probably lacks: it has none of its own, and lies half a day or more before the one above.
fn date_after_midnight(document: &Document, entry: &TimelineEntry, latest: &TimelineEntry) -> Option<String> {
    let hours = (latest.at.at - entry.at.at).num_hours();
    let date = carried_date(document, entry.stamp_span)?;
    let lies_as_after_midnight = entry.at.has_time() && latest.at.has_time() && (12..24).contains(&hours);
    lies_as_after_midnight.then(|| date.to_string())
}

/// The day after the one that the entry at `stamp` took over from above; `None` when it has a day of its own.
fn carried_date(document: &Document, stamp: Span) -> Option<chrono::NaiveDate> {
    let at = document.timeline.iter().position(|line| line.stamp_span == stamp)?;
    let day = |line: &crate::document::EntryLine| line.stamp.as_ref().ok().and_then(|stamp| stamp.day);
    if day(&document.timeline[at]).is_some() {
        return None;
    }
    let (Day::Date(date) | Day::Month(date)) = document.timeline[..at].iter().rev().find_map(day)?;
    date.succ_opt()
}
