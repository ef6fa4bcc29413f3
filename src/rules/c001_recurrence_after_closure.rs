//! C001: a factor came back after an action against it was closed.

use super::second::second_review;
use super::{Check, Library, Rule, naming};
use crate::diagnostic::{Diagnostic, Example, Findings, Level, Metadata};
use crate::model::{Action, ActionStatus, FactorUse, Perspective, Review};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Library(check)] };

static METADATA: Metadata = Metadata {
    code: "C001",
    name: "recurrence-after-closure",
    level: Level::Advice,
    collected: Level::Off,
    summary: "A factor was seen again after an earlier review had closed an action against it.",
    why: "The action did less than was thought, or only for one place. That is among the most useful things that a \
          collection of reviews can show, and it is seen only by whoever has read both.",
    remedy: "Name the earlier review under `related`, and say in the note of the factor what the action did not reach. \
             Then this finding goes away.",
    wrong: Example::File { path: "content/reviews/2024-06-11-edge-memory.md", text: LATER },
    right: Example::File { path: "content/reviews/2024-06-11-edge-memory.md", text: BEFORE_CLOSURE },
};

fn check(library: &Library<'_>, found: &mut Vec<Diagnostic>) {
    let own: Vec<&Review> = library
        .reviews
        .iter()
        .map(|review| &**review)
        .filter(|review| review.perspective == Perspective::Own)
        .collect();
    for review in &own {
        let mut findings = Findings::new(&review.path);
        for factor in &review.factors {
            if let Some((earlier, action)) = closed_before(library, &own, review, factor) {
                let closed = action.closed.as_ref().map(|closed| closed.value.to_string()).unwrap_or_default();
                let name = naming::action(action);
                let message = format!(
                    "`{}` came back: {name} of review `{}` against it was closed on {closed}",
                    factor.id.value, earlier.id
                );
                findings.add(&METADATA, factor.id.span, message);
            }
        }
        found.extend(findings.into_vec());
    }
}

/// The latest action of an earlier review against `factor` that was closed before the incident of `review` began.
/// A review that names the earlier one has seen it.
fn closed_before<'a>(
    library: &Library<'_>,
    own: &[&'a Review],
    review: &Review,
    factor: &FactorUse,
) -> Option<(&'a Review, &'a Action)> {
    let registry = &library.policy.registry;
    let id = &registry.get(&factor.id.value)?.id.value;
    let began = review.date()?;
    let is_it = |name: &str| registry.get(name).is_some_and(|known| known.id.value == *id);
    let is_named = |other: &Review| review.related.iter().any(|related| related.value == other.id.0);
    own.iter()
        .filter(|other| other.path != review.path && other.date().is_some_and(|date| date < began))
        .filter(|other| !is_named(other))
        .flat_map(|other| other.actions.iter().map(move |action| (*other, action)))
        .filter(|(_, action)| action.status == ActionStatus::Done)
        .filter(|(_, action)| action.addresses.iter().any(|name| is_it(&name.value)))
        .filter(|(_, action)| action.closed.as_ref().is_some_and(|closed| closed.value < began))
        .max_by_key(|(_, action)| action.closed.as_ref().map(|closed| closed.value))
}

const LATER: &str = second_review!("", "2024-06-11 22:00");
const BEFORE_CLOSURE: &str = second_review!("", "2024-03-11 22:00");

#[cfg(test)]
mod tests {
    use super::LATER;
    use crate::rules::catalogue_tests::{codes, findings};

    #[test]
    fn a_review_that_names_the_earlier_one_has_seen_it() {
        let later = LATER.replacen("tlp", "related = [\"2024-03-04-edge-cpu\"]\ntlp", 1);
        let found = findings(&[("content/reviews/2024-06-11-edge-memory.md", &later)]);
        assert_eq!(codes(&found), ["C002"]);
    }
}
