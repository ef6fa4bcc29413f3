//! D008: an id that cannot be part of an address.

use crate::diagnostic::{Example, Level, Metadata, ProblemKind, Subject};
use crate::rules::{Check, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Problem(ProblemKind::UnsafeId)] };

static METADATA: Metadata = Metadata {
    code: "D008",
    name: "unsafe-id",
    level: Level::Error,
    collected: Level::Error,
    subject: Subject::Site,
    summary: "An id does not work as an address or a file name.",
    why: "Ids are file names and addresses. Blanks, slashes and letters that systems write differently break links \
          for some readers, or lead outside the folder. Some systems cannot write an id that is too long, or one that \
          Windows reserves for a device.",
    remedy: "Use up to 120 letters, digits, hyphens, underscores and dots only, and neither `index` nor a name such as `con`.",
    wrong: Example::Edit { replace: "services = [\"edge proxy\"]", with: "aliases = [\"Incident 1042\"]" },
    right: Example::Edit { replace: "services = [\"edge proxy\"]", with: "aliases = [\"INC-1042\"]" },
};
