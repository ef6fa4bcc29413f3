//! F005: a review names the same factor twice.

use std::collections::BTreeMap;

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::model::FactorUse;
use crate::rules::{Check, ReviewContext, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "F005",
    name: "factor-named-twice",
    level: Level::Warning,
    collected: Level::Warning,
    subject: Subject::Contradiction,
    summary: "A review names a factor twice, under its id or an alias.",
    why: "The page shows the factor twice, once as primary and once as contributing, and readers cannot tell which \
          one you mean.",
    remedy: "Keep one of the two, and merge the notes. If they are different conditions, give the second one another \
             name.",
    wrong: Example::Edit {
        replace: "note = \"The rule",
        with: "note = \"No stages.\"\n\n[[factors]]\nid = \"big-bang-release\"\nnote = \"The rule",
    },
    right: Example::Edit { replace: "\"no-staged-rollout\"\nnote", with: "\"big-bang-release\"\nnote" },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let mut seen = BTreeMap::new();
    for factor in &context.review.factors {
        let first: &FactorUse = seen.entry(context.policy.registry.canonical(&factor.id.value)).or_insert(factor);
        if std::ptr::eq(first, factor) {
            continue;
        }
        let name = &factor.id.value;
        let message = match &first.id.value {
            same if same == name => format!("factor `{name}` is named twice"),
            other => format!("factor `{name}` is the same as `{other}`, which is named already"),
        };
        let finding = findings.add(&METADATA, factor.id.span, message);
        finding.relate(context.review.path.as_str(), first.id.span, "named first");
    }
}
