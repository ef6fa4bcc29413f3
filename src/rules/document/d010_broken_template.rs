//! D010: a template of the theme does not work.

use crate::diagnostic::{Example, Level, Metadata, ProblemKind};
use crate::rules::{Check, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Problem(ProblemKind::BrokenTemplate)] };

static METADATA: Metadata = Metadata {
    code: "D010",
    name: "broken-template",
    level: Level::Error,
    collected: Level::Error,
    summary: "A template of the theme does not work.",
    why: "Pages made from it cannot be written, so the site would be published in part.",
    remedy: "Mend the line that the finding names. The file of the same name in the built-in theme shows what \
             a template is given.",
    wrong: Example::Shown { text: "<h1>{{ review.titel }}</h1>" },
    right: Example::Shown { text: "<h1>{{ review.title }}</h1>" },
};
