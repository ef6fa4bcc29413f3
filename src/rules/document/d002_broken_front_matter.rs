//! D002: the front matter in TOML or YAML, or another file in TOML, breaks the grammar.

use crate::diagnostic::{Example, Level, Metadata, ProblemKind, Subject};
use crate::rules::{Check, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Problem(ProblemKind::BrokenToml)] };

static METADATA: Metadata = Metadata {
    code: "D002",
    name: "broken-front-matter",
    level: Level::Error,
    collected: Level::Error,
    subject: Subject::Form,
    summary: "The front matter is not valid TOML or YAML, or another file is not valid TOML.",
    why: "Everything after the mistake may be read wrongly or not at all, including the decision about who may read \
          the review. Casebook does not publish on a guess.",
    remedy: "Fix this line. In TOML strings need quotes, dates do not, and each key has a line of its own. In YAML a \
             value with a colon, or one that begins with a bracket, needs quotes.",
    wrong: Example::Edit { replace: "severity = \"P1\"", with: "severity = P1" },
    right: Example::Edit { replace: "severity = \"P1\"", with: "severity = \"P2\"" },
};
