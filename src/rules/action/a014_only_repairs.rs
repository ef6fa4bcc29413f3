//! A014: no action prevents the incident or detects it.

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::model::{ActionKind, ActionStatus};
use crate::rules::{Check, ReviewContext, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "A014",
    name: "only-repairs",
    level: Level::Advice,
    collected: Level::Advice,
    subject: Subject::Quality,
    summary: "No action prevents the incident or detects it sooner.",
    why: "If actions only reduce the impact, or ask people to work differently, the same incident can start again in \
          the same way, and you will notice it as late as this time.",
    remedy: "Ask what would have made the incident impossible, and what would have shown it within minutes. If \
             neither is worth the cost, accept the primary factor with a reason.",
    wrong: Example::Edit { replace: "kind = \"prevent\"", with: "kind = \"process\"" },
    right: Example::Edit { replace: "kind = \"prevent\"", with: "kind = \"detect\"" },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let review = context.review;
    let counted: Vec<_> = review.actions.iter().filter(|action| action.status != ActionStatus::Cancelled).collect();
    // An action without a kind may be one that prevents.
    let helps = |kind: Option<ActionKind>| matches!(kind, None | Some(ActionKind::Prevent | ActionKind::Detect));
    let accepts_primary = review
        .primary_factor()
        .is_some_and(|primary| review.accepted.iter().any(|accepted| accepted.weakness.value == primary.id.value));
    let Some(first) = counted.first() else { return };
    if !accepts_primary && !counted.iter().any(|action| helps(action.kind)) {
        findings.add(&METADATA, first.span, "no action prevents the incident or detects it sooner");
    }
}
