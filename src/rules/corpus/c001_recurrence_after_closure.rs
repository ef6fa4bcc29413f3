//! C001: a factor came back after an action against it was closed.

use std::collections::BTreeSet;

use super::second_review::second_review;
use crate::diagnostic::{Diagnostic, Example, Findings, Level, Metadata, Subject};
use crate::model::{Closures, Review};
use crate::rules::{Check, Library, Rule, message};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Library(check)] };

static METADATA: Metadata = Metadata {
    code: "C001",
    name: "recurrence-after-closure",
    level: Level::Advice,
    collected: Level::Off,
    subject: Subject::Quality,
    summary: "A factor came back after an earlier review closed an action against it.",
    why: "The action did less than expected, or only in one place. This is one of the most useful things that a \
          collection of reviews can show, and only people who read both reviews see it.",
    remedy: "Name the earlier review under `related`, and say in the note of the factor what the action did not \
             reach. Then this finding goes away.",
    wrong: Example::File { path: "content/reviews/2024-06-11-edge-memory.md", text: LATER },
    right: Example::File { path: "content/reviews/2024-06-11-edge-memory.md", text: BEFORE_CLOSURE },
};

fn check(library: &Library<'_>, found: &mut Vec<Diagnostic>) {
    let policy = library.policy;
    let closures = Closures::of(library.reviews.iter().map(|review| &**review), policy);
    for review in library.reviews {
        let mut findings = Findings::new(&review.path);
        let named: BTreeSet<&str> = review.related.iter().map(|related| related.value.as_str()).collect();
        for factor in &review.factors {
            let Some(known) = policy.registry.position(&factor.id.value) else { continue };
            let before = closures.before(known, review, policy);
            // A review that names the earlier one has seen it.
            let is_named = |other: &Review| named.contains(other.id.0.as_str());
            let Some(last) = before.iter().rev().find(|closure| !is_named(closure.review)) else { continue };
            let (name, id) = (message::action(last.of()), &factor.id.value);
            let message = format!(
                "`{id}` came back: {name} of review `{}` against it was closed on {}",
                last.review.id, last.closed
            );
            let closed = last.review.map.to_source(last.of().span);
            findings.add(&METADATA, factor.id.span, message).relate(
                last.review.path.as_str(),
                closed,
                "the action that was closed",
            );
        }
        found.extend(findings.into_vec());
    }
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
        assert!(codes(&found).is_empty(), "{found:?}");
    }
}
