//! A012: two actions of a review are the same change.

use std::collections::BTreeMap;

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::model::Action;
use crate::rules::{Check, ReviewContext, Rule, message};
use crate::text::kebab_case;

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "A012",
    name: "duplicate-action",
    level: Level::Warning,
    collected: Level::Warning,
    subject: Subject::Contradiction,
    summary: "Two actions of a review are the same change.",
    why: "One of them will be closed while the other stays open or becomes overdue. Counts of actions are wrong, and \
          readers look for a difference that does not exist.",
    remedy: "Keep one, and list the weaknesses of both under its `addresses`. If they differ, say how in `change`.",
    wrong: Example::Edit {
        replace: "Release filter rules to one location for 30 minutes before all others",
        with: "Abort the evaluation of a rule after 5 ms of CPU.",
    },
    right: Example::Edit {
        replace: "Release filter rules to one location for 30 minutes before all others",
        with: "Abort the evaluation of a rule after 5 ms of CPU in the test of rules, too",
    },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let mut seen: BTreeMap<String, &Action> = BTreeMap::new();
    for action in &context.review.actions {
        let Some(change) = &action.change else { continue };
        // Case and punctuation make no other change of it.
        let words = kebab_case(&change.value);
        match seen.get(&words) {
            _ if words.is_empty() => {}
            None => {
                seen.insert(words, action);
            }
            Some(first) => {
                let message = match &first.id {
                    Some(_) => format!("{} is the same change as {}", message::action(action), message::action(first)),
                    None => "the review has an action with this change already".to_owned(),
                };
                let place = first.change.as_ref().map_or(first.span, |change| change.span);
                let finding = findings.add(&METADATA, change.span, message);
                finding.relate(context.review.path.as_str(), place, "the first one");
            }
        }
    }
}
