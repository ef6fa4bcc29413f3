//! T006: words in bold after a time that resemble a mark and are none.

use crate::diagnostic::{Example, Level, Metadata, ProblemKind, Subject};
use crate::rules::{Check, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Problem(ProblemKind::UnknownMark)] };

static METADATA: Metadata = Metadata {
    code: "T006",
    name: "unknown-mark",
    level: Level::Warning,
    collected: Level::Warning,
    subject: Subject::Form,
    summary: "Bold words after a time look like a timeline mark but are not one.",
    why: "An unknown mark leaves a gap: the time to detect or to resolve is missing on the page and in the figures.",
    remedy: "Write the mark as the finding suggests, add it under `[[marks]]` in casebook.toml, or move the bold words further \
          into the sentence.",
    wrong: Example::Edit { replace: "**Responded**", with: "**Respond**" },
    right: Example::Edit { replace: "**Responded**", with: "**Responded**" },
};
