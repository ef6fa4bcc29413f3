//! T009: an entry of the timeline lies in the future.

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::rules::{Check, ReviewContext, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "T009",
    name: "time-in-the-future",
    level: Level::Warning,
    collected: Level::Warning,
    subject: Subject::Contradiction,
    summary: "A timeline entry is in the future.",
    why: "A timeline tells what has happened. Readers cannot tell whether the time is wrong or the entry is a plan, \
          and every duration that comes from it is wrong or a guess.",
    remedy: "Correct the date. If it is a plan, make it an action with a deadline.",
    wrong: Example::Edit {
        replace: "without the rule.",
        with: "without the rule.\n- 2042-03-05 — all rules have a limit.",
    },
    right: Example::Edit {
        replace: "without the rule.",
        with: "without the rule.\n- 2024-03-05 — all rules have a limit.",
    },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    // Somewhere on earth it is the next day already.
    let Some(tomorrow) = context.policy.today.succ_opt() else { return };
    let future = |entry: &&crate::model::TimelineEntry| entry.at.at.date() > tomorrow;
    // Those below take the date over; one of them is enough.
    if let Some(entry) = context.review.timeline.entries().iter().find(future) {
        let message = format!("this entry is dated {}, and today is {}", entry.at.at.date(), context.policy.today);
        findings.add(&METADATA, entry.stamp_span, message);
    }
}
