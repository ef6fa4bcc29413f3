//! R003: no action says what it changes tangibly.

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::model::{ActionStatus, Status, Update, Words};
use crate::rules::{Check, ReviewContext, Rule, action_form, message};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "R003",
    name: "no-tangible-output",
    level: Level::Advice,
    collected: Level::Off,
    subject: Subject::Completeness,
    summary: "No action says what it changes: a runbook, alerts, access, communication, training, a design or a tool.",
    why: "A review is worth its time when it changes something that the next person on call sees. Without `updates`, \
          no one can see which of these things incidents have changed.",
    remedy: "Write `updates` in the actions that change one of them, such as `updates = [\"alerting\", \"runbook\"]`.",
    wrong: Example::Edit { replace: "updates = [\"tooling\"]\n", with: "" },
    right: Example::Edit { replace: "updates = [\"tooling\"]\n", with: "updates = [\"design\", \"runbook\"]\n" },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let mut counted =
        context.review.actions.iter().filter(|action| action.status != ActionStatus::Cancelled).peekable();
    let Some(first) = counted.peek().copied() else { return };
    if context.is_one_of(&[Status::Interim, Status::Final]) && counted.all(|action| action.updates.is_empty()) {
        let added = findings.add(&METADATA, first.span, "no action says in `updates` what it changes");
        if let Some(place) = action_form::place_for(context, first, "Updates", "alerting, runbook") {
            let words: Vec<String> = Update::WORDS.iter().map(|(word, _)| format!("`{word}`")).collect();
            added.help(format!("Of each action that changes one of {}, write it {place}.", message::list(&words)));
        }
    }
}
