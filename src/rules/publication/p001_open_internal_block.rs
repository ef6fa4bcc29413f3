//! P001: an internal block that is not closed, or not opened.

use crate::diagnostic::{Example, Level, Metadata, ProblemKind, Subject};
use crate::rules::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    metadata: &METADATA,
    checks: &[Check::Problem(ProblemKind::InternalBlock), Check::Problem(ProblemKind::MarkerLookalike)],
};

static METADATA: Metadata = Metadata {
    code: "P001",
    name: "open-internal-block",
    level: Level::Error,
    collected: Level::Error,
    subject: Subject::Safety,
    summary: "An internal block or a comment has only one end, or something resembles a marker of an internal block.",
    why: "Internal blocks and comments hold what must not be published. If one end is missing or misspelt, notes of \
          the team could become public.",
    remedy: "Write `<!-- internal -->` before the passage for the team and `<!-- /internal -->` after it. Close each \
             comment with `-->`. If readers should see what resembles a marker, allow it with a reason.",
    wrong: Example::Edit { replace: "The first page", with: "<!-- /internal --> The first page" },
    right: Example::Edit {
        replace: "The first page",
        with: "<!-- internal -->Ask Support.<!-- /internal --> The first page",
    },
};
