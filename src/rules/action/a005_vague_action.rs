//! A005: an action is too vague to tell when it is done.

use super::investigation;
use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::rules::phrase::Phrases;
use crate::rules::{Check, ReviewContext, Rule, message};
use crate::text::Span;

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "A005",
    name: "vague-action",
    level: Level::Warning,
    collected: Level::Advice,
    subject: Subject::Quality,
    summary: "An action is too vague to tell when it is done.",
    why: "Good intentions change nothing: the same people meet the same conditions again. And readers elsewhere learn \
          nothing that they could do as well.",
    remedy: "Say what exactly changes, where, and to which value: not \"improve monitoring\" but \"page the edge team \
             when CPU stays above 80 % for five minutes\".",
    wrong: Example::Edit {
        replace: "Abort the evaluation of a rule after 5 ms of CPU",
        with: "Be more careful with rules",
    },
    right: Example::Edit {
        replace: "Abort the evaluation of a rule after 5 ms of CPU",
        with: "Refuse rules that need more than 5 ms of CPU in the test",
    },
};

/// Intentions: vague wherever they stand.
static INTENTIONS: Phrases = Phrases::new(&[
    "communicate better",
    "better communication",
    "be more careful",
    "be careful",
    "more care",
    "pay more attention",
    "pay attention",
    "pay closer attention",
    "raise awareness",
    "raising awareness",
    "be more aware",
    "be mindful",
    "be more vigilant",
    "stay vigilant",
    "remind everyone",
    "remind everybody",
    "remind the team",
    "remind people",
    "remind engineers",
    "remind all",
    "double check everything",
    "make sure it does not happen again",
    "make sure this does not happen again",
    "ensure it does not happen again",
    "ensure this does not happen again",
    "learn from this",
]);

/// Words that begin an attempt, not a change: vague when the action begins with them.
static ATTEMPTS: Phrases = Phrases::new(&["try to", "try and", "aim to"]);

/// Verbs and objects that say that something gets better, and not how: vague when little follows.
static BETTERMENTS: Phrases = Phrases::new(&["improve", "better", "more", "enhance", "increase"]);
static OBJECTS: Phrases = Phrases::new(&[
    "monitoring",
    "alerting",
    "alerts",
    "observability",
    "logging",
    "testing",
    "tests",
    "documentation",
    "communication",
    "training",
    "processes",
    "awareness",
    "visibility",
]);

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    for action in &context.review.actions {
        let Some(change) = &action.change else { continue };
        let name = message::action(action);
        match vagueness(&change.value) {
            None => {}
            Some(Vague::Short) => {
                findings.add(&METADATA, change.span, format!("{name} has a change of fewer than three words"));
            }
            Some(Vague::Words(words)) => {
                let place = place(change.span, words, &context.document.source.text);
                findings.add(&METADATA, place, format!("{name} is vague: \"{words}\""));
            }
        }
    }
}

/// Where `words` stand within the string at `span`; the whole string when they are written with escapes there.
fn place(span: Span, words: &str, text: &str) -> Span {
    let at = span.slice(text).find(words);
    at.map_or(span, |at| Span::new(span.start + at, span.start + at + words.len()))
}

/// Why a change is vague.
#[derive(Debug, PartialEq, Eq)]
enum Vague<'a> {
    Short,
    Words(&'a str),
}

fn vagueness(change: &str) -> Option<Vague<'_>> {
    // That it only finds something out is A013's finding, and says all that is to be said.
    if investigation::only_studies(change).is_some() {
        return None;
    }
    let is_word = |word: &&str| word.contains(char::is_alphanumeric);
    // Scripts beyond these write words without blanks between them, or with other ones.
    let has_blanks_between_words = change.chars().all(|c| c < '\u{0E00}' || !c.is_alphabetic());
    if has_blanks_between_words && change.split_whitespace().filter(is_word).count() < 3 {
        return Some(Vague::Short);
    }
    let intention = INTENTIONS.find(change).into_iter().next();
    let attempt = || ATTEMPTS.find(change).into_iter().find(|(range, _)| change[..range.start].trim().is_empty());
    let found = intention.or_else(attempt).map(|(range, _)| range).or_else(|| betterment(change));
    found.map(|range| Vague::Words(&change[range]))
}

/// "Improve monitoring" with no more than three words after it and no number anywhere.
fn betterment(change: &str) -> Option<std::ops::Range<usize>> {
    if change.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    BETTERMENTS.find(change).into_iter().find_map(|(verb, _)| {
        let rest = change[verb.end..].trim_start();
        let (object, _) = OBJECTS.find(rest).into_iter().find(|(object, _)| object.start == 0)?;
        let end = change.len() - rest.len() + object.end;
        (change[end..].split_whitespace().count() <= 3).then_some(verb.start..end)
    })
}

#[cfg(test)]
mod tests {
    use super::{Vague, vagueness};

    #[test]
    fn intentions_attempts_and_betterments_are_vague() {
        for (change, words) in [
            ("All of us should communicate better", "communicate better"),
            ("Improve monitoring and alerting", "Improve monitoring"),
            ("Add more alerts", "more alerts"),
            ("Try to avoid large releases", "Try to"),
            ("Remind everyone of the checklist", "Remind everyone"),
        ] {
            assert_eq!(vagueness(change), Some(Vague::Words(words)), "{change}");
        }
        assert_eq!(vagueness("Fix – bug"), Some(Vague::Short));
    }

    #[test]
    fn changes_that_can_be_seen_are_not_vague() {
        for change in [
            "Improve monitoring of the edge with an alert on CPU above 80 %",
            "Investigate DNS",
            "Let the client try to connect again after a second",
            "Improve the tools for copying old data and the safeguards of Kafka's tiered storage",
            "Extend the monitoring and alerting checks so that events such as this one raise an alert",
            "Add metrics and alerts on disk reads per write, and more alerts on other engine limits that matter at scale",
            "ルールの評価を五ミリ秒で打ち切る",
        ] {
            assert_eq!(vagueness(change), None, "{change}");
        }
    }
}
