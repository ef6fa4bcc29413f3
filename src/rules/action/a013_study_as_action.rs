//! A013: an action only investigates something.

use super::investigation;
use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::rules::{Check, ReviewContext, Rule, message};
use crate::text::Span;

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "A013",
    name: "study-as-action",
    level: Level::Warning,
    collected: Level::Advice,
    subject: Subject::Quality,
    summary: "An action only investigates, considers or discusses something.",
    why: "Afterwards the team knows more, but nothing has changed. Such an action can be closed while the weakness is \
          still there.",
    remedy: "Say what the result will be: \"investigate the leak and fix it\", \"decide by 31 March whether rules get \
             a limit, and write the decision down\". Open questions can go into the text of the review.",
    wrong: Example::Edit { replace: "\"Release filter rules", with: "\"Investigate how to release filter rules" },
    right: Example::Edits(&[
        ("\"Release filter rules", "\"Investigate how to release filter rules"),
        ("before all others", "before all others, and write the steps down"),
    ]),
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    for action in &context.review.actions {
        let Some(change) = &action.change else { continue };
        let Some(verb) = investigation::only_studies(&change.value) else { continue };
        let at = change.span.slice(&context.document.source.text).find(verb);
        let place = at.map_or(change.span, |at| Span::new(at, at + verb.len()).shifted(change.span.start));
        findings.add(&METADATA, place, format!("{} only investigates: \"{verb}\"", message::action(action)));
    }
}
