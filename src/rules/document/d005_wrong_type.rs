//! D005: a value is of another type than its key takes.

use crate::diagnostic::{Example, Level, Metadata, ProblemKind, Subject};
use crate::rules::{Check, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Problem(ProblemKind::WrongType)] };

static METADATA: Metadata = Metadata {
    code: "D005",
    name: "wrong-type",
    level: Level::Error,
    collected: Level::Error,
    subject: Subject::Form,
    summary: "A value has the wrong type for its key.",
    why: "A date in quotes is only text and cannot be compared, so an embargo would not hold and a deadline would \
          never pass.",
    remedy: "Write strings in quotes, dates and numbers without them, and lists in square brackets.",
    wrong: Example::Edit { replace: "publish = 2024-03-15", with: "publish = \"2024-03-15\"" },
    right: Example::Edit { replace: "publish = 2024-03-15", with: "publish = 2024-03-16" },
};
