//! B002: a sentence says what a person should have done.

use super::sentence::{self, Fault};
use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::rules::{Check, ReviewContext, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "B002",
    name: "hindsight",
    level: Level::Advice,
    collected: Level::Advice,
    subject: Subject::Quality,
    summary: "A sentence says what a person should have known, noticed or done.",
    why: "It describes an incident that did not happen. Others learn from what people saw at the time, and why their \
          step was reasonable then.",
    remedy: "Say what people could see at the time and what they could not. If something should be different next \
             time, make it an action.",
    wrong: Example::Edit {
        replace: "The first page was not heard for two minutes.",
        with: "The on-call engineer should have noticed the first page.",
    },
    right: Example::Edit {
        replace: "not heard for two minutes.",
        with: "not heard. We should have a second way to page.",
    },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    sentence::report(&METADATA, context, |blame| blame.fault == Fault::Hindsight, findings);
}
