//! A011: the owner of an action is the address or the handle of a person.

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::rules::{Check, ReviewContext, Rule, message, phrase};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "A011",
    name: "person-as-owner",
    level: Level::Error,
    collected: Level::Error,
    subject: Subject::Form,
    summary: "The owner of an action is an e-mail address or the handle of a person.",
    why: "The page is public: the person named there gets mail from strangers and is blamed when the action is late. \
          People also change teams, and then the action has no owner.",
    remedy: "Write the team or the role that is responsible. The issue under `link` says who does the work.",
    wrong: Example::Edit {
        replace: "\"Edge platform team\"\ndue = 2027",
        with: "\"Robin Doe <robin@example.org>\"\ndue = 2027",
    },
    right: Example::Edit { replace: "\"Edge platform team\"\ndue = 2027", with: "\"On-call engineer\"\ndue = 2027" },
};

/// Words that show that a handle belongs to a group.
const GROUPS: [&str; 9] = ["team", "group", "oncall", "on-call", "on_call", "support", "sre", "ops", "channel"];

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    for action in &context.review.actions {
        let Some(owner) = &action.owner else { continue };
        let Some(noun) = personal(&owner.value) else { continue };
        let place = phrase::inside_quotes(owner.span, &context.document.source.text);
        findings.add(&METADATA, place, format!("the owner of {} is {noun}", message::action(action)));
    }
}

/// What kind of name for a person `owner` holds.
fn personal(owner: &str) -> Option<&'static str> {
    owner.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '<' | '>' | '(' | ')')).find_map(|word| {
        let (before, after) = word.split_once('@')?;
        let is_group = GROUPS.iter().any(|group| word.to_lowercase().contains(group));
        // `@example/edge` is how code hosts write a team.
        let is_handle = before.is_empty() && !after.contains('/') && after.starts_with(char::is_alphanumeric);
        let is_address = !before.is_empty() && !after.contains('@') && after.contains('.');
        match (is_handle && !is_group, is_address) {
            (true, _) => Some("a handle"),
            (_, true) => Some("an e-mail address"),
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::personal;

    #[test]
    fn teams_are_told_apart_from_persons() {
        for owner in ["robin@example.org", "Robin Doe <robin@example.org>", "@robin", "Edge team (@robin)"] {
            assert!(personal(owner).is_some(), "{owner}");
        }
        for owner in ["Edge team", "@example/edge", "@edge-team", "Team @ Berlin", "SRE@night", "@", "a@b@c.d"] {
            assert_eq!(personal(owner), None, "{owner}");
        }
    }
}
