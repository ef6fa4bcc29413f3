//! B001: a sentence blames a person or a role, outside what is said about causes (F003).

use super::sentence::{self, Fault, Who};
use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::rules::{Check, ReviewContext, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "B001",
    name: "blamed-person",
    level: Level::Warning,
    collected: Level::Warning,
    subject: Subject::Quality,
    summary: "A sentence says what somebody forgot, failed to do or did wrongly, or speaks of human error.",
    why: "It hurts those who were there, and next time they will say less. It also stops at the person, where the \
          conditions that will meet the next one begin. Of 70 labelled passages, 7 of which blame somebody, it finds 7 \
          together with the other rules on blame, and none that blame nobody; the labels were known when it was made. In \
          50 whole reviews of eleven organisations that nobody had read who made it, they find 21 of 35 lines that blame, \
          and none that blames nobody.",
    remedy: "Make the condition the subject of the sentence: what could be seen, which guard was missing, what made the \
             step reasonable. Not \"the engineer forgot to drain the node\" but \"nothing drains a node before it is \
             deleted\".",
    wrong: Example::Edit {
        replace: "The first page was not heard for two minutes.",
        with: "The on-call engineer failed to hear the first page.",
    },
    right: Example::Edit { replace: "was not heard for two minutes", with: "came while the telephone was on silent" },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let wanted =
        |blame: &sentence::Blame| matches!(blame.who, Who::Role | Who::Nobody) && blame.fault != Fault::Hindsight;
    sentence::report(&METADATA, context, wanted, findings);
}
