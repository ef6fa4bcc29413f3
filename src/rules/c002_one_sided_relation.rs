//! C002: a review names another as related, and that one does not name it back.

use std::collections::BTreeMap;

use super::second::second_review;
use super::{Check, Library, Rule};
use crate::diagnostic::{Diagnostic, Example, Findings, Level, Metadata};
use crate::model::Review;

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Library(check)] };

static METADATA: Metadata = Metadata {
    code: "C002",
    name: "one-sided-relation",
    level: Level::Advice,
    collected: Level::Advice,
    summary: "A review names another as related, and that one does not name it back.",
    why: "Readers of the older review are those who most need to know that it came back, and nothing on its page tells \
          them.",
    remedy: "Add the id under `related` in the other review, too.",
    wrong: Example::File { path: "content/reviews/2024-03-05-edge-again.md", text: ONE_SIDED },
    right: Example::Edit {
        replace: "services = [\"edge proxy\"]\n",
        with: "services = [\"edge proxy\"]\nrelated = []\n",
    },
};

fn check(library: &Library<'_>, found: &mut Vec<Diagnostic>) {
    let today = library.policy.today;
    let ids: BTreeMap<&str, &Review> = library.reviews.iter().map(|review| (review.id.0.as_str(), &**review)).collect();
    for review in library.reviews {
        let mut findings = Findings::new(&review.path);
        for related in &review.related {
            let named = ids.get(related.value.as_str());
            let Some(other) = named.filter(|other| other.path != review.path) else { continue };
            // A review that is withheld must not be named in one that is published.
            let may_name_back = review.is_public(today) || !other.is_public(today);
            if may_name_back && !names(other, review) {
                let message = format!("review `{}` does not name this one back", other.id);
                let help = format!("Add `{}` to `related` in {}.", review.id, other.path);
                findings.add(&METADATA, related.span, message).help(help);
            }
        }
        found.extend(findings.into_vec());
    }
}

/// Whether `review` names `other`, under its id or an old one.
fn names(review: &Review, other: &Review) -> bool {
    let is_it = |name: &str| name == other.id.0 || other.aliases.iter().any(|alias| alias.value == name);
    review.related.iter().any(|related| is_it(&related.value))
}

const ONE_SIDED: &str = second_review!("related = [\"2024-03-04-edge-cpu\"]\n", "2024-06-11 22:00");
