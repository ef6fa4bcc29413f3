//! F002: a factor that the registry does not have.

use std::cell::LazyCell;

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::rules::{Check, ReviewContext, Rule, phrase};
use crate::text::Suggestions;

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "F002",
    name: "unknown-factor",
    level: Level::Error,
    collected: Level::Error,
    subject: Subject::Form,
    summary: "A factor is not in the registry.",
    why: "A factor shows a pattern only when all reviews use the same name for it. A factor without a definition has \
          no page, and readers cannot know what it means.",
    remedy: "Use the id or an alias of a factor in content/factors.toml, or add the factor there with a definition.",
    wrong: Example::Edit { replace: "id = \"no-staged-rollout\"", with: "id = \"no-stage-rollout\"" },
    right: Example::Edit { replace: "id = \"no-staged-rollout\"", with: "id = \"big-bang-release\"" },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let registry = &context.policy.registry;
    let suggestions = LazyCell::new(|| Suggestions::new(registry.names().map(str::to_owned)));
    for factor in &context.review.factors {
        let id = &factor.id.value;
        // A person is no factor by any name: that is F003's.
        if registry.get(id).is_some() || phrase::PERSON_AS_CAUSE.are_in(id) {
            continue;
        }
        let help = match suggestions.nearest(id) {
            Some(near) => format!("Did you mean `{near}`?"),
            None if registry.is_empty() => {
                "There is no factor yet: define the first one in content/factors.toml.".to_owned()
            }
            None => "Look for a factor that fits in content/factors.toml, or define this one there.".to_owned(),
        };
        findings.add(&METADATA, factor.id.span, format!("the registry has no factor `{id}`")).help(help);
    }
}
