//! D011: an allowance has no reason.

use crate::diagnostic::{Example, Level, Metadata, ProblemKind, Subject};
use crate::rules::{Check, Rule};

pub(super) static RULE: Rule =
    Rule { metadata: &METADATA, checks: &[Check::Problem(ProblemKind::AllowanceWithoutReason)] };

static METADATA: Metadata = Metadata {
    code: "D011",
    name: "allowance-without-reason",
    level: Level::Warning,
    collected: Level::Warning,
    subject: Subject::Form,
    summary: "An allowance has no reason, so it has no effect.",
    why: "Next year, readers cannot tell whether the reason still holds. So an allowance without a reason allows \
          nothing.",
    remedy: "Write the reason after the name: `<!-- casebook: allow vague-action: the wording of our regulator -->`, \
             or as the value under `[allow]` in the front matter.",
    wrong: Example::Edit {
        replace: "alert pages the on-call engineer.",
        with: "alert fires. <!-- casebook: allow timeline-out-of-order -->",
    },
    right: Example::Edits(&[
        ("13:57", "13:37"),
        (
            "alert pages the on-call engineer.",
            "alert fires. <!-- casebook: allow timeline-out-of-order: two clocks -->",
        ),
    ]),
};
