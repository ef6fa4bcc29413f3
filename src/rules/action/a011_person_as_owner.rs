//! A011: the owner of an action is a person: by address, handle or name.

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::rules::person::Persons;
use crate::rules::{Check, ReviewContext, Rule, message, phrase};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "A011",
    name: "person-as-owner",
    level: Level::Error,
    collected: Level::Error,
    subject: Subject::Form,
    summary: "The owner of an action is a person: an e-mail address, a handle or a name.",
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
        let Some(noun) = personal(&owner.value, context.persons()) else { continue };
        let place = phrase::inside_quotes(owner.span, &context.document.source.text);
        findings.add(&METADATA, place, format!("the owner of {} is {noun}", message::action(action)));
    }
}

/// What kind of name for a person `owner` holds.
fn personal(owner: &str, persons: &Persons) -> Option<&'static str> {
    by_address(owner).or_else(|| {
        let owner = owner.split(['(', '<']).next().unwrap_or(owner);
        let parts = owner.split([',', ';', '/', '&', '+']).flat_map(|part| part.split(" and "));
        parts.map(str::trim).any(|part| persons.include(part)).then_some("the name of a person")
    })
}

fn by_address(owner: &str) -> Option<&'static str> {
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
    use crate::rules::person::Persons;

    #[test]
    fn teams_are_told_apart_from_persons() {
        for owner in [
            "robin@example.org",
            "Robin Doe <robin@example.org>",
            "@robin",
            "Edge team (@robin)",
            "Priya",
            "Priya Sharma",
            "Tom (SRE)",
            "Edge team, Tom",
        ] {
            assert!(personal(owner, &Persons::default()).is_some(), "{owner}");
        }
        for owner in [
            "Edge team",
            "@example/edge",
            "@edge-team",
            "Team @ Berlin",
            "SRE@night",
            "@",
            "a@b@c.d",
            "Team Tom",
            "Tom's team",
            "Hugo",
            "Tom Platform",
            "Platform",
        ] {
            assert_eq!(personal(owner, &Persons::default()), None, "{owner}");
        }
    }
}
