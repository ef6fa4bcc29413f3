//! D004: a key that has to be there is not.

use crate::diagnostic::{Example, Level, Metadata, ProblemKind, Subject};
use crate::rules::{Check, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Problem(ProblemKind::MissingKey)] };

static METADATA: Metadata = Metadata {
    code: "D004",
    name: "missing-key",
    level: Level::Error,
    collected: Level::Error,
    subject: Subject::Completeness,
    summary: "A required key is missing or empty.",
    why: "Readers find incidents by severity and compare them by impact. Without `status` and `tlp` there is no \
          decision to publish the text.",
    remedy: "Add the key. `casebook new --full` writes a template with every key and the question that it answers.",
    wrong: Example::Edit { replace: "tlp = \"TLP:CLEAR\"\n", with: "" },
    right: Example::Edit { replace: "tlp = \"TLP:CLEAR\"\n", with: "tlp = \"TLP:CLEAR\"\n" },
};
