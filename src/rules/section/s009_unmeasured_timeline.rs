//! S009: a second section is a timeline, too, and is shown but not measured.

use crate::diagnostic::{Example, Level, Metadata, ProblemKind, Subject};
use crate::rules::{Check, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Problem(ProblemKind::UnmeasuredTimeline)] };

static METADATA: Metadata = Metadata {
    code: "S009",
    name: "unmeasured-timeline",
    level: Level::Advice,
    collected: Level::Advice,
    subject: Subject::Quality,
    summary: "A review has a second section that is a timeline.",
    why: "The page shows both, but durations, marks and the date of the incident come from the first. If the second \
          tells of another incident, no list and no feed knows of that one.",
    remedy: "Give each incident a file of its own, and name the others under `related`. Entries of the same incident \
             belong into one timeline.",
    wrong: Example::Edit {
        replace: "## Root cause",
        with: "## The second night\n\n- 2024-03-05 02:00 UTC — it began again.\n- 02:10 — filtering is switched off.\n\
               - 02:40 — it ended.\n\n## Root cause",
    },
    right: Example::Edit {
        replace: "## Root cause",
        with: "- 2024-03-05 02:00 UTC — it began again.\n- 02:10 — filtering is switched off.\n\
               - 02:40 — it ended.\n\n## Root cause",
    },
};
