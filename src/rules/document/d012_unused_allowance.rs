//! D012: a rule is set aside where it finds nothing.

use crate::diagnostic::{Example, Level, Metadata, ProblemKind};
use crate::rules::{Check, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Problem(ProblemKind::UnusedAllowance)] };

static METADATA: Metadata = Metadata {
    code: "D012",
    name: "unused-allowance",
    level: Level::Warning,
    collected: Level::Warning,
    summary: "A rule is set aside where it finds nothing.",
    why: "The text was mended and the allowance stayed, or it stands in the wrong place. It would hide the next mistake \
          of this kind, which nobody meant to allow.",
    remedy: "Delete it, or move it to the paragraph or list item that it is meant for. An `[allow]` table is for the \
             front matter only.",
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
