//! D003: a key that the format does not have.

use crate::diagnostic::{Example, Level, Metadata, ProblemKind, Subject};
use crate::rules::{Check, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Problem(ProblemKind::UnknownKey)] };

static METADATA: Metadata = Metadata {
    code: "D003",
    name: "unknown-key",
    level: Level::Error,
    collected: Level::Error,
    subject: Subject::Form,
    summary: "The format has no such key.",
    why: "Casebook ignores a key with a typo: the author thinks that the review says it, but no page, feed or export \
          does.",
    remedy: "Correct the name, or delete the key. Put notes for the team into the table `[internal]`, which is never \
             published.",
    wrong: Example::Edit { replace: "services = [\"edge proxy\"]", with: "service = [\"edge proxy\"]" },
    right: Example::Edit { replace: "services = [\"edge proxy\"]", with: "services = [\"edge proxy\", \"dashboard\"]" },
};
