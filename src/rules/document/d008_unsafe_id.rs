//! D008: an id that cannot be part of an address.

use crate::diagnostic::{Example, Level, Metadata, ProblemKind};
use crate::rules::{Check, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Problem(ProblemKind::UnsafeId)] };

static METADATA: Metadata = Metadata {
    code: "D008",
    name: "unsafe-id",
    level: Level::Error,
    collected: Level::Error,
    summary: "An id cannot be part of an address, or of the name of a file.",
    why: "Ids are file names and addresses. One with a blank, a slash or a letter that some system writes differently breaks \
          links for some readers, or writes outside its folder. One that is too long, or that Windows keeps for a device, \
          cannot be written everywhere.",
    remedy: "Use up to 120 letters, digits, hyphens, underscores and dots only, and neither `index` nor a name such as `con`.",
    wrong: Example::Edit { replace: "services = [\"edge proxy\"]", with: "aliases = [\"Incident 1042\"]" },
    right: Example::Edit { replace: "services = [\"edge proxy\"]", with: "aliases = [\"INC-1042\"]" },
};
