//! A003: an action has no deadline.

use super::written::is_unreadable;
use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::model::{Action, Unknown};
use crate::rules::{Check, ReviewContext, Rule, action_form, message};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "A003",
    name: "action-without-deadline",
    level: Level::Warning,
    collected: Level::Off,
    subject: Subject::Completeness,
    summary: "An action that is not finished has no deadline.",
    why: "An action without a date is never late, so nothing reminds people of it, and the weakness stays.",
    remedy: "Write `due` with a date that the owner has agreed to. You can move it later; the delay is then visible.",
    wrong: Example::Edit { replace: "due = 2027-04-30\n", with: "" },
    right: Example::Edit { replace: "due = 2027-04-30\n", with: "due = 2027-05-31\n" },
};

/// An action that is done or cancelled needs no date any more.
fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    if !context.has_whole_front_matter() {
        return;
    }
    let is_given = |action: &Action| action.due.is_some() || is_unreadable(context.document, action, "due");
    let has_none = |action: &&Action| action.is_open() && !is_given(action);
    let is_unknown = |action: &&Action| action.unknown.contains(&Unknown::Due);
    for action in context.review.actions.iter().filter(|action| has_none(action) && !is_unknown(action)) {
        if let Some(written) = &action.no_due {
            let message = format!("`{}` is no day by which {} is to be done", written.value, message::action(action));
            let help = "Write year, month and day, as in `2026-12-10`; of a quarter or a month, the last day.";
            findings.add(&METADATA, written.span, message).help(help);
            continue;
        }
        let added = findings.add(&METADATA, action.span, format!("{} has no deadline", message::action(action)));
        if let Some(place) = action_form::place_for(context, action, "Due", "2026-12-10") {
            added.help(format!(
                "Write a day that the owner has agreed to {place}. You can move it later; the delay is then visible."
            ));
        }
    }
}
