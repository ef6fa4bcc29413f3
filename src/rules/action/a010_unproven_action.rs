//! A010: an action is done, and the review does not say since when or how that is known.

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::model::ActionStatus;
use crate::rules::{Check, ReviewContext, Rule, message};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "A010",
    name: "unproven-action",
    level: Level::Advice,
    collected: Level::Off,
    subject: Subject::Completeness,
    summary: "An action is done, but the review does not say when it was closed or how you know that it works.",
    why: "Without a check, a fix is only a hope. When the incident comes back, the first question is whether the \
          action was in effect by then.",
    remedy: "Write `closed` with the day, and `evidence` with what was observed: a test, an exercise, an alert that fired.",
    wrong: Example::Edit {
        replace: "evidence = \"The load test of 21 March stays under 40 % CPU with the same rule.\"\n",
        with: "",
    },
    right: Example::Edit {
        replace: "stays under 40 % CPU with the same rule",
        with: "aborts the same rule after 5 ms",
    },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    for action in context.review.actions.iter().filter(|action| action.status == ActionStatus::Done) {
        let name = message::action(action);
        let is_proven = action.evidence.as_ref().is_some_and(|evidence| !evidence.trim().is_empty());
        let message = match (action.closed.is_some(), is_proven) {
            (true, true) => continue,
            (false, true) => format!("{name} is done and has no date in `closed`"),
            (true, false) => format!("{name} is done and has no `evidence`"),
            (false, false) => format!("{name} is done and has neither `closed` nor `evidence`"),
        };
        findings.add(&METADATA, action.span, message);
    }
}
