//! D003: a key that the format does not have.

use crate::diagnostic::{Example, Level, Metadata, ProblemKind};
use crate::rules::{Check, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Problem(ProblemKind::UnknownKey)] };

static METADATA: Metadata = Metadata {
    code: "D003",
    name: "unknown-key",
    level: Level::Error,
    collected: Level::Error,
    summary: "A key is none that the format has.",
    why: "A key with a slip in its name is read by nobody: the author believes that something was said, and no page, feed or \
          export says it.",
    remedy: "Correct the name, or delete the key. Notes for the team belong into the table `[internal]`, which is never \
          published.",
    wrong: Example::Edit { replace: "services = [\"edge proxy\"]", with: "service = [\"edge proxy\"]" },
    right: Example::Edit { replace: "services = [\"edge proxy\"]", with: "services = [\"edge proxy\", \"dashboard\"]" },
};
