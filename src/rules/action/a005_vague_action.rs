//! A005: an action is too vague to tell when it is done.

use super::investigation;
use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::rules::phrase::{self, Phrases};
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

/// The number of words up to which an attempt says too little. A longer one names what would be seen.
const LONGEST_ATTEMPT: usize = 10;

/// Verbs and objects that say that something gets better, and not how: vague when little follows.
static BETTERMENTS: Phrases = Phrases::new(&[
    "improve",
    "improving",
    "better",
    "more",
    "enhance",
    "increase",
    "strengthen",
    "refine",
    "optimise",
    "optimize",
]);
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
    "process",
    "processes",
    "procedure",
    "procedures",
    "practices",
    "workflow",
    "workflows",
    "planning",
    "coordination",
    "collaboration",
    "reliability",
    "resilience",
    "robustness",
    "stability",
    "quality",
    "security",
    "awareness",
    "visibility",
]);

/// Words after which an object is no longer that of the verb: "improve the tools for testing".
const TURNS: &str = "about after and before by for from in of on so than that to when where which with without";

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    for action in &context.review.actions {
        let Some(change) = &action.change else { continue };
        let name = message::action(action);
        match vagueness(&change.value) {
            None => {}
            // "Alerts are in place for:" and below it "the queue": the words above belong to it.
            Some(Vague::Short) if is_below_its_beginning(change.span, &context.document.source.text) => {}
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

/// Whether a change stands in an item below another one that ends in a colon.
fn is_below_its_beginning(span: Span, text: &str) -> bool {
    let start = text[..span.start].rfind('\n').map_or(0, |end| end + 1);
    let indent = |line: &str| line.len() - line.trim_start().len();
    let own = indent(&text[start..]);
    let above = text[..start].lines().rev().take(MOST_ITEMS).find(|line| !line.trim().is_empty() && indent(line) < own);
    above.is_some_and(|line| line.trim_end().trim_end_matches(['*', '_']).ends_with(':'))
}

/// How many lines above an item are looked through for the one that it belongs to.
const MOST_ITEMS: usize = 100;

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
    let is_brief = change.split_whitespace().count() <= LONGEST_ATTEMPT;
    let attempt =
        || ATTEMPTS.find(change).into_iter().find(|(range, _)| is_brief && change[..range.start].trim().is_empty());
    let found = intention.or_else(attempt).map(|(range, _)| range).or_else(|| betterment(change));
    found.map(|range| Vague::Words(&change[range]))
}

/// "Improve monitoring", or "improve our incident response process", with no more than three words after it and no number
/// anywhere.
fn betterment(change: &str) -> Option<std::ops::Range<usize>> {
    if change.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    BETTERMENTS.find(change).into_iter().find_map(|(verb, _)| {
        let rest = change[verb.end..].trim_start();
        let is_near = |before: &str| {
            let words = before.split_whitespace();
            let is_part = |word: &str| word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'));
            words.clone().count() <= 3 && words.clone().all(|word| is_part(word) && !phrase::is_listed(word, TURNS))
        };
        let (object, _) = OBJECTS.find(rest).into_iter().find(|(object, _)| is_near(&rest[..object.start]))?;
        let end = change.len() - rest.len() + object.end;
        (change[end..].split_whitespace().count() <= 3).then_some(verb.start..end)
    })
}

#[cfg(test)]
mod tests {
    use super::{Vague, vagueness};
    use crate::rules::catalogue_tests::edited;

    #[test]
    fn a_short_item_below_its_beginning_is_not_vague() {
        let with = |items: &str| edited("Rules ran", &format!("## Actions\n\n{items}\n\n## More\n\nRules ran"));
        let is_found = |items: &str| with(items).iter().any(|finding| finding.rule.code == "A005");
        assert!(!is_found("- [ ] Alert the team about errors in:\n  - [ ] the queue\n  - [ ] the disk"));
        assert!(is_found("- [ ] the queue"));
    }

    #[test]
    fn intentions_attempts_and_betterments_are_vague() {
        for (change, words) in [
            ("All of us should communicate better", "communicate better"),
            ("Improve monitoring and alerting", "Improve monitoring"),
            ("Review and improve our incident response process", "improve our incident response process"),
            ("Improve the deployment procedure", "Improve the deployment procedure"),
            ("Strengthen the resilience of the cluster", "Strengthen the resilience"),
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
            "Try to detect a hub that is likely unhealthy and restart it without anybody's help",
            "Improve the runbook for testing restores",
            "Improve the process: two people confirm a deletion before it runs",
            "Add more disks so that testing is possible",
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
