//! A002: an action has no owner.

use super::written::is_unreadable;
use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::model::{Action, ActionStatus, Unknown};
use crate::rules::{Check, ReviewContext, Rule, action_form, message, phrase};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "A002",
    name: "action-without-owner",
    level: Level::Warning,
    collected: Level::Off,
    subject: Subject::Completeness,
    summary: "An action has no owner.",
    why: "When everyone is responsible, no one is. The next incident of this kind finds the action still open.",
    remedy: "Write `owner` with the team or role that is responsible for it, not with the name of a person.",
    wrong: Example::Edit { replace: "owner = \"Edge platform team\"\ndue = 2024", with: "due = 2024" },
    right: Example::Edit { replace: "\"Edge platform team\"\ndue = 2024", with: "\"Filtering team\"\ndue = 2024" },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    if !context.has_whole_front_matter() {
        return;
    }
    let actions = context.review.actions.iter().filter(|action| action.status != ActionStatus::Cancelled);
    let is_unknown = |action: &Action| action.unknown.contains(&Unknown::Owner);
    for action in actions.filter(|action| action.owner.is_none() && !is_unknown(action)) {
        if let Some(written) = &action.no_owner {
            let place = phrase::inside_quotes(written.span, &context.document.source.text);
            let message = format!("`{}` is no team or role that could own {}", written.value, message::action(action));
            findings
                .add(&METADATA, place, message)
                .help("Write the team or role that is responsible. An issue belongs to `link`.");
            continue;
        }
        if !is_unreadable(context.document, action, "owner") {
            let added = findings.add(&METADATA, action.span, format!("{} has no owner", message::action(action)));
            if let Some(place) = action_form::place_for(context, action, "Owner", "Storage team") {
                added.help(format!("Write the team or role that is responsible, not a person, {place}."));
            }
        }
    }
}
