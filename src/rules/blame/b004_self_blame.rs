//! B004: the authors blame themselves.

use super::sentence::{self, Fault, Who};
use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::rules::{Check, ReviewContext, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "B004",
    name: "self-blame",
    level: Level::Advice,
    collected: Level::Advice,
    subject: Subject::Quality,
    summary: "The authors say what they themselves forgot, failed to do or did wrongly.",
    why: "It is honest, but it ends the search too early: why was it reasonable not to check? Readers elsewhere have \
          the same condition behind it.",
    remedy: "Name the condition: not \"we did not check the size\" but \"the size is shown nowhere before the import\". \
             An apology to users may stay as it is.",
    wrong: Example::Edit {
        replace: "The first page was not heard for two minutes.",
        with: "We forgot to test the pager.",
    },
    right: Example::Edit {
        replace: "The first page was not heard for two minutes.",
        with: "The pager is tested once a year, and its battery lasts for half of one.",
    },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let wanted = |blame: &sentence::Blame| blame.who == Who::Ourselves && blame.fault != Fault::Hindsight;
    sentence::report(&METADATA, context, wanted, findings);
}
