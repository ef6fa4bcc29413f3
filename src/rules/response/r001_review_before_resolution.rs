//! R001: the review was held before the incident was resolved.

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::model::PhaseMark;
use crate::rules::{Check, ReviewContext, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "R001",
    name: "review-before-resolution",
    level: Level::Error,
    collected: Level::Off,
    subject: Subject::Contradiction,
    summary: "The review was held before the day on which the incident was resolved.",
    why: "One of the two dates is wrong, and readers cannot tell which. If the meeting was early, what you learnt \
          afterwards is missing.",
    remedy: "Correct `reviewed`, or the date of **Resolved** in the timeline.",
    wrong: Example::Edit { replace: "reviewed = 2024-03-08", with: "reviewed = 2024-03-03" },
    right: Example::Edit { replace: "reviewed = 2024-03-08", with: "reviewed = 2024-03-04" },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let resolved = context.review.timeline.last(PhaseMark::Resolved);
    let (Some(reviewed), Some(resolved)) = (&context.review.reviewed, resolved) else { return };
    let resolved = resolved.at.date();
    if reviewed.value < resolved {
        let message = format!("the review was held on {}, and the incident was resolved on {resolved}", reviewed.value);
        findings.add(&METADATA, reviewed.span, message);
    }
}
