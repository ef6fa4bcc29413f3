//! F004: a factor does not say how it showed in this incident.

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::rules::{Check, ReviewContext, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "F004",
    name: "factor-without-note",
    level: Level::Advice,
    collected: Level::Advice,
    subject: Subject::Completeness,
    summary: "A factor does not say how it appeared in this incident.",
    why: "The registry says what a factor means in general. Readers can compare it with their own systems only if \
          they know what it looked like here.",
    remedy: "Write one sentence behind the name, or as its `note`: what exactly was missing, unlimited or different this time.",
    wrong: Example::Edit { replace: "note = \"The rule reached every server in one step.\"\n", with: "" },
    right: Example::Edit {
        replace: "The rule reached every server in one step.",
        with: "Rules have no stages, programs do.",
    },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    for factor in &context.review.factors {
        // What is said in running text stands around the name.
        let is_told = factor.written.is_some() && !factor.is_listed();
        if !is_told && factor.note.as_ref().is_none_or(|note| note.value.trim().is_empty()) {
            findings.add(&METADATA, factor.id.span, format!("factor `{}` has no note", factor.id.value));
        }
    }
}
