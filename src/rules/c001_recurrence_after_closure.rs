//! C001: a factor came back after an action against it was closed.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::second::second_review;
use super::{Check, Library, Rule, naming};
use crate::diagnostic::{Diagnostic, Example, Findings, Level, Metadata};
use crate::model::{Action, ActionStatus, Perspective, Review};

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

/// An action that is done, and the review that it stands in.
type Closure<'a> = (NaiveDate, &'a Review, &'a Action);

fn check(library: &Library<'_>, found: &mut Vec<Diagnostic>) {
    let closures = closures(library);
    for review in own(library) {
        let mut findings = Findings::new(&review.path);
        for factor in &review.factors {
            let known = library.policy.registry.get(&factor.id.value);
            let before = known.and_then(|known| closures.get(known.id.value.as_str()));
            let Some((closed, earlier, action)) = before.and_then(|closures| last_before(closures, review)) else {
                continue;
            };
            let (name, id) = (naming::action(action), &factor.id.value);
            let message =
                format!("`{id}` came back: {name} of review `{}` against it was closed on {closed}", earlier.id);
            findings.add(&METADATA, factor.id.span, message);
        }
        found.extend(findings.into_vec());
    }
}

fn own<'a>(library: &Library<'a>) -> impl Iterator<Item = &'a Review> {
    library.reviews.iter().map(|review| &**review).filter(|review| review.perspective == Perspective::Own)
}

/// The actions that were closed against each factor, by its id.
fn closures<'a>(library: &Library<'a>) -> BTreeMap<&'a str, Vec<Closure<'a>>> {
    let mut closures: BTreeMap<&str, Vec<Closure<'_>>> = BTreeMap::new();
    for review in own(library) {
        for action in review.actions.iter().filter(|action| action.status == ActionStatus::Done) {
            let Some(closed) = &action.closed else { continue };
            for factor in action.addresses.iter().filter_map(|name| library.policy.registry.get(&name.value)) {
                closures.entry(&factor.id.value).or_default().push((closed.value, review, action));
            }
        }
    }
    closures
}

/// The latest closure before the incident of `review` began, by an earlier review.
/// A review that names the earlier one has seen it.
fn last_before<'a>(closures: &[Closure<'a>], review: &Review) -> Option<Closure<'a>> {
    let began = review.date()?;
    let is_named = |other: &Review| review.related.iter().any(|related| related.value == other.id.0);
    let is_earlier = |other: &Review| other.path != review.path && other.date().is_some_and(|date| date < began);
    let before = closures.iter().filter(|(closed, other, _)| *closed < began && is_earlier(other) && !is_named(other));
    before.max_by_key(|(closed, ..)| *closed).copied()
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
