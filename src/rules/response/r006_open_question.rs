//! R006: a final review says that something is still to be found out.

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::document::SectionKind;
use crate::model::Status;
use crate::rules::phrase::{self, Phrases};
use crate::rules::{Check, ReviewContext, Rule};
use crate::text::{Span, SpanSet};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "R006",
    name: "open-question",
    level: Level::Advice,
    collected: Level::Advice,
    subject: Subject::Quality,
    summary: "A final review says that something is not known yet.",
    why: "Readers of a final review take \"yet\" for today. Either you know the answer now and it is missing, or you \
          will never know, and then the review should say so.",
    remedy: "Write the answer, or that you could not find out and why. If you are still looking, the status is \
             `interim`.",
    wrong: Example::Edit { replace: "Rules ran", with: "Why the test passed is still under investigation. Rules ran" },
    right: Example::Edit { replace: "Rules ran", with: "Why the test passed could not be found out. Rules ran" },
};

/// Words that leave something open.
static OPEN: Phrases = Phrases::new(&[
    "we do not know yet",
    "we don't know yet",
    "we do not yet know",
    "we don't yet know",
    "is not yet known",
    "is not known yet",
    "are not yet known",
    "not yet clear",
    "not yet understood",
    "yet to be determined",
    "is to be determined",
    "remains to be determined",
    "still to be determined",
    "under investigation",
    "still investigating",
    "still being investigated",
    "is being investigated",
    "are being investigated",
]);

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    if !context.is_one_of(&[Status::Final]) {
        return;
    }
    let document = context.document;
    // The timeline tells what was open at the time.
    let timeline = document.sections.iter().filter(|section| section.kind == Some(SectionKind::Timeline));
    let timeline = SpanSet::new(timeline.map(|section| section.content));
    let prose = phrase::prose(context).iter().filter(|span| !timeline.covers(**span));
    for span in prose {
        let text = span.slice(&document.published);
        let claims = phrase::Claims::new(text);
        for (range, words) in OPEN.find(text) {
            if !was_open_then(&text[..range.start]) && !claims.spare(range.start) {
                let place = Span::from(range).shifted(span.start);
                findings.add(&METADATA, place, format!("the review is final but says \"{words}\""));
            }
        }
    }
}

/// Whether the words before tell of the past: "was under investigation".
fn was_open_then(before: &str) -> bool {
    const PAST: [&str; 7] = ["was", "were", "been", "while", "had", "when", "during"];
    phrase::last_words(before).any(|word| PAST.contains(&word.to_lowercase().as_str()))
}
