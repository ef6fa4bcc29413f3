//! R002: the review was held later than its severity asks, or does not say when.

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::model::{Perspective, PhaseMark, Status};
use crate::rules::{Check, ReviewContext, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "R002",
    name: "late-review",
    level: Level::Warning,
    collected: Level::Off,
    subject: Subject::Completeness,
    summary: "The review was held later than the site asks for this severity, or does not say when it was held.",
    why: "Memory fades within days. You lose what people saw, why a step looked right to them, and records that are \
          kept only for a short time.",
    remedy: "Hold the review sooner next time; `review_within` in casebook.toml sets the days for each severity. \
             Write the day of the meeting as `reviewed`.",
    wrong: Example::Edit { replace: "reviewed = 2024-03-08", with: "reviewed = 2024-03-14" },
    right: Example::Edit { replace: "reviewed = 2024-03-08", with: "reviewed = 2024-03-11" },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let review = context.review;
    let severity = review.severity.as_ref().and_then(|severity| context.policy.severity(&severity.value));
    let Some((_, severity)) = severity else { return };
    let Some(within) = severity.review_within else { return };
    let Some(reviewed) = &review.reviewed else {
        // A date that cannot be read has a finding of its own.
        let is_given = context.document.front.table.given("reviewed").is_some();
        if context.is_one_of(&[Status::Final]) && review.perspective == Perspective::Own && !is_given {
            let help = format!(
                "Write `reviewed`. For {} the review is due {} after the resolution.",
                severity.id,
                days(within)
            );
            findings.add(&METADATA, context.document.top(), "the review does not say when it was held").help(help);
        }
        return;
    };
    let Some(resolved) = review.timeline.last(PhaseMark::Resolved) else { return };
    let passed = (reviewed.value - resolved.latest().date()).num_days();
    if u64::try_from(passed).is_ok_and(|passed| passed > within) {
        let passed = days(passed.unsigned_abs());
        let message =
            format!("the review was held {passed} after the resolution, and {} asks for {}", severity.id, days(within));
        findings.add(&METADATA, reviewed.span, message);
    }
}

fn days(count: u64) -> String {
    if count == 1 { "1 day".to_owned() } else { format!("{count} days") }
}
