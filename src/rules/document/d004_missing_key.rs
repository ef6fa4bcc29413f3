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
    why: "Readers find and compare reviews, factors and actions by these keys, and without `status` and `tlp` there is no \
          decision to publish a text. Casebook guesses none of them.",
    remedy: "Add the key. Of a review, `casebook new --full` writes a template with every key and the question that it \
             answers.",
    wrong: Example::Edit { replace: "tlp = \"TLP:CLEAR\"\n", with: "" },
    right: Example::Edit { replace: "tlp = \"TLP:CLEAR\"\n", with: "tlp = \"TLP:CLEAR\"\n" },
};
