//! F003: a person is made the cause.

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::rules::{Check, ReviewContext, Rule, phrase};
use crate::text::{Span, SpanSet};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "F003",
    name: "person-as-factor",
    level: Level::Error,
    collected: Level::Error,
    subject: Subject::Quality,
    summary: "Human error, or another word for it, is given as a cause.",
    why: "It hurts the people who were there, and next time they will say less. It also ends the search too early: \
          the next person will meet the same conditions.",
    remedy: "Ask what made the step possible and reasonable at the time: which guard was missing, what was hard to see, \
             how many things had to be done at once. Name that condition.",
    wrong: Example::Edit { replace: "Rules ran", with: "Human error: rules ran" },
    right: Example::Edit { replace: "Rules ran", with: "This was not human error: rules ran" },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let text = &context.document.source.text;
    // The words of the text are judged below.
    for factor in context.review.factors.iter().filter(|factor| factor.written.is_none()) {
        for value in [Some(&factor.id), factor.note.as_ref()].into_iter().flatten() {
            report(context, phrase::inside_quotes(value.span, text), findings);
        }
    }
    let about_causes = SpanSet::new(phrase::about_causes(context.document));
    for &piece in phrase::prose(context) {
        if about_causes.covers(piece) {
            report(context, piece, findings);
        }
    }
}

/// Reports the words in `span`, a piece of running text or the inside of a string of the front matter.
fn report(context: &ReviewContext<'_>, span: Span, findings: &mut Findings<'_>) {
    let text = &context.document.source.text;
    let claims = phrase::Claims::new(span.slice(text));
    for (range, _) in phrase::PERSON_AS_CAUSE.find(span.slice(text)) {
        if !claims.spare(range.start) {
            let place = Span::from(range).shifted(span.start);
            let words = place.slice(text).replace('\n', " ");
            findings.add(&METADATA, place, format!("\"{words}\" makes a person the cause"));
        }
    }
}
