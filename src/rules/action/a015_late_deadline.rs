//! A015: the deadline of an action is further away than the site allows.

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::rules::{Check, ReviewContext, Rule, message};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "A015",
    name: "late-deadline",
    level: Level::Warning,
    collected: Level::Off,
    subject: Subject::Quality,
    summary: "The deadline of an action is later than the site allows for incidents of this severity.",
    why: "Until then the same incident can happen again. Work that is due next year is not planned this month.",
    remedy: "Agree on an earlier day, or on a smaller action that reduces the risk until then. `act_within` under \
             `[severities]` in casebook.toml sets the days, counted from the review.",
    wrong: Example::File {
        path: "casebook.toml",
        text: "title = \"Lessons\"\nbase_url = \"https://example.org/\"\n\n[severities]\nP1 = { name = \"Critical\", act_within = 90 }\n",
    },
    right: Example::File {
        path: "casebook.toml",
        text: "title = \"Lessons\"\nbase_url = \"https://example.org/\"\n\n[severities]\nP1 = { name = \"Critical\" }\n",
    },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let review = context.review;
    let severity = review.severity.as_ref().and_then(|severity| context.policy.severity(&severity.value));
    let Some((days, severity)) = severity.and_then(|(_, severity)| Some((severity.act_within?, severity))) else {
        return;
    };
    let held = review.reviewed.as_ref().or(review.publish.as_ref()).map(|day| day.value);
    let Some(held) = held.or_else(|| review.timeline.last_date()) else { return };
    let Some(last) = held.checked_add_days(chrono::Days::new(days)) else { return };
    for action in review.actions.iter().filter(|action| action.is_open()) {
        if let Some(due) = action.due.as_ref().filter(|due| due.value > last) {
            let message = format!(
                "{} is due on {}, and what answers {} should be done by {last}",
                message::action(action),
                due.value,
                severity.id
            );
            findings.add(&METADATA, due.span, message);
        }
    }
}
