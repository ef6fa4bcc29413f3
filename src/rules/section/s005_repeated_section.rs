//! S005: a section only repeats another one.

use std::collections::BTreeMap;

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::rules::{Check, ReviewContext, Rule, trimmed};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "S005",
    name: "repeated-section",
    level: Level::Warning,
    collected: Level::Warning,
    subject: Subject::Quality,
    summary: "A section has the same text as another one.",
    why: "Readers read it twice and look for the difference. What the heading announces is missing.",
    remedy: "Write what belongs under this heading, or remove one of the two sections.",
    wrong: Example::Edit {
        replace: "Rules ran without a limit on CPU, and a rule could need time that grows with the square of the input.",
        with: "A new filter rule used all CPU of the edge servers. Filtering was switched off until the rule was removed.",
    },
    right: Example::Edit { replace: ", and a rule could need time that grows with the square of the input", with: "" },
};

/// A sentence such as "The source does not say" may stand under several headings.
const WORDS: usize = 12;

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let mut seen: BTreeMap<Vec<&str>, &str> = BTreeMap::new();
    let lengths: Vec<usize> =
        document.sections.iter().map(|section| length(section.content.slice(&document.published))).collect();
    let mut known: BTreeMap<usize, usize> = BTreeMap::new();
    lengths.iter().for_each(|length| *known.entry(*length).or_default() += 1);
    for (section, _) in document.sections.iter().zip(&lengths).filter(|(_, length)| known[length] > 1) {
        let words: Vec<&str> = section.content.slice(&document.published).split_whitespace().collect();
        let Some(heading) = section.heading.as_ref().filter(|_| words.len() >= WORDS) else { continue };
        match seen.get(&words) {
            Some(first) => {
                let place = trimmed(heading.span, &document.published);
                // Of many sections each would repeat the one endless heading.
                let first = if first.len() > 200 { "one above" } else { &format!("\"{first}\"") };
                let message = format!("the section \"{}\" has the same text as {first}", heading.text.trim());
                findings.add(&METADATA, place, message);
            }
            None => {
                seen.insert(words, heading.text.trim());
            }
        }
    }
}

/// How many characters the words of a text have together, by which nearly all sections are told apart.
fn length(text: &str) -> usize {
    if text.is_ascii() {
        return text.bytes().filter(|byte| !char::from(*byte).is_whitespace()).count();
    }
    text.chars().filter(|c| !c.is_whitespace()).count()
}
