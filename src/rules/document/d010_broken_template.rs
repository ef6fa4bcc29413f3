//! D010: a template of the theme does not work.

use crate::diagnostic::{Example, Level, Metadata, ProblemKind, Subject};
use crate::rules::{Check, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Problem(ProblemKind::BrokenTemplate)] };

static METADATA: Metadata = Metadata {
    code: "D010",
    name: "broken-template",
    level: Level::Error,
    collected: Level::Error,
    subject: Subject::Site,
    summary: "A template of the theme does not work.",
    why: "Its pages cannot be written, so only a part of the site would be published.",
    remedy: "Fix this line. The file of the same name in the built-in theme shows which variables a template gets.",
    wrong: Example::Shown { text: "<h1>{{ review.titel }}</h1>" },
    right: Example::Shown { text: "<h1>{{ review.title }}</h1>" },
};
