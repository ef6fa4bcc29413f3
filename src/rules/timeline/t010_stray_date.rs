//! T010: an entry lies a month or a year away from those around it.

use super::order;
use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::rules::{Check, ReviewContext, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "T010",
    name: "stray-date",
    level: Level::Error,
    collected: Level::Error,
    subject: Subject::Contradiction,
    summary: "A timeline entry is exactly a month or a year away from those above and below it.",
    why: "One digit of a date is wrong, as often happens in January. The site would publish durations that are wrong \
          by a month or a year.",
    remedy: "Correct the month or the year of the entry.",
    wrong: Example::Edit {
        replace: "without the rule.",
        with: "without the rule.\n- 2023-03-04 15:10 — all rules have a limit.",
    },
    right: Example::Edit {
        replace: "without the rule.",
        with: "without the rule.\n- 2024-03-04 15:10 — all rules have a limit.",
    },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let entries = context.review.timeline.entries();
    for stray in order::strays(&context.review.timeline).into_iter().filter(|stray| stray.is_first) {
        let entry = &entries[stray.entry];
        let time = entry.stamp_span.slice(&context.document.source.text);
        let message = format!("`{time}` lies {} away from the entries around it", stray.distance);
        findings.add(&METADATA, entry.stamp_span, message).help(format!("Did you mean `{}`?", stray.meant));
    }
}
