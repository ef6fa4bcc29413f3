//! A001: a review has no actions.

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::model::Status;
use crate::rules::{Check, ReviewContext, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "A001",
    name: "no-action",
    level: Level::Error,
    collected: Level::Advice,
    subject: Subject::Completeness,
    summary: "A review has no actions.",
    why: "People who were affected want to know what will change. A review without actions says that it may happen \
          again.",
    remedy: "Add a heading `## Actions`, with an item for each change. Actions that are done count, and so do those that \
             were cancelled for a reason.",
    wrong: Example::Cut { from: "[[actions]]\nid = \"cpu-guard\"", until: "[[accepted]]" },
    right: Example::Edit { replace: "status = \"open\"", with: "status = \"in-progress\"" },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let is_read = context.has_whole_front_matter();
    if is_read && context.review.actions.is_empty() && !context.is_one_of(&[Status::Withdrawn]) {
        // `actions = []` is a place to point at.
        let entry = context.document.front.table.get("actions");
        let place = entry.map_or(context.document.top(), |entry| entry.key_span);
        findings.add(&METADATA, place, "the review has no actions");
    }
}
