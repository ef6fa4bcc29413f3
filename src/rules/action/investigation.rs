//! Actions that only find something out: what would change afterwards is left open.

use crate::rules::phrase::Phrases;

/// Verbs that find something out, at the beginning of an action.
static STUDIES: Phrases = Phrases::new(&[
    "investigate",
    "consider",
    "discuss",
    "look into",
    "look at",
    "think about",
    "talk about",
    "explore",
    "research",
    "study",
    "examine whether",
    "evaluate whether",
    "evaluate if",
    "see if",
    "see whether",
    "find out",
]);

/// Words after which something that can be seen comes out of it.
static OUTCOMES: Phrases = Phrases::new(&[
    "add",
    "agree on",
    "apply",
    "build",
    "change",
    "choose",
    "correct",
    "create",
    "decide",
    "decision",
    "define",
    "document",
    "fix",
    "implement",
    "limit",
    "make",
    "mitigate",
    "move",
    "prevent it",
    "propose",
    "publish",
    "put",
    "record",
    "remove",
    "repair",
    "replace",
    "report",
    "resolve",
    "set",
    "switch",
    "update",
    "write",
    "write down",
    "pick",
]);

/// The verb with which `change` begins, when finding something out is all that it says.
pub(super) fn only_studies(change: &str) -> Option<&str> {
    let text = change.trim_start_matches(|c: char| !c.is_alphanumeric());
    let skipped = change.len() - text.len();
    let (verb, _) = STUDIES.find(text).into_iter().rfind(|(range, _)| range.start == 0)?;
    // "Investigate and fix it": after an "and", "then" or "to" stands what comes out of it.
    let rest = &text[verb.end..];
    let leads_to = |(range, _): &(std::ops::Range<usize>, &str)| {
        let before = rest[..range.start].trim_end().to_lowercase();
        ["and", "then", ";", "."].iter().any(|link| before.ends_with(link))
    };
    let has_outcome = OUTCOMES.find(rest).iter().any(leads_to);
    (!has_outcome).then(|| &change[skipped + verb.start..skipped + verb.end])
}

#[cfg(test)]
mod tests {
    use super::only_studies;

    #[test]
    fn studies_without_an_outcome_are_found() {
        for (change, verb) in [
            ("Investigate DNS", "Investigate"),
            ("Look into alerting for the queue", "Look into"),
            ("Consider adding a canary", "Consider"),
            ("- discuss whether we should change the limit", "discuss"),
        ] {
            assert_eq!(only_studies(change), Some(verb), "{change}");
        }
    }

    #[test]
    fn studies_with_an_outcome_are_none() {
        for change in [
            "Investigate the leak and fix it",
            "Discuss the limits with the vendor, and write them down in the runbook",
            "Page whoever has to investigate",
            "Let reviewers consider the cost",
        ] {
            assert_eq!(only_studies(change), None, "{change}");
        }
    }
}
