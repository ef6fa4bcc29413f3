//! A004: an action does not say which weakness it answers.

use super::written::is_unreadable;
use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::model::Action;
use crate::rules::{Check, ReviewContext, Rule, action_form, message};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "A004",
    name: "action-without-weakness",
    level: Level::Warning,
    collected: Level::Advice,
    subject: Subject::Completeness,
    summary: "An action does not say which weakness it addresses.",
    why: "Readers with the same weakness look for what others did about it. An action that addresses nothing is often \
          one that the team wanted to do anyway, while a weakness is left without an action.",
    remedy: "Write `addresses` with ids of factors of this review, or labels of items: \"Pager on silent.\" is \
             `pager-on-silent`.",
    wrong: Example::Edits(&[
        ("\"pager-on-silent\"]", "\"pager-on-silent\", \"no-staged-rollout\"]"),
        ("addresses = [\"no-staged-rollout\"]\n", ""),
    ]),
    right: Example::Edit {
        replace: "\"no-staged-rollout\"]",
        with: "\"no-staged-rollout\", \"the-rule-s-author-was-at-work\"]",
    },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let is_missing =
        |action: &&Action| action.addresses.is_empty() && !is_unreadable(context.document, action, "addresses");
    for action in context.review.actions.iter().filter(is_missing) {
        let added = findings.add(&METADATA, action.span, format!("{} addresses no weakness", message::action(action)));
        let known = context.review.weaknesses(&context.policy.registry).map(|weakness| weakness.name);
        let known = known.into_iter().find(|name| !name.is_empty()).unwrap_or("missing-alert");
        if let Some(place) = action_form::place_for(context, action, "Answers", known) {
            added.help(format!(
                "Write the name of a factor, or the first words of an item that says a weakness, {place}."
            ));
        }
    }
}
