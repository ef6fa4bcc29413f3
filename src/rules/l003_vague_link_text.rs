//! L003: the words of a link do not say where it leads.

use super::{Check, Rule, Subject};
use crate::diagnostic::{Example, Findings, Level, Metadata};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "L003",
    name: "vague-link-text",
    level: Level::Advice,
    collected: Level::Advice,
    summary: "The words of a link say only \"here\", \"link\" or \"this\".",
    why: "Those who have pages read to them hear the links one after another, without the sentence around them. Printed, a \
          link is nothing but its words.",
    remedy: "Let the words of the link name what it leads to: not \"see [here](…)\" but \"see the [status post](…)\".",
    wrong: Example::Edit {
        replace: "until the rule was removed.",
        with: "until the rule was removed, see [here](https://example.org/status/42).",
    },
    right: Example::Edit {
        replace: "until the rule was removed.",
        with: "until the rule was removed, see the [status post](https://example.org/status/42).",
    },
};

/// Words that name nothing.
const VAGUE: [&str; 15] = [
    "here",
    "link",
    "this",
    "this link",
    "the link",
    "click here",
    "see here",
    "read more",
    "more",
    "this page",
    "this one",
    "it",
    "source",
    "url",
    "details here",
];

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for link in subject.document.outline.links.iter().filter(|link| !link.image) {
        let words = link.text.trim_matches(|c: char| !c.is_alphanumeric());
        if VAGUE.contains(&words.to_lowercase().as_str()) {
            let message = format!("\"{words}\" does not say where the link leads");
            findings.add(&METADATA, link.span, message);
        }
    }
}
