//! D006: a word that is not in the vocabulary of its key.

use crate::diagnostic::{Example, Level, Metadata, ProblemKind, Subject};
use crate::rules::{Check, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Problem(ProblemKind::UnknownValue)] };

static METADATA: Metadata = Metadata {
    code: "D006",
    name: "unknown-value",
    level: Level::Error,
    collected: Level::Error,
    subject: Subject::Form,
    summary: "The key does not accept this word.",
    why: "Lists, filters and figures count by these words. A review with another word is missing from all of them, \
          and no one notices.",
    remedy: "Use one of the words that the finding names. Severities and categories can be changed in casebook.toml.",
    wrong: Example::Edit { replace: "detection = \"monitoring\"", with: "detection = \"graph\"" },
    right: Example::Edit { replace: "detection = \"monitoring\"", with: "detection = \"staff\"" },
};
