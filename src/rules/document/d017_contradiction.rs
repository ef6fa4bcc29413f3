//! D017: front matter and text say different things.

use crate::diagnostic::{Example, Level, Metadata, ProblemKind, Subject};
use crate::rules::{Check, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Problem(ProblemKind::Contradiction)] };

static METADATA: Metadata = Metadata {
    code: "D017",
    name: "contradiction",
    level: Level::Error,
    collected: Level::Warning,
    subject: Subject::Contradiction,
    summary: "Two parts of a review say different things: front matter and text, or the head of the text and the timeline.",
    why: "The page shows both, and readers cannot tell which is true. Lists and data follow the front matter.",
    remedy: "Correct one of the two, or take the key out of the front matter: what the text says clearly need not be \
             said twice.",
    wrong: Example::Edit {
        replace: "## What went well",
        with: "## Action items\n\n- Abort the evaluation of a rule after 5 ms of CPU (traffic team, done)\n\n## What went well",
    },
    right: Example::Edit {
        replace: "## What went well",
        with: "## Action items\n\n- Abort the evaluation of a rule after 5 ms of CPU (done)\n\n## What went well",
    },
};
