//! T014: nobody can tell on which day the incident was.

use crate::diagnostic::{Example, Level, Metadata, ProblemKind, Subject};
use crate::rules::{Check, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Problem(ProblemKind::UnknownDay)] };

static METADATA: Metadata = Metadata {
    code: "T014",
    name: "unknown-day",
    level: Level::Warning,
    collected: Level::Warning,
    subject: Subject::Form,
    summary: "An adopted review names no day of its incident, or a label such as \"Date\" has no whole day behind it.",
    why: "The review stands last in every list, under no year, and in no figure by time. Whether it is older than \
          `adopted_before` cannot be told, so it counts as old and nobody asks for what it lacks.",
    remedy: "Write the day below the title: `**Date:** 2024-03-04`. A date before the first time of the timeline, in the \
             title, or at the beginning of the file's name does it, too.",
    wrong: Example::Shown { text: "# The rule engine stops\n\n**Date:** March 2024\n" },
    right: Example::Shown { text: "# The rule engine stops\n\n**Date:** 2024-03-04\n" },
};
