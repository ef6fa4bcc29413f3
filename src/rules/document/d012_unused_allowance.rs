//! D012: an allowance stands where its rule finds nothing.

use crate::diagnostic::{Example, Level, Metadata, ProblemKind, Subject};
use crate::rules::{Check, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Problem(ProblemKind::UnusedAllowance)] };

static METADATA: Metadata = Metadata {
    code: "D012",
    name: "unused-allowance",
    level: Level::Warning,
    collected: Level::Warning,
    subject: Subject::Form,
    summary: "An allowance stands where its rule finds nothing.",
    why: "The text was fixed and the allowance stayed, or it is in the wrong place. It would hide the next mistake of \
          this kind.",
    remedy: "Delete it, or move it to the right paragraph or list item. An `[allow]` table is for the front matter \
             only.",
    wrong: Example::Edit {
        replace: "alert pages the on-call engineer.",
        with: "alert fires. <!-- casebook: allow timeline-out-of-order: two clocks -->",
    },
    right: Example::Edits(&[
        ("13:57", "13:37"),
        (
            "alert pages the on-call engineer.",
            "alert fires. <!-- casebook: allow timeline-out-of-order: two clocks -->",
        ),
    ]),
};
