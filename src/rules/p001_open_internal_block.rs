//! P001: an internal block that is not closed, or not opened.

use super::{Check, Rule};
use crate::diagnostic::{Example, Level, Metadata};
use crate::document::ProblemKind;

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Problem(ProblemKind::InternalBlock)] };

static METADATA: Metadata = Metadata {
    code: "P001",
    name: "open-internal-block",
    level: Level::Error,
    collected: Level::Error,
    summary: "An internal block is opened and never closed, or closed and never opened.",
    why: "Such a block holds what must not be published. When one of its ends is missing, it is unclear what was meant, and \
          the team's own notes could reach the public.",
    remedy: "Write `<!-- internal -->` before the passage for the team and `<!-- /internal -->` after it.",
    wrong: Example::Edit {
        replace: "The first page was not heard",
        with: "<!-- /internal --> The first page was not heard",
    },
    right: Example::Edit {
        replace: "The first page was not heard",
        with: "<!-- internal -->Ask Support.<!-- /internal --> The first page was not heard",
    },
};
