//! A007: a weakness has neither an action nor a reason for leaving it as it is.

use std::collections::BTreeSet;

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::model::Status;
use crate::rules::{Check, ReviewContext, Rule, action_form, message};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "A007",
    name: "unanswered-weakness",
    level: Level::Warning,
    collected: Level::Off,
    subject: Subject::Completeness,
    summary: "A weakness has neither an action nor a reason to accept it.",
    why: "The review says that something made the incident possible or worse, and nothing more. Readers cannot tell \
          whether the team decided to leave it or forgot it.",
    remedy: "Name it under `addresses` of an action, or write `[[accepted]]` with the `weakness` and the `reason`. \
             Accepting a weakness is a good answer.",
    wrong: Example::Cut { from: "[[accepted]]", until: "+++\n\n## Summary" },
    right: Example::Edit { replace: "-was-at-work\"", with: "-was-at-work\"" },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let review = context.review;
    // While a review is being written, its actions are still to come; without any that is A001's finding.
    let is_settled = context.is_one_of(&[Status::Interim, Status::Final]);
    if !is_settled || review.actions.is_empty() || !context.has_whole_front_matter() {
        return;
    }
    let registry = &context.policy.registry;
    let addressed = review.actions.iter().flat_map(|action| &action.addresses);
    let strengths: BTreeSet<&str> = review.strengths().map(|label| label.value.as_str()).collect();
    let addressed = addressed.filter(|name| !strengths.contains(name.value.as_str()));
    let accepted = review.accepted.iter().map(|accepted| &accepted.weakness);
    let answered: BTreeSet<&str> = addressed.chain(accepted).map(|name| registry.canonical(&name.value)).collect();
    let weaknesses: Vec<_> = review.weaknesses(registry).filter(|weakness| !weakness.name.is_empty()).collect();
    // A name that nothing has is A006's finding, and may be meant for any of them.
    let known: BTreeSet<&str> = weaknesses.iter().map(|weakness| weakness.name).collect();
    if !answered.is_subset(&known) {
        return;
    }
    let open: Vec<_> = weaknesses.iter().filter(|weakness| !answered.contains(weakness.name)).collect();
    let Some(first) = open.first() else { return };
    let names: BTreeSet<&str> = open.iter().map(|weakness| weakness.name).collect();
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    let verb = if names.len() == 1 { "has" } else { "have" };
    let message = format!("{} {verb} neither an action nor a reason to accept it", message::list(&names));
    let added = findings.add(&METADATA, first.span, message);
    let unanswering = review.actions.iter().find(|action| action.addresses.is_empty());
    let Some(action) = unanswering.or_else(|| review.actions.iter().find(|action| action.block.is_some())) else {
        return;
    };
    let name = message::action(action);
    match action_form::place_for(context, action, "Answers", first.name) {
        Some(place) => {
            let accept = if context.document.front.span.contains(first.span) {
                "write `[[accepted]]` with the `weakness` and the `reason` into the front matter"
            } else {
                "write `(accepted: reason)` at the end of its item"
            };
            added.help(format!(
                "If {name} answers it, write its name {place}. If it stays as it is, {accept}: accepting a weakness is a good answer."
            ));
        }
        None if action.addresses.is_empty() => {
            added.help(format!("If {name} answers it, say so there under `addresses`. {}", METADATA.remedy));
        }
        None => {}
    }
}
