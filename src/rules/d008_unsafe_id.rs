//! D008: an id that cannot be part of an address.

use super::{Check, Rule};
use crate::diagnostic::{Example, Level, Metadata};
use crate::document::ProblemKind;

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Problem(ProblemKind::UnsafeId)] };

static METADATA: Metadata = Metadata {
    code: "D008",
    name: "unsafe-id",
    level: Level::Error,
    collected: Level::Error,
    summary: "An id cannot be part of an address.",
    why: "Ids are file names and addresses. One with a blank, a slash or a letter that some system writes differently breaks \
          links for some readers, or writes outside its folder.",
    remedy: "Use letters, digits, hyphens, underscores and dots only, and not `index`.",
    wrong: Example::Edit { replace: "services = [\"edge proxy\"]", with: "aliases = [\"Incident 1042\"]" },
    right: Example::Edit { replace: "services = [\"edge proxy\"]", with: "aliases = [\"INC-1042\"]" },
};
