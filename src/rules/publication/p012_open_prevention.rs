//! P012: a review is published while what shall prevent a repetition is still to be done.

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::model::{Action, ActionKind, Status};
use crate::rules::{Check, ReviewContext, Rule, message};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "P012",
    name: "open-prevention",
    level: Level::Advice,
    collected: Level::Off,
    subject: Subject::Safety,
    summary: "A review is published while an action that prevents a repetition is still open.",
    why: "The review tells everyone how it happened, and it can still happen. Whether that matters depends on the \
          incident: for an overload it does not, for a break-in it does.",
    remedy: "Decide: set `publish` to a day after the deadline of the action, or publish now and turn the rule off in \
             casebook.toml.",
    wrong: Example::Edit { replace: "kind = \"mitigate\"", with: "kind = \"prevent\"" },
    right: Example::Edit { replace: "closed = 2024-03-20", with: "closed = 2024-03-14" },
};

/// One finding a review: the decision is one, however many actions are open.
fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let review = context.review;
    if !review.is_public(context.policy.today) || context.is_one_of(&[Status::Withdrawn]) {
        return;
    }
    let is_open_prevention = |action: &&Action| action.kind == Some(ActionKind::Prevent) && action.is_open();
    let mut open = review.actions.iter().filter(is_open_prevention);
    let Some(first) = open.next() else { return };
    let more = match open.count() {
        0 => String::new(),
        1 => ", and so is another one".to_owned(),
        count => format!(", and so are {count} others"),
    };
    let message = format!("{} is still open, and the review is published{more}", message::action(first));
    findings.add(&METADATA, first.span, message);
}
