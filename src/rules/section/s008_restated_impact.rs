//! S008: the root cause only says once more what the impact was.

use std::collections::BTreeSet;

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::document::SectionKind;
use crate::rules::{Check, ReviewContext, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "S008",
    name: "restated-impact",
    level: Level::Warning,
    collected: Level::Advice,
    subject: Subject::Quality,
    summary: "The root cause only repeats what happened.",
    why: "Failed requests are the effect. The review does not say what let it happen, so no one can change it.",
    remedy: "Ask why that was possible, then ask the same about the answer, until it names a condition that you can \
             change.",
    wrong: Example::Edit {
        replace: "Rules ran without a limit on CPU, and a rule could need time that grows with the square of the input.",
        with: "82 % of the requests failed for 27 minutes because a filter rule took all CPU on the edge.",
    },
    right: Example::Edit {
        replace: "Rules ran without a limit on CPU, and a rule could need time that grows with the square of the input.",
        with: "82 % of the requests failed because rules ran without a limit on CPU.",
    },
};

/// With more words a section says more than an effect, and with fewer nothing can be told.
const WORDS: std::ops::RangeInclusive<usize> = 4..=40;

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let (document, review) = (context.document, context.review);
    let Some(section) = document.section(SectionKind::RootCause) else { return };
    let mut cause = BTreeSet::new();
    for word in content_words(section.content.slice(&document.published)) {
        cause.insert(word);
        if cause.len() > *WORDS.end() {
            return;
        }
    }
    if cause.len() < *WORDS.start() {
        return;
    }
    let said = review.impact.texts.iter().map(|(_, text)| text.value.as_str()).chain([review.title.as_str()]);
    let effect: BTreeSet<String> = said.flat_map(content_words).collect();
    if cause.is_subset(&effect) {
        let message = "every word of the root cause stands in the title or the impact already";
        findings.add(&METADATA, context.heading(SectionKind::RootCause), message);
    }
}

/// The words of a text that say something, in lower case.
fn content_words(text: &str) -> impl Iterator<Item = String> {
    const EMPTY: [&str; 30] = [
        "about", "after", "also", "and", "been", "because", "before", "due", "during", "for", "from", "had", "has",
        "have", "into", "its", "our", "that", "the", "their", "then", "there", "this", "was", "were", "when", "which",
        "while", "with", "caused",
    ];
    let words = text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    words.filter(|word| word.chars().count() > 2 && !EMPTY.contains(&word.as_str()))
}
