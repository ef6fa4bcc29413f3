//! A008: the deadline of an action has passed when the action is agreed on.

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::model::{Action, ActionStatus, PhaseMark};
use crate::rules::{Check, ReviewContext, Rule, message};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "A008",
    name: "early-deadline",
    level: Level::Warning,
    collected: Level::Off,
    subject: Subject::Contradiction,
    summary: "The deadline of an action lies before the end of the incident, or not after the day of the review.",
    why: "The action is late from its first day, and the list of overdue actions loses its meaning. Usually a year or \
          a month is wrong.",
    remedy: "Correct `due`. If it was done before the review, write `status = \"done\"` and the day in `closed`.",
    wrong: Example::Edit { replace: "due = 2024-03-31", with: "due = 2024-03-07" },
    right: Example::Edits(&[("due = 2024-03-31", "due = 2024-03-07"), ("closed = 2024-03-20", "closed = 2024-03-07")]),
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let review = context.review;
    let resolved = review.timeline.last(PhaseMark::Resolved).map(|resolved| resolved.at.date());
    for action in &review.actions {
        let Some(due) = &action.due else { continue };
        let reviewed = review.reviewed.as_ref().map(|reviewed| reviewed.value).filter(|day| due.value <= *day);
        let resolved = resolved.filter(|day| due.value < *day);
        let message = match (resolved, reviewed) {
            _ if was_done_in_time(action) => continue,
            (Some(day), _) => format!("is due on {}, and the incident was resolved on {day}", due.value),
            (None, Some(day)) => format!("is due on {}, and the review was held on {day}", due.value),
            (None, None) => continue,
        };
        findings.add(&METADATA, due.span, format!("{} {message}", message::action(action)));
    }
}

/// Whether the deadline no longer matters: the action was cancelled, closed by then, or closed on an unknown day.
fn was_done_in_time(action: &Action) -> bool {
    let closed_late = || {
        let (closed, due) = (action.closed.as_ref(), action.due.as_ref());
        closed.zip(due).is_some_and(|(closed, due)| closed.value > due.value)
    };
    match action.status {
        ActionStatus::Cancelled => true,
        ActionStatus::Done => !closed_late(),
        ActionStatus::Open | ActionStatus::InProgress => false,
    }
}
