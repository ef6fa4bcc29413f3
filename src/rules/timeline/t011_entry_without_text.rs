//! T011: an entry of the timeline has a time and no words.

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::rules::{Check, ReviewContext, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "T011",
    name: "entry-without-text",
    level: Level::Advice,
    collected: Level::Advice,
    subject: Subject::Completeness,
    summary: "A timeline entry does not say what happened.",
    why: "A time and a mark tell that a phase began. Readers learn from how it was noticed, or from what ended the \
          impact.",
    remedy: "Say in a sentence, after the time and the mark, what happened.",
    wrong: Example::Edit { replace: " — the error-rate alert pages the on-call engineer.", with: "" },
    right: Example::Edit {
        replace: "the error-rate alert pages the on-call engineer",
        with: "by the error-rate alert",
    },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let text = &context.review.text;
    for entry in context.review.timeline.entries() {
        let said = text.get(entry.text_start..entry.span.end).unwrap_or("");
        // A picture or an emoji says something too.
        let is_blank = |c: char| c.is_whitespace() || c.is_ascii_punctuation() || matches!(c, '–' | '—' | '…');
        if said.chars().all(is_blank) {
            let time = entry.stamp_span.slice(text);
            findings.add(&METADATA, entry.stamp_span, format!("the entry at `{time}` does not say what happened"));
        }
    }
}
