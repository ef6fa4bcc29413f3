//! R005: a review is a draft or interim long after the day of its publication.

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::model::Status;
use crate::rules::{Check, ReviewContext, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "R005",
    name: "stale-status",
    level: Level::Advice,
    collected: Level::Off,
    subject: Subject::Completeness,
    summary: "A review is a draft or interim more than 30 days after its day of publication.",
    why: "\"Interim\" promises readers that more will follow, and no one reads a draft. After a month, the people who \
          could complete it have forgotten what they saw.",
    remedy: "Complete the review and write `status = \"final\"`, or move `publish`. If something can no longer be \
             found out, say so in a sentence.",
    wrong: Example::Edit { replace: "status = \"final\"", with: "status = \"interim\"" },
    right: Example::Edits(&[
        ("status = \"final\"", "status = \"interim\""),
        ("publish = 2024-03-15", "publish = 2026-11-15"),
    ]),
};

/// Days after publication.
const PATIENCE: i64 = 30;

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let (Some(status), Some(publish)) = (&context.review.status, &context.review.publish) else { return };
    let days = (context.policy.today - publish.value).num_days();
    let state = match status.value {
        Status::Draft => "a draft",
        Status::Interim => "interim",
        Status::Final | Status::Withdrawn => return,
    };
    if days > PATIENCE {
        let message = format!("the review is {state}, {days} days after its day of publication");
        findings.add(&METADATA, status.span, message);
    }
}
