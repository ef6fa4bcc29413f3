//! B003: a sentence about an error names a person.

use super::sentence::{self, Fault, Who};
use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::rules::{Check, ReviewContext, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "B003",
    name: "named-fault",
    level: Level::Warning,
    collected: Level::Warning,
    subject: Subject::Quality,
    summary: "A sentence names a person and says what they forgot or did wrongly.",
    why: "People will find the page by that name for years, and know nothing else about the person. And everyone who \
          reads it learns to hide their own mistakes.",
    remedy: "Leave out the name, and make the condition the subject of the sentence: not who ran the command, but what \
             made it easy to run it in the wrong place.",
    wrong: Example::Edit {
        replace: "The first page was not heard for two minutes.",
        with: "Jane Roe forgot to turn the pager on.",
    },
    right: Example::Edit {
        replace: "The first page was not heard for two minutes.",
        with: "The pager was off, and nothing tells its bearer.",
    },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let wanted = |blame: &sentence::Blame| blame.who == Who::Name && blame.fault != Fault::Hindsight;
    sentence::report(&METADATA, context, wanted, findings);
}
